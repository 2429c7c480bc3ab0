"""Dated facts in the words that `show` prints."""

from __future__ import annotations

from collections.abc import Iterable

from rich import console

from nhs_orgs.cli.phrases import Numbers
from nhs_orgs.facts import Fact

__all__ = ["fact_rows"]


def fact_rows(facts: Iterable[Fact], numbers: Numbers) -> list[tuple[str, console.RenderableType]]:
    """Facts under their property, oldest first: what, when, of which body, how sure, who says so."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.property, []).append(fact)
    return [
        (name.replace("_", " ") if not position else "", _words(fact, numbers))
        for name, held in grouped.items()
        for position, fact in enumerate(held)
    ]


def _words(fact: Fact, numbers: Numbers) -> str:
    what = f"{fact.aspect}: {fact.value}" if fact.aspect else fact.value
    how = f"{fact.when}, {fact.organisation.key}; {fact.confidence.value} confidence {numbers.cite(fact.citations)}"
    doubts = [f"Against it: {fact.contradicted}"] if fact.contradicted else []
    return "\n".join([what, how, *([fact.note] if fact.note else []), *doubts])
