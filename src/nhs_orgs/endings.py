"""By what an era ends: the events that end it, and the edges along which it passed on what it was.

A part given while a body goes on is no succession. What counts is the events that end it, the earlier
events that these complete, and what passed on the day after its last; the same rule answers what became
of a body (`resolve`) and into what its figures divide (`crosswalk`).

>>> import nhs_orgs
>>> store = nhs_orgs.load()._store
>>> pennine = store.eras_of("RW6")[0]
>>> [(edge.receiver, str(edge.day)) for edge in ending_edges(store, pennine, on=date(2026, 4, 1))]
[('R0A@2017-10-01', '2021-04-01'), ('RM3@2021-10-01', '2021-10-01')]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from nhs_orgs.events import ChangeEvent, EventKind, EventStatus, Fate
from nhs_orgs.organisations import DateReading, Organisation
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.store import Edge, Store

__all__ = ["SLACK", "edges_from", "ending_edges", "endings", "opened_by", "shown_by", "succeeds", "whole_by"]

SLACK: Final = 0.002
"""Shares are rounded, and a part below one in a thousand may have been left out."""

_DAY = timedelta(days=1)


def edges_from(store: Store, era: Organisation) -> tuple[Edge, ...]:
    """What an era gave to others, in order of time."""
    return tuple(edge for edge in store.given.get(era.key, ()) if edge.receiver != era.key)


def endings(store: Store, era: Organisation) -> tuple[ChangeEvent, ...]:
    """The completed events, of any day, by which an era ends."""
    ids = store.events_of.get(era.code, ()) if era.code else {edge.event for edge in edges_from(store, era)}
    events = (store.events[id] for id in ids)
    return tuple(event for event in events if event.status is EventStatus.COMPLETED and _ends(event, era.key))


def succeeds(store: Store, edge: Edge) -> bool:
    """Whether it can be a succession: population that moves across a boundary succeeds to nothing."""
    return store.events[edge.event].kind is not EventKind.BOUNDARY_CHANGE


def ending_edges(
    store: Store, era: Organisation, *, on: date, reading: DateReading = DateReading.LEGAL
) -> tuple[Edge, ...]:
    """By which edges, of a day or before, an ended era passed on what it was.

    Those of the events that end it, of the earlier events that these complete, and of the day
    after its last; parts given by other events are no succession. Where no event is known to
    end it, a whole transfer is what did.
    """
    edges = [edge for edge in edges_from(store, era) if edge.day <= on]
    if not edges:
        return ()
    # By operation a body may be over before the event that ends it in law.
    early = reading is DateReading.OPERATIONAL
    ended = (event for event in endings(store, era) if early or event.dated.earliest <= on)
    events = {id for event in ended for id in (event.id, *event.completes)}
    end = era.period_by(reading).end
    after = end + _DAY if isinstance(end, date) and end < date.max else None
    chosen = [edge for edge in edges if edge.event in events or (edge.day == after and succeeds(store, edge))]
    # A body that passed whole is with its successor; a part that went elsewhere by the same event is a note.
    return tuple([edge for edge in chosen if edge.whole] or chosen or [edge for edge in edges if edge.whole])


def whole_by(store: Store, edges: Sequence[Edge]) -> tuple[str, ...]:
    """The measures by which parts that went to one body are all that there was."""
    if len({edge.receiver for edge in edges}) != 1 or any(edge.whole for edge in edges):
        return ()
    totals: dict[str, float] = {}
    for share in (share for edge in edges for share in store.transfer(edge).shares):
        totals[share.basis] = totals.get(share.basis, 0) + share.share
    return tuple(basis for basis, total in totals.items() if total > 1 - SLACK)


def opened_by(store: Store, era: Organisation, *, reading: DateReading = DateReading.LEGAL) -> date | None:
    """The day by which it is known to have opened; without a date for that, the first that shows it in being."""
    return shown_by(era.period_by(reading), era.seen, store.given.get(era.key, ()))


def shown_by(period: Period, seen: Period | None, given: Iterable[Edge] = ()) -> date | None:
    """The same of an era by its dates, the days on which sources show it, and what it gave to others."""
    if period.start is not UNKNOWN:
        return period.start or date.min
    shown = [seen.start if seen else None, period.end, *(edge.day for edge in given)]
    return min((day for day in shown if isinstance(day, date)), default=None)


def _ends(event: ChangeEvent, key: str) -> bool:
    """Whether the era ends by the event: it ends, or goes on under its code as another era."""
    fates = [participant.fate for participant in event.befores if participant.key == key]
    stays = any(participant.key == key for participant in event.afters)
    return Fate.ENDS in fates or (Fate.CONTINUES in fates and not stays)
