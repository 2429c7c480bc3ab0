"""How a code's figures stand when they are restated on another day, and what to do with divided bodies.

One word for each situation of a code on the date of its data; every row of a crosswalk has one.

>>> Status.SAME_CODE_OTHER_BODY.value
'same-code-other-body'
"""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["WITHOUT_TARGET", "Splits", "Status"]


class Status(Enum):
    """How the code of some data, on the data's own date, stands to the day restated to."""

    CURRENT = "current"
    """The same body on both days; a change of name or of kind does not matter."""
    SAME_CODE_OTHER_BODY = "same-code-other-body"
    """The code stands on both days, for bodies that are not comparable: one took in or gave away another."""
    SUCCEEDED = "succeeded"
    """All of it is with one other body, through one or more events."""
    DIVIDED = "divided"
    """A share of it, by the basis that the row names: approximate."""
    UNAPPORTIONED = "unapportioned"
    """It was divided, and is not here: dividing was not asked for, or no share is in hand."""
    MAIN = "main"
    """All of it is put with the largest part: approximate."""
    ENDED = "ended"
    """A source says that nothing followed."""
    CLOSED_ON_OWN_DATE = "closed-on-own-date"
    """The code had closed by the date of the data; restated as on its last day."""
    NOT_YET_OPEN = "not-yet-open"
    """The code had not opened by the date of the data, or what it came from is not known on the day restated to."""
    PSEUDO = "pseudo"
    """A code of an aggregate, such as England: no organisation."""
    DAMAGED = "damaged"
    """What a spreadsheet or a data frame left of a code."""
    UNKNOWN = "unknown"
    """No such code here; or no source says what became of its body, or what that belonged to."""


WITHOUT_TARGET: Final = frozenset(
    {Status.UNAPPORTIONED, Status.ENDED, Status.NOT_YET_OPEN, Status.PSEUDO, Status.DAMAGED, Status.UNKNOWN}
)
"""Statuses whose rows never have a target; of ``closed-on-own-date`` some have none."""


class Splits(str, Enum):
    """What to do with the figures of a body that was divided."""

    REFUSE = "refuse"
    """Leave them where they are, and say so."""
    DIVIDE = "divide"
    """By shares, where there are any."""
    MAIN = "main"
    """To the largest part, where there are shares to tell it."""
