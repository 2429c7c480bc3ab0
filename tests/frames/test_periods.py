"""Dates of data as people write them: each form means certain days, and what may mean two things is refused."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pytest
from frames_of import KINDS, rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhs_orgs.frames.grammar import A_DAY, PLAIN, folded, periods
from nhs_orgs.frames.lookups import lookup_for
from nhs_orgs.frames.periods import (
    FIRST,
    LAST,
    from_number,
    is_empty,
    month_of,
    name_of,
    of_text,
    of_value,
    of_values,
    to_number,
    unread,
)
from nhs_orgs.frames.texts import SINCE, UNTIL, with_days


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
        ("2018/2019", "2018-04-01", "2019-03-31"),
        ("2018\u201319", "2018-04-01", "2019-03-31"),
        ("Q1 2019/20", "2019-04-01", "2019-06-30"),
        ("q4\u00a02019-20", "2020-01-01", "2020-03-31"),
        ("Q2 2011-12", "2011-07-01", "2011-09-30"),
        ("2019/20 Q1", "2019-04-01", "2019-06-30"),
        ("2019/2020 Q1", "2019-04-01", "2019-06-30"),
        ("April 2019", "2019-04-01", "2019-04-30"),
        ("Apr 2019", "2019-04-01", "2019-04-30"),
        ("\u00a0Apr-19\t", "2019-04-01", "2019-04-30"),
        ("Jan-00", "2000-01-01", "2000-01-31"),
        ("Dec-49", "2049-12-01", "2049-12-31"),
        ("SEPT 2019", "2019-09-01", "2019-09-30"),
        ("2019 APR", "2019-04-01", "2019-04-30"),
        ("MSitAE-APRIL-2019", "2019-04-01", "2019-04-30"),
        ("RTT-April-2026", "2026-04-01", "2026-04-30"),
        ("DM01-JANUARY-2025", "2025-01-01", "2025-01-31"),
        ("201904", "2019-04-01", "2019-04-30"),
        ("1950-05", "1950-05-01", "1950-05-31"),
        ("20190630", "2019-06-30", "2019-06-30"),
        ("30/06/2019", "2019-06-30", "2019-06-30"),
        ("04/05/2019", "2019-05-04", "2019-05-04"),
        ("30-06-2019", "2019-06-30", "2019-06-30"),
        ("30/06/2019 00:00", "2019-06-30", "2019-06-30"),
        ("30-Jun-2019", "2019-06-30", "2019-06-30"),
        ("30-jun-19", "2019-06-30", "2019-06-30"),
        ("1 June 2019", "2019-06-01", "2019-06-01"),
        ("29 Feb 2016", "2016-02-29", "2016-02-29"),
    ],
)
def test_what_each_form_means(text: str, first: str, last: str) -> None:
    """A day, a month, a financial year or a quarter of either sort of year, in any of its spellings."""
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2018", "18-19", "2018-13", "2018-00", "2018-20", "2018-2020", "2018-18", "2018 Q0", "2018 Q5",
        "2018-19 Q5", "2018-20 Q1", "2018-02-30", "2015-02-29", "03/31/2018", "03-31-2018", "20183103", "2018-6-1",
        "31/3/2018", "1/4/2019", "31/03/18", "31 February 2018", "29 Feb 2015", "0 June 2018", "31 June 2018",
        "2018-06-01 12:30:00", "2018-06-01/2018-06-30", "Jun", "Jun-7", "Apr-50", "Apr-99", "19-Apr", "Q1", "Q1 2018",
        "Q1 18/19", "201819", "201800", "201813", "2018/06", "06/2018", "1-Q1-2019", "AE-APRIL-2019", "-2018-06",
        "2018-06-", "0000-01-01", "10000-01-01", "2018-06\u0661", "\u0662\u0660\u0661\u0668-06", "nan", "NaT",
        "1899-12", "2100-01", "9999-12", "9999-10 Q4", "00000000",
    ],
)  # fmt: skip
def test_what_is_none_of_the_forms_is_not_guessed_at(text: str) -> None:
    """A year alone, the month before the day, two digits without a month, digits of other scripts: nothing is read."""
    assert days(text) is None


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        ("2011-12", ("2011-12-01", "2011-12-31"), ("2011-04-01", "2012-03-31")),
        ("2000-01", ("2000-01-01", "2000-01-31"), ("2000-04-01", "2001-03-31")),
        ("2008-09", ("2008-09-01", "2008-09-30"), ("2008-04-01", "2009-03-31")),
        ("200809", ("2008-09-01", "2008-09-30"), None),
    ],
)
def test_a_month_that_may_be_a_year_is_what_it_is_said_to_be(
    text: str, month: tuple[str, str], year: tuple[str, str] | None
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
    assert first_of("2011-12", "Aug-13") == first_of("201112", "201308") == "2011-12-01"
    assert first_of("2011-12", "2013/2014") == "2011-04-01"
    assert first_of("201112", "2013-14") is None


def test_values_that_are_no_texts() -> None:
    """Days and timestamps are days, a whole number is what its digits are; truth values and nothing are not read."""
    day = to_number(date(2018, 6, 1))
    assert of_value(date(2018, 6, 1)) == of_value(datetime(2018, 6, 1, 23, 59)) == (day, day)  # noqa: DTZ001 - of no zone
    assert of_value(20180601) == of_value(np.int32(20180601)) == (day, day)
    assert of_value(201806) == of_text("2018-06")
    assert [of_value(value) for value in (None, 2018, 201806.0, True, b"2018-06", float("nan"))] == [None] * 6
    assert [is_empty(value) for value in (None, "", " \u00a0\t", 0, "-", "nan")] == [True] * 3 + [False] * 3


@given(st.dates())
def test_every_day_is_read_as_itself(day: date) -> None:
    """A day's number leads back to it, and its text is read as that day; it lies in its month."""
    number = to_number(day)
    assert FIRST <= number <= LAST
    assert from_number(number) == day
    assert of_text(day.isoformat()) == (number, number)
    assert month_of(number) == day.isoformat()[:7]


@given(st.integers(1900, 2098))
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


def test_the_list_of_periods_is_what_the_reader_reads() -> None:
    """Every spelling in the list means what it means in memory; what may be two things is not in it."""
    listed = periods()
    assert all(of_text(text) == tuple(map(to_number, days)) for text, days in listed.items())
    plain = {text for text in listed if re.search(PLAIN, text)}
    assert all(listed[text] == listed.get(folded(text)) for text in plain)
    assert {"2015-08", "2018-19", "2018-19 Q1", "2018 Q2", "2011/12", "2018-2019"} <= plain
    assert {"APRIL-2019", "APR-19", "201904", "Q1-2019/20"} <= set(listed)
    assert not {"2011-12", "2000-01", "201112", "200001"} & set(listed)


def test_the_pattern_of_a_day_knows_the_calendar() -> None:
    """It finds each day of every sort of year, the leap years among them, and no other."""
    for year in (*range(1, 405), *range(1895, 2105), 9996, 9999):
        for month, day in ((1, 31), (2, 28), (2, 29), (2, 30), (4, 30), (4, 31), (6, 0), (0, 1), (12, 31), (13, 1)):
            text = f"{year:04}-{month:02}-{day:02}"
            assert bool(re.search(A_DAY, text)) is _is_a_day(year, month, day), text
    assert not re.search(A_DAY, "0000-02-29")


def _is_a_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def test_a_period_has_one_name_however_it_is_spelt() -> None:
    """Months, quarters and financial years are named as the data of the NHS names them; a day by its month."""
    spelt = {
        "2019-04": ["2019-04", "Apr-19", "MSitAE-APRIL-2019", "30/04/2019", "2019-04-01"],
        "2019-20 Q1": ["Q1 2019/20", "2019 Q2", "2019-2020 Q1"],
        "2019-20 Q4": ["2020 Q1", "2019-20Q4"],
        "2019-20": ["2019/20", "2019-2020"],
    }
    for name, texts in spelt.items():
        assert {name_of(span) for span in of_values(texts) if span} == {name}
        assert None not in of_values(texts)
    assert name_of((to_number(date(2018, 1, 1)), to_number(date(2018, 12, 31)))) == "2018-01-01/2018-12-31"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["spring"], "holds 'spring', which is no date"),
        (["a", "b"], "holds 'a', 'b', which are no dates"),
        (["a", "b", "c", "d", "e"], "holds 'a', 'b', 'c' and 2 more, which are no dates"),
        (["a", "06/30/2019"], "'06/30/2019' looks like an American date"),
        (["1/4/2019"], "'1/4/2019' looks like an American date"),
        (["2011-12"], "'2011-12' may be a month or a financial year"),
        ([201112], "'201112' may be a month or a financial year"),
    ],
)
def test_the_error_shows_what_could_not_be_read_and_what_could_be(values: list[Any], words: str) -> None:
    """It names column, texts and rows, every form, and why a text that looks like a date is none."""
    error = unread("period", values, (3, 5))
    assert words in str(error)
    assert str(error).startswith("Column 'period' holds")
    assert "(rows 3, 5, counted from 0)" in str(error)
    assert all(form in str(error) for form in ("'30/06/2018' (the day first)", "'Aug-15'", "'2018-19'", "'Q1 2018/19'"))
    assert ("American" in str(error)) is ("American" in words)


# --- engines ----------------------------------------------------------------------------------------------------------

LOOKS = [
    "{d}/{m}/{y}", "{m}/{d}/{y}", "{y}{m}{d}", "{y}-{m}-{d}", "{y}-{m}-{d} 00:00:00", "{y}-{m}-{d}T00:00",
    "{d} {name} {y}", "{d}-{short}-{yy}", "{name} {y}", "{short}-{yy}", "{y} {short}", "MSitAE-{name}-{y}", "{y}-{m}",
    "{y}{m}", "{y}-{next}", "{y}/{next}", "{y}-{following}", "{y}/{next} Q{q}", "Q{q} {y}-{next}", "{y} Q{q}",
    "{y}q{q}", "{y}", "Q{q} {y}", "spring",
]  # fmt: skip
"""Dates as people write them, and some that are none."""
DRESSED = ["{}", " {}", "{}\u00a0", "\u2009{}\ufeff", "{}-", "-{}", "{} 00:00"]


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    """A date in one of many looks, in one of many dresses."""
    year, month, day = draw(st.integers(1895, 2105)), draw(st.integers(0, 13)), draw(st.integers(0, 32))
    name = month_name[month] if 1 <= month <= 12 else "Foo"
    text = draw(st.sampled_from(LOOKS)).format(
        y=year, yy=f"{year % 100:02}", next=f"{(year + 1) % 100:02}", following=year + 1, m=f"{month:02}",
        d=f"{day:02}", q=draw(st.integers(0, 5)), name=name, short=name[:3],
    )  # fmt: skip
    spelt = draw(st.sampled_from([text, text.upper(), text.lower(), text.replace("-", "\u2013")]))
    return draw(st.sampled_from(DRESSED)).format(spelt)


@pytest.mark.parametrize("kind", ["polars", "polars lazy", "pyarrow", "duckdb"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(written_dates(), min_size=1, max_size=40))
def test_engines_read_what_is_read_in_memory(kind: str, texts: list[str]) -> None:
    """A plan finds the same first and last day for every text, and none where none is found in memory."""
    assert _in_a_plan(KINDS[kind]({"code": texts})) == {text: _iso(of_text(text)) for text in texts}


def _in_a_plan(frame: Any) -> dict[str, tuple[str | None, str | None]]:  # noqa: ANN401 - of every kind
    plan = nw.from_native(frame)
    rows = rows_of(nw.to_native(with_days(plan, "code", lookup_for(plan))))
    return {row["code"]: (row[SINCE], row[UNTIL]) for row in rows}


def _iso(span: tuple[int, int] | None) -> tuple[str | None, str | None]:
    return (None, None) if span is None else (str(from_number(span[0])), str(from_number(span[1])))
