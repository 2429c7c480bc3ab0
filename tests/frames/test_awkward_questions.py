"""Frames and questions of every awkward shape: the input is never changed, and what cannot be asked is told plainly."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import narwhals
import narwhals.exceptions
import narwhals.stable.v1
import narwhals.stable.v2
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames_of import ASKED, DAY, EACH, KINDS, TABLE, refused, rows_of

import nhs_orgs as nhs

# --- names of columns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("name", ["nhs_orgs cell", "nhs_orgs key", "nhs_orgs last", "NHS_orgs text"])
@pytest.mark.parametrize("by", [None, "day"])
def test_columns_named_like_those_inside_are_refused(
    crosswalk: nhs.Crosswalk, kind: str, name: str, by: str | None
) -> None:
    """A column that would meet one of those a plan works with, and lose rows by it, is named."""
    error = refused(crosswalk, KINDS[kind]({**TABLE, name: [1, 2, 3]}), by=by)
    assert error.column == name
    assert "Rename it" in str(error)


@pytest.mark.parametrize("name", ["Status", "CODE_SOURCE", "Weight"])
def test_an_engine_without_capitals_overwrites_nothing(crosswalk: nhs.Crosswalk, name: str) -> None:
    """To DuckDB Status and status are one column: the caller's is not hidden by ours. Elsewhere they are two."""
    table = {**TABLE, name: [1, 2, 3]}
    assert refused(crosswalk, KINDS["duckdb"](table)).column == name
    assert {row[name] for row in rows_of(crosswalk.apply(KINDS["polars"](table), **ASKED).frame)} == {1, 2, 3}


def test_columns_of_one_name_in_a_query_are_refused(crosswalk: nhs.Crosswalk) -> None:
    """DuckDB lets two columns have one name; nobody can say which is meant."""
    query = "SELECT 'RM2' AS code, DATE '2016-05-01' AS day, 1.0 AS n, 2.0 AS n"
    assert refused(crosswalk, duckdb.query(query)).column == "n"


def test_names_that_are_no_texts_are_refused(crosswalk: nhs.Crosswalk) -> None:
    """Numbers and tuples, as of no header row or of two, cannot be asked for; beside others they are let be."""
    bare = pd.DataFrame(TABLE).set_axis([0, 1, 2], axis=1)
    two_rows = pd.DataFrame(TABLE).set_axis(
        pd.MultiIndex.from_tuples([("a", "code"), ("a", "day"), ("b", "n")]), axis=1
    )
    assert "frame.columns.map(str)" in str(refused(crosswalk, bare, code=0, on=1, values=[2]))
    assert "('a', 'code')" in str(refused(crosswalk, two_rows, code=("a", "code")))
    assert refused(crosswalk, two_rows).column == "code"
    beside = pd.concat([pd.DataFrame(TABLE), pd.Series([1, 2, 3], name=7)], axis=1)
    assert crosswalk.apply(beside, **ASKED).frame[7].tolist() == [1, 2, 2, 3]


def test_names_with_quotes_and_blanks_are_names(crosswalk: nhs.Crosswalk) -> None:
    """Quotes, blanks and no letters at all are passed on as they are, to SQL too."""
    table: dict[str, list[Any]] = {'co"de': ["RM2"], "d ay": [DAY], "n'": [2.0], "": [1]}
    for kind in ("pandas", "polars", "polars lazy", "pyarrow"):
        restated = crosswalk.apply(KINDS[kind](_first(table)), code='co"de', on="d ay", values="n'", by="d ay")
        assert [(row['co"de'], row["n'"]) for row in rows_of(restated.frame)] == [("R0A", 2.0)]
    query = duckdb.query("""SELECT 'RM2' AS "co""de", DATE '2016-05-01' AS "d ay", 2.0 AS "n'" """)
    asked: dict[str, Any] = {"code": 'co"de', "on": "d ay", "values": "n'", "by": "d ay"}
    if int(duckdb.__version__.partition(".")[0]) < 2:  # from which on a name may be anything
        with pytest.raises(duckdb.ParserException, match=r'co"de|quote'):
            crosswalk.apply(query, **asked)
        return
    restated = crosswalk.apply(query, **asked)
    assert [(row['co"de'], row["n'"]) for row in rows_of(restated.frame)] == [("R0A", 2.0)]


def _first(table: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """As it is: its first column is the one of codes."""
    return table


# --- what is asked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"values": 3}, "values="),
        ({"values": None}, "values="),
        ({"values": ["n", ["n"]]}, "values="),
        ({"by": 3}, "by="),
        ({"code": None}, "code="),
        ({"code": ["code"]}, "code="),
        ({"on": ["day"]}, "on="),
        ({"how": "rate", "denominator": 7}, "denominator="),
        ({"names": ["status"]}, "new names by old ones"),
        ({"names": {"status": 3}}, "Give another text"),
        ({"names": {"status": ""}}, "Give another text"),
        ({"names": {"status": "nhs_orgs status"}}, "Give another text"),
        ({"names": {"status": "code"}}, "nothing is overwritten"),
        ({"names": {"status": "code_source"}}, "twice"),
        ({"by": ["day"], "names": {"status": "day"}}, "nothing is overwritten"),
        ({"by": "n"}, "added up by"),
        ({"by": "x"}, "is not in the frame"),
        ({"code": "day"}, "something else too"),
        ({"values": ["code"]}, "something else too"),
        ({"values": ["code"], "how": "category"}, "something else too"),
        ({"how": "rate", "denominator": "x"}, "is not in the frame"),
        ({"how": "rate", "denominator": "n"}, "denominator"),
        ({"on": None, "vintage": "2011-12"}, "2011/12"),
    ],
)
@pytest.mark.parametrize("kind", ["pandas", "polars lazy"])
def test_a_question_that_makes_no_sense_is_told(
    crosswalk: nhs.Crosswalk, kind: str, asked: dict[str, Any], words: str
) -> None:
    """Whatever is given for a name, the error says what it was given for."""
    assert words in str(refused(crosswalk, KINDS[kind](TABLE), **asked))


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("values", [[], (), {"n": 1}.keys(), {"n"}, ["n", "n"], iter(["n"])])
def test_columns_of_values_may_be_listed_in_any_way(crosswalk: nhs.Crosswalk, kind: str, values: Any) -> None:  # noqa: ANN401
    """None, one, one twice, a set or something that can be looped over once."""
    listed = list(values)
    restated = crosswalk.apply(KINDS[kind](TABLE), code="code", on="day", values=listed and iter(listed))
    assert restated.report.totals == ({"n": 7.0} if listed else {})
    assert restated.report.rows == 3


@pytest.mark.parametrize("kind", EACH)
def test_nothing_to_add_up_by_is_one_row_for_each_target(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """An empty `by` is not the same as none: all rows of a target become one."""
    found = {
        row["code"]: round(row["n"], 4) for row in rows_of(crosswalk.apply(KINDS[kind](TABLE), **ASKED, by=[]).frame)
    }
    assert found == {"R0A": 1.7706, "RM3": 1.2294, None: 4.0}
    bare = crosswalk.apply(KINDS[kind](TABLE), code="code", on="day", by=["day"])
    assert sorted(str(row["code"]) for row in rows_of(bare.frame)) == ["None", "R0A", "RM3"]


@pytest.mark.parametrize("kind", EACH)
def test_an_empty_value_to_add_up_by_is_a_group(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """Rows whose column of `by` is empty are not dropped: they are a group of their own."""
    table: dict[str, list[Any]] = {**TABLE, "code": ["RM2"] * 3, "sex": ["F", None, None]}
    restated = crosswalk.apply(KINDS[kind](table), **ASKED, by="sex")
    assert {row["sex"]: row["n"] for row in rows_of(restated.frame)} == {"F": 1.0, None: 6.0}


@pytest.mark.parametrize("kind", EACH)
def test_lists_cannot_be_added_up_by(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """A column of lists is carried along, but makes no groups."""
    frame = KINDS[kind]({**TABLE, "some": [[1], [2], [3]]})
    assert len(rows_of(crosswalk.apply(frame, **ASKED).frame)) == 4
    assert refused(crosswalk, frame, by="some").column == "some"


@pytest.mark.parametrize("kind", EACH)
def test_a_group_is_as_sure_as_its_weakest_link(kind: str) -> None:
    """Of several bases the one that was chosen last is named, not the last by the alphabet."""
    own: dict[tuple[str, str], float] = {("RW6", "R0A"): 0.5, ("RW6", "RL4"): 0.5}
    table: dict[str, list[Any]] = {
        "code": ["RJD", "RW6", "RM2", "XYZ"],
        "day": [date(2014, 3, 1)] * 4,
        "n": [1.0, 2.0, 3.0, 4.0],
    }
    orders: list[tuple[list[str | dict[tuple[str, str], float]], str]] = [
        (["beds", own], "own table"),
        ([own, "beds"], "beds"),
    ]
    for order, weakest in orders:
        crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide", basis=order)
        found = rows_of(crosswalk.apply(KINDS[kind](table), **ASKED, by="day").frame)
        assert {row["code"]: row["basis"] for row in found} == {
            "RJE": "beds", "RL4": weakest, "R0A": "own table", None: None,
        }  # fmt: skip


# --- frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what",
    [None, "figures.csv", 3, [1, 2], pd.Series(["RM2"]), pl.Series(["RM2"]), pa.chunked_array([["RM2"]])],
    ids=["None", "a path", "a number", "a list", "pandas Series", "polars Series", "pyarrow column"],
)
def test_what_is_no_frame_is_named(crosswalk: nhs.Crosswalk, what: object) -> None:
    """The error says what it was."""
    error = refused(crosswalk, what)
    assert type(what).__name__ in str(error)
    assert "pandas, polars, pyarrow, DuckDB or PySpark" in str(error)


@pytest.mark.parametrize("wrap", [narwhals, narwhals.stable.v1, narwhals.stable.v2], ids=["main", "v1", "v2"])
@pytest.mark.parametrize("kind", ["pandas", "polars", "polars lazy", "duckdb"])
def test_frames_of_narwhals_are_frames(crosswalk: nhs.Crosswalk, wrap: Any, kind: str) -> None:  # noqa: ANN401
    """A frame that is wrapped already is restated; what comes back is of the library inside."""
    native = KINDS[kind](TABLE)
    restated = crosswalk.apply(wrap.from_native(native), **ASKED)
    assert type(restated.frame) is type(native)
    assert len(rows_of(restated.frame)) == 4


def test_a_frame_without_columns_is_told_so(crosswalk: nhs.Crosswalk) -> None:
    """The error says that there are none."""
    for frame in (pd.DataFrame(), pl.DataFrame()):
        assert "It has no columns" in str(refused(crosswalk, frame))


def test_an_index_of_any_kind_is_kept_and_is_no_column(crosswalk: nhs.Crosswalk) -> None:
    """Indexes of pandas may be named like a column or one of ours, have several levels, and repeat themselves."""
    two = pd.MultiIndex.from_tuples([(1, 2), (1, 2), (3, 4)], names=["code", "status"])
    assert list(crosswalk.apply(pd.DataFrame(TABLE, index=two), **ASKED).frame.index) == [
        (1, 2),
        (1, 2),
        (1, 2),
        (3, 4),
    ]
    for name in ("code", "status", "nhs_orgs cell"):
        frame = pd.DataFrame(TABLE, index=[0, 0, 0]).rename_axis(name)
        found = rows_of(crosswalk.apply(frame, **ASKED, by="day").frame)
        assert {row["code"]: round(row["n"], 4) for row in found} == {"R0A": 1.7706, "RM3": 1.2294, None: 4.0}


def test_a_plan_that_fails_fails_with_its_own_error(crosswalk: nhs.Crosswalk) -> None:
    """What is wrong with the caller's own plan is told by its engine, in its words, and when the engine finds it."""
    with pytest.raises(narwhals.exceptions.ColumnNotFoundError, match="nowhere"):
        crosswalk.apply(pl.LazyFrame(TABLE).select("nowhere"), **ASKED)
    late = (
        pl.LazyFrame(TABLE).with_columns(pl.col("n").cast(pl.String) + "x").with_columns(pl.col("n").cast(pl.Float64))
    )
    restated = crosswalk.apply(late, **ASKED)
    with pytest.raises(pl.exceptions.InvalidOperationError):
        restated.frame.collect()
    with pytest.raises(narwhals.exceptions.InvalidOperationError):
        _ = restated.report.rows


@pytest.mark.parametrize("by", [None, "day"])
@pytest.mark.parametrize("splits", ["refuse", "divide", "main"])
def test_the_input_stays_as_it_was(splits: str, by: str | None) -> None:
    """Frames of pandas, with objects and categories, have the same columns, types and values after as before."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits=splits)
    frames = [
        pd.DataFrame(TABLE),
        pd.DataFrame(TABLE).astype({"code": "category"}),
        pd.DataFrame(TABLE, dtype=object).astype({"n": float}),
        pa.table(TABLE).to_pandas(types_mapper=pd.ArrowDtype),
    ]
    for frame in frames:
        before = frame.copy(deep=True)
        restated = crosswalk.apply(frame, **ASKED, by=by)
        restated.frame["n"] = -1.0
        pd.testing.assert_frame_equal(frame, before)


def test_what_a_restated_frame_of_pandas_gets_is_its_own(crosswalk: nhs.Crosswalk) -> None:
    """Writing into the restated frame does not reach the caller's, though columns that stay are not copied."""
    frame = pd.DataFrame({**TABLE, "other": [1, 2, 3]})
    restated = crosswalk.apply(frame, code="code", on="day").frame
    restated.loc[:, "other"] = 0
    assert frame["other"].tolist() == [1, 2, 3]


# --- order ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"polars lazy", "duckdb"}])
def test_groups_come_in_the_order_of_their_first_rows(crosswalk: nhs.Crosswalk, kind: str) -> None:
    """A frame in memory gives the same order each time, whatever the threads of its engine do."""
    table: dict[str, list[Any]] = {
        "code": ["RW6", "XYZ", "RM2", "RM3"] * 500,
        "day": [DAY] * 2_000,
        "group": [*"ba"] * 1_000,
        "n": [1.0] * 2_000,
    }
    found = rows_of(crosswalk.apply(KINDS[kind](table), **ASKED, by="group").frame)
    assert [(row["group"], row["code"]) for row in found] == [("b", "R0A"), ("b", "RM3"), ("a", None), ("a", "RM3")]
