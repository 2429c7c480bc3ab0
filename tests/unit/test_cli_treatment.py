"""`nhs-orgs restate`: rates, categories and names of new columns, and mistakes in the words of the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nhs_orgs.cli import app
from nhs_orgs.cli.mistakes import in_options, told
from nhs_orgs.cli.treatment import new_names, treatment_of
from nhs_orgs.errors import InvalidFrame, NHSOrgsError, ReadError

TABLE = """\
org,day,beds,occupancy,rating
RDD,2019-06-30,600,0.9,good
RQ8,2019-06-30,400,0.8,bad
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Counts, a rate and a word of two trusts that merged."""
    file = tmp_path / "wards.csv"
    file.write_text(TABLE)
    return file


def run(*arguments: str | Path, exit_code: int = 0) -> str:
    """What the command prints, errors included."""
    done = CliRunner().invoke(app, ["restate", *map(str, arguments), "--to", "2026-04-01"])
    assert done.exit_code == exit_code, done.output
    return done.output


def restated(table: Path, *options: str) -> list[dict[str, str]]:
    """The rows that the command writes."""
    out = table.with_name("out.csv")
    run(table, "--code", "org", "--on", "day", *options, "--output", out)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_rate_is_weighed_by_its_denominator(table: Path) -> None:
    """Added up it is that of all; without a column both options are for every column of values."""
    for how, denominator in (("occupancy=rate", "occupancy=beds"), ("rate", "beds")):
        options = ("--values", "occupancy", "--how", how, "--denominator", denominator, "--by", "day")
        (row,) = restated(table, *options)
        assert (row["org"], row["beds"], row["occupancy"]) == ("RAJ", "1000", "0.86")


def test_each_column_is_treated_as_it_is_told(table: Path) -> None:
    """Counts are added up, rates weighed, and a word that is added up by keeps a row for each of its values."""
    values = ("--values", "beds", "--values", "occupancy", "--values", "rating", "--by", "rating")
    how = ("--how", "occupancy=mean", "--how", "rating=category", "--denominator", "occupancy=beds")
    rows = restated(table, *values, *how)
    assert {(row["rating"], row["beds"], row["occupancy"]) for row in rows} == {
        ("good", "600", "0.9"),
        ("bad", "400", "0.8"),
    }


def test_new_columns_have_the_names_asked_for(table: Path) -> None:
    """Those that are not named keep theirs."""
    row, _ = restated(table, "--values", "beds", "--names", "status=outcome", "--names", "source=was")
    assert list(row)[5:] == ["was", "outcome", "weight", "basis", "approximate"]
    assert (row["org"], row["was"], row["outcome"]) == ("RAJ", "RDD", "succeeded")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--values", "occupancy", "--how", "rate"), "Name that column: --denominator 'occupancy'=...; or restate"),
        (("--values", "occupancy", "--how", "ratio"), "--how 'ratio' is not one of: category, count, mean, rate."),
        (("--values", "beds", "--how", "occupancy=rate"), "--how occupancy=rate: occupancy is no column of --values."),
        (("--values", "beds", "--how", "count", "--how", "rate"), "--how count does not go with --how rate"),
        (
            ("--values", "beds", "--how", "beds=count", "--how", "beds=rate"),
            "--how beds=count does not go with --how",
        ),
        (("--how", "rate"), "--how is about columns of values: name one with --values."),
        (("--denominator", "beds"), "--denominator is about columns of values"),
        (("--values", "rating", "--how", "category", "--by", "day"), "keeps a row: --by 'rating'"),
        (("--values", "occupancy", "--how", "rate", "--denominator", "rating"), "holds 'good', which is no number"),
        (("--values", "beds", "--by", "beds"), "Leave it out of --by or of --values"),
        (("--names", "state=x"), "--names 'state' is not one of: approximate, basis, source, status, weight."),
        (("--names", "status"), "--names status: give the other name too, such as --names status=new_status."),
        (("--names", "status=org"), "Column 'org' is in the table already"),
        (("--kind", "GPPractice"), "--kind GPPractice"),
    ],
)
def test_a_mistake_is_told_in_options(table: Path, options: tuple[str, ...], why: str) -> None:
    """What Python calls by its arguments has the names that were typed."""
    said = run(table, "--code", "org", "--on", "day", *options, exit_code=2)
    assert why in said
    assert "names=" not in said
    assert "by=" not in said


def test_the_longest_column_is_meant() -> None:
    """A column may have an equals sign in its name."""
    made = treatment_of(["a", "a=b"], ["a=b=rate"], ["a=b=n", "a=m"])
    assert made.how == {"a": "count", "a=b": "rate"}
    assert made.denominator == {"a": "m", "a=b": "n"}
    assert made.numbers == ("a", "a=b", "n", "m")


def test_one_column_may_be_the_exception() -> None:
    """What is said of it comes before what is said of all."""
    assert treatment_of(["a", "b"], ["rate", "b=category"], ["n"]).how == {"a": "rate", "b": "category"}
    assert treatment_of(["a", "b"], ["rate", "b=category"], []).numbers == ("a",)
    assert new_names(["status=a=b"]) == {"status": "a=b"}


def test_only_the_arguments_of_the_command_are_put_in_options() -> None:
    """Another word before an equals sign stays, and so does a path."""
    assert in_options("by=2 of on_day=1 and such=3", {"by", "on_day"}) == "--by 2 of --on-day 1 and such=3"
    assert (
        told(ReadError("/by=2/a.csv", "it is empty", "Mend by= it."), {"by"})
        == "/by=2/a.csv: it is empty. Mend by= it."
    )
    assert told(InvalidFrame(None, "is odd", "Mend by="), {"by"}) == "The table is odd. Mend --by"
    assert (
        told(NHSOrgsError("Give names={'a': ...}, or by=[..., 'b']."), {"names", "by"})
        == "Give --names 'a'=..., or --by 'b'."
    )
