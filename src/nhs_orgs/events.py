"""What happened: a `ChangeEvent` with many bodies in and many out, and what passed between them.

A change is an event, not an edge: its kind, its standing, its dates, the fate of each body and
every `Transfer`, whole or part. Events come from the register's succession rows by written rules
(``inferred``), or from curated entries with citations; each tells which. The shape is that of the
W3C Organization Ontology's ``ChangeEvent``.

>>> import nhs_orgs
>>> event = nhs_orgs.load().events(code="R1E")[-1]
>>> event.kind.value, str(event.effective)
('acquisition', '2018-06-01')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from nhs_orgs.dates import PartialDate
from nhs_orgs.names import LATER_NAME, NAME_UNKNOWN
from nhs_orgs.organisations import Organisation
from nhs_orgs.sources import Citation, Confidence, Source
from nhs_orgs.styles import name_on, title_on

__all__ = [
    "Basis",
    "ChangeEvent",
    "EventKind",
    "EventStatus",
    "Extent",
    "Fate",
    "Participant",
    "Share",
    "SuccessionEvidence",
    "Transfer",
    "day_of",
]


class EventKind(Enum):
    """What sort of change it was."""

    MERGER = "merger"
    """Several bodies end in one of a new code."""
    ACQUISITION = "acquisition"
    """A body ends in one that keeps its code."""
    SPLIT = "split"
    """A body ends and passes on in parts: to several, or all that is measured of it to one."""
    REPLACEMENT = "replacement"
    """One body of a new code takes the place of one."""
    CONVERSION = "conversion"
    """The code stays and the kind of body changes."""
    SERVICE_TRANSFER = "service transfer"
    """Services or sites move; no body ends by it."""
    BOUNDARY_CHANGE = "boundary change"
    """Population or practices move between bodies that go on."""
    RECONFIGURATION = "reconfiguration"
    """Mergers and splits of one day that hang together."""
    SUCCESSION = "succession"
    """The register names a successor; whether it was new is not known, or how a trust passed to a commissioner."""
    CLOSURE = "closure"
    """A body ends and passes nothing on by the same event."""
    CREATION = "creation"
    """A body begins."""
    RENAME = "rename"
    """Only the name changes."""


class EventStatus(Enum):
    """How far a change got."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


class Basis(Enum):
    """What an event rests on: how the register's rows, dated lists and curated entries met."""

    REGISTER = "register only"
    """Succession rows, and nothing beside them."""
    LISTED = "dated lists agree"
    """Lists with dates show the bodies end and begin on the days that the rows imply."""
    CONFIRMED = "confirmed"
    """A document says the same."""
    REFINED = "refined"
    """A document tells more than the rows: the kind, a phase, a share."""
    CORRECTED = "corrected"
    """A document gives another day."""
    ADDED = "added"
    """The register has no row for it."""
    SUPPRESSED = "rows set aside"
    """It stands in place of rows that are stale, or that name a body which did not succeed; `conflicts` tells which."""


class Fate(Enum):
    """What becomes of one body in an event."""

    ENDS = "ends"
    CONTINUES = "continues"
    """Goes on under its code as another era."""
    NEW = "new"
    GAINS = "gains"
    """Receives a part and goes on in the same era."""
    GIVES = "gives"
    """Gives a part and goes on in the same era."""
    UNKNOWN = "unknown"
    """Receives, and no source tells whether it was new."""


class Extent(Enum):
    """Whether all of a body passed, or a part."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Share:
    """How large a part was, by one measure."""

    share: float
    """Fraction of 1 of the giver."""
    basis: str
    """What was counted: ``floor area``, ``available beds``, ``resident population 2021``, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One body in an event."""

    key: str
    """Era key: before the event for those that go in, after it for those that come out."""
    code: str | None
    fate: Fate
    sources: tuple[Source | Citation, ...] = ()
    """Who confirms that fate, beside the succession rows: dated lists, documents."""
    confidence: Confidence | None = None
    """How sure its own documents are, where documents about single bodies confirm the event."""
    name: str = NAME_UNKNOWN
    """Its name on the day: the day before the event for those that go in, its first day for those that come out."""
    named_since: PartialDate | None = None
    """When that name came in, as precisely as known; ``None`` where no earlier one is."""
    title: str = Organisation.title
    """What it was on that day, in words: ``NHS foundation trust``, ``clinical commissioning group``, ..."""

    @classmethod
    def of(
        cls,
        body: Organisation,
        *,
        on: date,
        fate: Fate,
        sources: tuple[Source | Citation, ...] = (),
        confidence: Confidence | None = None,
    ) -> Participant:
        """A body as it takes part, by its name and kind of that day."""
        name, title = name_on(body, on), title_on(body, on)
        since = next((borne.since for borne in body.names if borne.text == name.removesuffix(LATER_NAME)), None)
        return cls(
            key=body.key,
            code=body.code,
            fate=fate,
            sources=sources,
            confidence=confidence,
            name=name,
            named_since=since,
            title=title,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What passed from one body to another."""

    giver: str
    """Era key."""
    receiver: str
    """Era key."""
    extent: Extent
    shares: tuple[Share, ...] = ()
    services: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionEvidence:
    """A succession row, and which releases print it."""

    predecessor: str
    successor: str
    day: date
    """As printed: some releases give the last day of the old body."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvent:
    """One change in organisation. Equal to another by all it says."""

    id: str
    kind: EventKind
    status: EventStatus
    effective: PartialDate | None
    """First day of the new arrangement; ``None`` of a proposal that names no day."""
    legal: PartialDate | None = None
    """The day in law, where it differs or a source gives it."""
    announced: PartialDate | None = None
    announced_as: str | None = None
    """What it was called, where that differs from what it was in law."""
    mechanism: str | None = None
    """The legal means."""
    befores: tuple[Participant, ...]
    afters: tuple[Participant, ...]
    transfers: tuple[Transfer, ...]
    narrative: str | None = None
    confidence: Confidence | None = None
    """Of a curated entry, or of the body that is confirmed least; ``None`` where only the register speaks."""
    citations: tuple[Citation, ...] = ()
    evidence: tuple[SuccessionEvidence, ...] = ()
    """The register's own rows."""
    basis: tuple[Basis, ...] = ()
    """How rows, dated lists and documents met; several may hold at once."""
    completes: tuple[str, ...] = ()
    """Earlier events that had already passed on what this one ends."""
    nothing_followed: bool = False
    """Whether a source says that nothing took the place of what ended."""
    conflicts: tuple[str, ...] = ()
    """Where sources disagree, in words."""
    notes: tuple[str, ...] = ()
    """By which rules it was inferred."""

    def __repr__(self) -> str:
        """Id, kind and effective date."""
        return f"ChangeEvent({self.id!r}, {self.kind.value}, {self.dated})"

    def __post_init__(self) -> None:
        """An event stands somewhere in time: by the day it took effect, or the day it was announced."""
        if self.effective is None and self.status is EventStatus.COMPLETED:
            raise ValueError(f"the event {self.id} was completed on no day")
        _ = self.dated

    @property
    def dated(self) -> PartialDate:
        """When it took effect; of a proposal that names no such day, when it was announced."""
        return day_of(self.id, self.effective, self.announced)

    @property
    def inferred(self) -> bool:
        """Whether it rests on register rows and rules alone."""
        return not self.citations

    @property
    def codes(self) -> frozenset[str]:
        """Every ODS code that takes part."""
        return frozenset(p.code for p in (*self.befores, *self.afters) if p.code is not None)

    @property
    def sources(self) -> tuple[Source | Citation, ...]:
        """Everything it rests on: documents first, then releases, each once."""
        releases = [source for row in self.evidence for source in row.sources]
        return tuple(dict.fromkeys([*self.citations, *releases]))

    def explain(self) -> str:
        """What happened in English, with what it rests on and a numbered list of sources below."""
        from nhs_orgs.telling import explained

        return explained(self)

    def to_mermaid(self) -> str:
        """Who passed what to whom, as a Mermaid flow chart."""
        from nhs_orgs.telling import drawn

        return drawn(self)


def day_of(event: str, effective: PartialDate | None, announced: PartialDate | None) -> PartialDate:
    """Where an event of that id stands in time: the day it took effect, else the day it was announced."""
    for day in (effective, announced):
        if day is not None:
            return day
    raise ValueError(f"the event {event} has no day")
