"""What the register itself changed between two times: each report's release in hand then against the one in hand later.

A `Change` is not what happened to a body but what a report came to say of it: a code listed or no longer
listed, an end given or taken back, another name, day or parent, a succession row printed, dropped or dated anew.
Only releases of one report are compared, for only they have the same scope. The one exception: the succession
report of 2022 came with its archive and the one of 2026 without, so what the later has and the earlier lacks is
new, and what both have can be dated anew, but nothing is said to have vanished.

>>> import nhs_orgs
>>> found = nhs_orgs.load().changes(since="2018-08-31", until="2020-10-31")
>>> print(next(change for change in found if change.report == "etr" and change.code == "RD3"))
RD3 closed: last day 2020-09-30, before: open (etr@2018-08-31 to etr@2020-10-31)
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

from nhs_orgs.names import plain
from nhs_orgs.period import Period
from nhs_orgs.records import OPEN
from nhs_orgs.releases import newest
from nhs_orgs.sources import Source, Statement
from nhs_orgs.store import Store

__all__ = ["Change", "ChangeKind", "changes"]

_WIDER: Final = {"succ": "succ-and-succarc"}
"""For a report, another one whose releases hold all that a release of the first would, and more."""

_DAYS: Final = {
    "legal_start": "first day",
    "legal_end": "last day",
    "operational_start": "first working day",
    "operational_end": "last working day",
}
_PARENTS: Final = ("commissioner", "geography", "integrated care board", "network", "operator", "region")


class ChangeKind(Enum):
    """What a report changed."""

    NEW = "new"
    """It lists a code that it did not list."""
    VANISHED = "vanished"
    """It no longer lists a code."""
    CLOSED = "closed"
    """It gives an end to what it showed open."""
    REOPENED = "reopened"
    """It shows open what it had given an end."""
    RENAMED = "renamed"
    """It prints another name; another spelling of the same one is none."""
    REDATED = "re-dated"
    """It gives another first or last day."""
    REPARENTED = "re-parented"
    """It gives another parent."""
    NEW_SUCCESSION = "new succession"
    """It prints a succession that it did not print."""
    VANISHED_SUCCESSION = "vanished succession"
    """It no longer prints a succession."""
    REDATED_SUCCESSION = "re-dated succession"
    """It prints a succession with another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing of which a report says otherwise than it did."""

    kind: ChangeKind
    code: str
    """The code that it is about; of a succession the predecessor."""
    report: str
    """The report that changed."""
    property: str | None = None
    """Which property: ``name``, ``legal_end``, ``region``, ...; ``None`` where a code or a succession comes or goes."""
    successor: str | None = None
    """Of a succession."""
    before: str | None = None
    """What the older release says, several values joined; ``None`` where nothing. Of a code that vanished its name."""
    after: str | None = None
    """What the newer release says. Of a new code its name."""
    sources: tuple[Source, ...]
    """The releases that were compared, the older first."""

    @builtins.property  # the field above has that name
    def subject(self) -> str:
        """The code; of a succession both codes."""
        return f"{self.code} -> {self.successor}" if self.successor else self.code

    @builtins.property
    def values(self) -> str:
        """The value of the newer release, then that of the older, in words."""
        if self.kind in {ChangeKind.NEW, ChangeKind.NEW_SUCCESSION}:
            return self.after or ""
        if self.kind in {ChangeKind.VANISHED, ChangeKind.VANISHED_SUCCESSION}:
            return self.before or ""
        what = None if self.property == "name" else self.property
        label = f"{_DAYS.get(what, what)} " if what is not None else ""
        return f"{label}{_shown(self.after)}, before: {_shown(self.before)}"

    def __str__(self) -> str:
        """One line: what changed, from which release to which."""
        values = f": {self.values}" if self.values else ""
        return f"{self.subject} {self.kind.value}{values} ({self.sources[0].id} to {self.sources[-1].id})"


def _shown(value: str | None) -> str:
    return "not given" if value is None else {OPEN: "open"}.get(value, value)


_Value: TypeAlias = tuple[str, Period | None]
_Said: TypeAlias = Mapping[str, frozenset[_Value]]
"""By property all that one release says of a code."""
_Successions: TypeAlias = Mapping[tuple[str, str], frozenset[date]]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two releases of a report, each with all of its files."""

    report: str
    older: tuple[Source, ...]
    newer: tuple[Source, ...]

    @property
    def same_scope(self) -> bool:
        """Whether what the newer one lacks has vanished: not where the older one is of a wider report."""
        return self.older[0].report == self.report

    def change(self, kind: ChangeKind, code: str, **more: str | None) -> Change:
        return Change(kind=kind, code=code, report=self.report, sources=(*self.older, *self.newer), **more)


def changes(store: Store, *, since: date, until: date) -> tuple[Change, ...]:
    """What every report that had a release by `since`, and a newer one by `until`, changed from one to the other.

    By report, then by code. Raises `InvalidPeriod` for an `until` before `since`.
    """
    Period(since, until)
    pairs = tuple(_pairs(store.sources.values(), since, until))
    found = [*_of_records(store, pairs), *_of_successions(store, pairs)]
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[str, str, str, int, str]:
    position = list(ChangeKind).index(change.kind)
    return change.report, change.code, change.successor or "", position, change.property or ""


def _pairs(releases: Iterable[Source], since: date, until: date) -> Iterator[_Pair]:
    listed = tuple(releases)
    older, newer = newest(listed, by=since), newest(listed, by=until)
    for report in sorted(newer):
        before = older.get(report) or older.get(_WIDER.get(report, ""))
        if before and before != newer[report]:
            yield _Pair(report, before, newer[report])


# --- what lists say of a code ---------------------------------------------------------------------------------------


def _of_records(store: Store, pairs: tuple[_Pair, ...]) -> Iterator[Change]:
    sides: dict[Source, list[tuple[_Pair, bool]]] = defaultdict(list)
    for pair in pairs:
        for newer, sources in ((False, pair.older), (True, pair.newer)):
            for source in sources:
                sides[source].append((pair, newer))
    for code, record in store.records.items() if pairs else ():
        for pair, (before, after) in _said(record.statements, sides).items():
            yield from _of_code(pair, code, before, after)


def _said(
    statements: Iterable[Statement], sides: Mapping[Source, Iterable[tuple[_Pair, bool]]]
) -> dict[_Pair, tuple[_Said, _Said]]:
    """For each pair of releases what either says of one code."""
    found: dict[_Pair, tuple[dict[str, frozenset[_Value]], dict[str, frozenset[_Value]]]] = {}
    for said in statements:
        for source in said.sources:
            for pair, newer in sides.get(source, ()) if isinstance(source, Source) else ():
                values = found.setdefault(pair, ({}, {}))[newer]
                values[said.property] = values.get(said.property, frozenset()) | {(said.value, said.period)}
    return {pair: (before, after) for pair, (before, after) in found.items()}


def _of_code(pair: _Pair, code: str, before: _Said, after: _Said) -> Iterator[Change]:
    if not before:
        yield pair.change(ChangeKind.NEW, code, after=_text(after.get("name")))
    elif not after:
        if pair.same_scope:
            yield pair.change(ChangeKind.VANISHED, code, before=_text(before.get("name")))
    else:
        for name in ("name", *_DAYS, *_PARENTS):
            old, new = before.get(name, frozenset()), after.get(name, frozenset())
            kind = _kind(name, old, new, over=_over(before) or _over(after))
            if kind is not None:
                yield pair.change(kind, code, property=name, before=_text(old), after=_text(new))


def _kind(name: str, old: frozenset[_Value], new: frozenset[_Value], *, over: bool) -> ChangeKind | None:
    """What sort of change there is from the old values to the new, ``None`` where there is none."""
    if old == new:
        return None
    if name == "name":
        return None if _plainly(old) == _plainly(new) else ChangeKind.RENAMED
    if name in _PARENTS:
        # What a list says of the parent of a body that has closed is of a later day, so it is not kept.
        return None if over and not (old and new) else ChangeKind.REPARENTED
    if name.endswith("_end") and old and new:
        was, now = (any(value == OPEN for value, _ in values) for values in (old, new))
        if was != now:
            return ChangeKind.CLOSED if was else ChangeKind.REOPENED
    return ChangeKind.REDATED


def _over(said: _Said) -> bool:
    ends = said.get("legal_end", frozenset())
    return bool(ends) and all(value != OPEN for value, _ in ends)


def _plainly(values: Iterable[_Value]) -> set[tuple[str, Period | None]]:
    return {(plain(value), period) for value, period in values}


def _text(values: Iterable[_Value] | None) -> str | None:
    """Values in order, joined; ``None`` for none."""
    texts = sorted(f"{value} ({period})" if period else value for value, period in values or ())
    return " and ".join(texts) or None


# --- what succession reports print ----------------------------------------------------------------------------------


def _of_successions(store: Store, pairs: tuple[_Pair, ...]) -> Iterator[Change]:
    if not pairs:
        return
    printed: dict[Source, dict[tuple[str, str], frozenset[date]]] = defaultdict(dict)
    for row in store.succession_rows:
        for source in row.sources:
            days = printed[source].get((row.predecessor, row.successor), frozenset())
            printed[source][row.predecessor, row.successor] = days | {row.day}
    for pair in pairs:
        yield from _of_rows(pair, _joined(pair.older, printed), _joined(pair.newer, printed))


def _joined(sources: Iterable[Source], printed: Mapping[Source, _Successions]) -> _Successions:
    """What all files of one release print."""
    found: dict[tuple[str, str], frozenset[date]] = {}
    for source in sources:
        for codes, days in printed.get(source, {}).items():
            found[codes] = found.get(codes, frozenset()) | days
    return found


def _of_rows(pair: _Pair, before: _Successions, after: _Successions) -> Iterator[Change]:
    for codes in sorted({*before, *after}):
        old, new = before.get(codes), after.get(codes)
        if old == new or (new is None and not pair.same_scope):
            continue
        if old is None or new is None:
            kind = ChangeKind.NEW_SUCCESSION if old is None else ChangeKind.VANISHED_SUCCESSION
        else:
            kind = ChangeKind.REDATED_SUCCESSION
        yield pair.change(kind, codes[0], successor=codes[1], before=_days(old), after=_days(new))


def _days(days: Iterable[date] | None) -> str | None:
    return None if days is None else " and ".join(day.isoformat() for day in sorted(days))
