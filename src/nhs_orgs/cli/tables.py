"""Columns of a table in a file, by name: what `check` and `restate` read of a person's own data.

Every cell of CSV is a text: a reader that guesses would make a number of 5E1. The cells of a spreadsheet have types of
their own. Titles may stand above a table: the names are in the first row that has that of the column of codes. Rows
below them that hold nothing are none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from nhs_orgs.cli.mistakes import NotTogether
from nhs_orgs.errors import ReadError
from nhs_orgs.readers.files import content_of, text_of
from nhs_orgs.readers.sheets import Workbook, is_spreadsheet, open_workbook

__all__ = ["columns_of"]

_SEPARATORS: Final = ",;\t|"
_SPREADSHEETS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_COMMENT: Final = "#"
_HEAD: Final = 20_000
"""Characters in which the separator is looked for."""


def columns_of(path: Path, *, code: str, sheet: str | None = None, whole: bool = False) -> dict[str, list[Any]]:
    """The columns of a table with a line of names, by name; cells that a short line lacks are empty.

    Args:
        path: the file.
        code: the column of codes.
        sheet: which sheet of a spreadsheet.
        whole: nothing may be left out: no column without a name, nor a second one of the same name.

    Raises:
        ReadError: It cannot be read or is no table.
        MissingExtra: It is a spreadsheet, and the library that reads them is not installed.
        NotTogether: A sheet is named, and it is no spreadsheet.
    """
    if path.is_dir():
        raise ReadError(path, "it is a folder", "Name one file: a table.")
    data = content_of(path).data
    if is_spreadsheet(data):
        names, rows = _of_sheet(open_workbook(data, path), path, code=code, sheet=sheet)
    elif sheet is not None:
        raise NotTogether("--sheet", f"{path.name}: only a spreadsheet has sheets")
    elif path.suffix.lower() in _SPREADSHEETS:
        raise ReadError(
            path, "its name is that of a spreadsheet, and it is none", "Save it as one, or as CSV in UTF-8."
        )
    else:
        names, rows = _of_text(data, path, code=code)
    if whole:
        _check_whole(path, names, rows)
    # Of two columns of one name the first, of those without a name none.
    places = {name: names.index(name) for name in names if name or whole}
    return {name: [row[place] if place < len(row) else "" for row in rows] for name, place in places.items()}


def _check_whole(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        called = repr(twice) if twice else "without a name"
        raise ReadError(path, f"it has two columns {called}", "Give each column a name of its own.")
    longer = next((row for row in rows if len(row) > len(names)), None)
    if longer is not None:
        why = f"the row that begins {list(longer[:3])} has {len(longer)} cells, and the first line {len(names)} names"
        raise ReadError(path, why, "Give each column a name, and put a text with a separator in quotation marks.")


# --- text -------------------------------------------------------------------------------------------------------------


def _of_text(data: bytes, path: Path, *, code: str) -> tuple[list[str], list[list[Any]]]:
    """The names, and the rows below them that are not empty."""
    text, _ = text_of(data, path)
    likeliest: list[list[str]] = []
    for separator in _separators(text):
        rows = _cut(text, separator, path)
        at = _place(rows, code)
        if at is not None:
            return _parted(rows, at)
        likeliest = likeliest or rows
    _check_capitals(path, likeliest, code)
    return _parted(likeliest, next((at for at, row in enumerate(likeliest) if row and row[0][:1] != _COMMENT), 0))


def _parted(rows: Sequence[list[str]], at: int) -> tuple[list[str], list[list[Any]]]:
    """The names in a row, and the rows below it."""
    return list(map(_name, rows[at])) if rows else [], _held(rows[at + 1 :])


def _cut(text: str, separator: str, path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ReadError(path, f"it is no table of text ({error})", "Save it as CSV in UTF-8, and try again.") from error


def _separators(text: str) -> list[str]:
    """The separators, first the one that the first line has most of; comments above the table do not count."""
    lines = text[:_HEAD].splitlines()
    head = next((line for line in lines if not line.startswith(_COMMENT)), "")
    return sorted(_SEPARATORS, key=head.count, reverse=True)


def _place(rows: Iterable[Sequence[Any]], code: str) -> int | None:
    """Which row has the names."""
    return next((at for at, row in enumerate(rows) if code in map(_name, row)), None)


def _held(rows: Iterable[list[Any]]) -> list[list[Any]]:
    """The rows that hold something: blanks are nothing."""
    return [row for row in rows if any(not isinstance(cell, str) or cell.strip() for cell in row)]


def _check_capitals(path: Path, rows: Iterable[Sequence[Any]], code: str) -> None:
    """Whether some cell is the name of the column but for its capitals."""
    near = next((name for row in rows for name in map(_name, row) if name.casefold() == code.casefold()), None)
    if near is not None:
        raise ReadError(path, f"it has no column {code!r}", f"It has {near!r}: give the name as it stands there.")


# --- spreadsheets -----------------------------------------------------------------------------------------------------


def _of_sheet(book: Workbook, path: Path, *, code: str, sheet: str | None) -> tuple[list[str], list[list[Any]]]:
    """The names, and the rows below them that are not empty; columns with neither name nor cells are none."""
    rows = book.cells(_chosen(book.sheets, path, sheet))
    at = _place(rows, code)
    if at is None:
        _check_capitals(path, rows, code)
        head = next((row for row in rows if any(map(_name, row))), [])
        listed = ", ".join(filter(None, map(_name, head)))
        raise ReadError(path, f"no row of the sheet has a cell {code!r}", f"Its first row has: {listed or 'nothing'}.")
    names, below = list(map(_name, rows[at])), _held(rows[at + 1 :])
    kept = [place for place, name in enumerate(names) if name or any(row[place] != "" for row in below)]
    return [names[place] for place in kept], [[row[place] for place in kept] for row in below]


def _name(cell: object) -> str:
    """The name of a column: a number is one too, such as a year."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _chosen(sheets: Sequence[str], path: Path, asked: str | None) -> str:
    """The sheet asked for, or the only one."""
    listed = ", ".join(map(repr, sheets))
    if asked is None and len(sheets) == 1:
        return sheets[0]
    if not sheets:
        raise ReadError(path, "it has no sheet with cells", "Save the table as a sheet, or as CSV.")
    if asked is None:
        raise ReadError(path, f"it has {len(sheets)} sheets", f"Name one with --sheet: {listed}.")
    if asked not in sheets:
        raise ReadError(path, f"it has no sheet {asked!r}", f"Name one of: {listed}.")
    return asked
