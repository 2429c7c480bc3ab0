"""Real hospitals, their sites and their bodies: traps 7, 8 and 19 of the domain, and the founding case."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs

BEFORE, FROM = "2022-06-30", "2022-07-01"

RENUMBERED = {
    "QF7": ("E54000009", "E54000061"),
    "QHL": ("E54000017", "E54000055"),
    "QJ2": ("E54000012", "E54000058"),
    "QOP": ("E54000007", "E54000057"),
    "QPM": ("E54000020", "E54000059"),
    "QT1": ("E54000014", "E54000060"),
    "QUA": ("E54000016", "E54000062"),
    "QUE": ("E54000021", "E54000056"),
    "15E": ("E38000220", "E38000258"),
    "06H": ("E38000026", "E38000260"),
    "01Y": ("E38000182", "E38000263"),
    "15M": ("E38000229", "E38000261"),
    "78H": ("E38000242", "E38000262"),
    "D2P2L": ("E38000250", "E38000259"),
    "Y60": ("E40000008", "E40000011"),
    "Y63": ("E40000009", "E40000012"),
}
"""Eight boards, six locations and two regions whose ONS codes changed while the ODS code stayed."""


@pytest.mark.parametrize("code", sorted(RENUMBERED))
def test_trap_8_the_ons_code_changes_and_the_ods_code_stays(register: nhs.Register, code: str) -> None:
    """The old one to 30 June 2022, the new one from the next day, both ways."""
    was, became = RENUMBERED[code]
    before, after = register.on(BEFORE), register.on(FROM)
    assert (before.gss(code), after.gss(code)) == (was, became)
    assert (before.by_gss(was).code, after.by_gss(became).code) == (code, code)
    assert next((gss, period.end) for gss, period in register[code].gss_periods) == (was, before.day)
    for day, gone in ((before, became), (after, was)):
        with pytest.raises(nhs.UnknownOrganisation):
            day.by_gss(gone)


def test_trap_8_no_other_kept_its_ods_code_and_changed_the_other(register: nhs.Register) -> None:
    """Of all boards, locations and regions open on both days, those sixteen alone changed."""
    before, after = register.on(BEFORE), register.on(FROM)
    kinds = (nhs.ICB, nhs.SubICBLocation, nhs.Region)
    open_twice = [body.code for body in after.of_kind(*kinds) if body.code in before]
    assert len(open_twice) > 150
    assert {c for c in open_twice if c and before.gss(c) != after.gss(c)} == set(RENUMBERED)


def codes(register: nhs.Register, operator: str, day: str) -> set[str | None]:
    """The site codes of a body on a day."""
    return {stay.site for stay in register.sites(operator, on=day)}


def runs(register: nhs.Register, asked: str) -> list[tuple[str, str | None, str]]:
    """Who ran a place, under which code, when."""
    return [(stay.operator, stay.site, stay.when) for stay in register.stays(asked)]


def test_trap_7_a_shell_has_no_sites(register: nhs.Register) -> None:
    """Mid Staffordshire had two hospitals on 31 October 2014, and on the next day, open in law, none."""
    assert codes(register, "RJD", "2014-10-31") == {"RJD01", "RJD13"}
    assert codes(register, "RJD", "2014-11-01") == set()
    assert "RJD" in register.on("2014-11-01")
    assert "RJE09" in codes(register, "RJE", "2014-11-01") - codes(register, "RJE", "2014-10-31")
    assert "RL4TC" in codes(register, "RL4", "2014-11-01") - codes(register, "RL4", "2014-10-31")


def test_county_hospital_passed_and_changed_its_name(register: nhs.Register) -> None:
    """Stafford Hospital of Mid Staffordshire is County Hospital of North Midlands since 1 November 2014."""
    place = register.place("county-hospital")
    assert (place.name_on("2014-10-31"), place.name_on("2014-11-01")) == ("Stafford Hospital", "County Hospital")
    assert (
        runs(register, "county-hospital")
        == runs(register, "RJE09")
        == [
            ("RJD", "RJD01", "until 31 October 2014"),
            ("RJE", "RJE09", "since 1 November 2014"),
        ]
    )


def test_pennine_acute_gave_its_hospitals_in_two_phases(register: nhs.Register) -> None:
    """North Manchester in April 2021, the others in October; after that it had none."""
    assert runs(register, "RW602") == [("RW6", "RW602", "until 31 March 2021"), ("R0A", "R0A66", "since 1 April 2021")]
    for old, new in (("RW601", "RM315"), ("RW603", "RM317"), ("RW604", "RM316"), ("RW605", "RM319")):
        assert runs(register, new) == [
            ("RW6", old, "until 30 September 2021"),
            ("RM3", new, "since 1 October 2021"),
        ]
    hospitals = {"RW601", "RW602", "RW603", "RW604", "RW605"}
    days = ("2021-03-31", "2021-04-01", "2021-09-30", "2021-10-01")
    assert [hospitals & codes(register, "RW6", day) for day in days] == [
        hospitals,
        hospitals - {"RW602"},
        hospitals - {"RW602"},
        set(),
    ]
    assert codes(register, "RW6", "2021-10-01") == set()


def test_south_london_gave_its_hospitals(register: nhs.Register) -> None:
    """The Princess Royal was South London Healthcare's on its last day, King's from the next."""
    assert "RYQ30" in codes(register, "RYQ", "2013-09-30")
    assert codes(register, "RYQ", "2013-10-01") == set()
    assert runs(register, "RJZ30") == [
        ("RYQ", "RYQ30", "until 30 September 2013"),
        ("RJZ", "RJZ30", "since 1 October 2013"),
    ]


def test_the_hospitals_of_the_partnership_passed_with_it(register: nhs.Register) -> None:
    """Five community hospitals of R1E are RRE's from 1 June 2018, not from when their codes were opened."""
    was, became = {"R1E56", "R1E75", "R1EE3", "R1EE4", "R1EE5"}, {"RRE2I", "RRE8Z", "RRECI", "RRECO", "RRECS"}
    assert was <= codes(register, "R1E", "2018-05-31")
    assert codes(register, "R1E", "2018-06-01") == set()
    assert became & codes(register, "RRE", "2018-05-31") == set()
    assert became <= codes(register, "RRE", "2018-06-01")


def test_trap_19_a_new_site_code_says_nothing_of_the_trust(register: nhs.Register) -> None:
    """The Royal Sussex County has a random code since Brighton's merger, and is found by either."""
    assert register.place("E0A3H") is register.place("RXH01")
    assert register.place("E0A3H").operators == ("RXH", "RYR")
    assert "E0A3H" in codes(register, "RYR", "2021-04-01")


def test_trap_19_one_building_may_have_several_codes(register: nhs.Register) -> None:
    """At Heavitree both trusts had codes before the merger: no place is made of those, and neither is lost."""
    assert "RBZ51" in codes(register, "RBZ", "2022-03-31")
    assert "RH802" in codes(register, "RH8", "2022-03-31")
    with pytest.raises(nhs.UnknownPlace):
        register.place("RBZ51")


def test_places_that_lists_tell_pass_on_the_day_of_an_event(register: nhs.Register) -> None:
    """Each place that was made from two codes changed hands on a day on which its bodies did."""
    made = [place for place in register.places.values() if (place.note or "").startswith("Made from sites")]
    assert made
    assert {place.confidence for place in made} == {nhs.Confidence.MEDIUM}
    for place in made:
        for before, after in zip(place.stays, place.stays[1:], strict=False):
            transfers = {
                (event.effective, t.giver.partition("@")[0], t.receiver.partition("@")[0])
                for event in register.events(before.operator)
                for t in event.transfers
            }
            assert (after.since, before.operator, after.operator) in transfers, place.id


def test_no_site_has_two_places(register: nhs.Register) -> None:
    """Places that people wrote and places that lists tell do not double each other."""
    told = [code for place in register.places.values() for code in place.codes]
    assert len(told) == len(set(told))


def test_every_operator_of_a_place_is_in_the_register(register: nhs.Register) -> None:
    """Each with the bodies of its code; each site code is a site there."""
    for place in register.places.values():
        assert set(place.operators) <= set(register), place.id
        assert place.codes <= set(register), place.id


def test_curation_is_held_whole(register: nhs.Register) -> None:
    """No curated fact or place was left out of the bundled register."""
    assert [f for f in register.check() if f.rule.startswith(("curated fact", "curated place"))] == []


# --- services and facts ---------------------------------------------------------------------------------------------


def test_services_that_passed_without_the_body(register: nhs.Register) -> None:
    """Mental health from RYK to TAJ in 2020, North Manchester to R0A in 2021, Stafford's hospitals in 2014."""
    dudley = register.services_received("TAJ")[0]
    assert (str(dudley.effective), dudley.giver.code) == ("2020-04-01", "RYK")
    assert any("mental health" in service for service in dudley.services)
    assert [(str(t.effective), t.giver.code) for t in register.services_received("R0A")] == [("2021-04-01", "RW6")]
    assert {(str(t.effective), t.receiver.code) for t in register.services_given("RJD")} >= {
        ("2014-11-01", "RJE"),
        ("2014-11-01", "RL4"),
    }
    assert {t.effective.earliest.year for t in register.services_given("RYK")} == {2020, 2024}


def test_a_rating_of_2016_is_no_rating_of_the_merged_trust(register: nhs.Register) -> None:
    """South Staffordshire's Good of 2016 and Midlands Partnership's of 2019 are two facts about two bodies."""
    overall = register["RRE"].facts("cqc_rating", aspect="overall")
    assert [(f.value, f.when, f.organisation.key) for f in overall] == [
        ("Good", "March 2016", "RRE@2001-04-01"),
        ("Good", "between 19 February 2019 and 10 April 2019", "RRE@2018-06-01"),
    ]
    assert "South Staffordshire" in str(overall[0])
    later = register.facts("RRE@2018-06-01")
    assert later
    assert all(f.organisation.key == "RRE@2018-06-01" for f in later)
    assert "2016" not in " ".join(f.when for f in later if f.property == "cqc_rating")
