"""PySpark, in local mode: the same rows as in memory, by a plan of broadcast joins without a function of Python."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frames_of import rows_of
from sql_engines import spark_session

import nhs_orgs as nhs

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed")
if shutil.which("java") is None:
    pytest.skip("no Java: PySpark cannot start", allow_module_level=True)

pytestmark = [
    pytest.mark.slow,
    # Of Spark's own sessions, which hold a socket until the interpreter ends.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

TABLE: dict[str, list[Any]] = {
    "code": ["RRE", "r1e ", "RW6", "RW6", "NAN", "5.00E+01", None, "RD3", "R0D", "R0D", "XYZ"],
    "day": [
        *[date(2018, 3, 1)] * 3,
        date(2021, 6, 1),
        *[date(2018, 3, 1)] * 3,
        *[date(2021, 3, 1)] * 2,
        None,
        date(2018, 1, 1),
    ],
    "period": [
        "Mar-18",
        "RTT-April-2018",
        "Q4 2017/18",
        "30/06/2021",
        "2018-03",
        "1 march 2018",
        "20180331",
        *["2021-03"] * 2,
        None,
        "spring",
    ],
    "n": [float(number) for number in range(1, 12)],
}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A session on this machine."""
    with spark_session({}) as made:
        yield made


@pytest.fixture(scope="module")
def frame(session: Any) -> Any:  # noqa: ANN401
    """The table as Spark has it."""
    rows = list(zip(*TABLE.values(), strict=True))
    return session.createDataFrame(rows, "code string, day date, period string, n double")


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Trusts to 2026, divided."""
    return nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")


def _sorted(rows: list[dict[str, Any]]) -> list[str]:
    rounded = ({k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in rows)
    return sorted(map(str, rounded))


@pytest.mark.parametrize("by", [None, "day"])
def test_spark_says_what_polars_says(crosswalk: nhs.Crosswalk, frame: Any, by: str | None) -> None:  # noqa: ANN401
    """Row by row and added up, rows and report are those of a frame in memory."""
    ours = crosswalk.apply(frame, code="code", on="day", values="n", by=by)
    theirs = crosswalk.apply(pl.DataFrame(TABLE), code="code", on="day", values="n", by=by)
    assert _sorted(rows_of(ours.frame)) == _sorted(rows_of(theirs.frame))
    assert ours.report.to_dict() == theirs.report.to_dict()


def test_texts_of_periods_are_joined_too(crosswalk: nhs.Crosswalk, frame: Any) -> None:  # noqa: ANN401
    """Days, months and quarters are read as in memory; a text that is none keeps its row, unknown."""
    ours = crosswalk.apply(frame, code="code", on="period", values="n")
    table = {name: [None if value == "spring" else value for value in column] for name, column in TABLE.items()}
    theirs = crosswalk.apply(pl.DataFrame(table), code="code", on="period", values="n")
    spring = [{**row, "period": None if row["period"] == "spring" else row["period"]} for row in rows_of(ours.frame)]
    assert _sorted(spring) == _sorted(rows_of(theirs.frame))
    assert ours.report.rows == len(TABLE["n"])


@pytest.mark.parametrize(("kind", "days"), [("string", ["2016-05", " ", "2018-03"]), ("int", [201605, None, 201803])])
def test_empty_texts_and_whole_numbers_are_dates_as_in_memory(
    crosswalk: nhs.Crosswalk,
    session: Any,  # noqa: ANN401
    kind: str,
    days: list[Any],
) -> None:
    """A blank text is no date, and a number is what its digits are: rows and report are those of a frame in memory."""
    table = {"code": ["RM2", "RM2", "RW6"], "day": days, "n": [1.0, 2.0, 4.0]}
    frame = session.createDataFrame(list(zip(*table.values(), strict=True)), f"code string, day {kind}, n double")
    ours = crosswalk.apply(frame, code="code", on="day", values="n")
    theirs = crosswalk.apply(pl.DataFrame(table), code="code", on="day", values="n")
    assert _sorted(rows_of(ours.frame)) == _sorted(rows_of(theirs.frame))
    assert ours.report.to_dict() == theirs.report.to_dict()
    assert ours.report.undated == 1


@pytest.mark.parametrize("on", ["day", "period"])
def test_the_plan_neither_shuffles_nor_calls_python(crosswalk: nhs.Crosswalk, frame: Any, on: str) -> None:  # noqa: ANN401
    """Restating row by row is broadcast joins alone: the big side stays where it is, in Spark's own machine code."""
    restated = crosswalk.apply(frame, code="code", on=on, values="n").frame
    plan = restated._jdf.queryExecution().executedPlan().toString()
    joins = re.findall(r"\w*Join\b", plan)
    assert set(joins) == {"BroadcastHashJoin"}
    assert "Exchange hashpartitioning" not in plan
    assert not re.search(r"Python|ArrowEval|BatchEval|MapInPandas", plan)


def test_a_timestamp_is_the_day_of_the_session(crosswalk: nhs.Crosswalk, session: Any) -> None:  # noqa: ANN401
    """Spark keeps moments; their day is that of the session's time zone."""
    frame = session.createDataFrame([("RM2", datetime(2017, 9, 30, 23, 30))], "code string, at timestamp")  # noqa: DTZ001 - of no zone
    assert [row["status"] for row in rows_of(crosswalk.apply(frame, code="code", on="at").frame)] == ["succeeded"]


def test_the_example_restates_partitions_of_parquet(session: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """The example, small: every row arrives in its partition, the total is kept, and other spellings are read."""
    path = Path(__file__).parents[2] / "examples" / "spark_restate.py"
    spec = importlib.util.spec_from_file_location("spark_restate", path)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    source, target = (str(tmp_path / name) for name in ("admissions", "restated"))
    example.make_input(session, source, 3_000, 2)
    restated = example.restate(session, source, target)
    before, after = (session.read.parquet(path) for path in (source, target))
    assert {path.name for path in Path(source).glob("year=*")} == {path.name for path in Path(target).glob("year=*")}
    sums = [frame.agg({"admissions": "sum"}).first()[0] for frame in (before, after)]
    assert sums[0] == pytest.approx(sums[1]) == pytest.approx(restated.report.totals["admissions"])
    assert restated.report.rows == before.count() == 3_000
    assert after.where("code_source = lower(code_source) AND status <> 'unknown'").count() >= 3
