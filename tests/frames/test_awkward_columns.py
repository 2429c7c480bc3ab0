"""Columns of every awkward type and content: each is restated right, or refused by an error that names it."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames_of import ASKED, DAY, EACH, KINDS, TABLE, refused, rows_of

import nhs_orgs as nhs
from nhs_orgs.frames import blocks


def _height(frame: Any) -> int:  # noqa: ANN401
    """Rows of a frame whose days may be none of Python's."""
    opened = nw.from_native(frame)
    return len(opened.collect() if isinstance(opened, nw.LazyFrame) else opened)


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("by", [None, "day"])
def test_a_value_that_is_no_number_is_no_value(crosswalk: nhs.Crosswalk, kind: str, by: str | None) -> None:
    """NaN counts as nothing, whatever library holds it: it spoils no total and no group."""
    frame = KINDS[kind]({**TABLE, "code": ["RM2", "RW3", "RM2"], "n": [1.0, float("nan"), 4.0]})
    restated = crosswalk.apply(frame, **ASKED, by=by)
    assert restated.report.totals == {"n": 5.0}
    if by:
        assert [(row["code"], row["n"]) for row in rows_of(restated.frame)] == [("R0A", 5.0)]


@pytest.mark.parametrize("kind", EACH)
def test_negative_counts_are_counted(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Corrections below zero are divided and added up like others; of a total of zero nothing is a share."""
    restated = crosswalk.apply(KINDS[kind]({**TABLE, "n": [-3, -1, 4]}), **ASKED)
    assert sum(row["n"] for row in rows_of(restated.frame)) == pytest.approx(0)
    assert restated.report.totals == {"n": 0.0}
    assert restated.report.matched("n") is None


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize(
    "values", [[True, False, True], [[1], [2], [3]], [DAY] * 3, ["1", "2", "3"]], ids=["bool", "lists", "days", "texts"]
)
def test_what_cannot_be_counted_is_refused(crosswalk: nhs.Crosswalk, kind: str, values: list[Any]) -> None:
    """Truth values, lists, days and texts are no counts."""
    error = refused(crosswalk, KINDS[kind]({**TABLE, "n": values}))
    assert error.column == "n"
    assert "cannot be counted" in str(error)


@pytest.mark.parametrize(
    "values",
    [np.array([1j, 2, 3]), pd.to_timedelta([1, 2, 3]), pd.array([True, None, False], dtype="boolean")],
    ids=["complex", "durations", "nullable bool"],
)
def test_numbers_of_pandas_that_are_no_counts_are_refused(crosswalk: nhs.Crosswalk, values: Any) -> None:  # noqa: ANN401
    """Complex numbers, durations and truth values that may be empty are no counts either."""
    assert refused(crosswalk, pd.DataFrame(TABLE).assign(n=values)).column == "n"


@pytest.mark.parametrize(
    ("values", "rows"),
    [([[1, 2], None, 4], (0,)), ([1, np.bool_(1), True], (1, 2)), ([1, np.complex128(1), 4], (1,))],
    ids=["lists of several", "truth values of numpy", "complex numbers"],
)
def test_objects_that_are_no_counts_are_named_with_their_rows(
    crosswalk: nhs.Crosswalk, values: list[Any], rows: tuple[int, ...]
) -> None:
    """Among objects those that are no numbers are found, and empty ones are not among them."""
    error = refused(crosswalk, pd.DataFrame(TABLE).assign(n=pd.Series(values, dtype=object)))
    assert (error.column, error.rows) == ("n", rows)


def test_a_number_beyond_all_floats_is_refused(crosswalk: nhs.Crosswalk) -> None:
    """A whole number of more than 308 digits cannot be added to others."""
    error = refused(crosswalk, pd.DataFrame(TABLE).assign(n=pd.Series([10**400, 1, 2], dtype=object)))
    assert error.column == "n"


@pytest.mark.parametrize("by", [None, "day"])
@pytest.mark.parametrize(
    "values",
    [
        pd.arrays.SparseArray([1.0, 0.0, 4.0]),
        pd.Series([np.float64(1), np.int64(0), 4], dtype=object),
        pd.Series([Decimal(1), None, Decimal(4)], dtype=object),
        np.array([1, 0, 4], np.int8),
        np.array([1, 0, 4], np.uint64),
        np.array([1, 0, 4], np.float16),
        pd.array([1, 0, 4], pd.ArrowDtype(pa.float16())),
        pd.Series([Fraction(1), pd.NaT, 4], dtype=object),
    ],
    ids=["sparse", "objects", "decimals", "int8", "uint64", "float16", "Arrow float16", "fractions"],
)
def test_every_number_of_pandas_is_added_up(crosswalk: nhs.Crosswalk, values: Any, by: str | None) -> None:  # noqa: ANN401
    """Whatever the numbers are stored as, row by row and added up they make the same total."""
    restated = crosswalk.apply(pd.DataFrame(TABLE).assign(n=values), **ASKED, by=by)
    assert restated.report.totals == {"n": 5.0}
    assert sum(row["n"] or 0 for row in rows_of(restated.frame)) == 5.0


@pytest.mark.parametrize("by", [None, "day"])
def test_a_column_of_arrow_without_a_type_has_no_figures(crosswalk: nhs.Crosswalk, by: str | None) -> None:
    """In pandas too: its rows are kept, and each is without a figure."""
    frame = pd.DataFrame(TABLE).assign(n=pd.array([None] * 3, pd.ArrowDtype(pa.null())))
    report = crosswalk.apply(frame, **ASKED, by=by).report
    assert (report.rows, report.totals, report.missing) == (3, {"n": 0.0}, {"n": 3})


def test_short_floats_of_pandas_make_groups(crosswalk: nhs.Crosswalk) -> None:
    """Numbers of two bytes, by which pandas does not group, are added up by."""
    frame = pd.DataFrame(TABLE).assign(code="RM2", of=np.array([1, np.nan, 1], np.float16))
    rows = rows_of(crosswalk.apply(frame, **ASKED, by="of").frame)
    assert sorted((row["of"] or 0, row["n"]) for row in rows) == [(0, 2.0), (1, 5.0)]


@pytest.mark.parametrize("how", ["count", "rate"])
def test_short_floats_of_pyarrow_are_added_up(crosswalk: nhs.Crosswalk, how: str) -> None:
    """Numbers of two bytes, of which pyarrow has no sums, make the total that they are; NaN and empty ones are none."""
    floats = pa.array(np.array([1, np.nan, 4], np.float16))
    table = pa.table({"code": ["R0A"] * 3, "n": floats, "of": [1, 1, 3]})
    restated = crosswalk.apply(table, code="code", vintage="2024-05-01", values="n", by=[], how=how, denominator="of")
    assert [row["n"] for row in rows_of(restated.frame)] == [5.0 if how == "count" else 3.25]


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("splits", ["refuse", "divide"])
def test_small_whole_numbers_do_not_overflow(kind: str, splits: str) -> None:
    """Two hundred times a hundred is twenty thousand, though each number fits in a byte."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits=splits)
    table = pa.table({"code": ["RM2"] * 200, "day": [DAY] * 200, "n": pa.array([100] * 200, pa.int8())})
    frames = {
        "pandas": table.to_pandas,
        "pandas Arrow": lambda: table.to_pandas(types_mapper=pd.ArrowDtype),
        "polars": lambda: pl.DataFrame(table),
        "polars lazy": lambda: pl.DataFrame(table).lazy(),
        "pyarrow": lambda: table,
        "duckdb": lambda: duckdb.from_arrow(table),
    }
    restated = crosswalk.apply(frames[kind](), **ASKED, by="day")
    assert [row["n"] for row in rows_of(restated.frame)] == [20_000]
    assert restated.report.totals == {"n": 20_000.0}


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("make", [date, datetime], ids=["days", "timestamps"])
def test_the_first_and_the_last_day_there_are(crosswalk: nhs.Crosswalk, kind: str, make: type[date]) -> None:
    """Filler dates such as 0001-01-01 and 9999-12-31 are days like others: before the code opened, after it closed."""
    days = [make(1, 1, 1), make(9999, 12, 31), make(2016, 5, 1)]
    restated = crosswalk.apply(KINDS[kind]({**TABLE, "code": ["RM2", "RM2", "R0A"], "day": days}), **ASKED)
    found = sorted((row["n"], row["code"], row["status"]) for row in rows_of(restated.frame))
    assert found == [(1.0, None, "not-yet-open"), (2.0, "R0A", "closed-on-own-date"), (4.0, None, "not-yet-open")]
    assert restated.report.rows == 3
    assert restated.report.double_counts == ()


def _outside() -> dict[str, Any]:
    days = pl.DataFrame({**TABLE, "day": [3_000_000, -1_000_000, 16_922]}).with_columns(pl.col("day").cast(pl.Date))
    query = """
        SELECT * FROM (VALUES ('RM2', 'infinity'::DATE, 1.0), ('RW6', '0044-03-15 (BC)'::DATE, 2.0),
        ('XYZ', '2016-05-01'::DATE, 4.0)) AS found(code, day, n)
    """
    return {
        "polars": days,
        "polars lazy": days.lazy(),
        "polars timestamps": days.lazy().with_columns(pl.col("day").cast(pl.Datetime)),
        "pyarrow": days.to_arrow(),
        "duckdb": duckdb.query(query),
    }


@pytest.mark.parametrize("kind", _outside())
def test_days_outside_the_calendar_lose_no_row(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Days before the year 1 and after 9999, that engines have and Python has not, keep their rows and are counted."""
    restated = crosswalk.apply(_outside()[kind], **ASKED)
    assert _height(restated.frame) == 3
    report = restated.report
    assert report.rows == 3
    assert report.totals == {"n": 7.0}
    assert {line.name for line in report.statuses} == {"closed-on-own-date", "not-yet-open", "unknown"}
    assert report.double_counts == ()


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_an_empty_timestamp_of_pandas_is_no_date(crosswalk: nhs.Crosswalk, unit: str) -> None:
    """However fine its clock: counted in nanoseconds, what stands for no date would be one of the year 1677."""
    days = pd.Series([DAY, None, DAY]).astype(f"datetime64[{unit}]")
    restated = crosswalk.apply(pd.DataFrame(TABLE).assign(code="RM2", day=days), **ASKED)
    assert [row["status"] for row in rows_of(restated.frame)] == ["succeeded", "unknown", "succeeded"]
    assert restated.report.undated == 1


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("days", [[201605.0] * 3, [[1], [2], [3]]], ids=["floats", "lists"])
def test_what_can_be_no_day_is_refused(crosswalk: nhs.Crosswalk, kind: str, days: list[Any]) -> None:
    """A number that is not a whole one is no day, nor is a list; the error tells what to make of them."""
    error = refused(crosswalk, KINDS[kind]({**TABLE, "day": days}))
    assert error.column == "day"
    assert "is no date" in str(error)
    assert "Make dates of it, whole numbers such as 201508, or texts" in error.todo


@pytest.mark.parametrize(
    ("freq", "closed"), [("D", True), ("M", True), ("W", True), ("Q", True), ("Y", False), ("h", True)]
)
def test_periods_of_pandas_are_periods(crosswalk: nhs.Crosswalk, freq: str, closed: bool) -> None:  # noqa: FBT001
    """A period that the trust was open in part of is not late; one that begins after its end is."""
    days = pd.PeriodIndex(pd.to_datetime(["2017-11-15"] * 3), freq=freq)
    found = rows_of(crosswalk.apply(pd.DataFrame(TABLE).assign(code=["RM2"] * 3, day=days), **ASKED).frame)
    assert {row["status"] for row in found} == {"closed-on-own-date" if closed else "succeeded"}


@pytest.mark.parametrize(
    "days",
    [pd.interval_range(pd.Timestamp("2016-01-01"), periods=3), pd.to_timedelta([1, 2, 3]), pd.Categorical([1, 2, 2])],
    ids=["intervals", "durations", "categories of numbers"],
)
def test_what_pandas_has_beside_days_is_refused_with_its_rows(crosswalk: nhs.Crosswalk, days: Any) -> None:  # noqa: ANN401
    """Intervals, durations and numbers are no days, even in a type of their own."""
    error = refused(crosswalk, pd.DataFrame(TABLE).assign(day=days))
    assert (error.column, error.rows) == ("day", (0, 1, 2))


def test_objects_of_several_kinds_are_read_one_by_one(crosswalk: nhs.Crosswalk) -> None:
    """Days, timestamps of several zones, texts and empty values may stand in one column; a number among them not."""
    mixed = [DAY, pd.Timestamp("2016-05-01"), "2016-05", datetime(2016, 5, 1, tzinfo=ZoneInfo("Europe/London")), pd.NaT]
    frame = pd.DataFrame({"code": ["RM2"] * 5, "day": pd.Series(mixed, dtype=object), "n": 1.0})
    found = rows_of(crosswalk.apply(frame, **ASKED).frame)
    assert [row["status"] for row in found] == ["succeeded"] * 4 + ["unknown"]
    error = refused(crosswalk, frame.assign(day=pd.Series([*mixed[:4], 3], dtype=object)))
    assert (error.column, error.rows) == ("day", (4,))


def test_a_timestamp_of_a_plan_is_the_day_of_its_own_clock(crosswalk: nhs.Crosswalk) -> None:
    """Half past midnight in London on the day of a merger is after it in a plan as well."""
    moment = pl.LazyFrame({"code": ["RM2"], "day": [datetime(2017, 9, 30, 23, 30, tzinfo=timezone.utc)]})
    london = moment.with_columns(pl.col("day").dt.convert_time_zone("Europe/London"))
    statuses = [rows_of(crosswalk.apply(frame, code="code", on="day").frame)[0]["status"] for frame in (moment, london)]
    assert statuses == ["succeeded", "closed-on-own-date"]


# --- codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize(
    "codes", [[True, False, True], [["RM2"], ["RW6"], ["XYZ"]], [1.0, 2.0, 3.0]], ids=["bool", "lists", "floats"]
)
def test_codes_that_are_no_texts_are_refused(crosswalk: nhs.Crosswalk, kind: str, codes: list[Any]) -> None:
    """Truth values, lists and numbers are no codes."""
    assert refused(crosswalk, KINDS[kind]({**TABLE, "code": codes})).column == "code"


TEXTS: dict[str, Any] = {
    "polars Enum": lambda: pl.DataFrame(TABLE).with_columns(pl.col("code").cast(pl.Enum(["RM2", "RW6", "XYZ", "RRE"]))),
    "polars lazy Enum": lambda: pl.LazyFrame(TABLE).with_columns(pl.col("code").cast(pl.Enum(["RM2", "RW6", "XYZ"]))),
    "polars Object": lambda: pl.DataFrame({**TABLE, "code": pl.Series(TABLE["code"], dtype=pl.Object)}),
    "pandas categories, one unused": lambda: pd.DataFrame(TABLE).assign(
        code=pd.Categorical(TABLE["code"], categories=["AAA", "XYZ", "RW6", "RM2"])
    ),
    "pandas string": lambda: pd.DataFrame(TABLE).astype({"code": "string"}),
    "pyarrow large_string": lambda: pa.table({**TABLE, "code": pa.array(TABLE["code"], pa.large_string())}),
    "pyarrow string_view": lambda: pa.table({**TABLE, "code": pa.array(TABLE["code"], pa.string_view())}),
    "duckdb ENUM": lambda: duckdb.query(
        "SELECT code::ENUM('RM2', 'RW6', 'XYZ') AS code, DATE '2016-05-01' AS day, n "
        "FROM (VALUES ('RM2', 1.0), ('RW6', 2.0), ('XYZ', 4.0)) AS found(code, n)"
    ),
}


if int(pa.__version__.partition(".")[0]) < 19:  # which cannot make texts of views of texts
    del TEXTS["pyarrow string_view"]


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("by", [None, "day"])
def test_every_type_of_text_holds_codes(crosswalk: nhs.Crosswalk, kind: str, by: str | None) -> None:
    """Enumerations, categories with unused ones, objects and every string of pyarrow give the same answer."""
    restated = crosswalk.apply(TEXTS[kind](), **ASKED, by=by)
    found = sorted((row["code"] or "", round(float(row["n"]), 4)) for row in rows_of(restated.frame))
    parts = [("R0A", 0.7706), ("R0A", 1.0)] if by is None else [("R0A", 1.7706)]
    assert found == [("", 4.0), *parts, ("RM3", 1.2294)]
    assert restated.report.rows == 3


def _dictionaries(*dictionaries: list[str | None]) -> pa.ChunkedArray:
    """A chunk for each dictionary, of all that it holds, numbered by one byte."""
    numbers = (pa.array(np.arange(len(values), dtype=np.int8)) for values in dictionaries)
    chunks = map(pa.DictionaryArray.from_arrays, numbers, map(pa.array, dictionaries))
    return pa.chunked_array(list(chunks))


@pytest.mark.parametrize("by", [None, "day"])
@pytest.mark.parametrize(
    "dictionaries",
    [
        [["RM2", None], ["RW6", "RM2"]],
        [["RM2", *(f"X{at:02}" for at in range(99))], ["RW6", *(f"Y{at:02}" for at in range(99))]],
    ],
    ids=["an empty value", "more than a byte counts"],
)
def test_dictionaries_of_pyarrow_that_do_not_go_together_are_texts(
    crosswalk: nhs.Crosswalk, dictionaries: list[list[str | None]], by: str | None
) -> None:
    """Chunks of which pyarrow makes no common dictionary are restated as the texts that they hold."""
    codes = _dictionaries(*dictionaries)
    many = len(codes)
    table = pa.table({"code": codes, "day": [DAY] * many, "n": [1.0] * many})
    texts = table.set_column(0, "code", pa.array(codes.to_pylist()))
    as_they_are, as_texts = (crosswalk.apply(one, **ASKED, by=by) for one in (table, texts))
    assert as_they_are.frame.to_pylist() == as_texts.frame.to_pylist()
    assert as_they_are.report.to_json() == as_texts.report.to_json()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("longest", ["12345678", "123456789"])
def test_a_code_and_what_looks_like_it_are_told_apart(crosswalk: nhs.Crosswalk, kind: str, longest: str) -> None:
    """A code with a zero byte or more letters behind it is another text; each row keeps its own, of any length."""
    codes = ["RM2", "RM2\0", "RM2\N{LATIN SMALL LETTER Y WITH DIAERESIS}", "RM2X", "", None, longest, "RM2"]
    table: dict[str, list[Any]] = {
        "code": codes,
        "day": [DAY] * len(codes),
        "n": [float(at) for at in range(len(codes))],
    }
    rows = rows_of(crosswalk.apply(KINDS[kind](table), **ASKED).frame)
    assert {row["n"]: row["code_source"] for row in rows} == dict(enumerate(codes))
    assert {row["n"] for row in rows if row["code"] == "R0A"} == {0.0, 7.0}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"polars lazy", "duckdb"}])
def test_rows_shared_out_among_processors_come_in_order(
    crosswalk: nhs.Crosswalk, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table restated in shares is the one restated at once, row by row, and so is its report."""
    codes = ["RM2", "RW6", None, "XYZ", "R0A"] * 3
    table: dict[str, list[Any]] = {
        "code": codes,
        "day": [DAY] * len(codes),
        "n": [float(at) for at in range(len(codes))],
    }
    at_once = crosswalk.apply(KINDS[kind](table), **ASKED)
    monkeypatch.setattr(blocks, "_SHARE", 2)
    monkeypatch.setattr(blocks, "_processors", lambda: 4)
    in_shares = crosswalk.apply(KINDS[kind](table), **ASKED)
    assert rows_of(in_shares.frame) == rows_of(at_once.frame)
    assert in_shares.report.to_json() == at_once.report.to_json()


@pytest.mark.skipif(not hasattr(pl, "Categories"), reason="this polars is such an older one")
def test_a_plan_of_an_older_polars_has_the_same_words(crosswalk: nhs.Crosswalk) -> None:
    """Where each column of polars has categories of its own, the words of a plan are made last, and are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(pl, "Categories")
        older = crosswalk.apply(pl.LazyFrame(TABLE), **ASKED).frame
    now = crosswalk.apply(pl.LazyFrame(TABLE), **ASKED).frame
    assert older.explain() != now.explain()
    assert older.collect().sort("n").equals(now.collect().sort("n"))
    assert older.collect_schema() == now.collect_schema()


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table, pd.DataFrame], ids=["polars", "pyarrow", "pandas"])
@pytest.mark.parametrize("column", ["code", "day", "n"])
def test_a_column_of_nothing_at_all_is_counted(crosswalk: nhs.Crosswalk, make: Any, column: str) -> None:  # noqa: ANN401
    """A column of no type, all empty, keeps its rows: no code, no date, or nothing to count."""
    restated = crosswalk.apply(make({**TABLE, column: [None, None, None]}), **ASKED)
    report = restated.report
    assert report.rows == 3
    assert report.totals == {"n": 0.0 if column == "n" else 7.0}
    lost = {"code": {"damaged"}, "day": {"unknown"}, "n": {"succeeded", "divided", "unknown"}}
    assert {line.name for line in report.statuses} == lost[column]


@pytest.mark.parametrize(
    ("kind", "column"),
    # An empty column is one of whole numbers to DuckDB before 2.0, which may be figures or dates.
    [*(("polars lazy", column) for column in ("code", "day", "n")), ("duckdb", "code")],
)
def test_a_column_of_nothing_at_all_in_a_plan_is_named(crosswalk: nhs.Crosswalk, kind: str, column: str) -> None:
    """A plan cannot look whether a column of no type is empty: it asks for a type."""
    assert refused(crosswalk, KINDS[kind]({**TABLE, column: [None, None, None]})).column == column


def test_strange_texts_are_unknown_and_nothing_breaks(crosswalk: nhs.Crosswalk) -> None:
    """Texts of any length and script are no codes; full-width letters are not the letters that they look like."""
    codes = ["R" * 100_000, "\N{HOSPITAL}", "\uff32\uff2d\uff12", "RM2\0", "RM2; DROP TABLE", "<b>RM2</b>", "'RM2"]
    report = crosswalk.apply(pd.DataFrame({"code": codes}), code="code", vintage="2016-05").report
    assert report.rows == len(codes)
    assert report.matched() == 0
    assert {line.name for line in report.statuses} <= {"unknown", "damaged"}
