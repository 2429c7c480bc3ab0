"""DuckDB: what a plan leaves behind in the caller's connection, and what it does there."""

from __future__ import annotations

import sys

import duckdb
import pytest

import nhs_orgs as nhs


@pytest.mark.parametrize("rows", [1, 0])
def test_nothing_of_ours_stays_in_the_connection(rows: int) -> None:
    """After restating and reading the report, the caller's connection has the tables and views that it had."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE figures AS SELECT 'rre ' AS code, DATE '2018-03-01' AS day, 1.0 AS n")
    found = "SELECT table_name FROM information_schema.tables"
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust)
    restated = crosswalk.apply(connection.table("figures").limit(rows), code="code", on="day", values="n")
    assert len(restated.frame.fetchall()) == restated.report.rows == rows
    assert connection.execute(found).fetchall() == [("figures",)]


def test_the_plan_looks_at_the_figures_once() -> None:
    """The figures are scanned once and joined where they stream by: no window, no second look at distinct codes."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE figures AS SELECT 'RRE' AS code, DATE '2018-03-01' AS day FROM range(1000)")
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust)
    plan = crosswalk.apply(connection.table("figures"), code="code", on="day").frame.explain()
    assert plan.count("figures") == 1
    assert "WINDOW" not in plan.upper()
    assert plan.upper().replace("_", " ").count("HASH JOIN") == 2


def test_no_pyarrow_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, sums and report of a relation are the same where pyarrow is not installed."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE figures (code VARCHAR, day DATE, n DOUBLE)")
    connection.execute(
        "INSERT INTO figures VALUES ('rre ', '2018-03-01', 1), ('RW6', '2016-03-01', 2), ('1H', NULL, 4)"
    )

    def found(by: str | None = None) -> tuple[list[object], str]:
        crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
        restated = crosswalk.apply(connection.table("figures"), code="code", on="day", values="n", by=by)
        return sorted(restated.frame.fetchall(), key=str), str(restated.report)

    expected = [found(), found("day")]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert [found(), found("day")] == expected


def test_a_history_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shares of a relation's own history need pyarrow, and the error without it says how to install it."""
    relation = duckdb.sql("SELECT 'RRE' AS code, DATE '2018-04-01' AS day, 1 AS n")
    crosswalk = nhs.load().crosswalk(to="2017-04-01", kind=nhs.Trust, splits="divide")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(nhs.MissingExtra, match=r"DuckDB.*pip install 'nhs-orgs\[arrow\]'"):
        crosswalk.with_history(relation, code="code", on="day", value="n")
