"""Laws of facts, places, stays and ONS codes: nothing lost on disk, no two codes at once, nobody before his time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from builders import citation, make_store, says, source
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import listed, related, store

from nhs_orgs.archive import open_archive, write_archive
from nhs_orgs.dates import PartialDate
from nhs_orgs.estate import sites_of, stays_at
from nhs_orgs.facts import Fact
from nhs_orgs.period import Allen, Period
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.readers.base import Row
from nhs_orgs.records import Record
from nhs_orgs.register import Register
from nhs_orgs.sources import Confidence
from nhs_orgs.store import Store

T = TypeVar("T")

BODIES = make_store(
    """
    RAA    2001-04-01  2018-05-31  Trust  One
    RAA    2018-06-01  ..          Trust  One Again
    RBB    2001-04-01  2018-05-31  Trust  Two
    RAA01  2001-04-01  ..          Site   A Site
    """,
    *(says("RAA01", "operator", operator, "eric-sites@2017-03") for operator in ("RAA",)),
)
KEYS = ("RAA@2001-04-01", "RAA@2018-06-01", "RBB@2001-04-01")
LIST = source("etr@2026-07-31")
CITED = tuple(citation(name) for name in ("hsj", "order", "paper"))

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
days = st.dates(date(1990, 1, 1), date(2026, 12, 31))
dates = st.one_of(
    days.map(PartialDate.of_day),
    days.map(lambda day: PartialDate.of_month(day.year, day.month)),
    days.map(lambda day: PartialDate.of_year(day.year)),
    st.tuples(days, days).map(lambda both: PartialDate.between(min(both), max(both))),
)


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """It, or nothing."""
    return st.none() | strategy


cited = st.lists(st.sampled_from(CITED), min_size=1, max_size=3, unique=True).map(tuple)
facts = st.builds(
    Fact,
    property=st.sampled_from(("staff", "chair", "cqc_rating")),
    value=words,
    organisation=st.sampled_from([BODIES.organisation(key) for key in KEYS]),
    aspect=maybe(words),
    number=maybe(st.floats(allow_nan=False, allow_infinity=False) | st.just(0.0)),
    unit=maybe(words),
    on=maybe(dates),
    since=maybe(dates),
    until=maybe(dates),
    citations=cited,
    confidence=st.sampled_from(Confidence),
    note=maybe(words),
    contradicted=maybe(words),
)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Any place."""
    id_ = draw(st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,3})?", fullmatch=True))
    stay = st.builds(
        Stay, st.sampled_from(("RAA", "RBB", "RZZ")), maybe(st.sampled_from(("RAA01", "G4B5Q"))), st.just(id_),
        maybe(dates), maybe(dates),
    )  # fmt: skip
    return Place(
        id=id_,
        name=draw(words),
        kind=draw(words),
        town=draw(maybe(words)),
        former_names=tuple(draw(st.lists(st.builds(PlaceName, words, dates, maybe(dates)), max_size=2))),
        stays=tuple(draw(st.lists(stay, min_size=1, max_size=3))),
        sources=draw(cited),
        confidence=draw(st.sampled_from(Confidence)),
        note=draw(maybe(words)),
    )


def holding(held: Iterable[Fact], kept: Iterable[Place]) -> Store:
    """The bodies with facts and places, as a compilation makes it."""
    by_code: dict[str, list[Fact]] = {}
    for fact in held:
        by_code.setdefault(str(fact.organisation.code), []).append(fact)
    found = {code: tuple(by_code[code]) for code in sorted(by_code)}
    records = {code: Record(code, r.statements, found.get(code, ())) for code, r in BODIES.records.items()}
    made = {place.id: place for place in kept}
    return Store(
        records=records, organisations=BODIES.organisations, eras=BODIES.eras, events={},
        sources={**BODIES.sources, LIST.id: LIST},
        covers=BODIES.covers, facts=found, places={id_: made[id_] for id_ in sorted(made)},
    )  # fmt: skip


@settings(max_examples=60)
@given(st.lists(facts, max_size=4), st.lists(places(), max_size=3))
def test_facts_and_places_come_back_as_they_were(held: list[Fact], kept: list[Place]) -> None:
    """Whatever a fact or a place says, a register that was written and opened says it too, in the same bytes again."""
    made = holding(held, kept)
    with TemporaryDirectory() as folder:
        first, second = Path(folder, "first"), Path(folder, "second")
        write_archive(made, first, command="a test", curation={})
        opened = open_archive(first, verify=True).store
        assert dict(opened.facts) == dict(made.facts)
        assert dict(opened.places) == dict(made.places)
        assert dict(opened.records) == dict(made.records)
        write_archive(opened, second, command="a test", curation={})
        assert [p.read_bytes() for p in sorted(second.iterdir())] == [p.read_bytes() for p in sorted(first.iterdir())]


@given(st.lists(facts, max_size=6))
def test_the_facts_of_a_code_are_those_of_its_bodies(held: list[Fact]) -> None:
    """None is lost between the bodies of a code, and none is two bodies'."""
    register = Register(holding(held, ()))
    for code in ("RAA", "RBB"):
        apart = [fact for era in register.eras(code) for fact in register.facts(era.key)]
        assert sorted(map(repr, apart)) == sorted(map(repr, register.facts(code)))
        assert register.facts(code) == register[code].facts()


# --- ONS codes ------------------------------------------------------------------------------------------------------

LOOKUPS = tuple(
    f"ons-lookup@{day}" for day in ("2013-04-01", "2015-07", "2018-04-01", "2021-04", "2022-07-01", "2026-04")
)
sightings = st.lists(
    st.tuples(st.sampled_from(("E38000001", "E38000002", "E38000003")), st.sampled_from(LOOKUPS)),
    min_size=1, max_size=6, unique_by=lambda seen: seen[1],
)  # fmt: skip


def record(seen: list[tuple[str, str]], first: str | None, last: str | None) -> Record:
    """A record whose lookups print these codes."""
    codes = dict.fromkeys(code for code, _ in seen)
    life = [
        says("00L", f"legal_{side}", day, "etr@2026-07-31") for side, day in (("start", first), ("end", last)) if day
    ]
    by_code = {code: sorted(release for other, release in seen if other == code) for code in codes}
    return Record("00L", (*life, *(says("00L", "gss", code, *by_code[code]) for code in codes)))


@given(
    sightings,
    st.sampled_from((None, "2013-04-01", "2017-04-01")),
    st.sampled_from((None, "..", "2018-03-31", "2022-06-30")),
)
def test_ons_codes_follow_each_other(seen: list[tuple[str, str]], first: str | None, last: str | None) -> None:
    """No day has two codes, none between the first and the last has none, and nothing goes past the record's end."""
    made = record(seen, first, last)
    periods = [period for _, period in made.gss_periods]
    assert all(before.meets(after) for before, after in pairwise(periods))
    for period in periods:
        if isinstance(made.legal.end, date):
            assert isinstance(period.end, date)
            assert period.end <= made.legal.end
    for code, period in made.gss_periods:
        for bound in (period.start, period.end):
            assert not isinstance(bound, date) or made.gss_on(bound) == code


@given(sightings)
def test_an_ons_code_holds_on_the_day_that_first_prints_it(seen: list[tuple[str, str]]) -> None:
    """The lookup that brings a code speaks of its own day."""
    made = record(seen, None, "..")
    for statement in made.says("gss"):
        assert statement.first_seen is not None
        assert made.gss_on(statement.first_seen.earliest) == statement.value


# --- stays ----------------------------------------------------------------------------------------------------------

TRUSTS = (listed("RAA", "2001-04-01", "2018-05-31"), listed("RBB", "2010-04-01"), listed("RCC", "1994-04-01"))
LISTS = (
    "eric-sites@2014-03",
    "eric-sites@2017-03",
    "nhs-choices-hospitals@2018-01",
    "ets@2023-05",
    "site-to-trust@2026-08",
)
SITES = ("RAA01", "G4B5Q")


@st.composite
def site_rows(draw: st.DrawFn) -> Row:
    """A line of some list of sites."""
    code, operator = draw(st.sampled_from(SITES)), draw(st.sampled_from(("RAA", "RBB", "RCC")))
    if draw(st.booleans()):
        period = draw(st.sampled_from((None, None, "unknown/2013-09-30", "2015-04-01/..")))
        return related(code, "RE6", operator, by=draw(st.sampled_from(LISTS)), period=period, other_kind="TRUST")
    first = draw(st.sampled_from((None, "2000-04-01", "2016-01-01")))
    last = draw(st.sampled_from((None, None, "2024-03-31")))
    return listed(code, first, last if first else None, by=draw(st.sampled_from(LISTS)), kind="SITE", parent=operator)


@given(st.lists(site_rows(), min_size=1, max_size=6))
def test_nobody_runs_a_site_before_it_is_or_when_it_is_no_more(rows: list[Row]) -> None:
    """Every stay lies in the life of its body, and the days that lists show it do not pass its end."""
    made = store(*TRUSTS, *rows)
    for site in (site for site in SITES if site in made.records):
        for stay in stays_at(made, site):
            eras = made.eras_of(stay.operator)
            first, last = eras[0].period.start, eras[-1].period.end
            assert stay.since is None or not isinstance(first, date) or stay.since.earliest >= first
            if isinstance(last, date):
                assert stay.until is not None
                assert stay.until.latest <= last
                assert stay.seen is None or Period(None, last).union(stay.seen) == Period(None, last)
            assert stay.since is None or stay.until is None or stay.since.earliest <= stay.until.latest


@given(
    st.lists(site_rows(), min_size=1, max_size=6),
    st.sampled_from(("2005-01-01", "2014-03-01", "2018-06-01", "2026-07-31")),
)
def test_the_sites_of_a_body_are_its_stays(rows: list[Row], day: str) -> None:
    """A site is a body's on a day only if a stay of it there may hold that day; and each is told once."""
    made = store(*TRUSTS, *rows)
    when = date.fromisoformat(day)
    for operator in ("RAA", "RBB", "RCC"):
        found = sites_of(made, operator, when)
        assert len({stay.site for stay in found}) == len(found)
        for stay in found:
            assert stay in stays_at(made, stay.site or "")
            assert stay.operator == operator
            assert stay.may_hold(when)
        if found:
            assert any(era.open_on(when) for era in made.eras_of(operator))


@given(st.lists(site_rows(), min_size=2, max_size=6))
def test_stays_are_in_order(rows: list[Row]) -> None:
    """As lists show them, one operator after another, whatever the order of the rows."""
    made, turned = store(*TRUSTS, *rows), store(*TRUSTS, *reversed(rows))
    for site in (site for site in SITES if site in made.records):
        stays = stays_at(made, site)
        assert stays == stays_at(turned, site)
        seen = [stay.seen.start for stay in stays if stay.seen is not None]
        assert seen == sorted(seen, key=str)
        dated = any(said.period is not None for said in made.records[site].says("operator"))
        for before, after in pairwise(stays):
            apart = before.seen and after.seen and before.seen.relation(after.seen) in {Allen.BEFORE, Allen.MEETS}
            if apart and not dated and before.until is not None and after.since is not None:
                assert before.until.earliest < after.since.earliest
