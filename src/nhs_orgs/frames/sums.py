"""Adding restated rows up: counts are summed, rates and means weighed by what they are a rate or mean of."""

from __future__ import annotations

from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from nhs_orgs.frames.request import Request

__all__ = ["added_up", "with_products"]

_Plan: TypeAlias = Any
"""A frame of narwhals, lazy or not: what they share has no type of its own."""


def with_products(plan: _Plan, request: Request) -> _Plan:
    """With each rate times its denominator, and the denominators of those that there are."""
    made: list[nw.Expr] = []
    for name, denominator, product, weight in request.products:
        rate, of_how_many = nw.col(name).cast(nw.Float64), nw.col(denominator).cast(nw.Float64)
        made.append((rate * of_how_many).alias(product))
        made.append(nw.when(~(rate.is_null() | of_how_many.is_null())).then(of_how_many).alias(weight))
    return plan.with_columns(*made) if made else plan


def added_up(plan: _Plan, request: Request) -> _Plan:
    """By target and the caller's columns; what has no target stays apart by its own code and status."""
    names = request.names
    by: tuple[str, ...] = request.by or ()
    lost = nw.col(request.code).is_null()
    keys = (request.code, names.source, names.status, *by)
    apart = plan.with_columns(
        nw.when(lost).then(nw.col(names.source)).alias(names.source),
        nw.when(lost).then(nw.col(names.status).cast(nw.String)).alias(names.status),
        nw.col(names.basis).cast(nw.String).alias(names.basis),
        nw.col(names.approximate).cast(nw.Int64).alias(names.approximate),
    )
    sums = [nw.col(name).sum().alias(name) for name in request.with_products().scaled]
    most = [nw.col(name).max().alias(name) for name in (names.basis, names.approximate)]
    found = apart.group_by(*keys).agg(*sums, *most)
    rates = [
        nw.when(nw.col(weight) != 0).then(nw.col(product) / nw.col(weight)).alias(name)
        for name, _, product, weight in request.products
    ]
    return found.select(
        request.code,
        *by,
        *request.counts,
        *rates,
        names.source,
        names.status,
        names.basis,
        nw.col(names.approximate).cast(nw.Boolean).alias(names.approximate),
    )
