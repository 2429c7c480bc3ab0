"""Codes whose figures would be counted twice: an old code and the one that took it over, both in one period.

A code with rows after it had closed is late, one with rows before it had opened is early. Either is harmless alone:
a series may be kept under the codes of one time. It is not where the rows of the other code, which holds the same
figures then, are there too. Who took over from whom, whole or in part, is told by `halves`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from nhs_orgs.frames.periods import FIRST
from nhs_orgs.frames.stretches import Stretch
from nhs_orgs.frames.tally import Counted, CountedCells, Pair, Tally
from nhs_orgs.halves import Halves
from nhs_orgs.statuses import Status

__all__ = ["DoubleCount", "Related", "double_counts"]

Related: TypeAlias = Callable[[Collection[str]], Iterable[Halves]]
"""Every two of some codes of which one has gone to the other."""


@dataclass(frozen=True, slots=True)
class DoubleCount:
    """Two codes of which one holds the other's figures, with rows in periods that share a day."""

    code: str
    """The one that was not open then."""
    other: str
    """The one that had its figures."""
    periods: tuple[str, ...]
    """Those of the code that was not open which share a day with one of the other's; of days, the months."""
    rows: int
    """Rows of the code that was not open, in those periods."""
    other_rows: int
    """Rows of the other, in periods that share a day with them."""


def double_counts(tally: Tally, counted: CountedCells, related: Related) -> tuple[DoubleCount, ...]:
    """Every such pair, by code."""
    by_code: dict[str, list[Counted]] = {}
    for one in counted.where(lambda stretch: stretch.code is not None):
        by_code.setdefault(str(one.stretch.code), []).append(one)
    suspects: dict[tuple[str, str], Pair] = {}
    for codes, pair in _suspects(by_code, related):
        before = suspects.get(codes, Pair(frozenset(), frozenset()))
        suspects[codes] = Pair(before.late | pair.late, before.other | pair.other)
    pairs = {codes: pair for codes, pair in sorted(suspects.items()) if pair.late and pair.other}
    overlaps = zip(pairs, tally.overlaps(list(pairs.values())), strict=True)
    return tuple(
        DoubleCount(code, other, overlap.periods, overlap.late_rows, overlap.other_rows)
        for (code, other), overlap in overlaps
        if overlap.periods
    )


def _suspects(by_code: dict[str, list[Counted]], related: Related) -> Iterator[tuple[tuple[str, str], Pair]]:
    """A code that has rows while not open, with the other code that may hold its figures then."""
    if not any(_late(one.stretch) or _early(one.stretch) for found in by_code.values() for one in found):
        return
    for pair in related(by_code.keys()):
        old, new = by_code[pair.old], by_code[pair.new]
        yield (pair.old, pair.new), Pair(_cells(old, _late), _cells(new, _had_opened))
        yield (pair.new, pair.old), Pair(_cells(new, _early), _cells(old, _had_opened))


def _cells(found: Iterable[Counted], wanted: Callable[[Stretch], bool]) -> frozenset[int]:
    return frozenset(one.cell for one in found if wanted(one.stretch))


def _late(stretch: Stretch) -> bool:
    return stretch.closed


def _early(stretch: Stretch) -> bool:
    """Whether it is the time before the code: of a later one that status says that nobody knows what was before."""
    return stretch.first == FIRST and stretch.parts[0].status == Status.NOT_YET_OPEN.value


def _had_opened(stretch: Stretch) -> bool:
    return not _early(stretch)
