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

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from nhs_orgs.endings import ending_edges, endings, shown_by, succeeds
from nhs_orgs.events import ChangeEvent, EventKind
from nhs_orgs.organisations import DateReading, Organisation
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.sources import Confidence
from nhs_orgs.statuses import Status
from nhs_orgs.store import Edge, Lived, Store

__all__ = [
    "Arm",
    "Arms",
    "Life",
    "Passage",
    "Passages",
    "Steps",
    "Stretch",
    "Unshared",
    "Way",
    "along",
    "had_closed",
    "in_order",
    "lowest",
    "standing",
    "together",
    "unfollowed",
]

Steps: TypeAlias = tuple[tuple[date, str], ...]
"""Day and id of events, in order of time."""

_DAY = timedelta(days=1)
_ROOM: Final = "passages"
_SAME_BODY: Final = frozenset({EventKind.CONVERSION, EventKind.RENAME})
_UNSEEN: Final = Period(UNKNOWN, UNKNOWN)
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


def along(steps: Steps, arms: Arms) -> Arms:
    """What a way leads to, with its events."""
    new = tuple.__new__  # half the time of `_replace`, in the walk's innermost place
    return tuple([new(Arm, (*arm[:4], _before(steps, arm[4]) if arm[4] else steps, *arm[5:])) for arm in arms])


def _before(steps: Steps, events: Steps) -> Steps:
    """Both in order of time; most ways lead from earlier events to later ones."""
    return (*steps, *events) if steps[-1] < events[0] else in_order((*steps, *events))


def lowest(confidences: Iterable[Confidence | None]) -> Confidence | None:
    """The lowest of some; ``None``, of what only the register says, is above all."""
    return max(confidences, key=_RANKS.__getitem__)


def in_order(steps: Iterable[tuple[date, str]]) -> Steps:
    """Each once, in order of time."""
    return tuple(sorted(set(steps)))


def together(arms: Iterable[Arm]) -> Arm:
    """One arm that leads wherever any of these does."""
    several = list(arms)
    lost = [arm.lost for arm in several if arm.lost is not None]
    paths = {arm.events for arm in several}
    return Arm(
        keys=tuple(sorted({key for arm in several for key in arm.keys})),
        lost=lost[0] if lost else None,
        events=paths.pop() if len(paths) == 1 else in_order(chain.from_iterable(paths)),
        notes=tuple(dict.fromkeys(note for arm in several for note in arm.notes)),
        unshared=tuple(dict.fromkeys(one for arm in several for one in arm.unshared)),
    )


class Passage:
    """One era, as a walk passes through it."""

    __slots__ = (
        "_crossing",
        "_edges",
        "_ended",
        "_loose",
        "_opens",
        "_over",
        "_store",
        "code",
        "emptied",
        "first",
        "followed",
        "founding",
        "here",
        "keeps_to_itself",
        "key",
        "last",
        "moved",
        "period",
        "received",
        "settled",
        "went_nowhere",
    )

    def __init__(self, store: Store, lived: Lived, code: str | None) -> None:
        self._store = store
        self.key = lived.key
        self.code = code or lived.key
        """Its code; the key of a body outside the register."""
        self.period = lived.period
        """The era by the legal reading."""
        self.here: Arms = (Arm((lived.key,)),)
        """All of it, where it stands."""
        self.first, self.last = standing(lived.period, lived.seen)
        """From which to which day it is known to have stood; the first after the last where that is never."""
        out = store.given.get(lived.key, ())
        given = [edge for edge in out if edge.receiver != lived.key]
        self.moved = tuple(edge for edge in given if not edge.whole)
        """Parts that it gave, its endings included."""
        came = [edge for edge in store.received.get(lived.key, ()) if edge.giver != lived.key]
        self.founding = _founding(store, lived.period.start, came) if came else ()
        """The edges by which it was made."""
        self.received = tuple(edge for edge in came if not edge.whole and edge not in self.founding)
        """Parts that it received, and was not made of."""
        self.keeps_to_itself = not self.moved and not self.received
        """Whether no part ever crossed its boundary."""
        self._opens = shown_by(lived.period, lived.seen, out)
        self._edges = ending_edges(store, self.era, on=date.max) if given else ()
        self._ended: tuple[ChangeEvent, ...] | None = None
        self._over: tuple[date, Arms] | None = None
        self.went_nowhere = not given
        """Whether nothing ever passed from it to another."""
        self._crossing = (*self.moved, *self.received)
        self._loose = self._without(self._edges)
        days = [edge.day for edge in given]
        days += [event.dated.earliest for event in self.endings] if given else []
        self.settled = max(days, default=date.min)
        """The last day of what it gave and by what it ended: from then on what it left is what it left for all time."""
        self.emptied = self._emptied() if self.moved else None
        """The day by which all that it did was over though it stayed in law, where a source says so."""
        self.followed = self._followed()
        """Where all of it passed to one body: by which edge, and all of it there."""

    def _emptied(self) -> date | None:
        over, end = self.era.period_by(DateReading.OPERATIONAL).end, self.period.end
        early = isinstance(over, date) and over < (end if isinstance(end, date) else date.max)
        return over + _DAY if isinstance(over, date) and early else None

    def _followed(self) -> tuple[Edge, Arms] | None:
        if not self.keeps_to_itself or len(self._edges) != 1:
            return None
        (edge,) = self._edges
        return edge, (Arm((edge.receiver,), events=((edge.day, edge.event),)),)

    @property
    def era(self) -> Organisation:
        """The era itself, with its names: most ways need it not."""
        return self._store.organisations[self.key]

    @property
    def endings(self) -> tuple[ChangeEvent, ...]:
        """The completed events, of any day, by which it ends."""
        if self._ended is None:
            told = self.code in self._store.events_of or self.code == self.key
            self._ended = endings(self._store, self.era) if told else ()
        return self._ended

    def over(self, day: date) -> Arms:
        """All of it, where it was over by a day and went to nobody known."""
        if self._over is not None and self._over[0] <= day:
            return self._over[1]
        ended = [event for event in self.endings if event.dated.earliest <= day]
        nothing = any(event.nothing_followed for event in ended)
        why = f"{self.code} ended, and a source says that nothing followed" if nothing else unfollowed(self.code)
        events = in_order((event.dated.earliest, event.id) for event in ended)
        arms = (Arm(lost=Status.ENDED if nothing else Status.UNKNOWN, events=events, notes=(why,)),)
        if len(ended) == len(self.endings):
            self._over = max((step[0] for step in events), default=date.min), arms
        return arms

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
        return self._edges if day >= self.settled else ending_edges(self._store, self.era, on=day)

    def parts(self, day: date) -> tuple[Edge, ...]:
        """Parts that moved across its boundary and moved none of its figures, as seen from a day."""
        if self.first <= day <= self.last:
            return self._crossing
        return self._loose if day >= self.settled else self._without(self.ending(day))

    def _without(self, ending: tuple[Edge, ...]) -> tuple[Edge, ...]:
        return tuple(edge for edge in self._crossing if edge not in ending)


class Stretch(NamedTuple):
    """The dates of one era, up to the next of its code."""

    passage: Passage
    first: Bound
    last: Bound
    closed: Bound
    """The first day of the gap after it; `UNKNOWN` where there is none."""
    until: Bound
    """The last day of that gap."""
    why: str
    """What is said of data dated in it."""


class Life(NamedTuple):
    """The dates of one code."""

    before: date | None
    """The last day before it was; ``None`` where there is none, or nobody dates it."""
    stretches: tuple[Stretch, ...]


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
        self._lives: dict[str, Life] = {}
        self._ways: dict[Steps, Way] = {(): Way(None, (), same_body=True)}

    def way(self, steps: Steps) -> Way:
        """What events on the way come to."""
        way = self._ways.get(steps)
        if way is None:
            events = [self._store.events[id] for _, id in steps]
            least = lowest(event.confidence for event in events)
            same = all(event.kind in _SAME_BODY for event in events)
            way = self._ways[steps] = Way(least, tuple(event.id for event in events), same)
        return way

    def life(self, code: str) -> Life:
        """The dates of a code, each once: before it, its eras, and the gaps after them. Raises `KeyError`."""
        life = self._lives.get(code)
        if life is None:
            life = self._lives[code] = _life([self[key] for key in self._store.eras[code]])
        return life

    def __missing__(self, key: str) -> Passage:
        """The passage of an era, made with the others of its code. Raises `KeyError`."""
        code = key.partition("@")[0]
        if code in self._store.eras:
            for lived in self._store.lived(code):
                self[lived.key] = Passage(self._store, lived, code)
        else:
            body = self._store.organisations[key]
            self[key] = Passage(self._store, Lived(key, body.kind.__name__, body.period, body.seen), body.code)
        if key not in self:
            raise KeyError(key)
        return self[key]

    @classmethod
    def of(cls, store: Store) -> Passages:
        """Those of a register, kept with it."""
        kept = store.workings.get(_ROOM)
        if not isinstance(kept, cls):
            kept = store.workings[_ROOM] = cls(store)
        return kept


def _life(passages: list[Passage]) -> Life:
    opens = passages[0].period.start
    stretches: list[Stretch] = []
    first = opens
    for passage, following in zip(passages, (*passages[1:], None), strict=True):
        limit = None if following is None else _day_before(following)
        end = _earlier(passage.period.end, limit)
        if not isinstance(end, date) or end == date.max:
            stretches.append(Stretch(passage, first, end, UNKNOWN, None, ""))
            break
        closed = end + _DAY
        gap = following is None or (limit is not None and end < limit)
        why = had_closed(passage.code, end) if gap else ""
        stretches.append(Stretch(passage, first, end, closed if gap else UNKNOWN, limit, why))
        first = limit + _DAY if gap and limit is not None else closed
    return Life(opens - _DAY if isinstance(opens, date) and opens > date.min else None, tuple(stretches))


def had_closed(code: str, last: date) -> str:
    """Why data after the last day of a code is flagged."""
    return f"{code} had closed on {last}"


def unfollowed(code: str) -> str:
    """Why what is over is with nobody known."""
    return f"no source names a successor of {code}"


def _day_before(passage: Passage) -> date | None:
    """The day before an era begins, where that is known."""
    start = passage.period.start
    return start - _DAY if isinstance(start, date) and start > date.min else None


def _earlier(end: Bound, limit: date | None) -> Bound:
    """The end of an era, before the next one begins."""
    if limit is None:
        return end
    return min(end, limit) if isinstance(end, date) else limit


def _founding(store: Store, start: Bound, came: list[Edge]) -> tuple[Edge, ...]:
    """By which edges it was made: those of its first day; without one, the earliest there are."""
    known = [edge for edge in came if succeeds(store, edge)]
    start = start if isinstance(start, date) else min((e.day for e in known), default=None)
    return tuple(edge for edge in known if start is not None and edge.day <= start)


def standing(period: Period, seen: Period | None) -> tuple[date, date]:
    """The first and the last day on which an era is known to have been open: see `Organisation.open_on`."""
    start, end = period.start, period.end
    seen = seen or _UNSEEN
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
