"""Columns of codes as analysts hold them, checked against the bundled register: the traps that touch data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import nhs_orgs as nhs


def flagged(report: nhs.ColumnReport, rule: str) -> dict[str, tuple[int, str]]:
    """Rows and note of every value that a rule flags."""
    finding = report.finding(rule)
    return {one.value: (one.rows, one.note) for one in finding.flagged} if finding else {}


def standings(report: nhs.ColumnReport) -> dict[str, int]:
    """Rows by standing."""
    return {standing.value: rows for standing, rows in report.standings}


def kinds(report: nhs.ColumnReport) -> dict[str, int]:
    """Codes by kind."""
    return {kind.kind: kind.codes for kind in report.kinds}


# --- small columns --------------------------------------------------------------------------------------------------


def test_the_founding_merger_counted_twice() -> None:
    """R1E beside RRE in June 2018 counts Staffordshire's community services twice; in May it does not."""
    assert flagged(nhs.check_codes(["R1E", "RRE"], on="2018-05-31"), "double-count") == {}
    report = nhs.check_codes(["R1E", "RRE"], on="2018-06-01")
    assert flagged(report, "double-count") == {"R1E": (2, "went to RRE on 2018-06-01")}
    assert flagged(report, "closed") == {"R1E": (1, "closed on 2018-05-31")}


def test_a_body_divided_in_two_phases_beside_its_parts() -> None:
    """RW6 beside R0A and RM3 after both had their parts is a double count with each."""
    report = nhs.check_codes(["RW6", "R0A", "RM3"], on="2021-10-01")
    found = report.finding("double-count")
    assert found is not None
    assert {one.note for one in found.flagged} == {
        "in part went to R0A on 2021-04-01",
        "in part went to RM3 on 2021-10-01",
    }
    assert flagged(nhs.check_codes(["RW6", "R0A", "RM3"], on="2021-03-31"), "double-count") == {}


def test_a_chain_of_mergers_is_followed_to_its_end() -> None:
    """10G beside D4U1Y, three codes later, is a double count."""
    report = nhs.check_codes(["10G", "D4U1Y"], on=["2021-04", "2021-04"])
    note = "went to D4U1Y on 2021-04-01; both have rows on 2021-04-01"
    assert flagged(report, "double-count") == {"10G": (2, note)}


def test_one_code_two_kinds() -> None:
    """QNC is a partnership on one day and a board on the next, 02Q a group and then a location."""
    assert kinds(nhs.check_codes(["QNC", "02Q"], on="2022-06-30")) == {
        "SustainabilityTransformationPartnership": 1,
        "ClinicalCommissioningGroup": 1,
    }
    assert kinds(nhs.check_codes(["QNC", "02Q"], on="2022-07-01")) == {"IntegratedCareBoard": 1, "SubICBLocation": 1}
    changed = nhs.check_codes(["QNC", "QNC"], on=["2022-06", "2022-07"]).finding("body-changed")
    assert changed is not None
    assert changed.flagged[0].note.startswith("from 2022-07-01 an integrated care board")


def test_hubs_and_reporting_entities_are_no_groups() -> None:
    """Commissioning hubs among groups are told apart as a kind of their own."""
    report = nhs.check_codes(["02Q", "13Q", "14A"], on="2020-10-31")
    assert kinds(report) == {"ClinicalCommissioningGroup": 1, "CommissioningHub": 2}


def test_boards_of_before_and_after_april_2026() -> None:
    """An old board beside the new one that has its people is a double count; alone it has closed."""
    report = nhs.check_codes(["QM7", "S1Y5D", "QRL"], on="2026-04-01")
    assert set(flagged(report, "closed")) == {"QM7"}
    assert set(flagged(report, "double-count")) == {"QM7"}


@pytest.mark.parametrize(
    ("value", "candidate"), [("5.00E+01", "5E1"), ("1H", "01H"), ("2Q", "02Q"), (50.0, "5E1"), ("1E+10", "1E10")]
)
def test_what_spreadsheets_leave_of_codes(value: object, candidate: str) -> None:
    """Codes that a spreadsheet took for numbers are damaged, and told with what they may have been."""
    finding = nhs.check_codes([value]).finding("damaged")
    assert finding is not None
    assert candidate in finding.flagged[0].candidates


def test_blanks_and_lower_case_are_another_spelling() -> None:
    """A trailing blank, lower case or a non-breaking space leaves the code what it is."""
    report = nhs.check_codes(["rre", "RRE ", "\u00a0RRE"], on="2019-01-01")
    assert standings(report) == {"other spelling": 3}


def test_welsh_bodies_care_trusts_and_new_codes_are_known() -> None:
    """Welsh bodies among trusts, care trusts and codes of five characters are no strangers."""
    report = nhs.check_codes(["RQF", "RT4", "RYT", "TAJ", "S0E4D"])
    assert standings(report) == {"known": 5}


def test_sites_with_random_codes_are_sites() -> None:
    """A site whose code no longer begins with its trust's is known all the same."""
    report = nhs.check_codes(["RXH31", "G4B5Q"])
    assert kinds(report) == {"Site": 2}


def test_aggregates_practices_and_independent_providers_are_not_said_to_never_have_existed() -> None:
    """What the register leaves out is not told to be wrong; a code like a trust's that never was is."""
    report = nhs.check_codes(["NAN", "ENG", "-", "A81001", "NL7", "8J094", "R0L"])
    assert standings(report) == {"pseudo": 3, "not held": 3, "unknown": 1}


def test_ons_codes_are_recognised() -> None:
    """A GSS code in a column of ODS codes is told with the ODS code that it belongs to."""
    finding = nhs.check_codes(["E54000010"]).finding("not-held")
    assert finding is not None
    assert finding.flagged[0].candidates == ("QNC",)


def test_the_ccgs_of_each_april_are_told_apart(register: nhs.Register) -> None:
    """The groups of 1 April of each year are told to be of the year up to the next change."""
    for day in ("2013-04-01", "2015-04-01", "2017-04-01", "2018-04-01", "2019-04-01", "2020-04-01", "2021-04-01"):
        codes = [body.code for body in register.on(day).of_kind(nhs.CCG)]
        found = nhs.guess_vintage(codes)
        assert found.fits_all
        assert [vintage.period.contains(day) for vintage in found.best] == [True]


def test_two_vintages_in_one_column(register: nhs.Register) -> None:
    """The groups of 2013 with those of 2021 among them are a mixture, and each odd one is named with the reason."""
    of_2013 = {body.code for body in register.on("2013-04-01").of_kind(nhs.CCG)}
    of_2021 = {body.code for body in register.on("2021-04-01").of_kind(nhs.CCG)}
    report = nhs.check_codes([code or "" for code in sorted(of_2013 | of_2021, key=str)])
    odd = flagged(report, "mixture")
    # 13T was founded before the groups that went into it closed: then, and not on 1 April 2013, the most were open.
    assert report.vintages.describe() == "26 November 2014 to 31 March 2015: 212 of 247 codes open at once"
    assert set(odd) == of_2021 - of_2013 - {"13T"}
    assert odd["D4U1Y"][1] == "opened on 2021-04-01"


# --- real series ----------------------------------------------------------------------------------------------------


def series(folder: Path, name: str) -> tuple[list[str], list[str]]:
    """Codes and periods of a published series."""
    file = folder / "demo" / name
    if not file.is_file():
        pytest.skip(f"no {name} among the source files")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [row["org_code"] for row in rows], [row["period"] for row in rows]


def test_beds_by_quarter(sources_folder: Path) -> None:
    """KH03: England's row is no organisation, and RBZ has a row in the quarter after RH8 took it over."""
    codes, periods = series(sources_folder, "kh03-beds-quarterly-2018-2025.csv")
    report = nhs.check_codes(codes, on=periods)
    assert standings(report) == {"open": 5435, "closed": 1, "pseudo": 28}
    assert kinds(report) == {"Trust": 213}
    assert flagged(report, "pseudo") == {"NAN": (28, "stands for England")}
    assert flagged(report, "double-count") == {"RBZ": (2, "went to RH8 on 2022-04-01; both have rows on 2022-04-01")}
    assert report.finding("unknown") is None


def test_emergency_attendances_by_month(sources_folder: Path) -> None:
    """A&E: two trusts report for months after their merger; independent providers are not called unknown."""
    codes, periods = series(sources_folder, "ae-monthly-2015-2019.csv")
    report = nhs.check_codes(codes, on=periods)
    assert standings(report) == {"open": 9290, "closed": 8, "not held": 3726}
    assert {code: rows for code, (rows, _) in flagged(report, "closed").items()} == {"RR1": 3, "RY1": 5}
    assert {code: rows for code, (rows, _) in flagged(report, "double-count").items()} == {"RR1": 6, "RY1": 10}


def test_the_vintage_of_a_year_of_attendances(sources_folder: Path) -> None:
    """The trusts of one month of figures were all open in that month."""
    codes, periods = series(sources_folder, "ae-monthly-2015-2019.csv")
    found = nhs.guess_vintage([code for code, period in zip(codes, periods, strict=True) if period == "2016-10"])
    assert found.fits_all
    assert any(vintage.period.contains("2016-10-01") for vintage in found.best)
