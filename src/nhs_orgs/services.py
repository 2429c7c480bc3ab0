"""Services and sites that passed between bodies, apart from whole bodies that did.

>>> import nhs_orgs
>>> for transfer in nhs_orgs.load().services_received("TAJ")[:1]:
...     print(transfer.effective, transfer.giver.code, ", ".join(transfer.services))
2020-04-01 RYK mental health services of Dudley and Walsall
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent, EventStatus, Extent, Share, Transfer
from nhs_orgs.organisations import Organisation
from nhs_orgs.sources import Citation, Source
from nhs_orgs.store import Store
from nhs_orgs.styles import name_on

__all__ = ["ServiceTransfer", "given", "received"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTransfer:
    """What passed from one body to another, when, and who says so."""

    effective: PartialDate
    """First day with the receiver."""
    giver: Organisation
    receiver: Organisation
    extent: Extent
    """``whole`` where the giver ended in the receiver and a source names the services."""
    services: tuple[str, ...]
    """What the sources name; empty where they tell only that a part passed."""
    sites: tuple[str, ...]
    """Codes of the sites that passed, where known."""
    shares: tuple[Share, ...]
    note: str | None
    event: str
    """Id of the event."""
    sources: tuple[Source | Citation, ...]

    def __str__(self) -> str:
        """Day, both bodies, what passed."""
        what = ", ".join((*self.services, *self.sites)) or "a part"
        day = self.effective.earliest
        giver, receiver = name_on(self.giver, day), name_on(self.receiver, day)
        return f"{self.effective.describe()}: {what}, from {giver} to {receiver}"


def received(store: Store, x: str) -> tuple[ServiceTransfer, ...]:
    """What a body, or every body of a code, was given in part, or as named services, in order of time.

    Raises:
        UnknownOrganisation: there is no such code or key.
    """
    keys, code = _bodies(store, x)
    return _in_order(t for t in _passed(store, code) if t.receiver.key in keys)


def given(store: Store, x: str) -> tuple[ServiceTransfer, ...]:
    """What a body, or every body of a code, gave, likewise."""
    keys, code = _bodies(store, x)
    return _in_order(t for t in _passed(store, code) if t.giver.key in keys)


def _bodies(store: Store, x: str) -> tuple[frozenset[str], str]:
    """The era keys meant, and their code."""
    wanted = store.folded(x)
    if wanted in store.eras:
        return frozenset(store.eras[wanted]), wanted
    body = store.organisation(wanted)
    return frozenset({body.key}), body.code or body.key


def _in_order(found: Iterator[ServiceTransfer]) -> tuple[ServiceTransfer, ...]:
    return tuple(sorted(found, key=lambda t: (t.effective.earliest, t.event, t.giver.key, t.receiver.key)))


def _passed(store: Store, code: str) -> Iterator[ServiceTransfer]:
    # The index of events is by code: a body outside the register, whose code is its key, is looked for in each.
    ids = store.events if code.startswith("body:") else store.events_of.get(code, ())
    for event in (store.events[event_id] for event_id in ids):
        if event.status is EventStatus.COMPLETED:
            yield from (_made(store, event, t) for t in event.transfers if _is_of_services(t))


def _is_of_services(transfer: Transfer) -> bool:
    return transfer.extent is Extent.PART or bool(transfer.services or transfer.sites)


def _made(store: Store, event: ChangeEvent, transfer: Transfer) -> ServiceTransfer:
    return ServiceTransfer(
        effective=event.dated,
        giver=store.organisation(transfer.giver),
        receiver=store.organisation(transfer.receiver),
        extent=transfer.extent,
        services=transfer.services,
        sites=transfer.sites,
        shares=transfer.shares,
        note=transfer.note,
        event=event.id,
        sources=event.sources,
    )
