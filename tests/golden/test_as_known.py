"""What the register said at a time, and what it changed: known answers of the register that comes with the library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import nhs_orgs as nhs
from nhs_orgs.readers.base import SuccessionRow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_cover,  # traced, it takes minutes; hindsight has laws and tests of its own
]

STILL_LISTED = {
    "2018-08-31": {"R1E", "RJD", "RY1"},
    "2020-10-31": {"RA3", "RBA", "RC1", "RDD", "RJD", "RQ8"},
    "2023-11-01": set(),
    "2025-12-01": set(),
    "2026-04-02": set(),
}
"""For each day of a list of trusts, those that it still showed as open and later lists had closed by then."""


@pytest.fixture(scope="module")
def known() -> dict[str, nhs.Register]:
    """The register as known on the days of lists of trusts."""
    return {day: nhs.load().as_known(at=day) for day in ("2018-04-01", *STILL_LISTED)}


def trusts(register: nhs.Register, day: str) -> set[str]:
    """Codes of the open trusts that the list of trusts has: care trusts are in another."""
    found = (trust for trust in register.on(day).of_kind(nhs.Trust) if isinstance(trust, nhs.Trust))
    return {trust.code for trust in found if trust.code and not trust.care_trust}


@pytest.mark.parametrize("day", STILL_LISTED)
def test_trusts_that_the_list_of_the_day_still_showed(
    register: nhs.Register, known: dict[str, nhs.Register], day: str
) -> None:
    """As known that day a few trusts were open that had closed; there is no other difference."""
    assert trusts(known[day], day) - trusts(register, day) == STILL_LISTED[day]
    assert trusts(register, day) - trusts(known[day], day) == set()


@pytest.mark.parametrize(("day", "code"), [(day, code) for day, codes in STILL_LISTED.items() for code in codes])
def test_a_late_closure_was_open_then(known: dict[str, nhs.Register], day: str, code: str) -> None:
    """Each of them was open by law, and current, for all that was known."""
    assert known[day][code].legal.end is None
    assert isinstance(known[day].resolve(code, on=day), nhs.Current)


def test_mid_staffordshire_is_closed_later(register: nhs.Register, known: dict[str, nhs.Register]) -> None:
    """Its last day in law, 31 October 2017, is told by no list till 2022."""
    assert known["2020-10-31"]["RJD"].legal.end is None
    assert str(register.as_known(at="2022-03-31")["RJD"].legal.end) == "2017-10-31"
    assert str(register["RJD"].legal.end) == "2017-10-31"


def test_the_merger_was_not_known_before_it(known: dict[str, nhs.Register]) -> None:
    """In April 2018 nothing named Midlands Partnership, and nothing had happened to either founder."""
    before = known["2018-04-01"]
    assert "Midlands Partnership" not in " ".join(name.text for name in before["RRE"].names)
    assert before["RRE"].names[-1].text == "South Staffordshire and Shropshire Healthcare NHS Foundation Trust"
    assert before.events(code="RRE") == before.events(code="R1E") == ()
    assert known["2018-08-31"]["RRE"].names[-1].text == "Midlands Partnership NHS Foundation Trust"


def test_what_was_not_listed_is_not_known(known: dict[str, nhs.Register]) -> None:
    """A trust of 2020 is unknown in 2018, and nobody says of a partnership without dates that it was not open."""
    day = known["2018-08-31"].on("2018-08-31")
    with pytest.raises(nhs.UnknownOrganisation) as unlisted:
        day["R0D"]
    assert not isinstance(unlisted.value, nhs.NotOpen)
    with pytest.raises(nhs.NotOpen, match="QNC is not known to have been open on 2018-08-31"):
        day["QNC"]
    assert isinstance(known["2018-08-31"].resolve("QNC", on="2018-08-31"), nhs.Unknown)


def test_no_succession_was_known_before_its_report(register: nhs.Register, known: dict[str, nhs.Register]) -> None:
    """The oldest succession report in hand is of October 2022: before it a closed trust's outcome is unknown."""
    assert isinstance(known["2020-10-31"].resolve("RD3", on="2020-10-31"), nhs.Unknown)
    assert register.as_known(at="2022-10-31").resolve("RD3", on="2020-10-31").codes == ("R0D",)


def test_tables_of_shares_do_not_speak(register: nhs.Register, known: dict[str, nhs.Register]) -> None:
    """What was known has no share of a table and no succession that only tables tell; of documents where asked for."""
    cited = register.as_known(at="2026-07-31", curated=True)
    tables = {"registered patients", "postcodes"}
    assert bases(known["2026-04-02"]) == set()
    assert bases(cited) == bases(register) - tables != bases(register)
    whole, then = (one.crosswalk(to="2026-04-01", kind=nhs.PCT, splits="divide") for one in (register, cited))
    assert {row.status.value for row in whole.of("5MX", on="2012-03-31")} == {"divided"}
    assert {row.status.value for row in then.of("5MX", on="2012-03-31")} == {"unknown"}


def bases(register: nhs.Register) -> set[str]:
    """What the shares of all events count."""
    return {share.basis for event in register.events() for transfer in event.transfers for share in transfer.shares}


def test_what_the_list_of_trusts_changed_from_2018_to_2020(register: nhs.Register) -> None:
    """Five trusts were closed, nine dropped, three taken up, and all that is told is of the lists of these days."""
    found = [c for c in register.changes(since="2018-08-31", until="2020-10-31") if c.report == "etr"]
    by_kind = {kind: {c.code for c in found if c.kind is kind} for kind in nhs.ChangeKind}
    assert by_kind[nhs.ChangeKind.CLOSED] == {"R1J", "RD3", "RDZ", "RNL", "RQ6"}
    assert by_kind[nhs.ChangeKind.NEW] == {"R0B", "R0C", "R0D"}
    assert by_kind[nhs.ChangeKind.VANISHED] >= {"R1E", "RY1", "RM2", "RW3"}
    assert by_kind[nhs.ChangeKind.RENAMED] >= {"RA7", "RAJ", "RC9", "REM", "RH5", "RYK"}
    assert {tuple(source.id for source in change.sources) for change in found} == {("etr@2018-08-31", "etr@2020-10-31")}


def test_what_the_succession_report_changed_from_2022_to_2026(register: nhs.Register) -> None:
    """Twelve rows are dated anew, most of them by a day; none has vanished, for the archive is not in the later one."""
    found = [c for c in register.changes(since="2022-10-31", until="2026-05-31") if c.report == "succ"]
    kinds = Counter(change.kind for change in found)
    assert kinds[nhs.ChangeKind.VANISHED_SUCCESSION] == 0
    moved = {(c.code, c.successor): (c.before, c.after) for c in found if c.kind is nhs.ChangeKind.REDATED_SUCCESSION}
    assert len(moved) == 12
    assert moved["R1E", "RRE"] == ("2018-05-31", "2018-06-01")
    assert moved["RVL", "RAL"] == ("2014-07-01", "2014-07-02")
    new = {(c.code, c.successor) for c in found if c.kind is nhs.ChangeKind.NEW_SUCCESSION}
    assert {("RBA", "RH5"), ("RA3", "RA7")} <= new


def test_every_succession_row_is_remembered(register: nhs.Register, sources_folder: Path) -> None:
    """Every row of both succession reports between codes of the register is kept, with the release that prints it."""
    kept = {(r.predecessor, r.successor, r.day, s.report) for r in register._store.succession_rows for s in r.sources}
    printed = (row for row in nhs.read(sources_folder / "succ").records if isinstance(row, SuccessionRow))
    both = (row for row in printed if row.predecessor in register and row.successor in register)
    assert {(row.predecessor, row.successor, row.day, row.source.report) for row in both} - kept == set()
