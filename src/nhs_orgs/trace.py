"""The story of one organisation up to a day: its outcome, the events that led there, and the words for it.

>>> import nhs_orgs
>>> trace = nhs_orgs.load().lineage.trace("R1E", to="2026-04-01")
>>> trace
Trace(R1E to 2026-04-01: Succeeded by RRE, 1 event)
>>> [str(edge.day) for edge in trace.steps]
['2018-06-01']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nhs_orgs.amounts import amount
from nhs_orgs.events import ChangeEvent
from nhs_orgs.explain import listed_sources, mermaid
from nhs_orgs.names import NAME_UNKNOWN
from nhs_orgs.organisations import Organisation
from nhs_orgs.resolve import Current, Outcome, Succeeded
from nhs_orgs.store import Edge, Store
from nhs_orgs.stories import closing, opening
from nhs_orgs.styles import name_on
from nhs_orgs.telling import References, tell_all
from nhs_orgs.telling.naming import Naming

__all__ = ["Trace"]


@dataclass(frozen=True, slots=True, repr=False)
class Trace:
    """What became of a body, with the way there."""

    store: Store = field(compare=False, hash=False, repr=False)
    outcome: Outcome

    @property
    def start(self) -> Organisation:
        """The body asked about; of a bare code, the era that its answer starts from."""
        return self.store.organisation(self.outcome.key)

    @property
    def events(self) -> tuple[ChangeEvent, ...]:
        """The events on the way, in order of time."""
        return self.outcome.path

    @property
    def steps(self) -> tuple[Edge, ...]:
        """The transfers on the way, in order of time: only what this body's own substance went through."""
        reached = {self.start.key, *self._former()}
        events = {event.id for event in self.events}
        waiting = [edge for edge in self.store.edges if edge.event in events]
        taken: list[Edge] = []
        while ready := [edge for edge in waiting if edge.giver in reached]:
            waiting = [edge for edge in waiting if edge.giver not in reached]
            reached |= {edge.receiver for edge in ready}
            taken += ready
        return tuple(sorted(taken, key=lambda edge: (edge.day, edge.giver, edge.receiver)))

    def _former(self) -> Iterable[str]:
        """The eras of a code that is still current: its own story begins with the first."""
        return self.store.eras.get(self.outcome.code, ()) if isinstance(self.outcome, Current) else ()

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Every body on the way, the start first."""
        keys = [self.start.key, *(key for edge in self.steps for key in (edge.giver, edge.receiver))]
        return tuple(self.store.organisation(key) for key in dict.fromkeys(keys))

    def explain(self) -> str:
        """The story in words: the body, each event with its sources, the outcome, what else must be known."""
        references, naming = References(), Naming()
        focus = {self.start.key, *(edge.giver for edge in self.steps), *(edge.receiver for edge in self.steps)}
        paragraphs = [
            opening(self.start, self.outcome.on, naming),
            *tell_all(self.events, references, naming, focus),
            closing(self.outcome, self._name),
        ]
        return "\n\n".join([*paragraphs, *listed_sources(references)])

    def _name(self, code: str, day: date) -> str | None:
        """The name of a code's body on a day."""
        if code not in self.store.eras:
            return None
        eras = self.store.eras_of(code)
        begun = [era for era in eras if isinstance(start := era.period.start, date) and start <= day]
        name = name_on((begun or eras)[-1], day)
        return None if name == NAME_UNKNOWN else name

    def to_mermaid(self) -> str:
        """The way as a Mermaid flow chart."""
        return mermaid(self.organisations, self.steps)

    def __repr__(self) -> str:
        """Question, outcome and number of events."""
        by = " by" if isinstance(self.outcome, Succeeded) else ""
        outcome = " ".join([type(self.outcome).__name__ + by, *self.outcome.codes])
        return f"Trace({self.outcome.code} to {self.outcome.on}: {outcome}, {amount(len(self.events), 'event')})"
