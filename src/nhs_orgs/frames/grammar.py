"""How people write the dates of their data, in one list of forms for Python and for engines that cannot call it.

A text is *folded* first: without blanks at its ends, in capitals, each run of blanks, hyphens and dashes as one hyphen,
without a midnight and without the tag that some of NHS England's files set before the month (``MSitAE-APRIL-2019``).
A folded text is a day in one of few forms, or it stands in the list of all months, quarters and financial years. Days
come first, as in Britain: what could only be an American date is none. Two digits are a year only after a month's name.

>>> folded(" Q1\u00a02019/20 "), folded("MSitAE-APRIL-2019"), folded("2018-06-01 00:00:00")
('Q1-2019/20', 'APRIL-2019', '2018-06-01')
>>> [str(day) for day in days_of("Q1-2019/20") or ()]
['2019-04-01', '2019-06-30']
>>> days_of("30/06/2019"), days_of("06/30/2019")
((datetime.date(2019, 6, 30), datetime.date(2019, 6, 30)), None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from nhs_orgs.codes import BLANKS

__all__ = [
    "ASIDE",
    "A_DAY",
    "DAYS",
    "GAPS",
    "PLAIN",
    "UNFOLDED",
    "Days",
    "days_of",
    "either",
    "folded",
    "periods",
]

Days: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_YEARS: Final = range(1900, 2100)
"""The years that the name of a period may have: another is a slip of the pen. A day may be of any year."""
_SHORT_YEARS: Final = range(2000, 2050)
"""The years that two digits may stand for."""

GAPS: Final = f"[{BLANKS}\u2010-\u2015\u2212-]+"
"""What stands between the parts of a text: blanks, hyphens and dashes."""
_TAG: Final = "^(MSITAE|RTT|DM01)-"
ASIDE: Final = f"{_TAG}|[T-]00:00(:00([.]0+)?)?$"
"""What says nothing: the tag of a file of A&E attendances, waiting times or diagnostics, and midnight."""
PLAIN: Final = "^[0-9]{4}([-/][0-9]{2,4})?( Q[1-4])?$"
"""What most columns hold throughout, and is looked up as it stands: folding would cost an engine as much as a join."""
UNFOLDED: Final = f"[^0-9A-Z/-]|--|^-|-$|{_TAG}"
"""What tells that a text in capitals, with hyphens for blanks, may not be folded yet."""

COMPACT: Final = "^[0-9]{8}$"
"""Year, month and day in a row."""
BRITISH: Final = "^[0-9]{2}[/-][0-9]{2}[/-][0-9]{4}$"
"""Day, month and year, of two digits each and four: it is the habit of American programs to leave out a zero."""
NAMED: Final = "^[0-9]{1,2}-[A-Z]+-[0-9]+$"
"""Day, name of the month, and year."""
DAYS: Final = f"{COMPACT}|{BRITISH}|{NAMED}|^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$"
"""Every form of a day, whether there is such a day or not."""

_YEAR: Final = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_LEAP: Final = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_MONTHS_AND_DAYS: Final = "(0[13578]|1[02])-31|(0[13-9]|1[0-2])-(29|30)|(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
A_DAY: Final = f"^({_YEAR}-({_MONTHS_AND_DAYS})|{_LEAP}-02-29)$"
"""A day of the calendar as ISO 8601 writes it, and no other."""

_NAMES: Final = (
    ("JAN", "JANUARY"),
    ("FEB", "FEBRUARY"),
    ("MAR", "MARCH"),
    ("APR", "APRIL"),
    ("MAY",),
    ("JUN", "JUNE"),
    ("JUL", "JULY"),
    ("AUG", "AUGUST"),
    ("SEP", "SEPT", "SEPTEMBER"),
    ("OCT", "OCTOBER"),
    ("NOV", "NOVEMBER"),
    ("DEC", "DECEMBER"),
)
_EITHER: Final = re.compile("([0-9]{4})-?(0[1-9]|1[0-2])")
_A_QUARTER: Final = 3


def folded(text: str) -> str:
    """A text as it is looked up."""
    return re.sub(ASIDE, "", re.sub(GAPS, "-", text.strip(BLANKS)).upper())


def days_of(key: str) -> Days | None:
    """The days that a folded text covers; ``None`` where it is no date in one of the forms, or may be two."""
    if not re.search(DAYS, key):
        return periods().get(key)
    iso = _iso(key)
    if not re.search(A_DAY, iso):
        return None
    day = date.fromisoformat(iso)
    return day, day


def _iso(key: str) -> str:
    """A day in one of the forms as ISO 8601 writes it."""
    if re.search(COMPACT, key):
        return f"{key[:4]}-{key[4:6]}-{key[6:]}"
    if re.search(BRITISH, key):
        return f"{key[6:]}-{key[3:5]}-{key[:2]}"
    if re.search(NAMED, key):
        day, _, month = key.partition("-")
        found = periods().get(month)
        return f"{found[0].isoformat()[:8]}{day:0>2}" if found else ""
    return key


def either(key: str) -> tuple[Days, Days | None] | None:
    """Of a folded text that may be a month or a financial year, as ``2011-12``: the days of both.

    ``201112`` is no financial year here, but elsewhere it is, so that it is no month beyond doubt either.
    """
    found = _EITHER.fullmatch(key)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if year not in _YEARS or month != (year + 1) % 100:
        return None
    return _months(year, month), _months(year, 4, 12) if "-" in key else None


@cache
def periods() -> Mapping[str, Days]:
    """Every month, quarter and financial year in each of its spellings, folded; none that may be two things."""
    found: dict[str, Days] = {}
    for year in _YEARS:
        found.update(_months_of(year))
        found.update(_quarters_of(year))
    return MappingProxyType({text: days for text, days in found.items() if not either(text)})


def _months_of(year: int) -> Iterator[tuple[str, Days]]:
    for month, names in enumerate(_NAMES, 1):
        days = _months(year, month)
        yield from ((text, days) for text in (f"{year}-{month:02}", f"{year}{month:02}"))
        yield from ((text, days) for name in names for text in (f"{name}-{year}", f"{year}-{name}"))
        yield from ((f"{name}-{year % 100:02}", days) for name in names if year in _SHORT_YEARS)


def _quarters_of(year: int) -> Iterator[tuple[str, Days]]:
    """The quarters of a calendar year, the financial year that begins in it, and its quarters."""
    financial = [f"{year}{dash}{after}" for dash in "-/" for after in (f"{(year + 1) % 100:02}", year + 1)]
    yield from ((name, _months(year, 4, 12)) for name in financial)
    for quarter in range(1, 5):
        days = _months(year, 1 + _A_QUARTER * quarter, _A_QUARTER)
        yield from ((f"{name}{gap}Q{quarter}", days) for name in financial for gap in ("-", " ", ""))
        yield from ((f"Q{quarter}-{name}", days) for name in financial)
        calendar = _months(year, 1 + _A_QUARTER * (quarter - 1), _A_QUARTER)
        yield from ((f"{year}{gap}Q{quarter}", calendar) for gap in ("-", " ", ""))


def _months(year: int, month: int, many: int = 1) -> Days:
    """A stretch of months, of which the first may be one of the next year."""
    return _first_of(year, month), _first_of(year, month + many) - timedelta(days=1)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
