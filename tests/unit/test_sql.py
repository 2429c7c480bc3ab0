"""A crosswalk's SQL, run by the engines that it is written for, against `apply` on the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest
from frames_of import rows_of
from sql_engines import DuckDB, Engine, opened

import nhs_orgs as nhs
from nhs_orgs.crosswalk import COLUMNS
from nhs_orgs.dialects import DIALECTS
from nhs_orgs.errors import InvalidFrame
from nhs_orgs.files import TYPES

OF_SPARK = ("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
"""Of Spark's own sessions, which hold a socket until the interpreter ends."""
WITH_ENGINES = pytest.mark.parametrize(
    "engine",
    ["duckdb", *(pytest.param(d, marks=[pytest.mark.slow]) for d in ("postgresql", "spark"))],
    indirect=True,
)
ROWS: list[tuple[str | None, date | None, float | None, float | None]] = [
    ("RRE", date(2018, 5, 31), 10.0, 0.5),  # the same code for another body
    ("RRE", date(2018, 6, 1), 11.0, 0.25),
    ("R1E", date(2018, 5, 31), 7.0, None),  # succeeded
    ("R1E", date(2018, 6, 1), 3.0, 0.75),  # closed on its own date
    (" r1e\u00a0", date(2017, 1, 1), 5.0, 0.5),
    ("\ufeffR1E\t", date(2017, 1, 1), 5.0, 0.5),
    ("RW6", date(2021, 3, 31), 100.0, 0.1),  # divided
    ("RW6", date(2021, 4, 1), 100.0, 0.2),
    ("RJD", date(2014, 3, 31), 1.0, 0.3),
    ("R0D", date(2020, 9, 30), 2.0, 0.4),  # not yet open
    ("RXX", date(1900, 1, 1), 2.0, None),
    ("NAN", date(2018, 5, 31), 400.0, 0.5),  # pseudo
    ("nan", date(2018, 5, 31), 1.0, 0.5),  # missing
    ("Total", date(2018, 5, 31), 500.0, 0.5),
    ("\u2013", date(2018, 5, 31), 500.0, 0.5),
    ("Z99", date(2018, 5, 31), 9.0, 0.5),
    ("5.00E+01", date(2018, 5, 31), 8.0, 0.5),  # damaged
    ("1h", date(2018, 5, 31), 8.0, 0.5),
    ("='RRE'", date(2018, 5, 31), 8.0, 0.5),
    ("#N/A", date(2018, 5, 31), 8.0, 0.5),
    ("2001-01-01", date(2018, 5, 31), 8.0, 0.5),
    ("3-Mar", date(2018, 5, 31), 8.0, 0.5),
    ("", date(2018, 5, 31), 8.0, 0.5),
    (" ", date(2018, 5, 31), 8.0, 0.5),
    (None, date(2018, 5, 31), 8.0, None),
    ("XYZ", date(2018, 5, 31), 6.0, 0.5),  # unknown
    ("it's; DROP TABLE activity; --", date(2018, 5, 31), 6.0, 0.5),
    ("RRE\\", date(2018, 5, 31), 6.0, 0.5),
    ("RRE", None, 12.0, 0.5),  # no date
    ("NAN", None, 12.0, 0.5),
    (None, None, 12.0, 0.5),
    ("RRE", date(2018, 6, 1), None, 0.5),
]
FRAME = pl.DataFrame(
    [(*row, str(at)) for at, row in enumerate(ROWS)],
    schema={"org": pl.String, "day": pl.Date, "n": pl.Float64, "rate": pl.Float64, "id": pl.String},
    orient="row",
)
TYPES_OF_ROWS = {"org": str, "day": date, "n": float, "rate": float, "id": str}
RESTATED: dict[str, dict[str, Any]] = {
    "refuse": {},
    "divide": {"splits": "divide"},
    "main": {"splits": "main"},
    "boards": {"splits": "divide", "level": nhs.ICB},
}


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine with the table of rows and every crosswalk."""
    with opened(request.param) as made:
        fields = {name: DIALECTS[made.dialect].types[kind] for name, kind in TYPES_OF_ROWS.items()}
        made.make("activity", fields, FRAME.rows())
        for name in RESTATED:
            sql = crosswalk(name).to_sql(made.dialect, table=f"to_{name}")
            made.run(*sql.statements if made.dialect == "spark" else [sql.table])
        yield made


def crosswalk(name: str) -> nhs.Crosswalk:
    """Trusts to 2026, by what is done with divided bodies and to which level."""
    return nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, **RESTATED[name])


def counted(rows: Iterable[dict[str, Any]]) -> Counter[str]:
    """Rows to compare: numbers as far as they are sure, days as text, columns in no order."""
    return Counter(str(sorted((name, _sure(value)) for name, value in row.items())) for row in rows)


def _sure(value: object) -> str:
    return f"{value:.9g}" if isinstance(value, float | int) and not isinstance(value, bool) else str(value)


def both(engine: Engine, name: str, **asked: Any) -> tuple[Counter[str], Counter[str]]:  # noqa: ANN401
    """The rows that the engine gives and those of `apply`."""
    keep = asked.pop("keep", ())
    query = (
        crosswalk(name).to_sql(engine.dialect, table=f"to_{name}").select("activity", code="org", keep=keep, **asked)
    )
    return counted(engine.rows(query)), counted(rows_of(crosswalk(name).apply(FRAME, code="org", **asked).frame))


@pytest.mark.filterwarnings(*OF_SPARK)
@pytest.mark.parametrize("name", RESTATED)
@WITH_ENGINES
def test_the_query_says_what_apply_says(engine: Engine, name: str) -> None:
    """Row by row: statuses, null codes and dates, other spellings, weights, whatever is done with divided bodies."""
    ours, theirs = both(engine, name, on="day", values="n", keep=["rate", "id"])
    assert ours == theirs


@pytest.mark.filterwarnings(*OF_SPARK)
@pytest.mark.parametrize("name", RESTATED)
@WITH_ENGINES
def test_added_up_the_query_says_what_apply_says(engine: Engine, name: str) -> None:
    """Counts are summed and rates weighed by target, and what has no target stays apart."""
    how = {"n": "count", "rate": "rate"}
    ours, theirs = both(engine, name, on="day", values=["n", "rate"], how=how, denominator="n", by=["day"])
    assert ours == theirs


@pytest.mark.filterwarnings(*OF_SPARK)
@WITH_ENGINES
def test_all_rows_may_be_of_one_day(engine: Engine) -> None:
    """A vintage stands for the column of dates; a row without a date has one then."""
    ours, theirs = both(engine, "divide", vintage="2020-12-31", values="n", by=[])
    assert ours == theirs
    ours, theirs = both(engine, "divide", vintage=date(2014, 1, 1), values="n", keep=["day", "rate", "id"])
    assert ours == theirs


@pytest.mark.filterwarnings(*OF_SPARK)
@WITH_ENGINES
def test_the_table_holds_every_row_to_the_last_digit(engine: Engine) -> None:
    """What the engine has is what `columns` has, weights and dates included."""
    says = DIALECTS[engine.dialect]
    found = engine.rows(f"SELECT * FROM {says.name('to_divide')}")  # noqa: S608 - our own words
    columns = crosswalk("divide").columns()
    expected = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert list(found[0]) == list(COLUMNS)
    assert Counter(_exactly(row) for row in found) == Counter(_exactly(row) for row in expected)


def _exactly(row: dict[str, Any]) -> str:
    return str([float(value).hex() if name == "weight" else str(value) for name, value in row.items()])


@pytest.mark.filterwarnings(*OF_SPARK)
@pytest.mark.parametrize("basis", [None, ["registered patients", "population"]])
@WITH_ENGINES
def test_of_several_measures_a_sum_has_the_weakest(engine: Engine, basis: list[str] | None) -> None:
    """It is the last in the order of the crosswalk, and not by the alphabet."""
    kinds = [nhs.CCG, nhs.PCT]
    boards = nhs.load().crosswalk(to="2026-04-01", kind=kinds, level=nhs.ICB, splits="divide", basis=basis)
    says = DIALECTS[engine.dialect]
    rows = [("D4U1Y", date(2024, 5, 1), 1.0), ("5QG", date(2010, 5, 1), 1.0)]
    engine.run("DROP TABLE IF EXISTS to_boards_by", "DROP TABLE IF EXISTS two")
    engine.make("two", {name: says.types[TYPES_OF_ROWS[name]] for name in ("org", "day", "n")}, rows)
    sql = boards.to_sql(engine.dialect, table="to_boards_by")
    engine.run(*sql.statements if engine.dialect == "spark" else [sql.table])
    asked: dict[str, Any] = {"code": "org", "on": "day", "values": "n", "by": []}
    ours = engine.rows(sql.select("two", **asked))
    frame = pl.DataFrame(rows, schema={"org": pl.String, "day": pl.Date, "n": pl.Float64}, orient="row")
    assert counted(ours) == counted(rows_of(boards.apply(frame, **asked).frame))
    weakest = "registered patients" if basis is None else "resident population 2021"
    assert {row["basis"] for row in ours} == {weakest}


HOSTILE = ["n; DROP TABLE activity; --", 'a "quoted" name', "a `ticked` name", "it's\nhere", "a\\b", "Zähler", "from"]


@pytest.mark.filterwarnings(*OF_SPARK)
@pytest.mark.parametrize("name", HOSTILE)
@WITH_ENGINES
def test_a_name_may_hold_anything(engine: Engine, name: str) -> None:
    """A column keeps its name, whatever stands in it, on the way in and out."""
    says = DIALECTS[engine.dialect]
    columns = f"{says.name('org')}, {says.name('day')}, {says.name('n')} AS {says.name(name)}"
    source = f"SELECT {columns} FROM activity"  # noqa: S608 - quoted, which is what is tested
    sql = crosswalk("divide").to_sql(engine.dialect, table="to_divide")
    names = {"status": f"the {name}"}
    engine.run("DROP VIEW IF EXISTS named", f"CREATE VIEW named AS {source}")
    rows = engine.rows(sql.select("named", code="org", on="day", values=name, names=names))
    assert {name, f"the {name}"} < set(rows[0])
    assert sum(row[name] or 0.0 for row in rows) == pytest.approx(sum(row[2] or 0.0 for row in ROWS))


# --- the text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_same_crosswalk_is_the_same_text(dialect: str) -> None:
    """Made twice, every statement and query is the same to the letter."""
    one, two = (crosswalk("divide").to_sql(dialect) for _ in range(2))
    assert one == two
    assert one.table == str(two)
    question: dict[str, Any] = {"code": "org", "on": "day", "values": ["n", "rate"]}
    assert one.select("a.b", **question) == two.select(("a", "b"), **question)


def test_a_table_is_not_overwritten_and_not_filled_twice() -> None:
    """Where the table exists the script fails, and what is there stays as it was."""
    engine = DuckDB()
    sql = crosswalk("refuse").to_sql("duckdb", table="trusts")
    engine.run(sql.table)
    many = engine.rows("SELECT count(*) AS n FROM trusts")
    with pytest.raises(duckdb.CatalogException, match="exists"):
        engine.run(sql.table)
    engine.run("ROLLBACK")
    assert engine.rows("SELECT count(*) AS n FROM trusts") == many
    assert many[0]["n"] == len(crosswalk("refuse"))


def test_a_time_is_of_its_day_and_days_have_no_end() -> None:
    """Timestamps count by their day, and what is beyond every calendar lies in the first or the last stretch."""
    engine = DuckDB()
    engine.run(crosswalk("refuse").to_sql("duckdb", table="trusts").table)
    times = ("2018-05-31 23:59:59", "2018-06-01 00:00:00", "infinity", "-infinity")
    engine.run("CREATE TABLE stays (code CHAR(3), time TIMESTAMP)")
    engine.run(*(f"INSERT INTO stays VALUES ('RRE', '{time}')" for time in times))  # noqa: S608 - our own words
    query = crosswalk("refuse").to_sql("duckdb", table="trusts").select("stays", code="code", on="time")
    found = engine.connection.execute(f"SELECT time::VARCHAR, status FROM ({query})").fetchall()  # noqa: S608 - as above
    assert dict(found) == dict(zip(times, ["same-code-other-body", "current", "current", "not-yet-open"], strict=True))


def test_the_table_says_where_it_comes_from() -> None:
    """The description that lies with the table names the day, the choices and both versions."""
    engine = DuckDB()
    engine.run(crosswalk("boards").to_sql("duckdb", table="boards").table)
    told = engine.rows("SELECT comment FROM duckdb_tables() WHERE table_name = 'boards'")[0]["comment"]
    assert told.startswith("Crosswalk(Trust to 2026-04-01, level IntegratedCareBoard, splits divide)")
    assert f"nhs-orgs {nhs.__version__}, register of {nhs.load().release}" in told


def test_a_dot_parts_a_schema_from_a_table() -> None:
    """A name given as text may have parts; given by its parts, a dot is a letter like others."""
    engine = DuckDB()
    engine.run("CREATE SCHEMA lookups")
    engine.run(crosswalk("refuse").to_sql("duckdb", table="lookups.trusts").table)
    engine.run(crosswalk("refuse").to_sql("duckdb", table=("lookups", "trusts.2026")).table)
    found = engine.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'lookups' ORDER BY 1")
    assert [row["table_name"] for row in found] == ["trusts", "trusts.2026"]


def test_an_insert_has_a_few_hundred_rows() -> None:
    """No statement is so long that an engine chokes on it, and the last holds the rest."""
    statements = crosswalk("refuse").to_sql("postgresql").statements
    sizes = [statement.count("\n") for statement in statements if statement.startswith("INSERT")]
    assert sum(sizes) == len(crosswalk("refuse"))
    assert set(sizes[:-1]) == {500}
    assert 0 < sizes[-1] <= 500


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"on": "day", "keep": "status"}, "is in the frame already"),
        ({"on": "day", "keep": "Status"}, "other capitals"),
        ({"on": "day", "values": "n", "by": "day", "keep": "id"}, "cannot be kept"),
        ({"vintage": "2018-19"}, "Give one as vintage=, such as the last: 2019-03-31"),
        ({"on": "day", "vintage": "2018-01-01"}, "one date for each row or one for all"),
        ({"on": "day", "values": "rate", "how": "rate"}, "neither be divided"),
    ],
)
def test_a_question_that_cannot_be_written_is_refused(asked: dict[str, Any], why: str) -> None:
    """What would overwrite a column or lose rows is an error that says what to do, before anything is run."""
    with pytest.raises(InvalidFrame, match=why):
        crosswalk("refuse").to_sql("duckdb").select("activity", code="org", **asked)


@pytest.mark.parametrize("name", ["", "a.", ("a", ""), "nul\0"])
def test_what_is_no_name_is_refused(name: Any) -> None:  # noqa: ANN401
    """No engine has tables without a name."""
    with pytest.raises(ValueError, match="can be no name in SQL"):
        crosswalk("refuse").to_sql("duckdb", table=name)


def test_an_unknown_dialect_is_refused() -> None:
    """The error names the ones that there are."""
    with pytest.raises(ValueError, match=r"'oracle' is no dialect.*duckdb, postgresql, spark"):
        crosswalk("refuse").to_sql("oracle")


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_a_value_of_another_type_is_refused(dialect: Any) -> None:  # noqa: ANN401
    """A value that no column of a crosswalk has would be written as a guess."""
    for value in (b"bytes", float("nan"), float("inf"), 5):
        with pytest.raises(TypeError):
            dialect.value(value)


def test_columns_and_their_types_go_together() -> None:
    """Every column has a type, and nothing else has."""
    assert tuple(TYPES) == COLUMNS
    assert set(crosswalk("refuse").columns()) == set(TYPES)
