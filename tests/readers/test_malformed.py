"""Malformed files: a bad row never stops a file, a bad file says what it is and what to do."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from workbooks import SPACE, sheet, workbook

from nhs_orgs.errors import MissingExtra, ReadError
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers import OrganisationRow, Reading, SuccessionRow, extents, files, read

GOOD = '"R1E","RRE","","20180601","0"'
ETR = '"{}","{}","Y55","","","","","","","","{}","{}"' + ',""' * 15


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file of these bytes."""
    file = folder / name
    file.write_bytes(data)
    return file


def successions(folder: Path, data: bytes) -> Reading:
    """What these bytes read as in a succession report."""
    return read(put(folder, "succ-2026.csv", data))


def trust(code: str = "RRE", name: str = "MIDLANDS", opened: str = "20010401", closed: str = "") -> str:
    """One line of a list of trusts."""
    return ETR.format(code, name, opened, closed)


def trusts(folder: Path, *lines: str) -> Reading:
    """What these lines read as in a list of trusts."""
    return read(put(folder, "etr-2026.csv", "\n".join(lines).encode()))


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("last", [False, True])
def test_line_ends(tmp_path: Path, end: str, *, last: bool) -> None:
    """Rows end with CR, LF or both, the last one with or without, and keep their line numbers."""
    reading = successions(tmp_path, (end.join([GOOD, GOOD]) + end * last).encode())
    assert [row.line for row in reading.records] == [1, 2]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("cp1252", b""),
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, mark: bytes) -> None:
    """Names with accents read the same in every encoding that reports come in."""
    text = trust(name="ST JOSÉ ŒUVRE") + "\r\n"
    (row,) = read(put(tmp_path, "etr-2026.csv", mark + text.encode(encoding))).records
    assert isinstance(row, OrganisationRow)
    assert (row.code, row.name) == ("RRE", "ST JOSÉ ŒUVRE")


def test_a_damaged_line_in_a_utf_8_file(tmp_path: Path) -> None:
    """One line that is not UTF-8 is read as Windows-1252 and noted; the others stay UTF-8."""
    data = trust("RRE", "É").encode() + b"\n" + trust("R1E", "É").encode("cp1252") + b"\n"
    reading = read(put(tmp_path, "etr-2026.csv", data))
    assert [row.name for row in reading.records if isinstance(row, OrganisationRow)] == ["É", "É"]
    assert [(problem.line, problem.what) for problem in reading.problems] == [(2, "bytes of the line")]


def test_bytes_of_no_encoding(tmp_path: Path) -> None:
    """A byte that no encoding has is shown as a replacement and noted."""
    reading = read(put(tmp_path, "etr-2026.csv", trust(name="X\x81").encode("latin-1")))
    (row,) = reading.records
    assert isinstance(row, OrganisationRow)
    assert row.name == "X\ufffd"
    assert [problem.line for problem in reading.problems] == [1]


def test_names_are_folded_and_keep_their_case(tmp_path: Path) -> None:
    """White space in a name is folded, non-breaking included; letters stay as printed."""
    (row,) = trusts(tmp_path, trust(name="  Midlands\u00a0 Partnership  ")).records
    assert isinstance(row, OrganisationRow)
    assert row.name == "Midlands Partnership"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('"R1E","RRE","","20180631","0"', "yyyymmdd"),
        ('"R1E","RRE","","2018-06-01","0"', "yyyymmdd"),
        ('"R1E","RRE","","",""', "no day"),
        ('"R1E","RRE","","19000101","0"', "no day"),
        ('"","RRE","","20180601","0"', "no code"),
        ('"R 1E","RRE","","20180601","0"', "not an ODS code"),
        ('"5.00E+01","RRE","","20180601","0"', "perhaps 5E1"),
        ('"R1E","RRE","","20180601"', "4 columns instead of 5"),
        ('"R1E","RRE","","20180601","0","x"', "6 columns instead of 5"),
        ('"R1E","RRE","","2018', "left out"),
        ('"R1E",RRE","","20180601","0"', "columns instead of 5|left out"),
        ('"R1E"x,"RRE","","20180601","0"', "left out"),
        (",,,,", "no code"),
        ('"' + "x" * 200_000 + '"', "field larger"),
        ('"AGGRE","RRE","","20180601","0"', "lump"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bad_row_never_stops_a_file(tmp_path: Path, line: str, why: str, place: int) -> None:
    """A bad row is one problem with its line and reason; the rows before and after it are read."""
    lines = [GOOD, GOOD, GOOD]
    lines.insert(place + 1, line)
    reading = successions(tmp_path, "\r\n".join(lines).encode())
    assert [row.line for row in reading.records] == [number for number in (1, 2, 3, 4) if number != place + 2]
    (problem,) = reading.problems
    assert (problem.path, problem.line) == ("succ-2026.csv", place + 2)
    assert any(part in f"{problem.what} {problem.why}" for part in why.split("|"))


def test_blank_columns_at_the_end_are_no_fault(tmp_path: Path) -> None:
    """Columns beyond the last that hold nothing are passed over."""
    reading = successions(tmp_path, f"{GOOD}\n{GOOD},,\n".encode())
    assert (len(reading.records), reading.problems) == (2, ())


def test_a_cell_over_two_lines_is_one_row(tmp_path: Path) -> None:
    """A quoted cell may hold a line end; the row is at its first line, and line numbers go on after it."""
    reading = trusts(tmp_path, trust(name="MIDLANDS\nPARTNERSHIP"), trust("R1E"))
    assert [row.name for row in reading.records if isinstance(row, OrganisationRow)] == [
        "MIDLANDS PARTNERSHIP",
        "MIDLANDS",
    ]
    assert [row.line for row in reading.records] == [1, 3]


def test_a_quotation_mark_that_swallows_lines_is_found(tmp_path: Path) -> None:
    """Where an open quotation mark makes one row of several lines, the first is noted and the others are read."""
    lines = [GOOD, '"R1E","RRE,"","20180601","0"', "R1E,RRE,,20180601,0", GOOD]
    reading = successions(tmp_path, "\n".join(lines).encode())
    assert [row.line for row in reading.records] == [1, 3, 4]
    assert [problem.line for problem in reading.problems] == [2]


def test_bad_optional_fields_leave_the_row(tmp_path: Path) -> None:
    """A bad open or close date becomes unknown and is noted; the organisation stays."""
    reading = trusts(
        tmp_path, trust(closed="99999999"), trust(opened="soon"), trust(opened="20180601", closed="20180531")
    )
    assert [row.legal for row in reading.records if isinstance(row, OrganisationRow)] == [
        Period(date(2001, 4, 1), UNKNOWN),
        Period(UNKNOWN, None),
        Period(UNKNOWN, UNKNOWN),
    ]
    assert [(problem.line, problem.what) for problem in reading.problems] == [
        (1, "column 12 (close): '99999999'"),
        (2, "column 11 (open): 'soon'"),
        (3, "column 12 (close): '20180531'"),
    ]


def test_the_same_bad_period_is_noted_on_every_line(tmp_path: Path) -> None:
    """A doubtful period is noted each time it is printed, not only the first."""
    reading = trusts(tmp_path, trust(closed="99999999"), trust("R1E", closed="99999999"))
    assert [problem.line for problem in reading.problems] == [1, 2]


def test_a_bad_parent_leaves_the_row(tmp_path: Path) -> None:
    """A parent that is no code is left out and noted; so is a bad GSS code."""
    line = '"RRE2I","HAYWOOD"' + ',""' * 12 + ',"R R E","20180401",""' + ',""' * 10
    (row,) = (reading := read(put(tmp_path, "ets-2023.csv", line.encode()))).records
    assert isinstance(row, OrganisationRow)
    assert (row.parent, row.parent_period) == (None, None)
    assert [problem.what for problem in reading.problems] == ["column 15 (parent): 'R R E'"]
    gss = read(put(tmp_path, "ccg.csv", b"FID,CCG19CD,CCG19CDH,CCG19NM\n1,E3800,02N,NHS Airedale CCG\n"))
    assert [row.gss for row in gss.records if isinstance(row, OrganisationRow)] == [None]
    assert [problem.what for problem in gss.problems] == ["column CCG19CD: 'E3800'"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("etr.csv", b"", "empty"),
        ("etr.csv", b" \r\n\t", "empty"),
        ("etr.csv", codecs.BOM_UTF8, "empty"),
        ("etr.csv", gzip.compress(b""), "empty"),
        ("etr.csv", b"%PDF-1.4\0\0\0", "binary"),
        ("etr.csv", trust().encode("utf-16-le"), "binary"),
        ("etr.csv", codecs.BOM_UTF32_LE + trust().encode("utf-32-le"), "binary"),
        ("etr.csv", codecs.BOM_UTF16_LE + b"\x00\xd8a", "UTF-16"),
        ("etr.csv.gz", gzip.compress(trust().encode())[:-9], "gzip"),
        ("etr.csv.gz", b"\x1f\x8b\x08nonsense", "gzip"),
        ("etr.csv.gz", gzip.compress(trust().encode()) + b"more", "gzip"),
        ("etr.json", b'{"RRE": ', "JSON"),
        ("etr.json", b'{"a":' * 100_000, "JSON"),
        ("etr.json", b'{"organisations": {"RRE": {"name": "\\ud800", "roles": []}}}', "JSON"),
        ("etr.csv", b"# only a comment\n", "first is nothing"),
        ("etr.xlsx", b"PK\x03\x04nonsense", "spreadsheet"),
    ],
)
def test_a_bad_file_says_what_it_is(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    """A file that holds no table is an error with its path, a reason and what to do."""
    with pytest.raises(ReadError) as caught:
        read(put(tmp_path, name, data))
    assert why in caught.value.why
    assert caught.value.path == str(tmp_path / name)
    assert caught.value.todo.endswith(".")


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file is not unpacked beyond the limit."""
    monkeypatch.setattr(files, "LIMIT", 2**20)
    with pytest.raises(ReadError, match="unpacks to more than 1 MiB"):
        read(put(tmp_path, "succ-2026.csv.gz", gzip.compress(b"0" * 2**21)))


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than any report is not even opened."""
    monkeypatch.setattr(files, "LIMIT", 10)
    with pytest.raises(ReadError, match="larger than"):
        successions(tmp_path, GOOD.encode())


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says is passed on as the reason."""

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="Permission denied"):
        successions(tmp_path, GOOD.encode())


# ------------------------------------------------------------------------------------------ spreadsheets

PARTNERS = [
    *("Partner\nOrganisation\nCode", "Partner\nName", "Practice\nParent\nSub ICB Loc Code"),
    *("PCN Code", "PCN Name", "PCN Parent\nSub ICB Loc Code"),
    *("Practice to PCN\nRelationship\nStart Date", "Practice to PCN\nRelationship\nEnd Date"),
]
NETWORKS = ["PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Open Date", "Close Date", "Address Line 4", "Postcode"]
PARTNER = ["A81001", "DENSHAM", "16C", "U89141", "STOCKTON PCN", "16C", "20191001", ""]
NETWORK = ["U89141", "STOCKTON PCN", "16C", 20191001.0, "", "STOCKTON", "TS18 1HU"]


def test_a_workbook_of_networks(tmp_path: Path) -> None:
    """Both sheets are one source; a sheet that is no table is noted; blank rows are passed over."""
    data = workbook(
        PCNDetails=sheet([list(NETWORKS), [], list(NETWORK)]),
        Partners=sheet([list(PARTNERS), list(PARTNER)]),
        Notes=sheet([["made up"]]),
    )
    reading = read(put(tmp_path, "ePCN-2023-01.xlsx", data))
    assert [source.id for source in reading.sources] == ["epcn@2023-01"]
    network, practice, again, _link = reading.records
    assert isinstance(network, OrganisationRow)
    assert (network.code, network.kind, network.parent, network.line) == ("U89141", "PCN", "16C", 3)
    assert network.legal == Period(date(2019, 10, 1), None)
    assert isinstance(practice, OrganisationRow)
    assert practice.code == "A81001"
    assert isinstance(again, OrganisationRow)
    assert [(problem.line, problem.what) for problem in reading.problems] == [(0, "sheet 'Notes'")]


def test_days_and_truths_in_cells(tmp_path: Path) -> None:
    """A day in a cell reads like a printed one, a truth value like its word, a short row like one with blanks."""
    head = ["Organisation_Code", "Organisation_Name", "National_Grouping_Code", "High_Level_Health_Authority_Code"]
    head += ["Address_Line_4", "Postcode", "Open_Date", "Close_Date", "Parent_Organisation_Code", "Extra"]
    row = ["TAD55", "LEGRAMS", "Y63", "QWO", "BRADFORD", "BD7 1LN", date(2002, 4, 1), "NULL", "TAD", True]
    reading = read(put(tmp_path, "care-trust-sites-2025-06.xlsx", workbook(Sheet1=sheet([list(head), list(row)]))))
    (site,) = reading.records
    assert isinstance(site, OrganisationRow)
    assert (site.legal, site.parent, site.region) == (Period(date(2002, 4, 1), None), "TAD", "Y63")
    assert reading.problems == ()


def test_a_workbook_of_nothing_known(tmp_path: Path) -> None:
    """A workbook none of whose sheets is known is an error: of its name's claim, or of being unknown."""
    data = workbook(Sheet1=sheet([["made up"]]))
    with pytest.raises(ReadError, match="its name says epcn"):
        read(put(tmp_path, "epcn-2023.xlsx", data))
    with pytest.raises(ReadError, match="not a known report"):
        read(put(tmp_path, "book.xlsx", data))


def test_a_zip_archive_is_no_spreadsheet(tmp_path: Path) -> None:
    """An archive of reports has to be unpacked first, and the error says so."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("etr.csv", trust())
    with pytest.raises(ReadError, match="Unpack it"):
        read(put(tmp_path, "etr.zip", packed.getvalue()))


def test_a_spreadsheet_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that unpacks to too much, or whose sheet spans too many cells, is never opened."""
    large = put(tmp_path, "epcn-2022.xlsx", workbook(Sheet1=sheet([["x" * 3_000_000]])))
    with monkeypatch.context() as patch:
        patch.setattr(extents, "LIMIT", 2**20)
        with pytest.raises(ReadError, match="unpacks to more"):
            read(large)
    far = f'<worksheet {SPACE}><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(ReadError, match="spans 1,048,576 rows and 16,384 columns"):
        read(put(tmp_path, "epcn-2023.xlsx", workbook(Sheet1=far)))


@pytest.mark.parametrize(
    "xml", ["", "<worksheet", f"<worksheet {SPACE}><sheetData><row r='1'><c r='A1' t='s'><v>7</v></c></row>"]
)
def test_a_damaged_sheet_is_an_error(tmp_path: Path, xml: str) -> None:
    """A sheet that is no XML, is cut short or refers to what is not there is an error, never a crash."""
    with pytest.raises(ReadError):
        read(put(tmp_path, "epcn-2023.xlsx", workbook(Sheet1=xml)))


def test_without_the_extra_a_spreadsheet_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By itself a spreadsheet needs the extra; in a folder the other files are read and it is noted."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    file = put(tmp_path, "ePCN-2023-01.xlsx", workbook(Sheet1=sheet([list(NETWORKS), list(NETWORK)])))
    with pytest.raises(MissingExtra, match=r"nhs-orgs\[compile\]"):
        read(file)
    put(tmp_path, "succ-2026.csv", GOOD.encode())
    reading = read(tmp_path)
    assert [type(row) for row in reading.records] == [SuccessionRow]
    assert ["nhs-orgs[compile]" in problem.why for problem in reading.problems] == [True]


def test_json_of_another_shape(tmp_path: Path) -> None:
    """JSON that is no map of sites and no set of records is not a known report."""
    for document in ({"a": [1]}, {"organisations": {"RRE": {"name": "X"}}}, {"organisations": 5}):
        with pytest.raises(ReadError, match="not a known report"):
            read(put(tmp_path, "some.json", json.dumps(document).encode()))
