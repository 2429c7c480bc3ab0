"""Every measure by which bodies are divided, on the bundled register: what it gives is what its source says."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

import nhs_orgs as nhs

TRACE = 0.001
"""Shares of less are left out: a handful of patients of a hundred thousand."""


class Answer(NamedTuple):
    """What data of a code on a day becomes on another day, by one measure."""

    kind: type[nhs.Organisation]
    code: str
    on: str
    to: str
    shares: dict[str, float]
    counted: str


ANSWERS = {
    "population": Answer(
        nhs.ICB,
        "QNQ",
        "2025-03-31",
        "2026-04-01",
        {"S0E4D": 0.5712, "QRL": 0.228, "S9B9J": 0.2008},
        "resident population 2021",
    ),
    "registered patients": Answer(
        nhs.PCT,
        "5P6",
        "2013-03-31",
        "2013-04-01",
        {"09G": 0.5808, "09X": 0.2688, "09H": 0.1504},
        "registered patients",
    ),
    "postcodes": Answer(
        nhs.PCT, "5P6", "2013-03-31", "2013-04-01", {"09G": 0.6364, "09X": 0.2605, "09H": 0.1031}, "postcodes"
    ),
    "practices": Answer(nhs.PCT, "5KV", "2006-09-30", "2006-10-01", {"5QN": 0.96, "5QM": 0.04}, "practices"),
    "floor area": Answer(
        nhs.Trust, "RYQ", "2013-09-30", "2026-04-01", {"RJ2": 0.4217, "RJZ": 0.3218, "RPG": 0.2565}, "floor area"
    ),
    "beds": Answer(nhs.Trust, "RYQ", "2013-09-30", "2026-04-01", {"RJ2": 0.3791, "RJZ": 0.4343, "RPG": 0.1866}, "beds"),
}


@pytest.mark.parametrize("basis", ANSWERS)
def test_each_measure_divides(register: nhs.Register, basis: str) -> None:
    """Asked for by name, each measure gives its own shares, and the rows say what was counted."""
    kind, code, on, to, shares, counted = ANSWERS[basis]
    rows = register.crosswalk(to=to, kind=kind, basis=basis, splits="divide").of(code, on=on)
    assert {row.target: row.weight for row in rows} == pytest.approx(shares, abs=0.0002)
    assert {(row.status, row.basis) for row in rows} == {(nhs.Status.DIVIDED, counted)}
    assert all(row.approximate for row in rows)


@pytest.mark.parametrize(
    ("basis", "file", "columns"),
    [
        (
            "registered patients",
            "pct-to-ccg-2013-by-registered-patients.csv",
            ("pct_code", "successor_code", "share_of_pct"),
        ),
        ("postcodes", "pct-to-ccg-2013-postcode-share.csv", ("pct_code", "ccg_code", "pct_of_postcodes")),
    ],
)
def test_every_primary_care_trust_is_divided_as_published(
    register: nhs.Register, sources_folder: Path, basis: str, file: str, columns: tuple[str, str, str]
) -> None:
    """Of all 151 trusts of 2013 each part has the share that the table gives it; traces are left out."""
    published: dict[str, dict[str, float]] = defaultdict(dict)
    with (sources_folder / "weights" / file).open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            code, part, share = (row[name] for name in columns)
            published[code][part] = float(share)
    crosswalk = register.crosswalk(to="2013-04-01", kind=nhs.PCT, basis=basis, splits="divide")
    assert len(published) == 151
    wrong: dict[str, object] = {}
    for code, parts in published.items():
        total = sum(parts.values())
        expected = {part: share / total for part, share in parts.items() if share / total >= TRACE}
        # By postcodes as of 2015: Newcastle Gateshead (13T) was founded then, of three groups.
        if "13T" in expected:
            continue
        found = {row.target: row.weight for row in crosswalk.of(code, on="2013-03-31")}
        if found != pytest.approx(expected, abs=0.0015):
            wrong[code] = found, expected
    assert wrong == {}
