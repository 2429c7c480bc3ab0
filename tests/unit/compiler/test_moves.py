"""A place is made of two site codes only where it is certain that one place passed from one body to another."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import source
from rows import compiled, follows, listed

from nhs_orgs.compiler import read_curation
from nhs_orgs.period import Period
from nhs_orgs.places import Place
from nhs_orgs.readers.base import OrganisationRow, RelationshipRow, Row
from nhs_orgs.register import Register
from nhs_orgs.sources import Confidence

TRUSTS: tuple[Row, ...] = (
    listed("RAA", "2001-04-01", "2018-05-31"),
    listed("RBB", "2001-04-01"),
    listed("RCC", "2001-04-01"),
    follows("RAA", "RBB", "2018-06-01"),
)


def site(code: str, operator: str, name: str | None = "A HOSPITAL", by: str = "eric-sites@2017-03") -> OrganisationRow:
    """A line of an estates return."""
    return listed(code, by=by, kind="SITE", parent=operator, name=name)


def recoded(
    old: str, new: str, day: str | None = None, match: str | None = None, by: str = "site-moves-on-merger@2020-03"
) -> RelationshipRow:
    """Two codes of one place."""
    period = Period.from_text(f"{day}/..") if day else None
    return RelationshipRow(
        source=source(by), line=1, code=old, other=new, relationship="recode", other_kind="SITE",
        period=period, note=match,
    )  # fmt: skip


OLD, NEW = site("RAA01", "RAA"), site("G4B5Q", "RBB", by="eric-sites@2020-03")


def made(*rows: Row) -> dict[str, Place]:
    """The places of a register of these rows."""
    return dict(compiled(*TRUSTS, *rows).places)


def told(places: dict[str, Place]) -> list[list[tuple[str, str | None, str]]]:
    """Who ran each place, under which code, when."""
    return [[(stay.operator, stay.site, stay.when) for stay in place.stays] for place in places.values()]


def test_a_place_passes_on_the_day_of_the_event() -> None:
    """Two returns two years apart, and one event between: the hospital passed that day."""
    places = made(OLD, NEW, recoded("RAA01", "G4B5Q", match="yes"))
    assert told(places) == [[("RAA", "RAA01", "until 31 May 2018"), ("RBB", "G4B5Q", "since 1 June 2018")]]
    (place,) = places.values()
    assert (place.id, place.name, place.kind) == ("a-hospital-g4b5q", "A Hospital", "hospital")
    assert place.confidence is Confidence.MEDIUM
    assert [s.id for s in place.sources] == ["site-moves-on-merger@2020-03"]


def test_the_same_pair_in_two_tables_is_one_place() -> None:
    """Dated in one, undated in the other: both are its sources."""
    places = made(
        OLD, NEW, recoded("RAA01", "G4B5Q", match="yes"),
        recoded("RAA01", "G4B5Q", "2018-06-01", by="site-recodes@2018-06-01"),
    )  # fmt: skip
    (place,) = places.values()
    assert {s.id for s in place.sources} == {"site-moves-on-merger@2020-03", "site-recodes@2018-06-01"}


def test_without_an_event_the_table_gives_the_day() -> None:
    """A hospital may pass without its trust."""
    rows = (site("RCC01", "RCC"), NEW, recoded("RCC01", "G4B5Q", "2019-01-01", by="site-recodes@2019-01-01"))
    assert told(made(*rows)) == [[("RCC", "RCC01", "until 31 December 2018"), ("RBB", "G4B5Q", "since 1 January 2019")]]


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("only the postcode agrees", (OLD, NEW, recoded("RAA01", "G4B5Q", match="postcode only"))),
        ("no day is known", (site("RCC01", "RCC"), NEW, recoded("RCC01", "G4B5Q", match="yes"))),
        (
            "one code became two",
            (OLD, NEW, site("RBB02", "RBB", by="eric-sites@2020-03"), recoded("RAA01", "G4B5Q", match="yes"),
             recoded("RAA01", "RBB02", match="yes")),
        ),
        (
            "two codes became one",
            (OLD, NEW, site("RAA02", "RAA"), recoded("RAA01", "G4B5Q"), recoded("RAA02", "G4B5Q")),
        ),
        (
            "the taker had been at the place before",
            (OLD, NEW, site("G4B5Q", "RBB", by="eric-sites@2014-03"), recoded("RAA01", "G4B5Q", match="yes")),
        ),
        ("the event came after the table", (OLD, NEW, recoded("RAA01", "G4B5Q", by="site-moves-on-merger@2017-03"))),
        (
            "nobody says who ran the old one",
            (NEW, listed("RAA01", by="ets@2023-05", kind="SITE"), recoded("RAA01", "G4B5Q")),
        ),
        ("two ran the old one", (OLD, site("RAA01", "RCC"), NEW, recoded("RAA01", "G4B5Q", match="yes"))),
        ("nobody knows the new one", (OLD, recoded("RAA01", "G4B5Q", match="yes"))),
        ("it stayed with its trust", (site("RBB01", "RBB"), NEW, recoded("RBB01", "G4B5Q", "2019-01-01"))),
    ],
)  # fmt: skip
def test_what_is_unsure_makes_no_place(why: str, rows: tuple[Row, ...]) -> None:
    """A wrong predecessor is worse than none, of a hospital too."""
    assert made(*rows) == {}, why


def test_a_place_may_pass_twice() -> None:
    """Three bodies in order."""
    places = made(
        OLD, NEW, site("RCC09", "RCC", by="eric-sites@2022-03"), recoded("RAA01", "G4B5Q", match="yes"),
        recoded("G4B5Q", "RCC09", "2021-04-01", by="site-recodes@2021-04-01"),
    )  # fmt: skip
    assert told(places) == [
        [
            ("RAA", "RAA01", "until 31 May 2018"),
            ("RBB", "G4B5Q", "since 1 June 2018 until 31 March 2021"),
            ("RCC", "RCC09", "since 1 April 2021"),
        ]
    ]
    assert list(places) == ["a-hospital-rcc09"]


def test_recodes_in_a_circle_end() -> None:
    """A table that contradicts itself makes no place and no endless walk."""
    rows = (site(code, code[:3], by="eric-sites@2020-03") for code in ("RBB01", "RCC01"))
    there = recoded("RBB01", "RCC01", "2019-01-01", by="site-recodes@2019-01-01")
    back = recoded("RCC01", "RBB01", "2019-04-01", by="site-recodes@2019-04-01")
    assert made(*rows, there, back) == {}


@pytest.mark.parametrize(
    ("old", "new", "name", "id_"),
    [
        ("BROOMFIELD HOSPITAL", "BROOMFIELD HOSPITAL", "Broomfield Hospital", "broomfield-hospital-g4b5q"),
        ("ST. PETER'S UNIT", "ST PETER'S UNIT", "St Peter's Unit", "st-peters-unit-g4b5q"),
        ("HOLLINS PARK", "HOLLINS PARK HOSPITAL", "Hollins Park Hospital", "hollins-park-hospital-g4b5q"),
        (None, "INFIRMARY", "Infirmary", "infirmary-g4b5q"),
        (None, None, "G4B5Q", "g4b5q-g4b5q"),
    ],
)
def test_the_name_of_a_place(old: str | None, new: str | None, name: str, id_: str) -> None:
    """One that both codes bore, else the newer one's; the id has the code, since many hospitals share a name."""
    rows = (site("RAA01", "RAA", old), site("G4B5Q", "RBB", new, by="eric-sites@2020-03"))
    (place,) = made(*rows, recoded("RAA01", "G4B5Q")).values()
    assert (place.name, place.id) == (name, id_)


def test_the_name_that_both_bore_goes_before_a_later_one() -> None:
    """A register's new name for a hospital does not hide the one by which it was matched."""
    rows = (
        site("RAA01", "RAA", "BROOMFIELD HOSPITAL"),
        site("G4B5Q", "RBB", "BROOMFIELD HOSPITAL", by="eric-sites@2020-03"),
    )
    later = listed("G4B5Q", by="ets@2023-05", kind="SITE", parent="RBB", name="MID ESSEX HOSPITAL")
    (place,) = made(*rows, later, recoded("RAA01", "G4B5Q")).values()
    assert place.name == "Broomfield Hospital"


def test_a_curated_place_is_not_doubled(tmp_path: Path) -> None:
    """Where a person wrote what became of a site, nothing is made beside it."""
    (tmp_path / "all.yaml").write_text(
        "citations: [{id: paper, publisher: A paper, title: A report}]\n"
        "places:\n  - {id: x, name: X, kind: unit, citations: [paper], confidence: low,\n"
        "     sites: [{code: RAA01, operator: RAA}]}",
        encoding="utf-8",
    )
    rows = (*TRUSTS, OLD, NEW, recoded("RAA01", "G4B5Q", match="yes"))
    register: Register = compiled(*rows, curation=read_curation(tmp_path))
    assert list(register.places) == ["x"]
