"""Work on whole columns in blocks of rows that fit a processor's cache, on as many processors as there are.

What numpy does to ten million rows at once goes to memory and back for every step; a block at a time, only the last
step does. Numpy and the engines let go of Python's lock while they work, so that plain threads are enough.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ids", "a_row_of_each", "blocks_of", "built_in_shares", "looked_up", "repeated", "shared_out"]

Ids: TypeAlias = NDArray[Any]
"""Whole numbers, of whatever width."""

_Found = TypeVar("_Found")

_BLOCK: Final = 1 << 15
"""How many rows: a few columns of so many fit the cache."""
_SHARE: Final = 1 << 18
"""Fewer rows are not worth a thread."""
_MOST: Final = 8
"""More threads wait for memory, not for processors."""


def shared_out(rows: int, work: Callable[[slice], _Found]) -> list[_Found]:
    """What `work` finds in each share of the rows, in order; the shares are worked on at the same time."""
    many = max(1, min(_processors(), _MOST, rows // _SHARE))
    bounds = [rows * at // many for at in range(many + 1)]
    return _at_once(work, [slice(first, last) for first, last in pairwise(bounds)])


def _at_once(work: Callable[..., _Found], *shares: Sequence[Any]) -> list[_Found]:
    many = len(shares[0])
    if many == 1:
        return [work(*(each[0] for each in shares))]
    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(work, *shares))


def built_in_shares(rows: list[Ids] | None, parts: list[Ids], build: Callable[[Any, Ids], _Found]) -> list[_Found]:
    """What `build` makes of the rows of each share, as places or as a slice, and of their parts."""
    if rows is not None:
        return _at_once(build, rows, parts)
    (whole,) = parts
    return shared_out(len(whole), lambda share: build(share, whole[share]))


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


def repeated(ids: Ids, sizes: Ids, first: Ids) -> tuple[list[Ids], list[Ids]]:
    """Each row as often as the size of its number says: which row, and which place, counted on from its first.

    Both share by share.

    >>> rows, places = repeated(np.array([0, 1, 0]), np.array([1, 2]), np.array([0, 1]))
    >>> rows[0].tolist(), places[0].tolist()
    ([0, 1, 1, 2], [0, 1, 2, 0])
    """
    first = first.astype(np.uint32)

    def repeat(share: slice) -> tuple[Ids, Ids]:
        blocks = [_repeated(ids[block], sizes, first, block.start) for block in blocks_of(share)]
        rows, places = zip(*blocks, strict=True)
        return np.concatenate(rows), np.concatenate(places)

    rows, places = zip(*shared_out(len(ids), repeat), strict=True)
    return list(rows), list(places)


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
