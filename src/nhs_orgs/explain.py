"""Events in words: what happened, on which day, and who says so.

Text only, from what the store holds: nothing is added that no source says. Every event ends with
the numbers of its sources, and an event that rests on the register's rows alone says so.
Diagrams are in the notation of Mermaid (https://mermaid.js.org/syntax/flowchart.html).

>>> from nhs_orgs.dates import PartialDate
>>> from nhs_orgs.sources import Citation
>>> references = References()
>>> references.cite([Citation("a", "NHS England", "A list", PartialDate.of_year(2018))])
' [1]'
>>> references.lines()
('[1] NHS England, “A list”, 2018',)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent, EventKind, EventStatus, Extent, Participant, Transfer
from nhs_orgs.organisations import Organisation
from nhs_orgs.sources import Citation, Confidence, Source
from nhs_orgs.store import Edge, Store

__all__ = ["References", "explain_event", "explain_events", "explain_path", "label", "mermaid", "name_on"]


class References:
    """Sources in the order in which they are first cited, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[Source | Citation, int] = {}

    def cite(self, sources: Iterable[Source | Citation]) -> str:
        """The numbers of these sources behind a blank, such as `` [1][2]``; nothing for none."""
        numbers = sorted(self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources)
        return " " + "".join(f"[{number}]" for number in numbers) if numbers else ""

    def lines(self) -> tuple[str, ...]:
        """The list of references, a line each."""
        return tuple(f"[{number}] {source}" for source, number in self._numbers.items())


def name_on(organisation: Organisation, day: date) -> str:
    """The name of a body on a day of its era.

    Between the last sighting of one name and the first of the next it is the earlier one. Before any
    was seen it is the era's earliest known name.
    """
    for name in organisation.names_on(day):
        return name
    before = [name for name in organisation.names if name.first_seen <= day]
    if before:
        return before[-1].text
    return organisation.names[0].text if organisation.names else organisation.name


def label(organisation: Organisation, *, on: date | None = None) -> str:
    """Code and name as a sentence has them; the name alone outside the register."""
    name = organisation.name if on is None else name_on(organisation, on)
    return f"{organisation.code} ({name})" if organisation.code else name


def explain_path(edges: Iterable[Edge], store: Store) -> str:
    """The events of a path through the lineage, in words, with their sources."""
    return explain_events([store.events[id] for id in dict.fromkeys(edge.event for edge in edges)], store)


def explain_events(events: Iterable[ChangeEvent], store: Store) -> str:
    """Events in words, a paragraph each, with one list of sources below."""
    references = References()
    paragraphs = [explain_event(event, store, references) for event in events]
    if references.lines():
        paragraphs.append("\n".join(["Sources:", *references.lines()]))
    return "\n\n".join(paragraphs)


def explain_event(event: ChangeEvent, store: Store, references: References | None = None) -> str:
    """One event in a paragraph: the day, what happened, how far it is known.

    With `references` the paragraph cites by number, and the caller prints the list; without, it
    carries its own list.
    """
    listed = References() if references is None else references
    sentences = [
        f"{event.dated.describe()}: {_happening(event, store)}.",
        *_announced(event),
        *([event.narrative.rstrip(".") + "."] if event.narrative else []),
        *(f"Sources disagree: {conflict.rstrip('.')}." for conflict in event.conflicts),
        *_basis(event),
    ]
    text = " ".join(sentences) + listed.cite(event.sources)
    return text if references is not None else "\n".join([text, *listed.lines()])


def _happening(event: ChangeEvent, store: Store) -> str:
    """What happened, as a clause without its full stop."""
    if event.status is not EventStatus.COMPLETED:
        return _intended(event, store)
    return _COMPLETED.get(event.kind, _moves)(event, store)


def _intended(event: ChangeEvent, store: Store) -> str:
    clause = f"{_article(event.kind.value)} of {_participants(event.befores, store)}"
    if event.afters:
        clause += f" into {_participants(event.afters, store)}"
    return f"{clause} was {event.status.value}"


def _merger(event: ChangeEvent, store: Store) -> str:
    return _by_receiver(event, store, lambda givers, receiver: f"{givers} merged to form {receiver}")


def _acquisition(event: ChangeEvent, store: Store) -> str:
    return _by_receiver(event, store, lambda givers, receiver: f"{receiver} took over {givers} and kept its code")


def _replacement(event: ChangeEvent, store: Store) -> str:
    return _by_receiver(event, store, lambda givers, receiver: f"{receiver} took the place of {givers}")


def _succession(event: ChangeEvent, store: Store) -> str:
    clause = _by_receiver(event, store, lambda givers, receiver: f"{givers} passed to {receiver}")
    return f"{clause}; the register does not say whether the successor was new"


def _by_receiver(event: ChangeEvent, store: Store, phrase: Callable[[str, str], str]) -> str:
    """A clause for each body that received whole ones; parts and anything else by their own."""
    day = event.dated.earliest
    clauses = []
    for receiver in dict.fromkeys(t.receiver for t in event.transfers):
        body = store.organisation(receiver)
        whole = [store.organisation(t.giver) for t in event.transfers if t.receiver == receiver and _is_whole(t)]
        others = [label(giver) for giver in whole if giver.code is None or giver.code != body.code]
        former = [giver for giver in whole if giver.code is not None and giver.code == body.code]
        if others:
            clauses.append(phrase(_and(others), label(body, on=day)) + _until_then(former, body, day))
        else:
            clauses += [f"{label(giver)} went on as {label(body, on=day)}" for giver in former]
    clauses += [_part(t, store, day) for t in event.transfers if not _is_whole(t)]
    return "; ".join(clauses) or _moves(event, store)


def _until_then(former: Sequence[Organisation], body: Organisation, day: date) -> str:
    names = [giver.name for giver in former if giver.name != name_on(body, day)]
    return f", having been {_and(names)} until then" if names else ""


def _conversion(event: ChangeEvent, store: Store) -> str:
    clauses = []
    for transfer in event.transfers:
        before, after = store.organisation(transfer.giver), store.organisation(transfer.receiver)
        if before.code == after.code and before.kind is not after.kind:
            clauses.append(f"{label(before)}, {_article(before.title)}, became {_article(after.title)}: {after.name}")
    return "; ".join(clauses) or _moves(event, store)


def _closure(event: ChangeEvent, store: Store) -> str:
    clause = f"{_participants(event.befores, store)} closed"
    if event.completes:
        earlier = [store.events[id].dated.describe() for id in event.completes if id in store.events]
        clause += f", after what happened on {_and(earlier)}" if earlier else ""
    return "; ".join([clause, *(_move(t, store, event.dated.earliest) for t in event.transfers)])


def _creation(event: ChangeEvent, store: Store) -> str:
    day = event.dated.earliest
    clauses = [_move(t, store, day) for t in event.transfers]
    return "; ".join([f"{_participants(event.afters, store, on=day)} was created", *clauses])


def _rename(event: ChangeEvent, store: Store) -> str:
    bodies = [store.organisations[p.key] for p in event.afters if p.key in store.organisations]
    names = [f"{body.code or body.key} took the name {name_on(body, event.dated.earliest)}" for body in bodies]
    return "; ".join(names) or f"{_participants((*event.befores, *event.afters), store)} was renamed"


def _moves(event: ChangeEvent, store: Store) -> str:
    """Each transfer on its own: true of any kind of event."""
    clauses = [_move(t, store, event.dated.earliest) for t in event.transfers]
    return "; ".join(clauses) or f"{event.kind.value} of {_participants((*event.befores, *event.afters), store)}"


def _move(transfer: Transfer, store: Store, day: date) -> str:
    if not _is_whole(transfer):
        return _part(transfer, store, day)
    giver, receiver = store.organisation(transfer.giver), store.organisation(transfer.receiver)
    if giver.code is not None and giver.code == receiver.code:
        return f"{label(giver)} went on as {label(receiver, on=day)}"
    return f"{label(giver)} passed whole to {label(receiver, on=day)}"


def _part(transfer: Transfer, store: Store, day: date) -> str:
    giver, receiver = store.organisation(transfer.giver), store.organisation(transfer.receiver)
    shares = ", ".join(f"{share.share:.1%} by {share.basis}" for share in transfer.shares)
    clause = f"part of {label(giver, on=day)} passed to {label(receiver, on=day)}"
    return f"{clause} ({shares})" if shares else clause


def _announced(event: ChangeEvent) -> list[str]:
    if event.announced_as is None or event.announced_as == event.kind.value:
        return []
    return [f"Announced as {_article(event.announced_as)}."]


def _basis(event: ChangeEvent) -> list[str]:
    if event.confidence is Confidence.LOW:
        return ["This is a reconstruction."]
    if not event.inferred:
        return []
    rows = [f"{row.predecessor} to {row.successor}, {_words(row.day)}" for row in event.evidence]
    if not rows:
        return ["Inferred by rule from the register's dates."]
    return [f"Inferred from the register's succession rows ({'; '.join(rows)})."]


def _participants(participants: Iterable[Participant], store: Store, *, on: date | None = None) -> str:
    names = []
    for participant in {p.key: p for p in participants}.values():
        body = store.organisations.get(participant.key)
        names.append(label(body, on=on) if body is not None else participant.code or participant.key)
    return _and(names)


def _is_whole(transfer: Transfer) -> bool:
    return transfer.extent is Extent.WHOLE


def _words(day: date) -> str:
    return PartialDate.of_day(day).describe()


def _article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_COMPLETED: Final[dict[EventKind, Callable[[ChangeEvent, Store], str]]] = {
    EventKind.MERGER: _merger,
    EventKind.ACQUISITION: _acquisition,
    EventKind.REPLACEMENT: _replacement,
    EventKind.SUCCESSION: _succession,
    EventKind.CONVERSION: _conversion,
    EventKind.CLOSURE: _closure,
    EventKind.CREATION: _creation,
    EventKind.RENAME: _rename,
}


def mermaid(organisations: Iterable[Organisation], edges: Iterable[Edge]) -> str:
    """A flow chart of bodies and what passed between them: arrows for whole transfers, dotted ones for parts."""
    listed = tuple(dict.fromkeys(organisations))
    ids = {organisation.key: f"n{position}" for position, organisation in enumerate(listed)}
    boxes = [f'  {ids[body.key]}["{_box(body)}"]' for body in listed]
    arrows = [_arrow(edge, ids) for edge in edges if edge.giver in ids and edge.receiver in ids]
    return "\n".join(["flowchart LR", *boxes, *arrows])


def _box(organisation: Organisation) -> str:
    """Code, name and era; quotation marks as Mermaid's own entity."""
    words = [organisation.code, organisation.name, str(organisation.period)]
    return "<br/>".join(word.replace('"', "#quot;") for word in words if word)


def _arrow(edge: Edge, ids: dict[str, str]) -> str:
    line, text = ("-->", edge.day.isoformat()) if edge.whole else ("-.->", f"{edge.day.isoformat()} part")
    return f'  {ids[edge.giver]} {line}|"{text}"| {ids[edge.receiver]}'
