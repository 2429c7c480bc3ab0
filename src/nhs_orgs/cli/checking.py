"""`check`: what is odd about the register's sources, or about a person's own column of codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich import text

from nhs_orgs.amounts import amount
from nhs_orgs.checks import check_codes
from nhs_orgs.cli.application import AsJson, Folder, command
from nhs_orgs.cli.documents import Document
from nhs_orgs.cli.figures import CODE, On, Sheet, Vintage, as_dates, dates_of, read_columns
from nhs_orgs.cli.mistakes import NoSuchChoice, NotTogether
from nhs_orgs.cli.screen import say, working, write_json, write_lines
from nhs_orgs.errors import NHSOrgsError
from nhs_orgs.register import load
from nhs_orgs.store import Finding

__all__ = ["check"]

_File: TypeAlias = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="A table of your own whose codes to check: CSV, a spreadsheet (.xlsx, .xls, .ods), Parquet or Arrow.",
        show_default=False,
    ),
]
_OldCode: TypeAlias = Annotated[str | None, typer.Option("--column", hidden=True)]
_OldDates: TypeAlias = Annotated[str | None, typer.Option("--on-column", hidden=True)]
_Rule: TypeAlias = Annotated[
    str | None, typer.Option("--rule", metavar="RULE", help="Only findings by this rule.", show_default=False)
]
_Curation: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--curation",
        metavar="FOLDER",
        help="What is odd about these curated files, with which the register was compiled.",
        show_default=False,
    ),
]


@command("check")
def check(  # noqa: PLR0913 - each option is named where it is used
    file: _File = None,
    *,
    code: Annotated[str | None, CODE] = None,
    on: On = None,
    vintage: Vintage = None,
    sheet: Sheet = None,
    rule: _Rule = None,
    curation: _Curation = None,
    json: AsJson = False,
    register: Folder = None,
    column: _OldCode = None,
    on_column: _OldDates = None,
) -> None:
    """Check the codes in a table of your own, or the register itself.

    With a FILE, what to mend in its column of organisation codes: closed and damaged ones, double counts, ...
    Without, what was not taken at its word in the sources, by which rule, and what was done instead; with --curation,
    what a person should look at in curated files.

    Example: nhs-orgs check beds.csv --code org --on period
    """
    asked = _Asked(_one(code, column, "--code"), _one(on, on_column, "--on"), vintage, sheet)
    if file is not None:
        _check_file(file, asked, rule, register, json=json)
        return
    if asked != _Asked():
        raise NHSOrgsError("--code, --on, --vintage and --sheet are about a table: name its file first.")
    found = load(register).check() if curation is None else _odd(curation, register)
    known = {finding.rule for finding in found}
    if rule is not None and rule not in known:
        raise NoSuchChoice("--rule", rule, known)
    chosen = tuple(finding for finding in found if rule in {None, finding.rule})
    if json:
        write_json({"rules": dict(Counter(f.rule for f in chosen)), "findings": [_finding(f) for f in chosen]})
    else:
        _print_findings(chosen)


def _one(given: str | None, old: str | None, option: str) -> str | None:
    """What an option says, or the same by the name that it had before."""
    if given is not None and old is not None:
        raise NotTogether(f"{option} {given}", f"{old}, given by its old name")
    return old if given is None else given


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be looked at in a file."""

    code: str | None = None
    on: str | None = None
    vintage: str | None = None
    sheet: str | None = None


def _check_file(file: Path, asked: _Asked, rule: str | None, register: Path | None, *, json: bool) -> None:
    if asked.code is None:
        raise NHSOrgsError("Say which column holds the codes: --code.")
    if asked.on is not None and asked.vintage is not None:
        raise NotTogether("--on", "--vintage: one gives each row its date, the other all rows the same")
    with working(f"checking {file.name}", quiet=json):
        columns = read_columns(file, code=asked.code, sheet=asked.sheet)
        column, day = dates_of(columns, file, on=asked.on, vintage=asked.vintage)
        dates = as_dates(columns[column]) if column else day
        report = check_codes(columns[asked.code], on=dates, register=load(register))
    if rule is not None:
        report = replace(report, findings=tuple(f for f in report.findings if f.rule == rule))
    if json:
        write_json(report.to_dict())
    else:
        write_lines(report.describe())


def _odd(curation: Path, register: Path | None) -> tuple[Finding, ...]:
    from nhs_orgs.compiler import read_curation

    return load(register).lint(read_curation(curation))


def _finding(finding: Finding) -> Document:
    return {
        "rule": finding.rule,
        "subject": finding.subject,
        "what": finding.what,
        "sources": list(finding.sources),
    }


def _print_findings(found: tuple[Finding, ...]) -> None:
    for rule, group in groupby(sorted(found, key=lambda f: f.rule), key=lambda f: f.rule):
        listed = list(group)
        say(text.Text.assemble((rule, "bold"), f"  {amount(len(listed), 'finding')}"))
        for (what, sources), same in groupby(listed, key=lambda f: (f.what, f.sources)):
            told = f" ({', '.join(sources)})" if sources else ""
            say(f"{', '.join(f.subject for f in same)}: {what}{told}")
        say("")
    say(f"{amount(len(found), 'finding')} in all.")
