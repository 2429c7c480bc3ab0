"""Questions with known answers, asked of the bundled register as a user would ask them."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs

APRILS = {
    "2013-04-01": 211,
    "2015-04-01": 209,
    "2017-04-01": 207,
    "2018-04-01": 195,
    "2019-04-01": 191,
    "2020-04-01": 135,
    "2021-04-01": 106,
}
"""Clinical commissioning groups open on a day, as the yearly lookups of the Office for National Statistics have it."""


def test_who_came_before_r0a(register: nhs.Register) -> None:
    """Manchester University (R0A) was made of RM2 and RW3 on 1 October 2017, and later took a part of RW6."""
    before = register.lineage.predecessors("R0A")
    assert {(found.organisation.code, found.whole) for found in before} == {
        ("RM2", True),
        ("RW3", True),
        ("RW6", False),
    }
    (merger,) = {found.event for found in before if found.whole}
    assert merger.kind is nhs.EventKind.MERGER
    assert str(merger.effective) == "2017-10-01"
    assert [participant.fate for participant in merger.afters] == [nhs.Fate.NEW]


def test_what_happened_to_r1e(register: nhs.Register) -> None:
    """SSOTP (R1E) was absorbed by RRE from 1 June 2018: in law an acquisition, announced as a merger, code retained."""
    (event,) = register.events("R1E")
    assert event.kind is nhs.EventKind.ACQUISITION
    assert event.announced_as == "merger"
    assert event.status is nhs.EventStatus.COMPLETED
    assert str(event.effective) == "2018-06-01"
    assert [(p.key, p.fate.value) for p in event.befores] == [
        ("RRE@2001-04-01", "continues"),
        ("R1E@2011-09-01", "ends"),
    ]
    assert [(p.key, p.fate.value) for p in event.afters] == [("RRE@2018-06-01", "continues")]
    assert str(register["R1E"].legal) == "2011-09-01/2018-05-31"


def test_when_the_merger_was_reported(register: nhs.Register) -> None:
    """Both reports of the Midlands Partnership merger are cited, each with the day on which it was published."""
    (event,) = register.events("R1E")
    reports = {(citation.publisher, str(citation.published)) for citation in event.citations}
    assert {("Health Service Journal", "2018-06-04"), ("Digital Health", "2018-06-11")} <= reports


def test_what_rre_was_called(register: nhs.Register) -> None:
    """RRE was South Staffordshire and Shropshire Healthcare to 31 May 2018, Midlands Partnership from the next day."""
    assert register.on("2018-05-31")["RRE"].name == "South Staffordshire and Shropshire Healthcare NHS Foundation Trust"
    assert register.on("2018-06-01")["RRE"].name == "Midlands Partnership NHS Foundation Trust"


def test_what_became_of_rw6(register: nhs.Register) -> None:
    """Pennine Acute (RW6) has two successors, so there is no one-to-one answer."""
    assert isinstance(outcome := register.resolve("RW6", on="2026-04-01"), nhs.Divided)
    assert outcome.codes == ("R0A", "RM3")


@pytest.mark.parametrize(
    ("day", "kind", "codes"),
    [
        ("2018-04-01", nhs.Succeeded, ("15D",)),
        ("2021-04-01", nhs.Succeeded, ("D4U1Y",)),
        ("2026-04-01", nhs.Divided, ("92A", "D9Y0V", "U2G6B")),
    ],
)
def test_what_became_of_10g(register: nhs.Register, day: str, kind: type[nhs.Outcome], codes: tuple[str, ...]) -> None:
    """Bracknell and Ascot (10G) became 15D, then D4U1Y, and that was divided among three."""
    outcome = register.resolve("10G", on=day)
    assert isinstance(outcome, kind)
    assert outcome.codes == codes


def test_the_division_of_frimley_is_a_reconstruction(register: nhs.Register) -> None:
    """No file ends D4U1Y: the answer says that it is a reconstruction, and the boards above the three are known."""
    outcome = register.resolve("10G", on="2026-04-01")
    assert any("reconstruction" in note for note in outcome.notes)
    day = register.on("2026-04-01")
    boards = {code: day.parents(code)[0].code for code in outcome.codes}
    assert boards == {"U2G6B": "S0E4D", "92A": "S9B9J", "D9Y0V": "QRL"}


@pytest.mark.parametrize(("day", "code", "kind"), [("2022-06-30", "QF7", nhs.STP), ("2022-07-01", "QT1", nhs.ICB)])
def test_what_bassetlaw_belonged_to(register: nhs.Register, day: str, code: str, kind: type[nhs.Organisation]) -> None:
    """Bassetlaw (02Q) belonged to the partnership QF7 to 30 June 2022, and to the board QT1 from the next day."""
    parent = register.on(day).parents("02Q")[0]
    assert parent.organisation is not None
    assert (parent.level, parent.code, parent.organisation.kind) == ("system", code, kind)
    assert not parent.inferred


@pytest.mark.parametrize(("day", "count"), APRILS.items())
def test_how_many_commissioning_groups(register: nhs.Register, day: str, count: int) -> None:
    """As many clinical commissioning groups are open on each day as the lookups of that year list."""
    assert len(register.on(day).of_kind(nhs.CCG)) == count


def test_how_many_commissioning_groups_in_all(register: nhs.Register) -> None:
    """There were 248 clinical commissioning groups, and 142 passed whole into another."""
    groups = {g for day in APRILS for g in register.on(day).of_kind(nhs.CCG)}
    groups |= set(register.on("2022-06-30").of_kind(nhs.CCG))
    assert len(groups) == 248
    into = [register.lineage.successors(group).whole.of_kind(nhs.CCG) for group in groups]
    assert sum(len(set(found.keys)) for found in into) == 142


@pytest.mark.parametrize(
    ("day", "count"), [("2022-06-30", 0), ("2022-07-01", 42), ("2026-03-31", 42), ("2026-04-01", 36)]
)
def test_how_many_boards(register: nhs.Register, day: str, count: int) -> None:
    """There were 42 integrated care boards from 1 July 2022, and 36 from 1 April 2026."""
    assert len(register.on(day).of_kind(nhs.ICB)) == count


def test_taj_did_not_succeed_ryk(register: nhs.Register) -> None:
    """Services of Dudley and Walsall (RYK) went to TAJ in 2020; the body lived on, and has no one successor since."""
    assert isinstance(register.resolve("RYK", on="2020-04-01"), nhs.Current)
    assert isinstance(register.resolve("RYK", on="2024-09-30"), nhs.Current)
    from_ryk = [found for found in register.lineage.predecessors("TAJ") if found.organisation.code == "RYK"]
    assert from_ryk
    assert not any(found.whole for found in from_ryk)
    assert not isinstance(register.resolve("RYK", on="2024-10-01"), nhs.Succeeded)


def test_where_the_hospitals_of_rjd_went(register: nhs.Register) -> None:
    """Stafford went to RJE and Cannock to RL4 on 1 November 2014; Mid Staffordshire (RJD) ended on 31 October 2017."""
    assert {found.organisation.code for found in register.lineage.successors("RJD")} == {"RJE", "RL4"}
    (event,) = {found.event for found in register.lineage.successors("RJD")}
    assert str(event.effective) == "2014-11-01"
    notes = {t.receiver.partition("@")[0]: t.note or "" for t in event.transfers if t.giver.startswith("RJD")}
    assert "renamed County Hospital" in notes["RJE"]
    assert "Cannock Chase Hospital" in notes["RL4"]
    assert str(register["RJD"].legal) == "1993-04-01/2017-10-31"
    assert "RJD" in register.on("2017-10-31")
    assert "RJD" not in register.on("2017-11-01")
