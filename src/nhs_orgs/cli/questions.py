"""`find` and `resolve`: which organisation is meant, and where a code leads on a day."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import table, text

from nhs_orgs.cli.application import AsJson, Asked, AsKnown, ByDates, Folder, command, day_of, opened
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import match_document, outcome_document
from nhs_orgs.cli.phrases import basis_of, event_line, kind_and_period
from nhs_orgs.cli.screen import pairs, say, tell, working, write_json
from nhs_orgs.codes import damage
from nhs_orgs.organisations import DateReading
from nhs_orgs.register import Register, load
from nhs_orgs.resolve import Outcome
from nhs_orgs.search import Match

__all__ = ["find", "resolve"]


@command("find")
def find(
    words: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="A code, a name or words of one, an abbreviation.")
    ],
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="COUNT", help="The most matches to print.")] = 10,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Find organisations by code, name or abbreviation.

    Present and former names, the best match first. Case, punctuation, "&" or "and", "St" or "Saint" and "NHS FT" or
    "NHS Foundation Trust" make no difference.

    Example: nhs-orgs find "midlands partnership"
    """
    asked = " ".join(words)
    with working("looking through every name", quiet=json):
        matches = load(register).find(asked, limit=limit)
    if json:
        write_json({"query": asked, "matches": [match_document(match) for match in matches]})
    elif matches:
        say(_listed(matches))
    if not matches:
        tell(f"error: nothing found for {asked!r}. {_advice(asked)}")
        raise typer.Exit(1)


def _advice(asked: str) -> str:
    harm = damage(asked)
    if harm is not None and harm.candidates:
        return f"As a code it may be damaged ({harm.reason}): try {' or '.join(harm.candidates)}."
    return "Try fewer words, or one that tells it apart."


def _listed(matches: tuple[Match, ...]) -> table.Table:
    rows = table.Table.grid(padding=(0, 2))
    rows.add_column(justify="right", style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for match in matches:
        rows.add_row(str(match.score), _match(match))
    return rows


def _match(match: Match) -> text.Text:
    """Key and name, by what it matched where that is not the name, kind and days."""
    body = match.organisation
    words = text.Text.assemble((body.key, "bold"), "  ", body.name)
    if match.matched == "abbreviation":
        words.append(f"\nabbreviation {match.name}")
    elif match.matched == "initials":
        words.append(f"\ninitials of {match.name}")
    elif match.name != body.name:
        words.append(f"\n{match.matched} {match.name}")
    return words.append(f"\n{kind_and_period(body)}", "dim")


@command("resolve")
def resolve(
    organisation: Asked,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="On which day, such as 2026-04-01.")],
    reading: ByDates = DateReading.LEGAL,
    known_at: AsKnown = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Say what a code or a body is, or has become, on a day.

    One of six outcomes: current, succeeded, divided, ended, not yet open, or unknown.

    Example: nhs-orgs resolve 10G --on 2026-04-01
    """
    whole = opened(register, known_at)
    asked = choose(whole, organisation)
    outcome = whole.resolve(asked, on=day_of(on), reading=reading)
    if json:
        write_json(outcome_document(asked, outcome, reading))
    else:
        _print(whole, outcome)


def _print(register: Register, outcome: Outcome) -> None:
    say(outcome.describe())
    if outcome.path:
        say(
            "",
            pairs([(str(e.dated), f"{e.kind.value}: {event_line(e, register)}; {basis_of(e)}") for e in outcome.path]),
        )
    if outcome.notes:
        say("", *(f"Note: {note}." for note in outcome.notes))
