"""Periods: the cases of the domain, one claim a test. The algebra's laws are in tests/laws."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, timezone

import pytest

from nhs_orgs.errors import InvalidDate, InvalidPeriod
from nhs_orgs.period import UNKNOWN, Allen, Period, Unknown


def period(text: str) -> Period:
    """A period, from its text."""
    return Period.from_text(text)


def texts(periods: tuple[Period, ...]) -> list[str]:
    """Periods, as text."""
    return [str(each) for each in periods]


SSSFT = period("2001-04-01/2018-05-31")
MPFT = period("2018-06-01/..")


# ------------------------------------------------------------------------------------------- bounds


def test_both_bounds_belong_to_it() -> None:
    """ODS ends are inclusive: the last day is a day of the body."""
    assert SSSFT.contains("2001-04-01")
    assert SSSFT.contains("2018-05-31")
    assert not SSSFT.contains("2001-03-31")
    assert not SSSFT.contains("2018-06-01")


def test_no_bound_is_no_limit() -> None:
    """``None`` is since always, or still open."""
    assert Period().contains(date.min)
    assert Period().contains(date.max)
    assert MPFT.contains("9999-12-31")
    assert not MPFT.contains("2018-05-31")


@pytest.mark.parametrize(
    ("written", "day", "certain", "possible"),
    [
        ("unknown/2018-05-31", "2018-05-31", True, True),
        ("unknown/2018-05-31", "2018-05-30", False, True),
        ("unknown/2018-05-31", "2018-06-01", False, False),
        ("2001-04-01/unknown", "2001-04-01", True, True),
        ("2001-04-01/unknown", "2001-04-02", False, True),
        ("2001-04-01/unknown", "2001-03-31", False, False),
        ("unknown/unknown", "2018-05-31", False, True),
        ("unknown/..", "2018-05-31", False, True),
        ("../unknown", "2018-05-31", False, True),
    ],
)
def test_an_unknown_bound_allows_and_does_not_promise(written: str, day: str, certain: bool, possible: bool) -> None:  # noqa: FBT001 - a table
    """A day is contained for certain only where every possible bound says so; it always has its known bound."""
    assert period(written).contains(day) is certain
    assert period(written).may_contain(day) is possible


def test_a_moment_counts_by_its_day() -> None:
    """A ``datetime`` asks for its day, as everywhere."""
    assert SSSFT.contains(datetime(2018, 5, 31, 23, 59, tzinfo=timezone.utc))


def test_a_malformed_day_is_refused() -> None:
    """A question about no day is no question."""
    with pytest.raises(InvalidDate):
        SSSFT.contains("31/05/2018")
    with pytest.raises(InvalidDate):
        SSSFT.may_contain("2018")


def test_an_end_before_the_start_is_refused() -> None:
    """A period has a day at least, and the error shows both bounds."""
    with pytest.raises(InvalidPeriod, match="2018-06-01/2018-05-31"):
        Period(date(2018, 6, 1), date(2018, 5, 31))


@pytest.mark.parametrize("bound", ["2018-06-01", 2018, datetime(2018, 6, 1, tzinfo=timezone.utc)])
def test_a_bound_is_a_day(bound: object) -> None:
    """A text or a moment as a bound is refused at once, not in a comparison later."""
    with pytest.raises(InvalidPeriod, match=r"datetime\.date"):
        Period(bound)  # type: ignore[arg-type]  # as untyped callers do
    with pytest.raises(InvalidPeriod, match=r"datetime\.date"):
        Period(None, bound)  # type: ignore[arg-type]


def test_unknown_is_not_unbounded() -> None:
    """An unknown end and no end are different values, and only one of them is known."""
    assert Period(date(2018, 6, 1), UNKNOWN) != Period(date(2018, 6, 1), None)
    assert Period(date(2018, 6, 1)).is_known
    assert not Period(date(2018, 6, 1), UNKNOWN).is_known
    assert not Period(UNKNOWN, date(2018, 6, 1)).is_known


def test_days_counts_both_bounds() -> None:
    """One day is one day; an open or an unknown period has no number of days."""
    assert period("2018-06-01/2018-06-01").days == 1
    assert SSSFT.days == 6270
    assert MPFT.days is None
    assert period("unknown/2018-05-31").days is None


# ----------------------------------------------------------------------------------- text and words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2001-04-01/2018-05-31", "1 April 2001 to 31 May 2018"),
        ("2018-06-01/2018-06-01", "1 June 2018"),
        ("2018-06-01/..", "since 1 June 2018"),
        ("../2018-05-31", "until 31 May 2018"),
        ("../..", "always"),
        ("unknown/2018-05-31", "start unknown, until 31 May 2018"),
        ("2018-06-01/unknown", "since 1 June 2018, end unknown"),
        ("unknown/unknown", "start unknown, end unknown"),
        ("unknown/..", "start unknown, still open"),
        ("../unknown", "end unknown"),
    ],
)
def test_text_and_words(written: str, words: str) -> None:
    """A period prints what is known of it, in the notation and in words; unknown is printed as such."""
    assert str(period(written)) == written
    assert period(written).describe() == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018-06-01",
        "2018-06-01/",
        "/2018-06-01",
        "2018-06/2018-07",
        "20180601/20180701",
        "2018-06-01/2018-07-01/..",
        "2018-06-01 / ..",
        "Unknown/..",
        "2018-06-01/None",
        "2018-06-01/2018-05-31",
    ],
)
def test_from_text_is_strict(text: str) -> None:
    """`from_text` takes only what ``str()`` writes."""
    with pytest.raises(InvalidPeriod):
        period(text)


def test_a_period_is_a_value() -> None:
    """Equal periods hash alike, `UNKNOWN` stays itself, and both survive pickling and copying."""
    written = Period(UNKNOWN, date(2018, 5, 31))
    for twin in (pickle.loads(pickle.dumps(written)), copy.deepcopy(written)):  # noqa: S301 - our own bytes
        assert twin == written
        assert hash(twin) == hash(written)
        assert twin.start is UNKNOWN
    assert Unknown("unknown") is UNKNOWN


def test_sorting_is_by_start_then_end() -> None:
    """No start sorts first, then an unknown one, then days; an open end sorts last, an unknown one before it."""
    ordered = [
        "../2018-05-31",
        "../unknown",
        "../..",
        "unknown/2018-05-31",
        "unknown/..",
        "2001-04-01/2018-05-31",
        "2001-04-01/2018-06-30",
        "2001-04-01/unknown",
        "2001-04-01/..",
        "2018-06-01/2018-06-30",
    ]
    assert texts(tuple(sorted(map(period, reversed(ordered)), key=lambda each: each.sort_key))) == ordered


# ------------------------------------------------------------------------------------------ algebra


def test_a_body_meets_its_successor() -> None:
    """The day after the last day is the first of the next: they meet, and share no day."""
    assert SSSFT.meets(MPFT)
    assert not MPFT.meets(SSSFT)
    assert not SSSFT.overlaps(MPFT)
    assert SSSFT.relation(MPFT) is Allen.MEETS
    assert MPFT.relation(SSSFT) is Allen.MET_BY


def test_a_succession_dated_on_the_last_day_overlaps() -> None:
    """Where both claim the same day, that is one day of overlap, not a meeting."""
    early = period("2018-05-31/..")
    assert not SSSFT.meets(early)
    assert SSSFT.overlaps(early)
    assert SSSFT.relation(early) is Allen.OVERLAPS
    assert str(SSSFT.intersect(early)) == "2018-05-31/2018-05-31"


@pytest.mark.parametrize("written", ["2018-06-02/..", "unknown/..", "../.."])
def test_only_the_next_day_meets(written: str) -> None:
    """A gap of a day, an unknown start and no start are no certain meeting."""
    assert not SSSFT.meets(period(written))
    assert not period("2018-06-01/unknown").meets(period(written))


def test_union_of_neighbours() -> None:
    """Adjacent or overlapping periods are one; others are not made one."""
    assert str(SSSFT.union(MPFT)) == "2001-04-01/.."
    assert str(MPFT.union(SSSFT)) == "2001-04-01/.."
    assert SSSFT.union(period("2018-06-02/..")) is None


def test_subtract_leaves_the_rest() -> None:
    """What is taken out of the middle leaves both sides."""
    whole = period("2013-04-01/2026-03-31")
    assert texts(whole.subtract(period("2017-04-01/2018-03-31"))) == ["2013-04-01/2017-03-31", "2018-04-01/2026-03-31"]
    assert texts(whole.subtract(period("2017-04-01/.."))) == ["2013-04-01/2017-03-31"]
    assert texts(whole.subtract(period("../2017-03-31"))) == ["2017-04-01/2026-03-31"]
    assert texts(whole.subtract(period("2000-01-01/2000-12-31"))) == ["2013-04-01/2026-03-31"]
    assert whole.subtract(period("../..")) == ()


def test_nothing_is_left_outside_the_calendar() -> None:
    """There is no day before the first of the calendar or after its last, so no piece is left there."""
    assert Period().subtract(Period(date.min, date.max)) == ()
    assert texts(Period().subtract(period("0001-01-02/9999-12-30"))) == ["../0001-01-01", "9999-12-31/.."]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("unknown/2018-05-31", "2001-04-01/..", "unknown/2018-05-31"),
        ("unknown/2018-05-31", "2018-05-31/..", "2018-05-31/2018-05-31"),
        ("unknown/2018-05-31", "../2018-05-30", "unknown/unknown"),
        ("2001-04-01/unknown", "../2018-05-31", "2001-04-01/unknown"),
        ("unknown/..", "2018-06-01/..", "unknown/.."),
        ("unknown/unknown", "../..", "unknown/unknown"),
    ],
)
def test_intersect_keeps_the_unknown(one: str, other: str, expected: str) -> None:
    """A bound that hangs on an unknown one is unknown; both are where a common day is only possible."""
    assert str(period(one).intersect(period(other))) == expected


def test_intersect_is_nothing_only_where_that_is_certain() -> None:
    """No common day is said only where no possible bound gives one."""
    assert period("unknown/2018-05-31").intersect(MPFT) is None
    assert period("unknown/2018-06-01").intersect(MPFT) == period("2018-06-01/2018-06-01")
    assert period("2001-04-01/unknown").intersect(MPFT) == period("unknown/unknown")


def test_union_is_one_only_where_that_is_certain() -> None:
    """Two periods are made one only where every possible bound makes them touch: nothing is lost by a guess."""
    assert period("2001-04-01/unknown").union(MPFT) is None
    assert str(period("unknown/2018-05-31").union(MPFT)) == "unknown/.."
    assert str(period("unknown/2018-05-31").union(period("../2018-06-30"))) == "../2018-06-30"


def test_subtract_marks_pieces_that_may_not_be_left() -> None:
    """A piece that hangs on an unknown bound is unknown at both ends, so it claims no day."""
    assert texts(SSSFT.subtract(period("unknown/2012-12-31"))) == ["unknown/unknown", "2013-01-01/2018-05-31"]
    assert texts(SSSFT.subtract(period("2013-01-01/unknown"))) == ["2001-04-01/2012-12-31", "unknown/unknown"]
    assert texts(period("2001-04-01/unknown").subtract(period("2013-01-01/.."))) == ["2001-04-01/unknown"]
    assert texts(period("unknown/2018-05-31").subtract(MPFT)) == ["unknown/2018-05-31"]


@pytest.mark.parametrize(
    ("one", "other", "certain", "possible"),
    [
        ("unknown/2018-05-31", "2018-05-31/..", True, True),
        ("unknown/2018-05-31", "2001-04-01/2001-12-31", False, True),
        ("unknown/2018-05-31", "2018-06-01/..", False, False),
        ("unknown/..", "2018-06-01/..", True, True),
        ("unknown/unknown", "unknown/unknown", False, True),
    ],
)
def test_overlaps_and_may_overlap(one: str, other: str, certain: bool, possible: bool) -> None:  # noqa: FBT001 - a table
    """A common day is certain, possible or neither."""
    assert period(one).overlaps(period(other)) is certain
    assert period(one).may_overlap(period(other)) is possible


# -------------------------------------------------------------------------------------------- Allen


@pytest.mark.parametrize(
    ("one", "relation"),
    [
        ("2000-01-01/2009-12-30", Allen.BEFORE),
        ("2000-01-01/2009-12-31", Allen.MEETS),
        ("2000-01-01/2010-01-01", Allen.OVERLAPS),
        ("2000-01-01/2019-12-31", Allen.FINISHED_BY),
        ("2000-01-01/2020-01-01", Allen.CONTAINS),
        ("2010-01-01/2010-01-01", Allen.STARTS),
        ("2010-01-01/2019-12-31", Allen.EQUALS),
        ("2010-01-01/2020-01-01", Allen.STARTED_BY),
        ("2010-01-02/2019-12-30", Allen.DURING),
        ("2010-01-02/2019-12-31", Allen.FINISHES),
        ("2019-12-31/..", Allen.OVERLAPPED_BY),
        ("2020-01-01/..", Allen.MET_BY),
        ("2020-01-02/..", Allen.AFTER),
        ("unknown/2009-12-31", Allen.MEETS),
        ("unknown/2009-12-30", Allen.BEFORE),
        ("unknown/2010-01-01", Allen.UNDECIDED),
        ("2010-01-01/unknown", Allen.UNDECIDED),
        ("2019-12-31/unknown", Allen.UNDECIDED),
        ("2020-01-01/unknown", Allen.MET_BY),
        ("2020-01-02/unknown", Allen.AFTER),
    ],
)
def test_the_thirteen_relations(one: str, relation: Allen) -> None:
    """Each of Allen's relations to the years 2010 to 2019, and undecided only where an unknown bound hides it."""
    decade = period("2010-01-01/2019-12-31")
    assert period(one).relation(decade) is relation
    assert decade.relation(period(one)) is relation.inverse


def test_no_bound_is_beyond_every_unknown_one() -> None:
    """An unknown bound is some day, so a period without bounds contains it."""
    assert Period().relation(period("unknown/unknown")) is Allen.CONTAINS
    assert period("unknown/unknown").relation(period("unknown/unknown")) is Allen.UNDECIDED


@pytest.mark.parametrize("written", ["2018-06-01/unknown", "unknown/2018-06-01"])
def test_a_bound_that_may_be_the_same_day_is_not_the_same_day(written: str) -> None:
    """A period with an unknown bound may be of one day, and is not known to be."""
    one_day = period("2018-06-01/2018-06-01")
    assert period(written).relation(one_day) is Allen.UNDECIDED
    assert one_day.relation(period(written)) is Allen.UNDECIDED


def test_inverses_are_pairs() -> None:
    """Twelve relations pair up, equality is its own inverse, and so is not knowing."""
    assert all(relation.inverse.inverse is relation for relation in Allen)
    assert [relation for relation in Allen if relation.inverse is relation] == [Allen.EQUALS, Allen.UNDECIDED]
