"""Who ran a site: by lists, by the place that it is, and never when the body itself was not."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import compiled, follows, listed, related

from nhs_orgs.compiler import read_curation
from nhs_orgs.errors import InvalidDate, OutsideCoverage, UnknownOrganisation
from nhs_orgs.places import Stay
from nhs_orgs.readers.base import OrganisationRow, RelationshipRow, Row
from nhs_orgs.register import Register

TRUSTS: tuple[Row, ...] = (
    listed("RAA", "2001-04-01", "2018-05-31"),
    listed("RBB", "2001-04-01"),
    listed("RCC", "2010-04-01"),
    follows("RAA", "RBB", "2018-06-01"),
)
RETURN_2014, RETURN_2020, SITES_2023, SITES_2026 = (
    "eric-sites@2014-03", "eric-sites@2020-03", "ets@2023-05", "site-to-trust@2026-08",
)  # fmt: skip


def site(code: str, operator: str, by: str, first: str | None = None, last: str | None = None) -> OrganisationRow:
    """A line of a list of sites."""
    return listed(code, first, last, by=by, kind="SITE", parent=operator)


def operated(code: str, operator: str, period: str | None = None, by: str = SITES_2026) -> RelationshipRow:
    """A line that says who operates a site."""
    return related(code, "RE6", operator, by=by, period=period, other_kind="TRUST")


def register(*rows: Row) -> Register:
    """The trusts, and rows about their sites."""
    return compiled(*TRUSTS, *rows)


def said(stays: tuple[Stay, ...]) -> list[tuple[str, str | None, str]]:
    """Operator, site code and days."""
    return [(stay.operator, stay.site, stay.when) for stay in stays]


def on(found: Register, operator: str, *days: str) -> list[list[str | None]]:
    """The site codes of a body on some days."""
    return [[stay.site for stay in found.sites(operator, on=day)] for day in days]


# --- by lists -------------------------------------------------------------------------------------------------------


def test_a_site_of_one_operator_has_the_days_of_its_code() -> None:
    """First and last day of the code, and the days on which lists show it."""
    found = register(site("RBB01", "RBB", SITES_2023, "2005-04-01", "2024-03-31"), operated("RBB01", "RBB"))
    (stay,) = found.stays("rbb01")
    assert said((stay,)) == [("RBB", "RBB01", "since 1 April 2005 until 31 March 2024")]
    assert str(stay.seen) == "2023-05-01/2026-08-31"
    assert [source.id for source in stay.sources] == [SITES_2023, SITES_2026]
    assert on(found, "RBB", "2005-03-31", "2005-04-01", "2024-03-31", "2024-04-01") == [[], ["RBB01"], ["RBB01"], []]


def test_no_body_runs_a_site_after_its_end() -> None:
    """Lists go on naming the operator of old for years: the body's own last day is the last."""
    found = register(site("RAA01", "RAA", RETURN_2014), operated("RAA01", "RAA"))
    (stay,) = found.stays("RAA01")
    assert (stay.when, str(stay.seen), stay.lasting) == ("until 31 May 2018", "2014-03-01/2018-05-31", False)
    assert on(found, "RAA", "2018-05-31", "2018-06-01", "2026-07-31") == [["RAA01"], [], []]


def test_no_body_runs_a_site_before_its_beginning() -> None:
    """The code of a site may be older than the body that lists first show at it."""
    found = register(site("RCC01", "RCC", SITES_2023, "2005-04-01"))
    assert said(found.stays("RCC01")) == [("RCC", "RCC01", "since 1 April 2010")]
    assert on(found, "RCC", "2010-03-31", "2010-04-01") == [[], ["RCC01"]]


def test_a_body_gone_before_the_code_was_opened_ran_nothing_under_it() -> None:
    """A list that says so is not taken at its word."""
    found = register(site("RAA09", "RAA", SITES_2023, "2019-04-01"))
    assert found.stays("RAA09") == ()


def test_two_operators_of_one_code() -> None:
    """The first passed it on on some day between the two lists; neither has the days of the code for its own."""
    found = register(
        site("RCC01", "RCC", RETURN_2014),
        site("RCC01", "RBB", RETURN_2020),
        site("RCC01", "RBB", SITES_2023, "2005-04-01"),
    )
    assert [(s.operator, str(s.since), str(s.until)) for s in found.stays("RCC01")] == [
        ("RCC", "None", "2014-03-01/2020-03-30"),
        ("RBB", "2014-03-02/2020-03-31", "None"),
    ]
    assert on(found, "RCC", "2014-03-31", "2017-01-01", "2020-03-31") == [["RCC01"], ["RCC01"], []]
    assert on(found, "RBB", "2014-03-01", "2017-01-01", "2026-07-31") == [[], ["RCC01"], ["RCC01"]]


def test_two_operators_in_one_list() -> None:
    """Where lists show both at once nobody can say who was first: no day is made up."""
    found = register(operated("RCC01", "RCC"), operated("RCC01", "RBB"))
    assert [(s.operator, s.when) for s in found.stays("RCC01")] == [("RBB", ""), ("RCC", "")]


def test_a_day_that_a_source_gives_goes_before_the_days_of_lists() -> None:
    """A dated operator is that, until that day."""
    found = register(operated("RBB01", "RBB", "unknown/2013-09-30", by="site-recodes@2013-10-01"))
    (stay,) = found.stays("RBB01")
    assert (stay.when, stay.seen) == ("until 30 September 2013", None)
    assert on(found, "RBB", "2013-09-30", "2013-10-01") == [["RBB01"], []]


def test_a_site_seen_only_later_is_left_out() -> None:
    """Without a first day, a list of 2020 says nothing of 2014; without a close, one of 2014 nothing of 2026."""
    found = register(site("RBB01", "RBB", RETURN_2020), site("RBB02", "RBB", RETURN_2014))
    assert on(found, "RBB", "2014-03-31", "2020-03-31", "2026-07-31") == [["RBB02"], ["RBB01"], []]


def test_sites_are_asked_for_by_code_and_day() -> None:
    """However the code is spelt; a day outside the data, no day and an unknown code are refused."""
    found = register(site("RBB01", "RBB", SITES_2023, "2005-04-01"))
    assert on(found, " rbb ", "2010-01-01") == [["RBB01"]]
    with pytest.raises(OutsideCoverage):
        found.sites("RBB", on="1980-01-01")
    with pytest.raises(InvalidDate):
        found.sites("RBB", on="2010")
    with pytest.raises(UnknownOrganisation):
        found.sites("RZZ", on="2010-01-01")


def test_the_trust_is_not_in_the_site_code() -> None:
    """Codes are random since 2020: who runs a site is what lists say, not what its letters look like."""
    found = register(site("RAA77", "RBB", SITES_2023, "2020-11-01"), site("G4B5Q", "RBB", SITES_2023, "2020-11-01"))
    assert on(found, "RBB", "2021-01-01") == [["G4B5Q", "RAA77"]]
    assert on(found, "RAA", "2018-05-31") == [[]]


# --- by places ------------------------------------------------------------------------------------------------------


def placed(tmp_path: Path, sites: str, *rows: Row) -> Register:
    """With one curated place."""
    (tmp_path / "all.yaml").write_text(
        "citations: [{id: paper, publisher: A paper, title: A report}]\n"
        "places:\n  - {id: a-hospital, name: A Hospital, kind: hospital, citations: [paper], confidence: high,\n"
        f"     sites: [{sites}]}}\n",
        encoding="utf-8",
    )
    return compiled(*TRUSTS, *rows, curation=read_curation(tmp_path))


def test_a_place_goes_before_the_register(tmp_path: Path) -> None:
    """The day on which a hospital passed is not that on which its next code was opened."""
    found = placed(
        tmp_path,
        '{code: RCC01, operator: RCC, until: "2014-10-31"}, {code: RBB01, operator: RBB, since: "2014-11-01"}',
        site("RCC01", "RCC", RETURN_2014),
        site("RBB01", "RBB", SITES_2023, "2005-04-01"),
    )
    told = [("RCC", "RCC01", "until 31 October 2014"), ("RBB", "RBB01", "since 1 November 2014")]
    assert said(found.stays("a-hospital")) == said(found.stays("RBB01")) == said(found.stays("rcc01")) == told
    assert on(found, "RBB", "2014-10-31", "2014-11-01") == [[], ["RBB01"]]
    assert on(found, "RCC", "2014-10-31", "2014-11-01") == [["RCC01"], []]


def test_a_place_takes_from_lists_what_its_sources_leave_open(tmp_path: Path) -> None:
    """Days of the code and of lists, and who says so; the first day of a code only at the body that came first."""
    found = placed(
        tmp_path,
        "{code: RCC01, operator: RCC}, {code: RBB01, operator: RBB}",
        site("RCC01", "RCC", SITES_2023, "2011-04-01", "2024-03-31"),
        site("RBB01", "RBB", SITES_2023, "2005-04-01"),
    )
    first, second = found.stays("a-hospital")
    assert said((first, second)) == [
        ("RCC", "RCC01", "since 1 April 2011 until 31 March 2024"),
        ("RBB", "RBB01", ""),
    ]
    assert [source.id for source in first.sources] == ["paper", SITES_2023]
    assert str(second.seen) == "2023-05-01/2023-05-31"


def test_a_code_whose_operator_no_list_gives_has_its_own_days(tmp_path: Path) -> None:
    """A code that was closed is no longer anybody's."""
    found = placed(
        tmp_path,
        "{code: RBB01, operator: RBB}",
        listed("RBB01", "2007-04-01", "2023-03-31", by=SITES_2023, kind="SITE"),
    )
    assert said(found.stays("a-hospital")) == [("RBB", "RBB01", "since 1 April 2007 until 31 March 2023")]


def test_a_place_without_a_code_is_among_the_sites(tmp_path: Path) -> None:
    """It has no code to be found by, and its body ran it all the same."""
    found = placed(tmp_path, '{operator: RBB, until: "2019-06-30"}')
    (stay,) = found.sites("RBB", on="2018-01-01")
    assert (stay.site, stay.place) == (None, "a-hospital")
    assert found.sites("RBB", on="2019-07-01") == ()


def test_a_place_is_no_longer_run_by_a_body_that_ended(tmp_path: Path) -> None:
    """Also where its sources do not say until when."""
    found = placed(tmp_path, "{operator: RAA}, {operator: RBB}")
    assert said(found.stays("a-hospital")) == [("RAA", None, "until 31 May 2018"), ("RBB", None, "")]
    assert on(found, "RAA", "2018-05-31", "2018-06-01") == [[None], []]


def test_a_place_of_bodies_that_the_register_lacks(tmp_path: Path) -> None:
    """They are named all the same."""
    found = placed(tmp_path, "{code: RZZ01, operator: RZZ}, {operator: RBB}")
    assert said(found.stays("a-hospital")) == [("RZZ", "RZZ01", ""), ("RBB", None, "")]
