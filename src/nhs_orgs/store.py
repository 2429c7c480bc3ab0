"""The register in memory: immutable look-ups over records, eras and events.

The store decides nothing. It holds what was compiled, finds it by code, key or event, and keeps the
edges between eras in plain dictionaries, giver to receiver and back, for traversal to walk on.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from nhs_orgs.codes import damage, normalise
from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import InvalidCode, OutsideCoverage, UnknownOrganisation
from nhs_orgs.events import ChangeEvent, EventStatus, Extent, SuccessionEvidence, Transfer
from nhs_orgs.facts import Fact
from nhs_orgs.organisations import Organisation, Site
from nhs_orgs.period import Period
from nhs_orgs.places import Place
from nhs_orgs.records import Record
from nhs_orgs.shapes import LEAVES_OUT, is_gss, itself, listed_shapes, shape_of
from nhs_orgs.sources import Source

__all__ = ["Edge", "Finding", "Index", "Links", "Lived", "Named", "Store", "edges_of", "in_order", "links_of"]

_NEAR = 5
_LONGEST = 100
"""Letters of a wrong code that an error repeats."""
_TO_HAVE_IT: Final = (
    "If it is one of theirs, compile reports that list it, with `nhs-orgs compile` and without --leave-out: the guide "
    "'Compile a register from your own reports' shows how. "
    "Else search names with register.find(...) or `nhs-orgs find`."
)


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
    position: int
    """Which of the event's transfers it is; `Store.transfer` finds it."""


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
    rows: tuple[SuccessionEvidence, ...] = ()
    """The succession rows that were set aside."""


@dataclass(frozen=True, slots=True)
class Named:
    """One era under its names: what a search over every body reads, and no more."""

    key: str
    code: str | None
    kind: str
    """Class name of the kind."""
    open: bool
    """Whether the era has no end."""
    name: str
    """Its latest name."""
    names: tuple[str, ...]
    """Every name, in order."""
    abbreviated: bool
    """Whether the record of its code states an abbreviation."""


class Lived(NamedTuple):
    """One era by its kind and dates alone: what questions about thousands of codes read, and no more."""

    key: str
    kind: str
    """Class name of the kind."""
    period: Period
    seen: Period | None
    """As `Organisation.seen`."""


Links: TypeAlias = tuple[tuple[Edge, ...], Mapping[str, tuple[str, ...]]]
"""Edges in order of time, and event ids by code."""


class Index(Protocol):
    """Answers that need not make every body and every event."""

    def named(self, *, sites: bool) -> Iterable[Named]:
        """Eras under their names."""
        ...

    def keys_of_kind(self, kind: str) -> tuple[str, ...]:
        """Era keys of one kind, by class name."""
        ...

    def lived(self, code: str) -> tuple[Lived, ...]:
        """The eras of one code by their dates, in order of time. Raises `KeyError`."""
        ...

    def links(self) -> Links:
        """Edges, and the events of each code."""
        ...

    def codes_naming(self, value: str) -> tuple[str, ...]:
        """Codes about which a statement may have that value, or be of that property."""
        ...


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
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    """Dated facts by ODS code, or by the key of a body outside the register."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """By id."""
    known_until: Mapping[str, date] = field(default_factory=dict)
    """By class name of the kind: the newest release that lists it."""
    newest: PartialDate | None = None
    """As-at date of the newest release that a fact here rests on; ``None`` for the newest of all sources."""
    index: Index | None = field(default=None, compare=False, repr=False)
    """Cheaper answers, for a store that decodes its bodies and events one by one."""

    def named(self, *, sites: bool) -> Iterator[Named]:
        """The eras of all sites, or of everything else, under their names; those of a code together, by time."""
        if self.index is not None:
            yield from self.index.named(sites=sites)
            return
        for keys in self.eras.values():
            bodies = [self.organisations[key] for key in keys]
            if all(isinstance(body, Site) for body in bodies) is sites:
                yield from map(self._named, bodies)
        yield from (self._named(body) for body in self.organisations.values() if body.code is None and not sites)

    def _named(self, body: Organisation) -> Named:
        record = None if body.code is None else self.records.get(body.code)
        return Named(
            key=body.key,
            code=body.code,
            kind=body.kind.__name__,
            open=body.period.end is None,
            name=body.name,
            names=tuple(name.text for name in body.names) or ((body.name,) if body.code is None else ()),
            abbreviated=record is not None and bool(record.abbreviations),
        )

    def keys_of_kind(self, kind: str) -> tuple[str, ...]:
        """Era keys of one kind, by class name; finds a few hundred bodies without making tens of thousands."""
        if self.index is not None:
            return self.index.keys_of_kind(kind)
        return self._keys_by_kind.get(kind, ())

    def lived(self, code: str) -> tuple[Lived, ...]:
        """The eras of one code by kind and dates, in order of time. Raises `UnknownOrganisation`."""
        if self.index is not None and code in self.eras:
            return self.index.lived(code)
        return tuple(Lived(era.key, era.kind.__name__, era.period, era.seen) for era in self.eras_of(code))

    def codes_naming(self, value: str) -> tuple[str, ...]:
        """Codes about which a statement may have that value, such as the code of a parent, or be of that property."""
        if self.index is not None:
            return self.index.codes_naming(value)
        said = {code: record.statements for code, record in self.records.items()}
        return tuple(code for code, all_of_it in said.items() if any(value in (s.value, s.property) for s in all_of_it))

    def with_gss(self, gss: str) -> tuple[str, ...]:
        """The codes whose bodies have or had an ONS code; none for a text of another form."""
        if not is_gss(gss):
            return ()
        found = (code for code in self.codes_naming(gss) if code in self.records)
        return tuple(sorted(one for one in found if any(said.value == gss for said in self.records[one].says("gss"))))

    def lists(self, code: str) -> bool:
        """Whether it has whole lists of codes of the shape of this one, so that one it has not never was one."""
        return shape_of(code) in self._listed_shapes

    @cached_property
    def _listed_shapes(self) -> frozenset[str]:
        return listed_shapes(self.keys_of_kind)

    @cached_property
    def _keys_by_kind(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for key, body in self.organisations.items():
            found.setdefault(body.kind.__name__, []).append(key)
        return {kind: tuple(keys) for kind, keys in found.items()}

    @cached_property
    def given(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges out of each era, in order of time."""
        return _index(self.edges, lambda edge: edge.giver)

    @cached_property
    def received(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges into each era, in order of time."""
        return _index(self.edges, lambda edge: edge.receiver)

    @cached_property
    def workings(self) -> dict[str, Any]:
        """What rooms above work out but once for all questions, each under its own name."""
        return {}

    @cached_property
    def _links(self) -> Links:
        return self.index.links() if self.index is not None else links_of(self.events.values())

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every transfer that came about, in order of time. Proposals make no edge."""
        return self._links[0]

    @property
    def events_of(self) -> Mapping[str, tuple[str, ...]]:
        """Event ids of each code, in order of time."""
        return self._links[1]

    @property
    def succession_rows(self) -> Iterator[SuccessionEvidence]:
        """Every succession row in hand: those that events rest on, then those that were set aside."""
        yield from (row for event in self.events.values() for row in event.evidence)
        yield from (row for finding in self.findings for row in finding.rows)

    def transfer(self, edge: Edge) -> Transfer:
        """What passed along an edge."""
        return self.events[edge.event].transfers[edge.position]

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

    def facts_about(self, x: str) -> Iterator[Fact]:
        """Facts about every body of a code, or about that of a key alone. Raises `UnknownOrganisation`."""
        wanted = self.folded(x)
        if wanted not in self.eras:
            wanted = self.organisation(wanted).key
        held = self.facts.get(wanted if wanted.startswith("body:") else wanted.partition("@")[0], ())
        return (fact for fact in held if "@" not in wanted or fact.organisation.key == wanted)

    def key_of(self, x: str | Organisation) -> str:
        """The era meant: a key as it is, a bare code its latest era. Raises `UnknownOrganisation`."""
        if isinstance(x, Organisation):
            return self.organisation(x.key).key
        code = self.folded(x)
        if code in self.eras:
            return self.eras[code][-1]
        return self.organisation(code).key

    def folded(self, x: str) -> str:
        """A code or key as the register spells it: without blanks, in capitals. Raises `UnknownOrganisation`."""
        if not isinstance(x, str):
            raise self.unknown(x)
        if x in self.eras or (not x.isalnum() and x in self.organisations):
            return x
        day = x.strip().partition("@")[2].lower()
        try:
            code = normalise(x.partition("@")[0])
        except InvalidCode:
            raise self.unknown(x) from None
        return f"{code}@{day}" if day else code

    def unknown(self, code: object) -> UnknownOrganisation:
        """The error for a miss, with what must have been meant, or that such codes are left out, or codes like it."""
        text = str(code)[:_LONGEST]
        wanted = text.strip().upper().partition("@")[0]
        near = self._meant_by(code, wanted)
        if not near and self._may_leave_out(code):
            why = f"No organisation {text!r} in this register, which {LEAVES_OUT}."
            return UnknownOrganisation(text, why=why, todo=_TO_HAVE_IT)
        if not near:
            near = difflib.get_close_matches(wanted, self._codes_near(wanted), n=_NEAR, cutoff=0.5)
        return UnknownOrganisation(text, tuple(near)[:_NEAR])

    def _meant_by(self, code: object, wanted: str) -> list[str]:
        """What a spreadsheet made it from, or it was another spelling of: no guesses."""
        if wanted in self.eras:
            return [one for one in (wanted, *self.eras[wanted]) if one != code]
        harm = damage(code)
        found = (*(harm.candidates if harm else ()), itself(wanted), *self.with_gss(wanted))
        return [known for known in found if known in self.eras]

    def _may_leave_out(self, code: object) -> bool:
        """Whether it may be of a kind that is left out: a code, of a shape that is not listed."""
        try:
            return not self.lists(normalise(code.partition("@")[0] if isinstance(code, str) else code))
        except InvalidCode:
            return False

    def _codes_near(self, code: str) -> list[str]:
        """Codes of nearly the same length; comparing with every site code would take seconds."""
        return [known for known in self.eras if abs(len(known) - len(code)) <= 1 and known[:1] == code[:1]]

    def require_covered(self, day: date) -> None:
        """Raise `OutsideCoverage` for a day that the data says nothing of."""
        if not self.covers.contains(day):
            raise OutsideCoverage(day.isoformat(), self.covers.describe())

    @property
    def release(self) -> PartialDate:
        """As-at date of the newest release that a fact here rests on."""
        if self.newest is not None:
            return self.newest
        return max((s.as_at for s in self.sources.values()), key=lambda d: (d.latest, d.earliest))


def links_of(events: Iterable[ChangeEvent]) -> Links:
    """The edges that events make, and the events of each code, both in order of time."""
    edges: list[Edge] = []
    codes: dict[str, list[str]] = {}
    for event in events:
        edges += edges_of(event)
        for code in sorted(event.codes):
            codes.setdefault(code, []).append(event.id)
    return in_order(edges), {code: tuple(ids) for code, ids in codes.items()}


def edges_of(event: ChangeEvent) -> tuple[Edge, ...]:
    """The transfers of an event that came about; a proposal makes none."""
    if event.status is not EventStatus.COMPLETED:
        return ()
    return tuple(
        Edge(t.giver, t.receiver, event.dated.earliest, t.extent is Extent.WHOLE, event.id, position)
        for position, t in enumerate(event.transfers)
    )


def in_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """By day, then by the keys at either end."""
    return tuple(sorted(edges, key=lambda edge: (edge.day, edge.giver, edge.receiver, edge.event, edge.position)))


def _index(edges: Iterable[Edge], side: Callable[[Edge], str]) -> Mapping[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(side(edge), []).append(edge)
    return {key: tuple(group) for key, group in found.items()}
