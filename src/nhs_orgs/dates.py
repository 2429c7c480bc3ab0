"""Days and imprecise dates: strict for data, lenient for people, never more precise than what was said.

ODS reports print days as eight digits, and those are read strictly. Documents say "June 2018", or tell
only that something happened between two releases: a `PartialDate` keeps that precision and its two limits.
Nothing here reads the clock, and no missing part is ever filled in.

>>> from nhs_orgs.dates import PartialDate, from_ods, parse_human, to_day
>>> from_ods("20180601") == to_day("2018-06-01")
True
>>> merged = parse_human("June 2018")
>>> print(merged, merged.earliest, merged.latest, merged.day)
2018-06 2018-06-01 2018-06-30 None
>>> PartialDate.between("2023-10-31", "2025-01-01").describe()
'between 31 October 2023 and 1 January 2025'
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timezone
from enum import Enum
from typing import TypeAlias

from nhs_orgs.errors import InvalidDate

__all__ = ["DateLike", "PartialDate", "Precision", "from_ods", "parse_human", "span_in_words", "to_day"]

DateLike: TypeAlias = date | str
"""A day: a ``date``, a ``datetime`` (its day), or a text in the form yyyy-mm-dd."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""English whatever the locale, which ``calendar.month_name`` is not."""

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_ISO_YEAR = re.compile(r"[0-9]{4}")
_ODS_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")

_EXPECTED_DAY = "a day in the form yyyy-mm-dd, such as '2018-06-01'"
_EXPECTED_ODS = "a day in the form yyyymmdd, such as '20180601'"
_EXPECTED_PARTIAL = "'2018', '2018-06', '2018-06-01' or a range such as '2023-10-31/2025-01-01'"
_EXPECTED_HUMAN = "a year in four digits, a month of a year or a day, such as '2018', 'June 2018' or '1 June 2018'"


class Precision(Enum):
    """How precisely a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    """Somewhere from one day to a later one, both possible."""


def to_day(value: DateLike) -> date:
    """The day that a value names: a ``date``, the day of a ``datetime``, or a text yyyy-mm-dd.

    The text form is strict, and the same on every version of Python: no blanks, no week dates, no time of day.

    Raises:
        InvalidDate: Not a day of the calendar in one of those forms.
    """
    if isinstance(value, datetime):
        return _day_of(value)
    return value if isinstance(value, date) else _written_day(value)


def from_ods(text: str) -> date:
    """The day that a field of an ODS report prints, strictly yyyymmdd.

    Raises:
        InvalidDate: Not eight ASCII digits that are a day of the calendar.
    """
    found = _ODS_DAY.fullmatch(text)
    if found is None:
        raise InvalidDate(text, _EXPECTED_ODS)
    return _calendar_day(text, found, _EXPECTED_ODS)


def _written_day(value: object) -> date:
    """The day that a text yyyy-mm-dd names; whatever else callers without a type checker pass is refused."""
    if isinstance(value, str) and (found := _ISO_DAY.fullmatch(value)):
        return _calendar_day(value, found, _EXPECTED_DAY)
    raise InvalidDate(value, _EXPECTED_DAY)


def _day_of(moment: datetime) -> date:
    """The day of a moment, by its own clock; pandas' ``NaT`` is a ``datetime`` that has none."""
    try:
        return moment.date()
    except ValueError:
        raise InvalidDate(moment, _EXPECTED_DAY) from None


def _calendar_day(text: str, found: re.Match[str], expected: str) -> date:
    """The day of a matched year, month and day."""
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidDate(text, expected) from None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year, or to lie between two days.

    Equal where limits and precision are equal: "June 2018" is not "between 1 and 30 June 2018".
    The constructors `of_day`, `of_month`, `of_year`, `between` and `from_text` set the limits.

    Raises:
        InvalidDate: Limits in the wrong order, or not those of the stated precision.
    """

    earliest: date
    """First day that it can be."""
    latest: date
    """Last day that it can be, never before `earliest`."""
    precision: Precision
    """What was said; the limits agree with it."""

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise InvalidDate(f"{self.earliest}/{self.latest}", "a first day no later than the last")
        if not _agrees(self.earliest, self.latest, self.precision):
            raise InvalidDate(f"{self.earliest}/{self.latest}", f"the limits of a {self.precision.value}")

    @staticmethod
    def of_day(day: DateLike) -> PartialDate:
        """One day.

        Raises:
            InvalidDate: Not a day.
        """
        exact = to_day(day)
        return PartialDate(exact, exact, Precision.DAY)

    @staticmethod
    def of_month(year: int, month: int) -> PartialDate:
        """One month of a year.

        Raises:
            InvalidDate: No such month.
        """
        try:
            first = date(year, month, 1)
        except ValueError:
            raise InvalidDate(f"{year}-{month}", "a year from 1 to 9999 and a month from 1 to 12") from None
        return PartialDate(first, _month_end(first), Precision.MONTH)

    @staticmethod
    def of_year(year: int) -> PartialDate:
        """One year.

        Raises:
            InvalidDate: No such year.
        """
        try:
            return PartialDate(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
        except ValueError:
            raise InvalidDate(str(year), "a year from 1 to 9999") from None

    @staticmethod
    def between(earliest: DateLike, latest: DateLike) -> PartialDate:
        """Some day from the first to the last, both possible; the same day twice is that day.

        Raises:
            InvalidDate: Not days, or in the wrong order.
        """
        first, last = to_day(earliest), to_day(latest)
        return PartialDate(first, last, Precision.DAY if first == last else Precision.RANGE)

    @staticmethod
    def from_text(text: str) -> PartialDate:
        """The strict inverse of ``str()``: it takes what ``str()`` writes, and nothing else.

        Raises:
            InvalidDate: Any other text.
        """
        if "/" in text:
            return _range_from_text(text)
        if _ISO_YEAR.fullmatch(text):
            return PartialDate.of_year(int(text))
        if found := _ISO_MONTH.fullmatch(text):
            return PartialDate.of_month(int(found[1]), int(found[2]))
        if found := _ISO_DAY.fullmatch(text):
            return PartialDate.of_day(_calendar_day(text, found, _EXPECTED_PARTIAL))
        raise InvalidDate(text, _EXPECTED_PARTIAL)

    @property
    def day(self) -> date | None:
        """The day where it is known, else ``None``."""
        return self.earliest if self.precision is Precision.DAY else None

    def __str__(self) -> str:
        """As ISO 8601: ``2018-06-01``, ``2018-06``, ``2018`` or ``2023-10-31/2025-01-01``."""
        first = self.earliest.isoformat()
        if self.precision is Precision.YEAR:
            return first[:4]
        if self.precision is Precision.MONTH:
            return first[:7]
        if self.precision is Precision.DAY:
            return first
        return f"{first}/{self.latest.isoformat()}"

    def describe(self) -> str:
        """In words: "1 June 2018", "June 2018", "2018" or "between 31 October 2023 and 1 January 2025"."""
        if self.precision is Precision.YEAR:
            return str(self.earliest.year)
        if self.precision is Precision.MONTH:
            return _month_in_words(self.earliest)
        if self.precision is Precision.DAY:
            return _day_in_words(self.earliest)
        return f"between {_day_in_words(self.earliest)} and {_day_in_words(self.latest)}"


def span_in_words(since: PartialDate | None, until: PartialDate | None) -> str:
    """A first and a last day in words, as far as they are known; empty where neither is."""
    said = (("since", since), ("until", until))
    return " ".join(f"{word} {_some_day(when)}{when.describe()}" for word, when in said if when is not None)


def _some_day(when: PartialDate) -> str:
    return "some day " if when.precision is Precision.RANGE else ""


def _agrees(earliest: date, latest: date, precision: Precision) -> bool:
    """Whether ordered limits are those of the stated precision."""
    if precision is Precision.DAY:
        return earliest == latest
    if precision is Precision.MONTH:
        return earliest.day == 1 and latest == _month_end(earliest)
    if precision is Precision.YEAR:
        return (earliest.month, earliest.day) == (1, 1) and latest == date(earliest.year, 12, 31)
    return earliest < latest


def _range_from_text(text: str) -> PartialDate:
    """A range whose two days differ, as ``str()`` writes it."""
    first, _, last = text.partition("/")
    try:
        limits = to_day(first), to_day(last)
    except InvalidDate:
        raise InvalidDate(text, _EXPECTED_PARTIAL) from None
    return PartialDate(*limits, Precision.RANGE)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month_in_words(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _day_in_words(day: date) -> str:
    return f"{day.day} {_month_in_words(day)}"


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b,?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]+")
_PLAIN_DATE = re.compile(
    rf"(?:{_MONTH.pattern}|[0-9]+|(?<=[0-9])(?:st|nd|rd|th)\b|\bof (?={_MONTH.pattern})|[ ,./-])+", re.IGNORECASE
)
"""Only what dates are written with: months, numbers, and what stands between them."""

_FIRST_YEAR = 1000
"""Years are written in four digits."""

_DEFAULTS = (datetime(2004, 1, 1, tzinfo=timezone.utc), datetime(2008, 2, 2, tzinfo=timezone.utc))
"""What dateutil fills gaps with: they differ in every part, and both are of leap years."""


def parse_human(text: str) -> PartialDate:
    """A date as a person writes it, as precise as it was written.

    Takes "June 2018", "1 Jun 2018", "1st of June, 2018", "Friday 1 June 2018", "2018", ISO and ODS forms, and days
    in numbers, which are read day first ("01/06/2018" is 1 June) unless they begin with the year. Refuses whatever
    would have to be guessed: a year left out or in two digits, a weekday that the day was not, a time of day,
    a day in numbers with the month first.

    >>> print(parse_human("1st of June, 2018"), parse_human("06/2018"))
    2018-06-01 2018-06

    Raises:
        InvalidDate: Anything else.
    """
    written = " ".join(text.split())
    if _ODS_DAY.fullmatch(written):
        return PartialDate.of_day(from_ods(written))
    try:
        return PartialDate.from_text(written)
    except InvalidDate:
        pass  # not one of ours: dateutil may know it
    return _parse_freely(text, written)


def _parse_freely(text: str, written: str) -> PartialDate:
    """What dateutil reads, if nothing had to be guessed for it."""
    weekday = _WEEKDAY.search(written)
    ordinary = _WEEKDAY.sub("", written, count=1).strip()
    if not _PLAIN_DATE.fullmatch(ordinary) or len(_MONTH.findall(ordinary)) > 1:
        raise InvalidDate(text, _EXPECTED_HUMAN)
    found = _parse_twice(text, ordinary)
    if not _spells(ordinary, found):
        raise InvalidDate(text, _EXPECTED_HUMAN)
    if weekday and (found.day is None or not weekday[1].lower().startswith(_WEEKDAYS[found.day.weekday()])):
        raise InvalidDate(text, "a weekday and a day that agree")
    return found


def _parse_twice(text: str, ordinary: str) -> PartialDate:
    """What dateutil finds with two different defaults: only what both findings share was written."""
    from dateutil.parser import parse

    year_first = ordinary[:4].isdigit()
    try:
        one, two = (parse(ordinary, default=day, dayfirst=not year_first, yearfirst=year_first) for day in _DEFAULTS)
    except (ValueError, OverflowError):
        raise InvalidDate(text, _EXPECTED_HUMAN) from None
    if one == two:
        return PartialDate.of_day(one)
    if (one.year, one.month) == (two.year, two.month):
        return PartialDate.of_month(one.year, one.month)
    raise InvalidDate(text, _EXPECTED_HUMAN)


def _spells(ordinary: str, found: PartialDate) -> bool:
    """Whether the numbers of a text are those of a date, in an order that means it.

    dateutil makes texts fit: it swaps day and month, and takes the century of a short year from the clock.
    """
    year, month, day = found.earliest.year, found.earliest.month, found.earliest.day
    if year < _FIRST_YEAR:
        return False
    orders: tuple[tuple[int, ...], ...]
    if _MONTH.search(ordinary):
        orders = ((year,),) if found.day is None else ((day, year), (year, day))
    else:
        orders = ((month, year), (year, month)) if found.day is None else ((day, month, year), (year, month, day))
    # A year in two digits equals none of these: dateutil makes one in four of it.
    return tuple(int(number) for number in _NUMBER.findall(ordinary)) in orders
