"""Shares out of the caller's own data: what the parts of a merged body were in the last period before they merged.

Backwards no published share divides a body: which part of a merged trust's patients would have been whose is known to
nobody. The caller's own figures of the time before are the best there is. A period counts if it ends before the merger
and every part has a figure in it: what a missing figure would have been is not known, so that it is not taken for 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.util import find_spec
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from nhs_orgs.bases import Table
from nhs_orgs.errors import InvalidFrame, MissingExtra
from nhs_orgs.frames.periods import Span, is_empty, of_values, to_number, unread
from nhs_orgs.frames.restated import opened
from nhs_orgs.passages import Unshared
from nhs_orgs.store import Store

__all__ = ["History", "figures_of", "shares_before"]

History: TypeAlias = Mapping[str, Mapping[Span, float]]
"""Figures by code, then by the days that each covers."""


def figures_of(frame: Any, *, code: str, on: str, value: str, spell: Callable[[object], str | None]) -> History:  # noqa: ANN401
    """The figures of each code and period, added up; of a lazy frame by one aggregate query.

    Raises:
        InvalidFrame: It is no data frame, a column is missing, or holds what it cannot.
        MissingExtra: It is a relation of DuckDB, and pyarrow, into which it would be collected, is not installed.
    """
    plan = opened(frame)
    if plan.implementation.is_duckdb() and not find_spec("pyarrow"):
        raise MissingExtra("The history of a DuckDB relation", "arrow")
    schema = plan.collect_schema()
    for name in (code, on, value):
        if name not in schema:
            raise InvalidFrame(name, "is not in the frame", f"It has {', '.join(schema)}")
    if not schema[value].is_numeric():
        raise InvalidFrame(value, f"holds {schema[value]}, and no numbers", "Name a column of counts")
    held = ~nw.col(value).is_null() & ~nw.col(code).is_null() & ~nw.col(on).is_null()
    summed = plan.select(code, on, value).filter(held).group_by(code, on).agg(nw.col(value).sum())
    table = summed.collect() if isinstance(summed, nw.LazyFrame) else summed
    found: dict[str, dict[Span, float]] = {}
    spans = _spans(table[on].to_list(), on)
    for written, span, figure in zip(table[code].to_list(), spans, table[value].to_list(), strict=True):
        if span is not None and (known := spell(written)) is not None:
            of_code = found.setdefault(known, {})
            of_code[span] = of_code.get(span, 0.0) + float(figure)
    return found


def shares_before(history: History, merged: Iterable[Unshared], store: Store) -> Table:
    """Each merged body's shares of its parts, for all for which the history has them."""
    table: dict[tuple[str, str], float] = {}
    for one in merged:
        figures = _last_before(history, one) if one.backwards else ()
        total = math.fsum(figures)
        if total > 0:
            key = _era_since(store, one)
            table.update({(key, part): figure / total for part, figure in zip(one.parts, figures, strict=True)})
    return table


def _last_before(history: History, one: Unshared) -> tuple[float, ...]:
    """The parts' figures of the last period before the day for which all have one that can be shared out."""
    of_parts = [history.get(part, {}) for part in one.parts]
    day = to_number(one.day)
    spans = (span for span in set.intersection(*map(set, of_parts)) if span[1] < day)
    for span in sorted(spans, key=lambda span: (span[1], span[0]), reverse=True):
        figures = tuple(of_part[span] for of_part in of_parts)
        if all(math.isfinite(figure) and figure >= 0 for figure in figures) and any(figures):
            return figures
    return ()


def _era_since(store: Store, one: Unshared) -> str:
    """The key of the era that a body was from a day on."""
    lived = store.lived(one.code)
    ends = ((era.key, era.period.end) for era in lived)
    return next((key for key, end in ends if not isinstance(end, date) or end >= one.day), lived[-1].key)


def _spans(values: list[Any], on: str) -> list[Span | None]:
    spans = of_values(values)
    if wrong := [value for value, span in zip(values, spans, strict=True) if not (span or is_empty(value))]:
        raise unread(on, sorted(set(wrong), key=str))
    return spans
