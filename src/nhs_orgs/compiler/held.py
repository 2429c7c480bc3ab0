"""Curated facts and places, joined to the bodies that the register knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from nhs_orgs.compiler.curation import Curation, DatedFact
from nhs_orgs.compiler.eras import era_at
from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import CurationError
from nhs_orgs.facts import Fact
from nhs_orgs.organisations import Organisation
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.store import Finding

__all__ = ["facts", "places", "unheld"]


def facts(curation: Curation, eras: Mapping[str, tuple[Organisation, ...]]) -> dict[str, tuple[Fact, ...]]:
    """Dated facts by code, or by key of a body outside the register, in order of time.

    `eras` holds the bodies of every code, and each body outside the register under its key. Facts about codes that
    it lacks are left out: `unheld` tells them.

    Raises:
        CurationError: the dates of a fact leave it open which of two bodies of a code it is about.
    """
    found: dict[str, list[Fact]] = defaultdict(list)
    for dated in curation.dated:
        subject = _subject(dated)
        if subject in eras:
            found[subject].append(_fact(dated, _body_of(dated, eras[subject])))
    return {subject: tuple(sorted(found[subject], key=_order)) for subject in sorted(found)}


def unheld(curation: Curation, eras: Mapping[str, tuple[Organisation, ...]]) -> tuple[Finding, ...]:
    """Facts and places about codes that no source read here lists."""
    absent = {_subject(dated) for dated in curation.dated} - set(eras)
    what = "what is curated of it is left out: no source read here lists it"
    return tuple(Finding("curated fact without record", code, what) for code in sorted(absent))


def _subject(dated: DatedFact) -> str:
    return dated.entry.code or f"body:{dated.entry.body}"


def _order(fact: Fact) -> tuple[date, str, str, str]:
    return _when(fact.on, fact.since, fact.until)[0], fact.property, fact.aspect or "", fact.value


def _when(on: PartialDate | None, since: PartialDate | None, until: PartialDate | None) -> tuple[date, date]:
    """First and last day that it may speak of; of one without an end, its first."""
    first, last = on or since or until, on or until or since
    return (first.earliest if first else date.min), (last.latest if last else date.max)


def _body_of(dated: DatedFact, bodies: tuple[Organisation, ...]) -> Organisation:
    """The body of a fact's time. A fact that began under one body and held on is that body's."""
    entry = dated.entry
    if entry.era is not None:
        named = [body for body in bodies if body.key == entry.era]
        for body in named:
            return body
        raise _unclear(dated, f"{entry.era} is no era of it")
    if entry.on is None:
        return era_at(bodies, _when(None, entry.since, entry.until)[0])
    first, last = era_at(bodies, entry.on.earliest), era_at(bodies, entry.on.latest)
    if first.key != last.key:
        raise _unclear(dated, f"{entry.on} falls in two eras; give the day, or era: {first.key} or {last.key}")
    return first


def _unclear(dated: DatedFact, why: str) -> CurationError:
    return CurationError("curation", f"{_subject(dated)} {dated.entry.property}", "era", why)


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


def places(curation: Curation) -> dict[str, Place]:
    """Curated places by id."""
    made = [
        Place(
            id=each.entry.id,
            name=each.entry.name,
            kind=each.entry.kind,
            town=each.entry.town,
            former_names=tuple(PlaceName(n.name, n.since, n.until) for n in each.entry.former_names),
            stays=tuple(Stay(s.operator, s.code, s.since, s.until) for s in each.entry.sites),
            sources=each.citations,
            confidence=each.entry.confidence,
            note=each.entry.note,
        )
        for each in curation.places
    ]
    return {place.id: place for place in sorted(made, key=lambda place: place.id)}
