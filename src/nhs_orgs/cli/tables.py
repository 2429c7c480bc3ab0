"""Columns of a table in a file: what `check` reads of a person's own data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from nhs_orgs.errors import ReadError
from nhs_orgs.readers.files import content_of, text_of

__all__ = ["columns_of"]

_SEPARATORS: Final = ",;\t|"
_HEAD: Final = 20_000
"""Characters in which the separator is looked for."""


def columns_of(path: Path, names: Iterable[str]) -> list[list[str]]:
    """Columns of a table of text with a line of names, by name; cells that a short line lacks are empty.

    Raises:
        ReadError: It cannot be read, is no table of text, or has no column of that name.
    """
    text, _ = text_of(content_of(path).data, path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        header = [name.strip() for name in next(rows, [])]
        places = [_place(header, name, path) for name in names]
        found: list[list[str]] = [[] for _ in places]
        for row in rows:
            for column, place in zip(found, places, strict=True):
                if row:  # an empty line is no row
                    column.append(row[place] if place < len(row) else "")
    except csv.Error as error:
        raise ReadError(path, f"it is no table of text ({error})", "Save it as CSV in UTF-8, and try again.") from error
    return found


def _separator(text: str) -> str:
    """The separator that the first line has most of."""
    head = text[:_HEAD].partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _place(header: list[str], name: str, path: Path) -> int:
    if name not in header:
        raise ReadError(path, f"it has no column {name!r}", f"Give one of: {', '.join(header)}.")
    return header.index(name)
