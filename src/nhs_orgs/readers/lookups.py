"""Layouts of lookup tables: who stands under whom at one time, with ODS and GSS codes.

Lookups of the Office for National Statistics name their columns after kind and year: ``CCG17CD`` is the GSS code of a
clinical commissioning group of 2017, ``CCG17CDH`` its ODS code, ``CCG17NM`` its name. Each line is a chain from the
lower body to the higher; what it says of the higher ones again and again is taken once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from nhs_orgs.dates import PartialDate, to_day
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.readers.base import OrganisationRow, RelationshipRow, RoleAssignment, Row, ShareRow
from nhs_orgs.readers.layout import Builder, Layout, Line, RowRefused
from nhs_orgs.readers.ods_reports import NHS_ENGLAND, ODS

__all__ = ["LAYOUTS"]

ONS: Final = "Office for National Statistics"

_KINDS: Final = {
    "CCG": "CCG",
    "ICB": "ICB",
    "LHB": "LOCAL HEALTH BOARD",
    "NHSAT": "AREA TEAM",
    "NHSCR": "REGION",
    "NHSER": "REGION",
    "NHSRLO": "LOCAL OFFICE",
    "PCO": "PCT",
    "SHA": "SHA",
    "SICBL": "SUB-ICB LOCATION",
    "STP": "STP",
}
"""What the column names of the lookups abbreviate."""


@dataclass(frozen=True, slots=True)
class Level:
    """One body of a chain: the fields of its columns, and its kind."""

    field: str
    """Beginning of its fields: ``<field> code``, ``<field> gss``, ``<field> name``, ``<field> postcode``."""
    kind: str | None
    suffix: str = ""
    """What the file adds to the codes of this level."""


def _chain(levels: tuple[Level, ...]) -> Builder:
    """A builder for lines that name a body, what is above it, and so on up."""

    def build(line: Line) -> Iterator[Row]:
        below: str | None = None
        for place, level in enumerate(levels):
            if place and not (line.text(f"{level.field} code") or line.text(f"{level.field} gss")):
                return
            code, row = _body(line, level)
            if place == 0 or line.release.first_time(level.field, code, row.name):
                yield row
            if below is not None and (place == 1 or line.release.first_time(level.field, below, code)):
                yield _above(row, below)
            below = code

    return build


def _body(line: Line, level: Level) -> tuple[str, OrganisationRow]:
    """One body of a chain, under its ODS code, else its GSS code."""
    given = f"{level.field} code"
    code = line.code(given if line.text(given) else f"{level.field} gss").removesuffix(level.suffix)
    row = OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=code,
        kind=level.kind,
        name=line.text(f"{level.field} name"),
        postcode=line.upper(f"{level.field} postcode"),
        gss=line.gss(f"{level.field} gss"),
    )
    return code, row


def _above(row: OrganisationRow, below: str) -> RelationshipRow:
    return RelationshipRow(
        source=row.source,
        line=row.line,
        code=below,
        other=row.code,
        relationship="parent",
        other_kind=row.kind,
        other_name=row.name,
    )


def _ons(report: str, title: str, *kinds: str, without_code: tuple[str, ...] = ()) -> Layout:
    """The layout of a lookup with these kinds, from the lowest; `without_code` have only a GSS code."""
    columns = {}
    for kind in kinds:
        columns[f"{kind} gss"] = rf"{kind}([0-9]{{2}})CD"
        columns[f"{kind} name"] = rf"{kind}([0-9]{{2}})NM"
        if kind not in without_code:
            columns[f"{kind} code"] = rf"{kind}([0-9]{{2}})CD[HO]"
    levels = tuple(Level(kind, _KINDS[kind]) for kind in kinds)
    name = report.removeprefix("ons-")
    return Layout(report=report, title=title, publisher=ONS, names=(name,), columns=columns, build=_chain(levels))


def _providers(line: Line) -> Iterator[Row]:
    """A provider or commissioner and its integrated care board; hubs have none."""
    if line.text("child name") is None and line.text("ICB code") is None:
        raise RowRefused(f"row of {line.text('child code')!r}", "neither a name nor a parent: nothing to take")
    yield from _CHILD(line)


_CHILD: Final = _chain((Level("child", None), Level("ICB", "ICB")))
_PRACTICE_UP: Final = _chain(
    (Level("practice", None), Level("CCG", "CCG"), Level("STP", "STP"), Level("region", "REGION"))
)


def _practice(line: Line) -> Iterator[Row]:
    """A practice, its network (``U`` is unallocated), and the chain above it."""
    yield from _PRACTICE_UP(line)
    if line.text("PCN code") in {None, "U"}:
        return
    code, row = _body(line, Level("PCN", "PCN"))
    if line.release.first_time("PCN", code):
        yield row
    yield _above(row, line.code("practice code"))


_LIST_UP: Final = _chain(
    (Level("practice", None), Level("PCO", "PCO", suffix="00"), Level("team", "AREA TEAM"), Level("region", "REGION"))
)
_BANDS: Final = ("0-4", "5-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")


def _list_size(line: Line) -> Iterator[Row]:
    """A practice, the chain above it, and its registered patients of both sexes and all ages."""
    yield from _LIST_UP(line)
    counts = [line.amount(f"{sex} {band}") for sex in ("Male", "Female") for band in _BANDS]
    known = [count for count in counts if count is not None]
    yield ShareRow(
        source=line.cited(),
        line=line.number,
        code=line.code("practice code"),
        other=line.code("PCO code").removesuffix("00"),
        share=None,
        amount=sum(known) if len(known) == len(counts) else None,
        basis="registered patients",
    )


def _commissioner(line: Line) -> Iterator[Row]:
    """A commissioner's record, which has starts but no ends.

    Inactive, or with a successor: it has ended, on a day that the file does not say. Active without a successor: open.
    The register keeps some bodies active that ended in law, and for those the file names the successor.
    """
    inactive = line.upper("status") != "ACTIVE"
    gone: Bound = UNKNOWN if inactive or line.text("successor") else None
    yield OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        name=line.text("name"),
        legal=_since(line, "legal start", gone),
        operational=_since(line, "operational start", UNKNOWN if inactive else None),
        status=line.upper("status"),
        roles=tuple(_commissioner_roles(line, gone)),
        parent=line.code_if_any("parent"),
        town=line.text("town"),
        postcode=line.upper("postcode"),
    )


def _since(line: Line, start: str, end: Bound) -> Period | None:
    return Period(line.bound(start, blank=UNKNOWN), end) if line.text(start) else None


def _commissioner_roles(line: Line, gone: Bound) -> Iterator[RoleAssignment]:
    """The primary role, and the others: the transition date is when a group became a sub-ICB location."""
    primary = line.upper("role")
    if primary:
        yield RoleAssignment(id=primary, primary=True)
    for role in (line.upper("other roles") or "").replace(" ", "").split(","):
        if role:
            since = _since(line, "transition", gone) if role == "RO319" else None
            yield RoleAssignment(id=role, primary=False, period=since)


_EXTRACTED: Final = re.compile(r"([0-3][0-9])([A-Z][a-z]{2})(2[0-9]{3})")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _extracted(line: Line) -> PartialDate:
    """The day of a line such as ``01Jan2022``."""
    found = _EXTRACTED.fullmatch(line.text("extracted") or "")
    try:
        if found:
            return PartialDate.of_day(date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])))
    except ValueError:
        pass
    raise line.refusal("extracted", "not a day such as 01Jan2022: the row was left out")


LAYOUTS: Final = (
    _ons("ons-ccg-names", "Clinical commissioning groups, names and codes", "CCG"),
    _ons("ons-stp-names", "Sustainability and transformation partnerships, names and codes", "STP"),
    _ons("ons-icb-names", "Integrated care boards, names and codes", "ICB"),
    _ons("ons-region-names", "NHS England regions, names and codes", "NHSER"),
    _ons("ons-lhb-names", "Local health boards of Wales, names and codes", "LHB", without_code=("LHB",)),
    _ons("ons-pct-names", "Primary care organisations, names and codes", "PCO"),
    _ons("ons-sha-names", "Strategic health authorities, names and codes", "SHA"),
    _ons("ons-area-team-names", "NHS England area teams, names and codes", "NHSAT", without_code=("NHSAT",)),
    _ons("ons-pct-to-sha", "Primary care organisation to strategic health authority", "PCO", "SHA"),
    _ons(
        "ons-ccg-to-area-team-to-region",
        "Clinical commissioning group to area team to commissioning region",
        *("CCG", "NHSAT", "NHSCR"),
        without_code=("CCG", "NHSAT", "NHSCR"),
    ),
    _ons(
        "ons-ccg-to-local-office-to-region",
        "Clinical commissioning group to local office to region, GSS codes only",
        *("CCG", "NHSRLO", "NHSER"),
        without_code=("CCG", "NHSRLO", "NHSER"),
    ),
    _ons(
        "ons-ccg-to-local-office-to-region",
        "Clinical commissioning group to local office to region",
        *("CCG", "NHSRLO", "NHSER"),
    ),
    _ons(
        "ons-local-office-to-region",
        "Local office to region",
        *("NHSRLO", "NHSER"),
        without_code=("NHSRLO", "NHSER"),
    ),
    _ons(
        "ons-ccg-to-stp",
        "Clinical commissioning group to sustainability and transformation partnership",
        *("CCG", "STP"),
        without_code=("STP",),
    ),
    _ons(
        "ons-ccg-to-stp", "Clinical commissioning group to sustainability and transformation partnership", "CCG", "STP"
    ),
    _ons(
        "ons-ccg-to-stp-to-region",
        "Clinical commissioning group to sustainability and transformation partnership to region",
        *("CCG", "STP", "NHSER"),
    ),
    _ons(
        "ons-sicbl-to-icb-to-region",
        "Sub-ICB location to integrated care board to region",
        *("SICBL", "ICB", "NHSER"),
    ),
    Layout(
        report="area-team-codes",
        title="NHS England area teams, GSS and ODS codes",
        publisher=ONS,
        names=("at",),
        columns={"team gss": "ons_code", "team code": "hscic_code", "team name": "name"},
        # No date in it; these 25 teams were there from 1 April 2013 to 31 March 2015 (trust-to-local-office, 2019-12).
        as_at=PartialDate.between(date(2013, 4, 1), date(2015, 3, 31)),
        build=_chain((Level("team", "AREA TEAM"),)),
    ),
    Layout(
        report="commissioner-records",
        title="Records of commissioners from the ORD interface",
        publisher=ODS,
        names=("commissioner-records",),
        columns={
            "code": "Commissioner_Code",
            "name": "Commissioner_Name",
            "status": "Status",
            "role": "ODS_Role_Code",
            "other roles": "Additional_Roles",
            "operational start": "Operational_Start_Date",
            "legal start": "Legal_Start_Date",
            "transition": "Transition_Date",
            "town": "Town",
            "postcode": "Postcode",
            "successor": "Successor_Code",
            "parent": "Parent_ICB_Code",
        },
        dates=to_day,
        build=_commissioner,
    ),
    Layout(
        report="commissioners",
        title="Commissioners and their integrated care boards",
        publisher=NHS_ENGLAND,
        names=("commissioners",),
        columns={
            "ICB code": "Commissioner Parent Org Code",
            "ICB name": "Commissioner Parent Name",
            "child code": "Commissioner Org Code",
            "child name": "Commissioner Org Name",
        },
        build=_providers,
    ),
    Layout(
        report="providers-to-icb",
        title="Providers and their integrated care boards",
        publisher=NHS_ENGLAND,
        names=("providers-to-icb",),
        columns={
            "ICB code": "Provider Parent Org Code",
            "ICB name": "Provider Parent Name",
            "child code": "Provider Org Code",
            "child name": "Provider Org Name",
        },
        build=_providers,
    ),
    Layout(
        report="gp-practice-hierarchy",
        title="GP practice to network, clinical commissioning group, partnership and region",
        publisher=NHS_ENGLAND,
        names=("gp-practice-pcn-ccg-stp-region",),
        columns={
            "extracted": "EXTRACT_DATE",
            "practice code": "PRACTICE_CODE",
            "practice name": "PRACTICE_NAME",
            "practice postcode": "PRACTICE_POSTCODE",
            "PCN code": "PCN_CODE",
            "PCN name": "PCN_NAME",
            "CCG gss": "ONS_CCG_CODE",
            "CCG code": "CCG_CODE",
            "CCG name": "CCG_NAME",
            "STP gss": "ONS_STP_CODE",
            "STP code": "STP_CODE",
            "STP name": "STP_NAME",
            "region gss": "ONS_COMM_REGION_CODE",
            "region code": "COMM_REGION_CODE",
            "region name": "COMM_REGION_NAME",
        },
        row_as_at=_extracted,
        build=_practice,
    ),
    Layout(
        report="gp-list-size",
        title="Patients registered at GP practices, with the bodies above each",
        publisher=NHS_ENGLAND,
        names=("gp-list-size",),
        columns={
            "practice code": "Practice Code",
            "practice name": "Practice Name",
            "PCO code": "PCO Code",
            "PCO name": "PCO Name",
            "team code": "Area Team Code",
            "team name": "Area Team Name",
            "region code": "Regional Office Code",
            "region name": "Regional Office Name",
            **{f"{sex} {band}": re.escape(f"{sex} {band}") for sex in ("Male", "Female") for band in _BANDS},
        },
        build=_list_size,
    ),
)
"""Lookups of the Office for National Statistics, and tables of NHS England that say who stands under whom."""
