"""A fact says what, when and of which body; a register gives facts by code or by body."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import citation, make_store

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.facts import Fact
from nhs_orgs.organisations import Body
from nhs_orgs.period import Period
from nhs_orgs.register import Register
from nhs_orgs.sources import Confidence

COUNCIL = Body(key="body:a-council", code=None, name="A Council", period=Period())
STORE = make_store(
    """
    RRE  2001-04-01  2018-05-31  Trust  South Staffordshire
    RRE  2018-06-01  ..          Trust  Midlands Partnership; 2023-11-01 Midlands Partnership University
    R1E  2011-09-01  2018-05-31  Trust  Staffordshire and Stoke
    """
)


def fact(key: str, name: str = "cqc_rating", **more: object) -> Fact:
    """A fact about a body."""
    body = COUNCIL if key == COUNCIL.key else STORE.organisation(key)
    plain = {"value": "Good", "citations": (citation("paper"),), "confidence": Confidence.HIGH}
    return Fact(property=name, organisation=body, **{**plain, **more})  # type: ignore[arg-type]


def on(text: str) -> PartialDate:
    """A date as precise as its text."""
    return PartialDate.from_text(text)


BEFORE = fact("RRE@2001-04-01", aspect="overall", on=on("2016-03"))
AFTER = fact("RRE@2018-06-01", aspect="overall", on=on("2019-02-19/2019-04-10"))
URGENT = fact("RRE@2018-06-01", aspect="urgent care", value="Inadequate", on=on("2019"))
CHAIR = fact("RRE@2018-06-01", "chair", value="Somebody", since=on("2024-04"))
COUNCILS = fact("body:a-council", "member_of", value="An alliance", on=on("2017"))
REGISTER = Register(
    replace(
        STORE,
        organisations={**STORE.organisations, COUNCIL.key: COUNCIL},
        facts={"RRE": (BEFORE, AFTER, URGENT, CHAIR), "body:a-council": (COUNCILS,)},
    )
)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (BEFORE, "cqc rating (overall): Good, March 2016, of South Staffordshire"),
        (AFTER, "cqc rating (overall): Good, between 19 February 2019 and 10 April 2019, of Midlands Partnership"),
        (CHAIR, "chair: Somebody, since April 2024, of Midlands Partnership University"),
        (fact("R1E@2011-09-01", "staff", value="x"), "staff: x, of Staffordshire and Stoke"),
        (COUNCILS, "member of: An alliance, 2017, of A Council"),
    ],
)
def test_a_fact_in_words_names_its_body_by_the_name_of_that_day(said: Fact, text: str) -> None:
    """Nobody reads a predecessor's rating as its successor's, nor a later name into an earlier day."""
    assert str(said) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ({}, ""),
        ({"on": on("2018-06-01")}, "1 June 2018"),
        ({"since": on("2018-06-01")}, "since 1 June 2018"),
        ({"until": on("2018")}, "until 2018"),
        ({"since": on("2016"), "until": on("2018-05")}, "since 2016 until May 2018"),
        ({"until": on("2018-01-01/2018-02-01")}, "until some day between 1 January 2018 and 1 February 2018"),
    ],
)
def test_when_a_fact_held(days: dict[str, Any], text: str) -> None:
    """As precisely as known, and nothing where nobody says."""
    assert fact("R1E@2011-09-01", **days).when == text


def test_a_code_gives_the_facts_of_every_body_that_bore_it() -> None:
    """Each with the body that it is about; spelling does not matter."""
    assert [f.organisation.key for f in REGISTER.facts("RRE", "cqc_rating", aspect="overall")] == [
        "RRE@2001-04-01",
        "RRE@2018-06-01",
    ]
    assert REGISTER.facts(" rre ") == REGISTER.facts("RRE") == (BEFORE, AFTER, URGENT, CHAIR)


def test_a_key_gives_the_facts_of_that_body_alone() -> None:
    """A predecessor's rating is not among its successor's facts, nor the other way round."""
    assert REGISTER.facts("RRE@2018-06-01", "cqc_rating") == (AFTER, URGENT)
    assert REGISTER.facts("rre@2001-04-01") == (BEFORE,)


def test_facts_are_chosen_by_property_and_side() -> None:
    """What is not there is none, not an error."""
    assert REGISTER.facts("RRE", "chair") == (CHAIR,)
    assert REGISTER.facts("RRE", aspect="urgent care") == (URGENT,)
    assert REGISTER.facts("RRE", "staff") == REGISTER.facts("R1E") == ()


def test_a_body_outside_the_register_is_asked_for_by_key() -> None:
    """Its facts stand under its key."""
    assert REGISTER.facts("body:a-council") == (COUNCILS,)


@pytest.mark.parametrize("asked", ["RZZ", "RRE@1999-01-01", "body:another", ""])
def test_what_is_not_in_the_register_is_a_miss(asked: str) -> None:
    """An unknown code, key or body raises, never an empty answer."""
    with pytest.raises(UnknownOrganisation):
        REGISTER.facts(asked)
