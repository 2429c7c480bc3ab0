"""Lives are cut into eras where a body becomes another: by taking one in, by a change of kind, by a curated word."""

from __future__ import annotations

from datetime import date

import pytest
from rows import compiled, follows, listed, named, related

from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.eras import era_at, turns
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import EventKind, EventStatus, Fate
from nhs_orgs.organisations import Organisation, Trust, TrustForm
from nhs_orgs.readers.base import Row
from nhs_orgs.register import Register


def eras(code: str, *rows: Row) -> list[str]:
    """Key and last day of each era."""
    return [f"{era.key} {era.period.end}" for era in compiled(*rows).eras(code)]


def trust(register: Register, code: str) -> Trust:
    """The latest body of a code, a trust."""
    found = register.eras(code)[-1]
    assert isinstance(found, Trust)
    return found


def draft(day: str, *, renews: str = "", ends: str = "", status: EventStatus = EventStatus.COMPLETED) -> Draft:
    """An event that renews some codes and ends others."""
    return Draft(
        id=day,
        kind=EventKind.ACQUISITION,
        effective=PartialDate.from_text(day),
        befores=tuple((code, Fate.ENDS) for code in ends.split()),
        afters=tuple((code, Fate.CONTINUES) for code in renews.split()),
        new_eras=frozenset(renews.split()),
        status=status,
    )


def test_turns_collect_renewals_and_ends() -> None:
    """For each code the days on which it is renewed, in order, and the last on which an event ends it."""
    found = turns([draft("2018-06-01", renews="RRE", ends="R1E"), draft("2001-04-01", renews="RRE")])
    assert found["RRE"].renewals == (date(2001, 4, 1), date(2018, 6, 1))
    assert found["RRE"].ends is None
    assert (found["R1E"].renewals, found["R1E"].ends) == ((), date(2018, 6, 1))


def test_a_proposal_turns_nothing() -> None:
    """What has not come about renews and ends nobody."""
    assert turns([draft("2018-06-01", renews="RRE", ends="R1E", status=EventStatus.PROPOSED)]) == {}


def test_an_era_for_each_acquisition() -> None:
    """Each whole body taken in begins another era; its day is the first of the new one."""
    rows: list[Row] = [
        listed("RW1", "2001-04-01"),
        listed("RHX", "1993-04-01", "2012-10-31"),
        listed("R1C", "2011-04-01", "2024-09-30"),
        follows("RHX", "RW1", "2012-11-01"),
        follows("R1C", "RW1", "2024-10-01"),
    ]
    assert eras("RW1", *rows) == ["RW1@2001-04-01 2012-10-31", "RW1@2012-11-01 2024-09-30", "RW1@2024-10-01 None"]


def test_the_last_day_before_an_event_beats_a_printed_close() -> None:
    """A close printed as the first of a month, the day of the event, was the day before; the record keeps it."""
    register = compiled(
        listed("RVL", "1999-04-01", "2014-07-01"), listed("RAL", "1991-04-01"), follows("RVL", "RAL", "2014-07-02")
    )
    assert str(register.eras("RVL")[0].period) == "1999-04-01/2014-06-30"
    assert str(register["RVL"].legal) == "1999-04-01/2014-07-01"


def test_a_renewal_outside_the_life_cuts_nothing() -> None:
    """An event on the first day of a body, or after its last, makes no era."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01", "2010-03-31"),
        listed("RBB", "1994-04-01", "2001-03-31"),
        listed("RCC", "1994-04-01", "2012-03-31"),
        follows("RBB", "RAA", "2001-04-01"),
        follows("RCC", "RAA", "2012-04-01"),
    ]
    assert eras("RAA", *rows) == ["RAA@2001-04-01 2010-03-31"]


def test_working_dates_stand_in_where_law_gives_none() -> None:
    """A body without legal dates has its eras by its working ones."""
    partnership = listed(
        "QNC", by="commissioner-records@2026-01-02", roles=["RO262", "RO318"], operational="2017-04-01/.."
    )
    register = compiled(partnership, listed("RAA", "2001-04-01"))
    assert [f"{era.key} {era.period}" for era in register.eras("QNC")] == [
        "QNC@2017-04-01 2017-04-01/2022-06-30",
        "QNC@2022-07-01 2022-07-01/..",
    ]
    assert "QNC" in register.on("2026-07-31")


def test_releases_that_contradict_each_other() -> None:
    """A body that one release ends before another begins it has neither day; both stay readable."""
    register = compiled(
        listed("RAA", last="1994-04-01", by="etr@2015-09-30"),
        listed("RAA", "2001-04-01", by="etr@2014-09-30"),
        listed("RBB", "1991-04-01"),
    )
    assert register.eras("RAA")[0].key == "RAA@unknown"
    assert {s.value for s in register["RAA"].statements if s.property.startswith("legal")} == {
        "1994-04-01", "2001-04-01", "..",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("operational", "expected"),
    [
        ("1993-04-01/2014-10-31", ["1993-04-01/2014-10-31"]),
        ("1993-05-01/..", ["1993-05-01/2017-10-31"]),
        ("unknown/2014-10-31", ["1993-04-01/2014-10-31"]),
    ],
)
def test_eras_by_the_working_reading(operational: str, expected: list[str]) -> None:
    """The working dates bound the eras at either end of a life; a bound they lack is the legal one."""
    register = compiled(listed("RJD", "1993-04-01", "2017-10-31", operational=operational))
    assert [str(era.operational) for era in register.eras("RJD")] == expected


def test_working_dates_over_several_eras() -> None:
    """The first era begins and the last ends by the working dates; where they meet they meet."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01", "2019-03-31", operational="2001-02-01/2018-12-31"),
        listed("RBB", "1994-04-01", "2009-03-31"),
        follows("RBB", "RAA", "2009-04-01"),
    ]
    assert [str(era.operational) for era in compiled(*rows).eras("RAA")] == [
        "2001-02-01/2009-03-31",
        "2009-04-01/2018-12-31",
    ]


def test_work_that_goes_on_after_the_end_in_law() -> None:
    """A body can work for longer than it is one in law; and one that was working before it was."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01", "2019-03-31", operational="2001-04-01/2019-06-30"),
        listed("RBB", "1994-04-01", "2009-03-31"),
        follows("RBB", "RAA", "2009-04-01"),
    ]
    assert [str(era.operational) for era in compiled(*rows).eras("RAA")] == [
        "2001-04-01/2009-03-31",
        "2009-04-01/2019-06-30",
    ]


def test_work_that_began_after_the_first_era() -> None:
    """An era that was over before any work began has no working dates."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01", "2019-03-31", operational="2010-04-01/2019-03-31"),
        listed("RBB", "1994-04-01", "2009-03-31"),
        follows("RBB", "RAA", "2009-04-01"),
    ]
    assert compiled(*rows).eras("RAA")[0].operational is None


def test_names_go_with_their_eras() -> None:
    """An era bears the names of its days, and goes by the latest of them."""
    register = compiled(
        listed("RAA", "2001-04-01", "2019-03-31"),
        listed("RAA", "2001-04-01", "2019-03-31", by="etr@2026-07-31"),
        listed("RBB", "1994-04-01", "2009-03-31"),
        follows("RBB", "RAA", "2009-04-01"),
        named("RAA", "OLD NAME NHS TRUST", "2005-01", "2009-03"),
        named("RAA", "NEW NAME NHS TRUST", "2009-04", "2018-12"),
    )
    assert [era.name for era in register.eras("RAA")] == ["Old Name NHS Trust", "New Name NHS Trust"]


def test_what_shows_a_body_in_being() -> None:
    """Lists, names, relationships and events show a body in being, from the first day to the last."""
    register = compiled(
        listed("RAA", by="trust-names-incl-closed@2025-02"),
        named("RAA", "A NHS TRUST", "2005-01", "2009-03"),
        listed("RAA01", by="ets@2023-05", parent="RAA"),
        related("RAA01", "RE6", "RAA", by="site-to-trust@2026-08", period="2004-04-01/2010-03-31"),
        follows("RAA", "RBB", "2011-04-01"),
        listed("RBB", "1994-04-01"),
    )
    (era,) = register.eras("RAA")
    assert (era.key, str(era.period), str(era.seen)) == ("RAA@unknown", "unknown/2011-03-31", "2004-04-01/2011-03-31")
    assert "RAA" in register.on("2004-04-01")
    assert "RAA" not in register.on("2003-12-31")


def test_what_a_trust_is() -> None:
    """A trust knows its form on a day, its nation and its sector, as far as sources tell."""
    register = compiled(
        listed("RAA", "1994-04-01", region="Y60", foundation_start=date(2004, 8, 1)),
        listed("RAA", by="trust-type-by-year@2024", sub_type="ACUTE - LARGE"),
        listed("TAA", "2002-04-01", by="ect@2023-10"),
        listed("RQF", "1994-04-01", government_region="W"),
    )
    english, care, welsh = (trust(register, code) for code in ("RAA", "TAA", "RQF"))
    assert english.form(on="2004-07-31") is TrustForm.NHS_TRUST
    assert english.form(on="2004-08-01") is TrustForm.FOUNDATION_TRUST
    assert (english.nation, english.sector) == ("England", "Acute - large")
    assert care.form(on="2010-01-01") is TrustForm.CARE_TRUST
    assert (care.nation, care.sector) == (None, None)
    assert welsh.nation == "Wales"


@pytest.mark.parametrize(("code", "form"), [("TAA", TrustForm.CARE_TRUST), ("RAA", TrustForm.NHS_TRUST)])
def test_what_a_trust_was_before_its_first_name(code: str, form: TrustForm) -> None:
    """Nobody ceases to be a foundation trust: who bears another name later on was none before; who does not may be."""
    plain, later = named(code, "Bradford", "2014-03-01", "2015-03-01"), "Bradford NHS Foundation Trust"
    both = compiled(listed(code, "2002-04-01"), plain, named(code, later, "2023-10-01", "2023-10-01"))
    forms = [trust(both, code).form(on=day) for day in ("2006-01-01", "2015-03-01", "2018-01-01", "2024-01-01")]
    assert forms == [form, form, TrustForm.UNKNOWN, TrustForm.FOUNDATION_TRUST]
    one = compiled(listed(code, "2002-04-01"), named(code, later, "2023-10-01", "2023-10-01"))
    assert trust(one, code).form(on="2006-01-01") is TrustForm.UNKNOWN


def test_the_era_of_a_day() -> None:
    """The era of a day is the last that had begun; before the first it is the first."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01"),
        listed("RBB", "1994-04-01", "2009-03-31"),
        follows("RBB", "RAA", "2009-04-01"),
    ]
    found: tuple[Organisation, ...] = compiled(*rows).eras("RAA")
    assert [era_at(found, date(year, 6, 1)).key for year in (1990, 2005, 2012)] == [
        "RAA@2001-04-01",
        "RAA@2001-04-01",
        "RAA@2009-04-01",
    ]


def test_kinds_that_are_left_out() -> None:
    """Bodies of a kind that is left out go, and so do those that only their successions lead to."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01"),
        listed("A81001", "1974-04-01", by="epraccur@2026-02"),
        follows("A81001", "A81002", "2005-04-01"),
        follows("RBB", "RAA", "2001-04-01"),
        follows("MH3", "RBB", "1994-04-01"),
    ]
    assert set(compiled(*rows)) == {"RAA", "RBB", "MH3", "A81001", "A81002"}
    assert set(compiled(*rows, leave_out=("GPPractice",))) == {"RAA", "RBB", "MH3"}


def test_sites_of_others_are_left_out() -> None:
    """With anything left out, sites that sources say are run by no trust go too."""
    rows: list[Row] = [
        listed("RAA", "2001-04-01"),
        listed("RAA01", by="ets@2023-05", parent="RAA"),
        listed("NTX01", by="ets@2023-05", parent="NTX"),
    ]
    assert set(compiled(*rows)) == {"RAA", "RAA01", "NTX01"}
    assert set(compiled(*rows, leave_out=("GPPractice",))) == {"RAA", "RAA01"}
