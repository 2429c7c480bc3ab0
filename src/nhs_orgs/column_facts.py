"""What can be counted about a column of codes: what each value is, how it stands on its own date, how often.

Everything is worked out for distinct values; only how often a value has a date inside the life of its code is asked
of the column itself, and only of codes whose lives begin or end among the dates.

>>> import nhs_orgs
>>> facts = gather(nhs_orgs.load()._store, ["RRE", "R1E", "r1e", "ENG"], "2018-06-01")
>>> [(value, standing.value) for value, found in facts.standings.items() for standing in found]
[('RRE', 'open'), ('R1E', 'closed'), ('r1e', 'closed'), ('ENG', 'pseudo')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from nhs_orgs.column_report import Standing
from nhs_orgs.columns import AFTER, BEFORE, INSIDE, MAYBE, Limits, Span, Tally, tally
from nhs_orgs.errors import InvalidDate
from nhs_orgs.frames.periods import expected, of_values, to_number
from nhs_orgs.judgement import Form, Judged, is_missing, judge
from nhs_orgs.store import Store
from nhs_orgs.vintages import Life, Vintages, life_of, vintages

__all__ = ["Facts", "gather", "known_lives"]

_NEVER: Final = (10**7, -1)
"""First and last day of a code that is on no day known to have been open."""
_KNOWN: Final = frozenset({Form.CODE, Form.OTHER_SPELLING})
_UNSPELT: Final = frozenset({Standing.OPEN, Standing.KNOWN, Standing.UNDATED, Standing.NO_DATE})
"""Standings that matter less than that a code is spelt otherwise."""
_PLACES: Final = {
    INSIDE: Standing.OPEN,
    BEFORE: Standing.NOT_YET_OPEN,
    AFTER: Standing.CLOSED,
    MAYBE: Standing.UNDATED,
}
_FORMS: Final = {
    Form.PSEUDO: Standing.PSEUDO,
    Form.DAMAGED: Standing.DAMAGED,
    Form.MISSING: Standing.MISSING,
    Form.UNKNOWN: Standing.UNKNOWN,
}
_ORDINAL: Final = to_number(date.min) - date.min.toordinal()
"""Periods count days from another day than ordinals do."""


@dataclass(frozen=True)
class Facts:
    """A column as it was counted. Values and dates are those of the column, as it holds them."""

    store: Store
    tally: Tally
    judged: Mapping[Any, Judged]
    """Every distinct value and what it is."""
    lives: Mapping[str, Life]
    """Every code of the register that the column has."""
    one: Span | None
    """The days of the one date that was given for all rows."""
    spans: Mapping[Any, Span]
    """The days of each date of a column of dates."""

    @cached_property
    def standings(self) -> Mapping[Any, Mapping[Standing, int]]:
        """How many rows of each value stand how."""
        by_date = self._by_date()
        return {value: self._standing(value, by_date) for value in self.judged}

    def _standing(self, value: Any, by_date: Mapping[Any, Mapping[Standing, int]]) -> Mapping[Standing, int]:  # noqa: ANN401
        found = self.judged[value]
        if found.form not in _KNOWN:
            return {self._unknown(found): self.tally.codes[value]}
        if found.form is Form.CODE:
            return by_date[value]
        counts: Counter[Standing] = Counter()
        for standing, rows in by_date[value].items():
            counts[Standing.OTHER_SPELLING if standing in _UNSPELT else standing] += rows
        return counts

    def _unknown(self, found: Judged) -> Standing:
        if found.form is Form.UNKNOWN and not self.store.lists(str(found.value)):
            return Standing.NOT_HELD
        return _FORMS[found.form]

    # --- by date --------------------------------------------------------------------------------------------------

    def _by_date(self) -> Mapping[Any, Mapping[Standing, int]]:
        """The standings of the values that are codes."""
        values = {value: self.lives[found.code] for value, found in self.judged.items() if found.code is not None}
        if self.one is not None:
            return {value: {standing_on(life, self.one): self._rows(value)} for value, life in values.items()}
        if not self.dated:
            return {value: {Standing.KNOWN: self._rows(value)} for value in values}
        return self._by_own_dates(values)

    def _rows(self, value: Any) -> int:  # noqa: ANN401 - a value of a column
        return self.tally.codes[value]

    def _by_own_dates(self, values: Mapping[Any, Life]) -> Mapping[Any, Mapping[Standing, int]]:
        limits: dict[Any, Limits] = {}
        broken: dict[Any, Life] = {}
        counts: dict[Any, Counter[Standing]] = {value: Counter() for value in values}
        without = self.tally.without_date()
        for value, life in values.items():
            if rows := without.get(value, 0):
                counts[value][Standing.NO_DATE] += rows
            if self._open_throughout(life):
                counts[value][Standing.OPEN] += self._rows(value) - rows
            elif len(life.certain) > 1 or len(life.possible) > 1:
                broken[value] = life
            else:
                limits[value] = _limits(life)
        for (value, place), rows in self.tally.placed(limits, self.spans).items():
            counts[value][_PLACES[place]] += rows
        for (value, since, until), rows in self.tally.pairs(broken, self.spans).items():
            counts[value][standing_on(broken[value], (since, until))] += rows
        return {value: {standing: rows for standing, rows in found.items() if rows} for value, found in counts.items()}

    def _open_throughout(self, life: Life) -> bool:
        if self.span is None:
            return True
        return any(start <= self.span[0] and end >= self.span[1] for start, end in life.certain)

    # --- what rules ask -------------------------------------------------------------------------------------------

    @property
    def dated(self) -> bool:
        """Whether there is a column of dates."""
        return bool(self.tally.dates)

    @cached_property
    def span(self) -> Span | None:
        """From the first to the last day asked about."""
        spans = [self.one] if self.one is not None else list(self.spans.values())
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

    @cached_property
    def vintages(self) -> Vintages:
        """On which days the most codes were open at once."""
        return vintages(self.lives)

    @cached_property
    def values_of(self) -> Mapping[str, tuple[Any, ...]]:
        """The values that spell each code."""
        found: dict[str, list[Any]] = {}
        for value, judged in self.judged.items():
            if judged.code is not None:
                found.setdefault(judged.code, []).append(value)
        return {code: tuple(values) for code, values in found.items()}

    def rows_of(self, code: str, *standings: Standing) -> int:
        """On how many rows a code stands, or stands so."""
        counts = (self.standings[value] for value in self.values_of[code])
        return sum(found.get(one, 0) for found in counts for one in standings or found)

    def standing_as(self, *standings: Standing) -> list[tuple[Judged, int]]:
        """Values that stand so on some rows, with how many."""
        found = ((value, sum(self.standings[value].get(one, 0) for one in standings)) for value in self.judged)
        return [(self.judged[value], rows) for value, rows in found if rows]


def gather(store: Store, column: Any, on: Any = None) -> Facts:  # noqa: ANN401 - any column of any library
    """Count a column of codes, on one date, on a column of dates, or on none.

    Raises:
        InvalidColumn: It is no column, or its dates are not as many as its codes.
        InvalidDate: A date is none.
    """
    one = _one_date(on)
    counted = tally(column, None if one is not None else on)
    judged = {value: judge(value, store.eras) for value in counted.codes}
    return Facts(store, counted, judged, _lives(store, judged.values()), one, _spans(counted.dates))


def known_lives(store: Store, column: Any) -> dict[str, Life]:  # noqa: ANN401 - any column of any library
    """The lives of the codes that a column has. Raises `InvalidColumn`."""
    return _lives(store, (judge(value, store.eras) for value in tally(column).codes))


def _lives(store: Store, judged: Iterable[Judged]) -> dict[str, Life]:
    codes = sorted({found.code for found in judged if found.code is not None})
    return {code: life_of(store.lived(code)) for code in codes}


def standing_on(life: Life, span: Span) -> Standing:
    """How a code stands on the days of a date."""
    since, until = span
    if life.open_in(since, until):
        return Standing.OPEN
    if life.may_be_open_in(since, until):
        return Standing.UNDATED
    return Standing.NOT_YET_OPEN if until < life.possible[0][0] else Standing.CLOSED


def _limits(life: Life) -> Limits:
    first, last = life.certain[0] if life.certain else _NEVER
    return life.possible[0][0], first, last, life.possible[0][1]


def _one_date(on: Any) -> Span | None:  # noqa: ANN401 - a date, or a column
    """The days of a date that holds for every row; ``None`` for a column of dates, or none."""
    scalar = on.astype("datetime64[D]").item() if type(on).__name__ == "datetime64" else on
    if not isinstance(scalar, date | str) and type(scalar).__name__ != "Period":  # pandas' own, known without pandas
        return None
    if is_missing(scalar):
        raise InvalidDate(scalar, "a date: leave it out where there is none")
    return _spans([scalar])[scalar]


def _spans(dates: Iterable[Any]) -> dict[Any, Span]:
    """The days of each date, as ordinals; missing ones are left out."""
    given = [day for day in dates if not is_missing(day)]
    spans = of_values(given)
    wrong = [str(day) for day, span in zip(given, spans, strict=True) if span is None]
    if wrong:
        raise InvalidDate(min(wrong), expected(wrong))
    found = zip(given, spans, strict=True)
    return {day: (span[0] - _ORDINAL, span[1] - _ORDINAL) for day, span in found if span is not None}
