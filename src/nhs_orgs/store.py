"""The register in memory: immutable look-ups over records, eras and events.

The store decides nothing. It holds what was compiled, finds it by code, key or event, and keeps the
edges between eras in plain dictionaries, giver to receiver and back, for traversal to walk on.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import OutsideCoverage, UnknownOrganisation
from nhs_orgs.events import ChangeEvent, EventStatus, Extent, Transfer
from nhs_orgs.organisations import Organisation
from nhs_orgs.period import Period
from nhs_orgs.records import Record
from nhs_orgs.sources import Source

__all__ = ["Edge", "Finding", "Store"]

_NEAR = 5


@dataclass(frozen=True, slots=True)
class Edge:
    """One transfer as traversal sees it: who gave, who received, when, all or a part."""

    giver: str
    receiver: str
    day: date
    """First day of the new arrangement; of an imprecise date the earliest."""
    whole: bool
    event: str
    """Id of the event."""
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the sources that was seen and not taken at its word."""

    rule: str
    """The rule that applied, such as ``self-succession`` or ``shortcut``."""
    subject: str
    """Codes concerned."""
    what: str
    """What the sources say, and what was done."""
    sources: tuple[str, ...] = ()
    """Source ids."""


@dataclass(frozen=True)
class Store:
    """Everything compiled, found by code, era key or event id."""

    records: Mapping[str, Record]
    """By ODS code."""
    organisations: Mapping[str, Organisation]
    """Every era, by key."""
    eras: Mapping[str, tuple[str, ...]]
    """Era keys of each code, in order of time."""
    events: Mapping[str, ChangeEvent]
    """By event id, in order of time."""
    sources: Mapping[str, Source]
    """Every release read, by id."""
    covers: Period
    """The days that questions may ask about."""
    findings: tuple[Finding, ...] = ()
    known_until: Mapping[str, date] = field(default_factory=dict)
    """By class name of the kind: the newest release that lists it."""

    @cached_property
    def given(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges out of each era, in order of time."""
        return _index(self.edges, lambda edge: edge.giver)

    @cached_property
    def received(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges into each era, in order of time."""
        return _index(self.edges, lambda edge: edge.receiver)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every transfer that came about, in order of time. Proposals make no edge."""
        made = [
            Edge(t.giver, t.receiver, e.effective.earliest, t.extent is Extent.WHOLE, e.id, t)
            for e in self.events.values()
            if e.status is EventStatus.COMPLETED
            for t in e.transfers
        ]
        return tuple(sorted(made, key=lambda edge: (edge.day, edge.giver, edge.receiver)))

    @cached_property
    def events_of(self) -> Mapping[str, tuple[str, ...]]:
        """Event ids of each code, in order of time."""
        found: dict[str, list[str]] = {}
        for event in self.events.values():
            for code in sorted(event.codes):
                found.setdefault(code, []).append(event.id)
        return MappingProxyType({code: tuple(ids) for code, ids in found.items()})

    def organisation(self, key: str) -> Organisation:
        """The era of a key. Raises `UnknownOrganisation`."""
        try:
            return self.organisations[key]
        except KeyError:
            raise self.unknown(key) from None

    def eras_of(self, code: str) -> tuple[Organisation, ...]:
        """The bodies under a code, in order of time. Raises `UnknownOrganisation`."""
        try:
            keys = self.eras[code]
        except KeyError:
            raise self.unknown(code) from None
        return tuple(self.organisations[key] for key in keys)

    def key_of(self, x: str | Organisation) -> str:
        """The era meant: a key as it is, a bare code its latest era. Raises `UnknownOrganisation`."""
        if isinstance(x, Organisation):
            return self.organisation(x.key).key
        if x in self.organisations:
            return x
        code = x.strip().upper()
        if code in self.eras:
            return self.eras[code][-1]
        raise self.unknown(x)

    def unknown(self, code: str) -> UnknownOrganisation:
        """The error for a miss, with codes that look like it."""
        wanted = code.strip().upper().partition("@")[0]
        near = difflib.get_close_matches(wanted, self._codes_near(wanted), n=_NEAR, cutoff=0.5)
        return UnknownOrganisation(code, tuple(near))

    def _codes_near(self, code: str) -> list[str]:
        """Codes of nearly the same length; comparing with every site code would take seconds."""
        return [known for known in self.eras if abs(len(known) - len(code)) <= 1 and known[:1] == code[:1]]

    def require_covered(self, day: date) -> None:
        """Raise `OutsideCoverage` for a day that the data says nothing of."""
        if not self.covers.contains(day):
            raise OutsideCoverage(day.isoformat(), self.covers.describe())

    @property
    def release(self) -> PartialDate:
        """As-at date of the newest release read."""
        return max((s.as_at for s in self.sources.values()), key=lambda d: (d.latest, d.earliest))


def _index(edges: Iterable[Edge], side: Callable[[Edge], str]) -> Mapping[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(side(edge), []).append(edge)
    return MappingProxyType({key: tuple(group) for key, group in found.items()})
