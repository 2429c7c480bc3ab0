"""What the shape of a code tells: whether a register has whole lists of such, so that one it has not never was one.

Only codes of three characters and less tell by their shape what they are of: trusts, commissioners, boards. Of longer
ones none does: since 2020 sites, partnerships and others share one, and registers leave out whole kinds of them.

>>> import nhs_orgs
>>> store = nhs_orgs.load()._store
>>> [store.lists(code) for code in ("RZZ", "A81001", "NL7")]
[True, False, False]
>>> itself("RRE00")
'RRE'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from nhs_orgs.organisations import KINDS

__all__ = ["LEAVES_OUT", "is_gss", "itself", "listed_shapes", "shape_of"]

LEAVES_OUT: Final = (
    "leaves out kinds with codes of this shape, or has them only in part: practices, independent providers, sites that "
    "closed long ago"
)
"""What a register does of whose codes a shape is that is not listed."""

_IN_PART: Final = frozenset({"Body", "Site", "Unclassified"})
"""Kinds of which a register has only some: that a code is not among them says nothing."""
_OF_A_BODY: Final = 3
"""Letters of a code whose shape tells that it is of a trust or a commissioner."""
_DIGIT: Final = re.compile("[0-9]")
_LETTER: Final = re.compile("[A-Z]")
_GSS: Final = re.compile(r"[EWSNKJLM][0-9]{8}")
_ITSELF: Final = "00"
"""Stands behind a code of three where a site could stand: the organisation itself (NHS Data Dictionary)."""


def listed_shapes(keys_of_kind: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """The shapes of which there are whole lists, given the era keys of each kind."""
    kinds = [name for name in KINDS if name not in _IN_PART]
    codes = {key.partition("@")[0] for name in kinds for key in keys_of_kind(name)}
    return frozenset(shape for shape in map(shape_of, codes) if shape is not None)


def shape_of(text: str) -> str | None:
    """First character, then which of the others are digits; ``None`` of longer codes, whose shape tells nothing."""
    code = text.strip().upper()
    return None if len(code) > _OF_A_BODY else code[:1] + _LETTER.sub("A", _DIGIT.sub("9", code[1:]))


def is_gss(code: str) -> bool:
    """Whether a code has the form of those of the Office for National Statistics."""
    return _GSS.fullmatch(code) is not None


def itself(code: str) -> str:
    """The body that is meant by its code with two noughts behind it, where a site could stand; else an empty text."""
    return code[:_OF_A_BODY] if len(code) == _OF_A_BODY + len(_ITSELF) and code.endswith(_ITSELF) else ""
