"""Where figures belong on another day: questions with known answers, asked of the bundled register."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import nhs_orgs as nhs
from nhs_orgs import Splits, Status

TO = "2026-04-01"
FRIMLEY = {"U2G6B": 0.5712, "92A": 0.2008, "D9Y0V": 0.228}


def weights(rows: tuple[nhs.CrosswalkRow, ...]) -> dict[str | None, float]:
    """Target and weight of each row, to four places."""
    return {row.target: round(row.weight, 4) for row in rows}


def test_a_chain_that_ends_in_parts(register: nhs.Register) -> None:
    """Bracknell and Ascot (10G) divides among three through 15D and D4U1Y, by a reconstruction that is marked low."""
    rows = register.crosswalk(to=TO, kind=nhs.CCG, splits="divide").of("10G", on="2015-03-31")
    assert weights(rows) == FRIMLEY
    assert {row.status for row in rows} == {Status.DIVIDED}
    assert {row.basis for row in rows} == {"resident population 2021"}
    assert {row.confidence for row in rows} == {nhs.Confidence.LOW}
    for row in rows:
        assert row.path[0].endswith(">15D")
        assert row.path[1].endswith(">D4U1Y")
        assert row.path[-1] == "frimley-location-2026"
        assert row.approximate


def test_a_chain_that_ends_in_parts_is_refused_by_default(register: nhs.Register) -> None:
    """Unless dividing is asked for, the data of 10G stays, and the row says among whom it would go."""
    (row,) = register.crosswalk(to=TO, kind=nhs.CCG).of("10G", on="2015-03-31")
    assert (row.target, row.weight, row.status) == (None, 1.0, Status.UNAPPORTIONED)
    assert row.among == tuple(sorted(FRIMLEY))
    assert not row.approximate


def test_a_chain_that_ends_in_parts_by_board(register: nhs.Register) -> None:
    """At the level of boards the three parts of 10G are with S0E4D, S9B9J and QRL."""
    rows = register.crosswalk(to=TO, level=nhs.ICB, splits="divide").of("10G", on="2015-03-31")
    assert weights(rows) == {"S0E4D": 0.5712, "S9B9J": 0.2008, "QRL": 0.228}


def test_absorbed(register: nhs.Register) -> None:
    """All data of R1E goes to RRE, and what is dated after its close is flagged."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust)
    (row,) = crosswalk.of("R1E", on="2018-05-31")
    assert (row.target, row.weight, row.status) == ("RRE", 1.0, Status.SUCCEEDED)
    assert row.path == ("midlands-partnership-2018",)
    (late,) = crosswalk.of("R1E", on="2018-06-01")
    assert (late.target, late.status) == ("RRE", Status.CLOSED_ON_OWN_DATE)
    assert late.note is not None
    assert "2018-05-31" in late.note
    (early,) = crosswalk.of("R1E", on="2011-08-31")
    assert (early.target, early.status) == (None, Status.NOT_YET_OPEN)


def test_the_same_code_is_another_body(register: nhs.Register) -> None:
    """Data of RRE before June 2018 is another trust's, and says so."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust)
    expected = {
        "2001-03-31": (None, Status.NOT_YET_OPEN),
        "2001-04-01": ("RRE", Status.SAME_CODE_OTHER_BODY),
        "2018-05-31": ("RRE", Status.SAME_CODE_OTHER_BODY),
        "2018-06-01": ("RRE", Status.CURRENT),
    }
    for on, stands in expected.items():
        (row,) = crosswalk.of("RRE", on=on)
        assert (row.target, row.status) == stands


def test_a_split_in_two_steps(register: nhs.Register) -> None:
    """Pennine Acute (RW6) divides until 31 March 2021; what was left of it then goes whole to RM3."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust, splits="divide")
    before = crosswalk.of("RW6", on="2021-03-31")
    assert weights(before) == {"R0A": 0.3853, "RM3": 0.6147}
    assert {row.basis for row in before} == {"floor area"}
    (after,) = crosswalk.of("RW6", on="2021-04-01")
    assert (after.target, after.weight, after.status, after.basis) == ("RM3", 1.0, Status.SUCCEEDED, None)


def test_a_split_in_two_steps_needs_no_shares_for_its_region(register: nhs.Register) -> None:
    """Both parts of RW6 are in the North West, so that its data goes there whole though dividing is refused."""
    (row,) = register.crosswalk(to=TO, kind=nhs.Trust, level=nhs.Region).of("RW6", on="2020-01-01")
    assert (row.target, row.weight, row.basis) == ("Y62", 1.0, None)


def test_no_share_by_that_basis(register: nhs.Register) -> None:
    """RW6 has no share by beds: asked for that, nothing is made up."""
    (row,) = register.crosswalk(to=TO, kind=nhs.Trust, basis="beds", splits="divide").of("RW6", on="2020-01-01")
    assert (row.target, row.status, row.among) == (None, Status.UNAPPORTIONED, ("R0A", "RM3"))


@pytest.mark.parametrize(
    ("basis", "rje", "rl4"), [("floor area", 0.6743, 0.3257), ("beds", 0.8594, 0.1406), (None, 0.6743, 0.3257)]
)
def test_shares_depend_on_the_measure(register: nhs.Register, basis: str | None, rje: float, rl4: float) -> None:
    """Mid Staffordshire (RJD) is 67 to 33 by floor area, 86 to 14 by beds; without a choice floor area comes first."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust, basis=basis, splits=Splits.DIVIDE)
    assert weights(crosswalk.of("RJD", on="2014-10-31")) == {"RJE": rje, "RL4": rl4}


def test_a_body_that_stayed_in_law(register: nhs.Register) -> None:
    """Until its last day in law data of RJD divides as on the last day that it had services, and its rows say so."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust, splits="divide")
    for on, status in {
        "2014-10-31": Status.DIVIDED,
        "2014-11-01": Status.DIVIDED,
        "2017-10-31": Status.DIVIDED,
        "2017-11-01": Status.CLOSED_ON_OWN_DATE,
    }.items():
        rows = crosswalk.of("RJD", on=on)
        assert weights(rows) == {"RJE": 0.6743, "RL4": 0.3257}
        assert {row.status for row in rows} == {status}
        assert all(("stayed in law" in (row.note or "")) == (on > "2014-10-31") for row in rows)
    (refused,) = register.crosswalk(to=TO, kind=nhs.Trust).of("RJD", on="2015-03-31")
    assert (refused.target, refused.status, refused.among) == (None, Status.UNAPPORTIONED, ("RJE", "RL4"))
    assert "stayed in law" in (refused.note or "")
    (region,) = register.crosswalk(to=TO, kind=nhs.Trust, level=nhs.Region).of("RJD", on="2015-03-31")
    assert (region.target, region.status) == ("Y60", Status.SUCCEEDED)


@pytest.mark.parametrize("on", ["2012-03-31", "2015-03-31"])
def test_a_body_that_only_stands_in_law(register: nhs.Register, on: str) -> None:
    """On a day of 2015 the data of RJD is with itself, as the law has it, and its row says that nothing was left."""
    (row,) = register.crosswalk(to="2015-06-01", kind=nhs.Trust, splits="divide").of("RJD", on=on)
    assert (row.target, row.status) == ("RJD", Status.CURRENT)
    assert "everything had left RJD by 2014-11-01; it stayed in law" in (row.note or "")
    before = register.crosswalk(to="2014-10-31", kind=nhs.Trust).of("RJD", on="2012-03-31")
    assert [(row.target, row.note) for row in before] == [("RJD", None)]


def test_kinds_and_levels_that_are_not_there(register: nhs.Register) -> None:
    """The bundled register leaves practices and networks out, and says so; no trust belongs to a site."""
    for kind in (nhs.GPPractice, nhs.PCN):
        with pytest.raises(nhs.KindNotHeld, match=f"kind={kind.__name__}: this register"):
            register.crosswalk(to=TO, kind=kind)
    for asked, level in ((nhs.Trust, nhs.Site), (nhs.CCG, nhs.Trust)):
        _refused(register, asked, level)


@pytest.mark.slow
def test_levels_that_no_site_and_nothing_at_all_reaches(register: nhs.Register) -> None:
    """No site belongs to a sub-ICB location, and nothing to a network."""
    for asked, level in ((nhs.Site, nhs.SubICBLocation), (None, nhs.PCN)):
        _refused(register, asked, level)


def _refused(register: nhs.Register, kind: type[nhs.Organisation] | None, level: type[nhs.Organisation]) -> None:
    with pytest.raises(nhs.InvalidLevel) as caught:
        register.crosswalk(to=TO, kind=kind, level=level)
    assert {"IntegratedCareBoard", "Region"} <= set(caught.value.possible)
    assert not {level.__name__, "Site", "Unclassified"} & set(caught.value.possible)


def test_a_level_that_few_of_many_codes_reach(register: nhs.Register) -> None:
    """Ten of more than forty thousand codes of sites follow bodies that nobody classes: in 2020 that is their level."""
    crossed = register.crosswalk(to="2020-10-31", kind=nhs.Site, level=nhs.Unclassified)
    assert [row.target for row in crossed.of("A6Y9H", on="2022-01-01")] == ["RTV26"]


def test_the_largest_part(register: nhs.Register) -> None:
    """With `main` all data of RJD goes to RJE, marked with the share that this rests on."""
    (row,) = register.crosswalk(to=TO, kind=nhs.Trust, basis="beds", splits="main").of("RJD", on="2014-10-31")
    assert (row.target, row.weight, row.status, row.basis) == ("RJE", 1.0, Status.MAIN, "beds")
    assert row.approximate


def test_a_shortcut_is_not_a_split(register: nhs.Register) -> None:
    """In 2016 the hub 12J is with 13W alone: the row that names 14J as well is a shortcut."""
    (row,) = register.crosswalk(to="2016-04-01", kind=nhs.CommissioningHub).of("12J", on="2014-01-01")
    assert (row.target, row.status) == ("13W", Status.SUCCEEDED)


def test_a_kind_may_change(register: nhs.Register) -> None:
    """Northumberland (00L) is the same body as group and as sub-ICB location."""
    (row,) = register.crosswalk(to=TO, kind=nhs.CCG).of("00L", on="2015-01-01")
    assert (row.target, row.status) == ("00L", Status.CURRENT)


@pytest.mark.parametrize(("to", "board"), [("2022-06-30", "QF7"), ("2022-07-01", "QT1")])
@pytest.mark.parametrize("on", ["2014-01-01", "2025-01-01"])
def test_the_parents_are_those_of_the_day(register: nhs.Register, to: str, board: str, on: str) -> None:
    """Bassetlaw (02Q) belongs to the board of the day restated to, whatever the date of the data."""
    (row,) = register.crosswalk(to=to, level=nhs.ICB).of("02Q", on=on)
    assert row.target == board


def test_a_trust_rolls_up(register: nhs.Register) -> None:
    """The data of R1E belongs to Staffordshire's board and to the Midlands, by its successor's parents."""
    (board,) = register.crosswalk(to=TO, kind=nhs.Trust, level=nhs.ICB).of("R1E", on="2016-01-01")
    (region,) = register.crosswalk(to=TO, kind=nhs.Trust, level=nhs.Region).of("R1E", on="2016-01-01")
    assert (board.target, region.target) == ("QNC", "Y60")
    assert board.note is not None
    assert "inferred" in board.note


def test_a_site_rolls_up(register: nhs.Register) -> None:
    """A site's data belongs to the trust that runs it, and to that trust's board, whatever its code looks like."""
    (trust,) = register.crosswalk(to=TO, kind=nhs.Site, level=nhs.Trust).of("G4B5Q", on="2023-06-01")
    (board,) = register.crosswalk(to=TO, kind=nhs.Site, level=nhs.ICB).of("G4B5Q", on="2023-06-01")
    assert (trust.target, board.target) == ("RYR", "S9B9J")


def test_a_primary_care_trust_reaches_its_board(register: nhs.Register) -> None:
    """Newcastle (5D7) was divided between two groups of one board: no share is needed to say which."""
    (row,) = register.crosswalk(to=TO, kind=nhs.PCT, level=nhs.ICB).of("5D7", on="2010-01-01")
    assert (row.target, row.weight) == ("QHM", 1.0)


def test_a_primary_care_trust_divides_among_groups(register: nhs.Register) -> None:
    """On 1 April 2013 Newcastle (5D7) divides between its two groups by registered patients."""
    rows = register.crosswalk(to="2013-04-01", kind=nhs.PCT, splits="divide").of("5D7", on="2010-01-01")
    assert weights(rows) == {"00G": 0.5413, "00H": 0.4587}
    assert {row.basis for row in rows} == {"registered patients"}


def test_a_boundary_change_is_visible(register: nhs.Register) -> None:
    """Glossop moves no data of 01Y or 15M, but both say so of data from before."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.CCG)
    for code in ("01Y", "15M"):
        (before,) = crosswalk.of(code, on="2022-06-30")
        (after,) = crosswalk.of(code, on="2022-07-01")
        assert (before.target, before.weight, before.status) == (code, 1.0, Status.CURRENT)
        assert before.note is not None
        assert "01Y gave part to 15M on 2022-07-01 (12.9% by resident population mid-2019)" in before.note
        assert after.note is None


def test_an_end_without_a_successor(register: nhs.Register) -> None:
    """NHS Direct (RYH) ended and nothing followed: its data is kept, with no target."""
    (row,) = register.crosswalk(to=TO, kind=nhs.Trust).of("RYH", on="2013-01-01")
    assert (row.target, row.weight, row.status) == (None, 1.0, Status.ENDED)


def test_backwards_a_merger_is_not_undone(register: nhs.Register) -> None:
    """Data of RRE of 2020 is not divided on a day of 2017: no share is in hand, and none is made up."""
    crosswalk = register.crosswalk(to="2017-01-01", kind=nhs.Trust, splits="divide")
    (row,) = crosswalk.of("RRE", on="2020-01-01")
    assert (row.target, row.status, row.among) == (None, Status.UNAPPORTIONED, ("R1E", "RRE"))
    assert nhs.Unshared("RRE", ("R1E", "RRE"), date(2018, 6, 1), backwards=True) in crosswalk.unshared(["RRE"])


def test_backwards_by_a_named_table(register: nhs.Register) -> None:
    """By a table of one's own the merger divides, and the rows name it as their basis."""
    table = {("rre", "RRE"): 0.6, ("RRE", "R1E"): 0.4}
    rows = register.crosswalk(to="2017-01-01", kind=nhs.Trust, basis=table, splits="divide").of("RRE", on="2020-01-01")
    assert weights(rows) == {"RRE": 0.6, "R1E": 0.4}
    assert {row.basis for row in rows} == {"own table"}


def test_backwards_by_ones_own_history(register: nhs.Register) -> None:
    """Shares that are worked out later are put in, under the name of their basis."""
    crosswalk = register.crosswalk(to="2017-01-01", kind=nhs.Trust, basis="own history", splits="divide")
    shares = {("RRE", "RRE"): 0.6, ("RRE", "R1E"): 0.4}
    rows = crosswalk.with_shares(shares, basis="own history").of("RRE", on="2020-01-01")
    assert {(row.target, row.basis) for row in rows} == {("RRE", "own history"), ("R1E", "own history")}


def test_backwards_by_the_figures_of_the_time_before(register: nhs.Register) -> None:
    """Manchester's trust of 2017 divides as the beds of both givers stood in the last quarter before it.

    Of Midlands Partnership (RRE) one giver has no figure, so that it stays undivided.
    """
    frame = {
        "code": ["RW3", "RM2", "RW3", "RM2", "R0A", "R1E"],
        "quarter": ["2017-18 Q2", "2017-18 Q2", "2017-18 Q1", "2017-18 Q1", "2017-18 Q3", "2017-18 Q4"],
        "beds": [300.0, 100.0, 1.0, 1.0, 500.0, 7.0],
    }
    back = register.crosswalk(to="2016-04-01", kind=nhs.Trust, basis="own history", splits="divide")
    own = back.with_history(pl.DataFrame(frame), code="code", on="quarter", value="beds")
    rows = own.of("R0A", on="2018-01-01")
    assert weights(rows) == {"RM2": 0.25, "RW3": 0.75}
    assert {(row.status, row.basis) for row in rows} == {(Status.DIVIDED, "own history")}
    assert own.of("RRE", on="2020-01-01") == back.of("RRE", on="2020-01-01")
    assert {one.code for one in back.unshared(["R0A", "RRE"])} == {"R0A", "RRE"}
    assert {one.code for one in own.unshared(["R0A", "RRE"])} == {"RRE"}


def test_backwards_a_conversion_is_undone(register: nhs.Register) -> None:
    """A sub-ICB location was one group before, so that its data needs no shares."""
    (row,) = register.crosswalk(to="2021-06-01", kind=nhs.SubICBLocation).of("D4U1Y", on="2023-01-01")
    assert (row.target, row.status) == ("D4U1Y", Status.CURRENT)


def test_a_service_that_left_is_no_succession(register: nhs.Register) -> None:
    """What RYK gave to TAJ in 2020 moves none of its data: on a day of 2022 it is with itself, and says so."""
    (row,) = register.crosswalk(to="2022-01-01", kind=nhs.Trust).of("RYK", on="2019-01-01")
    assert (row.target, row.status) == ("RYK", Status.SAME_CODE_OTHER_BODY)
    assert row.note is not None
    assert "RYK gave part to TAJ on 2020-04-01" in row.note


@pytest.mark.parametrize("to", ["2003-06-01", "2013-04-01", "2016-04-01", "2026-04-01"])
def test_it_agrees_with_resolve(register: nhs.Register, to: str) -> None:
    """Every commissioner and trust that had opened by the day is where `resolve` says, or part of what it says."""
    crosswalk = register.crosswalk(to=to, kind=[nhs.Trust, nhs.CCG, nhs.PCT, nhs.CommissioningHub], splits="divide")
    checked = 0
    for code in crosswalk.codes:
        for era in register.eras(code):
            outcome = register.resolve(era, on=to)
            days = [day for day in (era.period.start, era.period.end) if isinstance(day, date)]
            if not days or not isinstance(outcome, nhs.Current | nhs.Succeeded | nhs.Divided):
                continue
            rows = crosswalk.of(code, on=days[0])
            leads = {row.target for row in rows if row.target} | {part for row in rows for part in row.among}
            # Of those that a body is divided among, some may have none of it by the measure.
            assert leads
            assert leads <= set(outcome.codes)
            assert isinstance(outcome, nhs.Divided) or leads == set(outcome.codes)
            checked += 1
    assert checked > 500


@pytest.mark.parametrize("splits", list(Splits))
def test_weights_add_up(register: nhs.Register, splits: Splits) -> None:
    """The rows of one code and stretch add up to 1, those without a target included."""
    totals: dict[tuple[object, ...], float] = {}
    for row in register.crosswalk(to=TO, kind=[nhs.Trust, nhs.CCG, nhs.PCT], splits=splits).rows:
        totals[row[:3]] = totals.get(row[:3], 0.0) + row.weight
    assert {key: total for key, total in totals.items() if total != pytest.approx(1)} == {}


def test_what_a_value_is(register: nhs.Register) -> None:
    """A column's values are codes however they are spelt, aggregates, damaged, or unknown."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.CCG)
    assert crosswalk.judge(" 10g\u00a0").code == "10G"
    expected = {
        "NAN": Status.PSEUDO,
        "ENG": Status.PSEUDO,
        "-": Status.PSEUDO,
        "ZZZ": Status.PSEUDO,
        "1H": Status.DAMAGED,
        "5.00E+01": Status.DAMAGED,
        "Q9Q": Status.UNKNOWN,
        "RRE": Status.UNKNOWN,
    }
    assert {value: crosswalk.judge(value).status for value in expected} == expected
    assert crosswalk.judge("1H").candidates == ("01H",)
    assert crosswalk.judge(None).status is Status.DAMAGED
    assert "trust" in (crosswalk.judge("RRE").reason or "")


# --- regions of today -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-04-01", "2026-07-31", "2026-10-09"])
def test_every_english_trust_has_a_region_since_the_boards_of_2026(register: nhs.Register, day: str) -> None:
    """On the day of the reconfiguration and on the newest day only the three Welsh trusts find none."""
    crosswalk = register.crosswalk(to=day, kind=nhs.Trust, level=nhs.Region)
    codes = [trust.code or "" for trust in register.on(day).of_kind(nhs.Trust)]
    lost = {code for code in codes if not crosswalk.of(code, on=day)[0].target}
    assert lost == {"RQF", "RT4", "RYT"}
