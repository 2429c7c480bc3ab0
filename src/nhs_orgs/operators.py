"""Where a site's figures are when its own way is lost: with whatever its operator became.

Most sites have no dates, or closed without a word on what followed, yet lists say who ran them. Above the level of
sites that is enough, unless a part of the operator moved: then nobody knows whether the site was in it. A site that
lists show under several operators is not followed, and none is guessed from the letters of a code.

>>> from datetime import date
>>> import nhs_orgs
>>> from nhs_orgs.bases import Preference
>>> store, to = nhs_orgs.load()._store, date(2026, 4, 1)
>>> walk, key, day = Apportionment(store, to, Preference.of(None)), "RQ8L0@2003-06-01", date(2018, 1, 1)
>>> (lost,) = walk.arms(key, day)
>>> [(one.arm.keys, one.confidence.value) for one in Operators(store, to, walk).of(key, lost, day, day)]
[(('RAJ@2020-04-01',), 'medium')]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from nhs_orgs.apportion import Apportionment
from nhs_orgs.passages import Arm, Arms, Passage, in_order, together
from nhs_orgs.period import Bound, cuts
from nhs_orgs.sources import Confidence, Source
from nhs_orgs.store import Store

__all__ = ["Followed", "Operators"]

_DAY = timedelta(days=1)


class Followed(NamedTuple):
    """Where a site's figures of some dates are, by its operator."""

    first: Bound
    last: Bound
    arm: Arm
    """All of it; without eras where its operator had not opened yet."""
    confidence: Confidence
    """Medium where a list of the day restated to or before, made while the operator stood, shows it so; else low."""


class _Run(NamedTuple):
    """A site under the one operator that lists show."""

    site: str
    lives: tuple[Passage, ...]
    """The eras of the operator."""
    first: date | None
    latest: date | None
    """The first and the last day on which a list that was made while it stood shows the site under it."""


class Operators:
    """The ways of sites by their operators, to one day."""

    def __init__(self, store: Store, to: date, walk: Apportionment) -> None:
        self._store = store
        self._to = to
        self._walk = walk

    def of(self, key: str, arm: Arm, first: Bound, last: Bound) -> tuple[Followed, ...]:
        """Where the figures of a site are, by their dates, if its own way is `arm`.

        Nothing where no source, or several, say who ran it. Of a site that stands on the day restated to, a list of a
        later day says nothing: it may have moved.
        """
        key = arm.keys[0] if arm.keys else self._end(key, arm)
        run = None if len(arm.keys) > 1 else self._run(self._walk.passages[key].code, standing=bool(arm.keys))
        if run is None:
            return ()
        sure = run.first is not None and run.first <= self._to
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
        cut = self._stretches(run, first, last)
        return tuple(Followed(start, end, self._arm(run, arm, start), confidence) for start, end in cut)

    def _end(self, key: str, arm: Arm) -> str:
        """The last site on a way that is lost."""
        for _, event in arm.events:
            key = next((edge.receiver for edge in self._store.given.get(key, ()) if edge.event == event), key)
        return key

    def _run(self, site: str, *, standing: bool) -> _Run | None:
        record = self._store.records.get(site)
        said = record.says("operator") if record is not None else ()
        operators = {statement.value for statement in said}
        if len(operators) != 1 or (operator := operators.pop()) not in self._store.eras:
            return None
        lives = tuple(self._walk.passages[key] for key in self._store.eras[operator])
        days = {source.as_at.latest for one in said for source in one.sources if isinstance(source, Source)}
        shown = sorted(day for day in days if any(life.stands(day) for life in lives))
        if standing:
            shown = [day for day in shown if day <= self._to]
            if not shown:
                return None
        return _Run(site, lives, *((shown[0], shown[-1]) if shown else (None, None)))

    def _stretches(self, run: _Run, first: Bound, last: Bound) -> Iterator[tuple[Bound, Bound]]:
        """The dates, cut where the operator became another body or a part of it moved, after it was last shown."""
        days = {day for life in run.lives for day in (*self._walk.breaks(life), *_bounds(life))}
        start = first
        for day in sorted(days):
            if (run.latest is None or run.latest < day) and cuts(day, start, last):
                yield start, day - _DAY
                start = day
        yield start, last

    def _arm(self, run: _Run, way: Arm, start: Bound) -> Arm:
        """Where it is what the operator had on a day, or on the later one on which it is shown with the site."""
        days = [day for day in (start, run.latest, *(day for day, _ in way.events)) if isinstance(day, date)]
        lives = [life for life in run.lives if days and life.first <= max(days)]
        if not lives:
            return Arm()
        life, day = lives[-1], max(days)
        # After its end it is as when it was last shown, or else as when it opened: whatever left it may have taken it.
        since = day if day <= life.last else max(life.first, run.latest or life.first)
        arms = self._walk.arms(life.key, since)
        moved = tuple(self._moved(life.key, since, arms))
        whole = arms[0] if len(arms) == 1 and not moved else together([*arms, *moved])
        note = f"{run.site} is followed by its operator {life.code}, the only one that sources give"
        events = in_order((*way.events, *whole.events))
        return whole._replace(weight=1.0, events=events, notes=tuple(dict.fromkeys((note, *whole.notes))))

    def _moved(self, key: str, since: date, arms: Arms) -> Iterator[Arm]:
        """Where the parts are that the operator, or what it became, gave away since; backwards, received."""
        reached = ((heir, arm.events[-1][0]) for arm in arms if arm.events for heir in arm.keys)
        first, last = sorted((since, self._to))
        for body, day in ((key, first), *reached):
            for edge in self._walk.passages[body].parts(self._to):
                if day < self._store.events[edge.event].dated.latest and edge.day <= last:
                    if since <= self._to and edge.giver == body:
                        yield from self._walk.arms(edge.receiver, edge.day)
                    elif self._to < since and edge.receiver == body:
                        yield from self._walk.arms(edge.giver, edge.day - _DAY)


def _bounds(life: Passage) -> list[date]:
    """The first day of a body, and the day after its last, where they are known."""
    start, end = life.period.start, life.period.end
    return [*([start] if isinstance(start, date) else []), *([end + _DAY] if isinstance(end, date) else [])]
