"""Layouts of tables that carry their own time: dated names, legal dates, dated relationships, sites, whole records.

Some are ODS data as its ORD interface gave it, some are statistics of NHS England, some were made by comparing
releases of both; the publisher and the title of each say which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from nhs_orgs.codes import normalise
from nhs_orgs.dates import PartialDate, to_day
from nhs_orgs.errors import InvalidCode, InvalidDate, InvalidPeriod
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers.base import (
    NameRow,
    OrganisationRow,
    RelationshipRow,
    RoleAssignment,
    Row,
    SuccessionRow,
)
from nhs_orgs.readers.layout import Layout, Line, RowRefused
from nhs_orgs.readers.lookups import NHS_ENGLAND
from nhs_orgs.readers.ods_reports import ODS, organisation
from nhs_orgs.readers.tables import Cells, Form

__all__ = ["LAYOUTS", "financial_year_end"]

COMPARED: Final = "Compiled from files of the NHS Organisation Data Service and NHS England"

_ROLE_KINDS: Final = {"RO98": "CCG", "RO210": "LOCAL OFFICE"}
"""Kinds of related bodies by their primary role; ODS gave area teams the role of local offices too."""
_YEARS: Final = ("2013-14", "2014-15", "2015-16", "2016-17", "2019-20", "2021-22", "2023-24")
_FINANCIAL_YEAR: Final = re.compile(r"(20[0-9]{2})-([0-9]{2})")


def financial_year_end(text: str | None) -> PartialDate | None:
    """March of the year in which a financial year such as ``2013-14`` ends, ``None`` if it is none."""
    found = _FINANCIAL_YEAR.fullmatch(text or "")
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return PartialDate.of_month(int(found[1]) + 1, 3)


def _year_of(name: str) -> Callable[[Line], PartialDate]:
    """How a row tells its time by a column with a financial year."""

    def told(line: Line) -> PartialDate:
        when = financial_year_end(line.text(name))
        if when is None:
            raise line.refusal(name, "not a financial year such as 2013-14: the row was left out")
        return when

    return told


def _day_of(name: str) -> Callable[[Line], PartialDate]:
    """How a row tells its time by a column with a day."""
    return lambda line: PartialDate.of_day(line.day(name))


def _dated_name(line: Line) -> Iterator[Row]:
    """A name, and the first and last month of the releases that print it."""
    code, name = line.code("code"), line.text("name")
    if name is None:
        raise RowRefused(f"{line.title('name')} is blank", "no name: the row was left out")
    first, last = _month(line, "first seen"), _month(line, "last seen")
    if first.earliest > last.latest:
        raise line.refusal("last seen", f"before {line.title('first seen')}: the row was left out")
    yield NameRow(
        source=line.cited(),
        line=line.number,
        code=code,
        name=name,
        first_seen=first,
        last_seen=last,
        loose=line.text("in etr") is None,
    )


def _month(line: Line, name: str) -> PartialDate:
    try:
        return PartialDate.from_text(line.text(name) or "")
    except InvalidDate as error:
        raise line.refusal(name, "not a month such as 2018-06: the row was left out") from error


def _foundation(line: Line) -> Iterator[Row]:
    """A trust's legal dates, and when its role of foundation trust began."""
    began = line.bound("foundation", blank=None)
    yield OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        name=line.text("name"),
        legal=line.period("open", "close"),
        foundation_start=began if isinstance(began, date) else None,
    )


def _related(line: Line) -> Iterator[Row]:
    """An organisation with its dates, and one dated relationship of it where the line has one."""
    code, alone = line.code("code"), line.text("other") is None
    if line.release.first_time(code, line.text("open"), line.text("close")) or alone:
        yield from organisation(line)
    if alone:
        return
    role = line.upper("other role")
    yield RelationshipRow(
        source=line.cited(),
        line=line.number,
        code=code,
        other=line.code("other"),
        relationship=line.upper("relationship") or "parent",
        other_kind=_ROLE_KINDS.get(role or ""),
        period=line.period("join", "left"),
    )


def _estate(line: Line) -> Iterator[Row]:
    """A site of an estates return, with its trust; the trust's name is left to lists that spell it out."""
    yield OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        kind="SITE",
        name=line.text("name"),
        sub_type=line.upper("type"),
        parent=line.code("parent"),
        postcode=line.upper("postcode"),
        floor_area=line.amount("floor area"),
    )


def _trust_types(line: Line) -> Iterator[Row]:
    """The type of a trust in each year that says one; each year is a release of its own."""
    code = line.code("code")
    kinds = {year: kind for year in _YEARS if (kind := line.upper(year))}
    if not kinds:
        raise RowRefused(f"row of {code}", "no year says a type: nothing to take")
    for year, kind in kinds.items():
        source = line.layout.source(line.release, financial_year_end(year))
        yield OrganisationRow(source=source, line=line.number, code=code, sub_type=kind)


def _hospital(line: Line) -> Iterator[Row]:
    return organisation(line, "SITE")


def _operated(line: Line) -> Iterator[Row]:
    """A site and the trust that operates it."""
    yield RelationshipRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        other=line.code("other"),
        relationship="RE6",
        other_kind="TRUST",
    )


def _recode(line: Line) -> Iterator[Row]:
    """Two codes of one place: before and after it moved to another trust."""
    day = line.day("day") if "day" in line.columns.index else None
    yield RelationshipRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        other=line.code("other"),
        relationship="recode",
        other_kind="SITE",
        other_name=line.text("other name"),
        period=Period(day, None) if day else None,
        note=line.text("match"),
    )


def _record(line: Line) -> Iterator[Row]:
    """A whole record: names, legal dates, dated roles, and its predecessors and successors."""
    code, body = line.code("code"), line.raw("record")
    roles = tuple(_dated_roles(line, body))
    yield OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=code,
        name=_member(body, "name"),
        legal=_dated(line, body),
        status=(_member(body, "status") or "").upper() or None,
        roles=roles,
    )
    above = _member(body, "icb")
    if above:
        yield RelationshipRow(
            source=line.cited(),
            line=line.number,
            code=code,
            other=_other_code(above),
            relationship="parent",
            other_kind="ICB",
        )
    for way in ("predecessors", "successors"):
        for other in _members(body, way):
            yield _succession(line, code, other, before=way == "predecessors")


def _succession(line: Line, code: str, other: object, *, before: bool) -> SuccessionRow:
    """One predecessor or successor of a record."""
    name = _other_code(_member(other, "code"))
    try:
        day = to_day(_member(other, "date") or "")
    except InvalidDate as error:
        raise RowRefused(f"record {code}: {_member(other, 'date')!r}", f"not {error.expected}: left out") from error
    first, second = (name, code) if before else (code, name)
    return SuccessionRow(source=line.cited(), line=line.number, predecessor=first, successor=second, day=day)


def _dated_roles(line: Line, body: object) -> Iterator[RoleAssignment]:
    for role in _members(body, "roles"):
        name = _member(role, "id")
        primary = role.get("primary") if isinstance(role, dict) else None
        if name:
            yield RoleAssignment(
                id=name.upper(), primary=primary if isinstance(primary, bool) else None, period=_dated(line, role)
            )


def _dated(line: Line, body: object) -> Period:
    """The stretch from ``start`` to ``end``, as `Line.period` reads it."""
    start, end = _member(body, "start"), _member(body, "end")
    try:
        return Period(to_day(start) if start else UNKNOWN, to_day(end) if end else None)
    except (InvalidDate, InvalidPeriod) as error:
        line.release.problem(line.number, f"{start!r} to {end!r}", f"{error} Both taken as unknown.")
        return Period(UNKNOWN, UNKNOWN)


def _member(body: object, name: str) -> str | None:
    """A text member of an object, white space folded; ``None`` where blank or absent."""
    value = body.get(name) if isinstance(body, dict) else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _members(body: object, name: str) -> list[Any]:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, list) else []


def _other_code(text: str | None) -> str:
    try:
        return normalise(text)
    except InvalidCode as error:
        raise RowRefused(f"record: {text!r}", f"not an ODS code: {error.why}: left out") from error


def _fits_site_map(cells: Cells) -> bool:
    return isinstance(cells[1], str)


def _fits_record(cells: Cells) -> bool:
    return isinstance(cells[1], dict) and {"name", "roles"} <= cells[1].keys()


_ORD: Final = {
    "code": "OrgId",
    "name": "OrgName",
    "postcode": "OrgPostCode",
    "open": "OrgStart",
    "close": "OrgEnd",
}
_RELATED: Final = {
    **_ORD,
    "other": "RelOrgId",
    "relationship": "RelType",
    "other role": "RelOrgPrimaryRole",
    "join": "RelStart",
    "left": "RelEnd",
}

LAYOUTS: Final = (
    Layout(
        report="trust-names-by-snapshot",
        title="Names of trusts seen in dated lists and estates returns",
        publisher=COMPARED,
        names=("trust-names-by-snapshot",),
        columns={
            "code": "code",
            "name": "name",
            "first seen": "first_seen",
            "last seen": "last_seen",
            "in etr": "sources_etr",
        },
        build=_dated_name,
    ),
    Layout(
        report="trust-names-incl-closed",
        title="NHS trusts with those long closed, names and addresses",
        publisher=ODS,
        names=("trust-names-incl-closed",),
        columns={"code": "code", "name": "name", "line1": "line1", "town": "town", "postcode": "postcode", "kind": "type"},
        build=organisation,
    ),
    Layout(
        report="trust-legal-dates",
        title="Legal dates of trusts and start of foundation status, from the ORD interface",
        publisher=ODS,
        names=("trust-legal-dates",),
        columns={
            "code": "code",
            "name": r"name_as_at_[0-9_]+",
            "open": "legal_start",
            "close": "legal_end",
            "foundation": "ft_role_start",
        },
        dates=to_day,
        build=_foundation,
    ),
    Layout(
        report="trust-dates",
        title="NHS trusts with their dates, from the ORD interface",
        publisher=ODS,
        names=("trust-dates",),
        columns=_ORD,
        dates=to_day,
        build=organisation,
    ),
    Layout(
        report="trust-to-local-office",
        title="Dated relationships of NHS trusts to local offices, from the ORD interface",
        publisher=ODS,
        names=("trust-to-local-office",),
        columns=_RELATED,
        dates=to_day,
        build=_related,
    ),
    Layout(
        report="gp-to-ccg",
        title="Dated relationships of GP practices to commissioners, from the ORD interface",
        publisher=ODS,
        names=("gp-to-ccg",),
        columns=_RELATED,
        dates=to_day,
        build=_related,
    ),
    Layout(
        report="eric-sites",
        title="Estates Returns Information Collection, sites",
        publisher=NHS_ENGLAND,
        names=("eric-sites",),
        columns={
            "year": "year",
            "parent": "trust_code",
            "code": "site_code",
            "name": "site_name",
            "type": "site_type",
            "postcode": "postcode",
            "floor area": "gross_internal_floor_area_m2",
        },
        row_as_at=_year_of("year"),
        build=_estate,
    ),
    Layout(
        report="trust-type-by-year",
        title="Estates Returns Information Collection, types of trusts",
        publisher=NHS_ENGLAND,
        names=("trust-type-by-year",),
        columns={"code": "trust_code", **{year: year for year in _YEARS}},
        build=_trust_types,
    ),
    Layout(
        report="nhs-choices-hospitals",
        title="Hospitals listed by NHS Choices",
        publisher=NHS_ENGLAND,
        names=("nhs-choices-hospitals",),
        columns={
            "code": "OrganisationCode",
            "name": "OrganisationName",
            "type": "SubType",
            "town": "City",
            "postcode": "Postcode",
            "parent": "ParentODSCode",
            "parent name": "ParentName",
        },
        build=_hospital,
    ),
    Layout(
        report="site-to-trust",
        title="Sites and the trusts that operate them",
        publisher=ODS,
        names=("site-to-trust",),
        columns={"code": 1, "other": 2},
        widths=(2,),
        fits=_fits_site_map,
        form=Form.JSON,
        build=_operated,
    ),
    Layout(
        report="site-moves-on-merger",
        title="Sites matched across mergers of their trusts, by estates returns before and after",
        publisher=COMPARED,
        names=("site-moves-on-merger",),
        columns={
            "code": "site_a",
            "other": "site_b",
            "other name": "name_b",
            "match": "name_match",
            "year": "year_b",
        },
        row_as_at=_year_of("year"),
        build=_recode,
    ),
    Layout(
        report="site-recodes",
        title="Sites that moved to another trust under a new code",
        publisher=COMPARED,
        names=("site-recodes",),
        columns={
            "code": "old_site",
            "other": "new_site",
            "other name": "site_name",
            "day": "date_legal",
            "trust": "old_trust",
        },
        dates=to_day,
        row_as_at=_day_of("day"),
        build=_recode,
    ),
    Layout(
        report="trimmed-records",
        title="Whole records from the ORD interface, shortened",
        publisher=ODS,
        names=("trimmed-records",),
        columns={"code": 1, "record": 2},
        widths=(2,),
        fits=_fits_record,
        form=Form.JSON,
        build=_record,
    ),
)
"""Tables that carry their own time, and sites."""
