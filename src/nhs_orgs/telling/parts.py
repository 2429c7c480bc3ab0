"""Parts that passed, in sentences: from whom to whom, how large by each measure, with which services and sites.

A share is never told without what was counted; where two measures give two shares, the text says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from nhs_orgs.events import EventKind, Transfer
from nhs_orgs.names import plain
from nhs_orgs.telling.scenes import Scene, grouped
from nhs_orgs.telling.wording import listed, measure, percent

__all__ = ["of_parts", "sizes"]

_ALL: Final = 0.9995
_APART: Final = 0.02
"""Two measures of one part differ from here on."""


def of_parts(scene: Scene, transfers: Sequence[Transfer]) -> list[str]:
    """Clauses for parts of bodies: who passed what to whom, and how much that was."""
    clauses = []
    for group in grouped(transfers, lambda t: t.giver).values():
        clauses += [_services(scene, t) for t in group if t.services]
        clauses += [_entirely(scene, t) for t in group if _is_all(t)]
        rest = [t for t in group if not t.services and not _is_all(t)]
        if rest:
            receivers = scene.all([scene.receiver(t) for t in rest])
            clauses.append(_passed(scene, rest, receivers))
        clauses += sizes(scene, group)
    return clauses


def _is_all(transfer: Transfer) -> bool:
    """A part that comes to the whole by every measure in hand."""
    return bool(transfer.shares) and all(share.share >= _ALL for share in transfer.shares)


def _entirely(scene: Scene, transfer: Transfer) -> str:
    giver, receiver = scene.one(scene.giver(transfer)), scene.one(scene.receiver(transfer))
    return f"all of {giver} by {listed([measure(share.basis) for share in transfer.shares])} passed to {receiver}"


def _services(scene: Scene, transfer: Transfer) -> str:
    giver, receiver = scene.one(scene.giver(transfer)), scene.one(scene.receiver(transfer))
    return f"{listed(transfer.services)} passed from {giver} to {receiver}"


def _passed(scene: Scene, transfers: Sequence[Transfer], receivers: str) -> str:
    giver = scene.one(scene.giver(transfers[0]))
    part = "part" if len({t.receiver for t in transfers}) == 1 else "parts"
    area = "the area of " if scene.event.kind is EventKind.BOUNDARY_CHANGE else ""
    return f"{part} of {area}{giver} passed to {receivers}"


def sizes(scene: Scene, transfers: Sequence[Transfer]) -> list[str]:
    """How large the parts of one body were, and what is noted about each."""
    measures = [tuple(share.basis for share in t.shares) for t in transfers]
    together = len(transfers) > 1 and len(set(measures)) == 1 and measures[0] != ()
    clauses = _side_by_side(scene, transfers, measures[0]) if together else _one_by_one(scene, transfers)
    if any(_apart(t) for t in transfers) and not any("measure" in said for said in scene.event.conflicts):
        clauses.append("the measures differ")
    return [*clauses, *_noted(scene, transfers)]


def _side_by_side(scene: Scene, transfers: Sequence[Transfer], measures: Iterable[str]) -> list[str]:
    """By each measure, how much went to each."""
    first, *others = measures
    receivers = [scene.one(scene.receiver(t)) for t in transfers]
    shares = [[percent(share.share) for share in t.shares] for t in transfers]
    amounts = [f"{each[0]}{' went' if n == 0 else ''} to {receivers[n]}" for n, each in enumerate(shares)]
    alone = len({t.giver for t in scene.passed}) == 1
    of_it = "" if alone else f"of {scene.one(scene.giver(transfers[0]))}, "
    told = [f"{of_it}by {measure(first)}, about {listed(amounts)}"]
    told += [f"by {measure(basis)}, {listed([each[n] for each in shares])}" for n, basis in enumerate(others, 1)]
    return ["; ".join(told)]


def _one_by_one(scene: Scene, transfers: Sequence[Transfer]) -> list[str]:
    clauses = []
    for transfer in (t for t in transfers if t.shares and not _is_all(t)):
        who = "that was" if len(transfers) == 1 else f"{scene.one(scene.receiver(transfer))} received"
        shares = [f"{percent(share.share)} by {measure(share.basis)}" for share in transfer.shares]
        clauses.append(f"{who} about {listed(shares)}")
    return clauses


def _apart(transfer: Transfer) -> bool:
    shares = [share.share for share in transfer.shares]
    return bool(shares) and max(shares) - min(shares) >= _APART


def _noted(scene: Scene, transfers: Sequence[Transfer]) -> list[str]:
    """Notes, which name the sites; of a part without one the codes of its sites."""
    clauses = []
    for transfer in transfers:
        said = transfer.note or _sites(transfer)
        if said and plain(said) != plain(scene.receiver(transfer).name):
            whose = "in detail" if len(transfers) == 1 else f"to {scene.one(scene.receiver(transfer))}"
            clauses.append(said if said.startswith("No ") else f"{whose}: {scene.named(said)}")
    return clauses


def _sites(transfer: Transfer) -> str:
    return f"{'site' if len(transfer.sites) == 1 else 'sites'} {listed(transfer.sites)}" if transfer.sites else ""
