"""Sites whose own way is lost are, above the level of sites, with whatever their operator became."""

from __future__ import annotations

import pytest
from builders import event, make_store, says

from nhs_orgs.crosswalk import CrosswalkRow, Status, crosswalk
from nhs_orgs.organisations import ICB, Organisation, Site, Trust

STORE = make_store(
    """
    AAA   2000-01-01  2009-12-31  Trust  Went whole into BBB
    BBB   2000-01-01  ..          Trust  Took AAA
    CCC   2000-01-01  2009-12-31  Trust  Was divided between BBB and DDD
    DDD   2000-01-01  ..          Trust  Gave a part to BBB
    NNN   2000-01-01  2009-12-31  Trust  Ended to nowhere
    EEE   2000-01-01  2004-12-31  Trust  Went whole into DDD
    Q01   2000-01-01  ..          ICB    A board
    AAA01 2001-01-01  2008-12-31  Site   Closed, and nobody says what followed
    AAA02 unknown     unknown     Site   Undated
    AAA03 unknown     unknown     Site   Only a list from after its operator's end has it
    AAA04 2001-01-01  2008-12-31  Site   Recoded as a site that is lost
    AAA05 2001-01-01  2008-12-31  Site   Two operators
    AAA06 2001-01-01  2008-12-31  Site   No operator
    AAA07 2001-01-01  ..          Site   Stands, last shown under AAA | seen=2008-06-01/2020-06-01
    BBB01 unknown     unknown     Site   Undated, of a later list
    BBB02 2001-01-01  ..          Site   Stands, first shown in 2022 | seen=2001-01-01/2022-06-01
    BBB04 2009-01-01  2009-06-30  Site   Took AAA04
    CCC01 unknown     unknown     Site   Of a divided trust
    DDD01 2001-01-01  2003-12-31  Site   Last shown before a part left
    DDD02 2001-01-01  2018-12-31  Site   Shown after the part had left
    EEE01 2001-01-01  2003-12-31  Site   Its operator's heir gave a part away
    NNN01 unknown     unknown     Site   Of a trust that ended
    X0001 unknown     unknown     Site   Of a body that no register has
    """,
    event("2010-01-01", "acquisition", "AAA => BBB", id="merged", cited=("a",), confidence="high"),
    event("2010-01-01", "split", "CCC -> BBB 0.5 beds, CCC -> DDD 0.5 beds", id="split"),
    event("2005-01-01", "acquisition", "EEE => DDD", id="eee"),
    event("2012-01-01", "service transfer", "DDD -> BBB", id="part"),
    event("2009-01-01", "replacement", "AAA04 => BBB04", id="recoded"),
    *(says(code, "operator", "AAA", "list@2008-06-01") for code in ("AAA01", "AAA02", "AAA04", "AAA05", "AAA07")),
    says("AAA03", "operator", "AAA", "list@2022-06-01"),
    says("AAA05", "operator", "BBB", "list@2008-06-01"),
    says("BBB01", "operator", "BBB", "list@2022-06-01"),
    says("BBB02", "operator", "BBB", "list@2022-06-01"),
    says("BBB04", "operator", "BBB", "list@2009-03-01"),
    says("CCC01", "operator", "CCC", "list@2008-06-01"),
    says("DDD01", "operator", "DDD", "list@2003-06-01"),
    says("DDD02", "operator", "DDD", "list@2015-06-01"),
    says("EEE01", "operator", "EEE", "list@2003-06-01"),
    says("NNN01", "operator", "NNN", "list@2008-06-01"),
    says("X0001", "operator", "ZZZ", "list@2008-06-01"),
    says("BBB", "integrated care board", "Q01", "list@2012-01-01", "list@2022-01-01"),
    says("DDD", "integrated care board", "Q01", "list@2012-01-01", "list@2022-01-01"),
)


def rows(
    code: str, on: str | None = None, *, to: str = "2020-01-01", level: type[Organisation] | None = Trust
) -> tuple[CrosswalkRow, ...]:
    """The rows of a site."""
    return crosswalk(STORE, to=to, level=level, splits="divide").of(code, on=on)


def one(code: str, on: str | None = None, *, to: str = "2020-01-01", level: type[Organisation] = Trust) -> CrosswalkRow:
    """The only row of a site."""
    (row,) = rows(code, on, to=to, level=level)
    return row


def test_a_closed_site() -> None:
    """A site that closed without a successor is with what its operator became, marked as no surer than medium."""
    row = one("AAA01", "2005-01-01")
    assert (row.target, row.status, row.path, row.basis) == ("BBB", Status.SUCCEEDED, ("merged",), None)
    assert row.confidence is not None
    assert (row.confidence.value, row.approximate) == ("medium", False)
    assert row.note is not None
    assert row.note.startswith("AAA01 is followed by its operator AAA")
    late = one("AAA01", "2015-01-01")
    assert (late.target, late.status) == ("BBB", Status.CLOSED_ON_OWN_DATE)


def test_on_a_day_of_its_operator() -> None:
    """Where the operator still stands the site's figures are with it, and the closed site itself is not current."""
    row = one("AAA01", "2005-01-01", to="2009-06-01")
    assert (row.target, row.status, row.path) == ("AAA", Status.SUCCEEDED, ())
    assert one("AAA02", to="2009-06-01").status is Status.CURRENT


def test_at_the_level_of_sites_nothing_is_guessed() -> None:
    """Neither the site nor its successor is known: without a level, or at that of sites, it stays unknown."""
    for level in (None, Site):
        (row,) = rows("AAA01", "2005-01-01", level=level)
        assert (row.target, row.status) == (None, Status.UNKNOWN)


def test_undated_sites() -> None:
    """A site that no source dates goes the way of the only operator that lists show; a later list is weak evidence."""
    assert [(one(code, "2005-01-01").target, one(code, "2005-01-01").confidence) for code in ("AAA02", "BBB01")] == [
        ("BBB", one("AAA01", "2005-01-01").confidence),
        ("BBB", one("AAA03", "2005-01-01").confidence),
    ]
    weak = one("BBB01", "2005-01-01").confidence
    assert weak is not None
    assert weak.value == "low"


def test_a_list_from_after_the_operator_ended() -> None:
    """Such a list is old: before the operator opened nothing is known, and after its end it is as in its life."""
    before, during = rows("AAA03")
    assert (str(before.until), before.target, before.status) == ("1999-12-31", None, Status.UNKNOWN)
    assert (str(during.from_), during.target) == ("2000-01-01", "BBB")


def test_a_divided_operator() -> None:
    """Of a divided operator's site nobody knows the place: it is told among which bodies, and not divided by shares."""
    row = one("CCC01")
    assert (row.target, row.status, row.among, row.weight) == (None, Status.UNAPPORTIONED, ("BBB", "DDD"), 1.0)
    assert one("CCC01", level=ICB).target == "Q01"


def test_a_part_that_left() -> None:
    """A site last shown before its operator, or the operator's heir, gave a part away may have been in that part."""
    for code in ("DDD01", "EEE01"):
        row = one(code, "2003-01-01")
        assert (row.target, row.status, row.among) == (None, Status.UNAPPORTIONED, ("BBB", "DDD")), code
    assert one("DDD02", "2003-01-01").target == "DDD"
    assert one("DDD01", "2003-01-01", to="2011-01-01").target == "DDD"


def test_backwards_over_a_part() -> None:
    """An undated site of a later list may have come with a part that its operator received since the day."""
    row = one("BBB01", "2005-01-01", to="2011-01-01")
    assert (row.status, row.among) == (Status.UNAPPORTIONED, ("BBB", "DDD"))


def test_recoded() -> None:
    """A site whose successor is lost goes the way of the successor's operator, and the path tells of the recoding."""
    row = one("AAA04", "2005-01-01")
    assert (row.target, row.path) == ("BBB", ("recoded",))
    assert row.note is not None
    assert row.note.startswith("BBB04 is followed by its operator BBB")


def test_a_site_that_stands() -> None:
    """One last shown under a body that ended goes its way; one first shown later than the day stays unknown."""
    assert one("AAA07", "2005-01-01").target == "BBB"
    row = one("BBB02", "2005-01-01")
    assert (row.target, row.status) == (None, Status.UNKNOWN)


@pytest.mark.parametrize("code", ["AAA05", "AAA06", "NNN01", "X0001"])
def test_no_operator_to_follow(code: str) -> None:
    """Several operators, none, one that ended to nowhere, one that the register has not: the site stays unknown."""
    assert {(row.target, row.status) for row in rows(code, "2005-01-01")} == {(None, Status.UNKNOWN)}
