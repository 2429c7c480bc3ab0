"""What is odd about curated entries, beside a register that was compiled with them.

The schema stops what cannot be; `lint` finds what can be and ought not to: two entries about one event, an entry that
the register contradicts without a word of it, a day outside the life of a body, a document that nobody cites or that is
cited as two, shares of a whole that do not make one, names that overlap, and entries that match nothing. Each finding
is for a person to look at: mend the entry, or say in its ``conflicts`` or ``note`` why it is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Final

from nhs_orgs.compiler.curation import Confirmation, CuratedEvent, CuratedFact, Curation
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent, EventStatus, Fate
from nhs_orgs.facts import Fact
from nhs_orgs.names import plain
from nhs_orgs.period import Period
from nhs_orgs.records import OPEN, choose
from nhs_orgs.sources import Citation, Source, Statement
from nhs_orgs.store import Finding, Store

__all__ = ["lint"]

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)
_LEAST, _MOST = 0.98, 1.002
"""Between these, shares of a whole make one: small parts may be left out, and printed shares round up."""


def lint(curation: Curation, store: Store) -> tuple[Finding, ...]:
    """Everything odd about the entries, by rule, in order of subject.

    `store` was compiled with these entries; those of an event that it left out are not looked at.
    """
    found = [finding for rule in _RULES for finding in rule(curation, store)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.rule, f.subject, f.what)))


def _completed(curation: Curation, store: Store) -> Iterator[tuple[CuratedEvent, ChangeEvent]]:
    """Entries with the events that they made."""
    for each in curation.events:
        if each.id in store.events and each.entry.status is EventStatus.COMPLETED:
            yield each, store.events[each.id]


def _enders(event: ChangeEvent) -> frozenset[str]:
    return frozenset(p.code for p in event.befores if p.fate is Fate.ENDS and p.code is not None)


def _ended(store: Store) -> dict[str, ChangeEvent]:
    return {code: event for event in store.events.values() for code in _enders(event)}


# --- two entries about one event -----------------------------------------------------------------------------------


def _twice(curation: Curation, store: Store) -> Iterator[Finding]:
    rule = "two entries about one event"
    made = list(_completed(curation, store))
    for (one, first), (other, second) in combinations(made, 2):
        near = abs(first.dated.earliest - second.dated.earliest) <= _YEAR
        if near and _parties(first) == _parties(second):
            yield Finding(rule, f"{one.id} {other.id}", "the same bodies go in and come out within a year")
    ended = {code: each.id for each, event in made for code in _enders(event)}
    for confirmation in curation.confirmations:
        for told in sorted({ended[code] for code in confirmation.entry.ends if code in ended}):
            yield Finding(rule, _subject(confirmation), f"the event {told} tells it; cite the documents there")
    for said, again in combinations(curation.confirmations, 2):
        if _same(said, again):
            yield Finding(rule, _subject(said), "two confirmations by the same documents")


def _parties(event: ChangeEvent) -> tuple[frozenset[str], frozenset[str]]:
    gave = {(t.giver.partition("@")[0], t.receiver.partition("@")[0]) for t in event.transfers}
    passed = {(giver, receiver) for giver, receiver in gave if giver != receiver}
    return _enders(event) | {giver for giver, _ in passed}, frozenset(receiver for _, receiver in passed)


def _same(one: Confirmation, other: Confirmation) -> bool:
    return set(one.entry.ends) == set(other.entry.ends) and set(one.entry.citations) == set(other.entry.citations)


def _subject(confirmation: Confirmation) -> str:
    return " ".join(sorted(confirmation.entry.ends))


# --- against the register ------------------------------------------------------------------------------------------


def _against_rows(curation: Curation, store: Store) -> Iterator[Finding]:
    """Rows of another day, of which the entry says nothing."""
    for each, event in _completed(curation, store):
        for row in event.evidence:
            if each.entry.conflicts is None and not _within(event.dated, row.day, _DAY):
                what = f"the row {row.predecessor} to {row.successor} is printed with {row.day}"
                yield Finding(_UNSAID, each.id, what)


_UNSAID: Final = "against the register without saying so"


def _within(when: PartialDate, day: date, slack: timedelta) -> bool:
    return when.earliest - slack <= day <= when.latest + slack


def _against_lists(curation: Curation, store: Store) -> Iterator[Finding]:
    """Bodies that an entry ends, and lists close on another day or show open afterwards."""
    for each, event in _completed(curation, store):
        if each.entry.conflicts is None:
            for code in sorted(_enders(event)):
                yield from _listed_otherwise(each.id, code, (event.dated, event.legal), store)
    ended = _ended(store)
    for confirmation in curation.confirmations:
        entry = confirmation.entry
        for code in entry.ends if entry.conflicts is None else ():
            if code in ended:
                yield from _listed_otherwise(_subject(confirmation), code, (entry.effective, entry.legal), store)


def _listed_otherwise(
    subject: str, code: str, days: tuple[PartialDate, PartialDate | None], store: Store
) -> Iterator[Finding]:
    said = _by_lists(store, code)
    if said is None:
        return
    if said.value == OPEN:
        seen = max(source.as_at.earliest for source in said.sources if isinstance(source, Source))
        if seen > days[0].latest:
            yield Finding(_UNSAID, subject, f"lists show {code} open on {seen}", _ids(said))
    else:
        close = date.fromisoformat(said.value)
        if not any(_within(day, close + _DAY, _DAY) for day in days if day is not None):
            yield Finding(_UNSAID, subject, f"lists close {code} on {close}", _ids(said))


def _by_lists(store: Store, code: str) -> Statement | None:
    """What releases alone say of its last day in law."""
    record = store.records.get(code)
    if record is None:
        return None
    return choose(s for s in record.says("legal_end") if not any(isinstance(source, Citation) for source in s.sources))


def _ids(statement: Statement) -> tuple[str, ...]:
    return tuple(source.id for source in statement.sources)


def _other_days(curation: Curation, store: Store) -> Iterator[Finding]:
    """Confirmations of another day than the event that they belong to."""
    ended = _ended(store)
    for confirmation in curation.confirmations:
        entry = confirmation.entry
        events = {ended[code].id: ended[code] for code in entry.ends if code in ended}
        for event in events.values():
            apart = event.dated.latest < entry.effective.earliest or entry.effective.latest < event.dated.earliest
            if entry.conflicts is None and apart:
                yield Finding(_UNSAID, _subject(confirmation), f"has {entry.effective}, {event.id} has {event.dated}")


# --- outside a life ------------------------------------------------------------------------------------------------


def _outside_lives(curation: Curation, store: Store) -> Iterator[Finding]:
    """Events before a body began, or after it ended."""
    for each, event in _completed(curation, store):
        first, last = event.dated.earliest, event.dated.latest
        for part in event.befores:
            life = _life(store, part.code)
            if life is not None and isinstance(life.start, date) and life.start > last:
                yield _outside(each.id, f"{part.code} began on {life.start}")
        for part in event.afters:
            life = _life(store, part.code)
            if life is not None and isinstance(life.end, date) and life.end < first:
                yield _outside(each.id, f"{part.code} ended on {life.end}")


def _life(store: Store, code: str | None) -> Period | None:
    record = store.records.get(code or "")
    return record.legal if record is not None else None


def _outside(subject: str, what: str) -> Finding:
    return Finding("outside the life of a body", subject, what)


def _facts_outside(curation: Curation, store: Store) -> Iterator[Finding]:
    """Dated facts about a body on a day on which it was not."""
    cited = {citation for dated in curation.dated for citation in dated.citations}
    for subject in sorted(store.facts):
        for fact in store.facts[subject]:
            if set(fact.citations) <= cited and not _in_its_days(fact):
                what = f"{fact.property} {fact.value!r} is of a day outside {fact.organisation.key}"
                yield _outside(subject, what)


def _in_its_days(fact: Fact) -> bool:
    """Whether it speaks of any day of its body. A document may be of the last day, or the first."""
    first = fact.on.earliest if fact.on else fact.since.earliest if fact.since else date.min
    last = fact.on.latest if fact.on else fact.until.latest if fact.until else date.max
    era = fact.organisation.period
    began = not isinstance(era.start, date) or last >= era.start - _DAY
    return began and (not isinstance(era.end, date) or first <= era.end + _DAY)


# --- names ---------------------------------------------------------------------------------------------------------


def _overlapping(curation: Curation, _: Store) -> Iterator[Finding]:
    """Two names of one code on the same days."""
    names: dict[str, list[CuratedFact]] = defaultdict(list)
    for fact in curation.facts:
        if fact.list == "names":
            names[fact.entry.code].append(fact)
    for code in sorted(names):
        for one, other in combinations(names[code], 2):
            if plain(one.entry.name or "") != plain(other.entry.name or "") and _overlap(one, other):
                yield Finding("names that overlap", code, f"{one.entry.name} and {other.entry.name}")


def _overlap(one: CuratedFact, other: CuratedFact) -> bool:
    """Whether there is a day on which both were surely borne."""
    first, second = _surely(one), _surely(other)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def _surely(fact: CuratedFact) -> tuple[date, date] | None:
    since, until = fact.entry.since, fact.entry.until
    if since is None and until is None:
        return None
    # Without a first day only its last is sure; without a last it is borne still.
    first = since.latest if since else until.earliest if until else date.min
    last = until.earliest if until else date.max
    return (first, last) if first <= last else None


# --- what matches nothing ------------------------------------------------------------------------------------------


def _unread(curation: Curation, store: Store) -> Iterator[Finding]:
    """Paths of files that were not read."""
    paths = {source.path for source in store.sources.values()}
    named = [(release.path, release.path) for release in curation.releases]
    named += [(e.id, e.entry.members.listed_in) for e, _ in _completed(curation, store) if e.entry.members is not None]
    for subject, path in (*named, *curation.citation_files):
        if path not in paths:
            yield Finding(_IDLE, subject, f"no file {path} was read")


_IDLE: Final = "matches nothing"


def _idle(curation: Curation, store: Store) -> Iterator[Finding]:
    """Rows to replace that are not there, confirmations of no event."""
    for each, event in _completed(curation, store):
        printed = {(row.predecessor, row.successor) for row in event.evidence}
        for giver, receiver in each.entry.replaces_rows:
            if (giver, receiver) not in printed:
                yield Finding(_IDLE, each.id, f"there is no row {giver} to {receiver} for it to replace")
    for finding in store.findings:
        if finding.rule in {"confirmation without event", "confirmation without record"}:
            yield Finding(_IDLE, finding.subject, finding.what)


# --- citations -----------------------------------------------------------------------------------------------------


def _citations(curation: Curation, _: Store) -> Iterator[Finding]:
    """Documents that no entry cites, and those that nobody could find again."""
    used, files = {citation.id for citation in _used(curation)}, dict(curation.citation_files)
    for citation in curation.citations:
        if citation.id not in used:
            yield Finding("citation never used", citation.id, "no entry cites it")
        found_by = (citation.url, citation.published, citation.note, files.get(citation.id))
        if not any(found_by):
            yield Finding("citation without address", citation.id, "give an address, a date or a note to find it by")


def _one_document(curation: Curation, _: Store) -> Iterator[Finding]:
    """One document under two ids, by its address or by its title; and an entry that cites a document twice."""
    rule = "one document cited as two"
    for one, other in _alike(curation.citations, _address):
        yield Finding(rule, f"{one.id} {other.id}", f"both are at {one.url}; a part of it may be named behind a #")
    for one, other in _alike(curation.citations, _imprint):
        if not (one.url and other.url):
            yield Finding(rule, f"{one.id} {other.id}", "both have this publisher, title and day")
    for cited in dict.fromkeys(_cited(curation)):
        for citation in (each for each in dict.fromkeys(cited) if cited.count(each) > 1):
            yield Finding(rule, citation.id, "an entry cites it twice")


def _alike(
    citations: Iterable[Citation], sign: Callable[[Citation], object | None]
) -> Iterator[tuple[Citation, Citation]]:
    found: dict[object, list[Citation]] = defaultdict(list)
    for citation in citations:
        found[sign(citation)].append(citation)
    return chain.from_iterable(combinations(found[key], 2) for key in found if key is not None)


def _address(citation: Citation) -> str | None:
    """As a server takes it: the scheme, ``www`` and a last stroke make no other page."""
    return _SCHEME.sub("", citation.url.strip()).rstrip("/") if citation.url else None


_SCHEME: Final = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def _imprint(citation: Citation) -> tuple[str, str, PartialDate | None]:
    return plain(citation.publisher), plain(citation.title), citation.published


def _used(curation: Curation) -> Iterator[Citation]:
    return chain.from_iterable(_cited(curation))


def _cited(curation: Curation) -> Iterator[tuple[Citation, ...]]:
    """What each entry cites."""
    for entries in (
        curation.events, curation.facts, curation.confirmations, curation.dated,
        curation.places, curation.bodies, curation.releases,
    ):  # fmt: skip
        for entry in entries:
            yield entry.citations


# --- shares --------------------------------------------------------------------------------------------------------


def _shares(curation: Curation, store: Store) -> Iterator[Finding]:
    """Shares of a body that ended, all of whose parts are measured, that do not make one."""
    entries = {each.id: each for each, _ in _completed(curation, store)}
    for each, event in _completed(curation, store):
        steps = [each, *(entries[earlier] for earlier in each.entry.completes if earlier in entries)]
        for giver in sorted(_enders(event)):
            for basis, total in sorted(_totals(steps, giver).items()):
                if not _LEAST <= total <= _MOST and each.entry.conflicts is None:
                    what = f"shares of {giver} by {basis} sum to {total:.4f}"
                    yield Finding("shares that are no whole", each.id, what)


def _totals(steps: list[CuratedEvent], giver: str) -> dict[str, float]:
    """The sum by each measure by which every part is measured."""
    parts = [t for step in steps for t in step.entry.transfers if t.giver == giver]
    totals: dict[str, list[float]] = defaultdict(list)
    for share in (share for part in parts for share in part.shares):
        totals[share.basis].append(share.share)
    return {basis: sum(found) for basis, found in totals.items() if len(found) == len(parts)}


_RULES: Final[tuple[Callable[[Curation, Store], Iterator[Finding]], ...]] = (
    _twice, _against_rows, _against_lists, _other_days, _outside_lives, _facts_outside, _overlapping, _unread, _idle,
    _citations, _one_document, _shares,
)  # fmt: skip
