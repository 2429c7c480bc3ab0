"""A place knows its names by day and who ran it; a register finds it by id or by a site code."""

from __future__ import annotations

from datetime import date

import pytest
from builders import citation, make_store

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import InvalidDate, UnknownOrganisation, UnknownPlace
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.register import Register
from nhs_orgs.sources import Confidence
from nhs_orgs.store import Store

HERE = "county-hospital"


def on(text: str) -> PartialDate:
    """A date as precise as its text."""
    return PartialDate.from_text(text)


COUNTY = Place(
    id=HERE,
    name="County Hospital",
    kind="hospital",
    town="Stafford",
    former_names=(
        PlaceName("Stafford Hospital", on("2014-10-31")),
        PlaceName("Stafford District General", on("1990-01-01/1993-12-31"), on("1983")),
    ),
    stays=(
        Stay("RJD", "RJD01", HERE, until=on("2014-10-31")),
        Stay("RJE", "RJE09", HERE, since=on("2014-11-01")),
        Stay("RJE", None, HERE, since=on("2019")),
    ),
    sources=(citation("paper"),),
    confidence=Confidence.HIGH,
)


def store() -> Store:
    """Two trusts, and the place that passed between them."""
    made = make_store(
        """
        RJD    1993-04-01  2017-10-31  Trust  Mid Staffordshire
        RJE    1993-04-01  ..          Trust  North Midlands
        RJE09  2005-04-01  ..          Site   County
        """
    )
    object.__setattr__(made, "places", {HERE: COUNTY})
    return made


REGISTER = Register(store())


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1982-12-31", "Stafford Hospital"),
        ("1985-01-01", "Stafford District General"),
        ("1993-12-31", "Stafford District General"),
        ("1994-01-01", "Stafford Hospital"),
        ("2014-10-31", "Stafford Hospital"),
        ("2014-11-01", "County Hospital"),
    ],
)
def test_the_name_of_a_day(day: str, name: str) -> None:
    """The last day of a name is its own, in whatever order the names were given."""
    assert COUNTY.name_on(day) == COUNTY.name_on(date.fromisoformat(day)) == name


def test_codes_and_operators() -> None:
    """Every code once; every run of an operator once, in order."""
    assert COUNTY.codes == {"RJD01", "RJE09"}
    assert COUNTY.operators == ("RJD", "RJE")
    assert repr(COUNTY) == "Place('county-hospital', RJD -> RJE)"


def test_a_body_that_came_back_is_named_twice() -> None:
    """Its two runs are two, in order and in words."""
    back = Place(
        id="x", name="X", kind="clinic", stays=tuple(Stay(code) for code in ("RJD", "RJD", "RJE", "RJD")),
        sources=(), confidence=Confidence.LOW,
    )  # fmt: skip
    assert back.operators == ("RJD", "RJE", "RJD")
    assert repr(back) == "Place('x', RJD -> RJE -> RJD)"


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, None, "1990-01-01 2026-01-01"),
        ("2014-11-01", None, "2014-11-01 2026-01-01"),
        (None, "2014-10-31", "1990-01-01 2014-10-31"),
        ("2014-11", "2015", "2014-11-01 2015-12-31"),
    ],
)
def test_a_stay_may_hold_on_each_day_that_its_dates_leave_open(since: str | None, until: str | None, days: str) -> None:
    """First and last day are of it; of an imprecise one every day that it may mean."""
    stay = Stay("RJD", since=on(since) if since else None, until=on(until) if until else None)
    first, last = days.split()
    assert stay.may_hold(first)
    assert stay.may_hold(date.fromisoformat(last))
    assert since is None or not stay.may_hold("2014-10-31")
    assert until is None or not stay.may_hold("2016-01-01")


def test_what_is_no_day_is_refused() -> None:
    """Days are ISO days here as everywhere."""
    with pytest.raises(InvalidDate):
        COUNTY.name_on("June 2018")
    with pytest.raises(InvalidDate):
        COUNTY.stays[0].may_hold("2018-6-1")


def test_a_stay_in_words() -> None:
    """Its days as far as known."""
    assert [stay.when for stay in COUNTY.stays] == ["until 31 October 2014", "since 1 November 2014", "since 2019"]
    assert Stay("RJD").when == ""


@pytest.mark.parametrize("asked", [HERE, " County-Hospital ", "RJD01", "rje09"])
def test_a_place_is_found_by_id_and_by_site_code(asked: str) -> None:
    """However it is spelt; the stays by the same words."""
    assert REGISTER.place(asked) is REGISTER.places[HERE]
    assert [stay.operator for stay in REGISTER.stays(asked)] == ["RJD", "RJE", "RJE"]


def test_an_unknown_place_is_a_miss_with_near_ones() -> None:
    """A ``KeyError`` that says what was asked, what is near and where to look."""
    with pytest.raises(UnknownPlace) as caught:
        REGISTER.place("county-hospitals")
    assert isinstance(caught.value, KeyError)
    assert (caught.value.id, caught.value.near) == ("county-hospitals", (HERE,))
    assert str(caught.value).startswith("No place 'county-hospitals' in this register. Did you mean county-hospital?")
    with pytest.raises(UnknownPlace, match="No place 'RJE01'"):
        REGISTER.place("RJE01")


def test_stays_of_what_is_unknown() -> None:
    """What looks like an id is an unknown place, anything else an unknown code."""
    with pytest.raises(UnknownPlace, match="Did you mean county-hospital"):
        REGISTER.stays("country-hospital")
    with pytest.raises(UnknownOrganisation, match="RJE99"):
        REGISTER.stays("RJE99")


def test_a_code_that_is_no_site_has_no_stays() -> None:
    """A trust is at no place itself."""
    assert REGISTER.stays("RJE") == ()
