"""From rows to statements: what each release says of each code, equal values joined across releases.

Readers keep to their files; here the columns get their meaning. The geography column of a closed
body is of a later day than the body, so it is left out; a list that shows only open bodies says
that a body was open on its as-at date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nhs_orgs.compiler.kinds import kind_claims
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.readers.base import NameRow, OrganisationRow, RelationshipRow, Row
from nhs_orgs.records import OPEN, Record
from nhs_orgs.sources import Citation, Source, Statement

__all__ = ["Claim", "claims", "records"]

SHORT_NAMES = frozenset({"ons-ccg-lookup-2013"})

_RELATED_BY = {
    "RE4": "commissioner",
    "RE5": "geography",
    "RE6": "operator",
    "RE8": "partner",
    "recode": "recoded as",
}
"""Property for each dated relationship of the register."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value from one source, before equal ones are joined."""

    subject: str
    property: str
    value: str
    source: Source | Citation
    period: Period | None = None


def claims(rows: Iterable[Row]) -> Iterator[Claim]:
    """Everything that rows of lists, names and relationships say; succession rows are not statements."""
    for row in rows:
        if isinstance(row, OrganisationRow):
            yield from _of_organisation(row)
        elif isinstance(row, NameRow):
            yield from _of_name(row)
        elif isinstance(row, RelationshipRow):
            yield from _of_relationship(row)


def records(found: Iterable[Claim]) -> dict[str, Record]:
    """One record a code, its statements in a fixed order, each with every source that makes it."""
    joined: dict[str, dict[tuple[str, str, Period | None], dict[Source | Citation, None]]] = defaultdict(dict)
    for claim in found:
        key = claim.property, claim.value, claim.period
        joined[claim.subject].setdefault(key, {})[claim.source] = None
    return {code: Record(code, _statements(code, joined[code])) for code in sorted(joined)}


def _statements(
    code: str, joined: dict[tuple[str, str, Period | None], dict[Source | Citation, None]]
) -> tuple[Statement, ...]:
    made = [
        Statement(code, name, value, tuple(sorted(sources, key=_age)), period)
        for (name, value, period), sources in joined.items()
    ]
    return tuple(sorted(made, key=lambda s: (s.property, _age(s.sources[0]), s.value, str(s.period))))


def _age(source: Source | Citation) -> tuple[date, str]:
    if isinstance(source, Source):
        return source.as_at.earliest, source.id
    return date.max, source.id


def _of_organisation(row: OrganisationRow) -> Iterator[Claim]:
    def claim(name: str, value: str | None, period: Period | None = None) -> Iterator[Claim]:
        if value:
            yield Claim(row.code, name, value, row.source, period)

    yield from claim("name", row.name)
    for kind, period in kind_claims(row):
        yield from claim("kind", kind, period)
    yield from _of_periods(row)
    for role in row.roles:
        yield from claim("role", role.id, role.period)
    yield from _of_parents(row)
    yield from claim("postcode", row.postcode)
    yield from claim("gss", row.gss)
    if row.foundation_start:
        yield from claim("foundation_start", row.foundation_start.isoformat())
    if row.government_region == "W" or row.region == "W00":
        yield from claim("nation", "Wales")


def _of_periods(row: OrganisationRow) -> Iterator[Claim]:
    for which, period in (("legal", row.legal), ("operational", row.operational)):
        if period is None:
            continue
        for side, bound in (("start", period.start), ("end", period.end)):
            value = _bound_text(bound, side)
            if value is not None:
                yield Claim(row.code, f"{which}_{side}", value, row.source)


def _bound_text(bound: Bound, side: str) -> str | None:
    if isinstance(bound, date):
        return bound.isoformat()
    return OPEN if bound is None and side == "end" else None


def _of_parents(row: OrganisationRow) -> Iterator[Claim]:
    """Region, geography and parent columns, of open bodies only."""
    if _closed(row):
        return
    site = row.parent is not None and "Site" in {kind for kind, _ in kind_claims(row)}
    if site:
        # A site's region and geography are those of its trust, which says them itself.
        yield Claim(row.code, "operator", str(row.parent), row.source, row.parent_period)
        return
    if row.region:
        yield Claim(row.code, "region", row.region, row.source)
    if row.geography and row.geography != "Q99":
        yield Claim(row.code, "geography", row.geography, row.source)
    if row.parent:
        yield Claim(row.code, _parent_property(row), row.parent, row.source, row.parent_period)


def _parent_property(row: OrganisationRow) -> str:
    kinds = {kind for kind, _ in kind_claims(row)}
    return "commissioner" if "GPPractice" in kinds else "geography"


def _closed(row: OrganisationRow) -> bool:
    if row.legal is None or row.legal.end is None:
        return False
    return row.legal.end is UNKNOWN or (isinstance(row.legal.end, date) and row.legal.end < row.source.as_at.earliest)


def _of_name(row: NameRow) -> Iterator[Claim]:
    first = row.first_seen.earliest
    period = Period(first, max(first, row.last_seen.earliest))
    for kind, _ in kind_claims(row):
        yield Claim(row.code, "kind", kind, row.source)
    yield Claim(row.code, "loose name" if row.loose else "name", row.name, row.source, period)


def _of_relationship(row: RelationshipRow) -> Iterator[Claim]:
    for kind in kind_claims(row):
        yield Claim(row.code, "kind", kind[0], row.source)
    if row.relationship == "parent":
        yield Claim(row.code, _lookup_property(row.other_kind), row.other, row.source, row.period)
    elif row.relationship in _RELATED_BY:
        yield Claim(row.code, _RELATED_BY[row.relationship], row.other, row.source, row.period)


def _lookup_property(kind: str | None) -> str:
    """A region is a level of its own; area teams, local offices, STPs and boards share one, as in the register."""
    return "region" if kind == "REGION" else "geography"
