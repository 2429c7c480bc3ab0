"""Dates of data as people write them: each form means certain days, and what may mean two things is refused."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhs_orgs.frames.periods import FIRST, LAST, from_number, month_of, of_text, of_value, of_values, to_number, written


def days(text: str, *, financial: bool | None = None) -> tuple[str, str] | None:
    """First and last day that a text covers."""
    span = of_text(text, financial=financial)
    return None if span is None else (str(from_number(span[0])), str(from_number(span[1])))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-06-01", "2018-06-01", "2018-06-01"),
        (" 2018-06-01 ", "2018-06-01", "2018-06-01"),
        ("2018-06-01 00:00:00", "2018-06-01", "2018-06-01"),
        ("2018-06-01T00:00:00.000", "2018-06-01", "2018-06-01"),
        ("2016-02-29", "2016-02-29", "2016-02-29"),
        ("2015-08", "2015-08-01", "2015-08-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-12", "2015-12-01", "2015-12-31"),
        ("2018-19", "2018-04-01", "2019-03-31"),
        ("2018/19", "2018-04-01", "2019-03-31"),
        ("2018-2019", "2018-04-01", "2019-03-31"),
        ("2011/12", "2011-04-01", "2012-03-31"),
        ("1999-00", "1999-04-01", "2000-03-31"),
        ("2018-19 Q1", "2018-04-01", "2018-06-30"),
        ("2018-19 Q3", "2018-10-01", "2018-12-31"),
        ("2018-19 Q4", "2019-01-01", "2019-03-31"),
        ("2019-20Q4", "2020-01-01", "2020-03-31"),
        ("2011-12 Q4", "2012-01-01", "2012-03-31"),
        ("2018/19-q2", "2018-07-01", "2018-09-30"),
        ("2018 Q1", "2018-01-01", "2018-03-31"),
        ("2018-Q4", "2018-10-01", "2018-12-31"),
        ("2018q2", "2018-04-01", "2018-06-30"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_what_each_form_means(text: str, first: str, last: str) -> None:
    """A day, a month, a financial year or a quarter of either sort of year, in any of its spellings."""
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2018", "18-19", "2018-13", "2018-00", "2018-20", "2018-2020", "2018-18", "2018 Q0", "2018 Q5",
        "2018-19 Q5", "2018-20 Q1", "2018-02-30", "2015-02-29", "31/03/2018", "03/31/2018", "20180331", "2018-6-1",
        "2018-06-01 12:30:00", "2018-06-01/2018-06-30", "Jun 2018", "June 2018", "Q1 2018", "0000-01-01", "10000-01-01",
        "-2018-06", "2018-06\u0661", "\u0662\u0660\u0661\u0668-06", "nan", "NaT", "9999-12", "9999-10 Q4",
    ],
)  # fmt: skip
def test_what_is_none_of_the_forms_is_not_guessed_at(text: str) -> None:
    """A year alone, another order of day and month, a span of two years, digits of other scripts: nothing is read."""
    assert days(text) is None


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        ("2011-12", ("2011-12-01", "2011-12-31"), ("2011-04-01", "2012-03-31")),
        ("2000-01", ("2000-01-01", "2000-01-31"), ("2000-04-01", "2001-03-31")),
        ("2008-09", ("2008-09-01", "2008-09-30"), ("2008-04-01", "2009-03-31")),
    ],
)
def test_a_month_that_may_be_a_year_is_what_it_is_said_to_be(
    text: str, month: tuple[str, str], year: tuple[str, str]
) -> None:
    """From 2000-01 to 2011-12 one text a year may mean either: alone it is not read."""
    assert days(text) is None
    assert days(text, financial=False) == month
    assert days(text, financial=True) == year


def test_such_a_text_is_what_the_others_of_its_column_are() -> None:
    """Beside months it is a month, beside financial years a year; beside both, or neither, it is not read."""

    def first_of(*column: object) -> str | None:
        span = of_values(column)[0]
        return None if span is None else str(from_number(span[0]))

    assert first_of("2011-12", "2013-08") == "2011-12-01"
    assert first_of("2011-12", "2013-14") == "2011-04-01"
    assert first_of("2011-12", None, "2011-11-30") is None
    assert first_of("2011-12", "2013-08", "2013-14") is None
    assert first_of("2011-12", "2012-13 Q1") is None


def test_values_that_are_no_texts() -> None:
    """Days and timestamps are days; numbers, truth values and nothing are not read."""
    day = to_number(date(2018, 6, 1))
    assert of_value(date(2018, 6, 1)) == of_value(datetime(2018, 6, 1, 23, 59)) == (day, day)  # noqa: DTZ001 - of no zone
    assert [of_value(value) for value in (None, 2018, 2018.5, True, b"2018-06", float("nan"))] == [None] * 6


@given(st.dates())
def test_every_day_is_read_as_itself(day: date) -> None:
    """A day's number leads back to it, and its text is read as that day; it lies in its month."""
    number = to_number(day)
    assert FIRST <= number <= LAST
    assert from_number(number) == day
    assert of_text(day.isoformat()) == (number, number)
    assert month_of(number) == day.isoformat()[:7]


@given(st.integers(1, 9990))
def test_quarters_make_up_a_year(year: int) -> None:
    """Four quarters follow each other without a gap, of a financial year from April to March."""
    name = f"{year:04}-{(year + 1) % 100:02}"
    whole = of_text(name, financial=True)
    quarters = [of_text(f"{name} Q{quarter}") for quarter in range(1, 5)]
    assert whole is not None
    assert all(quarters)
    found = [span for span in quarters if span is not None]
    assert (found[0][0], found[-1][1]) == whole
    assert all(one[1] + 1 == other[0] for one, other in pairwise(found))
    assert (str(from_number(whole[0]))[5:], str(from_number(whole[1]))[5:]) == ("04-01", "03-31")


def test_the_list_for_engines_is_what_the_reader_reads() -> None:
    """Every spelling that engines join with means what it means in memory; what may be two things is not in it."""
    listed = list(written(1998, 2030))
    assert len({text for text, _, _ in listed}) == len(listed)
    assert all(of_text(text) == (first, last) for text, first, last in listed)
    texts = {text for text, _, _ in listed}
    assert {"2015-08", "2018-19", "2018-19 Q1", "2018 Q2", "2011/12", "2018-2019", "2018/19-Q4", "2018Q2"} <= texts
    assert not {"2011-12", "2000-01"} & texts
