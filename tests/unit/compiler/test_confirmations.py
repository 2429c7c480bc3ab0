"""A document confirms an event that rows or lists give: it adds what it says, in sight, and takes nothing away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rows import compiled, follows, listed

from nhs_orgs.compiler import Curation, read_curation
from nhs_orgs.events import Basis, ChangeEvent, EventKind, Fate
from nhs_orgs.readers.base import Row
from nhs_orgs.register import Register
from nhs_orgs.sources import Confidence

NAMES = "trust-names-incl-closed@2025-02"
"""A list without dates."""


class Files:
    """Writes confirmations, and more, as curated files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *confirmations: dict[str, Any], **more: list[dict[str, Any]]) -> Curation:
        """The curation of these entries; what an entry does not say is of no interest to the test."""
        usual = {"confidence": "high", "citations": ["order"]}
        cited = [{"id": name, "publisher": "P", "title": f"The {name}"} for name in ("order", "paper", "list")]
        text = yaml.safe_dump({"citations": cited, "confirmations": [{**usual, **c} for c in confirmations], **more})
        (self.folder / "entries.yaml").write_text(text, encoding="utf-8")
        return read_curation(self.folder)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Entries as files."""
    return Files(tmp_path)


def unlisted(*codes: str) -> list[Row]:
    """Codes of which a list gives the name alone."""
    return [listed(code, by=NAMES, name=code) for code in codes]


PAIR = [*unlisted("RAA", "RBB", "RCC"), follows("RAA", "RCC", "2002-04-01"), follows("RBB", "RCC", "2002-04-01")]
"""Two end in one, and no source dates any of them."""


def ending(made: Register, code: str) -> ChangeEvent:
    """The event that ends a code."""
    (event,) = [e for e in made.events(code) for p in e.befores if p.code == code and p.fate is Fate.ENDS]
    return event


def fates(event: ChangeEvent) -> dict[str, Fate]:
    """What becomes of each body, by what comes out where it comes out."""
    return {p.code or p.key: p.fate for p in (*event.befores, *event.afters)}


# --- what is added --------------------------------------------------------------------------------------------------


def test_a_document_is_cited_by_the_event(files: Files) -> None:
    """The citations join the event, and confirm the fate of the bodies named; story, means and days come with them."""
    entry = {
        "ends": ["RAA", "RBB"], "into": ["RCC"], "effective": "2002-04-01", "legal": "2002-10-19", "kind": "merger",
        "mechanism": "An order", "narrative": "Two became one.", "announced": "2001-12", "announced_as": "union",
    }  # fmt: skip
    event = ending(compiled(*PAIR, curation=files(entry)), "RAA")
    assert event.id == "2002-04-01:RAA+RBB>RCC"
    assert [c.id for c in event.citations] == ["order"]
    assert (event.mechanism, event.narrative, event.announced_as) == ("An order", "Two became one.", "union")
    assert (str(event.legal), str(event.announced)) == ("2002-10-19", "2001-12")
    assert event.confidence is not None
    assert event.confidence.value == "high"
    assert [s.id for p in event.befores for s in p.sources] == ["order", "order"]
    assert event.conflicts == ()
    assert len(event.evidence) == 2


def test_a_document_gives_the_days_that_no_list_does(files: Files) -> None:
    """Bodies named get their first and last days in law from it: the legal day where it gives another."""
    entry = {"ends": ["RAA", "RBB"], "into": ["RCC"], "kind": "merger", "effective": "2002-04-01"}
    made = compiled(*PAIR, curation=files(entry))
    assert [str(made[code].legal) for code in ("RAA", "RCC")] == ["unknown/2002-03-31", "2002-04-01/unknown"]
    assert made.eras("RCC")[0].key == "RCC@2002-04-01"
    made = compiled(*PAIR, curation=files(entry | {"legal": "2002-10-19"}))
    assert str(made["RAA"].legal.end) == "2002-10-18"
    made = compiled(*PAIR, curation=files(entry | {"legal": "2002-10"}))
    assert str(made["RAA"].legal.end) == "Unknown.UNKNOWN"


def test_a_document_gives_no_day_beyond_its_own(files: Files) -> None:
    """A month gives no bound, and a list's bound is not touched."""
    made = compiled(*PAIR, curation=files({"ends": ["RAA", "RBB"], "effective": "2002-04"}))
    assert made["RAA"].legal.is_known is False
    assert ending(made, "RAA").conflicts == ()
    rows = [listed("RAA", "1994-04-01", "2002-03-31"), *PAIR[1:]]
    made = compiled(*rows, curation=files({"ends": ["RAA", "RBB"], "effective": "2002-04-01", "legal": "2003-01-01"}))
    assert str(made["RAA"].legal) == "1994-04-01/2002-03-31"
    assert str(made["RBB"].legal.end) == "2002-12-31"


def test_several_documents_of_one_event(files: Files) -> None:
    """Stories are joined in order, means too, and the weakest body's confidence holds, in whatever order they stand."""
    first = {"ends": ["RAA"], "effective": "2002-04-01", "narrative": "One went.", "mechanism": "An order"}
    second = {
        "ends": ["RBB"], "effective": "2002-04-01", "narrative": "The other went.", "mechanism": "Another order",
        "confidence": "low", "citations": ["paper"],
    }  # fmt: skip
    event = ending(compiled(*PAIR, curation=files(first, second)), "RAA")
    assert event.narrative == "One went. The other went."
    assert event.mechanism == "An order; Another order"
    assert event.confidence is not None
    assert event.confidence.value == "low"
    assert {p.code: [s.id for s in p.sources] for p in event.befores} == {"RAA": ["order"], "RBB": ["paper"]}
    assert ending(compiled(*PAIR, curation=files(second, first)), "RAA") == event


def test_each_body_is_as_sure_as_the_firmest_document_that_names_it(files: Files) -> None:
    """A weak document takes nothing from a firm one about the same body; the event is as sure as its weakest body."""
    firm = {"ends": ["RAA", "RBB"], "effective": "2002-04-01", "into": ["RCC"]}
    weak = {**firm, "confidence": "low", "citations": ["paper"]}
    both = ending(compiled(*PAIR, curation=files(firm, weak)), "RAA")
    assert both.confidence is Confidence.HIGH
    uneven = ending(compiled(*PAIR, curation=files({**firm, "ends": ["RAA"]}, {**weak, "ends": ["RBB"]})), "RAA")
    assert uneven.confidence is Confidence.LOW
    sure = {part.code: part.confidence for part in (*uneven.befores, *uneven.afters)}
    assert sure == {"RAA": Confidence.HIGH, "RBB": Confidence.LOW, "RCC": Confidence.HIGH}


def test_the_story_says_of_which_body_it_is_unsure(files: Files) -> None:
    """Where documents are surer of one end than of another, the doubt names the weaker."""
    firm, weak = ({"ends": [code], "effective": "2002-04-01"} for code in ("RAA", "RBB"))
    weak |= {"confidence": "medium", "citations": ["paper"]}
    assert "What became of RBB is fairly sure" in ending(compiled(*PAIR, curation=files(firm, weak)), "RAA").explain()
    alone = ending(compiled(*PAIR, curation=files(weak | {"ends": ["RAA", "RBB"]})), "RAA")
    assert "This is fairly sure" in alone.explain()


def test_a_curated_event_keeps_its_own_words(files: Files) -> None:
    """A confirmation adds its citations to a curated event, and nothing that the event says itself."""
    told = {
        "id": "a-merger", "kind": "merger", "effective": "2002-04-01",
        "befores": [{"code": "RAA", "fate": "ends"}, {"code": "RBB", "fate": "ends"}],
        "afters": [{"code": "RCC", "fate": "new"}], "narrative": "So it was.", "confidence": "medium",
        "transfers": [{"from": "RAA", "to": "RCC", "extent": "whole"}, {"from": "RBB", "to": "RCC", "extent": "whole"}],
        "citations": ["paper"],
    }  # fmt: skip
    entry = {"ends": ["RAA"], "effective": "2002-05-01", "narrative": "Otherwise.", "kind": "merger"}
    event = ending(compiled(*PAIR, curation=files(entry, events=[told])), "RAA")
    assert (event.id, event.narrative, str(event.effective)) == ("a-merger", "So it was.", "2002-04-01")
    assert [c.id for c in event.citations] == ["paper", "order"]
    assert event.conflicts == ("order: 2002-05-01 for the end of RAA",)


def test_a_closure_by_a_list_is_confirmed(files: Files) -> None:
    """A body that a list closes has an event of its own, which a document can confirm; it makes no successor."""
    rows = [listed("RAA", "1994-04-01", "2002-03-31"), listed("RCC", "1994-04-01")]
    entry = {"ends": ["RAA"], "into": ["RCC"], "effective": "2002-04-01"}
    event = ending(compiled(*rows, curation=files(entry)), "RAA")
    assert event.kind is EventKind.CLOSURE
    assert event.basis == (Basis.LISTED, Basis.CONFIRMED)
    assert event.transfers == ()
    assert event.conflicts == ("order: also to RCC, which no row names",)


# --- the day --------------------------------------------------------------------------------------------------------


def test_documents_about_all_who_end_correct_the_day(files: Files) -> None:
    """An exact day by documents that name every body that ends is the event's; the rows' day is told."""
    usual = {"effective": "2002-07-01", "into": ["RCC"], "kind": "merger"}
    entries = ({"ends": [code], **usual} for code in ("RAA", "RBB"))
    event = ending(compiled(*PAIR, curation=files(*entries)), "RAA")
    assert (event.id, str(event.effective)) == ("2002-07-01:RAA+RBB>RCC", "2002-07-01")
    assert event.conflicts == ("the register's succession rows give 2002-04-01",)
    assert event.basis == (Basis.REFINED, Basis.CORRECTED)
    assert len(event.evidence) == 2


@pytest.mark.parametrize(
    "entries",
    [
        [{"ends": ["RAA"], "effective": "2002-07-01"}],
        [{"ends": ["RAA", "RBB"], "effective": "2002-07"}],
        [{"ends": ["RAA", "RBB"], "effective": "2002-07-01"}, {"ends": ["RAA"], "effective": "2002-08-01"}],
    ],
)
def test_another_day_is_a_conflict(files: Files, entries: list[dict[str, Any]]) -> None:
    """A day for some of the bodies only, an imprecise one, or two that differ: both are kept, and told."""
    event = ending(compiled(*PAIR, curation=files(*entries)), "RAA")
    assert str(event.effective) == "2002-04-01"
    assert event.conflicts[0].startswith("order: 2002-07")
    assert Basis.CORRECTED not in event.basis
    assert Basis.CONFIRMED not in event.basis


def test_a_day_that_another_document_shares_is_not_corrected(files: Files) -> None:
    """Where one document has the day of the rows, that stands."""
    entries = [{"ends": ["RAA", "RBB"], "effective": "2002-07-01"}, {"ends": ["RAA"], "effective": "2002-04"}]
    event = ending(compiled(*PAIR, curation=files(*entries)), "RAA")
    assert (str(event.effective), event.conflicts) == ("2002-04-01", ("order: 2002-07-01 for the end of RAA, RBB",))


def test_an_end_moved_to_the_day_of_another_is_one_event(files: Files) -> None:
    """Two rows of different days that documents put on one are one merger."""
    rows = [*PAIR[:4], follows("RBB", "RCC", "2002-10-01")]
    made = compiled(*rows, curation=files({"ends": ["RAA", "RBB"], "effective": "2002-04-01"}))
    event = ending(made, "RBB")
    assert event is ending(made, "RAA")
    assert event.conflicts == ("the register's succession rows give 2002-10-01",)


def test_a_closure_is_moved_too(files: Files) -> None:
    """The day of a closure that only a list gives is corrected in the same way."""
    closed = listed("RAA", "1994-04-01", "2002-03-31")
    made = compiled(closed, curation=files({"ends": ["RAA"], "effective": "2002-07-01"}))
    event = ending(made, "RAA")
    assert (event.id, event.basis) == ("2002-07-01:RAA>", (Basis.CORRECTED,))
    assert event.conflicts == ("the register's lists give 2002-04-01",)


def test_two_days_in_law_are_told(files: Files) -> None:
    """Documents that differ in the day in law are both heard."""
    days = (("RAA", "2002-06"), ("RBB", "2002-07"))
    entries = [{"ends": [code], "effective": "2002-04-01", "legal": day} for code, day in days]
    event = ending(compiled(*PAIR, curation=files(*entries)), "RAA")
    assert event.conflicts == ("documents give several days in law: 2002-06, 2002-07",)


# --- the kind -------------------------------------------------------------------------------------------------------


def test_a_merger_makes_its_receiver_new(files: Files) -> None:
    """Of a receiver of unknown age that a document about all who end names, it is known that it was new."""
    before = ending(compiled(*PAIR), "RAA")
    assert (before.kind, fates(before)["RCC"], before.basis) == (
        EventKind.SUCCESSION, Fate.UNKNOWN, (Basis.REGISTER,),
    )  # fmt: skip
    entry = {"ends": ["RAA", "RBB"], "into": ["RCC"], "kind": "merger", "effective": "2002-04-01"}
    event = ending(compiled(*PAIR, curation=files(entry)), "RAA")
    assert (event.kind, fates(event)["RCC"]) == (EventKind.MERGER, Fate.NEW)
    assert event.basis == (Basis.REFINED,)


def test_a_kind_needs_documents_about_all_who_end(files: Files) -> None:
    """A document about one of two leaves the kind as the rows have it; a receiver not named stays unknown."""
    entry = {"ends": ["RAA"], "into": ["RCC"], "kind": "merger", "effective": "2002-04-01"}
    event = ending(compiled(*PAIR, curation=files(entry)), "RAA")
    assert (event.kind, fates(event)["RCC"]) == (EventKind.SUCCESSION, Fate.UNKNOWN)
    assert event.basis == (Basis.REGISTER, Basis.CONFIRMED)
    entry = {"ends": ["RAA", "RBB"], "kind": "merger", "effective": "2002-04-01"}
    event = ending(compiled(*PAIR, curation=files(entry)), "RAA")
    assert (event.kind, fates(event)["RCC"]) == (EventKind.MERGER, Fate.UNKNOWN)


def test_an_acquisition_begins_another_era(files: Files) -> None:
    """A receiver of unknown age that a document has as the acquirer goes on as another era."""
    entry = {"ends": ["RAA", "RBB"], "into": ["RCC"], "kind": "acquisition", "effective": "2002-04-01"}
    made = compiled(*PAIR, curation=files(entry))
    event = ending(made, "RAA")
    assert (event.kind, fates(event)["RCC"]) == (EventKind.ACQUISITION, Fate.CONTINUES)
    assert [era.key for era in made.eras("RCC")] == ["RCC@unknown", "RCC@2002-04-01"]
    assert made.lineage.predecessors("RCC@2002-04-01").codes == ("RAA", "RBB", "RCC")


def test_a_shell_is_new_by_document(files: Files) -> None:
    """A trust set up in law some months before, to which nothing had passed, is new if a document says merger."""
    rows = [*PAIR, listed("RCC", "2001-09-01")]
    assert fates(ending(compiled(*rows), "RAA"))["RCC"] is Fate.CONTINUES
    entry = {"ends": ["RAA", "RBB"], "into": ["RCC"], "kind": "merger", "effective": "2002-04-01"}
    made = compiled(*rows, curation=files(entry))
    event = ending(made, "RAA")
    assert (event.kind, fates(event)["RCC"]) == (EventKind.MERGER, Fate.NEW)
    assert [era.key for era in made.eras("RCC")] == ["RCC@2001-09-01"]
    assert [p.code for p in event.befores] == ["RAA", "RBB"]


@pytest.mark.parametrize(
    ("begun", "kind"), [("1994-04-01", "merger"), ("2002-04-01", "acquisition"), ("2002-04-01", "split")]
)
def test_a_kind_that_does_not_fit_is_a_conflict(files: Files, begun: str, kind: str) -> None:
    """What lists show of a receiver stands against the word of a document, which is told."""
    rows = [*PAIR, listed("RCC", begun)]
    alone = ending(compiled(*rows), "RAA")
    entry = {"ends": ["RAA", "RBB"], "into": ["RCC"], "kind": kind, "effective": "2002-04-01"}
    event = ending(compiled(*rows, curation=files(entry)), "RAA")
    assert event.kind is alone.kind
    assert fates(event) == fates(alone)
    assert event.conflicts == (f"order: {kind}; told here as {alone.kind.value}",)


def test_documents_that_differ_in_kind(files: Files) -> None:
    """Two kinds by documents about all who end: neither is taken, both are told."""
    entries = [{"ends": ["RAA", "RBB"], "effective": "2002-04-01", "kind": kind} for kind in ("merger", "acquisition")]
    event = ending(compiled(*PAIR, curation=files(*entries)), "RAA")
    assert event.kind is EventKind.SUCCESSION
    assert set(event.conflicts) == {
        "order: merger; told here as succession", "order: acquisition; told here as succession",
    }  # fmt: skip


def test_one_by_one_is_a_replacement(files: Files) -> None:
    """One that ends in one new body is replaced; two are not."""
    entry = {"ends": ["RAA"], "into": ["RCC"], "kind": "replacement", "effective": "2002-04-01"}
    event = ending(compiled(*PAIR[:4], curation=files(entry)), "RAA")
    assert (event.kind, fates(event)["RCC"]) == (EventKind.REPLACEMENT, Fate.NEW)
    event = ending(compiled(*PAIR, curation=files(entry | {"ends": ["RAA", "RBB"]})), "RAA")
    assert event.kind is EventKind.SUCCESSION


# --- what belongs to nothing ----------------------------------------------------------------------------------------


def test_a_confirmation_of_no_event_is_told(files: Files) -> None:
    """Bodies that no event ends about that day are a finding; the others of the entry are confirmed."""
    curation = files(
        {"ends": ["RAA", "RCC"], "effective": "2002-04-01"},
        {"ends": ["RBB"], "effective": "2005-04-01"},
        {"ends": ["RXX"], "effective": "2002-04-01"},
    )
    made = compiled(*PAIR, curation=curation)
    assert [(f.rule, f.subject) for f in made.check()] == [
        ("confirmation without record", "RXX"),
        ("confirmation without event", "RCC"),
        ("confirmation without event", "RBB"),
    ]
    assert [c.id for c in ending(made, "RAA").citations] == ["order"]
    assert {p.code: bool(p.sources) for p in ending(made, "RAA").befores} == {"RAA": True, "RBB": False}


def test_a_body_that_lists_show_open_is_not_ended(files: Files) -> None:
    """A document does not end what a newer list shows open: that is a finding."""
    rows = [listed("RAA", "1994-04-01"), *PAIR[1:]]
    made = compiled(*rows, curation=files({"ends": ["RAA"], "effective": "2002-04-01"}))
    assert [f.rule for f in made.check()] == ["confirmation without event"]
    assert made.eras("RAA")[-1].period.end is None
