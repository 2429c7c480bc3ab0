"""Staffordshire, the founding case: every claim about it is an event, a fact or a place with its source.

That SSSFT and SSOTP became Midlands Partnership on 1 June 2018, and what each was called, is in ``test_questions``.
"""

from __future__ import annotations

import pytest

import nhs_orgs as nhs

SSSFT = "RRE@2001-04-01"
MPFT = "RRE@2018-06-01"
SSOTP = "R1E@2011-09-01"

INSPECTED = "2019-02-19/2019-04-10"


def said(register: nhs.Register, subject: str, name: str, aspect: str | None = None) -> nhs.Fact:
    """The one fact of that property."""
    (fact,) = register.facts(subject, name, aspect=aspect)
    return fact


def publishers(fact: nhs.Fact | nhs.ChangeEvent) -> set[str]:
    """Who says so."""
    return {citation.publisher for citation in fact.citations}


def ran(register: nhs.Register, place: str, day: str) -> set[tuple[str, str | None]]:
    """Who may have run a place on a day, and under which site code."""
    return {(stay.operator, stay.site) for stay in register.stays(place) if stay.may_hold(day)}


# --- Midlands Partnership -------------------------------------------------------------------------------------------


def test_every_fact_of_the_founding_case_has_a_source(register: nhs.Register) -> None:
    """No fact about the two founders or what they became is without a document and a time."""
    facts = [fact for subject in (SSSFT, MPFT, SSOTP) for fact in register.facts(subject)]
    assert len(facts) > 30
    assert all(fact.citations and fact.when for fact in facts)
    assert {fact.organisation.key for fact in facts} == {SSSFT, MPFT, SSOTP}


@pytest.mark.parametrize(
    ("day", "publisher"), [("2018-06-04", "Health Service Journal"), ("2018-06-11", "Digital Health")]
)
def test_who_reported_the_merger_complete(register: nhs.Register, day: str, publisher: str) -> None:
    """Two reports of the completed merger are facts of their own, each on its day and from its publisher."""
    (report,) = [fact for fact in register.facts(MPFT, "report") if str(fact.on) == day]
    assert publisher in report.value
    assert publishers(report) == {publisher}
    assert report.aspect == "merger complete"


@pytest.mark.parametrize("key", [SSSFT, MPFT])
def test_headquarters(register: nhs.Register, key: str) -> None:
    """St George's Hospital in Stafford was the headquarters of SSSFT and is that of Midlands Partnership."""
    assert said(register, key, "headquarters").value == "St George's Hospital, Stafford"
    assert register.place("st-georges-hospital-stafford").town == "Stafford"


@pytest.mark.parametrize(
    ("name", "number", "unit", "on", "words"),
    [
        ("staff", 8_500, "people", "2018-06-11", "8,500"),
        ("population_served", 1_100_000, "people", "2018-06-11", "about 1.1 million"),
        ("turnover", 500_000_000, "GBP", "2018-06-04", "more than"),
        ("redundancies", 40, "people", "2018-06-12", "not more than 40"),
        ("online_consultations", 80_000, "consultations", "2022-02", "more than 80,000"),
        ("cqc_breaches", 15, "breaches", INSPECTED, "15 breaches"),
    ],
)
def test_figures_of_midlands_partnership(
    register: nhs.Register, name: str, number: int, unit: str, on: str, words: str
) -> None:
    """Each figure of the new trust is a number with its unit and the day that it speaks of, and is worded with care."""
    fact = said(register, MPFT, name)
    assert (fact.number, fact.unit, str(fact.on)) == (number, unit, on)
    assert words in fact.value


def test_a_forecast_and_an_expectation_say_what_they_are(register: nhs.Register) -> None:
    """Turnover is a forecast and redundancies are what was expected at most: neither is told as what happened."""
    assert said(register, MPFT, "turnover").aspect == "annual forecast"
    assert "lower limit" in (said(register, MPFT, "turnover").note or "")
    assert said(register, MPFT, "redundancies").aspect == "expected at most"


def test_the_same_population_was_said_of_one_founder_alone(register: nhs.Register) -> None:
    """The regulator gave 1.1 million people for SSSFT in 2016, and the figure of 2018 says that this is against it."""
    alone = said(register, SSSFT, "population_served")
    assert (alone.number, str(alone.on)) == (1_100_000, "2016-07-12")
    assert publishers(alone) == {"Care Quality Commission"}
    assert "one of the two founders" in (said(register, MPFT, "population_served").contradicted or "")


def test_services_of_midlands_partnership(register: nhs.Register) -> None:
    """It provides physical and mental health care, for learning disabilities, and adult social care."""
    services = register.facts(MPFT, "service")
    assert {fact.aspect for fact in services} == {
        "physical health",
        "mental health",
        "learning disabilities",
        "adult social care",
    }
    assert {str(fact.since) for fact in services} == {"2018-06-01"}


def test_the_chief_executive(register: nhs.Register) -> None:
    """Neil Carr led both founders in 2017, and Midlands Partnership from its first day."""
    assert [(f.value, f.organisation.key) for f in register["RRE"].facts("chief_executive")] == [
        ("Neil Carr", SSSFT),
        ("Neil Carr", MPFT),
    ]
    assert said(register, SSOTP, "chief_executive").value == "Neil Carr"
    assert str(said(register, MPFT, "chief_executive").since) == "2018-06-01"


def test_the_chairs(register: nhs.Register) -> None:
    """Martin Gower chaired SSSFT and then the new trust at the merger; Richard Cotterell came later."""
    assert [(f.value, f.organisation.key) for f in register["RRE"].facts("chair")] == [
        ("Martin Gower", SSSFT),
        ("Martin Gower", MPFT),
        ("Richard Cotterell", MPFT),
        ("Jacqueline Small", MPFT),
    ]
    before, at_merger, later, _ = register["RRE"].facts("chair")
    assert (str(before.until), str(at_merger.on)) == ("2018-05-31", "2018-06-11")
    assert later.on is not None
    assert later.on.day is None


def test_ssotp_had_meant_to_become_a_foundation_trust(register: nhs.Register) -> None:
    """SSOTP's wish for foundation status is a fact of that trust, which stayed an NHS trust to its end."""
    assert "foundation trust" in said(register, SSOTP, "intention", "foundation status").value
    trust = register.organisation(SSOTP)
    assert isinstance(trust, nhs.Trust)
    assert trust.form(on="2018-05-31") is nhs.TrustForm.NHS_TRUST


@pytest.mark.parametrize("key", [SSSFT, SSOTP])
def test_both_founders_used_the_same_patient_record(register: nhs.Register, key: str) -> None:
    """Both founders kept their patient records in RiO by Servelec, to the merger."""
    record = said(register, key, "system", "patient record system")
    assert (record.value, str(record.until)) == ("RiO (Servelec)", "2018-05-31")


def test_online_consultations(register: nhs.Register) -> None:
    """OneConsultation came in with March 2020."""
    system = said(register, MPFT, "system", "online consultations")
    assert system.value.startswith("OneConsultation")
    assert str(system.since) == "2020-03"


def test_a_rating_belongs_to_the_body_that_was_inspected(register: nhs.Register) -> None:
    """Good in 2016 was SSSFT's, good in 2019 is Midlands Partnership's, and neither is shown as the other's."""
    overall = register["RRE"].facts("cqc_rating", aspect="overall")
    assert [(f.value, str(f.on), f.organisation.key) for f in overall] == [
        ("Good", "2016-03", SSSFT),
        ("Good", INSPECTED, MPFT),
    ]
    assert overall[0].organisation.name.startswith("South Staffordshire and Shropshire Healthcare")
    assert [fact.value for fact in register.facts(MPFT, "cqc_rating", aspect="overall")] == ["Good"]
    assert len(register.facts(MPFT, "cqc_rating", aspect="overall")) == 1


def test_what_the_inspection_of_2019_found(register: nhs.Register) -> None:
    """Between 19 February and 10 April 2019 effectiveness required improvement, and urgent care was not well led."""
    ratings = {f.aspect: f.value for f in register.facts(MPFT, "cqc_rating") if str(f.on) == INSPECTED}
    assert ratings == {
        "overall": "Good",
        "safe": "Good",
        "effective": "Requires improvement",
        "caring": "Good",
        "responsive": "Good",
        "well-led": "Good",
        "well-led urgent care": "Inadequate",
    }
    visit = said(register, MPFT, "cqc_inspection")
    assert (str(visit.since), str(visit.until)) == ("2019-02-19", "2019-04-10")
    assert said(register, SSSFT, "cqc_rating", "effective").value == "Good"


def test_benefits_of_the_merger(register: nhs.Register) -> None:
    """Of 55 benefits set out at the merger 40 were realised by September 2020, as the board was told."""
    set_out = said(register, MPFT, "benefit", "merger benefits set out")
    realised = said(register, MPFT, "benefit", "merger benefits realised")
    assert (set_out.number, realised.number, str(realised.on)) == (55, 40, "2020-09")
    assert "board" in (realised.note or "")


def test_the_services_of_shropshire(register: nhs.Register) -> None:
    """SSSFT bought Shropshire's mental health services from the primary care trust: when is not known to the day."""
    bought = register.services_received(SSSFT)[0]
    assert (bought.giver.code, bought.receiver.key, bought.extent) == ("5M2", SSSFT, nhs.Extent.PART)
    assert bought.services == ("mental health services", "learning disability services")
    event = register.event(bought.event)
    assert (str(event.effective), str(event.announced)) == ("2007-04-01/2012-09-14", "2007-04-01/2007-05-31")
    assert (event.confidence, event.basis) == (nhs.Confidence.MEDIUM, (nhs.Basis.ADDED,))
    assert publishers(event) == {"PharmaTimes", "Shropshire Star", "Health Estate Journal"}
    assert any("No document in hand gives the day" in conflict for conflict in event.conflicts)


def test_what_sssft_bought_made_nobody_its_successor(register: nhs.Register) -> None:
    """The primary care trust went on, and SSSFT is the body that it was."""
    assert isinstance(register.resolve("5M2", on="2012-12-31"), nhs.Current)
    assert isinstance(register.resolve(SSSFT, on="2012-12-31"), nhs.Current)
    assert "5M2" not in register.lineage.ancestors(SSSFT).codes


# --- sites ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name", "town", "codes"),
    [
        ("st-georges-hospital-stafford", "St George's Hospital", "Stafford", {"RRE11"}),
        ("flanagan-centre", "Flanagan Centre", "Stafford", {"RRE4F"}),
        ("redwoods-centre", "The Redwoods Centre", "Shrewsbury", {"RRERS"}),
        ("oak-house-shrewsbury", "Oak House", "Shrewsbury", set()),
        ("elms-house", "Elms House", "Shrewsbury", {"RREEC", "RRE0R", "RRE5X"}),
        ("george-bryan-centre", "The George Bryan Centre", "Tamworth", {"RRE58", "I7P7W"}),
        ("castle-lodge", "Castle Lodge", "Telford", {"RREG4", "RRE0X"}),
        (
            "birmingham-inpatient-drug-treatment-service",
            "Birmingham Inpatient Drug Treatment Service",
            "Birmingham",
            {"RRET4"},
        ),
    ],
)
def test_sites_of_sssft(register: nhs.Register, place: str, name: str, town: str, codes: set[str]) -> None:
    """Each of the eight sites of SSSFT is a place in its town, with the codes that are known, run by that trust."""
    found = register.place(place)
    assert (found.name, found.town, set(found.codes)) == (name, town, codes)
    assert found.operators == ("RRE",)
    assert "RRE" in {operator for operator, _ in ran(register, place, "2014-06-01")}
    assert found.sources


def test_two_sites_of_sssft_have_days(register: nhs.Register) -> None:
    """The Redwoods Centre opened on 23 September 2012, and the drug service in Birmingham was the trust's to 2015."""
    assert ran(register, "redwoods-centre", "2012-09-22") == set()
    assert ran(register, "redwoods-centre", "2012-09-23") == {("RRE", "RRERS")}
    assert ran(register, "birmingham-inpatient-drug-treatment-service", "2016-01-01") == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [("R1E56", "RRE2I"), ("R1E75", "RRE8Z"), ("R1EE3", "RRECI"), ("R1EE4", "RRECO"), ("R1EE5", "RRECS")],
    ids=["Haywood", "Longton", "Leek Moorlands", "Cheadle", "Bradwell"],
)
def test_hospitals_of_ssotp_passed_with_it(register: nhs.Register, old: str, new: str) -> None:
    """The five hospitals of SSOTP are Midlands Partnership's from the day of the merger, each under a new code."""
    assert ran(register, old, "2018-05-31") == {("R1E", old)}
    assert ran(register, new, "2018-06-01") == {("RRE", new)}
    assert old in {stay.site for stay in register.sites("R1E", on="2018-05-31")}
    assert new in {stay.site for stay in register.sites("RRE", on="2018-06-01")}
    assert new not in {stay.site for stay in register.sites("RRE", on="2018-05-31")}


# --- Mid Staffordshire ----------------------------------------------------------------------------------------------


def test_stafford_hospital_became_county_hospital(register: nhs.Register) -> None:
    """Stafford Hospital took the name County Hospital on the day on which it passed to the trust of North Midlands."""
    hospital = register.place("county-hospital")
    assert [hospital.name_on(day) for day in ("2014-10-31", "2014-11-01")] == ["Stafford Hospital", "County Hospital"]
    assert hospital.operators == ("RJD", "RJE")
    assert register.on("2014-11-01")["RJE"].name == "University Hospitals of North Midlands NHS Trust"


def test_who_supervised_mid_staffordshire(register: nhs.Register) -> None:
    """The strategic health authority of the West Midlands supervised the trust during the scandal."""
    fact = said(register, "RJD", "supervised_by")
    assert "Q34" in fact.value
    assert (str(fact.since), str(fact.until)) == ("2006-07-01", "2009")
    assert said(register, "Q34", "supervised").value == "Mid Staffordshire (RJD)"
    assert register.on("2008-01-01")["Q34"].kind is nhs.SHA


def test_hospitals_of_the_royal_wolverhampton(register: nhs.Register) -> None:
    """Cannock Chase passed to The Royal Wolverhampton, which also runs New Cross and West Park."""
    run = {id_ for id_, place in register.places.items() if "RL4" in place.operators}
    assert run == {"cannock-chase-hospital", "new-cross-hospital", "west-park-hospital"}
    assert register.place("cannock-chase-hospital").operators == ("RJD", "RL4")
    assert {register.place(id_).town for id_ in ("new-cross-hospital", "west-park-hospital")} == {"Wolverhampton"}


# --- commissioners --------------------------------------------------------------------------------------------------


def responsible(register: nhs.Register, codes: str, aspect: str) -> list[nhs.Fact]:
    """For each code the fact that it answered for healthcare in an area."""
    return [said(register, code, "responsible_for", aspect) for code in codes.split()]


def test_six_groups_of_staffordshire(register: nhs.Register) -> None:
    """Six groups answered for Staffordshire until 30 June 2022, and they are all that the partnership had."""
    names = {
        "05V": "NHS Stafford and Surrounds CCG",
        "05G": "NHS North Staffordshire CCG",
        "05Q": "NHS South East Staffordshire and Seisdon Peninsula CCG",
        "05D": "NHS East Staffordshire CCG",
        "04Y": "NHS Cannock Chase CCG",
        "05W": "NHS Stoke on Trent CCG",
    }
    day = register.on("2022-06-30")
    assert {body.code: body.name for body in day.children("QNC") if body.kind is nhs.CCG} == names
    facts = responsible(register, " ".join(names), "Staffordshire")
    assert {str(fact.until) for fact in facts} == {"2022-06-30"}
    assert not any(fact.contradicted for fact in facts)


def test_then_the_board_of_staffordshire(register: nhs.Register) -> None:
    """From 1 July 2022 the board QNC answers for it, over six locations with the codes of the groups."""
    day = register.on("2022-07-01")
    assert day["QNC"].kind is nhs.ICB
    locations = {body.code for body in day.children("QNC") if body.kind is nhs.SubICBLocation}
    assert locations == {"05V", "05G", "05Q", "05D", "04Y", "05W"}
    fact = said(register, "QNC@2022-07-01", "responsible_for")
    assert str(fact.since) == "2022-07-01"


def test_the_board_had_been_together_were_better(register: nhs.Register) -> None:
    """The partnership under the same code was known as Together We're Better; the board is not."""
    assert said(register, "QNC@2017-04-01", "also_known_as").value == "Together We're Better"
    assert register.organisation("QNC@2017-04-01").kind is nhs.STP
    assert register.facts("QNC@2022-07-01", "also_known_as") == ()


def test_five_groups_of_the_west_midlands_as_stated(register: nhs.Register) -> None:
    """A document lets five groups go on until July 2022; of four that is kept and marked contradicted."""
    five = responsible(register, "15E 05L 05C 06A 05Y", "West Midlands")
    assert {str(fact.until) for fact in five} == {"2022-07"}
    whole, *contradicted = five
    assert whole.contradicted is None
    against = [fact.contradicted or "" for fact in contradicted]
    assert all("D2P2L" in text and "1 April 2021" in text for text in against)
    assert {fact.confidence for fact in contradicted} == {nhs.Confidence.LOW}


def test_four_of_the_five_merged_before(register: nhs.Register) -> None:
    """Dudley, Sandwell, Walsall and Wolverhampton became D2P2L on 1 April 2021, by their own successor's page."""
    before = register.lineage.predecessors("D2P2L@2021-04-01")
    assert set(before.codes) == {"05C", "05L", "05Y", "06A"}
    (merger,) = {found.event for found in before}
    assert (merger.kind, str(merger.effective)) == (nhs.EventKind.MERGER, "2021-04-01")
    assert nhs.Basis.CONFIRMED in merger.basis
    assert any("July 2022" in text for text in merger.conflicts)
    open_codes = {body.code for body in register.on("2021-04-01").of_kind(nhs.CCG)}
    assert open_codes & {"15E", "05L", "05C", "06A", "05Y"} == {"15E"}


@pytest.mark.parametrize(
    ("codes", "aspect", "contradicted"),
    [
        ("11X 11T 11E", "Somerset", {"11T": "15C", "11E": "92G"}),
        ("11J", "Dorset", {}),
        ("01H", "Cumbria", {"01H": "North Cumbria CCG"}),
    ],
)
def test_groups_of_other_counties(
    register: nhs.Register, codes: str, aspect: str, contradicted: dict[str, str]
) -> None:
    """Somerset had three groups, Dorset one and Cumbria one; where a group ended or shrank before, the fact says so."""
    for code, fact in zip(codes.split(), responsible(register, codes, aspect), strict=True):
        assert str(fact.until) == "2022-07"
        assert (fact.contradicted is not None) == (code in contradicted)
        assert contradicted.get(code, "") in (fact.contradicted or "")


@pytest.mark.parametrize(("code", "into", "day"), [("11T", "15C", "2018-04-01"), ("11E", "92G", "2020-04-01")])
def test_two_groups_of_somerset_merged(register: nhs.Register, code: str, into: str, day: str) -> None:
    """North Somerset, and Bath and North East Somerset, each became part of a larger group before 2022."""
    (found,) = register.lineage.successors(f"{code}@2013-04-01")
    assert (found.organisation.code, str(found.event.effective), found.whole) == (into, day, True)
    assert nhs.Basis.CONFIRMED in found.event.basis


def test_the_practices_that_left_cumbria(register: nhs.Register) -> None:
    """Both groups of Morecambe Bay's making tell of 32 practices on 1 April 2017."""
    for code, words in (("01H", "left"), ("01K", "joined")):
        fact = said(register, code, "practices")
        assert (fact.number, str(fact.on)) == (32, "2017-04-01")
        assert words in fact.value
    (event,) = set(register.events("01H")) & set(register.events("01K"))
    assert "Lancashire North" in (event.narrative or "")


def test_greater_manchester(register: nhs.Register) -> None:
    """The integrated care system of Greater Manchester took over in July 2022, under the code of the partnership."""
    assert str(said(register, "QOP@2022-07-01", "responsible_for").since) == "2022-07"
    assert register.on("2022-07-01")["QOP"].kind is nhs.ICB


def test_nhs_west_midlands_was_abolished(register: nhs.Register) -> None:
    """The strategic health authority NHS West Midlands was abolished in April 2013, with the nine others."""
    assert str(said(register, "Q34", "abolition").on) == "2013-04"
    assert str(register["Q34"].legal.end) == "2013-03-31"
    (end,) = [event for event in register.events("Q34") if str(event.effective) == "2013-04-01"]
    assert end.announced_as == "abolition"
    assert len(end.befores) == 10


# --- proposals and alliances ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proposal(register: nhs.Register) -> nhs.ChangeEvent:
    """The multispecialty community provider of 2017."""
    return register.event("north-staffordshire-mcp-2017")


def test_the_provider_stays_proposed(proposal: nhs.ChangeEvent) -> None:
    """No source tells the end of the provider proposed in 2017: it has no day, no transfer, and is not completed."""
    assert proposal.status is nhs.EventStatus.PROPOSED
    assert (proposal.effective, str(proposal.announced)) == (None, "2017")
    assert proposal.transfers == ()


def test_who_backed_it(register: nhs.Register, proposal: nhs.ChangeEvent) -> None:
    """Two trusts, a council and a federation of practices take part, whether the register has them or not."""
    assert {party.key for party in proposal.befores} == {
        "RJE@2014-11-01",
        "RLY@1994-04-01",
        "body:stoke-on-trent-city-council",
        "body:north-staffordshire-gp-federation",
    }
    outside = [register.organisation(party.key) for party in proposal.befores if party.code is None]
    assert {body.kind for body in outside} == {nhs.Body}
    assert {body.name for body in outside} == {"Stoke-on-Trent City Council", "North Staffordshire GP Federation"}
    assert [party.key for party in proposal.afters] == ["body:north-staffordshire-mcp"]


def test_what_it_was_an_alternative_to(proposal: nhs.ChangeEvent) -> None:
    """It was meant in place of the single provider that the partnership planned for a far larger area."""
    assert "in place of the single community and mental health provider that the partnership planned" in (
        proposal.narrative or ""
    )
    assert publishers(proposal) == {"Healthcare Leader", "Health Service Journal"}


def test_a_proposal_makes_nobody_a_successor(register: nhs.Register) -> None:
    """The backers of a proposal became nothing by it."""
    for key in ("RJE@2014-11-01", "RLY@1994-04-01"):
        assert "body:north-staffordshire-mcp" not in register.lineage.descendants(key, parts=True).keys
        assert isinstance(register.resolve(key, on="2018-01-01"), nhs.Current)


@pytest.mark.parametrize(
    "subject", ["RJE", "body:stoke-on-trent-city-council", "body:north-staffordshire-gp-federation"]
)
def test_members_of_the_alliance(register: nhs.Register, subject: str) -> None:
    """Three bodies formed an alliance in 2017, of which each has the fact."""
    fact = said(register, subject, "member_of")
    assert (fact.value, str(fact.on)) == ("The alliance for a North Staffordshire MCP", "2017")


def test_a_supporter_is_no_member(register: nhs.Register) -> None:
    """North Staffordshire Combined Healthcare (RLY) supported the alliance from outside."""
    assert said(register, "RLY", "supporter_of").value == "A North Staffordshire MCP"
    assert register.facts("RLY", "member_of") == ()
    assert register.organisation("body:north-staffordshire-mcp-alliance").kind is nhs.Body


def test_the_capped_expenditure_process(register: nhs.Register) -> None:
    """Staffordshire was one of 13 areas of 2017 whose spending was capped; that some said 14 is kept beside it."""
    fact = said(register, "QNC", "national_programme")
    assert (fact.number, fact.organisation.key, str(fact.since)) == (13, "QNC@2017-04-01", "2017-04")
    assert "14 areas" in (fact.contradicted or "")


# --- others ---------------------------------------------------------------------------------------------------------


def test_one_of_ten_ambulance_trusts(register: nhs.Register) -> None:
    """West Midlands Ambulance Service is one of ten ambulance trusts of England, as many as the register has."""
    assert said(register, "RYA", "standing").number == 10
    trusts = register.on("2023-11-01").of_kind(nhs.Trust)
    ambulance = {t.code for t in trusts if isinstance(t, nhs.Trust) and "Ambulance" in t.name and t.nation == "England"}
    assert len(ambulance) == 10
    assert "RYA" in ambulance


def test_nottingham_university_hospitals(register: nhs.Register) -> None:
    """Nottingham City Hospital and Queen's Medical Centre became Nottingham University Hospitals on 1 April 2006."""
    before = register.lineage.predecessors("RX1")
    assert {found.organisation.code: found.organisation.name.partition(",")[0] for found in before} == {
        "RCS": "Nottingham City Hospital NHS Trust",
        "RFK": "Queen's Medical Centre",
    }
    (merger,) = {found.event for found in before}
    assert (merger.kind, str(merger.effective)) == (nhs.EventKind.MERGER, "2006-04-01")
    assert nhs.Basis.CONFIRMED in merger.basis
    assert str(said(register, "RX1", "formation").on) == "2006-04-01"


def test_tees_esk_and_wear_valleys(register: nhs.Register) -> None:
    """Tees, Esk and Wear Valleys is in the register with its founders, what it serves and what it does."""
    assert register["RX3"].names[-1].text == "Tees, Esk and Wear Valleys NHS Foundation Trust"
    assert set(register.lineage.predecessors("RX3").codes) == {"RTC", "RVX"}
    assert said(register, "RX3", "population_served").number == 2_000_000
    assert "eating disorders" in said(register, "RX3", "service", "mental health").value
