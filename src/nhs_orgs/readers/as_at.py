"""The time that a file speaks of, from its name or from the name of a folder that holds it.

Files are named after their report and its as-at date: ``etr-2018-08-31.csv`` (a day), ``etr-2015-09.csv`` (a month),
``PCO_2012.csv`` (a year), ``CCG_APR_2013.csv``. Of several dates in a name the last counts, since tables that span
years are known as at their end. A folder counts only if its whole name is a date. Nothing reads the clock: where no
name tells, the time is `UNDATED`.

>>> print(from_name("trust-names-by-snapshot-2015-2026"), from_name("CCG_APR_2013"), from_name("pct-census2021"))
2026 2013-04 None
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import InvalidDate

__all__ = ["UNDATED", "as_at_of", "from_name"]

UNDATED: Final = PartialDate.between(date(1948, 7, 5), date.max)
"""Some day since the National Health Service began: what is known of a file that does not say."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE: Final = re.compile(
    r"""(?<![0-9a-z])(?:
        (?P<year>(?:19|20)[0-9]{2}) (?: -?(?P<month>0[1-9]|1[0-2]) (?: -?(?P<day>[0-3][0-9]) )? )?
        | (?P<named>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ _-]?(?P<of>(?:19|20)[0-9]{2})
    )(?![0-9a-z])""",
    re.VERBOSE | re.IGNORECASE,
)


def as_at_of(stem: str, folders: Iterable[str]) -> PartialDate | None:
    """The time that a file's name tells, else the nearest folder whose whole name is a date, else ``None``.

    Args:
        stem: The file's name without its endings.
        folders: The names of the folders that hold it, nearest first.
    """
    told = from_name(stem)
    if told is not None:
        return told
    whole = (from_name(name) for name in folders if _DATE.fullmatch(name))
    return next((told for told in whole if told is not None), None)


def from_name(name: str) -> PartialDate | None:
    """The last date in a name, ``None`` where there is none."""
    told = [when for found in _DATE.finditer(name) if (when := _told(found)) is not None]
    return told[-1] if told else None


def _told(found: re.Match[str]) -> PartialDate | None:
    year, month, day = found["year"], found["month"], found["day"]
    try:
        if found["named"]:
            return PartialDate.of_month(int(found["of"]), _MONTHS.index(found["named"].lower()) + 1)
        if day:
            return PartialDate.of_day(date(int(year), int(month), int(day)))
        return PartialDate.of_month(int(year), int(month)) if month else PartialDate.of_year(int(year))
    except (InvalidDate, ValueError):
        return None
