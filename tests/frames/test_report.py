"""The report beside a restated frame: it adds up on every engine, and says the same in every form, harmlessly."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import polars as pl
import pytest
from frames_of import KINDS, rows_of

import nhs_orgs as nhs
from nhs_orgs.frames.stretches import UNDATED, Stretch
from nhs_orgs.frames.tally import Counted, Listed

EACH = ["pandas", "pandas Arrow", "polars", "polars lazy", "pyarrow", "duckdb"]
ASKED: dict[str, Any] = {"code": "code", "on": "day", "values": "n"}
HOSTILE = '<script>alert("1")</script>&amp;'
ROWS = (
    ("RM2", date(2016, 5, 1), 1.0),
    ("rm2 ", date(2016, 6, 1), 2.0),
    ("RM2", date(2018, 5, 1), 4.0),
    ("R0A", date(2018, 5, 1), 8.0),
    ("RW6", date(2020, 5, 1), 16.0),
    ("RVJ", date(2020, 5, 1), 32.0),
    ("RYH", date(2013, 5, 1), 64.0),
    ("R0A", date(2010, 5, 1), 128.0),
    ("NAN", date(2018, 5, 1), 256.0),
    ("1H", date(2018, 5, 1), 512.0),
    (HOSTILE, date(2018, 5, 1), 1024.0),
    ("RM3", None, 2048.0),
    (None, date(2018, 5, 1), 4096.0),
)
"""A row for each status, whose numbers are different powers of two: every sum of some tells which they are."""
TABLE: dict[str, list[Any]] = {name: [row[at] for row in ROWS] for at, name in enumerate(("code", "day", "n"))}


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Trusts to 2026, divided."""
    return nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")


def report_of(crosswalk: nhs.Crosswalk, kind: str = "polars", **asked: Any) -> nhs.MatchReport:  # noqa: ANN401
    """The report on the table."""
    return crosswalk.apply(KINDS[kind](TABLE), **{**ASKED, **asked}).report


# --- it adds up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", [None, "day"])
def test_every_row_has_one_status(crosswalk: nhs.Crosswalk, kind: str, by: str | None) -> None:
    """Rows and totals by status are those of the table, on every engine, added up or not."""
    report = report_of(crosswalk, kind, by=by)
    assert {line.name: (line.rows, line.totals["n"]) for line in report.statuses} == {
        "current": (2.0, 40.0),
        "succeeded": (2.0, 3.0),
        "divided": (1.0, pytest.approx(16.0)),
        "ended": (1.0, 64.0),
        "closed-on-own-date": (1.0, 4.0),
        "not-yet-open": (1.0, 128.0),
        "pseudo": (1.0, 256.0),
        "damaged": (2.0, 4608.0),
        "unknown": (2.0, 3072.0),
    }
    assert (report.rows, report.restated_rows, report.totals) == (13, 14, {"n": 8191.0})
    assert sum(line.share_of_rows for line in report.statuses) == pytest.approx(1)
    assert sum(line.shares["n"] or 0.0 for line in report.statuses) == pytest.approx(1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_and_the_frame_tell_the_same(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """What the report says of rows, targets and approximation is what can be counted in the restated frame."""
    restated = crosswalk.apply(KINDS[kind](TABLE), **ASKED)
    rows, report = rows_of(restated.frame), restated.report
    assert len(rows) == report.restated_rows
    assert sum(row["weight"] for row in rows) == pytest.approx(report.rows)
    placed = sum(row["n"] for row in rows if row["code"] is not None)
    assert report.matched("n") == pytest.approx(placed / 8191)
    assert report.approximate("n") == pytest.approx(sum(row["n"] for row in rows if row["approximate"]) / 8191)
    for line in report.statuses:
        mine = [row for row in rows if row["status"] == line.name]
        assert sum(row["weight"] for row in mine) == pytest.approx(line.rows)
        assert sum(row["n"] for row in mine) == pytest.approx(line.totals["n"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_that_something_is_said_of(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Sections name values as the frame spells them, those with the most rows first."""
    report = report_of(crosswalk, kind)
    told = {
        name: {(line.value, line.rows, line.totals["n"]) for line in getattr(report, name)}
        for name in ("unmapped", "ambiguous", "closed", "pseudo", "damaged", "parts_moved")
    }
    assert told == {
        "unmapped": {
            ("RYH", 1, 64.0), ("R0A", 1, 128.0), ("1H", 1, 512.0), (HOSTILE, 1, 1024.0), ("RM3", 1, 2048.0),
            (None, 1, 4096.0),
        },
        "ambiguous": {("RW6", 1, 16.0)},
        "closed": {("RM2", 1, 4.0)},
        "pseudo": {("NAN", 1, 256.0)},
        "damaged": {("1H", 1, 512.0), (None, 1, 4096.0)},
        "parts_moved": {("RM2", 1, 1.0), ("rm2 ", 1, 2.0), ("RM2", 1, 4.0), ("R0A", 1, 8.0)},
    }  # fmt: skip
    (damaged,) = (line for line in report.damaged if line.value is not None)
    assert damaged.suggestions == ("01H",)
    reasons = {line.value: line.reason or "" for line in report.unmapped}
    assert "no date" in reasons["RM3"]
    assert "there is no value" in reasons[None]
    assert [(one.code, one.other, one.periods) for one in report.double_counts] == [("RM2", "R0A", ("2018-05",))]


@pytest.mark.parametrize("kind", KINDS)
def test_what_parts_were_gained_or_lost_is_told(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Of codes that found a target, also of bodies still open: which part moved, and no other remark."""
    table: dict[str, list[Any]] = {
        "code": ["R0A", "RM2", "RX2", "RRE", "RTV", "R0A"],
        "day": [date(2019, 5, 1)] * 5 + [date(2022, 5, 1)],
        "n": [1.0, 2.0, 4.0, 8.0, 16.0, 32.0],
    }
    report = crosswalk.apply(KINDS[kind](table), **ASKED).report
    to_r0a = "RW6 gave part to R0A on 2021-04-01 (38.5% by floor area)"
    assert [(line.value, line.status, line.targets, line.totals["n"], line.reason) for line in report.parts_moved] == [
        ("R0A", "current", ("R0A",), 1.0, to_r0a),
        ("RM2", "closed-on-own-date", ("R0A",), 2.0, to_r0a),
        ("RX2", "current", ("RX2",), 4.0, "RX2 gave part to RW1 on 2024-02-01"),
    ]
    assert str(report).splitlines()[-1] == "  Gained or lost a part: R0A, RM2, RX2"
    assert {"Gained or lost a part", to_r0a} <= set(Page(report._repr_html_()).texts)
    assert [line["value"] for line in json.loads(report.to_json())["parts_moved"]] == ["R0A", "RM2", "RX2"]
    frame = rows_of(report.to_frame())
    assert next(row["reason"] for row in frame if row["about"] == "parts_moved") == to_r0a


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize(
    "days",
    [
        [date(2018, 5, 1), date(2018, 5, 8), date(2018, 6, 1)],
        ["2018-05-01", "2018-05-08", "2018-06-01"],
        ["2018-05", "2018-05-08", " 2018-06 "],
    ],
    ids=["days", "texts of days", "months and days"],
)
def test_days_of_one_month_meet(crosswalk: nhs.Crosswalk, kind: str, days: list[Any]) -> None:
    """Weekly figures of the old code and of the new one are told as counted twice by the month, however written."""
    table = {"code": ["RM2", "R0A", "R0A"], "day": days, "n": [1.0, 2.0, 4.0]}
    found = crosswalk.apply(KINDS[kind](table), **ASKED).report.double_counts
    assert [(one.code, one.other, one.periods, one.other_rows) for one in found] == [("RM2", "R0A", ("2018-05",), 1)]


@pytest.mark.parametrize("kind", EACH)
def test_a_month_meets_the_quarter_that_it_lies_in(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Periods of other lengths are compared by their days: the old code's month lies in the new one's quarter and year.

    What only touches, as June and the quarter from July, does not meet. The old code's periods are told.
    """
    days = ["2018-07", "2018-06", "2018-08-03", "2018-19 Q2", "2018-19 Q3", "2018-07"]
    table: dict[str, list[Any]] = {"code": ["RM2"] * 3 + ["R0A"] * 3, "day": days, "n": [2.0**at for at in range(6)]}
    (found,) = crosswalk.apply(KINDS[kind](table), **ASKED).report.double_counts
    assert (found.code, found.other, found.periods) == ("RM2", "R0A", ("2018-07", "2018-08"))
    assert (found.rows, found.other_rows) == (2, 2)


@pytest.mark.parametrize("kind", EACH)
def test_a_long_period_meets_all_that_lie_in_it(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """A month meets the other code's year behind a shorter period of it, and a year the first and the last month."""
    days = ["2018-08", "2019/20", "2018/19", "2018-05", "2019-04", "2020-03", "2020-04"]
    table: dict[str, list[Any]] = {"code": ["RM2"] * 2 + ["R0A"] * 5, "day": days, "n": [1.0] * 7}
    (found,) = crosswalk.apply(KINDS[kind](table), **ASKED).report.double_counts
    assert (found.periods, found.rows, found.other_rows) == (("2018-08", "2019-20"), 2, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_the_share_without_pseudo_codes(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Beside the share of all there is that of all but pseudo codes; where there are none the two are one."""
    table: dict[str, list[Any]] = {
        "code": ["RM2", "ENG", "XYZ", "-"],
        "day": [date(2016, 5, 1)] * 4,
        "n": [3.0, 4.0, 1.0, 4.0],
    }
    report = crosswalk.apply(KINDS[kind](table), **ASKED).report
    assert (report.matched("n"), report.matched()) == pytest.approx((3 / 12, 1 / 4))
    assert report.matched_without_pseudo("n") == pytest.approx(3 / 4)
    assert report.matched_without_pseudo() == pytest.approx(1 / 2)
    assert report.to_dict()["matched_without_pseudo"] == {"rows": 0.5, "totals": {"n": 0.75}}
    told = "n: total 12, 25.0% (75.0% without pseudo codes) with a target, 0.0% approximate"
    assert told in str(report).splitlines()
    assert "25.0% (75.0% without pseudo codes)" in Page(report._repr_html_()).texts
    plain = {name: column[:1] for name, column in table.items()}
    alone = crosswalk.apply(KINDS[kind](plain), **ASKED).report
    assert alone.matched_without_pseudo("n") == alone.matched("n") == 1.0
    assert "pseudo" not in str(alone) + alone._repr_html_()
    of_pseudo = {name: column[1:2] for name, column in table.items()}
    assert crosswalk.apply(KINDS[kind](of_pseudo), **ASKED).report.matched_without_pseudo("n") is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", [None, "day"])
def test_rows_without_a_figure_are_counted(crosswalk: nhs.Crosswalk, kind: str, by: str | None) -> None:
    """Of each column of values it is told how many rows have none: a sum of the others is no sum of all."""
    table: dict[str, list[Any]] = {
        "code": ["RM2", "RM2", "RW6", "NAN", "XYZ"],
        "day": [date(2016, 5, 1)] * 5,
        "n": [1.0, None, float("nan"), None, 2.0],
        "beds": [1.0, 2.0, 3.0, 4.0, 5.0],
        "rate": [0.5, None, 0.5, 0.5, float("nan")],
    }
    how = {"rate": "rate"}
    asked: dict[str, Any] = {"values": ["n", "rate"], "how": how, "denominator": {"rate": "beds"}, "by": by}
    report = crosswalk.apply(KINDS[kind](table), code="code", on="day", **asked).report
    assert report.missing == {"n": 3, "beds": 0, "rate": 2}
    assert report.totals["n"] == 3.0
    assert json.loads(report.to_json())["missing"] == report.missing
    told = [
        "n: 3 rows without a figure; sums are of the others",
        "rate: 2 rows without a figure; sums are of the others",
    ]
    assert [line for line in str(report).splitlines() if "without a figure" in line] == told
    assert [text for text in Page(report._repr_html_()).texts if "without a figure" in text] == told


@pytest.mark.parametrize("kind", EACH)
def test_where_no_figure_is_missing_nothing_is_said(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Counts of none are kept in the data and out of the text; a zero is a figure."""
    table: dict[str, list[Any]] = {
        "code": ["RM2"] * 3,
        "day": [date(2016, 5, 1)] * 3,
        "n": [1.0, 0.0, -1.0],
    }
    report = crosswalk.apply(KINDS[kind](table), **ASKED).report
    assert report.missing == {"n": 0}
    assert report.undated == 0
    assert "without a figure" not in str(report) + report._repr_html_()
    assert "date" not in str(report).partition("\n")[2]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_without_a_date_are_unknown_for_that_reason(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """They are told apart from unknown codes, whatever their code is, in a line of their own and by their reason."""
    table: dict[str, list[Any]] = {
        "code": ["RM3", "XYZ", "ENG", "XYZ"],
        "day": [None, None, None, date(2016, 5, 1)],
        "n": [1.0, 2.0, 4.0, 8.0],
    }
    report = crosswalk.apply(KINDS[kind](table), **ASKED).report
    assert report.undated == report.to_dict()["undated"] == 3
    assert {line.name: line.rows for line in report.statuses} == {"unknown": 4.0}
    assert "  unknown for want of a date: 3 rows" in str(report).splitlines()
    assert "unknown for want of a date: 3 rows" in Page(report._repr_html_()).texts
    reasons = {(line.value, line.totals["n"]): line.reason or "" for line in report.unmapped}
    assert [("no date" in reasons[key]) for key in (("RM3", 1.0), ("XYZ", 2.0), ("ENG", 4.0), ("XYZ", 8.0))] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_lines_of_one_value_have_one_order(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """As many rows without a date as with one: those without come first, in whatever order an engine counts."""
    codes = [f"XY{number}" for number in range(8)] * 2
    table: dict[str, list[Any]] = {"code": codes, "day": [date(2016, 5, 1)] * 8 + [None] * 8, "n": [1.0] * 16}
    lines = crosswalk.apply(KINDS[kind](table), **ASKED).report.unmapped
    assert [(line.value, "no date" in (line.reason or "")) for line in lines] == [
        (code, undated) for code in codes[:8] for undated in (True, False)
    ]


@pytest.mark.parametrize("kind", ["polars lazy", "duckdb"])
def test_in_a_plan_a_date_that_cannot_be_read_is_none(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """What a frame in memory is refused for is counted beside what has no date, by a reason of its own."""
    table: dict[str, list[Any]] = {"code": ["RM2"] * 3, "day": ["2016-05", "spring", None], "n": [1.0, 2.0, 4.0]}
    report = crosswalk.apply(KINDS[kind](table), **ASKED).report
    assert report.undated == 2
    assert {(line.reason or "").partition(":")[0] for line in report.unmapped} == {
        "the row has no date",
        "the row has no date that can be read",
    }


# --- strangers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
def test_codes_of_kinds_that_are_left_out_get_a_reason_and_no_suggestion(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """A practice is not in the register, which is said; codes of sites that look a little like it are not offered."""
    strangers = ["A81001", "Y00001", "8J094", "NL7", "R0L", "RVJ00", "E54000010", "02Q", "RIA"]
    table: dict[str, list[Any]] = {
        "code": strangers,
        "day": [date(2016, 5, 1)] * len(strangers),
        "n": [1.0] * len(strangers),
    }
    lines = {line.value: line for line in crosswalk.apply(KINDS[kind](table), **ASKED).report.unmapped}
    for code in ("A81001", "Y00001", "8J094", "NL7"):
        assert (lines[code].status, lines[code].suggestions) == ("unknown", ())
        assert (lines[code].reason or "").startswith("not in this register, which leaves out kinds with codes of this")
        assert "practices" in (lines[code].reason or "")
    assert (lines["R0L"].reason, lines["R0L"].suggestions) == ("the register has no such code", ())
    assert lines["RVJ00"].suggestions == ("RVJ",)
    assert lines["E54000010"].suggestions == ("QNC",)
    assert (lines["02Q"].reason or "").startswith("02Q is a sub-ICB location: of another kind")
    assert lines["02Q"].suggestions == ()
    assert lines["RIA"].suggestions == ("R1A", "RLA")


# --- its other forms --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
def test_as_json_it_is_the_same_and_every_reader_takes_it(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """All of it is there, days and texts as they are, empty values as null."""
    report = report_of(crosswalk, kind)
    document = json.loads(report.to_json())
    assert document["to"] == "2026-04-01"
    assert (document["rows"], document["restated_rows"], document["totals"]) == (13, 14, {"n": 8191.0})
    assert document["matched"] == {"rows": report.matched(), "totals": {"n": report.matched("n")}}
    assert {line["value"] for line in document["unmapped"]} == {"RYH", "R0A", "1H", HOSTILE, "RM3", None}
    assert document["double_counts"][0]["periods"] == ["2018-05"]
    assert document == json.loads(json.dumps(report.to_dict()))


def test_a_column_called_rows_does_not_hide_the_share_of_rows(crosswalk: nhs.Crosswalk) -> None:
    """Names of the caller's columns stand apart from the report's own."""
    frame = pl.DataFrame(TABLE).rename({"n": "rows"})
    document = crosswalk.apply(frame, code="code", on="day", values="rows").report.to_dict()
    assert document["matched"]["rows"] == pytest.approx(6 / 13)
    assert document["matched"]["totals"]["rows"] == pytest.approx(63 / 8191)


@pytest.mark.parametrize("kind", EACH)
def test_as_a_frame_it_is_of_the_callers_kind(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """A row for each value in each section, in a frame of the library that the data came in."""
    frame = KINDS[kind](TABLE)
    report = crosswalk.apply(frame, **ASKED).report
    made = report.to_frame()
    assert type(made) is type(frame)
    found = rows_of(made)
    assert {(row["about"], row["value"]) for row in found} >= {("closed", "RM2"), ("damaged", "1H"), ("pseudo", "NAN")}
    assert sum(row["total n"] for row in found if row["about"] == "unmapped") == 7872.0
    assert {row["targets"] for row in found if row["about"] == "ambiguous"} == {"R0A RM3"}


@pytest.mark.parametrize("kind", EACH)
def test_the_frame_holds_the_whole_report(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Every line of every section, named in `about`: rows and totals of the statuses are those of the table."""
    report = report_of(crosswalk, kind)
    found = rows_of(report.to_frame())
    codes = ("unmapped", "ambiguous", "closed", "pseudo", "damaged")
    sections = ("statuses", "bases", *codes, "double_counts", "parts_moved")
    assert [row["about"] for row in found] == [name for name in sections for _ in getattr(report, name)]
    statuses = [row for row in found if row["about"] == "statuses"]
    assert [(row["status"], row["rows"], row["total n"]) for row in statuses] == [
        (line.name, line.rows, line.totals["n"]) for line in report.statuses
    ]
    assert sum(row["total n"] for row in statuses) == pytest.approx(8191.0)
    (basis,) = (row for row in found if row["about"] == "bases")
    assert (basis["basis"], basis["rows"], basis["total n"]) == ("floor area", 1.0, pytest.approx(16.0))
    (twice,) = (row for row in found if row["about"] == "double_counts")
    assert (twice["code"], twice["other"], twice["periods"], twice["rows"]) == ("RM2", "R0A", "2018-05", 1.0)


@pytest.mark.parametrize("kind", EACH)
def test_of_what_is_all_well_the_frame_has_the_statuses(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Where nothing is to be said of any code there are all columns and a row for each status."""
    report = crosswalk.apply(KINDS[kind]({"code": ["RRE"], "day": [date(2019, 5, 1)], "n": [1.0]}), **ASKED).report
    (row,) = rows_of(report.to_frame())
    assert (row["about"], row["status"], row["rows"], row["total n"]) == ("statuses", "current", 1.0, 1.0)
    assert set(row) == {
        "about", "value", "code", "status", "basis", "rows", "reason", "targets", "among", "suggestions", "other",
        "periods", "total n",
    }  # fmt: skip
    assert (report.unmapped, report.double_counts, report.parts_moved) == ((), (), ())
    report.raise_for_unmapped()


def test_what_found_no_target_can_be_made_an_error(crosswalk: nhs.Crosswalk) -> None:
    """The error has the codes and how many rows, aggregates left out, and tells the first few with their reasons."""
    with pytest.raises(nhs.UnmappedCodes) as caught:
        report_of(crosswalk).raise_for_unmapped()
    assert set(caught.value.codes) == {"RYH", "R0A", "1H", HOSTILE, "RM3", "None"}
    assert caught.value.rows == 6
    assert "6 rows found no target" in str(caught.value)
    assert "NAN" not in caught.value.codes


def test_the_error_looks_closely_at_those_that_it_shows(
    crosswalk: nhs.Crosswalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands of unknown codes all are in the error, and only the five that it shows are judged for it."""
    judged: list[object] = []
    frame = pl.DataFrame({"code": [f"X{number:05}" for number in range(3000)], "n": 1.0})
    report = crosswalk.apply(frame, code="code", vintage="2018-05", values="n").report
    judge = nhs.Crosswalk.judge

    def noted(crosswalk: nhs.Crosswalk, value: object) -> object:
        judged.append(value)
        return judge(crosswalk, value)

    monkeypatch.setattr(nhs.Crosswalk, "judge", noted)
    with pytest.raises(nhs.UnmappedCodes) as caught:
        report.raise_for_unmapped()
    assert judged == ["X00000", "X00001", "X00002", "X00003", "X00004"]
    assert (len(caught.value.codes), caught.value.codes[-1], caught.value.rows) == (3000, "X02999", 3000)
    assert "X00004 (not in this register, which leaves out" in str(caught.value)
    assert "1 row) and 2,995 codes more" in str(caught.value)


@pytest.mark.parametrize("level", [None, nhs.ICB, nhs.Region])
def test_what_is_counted_twice_does_not_depend_on_the_level(level: type[nhs.Organisation] | None) -> None:
    """At every level the same two codes hold the same figures."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, level=level, splits="divide")
    found = report_of(crosswalk).double_counts
    assert [(one.code, one.other, one.rows, one.other_rows) for one in found] == [("RM2", "R0A", 1, 1)]


@pytest.mark.parametrize("kind", EACH)
def test_without_a_column_of_values_rows_are_counted(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """With nothing to add up the report is about rows alone, in every form."""
    report = crosswalk.apply(KINDS[kind](TABLE), code="code", on="day").report
    assert report.totals == {}
    assert report.matched() == pytest.approx(6 / 13)
    with pytest.raises(KeyError):
        report.matched("n")
    assert json.loads(report.to_json())["totals"] == {}
    assert "13 rows" in str(report)
    assert "total n" not in rows_of(report.to_frame())[0]
    assert "with a target" in report._repr_html_()


# --- in a notebook ----------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What is in a page: its elements, which must be closed in order, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.texts: list[str] = []
        self.side = ""
        self.sides: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more is open."""
        self.side = ""
        if tag in {"th", "td"}:
            ((name, style),) = attrs
            self.side = str(style).removeprefix("text-align: ")
            assert (name, self.side in {"left", "right"}) == ("style", True)
        else:
            assert not attrs
        self.open.append(tag)
        self.elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The last one that was opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text, with its marks read, and on which side of its cell it stands."""
        self.texts.append(data)
        self.sides[data] = self.side


def test_the_page_is_whole_and_harmless(crosswalk: nhs.Crosswalk) -> None:
    """Every element is closed where it should be; what a code or a column's name holds is shown and not run."""
    hostile = {"code": TABLE["code"], "day": TABLE["day"], "<b>n</b>": TABLE["n"]}
    page = Page(crosswalk.apply(pl.DataFrame(hostile), code="code", on="day", values="<b>n</b>").report._repr_html_())
    assert page.open == []
    assert set(page.elements) <= {"div", "h4", "h5", "p", "table", "thead", "tbody", "tr", "th", "td"}
    assert page.elements.count("tr") > 20
    assert HOSTILE in page.texts
    assert "<b>n</b>" in page.texts
    assert "Restated to 2026-04-01" in page.texts
    for title in ("No target", "Divided bodies", "Closed on the date of the row", "Aggregates", "Damaged codes"):
        assert title in page.texts
    assert "Counted twice" in page.texts
    assert "other rows" in page.texts
    assert "(none)" in page.texts


def test_numbers_on_a_page_end_below_one_another(crosswalk: nhs.Crosswalk) -> None:
    """Rows, totals and shares stand on the right, with their heads; words and codes on the left."""
    sides = Page(report_of(crosswalk)._repr_html_()).sides
    right = {"total", "rows", "share", "other rows", "8,191", "40 (0.5%)", "approximate"}
    left = {"status", "succeeded", "value", "reason", "suggestions", "01H", "RM2"}
    assert {text: sides[text] for text in right | left} == {
        **dict.fromkeys(right, "right"),
        **dict.fromkeys(left, "left"),
    }


def test_of_many_codes_the_first_are_shown_and_the_rest_counted(crosswalk: nhs.Crosswalk) -> None:
    """A page of a frame with thousands of unknown codes is short, and so are its lines in a terminal."""
    frame = pd.DataFrame({"code": [f"X{number:05}" for number in range(3000)], "n": 1.0})
    report = crosswalk.apply(frame, code="code", vintage="2018-05", values="n").report
    page = Page(report._repr_html_())
    assert page.open == []
    assert "and 2,980 more" in page.texts
    assert page.elements.count("tr") < 30
    assert "X00000, X00001, X00002, X00003, X00004, X00005, X00006, X00007 and 2,992 more" in str(report)
    assert len(report.unmapped) == len(json.loads(report.to_json())["unmapped"]) == 3000


def test_strangers_are_judged_together() -> None:
    """Of a plan's codes that nobody knows each has a line, but what they have in common is looked at once."""
    asked: list[Stretch] = []

    def wanted(stretch: Stretch) -> bool:
        asked.append(stretch)
        return True

    cells = [Counted(-1, f"X{number}", UNDATED, 2, (0.5,)) for number in range(3)]
    listed = Listed(cells, 1, {})
    assert list(listed.where(wanted)) == cells
    assert asked == [UNDATED]
    assert list(listed.by_sort.values()) == [(6.0, (1.5,))]


def test_in_a_terminal_it_is_a_few_lines(crosswalk: nhs.Crosswalk) -> None:
    """Rows, totals, statuses, bases and who stands out."""
    lines = str(report_of(crosswalk)).splitlines()
    assert lines[0] == "Restated to 2026-04-01: 13 rows, 46.2% (50.0% without pseudo codes) with a target"
    assert lines[1] == "n: total 8,191, 0.8% with a target, 0.2% approximate"
    assert "  unknown for want of a date: 1 row" in lines
    assert "  approximate by floor area: 1 row" in lines
    assert "  Counted twice: RM2 beside R0A" in lines
    assert lines[-1].startswith("  Gained or lost a part: R0A, RM2")
    assert len(lines) < 21
