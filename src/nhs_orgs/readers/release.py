"""One file while it is read: which releases it is, what was wrong with it, what it has said already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import Period
from nhs_orgs.readers.base import Problem
from nhs_orgs.sources import Source

__all__ = ["Release"]


class Release:
    """The state of reading one file."""

    def __init__(self, path: str, stem: str, sha256: str, as_at: PartialDate, taken: set[str]) -> None:
        self.path = path
        self.as_at = as_at
        self.problems: list[Problem] = []
        self.tally: defaultdict[tuple[str, str, str], float] = defaultdict(float)
        """Sums for the layout's `finish`."""
        self.periods: dict[tuple[str | None, str | None], Period] = {}
        """Periods by the days that are printed: lists repeat the same few thousands of times."""
        self.stem = stem
        self._sha256 = sha256
        self._taken = taken
        self._sources: dict[tuple[str, PartialDate], Source] = {}
        self._usual: dict[str, Source] = {}
        self._said: set[Hashable] = set()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The releases that the file is, in the order in which they were met."""
        return tuple(self._sources.values())

    def source(self, report: str, title: str, publisher: str, as_at: PartialDate | None = None) -> Source:
        """The source of a report at a time, by default the time that the file speaks of."""
        if as_at is None and report in self._usual:
            return self._usual[report]
        when = as_at or self.as_at
        if (report, when) not in self._sources:
            name = self._identifier(f"{report}@{when}")
            self._sources[report, when] = Source(name, report, title, publisher, when, self.path, self._sha256)
        if as_at is None:
            self._usual[report] = self._sources[report, when]
        return self._sources[report, when]

    def problem(self, line: int, what: str, why: str) -> None:
        """Note what could not be taken."""
        self.problems.append(Problem(self.path, line, what, why))

    def first_time(self, *said: Hashable) -> bool:
        """Whether this file says so for the first time: parents of parents repeat on every line."""
        if said in self._said:
            return False
        self._said.add(said)
        return True

    def _identifier(self, plain: str) -> str:
        """An identifier that no other file of this reading has: by the file's name, then by its path."""
        names = (plain, f"{plain}:{self.stem}", f"{plain}:{self.path}")
        free = next(name for name in names if name not in self._taken)
        self._taken.add(free)
        return free
