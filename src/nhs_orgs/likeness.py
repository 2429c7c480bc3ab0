"""Codes that look like a value that is none: the same but for look-alike or swapped characters, or one slip away.

Where more codes are one slip away than can be told, as of nearly every three letters, none of them is.

Only the most frequent values of a column are compared with the register; for a hundred thousand it would take long,
and nobody reads so many.

>>> import nhs_orgs
>>> store = nhs_orgs.load()._store
>>> likenesses(store, ["R0AA0", "RO1", "02Q00"])["02Q00"]
('02Q',)
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from nhs_orgs.shapes import is_gss, itself
from nhs_orgs.store import Store

__all__ = ["gss_codes", "likenesses"]

_COMPARED: Final = 25
"""How many values are compared with the register."""
_TOLD: Final = 5
"""How many codes one slip away are told; where there are more, none."""
_LOOK_ALIKE: Final = str.maketrans("OILSBZ", "011582")
"""Letters that are taken for digits."""


def likenesses(store: Store, values: Iterable[str], *, only_suffix: bool = False) -> dict[str, tuple[str, ...]]:
    """Codes like each value, likeliest first; none for most, and only for the first few values."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    codes = () if only_suffix else tuple(store.eras)
    found: dict[str, tuple[str, ...]] = {}
    for value in islice(values, _COMPARED):
        text = value.strip().upper()
        near = [code for code, _, _ in process.extract(text, codes, scorer=OSA.distance, score_cutoff=1, limit=None)]
        known = (itself(text),) if itself(text) in store.eras else ()
        if known or near:
            found[value] = (*known, *_likeliest(text, near))
    return {value: codes for value, codes in found.items() if codes}


def _likeliest(text: str, near: list[str]) -> list[str]:
    """Codes with look-alike or swapped characters; else all, if they are few."""
    alike = [code for code in near if code.translate(_LOOK_ALIKE) == text.translate(_LOOK_ALIKE)]
    swapped = [code for code in near if sorted(code) == sorted(text)]
    rest = near if len(near) <= _TOLD else []
    return list(dict.fromkeys([*sorted(alike), *sorted(swapped), *sorted(rest)]))


def gss_codes(store: Store, values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For values that have the form of a GSS code, the ODS codes that it was of; of the first few values."""
    wanted = list(islice((value for value in values if is_gss(value.strip().upper())), _COMPARED))
    return {value: store.with_gss(value.strip().upper()) for value in wanted}
