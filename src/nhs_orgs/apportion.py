"""Into what a body divides: where all that it was on a day is on another, forwards or backwards.

Forwards the walk follows the edges by which eras end (`endings`), event by event, and multiplies shares. What an
era had given away by the day of the data went with it no more: of a body divided in phases, only the later parts
divide what is left. Backwards a body is what it was made of: of one body all of it, of several only by shares of
the caller's own. Where no shares are in hand the parts are named and nothing is divided among them.

>>> from datetime import date
>>> import nhs_orgs
>>> walk = Apportionment(nhs_orgs.load()._store, date(2026, 4, 1), Preference.of(None))
>>> [(arm.keys, round(arm.weight, 4), arm.basis) for arm in walk.arms("RW6@2002-04-01", date(2020, 1, 1))]
[(('R0A@2017-10-01',), 0.3853, 'floor area'), (('RM3@2021-10-01',), 0.6147, 'floor area')]
>>> [(arm.keys, arm.weight) for arm in walk.arms("RW6@2002-04-01", date(2021, 4, 1))]
[(('RM3@2021-10-01',), 1.0)]
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias

from nhs_orgs.bases import OwnShares, Preference
from nhs_orgs.endings import endings, whole_by
from nhs_orgs.errors import InvalidBasis
from nhs_orgs.organisations import Organisation
from nhs_orgs.passages import Arm, Arms, Passage, Passages, Steps, Unshared
from nhs_orgs.period import UNKNOWN
from nhs_orgs.statuses import Status
from nhs_orgs.store import Edge, Store

__all__ = ["Apportionment"]

_DAY = timedelta(days=1)


_Question: TypeAlias = str | tuple[str, int, str | None]

_CIRCLE: Final = Arm(lost=Status.UNKNOWN, notes=("the sources turn in a circle",))


class Apportionment:
    """Where every body's parts are on one day; each way is walked once.

    Raises:
        UnknownOrganisation: A table of shares names a code that the register does not have.
        InvalidBasis: A table of shares names a part that had not opened by the day.
    """

    def __init__(self, store: Store, to: date, preference: Preference) -> None:
        self._store = store
        self._to = to
        self._preference = preference
        self.passages = Passages.of(store)
        self._own = preference.own
        self._made: dict[_Question, Arms] = {}
        self._under_way: dict[_Question, None] = {}
        self._open_circles: set[_Question] = set()
        self._touched: list[_Question] = []
        self._met = 0
        self._closed_circles: dict[_Question, tuple[Arms, frozenset[_Question]]] = {}
        self._cut: dict[str, list[date]] = {}
        for own in self._own:
            self._check(own)

    def _check(self, own: OwnShares) -> None:
        for giver, parts in own.parts.items():
            near = {code for era in self._store.eras_of(giver) for code in self._neighbours(era.key)}
            for code in parts:
                if code not in near and not any(self._stood(era) for era in self._store.eras_of(code)):
                    raise InvalidBasis((giver, code), f"{code} had not opened by {self._to}")

    def _neighbours(self, key: str) -> set[str]:
        """The codes of those from whom it came and to whom it went."""
        ends = {edge.receiver for edge in self._store.given.get(key, ())}
        ends |= {edge.giver for edge in self._store.received.get(key, ())}
        return {self.passages[end].code for end in ends}

    def _stood(self, era: Organisation) -> bool:
        passage = self.passages[era.key]
        return passage.stands(self._to) or passage.opened(self._to)

    def breaks(self, passage: Passage) -> list[date]:
        """The days from which on an era's figures divide in another way, or need another note, in order."""
        if passage.keeps_to_itself:
            return []
        key = passage.era.key
        if key not in self._cut:
            edges = (*passage.parts(self._to), *(edge for edge in passage.ending(self._to) if not edge.whole))
            self._cut[key] = sorted({edge.day for edge in edges})
        return self._cut[key]

    def arms(self, key: str, since: date, came: Edge | None = None) -> Arms:
        """Where the parts are of what an era was on a day; `came` is the edge by which it was reached."""
        passage = self.passages[key]
        if passage.keeps_to_itself and passage.opened(self._to):
            if passage.first <= self._to <= passage.last:
                return passage.here
            question: _Question = key
        else:
            question = key, bisect_right(self.breaks(passage), since), None if came is None else came.event
        found = self._made.get(question)
        return self._found(question, passage, since, came) if found is None else found

    def _found(self, question: _Question, passage: Passage, since: date, came: Edge | None) -> Arms:
        if question in self._under_way:
            self._open_circles.add(question)
            self._met += 1
            return (_CIRCLE,)
        if question in self._closed_circles:
            found, touched = self._closed_circles[question]
            if touched.isdisjoint(self._under_way):
                self._touched += touched
                self._met += 1
                return found
        start, met = len(self._touched), self._met
        self._touched.append(question)
        self._under_way[question] = None
        found = self._walked(passage, since, came)
        if not passage.keeps_to_itself and (notes := self._part_notes(passage, since, came)):
            found = tuple(arm._replace(notes=tuple(dict.fromkeys((*notes, *arm.notes)))) for arm in found)
        del self._under_way[question]
        self._open_circles.discard(question)
        # What met no circle holds however it is come to; what did, for those alone who enter the circle here.
        if self._met == met:
            self._made[question] = found
        elif not self._open_circles:
            self._closed_circles[question] = found, frozenset(self._touched[start:])
        if not self._under_way:
            self._touched.clear()
        return found

    def _walked(self, passage: Passage, since: date, came: Edge | None) -> Arms:
        if passage.stands(self._to):
            return passage.here
        if passage.opened(self._to):
            return self._forwards(passage, since)
        start = passage.era.period.start
        if came is not None and isinstance(start, date):
            note = f"{passage.code} had received it, though its own first day is {start}"
            return (Arm((passage.era.key,), notes=(note,)),)
        return self._backwards(passage)

    # --- forwards and backwards ---------------------------------------------------------------------------------

    def _forwards(self, passage: Passage, since: date) -> Arms:
        edges = passage.ending(self._to)
        if len(edges) == 1 and edges[0].whole and not self._own:
            return _along(edges[0], self.arms(edges[0].receiver, edges[0].day, edges[0]))
        if not edges:
            return (self._over(passage),)
        # Of a body that all had left, as on the last day before.
        left = [edge for edge in edges if edge.day > since] or list(edges)
        ways = [_along(edge, self.arms(edge.receiver, edge.day, edge)) for edge in left]
        others = [edge.receiver for edge in left]
        if own := self._by_table(passage, others, ways, edges):
            return own
        if len(set(others)) == 1:
            return self._to_one(passage, edges, ways[-1])
        found = self._preference.shares([self._store.transfer(edge).shares for edge in edges])
        if found is not None:
            shares = dict(zip(edges, found[0], strict=True))
            if arms := self._weighed(ways, [shares[edge] for edge in left], found[1]):
                return arms
        return (self._undivided(passage, others, ways, left),)

    def _to_one(self, passage: Passage, edges: Sequence[Edge], way: Arms) -> Arms:
        """All that is left went to one body; if nothing shows that this is all, some of it is lost."""
        if any(edge.whole for edge in edges) or len({edge.receiver for edge in edges}) > 1:
            return way
        if measures := whole_by(self._store, edges):
            basis = min(measures, key=lambda text: (self._preference.rank(text), text))
            return tuple(arm._replace(basis=self._preference.weaker(basis, arm.basis)) for arm in way)
        receiver = self.passages[edges[0].receiver].code
        note = f"only a part of {passage.code} is accounted for, which went to {receiver}"
        whole = _together(way)
        return (whole._replace(lost=Status.UNKNOWN, notes=(note, *whole.notes)),)

    def _backwards(self, passage: Passage) -> Arms:
        """What it was made of, where it had not opened by the day."""
        edges = [edge for edge in passage.founding if edge.day > date.min]
        if not edges:
            start = passage.era.period.start
            opened = f"opened on {start}" if isinstance(start, date) else "opened on a day that no source gives"
            why = f"{passage.code} {opened}, and no source says what came before"
            return (Arm(lost=Status.UNKNOWN if start is UNKNOWN else Status.NOT_YET_OPEN, notes=(why,)),)
        ways = [_along(edge, self.arms(edge.giver, edge.day - _DAY)) for edge in edges]
        others = [edge.giver for edge in edges]
        if own := self._by_table(passage, others, ways, edges):
            return own
        if len(set(others)) == 1:
            return ways[0]
        return (self._undivided(passage, others, ways, edges, backwards=True),)

    def _over(self, passage: Passage) -> Arm:
        ended = [event for event in endings(self._store, passage.era) if event.dated.earliest <= self._to]
        events = _in_order((event.dated.earliest, event.id) for event in ended)
        if any(event.nothing_followed for event in ended):
            why = f"{passage.code} ended, and a source says that nothing followed"
            return Arm(lost=Status.ENDED, events=events, notes=(why,))
        return Arm(lost=Status.UNKNOWN, events=events, notes=(f"no source names a successor of {passage.code}",))

    # --- shares -------------------------------------------------------------------------------------------------

    def _by_table(self, passage: Passage, others: Sequence[str], ways: Sequence[Arms], edges: Sequence[Edge]) -> Arms:
        """By the first of the caller's tables that divides this code."""
        for own in self._own:
            parts = own.parts.get(passage.code)
            if parts is None:
                continue
            codes = [self.passages[key].code for key in others]
            ends = {key for edge in edges for key in (edge.giver, edge.receiver)} - {passage.era.key}
            if not set(parts) <= {self.passages[key].code for key in ends}:
                events = _in_order((edge.day, edge.event) for edge in edges)
                return self._weighed([self._as_of(code, events) for code in parts], list(parts.values()), own.basis)
            # Of two transfers to one body, the first that is left stands for both.
            shares = [0.0 if code in codes[:at] else parts.get(code, 0.0) for at, code in enumerate(codes)]
            if found := self._weighed(ways, shares, own.basis if len(set(codes)) > 1 else None):
                return found
        return ()

    def _as_of(self, code: str, events: Steps) -> Arms:
        """Where a part is that only the caller's table names."""
        eras = [era for era in self._store.eras_of(code) if self._stood(era)]
        era = next((era for era in eras if self.passages[era.key].stands(self._to)), eras[-1])
        arms = self.arms(era.key, era.period.end if isinstance(era.period.end, date) else self._to)
        return tuple(arm._replace(events=_in_order((*events, *arm.events))) for arm in arms)

    def _weighed(self, ways: Sequence[Arms], shares: Sequence[float], basis: str | None) -> Arms:
        """Every way by its share of what is left, one without a share too; nothing where that is nothing."""
        total = math.fsum(shares)
        if total <= 0:
            return ()
        weaker = self._preference.weaker
        arms = self._merged(
            arm._replace(weight=arm.weight * share / total)
            for way, share in zip(ways, shares, strict=True)
            for arm in way
        )
        # Parts that are all with one body again needed no shares.
        return arms if len(arms) == 1 else tuple(arm._replace(basis=weaker(basis, arm.basis)) for arm in arms)

    def _merged(self, arms: Iterable[Arm]) -> Arms:
        found: dict[tuple[tuple[str, ...], Status | None], Arm] = {}
        for arm in arms:
            same = found.get((arm.keys, arm.lost))
            found[arm.keys, arm.lost] = arm if same is None else self._joined(same, arm)
        return tuple(found.values())

    def _joined(self, one: Arm, two: Arm) -> Arm:
        basis = self._preference.weaker(one.basis, two.basis)
        return _together((one, two))._replace(weight=one.weight + two.weight, basis=basis)

    def _undivided(
        self,
        passage: Passage,
        others: Iterable[str],
        ways: Sequence[Arms],
        edges: Sequence[Edge],
        *,
        backwards: bool = False,
    ) -> Arm:
        parts = tuple(dict.fromkeys(self.passages[key].code for key in others))
        unshared = Unshared(passage.code, parts, max(edge.day for edge in edges), backwards)
        words = f"{'made of' if backwards else 'divided among'} {' and '.join(parts)} by {unshared.day}"
        whole = _together([arm for way in ways for arm in way])
        notes = (f"{passage.code} was {words}, and no share is in hand", *whole.notes)
        return whole._replace(notes=tuple(dict.fromkeys(notes)), unshared=(unshared, *whole.unshared))

    # --- parts that moved ---------------------------------------------------------------------------------------

    def _part_notes(self, passage: Passage, since: date, came: Edge | None) -> tuple[str, ...]:
        """What moved across its boundary between the day of the data and the day restated to."""
        first, last = sorted((since, self._to))
        # What a body received on the very day on which it became another was not in its data yet.
        became = came is not None and self.passages[came.giver].code == passage.code
        arrived = first - _DAY if became and first > date.min else first
        key = passage.era.key
        moved = [e for e in passage.parts(self._to) if (arrived if e.receiver == key else first) < e.day <= last]
        return tuple(self._told(edge) for edge in moved if came is None or edge.event != came.event)

    def _told(self, edge: Edge) -> str:
        shares = self._store.transfer(edge).shares
        how_much = f" ({shares[0].share:.1%} by {shares[0].basis})" if shares else ""
        giver, receiver = self.passages[edge.giver].code, self.passages[edge.receiver].code
        return f"{giver} gave part to {receiver} on {edge.day}{how_much}"


def _along(edge: Edge, arms: Arms) -> Arms:
    """What an edge leads to, with its event."""
    step = (edge.day, edge.event)
    return tuple([_reached(arm, _before(step, arm.events) if arm.events else (step,)) for arm in arms])


def _reached(arm: Arm, events: Steps) -> Arm:
    """The arm with these events; half the time of `_replace`, in the walk's innermost place."""
    keys, weight, lost, basis, _, notes, unshared = arm
    return Arm(keys, weight, lost, basis, events, notes, unshared)


def _before(step: tuple[date, str], events: Steps) -> Steps:
    return (step, *events) if step < events[0] else _in_order((step, *events))


def _in_order(steps: Iterable[tuple[date, str]]) -> Steps:
    return tuple(sorted(set(steps)))


def _together(arms: Iterable[Arm]) -> Arm:
    """One arm that leads wherever any of these does."""
    several = list(arms)
    lost = [arm.lost for arm in several if arm.lost is not None]
    return Arm(
        keys=tuple(sorted({key for arm in several for key in arm.keys})),
        lost=lost[0] if lost else None,
        events=_in_order(step for arm in several for step in arm.events),
        notes=tuple(dict.fromkeys(note for arm in several for note in arm.notes)),
        unshared=tuple(dict.fromkeys(one for arm in several for one in arm.unshared)),
    )
