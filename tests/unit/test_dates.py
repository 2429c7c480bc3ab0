"""Days and imprecise dates, one claim a test."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest

from nhs_orgs.dates import PartialDate, Precision, from_ods, parse_human, to_day
from nhs_orgs.errors import InvalidDate, NHSOrgsError

JUNE = PartialDate.of_month(2018, 6)
RENAMED = PartialDate.between("2023-10-31", "2025-01-01")


class NotATime(datetime):
    """As pandas' ``NaT``: a datetime that has no day."""

    def date(self) -> date:
        """Refuse, as ``NaT`` does."""
        raise ValueError("NaTType does not support date")


# ------------------------------------------------------------------------------------------ to_day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2018-06-01", date(2018, 6, 1)),
        ("2020-02-29", date(2020, 2, 29)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
        (date(2018, 6, 1), date(2018, 6, 1)),
        (datetime(2018, 6, 1, 23, 59, tzinfo=timezone.utc), date(2018, 6, 1)),
        (datetime(2018, 6, 1), date(2018, 6, 1)),  # noqa: DTZ001 - naive on purpose
    ],
)
def test_to_day_takes(value: date | str, day: date) -> None:
    """A day is a date, the day of a moment, or a text yyyy-mm-dd; and the answer is always a plain date."""
    assert to_day(value) == day
    assert type(to_day(value)) is date


def test_to_day_keeps_the_clock_of_a_moment() -> None:
    """A moment's day is that of its own clock, not that of Greenwich."""
    sydney = timezone(timedelta(hours=10))
    assert to_day(datetime(2018, 6, 1, 3, tzinfo=sydney)) == date(2018, 6, 1)


@pytest.mark.parametrize(
    "text",
    [
        "20180601",  # Python 3.11 and later would take these three as ISO forms
        "2018-W22-5",
        "2018W225",
        "2018-06-01T00:00",
        "2018-06-01 00:00:00",
        " 2018-06-01",
        "2018-06-01\n",
        "2018-6-1",
        "2018-06",
        "2018",
        "01/06/2018",
        "2018-06-31",
        "2019-02-29",
        "2018-13-01",
        "0000-01-01",
        "２０１８-06-01",  # noqa: RUF001 - full-width digits are digits to Python
        "..",
        "unknown",
        "",
    ],
)
def test_to_day_refuses(text: str) -> None:
    """Any other text is refused, named, with the form expected, on every version of Python."""
    with pytest.raises(InvalidDate, match="yyyy-mm-dd") as caught:
        to_day(text)
    assert caught.value.text == text
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("value", [None, 20180601, 2018.0, b"2018-06-01", ("2018-06-01",)])
def test_to_day_refuses_what_is_no_text(value: object) -> None:
    """What is neither date nor text is an `InvalidDate` too, not a crash inside."""
    with pytest.raises(InvalidDate):
        to_day(value)  # type: ignore[arg-type]  # as untyped callers do


def test_to_day_refuses_a_missing_time() -> None:
    """The missing time of pandas is a ``datetime`` by class, and no day."""
    with pytest.raises(InvalidDate):
        to_day(NotATime(2018, 6, 1))


def test_an_invalid_date_is_a_value_error_of_this_library() -> None:
    """Callers may catch it as ``ValueError`` or with everything else of the library."""
    assert issubclass(InvalidDate, ValueError)
    assert issubclass(InvalidDate, NHSOrgsError)


# ---------------------------------------------------------------------------------------- from_ods


def test_from_ods_reads_eight_digits() -> None:
    """An ODS field is year, month, day, without anything between."""
    assert from_ods("20180601") == date(2018, 6, 1)


@pytest.mark.parametrize(
    "text", ["", "2018-06-01", "201806", "20180631", "20180001", "20180601 ", "20180601\n", "201806011", "2018060१"]
)
def test_from_ods_refuses(text: str) -> None:
    """An ODS field that is not eight ASCII digits of a real day is refused, not mended."""
    with pytest.raises(InvalidDate, match="yyyymmdd") as caught:
        from_ods(text)
    assert caught.value.text == text


# ------------------------------------------------------------------------------------- PartialDate


@pytest.mark.parametrize(
    ("when", "text", "words", "limits"),
    [
        (PartialDate.of_day("2018-06-01"), "2018-06-01", "1 June 2018", ("2018-06-01", "2018-06-01")),
        (JUNE, "2018-06", "June 2018", ("2018-06-01", "2018-06-30")),
        (PartialDate.of_month(2020, 2), "2020-02", "February 2020", ("2020-02-01", "2020-02-29")),
        (PartialDate.of_year(2018), "2018", "2018", ("2018-01-01", "2018-12-31")),
        (PartialDate.of_year(999), "0999", "999", ("0999-01-01", "0999-12-31")),
        (
            RENAMED,
            "2023-10-31/2025-01-01",
            "between 31 October 2023 and 1 January 2025",
            ("2023-10-31", "2025-01-01"),
        ),
    ],
)
def test_a_partial_date(when: PartialDate, text: str, words: str, limits: tuple[str, str]) -> None:
    """A date keeps what was said: its two limits, its text and its words."""
    assert str(when) == text
    assert when.describe() == words
    assert (when.earliest, when.latest) == tuple(map(to_day, limits))
    assert PartialDate.from_text(text) == when


def test_the_precision_is_that_of_the_constructor() -> None:
    """Each constructor gives its own precision."""
    assert PartialDate.of_day("2018-06-01").precision is Precision.DAY
    assert JUNE.precision is Precision.MONTH
    assert PartialDate.of_year(2018).precision is Precision.YEAR
    assert RENAMED.precision is Precision.RANGE


def test_only_a_day_has_a_day() -> None:
    """A month, a year and a range have no day, and none is made up for them."""
    assert PartialDate.of_day("2018-06-01").day == date(2018, 6, 1)
    assert JUNE.day is None
    assert PartialDate.of_year(2018).day is None
    assert RENAMED.day is None


def test_a_range_of_one_day_is_that_day() -> None:
    """Two equal limits are one day, so that equal knowledge has one form."""
    assert PartialDate.between("2018-06-01", "2018-06-01") == PartialDate.of_day("2018-06-01")


def test_precision_is_part_of_the_value() -> None:
    """The month of June 2018 and some day between its first and its last are not the same statement."""
    assert PartialDate.between("2018-06-01", "2018-06-30") != JUNE


@pytest.mark.parametrize(
    "text",
    [
        "2018-06-01/2018-06-01",
        "2018-06-01/2018-05-31",
        "2018-06/2018-07",
        "2018-06-01/",
        "/2018-06-01",
        "2018-06-01/2018-07-01/2018-08-01",
        "2018-13",
        "2018-00",
        "0000",
        "0000-06",
        "2018-06-31",
        "201806",
        "20180601",
        "18",
        " 2018",
        "2018 ",
        "June 2018",
        "",
    ],
)
def test_from_text_is_strict(text: str) -> None:
    """`from_text` takes only what ``str()`` writes."""
    with pytest.raises(InvalidDate):
        PartialDate.from_text(text)


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        (date(2018, 6, 2), date(2018, 6, 1), Precision.RANGE),
        (date(2018, 6, 1), date(2018, 6, 1), Precision.RANGE),
        (date(2018, 6, 1), date(2018, 6, 2), Precision.DAY),
        (date(2018, 6, 1), date(2018, 6, 29), Precision.MONTH),
        (date(2018, 6, 2), date(2018, 6, 30), Precision.MONTH),
        (date(2018, 6, 1), date(2018, 7, 31), Precision.MONTH),
        (date(2018, 1, 1), date(2018, 12, 30), Precision.YEAR),
        (date(2018, 2, 1), date(2018, 12, 31), Precision.YEAR),
        (date(2018, 1, 2), date(2018, 12, 31), Precision.YEAR),
        (date(2018, 1, 1), date(2019, 12, 31), Precision.YEAR),
    ],
)
def test_limits_agree_with_the_precision(earliest: date, latest: date, precision: Precision) -> None:
    """Limits in the wrong order, or other than those of the stated precision, are refused."""
    with pytest.raises(InvalidDate):
        PartialDate(earliest, latest, precision)


@pytest.mark.parametrize(("year", "month"), [(2018, 0), (2018, 13), (0, 6), (10000, 1)])
def test_there_is_no_such_month(year: int, month: int) -> None:
    """A month outside the calendar is refused with what was asked."""
    with pytest.raises(InvalidDate, match=f"{year}-{month}"):
        PartialDate.of_month(year, month)


@pytest.mark.parametrize("year", [0, -1, 10000])
def test_there_is_no_such_year(year: int) -> None:
    """A year outside the calendar is refused with what was asked."""
    with pytest.raises(InvalidDate, match=str(year)):
        PartialDate.of_year(year)


def test_a_partial_date_is_a_value() -> None:
    """Equal dates hash alike, and survive pickling and copying."""
    again = PartialDate.from_text("2018-06")
    assert {JUNE: "merged"}[again] == "merged"
    assert pickle.loads(pickle.dumps(RENAMED)) == RENAMED  # noqa: S301 - our own bytes
    assert copy.deepcopy(RENAMED) == RENAMED


# ------------------------------------------------------------------------------------- parse_human


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 June 2018", "2018-06-01"),
        ("01 june 2018", "2018-06-01"),
        ("1 Jun 2018", "2018-06-01"),
        ("1-Jun-2018", "2018-06-01"),
        ("1st June 2018", "2018-06-01"),
        ("1st of June, 2018", "2018-06-01"),
        ("June 1st, 2018", "2018-06-01"),
        ("June 1 2018", "2018-06-01"),
        ("2018 June 1", "2018-06-01"),
        ("Friday 1 June 2018", "2018-06-01"),
        ("Fri, 1 Jun 2018", "2018-06-01"),
        ("Thurs 31 May 2018", "2018-05-31"),
        ("  1\u00a0June\n2018 ", "2018-06-01"),
        ("29 February 2020", "2020-02-29"),
        ("01/06/2018", "2018-06-01"),
        ("1/6/2018", "2018-06-01"),
        ("1.6.2018", "2018-06-01"),
        ("31-05-2018", "2018-05-31"),
        ("2018/06/01", "2018-06-01"),
        ("2018.06.01", "2018-06-01"),
        ("20180601", "2018-06-01"),
        ("2018-06-01", "2018-06-01"),
        ("June 2018", "2018-06"),
        ("Sept 2018", "2018-09"),
        ("2018 may", "2018-05"),
        ("06/2018", "2018-06"),
        ("2018/06", "2018-06"),
        ("2018-06", "2018-06"),
        ("2018", "2018"),
        ("2023-10-31/2025-01-01", "2023-10-31/2025-01-01"),
    ],
)
def test_people_write_dates(text: str, meant: str) -> None:
    """A date as people write it keeps the precision with which it was written."""
    assert str(parse_human(text)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "June",
        "1 June",
        "June 18",
        "1/6/18",
        "01-06-18",
        "Friday",
        "today",
        "yesterday",
        "now",
        "2018 2019",
        "May June 2018",
        "1 1 June 2018",
        "1 June 2018 2018",
        "1 of 2018",
        "31 2018",
        "Q2 2018",
        "spring 2018",
        "circa 2018",
        "2018?",
        "31 June 2018",
        "29 February 2018",
        "0 June 2018",
        "32/01/2018",
        "2018-06-31",
        "20180631",
        "2018-152",
        "2018-W22-5",
        "1 June 0018",
        "1 June 12018",
        "1/6/99999999999999999999",
    ],
)
def test_what_would_have_to_be_guessed_is_refused(text: str) -> None:
    """A text without a year in four digits, or that is no date, is refused and named."""
    with pytest.raises(InvalidDate) as caught:
        parse_human(text)
    assert caught.value.text == text


@pytest.mark.parametrize("text", ["06/13/2018", "2018/13/06", "10/2018/01"])
def test_day_and_month_are_not_swapped_to_fit(text: str) -> None:
    """Numbers are day, month, year, or year, month, day, and are never swapped to make a date of them."""
    with pytest.raises(InvalidDate):
        parse_human(text)


@pytest.mark.parametrize(
    "text", ["1 June 2018 10:30", "2018-06-01T00:00", "2018-06-01T00:00:00Z", "1 June 2018 UTC", "1 June 2018 9 am"]
)
def test_a_time_of_day_is_refused(text: str) -> None:
    """Times and time zones are no part of a date."""
    with pytest.raises(InvalidDate):
        parse_human(text)


@pytest.mark.parametrize("text", ["Monday 1 June 2018", "Fri Fri 1 June 2018", "Friday June 2018"])
def test_a_weekday_has_to_agree(text: str) -> None:
    """A weekday that the day was not, or that has no day, shows a mistake."""
    with pytest.raises(InvalidDate):
        parse_human(text)


def test_a_refusal_shows_one_error() -> None:
    """What was tried on the way to a refusal is no part of the story."""
    with pytest.raises(InvalidDate) as caught:
        parse_human("31 June 2018")
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_dateutil_is_loaded_only_to_parse() -> None:
    """Importing the module loads no dateutil: most programs never need it."""
    code = "import sys, nhs_orgs.dates; print('dateutil' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
