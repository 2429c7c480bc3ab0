"""What holds for PySpark on any rows: it says what a frame in memory says, row by row, added up and in the report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest
from frames_of import counted, rows_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sql_engines import spark_session

import nhs_orgs as nhs

pytest.importorskip("pyspark", reason="PySpark is not installed")
if shutil.which("java") is None:
    pytest.skip("no Java: PySpark cannot start", allow_module_level=True)

pytestmark = [
    pytest.mark.slow,
    # Of Spark's own sessions, which hold a socket until the interpreter ends.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

# A plan of Spark takes seconds: few examples of many rows, and none made smaller.
FEW = settings(
    max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow], database=None
)
SPELT = (str, str.lower, lambda code: f" {code}\u00a0")
STRANGERS = ("XYZ", "NAN", "1H", "5.00E+01", "-", "", "total", "#N/A")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A session on this machine."""
    with spark_session({}) as made:
        yield made


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Trusts and groups on their boards of 2026, divided."""
    return nhs.load().crosswalk(to="2026-04-01", kind=[nhs.Trust, nhs.CCG], level=nhs.ICB, splits="divide")


@pytest.mark.parametrize("by", [None, ["kind"]], ids=["rows", "sums"])
@FEW
@given(data=st.data())
def test_spark_says_what_polars_says(session: Any, crosswalk: nhs.Crosswalk, by: Any, data: st.DataObject) -> None:  # noqa: ANN401
    """On any codes, spellings, dates and gaps the rows are those of a frame in memory, and so is the report."""
    known = st.builds(lambda code, spell: spell(code), st.sampled_from(crosswalk.codes), st.sampled_from(SPELT))
    row = st.tuples(
        st.one_of(known, known, known, st.sampled_from(STRANGERS), st.none()),
        st.one_of(st.dates(date(1995, 1, 1), date(2027, 1, 1)), st.none()),
        st.one_of(st.integers(-9, 10_000).map(float), st.none()),
        st.sampled_from(["one", "other"]),
    )
    rows = data.draw(st.lists(row, min_size=60, max_size=120))
    schema = {"code": pl.String, "day": pl.Date, "n": pl.Float64, "kind": pl.String}
    mine = session.createDataFrame(rows, "code string, day date, n double, kind string")
    asked: dict[str, Any] = {"code": "code", "on": "day", "values": "n", "by": by}
    spark, polars = (crosswalk.apply(f, **asked) for f in (mine, pl.DataFrame(rows, schema=schema, orient="row")))
    assert counted(rows_of(spark.frame)) == counted(rows_of(polars.frame))
    assert spark.report.to_dict() == polars.report.to_dict()
