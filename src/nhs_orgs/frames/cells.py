"""Which rows of a frame stand where: each row's cell, found by arithmetic on whole columns, not by a join.

Codes are few and rows are many. Each distinct value is read once; its stretches of dates that the data touches
become *cells*, numbered one after the other. A row's cell is then the first of its value plus the number of its
value's cuts that lie at or before its date: a few look-ups and comparisons over the whole column. What a cell
says (target, weight, status, ...) is looked up last, by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, blocks_of, shared_out
from nhs_orgs.frames.ledger import UNDATED_ENTRY, Columns
from nhs_orgs.frames.periods import FIRST, LAST

__all__ = ["UNDATED_DAY", "Cells", "Dates", "make_cells"]

UNDATED_DAY: Final = FIRST - 1
"""The number that stands for an empty date."""
_NEVER: Final = LAST + 1


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that each row speaks of."""

    low: int
    """No date is before."""
    high: int
    """No date is after."""
    of_rows: Ids | None = None
    """Of each row its day, or the number of its period; ``None``: the one period from `low` to `high`."""
    limits: tuple[Ids, Ids] | None = None
    """Of each period its first and its last day, the same object if these are the same."""
    empty: bool = False
    """Whether some row has none."""

    def at(self, block: slice) -> tuple[Ids, Ids]:
        """First and last day of some rows, the same object if these are the same."""
        days: Ids = np.zeros(0, np.int64) if self.of_rows is None else self.of_rows[block]
        if self.limits is None:
            return days, days
        first, last = self.limits
        of_last = last.take(days)
        return (of_last if first is last else first.take(days)), of_last


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one frame: a distinct value over one stretch of dates each, or without date."""

    owners: Ids
    """Of each cell, which distinct value."""
    stretches: Ids
    """Of each cell, its stretch in the ledger."""
    parts: Ids
    """Every part of every cell, cell by cell, by its number in the ledger."""
    sizes: Ids
    """How many parts each cell has."""
    of_rows: Ids
    """Of each row, its cell."""
    rows: Ids
    """How many rows each cell has."""
    sums: list[NDArray[np.float64]]
    """The total of each column of numbers, by cell."""
    nans: Ids
    """Of each column of numbers, how many rows hold NaN, which is none."""

    def of(self, rows: Ids) -> Cells:
        """The same for other rows, of which the cell of each is given; they are counted and have no sums."""
        many = np.bincount(rows, minlength=len(self.owners))
        return replace(self, of_rows=rows, rows=many, sums=[])


class _Cut(NamedTuple):
    """From which first day, or else from which last day, a row is past its value's cell of one place; by value."""

    by_first: Ids
    by_last: Ids
    by_day: Ids
    """Where first and last day are the same."""


def make_cells(ids: Ids, entries: Ids, told: Columns, dates: Dates, numbers: Sequence[NDArray[np.float64]]) -> Cells:
    """The cells of rows, given which distinct value each has, and the entry of each of those."""
    begins, ends = (limits[entries] for limits in _touched(told, dates))
    many = ends - begins + dates.empty
    base = np.cumsum(many) - many
    owners = np.repeat(np.arange(len(entries)), many)
    places = np.arange(len(owners)) - base[owners]
    stretches = begins[owners] + places - dates.empty
    if dates.empty:
        stretches[places == 0] = told.begins[UNDATED_ENTRY]
    by_first, by_last = _limits(told, stretches, stretches + 1 == ends[owners], undated=dates.empty & (places == 1))
    cuts = []
    for place in range(1, int(many.max(initial=0))):
        cells = np.flatnonzero(places == place)
        cuts.append(_cut(owners[cells], by_first[cells], by_last[cells], len(entries)))
    of_rows, rows, sums, nans = _walked(ids, base, cuts, dates, numbers, len(owners))
    sizes = told.parts[stretches + 1] - told.parts[stretches]
    return Cells(owners, stretches, _parts(told, stretches, sizes), sizes, of_rows, rows, sums, nans)


def _parts(told: Columns, stretches: Ids, sizes: Ids) -> Ids:
    begins = told.parts[stretches]
    if (sizes == 1).all():
        return begins
    shifts = begins - (np.cumsum(sizes) - sizes)
    return np.repeat(shifts, sizes) + np.arange(int(sizes.sum()))


def _touched(told: Columns, dates: Dates) -> tuple[Ids, Ids]:
    """Of each entry the stretches that some row may be in: the first, and the one after the last."""
    begins, ends = told.begins[:-1], told.begins[1:]
    started = np.add.reduceat(told.first <= dates.high, begins, dtype=np.int64)
    if dates.of_rows is not None:
        over = np.add.reduceat(told.last < dates.low, begins, dtype=np.int64)
        low, high = begins + over, begins + started
        nothing = high <= low
        return np.where(nothing, ends - 1, low), np.where(nothing, ends, high)
    # The stretch of the last day of the period on which the code was open; of its last day where there is none.
    at = begins + np.maximum(started - 1, 0)
    late = (at > begins) & told.closed[at] & ~told.closed[at - 1] & (told.first[at] > dates.low)
    return at - late, at - late + 1


def _limits(told: Columns, stretches: Ids, end: NDArray[np.bool_], *, undated: NDArray[np.bool_]) -> tuple[Ids, Ids]:
    """From which first day, or else from which last day, a period is in a stretch or after it.

    `end` says of which stretches none follows, `undated` before which stand the rows without a date.
    """
    begins = told.first[stretches]
    late = told.closed[stretches] & ~told.closed[stretches - 1] & ~undated
    after = np.where(end, _NEVER, told.first[np.minimum(stretches + 1, len(told.first) - 1)])
    by_last = np.where(undated, FIRST, np.where(late, after, begins))
    return np.where(late, begins, _NEVER), by_last


def _cut(values: Ids, by_first: Ids, by_last: Ids, many: int) -> _Cut:
    """The cells of one place, by value."""
    found = np.full((2, many), _NEVER, np.int32)
    found[:, values] = by_first, by_last
    return _Cut(found[0], found[1], found.min(axis=0))


def _walked(
    ids: Ids, base: Ids, cuts: Sequence[_Cut], dates: Dates, numbers: Sequence[NDArray[np.float64]], many: int
) -> tuple[Ids, Ids, list[NDArray[np.float64]], Ids]:
    """The cell of each row, how many rows each cell has, its sums, and how many numbers are NaN: one walk."""
    of_rows = np.empty(len(ids), np.uint32) if cuts else ids

    def walk(share: slice) -> list[NDArray[np.float64]]:
        found = [np.zeros(many) for _ in range(1 + len(numbers))]
        nans = np.zeros(len(numbers))
        for block in blocks_of(share, 2 * many):
            cells = ids[block].astype(np.intp, copy=False)
            if cuts:
                cells = _placed(cells, base, cuts, *dates.at(block))
                of_rows[block] = cells
            found[0] += np.bincount(cells, minlength=many)
            for at, column in enumerate(numbers):
                sums, some = _sums(cells, column[block], many)
                found[1 + at] += sums
                nans[at] += some
        return [*found, nans]

    rows, *sums, nans = (np.sum(every, axis=0) for every in zip(*shared_out(len(ids), walk), strict=True))
    return of_rows, rows.astype(np.int64), sums, nans.astype(np.int64)


def _placed(values: Ids, base: Ids, cuts: Sequence[_Cut], first: Ids, last: Ids) -> Ids:
    """The cells of rows of these values and days."""
    found: Ids = base.take(values)
    for cut in cuts:
        if first is last:
            found += last >= cut.by_day.take(values)
        else:
            found += (last >= cut.by_last.take(values)) | (first >= cut.by_first.take(values))
    return found


def _sums(cells: Ids, numbers: NDArray[np.float64], many: int) -> tuple[NDArray[np.float64], int]:
    """What is NaN counts as zero, and is counted; a sum tells faster than a look at each whether there is one."""
    found: NDArray[Any] = np.bincount(cells, weights=numbers, minlength=many)
    if not np.isnan(found).any():
        return found, 0
    none = np.isnan(numbers)
    known: NDArray[Any] = np.bincount(cells, weights=np.where(none, 0.0, numbers), minlength=many)
    return known, int(none.sum())
