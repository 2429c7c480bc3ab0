"""Of which shapes of codes a register has whole lists: a code of such a shape that it has not never was one.

Only codes of three characters and less tell by their shape what they are of: trusts, commissioners, boards. Of longer
ones none does: since 2020 sites, partnerships and others share one, and registers leave out whole kinds of them.

>>> import nhs_orgs
>>> store = nhs_orgs.load()._store
>>> [is_listed_shape(store, code) for code in ("RZZ", "A81001", "NL7")]
[True, False, False]
"""

from __future__ import annotations

import re
from typing import Final

from nhs_orgs.organisations import KINDS
from nhs_orgs.store import Store

__all__ = ["LEAVES_OUT", "is_listed_shape"]

LEAVES_OUT: Final = (
    "leaves out kinds with codes of this shape, or has them only in part: practices, independent providers, sites that "
    "closed long ago"
)
"""What a register does of whose codes a shape is that is not listed."""

_ROOM: Final = "shapes"
_IN_PART: Final = frozenset({"Body", "Site", "Unclassified"})
"""Kinds of which a register has only some: that a code is not among them says nothing."""
_OF_A_BODY: Final = 3
"""Letters of a code whose shape tells that it is of a trust or a commissioner."""
_DIGIT: Final = re.compile("[0-9]")
_LETTER: Final = re.compile("[A-Z]")


def is_listed_shape(store: Store, text: str) -> bool:
    """Whether a register has whole lists of codes of the shape of a text."""
    code = text.strip().upper()
    if len(code) > _OF_A_BODY:
        return False
    shapes: frozenset[str] | None = store.workings.get(_ROOM)
    if shapes is None:
        kinds = [name for name in KINDS if name not in _IN_PART]
        listed = {key.partition("@")[0] for name in kinds for key in store.keys_of_kind(name)}
        shapes = store.workings[_ROOM] = frozenset(_shape(one) for one in listed if len(one) <= _OF_A_BODY)
    return _shape(code) in shapes


def _shape(code: str) -> str:
    """First character, then which of the others are digits."""
    return code[:1] + _LETTER.sub("A", _DIGIT.sub("9", code[1:]))
