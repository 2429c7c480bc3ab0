"""Restating frames held in memory: distinct codes first, then arithmetic on whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.cells import UNDATED_DAY, Cells, Dates, Ids, make_cells
from nhs_orgs.frames.columns import Added, Content, Frame, no_dates, some_rows
from nhs_orgs.frames.in_memory import frame_of
from nhs_orgs.frames.periods import EXPECTED, month_of, of_values
from nhs_orgs.frames.request import Request
from nhs_orgs.frames.stretches import Restating, book_of
from nhs_orgs.frames.sums import added_up, with_products
from nhs_orgs.frames.tally import Counted, Overlap, Pair
from nhs_orgs.statuses import Splits

__all__ = ["EagerTally", "add_up", "restate"]

CELL = "nhs_orgs cell"
"""The name of a column that lives only inside."""


def restate(frame: Frame, crosswalk: Restating, request: Request) -> tuple[Any, EagerTally]:
    """A frame row by row, in its own kind, and what was counted.

    Raises:
        InvalidFrame: A column holds what it cannot.
    """
    tally = count(frame, crosswalk, request)
    return _built(frame, request, tally.cells, _scaled(crosswalk, request)), tally


def _scaled(crosswalk: Restating, request: Request) -> tuple[str, ...]:
    """The columns that may become fractions: none where nothing is divided, so that whole numbers stay whole."""
    return request.scaled if crosswalk.splits is Splits.DIVIDE else ()


def count(frame: Frame, crosswalk: Restating, request: Request) -> EagerTally:
    """Which row stands where, and the totals of each place. Raises `InvalidFrame`."""
    sums = {name: frame.numbers(name) for name in request.numbers}
    ids, values = frame.encoded(request.code)
    dates, periods = _dates(frame, request)
    cells = make_cells(ids, book_of(crosswalk).of_values(crosswalk, values), dates)
    many = len(cells.owners)
    return EagerTally(
        counts=request.counts,
        values=values,
        cells=cells,
        rows=np.bincount(cells.of_rows, minlength=many),
        sums=[_sums(cells.of_rows, sums[name], many) for name in request.counts],
        periods=periods,
    )


def _built(frame: Frame, request: Request, cells: Cells, scaled: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The restated frame; rows of divided bodies come once for each part."""
    names, parts = request.names, cells.parts
    added = (
        Added(request.code, Content.CODE, [part.target for part in parts]),
        Added(names.status, Content.WORD, [part.status for part in parts]),
        Added(names.weight, Content.NUMBER, [part.weight for part in parts]),
        Added(names.basis, Content.WORD, [part.basis for part in parts]),
        Added(names.approximate, Content.FLAG, [part.approximate for part in parts]),
    )
    rows, places = _places(cells)
    return frame.built(request.code, names.source, rows, places, added, scaled)


def _places(cells: Cells) -> tuple[Ids | None, Ids]:
    """Which row each new row comes from, and which part it is; no rows where each comes once."""
    if len(cells.parts) == len(cells.owners):
        return None, cells.of_rows
    sizes = cells.sizes
    first = np.cumsum(sizes) - sizes
    many = sizes[cells.of_rows]
    if not many.size or many.max() == 1:
        return None, first[cells.of_rows]
    rows = np.repeat(np.arange(len(many)), many)
    begins = np.cumsum(many) - many
    return rows, first[cells.of_rows][rows] + np.arange(len(rows)) - begins[rows]


def add_up(plan: nw.DataFrame[Any], crosswalk: Restating, request: Request) -> tuple[Any, EagerTally]:
    """A frame added up by target, in its own kind: by cell first, so that only few rows are divided.

    Raises:
        InvalidFrame: A column holds what it cannot.
    """
    frame = frame_of(plan)
    tally = count(frame, crosswalk, request)
    by, wider = request.by or (), request.with_products()
    native = nw.get_native_namespace(plan)
    of_rows = nw.new_series(CELL, tally.cells.of_rows, nw.Int64, backend=native)
    narrow = with_products(plan, request).select(*by, *wider.scaled)
    few = narrow.with_columns(of_rows).group_by(CELL, *by).agg(*(nw.col(name).sum() for name in wider.scaled))
    few = _with_codes(few, plan, tally.cells, request.code)
    cells = replace(tally.cells, of_rows=few[CELL].to_numpy())
    built = _built(frame_of(few.drop(CELL)), wider, cells, _scaled(crosswalk, wider))
    return nw.to_native(added_up(nw.from_native(built, eager_only=True), request)), tally


def _with_codes(few: nw.DataFrame[Any], plan: nw.DataFrame[Any], cells: Cells, code: str) -> nw.DataFrame[Any]:
    """With the code of each cell as the frame spells it: that of its first row."""
    rows = np.zeros(len(cells.owners), np.int64)
    rows[cells.of_rows[::-1]] = np.arange(len(cells.of_rows))[::-1]
    codes = plan[code][rows[few[CELL].to_numpy()].tolist()]
    return few.with_columns(codes)


# --- dates ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Periods:
    """Which period each row is of, to find codes that meet in one."""

    ids: Ids | None
    """``None``: all are of one."""
    labels: list[str] | None
    """``None``: the ids are days, and their months are meant."""


def _dates(frame: Frame, request: Request) -> tuple[Dates, _Periods]:
    if request.vintage is not None:
        return Dates(None, None, *request.vintage), _Periods(None, [month_of(request.vintage[1])])
    name = request.on or ""
    found = frame.days(name)
    if found is None:
        return _texts(frame, name)
    days, empty = found
    known = days[days != UNDATED_DAY] if empty else days
    low, high = (int(known.min()), int(known.max())) if known.size else (0, 0)
    return Dates(days, days, low, high, empty), _Periods(days, None)


def _texts(frame: Frame, name: str) -> tuple[Dates, _Periods]:
    """Dates written as texts, or as objects of several kinds: each distinct one is read once."""
    try:
        ids, values = frame.encoded(name)
    except ValueError as error:
        raise no_dates(
            name, getattr(error, "why", "values").removeprefix("holds ").partition(",")[0], EXPECTED
        ) from None
    spans = of_values(values)
    unread = [at for at, (value, span) in enumerate(zip(values, spans, strict=True)) if value is not None and not span]
    if unread:
        wrong = np.isin(ids, unread)
        if wrong.any():
            raise no_dates(name, repr(values[int(ids[wrong][0])]), EXPECTED, some_rows(wrong))
    limits = np.array([span or (UNDATED_DAY, UNDATED_DAY) for span in spans], np.int32).reshape(-1, 2)
    known = [span for span in spans if span]
    low, high = min((span[0] for span in known), default=0), max((span[1] for span in known), default=0)
    first, last = limits[ids, 0], limits[ids, 1]
    same = (limits[:, 0] == limits[:, 1]).all()
    dates = Dates(last if same else first, last, low, high, len(known) < len(spans))
    return dates, _Periods(ids, [str(value) for value in values])


# --- counting ---------------------------------------------------------------------------------------------------------


def _sums(cells: Ids, numbers: NDArray[np.float64], many: int) -> NDArray[np.float64]:
    found: NDArray[Any] = np.bincount(cells, weights=numbers, minlength=many)
    return found.astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class EagerTally:
    """What was counted, by cell."""

    counts: tuple[str, ...]
    values: list[Any]
    cells: Cells
    rows: Ids
    sums: list[NDArray[np.float64]]
    periods: _Periods

    def counted(self) -> Sequence[Counted]:
        """Every cell that has rows."""
        present = np.flatnonzero(self.rows)
        sums = zip(*(column[present].tolist() for column in self.sums), strict=True) if self.sums else None
        columns = zip(present.tolist(), self.rows[present].tolist(), sums or ((),) * len(present), strict=True)
        owners, stretches, values = self.cells.owners, self.cells.stretches, self.values
        return [Counted(cell, values[owners[cell]], stretches[cell], rows, total) for cell, rows, total in columns]

    def overlaps(self, pairs: Sequence[Pair]) -> list[Overlap]:
        """Of each pair the periods in which both have rows."""
        involved = sorted({cell for pair in pairs for cells in pair for cell in cells})
        if not involved:
            return []
        table, labels = self._by_period(involved)
        place = {cell: at for at, cell in enumerate(involved)}
        return [_overlap(pair, table, place, labels) for pair in pairs]

    def _by_period(self, involved: list[int]) -> tuple[Ids, list[str]]:
        """Rows by cell and period, of the cells involved."""
        local = np.full(len(self.cells.owners), -1, np.int64)
        local[involved] = np.arange(len(involved))
        places = local[self.cells.of_rows]
        wanted = places >= 0
        ids, labels = self._period_ids(wanted)
        found = np.bincount(places[wanted] * len(labels) + ids, minlength=len(involved) * len(labels))
        return found.reshape(len(involved), len(labels)), labels

    def _period_ids(self, wanted: NDArray[np.bool_]) -> tuple[Ids, list[str]]:
        """The period of each wanted row."""
        if self.periods.ids is None:
            return np.zeros(int(wanted.sum()), np.int64), self.periods.labels or [""]
        ids = self.periods.ids[wanted]
        if self.periods.labels is not None or not ids.size:
            return ids, self.periods.labels or [""]
        low, high = int(ids.min()), int(ids.max())
        months = [month_of(day) for day in range(low, high + 1)]
        labels = list(dict.fromkeys(months))
        at = {label: place for place, label in enumerate(labels)}
        return np.array([at[month] for month in months], np.int64)[ids - low], labels


def _overlap(pair: Pair, table: Ids, place: dict[int, int], labels: list[str]) -> Overlap:
    late, other = (table[[place[cell] for cell in cells]].sum(axis=0) for cells in pair)
    both = (late > 0) & (other > 0)
    return Overlap(
        tuple(sorted(labels[at] for at in np.flatnonzero(both))), int(late[both].sum()), int(other[both].sum())
    )
