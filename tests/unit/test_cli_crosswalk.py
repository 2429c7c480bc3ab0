"""`nhs-orgs crosswalk` and `nhs-orgs restate`: rows on the screen, files, and a person's own table restated."""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

import nhs_orgs as nhs
from nhs_orgs.cli import app

TO = ("--to", "2026-04-01", "--kind", "Trust")
DIVIDED = (*TO, "--splits", "divide")
TABLE = (
    'period,org,beds,ward\n2014-03,RJD,"1,000",A\n2014-03,r1e,7,A\n2018-06,R1E,7,B\n\n2018-06,NAN,400,\n'
    "2018-06,5.00E+01,3,B\n2018-06,RRE,,B\n"
)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A person's table, as a spreadsheet writes it."""
    file = tmp_path / "beds.csv"
    file.write_text(TABLE, encoding="utf-8-sig")
    return file


def run(*arguments: str | Path, exit_code: int = 0) -> str:
    """What a command prints, errors included."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == exit_code, done.output
    return done.output


# --- crosswalk --------------------------------------------------------------------------------------------------------


def test_the_rows_of_codes_are_printed() -> None:
    """By code, a line for each stretch of dates and target, with the share and its basis."""
    assert run("crosswalk", "rw6", *DIVIDED).splitlines() == [
        "RW6",
        "until 31 March 2002                -           not-yet-open; the code had not opened on the date of the data",
        "1 April 2002 to 31 March 2021      R0A  38.5%  divided, by floor area",
        "                                   RM3  61.5%  divided, by floor area",
        "1 April 2021 to 30 September 2021  RM3         succeeded",
        "since 1 October 2021               RM3         closed-on-own-date; RW6 had closed on 2021-09-30",
    ]


def test_what_is_not_divided_says_among_whom() -> None:
    """Without a choice nothing is divided, and the codes that it would go to are named."""
    assert "  -      unapportioned among R0A, RM3; it can be divided, by floor area\n" in run("crosswalk", "RW6", *TO)


def test_without_codes_every_code_is_printed() -> None:
    """All of a kind, in order; several kinds and a level may be named, in capitals or not."""
    text = run("crosswalk", "--to", "1 April 2026", "--kind", "sha", "--kind", "ICS", "--level", "region")
    codes = nhs.load().crosswalk(to="2026-04-01", kind=[nhs.SHA, nhs.ICS], level=nhs.Region).codes
    assert [line for line in text.splitlines() if line in codes] == list(codes)


def test_the_rows_as_json() -> None:
    """How it was made, and every field of every row; a bound that nobody knows is no missing one."""
    document = json.loads(run("crosswalk", "RW6", *DIVIDED, "--basis", "floor area", "--json"))
    assert list(document) == ["to", "kinds", "level", "splits", "basis", "register", "version", "rows"]
    assert document["basis"] == ["floor area"]
    made = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, basis="floor area", splits="divide")
    assert len(document["rows"]) == len(made.of("RW6"))
    divided = document["rows"][1]
    assert (divided["from"], divided["until"], divided["target"]) == ("2002-04-01", "2021-03-31", "R0A")
    assert (divided["weight"], divided["status"], divided["basis"]) == (0.3853, "divided", "floor area")
    assert (divided["approximate"], divided["path"], divided["among"]) == (True, ["north-manchester-2021"], [])


@pytest.mark.parametrize("name", ["trusts.csv", "trusts.parquet", "trusts.arrow"])
def test_all_of_it_as_a_file(tmp_path: Path, name: str) -> None:
    """The ending says which kind of file; how many rows went where is printed."""
    said = run("crosswalk", *DIVIDED, "--output", tmp_path / name)
    assert re.fullmatch(r"1,\d{3} rows written to .*\n", said)
    assert said.endswith(f"{tmp_path / name}\n")
    made = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
    made.write(tmp_path / f"again-{name}")
    assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()


def test_all_of_it_as_sql(tmp_path: Path) -> None:
    """The script runs in the engine that it is for, under the name asked for."""
    file = tmp_path / "trusts.sql"
    assert run("crosswalk", *TO, "--output", file, "--dialect", "duckdb", "--table", "main.trusts").endswith(
        f" rows written to {file}\n"
    )
    connection = duckdb.connect()
    connection.execute(file.read_text(encoding="utf-8"))
    many = connection.execute("SELECT count(*) FROM main.trusts").fetchone()
    assert many == (len(nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust)),)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "why"),
    [
        (("--kind", "hospital"), 2, "--kind 'hospital' is not one of: AreaTeam"),
        (("02Q", "--kind", "Trust"), 1, "Make one with --kind SubICBLocation, or leave --kind out for every code."),
        (("--kind", "Trust", "--level", "board"), 2, "--level 'board' is not one of"),
        (("--basis", "money"), 2, "--basis 'money' is not one of: activity, beds,"),
        (("--output", "a.sql"), 2, "Say for which engine a.sql is: --dialect duckdb, postgresql, spark."),
        (("--output", "a.sql", "--dialect", "oracle"), 2, "--dialect 'oracle' is not one of"),
        (("--output", "a.sql", "--dialect", "duckdb", "--table", ""), 2, "--table: '' can be no name"),
        (("--output", "a.csv", "--dialect", "duckdb"), 2, "--dialect does not go with a.csv"),
        (("--output", "a.xlsx"), 2, "a.xlsx: its ending says of no form"),
        (("RRE", "--output", "a.csv"), 2, "--output does not go with codes"),
        (("--json", "--output", "a.csv"), 2, "--output does not go with codes or --json"),
        (("--dialect", "duckdb"), 2, "--dialect is about a file of SQL"),
        (("--table", "trusts"), 2, "--table is about a file of SQL"),
        (("RRE", "--table", "trusts", "--json"), 2, "--table is about a file of SQL"),
        (
            ("--output", "a.csv", "--table", "trusts"),
            2,
            "--table does not go with a.csv: only a file that ends",
        ),
        (("--output", "none/a.csv"), 2, "none/a.csv: there is no such folder. Make it first, or name another."),
        (("--output", "none/a.sql", "--dialect", "duckdb"), 2, "none/a.sql: there is no such folder"),
        (("QQQQ",), 1, "No organisation 'QQQQ'"),
    ],
)
def test_what_does_not_go_is_told(
    arguments: tuple[str, ...], exit_code: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mistake is one sentence with what to do, and no file is written."""
    monkeypatch.chdir(tmp_path)
    assert why in run("crosswalk", "--to", "2026-04-01", *arguments, exit_code=exit_code)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--kind", "GPPractice"), "--kind GPPractice: this register, as at "),
        (("--kind", "PCN"), "without --leave-out PrimaryCareNetwork, and load that register"),
        (("--kind", "Trust", "--level", "Site"), "--level Site: on 2026-04-01 no data of Trust is with a body of that"),
        (("--kind", "Trust", "--level", "Site"), "Trust, or leave --level out for what each body became."),
        (("--level", "PCN"), "--level PrimaryCareNetwork: on 2026-04-01 no data is with a body of that kind"),
    ],
)
def test_a_kind_or_a_level_that_is_not_there(table: Path, options: tuple[str, ...], why: str) -> None:
    """Neither an empty crosswalk nor one of unknown targets is printed, written or applied."""
    assert why in run("crosswalk", "--to", "2026-04-01", *options, exit_code=2)
    asked = ("--code", "org", "--on", "period", "--to", "2026-04-01")
    assert why in run("restate", table, *asked, *options, exit_code=2)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nothing is worked out for a file that cannot be."""
    (tmp_path / "a.csv").mkdir()
    assert "a.csv: it is a folder. Name a file." in run("crosswalk", *TO, "--output", tmp_path / "a.csv", exit_code=2)


# --- restate ----------------------------------------------------------------------------------------------------------


def test_a_table_is_restated(table: Path, tmp_path: Path) -> None:
    """Codes stay texts, other columns are as they were, counts are divided, and the report is printed."""
    out = tmp_path / "restated.csv"
    text = run("restate", table, "--code", "org", "--on", "period", "--values", "beds", *DIVIDED, "--output", out)
    assert text.splitlines()[:3] == [
        "Restated to 2026-04-01: 6 rows, 66.7% (80.0% without pseudo codes) with a target",
        "beds: total 1,417, 71.6% (99.7% without pseudo codes) with a target, 70.6% approximate",
        "beds: 1 row without a figure; sums are of the others",
    ]
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [
        (row["period"], row["org"], row["beds"], row["ward"], row["org_source"], row["status"]) for row in rows
    ] == [
        ("2014-03", "RJE", "674.3", "A", "RJD", "divided"),
        ("2014-03", "RL4", "325.7", "A", "RJD", "divided"),
        ("2014-03", "RRE", "7.0", "A", "r1e", "succeeded"),
        ("2018-06", "RRE", "7.0", "B", "R1E", "closed-on-own-date"),
        ("2018-06", "", "400.0", "", "NAN", "pseudo"),
        ("2018-06", "", "3.0", "B", "5.00E+01", "damaged"),
        ("2018-06", "RRE", "", "B", "RRE", "current"),
    ]


def test_whole_numbers_stay_whole_where_nothing_is_divided(tmp_path: Path) -> None:
    """A count is written as it was."""
    (tmp_path / "a.csv").write_text("org,n\nRRE,5\nR1E,1000000\n")
    question = ("--code", "org", "--vintage", "2018-05-01", "--values", "n", *TO)
    said = run("restate", tmp_path / "a.csv", *question, "--output", tmp_path / "b.csv")
    assert said.endswith(f"\n2 rows written to {tmp_path / 'b.csv'}\n")
    assert [line.split(",")[1] for line in (tmp_path / "b.csv").read_text().splitlines()] == ["n", "5", "1000000"]


def test_a_table_is_added_up_and_reported_as_json(table: Path, tmp_path: Path) -> None:
    """With --by there is a row for each target and period; the report is one document."""
    out = tmp_path / "restated.parquet"
    question = ("--code", "org", "--on", "period", "--values", "beds", "--by", "period", *DIVIDED)
    report = json.loads(run("restate", table, *question, "--output", out, "--json"))
    assert report["totals"] == {"beds": 1417.0}
    found = pyarrow.parquet.read_table(out).to_pylist()
    assert sum(row["beds"] for row in found) == pytest.approx(1417)
    assert {(row["org"], row["period"]): row["beds"] for row in found}["RJE", "2014-03"] == pytest.approx(674.3)


def test_the_rows_that_are_written_are_those_of_the_file(tmp_path: Path) -> None:
    """Added up there are fewer than before; so many are told."""
    question = ("--code", "org", "--vintage", "2018-05-01", "--values", "n", "--by", "org_group", *TO)
    (tmp_path / "a.csv").write_text("org,org_group,n\nRRE,a,5\nR1E,a,7\nR1E,a,8\n")
    said = run("restate", tmp_path / "a.csv", *question, "--output", tmp_path / "b.csv")
    assert said.endswith(f"\n1 row written to {tmp_path / 'b.csv'}\n")
    assert (tmp_path / "b.csv").read_text().splitlines()[1].startswith("RRE,a,20")


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".feather"])
def test_tables_with_types_are_restated(tmp_path: Path, ending: str) -> None:
    """Parquet and Arrow have their types already; without --output there is only the report."""
    made = pa.table({"org": ["RRE", "01H"], "n": [1, 2]})
    path = tmp_path / f"a{ending}"
    if ending == ".parquet":
        pyarrow.parquet.write_table(made, path)
    else:
        with pyarrow.ipc.new_file(path, made.schema) as writer:
            writer.write_table(made)
    text = run("restate", path, "--code", "org", "--vintage", "2019-01-01", "--values", "n", *TO)
    assert text.startswith("Restated to 2026-04-01: 2 rows, 50.0% with a target\nn: total 3,")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("content", "options", "why"),
    [
        ("org,n\nRRE,5\n", ("--code", "code"), "Column 'code' is not in the table"),
        ("Beds\n\nOrg,n\nRRE,5\n", ("--code", "org"), "no column 'org'. It has 'Org'"),
        ("org,n\nRRE,5\n", ("--code", "org", "--values", "beds"), "Column 'beds' is not in the table"),
        ("org,n\nRRE,5\nRRE,*\n", ("--code", "org", "--values", "n"), "no number (row 2 below the names, empty ones"),
        ("Beds\n\norg,n\nRRE,.\nRRE,5\n\nRRE,*\n", ("--code", "org", "--values", "n"), "(rows 1, 3 below the names"),
        ("org,n\nRRE,1,5\n", ("--code", "org", "--values", "n"), "has 3 cells, and the first line 2 names"),
        ("org,org\nRRE,5\n", ("--code", "org"), "two columns 'org'"),
        ("org,status\nRRE,5\n", ("--code", "org"), "Column 'status' is in the table already"),
    ],
)
def test_what_is_wrong_with_a_table_is_told(tmp_path: Path, content: str, options: tuple[str, ...], why: str) -> None:
    """The column and the rows are named, and nothing is written."""
    (tmp_path / "a.csv").write_text(content)
    out = tmp_path / "b.csv"
    said = run("restate", tmp_path / "a.csv", *options, "--vintage", "2019-01-01", *TO, "--output", out, exit_code=2)
    assert why in said
    assert not out.exists()


@pytest.mark.parametrize("dates", [(), ("--on", "day", "--vintage", "2019-01-01")])
def test_the_time_of_the_figures_is_said_once(table: Path, dates: tuple[str, ...]) -> None:
    """Neither without a date nor with two: which options there are is told."""
    said = run("restate", table, "--code", "org", *dates, *TO, exit_code=2)
    assert "--on the column of dates, or --vintage their one date" in said


def test_a_number_may_begin_with_its_point(tmp_path: Path) -> None:
    """Statistical programs write .5 for a half."""
    (tmp_path / "a.csv").write_text("org,n\nRRE,.5\nRRE,-.25\nRRE,1.\n")
    question = ("--code", "org", "--vintage", "2019-01-01", "--values", "n", *TO, "--json")
    assert json.loads(run("restate", tmp_path / "a.csv", *question))["totals"] == {"n": 1.25}


def test_an_empty_cell_holds_nothing(tmp_path: Path) -> None:
    """No code and no date, as in any other table: the row is kept and counted, and stands empty as before."""
    (tmp_path / "a.csv").write_text("org,day,n,ward\n,2018-05-01,1,\nRRE,,2,\nRRE,2018-05-01,4,A\n")
    out, question = tmp_path / "b.csv", ("--code", "org", "--on", "day", "--values", "n", *TO)
    report = json.loads(run("restate", tmp_path / "a.csv", *question, "--output", out, "--json"))
    assert {line["name"]: line["totals"]["n"] for line in report["statuses"]} == {
        "same-code-other-body": 4,
        "damaged": 1,
        "unknown": 2,
    }
    assert [line.split(",")[:6] for line in out.read_text().splitlines()[1:]] == [
        ["", "2018-05-01", "1", "", "", "damaged"],
        ["", "", "2", "", "RRE", "unknown"],
        ["RRE", "2018-05-01", "4", "A", "RRE", "same-code-other-body"],
    ]


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    """Neither a missing file nor one of another kind is traced."""
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    (tmp_path / "mark.csv").write_bytes(b"\xef\xbb\xbf")
    told = {
        "none.csv": "no such file",
        "none.arrow": "no such file",
        "bad.parquet": "cannot be read",
        "book.xlsx": "no such file",
        "mark.csv": "Column 'org' is not in the table",
        ".": "it is a folder",
    }
    for name, why in told.items():
        assert why in run("restate", tmp_path / name, "--code", "org", "--vintage", "2019-01-01", *TO, exit_code=2)


def test_without_pyarrow_the_error_says_what_to_install(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The frame that is restated is one of pyarrow."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = run("restate", table, "--code", "org", "--vintage", "2019", *TO, exit_code=2)
    assert "Restating a file needs the 'arrow' extra: pip install 'nhs-orgs[arrow]'" in said
