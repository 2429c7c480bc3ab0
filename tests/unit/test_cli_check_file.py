"""`nhs-orgs check FILE`: a person's own table, its columns found by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nhs_orgs.cli import app
from nhs_orgs.cli.tables import columns_of
from nhs_orgs.errors import ReadError

RUNNER = CliRunner()
TABLE = "period;org_code;beds\n2018-05;R1E;10\n2018-06;R1E;10\n2018-06;RRE;20\n\n2018-06;NAN;40\n2018-06\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with semicolons, an empty line and a short one."""
    file = tmp_path / "beds.csv"
    file.write_text(TABLE, encoding="utf-8-sig")
    return file


def run(*arguments: str, code: int = 0) -> str:
    """What a command prints."""
    result = RUNNER.invoke(app, ["check", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_a_table_is_checked_with_its_dates(table: Path) -> None:
    """Codes and dates of two columns are checked together, in words and as JSON."""
    options = (str(table), "--code", "org_code", "--on", "period")
    text = run(*options)
    assert text.startswith("5 values, 4 different, 1 May 2018 to 30 June 2018;")
    assert "'R1E' (1 row): closed on 2018-05-31" in text
    document = json.loads(run(*options, "--json"))
    assert document["standings"] == {"open": 2, "closed": 1, "pseudo": 1, "missing": 1}
    assert [finding["rule"] for finding in document["findings"]] == [
        "closed", "double-count", "missing", "pseudo", "body-changed",
    ][: len(document["findings"])]  # fmt: skip


def test_a_table_is_checked_on_a_day_or_without(table: Path) -> None:
    """One date may hold for all rows, or none be given; one rule may be asked for alone."""
    for option in ("--on", "--vintage"):
        on_a_day = json.loads(run(str(table), "--code", "org_code", option, "2018-05-31", "--json"))
        assert on_a_day["standings"] == {"open": 3, "pseudo": 1, "missing": 1}
    bare = json.loads(run(str(table), "--code", "org_code", "--rule", "pseudo", "--json"))
    assert [finding["rule"] for finding in bare["findings"]] == ["pseudo"]
    assert bare["standings"] == {"known": 3, "pseudo": 1, "missing": 1}


def test_options_have_the_names_too_that_they_had_before(table: Path) -> None:
    """What was written with --column and --on-column goes on working; the help does not list them."""
    old, new = ("--column", "org_code", "--on-column", "period"), ("--code", "org_code", "--on", "period")
    assert run(str(table), *old) == run(str(table), *new)
    assert "--column" not in run("--help")
    assert "--on-column" not in run("--help")


def test_a_column_may_be_called_as_a_date_is(tmp_path: Path) -> None:
    """Then it is the column that --on names; --vintage is always a date."""
    file = tmp_path / "wide.csv"
    file.write_text("org,2018-06-01\nR1E,2018-05-31\n")
    options = (str(file), "--code", "org", "--json")
    assert json.loads(run(*options, "--on", "2018-06-01"))["standings"] == {"open": 1}
    assert json.loads(run(*options, "--vintage", "2018-06-01"))["standings"] == {"closed": 1}


def test_without_a_file_the_register_s_own_findings_are_listed() -> None:
    """The command without a file is what it was."""
    assert run().rstrip().endswith("findings in all.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--code", "org_code"], "--code, --on, --vintage and --sheet are about a table: name its file first."),
        (["--sheet", "Beds"], "name its file first"),
        (["FILE"], "Say which column holds the codes: --code."),
        (["FILE", "--code", "org_code", "--on", "period", "--vintage", "2018-06"], "--on does not go with --vintage"),
        (["FILE", "--code", "org_code", "--column", "org"], "--code org_code does not go with org, given by its old"),
        (["FILE", "--code", "code"], "has no column 'code'. Give one of: period, org_code, beds."),
        (
            ["FILE", "--code", "org_code", "--on", "month"],
            "has no column 'month', and that is no date. Give one",
        ),
        (["FILE", "--code", "org_code", "--on", "beds"], "is not a date"),
    ],
)
def test_what_cannot_be_checked_is_said(table: Path, arguments: list[str], told: str) -> None:
    """A missing name, an unknown column or dates that are none end with what to do."""
    assert told in run(*[str(table) if one == "FILE" else one for one in arguments], code=2)


def test_the_names_may_stand_below_titles(tmp_path: Path) -> None:
    """Comments and a title above a table are passed over, and what separates its columns is found below them."""
    file = tmp_path / "titled.csv"
    file.write_text("# Beds, by trust, in June; an extract\nBeds, June\n\norg;n\nRRE;5\n", encoding="utf-8")
    assert columns_of(file, code="org", whole=True) == {"org": ["RRE"], "n": ["5"]}
    file.write_text("# Beds\norg,n\nRRE,5\n", encoding="utf-8")
    assert "has no column 'code'. Give one of: org, n." in run(str(file), "--code", "code", code=2)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    """A field without end is no table of text."""
    file = tmp_path / "odd.csv"
    file.write_text('code\n"' + "R" * 200_000, encoding="utf-8")
    with pytest.raises(ReadError, match="no table of text"):
        columns_of(file, code="code")
