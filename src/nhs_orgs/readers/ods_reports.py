"""Layouts of the ODS CSV reports: trusts, commissioners, authorities, sites, practices, networks, successions.

These have no header. The lists share 27 columns (24 in old copies), which the ODS report specifications number as
`LIST` does; what the numbers mean differs for practices from column 13 on. Sources of the columns: the reports
themselves and the notes that ODS publishes with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from nhs_orgs.dates import to_day
from nhs_orgs.readers.base import OrganisationRow, RelationshipRow, RoleAssignment, Row, SuccessionRow
from nhs_orgs.readers.layout import Layout, Line
from nhs_orgs.readers.tables import Cells

__all__ = ["COMPARED", "LAYOUTS", "NHS_ENGLAND", "ODS", "organisation"]

ODS: Final = "NHS Organisation Data Service"
NHS_ENGLAND: Final = "NHS England"
COMPARED: Final = "Compiled from files of the NHS Organisation Data Service and NHS England"

LIST: Final = MappingProxyType(
    {
        "code": 1,
        "name": 2,
        "region": 3,
        "geography": 4,
        "town": 8,
        "postcode": 10,
        "open": 11,
        "close": 12,
        "type": 14,
        "parent": 15,
        "join": 16,
        "left": 17,
        "government region": 24,
    }
)
"""The columns of the lists of trusts, commissioners, authorities and sites."""

PRACTICE: Final = MappingProxyType(
    {
        # No town: until 2021 the address is five lines without fixed meaning.
        **{name: place for name, place in LIST.items() if name not in {"town", "government region"}},
        "status": 13,
        "setting": 26,
    }
)
"""The columns of the list of practices; column 24 is the provider's code there."""

PARTNER: Final = MappingProxyType(
    {
        "code": 1,
        "name": 2,
        "parent": 3,
        "network": 5,
        "network name": 6,
        "network parent": 7,
        "join": 9,
        "left": 10,
    }
)
"""The columns of the list of network members."""

_ROLES: Final = re.compile(r"RO[0-9]+(?:\|RO[0-9]+)*")
_DAY: Final = re.compile(r"(?:[0-9]{8})?")
_CODE: Final = re.compile(r"[A-Z0-9]{1,12}")
_TRUST: Final = re.compile(r"R[A-Z0-9]{2}|[A-Z][0-9][A-Z][0-9][A-Z]")
_CARE_TRUST: Final = re.compile(r"T[A-Z0-9]{2}")
_COMMISSIONER: Final = re.compile(r"[0-9]{2}[A-Z]|[A-Z][0-9][A-Z][0-9][A-Z]")
_AUTHORITY: Final = re.compile(r"[A-Z]|[A-Z][0-9]{2}|Q[A-Z0-9]{2}")
_SITE_OR_PRACTICE: Final = re.compile(r"[A-Z0-9]{4,12}")
_STATUS: Final = re.compile(r"[ACDP]|ACTIVE|INACTIVE|DORMANT|PROPOSED")


def organisation(line: Line, kind: str | None = None) -> Iterator[Row]:
    """The one organisation of a line, from whichever of its columns the layout has."""
    sub_type, setting = line.upper("type"), line.upper("setting")
    roles = (*_roles(sub_type), *_roles(setting))
    parent = line.code_if_any("parent")
    yield OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        kind=kind,
        name=line.text("name"),
        legal=line.period("open", "close") if "open" in line.columns.index else None,
        status=line.upper("status"),
        sub_type=None if _roles(sub_type) else sub_type,
        roles=roles,
        region=line.upper("region"),
        geography=line.upper("geography"),
        parent=parent,
        parent_period=line.period_if_any("join", "left") if parent else None,
        town=line.text("town"),
        postcode=line.upper("postcode"),
        government_region=line.upper("government region"),
        gss=line.gss("gss"),
        setting=setting,
    )


def _roles(text: str | None) -> tuple[RoleAssignment, ...]:
    """The roles in a text such as ``RO319|RO326``; none in any other."""
    if text is None or not text.startswith("RO") or not _ROLES.fullmatch(text):
        return ()
    return tuple(RoleAssignment(id=role) for role in text.split("|"))


def _site(line: Line) -> Iterator[Row]:
    return organisation(line, "SITE")


def _network(line: Line) -> Iterator[Row]:
    return organisation(line, "PCN")


def _succession(line: Line) -> Iterator[Row]:
    """One pair of codes and the day that the release gives for it."""
    yield SuccessionRow(
        source=line.cited(),
        line=line.number,
        predecessor=line.code("predecessor"),
        successor=line.code("successor"),
        day=line.day("day"),
        indicator=line.text("indicator"),
    )


def _membership(line: Line) -> Iterator[Row]:
    """A practice's stretch with a primary care group, primary care trust or clinical commissioning group."""
    yield RelationshipRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        other=line.code("other"),
        relationship="parent",
        period=line.period("join", "left"),
    )


def _partner(line: Line) -> Iterator[Row]:
    """A practice, its network, and its stretch as a member."""
    code, network = line.code("code"), line.code("network")
    source, parent, above = line.cited(), line.code_if_any("parent"), line.code_if_any("network parent")
    if line.release.first_time("practice", code, parent):
        yield OrganisationRow(source=source, line=line.number, code=code, name=line.text("name"), parent=parent)
    name = line.text("network name")
    if line.release.first_time("network", network, above):
        yield OrganisationRow(source=source, line=line.number, code=network, kind="PCN", name=name, parent=above)
    yield RelationshipRow(
        source=source,
        line=line.number,
        code=code,
        other=network,
        relationship="RE8",
        other_kind="PCN",
        other_name=name,
        period=line.period("join", "left"),
    )


def _cell(cells: Cells, place: int) -> str:
    """A cell by its number from 1."""
    return str(cells[place - 1]).strip().upper()


def _fits_trust(cells: Cells) -> bool:
    return bool(_TRUST.fullmatch(_cell(cells, 1))) and _is_list(cells) and not _cell(cells, 15)


def _fits_care_trust(cells: Cells) -> bool:
    return bool(_CARE_TRUST.fullmatch(_cell(cells, 1))) and _is_list(cells) and not _cell(cells, 15)


def _fits_commissioner(cells: Cells) -> bool:
    return bool(_COMMISSIONER.fullmatch(_cell(cells, 1))) and _is_list(cells) and not _cell(cells, 15)


def _fits_authority(cells: Cells) -> bool:
    return bool(_AUTHORITY.fullmatch(_cell(cells, 1))) and _is_list(cells) and not _cell(cells, 15)


def _fits_site(cells: Cells) -> bool:
    return bool(_SITE_OR_PRACTICE.fullmatch(_cell(cells, 1))) and _is_list(cells) and bool(_cell(cells, 15))


def _is_list(cells: Cells) -> bool:
    """Whether a row is of a list other than that of practices: nothing in column 13, a day or nothing in 11."""
    return not _cell(cells, 13) and bool(_DAY.fullmatch(_cell(cells, 11)))


def _fits_practice(cells: Cells) -> bool:
    return bool(_SITE_OR_PRACTICE.fullmatch(_cell(cells, 1))) and bool(_STATUS.fullmatch(_cell(cells, 13)))


def _fits_membership(cells: Cells) -> bool:
    codes = _SITE_OR_PRACTICE.fullmatch(_cell(cells, 1)) and _CODE.fullmatch(_cell(cells, 2))
    return bool(codes) and bool(_DAY.fullmatch(_cell(cells, 4))) and len(_cell(cells, 3)) <= 1


def _fits_partner(cells: Cells) -> bool:
    return (
        _cell(cells, 5)[:1] == "U" and bool(_DAY.fullmatch(_cell(cells, 9))) and _cell(cells, 11) in {"TRUE", "FALSE"}
    )


def _fits_succession(cells: Cells) -> bool:
    codes = _CODE.fullmatch(_cell(cells, 1)) and _CODE.fullmatch(_cell(cells, 2))
    return bool(codes) and bool(_DAY.fullmatch(_cell(cells, 4))) and _cell(cells, 5) in {"", "0", "1"}


_WIDTHS: Final = (27, 24)

LAYOUTS: Final = (
    Layout(
        report="etr",
        title="NHS trusts (etr)",
        publisher=ODS,
        names=("etr",),
        columns=LIST,
        widths=_WIDTHS,
        fits=_fits_trust,
        build=organisation,
    ),
    Layout(
        report="ect",
        title="Care trusts (ect)",
        publisher=ODS,
        names=("ect",),
        columns=LIST,
        widths=_WIDTHS,
        fits=_fits_care_trust,
        build=organisation,
    ),
    Layout(
        report="eccg",
        title="Clinical commissioning groups, later sub-ICB locations, hubs and reporting entities (eccg)",
        publisher=ODS,
        names=("eccg",),
        columns=LIST,
        widths=_WIDTHS,
        fits=_fits_commissioner,
        build=organisation,
    ),
    Layout(
        report="eauth",
        title="Regions and local offices (eauth)",
        publisher=ODS,
        names=("eauth",),
        columns=LIST,
        widths=_WIDTHS,
        fits=_fits_authority,
        build=organisation,
    ),
    Layout(
        report="ets",
        title="NHS trust sites (ets)",
        publisher=ODS,
        names=("ets",),
        columns=LIST,
        widths=_WIDTHS,
        fits=_fits_site,
        build=_site,
    ),
    Layout(
        report="epraccur",
        title="GP practices and prescribing cost centres (epraccur)",
        publisher=ODS,
        names=("epraccur",),
        columns=PRACTICE,
        widths=_WIDTHS,
        fits=_fits_practice,
        build=organisation,
    ),
    Layout(
        report="epcmem",
        title="Practice memberships of primary care organisations (epcmem)",
        publisher=ODS,
        names=("epcmem",),
        columns={"code": 1, "other": 2, "join": 4, "left": 5},
        widths=(6,),
        fits=_fits_membership,
        build=_membership,
    ),
    Layout(
        report="epcn",
        title="Primary care networks and their core partners (ePCN)",
        publisher=ODS,
        names=("epcn",),
        columns=PARTNER,
        widths=(11,),
        fits=_fits_partner,
        build=_partner,
    ),
    Layout(
        report="epcn",
        title="Primary care networks and their core partners (ePCN)",
        publisher=ODS,
        names=("epcn",),
        columns={
            "code": "Partner Organisation Code",
            "name": "Partner Name",
            "parent": "Practice Parent (?:CCG|Sub ICB Loc) Code",
            "network": "PCN Code",
            "network name": "PCN Name",
            "network parent": "PCN Parent (?:CCG|Sub ICB Loc) Code",
            "join": "Practice to PCN Relationship Start Date",
            "left": "Practice to PCN Relationship End Date",
        },
        build=_partner,
    ),
    Layout(
        report="epcn",
        title="Primary care networks and their core partners (ePCN)",
        publisher=ODS,
        names=("epcn",),
        columns={
            "code": "PCN Code",
            "name": "PCN Name",
            "parent": "Current (?:Clinical Commissioning Group|Sub ICB Loc) Code",
            "open": "Open Date",
            "close": "Close Date",
            "town": "Address Line 4",
            "postcode": "Postcode",
        },
        build=_network,
    ),
    Layout(
        report="care-trust-sites",
        title="Care trust sites",
        publisher=ODS,
        names=("care-trust-sites",),
        columns={
            "code": "Organisation_Code",
            "name": "Organisation_Name",
            "region": "National_Grouping_Code",
            "geography": "High_Level_Health_Authority_Code",
            "town": "Address_Line_4",
            "postcode": "Postcode",
            "open": "Open_Date",
            "close": "Close_Date",
            "parent": "Parent_Organisation_Code",
        },
        blanks=frozenset({"NULL"}),
        build=_site,
    ),
    Layout(
        report="succ",
        title="Organisation successions (succ)",
        publisher=ODS,
        names=("succ",),
        columns={"predecessor": 1, "successor": 2, "day": 4, "indicator": 5},
        widths=(5,),
        fits=_fits_succession,
        build=_succession,
    ),
    Layout(
        report="succ-and-succarc",
        title="Organisation successions with the archive (succ and succarc)",
        publisher=ODS,
        names=("succ",),
        columns={"predecessor": "old_code", "successor": "new_code", "day": "date"},
        dates=to_day,
        build=_succession,
    ),
)
"""The ODS CSV reports, and the same tables as spreadsheets."""
