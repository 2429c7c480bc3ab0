"""`lineage` and `trace`: who became whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated

import typer
from rich import text, tree

from nhs_orgs.cli.application import AsJson, Asked, Folder, ReadingOption, command, day_of
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import (
    event_document,
    organisation_document,
    outcome_document,
    sources_document,
)
from nhs_orgs.cli.phrases import Numbers, basis_of, body_line, kind_and_period, part_of, plural
from nhs_orgs.cli.screen import lines_of, say, write_json
from nhs_orgs.explain import name_on
from nhs_orgs.organisations import Organisation
from nhs_orgs.register import Register, load
from nhs_orgs.relatives import Relative, Relatives

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
        typer.Option(
            "--parts/--whole-only", help="Follow transfers of a part too, each marked; or whole ones alone."
        ),
    ] = True,
    depth: Annotated[
        int | None, typer.Option(min=1, metavar="STEPS", help="Go back no further than this.", show_default=False)
    ] = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Show the tree of bodies that an organisation came from, how, when, and who says so.

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


def _walk(root: _Branch) -> list[_Branch]:
    """Every branch, in the order in which the tree shows them."""
    found, waiting = [], [root]
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting.extend(reversed(branch.branches))
    return found


def _print(question: _Question, root: _Branch) -> None:
    numbers = Numbers()
    drawn: dict[int, tree.Tree] = {}
    for branch in _walk(root):
        node = drawn[id(branch)] if branch is not root else tree.Tree(_words(question, branch, numbers))
        drawn.setdefault(id(branch), node)
        for below in branch.branches:
            drawn[id(below)] = node.add(_words(question, below, numbers))
        if branch.beyond:
            direction = "ahead" if question.forward else "behind"
            node.add(f"({plural(branch.beyond, 'more body')} {direction})".replace("bodys", "bodies"))
    say(drawn[id(root)])
    if not root.branches and not root.beyond:
        direction = "followed it" if question.forward else "came before it"
        say(f"No source in this register says what {direction}.")
    if numbers.sources:
        say("", "Sources", numbers.listed())


def _words(question: _Question, branch: _Branch, numbers: Numbers) -> text.Text:
    """Key and name; kind and days; how it came about."""
    body, name = branch.body, question.name(branch)
    words = text.Text.assemble((body.key, "bold"), "  ", name, "\n", kind_and_period(body))
    if name != body.name:
        words.append(f"; later {body.name}")
    if branch.via is not None:
        event = branch.via.event
        words.append(f"\n{event.kind.value}, {event.effective.describe()}")
        if not branch.via.edge.whole:
            transfer = _transfer(branch.via)
            words.append(" - ").append(part_of(transfer), "yellow")
        words.append(f"; {basis_of(event)} ").append(numbers.cite(event.sources), "dim")
    if branch.again:
        words.append("\n(shown above with what lies further on)")
    return words
