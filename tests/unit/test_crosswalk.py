"""The crosswalk on small registers: phases, shares, levels, what is refused, what is an error."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from builders import event, make_store, says
from frames_of import KINDS, Table

from nhs_orgs.bases import NAMES, Choice, Preference, family
from nhs_orgs.crosswalk import COLUMNS, Crosswalk, CrosswalkRow, Splits, Status, Unshared, crosswalk
from nhs_orgs.errors import (
    InvalidBasis,
    InvalidDate,
    InvalidFrame,
    InvalidLevel,
    KindNotHeld,
    NHSOrgsError,
    OutsideCoverage,
    UnknownOrganisation,
    UnusedShares,
)
from nhs_orgs.events import Share
from nhs_orgs.organisations import (
    CCG,
    ICB,
    PCN,
    PCT,
    STP,
    Body,
    GPPractice,
    Organisation,
    Region,
    Site,
    Trust,
    Unclassified,
)
from nhs_orgs.sources import Confidence
from nhs_orgs.store import Store

STORE = make_store(
    """
    AAA  2000-01-01  2009-12-31  Trust  Divided in phases
    BBB  2000-01-01  ..          Trust  Took the first part
    CCC  2010-01-01  ..          Trust  Took the rest
    DDD  2000-01-01  2009-12-31  Trust  Divided by two measures
    EEE  2000-01-01  2009-12-31  Trust  Divided, nobody says how
    FFF  2000-01-01  2009-12-31  Trust  Went in part, the rest nobody knows
    GGG  2000-01-01  2009-12-31  Trust  Went whole into one that divided
    HHH  2000-01-01  2004-12-31  Trust  Was followed by DDD
    III  2000-01-01  2009-12-31  Trust  Ended
    JJJ  unknown     unknown     Trust  Nobody knows | seen=2001-01-01/2003-01-01
    KKK  2000-01-01  2009-12-31  Trust  By measure all went to one
    P01  2000-01-01  2009-12-31  PCT    A primary care trust
    C01  2010-01-01  ..          CCG    A group
    C02  2010-01-01  ..          CCG    Another group
    Q01  2000-01-01  2014-12-31  STP    A partnership
    Q01  2015-01-01  ..          ICB    A board
    Y01  2000-01-01  ..          Region A region
    """,
    event("2005-01-01", "service transfer", "AAA -> BBB 0.4 floor area", id="first", cited=("a",), confidence="high"),
    event(
        "2010-01-01",
        "split",
        "AAA -> CCC 0.6 floor area",
        id="second",
        completes=("first",),
        cited=("a",),
        confidence="medium",
    ),
    event("2010-01-01", "split", "DDD -> BBB 0.3 floor area, DDD -> CCC 0.7 floor area", id="ddd", cited=("a",)),
    event("2010-01-01", "split", "EEE -> BBB, EEE -> CCC", id="eee"),
    event("2010-01-01", "split", "FFF -> BBB 0.9 beds", id="fff"),
    event("2005-01-01", "acquisition", "HHH => DDD", id="hhh"),
    event("2010-01-01", "closure", "III", id="iii", nothing_followed=True, cited=("a",)),
    event("2010-01-01", "split", "KKK -> BBB 0.9995 beds", id="kkk"),
    event("2010-01-01", "split", "P01 -> C01 0.25 registered patients, P01 -> C02 0.75 registered patients", id="p"),
    event("2015-01-01", "conversion", "Q01 => Q01", id="q"),
    *(says(code, "integrated care board", "Q01", "list@2012-01-01", "list@2022-01-01") for code in ("C01", "C02")),
    says("BBB", "region", "Y01", "list@2012-01-01", "list@2022-01-01"),
)


def made(
    *, to: str = "2020-01-01", basis: Choice = None, splits: str = "divide", level: type | None = None
) -> Crosswalk:
    """A crosswalk of the register above."""
    return crosswalk(STORE, to=to, basis=basis, splits=splits, level=level)


def cells(rows: tuple[CrosswalkRow, ...]) -> list[tuple[str | None, float, str]]:
    """Target, weight and status of each row."""
    return [(row.target, round(row.weight, 6), row.status.value) for row in rows]


def test_phases() -> None:
    """A part that had left by the date of the data has no share of it; the confidence is the lowest on the way."""
    whole = made().of("AAA", on="2004-12-31")
    assert cells(whole) == [("BBB", 0.4, "divided"), ("CCC", 0.6, "divided")]
    assert [row.confidence for row in whole] == [Confidence.HIGH, Confidence.MEDIUM]
    (rest,) = made().of("AAA", on="2005-01-01")
    assert (rest.target, rest.weight, rest.status, rest.basis) == ("CCC", 1.0, Status.SUCCEEDED, None)


def test_phases_between_them() -> None:
    """While the body that divides in phases is open, its data is its own, and says what left since."""
    (row,) = made(to="2007-01-01").of("AAA", on="2004-01-01")
    assert (row.target, row.status) == ("AAA", Status.CURRENT)
    assert row.note == "AAA gave part to BBB on 2005-01-01 (40.0% by floor area)"


def test_a_basis_that_is_not_there() -> None:
    """By a measure of which there are no shares nothing is divided."""
    (row,) = made(basis="beds").of("DDD", on="2004-12-31")
    assert (row.target, row.status, row.among) == (None, Status.UNAPPORTIONED, ("BBB", "CCC"))
    assert made(basis=["beds", "floor area"]).of("DDD", on="2004-12-31") == made().of("DDD", on="2004-12-31")


def test_no_shares() -> None:
    """A split without shares is not divided, whatever is asked for, and is told among those that want shares."""
    for splits in Splits:
        (row,) = made(splits=splits.value).of("EEE", on="2004-12-31")
        assert (row.target, row.status) == (None, Status.UNAPPORTIONED)
    wanted = Unshared("EEE", ("BBB", "CCC"), date(2010, 1, 1), backwards=False)
    assert made().unshared() == (wanted,)
    assert made().unshared(["AAA"]) == ()


def test_a_table_of_ones_own() -> None:
    """One's own shares divide what the register has none for, and come before those that it has."""
    table = {("EEE", "BBB"): 0.1, ("EEE", "CCC"): 0.9, ("DDD", "BBB"): 0.5, ("DDD", "CCC"): 0.5}
    for crossed in (made(basis=table), made().with_shares(table)):
        assert cells(crossed.of("EEE", on="2004-12-31")) == [("BBB", 0.1, "divided"), ("CCC", 0.9, "divided")]
        assert cells(crossed.of("HHH", on="2004-12-31")) == [("BBB", 0.5, "divided"), ("CCC", 0.5, "divided")]
        assert {row.basis for row in crossed.of("EEE", on="2004-12-31")} == {"own table"}
    assert made(basis=table).of("AAA", on="2004-12-31")[0].status is Status.UNAPPORTIONED
    assert made(basis=[table, "floor area"]).of("AAA", on="2004-12-31") == made().of("AAA", on="2004-12-31")


def test_a_table_that_names_other_parts() -> None:
    """A table may say of a body what no event says."""
    rows = made(basis={("EEE", "BBB"): 0.25, ("EEE", "C01"): 0.75}).of("EEE", on="2004-12-31")
    assert cells(rows) == [("BBB", 0.25, "divided"), ("C01", 0.75, "divided")]


def test_a_table_that_names_one_other_body() -> None:
    """All of a body to one that no event names rests on the table, and its row says so; what an event says does not."""
    for giver, part in (("HHH", "C01"), ("EEE", "C01"), ("EEE", "BBB")):
        (*_, row) = made(basis={(giver, part): 1.0}).of(giver, on="2004-12-31")
        assert (row.target, row.weight, row.basis, row.approximate) == (part, 1.0, "own table", True)
    (row,) = made(basis={("HHH", "DDD"): 1.0}, to="2006-01-01").of("HHH", on="2004-12-31")
    assert (row.target, row.basis) == ("DDD", None)


def test_parts_of_ones_own_that_are_one_again() -> None:
    """Two bodies of the table's own that are with one by the day still rest on the table; two of an event's do not."""
    store = make_store(
        """
        AAA 2000-01-01 2004-12-31 Trust Was divided
        BBB 2000-01-01 2007-12-31 Trust Took a part
        CCC 2000-01-01 2007-12-31 Trust Took the rest
        DDD 2008-01-01 ..         Trust Took both
        EEE 2000-01-01 2004-12-31 Trust Went to another
        FFF 2005-01-01 ..         Trust That other
        """,
        event("2005-01-01", "split", "AAA -> BBB, AAA -> CCC", id="split"),
        event("2005-01-01", "replacement", "EEE => FFF", id="other"),
        event("2008-01-01", "merger", "BBB => DDD, CCC => DDD", id="both"),
    )
    for giver, basis in (("AAA", None), ("EEE", "own table")):
        table = {(giver, "BBB"): 0.5, (giver, "CCC"): 0.5}
        (row,) = crosswalk(store, to="2010-01-01", basis=table, splits="divide").of(giver, on="2004-12-31")
        assert (row.target, row.weight, row.basis) == ("DDD", 1.0, basis)


@pytest.mark.parametrize(
    ("giver", "why"),
    [("BBB", "BBB stands"), ("GGG", "GGG passed nothing on"), ("III", "III passed nothing on"), ("Y01", "Y01 stands")],
)
def test_shares_that_divide_nothing(giver: str, why: str) -> None:
    """Shares of a body that stands on the day, or that ended to nowhere, are warned of, where the caller gave them."""
    for table in ({(giver, "BBB"): 0.5, (giver, "CCC"): 0.5}, {("EEE", "BBB"): 1.0, (giver, "CCC"): 1.0}):
        with pytest.warns(UnusedShares, match=rf"{giver} divide nothing on 2020-01-01: {why}.*unshared\(\)") as told:
            crosswalk(STORE, to="2020-01-01").with_shares(table)
        (warning,) = told
        assert isinstance(warning.message, UnusedShares)
        assert (warning.message.code, warning.filename) == (giver, __file__)


def test_shares_of_what_was_not_open() -> None:
    """Backwards it is what nobody says the making of; what was made of others may be divided."""
    store = make_store("AAA 2000-01-01 .. Trust Stands\nBBB 2010-01-01 .. Trust Opened")
    with pytest.warns(UnusedShares, match="no source says what BBB was made of"):
        crosswalk(store, to="2005-01-01", basis={("BBB", "AAA"): 1.0})
    made(to="2002-01-01", basis={("C01", "P01"): 1.0})


def test_one_table_for_several_days_and_kinds() -> None:
    """Shares for codes of another kind are told of by nothing; those for another day only by the warning."""
    table = {("EEE", "BBB"): 0.1, ("EEE", "CCC"): 0.9}
    groups = crosswalk(STORE, to="2020-01-01", kind=CCG, basis=table)
    assert cells(groups.of("C01", on="2012-01-01")) == [("C01", 1.0, "current")]
    with pytest.warns(UnusedShares, match="EEE stands"):
        before = made(to="2005-01-01", basis=table)
    assert cells(before.of("EEE", on="2004-12-31")) == [("EEE", 1.0, "current")]


def test_a_part_and_nobody_knows_the_rest() -> None:
    """Of a body of which only a part is accounted for, nothing moves."""
    (row,) = made().of("FFF", on="2004-12-31")
    assert (row.target, row.status, row.among) == (None, Status.UNKNOWN, ("BBB",))
    assert row.note == "only a part of FFF is accounted for, which went to BBB"


def test_all_by_a_measure() -> None:
    """Where by a measure all went to one body, it is its successor, and the row names the measure."""
    (row,) = made(splits="refuse").of("KKK", on="2004-12-31")
    assert (row.target, row.weight, row.status, row.basis) == ("BBB", 1.0, Status.SUCCEEDED, "beds")


def test_ends() -> None:
    """That nothing followed is said only where a source says so."""
    assert cells(made().of("III", on="2004-12-31")) == [(None, 1.0, "ended")]
    assert cells(made().of("GGG", on="2004-12-31")) == [(None, 1.0, "unknown")]


def test_unknown_bounds() -> None:
    """A code whose life nobody dates has one stretch, with unknown bounds, that keeps no date out."""
    rows = made().of("JJJ")
    assert [str(row.period) for row in rows] == ["unknown/unknown"]
    assert made().of("JJJ", on="1995-01-01") == rows
    assert cells(made(to="2002-01-01").of("JJJ")) == [("JJJ", 1.0, "current")]


def test_levels() -> None:
    """A primary care trust reaches the board of its groups without a share; a group has no trust above it."""
    (row,) = made(level=ICB, splits="refuse").of("P01", on="2004-12-31")
    assert (row.target, row.weight, row.status, row.basis) == ("Q01", 1.0, Status.SUCCEEDED, None)
    (none,) = made(level=Trust).of("C01", on="2012-01-01")
    assert (none.target, none.status) == (None, Status.UNKNOWN)
    assert none.note is not None
    assert none.note.startswith("no trust is known above C01 on 2020-01-01")


def test_a_board_was_a_partnership_before() -> None:
    """Boards and partnerships are one level: on a day of the partnership it is the answer for both."""
    for level in (ICB, STP):
        (row,) = made(to="2012-01-01", level=level).of("C01", on="2020-01-01")
        assert row.target == "Q01"


def test_parts_without_a_known_parent_are_kept() -> None:
    """At a level that only one part is known to reach, the other keeps its weight and has no target."""
    rows = made(level=Region).of("DDD", on="2004-12-31")
    assert cells(rows) == [("Y01", 0.3, "divided"), (None, 0.7, "unknown")]


@pytest.mark.parametrize("kind", [GPPractice, [PCN, GPPractice], Body])
def test_a_kind_that_the_register_does_not_have(kind: type[Organisation] | list[type[Organisation]]) -> None:
    """Of kinds without a single code there is no crosswalk; the error names them and how to get a register of them."""
    with pytest.raises(KindNotHeld, match=r"kind=.* as at .*nhs-orgs compile.*--leave-out") as caught:
        crosswalk(STORE, to="2020-01-01", kind=kind)
    assert caught.value.kinds == tuple(one.__name__ for one in (kind if isinstance(kind, list) else [kind]))


def test_a_kind_beside_one_that_the_register_does_not_have() -> None:
    """Of several kinds one with codes is enough, and so is the kind of all."""
    assert crosswalk(STORE, to="2020-01-01", kind=[GPPractice, PCT]).codes == ("P01",)
    assert crosswalk(STORE, to="2020-01-01", kind=Organisation).codes == crosswalk(STORE, to="2020-01-01").codes


@pytest.mark.parametrize(
    ("kind", "level", "to", "possible"),
    [
        (Trust, Site, "2020-01-01", ("Region", "Trust")),
        (CCG, Trust, "2020-01-01", ("ClinicalCommissioningGroup", "IntegratedCareBoard")),
        (PCT, Trust, "2020-01-01", ("ClinicalCommissioningGroup", "IntegratedCareBoard")),
        (CCG, ICB, "2005-01-01", ("PrimaryCareTrust",)),
        (Region, Trust, "2020-01-01", ("Region",)),
        (None, Site, "2020-01-01", ("ClinicalCommissioningGroup", "IntegratedCareBoard", "Region", "Trust")),
    ],
)
def test_a_level_that_nothing_reaches(
    kind: type[Organisation] | None, level: type[Organisation], to: str, possible: tuple[str, ...]
) -> None:
    """A level that no code of the kinds belongs to on the day is an error, with those that some do."""
    with pytest.raises(InvalidLevel) as caught:
        crosswalk(STORE, to=to, kind=kind, level=level)
    assert caught.value.possible == possible
    assert f"level={level.__name__}: on {to} no data" in str(caught.value)
    assert f"Give one of {', '.join(possible)}, or leave level= out" in str(caught.value)


def test_levels_to_which_nothing_is_added_up() -> None:
    """Sites and bodies that nobody classes are told as levels only where there is nothing else."""
    store = make_store(
        """
        AAA    2000-01-01  ..  Trust
        AAA01  2000-01-01  ..  Site
        BBB    2000-01-01  ..  Unclassified
        """,
        says("AAA01", "operator", "AAA", "ets@2019-12-31"),
    )
    for kind, possible in ((None, ("Trust",)), (Site, ("Trust",)), (Unclassified, ("Unclassified",))):
        with pytest.raises(InvalidLevel) as caught:
            crosswalk(store, to="2020-01-01", kind=kind, level=Region)
        assert caught.value.possible == possible


def test_a_level_that_a_code_once_had_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among more codes than are looked at, those that ever stood for a body of the level are looked at first."""
    monkeypatch.setattr("nhs_orgs.crosswalk._LOOKED_AT", 2)
    sites = "\n".join(f"AAA0{number}  2005-01-01  ..  Site" for number in range(1, 9))
    store = make_store(f"{sites}\nAAA03  2000-01-01  2004-12-31  Unclassified")
    crossed = crosswalk(store, to="2004-01-01", kind=Site, level=Unclassified)
    assert {row.code for row in crossed.rows if row.target is not None} == {"AAA03"}


def test_no_kind_at_all() -> None:
    """An empty list of kinds is a slip, such as a filter that left none: it does not stand for every code."""
    with pytest.raises(ValueError, match=r"kind=\[\] names no kind\. .* such as nhs_orgs\.Trust, or leave kind= out"):
        crosswalk(STORE, to="2020-01-01", kind=[])


def test_a_level_where_nothing_is_left() -> None:
    """Of codes that lead to nobody on the day no level is wrong: their data is where it is without one."""
    store = make_store("AAA  2000-01-01  2009-12-31  Trust\nBBB  2000-01-01  ..  CCG")
    (row,) = crosswalk(store, to="2020-01-01", kind=Trust, level=Region).of("AAA", on="2005-01-01")
    assert (row.target, row.status, row.note) == (None, Status.UNKNOWN, "no source names a successor of AAA")


def test_a_level_that_one_code_reaches() -> None:
    """A level is none only if no code at all reaches it: here one trust of eleven has a region."""
    crossed = crosswalk(STORE, to="2020-01-01", kind=Trust, level=Region)
    assert {row.code for row in crossed.rows if row.target is not None and row.from_ is not None} >= {"BBB"}
    (none,) = crossed.of("CCC", on="2012-01-01")
    assert (none.target, none.status) == (None, Status.UNKNOWN)


def test_kinds() -> None:
    """The kinds select codes; another code is a miss, told with near ones."""
    few = crosswalk(STORE, to="2020-01-01", kind=[PCT, CCG])
    assert few.codes == ("C01", "C02", "P01")
    assert few.targets == ("C01", "C02")
    assert len(few) == len(few.rows)
    assert repr(few) == "Crosswalk(PrimaryCareTrust | ClinicalCommissioningGroup to 2020-01-01, splits refuse)"
    with pytest.raises(UnknownOrganisation):
        few.of("AAA")
    with pytest.raises(UnknownOrganisation):
        few.columns(["ZZZ"])


def test_columns() -> None:
    """Columns hold what data frames can: dates, texts and numbers."""
    columns = made().columns(["aaa".upper()])
    assert tuple(columns) == COLUMNS
    assert columns["from"][:2] == [None, date(2000, 1, 1)]
    assert columns["status"][:2] == ["not-yet-open", "divided"]
    assert columns["path"][1] == "first"
    assert columns["approximate"][:2] == [False, True]
    assert made().columns([]) == {name: [] for name in COLUMNS}


@pytest.mark.parametrize(
    ("basis", "why"),
    [
        ("bed", "there is no such basis"),
        ({("EEE", "BBB"): 0.5, ("EEE", "CCC"): 0.4}, "add up to 0.9"),
        ({("EEE", "BBB"): 1.5}, "from 0 to 1"),
        ({("EEE", "BBB"): -0.5, ("EEE", "CCC"): 1.5}, "from 0 to 1"),
        ({("EEE", "BBB"): "all"}, "from 0 to 1"),
        ({("EEE", "BBB"): float("nan")}, "from 0 to 1"),
        ({("EEE", "BBB"): True}, "from 0 to 1"),
        ({"EEE": 1.0}, "pairs of codes"),
        ({("EEE", "BBB"): 0.5, ("eee", "bbb"): 0.5}, "twice"),
    ],
)
def test_a_wrong_basis(basis: Choice, why: str) -> None:
    """A basis that is none, or a table that does not divide, is an error that says why."""
    with pytest.raises(InvalidBasis, match=why):
        made(basis=basis)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"kind": "Trust"}, "kind='Trust' is no kind of organisation. Give a class"),
        ({"kind": ["Trust"]}, "kind='Trust' is no kind"),
        ({"kind": int}, "kind=<class 'int'> is no kind"),
        ({"level": "ICB"}, "level='ICB' is no kind"),
        ({"splits": "half"}, "splits='half' is no way .* one of: refuse, divide, main"),
    ],
)
def test_a_wrong_question(asked: dict[str, Any], why: str) -> None:
    """What is no kind, and no way to treat divided bodies, is refused at once, with what to give instead."""
    with pytest.raises((TypeError, ValueError), match=why):
        crosswalk(STORE, to="2020-01-01", **asked)


def test_a_table_of_codes_that_are_none() -> None:
    """Codes of a table must be known, and its parts have opened."""
    with pytest.raises(UnknownOrganisation):
        made(basis={("EEE", "ZZZ"): 1.0})
    with pytest.raises(InvalidBasis, match="C01 had not opened by 2005-01-01"):
        made(to="2005-01-01", basis={("AAA", "C01"): 1.0})


def test_a_table_for_one_era() -> None:
    """A table may divide one era of a code, by its key, and leaves the others alone."""
    store = make_store(
        """
        AAA  2000-01-01  2004-12-31  Trust
        AAA  2005-01-01  2009-12-31  Trust
        AAA  2010-01-01  ..          Trust
        BBB  2007-01-01  2009-12-31  Trust
        CCC  2000-01-01  2004-12-31  Trust
        """,
        event("2005-01-01", "merger", "AAA => AAA, CCC => AAA"),
        event("2010-01-01", "merger", "AAA => AAA, BBB => AAA"),
    )
    table = {("AAA@2010-01-01", "AAA"): 0.75, ("AAA@2010-01-01", "BBB"): 0.25}
    for basis in (table, {("AAA", "AAA"): 0.75, ("AAA", "BBB"): 0.25}):
        back = crosswalk(store, to="2008-01-01", basis=basis, splits="divide")
        assert cells(back.of("AAA", on="2015-01-01")) == [("AAA", 0.75, "divided"), ("BBB", 0.25, "divided")]
        further = crosswalk(store, to="2002-01-01", basis=basis, splits="divide").of("AAA", on="2015-01-01")
        assert [(round(row.weight, 6), row.status.value) for row in further] == [
            (0.75, "unapportioned"),
            (0.25, "not-yet-open"),
        ]
    with pytest.raises(UnknownOrganisation):
        crosswalk(store, to="2008-01-01", basis={("AAA@2011-01-01", "AAA"): 1.0})


MERGED = make_store(
    """
    AAA  2000-01-01  2009-12-31  Trust
    BBB  2000-01-01  2009-12-31  Trust
    CCC  2010-01-01  2014-12-31  Trust
    DDD  2000-01-01  2014-12-31  Trust
    CCC  2015-01-01  ..          Trust
    """,
    event("2010-01-01", "merger", "AAA => CCC, BBB => CCC"),
    event("2015-01-01", "merger", "CCC => CCC, DDD => CCC"),
)
HISTORY: Table = {
    "code": ["AAA", "bbb ", "BBB", "AAA", "AAA", "CCC", "DDD", "CCC", "AAA", "XXX"],
    "on": [
        "2009-12",
        "2009-12",
        "2009-12",
        "2009-11",
        "2010-01",
        "2014-12",
        "2014-12",
        "2015-01",
        "2009-12",
        "2009-12",
    ],
    "n": [1.0, 2.0, 3.0, 9.0, 9.0, 8.0, 2.0, 9.0, None, 9.0],
}


@pytest.mark.parametrize("kind", KINDS)
def test_ones_own_history(kind: str) -> None:
    """In any kind of frame the last period before each merger divides what was merged, through two of them."""
    back = crosswalk(MERGED, to="2005-01-01", basis="own history", splits="divide")
    assert cells(back.of("CCC", on="2020-01-01")) == [(None, 1.0, "unapportioned")]
    own = back.with_history(KINDS[kind](HISTORY), code="code", on="on", value="n")
    rows = own.of("CCC", on="2020-01-01")
    expected = [("AAA", 0.8 / 6, "divided"), ("BBB", 0.8 * 5 / 6, "divided"), ("DDD", 0.2, "divided")]
    assert cells(rows) == [(code, round(weight, 6), status) for code, weight, status in expected]
    assert {row.basis for row in rows} == {"own history"}
    assert own.unshared() == ()


@pytest.mark.parametrize(
    "figures",
    [[1.0, None], [1.0, float("inf")], [1.0, -1.0], [0.0, 0.0]],
    ids=["missing", "endless", "negative", "none"],
)
def test_a_history_that_does_not_divide(figures: list[float]) -> None:
    """Where a part has no figure that can be shared out, an earlier period is taken; without one nothing is divided."""
    frame = {"code": ["AAA", "BBB"], "on": ["2009-12-01", "2009-12-01"], "n": figures}
    back = crosswalk(MERGED, to="2005-01-01", splits="divide")
    own = back.with_history(pl.DataFrame(frame), code="code", on="on", value="n")
    assert own.rows == back.rows
    before = {"code": ["AAA", "BBB"], "on": ["2009-11-30", "2009-11-30"], "n": [1.0, 3.0]}
    both = pl.concat([pl.DataFrame(frame), pl.DataFrame(before)])
    rows = back.with_history(both, code="code", on="on", value="n").of("CCC", on="2012-01-01")
    assert cells(rows) == [("AAA", 0.25, "divided"), ("BBB", 0.75, "divided")]


def test_a_history_that_is_none() -> None:
    """A column that is missing, holds no numbers, or no dates is an error that names it."""
    back = crosswalk(MERGED, to="2005-01-01", splits="divide")
    good = {"code": ["AAA"], "on": ["2009-12"], "n": [1]}
    for wrong, column in (({"n": ["x"]}, "n"), ({"on": ["soon"]}, "on")):
        with pytest.raises(InvalidFrame) as caught:
            back.with_history(pl.DataFrame({**good, **wrong}), code="code", on="on", value="n")
        assert caught.value.column == column
    with pytest.raises(InvalidFrame, match=r"'beds' is not in the frame\. It has code, on, n"):
        back.with_history(pl.DataFrame(good), code="code", on="on", value="beds")


def test_a_practice_rolls_up() -> None:
    """A practice reaches the network that it is a partner of, and by its commissioner a board and a region."""
    store = make_store(
        """
        A00001  2000-01-01  ..          GPPractice
        A00002  2000-01-01  2019-12-31  GPPractice
        A00003  2000-01-01  ..          GPPractice
        U00001  2019-10-01  ..          PCN
        C01     2013-04-01  ..          CCG
        Q01     2015-01-01  ..          ICB
        Y01     2000-01-01  ..          Region
        """,
        event("2020-01-01", "acquisition", "A00002 => A00001"),
        says("A00001", "partner", "U00001", "epcn@2023-01-31", period="2019-10-01/.."),
        says("A00003", "partner", "U00001", "epcn@2023-01-31", period="2019-10-01/2020-12-31"),
        says("A00001", "commissioner", "C01", "epraccur@2023-01-31", period="2013-04-01/.."),
        says("C01", "integrated care board", "Q01", "eccg@2022-01-01"),
        says("Q01", "region", "Y01", "eccg@2022-01-01"),
    )
    for level, expected in ((PCN, "U00001"), (CCG, "C01"), (ICB, "Q01"), (Region, "Y01")):
        crossed = crosswalk(store, to="2022-01-01", level=level)
        for code in ("A00001", "A00002"):
            assert [row.target for row in crossed.of(code, on="2018-01-01")] == [expected]
    (none,) = crosswalk(store, to="2022-01-01", level=PCN).of("A00003", on="2018-01-01")
    assert (none.target, none.status) == (None, Status.UNKNOWN)
    assert crosswalk(store, to="2020-06-01", level=PCN).of("A00003", on="2018-01-01")[0].target == "U00001"


def test_a_part_that_moved_on_a_day_that_nobody_knows() -> None:
    """Until the last day that it may have been, a row says that a part may have come since."""
    store = make_store(
        """
        AAA  2000-01-01  ..  Trust
        BBB  2000-01-01  ..  Trust
        """,
        event("2005-01-01/2007-12-31", "service transfer", "AAA -> BBB"),
    )
    (early, late) = crosswalk(store, to="2020-01-01").of("BBB")[1:]
    assert str(early.period) == "2000-01-01/2007-12-30"
    assert early.note == "AAA gave part to BBB between 1 January 2005 and 31 December 2007"
    assert late.note is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [({"to": "soon"}, InvalidDate), ({"to": "1900-01-01"}, OutsideCoverage), ({"splits": "perhaps"}, ValueError)],
)
def test_wrong_questions(wrong: dict[str, str], error: type[Exception]) -> None:
    """A day that is none or that the register does not cover, and an unknown way with splits, are errors."""
    with pytest.raises(error):
        made(**wrong)  # type: ignore[arg-type]
    assert issubclass(error, NHSOrgsError | ValueError)


def test_measures_that_were_not_asked_for() -> None:
    """What was not chosen comes after what was, in the order of all names."""
    preference = Preference.of("practices")
    ranks = [preference.rank(text) for text in ("practices", "registered patients 2013", "postcodes", "beds", "moons")]
    assert ranks == sorted(set(ranks))
    assert preference.weaker("registered patients", "postcodes") == "postcodes"


def test_families() -> None:
    """Each name stands for the words of its family, and a chain is as good as its weakest measure."""
    assert {name: family(name) for name in NAMES if name not in {"population", "trusts"}} == {
        name: name for name in NAMES if name not in {"population", "trusts"}
    }
    assert family("moonlight") is None
    preference = Preference.of(None)
    assert preference.weaker("beds", "resident population 2021") == "beds"
    assert preference.weaker(None, "beds") == preference.weaker("beds", None) == "beds"
    assert preference.shares([[Share(0.4, "moonlight")], [Share(0.6, "moonlight")]]) == ([0.4, 0.6], "moonlight")
    assert Preference.of("beds").shares([[Share(0.4, "moonlight")], [Share(0.6, "moonlight")]]) is None
    assert preference.shares([[Share(0.4, "beds")], [Share(0.5, "beds")]]) is None


# --- long chains and circles ----------------------------------------------------------------------------------------

LINKS = 5_000


def chain(*, parts: bool) -> Store:
    """Bodies that each live for a day and pass on all they are; or divide, and are one again on the day after."""
    days = [date(2000, 1, 1) + timedelta(days=at) for at in range(LINKS + 1)]
    table = "\n".join(f"A{at:04}  {day}  {day if at < LINKS else '..'}  Trust" for at, day in enumerate(days))
    if not parts:
        events = [event(str(days[at + 1]), "replacement", f"A{at:04} => A{at + 1:04}") for at in range(LINKS)]
        return make_store(table, *events)
    table += "".join(f"\n    B{at:04}  {day}  {day}  Trust" for at, day in enumerate(days[:-1]) if at)
    events = []
    for at in range(LINKS):
        here, there = f"A{at:04}", f"A{at + 1:04}"
        halves = f"{here} -> {there} 0.5 beds, {here} -> B{at + 1:04} 0.5 beds"
        flows = [halves if at + 1 < LINKS else f"{here} => {there}", *([f"B{at:04} => {there}"] if at else [])]
        events.append(event(str(days[at + 1]), "split", ", ".join(flows)))
    return make_store(table, *events)


@pytest.mark.slow
@pytest.mark.no_cover  # traced, it takes a minute
@pytest.mark.parametrize("parts", [False, True])
def test_a_long_chain(parts: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Five thousand successions, one after the other, lead from the first body to the last, and back."""
    store = chain(parts=parts)
    (row,) = crosswalk(store, to="2026-01-01", splits="divide").of("A0000", on="2000-01-01")
    assert (row.target, row.weight, len(row.path)) == (f"A{LINKS:04}", 1.0, LINKS)
    if not parts:
        (row,) = crosswalk(store, to="2000-01-01").of(f"A{LINKS:04}", on="2026-01-01")
        assert (row.target, row.status, len(row.path)) == ("A0000", Status.SUCCEEDED, LINKS)


def test_a_long_circle() -> None:
    """Five thousand bodies that each passed all to the next, and the last to the first, lead nowhere, and say why."""
    codes = [f"A{at:04}" for at in range(LINKS)]
    table = "\n".join(f"{code}  2000-01-01  2009-12-31  Trust" for code in codes)
    flows = (f"{one} => {two}" for one, two in zip(codes, [*codes[1:], codes[0]], strict=True))
    events = (event("2010-01-01", "replacement", flow) for flow in flows)
    crossed = crosswalk(make_store(table, *events), to="2020-01-01")
    for code in ("A0000", "A2500"):
        (row,) = crossed.of(code, on="2005-01-01")
        assert (row.target, row.status, row.note) == (None, Status.UNKNOWN, "the sources turn in a circle")


def test_a_circle_with_a_way_out() -> None:
    """What leads round in a circle is with nobody known, the part that left the circle is where it went."""
    table = """
    AAA  2000-01-01  2009-12-31  Trust
    BBB  2000-01-01  2009-12-31  Trust
    CCC  2000-01-01  ..          Trust
    DDD  2000-01-01  2004-12-31  Trust
    """
    events = (
        event("2005-01-01", "acquisition", "DDD => AAA"),
        event("2010-01-01", "split", "AAA -> BBB 0.25 beds, AAA -> CCC 0.75 beds, BBB => AAA"),
    )
    crossed = crosswalk(make_store(table, *events), to="2020-01-01", splits="divide")
    for code in ("AAA", "BBB", "DDD"):
        rows = crossed.of(code, on="2003-01-01")
        assert sorted(cells(rows), key=str) == [("CCC", 0.75, "divided"), (None, 0.25, "unknown")]
