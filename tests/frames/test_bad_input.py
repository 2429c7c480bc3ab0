"""What people's frames really hold: each is restated right, or refused by an error that names column and rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames_of import KINDS, rows_of

import nhs_orgs as nhs
from nhs_orgs.errors import InvalidFrame, UnmappedCodes

IN_MEMORY = ["pandas", "pandas Arrow", "polars", "pyarrow"]
TABLE: dict[str, list[Any]] = {"code": ["RM2", "RW6", "XYZ"], "day": [date(2016, 5, 1)] * 3, "n": [1.0, 2.0, 4.0]}


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Trusts to 2026, divided."""
    return nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")


def _refused(crosswalk: nhs.Crosswalk, frame: Any, **asked: Any) -> InvalidFrame:  # noqa: ANN401
    question = {"code": "code", **({} if "vintage" in asked else {"on": "day"}), **asked}
    with pytest.raises(InvalidFrame) as caught:
        crosswalk.apply(frame, **question)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("asked", "column"), [({"code": "x"}, "x"), ({"on": "x"}, "x"), ({"values": "x"}, "x")])
def test_a_missing_column_is_named(crosswalk: nhs.Crosswalk, kind: str, asked: dict[str, str], column: str) -> None:
    """The error names the column that is not there, and those that are."""
    error = _refused(crosswalk, KINDS[kind](TABLE), **asked)
    assert error.column == column
    assert "'code', 'day', 'n'" in str(error)


def test_what_is_no_frame_is_refused(crosswalk: nhs.Crosswalk) -> None:
    """A dictionary is no data frame."""
    assert "dict" in str(_refused(crosswalk, TABLE))


def test_columns_of_one_name_are_refused(crosswalk: nhs.Crosswalk) -> None:
    """Of two columns of one name nobody can say which is meant."""
    frame = pd.DataFrame([["RM2", date(2016, 1, 1), "RM2"]], columns=["code", "day", "code"])
    assert "name of its own" in str(_refused(crosswalk, frame))


@pytest.mark.parametrize("kind", [*IN_MEMORY, "polars lazy", "duckdb"])
@pytest.mark.parametrize("name", ["status", "weight", "code_source"])
def test_nothing_of_the_caller_is_overwritten(crosswalk: nhs.Crosswalk, kind: str, name: str) -> None:
    """A column named like one of ours is refused, unless ours is given another name."""
    frame = KINDS[kind]({**TABLE, name: [1, 2, 3]})
    assert _refused(crosswalk, frame).column == name
    ours = name.removeprefix("code_")
    restated = crosswalk.apply(frame, code="code", on="day", names={ours: "ours"})
    assert {row[name] for row in rows_of(restated.frame)} == {1, 2, 3}


@pytest.mark.parametrize("kind", [*IN_MEMORY, "polars lazy", "duckdb"])
def test_codes_that_became_numbers_are_refused(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """A column of numbers has lost codes such as 5E1: it must be read again."""
    frame = KINDS[kind]({**TABLE, "code": [50, 1, 2]})
    assert "Read the column as text" in str(_refused(crosswalk, frame))


@pytest.mark.parametrize("kind", [*IN_MEMORY, "polars lazy", "duckdb"])
def test_values_that_are_no_numbers_are_refused(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Texts cannot be counted."""
    error = _refused(crosswalk, KINDS[kind]({**TABLE, "n": ["1", "2", "*"]}), values="n")
    assert error.column == "n"


def test_an_object_column_that_mixes_types_is_named_with_its_rows(crosswalk: nhs.Crosswalk) -> None:
    """A suppressed value among numbers is found by its row."""
    frame = pd.DataFrame({**TABLE, "n": [1, "*", 4.0]})
    assert _refused(crosswalk, frame, values="n").rows == (1,)


def test_an_object_column_of_codes_that_mixes_types_is_judged_value_by_value(crosswalk: nhs.Crosswalk) -> None:
    """A number among codes is damaged; the others are what they are."""
    frame = pd.DataFrame({**TABLE, "code": ["RM2", 50.0, None]})
    report = crosswalk.apply(frame, code="code", on="day").report
    assert [line.value for line in report.damaged] == [50.0, None]
    assert report.damaged[0].suggestions == ("050", "5E1", "5E001")
    assert report.rows == 3


@pytest.mark.parametrize("kind", IN_MEMORY)
@pytest.mark.parametrize("text", ["spring", "2018", "2018-13", "03/31/2018"])
def test_a_period_that_cannot_be_read_is_named_with_its_rows(crosswalk: nhs.Crosswalk, kind: str, text: str) -> None:
    """The error shows the text, its rows, and the forms that can be read; the month never comes first."""
    error = _refused(crosswalk, KINDS[kind]({**TABLE, "day": ["2018-01", text, text]}))
    assert error.rows == (1, 2)
    assert text in str(error)
    assert "2018-19" in str(error)


@pytest.mark.parametrize("kind", IN_MEMORY)
def test_a_text_that_may_be_a_month_or_a_year_is_what_the_others_are(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """2011-12 among months is December, among financial years a year; alone it is refused."""
    months, years = ({**TABLE, "day": ["2011-12", other, other]} for other in ("2013-08", "2013-14"))
    assert crosswalk.apply(KINDS[kind](months), code="code", on="day").report.rows == 3
    assert crosswalk.apply(KINDS[kind](years), code="code", on="day").report.rows == 3
    assert _refused(crosswalk, KINDS[kind]({**TABLE, "day": ["2011-12"] * 3})).rows == (0, 1, 2)


@pytest.mark.parametrize("kind", ["polars lazy", "duckdb"])
def test_a_plan_keeps_rows_whose_period_cannot_be_read(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Before it runs nobody can know; the rows are kept, unknown, and counted."""
    restated = crosswalk.apply(KINDS[kind]({**TABLE, "day": ["2016-05", "spring", None]}), code="code", on="day")
    assert restated.report.rows == 3
    assert {row["status"] for row in rows_of(restated.frame)} == {"succeeded", "unknown"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_frame_stays_empty(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """No rows are restated to no rows, with all columns."""
    frame = KINDS[kind](TABLE)
    if isinstance(frame, pd.DataFrame | pl.DataFrame | pl.LazyFrame):
        frame = frame.head(0)
    elif isinstance(frame, pa.Table):
        frame = frame.slice(0, 0)
    else:
        frame = frame.filter("false")
    restated = crosswalk.apply(frame, code="code", on="day", values="n")
    assert rows_of(restated.frame) == []
    assert restated.report.rows == 0
    assert restated.report.matched() is None
    names = nw.from_native(restated.frame).collect_schema().names()
    assert names == ["code", "day", "n", "code_source", "status", "weight", "basis", "approximate"]


def test_an_index_with_repeated_labels_is_kept(crosswalk: nhs.Crosswalk) -> None:
    """Rows of pandas keep their labels, a divided one for each part."""
    frame = pd.DataFrame(TABLE, index=["a", "a", "b"])
    restated = crosswalk.apply(frame, code="code", on="day", values="n")
    assert list(restated.frame.index) == ["a", "a", "a", "b"]
    assert list(restated.frame["code_source"]) == ["RM2", "RW6", "RW6", "XYZ"]


def _in_polars(table: dict[str, Any]) -> pl.DataFrame:
    """With the zone of the timestamps, which older polars forgets."""
    return pl.DataFrame(table, schema_overrides={"at": pl.Datetime("us", str(table["at"][0].tzinfo))})


@pytest.mark.parametrize("make", [pd.DataFrame, _in_polars, pa.table])
def test_a_timestamp_is_the_day_of_its_own_clock(crosswalk: nhs.Crosswalk, make: Any) -> None:  # noqa: ANN401
    """Half past midnight in London on the day of a merger is after it, though in Greenwich it was the day before."""
    at = datetime(2017, 10, 1, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    restated = crosswalk.apply(make({"code": ["RM2"], "at": [at]}), code="code", on="at")
    greenwich = crosswalk.apply(make({"code": ["RM2"], "at": [at.astimezone(ZoneInfo("UTC"))]}), code="code", on="at")
    assert [row["status"] for row in rows_of(restated.frame)] == ["closed-on-own-date"]
    assert [row["status"] for row in rows_of(greenwich.frame)] == ["succeeded"]


@pytest.mark.parametrize(
    "values",
    [
        pd.array([1, None, 4], dtype="Int64"),
        pd.array([1, None, 4], dtype=pd.ArrowDtype(pa.decimal128(5, 1))),
        [Decimal(1), None, Decimal(4)],
        np.array([1.0, np.nan, 4.0]),
    ],
    ids=["nullable", "Arrow decimal", "decimal objects", "NaN"],
)
def test_every_type_of_number_is_counted(crosswalk: nhs.Crosswalk, values: Any) -> None:  # noqa: ANN401
    """Nullable, decimal and missing numbers add up, and the missing stay missing."""
    frame = pd.DataFrame({**TABLE, "n": values})
    restated = crosswalk.apply(frame, code="code", on="day", values="n")
    assert restated.report.totals == {"n": 5.0}
    assert [row["n"] for row in rows_of(restated.frame)] == [1.0, None, None, 4.0]


@pytest.mark.parametrize("kind", [*IN_MEMORY, "polars lazy", "duckdb"])
def test_whole_numbers_stay_whole_where_nothing_is_divided(kind: str) -> None:
    """Without `splits="divide"` the caller's column keeps its type."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust)
    frame = KINDS[kind]({**TABLE, "n": [1, 2, 4]})
    found = [row["n"] for row in rows_of(crosswalk.apply(frame, code="code", on="day", values="n").frame)]
    assert sorted(found) == [1, 2, 4]
    assert all(isinstance(number, int) for number in found)


def test_many_unknown_codes_are_counted_once_each(crosswalk: nhs.Crosswalk) -> None:
    """A hundred thousand codes that nobody knows are a report, not a crash."""
    many = 100_000
    frame = pl.DataFrame({"code": [f"X{number:06}" for number in range(many)], "n": [1.0] * many})
    report = crosswalk.apply(frame, code="code", vintage="2018-05", values="n").report
    assert len(report.unmapped) == many
    assert report.matched("n") == 0
    with pytest.raises(UnmappedCodes) as caught:
        report.raise_for_unmapped()
    assert caught.value.rows == many


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"on": None}, "vintage="),
        ({"vintage": "2018", "on": None}, "2018-19"),
        ({"how": "rate"}, "denominator"),
        ({"how": {"n": "median"}}, "no way to restate"),
        ({"how": "category", "by": "day"}, "by="),
        ({"names": {"colour": "x"}}, "can rename"),
        ({"names": {"status": "weight"}}, "twice"),
        ({"by": "code"}, "added up by"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_do(
    crosswalk: nhs.Crosswalk, asked: dict[str, Any], words: str
) -> None:
    """Each error ends with what to say instead."""
    question = {"code": "code", "on": "day", "values": "n", **asked}
    with pytest.raises(InvalidFrame) as caught:
        crosswalk.apply(pd.DataFrame(TABLE), **question)
    assert words in str(caught.value)


@pytest.mark.parametrize("kind", [*IN_MEMORY, "polars lazy", "duckdb"])
def test_a_rate_is_weighed_by_its_denominator(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Of two trusts that merged, the rate is that of all their beds together, not the mean of two rates."""
    table: dict[str, list[Any]] = {
        "code": ["RM2", "RW3", "RW3"],
        "day": [date(2016, 5, 1)] * 3,
        "beds": [100.0, 300.0, 50.0],
    }
    frame = KINDS[kind]({**table, "rate": [0.5, 0.9, None]})
    asked: dict[str, Any] = {"values": "rate", "how": "rate", "denominator": "beds"}
    restated = crosswalk.apply(frame, code="code", on="day", by="day", **asked)
    (row,) = rows_of(restated.frame)
    assert (row["code"], row["beds"]) == ("R0A", 450.0)
    assert row["rate"] == pytest.approx(0.8)
    assert sorted(str(r["rate"]) for r in rows_of(crosswalk.apply(frame, code="code", on="day", **asked).frame)) == [
        "0.5",
        "0.9",
        "None",
    ]
