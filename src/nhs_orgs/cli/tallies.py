"""Counts that `events` prints: events by kind and period, and how far the ends of bodies are explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from rich import console, table

from nhs_orgs.cli.documents import Document
from nhs_orgs.cli.screen import pairs
from nhs_orgs.coverage import EndsOfKind
from nhs_orgs.events import ChangeEvent
from nhs_orgs.explain import label
from nhs_orgs.register import Register

__all__ = ["counted", "counted_table", "coverage_document", "coverage_lines", "coverage_table"]

_PERIODS: Final = (2000, 2005, 2010, 2015, 2020)
"""Last years of the periods that events are counted in; a later one has no end."""


def counted(found: Iterable[ChangeEvent]) -> Document:
    """How many of each kind: cited, inferred, and in each period."""
    events = list(found)
    tally = Counter(event.kind.value for event in events)
    return {kind: _of_kind([e for e in events if e.kind.value == kind]) for kind in sorted(tally, key=_order(tally))}


def _order(tally: Counter[str]) -> Callable[[str], tuple[int, str]]:
    return lambda kind: (-tally[kind], kind)


def _of_kind(events: Sequence[ChangeEvent]) -> Document:
    inferred = sum(event.inferred for event in events)
    periods = Counter(_period(event.dated.earliest.year) for event in events)
    return {"cited": len(events) - inferred, "inferred": inferred, "periods": {p: periods[p] for p in _labels()}}


def _labels() -> tuple[str, ...]:
    between = [f"{before + 1}-{last}" for before, last in pairwise(_PERIODS)]
    return (f"to {_PERIODS[0]}", *between, f"{_PERIODS[-1] + 1} on")


def _period(year: int) -> str:
    return _labels()[sum(year > last for last in _PERIODS)]


def counted_table(counts: Document) -> console.RenderableType:
    """The counts as a table, with a line of totals; beneath it the kinds of each period."""
    rows = _grid(3)
    rows.add_row("", "all", "cited", "inferred")
    for kind, count in counts.items():
        rows.add_row(kind, *_cells([count]))
    rows.add_row("all", *_cells(list(counts.values())))
    return console.Group(rows, "", pairs([(label, _of_period(counts, label)) for label in _labels()]))


def _cells(counts: Sequence[Document]) -> list[str]:
    cited, inferred = (sum(count[basis] for count in counts) for basis in ("cited", "inferred"))
    return [f"{number:,}" for number in (cited + inferred, cited, inferred)]


def _of_period(counts: Document, period: str) -> str:
    """How many in all, and of each kind."""
    found = {kind: number for kind, count in counts.items() if (number := count["periods"][period])}
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in found.items())
    return f"{sum(found.values()):,}{f': {kinds}' if kinds else ''}"


def _grid(numbers: int) -> table.Table:
    rows = table.Table.grid(padding=(0, 2))
    rows.add_column(overflow="fold")
    for _ in range(numbers):
        rows.add_column(justify="right", overflow="fold")
    return rows


def coverage_document(lines: Iterable[EndsOfKind]) -> Document:
    """Ends and explained ends of each kind, and the rest by key."""
    return {
        line.kind: {
            "ended": line.ended,
            "documented": line.documented,
            "listed": line.listed,
            "explained": line.explained,
            "rest": list(line.rest),
        }
        for line in lines
    }


def coverage_table(lines: Sequence[EndsOfKind]) -> table.Table:
    """How many bodies of each kind ended, and by what their ends are explained."""
    rows = _grid(5)
    rows.add_row("", "ended", "by document", "by lists", "row only", "explained")
    for line in lines:
        counts = (line.ended, line.documented, line.listed, len(line.rest))
        rows.add_row(line.kind, *(f"{count:,}" for count in counts), f"{line.share:.0%}")
    return rows


def coverage_lines(lines: Iterable[EndsOfKind], register: Register) -> list[tuple[str, str]]:
    """The bodies whose end nothing but a succession row tells, by kind."""
    return [
        (line.kind, "; ".join(label(register.organisation(key)) for key in line.rest)) for line in lines if line.rest
    ]
