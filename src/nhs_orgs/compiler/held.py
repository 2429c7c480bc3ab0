"""Curated facts and places, joined to the bodies that the register knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from nhs_orgs.compiler.curation import Curation, DatedFact, PlaceEntry
from nhs_orgs.compiler.eras import era_at
from nhs_orgs.dates import PartialDate, to_day
from nhs_orgs.facts import Fact
from nhs_orgs.organisations import Organisation
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.store import Finding

__all__ = ["facts", "places", "unheld"]


def facts(curation: Curation, eras: Mapping[str, tuple[Organisation, ...]]) -> dict[str, tuple[Fact, ...]]:
    """Dated facts by code, or by key of a body outside the register, in order of time.

    `eras` holds the bodies of every code, and each body outside the register under its key. Facts about codes that
    it lacks, or of two bodies at once, are left out: `unheld` tells them.
    """
    found: dict[str, list[Fact]] = defaultdict(list)
    for dated in curation.dated:
        subject = _subject(dated)
        body = _body_of(dated, eras[subject]) if subject in eras else None
        if body is not None:
            found[subject].append(_fact(dated, body))
    return {subject: tuple(sorted(found[subject], key=_order)) for subject in sorted(found)}


def unheld(curation: Curation, eras: Mapping[str, tuple[Organisation, ...]]) -> tuple[Finding, ...]:
    """What is curated of codes that no source read here lists, and facts whose dates fit two bodies of one code."""
    nobody = "this curated place is left out: no source read here lists a body that ran it"
    absent = {_subject(dated) for dated in curation.dated} - set(eras)
    what = "what is curated of it is left out: no source read here lists it"
    unclear = [d for d in curation.dated if _subject(d) in eras and _body_of(d, eras[_subject(d)]) is None]
    doubt = "the dates of a curated fact fall in two eras; it is left out: give the day, or the era"
    return (
        *(Finding("curated fact without record", code, what) for code in sorted(absent)),
        *(Finding("curated fact of unclear era", f"{_subject(d)} {d.entry.property}", doubt) for d in unclear),
        *(Finding("curated place without record", p.entry.id, nobody) for p in curation.places if not _held(p, eras)),
    )


def _subject(dated: DatedFact) -> str:
    return dated.entry.code or f"body:{dated.entry.body}"


def _order(fact: Fact) -> tuple[date, str, str, str]:
    return _when(fact.on, fact.since, fact.until)[0], fact.property, fact.aspect or "", fact.value


def _when(on: PartialDate | None, since: PartialDate | None, until: PartialDate | None) -> tuple[date, date]:
    """First and last day that it may speak of; of one without an end, its first."""
    first, last = on or since or until, on or until or since
    return (first.earliest if first else date.min), (last.latest if last else date.max)


def _body_of(dated: DatedFact, bodies: tuple[Organisation, ...]) -> Organisation | None:
    """The body of a fact's time, or of the day that its era's key names; ``None`` where two may be meant.

    A fact that began under one body and held on is that body's.
    """
    entry = dated.entry
    if entry.era is not None:
        day = entry.era.partition("@")[2]
        return era_at(bodies, to_day(day) if day[:1].isdigit() else date.min)
    told = entry.on or entry.since or entry.until
    if told is None:
        return bodies[0] if len(bodies) == 1 else None
    first, last = era_at(bodies, told.earliest), era_at(bodies, told.latest)
    return first if first.key == last.key else None


def _fact(dated: DatedFact, body: Organisation) -> Fact:
    entry = dated.entry
    return Fact(
        property=entry.property,
        value=entry.value,
        organisation=body,
        aspect=entry.aspect,
        number=entry.number,
        unit=entry.unit,
        on=entry.on,
        since=entry.since,
        until=entry.until,
        citations=dated.citations,
        confidence=entry.confidence,
        note=entry.note,
        contradicted=entry.contradicts,
    )


def places(curation: Curation, eras: Mapping[str, tuple[Organisation, ...]]) -> dict[str, Place]:
    """Curated places by id; those that no body here ran are left out: `unheld` tells them."""
    made = [
        Place(
            id=each.entry.id,
            name=each.entry.name,
            kind=each.entry.kind,
            town=each.entry.town,
            former_names=tuple(PlaceName(n.name, n.until, n.since) for n in each.entry.former_names),
            stays=tuple(Stay(s.operator, s.code, each.entry.id, s.since, s.until) for s in each.entry.sites),
            sources=each.citations,
            confidence=each.entry.confidence,
            note=each.entry.note,
        )
        for each in curation.places
        if _held(each, eras)
    ]
    return {place.id: place for place in sorted(made, key=lambda place: place.id)}


def _held(place: PlaceEntry, eras: Mapping[str, tuple[Organisation, ...]]) -> bool:
    return any(stay.operator in eras for stay in place.entry.sites)
