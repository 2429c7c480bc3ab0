"""What a restatement counted, whatever engine did the counting: the ground of its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from nhs_orgs.frames.stretches import Stretch

__all__ = ["Counted", "Overlap", "Pair", "Tally"]


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


class Pair(NamedTuple):
    """Two codes whose figures would be counted twice: cells in which each has rows."""

    late: frozenset[int]
    """Of one, on dates on which it was not open."""
    other: frozenset[int]
    """Of the other, which has its figures then."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The periods in which both codes of a pair have rows."""

    periods: tuple[str, ...]
    late_rows: int
    other_rows: int


class Tally(Protocol):
    """What an engine can count of a restatement."""

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns of counts, in the order of their sums."""
        ...

    def counted(self) -> Sequence[Counted]:
        """Every cell that has rows."""
        ...

    def overlaps(self, pairs: Sequence[Pair]) -> list[Overlap]:
        """Of each pair the periods (months, where the data has days) in which both have rows."""
        ...
