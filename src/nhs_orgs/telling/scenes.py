"""An event as a text tells it: who is who in it, and by what names this text calls them.

>>> from nhs_orgs.dates import PartialDate
>>> from nhs_orgs.events import ChangeEvent, EventKind, EventStatus, Fate, Participant
>>> trust = Participant(key="RYH@2007-04-01", code="RYH", fate=Fate.ENDS, name="NHS Direct", title="NHS trust")
>>> event = ChangeEvent(id="it", kind=EventKind.CLOSURE, status=EventStatus.COMPLETED,
...     effective=PartialDate.of_day("2014-04-01"), befores=(trust,), afters=(), transfers=())
>>> Scene(event, Naming()).all(event.befores)
'NHS Direct (RYH)'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from nhs_orgs.events import ChangeEvent, Fate, Participant, Transfer
from nhs_orgs.telling.naming import Naming, is_named

_CODE: Final = re.compile(r"(?<![\w(])(?<!code )(?<!codes )[A-Z0-9]{3,6}(?![\w)-])")
"""A code where a name is meant: not in brackets, not called a code."""

__all__ = ["Scene", "grouped"]


@dataclass(frozen=True, slots=True)
class Scene:
    """An event, and how the text that tells it names its bodies."""

    event: ChangeEvent
    naming: Naming
    focus: Collection[str] = ()
    """Era keys of the bodies that the text is about: of a long list they are named first."""

    def giver(self, transfer: Transfer) -> Participant:
        """Who gave."""
        return _found(transfer.giver, self.event.befores)

    def receiver(self, transfer: Transfer) -> Participant:
        """Who received."""
        return _found(transfer.receiver, self.event.afters)

    def one(self, body: Participant) -> str:
        """One body by name."""
        return self.naming.one(body)

    def all(self, bodies: Iterable[Participant]) -> str:
        """Several bodies in a list."""
        return self.naming.all(bodies, first=self.focus)

    def named(self, text: str) -> str:
        """A remark with names where it has the codes of those that take part."""
        bodies: dict[str | None, dict[str, Participant]] = {}
        for body in (*self.event.befores, *self.event.afters):
            if is_named(body):
                bodies.setdefault(body.code, {})[body.name] = body
        # Which of two names of one code is meant the remark does not tell.
        certain = {
            code: self.one(*named.values())
            for code, named in bodies.items()
            if code and len(named) == 1 and code in text
        }
        return _CODE.sub(lambda found: certain.get(found[0], found[0]), text)

    def former(self, body: Participant) -> Participant | None:
        """What stood under the same code before the event."""
        same = (p for p in self.event.befores if p.code is not None and p.code == body.code)
        return next(same, None)

    def goes_on(self, transfer: Transfer) -> bool:
        """Whether it is a body that goes on under its own code."""
        code = self.giver(transfer).code
        return code is not None and code == self.receiver(transfer).code

    @property
    def passed(self) -> tuple[Transfer, ...]:
        """What passed between bodies of different codes."""
        return tuple(transfer for transfer in self.event.transfers if not self.goes_on(transfer))

    @property
    def renewed(self) -> tuple[Transfer, ...]:
        """Bodies that go on under their own codes, as another era."""
        return tuple(transfer for transfer in self.event.transfers if self.goes_on(transfer))


def _found(key: str, participants: Iterable[Participant]) -> Participant:
    code = None if key.startswith("body:") else key.partition("@")[0]
    return next((p for p in participants if p.key == key), None) or Participant(key=key, code=code, fate=Fate.UNKNOWN)


def grouped(transfers: Iterable[Transfer], side: Callable[[Transfer], str]) -> Mapping[str, list[Transfer]]:
    """Transfers by who gave, or by who received."""
    found: dict[str, list[Transfer]] = {}
    for transfer in transfers:
        found.setdefault(side(transfer), []).append(transfer)
    return found
