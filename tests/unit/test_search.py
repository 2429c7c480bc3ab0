"""Finding organisations: what counts as the same spelling, what comes first, and what is never found."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from builders import make_store, says

from nhs_orgs.archive import open_archive, write_archive
from nhs_orgs.organisations import Body
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.search import Match, find
from nhs_orgs.spellings import initials, letters_of, spellings_of, words
from nhs_orgs.store import Store

BEFORE = "South Staffordshire and Shropshire Healthcare NHS Foundation Trust"
NOW = "Midlands Partnership NHS Foundation Trust; 2024-03-01 Midlands Partnership University NHS Foundation Trust"

STORE = make_store(
    f"""
    RRE    2001-04-01  2018-05-31  Trust  {BEFORE}
    RRE    2018-06-01  ..          Trust  {NOW}
    R1E    2011-09-01  2018-05-31  Trust  Staffordshire and Stoke on Trent Partnership NHS Trust
    RJ7    1993-04-01  ..          Trust  St George's University Hospitals NHS Foundation Trust
    RP4    1994-04-01  ..          Trust  Great Ormond Street Hospital for Children NHS Foundation Trust
    RXC    2002-04-01  ..          Trust  East Sussex Healthcare NHS Trust
    RWF    2002-04-01  2010-03-31  Trust  West Kent Healthcare NHS Trust
    RVV    2002-04-01  ..          Trust  East Kent Healthcare NHS Trust
    05V    2013-04-01  2022-06-30  CCG    NHS Stafford and Surrounds CCG
    05V    2022-07-01  ..          SubICBLocation  NHS Staffordshire and Stoke-on-Trent ICB - 05V
    Q99    2013-04-01  ..          AreaTeam  East Kent Healthcare
    RJ701  1993-04-01  ..          Site   St George's Hospital
    RRE11  2001-04-01  ..          Site   ST GEORGES HOSPITAL
    RRE12  2001-04-01  ..          Site   East Kent Healthcare NHS Trust
    RZZ    unknown     unknown     Unclassified
    """,
    says("RRE", "abbreviation", "MPFT", "about", period="2018-06-01/.."),
    says("RRE", "abbreviation", "SSSFT", "about", period="unknown/2018-05-31"),
    says("R1E", "abbreviation", "SSOTP", "about"),
)  # fmt: skip


def best(text: str, store: Store = STORE) -> Match:
    """The first match."""
    return find(store, text)[0]


def codes(text: str, store: Store = STORE) -> list[str | None]:
    """The code of every match, best first."""
    return [match.code for match in find(store, text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St George's NHS FT", "SAINT GEORGES NHS FOUNDATION TRUST"),
        ("St. George’s", "st george's"),  # noqa: RUF001 - names are printed with both
        ("Barking, Havering & Redbridge", "barking havering and redbridge"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("The Christie NHSFT", "christie nhs ft"),
        ("Ysbyty Tŷ", "ysbyty ty"),
    ],
)
def test_two_ways_to_write_a_name_are_one(one: str, other: str) -> None:
    """Case, punctuation, accents, ``&``, "Saint" and "FT" make no difference to the words of a name."""
    assert words(one) == words(other) != ()


def test_names_of_sites_may_be_left_out() -> None:
    """Then everything else is found as before, and a site by its code alone."""
    assert {"RJ701", "RRE11"} <= set(codes("st georges hospital"))
    assert [match.code for match in find(STORE, "st georges hospital", sites=False)] == ["RJ7", "RP4"]
    assert [match.code for match in find(STORE, "RRE11", sites=False)] == ["RRE11"]


def test_words_that_differ_stay_apart() -> None:
    """Folding does not make different names one."""
    assert words("North Staffordshire") != words("South Staffordshire")
    assert words("St Helens") != words("Helens")


def test_a_code_comes_first() -> None:
    """A code, however typed, finds its latest era with the full score."""
    match = best(" rre\u00a0")
    assert (match.code, match.score, match.matched, match.exact) == ("RRE", 100, "code", True)
    assert match.organisation.key == "RRE@2018-06-01"


def test_a_key_finds_its_era() -> None:
    """An era key finds that era, not the latest of its code."""
    assert best("RRE@2001-04-01").organisation.key == "RRE@2001-04-01"


def test_an_abbreviation_belongs_to_the_era_that_its_source_speaks_of() -> None:
    """An abbreviation finds the body that bore it, not the one that has the code now."""
    now, before = best("mpft"), best("S.S.S.F.T.")
    assert (now.organisation.key, now.name, now.matched) == ("RRE@2018-06-01", "MPFT", "abbreviation")
    assert (before.organisation.key, before.name, before.exact) == ("RRE@2001-04-01", "SSSFT", True)
    assert best("SSOTP").organisation.key == "R1E@2011-09-01"


def test_an_abbreviation_that_a_source_uses_beats_initials() -> None:
    """Initials of another body never come before an abbreviation from a source."""
    store = make_store(
        """
        RAA  2001-04-01  ..  Trust  Much Preferred NHS Foundation Trust
        RBB  2001-04-01  ..  Trust  Something Else NHS Trust
        """,
        says("RBB", "abbreviation", "MPFT", "about"),
    )
    matches = find(store, "MPFT")
    assert [(match.code, match.matched) for match in matches] == [("RBB", "abbreviation"), ("RAA", "initials")]
    assert matches[0].score > matches[1].score


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Midlands Partnership University NHS Foundation Trust", "MPUFT"),
        ("University Hospitals of North Midlands NHS Trust", "UHNM"),
        ("South Staffordshire and Shropshire Healthcare NHS Foundation Trust", "SSSFT"),
        ("Barking, Havering & Redbridge University Hospitals NHS Trust", "BHRUT"),
        ("NHS Stoke on Trent CCG", "STCCG"),
    ],
)
def test_initials_are_those_that_people_form(name: str, short: str) -> None:
    """Initials leave out small words and "NHS", may leave out "Healthcare", and end as the legal form does."""
    assert short in initials(name)


def test_a_name_of_two_words_has_no_initials() -> None:
    """Two letters mean too many bodies."""
    assert initials("Isle Wight") == frozenset()


def test_a_whole_name_is_exact() -> None:
    """A whole name, however written, is exact and scores more than words of it."""
    whole, words_of_it = best("midlands partnership university nhs ft"), best("midlands partnership university")
    assert whole.exact
    assert not words_of_it.exact
    assert whole.score > words_of_it.score


def test_a_former_name_finds_the_body_that_bore_it() -> None:
    """A name that the code no longer goes by is found, said to be former, and leads to its own era."""
    match = best("South Staffordshire & Shropshire Healthcare NHS FT")
    assert match.organisation.key == "RRE@2001-04-01"
    assert match.former
    assert match.exact
    assert best("Midlands Partnership NHS FT").organisation.key == "RRE@2018-06-01"
    assert best("Midlands Partnership NHS FT").former


def test_a_present_name_scores_more_than_a_former_one() -> None:
    """Where two bodies have a name, one now and one before, the present one comes first."""
    store = make_store(
        """
        RAA  2001-04-01  ..  Trust  Riverside NHS Trust; 2010-01-01 Hillside NHS Trust
        RBB  2001-04-01  ..  Trust  Riverside NHS Trust
        """
    )
    assert [(match.code, match.matched) for match in find(store, "Riverside NHS Trust")][:2] == [
        ("RBB", "name"),
        ("RAA", "former name"),
    ]


@pytest.mark.parametrize(
    "text", ["great ormond st", "great ormond street", "great orm", "ormond", "great ormnd street"]
)
def test_words_may_be_begun_abridged_or_misspelt(text: str) -> None:
    """A few words, "St" for "Street" and small slips still find the name."""
    assert best(text).name == "Great Ormond Street Hospital for Children NHS Foundation Trust"


def test_counties_may_be_abridged() -> None:
    """A word in "s" that begins a county's name means the county, with no list of counties."""
    assert best("south staffs and shropshire").organisation.key == "RRE@2001-04-01"


def test_words_in_another_order_are_found_and_not_exact() -> None:
    """The order of words does not matter to finding, and is no whole name."""
    match = best("partnership midlands university trust foundation nhs")
    assert (match.code, match.exact) == ("RRE", False)


def test_a_trust_comes_before_the_sites_that_share_its_name() -> None:
    """The trust is first, its site and another trust's site of that name come after it."""
    assert codes("st georges")[0] == "RJ7"
    assert set(codes("st georges")[1:]) == {"RJ701", "RRE11"}


def test_between_equals_bodies_come_before_sites_open_before_closed_trusts_before_others() -> None:
    """Equal scores are ordered by what is more likely meant."""
    store = make_store(
        """
        RAA    2001-04-01  2010-03-31  Trust     Riverside
        5BB    2001-04-01  ..          PCT       Riverside
        Q01    2001-04-01  ..          AreaTeam  Riverside
        RCC    2001-04-01  ..          Trust     Riverside
        RDD01  2001-04-01  ..          Site      Riverside
        """
    )
    assert codes("riverside", store) == ["RCC", "5BB", "Q01", "RAA", "RDD01"]


def test_each_code_is_found_once() -> None:
    """Eras and names of one code make one match, the best."""
    found = codes("midlands partnership foundation trust south staffordshire healthcare")
    assert len(found) == len(set(found))


def test_a_score_falls_with_likeness() -> None:
    """Scores lie between 0 and 100, and matches come in their order."""
    scores = [match.score for match in find(STORE, "east kent healthcare nhs trust", limit=20)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert scores[0] == 98


def test_the_limit_is_kept() -> None:
    """No more matches than asked for, the best of them; none for a limit of nothing."""
    assert codes("healthcare nhs trust")[:2] == [match.code for match in find(STORE, "healthcare nhs trust", limit=2)]
    assert find(STORE, "healthcare nhs trust", limit=0) == ()
    assert find(STORE, "healthcare nhs trust", limit=-1) == ()


@pytest.mark.parametrize("text", ["", "  ", "\u00a0\t", "&", "and the", "…"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    """Blank text, and text with nothing to go by, finds nothing."""
    assert find(STORE, text) == ()


@pytest.mark.parametrize("text", ["5.00E+01", "zzzz", "name unknown"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    """A damaged code, nonsense, and the words that stand for an unknown name find nothing."""
    assert find(STORE, text) == ()


def test_an_unnamed_body_is_found_by_its_code() -> None:
    """A body of which no source gives a name can still be found."""
    store = make_store([*STORE.organisations.values()])
    assert best("RZZ", store).matched == "code"


def test_a_body_outside_the_register_is_found_by_name() -> None:
    """A council has no code, and is found by its name and by its key."""
    council = Body(
        key="body:stoke-on-trent-city-council",
        code=None,
        name="Stoke-on-Trent City Council",
        period=Period(UNKNOWN, UNKNOWN),
        sort="council",
    )
    store = make_store([council, *STORE.organisations.values()])
    match = best("stoke on trent city council", store)
    assert (match.organisation, match.code, match.exact) == (council, None, True)
    assert best("body:stoke-on-trent-city-council", store).organisation == council


def test_sites_are_left_alone_when_a_code_or_abbreviation_answers() -> None:
    """Only a search by name reads the names of sites, which are many."""
    store = make_store([*STORE.organisations.values()], *STORE.records["R1E"].says("abbreviation"))
    asked: list[bool] = []

    class Watching:
        def named(self, *, sites: bool) -> object:
            asked.append(sites)
            return STORE.named(sites=sites)

    object.__setattr__(store, "index", Watching())
    find(store, "SSOTP")
    find(store, "RRE")
    assert asked == [False]
    find(store, "georges")
    assert asked == [False, True]


def test_a_written_register_finds_the_same(tmp_path: Path) -> None:
    """The quick way to the names of a compiled folder finds what the bodies themselves say."""
    table = """
        RJ7    1993-04-01  ..          Trust  St George's University Hospitals NHS Foundation Trust
        RVV    2002-04-01  ..          Trust  East Kent Healthcare NHS Trust
        RWF    2002-04-01  2010-03-31  Trust  WEST KENT HEALTHCARE NHS TRUST
        RJ701  1993-04-01  ..          Site   ST GEORGE'S HOSPITAL
        RVV12  2001-04-01  ..          Site   East Kent Healthcare
        RZZ    unknown     unknown     Unclassified  name unknown
        """
    names = [says(code, "name", store_name(table, code), "etr@2026-07-31") for code in ("RJ7", "RVV", "RWF", "RJ701")]
    two_names = [
        says("RVV12", "name", name, f"etr@{day}") for name, day in (("Kent", "2005-01-01"), ("East Kent", "2010-01-01"))
    ]
    made = make_store(table, *names, *two_names, says("RJ7", "abbreviation", "SGUH", "about"))
    write_archive(made, tmp_path, command="test", curation={})
    opened = open_archive(tmp_path, verify=True).store
    found = {text: [(m.organisation.key, m.name, m.matched) for m in find(opened, text)] for text in QUERIES}
    assert found == QUERIES


QUERIES = {
    "st georges": [
        ("RJ7@1993-04-01", "St George's University Hospitals NHS Foundation Trust", "name"),
        ("RJ701@1993-04-01", "St George's Hospital", "name"),
    ],
    "west kent healthcare nhs trust": [
        ("RWF@2002-04-01", "West Kent Healthcare NHS Trust", "name"),
    ],
    "SGUH": [("RJ7@1993-04-01", "SGUH", "abbreviation")],
    "Kent": [
        ("RVV12@2001-04-01", "Kent", "former name"),
        ("RVV@2002-04-01", "East Kent Healthcare NHS Trust", "name"),
        ("RWF@2002-04-01", "West Kent Healthcare NHS Trust", "name"),
    ],
    "name unknown": [],
    "rzz": [("RZZ@unknown", "name unknown", "code")],
}


def store_name(table: str, code: str) -> str:
    """The name of a code in a table."""
    return next(line.split(maxsplit=4)[4] for line in table.strip().splitlines() if line.split()[0] == code)


def test_spellings_are_made_once_and_go_with_their_store() -> None:
    """A second search uses the spellings of the first; they do not outlive the register."""
    from nhs_orgs.spellings import _MADE

    store = make_store([*STORE.organisations.values()])
    assert spellings_of(store, sites=False) is spellings_of(store, sites=False)
    key = (id(store), False)
    assert key in _MADE
    del store
    gc.collect()
    assert key not in _MADE


@pytest.mark.parametrize("running", [True, False])
def test_making_spellings_leaves_the_garbage_collector_as_it_was(running: bool) -> None:  # noqa: FBT001
    """The collector pauses for the making, and only for that."""
    was = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        find(make_store("RAA  2001-04-01  ..  Trust  Riverside"), "riverside")
        assert gc.isenabled() is running
    finally:
        (gc.enable if was else gc.disable)()


def test_letters_of_an_abbreviation() -> None:
    """Points and blanks do not matter to an abbreviation."""
    assert letters_of(" m.p.f.t ") == "MPFT"
