"""Laws of reconciliation: where entries and rows meet nothing is lost, nothing doubled, and order does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rows import follows, listed, store

from nhs_orgs.compiler import Curation
from nhs_orgs.compiler.curation import Confirmation, CuratedEvent
from nhs_orgs.compiler.entries import ConfirmationFields, EventEntry
from nhs_orgs.events import Basis, ChangeEvent, Fate
from nhs_orgs.readers.base import OrganisationRow, Row, SuccessionRow
from nhs_orgs.sources import Citation
from nhs_orgs.store import Store

DAY = timedelta(days=1)
CODES = ("RAA", "RBB", "RCC", "RDD", "REE", "TFF", "5GG")
DAYS = ("2001-04-01", "2002-03-31", "2002-04-01", "2002-04-02", "2002-09-01", "2003-04-01")
DATES = (*DAYS, "2002-04", "2002")
KINDS = ("merger", "acquisition", "replacement", "split", "closure", "service transfer", None)
DOCUMENTS = tuple(Citation(name, "A publisher", f"The {name}") for name in ("order", "page", "paper"))

codes = st.sampled_from(CODES)
some = st.lists(codes, min_size=1, max_size=3, unique=True)


@st.composite
def lines(draw: st.DrawFn) -> OrganisationRow:
    """A line of a list, with or without days."""
    first = draw(st.none() | st.sampled_from(DAYS[:3]))
    last = draw(st.none() | st.sampled_from(DAYS[3:]))
    return listed(draw(codes), first, last, by=draw(st.sampled_from(("etr@2004-01-01", "etr@2026-07-31"))))


rows = st.builds(follows, codes, codes, st.sampled_from(DAYS), by=st.sampled_from(("succ@2026-05", "succ@2022-10")))
tables = st.lists(lines() | rows, min_size=1, max_size=12)


@st.composite
def confirmations(draw: st.DrawFn) -> Confirmation:
    """A confirmation of anything."""
    cited = draw(st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=2, unique=True))
    entry = ConfirmationFields.model_validate(
        {
            "ends": draw(some),
            "into": draw(st.lists(codes, max_size=2, unique=True)),
            "effective": draw(st.sampled_from(DATES)),
            "legal": draw(st.none() | st.sampled_from(DATES)),
            "kind": draw(st.sampled_from(KINDS)),
            "narrative": draw(st.sampled_from((None, "So it was.", "Thus."))),
            "confidence": draw(st.sampled_from(("high", "medium", "low"))),
            "citations": [citation.id for citation in cited],
        }
    )
    return Confirmation(entry, tuple(cited))


@st.composite
def events(draw: st.DrawFn) -> tuple[CuratedEvent, ...]:
    """Curated events, of which no two end one body."""
    enders = draw(st.lists(codes, max_size=4, unique=True))
    return tuple(_event(draw, f"told-{code.lower()}", code) for code in enders)


def _event(draw: st.DrawFn, id: str, code: str) -> CuratedEvent:
    to = draw(st.lists(codes.filter(lambda other: other != code), max_size=2, unique=True))
    ends = draw(st.booleans())
    document = draw(st.sampled_from(DOCUMENTS))
    more: dict[str, Any] = {"replaces_rows": draw(st.lists(st.tuples(codes, codes), max_size=1))}
    entry = EventEntry.model_validate(
        {
            "id": id,
            "kind": "split",
            "effective": draw(st.sampled_from(DATES)),
            "befores": [{"code": code, "fate": "ends" if ends else "gives"}],
            "afters": [{"code": other, "fate": "gains"} for other in to],
            "transfers": [{"from": code, "to": other, "extent": "part"} for other in to],
            "narrative": "It was divided.",
            "confidence": "high",
            "citations": [document.id],
            **more,
        }
    )
    return CuratedEvent(id, entry, (document,))


curations = st.builds(
    lambda told, said: Curation(events=told, confirmations=tuple(said)), events(), st.lists(confirmations(), max_size=4)
)


def happened(made: Store) -> list[ChangeEvent]:
    """Every event, and that it rests on something."""
    found = list(made.events.values())
    assert [event for event in found if not event.basis] == []
    return found


@given(tables, curations)
def test_every_row_is_evidence_once(table: list[Row], curation: Curation) -> None:
    """A succession row is the evidence of exactly one event, or a finding names it."""
    made = store(*table, curation=curation)
    printed = [
        (row.predecessor, row.successor, row.day, source.id)
        for event in happened(made)
        for row in event.evidence
        for source in row.sources
    ]
    assert len(printed) == len(set(printed))
    aside = {finding.subject for finding in made.findings if finding.rule in {"shortcut", "self-succession"}}
    for row in table:
        if isinstance(row, SuccessionRow):
            pair = row.predecessor if row.predecessor == row.successor else f"{row.predecessor} {row.successor}"
            assert ((row.predecessor, row.successor, row.day, row.source.id) in printed) is (pair not in aside)


@given(tables, curations)
def test_every_entry_is_cited_or_told(table: list[Row], curation: Curation) -> None:
    """Each curated event is there, and each confirmation cited by the end of its bodies, or a finding names them."""
    made = store(*table, curation=curation)
    told = {(finding.rule, code) for finding in made.findings for code in finding.subject.split()}
    for event in curation.events:
        named = {side.code for side in event.entry.befores} | {side.code for side in event.entry.afters}
        assert event.id in made.events or named & {code for rule, code in told if "record" in rule}
    ended = {p.code: event for event in made.events.values() for p in event.befores if p.fate is Fate.ENDS}
    for confirmation in curation.confirmations:
        for code in confirmation.entry.ends:
            by = ended[code].citations if code in ended else ()
            assert set(confirmation.citations) <= set(by) or {rule for rule, other in told if other == code}


@given(tables, curations)
def test_every_body_ends_once(table: list[Row], curation: Curation) -> None:
    """However rows, lists and entries meet, at most one event ends a body."""
    made = store(*table, curation=curation)
    ended = [p.code for event in happened(made) for p in event.befores if p.fate is Fate.ENDS]
    assert len(ended) == len(set(ended))


@given(st.data(), tables, curations)
def test_order_does_not_matter(data: st.DataObject, table: list[Row], curation: Curation) -> None:
    """The same rows and entries in another order make the same register."""
    shuffled = replace(
        curation,
        events=tuple(data.draw(st.permutations(curation.events))),
        confirmations=tuple(data.draw(st.permutations(curation.confirmations))),
    )
    one = store(*table, curation=curation)
    other = store(*data.draw(st.permutations(table)), curation=shuffled)
    assert list(other.events.values()) == list(one.events.values())
    assert (other.records, other.eras, set(other.findings)) == (one.records, one.eras, set(one.findings))


@given(tables, curations)
def test_a_confirmation_makes_no_successor(table: list[Row], curation: Curation) -> None:
    """Who passed to whom is what rows and curated events say: confirmations leave it as it was."""
    without = store(*table, curation=replace(curation, confirmations=()))
    made = store(*table, curation=curation)
    assert _passed(made) == _passed(without)


def _passed(made: Store) -> set[tuple[str, str]]:
    pairs = {(e.giver.partition("@")[0], e.receiver.partition("@")[0]) for e in made.edges}
    return {(giver, receiver) for giver, receiver in pairs if giver != receiver}


@given(tables, curations)
def test_basis_agrees_with_what_an_event_has(table: list[Row], curation: Curation) -> None:
    """Only what documents tell is confirmed, refined, corrected or added; what is register only has rows.

    What stands in place of rows names them among its conflicts.
    """
    by_documents = {Basis.CONFIRMED, Basis.REFINED, Basis.CORRECTED, Basis.ADDED}
    for event in happened(store(*table, curation=curation)):
        assert not (set(event.basis) & by_documents and event.inferred)
        assert Basis.REGISTER not in event.basis or event.evidence
        assert Basis.ADDED not in event.basis or not event.evidence
        assert (Basis.SUPPRESSED in event.basis) is any("is set aside: " in conflict for conflict in event.conflicts)
        if Basis.LISTED in event.basis:
            assert all(p.sources for p in event.befores if p.fate is Fate.ENDS)


@given(tables, curations)
def test_no_source_confirms_what_it_does_not_say(table: list[Row], curation: Curation) -> None:
    """A list that confirms an end closes the body; one that confirms a beginning opens it no later than the event."""
    made = store(*table, curation=curation)
    for event in made.events.values():
        for part in (*event.befores, *event.afters):
            for source in part.sources:
                if isinstance(source, Citation) or part.code is None:
                    continue
                record = made.records[part.code]
                if part.fate is Fate.ENDS:
                    ends = [s.value for s in record.says("legal_end") if source in s.sources]
                    said = {date.fromisoformat(value) for value in ends if value != ".."}
                    assert {event.dated.earliest - DAY, event.dated.latest - DAY} & said or _holds_any(event, said)
                if part.fate is Fate.NEW:
                    starts = [s.value for s in record.says("legal_start") if source in s.sources]
                    assert any(value <= event.dated.latest.isoformat() for value in starts)


def _holds_any(event: ChangeEvent, days: set[date]) -> bool:
    return any(event.dated.earliest <= day <= event.dated.latest for day in days)
