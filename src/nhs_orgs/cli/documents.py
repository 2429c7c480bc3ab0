"""Answers as JSON: one document a command, with keys that stay.

Days are ISO text; an imprecise date is ``2018-06``, ``2018`` or ``2018-06-01/2018-06-04``. A bound of a period is a
day, ``null`` where there is none (still open) or ``"unknown"`` where nobody says. Bodies are named by their era
key, releases and documents by their id, and ``sources`` lists those that a document names.

* ``lineage``: root direction parts depth complete organisations transfers events sources
* ``resolve``: asked outcome code key on reading codes organisations events notes sources; ``trace`` the same and steps
* ``show`` of a code: code legal operational abbreviations gss postcode organisations names statements facts events
  sources
* ``show`` of a body: those of an organisation, and on title inferred_kind record names facts parents events sources,
  of a trust also form sector nation
* ``sites``: code on sites sources; ``place``: place stays sources. A site or stay has operator site name place since
  until seen sources; a place id name kind town former_names confidence note sources
* ``statements``: code statements sources; each statement has property value period sources chosen rule conflicts
* ``find``: query matches, each with code score matched text former exact organisation
* ``events``: events sources; with ``--summary`` total kinds, with ``--coverage`` since kinds
* ``changes``: changes, each with kind report code successor property before after sources; sources
* ``releases``: release covers command counts releases
* ``check``: rules findings, each with rule subject what sources
* ``crosswalk``: to kinds level splits basis register version rows; each row with code from until target weight status
  basis confidence path among note approximate
* ``restate``: to rows restated_rows totals missing undated matched matched_without_pseudo approximate statuses bases
  unmapped ambiguous closed pseudo damaged double_counts parts_moved
* ``compile``: output release counts

An organisation has key code name kind period operational seen. An event has id kind status effective legal announced
announced_as mechanism befores afters transfers narrative confidence inferred basis conflicts notes completes
nothing_followed evidence sources; a body in it has key code fate, and the sources that confirm that fate with their
confidence. A source has id publisher title, and as_at report path sha256 (a release) or published url note (a
document).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from nhs_orgs.changes import Change
from nhs_orgs.crosswalk import CrosswalkRow
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent, Participant, Transfer
from nhs_orgs.facts import Fact
from nhs_orgs.names import DatedName
from nhs_orgs.organisations import DateReading, Organisation
from nhs_orgs.parents import Parent
from nhs_orgs.period import Bound, Period, Unknown
from nhs_orgs.places import Place, Stay
from nhs_orgs.resolve import Outcome
from nhs_orgs.search import Match
from nhs_orgs.sources import Citation, Source, Statement

__all__ = [
    "Document",
    "change_document",
    "crosswalk_document",
    "event_document",
    "fact_document",
    "match_document",
    "name_document",
    "named_in",
    "organisation_document",
    "outcome_document",
    "parent_document",
    "period_document",
    "place_document",
    "source_document",
    "sources_document",
    "statement_document",
    "stay_document",
]

Document: TypeAlias = dict[str, Any]


def crosswalk_document(metadata: Mapping[str, Any], rows: Iterable[CrosswalkRow]) -> Document:
    """A crosswalk, or some of its rows."""
    return {**metadata, "rows": [_crosswalk_row(row) for row in rows]}


def _crosswalk_row(row: CrosswalkRow) -> Document:
    return {
        "code": row.code,
        "from": _bound(row.from_),
        "until": _bound(row.until),
        "target": row.target,
        "weight": row.weight,
        "status": row.status.value,
        "basis": row.basis,
        "confidence": row.confidence and row.confidence.value,
        "path": list(row.path),
        "among": list(row.among),
        "note": row.note,
        "approximate": row.approximate,
    }


def period_document(period: Period | None) -> Document | None:
    """First and last day."""
    return None if period is None else {"start": _bound(period.start), "end": _bound(period.end)}


def _bound(bound: Bound) -> str | None:
    if isinstance(bound, Unknown):
        return bound.value
    return None if bound is None else bound.isoformat()


def _date(when: PartialDate | date | None) -> str | None:
    return None if when is None else str(when)


def organisation_document(body: Organisation, *, name: str | None = None) -> Document:
    """One body; its name is its latest unless another is given."""
    return {
        "key": body.key,
        "code": body.code,
        "name": name or body.name,
        "kind": body.kind.__name__,
        "period": period_document(body.period),
        "operational": period_document(body.operational),
        "seen": period_document(body.seen),
    }


def name_document(name: DatedName) -> Document:
    """One name and its days."""
    return {
        "name": name.text,
        "published": name.published,
        "since": _date(name.since),
        "until": _date(name.until),
        "first_seen": _date(name.first_seen),
        "last_seen": _date(name.last_seen),
    }


def event_document(event: ChangeEvent) -> Document:
    """One event; its sources by id, documents first."""
    return {
        "id": event.id,
        "kind": event.kind.value,
        "status": event.status.value,
        "effective": _date(event.effective) if event.effective else None,
        "legal": _date(event.legal),
        "announced": _date(event.announced),
        "announced_as": event.announced_as,
        "mechanism": event.mechanism,
        "befores": [_participant(p) for p in event.befores],
        "afters": [_participant(p) for p in event.afters],
        "transfers": [_transfer(t) for t in event.transfers],
        "narrative": event.narrative,
        "confidence": event.confidence and event.confidence.value,
        "inferred": event.inferred,
        "basis": [basis.value for basis in event.basis],
        "conflicts": list(event.conflicts),
        "notes": list(event.notes),
        "completes": list(event.completes),
        "nothing_followed": event.nothing_followed,
        "evidence": [
            {
                "predecessor": row.predecessor,
                "successor": row.successor,
                "day": row.day.isoformat(),
                "sources": [source.id for source in row.sources],
            }
            for row in event.evidence
        ],
        "sources": [source.id for source in event.sources],
    }


def _participant(participant: Participant) -> Document:
    return {
        "key": participant.key,
        "code": participant.code,
        "fate": participant.fate.value,
        "confidence": participant.confidence and participant.confidence.value,
        "sources": [source.id for source in participant.sources],
    }


def _transfer(transfer: Transfer) -> Document:
    return {
        "giver": transfer.giver,
        "receiver": transfer.receiver,
        "extent": transfer.extent.value,
        "shares": [{"share": share.share, "basis": share.basis} for share in transfer.shares],
        "services": list(transfer.services),
        "sites": list(transfer.sites),
        "note": transfer.note,
    }


def change_document(change: Change) -> Document:
    """One thing of which a report says otherwise than it did."""
    return {
        "kind": change.kind.value,
        "report": change.report,
        "code": change.code,
        "successor": change.successor,
        "property": change.property,
        "before": change.before,
        "after": change.after,
        "sources": [source.id for source in change.sources],
    }


def source_document(source: Source | Citation) -> Document:
    """A release or a cited document."""
    made: Document = {"id": source.id, "publisher": source.publisher, "title": source.title}
    if isinstance(source, Source):
        return made | {
            "as_at": str(source.as_at),
            "report": source.report,
            "path": source.path,
            "sha256": source.sha256,
        }
    return made | {"published": _date(source.published), "url": source.url, "note": source.note}


def sources_document(sources: Iterable[Source | Citation]) -> list[Document]:
    """Each source once."""
    return [source_document(source) for source in dict.fromkeys(sources)]


def named_in(events: Iterable[ChangeEvent]) -> tuple[Source | Citation, ...]:
    """Every source that events, and the bodies in them, rest on, once."""
    listed = list(events)
    parts = (participant for event in listed for participant in (*event.befores, *event.afters))
    rests = (source for event in listed for source in event.sources)
    return tuple(dict.fromkeys([*rests, *(source for participant in parts for source in participant.sources)]))


def fact_document(fact: Fact) -> Document:
    """One dated fact, the body that it is about by key."""
    return {
        "property": fact.property,
        "aspect": fact.aspect,
        "value": fact.value,
        "number": fact.number,
        "unit": fact.unit,
        "organisation": fact.organisation.key,
        "on": _date(fact.on),
        "since": _date(fact.since),
        "until": _date(fact.until),
        "confidence": fact.confidence.value,
        "note": fact.note,
        "contradicted": fact.contradicted,
        "sources": [citation.id for citation in fact.citations],
    }


def stay_document(stay: Stay, *, name: str | None = None) -> Document:
    """One body at a place; the name of the site on a day where one is given."""
    return {
        "operator": stay.operator,
        "site": stay.site,
        "name": name,
        "place": stay.place,
        "since": _date(stay.since),
        "until": _date(stay.until),
        "seen": period_document(stay.seen),
        "sources": [source.id for source in stay.sources],
    }


def place_document(place: Place) -> Document:
    """One place, without its stays."""
    former = [{"name": n.text, "since": _date(n.since), "until": _date(n.until)} for n in place.former_names]
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "town": place.town,
        "former_names": former,
        "confidence": place.confidence.value,
        "note": place.note,
        "sources": [source.id for source in place.sources],
    }


def statement_document(statement: Statement) -> Document:
    """One value of one property, and who says so."""
    return {
        "property": statement.property,
        "value": statement.value,
        "period": period_document(statement.period),
        "sources": [source.id for source in statement.sources],
    }


def outcome_document(asked: str, outcome: Outcome, reading: DateReading) -> Document:
    """What became of a body; the events and their sources in full."""
    return {
        "asked": asked,
        "outcome": type(outcome).__name__,
        "code": outcome.code,
        "key": outcome.key,
        "on": outcome.on.isoformat(),
        "reading": reading.value,
        "codes": list(outcome.codes),
        "organisations": [organisation_document(body) for body in outcome.organisations],
        "events": [event_document(event) for event in outcome.path],
        "notes": list(outcome.notes),
        "sources": sources_document(named_in(outcome.path)),
    }


def parent_document(parent: Parent) -> Document:
    """What a body belonged to on a day, or why nobody knows."""
    return {
        "level": parent.level,
        "code": parent.code,
        "organisation": parent.organisation and organisation_document(parent.organisation),
        "inferred": parent.inferred,
        "between": parent.between and [day.isoformat() for day in parent.between],
        "reason": parent.reason,
        "sources": [source.id for source in parent.sources],
    }


def match_document(match: Match) -> Document:
    """One match of a search."""
    return {
        "code": match.code,
        "score": match.score,
        "matched": match.matched,
        "text": match.name,
        "former": match.former,
        "exact": match.exact,
        "organisation": organisation_document(match.organisation),
    }
