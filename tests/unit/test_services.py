"""Services and sites that passed between bodies: what, when, from whom to whom, and who says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import event, make_store

from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.events import ChangeEvent, Extent
from nhs_orgs.organisations import Body
from nhs_orgs.period import Period
from nhs_orgs.register import Register
from nhs_orgs.store import Store

COUNCIL = Body(key="body:a-council", code=None, name="A Council", period=Period())


def store() -> Store:
    """Parts, wholes, proposals; a service to a council."""
    made = make_store(
        """
        RYK  2008-10-01  2024-09-30  Trust  Dudley and Walsall; 2020-04-01 Dudley Integrated
        TAJ  2003-04-01  ..          Trust  Black Country
        RW6  2002-04-01  2021-09-30  Trust  Pennine Acute
        R0A  2017-10-01  ..          Trust  Manchester University
        RM3  1991-04-01  2021-09-30  Trust  Salford Royal
        RM3  2021-10-01  ..          Trust  Northern Care Alliance
        R1E  2011-09-01  2021-09-30  Trust  Partnership
        """,
        event("2020-04-01", "service transfer", "RYK -> TAJ", id="b", cited=("hsj",)),
        event("2021-04-01", "service transfer", "RW6 -> R0A 0.3 beds", id="a", cited=("pat",)),
        event("2021-10-01", "acquisition", "RW6 -> RM3, RM3 => RM3, R1E => RM3", id="c"),
        event("2022-04-01", "service transfer", "TAJ -> R0A", id="d", status="proposed", cited=("plan",)),
        event("2023-04-01", "service transfer", "TAJ -> RM3", id="e", cited=("plan",)),
    )
    told = {
        "b": _with(made.events["b"], services=("mental health services",), sites=("RYK01",)),
        "e": _with(made.events["e"], receiver="body:a-council", services=("social care",)),
    }
    return replace(
        made,
        organisations={**made.organisations, COUNCIL.key: COUNCIL},
        events={**made.events, **told},
    )


def _with(found: ChangeEvent, **more: object) -> ChangeEvent:
    return replace(found, transfers=(replace(found.transfers[0], **more),))  # type: ignore[arg-type]


REGISTER = Register(store())


def test_a_service_says_what_passed_and_who_says_so() -> None:
    """Giver and receiver as bodies, the day, services, sites, sources."""
    (found,) = REGISTER.services_received("taj")
    assert (found.giver.key, found.receiver.key, found.event) == ("RYK@2008-10-01", "TAJ@2003-04-01", "b")
    assert (found.services, found.sites, found.extent) == (("mental health services",), ("RYK01",), Extent.PART)
    assert [source.id for source in found.sources] == ["hsj"]
    assert str(found) == (
        "1 April 2020: mental health services, RYK01, from Dudley Integrated to Black Country"
    )  # fmt: skip


def test_a_part_of_which_nobody_says_more() -> None:
    """It is a part, with its share where one is known."""
    (found,) = REGISTER.services_received("R0A")
    assert str(found) == "1 April 2021: a part, from Pennine Acute to Manchester University"
    assert [(share.share, share.basis) for share in found.shares] == [(0.3, "beds")]


def test_given_and_received_are_the_two_sides_of_one() -> None:
    """What one gave, another received, in order of time."""
    given = REGISTER.services_given("RW6")
    assert [(t.event, t.receiver.key) for t in given] == [("a", "R0A@2017-10-01"), ("c", "RM3@2021-10-01")]
    assert given[0] in REGISTER.services_received("R0A")
    assert REGISTER.services_received("RW6") == ()


def test_whole_bodies_are_no_services() -> None:
    """A body that passed whole, and one that went on as another era, are for the lineage to tell."""
    assert [t.giver.code for t in REGISTER.services_received("RM3")] == ["RW6"]
    assert REGISTER.services_given("R1E") == ()


def test_a_key_is_that_body_alone() -> None:
    """What the later body of a code received, the earlier did not."""
    assert len(REGISTER.services_received("RM3@2021-10-01")) == 1
    assert REGISTER.services_received("rm3@1991-04-01") == ()


def test_what_was_only_proposed_never_passed() -> None:
    """No service of a proposal."""
    assert [t.event for t in REGISTER.services_given("TAJ")] == ["e"]


def test_bodies_outside_the_register_receive_too() -> None:
    """They are asked for by key."""
    (found,) = REGISTER.services_received("body:a-council")
    assert (found.giver.code, found.services) == ("TAJ", ("social care",))
    assert REGISTER.services_given("body:a-council") == ()


@pytest.mark.parametrize("asked", ["RZZ", "TAJ@1999-01-01", "body:another"])
def test_what_is_unknown_is_a_miss(asked: str) -> None:
    """Never an empty answer."""
    with pytest.raises(UnknownOrganisation):
        REGISTER.services_received(asked)
    with pytest.raises(UnknownOrganisation):
        REGISTER.services_given(asked)
