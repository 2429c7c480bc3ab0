"""Events in words: a true sentence for each kind of event, with its sources; every text from the event alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import citation, event, make_store, source

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import Basis, ChangeEvent, Fate, Participant, Share
from nhs_orgs.explain import References, explain_events, explain_path, label, mermaid
from nhs_orgs.lineage import LineageGraph
from nhs_orgs.organisations import Body, PrimaryCareTrust, Trust
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.store import Store
from nhs_orgs.styles import name_on, title_on

TABLE = """
    AAA  1990-04-01  2003-12-31  Trust  Alpha NHS Trust
    AAA  2004-01-01  ..          Trust  Alpha and Beta NHS Trust
    BBB  1990-04-01  2003-12-31  Trust  Beta NHS Trust
    CCC  1990-04-01  2003-12-31  Trust  Gamma NHS Trust
    NEW  2004-01-01  ..          Trust  Delta NHS Trust; 2010-01-01 Epsilon NHS Trust
    OPN  1990-04-01  ..          Trust  Open NHS Trust
    SAM  2004-01-01  ..          Trust  Beta NHS Trust
    GRP  2000-04-01  2003-12-31  CCG    NHS Group CCG
    GRP  2004-01-01  ..          SubICBLocation  NHS Place ICB - GRP
    STP  2000-04-01  2003-12-31  STP    A county
    STP  2004-01-01  ..          ICB    NHS County Integrated Care Board
    """
DAY = "2004-01-01"
ALPHA, BETA, GAMMA = "Alpha NHS Trust (AAA)", "Beta NHS Trust (BBB)", "Gamma NHS Trust (CCC)"
DELTA, OPEN = "Delta NHS Trust (NEW)", "Open NHS Trust (OPN)"


def made(kind: str, flows: str, **more: Any) -> ChangeEvent:  # noqa: ANN401 - fields of many types
    """One event of the table."""
    return make_store(TABLE, event(DAY, kind, flows, id="it", **more)).events["it"]


def paragraph(told: ChangeEvent) -> str:
    """Its paragraph, without the list of sources."""
    return told.explain().splitlines()[0]


def happened(kind: str, flows: str, **more: Any) -> str:  # noqa: ANN401 - fields of many types
    """What the paragraph of a cited event says between the day and the numbers of the sources."""
    text = paragraph(made(kind, flows, cited=("one",), **more))
    assert text.startswith("On 1 January 2004, ")
    return text.removeprefix("On 1 January 2004, ").removesuffix(" [1]")


@pytest.mark.parametrize(
    ("kind", "flows", "sentence"),
    [
        ("merger", "BBB => NEW, CCC => NEW", f"{BETA} and {GAMMA} merged to form {DELTA}."),
        ("merger", "BBB => NEW", f"{BETA} gave way to {DELTA}."),
        ("merger", "BBB => OPN", f"{BETA} merged into {OPEN}."),
        ("merger", "BBB => AAA, AAA => AAA", (f"{ALPHA} and {BETA} merged to form Alpha and Beta NHS Trust (AAA). "
         "Alpha and Beta had until then been called Alpha NHS Trust.")),
        ("acquisition", "BBB => AAA, AAA => AAA",
         f"{ALPHA} took over {BETA}, kept its code and became Alpha and Beta NHS Trust."),
        ("acquisition", "BBB => OPN", f"{OPEN} took over {BETA}."),
        ("acquisition", "BBB -> AAA, AAA => AAA",
         f"{ALPHA} took over what was left of {BETA}, kept its code and became Alpha and Beta NHS Trust."),
        ("acquisition", "BBB -> AAA, BBB -> OPN, AAA => AAA",
         (f"{ALPHA} went on under its code as Alpha and Beta NHS Trust. "
         f"Parts of {BETA} passed to Alpha and Beta and {OPEN}.")),
        ("replacement", "BBB => NEW", f"{DELTA} took the place of {BETA}."),
        ("replacement", "BBB => SAM", f"{BETA} was replaced by a body of the same name under the code SAM."),
        ("conversion", "GRP => GRP", ("NHS Group CCG (GRP) became a sub-ICB location under the same code, "
         "called NHS Place ICB - GRP.")),
        ("conversion", "STP => STP", ("A county (STP), a sustainability and transformation partnership, became "
         "an integrated care board under the same code, called NHS County Integrated Care Board.")),
        ("conversion", "AAA => AAA", f"{ALPHA} went on under its code as Alpha and Beta NHS Trust."),
        ("split", "BBB -> NEW, BBB -> OPN", f"{BETA} was divided between {DELTA} and {OPEN}."),
        ("split", "OPN -> NEW, OPN -> SAM, OPN -> AAA", (f"what {OPEN} ran was divided among {DELTA}, "
         "Beta NHS Trust (SAM) and Alpha and Beta NHS Trust (AAA).")),
        ("split", "BBB => NEW", f"{BETA} passed to {DELTA}."),
        ("service transfer", "OPN -> NEW", f"part of {OPEN} passed to {DELTA}."),
        ("boundary change", "OPN -> NEW", f"part of the area of {OPEN} passed to {DELTA}."),
        ("boundary change", "OPN", f"there was a boundary change of {OPEN}."),
        ("reconfiguration", "BBB => NEW, CCC -> NEW, CCC => OPN",
         f"{DELTA} was formed from {BETA} and part of {GAMMA}. {OPEN} received Gamma."),
        ("reconfiguration", "BBB -> AAA, CCC -> AAA, AAA => AAA", ("Alpha and Beta NHS Trust (AAA) received "
         f"parts of {BETA} and {GAMMA}. Alpha and Beta had until then been called Alpha NHS Trust.")),
        ("closure", "BBB", f"{BETA} ceased to exist."),
        ("closure", "BBB, CCC", f"{BETA} and {GAMMA} ceased to exist."),
        ("closure", "BBB => OPN", f"{BETA} ceased to exist. Beta passed to {OPEN}."),
        ("creation", "NEW", f"{DELTA} was created."),
        ("creation", "OPN -> NEW", f"{DELTA} was created. Part of {OPEN} passed to Delta."),
        ("rename", "AAA", "the body with the code AAA took the name Alpha and Beta NHS Trust."),
        ("rename", "AAA => AAA", f"{ALPHA} took the name Alpha and Beta NHS Trust."),
        ("rename", "OPN => OPN", f"{OPEN} was renamed."),
    ],
)  # fmt: skip
def test_each_kind_of_event_has_its_sentence(kind: str, flows: str, sentence: str) -> None:
    """What happened is said in the words of its kind, with the names of the day and each code once."""
    fates = {"AAA": "continues"} if "=> AAA" in flows and kind != "reconfiguration" else {}
    if kind == "reconfiguration" and "AAA" in flows:
        fates = {"AAA": "gains"}
    assert happened(kind, flows, fates=fates) == sentence


def test_a_successor_of_unknown_standing_is_not_called_new() -> None:
    """Where no source tells whether a body was new, the text says that none does."""
    assert happened("succession", "BBB => NEW", fates={"NEW": "unknown"}) == (
        f"{BETA} was succeeded by {DELTA}. No source tells whether Delta was new."
    )
    assert "No source tells whether Delta and Open were new." in happened(
        "split", "BBB -> NEW, BBB -> OPN", fates={"NEW": "unknown", "OPN": "unknown"}
    )


def test_a_part_is_told_with_its_measures_services_and_sites() -> None:
    """A share is told with what was counted; two measures that differ are called so."""
    plain = made("split", "BBB -> NEW, BBB -> OPN", cited=("one",))
    first, second = plain.transfers
    measured = replace(
        plain,
        transfers=(
            replace(first, shares=(Share(0.6743, "floor area"), Share(0.8594, "beds")), sites=("BBB01",)),
            replace(second, shares=(Share(0.3257, "floor area"), Share(0.1406, "beds")), note="The other hospital"),
        ),
    )
    assert paragraph(measured) == (
        f"On 1 January 2004, {BETA} was divided between {DELTA} and {OPEN}. By floor area, about 67% went to Delta "
        "and 33% to Open; by beds, 86% and 14%. The measures differ. To Delta: site BBB01. To Open: The other "
        "hospital. [1]"
    )
    one_sided = replace(plain, transfers=(replace(first, shares=(Share(0.5, "beds"),)), second))
    assert "Delta received about 50% by beds." in paragraph(one_sided)


def test_a_single_part_is_told_by_its_services() -> None:
    """Services pass by name; a small share keeps its tenth; all by every measure is told as all."""
    plain = made("service transfer", "OPN -> NEW", cited=("one",))
    (moved,) = plain.transfers
    services = replace(moved, services=("mental health services", "social care"), sites=("A1", "B2"))
    assert paragraph(replace(plain, transfers=(services,))) == (
        f"On 1 January 2004, mental health services and social care passed from {OPEN} to {DELTA}. "
        "In detail: sites A1 and B2. [1]"
    )
    small = replace(moved, shares=(Share(0.0071, "resident population mid-2019"),), note="No site is known")
    assert "That was about 0.7% by resident population in mid-2019. No site is known." in paragraph(
        replace(plain, transfers=(small,))
    )
    whole = replace(moved, shares=(Share(1.0, "registered patients"), Share(0.9999, "postcodes")))
    assert f"all of {OPEN} by registered patients and postcodes passed to {DELTA}. [1]" in paragraph(
        replace(plain, transfers=(whole,))
    )


def test_of_many_transfers_the_sum_is_told_and_what_the_text_is_about() -> None:
    """A long list of bodies is counted, with those asked about named first; of transfers only theirs are told."""
    givers = [f"G{number:02}" for number in range(12)]
    table = [f"{code}  1990-04-01  2003-12-31  PrimaryCareGroup" for code in givers]
    store = make_store(
        "\n".join([*table, "PPP  2004-01-01  ..  PCT  Somewhere", "QQQ  2004-01-01  ..  PCT  Elsewhere"]),
        event(DAY, "reconfiguration", ", ".join(f"{g} => PPP, {g} -> QQQ" for g in givers), id="it", cited=("one",)),
    )
    text = explain_events(store.events.values(), focus={"G07@1990-04-01"}).splitlines()[0]
    assert text == (
        "On 1 January 2004, 12 primary care groups, among them Name of G07, Name of G00 and Name of G01, gave way to "
        "Somewhere primary care trust (PPP) and Elsewhere primary care trust (QQQ). "
        "Parts of Name of G07 passed to Somewhere and Elsewhere. [1]"
    )


def test_bodies_that_no_source_names_are_told_by_kind_and_code() -> None:
    """Unnamed bodies of a kind are grouped; later they are their codes."""
    plain = made("merger", "BBB => NEW, CCC => NEW", cited=("one",))
    unnamed = tuple(replace(body, name="name unknown") for body in plain.befores)
    assert "two NHS trusts of unknown name (BBB and CCC) merged to form" in paragraph(replace(plain, befores=unnamed))
    single = replace(made("closure", "BBB => OPN", cited=("one",)), befores=unnamed[:1])
    assert "an NHS trust of unknown name (BBB) ceased to exist. BBB passed to" in paragraph(single)
    later = replace(single, befores=(replace(unnamed[0], name="Beta (a later name)"),))
    assert "the body later named Beta (BBB) ceased" in paragraph(later)


def test_a_closure_tells_how_it_ended_and_what_followed() -> None:
    """Dissolved, abolished, with nothing in its place, or as a shell."""
    assert happened("closure", "BBB", announced_as="dissolution") == f"{BETA} was dissolved."
    assert happened("closure", "BBB", nothing_followed=True) == f"{BETA} ceased to exist, and nothing took its place."
    assert happened("closure", "BBB", completes=("earlier",)) == (
        f"{BETA} ceased to exist. What it had run had passed on before."
    )


@pytest.mark.parametrize(
    ("kind", "flows", "plan"),
    [
        ("acquisition", "BBB => OPN", f"The acquisition of {BETA} by {OPEN}"),
        ("merger", "BBB => NEW, CCC => NEW", f"A merger of {BETA} and {GAMMA} into {DELTA}"),
        ("closure", "BBB", f"A closure of {BETA}"),
        ("creation", "NEW", f"The creation of {DELTA}"),
    ],
)
@pytest.mark.parametrize(
    ("status", "verb", "unfinished"),
    [
        ("proposed", "proposed", True),
        ("approved", "approved", True),
        ("abandoned", "proposed and later given up", False),
    ],
)
def test_what_did_not_come_about_is_told_as_a_plan(
    kind: str, flows: str, plan: str, status: str, verb: str, *, unfinished: bool
) -> None:
    """An event that was not completed is told as a plan, for its day."""
    tail = " No source in hand tells that it came about." if unfinished else ""
    assert paragraph(made(kind, flows, cited=("one",), status=status)) == (
        f"{plan} was {verb}, to take effect on 1 January 2004.{tail} [1]"
    )


def test_a_proposal_tells_when_and_who_stood_behind_it() -> None:
    """A proposal of no day is dated by its announcement; its backers are named; a body outside has no code."""
    plain = made("creation", "OPN -> NEW", cited=("one",), status="proposed")
    outside = Participant(key="body:it", code=None, fate=Fate.NEW, name="new alliance of practices", title="alliance")
    proposal = replace(plain, effective=None, announced=PartialDate.of_year(2003), afters=(outside,), transfers=())
    assert paragraph(proposal) == (
        "In 2003, the creation of the new alliance of practices was proposed. "
        f"Behind the plan stood {OPEN}. No source in hand tells that it came about. [1]"
    )


def test_announcement_law_narrative_and_conflicts_follow() -> None:
    """What it was called, what it was in law, its story and where sources differ are sentences of their own."""
    more = {
        "announced_as": "merger",
        "announced": PartialDate.from_text("2003-06"),
        "mechanism": "Acquisition of an NHS trust by another",
        "legal": PartialDate.of_day("2004-07-01"),
        "narrative": "It was long planned",
        "conflicts": ("one list still shows BBB on 2004-02-01.", "another does not"),
    }
    assert happened("acquisition", "BBB => OPN", **more) == (
        f"{OPEN} took over {BETA}. It was announced as a merger in June 2003; in law it was an acquisition. "
        "In law it took effect on 1 July 2004: acquisition of an NHS trust by another. It was long planned. [1] "
        "On the sources: One list still shows Beta on 1 February 2004. Another does not."
    )
    assert "announced" not in happened("acquisition", "BBB => OPN", announced_as="acquisition")
    assert "It was announced as a merger, though the receiver kept its code." in happened(
        "acquisition", "BBB => OPN", announced_as="merger"
    )
    assert "It was announced as a dissolution." in happened("split", "BBB => OPN", announced_as="dissolution")
    assert "The means: Health and Care Act 2022." in happened("closure", "BBB", mechanism="Health and Care Act 2022")


def test_a_narrative_does_not_repeat_what_was_said() -> None:
    """A sentence of a narrative that says the same in other words is left out; one that denies or adds is kept."""
    narrative = "Beta was acquired by Open. It was not a merger. Open acquired Beta, and its name. Beta had 2 wards."
    assert happened("acquisition", "BBB => OPN", narrative=narrative) == (
        f"{OPEN} took over {BETA}. It was not a merger. Beta had 2 wards."
    )


def test_the_confidence_of_a_curated_event_is_told_in_words() -> None:
    """Low and medium confidence are told, high needs no word."""
    assert happened("closure", "BBB", confidence="low").endswith("one weak source or on a reconstruction.")
    assert "This is fairly sure" in happened("closure", "BBB", confidence="medium")
    assert happened("closure", "BBB", confidence="high") == f"{BETA} ceased to exist."


@pytest.mark.parametrize(
    ("basis", "cited", "words"),
    [
        ([Basis.REGISTER], (), "Only the register's succession rows say so. [1]"),
        ([], (), "Only the register's succession rows say so. [1]"),
        ([Basis.LISTED], (), "Dated lists agree with the register's succession rows. [1-2]"),
        ([Basis.CONFIRMED], ("doc",), "[1] A document agrees with the register's succession rows. [2]"),
        ([Basis.LISTED, Basis.CONFIRMED], ("a", "b"),
         "[1-2] Documents and dated lists agree with the register's succession rows. [3-4]"),
        ([Basis.CONFIRMED, Basis.REFINED, Basis.CORRECTED], ("a", "b"), ("[1-2] Documents agree with the register's "
         "succession rows, and the documents tell more than the rows and give another day. [3]")),
        ([Basis.REFINED], ("doc",), "[1] A document tells more than the rows. [2]"),
        ([Basis.CONFIRMED, Basis.SUPPRESSED], ("a",), ("[1] A document agrees with the register's succession rows. "
         "Rows of the register between bodies that passed nothing to each other are set aside. [2]")),
    ],
)  # fmt: skip
def test_on_what_an_event_rests_is_told(basis: list[Basis], cited: tuple[str, ...], words: str) -> None:
    """Rows alone, lists that agree, documents that confirm, refine or correct: each has its words."""
    rows = made("merger", "BBB => NEW, CCC => NEW")
    lists = (source("etr@2018-08-31"),) if Basis.LISTED in basis else ()
    befores = tuple(replace(body, sources=lists) for body in rows.befores)
    told = replace(rows, basis=tuple(basis), citations=tuple(map(citation, cited)), befores=befores)
    assert paragraph(told).endswith(f"merged to form {DELTA}. {words}")


def test_what_the_register_lacks_is_told() -> None:
    """An event without rows says so; lists may agree; for some bodies the rows may be alone."""
    added = replace(made("closure", "BBB", cited=("one",)), basis=(Basis.ADDED,))
    assert paragraph(added).endswith("[1] The register has no succession row for it.")
    listed = replace(added, basis=(Basis.LISTED, Basis.ADDED))
    assert paragraph(listed).endswith("[1] The register has no succession row for it. Dated lists agree with the day.")
    assert paragraph(replace(listed, basis=(Basis.LISTED, Basis.CONFIRMED))).endswith(
        "A document and dated lists agree."
    )
    merger = made("merger", "BBB => NEW, CCC => NEW")
    known, alone = merger.befores
    partly = replace(merger, basis=(Basis.REGISTER,), befores=(replace(known, sources=(citation("x"),)), alone))
    assert "For one of the two bodies that ended, only the register's succession rows say so." in paragraph(partly)
    assert paragraph(made("conversion", "GRP => GRP")).endswith(
        "It is inferred by rule from the dates in the register."
    )


def test_rows_of_another_day_are_told() -> None:
    """Where rows print another day than the event has, their days are named."""
    merger = made("merger", "BBB => NEW, CCC => NEW")
    first, second = merger.evidence
    moved = replace(merger, evidence=(replace(first, day=date(2003, 12, 31)), second))
    assert "The rows are dated 31 December 2003 and 1 January 2004." in paragraph(moved)


def test_a_name_that_came_at_another_time_is_not_taken_that_day() -> None:
    """Between two lists with years between them, no renaming is ascribed to the event."""
    taken = made("acquisition", "BBB => AAA, AAA => AAA", cited=("one",))
    (after,) = taken.afters
    later = replace(
        taken, afters=(replace(after, named_since=PartialDate.between(date(2003, 1, 1), date(2006, 5, 1))),)
    )
    assert "kept its code; by 1 May 2006 it was called Alpha and Beta NHS Trust." in paragraph(later)
    before = replace(taken, afters=(replace(after, named_since=PartialDate.of_day("2003-01-01")),))
    assert "and kept its own name and code." in paragraph(before)


def test_a_paragraph_alone_carries_its_sources() -> None:
    """Asked for one event, the list of its sources is below."""
    assert made("merger", "BBB => NEW, CCC => NEW", cited=("two", "one")).explain().splitlines()[1:] == [
        "[1] A publisher, “About two”",
        "[2] A publisher, “About one”",
    ]


def test_an_event_is_drawn_by_itself() -> None:
    """Boxes with the names of the day, arrows for what passed, dotted for parts."""
    assert made("acquisition", "BBB -> AAA, AAA => AAA").to_mermaid().splitlines() == [
        "flowchart LR",
        '  n0["BBB<br/>Beta NHS Trust"]',
        '  n1["AAA<br/>Alpha NHS Trust"]',
        '  n2["AAA<br/>Alpha and Beta NHS Trust"]',
        '  n0 -.->|"2004-01-01 part"| n2',
        '  n1 -->|"2004-01-01"| n2',
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
    assert explain_events(store.events.values()).split("\n\n") == [
        f"On 1 January 2004, {DELTA} took the place of {BETA}. [1]",
        f"In June 2010, part of Epsilon NHS Trust (NEW) passed to {OPEN}. [1-2]",
        "Sources:\n[1] A publisher, “About one”\n[2] A publisher, “About two”",
    ]
    assert explain_events([]) == ""


def test_events_of_one_story_are_one_paragraph() -> None:
    """Events of one day of which one thing is told are told together, and their story once."""
    same = {"cited": ("one",), "narrative": "It was the law."}
    store = make_store(
        TABLE,
        event(DAY, "conversion", "GRP => GRP", id="first", **same),
        event(DAY, "conversion", "AAA => AAA", id="second", **same),
    )
    text = explain_events(store.events.values())
    assert f"NHS Place ICB - GRP; {ALPHA} went on under its code as Alpha and Beta NHS Trust. It was the law." in text
    assert text.count("It was the law.") == 1


def test_a_path_is_its_events() -> None:
    """A path through the lineage is told as the events that its edges belong to, each once."""
    store = two_events()
    (path,) = LineageGraph(store).paths("BBB", "OPN")
    assert explain_path(path, store) == explain_events(store.events.values())
    assert explain_path([*path, *path], store) == explain_path(path, store)


def test_references_keep_their_first_number() -> None:
    """Numbers go by first citation and are printed in order, runs shortened; nothing cited prints nothing."""
    references = References()
    one, two = citation("one"), source("etr@2018-08-31")
    assert (references.cite([one]), references.cite([two, one]), references.cite([])) == ("[1]", "[1-2]", "")
    assert references.cite([citation("three"), one]) == "[1, 3]"
    assert references.lines()[1] == "[2] A publisher, the etr list, as at 31 August 2018"


def test_who_takes_part_bears_the_name_and_kind_of_the_day() -> None:
    """Before the event the old name, on the day the new one; a trust by its form."""
    merged = made("acquisition", "BBB => AAA, AAA => AAA")
    assert [body.name for body in merged.befores] == ["Beta NHS Trust", "Alpha NHS Trust"]
    assert [body.name for body in merged.afters] == ["Alpha and Beta NHS Trust"]
    assert {body.title for body in merged.befores} == {"NHS trust"}


def test_a_foundation_trust_before_there_were_any_is_told_by_its_later_name() -> None:
    """A body that lists know by a later name alone is not said to have borne it; later it is told by that name."""
    store = make_store(
        """
        BBB  1990-04-01  2001-03-31  Trust  Beta NHS Trust
        NEW  2001-04-01  ..          Trust  Delta NHS Foundation Trust
        """,
        event("2001-04-01", "replacement", "BBB => NEW", cited=("one",)),
        event("2010-04-01", "boundary change", "NEW", cited=("one",)),
    )
    first, second, _ = explain_events(store.events.values()).split("\n\n")
    assert "the body later named Delta NHS Foundation Trust (NEW) took the place of" in first.replace("The", "the")
    assert "there was a boundary change of Delta NHS Foundation Trust (NEW)" in second


def test_the_name_of_a_day_lies_between_its_bounds() -> None:
    """The name in force, the earlier of two in a gap, and the earliest before any was seen."""
    body = make_store(TABLE).organisation("NEW@2004-01-01")
    assert name_on(body, date(2009, 12, 31)) == "Delta NHS Trust"
    assert name_on(body, date(2010, 1, 1)) == "Epsilon NHS Trust"
    assert name_on(body, date(2003, 1, 1)) == "Delta NHS Trust"
    first, second = body.names
    gap = replace(body, names=(first, replace(second, since=PartialDate.of_day("2012-01-01"))))
    assert name_on(gap, date(2011, 1, 1)) == "Epsilon NHS Trust"
    assert name_on(replace(body, names=()), date(2011, 1, 1)) == body.name


def test_what_a_body_was_on_a_day() -> None:
    """A trust is told by its legal form of the day, where known; a body outside by its sort; others by kind."""
    trust = Trust(key="AAA@x", code="AAA", name="Alpha", period=Period(), foundation_start=date(2008, 4, 1))
    assert (title_on(trust, date(2008, 3, 31)), title_on(trust, date(2008, 4, 1))) == (
        "NHS trust",
        "NHS foundation trust",
    )
    unsure = Trust(key="AAA@x", code="AAA", name="Alpha NHS Foundation Trust", period=Period())
    assert title_on(unsure, date(2008, 3, 31)) == "trust"
    council = Body(key="body:a-council", code=None, name="A council", period=Period(), sort="council")
    assert title_on(council, date(2008, 3, 31)) == "council"
    pct = PrimaryCareTrust(key="5AA@x", code="5AA", name="Somewhere", period=Period())
    assert title_on(pct, date(2008, 3, 31)) == "primary care trust"


def test_labels_give_code_and_name() -> None:
    """A body of the register has both; one outside it only its name."""
    body = make_store(TABLE).organisation("NEW@2004-01-01")
    assert (label(body), label(body, on=date(2005, 1, 1))) == ("NEW (Epsilon NHS Trust)", "NEW (Delta NHS Trust)")
    assert label(Body(key="body:a-council", code=None, name="A council", period=Period(UNKNOWN))) == "A council"


def test_a_chart_escapes_what_mermaid_would_read() -> None:
    """A name with quotation marks or tags does not break the chart; edges to bodies not drawn are left out."""
    store = make_store(
        'AAA  1990-04-01  ..  Trust  The "old" <one> & #1\nBBB  1990-04-01  ..  Trust',
        event(DAY, "service transfer", "AAA -> BBB"),
    )
    chart = mermaid([store.organisation("AAA@1990-04-01")], store.edges)
    assert chart.splitlines() == [
        "flowchart LR",
        '  n0["AAA<br/>The #quot;old#quot; #lt;one#gt; #amp; #35;1<br/>1990-04-01/.."]',
    ]
