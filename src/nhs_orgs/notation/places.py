"""Places as JSON: their names, and who stayed there."""

from __future__ import annotations

from typing import Any

from nhs_orgs.dates import PartialDate
from nhs_orgs.notation.fields import date_of, dated, present
from nhs_orgs.notation.sources import Sources
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.sources import Confidence

__all__ = ["decode_place", "encode_place"]


def encode_place(place: Place, sources: Sources) -> dict[str, Any]:
    """One place, without its id."""
    return present(
        name=place.name,
        kind=place.kind,
        town=place.town,
        former_names=[[former.text, dated(former)] for former in place.former_names],
        stays=[[stay.operator, stay.site, dated(stay)] for stay in place.stays],
        sources=sources.numbers(place.sources),
        confidence=place.confidence.value,
        note=place.note,
    )


def decode_place(id_: str, raw: dict[str, Any], sources: Sources) -> Place:
    """Back from `encode_place`."""
    return Place(
        id=id_,
        name=raw["name"],
        kind=raw["kind"],
        town=raw.get("town"),
        former_names=tuple(
            PlaceName(text, PartialDate.from_text(days["until"]), date_of(days, "since"))
            for text, days in raw.get("former_names", ())
        ),
        stays=tuple(
            Stay(operator, site, id_, date_of(days, "since"), date_of(days, "until"))
            for operator, site, days in raw["stays"]
        ),
        sources=sources.at(raw["sources"]),
        confidence=Confidence(raw["confidence"]),
        note=raw.get("note"),
    )
