"""What the README and the documentation show runs, and prints what they say."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import nhs_orgs

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
OPTIONS = doctest.ELLIPSIS | doctest.REPORT_NDIFF

TO_SET_UP = {"python start.py", "python start.py test"}
"""Commands that a page may tell without their output: what they do is what runs these tests."""


def blocks(page: Path, language: str) -> list[str]:
    """Every fenced block of a language on a page."""
    return [
        found["body"] for found in FENCE.finditer(page.read_text(encoding="utf-8")) if found["language"] == language
    ]


def named(page: Path) -> str:
    """The page's path inside the checkout, as a test id."""
    return page.relative_to(ROOT).as_posix()


def sessions(block: str) -> list[tuple[str, str]]:
    """Commands of a console block, each with the output beneath it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_python_on_a_page_prints_what_it_says(page: Path) -> None:
    """The Python of each page runs from top to bottom, and every answer is the one that the page shows."""
    code = "\n".join(blocks(page, "pycon"))
    example = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    report: list[str] = []
    results = doctest.DocTestRunner(optionflags=OPTIONS).run(example, out=report.append)
    assert results.failed == 0, "".join(report)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_on_a_page_print_what_it_says(page: Path) -> None:
    """Every `nhs-orgs` command of each page prints the output beneath it."""
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    checker = doctest.OutputChecker()
    for command, expected in (session for block in blocks(page, "console") for session in sessions(block)):
        program, *arguments = shlex.split(command)
        assert program == "nhs-orgs"
        run = subprocess.run(
            [sys.executable, "-m", "nhs_orgs", *arguments],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        printed = run.stdout + run.stderr
        assert checker.check_output(expected, printed, OPTIONS), f"$ {command}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_show_nothing_that_is_not_run(page: Path) -> None:
    """Code on a page is a session that these tests run, or one of the commands that set the project up."""
    languages = {found["language"] for found in FENCE.finditer(page.read_text(encoding="utf-8"))}
    assert languages <= {"pycon", "console", "shell"}
    told = {line for block in blocks(page, "shell") for line in block.splitlines() if line}
    assert told <= TO_SET_UP


def test_the_readme_is_one_screen() -> None:
    """The README says what there is to say in one screen, and tells the two commands."""
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 70
    assert [line for block in blocks(README, "shell") for line in block.splitlines() if "start.py" in line] == [
        "python start.py",
        "python start.py test",
    ]


def test_the_readme_commands_are_those_of_start_py() -> None:
    """What the README tells to run is what start.py says that it does."""
    told = (ROOT / "start.py").read_text(encoding="utf-8").partition('"""')[2].partition('"""')[0]
    for block in blocks(README, "shell"):
        for line in (line for line in block.splitlines() if "start.py" in line):
            assert re.search(rf"^    {re.escape(line)}  ", told, re.MULTILINE)


def test_links_of_the_readme_lead_somewhere() -> None:
    """Every relative link of the README is a file of the checkout."""
    links = re.findall(r"\]\((?!https?://)([^)#]+)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_versions_agree() -> None:
    """The citation file and the changelog speak of this version of the code."""
    assert f"\nversion: {nhs_orgs.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {nhs_orgs.__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_status_is_told() -> None:
    """The page on restating has a line for each status that a row can have, in a table."""
    page = (ROOT / "docs" / "how-to" / "restate-figures.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    assert sorted(told) == sorted(status.value for status in nhs_orgs.Status)
