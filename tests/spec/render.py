"""Write the specifications as a page: ``python tests/spec/render.py``.

Each module here is a section, each test in it an example: its name, its sentence, the tables that go in and the
tables that come out. A test compares the page with what this makes of them.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec.specification import Table

__all__ = ["PAGE", "THEMES", "render"]

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "behaviour.md"

THEMES = (
    "effective_day",
    "merger",
    "acquisition",
    "replacement",
    "split",
    "service_transfer",
    "parts",
    "conversion",
    "kinds",
    "closure",
    "self_successions",
    "repeats",
    "shortcuts",
    "circles",
)
"""The modules, in the order of the page."""

_OPENING = """\
# What becomes of the rows

How rows of the register become events and eras, by example. Each example is a test: the first tables are what published
lists and succession reports say, the tables below them what the library makes of that, with nothing curated. A blank
last day is open. Where no release is named, it is the newest.

<!-- Written by tests/spec/render.py: change the tests, not this page. -->
"""

_CAPTIONS = {
    "organisations": "Lists say",
    "successions": "Succession reports say",
    "events": "Events",
    "eras": "Eras",
    "open_bodies": "Open on a day",
    "outcomes": "What became of it",
    "ancestors": "Ancestors",
    "descendants": "Descendants",
    "findings": "Findings",
}


def render() -> str:
    """The whole page."""
    sections = (_section(importlib.import_module(f"spec.test_{theme}")) for theme in THEMES)
    return "\n".join([_OPENING, *sections])


def _section(module: ModuleType) -> str:
    title, _, text = inspect.cleandoc(module.__doc__ or "").partition("\n")
    examples = (_example(test) for name, test in vars(module).items() if name.startswith("test_"))
    return "\n".join([f"## {title.rstrip('.')}\n", f"{text.strip()}\n", *examples])


def _example(test: Callable[..., None]) -> str:
    title = test.__name__.removeprefix("test_").replace("_", " ").capitalize()
    parts: list[str] = []

    def record(**tables: str) -> None:
        parts.extend(part for name, text in tables.items() for part in _table(name, text))

    test(record)
    return "\n".join([f"### {title}\n", f"{inspect.getdoc(test)}\n", *parts])


def _table(name: str, text: str) -> Iterator[str]:
    """A caption and a Markdown table."""
    from spec.specification import table

    columns = [column.strip() for column in text.strip().splitlines()[0].split("|")]
    rows: Table = table(text)
    if not rows:
        yield f"**{_CAPTIONS[name]}**: none.\n"
        return
    yield f"**{_CAPTIONS[name]}**\n"
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from (_line([row[column] for column in columns]) for row in rows)
    yield ""


def _line(cells: list[str]) -> str:
    return " ".join(["|", *(f"{cell} |" for cell in cells)]).replace("  ", " ")


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    PAGE.write_text(render(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
