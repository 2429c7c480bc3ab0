"""Bodies, events and sources in the words that the commands print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from rich import table, text

from nhs_orgs.events import Basis, ChangeEvent, EventStatus, Fate, Participant, Transfer
from nhs_orgs.explain import label
from nhs_orgs.organisations import Organisation
from nhs_orgs.register import Register
from nhs_orgs.styles import name_on
from nhs_orgs.telling import References

__all__ = ["Numbers", "basis_of", "body_line", "event_line", "kind_and_period", "part_of"]

_DAY = timedelta(days=1)


def body_line(body: Organisation, *, on: date | None = None) -> text.Text:
    """Key and name; the name of a day where one is given."""
    return text.Text.assemble((body.key, "bold"), "  ", body.name if on is None else name_on(body, on))


def kind_and_period(body: Organisation) -> str:
    """What it is and when it was, as the eye wants them after a name."""
    return f"{body.title}, {body.period.describe()}"


def event_line(event: ChangeEvent, register: Register) -> str:
    """Who went into an event and who came out, each by its name of the day."""
    day = event.dated.earliest
    befores = [p for p in event.befores if p.fate is not Fate.GAINS] or event.befores
    afters = [p for p in event.afters if p.fate is not Fate.GIVES] or event.afters
    sides = (_bodies(befores, register, day - _DAY), _bodies(afters, register, day))
    return " -> ".join(side for side in sides if side)


def _bodies(participants: Iterable[Participant], register: Register, day: date) -> str:
    keys = dict.fromkeys(participant.key for participant in participants)
    return ", ".join(label(register.organisation(key), on=day) for key in keys)


def basis_of(event: ChangeEvent) -> str:
    """What it was called, how far it got, and what it rests on."""
    announced = event.announced_as if event.announced_as != event.kind.value else None
    return "; ".join(
        part
        for part in (
            announced and f"announced as {'an' if announced[0] in 'aeiou' else 'a'} {announced}",
            "" if event.status is EventStatus.COMPLETED else event.status.value,
            "nothing followed" if event.nothing_followed else "",
            "inferred from register rows" if event.inferred else _curated(event),
            ", ".join(basis.value for basis in event.basis if basis is not Basis.REGISTER or not event.inferred),
        )
        if part
    )


def _curated(event: ChangeEvent) -> str:
    return f"cited, {event.confidence.value} confidence" if event.confidence else "cited"


def part_of(transfer: Transfer) -> str:
    """How large a part was, by every measure in hand."""
    shares = ", ".join(f"{share.share:.1%} by {share.basis}" for share in transfer.shares)
    return f"in part: {shares}" if shares else "in part"


class Numbers(References):
    """Sources numbered in the order in which they are first cited, listed on the screen."""

    def listed(self) -> table.Table:
        """The list of sources, a number before each."""
        rows = table.Table.grid(padding=(0, 1))
        rows.add_column(justify="right", no_wrap=True, style="dim")
        rows.add_column(overflow="fold")
        for number, source in enumerate(self.sources, 1):
            rows.add_row(f"[{number}]", str(source))
        return rows
