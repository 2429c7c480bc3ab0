"""Which distinct number each of many millions is: a few look-ups a row, on all processors, in tables of fixed size."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, blocks_of, shared_out

__all__ = ["told_apart"]

_LEAST: Final = 16
_MOST: Final = 20
"""Bits of the places of tables: larger ones would not stay near the processor."""
_MANY: Final = 1 << 20
"""Of so many rows, one in `_STEP` has nearly every number that comes often."""
_STEP: Final = 8
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Times this, the upper bits of a number depend on all of its bits; no two numbers become one."""


def told_apart(numbers: NDArray[np.uint64]) -> tuple[Ids, Ids]:
    """Which distinct number each of many is, and a row of each of these.

    Each number goes into a table at the place that its mixed upper bits say. Of several at one place the last one
    stays; those that are lost go into another table, mixed anew.

    >>> told_apart(np.array([7, 7, 7], np.uint64))
    (array([0, 0, 0], dtype=uint32), array([2]))
    """
    return _told_apart(numbers, _MOST, _STEP if len(numbers) >= _MANY else 1)


def _told_apart(numbers: NDArray[np.uint64], bits: int, step: int = 1) -> tuple[Ids, Ids]:
    ids, found, lost = _tabled(numbers, min(bits, len(numbers).bit_length() + 1), step)
    if not len(lost):
        return ids, found
    # Mostly fewer are lost than stay.
    others, more = _told_apart(numbers[lost] * _ODD, max(_LEAST, min(_MOST, len(found).bit_length())))
    ids[lost] = others + np.uint32(len(found))
    return ids, np.concatenate((found, lost[more]))


def _tabled(numbers: NDArray[np.uint64], bits: int, step: int) -> tuple[Ids, Ids, Ids]:
    """The place of each row among the numbers that stay, a row of each of these, and the rows that are lost."""
    shift = np.uint64(64 - bits)
    rows = np.full(1 << bits, -1, np.int64)

    def put(share: slice) -> None:
        for block in blocks_of(share):
            rows[(numbers[block][::step] * _ODD) >> shift] = np.arange(block.start, block.stop, step)

    shared_out(len(numbers), put)
    used = np.flatnonzero(rows >= 0)
    found = rows[used]
    kept, order = np.zeros(len(rows), np.uint64), np.zeros(len(rows), np.uint32)
    kept[used], order[used] = numbers[found], np.arange(len(used))
    ids = np.empty(len(numbers), np.uint32)

    def look(share: slice) -> list[Ids]:
        lost = []
        for block in blocks_of(share):
            places = ((numbers[block] * _ODD) >> shift).view(np.int64)
            np.take(order, places, out=ids[block], mode="clip")
            lost.append(np.flatnonzero(kept.take(places, mode="clip") != numbers[block]) + block.start)
        return lost

    lost = [some for every in shared_out(len(numbers), look) for some in every]
    return ids, found, np.concatenate(lost) if lost else np.zeros(0, np.int64)
