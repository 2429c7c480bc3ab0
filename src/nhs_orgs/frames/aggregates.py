"""The few rows of an aggregate query, brought here from whatever engine worked them out."""

from __future__ import annotations

from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

__all__ = ["Plan", "fetched"]

Plan: TypeAlias = nw.LazyFrame[Any] | nw.DataFrame[Any]


def fetched(plan: Plan) -> dict[str, list[Any]]:
    """Its columns, as lists by name.

    DuckDB and Spark are asked for their rows: collected into a frame, they would need pyarrow.
    """
    kind, native = plan.implementation, nw.to_native(plan)
    if kind.is_duckdb():
        return _of_rows(native.columns, native.fetchall())
    if kind.is_pyspark() or kind.is_pyspark_connect():
        return _of_rows(native.columns, native.collect())
    frame = plan.collect() if isinstance(plan, nw.LazyFrame) else plan
    return {name: frame[name].to_list() for name in frame.columns}


def _of_rows(names: list[str], rows: list[Any]) -> dict[str, list[Any]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
