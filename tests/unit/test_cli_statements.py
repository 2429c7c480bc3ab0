"""The command line on what was chosen: `statements` of a code, and `check --curation` of curated files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rows import compiled, follows, listed
from typer.testing import CliRunner

from nhs_orgs.cli import app
from nhs_orgs.compiler import read_curation

ENTRIES = """
citations:
  - {id: order, publisher: The Stationery Office, title: An order, published: "2018-05-01"}
  - {id: paper, publisher: A newspaper, title: A report, published: "2018"}
confirmations:
  - {ends: [R1E], effective: "2018-06", confidence: high, citations: [order]}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Curated files, and a small register that was compiled with them."""
    curated, register = tmp_path_factory.mktemp("curated"), tmp_path_factory.mktemp("register")
    Path(curated, "entries.yaml").write_text(ENTRIES, encoding="utf-8")
    rows = (
        listed("R1E", "2011-09-01", by="etr@2018-08-31"),
        listed("R1E", "2011-09-01", "2018-05-31", by="etr@2020-10-31"),
        listed("RRE", "2001-04-01", by="etr@2020-10-31"),
        follows("R1E", "RRE", "2018-06-01"),
    )
    compiled(*rows, curation=read_curation(curated)).write(register, command="a test")
    return str(curated), str(register)


def run(*arguments: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result
    return result.output


def test_statements_side_by_side(folders: tuple[str, str]) -> None:
    """What was chosen first, each with its rule and the releases that say it, and the list of sources below."""
    assert run("statements", "R1E", "--property", "legal_end", "--register", folders[1]).splitlines() == [
        "legal_end",
        "chosen  2018-05-31: the newest release; seen 2020-10-31 [1]",
        "not     ..: a newer release says otherwise; seen 2018-08-31 [2]",
        "",
        "Sources",
        "[1] A publisher, the etr list, as at 31 October 2020",
        "[2] A publisher, the etr list, as at 31 August 2018",
    ]
    assert run("statements", "R1E", "--property", "no", "--register", folders[1]) == (
        "No such statement in this register.\n"
    )


def test_statements_as_json(folders: tuple[str, str]) -> None:
    """Each statement with its verdict, and what speaks against it."""
    found: dict[str, Any] = json.loads(run("statements", "R1E", "--register", folders[1], "--json"))
    assert (found["code"], len(found["sources"])) == ("R1E", 2)
    assert [(s["value"], s["chosen"], s["conflicts"]) for s in found["statements"] if s["property"] == "legal_end"] == [
        ("..", False, ["2018-05-31"]),
        ("2018-05-31", True, [".."]),
    ]


def test_an_event_tells_on_what_it_rests(folders: tuple[str, str]) -> None:
    """The basis of an event stands beside its confidence, and in JSON with the sources of each fate."""
    assert "cited, high confidence; dated lists agree, confirmed" in " ".join(
        run("events", "--code", "R1E", "--register", folders[1]).split()
    )
    found = json.loads(run("events", "--code", "R1E", "--register", folders[1], "--json"))
    (event,) = found["events"]
    assert event["basis"] == ["dated lists agree", "confirmed"]
    assert event["befores"][0]["sources"] == ["order", "etr@2020-10-31"]
    assert {source for part in event["befores"] for source in part["sources"]} <= {s["id"] for s in found["sources"]}


def test_curated_files_are_checked(folders: tuple[str, str]) -> None:
    """What is odd about curated files is listed like any other finding."""
    assert run("check", "--curation", folders[0], "--register", folders[1]) == (
        "citation never used  1 finding\npaper: no entry cites it\n\n1 finding in all.\n"
    )
