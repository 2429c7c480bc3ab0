"""What became of an organisation: each outcome, each rule, and what makes the answer less than sure."""

from __future__ import annotations

from datetime import date

import pytest
from builders import era, event, make_store

from nhs_orgs.errors import InvalidDate, OutsideCoverage, UnknownOrganisation
from nhs_orgs.organisations import Body
from nhs_orgs.period import Period
from nhs_orgs.resolve import Current, Divided, Ended, NotYetOpen, Outcome, Succeeded, Unknown, resolve
from nhs_orgs.store import Store

TRUSTS = make_store(
    """
    RRE  2001-04-01  2018-05-31  Trust  South Staffordshire and Shropshire
    R1E  2011-09-01  2018-05-31  Trust  Staffordshire and Stoke
    RRE  2018-06-01  ..          Trust  Midlands Partnership
    RJD  1993-04-01  2017-10-31  Trust  Mid Staffordshire | operational=1993-04-01/2014-10-31
    RJE  1993-04-01  2014-10-31  Trust  North Staffordshire
    RJE  2014-11-01  ..          Trust  North Midlands
    RL4  1994-04-01  ..          Trust  Wolverhampton
    RW6  2002-04-01  2021-09-30  Trust  Pennine Acute
    R0A  2017-10-01  ..          Trust  Manchester University
    RM3  1991-04-01  2021-09-30  Trust  Salford Royal
    RM3  2021-10-01  ..          Trust  Northern Care Alliance
    REX  1995-04-01  2002-03-31  Trust  Rochdale
    RYH  2007-04-01  2014-03-31  Trust  NHS Direct
    R0C  2020-04-01  2020-09-30  Trust  Nightingale
    RYK  2008-10-01  2024-09-30  Trust  Dudley and Walsall; 2020-04-01 Dudley Integrated
    TAJ  2003-04-01  ..          Trust  Black Country
    RXX  1994-04-01  2005-03-31  Trust  Nobody Knows
    """,
    event("2018-06-01", "acquisition", "R1E => RRE, RRE => RRE", id="mpft", cited=("hsj",)),
    event("2014-11-01", "split", "RJD -> RJE, RJD -> RL4, RJE => RJE", id="stafford", cited=("uhnm",)),
    event("2017-11-01", "closure", "RJD", id="stafford-closed", completes=("stafford",), cited=("uhnm",)),
    event("2002-04-01", "replacement", "REX => RW6", id="rochdale"),
    event("2021-04-01", "service transfer", "RW6 -> R0A", id="north-manchester", cited=("pat",)),
    event(
        "2021-10-01", "acquisition", "RW6 -> RM3, RM3 => RM3",
        id="alliance", completes=("north-manchester",), cited=("nca",),
    ),
    event("2014-04-01", "closure", "RYH", id="direct", nothing_followed=True, cited=("order",)),
    event("2020-10-01", "closure", "R0C", id="nightingale", cited=("list",)),
    event("2020-04-01", "service transfer", "RYK -> TAJ", id="black-country", cited=("hsj",)),
    event("2005-04-01", "closure", "RXX", id="closed"),
)  # fmt: skip

COMMISSIONERS = make_store(
    """
    00L  2013-04-01  2022-06-30  CCG              Northumberland
    00L  2022-07-01  ..          SubICBLocation   North East - 00L
    10G  2013-04-01  2018-03-31  CCG              Bracknell and Ascot
    15D  2018-04-01  2021-03-31  CCG              East Berkshire
    D4U1Y  2021-04-01  2022-06-30  CCG            Frimley
    D4U1Y  2022-07-01  2026-03-31  SubICBLocation Frimley - D4U1Y
    U2G6B  2026-04-01  ..        SubICBLocation   Thames Valley
    92A  2013-04-01  ..          SubICBLocation   Surrey
    D9Y0V  2021-04-01  ..        SubICBLocation   Hampshire
    """,
    event("2018-04-01", "merger", "10G => 15D", id="east-berkshire"),
    event("2021-04-01", "merger", "15D => D4U1Y", id="frimley"),
    event("2022-07-01", "conversion", "D4U1Y => D4U1Y", id="frimley-converts"),
    event("2022-07-01", "conversion", "00L => 00L", id="northumberland-converts"),
    event(
        "2026-04-01", "split", "D4U1Y -> U2G6B, D4U1Y -> 92A, D4U1Y -> D9Y0V",
        id="frimley-splits", cited=("list",), confidence="low",
    ),
)  # fmt: skip


def ask(x: str, on: str, store: Store = TRUSTS, **more: str) -> Outcome:
    """The outcome on the trusts, or on another store."""
    return resolve(store, x, on=on, **more)


# --- the outcomes ---------------------------------------------------------------------------------------------------


def test_an_open_body_is_current() -> None:
    """A code whose body is open that day leads to itself."""
    outcome = ask("R1E", "2018-05-31")
    assert isinstance(outcome, Current)
    assert (outcome.codes, outcome.key, outcome.path) == (("R1E",), "R1E@2011-09-01", ())


def test_a_bare_code_is_its_body_as_of_the_day() -> None:
    """The same code is another body before and after the acquisition, and current both times."""
    before, after = ask("RRE", "2018-05-31"), ask("RRE", "2018-06-01")
    assert (type(before), before.key, before.path) == (Current, "RRE@2001-04-01", ())
    assert (type(after), after.key, [made.id for made in after.path]) == (Current, "RRE@2018-06-01", ["mpft"])


def test_the_former_era_is_succeeded_by_the_later() -> None:
    """Asked by key, the acquirer's former body has been succeeded by the body under its own code."""
    outcome = ask("RRE@2001-04-01", "2026-04-01")
    assert isinstance(outcome, Succeeded)
    assert (outcome.code, outcome.codes) == ("RRE", ("RRE",))
    assert [body.key for body in outcome.organisations] == ["RRE@2018-06-01"]
    assert outcome.describe() == "By 1 April 2026 RRE@2001-04-01 has been succeeded by RRE (Midlands Partnership)."


def test_an_absorbed_body_is_succeeded_from_the_effective_day() -> None:
    """The day after its last is the first on which another has succeeded it."""
    outcome = ask("R1E", "2018-06-01")
    assert isinstance(outcome, Succeeded)
    assert (outcome.codes, [made.id for made in outcome.path]) == (("RRE",), ["mpft"])


def test_an_organisation_asks_for_its_own_era() -> None:
    """An organisation in hand stands for its key."""
    former = TRUSTS.organisation("RRE@2001-04-01")
    assert resolve(TRUSTS, former, on=date(2026, 4, 1)) == ask("RRE@2001-04-01", "2026-04-01")


def test_a_body_emptied_before_it_closed_is_current_in_law() -> None:
    """Its services gone and its shell alive: current by law, with a note; divided by operation."""
    legal = ask("RJD", "2015-06-01")
    assert isinstance(legal, Current)
    assert legal.notes == (
        "its services had left on 2014-11-01, to RJE and RL4; it stayed in law",
        "its operational period ended on 2014-10-31",
    )
    operational = ask("RJD", "2015-06-01", reading="operational")
    assert isinstance(operational, Divided)
    assert (operational.codes, [made.id for made in operational.path]) == (("RJE", "RL4"), ["stafford"])


def test_the_shell_says_nothing_of_what_had_not_left_yet() -> None:
    """Before its services left there is no note that they had."""
    assert ask("RJD", "2014-10-31").notes == ()


def test_a_closure_leads_where_earlier_events_had_led() -> None:
    """A closure that completes an earlier split is divided as that one was."""
    outcome = ask("RJD", "2026-04-01")
    assert isinstance(outcome, Divided)
    assert (outcome.codes, [made.id for made in outcome.path]) == (("RJE", "RL4"), ["stafford", "stafford-closed"])
    assert [body.key for body in outcome.organisations] == ["RJE@2014-11-01", "RL4@1994-04-01"]


def test_a_part_given_is_a_note_while_the_giver_lives() -> None:
    """Between the two phases of a split the body is current, and the part it gave is told."""
    outcome = ask("RW6", "2021-06-01")
    assert isinstance(outcome, Current)
    assert outcome.notes == ("RW6 gave part to R0A on 2021-04-01",)
    assert ask("RW6", "2021-03-31").notes == ()


def test_a_split_in_two_phases_is_divided_between_both() -> None:
    """After the second phase both receivers count, though the register dates one event."""
    outcome = ask("RW6", "2021-10-01")
    assert isinstance(outcome, Divided)
    assert (outcome.codes, outcome.notes) == (("R0A", "RM3"), ())


def test_a_chain_is_followed_through_a_split() -> None:
    """A body that became whole part of a divided one is itself divided."""
    outcome = ask("REX", "2026-04-01")
    assert (type(outcome), outcome.codes) == (Divided, ("R0A", "RM3"))
    assert [made.id for made in outcome.path] == ["rochdale", "north-manchester", "alliance"]
    assert (type(ask("REX", "2010-01-01")), ask("REX", "2010-01-01").codes) == (Succeeded, ("RW6",))


def test_a_closure_after_which_a_source_says_that_nothing_followed_is_an_end() -> None:
    """Where a source says that nothing followed, it ended."""
    outcome = ask("RYH", "2014-04-01")
    assert isinstance(outcome, Ended)
    assert (outcome.codes, outcome.organisations, [made.id for made in outcome.path]) == ((), (), ["direct"])
    assert outcome.notes == ("RYH (NHS Direct) ended on 2014-03-31, and a source says that nothing followed",)


def test_a_cited_closure_that_does_not_say_what_followed_is_unknown() -> None:
    """A document that only dates the close is no proof that nothing followed."""
    outcome = ask("R0C", "2021-01-01")
    assert (type(outcome), [made.id for made in outcome.path]) == (Unknown, ["nightingale"])


def test_a_closure_that_only_the_register_dates_is_unknown() -> None:
    """No row is no proof that nothing followed."""
    outcome = ask("RXX", "2010-01-01")
    assert isinstance(outcome, Unknown)
    assert outcome.notes == ("RXX (Nobody Knows) ended on 2005-03-31: no source names a successor",)


def test_a_part_given_earlier_is_no_succession() -> None:
    """Mental health services that left in 2020 do not make their receiver the successor in 2024."""
    outcome = ask("RYK", "2026-04-01")
    assert isinstance(outcome, Unknown)
    assert outcome.codes == ()
    assert "RYK gave part to TAJ on 2020-04-01" in outcome.notes


def test_a_single_part_never_stands_for_the_whole() -> None:
    """One part known to have gone to one receiver leaves the rest unknown."""
    store = make_store(
        "AAA  1990-04-01  2004-03-31  Trust  Giver\nBBB  1990-04-01  ..  Trust  Taker",
        event("2004-04-01", "split", "AAA -> BBB"),
    )
    outcome = ask("AAA", "2010-01-01", store)
    assert isinstance(outcome, Unknown)
    assert outcome.notes == (
        "only a part of AAA (Giver) is accounted for, which went to BBB",
        "a part is with BBB (Taker)",
    )


def test_before_the_first_era_it_is_not_yet_open() -> None:
    """A day before its first leads nowhere."""
    outcome = ask("R0A", "2017-09-30")
    assert isinstance(outcome, NotYetOpen)
    assert (outcome.codes, outcome.key) == ((), "R0A@2017-10-01")
    assert isinstance(ask("RRE@2018-06-01", "2018-05-31"), NotYetOpen)


def test_a_code_that_changed_kind_is_current_with_its_path() -> None:
    """A clinical commissioning group's code goes on as a sub-ICB location, and the path tells."""
    outcome = ask("00L", "2026-04-01", COMMISSIONERS)
    assert isinstance(outcome, Current)
    assert [made.id for made in outcome.path] == ["northumberland-converts"]
    assert outcome.notes == ("its kind changed on 2022-07-01: clinical commissioning group to sub-ICB location",)


@pytest.mark.parametrize(
    ("on", "outcome", "codes"),
    [
        ("2018-03-31", Current, ("10G",)),
        ("2018-04-01", Succeeded, ("15D",)),
        ("2021-04-01", Succeeded, ("D4U1Y",)),
        ("2022-07-01", Succeeded, ("D4U1Y",)),
        ("2026-04-01", Divided, ("92A", "D9Y0V", "U2G6B")),
    ],
)
def test_a_chain_of_mergers_ends_in_a_split(on: str, outcome: type, codes: tuple[str, ...]) -> None:
    """Each day has its own answer along the chain."""
    found = ask("10G", on, COMMISSIONERS)
    assert (type(found), found.codes) == (outcome, codes)


def test_a_reconstruction_is_told() -> None:
    """A path over an event of low confidence says so."""
    assert ask("10G", "2026-04-01", COMMISSIONERS).notes == ("a reconstruction: the split of 1 April 2026",)
    assert ask("10G", "2025-04-01", COMMISSIONERS).notes == ()


def test_a_split_that_merges_again_is_succeeded() -> None:
    """Where every branch ends in one body, that body has it all."""
    store = make_store(
        """
        AAA  1990-04-01  2000-03-31  Trust
        BBB  2000-04-01  2004-03-31  Trust
        CCC  2000-04-01  2004-03-31  Trust
        DDD  2004-04-01  ..          Trust
        """,
        event("2000-04-01", "split", "AAA -> BBB, AAA -> CCC"),
        event("2004-04-01", "merger", "BBB => DDD, CCC => DDD"),
    )
    assert (type(ask("AAA", "2003-01-01", store)), ask("AAA", "2003-01-01", store).codes) == (Divided, ("BBB", "CCC"))
    assert (type(ask("AAA", "2010-01-01", store)), ask("AAA", "2010-01-01", store).codes) == (Succeeded, ("DDD",))


def test_a_branch_that_is_lost_makes_one_successor_unknown() -> None:
    """With one branch open and one lost, no single successor is claimed; with two open, the lost one is a note."""
    table = """
        AAA  1990-04-01  2000-03-31  Trust
        BBB  2000-04-01  2004-03-31  Trust  Lost
        CCC  2000-04-01  ..          Trust  Found
        DDD  2000-04-01  ..          Trust
        """
    one = make_store(table, event("2000-04-01", "split", "AAA -> BBB, AAA -> CCC"))
    outcome = ask("AAA", "2010-01-01", one)
    assert (type(outcome), outcome.codes) == (Unknown, ())
    assert outcome.notes == (
        "BBB (Lost) ended on 2004-03-31: no source names a successor",
        "a part is with CCC (Found)",
    )
    two = make_store(table, event("2000-04-01", "split", "AAA -> BBB, AAA -> CCC, AAA -> DDD"))
    outcome = ask("AAA", "2010-01-01", two)
    assert (type(outcome), outcome.codes) == (Divided, ("CCC", "DDD"))
    assert outcome.notes == ("BBB (Lost) ended on 2004-03-31: no source names a successor",)


# --- rules for bad or thin data -------------------------------------------------------------------------------------


def test_a_successor_dated_long_after_the_close_is_none_before_that_day() -> None:
    """In the gap between a close and a later succession nothing is known to have followed."""
    store = make_store(
        "AAA  1990-04-01  2000-03-31  Trust\nBBB  1990-04-01  ..  Trust",
        event("2002-04-01", "succession", "AAA@1990-04-01 => BBB"),
    )
    assert type(ask("AAA", "2001-01-01", store)) is Unknown
    assert type(ask("AAA", "2002-04-01", store)) is Succeeded


def test_what_passed_on_the_day_after_the_last_is_its_succession() -> None:
    """Even where no event is said to end the body, parts of that day are what became of it; earlier ones are not."""
    store = make_store(
        """
        AAA  1990-04-01  2000-03-31  Trust
        BBB  1990-04-01  ..          Trust
        CCC  1990-04-01  ..          Trust
        DDD  1990-04-01  ..          Trust
        """,
        event("1999-04-01", "service transfer", "AAA -> DDD"),
        event("2000-04-01", "service transfer", "AAA -> BBB, AAA -> CCC", fates={"AAA": "gives"}),
    )
    outcome = ask("AAA", "2010-01-01", store)
    assert (outcome.codes, outcome.notes) == (("BBB", "CCC"), ("AAA gave part to DDD on 1999-04-01",))


def test_an_event_that_a_body_outlives_in_the_same_era_is_not_its_end() -> None:
    """A body that went on in the same era passes to its last successor, not to whom it once gave a part."""
    store = make_store(
        """
        AAA  1990-04-01  2000-03-31  Trust
        BBB  1990-04-01  ..          Trust
        CCC  1990-04-01  ..          Trust
        """,
        event(
            "1999-04-01", "boundary change", "AAA -> BBB, BBB -> AAA", fates={"AAA": "continues", "BBB": "continues"}
        ),
        event("2000-04-01", "acquisition", "AAA => CCC"),
    )
    assert (type(ask("AAA", "2010-01-01", store)), ask("AAA", "2010-01-01", store).codes) == (Succeeded, ("CCC",))


def test_a_self_succession_is_no_successor() -> None:
    """A row that names a body as its own successor names none."""
    store = make_store(
        "AAA  1990-04-01  2000-03-31  Trust  Itself",
        event("2000-04-01", "succession", "AAA => AAA", fates={"AAA": "ends"}),
    )
    assert ask("AAA", "2010-01-01", store).notes == ("AAA (Itself) ended on 2000-03-31: no source names a successor",)


def test_an_end_beside_a_loss_is_unknown() -> None:
    """Where one branch ended for good and of another nothing is known, the whole is unknown."""
    table = """
        AAA  1990-04-01  2000-03-31  Trust
        BBB  1990-04-01  2004-03-31  Trust
        CCC  1990-04-01  2004-03-31  Trust
        """
    split = event("2000-04-01", "split", "AAA -> BBB, AAA -> CCC")
    ended = event("2004-04-01", "closure", "BBB", nothing_followed=True, cited=("a",))
    also = event("2004-04-01", "closure", "CCC", nothing_followed=True, cited=("a",))
    assert type(ask("AAA", "2010-01-01", make_store(table, split, ended))) is Unknown
    assert type(ask("AAA", "2010-01-01", make_store(table, split, ended, also))) is Ended


def test_a_receiver_that_opened_late_is_told() -> None:
    """A receiver whose own first day is later still has received, with a note."""
    store = make_store(
        "AAA  1990-04-01  2000-03-31  Trust\nBBB  2000-10-01  ..  Trust  Late",
        event("2000-04-01", "replacement", "AAA => BBB"),
    )
    outcome = ask("AAA", "2000-06-01", store)
    assert (type(outcome), outcome.codes) == (Succeeded, ("BBB",))
    assert outcome.notes == ("BBB (Late) had received it, though its own first day is 2000-10-01",)


def test_an_end_that_nobody_dates_counts_from_when_it_was_last_seen() -> None:
    """While seen it is current, with a note; later it is unknown, unless an event tells."""
    table = "AAA  1990-04-01  unknown  Trust  Undated | seen=1995-01-01/2000-01-01\nBBB  1990-04-01  ..  Trust"
    store = make_store(table)
    assert type(ask("AAA", "1992-01-01", store)) is Current
    assert ask("AAA", "1999-01-01", store).notes == (
        "no source says whether AAA (Undated) has ended; it was last seen in being on 2000-01-01",
    )
    assert ask("AAA", "2001-01-01", store).notes == (
        "AAA (Undated) was last seen in being on 2000-01-01: no source names a successor",
    )
    told = make_store(table, event("2002", "succession", "AAA@1990-04-01 => BBB"))
    assert type(ask("AAA", "2001-06-01", told)) is Unknown
    assert ask("AAA", "2002-01-01", told).codes == ("BBB",)


def test_a_start_that_nobody_dates_is_unknown_before_it_was_seen() -> None:
    """It is not called closed before its first sighting, and not called open either."""
    store = make_store("AAA  unknown  ..  Trust  Undated | seen=1995-01-01/2000-01-01")
    outcome = ask("AAA", "1991-01-01", store)
    assert isinstance(outcome, Unknown)
    assert outcome.notes == ("no source says when AAA (Undated) opened; it was first seen in being on 1995-01-01",)
    assert type(ask("AAA", "2010-01-01", store)) is Current
    never = make_store("AAA  unknown  ..  Trust  Undated")
    assert ask("AAA", "2010-01-01", never).notes == ("no source says when AAA (Undated) opened",)


def test_a_body_known_only_from_what_it_gave_is_not_called_open() -> None:
    """Having given a part shows that it had opened; nothing shows that it still was."""
    store = make_store(
        "AAA  unknown  ..  Trust  Giver\nBBB  1990-04-01  ..  Trust",
        event("2000-04-01", "service transfer", "AAA -> BBB", cited=("a",)),
    )
    outcome = ask("AAA", "2010-01-01", store)
    assert isinstance(outcome, Unknown)
    assert "AAA (Giver) is not known to have been open: no source names a successor" in outcome.notes


def test_an_end_with_unknown_start_was_open_by_then() -> None:
    """A body with only an end had opened before that end, and its succession is followed."""
    store = make_store(
        "AAA  unknown  2000-03-31  Trust\nBBB  1990-04-01  ..  Trust",
        event("2000-04-01", "acquisition", "AAA => BBB"),
    )
    assert ask("AAA", "2010-01-01", store).codes == ("BBB",)


def test_events_between_eras_of_a_later_day_are_no_path() -> None:
    """The path of a current code holds nothing of after the day asked about."""
    store = make_store(
        "AAA  1990-04-01  1999-03-31  Trust\nAAA  1999-04-01  ..  Trust",
        event("2005-04-01", "succession", "AAA@1990-04-01 => AAA@1999-04-01"),
    )
    assert (ask("AAA", "2004-01-01", store).path, len(ask("AAA", "2005-04-01", store).path)) == ((), 1)


def test_a_circle_ends_and_is_told() -> None:
    """Bodies that all lead back to each other give no successor."""
    store = make_store(
        "AAA  1990-04-01  1999-03-31  Trust\nBBB  1990-04-01  2000-03-31  Trust",
        event("1999-04-01", "succession", "AAA => BBB"),
        event("2000-04-01", "succession", "BBB => AAA"),
    )
    outcome = ask("AAA", "2010-01-01", store)
    assert isinstance(outcome, Unknown)
    assert outcome.notes == ("the sources turn in a circle: every body leads back to another of them",)


def test_proposed_events_lead_nowhere() -> None:
    """A merger that was only proposed is no succession, and no end."""
    store = make_store(
        "AAA  1990-04-01  2000-03-31  Trust\nBBB  1990-04-01  ..  Trust",
        event("2000-04-01", "merger", "AAA => BBB", status="abandoned", cited=("plan",)),
    )
    assert (type(ask("AAA", "2010-01-01", store)), ask("AAA", "2010-01-01", store).path) == (Unknown, ())


def test_a_body_outside_the_register_can_be_asked_about() -> None:
    """Its key stands where a code would."""
    council = Body(key="body:a-council", code=None, name="A council", period=Period(date(1997, 4, 1)), sort="council")
    store = make_store(
        [council, era("AAA  1990-04-01  2000-03-31  Trust")],
        event("2000-04-01", "service transfer", "AAA@1990-04-01 => body:a-council", cited=("a",)),
    )
    assert ask("AAA", "2010-01-01", store).codes == ("body:a-council",)
    outcome = resolve(store, council, on="2010-01-01")
    assert (type(outcome), outcome.code, outcome.codes) == (Current, "body:a-council", ("body:a-council",))


# --- readings, bad input --------------------------------------------------------------------------------------------


def test_without_operational_dates_the_legal_ones_answer_and_that_is_told() -> None:
    """The operational reading falls back, and says so."""
    outcome = ask("R1E", "2018-05-31", reading="operational")
    assert isinstance(outcome, Current)
    assert outcome.notes == (
        "no source gives operational dates of R1E (Staffordshire and Stoke): answered by its legal ones",
    )


def test_unknown_codes_and_keys_are_an_error() -> None:
    """A miss names near matches."""
    with pytest.raises(UnknownOrganisation) as caught:
        ask("R1F", "2018-05-31")
    assert "R1E" in caught.value.near
    with pytest.raises(UnknownOrganisation):
        ask("R1E@1999-01-01", "2018-05-31")


def test_a_day_outside_the_data_is_an_error() -> None:
    """Neither before nor after what the data covers is anything said."""
    for day in ("1989-12-31", "2027-01-01"):
        with pytest.raises(OutsideCoverage, match=day):
            ask("R1E", day)


def test_a_day_that_is_none_is_an_error() -> None:
    """Only a day answers."""
    with pytest.raises(InvalidDate):
        ask("R1E", "June 2018")


def test_a_reading_that_is_none_is_an_error() -> None:
    """Only the two readings are known."""
    with pytest.raises(ValueError, match="financial"):
        ask("R1E", "2018-05-31", reading="financial")


def test_codes_are_taken_as_people_type_them() -> None:
    """Case and blanks do not matter."""
    assert ask(" r1e ", "2018-06-01") == ask("R1E", "2018-06-01")


def test_outcomes_match_by_their_codes() -> None:
    """The one successor, or the several, come out of a match."""

    def told(outcome: Outcome) -> str:
        match outcome:
            case Succeeded((successor,)):
                return f"to {successor}"
            case Divided(codes):
                return f"among {len(codes)}"
            case _:
                return type(outcome).__name__

    asked = [("R1E", "2026-04-01"), ("RW6", "2026-04-01"), ("RRE", "2026-04-01"), ("R0A", "2000-01-01")]
    assert [told(ask(*question)) for question in asked] == ["to RRE", "among 2", "Current", "NotYetOpen"]


@pytest.mark.parametrize(
    ("x", "on", "sentence"),
    [
        ("RRE", "2026-04-01", "On 1 April 2026 RRE is open: RRE (Midlands Partnership)."),
        ("RJD", "2018-05-01", "By 1 May 2018 RJD has been divided among RJE (North Midlands) and RL4 (Wolverhampton)."),
        ("RYH", "2026-04-01", "By 1 April 2026 RYH has ended, and nothing followed."),
        ("R0A", "2000-01-01", "On 1 January 2000 R0A is not open yet."),
        ("RXX", "2026-04-01", "What became of RXX by 1 April 2026 is not known."),
    ],
)  # fmt: skip
def test_outcomes_describe_themselves(x: str, on: str, sentence: str) -> None:
    """Each outcome is a sentence."""
    assert ask(x, on).describe() == sentence


def test_outcomes_are_hashable_and_immutable() -> None:
    """Outcomes can be kept in sets, and not changed."""
    outcome = ask("R1E", "2026-04-01")
    assert len({outcome, ask("R1E", "2026-04-01")}) == 1
    with pytest.raises(AttributeError):
        outcome.codes = ()  # type: ignore[misc]
