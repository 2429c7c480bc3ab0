"""The six outcomes of asking what became of an organisation: a union to ``match``.

None of them is a failure, and none is a guess: "it depends" and "nobody knows" are answers with a type.

>>> import nhs_orgs
>>> nhs_orgs.load().resolve("R1E", on="2026-04-01").describe()
'By 1 April 2026 R1E has been succeeded by RRE (Midlands Partnership University NHS Foundation Trust).'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent
from nhs_orgs.explain import label
from nhs_orgs.organisations import Organisation

__all__ = ["Current", "Divided", "Ended", "NotYetOpen", "Outcome", "Succeeded", "Unknown"]


@dataclass(frozen=True, slots=True, kw_only=True, match_args=False)
class _Answer:
    """What all outcomes tell."""

    __match_args__ = ("codes",)
    _words: ClassVar[str]

    code: str
    """The code asked about; outside the register the key."""
    key: str
    """The era that the question was about; of a code not open yet, its first."""
    on: date
    codes: tuple[str, ...] = ()
    """Where it leads: one code for `Current` and `Succeeded`, several for `Divided`, else none."""
    organisations: tuple[Organisation, ...] = ()
    """The bodies of those codes on the day, sorted by code."""
    path: tuple[ChangeEvent, ...] = ()
    """The events that led there, in order of time."""
    notes: tuple[str, ...] = ()
    """What else must be known to use the answer."""

    def describe(self) -> str:
        """The outcome in a sentence, by codes."""
        same_code = any(body.code == self.code and body.key != self.key for body in self.organisations)
        return self.sentence(self.key if same_code else self.code, " and ".join(map(label, self.organisations)))

    def sentence(self, subject: str, bodies: str) -> str:
        """The outcome in a sentence that calls what was asked about, and the bodies it leads to, by these words."""
        return self._words.format(code=subject, day=PartialDate.of_day(self.on).describe(), bodies=bodies)


class Current(_Answer):
    """Open on the day, as the same body. A bare code whose kind has changed is current too: see the path."""

    __slots__ = ()
    _words = "On {day} {code} is open: {bodies}."


class Succeeded(_Answer):
    """All of it is with one other body, or with another era under its own code."""

    __slots__ = ()
    _words = "By {day} {code} has been succeeded by {bodies}."


class Divided(_Answer):
    """Parts of it are with several bodies: refuse one-to-one."""

    __slots__ = ()
    _words = "By {day} {code} has been divided among {bodies}."


class Ended(_Answer):
    """It ended, and a source says that nothing followed."""

    __slots__ = ()
    _words = "By {day} {code} has ended, and nothing followed."


class NotYetOpen(_Answer):
    """It opened later."""

    __slots__ = ()
    _words = "On {day} {code} is not open yet."


class Unknown(_Answer):
    """No source says what became of all of it."""

    __slots__ = ()
    _words = "What became of {code} by {day} is not known."


Outcome: TypeAlias = Current | Succeeded | Divided | Ended | NotYetOpen | Unknown
