"""Which rows of a frame stand where: each row's cell, found by arithmetic on whole columns, not by a join.

Codes are few and rows are many. Each distinct value is read once; its stretches of dates that the data touches
become *cells*, numbered one after the other. A row's cell is then the first of its value plus the number of its
value's cuts that lie at or before its date: a few look-ups and comparisons over the whole column. What a cell
says (target, weight, status, ...) is looked up last, by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.periods import FIRST, LAST
from nhs_orgs.frames.stretches import UNDATED, Part, Stretch, span_of

__all__ = ["UNDATED_DAY", "Cells", "Dates", "Ids", "make_cells"]

Ids: TypeAlias = NDArray[Any]
"""Whole numbers, of whatever width."""

UNDATED_DAY: Final = FIRST - 1
"""The number that stands for an empty date."""
_NEVER: Final = LAST + 1


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that each row speaks of."""

    first: Ids | None
    """``None``: one span for all rows."""
    last: Ids | None
    """The same object as `first` where every row has one day."""
    low: int
    """No date is before; of one span for all rows, its first day."""
    high: int
    """No date is after."""
    empty: bool = False
    """Whether some row has none."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one frame: a distinct value over one stretch of dates each, or without date."""

    owners: list[int]
    """Of each cell, which distinct value."""
    stretches: list[Stretch]
    of_rows: Ids
    """Of each row, its cell."""

    @property
    def parts(self) -> list[Part]:
        """Every part of every cell, cell by cell."""
        return [part for stretch in self.stretches for part in stretch.parts]

    @property
    def sizes(self) -> Ids:
        """How many parts each cell has."""
        return np.fromiter((len(stretch.parts) for stretch in self.stretches), np.int64, len(self.stretches))


def make_cells(ids: Ids, read: Sequence[tuple[Stretch, ...]], dates: Dates) -> Cells:
    """The cells of rows, given which distinct value each has, and the stretches of each of those."""
    owners: list[int] = []
    stretches: list[Stretch] = []
    base: list[int] = []
    cuts: list[tuple[int, int, int, int]] = []
    for at, every in enumerate(read):
        base.append(len(owners))
        touched = _touched(every, dates)
        for place, stretch in enumerate(touched):
            if place:
                cuts.append((place - 1, at, *_cut(touched, place)))
            stretches.append(stretch)
            owners.append(at)
    found = _found(ids, np.array(base, np.int32), cuts, dates)
    if dates.empty and dates.last is not None:
        undated = dates.last == UNDATED_DAY
        values, places = np.unique(ids[undated], return_inverse=True)
        found[undated] = places + len(owners)
        owners += values.tolist()
        stretches += [UNDATED] * len(values)
    return Cells(owners, stretches, found)


def _touched(every: tuple[Stretch, ...], dates: Dates) -> tuple[Stretch, ...]:
    """The stretches that some row may be in."""
    if len(every) == 1:
        return every
    if dates.first is None:
        return (span_of(every, dates.low, dates.high),)
    return tuple(one for one in every if one.first <= dates.high and one.last >= dates.low) or every[-1:]


def _cut(touched: tuple[Stretch, ...], place: int) -> tuple[int, int]:
    """From which first day, or else from which last day, a period is in a stretch or after it."""
    one = touched[place]
    if not one.closed or touched[place - 1].closed:
        return _NEVER, one.first
    return one.first, touched[place + 1].first if place + 1 < len(touched) else _NEVER


def _found(ids: Ids, base: Ids, cuts: Sequence[tuple[int, int, int, int]], dates: Dates) -> Ids:
    if dates.first is None or dates.last is None or not cuts:
        # Each value has one cell, of the same number.
        return ids.astype(np.int64) if dates.empty else ids
    found = base[ids]
    for place in range(1 + max(cut[0] for cut in cuts)):
        of_place = [cut[1:] for cut in cuts if cut[0] == place]
        found += _past(ids, len(base), of_place, dates.first, dates.last)
    return found


def _past(ids: Ids, many: int, cuts: Sequence[tuple[int, int, int]], first: Ids, last: Ids) -> NDArray[np.bool_]:
    """Which rows are past the cut of their value; `cuts` are distinct value, first day and last day."""
    values, by_first, by_last = np.array(cuts, np.int32).T
    day = np.full(many, _NEVER, np.int32)
    if first is last:
        day[values] = np.minimum(by_first, by_last)
        return last >= day[ids]
    day[values] = by_last
    past = last >= day[ids]
    day[values] = by_first
    return past | (first >= day[ids])
