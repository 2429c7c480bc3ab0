"""Work on whole columns in blocks of rows that fit a processor's cache, on as many processors as there are.

What numpy does to ten million rows at once goes to memory and back for every step; a block at a time, only the last
step does. Numpy and the engines let go of Python's lock while they work, so that plain threads are enough.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ids", "a_row_of_each", "blocks_of", "looked_up", "repeated", "shared_out", "told_apart"]

Ids: TypeAlias = NDArray[Any]
"""Whole numbers, of whatever width."""

_Found = TypeVar("_Found")

_BLOCK: Final = 1 << 15
"""How many rows: a few columns of so many fit the cache."""
_SHARE: Final = 1 << 18
"""Fewer rows are not worth a thread."""
_MOST: Final = 8
"""More threads wait for memory, not for processors."""
_BITS: Final = 18
"""Tables of so many places fit the cache of one core."""
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Times this, the upper bits of a number depend on all of its bits; no two numbers become one."""


def shared_out(rows: int, work: Callable[[slice], _Found]) -> list[_Found]:
    """What `work` finds in each share of the rows, in order; the shares are worked on at the same time."""
    many = max(1, min(_processors(), _MOST, rows // _SHARE))
    bounds = [rows * at // many for at in range(many + 1)]
    shares = [slice(first, last) for first, last in pairwise(bounds)]
    if many == 1:
        return [work(shares[0])]
    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(work, shares))


def _processors() -> int:
    """Those that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def blocks_of(share: slice, least: int = _BLOCK) -> Iterator[slice]:
    """A share block by block, each of `least` rows or a few more than usual."""
    size = max(_BLOCK, least)
    for first in range(share.start, share.stop, size):
        yield slice(first, min(first + size, share.stop))


def looked_up(values: NDArray[Any], places: Ids) -> NDArray[Any]:
    """The value at each place."""
    found = np.empty(len(places), values.dtype)

    def look(share: slice) -> None:
        for block in blocks_of(share):
            # "clip" spares numpy a look for numbers out of bounds; there are none.
            np.take(values, places[block], out=found[block], mode="clip")

    if len(places):
        shared_out(len(places), look)
    return found


def a_row_of_each(ids: Ids, many: int) -> Ids:
    """Some row of each number below `many`; -1 for one that no row has. Stops as soon as all are found."""
    rows = np.full(many, -1, np.int64)
    first, size = 0, max(_BLOCK, 4 * many)
    while first < len(ids) and (first == 0 or (rows < 0).any()):
        last = min(first + size, len(ids))
        rows[ids[first:last]] = np.arange(first, last)
        first, size = last, 2 * size
    return rows


def told_apart(hashes: NDArray[np.uint64]) -> tuple[Ids, Ids]:
    """Which distinct number each of many is, and a row of each of these.

    The numbers must be well mixed: each goes into a table at the place that its upper bits say. Of several at one
    place the last one stays; those that are lost go into another table, mixed anew.

    >>> ids, rows = told_apart(np.array([7, 9, 7], np.uint64))
    >>> ids.tolist(), rows.tolist()
    ([0, 1, 0], [2, 1])
    """
    ids, found, lost = _tabled(hashes)
    if not len(lost):
        return ids, found
    others, more = told_apart(hashes[lost] * _ODD)
    ids[lost] = others + np.uint32(len(found))
    return ids, np.concatenate((found, lost[more]))


def _tabled(hashes: NDArray[np.uint64]) -> tuple[Ids, Ids, Ids]:
    """The place of each row among the numbers that stay, a row of each of these, and the rows that are lost."""
    bits = min(_BITS, len(hashes).bit_length() + 1)
    shift = np.uint64(64 - bits)
    rows = np.full(1 << bits, -1, np.int64)

    def put(share: slice) -> None:
        for block in blocks_of(share):
            rows[hashes[block] >> shift] = np.arange(block.start, block.stop)

    shared_out(len(hashes), put)
    used = np.flatnonzero(rows >= 0)
    found = rows[used]
    kept, order = np.zeros(len(rows), np.uint64), np.zeros(len(rows), np.uint32)
    kept[used], order[used] = hashes[found], np.arange(len(used))
    ids = np.empty(len(hashes), np.uint32)

    def look(share: slice) -> list[Ids]:
        lost = []
        for block in blocks_of(share):
            places = (hashes[block] >> shift).view(np.int64)
            np.take(order, places, out=ids[block], mode="clip")
            lost.append(np.flatnonzero(kept.take(places, mode="clip") != hashes[block]) + block.start)
        return lost

    lost = [some for every in shared_out(len(hashes), look) for some in every]
    return ids, found, np.concatenate(lost) if lost else np.zeros(0, np.int64)


def repeated(ids: Ids, sizes: Ids, first: Ids) -> tuple[Ids, Ids]:
    """Each row as often as the size of its number says: which row, and which place, counted on from its first.

    >>> rows, places = repeated(np.array([0, 1, 0]), np.array([1, 2]), np.array([0, 1]))
    >>> rows.tolist(), places.tolist()
    ([0, 1, 1, 2], [0, 1, 2, 0])
    """
    first = first.astype(np.uint32)

    def repeat(share: slice) -> list[tuple[Ids, Ids]]:
        return [_repeated(ids[block], sizes, first, block.start) for block in blocks_of(share)]

    rows, places = zip(*(block for every in shared_out(len(ids), repeat) for block in every), strict=True)
    return np.concatenate(rows), np.concatenate(places)


def _repeated(ids: Ids, sizes: Ids, first: Ids, start: int) -> tuple[Ids, Ids]:
    """Of one block. Few rows come more than once: what comes again is put between the others."""
    places = first.take(ids)
    divided = np.flatnonzero((sizes > 1).take(ids))
    times = sizes.take(ids[divided]) - 1
    again = np.repeat(divided, times)
    counted = np.arange(len(again))
    new = again + counted + 1
    once = np.ones(len(ids) + len(again), np.bool_)
    once[new] = False
    of_rows, of_places = (np.empty(len(once), np.uint32) for _ in range(2))
    of_rows[once] = np.arange(start, start + len(ids), dtype=np.uint32)
    of_places[once] = places
    of_rows[new] = again + start
    of_places[new] = places[again] + (counted - np.repeat(np.cumsum(times) - times, times) + 1)
    return of_rows, of_places
