"""The traps of the register that touch data, by number, as a table of figures meets them: through the crosswalk.

What the register itself says of each is in `test_traps.py`, single answers of the crosswalk in `test_crosswalk.py`,
whole columns in `test_columns.py`. Here figures are restated, and what the report says of them is held.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import nhs_orgs as nhs

TO = "2026-04-01"


def figures(*rows: tuple[str | None, str, float]) -> pl.DataFrame:
    """Rows of code, period and number."""
    return pl.DataFrame(rows, schema={"code": pl.String, "period": pl.String, "n": pl.Float64}, orient="row")


def restate(crosswalk: nhs.Crosswalk, *rows: tuple[str | None, str, float], **asked: Any) -> nhs.Restated:  # noqa: ANN401
    """Those rows, restated."""
    return crosswalk.apply(figures(*rows), code="code", on="period", values="n", **asked)


def sums(restated: nhs.Restated) -> dict[str | None, float]:
    """Of each target its total, to four places; what has none under ``None``."""
    found: dict[str | None, float] = {}
    for row in restated.frame.to_dicts():
        found[row["code"]] = round(found.get(row["code"], 0.0) + row["n"], 4)
    return found


def stands(restated: nhs.Restated) -> list[tuple[str | None, str]]:
    """Target and status of each row."""
    return [(row["code"], row["status"]) for row in restated.frame.to_dicts()]


@pytest.fixture(scope="module")
def trusts(register: nhs.Register) -> nhs.Crosswalk:
    """Trusts, divided where there are shares."""
    return register.crosswalk(to=TO, kind=nhs.Trust, splits="divide")


@pytest.fixture(scope="module")
def sites(register: nhs.Register) -> nhs.Crosswalk:
    """Sites."""
    return register.crosswalk(to=TO, kind=nhs.Site)


# --- 5: a partial edge must not propagate as a whole one --------------------------------------------------------------


@pytest.mark.parametrize("code", ["RM2", "RW3", "RM4", "RQ7", "PR5", "RBU", "PM1", "PM2", "PU1"])
def test_trap_05_whole_ancestors_bring_all_that_they_had(register: nhs.Register, code: str) -> None:
    """Whatever became R0A whole, through any number of mergers, has all of its figures there."""
    rows = [row for row in register.crosswalk(to=TO).of(code) if row.status is not nhs.Status.NOT_YET_OPEN]
    assert rows
    assert {(row.target, row.weight) for row in rows} == {("R0A", 1.0)}


@pytest.mark.parametrize("splits", ["refuse", "divide", "main"])
@pytest.mark.parametrize("code", ["REX", "REZ", "RMK", "RMN"])
def test_trap_05_what_became_a_divided_body_does_not_arrive_whole(
    register: nhs.Register, code: str, splits: str
) -> None:
    """Bodies whose only way to R0A is the part that left RW6 have no figure there that is not divided."""
    restated = restate(register.crosswalk(to=TO, splits=splits), (code, "2001-05", 8.0))
    assert sums(restated) == {None: 8.0}
    assert stands(restated) == [(None, "unapportioned")]
    (line,) = restated.report.unmapped
    assert {"R0A", "RM3"} < set(line.among)


def test_trap_05_the_part_and_the_rest_are_one_whole(trusts: nhs.Crosswalk) -> None:
    """Of RW6 each part has its share, the whole is kept, and both are marked."""
    restated = restate(trusts, ("RW6", "2020-05", 100.0), ("RM2", "2016-05", 10.0))
    assert sums(restated) == {"R0A": 48.53, "RM3": 61.47}
    assert restated.report.approximate("n") == pytest.approx(100 / 110)


# --- 9: announced merger, no succession -------------------------------------------------------------------------------


def test_trap_09_an_announced_merger_moves_no_figures(register: nhs.Register) -> None:
    """RYK's figures stay with RYK in 2022, though the press had it merged into TAJ in 2020, and nothing is doubled."""
    crosswalk = register.crosswalk(to="2022-04-01", kind=nhs.Trust, splits="divide")
    restated = restate(crosswalk, ("RYK", "2019-05", 3.0), ("TAJ", "2019-05", 5.0), ("RYK", "2021-05", 7.0))
    assert sums(restated) == {"RYK": 10.0, "TAJ": 5.0}
    assert restated.report.double_counts == ()


def test_trap_09_what_it_gave_away_in_the_end_is_not_all_with_one(trusts: nhs.Crosswalk) -> None:
    """By 2026 RYK had gone to three, without shares in hand: none of them gets its figures."""
    restated = restate(trusts, ("RYK", "2019-05", 3.0))
    assert stands(restated) == [(None, "unapportioned")]
    assert restated.report.ambiguous[0].among == ("QUA", "RNA", "TAJ")


# --- 10: one code, two kinds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["QNC", "05W", "00L"])
def test_trap_10_a_change_of_kind_keeps_figures_together(register: nhs.Register, code: str) -> None:
    """The last figures as partnership or group and the first as board or location are one series, without a break."""
    restated = restate(register.crosswalk(to=TO), (code, "2022-06-30", 1.0), (code, "2022-07-01", 2.0))
    assert stands(restated) == [(code, "current"), (code, "current")]


def test_trap_10_the_codes_of_a_kind_include_those_it_had_under_another(register: nhs.Register) -> None:
    """Asked for boards, the 42 codes that had been partnerships are there, with their figures from that time."""
    crosswalk = register.crosswalk(to="2022-07-01", kind=nhs.ICB)
    kept = [body.code or "" for body in register.on("2022-07-01").of_kind(nhs.ICB)]
    restated = restate(crosswalk, *((code, "2020-05", 1.0) for code in kept))
    assert len(kept) == 42
    assert sums(restated) == dict.fromkeys(kept, 1.0)


# --- 11: hubs and reporting entities are no groups --------------------------------------------------------------------


def test_trap_11_no_hub_is_restated_as_a_group(register: nhs.Register) -> None:
    """Of what shares the groups' role the crosswalk of groups has none; such a row stays, with the kind it is of."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.CCG)
    hubs = {body.code for body in register.on("2020-10-31").of_kind(nhs.CommissioningHub)}
    entities = {body.code for body in register.on(TO).of_kind(nhs.SubICBReportingEntity)}
    assert hubs
    assert entities
    assert not (hubs | entities) & set(crosswalk.codes)
    restated = restate(crosswalk, ("13Q", "2020-10", 4.0), ("02Q", "2020-10", 6.0))
    assert sums(restated) == {None: 4.0, "02Q": 6.0}
    (line,) = restated.report.unmapped
    assert (line.value, line.status) == ("13Q", "unknown")
    assert "commissioning hub" in (line.reason or "")


# --- 12: the parent changes, the code stays ---------------------------------------------------------------------------


@pytest.mark.parametrize(("to", "board"), [("2022-06-30", "QF7"), ("2022-07-01", "QT1")])
def test_trap_12_figures_roll_up_by_the_parents_of_one_day(register: nhs.Register, to: str, board: str) -> None:
    """Bassetlaw's figures of all years are with one board, that of the day restated to: no break in the series."""
    restated = restate(
        register.crosswalk(to=to, kind=nhs.CCG, level=nhs.ICB), ("02Q", "2015-05", 1.0), ("02Q", "2022-05", 2.0)
    )
    assert sums(restated) == {board: 3.0}


# --- 13: the boundary changes, the code stays -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("01H", "2017-04-01", "01H gave part to 01K on 2017-04-01 (36.9% by resident population mid-2019)"),
        ("01K", "2017-04-01", "01H gave part to 01K on 2017-04-01 (36.9% by resident population mid-2019)"),
        ("06Y", "2017-04-01", "06Y gave part to 06W on 2017-04-01 (7.1% by resident population mid-2019)"),
        ("01K", "2018-04-01", "01K gave part to 02M on 2018-04-01 (5.7% by resident population mid-2019)"),
        ("01E", "2018-04-01", "01E gave part to 02M on 2018-04-01 (0.7% by resident population mid-2019)"),
        ("09G", "2020-04-01", "09G gave part to 92A on 2020-04-01 (1.3% by resident population mid-2019)"),
        ("D2P2L", "2022-07-01", "D2P2L gave part to 15E on 2022-07-01 (12.9% by resident population mid-2019)"),
        ("06H", "2022-07-01", "06H gave part to 78H on 2022-07-01 (1.9% by resident population mid-2019)"),
    ],
)
def test_trap_13_a_boundary_change_moves_nothing_and_is_told(
    register: nhs.Register, code: str, day: str, words: str
) -> None:
    """Figures from before the change are whole, and their rows say what moved; those from after it do not."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.CCG, splits="divide")
    changed = [row for row in crosswalk.of(code) if words in (row.note or "")]
    assert changed
    assert {row.weight for row in changed} == {1.0}
    assert {row.basis for row in changed} == {None}
    assert all(str(row.until) < day for row in changed if row.status is not nhs.Status.CLOSED_ON_OWN_DATE)
    assert not any(words in (row.note or "") for row in crosswalk.of(code, on=day) if row not in changed)


# --- 14: boards that were divided -------------------------------------------------------------------------------------


def test_trap_14_boards_of_before_are_those_of_now(register: nhs.Register) -> None:
    """One for each of 42 boards, restated on April 2026, is 42 among the 36; three are divided by population."""
    boards = [body.code or "" for body in register.on("2022-07-01").of_kind(nhs.ICB)]
    crosswalk = register.crosswalk(to=TO, kind=nhs.ICB, splits="divide")
    restated = restate(crosswalk, *((code, "2024-05", 1.0) for code in boards))
    found = sums(restated)
    assert set(found) == {body.code for body in register.on(TO).of_kind(nhs.ICB)}
    assert len(found) == 36
    assert sum(found.values()) == pytest.approx(42)
    assert {line.value for line in restated.report.ambiguous} == {"QNQ", "QM7", "QJG"}
    assert [(line.name, line.rows) for line in restated.report.bases] == [("resident population 2021", 3.0)]


def test_trap_14_an_old_board_that_gains(register: nhs.Register) -> None:
    """QRL keeps its figures and gets its part of QNQ's; those from before are marked as of a smaller body."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.ICB, splits="divide")
    restated = restate(crosswalk, ("QRL", "2024-05", 100.0), ("QNQ", "2024-05", 100.0))
    assert sums(restated) == {"QRL": 122.8, "S0E4D": 57.12, "S9B9J": 20.08}
    (row,) = crosswalk.of("QRL", on="2024-05-01")
    assert "QNQ gave part to QRL on 2026-04-01" in (row.note or "")


# --- 15: chains -------------------------------------------------------------------------------------------------------


def test_trap_15_every_link_of_a_chain_leads_to_the_same_parts(register: nhs.Register) -> None:
    """Figures under 10G, 15D and D4U1Y, each of its own time, are divided alike, among locations and among boards."""
    chain = (("10G", "2015-05", 10.0), ("15D", "2019-05", 10.0), ("D4U1Y", "2024-05", 10.0))
    locations = restate(register.crosswalk(to=TO, kind=nhs.CCG, splits="divide"), *chain)
    boards = restate(register.crosswalk(to=TO, kind=nhs.CCG, level=nhs.ICB, splits="divide"), *chain)
    assert sums(locations) == {"U2G6B": 17.136, "92A": 6.024, "D9Y0V": 6.84}
    assert sums(boards) == {"S0E4D": 17.136, "S9B9J": 6.024, "QRL": 6.84}
    for restated in (locations, boards):
        assert restated.report.approximate("n") == pytest.approx(1)
        assert restated.report.double_counts == ()


def test_trap_15_three_parts_meet_again_in_their_region(register: nhs.Register) -> None:
    """All three boards are in the South East: 10G's figures are whole there, and nothing is approximate."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.CCG, level=nhs.Region, splits="divide")
    restated = restate(crosswalk, ("10G", "2015-05", 10.0))
    assert sums(restated) == {"Y59": 10.0}
    assert restated.report.approximate("n") == 0


# --- 16: stale and shortcut rows look like splits ---------------------------------------------------------------------


@pytest.mark.parametrize(("to", "target"), [("2015-04-01", "13W"), ("2016-04-01", "13W"), (TO, "27T")])
@pytest.mark.parametrize("splits", ["refuse", "divide", "main"])
def test_trap_16_a_shortcut_divides_nothing(register: nhs.Register, to: str, target: str, splits: str) -> None:
    """Whatever is done with divided bodies, 12J's figures are whole with one successor on every day."""
    restated = restate(
        register.crosswalk(to=to, kind=nhs.CommissioningHub, splits=splits),
        ("12J", "2014-05", 4.0),
        ("12K", "2014-05", 5.0),
    )
    assert sums(restated) == {target: 9.0}
    assert restated.report.ambiguous == ()
    assert restated.report.approximate("n") == 0


# --- 19: sites --------------------------------------------------------------------------------------------------------


def test_trap_19_several_site_codes_become_one(sites: nhs.Crosswalk) -> None:
    """Figures of the Royal Bournemouth's and Christchurch's old codes are added up under the new one."""
    restated = restate(sites, ("RDZ16", "2019-05", 2.0), ("RD304", "2019-05", 3.0), ("R0D01", "2021-05", 4.0), by=[])
    assert sums(restated) == {"R0D01": 9.0}


def test_trap_19_the_trust_of_a_site_is_not_in_its_code(register: nhs.Register) -> None:
    """Rolled up by the register, a random code's figures reach their trust; its first three letters name none."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Site, level=nhs.Trust)
    restated = restate(crosswalk, ("G4B5Q", "2023-05", 5.0), ("RXH31", "2019-05", 7.0))
    assert sums(restated) == {"RYR": 12.0}
    trusts = set(register.crosswalk(to=TO, kind=nhs.Trust).codes)
    assert "G4B" not in trusts
    # By its letters the old code would be with Brighton and Sussex, that merged into RYR.
    assert register.resolve("RXH", on=TO).codes == ("RYR",)


def test_trap_19_both_codes_of_a_site_in_one_month_are_counted_twice(sites: nhs.Crosswalk) -> None:
    """The old code beside the new one, after the change, is a double count."""
    report = restate(sites, ("RXH31", "2021-05", 5.0), ("G4B5Q", "2021-05", 5.0), ("RXH31", "2021-03", 5.0)).report
    assert [(one.code, one.other, one.periods) for one in report.double_counts] == [("RXH31", "G4B5Q", ("2021-05",))]


def test_trap_19_a_site_whose_fate_no_source_tells_is_kept(sites: nhs.Crosswalk) -> None:
    """Of Stafford's old code no source gives days or a successor: its figures stay, unknown, and are not guessed at."""
    restated = restate(sites, ("RJD01", "2013-05", 5.0))
    assert stands(restated) == [(None, "unknown")]
    assert "no source names a successor" in (restated.report.unmapped[0].reason or "")


# --- 21: spreadsheets mangle codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "code"), [("5.00E+01", "5E1"), ("1H", "01H"), ("2Q", "02Q"), ("1E+10", "1E10"), ("#N/A", None), ("", None)]
)
def test_trap_21_damaged_codes_keep_their_figures_and_find_no_target(
    register: nhs.Register, cell: str, code: str | None
) -> None:
    """What a spreadsheet left of a code is not repaired: the row stays, with what it may have been in the report."""
    restated = restate(register.crosswalk(to="2012-04-01"), (cell, "2010-05", 5.0))
    assert stands(restated) == [(None, "damaged")]
    assert sums(restated) == {None: 5.0}
    (line,) = restated.report.damaged
    assert line.reason
    assert code is None or code in line.suggestions
    with pytest.raises(nhs.UnmappedCodes):
        restated.report.raise_for_unmapped()


@pytest.mark.parametrize("cell", ["rre", "RRE ", " RRE", "\u00a0RRE\u00a0", "\u200bRRE", "RRE\t", "\ufeffrre\r\n"])
def test_trap_21_blanks_and_lower_case_find_their_target(trusts: nhs.Crosswalk, cell: str) -> None:
    """Blanks of every sort and lower case are read as the code; the source column keeps the caller's spelling."""
    restated = restate(trusts, (cell, "2019-05", 5.0))
    assert stands(restated) == [("RRE", "current")]
    assert restated.frame["code_source"].to_list() == [cell]


# --- 22: codes of other shapes ----------------------------------------------------------------------------------------


def test_trap_22_welsh_bodies_care_trusts_and_new_codes_are_restated(trusts: nhs.Crosswalk) -> None:
    """Welsh trusts stay what they are, care trusts are trusts, and a successor may have five characters."""
    rows = [(code, "2019-05", 1.0) for code in ("RQF", "RT4", "RYT", "TAJ", "TAF")]
    assert sums(restate(trusts, *rows)) == {"RQF": 1.0, "RT4": 1.0, "RYT": 1.0, "TAJ": 1.0, "G6V2S": 1.0}


def test_trap_22_what_became_of_a_body_abroad_is_not_made_up(trusts: nhs.Crosswalk) -> None:
    """RWM went into a Welsh health board of which the register knows no more: its figures stay, with the reason."""
    restated = restate(trusts, ("RWM", "2008-05", 4.0))
    assert stands(restated) == [(None, "unknown")]
    assert restated.report.unmapped[0].reason == "no source names a successor of 7A4"


# --- 23: aggregate rows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["NAN", "ENG", "England", "-", "–", "Total", "GRAND TOTAL", "Z99", "zzz", "AGGRE"])  # noqa: RUF001 - tables are printed with it
def test_trap_23_aggregates_are_no_organisations(register: nhs.Register, cell: str) -> None:
    """A row that stands for England, a total or a lump is told apart: no target, and not an unmapped code."""
    restated = restate(register.crosswalk(to=TO), (cell, "2019-05", 100.0), ("RRE", "2019-05", 100.0))
    assert stands(restated) == [(None, "pseudo"), ("RRE", "current")]
    report = restated.report
    assert [(line.value, line.rows, line.suggestions) for line in report.pseudo] == [(cell, 1, ())]
    assert report.unmapped == ()
    report.raise_for_unmapped()
    assert report.matched("n") == 0.5


def test_trap_23_an_aggregate_is_added_up_apart(trusts: nhs.Crosswalk) -> None:
    """Added up by quarter England's row stays a row of its own, so that it is not added to its parts."""
    rows = (("NAN", "2019-20 Q1", 30.0), ("RRE", "2019-20 Q1", 10.0), ("R1E", "2017-18 Q1", 20.0))
    restated = restate(trusts, *rows, by="period")
    found = {(row["code"], row["code_source"], row["period"]): row["n"] for row in restated.frame.to_dicts()}
    assert found == {
        (None, "NAN", "2019-20 Q1"): 30.0,
        ("RRE", None, "2019-20 Q1"): 10.0,
        ("RRE", None, "2017-18 Q1"): 20.0,
    }


# --- 24: double counting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("splits", ["refuse", "divide", "main"])
@pytest.mark.parametrize("level", [None, nhs.ICB, nhs.Region])
def test_trap_24_a_merged_body_and_its_parts_in_one_period(
    register: nhs.Register, level: type[nhs.Organisation] | None, splits: str
) -> None:
    """The old code and the new one in one month are told, whatever is asked of the crosswalk; apart they are not."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust, level=level, splits=splits)
    both = (("RM2", "2017-11", 5.0), ("R0A", "2017-11", 9.0), ("RW3", "2017-11", 4.0), ("R0A", "2017-12", 9.0))
    report = restate(crosswalk, *both, ("RM2", "2017-09", 5.0)).report
    told = [(one.code, one.other, one.periods, one.rows, one.other_rows) for one in report.double_counts]
    assert told == [("RM2", "R0A", ("2017-11",), 1, 1), ("RW3", "R0A", ("2017-11",), 1, 1)]


def test_trap_24_a_series_kept_under_the_codes_of_one_time_is_no_double_count(trusts: nhs.Crosswalk) -> None:
    """Old codes kept for years after a merger, or new ones taken back to years before it, are harmless alone."""
    late = restate(trusts, ("RM2", "2018-05", 5.0), ("RW3", "2018-05", 4.0)).report
    early = restate(trusts, ("R0A", "2015-05", 9.0)).report
    assert late.double_counts == early.double_counts == ()
    assert {line.value for line in late.closed} == {"RM2", "RW3"}


def test_trap_24_a_new_code_before_its_time_beside_the_old_ones(trusts: nhs.Crosswalk) -> None:
    """A series restated by its publisher, with the old rows still in it, is told from the side of the new code."""
    report = restate(trusts, ("RM2", "2015-05", 5.0), ("R0A", "2015-05", 9.0), ("RW3", "2015-06", 4.0)).report
    assert [(one.code, one.other, one.periods) for one in report.double_counts] == [("R0A", "RM2", ("2015-05",))]


def test_trap_24_those_that_merged_are_no_double_count_of_one_another(trusts: nhs.Crosswalk) -> None:
    """R1E beside a trust that had gone into RRE long before holds none of its figures, though both end in RRE."""
    report = restate(trusts, ("R1E", "2000-05", 5.0), ("RBG", "2000-05", 9.0)).report
    assert report.double_counts == ()


def test_trap_24_a_divided_body_beside_its_parts(register: nhs.Register) -> None:
    """RW6 beside R0A and RM3 in 2022 is a double count with each, though its shares are refused."""
    crosswalk = register.crosswalk(to=TO, kind=nhs.Trust)
    rows = ("RW6", "2022-05", 5.0), ("R0A", "2022-05", 9.0), ("RM3", "2022-05", 9.0)
    report = restate(crosswalk, *rows).report
    assert [(one.code, one.other) for one in report.double_counts] == [("RW6", "R0A"), ("RW6", "RM3")]


def test_trap_24_the_report_and_the_linter_agree(register: nhs.Register) -> None:
    """What `apply` tells to be counted twice `check_codes` tells too."""
    codes = ["10G", "15D", "D4U1Y", "RM2", "R0A", "RVJ", "RA7"]
    report = restate(register.crosswalk(to="2026-07-01"), *((code, "2021-05", 1.0) for code in codes)).report
    finding = nhs.check_codes(codes, on="2021-05-01").finding("double-count")
    assert finding is not None
    told = {(one.value, one.note.split(" to ")[1][: len("D4U1Y")].split()[0]) for one in finding.flagged}
    assert {(one.code, one.other) for one in report.double_counts} == told == {
        ("10G", "15D"), ("10G", "D4U1Y"), ("15D", "D4U1Y"), ("RM2", "R0A"),
    }  # fmt: skip
