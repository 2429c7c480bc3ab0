"""The published files themselves: every file is accounted for, and so is every line of it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from nhs_orgs.readers import NameRow, OrganisationRow, Reading, RelationshipRow, ShareRow, SuccessionRow, read
from nhs_orgs.readers.registry import LAYOUTS

NOT_REPORTS = ("README.md", "demo/", "fhir-r4/", "samples/")
"""What is in the folder beside reports: notes, statistics keyed by trust, and samples of other formats."""
A_REPORT_AMONG_SAMPLES = "samples/trimmed-records-2026-10-09.json"
SUMMED = "small-areas-to-ccg"
"""The report whose lines are summed and not given one by one."""
SHEETS = {
    "epcn/ePCN-2022-04.xlsx": 1318 + 7359,
    "epcn/ePCN-2023-01.xlsx": 1329 + 7455,
    "ets/care-trust-sites-2025-06.xlsx": 541,
}
"""Rows under the headers of all sheets of the spreadsheets, counted by hand: opening them needs what is tested."""


@pytest.fixture(scope="module")
def reading(sources_folder: Path) -> Reading:
    """The whole folder, read once."""
    return read(sources_folder)


def data_lines(folder: Path, path: str) -> int:
    """How many rows of data a file has, counted in the plainest way."""
    if path in SHEETS:
        return SHEETS[path]
    raw = (folder / path).read_bytes()
    raw = gzip.decompress(raw) if path.endswith(".gz") else raw
    if path.endswith(".json"):
        document = json.loads(raw)
        return len(document.get("organisations", document))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    lines = [line for line in csv.reader(io.StringIO(text, newline="")) if line and not line[0].startswith("#")]
    return len(lines)


def headed(report: str) -> bool:
    """Whether a report's CSV files have a header."""
    return not any(layout.widths for layout in LAYOUTS if layout.report == report)


def test_every_file_is_accounted_for(sources_folder: Path, reading: Reading) -> None:
    """A file is a source, or it is noted as no known report; those noted are exactly the ones that are none."""
    files = {file.relative_to(sources_folder).as_posix() for file in sources_folder.rglob("*") if file.is_file()}
    read_files = {source.path for source in reading.sources}
    noted = {problem.path for problem in reading.problems if problem.line == 0}
    assert read_files | noted == files
    assert not read_files & noted
    assert noted == {path for path in files if path.startswith(NOT_REPORTS) and path != A_REPORT_AMONG_SAMPLES}
    assert {problem.why for problem in reading.problems if problem.line == 0} == {"not a known report"}


def test_every_line_is_accounted_for(sources_folder: Path, reading: Reading) -> None:
    """In every file, the lines that gave a row and those that have a problem are together all lines of data."""
    lines: dict[str, set[tuple[str, int]]] = defaultdict(set)
    reports = {source.path: source.report for source in reading.sources}
    for row in reading.records:
        # The two sheets of a workbook number their rows alike.
        lines[row.source.path].add((sheet_of(row, row.source.path), row.line))
    for problem in reading.problems:
        if problem.line:
            lines[problem.path].add(("", problem.line))
    for path, report in reports.items():
        if report != SUMMED:
            header = headed(report) and path not in SHEETS and not path.endswith(".json")
            assert (path, len(lines[path]) + header) == (path, data_lines(sources_folder, path))


def sheet_of(row: object, path: str) -> str:
    """The sheet of a row of a workbook of networks: networks stand in one, their members in the other."""
    if not path.endswith(".xlsx") or not isinstance(row, OrganisationRow):
        return ""
    return "networks" if row.kind == "PCN" and row.legal is not None else ""


def test_small_areas_add_up(sources_folder: Path, reading: Reading) -> None:
    """In each year the people of all small areas are in some commissioner, and the shares of each add up to one."""
    rows = [row for row in reading.records if isinstance(row, ShareRow) and row.source.report == SUMMED]
    (path,) = {row.source.path for row in rows}
    with (sources_folder / path).open(newline="") as file:
        people = sum(int(line["total_population"]) for line in csv.DictReader(file))
    totals: Counter[str] = Counter()
    shares: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        assert row.amount is not None
        assert row.share is not None
        totals[row.source.id] += int(row.amount)
        shares[row.source.id, row.code] += row.share
    assert len(totals) == 7
    assert set(totals.values()) == {people}
    assert all(total == pytest.approx(1) for total in shares.values())


def test_what_could_not_be_taken_is_this(reading: Reading) -> None:
    """The problems of the published files are these and no others, file by file."""
    found = Counter((problem.path, problem.why) for problem in reading.problems if problem.line)
    lump = "a sum or a lump, not an organisation: left out"
    shape = "not an ODS code: a code is a text of 1 to 12 letters A to Z and digits: left out"
    assert found == {
        ("eric/eric-sites-2013-14-to-2023-24.csv", lump): 606,
        ("eric/eric-sites-2013-14-to-2023-24.csv", shape): 251,
        ("eric/trust-type-by-year.csv", lump): 1,
        ("hierarchy/commissioners-2026-04.csv", "neither a name nor a parent: nothing to take"): 7,
        ("names/trust-names-by-snapshot-2015-2026.csv", lump): 1,
        ("sites/site-recodes-across-trusts.csv", "no code: left out"): 3,
    }


def test_sources_have_names_of_their_own(reading: Reading) -> None:
    """No two sources share an identifier, and every row cites one of them."""
    identifiers = [source.id for source in reading.sources]
    assert len(set(identifiers)) == len(identifiers)
    assert {row.source for row in reading.records} <= set(reading.sources)


def test_every_report_of_the_registry_is_met(reading: Reading) -> None:
    """Each report that can be read stands in the folder: none is there without a file that proves it."""
    assert {layout.report for layout in LAYOUTS} == {source.report for source in reading.sources}


@pytest.mark.parametrize("folder", ["ect", "eccg", "ons", "pct-sha", "names"])
def test_reading_again_gives_the_same(sources_folder: Path, reading: Reading, folder: str) -> None:
    """A folder reads as the same sources, records and problems each time, as in the whole but for the paths."""
    again = read(sources_folder / folder)
    assert again == read(sources_folder / folder)
    inside = [source for source in reading.sources if source.path.startswith(f"{folder}/")]
    assert [(source.id, source.sha256) for source in again.sources] == [(one.id, one.sha256) for one in inside]


def test_the_counts_that_are_known(reading: Reading) -> None:
    """Rows of a kind in a report equal the published counts: trusts, successions, commissioners, sites."""
    rows = Counter((row.source.id, type(row)) for row in reading.records)
    assert rows["succ@2026-05", SuccessionRow] == 11537
    assert rows["succ-and-succarc@2022-10", SuccessionRow] == 25480
    assert rows["etr@2015-09", OrganisationRow] == 239
    assert rows["eccg@2023-10", OrganisationRow] == 122
    assert rows["ets@2023-05", OrganisationRow] == 34932
    assert rows["ons-icb-names@2024-12", OrganisationRow] == 42
    assert rows["trust-names-by-snapshot@2026", NameRow] == 606
    assert rows["site-to-trust@2026-08", RelationshipRow] == 38093


def test_the_union_of_successions(reading: Reading) -> None:
    """Both succession files together have 26,191 pairs; nine that they share have no date in common."""
    days: dict[str, dict[tuple[str, str], set[object]]] = defaultdict(lambda: defaultdict(set))
    for row in reading.records:
        if isinstance(row, SuccessionRow) and row.source.report.startswith("succ"):
            days[row.source.report][row.predecessor, row.successor].add(row.day)
    new, old = days["succ"], days["succ-and-succarc"]
    assert len(new.keys() | old.keys()) == 26191
    assert {pair for pair in new.keys() & old.keys() if not new[pair] & old[pair]} == {
        ("5QH", "R1J"),
        ("R1E", "RRE"),
        ("RGQ", "RDE"),
        ("RHX", "RW1"),
        ("RJF", "RTG"),
        ("RR1", "RRK"),
        ("RVL", "RAL"),
        ("RX5", "RYF"),
        ("RY1", "RW4"),
    }


@pytest.mark.parametrize(
    ("day", "source", "count"),
    [("2015-09-30", "etr@2015-09", 238), ("2023-11-01", "etr@2023-10", 209), ("2026-04-02", "etr@2026-04-09", 202)],
)
def test_open_trusts_of_a_list(reading: Reading, day: str, source: str, count: int) -> None:
    """A list of trusts shows as many open on its day as are known to have been."""
    rows = [row for row in reading.records if isinstance(row, OrganisationRow) and row.source.id == source]
    assert sum(row.legal is not None and row.legal.contains(day) for row in rows) == count
