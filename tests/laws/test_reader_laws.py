"""The laws of readers: whatever the bytes, they are read or refused with a `ReadError`, and no line is lost."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nhs_orgs.errors import ReadError
from nhs_orgs.readers import OrganisationRow, Reading, SuccessionRow, read
from nhs_orgs.readers.as_at import from_name
from nhs_orgs.readers.registry import LAYOUTS

LAW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

NAMES = (
    *("anything", "anything.csv.gz", "anything.xlsx", "anything.json"),
    *(f"{layout.names[0]}-2018-06.csv" for layout in LAYOUTS),
)
names = st.sampled_from(NAMES)

codes = st.from_regex(r"[A-Z0-9]{3,6}", fullmatch=True).filter(
    lambda code: code not in {"AGGRE", "NONC", "NULL", "TOTAL"}
)
days = st.dates(date(1901, 1, 1), date(2099, 12, 31))

cell = st.one_of(
    codes,
    days.map(lambda day: f"{day:%Y%m%d}"),
    st.sampled_from(["", "0", "1", "A", "C", "RO98|RO319", "19000101", "99999999", '"', "É", "R 1", "TRUE"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)
tables = st.lists(st.lists(cell, max_size=28), max_size=8)
headers = st.sampled_from([list(layout.columns.values()) for layout in LAYOUTS if not layout.widths])


CUTS_NOTHING = 2
"""The quotation marks of the last, blank cell: without them the row is still whole."""


def taken(folder: Path, name: str, data: bytes) -> Reading | None:
    """What bytes read as; ``None`` if they are refused with a `ReadError`. Anything else raised fails the test."""
    file = folder / name
    file.write_bytes(data)
    try:
        return read(file)
    except ReadError as error:
        return None if error.why and error.todo else pytest.fail(f"an error that does not say what to do: {error}")


def sound(reading: Reading) -> bool:
    """Whether every row cites a source of the reading, every problem is told, and something came of the file."""
    told = all(problem.what and problem.why and problem.line >= 0 for problem in reading.problems)
    return told and bool(reading.sources) and {row.source for row in reading.records} <= set(reading.sources)


@LAW
@given(name=names, data=st.binary(max_size=400))
@example(name="anything.json", data=b'{"a": "b"}')
@example(name="etr-2018-06.csv", data=b'"')
@example(name="anything.xlsx", data=b"PK\x03\x04")
@example(name="anything.csv.gz", data=b"\x1f\x8b\x08")
def test_any_bytes_read_or_raise_read_error(tmp_path: Path, name: str, data: bytes) -> None:
    """Any bytes under any name are read, or refused with a reason and a next step."""
    reading = taken(tmp_path, name, data)
    assert reading is None or sound(reading)


@LAW
@given(name=names, table=tables, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), packed=st.booleans())
def test_any_table_reads_or_raises_read_error(
    tmp_path: Path, name: str, table: list[list[str]], encoding: str, *, packed: bool
) -> None:
    """Any table of plausible cells is read or refused, in any encoding, packed or not."""
    text = io.StringIO()
    csv.writer(text).writerows(table)
    data = text.getvalue().encode(encoding)
    reading = taken(tmp_path, name, gzip.compress(data) if packed else data)
    assert reading is None or sound(reading)


@LAW
@given(header=headers, table=tables)
def test_any_rows_under_a_known_header_are_read(tmp_path: Path, header: list[str], table: list[list[str]]) -> None:
    """Under a header that is known, any rows are read: what is wrong with them is never an error."""
    plain = [str(title).replace("([0-9]{2})", "21").replace("CD[HO]", "CDH") for title in header]
    text = io.StringIO()
    csv.writer(text).writerows([plain, *table])
    reading = taken(tmp_path, "anything.csv", text.getvalue().encode())
    assert reading is None or sound(reading)


@LAW
@given(before=st.integers(0, 3), table=tables, after=st.integers(1, 3))
def test_no_line_is_lost(tmp_path: Path, before: int, table: list[list[str]], after: int) -> None:
    """Every line that is not blank gives a row or a problem that names it, and good lines always give a row."""
    good = ["R1E", "RRE", "", "20180601", "0"]
    flat = [[" ".join(text.replace('"', "").split()) for text in cells] for cells in table]
    rows = [good] * (len(flat) + before) + flat + [good] * after
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    reading = taken(tmp_path, "succ-2018-06.csv", text.getvalue().encode())
    assert reading is not None
    lines = {number for number, line in enumerate(text.getvalue().split("\n"), start=1) if line}
    found = {row.line for row in reading.records} | {problem.line for problem in reading.problems}
    assert found == lines
    assert len(reading.records) + len(reading.problems) >= len(lines)
    assert sum(row.line > len(rows) - after for row in reading.records) == after


@LAW
@given(pairs=st.lists(st.tuples(codes, codes, days), min_size=1, max_size=8), end=st.sampled_from(["\r", "\n", "\r\n"]))
def test_what_is_written_is_read(tmp_path: Path, pairs: list[tuple[str, str, date]], end: str) -> None:
    """Successions written in either layout, with any line end, read back as they were, repeated ones too."""
    plain = end.join(f'"{old}","{new}","","{day:%Y%m%d}","0"' for old, new, day in pairs)
    headed = end.join(["old_code,new_code,date", *(f"{old},{new},{day}" for old, new, day in pairs)])
    for text in (plain, headed):
        reading = taken(tmp_path, "succ-2018-06.csv", text.encode())
        assert reading is not None
        assert reading.problems == ()
        rows = [row for row in reading.records if isinstance(row, SuccessionRow)]
        assert [(row.predecessor, row.successor, row.day) for row in rows] == pairs


@LAW
@given(lines=st.lists(codes, min_size=2, max_size=6), cut=st.integers(1, 60).filter(lambda cut: cut != CUTS_NOTHING))
def test_a_truncated_file_keeps_its_whole_rows(tmp_path: Path, lines: list[str], cut: int) -> None:
    """However a file is cut short within its last row, the rows before it are read and the last is noted."""
    rows = [f'"R{code[:2]}","NAME OF {code}"' + ',""' * 8 + ',"20010401"' + ',""' * 16 for code in lines]
    text = "\n".join(rows)
    reading = taken(tmp_path, "etr-2018-06.csv", text[: len(text) - cut].encode())
    assert reading is not None
    whole = [row for row in reading.records if isinstance(row, OrganisationRow)]
    assert [row.line for row in whole] == list(range(1, len(lines)))
    assert [problem.line for problem in reading.problems] == [len(lines)]


@LAW
@given(pairs=st.lists(st.tuples(codes, codes, days), min_size=1, max_size=5), name=st.sampled_from(["a", "b/c"]))
def test_a_folder_is_its_files(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str, date]], name: str
) -> None:
    """A folder reads as its files one by one, but for the paths."""
    folder = tmp_path_factory.mktemp("folder")
    single = []
    for place, (old, new, day) in enumerate(pairs):
        file = folder / name / f"succ-20{place + 10}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'"{old}","{new}","","{day:%Y%m%d}","0"\n')
        single.append(read(file))
    whole = read(folder)
    assert [source.id for source in whole.sources] == [source.id for one in single for source in one.sources]
    assert [source.sha256 for source in whole.sources] == [source.sha256 for one in single for source in one.sources]
    rows = [row for row in whole.records if isinstance(row, SuccessionRow)]
    assert [(row.predecessor, row.successor, row.day, row.line) for row in rows] == [(*pair, 1) for pair in pairs]


@LAW
@given(day=days)
def test_a_name_with_a_day_tells_it(day: date) -> None:
    """A day written into a file's name, with or without hyphens, is the time that the file speaks of."""
    for name in (f"etr-{day}", f"etr_{day:%Y%m%d}"):
        told = from_name(name)
        assert told is not None
        assert told.day == day


def test_cutting_bytes_anywhere_is_survived(tmp_path: Path) -> None:
    """A report cut short at any byte, or with any byte flipped, is read or refused, never more."""
    data = gzip.compress(b'"R1E","RRE","","20180601","0"\r\n' * 3)
    plain = "“R1E”,É\r\n".encode() + b'"R1E","RRE","","20180601","0"\r\n'
    for whole in (data, plain):
        for place in range(len(whole)):
            taken(tmp_path, "succ-2018-06.csv", whole[:place])
            taken(tmp_path, "succ-2018-06.csv", whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
