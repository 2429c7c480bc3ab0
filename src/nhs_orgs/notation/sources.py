"""Releases and citations as JSON, and statements, which name theirs by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from nhs_orgs.dates import PartialDate
from nhs_orgs.notation.fields import present
from nhs_orgs.period import Period
from nhs_orgs.sources import Citation, Source, Statement
from nhs_orgs.store import Store

__all__ = ["Sources", "decode_statement", "encode_source", "encode_statement"]


@dataclass(frozen=True)
class Sources:
    """Every release and citation of a register, by position: statements name their sources by number."""

    all: tuple[Source | Citation, ...]

    @classmethod
    def of(cls, store: Store) -> Sources:
        """Releases first, then every citation that a statement or an event makes, in order of id."""
        cited: dict[str, Citation] = {}
        for record in store.records.values():
            cited.update({s.id: s for s in record.sources if isinstance(s, Citation)})
        for event in store.events.values():
            cited.update({citation.id: citation for citation in event.citations})
            confirming = (source for p in (*event.befores, *event.afters) for source in p.sources)
            cited.update({source.id: source for source in confirming if isinstance(source, Citation)})
        for fact in (fact for held in store.facts.values() for fact in held):
            cited.update({citation.id: citation for citation in fact.citations})
        for place in store.places.values():
            cited.update({source.id: source for source in place.sources if isinstance(source, Citation)})
        return cls((*store.sources.values(), *(cited[key] for key in sorted(cited))))

    @property
    def releases(self) -> tuple[Source, ...]:
        """The files read."""
        return tuple(s for s in self.all if isinstance(s, Source))

    @property
    def encoded(self) -> list[dict[str, Any]]:
        """As JSON, in order."""
        return [encode_source(source) for source in self.all]

    @classmethod
    def decoded(cls, raw: list[dict[str, Any]]) -> Sources:
        """Back from JSON."""
        return cls(tuple(_decode_source(entry) for entry in raw))

    def numbers(self, sources: Iterable[Source | Citation]) -> list[int]:
        """Positions of some sources."""
        return [self._positions[source.id] for source in sources]

    def at(self, numbers: Iterable[int]) -> tuple[Source | Citation, ...]:
        """Sources at some positions."""
        return tuple(self.all[number] for number in numbers)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {source.id: position for position, source in enumerate(self.all)}


def encode_source(source: Source | Citation) -> dict[str, Any]:
    """A release or a citation; a release is told by its checksum."""
    if isinstance(source, Source):
        return {f.name: str(getattr(source, f.name)) for f in fields(source)}
    published = str(source.published) if source.published else None
    return present(
        id=source.id,
        publisher=source.publisher,
        title=source.title,
        published=published,
        url=source.url,
        note=source.note,
    )


def _decode_source(raw: dict[str, Any]) -> Source | Citation:
    if "sha256" in raw:
        return Source(**{**raw, "as_at": PartialDate.from_text(raw["as_at"])})
    published = PartialDate.from_text(raw["published"]) if "published" in raw else None
    return Citation(**{**raw, "published": published})


def encode_statement(statement: Statement, sources: Sources) -> list[Any]:
    """Property, value, source numbers, and the period where there is one."""
    made: list[Any] = [statement.property, statement.value, sources.numbers(statement.sources)]
    return [*made, str(statement.period)] if statement.period is not None else made


def decode_statement(subject: str, raw: list[Any], sources: Sources) -> Statement:
    """Back from `encode_statement`."""
    period = Period.from_text(raw[3]) if len(raw) > 3 else None  # noqa: PLR2004 - three parts, and perhaps a period
    return Statement(subject, raw[0], raw[1], sources.at(raw[2]), period)
