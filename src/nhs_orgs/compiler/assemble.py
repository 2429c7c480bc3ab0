"""Readings and curation into a `Store`: statements, eras and events, in one pass of named steps.

The steps: rows become statements; succession rows become dated successions; curated events take the
rows they stand for, the rest is inferred; events cut lives into eras; events get their era keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Final

from nhs_orgs.compiler.commissioning import divide
from nhs_orgs.compiler.confirmations import confirm, redated
from nhs_orgs.compiler.curated import (
    confirm_conversions,
    curated_claims,
    curated_drafts,
    missing_bounds,
    tied_codes,
    unlisted_facts,
)
from nhs_orgs.compiler.curation import BodyEntry, Curation
from nhs_orgs.compiler.drafts import Draft, DraftTransfer
from nhs_orgs.compiler.eras import by_code, era_at, turns
from nhs_orgs.compiler.held import facts, places, unheld
from nhs_orgs.compiler.inference import closures, infer
from nhs_orgs.compiler.lives import Life, lives
from nhs_orgs.compiler.memberships import attest
from nhs_orgs.compiler.moves import moved
from nhs_orgs.compiler.reconciliation import reconcile
from nhs_orgs.compiler.scope import codes_in_scope
from nhs_orgs.compiler.statements import Claim, by_ods_code, claims, records
from nhs_orgs.compiler.succession import Succession, successions
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent, EventKind, Extent, Fate, Participant, Transfer
from nhs_orgs.organisations import KINDS, Body, Organisation
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.readers.base import NameRow, OrganisationRow, Reading, RelationshipRow, ShareRow, SuccessionRow
from nhs_orgs.records import Record
from nhs_orgs.sources import Source
from nhs_orgs.store import Finding, Store

__all__ = ["Ground", "assemble", "store_of"]

_DAY: Final = timedelta(days=1)


def assemble(
    reading: Reading,
    curation: Curation,
    *,
    leave_out: Collection[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Store:
    """Compile one reading of all files and the curated entries into a store.

    `leave_out` names kinds whose records are not kept.
    """
    progress("joining statements")
    return store_of(_ground(reading, curation, leave_out), curation, progress=progress)


def store_of(ground: Ground, curation: Curation, *, progress: Callable[[str], None] = lambda _: None) -> Store:
    """Infer events and cut eras from what releases say, whether just read or taken from a store."""
    progress("dating successions")
    known = ground.known
    shown_open = {code: day for code, life in known.items() if (day := life.shown_open) is not None}
    closes, starts = {code: life.end for code, life in known.items()}, {c: life.start for c, life in known.items()}
    dated_pairs, findings = successions(ground.rows, closes, shown_open, starts)
    progress("inferring events")
    drafts, known, missed = _drafts(curation, dated_pairs, ground)
    found = {code: life.record for code, life in known.items()}
    progress("cutting eras")
    eras = dict(by_code(known, turns(drafts), _seen(known, drafts)))
    progress("joining events")
    used = _used(found.values(), ground.rows)
    outside = {f"body:{entry.id}": _body(entry) for entry in curation.bodies}
    subjects = {**eras, **{key: (body,) for key, body in outside.items()}}
    held, told = facts(curation, subjects), places(curation, eras)
    events = {draft.id: _event(draft, subjects) for draft in drafts}
    return Store(
        records={code: replace(record, held=held[code]) if code in held else record for code, record in found.items()},
        organisations={o.key: o for group in eras.values() for o in group} | outside,
        eras={code: tuple(o.key for o in group) for code, group in eras.items()},
        events=events,
        sources=dict(sorted({**ground.sources, **used}.items())),
        covers=_covers(eras.values(), used.values()),
        findings=(*ground.findings, *findings, *missed, *unheld(curation, subjects)),
        facts=held,
        places=told | moved(found, events.values(), told),
        known_until=_known_until(found),
        newest=max((s.as_at for s in used.values()), key=lambda d: (d.latest, d.earliest), default=None),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What the files say, before anything is inferred."""

    known: dict[str, Life]
    rows: list[SuccessionRow]
    sources: dict[str, Source]
    """By id, every file read."""
    findings: tuple[Finding, ...]
    shares: tuple[ShareRow, ...] = ()
    """How commissioners were divided, as tables have it."""


def _ground(reading: Reading, curation: Curation, leave_out: Collection[str]) -> Ground:
    """Statements and succession rows of the codes to keep."""
    dated = _dated_sources(reading.sources, curation)
    rows = _succession_rows(reading, dated)
    coded, uncoded = by_ods_code(reading.records, tied_codes(curation))
    listed = {row.code for row in coded if isinstance(row, (OrganisationRow, NameRow, RelationshipRow))}
    listed |= {code for row in rows for code in (row.predecessor, row.successor)}
    claimed = chain(claims(coded), curated_claims(curation, listed))
    known = lives(records(_with_sources(claimed, dated)).values())
    scope = codes_in_scope(known, rows, leave_out)
    known |= lives(Record(code, ()) for code in scope if code not in known)
    return Ground(
        known={code: known[code] for code in sorted(scope)},
        rows=[row for row in rows if row.predecessor in scope and row.successor in scope],
        sources={source.id: source for source in dated.values()},
        findings=(*uncoded, *unlisted_facts(curation, listed)),
        shares=tuple(replace(r, source=dated[r.source.id]) for r in reading.records if isinstance(r, ShareRow)),
    )


def _used(found: Iterable[Record], rows: Iterable[SuccessionRow]) -> dict[str, Source]:
    """The files that a statement or a succession kept here rests on."""
    sources = {s.id: s for record in found for s in record.sources if isinstance(s, Source)}
    return sources | {row.source.id: row.source for row in rows}


def _dated_sources(sources: Iterable[Source], curation: Curation) -> dict[str, Source]:
    """Every source by the id it was read with, its as-at date as curated where a release entry gives a day."""
    days = {release.path: release.as_at for release in curation.releases}
    return {s.id: _dated(s, days[s.path]) if s.path in days else s for s in sources}


def _dated(source: Source, as_at: PartialDate) -> Source:
    return replace(source, id=source.id.replace(f"@{source.as_at}", f"@{as_at}"), as_at=as_at)


def _succession_rows(reading: Reading, dated: Mapping[str, Source]) -> list[SuccessionRow]:
    return [replace(row, source=dated[row.source.id]) for row in reading.records if isinstance(row, SuccessionRow)]


def _with_sources(found: Iterable[Claim], dated: Mapping[str, Source]) -> Iterator[Claim]:
    for claim in found:
        source = dated.get(claim.source.id) if isinstance(claim.source, Source) else None
        yield replace(claim, source=source) if source is not None and source is not claim.source else claim


def _drafts(
    curation: Curation, dated_pairs: tuple[Succession, ...], ground: Ground
) -> tuple[tuple[Draft, ...], dict[str, Life], tuple[Finding, ...]]:
    """Every event as a draft, in order of time; the lives with the bounds that cited events imply; findings."""
    listed, known = ground.known, ground.known
    found = {code: life.record for code, life in known.items()}
    curated, remaining, findings = curated_drafts(curation, dated_pairs, found)
    known = known | lives(_with_bounds(found, missing_bounds(curated, found)))
    made = [*divide(curated, ground.shares, known), *infer(redated(remaining, known, curation), known)]
    ended = frozenset(code for draft in made for code in draft.ending)
    made += closures(known, ended)
    made += _conversions(known, curation)
    told = confirm(made, known, curation)
    known = known | lives(_with_bounds({code: life.record for code, life in known.items()}, told.bounds))
    settled = reconcile(attest(told.drafts, ground.shares), dated_pairs, listed, told.disputed)
    return tuple(sorted(settled, key=lambda d: (d.dated.earliest, d.id))), known, (*findings, *told.findings)


def _with_bounds(found: Mapping[str, Record], bounds: Iterable[Claim]) -> Iterator[Record]:
    """Records to which a cited event adds a first or a last day."""
    extra: dict[str, list[Claim]] = defaultdict(list)
    for claim in bounds:
        extra[claim.subject].append(claim)
    added = records(chain.from_iterable(extra.values()))
    return (Record(code, (*found[code].statements, *more.statements)) for code, more in added.items())


def _conversions(known: Mapping[str, Life], curation: Curation) -> Iterator[Draft]:
    """An event for every change of kind under one code."""
    drafts, kinds = [], {}
    for code, life in known.items():
        was = life.spans[0].kind
        for span in life.spans[1:]:
            if span.since is not None and not _over(life.end, span.since):
                draft = _conversion(code, span.since, was, span.kind)
                drafts.append(draft)
                kinds[draft.id] = (was, span.kind)
            was = span.kind
    yield from confirm_conversions(drafts, kinds, curation)


def _over(end: Bound, day: date) -> bool:
    return isinstance(end, date) and end < day


def _conversion(code: str, day: date, was: str, became: str) -> Draft:
    return Draft(
        id=f"{day.isoformat()}:{code}>{code}",
        kind=EventKind.CONVERSION,
        effective=PartialDate.of_day(day),
        befores=((code, Fate.CONTINUES),),
        afters=((code, Fate.CONTINUES),),
        new_eras=frozenset({code}),
        notes=(f"the roles of the code change: {was} before, {became} from that day",),
    )


def _seen(known: Mapping[str, Life], drafts: Iterable[Draft]) -> dict[str, Period]:
    """For each code the first and last day on which anything shows it in being."""
    days: dict[str, list[date]] = defaultdict(list)
    for code, life in known.items():
        days[code].extend(_open_days(life))
        for relationship in life.record.relationships:
            if relationship.other in known:
                days[relationship.other].extend(_relationship_days(relationship.period, relationship.sources))
    for draft in (draft for draft in drafts if draft.happened):
        day = draft.dated.earliest
        for code, _ in draft.befores:
            days[code].append(day - _DAY)
        for code, _ in draft.afters:
            days[code].append(day)
    return {code: Period(min(when), max(when)) for code, when in days.items() if when}


def _open_days(life: Life) -> Iterator[date]:
    for statement in life.record.says("legal_end"):
        if statement.value == "..":
            yield from (s.as_at.earliest for s in statement.sources if isinstance(s, Source))
    for name in life.names:
        yield from (day for day in (name.first_seen, name.last_seen) if day != date.min)  # that of a name without days


def _relationship_days(period: Period | None, sources: Iterable[object]) -> Iterator[date]:
    if period is not None:
        yield from (bound for bound in (period.start, period.end) if isinstance(bound, date))
    else:
        yield from (s.as_at.earliest for s in sources if isinstance(s, Source))


def _body(entry: BodyEntry) -> Body:
    key = f"body:{entry.id}"
    return Body(key=key, code=None, name=entry.name, period=Period(UNKNOWN, UNKNOWN), sort=entry.kind)


def _covers(eras: Iterable[tuple[Organisation, ...]], sources: Iterable[Source]) -> Period:
    """From the first day that a body is known to begin, to the newest release."""
    starts = [group[0].period.start for group in eras]
    first = min((start for start in starts if isinstance(start, date)), default=None)
    last = max((source.as_at.latest for source in sources), default=None)
    return Period(first, last)


def _known_until(found: Mapping[str, Record]) -> dict[str, date]:
    """For each kind the newest release that says a body is, or was, of that kind."""
    newest: dict[str, date] = {}
    for record in found.values():
        for statement in record.says("kind"):
            seen = statement.last_seen
            if seen is not None and statement.value in KINDS:
                newest[statement.value] = max(seen.latest, newest.get(statement.value, seen.latest))
    return dict(sorted(newest.items()))


def _event(draft: Draft, eras: Mapping[str, tuple[Organisation, ...]]) -> ChangeEvent:
    day = draft.dated.earliest
    befores = tuple(_participant(code, fate, day - _DAY, eras, draft) for code, fate in draft.befores)
    afters = tuple(_participant(code, fate, day, eras, draft) for code, fate in draft.afters)
    passed = [_transfer(t, day, eras) for t in draft.transfers]
    passed += [_renewal(code, day, eras) for code in sorted(draft.new_eras)]
    return ChangeEvent(
        id=draft.id,
        kind=draft.kind,
        status=draft.status,
        effective=draft.effective,
        legal=draft.legal,
        announced=draft.announced,
        announced_as=draft.announced_as,
        mechanism=draft.mechanism,
        befores=befores,
        afters=afters,
        transfers=tuple(t for t in passed if t.giver != t.receiver),
        narrative=draft.narrative,
        confidence=draft.confidence,
        citations=draft.citations,
        evidence=draft.evidence,
        basis=draft.basis,
        completes=draft.completes,
        nothing_followed=draft.nothing_followed,
        conflicts=draft.conflicts,
        notes=draft.notes,
    )


def _key_at(code: str, day: date, eras: Mapping[str, tuple[Organisation, ...]]) -> str:
    return code if code.startswith("body:") else era_at(eras[code], day).key


def _participant(
    code: str, fate: Fate, day: date, eras: Mapping[str, tuple[Organisation, ...]], draft: Draft
) -> Participant:
    body = eras[code][0] if code.startswith("body:") else era_at(eras[code], day)
    sources = next((sources for other, sources in draft.confirmed if other == code), ())
    sure = next((sure for other, sure in draft.sure if other == code), None)
    return Participant.of(body, on=day, fate=fate, sources=sources, confidence=sure)


def _transfer(draft: DraftTransfer, day: date, eras: Mapping[str, tuple[Organisation, ...]]) -> Transfer:
    return Transfer(
        giver=_key_at(draft.giver, day - _DAY, eras),
        receiver=_key_at(draft.receiver, day, eras),
        extent=draft.extent,
        shares=draft.shares,
        services=draft.services,
        sites=draft.sites,
        note=draft.note,
    )


def _renewal(code: str, day: date, eras: Mapping[str, tuple[Organisation, ...]]) -> Transfer:
    """The body itself, going on as another era."""
    return Transfer(giver=_key_at(code, day - _DAY, eras), receiver=_key_at(code, day, eras), extent=Extent.WHOLE)
