"""Curated entries as drafts and claims: they confirm, correct or complete what the register says, in sight.

A curated event stands for every succession row between the codes of its transfers, and for those it
names in ``replaces_rows``; the rows stay on the event as evidence, and a row of another day is told
as a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from nhs_orgs.compiler.curation import CuratedEvent, CuratedFact, Curation
from nhs_orgs.compiler.drafts import Draft, DraftTransfer
from nhs_orgs.compiler.statements import Claim
from nhs_orgs.compiler.succession import Succession
from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import CurationError
from nhs_orgs.events import Basis, Extent, Fate, Share
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.records import CITED_SIGHTING, OPEN, Record
from nhs_orgs.store import Finding

__all__ = ["confirm_conversions", "curated_claims", "curated_drafts", "missing_bounds", "tied_codes", "unlisted_facts"]

_DAY: Final = timedelta(days=1)
_PARENT_PROPERTY: Final = {"ICB": "geography", "STP": "geography", "REGION": "region"}


def curated_claims(curation: Curation, listed: Collection[str]) -> Iterator[Claim]:
    """Names, periods, parents, kinds and abbreviations of the codes `listed`, each claimed by its citations."""
    for fact in curation.facts:
        if fact.entry.code not in listed:
            continue
        for name, value, period in _values(fact):
            for citation in fact.citations:
                yield Claim(fact.entry.code, name, value, citation, period)


def tied_codes(curation: Curation) -> dict[str, str]:
    """ODS codes by the ONS codes that documents tie to them."""
    return {fact.entry.text: fact.entry.code for fact in curation.facts if fact.list == "gss" and fact.entry.text}


def unlisted_facts(curation: Curation, listed: Collection[str]) -> tuple[Finding, ...]:
    """Curated facts about codes that no source read here lists: they are left out, and told."""
    codes = sorted({fact.entry.code for fact in curation.facts} - set(listed))
    what = "what is curated of it is left out: no source read here lists it"
    return tuple(Finding("curated fact without record", code, what) for code in codes)


def _values(fact: CuratedFact) -> Iterator[tuple[str, str, Period | None]]:
    entry = fact.entry
    span = _span(entry.since, entry.until)
    if fact.list == "names" and entry.name:
        yield "name", entry.name, span
        yield from _borne(entry.name, entry.since, entry.until)
    elif fact.list == "gss" and entry.text:
        yield "gss", entry.text, span
    elif fact.list == "abbreviations" and entry.text:
        yield "abbreviation", entry.text, span
    elif fact.list == "kinds" and entry.kind:
        yield "kind", entry.kind, span
    elif fact.list == "parents" and entry.parent:
        held = _surely(entry.since, entry.until) if span else None
        yield _PARENT_PROPERTY[entry.parent_kind or "ICB"], entry.parent, held or span
    elif fact.list == "periods":
        yield from _bounds("legal", entry.legal)
        yield from _bounds("operational", entry.operational)


def _span(since: PartialDate | None, until: PartialDate | None) -> Period | None:
    """The days that a source gives; a bound that it gives imprecisely, or not at all, is unknown."""
    if since is None and until is None:
        return None
    first = since.day if since else None
    last = until.day if until else None
    return Period(first or UNKNOWN, (last or UNKNOWN) if until else None)


def _surely(since: PartialDate | None, until: PartialDate | None) -> Period | None:
    """The days that an imprecise bound still leaves certain: from its later, to its earlier limit."""
    first = since.latest if since else UNKNOWN
    last = until.earliest if until else None
    return Period(first, last) if not (since and until) or since.latest <= until.earliest else None


def _borne(name: str, since: PartialDate | None, until: PartialDate | None) -> Iterator[tuple[str, str, Period]]:
    """Where a bound is imprecise, the days on which the name was surely borne, as a sighting.

    Of a name with one bound only, that is the day that the bound leaves certain.
    """
    held = _surely(since, until)
    imprecise = (since is not None and since.day is None) or (until is not None and until.day is None)
    if imprecise and held is not None:
        days = [day for day in (held.start, held.end) if isinstance(day, date)]
        yield CITED_SIGHTING, name, Period(days[0], days[-1])


def _bounds(which: str, period: Period | None) -> Iterator[tuple[str, str, None]]:
    if period is None:
        return
    if isinstance(period.start, date):
        yield f"{which}_start", period.start.isoformat(), None
    if isinstance(period.end, date):
        yield f"{which}_end", period.end.isoformat(), None


def missing_bounds(drafts: Iterable[Draft], records: Mapping[str, Record]) -> Iterator[Claim]:
    """First and last days that a cited event implies, for codes to which no list gives one."""
    for draft in drafts:
        day = draft.dated.day
        ended = day if draft.legal is None else draft.legal.day
        for codes, name, value in (
            (draft.beginning, "legal_start", day),
            (draft.ending, "legal_end", ended - _DAY if ended else None),
        ):
            if value is None or day is None:
                continue
            for code in sorted(codes):
                if code in records and not _dated(records[code], name):
                    for citation in draft.citations:
                        yield Claim(code, name, value.isoformat(), citation)


def _dated(record: Record, name: str) -> bool:
    return any(s.value != OPEN for s in record.says(name))


def curated_drafts(
    curation: Curation, successions: Iterable[Succession], records: Mapping[str, Record]
) -> tuple[tuple[Draft, ...], tuple[Succession, ...], tuple[Finding, ...]]:
    """Curated events as drafts, the successions that none of them stands for, and events about codes not here.

    Two events may name the same row, as steps of one change: it goes to the one that names it in ``replaces_rows``,
    else to the one nearest to its day. What remains of a body that a curated event ends is a part, given before.

    Raises:
        CurationError: two curated events end one body.
    """
    rows = {(s.predecessor, s.successor): s for s in successions}
    events = sorted((e for e in curation.events if e.entry.confirms_conversion is None), key=lambda e: e.id)
    kept = [event for event in events if not _absent(event, records)]
    findings = [_left_out(event, _absent(event, records)) for event in events if event not in kept]
    made = _without_twice_ended([_draft(event, records) for event in kept], kept)
    taken = _taken(made, kept, rows)
    ended = {code: draft.id for draft in made for code in draft.ending}
    drafts = tuple(_with_rows(draft, [rows[pair] for pair in sorted(taken.get(draft.id, ()))]) for draft in made)
    left = set(rows) - {pair for pairs in taken.values() for pair in pairs}
    return drafts, tuple(_as_part(rows[pair], ended) for pair in sorted(left)), tuple(findings)


def _left_out(event: CuratedEvent, absent: list[str]) -> Finding:
    what = f"the curated event {event.id} is left out: no source read here lists {', '.join(absent)}"
    return Finding("curated event without record", " ".join(absent), what)


def _without_twice_ended(drafts: list[Draft], events: list[CuratedEvent]) -> list[Draft]:
    """The events, each body ended by one: of the members of a list, those that no event ends by name."""
    listed = {event.id: {side.code for side in event.entry.befores} for event in events}
    by_name: dict[str, str] = {}
    for draft in drafts:
        for code in sorted(draft.ending & listed[draft.id]):
            if code in by_name:
                raise CurationError("curation", draft.id, "befores", f"{code} is ended by {by_name[code]} already")
            by_name[code] = draft.id
    return [
        replace(draft, befores=tuple(s for s in draft.befores if by_name.get(s[0], draft.id) == draft.id or _stays(s)))
        for draft in drafts
    ]


def _stays(side: tuple[str, Fate]) -> bool:
    return side[1] is not Fate.ENDS


def _taken(
    drafts: list[Draft], events: list[CuratedEvent], rows: Mapping[tuple[str, str], Succession]
) -> dict[str, list[tuple[str, str]]]:
    """The rows that each event stands for."""
    claimed: dict[tuple[str, str], list[tuple[bool, timedelta, str]]] = defaultdict(list)
    for draft, event in zip(drafts, events, strict=True):
        for pair in _pairs(event) if draft.happened else ():
            if pair in rows:
                away = abs(rows[pair].day - draft.dated.earliest)
                claimed[pair].append((pair not in event.entry.replaces_rows, away, draft.id))
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair, by in claimed.items():
        found[min(by)[2]].append(pair)
    return found


def _as_part(row: Succession, ended: Mapping[str, str]) -> Succession:
    if not row.ends or row.predecessor not in ended:
        return row
    return replace(row, ends=False, notes=(*row.notes, f"the body ends by {ended[row.predecessor]}"))


def _absent(event: CuratedEvent, records: Mapping[str, Record]) -> list[str]:
    sides = [side.code for side in event.entry.befores] + [side.code for side in event.entry.afters]
    sides += [end for t in event.entry.transfers for end in (t.giver, t.receiver) if not end.startswith("body:")]
    return sorted({code for code in sides if code is not None and code not in records})


def _pairs(event: CuratedEvent) -> tuple[tuple[str, str], ...]:
    own = [(t.giver, t.receiver) for t in event.entry.transfers]
    return tuple(dict.fromkeys([*own, *event.entry.replaces_rows]))


def _with_rows(draft: Draft, taken: list[Succession]) -> Draft:
    days = sorted({s.day for s in taken if s.day != draft.dated.day})
    told = tuple(f"the register's succession rows give {day.isoformat()}" for day in days)
    aside = tuple(dict.fromkeys(words for s in taken for words in s.set_aside))
    return replace(
        draft,
        evidence=tuple(r for s in taken for r in s.evidence),
        conflicts=(*(draft.conflicts or told), *aside),
        basis=(Basis.SUPPRESSED,) if aside else (),
    )


def _draft(event: CuratedEvent, records: Mapping[str, Record]) -> Draft:
    entry = event.entry
    befores = [(b.code or f"body:{b.body}", Fate(b.fate)) for b in entry.befores]
    if entry.members is not None:
        befores += [(code, Fate.ENDS) for code in _members(entry.members.listed_in, records)]
    return Draft(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        effective=entry.effective,
        legal=entry.legal,
        announced=entry.announced,
        announced_as=entry.announced_as,
        mechanism=entry.mechanism,
        befores=tuple(befores),
        afters=tuple((a.code or f"body:{a.body}", Fate(a.fate)) for a in entry.afters),
        transfers=tuple(_transfers(event)),
        new_eras=frozenset(a.code for a in entry.afters if a.new_era and a.code),
        narrative=entry.narrative,
        confidence=entry.confidence,
        citations=event.citations,
        confirmed=tuple((code, event.citations) for code in _named(event, befores)),
        completes=entry.completes,
        nothing_followed=entry.nothing_followed,
        conflicts=(entry.conflicts,) if entry.conflicts else (),
    )


def _named(event: CuratedEvent, befores: Iterable[tuple[str, Fate]]) -> list[str]:
    """Every body in it: its documents tell of them all."""
    return sorted({code for code, _ in befores} | {a.code or f"body:{a.body}" for a in event.entry.afters})


def _transfers(event: CuratedEvent) -> Iterator[DraftTransfer]:
    for transfer in event.entry.transfers:
        yield DraftTransfer(
            giver=transfer.giver,
            receiver=transfer.receiver,
            extent=Extent(transfer.extent),
            shares=tuple(Share(s.share, s.basis) for s in transfer.shares),
            services=transfer.services,
            sites=transfer.sites,
            note=transfer.note,
        )


def _members(listed_in: str, records: Mapping[str, Record]) -> list[str]:
    """Every code about which that source file says something, in order."""
    return sorted(
        code
        for code, record in records.items()
        if any(getattr(source, "path", None) == listed_in for source in record.sources)
    )


def confirm_conversions(
    drafts: Iterable[Draft], kinds: Mapping[str, tuple[str, str]], curation: Curation
) -> Iterator[Draft]:
    """Conversions of kind, each with what a curated entry says about all of that sort and day.

    `kinds` gives for each conversion's id the kinds before and after.
    """
    entries = sorted((e for e in curation.events if e.entry.confirms_conversion is not None), key=lambda e: e.id)
    for draft in drafts:
        match = [e for e in entries if _confirms(e, draft, kinds[draft.id])]
        yield _confirmed(draft, match[0]) if match else draft


def _confirms(event: CuratedEvent, draft: Draft, kinds: tuple[str, str]) -> bool:
    conversion = event.entry.confirms_conversion
    return (
        conversion is not None
        and (conversion.was, conversion.became) == kinds
        and event.entry.effective == draft.effective
    )


def _confirmed(draft: Draft, event: CuratedEvent) -> Draft:
    entry = event.entry
    return replace(
        draft,
        announced=entry.announced,
        announced_as=entry.announced_as,
        mechanism=entry.mechanism,
        narrative=entry.narrative,
        confidence=entry.confidence,
        citations=event.citations,
        confirmed=tuple((code, event.citations) for code, _ in draft.befores),
        conflicts=(entry.conflicts,) if entry.conflicts else (),
    )
