"""Curated files are checked as they are read, and what they say stands beside the register's rows in sight."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rows import compiled, follows, listed

from nhs_orgs.compiler import Curation, bundled, read_curation
from nhs_orgs.errors import CurationError, MissingExtra, ReadError
from nhs_orgs.events import EventKind, EventStatus, Fate
from nhs_orgs.organisations import Body
from nhs_orgs.period import UNKNOWN
from nhs_orgs.readers.base import Row
from nhs_orgs.register import Register
from nhs_orgs.resolve import Divided, Ended
from nhs_orgs.sources import Confidence

CITATIONS = """
citations:
  - {id: order, publisher: The Stationery Office, title: An order, published: "2018-05-01"}
  - {id: paper, publisher: A newspaper, title: A report}
"""

MERGER = """
events:
  - id: a-merger
    kind: acquisition
    announced_as: merger
    effective: "2018-06-01"
    befores: [{code: RAA, fate: ends}, {code: RBB, fate: continues}]
    afters: [{code: RBB, fate: continues, new_era: true}]
    transfers: [{from: RAA, to: RBB, extent: whole}]
    narrative: One took over the other.
    confidence: high
    citations: [order]
"""

PAIR = (listed("RAA", "2001-04-01", "2018-05-31"), listed("RBB", "2001-04-01"))


@pytest.fixture
def curated(tmp_path: Path) -> Reader:
    """Reads curated entries from a text, beside a file of citations."""
    return Reader(tmp_path)


class Reader:
    """Writes texts as curated files, and reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *texts: str) -> Curation:
        """The curation of these texts, a file each."""
        for position, text in enumerate((CITATIONS, *texts)):
            (self.folder / f"{position}.yaml").write_text(text, encoding="utf-8")
        return read_curation(self.folder)


def register(curation: Curation, *rows: Row) -> Register:
    """Compiled with curated entries."""
    return compiled(*rows, curation=curation)


# --- reading --------------------------------------------------------------------------------------------------------


def test_the_bundled_files_are_sound() -> None:
    """The files that come with the library are read without complaint, once."""
    curation = bundled()
    assert "midlands-partnership-2018" in {event.id for event in curation.events}
    assert bundled() is curation
    assert all(event.citations for event in curation.events)
    assert all(fact.citations for fact in curation.facts)


def test_every_file_is_kept_with_its_text(curated: Reader) -> None:
    """A curation knows its files, so that what was compiled can say with which."""
    assert [name for name, _ in curated(MERGER).files] == ["0.yaml", "1.yaml"]


@pytest.mark.parametrize(
    ("text", "entry", "field", "why"),
    [
        ("events: [{id: x, knid: merger}]", "x", "kind", "Field required"),
        (MERGER.replace("kind: acquisition", "kind: marriage"), "a-merger", "kind", "Input should be 'merger'"),
        (MERGER.replace("narrative:", "story:"), "a-merger", "narrative", "Field required"),
        (MERGER + "    extra: 1\n", "a-merger", "extra", "Extra inputs are not permitted"),
        (MERGER.replace("citations: [order]", "citations: []"), "a-merger", "citations", "at least 1 item"),
        (MERGER.replace("[order]", "[memory]"), "a-merger", "citations", "'memory' is not declared"),
        (MERGER.replace('"2018-06-01"', '"June 2018"'), "a-merger", "effective", "June 2018"),
        (MERGER.replace('"2018-06-01"', '"0001"'), "a-merger", "effective", "'0001' is not between 1800 and 2199"),
        (MERGER.replace("code: RAA", "code: 123"), "a-merger", "befores.0.code", "should be a valid string"),
        (MERGER.replace("code: RAA, fate: ends", "fate: ends"), "a-merger", "befores.0", "give either code or body"),
        (MERGER.replace("code: RAA,", "code: RAA, body: x,"), "a-merger", "befores.0", "give either code or body"),
        (MERGER.replace("code: RAA, fate: ends", "code: RAA, fate: new"), "a-merger", "befores.0", "the other side"),
        (MERGER.replace("fate: continues, new", "fate: ends, new"), "a-merger", "afters.0", "the other side"),
        (
            MERGER.replace("extent: whole", "extent: part, shares: [{share: 1.2, basis: beds}]"),
            "a-merger", "transfers.0.shares.0.share", "less than or equal to 1",
        ),
        (
            MERGER.replace(
                "transfers: [{from: RAA, to: RBB, extent: whole}]",
                "transfers: [{from: RAA, to: RBB, extent: part, shares: [{share: 0.7, basis: beds}]},"
                " {from: RAA, to: RCC, extent: part, shares: [{share: 0.7, basis: beds}]}]",
            ),
            "a-merger", "entry", "shares of RAA by beds sum to 1.4000",
        ),
        (MERGER + MERGER.replace("events:\n", ""), "a-merger", "id", "is used twice"),
        ("names: [{code: RAA, name: X, citations: [order]}]", "RAA", "confidence", "Field required"),
        ("names: [5]", "5", "names", "is not a mapping"),
        ("periods: [{code: RAA, legal: 2018/2017, citations: [order], confidence: low}]", "RAA", "legal", "2018"),
        ("periods: [{code: RAA, legal: ../9999-12-31, citations: [order], confidence: low}]", "RAA", "legal", "9999"),
        ("citations: [{id: order, publisher: Another, title: Again}]", "order", "id", "is declared twice"),
        ("evnets: []", "the file", "evnets", "is not one of events"),
        ("[1, 2]", "the file", "top level", "is not a mapping of lists"),
        ("events: [", "the file", "YAML", "expected the node content"),
        ("releases: [{path: a.csv, as_at: 2018-06-01, citations: [order]}]", "a.csv", "as_at", "PartialDate"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_named(curated: Reader, text: str, entry: str, field: str, why: str) -> None:
    """What breaks the schema stops everything, and the error names file, entry and field."""
    with pytest.raises(CurationError) as caught:
        curated(text)
    assert (caught.value.path, caught.value.entry, caught.value.field) == ("1.yaml", entry, field)
    assert why in caught.value.why
    assert "Mend the entry" in str(caught.value)


def test_several_shares_may_round_up(curated: Reader) -> None:
    """Printed shares may add to a little over one."""
    parts = "{from: RAA, to: %s, extent: part, shares: [{share: %s, basis: beds}]}"
    text = ", ".join(parts % pair for pair in (("RBB", 0.3334), ("RCC", 0.3334), ("RDD", 0.3334)))
    assert curated(MERGER.replace("{from: RAA, to: RBB, extent: whole}", text)).events


def test_what_is_no_folder_of_files(tmp_path: Path) -> None:
    """A folder without files, and a path that is no folder, are told apart from bad entries."""
    with pytest.raises(ReadError, match="no curated YAML file"):
        read_curation(tmp_path)
    with pytest.raises(ReadError, match="not a folder"):
        read_curation(tmp_path / "nothing")


def test_without_the_extra(curated: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PyYAML the error says what to install."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra, match="compile"):
        curated(MERGER)


def test_leaving_entries_out() -> None:
    """A copy without some entries lacks those and no others; a name that is not there is an error."""
    whole = bundled()
    kept = whole.without_events("midlands-partnership-2018")
    assert {e.id for e in whole.events} - {e.id for e in kept.events} == {"midlands-partnership-2018"}
    with pytest.raises(CurationError, match="no event of that id"):
        whole.without_events("never")
    names = [fact for fact in whole.facts if fact.entry.code == "RRE" and fact.list == "names"]
    others = [fact for fact in whole.facts if fact.entry.code == "RRE" and fact.list != "names"]
    assert names
    assert others
    assert [fact for fact in whole.without_facts("RRE", "names").facts if fact.entry.code == "RRE"] == others
    assert [fact for fact in whole.without_facts("RRE").facts if fact.entry.code == "RRE"] == []


# --- events ---------------------------------------------------------------------------------------------------------


def test_an_event_stands_for_its_rows(curated: Reader) -> None:
    """A curated event takes the rows between its codes as evidence; where they give another day, that is told."""
    made = register(curated(MERGER), *PAIR, follows("RAA", "RBB", "2018-10-01"))
    (event,) = [event for event in made.events("RAA") if event.kind is EventKind.ACQUISITION]
    assert event.id == "a-merger"
    assert not event.inferred
    assert event.announced_as == "merger"
    assert event.confidence is Confidence.HIGH
    assert [(row.predecessor, str(row.day)) for row in event.evidence] == [("RAA", "2018-10-01")]
    assert event.conflicts == ("the register's succession rows give 2018-10-01",)
    assert [citation.id for citation in event.citations] == ["order"]


def test_an_event_can_replace_other_rows(curated: Reader) -> None:
    """Rows that an entry names are its evidence too, and make no event of their own."""
    text = MERGER + "    replaces_rows: [[RAA, RCC]]\n    conflicts: The rows name another.\n"
    made = register(curated(text), *PAIR, listed("RCC", "2001-04-01"), follows("RAA", "RCC", "2018-06-01"))
    (event,) = made.events("RAA")
    assert [row.successor for row in event.evidence] == ["RCC"]
    row = "a succession row of 2018-06-01 from RAA to RCC"
    assert event.conflicts == (
        "The rows name another.", f"{row} is set aside: nothing passed between the two by this",
    )  # fmt: skip
    assert made.lineage.predecessors("RCC").codes == ()


def test_an_event_about_bodies_that_are_not_there(curated: Reader) -> None:
    """An entry about a code that no source read here lists is left out, and a finding says so."""
    made = register(curated(MERGER), PAIR[1])
    assert made.events() == ()
    (finding,) = made.check()
    assert (finding.rule, finding.subject) == ("curated event without record", "RAA")
    assert "a-merger" in finding.what


def test_an_event_gives_bounds_that_no_list_does(curated: Reader) -> None:
    """Where no list dates a body, the cited event that begins or ends it does."""
    text = """
events:
  - id: a-split
    kind: split
    effective: "2018-06-01"
    befores: [{code: RAA, fate: ends}]
    afters: [{code: RBB, fate: new}, {code: RCC, fate: new}]
    transfers:
      - {from: RAA, to: RBB, extent: part, shares: [{share: 0.4, basis: beds}],
         services: [beds], sites: [RAA01], note: A}
      - {from: RAA, to: RCC, extent: part}
    narrative: It was divided.
    confidence: low
    citations: [paper]
"""
    codes = [listed(code, by="trust-names-incl-closed@2025-02", name=code) for code in ("RAA", "RBB", "RCC")]
    made = register(curated(text), *codes)
    assert [made.eras(code)[0].key for code in ("RAA", "RBB", "RCC")] == [
        "RAA@unknown",
        "RBB@2018-06-01",
        "RCC@2018-06-01",
    ]
    assert str(made["RAA"].legal.end) == "2018-05-31"
    assert str(made["RBB"].legal) == "2018-06-01/unknown"
    (event,) = made.events()
    (first, second) = event.transfers
    assert (first.shares[0].share, first.shares[0].basis) == (0.4, "beds")
    assert (first.services, first.sites, first.note) == (("beds",), ("RAA01",), "A")
    assert second.shares == ()


def test_a_list_beats_what_an_event_implies(curated: Reader) -> None:
    """Bounds that lists give are kept as they are."""
    made = register(curated(MERGER.replace("2018-06-01", "2018-07-01")), *PAIR)
    assert str(made["RAA"].legal) == "2001-04-01/2018-05-31"


def test_an_imprecise_event_gives_no_bound(curated: Reader) -> None:
    """A month is no day: what it would end keeps its unknown end in law."""
    text = MERGER.replace('"2018-06-01"', '"2018-06"')
    made = register(curated(text), listed("RAA", by="trust-names-incl-closed@2025-02", name="A"), PAIR[1])
    assert made["RAA"].legal.end is UNKNOWN
    assert str(made.event("a-merger").effective) == "2018-06"


def test_a_proposal_changes_nothing(curated: Reader) -> None:
    """An event that has not come about makes no edge."""
    text = MERGER.replace("kind: acquisition", "kind: acquisition\n    status: proposed").replace(", new_era: true", "")
    text = text.replace("fate: ends", "fate: continues")
    made = register(curated(text), *PAIR)
    assert made.event("a-merger").status is EventStatus.PROPOSED
    assert made.lineage.predecessors("RBB").codes == ()
    assert [era.key for era in made.eras("RBB")] == ["RBB@2001-04-01"]


def test_a_proposal_ends_nobody(curated: Reader) -> None:
    """A merger that is only proposed leaves its bodies open, whatever fates it foresees."""
    text = MERGER.replace("kind: acquisition", "kind: acquisition\n    status: proposed")
    made = register(curated(text), listed("RAA", "2001-04-01"), PAIR[1])
    assert [era.key for era in made.eras("RBB")] == ["RBB@2001-04-01"]
    assert made.eras("RAA")[0].period.end is None


def test_a_body_outside_the_register(curated: Reader) -> None:
    """A council takes part under a key of its own, without a code."""
    text = """
bodies:
  - {id: stoke-council, name: Stoke-on-Trent City Council, kind: council, citations: [paper]}
events:
  - id: an-alliance
    kind: service transfer
    effective: "2017-04-01"
    befores: [{code: RBB, fate: gives}]
    afters: [{body: stoke-council, fate: gains}]
    transfers: [{from: RBB, to: "body:stoke-council", extent: part}]
    narrative: Services went to the council.
    confidence: medium
    citations: [paper]
"""
    made = register(curated(text), PAIR[1])
    (found,) = made.lineage.successors("RBB")
    council = found.organisation
    assert isinstance(council, Body)
    assert (council.key, council.code, council.name, council.sort) == (
        "body:stoke-council", None, "Stoke-on-Trent City Council", "council",
    )  # fmt: skip


def test_all_that_a_file_lists_end_together(curated: Reader) -> None:
    """An event can name a whole list in place of codes."""
    text = """
events:
  - id: an-abolition
    kind: closure
    effective: "2013-04-01"
    members: {kind: PrimaryCareTrust, listed_in: pct.csv}
    nothing_followed: true
    narrative: All were abolished.
    confidence: high
    citations: [order]
"""
    made = register(
        curated(text), listed("5AA", by="pct@2012", kind="PCT"), listed("5BB", by="pct@2012", kind="PCT"), PAIR[1]
    )
    (event,) = made.events("5AA")
    assert [(p.code, p.fate) for p in event.befores] == [("5AA", Fate.ENDS), ("5BB", Fate.ENDS)]
    assert isinstance(made.resolve("5BB", on="2014-01-01"), Ended)


def test_an_event_completes_an_earlier_one(curated: Reader) -> None:
    """What had left before the end counts as where the body went."""
    text = """
events:
  - id: services-left
    kind: split
    effective: "2014-11-01"
    befores: [{code: RAA, fate: gives}]
    afters: [{code: RBB, fate: gains}, {code: RCC, fate: gains}]
    transfers: [{from: RAA, to: RBB, extent: part}, {from: RAA, to: RCC, extent: part}]
    narrative: Its hospitals went.
    confidence: high
    citations: [paper]
  - id: shell-dissolved
    kind: closure
    effective: "2018-06-01"
    befores: [{code: RAA, fate: ends}]
    completes: [services-left]
    narrative: The shell was dissolved.
    confidence: high
    citations: [order]
"""
    made = register(curated(text), *PAIR, listed("RCC", "2001-04-01"))
    assert isinstance(outcome := made.resolve("RAA", on="2018-06-01"), Divided)
    assert outcome.codes == ("RBB", "RCC")
    assert [event.id for event in outcome.path] == ["services-left", "shell-dissolved"]


def test_a_conversion_is_confirmed(curated: Reader) -> None:
    """One entry cites all conversions of a sort on its day, and makes no event of its own."""
    text = """
events:
  - id: groups-to-locations
    kind: conversion
    mechanism: An act
    effective: "2022-07-01"
    confirms_conversion: {from: ClinicalCommissioningGroup, to: SubICBLocation}
    narrative: Groups were abolished.
    confidence: high
    citations: [order]
    conflicts: Some say otherwise.
"""
    group = listed("00L", "2013-04-01", by="eccg@2023-10", sub_type="C")
    partnership = listed("QNC", "2017-04-01", by="commissioner-records@2026-01-02", roles=["RO262", "RO318"])
    made = register(curated(text), group, partnership)
    by_code = {event.befores[0].code: event for event in made.events()}
    assert set(by_code) == {"00L", "QNC"}
    assert (by_code["00L"].inferred, by_code["QNC"].inferred) == (False, True)
    assert by_code["00L"].mechanism == "An act"
    assert by_code["00L"].conflicts == ("Some say otherwise.",)


# --- facts ----------------------------------------------------------------------------------------------------------


def test_facts_become_statements(curated: Reader) -> None:
    """Names, periods, parents, kinds and abbreviations are statements by their citations, with the days they give."""
    text = """
names:
  - {code: RAA, name: First Name, until: "2010-03-31", citations: [order], confidence: high}
  - {code: RAA, name: Second Name, since: "2010-04-01", citations: [order, paper], confidence: high}
  - {code: RAA, name: Some Name, since: "2005", until: 2005-04-01/2006-01-01, citations: [paper], confidence: low}
  - {code: RAA, name: Other Name, since: "2006-02", until: 2008-01-01/2009-12-31, citations: [paper], confidence: low}
periods:
  - {code: RAA, legal: 2001-04-01/2018-05-31, operational: 2001-04-01/2014-10-31, citations: [order], confidence: high}
  - {code: RBB, legal: unknown/.., citations: [order], confidence: high}
parents:
  - {code: RAA, parent: QNC, parent_kind: STP, since: "2016-12", citations: [paper], confidence: medium}
  - {code: RAA, parent: Y60, parent_kind: REGION, citations: [paper], confidence: medium}
  - {code: RAA, parent: QT1, citations: [paper], confidence: medium}
kinds:
  - {code: RAA, kind: Trust, citations: [paper], confidence: medium}
abbreviations:
  - {code: RAA, text: AAA, citations: [paper], confidence: medium}
"""
    record = register(curated(text), listed("RAA", by="something@2020"), listed("RBB", "2001-04-01"))["RAA"]
    said = {(s.property, s.value, str(s.period or ""), tuple(c.id for c in s.sources)) for s in record.statements}
    assert said == {
        ("name", "First Name", "unknown/2010-03-31", ("order",)),
        ("name", "Second Name", "2010-04-01/..", ("order", "paper")),
        ("name", "Some Name", "unknown/unknown", ("paper",)),
        ("name", "Other Name", "unknown/unknown", ("paper",)),
        ("name seen", "Other Name", "2006-02-28/2008-01-01", ("paper",)),
        ("legal_start", "2001-04-01", "", ("order",)),
        ("legal_end", "2018-05-31", "", ("order",)),
        ("operational_start", "2001-04-01", "", ("order",)),
        ("operational_end", "2014-10-31", "", ("order",)),
        ("geography", "QNC", "2016-12-31/..", ("paper",)),
        ("geography", "QT1", "", ("paper",)),
        ("region", "Y60", "", ("paper",)),
        ("kind", "Trust", "", ("paper",)),
        ("abbreviation", "AAA", "", ("paper",)),
    }


def test_facts_about_bodies_that_are_not_there(curated: Reader) -> None:
    """What is curated of a code that no source read here lists is left out, and a finding says so."""
    text = "abbreviations: [{code: RAA, text: AAA, citations: [paper], confidence: medium}]"
    made = register(curated(text), listed("RBB", "2001-04-01"))
    assert set(made) == {"RBB"}
    assert [(finding.rule, finding.subject) for finding in made.check()] == [("curated fact without record", "RAA")]


def test_an_imprecise_name_is_known_for_the_days_between(curated: Reader) -> None:
    """A name borne from some day of one month to some day of a year was borne on every day between the two."""
    text = """
names:
  - {code: RAA, name: Old Name, since: "2006-02", until: 2008-01-01/2009-12-31, citations: [paper], confidence: low}
"""
    made = register(
        curated(text), listed("RAA", "2001-04-01"), listed("RAA", "2001-04-01", by="etr@2015-09", name="NEW NAME")
    )
    assert made["RAA"].names_on("2007-01-01") == ("Old Name",)
    assert set(made["RAA"].names_on("2009-01-01")) == {"Old Name", "New Name"}


def test_a_name_with_an_imprecise_end_alone_is_not_lost(curated: Reader) -> None:
    """A name borne until some day of a year was borne on the first day of it, and is the earlier one."""
    text = """
names:
  - {code: RAA, name: Old Name, until: "2008", citations: [paper], confidence: low}
"""
    made = register(
        curated(text), listed("RAA", "2001-04-01"), listed("RAA", "2001-04-01", by="etr@2015-09", name="NEW NAME")
    )
    assert [name.text for name in made["RAA"].names] == ["Old Name", "New Name"]
    assert made["RAA"].name_on("2008-01-01") == "Old Name"


def test_a_cited_period_beats_a_list(curated: Reader) -> None:
    """A curated bound goes before that of any release; the other stays readable."""
    text = "periods: [{code: RAA, legal: 2001-04-01/2017-10-31, citations: [order], confidence: high}]"
    made = register(curated(text), listed("RAA", "2001-04-01"))
    assert str(made["RAA"].legal) == "2001-04-01/2017-10-31"
    assert {s.value for s in made["RAA"].says("legal_end")} == {"2017-10-31", ".."}


def test_a_release_gets_its_day(curated: Reader) -> None:
    """The day of a file whose name tells less is curated, and every statement of that file speaks of it."""
    text = 'releases: [{path: etr.csv, as_at: "2015-09-30", citations: [order]}]'
    made = register(
        curated(text), listed("RAA", "2001-04-01", by="etr@2015-09"), listed("RBB", "2001-04-01", by="ect@2026")
    )
    assert [source.id for source in made["RAA"].sources] == ["etr@2015-09-30"]
    assert [source.id for source in made.releases] == ["ect@2026", "etr@2015-09-30"]
    rows = register(
        curated('releases: [{path: succ.csv, as_at: "2026-05-02", citations: [order]}]'),
        *PAIR,
        follows("RAA", "RBB", "2018-06-01"),
    )
    (event,) = rows.events("RAA")
    assert [source.id for row in event.evidence for source in row.sources] == ["succ@2026-05-02"]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("names: [{code: RAA, citations: [order], confidence: low}]", "name"),
        ("periods: [{code: RAA, citations: [order], confidence: low}]", "legal"),
        ("parents: [{code: RAA, citations: [order], confidence: low}]", "parent"),
        ("kinds: [{code: RAA, citations: [order], confidence: low}]", "kind"),
        ("abbreviations: [{code: RAA, citations: [order], confidence: low}]", "text"),
        ("kinds: [{code: RAA, kind: Trsut, citations: [order], confidence: low}]", "entry"),
    ],
)
def test_an_entry_that_says_nothing_is_refused(tmp_path: Path, entry: str, field: str) -> None:
    """An entry without what its list is about, or with a kind that is none, is named and stops the compilation."""
    citation = "citations: [{id: order, publisher: The Stationery Office, title: An order}]\n"
    (tmp_path / "a.yaml").write_text(f"{citation}{entry}\n", encoding="utf-8")
    with pytest.raises(CurationError) as caught:
        read_curation(tmp_path)
    assert (caught.value.entry, caught.value.field) == ("RAA", field)
