"""A sequence whose members are made when they are looked at.

A report may have a line for each of a million strangers, and most readers look at the first few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

__all__ = ["Unhurried"]

_Member_co = TypeVar("_Member_co", covariant=True)


class Unhurried(Sequence[_Member_co]):
    """Like a tuple, and equal to the tuple of its members; each is made once.

    >>> squares = Unhurried(1_000_000, lambda at: at * at)
    >>> len(squares), squares[3], squares[-1], squares[:3]
    (1000000, 9, 999998000001, (0, 1, 4))
    >>> Unhurried(2, str) == ("0", "1")
    True
    """

    def __init__(self, many: int, made: Callable[[int], _Member_co]) -> None:
        self._places = range(many)
        self._make = made
        self._made: dict[int, _Member_co] = {}

    def __len__(self) -> int:
        """How many."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> _Member_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Member_co, ...]: ...
    def __getitem__(self, at: int | slice) -> _Member_co | tuple[_Member_co, ...]:
        """One, or a tuple of several."""
        if isinstance(at, slice):
            return tuple(map(self._at, self._places[at]))
        return self._at(self._places[at])

    def _at(self, place: int) -> _Member_co:
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]

    def __eq__(self, other: object) -> bool:
        """Whether the members are the same, in the same order."""
        return tuple(self) == tuple(other) if isinstance(other, Unhurried | tuple) else NotImplemented

    def __hash__(self) -> int:
        """That of the tuple."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """That of the tuple."""
        return repr(tuple(self))
