"""Stretches of days: a `Period` is closed at both ends, may be open at either, and may have an unknown end.

ODS end dates are the last day, so a period includes both its bounds. A bound of ``None`` means that there is
none: since always, or still open. `UNKNOWN` means that there is one and nobody says when, which is not the same:
answers that hang on it are given only where every possible day gives the same answer.

>>> from datetime import date
>>> from nhs_orgs.period import UNKNOWN, Period
>>> before = Period(date(2001, 4, 1), date(2018, 5, 31))
>>> since = Period(date(2018, 6, 1))
>>> before.meets(since), before.overlaps(since), str(before.union(since))
(True, False, '2001-04-01/..')
>>> closed = Period(UNKNOWN, date(2018, 5, 31))
>>> closed.contains("2017-01-01"), closed.may_contain("2017-01-01"), closed.contains("2018-05-31")
(False, True, True)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Final, TypeAlias

from nhs_orgs.dates import DateLike, PartialDate, to_day
from nhs_orgs.errors import InvalidDate, InvalidPeriod

__all__ = ["UNKNOWN", "Allen", "Bound", "Period", "Unknown", "cuts"]


class Unknown(Enum):
    """The kind of `UNKNOWN`: a bound that exists, on a day that nobody says."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
"""A bound that exists, on a day that nobody says; never the same as ``None``, which is no bound."""

Bound: TypeAlias = date | Unknown | None
"""A first or last day, ``None`` for no bound, `UNKNOWN` for a bound that nobody dates."""


class Allen(Enum):
    """How one period lies to another: Allen's thirteen relations, of which exactly one holds.

    Days are whole, so one period meets another where its last day is the day before the other's first.
    Source: J. F. Allen, "Maintaining knowledge about temporal intervals", Communications of the ACM 26 (1983).
    """

    BEFORE = "before"
    """Ends with at least one day between."""
    MEETS = "meets"
    """Ends on the day before the other starts."""
    OVERLAPS = "overlaps"
    """Starts first, and ends inside the other."""
    STARTS = "starts"
    DURING = "during"
    FINISHES = "finishes"
    EQUALS = "equals"
    FINISHED_BY = "finished by"
    CONTAINS = "contains"
    STARTED_BY = "started by"
    OVERLAPPED_BY = "overlapped by"
    MET_BY = "met by"
    AFTER = "after"
    UNDECIDED = "undecided"
    """An unknown bound hides which of the thirteen it is."""

    @property
    def inverse(self) -> Allen:
        """The relation of the other period to this one."""
        return _INVERSES.get(self, self)


_PAIRS = {
    Allen.BEFORE: Allen.AFTER,
    Allen.MEETS: Allen.MET_BY,
    Allen.OVERLAPS: Allen.OVERLAPPED_BY,
    Allen.STARTS: Allen.STARTED_BY,
    Allen.DURING: Allen.CONTAINS,
    Allen.FINISHES: Allen.FINISHED_BY,
}
_INVERSES = _PAIRS | {inverse: relation for relation, inverse in _PAIRS.items()}

_FIRST = date.min.toordinal()
_LAST = date.max.toordinal()
_NO_START = _FIRST - 1
_NO_END = _LAST + 1

_Limits: TypeAlias = tuple[int, int]
"""The least and the greatest that a bound can be, as ordinals; equal where it is known."""


@dataclass(frozen=True, slots=True)
class Period:
    """All days from the first to the last, both included.

    Equality is of what is written: two periods with an unknown start are equal as values, though nobody can say
    that they begin on the same day, and `relation` of the one to the other is `Allen.UNDECIDED`.

    Raises:
        InvalidPeriod: The end is before the start, or a bound is neither a day, ``None`` nor `UNKNOWN`.
    """

    start: Bound = None
    """First day; ``None``: since always; `UNKNOWN`: some day that nobody says."""
    end: Bound = None
    """Last day, never before `start`; ``None``: still open; `UNKNOWN`: some day that nobody says."""

    def __post_init__(self) -> None:
        for bound in (self.start, self.end):
            if isinstance(bound, datetime) or not (bound is None or isinstance(bound, date | Unknown)):
                raise InvalidPeriod(f"{bound!r} cannot bound a period: give a datetime.date, None or UNKNOWN.")
        if isinstance(self.start, date) and isinstance(self.end, date) and self.end < self.start:
            raise InvalidPeriod(f"{self} would end before it starts: check which day is which.")

    @staticmethod
    def from_text(text: str) -> Period:
        """The strict inverse of ``str()``: ``first/last``, with ``..`` for no bound and ``unknown``.

        Raises:
            InvalidPeriod: Any other text, or an end before the start.
        """
        return _written(text)

    def __str__(self) -> str:
        """``2001-04-01/2018-05-31``, with ``..`` for no bound and ``unknown``."""
        return f"{_bound_to_text(self.start)}/{_bound_to_text(self.end)}"

    def describe(self) -> str:
        """In words: "1 April 2001 to 31 May 2018", "since 1 June 2018", "start unknown, until 31 May 2018"."""
        if isinstance(self.start, date) and isinstance(self.end, date):
            first, last = _in_words(self.start), _in_words(self.end)
            return first if first == last else f"{first} to {last}"
        parts = [part for part in (self._start_in_words(), self._end_in_words()) if part]
        return ", ".join(parts) or "always"

    def _start_in_words(self) -> str:
        if isinstance(self.start, date):
            return f"since {_in_words(self.start)}"
        return "" if self.start is None else "start unknown"

    def _end_in_words(self) -> str:
        if isinstance(self.end, date):
            return f"until {_in_words(self.end)}"
        if self.end is UNKNOWN:
            return "end unknown"
        return "still open" if self.start is UNKNOWN else ""

    @property
    def is_known(self) -> bool:
        """Whether neither bound is unknown; an open end is known to be open."""
        return self.start is not UNKNOWN and self.end is not UNKNOWN

    @property
    def days(self) -> int | None:
        """How many days it has, both bounds counted; ``None`` where it is open or a bound is unknown."""
        if isinstance(self.start, date) and isinstance(self.end, date):
            return (self.end - self.start).days + 1
        return None

    @property
    def sort_key(self) -> tuple[int, int, int, int]:
        """Orders periods by start, then by end: no start first, then unknown, then days; no end last."""
        start, end = _rank(self.start, (2, 0, 1)), _rank(self.end, (0, 2, 1))
        return (*start, *end)

    def contains(self, day: DateLike) -> bool:
        """Whether it certainly contains a day, whatever its unknown bounds are.

        Raises:
            InvalidDate: Not a day.
        """
        asked = to_day(day).toordinal()
        return _starts(self)[1] <= asked <= _ends(self)[0]

    def may_contain(self, day: DateLike) -> bool:
        """Whether it can contain a day; differs from `contains` only where a bound is unknown.

        Raises:
            InvalidDate: Not a day.
        """
        asked = to_day(day).toordinal()
        return _starts(self)[0] <= asked <= _ends(self)[1]

    def overlaps(self, other: Period) -> bool:
        """Whether both certainly share a day."""
        return _starts(self)[1] <= _ends(other)[0] and _starts(other)[1] <= _ends(self)[0]

    def may_overlap(self, other: Period) -> bool:
        """Whether both can share a day; differs from `overlaps` only where a bound is unknown."""
        return _starts(self)[0] <= _ends(other)[1] and _starts(other)[0] <= _ends(self)[1]

    def meets(self, other: Period) -> bool:
        """Whether its last day is certainly the day before the other's first."""
        return isinstance(self.end, date) and isinstance(other.start, date) and (other.start - self.end).days == 1

    def relation(self, other: Period) -> Allen:
        """Which of Allen's thirteen relations it has to another, `Allen.UNDECIDED` where a bound hides it."""
        return _one_way(self, other) or (_one_way(other, self) or Allen.UNDECIDED).inverse

    def intersect(self, other: Period) -> Period | None:
        """The days that both have; ``None`` where they certainly share none.

        A bound that hangs on an unknown one is `UNKNOWN`. Where unknown bounds hide even whether there is a
        common day, both bounds are: such a period contains no day for certain, and may contain any.
        """
        if not self.may_overlap(other):
            return None
        if not self.overlaps(other):
            return Period(UNKNOWN, UNKNOWN)
        return Period(_bound(_later(_starts(self), _starts(other))), _bound(_earlier(_ends(self), _ends(other))))

    def union(self, other: Period) -> Period | None:
        """Both as one period, where they certainly overlap or lie side by side; else ``None``.

        ``None`` says that no one period is known to be both: they are apart, or an unknown bound hides it.
        """
        touch = _starts(self)[1] <= _ends(other)[0] + 1 and _starts(other)[1] <= _ends(self)[0] + 1
        if not touch:
            return None
        return Period(_bound(_earlier(_starts(self), _starts(other))), _bound(_later(_ends(self), _ends(other))))

    def subtract(self, other: Period) -> tuple[Period, ...]:
        """What is left of it without the days of another: no, one or two periods, in order.

        A bound that hangs on an unknown one is `UNKNOWN`, and a piece that may or may not be left has both
        bounds so (see `intersect`).
        """
        (start, end), (other_start, other_end) = (_starts(self), _ends(self)), (_starts(other), _ends(other))
        before, after = _shift(other_start, -1), _shift(other_end, 1)
        pieces = (
            # The day before the first of the calendar, or after its last, is no day: nothing is left there.
            _piece(_later(start, (_FIRST, _FIRST)), before, start, _earlier(end, before)),
            _piece(after, _earlier(end, (_LAST, _LAST)), _later(start, after), end),
        )
        return tuple(piece for piece in pieces if piece is not None)


def _starts(period: Period) -> _Limits:
    """The limits of its start, which an unknown one has from the end."""
    start, end = period.start, period.end
    if isinstance(start, date):
        ordinal = start.toordinal()
        return ordinal, ordinal
    if start is None:
        return _NO_START, _NO_START
    return _FIRST, end.toordinal() if isinstance(end, date) else _LAST


def _ends(period: Period) -> _Limits:
    """The limits of its end, which an unknown one has from the start."""
    start, end = period.start, period.end
    if isinstance(end, date):
        ordinal = end.toordinal()
        return ordinal, ordinal
    if end is None:
        return _NO_END, _NO_END
    return start.toordinal() if isinstance(start, date) else _FIRST, _LAST


def _later(one: _Limits, two: _Limits) -> _Limits:
    return max(one[0], two[0]), max(one[1], two[1])


def _earlier(one: _Limits, two: _Limits) -> _Limits:
    return min(one[0], two[0]), min(one[1], two[1])


def _shift(limits: _Limits, days: int) -> _Limits:
    return limits[0] + days, limits[1] + days


def _bound(limits: _Limits) -> Bound:
    """The bound that has these limits."""
    least, greatest = limits
    if least != greatest:
        return UNKNOWN
    return None if least in (_NO_START, _NO_END) else date.fromordinal(least)


def _piece(first: _Limits, last: _Limits, start: _Limits, end: _Limits) -> Period | None:
    """The period from `start` to `end`, which is left only where `first` is no later than `last`."""
    if first[0] > last[1]:
        return None
    if first[1] > last[0]:
        return Period(UNKNOWN, UNKNOWN)
    return Period(_bound(start), _bound(end))


def _one_way(one: Period, two: Period) -> Allen | None:
    """The relation, if it is certainly one of the first seven; the other six are their inverses."""
    start, end, other_start, other_end = _starts(one), _ends(one), _starts(two), _ends(two)
    next_day = _shift(end, 1)
    tests = {
        Allen.BEFORE: _less(next_day, other_start),
        Allen.MEETS: _same(next_day, other_start),
        Allen.OVERLAPS: _less(start, other_start) and _less(other_start, next_day) and _less(end, other_end),
        Allen.STARTS: _same(start, other_start) and _less(end, other_end),
        Allen.DURING: _less(other_start, start) and _less(end, other_end),
        Allen.FINISHES: _less(other_start, start) and _same(end, other_end),
        Allen.EQUALS: _same(start, other_start) and _same(end, other_end),
    }
    return next((relation for relation, holds in tests.items() if holds), None)


def _less(one: _Limits, two: _Limits) -> bool:
    """Whether the one is certainly less."""
    return one[1] < two[0]


def _same(one: _Limits, two: _Limits) -> bool:
    """Whether both are certainly the same day."""
    return one[0] == one[1] == two[0] == two[1]


def _rank(bound: Bound, ranks: tuple[int, int, int]) -> tuple[int, int]:
    """Where a bound sorts, given the ranks of days, of no bound and of an unknown one."""
    of_days, of_none, of_unknown = ranks
    if isinstance(bound, date):
        return of_days, bound.toordinal()
    return (of_none if bound is None else of_unknown), 0


@lru_cache(maxsize=4096)  # a register of fifty thousand eras has a thousand periods
def _written(text: str) -> Period:
    start, _, end = text.partition("/")
    try:
        return Period(_bound_from_text(start), _bound_from_text(end))
    except InvalidDate:
        raise InvalidPeriod(
            f"{text!r} is not a period: write '2001-04-01/2018-05-31', '..' where it is open."
        ) from None


def cuts(day: date, first: Bound, last: Bound) -> bool:
    """Whether a new stretch that begins on a day would cut the one between two bounds in two."""
    return (not isinstance(first, date) or first < day) and (not isinstance(last, date) or day <= last)


def _bound_from_text(text: str) -> Bound:
    if text == "..":
        return None
    return UNKNOWN if text == UNKNOWN.value else to_day(text)


def _bound_to_text(bound: Bound) -> str:
    if bound is None:
        return ".."
    return bound.isoformat() if isinstance(bound, date) else bound.value


def _in_words(day: date) -> str:
    return PartialDate.of_day(day).describe()
