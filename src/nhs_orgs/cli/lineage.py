"""`lineage` and `trace`: who became whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated

import typer
from rich import table, text, tree

from nhs_orgs.amounts import amount
from nhs_orgs.cli.application import AsJson, Asked, ByDates, Folder, command, day_of
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import (
    Document,
    event_document,
    named_in,
    organisation_document,
    outcome_document,
    sources_document,
)
from nhs_orgs.cli.phrases import Numbers, basis_of, kind_and_period, part_of
from nhs_orgs.cli.screen import pairs, say, write_json, write_lines
from nhs_orgs.organisations import DateReading, Organisation
from nhs_orgs.register import Register, load
from nhs_orgs.relatives import Relative, Relatives
from nhs_orgs.styles import name_on

__all__ = ["lineage", "trace"]

_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Branch:
    """One body of the tree, the transfer that puts it there, and what lies behind it."""

    body: Organisation
    via: Relative | None = None
    branches: list[_Branch] = field(default_factory=list)
    again: bool = False
    """Whether it stands further up in the tree, with what lies behind it."""
    beyond: int = 0
    """How many bodies lie behind it that a limit of depth hides."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked for."""

    register: Register
    forward: bool
    parts: bool
    depth: int | None

    def tree(self, key: str) -> _Branch:
        """The tree of a body, without recursion: a chain may be long, and sources may turn in a circle."""
        root = _Branch(self.register.organisation(key))
        waiting, shown = [(root, 0)], set[str]()
        while waiting:
            branch, level = waiting.pop()
            found = self._next(branch.body.key)
            branch.again = branch.body.key in shown and bool(found)
            if branch.again:
                continue
            if self.depth is not None and level >= self.depth:
                branch.beyond = len(found)
                continue
            shown.add(branch.body.key)
            branch.branches = [_Branch(relative.organisation, relative) for relative in found]
            waiting.extend((below, level + 1) for below in reversed(branch.branches))
        return root

    def _next(self, key: str) -> tuple[Relative, ...]:
        lineage = self.register.lineage
        found: Relatives = lineage.successors(key) if self.forward else lineage.predecessors(key)
        return tuple(relative for relative in found if self.parts or relative.edge.whole)

    def name(self, branch: _Branch) -> str:
        """A body's name on the day: when it gave, or as it began."""
        start = branch.body.period.start
        if branch.via is None:
            return name_on(branch.body, start) if isinstance(start, date) else branch.body.name
        day = branch.via.edge.day
        return name_on(branch.body, day if self.forward else day - _DAY)


@command("lineage")
def lineage(
    organisation: Asked,
    *,
    descendants: Annotated[
        bool, typer.Option("--descendants", help="What became of it, not what it came from.", show_default=False)
    ] = False,
    parts: Annotated[
        bool,
        typer.Option("--parts/--whole-only", help="Follow transfers of a part too, each marked; or whole ones alone."),
    ] = True,
    depth: Annotated[
        int | None, typer.Option(min=1, metavar="STEPS", help="Go back no further than this.", show_default=False)
    ] = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Show the tree of what an organisation came from.

    Each body with its key, its name of the day, its days, how it came into the next, and who says so.

    Example: nhs-orgs lineage MPFT
    """
    opened = load(register)
    chosen = choose(opened, organisation)
    key = chosen if "@" in chosen or chosen.startswith("body:") else opened.eras(chosen)[-1].key
    question = _Question(opened, descendants, parts, depth)
    root = question.tree(key)
    if json:
        write_json(_document(question, root))
    else:
        _print(question, root)


def _walk(root: _Branch) -> Iterator[tuple[_Branch, _Branch | None]]:
    """Every branch with the one above it, in the order in which the tree shows them."""
    waiting: list[tuple[_Branch, _Branch | None]] = [(root, None)]
    while waiting:
        branch, above = waiting.pop()
        yield branch, above
        waiting.extend((below, branch) for below in reversed(branch.branches))


def _print(question: _Question, root: _Branch) -> None:
    numbers = Numbers()
    drawn: dict[int, tree.Tree] = {}
    for branch, above in _walk(root):
        words = _words(question, branch, numbers)
        drawn[id(branch)] = tree.Tree(words) if above is None else drawn[id(above)].add(words)
    say(drawn[id(root)])
    if not root.branches and not root.beyond:
        say("", f"No source in this register says what {'followed it' if question.forward else 'came before it'}.")
    if numbers.sources:
        say("", "Sources", numbers.listed())


def _words(question: _Question, branch: _Branch, numbers: Numbers) -> table.Table:
    """Key and name; kind and days; how it came about."""
    body, name = branch.body, question.name(branch)
    words = text.Text(f"{name}\n{kind_and_period(body)}")
    if name != body.name:
        words.append(f"; later {body.name}")
    if branch.via is not None:
        event, transfer = branch.via.event, branch.via.event.transfers[branch.via.edge.position]
        words.append(f"\n{event.kind.value}, {event.dated.describe()}")
        if not branch.via.edge.whole:
            words.append(", ").append(part_of(transfer), "yellow")
        words.append(f"; {basis_of(event)} ").append(numbers.cite(event.sources), "dim")
    if branch.again:
        words.append("\n(stands above, with what lies beyond it)")
    if branch.beyond:
        words.append(f"\n(more lies beyond it: {amount(branch.beyond, 'transfer')})")
    return pairs([(body.key, words)], style="bold")


def _document(question: _Question, root: _Branch) -> Document:
    """The tree as a flat graph: each body and each event once."""
    branches = [branch for branch, _ in _walk(root)]
    bodies = {branch.body.key: organisation_document(branch.body, name=question.name(branch)) for branch in branches}
    steps = {branch.via.edge: branch.via for branch in branches if branch.via is not None}
    events = {relative.event.id: relative.event for relative in steps.values()}
    return {
        "root": root.body.key,
        "direction": "descendants" if question.forward else "ancestors",
        "parts": question.parts,
        "depth": question.depth,
        "complete": not any(branch.beyond for branch in branches),
        "organisations": list(bodies.values()),
        "transfers": [
            {
                "giver": edge.giver,
                "receiver": edge.receiver,
                "day": edge.day.isoformat(),
                "whole": edge.whole,
                "event": edge.event,
                "shares": [
                    {"share": s.share, "basis": s.basis} for s in relative.event.transfers[edge.position].shares
                ],
            }
            for edge, relative in steps.items()
        ],
        "events": [event_document(event) for event in events.values()],
        "sources": sources_document(named_in(events.values())),
    }


@command("trace")
def trace(
    organisation: Asked,
    *,
    to: Annotated[str, typer.Option("--to", metavar="DAY", help="Up to which day, such as 2026-04-01.")],
    reading: ByDates = DateReading.LEGAL,
    mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Print a Mermaid flow chart instead of words.", show_default=False)
    ] = False,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Tell the story of an organisation up to a day.

    What it had become by then, every event on the way, and the sources.

    Example: nhs-orgs trace R1E --to 2026-04-01
    """
    opened = load(register)
    asked = choose(opened, organisation)
    found = opened.lineage.trace(asked, to=day_of(to), reading=reading)
    if json:
        write_json(
            outcome_document(asked, found.outcome, reading)
            | {"steps": [{"giver": e.giver, "receiver": e.receiver, "event": e.event} for e in found.steps]}
        )
    elif mermaid:
        write_lines(found.to_mermaid())
    else:
        say(found.explain())
