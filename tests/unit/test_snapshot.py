"""The register on one day: who was open, under which name, and what each belonged to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from builders import event, make_store, says

from nhs_orgs.errors import InvalidDate, NotOpen, OutsideCoverage, UnknownOrganisation
from nhs_orgs.organisations import (
    CCG,
    ICB,
    STP,
    Body,
    CommissioningHub,
    Organisation,
    Region,
    Site,
    SubICBLocation,
    Trust,
)
from nhs_orgs.parents import Parent
from nhs_orgs.period import Period
from nhs_orgs.snapshot import Snapshot
from nhs_orgs.store import Store

STAFFORDSHIRE = make_store(
    """
    RRE    2001-04-01  2018-05-31  Trust    South Staffordshire; 2006-07-01 South Staffordshire and Shropshire
    R1E    2011-09-01  2018-05-31  Trust    Staffordshire and Stoke
    RRE    2018-06-01  ..          Trust    Midlands Partnership; 2022-12-01 Midlands Partnership University
    RJD    1993-04-01  2017-10-31  Trust    Mid Staffordshire | operational=1993-04-01/2014-10-31
    05D    2013-04-01  2022-06-30  CCG      East Staffordshire
    05D    2022-07-01  ..          SubICBLocation  Staffordshire - 05D
    13Q    2013-04-01  ..          CommissioningHub  A hub
    QNC    2017-04-01  2022-06-30  STP      Together We're Better
    QNC    2022-07-01  ..          ICB      Staffordshire and Stoke
    RRE01  2001-04-01  ..          Site     St George's
    Y55    2013-04-01  2019-03-31  Region   Midlands and East
    Y60    2019-04-01  ..          Region   Midlands
    """,
    event("2018-06-01", "acquisition", "R1E => RRE, RRE => RRE", cited=("hsj",)),
    known_until={"ClinicalCommissioningGroup": "2022-06-30", "Trust": "2026-07-31"},
)


def on(day: str, store: Store = STAFFORDSHIRE, reading: str = "legal") -> Snapshot:
    """The snapshot of a day."""
    return Snapshot(store, day, reading)


# --- membership and names -------------------------------------------------------------------------------------------


def test_a_code_is_the_body_of_that_day() -> None:
    """The same code is one body on the last day of an era and another on the next."""
    assert (on("2018-05-31")["RRE"].key, on("2018-06-01")["RRE"].key) == ("RRE@2001-04-01", "RRE@2018-06-01")


def test_a_name_is_that_days() -> None:
    """A later name of the era is not shown before its day; equality goes by era all the same."""
    early, late = on("2019-01-01")["RRE"], on("2023-01-01")["RRE"]
    assert (early.name, late.name) == ("Midlands Partnership", "Midlands Partnership University")
    assert early == late == STAFFORDSHIRE.organisation("RRE@2018-06-01")


def test_a_name_is_the_earliest_known_before_any_was_seen() -> None:
    """On days before the first sighting the earliest known name stands."""
    store = make_store("AAA  1990-04-01  ..  Trust  First; 2010-01-01 Second")
    late = replace(store.organisation("AAA@1990-04-01").names[0], first_seen=date(2005, 1, 1))
    body = replace(store.organisation("AAA@1990-04-01"), names=(late, *store.organisation("AAA@1990-04-01").names[1:]))
    seen = make_store([body])
    assert Snapshot(seen, "1999-01-01")["AAA"].name == "First"


def test_both_bounds_of_an_era_are_days_on_which_it_is_open() -> None:
    """First and last day are included, the days beside them are not."""
    asked = [on(day) for day in ("2011-08-31", "2011-09-01", "2018-05-31", "2018-06-01")]
    assert ["R1E" in snapshot for snapshot in asked] == [False, True, True, False]


def test_a_snapshot_is_a_mapping() -> None:
    """It can be counted, listed and asked like any mapping, and holds open bodies only."""
    snapshot = on("2018-05-31")
    assert isinstance(snapshot, Mapping)
    assert sorted(snapshot) == ["05D", "13Q", "QNC", "R1E", "RRE", "RRE01", "Y55"]
    assert len(snapshot) == 7
    assert {code: body.code for code, body in snapshot.items()} == {code: code for code in snapshot}
    assert (snapshot.get("RJD"), snapshot.get("ZZZ")) == (None, None)
    assert not snapshot.__contains__(5)


def test_codes_are_taken_as_people_type_them() -> None:
    """Case and blanks do not matter."""
    assert on("2018-05-31")[" rre "].code == "RRE"
    assert " rre " in on("2018-05-31")


RENUMBERED = make_store(
    """
    QF7    2017-04-01  2022-06-30  STP  South Yorkshire and Bassetlaw
    QF7    2022-07-01  ..          ICB  South Yorkshire
    02N    2013-04-01  2020-03-31  CCG  Airedale
    """,
    says("QF7", "gss", "E54000009", "ons@2018-04-01"),
    says("QF7", "gss", "E54000061", "ons@2022-07-01"),
    says("02N", "gss", "E38000001", "ons@2018-04-01"),
)


@pytest.mark.parametrize(
    ("day", "gss", "why"),
    [
        ("2023-01-01", "E54000009",
         "The register has it as the ONS code of QF7, 1 April 2017 to 30 June 2022. That day QF7 had E54000061."),
        ("2021-01-01", " e54000061",
         "The register has it as the ONS code of QF7, since 1 July 2022. That day QF7 had E54000009."),
        ("2023-01-01", "E38000001",
         "The register has it as the ONS code of 02N, 1 April 2013 to 31 March 2020."),
    ],
)  # fmt: skip
def test_an_ons_code_out_of_use_says_when_it_was_in_use(day: str, gss: str, why: str) -> None:
    """Of an ONS code that nobody had that day the error tells who had it, when, and what that body had instead."""
    with pytest.raises(NotOpen) as raised:
        on(day, RENUMBERED).by_gss(gss)
    assert raised.value.why == why
    assert str(raised.value).startswith(f"No body had {gss.strip().upper()} on {day}. {why}")


def test_an_ons_code_that_nobody_ever_had_is_unknown() -> None:
    """It is not in the register on any day, and the error does not say that it was."""
    with pytest.raises(UnknownOrganisation, match="No organisation 'E99999999' in this register") as raised:
        on("2023-01-01", RENUMBERED).by_gss("E99999999")
    assert not isinstance(raised.value, NotOpen)


def test_a_look_up_makes_no_other_organisation() -> None:
    """Asking for one trust builds that trust alone, not every site."""
    made: list[str] = []

    class Counting(dict[str, Organisation]):
        def __getitem__(self, key: str) -> Organisation:
            made.append(key)
            return super().__getitem__(key)

        def __iter__(self) -> Iterator[str]:
            raise AssertionError("the register was scanned")

    counting = replace(STAFFORDSHIRE, organisations=Counting(STAFFORDSHIRE.organisations))
    assert Snapshot(counting, "2018-05-31")["RRE"].code == "RRE"
    assert set(made) == {"RRE@2001-04-01", "RRE@2018-06-01"}


def test_the_reading_decides_whether_an_empty_shell_is_open() -> None:
    """In law until 2017, in operation until 2014."""
    assert "RJD" in on("2015-01-01")
    assert "RJD" not in on("2015-01-01", reading="operational")
    assert "RRE" in on("2015-01-01", reading="operational")


def test_a_bound_that_nobody_dates_counts_from_when_it_was_seen() -> None:
    """Between a known first day and the last sighting it was open, though nobody dates its end."""
    store = make_store("AAA  1990-04-01  unknown  Trust  Undated | seen=1995-01-01/2000-01-01")
    asked = ("1992-01-01", "2000-01-01", "2000-01-02")
    assert ["AAA" in Snapshot(store, day) for day in asked] == [True, True, False]


def test_bodies_outside_the_register_have_no_code_to_be_listed_by() -> None:
    """A council is in the store and not in a snapshot."""
    council = Body(key="body:a-council", code=None, name="A council", period=Period(date(1997, 4, 1)))
    snapshot = Snapshot(make_store([council]), "2018-05-31")
    assert (list(snapshot), snapshot.of_kind(Body)) == ([], ())


# --- misses ---------------------------------------------------------------------------------------------------------


def test_of_a_body_with_an_unknown_end_nobody_says_that_it_was_not_open() -> None:
    """The miss says that it is not known to have been open, where its end may be later; else that it was not."""
    snapshot = Snapshot(
        make_store("AAA  1990-04-01  unknown  Trust  Undated | seen=1995-01-01/2000-01-01"), "2001-01-01"
    )
    with pytest.raises(NotOpen, match="AAA is not known to have been open on 2001-01-01") as caught:
        snapshot["AAA"]
    assert not caught.value.certain
    with pytest.raises(NotOpen, match="AAA was not open on 1990-03-31"):
        Snapshot(make_store("AAA  1990-04-01  unknown  Trust  Undated"), "1990-03-31")["AAA"]


def test_a_closed_body_is_not_open_and_the_error_says_what_became_of_it() -> None:
    """The miss is a `KeyError` that gives the periods, the outcome and the next step."""
    with pytest.raises(NotOpen) as caught:
        on("2018-06-01")["R1E"]
    assert isinstance(caught.value, UnknownOrganisation)
    assert isinstance(caught.value, KeyError)
    assert (caught.value.code, caught.value.day) == ("R1E", date(2018, 6, 1))
    assert str(caught.value) == (
        "R1E was not open on 2018-06-01. The register has it: 1 September 2011 to 31 May 2018. "
        "By 1 June 2018 R1E has been succeeded by RRE (Midlands Partnership University). "
        "Ask about a day on which it was open, or follow it with register.resolve(...) or `nhs-orgs resolve`."
    )


def test_a_body_not_open_yet_is_told_so() -> None:
    """Before its first day the error says that it was not open yet."""
    with pytest.raises(NotOpen, match="is not open yet"):
        on("2001-03-31")["RRE"]


def test_an_unknown_code_has_near_matches() -> None:
    """A code that the register lacks is unknown on every day."""
    with pytest.raises(UnknownOrganisation) as caught:
        on("2018-05-31")["RRF"]
    assert not isinstance(caught.value, NotOpen)
    assert "RRE" in caught.value.near


def test_a_day_outside_the_data_is_an_error() -> None:
    """No snapshot is made of a day that the data says nothing of."""
    with pytest.raises(OutsideCoverage, match="1989-12-31"):
        on("1989-12-31")
    with pytest.raises(InvalidDate):
        on("May 2018")


# --- kinds and coverage ---------------------------------------------------------------------------------------------


def test_kinds_are_those_of_the_day() -> None:
    """One code is a clinical commissioning group first and a sub-ICB location later; a hub is neither."""
    before, after = on("2022-06-30"), on("2022-07-01")
    assert [body.code for body in before.of_kind(CCG)] == ["05D"]
    assert after.of_kind(CCG) == ()
    assert [body.code for body in after.of_kind(SubICBLocation, ICB)] == ["05D", "QNC"]
    assert [body.code for body in after.of_kind(CommissioningHub)] == ["13Q"]
    assert before.kinds[STP] == before.kinds[CCG] == 1
    assert ICB not in before.kinds


def test_organisations_of_a_kind_are_in_order_under_that_days_names() -> None:
    """They come by code, renamed for the day."""
    assert [(body.code, body.name) for body in on("2005-01-01").of_kind(Trust)] == [
        ("RJD", "Mid Staffordshire"),
        ("RRE", "South Staffordshire"),
    ]
    assert len(on("2005-01-01").of_kind(Organisation)) == len(on("2005-01-01"))


def test_coverage_is_known_by_kind() -> None:
    """The newest release that lists a kind, and a note where the day is later than that."""
    assert on("2018-05-31").coverage(CCG) == date(2022, 6, 30)
    assert on("2018-05-31").coverage(Region) is None
    assert on("2018-05-31").notes == ()
    assert on("2023-01-01").notes == (
        "clinical commissioning group: as at 2022-06-30, the newest release that lists it",
    )


def test_a_snapshot_prints_its_day() -> None:
    """Its repr tells day and reading."""
    assert repr(on("2018-05-31")) == "Snapshot(2018-05-31, legal)"


# --- parents --------------------------------------------------------------------------------------------------------

PLACES = """
    RAA    2001-04-01  ..          Trust           A trust
    RBB    2001-04-01  2020-12-31  Trust           A closed trust
    RAA01  2001-04-01  ..          Site            A site
    02Q    2013-04-01  2022-06-30  CCG             Bassetlaw
    02Q    2022-07-01  ..          SubICBLocation  Nottingham - 02Q
    QF7    2017-04-01  2022-06-30  STP             South Yorkshire
    QF7    2022-07-01  ..          ICB             South Yorkshire
    QT1    2017-04-01  2022-06-30  STP             Nottingham
    QT1    2022-07-01  ..          ICB             Nottingham
    QXX    2022-07-01  2026-03-31  ICB             A divided board
    QYY    2026-04-01  ..          ICB             Its successor
    Q72    2015-04-01  2020-03-31  LocalOffice     Yorkshire
    Y54    2013-04-01  2019-03-31  Region          North
    Y60    2019-04-01  ..          Region          Midlands
    Y63    2019-04-01  ..          Region          North East
    """


def parents(code: str, day: str, *statements: object, **more: dict[str, str]) -> dict[str, Parent]:
    """Parents of a code on a day by level, from these statements."""
    found = Snapshot(make_store(PLACES, *statements, **more), day).parents(code)  # type: ignore[arg-type]
    return {parent.level: parent for parent in found}


def parent(code: str, day: str, *statements: object, level: str = "system", **more: dict[str, str]) -> Parent:
    """The parent at one level."""
    return parents(code, day, *statements, **more)[level]


SEEN = says("RAA", "geography", "QF7", "etr@2020-10-31", "etr@2022-03-31")


def test_a_release_of_the_day_answers_directly() -> None:
    """What a release of that very day says is not inferred."""
    found = parent("RAA", "2020-10-31", SEEN)
    assert (found.code, found.inferred, found.between) == ("QF7", False, None)
    assert found.organisation is not None
    assert (found.organisation.kind, [s.id for s in found.sources]) == (STP, ["etr@2020-10-31"])


def test_a_gap_between_two_releases_that_agree_is_bridged() -> None:
    """Between two sightings of one parent it is that parent, inferred, with both days."""
    found = parent("RAA", "2021-05-05", SEEN)
    assert (found.code, found.inferred) == ("QF7", True)
    assert found.between == (date(2020, 10, 31), date(2022, 3, 31))


def test_a_bridge_reaches_over_a_change_of_the_parents_kind() -> None:
    """The parent is the body of its code on the day: an STP before July 2022, a board from then on."""
    seen = says("RAA", "geography", "QF7", "etr@2022-03-31", "etr@2023-11-01")
    kinds = [parent("RAA", day, seen).organisation for day in ("2022-06-30", "2022-07-01")]
    assert [body.kind for body in kinds if body] == [STP, ICB]


def test_a_gap_between_two_releases_that_differ_has_no_answer() -> None:
    """Where the parent changed on a day that nobody says, neither is guessed."""
    found = parent(
        "RAA",
        "2021-05-05",
        says("RAA", "geography", "QF7", "etr@2020-10-31"),
        says("RAA", "geography", "QT1", "etr@2022-03-31"),
    )
    assert (found.organisation, found.code, found.inferred) == (None, None, False)
    assert found.reason == "QF7 or QT1: the releases do not tell which between 2020-10-31 and 2022-03-31"


def test_the_only_one_of_two_that_was_open_is_taken() -> None:
    """A board that opened on the day its forerunner had closed is the parent, inferred."""
    said = says("RAA", "geography", "QXX", "etr@2025-12-01"), says("RAA", "geography", "QYY", "etr@2026-04-09")
    before, after = parent("RAA", "2026-03-31", *said), parent("RAA", "2026-04-01", *said)
    assert (before.code, after.code, before.inferred, after.inferred) == ("QXX", "QYY", True, True)


def test_releases_of_one_day_that_disagree_have_no_answer() -> None:
    """Two lists of a day that name two parents, both open, give none."""
    found = parent(
        "RAA",
        "2020-10-31",
        says("RAA", "geography", "QF7", "etr@2020-10-31"),
        says("RAA", "geography", "QT1", "ons@2020-10-31"),
    )
    assert found.reason == "QF7 or QT1: the releases do not tell which on 2020-10-31"


def test_releases_of_one_day_that_disagree_leave_the_one_that_was_open() -> None:
    """Of two lists of a day the one that names a closed board gives way, and the answer is inferred."""
    closed, open_ = says("RAA", "geography", "QXX", "etr@2026-05-01"), says("RAA", "geography", "QYY", "ons@2026-05-01")
    found = parent("RAA", "2026-05-01", closed, open_)
    assert (found.code, found.inferred, found.between) == ("QYY", True, None)


def test_before_the_first_release_there_is_no_answer() -> None:
    """A later sighting says nothing of an earlier day."""
    found = parent("RAA", "2020-10-30", SEEN)
    assert found.organisation is None
    assert found.reason == "first shown in QF7 as at 31 October 2020; no source says it of a day before"


def test_the_first_list_speaks_for_an_era_that_began_within_the_week_before() -> None:
    """What a list shows a week after an era's first day was so from that day, inferred; a day later it says nothing."""
    found = parent("02Q", "2022-07-01", says("02Q", "geography", "QT1", "etr@2022-07-08"))
    assert (found.code, found.inferred, found.between) == ("QT1", True, (date(2022, 7, 1), date(2022, 7, 8)))
    assert parent("02Q", "2022-07-01", says("02Q", "geography", "QT1", "etr@2022-07-09")).organisation is None


def test_the_last_release_carries_to_the_end_of_the_era() -> None:
    """Seen last before its kind changed, it stays with that parent to its era's last day."""
    seen = says("02Q", "geography", "QF7", "ons@2021-04-01"), says("02Q", "geography", "QT1", "ons@2022-07-01")
    found = parent("02Q", "2022-06-30", *seen)
    assert (found.code, found.inferred, found.between) == ("QF7", True, (date(2021, 4, 1), date(2022, 6, 30)))
    assert parent("02Q", "2022-07-01", *seen).code == "QT1"


def test_the_last_release_of_an_open_body_carries_to_the_day() -> None:
    """After the newest release it is inferred up to the day asked about."""
    found = parent("RAA", "2026-01-01", SEEN)
    assert (found.code, found.between) == ("QF7", (date(2022, 3, 31), date(2026, 1, 1)))


def test_a_parent_that_had_closed_is_no_parent() -> None:
    """What was last seen under a closed board is not left under it."""
    found = parents(
        "RAA",
        "2026-05-01",
        says("RAA", "geography", "QXX", "etr@2025-12-01"),
        says("RAA", "region", "Y60", "etr@2025-12-01"),
    )
    assert list(found) == ["region"]
    also = parent(
        "RAA",
        "2026-05-01",
        says("RAA", "geography", "QXX", "etr@2025-12-01"),
        says("RAA", "geography", "QF7", "etr@2023-11-01"),
    )
    assert also.reason == "last shown in QXX as at 1 December 2025, which was not open on 2026-05-01"


def test_a_parent_that_newer_lists_no_longer_show_does_not_carry() -> None:
    """Where newer releases list the child's kind and none the parent's, the parent may be gone."""
    places = PLACES.replace(
        "Q72    2015-04-01  2020-03-31  LocalOffice     Yorkshire",
        "Q72    2015-04-01  ..  LocalOffice  Yorkshire | seen=2015-04-01/2018-12-31",
    )
    store = make_store(
        places,
        says("RAA", "geography", "Q72", "etr@2018-08-31"),
        known_until={"Trust": "2026-07-31", "LocalOffice": "2018-12-31"},
    )
    (early,) = Snapshot(store, "2018-10-01").parents("RAA")
    (late,) = Snapshot(store, "2021-01-01").parents("RAA")
    assert (early.code, late.code) == ("Q72", None)
    assert late.reason == "last shown in Q72 as at 31 August 2018, itself last seen on 2018-12-31"
    (beyond,) = Snapshot(store, "2026-08-01").parents("RAA")
    assert beyond.code == "Q72"


def test_columns_of_closed_rows_are_ignored() -> None:
    """What a release prints about a body that had closed is of a later day."""
    seen = says("RBB", "geography", "QF7", "etr@2020-10-31"), says("RBB", "geography", "QT1", "etr@2022-03-31")
    assert parent("RBB", "2020-12-31", *seen).code == "QF7"
    assert (
        parents("RBB", "2020-12-31", seen[1])["system"].reason == "no source says it of the era that 2020-12-31 lies in"
    )


def test_a_release_that_may_be_of_after_the_close_is_ignored() -> None:
    """A list of some day around the close may already show a later day's column."""
    seen = says("RBB", "geography", "QF7", "etr@2020-12-15/2021-01-15")
    assert parent("RBB", "2020-12-31", seen).reason == "no source says it of the era that 2020-12-31 lies in"


def test_a_release_that_may_be_later_than_a_sure_one_does_not_answer_for_earlier_days() -> None:
    """A list of some day of the year proves nothing of the days before the first sure one."""
    year, day = says("RAA", "geography", "QT1", "ons@2020"), says("RAA", "geography", "QF7", "etr@2020-10-31")
    found = parent("RAA", "2020-06-01", year, day)
    assert found.reason == "first shown in QF7 as at 31 October 2020; no source says it of a day before"


def test_a_dated_relationship_answers_before_any_sighting() -> None:
    """A relationship with its own days covers them, whatever the lists beside it say."""
    dated = says("RAA", "geography", "QT1", "ord@2023-12", period="2020-04-01/2021-03-31")
    assert (parent("RAA", "2020-10-31", SEEN, dated).code, parent("RAA", "2020-10-31", SEEN, dated).inferred) == (
        "QT1",
        False,
    )
    assert parent("RAA", "2021-04-01", SEEN, dated).code == "QF7"


def test_an_end_left_open_is_open_as_at_its_release() -> None:
    """A relationship without an end holds to the day of its release, and from there it is inferred."""
    dated = says("RAA", "geography", "QF7", "ord@2019-12-31", period="2018-04-01/..")
    assert [parent("RAA", day, dated).inferred for day in ("2018-04-01", "2019-12-31", "2020-01-01")] == [
        False,
        False,
        True,
    ]


def test_a_curated_relationship_wins() -> None:
    """A cited one is chosen before any release, and holds as far as it says."""
    cited = says("02Q", "geography", "QT1", "cited", period="2022-07-01/..")
    release = says("02Q", "geography", "QF7", "ord@2026-06-01", period="2022-07-01/2026-05-31")
    with_release = says("02Q", "geography", "QT1", "cited", "ons@2022-07-31", period="2022-07-01/..")
    mixed = parent("02Q", "2026-05-01", with_release)
    assert (mixed.code, mixed.inferred) == ("QT1", False)
    found = parent("02Q", "2026-05-01", cited, release)
    assert (found.code, found.inferred, [s.id for s in found.sources]) == ("QT1", False, ["cited"])


def test_a_relationship_that_ended_is_not_carried_on() -> None:
    """After the last day of a dated relationship its older sightings carry nothing."""
    seen = says("RAA", "geography", "QF7", "etr@2020-10-31")
    left = says("RAA", "geography", "QF7", "ord@2022-12-31", period="2017-04-01/2021-03-31")
    assert parent("RAA", "2021-04-01", seen, left).reason == (
        "last shown in QF7 as at 31 October 2020, which it left on 2021-03-31"
    )


def test_a_release_known_to_the_month_is_inferred_within_it() -> None:
    """On a day of the month that a release speaks of, what it shows is inferred between the month's limits."""
    found = parent("RAA", "2020-10-15", says("RAA", "geography", "QF7", "etr@2020-10"))
    assert (found.code, found.inferred, found.between) == ("QF7", True, (date(2020, 10, 1), date(2020, 10, 31)))


def test_a_release_that_may_be_older_than_a_sure_one_does_not_answer_for_later_days() -> None:
    """A list of some day of the year gives way to the list of a day after which nothing else is known."""
    year, day = says("RAA", "geography", "QT1", "ons@2020"), says("RAA", "geography", "QF7", "etr@2020-10-31")
    assert parent("RAA", "2020-11-30", year, day).code == "QF7"


def test_a_release_that_may_be_from_before_the_first_day_counts_from_it() -> None:
    """A list of some day of the year saw a new body after it had opened."""
    found = parent("02Q", "2013-04-01", says("02Q", "region", "Y54", "ons@2013"), level="region")
    assert (found.code, found.between) == ("Y54", (date(2013, 4, 1), date(2013, 12, 31)))


def test_a_release_that_may_be_of_either_era_says_nothing_of_the_later() -> None:
    """A list of some day of 2022 may show what was so before the code changed kind."""
    found = parent("02Q", "2022-08-01", says("02Q", "geography", "QF7", "ons@2022"))
    assert found.reason == "no source says it of the era that 2022-08-01 lies in"


def test_a_sighting_of_an_undated_body_counts() -> None:
    """A body whose bounds nobody dates is placed by the lists that show it."""
    places = PLACES + "RCC  unknown  unknown  Trust  Undated | seen=2020-10-31/2022-03-31\n"
    store = make_store(places, says("RCC", "geography", "QF7", "etr@2020-10", "etr@2022-03-31"))
    assert Snapshot(store, "2021-01-01").parents("RCC")[0].code == "QF7"


def test_parents_are_climbed_to_the_region() -> None:
    """A site's trust, the trust's board and the board's region, nearest first."""
    found = Snapshot(
        make_store(
            PLACES,
            says("RAA01", "operator", "RAA", "ets@2023-05-31"),
            says("RAA", "geography", "QF7", "etr@2023-05-31"),
            says("QF7", "region", "Y63", "ons@2023-05-31"),
        ),
        "2023-05-31",
    ).parents("RAA01")
    assert [(p.level, p.code) for p in found] == [("operator", "RAA"), ("system", "QF7"), ("region", "Y63")]
    assert [p.organisation.kind for p in found if p.organisation] == [Trust, ICB, Region]


def test_an_inferred_step_makes_all_above_it_inferred() -> None:
    """A region found through an inferred board is itself inferred, between the same days."""
    found = parents("RAA", "2021-05-05", SEEN, says("QF7", "region", "Y63", "ons@2021-05-05"))
    assert (found["region"].code, found["region"].inferred) == ("Y63", True)
    assert found["region"].between == found["system"].between


def test_its_own_statement_comes_before_its_parents() -> None:
    """A region that its own row states is taken before the board's; without an answer the board's is."""
    board = says("QF7", "region", "Y60", "ons@2020-10-31")
    assert (
        parent("RAA", "2020-10-31", SEEN, board, says("RAA", "region", "Y63", "etr@2020-10-31"), level="region").code
        == "Y63"
    )
    assert (
        parent("RAA", "2020-10-31", SEEN, board, says("RAA", "region", "Y63", "etr@2022-03-31"), level="region").code
        == "Y60"
    )


def test_two_parents_at_two_levels_stand_side_by_side() -> None:
    """A local office and an STP of one day are two answers, though one column carried both."""
    found = parents(
        "02Q",
        "2018-04-01",
        says("02Q", "geography", "Q72", "ons@2018-04-01"),
        says("02Q", "geography", "QF7", "stp@2018-04-01"),
    )
    assert {level: p.code for level, p in found.items()} == {"system": "QF7", "local office": "Q72"}


def test_a_board_named_as_such_is_the_system() -> None:
    """An integrated care board is the system level, by whichever property it is stated."""
    assert parent("02Q", "2026-04-30", says("02Q", "integrated care board", "QT1", "list@2026-04-30")).code == "QT1"


def test_a_code_that_the_register_lacks_is_given_with_the_reason() -> None:
    """A parent that the register does not hold keeps its code, at the level that its ONS code tells, if it does."""
    for code, level in (("E54000009", "system"), ("E39000034", "geography")):
        found = parent("RAA", "2020-10-31", says("RAA", "geography", code, "ons@2020-10-31"), level=level)
        assert (found.organisation, found.code) == (None, code)
        assert found.reason == f"this register has no organisation {code}"


def test_a_body_that_the_register_lacks_is_not_taken_for_closed() -> None:
    """Between a sighting under an unknown body and one under a known one, no answer is safe."""
    before = says("RAA", "geography", "E54000009", "ons@2019-04-01")
    found = parent("RAA", "2020-01-01", before, says("RAA", "geography", "QF7", "etr@2020-10-31"))
    assert found.organisation is None
    assert found.reason == "E54000009 or QF7: the releases do not tell which between 2019-04-01 and 2020-10-31"
    later = parent("RAA", "2020-01-01", before)
    assert later.reason == "last shown in E54000009 as at 1 April 2019, which this register does not have"


@pytest.mark.parametrize(("code", "level"), [("RAA01", "operator"), ("RAA", "system"), ("QF7", "region")])
def test_without_any_statement_the_answer_is_none_with_the_reason(code: str, level: str) -> None:
    """Nothing said is told at the level that one would expect."""
    found = parent(code, "2020-10-31", level=level)
    assert (found.organisation, found.reason) == (None, f"no source says what {code} belonged to on 2020-10-31")


def test_a_practice_is_expected_under_its_commissioner() -> None:
    """Of a practice without any statement the commissioner is what is not known."""
    store = make_store("A81001  1974-04-01  ..  GPPractice  A practice")
    assert [found.level for found in Snapshot(store, "2020-10-31").parents("A81001")] == ["commissioner"]


def test_a_document_that_dates_nothing_places_nobody() -> None:
    """A cited statement without days holds on no day; releases beside it in one statement count."""
    undated = says("RAA", "geography", "QT1", "a-document")
    assert parent("RAA", "2020-10-31", undated).reason == "no source says it of the era that 2020-10-31 lies in"
    both = says("RAA", "geography", "QT1", "a-document", "etr@2020-10-31")
    assert parent("RAA", "2020-10-31", both).code == "QT1"


def test_a_region_has_no_parent() -> None:
    """A region is the top."""
    assert parents("Y60", "2020-10-31") == {}


def test_parents_that_belong_to_each_other_end() -> None:
    """A circle of parents is climbed once."""
    found = parents(
        "RAA01",
        "2020-10-31",
        says("RAA01", "operator", "RAA", "ets@2020-10-31"),
        says("RAA", "operator", "RAA01", "ets@2020-10-31"),
    )
    assert list(found) == ["operator"]


def test_parents_of_a_body_not_open_are_an_error() -> None:
    """Parents are asked of open bodies."""
    with pytest.raises(NotOpen):
        parents("RBB", "2022-01-01")


def test_children_are_those_whose_own_statements_lead_there() -> None:
    """A board's children are its trusts and places, under that day's names, not the sites of its trusts."""
    store = make_store(
        PLACES,
        SEEN,
        says("RBB", "geography", "QF7", "etr@2020-10-31"),
        says("02Q", "geography", "QF7", "ons@2020-10-31"),
        says("RAA01", "operator", "RAA", "ets@2020-10-31"),
    )
    snapshot = Snapshot(store, "2020-10-31")
    assert [body.code for body in snapshot.children("QF7")] == ["02Q", "RAA", "RBB"]
    assert [body.kind for body in snapshot.children("RAA")] == [Site]
    assert [body.code for body in Snapshot(store, "2021-01-01").children("QF7")] == ["02Q", "RAA"]
    with pytest.raises(UnknownOrganisation):
        snapshot.children("ZZZ")
