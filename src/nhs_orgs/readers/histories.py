"""Layouts of tables that carry their own time: dated names, legal dates, dated relationships, whole records.

Most are ODS data as its ORD interface gave it, some were made by comparing releases of several reports; the
publisher and the title of each say which.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from nhs_orgs.readers.ods_reports import COMPARED, ODS, organisation
from nhs_orgs.readers.tables import Cells, Form

__all__ = ["LAYOUTS"]

_ROLE_KINDS: Final = {"RO98": "CCG", "RO210": "LOCAL OFFICE"}
"""Kinds of related bodies by their primary role; ODS gave area teams the role of local offices too."""


def _dated_name(line: Line) -> Iterator[Row]:
    """A name, and the first and last month of the releases that print it."""
    code, name = line.code("code"), line.text("name")
    if name is None:
        raise RowRefused(f"{line.title('name')} is blank", "no name: the row was left out")
    first, last = _month(line, "first seen"), _month(line, "last seen")
    if first.earliest > last.latest:
        raise line.refusal("last seen", f"before {line.title('first seen')}: the row was left out")
    listed = _months(line, "in etr")
    if listed:
        yield _name_row(line, code, name, listed, loose=False)
    if not listed or (first, last) != (listed[0], listed[-1]):
        yield _name_row(line, code, name, [first, last], loose=True)


def _name_row(line: Line, code: str, name: str, months: list[PartialDate], *, loose: bool) -> NameRow:
    return NameRow(
        source=line.cited(),
        line=line.number,
        code=code,
        name=name,
        first_seen=months[0],
        last_seen=months[-1],
        loose=loose,
    )


def _months(line: Line, name: str) -> list[PartialDate]:
    """The months of a cell such as ``2015-09|2018-01``, in order."""
    try:
        return sorted((PartialDate.from_text(month) for month in (line.text(name) or "").split("|") if month), key=str)
    except InvalidDate as error:
        raise line.refusal(name, "not months such as 2015-09|2018-01: the row was left out") from error


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
        if name is None:
            line.release.problem(line.number, f"role {role!r}", "no role code: left out")
        else:
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
        columns={
            "code": "code",
            "name": "name",
            "line1": "line1",
            "town": "town",
            "postcode": "postcode",
            "kind": "type",
        },
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
"""Tables that carry their own time."""
