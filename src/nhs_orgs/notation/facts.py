"""Dated facts as JSON, each with the key of the body that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhs_orgs.facts import Fact
from nhs_orgs.notation.fields import date_of, dated, present
from nhs_orgs.notation.sources import Sources
from nhs_orgs.organisations import Organisation
from nhs_orgs.sources import Citation, Confidence

__all__ = ["decode_fact", "encode_fact"]

_WORDS = ("property", "value", "aspect", "number", "unit", "note", "contradicted")
"""Fields of a fact that are plain JSON already."""


def encode_fact(fact: Fact, sources: Sources) -> dict[str, Any]:
    """One fact, the body that it is about by its era key."""
    return present(
        of=fact.organisation.key,
        citations=sources.numbers(fact.citations),
        confidence=fact.confidence.value,
        **{name: getattr(fact, name) for name in _WORDS},
        **dated(fact),
    )


def decode_fact(raw: dict[str, Any], sources: Sources, organisations: Mapping[str, Organisation]) -> Fact:
    """Back from `encode_fact`."""
    return Fact(
        organisation=organisations[raw["of"]],
        citations=tuple(s for s in sources.at(raw["citations"]) if isinstance(s, Citation)),
        confidence=Confidence(raw["confidence"]),
        **{name: raw[name] for name in _WORDS if name in raw},
        on=date_of(raw, "on"),
        since=date_of(raw, "since"),
        until=date_of(raw, "until"),
    )
