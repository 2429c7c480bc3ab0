"""Figures rolled up to locations, boards and regions, against the published lists read by the plainest means."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import nhs_orgs as nhs

TO = "2026-04-01"
OPENED, CLOSED = 10, 11
"""Columns of days in the lists of trusts."""
REGION, BOARD = 2, 3
WELSH = {"RQF", "RT4", "RYT"}
FRIMLEY = {"10C", "10G", "10T", "11C", "15D", "99M", "D4U1Y"}
"""Divided among three locations in April 2026; no succession row says so."""


def rows_of(path: Path) -> Iterator[list[str]]:
    """Rows of a report without a header."""
    with path.open(encoding="latin-1", newline="") as opened:
        yield from csv.reader(opened)


def leads_to(code: str, successors: dict[str, set[str]], stands: dict[str, str]) -> str:
    """Along single succession rows to a code that stands."""
    for _ in range(10):
        if code in stands:
            return code
        (code,) = successors[code] - {code}
    raise AssertionError(f"{code} leads round in a circle")


@pytest.fixture(scope="module")
def successors(sources_folder: Path) -> dict[str, set[str]]:
    """Who followed whom, by either succession file."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in ("succ-2026-05.csv", "succ-and-succarc-2022-10.csv"):
        for old, new, *_ in rows_of(sources_folder / "succ" / file):
            found[old].add(new)
    return found


def test_every_group_reaches_its_location_and_board(
    register: nhs.Register, sources_folder: Path, successors: dict[str, set[str]]
) -> None:
    """By its succession rows each of 248 groups is with one location and its board; Frimley's seven are divided."""
    with (sources_folder / "hierarchy" / "commissioners-2026-04.csv").open(encoding="utf-8-sig", newline="") as opened:
        listed = list(csv.DictReader(opened))
    boards = {row["Commissioner Org Code"]: row["Commissioner Parent Org Code"] for row in listed}
    days = ("2013-04-01", "2015-04-01", "2017-04-01", "2018-04-01", "2019-04-01", "2020-04-01", "2021-04-01")
    last_seen = {body.code or "": day for day in days for body in register.on(day).of_kind(nhs.CCG)}
    assert len(last_seen) == 248
    assert set(last_seen) >= FRIMLEY
    by_location = register.crosswalk(to=TO, kind=nhs.CCG, level=nhs.SubICBLocation)
    by_board = register.crosswalk(to=TO, kind=nhs.CCG, level=nhs.ICB)
    for code, day in last_seen.items():
        found = [[(row.target, row.weight) for row in made.of(code, on=day)] for made in (by_location, by_board)]
        if code in FRIMLEY:
            assert found == [[(None, 1.0)]] * 2
            continue
        location = leads_to(code, successors, boards)
        assert found == [[(location, 1.0)], [(boards[location], 1.0)]]


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("etr-2020-10.csv", "2020-10-31"),
        ("etr-2022-03.csv", "2022-03-31"),
        ("etr-2023-10.csv", "2023-11-01"),
        ("etr-2025-12.csv", "2025-12-01"),
        ("etr-2026-04-09.csv", "2026-04-02"),
        ("etr-2026-07.csv", "2026-07-31"),
    ],
)
def test_every_trust_reaches_the_board_and_region_of_its_list(
    register: nhs.Register, sources_folder: Path, file: str, day: str
) -> None:
    """The trusts open in the list of a day are with the board and the region that it gives; three are Welsh."""
    boards = register.crosswalk(to=day, kind=nhs.Trust, level=nhs.ICB)
    regions = register.crosswalk(to=day, kind=nhs.Trust, level=nhs.Region)
    checked = 0
    for row in rows_of(sources_folder / "etr" / file):
        # The list of 2020 still has Mid Staffordshire (RJD), as open; of a later day are those that had not opened yet.
        if row[CLOSED] or row[0] in WELSH or row[0] == "RJD" or row[OPENED] > day.replace("-", ""):
            continue
        found = [[one.target for one in made.of(row[0], on=day)] for made in (boards, regions)]
        assert found == [[row[BOARD]], [row[REGION]]], row[0]
        checked += 1
    assert checked > 195
