"""How far the ends of bodies are explained: by what, beside the succession row that names a successor.

An end is explained where the fate of the body that ended is confirmed by a document, or by dated lists
that also confirm the fate of every body that took over from it. What a succession row alone says is not
explained, and is listed by name.

>>> import nhs_orgs
>>> (groups,) = [line for line in nhs_orgs.load().coverage() if line.kind == "ClinicalCommissioningGroup"]
>>> groups.ended, groups.explained, groups.rest
(248, 248, ())
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from nhs_orgs.events import ChangeEvent, EventStatus, Fate, Participant
from nhs_orgs.sources import Citation
from nhs_orgs.store import Store

__all__ = ["SINCE", "EndsOfKind", "coverage", "is_explained"]

SINCE: Final = date(2001, 4, 1)
"""From when on ends are counted: the lists with dates reach back no further."""


@dataclass(frozen=True, slots=True)
class EndsOfKind:
    """The ends of the bodies of one kind."""

    kind: str
    """Class name."""
    ended: int
    """How many bodies ended, or became one of another kind."""
    documented: int
    """Of how many a document confirms the end."""
    listed: int
    """Of how many only dated lists do."""
    rest: tuple[str, ...]
    """Era keys of those whose end rests on a succession row alone, or on nothing."""

    @property
    def explained(self) -> int:
        """How many ends something other than a succession row confirms."""
        return self.documented + self.listed

    @property
    def share(self) -> float:
        """The part that is explained, as a fraction of 1."""
        return self.explained / self.ended


_BODY: Final = 3
"""Letters of a body's code in the years when sites and units had five."""


def coverage(store: Store, *, since: date = SINCE) -> tuple[EndsOfKind, ...]:
    """For each kind of body but sites, how many ended since a day and of how many the end is explained."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for event in store.events.values():
        if event.status is EventStatus.COMPLETED and event.dated.earliest >= since:
            for ended in _ended(event):
                kind = store.organisations[ended.key].kind.__name__
                if not _is_unit(kind, ended.code):
                    found[kind][ended.key] = _how(event, ended)
    return tuple(_line(kind, found[kind]) for kind in sorted(found))


def _is_unit(kind: str, code: str | None) -> bool:
    """Whether it is a site, or one of the old units that no source classes."""
    return kind == "Site" or (kind == "Unclassified" and len(code or "") > _BODY)


def _line(kind: str, found: dict[str, str]) -> EndsOfKind:
    how = list(found.values())
    rest = tuple(sorted(key for key, said in found.items() if said == "row"))
    return EndsOfKind(kind, len(how), how.count("document"), how.count("list"), rest)


def _ended(event: ChangeEvent) -> Iterator[Participant]:
    """Those that ended by an event, and those whose kind changed by it."""
    after = {participant.code: participant.key for participant in event.afters}
    for participant in event.befores:
        converted = event.kind.value == "conversion" and after.get(participant.code) != participant.key
        if participant.fate is Fate.ENDS or converted:
            yield participant


def is_explained(event: ChangeEvent, ended: Participant) -> bool:
    """Whether something other than a succession row confirms how a body ended."""
    return _how(event, ended) != "row"


def _how(event: ChangeEvent, ended: Participant) -> str:
    """By what an end is confirmed: a ``document``, dated ``list`` s, or the ``row`` alone."""
    if any(isinstance(source, Citation) for source in ended.sources):
        return "document"
    takers = {transfer.receiver for transfer in event.transfers if transfer.giver == ended.key}
    fates = [p for p in event.afters if p.key in takers]
    certain = bool(fates) and all(p.sources and p.fate is not Fate.UNKNOWN for p in fates)
    return "list" if ended.sources and certain else "row"
