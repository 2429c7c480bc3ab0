"""Two published series restated on 1 April 2026: beds by trust 2018 to 2025, and attendances at A&E 2015 to 2019."""

from __future__ import annotations

import csv
from collections import defaultdict
from math import isclose
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import nhs_orgs as nhs
from nhs_orgs.frames.restated import Restated

BEDS = "kh03_avail_ga_avg_beds"


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Every code of the register to the day, divided by the best shares in hand."""
    return nhs.load().crosswalk(to="2026-04-01", splits="divide")


def _read(path: Path, number: str) -> pl.DataFrame:
    with path.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    return pl.DataFrame(
        {
            "org_code": [row["org_code"] for row in rows],
            "period": [row["period"] for row in rows],
            number: [float(row[number]) if row[number] else None for row in rows],
        }
    )


@pytest.fixture(scope="module")
def beds(sources_folder: Path) -> pl.DataFrame:
    """Beds by trust and quarter; NAN is England."""
    return _read(sources_folder / "demo" / "kh03-beds-quarterly-2018-2025.csv", BEDS)


@pytest.fixture(scope="module")
def attendances(sources_folder: Path) -> pl.DataFrame:
    """Attendances by provider and month."""
    return _read(sources_folder / "demo" / "ae-monthly-2015-2019.csv", "total_attendances")


def _by_period(frame: pl.DataFrame, number: str, wanted: Any) -> dict[str, float]:  # noqa: ANN401 - an expression
    sums: dict[str, float] = defaultdict(float)
    for row in frame.filter(wanted).to_dicts():
        sums[row["period"]] += row[number] or 0.0
    return dict(sums)


def _restated(crosswalk: nhs.Crosswalk, frame: pl.DataFrame, number: str) -> Restated:
    return crosswalk.apply(frame, code="org_code", on="period", values=number)


def test_beds_keep_the_national_total_of_every_quarter(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """Restated on 2026, the trusts of each quarter have as many beds as before, which is what England's row says."""
    restated = _restated(crosswalk, beds, BEDS)
    before = _by_period(beds, BEDS, pl.col("org_code") != "NAN")
    after = _by_period(restated.frame, BEDS, pl.col("org_code_source") != "NAN")
    england = _by_period(restated.frame, BEDS, pl.col("org_code_source") == "NAN")
    assert set(before) == set(after) == set(england)
    assert len(before) > 20
    assert all(isclose(before[quarter], after[quarter], rel_tol=1e-9) for quarter in before)
    assert all(isclose(after[quarter], england[quarter], rel_tol=1e-6) for quarter in before)


def test_the_report_on_beds_says_what_is_approximate(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """Only Pennine Acute's beds are divided, by floor area; all beds of trusts find a target but those of none."""
    report = _restated(crosswalk, beds.filter(pl.col("org_code") != "NAN"), BEDS).report
    assert [(line.name, line.rows) for line in report.bases] == [("floor area", 12.0)]
    assert {line.value for line in report.ambiguous if line.targets} == {"RW6"}
    assert report.approximate(BEDS) == pytest.approx(0.0046, abs=0.0002)
    # RTV and RYK, divided without shares in hand, have no general and acute beds in any quarter.
    assert {line.value: line.totals[BEDS] for line in report.unmapped} == {"RTV": 0.0, "RYK": 0.0}
    assert report.matched(BEDS) == pytest.approx(1.0)


def test_a_trust_that_reported_after_its_merger_is_counted_twice(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """Northern Devon's row of the quarter after it joined the Royal Devon stands beside that trust's own row."""
    report = _restated(crosswalk, beds, BEDS).report
    assert [(one.code, one.other, one.periods) for one in report.double_counts] == [("RBZ", "RH8", ("2022-23 Q1",))]


def test_attendances_keep_the_national_total_of_every_month(
    crosswalk: nhs.Crosswalk, attendances: pl.DataFrame
) -> None:
    """Restated on 2026, every month has as many attendances as before."""
    number = "total_attendances"
    restated = _restated(crosswalk, attendances, number)
    before = _by_period(attendances, number, pl.lit(value=True))
    after = _by_period(restated.frame, number, pl.lit(value=True))
    assert len(before) > 50
    assert set(before) == set(after)
    assert all(isclose(before[month], after[month], rel_tol=1e-9) for month in before)


def test_attendances_of_trusts_find_a_target(crosswalk: nhs.Crosswalk, attendances: pl.DataFrame) -> None:
    """Of the codes of trusts only RTV, divided without a share in hand, finds none."""
    trusts = attendances.filter(pl.col("org_code").str.contains("^R..$"))
    report = _restated(crosswalk, trusts, "total_attendances").report
    assert {line.value for line in report.unmapped} == {"RTV"}
    assert (report.matched("total_attendances") or 0.0) > 0.997
    assert [line.name for line in report.bases] == ["floor area"]


def test_added_up_by_quarter_each_trust_of_today_has_one_row(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """With `by`, the beds of each target and quarter are one row, and their sum is that of the source."""
    restated = crosswalk.apply(beds, code="org_code", on="period", values=BEDS, by="period")
    found = restated.frame.filter(pl.col("org_code").is_not_null())
    assert found.height == found.select("org_code", "period").unique().height
    assert restated.frame[BEDS].sum() == pytest.approx(beds[BEDS].sum())
    assert set(found.filter(pl.col("approximate"))["org_code"]) == {"R0A", "RM3"}
    assert set(found.filter(pl.col("approximate"))["basis"]) == {"floor area"}
