"""Restating frames that are not held in memory: a plan of joins with small tables, run by whoever owns the data.

Nothing is collected and no function of Python is called for a row. The whole crosswalk becomes a small table, joined
on the code as the register spells it; of the stretches of a code, a comparison of dates keeps the one that holds.
A column of texts is joined with the small table of every month, quarter and financial year. What meets nothing keeps
its row. Such a plan cannot look at the values before it runs: it reads an empty or unreadable date as unknown, and
the report says so, where a frame in memory is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.periods import FIRST, LAST, from_number, month_of, written
from nhs_orgs.frames.request import Request
from nhs_orgs.frames.spelling import BLANKS, DAMAGED, MISSING, PSEUDO
from nhs_orgs.frames.stretches import UNDATED, Restating, Stretch, book_of, span_of, stranger
from nhs_orgs.frames.tally import Counted, Overlap, Pair
from nhs_orgs.statuses import Splits, Status

__all__ = ["LazyTally", "Lookup", "Plan", "restate_lazily"]

Plan: TypeAlias = nw.LazyFrame[Any] | nw.DataFrame[Any]
Lookup: TypeAlias = Callable[[Mapping[str, list[Any]]], Any]
"""Makes a small table where the plan runs."""

_OWN: Final = "nhs_orgs "
"""What the names of columns begin with that live only inside a plan."""
_KEY, _FIRST, _LAST = f"{_OWN}key", f"{_OWN}first", f"{_OWN}last"
_CELL, _PART, _TARGET, _STATUS = f"{_OWN}cell", f"{_OWN}part", f"{_OWN}target", f"{_OWN}status"
_WEIGHT, _BASIS, _APPROXIMATE = f"{_OWN}weight", f"{_OWN}basis", f"{_OWN}approximate"
_OPENS, _CLOSES, _REACHES, _AFTER = f"{_OWN}opens", f"{_OWN}closes", f"{_OWN}reaches", f"{_OWN}after"
_TEXT: Final = f"{_OWN}text"
_RAW: Final = f"{_OWN}raw"

_YEARS: Final = (1985, 2060)
"""The years whose periods a column of texts may name."""
_A_DAY: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def restate_lazily(
    plan: Plan,
    crosswalk: Restating,
    request: Request,
    lookup: Lookup,
    *,
    words: Callable[[nw.Expr], nw.Expr],
    distinct: bool,
) -> tuple[Plan, LazyTally]:
    """A plan for the restated frame, row by row, and one that can be counted.

    `distinct` has the plan clean and judge each distinct value once, by a second look at the column of codes; where
    that would move the data about, each row's value is cleaned.

    Raises:
        InvalidFrame: A column is of a type that it cannot be.
    """
    schema = plan.collect_schema()
    _check_types(schema, request)
    table = _Table(crosswalk, request.vintage)
    dated, text = _dated(plan, schema, request, lookup)
    met = _met(dated, table, request, lookup, text=text, distinct=distinct)
    met = met.with_columns(_status(request, distinct=distinct).alias(_STATUS))
    done = _finished(met, list(schema), request, divides=crosswalk.splits is Splits.DIVIDE, words=words)
    return done, LazyTally(request.counts, met, request, table.stretches, text=text)


def _check_types(schema: Mapping[str, Any], request: Request) -> None:
    kind = schema[request.code]
    if not isinstance(kind, nw.String | nw.Categorical | nw.Enum):
        why = f"holds {kind}, not texts: codes such as '01H' and '5E1' were lost when it was read"
        raise InvalidFrame(request.code, why, "Read the column as text")
    for name in request.numbers:
        if not schema[name].is_numeric():
            raise InvalidFrame(name, f"holds {schema[name]}, which cannot be counted", "Cast it to a number")


# --- dates ------------------------------------------------------------------------------------------------------------


def _dated(plan: Plan, schema: Mapping[str, Any], request: Request, lookup: Lookup) -> tuple[Plan, bool]:
    """With the first and the last day of each row; whether as texts, which compare as the days do."""
    if request.on is None:
        return plan, False
    kind, column = schema[request.on], nw.col(request.on)
    if isinstance(kind, nw.Datetime):
        column = column.dt.replace_time_zone(None) if kind.time_zone is not None else column
        return plan.with_columns(column.dt.date().alias(_LAST)), False
    if isinstance(kind, nw.Date):
        return plan.with_columns(column.alias(_LAST)), False
    if not isinstance(kind, nw.String | nw.Categorical | nw.Enum):
        raise InvalidFrame(request.on, f"holds {kind}, which is no date", "Cast it to a date, or give texts")
    return _of_texts(plan, request.on, lookup), True


def _of_texts(plan: Plan, name: str, lookup: Lookup) -> Plan:
    periods = list(written(*_YEARS))
    table = lookup(
        {
            _TEXT: [text for text, _, _ in periods],
            _FIRST: [from_number(first).isoformat() for _, first, _ in periods],
            _LAST: [from_number(last).isoformat() for _, _, last in periods],
        }
    )
    text = nw.col(_TEXT)
    joined = plan.with_columns(nw.col(name).cast(nw.String).str.strip_chars(" ").alias(_TEXT)).join(
        nw.from_native(table), on=_TEXT, how="left"
    )
    a_day = text.str.contains(_A_DAY)
    return joined.with_columns(
        nw.when(a_day).then(text).otherwise(nw.col(_FIRST)).alias(_FIRST),
        nw.when(a_day).then(text).otherwise(nw.col(_LAST)).alias(_LAST),
    )


# --- the crosswalk ----------------------------------------------------------------------------------------------------


class _Table:
    """The crosswalk as a small table, a row for each part of each stretch."""

    def __init__(self, crosswalk: Restating, vintage: tuple[int, int] | None) -> None:
        book = book_of(crosswalk)
        self.stretches: list[Stretch] = []
        self._limits: list[tuple[int, int, int, int]] = []
        """Of each stretch: opens, closes, how far a period reaches that is still its own, and after what day."""
        for code in crosswalk.codes:
            every = book.of_code(crosswalk, code)
            if vintage is not None:
                self._add(span_of(every, *vintage), FIRST, LAST, FIRST)
                continue
            for at, one in enumerate(every):
                late = at > 0 and one.closed and not every[at - 1].closed
                following = every[at + 1] if at + 1 < len(every) else None
                reaches = following.last if following and following.closed and not one.closed else one.last
                self._add(one, one.last, reaches, one.first if late else FIRST)

    def _add(self, stretch: Stretch, closes: int, reaches: int, after: int) -> None:
        self.stretches.append(stretch)
        self._limits.append((stretch.first, closes, reaches, after))

    def columns(self, *, text: bool, dates: bool) -> dict[str, list[Any]]:
        """Its columns; limits as texts, as dates, or none."""
        rows = [
            (stretch.code, cell, place, part)
            for cell, stretch in enumerate(self.stretches)
            for place, part in enumerate(stretch.parts)
        ]
        of_rows = [self._limits[cell] for _, cell, _, _ in rows]
        found: dict[str, list[Any]] = {
            _KEY: [row[0] for row in rows],
            _CELL: [row[1] for row in rows],
            _PART: [row[2] for row in rows],
            _TARGET: [row[3].target for row in rows],
            _STATUS: [row[3].status for row in rows],
            _WEIGHT: [float(row[3].weight) for row in rows],
            _BASIS: [row[3].basis for row in rows],
            _APPROXIMATE: [row[3].approximate for row in rows],
        }
        limits = {_OPENS: 0, _CLOSES: 1, **({_REACHES: 2, _AFTER: 3} if text else {})}
        for name, at in limits.items() if dates else ():
            days = [from_number(limits[at]) for limits in of_rows]
            found[name] = [day.isoformat() for day in days] if text else days
        return found


def _met(dated: Plan, table: _Table, request: Request, lookup: Lookup, *, text: bool, distinct: bool) -> Plan:
    """Each row with the parts of the stretch that holds for it; one that meets none stays, with nothing."""
    dates = request.on is not None
    raw = nw.col(request.code).cast(nw.String)
    key = nw.when(~nw.col(_LAST).is_null()).then(raw) if dates else raw
    small = nw.from_native(lookup(table.columns(text=text, dates=dates)))
    if distinct:
        few = dated.select(raw.alias(_RAW)).unique()
        few = few.with_columns(_spelt(nw.col(_RAW)).alias(_KEY)).join(small, on=_KEY, how="left")
        judged = nw.when(nw.col(_CELL).is_null()).then(_judged(nw.col(_RAW))).otherwise(nw.col(_STATUS))
        told: Any = few.with_columns(judged.alias(_STATUS))
        joined = dated.with_columns(key.alias(_RAW)).join(told, on=_RAW, how="left")
    else:
        joined = dated.with_columns(_spelt(key).alias(_KEY)).join(small, on=_KEY, how="left")
    if not dates:
        return joined
    last, opens, closes = nw.col(_LAST), nw.col(_OPENS), nw.col(_CLOSES)
    holds = (opens <= last) & (last <= closes)
    if text:
        first = nw.col(_FIRST)
        reached = (last <= closes) | ((last <= nw.col(_REACHES)) & (first <= closes))
        holds = (opens <= last) & reached & (nw.col(_AFTER) <= first)
    return joined.filter(nw.col(_CELL).is_null() | holds)


def _finished(
    met: Plan, columns: Sequence[str], request: Request, *, divides: bool, words: Callable[[nw.Expr], nw.Expr]
) -> Plan:
    """The caller's columns with ours."""
    names, weight = request.names, nw.coalesce(nw.col(_WEIGHT), nw.lit(1.0))
    scaled = request.scaled if divides else ()
    kept = [
        nw.col(_TARGET).alias(name)
        if name == request.code
        else (nw.col(name).cast(nw.Float64) * weight).alias(name)
        if name in scaled
        else nw.col(name)
        for name in columns
    ]
    return met.select(
        *kept,
        nw.col(request.code).alias(names.source),
        words(nw.col(_STATUS)).alias(names.status),
        weight.alias(names.weight),
        words(nw.col(_BASIS)).alias(names.basis),
        nw.coalesce(nw.col(_APPROXIMATE), nw.lit(value=False)).alias(names.approximate),
    )


def _spelt(raw: nw.Expr) -> nw.Expr:
    return raw.str.strip_chars(BLANKS).str.to_uppercase()


def _judged(raw: nw.Expr) -> nw.Expr:
    """Of what is no code, why: by the same signs as a single value is judged."""
    written = raw.str.strip_chars(BLANKS)
    text, unknown = written.str.to_uppercase(), nw.lit(Status.UNKNOWN.value)
    damaged, pseudo = nw.lit(Status.DAMAGED.value), nw.lit(Status.PSEUDO.value)
    judged = nw.when(text.str.contains(DAMAGED)).then(damaged).otherwise(unknown)
    judged = nw.when(text.str.contains(PSEUDO)).then(pseudo).otherwise(judged)
    return nw.when(text.is_null() | written.str.contains(MISSING)).then(damaged).otherwise(judged)


def _status(request: Request, *, distinct: bool) -> nw.Expr:
    """The status of a row; what met nothing has no date, or no code, or was not judged with the distinct ones."""
    raw = nw.col(request.code).cast(nw.String)
    judged = nw.lit(Status.DAMAGED.value) if distinct else _judged(raw)
    if request.on is not None:
        judged = nw.when(nw.col(_LAST).is_null()).then(nw.lit(Status.UNKNOWN.value)).otherwise(judged)
    return nw.when(nw.col(_STATUS).is_null()).then(judged).otherwise(nw.col(_STATUS))


# --- counting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LazyTally:
    """Counts by aggregate queries, run when they are asked for."""

    counts: tuple[str, ...]
    met: Plan
    request: Request
    stretches: list[Stretch]
    text: bool

    def counted(self) -> Sequence[Counted]:
        """Every value and stretch that has rows: one query."""
        undated = nw.lit(value=False) if self.request.on is None else nw.col(_LAST).is_null()
        sums = [nw.col(name).cast(nw.Float64).sum().alias(name) for name in self.counts]
        source = f"{_OWN}source"
        found = _collected(
            self.met.filter(nw.col(_PART).is_null() | (nw.col(_PART) == 0))
            .select(
                nw.col(self.request.code).cast(nw.String).alias(source),
                nw.coalesce(nw.col(_CELL), nw.lit(-1)).alias(_CELL),
                nw.col(_STATUS),
                undated.alias(_LAST),
                *(nw.col(name) for name in self.counts),
            )
            .group_by(source, _CELL, _STATUS, _LAST)
            .agg(nw.len().alias(_PART), *sums)
        )
        columns = (found[name] for name in (source, _CELL, _STATUS, _LAST, _PART))
        totals = zip(*(found[name] for name in self.counts), strict=True) if self.counts else ((),) * len(found[_CELL])
        return [
            Counted(int(cell), value, self._stretch(int(cell), status, gone), int(rows), tuple(t or 0.0 for t in total))
            for value, cell, status, gone, rows, total in zip(*columns, totals, strict=True)
        ]

    def _stretch(self, cell: int, status: str, undated: bool) -> Stretch:  # noqa: FBT001 - a column's value
        if cell >= 0:
            return self.stretches[cell]
        return UNDATED if undated else stranger(Status(status))

    def overlaps(self, pairs: Sequence[Pair]) -> list[Overlap]:
        """Of each pair the periods in which both have rows: one query."""
        involved = sorted({cell for pair in pairs for cells in pair for cell in cells})
        if not involved:
            return []
        found = _collected(
            self.met.filter((nw.col(_PART) == 0) & nw.col(_CELL).is_in(involved))
            .select(_CELL, self._period().alias(_TEXT))
            .group_by(_CELL, _TEXT)
            .agg(nw.len().alias(_PART))
        )
        rows: dict[int, dict[str, int]] = {}
        for cell, period, many in zip(found[_CELL], found[_TEXT], found[_PART], strict=True):
            rows.setdefault(int(cell), {})[self._label(period)] = int(many)
        return [_overlap(*([rows.get(cell, {}) for cell in sorted(cells)] for cells in pair)) for pair in pairs]

    def _period(self) -> nw.Expr:
        if self.request.on is None:
            return nw.lit(0)
        if self.text:
            return nw.col(self.request.on).cast(nw.String)
        return nw.col(_LAST).dt.year().cast(nw.Int64) * 100 + nw.col(_LAST).dt.month().cast(nw.Int64)

    def _label(self, period: object) -> str:
        if self.request.vintage is not None:
            return month_of(self.request.vintage[1])
        return str(period) if self.text else f"{int(str(period)) // 100}-{int(str(period)) % 100:02}"


def _overlap(late: Sequence[Mapping[str, int]], other: Sequence[Mapping[str, int]]) -> Overlap:
    both = sorted({period for one in late for period in one} & {period for one in other for period in one})
    mine, others = (sum(one.get(period, 0) for one in side for period in both) for side in (late, other))
    return Overlap(tuple(both), mine, others)


def _collected(plan: Plan) -> dict[str, list[Any]]:
    """The few rows of an aggregate."""
    frame = plan.collect() if isinstance(plan, nw.LazyFrame) else plan
    return {name: frame[name].to_list() for name in frame.columns}
