"""What the arithmetic needs of a data frame held in memory, whatever library made it.

One adapter a library (`in_pandas`, `in_polars`, `in_arrow`) turns columns into whole numbers and back; everything
between is shared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from numbers import Real
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.blocks import Ids
from nhs_orgs.frames.short_texts import ShortTexts
from nhs_orgs.judgement import is_missing

__all__ = [
    "FEW",
    "Added",
    "Content",
    "Frame",
    "encoded_few",
    "encoded_objects",
    "no_codes",
    "no_numbers",
    "require_codes",
    "require_finite",
    "some_rows",
]


class Content(Enum):
    """What a new column holds."""

    CODE = "code"
    """Codes, in the type of the caller's own column of codes."""
    WORD = "word"
    """One of a few texts."""
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Added:
    """A new column, by part: few values, looked up by each row."""

    name: str
    content: Content
    values: list[Any] | NDArray[Any]
    """By part; of codes and words, the distinct ones in order."""
    places: Ids | None = None
    """Of codes and words, by part, which of them; -1 for none."""

    @property
    def one(self) -> bool:
        """Whether all parts have the same: then it need not be looked up for each row."""
        every = np.asarray(self.values) if self.places is None else self.places
        return bool(len(every)) and bool((every == every[0]).all())

    @property
    def whole(self) -> bool:
        """Whether these are weights of which none divides anything."""
        return self.one and bool(self.values[0] == 1)


class Frame(Protocol):
    """A data frame in memory."""

    @property
    def columns(self) -> Sequence[str]:
        """Its names, in order."""
        ...

    def __len__(self) -> int:
        """How many rows."""
        ...

    def encoded(self, name: str) -> tuple[Ids, Sequence[Any]]:
        """Which distinct value each row has, and these values; an empty one is ``None``. Raises `InvalidFrame`."""
        ...

    def whole(self, name: str) -> tuple[Ids, Sequence[Any]] | None:
        """The same of whole numbers, which may be dates: as numbers, or texts of them; ``None`` of other columns."""
        ...

    def days(self, name: str) -> tuple[Ids, bool] | None:
        """The day of each row, and whether one is empty; ``None`` if the column holds no dates."""
        ...

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers, empty ones as zero or NaN. Raises `InvalidFrame`."""
        ...

    def zeroed(self, name: str) -> int:
        """How many rows of a column of numbers are empty and come as zero."""
        ...

    def built(
        self,
        code: str,
        source: str,
        rows: list[Ids] | None,
        parts: list[Ids],
        added: Sequence[Added],
        scaled: Sequence[str],
    ) -> Any:  # noqa: ANN401 - the caller's own kind of frame
        """A frame of the same kind: `rows` again (``None``: all, once), the columns `added`, by part of each row.

        The first added one takes the place of the codes, which move to `source`. Columns `scaled` are multiplied by
        the last added column of numbers.
        """
        ...


FEW: Final = 1 << 12
"""Fewer texts than these are told apart by Python sooner than a call of a library has begun."""
_SHOWN: Final = 5


def encoded_few(texts: list[str | None]) -> tuple[Ids, list[str | None]]:
    """Which distinct value each of a few texts is."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return np.fromiter(map(places.__getitem__, texts), np.int64, len(texts)), list(places)


def encoded_objects(values: Iterable[Hashable], name: str) -> tuple[Ids, list[Any]]:
    """Which distinct value each of some objects is; a number is not the same as the text of it."""
    seen: dict[Any, int] = {}
    try:
        ids = np.fromiter((seen.setdefault((type(value), value), len(seen)) for value in values), np.int64)
    except TypeError:
        raise InvalidFrame(name, "holds values that are no single codes or dates", "Make texts of them") from None
    return ids, [value for _, value in seen]


def some_rows(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    """The first few of the rows that are wrong."""
    return tuple(int(row) for row in np.flatnonzero(wrong)[:_SHOWN])


def no_codes(name: str, kind: object) -> InvalidFrame:
    """The error for a column of codes that holds something else altogether."""
    why = f"holds {kind}, not texts: codes such as '01H' and '5E1' were lost when it was read"
    return InvalidFrame(name, why, "Read the column as text")


def no_numbers(name: str, kind: object, rows: tuple[int, ...] = ()) -> InvalidFrame:
    """The error for a column of values that are no numbers."""
    return InvalidFrame(name, f"holds {kind}, which cannot be counted", "Make numbers of them, or how='category'", rows)


def require_codes(name: str, ids: Ids, values: Sequence[object]) -> None:
    """Refuse what can be no code, nor have been one: what is no text, number or day. Raises `InvalidFrame`.

    A value that no row has, as a category may be, is no fault.
    """
    if isinstance(values, ShortTexts) or set(map(type, values)) <= {str, type(None)}:
        return
    wrong = [at for at, value in enumerate(values) if not _may_be_judged(value)]
    if wrong and (rows := np.isin(ids, wrong)).any():
        kinds = sorted({type(values[at]).__name__.rstrip("_") for at in np.unique(ids[rows]).tolist()})
        todo = "Make texts of them" + (", of bytes with .decode()" if "bytes" in kinds else "")
        raise InvalidFrame(name, f"holds values of type {', '.join(kinds)}, which are no codes", todo, some_rows(rows))


def _may_be_judged(value: object) -> bool:
    kept = isinstance(value, str | date | Real | Decimal) and not isinstance(value, bool)
    return kept or is_missing(value)


def require_finite(name: str, numbers: NDArray[np.float64]) -> None:
    """Refuse infinite figures, which spoil every sum. Raises `InvalidFrame`."""
    wrong = np.isinf(numbers)
    if wrong.any():
        todo = "Mend them, or make them empty: they come of a division by zero, or of a number too large"
        raise InvalidFrame(name, "holds infinite figures", todo, some_rows(wrong))
