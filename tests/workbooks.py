"""Spreadsheets for tests, as bytes: .xlsx, .ods and .xls, each by the few parts that a reader wants of it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

__all__ = ["SPACE", "ods", "ods_table", "old", "old_cell", "sheet", "workbook"]

Row = Sequence[object]
_EPOCH: Final = date(1899, 12, 30)

# --- .xlsx ------------------------------------------------------------------------------------------------------------

SPACE: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"


def _letter(place: int) -> str:
    """The letter of a column from 0."""
    return chr(ord("A") + place)


def _cell(row: int, place: int, value: object) -> str:
    """One cell of a sheet."""
    where = f"{_letter(place)}{row}"
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{where}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{where}"><v>{value}</v></c>'
    if isinstance(value, date):
        return f'<c r="{where}" s="1"><v>{_serial(value)}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t>{value}</t></is></c>'


def _serial(day: date) -> float:
    """A day, or a time of one, as the days since that from which spreadsheets count."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return (moment - datetime.combine(_EPOCH, time())) / timedelta(days=1)


def sheet(rows: Iterable[Row]) -> str:
    """The XML of a sheet."""
    lines = (
        f'<row r="{number}">{"".join(_cell(number, place, value) for place, value in enumerate(values))}</row>'
        for number, values in enumerate(rows, start=1)
    )
    return f"<worksheet {SPACE}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def workbook(**named: str) -> bytes:
    """The bytes of a spreadsheet with these sheets."""
    places = list(enumerate(named, start=1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {SPACE} xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{place}" r:id="r{place}"/>' for place, name in places)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="r{place}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
            for place, _ in places
        )
        + f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {SPACE}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{place}.xml": named[name] for place, name in places},
    }
    return _packed(parts)


def _packed(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


# --- .ods -------------------------------------------------------------------------------------------------------------

_ODS: Final = "urn:oasis:names:tc:opendocument:xmlns"


def ods_table(rows: Iterable[Row], *, more: str = "") -> str:
    """The XML of a sheet; `more` is put behind its rows."""
    lines = ("".join(map(_ods_cell, values)) for values in rows)
    return "".join(f"<table:table-row>{line}</table:table-row>" for line in lines) + more


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def ods(**named: str) -> bytes:
    """The bytes of an OpenDocument spreadsheet with these sheets."""
    spaces = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    tables = "".join(f'<table:table table:name="{name}">{xml}</table:table>' for name, xml in named.items())
    content = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return _packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content {spaces}>{content}</office:document-content>",
        }
    )


# --- .xls -------------------------------------------------------------------------------------------------------------

_SECTOR: Final = 512
_FREE, _END, _OF_TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_PLAIN, _DAY = 0, 1
"""The formats of cells, by their place in the file."""


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _beginning(of: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, of, 0, 0, 0, 0))


def old_cell(row: int, place: int, value: object) -> bytes:
    """One cell of a sheet of .xls, as a record."""
    where = struct.pack("<HH", row, place)
    if isinstance(value, date):
        return _record(0x0203, where + struct.pack("<Hd", _DAY, (value - _EPOCH).days))
    if isinstance(value, int | float):
        return _record(0x0203, where + struct.pack("<Hd", _PLAIN, value))
    text = str(value)
    return _record(0x0204, where + struct.pack("<HHB", _PLAIN, len(text), 0) + text.encode("latin-1"))


def old(name: str, cells: Iterable[bytes]) -> bytes:
    """The bytes of an .xls file of one sheet: a compound file of one stream, of records (MS-CFB, MS-XLS)."""
    formats = b"".join(_record(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, 14))
    end = _record(0x000A, b"")
    sheet_name = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    at = len(_beginning(5) + formats + _record(0x0085, struct.pack("<IH", 0, 0) + sheet_name) + end)
    book = _beginning(5) + formats + _record(0x0085, struct.pack("<IH", at, 0) + sheet_name) + end
    stream = (book + _beginning(16) + b"".join(cells) + end).ljust(8 * _SECTOR, b"\0")
    stream = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    count = len(stream) // _SECTOR
    following = [_OF_TABLE, _END, *range(3, count + 2), _END]
    table = struct.pack("<128I", *following, *[_FREE] * (128 - len(following)))
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream), child=_NONE)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return head + table + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    """What a compound file says of one stream."""
    spelt = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(spelt), kind, 1, _NONE, _NONE, child)
    return spelt.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
