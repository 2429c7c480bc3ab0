"""The cells of a frame in memory that have rows, added up by arithmetic and listed only where they are looked at.

A column may hold a million strangers: as many objects of Python would take longer than all else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.cells import Cells
from nhs_orgs.frames.columns import FEW
from nhs_orgs.frames.ledger import UNDATED_ENTRY, Columns
from nhs_orgs.frames.stretches import Stretch
from nhs_orgs.frames.tally import Counted, Sort, Total, added_up_exactly

__all__ = ["EagerCounts"]

_LARGEST_EXACT: Final = 2**53
"""From here on not every whole number can be told from the next."""


class EagerCounts:
    """Counts by cell, as columns of numpy."""

    def __init__(
        self,
        values: Sequence[Any],
        cells: Cells,
        told: Columns,
        stretches: Sequence[Stretch],
        missing: Mapping[str, int],
    ) -> None:
        self._values = values
        self._cells = cells
        self._told = told
        self._stretches = stretches
        self.missing = missing
        """Of each column of values, how many rows have no figure."""

    @property
    def total(self) -> Total:
        """Of all."""
        return self._total

    @cached_property
    def _total(self) -> Total:
        return int(self._cells.rows.sum()), tuple(map(_added_up, self._cells.sums))

    @property
    def undated(self) -> int:
        """How many rows have no date; a frame with one that cannot be read is refused."""
        return int(self._cells.rows[self._cells.stretches == self._told.begins[UNDATED_ENTRY]].sum())

    @property
    def restated_rows(self) -> int:
        """How many rows there are for all parts."""
        return int((self._cells.rows * self._cells.sizes).sum())

    @property
    def by_sort(self) -> Mapping[Sort, Total]:
        """By sort of part."""
        return self._by_sort

    @cached_property
    def _by_sort(self) -> Mapping[Sort, Total]:
        cells = self._cells
        owners = np.repeat(np.arange(len(cells.sizes)), cells.sizes)
        present = np.flatnonzero(cells.rows[owners] > 0)
        owners, parts = owners[present], cells.parts[present]
        weight, sort = self._told.weight[parts], self._told.sort[parts]
        columns: list[NDArray[np.float64]] = [column[owners] * weight for column in (cells.rows, *cells.sums)]
        found: dict[Sort, Total] = {}
        for one in np.flatnonzero(np.bincount(sort)).tolist() if len(sort) else ():
            these = np.flatnonzero(sort == one)
            rows, *sums = (_added_up(column[these]) for column in columns)
            found[self._told.sorts[one]] = rows, tuple(sums)
        return found

    def where(self, wanted: Callable[[Stretch], bool]) -> Sequence[Counted]:
        """Those whose stretch is wanted; each stretch is looked at once."""
        met = np.zeros(len(self._stretches), np.bool_)
        met[self._cells.stretches[self._cells.rows > 0]] = True
        for at in np.flatnonzero(met).tolist():
            met[at] = wanted(self._stretches[at])
        return self._listed(met)

    def of_sorts(self, wanted: Callable[[Sort], bool]) -> Sequence[Counted]:
        """Those of which some part is of a sort that is wanted; each sort is looked at once."""
        told = self._told
        sorts = np.array([wanted(sort) for sort in told.sorts], np.bool_)
        return self._listed(np.logical_or.reduceat(sorts[told.sort], told.parts[:-1]))

    def _listed(self, stretches: NDArray[np.bool_]) -> Sequence[Counted]:
        """Those of these stretches."""
        cells = self._cells
        found = np.flatnonzero((cells.rows > 0) & stretches[cells.stretches])
        columns = (column[found].tolist() for column in (cells.owners, cells.stretches, cells.rows))
        sums = (
            zip(*(column[found].tolist() for column in cells.sums), strict=True) if cells.sums else ((),) * len(found)
        )
        owners, kinds, rows = columns
        listed = (map(self._values.__getitem__, owners), map(self._stretches.__getitem__, kinds))
        return list(map(Counted._make, zip(found.tolist(), *listed, rows, sums, strict=True)))


def _added_up(numbers: NDArray[np.float64]) -> float:
    """Exact: so is the sum of whole numbers in any order, where they are not too large."""
    if len(numbers) >= FEW and (numbers == np.rint(numbers)).all() and np.abs(numbers).sum() < _LARGEST_EXACT:
        return float(numbers.sum())
    return added_up_exactly(numbers.tolist())
