"""The linter of a column: what each rule finds, and how the report reads."""

from __future__ import annotations

import json
import pickle
import re
from datetime import date, datetime
from typing import Any

import pytest
from builders import event, make_store

from nhs_orgs.checks import check_codes, guess_vintage
from nhs_orgs.column_report import ColumnReport, Standing
from nhs_orgs.errors import ColumnProblems, InvalidColumn, InvalidDate
from nhs_orgs.judgement import Form, judge
from nhs_orgs.period import Period
from nhs_orgs.register import Register

REGISTER = Register(
    make_store(
        """
        RM2  1994-04-01  2017-09-30  Trust  South Manchester
        RW3  2001-04-01  2017-09-30  Trust  Central Manchester
        R0A  2017-10-01  ..          Trust  Manchester University
        RW6  2002-04-01  2021-09-30  Trust  Pennine Acute
        RM3  1994-04-01  ..          Trust  Northern Care Alliance
        RRE  2001-04-01  2018-05-31  Trust  South Staffordshire
        RRE  2018-06-01  ..          Trust  Midlands Partnership
        R1E  2011-09-01  2018-05-31  Trust  Staffordshire and Stoke
        02Q  2013-04-01  2022-06-30  CCG    Bassetlaw
        02Q  2022-07-01  ..          SubICBLocation  Bassetlaw
        RXX  unknown     2005-03-31  Trust  Nobody knows since when
        RYY  1995-04-01  unknown     Trust  Nobody knows until when | seen=1995-04-01/2003-12-31
        RZY  unknown     unknown     Trust  Nobody knows when
        RGP  2001-04-01  2005-03-31  Trust  First
        RGP  2010-04-01  2015-03-31  Trust  Again
        """,
        event("2017-10-01", "merger", "RM2 => R0A, RW3 => R0A"),
        event("2018-06-01", "acquisition", "R1E => RRE, RRE => RRE"),
        event("2021-10-01", "split", "RW6 -> R0A 0.4 floor area, RW6 -> RM3 0.6 floor area"),
    )
)


def checked(column: Any, on: Any = None) -> ColumnReport:  # noqa: ANN401 - any column
    """A report from the small register."""
    return check_codes(column, on=on, register=REGISTER)


def counts(report: ColumnReport) -> dict[str, int]:
    """Rows by standing."""
    return {standing.value: rows for standing, rows in report.standings}


def notes(report: ColumnReport, rule: str) -> dict[str, tuple[int, str]]:
    """Rows and note of each value of a finding."""
    finding = report.finding(rule)
    return {} if finding is None else {flagged.value: (flagged.rows, flagged.note) for flagged in finding.flagged}


# --- standings ----------------------------------------------------------------------------------------------------


def test_each_value_has_one_standing() -> None:
    """Codes, other spellings, aggregates, damage, strangers and gaps are told apart, and add up to the column."""
    column = ["RRE", "RRE", " rre", "ENG", "5.00E+01", "RZZ", "A81001", None, float("nan"), ""]
    report = checked(column)
    assert counts(report) == {
        "known": 2, "other spelling": 1, "pseudo": 1, "damaged": 1, "not held": 1, "unknown": 1, "missing": 3,
    }  # fmt: skip
    assert (report.rows, report.distinct, report.dates) == (10, 7, None)


@pytest.mark.parametrize(
    ("code", "day", "standing"),
    [
        ("R1E", "2018-05-31", "open"),
        ("R1E", "2018-06-01", "closed"),
        ("r1e", "2018-06-01", "closed"),
        ("r1e", "2018-05-31", "other spelling"),
        ("R0A", "2017-09-30", "not yet open"),
        ("R0A", "2017-09", "not yet open"),
        ("R0A", "2017-10", "open"),
        ("R0A", "2017-18 Q2", "not yet open"),
        ("R0A", "2017/18", "open"),
        ("RXX", "2000-01-01", "undated"),
        ("RXX", "2005-03-31", "open"),
        ("RXX", "2005-04-01", "closed"),
        ("RYY", "2003-12-31", "open"),
        ("RYY", "2004-01-01", "undated"),
        ("RYY", "1995-03-31", "not yet open"),
        ("RZY", "2004-01-01", "undated"),
        ("RGP", "2005-04-01", "closed"),
        ("RGP", "2012-04-01", "open"),
        ("RGP", "2015-04-01", "closed"),
    ],
)
@pytest.mark.parametrize("column_of_dates", [False, True])
def test_a_code_stands_by_its_date(code: str, day: str, standing: str, *, column_of_dates: bool) -> None:
    """A code is open, closed, not yet open or undated on its date, given once or row by row."""
    report = checked([code], [day] if column_of_dates else day)
    assert counts(report) == {standing: 1}


def test_dates_are_taken_row_by_row() -> None:
    """With a column of dates each row stands on its own."""
    report = checked(["R1E", "R1E", "R1E", "RRE"], ["2018-05-01", "2018-06-01", None, datetime(2018, 6, 1, 12)])  # noqa: DTZ001
    assert counts(report) == {"open": 2, "closed": 1, "no date": 1}
    assert report.dates == Period(date(2018, 5, 1), date(2018, 6, 1))
    assert notes(report, "closed") == {"R1E": (1, "closed on 2018-05-31")}
    assert notes(report, "no-date") == {"R1E": (1, "no date")}


def test_kinds_are_those_of_the_day() -> None:
    """One code is of two kinds: which one depends on the day, without a day on the best vintage."""
    assert [(kind.kind, kind.codes, kind.rows) for kind in checked(["02Q", "02Q"], "2022-06-30").kinds] == [
        ("ClinicalCommissioningGroup", 1, 2)
    ]
    assert [kind.kind for kind in checked(["02Q"], "2022-07-01").kinds] == ["SubICBLocation"]
    assert [kind.kind for kind in checked(["02Q", "R1E"]).kinds] == ["ClinicalCommissioningGroup", "Trust"]


# --- findings -----------------------------------------------------------------------------------------------------


def test_damage_comes_with_candidates_known_ones_first() -> None:
    """What a spreadsheet left is told with what it may have been, and is not repaired."""
    finding = checked(["2Q", "2Q", 20.0]).finding("damaged")
    assert finding is not None
    assert [(one.value, one.rows, one.candidates[:1]) for one in finding.flagged] == [
        ("2Q", 2, ("02Q",)),
        ("20.0", 1, ("020",)),
    ]


def test_a_stranger_of_a_known_shape_never_existed_and_one_of_another_may() -> None:
    """A code like those of trusts is unknown; one like a practice's is only not held."""
    report = checked(["R0B", "RMZ", "A81001", "02Q00"])
    assert set(notes(report, "unknown")) == {"R0B", "RMZ"}
    finding = report.finding("not-held")
    assert finding is not None
    assert not finding.serious
    assert {one.value: one.candidates for one in finding.flagged} == {"A81001": (), "02Q00": ("02Q",)}


def test_look_alike_and_swapped_characters_are_suggested() -> None:
    """The letter O for a zero, or two characters the wrong way round, lead to the code."""
    finding = checked(["ROA", "RER"]).finding("unknown")
    assert finding is not None
    assert {one.value: one.candidates[:1] for one in finding.flagged} == {"ROA": ("R0A",), "RER": ("RRE",)}


@pytest.mark.parametrize("value", ["NAN", "ENG", "eng", "-", "TOTAL", "Grand Total", "Z99", "89999"])
def test_aggregates_and_defaults_are_no_organisations(value: str) -> None:
    """Pseudo codes of statistics and data sets are told apart from unknown codes."""
    assert counts(checked([value])) == {"pseudo": 1}


@pytest.mark.parametrize("value", [None, float("nan"), "", "  ", "nan", "NaN", "None", "<NA>", "NULL"])
def test_empty_values_are_missing(value: object) -> None:
    """No value, or what tools write for none, is missing; ``NAN`` in capitals is not, for it is England's code."""
    assert judge(value, set()).form is Form.MISSING


def test_a_code_of_the_register_is_never_pseudo() -> None:
    """What looks like an aggregate's code is an organisation's where the register has it."""
    assert judge("Z99", {"Z99"}).form is Form.CODE


def test_both_halves_of_a_merger_without_dates() -> None:
    """Old and new code together are a double count only where no best vintage has both."""
    assert notes(checked(["RM2", "R0A", "R0A"]), "double-count") == {"RM2": (3, "went to R0A on 2017-10-01")}
    assert notes(checked(["R1E", "RRE"]), "double-count") == {}
    assert notes(checked(["R1E", "RRE", "R0A", "RM3"]), "double-count") == {}
    late = checked(["R1E", "RRE", "R0A", "02Q", "RM3"], "2019-01-01")
    assert notes(late, "double-count") == {"R1E": (2, "went to RRE on 2018-06-01")}


def test_both_halves_of_a_merger_with_dates() -> None:
    """With dates both codes must have rows for one date, on which not both were open."""
    apart = checked(["RM2", "R0A"], ["2017-09-01", "2017-10-01"])
    assert notes(apart, "double-count") == {}
    together = checked(["RM2", "R0A", "R0A"], ["2017-11", "2017-11", "2017-12"])
    note = "went to R0A on 2017-10-01; both have rows on 2017-11-01"
    assert notes(together, "double-count") == {"RM2": (2, note)}
    before = checked(["R1E", "RRE", "R1E", "RRE"], ["2018-05-31", "2018-05-31", "2018-06-01", "2018-06-01"])
    note = "went to RRE on 2018-06-01; both have rows on 2018-06-01"
    assert notes(before, "double-count") == {"R1E": (2, note)}


def test_a_part_counts_twice_too() -> None:
    """A body that was divided counts twice beside each of its parts, and the note says that it is a part."""
    found = checked(["RW6", "R0A", "RM3"], "2022-01-01").finding("double-count")
    assert found is not None
    assert [one.note for one in found.flagged] == [f"in part went to {part} on 2021-10-01" for part in ("R0A", "RM3")]


def test_a_mixture_of_vintages() -> None:
    """Codes that no day has together are told, with the odd ones out and why; dates speak for themselves."""
    assert notes(checked(["RM2", "RW3", "RM3", "R0A"]), "mixture") == {"R0A": (1, "opened on 2017-10-01")}
    assert checked(["RM2", "RW3", "RM3"]).finding("mixture") is None
    assert checked(["RM2", "R0A"], ["2016-01-01", "2018-01-01"]).finding("mixture") is None


def test_a_body_that_changes_under_its_code() -> None:
    """A code behind which another body stands in the course of its own dates is told; outside of them it is not."""
    report = checked(["RRE", "RRE", "R0A"], ["2018-05-31", "2018-06-01", "2018-06-01"])
    note = "from 2018-06-01 Midlands Partnership, before that South Staffordshire"
    assert notes(report, "body-changed") == {"RRE": (2, note)}
    assert checked(["RRE", "R0A"], ["2018-06-01", "2018-05-31"]).finding("body-changed") is None
    kind = checked(["02Q", "02Q"], ["2022-06", "2022-07"])
    assert notes(kind, "body-changed") == {
        "02Q": (2, "from 2022-07-01 a sub-ICB location, before that a clinical commissioning group")
    }


def test_a_clean_column_has_nothing_to_mend() -> None:
    """Where all is well the report says so, and nothing is raised."""
    report = checked(["RRE", "R1E"], "2018-05-31")
    assert report.findings == ()
    assert "Nothing to mend." in str(report)
    report.raise_for_problems()


# --- the report ---------------------------------------------------------------------------------------------------

MESSY = ["RRE", "R1E", "rre", "<b>", "ENG", None, "5E+01", "R0A", "RM2"]


def test_a_report_reads_as_text_html_json_and_rows() -> None:
    """Every finding is in each form; what the column holds is escaped in HTML."""
    report = checked(MESSY)
    rules = [finding.rule for finding in report.findings]
    assert rules == ["damaged", "double-count", "missing", "mixture", "pseudo", "spelling", "not-held"]
    document = json.loads(json.dumps(report.to_dict()))
    assert [finding["rule"] for finding in document["findings"]] == rules
    assert sum(document["standings"].values()) == document["rows"] == len(MESSY)
    assert {row["rule"] for row in report.to_rows()} == set(rules)
    html = report._repr_html_()
    assert all(f"<b>{rule}</b>" in html and f"{rule}: " in str(report) for rule in rules)
    assert "&lt;b&gt;" in html
    assert repr(report) == f"ColumnReport(9 rows, 9 values, findings: {', '.join(rules)})"
    assert report.count("pseudo") == report.count(Standing.PSEUDO) == 1
    assert report.count("open") == 0


def test_numbers_end_below_one_another_in_html() -> None:
    """Counts of rows are set to the right in both tables of a notebook's view, texts to the left."""
    html = checked(["RRE"] * 1_234 + ["ENG"] * 2)._repr_html_()
    assert f"{_cell('td', 'left', 'known')}{_cell('td', 'right', '1,234')}" in html
    assert f"{_cell('td', 'left', 'ENG')}{_cell('td', 'right', '2')}{_cell('td', 'left', 'stands for England')}" in html
    assert html.count(_cell("th", "right", "rows")) == len(["standings", "pseudo"])


def _cell(tag: str, side: str, text: str) -> str:
    return f'<{tag} style="text-align: {side}">{text}</{tag}>'


def test_what_to_do_is_told_to_all_who_check() -> None:
    """A report is read in Python and on the command line: texts that name a method name the command beside it."""
    column = [*MESSY, "RZZ", "RZY"]
    reports = (checked(column), checked(column, "2018-06-01"), checked(["RRE", "R0A"], ["2001-04-01", None]))
    told = {finding.rule: f"{finding.what} {finding.todo}" for report in reports for finding in report.findings}
    named = {rule for rule, text in told.items() if "register." in text}
    assert named == {"closed", "undated", "unknown"} < told.keys() >= {"mixture", "no-date", "spelling"}
    bare = [re.sub(r"register\.\w+\([^)]*\) or `nhs-orgs \w+`", "", text) for text in told.values()]
    assert not [text for text in bare if "=" in text or "register." in text or "nhs." in text]


def test_long_findings_are_cut_in_text_and_whole_as_rows() -> None:
    """A text shows the first few values of a finding and how many more there are."""
    report = checked([f"A8{number:04}" for number in range(20)])
    assert "and 12 more" in str(report)
    assert len(report.to_rows()) == 20


def test_a_report_is_a_value() -> None:
    """Two reports of equal columns are equal, and a report survives pickling."""
    assert checked(MESSY) == checked(list(reversed(MESSY)))
    assert pickle.loads(pickle.dumps(checked(MESSY))) == checked(MESSY)  # noqa: S301 - our own
    assert hash(checked(MESSY)) == hash(checked(MESSY))


def test_problems_can_be_raised() -> None:
    """A pipeline can stop on serious findings, with the report in hand."""
    with pytest.raises(ColumnProblems, match=r"pseudo: 1 row\. See the report") as caught:
        checked(["RRE", "ENG"]).raise_for_problems()
    assert isinstance(caught.value.report, ColumnReport)


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["RRE", b"RRE", {"RRE": 1}, 5, None])
def test_what_is_no_column_is_refused(column: object) -> None:
    """A text, a mapping or a number is no column, and the error says what to give."""
    with pytest.raises(InvalidColumn, match=r"not a column\. Give one column"):
        checked(column)


def test_dates_must_be_as_many_as_codes() -> None:
    """Columns of two lengths are refused with both lengths."""
    with pytest.raises(InvalidColumn, match="there are 1 of them for 2 codes"):
        checked(["RRE", "R1E"], ["2018-06-01"])


def test_values_that_cannot_be_counted_are_refused() -> None:
    """A list in a column is no code."""
    with pytest.raises(InvalidColumn, match="values that cannot be codes or dates"):
        checked([["RRE"]])


@pytest.mark.parametrize("text", ["soon", "2018-13", "2018-06-31", "2018-20 Q1", "18-19", "2018", "2011-12"])
def test_dates_that_are_none_are_refused(text: str) -> None:
    """A text that is no date, or can be several, is named in the error."""
    with pytest.raises(InvalidDate, match=text):
        checked(["RRE"], [text])


def test_a_number_is_no_date() -> None:
    """A number is not taken for a year."""
    with pytest.raises(InvalidDate, match="'2018' is not a date"):
        checked(["RRE"], [2018])


def test_an_empty_column_has_an_empty_report() -> None:
    """Nothing in, nothing found."""
    report = checked([])
    assert (report.rows, report.distinct, report.standings, report.findings) == (0, 0, (), ())
    assert "no code is known to have been open" in str(report)


# --- vintages -----------------------------------------------------------------------------------------------------


def test_a_vintage_is_where_most_codes_were_open() -> None:
    """The best vintage is found, with the odd ones out and why; what is no code does not count."""
    found = guess_vintage(["RM2", "RW3", "R0A", "RM3", "ENG", "rzz", None], register=REGISTER)
    assert found.codes == 4
    assert [(str(one.period), one.codes) for one in found.best] == [("2001-04-01/2017-09-30", 3)]
    assert [(odd.code, odd.why) for odd in found.best[0].odd] == [("R0A", "opened on 2017-10-01")]
    assert not found.fits_all
    assert found.describe() == "1 April 2001 to 30 September 2017: 3 of 4 codes open at once"


def test_vintages_that_fit_equally_well_are_all_told() -> None:
    """Of a tie nothing is chosen in silence."""
    found = guess_vintage(["RM2", "R0A"], register=REGISTER)
    assert [str(one.period) for one in found.best] == ["1994-04-01/2017-09-30", "2017-10-01/.."]
    assert [one.odd[0].why for one in found.best] == ["opened on 2017-10-01", "closed on 2017-09-30"]


def test_a_code_that_nobody_dates_fits_no_vintage() -> None:
    """It counts as a code, and is always odd."""
    found = guess_vintage(["RZY"], register=REGISTER)
    assert (found.codes, found.best) == (1, ())
    assert guess_vintage(["RZY", "RRE"], register=REGISTER).best[0].odd[0].why == "no source says when it was open"
