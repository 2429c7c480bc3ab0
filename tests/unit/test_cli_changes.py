"""The command line's second axis of time: `changes`, and questions as known at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rows import compiled, follows, listed
from typer.testing import CliRunner

from nhs_orgs.cli import app

TIMES = ("--since", "2018-08-31", "--until", "2022-10-31")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small register with two releases of two reports."""
    folder = tmp_path_factory.mktemp("register")
    rows = (
        listed("RRE", "2001-04-01", by="etr@2018-08-31", name="South Staffordshire"),
        listed("R1E", "2011-09-01", by="etr@2018-08-31", name="Staffordshire Partnership"),
        listed("RRE", "2001-04-01", by="etr@2020-10-31", name="Midlands Partnership"),
        listed("R1E", "2011-09-01", "2018-05-31", by="etr@2020-10-31", name="Staffordshire Partnership"),
        follows("R1E", "RRE", "2018-05-31", by="succ@2018-05"),
        follows("R1E", "RRE", "2018-06-01", by="succ@2022-05"),
    )
    compiled(*rows).write(folder, command="a test")
    return str(folder)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def run(*arguments: str, exit_code: int = 0) -> str:
    """What a command prints."""
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == exit_code, done.output
    return done.output


def changed(*arguments: str) -> Any:  # noqa: ANN401 - JSON
    """Changes as JSON."""
    return json.loads(run("changes", *TIMES, *arguments, "--json"))


def test_changes_are_listed_by_report(register: str) -> None:
    """Each report is told with the releases compared, a line a change, and a count of all at the end."""
    assert run("changes", *TIMES, "--register", register).splitlines() == [
        "etr  etr@2018-08-31 to etr@2020-10-31, 2 changes",
        "R1E  closed: last day 2018-05-31, before: open",
        "RRE  renamed: Midlands Partnership, before: South Staffordshire",
        "",
        "succ  succ@2018-05 to succ@2022-05, 1 change",
        "R1E -> RRE  re-dated succession: 2018-06-01, before: 2018-05-31",
        "",
        "3 changes in all: 1 closed, 1 renamed, 1 re-dated succession.",
    ]


def test_changes_as_json(register: str) -> None:
    """The document holds every change with its parts, and the releases in full."""
    found = changed("--register", register, "--kind", "re-dated succession")
    assert list(found) == ["changes", "sources"]
    assert found["changes"] == [
        {
            "kind": "re-dated succession",
            "report": "succ",
            "code": "R1E",
            "successor": "RRE",
            "property": None,
            "before": "2018-05-31",
            "after": "2018-06-01",
            "sources": ["succ@2018-05", "succ@2022-05"],
        }
    ]
    assert [source["id"] for source in found["sources"]] == ["succ@2018-05", "succ@2022-05"]


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (("--report", "etr"), 2),
        (("--report", "ets"), 0),
        (("--code", "r1e"), 2),
        (("--code", "RRE"), 2),
        (("--kind", "closed"), 1),
        (("--report", "succ", "--code", "RRE"), 1),
    ],
)
def test_changes_are_chosen(register: str, choice: tuple[str, ...], count: int) -> None:
    """By report, by code on either side of a succession, by kind."""
    assert len(changed("--register", register, *choice)["changes"]) == count


def test_no_change_says_so(register: str) -> None:
    """Where nothing changed there is a sentence, not silence."""
    arguments = ("--since", "2018-08-31", "--until", "31 August 2018", "--register", register)
    assert run("changes", *arguments) == "0 changes in all.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "2020-10-31", "--until", "2018-08-31"), "would end before it starts"),
        (("--since", "2018", "--until", "2020-10-31"), "one day"),
    ],
)
def test_what_is_wrong_with_the_times_is_told(register: str, arguments: tuple[str, ...], words: str) -> None:
    """Times that are swapped or no days are errors."""
    assert words in run("changes", *arguments, "--register", register, exit_code=2)


def test_show_and_resolve_as_known(register: str) -> None:
    """With --known-at a body is shown, and resolved, as the releases in hand then had it."""
    asked = ("--on", "2018-08-31", "--register", register)
    assert "R1E was not open on 2018-08-31" in run("show", "R1E", *asked, exit_code=1)
    assert "since 1 September 2011" in run("show", "R1E", *asked, "--known-at", "2018-08-31")
    assert run("resolve", "R1E", *asked).startswith("By 31 August 2018 R1E has been succeeded by RRE")
    assert run("resolve", "R1E", *asked, "--known-at", "31 August 2018").startswith("On 31 August 2018 R1E is open")
    names = json.loads(run("show", "RRE", "--register", register, "--known-at", "2018-08-31", "--json"))["names"]
    assert [name["name"] for name in names] == ["South Staffordshire"]


def test_a_time_before_every_release_is_an_error(register: str) -> None:
    """What nobody knew is not answered."""
    said = run("show", "R1E", "--known-at", "2001-01-01", "--register", register, exit_code=2)
    assert "releases from 2018-05-31" in said
