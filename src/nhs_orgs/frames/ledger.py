"""The stretches of a crosswalk as numbered columns, which arithmetic on whole columns can look up.

An *entry* is what a value of a column of codes stands for: a code with its stretches in order of time, or one of the
few sorts of strangers. Entries and their stretches are numbered as they are first met and keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids
from nhs_orgs.frames.short_texts import FILL, WIDE, ShortTexts, packed
from nhs_orgs.frames.stretches import UNDATED, Book, Restating, Stretch, book_of, stranger
from nhs_orgs.frames.tally import Sort, sort_of
from nhs_orgs.judgement import PSEUDO_CODES
from nhs_orgs.statuses import Status

__all__ = ["UNDATED_ENTRY", "Columns", "Ledger", "ledger_of"]

_ODD: Final = re.compile(r"^(?!(?!Z..$|.*TOTALS?$|NULL$)[A-Z0-9]{3,12}$).*$", re.MULTILINE)
"""Lines that need judging. What else there is, is a code, a stranger or one of the listed pseudo codes.

Judging a value takes several microseconds, and a column may hold a million strangers.
"""
_PLAIN: Final = np.isin(np.arange(256), list(b"0123456789ABCDEFGHIJKMNOPQRSTUVWXYZ\xff")).view(np.uint8)
"""Of bytes, those of texts that are no such lines at the first look: without L none ends with TOTAL or is NULL."""
_ALL_PLAIN: Final = np.uint64(0x0101010101010101)

_STRANGE, _JUDGED, _UNWRITTEN = -1, -2, -3
"""Instead of an entry: of a value not met before, of one that needs judging, of a code that has not been asked for."""
_STRANGERS: Final = (Status.UNKNOWN, Status.PSEUDO, Status.DAMAGED)
_UNKNOWN: Final = _STRANGERS.index(Status.UNKNOWN)
UNDATED_ENTRY: Final = len(_STRANGERS)
"""The entry of rows without a date."""


@dataclass(frozen=True, slots=True)
class Columns:
    """All entries, their stretches and the parts of these: each kind of thing numbered by itself."""

    begins: Ids
    """Of each entry, its first stretch; one number more says where the last one ends."""
    first: Ids
    """Of each stretch, its first day."""
    last: Ids
    closed: NDArray[np.bool_]
    parts: Ids
    """Of each stretch, its first part; one number more says where the last one ends."""
    target: Ids
    """Of each part, which of `targets`."""
    targets: list[str | None]
    """``None``, then texts in order; so are statuses and bases."""
    weight: NDArray[np.float64]
    approximate: NDArray[np.bool_]
    sort: Ids
    """Of each part, which of `sorts`."""
    sorts: list[Sort]
    status: Ids
    """Of each part, which of `statuses`."""
    statuses: list[str | None]
    basis: Ids
    """Of each part, which of `bases`."""
    bases: list[str | None]


class Ledger:
    """The entries of one crosswalk, written down when they are first met."""

    def __init__(self, crosswalk: Restating) -> None:
        self._book: Book = book_of(crosswalk)
        self._entries: dict[Any, int] = dict.fromkeys(PSEUDO_CODES, _JUDGED)
        self._entries.update(dict.fromkeys(crosswalk.codes, _UNWRITTEN))
        self._begins: list[int] = [0]
        self.stretches: list[Stretch] = []
        """Every stretch, by its number."""
        for status in _STRANGERS:
            self._written((stranger(status),))
        self._written((UNDATED,))
        self._columns: Columns | None = None
        self._short = np.sort(packed(code for code in self._entries if len(code.encode()) <= WIDE))
        self._of_short: Ids | None = None
        """Their entries; ``None`` after any of them has changed."""

    def entries(self, crosswalk: Restating, values: Sequence[object]) -> Ids:
        """Of each value of a column of codes its entry."""
        if isinstance(values, ShortTexts):
            found = self._met(values.numbers)
        else:
            found = np.fromiter(map(self._entries.get, values, repeat(_STRANGE)), np.int32, len(values))
        strange = np.flatnonzero(found == _STRANGE).tolist()
        if strange:
            found[strange] = _of_strange([values[at] for at in strange])
        for at in np.flatnonzero(found < 0).tolist():
            found[at] = self._entry(crosswalk, values[at])
        return found

    def _met(self, numbers: NDArray[np.uint64]) -> Ids:
        """Of short texts what they are, but for strangers that need a closer look."""
        if self._of_short is None:
            self._of_short = np.array([self._entries[code] for code in ShortTexts(self._short)], np.int32)
        places = np.minimum(np.searchsorted(self._short, numbers), len(self._short) - 1)
        known = self._short[places] == numbers
        return np.where(known, self._of_short[places], np.where(_is_plain(numbers), _UNKNOWN, _STRANGE))

    def _entry(self, crosswalk: Restating, value: object) -> int:
        if self._entries.get(value, _STRANGE) in (_STRANGE, _JUDGED):
            judged = crosswalk.judge(value)
            if judged.code is None:
                return _STRANGERS.index(judged.status or Status.UNKNOWN)
            value = judged.code
        return self._of_code(crosswalk, str(value))

    def _of_code(self, crosswalk: Restating, code: str) -> int:
        if self._entries.get(code, _STRANGE) < 0:
            self._entries[code] = self._written(self._book.of_code(crosswalk, code))
        return self._entries[code]

    def _written(self, every: tuple[Stretch, ...]) -> int:
        self._columns = self._of_short = None
        self.stretches += every
        self._begins.append(len(self.stretches))
        return len(self._begins) - 2

    @property
    def columns(self) -> Columns:
        """All that is written down."""
        if self._columns is None:
            self._columns = _columns(self._begins, self.stretches)
        return self._columns


def _is_plain(numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which short texts are plainly no codes, nor anything else, if they are not known."""
    letters = numbers.view(np.uint8).reshape(-1, WIDE)
    plain: NDArray[np.bool_] = _PLAIN.take(letters).view(np.uint64)[:, 0] == _ALL_PLAIN
    plain &= letters[:, 0] != ord("Z")
    plain &= letters[:, 2] != ord(FILL)
    return plain


def _of_strange(values: list[Any]) -> Ids:
    """Of values not met before: which need judging, without a look at each of the plainly unknown, however many."""
    texts = values
    if not set(map(type, values)) <= {str}:
        texts = [value if isinstance(value, str) else "" for value in values]
    lines = "\n".join(texts)
    odd = set(_ODD.findall(lines)) if lines.count("\n") < len(texts) else set(texts)
    found = np.full(len(texts), _UNKNOWN, np.int32)
    if odd:
        found[[at for at, text in enumerate(texts) if text in odd]] = _JUDGED
    return found


def _columns(begins: list[int], stretches: list[Stretch]) -> Columns:
    parts = [part for stretch in stretches for part in stretch.parts]
    sizes = [len(stretch.parts) for stretch in stretches]
    sort, sorts = _numbered([sort_of(part) for part in parts], [])
    status, statuses = _ordered([part.status for part in parts])
    basis, bases = _ordered([part.basis for part in parts])
    target, targets = _ordered([part.target for part in parts])
    return Columns(
        begins=np.array(begins, np.int64),
        first=np.array([stretch.first for stretch in stretches], np.int32),
        last=np.array([stretch.last for stretch in stretches], np.int32),
        closed=np.array([stretch.closed for stretch in stretches], np.bool_),
        parts=np.concatenate(([0], np.cumsum(sizes))),
        target=target,
        targets=targets,
        weight=np.array([part.weight for part in parts], np.float64),
        approximate=np.array([part.approximate for part in parts], np.bool_),
        sort=sort,
        sorts=sorts,
        status=status,
        statuses=statuses,
        basis=basis,
        bases=bases,
    )


def _ordered(texts: list[str | None]) -> tuple[Ids, list[str | None]]:
    return _numbered(texts, [None, *sorted({text for text in texts if text is not None})])


def _numbered(values: list[Any], first: list[Any]) -> tuple[Ids, list[Any]]:
    """Which distinct value each is, and these: those that come first, and others as they are met."""
    seen: dict[Any, int] = {value: at for at, value in enumerate(first)}
    ids = np.array([seen.setdefault(value, len(seen)) for value in values], np.int32)
    return ids, list(seen)


_LEDGERS: Final[WeakKeyDictionary[Restating, Ledger]] = WeakKeyDictionary()


def ledger_of(crosswalk: Restating) -> Ledger:
    """The ledger of a crosswalk: begun once, kept as long as the crosswalk is."""
    if crosswalk not in _LEDGERS:
        _LEDGERS[crosswalk] = Ledger(crosswalk)
    return _LEDGERS[crosswalk]
