"""The stretches of a crosswalk as numbered columns, which arithmetic on whole columns can look up.

An *entry* is what a value of a column of codes stands for: a code with its stretches in order of time, or one of the
few sorts of strangers. Entries and their stretches are numbered as they are first met and keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids
from nhs_orgs.frames.stretches import UNDATED, Book, Restating, Stretch, book_of, stranger
from nhs_orgs.frames.tally import Sort, sort_of
from nhs_orgs.judgement import PSEUDO_CODES
from nhs_orgs.statuses import Status

__all__ = ["UNDATED_ENTRY", "Columns", "Ledger", "ledger_of"]

_ODD: Final = re.compile(r"^(?!(?!Z..$|.*TOTALS?$|NULL$)[A-Z0-9]{3,12}$).*$", re.MULTILINE)
"""Lines that need judging. What else there is, is a code, a stranger or one of the listed pseudo codes.

Judging a value takes several microseconds, and a column may hold a million strangers.
"""

_STRANGERS: Final = (Status.UNKNOWN, Status.PSEUDO, Status.DAMAGED)
_PSEUDO: Final = frozenset(PSEUDO_CODES)
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
    target: NDArray[Any]
    """Of each part, a text or ``None``."""
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
        self._known = frozenset(crosswalk.codes)
        self._entries: dict[str, int] = {}
        self._begins: list[int] = [0]
        self.stretches: list[Stretch] = []
        """Every stretch, by its number."""
        for status in _STRANGERS:
            self._written((stranger(status),))
        self._written((UNDATED,))
        self._columns: Columns | None = None

    def entries(self, crosswalk: Restating, values: Sequence[object]) -> Ids:
        """Of each value of a column of codes its entry."""
        known: dict[Any, int] = self._entries
        found = np.array([known.get(value, -1) for value in values], np.int32)
        strange = np.flatnonzero(found < 0)
        if len(strange):
            found[strange] = self._of_strange(crosswalk, [values[at] for at in strange.tolist()])
        return found

    def _of_strange(self, crosswalk: Restating, values: Sequence[Any]) -> list[int]:
        """Of values not met before; of the plainly unknown among them, however many, without a look at each."""
        texts = [value for value in values if isinstance(value, str)]
        lines = "\n".join(texts)
        odd = set(_ODD.findall(lines)) if lines.count("\n") < len(texts) else set(texts)
        odd.update(self._known.intersection(texts), _PSEUDO.intersection(texts))
        if not odd and len(texts) == len(values):
            return [_UNKNOWN] * len(values)
        return [
            self._entry(crosswalk, value) if value in odd or not isinstance(value, str) else _UNKNOWN
            for value in values
        ]

    def _entry(self, crosswalk: Restating, value: object) -> int:
        if isinstance(value, str) and value in self._known:
            return self._of_code(crosswalk, value)
        judged = crosswalk.judge(value)
        if judged.code is None:
            return _STRANGERS.index(judged.status or Status.UNKNOWN)
        return self._of_code(crosswalk, judged.code)

    def _of_code(self, crosswalk: Restating, code: str) -> int:
        if code not in self._entries:
            self._entries[code] = self._written(self._book.of_code(crosswalk, code))
        return self._entries[code]

    def _written(self, every: tuple[Stretch, ...]) -> int:
        self._columns = None
        self.stretches += every
        self._begins.append(len(self.stretches))
        return len(self._begins) - 2

    @property
    def columns(self) -> Columns:
        """All that is written down."""
        if self._columns is None:
            self._columns = _columns(self._begins, self.stretches)
        return self._columns


def _columns(begins: list[int], stretches: list[Stretch]) -> Columns:
    parts = [part for stretch in stretches for part in stretch.parts]
    sizes = [len(stretch.parts) for stretch in stretches]
    sort, sorts = _numbered([sort_of(part) for part in parts])
    status, statuses = _numbered([part.status for part in parts])
    basis, bases = _numbered([part.basis for part in parts])
    targets = np.empty(len(parts), object)
    targets[:] = [part.target for part in parts]
    return Columns(
        begins=np.array(begins, np.int64),
        first=np.array([stretch.first for stretch in stretches], np.int32),
        last=np.array([stretch.last for stretch in stretches], np.int32),
        closed=np.array([stretch.closed for stretch in stretches], np.bool_),
        parts=np.concatenate(([0], np.cumsum(sizes))),
        target=targets,
        weight=np.array([part.weight for part in parts], np.float64),
        approximate=np.array([part.approximate for part in parts], np.bool_),
        sort=sort,
        sorts=sorts,
        status=status,
        statuses=statuses,
        basis=basis,
        bases=bases,
    )


def _numbered(values: list[Any]) -> tuple[Ids, list[Any]]:
    """Which distinct value each is, and these."""
    seen: dict[Any, int] = {}
    ids = np.array([seen.setdefault(value, len(seen)) for value in values], np.int32)
    return ids, list(seen)


_LEDGERS: Final[WeakKeyDictionary[Restating, Ledger]] = WeakKeyDictionary()


def ledger_of(crosswalk: Restating) -> Ledger:
    """The ledger of a crosswalk: begun once, kept as long as the crosswalk is."""
    if crosswalk not in _LEDGERS:
        _LEDGERS[crosswalk] = Ledger(crosswalk)
    return _LEDGERS[crosswalk]
