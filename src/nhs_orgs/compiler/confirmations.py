"""Documents that confirm an event which the register's rows or lists already give: they add, and never take away.

A confirmation names bodies that end, and a day. It belongs to the event that ends any of them within a year of that
day, whichever way the event came about. These are the rules:

* its citations join those of the event, and confirm the fate of every body that it names;
* mechanism, story, legal day, announcement and confidence are taken where the event has none; of several confirmations
  the stories are joined; each body has the confidence of the firmest that names it, the event that of its weakest body;
* the day is corrected only to an exact one, that no confirmation contradicts, by documents that together name every
  body that ends. Any other day is told as a conflict, and both stay;
* the kind is refined only by documents that together name every body that ends. A receiver of which no source tells
  whether it was new becomes new by a merger or a replacement that names it; so does one that a list begins up to a
  year before, and to which nothing had passed: a shell in law. It goes on as another era by an acquisition. A kind that
  does not fit who the rows and lists say was there is told as a conflict;
* a receiver that no row names is told as a conflict: a confirmation makes no successor;
* a first or last day that no list gives is that of the document, for the bodies that it names.

A confirmation of which a code is not listed here, or of bodies that no event ends, is a `Finding`: the same files are
compiled with some of the reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from nhs_orgs.compiler.curation import Confirmation, Curation
from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.inference import infer, starts_inbound
from nhs_orgs.compiler.lives import Life
from nhs_orgs.compiler.refinement import of_kind
from nhs_orgs.compiler.statements import Claim
from nhs_orgs.compiler.succession import Succession
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import EventKind
from nhs_orgs.records import OPEN
from nhs_orgs.sources import Citation, Confidence, Source
from nhs_orgs.store import Finding

__all__ = ["Confirmed", "confirm", "redated"]

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)
_FIRM: Final = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


@dataclass(frozen=True, slots=True)
class _Match:
    """A confirmation, and those of its bodies that one event ends."""

    confirmation: Confirmation
    codes: frozenset[str]

    @property
    def day(self) -> PartialDate:
        """As the document has it."""
        return self.confirmation.entry.effective

    @property
    def documents(self) -> str:
        """The citations by their ids."""
        return ", ".join(citation.id for citation in self.confirmation.citations)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The events with what documents say of them."""

    drafts: tuple[Draft, ...]
    bounds: tuple[Claim, ...]
    """First and last days that no list gives."""
    findings: tuple[Finding, ...]
    """Confirmations that belong to no event here."""
    disputed: frozenset[str]
    """Ids of events of which documents tell, none of them with the event's own day."""


def redated(successions: Iterable[Succession], lives: Mapping[str, Life], curation: Curation) -> tuple[Succession, ...]:
    """The successions, those of another day by the documents on that day."""
    rows = tuple(successions)
    if not curation.confirmations:
        return rows
    drafts = tuple(infer(rows, lives))
    days: dict[str, tuple[date, date]] = {}
    found = _matches(drafts, _known(curation, lives))
    for draft in drafts:
        day = _corrected_day(draft, found.get(draft.id, ()))
        if day is not None:
            days |= dict.fromkeys(draft.ending, (draft.dated.earliest, day))
    return tuple(_moved(row, *days[row.predecessor]) if row.predecessor in days else row for row in rows)


def _moved(row: Succession, printed: date, day: date) -> Succession:
    if not row.ends or row.day != printed:
        return row
    return replace(row, day=day, notes=(f"effective day: as documents give it; the rows give {printed}",))


def confirm(drafts: Iterable[Draft], lives: Mapping[str, Life], curation: Curation) -> Confirmed:
    """Join every confirmation to the event that it belongs to."""
    made = tuple(drafts)
    known = _known(curation, lives)
    found = _matches(made, known)
    inbound = starts_inbound((t.receiver, d.dated.earliest) for d in made if d.happened for t in d.transfers)
    told = _named_receivers(made, found)
    confirmed = tuple(_confirmed(d, found[d.id], lives, inbound, told) if d.id in found else d for d in made)
    return Confirmed(
        drafts=confirmed,
        bounds=tuple(
            claim
            for was, draft in zip(made, confirmed, strict=True)
            for match in found.get(was.id, ())
            for claim in _bounds(draft, match, lives)
        ),
        findings=(*_unlisted(curation, lives), *_unmatched(known, found)),
        disputed=frozenset(draft.id for draft in confirmed if _is_disputed(draft, found.get(draft.id, ()))),
    )


def _is_disputed(draft: Draft, matches: tuple[_Match, ...]) -> bool:
    """Whether documents tell of it, and none with its day."""
    told = {citation for match in matches for citation in match.confirmation.citations}
    return told >= set(draft.citations) and bool(matches) and not any(_holds(m.day, draft.dated) for m in matches)


# --- which belongs to which ----------------------------------------------------------------------------------------


def _in_order(confirmations: Iterable[Confirmation]) -> list[Confirmation]:
    """By day and bodies, whatever the order of files and entries."""
    return sorted(confirmations, key=_order)


def _order(each: Confirmation) -> tuple[date, date, list[str], list[str], str]:
    entry = each.entry
    return entry.effective.earliest, entry.effective.latest, sorted(entry.ends), sorted(entry.citations), repr(entry)


def _codes(each: Confirmation) -> frozenset[str]:
    return frozenset({*each.entry.ends, *each.entry.into})


def _known(curation: Curation, lives: Mapping[str, Life]) -> list[Confirmation]:
    return [each for each in _in_order(curation.confirmations) if _codes(each) <= set(lives)]


def _unlisted(curation: Curation, lives: Mapping[str, Life]) -> Iterator[Finding]:
    for each in _in_order(curation.confirmations):
        absent = ", ".join(sorted(_codes(each) - set(lives)))
        if absent:
            what = f"a confirmation of {each.entry.effective} is left out: no source read here lists {absent}"
            yield Finding("confirmation without record", " ".join(sorted(each.entry.ends)), what)


def _matches(drafts: Iterable[Draft], confirmations: Iterable[Confirmation]) -> dict[str, tuple[_Match, ...]]:
    """By event id, the confirmations that belong to it, in their order."""
    ended = {code: draft for draft in drafts for code in draft.ending}
    found: dict[str, list[_Match]] = defaultdict(list)
    for each in confirmations:
        codes: dict[str, set[str]] = defaultdict(set)
        for code in each.entry.ends:
            if code in ended and _near(ended[code].dated, each.entry.effective):
                codes[ended[code].id].add(code)
        for event in sorted(codes):
            found[event].append(_Match(each, frozenset(codes[event])))
    return {event: tuple(matches) for event, matches in found.items()}


def _near(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest - other.latest <= _YEAR and other.earliest - one.latest <= _YEAR


def _unmatched(confirmations: Iterable[Confirmation], found: Mapping[str, tuple[_Match, ...]]) -> Iterator[Finding]:
    """Bodies that no event ends about that day: told, with the confirmation that names them."""
    joined: dict[int, set[str]] = defaultdict(set)
    for match in (match for matches in found.values() for match in matches):
        joined[id(match.confirmation)] |= match.codes
    for each in confirmations:
        left = sorted(set(each.entry.ends) - joined[id(each)])
        if left:
            what = f"a confirmation has it end by {each.entry.effective}; no event within a year of that day ends it"
            yield Finding("confirmation without event", " ".join(left), what)


# --- the day -------------------------------------------------------------------------------------------------------


def _holds(when: PartialDate, day: PartialDate) -> bool:
    """Whether two dates may be one."""
    return when.earliest <= day.latest and day.earliest <= when.latest


def _corrected_day(draft: Draft, matches: tuple[_Match, ...]) -> date | None:
    """The day that documents about every body that ends give, all of them, where the rows give another."""
    if any(_holds(match.day, draft.dated) for match in matches):
        return None
    exact = {match.day.day for match in matches if match.day.day is not None}
    named = {code for match in matches if match.day.day is not None for code in match.codes}
    if len(exact) != 1 or named != draft.ending:
        return None
    day = exact.pop()
    agreed = all(match.day.earliest <= day <= match.day.latest for match in matches)
    return day if agreed else None


def _redated_closure(draft: Draft, matches: tuple[_Match, ...]) -> Draft:
    """A closure by a list, on the day that documents give."""
    day = _corrected_day(draft, matches) if ":" in draft.id and not draft.evidence else None
    if day is None:
        return draft
    printed = draft.dated.earliest
    return replace(
        draft,
        id=draft.id.replace(printed.isoformat(), day.isoformat(), 1),
        effective=PartialDate.of_day(day),
        conflicts=(*draft.conflicts, f"the register's lists give {printed}"),
    )


# --- what is added -------------------------------------------------------------------------------------------------


def _confirmed(
    draft: Draft,
    matches: tuple[_Match, ...],
    lives: Mapping[str, Life],
    inbound: Mapping[str, date],
    told: Mapping[int, frozenset[str]],
) -> Draft:
    redated_draft = _redated_closure(draft, matches)
    refined, kind_conflicts = _refined(redated_draft, matches, lives, inbound)
    entries = [match.confirmation.entry for match in matches]
    sure = _sureness(matches)
    conflicts = [*refined.conflicts, *(e.conflicts for e in entries if e.conflicts)]
    conflicts += [*_other_days(refined, matches), *kind_conflicts, *_other_receivers(matches, told)]
    return replace(
        refined,
        mechanism=refined.mechanism or _joined((e.mechanism for e in entries), "; "),
        narrative=refined.narrative or _joined((e.narrative for e in entries), " "),
        legal=refined.legal or next((e.legal for e in entries if e.legal), None),
        announced=refined.announced or next((e.announced for e in entries if e.announced), None),
        announced_as=refined.announced_as or next((e.announced_as for e in entries if e.announced_as), None),
        confidence=refined.confidence or min((sure[c] for match in matches for c in match.codes), key=_FIRM.index),
        sure=tuple(sorted(sure.items())),
        citations=_once([*refined.citations, *(c for match in matches for c in match.confirmation.citations)]),
        confirmed=_by_whom(refined, matches),
        conflicts=tuple(dict.fromkeys(conflicts)),
    )


def _joined(texts: Iterable[str | None], between: str) -> str | None:
    return between.join(dict.fromkeys(text.strip() for text in texts if text)) or None


def _once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))


def _by_whom(draft: Draft, matches: tuple[_Match, ...]) -> tuple[tuple[str, tuple[Source | Citation, ...]], ...]:
    """For each body the documents that name it, after those that confirmed it before."""
    taking_part = {code for code, _ in (*draft.befores, *draft.afters)}
    found: dict[str, list[Source | Citation]] = {code: list(sources) for code, sources in draft.confirmed}
    for match in matches:
        for code in sorted(match.codes | (set(match.confirmation.entry.into) & taking_part)):
            found.setdefault(code, []).extend(match.confirmation.citations)
    return tuple((code, tuple(dict.fromkeys(found[code]))) for code in sorted(found))


def _sureness(matches: tuple[_Match, ...]) -> dict[str, Confidence]:
    sure: dict[str, Confidence] = {}
    for match in matches:
        entry = match.confirmation.entry
        for code in (*match.codes, *entry.into):
            sure[code] = max(sure.get(code, entry.confidence), entry.confidence, key=_FIRM.index)
    return sure


def _other_days(draft: Draft, matches: tuple[_Match, ...]) -> Iterator[str]:
    for match in matches:
        if not _holds(match.day, draft.dated):
            yield f"{match.documents}: {match.day} for the end of {', '.join(sorted(match.codes))}"
    legal = {e.legal for match in matches if (e := match.confirmation.entry).legal is not None}
    if len(legal) > 1:
        yield f"documents give several days in law: {', '.join(sorted(map(str, legal)))}"


def _named_receivers(drafts: Iterable[Draft], found: Mapping[str, tuple[_Match, ...]]) -> dict[int, frozenset[str]]:
    """For each confirmation everyone who comes out of an event that it belongs to."""
    named: dict[int, set[str]] = defaultdict(set)
    for draft in drafts:
        for match in found.get(draft.id, ()):
            named[id(match.confirmation)] |= {code for code, _ in draft.afters}
    return {key: frozenset(codes) for key, codes in named.items()}


def _other_receivers(matches: tuple[_Match, ...], told: Mapping[int, frozenset[str]]) -> Iterator[str]:
    for match in matches:
        more = sorted(set(match.confirmation.entry.into) - told[id(match.confirmation)])
        if more:
            yield f"{match.documents}: also to {', '.join(more)}, which no row names"


# --- the kind ------------------------------------------------------------------------------------------------------


def _refined(
    draft: Draft, matches: tuple[_Match, ...], lives: Mapping[str, Life], inbound: Mapping[str, date]
) -> tuple[Draft, list[str]]:
    """The event of the kind that documents about every ender give; and where that does not fit, in words."""
    said: dict[EventKind, list[_Match]] = defaultdict(list)
    for match in matches:
        if match.confirmation.entry.kind is not None:
            said[match.confirmation.entry.kind].append(match)
    whole = [kind for kind, by in said.items() if {code for m in by for code in m.codes} == draft.ending]
    if not whole:
        return draft, []
    kind = whole[0]
    into = frozenset(code for match in said[kind] for code in match.confirmation.entry.into)
    made = of_kind(draft, kind, into, lives, inbound) if len(whole) == 1 and ":" in draft.id else draft
    odd = [f"{m.documents}: {kind.value}" for kind in whole if kind is not made.kind for m in said[kind]]
    return made, [f"{text}; told here as {made.kind.value}" for text in odd]


# --- first and last days -------------------------------------------------------------------------------------------


def _bounds(draft: Draft, match: _Match, lives: Mapping[str, Life]) -> Iterator[Claim]:
    """Last days of the bodies named, first days of those that it begins, where no list gives one."""
    entry, day = match.confirmation.entry, draft.dated.day
    if day is None or match.day.day != day:
        return
    ended = day if entry.legal is None else entry.legal.day
    if ended is not None:
        for code in sorted(match.codes):
            yield from _bound(code, "legal_end", ended - _DAY, match, lives)
    for code in sorted(draft.beginning & set(entry.into)):
        yield from _bound(code, "legal_start", day, match, lives)


def _bound(code: str, name: str, day: date, match: _Match, lives: Mapping[str, Life]) -> Iterator[Claim]:
    if all(said.value == OPEN for said in lives[code].record.says(name)):
        for citation in match.confirmation.citations:
            yield Claim(code, name, day.isoformat(), citation)
