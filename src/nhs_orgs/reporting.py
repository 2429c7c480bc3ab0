"""The dates of data as analysts write them: days, months, quarters, financial and calendar years.

Each is read as the stretch of days that it means, first and last day included. A financial year runs from April
to March, and so do its quarters (``2018-19 Q1`` is April to June 2018). A text such as ``2011-12`` can be a month or
a financial year: the other values of the column decide, and where they cannot, nobody guesses.

>>> print(*stretches(["2018-05", "2018-19 Q4", "2018 Q2"]).values(), sep=", ")
2018-05-01/2018-05-31, 2019-01-01/2019-03-31, 2018-04-01/2018-06-30
>>> print(*stretches(["2011-12", "2018-19"]).values(), sep=", ")
2011-04-01/2012-03-31, 2018-04-01/2019-03-31
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from nhs_orgs.dates import to_day
from nhs_orgs.errors import InvalidDate
from nhs_orgs.judgement import is_missing
from nhs_orgs.period import Period

__all__ = ["EXPECTED", "stretches"]

EXPECTED: Final = (
    "a day (2018-06-01), a month (2018-06), a financial year (2018/19), a quarter of one (2018-19 Q1) or of a "
    "calendar year (2018 Q2), or a calendar year (2018)"
)

_YEAR: Final = re.compile(r"(?P<year>\d{4})")
_MONTH: Final = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
_FINANCIAL: Final = re.compile(r"(?P<year>\d{4})[-/](?:\d{2})?(?P<next>\d{2})")
_QUARTER: Final = re.compile(
    r"(?P<year>\d{4})(?:[-/](?:\d{2})?(?P<next>\d{2}))?[ -]?Q(?P<quarter>[1-4])", re.IGNORECASE
)
_MOMENT: Final = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_APRIL: Final = 4


def stretches(values: Iterable[object]) -> dict[Any, Period | None]:
    """The days that each value means; ``None`` for a value that is missing.

    Args:
        values: Dates, datetimes, pandas periods, or texts; distinct values of one column.

    Raises:
        InvalidDate: A value is none of these, or all can be months and financial years alike.
    """
    listed = list(values)
    texts = {value.strip() for value in listed if isinstance(value, str)}
    either = {text for text in texts if _MONTH.fullmatch(text) and _is_financial(text)}
    financial = bool(either) and any(_is_financial(text) and text not in either for text in texts)
    if either and not financial and not any(_MONTH.fullmatch(text) for text in texts - either):
        raise InvalidDate(
            min(either), "a month or a financial year, and it can be either: write 2011/12, or 2011-12-01"
        )
    return {value: None if is_missing(value) else _stretch(value, financial=financial) for value in listed}


def _stretch(value: Any, *, financial: bool) -> Period:  # noqa: ANN401 - whatever a column holds
    """The days of one value; `financial`: ``2011-12`` is a year here."""
    if hasattr(value, "start_time") and hasattr(value, "end_time"):  # pandas.Period, known without pandas
        return Period(to_day(value.start_time), to_day(value.end_time))
    if not isinstance(value, str):
        if not isinstance(value, date):
            raise InvalidDate(value, EXPECTED)
        return Period(to_day(value), to_day(value))
    return _written(value.strip(), financial=financial)


def _written(text: str, *, financial: bool) -> Period:
    if found := _QUARTER.fullmatch(text):
        return _quarter(text, int(found["year"]), int(found["quarter"]), financial=found["next"])
    if _is_financial(text) and (financial or not _MONTH.fullmatch(text)):
        return _months(text, int(text[:4]), _APRIL, 12)
    if found := _MONTH.fullmatch(text):
        return _months(text, int(found["year"]), int(found["month"]), 1)
    if found := _YEAR.fullmatch(text):
        return _months(text, int(found["year"]), 1, 12)
    found = _MOMENT.fullmatch(text)
    try:
        day = to_day(found["day"] if found else text)
    except InvalidDate:
        raise InvalidDate(text, EXPECTED) from None
    return Period(day, day)


def _is_financial(text: str) -> bool:
    """Whether it is a year and the next one."""
    found = _FINANCIAL.fullmatch(text)
    return found is not None and _follows(found["year"], found["next"])


def _follows(year: str, following: str) -> bool:
    return (int(year) + 1) % 100 == int(following)


def _quarter(text: str, year: int, quarter: int, *, financial: str | None) -> Period:
    if financial is None:
        return _months(text, year, 3 * quarter - 2, 3)
    if not _follows(str(year), financial):
        raise InvalidDate(text, EXPECTED)
    return _months(text, year, _APRIL + 3 * (quarter - 1), 3)


def _months(text: str, year: int, first: int, count: int) -> Period:
    """So many months from the first of one on; a month beyond December is of the next year."""
    last = first + count - 1
    try:
        start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
        year, month = year + (last - 1) // 12, (last - 1) % 12 + 1
        return Period(start, date(year, month, monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        raise InvalidDate(text, EXPECTED) from None
