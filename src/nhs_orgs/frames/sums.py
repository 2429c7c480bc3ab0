"""Adding restated rows up: counts are summed, rates and means weighed by what they are a rate or mean of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from nhs_orgs.frames.request import Request
from nhs_orgs.frames.stretches import Restating

__all__ = ["added_up", "bases_of", "with_products"]

_Plan: TypeAlias = Any
"""A frame of narwhals, lazy or not: what they share has no type of its own."""


def with_products(plan: _Plan, request: Request) -> _Plan:
    """With each rate times its denominator, the denominators of those that there are, and which counts there are.

    NaN is no value.
    """
    plan = _without_nan(_widened(plan, request), request)
    made = [(~nw.col(name).is_null()).cast(nw.Int64).alias(known) for name, known in request.known]
    for name, denominator, product, weight in request.products:
        rate, of_how_many = nw.col(name).cast(nw.Float64), nw.col(denominator).cast(nw.Float64)
        made.append((rate * of_how_many).alias(product))
        made.append(nw.when(~(rate.is_null() | of_how_many.is_null())).then(of_how_many).alias(weight))
    return plan.with_columns(*made) if made else plan


def _widened(plan: _Plan, request: Request) -> _Plan:
    """With longer numbers for those of two bytes: pyarrow cannot add them up, nor pandas by them.

    Older narwhals does not know them.
    """
    schema = plan.collect_schema()
    short = [nw.col(name).cast(nw.Float64) for name in request.numbers if str(schema[name]) in {"Float16", "Unknown"}]
    if plan.implementation.is_pandas():
        kinds = nw.to_native(plan).dtypes
        short += [nw.col(name).cast(nw.Float32) for name in request.by or () if kinds[name] == "float16"]
    return plan.with_columns(*short) if short else plan


def _without_nan(plan: _Plan, request: Request) -> _Plan:
    """As pandas adds up; of the others a group with one NaN would be NaN."""
    if plan.implementation.is_pandas():
        return plan
    schema = plan.collect_schema()
    floats = [nw.col(name) for name in request.numbers if schema[name].is_float()]
    return plan.with_columns(*(nw.when(~column.is_nan()).then(column) for column in floats)) if floats else plan


def bases_of(crosswalk: Restating, bases: Iterable[str | None]) -> list[str]:
    """Every basis by which something is divided, each once, the strongest first."""
    return crosswalk.preference.in_order(bases)


def added_up(plan: _Plan, request: Request, bases: Sequence[str], *, row: str | None = None) -> _Plan:
    """By target and the caller's columns; what has no target stays apart by its own code and status.

    A group of which no figure is known has none, rather than 0. Of several bases a group has the weakest: the last of
    `bases`. Groups come in the order of their first rows, where a column numbers these: engines that work in threads
    have another order each time.
    """
    names = request.names
    by: tuple[str, ...] = request.by or ()
    lost = nw.col(request.code).is_null()
    keys = (request.code, names.source, names.status, *by)
    apart = plan.with_columns(
        nw.when(lost).then(nw.col(names.source)).alias(names.source),
        nw.when(lost).then(nw.col(names.status).cast(nw.String)).alias(names.status),
        _weakness(nw.col(names.basis).cast(nw.String), bases).alias(names.basis),
        nw.col(names.approximate).cast(nw.Int64).alias(names.approximate),
    )
    sums = [nw.col(name).sum().alias(name) for name in request.with_products().scaled]
    flags = (names.basis, names.approximate, *(known for _, known in request.known))
    most = [nw.col(name).max().alias(name) for name in flags]
    if row is None:
        found = apart.group_by(*keys).agg(*sums, *most)
    else:
        found = _in_order(apart.group_by(*keys).agg(*sums, *most, nw.col(row).min()), row, request.code)
    rates = [
        nw.when(nw.col(weight) != 0).then(nw.col(product) / nw.col(weight)).alias(name)
        for name, _, product, weight in request.products
    ]
    return found.select(
        request.code,
        *by,
        *(nw.when(nw.col(known) > 0).then(nw.col(name)).alias(name) for name, known in request.known),
        *rates,
        names.source,
        names.status,
        _weakest(nw.col(names.basis), bases).alias(names.basis),
        nw.col(names.approximate).cast(nw.Boolean).alias(names.approximate),
    )


def _in_order(plan: _Plan, row: str, code: str) -> _Plan:
    """By row, then code; as texts, since some versions of pyarrow cannot sort by a dictionary."""
    text = f"{row} text"
    return plan.with_columns(nw.col(code).cast(nw.String).alias(text)).sort(row, text, nulls_last=True)


def _weakness(basis: nw.Expr, bases: Sequence[str]) -> nw.Expr:
    """As a number, which every engine can take the largest of; 0 where nothing is divided."""
    found: nw.Expr = nw.lit(0)
    for at, name in enumerate(bases, 1):
        found = nw.when(basis == name).then(nw.lit(at)).otherwise(found)
    return found


def _weakest(number: nw.Expr, bases: Sequence[str]) -> nw.Expr:
    """Its name again."""
    found: nw.Expr = nw.when(number == 1).then(nw.lit(bases[0] if bases else ""))
    for at, name in enumerate(bases[1:], 2):
        found = nw.when(number == at).then(nw.lit(name)).otherwise(found)
    return found
