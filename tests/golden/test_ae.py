"""Attendances at A&E restated on 1 April 2026: how many find a target, and of each code that finds none, why.

NHS England's series names every provider that had an urgent treatment centre, a minor injuries unit or a walk-in
centre, not only NHS trusts. The register holds NHS trusts, commissioners and their sites. So three groups of codes find
no target, 8.9% of all attendances of 2015 to 2019. They are listed code by code in `ae_without_target.csv`, with their
names: one code more, and a test fails.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polars as pl
import pytest

import nhs_orgs as nhs
from nhs_orgs.frames.report import MatchReport

WITHOUT_TARGET = Path(__file__).with_name("ae_without_target.csv")

PARTS = {"practice": (54, 0.0404), "no trust": (66, 0.0463), "no share": (1, 0.0022)}
"""Of each group, how many codes it has, and the share of attendances at the most."""

LEAST = {"monthly": 0.911, "typed": 0.9125}
"""Of each series, the share of attendances that finds a target at the least."""
LEAST_OF_A_MONTH = 0.898
LEAST_OF_TRUSTS = 0.9976


def _listed(why: str = "") -> frozenset[str]:
    """The codes that are known to find no target, or those of one group."""
    with WITHOUT_TARGET.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(line for line in opened if not line.startswith("#"))
        return frozenset(row["code"] for row in rows if why in {"", row["why"]})


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Every code of the register to the day, divided by the best shares in hand."""
    return nhs.load().crosswalk(to="2026-04-01", splits="divide")


@pytest.fixture(scope="module")
def monthly(sources_folder: Path) -> pl.DataFrame:
    """Attendances by provider and month, July 2015 to December 2019."""
    frame = pl.read_csv(sources_folder / "demo" / "ae-monthly-2015-2019.csv")
    return frame.rename({"total_attendances": "attendances"})


@pytest.fixture(scope="module")
def typed(sources_folder: Path) -> pl.DataFrame:
    """Attendances by provider, month and type of department, 2016 to 2019."""
    return pl.read_csv(sources_folder / "demo" / "ae-attendances-2016-2019.csv")


def _report(crosswalk: nhs.Crosswalk, frame: pl.DataFrame) -> MatchReport:
    return crosswalk.apply(frame, code="org_code", on="period", values="attendances").report


def _misses(report: MatchReport) -> dict[str, float]:
    return {str(line.value): line.totals["attendances"] for line in report.unmapped}


def test_every_month_keeps_its_total(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """Restated on 2026, every month has as many attendances as before."""
    restated = crosswalk.apply(monthly, code="org_code", on="period", values="attendances").frame
    sums = [frame.group_by("period").agg(pl.sum("attendances")).sort("period") for frame in (monthly, restated)]
    before, after = sums
    assert before.height == 54
    assert before["period"].to_list() == after["period"].to_list()
    assert after["attendances"].to_list() == pytest.approx(before["attendances"].to_list(), rel=1e-9)


def test_exactly_these_codes_find_no_target(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """Of all codes of the monthly series, those listed here find no target, and no other."""
    assert set(_misses(_report(crosswalk, monthly))) == _listed()


def test_the_series_by_type_misses_no_other_code(crosswalk: nhs.Crosswalk, typed: pl.DataFrame) -> None:
    """The series by type of department has no code without a target that is not listed here."""
    assert set(_misses(_report(crosswalk, typed))) <= _listed()


@pytest.mark.parametrize("series", LEAST)
def test_so_much_finds_a_target(series: str, crosswalk: nhs.Crosswalk, request: pytest.FixtureRequest) -> None:
    """At least 91.1% of attendances of the monthly series, and 91.25% of the one by type, find a target."""
    report = _report(crosswalk, request.getfixturevalue(series))
    assert (report.matched("attendances") or 0.0) >= LEAST[series]


def test_so_much_of_every_month_finds_a_target(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """In no month is the share below 89.8%: nothing is lost for a while and hidden by the rest."""
    restated = crosswalk.apply(monthly, code="org_code", on="period", values="attendances").frame
    found = pl.col("attendances").filter(pl.col("org_code").is_not_null()).sum() / pl.col("attendances").sum()
    shares = restated.group_by("period").agg(found.alias("share"))
    assert shares.height == 54
    assert min(shares["share"].to_list()) >= LEAST_OF_A_MONTH


@pytest.mark.parametrize("why", PARTS)
def test_each_group_is_as_small_as_told(why: str, crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """What each group of codes loses is the share that is told of it, and no more."""
    report = _report(crosswalk, monthly)
    lost = sum(figure for code, figure in _misses(report).items() if code in _listed(why))
    codes, most = PARTS[why]
    assert len(_listed(why)) == codes
    assert most - 0.0005 < lost / report.totals["attendances"] <= most


def test_departments_with_a_full_service_all_find_a_target(crosswalk: nhs.Crosswalk, typed: pl.DataFrame) -> None:
    """Type 1 departments are run by NHS trusts only: each attendance there finds a target."""
    report = _report(crosswalk, typed.filter(pl.col("type") == "1"))
    assert report.matched("attendances") == pytest.approx(1.0)
    assert all(not line.totals["attendances"] for line in report.unmapped)


def test_all_trusts_but_one_find_a_target(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """Of attendances under codes of NHS trusts 99.76% find a target; what does not is North West Boroughs'."""
    report = _report(crosswalk, monthly.filter(pl.col("org_code").str.contains("^R..$")))
    assert set(_misses(report)) == _listed("no share") == {"RTV"}
    assert (report.matched("attendances") or 0.0) >= LEAST_OF_TRUSTS
    (line,) = report.unmapped
    assert set(line.among) == {"RW4", "RXV"}
    assert "no share is in hand" in (line.reason or "")


def test_a_share_of_ones_own_closes_the_gap(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """With shares for North West Boroughs every attendance at a trust finds a target."""
    own = crosswalk.with_shares({("RTV", "RW4"): 0.9, ("RTV", "RXV"): 0.1}, basis="a guess")
    report = _report(own, monthly.filter(pl.col("org_code").str.contains("^R..$")))
    report.raise_for_unmapped()
    assert {line.name for line in report.bases} == {"a guess", "floor area"}


def test_practices_are_practices(sources_folder: Path) -> None:
    """Each code that is called a practice here is in a published list of general practices."""
    listed: set[str] = set()
    for path in sorted((sources_folder / "epraccur").glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as opened:
            listed |= {row[0] for row in csv.reader(opened) if row}
    assert listed >= _listed("practice")
    assert not _listed("no trust") & listed


def test_no_source_tells_of_the_others(sources_folder: Path) -> None:
    """No list of trusts, commissioners or successions names one of these codes, so nothing in hand could lead on."""
    found: set[str] = set()
    for folder in ("succ", "etr", "ect", "eccg"):
        for path in sorted((sources_folder / folder).glob("*.csv")):
            found |= set(re.findall(r"[A-Z0-9]+", path.read_text(encoding="utf-8", errors="replace")))
    assert len(found) > 10_000
    assert not (_listed("no trust") | _listed("practice")) & found


def test_reports_after_a_merger_are_asked_about(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """Heart of England went on reporting for a quarter after it had closed, beside the trust that took it over."""
    report = _report(crosswalk, monthly)
    found = {(one.code, one.other): one.periods for one in report.double_counts}
    assert found["RR1", "RRK"] == ("2018-04", "2018-05", "2018-06")
    assert {str(line.value) for line in report.closed} == {"RR1", "RY1"}


def test_what_is_approximate_is_pennine_acutes(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """1.5% of attendances are approximate: those of Pennine Acute, divided between two trusts by floor area."""
    report = _report(crosswalk, monthly)
    assert [line.name for line in report.bases] == ["floor area"]
    assert {line.value for line in report.ambiguous if line.targets} == {"RW6"}
    assert report.approximate("attendances") == pytest.approx(0.0149, abs=0.0002)


def test_the_parts_that_moved_are_told(crosswalk: nhs.Crosswalk, monthly: pl.DataFrame) -> None:
    """Ten codes found a target that gained or lost a part after the date of their rows; no other code is listed."""
    lines = _report(crosswalk, monthly).parts_moved
    assert {line.value for line in lines} == {"R0A", "R1A", "R1F", "R1J", "RM2", "RNA", "RNN", "RTQ", "RW1", "RW3"}
    reasons = {line.value: line.reason for line in lines}
    assert reasons["R1A"] == reasons["RTQ"] == "RTQ gave part to R1A on 2020-04-01"
    assert reasons["R0A"] == reasons["RW3"] == "RW6 gave part to R0A on 2021-04-01 (38.5% by floor area)"
