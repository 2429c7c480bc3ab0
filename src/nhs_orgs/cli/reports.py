"""`events`, `releases` and `check`: what the register holds, what it was made from, what it did not believe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich import text

from nhs_orgs.checks import check_codes
from nhs_orgs.cli.application import AsJson, Folder, command
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import Document, event_document, named_in, source_document, sources_document
from nhs_orgs.cli.phrases import Numbers, basis_of, event_line, part_of, plural
from nhs_orgs.cli.screen import pairs, say, write_json, write_lines
from nhs_orgs.cli.tables import columns_of
from nhs_orgs.cli.tallies import counted, counted_table, coverage_document, coverage_lines, coverage_table
from nhs_orgs.coverage import SINCE
from nhs_orgs.errors import NHSOrgsError
from nhs_orgs.events import ChangeEvent, EventKind, Extent
from nhs_orgs.register import Register, load
from nhs_orgs.store import Finding

__all__ = ["check", "events", "releases"]


class NoSuchChoice(NHSOrgsError):
    """A word that an option does not know."""

    def __init__(self, option: str, word: str, known: Iterable[str]) -> None:
        super().__init__(f"{option} {word!r} is not one of: {', '.join(sorted(known))}.")


class NotTogether(NHSOrgsError):
    """Options that do not go together."""

    def __init__(self, option: str, why: str) -> None:
        super().__init__(f"{option} does not go with {why}. Leave one of them out.")


_Summary: TypeAlias = Annotated[
    bool, typer.Option("--summary", help="Count them by kind, basis and period.", show_default=False)
]
_Coverage: TypeAlias = Annotated[
    bool,
    typer.Option("--coverage", help="Tell how far the ends of bodies since 2001 are explained.", show_default=False),
]


@command("events")
def events(
    *,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="CODE", help="Only events of this organisation.", show_default=False),
    ] = None,
    kind: Annotated[
        EventKind | None, typer.Option("--kind", help="Only events of this kind.", show_default=False)
    ] = None,
    summary: _Summary = False,
    coverage: _Coverage = False,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """List change events in order of time.

    All of them, or those of one organisation or of one kind.

    Example: nhs-orgs events --code R1E
    """
    opened = load(register)
    if coverage:
        if code or kind or summary:
            raise NotTogether("--coverage", "--code, --kind or --summary: it is about every kind of body at once")
        _print_coverage(opened, json=json)
        return
    found = _wanted(opened, code, kind)
    if summary:
        counts = counted(found)
        if json:
            write_json({"total": len(found), "kinds": counts})
        else:
            say(counted_table(counts))
    elif json:
        write_json(_events_document(found))
    else:
        _print_events(opened, found)


def _print_coverage(register: Register, *, json: bool) -> None:
    lines = register.coverage()
    if json:
        write_json({"since": SINCE.isoformat(), "kinds": coverage_document(lines)})
        return
    say(coverage_table(lines))
    if rest := coverage_lines(lines, register):
        say("", "By a succession row only, or by nothing:", pairs(rest))


def _wanted(register: Register, code: str | None, kind: EventKind | None) -> tuple[ChangeEvent, ...]:
    found = register.events(choose(register, [code]).partition("@")[0] if code else None)
    return tuple(event for event in found if kind in {None, event.kind})


def _events_document(found: Iterable[ChangeEvent]) -> Document:
    listed = list(found)
    return {
        "events": [event_document(event) for event in listed],
        "sources": sources_document(named_in(listed)),
    }


def _print_events(register: Register, found: tuple[ChangeEvent, ...]) -> None:
    if not found:
        say("No event in this register.")
        return
    numbers = Numbers()
    say(pairs([(str(event.dated), _event(register, event, numbers)) for event in found]))
    say("", "Sources", numbers.listed())


def _event(register: Register, event: ChangeEvent, numbers: Numbers) -> text.Text:
    """What happened; parts; the story where one is told; what it rests on."""
    words = text.Text.assemble((event.kind.value, "bold"), f": {event_line(event, register)}")
    for transfer in event.transfers:
        if transfer.extent is Extent.PART:
            words.append(f"\n{transfer.giver} to {transfer.receiver} {part_of(transfer)}")
    if event.narrative:
        words.append(f"\n{event.narrative}")
    return words.append(f"\n{basis_of(event)} {numbers.cite(event.sources)}", "dim")


@command("releases")
def releases(*, json: AsJson = False, register: Folder = None) -> None:
    """List what the register was made from.

    Each report at each date, and the command that compiled them.

    Example: nhs-orgs releases
    """
    opened = load(register)
    manifest = opened.manifest
    if json:
        write_json(
            {
                "release": str(opened.release),
                "covers": str(opened.covers),
                "command": manifest.get("command"),
                "counts": manifest.get("counts"),
                "releases": [source_document(source) for source in opened.releases],
            }
        )
        return
    counts = {name: f"{count:,}" for name, count in (manifest.get("counts") or {}).items()}
    say(
        pairs(
            [
                ("newest release", opened.release.describe()),
                ("covers", opened.covers.describe()),
                ("holds", ", ".join(f"{count} {name}" for name, count in counts.items())),
                ("compiled by", str(manifest.get("command", ""))),
            ]
        )
    )
    ordered = sorted(opened.releases, key=lambda s: (s.report, s.as_at.earliest, s.path))
    for report, group in groupby(ordered, key=lambda s: (s.report, s.title, s.publisher)):
        say("", text.Text.assemble((report[0], "bold"), f"  {report[1]}, {report[2]}"))
        say(pairs([(str(source.as_at), source.path) for source in group]))


_File: TypeAlias = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="A table of your own (CSV) whose codes to check.", show_default=False),
]
_Column: TypeAlias = Annotated[
    str | None, typer.Option("--column", metavar="NAME", help="The column of FILE with codes.", show_default=False)
]
_Dates: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--on-column",
        metavar="NAME",
        help="The column of FILE with the date of each row: days, months, quarters, financial years.",
        show_default=False,
    ),
]
_Day: TypeAlias = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="The date of all rows of FILE instead.", show_default=False)
]
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
    column: _Column = None,
    on_column: _Dates = None,
    on: _Day = None,
    rule: _Rule = None,
    curation: _Curation = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """List what was not taken at its word in the sources.

    By which rule, and what was done instead. With --curation, what a person should look at in curated files.
    With a FILE, what to mend in its column of organisation codes: closed and damaged ones, double counts, ...

    Example: nhs-orgs check
    """
    if file is not None:
        _check_file(TableToCheck(file, column, on, on_column, rule), register, json=json)
        return
    if (column, on, on_column) != (None, None, None):
        raise NHSOrgsError("--column, --on and --on-column are about a table: name its file first.")
    found = load(register).check() if curation is None else _odd(curation, register)
    known = {finding.rule for finding in found}
    if rule is not None and rule not in known:
        raise NoSuchChoice("--rule", rule, known)
    chosen = tuple(finding for finding in found if rule in {None, finding.rule})
    if json:
        write_json({"rules": dict(Counter(f.rule for f in chosen)), "findings": [_finding(f) for f in chosen]})
    else:
        _print_findings(chosen)


@dataclass(frozen=True)
class TableToCheck:
    """What is to be checked of a table."""

    file: Path
    column: str | None
    on: str | None
    on_column: str | None
    rule: str | None


def _check_file(asked: TableToCheck, register: Path | None, *, json: bool) -> None:
    if asked.column is None or (asked.on and asked.on_column):
        raise NHSOrgsError("Name the column of codes with --column, and its dates with --on or --on-column, not both.")
    names = [asked.column, *([asked.on_column] if asked.on_column else [])]
    codes, *dates = columns_of(asked.file, names)
    report = check_codes(codes, on=dates[0] if dates else asked.on, register=load(register))
    if asked.rule is not None:
        report = replace(report, findings=tuple(f for f in report.findings if f.rule == asked.rule))
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
        say(text.Text.assemble((rule, "bold"), f"  {plural(len(listed), 'finding')}"))
        for (what, sources), same in groupby(listed, key=lambda f: (f.what, f.sources)):
            told = f" ({', '.join(sources)})" if sources else ""
            say(f"{', '.join(f.subject for f in same)}: {what}{told}")
        say("")
    say(f"{plural(len(found), 'finding')} in all.")
