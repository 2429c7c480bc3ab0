"""Events in words: a true sentence for each kind of event, with its sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import citation, event, make_store, source

from nhs_orgs.dates import PartialDate
from nhs_orgs.explain import References, explain_event, explain_events, explain_path, label, mermaid, name_on
from nhs_orgs.lineage import LineageGraph
from nhs_orgs.organisations import Body
from nhs_orgs.period import Period
from nhs_orgs.store import Store

TABLE = """
    AAA  1990-04-01  2003-12-31  Trust  Alpha
    AAA  2004-01-01  ..          Trust  Alpha and Beta
    BBB  1990-04-01  2003-12-31  Trust  Beta
    CCC  1990-04-01  2003-12-31  Trust  Gamma
    NEW  2004-01-01  ..          Trust  The new one; 2010-01-01 Its later name
    OPN  1990-04-01  ..          Trust  Open
    GRP  2000-04-01  2003-12-31  CCG    A group
    GRP  2004-01-01  ..          SubICBLocation  A place
    """
DAY = "2004-01-01"


def told(kind: str, flows: str, **more: object) -> str:
    """The paragraph of one event, without the list of its sources."""
    store = make_store(TABLE, event(DAY, kind, flows, id="it", **more))
    return explain_event(store.events["it"], store).splitlines()[0]


def happened(kind: str, flows: str, **more: object) -> str:
    """What the paragraph of a cited event says between the day and the numbers of the sources."""
    text = told(kind, flows, cited=("one",), **more)
    assert text.startswith("1 January 2004: ")
    assert text.endswith(" [1]")
    return text.removeprefix("1 January 2004: ").removesuffix(" [1]")


@pytest.mark.parametrize(
    ("kind", "flows", "sentence"),
    [
        ("merger", "BBB => NEW, CCC => NEW", "BBB (Beta) and CCC (Gamma) merged to form NEW (The new one)."),
        (
            "acquisition", "BBB => AAA, AAA => AAA",
            "AAA (Alpha and Beta) took over BBB (Beta) and kept its code, having been Alpha until then.",
        ),
        (
            "acquisition", "BBB -> AAA, AAA => AAA",
            "AAA (Alpha) went on as AAA (Alpha and Beta); part of BBB (Beta) passed to AAA (Alpha and Beta).",
        ),
        ("acquisition", "BBB => OPN", "OPN (Open) took over BBB (Beta) and kept its code."),
        ("replacement", "BBB => NEW", "NEW (The new one) took the place of BBB (Beta)."),
        (
            "succession", "BBB => NEW",
            "BBB (Beta) passed to NEW (The new one); the register does not say whether the successor was new.",
        ),
        (
            "conversion", "GRP => GRP",
            "GRP (A group), a clinical commissioning group, became a sub-ICB location: A place.",
        ),
        ("conversion", "AAA => AAA", "AAA (Alpha) went on as AAA (Alpha and Beta)."),
        (
            "split", "BBB -> NEW 0.25 floor area, BBB -> OPN 0.75 floor area",
            (
                "part of BBB (Beta) passed to NEW (The new one) (25.0% by floor area); "
                "part of BBB (Beta) passed to OPN (Open) (75.0% by floor area)."
            ),
        ),
        ("service transfer", "OPN -> NEW", "part of OPN (Open) passed to NEW (The new one)."),
        (
            "reconfiguration", "BBB => NEW, CCC => OPN",
            "BBB (Beta) passed whole to NEW (The new one); CCC (Gamma) passed whole to OPN (Open).",
        ),
        ("closure", "BBB", "BBB (Beta) closed."),
        ("creation", "NEW", "NEW (The new one) was created."),
        ("rename", "AAA", "AAA took the name Alpha and Beta."),
        ("boundary change", "OPN", "boundary change of OPN (Open)."),
    ],
)  # fmt: skip
def test_each_kind_of_event_has_its_sentence(kind: str, flows: str, sentence: str) -> None:
    """What happened is said in the words of its kind, with the names of the day."""
    assert happened(kind, flows) == sentence


def test_what_came_along_with_a_closure_or_a_creation_is_told() -> None:
    """Transfers of these events are clauses of their own."""
    assert happened("closure", "BBB => OPN") == "BBB (Beta) closed; BBB (Beta) passed whole to OPN (Open)."
    assert happened("creation", "OPN -> NEW") == (
        "NEW (The new one) was created; part of OPN (Open) passed to NEW (The new one)."
    )


def test_a_closure_tells_what_it_completes() -> None:
    """The days of the earlier events are part of the sentence; one that is not there is left out."""
    earlier = event("2002-06-01", "split", "BBB -> OPN, BBB -> CCC", id="earlier")
    store = make_store(TABLE, earlier, event(DAY, "closure", "BBB", id="it", completes=("earlier", "elsewhere")))
    assert "BBB (Beta) closed, after what happened on 1 June 2002." in explain_event(store.events["it"], store)
    assert happened("closure", "BBB", completes=("elsewhere",)) == "BBB (Beta) closed."


@pytest.mark.parametrize("status", ["proposed", "approved", "abandoned"])
def test_what_did_not_come_about_is_not_told_as_if_it_had(status: str) -> None:
    """An event that was not completed is told as a plan."""
    assert happened("acquisition", "BBB => OPN", status=status) == (
        f"an acquisition of BBB (Beta) into OPN (Open) was {status}."
    )
    assert happened("closure", "BBB", status=status) == f"a closure of BBB (Beta) was {status}."


def test_announcement_narrative_and_conflicts_follow() -> None:
    """What it was called, its story and where sources disagree are sentences of their own."""
    more = {
        "announced_as": "merger",
        "narrative": "It was long planned.",
        "conflicts": ("one list has the day before.",),
    }
    assert happened("acquisition", "BBB => OPN", **more) == (
        "OPN (Open) took over BBB (Beta) and kept its code. Announced as a merger. It was long planned. "
        "Sources disagree: one list has the day before."
    )
    assert "Announced" not in happened("acquisition", "BBB => OPN", announced_as="acquisition")


def test_a_reconstruction_says_so() -> None:
    """Low confidence is told, other confidence is not."""
    assert happened("split", "BBB -> NEW, BBB -> OPN", confidence="low").endswith("This is a reconstruction.")
    assert "reconstruction" not in happened("split", "BBB -> NEW, BBB -> OPN", confidence="medium")


def test_an_inferred_event_names_its_rows() -> None:
    """Without documents the register's own rows are named, with their release."""
    text = told("merger", "BBB => NEW, CCC => NEW")
    assert text.endswith(
        "Inferred from the register's succession rows (BBB to NEW, 1 January 2004; CCC to NEW, 1 January 2004). [1]"
    )
    assert told("conversion", "GRP => GRP").endswith("Inferred by rule from the register's dates.")


def test_a_paragraph_alone_carries_its_sources() -> None:
    """Asked for one event without a list to cite in, the list is below."""
    store = make_store(TABLE, event(DAY, "merger", "BBB => NEW, CCC => NEW", id="it", cited=("two", "one")))
    assert explain_event(store.events["it"], store).splitlines()[1:] == [
        "[1] A publisher, “About two”",
        "[2] A publisher, “About one”",
    ]


def two_events() -> Store:
    """A replacement and a part passed on, with one source in common."""
    return make_store(
        TABLE,
        event(DAY, "replacement", "BBB => NEW", id="first", cited=("one",)),
        event("2010-06", "service transfer", "NEW -> OPN", id="second", cited=("two", "one")),
    )


def test_events_share_one_list_of_sources() -> None:
    """A source that two events cite is listed once, and cited by one number; imprecise days stay so."""
    store = two_events()
    assert explain_events(store.events.values(), store).split("\n\n") == [
        "1 January 2004: NEW (The new one) took the place of BBB (Beta). [1]",
        "June 2010: part of NEW (Its later name) passed to OPN (Open). [1][2]",
        "Sources:\n[1] A publisher, “About one”\n[2] A publisher, “About two”",
    ]
    assert explain_events([], store) == ""


def test_a_path_is_its_events() -> None:
    """A path through the lineage is told as the events that its edges belong to, each once."""
    store = two_events()
    (path,) = LineageGraph(store).paths("BBB", "OPN")
    assert explain_path(path, store) == explain_events(store.events.values(), store)
    assert explain_path([*path, *path], store) == explain_path(path, store)


def test_references_keep_their_first_number() -> None:
    """Numbers go by first citation and are printed in order; nothing cited prints nothing."""
    references = References()
    one, two = citation("one"), source("etr@2018-08-31")
    assert (references.cite([one]), references.cite([two, one]), references.cite([])) == (" [1]", " [1][2]", "")
    assert references.lines()[1] == "[2] A publisher, the etr list, as at 2018-08-31"


def test_a_participant_outside_the_store_keeps_its_code() -> None:
    """An event that names a body the store lacks still makes a sentence."""
    store = make_store(TABLE)
    other = make_store("ZZZ  1990-04-01  2003-12-31  Trust", event(DAY, "closure", "ZZZ", id="it", cited=("one",)))
    assert explain_event(other.events["it"], store).startswith("1 January 2004: ZZZ closed.")
    renamed = make_store("ZZZ  1990-04-01  ..  Trust", event(DAY, "rename", "ZZZ", id="it", cited=("one",)))
    assert explain_event(renamed.events["it"], store).startswith("1 January 2004: ZZZ was renamed.")


def test_the_name_of_a_day_lies_between_its_bounds() -> None:
    """The name in force, the earlier of two in a gap, and the earliest before any was seen."""
    store = make_store(TABLE)
    body = store.organisation("NEW@2004-01-01")
    assert name_on(body, date(2009, 12, 31)) == "The new one"
    assert name_on(body, date(2010, 1, 1)) == "Its later name"
    assert name_on(body, date(2003, 1, 1)) == "The new one"
    first, second = body.names
    gap = replace(body, names=(first, replace(second, since=PartialDate.of_day("2012-01-01"))))
    assert name_on(gap, date(2011, 1, 1)) == "Its later name"
    assert name_on(replace(body, names=()), date(2011, 1, 1)) == body.name


def test_labels_give_code_and_name() -> None:
    """A body of the register has both; one outside it only its name."""
    body = make_store(TABLE).organisation("NEW@2004-01-01")
    assert (label(body), label(body, on=date(2005, 1, 1))) == ("NEW (Its later name)", "NEW (The new one)")
    assert label(Body(key="body:a-council", code=None, name="A council", period=Period())) == "A council"


def test_a_chart_escapes_quotation_marks() -> None:
    """A name with quotation marks does not break the chart; edges to bodies that are not drawn are left out."""
    store = make_store(
        'AAA  1990-04-01  ..  Trust  The "old" one\nBBB  1990-04-01  ..  Trust',
        event(DAY, "service transfer", "AAA -> BBB"),
    )
    chart = mermaid([store.organisation("AAA@1990-04-01")], store.edges)
    assert chart.splitlines() == ["flowchart LR", '  n0["AAA<br/>The #quot;old#quot; one<br/>1990-04-01/.."]']
