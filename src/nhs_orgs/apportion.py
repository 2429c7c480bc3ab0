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
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias

from nhs_orgs.bases import OwnShares, Preference
from nhs_orgs.endings import whole_by
from nhs_orgs.errors import InvalidBasis, UnusedShares
from nhs_orgs.passages import Arm, Arms, Passage, Passages, Steps, Unshared, along, in_order, together
from nhs_orgs.period import UNKNOWN, Bound
from nhs_orgs.statuses import Status
from nhs_orgs.store import Edge, Store
from nhs_orgs.telling.wording import GAVE_PART, when

__all__ = ["Apportionment", "unpreceded"]

_DAY = timedelta(days=1)

_Question: TypeAlias = str | tuple[str, int, str | None]
"""An era by its key; where parts crossed its boundary, also how many had by then, and by which event it was reached."""

_CALLER: Final = 7  # so many calls from a warning back to whoever asked for a crosswalk, or gave it shares
_CIRCLE: Final = (Arm(lost=Status.UNKNOWN, notes=("the sources turn in a circle",)),)


class _Place(NamedTuple):
    """An era, on a day of its data."""

    question: _Question
    passage: Passage
    since: date
    came: Edge | None
    """The edge by which a walk came to it."""


class _Stop(NamedTuple):
    """A place on a walk, with every way on from it."""

    place: _Place
    edges: Sequence[Edge] = ()
    """By which it passed on what it was; backwards, by which it was made."""
    left: Sequence[Edge] = ()
    """Those of them by which what was left on the day of the data went."""
    onward: Sequence[_Place] = ()
    """Where each way leads."""
    steps: Sequence[Steps] = ()
    """The events of each way."""
    own: tuple[Sequence[float], str | None, bool] | None = None
    """The caller's shares of these ways, their basis, and whether events tell of these ways too."""


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
        self._circular: set[tuple[_Question, _Question]] = set()
        """The ways from one question to another that only lead back to it."""
        self._cut: dict[str, list[date]] = {}
        for own in self._own:
            self._check(own)

    def _check(self, own: OwnShares) -> None:
        for giver, parts in own.parts.items():
            lives = self._lives(giver)
            near = {code for passage in lives for code in self._neighbours(passage.key)}
            for code in parts:
                if code not in near and not any(map(self._stood, self._lives(code))):
                    raise InvalidBasis((giver, code), f"{code} had not opened by {self._to}")
            if all(whys := [self._idle(passage) for passage in lives]):
                warnings.warn(UnusedShares(giver, self._to, whys[-1]), stacklevel=_CALLER)

    def _idle(self, passage: Passage) -> str:
        """Why shares of it divide nothing; empty if they may divide it."""
        if passage.stands(self._to):
            return f"{passage.code} stands"
        if passage.opened(self._to):
            return "" if passage.ending(self._to) else f"{passage.code} passed nothing on"
        return "" if passage.founding else f"no source says what {passage.code} was made of"

    def _lives(self, code: str) -> list[Passage]:
        """The passages of a code, in order of time; that of a key. Raises `UnknownOrganisation`."""
        eras = [self._store.organisation(code)] if "@" in code else self._store.eras_of(code)
        return [self.passages[era.key] for era in eras]

    def _neighbours(self, key: str) -> set[str]:
        """The codes of those from whom it came and to whom it went."""
        ends = {edge.receiver for edge in self._store.given.get(key, ())}
        ends |= {edge.giver for edge in self._store.received.get(key, ())}
        return {self.passages[end].code for end in ends}

    def _stood(self, passage: Passage) -> bool:
        return passage.stands(self._to) or passage.opened(self._to)

    def breaks(self, passage: Passage) -> list[date]:
        """The days from which on an era's figures divide in another way, or need another note, in order."""
        if passage.keeps_to_itself:
            return []
        if passage.key not in self._cut:
            ended = (edge.day for edge in passage.ending(self._to) if not edge.whole)
            self._cut[passage.key] = sorted({*map(self._sure, passage.parts(self._to)), *ended})
        return self._cut[passage.key]

    def _sure(self, edge: Edge) -> date:
        """The day by which a part had moved, however inexactly its event is dated."""
        return self._store.events[edge.event].dated.latest

    def arms(self, key: str, since: date) -> Arms:
        """Where the parts are of what an era was on a day."""
        passage = self.passages[key]
        if (plain := self._plain(passage)) is not None:
            return plain
        place = self._place(passage, since)
        found = self._made.get(place.question)
        return self._walk(place) if found is None else found

    def _plain(self, passage: Passage) -> Arms | None:
        """The answer for most: it stands, or is with nobody known, or all with one body that stands; no part moved."""
        if not passage.keeps_to_itself:
            return None
        to = self._to
        if passage.first <= to <= passage.last:
            return passage.here
        if not passage.opened(to):
            return None
        if passage.went_nowhere:
            return passage.over(to)
        if passage.followed is None or self._own or to < passage.settled:
            return None
        edge, arms = passage.followed
        heir = self.passages[edge.receiver]
        return arms if heir.keeps_to_itself and heir.first <= to <= heir.last else None

    # --- the walk -----------------------------------------------------------------------------------------------

    def _place(self, passage: Passage, since: date, came: Edge | None = None) -> _Place:
        if passage.keeps_to_itself and passage.opened(self._to):
            if passage.key not in self._made and (plain := self._plain(passage)) is not None:
                self._made[passage.key] = plain
            return _Place(passage.key, passage, since, came)
        question = passage.key, bisect_right(self.breaks(passage), since), None if came is None else came.event
        return _Place(question, passage, since, came)

    def _walk(self, first: _Place) -> Arms:
        """Answer a question after all those that it leads to; a chain of them may be longer than Python's stack."""
        made = self._made
        waiting = [first]
        under_way: dict[_Question, _Stop] = {}
        while waiting:
            question = waiting[-1].question
            if question in made:
                waiting.pop()
            elif question in under_way:
                made[question] = self._answer(under_way.pop(question))
            else:
                stop = self._stop(waiting[-1])
                onward = [further for further in self._onward(stop) if further.question not in made]
                if not onward:
                    made[question] = self._answer(stop)
                    continue
                under_way[question] = stop
                if any(further.question in under_way for further in onward):
                    self._find_circles(first)
                    return self._walk(first)
                waiting += onward
        return made[first.question]

    def _onward(self, stop: _Stop) -> Sequence[_Place]:
        if not self._circular:
            return stop.onward
        return [to for to in stop.onward if (stop.place.question, to.question) not in self._circular]

    def _find_circles(self, first: _Place) -> None:
        """Note every way that only leads back to where it came from: whatever the order, what is there is lost."""
        import networkx as nx

        graph: nx.DiGraph[_Question] = nx.DiGraph()
        found = {first.question: first}
        waiting = [first]
        for place in waiting:
            onward = {to.question: to for to in self._onward(self._stop(place)) if to.question not in self._made}
            graph.add_edges_from((place.question, question) for question in onward)
            waiting += [to for question, to in onward.items() if question not in found]
            found.update(onward)
        groups = list(nx.strongly_connected_components(graph))
        group_of = {question: at for at, group in enumerate(groups) for question in group}
        self._circular.update((one, two) for one, two in graph.edges if group_of[one] == group_of[two])

    def _stop(self, place: _Place) -> _Stop:
        """The ways on from a place: none where it stands, forwards to what it became, backwards to what it was."""
        passage, since = place.passage, place.since
        if passage.stands(self._to):
            return _Stop(place)
        if passage.opened(self._to):
            if passage.followed is not None and passage.settled <= self._to and not self._own:
                edge, (arm,) = passage.followed
                heir = self._place(self.passages[edge.receiver], edge.day, edge)
                return _Stop(place, (edge,), (edge,), (heir,), (arm.events,))
            edges = passage.ending(self._to)
            # What passed whole took all with it; of a body that all had left, as on the last day before.
            left = [edge for edge in edges if edge.whole or edge.day > since] or edges
            onward = [self._place(self.passages[edge.receiver], edge.day, edge) for edge in left]
        elif place.came is not None and isinstance(passage.period.start, date):
            return _Stop(place)
        else:
            edges = left = tuple(edge for edge in passage.founding if edge.day > date.min)
            onward = [self._place(self.passages[edge.giver], edge.day - _DAY) for edge in edges]
        stop = _Stop(place, edges, left, onward, [((edge.day, edge.event),) for edge in left])
        return self._by_table(stop) if self._own and edges else stop

    def _answer(self, stop: _Stop) -> Arms:
        """Where the parts are, now that it is known of every way on."""
        found = self._found(stop)
        if stop.place.passage.keeps_to_itself or not (notes := self._part_notes(stop.place)):
            return found
        return tuple(arm._replace(notes=tuple(dict.fromkeys((*notes, *arm.notes)))) for arm in found)

    def _found(self, stop: _Stop) -> Arms:
        passage = stop.place.passage
        if not stop.onward:
            return self._at_its_end(stop.place)
        ways = [along(steps, self._reached(stop, to)) for steps, to in zip(stop.steps, stop.onward, strict=True)]
        if stop.own is not None:
            return self._weighed(ways, *stop.own[:2], told=stop.own[2])
        single = len(ways) == 1 or len({to.passage.key for to in stop.onward}) == 1
        if not passage.opened(self._to):
            return ways[0] if single else (self._undivided(stop, ways, backwards=True),)
        if single:
            return self._to_one(passage, stop.edges, ways[-1])
        found = self._preference.shares([self._store.transfer(edge).shares for edge in stop.edges])
        if found is not None:
            shares = dict(zip(stop.edges, found[0], strict=True))
            if arms := self._weighed(ways, [shares[edge] for edge in stop.left], found[1]):
                return arms
        return (self._undivided(stop, ways),)

    def _reached(self, stop: _Stop, to: _Place) -> Arms:
        if self._circular and (stop.place.question, to.question) in self._circular:
            return _CIRCLE
        return self._made[to.question]

    # --- where no way leads on ----------------------------------------------------------------------------------

    def _at_its_end(self, place: _Place) -> Arms:
        passage, start = place.passage, place.passage.period.start
        if passage.stands(self._to):
            if passage.emptied is None or self._to < passage.emptied:
                return passage.here
            note = f"everything had left {passage.code} by {passage.emptied}; it stayed in law"
            return (Arm((passage.key,), notes=(note,)),)
        if passage.opened(self._to):
            return passage.over(self._to)
        if place.came is not None and isinstance(start, date):
            note = f"{passage.code} had received it, though its own first day is {start}"
            return (Arm((passage.key,), notes=(note,)),)
        lost, why = unpreceded(passage.code, start)
        return (Arm(lost=lost, notes=(why,)),)

    # --- all to one ---------------------------------------------------------------------------------------------

    def _to_one(self, passage: Passage, edges: Sequence[Edge], way: Arms) -> Arms:
        """All that is left went to one body; if nothing shows that this is all, some of it is lost."""
        # Edges by which an era ends are all whole, or all in part.
        if edges[0].whole or len({edge.receiver for edge in edges}) > 1:
            return way
        if measures := whole_by(self._store, edges):
            basis = min(measures, key=lambda text: (self._preference.rank(text), text))
            return tuple(arm._replace(basis=self._preference.weaker(basis, arm.basis)) for arm in way)
        receiver = self.passages[edges[0].receiver].code
        note = f"only a part of {passage.code} is accounted for, which went to {receiver}"
        whole = together(way)
        return (whole._replace(lost=Status.UNKNOWN, notes=(note, *whole.notes)),)

    # --- shares -------------------------------------------------------------------------------------------------

    def _by_table(self, stop: _Stop) -> _Stop:
        """With the shares of the first of the caller's tables that divides this code."""
        passage = stop.place.passage
        codes = [to.passage.code for to in stop.onward]
        near = {self.passages[key].code for e in stop.edges for key in (e.giver, e.receiver) if key != passage.key}
        for own in self._own:
            parts = own.parts.get(passage.key) or own.parts.get(passage.code)
            if parts is None:
                continue
            if not set(parts) <= near:
                # A table for one era of a code may name what had not opened when another of its eras passed on.
                if not all(any(map(self._stood, self._lives(part))) for part in parts):
                    continue
                events = in_order((edge.day, edge.event) for edge in stop.edges)
                onward = [self._as_of(code) for code in parts]
                shares = [*parts.values()], own.basis, False
                return stop._replace(onward=onward, steps=[events] * len(parts), own=shares)
            # Of two transfers to one body, the first that is left stands for both.
            each = [0.0 if code in codes[:at] else parts.get(code, 0.0) for at, code in enumerate(codes)]
            if math.fsum(each) > 0:
                return stop._replace(own=(each, own.basis if len(set(codes)) > 1 else None, True))
        return stop

    def _as_of(self, code: str) -> _Place:
        """A part that only the caller's table names."""
        passages = list(filter(self._stood, self._lives(code)))
        passage = next((passage for passage in passages if passage.stands(self._to)), passages[-1])
        end = passage.period.end
        return self._place(passage, end if isinstance(end, date) else self._to)

    def _weighed(self, ways: Sequence[Arms], shares: Sequence[float], basis: str | None, *, told: bool = True) -> Arms:
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
        # Parts that are all with one body again needed no shares, unless only a table says that they are its parts.
        return arms if len(arms) == 1 and told else tuple(arm._replace(basis=weaker(basis, arm.basis)) for arm in arms)

    def _merged(self, arms: Iterable[Arm]) -> Arms:
        found: dict[tuple[tuple[str, ...], Status | None], Arm] = {}
        for arm in arms:
            same = found.get((arm.keys, arm.lost))
            found[arm.keys, arm.lost] = arm if same is None else self._joined(same, arm)
        return tuple(found.values())

    def _joined(self, one: Arm, two: Arm) -> Arm:
        basis = self._preference.weaker(one.basis, two.basis)
        return together((one, two))._replace(weight=one.weight + two.weight, basis=basis)

    def _undivided(self, stop: _Stop, ways: Sequence[Arms], *, backwards: bool = False) -> Arm:
        code = stop.place.passage.code
        parts = tuple(dict.fromkeys(to.passage.code for to in stop.onward))
        unshared = Unshared(code, parts, max(edge.day for edge in stop.left), backwards)
        words = f"{'made of' if backwards else 'divided among'} {' and '.join(parts)} by {unshared.day}"
        whole = together([arm for way in ways for arm in way])
        notes = (f"{code} was {words}, and no share is in hand", *whole.notes)
        return whole._replace(notes=tuple(dict.fromkeys(notes)), unshared=(unshared, *whole.unshared))

    # --- parts that moved ---------------------------------------------------------------------------------------

    def _part_notes(self, place: _Place) -> tuple[str, ...]:
        """What moved across its boundary between the day of the data and the day restated to."""
        _, passage, since, came = place
        first, last = sorted((since, self._to))
        # What a body received on the very day on which it became another was not in its data yet.
        became = came is not None and self.passages[came.giver].code == passage.code
        arrived = first - _DAY if became and first > date.min else first
        key = passage.key
        parts = (edge for edge in passage.parts(self._to) if came is None or edge.event != came.event)
        moved = [e for e in parts if (arrived if e.receiver == key else first) < self._sure(e) and e.day <= last]
        return tuple(map(self._told, moved))

    def _told(self, edge: Edge) -> str:
        shares = self._store.transfer(edge).shares
        how_much = f" ({shares[0].share:.1%} by {shares[0].basis})" if shares else ""
        giver, receiver = self.passages[edge.giver].code, self.passages[edge.receiver].code
        dated = self._store.events[edge.event].dated
        day = f"on {edge.day}" if dated.day else when(dated)
        return f"{giver} {GAVE_PART} {receiver} {day}{how_much}"


def unpreceded(code: str, start: Bound) -> tuple[Status, str]:
    """How a body stands on a day before it opened, where nobody says what it was made of; and why."""
    opened = f"opened on {start}" if isinstance(start, date) else "opened on a day that no source gives"
    why = f"{code} {opened}, and no source says what came before"
    return Status.UNKNOWN if start is UNKNOWN else Status.NOT_YET_OPEN, why
