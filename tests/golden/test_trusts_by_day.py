"""The trusts open on a day are those that the trust list of that day shows, nine late closures apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import nhs_orgs as nhs
from nhs_orgs.readers.base import OrganisationRow

LISTS = {
    "2015-09-30": ("etr-2015-09.csv", 238),
    "2018-08-31": ("etr-2018-08-31.csv", 226),
    "2020-10-31": ("etr-2020-10.csv", 216),
    "2022-03-31": ("etr-2022-03.csv", 212),
    "2023-11-01": ("etr-2023-10.csv", 209),
    "2025-12-01": ("etr-2025-12.csv", 205),
    "2026-04-02": ("etr-2026-04-09.csv", 202),
    "2026-07-31": ("etr-2026-07.csv", 202),
}
"""For each day the list that speaks of it, and how many trusts were open: three Welsh included, care trusts not."""

LATE = {
    "2018-08-31": {"R1E": "2018-05-31", "RJD": "2017-10-31", "RY1": "2018-03-31"},
    "2020-10-31": {
        "RA3": "2020-03-31",
        "RBA": "2020-03-31",
        "RC1": "2020-03-31",
        "RDD": "2020-03-31",
        "RJD": "2017-10-31",
        "RQ8": "2020-03-31",
    },
}
"""Trusts that an old list still shows as open, with the last legal day that the list of July 2026 gives."""


def trusts(register: nhs.Register, day: str) -> set[str]:
    """Codes of the trusts open on a day, but for care trusts, which the list leaves out."""
    found = (trust for trust in register.on(day).of_kind(nhs.Trust) if isinstance(trust, nhs.Trust))
    return {trust.code for trust in found if trust.code and not trust.care_trust}


def shown(folder: Path, day: str) -> set[str]:
    """Codes that the list of a day shows as open then."""
    rows = nhs.read(folder / "etr" / LISTS[day][0]).records
    listed = (row for row in rows if isinstance(row, OrganisationRow))
    return {row.code for row in listed if row.legal is not None and row.legal.contains(date.fromisoformat(day))}


@pytest.mark.parametrize("day", LISTS)
def test_as_many_trusts_are_open_as_then(register: nhs.Register, day: str) -> None:
    """On each day as many trusts are open as its list shows, without those that it shows after their end."""
    assert len(trusts(register, day)) == LISTS[day][1]


@pytest.mark.parametrize("day", LISTS)
def test_the_open_trusts_are_those_of_the_list(register: nhs.Register, sources_folder: Path, day: str) -> None:
    """On each day the open trusts are those of its list; each trust that the list shows too long is told here."""
    assert shown(sources_folder, day) - trusts(register, day) == set(LATE.get(day, {}))
    assert trusts(register, day) - shown(sources_folder, day) == set()


@pytest.mark.parametrize(("day", "code"), [(day, code) for day, codes in LATE.items() for code in codes])
def test_a_late_closure_is_one(register: nhs.Register, day: str, code: str) -> None:
    """Each exception had closed by the newest list, which gives the day, before the day of the list that shows it."""
    closed = register[code].legal.end
    assert isinstance(closed, date)
    assert closed.isoformat() == LATE[day][code] < day
    newest = [s for said in register[code].says("legal_end") if said.value == LATE[day][code] for s in said.sources]
    assert "etr@2026-07-31" in {source.id for source in newest}
    old = [s for said in register[code].says("legal_end") if said.value == ".." for s in said.sources]
    assert f"etr@{day}" in {source.id for source in old}


def test_nine_late_closures() -> None:
    """The list of exceptions is closed: three in 2018, six in 2020."""
    assert sum(map(len, LATE.values())) == 9


def test_the_welsh_trusts_are_told_apart(register: nhs.Register) -> None:
    """Three trusts of the list are Welsh, and say so."""
    everyone = register.on("2023-11-01").of_kind(nhs.Trust)
    assert {t.code for t in everyone if isinstance(t, nhs.Trust) and t.nation == "Wales"} == {"RQF", "RT4", "RYT"}
