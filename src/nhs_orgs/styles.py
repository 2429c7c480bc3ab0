"""How a body was styled on a day: its name, and what it was in law.

>>> from datetime import date
>>> import nhs_orgs
>>> trust = nhs_orgs.load().eras("RRE")[0]
>>> name_on(trust, date(2003, 1, 1)), title_on(trust, date(2018, 5, 31))
('South Staffordshire Healthcare NHS Trust', 'NHS foundation trust')
"""

from __future__ import annotations

from datetime import date
from typing import Final

from nhs_orgs.names import LATER_NAME
from nhs_orgs.organisations import Body, Organisation, Trust, TrustForm

__all__ = ["is_too_early", "name_on", "title_on"]

_FIRST_FOUNDATION_TRUSTS: Final = date(2004, 4, 1)
"""The earliest start of that role in the register's own dated roles; before it there were none."""


def name_on(organisation: Organisation, day: date) -> str:
    """The name of a body on a day of its era.

    Between the last sighting of one name and the first of the next it is the earlier one. Before any
    was seen it is the era's earliest known name, marked as a later one where it tells of a foundation trust of a body
    that was none yet.
    """
    name = _name_on(organisation, day)
    return f"{name}{LATER_NAME}" if is_too_early(organisation, name, day) and not name.endswith(LATER_NAME) else name


def _name_on(organisation: Organisation, day: date) -> str:
    for name in organisation.names_on(day):
        return name
    before = [name for name in organisation.names if name.first_seen <= day]
    if before:
        return before[-1].text
    return organisation.names[0].text if organisation.names else organisation.name


def title_on(organisation: Organisation, day: date) -> str:
    """What a body was on a day, in words; of a trust its legal form, where that is known."""
    if isinstance(organisation, Trust):
        form = organisation.form(on=day)
        return organisation.title if form is TrustForm.UNKNOWN else form.value.replace("Care", "care")
    return organisation.sort if isinstance(organisation, Body) else organisation.title


def is_too_early(organisation: Organisation, name: str, day: date) -> bool:
    """Whether a name says foundation trust of one that was none yet: lists know it by a later name alone."""
    since = organisation.foundation_start if isinstance(organisation, Trust) else None
    return "foundation trust" in name.lower() and day < (since or _FIRST_FOUNDATION_TRUSTS)
