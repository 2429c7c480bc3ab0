"""How much a spreadsheet (.xlsx, .ods) unpacks to, measured before the library that reads it sees the file.

It is a zip archive, which may unpack to more than memory holds; and one cell far down and to the right makes its sheet
a vast rectangle. What reads them has no limits of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final, Protocol
from xml.parsers import expat

from nhs_orgs.errors import ReadError
from nhs_orgs.readers.files import LIMIT

__all__ = ["TODO", "is_archive", "measure"]

TODO: Final = "Fetch the file again, or save the sheet as CSV and read that."

_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 2**20
_CELLS: Final = 20_000_000
"""Most cells that a sheet's rectangle may have: the largest report has 100,000."""


def is_archive(data: bytes) -> bool:
    """Whether these are the bytes of a zip archive, as every .xlsx and .ods file is."""
    return data.startswith(_ZIP)


def measure(data: bytes, path: Path) -> None:
    """Refuse what is damaged, no spreadsheet, or too large once unpacked. Raises `ReadError`."""
    try:
        _measure_archive(data, path)
    except _DAMAGED as error:
        raise ReadError(path, f"it is a damaged spreadsheet ({error})", TODO) from error


_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError),
    *(expat.ExpatError, LookupError),  # LookupError: an encoding that there is not
)


class _Extent(Protocol):
    """The rows and columns of the largest sheet in a member, as it is unpacked."""

    rows: int
    columns: int

    def take(self, chunk: bytes) -> None:
        """The next bytes of the member."""
        ...


def _measure_archive(data: bytes, path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "xl/workbook.bin" in names:
            raise ReadError(path, "it is a binary workbook (.xlsb)", "Save it as .xlsx, or the sheet as CSV.")
        if "xl/workbook.xml" not in names and b"opendocument.spreadsheet" not in _kind(archive):
            raise ReadError(path, "it is a zip archive, not a spreadsheet", "Unpack it and read what it holds.")
        left = LIMIT
        for member in archive.infolist():
            left -= _measure_member(archive, member, left, path)


def _kind(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says that it is."""
    return archive.read("mimetype") if "mimetype" in archive.namelist() else b""


def _measure_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, path: Path) -> int:
    """How many bytes a member unpacks to; its checksum is checked on the way."""
    size, extent = 0, _extent_of(member.filename)
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise ReadError(path, f"it unpacks to more than {LIMIT // 2**20} MiB", TODO)
            extent.take(chunk)
    if extent.rows * extent.columns > _CELLS:
        raise ReadError(path, f"a sheet of it spans {extent.rows:,} rows and {extent.columns:,} columns", TODO)
    return size


def _extent_of(member: str) -> _Extent:
    if member.startswith("xl/worksheets/"):
        return _References()
    return _Repetitions() if member == "content.xml" else _NoSheet()


class _NoSheet:
    """What holds no cells."""

    rows = columns = 0

    def take(self, chunk: bytes) -> None:
        """Nothing."""


class _References:
    """A sheet of .xlsx: its rows and cells say where they are."""

    _CELL: Final = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
    _ROW: Final = re.compile(rb"""<row\b[^>]*?\br=["']([0-9]{1,7})["']""")
    _TAIL: Final = 400
    """Enough of a chunk to hold a reference that goes on in the next."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._before = b""

    def take(self, chunk: bytes) -> None:
        """The last row and column referred to so far."""
        xml = self._before + chunk
        for found in self._ROW.finditer(xml):
            self.rows = max(self.rows, int(found[1]))
        for found in self._CELL.finditer(xml):
            self.rows = max(self.rows, int(found[2]))
            self.columns = max(self.columns, _column(found[1]))
        self._before = chunk[-self._TAIL :]


def _column(letters: bytes) -> int:
    """The number of a column from its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Repetitions:
    """All sheets of .ods: a row or cell is written once and says how often it stands there; empty ones do not count."""

    _CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._repeated, self._column, self._filled = 1, 0, 0
        """Of a row: how often it stands there, its columns so far, and those up to the last that is not empty."""
        self._row, self._height, self._width = 0, 0, 0
        """Of a sheet: its rows so far, those up to the last that is not empty, and the columns of these."""

    def take(self, chunk: bytes) -> None:
        """The largest sheet that has ended so far."""
        self._parser.Parse(chunk)

    def _start(self, name: str, said: dict[str, str]) -> None:
        if name == "table:table-row":
            self._repeated, self._column, self._filled = int(said.get("table:number-rows-repeated", 1)), 0, 0
        elif name in self._CELLS:
            self._column += int(said.get("table:number-columns-repeated", 1))
            self._filled = self._column if "office:value-type" in said else self._filled
        elif name == "text:p":
            self._filled = self._column

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeated
            self._height = self._row if self._filled else self._height
            self._width = max(self._width, self._filled)
        elif name == "table:table":
            if self._height * self._width > self.rows * self.columns:
                self.rows, self.columns = self._height, self._width
            self._row, self._height, self._width = 0, 0, 0
