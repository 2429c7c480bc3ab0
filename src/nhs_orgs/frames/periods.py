"""The dates of data as people's columns write them: days, months, quarters, financial years.

A text is read as the days that it covers, in one stated way and never by guess. A financial year runs from 1 April
to 31 March: its first quarter is April to June. A year alone says neither calendar nor financial year, and is
refused. Days are counted from 1 January 1970, as data frames do.

>>> of_text("2018-19 Q1")
(17622, 17712)
>>> [str(from_number(day)) for day in of_text("2018-19 Q1")]
['2018-04-01', '2018-06-30']
>>> of_text("2018") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, TypeAlias

__all__ = [
    "EXPECTED",
    "FIRST",
    "LAST",
    "Span",
    "from_number",
    "month_of",
    "of_text",
    "of_value",
    "of_values",
    "to_number",
    "written",
]

Span: TypeAlias = tuple[int, int]
"""First and last day, both included, as numbers of days since 1 January 1970."""

_EPOCH: Final = date(1970, 1, 1)
FIRST: Final = (date.min - _EPOCH).days
"""The number of the first day there is."""
LAST: Final = (date.max - _EPOCH).days
"""The number of the last day there is."""

EXPECTED: Final = (
    "a date, a month '2015-08', a financial year '2018-19' (or '2011/12', where that could be a month), "
    "a quarter of one '2018-19 Q1' or of a calendar year '2018 Q2'"
)

_MONTHS_OF_A_YEAR: Final = 12
_OF_A_QUARTER: Final = 3


def to_number(day: date) -> int:
    """A day as the number of days since 1 January 1970."""
    return (day - _EPOCH).days


def from_number(number: int) -> date:
    """The day of a number."""
    return _EPOCH + timedelta(days=number)


def month_of(number: int) -> str:
    """The month in which a day lies, as ``2015-08``."""
    return from_number(number).isoformat()[:7]


def of_values(values: Iterable[object]) -> list[Span | None]:
    """The days that each value of a column covers; ``None`` for one that cannot be read.

    ``2011-12`` may be a December or a financial year. It is what the other values of the column are; where they do
    not tell, it cannot be read.
    """
    listed = list(values)
    texts = [value.strip() for value in listed if isinstance(value, str)]
    sure = [text for text in texts if not _unsure(text)]
    months = any(_MONTH.fullmatch(text) for text in sure)
    years = any(_YEAR.fullmatch(text) and not _MONTH.fullmatch(text) for text in sure)
    financial = None if months == years else years
    return [of_value(value, financial=financial) for value in listed]


def of_value(value: object, *, financial: bool | None = None) -> Span | None:
    """The days that one value of a column covers; ``None`` where it is none that can be read."""
    if isinstance(value, str):
        return of_text(value, financial=financial)
    if isinstance(value, date):
        number = to_number(value.date() if isinstance(value, datetime) else value)
        return number, number
    # pandas' Period, known by what it can do: pandas is not imported for it.
    start, end = getattr(value, "start_time", None), getattr(value, "end_time", None)
    if isinstance(start, datetime) and isinstance(end, datetime):
        return to_number(start.date()), to_number(end.date())
    return None


def of_text(text: str, *, financial: bool | None = None) -> Span | None:
    """The days that a text covers; ``None`` where it is no date in one of the forms.

    `financial` says what a text such as ``2011-12`` is, which may be a month or a financial year.
    """
    bare = text.strip()
    if _unsure(bare):
        if financial is None:
            return None
        year, other = int(bare[:4]), int(bare[5:])
        return _financial_year(year, other) if financial else _months(year, other)
    for form, read in _FORMS:
        if found := form.fullmatch(bare):
            try:
                return read(*map(int, found.groups()))
            except (ValueError, OverflowError):
                return None
    return None


def _unsure(text: str) -> bool:
    """Whether it may be a month or a financial year."""
    found = _MONTH.fullmatch(text)
    return found is not None and int(found[2]) == (int(found[1]) + 1) % 100


def _day(year: int, month: int, day: int) -> Span:
    number = to_number(date(year, month, day))
    return number, number


def _months(year: int, month: int, many: int = 1) -> Span:
    """A stretch of months from the first day of one."""
    after = month - 1 + many
    until = date(year + after // _MONTHS_OF_A_YEAR, after % _MONTHS_OF_A_YEAR + 1, 1)
    return to_number(date(year, month, 1)), to_number(until) - 1


def _financial_year(year: int, following: int) -> Span:
    _check_following(year, following)
    return _months(year, 4, _MONTHS_OF_A_YEAR)


def _financial_quarter(year: int, following: int, quarter: int) -> Span:
    _check_following(year, following)
    begins = 4 + _OF_A_QUARTER * (quarter - 1)
    late = begins > _MONTHS_OF_A_YEAR
    return _months(year + late, begins - _MONTHS_OF_A_YEAR * late, _OF_A_QUARTER)


def _check_following(year: int, following: int) -> None:
    if following not in {(year + 1) % 100, year + 1}:
        raise ValueError((year, following))


def _quarter(year: int, quarter: int) -> Span:
    return _months(year, 1 + _OF_A_QUARTER * (quarter - 1), _OF_A_QUARTER)


_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"([0-9]{4})[-/]([0-9]{2}|[0-9]{4})")
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., Span]], ...]] = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00:00(?:\.0+)?)?"), _day),
    (re.compile(r"([0-9]{4})[-/]([0-9]{2}|[0-9]{4})[ -]?Q([1-4])", re.IGNORECASE), _financial_quarter),
    (re.compile(r"([0-9]{4})[ -]?Q([1-4])", re.IGNORECASE), _quarter),
    (_MONTH, _months),
    (_YEAR, _financial_year),
)
"""How a date may be written, and how each is read."""


@cache
def written(first: int, last: int) -> tuple[tuple[str, int, int], ...]:
    """Every month, quarter and financial year that begins in these years, in each of its spellings, with its days.

    For engines that can join with such a list but not call the reader above. What may be two things is not in it.
    """
    spans = ((text, of_text(text)) for year in range(first, last + 1) for text in _spellings(year))
    return tuple((text, *span) for text, span in spans if span is not None)


def _spellings(year: int) -> Iterator[str]:
    years = [f"{year}{dash}{after}" for dash in "-/" for after in (f"{(year + 1) % 100:02}", year + 1)]
    yield from (f"{year}-{month:02}" for month in range(1, _MONTHS_OF_A_YEAR + 1))
    yield from (f"{name}{gap}Q{number}" for name in (year, *years) for gap in (" ", "-", "") for number in range(1, 5))
    yield from (name for name in years if not _MONTH.fullmatch(name))
