"""The report beside a restated frame: what was matched, what was not, and what is approximate.

It is worked out when it is asked for. Rows are those of the caller's frame, each once; totals are of its columns of
counts, undivided; shares are fractions of 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from math import isfinite
from typing import Any, Final

from nhs_orgs.amounts import amount
from nhs_orgs.errors import UnmappedCodes
from nhs_orgs.frames.doubles import DoubleCount, Related, double_counts
from nhs_orgs.frames.page import SHOWN, as_html, as_text
from nhs_orgs.frames.sections import CODE_SECTIONS, SECTIONS, Told, place, told_of
from nhs_orgs.frames.stretches import Restating
from nhs_orgs.frames.tally import Counted, CountedCells, Sort, Tally
from nhs_orgs.frames.unhurried import Unhurried
from nhs_orgs.pauses import no_collection
from nhs_orgs.statuses import Status

__all__ = ["CodeLine", "Line", "MatchReport"]

_SUGGESTED: Final = 20
"""Of how many codes that nobody knows the report looks for similar ones by itself: a look takes 15 milliseconds."""


@dataclass(frozen=True, slots=True)
class Line:
    """Rows and totals of one status or one basis."""

    name: str
    rows: float
    """A row that was divided counts for each part by its weight."""
    totals: Mapping[str, float]
    """By column of counts."""
    share_of_rows: float
    shares: Mapping[str, float | None]
    """Of each total; ``None`` where that is zero or no finite number."""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One value of the column of codes, where something is to be said about it."""

    value: Any
    """As the frame spells it."""
    code: str | None
    """The code it stands for; ``None`` where it is none."""
    status: str
    rows: int
    totals: Mapping[str, float]
    reason: str | None
    targets: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    """Codes among which it would be divided."""
    suggestions: tuple[str, ...] = ()
    """Codes that it may have been, or looks like."""


@dataclass(frozen=True)
class MatchReport:
    """What was matched, what was not and why, what is approximate and on which basis, what is counted twice."""

    _tally: Tally = field(repr=False)
    _crosswalk: Restating = field(repr=False)
    _related: Related = field(repr=False)
    _as_frame: Callable[[Mapping[str, list[Any]]], Any] = field(repr=False)

    @cached_property
    def _counted(self) -> CountedCells:
        return self._tally.counted()

    @property
    def to(self) -> str:
        """The day restated to."""
        return self._crosswalk.to.isoformat()

    # --- rows and totals ----------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> int:
        """How many rows the caller's frame has."""
        return round(self._counted.total[0])

    @cached_property
    def restated_rows(self) -> int:
        """How many rows the restated frame has, row by row: one for each part of a divided body."""
        return self._counted.restated_rows

    @cached_property
    def missing(self) -> dict[str, int]:
        """How many rows have no figure, by column of values; a sum is of the others, and is less by what these had."""
        return dict(self._counted.missing)

    @cached_property
    def undated(self) -> int:
        """How many rows have no date: nobody can say which body they are of, and they are unknown.

        Of a frame that is not in memory, also those whose date cannot be read; elsewhere such a frame is refused.
        """
        return self._counted.undated

    @cached_property
    def totals(self) -> dict[str, float]:
        """The total of each column of counts, the same before and after."""
        return dict(zip(self._tally.counts, self._counted.total[1], strict=True))

    @cached_property
    def statuses(self) -> tuple[Line, ...]:
        """Rows and totals by status, in the order of `Status`; those that occur."""
        found = self._added(lambda sort: sort.status)
        return tuple(self._line(one.value, *found[one.value]) for one in Status if one.value in found)

    @cached_property
    def bases(self) -> tuple[Line, ...]:
        """Rows and totals of what is approximate, by the basis on which it is."""
        found = self._added(lambda sort: sort.basis)
        found.pop(None, None)
        return tuple(self._line(name, *found[name]) for name in sorted(name for name in found if name is not None))

    def _added(self, name_of: Callable[[Sort], str | None]) -> dict[str | None, tuple[float, list[float]]]:
        found: dict[str | None, tuple[float, list[float]]] = {}
        for sort, (rows, sums) in self._counted.by_sort.items():
            before, totals = found.get(name_of(sort), (0.0, [0.0] * len(sums)))
            found[name_of(sort)] = before + rows, [one + other for one, other in zip(totals, sums, strict=True)]
        return found

    def _line(self, name: str, rows: float, sums: Iterable[float]) -> Line:
        totals = dict(zip(self._tally.counts, sums, strict=True))
        shares = {column: _share(total, self.totals[column]) for column, total in totals.items()}
        return Line(name, rows, totals, _share(rows, self.rows) or 0.0, shares)

    def matched(self, column: str | None = None) -> float | None:
        """The share of the total of a column of counts that found a target; of the rows, if none is named."""
        return self._part_of(column, lambda sort: sort.matched)

    def matched_without_pseudo(self, column: str | None = None) -> float | None:
        """The same share of what is left without the rows of pseudo codes: aggregates count the others again."""
        return self._part_of(column, lambda sort: sort.matched, of=lambda sort: sort.status != Status.PSEUDO.value)

    def approximate(self, column: str | None = None) -> float | None:
        """The share of the total of a column of counts that is approximate; of the rows, if none is named."""
        return self._part_of(column, lambda sort: sort.basis is not None)

    def _part_of(
        self, column: str | None, wanted: Callable[[Sort], bool], *, of: Callable[[Sort], bool] | None = None
    ) -> float | None:
        if of is not None:
            return _share(self._total(column, wanted), self._total(column, of))
        return _share(self._total(column, wanted), self.rows if column is None else self.totals[column])

    def _total(self, column: str | None, wanted: Callable[[Sort], bool]) -> float:
        rows, sums = self._added(lambda sort: "" if wanted(sort) else None).get("", (0.0, [0.0] * len(self.totals)))
        return rows if column is None else dict(zip(self._tally.counts, sums, strict=True))[column]

    # --- codes --------------------------------------------------------------------------------------------------

    @cached_property
    def unmapped(self) -> Sequence[CodeLine]:
        """Values with rows that found no target though they stand for an organisation or for nobody knows what."""
        return self._lines("unmapped")

    @cached_property
    def ambiguous(self) -> Sequence[CodeLine]:
        """Codes of bodies that were divided: into shares, left whole, or put with the largest part."""
        return self._lines("ambiguous")

    @cached_property
    def closed(self) -> Sequence[CodeLine]:
        """Codes with rows of dates after they had closed."""
        return self._lines("closed")

    @cached_property
    def pseudo(self) -> Sequence[CodeLine]:
        """Values that stand for aggregates."""
        return self._lines("pseudo")

    @cached_property
    def damaged(self) -> Sequence[CodeLine]:
        """Values that a spreadsheet or a data frame made of codes, with what they may have been."""
        return self._lines("damaged")

    @cached_property
    def double_counts(self) -> tuple[DoubleCount, ...]:
        """Pairs of codes that hold the same figures in one period."""
        return double_counts(self._tally, self._counted, self._related)

    @cached_property
    def parts_moved(self) -> Sequence[CodeLine]:
        """Codes that found a target, while a body on the way there gained or lost a part: `reason` says which.

        Their figures are where they belong, but are not of the same services or places before and after: those of a
        body that gained a part jump on that day.
        """
        return self._lines("parts_moved")

    @cached_property
    def _unmapped(self) -> list[Counted]:
        return self._found("unmapped")

    def _found(self, section: str) -> list[Counted]:
        """What a section is of, those with the most rows first."""
        with no_collection():
            return sorted(self._counted.of_sorts(CODE_SECTIONS[section]), key=place)

    def _lines(self, section: str) -> Sequence[CodeLine]:
        """A section; codes that look alike, which takes long, for the first few."""
        found = self._unmapped if section == "unmapped" else self._found(section)
        told = cache(lambda stretch: told_of(section, stretch))
        return Unhurried(
            len(found), lambda at: self._code_line(found[at], told(found[at].stretch), look=at < _SUGGESTED)
        )

    def _code_line(self, one: Counted, told: Told, *, look: bool) -> CodeLine:
        reason: str = told.reason
        suggestions: tuple[str, ...] = ()
        if one.stretch.code is None and not reason:
            reason, suggestions = self._judged(one.value, look=look)
        return CodeLine(
            value=one.value,
            code=one.stretch.code,
            status=told.status,
            rows=one.rows,
            totals=dict(zip(self._tally.counts, one.sums, strict=True)),
            reason=reason or None,
            targets=told.targets,
            among=told.among,
            suggestions=suggestions,
        )

    def _judged(self, value: object, *, look: bool) -> tuple[str, tuple[str, ...]]:
        judged = self._crosswalk.judge(value)
        near = judged.candidates
        if look and not near and judged.status is Status.UNKNOWN:
            near = self._crosswalk.suggest(value)
        return judged.reason or "", near

    # --- other forms --------------------------------------------------------------------------------------------

    def raise_for_unmapped(self) -> None:
        """Raise if any row found no target; rows of aggregates, such as England, do not count.

        Raises:
            UnmappedCodes: Some did not; it names the codes.
        """
        if not self._unmapped:
            return
        codes = tuple(dict.fromkeys(str(one.value) for one in self._unmapped))
        rows = sum(one.rows for one in self._unmapped)
        first = self.unmapped[:5]
        shown = [f"{line.value} ({line.reason or line.status}, {amount(line.rows, 'row')})" for line in first]
        more = f" and {len(codes) - 5:,} codes more" if len(codes) > len(shown) else ""
        raise UnmappedCodes(codes, rows, ", ".join(shown) + more)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        with no_collection():
            return {**self._summary(), **{name: list(map(_as_dict, getattr(self, name))) for name in SECTIONS}}

    def _summary(self) -> dict[str, Any]:
        return {
            "to": self.to,
            "rows": self.rows,
            "restated_rows": self.restated_rows,
            "totals": self.totals,
            "missing": self.missing,
            "undated": self.undated,
            "matched": self._shares(self.matched),
            "matched_without_pseudo": self._shares(self.matched_without_pseudo),
            "approximate": self._shares(self.approximate),
        }

    def _shares(self, share: Callable[[str | None], float | None]) -> dict[str, Any]:
        return {"rows": share(None), "totals": {name: share(name) for name in self.totals}}

    def to_json(self) -> str:
        """All of it as JSON; a total that is no finite number is ``null``."""
        try:
            return json.dumps(self.to_dict(), default=str, ensure_ascii=False, allow_nan=False)
        except ValueError:
            return json.dumps(_finite(self.to_dict()), default=str, ensure_ascii=False)

    def to_frame(self) -> Any:  # noqa: ANN401 - the caller's own kind of frame
        """All of its lines as one table, in the caller's kind of frame; `about` names the section of each.

        Every table has every column, empty where a section has nothing to say in it. The lines of ``statuses`` account
        for each row of the data once; those of the other sections speak of some of these rows again.

        Examples:
            >>> import nhs_orgs as nhs, polars as pl
            >>> beds = pl.DataFrame({"code": ["RW6", "RM3", "R0A"], "beds": [1000, 800, 1900]})
            >>> crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
            >>> report = crosswalk.apply(beds, code="code", vintage="2019-20", values="beds").report
            >>> for row in report.to_frame().select("about", "value", "status", "basis", "rows", "total beds").rows():
            ...     print(*row)
            statuses None current None 1.0 1900.0
            statuses None same-code-other-body None 1.0 800.0
            statuses None divided None 1.0 1000.0
            bases None None floor area 1.0 1000.0
            ambiguous RW6 divided None 1.0 1000.0
            parts_moved R0A current None 1.0 1900.0
        """
        with no_collection():
            columns = dict(self._columns())
        return self._as_frame(columns)

    def _columns(self) -> Iterator[tuple[str, list[Any]]]:
        lines = [(section, line) for section in SECTIONS for line in getattr(self, section)]
        values = [getattr(line, "value", None) for _, line in lines]
        yield "about", [section for section, _ in lines]
        yield "value", [None if value is None else str(value) for value in values]
        yield "code", [getattr(line, "code", None) for _, line in lines]
        yield (
            "status",
            [line.name if section == "statuses" else getattr(line, "status", None) for section, line in lines],
        )
        yield "basis", [line.name if section == "bases" else None for section, line in lines]
        yield "rows", [float(line.rows) for _, line in lines]
        yield "reason", [getattr(line, "reason", None) for _, line in lines]
        for name in ("targets", "among", "suggestions"):
            yield name, [" ".join(getattr(line, name, ())) for _, line in lines]
        yield "other", [getattr(line, "other", None) for _, line in lines]
        yield "periods", [", ".join(getattr(line, "periods", ())) for _, line in lines]
        for name in self._tally.counts:
            yield f"total {name}", [getattr(line, "totals", {}).get(name) for _, line in lines]

    def __repr__(self) -> str:
        """What it is of, without a look at the data, which may be of any size."""
        return f"MatchReport(to {self._crosswalk.to}; print it to see it)"

    def __str__(self) -> str:
        """A few lines for a terminal."""
        return as_text(*self._shown())

    def _repr_html_(self) -> str:
        """A page for a notebook."""
        return as_html(*self._shown())

    def _shown(self) -> tuple[dict[str, Any], dict[str, int]]:
        """As plain values, of each section the first lines; and how many it has."""
        lines: dict[str, tuple[Any, ...]] = {name: getattr(self, name)[:SHOWN] for name in CODE_SECTIONS}
        lines |= {name: getattr(self, name) for name in SECTIONS if name not in lines}
        many = {name: len(getattr(self, name)) for name in lines}
        return {**self._summary(), **{name: list(map(_as_dict, some)) for name, some in lines.items()}}, many


def _share(part: float, whole: float) -> float | None:
    share = part / whole if whole else None
    return share if share is not None and isfinite(share) else None


_FIELDS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in (Line, CodeLine, DoubleCount)}


def _as_dict(line: Line | CodeLine | DoubleCount) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _FIELDS[type(line)]}


def _finite(value: Any) -> Any:  # noqa: ANN401 - plain values of any depth
    if isinstance(value, Mapping):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value
