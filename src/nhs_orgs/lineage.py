"""Who became whom: the graph of eras and of what passed between them.

Nodes are eras, edges are transfers, whole or part. One step takes in part transfers and says so; all
steps follow whole ones only, unless parts are asked for, because a part never stands for the whole.
`LineageGraph.graph` is the same in networkx, for any of its functions.

>>> import nhs_orgs
>>> lineage = nhs_orgs.load().lineage
>>> lineage.predecessors("RRE@2018-06-01").keys
('R1E@2011-09-01', 'RRE@2001-04-01')
>>> lineage.descendants("RW6").codes, lineage.descendants("RW6", parts=True).codes
((), ('R0A', 'RM3'))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from nhs_orgs.dates import DateLike
from nhs_orgs.organisations import DateReading, Organisation
from nhs_orgs.relatives import Family, Relative, Relatives, Step, Walk
from nhs_orgs.resolve import resolve
from nhs_orgs.store import Edge, Store
from nhs_orgs.trace import Trace

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LineageGraph", "Relative", "Relatives"]

_Neighbours: TypeAlias = Mapping[str, tuple[str, ...]]


class LineageGraph:
    """Every era, and what passed between them.

    Methods take an era key, an `Organisation` or a bare code. For one step a bare code is its latest
    era; for all steps it stands for every era under it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._starts: dict[str | Organisation, tuple[str, tuple[str, ...]]] = {}

    # --- one step -----------------------------------------------------------------------------------------------

    def predecessors(self, x: str | Organisation) -> Relatives:
        """Who passed something to it, whole or part, its own former era included.

        Raises:
            UnknownOrganisation: No such code or key.
        """
        key = self._store.key_of(x)
        edges = tuple(edge for edge in self._store.received.get(key, ()) if edge.giver != key)
        return Step(self._store, tuple(edge.giver for edge in edges), edges)

    def successors(self, x: str | Organisation) -> Relatives:
        """Who received something from it, whole or part, its own next era included.

        Raises:
            UnknownOrganisation: No such code or key.
        """
        key = self._store.key_of(x)
        edges = tuple(edge for edge in self._store.given.get(key, ()) if edge.receiver != key)
        return Step(self._store, tuple(edge.receiver for edge in edges), edges)

    # --- all steps ----------------------------------------------------------------------------------------------

    def ancestors(self, x: str | Organisation, *, parts: bool = False) -> Relatives:
        """Everything that led to it, never itself.

        Args:
            x: The organisation.
            parts: Follow part transfers too; bodies that only these lead to are marked ``whole=False``.

        Raises:
            UnknownOrganisation: No such code or key.
        """
        start, sources = self._starts.get(x) or self._start(x)
        whole = _reach(start, sources, self._whole_givers)
        via = _reach(start, sources, self._givers) | whole if parts else whole
        return Walk(self._store, via, whole, self._edge_forward)

    def descendants(self, x: str | Organisation, *, parts: bool = False) -> Relatives:
        """Everything that it led to, never itself.

        Args:
            x: The organisation.
            parts: Follow part transfers too; bodies that only these lead to are marked ``whole=False``.

        Raises:
            UnknownOrganisation: No such code or key.
        """
        start, sources = self._starts.get(x) or self._start(x)
        whole = _reach(start, sources, self._whole_receivers)
        via = _reach(start, sources, self._receivers) | whole if parts else whole
        return Walk(self._store, via, whole, self._edge_back)

    def _start(self, x: str | Organisation) -> tuple[str, tuple[str, ...]]:
        """The era itself, and every era to walk from; kept, for finding them can cost more than the walk."""
        start = self._store.key_of(x)
        exact = isinstance(x, Organisation) or x == start
        sources = (start,) if exact else self._store.eras[start.partition("@")[0]][::-1]
        self._starts[x] = start, sources
        return start, sources

    def _edge_forward(self, found: str, via: str) -> Edge:
        return _between(self._store.given[found], lambda edge: edge.receiver == via)

    def _edge_back(self, found: str, via: str) -> Edge:
        return _between(self._store.received[found], lambda edge: edge.giver == via)

    # --- the connected whole, paths, traces ---------------------------------------------------------------------

    def family(self, x: str | Organisation) -> Family:
        """Everything connected with it through transfers of any extent in either direction, itself included.

        Raises:
            UnknownOrganisation: No such code or key.
        """
        start, sources = self._start(x)
        found = dict.fromkeys((start, *sources))
        waiting = list(found)
        for key in waiting:
            new = [n for side in (self._givers, self._receivers) for n in side.get(key, ()) if n not in found]
            found.update(dict.fromkeys(new))
            waiting.extend(dict.fromkeys(new))
        return Family(self._store, tuple(found))

    def paths(
        self, a: str | Organisation, b: str | Organisation, *, parts: bool = True, limit: int = 100
    ) -> tuple[tuple[Edge, ...], ...]:
        """Every way from one organisation forward to another, no body twice on a way.

        Args:
            a: Where the ways start. For a bare code, at the last of its eras on the way.
            b: Where they lead. For a bare code, the first of its eras on the way.
            parts: Follow part transfers too.
            limit: The most ways to return.

        Raises:
            UnknownOrganisation: No such code or key.
        """
        starts, wanted = self._start(a)[1], set(self._start(b)[1])
        goals = wanted.difference(starts) or wanted
        leads = set(goals)
        for goal in goals:
            leads |= _reach(goal, (goal,), self._givers if parts else self._whole_givers).keys()
        allowed = leads.difference(starts) | goals
        ways = (self._ways(start, goals, allowed, parts=parts) for start in starts if start not in goals)
        return tuple(islice((way for some in ways for way in some), limit))

    def _ways(self, start: str, goals: set[str], allowed: set[str], *, parts: bool) -> Iterator[tuple[Edge, ...]]:
        """Depth first, without recursion: a chain may be longer than Python's stack."""
        way: list[Edge] = []
        on_way = {start}
        choices = [self._forward(start, allowed, parts=parts)]
        while choices:
            edge = next(choices[-1], None)
            if edge is None:
                choices.pop()
                if way:
                    on_way.discard(way.pop().receiver)
            elif edge.receiver in goals:
                yield (*way, edge)
            elif edge.receiver not in on_way:
                way.append(edge)
                on_way.add(edge.receiver)
                choices.append(self._forward(edge.receiver, allowed, parts=parts))

    def _forward(self, key: str, allowed: set[str], *, parts: bool) -> Iterator[Edge]:
        edges = self._store.given.get(key, ())
        return (edge for edge in edges if edge.receiver in allowed and (parts or edge.whole))

    def trace(self, x: str | Organisation, *, to: DateLike, reading: DateReading | str = DateReading.LEGAL) -> Trace:
        """What became of it by a day, and the story of how.

        Raises:
            UnknownOrganisation: No such code or key.
            OutsideCoverage: The register says nothing of that day.
            InvalidDate: `to` is not a day.
        """
        return Trace(self._store, resolve(self._store, x, on=to, reading=reading))

    # --- plain dictionaries, and networkx -----------------------------------------------------------------------

    @cached_property
    def _givers(self) -> _Neighbours:
        return _adjacent((edge.receiver, edge.giver) for edge in self._store.edges)

    @cached_property
    def _receivers(self) -> _Neighbours:
        return _adjacent((edge.giver, edge.receiver) for edge in self._store.edges)

    @cached_property
    def _whole_givers(self) -> _Neighbours:
        return _adjacent((edge.receiver, edge.giver) for edge in self._store.edges if edge.whole)

    @cached_property
    def _whole_receivers(self) -> _Neighbours:
        return _adjacent((edge.giver, edge.receiver) for edge in self._store.edges if edge.whole)

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """All of it in networkx, frozen: ``graph.copy()`` can be changed.

        Nodes are era keys with `organisation`, `code`, `name` and `kind`. Edges run from giver to receiver, keyed
        by event id, with `whole`, `day`, `event`, `transfer` and `shares`.
        """
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for key, body in self._store.organisations.items():
            graph.add_node(key, organisation=body, code=body.code, name=body.name, kind=body.kind)
        for edge in self._store.edges:
            same = graph.number_of_edges(edge.giver, edge.receiver)
            taken = graph.has_edge(edge.giver, edge.receiver, key=edge.event)
            graph.add_edge(
                edge.giver,
                edge.receiver,
                # One event may pass two things between the same two bodies.
                key=f"{edge.event}#{same + 1}" if taken else edge.event,
                whole=edge.whole,
                day=edge.day,
                event=self._store.events[edge.event],
                transfer=self._store.transfer(edge),
                shares=self._store.transfer(edge).shares,
            )
        frozen: nx.MultiDiGraph[str] = nx.freeze(graph)
        return frozen

    def __repr__(self) -> str:
        """Counts of eras and transfers."""
        parts = sum(not edge.whole for edge in self._store.edges)
        return (
            f"LineageGraph({len(self._store.organisations):,} eras, {len(self._store.edges):,} transfers, "
            f"{parts:,} of them in part)"
        )


def _adjacent(pairs: Iterable[tuple[str, str]]) -> _Neighbours:
    """Neighbours of each era, each once. A body that passes something to itself is no neighbour."""
    found: dict[str, dict[str, None]] = {}
    for key, neighbour in pairs:
        if key != neighbour:
            found.setdefault(key, {})[neighbour] = None
    return {key: tuple(neighbours) for key, neighbours in found.items()}


def _reach(start: str, sources: Iterable[str], neighbours: _Neighbours) -> dict[str, str]:
    """Every era reached from the sources, nearest first, with the one it was reached from; never the start."""
    found: dict[str, str] = {}
    for source in sources:
        waiting = [] if source in found else [source]
        for key in waiting:
            for neighbour in neighbours.get(key, ()):
                if neighbour not in found and neighbour != start:
                    found[neighbour] = key
                    waiting.append(neighbour)
    return found


def _between(edges: Iterable[Edge], wanted: Callable[[Edge], bool]) -> Edge:
    """The edge meant, a whole one if there is one."""
    return min(filter(wanted, edges), key=lambda edge: not edge.whole)
