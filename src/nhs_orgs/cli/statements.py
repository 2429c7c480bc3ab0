"""`statements`: everything that is said of a code, chosen or not, and by which rule."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer
from rich import text

from nhs_orgs.cli.application import AsJson, Asked, Folder, command
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import Document, sources_document, statement_document
from nhs_orgs.cli.phrases import Numbers
from nhs_orgs.cli.screen import pairs, say, write_json
from nhs_orgs.register import load
from nhs_orgs.verdicts import Verdict

__all__ = ["statements"]


@command("statements")
def statements(
    organisation: Asked,
    *,
    about: Annotated[
        str | None,
        typer.Option("--property", metavar="NAME", help="Only of this property, as legal_end.", show_default=False),
    ] = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """List every statement about a code, those that disagree side by side.

    Who says it, in which releases, whether it was chosen, and by which rule.

    Example: nhs-orgs statements R1E --property legal_end
    """
    opened = load(register)
    asked = choose(opened, organisation)
    found = [v for v in opened.statements(asked) if about in {None, v.statement.property}]
    if json:
        said = sources_document(source for verdict in found for source in verdict.statement.sources)
        write_json({"code": asked.partition("@")[0], "statements": [_document(v) for v in found], "sources": said})
    else:
        _print(found)


def _document(verdict: Verdict) -> Document:
    made = statement_document(verdict.statement) | {"chosen": verdict.chosen, "rule": verdict.rule}
    return made | {"conflicts": [other.value for other in verdict.conflicts_with]}


def _print(found: list[Verdict]) -> None:
    """By property, what was chosen first."""
    numbers = Numbers()
    for name, group in groupby(found, key=lambda verdict: verdict.statement.property):
        say(text.Text(name, "bold"))
        ordered = sorted(group, key=lambda verdict: not verdict.chosen)
        say(pairs([("chosen" if v.chosen else "not", _words(v, numbers)) for v in ordered]), "")
    if found:
        say("Sources", numbers.listed())
    else:
        say("No such statement in this register.")


def _words(verdict: Verdict, numbers: Numbers) -> str:
    said = verdict.statement
    held = f", {said.period.describe()}" if said.period else ""
    releases = dict.fromkeys(str(day) for day in (said.first_seen, said.last_seen) if day is not None)
    seen = f"; seen {' to '.join(releases)}" if releases else ""
    return f"{said.value}{held}: {verdict.rule}{seen} {numbers.cite(said.sources)}"
