"""Of which time a set of codes is: the stretches of days on which the most of them were all open at once.

A sweep over the days on which codes open and close finds every such stretch; where several fit equally well, all
are told. Codes that were not open then are the odd ones, each with the reason. A bound that nobody dates counts as
far as the code was seen in being.

>>> import nhs_orgs
>>> store = nhs_orgs.load()._store
>>> found = vintages(lives_of(store, ["RM2", "RW3", "R1E", "RRE", "R0A"]))
>>> [(str(fit.period), fit.codes, [odd.code for odd in fit.odd]) for fit in found.best]
[('2011-09-01/2017-09-30', 4, ['R0A'])]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, TypeAlias

from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.store import Lived, Store

__all__ = ["ALWAYS", "Life", "Odd", "Stretch", "Vintage", "Vintages", "layers", "life_of", "lives_of", "vintages"]

Stretch: TypeAlias = tuple[int, int]
"""First and last day, as ordinals."""

_FIRST: Final = date.min.toordinal() - 1
"""Before all days: no bound."""
_LAST: Final = date.max.toordinal() + 1
ALWAYS: Final[Stretch] = (_FIRST, _LAST)


@dataclass(frozen=True, slots=True)
class Life:
    """When a code was open, as far as anybody says."""

    certain: tuple[Stretch, ...]
    """When it is known to have been open; neighbouring stretches are one."""
    possible: tuple[Stretch, ...]
    """When it may have been."""
    eras: tuple[Lived, ...]

    def open_in(self, first: int, last: int) -> bool:
        """Whether it was open on some day of a stretch."""
        return any(start <= last and end >= first for start, end in self.certain)

    def may_be_open_in(self, first: int, last: int) -> bool:
        """Whether it may have been open on some day of a stretch."""
        return any(start <= last and end >= first for start, end in self.possible)

    def odd_on(self, day: int) -> str:
        """Why it is not known to have been open on a day."""
        known = self.certain
        after = next((start for start, _ in known if start > day), None)
        before = next((end for _, end in reversed(known) if end < day), None)
        if not known:
            return "no source says when it was open"
        if self.may_be_open_in(day, day):
            return f"no source shows it after {_iso(before)}" if before is not None else f"first seen on {_iso(after)}"
        if before is None:
            return f"opened on {_iso(after)}"
        return f"closed on {_iso(before)}" + ("" if after is None else f", opened again on {_iso(after)}")


@dataclass(frozen=True, slots=True)
class Odd:
    """A code that does not fit a vintage."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Vintage:
    """A stretch of days on which the same codes of a set were open."""

    period: Period
    codes: int
    """How many were open."""
    odd: tuple[Odd, ...]
    """Those that were not, by code."""

    def describe(self, of: int) -> str:
        """In words: when, and how many of all."""
        return f"{self.period.describe()}: {self.codes:,} of {of:,} codes open at once"

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        odd = [{"code": odd.code, "why": odd.why} for odd in self.odd]
        return {"period": str(self.period), "codes": self.codes, "odd": odd}


@dataclass(frozen=True, slots=True)
class Vintages:
    """The vintages that fit a set of codes best: one, or all that fit equally well, in order of time."""

    codes: int
    """How many codes of the register the set has."""
    best: tuple[Vintage, ...]
    """None where no code has a day on which it is known to have been open."""

    @property
    def fits_all(self) -> bool:
        """Whether there is a day on which every code was open."""
        return bool(self.best) and not self.best[0].odd

    def describe(self) -> str:
        """In words, a line each."""
        if not self.best:
            return "no code is known to have been open on any day"
        return "\n".join(vintage.describe(self.codes) for vintage in self.best)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"codes": self.codes, "best": [vintage.to_dict() for vintage in self.best]}


def lives_of(store: Store, codes: Iterable[str]) -> dict[str, Life]:
    """The life of each code. Raises `UnknownOrganisation`."""
    return {code: life_of(store.lived(code)) for code in codes}


def life_of(eras: Sequence[Lived]) -> Life:
    """One life from the eras of a code."""
    certain = (stretch for era in eras for stretch in [_certain(era)] if stretch is not None)
    return Life(_joined(certain), _joined(map(_possible, eras)), tuple(eras))


def vintages(lives: Mapping[str, Life]) -> Vintages:
    """The stretches of days on which the most codes were all open at once, with the odd ones out."""
    fits = (_vintage(lives, first, last) for first, last in _fullest(lives))
    return Vintages(len(lives), tuple(fits))


def layers(lives: Mapping[str, Life]) -> tuple[tuple[Period, tuple[str, ...]], ...]:
    """Vintages that together explain all codes with a day: the best one, then the best of what it leaves, and so on.

    Of several that fit equally well the latest is taken.
    """
    left = dict(lives)
    found: list[tuple[Period, tuple[str, ...]]] = []
    while stretches := _fullest(left):
        first, last = stretches[-1]
        here = [code for code, life in left.items() if life.open_in(first, last)]
        found.append((_period(first, last), tuple(sorted(here))))
        for code in here:
            del left[code]
    return tuple(found)


def _fullest(lives: Mapping[str, Life]) -> list[Stretch]:
    """The stretches on which the most are open, in order of time; none where none ever is."""
    changes: dict[int, int] = {}
    for life in lives.values():
        for first, last in life.certain:
            changes[first] = changes.get(first, 0) + 1
            changes[last + 1] = changes.get(last + 1, 0) - 1
    days = sorted(changes)
    found: list[Stretch] = []
    most, count = 1, 0
    for day, following in pairwise(days):
        count += changes[day]
        if count > most:
            most, found = count, []
        if count == most:
            found.append((day, following - 1))
    return found


def _vintage(lives: Mapping[str, Life], first: int, last: int) -> Vintage:
    odd = [Odd(code, life.odd_on(first)) for code, life in sorted(lives.items()) if not life.open_in(first, last)]
    return Vintage(_period(first, last), len(lives) - len(odd), tuple(odd))


def _period(first: int, last: int) -> Period:
    start = None if first <= _FIRST else date.fromordinal(first)
    return Period(start, None if last >= _LAST else date.fromordinal(last))


def _certain(era: Lived) -> Stretch | None:
    """When an era is known to have been open, by the same rule as `Organisation.open_on`."""
    start, end = era.period.start, era.period.end
    seen = era.seen or Period(UNKNOWN, UNKNOWN)
    first, last = _bound(start, _FIRST), _bound(end, _LAST)
    shown = _bound(seen.start, _FIRST) if first is None else first, _bound(seen.end, _LAST) if last is None else last
    # A bound that is known is a day on which it was open, whatever was seen.
    sure = first if first is not None and isinstance(start, date) else last if isinstance(end, date) else None
    if shown[0] is not None and shown[1] is not None and shown[0] <= shown[1]:
        return shown[0], shown[1]
    return None if sure is None else (sure, sure)


def _possible(era: Lived) -> Stretch:
    first, last = _bound(era.period.start, _FIRST), _bound(era.period.end, _LAST)
    return _FIRST if first is None else first, _LAST if last is None else last


def _bound(bound: Bound, unbounded: int) -> int | None:
    """A bound as an ordinal, ``None`` for one that nobody says."""
    if bound is UNKNOWN:
        return None
    return bound.toordinal() if isinstance(bound, date) else unbounded


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order of time, those that overlap or meet as one."""
    return tuple(_runs(sorted(stretches)))


def _runs(ordered: list[Stretch]) -> Iterator[Stretch]:
    run: Stretch | None = None
    for first, last in ordered:
        if run is not None and first <= run[1] + 1:
            run = run[0], max(run[1], last)
            continue
        if run is not None:
            yield run
        run = first, last
    if run is not None:
        yield run


def _iso(day: int | None) -> str:
    return "no known day" if day is None or not _FIRST < day < _LAST else date.fromordinal(day).isoformat()
