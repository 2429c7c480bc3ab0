"""A linter for a column of organisation codes: what it holds, of which time it is, and what to mend before use.

`check_codes` takes a column as an analyst has it, in a data frame of whatever library or in plain Python, with one
date, a column of dates, or none. Nothing is changed, and nothing guessed.

>>> import nhs_orgs as nhs
>>> report = nhs.check_codes(["RRE", "R1E", "rre ", "1H", "ENG"], on="2018-06-01")
>>> [(standing.value, rows) for standing, rows in report.standings]
[('open', 1), ('closed', 1), ('other spelling', 1), ('pseudo', 1), ('damaged', 1)]
>>> report.finding("closed").flagged[0].note
'closed on 2018-05-31'
>>> str(nhs.guess_vintage(["RM2", "RW3", "RRE"]).best[0].period)
'2001-04-01/2017-09-30'
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from nhs_orgs.column_facts import Facts, gather, known_lives
from nhs_orgs.column_report import ColumnReport, KindCount, Standing
from nhs_orgs.column_rules import findings
from nhs_orgs.organisations import KINDS
from nhs_orgs.period import Period
from nhs_orgs.register import Register, load
from nhs_orgs.vintages import Life, Vintages, vintages

__all__ = ["check_codes", "guess_vintage"]


def check_codes(column: Any, *, on: Any = None, register: Register | None = None) -> ColumnReport:  # noqa: ANN401
    """What is to be said about a column of organisation codes.

    Args:
        column: codes: a series or array of pandas, polars, pyarrow or numpy, or anything else that can be looped over.
        on: the date of all rows, or a column of dates as long: days, months (2018-06), quarters (2018-19 Q1), financial
            years (2018/19). A code is open on a month or a year if it was on some day of it. ``None``: no dates; then
            nothing is said of closed codes, but whether all can be of one time.
        register: ``None`` for the one that comes with the library.

    Raises:
        InvalidColumn: It is no column, or there are not as many dates as codes.
        InvalidDate: A date is none; or texts such as 2011-12, which can be months and financial years.
    """
    asked = load() if register is None else register
    facts = gather(asked._store, column, on)  # noqa: SLF001 - the register is a face of its store
    missing = sum(1 for found in facts.standings.values() if Standing.MISSING in found)
    return ColumnReport(
        rows=sum(facts.tally.codes.values()),
        distinct=len({str(value) for value, found in facts.standings.items() if Standing.MISSING not in found})
        + min(missing, 1),
        dates=_dates(facts),
        standings=_standings(facts),
        kinds=_kinds(facts),
        vintages=facts.vintages,
        findings=findings(facts),
        release=str(asked.release),
    )


def guess_vintage(codes: Any, *, register: Register | None = None) -> Vintages:  # noqa: ANN401 - any column
    """Of which time codes are: the stretches of days on which the most of them were all open at once.

    Each code counts once; what is no code of the register does not count.

    Raises:
        InvalidColumn: It is no column.
    """
    asked = load() if register is None else register
    return vintages(known_lives(asked._store, codes))  # noqa: SLF001 - the register is a face of its store


def _dates(facts: Facts) -> Period | None:
    if facts.span is None:
        return None
    first, last = map(date.fromordinal, facts.span)
    return Period(first, last)


def _standings(facts: Facts) -> tuple[tuple[Standing, int], ...]:
    counts: Counter[Standing] = Counter()
    for found in facts.standings.values():
        counts.update(found)
    return tuple((standing, counts[standing]) for standing in Standing if counts[standing])


def _kinds(facts: Facts) -> tuple[KindCount, ...]:
    """Each kind, by the era of each code on the last day asked about, else in the latest of the best vintages."""
    day = facts.span[1] if facts.span is not None else _day_of(facts.vintages)
    kinds = {code: _kind(life, day) for code, life in facts.lives.items()}
    codes = Counter(kinds.values())
    rows: Counter[str] = Counter()
    for code, kind in kinds.items():
        rows[kind] += facts.rows_of(code)
    made = (KindCount(kind, KINDS[kind].title, count, rows[kind]) for kind, count in codes.items())
    return tuple(sorted(made, key=lambda count: (-count.codes, count.kind)))


def _day_of(found: Vintages) -> int:
    start = found.best[-1].period.start if found.best else None
    return start.toordinal() if isinstance(start, date) else date.max.toordinal()


def _kind(life: Life, day: int) -> str:
    """The kind of the last era that had begun by a day; of one that nobody dates, of the first."""
    begun = [era for era in life.eras if not isinstance(era.period.start, date) or era.period.start.toordinal() <= day]
    return (begun or list(life.eras[:1]))[-1].kind
