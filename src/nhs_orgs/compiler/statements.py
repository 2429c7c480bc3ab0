"""From rows to statements: what each release says of each code, equal values joined across releases.

Readers keep to their files; here the columns get their meaning. The geography column of a closed
body is of a later day than the body, so it is left out; a list that shows only open bodies says
that a body was open on its as-at date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from nhs_orgs.compiler.kinds import kind_claims
from nhs_orgs.period import Bound, Period
from nhs_orgs.readers.base import NameRow, OrganisationRow, RelationshipRow, Row
from nhs_orgs.records import LOOSE_NAME, OPEN, SHORT_NAME, Record
from nhs_orgs.sources import Citation, Source, Statement
from nhs_orgs.store import Finding

__all__ = ["UNCODED", "Claim", "by_ods_code", "claims", "in_order", "records"]

UNCODED: Final = "no ODS code"
"""The rule of a finding about a body that sources know by its ONS code alone."""

_LOOSE_NAMES = frozenset({"eric-sites", "nhs-choices-hospitals", "providers-to-icb", "trust-names-incl-closed"})
_SHORT_NAMES = frozenset({"gp-list-size"})
_CURRENT_LISTS = frozenset(
    {
        "commissioners",
        "ons-ccg-names",
        "ons-icb-names",
        "ons-region-names",
        "ons-sicbl-to-icb-to-region",
        "ons-stp-names",
    }
)
_WALES = "W00"
"""What the register puts in the region's column for Wales: a grouping, no organisation that a trust belongs to."""
_REGION_NAMES = frozenset({"area-team-codes", "ons-region-names", "ons-sicbl-to-icb-to-region"})
_WHOLE_CCG_NAME = re.compile(r"NHS .* CCG", re.IGNORECASE)

_ABOVE = {"CCG": "commissioner", "PCN": "network", "PCO": "commissioner", "REGION": "region", "TRUST": "operator"}
"""Property for what a lookup's column of a kind stands above; area teams, offices, STPs and boards share one."""

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
    return in_order(made)


def in_order(made: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements about one code in the order in which a record has them: by property, then the oldest first."""
    return tuple(sorted(made, key=lambda s: (s.property, _age(s.sources[0]), s.value, str(s.period))))


def _age(source: Source | Citation) -> tuple[date, str]:
    if isinstance(source, Source):
        return source.as_at.earliest, source.id
    return date.max, source.id


def _of_organisation(row: OrganisationRow) -> Iterator[Claim]:
    def claim(name: str, value: str | None, period: Period | None = None) -> Iterator[Claim]:
        if value:
            yield Claim(row.code, name, value, row.source, period)

    yield from claim(_name_property(row), row.name)
    kinds = tuple(kind_claims(row))
    for kind, period in kinds:
        yield from claim("kind", kind, period)
    yield from _of_periods(row)
    for role in row.roles:
        yield from claim("role", role.id, role.period)
    yield from _of_parents(row, {kind for kind, _ in kinds})
    yield from claim("postcode", row.postcode)
    yield from claim("gss", row.gss)
    if row.foundation_start:
        yield from claim("foundation_start", row.foundation_start.isoformat())
    if row.source.report == "trust-type-by-year":
        yield from claim("sector", row.sub_type)
    if row.government_region == "W" or row.region == _WALES:
        yield from claim("nation", "Wales")


def _name_property(row: OrganisationRow) -> str:
    """Some lists print names short or loosely (a group's without ``NHS`` or ``CCG``): those are no new names."""
    if row.kind in {"AREA TEAM", "REGION"} and row.source.report not in _REGION_NAMES:
        return LOOSE_NAME
    if row.source.report in _SHORT_NAMES:
        return SHORT_NAME
    if row.source.report in _LOOSE_NAMES or (
        row.kind in {"CCG", "PCO"} and not _WHOLE_CCG_NAME.fullmatch(row.name or "")
    ):
        return LOOSE_NAME
    return "name"


def _of_periods(row: OrganisationRow) -> Iterator[Claim]:
    """Bounds as the file gives them; a list of current bodies without dates says that each is open."""
    if row.legal is None and row.source.report in _CURRENT_LISTS:
        yield Claim(row.code, "legal_end", OPEN, row.source)
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


def _of_parents(row: OrganisationRow, kinds: Collection[str]) -> Iterator[Claim]:
    """Region, geography and parent columns, of open bodies only."""
    if _closed(row):
        return
    if row.parent and "Site" in kinds:
        # A site's region and geography are those of its trust, which says them itself.
        yield Claim(row.code, "operator", row.parent, row.source, row.parent_period)
        return
    if row.region and row.region != _WALES:
        yield Claim(row.code, "region", row.region, row.source)
    # A hub's geography is that of its address, in Leeds, not a board that it belongs to.
    if row.geography and row.geography != "Q99" and "CommissioningHub" not in kinds:
        yield Claim(row.code, "geography", row.geography, row.source)
    if row.parent:
        above = "commissioner" if "GPPractice" in kinds else "geography"
        yield Claim(row.code, above, row.parent, row.source, row.parent_period)


def _closed(row: OrganisationRow) -> bool:
    if row.legal is None or row.legal.end is None:
        return False
    end = row.legal.end
    return not isinstance(end, date) or end < row.source.as_at.earliest


def _of_name(row: NameRow) -> Iterator[Claim]:
    first = row.first_seen.earliest
    period = Period(first, max(first, row.last_seen.earliest))
    for kind, _ in kind_claims(row):
        yield Claim(row.code, "kind", kind, row.source)
    yield Claim(row.code, LOOSE_NAME if row.loose else "name", row.name, row.source, period)


def _of_relationship(row: RelationshipRow) -> Iterator[Claim]:
    for kind in kind_claims(row):
        yield Claim(row.code, "kind", kind[0], row.source)
    if row.relationship == "parent":
        yield Claim(row.code, _ABOVE.get(row.other_kind or "", "geography"), row.other, row.source, row.period)
    elif row.relationship == "recode" and row.note not in {None, "yes"}:
        yield Claim(row.code, "at the postcode of", row.other, row.source, row.period)
    elif row.relationship in _RELATED_BY:
        yield Claim(row.code, _RELATED_BY[row.relationship], row.other, row.source, row.period)


_GSS = re.compile(r"[EW][0-9]{8}")


def by_ods_code(
    rows: Iterable[Row], tied: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Row], tuple[Finding, ...]]:
    """Rows under ODS codes, where a lookup names a body by its GSS code alone and another tells whose that is.

    `tied` gives ODS codes by GSS code where a document ties them and no lookup does. A body that no source gives an
    ODS code is set aside, with a finding; as somebody's parent it keeps its GSS code.
    """
    whole = list(rows)
    printed = {r.gss: r.code for r in whole if isinstance(r, OrganisationRow) and r.gss and not _GSS.fullmatch(r.code)}
    known = {**tied, **printed}
    kept: list[Row] = []
    orphans: dict[str, Finding] = {}
    for row in whole:
        told = _told(row, known)
        if isinstance(told, (OrganisationRow, RelationshipRow)) and _GSS.fullmatch(told.code):
            orphans.setdefault(told.code, _uncoded(told))
        else:
            kept.append(told)
    return kept, tuple(orphans[code] for code in sorted(orphans))


def _uncoded(row: OrganisationRow | RelationshipRow) -> Finding:
    name = row.name if isinstance(row, OrganisationRow) and row.name else "no name"
    what = f"is known by its ONS code only ({name}); set aside"
    return Finding(UNCODED, row.code, what, (row.source.id,))


def _told(row: Row, known: Mapping[str, str]) -> Row:
    if isinstance(row, OrganisationRow) and row.code in known:
        return replace(row, code=known[row.code])
    if isinstance(row, RelationshipRow) and (row.code in known or row.other in known):
        return replace(row, code=known.get(row.code, row.code), other=known.get(row.other, row.other))
    return row
