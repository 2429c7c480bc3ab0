"""From succession rows to dated successions: one effective day each, and what was set aside.

The register prints a predecessor, a successor and a day, without saying whether all passed or a
part. These are the rules, in the order in which they apply.

The effective day (first day of the new arrangement) of a pair of codes:

1. where releases differ by one day and one is the first of a month, that one;
2. where the predecessor closed on the first of a month, that day (its last day was the one before);
3. where the row is dated on or next to the predecessor's close, the day after the close;
4. where the successor began on the first of a month and the row is dated the day after, that first;
5. else the day of the newest release, and within one release the earliest: what a release repeats
   with a later day is the same change, as the practices that moved on the earlier one show.

Set aside, each with a `Finding`: a code that succeeds itself; a shortcut, that is a row that a path
of other rows already implies; a later repeat of a pair. The succession itself tells of its repeats, the
first and the last step of a path of the shortcut that leaps over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from nhs_orgs.events import SuccessionEvidence
from nhs_orgs.period import Bound
from nhs_orgs.readers.base import SuccessionRow
from nhs_orgs.sources import Source
from nhs_orgs.store import Finding

__all__ = ["Succession", "effective_day", "successions"]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Succession:
    """One pair of codes, on one effective day, with the rows that say so."""

    predecessor: str
    successor: str
    day: date
    """First day of the new arrangement."""
    ends: bool
    """Whether the predecessor ends by it; if not, it gave a part and went on."""
    evidence: tuple[SuccessionEvidence, ...]
    notes: tuple[str, ...]
    """Which rule gave the day, and what other days were printed."""
    set_aside: tuple[str, ...] = ()
    """In words, rows that repeat it with quite another day, and the shortcuts that leap over it."""


Printed = dict[date, list[Source]]
"""Every day printed for a pair, with the releases that print it."""


def successions(
    rows: Iterable[SuccessionRow],
    closes: Mapping[str, Bound],
    shown_open: Mapping[str, date],
    starts: Mapping[str, Bound] = MappingProxyType({}),
) -> tuple[tuple[Succession, ...], tuple[Finding, ...]]:
    """Every pair once, with its effective day; and what was set aside.

    `closes` gives the last legal day of a predecessor where a source does, `shown_open` the newest day on which a
    list shows one open that none closes, `starts` the first day of a successor.
    """
    printed, findings = _by_pair(rows)
    dated = {pair: effective_day(days, closes.get(pair[0]), starts.get(pair[1])) for pair, days in printed.items()}
    shortcuts = _shortcuts({pair: day for pair, (day, _) in dated.items()}, closes)
    counted = {pair: day for pair, (day, _) in dated.items() if pair not in shortcuts}
    ends = _ending_days(counted, closes, shown_open)
    leapt = _leapt_over(shortcuts, dated)
    kept = []
    for pair in sorted(printed):
        day, rule = dated[pair]
        if pair in shortcuts:
            findings.append(_shortcut_finding(pair, day, shortcuts[pair], printed[pair]))
            continue
        if _repeated(printed[pair]):
            findings.append(_repeat_finding(pair, day, printed[pair]))
        made = _succession(pair, day, rule, printed[pair], ends=day == ends[pair[0]])
        kept.append(replace(made, set_aside=(*_stale(pair, day, printed[pair]), *leapt.get(pair, ()))))
    return tuple(kept), tuple(findings)


def _by_pair(rows: Iterable[SuccessionRow]) -> tuple[dict[tuple[str, str], Printed], list[Finding]]:
    printed: dict[tuple[str, str], Printed] = {}
    selves: dict[str, Printed] = {}
    for row in rows:
        itself = row.predecessor == row.successor
        pair = row.predecessor, row.successor
        days = selves.setdefault(row.predecessor, {}) if itself else printed.setdefault(pair, {})
        sources = days.setdefault(row.day, [])
        if row.source not in sources:
            sources.append(row.source)
    what = "the register names the code as its own successor; the row is set aside"
    return printed, [
        Finding("self-succession", code, what, _ids(days), _evidence((code, code), days))
        for code, days in sorted(selves.items())
    ]


def effective_day(printed: Printed, close: Bound, start: Bound = None) -> tuple[date, str]:
    """The first day of the new arrangement, and the rule that gave it in words.

    `close` is the predecessor's last day, `start` the successor's first.
    """
    days = sorted(printed)
    for earlier, later in pairwise(days):
        if later - earlier == _DAY and 1 in (earlier.day, later.day):
            return (earlier if earlier.day == 1 else later), "releases differ by a day; the first of the month"
    if isinstance(close, date) and any(_at_close(day, close) for day in days):
        if close.day == 1:
            return close, "the predecessor closed on the first of a month; that day"
        return close + _DAY, "the day after the predecessor closed"
    if isinstance(start, date) and start.day == 1 and start + _DAY in printed:
        return start, "the successor began on the first of a month, the day before the row; that day"
    newest = max(s.as_at.latest for sources in printed.values() for s in sources)
    chosen = min(day for day in days if any(s.as_at.latest == newest for s in printed[day]))
    return chosen, "as printed" if len(days) == 1 else "as the newest release prints it; other days are printed too"


def _shortcuts(
    dated: Mapping[tuple[str, str], date], closes: Mapping[str, Bound]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Pairs that a path of other pairs implies, each with the path's codes between.

    A path implies a row where it sets out before the row's day and every step is dated no later, so
    that the predecessor had gone to the ones between by then, and the successor took over from them.
    A row dated by the predecessor's own close is no shortcut.
    """
    after: dict[str, list[str]] = {}
    for giver, receiver in dated:
        after.setdefault(giver, []).append(receiver)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (giver, receiver), day in sorted(dated.items()):
        if len(after[giver]) > 1 and not _at_close(day, closes.get(giver)):
            path = _path_between(giver, receiver, day, after, dated)
            if path:
                found[giver, receiver] = path
    return found


def _leapt_over(
    shortcuts: Mapping[tuple[str, str], tuple[str, ...]], dated: Mapping[tuple[str, str], tuple[date, str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """For the first and the last step of each path, the rows that it makes shortcuts, in words."""
    told: dict[tuple[str, str], list[str]] = {}
    for (giver, receiver), way in sorted(shortcuts.items()):
        steps = [*pairwise((giver, *way, receiver))]
        words = f"a succession row of {dated[giver, receiver][0]} from {giver} to {receiver} is set aside:"
        words += f" the way through {', '.join(way)} implies it"
        for step in dict.fromkeys((steps[0], steps[-1])):
            told.setdefault(step, []).append(words)
    return {step: tuple(words) for step, words in told.items()}


def _stale(pair: tuple[str, str], day: date, printed: Printed) -> Iterator[str]:
    """In words, the rows of a pair that repeat it with quite another day."""
    for when in sorted(printed):
        if abs(when - day) > _DAY:
            row = f"a succession row of {when} from {pair[0]} to {pair[1]}"
            yield f"{row} is set aside: another tells the same change, of {day}"


def _at_close(day: date, close: Bound) -> bool:
    return isinstance(close, date) and abs(day - close) <= _DAY


def _path_between(
    giver: str, receiver: str, day: date, after: Mapping[str, list[str]], dated: Mapping[tuple[str, str], date]
) -> tuple[str, ...]:
    """Codes on an indirect way from giver to receiver by the day, in order; empty where there is none."""
    ways: list[tuple[str, tuple[str, ...], date]] = [
        (step, (step,), dated[giver, step])
        for step in sorted(after[giver])
        if step != receiver and dated[giver, step] < day
    ]
    seen = {giver}
    while ways:
        here, way, reached = ways.pop()
        if here in seen:
            continue
        seen.add(here)
        for step in sorted(after.get(here, ())):
            when = dated[here, step]
            if not reached <= when <= day:
                continue
            if step == receiver:
                return way
            ways.append((step, (*way, step), when))
    return ()


def _ending_days(
    dated: Mapping[tuple[str, str], date], closes: Mapping[str, Bound], shown_open: Mapping[str, date]
) -> dict[str, date]:
    """For each predecessor the day whose rows end it, and no other day's.

    With a legal close, the first day of rows from then on; with none, the latest day. A body that
    the register lists as open does not end by a row that is older than the list.
    """
    days: dict[str, list[date]] = {}
    for (giver, _), day in dated.items():
        days.setdefault(giver, []).append(day)
    return {giver: _ending_day(when, closes.get(giver), shown_open.get(giver)) for giver, when in days.items()}


def _ending_day(days: list[date], close: Bound, shown_open: date | None) -> date:
    if isinstance(close, date):
        return min((day for day in days if day >= close), default=date.max)
    latest = max(days)
    return latest if shown_open is None or shown_open <= latest else date.max


def _succession(pair: tuple[str, str], day: date, rule: str, printed: Printed, *, ends: bool) -> Succession:
    notes = (f"effective day: {rule}",)
    return Succession(*pair, day=day, ends=ends, evidence=_evidence(pair, printed), notes=notes)


def _evidence(pair: tuple[str, str], printed: Printed) -> tuple[SuccessionEvidence, ...]:
    return tuple(
        SuccessionEvidence(predecessor=pair[0], successor=pair[1], day=when, sources=_oldest_first(printed[when]))
        for when in sorted(printed)
    )


def _ids(printed: Printed) -> tuple[str, ...]:
    return tuple(sorted({source.id for sources in printed.values() for source in sources}))


def _oldest_first(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: (source.as_at.earliest, source.id)))


def _repeated(printed: Printed) -> bool:
    """Whether a pair is printed with days that differ by more than the one between a last day and the next."""
    return max(printed) - min(printed) > _DAY


def _repeat_finding(pair: tuple[str, str], day: date, printed: Printed) -> Finding:
    others = ", ".join(when.isoformat() for when in sorted(printed) if when != day)
    what = f"the row is printed with several days; {day.isoformat()} is taken, not {others}"
    return Finding("repeat", f"{pair[0]} {pair[1]}", what, _ids(printed))


def _shortcut_finding(pair: tuple[str, str], day: date, way: tuple[str, ...], printed: Printed) -> Finding:
    what = f"a row of {day.isoformat()} to {pair[1]} is implied by the way through {', '.join(way)}; set aside"
    return Finding("shortcut", f"{pair[0]} {pair[1]}", what, _ids(printed), _evidence(pair, printed))
