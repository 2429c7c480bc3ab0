"""Which release of each report is in hand at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import source

from nhs_orgs.releases import newest

IN_HAND = tuple(map(source, ("etr@2016-06", "etr@2018-08-31", "etr@2020-10-31", "succ@2022-10", "names@2018")))


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2016-06-29", []),
        ("2016-06-30", ["etr@2016-06"]),
        ("2018-08-30", ["etr@2016-06"]),
        ("2018-08-31", ["etr@2018-08-31"]),
        ("2018-12-31", ["etr@2018-08-31", "names@2018"]),
        ("2026-01-01", ["etr@2020-10-31", "names@2018", "succ@2022-10"]),
    ],
)
def test_the_newest_by_a_day(day: str, ids: list[str]) -> None:
    """Of each report the newest release counts that was out by the day, a month's or a year's from its last day."""
    found = newest(IN_HAND, by=date.fromisoformat(day))
    assert [release.id for files in found.values() for release in files] == ids


def test_every_file_of_a_release_counts() -> None:
    """Two files of one report and one date are one release, and an older file is none of it."""
    second = replace(source("offices@2017"), id="offices@2017:b")
    found = newest((second, source("offices@2016"), source("offices@2017")), by=date(2020, 1, 1))
    assert found == {"offices": (source("offices@2017"), second)}


def test_the_narrower_date_is_the_newer() -> None:
    """Of two releases that may be of one last day, the one that begins later is the newer."""
    found = newest((source("etr@2018-12-31"), source("etr@2018")), by=date(2019, 1, 1))
    assert found == {"etr": (source("etr@2018-12-31"),)}
