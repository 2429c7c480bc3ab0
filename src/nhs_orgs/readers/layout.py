"""A report's `Layout`, declared once; and the `Line` through which its builder sees a row of it.

A layout says how a report is recognised, what it is, which column is which field, and which function makes rows
of a line. Everything else (blanks, codes, days, periods, what becomes of a bad field) is the same for every
report and lives in `Line`:

* a field that a row cannot do without (a code, the day of a succession) refuses the row: one `Problem`, no row;
* any other bad field is left out, a bad day becomes `UNKNOWN`, and a `Problem` says so;
* 1900-01-01 is what ODS prints where no day is known: `UNKNOWN`, without a `Problem`;
* a blank start is `UNKNOWN`, a blank end is none: these reports print an end for whatever has closed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeAlias

from nhs_orgs.codes import normalise
from nhs_orgs.dates import PartialDate, from_ods
from nhs_orgs.errors import InvalidCode, InvalidDate, InvalidPeriod
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.readers.base import Row
from nhs_orgs.readers.release import Release
from nhs_orgs.readers.tables import Cells, Form, Table
from nhs_orgs.sources import Source

__all__ = ["Builder", "Columns", "Layout", "Line", "RowRefused"]

FILLER: Final = date(1900, 1, 1)
"""What ODS prints where it knows no day."""
PSEUDO: Final = frozenset({"AGGRE", "GRAND TOTAL", "NONC", "NULL", "TOTAL"})
"""Texts in code columns that stand for sums, lumps or nothing, never for an organisation."""
_LUMP: Final = "a sum or a lump, not an organisation: left out"
_GSS: Final = re.compile(r"[A-Z][0-9]{8}")


class RowRefused(Exception):
    """A row, or what is left of one, that cannot be taken; it never leaves this package but becomes a `Problem`."""

    def __init__(self, what: str, why: str) -> None:
        self.what = what
        self.why = why
        super().__init__(what, why)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has which field, found when its layout was recognised."""

    index: Mapping[str, int]
    """Place of each field among the cells, from 0."""
    width: int
    """How many cells a row has."""
    titles: Mapping[str, str]
    """How to name each field's column to a person."""
    year: int | None = None
    """The year that the column names carry, as in ``CCG17CD``."""


@dataclass(slots=True)
class Line:
    """One row of a table, its cells read by field."""

    number: int
    cells: Cells
    columns: Columns
    layout: Layout
    release: Release
    source: Source | None = None

    def raw(self, name: str) -> Any:  # noqa: ANN401 - a cell of JSON is anything
        """A cell as it came, ``None`` where the table has no such column."""
        place = self.columns.index.get(name)
        return None if place is None else self.cells[place]

    def text(self, name: str) -> str | None:
        """A cell's text, white space folded; ``None`` where blank."""
        place = self.columns.index.get(name)
        cell = None if place is None else self.cells[place]
        if not cell or not isinstance(cell, str):
            return None
        folded = " ".join(cell.split())
        return None if not folded or folded in self.layout.blanks else folded

    def upper(self, name: str) -> str | None:
        """A cell's text in capitals; ``None`` where blank."""
        text = self.text(name)
        return text.upper() if text else None

    def code(self, name: str) -> str:
        """The code that a row cannot do without.

        Raises:
            RowRefused: There is none, or it is no ODS code.
        """
        text = self.text(name)
        if text is None:
            raise RowRefused(f"{self.title(name)} is blank", "no code: left out")
        try:
            code = normalise(text)
        except InvalidCode as error:
            if text.upper() in PSEUDO:
                raise self.refusal(name, _LUMP) from error
            hint = f", perhaps {' or '.join(error.candidates)}" if error.candidates else ""
            raise self.refusal(name, f"not an ODS code: {error.why}{hint}: left out") from error
        if code in PSEUDO:
            raise self.refusal(name, _LUMP)
        return code

    def code_if_any(self, name: str) -> str | None:
        """A code that a row may lack; a bad one is left out and noted."""
        if self.text(name) is None:
            return None
        try:
            return self.code(name)
        except RowRefused as refusal:
            self.release.problem(self.number, refusal.what, refusal.why)
            return None

    def gss(self, name: str) -> str | None:
        """A GSS code, ``None`` where blank; a bad one is left out and noted."""
        text = self.text(name)
        if text is None or _GSS.fullmatch(text):
            return text
        self.problem(name, "not a GSS code (a letter and eight digits): left out")
        return None

    def day(self, name: str) -> date:
        """The day that a row cannot do without.

        Raises:
            RowRefused: There is none, or it is no day.
        """
        text = self.text(name)
        if text is None:
            raise RowRefused(f"{self.title(name)} is blank", "no day: left out")
        try:
            day = self.layout.dates(text)
        except InvalidDate as error:
            raise self.refusal(name, f"not {error.expected}: left out") from error
        if day == FILLER:
            raise self.refusal(name, "what ODS prints where it knows no day: left out")
        return day

    def bound(self, name: str, *, blank: Bound) -> Bound:
        """A first or last day; a bad one is unknown and noted."""
        text = self.text(name)
        if text is None:
            return blank
        try:
            day = self.layout.dates(text)
        except InvalidDate as error:
            self.problem(name, f"not {error.expected}: taken as unknown")
            return UNKNOWN
        return UNKNOWN if day == FILLER else day

    def period(self, start: str, end: str) -> Period:
        """The stretch between two days, both days included; limits in the wrong order are unknown and noted."""
        printed = self.text(start), self.text(end)
        known = self.release.periods.get(printed)
        if known is None:
            before = len(self.release.problems)
            known = self._period(start, end)
            if len(self.release.problems) == before:
                self.release.periods[printed] = known
        return known

    def _period(self, start: str, end: str) -> Period:
        first, last = self.bound(start, blank=UNKNOWN), self.bound(end, blank=None)
        try:
            return Period(first, last)
        except InvalidPeriod:
            self.problem(end, f"before {self.title(start)} {self.text(start)!r}: both taken as unknown")
            return Period(UNKNOWN, UNKNOWN)

    def period_if_any(self, start: str, end: str) -> Period | None:
        """The stretch between two days, ``None`` where both are blank."""
        return None if self.text(start) is None and self.text(end) is None else self.period(start, end)

    def amount(self, name: str) -> float | None:
        """A number of at least zero; ``None`` where blank, a bad one noted."""
        text = self.text(name)
        if text is None:
            return None
        try:
            number = float(text)
        except ValueError:
            number = -1
        if 0 <= number < float("inf"):
            return number
        self.problem(name, "not a number of at least zero: left out")
        return None

    def share(self, name: str, *, whole: float = 1) -> float | None:
        """A part of `whole`, as a fraction of 1."""
        number = self.amount(name)
        if number is None or number <= whole:
            # 37.42 of 100 is 0.3742: the quotient of two binary numbers may have a tail that nobody printed.
            return None if number is None else round(number / whole, 9)
        self.problem(name, f"more than the whole ({whole:g}): left out")
        return None

    def problem(self, name: str, why: str) -> None:
        """Note what is wrong with one field of this row."""
        self.release.problem(self.number, f"{self.title(name)}: {self.text(name)!r}", why)

    def refusal(self, name: str, why: str) -> RowRefused:
        """What to raise when a field makes the row useless."""
        return RowRefused(f"{self.title(name)}: {self.text(name)!r}", why)

    def title(self, name: str) -> str:
        """How a person finds the column of a field."""
        return self.columns.titles.get(name, name)

    def cited(self) -> Source:
        """The source to name in rows made of this line."""
        if self.source is None:
            as_at = self.layout.row_as_at(self) if self.layout.row_as_at else None
            self.source = self.layout.source(self.release, as_at)
        return self.source


Builder: TypeAlias = Callable[[Line], Iterable[Row]]
"""Makes the rows of one line; rows given before a `RowRefused` stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one report is recognised, cited and read."""

    report: str
    """Its identifier, in `Source.report` and before the ``@`` of `Source.id`."""
    title: str
    publisher: str
    names: tuple[str, ...]
    """Beginnings of the file names that claim to be this report, in lower case."""
    columns: Mapping[str, int | str]
    """Column of each field: its number from 1 where there is no header, else a pattern of its heading.
    A pattern's first group is the last two digits of the year that the heading speaks of."""
    build: Builder
    widths: tuple[int, ...] = ()
    """How many columns a row may have, without a header; none where there is a header."""
    fits: Callable[[Cells], bool] = field(default=lambda _cells: True)
    """Without a header: whether a row can be one of this report."""
    form: Form = Form.TABLE
    dates: Callable[[str], date] = from_ods
    blanks: frozenset[str] = frozenset()
    """Texts that mean a blank."""
    as_at: PartialDate | None = None
    """When all files of this layout speak of one time, that time."""
    row_as_at: Callable[[Line], PartialDate] | None = None
    """When each row says what time it speaks of, how: one file then is several releases."""
    finish: Callable[[Release, Layout], Iterable[Row]] | None = None
    """Rows of the whole table, made of what `build` put by in the release's memory."""

    def claimed_by(self, stem: str) -> bool:
        """Whether a file of this name, without its endings, says that it is this report."""
        return any(stem == name or (stem.startswith(name) and not stem[len(name)].isalpha()) for name in self.names)

    def source(self, release: Release, as_at: PartialDate | None = None) -> Source:
        """A release of this report as a source."""
        return release.source(self.report, self.title, self.publisher, as_at)

    def found_in(self, table: Table, head: Sequence[Cells], *, least: float) -> Columns | None:
        """Where a table has this layout's fields, ``None`` if it is not of this layout.

        Args:
            table: The table.
            head: Its first rows.
            least: Without a header: which part of those rows must fit at least.
        """
        if table.form is not self.form or not head:
            return None
        return self._by_shape(head, least) if self.widths else self._by_header(head[0])

    def _by_shape(self, head: Sequence[Cells], least: float) -> Columns | None:
        fitting = [len(cells) for cells in head if len(cells) in self.widths and self.fits(cells)]
        if not fitting or len(fitting) < least * len(head):
            return None
        width = max(fitting, key=fitting.count)
        index = {name: place - 1 for name, place in self.columns.items() if isinstance(place, int) and place <= width}
        titles = {name: f"column {place + 1} ({name})" for name, place in index.items()}
        return Columns(index, width, titles)

    def _by_header(self, header: Cells) -> Columns | None:
        headings = [" ".join(cell.split()) for cell in header]
        index: dict[str, int] = {}
        year = None
        for name, pattern in self.columns.items():
            found = ((place, re.fullmatch(str(pattern), text, re.IGNORECASE)) for place, text in enumerate(headings))
            place, match = next(((place, match) for place, match in found if match), (-1, None))
            if match is None:
                return None
            index[name] = place
            year = 2000 + int(match[1]) if match.re.groups else year
        return Columns(index, len(headings), {name: f"column {headings[place]}" for name, place in index.items()}, year)
