"""The sheets of spreadsheets, by the `compile` extra: as texts for layouts, or as a person's own table with its types.

An .xls file is read by a Python process of its own: what reads it stops the whole process where such a file is damaged.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from nhs_orgs.errors import MissingExtra, ReadError
from nhs_orgs.readers.extents import TODO, is_archive, measure

__all__ = ["Workbook", "is_spreadsheet", "open_workbook", "sheets_of"]

_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that Office wrote before it wrote zip archives."""

Sheet: TypeAlias = list[list[Any]]
"""Cells by row, from the first row on: texts, numbers, truths, days and times; empty ones as ``""``."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet that is open."""

    sheets: tuple[str, ...]
    """The names of its sheets; a chart is none."""
    cells: Callable[[str], Sheet]
    """The cells of a sheet. Raises `ReadError` where the sheet is damaged."""


def is_spreadsheet(data: bytes) -> bool:
    """Whether these may be the bytes of a spreadsheet: of a zip archive, or of what Office wrote before."""
    return is_archive(data) or data.startswith(_OLD)


def open_workbook(data: bytes, path: Path) -> Workbook:
    """A spreadsheet out of a file's contents.

    Raises:
        MissingExtra: The library that reads spreadsheets is not installed.
        ReadError: It is no spreadsheet, is damaged, or unpacks to too much.
    """
    old = data.startswith(_OLD)
    if not old:
        measure(data, path)
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum
    except ImportError as error:
        raise MissingExtra(f"Reading the spreadsheet {path.name}", "compile") from error
    if old:
        found = _read_apart(data, path)
        return Workbook(tuple(found), found.__getitem__)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet)
    except (CalamineError, ValueError) as error:
        raise _damaged(path, error) from error

    def cells(sheet: str) -> Sheet:
        try:
            return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except (CalamineError, ValueError) as error:
            raise _damaged(path, error) from error

    return Workbook(sheets, cells)


def _damaged(path: Path, error: object) -> ReadError:
    return ReadError(path, f"it is a damaged spreadsheet ({error})", TODO)


def _read_apart(data: bytes, path: Path) -> dict[str, Sheet]:
    """The sheets of an .xls file."""
    command = [sys.executable, str(Path(__file__).with_name("apart.py"))]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - ours
    except subprocess.SubprocessError as error:
        raise _damaged(path, "what reads it failed on it") from error
    found = pickle.loads(run.stdout)  # noqa: S301 - written by our own process
    if isinstance(found, str):
        raise _damaged(path, found)
    sheets: dict[str, Sheet] = found
    return sheets


_PATIENCE: Final = 120
"""Seconds: the largest sheet of this form takes five."""


def sheets_of(data: bytes, path: Path) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """Each sheet's name and rows, by row number from 1; days as yyyymmdd, blank rows left out.

    Raises:
        MissingExtra: The library that reads spreadsheets is not installed.
        ReadError: It is no spreadsheet, is damaged, or unpacks to too much.
    """
    book = open_workbook(data, path)
    return [(name, _rows(book.cells(name))) for name in book.sheets]


def _rows(raw: Iterable[Iterable[object]]) -> list[tuple[int, list[str]]]:
    texts = ((number, [_text(cell) for cell in cells]) for number, cells in enumerate(raw, start=1))
    return [(number, cells) for number, cells in texts if any(cells)]


def _text(cell: object) -> str:
    """A cell as a CSV report would print it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, date):
        return f"{cell:%Y%m%d}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
