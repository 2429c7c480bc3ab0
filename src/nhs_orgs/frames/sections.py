"""The sections of a report on a restatement: which of its codes each lists, in what order, and what is said of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Final, NamedTuple

from nhs_orgs.frames.stretches import Stretch
from nhs_orgs.frames.tally import Counted, Sort, parts_moved, sort_of
from nhs_orgs.statuses import Status

__all__ = ["CODE_SECTIONS", "SECTIONS", "Told", "place", "told_of"]

_DIVIDED: Final = {status.value for status in (Status.DIVIDED, Status.UNAPPORTIONED, Status.MAIN)}

CODE_SECTIONS: Final[Mapping[str, Callable[[Sort], bool]]] = {
    "unmapped": lambda sort: not sort.matched and sort.status != Status.PSEUDO.value,
    "ambiguous": lambda sort: sort.status in _DIVIDED,
    "closed": lambda sort: sort.status == Status.CLOSED_ON_OWN_DATE.value,
    "pseudo": lambda sort: sort.status == Status.PSEUDO.value,
    "damaged": lambda sort: sort.status == Status.DAMAGED.value,
    "parts_moved": lambda sort: sort.moved,
}
"""Of which sorts of parts each section of codes is."""

SECTIONS: Final = (
    "statuses", "bases", "unmapped", "ambiguous", "closed", "pseudo", "damaged", "double_counts", "parts_moved",
)  # fmt: skip
"""Every section, the most important first."""


class Told(NamedTuple):
    """What is the same of all lines of one stretch, of which there may be a million."""

    status: str
    reason: str
    targets: tuple[str, ...]
    among: tuple[str, ...]


def told_of(section: str, stretch: Stretch) -> Told:
    """What a section says of a stretch: of those of its parts that the section is of."""
    parts = [part for part in stretch.parts if CODE_SECTIONS[section](sort_of(part))]
    notes = chain.from_iterable(parts_moved(part) if section == "parts_moved" else [part.note] for part in parts)
    return Told(
        status=parts[0].status,
        reason="; ".join(dict.fromkeys(note for note in notes if note)),
        targets=tuple(part.target for part in parts if part.target is not None),
        among=tuple(dict.fromkeys(code for part in parts for code in part.among)),
    )


def place(one: Counted) -> tuple[float, str, int, bool]:
    """Where it stands in a section; rows without a date come before those of any date."""
    return -one.rows, str(one.value), one.stretch.first, not one.stretch.undated
