"""An event before eras are known: codes where the finished `ChangeEvent` has era keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import Basis, EventKind, EventStatus, Extent, Fate, Share, SuccessionEvidence, day_of
from nhs_orgs.sources import Citation, Confidence, Source

__all__ = ["Draft", "DraftTransfer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTransfer:
    """What passed, between codes (or ``body:`` keys)."""

    giver: str
    receiver: str
    extent: Extent
    shares: tuple[Share, ...] = ()
    services: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One event in terms of codes."""

    id: str
    kind: EventKind
    effective: PartialDate | None
    befores: tuple[tuple[str, Fate], ...]
    afters: tuple[tuple[str, Fate], ...]
    transfers: tuple[DraftTransfer, ...] = ()
    new_eras: frozenset[str] = frozenset()
    """Codes that go on as another era by it."""
    status: EventStatus = EventStatus.COMPLETED
    legal: PartialDate | None = None
    announced: PartialDate | None = None
    announced_as: str | None = None
    mechanism: str | None = None
    narrative: str | None = None
    confidence: Confidence | None = None
    citations: tuple[Citation, ...] = ()
    evidence: tuple[SuccessionEvidence, ...] = ()
    completes: tuple[str, ...] = ()
    nothing_followed: bool = False
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    basis: tuple[Basis, ...] = ()
    confirmed: tuple[tuple[str, tuple[Source | Citation, ...]], ...] = ()
    """For codes, who confirms their fate beside the succession rows."""
    sure: tuple[tuple[str, Confidence], ...] = ()
    """For codes that documents of their own confirm, how sure these are."""

    @property
    def dated(self) -> PartialDate:
        """When it took effect; of a proposal that names no such day, when it was announced."""
        return day_of(self.id, self.effective, self.announced)

    @property
    def happened(self) -> bool:
        """Whether it came about: a proposal ends nobody, begins nobody and shows nobody in being."""
        return self.status is EventStatus.COMPLETED

    @property
    def ending(self) -> frozenset[str]:
        """Codes whose body ends by it."""
        return frozenset(code for code, fate in self.befores if fate is Fate.ENDS and self.happened)

    @property
    def beginning(self) -> frozenset[str]:
        """Codes that it brings into being."""
        return frozenset(code for code, fate in self.afters if fate is Fate.NEW and self.happened)
