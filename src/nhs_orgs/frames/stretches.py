"""A crosswalk as restating needs it: for each code, the stretches of its data's dates and where each belongs.

This is all that the engines know of a crosswalk; whatever has these few members can be applied to a frame.
The data of a period (a month, a quarter, a year) is taken as on the last day of the period on which the code was
open: a trust that closed in June was open in that quarter, and its row of the quarter is not late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from nhs_orgs.bases import Preference
from nhs_orgs.frames.periods import FIRST, LAST, to_number
from nhs_orgs.statuses import Splits, Status

__all__ = [
    "UNDATED",
    "Book",
    "CrosswalkRow",
    "Judged",
    "Part",
    "Restating",
    "Stretch",
    "book_of",
    "span_of",
    "stranger",
    "stretches_of",
    "unread",
]


class Judged(Protocol):
    """What a value in a column of codes is."""

    @property
    def code(self) -> str | None:
        """The code as the register spells it."""
        ...

    @property
    def status(self) -> Status | None:
        """Why it is none."""
        ...

    @property
    def reason(self) -> str | None:
        """In words."""
        ...

    @property
    def candidates(self) -> tuple[str, ...]:
        """What it may have been."""
        ...


class CrosswalkRow(Protocol):
    """One row of a crosswalk."""

    @property
    def code(self) -> str:
        """The code that the data bears."""
        ...

    @property
    def from_(self) -> object:
        """First date of the data for which it holds."""
        ...

    @property
    def until(self) -> object:
        """Last one."""
        ...

    @property
    def target(self) -> str | None:
        """Where it belongs."""
        ...

    @property
    def weight(self) -> float:
        """Fraction of 1."""
        ...

    @property
    def status(self) -> Status:
        """How it stands."""
        ...

    @property
    def basis(self) -> str | None:
        """By what it is divided."""
        ...

    @property
    def path(self) -> tuple[str, ...]:
        """Ids of the events on the way."""
        ...

    @property
    def among(self) -> tuple[str, ...]:
        """Codes among which it would be divided."""
        ...

    @property
    def note(self) -> str | None:
        """What else must be known."""
        ...

    @property
    def approximate(self) -> bool:
        """Whether its target is only about right."""
        ...


class Restating(Protocol):
    """A crosswalk."""

    to: date
    splits: Splits
    preference: Preference

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that it has rows for."""
        ...

    def rows_of(self, codes: Iterable[str]) -> Sequence[CrosswalkRow]:
        """The rows of these codes, by code, then in order of time."""
        ...

    def judge(self, value: object) -> Judged:
        """What a value of a column of codes is."""
        ...

    def suggest(self, value: object) -> tuple[str, ...]:
        """Codes that look like it."""
        ...


class Part(NamedTuple):
    """Where some of a code's data belongs."""

    target: str | None
    weight: float
    status: str
    basis: str | None = None
    approximate: bool = False
    path: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    note: str | None = None


class Stretch(NamedTuple):
    """Dates of one code's data over which it belongs to the same; parts of it may belong to several."""

    first: int
    last: int
    parts: tuple[Part, ...]
    code: str | None = None

    @property
    def closed(self) -> bool:
        """Whether the code had closed by then."""
        return self.parts[0].status == Status.CLOSED_ON_OWN_DATE.value

    @property
    def undated(self) -> bool:
        """Whether it is of rows without a date that can be read: of no code, and with a reason all the same."""
        return self.code is None and self.parts[0].note is not None


_STRANGERS: Final = {
    status: (Stretch(FIRST, LAST, (Part(None, 1.0, status.value),)),)
    for status in (Status.PSEUDO, Status.DAMAGED, Status.UNKNOWN)
}


def stranger(status: Status) -> Stretch:
    """The stretch of a value that is no code; every date is in it."""
    return _STRANGERS[status][0]


_NO_DATE: Final = "the row has no date"
UNDATED: Final = Stretch(FIRST, LAST, (Part(None, 1.0, Status.UNKNOWN.value, note=_NO_DATE),))
"""Of rows whose date is empty."""


def unread(text: str) -> Stretch:
    """Of rows of a plan, which cannot refuse them, whose dates are texts that cannot be read; one of them is shown."""
    note = f"{_NO_DATE} that can be read: {text!r}"
    return Stretch(FIRST, LAST, (Part(None, 1.0, Status.UNKNOWN.value, note=note),))


class Book:
    """The stretches of the codes of one crosswalk, worked out when asked for."""

    def __init__(self) -> None:
        self._stretches: dict[str, tuple[Stretch, ...]] = {}

    def of_code(self, crosswalk: Restating, code: str) -> tuple[Stretch, ...]:
        """The stretches of a code that the crosswalk has."""
        if code not in self._stretches:
            self._stretches[code] = stretches_of(crosswalk, code)
        return self._stretches[code]


_BOOKS: Final[WeakKeyDictionary[Restating, Book]] = WeakKeyDictionary()


def book_of(crosswalk: Restating) -> Book:
    """The book of a crosswalk: made once, kept as long as the crosswalk is."""
    if crosswalk not in _BOOKS:
        _BOOKS[crosswalk] = Book()
    return _BOOKS[crosswalk]


def stretches_of(crosswalk: Restating, code: str) -> tuple[Stretch, ...]:
    """The same, worked out anew and not kept."""
    return tuple(_stretches(crosswalk.rows_of((code,))))


def _stretches(rows: Iterable[CrosswalkRow]) -> Iterator[Stretch]:
    for (code, first, last), parts in groupby(rows, key=lambda row: (row.code, row.from_, row.until)):
        yield Stretch(_number(first, FIRST), _number(last, LAST), tuple(map(_part, parts)), code)


def _number(bound: object, unbounded: int) -> int:
    """A bound that nobody dates keeps no date out."""
    return to_number(bound) if isinstance(bound, date) else unbounded


def _part(row: CrosswalkRow) -> Part:
    return Part(row.target, row.weight, row.status.value, row.basis, row.approximate, row.path, row.among, row.note)


def span_of(every: tuple[Stretch, ...], first: int, last: int) -> Stretch:
    """The stretch of the last day of a period on which the code was open; of its last day where there is none."""
    at = max((place for place, one in enumerate(every) if one.first <= last), default=0)
    late = at and every[at].closed and not every[at - 1].closed and every[at].first > first
    return every[at - 1] if late else every[at]
