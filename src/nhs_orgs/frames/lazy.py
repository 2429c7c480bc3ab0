"""Restating frames that are not held in memory: a plan of joins with small tables, run by whoever owns the data.

Nothing is collected and no function of Python is called for a row. The whole crosswalk becomes a small table, joined
on the code as it stands; of the stretches of a code, a comparison of dates keeps the one that holds. Only what meets
nothing is looked at more closely: it is cleaned and joined again, and what still meets nothing is judged by its looks.
A column of texts is joined with the small table of every month, quarter and financial year. What meets nothing keeps
its row. Such a plan cannot look at the values before it runs: a date that cannot be read makes its row unknown, an
infinite figure is carried, and the report says so, where a frame in memory is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, TypeAlias

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.aggregates import Plan, fetched
from nhs_orgs.frames.periods import FIRST, LAST, Span, from_number, no_dates, period_of, to_number
from nhs_orgs.frames.request import Request
from nhs_orgs.frames.spelling import BLANKS, DAMAGED, MISSING, ODD, PSEUDO
from nhs_orgs.frames.stretches import UNDATED, Restating, Stretch, stranger, unread
from nhs_orgs.frames.table import (
    AFTER,
    APPROXIMATE,
    BASIS,
    CELL,
    CLOSES,
    FOUND,
    KEY,
    OPENS,
    PART,
    REACHES,
    STATUS,
    TARGET,
    WEIGHT,
    Table,
    table_of,
)
from nhs_orgs.frames.tally import Counted, Listed, Overlap, Pair, overlap
from nhs_orgs.frames.texts import OWN as _OWN
from nhs_orgs.frames.texts import SINCE as _FIRST
from nhs_orgs.frames.texts import UNTIL as _LAST
from nhs_orgs.frames.texts import with_days
from nhs_orgs.statuses import Splits, Status

__all__ = ["Engine", "LazyTally", "Plan", "Rule", "joined", "restate_lazily"]

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


_UNTYPED: Final = "has no type that is known here, as a column without any value has none"
_TEXT: Final = f"{_OWN}text"
_RAW, _ODD, _SPELT = f"{_OWN}raw", f"{_OWN}odd", f"{_OWN}spelt"
_DATED, _EMPTY, _UNREAD = range(3)
"""Whether a row has a date, none, or one that cannot be read."""
_AGAIN: Final = " again"
"""What the names of the small table's columns end with where it is joined a second time."""


def restate_lazily(plan: Plan, crosswalk: Restating, request: Request, engine: Engine) -> tuple[Plan, LazyTally]:
    """A plan for the restated frame, row by row, and one that can be counted.

    Raises:
        InvalidFrame: A column is of a type that it cannot be.
    """
    schema = plan.collect_schema()
    _check_types(schema, request)
    dated, text = _dated(plan, schema, request, engine)
    table = table_of(crosswalk, request.vintage, text=text, dates=request.on is not None)
    met = _met(dated, table, request, engine, text=text)
    done = _finished(met, list(schema), request, divides=crosswalk.splits is Splits.DIVIDE, words=engine.words)
    return done, LazyTally(request.counts, met, request, crosswalk, table, text=text)


def _check_types(schema: Mapping[str, Any], request: Request) -> None:
    kind = schema[request.code]
    if isinstance(kind, nw.Unknown):
        raise InvalidFrame(request.code, _UNTYPED, "Cast it to text")
    if not isinstance(kind, nw.String | nw.Categorical | nw.Enum):
        why = f"holds {kind}, not texts: codes such as '01H' and '5E1' were lost when it was read"
        raise InvalidFrame(request.code, why, "Read the column as text")
    for name in request.numbers:
        if isinstance(schema[name], nw.Unknown):
            raise InvalidFrame(name, _UNTYPED, "Cast it to a number")
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
    if isinstance(kind, nw.Unknown):
        raise InvalidFrame(request.on, _UNTYPED, "Cast it to a date or to text")
    if not (kind.is_integer() or isinstance(kind, nw.String | nw.Categorical | nw.Enum)):
        raise no_dates(request.on, kind)
    return with_days(plan, request.on, engine.lookup), True


def _within(day: nw.Expr, plan: Plan) -> nw.Expr:
    """Inside the calendar: engines have days before the year 1 and after 9999, and no stretch would hold them."""
    if plan.implementation.is_pyspark() or plan.implementation.is_pyspark_connect():
        return day  # its calendar is Python's, and it takes no such day from Python
    first, last = nw.lit(from_number(FIRST)), nw.lit(from_number(LAST))
    return nw.when(day < first).then(first).otherwise(nw.when(day > last).then(last).otherwise(day))


# --- the crosswalk ----------------------------------------------------------------------------------------------------


def _met(dated: Plan, table: Table, request: Request, engine: Engine, *, text: bool) -> Plan:
    """Each row with the parts of the stretch that holds for it; one that meets none stays, with why."""
    dates = request.on is not None
    small: Plan = nw.from_native(engine.lookup(table.columns))
    small = small.with_columns(*(engine.early(nw.col(name)).alias(name) for name in (STATUS, BASIS)))
    raw, cell = nw.col(_RAW), nw.col(CELL)
    # Without a date nothing is met.
    code = nw.col(request.code).cast(nw.String)
    key = nw.when(~nw.col(_LAST).is_null()).then(code) if dates else code
    once = engine.join(dated.with_columns(key.alias(_RAW)), small, (_RAW, KEY), _rule(text=text, dates=dates))
    # Empty but for what was not met, then but for what is odd of it, so that engines have no work with the others,
    # whichever branch they take.
    lost, odd = nw.when(cell.is_null()).then(raw), nw.when(nw.col(_ODD).str.contains(ODD)).then(nw.col(_ODD))
    spelt = once.with_columns(lost.alias(_ODD)).with_columns(odd.alias(_ODD))
    spelt = spelt.with_columns(_spelt(nw.col(_ODD)).alias(_SPELT))
    again = small.rename({name: f"{name}{_AGAIN}" for name in small.collect_schema().names()})
    pair = (_SPELT, f"{KEY}{_AGAIN}")
    twice = engine.join(spelt, again, pair, _rule(text=text, dates=dates, ending=_AGAIN))
    second = {name: nw.col(f"{name}{_AGAIN}") for name in FOUND}
    second[STATUS] = nw.when(second[CELL].is_null()).then(_why(engine.early, dates=dates)).otherwise(second[STATUS])
    second |= {name: nw.coalesce(second[name], nw.lit(one)) for name, one in ((WEIGHT, 1.0), (APPROXIMATE, False))}
    # A choice, and no coalescing: where all were met at first, engines pass on what they have without a copy.
    return twice.with_columns(
        *(nw.when(cell.is_null()).then(second[name]).otherwise(nw.col(name)).alias(name) for name in FOUND)
    )


def _rule(*, text: bool, dates: bool, ending: str = "") -> Rule:
    """When a stretch holds for a row; of a period, the last day on which the code was open counts."""
    opens, closes, reaches, after = (f"{name}{ending}" for name in (OPENS, CLOSES, REACHES, AFTER))
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
    cell = next(name for name in small.collect_schema().names() if name.startswith(CELL))
    holds = [nw.any_horizontal(*(nw.col(a) <= nw.col(b) for a, b in line), ignore_nulls=False) for line in rule]
    return met.filter(nw.col(cell).is_null() | nw.all_horizontal(*holds, ignore_nulls=False))


def _finished(
    met: Plan, columns: Sequence[str], request: Request, *, divides: bool, words: Callable[[nw.Expr], nw.Expr]
) -> Plan:
    """The caller's columns with ours."""
    names, weight = request.names, nw.col(WEIGHT)
    scaled = request.scaled if divides else ()
    kept = [
        nw.col(TARGET).alias(name)
        if name == request.code
        else (nw.col(name).cast(nw.Float64) * weight).alias(name)
        if name in scaled
        else nw.col(name)
        for name in columns
    ]
    return met.select(
        *kept,
        nw.col(request.code).alias(names.source),
        words(nw.col(STATUS)).alias(names.status),
        weight.alias(names.weight),
        words(nw.col(BASIS)).alias(names.basis),
        nw.col(APPROXIMATE).alias(names.approximate),
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
    crosswalk: Restating
    table: Table
    text: bool

    def counted(self) -> Listed:
        """Every value and stretch that has rows: one query."""
        values = {f"{_OWN}missing {at}": name for at, name in enumerate(self.request.numbers)}
        floats = {name: nw.col(name).cast(nw.Float64) for name in self.request.numbers}
        known = {name: nw.when(~column.is_nan()).then(column) for name, column in floats.items()}
        sums = [nw.col(name).sum() for name in (*self.counts, *values)]
        source = f"{_OWN}source"
        # Only where there are any: to find the least of texts Spark sorts every row.
        texts = [nw.col(_TEXT).min()] if self.text else []
        found = fetched(
            self.met.filter(nw.col(PART).is_null() | (nw.col(PART) == 0))
            .select(
                nw.col(self.request.code).cast(nw.String).alias(source),
                nw.coalesce(nw.col(CELL), nw.lit(-1)).alias(CELL),
                nw.col(STATUS),
                *self._undated(),
                *(known[name].alias(name) for name in self.counts),
                *(known[name].is_null().cast(nw.Int64).alias(flag) for flag, name in values.items()),
            )
            .group_by(source, CELL, STATUS, _LAST)
            .agg(nw.len().alias(PART), *texts, *sums)
        )
        lost = found[_TEXT] if self.text else [None] * len(found[CELL])
        columns = (found[source], found[CELL], found[STATUS], found[_LAST], lost, found[PART])
        totals = zip(*(found[name] for name in self.counts), strict=True) if self.counts else ((),) * len(found[CELL])
        stretch = cache(self._stretch)
        cells = [
            Counted(int(cell), value, stretch(int(cell), *why), int(rows), tuple(t or 0.0 for t in total))
            for value, cell, *why, rows, total in zip(*columns, totals, strict=True)
        ]
        return Listed(cells, len(self.counts), {name: int(sum(found[flag])) for flag, name in values.items()})

    def _undated(self) -> tuple[nw.Expr, nw.Expr]:
        """Whether a row has a date, none, or one that cannot be read; and that one."""
        nothing = nw.lit(None, nw.String).alias(_TEXT)
        if self.request.on is None:
            return nw.lit(_DATED).alias(_LAST), nothing
        lost, empty = nw.col(_LAST).is_null(), nw.col(self.request.on).is_null()
        text = nw.when(lost).then(nw.col(self.request.on).cast(nw.String)).alias(_TEXT) if self.text else nothing
        if self.text:
            empty = empty | (text.str.strip_chars(BLANKS) == "")
        without = nw.when(empty).then(nw.lit(_EMPTY)).otherwise(nw.lit(_UNREAD))
        why = nw.when(~lost).then(nw.lit(_DATED)).otherwise(without)
        return why.alias(_LAST), text

    def _stretch(self, cell: int, status: str, why: int, text: str | None) -> Stretch:
        if cell >= 0:
            return self.table.stretch(self.crosswalk, cell)
        if why == _DATED:
            return stranger(Status(status))
        return UNDATED if why == _EMPTY else unread(text or "")

    def overlaps(self, pairs: Sequence[Pair]) -> list[Overlap]:
        """Of each pair the periods in which both have rows: one query."""
        involved = sorted({cell for pair in pairs for cells in pair for cell in cells})
        if not involved:
            return []
        found = fetched(
            self.met.filter((nw.col(PART) == 0) & nw.col(CELL).is_in(involved))
            .select(CELL, self._period().alias(_TEXT))
            .group_by(CELL, _TEXT)
            .agg(nw.len().alias(PART))
        )
        rows: dict[int, Counter[Span]] = {cell: Counter() for cell in involved}
        for cell, period, many in zip(found[CELL], found[_TEXT], found[PART], strict=True):
            rows[int(cell)][self._span(period)] += int(many)
        return [overlap(*(sum((rows[cell] for cell in cells), Counter()) for cells in pair)) for pair in pairs]

    def _period(self) -> nw.Expr:
        if self.request.on is None:
            return nw.lit(0)
        if self.text:
            first, last = nw.col(_FIRST), nw.col(_LAST)
            month, days = first.str.slice(0, len("2015-08")), nw.concat_str(first, last, separator="/")
            return nw.when(first == last).then(month).otherwise(days)
        return nw.col(_LAST).dt.year().cast(nw.Int64) * 100 + nw.col(_LAST).dt.month().cast(nw.Int64)

    def _span(self, period: object) -> Span:
        if self.request.vintage is not None:
            return period_of(self.request.vintage)
        if not self.text:
            return _month(date(*divmod(int(str(period)), 100), 1))
        first, _, last = str(period).partition("/")
        return (_number(first), _number(last)) if last else _month(date.fromisoformat(f"{first}-01"))


def _month(day: date) -> Span:
    return period_of((to_number(day), to_number(day)))


def _number(day: str) -> int:
    return to_number(date.fromisoformat(day))
