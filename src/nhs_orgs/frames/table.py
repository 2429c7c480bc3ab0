"""The crosswalk as a small table of plain columns, for engines that join it: a row for each part of each stretch.

It is all that stays of a crosswalk while such an engine runs: the stretches themselves are let go, and those that have
rows in the data are worked out again for the report.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from weakref import WeakKeyDictionary

from nhs_orgs.frames.periods import FIRST, Span, from_number
from nhs_orgs.frames.stretches import Restating, Stretch, book_of, span_of, stretches_of
from nhs_orgs.frames.texts import OWN
from nhs_orgs.pauses import no_collection

__all__ = [
    "AFTER",
    "APPROXIMATE",
    "BASIS",
    "CELL",
    "CLOSES",
    "FOUND",
    "KEY",
    "OPENS",
    "PART",
    "REACHES",
    "STATUS",
    "TARGET",
    "WEIGHT",
    "Table",
    "table_of",
]

KEY: Final = f"{OWN}key"
CELL, PART, TARGET, STATUS = f"{OWN}cell", f"{OWN}part", f"{OWN}target", f"{OWN}status"
WEIGHT, BASIS, APPROXIMATE = f"{OWN}weight", f"{OWN}basis", f"{OWN}approximate"
OPENS, CLOSES, REACHES, AFTER = f"{OWN}opens", f"{OWN}closes", f"{OWN}reaches", f"{OWN}after"
FOUND: Final = (CELL, PART, TARGET, STATUS, WEIGHT, BASIS, APPROXIMATE)
"""What a row is given that meets one of the table."""


class Table:
    """The columns, and whose stretch each number of `CELL` is."""

    def __init__(self, crosswalk: Restating, vintage: Span | None, *, text: bool, dates: bool) -> None:
        """With the limits of stretches as texts, as dates, or without; of one `vintage`, only the stretch of it."""
        self.asked = (vintage, text, dates)
        limits = (OPENS, CLOSES, *((REACHES, AFTER) if text else ())) if dates else ()
        self.columns: dict[str, list[Any]] = {name: [] for name in (KEY, *FOUND, *limits)}
        self._codes: list[str] = []
        """Of each cell."""
        self._places = array("L")
        """Of each cell, which of the stretches of its code it is."""
        self._shown: dict[int, date | str] = {}
        with no_collection():
            for code in crosswalk.codes:
                every = stretches_of(crosswalk, code)
                for at in range(len(every)) if vintage is None else (every.index(span_of(every, *vintage)),):
                    shown = [self._day(day, text=text) for day in _limits(every, at)[: len(limits)]]
                    self._add(code, at, every[at], shown)

    def _day(self, number: int, *, text: bool) -> date | str:
        if number not in self._shown:
            day = from_number(number)
            self._shown[number] = day.isoformat() if text else day
        return self._shown[number]

    def _add(self, code: str, place: int, stretch: Stretch, limits: list[date | str]) -> None:
        cell = len(self._codes)
        self._codes.append(code)
        self._places.append(place)
        for at, part in enumerate(stretch.parts):
            which = (code, cell, at, part.target, part.status, float(part.weight), part.basis, part.approximate)
            for column, value in zip(self.columns.values(), (*which, *limits), strict=True):
                column.append(value)

    def stretch(self, crosswalk: Restating, cell: int) -> Stretch:
        """The stretch of a cell."""
        return book_of(crosswalk).of_code(crosswalk, self._codes[cell])[self._places[cell]]

    @property
    def bases(self) -> Iterator[str | None]:
        """The basis of every row."""
        return iter(self.columns[BASIS])


def _limits(every: tuple[Stretch, ...], at: int) -> tuple[int, int, int, int]:
    """When a stretch opens and closes, how far a period reaches that is still its own, and after what day."""
    one = every[at]
    late = at > 0 and one.closed and not every[at - 1].closed
    following = every[at + 1] if at + 1 < len(every) else None
    reaches = following.last if following and following.closed and not one.closed else one.last
    return one.first, one.last, reaches, one.first if late else FIRST


_TABLES: Final[WeakKeyDictionary[Restating, Table]] = WeakKeyDictionary()


def table_of(crosswalk: Restating, vintage: Span | None, *, text: bool, dates: bool) -> Table:
    """The one that was last asked for is kept as long as its crosswalk: making it takes longer than many a query."""
    table = _TABLES.get(crosswalk)
    if table is None or table.asked != (vintage, text, dates):
        table = _TABLES[crosswalk] = Table(crosswalk, vintage, text=text, dates=dates)
    return table
