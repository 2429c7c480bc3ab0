"""Write the page of curated events: ``python docs/write_events.py``. A test compares the page with what this makes.

Every event that a document tells or confirms, in order of time; events of one day and sort that one document
tells in the same words, as the boards of July 2022, are one entry with many codes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import nhs_orgs
from nhs_orgs.explain import References

PAGE = Path(__file__).parent / "reference" / "events.md"
_MANY = 12
"""More bodies than this on one side of an event are told by their codes."""
_HEAD = """\
# Events with documents

What documents tell of change in the NHS, in order of time: {count} events of the bundled register. The other events
rest on the register's own rows and on dated lists; `nhs-orgs events` lists them all, and `nhs-orgs events --coverage`
tells whose end nothing but a succession row gives. Numbers in brackets are the [documents](#documents) below.

This page is written by `python docs/write_events.py`.
"""


def page(register: nhs_orgs.Register) -> str:
    """The whole page, in Markdown."""
    told = [event for event in register.events() if event.citations]
    references = References()
    parts = [_HEAD.format(count=f"{len(told):,}")]
    for year, events in groupby(told, key=lambda event: event.dated.earliest.year):
        parts += [f"## {year}", *_entries(list(events), references)]
    parts += ["## Documents", "\n".join(_documents(references))]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _entries(events: list[nhs_orgs.ChangeEvent], references: References) -> Iterator[str]:
    def words(event: nhs_orgs.ChangeEvent) -> tuple[str, ...]:
        return str(event.dated), event.kind.value, event.narrative or event.id

    for _, same in groupby(sorted(events, key=words), key=words):
        yield _entry(list(same), references)


def _entry(same: list[nhs_orgs.ChangeEvent], references: References) -> str:
    """A term, and beneath it who went in and came out, the story, and what it rests on."""
    event = same[0]
    named = f"`{event.id}`" if len(same) == 1 else f"{len(same)} events"
    documents = dict.fromkeys(citation for each in same for citation in each.citations)
    told = [_sentence(detail) for detail in _details(same)]
    parts = [*_bodies(same), " ".join(told), f"*{_how_sure(event)}*{_cited(documents, references)}"]
    beneath = "\n".join(f"    {line}" if line else "" for part in parts if part for line in (*part.split("\n"), ""))
    return f"{_when(event)}: {_kind(event)} ({named})\n:{beneath[1:].rstrip()}"


def _when(event: nhs_orgs.ChangeEvent) -> str:
    words = event.dated.describe()
    return words[:1].upper() + words[1:]


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}."


def _cited(documents: Iterable[nhs_orgs.Citation], references: References) -> str:
    numbers = references.cite(documents).strip()
    return f" {numbers}" if numbers else ""


def _kind(event: nhs_orgs.ChangeEvent) -> str:
    announced = f", announced as {event.announced_as}" if event.announced_as not in {None, event.kind.value} else ""
    status = "" if event.status is nhs_orgs.EventStatus.COMPLETED else f", {event.status.value}"
    return f"{event.kind.value}{announced}{status}"


def _bodies(same: list[nhs_orgs.ChangeEvent]) -> Iterator[str]:
    """Those that went in and those that came out; of many the codes alone."""
    if len(same) > 1:
        yield _codes(code for event in same for code in event.codes)
        return
    befores = [p for p in same[0].befores if p.fate is not nhs_orgs.Fate.GAINS]
    afters = [p for p in same[0].afters if p.fate is not nhs_orgs.Fate.GIVES]
    sides = (("Before", befores), ("After", afters))
    yield "\n".join(f"* {word}: {_side(side)}" for word, side in sides if side)


def _side(participants: list[nhs_orgs.Participant]) -> str:
    """Each as ``Name (CODE), ends``."""
    if len(participants) > _MANY:
        fates = ", ".join(dict.fromkeys(p.fate.value for p in participants))
        return f"{_codes(p.code or p.name for p in participants)} ({fates})"
    return "; ".join(f"{p.name}{f' ({p.code})' if p.code else ''}, {p.fate.value}" for p in participants)


def _codes(found: Iterable[str]) -> str:
    listed = sorted(set(found))
    return f"{len(listed)} bodies: {', '.join(listed)}"


def _details(same: list[nhs_orgs.ChangeEvent]) -> Iterator[str]:
    event = same[0]
    if event.narrative:
        yield event.narrative
    codes = {p.key: p.code or p.name for p in (*event.befores, *event.afters)}
    for transfer in event.transfers if len(same) == 1 else ():
        what = ", ".join((*transfer.services, *(f"{s.share:.1%} by {s.basis}" for s in transfer.shares)))
        if what:
            yield f"{codes[transfer.giver]} to {codes[transfer.receiver]}: {what}"
    if event.mechanism:
        yield f"In law: {event.mechanism}"
    if event.legal and event.legal != event.effective:
        yield f"Legal day: {event.legal.describe()}"
    yield from dict.fromkeys(f"Sources disagree: {conflict}" for each in same for conflict in each.conflicts)


def _how_sure(event: nhs_orgs.ChangeEvent) -> str:
    how = [basis.value for basis in event.basis]
    sure = [f"{event.confidence.value} confidence"] if event.confidence else []
    return f"{'; '.join([*how, *sure]).capitalize()}." if how or sure else "Cited."


def _documents(references: References) -> Iterator[str]:
    for line in references.lines():
        number, _, rest = line.partition(" ")
        yield f"* {number} {rest}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(nhs_orgs.load()), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.name} written\n")


if __name__ == "__main__":
    main()
