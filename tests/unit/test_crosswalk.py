"""The crosswalk on small registers: phases, shares, levels, what is refused, what is an error."""

from __future__ import annotations

from datetime import date

import pytest
from builders import event, make_store, says

from nhs_orgs.bases import NAMES, Choice, Preference, family
from nhs_orgs.crosswalk import COLUMNS, Crosswalk, CrosswalkRow, Splits, Status, Unshared, crosswalk
from nhs_orgs.errors import InvalidBasis, InvalidDate, NHSOrgsError, OutsideCoverage, UnknownOrganisation
from nhs_orgs.events import Share
from nhs_orgs.organisations import CCG, ICB, PCT, STP, Region, Trust
from nhs_orgs.sources import Confidence

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
    rows = made(basis={("III", "BBB"): 0.25, ("III", "CCC"): 0.75}).of("III", on="2004-12-31")
    assert cells(rows) == [(None, 1.0, "ended")]
    rows = made(basis={("EEE", "BBB"): 0.25, ("EEE", "C01"): 0.75}).of("EEE", on="2004-12-31")
    assert cells(rows) == [("BBB", 0.25, "divided"), ("C01", 0.75, "divided")]


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
        ("bed", "is no basis"),
        ({("EEE", "BBB"): 0.5, ("EEE", "CCC"): 0.4}, "add up to 0.9"),
        ({("EEE", "BBB"): 1.5}, "from 0 to 1"),
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


def test_a_table_of_codes_that_are_none() -> None:
    """Codes of a table must be known, and its parts have opened."""
    with pytest.raises(UnknownOrganisation):
        made(basis={("EEE", "ZZZ"): 1.0})
    with pytest.raises(InvalidBasis, match="C01 had not opened by 2005-01-01"):
        made(to="2005-01-01", basis={("AAA", "C01"): 1.0})


@pytest.mark.parametrize(
    ("wrong", "error"),
    [({"to": "soon"}, InvalidDate), ({"to": "1900-01-01"}, OutsideCoverage), ({"splits": "perhaps"}, ValueError)],
)
def test_wrong_questions(wrong: dict[str, str], error: type[Exception]) -> None:
    """A day that is none or that the register does not cover, and an unknown way with splits, are errors."""
    with pytest.raises(error):
        made(**wrong)  # type: ignore[arg-type]
    assert issubclass(error, NHSOrgsError | ValueError)


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
