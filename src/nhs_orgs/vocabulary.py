"""Codes of the Organisation Data Service: roles and relationships, with their published names.

The role table keeps the roles that this library reads, out of the ODS role list of January 2023
and the roles added since, as the records themselves use them. Relationship codes are those of
the ODS XML specification. A role's ``valid_from`` is the day from which the NHS used it.

>>> ROLES["RO197"].name
'NHS trust'
>>> ROLES["RO319"].valid_from.isoformat()
'2022-07-01'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = ["RELATIONSHIPS", "ROLES", "Role"]


@dataclass(frozen=True, slots=True)
class Role:
    """One ODS role code."""

    id: str
    name: str
    primary: bool
    valid_from: date | None = None
    """First day on which an organisation could hold it, where a law or the records say."""


_SYSTEMS_IN_LAW: Final = date(2022, 7, 1)
"""Integrated care boards were established, and clinical commissioning groups abolished, on 1 July 2022."""

_ROLES = (
    Role("RO57", "Foundation trust", primary=False),
    Role("RO76", "GP practice", primary=False),
    Role("RO98", "Clinical commissioning group", primary=True),
    Role("RO107", "Care trust", primary=True),
    Role("RO108", "Care trust site", primary=True),
    Role("RO128", "Government office region", primary=True),
    Role("RO132", "Health authority", primary=True),
    Role("RO171", "Primary care group", primary=True),
    Role("RO172", "Independent sector healthcare provider", primary=True),
    Role("RO177", "Prescribing cost centre", primary=True),
    Role("RO179", "Primary care trust", primary=True),
    Role("RO189", "Special health authority", primary=True),
    Role("RO197", "NHS trust", primary=True),
    Role("RO198", "NHS trust site", primary=True),
    Role("RO209", "NHS England region", primary=True),
    Role("RO210", "NHS England region, local office", primary=True),
    Role("RO213", "Commissioning support unit", primary=True),
    Role("RO218", "Commissioning hub", primary=False),
    Role("RO261", "Strategic partnership", primary=True),
    Role("RO262", "Sustainability transformation partnership", primary=False),
    Role("RO272", "Primary care network", primary=True),
    Role("RO318", "Integrated care board", primary=False, valid_from=_SYSTEMS_IN_LAW),
    Role("RO319", "Sub ICB location", primary=False, valid_from=_SYSTEMS_IN_LAW),
    Role("RO326", "Sub ICB location, further role", primary=False),
    Role("RO327", "Sub ICB reporting entity", primary=False),
)

ROLES: Final[dict[str, Role]] = {role.id: role for role in _ROLES}

RELATIONSHIPS: Final[dict[str, str]] = {
    "RE2": "is a sub-division of",
    "RE3": "is directed by",
    "RE4": "is commissioned by",
    "RE5": "is located in the geography of",
    "RE6": "is operated by",
    "RE8": "is partner to",
    "RE9": "is nominated payee for",
    "RE11": "is constituent of",
}
