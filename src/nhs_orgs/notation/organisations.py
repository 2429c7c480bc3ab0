"""The eras of a code as JSON, and bodies outside the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhs_orgs.names import DatedName, name_in, within
from nhs_orgs.notation.fields import present
from nhs_orgs.organisations import KINDS, Body, Organisation
from nhs_orgs.period import Period

__all__ = ["decode_body", "decode_organisation", "encode_body", "encode_organisation", "era_key"]

_EXTRAS = ("care_trust", "nation", "sector", "statutory_body")
"""Fields of single kinds that are plain JSON already."""


def encode_organisation(organisation: Organisation) -> list[Any]:
    """One era of a record: its kind, period, days seen, working period, and what its kind adds.

    Key and names are not written: they follow from the period and the record's statements.
    """
    foundation = getattr(organisation, "foundation_start", None)
    extras = present(
        inferred_kind=organisation.inferred_kind,
        foundation_start=foundation.isoformat() if foundation else None,
        **{name: getattr(organisation, name, None) for name in _EXTRAS},
    )
    made: list[Any] = [
        organisation.kind.__name__,
        str(organisation.period),
        str(organisation.seen or ""),
        str(organisation.operational or ""),
        extras,
    ]
    while made[-1] in ("", {}):
        made.pop()
    return made


def era_key(code: str, period: str) -> str:
    """The key of the era of a code with that period, as written."""
    return f"{code}@{period.partition('/')[0]}"


def decode_organisation(code: str, raw: list[Any], names: tuple[DatedName, ...], *, final: bool) -> Organisation:
    """Back from `encode_organisation`, with the names of its record; `final` for the last era of its code."""
    whole: list[Any] = [*raw, *["", "", {}][len(raw) - 2 :]]
    kind, written, seen, operational, extras = whole
    period = Period.from_text(written)
    borne = within(names, period, final=final)
    if "foundation_start" in extras:
        extras = {**extras, "foundation_start": date.fromisoformat(extras["foundation_start"])}
    return KINDS[kind](
        key=era_key(code, written),
        code=code,
        name=name_in(names, period, final=final),
        period=period,
        operational=Period.from_text(operational) if operational else None,
        names=borne,
        seen=Period.from_text(seen) if seen else None,
        **extras,
    )


def encode_body(body: Body) -> list[Any]:
    """A body outside the register."""
    return [body.name, body.sort, str(body.period)]


def decode_body(key: str, raw: list[Any]) -> Body:
    """Back from `encode_body`."""
    return Body(key=key, code=None, name=raw[0], sort=raw[1], period=Period.from_text(raw[2]))
