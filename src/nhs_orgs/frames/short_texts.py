"""Short texts, as codes are, as numbers: of columns of millions only those become texts that are looked at.

A text of up to eight bytes is a number of as many, filled up with a byte that no text has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.unhurried import Unhurried

__all__ = ["EMPTY", "FILL", "FILLING", "WIDE", "ShortTexts", "packed"]

WIDE: Final = 8
"""The bytes of a number."""
FILL: Final = b"\xff"
FILLING: Final = np.array([(1 << 64) - (1 << 8 * length) for length in range(WIDE)] + [0], np.uint64)
"""By the length of a text, what fills it up."""
EMPTY: Final = FILLING[0] - np.uint64(1)
"""The number of no text: it has another byte that no text has."""


class ShortTexts(Unhurried[str | None]):
    """Texts by their numbers, each made when it is looked at.

    >>> ShortTexts(packed(["RRE", "5PK"]))
    ('RRE', '5PK')
    """

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        super().__init__(len(numbers), lambda at: _text(numbers[at]))
        self.numbers = numbers


def _text(number: np.uint64) -> str | None:
    return None if number == EMPTY else number.tobytes().rstrip(FILL).decode()


def packed(texts: Iterable[str]) -> NDArray[np.uint64]:
    """The numbers of texts that are short."""
    return np.frombuffer(b"".join(text.encode().ljust(WIDE, FILL) for text in texts), np.uint64)
