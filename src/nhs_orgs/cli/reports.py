"""`events` and `releases`: what the register holds, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated, TypeAlias

import typer
from rich import text

from nhs_orgs.cli.application import AsJson, Folder, command
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import Document, event_document, named_in, source_document, sources_document
from nhs_orgs.cli.mistakes import NotTogether
from nhs_orgs.cli.phrases import Numbers, basis_of, event_line, part_of
from nhs_orgs.cli.screen import pairs, say, write_json
from nhs_orgs.cli.tallies import counted, counted_table, coverage_document, coverage_lines, coverage_table
from nhs_orgs.coverage import SINCE
from nhs_orgs.events import ChangeEvent, EventKind, Extent
from nhs_orgs.register import Register, load

__all__ = ["events", "releases"]


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
