"""The bodies under each code: where one era ends and the next begins.

An era begins when the body begins, when it wholly takes in another, when its kind changes, and where
a curated event says that it went on as another body. It ends on the day before the next begins, or
on the day before the event that ends the body, or else on its last legal day.

A body whose first day no source gives has an era of unknown start, keyed ``CODE@unknown``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.kinds import KindSpan
from nhs_orgs.compiler.lives import Life
from nhs_orgs.names import DatedName, name_in, within
from nhs_orgs.organisations import KINDS, Organisation, Trust
from nhs_orgs.period import Bound, Period
from nhs_orgs.records import Record, choose, said_in

__all__ = ["Turns", "by_code", "era_at", "eras", "turns"]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turns:
    """The days on which events turn one code's body into another, or end it."""

    renewals: tuple[date, ...] = ()
    """First days of a new era under the code."""
    ends: date | None = None
    """First day on which the body is no more."""


def turns(drafts: Iterable[Draft]) -> dict[str, Turns]:
    """For every code that events renew or end, the days."""
    renewed: dict[str, set[date]] = defaultdict(set)
    ended: dict[str, date] = {}
    for draft in (draft for draft in drafts if draft.happened):
        day = draft.dated.earliest
        for code in draft.new_eras:
            renewed[code].add(day)
        for code in draft.ending:
            ended[code] = max(day, ended.get(code, day))
    return {code: Turns(tuple(sorted(renewed[code])), ended.get(code)) for code in sorted({*renewed, *ended})}


def eras(life: Life, turn: Turns, seen: Period | None) -> tuple[Organisation, ...]:
    """The bodies under one code, in order of time; one at least."""
    record, spans, start = life.record, life.spans, life.start
    end = turn.ends - _DAY if turn.ends is not None else life.end
    names, operational = life.names, record.operational
    periods = _periods(start, end, [*turn.renewals, *(s.since for s in spans[1:] if s.since)])
    return tuple(
        _era(life, period, within(names, period, final=period is periods[-1]), operational, seen) for period in periods
    )


def _periods(start: Bound, end: Bound, days: Iterable[date]) -> list[Period]:
    """The life cut at each day that falls inside it."""
    cuts = sorted({day for day in days if _inside(day, start, end)})
    starts: list[Bound] = [start, *cuts]
    ends: list[Bound] = [*(day - _DAY for day in cuts), end]
    return [Period(first, _not_before(first, last)) for first, last in zip(starts, ends, strict=True)]


def _inside(day: date, start: Bound, end: Bound) -> bool:
    return not (isinstance(start, date) and day <= start) and not (isinstance(end, date) and day > end)


def _not_before(first: Bound, last: Bound) -> Bound:
    """A source that ends a body before it begins (as one does a trust of one day) ends it on its first day."""
    if isinstance(first, date) and isinstance(last, date):
        return max(first, last)
    return last


def _span_at(spans: tuple[KindSpan, ...], period: Period) -> KindSpan:
    first = period.start if isinstance(period.start, date) else date.min
    return [span for span in spans if span.since is None or span.since <= first][-1]


def _era(
    life: Life,
    period: Period,
    names: tuple[DatedName, ...],
    operational: Period | None,
    seen: Period | None,
) -> Organisation:
    first = period.start.isoformat() if isinstance(period.start, date) else "unknown"
    record, span = life.record, _span_at(life.spans, period)
    kind = KINDS[span.kind]
    return kind(
        key=f"{record.code}@{first}",
        code=record.code,
        name=names[-1].text if names else name_in(life.names, period, final=False),
        period=period,
        operational=_working(operational, period, whole=life.legal) if operational is not None else None,
        names=names,
        seen=_clipped(seen, period) if seen is not None else None,
        inferred_kind=span.inferred,
        **_of_trust(kind, record, period),
    )


def _working(operational: Period, era: Period, *, whole: Period) -> Period | None:
    """The era by the working dates: the body's own at either end of its life, the era's where eras meet."""
    start = operational.start if era.start == whole.start and isinstance(operational.start, date) else era.start
    inside = isinstance(operational.end, date) and (era.end == whole.end or era.may_contain(operational.end))
    end = operational.end if inside else era.end
    if isinstance(start, date) and isinstance(end, date) and end < start:
        return None
    return Period(start, end)


def _clipped(seen: Period, era: Period) -> Period | None:
    """The days seen that fall in the era, by the bounds of it that are known."""
    first = max([day for day in (seen.start, era.start) if isinstance(day, date)])
    last = min([day for day in (seen.end, era.end) if isinstance(day, date)])
    return Period(first, last) if first <= last else None


def _of_trust(kind: type[Organisation], record: Record, period: Period) -> dict[str, Any]:
    if kind is not Trust:
        return {}
    nations = {s.value for s in record.says("nation")}
    foundation = choose(record.says("foundation_start"))
    sector = choose(s for s in record.says("sector") if said_in(s, period))
    return {
        "care_trust": record.code.startswith("T"),
        "foundation_start": date.fromisoformat(foundation.value) if foundation else None,
        "sector": sector.value.capitalize() if sector else None,
        "nation": "Wales" if "Wales" in nations else ("England" if record.says("region") else None),
    }


def era_at(found: tuple[Organisation, ...], day: date) -> Organisation:
    """The era in force on a day: the last that had begun by then, else the first."""
    begun = [o for o in found if not isinstance(o.period.start, date) or o.period.start <= day]
    return begun[-1] if begun else found[0]


def by_code(
    found: Mapping[str, Life], turned: Mapping[str, Turns], seen: Mapping[str, Period]
) -> Iterator[tuple[str, tuple[Organisation, ...]]]:
    """The eras of every code."""
    for code, life in found.items():
        yield code, eras(life, turned.get(code, Turns()), seen.get(code))
