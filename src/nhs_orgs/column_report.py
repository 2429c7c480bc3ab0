"""What there is to say about a column of codes: how its values stand, of which time they are, what to do next.

A report is a value: immutable, equal to another that says the same, and readable as text, in a notebook, as JSON and
as rows for a data frame. Every value of the column has exactly one standing, so their counts add up to its length.

>>> flagged = Flagged("5E+01", 3, "its E was taken for an exponent", ("5E1",))
>>> finding = ColumnFinding("damaged", serious=True, what="Spoilt.", todo="Mend them.", flagged=(flagged,))
>>> finding.rows, finding.codes
(3, ('5E+01',))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape
from typing import Any, Final

from nhs_orgs.amounts import amount
from nhs_orgs.errors import ColumnProblems
from nhs_orgs.period import Period
from nhs_orgs.vintages import Vintages

__all__ = ["ColumnFinding", "ColumnReport", "Flagged", "KindCount", "Standing"]

_SHOWN: Final = 8
"""How many values of a finding a text shows."""


class Standing(Enum):
    """How a value of a column stands to the register, and to its own date where there is one."""

    OPEN = "open"
    """Open on its date: of a month or a year, on some day of it."""
    KNOWN = "known"
    """A code of the register, and no date was asked about."""
    CLOSED = "closed"
    """It had closed by its date."""
    NOT_YET_OPEN = "not yet open"
    """It had not opened by its date."""
    UNDATED = "undated"
    """No source says whether it was open on its date."""
    NO_DATE = "no date"
    """A code of the register on a row without a date."""
    OTHER_SPELLING = "other spelling"
    """Known, but in lower case or with blanks; what is closed or not yet open counts as that first."""
    PSEUDO = "pseudo"
    """An aggregate or a default, such as England: no organisation."""
    DAMAGED = "damaged"
    """What a spreadsheet or a data frame left of a code."""
    NOT_HELD = "not held"
    """Of a shape of which the register has no codes, or only some, such as those of practices: it may well exist."""
    UNKNOWN = "unknown"
    """Of the shape of a trust or a commissioner, and not among them: as far as the sources go it never existed."""
    MISSING = "missing"
    """No value."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """One value that a finding is about."""

    value: str
    """As text; of a missing value none."""
    rows: int
    note: str
    """What is the matter with it."""
    candidates: tuple[str, ...] = ()
    """Codes that may have been meant."""

    def __str__(self) -> str:
        """The value, its rows, the note, and what may have been meant."""
        meant = f"; perhaps {', '.join(self.candidates)}" if self.candidates else ""
        return f"{self.value!r} ({amount(self.rows, 'row')}): {self.note}{meant}"


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """Something about a column that its user should know."""

    rule: str
    """A word for it, such as ``closed`` or ``double-count``."""
    serious: bool
    """Whether figures would be wrong if nothing were done."""
    what: str
    """What was found, in a sentence."""
    todo: str
    """What to do next."""
    flagged: tuple[Flagged, ...]
    """Every value concerned, those of most rows first."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The values concerned, as they are in the column."""
        return tuple(flagged.value for flagged in self.flagged)

    @property
    def rows(self) -> int:
        """How many rows are concerned; one that two values share counts for both."""
        return sum(flagged.rows for flagged in self.flagged)

    def describe(self) -> str:
        """In words, the first few values a line each."""
        head = f"{self.rule}: {amount(len(self.flagged), 'value')}, {amount(self.rows, 'row')}. {self.what} {self.todo}"
        more = len(self.flagged) - _SHOWN
        lines = [f"  {flagged}" for flagged in self.flagged[:_SHOWN]]
        return "\n".join([head, *lines, *([f"  and {more:,} more"] if more > 0 else [])])

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        flagged = [
            {"value": one.value, "rows": one.rows, "note": one.note, "candidates": list(one.candidates)}
            for one in self.flagged
        ]
        words = {"rule": self.rule, "serious": self.serious, "what": self.what, "todo": self.todo}
        return {**words, "rows": self.rows, "flagged": flagged}


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many codes of a column are of one kind, and on how many rows."""

    kind: str
    """Class name."""
    title: str
    """In words."""
    codes: int
    rows: int


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """Findings about a column of organisation codes."""

    rows: int
    """How many values the column has."""
    distinct: int
    """How many different ones, missing values as one."""
    dates: Period | None
    """From the first to the last day asked about; ``None`` where none was."""
    standings: tuple[tuple[Standing, int], ...]
    """How many rows stand how, in the order of `Standing`; those of none are left out. They add up to `rows`."""
    kinds: tuple[KindCount, ...]
    """Which kinds, the most codes first; each code as of the last date, without dates as of the best vintage."""
    vintages: Vintages
    """On which days the most of the codes were open at once."""
    findings: tuple[ColumnFinding, ...]
    """What to look at, serious ones first."""
    release: str
    """As-at date of the register."""

    def count(self, standing: Standing | str) -> int:
        """How many rows stand that way."""
        return dict(self.standings).get(Standing(standing), 0)

    def finding(self, rule: str) -> ColumnFinding | None:
        """The finding by a rule, ``None`` where there is none."""
        return next((finding for finding in self.findings if finding.rule == rule), None)

    @property
    def problems(self) -> tuple[ColumnFinding, ...]:
        """The findings by which figures would be wrong if nothing were done."""
        return tuple(finding for finding in self.findings if finding.serious)

    def raise_for_problems(self) -> None:
        """Raise `ColumnProblems` if there are any; for a pipeline that must stop rather than count wrongly."""
        if self.problems:
            told = "; ".join(f"{finding.rule}: {amount(finding.rows, 'row')}" for finding in self.problems)
            raise ColumnProblems(self, f"The column has problems: {told}.")

    def describe(self) -> str:
        """The whole report as text."""
        counts = (f"  {standing.value}: {amount(rows, 'row')}" for standing, rows in self.standings)
        findings = (finding.describe() for finding in self.findings)
        return "\n".join([self._head(), *counts, *self._tail(), "", *findings, *self._clean()])

    def _head(self) -> str:
        when = f", {self.dates.describe()}" if self.dates else ""
        return f"{self.rows:,} values, {self.distinct:,} different{when}; register as at {self.release}"

    def _tail(self) -> Iterator[str]:
        if self.kinds:
            yield "Kinds: " + ", ".join(f"{kind.title} ({kind.codes:,})" for kind in self.kinds)
        yield "Fits best: " + "; ".join(self.vintages.describe().splitlines())

    def _clean(self) -> tuple[str, ...]:
        return () if self.findings else ("Nothing to mend.",)

    def __str__(self) -> str:
        """As `describe`."""
        return self.describe()

    def __repr__(self) -> str:
        """How much it holds."""
        rules = ", ".join(finding.rule for finding in self.findings)
        return f"ColumnReport({self.rows:,} rows, {self.distinct:,} values, findings: {rules or 'none'})"

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "rows": self.rows,
            "distinct": self.distinct,
            "dates": None if self.dates is None else str(self.dates),
            "release": self.release,
            "standings": {standing.value: rows for standing, rows in self.standings},
            "kinds": [{"kind": kind.kind, "codes": kind.codes, "rows": kind.rows} for kind in self.kinds],
            "vintages": self.vintages.to_dict(),
            "findings": [finding.to_dict() for finding in self.findings],
        }

    def to_rows(self) -> list[dict[str, Any]]:
        """A row for each value of each finding, for a data frame of any kind; candidates with blanks between."""
        return [
            {
                "rule": finding.rule,
                "serious": finding.serious,
                "value": flagged.value,
                "rows": flagged.rows,
                "note": flagged.note,
                "candidates": " ".join(flagged.candidates),
                "todo": finding.todo,
            }
            for finding in self.findings
            for flagged in finding.flagged
        ]

    def _repr_html_(self) -> str:
        """As a notebook shows it."""
        standings = _table(("standing", "rows"), ((standing.value, f"{rows:,}") for standing, rows in self.standings))
        parts = [f"<p>{escape(self._head())}</p>", standings, *(f"<p>{escape(line)}</p>" for line in self._tail())]
        return "".join([*parts, *map(_html, self.findings), *(f"<p>{line}</p>" for line in self._clean())])


def _html(finding: ColumnFinding) -> str:
    shown = ((one.value, f"{one.rows:,}", one.note, ", ".join(one.candidates)) for one in finding.flagged[:_SHOWN])
    count = f"{amount(len(finding.flagged), 'value')}, {amount(finding.rows, 'row')}"
    mark = "" if finding.serious else " (note)"
    head = f"<p><b>{escape(finding.rule)}</b>{mark}: {count}. {escape(finding.what)} {escape(finding.todo)}</p>"
    return head + _table(("value", "rows", "what", "perhaps"), shown)


def _table(names: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Numbers end below one another, texts begin so: notebooks have ideas of their own."""
    sides = ["right" if name == "rows" else "left" for name in names]
    body = "".join(_row("td", row, sides) for row in rows)
    return f"<table><thead>{_row('th', names, sides)}</thead><tbody>{body}</tbody></table>"


def _row(tag: str, cells: Iterable[str], sides: Iterable[str]) -> str:
    made = (
        f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>' for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{''.join(made)}</tr>"
