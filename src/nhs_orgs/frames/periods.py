"""The dates of data as people's columns write them: days, months, quarters, financial years.

A text is read as the days that it covers, in one stated way and never by guess (`grammar` lists the forms). A financial
year runs from 1 April to 31 March: its first quarter is April to June. A year alone says neither calendar nor financial
year, and is refused. A whole number is what its digits are as a text, and a text of nothing but blanks is no date.
Days are counted from 1 January 1970, as data frames do.

>>> of_text("2018-19 Q1")
(17622, 17712)
>>> [str(from_number(day)) for day in of_text("Q1 2018/19")]
['2018-04-01', '2018-06-30']
>>> of_text("2018") is None
True
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from numbers import Integral
from typing import Final, TypeAlias

from nhs_orgs.codes import BLANKS
from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.grammar import Days, days_of, either, folded

__all__ = [
    "FIRST",
    "LAST",
    "Span",
    "expected",
    "from_number",
    "is_empty",
    "month_of",
    "name_of",
    "no_dates",
    "of_text",
    "of_value",
    "of_values",
    "period_of",
    "to_number",
    "unread",
]

Span: TypeAlias = tuple[int, int]
"""First and last day, both included, as numbers of days since 1 January 1970."""

_EPOCH: Final = date(1970, 1, 1)
FIRST: Final = (date.min - _EPOCH).days
"""The number of the first day there is."""
LAST: Final = (date.max - _EPOCH).days
"""The number of the last day there is."""

_EXPECTED: Final = (
    "a day '2018-06-30', '20180630', '30/06/2018' (the day first) or '30 June 2018', a month '2015-08', '201508', "
    "'August 2015' or 'Aug-15', a financial year '2018-19' or '2018/19' (only '2011/12', where '2011-12' could be a "
    "month), a quarter of one '2018-19 Q1' or 'Q1 2018/19', or a quarter of a calendar year '2018 Q2'"
)
_MONTH: Final = range(28, 32)
_QUARTER: Final = range(90, 93)
_YEAR: Final = range(365, 367)
"""How many days each has; nothing else that is read is as long."""
_APRIL: Final = 4
_SHOWN: Final = 3
_SLASHED: Final = re.compile("([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")


def to_number(day: date) -> int:
    """A day as the number of days since 1 January 1970."""
    return (day - _EPOCH).days


def from_number(number: int) -> date:
    """The day of a number."""
    return _EPOCH + timedelta(days=number)


def month_of(number: int) -> str:
    """The month in which a day lies, as ``2015-08``."""
    return from_number(number).isoformat()[:7]


def period_of(span: Span) -> Span:
    """The period that a date speaks of: of a day its month, or two weeks of one month would not meet."""
    if span[0] != span[1]:
        return span
    day = from_number(span[0])
    first = to_number(day.replace(day=1))
    return first, first + monthrange(day.year, day.month)[1] - 1


def name_of(span: Span) -> str:
    """What a period is called, however it was spelt: a day as its month.

    >>> [name_of(span) for span in of_values(["Aug-15", "Q1 2018/19", "2018 Q2", "2011/12", "30/06/2018"]) if span]
    ['2015-08', '2018-19 Q1', '2018-19 Q1', '2011-12', '2018-06']
    """
    first, last, many = from_number(span[0]), from_number(span[1]), span[1] - span[0] + 1
    if many == 1 or many in _MONTH:
        return month_of(span[0])
    begins = first.year - (first.month < _APRIL)
    year = f"{begins}-{(begins + 1) % 100:02}"
    if many in _YEAR and first.month == _APRIL:
        return year
    number, beside = divmod(first.month - _APRIL, 3)
    return f"{first}/{last}" if beside or many not in _QUARTER else f"{year} Q{number % 4 + 1}"


def is_empty(value: object) -> bool:
    """Whether a value of a column of dates is none, so that there is nothing to read."""
    return value is None or (isinstance(value, str) and not value.strip(BLANKS))


def of_values(values: Iterable[object]) -> list[Span | None]:
    """The days that each value of a column covers; ``None`` for one that cannot be read.

    ``2011-12`` may be a December or a financial year. It is what the other values of the column are; where they do
    not tell, it cannot be read.
    """
    listed = list(values)
    spans = [of_value(value) for value in listed]
    lengths = {span[1] - span[0] + 1 for span in spans if span is not None}
    months, years = (any(many in kind for many in lengths) for kind in (_MONTH, _YEAR))
    if months == years:
        return spans
    return [span or of_value(value, financial=years) for value, span in zip(listed, spans, strict=True)]


def of_value(value: object, *, financial: bool | None = None) -> Span | None:
    """The days that one value of a column covers; ``None`` where it is none that can be read."""
    if isinstance(value, str | Integral):
        return of_text(str(value), financial=financial)
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
    key = folded(text)
    found = days_of(key)
    if found is None and financial is not None and (both := either(key)):
        found = both[financial]
    return None if found is None else _span(found)


def _span(days: Days) -> Span:
    return to_number(days[0]), to_number(days[1])


# --- what cannot be read ----------------------------------------------------------------------------------------------


def no_dates(column: str, kind: object) -> InvalidFrame:
    """The error for a column of a type that holds no dates."""
    todo = f"Make dates of it, whole numbers such as 201508, or texts: {expected(())}"
    return InvalidFrame(column, f"holds {kind}, which is no date", todo)


def unread(column: str, values: Sequence[object], rows: tuple[int, ...] = ()) -> InvalidFrame:
    """The error for a column with values, each given once, that cannot be read as dates."""
    more = f" and {len(values) - _SHOWN:,} more" if values[_SHOWN:] else ""
    shown = ", ".join(map(repr, values[:_SHOWN])) + more
    why = f"holds {shown}, which {'are no dates' if values[1:] else 'is no date'}"
    return InvalidFrame(column, why, f"Give {expected(values)}", rows)


def expected(values: Iterable[object]) -> str:
    """What a date may be, and what is to be known of those that cannot be read."""
    texts = [str(value) for value in values if isinstance(value, str | Integral)]
    if american := next(filter(_may_be_american, texts), None):
        return (
            f"{_EXPECTED}. {american!r} looks like an American date, the month first: then others of the column may be "
            "too, and would be read as other days. Make dates of all of them"
        )
    if unsure := next((text for text in texts if either(folded(text))), None):
        return f"{_EXPECTED}. {unsure!r} may be a month or a financial year, and the other dates do not tell"
    return _EXPECTED


def _may_be_american(text: str) -> bool:
    found = _SLASHED.fullmatch(folded(text))
    return found is not None and days_of(f"{found[3]}-{found[1]:0>2}-{found[2]:0>2}") is not None
