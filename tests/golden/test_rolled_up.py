"""Figures rolled up to locations, boards and regions, against the published lists read by the plainest means."""

from __future__ import annotations

import csv
import json
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


ESTATES = ("eric", "eric-sites-2013-14-to-2023-24.csv")


def test_sites_of_the_estates_returns_reach_the_heir_of_the_trust_that_returned_them(
    register: nhs.Register, sources_folder: Path
) -> None:
    """Of the floor area under codes of sites 98% finds a trust, and it is the heir of the trust that the return names.

    Five sites of North West Boroughs, divided in 2021, have successors of their own; three stood under another trust by
    newer lists than the return of 2021-22.
    """
    sites = register.crosswalk(to=TO, kind=nhs.Site, level=nhs.Trust)
    trusts = register.crosswalk(to=TO, kind=nhs.Trust)
    known, named = set(sites.codes), set(trusts.codes)
    area: dict[bool, float] = defaultdict(float)
    other = set()
    with sources_folder.joinpath(*ESTATES).open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            code, trust, day = row["site_code"], row["trust_code"], f"20{row['year'][-2:]}-03-31"
            if code not in known or trust not in named:
                continue
            targets = {one.target for one in sites.of(code, on=day)}
            area[targets != {None}] += float(row["gross_internal_floor_area_m2"] or 0)
            if targets != {None} and targets != {one.target for one in trusts.of(trust, on=day)}:
                other.add(code)
    assert other == {"RTV14", "RTV33", "RTV51", "RTV59", "RTV68", "RYG90", "V4D7D", "RW5JN"}
    assert area[True] / (area[True] + area[False]) > 0.98


@pytest.mark.slow
def test_sites_of_the_newest_list_reach_the_heir_of_their_trust(register: nhs.Register, sources_folder: Path) -> None:
    """On the list's last day every site of a trust that stands reaches it, but two whose trust had just changed."""
    with (sources_folder / "sites" / "site-to-trust-2026-08.json").open(encoding="utf-8") as opened:
        listed: dict[str, str] = json.load(opened)
    day = "2026-08-31"
    stand = {body.code for body in register.on(day).of_kind(nhs.Trust)}
    sites = register.crosswalk(to=day, kind=nhs.Site, level=nhs.Trust)
    found = {code: {one.target for one in sites.of(code, on=day)} for code, trust in listed.items() if trust in stand}
    assert len(found) > 34_000
    assert {code for code, targets in found.items() if targets == {None}} == {"C1I8V", "T3Z3Z"}
    assert {code for code, targets in found.items() if targets not in ({None}, {listed[code]})} == set()


@pytest.mark.parametrize(
    ("code", "on", "to", "target", "status", "among"),
    [
        ("RQ8L0", "2018-01-01", TO, "RAJ", "succeeded", ()),
        ("X0Z2F", "2026-08-31", "2026-08-31", "RXY", "current", ()),
        ("RJD01", "2013-05-01", TO, None, "unapportioned", ("RJE", "RL4")),
        ("RYH30", "2013-05-01", TO, None, "unknown", ()),
    ],
)
def test_a_lost_site_goes_the_way_of_its_operator(  # noqa: PLR0913, PLR0917 - a table
    register: nhs.Register, code: str, on: str, to: str, target: str | None, status: str, among: tuple[str, ...]
) -> None:
    """Broomfield's old code is with Mid and South Essex; where a trust was divided or left nothing, none is placed."""
    (row,) = register.crosswalk(to=to, kind=nhs.Site, level=nhs.Trust).of(code, on=on)
    assert (row.target, row.status.value, row.among) == (target, status, among)
