"""Both halves of a merger in one column: a code, and the code that what it stood for has gone to.

Who became whom is followed over the events by which bodies end (`endings`), whole or in part, through any number of
them. Two such codes beside each other count the same patients twice, unless both were open then.

>>> import nhs_orgs
>>> [(pair.old, pair.new, str(pair.day)) for pair in related(nhs_orgs.load()._store, {"RM2", "RW6", "R0A"})]
[('RM2', 'R0A', '2017-10-01'), ('RW6', 'R0A', '2021-04-01')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from nhs_orgs.endings import ending_edges
from nhs_orgs.store import Store

__all__ = ["Halves", "related"]


@dataclass(frozen=True, slots=True)
class Halves:
    """A code, and one that it has gone to."""

    old: str
    new: str
    day: date
    """From when on the new one has it, or a part of it."""
    whole: bool
    """Whether it has all of it."""


def related(store: Store, codes: Collection[str]) -> tuple[Halves, ...]:
    """Every two of these codes of which one has gone to the other, by code. Raises `UnknownOrganisation`."""
    found = (pair for code in sorted(codes) for pair in _gone(store, code) if pair.new in codes)
    return tuple(sorted(set(found), key=lambda pair: (pair.old, pair.new, pair.day)))


def _gone(store: Store, code: str) -> Iterator[Halves]:
    """Everywhere that a code has gone, the first way to each."""
    waiting = [(lived.key, date.min, True) for lived in store.lived(code) if lived.key in store.given]
    seen = {key for key, _, _ in waiting}
    told: set[str] = {code}
    while waiting:
        key, since, whole = waiting.pop(0)
        if key not in store.given:
            continue
        for edge in ending_edges(store, store.organisation(key), on=date.max):
            day, all_of_it = max(since, edge.day), whole and edge.whole
            receiver = edge.receiver.partition("@")[0]
            if receiver not in told:
                told.add(receiver)
                yield Halves(code, receiver, day, all_of_it)
            if edge.receiver not in seen:
                seen.add(edge.receiver)
                waiting.append((edge.receiver, day, all_of_it))
