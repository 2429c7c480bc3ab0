"""By what measure a divided body is divided: names for families of curated shares, and tables of one's own.

Each share in the register says what was counted, in its source's own words: ``resident population 2021``,
``beds``. A name stands for all of its family. Shares count only where together they account for the whole
body. Without a choice the first measure that does is taken, in the order of `NAMES`.

>>> family("resident population mid-2019")
'population'
>>> list(NAMES)[:3]
['population', 'registered patients', 'practices']
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from nhs_orgs.endings import SLACK
from nhs_orgs.errors import InvalidBasis
from nhs_orgs.events import Share

__all__ = ["NAMES", "OWN_HISTORY", "OWN_TABLE", "Choice", "OwnShares", "Preference", "Table", "family"]

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "population": ("resident population", "population"),
    "registered patients": ("registered patients",),
    "practices": ("practices",),
    "postcodes": ("postcodes",),
    "floor area": ("floor area",),
    "beds": ("beds", "available beds"),
    "activity": ("activity",),
    "staff": ("staff",),
    "trusts": ("NHS trusts", "trusts"),
}
"""Every name, strongest first, with how the texts of its family begin."""

OWN_TABLE: Final = "own table"
"""The basis of shares that the caller gives."""
OWN_HISTORY: Final = "own history"
"""The basis of shares worked out from the caller's own data, by `Crosswalk.with_history`; no curated share has it."""

Table: TypeAlias = Mapping[tuple[str, str], float]
"""Shares of one's own: by the code that is divided, or the key of one of its eras, and the code of a part; fractions of
1."""
Choice: TypeAlias = str | Table | Sequence[str | Table] | None
"""A name, a table, several of either in order of preference, or ``None`` for all names in their order."""

_EXACT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class OwnShares:
    """A caller's table, checked: every code that it divides, with its parts."""

    basis: str
    parts: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, table: Table, spell: Callable[[str], str], *, basis: str = OWN_TABLE) -> OwnShares:
        """Check a table; `spell` writes a code as the register does, and may refuse it.

        Raises:
            InvalidBasis: A key is no pair of codes, a share is no fraction, or those of a code do not add up to 1.
        """
        parts: dict[str, dict[str, float]] = {}
        for pair, share in table.items():
            _require_pair(pair)
            if not _is_share(share):
                raise InvalidBasis(pair, f"its share is {share!r}, and a share is a number from 0 to 1")
            giver, part = map(spell, pair)
            if part in parts.setdefault(giver, {}):
                raise InvalidBasis(pair, "the same two codes come twice, in other spellings")
            parts[giver][part] = float(share)
        for giver, shares in parts.items():
            total = math.fsum(shares.values())
            if abs(total - 1) > _EXACT:
                raise InvalidBasis(giver, f"its shares add up to {total:g}, not to 1")
        return cls(basis, parts)


@dataclass(frozen=True, slots=True)
class Preference:
    """Which measures may divide a body, in order."""

    order: tuple[str | OwnShares, ...]
    any_other: bool = False
    """Whether measures of no named family may, after all others."""

    @classmethod
    def of(cls, choice: Choice, spell: Callable[[str], str] = str) -> Preference:
        """From what a caller chose; `spell` as in `OwnShares.of`. Raises `InvalidBasis`."""
        if choice is None:
            return cls(tuple(NAMES), any_other=True)
        several = [choice] if isinstance(choice, str | Mapping) else list(choice)
        return cls(tuple(OwnShares.of(one, spell) if isinstance(one, Mapping) else _named(one) for one in several))

    def first(self, own: OwnShares) -> Preference:
        """With shares of one's own before all others."""
        return Preference((own, *self.order), any_other=self.any_other)

    @property
    def own(self) -> tuple[OwnShares, ...]:
        """The caller's tables, in order."""
        return tuple(one for one in self.order if isinstance(one, OwnShares))

    def shares(self, of_each: Sequence[Iterable[Share]]) -> tuple[list[float], str] | None:
        """The share of each part and what was counted, by the first measure that accounts for the whole."""
        texts = {share.basis for shares in of_each for share in shares}
        for text in sorted((text for text in texts if self._allows(text)), key=lambda text: (self.rank(text), text)):
            found = [math.fsum(share.share for share in shares if share.basis == text) for shares in of_each]
            if abs(math.fsum(found) - 1) <= SLACK:
                return found, text
        return None

    def _allows(self, text: str) -> bool:
        return self.any_other or family(text) in self.order

    def weaker(self, one: str | None, two: str | None) -> str | None:
        """Of two measures the weaker one; none is stronger than any."""
        if one is None or two is None or one == two:
            return one or two
        return max(one, two, key=lambda text: (self.rank(text), text))

    def in_order(self, texts: Iterable[str | None]) -> list[str]:
        """Every measure of these, each once, the strongest first."""
        return sorted({text for text in texts if text is not None}, key=lambda text: (self.rank(text), text))

    def rank(self, text: str) -> int:
        """Place in the order, then in that of all names; 0 is the strongest."""
        wanted = family(text) or text
        names = [*(one if isinstance(one, str) else one.basis for one in self.order), *NAMES]
        return names.index(wanted) if wanted in names else len(names)


@cache  # a few dozen measures, each asked about for every part of every body
def family(text: str) -> str | None:
    """The name whose family a measure belongs to; ``None`` for any other words."""
    return next((name for name, starts in NAMES.items() if text.startswith(starts)), None)


def _require_pair(pair: object) -> None:
    if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(code, str) for code in pair)):  # noqa: PLR2004
        raise InvalidBasis(pair, "a table of shares has pairs of codes as its keys: who is divided, and a part")


def _is_share(share: object) -> bool:
    return isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1


def _named(name: object) -> str:
    if isinstance(name, str) and (name in NAMES or name == OWN_HISTORY):
        return name
    known = ", ".join([*NAMES, OWN_HISTORY])
    raise InvalidBasis(name, f"there is no such basis; the names are {known}, and a table has pairs of codes as keys")
