"""What holds for a crosswalk's SQL on any rows: it says what `apply` says, and keeps the total."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import fsum, isclose
from typing import Any

import polars as pl
import pytest
from frames_of import counted, rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sql_engines import DuckDB

import nhs_orgs as nhs
from nhs_orgs.dialects import DIALECTS

SOME = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CROSSWALKS = {
    splits: nhs.load().crosswalk(to="2026-04-01", kind=[nhs.Trust, nhs.CCG, nhs.PCT], splits=splits)
    for splits in ("refuse", "divide")
}
SPELT = (str, str.lower, lambda code: f" {code}\u00a0", lambda code: f"\u200b{code}\t")
STRANGERS = ("XYZ", "NAN", "nan", "1H", "5.00E+01", "-", "", " ", "R'E", "total", "Z9Z", "='RRE'", "RRE RW6")

DIVIDED = [(row.code, row.until) for row in CROSSWALKS["divide"].rows if row.status is nhs.Status.DIVIDED]
"""Drawn as often as all others, so that of some sums the parts are divided by several measures."""

codes = st.builds(lambda code, spell: spell(code), st.sampled_from(CROSSWALKS["refuse"].codes), st.sampled_from(SPELT))
places = st.tuples(
    st.one_of(codes, codes, codes, st.sampled_from(STRANGERS), st.none()),
    st.one_of(st.dates(date(1990, 1, 1), date(2027, 1, 1)), st.none()),
)
figures = st.one_of(st.integers(0, 10_000).map(float), st.none())
rows = st.lists(
    st.builds(lambda place, n: (*place, n), st.one_of(places, st.sampled_from(DIVIDED)), figures), max_size=40
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    """DuckDB with both crosswalks."""
    made = DuckDB()
    for name, crosswalk in CROSSWALKS.items():
        made.run(crosswalk.to_sql("duckdb", table=f"to_{name}").table)
    yield made
    made.connection.close()


@pytest.mark.parametrize("splits", CROSSWALKS)
@pytest.mark.parametrize(
    "by",
    [
        pytest.param(None, id="row by row"),
        pytest.param(["day"], id="by day", marks=pytest.mark.slow),
        pytest.param([], id="by target alone"),
    ],
)
@SOME
@given(rows=rows)
def test_sql_says_what_apply_says(engine: DuckDB, splits: str, by: list[str] | None, rows: list[Any]) -> None:
    """On any codes, spellings and dates the query gives the rows of `apply`, and none is lost."""
    frame = pl.DataFrame(rows, schema={"org": pl.String, "day": pl.Date, "n": pl.Float64}, orient="row")
    engine.run("DROP TABLE IF EXISTS activity")
    engine.make("activity", {"org": "VARCHAR", "day": "DATE", "n": "DOUBLE"}, rows)
    crosswalk = CROSSWALKS[splits]
    asked: dict[str, Any] = {"code": "org", "on": "day", "values": "n", "by": by}
    found = engine.rows(crosswalk.to_sql("duckdb", table=f"to_{splits}").select("activity", **asked))
    assert counted(found) == counted(rows_of(crosswalk.apply(frame, **asked).frame))
    total = fsum(row[2] or 0.0 for row in rows)
    assert isclose(fsum(row["n"] or 0.0 for row in found), total, abs_tol=1e-6)


@SOME
@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back(engine: DuckDB, text: str) -> None:
    """Whatever a text holds, as a value and as a name it comes back as it was."""
    dialect = DIALECTS["duckdb"]
    (row,) = engine.rows(f"SELECT {dialect.value(text)} AS {dialect.name(text)}")
    assert row == {text: text}
