"""Events as JSON: who took part, what passed to whom, and the succession rows beneath."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import (
    Basis,
    ChangeEvent,
    EventKind,
    EventStatus,
    Extent,
    Fate,
    Participant,
    Share,
    SuccessionEvidence,
    Transfer,
)
from nhs_orgs.notation.fields import date_of, present
from nhs_orgs.notation.sources import Sources
from nhs_orgs.organisations import Organisation
from nhs_orgs.sources import Citation, Confidence, Source

__all__ = ["decode_event", "decode_row", "encode_event", "encode_row"]

_DAY: Final = timedelta(days=1)
_NEVER: Final = PartialDate.of_day(date.max)
"""For an event of no day, which no event is."""


def encode_event(event: ChangeEvent, sources: Sources) -> dict[str, Any]:
    """One event, without its id."""
    return present(
        kind=event.kind.value,
        status=event.status.value,
        effective=str(event.effective) if event.effective else None,
        legal=str(event.legal) if event.legal else None,
        announced=str(event.announced) if event.announced else None,
        announced_as=event.announced_as,
        mechanism=event.mechanism,
        befores=[_encode_participant(p, sources) for p in event.befores],
        afters=[_encode_participant(p, sources) for p in event.afters],
        transfers=[_encode_transfer(t) for t in event.transfers],
        narrative=event.narrative,
        confidence=event.confidence.value if event.confidence else None,
        citations=sources.numbers(event.citations),
        evidence=[encode_row(row, sources) for row in event.evidence],
        basis=[basis.value for basis in event.basis],
        completes=list(event.completes),
        nothing_followed=event.nothing_followed,
        conflicts=list(event.conflicts),
        notes=list(event.notes),
    )


def _encode_participant(participant: Participant, sources: Sources) -> list[Any]:
    made: list[Any] = [participant.key, participant.code, participant.fate.value]
    sure = [participant.confidence.value] if participant.confidence else []
    return [*made, sources.numbers(participant.sources), *sure] if participant.sources else made


def _encode_transfer(transfer: Transfer) -> dict[str, Any]:
    return present(
        g=transfer.giver,
        r=transfer.receiver,
        whole=transfer.extent is Extent.WHOLE,
        shares=[[share.share, share.basis] for share in transfer.shares],
        services=list(transfer.services),
        sites=list(transfer.sites),
        note=transfer.note,
    )


def encode_row(row: SuccessionEvidence, sources: Sources) -> list[Any]:
    """One succession row, and the numbers of the releases that print it."""
    return [row.predecessor, row.successor, row.day.isoformat(), sources.numbers(row.sources)]


def decode_event(
    id_: str, raw: dict[str, Any], sources: Sources, organisations: Mapping[str, Organisation]
) -> ChangeEvent:
    """Back from `encode_event`; the names of those that take part are not written: their eras have them."""
    effective, announced = date_of(raw, "effective"), date_of(raw, "announced")
    known = _Known(sources, organisations, (effective or announced or _NEVER).earliest)
    return ChangeEvent(
        id=id_,
        kind=EventKind(raw["kind"]),
        status=EventStatus(raw["status"]),
        effective=effective,
        legal=date_of(raw, "legal"),
        announced=announced,
        announced_as=raw.get("announced_as"),
        mechanism=raw.get("mechanism"),
        befores=tuple(known.participant(p, known.day - _DAY) for p in raw.get("befores", ())),
        afters=tuple(known.participant(p, known.day) for p in raw.get("afters", ())),
        transfers=tuple(_decode_transfer(t) for t in raw.get("transfers", ())),
        narrative=raw.get("narrative"),
        confidence=Confidence(raw["confidence"]) if "confidence" in raw else None,
        citations=tuple(s for s in sources.at(raw.get("citations", ())) if isinstance(s, Citation)),
        evidence=tuple(decode_row(row, sources) for row in raw.get("evidence", ())),
        basis=tuple(Basis(value) for value in raw.get("basis", ())),
        completes=tuple(raw.get("completes", ())),
        nothing_followed=raw.get("nothing_followed", False),
        conflicts=tuple(raw.get("conflicts", ())),
        notes=tuple(raw.get("notes", ())),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What an event is decoded with."""

    sources: Sources
    organisations: Mapping[str, Organisation]
    day: date

    def participant(self, raw: list[Any], day: date) -> Participant:
        """A body by its name of a day; a register that lacks it keeps the code."""
        key, code, fate, *more = raw
        confirming = self.sources.at(more[0]) if more else ()
        sure = Confidence(more[1]) if more[1:] else None
        body = self.organisations.get(key)
        if body is not None:
            return Participant.of(body, on=day, fate=Fate(fate), sources=confirming, confidence=sure)
        return Participant(key=key, code=code, fate=Fate(fate), sources=confirming, confidence=sure)


def _decode_transfer(raw: dict[str, Any]) -> Transfer:
    return Transfer(
        giver=raw["g"],
        receiver=raw["r"],
        extent=Extent.WHOLE if raw.get("whole") else Extent.PART,
        shares=tuple(Share(share, basis) for share, basis in raw.get("shares", ())),
        services=tuple(raw.get("services", ())),
        sites=tuple(raw.get("sites", ())),
        note=raw.get("note"),
    )


def decode_row(raw: list[Any], sources: Sources) -> SuccessionEvidence:
    """Back from `encode_row`."""
    releases = tuple(s for s in sources.at(raw[3]) if isinstance(s, Source))
    return SuccessionEvidence(predecessor=raw[0], successor=raw[1], day=date.fromisoformat(raw[2]), sources=releases)
