"""Coverage counts the ends of bodies, and by what each is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import citation, event, make_store, source

from nhs_orgs.coverage import EndsOfKind, coverage, is_explained
from nhs_orgs.events import Participant
from nhs_orgs.register import Register
from nhs_orgs.sources import Citation, Source
from nhs_orgs.store import Store

PAPER, LIST = citation("paper"), source("etr@2026-07-31")


def store() -> Store:
    """Trusts that ended in every way, a group that became a location, and what is not counted."""
    return make_store(
        """
        RA1    1993-04-01  2005-03-31  Trust  One
        RA2    1993-04-01  2005-03-31  Trust  Two
        RA3    1993-04-01  2005-03-31  Trust  Three
        RA4    1993-04-01  2000-03-31  Trust  Four
        RA5    1993-04-01  ..          Trust  Five
        RB1    1993-04-01  ..          Trust  Taker
        RB2    2005-04-01  ..          Trust  Other
        RB101  2001-04-01  2005-03-31  Site   A Site
        00L    2013-04-01  2022-06-30  CCG    A Group
        00L    2022-07-01  ..          SubICBLocation  A Location
        4AB12  1999-04-01  2002-03-31  Unclassified  A Unit
        """,
        event("2005-04-01", "acquisition", "RA1 => RB1", id="1"),
        event("2005-04-01", "acquisition", "RA2 => RB1", id="2"),
        event("2005-04-01", "replacement", "RA3 => RB2", id="3"),
        event("2000-04-01", "acquisition", "RA4 => RB1", id="4"),
        event("2006-04-01", "merger", "RA5 -> RB1", id="5", status="abandoned", fates={"RA5": "ends"}),
        event("2005-04-01", "closure", "RB101", id="6"),
        event("2022-07-01", "conversion", "00L => 00L", id="7"),
        event("2002-04-01", "closure", "4AB12", id="8"),
    )  # fmt: skip


def sure(made: Store, **confirming: tuple[Source | Citation, ...]) -> Store:
    """The store, with sources that confirm the fates of some bodies in all their events."""

    def told(participant: Participant) -> Participant:
        return replace(participant, sources=confirming.get(f"c{participant.code}", participant.sources))

    events = {
        id_: replace(found, befores=tuple(map(told, found.befores)), afters=tuple(map(told, found.afters)))
        for id_, found in made.events.items()
    }
    return replace(made, events=events)


def of(made: Store, kind: str = "Trust", **more: date) -> EndsOfKind:
    """The line of one kind."""
    (line,) = [line for line in coverage(made, **more) if line.kind == kind]
    return line


def test_a_row_alone_explains_nothing() -> None:
    """Every ended trust is counted once, and named among the rest."""
    line = of(store())
    assert (line.ended, line.documented, line.listed, line.explained, line.share) == (3, 0, 0, 0, 0.0)
    assert line.rest == ("RA1@1993-04-01", "RA2@1993-04-01", "RA3@1993-04-01")


def test_a_document_explains_an_end_and_so_do_lists_that_know_both_sides() -> None:
    """A document about the body that ended; or lists about it and about all who took over."""
    line = of(sure(store(), cRA1=(PAPER,), cRA2=(LIST,), cRA3=(LIST,), cRB2=(LIST,)))
    assert (line.ended, line.documented, line.listed, line.explained) == (3, 1, 1, 2)
    assert line.rest == ("RA2@1993-04-01",)
    assert line.share == pytest.approx(2 / 3)


def test_lists_about_the_taker_alone_explain_no_end() -> None:
    """Who took over may have lived without it."""
    assert of(sure(store(), cRB1=(LIST,), cRB2=(LIST,))).explained == 0


def test_only_ends_since_a_day_are_counted() -> None:
    """The lists reach back to 2001; another day can be asked for."""
    assert of(store(), since=date(2000, 1, 1)).ended == 4
    assert "Trust" not in {line.kind for line in coverage(store(), since=date(2006, 1, 1))}


def test_a_change_of_kind_ends_a_body() -> None:
    """The group ended when its code became a location."""
    assert of(store(), "ClinicalCommissioningGroup").rest == ("00L@2013-04-01",)
    assert of(sure(store(), c00L=(PAPER,)), "ClinicalCommissioningGroup").share == 1.0


def test_sites_units_and_what_never_came_about_are_not_counted() -> None:
    """Their ends are no bodies' ends."""
    assert {line.kind for line in coverage(store())} == {"Trust", "ClinicalCommissioningGroup"}


def test_the_register_tells_its_own() -> None:
    """The same lines, and whether one end is explained."""
    made = store()
    assert Register(made).coverage() == coverage(made)
    assert not is_explained(made.events["1"], made.events["1"].befores[0])
