"""What each era came from and went into, worked out once for every crosswalk over the same register.

A `Passage` holds what `endings` says of one era in a shape that a walk over a thousand of them reads without
asking again: between which days it stood, by which edges it ended, of which it was made, and which parts moved
across its boundary while it went on.

>>> from datetime import date
>>> import nhs_orgs
>>> passage = Passages.of(nhs_orgs.load()._store)["RW6@2002-04-01"]
>>> [str(edge.day) for edge in passage.ending(date(2026, 4, 1))], passage.stands(date(2021, 9, 30))
(['2021-04-01', '2021-10-01'], True)
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple, TypeAlias

from nhs_orgs.endings import edges_from, ending_edges, endings, opened_by, succeeds
from nhs_orgs.events import EventKind
from nhs_orgs.organisations import Organisation
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.sources import Confidence
from nhs_orgs.statuses import Status
from nhs_orgs.store import Edge, Store

__all__ = ["Arm", "Arms", "Passage", "Passages", "Steps", "Unshared", "Way"]

Steps: TypeAlias = tuple[tuple[date, str], ...]
"""Day and id of events, in order of time."""

_ROOM: Final = "passages"
_SAME_BODY: Final = frozenset({EventKind.CONVERSION, EventKind.RENAME})
_RANKS: Final = {None: -1, Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


class Unshared(NamedTuple):
    """A body that shares would divide, and there are none."""

    code: str
    """Who is divided."""
    parts: tuple[str, ...]
    """Among whom, by code: what it became; backwards, what it was made of."""
    day: date
    """First day of the later arrangement; of several, the last."""
    backwards: bool


class Arm(NamedTuple):
    """A part of what a body was, and where it is."""

    keys: tuple[str, ...] = ()
    """Eras: one, or several among which it is not divided; none where it is with nobody known."""
    weight: float = 1.0
    lost: Status | None = None
    """Why some or all of it is with nobody: ``ENDED``, ``NOT_YET_OPEN`` or ``UNKNOWN``."""
    basis: str | None = None
    """The weakest measure on the way."""
    events: Steps = ()
    """Day and id of the events on the way, in order of time."""
    notes: tuple[str, ...] = ()
    unshared: tuple[Unshared, ...] = ()


Arms: TypeAlias = tuple[Arm, ...]


class Passage:
    """One era, as a walk passes through it."""

    __slots__ = (
        "_crossing",
        "_edges",
        "_loose",
        "_opens",
        "_settled",
        "_store",
        "code",
        "era",
        "first",
        "founding",
        "here",
        "keeps_to_itself",
        "last",
        "moved",
        "received",
    )

    def __init__(self, store: Store, era: Organisation) -> None:
        self._store = store
        self.era = era
        self.code = era.code or era.key
        """Its code; the key of a body outside the register."""
        self.here: Arms = (Arm((era.key,)),)
        """All of it, where it stands."""
        self.first, self.last = _standing(era)
        """From which to which day it is known to have stood; the first after the last where that is never."""
        given = edges_from(store, era)
        self.moved = tuple(edge for edge in given if not edge.whole)
        """Parts that it gave, its endings included."""
        came = [edge for edge in store.received.get(era.key, ()) if edge.giver != era.key]
        self.founding = _founding(store, era, came)
        """The edges by which it was made."""
        self.received = tuple(edge for edge in came if not edge.whole and edge not in self.founding)
        """Parts that it received, and was not made of."""
        self.keeps_to_itself = not self.moved and not self.received
        """Whether no part ever crossed its boundary."""
        self._opens = opened_by(store, era)
        self._edges = ending_edges(store, era, on=date.max) if given else ()
        self._crossing = (*self.moved, *self.received)
        self._loose = self._without(self._edges)
        # From the last day on of what it gave and by what it ended, the answer for a day is that for all time.
        days = [edge.day for edge in given]
        days += [event.dated.earliest for event in endings(store, era)] if given else []
        self._settled = max(days, default=date.min)

    def stands(self, day: date) -> bool:
        """Whether it is known to have been open on a day; `Organisation.open_on`, without the asking."""
        return self.first <= day <= self.last

    def opened(self, day: date) -> bool:
        """Whether it is known to have opened by a day."""
        return self._opens is not None and self._opens <= day

    def ending(self, day: date) -> tuple[Edge, ...]:
        """The edges, of a day or before, by which it passed on what it was; none while it stands."""
        if self.first <= day <= self.last:
            return ()
        return self._edges if day >= self._settled else ending_edges(self._store, self.era, on=day)

    def parts(self, day: date) -> tuple[Edge, ...]:
        """Parts that moved across its boundary and moved none of its figures, as seen from a day."""
        if self.first <= day <= self.last:
            return self._crossing
        return self._loose if day >= self._settled else self._without(self.ending(day))

    def _without(self, ending: tuple[Edge, ...]) -> tuple[Edge, ...]:
        return tuple(edge for edge in self._crossing if edge not in ending)


class Way(NamedTuple):
    """Events, one after the other, as rows tell of them."""

    confidence: Confidence | None
    """The lowest; ``None`` where only the register speaks."""
    ids: tuple[str, ...]
    same_body: bool
    """Whether by none of them one body became another: it was only renamed, or became of another kind."""


class Passages(dict[str, Passage]):
    """Every passage by the key of its era, made when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ways: dict[Steps, Way] = {(): Way(None, (), same_body=True)}

    def way(self, steps: Steps) -> Way:
        """What events on the way come to."""
        way = self._ways.get(steps)
        if way is None:
            events = [self._store.events[id] for _, id in steps]
            lowest = max((event.confidence for event in events), key=_RANKS.__getitem__)
            same = all(event.kind in _SAME_BODY for event in events)
            way = self._ways[steps] = Way(lowest, tuple(event.id for event in events), same)
        return way

    def __missing__(self, key: str) -> Passage:
        """The passage of an era. Raises `KeyError`."""
        self[key] = passage = Passage(self._store, self._store.organisations[key])
        return passage

    @classmethod
    def of(cls, store: Store) -> Passages:
        """Those of a register, kept with it."""
        kept = store.workings.get(_ROOM)
        if not isinstance(kept, cls):
            kept = store.workings[_ROOM] = cls(store)
        return kept


def _founding(store: Store, era: Organisation, came: list[Edge]) -> tuple[Edge, ...]:
    """By which edges it was made: those of its first day; without one, the earliest there are."""
    known = [edge for edge in came if succeeds(store, edge)]
    start = era.period.start if isinstance(era.period.start, date) else min((e.day for e in known), default=None)
    return tuple(edge for edge in known if start is not None and edge.day <= start)


def _standing(era: Organisation) -> tuple[date, date]:
    """The first and the last day on which it is known to have been open: see `Organisation.open_on`."""
    start, end = era.period.start, era.period.end
    seen = era.seen or Period(UNKNOWN, UNKNOWN)
    # Of a bound that nobody dates, no more is sure than that the start is not after the end.
    first = start if start is not UNKNOWN else _earliest(seen.start, end)
    last = end if end is not UNKNOWN else _latest(seen.end, start)
    if first is UNKNOWN or last is UNKNOWN:
        return date.max, date.min
    return first or date.min, last or date.max


def _earliest(seen: Bound, end: Bound) -> Bound:
    days = [day for day in (seen, end) if isinstance(day, date)]
    return None if seen is None else min(days, default=UNKNOWN)


def _latest(seen: Bound, start: Bound) -> Bound:
    days = [day for day in (seen, start) if isinstance(day, date)]
    return None if seen is None else max(days, default=UNKNOWN)
