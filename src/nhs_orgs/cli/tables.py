"""Columns of a table in a file: what `check` and `restate` read of a person's own data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from nhs_orgs.errors import ReadError
from nhs_orgs.readers.files import content_of, text_of

__all__ = ["columns_of", "every_column_of"]

_SEPARATORS: Final = ",;\t|"
_SPREADSHEETS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_HEAD: Final = 20_000
"""Characters in which the separator is looked for."""


def columns_of(path: Path, names: Iterable[str]) -> list[list[str]]:
    """Columns of a table of text with a line of names, by name; cells that a short line lacks are empty.

    Raises:
        ReadError: It cannot be read, is no table of text, or has no column of that name.
    """
    header, rows = _rows_of(path)
    return _columns(rows, [_place(header, name, path) for name in names])


def every_column_of(path: Path) -> dict[str, list[str]]:
    """Every column of a table of text, by name.

    Raises:
        ReadError: It cannot be read, is no table of text, or has two columns of one name.
    """
    header, rows = _rows_of(path)
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise ReadError(path, f"it has two columns {twice!r}", "Give each column a name of its own.")
    longer = next((row for row in rows if len(row) > len(header)), None)
    if longer is not None:
        why = f"the row that begins {longer[:3]} has {len(longer)} cells, and the first line {len(header)} names"
        raise ReadError(path, why, "Give each column a name, and put a text with a separator in quotation marks.")
    return dict(zip(header, _columns(rows, range(len(header))), strict=True))


def _rows_of(path: Path) -> tuple[list[str], list[list[str]]]:
    """The names, and the rows that are not empty."""
    if path.suffix.lower() in _SPREADSHEETS:
        raise ReadError(path, "it is a spreadsheet", "Save the sheet as CSV in UTF-8, and give that.")
    text, _ = text_of(content_of(path).data, path)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise ReadError(path, f"it is no table of text ({error})", "Save it as CSV in UTF-8, and try again.") from error
    return [name.strip() for name in rows[0]] if rows else [], [row for row in rows[1:] if row]


def _columns(rows: list[list[str]], places: Iterable[int]) -> list[list[str]]:
    return [[row[place] if place < len(row) else "" for row in rows] for place in places]


def _separator(text: str) -> str:
    """The separator that the first line has most of."""
    head = text[:_HEAD].partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _place(header: list[str], name: str, path: Path) -> int:
    if name not in header:
        raise ReadError(path, f"it has no column {name!r}", f"Give one of: {', '.join(header)}.")
    return header.index(name)
