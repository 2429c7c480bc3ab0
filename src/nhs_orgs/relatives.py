"""Bodies found in the lineage, and by which transfer: built when they are looked at.

A walk through the lineage yields keys alone; organisations, events and edges are looked up for the
ones that are asked for.

>>> import nhs_orgs
>>> lineage = nhs_orgs.load().lineage
>>> before = lineage.predecessors("R0A")
>>> before.codes, before.whole.codes
(('RM2', 'RW3', 'RW6'), ('RM2', 'RW3'))
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from nhs_orgs.events import ChangeEvent
from nhs_orgs.organisations import Organisation
from nhs_orgs.store import Edge, Store

__all__ = ["Family", "Relative", "Relatives", "Step", "Walk", "code_of"]


@dataclass(frozen=True, slots=True)
class Relative:
    """One body found, and what it gave or received on the way."""

    organisation: Organisation
    whole: bool
    """Whether whole transfers alone lead there; else only a part of it is concerned."""
    event: ChangeEvent
    """The event on its own side of the shortest way."""
    edge: Edge
    """The transfer of that event."""


def code_of(key: str) -> str:
    """The code in an era key; outside the register the key itself."""
    return key.partition("@")[0]


class Relatives(Sequence[Relative]):
    """Every body found, nearest first."""

    __slots__ = ("_store", "keys")

    _store: Store
    keys: tuple[str, ...]
    """Era keys, in order; a body met through two events of one step stands twice."""

    @abstractmethod
    def _whole_at(self, position: int) -> bool:
        """Whether whole transfers alone lead to the one at a position."""

    @abstractmethod
    def _edge_at(self, position: int) -> Edge:
        """The transfer on the side of the one at a position."""

    @property
    def codes(self) -> tuple[str, ...]:
        """ODS codes, each once; the key of a body outside the register."""
        return tuple(dict.fromkeys(map(code_of, self.keys)))

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The bodies, each once."""
        return tuple(self._store.organisation(key) for key in dict.fromkeys(self.keys))

    @property
    def whole(self) -> Relatives:
        """Only those that whole transfers alone lead to."""
        return self._only(self._whole_at)

    def of_kind(self, *kinds: type[Organisation]) -> Relatives:
        """Only those of these kinds."""
        return self._only(lambda position: isinstance(self._store.organisation(self.keys[position]), kinds))

    def _only(self, wanted: Callable[[int], bool]) -> Relatives:
        positions = [position for position in range(len(self.keys)) if wanted(position)]
        return Chosen(self._store, [(self.keys[p], self._whole_at(p), self._edge_at(p)) for p in positions])

    def _relative(self, position: int) -> Relative:
        edge = self._edge_at(position)
        return Relative(
            organisation=self._store.organisation(self.keys[position]),
            whole=self._whole_at(position),
            event=self._store.events[edge.event],
            edge=edge,
        )

    @overload
    def __getitem__(self, position: int) -> Relative: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Relative, ...]: ...
    def __getitem__(self, position: int | slice) -> Relative | tuple[Relative, ...]:
        """One of them; for a slice, those, in a tuple."""
        places = range(len(self.keys))[position]
        return self._relative(places) if isinstance(places, int) else tuple(map(self._relative, places))

    def __len__(self) -> int:
        """How many."""
        return len(self.keys)

    def __repr__(self) -> str:
        """How many, and how many of them in part."""
        parts = sum(not self._whole_at(position) for position in range(len(self.keys)))
        return f"Relatives({len(self.keys):,}, {parts:,} of them in part)"


class Step(Relatives):
    """Those one transfer away."""

    __slots__ = ("_edges",)

    def __init__(self, store: Store, keys: tuple[str, ...], edges: tuple[Edge, ...]) -> None:
        self.keys = keys
        self._store = store
        self._edges = edges

    def _whole_at(self, position: int) -> bool:
        return self._edges[position].whole

    def _edge_at(self, position: int) -> Edge:
        return self._edges[position]


class Walk(Relatives):
    """Those of all steps: what a walk reached, each with the one that it was reached from."""

    __slots__ = ("_between", "_via", "_whole")

    def __init__(
        self, store: Store, via: Mapping[str, str], whole: Container[str], between: Callable[[str, str], Edge]
    ) -> None:
        self.keys = tuple(via)
        self._store = store
        self._via = via
        self._whole = whole
        self._between = between

    def _whole_at(self, position: int) -> bool:
        return self.keys[position] in self._whole

    def _edge_at(self, position: int) -> Edge:
        key = self.keys[position]
        return self._between(key, self._via[key])


class Chosen(Relatives):
    """Some of others: key, whether whole, edge."""

    __slots__ = ("_found",)

    def __init__(self, store: Store, found: Sequence[tuple[str, bool, Edge]]) -> None:
        self.keys = tuple(key for key, _, _ in found)
        self._store = store
        self._found = found

    def _whole_at(self, position: int) -> bool:
        return self._found[position][1]

    def _edge_at(self, position: int) -> Edge:
        return self._found[position][2]


class Family(Sequence[Organisation]):
    """Everything connected with one body, itself included, nearest first."""

    __slots__ = ("_store", "keys")

    keys: tuple[str, ...]
    """Era keys."""

    def __init__(self, store: Store, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self._store = store

    @property
    def codes(self) -> tuple[str, ...]:
        """ODS codes, each once; the key of a body outside the register."""
        return tuple(dict.fromkeys(map(code_of, self.keys)))

    def of_kind(self, *kinds: type[Organisation]) -> tuple[Organisation, ...]:
        """Only those of these kinds."""
        return tuple(organisation for organisation in self if isinstance(organisation, kinds))

    @overload
    def __getitem__(self, position: int) -> Organisation: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Organisation, ...]: ...
    def __getitem__(self, position: int | slice) -> Organisation | tuple[Organisation, ...]:
        """One of them; for a slice, those, in a tuple."""
        if isinstance(position, int):
            return self._store.organisation(self.keys[position])
        return tuple(map(self._store.organisation, self.keys[position]))

    def __len__(self) -> int:
        """How many."""
        return len(self.keys)

    def __repr__(self) -> str:
        """How many."""
        return f"Family({len(self.keys):,})"
