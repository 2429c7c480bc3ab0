"""The rows of one code in a crosswalk: by each stretch of its data's dates, where that data belongs.

A code's life is cut where its eras begin and end and where a part left; each stretch is apportioned, rolled up to
the level asked for, and given its status. Neighbouring stretches that say the same are joined.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import Final, NamedTuple, TypeAlias

from nhs_orgs.apportion import Apportionment, unpreceded
from nhs_orgs.bases import Preference
from nhs_orgs.endings import shown_by
from nhs_orgs.levels import Level
from nhs_orgs.operators import Followed, Operators
from nhs_orgs.organisations import Organisation, Site
from nhs_orgs.passages import Arm, Passage, Unshared, had_closed, lowest, standing, unfollowed
from nhs_orgs.period import Bound, Period, cuts
from nhs_orgs.sources import Confidence
from nhs_orgs.statuses import Splits, Status
from nhs_orgs.store import Store

__all__ = ["CrosswalkRow", "Tabulation"]

_DAY = timedelta(days=1)
_ROOM: Final = "bystanders"
_ALL: Final = 1 - 1e-9
"""A weight from here on is all, but for rounding."""


class CrosswalkRow(NamedTuple):
    """Where the data of one code belongs, for dates of the data in one stretch.

    A tuple, since a crosswalk may have a hundred thousand rows and its columns are their transpose.
    """

    code: str
    """The code that the data bears."""
    from_: Bound
    """First date of the data for which it holds; ``None``: any before, `UNKNOWN`: any before, as far as is known."""
    until: Bound
    """Last date of the data for which it holds; ``None`` and `UNKNOWN` likewise for any after."""
    target: str | None
    """Where it belongs: a code that stands on the day restated to; ``None`` where that is nowhere or not known."""
    weight: float
    """Fraction of 1; the rows of one code and date add up to 1, those without a target included."""
    status: Status
    basis: str | None = None
    """What was counted to get at the weight, in the words of its source; the weakest link of a chain."""
    confidence: Confidence | None = None
    """The lowest of the events on the way, and of lists that show a site under the operator whose way it goes; ``None``
    where only the register speaks of them."""
    path: tuple[str, ...] = ()
    """Ids of the events on the way, in order of time."""
    among: tuple[str, ...] = ()
    """Of a row that is not apportioned: the codes among which it would be."""
    note: str | None = None
    """What else must be known to use it."""

    @property
    def period(self) -> Period:
        """The dates of the data for which it holds."""
        return Period(self.from_, self.until)

    @property
    def approximate(self) -> bool:
        """Whether its target has more or less than it should, by as much as the basis is off."""
        return self.basis is not None and self.target is not None


class _Cell(NamedTuple):
    """A row without its code and dates, in the same order."""

    target: str | None
    weight: float
    status: Status
    basis: str | None = None
    confidence: Confidence | None = None
    path: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    note: str | None = None


class _Placed(NamedTuple):
    """One part of a body, with the code where it belongs."""

    arm: Arm
    target: str | None
    among: tuple[str, ...]
    """Every code that it may belong to."""


_Cells: TypeAlias = tuple[_Cell, ...]
_Stretch: TypeAlias = tuple[Bound, Bound, _Cells]
_Dates: TypeAlias = tuple[Period, Period | None]
"""The period of an era, and the days on which sources show it."""

_UNOPENED: Final = (
    _Cell(None, 1.0, Status.NOT_YET_OPEN, None, None, (), (), "the code had not opened on the date of the data"),
)


class Tabulation:
    """Rows by code, worked out when asked for."""

    def __init__(
        self, store: Store, to: date, *, level: type[Organisation] | None, preference: Preference, splits: Splits
    ) -> None:
        self._store = store
        self._to = to
        self._splits = splits
        self._preference = preference
        self._walk = Apportionment(store, to, preference)
        self._passages = self._walk.passages
        self._level = Level(store, to, level)
        self._sites = frozenset(() if level in (None, Site) else store.keys_of_kind(Site.__name__))
        """The eras that may go the way of their operator: of sites, where the level is above them."""
        self._operators = Operators(store, to, self._walk)
        self._bystanders: dict[str, _Dates] = store.workings.setdefault(_ROOM, {})

    def rows(self, code: str) -> tuple[CrosswalkRow, ...]:
        """Every row of a code, in order of time, then as its parts come. Raises `KeyError`."""
        new = tuple.__new__
        return tuple([new(CrosswalkRow, (code, a, z, *cell)) for a, z, of in self._stretches(code) for cell in of])

    def unshared(self, code: str) -> tuple[Unshared, ...]:
        """The bodies on the way from a code that shares would divide, and there are none."""
        given, received = self._store.given, self._store.received
        # Of tens of thousands of codes few ever passed anything on, or were passed anything.
        keys = [key for key in self._store.eras[code] if key in given or key in received]
        lived = [(key, day) for key in keys for day in self._days(self._passages[key])]
        arms = (arm for key, day in lived for arm in self._walk.arms(key, day))
        return tuple(dict.fromkeys(one for arm in arms for one in arm.unshared))

    def _days(self, passage: Passage) -> list[date]:
        """A day in every stretch of an era."""
        start, end = passage.period.start, passage.period.end
        first = next((day for day in (start, end) if isinstance(day, date)), self._to)
        return [first, *self._walk.breaks(passage)]

    # --- stretches ----------------------------------------------------------------------------------------------

    def _stretches(self, code: str) -> list[_Stretch]:
        """Every date there is, once, with what holds for it."""
        bystander = self._bystander(code)
        return self._walked(code) if bystander is None else self._stood_by(code, bystander)

    def _bystander(self, code: str) -> _Dates | None:
        """The dates of a code of one era that takes part in no event: most are such, and their rows need no walk."""
        store = self._store
        if not self._level.is_own or code in store.events_of:
            return None
        dates = self._bystanders.get(code)
        if dates is None:
            era, *others = store.lived(code)
            if others or era.key in store.given or era.key in store.received:
                return None
            dates = self._bystanders[code] = _dates(era.period, era.seen)
        return dates

    def _stood_by(self, code: str, dates: _Dates) -> list[_Stretch]:
        """The same as `_walked`, of a bystander."""
        start, end = dates[0].start, dates[0].end
        cells = (self._alone(code, dates),)
        found: list[_Stretch] = [(start, end, cells)]
        if isinstance(start, date) and start > date.min:
            found.insert(0, (None, start - _DAY, _UNOPENED))
        if isinstance(end, date) and end < date.max:
            found.append((end + _DAY, None, _noted(cells, had_closed(code, end), Status.CLOSED_ON_OWN_DATE)))
        return found

    def _alone(self, code: str, dates: _Dates) -> _Cell:
        """Where the data of a bystander belongs."""
        first, last = standing(*dates)
        if first <= self._to <= last:
            return _Cell(code, 1.0, Status.CURRENT)
        opened = shown_by(*dates)
        if opened is not None and opened <= self._to:
            return _Cell(None, 1.0, Status.UNKNOWN, note=unfollowed(code))
        status, why = unpreceded(code, dates[0].start)
        return _Cell(None, 1.0, status, note=why)

    def _walked(self, code: str) -> list[_Stretch]:
        before, stretches = self._passages.life(code)
        found: list[_Stretch] = [] if before is None else [(None, before, _UNOPENED)]
        for passage, first, last, closed, until, why in stretches:
            self._live(found, passage, first, last)
            if why:
                _add(found, closed, until, _noted(found[-1][2], why, Status.CLOSED_ON_OWN_DATE))
        return found

    def _live(self, found: list[_Stretch], passage: Passage, start: Bound, end: Bound) -> None:
        """Add the dates of one era, cut where a part left or came."""
        breaks = () if passage.keeps_to_itself else self._walk.breaks(passage)
        if not breaks:
            self._told(found, passage, start, end, self._cells(passage, start, end))
            return
        emptied = self._emptied(passage)
        first = start
        for day in (*(day for day in breaks if cuts(day, start, end)), None):
            last = end if day is None else day - _DAY
            cells = self._cells(passage, first, last)
            if emptied is not None and isinstance(first, date) and first >= emptied:
                cells = _noted(cells, f"everything had left {passage.code} by {emptied}; it stayed in law")
            self._told(found, passage, first, last, cells)
            first = day

    def _told(self, found: list[_Stretch], passage: Passage, first: Bound, last: Bound, cells: _Cells) -> None:
        """Add one stretch; above sites, that of a site whose own way is lost goes the way of its operator."""
        lost = cells[0].status is Status.UNKNOWN and not cells[0].among
        ways = self._operated(passage, first, last) if lost and passage.key in self._sites else ()
        for one in ways:
            cell = self._by_operator(passage, one)
            _add(found, one.first, one.last, cells if cell is None else (cell,))
        if not ways:
            _add(found, first, last, cells)

    def _operated(self, passage: Passage, first: Bound, last: Bound) -> tuple[Followed, ...]:
        arm, *others = self._walk.arms(passage.key, self._day(first, last))
        return () if others else self._operators.of(passage.key, arm, first, last)

    def _by_operator(self, passage: Passage, followed: Followed) -> _Cell | None:
        """Where its operator's way leads; ``None`` where that is not known either."""
        cell = self._judged(passage, self._placed(followed.arm))
        if cell.target is None and not cell.among:
            return None
        end = passage.period.end
        closed = cell.status is Status.CURRENT and isinstance(end, date) and end < self._to
        status = Status.SUCCEEDED if closed else cell.status
        return cell._replace(status=status, confidence=lowest((cell.confidence, followed.confidence)))

    def _emptied(self, passage: Passage) -> date | None:
        """The day by which everything had left an era that stayed in law; ``None`` where it passed on at its end."""
        edges = passage.ending(self._to)
        if not edges or any(edge.whole for edge in edges):
            return None
        last, end = max(edge.day for edge in edges), passage.period.end
        return last if not isinstance(end, date) or last <= end else None

    def _day(self, first: Bound, last: Bound) -> date:
        """A day of a stretch in which nothing changes, so that any will do."""
        return first if isinstance(first, date) else last if isinstance(last, date) else self._to

    # --- one stretch --------------------------------------------------------------------------------------------

    def _cells(self, passage: Passage, first: Bound, last: Bound) -> _Cells:
        """Where the data of one stretch belongs."""
        arms = self._walk.arms(passage.key, self._day(first, last))
        if arms is passage.here and self._level.is_own:
            return (_Cell(passage.code, 1.0, Status.CURRENT, None, None, (), (), None),)
        if len(arms) == 1:
            return (self._judged(passage, self._placed(arms[0])),)
        placed = self._met([self._placed(arm) for arm in arms])
        if len(placed) == 1:
            return (self._judged(passage, placed[0]),)
        if self._splits is Splits.DIVIDE:
            return tuple(self._judged(passage, one, Status.DIVIDED) for one in placed if one.arm.weight)
        return (self._as_one(placed),)

    def _placed(self, arm: Arm) -> _Placed:
        """With its code at the level."""
        if self._level.is_own and len(arm.keys) == 1 and arm.lost is None:
            code = self._passages[arm.keys[0]].code
            return _Placed(arm, code, (code,))
        codes = [self._level.code(key) for key in arm.keys]
        among = tuple(sorted({code for code, _ in codes if code is not None}))
        nowhere = any(code is None for code, _ in codes)
        notes = tuple(dict.fromkeys((*arm.notes, *(note for _, note in codes if note))))
        lost = arm.lost or (Status.UNKNOWN if nowhere else None)
        # Parts that all belong to one body above need no shares.
        target = among[0] if len(among) == 1 and lost is None else None
        return _Placed(arm._replace(notes=notes, lost=lost), target, among)

    def _met(self, parts: Sequence[_Placed]) -> list[_Placed]:
        """Those that belong to one code as one."""
        found: dict[object, list[_Placed]] = {}
        for part in parts:
            found.setdefault((part.target, part.among, part.arm.lost), []).append(part)
        return [group[0] if len(group) == 1 else self._whole(group) for group in found.values()]

    def _whole(self, parts: Sequence[_Placed]) -> _Placed:
        """Several parts as one; its basis is the weakest, and none is needed for all of a body."""
        arms = [part.arm for part in parts]
        weight = math.fsum(arm.weight for arm in arms)
        whole = Arm(
            keys=tuple(sorted({key for arm in arms for key in arm.keys})),
            weight=weight if weight < _ALL else 1.0,
            lost=arms[0].lost,
            basis=reduce(self._preference.weaker, [arm.basis for arm in arms]) if weight < _ALL else None,
            events=tuple(sorted({step for arm in arms for step in arm.events})),
            notes=tuple(dict.fromkeys(note for arm in arms for note in arm.notes)),
            unshared=tuple(dict.fromkeys(one for arm in arms for one in arm.unshared)),
        )
        return _Placed(whole, parts[0].target, tuple(sorted({code for part in parts for code in part.among})))

    # --- status -------------------------------------------------------------------------------------------------

    def _as_one(self, parts: Sequence[_Placed]) -> _Cell:
        """A divided body where dividing is not wanted: at its largest part, or nowhere."""
        certain = [(-part.arm.weight, part.target, part) for part in parts if part.target is not None]
        if self._splits is Splits.MAIN and certain and all(len(part.among) <= 1 for part in parts):
            weight, target, largest = min(certain, key=lambda one: one[:2])
            notes = (f"{-weight:.1%} is with {target}", *largest.arm.notes)
            return self._cell(largest._replace(arm=largest.arm._replace(weight=1.0, notes=notes)), Status.MAIN)
        whole = self._whole(parts)
        if not whole.among:
            return self._cell(whole._replace(target=None), Status.UNKNOWN)
        arm, basis = whole.arm, reduce(self._preference.weaker, [part.arm.basis for part in parts])
        if self._splits is Splits.REFUSE and basis is not None and not arm.unshared:
            arm = arm._replace(notes=(f"it can be divided, by {basis}", *arm.notes))
        return self._cell(whole._replace(arm=arm, target=None), Status.UNAPPORTIONED)

    def _judged(self, passage: Passage, part: _Placed, share: Status | None = None) -> _Cell:
        """With its status; `share` is that of a part with a target."""
        arm = part.arm
        if part.target is not None:
            return self._cell(part, share or self._stands(passage, arm))
        divided = len(part.among) > 1 or (part.among and arm.unshared)
        return self._cell(part, Status.UNAPPORTIONED if divided else arm.lost or Status.UNKNOWN)

    def _stands(self, passage: Passage, arm: Arm) -> Status:
        """How one body stands for all of another."""
        if not arm.events:
            return Status.CURRENT
        key, *others = arm.keys
        if others or self._passages[key].code != passage.code:
            return Status.SUCCEEDED
        return Status.CURRENT if self._passages.way(arm.events).same_body else Status.SAME_CODE_OTHER_BODY

    def _cell(self, part: _Placed, status: Status) -> _Cell:
        arm, target, among = part
        _, weight, _, basis, events, notes, _ = arm
        way = self._passages.way(events)
        note = "; ".join(notes) if notes else None
        return _Cell(target, weight, status, basis, way.confidence, way.ids, among if target is None else (), note)


def _add(found: list[_Stretch], first: Bound, last: Bound, cells: _Cells) -> None:
    """As a stretch of its own, or with the one before it, if it says the same."""
    if found and found[-1][2] == cells:
        found[-1] = found[-1][0], last, cells
    else:
        found.append((first, last, cells))


def _noted(cells: _Cells, note: str, status: Status | None = None) -> _Cells:
    """The same with one note more, and another status if one is given."""
    new = tuple.__new__
    return tuple([new(_Cell, (*c[:2], status or c[2], *c[3:7], f"{note}; {c[7]}" if c[7] else note)) for c in cells])


@lru_cache(maxsize=4096)  # of forty thousand bystanders a thousand differ
def _dates(period: Period, seen: Period | None) -> _Dates:
    return period, seen
