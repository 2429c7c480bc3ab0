"""`changes`: what the register itself came to say otherwise between two times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Annotated

import typer
from rich import text

from nhs_orgs.amounts import amount
from nhs_orgs.changes import Change, ChangeKind
from nhs_orgs.cli.application import AsJson, Folder, command, day_of
from nhs_orgs.cli.documents import change_document, sources_document
from nhs_orgs.cli.screen import pairs, say, write_json
from nhs_orgs.register import load

__all__ = ["changes"]


@command("changes")
def changes(  # noqa: PLR0913 - two times and three choices, each an option by name
    *,
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="From what was known that day.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="To what was known that day.")],
    report: Annotated[
        str | None, typer.Option("--report", metavar="REPORT", help="Only of this report.", show_default=False)
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="Only about this code.", show_default=False)
    ] = None,
    kind: Annotated[
        ChangeKind | None, typer.Option("--kind", help="Only changes of this kind.", show_default=False)
    ] = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """List what the register itself changed between two times.

    Of each report the release in hand then against the one in hand later: listed, closed, renamed, re-dated.

    Example: nhs-orgs changes --since 2018-08-31 --until 2020-10-31 --report etr --kind closed
    """
    opened = load(register)
    about = None if code is None else opened[code].code
    told = opened.changes(since=day_of(since), until=day_of(until))
    of_report = (change for change in told if report in {None, change.report})
    found = [c for c in of_report if about in {None, c.code, c.successor} and kind in {None, c.kind}]
    if json:
        releases = sources_document(source for change in found for source in change.sources)
        write_json({"changes": [change_document(change) for change in found], "sources": releases})
    else:
        _print(found)


def _print(found: list[Change]) -> None:
    """By report and kind, with the releases that were compared."""
    for report, of_report in groupby(found, key=lambda change: change.report):
        listed = list(of_report)
        compared = " to ".join(dict.fromkeys((listed[0].sources[0].id, listed[0].sources[-1].id)))
        say(text.Text.assemble((report, "bold"), f"  {compared}, {amount(len(listed), 'change')}"))
        say(
            pairs([(change.subject, ": ".join(filter(None, (change.kind.value, change.values)))) for change in listed]),
            "",
        )
    say(f"{amount(len(found), 'change')} in all{_counted(found)}.")


def _counted(found: Iterable[Change]) -> str:
    counts = Counter(change.kind for change in found)
    return f": {', '.join(f'{counts[kind]:,} {kind.value}' for kind in ChangeKind if counts[kind])}" if counts else ""
