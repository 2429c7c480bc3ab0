"""Laws of explanations: whatever an event holds, it can be told, and the text is fit to be read."""

from __future__ import annotations

import pickle
import re

from builders import citation, source
from hypothesis import given
from hypothesis import strategies as st

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
from nhs_orgs.explain import explain_events
from nhs_orgs.sources import Confidence

CODES = ("RAA", "RBB", "RCC", "5AA", "QAA", "8HL99")
NAMES = (
    "Alpha NHS Trust",
    "Alpha NHS Foundation Trust",
    "Beta",
    "name unknown",
    "Gamma (a later name)",
    "NHS D ICB - RCC",
)
TITLES = ("NHS trust", "primary care trust", "organisation of unknown kind", "integrated care board")
WORDS = ("It was planned.", "The list of 2004-01-01 has RAA", "Why?", "No row is known", "one practice; 5 of 7")
DAYS = tuple(map(PartialDate.from_text, ("2004-01-01", "2004-02", "2005", "2003-01-01/2004-01-01")))
DOCUMENTS = tuple(map(citation, ("one", "two", "three")))
LISTS = tuple(map(source, ("etr@2018-08-31", "etr@2020-10", "succ@2022")))

days = st.sampled_from(DAYS)
words = st.none() | st.sampled_from(WORDS)


def some(values: tuple[object, ...], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    """A few of these, each once."""
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


@st.composite
def participants(draw: st.DrawFn, era: str) -> tuple[Participant, ...]:
    """Bodies on one side of an event, one or none outside the register."""
    codes = draw(st.lists(st.sampled_from((*CODES, None)), unique=True, max_size=7))
    return tuple(
        Participant(
            key=f"{code}@{era}" if code else "body:a-council",
            code=code,
            fate=draw(st.sampled_from(Fate)),
            sources=draw(some((*DOCUMENTS, *LISTS))),  # type: ignore[arg-type]
            name=draw(st.sampled_from(NAMES)) if code else "A council",
            named_since=draw(st.none() | days),
            title=draw(st.sampled_from(TITLES)),
        )
        for code in codes
    )


@st.composite
def transfers(draw: st.DrawFn, befores: tuple[Participant, ...], afters: tuple[Participant, ...]) -> Transfer:
    """Something that passed from one to another, or from or to one that the event does not list."""
    shares = st.builds(Share, st.sampled_from((0.004, 0.25, 0.75, 1.0)), st.sampled_from(("beds", "practices 2019")))
    return Transfer(
        giver=draw(st.sampled_from([*(body.key for body in befores), "RXX@1990-04-01"])),
        receiver=draw(st.sampled_from([*(body.key for body in afters), "body:elsewhere"])),
        extent=draw(st.sampled_from(Extent)),
        shares=tuple(draw(st.lists(shares, max_size=2))),
        services=draw(some(("mental health services", "social care"))),  # type: ignore[arg-type]
        sites=draw(some(("RAA01", "A1B2C"))),  # type: ignore[arg-type]
        note=draw(words),
    )


@st.composite
def events(draw: st.DrawFn) -> ChangeEvent:
    """Any event at all, likely or not."""
    befores, afters = draw(participants("2000-04-01")), draw(participants("2004-01-01"))
    status = draw(st.sampled_from(EventStatus))
    effective = draw(days) if status is EventStatus.COMPLETED else draw(st.none() | days)
    rows = st.builds(
        SuccessionEvidence,
        predecessor=st.sampled_from(CODES),
        successor=st.sampled_from(CODES),
        day=st.sampled_from([day.earliest for day in DAYS]),
        sources=some(LISTS),
    )
    return ChangeEvent(
        id="it",
        kind=draw(st.sampled_from(EventKind)),
        status=status,
        effective=effective,
        legal=draw(st.none() | days),
        announced=draw(days) if effective is None else draw(st.none() | days),
        announced_as=draw(st.none() | st.sampled_from(("merger", "abolition", "acquisition"))),
        mechanism=draw(st.none() | st.sampled_from(("Dissolution order", "Health and Care Act 2022"))),
        befores=befores,
        afters=afters,
        transfers=tuple(draw(st.lists(transfers(befores, afters), max_size=10))),
        narrative=draw(words),
        confidence=draw(st.none() | st.sampled_from(Confidence)),
        citations=draw(some(DOCUMENTS)),  # type: ignore[arg-type]
        evidence=tuple(draw(st.lists(rows, max_size=3))),
        basis=draw(some(tuple(Basis))),  # type: ignore[arg-type]
        completes=draw(some(("earlier",))),  # type: ignore[arg-type]
        nothing_followed=draw(st.booleans()),
        conflicts=draw(some(WORDS)),  # type: ignore[arg-type]
    )


@given(events())
def test_any_event_can_be_told(event: ChangeEvent) -> None:
    """A capital, whole sentences, a full stop or the numbers of sources at the end, and no letter of our notation."""
    text = event.explain().split("\n")[0]
    assert text[:1] == text[:1].upper()
    assert text.endswith((".", "?", "]"))
    assert not re.search(r"\.\.|\. \.|  |,\.|\bNone\b|name unknown|later name\)|\d{4}-\d{2}-\d{2}|Fate|Basis", text)


@given(events())
def test_every_source_is_cited_and_listed_once(event: ChangeEvent) -> None:
    """The list has every document and release that the event rests on, once, each with a number of the text."""
    text, *listed = event.explain().split("\n")
    assert len(listed) == len(set(listed))
    assert {line.split(" ", 1)[1] for line in listed} >= {str(each) for each in event.sources}
    cited = {
        number
        for run in re.findall(r"\[([\d, -]+)\]", text)
        for part in run.split(", ")
        for number in range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)
    }
    assert cited == set(range(1, len(listed) + 1))


@given(st.lists(events(), max_size=4))
def test_a_text_of_several_events_cites_by_one_list(told: list[ChangeEvent]) -> None:
    """However many events, one list of sources, each once; the same events make the same text."""
    text = explain_events(told)
    assert text.count("Sources:") == bool({source for event in told for source in event.sources} or "[1" in text)
    assert explain_events(told) == text


@given(events())
def test_an_event_needs_nothing_beside_itself(event: ChangeEvent) -> None:
    """A copy that has been through pickle is equal, hashes alike and tells and draws the same."""
    copy = pickle.loads(pickle.dumps(event))  # noqa: S301 - what was just pickled
    assert copy == event
    assert hash(copy) == hash(event)
    assert copy.explain() == event.explain()
    assert copy.to_mermaid() == event.to_mermaid()
    assert event.to_mermaid().startswith("flowchart LR")
