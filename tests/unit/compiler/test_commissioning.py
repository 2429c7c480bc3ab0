"""An abolished trust is divided among the groups that the tables of shares name, and no other body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from builders import citation, source

from nhs_orgs.compiler.commissioning import divide
from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.kinds import KindSpan
from nhs_orgs.compiler.lives import Life
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import EventKind, EventStatus, Extent, Fate
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.readers.base import ShareRow
from nhs_orgs.records import Record
from nhs_orgs.sources import Confidence

DAY = PartialDate.of_day(date(2013, 4, 1))
PATIENTS = source("pct-to-ccg-by-registered-patients@2013")
POSTCODES = source("pct-to-ccg-by-postcodes@2013")

ABOLITION = Draft(
    id="abolition-2013",
    kind=EventKind.CLOSURE,
    effective=DAY,
    befores=(("5AA", Fate.ENDS), ("5BB", Fate.ENDS)),
    afters=(),
    mechanism="An Act",
    narrative="All were abolished.",
    confidence=Confidence.HIGH,
    citations=(citation("act"),),
    notes=("as enacted",),
)


def life(code: str, kind: str, start: Bound) -> Life:
    """What is known of a code."""
    return Life(Record(code, ()), (KindSpan(kind, None, inferred=False),), Period(start, None), start, None)


LIVES = {
    "5AA": life("5AA", "PrimaryCareTrust", UNKNOWN),
    "5BB": life("5BB", "PrimaryCareTrust", UNKNOWN),
    "01A": life("01A", "ClinicalCommissioningGroup", date(2013, 4, 1)),
    "01B": life("01B", "ClinicalCommissioningGroup", date(2013, 4, 1)),
    "01L": life("01L", "ClinicalCommissioningGroup", date(2014, 11, 26)),
    "01U": life("01U", "ClinicalCommissioningGroup", UNKNOWN),
    "13H": life("13H", "CommissioningHub", date(2013, 4, 1)),
}


def shares(*texts: str) -> list[ShareRow]:
    """``5AA 01A 0.7 1234``: share of registered patients, and their number; without a number, of postcodes."""
    return [_row(*text.split()) for text in texts]


def _row(code: str, other: str, share: str, amount: str | None = None) -> ShareRow:
    return ShareRow(
        source=PATIENTS if amount else POSTCODES,
        line=1,
        code=code,
        other=other,
        share=float(share),
        amount=float(amount) if amount else None,
        basis="registered patients" if amount else "postcodes",
    )


def divided(rows: Iterable[ShareRow], draft: Draft = ABOLITION) -> dict[str, Draft]:
    """The drafts by id."""
    return {each.id: each for each in divide([draft], rows, LIVES)}


def passed(draft: Draft) -> dict[str, dict[str, float]]:
    """What went to whom, by each measure."""
    return {t.receiver: {share.basis: share.share for share in t.shares} for t in draft.transfers}


def test_a_trust_is_divided_by_every_measure() -> None:
    """One split ends the trust; each part keeps one share for each measure, and groups begin by it."""
    rows = shares("5AA 01A 0.7 700", "5AA 01B 0.3 300", "5AA 01A 0.65", "5AA 01B 0.35")
    draft = divided(rows)["abolition-2013-5aa"]
    assert draft.kind is EventKind.SPLIT
    assert draft.befores == (("5AA", Fate.ENDS),)
    assert draft.afters == (("01A", Fate.NEW), ("01B", Fate.NEW))
    assert passed(draft) == {
        "01A": {"registered patients": 0.7, "postcodes": 0.65},
        "01B": {"registered patients": 0.3, "postcodes": 0.35},
    }
    assert [transfer.note for transfer in draft.transfers] == ["700 registered patients", "300 registered patients"]


def test_what_the_closure_says_holds_for_each_part_of_it() -> None:
    """Day, mechanism, narrative and citations are the closure's; a calculation from tables is of medium confidence."""
    draft = divided(shares("5AA 01A 1 700"))["abolition-2013-5aa"]
    assert (draft.effective, draft.mechanism, draft.narrative) == (DAY, "An Act", "All were abolished.")
    assert draft.citations == ABOLITION.citations
    assert draft.notes[0] == "as enacted"
    assert draft.confidence is Confidence.MEDIUM


def test_the_tables_confirm_who_received() -> None:
    """The trust's fate rests on the documents and the tables, each group's on the tables that count it."""
    draft = divided(shares("5AA 01A 0.9 900", "5AA 01B 0.1 100", "5AA 01A 1"))["abolition-2013-5aa"]
    assert dict(draft.confirmed) == {
        "5AA": (*ABOLITION.citations, PATIENTS, POSTCODES),
        "01A": (PATIENTS, POSTCODES),
        "01B": (PATIENTS,),
    }


def test_all_that_was_measured_is_still_a_part() -> None:
    """Where all patients of a trust went to one group, it was a part: other functions of it went elsewhere."""
    draft = divided(shares("5AA 01A 1 700"))["abolition-2013-5aa"]
    (transfer,) = draft.transfers
    assert (transfer.extent, transfer.shares[0].share) == (Extent.PART, 1)
    assert draft.kind is EventKind.SPLIT


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("5AA 13H 0.2 200", "no part: 20.000% of registered patients counted with 13H, a commissioning hub"),
        ("5AA 01L 1", "no part: 100.000% of postcodes counted with 01L, which began on 2014-11-26"),
        ("5AA 01U 0.2", "no part: 20.000% of postcodes counted with 01U, whose first day no list gives"),
        ("5AA 99Z 0.2", "no part: 20.000% of postcodes counted with 99Z, of which no list read here tells"),
        ("5AA 01B 0.0005 5", "no part: 0.050% of registered patients counted with 01B, less than 0.1%"),
        ("5AA 01B 0 0", "no part: 0.000% of registered patients counted with 01B, less than 0.1%"),
    ],
    ids=["hub", "later", "undated", "unlisted", "trace", "nothing"],
)
def test_what_is_counted_elsewhere_is_told_and_passes_nothing(row: str, told: str) -> None:
    """A hub, a later group, an unknown body, a handful of patients or none: a note, never a successor."""
    draft = divided(shares("5AA 01A 0.8 800", row))["abolition-2013-5aa"]
    assert list(passed(draft)) == ["01A"]
    assert told in draft.notes


def test_one_measure_is_enough_for_a_part() -> None:
    """A part that one measure counts and another does not, or hardly, is a part by what counts it."""
    draft = divided(shares("5AA 01A 1 900", "5AA 01A 0.98", "5AA 01B 0.02", "5AA 01B 0.0001 1"))["abolition-2013-5aa"]
    assert passed(draft)["01B"] == {"registered patients": 0.0001, "postcodes": 0.02}


def test_a_trust_that_no_table_divides_stays_in_the_closure() -> None:
    """What remains of the closure is one event under its own id."""
    drafts = divided(shares("5AA 01A 1 700", "5BB 13H 1 30"))
    assert drafts["abolition-2013"] == replace(ABOLITION, befores=(("5BB", Fate.ENDS),))
    assert set(drafts) == {"abolition-2013", "abolition-2013-5aa"}


def test_a_closure_that_is_divided_whole_is_no_event_of_its_own() -> None:
    """No event without bodies is left behind."""
    drafts = divided(shares("5AA 01A 1 700", "5BB 01A 1 500"))
    assert set(drafts) == {"abolition-2013-5aa", "abolition-2013-5bb"}


@pytest.mark.parametrize(
    "draft",
    [
        replace(ABOLITION, kind=EventKind.MERGER),
        replace(ABOLITION, afters=(("01B", Fate.NEW),)),
        replace(ABOLITION, citations=()),
        replace(ABOLITION, status=EventStatus.PROPOSED),
        replace(ABOLITION, effective=PartialDate.of_year(2013)),
        replace(ABOLITION, effective=None, announced=DAY, status=EventStatus.PROPOSED),
    ],
    ids=["merger", "receiver", "uncited", "proposed", "undated", "announced"],
)
def test_only_a_cited_closure_on_a_known_day_is_divided(draft: Draft) -> None:
    """Any other event stays as it is: the tables alone end nobody."""
    assert divided(shares("5AA 01A 1 700"), draft) == {draft.id: draft}


def test_other_tables_divide_nobody() -> None:
    """A table of movers, or of another kind of body, says nothing about an abolition."""
    row = replace(shares("5AA 01A 1 700")[0], source=source("commissioner-moves@2019"))
    assert divided([row]) == {ABOLITION.id: ABOLITION}
