"""What the arithmetic needs of a data frame held in memory, whatever library made it.

One adapter a library (`in_pandas`, `in_polars`, `in_arrow`) turns columns into whole numbers and back; everything
between is shared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.blocks import Ids

__all__ = [
    "Added",
    "Content",
    "Frame",
    "encoded_objects",
    "no_codes",
    "no_numbers",
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
    """By part; of words, the distinct ones in order."""
    places: Ids | None = None
    """Of words, by part, which of them; -1 for none."""

    @property
    def one(self) -> bool:
        """Whether all parts have the same: then it need not be looked up for each row."""
        every = self.values if self.places is None else self.places
        if not len(every):
            return False
        return every.count(every[0]) == len(every) if isinstance(every, list) else bool((every == every[0]).all())

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

    def encoded(self, name: str) -> tuple[Ids, list[Any]]:
        """Which distinct value each row has, and these values; an empty one is ``None``. Raises `InvalidFrame`."""
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
        self, code: str, source: str, rows: Ids | None, parts: Ids, added: Sequence[Added], scaled: Sequence[str]
    ) -> Any:  # noqa: ANN401 - the caller's own kind of frame
        """A frame of the same kind: `rows` again (``None``: all, once), the columns `added`, by part of each row.

        The first added one takes the place of the codes, which move to `source`. Columns `scaled` are multiplied by
        the last added column of numbers.
        """
        ...


_SHOWN: Final = 5


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
