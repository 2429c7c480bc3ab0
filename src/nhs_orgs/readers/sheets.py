"""Rows of spreadsheets (.xlsx), by the `compile` extra.

A spreadsheet is a zip archive: it may unpack to more than memory holds, and one cell far down and to the right
makes its sheet a vast rectangle. Both are measured before the library that reads it sees the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from nhs_orgs.errors import MissingExtra, ReadError
from nhs_orgs.readers.files import LIMIT

__all__ = ["is_archive", "sheets_of"]

_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 2**20
_CELLS: Final = 20_000_000
"""Most cells that a sheet's rectangle may have: the largest report has 100,000."""
_REFERENCE: Final = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW: Final = re.compile(rb"""<row\b[^>]*?\br=["']([0-9]{1,7})["']""")
_TODO: Final = "Fetch the file again, or save the sheet as CSV and read that."


def is_archive(data: bytes) -> bool:
    """Whether these are the bytes of a zip archive, as every .xlsx file is."""
    return data.startswith(_ZIP)


def sheets_of(data: bytes, path: Path) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """Each sheet's name and rows, by row number from 1; days as yyyymmdd, blank rows left out.

    Raises:
        MissingExtra: The library that reads spreadsheets is not installed.
        ReadError: It is no spreadsheet, is damaged, or unpacks to too much.
    """
    _measure(data, path)
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise MissingExtra(f"Reading the spreadsheet {path.name}", "compile") from error
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (name, _rows(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)))
            for name in workbook.sheet_names
        ]
    except (CalamineError, ValueError) as error:
        raise ReadError(path, f"it is a damaged spreadsheet ({error})", _TODO) from error


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


def _measure(data: bytes, path: Path) -> None:
    """Refuse an archive that is damaged, no spreadsheet, or too large once unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise ReadError(path, "it is a zip archive, not a spreadsheet", "Unpack it and read what it holds.")
            left = LIMIT
            for member in archive.infolist():
                left -= _measure_member(archive, member, left, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ReadError(path, f"it is a damaged spreadsheet ({error})", _TODO) from error


def _measure_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, path: Path) -> int:
    """How many bytes a member unpacks to; its checksum is checked on the way."""
    size, rows, columns, tail = 0, 0, 0, b""
    sheet = member.filename.startswith("xl/worksheets/")
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise ReadError(path, f"it unpacks to more than {LIMIT // 2**20} MiB", _TODO)
            if sheet:
                rows, columns = _extent(tail + chunk, rows, columns)
                tail = chunk[-_TAIL:]
    if rows * columns > _CELLS:
        raise ReadError(path, f"a sheet of it spans {rows:,} rows and {columns:,} columns", _TODO)
    return size


_TAIL: Final = 400
"""Enough of a chunk to hold a reference that goes on in the next."""


def _extent(xml: bytes, rows: int, columns: int) -> tuple[int, int]:
    """The last row and column that a sheet's cells refer to."""
    for found in _ROW.finditer(xml):
        rows = max(rows, int(found[1]))
    for found in _REFERENCE.finditer(xml):
        rows = max(rows, int(found[2]))
        columns = max(columns, _column(found[1]))
    return rows, columns


def _column(letters: bytes) -> int:
    """The number of a column from its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
