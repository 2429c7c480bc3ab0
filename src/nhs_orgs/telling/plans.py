"""What was proposed, approved or given up, told as the plan that it was: by whom, when, and for which day."""

from __future__ import annotations

from typing import Final

from nhs_orgs.events import EventKind, EventStatus
from nhs_orgs.telling.scenes import Scene
from nhs_orgs.telling.wording import an, when

__all__ = ["planned"]

_STATUS: Final = {
    EventStatus.PROPOSED: "was proposed",
    EventStatus.APPROVED: "was approved",
    EventStatus.ABANDONED: "was proposed and later given up",
}
_OPEN: Final = frozenset({EventStatus.PROPOSED, EventStatus.APPROVED})


def planned(scene: Scene) -> list[str]:
    """What was meant to happen, in clauses without their full stops."""
    event = scene.event
    start = f"{when(event.announced)}, " if event.announced is not None else ""
    aim = f", to take effect {when(event.effective)}" if event.effective is not None else ""
    clauses = [f"{start}{_plan(scene)} {_STATUS[event.status]}{aim}", *_backers(scene)]
    if event.status in _OPEN and not event.narrative:
        clauses.append("no source in hand tells that it came about")
    return clauses


def _plan(scene: Scene) -> str:
    event = scene.event
    if event.kind is EventKind.CREATION:
        return f"the creation of {scene.all(event.afters or event.befores)}"
    after = {body.key for body in event.afters} | {body.code for body in event.afters if body.code}
    giving = [body for body in event.befores if body.key not in after and body.code not in after] or event.befores
    if event.kind is EventKind.ACQUISITION and event.afters:
        return f"the acquisition of {scene.all(giving)} by {scene.all(event.afters)}"
    plan = f"{an(event.announced_as or event.kind.value)} of {scene.all(giving or event.afters)}"
    return f"{plan} into {scene.all(event.afters)}" if giving and event.afters else plan


def _backers(scene: Scene) -> list[str]:
    """Who stood behind a new body that was to be."""
    event = scene.event
    if event.kind is not EventKind.CREATION or not event.afters or not event.befores:
        return []
    return [f"behind the plan stood {scene.all(event.befores)}"]
