"""Restating frames that are not held in memory: a plan of joins with small tables, run by whoever owns the data.

Nothing is collected and no function of Python is called for a row. The whole crosswalk becomes a small table, joined
on the code as it stands; of the stretches of a code, a comparison of dates keeps the one that holds. Only what meets
nothing is looked at more closely: it is cleaned and joined again, and what still meets nothing is judged by its looks.
A column of texts is joined with the small table of every month, quarter and financial year. What meets nothing keeps
its row. Such a plan cannot look at the values before it runs: it reads an empty or unreadable date as unknown, and
the report says so, where a frame in memory is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.periods import FIRST, LAST, Span, from_number, month_of, written
from nhs_orgs.frames.request import Request
from nhs_orgs.frames.spelling import BLANKS, DAMAGED, MISSING, ODD, PSEUDO
from nhs_orgs.frames.stretches import UNDATED, Restating, Stretch, book_of, span_of, stranger
from nhs_orgs.frames.tally import Counted, Listed, Overlap, Pair
from nhs_orgs.statuses import Splits, Status

__all__ = ["Engine", "LazyTally", "Plan", "Rule", "joined", "restate_lazily"]

Plan: TypeAlias = nw.LazyFrame[Any] | nw.DataFrame[Any]
Rule: TypeAlias = tuple[tuple[tuple[str, str], ...], ...]
"""What must hold of two joined rows: of each line, in one pair of columns at least, the first is no greater."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What engines do each in their own way."""

    lookup: Callable[[Mapping[str, list[Any]]], Any]
    """Makes a small table where the plan runs."""
    words: Callable[[nw.Expr], nw.Expr]
    """What a column of few words becomes."""
    early: Callable[[nw.Expr], nw.Expr]
    """The same of a small table and of single words, where the engine can mix them: sparing a look at every row."""
    join: Callable[[Plan, Plan, tuple[str, str], Rule], Plan]
    """Each row with those of a small table of the same key for which a rule holds; one that has none stays."""


_OWN: Final = "nhs_orgs "
"""What the names of columns begin with that live only inside a plan."""
_KEY, _FIRST, _LAST = f"{_OWN}key", f"{_OWN}first", f"{_OWN}last"
_CELL, _PART, _TARGET, _STATUS = f"{_OWN}cell", f"{_OWN}part", f"{_OWN}target", f"{_OWN}status"
_WEIGHT, _BASIS, _APPROXIMATE = f"{_OWN}weight", f"{_OWN}basis", f"{_OWN}approximate"
_OPENS, _CLOSES, _REACHES, _AFTER = f"{_OWN}opens", f"{_OWN}closes", f"{_OWN}reaches", f"{_OWN}after"
_TEXT: Final = f"{_OWN}text"
_RAW, _ODD, _SPELT = f"{_OWN}raw", f"{_OWN}odd", f"{_OWN}spelt"
_AGAIN: Final = " again"
"""What the names of the small table's columns end with where it is joined a second time."""
_FOUND: Final = (_CELL, _PART, _TARGET, _STATUS, _WEIGHT, _BASIS, _APPROXIMATE)

_YEARS: Final = (1985, 2060)
"""The years whose periods a column of texts may name."""
_A_DAY: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def restate_lazily(plan: Plan, crosswalk: Restating, request: Request, engine: Engine) -> tuple[Plan, LazyTally]:
    """A plan for the restated frame, row by row, and one that can be counted.

    Raises:
        InvalidFrame: A column is of a type that it cannot be.
    """
    schema = plan.collect_schema()
    _check_types(schema, request)
    dated, text = _dated(plan, schema, request, engine)
    table = _table_of(crosswalk, request.vintage, text=text, dates=request.on is not None)
    met = _met(dated, table, request, engine, text=text)
    done = _finished(met, list(schema), request, divides=crosswalk.splits is Splits.DIVIDE, words=engine.words)
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


def _dated(plan: Plan, schema: Mapping[str, Any], request: Request, engine: Engine) -> tuple[Plan, bool]:
    """With the first and the last day of each row; whether as texts, which compare as the days do."""
    if request.on is None:
        return plan, False
    kind, column = schema[request.on], nw.col(request.on)
    if isinstance(kind, nw.Datetime):
        column = column.dt.replace_time_zone(None) if kind.time_zone is not None else column
        return plan.with_columns(_within(column.dt.date(), plan).alias(_LAST)), False
    if isinstance(kind, nw.Date):
        return plan.with_columns(_within(column, plan).alias(_LAST)), False
    if not isinstance(kind, nw.String | nw.Categorical | nw.Enum):
        raise InvalidFrame(request.on, f"holds {kind}, which is no date", "Cast it to a date, or give texts")
    return _of_texts(plan, request.on, engine), True


def _within(day: nw.Expr, plan: Plan) -> nw.Expr:
    """Inside the calendar: engines have days before the year 1 and after 9999, and no stretch would hold them."""
    if plan.implementation.is_pyspark() or plan.implementation.is_pyspark_connect():
        return day  # its calendar is Python's, and it takes no such day from Python
    first, last = nw.lit(from_number(FIRST)), nw.lit(from_number(LAST))
    return nw.when(day < first).then(first).otherwise(nw.when(day > last).then(last).otherwise(day))


def _of_texts(plan: Plan, name: str, engine: Engine) -> Plan:
    periods = list(written(*_YEARS))
    table = engine.lookup(
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

    def __init__(self, crosswalk: Restating, vintage: Span | None, *, text: bool, dates: bool) -> None:
        self.asked = (vintage, text, dates)
        book = book_of(crosswalk)
        self.stretches: list[Stretch] = []
        self._limits: list[tuple[int, int, int, int]] = []
        """Of each stretch: opens, closes, how far a period reaches that is still its own, and after what day."""
        for code in crosswalk.codes:
            every = book.of_code(crosswalk, code)
            if vintage is not None:
                self._add(span_of(every, *vintage), FIRST, LAST, FIRST)
            for at, one in enumerate(every if vintage is None else ()):
                late = at > 0 and one.closed and not every[at - 1].closed
                following = every[at + 1] if at + 1 < len(every) else None
                reaches = following.last if following and following.closed and not one.closed else one.last
                self._add(one, one.last, reaches, one.first if late else FIRST)
        self.columns = self._columns(text=text, dates=dates)

    def _add(self, stretch: Stretch, closes: int, reaches: int, after: int) -> None:
        self.stretches.append(stretch)
        self._limits.append((stretch.first, closes, reaches, after))

    def _columns(self, *, text: bool, dates: bool) -> dict[str, list[Any]]:
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
            days = {number: from_number(number) for number in {limits[at] for limits in of_rows}}
            shown = {number: day.isoformat() if text else day for number, day in days.items()}
            found[name] = [shown[limits[at]] for limits in of_rows]
        return found


_TABLES: Final[WeakKeyDictionary[Restating, _Table]] = WeakKeyDictionary()


def _table_of(crosswalk: Restating, vintage: Span | None, *, text: bool, dates: bool) -> _Table:
    """The one that was last asked for is kept as long as its crosswalk: making it takes longer than many a query."""
    table = _TABLES.get(crosswalk)
    if table is None or table.asked != (vintage, text, dates):
        table = _TABLES[crosswalk] = _Table(crosswalk, vintage, text=text, dates=dates)
    return table


def _met(dated: Plan, table: _Table, request: Request, engine: Engine, *, text: bool) -> Plan:
    """Each row with the parts of the stretch that holds for it; one that meets none stays, with why."""
    dates = request.on is not None
    small: Plan = nw.from_native(engine.lookup(table.columns))
    small = small.with_columns(*(engine.early(nw.col(name)).alias(name) for name in (_STATUS, _BASIS)))
    raw, cell = nw.col(_RAW), nw.col(_CELL)
    # Without a date nothing is met.
    code = nw.col(request.code).cast(nw.String)
    key = nw.when(~nw.col(_LAST).is_null()).then(code) if dates else code
    once = engine.join(dated.with_columns(key.alias(_RAW)), small, (_RAW, _KEY), _rule(text=text, dates=dates))
    # Empty but for what was not met, then but for what is odd of it, so that engines have no work with the others,
    # whichever branch they take.
    lost, odd = nw.when(cell.is_null()).then(raw), nw.when(nw.col(_ODD).str.contains(ODD)).then(nw.col(_ODD))
    spelt = once.with_columns(lost.alias(_ODD)).with_columns(odd.alias(_ODD))
    spelt = spelt.with_columns(_spelt(nw.col(_ODD)).alias(_SPELT))
    again = small.rename({name: f"{name}{_AGAIN}" for name in small.collect_schema().names()})
    pair = (_SPELT, f"{_KEY}{_AGAIN}")
    twice = engine.join(spelt, again, pair, _rule(text=text, dates=dates, ending=_AGAIN))
    found = {name: nw.coalesce(nw.col(name), nw.col(f"{name}{_AGAIN}")) for name in _FOUND}
    # Not one more of what is coalesced: DuckDB would judge every row.
    found[_STATUS] = nw.when(found[_CELL].is_null()).then(_why(engine.early, dates=dates)).otherwise(found[_STATUS])
    return twice.with_columns(*(column.alias(name) for name, column in found.items()))


def _rule(*, text: bool, dates: bool, ending: str = "") -> Rule:
    """When a stretch holds for a row; of a period, the last day on which the code was open counts."""
    opens, closes, reaches, after = (f"{name}{ending}" for name in (_OPENS, _CLOSES, _REACHES, _AFTER))
    if not dates:
        return ()
    if not text:
        return (((opens, _LAST),), ((_LAST, closes),))
    own = (_LAST, closes)
    return (((opens, _LAST),), ((after, _FIRST),), (own, (_LAST, reaches)), (own, (_FIRST, closes)))


def joined(plan: Any, small: Any, keys: tuple[str, str], rule: Rule) -> Any:  # noqa: ANN401 - plans, both of one kind
    """Every row of a plan with those of a small table of the same key, one at least, for which a rule holds."""
    met = plan.join(small, left_on=keys[0], right_on=keys[1], how="left")
    if not rule:
        return met
    cell = next(name for name in small.collect_schema().names() if name.startswith(_CELL))
    holds = [nw.any_horizontal(*(nw.col(a) <= nw.col(b) for a, b in line), ignore_nulls=False) for line in rule]
    return met.filter(nw.col(cell).is_null() | nw.all_horizontal(*holds, ignore_nulls=False))


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


def _why(early: Callable[[nw.Expr], nw.Expr], *, dates: bool) -> nw.Expr:
    """The status of a row that met nothing: by the same signs as a single value is judged."""
    odd, text = nw.col(_ODD).str.strip_chars(BLANKS), nw.col(_SPELT)
    unknown, damaged, pseudo = (early(nw.lit(one.value)) for one in (Status.UNKNOWN, Status.DAMAGED, Status.PSEUDO))
    why = nw.when(text.str.contains(DAMAGED)).then(damaged).otherwise(unknown)
    why = nw.when(text.str.contains(PSEUDO)).then(pseudo).otherwise(why)
    why = nw.when(nw.col(_RAW).is_null() | odd.str.contains(MISSING)).then(damaged).otherwise(why)
    return nw.when(nw.col(_LAST).is_null()).then(unknown).otherwise(why) if dates else why


# --- counting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LazyTally:
    """Counts by aggregate queries, run when they are asked for."""

    counts: tuple[str, ...]
    met: Plan
    request: Request
    stretches: list[Stretch]
    text: bool

    def counted(self) -> Listed:
        """Every value and stretch that has rows: one query."""
        undated = nw.lit(value=False) if self.request.on is None else nw.col(_LAST).is_null()
        floats = {name: nw.col(name).cast(nw.Float64) for name in self.counts}
        sums = [nw.when(~column.is_nan()).then(column).sum().alias(name) for name, column in floats.items()]
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
        cells = [
            Counted(int(cell), value, self._stretch(int(cell), status, gone), int(rows), tuple(t or 0.0 for t in total))
            for value, cell, status, gone, rows, total in zip(*columns, totals, strict=True)
        ]
        return Listed(cells, len(self.counts))

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
            text = nw.col(self.request.on).cast(nw.String).str.strip_chars(" ")
            return nw.when(text.str.contains(_A_DAY)).then(text.str.slice(0, len("2015-08"))).otherwise(text)
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
