"""What several notations share: fields that are left out where they say nothing, and dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhs_orgs.dates import PartialDate

__all__ = ["date_of", "dated", "present"]

_DATES = ("on", "since", "until")


def present(**values: object) -> dict[str, Any]:
    """The fields that say something: not those that are absent, false or empty."""
    return {key: value for key, value in values.items() if value is not False and value not in (None, (), [], "")}


def date_of(raw: Mapping[str, Any], name: str) -> PartialDate | None:
    """The date under a name, where there is one."""
    return PartialDate.from_text(raw[name]) if name in raw else None


def dated(thing: object) -> dict[str, str]:
    """The days of a fact, a name or a stay: those of ``on``, ``since`` and ``until`` that are known."""
    return {name: str(day) for name in _DATES if (day := getattr(thing, name, None)) is not None}
