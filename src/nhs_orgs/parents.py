"""What an organisation belonged to on a day: operator, commissioner, system, region.

A relationship that is dated to the day, by a release or a citation, answers directly. Otherwise the last release
before the day and the first after it do, within one era: where they agree, or only one of their answers was open, the
gap is bridged and the answer carries both days and ``inferred``. The first release of an era speaks for its first day
too, where that was no more than a week before. Where they leave a choice, the answer is ``None`` and the reason. What
a release prints about a body that had closed is of a later day and is ignored.

>>> import nhs_orgs
>>> for parent in nhs_orgs.load().on("2020-10-31").parents("RRE"):
...     print(parent.level, parent.code)
system QNC
region Y60
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.organisations import (
    ICB,
    STP,
    AreaTeam,
    GPPractice,
    LocalOffice,
    Organisation,
    Region,
    Site,
    StrategicHealthAuthority,
)
from nhs_orgs.period import UNKNOWN
from nhs_orgs.sources import Citation, Source, Statement
from nhs_orgs.store import Store

__all__ = ["LEVELS", "Ladder", "Parent"]

LEVELS: Final = (
    "operator",
    "network",
    "commissioner",
    "system",
    "local office",
    "strategic health authority",
    "geography",
    "region",
)
"""What a parent can be, nearest first: ``network`` is the primary care network that a practice is a partner of,
``system`` an STP or an integrated care board, ``local office`` one of those or an area team, ``geography`` an area
whose kind nobody says."""

_PASSING: Final = frozenset({"local office", "strategic health authority", "geography"})
"""Levels that came and went: without an answer they are left out beside others."""
_NAMED: Final = {
    "operator": "operator",
    "network": "network",
    "partner": "network",
    "commissioner": "commissioner",
    "region": "region",
}
"""Level by the property of a statement that says it; others go by the kind of the parent."""
_PROPERTIES: Final = frozenset({*_NAMED, "integrated care board", "geography"})
_BY_KIND: Final[dict[type[Organisation], str]] = {
    STP: "system",
    ICB: "system",
    LocalOffice: "local office",
    AreaTeam: "local office",
    StrategicHealthAuthority: "strategic health authority",
    Region: "region",
}


_BY_GSS: Final = {"E54": "system"}
"""Level of a body that is known by its ONS code only, by the beginning of that code."""


_FIRST_LIST: Final = timedelta(days=7)
"""How soon after an era's first day a list speaks for that day too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """One organisation that another belonged to on a day, or why that is not known."""

    level: str
    """One of `LEVELS`."""
    organisation: Organisation | None = None
    code: str | None = None
    """Its code; given without an organisation where the register has none of that code open on the day."""
    inferred: bool = False
    """Whether no source says it of this very day."""
    between: tuple[date, date] | None = None
    """The days between which it is inferred."""
    reason: str | None = None
    """Why there is no organisation."""
    sources: tuple[Source | Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sighting:
    """An undated value, on the day or within the month that its release speaks of."""

    first: date
    last: date
    value: str
    source: Source

    @property
    def window(self) -> tuple[date, date]:
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class Ladder:
    """Parents and children on one day."""

    store: Store
    day: date
    find: Callable[[str], Organisation | None]
    """The organisation of a code that was open on the day."""

    def parents(self, child: Organisation) -> tuple[Parent, ...]:
        """Everything it belonged to, nearest first: by its own statements, else by those of its parents."""
        found = self._own(child)
        waiting = list(found.values())
        # Each level is filled once, so that parents in a circle end.
        for step in waiting:
            above = self._own(step.organisation) if step.organisation is not None else {}
            for level, parent in above.items():
                known = found.get(level)
                if known is None or (known.organisation is None and parent.organisation is not None):
                    found[level] = _through(step, parent)
                    waiting.append(found[level])
        if not found and not isinstance(child, Region):
            reason = f"no source says what {child.code} belonged to on {self.day}"
            return (Parent(level=_expected(child), reason=reason),)
        listed = [found[level] for level in LEVELS if level in found]
        return tuple(p for p in listed if p.organisation is not None or p.level not in _PASSING) or tuple(listed)

    def children(self, code: str, bodies: Iterable[Organisation]) -> tuple[Organisation, ...]:
        """Those of `bodies` that by their own statements belonged to it, by code."""
        inside = [body for body in bodies if self._mentions(body, code) and self._belongs(body, code)]
        return tuple(sorted(inside, key=lambda body: body.code or ""))

    def _mentions(self, body: Organisation, code: str) -> bool:
        """The quick look before the careful one."""
        return any(statement.value == code for statement in self._statements(body))

    def _belongs(self, body: Organisation, code: str) -> bool:
        return any(p.organisation is not None and p.organisation.code == code for p in self._own(body).values())

    def _statements(self, child: Organisation) -> list[Statement]:
        record = self.store.records.get(child.code) if child.code else None
        return [s for s in record.statements if s.property in _PROPERTIES] if record else []

    def _own(self, child: Organisation) -> dict[str, Parent]:
        """What its own statements say, by level; a level at which nothing was open that day is left out."""
        levels: dict[str, list[Statement]] = {}
        for statement in self._statements(child):
            levels.setdefault(self._level(statement), []).append(statement)
        return {level: self._at(level, said, child) for level, said in levels.items() if self._matters(said)}

    def _matters(self, statements: Iterable[Statement]) -> bool:
        return any(s.value not in self.store.eras or self.find(s.value) is not None for s in statements)

    def _level(self, statement: Statement) -> str:
        if statement.property in _NAMED:
            return _NAMED[statement.property]
        bodies = [self.store.organisation(key) for key in reversed(self.store.eras.get(statement.value, ()))]
        then = [body for body in bodies if body.open_on(_time_of(statement))]
        by_kind = (_BY_KIND[body.kind] for body in (*then, *bodies) if body.kind in _BY_KIND)
        return next(by_kind, _BY_GSS.get(statement.value[:3], "geography"))

    # --- one level ----------------------------------------------------------------------------------------------

    def _at(self, level: str, statements: list[Statement], child: Organisation) -> Parent:
        dated = [statement for statement in statements if self._covers(statement)]
        if dated:
            chosen = max(dated, key=_authority)
            return self._checked(Parent(level=level, code=chosen.value, sources=chosen.sources))
        sightings = [s for statement in statements for s in _sightings(statement, child, self._first_era(child))]
        return self._bridged(level, sightings, statements, child)

    def _covers(self, statement: Statement) -> bool:
        """Whether it is dated to the day. An end that a release leaves open is open as at that release."""
        period = statement.period
        if period is None or not period.contains(self.day):
            return False
        known_to = max((s.as_at.latest for s in statement.sources if isinstance(s, Source)), default=date.max)
        return period.end is not None or _is_curated(statement) or self.day <= known_to

    def _first_era(self, child: Organisation) -> bool:
        return self.store.eras.get(child.code or "", (child.key,))[0] == child.key

    def _bridged(
        self, level: str, sightings: list[_Sighting], statements: list[Statement], child: Organisation
    ) -> Parent:
        """The answer of the releases nearest to the day, in this era."""
        if exact := [s for s in sightings if s.window == (self.day, self.day)]:
            return self._agreed(level, exact, None)
        before = _nearest(max, [s for s in sightings if s.last < self.day], lambda s: (s.last, s.first))
        after = _nearest(min, [s for s in sightings if s.first > self.day], lambda s: s.window)
        used = [*before, *(s for s in sightings if self._around(s, before, after)), *after]
        if len(used) == len(after):
            start = child.period.start
            if after and isinstance(start, date) and after[0].last - start <= _FIRST_LIST:
                return self._agreed(level, after, (start, after[0].last))
            return Parent(level=level, reason=self._unseen(after), sources=_sources(after))
        last = used[-1].last
        if last < self.day:
            if why := self._lapsed(statements, used[-1], child):
                return Parent(level=level, reason=why, sources=_sources(used))
            last = child.period.end if isinstance(child.period.end, date) else self.day
        return self._agreed(level, used, (used[0].first, last))

    def _around(self, sighting: _Sighting, before: list[_Sighting], after: list[_Sighting]) -> bool:
        """Whether a release of an unsure day was printed around the day: surely after `before` and before `after`."""
        if not sighting.first <= self.day <= sighting.last:
            return False
        return (not before or before[0].last <= sighting.first) and (not after or sighting.last <= after[0].first)

    def _agreed(self, level: str, used: list[_Sighting], between: tuple[date, date] | None) -> Parent:
        """The one value of these sightings, or the only one that was open; else none."""
        values = list(dict.fromkeys(s.value for s in used))
        # Of a body that the register does not have, nobody can say that it was not open.
        possible = [v for v in values if len(values) == 1 or self.find(v) is not None or v not in self.store.eras]
        if len(possible) != 1:
            when = f"between {between[0]} and {between[1]}" if between else f"on {self.day}"
            reason = f"{' or '.join(values)}: the releases do not tell which {when}"
            return Parent(level=level, between=between, reason=reason, sources=_sources(used))
        said = _sources(s for s in used if s.value == possible[0])
        inferred = between is not None or len(values) > 1
        return self._checked(Parent(level=level, code=possible[0], inferred=inferred, between=between, sources=said))

    def _lapsed(self, statements: Iterable[Statement], last: _Sighting, child: Organisation) -> str | None:
        """Why what was seen last, and never again in this era, cannot stand for the day."""
        shown = f"last shown in {last.value} as at {last.source.as_at.describe()}"
        ends = (s.period.end for s in statements if s.period is not None and s.value == last.value)
        left = max((e for e in ends if isinstance(e, date) and last.last <= e < self.day), default=None)
        if left is not None:
            return f"{shown}, which it left on {left}"
        parent = self.find(last.value)
        if parent is None:
            if last.value not in self.store.eras:
                return f"{shown}, which this register does not have"
            return f"{shown}, which was not open on {self.day}"
        seen = parent.seen.end if parent.seen else None
        listed, looked = (self.store.known_until.get(body.kind.__name__) for body in (parent, child))
        if parent.period.end is not None and parent.period.end is not UNKNOWN:
            return None
        if isinstance(seen, date) and listed and looked and max(seen, listed) < self.day <= looked:
            # Newer releases still list the child's kind, and none the parent's: it may be gone.
            return f"{shown}, itself last seen on {seen}"
        return None

    def _unseen(self, after: list[_Sighting]) -> str:
        if not after:
            return f"no source says it of the era that {self.day} lies in"
        values = " or ".join(dict.fromkeys(s.value for s in after))
        seen = after[0].source.as_at.describe()
        return f"first shown in {values} as at {seen}; no source says it of a day before"

    def _checked(self, parent: Parent) -> Parent:
        """With the organisation, if it was open that day."""
        code = parent.code or ""
        if (organisation := self.find(code)) is not None:
            return replace(parent, organisation=organisation)
        known = code in self.store.eras
        reason = f"{code} was not open on {self.day}" if known else f"this register has no organisation {code}"
        return replace(parent, inferred=False, between=None, reason=reason)


def _sightings(statement: Statement, child: Organisation, first_era: bool) -> Iterable[_Sighting]:  # noqa: FBT001
    """On which days releases show it; a dated one that is left open, on the day of its release."""
    if statement.period is not None and (statement.period.end is not None or _is_curated(statement)):
        return
    for source in statement.sources:
        if isinstance(source, Source):
            window = _window(source.as_at, child, first_era=first_era)
            if window is not None:
                yield _Sighting(*window, statement.value, source)


def _window(as_at: PartialDate, child: Organisation, *, first_era: bool) -> tuple[date, date] | None:
    """The days on which a release may have seen the body in this era.

    A release whose last possible day is after the era's end may print what was so later, and says nothing. One
    that may be from before the first day of the code's first era saw it after that day.
    """
    first, last = as_at.earliest, as_at.latest
    start, end = child.period.start, child.period.end
    if isinstance(end, date) and end < last:
        return None
    if child.open_on(first):
        return first, last
    if isinstance(start, date):
        return (start, last) if first_era and first < start <= last else None
    return (first, last) if child.open_on(last) else None


def _nearest(
    pick: Callable[..., _Sighting], sightings: list[_Sighting], key: Callable[[_Sighting], tuple[date, date]]
) -> list[_Sighting]:
    """The nearest sighting with all others of the same days."""
    if not sightings:
        return []
    nearest = pick(sightings, key=key)
    return [s for s in sightings if s.window == nearest.window]


def _sources(sightings: Iterable[_Sighting]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(s.source for s in sightings))


def _time_of(statement: Statement) -> date:
    """A day on which it held: STPs and boards, area teams and older bodies share codes."""
    if statement.period is not None and isinstance(statement.period.start, date):
        return statement.period.start
    return statement.first_seen.latest if statement.first_seen else date.min


def _authority(statement: Statement) -> tuple[bool, date, str]:
    newest = max((s.as_at.latest for s in statement.sources if isinstance(s, Source)), default=date.min)
    return _is_curated(statement), newest, statement.value


def _is_curated(statement: Statement) -> bool:
    return any(isinstance(source, Citation) for source in statement.sources)


def _through(step: Parent, parent: Parent) -> Parent:
    """A parent's parent: no surer than the step to it."""
    if not step.inferred or parent.organisation is None:
        return parent
    return replace(parent, inferred=True, between=parent.between or step.between)


def _expected(child: Organisation) -> str:
    if isinstance(child, Site):
        return "operator"
    if isinstance(child, GPPractice):
        return "commissioner"
    return "region" if isinstance(child, STP | ICB) else "system"
