"""The register on one day: every organisation open that day, by code, under that day's name.

Membership goes by legal dates, or by operational ones where they are asked for and a source gives
them. A `Snapshot` is a mapping that builds what is asked for and nothing else.

>>> import nhs_orgs
>>> day = nhs_orgs.load().on("2018-05-31")
>>> day["RRE"].name
'South Staffordshire and Shropshire Healthcare NHS Foundation Trust'
>>> "R1E" in day, "R1E" in nhs_orgs.load().on("2018-06-01")
(True, False)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from nhs_orgs.dates import DateLike, to_day
from nhs_orgs.errors import NotOpen, UnknownOrganisation
from nhs_orgs.organisations import KINDS, DateReading, Organisation
from nhs_orgs.parents import Ladder, Parent
from nhs_orgs.resolve import resolve
from nhs_orgs.store import Store
from nhs_orgs.styles import name_on

__all__ = ["Parent", "Snapshot"]


class Snapshot(Mapping[str, Organisation]):
    """Every organisation with a code that was open on a day.

    Raises:
        OutsideCoverage: The register says nothing of that day.
        InvalidDate: `day` is not a day.
    """

    def __init__(self, store: Store, day: DateLike, reading: DateReading | str = DateReading.LEGAL) -> None:
        self.day: date = to_day(day)
        self.reading = DateReading(reading)
        store.require_covered(self.day)
        self._store = store

    def __getitem__(self, code: str) -> Organisation:
        """The body under a code that day.

        Its name is that day's: between the last sighting of one name and the first of the next the
        earlier one, before any was seen the era's earliest known.

        Raises:
            NotOpen: The register knows the code, and its body was not open that day.
            UnknownOrganisation: The register does not know the code.
        """
        asked = self._store.folded(code)
        era = self._era(asked)
        if era is None:
            raise self._miss(asked)
        return self._named(era)

    def _era(self, code: str) -> Organisation | None:
        eras = (self._store.organisation(key) for key in reversed(self._store.eras.get(code, ())))
        return next((era for era in eras if era.open_on(self.day, reading=self.reading)), None)

    def _named(self, era: Organisation) -> Organisation:
        name = name_on(era, self.day)
        return era if name == era.name else replace(era, name=name)

    def _find(self, code: str) -> Organisation | None:
        era = self._era(code)
        return era and self._named(era)

    def _miss(self, code: str) -> UnknownOrganisation:
        if code not in self._store.eras:
            return self._store.unknown(code)
        known = [era.period_by(self.reading) for era in self._store.eras_of(code)]
        periods = ", then ".join(period.describe() for period in known)
        outcome = resolve(self._store, code, on=self.day, reading=self.reading)
        certain = not any(period.may_contain(self.day) for period in known)
        return NotOpen(code, self.day, f"The register has it: {periods}. {outcome.describe()}", certain=certain)

    @cached_property
    def _open(self) -> dict[str, Organisation]:
        """Every era open that day. One look at each code: what lists and counts need, and single look-ups do not."""
        eras = ((code, self._era(code)) for code in self._store.eras)
        return {code: era for code, era in eras if era is not None}

    def __contains__(self, code: object) -> bool:
        """Whether the body under a code was open that day."""
        try:
            return isinstance(code, str) and self._era(self._store.folded(code)) is not None
        except UnknownOrganisation:
            return False

    def __iter__(self) -> Iterator[str]:
        """Every code open that day."""
        return iter(self._open)

    def __len__(self) -> int:
        """How many were open that day."""
        return len(self._open)

    def gss(self, code: str) -> str | None:
        """The ONS code that a body had that day, ``None`` where no lookup gives one.

        Raises:
            NotOpen: The register knows the code, and its body was not open that day.
            UnknownOrganisation: The register does not know the code.
        """
        return self._store.records[self[code].code or code].gss_on(self.day)

    def by_gss(self, gss: str) -> Organisation:
        """The body that had an ONS code that day, such as ``E54000010``.

        Raises:
            NotOpen: The register knows the code, and no body that was open that day had it; says when which one did.
            UnknownOrganisation: The register does not know the code.
        """
        wanted = gss.strip().upper()
        for code in self._store.codes_naming(wanted):
            era = self._era(code)
            if era is not None and self._store.records[code].gss_on(self.day) == wanted:
                return self._named(era)
        raise self._gss_miss(wanted)

    def _gss_miss(self, gss: str) -> UnknownOrganisation:
        """Who had the code, on which days, and what they had on this one."""
        found = {code: self._store.records[code] for code in self._store.codes_naming(gss)}
        held = [(code, days) for code, record in found.items() for value, days in record.gss_periods if value == gss]
        if not held:
            return self._store.unknown(gss)
        told = "; ".join(f"{code}, {days.describe()}" for code, days in held)
        has = {code: found[code].gss_on(self.day) for code, _ in held if self._era(code)}
        now = [f" That day {code} had {other}." for code, other in has.items() if other]
        return NotOpen(gss, self.day, f"The register has it as the ONS code of {told}.{''.join(now)}", ons=True)

    def of_kind(self, *kinds: type[Organisation]) -> tuple[Organisation, ...]:
        """Every organisation of these kinds, by code."""
        wanted = [name for name, kind in KINDS.items() if issubclass(kind, kinds)]
        keys = (key for name in wanted for key in self._store.keys_of_kind(name))
        eras = (self._era(code) for code in sorted({key.partition("@")[0] for key in keys}))
        return tuple(self._named(era) for era in eras if isinstance(era, kinds))

    @property
    def kinds(self) -> Mapping[type[Organisation], int]:
        """How many of each kind."""
        return Counter(era.kind for era in self._open.values())

    def parents(self, code: str) -> tuple[Parent, ...]:
        """What it belonged to that day, nearest first: operator, network, commissioner, system, region.

        Raises:
            NotOpen: The register knows the code, and its body was not open that day.
            UnknownOrganisation: The register does not know the code.
        """
        return self._ladder.parents(self[code])

    def children(self, code: str) -> tuple[Organisation, ...]:
        """What belonged to it directly that day, by code.

        Raises:
            NotOpen: The register knows the code, and its body was not open that day.
            UnknownOrganisation: The register does not know the code.
        """
        parent = self[code]
        named = (self._era(other) for other in self._store.codes_naming(parent.code or code))
        bodies = (era for era in named if era is not None)
        return tuple(map(self._named, self._ladder.children(parent.code or code, bodies)))

    @property
    def _ladder(self) -> Ladder:
        return Ladder(self._store, self.day, self._find)

    def coverage(self, kind: type[Organisation]) -> date | None:
        """As-at date of the newest release that lists this kind; ``None`` where no release does."""
        return self._store.known_until.get(kind.__name__)

    @property
    def notes(self) -> tuple[str, ...]:
        """For which kinds the day is later than the newest release that lists them."""
        late = {name: seen for name, seen in sorted(self._store.known_until.items()) if seen < self.day}
        return tuple(
            f"{KINDS[name].title}: as at {seen}, the newest release that lists it" for name, seen in late.items()
        )

    def __repr__(self) -> str:
        """Day and reading; counting would look at every code."""
        return f"Snapshot({self.day}, {self.reading.value})"
