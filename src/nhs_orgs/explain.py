"""Events in words and charts: one paragraph an event, one list of sources below them all.

Text only, from what the events hold: nothing is added that no source says. What happened is told by the
rules of `nhs_orgs.telling.happenings`, the same that `ChangeEvent.explain` follows.

>>> import nhs_orgs
>>> register = nhs_orgs.load()
>>> explain_events(register.events(code="R0C")).split(".")[0]
'On 27 March 2020, Project Nightingale NHS Trust (R0C) ceased to exist, and nothing took its place'
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from nhs_orgs.charts import Arrow, flow_chart
from nhs_orgs.events import ChangeEvent
from nhs_orgs.organisations import Organisation
from nhs_orgs.store import Edge, Store
from nhs_orgs.styles import name_on
from nhs_orgs.telling import References, tell_all
from nhs_orgs.telling.naming import Naming

__all__ = ["References", "explain_events", "explain_path", "label", "listed_sources", "mermaid"]


def label(organisation: Organisation, *, on: date | None = None) -> str:
    """Code and name as a line of a list has them; the name alone outside the register."""
    name = organisation.name if on is None else name_on(organisation, on)
    return f"{organisation.code} ({name})" if organisation.code else name


def explain_path(edges: Iterable[Edge], store: Store) -> str:
    """The events of a path through the lineage, in words, with their sources."""
    way = tuple(edges)
    keys = {key for edge in way for key in (edge.giver, edge.receiver)}
    return explain_events([store.events[id] for id in dict.fromkeys(edge.event for edge in way)], focus=keys)


def explain_events(events: Iterable[ChangeEvent], *, focus: Collection[str] = ()) -> str:
    """Events in words, a paragraph each, with one list of sources below.

    `focus` are the era keys of the bodies that the text is about: of a long list they are named before others.
    """
    references, naming = References(), Naming()
    return "\n\n".join([*tell_all(events, references, naming, focus), *listed_sources(references)])


def listed_sources(references: References) -> list[str]:
    """The list of sources as the last paragraph of a text; none for none."""
    return ["\n".join(["Sources:", *references.lines()])] if references.sources else []


def mermaid(organisations: Iterable[Organisation], edges: Iterable[Edge]) -> str:
    """A flow chart of bodies and what passed between them: arrows for whole transfers, dotted ones for parts."""
    boxes = {body.key: [body.code, body.name, str(body.period)] for body in organisations}
    return flow_chart(boxes, [Arrow(e.giver, e.receiver, e.day.isoformat(), whole=e.whole) for e in edges])
