"""The laws of dates: texts go round, limits hold every day, and nothing is invented."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nhs_orgs.dates import PartialDate, Precision, from_ods, parse_human, to_day
from nhs_orgs.errors import InvalidDate

LAW = settings(deadline=None)

days = st.dates()
four_digit_years = st.dates(min_value=date(1000, 1, 1))
ranges = st.tuples(days, days).map(sorted).map(lambda pair: PartialDate.between(*pair))


def partial_dates(of: st.SearchStrategy[date]) -> st.SearchStrategy[PartialDate]:
    """Days, months and years of some days."""
    return st.one_of(
        of.map(PartialDate.of_day),
        of.map(lambda day: PartialDate.of_month(day.year, day.month)),
        of.map(lambda day: PartialDate.of_year(day.year)),
    )


any_partial_date = st.one_of(partial_dates(days), ranges)
date_like_text = st.text(alphabet="0123456789-/", max_size=22)
human_text = st.lists(
    st.one_of(
        st.sampled_from(
            ["June", "May", "Sept", "1st", "of", "the", "Friday", "UTC", "T", ":", "-", "/", ".", ",", " ", "Q2", "18"]
        ),
        st.integers(0, 99999).map(str),
        st.text(max_size=3),
    ),
    max_size=7,
).map("".join)


@LAW
@given(days)
def test_days_go_round(day: date) -> None:
    """A day is what its text says, in our form and in ODS's."""
    assert to_day(day.isoformat()) == day
    assert from_ods(day.isoformat().replace("-", "")) == day


@LAW
@given(date_like_text)
@example("2018-06-01")
@example("20180601")
def test_only_texts_of_days_are_taken(text: str) -> None:
    """A text is a day's own, or an `InvalidDate`."""
    for read, write in ((to_day, date.isoformat), (from_ods, lambda day: day.isoformat().replace("-", ""))):
        try:
            day = read(text)
        except InvalidDate:
            continue
        assert write(day) == text


@LAW
@given(any_partial_date)
def test_partial_dates_go_round(when: PartialDate) -> None:
    """A partial date is what its text says."""
    assert PartialDate.from_text(str(when)) == when


@LAW
@given(date_like_text)
@example("2018-06-01/2018-06-01")
@example("2018-06")
def test_only_texts_of_partial_dates_are_taken(text: str) -> None:
    """A text is a partial date's own, or an `InvalidDate`."""
    try:
        when = PartialDate.from_text(text)
    except InvalidDate:
        return
    assert str(when) == text


@LAW
@given(any_partial_date, any_partial_date)
def test_equal_is_one_form(one: PartialDate, other: PartialDate) -> None:
    """Partial dates are equal exactly where their texts are; then they hash alike."""
    assert (one == other) is (str(one) == str(other))
    assert one != other or hash(one) == hash(other)


@LAW
@given(days, days)
def test_limits_hold_every_day_and_no_other(day: date, other: date) -> None:
    """A day lies within the limits of its own month and year, and within no other's."""
    month, year = PartialDate.of_month(day.year, day.month), PartialDate.of_year(day.year)
    assert year.earliest <= month.earliest <= day <= month.latest <= year.latest
    assert (month.earliest <= other <= month.latest) is ((other.year, other.month) == (day.year, day.month))
    assert (year.earliest <= other <= year.latest) is (other.year == day.year)


@LAW
@given(days, st.integers(0, 5000))
def test_a_range_has_its_own_limits(day: date, length: int) -> None:
    """A range has the limits it was given, and is a day exactly where they are one."""
    last = min(date.max - timedelta(length), day) + timedelta(length)
    first = last - timedelta(length)
    when = PartialDate.between(first, last.isoformat())
    assert (when.earliest, when.latest) == (first, last)
    assert (when.precision is Precision.DAY) is (length == 0)
    assert when.day == (first if length == 0 else None)


@LAW
@given(partial_dates(four_digit_years))
def test_people_can_give_back_what_they_were_told(when: PartialDate) -> None:
    """The words that describe a day, a month or a year are read as just that."""
    assert parse_human(when.describe()) == when


@LAW
@given(four_digit_years)
def test_numbers_are_day_first(day: date) -> None:
    """A day in numbers is day, month, year, however small the numbers are."""
    assert parse_human(f"{day.day}/{day.month}/{day.year}").day == day
    assert parse_human(f"{day.year}/{day.month}/{day.day}").day == day


@LAW
@given(human_text)
@example("1 June 2018")
@example("06/13/2018")
@example("June2018")
def test_no_year_is_invented(text: str) -> None:
    """Whatever is written: it is refused, or it is a date whose year was written in four digits."""
    try:
        when = parse_human(text)
    except InvalidDate:
        return
    assert f"{when.earliest.year:04}" in text
