"""Beds by trust and quarter, 2018 to 2025, restated on 1 April 2026: the same national total in every quarter."""

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


LEAST = {
    BEDS: 1.0,
    "kh03_occ_ga_avg_beds": 1.0,
    "kh03_avail_mat_avg_beds": 1.0,
    "kh03_avail_acute_avg_beds": 1.0,
    "kh03_avail_all_avg_beds": 0.9986,
    "ae_type1_attendances": 1.0,
    "canc_cancelled_ops": 1.0,
}
"""Of each column of counts, the share of all trusts that finds a target at the least. RTV and RYK, divided without
shares in hand, ran mental health services: they have beds in the fifth of these columns only."""


@pytest.mark.parametrize("number", LEAST)
def test_so_much_of_each_column_finds_a_target(number: str, crosswalk: nhs.Crosswalk, sources_folder: Path) -> None:
    """Every column of counts of the trusts keeps its total, and all of it finds a target but what RTV and RYK have."""
    trusts = _read(sources_folder / "demo" / "kh03-beds-quarterly-2018-2025.csv", number)
    trusts = trusts.filter(pl.col("org_code") != "NAN")
    restated = _restated(crosswalk, trusts, number)
    assert {line.value for line in restated.report.unmapped} == {"RTV", "RYK"}
    assert (restated.report.matched(number) or 0.0) >= LEAST[number] - 1e-9
    assert restated.frame[number].sum() == pytest.approx(trusts[number].sum())


def test_every_quarter_finds_a_target(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """No bed of any trust in any quarter is without a target: none is hidden by the other quarters."""
    restated = _restated(crosswalk, beds, BEDS).frame
    lost = restated.filter(pl.col("org_code").is_null() & (pl.col("org_code_source") != "NAN"))
    assert lost.height == 20
    assert lost[BEDS].fill_null(0).sum() == 0


def test_restated_occupancy_is_that_of_the_restated_beds(crosswalk: nhs.Crosswalk, sources_folder: Path) -> None:
    """A rate weighed by its denominator is what dividing the restated counts gives, for every trust and quarter."""
    path = sources_folder / "demo" / "kh03-beds-quarterly-2018-2025.csv"
    used, rate = "kh03_occ_ga_avg_beds", "kh03_occ_ga_rate"
    frame = _read(path, BEDS).with_columns(_read(path, used)[used], _read(path, rate)[rate])
    ask: dict[str, Any] = {"code": "org_code", "on": "period", "by": "period"}
    rates = crosswalk.apply(frame, values=rate, how="rate", denominator=BEDS, **ask).frame
    counts = crosswalk.apply(frame, values=[BEDS, used], **ask).frame
    both = rates.select("org_code", "period", rate).join(counts, on=["org_code", "period"]).filter(pl.col(BEDS) > 0)
    assert both.height > 3_000
    assert both[rate].null_count() == 0
    assert (both[rate] - both[used] / both[BEDS]).abs().to_list() == pytest.approx([0.0] * both.height, abs=1e-9)


def test_a_trust_that_reported_after_its_merger_is_counted_twice(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """Northern Devon's row of the quarter after it joined the Royal Devon stands beside that trust's own row."""
    report = _restated(crosswalk, beds, BEDS).report
    assert [(one.code, one.other, one.periods) for one in report.double_counts] == [("RBZ", "RH8", ("2022-23 Q1",))]


def test_added_up_by_quarter_each_trust_of_today_has_one_row(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """With `by`, the beds of each target and quarter are one row, and their sum is that of the source."""
    restated = crosswalk.apply(beds, code="org_code", on="period", values=BEDS, by="period")
    found = restated.frame.filter(pl.col("org_code").is_not_null())
    assert found.height == found.select("org_code", "period").unique().height
    assert restated.frame[BEDS].sum() == pytest.approx(beds[BEDS].sum())
    assert set(found.filter(pl.col("approximate"))["org_code"]) == {"R0A", "RM3"}
    assert set(found.filter(pl.col("approximate"))["basis"]) == {"floor area"}


def test_the_parts_that_moved_are_told(crosswalk: nhs.Crosswalk, beds: pl.DataFrame) -> None:
    """Ten codes are listed, each only for the quarters before the part moved."""
    lines = _restated(crosswalk, beds, BEDS).report.parts_moved
    assert {line.value for line in lines} == {
        "R0A", "R1A", "R1F", "R1J", "RNA", "RNN", "RTQ", "RW1", "RX2", "TAJ",
    }  # fmt: skip
    # Manchester took over a hospital of Pennine Acute on 1 April 2021, after twelve quarters of the series.
    assert [line.rows for line in lines if line.value == "R0A"] == [12]
