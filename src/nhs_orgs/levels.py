"""From bodies to the level that figures are wanted at: the trust of a site, the board of a trust, its region.

Parents are those of the day restated to; see `parents`. A body at the level is its own answer. STPs and integrated
care boards are one level, the system of an area: one code stood first for the one and then for the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

from nhs_orgs.organisations import (
    CCG,
    ICB,
    PCN,
    STP,
    Body,
    Organisation,
    Region,
    Site,
    SubICBLocation,
    Trust,
    Unclassified,
)
from nhs_orgs.parents import Parent
from nhs_orgs.snapshot import Snapshot
from nhs_orgs.store import Store

__all__ = ["Level", "levels_of"]

Rung: TypeAlias = tuple[str | None, str | None]
"""The code at the level, ``None`` where that is not known; and why, or how far it is sure."""


_LEVELS: Final[dict[type[Organisation], str]] = {
    Trust: "operator",
    PCN: "network",
    CCG: "commissioner",
    SubICBLocation: "commissioner",
    ICB: "system",
    Region: "region",
}
"""As which of a body's parents one of a kind is known: the reason why there is none of it stands there."""
_LEAVES: Final = frozenset({Body, Site, Unclassified})
"""Kinds below which there is nothing, or nothing known."""


class Level:
    """Codes at one level on one day, by the key of an era. Raises `OutsideCoverage`."""

    def __init__(self, store: Store, to: date, kind: type[Organisation] | None) -> None:
        self._store = store
        self._snapshot = Snapshot(store, to)
        self._title = "" if kind is None else kind.title
        self._kinds = () if kind is None else (ICB, STP) if kind in (ICB, STP) else (kind,)
        self.is_own = kind is None
        """Whether every body is its own answer."""
        self._found: dict[str, Rung] = {}

    def code(self, key: str) -> Rung:
        """The code of a body at the level."""
        rung = self._found.get(key)
        if rung is None:
            rung = self._found[key] = self._rung(self._store.organisations[key])
        return rung

    def _rung(self, body: Organisation) -> Rung:
        if not self._kinds or isinstance(body, self._kinds):
            return body.code or body.key, None
        if body.code is None or body.code not in self._snapshot:
            return None, f"{body.code or body.name} is not known to have stood on {self._snapshot.day}"
        parents = self._snapshot.parents(body.code)
        parent = next((p for p in parents if isinstance(p.organisation, self._kinds)), None)
        return self._without(body, parents) if parent is None else (parent.code, _doubt(body, parent))

    def _without(self, body: Organisation, parents: tuple[Parent, ...]) -> Rung:
        wanted = {level for kind, level in _LEVELS.items() if kind in self._kinds}
        why = next((f": {p.reason}" for p in parents if p.reason and (p.level in wanted or not wanted)), "")
        return None, f"no {self._title} is known above {body.code} on {self._snapshot.day}{why}"


def levels_of(store: Store, day: date, codes: Iterable[str]) -> tuple[str, ...]:
    """The kinds to which the figures of some codes can be added up on a day, by class name.

    They are those of the bodies, and of all that these belonged to; those to which nothing is added up only where there
    are no others.
    """
    snapshot = Snapshot(store, day)
    bodies = [snapshot[code] for code in codes if code in snapshot]
    above = [parent.organisation for body in bodies for parent in snapshot.parents(body.code or "")]
    kinds = {body.kind for body in (*bodies, *above) if body is not None}
    return tuple(sorted(kind.__name__ for kind in kinds - _LEAVES or kinds))


def _doubt(body: Organisation, parent: Parent) -> str | None:
    if not parent.inferred or parent.between is None:
        return None
    return f"{body.code} in {parent.code}: inferred between {parent.between[0]} and {parent.between[1]}"
