"""Restating frames held in memory: distinct codes first, then arithmetic on whole columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, a_row_of_each, looked_up, repeated
from nhs_orgs.frames.cells import UNDATED_DAY, Cells, Dates, make_cells
from nhs_orgs.frames.columns import Added, Content, Frame, require_codes, require_finite, some_rows
from nhs_orgs.frames.counts import EagerCounts
from nhs_orgs.frames.in_memory import frame_of
from nhs_orgs.frames.ledger import Columns, ledger_of
from nhs_orgs.frames.periods import FIRST, LAST, Span, is_empty, no_dates, of_values, period_of, unread
from nhs_orgs.frames.request import Request
from nhs_orgs.frames.stretches import Restating, Stretch
from nhs_orgs.frames.sums import added_up, bases_of, with_products
from nhs_orgs.frames.tally import Overlap, Pair, overlap
from nhs_orgs.statuses import Splits

__all__ = ["EagerTally", "add_up", "restate"]

CELL, ROW = "nhs_orgs cell", "nhs_orgs row"
"""The names of columns that live only inside."""


def restate(frame: Frame, crosswalk: Restating, request: Request) -> tuple[Any, EagerTally]:
    """A frame row by row, in its own kind, and what was counted.

    Raises:
        InvalidFrame: A column holds what it cannot.
    """
    tally = count(frame, crosswalk, request)
    return _built(frame, request, tally, tally.cells, _scaled(crosswalk, request)), tally


def _scaled(crosswalk: Restating, request: Request) -> tuple[str, ...]:
    """The columns that may become fractions: none where nothing is divided, so that whole numbers stay whole."""
    return request.scaled if crosswalk.splits is Splits.DIVIDE else ()


def count(frame: Frame, crosswalk: Restating, request: Request) -> EagerTally:
    """Which row stands where, and the totals of each place. Raises `InvalidFrame`."""
    numbers = {name: frame.numbers(name) for name in request.numbers}
    ids, values = frame.encoded(request.code)
    require_codes(request.code, ids, values)
    dates, periods = _dates(frame, request)
    ledger = ledger_of(crosswalk)
    entries = ledger.entries(crosswalk, values)
    cells = make_cells(ids, entries, ledger.columns, dates, [numbers[name] for name in request.counts])
    endless = [name for name, sums in zip(request.counts, cells.sums, strict=True) if not np.isfinite(sums).all()]
    for name in (*endless, *dict(request.weighed)):
        require_finite(name, numbers[name])
    nans = dict(zip(request.counts, cells.nans.tolist(), strict=True))
    nans.update((name, int(np.isnan(numbers[name]).sum())) for name, _ in request.weighed)
    missing = {name: many + frame.zeroed(name) for name, many in nans.items()}
    return EagerTally(request.counts, values, cells, dates, periods, ledger.columns, ledger.stretches, missing)


def _built(frame: Frame, request: Request, tally: EagerTally, cells: Cells, scaled: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The restated frame; rows of divided bodies come once for each part."""
    names, told, parts = request.names, tally.told, cells.parts
    added = (
        _texts_of(request.code, Content.CODE, told.targets, told.target[parts]),
        _texts_of(names.status, Content.WORD, told.statuses, told.status[parts]),
        Added(names.weight, Content.NUMBER, told.weight[parts]),
        _texts_of(names.basis, Content.WORD, told.bases, told.basis[parts]),
        Added(names.approximate, Content.FLAG, told.approximate[parts]),
    )
    rows, places = _places(cells)
    return frame.built(request.code, names.source, rows, places, added, scaled)


def _texts_of(name: str, content: Content, every: list[str | None], of_parts: Ids) -> Added:
    """A new column of texts: those that occur, in order; the first of all is none."""
    known = np.flatnonzero(np.bincount(of_parts, minlength=len(every))[1:]) + 1
    places = np.full(len(every), -1, np.int8 if content is Content.WORD else np.int32)
    places[known] = np.arange(len(known))
    return Added(name, content, [every[at] for at in known.tolist()], places[of_parts])


def _places(cells: Cells) -> tuple[list[Ids] | None, list[Ids]]:
    """Which row each new row comes from, and which part it is, by shares; no rows where each comes once."""
    sizes = cells.sizes
    if (sizes == 1).all():
        return None, [cells.of_rows]
    first = np.cumsum(sizes) - sizes
    if (sizes[cells.rows > 0] == 1).all():
        return None, [looked_up(first.astype(np.uint32), cells.of_rows)]
    return repeated(cells.of_rows, sizes, first)


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
    known = [flag for _, flag in request.known]
    narrow = with_products(plan, request).select(*by, *wider.scaled, *known).with_row_index(ROW)
    sums = [nw.col(name).sum() for name in wider.scaled] + [nw.col(name).max() for name in known]
    few = narrow.with_columns(of_rows).group_by(CELL, *by).agg(*sums, nw.col(ROW).min())
    few = _with_codes(few, plan, tally.cells, request.code)
    cells = tally.cells.of(few[CELL].to_numpy())
    built = _built(frame_of(few.drop(CELL)), wider, tally, cells, _scaled(crosswalk, wider))
    met = (tally.stretches[at] for at in np.unique(cells.stretches).tolist())
    bases = bases_of(crosswalk, (part.basis for stretch in met for part in stretch.parts))
    return nw.to_native(added_up(nw.from_native(built, eager_only=True), request, bases, row=ROW)), tally


def _with_codes(few: nw.DataFrame[Any], plan: nw.DataFrame[Any], cells: Cells, code: str) -> nw.DataFrame[Any]:
    """With the code of each cell as the frame spells it."""
    rows = a_row_of_each(cells.of_rows, len(cells.owners))
    codes = plan[code][rows[few[CELL].to_numpy()].tolist()]
    return few.with_columns(codes)


# --- dates ------------------------------------------------------------------------------------------------------------


def _dates(frame: Frame, request: Request) -> tuple[Dates, list[Span] | None]:
    """The dates, and their periods; ``None``: they are days, and their months are meant."""
    if request.vintage is not None:
        return Dates(*request.vintage), [period_of(request.vintage)]
    name = request.on or ""
    found = frame.days(name)
    if found is None:
        return _texts(frame, name)
    days, empty = found
    known = days[days != UNDATED_DAY] if empty else days
    low, high = (int(known.min()), int(known.max())) if known.size else (0, 0)
    if low < FIRST or high > LAST:  # days that Python's calendar does not have
        days = np.where(days == UNDATED_DAY, UNDATED_DAY, np.clip(days, FIRST, LAST))
        low, high = max(low, FIRST), min(high, LAST)
    return Dates(low, high, days, empty=empty), None


def _texts(frame: Frame, name: str) -> tuple[Dates, list[Span]]:
    """Dates written as texts, or as objects of several kinds: each distinct one is read once."""
    try:
        ids, values = frame.whole(name) or frame.encoded(name)
    except ValueError as error:
        raise no_dates(name, getattr(error, "why", "values").removeprefix("holds ").partition(", not")[0]) from None
    spans = of_values(values)
    wrong = [at for at, (value, span) in enumerate(zip(values, spans, strict=True)) if not span and not is_empty(value)]
    if wrong and (rows := np.isin(ids, wrong)).any():
        met = dict.fromkeys(ids[rows].tolist())  # a category may have no row
        raise unread(name, [values[at] for at in met], some_rows(rows))
    limits = np.array([span or (UNDATED_DAY, UNDATED_DAY) for span in spans], np.int32).reshape(-1, 2)
    known = [span for span in spans if span]
    low, high = min((span[0] for span in known), default=0), max((span[1] for span in known), default=0)
    first, last = limits[:, 0].copy(), limits[:, 1].copy()
    same = bool((first == last).all())
    dates = Dates(low, high, ids, (last if same else first, last), len(known) < len(spans))
    return dates, [period_of(span or (FIRST, FIRST)) for span in spans]


# --- counting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EagerTally:
    """What was counted, by cell."""

    counts: tuple[str, ...]
    values: Sequence[Any]
    cells: Cells
    dates: Dates
    periods: list[Span] | None
    """Those that dates speak of; ``None``: they are days, and their months are meant."""
    told: Columns
    stretches: list[Stretch]
    missing: Mapping[str, int]
    """Of each column of values, how many rows have no figure."""

    def counted(self) -> EagerCounts:
        """Every cell that has rows."""
        return EagerCounts(self.values, self.cells, self.told, self.stretches, self.missing)

    def overlaps(self, pairs: Sequence[Pair]) -> list[Overlap]:
        """Of each pair the periods in which both have rows."""
        involved = sorted({cell for pair in pairs for cells in pair for cell in cells})
        if not involved:
            return []
        table, periods = self._by_period(involved)
        place = {cell: at for at, cell in enumerate(involved)}
        return [_overlap(pair, table, place, periods) for pair in pairs]

    def _by_period(self, involved: list[int]) -> tuple[Ids, list[Span]]:
        """Rows by cell and period, of the cells involved."""
        local = np.full(len(self.cells.owners), -1, np.int64)
        local[involved] = np.arange(len(involved))
        places = local[self.cells.of_rows]
        wanted = places >= 0
        ids, periods = self._period_ids(wanted)
        found = np.bincount(places[wanted] * len(periods) + ids, minlength=len(involved) * len(periods))
        return found.reshape(len(involved), len(periods)), periods

    def _period_ids(self, wanted: NDArray[np.bool_]) -> tuple[Ids, list[Span]]:
        """The period of each wanted row."""
        if self.dates.of_rows is None:
            return np.zeros(int(wanted.sum()), np.int64), self.periods or []
        ids = self.dates.of_rows[wanted]
        if not ids.size:
            return ids, []
        if self.periods is not None:
            known = {period: at for at, period in enumerate(dict.fromkeys(self.periods))}
            return np.array([known[period] for period in self.periods], np.int64)[ids], list(known)
        low = int(ids.min())
        present = np.flatnonzero(np.bincount(ids - low))  # few, though a filler date may lie in the year 9999
        months, places = np.unique((present + low).astype("datetime64[D]").astype("datetime64[M]"), return_inverse=True)
        at = np.zeros(int(present[-1]) + 1, np.int64)
        at[present] = places
        begins = months.astype("datetime64[D]").astype(np.int64).tolist()
        return at[ids - low], [period_of((first, first)) for first in begins]


def _overlap(pair: Pair, table: Ids, place: dict[int, int], periods: list[Span]) -> Overlap:
    found = [table[[place[cell] for cell in cells]].sum(axis=0) for cells in pair]
    late, other = ({periods[at]: int(rows[at]) for at in np.flatnonzero(rows)} for rows in found)
    return overlap(late, other)
