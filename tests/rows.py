"""Rows as readers yield them, in a line each, and what they compile to.

    register = compiled(
        listed("RRE", "2001-04-01"),
        listed("R1E", "2011-09-01", "2018-05-31"),
        follows("R1E", "RRE", "2018-06-01"),
    )

A release is named by its id, as in `builders`: ``etr@2026-07-31``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from builders import source

from nhs_orgs.compiler import Curation, assemble
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers.base import NameRow, OrganisationRow, Reading, RelationshipRow, RoleAssignment, Row, SuccessionRow
from nhs_orgs.register import Register
from nhs_orgs.store import Store

__all__ = ["TRUSTS", "compiled", "follows", "lasting", "listed", "named", "reading", "related", "store"]

TRUSTS = "etr@2026-07-31"
"""The list that a row stands in if the test does not care."""


def lasting(first: str | None, last: str | None = None) -> Period:
    """From a first to a last day; a blank first day is unknown, a blank last day open."""
    return Period(date.fromisoformat(first) if first else UNKNOWN, date.fromisoformat(last) if last else None)


def listed(
    code: str,
    first: str | None = None,
    last: str | None = None,
    *,
    by: str = TRUSTS,
    roles: Iterable[str] = (),
    operational: str | None = None,
    **more: Any,  # noqa: ANN401 - any other column
) -> OrganisationRow:
    """A line of a list of organisations; without days it gives none."""
    return OrganisationRow(
        source=source(by),
        line=1,
        code=code,
        legal=lasting(first, last) if first or last else None,
        operational=Period.from_text(operational) if operational else None,
        roles=tuple(_role(text) for text in roles),
        **more,
    )


def _role(text: str) -> RoleAssignment:
    """``RO318`` or ``RO318 2022-07-01/..``."""
    role, _, period = text.partition(" ")
    return RoleAssignment(id=role, period=Period.from_text(period) if period else None)


def follows(predecessor: str, successor: str, day: str, *, by: str = "succ@2026-05") -> SuccessionRow:
    """A line of a succession report."""
    when = date.fromisoformat(day)
    return SuccessionRow(source=source(by), line=1, predecessor=predecessor, successor=successor, day=when)


def named(
    code: str, name: str, first: str, last: str, *, by: str = "trust-names@2026-07-31", loose: bool = False
) -> NameRow:
    """A name and the days between which releases show it."""
    seen = source(f"x@{first}").as_at, source(f"x@{last}").as_at
    return NameRow(source=source(by), line=1, code=code, name=name, first_seen=seen[0], last_seen=seen[1], loose=loose)


def related(
    code: str, relationship: str, other: str, *, by: str, period: str | None = None, other_kind: str | None = None
) -> RelationshipRow:
    """A line that relates two organisations."""
    return RelationshipRow(
        source=source(by),
        line=1,
        code=code,
        other=other,
        relationship=relationship,
        other_kind=other_kind,
        period=Period.from_text(period) if period else None,
    )


def reading(rows: Iterable[Row]) -> Reading:
    """What a reader would hand over."""
    whole = tuple(rows)
    return Reading(sources=tuple({row.source.id: row.source for row in whole}.values()), records=whole, problems=())


def store(*rows: Row, curation: Curation | None = None, leave_out: Collection[str] = ()) -> Store:
    """The rows compiled, by default with nothing curated."""
    return assemble(reading(rows), curation or Curation(), leave_out=leave_out)


def compiled(*rows: Row, curation: Curation | None = None, leave_out: Collection[str] = ()) -> Register:
    """The rows compiled, as the register that a user sees."""
    return Register(store(*rows, curation=curation, leave_out=leave_out))
