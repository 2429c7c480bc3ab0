"""Rows of cells out of a file's contents, whatever it is written in: CSV, a spreadsheet or JSON.

A `Table` only cuts its rows; what their cells mean is the layout's to say. Whatever cannot be cut into cells is
a `Fault` in the row's place, and the next line is tried: one stray quotation mark must not swallow a file.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from nhs_orgs.errors import ReadError
from nhs_orgs.readers.extents import is_archive
from nhs_orgs.readers.files import text_of
from nhs_orgs.readers.sheets import sheets_of

__all__ = ["Cells", "Fault", "Form", "Table", "tables_of"]

Cells: TypeAlias = Sequence[Any]
"""The cells of one row: text, except in JSON."""

_SAMPLE: Final = 200
"""Rows by which a layout is recognised."""
_EXCERPT: Final = 60
_OBJECT: Final = re.compile(r"\s*\{")
_NOT_SIGN: Final = "\xac"
"""The separator of the NHS Choices files (byte 0xAC), which stands in no name."""


class Form(Enum):
    """How a table is written, as far as layouts care."""

    TABLE = "table"
    """Rows of text: CSV or a sheet."""
    JSON = "json"
    """The members of an object: a row is a key and its value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is no row."""

    line: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, or of one sheet of it."""

    form: Form
    cut: Callable[[frozenset[int]], Iterator[tuple[int, Cells] | Fault]]
    """Rows by line number, given the numbers of cells that a row over several lines may have (none: any)."""
    sheet: str | None = None
    """Name of the sheet, in a spreadsheet."""

    def head(self) -> list[Cells]:
        """The first rows, without comments."""
        rows = (item for item in self.cut(frozenset()) if not isinstance(item, Fault))
        return [cells for _, cells in islice(rows, _SAMPLE)]


def tables_of(data: bytes, path: Path) -> tuple[list[Table], dict[int, str]]:
    """The tables in a file's contents, and what was guessed of which line's bytes.

    Raises:
        ReadError: The contents are no table at all.
        MissingExtra: A spreadsheet, and the library that reads them is not installed.
    """
    if is_archive(data):
        return [Table(Form.TABLE, _uncut(rows), name) for name, rows in sheets_of(data, path)], {}
    text, guessed = text_of(data, path)
    if not text or text.isspace():
        raise ReadError(path, "it is empty", "Fetch the file again from where it came.")
    if _OBJECT.match(text):
        return [Table(Form.JSON, _uncut(list(enumerate(_members(text, path), start=1))))], guessed
    lines = list(io.StringIO(text, newline=""))
    delimiter = _NOT_SIGN if _NOT_SIGN in lines[0] else ","
    return [Table(Form.TABLE, lambda widths: _cut(lines, delimiter, widths))], guessed


def _uncut(rows: Sequence[tuple[int, Cells]]) -> Callable[[frozenset[int]], Iterator[tuple[int, Cells]]]:
    """Rows that came as rows."""
    return lambda _widths: iter(rows)


def _members(text: str, path: Path) -> list[tuple[str, Any]]:
    """The members of an object, or of its member ``organisations``, repeated keys included."""

    class Pairs(list[tuple[str, Any]]):
        """An object as it is written."""

    def plain(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
        if isinstance(value, str):
            value.encode()  # JSON can spell half a character, which no file can hold: a ValueError
        if isinstance(value, Pairs):
            return {plain(key): plain(inner) for key, inner in value}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    try:
        document = json.loads(text, object_pairs_hook=Pairs)
        inner = [value for key, value in document if key == "organisations" and isinstance(value, Pairs)]
        return [(plain(key), plain(value)) for key, value in (inner[0] if inner else document)]
    except (ValueError, RecursionError) as error:
        raise ReadError(path, f"it begins as JSON but is not ({error})", "Fetch the file again.") from error


class _Lines:
    """Lines that can be read again from any of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.position = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.position >= len(self._lines):
            raise StopIteration
        self.position += 1
        return self._lines[self.position - 1]


def _cut(text: Sequence[str], delimiter: str, widths: frozenset[int]) -> Iterator[tuple[int, Cells] | Fault]:
    """Rows of delimited text; where quotation marks go wrong, a fault and on from the next line."""
    lines = _Lines(text)
    _skip_comments(lines, text)
    while lines.position < len(text):
        start = lines.position
        try:
            for cells in csv.reader(lines, delimiter=delimiter, strict=True):
                if lines.position - start > 1:
                    _check_width(cells, widths)
                if cells:
                    yield start + 1, cells
                start = lines.position
        except csv.Error as error:
            yield Fault(start + 1, _excerpt(text[start]), f"{error}: the line was left out")
            lines.position = start + 1


def _check_width(cells: Cells, widths: frozenset[int]) -> None:
    """Refuse a row over several lines that has another number of cells: it swallowed the lines after its own."""
    if widths and len(cells) not in widths:
        raise csv.Error("a quotation mark is not closed")


def _skip_comments(lines: _Lines, text: Sequence[str]) -> None:
    """Pass over the lines above the table that say where it comes from."""
    while lines.position < len(text) and text[lines.position].startswith("#"):
        lines.position += 1


def _excerpt(line: str) -> str:
    line = line.strip()
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}..."
