"""Odd values in frames: those that mean something are taken, alike in every engine; nonsense is refused by its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames_of import ASKED, EACH, KINDS, TABLE, refused, rows_of

import nhs_orgs as nhs

PLANS = ["polars lazy", "duckdb"]
IN_MEMORY = [kind for kind in EACH if kind not in PLANS]


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", [None, "day"])
@pytest.mark.parametrize("empty", ["", "  ", "\t\N{NO-BREAK SPACE}"], ids=["empty", "blanks", "other blanks"])
def test_an_empty_text_is_no_date(crosswalk: nhs.Crosswalk, kind: str, by: str | None, empty: str) -> None:
    """Among dates that are texts an empty or blank one is what null is: the row is unknown, for want of a date."""
    blank, null = ({**TABLE, "day": ["2016-05", one, one]} for one in (empty, None))
    found, as_null = (crosswalk.apply(KINDS[kind](table), **ASKED, by=by) for table in (blank, null))
    assert found.report.undated == 2
    assert found.report.to_json() == as_null.report.to_json()
    assert {row["code_source"] for row in rows_of(found.frame) if row["code"] is None} == {"RW6", "XYZ"}
    assert {line.reason for line in found.report.unmapped} == {"the row has no date"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_of_empty_texts_has_no_dates(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Where every date is an empty text, every row is kept and unknown."""
    report = crosswalk.apply(KINDS[kind]({**TABLE, "day": [""] * 3}), **ASKED).report
    assert (report.rows, report.undated, report.totals) == (3, 3, {"n": 7.0})


def test_history_passes_over_empty_dates() -> None:
    """Figures without a date tell nothing of the time before a merger, and are no fault."""
    table = {"code": ["RRE", "R1E", "RRE"], "day": ["2018-04", "2018-04", " "], "n": [3.0, 1.0, 8.0]}
    back = nhs.load().crosswalk(to="2017-04-01", kind=nhs.Trust, splits="divide")
    own = back.with_history(pd.DataFrame(table), code="code", on="day", value="n")
    assert [(row.target, row.weight) for row in own.of("RRE", on="2018-06-30")] == [("R1E", 0.25), ("RRE", 0.75)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", [None, "day"])
@pytest.mark.parametrize("days", [[201605, 201605, 201803], [20160501, 20160501, 20180304]], ids=["months", "days"])
def test_whole_numbers_are_the_dates_that_their_digits_are(
    crosswalk: nhs.Crosswalk, kind: str, by: str | None, days: list[int]
) -> None:
    """201605 is a month and 20160501 a day, as the texts of them are; the column itself stays as it is."""
    numbers, texts = (
        {**TABLE, "code": ["RM2", "RW6", "RM2"], "day": column} for column in (days, list(map(str, days)))
    )
    as_numbers, as_texts = (crosswalk.apply(KINDS[kind](table), **ASKED, by=by) for table in (numbers, texts))
    assert as_numbers.report.to_json() == as_texts.report.to_json()
    found, expected = (
        sorted((str(row["day"]), str(row["code"]), row["n"], str(row["status"])) for row in rows_of(one.frame))
        for one in (as_numbers, as_texts)
    )
    assert found == expected
    assert {type(row["day"]) for row in rows_of(as_numbers.frame)} == {int}


NUMBERED: dict[str, Any] = {
    "pandas nullable": lambda days: pd.DataFrame(TABLE).assign(day=pd.array(days, "Int64")),
    "pandas objects": lambda days: pd.DataFrame(TABLE).assign(day=pd.Series(days, dtype=object)),
    "pandas categories": lambda days: pd.DataFrame(TABLE).assign(day=pd.Categorical(days)),
    "pandas Arrow": lambda days: pd.DataFrame(TABLE).assign(day=pd.array(days, pd.ArrowDtype(pa.int32()))),
    "polars": lambda days: pl.DataFrame({**TABLE, "day": pl.Series(days, dtype=pl.Int32)}),
    "polars lazy": lambda days: pl.LazyFrame({**TABLE, "day": pl.Series(days, dtype=pl.UInt32)}),
    "pyarrow": lambda days: pa.table({**TABLE, "day": pa.array(days, pa.uint64())}),
    "duckdb": lambda days: duckdb.from_arrow(pa.table({**TABLE, "day": pa.array(days, pa.int64())})),
}


@pytest.mark.parametrize("kind", NUMBERED)
def test_a_number_may_be_missing_among_dates(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Whatever type holds the numbers, an empty one is no date, and the others are read."""
    restated = crosswalk.apply(NUMBERED[kind]([201605, None, 201605]), **ASKED)
    assert restated.report.undated == 1
    assert sorted({row["status"] for row in rows_of(restated.frame)}) == ["succeeded", "unknown"]


@pytest.mark.parametrize("kind", IN_MEMORY)
@pytest.mark.parametrize("number", [2016, 0, -201605, 201613, 201112, 42491], ids=str)
def test_a_number_that_is_no_date_is_named_with_its_rows(crosswalk: nhs.Crosswalk, kind: str, number: int) -> None:
    """A year alone, a month 13, what may be a year, the days that a spreadsheet counts: none is guessed at."""
    error = refused(crosswalk, KINDS[kind]({**TABLE, "day": [20160501, number, number]}))
    assert (error.column, error.rows) == ("day", (1, 2))
    assert str(number) in error.why


@pytest.mark.parametrize("kind", PLANS)
def test_a_plan_keeps_rows_whose_number_is_no_date(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """As of a text that cannot be read, the row is unknown, and the report shows the number."""
    report = crosswalk.apply(KINDS[kind]({**TABLE, "day": [201605, 2016, 201605]}), **ASKED).report
    assert (report.rows, report.undated) == (3, 1)
    assert "2016" in next(line.reason or "" for line in report.unmapped if line.value == "RW6")


# --- columns of Arrow in pandas ---------------------------------------------------------------------------------------

CHUNKS: dict[str, list[list[str | None]]] = {
    "views": [["RM2", "RW6"], ["XYZ", "RM2"]],
    "dictionaries with an empty value": [["RM2", None], ["RW6", "RM2"]],
    "dictionaries of more than a byte counts": [
        ["RM2", *(f"X{at:02}" for at in range(99))],
        ["RW6", *(f"Y{at:02}" for at in range(99))],
    ],
}
"""Chunks of columns, by what they are made of."""
NO_VIEWS = int(pa.__version__.partition(".")[0]) < 19
"""Whether this pyarrow cannot make texts of views of texts."""
if NO_VIEWS:
    del CHUNKS["views"]


def _in_arrow(kind: str, chunks: list[list[str | None]]) -> Any:  # noqa: ANN401
    """A column of pandas; each chunk of dictionaries has its own, numbered by one byte."""
    if kind == "views":
        return pd.arrays.ArrowExtensionArray(pa.chunked_array([pa.array(chunk, pa.string_view()) for chunk in chunks]))
    numbers = (pa.array(np.arange(len(chunk), dtype=np.int8)) for chunk in chunks)
    made = map(pa.DictionaryArray.from_arrays, numbers, map(pa.array, chunks))
    return pd.arrays.ArrowExtensionArray(pa.chunked_array(list(made)))


@pytest.mark.parametrize("kind", CHUNKS)
@pytest.mark.parametrize("place", ["code", "day", "beside"])
@pytest.mark.parametrize("by", [None, "day", "beside"])
def test_columns_of_which_pandas_cannot_take_rows_are_texts(
    crosswalk: nhs.Crosswalk, kind: str, place: str, by: str | None
) -> None:
    """Views of texts, and chunks of dictionaries that do not go together, are restated as the texts that they hold."""
    chunks = CHUNKS[kind]
    if place == "day":
        days = {text: str(date(2016, 1, 1 + at % 28)) for at, text in enumerate(text for c in chunks for text in c)}
        chunks = [[None if text is None else days[text] for text in chunk] for chunk in chunks]
    plain = [text for chunk in chunks for text in chunk]
    many = len(plain)
    frame = pd.DataFrame({"code": ["RM2", "RW6"] * (many // 2), "day": ["2016-05"] * many, "beside": "x", "n": 1.0})
    odd = frame.assign(**{place: _in_arrow(kind, chunks)})
    texts = frame.assign(**{place: pd.array(plain, pd.ArrowDtype(pa.string()))})
    found, expected = (crosswalk.apply(one, **ASKED, by=by) for one in (odd, texts))
    assert rows_of(found.frame) == rows_of(expected.frame)
    assert found.report.to_json() == expected.report.to_json()
    assert odd.dtypes[place] == _in_arrow(kind, chunks).dtype


@pytest.mark.skipif(NO_VIEWS, reason="this pyarrow makes nothing of views")
@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
@pytest.mark.parametrize("by", [None, "beside"])
def test_views_of_bytes_may_stand_beside(crosswalk: nhs.Crosswalk, library: str, by: str | None) -> None:
    """Of which neither pyarrow nor pandas can take rows, as a divided body asks for: they become bytes."""
    views = pa.array([b"x", b"y", None], pa.binary_view())
    table = pa.table({**TABLE, "beside": views})
    frame = table if library == "pyarrow" else pd.DataFrame(TABLE).assign(beside=pd.arrays.ArrowExtensionArray(views))
    found = rows_of(crosswalk.apply(frame, **ASKED, by=by).frame)
    assert sorted(str(row["beside"]) for row in found) == ["None", "b'x'", "b'y'", "b'y'"]


@pytest.mark.parametrize("by", [None, "day"])
def test_targets_may_be_more_than_a_dictionary_of_bytes_can_number(by: str | None) -> None:
    """128 codes, of which many are divided, have more targets than the byte that numbered them can count."""
    crosswalk = nhs.load().crosswalk(to="2014-04-01", kind=nhs.PCT, splits="divide")
    parts = {code: {row.target for row in crosswalk.of(code, on="2012-03-31")} for code in crosswalk.codes}
    codes: list[str | None] = []
    targets: set[str | None] = set()
    while len(codes) < 128:
        codes.append(max(parts, key=lambda code: len(parts[code] - targets)))
        targets |= parts.pop(str(codes[-1]))
    assert len(targets) > 128
    frame = pd.DataFrame({"code": _in_arrow("dictionaries", [codes]), "day": date(2012, 3, 31), "n": 1.0})
    found, expected = (crosswalk.apply(one, **ASKED, by=by).frame for one in (frame, frame.astype({"code": "str"})))
    assert rows_of(found) == rows_of(expected)


def test_what_is_empty_is_a_group_among_dictionaries(crosswalk: nhs.Crosswalk) -> None:
    """Grouped by a dictionary of Arrow, rows without a value are a group of their own, as among texts."""
    beside, codes = (
        pd.arrays.ArrowExtensionArray(pa.array(texts).dictionary_encode())
        for texts in (["x", None, None, "y"], ["RM2", "RW3", "XYZ", None])
    )
    frame = pd.DataFrame({"code": codes, "n": [1.0, 2.0, 4.0, 8.0], "beside": beside})
    found = crosswalk.apply(frame, code="code", vintage="2016-05", values="n", by="beside").frame
    groups = [(row["code"], row["beside"], row["n"]) for row in rows_of(found)]
    assert groups == [("R0A", "x", 1.0), ("R0A", None, 2.0), (None, None, 4.0), (None, "y", 8.0)]


def test_repeated_labels_of_rows_are_kept(crosswalk: nhs.Crosswalk) -> None:
    """An index with labels that come twice is no hindrance to columns of Arrow."""
    frame = pd.DataFrame(
        {"code": _in_arrow("dictionaries", [["RM2", None], ["RM2", "RM2"]]), "n": 1.0}, index=[7, 7, 7, 8]
    )
    restated = crosswalk.apply(frame, code="code", vintage="2016-05", values="n")
    assert restated.frame.index.to_list() == [7, 7, 7, 8]
    assert restated.frame["code"].to_list()[2:] == ["R0A", "R0A"]


# --- names of columns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["code", "day", "code"], ["code", "day", "x", "x", "x"], ["code", "day", 7, 7]])
@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_a_name_that_comes_twice_is_named(crosswalk: nhs.Crosswalk, library: str, names: list[Any]) -> None:
    """Whether it is asked for or stands beside: nobody can say which of the columns is meant."""
    if library == "pandas":
        frame: Any = pd.DataFrame([["2016-05"] * len(names)], columns=names)
    else:
        frame = pa.Table.from_arrays([pa.array(["2016-05"])] * len(names), names=list(map(str, names)))
    error = refused(crosswalk, frame, values=())
    assert error.column == str(names[-1])
    assert str(error) == f"Column {error.column!r} comes twice. Give each column a name of its own"


# --- codes ------------------------------------------------------------------------------------------------------------

OBJECTS: dict[str, Any] = {
    "pandas": lambda codes: pd.DataFrame(TABLE).assign(code=pd.Series(codes, dtype=object)),
    "pandas categories": lambda codes: pd.DataFrame(TABLE).assign(
        code=pd.Categorical(codes, categories=[*dict.fromkeys(codes), b"unused"])
    ),
    "polars": lambda codes: pl.DataFrame({**TABLE, "code": pl.Series(codes, dtype=pl.Object)}),
}


@pytest.mark.parametrize("kind", OBJECTS)
@pytest.mark.parametrize(
    ("codes", "rows", "what"),
    [
        ([b"RM2", "RW6", b"XYZ"], (0, 2), "bytes"),
        (["RM2", True, "XYZ"], (1,), "bool"),
        (["RM2", "RW6", ("XYZ",)], (2,), "tuple"),
        (["RM2", np.bool_(1), b"XYZ"], (1, 2), "bool, bytes"),
    ],
    ids=["bytes", "truth values", "tuples", "several"],
)
@pytest.mark.parametrize("by", [None, "day"])
def test_objects_that_are_no_codes_are_named_with_their_rows(
    crosswalk: nhs.Crosswalk, kind: str, codes: list[Any], rows: tuple[int, ...], what: str, by: str | None
) -> None:
    """Bytes, truth values and whatever else can be no code would be unknown, every one: they are refused."""
    error = refused(crosswalk, OBJECTS[kind](codes), by=by)
    assert (error.column, error.rows) == ("code", rows)
    assert what in error.why
    assert ("decode" in error.todo) is ("bytes" in what)


@pytest.mark.parametrize("kind", EACH)
def test_bytes_are_no_codes(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Nor is a column of nothing but bytes, whatever library holds it."""
    error = refused(crosswalk, KINDS[kind]({**TABLE, "code": [b"RM2", b"RW6", b"XYZ"]}))
    assert error.column == "code"
    assert "no code" in error.why or "not texts" in error.why


@pytest.mark.parametrize("kind", OBJECTS)
def test_objects_that_were_codes_are_judged_one_by_one(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Numbers and days among codes are damaged, with what they may have been; texts are what they are."""
    report = crosswalk.apply(OBJECTS[kind]([50.0, date(2026, 6, 1), "RM2"]), **ASKED).report
    assert {line.value: line.suggestions[0] for line in report.damaged} == {50.0: "050", date(2026, 6, 1): "JUN01"}
    assert report.matched() == pytest.approx(1 / 3)


# --- figures ----------------------------------------------------------------------------------------------------------

INFINITE: dict[str, list[float]] = {
    "one": [1.0, float("inf"), 4.0],
    "both signs": [float("inf"), 2.0, float("-inf")],
    "beside a missing one": [float("nan"), float("-inf"), 4.0],
}


@pytest.mark.parametrize("kind", IN_MEMORY)
@pytest.mark.parametrize("figures", INFINITE)
@pytest.mark.parametrize("asked", [{}, {"by": "day"}, {"how": "rate", "denominator": "of"}], ids=["rows", "by", "rate"])
def test_an_infinite_figure_is_refused_with_its_rows(
    crosswalk: nhs.Crosswalk, kind: str, figures: str, asked: dict[str, Any]
) -> None:
    """Nothing is counted without end: it came of a division by zero, or of too large a number, and spoils every sum."""
    table = {**TABLE, "n": INFINITE[figures], "of": [1.0] * 3}
    error = refused(crosswalk, KINDS[kind](table), **asked)
    wrong = tuple(row for row, figure in enumerate(INFINITE[figures]) if abs(figure) == float("inf"))
    assert (error.column, error.rows) == ("n", wrong)
    assert "infinite" in error.why


@pytest.mark.parametrize("kind", IN_MEMORY)
def test_figures_too_large_for_a_sum_are_no_infinite_ones(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Each is a number: they are carried, and the report says that their sum is none."""
    _has_no_total(crosswalk.apply(KINDS[kind]({**TABLE, "code": ["RM2"] * 3, "n": [1e308] * 3}), **ASKED).report)


def _has_no_total(report: nhs.MatchReport) -> None:
    told = "n: no total, since a figure is infinite or the sum too large"
    lines = str(report).splitlines()
    assert told in lines
    assert not [line for line in lines if line.startswith("n: total")]
    assert f"<p>{told}</p>" in report._repr_html_()
    assert report.matched("n") is None
    assert report.matched() is not None
    assert not [name for name in ("NaN", "Infinity") if name in report.to_json()]


@pytest.mark.parametrize("kind", PLANS)
@pytest.mark.parametrize("figures", INFINITE)
def test_a_plan_carries_infinite_figures_and_its_report_says_so(
    crosswalk: nhs.Crosswalk, kind: str, figures: str
) -> None:
    """Before it runs nobody can know; the total is told to be none, in the text, on the page and as JSON."""
    restated = crosswalk.apply(KINDS[kind]({**TABLE, "n": INFINITE[figures]}), **ASKED)
    assert float("inf") in {abs(row["n"]) for row in rows_of(restated.frame) if row["n"] is not None}
    _has_no_total(restated.report)


# --- reports ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
def test_where_all_rows_are_aggregates_there_is_no_share_without_them(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """The share of what is left without pseudo codes is not printed where nothing is left."""
    report = crosswalk.apply(KINDS[kind]({**TABLE, "code": ["ENG", "-", "Total"]}), **ASKED).report
    assert str(report).splitlines()[:2] == [
        "Restated to 2026-04-01: 3 rows, 0.0% with a target",
        "n: total 7, 0.0% with a target, 0.0% approximate",
    ]
    assert "without pseudo codes" not in report._repr_html_()


def test_dates_of_a_check_are_read_alike() -> None:
    """What `apply` reads of a whole number and of an empty text, `check_codes` does too."""
    numbers, texts = (
        nhs.check_codes(pl.Series(["RM2", "RW6", "RM2"]), on=pl.Series(days))
        for days in ([201605, None, 201803], ["2016-05", "", "2018-03"])
    )
    assert str(numbers) == str(texts)
    assert "RM2" in str(numbers)
