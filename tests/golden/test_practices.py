"""General practices, which the bundled register leaves out, rolled up in a register compiled with their lists."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest

import nhs_orgs as nhs

pytestmark = pytest.mark.slow

AS_AT = "2022-01-01"
HIERARCHY = "hierarchy/gp-practice-pcn-ccg-stp-region-2022-03.csv"
FILES = ("epraccur/epraccur-2021-11.csv", "ons/ccg-to-stp-to-region-2021.csv", HIERARCHY)
UNALLOCATED = "U"
"""What the list has instead of a network for a practice that is in none."""


@pytest.fixture(scope="module")
def compiled(sources_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> nhs.Register:
    """A register of three lists of that time."""
    folder = tmp_path_factory.mktemp("lists")
    for file in FILES:
        shutil.copy(sources_folder / file, folder)
    return nhs.compile(nhs.read(folder))


@pytest.fixture(scope="module")
def published(sources_folder: Path) -> pl.DataFrame:
    """Each practice of the published hierarchy, a row each."""
    with (sources_folder / HIERARCHY).open(encoding="utf-8-sig", newline="") as opened:
        return pl.DataFrame(list(csv.DictReader(opened)))


@pytest.mark.parametrize(
    ("level", "column"),
    [(nhs.PCN, "PCN_CODE"), (nhs.CCG, "CCG_CODE"), (nhs.ICB, "STP_CODE"), (nhs.Region, "COMM_REGION_CODE")],
)
def test_every_practice_rolls_up_as_published(
    compiled: nhs.Register, published: pl.DataFrame, level: type[nhs.Organisation], column: str
) -> None:
    """All 6,527 practices reach the network, group, partnership and region that the list gives; 68 have no network."""
    crosswalk = compiled.crosswalk(to=AS_AT, kind=nhs.GPPractice, level=level)
    found = crosswalk.apply(published, code="PRACTICE_CODE", vintage=AS_AT).frame
    assert found.height == published.height == 6_527
    expected = published[column].replace(UNALLOCATED, None)
    assert found["PRACTICE_CODE"].equals(expected, check_names=False)
    assert expected.null_count() == (68 if level is nhs.PCN else 0)
    assert set(found["status"].cast(pl.String)) == ({"current", "unknown"} if level is nhs.PCN else {"current"})
