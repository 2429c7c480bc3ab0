"""`nhs-orgs restate` and `nhs-orgs check` on spreadsheets: which sheet, which row has the names, what cells are."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from typer.testing import CliRunner
from workbooks import ods, ods_table, old, old_cell, sheet, workbook

from nhs_orgs.cli import app
from nhs_orgs.cli.figures import read_table

ROWS: list[list[object]] = [
    ["org", "day", "beds", "ward"],
    ["RDD", date(2018, 6, 30), 600, "A"],
    [None, None, None, None],
    ["RW6", date(2018, 6, 30), 1000.5, 7],
    [50, date(2018, 6, 30), 3, "B"],
]
QUESTION = ("--code", "org", "--on", "day", "--values", "beds", "--kind", "Trust", "--to", "2026-04-01")


def run(*arguments: str | Path, exit_code: int = 0) -> str:
    """What a command prints, errors included."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == exit_code, done.output
    return done.output


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file of these bytes."""
    (folder / name).write_bytes(data)
    return folder / name


def book(form: str) -> bytes:
    """The rows in a spreadsheet of a form."""
    if form == ".xls":
        cells = ((row, at, cell) for row, cells in enumerate(ROWS) for at, cell in enumerate(cells))
        return old("Beds", [old_cell(*cell) for cell in cells if cell[2] is not None])
    return workbook(Beds=sheet(ROWS)) if form == ".xlsx" else ods(Beds=ods_table(ROWS))


@pytest.mark.parametrize("form", [".xlsx", ".ods", ".xls"])
def test_a_spreadsheet_is_restated(tmp_path: Path, form: str) -> None:
    """Days are dates, codes the texts that they are, a code that is a number is damaged, and no row is lost."""
    out = tmp_path / "b.csv"
    run("restate", put(tmp_path, f"a{form}", book(form)), *QUESTION, "--output", out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["org"], row["day"], row["beds"], row["ward"], row["org_source"], row["status"]) for row in rows] == [
        ("RAJ", "2018-06-30", "600.0", "A", "RDD", "succeeded"),
        ("", "2018-06-30", "1000.5", "7", "RW6", "unapportioned"),
        ("", "2018-06-30", "3.0", "B", "50.0", "damaged"),
    ]


@pytest.mark.parametrize("form", [".xlsx", ".ods", ".xls"])
def test_a_spreadsheet_is_checked(tmp_path: Path, form: str) -> None:
    """What a number may have been as a code is told; other columns are of no interest."""
    report = json.loads(run("check", put(tmp_path, f"a{form}", book(form)), "--code", "org", "--on", "day", "--json"))
    assert report["standings"] == {"open": 2, "damaged": 1}
    (damaged,) = (finding for finding in report["findings"] if finding["rule"] == "damaged")
    assert damaged["flagged"][0]["candidates"] == ["5E1", "050", "5E001"]


def test_the_names_are_in_the_row_that_has_the_codes_name(tmp_path: Path) -> None:
    """Titles above the table are passed over, and so are columns with neither name nor cells."""
    rows: list[list[object]] = [
        ["Beds by trust, June 2018"],
        [],
        [None, " org ", None, 2018.0, "n"],
        [None, "RDD", None, 600, None],
    ]
    table = read_table(put(tmp_path, "a.xlsx", workbook(Beds=sheet(rows))), code="org")
    assert table.to_pydict() == {"org": ["RDD"], "2018": [600], "n": [None]}


def test_of_several_sheets_one_is_named(tmp_path: Path) -> None:
    """Which there are is told where none is named, or another."""
    file = put(tmp_path, "a.xlsx", workbook(Notes=sheet([["made up"]]), Beds=sheet(ROWS)))
    assert "a.xlsx: it has 2 sheets. Name one with --sheet: 'Notes', 'Beds'." in run(
        "restate", file, *QUESTION, exit_code=2
    )
    assert "it has no sheet 'beds'. Name one of: 'Notes', 'Beds'." in run(
        "check", file, "--code", "org", "--sheet", "beds", exit_code=2
    )
    assert run("restate", file, *QUESTION, "--sheet", "Beds").startswith("Restated to 2026-04-01: 3 rows")
    assert run("check", file, "--code", "org", "--sheet", "Beds").startswith("3 values")


@pytest.mark.parametrize(
    ("name", "data", "options", "why"),
    [
        (
            "a.csv",
            b"org,day,beds\n",
            ("--sheet", "Beds"),
            "--sheet does not go with a.csv: only a spreadsheet",
        ),
        ("a.parquet", b"", ("--sheet", "Beds"), "--sheet does not go with a.parquet"),
        (
            "a.xls",
            b"org\tday\tbeds\n",
            (),
            "its name is that of a spreadsheet, and it is none. Save it as",
        ),
        ("a.xlsx", workbook(), (), "a.xlsx: it has no sheet with cells"),
        ("a.xlsx", workbook(A=sheet([])), (), "no row of the sheet has a cell 'org'. Its first row has: nothing."),
        ("a.xlsx", workbook(A=sheet([["Beds"], ["ORG"]])), (), "no column 'org'. It has 'ORG': give the name as it"),
        (
            "a.xlsx",
            workbook(A=sheet([["b", "c"]])),
            (),
            "has a cell 'org'. Its first row has: b, c.",
        ),
        ("a.xlsx", workbook(A=sheet([["org", "org"], ["RRE", "RRE"]])), (), "it has two columns 'org'"),
        ("a.xlsx", workbook(A=sheet([["org"], ["RRE", 1, 2]])), (), "it has two columns without a name"),
        ("a.xlsx", workbook(A="<worksheet"), (), "it is a damaged spreadsheet"),
        ("a.xlsx", b"PK\x03\x04", (), "it is a damaged spreadsheet"),
        ("a.xls", old("A", [old_cell(0, 0, "org"), old_cell(65_535, 65_535, "b")]), (), "it is a damaged spreadsheet"),
    ],
)
def test_what_is_wrong_with_a_spreadsheet_is_told(
    tmp_path: Path, name: str, data: bytes, options: tuple[str, ...], why: str
) -> None:
    """Each mistake is one sentence with what to do, and nothing is written."""
    out = tmp_path / "b.csv"
    assert why in run("restate", put(tmp_path, name, data), *QUESTION, *options, "--output", out, exit_code=2)
    assert not out.exists()


def test_without_the_extra_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads spreadsheets is optional."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    file = put(tmp_path, "a.xlsx", book(".xlsx"))
    for question in (("restate", file, *QUESTION), ("check", file, "--code", "org")):
        assert "a.xlsx needs the 'compile' extra: pip install 'nhs-orgs[compile]'" in run(*question, exit_code=2)


def test_a_column_has_one_type(tmp_path: Path) -> None:
    """Whole numbers stay whole; where texts stand among other things all are texts; days and times of day are times."""
    rows: list[list[object]] = [
        ["org", "n", "mixed", "truth", "empty", "day"],
        ["RRE", 1, "x", True, None, date(2018, 6, 1)],
        ["R1E", None, 2, None, None, None],
        [100, 3, 2.5, False, None, date(2018, 6, 30)],
    ]
    table = read_table(put(tmp_path, "a.xlsx", workbook(A=sheet([*rows, ["RRE", 4, True]]))), code="org")
    assert table.to_pydict() == {
        "org": ["RRE", "R1E", "100.0", "RRE"],
        "n": [1, None, 3, 4],
        "mixed": ["x", "2", "2.5", "TRUE"],
        "truth": [True, None, False, None],
        "empty": [None] * 4,
        "day": [date(2018, 6, 1), None, date(2018, 6, 30), None],
    }
    assert [str(kind) for kind in table.schema.types] == ["string", "int64", "string", "bool", "string", "date32[day]"]


@pytest.mark.parametrize("form", ["a.csv", "a.xlsx", "a.ods"])
def test_a_row_without_anything_is_none(tmp_path: Path, form: str) -> None:
    """Wholly empty rows, and those of blanks alone, are none in any form; one with a date or a figure is one."""
    rows = [["org", "n"], ["RRE", "x"], ["", ""], [" ", "\u00a0"], ["", "y"], ["", " "]]
    lines = "".join(f"{','.join(row)}\n" for row in rows)
    written = {
        "a.csv": f"{lines}\n,,,\n".encode(),
        "a.xlsx": workbook(A=sheet(rows)),
        "a.ods": ods(A=ods_table(rows)),
    }
    file = put(tmp_path, form, written[form])
    assert read_table(file, code="org").to_pydict() == {"org": ["RRE", None], "n": ["x", "y"]}
    assert run("check", file, "--code", "org").startswith("2 values, 2 different")


def test_days_beside_times_of_days_are_times(tmp_path: Path) -> None:
    """A day begins at midnight."""
    noon, midnight = datetime.fromisoformat("2018-06-01T12:00"), datetime.fromisoformat("2018-06-02")
    rows: list[list[object]] = [["org", "at"], ["RRE", noon], ["RRE", date(2018, 6, 2)]]
    table = read_table(put(tmp_path, "a.xlsx", workbook(A=sheet(rows))), code="org")
    assert table["at"].to_pylist() == [noon, midnight]


@pytest.mark.parametrize("form", ["a.xlsx", "a.parquet"])
def test_a_number_may_be_a_date(tmp_path: Path, form: str) -> None:
    """The month 201806 is a number in a spreadsheet, and in a file of Arrow; a year alone is no date there either."""
    question = ("--code", "org", "--on", "month")
    for number, exit_code in ((201806, 0), (2018, 2)):
        if form == "a.xlsx":
            put(tmp_path, form, workbook(A=sheet([["org", "month", "n"], ["RRE", number, 1], ["R1E", None, 2]])))
        else:
            table = pa.table({"org": ["RRE", "R1E"], "month": [number, None], "n": [1, 2]})
            pyarrow.parquet.write_table(table, tmp_path / form)
        options = (*question, "--values", "n", "--to", "2026-04-01", "--json")
        told = run("restate", tmp_path / form, *options, exit_code=exit_code)
        checked = run("check", tmp_path / form, *question, exit_code=exit_code)
        if exit_code:
            assert "'2018'" in told
            assert "'2018' is not a date" in checked
        else:
            assert json.loads(told)["undated"] == 1
            assert "1 June 2018 to 30 June 2018" in checked


@pytest.mark.parametrize("form", ["a.xlsx", "a.parquet"])
def test_a_number_that_is_a_date_stays_one(tmp_path: Path, form: str) -> None:
    """Restated, a column of months such as 201806 holds whole numbers, as it did."""
    if form == "a.xlsx":
        put(tmp_path, form, workbook(A=sheet([["org", "month", "n"], ["RRE", 201806, 1]])))
    else:
        pyarrow.parquet.write_table(pa.table({"org": ["RRE"], "month": [201806], "n": [1]}), tmp_path / form)
    options = ("--code", "org", "--on", "month", "--values", "n", "--to", "2026-04-01")
    run("restate", tmp_path / form, *options, "--output", str(tmp_path / "new.parquet"))
    months = pyarrow.parquet.read_table(tmp_path / "new.parquet")["month"]
    assert (months.type, months.to_pylist()) == (pa.int64(), [201806])


@pytest.mark.parametrize(("cell", "candidate"), [(50, "5E1"), (100, "1E2"), (date(2026, 6, 1), "JUN01")])
@pytest.mark.parametrize("beside", [[], [["RRE", 1]]])
def test_a_spoilt_code_is_damaged(tmp_path: Path, cell: object, candidate: str, beside: list[list[object]]) -> None:
    """A number or a day among codes is one, whether others of the column are codes or none are."""
    file = put(tmp_path, "a.xlsx", workbook(A=sheet([["org", "n"], [cell, 2], *beside])))
    question = ("--code", "org", "--vintage", "2018-06", "--values", "n", "--to", "2026-04-01")
    (damaged,) = json.loads(run("restate", file, *question, "--json"))["damaged"]
    assert candidate in damaged["suggestions"]
    report = json.loads(run("check", file, "--code", "org", "--json"))
    (finding,) = (finding for finding in report["findings"] if finding["rule"] == "damaged")
    assert candidate in finding["flagged"][0]["candidates"]


def test_parquet_and_arrow_are_checked(tmp_path: Path) -> None:
    """What can be restated can be checked."""
    pyarrow.parquet.write_table(pa.table({"org": ["RRE", "1H"], "n": [1, 2]}), tmp_path / "a.parquet")
    report = json.loads(run("check", tmp_path / "a.parquet", "--code", "org", "--vintage", "2018-06", "--json"))
    assert report["standings"] == {"open": 1, "damaged": 1}
    assert "has no column 'code'. Give one of: org, n." in run(
        "check", tmp_path / "a.parquet", "--code", "code", exit_code=2
    )
