"""What happened, in clauses: one rule for each kind of event.

The first clause follows the date, the others are sentences of their own; none has its full stop yet.
Bodies bear their names of the day. Nothing is told but what the event holds: a body of which no source
tells whether it was new is not called new, and what did not come about is told as a plan.

>>> from nhs_orgs.dates import PartialDate
>>> from nhs_orgs.events import ChangeEvent, EventKind, EventStatus, Fate, Participant
>>> from nhs_orgs.telling.naming import Naming
>>> trust = Participant(key="RYH@2007-04-01", code="RYH", fate=Fate.ENDS, name="NHS Direct", title="NHS trust")
>>> event = ChangeEvent(id="it", kind=EventKind.CLOSURE, status=EventStatus.COMPLETED,
...     effective=PartialDate.of_day("2014-04-01"), befores=(trust,), afters=(), transfers=())
>>> happened(Scene(event, Naming()))
['NHS Direct (RYH) ceased to exist']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import EventKind, Extent, Fate, Participant, Transfer
from nhs_orgs.names import plain
from nhs_orgs.telling.naming import is_named
from nhs_orgs.telling.parts import of_parts, sizes
from nhs_orgs.telling.scenes import Scene, grouped
from nhs_orgs.telling.wording import among, an, listed

__all__ = ["happened"]

_MANY: Final = 8
"""Transfers that are told one by one; of more, only those of the bodies that the text is about."""
_FEW: Final = 3
"""Bodies whose standing is doubted by name."""
_ENDED_AS: Final = {"dissolution": "dissolved", "abolition": "abolished"}
_TELL_NAMES: Final = frozenset({EventKind.ACQUISITION, EventKind.CONVERSION, EventKind.RENAME})
"""Kinds whose own clause tells the name before."""


def happened(scene: Scene) -> list[str]:
    """What happened, in clauses without their full stops."""
    event = scene.event
    clauses = _RULES.get(event.kind, _moves)(scene)
    clauses = clauses or [f"there was {an(event.kind.value)} of {scene.all((*event.befores, *event.afters))}"]
    return [*clauses, *_names_until_then(scene), *_standing(scene)]


def _names_until_then(scene: Scene) -> list[str]:
    """Who took another name that day."""
    if scene.event.kind in _TELL_NAMES:
        return []
    pairs = [(body, scene.former(body)) for body in scene.event.afters]
    changed = [(body, former) for body, former in pairs if former is not None and _took_a_name(scene, former, body)]
    return [f"{scene.one(body)} had until then been called {former.name}" for body, former in changed]


def _differ(former: Participant, body: Participant) -> bool:
    return is_named(former) and is_named(body) and plain(former.name) != plain(body.name)


def _took_a_name(scene: Scene, former: Participant, body: Participant) -> bool:
    """Whether it was on that day that the name changed; two lists may have the two names with years between."""
    return _differ(former, body) and (body.named_since is None or body.named_since.latest == scene.event.dated.earliest)


def _standing(scene: Scene) -> list[str]:
    """Of whom no source tells whether they were new."""
    doubtful = [body for body in scene.event.afters if body.fate is Fate.UNKNOWN]
    if not doubtful:
        return []
    if len(doubtful) > _FEW:
        return ["no source tells which of the bodies that received were new"]
    return [f"no source tells whether {scene.all(doubtful)} {'was' if len(doubtful) == 1 else 'were'} new"]


def _went_on(scene: Scene) -> list[str]:
    pairs = [(scene.giver(t), scene.receiver(t)) for t in scene.renewed]
    return [f"{scene.one(giver)} went on under its code as {scene.naming.bare(receiver)}" for giver, receiver in pairs]


# --- several in, one out --------------------------------------------------------------------------------------------

_Phrase = Callable[[Scene, Sequence[Participant], Participant], str]


def _by_receiver(phrase: _Phrase) -> Callable[[Scene], list[str]]:
    """A rule with a clause for each body that received whole ones, and then the parts."""

    def tell(scene: Scene) -> list[str]:
        whole = [t for t in scene.passed if t.extent is Extent.WHOLE]
        clauses = [
            phrase(scene, [scene.giver(t) for t in transfers], scene.receiver(transfers[0]))
            for transfers in grouped(whole, lambda t: t.receiver).values()
        ]
        parts = [t for t in scene.passed if t.extent is Extent.PART]
        if clauses or not parts:
            return [*(clauses or _went_on(scene)), *of_parts(scene, parts)]
        return _of_remnants(scene, parts) or [*_went_on(scene), *of_parts(scene, parts)]

    return tell


def _of_remnants(scene: Scene, parts: Sequence[Transfer]) -> list[str]:
    """A body that ends by passing one part on passes what was left of it; none where a receiver has more than that."""
    last = all(scene.giver(t).fate is Fate.ENDS for t in parts) and len({t.giver for t in parts}) == len(parts)
    if not last or len({t.receiver for t in parts}) > 1:
        return []
    left = f"what was left of {scene.all([scene.giver(t) for t in parts])}"
    return [_took_over(scene, left, scene.receiver(parts[0])), *sizes(scene, parts)]


def _merged(scene: Scene, givers: Sequence[Participant], receiver: Participant) -> str:
    former = scene.former(receiver)
    if receiver.fate is Fate.GAINS:
        return f"{scene.all(givers)} merged into {scene.one(receiver)}"
    merging = [*([former] if former is not None else []), *givers]
    if len(merging) == 1:
        return f"{scene.all(merging)} gave way to {scene.one(receiver)}"
    return f"{scene.all(merging)} merged to form {scene.one(receiver)}"


def _acquired(scene: Scene, givers: Sequence[Participant], receiver: Participant) -> str:
    return _took_over(scene, scene.all(givers), receiver)


def _took_over(scene: Scene, given: str, receiver: Participant) -> str:
    """The receiver keeps its code, and its name or not."""
    former = scene.former(receiver)
    if former is None or not is_named(former) or not is_named(receiver):
        return f"{scene.one(receiver)} took over {given}"
    taking = f"{scene.one(former)} took over {given}"
    if _took_a_name(scene, former, receiver):
        return f"{taking}, kept its code and became {scene.naming.bare(receiver)}"
    since = receiver.named_since
    if _differ(former, receiver) and since is not None and since.latest > scene.event.dated.earliest:
        seen = PartialDate.of_day(since.latest).describe()
        return f"{taking} and kept its code; by {seen} it was called {scene.naming.bare(receiver)}"
    return f"{taking} and kept its own name and code"


def _replaced(scene: Scene, givers: Sequence[Participant], receiver: Participant) -> str:
    if is_named(receiver) and {plain(giver.name) for giver in givers} == {plain(receiver.name)}:
        scene.naming.bare(receiver)
        return f"{scene.all(givers)} {_were(givers)} replaced by a body of the same name under the code {receiver.code}"
    return f"{scene.one(receiver)} took the place of {scene.all(givers)}"


def _succeeded(scene: Scene, givers: Sequence[Participant], receiver: Participant) -> str:
    return f"{scene.all(givers)} {_were(givers)} succeeded by {scene.one(receiver)}"


def _were(bodies: Sequence[object]) -> str:
    return "was" if len(bodies) == 1 else "were"


# --- several out ----------------------------------------------------------------------------------------------------


def _split(scene: Scene) -> list[str]:
    clauses = []
    for transfers in grouped(scene.passed, lambda t: t.giver).values():
        receivers = [scene.receiver(t) for t in transfers]
        if len({receiver.key for receiver in receivers}) == 1:
            clauses += _moved(scene, transfers)
            continue
        giver = scene.giver(transfers[0])
        what = scene.one(giver) if giver.fate is Fate.ENDS else f"what {scene.one(giver)} ran"
        clauses.append(f"{what} was divided {among(len(receivers))} {scene.all(receivers)}")
        clauses += sizes(scene, transfers)
    return clauses


def _moves(scene: Scene) -> list[str]:
    """Each transfer on its own: true of any kind of event."""
    return _moved(scene, scene.passed) or _went_on(scene)


def _moved(scene: Scene, transfers: Sequence[Transfer]) -> list[str]:
    whole = [t for t in transfers if t.extent is Extent.WHOLE]
    clauses = [
        f"{scene.all([scene.giver(t) for t in group])} passed to {scene.one(scene.receiver(group[0]))}"
        for group in grouped(whole, lambda t: t.receiver).values()
    ]
    return [*clauses, *of_parts(scene, [t for t in transfers if t.extent is Extent.PART])]


# --- many in, many out ----------------------------------------------------------------------------------------------


def _reconfigured(scene: Scene) -> list[str]:
    """Body by body where they are few; else the sum of it, and what became of the bodies that the text is about."""
    if len(scene.passed) <= _MANY:
        return _received(scene, scene.passed)
    event = scene.event
    ended = [body for body in event.befores if body.fate is Fate.ENDS] or event.befores
    rest = [body for body in event.afters if body.fate is not Fate.GAINS] or event.afters
    ours = [t for t in scene.passed if t.giver in scene.focus]
    clauses = [f"{scene.all(ended)} gave way to {scene.all(rest)}"]
    for transfers in grouped(ours, lambda t: t.giver).values():
        part = "" if all(t.extent is Extent.WHOLE for t in transfers) else "parts of "
        receivers = scene.all([scene.receiver(t) for t in transfers])
        clauses.append(f"{part}{scene.one(scene.giver(transfers[0]))} passed to {receivers}")
    return clauses


def _received(scene: Scene, transfers: Iterable[Transfer]) -> list[str]:
    clauses = []
    for group in grouped(transfers, lambda t: t.receiver).values():
        receiver = scene.receiver(group[0])
        given = _given(scene, group)
        clauses.append(
            _VERBS.get(receiver.fate, "{given} passed to {one}").format(given=given, one=scene.one(receiver))
        )
    parts = [t for t in transfers if t.extent is Extent.PART]
    return [
        *clauses,
        *(clause for group in grouped(parts, lambda t: t.giver).values() for clause in sizes(scene, group)),
    ]


_VERBS: Final = {
    Fate.NEW: "{one} was formed from {given}",
    Fate.GAINS: "{one} received {given}",
    Fate.CONTINUES: "{one} took over {given}",
}


def _given(scene: Scene, transfers: Sequence[Transfer]) -> str:
    whole = [scene.giver(t) for t in transfers if t.extent is Extent.WHOLE]
    parts = [scene.giver(t) for t in transfers if t.extent is Extent.PART]
    few = all(map(is_named, whole)) and len(whole) <= _FEW
    words = [*map(scene.one, whole)] if few else [scene.all(whole)]
    if parts:
        words.append(f"{'part' if len(parts) == 1 else 'parts'} of {scene.all(parts)}")
    return listed(words)


# --- one alone ------------------------------------------------------------------------------------------------------


def _converted(scene: Scene) -> list[str]:
    clauses = []
    for transfer in scene.renewed:
        before, after = scene.giver(transfer), scene.receiver(transfer)
        if before.title == after.title:
            clauses.append(f"{scene.one(before)} went on under its code as {scene.naming.bare(after)}")
            continue
        name = f", called {scene.naming.bare(after)}" if _differ(before, after) else ""
        kind = "" if _tells_its_kind(before) else f", {an(before.title)},"
        clauses.append(f"{scene.one(before)}{kind} became {an(after.title)} under the same code{name}")
    return [*clauses, *_moved(scene, scene.passed)]


def _tells_its_kind(body: Participant) -> bool:
    """Whether its name has the letters of its kind, as in NHS Bassetlaw CCG."""
    letters = "".join(word[0] for word in body.title.split() if word != "and").upper()
    return letters in body.name.split()


def _closed(scene: Scene) -> list[str]:
    event = scene.event
    ended = [body for body in event.befores if body.fate is Fate.ENDS] or event.befores
    one = len(ended) == 1
    verb = _ENDED_AS.get(event.announced_as or "")
    clause = f"{scene.all(ended)} {_were(ended)} {verb}" if verb else f"{scene.all(ended)} ceased to exist"
    if event.nothing_followed:
        clause += f", and nothing took {'its' if one else 'their'} place"
    told = event.narrative is not None
    before = [f"what {'it' if one else 'they'} had run had passed on before"] if event.completes and not told else []
    return [clause, *before, *_moved(scene, scene.passed)]


def _created(scene: Scene) -> list[str]:
    new = [body for body in scene.event.afters if body.fate is not Fate.GAINS] or scene.event.afters
    return [f"{scene.all(new)} {_were(new)} created", *_moved(scene, scene.passed)]


def _took_names(scene: Scene) -> list[str]:
    clauses = []
    for body in scene.event.afters or scene.event.befores:
        former = scene.former(body)
        if former is not None and _differ(former, body):
            clauses.append(f"{scene.one(former)} took the name {scene.naming.bare(body)}")
        elif is_named(body) and former is None and body.code is not None:
            clauses.append(f"the body with the code {body.code} took the name {scene.naming.bare(body)}")
        else:
            clauses.append(f"{scene.one(body)} was renamed")
    return clauses


_RULES: Final[dict[EventKind, Callable[[Scene], list[str]]]] = {
    EventKind.MERGER: _by_receiver(_merged),
    EventKind.ACQUISITION: _by_receiver(_acquired),
    EventKind.REPLACEMENT: _by_receiver(_replaced),
    EventKind.SUCCESSION: _by_receiver(_succeeded),
    EventKind.SPLIT: _split,
    EventKind.RECONFIGURATION: _reconfigured,
    EventKind.CONVERSION: _converted,
    EventKind.CLOSURE: _closed,
    EventKind.CREATION: _created,
    EventKind.RENAME: _took_names,
}
