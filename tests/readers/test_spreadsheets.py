"""Spreadsheets of every form: cells with their types, and files that are damaged, hostile or no spreadsheets at all."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from workbooks import ods, ods_table, old, old_cell, sheet, workbook

from nhs_orgs.errors import MissingExtra, ReadError
from nhs_orgs.readers import apart, extents, sheets
from nhs_orgs.readers.sheets import is_spreadsheet, open_workbook

ROWS: list[list[object]] = [
    ["day", "org", "beds"],
    [date(2018, 6, 30), "5E1", 5],
    [None, None, None],
    [None, "RRE", 2.5],
]
CELLS = [old_cell(row, at, cell) for row, cells in enumerate(ROWS) for at, cell in enumerate(cells) if cell is not None]
FORMS = {
    ".xlsx": workbook(Beds=sheet(ROWS)),
    ".ods": ods(Beds=ods_table(ROWS)),
    ".xls": old("Beds", CELLS),
}
EMPTY = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell {}="16384"/></table:table-row>'


def archive(**members: str) -> bytes:
    """The bytes of a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return packed.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_cells_have_their_types(form: str) -> None:
    """Texts are texts, whatever they look like, days are days, and what is empty is an empty text."""
    book = open_workbook(FORMS[form], Path(f"a{form}"))
    assert book.sheets == ("Beds",)
    first, second, third, fourth = book.cells("Beds")
    assert first == ["day", "org", "beds"]
    assert second == [date(2018, 6, 30), "5E1", 5]
    assert type(second[0]) is date
    assert (third, fourth) == (["", "", ""], ["", "RRE", 2.5])


@pytest.mark.parametrize("form", FORMS)
def test_a_spreadsheet_is_known_by_how_it_begins(form: str) -> None:
    """Its name does not matter; a table of text is none."""
    assert is_spreadsheet(FORMS[form])
    assert not is_spreadsheet(b"org,beds\nRRE,5\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_file_cut_short_is_an_error(form: str, part: float) -> None:
    """What is left of a spreadsheet that did not arrive whole is refused, never read in part."""
    data = FORMS[form][: round(len(FORMS[form]) * part)]
    with pytest.raises(ReadError, match="damaged spreadsheet"):
        open_workbook(data, Path(f"a{form}"))


def test_a_damaged_sheet_is_an_error_when_it_is_read() -> None:
    """A workbook may be whole and one of its sheets not."""
    book = open_workbook(workbook(Beds="<worksheet"), Path("a.xlsx"))
    with pytest.raises(ReadError, match="damaged spreadsheet"):
        book.cells("Beds")


def test_what_repeats_without_end_is_refused() -> None:
    """A row of an .ods file may stand there a thousand million times; the empty ones below a table do not count."""
    far = EMPTY.format("table:number-columns-repeated")
    assert len(open_workbook(ods(Beds=ods_table(ROWS, more=far)), Path("a.ods")).cells("Beds")) == len(ROWS)
    typed = far.replace("<table:table-cell ", '<table:table-cell office:value-type="string" ')
    bare = far.replace("/></table:table-row>", "><text:p>x</text:p></table:table-cell></table:table-row>")
    for more in (typed, bare):
        with pytest.raises(ReadError, match="spans 1,048,004 rows and 16,384 columns"):
            open_workbook(ods(Beds=ods_table(ROWS, more=more), Notes=""), Path("a.ods"))


def test_what_is_no_xml_is_refused() -> None:
    """The content of an .ods file is measured by a parser, which says what is wrong with it."""
    for content in ("<a", "<?xml version='1.0' encoding='made-up'?><a/>", "<a></b>"):
        data = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=content)
        with pytest.raises(ReadError, match="damaged spreadsheet"):
            open_workbook(data, Path("a.ods"))


def test_an_archive_of_something_else_is_refused() -> None:
    """A text document and a binary workbook are zip archives too."""
    with pytest.raises(ReadError, match="not a spreadsheet"):
        open_workbook(archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="<a/>"), Path("a.odt"))
    with pytest.raises(ReadError, match=r"binary workbook \(.xlsb\). Save it as .xlsx"):
        open_workbook(archive(xl__workbook_bin=""), Path("a.xlsb"))


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every member counts, not only the sheets."""
    monkeypatch.setattr(extents, "LIMIT", 2**20)
    with pytest.raises(ReadError, match="unpacks to more than 1 MiB"):
        open_workbook(archive(mimetype="opendocument.spreadsheet", other_xml=" " * 2**20), Path("a.ods"))


# --- .xls -------------------------------------------------------------------------------------------------------------


def test_an_old_file_that_asks_for_all_memory_is_an_error() -> None:
    """One cell far to the right would make a sheet of 137 GB, and whatever asks for that is stopped."""
    far = old("Beds", [old_cell(0, 0, "a"), old_cell(65_535, 65_535, "b")])
    with pytest.raises(ReadError, match="what reads it failed on it"):
        open_workbook(far, Path("a.xls"))


def test_an_old_file_on_which_its_reader_panics_is_an_error() -> None:
    """A stream that begins behind the end of the file."""
    broken = FORMS[".xls"].replace((2).to_bytes(4, "little") + (4096).to_bytes(8, "little"), b"\x70" + bytes(11))
    assert broken != FORMS[".xls"]
    with pytest.raises(ReadError, match="damaged spreadsheet"):
        open_workbook(broken, Path("a.xls"))


def test_an_old_file_that_takes_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever."""
    monkeypatch.setattr(sheets, "_PATIENCE", 0.001)
    with pytest.raises(ReadError, match="what reads it failed on it"):
        open_workbook(FORMS[".xls"], Path("a.xls"))


def test_what_reads_old_files_says_what_is_wrong() -> None:
    """In its own process it hands back the cells or a sentence."""
    assert apart.sheets_in(FORMS[".xls"])["Beds"][0] == ["day", "org", "beds"]  # type: ignore[index]
    assert isinstance(apart.sheets_in(FORMS[".xls"][:600]), str)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits the memory of no process by itself")
@pytest.mark.parametrize(("most", "limited"), [(-1, True), (2**40, True), (2**20, False)])
def test_what_reads_old_files_has_a_limit(most: int, limited: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """It takes no more than four gibibytes; a lower limit of the system's stays."""
    import resource

    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most, most))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    apart._limit_memory()
    assert asked == [(4 * 2**30, most)] * limited


@pytest.mark.parametrize("form", FORMS)
def test_without_the_extra_it_is_said_how_to_install_it(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is named, and so is the extra."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtra, match=rf"Reading the spreadsheet a{form} needs .*nhs-orgs\[compile\]"):
        open_workbook(FORMS[form], Path(f"a{form}"))
