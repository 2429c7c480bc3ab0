"""What no succession row says, told by documents and tables: one or more tests for each thing that the register lacks.

Who became whom, and on which day, is in ``test_questions`` and ``test_traps`` (5 to 9, 12 to 15); the parts of every
primary care trust are in ``test_commissioners``. Here stand hospitals, days, measures, and what the rows leave out.
"""

from __future__ import annotations

from datetime import date

import pytest

import nhs_orgs as nhs

WITHOUT_ROW = ("RJD", "RYQ", "RYK", "RYH", "R0C")
"""Trusts that ended, and that no succession row gives a successor."""

ICBS = {
    "QF7": ("E54000009", "E54000061"),
    "QHL": ("E54000017", "E54000055"),
    "QJ2": ("E54000012", "E54000058"),
    "QOP": ("E54000007", "E54000057"),
    "QPM": ("E54000020", "E54000059"),
    "QT1": ("E54000014", "E54000060"),
    "QUA": ("E54000016", "E54000062"),
    "QUE": ("E54000021", "E54000056"),
}
LOCATIONS = {
    "15E": ("E38000220", "E38000258"),
    "06H": ("E38000026", "E38000260"),
    "01Y": ("E38000182", "E38000263"),
    "15M": ("E38000229", "E38000261"),
    "78H": ("E38000242", "E38000262"),
    "D2P2L": ("E38000250", "E38000259"),
}
REGIONS = {"Y60": ("E40000008", "E40000011"), "Y63": ("E40000009", "E40000012")}
"""Bodies that had another ONS code from 1 July 2022, with the code to the day before and from that day."""


@pytest.fixture(scope="module")
def rows(register: nhs.Register) -> tuple[nhs.SuccessionEvidence, ...]:
    """Every succession row that an event rests on."""
    return tuple(row for event in register.events() for row in event.evidence)


def reports(rows: tuple[nhs.SuccessionEvidence, ...], giver: str, receiver: str) -> set[str]:
    """Releases that print a row of that pair."""
    found = (row for row in rows if (row.predecessor, row.successor) == (giver, receiver))
    return {source.id for row in found for source in row.sources}


def kind(register: nhs.Register, code: str) -> type[nhs.Organisation]:
    """The first kind of body under a code."""
    return register.eras(code)[0].kind


def ran(register: nhs.Register, place: str, day: str) -> set[tuple[str, str | None]]:
    """Who may have run a place on a day, and under which site code."""
    return {(stay.operator, stay.site) for stay in register.stays(place) if stay.may_hold(day)}


def given(register: nhs.Register, code: str) -> set[tuple[str, str | None]]:
    """On which days services or sites left a body, and for whom."""
    return {(str(passed.effective), passed.receiver.code) for passed in register.services_given(code)}


# --- trusts without a row -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", WITHOUT_ROW)
def test_no_row_names_a_successor(register: nhs.Register, rows: tuple[nhs.SuccessionEvidence, ...], code: str) -> None:
    """No release prints a successor of these five, so documents alone tell their end, and each is cited."""
    assert code not in {row.predecessor for row in rows}
    ends = [e for e in register.events(code) if (code, nhs.Fate.ENDS) in {(p.code, p.fate) for p in e.befores}]
    assert len(ends) == 1
    assert ends[0].citations
    assert nhs.Basis.ADDED in ends[0].basis


@pytest.mark.parametrize(
    ("place", "sites"),
    [
        ("county-hospital", ("RJD01", "RJE", "RJE09")),
        ("cannock-chase-hospital", ("RJD13", "RL4", "RL4TC")),
    ],
)
def test_rjd_hospital_by_hospital(register: nhs.Register, place: str, sites: tuple[str, str, str]) -> None:
    """Each hospital of Mid Staffordshire passed on 1 November 2014, three years before the trust ended in law."""
    old, operator, new = sites
    assert ran(register, place, "2014-10-31") == {("RJD", old)}
    assert ran(register, place, "2014-11-01") == {(operator, new)}
    assert "RJD" in register.on("2014-11-01")
    assert given(register, "RJD") == {("2014-11-01", "RJE"), ("2014-11-01", "RL4")}


def test_rjd_passed_nothing_on_when_it_ended(register: nhs.Register) -> None:
    """The dissolution of 2017 only completes what happened in 2014: nobody received anything from the shell."""
    end = register.event("mid-staffordshire-dissolved-2017")
    assert str(end.effective) == "2017-11-01"
    assert (end.afters, end.transfers) == ((), ())
    assert end.completes == ("mid-staffordshire-2014",)


@pytest.mark.parametrize(
    ("place", "operator", "site"),
    [
        ("princess-royal-university-hospital", "RJZ", "RJZ30"),
        ("orpington-hospital", "RJZ", "RJZ70"),
        ("queen-elizabeth-hospital-woolwich", "RJ2", "RJ231"),
        ("queen-marys-hospital-sidcup", "RPG", "RPGHF"),
    ],
)
def test_ryq_hospital_by_hospital(register: nhs.Register, place: str, operator: str, site: str) -> None:
    """Hospitals of South London went to three neighbours on 1 October 2013, whatever day their codes opened."""
    assert {who for who, _ in ran(register, place, "2013-09-30")} == {"RYQ"}
    assert ran(register, place, "2013-10-01") == {(operator, site)}
    assert [stay.operator for stay in register.stays(site)] == ["RYQ", operator]


def test_ryq_went_three_ways(register: nhs.Register) -> None:
    """The three parts of South London Healthcare are all of it, by floor area and by beds."""
    assert given(register, "RYQ") == {("2013-10-01", code) for code in ("RJZ", "RJ2", "RPG")}
    for basis in ("floor area", "beds"):
        shares = [s.share for t in register.services_given("RYQ") for s in t.shares if s.basis == basis]
        assert len(shares) == 3
        assert sum(shares) == pytest.approx(1, abs=0.001)


def test_woolwich_is_not_rj201(register: nhs.Register) -> None:
    """The code RJ201 is another hospital of the same trust, which South London Healthcare never ran."""
    assert "RJ201" not in register.place("queen-elizabeth-hospital-woolwich").codes
    assert [stay.operator for stay in register.stays("RJ201")] == ["RJ2"]
    assert "Lewisham" in register["RJ201"].names[0].text


def test_ryk_lived_on_under_another_name(register: nhs.Register) -> None:
    """Dudley and Walsall changed its name on the day on which its mental health services left, and ended in 2024."""
    assert register.on("2020-03-31")["RYK"].name == "Dudley and Walsall Mental Health Partnership NHS Trust"
    assert register.on("2020-04-01")["RYK"].name == "Dudley Integrated Health and Care NHS Trust"
    assert str(register["RYK"].legal) == "2008-10-01/2024-09-30"


def test_ryk_gave_in_stages(register: nhs.Register) -> None:
    """Services left Dudley in 2020, in August 2024 and at its end, each time a part."""
    assert given(register, "RYK") == {
        ("2020-04-01", "TAJ"), ("2024-08-01", "TAJ"), ("2024-10-01", "RNA"), ("2024-10-01", "QUA"),
    }  # fmt: skip
    assert {passed.extent for passed in register.services_given("RYK")} == {nhs.Extent.PART}


@pytest.mark.parametrize(
    ("old", "new"), [("RYK01", "TAJ82"), ("RYK10", "TAJ83"), ("RYK34", "TAJ92")], ids=["Bloxwich", "Pattison", "Bushey"]
)
def test_ryk_hospital_by_hospital(register: nhs.Register, old: str, new: str) -> None:
    """Three hospitals of Dudley and Walsall are run by TAJ from 1 April 2020, under codes of its own."""
    assert ran(register, old, "2020-03-31") == {("RYK", old)}
    assert ran(register, old, "2020-04-01") == {("TAJ", new)}
    (mental_health,) = [t for t in register.services_received("TAJ") if str(t.effective) == "2020-04-01"]
    assert mental_health.services == ("mental health services of Dudley and Walsall",)
    assert old in mental_health.sites


def test_rvj_is_newer_than_the_succession_report(
    register: nhs.Register, rows: tuple[nhs.SuccessionEvidence, ...]
) -> None:
    """That North Bristol went into RA7 no succession report says: it is in a single record of October 2026."""
    assert reports(rows, "RVJ", "RA7") == {"trimmed-records@2026-10-09"}
    assert max(s.as_at.latest for s in register.releases if s.report == "succ") < date(2026, 7, 1)
    assert str(register["RVJ"].legal.end) == "2026-06-30"
    assert register.on("2026-06-30")["RA7"].name == "University Hospitals Bristol and Weston NHS Foundation Trust"
    assert register.on("2026-07-01")["RA7"].name == "Bristol NHS Foundation Trust"


@pytest.mark.parametrize(
    ("code", "period"),
    [("RYH", "2007-04-01/2014-03-31"), ("R0C", "2020-03-01/2020-03-26")],
    ids=["Direct", "Nightingale"],
)
def test_ended_with_no_successor(register: nhs.Register, code: str, period: str) -> None:
    """NHS Direct and Project Nightingale passed nothing on, and the answer says that a source says so."""
    assert str(register[code].legal) == period
    assert len(register.lineage.successors(code)) == 0
    (end,) = [event for event in register.events(code) if event.nothing_followed]
    assert not end.afters
    assert not end.transfers
    outcome = register.resolve(code, on="2026-04-01")
    assert any("a source says that nothing followed" in note for note in outcome.notes)


@pytest.mark.parametrize(("giver", "receiver"), [("RBA", "RH5"), ("RA3", "RA7")])
def test_rows_that_only_the_newer_file_has(rows: tuple[nhs.SuccessionEvidence, ...], giver: str, receiver: str) -> None:
    """The file of 2022 lacks two acquisitions of 2020 that the report of 2026 has."""
    found = reports(rows, giver, receiver)
    assert "succ@2026-05" in found
    assert "succ-and-succarc@2022-10" not in found


def test_each_succession_file_has_rows_of_its_own(rows: tuple[nhs.SuccessionEvidence, ...]) -> None:
    """Some rows stand in the older file only, some in the newer only, most in both: both are read."""
    files = ({source.report for source in row.sources} & {"succ", "succ-and-succarc"} for row in rows)
    found = [frozenset(names) for names in files]
    assert found.count(frozenset({"succ-and-succarc"})) > 1000
    assert found.count(frozenset({"succ"})) > 100
    assert found.count(frozenset({"succ", "succ-and-succarc"})) > 1000


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Musgrove Park Hospital", ("RBA", "RBA11"), ("RH5", "RH5A8")),
        ("Weston General Hospital", ("RA3", "RA301"), ("RA7", "RA7C2")),
    ],
)
def test_hospitals_of_taunton_and_weston(
    register: nhs.Register, name: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    """Musgrove Park and Weston General passed with their trusts on 1 April 2020, and got new codes."""
    _, site = after
    assert register.place(site).name == name
    assert ran(register, site, "2020-03-31") == {before}
    assert ran(register, site, "2020-04-01") == {after}


# --- bodies closed long ago -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trusts(rows: tuple[nhs.SuccessionEvidence, ...]) -> frozenset[str]:
    """Codes of three characters in R that a succession row names."""
    codes = {code for row in rows for code in (row.predecessor, row.successor)}
    return frozenset(code for code in codes if len(code) == 3 and code.startswith("R"))


def told_by_a_list(record: nhs.Record, *properties: str) -> bool:
    """Whether a release, not a document that was looked up, says any of these things of a record."""
    said = (statement for name in properties for statement in record.says(name))
    return any(isinstance(source, nhs.Source) for statement in said for source in statement.sources)


def test_trusts_without_a_dated_row(register: nhs.Register, trusts: frozenset[str]) -> None:
    """Of 650 codes in R no list dates 291, nor names 134 of those."""
    undated = {code for code in trusts if not told_by_a_list(register[code], "legal_start", "legal_end")}
    unnamed = {code for code in trusts if not told_by_a_list(register[code], "name", "loose name")}
    assert (len(trusts), len(undated), len(unnamed)) == (650, 291, 134)
    assert unnamed <= undated
    assert "REJ" in unnamed


def test_what_nobody_dates_is_shown_as_unknown(register: nhs.Register, trusts: frozenset[str]) -> None:
    """A first day that neither a list nor a document gives is unknown in key and period, and never made up."""
    for code in trusts:
        first, record = register.eras(code)[0], register[code]
        if not record.says("legal_start") and len(register.eras(code)) == 1:
            assert first.key == f"{code}@unknown"
            assert first.period.start is nhs.UNKNOWN


def test_what_nobody_names_is_shown_as_that(register: nhs.Register, trusts: frozenset[str]) -> None:
    """A trust that neither a list nor a document names says so in words; the others of the 134 documents name."""
    names = ("name", "loose name", "name seen")
    nameless = {code for code in trusts if not any(register[code].says(name) for name in names)}
    assert {era.name for code in nameless for era in register.eras(code)} == {"name unknown"}
    by_documents = {code for code in trusts - nameless if not told_by_a_list(register[code], *names)}
    assert {"RE8", "RN6", "RYM"} <= by_documents
    assert len(nameless) + len(by_documents) == 134


# --- health authorities, primary care groups and trusts -------------------------------------------------------------


def test_only_sources_make_what_came_before_a_primary_care_trust(register: nhs.Register) -> None:
    """No health authority is made the predecessor of a primary care trust, and whatever is one rests on a source."""
    trusts = [code for code in register if kind(register, code) is nhs.PCT]
    before = [found for code in trusts for found in register.lineage.predecessors(code)]
    assert {found.organisation.kind for found in before} == {nhs.PrimaryCareGroup, nhs.PCT, nhs.Trust}
    assert all(found.event.sources for found in before)


def test_primary_care_groups_by_their_rows(register: nhs.Register, rows: tuple[nhs.SuccessionEvidence, ...]) -> None:
    """Every primary care group in the register is there for a row of its own, and none has a name or a first day."""
    printed = {row.predecessor for row in rows}
    groups = {code for code in register if kind(register, code) is nhs.PrimaryCareGroup}
    assert len(groups) > 500
    assert groups <= printed
    assert {register.eras(code)[0].name for code in groups} == {"name unknown"}
    assert register.lineage.successors("4AA24").codes == ("5GD",)


# --- Pennine Acute, hospital by hospital ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "operator", "new", "day"),
    [
        ("North Manchester", "RW602", "R0A", "R0A66", "2021-04-01"),
        ("Fairfield", "RW601", "RM3", "RM315", "2021-10-01"),
        ("Royal Oldham", "RW603", "RM3", "RM317", "2021-10-01"),
        ("Rochdale Infirmary", "RW604", "RM3", "RM316", "2021-10-01"),
        ("Birch Hill", "RW605", "RM3", "RM319", "2021-10-01"),
    ],
)
def test_rw6_hospital_by_hospital(
    register: nhs.Register, name: str, old: str, operator: str, new: str, day: str
) -> None:
    """Each hospital of Pennine Acute passed on its own day, and got a code that was open for years before it."""
    assert name in register.place(old).name
    before, after = register.stays(new)
    assert (before.operator, before.site, after.operator, after.site) == ("RW6", old, operator, new)
    assert str(after.since) == day
    assert before.until is not None
    assert (date.fromisoformat(day) - before.until.latest).days == 1
    assert str(register[new].legal.start) < day


def test_rw6_between_the_two_phases(register: nhs.Register) -> None:
    """From April to September 2021 Pennine Acute had four of its five hospitals, and North Manchester was R0A's."""
    five = {"RW601", "RW602", "RW603", "RW604", "RW605"}
    for day, held in (("2021-03-31", five), ("2021-04-01", five - {"RW602"}), ("2021-09-30", five - {"RW602"})):
        assert {stay.site for stay in register.sites("RW6", on=day)} & five == held
    assert "R0A66" in {stay.site for stay in register.sites("R0A", on="2021-04-01")}
    assert "R0A66" not in {stay.site for stay in register.sites("R0A", on="2021-03-31")}
    assert register.sites("RW6", on="2021-10-01") == ()


def test_rw6_shares_are_of_the_whole_trust(register: nhs.Register) -> None:
    """By floor area 39 % of Pennine Acute went to R0A and 61 % to RM3, which together are all of it."""
    shares = {t.receiver.code: s.share for t in register.services_given("RW6") for s in t.shares}
    assert {code: round(share, 2) for code, share in shares.items()} == {"R0A": 0.39, "RM3": 0.61}
    assert sum(shares.values()) == pytest.approx(1, abs=0.0001)


# --- commissioners: no rows at all ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("receiver", "day", "count"),
    [
        (nhs.CCG, "2013-04-01", 211),
        (nhs.Region, "2013-04-01", 4),
        (nhs.ICB, "2022-07-01", 42),
        (nhs.SubICBLocation, "2022-07-01", 106),
    ],
    ids=["PCT to CCG", "SHA to region", "STP to ICB", "CCG to sub-ICB location"],
)
def test_no_row_leads_to_the_next_kind_of_commissioner(
    register: nhs.Register,
    rows: tuple[nhs.SuccessionEvidence, ...],
    receiver: type[nhs.Organisation],
    day: str,
    count: int,
) -> None:
    """On the first day of a kind of commissioner no succession row names any of them as successor of anybody."""
    first = {body.code for body in register.on(day).of_kind(receiver)}
    assert len(first) == count
    assert first & {row.successor for row in rows if row.day == date.fromisoformat(day)} == set()


def test_authorities_passed_nothing_to_regions(register: nhs.Register) -> None:
    """The ten strategic health authorities were abolished: no region, nor anybody else, is made their successor."""
    authorities = register.on("2013-03-31").of_kind(nhs.SHA)
    assert len(authorities) == 10
    for body in authorities:
        assert isinstance(register.resolve(body, on="2013-04-01"), nhs.Unknown)
        assert len(register.lineage.successors(body)) == 0
        assert any(event.announced_as == "abolition" for event in register.events(body.code))


def test_a_primary_care_trust_is_divided_by_measure(register: nhs.Register) -> None:
    """South Staffordshire went in four parts to four groups, by shares of registered patients and of postcodes."""
    (end,) = [event for event in register.events("5PK") if str(event.effective) == "2013-04-01"]
    assert end.evidence == ()
    assert end.citations
    shares = {
        (transfer.receiver, share.basis): share.share * 100 for transfer in end.transfers for share in transfer.shares
    }
    assert shares == pytest.approx(
        {
            ("04Y@2013-04-01", "registered patients"): 21.2,
            ("04Y@2013-04-01", "postcodes"): 18.4,
            ("05D@2013-04-01", "registered patients"): 21.7,
            ("05D@2013-04-01", "postcodes"): 19.6,
            ("05Q@2013-04-01", "registered patients"): 33.9,
            ("05Q@2013-04-01", "postcodes"): 34.9,
            ("05V@2013-04-01", "registered patients"): 23.2,
            ("05V@2013-04-01", "postcodes"): 27.2,
        },
        abs=0.06,
    )
    assert {transfer.extent for transfer in end.transfers} == {nhs.Extent.PART}


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [(nhs.STP, nhs.ICB, 42), (nhs.CCG, nhs.SubICBLocation, 106)],
    ids=["partnerships to boards", "groups to locations"],
)
def test_the_code_was_kept_and_documents_say_so(
    register: nhs.Register, before: type[nhs.Organisation], after: type[nhs.Organisation], count: int
) -> None:
    """On 1 July 2022 every partnership and every group went on under its code as another kind, by cited documents."""
    bodies = register.on("2022-06-30").of_kind(before)
    assert len(bodies) == count
    for body in bodies:
        (event,) = [e for e in register.events(body.code) if e.kind is nhs.EventKind.CONVERSION]
        assert (str(event.effective), event.evidence) == ("2022-07-01", ())
        assert event.citations
        (into,) = event.afters
        assert register.organisation(into.key).kind is after
        assert isinstance(register.resolve(body.code or "", on="2022-07-01"), nhs.Current)


# --- moves of population, of parents and of ONS codes ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "percent"),
    [
        ("morecambe-bay-2017", {("01H", "01K"): 36.9}),
        ("norwich-boundary-2017", {("06Y", "06W"): 7.1}),
        ("fylde-and-wyre-boundary-2018", {("01K", "02M"): 5.7, ("01E", "02M"): 0.7}),
        ("coastal-west-sussex-boundary-2020", {("09G", "92A"): 1.3}),
        ("glossop-2022", {("01Y", "15M"): 12.9}),
        ("west-birmingham-2022", {("D2P2L", "15E"): 12.9}),
        ("oundle-2022", {("06H", "78H"): 1.9}),
    ],
)
def test_moves_of_population_to_a_tenth_of_a_point(
    register: nhs.Register, event: str, percent: dict[tuple[str, str], float]
) -> None:
    """Each move of population is a part with its share of residents, and no row stands behind any of them."""
    found = register.event(event)
    assert found.evidence == ()
    assert {
        (transfer.giver.partition("@")[0], transfer.receiver.partition("@")[0]): round(share.share * 100, 1)
        for transfer in found.transfers
        for share in transfer.shares
        if share.basis == "resident population mid-2019"
    } == percent


def test_no_other_moves_of_population(register: nhs.Register) -> None:
    """Eight parts of a population moved between 2017 and 2022, and no more."""
    moves = [e for e in register.events() if e.kind is nhs.EventKind.BOUNDARY_CHANGE]
    measured = [t for e in moves for t in e.transfers for s in t.shares if s.basis == "resident population mid-2019"]
    assert len(measured) == 8


def test_a_part_of_a_group_that_ended_that_day(register: nhs.Register) -> None:
    """Coastal West Sussex (09G) was merged into 70F on the day on which one in 75 of its residents went to 92A."""
    outcome = register.resolve("09G", on="2020-04-01")
    assert isinstance(outcome, nhs.Succeeded)
    assert outcome.codes == ("70F",)
    assert "92A" not in register.lineage.descendants("09G").codes


def test_thirty_two_practices(register: nhs.Register) -> None:
    """Cumbria gave Morecambe Bay 32 practices, 44 % of its own, and both had another name the next day."""
    (transfer,) = register.event("morecambe-bay-2017").transfers
    assert {s.basis: round(s.share, 2) for s in transfer.shares} == {
        "resident population mid-2019": 0.37,
        "practices": 0.44,
    }
    assert "32 of 73 practices" in (transfer.note or "")
    names = {code: [register.on(day)[code].name for day in ("2017-03-31", "2017-04-01")] for code in ("01H", "01K")}
    assert names == {
        "01H": ["NHS Cumbria CCG", "NHS North Cumbria CCG"],
        "01K": ["NHS Lancashire North CCG", "NHS Morecambe Bay CCG"],
    }


def test_bassetlaw_changed_its_region_with_its_system(register: nhs.Register) -> None:
    """Bassetlaw (02Q) changed system and region overnight and kept its ODS and ONS codes; no event moved it."""
    before, after = register.on("2022-06-30"), register.on("2022-07-01")
    assert [parent.code for parent in before.parents("02Q")] == ["QF7", "Y63"]
    assert [parent.code for parent in after.parents("02Q")] == ["QT1", "Y60"]
    assert before.gss("02Q") == after.gss("02Q") == "E38000008"
    assert {event.kind for event in register.events("02Q") if str(event.effective) > "2013-04-01"} == {
        nhs.EventKind.CONVERSION
    }


def test_the_parents_of_bassetlaw_are_dated_and_cited(register: nhs.Register) -> None:
    """Both systems of Bassetlaw are known with their days, from documents."""
    dated = [r for r in register["02Q"].relationships if r.period is not None]
    assert {(r.other, str(r.period).partition("/")[2]) for r in dated} == {("QF7", "2022-06-30"), ("QT1", "..")}
    assert all(isinstance(source, nhs.Citation) for r in dated for source in r.sources)


@pytest.mark.parametrize(("code", "gss"), (ICBS | LOCATIONS | REGIONS).items())
def test_ons_codes_by_day_both_ways(register: nhs.Register, code: str, gss: tuple[str, str]) -> None:
    """To 30 June 2022 a body had one ONS code, from the next day another, and each finds the body on its days only."""
    days = [register.on("2022-06-30"), register.on("2022-07-01")]
    assert tuple(day.gss(code) for day in days) == gss
    assert [day.by_gss(one).code for day, one in zip(days, gss, strict=True)] == [code, code]
    for day, other in zip(days, reversed(gss), strict=True):
        with pytest.raises(nhs.NotOpen, match=f"the ONS code of {code}.* That day {code} had {day.gss(code)}"):
            day.by_gss(other)


def test_sixteen_ons_codes_changed_and_no_more(register: nhs.Register) -> None:
    """Eight boards, six locations and two regions had a new ONS code on 1 July 2022; every other one was kept."""
    before, after = register.on("2022-06-30"), register.on("2022-07-01")
    bodies = before.of_kind(nhs.STP, nhs.CCG, nhs.Region)
    codes = [body.code for body in bodies if body.code is not None]
    assert len(codes) == 42 + 106 + 7
    assert {code for code in codes if before.gss(code) != after.gss(code)} == {*ICBS, *LOCATIONS, *REGIONS}


def test_frimley_was_divided_in_three(register: nhs.Register) -> None:
    """What became of D4U1Y is worked out by districts: shares of census residents, low confidence, and it says so."""
    event = register.event("frimley-location-2026")
    assert {t.receiver.partition("@")[0]: round(t.shares[0].share * 100, 1) for t in event.transfers} == {
        "U2G6B": 57.1,
        "92A": 20.1,
        "D9Y0V": 22.8,
    }
    assert {share.basis for t in event.transfers for share in t.shares} == {"resident population 2021"}
    assert event.confidence is nhs.Confidence.LOW
    assert event.evidence == ()
    assert any("worked out from the district" in text for text in event.conflicts)


def test_frimley_and_its_board_went_the_same_way(register: nhs.Register) -> None:
    """The three parts of the location are the three parts of its board, to the same shares."""

    def parts(code: str) -> list[float]:
        given = [t for e in register.events(code) for t in e.transfers if t.giver.startswith(f"{code}@2022-07-01")]
        return sorted(share.share for transfer in given for share in transfer.shares)

    assert parts("D4U1Y") == parts("QNQ")
    assert sum(parts("QNQ")) == pytest.approx(1, abs=0.0001)


# --- names before today's -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "day", "before", "after"),
    [
        ("RJE", "2014-11-01", "University Hospital of North Staffordshire", "University Hospitals of North Midlands"),
        ("RJ2", "2013-10-01", "Lewisham Healthcare", "Lewisham and Greenwich"),
        ("TAJ", "2020-04-01", "Black Country Partnership", "Black Country Healthcare"),
        ("REM", "2019-10-01", "Aintree University Hospital", "Liverpool University Hospitals"),
        ("RAX", "2024-11-01", "Kingston Hospital", "Kingston and Richmond"),
        ("RH5", "2020-04-01", "Somerset Partnership", "Somerset NHS Foundation Trust"),
    ],
)
def test_names_to_the_day(register: nhs.Register, code: str, day: str, before: str, after: str) -> None:
    """A trust that was renamed has its former name to the day before, although lists have overwritten it since."""
    eve = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
    assert register.on(eve)[code].name.startswith(before)
    assert register.on(day)[code].name.startswith(after)
    assert register[code].name_on(eve) != register[code].name_on(day)


def test_a_renaming_between_two_lists_keeps_both_days(register: nhs.Register) -> None:
    """Nobody dates the name Midlands Partnership University: between two sightings both names may hold."""
    partnership, university = register["RRE"].names[-2:]
    assert university.text == "Midlands Partnership University NHS Foundation Trust"
    assert str(university.since) == "2023-11-02/2025-01-01"
    assert str(partnership.until) == "2023-11-01/2024-12-31"
    assert register["RRE"].names_on("2024-06-01") == (partnership.text, university.text)


def test_names_of_trusts_long_closed(register: nhs.Register) -> None:
    """Names of founders that were closed before any dated list are known too."""
    names = {code: register[code].names[-1].text for code in ("RBG", "RCS", "RGZ", "RM2", "RG3")}
    assert names["RM2"] == "University Hospital of South Manchester NHS Foundation Trust"
    assert names["RCS"] == "Nottingham City Hospital NHS Trust"
    assert all(names.values())
