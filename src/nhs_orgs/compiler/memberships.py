"""Successions of commissioners, held against the practices that changed commissioner on the day.

Every GP practice belongs to a commissioner, and its memberships are dated. Where a commissioner ends, its practices
go to those that take over: a witness beside the succession rows. `attest` marks the end of a commissioner as
confirmed where its practices went, on that day, to exactly those bodies that it passed to, and notes where practices
went elsewhere as well: the rows may lack a part, or a practice on the border chose the other side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.readers.base import ShareRow
from nhs_orgs.sources import Source

__all__ = ["attest"]

_REPORT: Final = "commissioner-moves"
_BASIS: Final = "practices"

_Moves: TypeAlias = Mapping[str, ShareRow]
"""By receiver, the practices that one commissioner's left for."""


def attest(drafts: Iterable[Draft], rows: Iterable[ShareRow]) -> Iterator[Draft]:
    """The drafts that succession rows give, each end confirmed, or noted as lacking a part, by where practices went.

    All other drafts come back as they are.
    """
    moves = _moves(rows)
    for draft in drafts:
        day = draft.effective.day if draft.effective is not None else None
        ending = {code: moves[day, code] for code in sorted(draft.ending) if day is not None and (day, code) in moves}
        yield _attested(draft, ending) if ending and draft.evidence else draft


def _moves(rows: Iterable[ShareRow]) -> dict[tuple[date, str], dict[str, ShareRow]]:
    found: dict[tuple[date, str], dict[str, ShareRow]] = defaultdict(dict)
    for row in rows:
        if row.source.report == _REPORT and row.basis == _BASIS and row.day is not None and row.amount:
            found[row.day, row.code][row.other] = row
    return found


def _attested(draft: Draft, ending: Mapping[str, _Moves]) -> Draft:
    confirmed = dict(draft.confirmed)
    notes = list(draft.notes)
    for code, moved in ending.items():
        receivers = {transfer.receiver for transfer in draft.transfers if transfer.giver == code}
        if receivers == set(moved):
            confirmed[code] = tuple(dict.fromkeys((*confirmed.get(code, ()), *_sources(moved))))
        elif receivers and receivers < set(moved):
            notes.append(_elsewhere(code, receivers, moved))
    return replace(draft, confirmed=tuple(confirmed.items()), notes=tuple(notes))


def _sources(moved: _Moves) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(row.source for row in moved.values()))


def _elsewhere(code: str, receivers: set[str], moved: _Moves) -> str:
    """What part of the practices went to bodies that the succession does not name."""
    total = sum(row.amount or 0 for row in moved.values())
    others = [f"{row.amount:.0f} to {other}" for other, row in sorted(moved.items()) if other not in receivers]
    return f"of the {total:.0f} practices that left {code} that day, {' and '.join(others)}"
