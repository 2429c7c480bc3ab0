"""What a restatement counted, whatever engine did the counting: the ground of its report."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import fsum
from typing import Final, NamedTuple, Protocol, TypeAlias

from nhs_orgs.frames.periods import Span, name_of
from nhs_orgs.frames.stretches import Part, Stretch
from nhs_orgs.telling.wording import GAVE_PART

__all__ = [
    "Counted",
    "CountedCells",
    "Listed",
    "Overlap",
    "Pair",
    "Sort",
    "Tally",
    "Total",
    "added_up_exactly",
    "overlap",
    "sort_of",
]

Total: TypeAlias = tuple[float, tuple[float, ...]]
"""Rows, and the totals of the columns of counts."""

_LARGEST: Final = "largest part"
"""By what it is approximate that all of a body is put with one part."""


class Sort(NamedTuple):
    """What parts have in common that a report adds up."""

    status: str
    basis: str | None
    """By what it is approximate; ``None``: it is not."""
    matched: bool
    """Whether it has a target."""
    moved: bool
    """Whether a part moved on the way to it: a body gained or lost one between the data's day and the other."""


def sort_of(part: Part) -> Sort:
    """Of a part."""
    basis = (part.basis or _LARGEST) if part.approximate else None
    return Sort(part.status, basis, part.target is not None, bool(parts_moved(part)))


def parts_moved(part: Part) -> tuple[str, ...]:
    """The notes on what its target, or a body on the way there, gained or lost; without a target there are none."""
    if part.target is None or part.note is None or GAVE_PART not in part.note:
        return ()
    return tuple(note for note in part.note.split("; ") if GAVE_PART in note)


def added_up_exactly(numbers: Sequence[float]) -> float:
    """Exact, where there is a sum: infinities of both signs, or numbers too large for one, have none."""
    try:
        return fsum(numbers)
    except (ValueError, OverflowError):
        return sum(numbers)


class Counted(NamedTuple):
    """The rows of one value of the column of codes over one stretch of dates."""

    cell: int
    """Its number."""
    value: object
    """As the frame spells it."""
    stretch: Stretch
    rows: int
    """How many rows of the caller's frame."""
    sums: tuple[float, ...]
    """Totals of the columns of counts, undivided."""


class CountedCells(Protocol):
    """All cells that have rows."""

    @property
    def total(self) -> Total:
        """Of all."""
        ...

    @property
    def missing(self) -> Mapping[str, int]:
        """Of each column of values, how many rows have no figure."""
        ...

    @property
    def undated(self) -> int:
        """How many rows have no date that can be read."""
        ...

    @property
    def restated_rows(self) -> int:
        """How many rows there are for all parts."""
        ...

    @property
    def by_sort(self) -> Mapping[Sort, Total]:
        """By sort of part; rows and totals of a divided cell count for each part by its weight."""
        ...

    def where(self, wanted: Callable[[Stretch], bool]) -> Sequence[Counted]:
        """Those whose stretch is wanted."""
        ...

    def of_sorts(self, wanted: Callable[[Sort], bool]) -> Sequence[Counted]:
        """Those of which some part is of a sort that is wanted."""
        ...


class Listed:
    """Cells that are listed one by one."""

    def __init__(self, cells: Sequence[Counted], columns: int, missing: Mapping[str, int]) -> None:
        self._cells = cells
        self._columns = columns
        self._missing = missing

    @property
    def missing(self) -> Mapping[str, int]:
        """Of each column of values, how many rows have no figure."""
        return self._missing

    @property
    def total(self) -> Total:
        """Of all."""
        return self._total

    @cached_property
    def _total(self) -> Total:
        return _added(((one.rows, *one.sums) for one in self._cells), self._columns)

    @property
    def undated(self) -> int:
        """How many rows have no date that can be read."""
        return sum(one.rows for one in self._cells if one.stretch.undated)

    @property
    def restated_rows(self) -> int:
        """How many rows there are for all parts."""
        return sum(one.rows * len(one.stretch.parts) for one in self._cells)

    @property
    def by_sort(self) -> Mapping[Sort, Total]:
        """By sort of part."""
        return self._by_sort

    @cached_property
    def _by_sort(self) -> Mapping[Sort, Total]:
        rows: dict[int, list[tuple[float, ...]]] = {}
        for one in self._cells:
            rows.setdefault(id(one.stretch), []).append((one.rows, *one.sums))
        found: dict[Sort, list[tuple[float, ...]]] = {}
        for key, stretch in self._stretches.items():
            for part in stretch.parts:
                shares = (tuple(number * part.weight for number in row) for row in rows[key])
                found.setdefault(sort_of(part), []).extend(rows[key] if part.weight == 1 else shares)
        return {sort: _added(many, self._columns) for sort, many in found.items()}

    @cached_property
    def _stretches(self) -> dict[int, Stretch]:
        """Each stretch once: a million strangers share one."""
        return {id(one.stretch): one.stretch for one in self._cells}

    def where(self, wanted: Callable[[Stretch], bool]) -> Sequence[Counted]:
        """Those whose stretch is wanted."""
        kept = {key for key, stretch in self._stretches.items() if wanted(stretch)}
        return [one for one in self._cells if id(one.stretch) in kept]

    def of_sorts(self, wanted: Callable[[Sort], bool]) -> Sequence[Counted]:
        """Those of which some part is of a sort that is wanted."""
        return self.where(lambda stretch: any(wanted(sort_of(part)) for part in stretch.parts))


def _added(rows: Iterable[tuple[float, ...]], columns: int) -> Total:
    many, *sums = [added_up_exactly(column) for column in zip(*rows, strict=True)] or [0.0] * (1 + columns)
    return many, tuple(sums)


class Pair(NamedTuple):
    """Two codes whose figures would be counted twice: cells in which each has rows."""

    late: frozenset[int]
    """Of one, on dates on which it was not open."""
    other: frozenset[int]
    """Of the other, which has its figures then."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Where both codes of a pair have rows: the periods of the late one that share a day with one of the other."""

    periods: tuple[str, ...]
    late_rows: int
    other_rows: int


def overlap(late: Mapping[Span, int], other: Mapping[Span, int]) -> Overlap:
    """Of the rows of each code by period."""
    mine, others = _meeting(late, other), _meeting(other, late)
    periods = tuple(sorted({name_of(span) for span in mine}))
    return Overlap(periods, sum(late[span] for span in mine), sum(other[span] for span in others))


def _meeting(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Those that share a day with one of the others: of all that begin by their last day, some reaches their first."""
    ordered = sorted(others)
    begins, reach = [first for first, _ in ordered], list(accumulate((last for _, last in ordered), max))
    return [span for span in spans for at in [bisect(begins, span[1])] if at and reach[at - 1] >= span[0]]


class Tally(Protocol):
    """What an engine can count of a restatement."""

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns of counts, in the order of their sums."""
        ...

    def counted(self) -> CountedCells:
        """Every cell that has rows."""
        ...

    def overlaps(self, pairs: Sequence[Pair]) -> list[Overlap]:
        """Of each pair the periods (months, where the data has days) of both that share a day."""
        ...
