"""The traps of the register, by number: each was fallen into by somebody, and none may be here.

What becomes of figures under such codes is in `test_crosswalk_traps.py`.
"""

from __future__ import annotations

from datetime import date

import pytest

import nhs_orgs as nhs
from nhs_orgs.codes import damage

KEPT_CODE = {
    "RRE": ("2018-06-01", "South Staffordshire and Shropshire Healthcare", "Midlands Partnership"),
    "RM3": ("2021-10-01", "Salford Royal", "Northern Care Alliance"),
    "RTG": ("2018-07-01", "Derby Teaching Hospitals", "University Hospitals of Derby and Burton"),
    "RDE": ("2018-07-01", "Colchester Hospital University", "East Suffolk and North Essex"),
    "RYR": ("2021-04-01", "Western Sussex Hospitals", "University Hospitals Sussex"),
    "RAJ": ("2020-04-01", "Southend University Hospital", "Mid and South Essex"),
    "RC9": ("2020-04-01", "Luton and Dunstable University Hospital", "Bedfordshire Hospitals"),
    "RA7": ("2026-07-01", "University Hospitals Bristol and Weston", "Bristol"),
    "RH8": ("2022-04-01", "Royal Devon and Exeter", "Royal Devon University Healthcare"),
    "RBN": ("2023-07-01", "St Helens and Knowsley Teaching Hospitals", "Mersey and West Lancashire Teaching Hospitals"),
    "RW1": ("2024-10-01", "Southern Health", "Hampshire and Isle of Wight Healthcare"),
}
"""Acquirers: the first day of another body under the same code, its name to the day before and from that day."""


def codes(relatives: nhs.Relatives) -> set[str]:
    """Codes of the bodies found."""
    return set(relatives.codes)


@pytest.mark.parametrize("code", KEPT_CODE)
def test_trap_01_the_acquirer_keeps_its_code(register: nhs.Register, code: str) -> None:
    """One code, two bodies: the second begins on the day of the acquisition, with another name."""
    day, before, after = KEPT_CODE[code]
    later = register.organisation(f"{code}@{day}")
    earlier = register.eras(code)[register.eras(code).index(later) - 1]
    assert earlier.period.meets(later.period)
    assert earlier.names[-1].text.startswith(before)
    assert later.names[0].text.startswith(after)
    assert earlier in register.lineage.predecessors(later).organisations


def test_trap_01_two_bodies_became_a_third(register: nhs.Register) -> None:
    """SSSFT and SSOTP both lead to Midlands Partnership, which a graph with one node a code cannot say."""
    before = register.lineage.predecessors("RRE@2018-06-01")
    assert set(before.keys) == {"RRE@2001-04-01", "R1E@2011-09-01"}
    assert all(found.whole for found in before)


@pytest.mark.parametrize(
    ("code", "into", "day", "printed"),
    [
        ("R1E", "RRE", "2018-06-01", {"2018-05-31", "2018-06-01"}),
        ("RGQ", "RDE", "2018-07-01", {"2018-06-30", "2018-07-01"}),
        ("RJF", "RTG", "2018-07-01", {"2018-06-30", "2018-07-01"}),
        ("RY1", "RW4", "2018-04-01", {"2018-03-31", "2018-04-01"}),
        ("RVL", "RAL", "2014-07-01", {"2014-07-01", "2014-07-02"}),
        ("RR1", "RRK", "2018-04-01", {"2018-04-01", "2018-04-02"}),
        ("RHX", "RW1", "2012-11-01", {"2012-11-01", "2012-11-02"}),
    ],
)
def test_trap_02_rows_a_day_early_or_late(
    register: nhs.Register, code: str, into: str, day: str, printed: set[str]
) -> None:
    """Rows dated on the last day of the old body, or a day late, are events of the first of the month."""
    (found,) = [one for one in register.lineage.successors(code) if one.organisation.code == into]
    assert str(found.event.effective) == day
    assert {str(row.day) for row in found.event.evidence if row.predecessor == code} == printed


@pytest.mark.parametrize("code", ["RGQ", "RHX", "RJF", "RR1", "RVL", "RX5", "RY1"])
def test_trap_03_channels_a_day_apart(register: nhs.Register, code: str) -> None:
    """The event tells the rule that chose its day, and which release printed which."""
    (event,) = {found.event for found in register.lineage.successors(code)}
    assert "effective day: releases differ by a day; the first of the month" in event.notes
    by_report = {(str(row.day), source.report) for row in event.evidence for source in row.sources}
    assert {report for _, report in by_report} >= {"succ", "succ-and-succarc"}
    assert len({day for day, _ in by_report}) == 2


def test_trap_03_the_successor_began_a_day_before_the_row(register: nhs.Register) -> None:
    """The hub 13R began on 1 April 2013, so that what three others passed to it on 2 April was of the first."""
    (event,) = [found for found in register.events("13R") if {"13D", "13E", "13F"} <= found.codes]
    assert (str(event.effective), {str(row.day) for row in event.evidence}) == ("2013-04-01", {"2013-04-02"})
    assert event.notes == (
        "effective day: the successor began on the first of a month, the day before the row; that day",
    )


def test_trap_04_a_split_in_two_phases(register: nhs.Register) -> None:
    """Pennine Acute (RW6) went in two steps, on 1 April and 1 October 2021, and the register dates both alike."""
    went = {found.organisation.code: found.event for found in register.lineage.successors("RW6")}
    assert {code: str(event.effective) for code, event in went.items()} == {"R0A": "2021-04-01", "RM3": "2021-10-01"}
    assert {str(row.day) for event in went.values() for row in event.evidence} == {"2021-10-01"}
    assert isinstance(register.resolve("RW6", on="2021-06-01"), nhs.Current)
    assert any("gave part to R0A" in note for note in register.resolve("RW6", on="2021-06-01").notes)


def test_trap_05_a_part_is_not_the_whole(register: nhs.Register) -> None:
    """The whole ancestors of R0A are nine; RW6, and all that had become it, hang on a part."""
    nine = {"RM2", "RW3", "RM4", "RQ7", "PR5", "RBU", "PM1", "PM2", "PU1"}
    assert codes(register.lineage.ancestors("R0A")) == nine
    every = register.lineage.ancestors("R0A", parts=True)
    assert {found.organisation.code for found in every if not found.whole} == {"RW6", "REX", "REZ", "RMK", "RMN"}
    assert codes(every.whole) == nine


@pytest.mark.parametrize(
    ("code", "day", "kind", "leads_to"),
    [
        ("RJD", "2017-11-01", nhs.Divided, ("RJE", "RL4")),
        ("RYQ", "2013-10-01", nhs.Divided, ("RJ2", "RJZ", "RPG")),
        ("RVJ", "2026-07-01", nhs.Succeeded, ("RA7",)),
        ("RYH", "2014-04-01", nhs.Ended, ()),
        ("R0C", "2020-03-27", nhs.Ended, ()),
        ("RBA", "2020-04-01", nhs.Succeeded, ("RH5",)),
        ("RA3", "2020-04-01", nhs.Succeeded, ("RA7",)),
        ("Q34", "2013-04-01", nhs.Unknown, ()),
    ],
)
def test_trap_06_the_register_is_silent(
    register: nhs.Register, code: str, day: str, kind: type[nhs.Outcome], leads_to: tuple[str, ...]
) -> None:
    """Where the rows say nothing a cited entry answers; where no source does, the answer is not made up."""
    outcome = register.resolve(code, on=day)
    assert isinstance(outcome, kind)
    assert outcome.codes == leads_to


def test_trap_06_bodies_that_nobody_names(register: nhs.Register) -> None:
    """Bodies that only a row knows have no name and no first day, and say so."""
    for code in ("MH3", "REJ"):
        (body,) = register.eras(code)
        assert body.key == f"{code}@unknown"
        assert body.name == "name unknown"
        assert body.period.start is nhs.UNKNOWN


def test_trap_07_empty_but_alive_in_law(register: nhs.Register) -> None:
    """Mid Staffordshire (RJD) had no patients from November 2014 and was open in law for three years more."""
    legal, working = register.on("2015-06-01"), register.on("2015-06-01", reading="operational")
    assert "RJD" in legal
    assert "RJD" not in working
    assert any("services had left" in note for note in register.resolve("RJD", on="2015-06-01").notes)
    assert isinstance(register.resolve("RJD", on="2015-06-01", reading="operational"), nhs.Divided)
    assert str(register["RJD"].operational) == "1993-04-01/2014-10-31"


@pytest.mark.parametrize(
    ("code", "gss"),
    [
        ("QF7", ("E54000009", "E54000061")),
        ("QHL", ("E54000017", "E54000055")),
        ("QJ2", ("E54000012", "E54000058")),
        ("QOP", ("E54000007", "E54000057")),
        ("QPM", ("E54000020", "E54000059")),
        ("QT1", ("E54000014", "E54000060")),
        ("QUA", ("E54000016", "E54000062")),
        ("QUE", ("E54000021", "E54000056")),
        ("15E", ("E38000220", "E38000258")),
        ("D2P2L", ("E38000250", "E38000259")),
    ],
)
def test_trap_08_same_code_new_gss_code(register: nhs.Register, code: str, gss: tuple[str, ...]) -> None:
    """A boundary change of July 2022 gave a body another GSS code; the record of its ODS code holds both, in order."""
    assert register[code].gss == gss


def test_trap_09_announced_and_no_succession(register: nhs.Register) -> None:
    """The press called RYK and TAJ a merger; the event keeps the word, and is a part that went to TAJ."""
    both = set(register.events("RYK")) & set(register.events("TAJ"))
    (event,) = [event for event in both if str(event.effective) == "2020-04-01"]
    assert event.announced_as == "merger"
    assert event.kind is nhs.EventKind.SERVICE_TRANSFER
    assert [t.extent for t in event.transfers if t.giver.startswith("RYK") and t.receiver.startswith("TAJ")] == [
        nhs.Extent.PART
    ]
    assert "RYK" not in codes(register.lineage.ancestors("TAJ"))


def test_trap_10_one_code_two_kinds(register: nhs.Register) -> None:
    """The 42 codes of partnerships were kept by boards, those of groups by locations: the day tells the kind."""
    before, after = register.on("2022-06-30"), register.on("2022-07-01")
    partnerships = {body.code for body in before.of_kind(nhs.STP)}
    assert partnerships == {body.code for body in after.of_kind(nhs.ICB)}
    assert len(partnerships) == 42
    assert {b.code for b in before.of_kind(nhs.CCG)} == {b.code for b in after.of_kind(nhs.SubICBLocation)}
    assert not before.of_kind(nhs.ICB, nhs.SubICBLocation)
    assert not after.of_kind(nhs.STP, nhs.CCG)


def test_trap_11_hubs_are_no_groups(register: nhs.Register) -> None:
    """No hub and no reporting entity is ever a clinical commissioning group, though they share its role."""
    day = register.on("2020-10-31")
    hubs = {body.code for body in day.of_kind(nhs.CommissioningHub)}
    assert {"13Q", "27T"} <= hubs
    groups = {b.code for when in ("2013-04-01", "2020-10-31") for b in register.on(when).of_kind(nhs.CCG)}
    assert not hubs & groups
    entities = {body.code for body in register.on("2026-04-01").of_kind(nhs.SubICBReportingEntity)}
    assert entities
    assert not entities & groups


def test_trap_12_the_parent_changes_and_the_code_stays(register: nhs.Register) -> None:
    """Bassetlaw (02Q) moved from QF7 to QT1 without a new code, and counts among the children of each in turn."""
    assert "02Q" in {child.code for child in register.on("2022-06-30").children("QF7")}
    assert "02Q" not in {child.code for child in register.on("2022-07-01").children("QF7")}
    assert "02Q" in {child.code for child in register.on("2022-07-01").children("QT1")}


@pytest.mark.parametrize(
    ("giver", "receiver", "day", "share"),
    [
        ("01H", "01K", "2017-04-01", 0.369),
        ("06Y", "06W", "2017-04-01", 0.071),
        ("01K", "02M", "2018-04-01", 0.057),
        ("01E", "02M", "2018-04-01", 0.007),
        ("01Y", "15M", "2022-07-01", 0.129),
        ("D2P2L", "15E", "2022-07-01", 0.129),
        ("06H", "78H", "2022-07-01", 0.019),
    ],
)
def test_trap_13_the_boundary_changes_and_the_code_stays(
    register: nhs.Register, giver: str, receiver: str, day: str, share: float
) -> None:
    """Population moved between two that both went on: a boundary change with its share, and nobody's succession."""
    both = set(register.events(giver)) & set(register.events(receiver))
    (event,) = [e for e in both if e.kind is nhs.EventKind.BOUNDARY_CHANGE]
    assert str(event.effective) == day
    (transfer,) = [t for t in event.transfers if t.giver.startswith(f"{giver}@")]
    assert transfer.extent is nhs.Extent.PART
    (measured,) = [s for s in transfer.shares if s.basis == "resident population mid-2019"]
    assert round(measured.share, 3) == share
    outcomes = [register.resolve(code, on=day) for code in (giver, receiver)]
    assert all(isinstance(outcome, nhs.Current) for outcome in outcomes)
    assert [outcome.codes for outcome in outcomes] == [(giver,), (receiver,)]


def test_trap_14_boards_that_split(register: nhs.Register) -> None:
    """On 1 April 2026 three boards were divided, an old one (QRL) gained, and 42 became 36."""
    split = {code: codes(register.lineage.successors(code)) for code in ("QNQ", "QM7", "QJG")}
    assert split == {"QNQ": {"S0E4D", "S9B9J", "QRL"}, "QM7": {"S1Y5D", "D7T5G"}, "QJG": {"D7T5G", "T6Y0W"}}
    assert not any(found.whole for code in split for found in register.lineage.successors(code))
    assert [era.key for era in register.eras("QRL")] == ["QRL@2017-04-01", "QRL@2022-07-01"]
    assert isinstance(register.resolve("QRL", on="2026-04-01"), nhs.Current)


def test_trap_15_a_chain_that_ends_in_parts(register: nhs.Register) -> None:
    """10G was renewed twice before it was divided, and the whole way is told, in order."""
    trace = register.lineage.trace("10G", to="2026-04-01")
    assert [str(step.day) for step in trace.steps] == [
        "2018-04-01", "2021-04-01", "2022-07-01", "2026-04-01", "2026-04-01", "2026-04-01",
    ]  # fmt: skip
    assert [step.whole for step in trace.steps] == [True, True, True, False, False, False]
    assert trace.outcome.codes == ("92A", "D9Y0V", "U2G6B")


def test_trap_16_a_shortcut_is_no_split(register: nhs.Register) -> None:
    """12J became 13W in 2015; the row from it to 14J in 2016 repeats a later step, and is told as a finding."""
    assert codes(register.lineage.successors("12J")) == {"13W"}
    assert {f.subject for f in register.check() if f.rule == "shortcut"} >= {"12J 14J", "12K 14K"}


def test_trap_16_the_event_tells_which_row_it_makes_a_shortcut(register: nhs.Register) -> None:
    """Both steps from 12J to 14J say that the row over their heads was set aside, and why; the row is no evidence."""
    words = "a succession row of 2016-04-01 from 12J to 14J is set aside: the way through 13W implies it"
    (merger,) = register.events(code="12J")
    (split,) = [event for event in register.events(code="13W") if str(event.effective) == "2016-04-01"]
    for event in (merger, split):
        assert words in event.conflicts
        assert nhs.Basis.SUPPRESSED in event.basis
        assert "is set aside: the way through Lancashire and Greater Manchester Commissioning Hub" in event.explain()
        assert ("12J", "14J") not in {(row.predecessor, row.successor) for row in event.evidence}


def test_trap_16_every_shortcut_is_told_by_an_event(register: nhs.Register) -> None:
    """No row is set aside in silence: each shortcut is named by events among whose conflicts it stands."""
    told = [
        conflict for event in register.events() if nhs.Basis.SUPPRESSED in event.basis for conflict in event.conflicts
    ]
    shortcuts = [finding.subject.split() for finding in register.check() if finding.rule == "shortcut"]
    assert len(shortcuts) == 3
    for giver, receiver in shortcuts:
        assert sum(f"from {giver} to {receiver} is set aside" in conflict for conflict in told) == 2


def test_trap_17_rows_that_lead_nowhere(register: nhs.Register) -> None:
    """Codes that succeed themselves are findings, no events, and no question about any body runs for ever."""
    selves = {f.subject for f in register.check() if f.rule == "self-succession"}
    assert {"4CG71", "4KX17", "4YX78"} <= selves
    lineage = register.lineage
    for code in sorted(selves):
        assert code not in {
            row.successor for e in register.events(code) for row in e.evidence if row.predecessor == code
        }
        era = register.eras(code)[-1]
        assert era not in lineage.descendants(era, parts=True).organisations


def test_trap_17_a_repeat_is_told_by_its_event(register: nhs.Register) -> None:
    """Each of the 36 pairs that are printed again with quite another day says so on its event, which keeps the row."""
    repeats = {tuple(finding.subject.split()) for finding in register.check() if finding.rule == "repeat"}
    assert len(repeats) == 36
    for giver, receiver in repeats:
        (event,) = [e for e in register.events(giver) if any(f"{giver} to {receiver} is set" in c for c in e.conflicts)]
        assert nhs.Basis.SUPPRESSED in event.basis
        days = {row.day for row in event.evidence if (row.predecessor, row.successor) == (giver, receiver)}
        assert len(days) == 2


@pytest.mark.parametrize(("code", "into"), [("RQ5", "5MV"), ("RDH", "5GM")])
def test_trap_18_a_commissioner_acquires_no_trust(register: nhs.Register, code: str, into: str) -> None:
    """A trust that ended in a primary care trust was succeeded by it: no row tells by what means, and none is told."""
    (event,) = [found for found in register.events(code) if into in found.codes]
    assert event.kind is nhs.EventKind.SUCCESSION
    assert " was succeeded by " in event.explain()
    assert (event.mechanism, event.basis) == (None, (nhs.Basis.REGISTER,))
    assert codes(register.lineage.successors(code)) == {into}


@pytest.mark.parametrize(
    ("code", "day", "everything", "trusts"),
    [
        ("RCT", "2001-04-01", {"5EC", "5EM", "5EV", "5FC"}, set()),
        ("REX", "2002-04-01", {"RW6", "RT2", "5J5"}, {"RW6", "RT2"}),
    ],
)
def test_trap_18_kinds_are_mixed(
    register: nhs.Register, code: str, day: str, everything: set[str], trusts: set[str]
) -> None:
    """A trust passed to trusts and to primary care trusts in one event; kinds are told apart after the walk."""
    after = register.lineage.successors(code)
    assert codes(after) == everything
    assert codes(after.of_kind(nhs.Trust)) == trusts
    assert codes(after.of_kind(nhs.PCT)) == everything - trusts
    assert {str(found.event.effective) for found in after} == {day}


def test_trap_19_several_site_codes_become_one(register: nhs.Register) -> None:
    """Sites of two trusts got one new code: RDZ16 and RD304 are R0D01."""
    assert {"RDZ16", "RD304"} <= codes(register.lineage.predecessors("R0D01"))
    assert register.resolve("RDZ16", on="2023-06-01").codes == ("R0D01",)


def test_trap_19_the_trust_is_not_in_the_site_code(register: nhs.Register) -> None:
    """Site codes made since October 2020 name no trust: G4B5Q, once RXH31, was run by RYR."""
    assert register.resolve("RXH31", on="2023-06-01").codes == ("G4B5Q",)
    operator = register.on("2023-06-01").parents("G4B5Q")[0]
    assert (operator.level, operator.code) == ("operator", "RYR")


def test_trap_19_a_site_is_older_than_the_merger(register: nhs.Register) -> None:
    """A new site code opens before its hospital moves: Cannock's is of April 2014, the move of November."""
    assert str(register["RL4TC"].legal.start) == "2014-04-01"
    (move,) = [e for e in register.events("RJD") if {p.code for p in e.afters} >= {"RL4"}]
    assert str(move.effective) == "2014-11-01"


def test_trap_20_a_release_that_contradicts_itself(register: nhs.Register) -> None:
    """One release prints two days for RJF into RTG; both stay with the event, and the first of the month is its day."""
    (found,) = register.lineage.successors("RJF")
    assert str(found.event.effective) == "2018-07-01"
    printed = {str(r.day) for r in found.event.evidence for s in r.sources if s.report == "trimmed-records"}
    assert printed == {"2018-06-30", "2018-07-01"}


def test_trap_20_shares_depend_on_the_measure(register: nhs.Register) -> None:
    """Mid Staffordshire went 67 to 33 by floor area and 86 to 14 by beds: each share says which."""
    (event,) = {found.event for found in register.lineage.successors("RJD")}
    shares = {
        (transfer.receiver[:3], share.basis): round(share.share, 2)
        for transfer in event.transfers
        for share in transfer.shares
    }
    assert shares == {
        ("RJE", "floor area"): 0.67,
        ("RL4", "floor area"): 0.33,
        ("RJE", "beds"): 0.86,
        ("RL4", "beds"): 0.14,
    }


def test_trap_20_codes_that_are_easily_swapped(register: nhs.Register) -> None:
    """North Cumbria University Hospitals (RNL) went into RNN on 1 October 2019, not the other way round."""
    assert register.resolve("RNL", on="2019-10-01").codes == ("RNN",)
    assert register.on("2019-09-30")["RNN"].name == "Cumbria Partnership NHS Foundation Trust"
    assert register.on("2019-10-01")["RNN"].name == "North Cumbria Integrated Care NHS Foundation Trust"


@pytest.mark.parametrize(
    ("cell", "code"), [("5.00E+01", "5E1"), ("1H", "01H"), ("1.00E+10", "1E10"), ("2Q", "02Q"), ("1E+10", "1E10")]
)
def test_trap_21_codes_that_a_spreadsheet_spoilt(register: nhs.Register, cell: str, code: str) -> None:
    """What a spreadsheet makes of a code is recognised and never repaired in silence."""
    harm = damage(cell)
    assert harm is not None
    assert code in harm.candidates
    assert cell not in register


def test_trap_21_blanks_and_lower_case(register: nhs.Register) -> None:
    """Blanks, non-breaking ones too, and lower case are only put in order."""
    assert nhs.OrgCode("\u00a0rre ") == "RRE"
    assert register["rre "].code == "RRE"


def test_trap_22_welsh_bodies_among_the_trusts(register: nhs.Register) -> None:
    """R codes are not all English: three trusts of the list are Welsh, and RWM went into a body of Wales."""
    for code in ("RQF", "RT4", "RYT"):
        (trust,) = register.eras(code)
        assert isinstance(trust, nhs.Trust)
        assert trust.nation == "Wales"
    assert codes(register.lineage.successors("RWM")) == {"7A4"}


@pytest.mark.parametrize(
    ("code", "last"),
    [("TAA", "2002-03-31"), ("TAD", "2015-03-01"), ("TAE", "2016-12-31"), ("TAF", "2008-02-29"), ("TAG", "2006-09-30"),
     ("TAM", "2011-04-14")],
)  # fmt: skip
def test_trap_22_care_trusts(register: nhs.Register, code: str, last: str) -> None:
    """A code in T is a care trust from its first day to its last, or till it became a foundation trust."""
    trust = register.eras(code)[0]
    assert isinstance(trust, nhs.Trust)
    first = trust.period.start if isinstance(trust.period.start, date) else "2002-03-31"
    assert {trust.form(on=day) for day in (first, last)} == {nhs.TrustForm.CARE_TRUST}


def test_trap_22_a_care_trust_that_became_a_foundation_trust(register: nhs.Register) -> None:
    """TAF is a foundation trust from 1 March 2008; of TAH and TAJ nobody says since when, and that is the answer."""
    known, *unknown = (register.eras(code)[0] for code in ("TAF", "TAH", "TAJ"))
    assert isinstance(known, nhs.Trust)
    assert known.form(on="2008-03-01") is nhs.TrustForm.FOUNDATION_TRUST
    for trust in unknown:
        assert isinstance(trust, nhs.Trust)
        assert trust.care_trust
        assert trust.form(on="2004-01-01") is nhs.TrustForm.UNKNOWN


def test_trap_22_no_code_in_t_is_any_other_trust(register: nhs.Register) -> None:
    """Every code in T is a care trust, a primary care trust that was one, or a unit that no source classes."""
    eras = [era for code in register if code[0] == "T" and len(code) == 3 for era in register.eras(code)]
    assert {era.kind for era in eras} == {nhs.Trust, nhs.PCT, nhs.Unclassified}
    assert all(era.care_trust for era in eras if isinstance(era, nhs.Trust))
    assert {era.code for era in eras if era.kind is nhs.PCT} == {"TAC", "TAK", "TAL", "TAN", "TAP"}


def test_trap_22_codes_of_other_shapes(register: nhs.Register) -> None:
    """Care trusts have codes in T, and new bodies codes of five characters."""
    assert isinstance(taj := register.on("2018-05-31")["TAJ"], nhs.Trust)
    assert taj.care_trust
    assert register.on("2026-04-01")["S0E4D"].kind is nhs.ICB
    assert register.on("2021-04-01")["D4U1Y"].kind is nhs.CCG


@pytest.mark.parametrize("cell", ["NAN", "ENG", "-", "Z99"])
def test_trap_23_pseudo_codes_are_no_organisations(register: nhs.Register, cell: str) -> None:
    """What statistics print for sums and lumps is in no register, and is not guessed at."""
    assert cell not in register
    with pytest.raises(nhs.UnknownOrganisation):
        register[cell]
