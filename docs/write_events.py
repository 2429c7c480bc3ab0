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
from nhs_orgs.explain import References, label

PAGE = Path(__file__).parent / "reference" / "events.md"
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
        parts += [f"## {year}", *_entries(list(events), register, references)]
    parts += ["## Documents", "\n".join(_documents(references))]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _entries(
    events: list[nhs_orgs.ChangeEvent], register: nhs_orgs.Register, references: References
) -> Iterator[str]:
    def words(event: nhs_orgs.ChangeEvent) -> tuple[str, ...]:
        return str(event.dated), event.kind.value, event.narrative or event.id

    for _, same in groupby(sorted(events, key=words), key=words):
        yield _entry(list(same), register, references)


def _entry(same: list[nhs_orgs.ChangeEvent], register: nhs_orgs.Register, references: References) -> str:
    event = same[0]
    named = f"`{event.id}`" if len(same) == 1 else f"{len(same)} events"
    lines = [f"**{event.dated.describe()}, {_kind(event)}** ({named})", f": {_bodies(same, register)}"]
    details = [*_details(event), *dict.fromkeys(f"Sources disagree: {c}" for e in same for c in e.conflicts)]
    lines += [f"  {detail.rstrip('.')}." for detail in details]
    documents = dict.fromkeys(citation for each in same for citation in each.citations)
    lines.append(f"  {_how_sure(event)} {references.cite(documents)}")
    return "\n".join(lines)


def _kind(event: nhs_orgs.ChangeEvent) -> str:
    announced = f", announced as {event.announced_as}" if event.announced_as not in {None, event.kind.value} else ""
    status = "" if event.status is nhs_orgs.EventStatus.COMPLETED else f", {event.status.value}"
    return f"{event.kind.value}{announced}{status}"


def _bodies(same: list[nhs_orgs.ChangeEvent], register: nhs_orgs.Register) -> str:
    if len(same) > 1:
        return ", ".join(sorted(code for event in same for code in event.codes)) + "."
    event = same[0]
    sides = (_side(event.befores, register), _side(event.afters, register))
    return " → ".join(side for side in sides if side) + "."


def _side(participants: Iterable[nhs_orgs.Participant], register: nhs_orgs.Register) -> str:
    return ", ".join(f"{label(register.organisation(p.key))} {p.fate.value}" for p in participants)


def _details(event: nhs_orgs.ChangeEvent) -> Iterator[str]:
    if event.narrative:
        yield event.narrative
    for transfer in event.transfers:
        if shares := ", ".join(f"{share.share:.1%} by {share.basis}" for share in transfer.shares):
            yield f"{transfer.giver} to {transfer.receiver}: {shares}"
    if event.mechanism:
        yield f"In law: {event.mechanism}"
    if event.legal and event.legal != event.effective:
        yield f"Legal day: {event.legal.describe()}"


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
