"""Small tables for an engine to join with, made where it runs, and the type of its columns of few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.lazy import Lookup, Plan

__all__ = ["lookup_for", "words_for"]


def lookup_for(plan: Plan) -> Lookup:
    """How to make a small table of the kind of a frame. Raises `InvalidFrame` for an engine without one."""
    kind, native = plan.implementation, nw.to_native(plan)
    if kind.is_pyspark() or kind.is_pyspark_connect():
        return _spark(native)
    if kind.is_duckdb():
        return _duckdb(native)
    if kind.is_polars() and isinstance(plan, nw.LazyFrame):
        return lambda columns: _polars(columns).lazy()
    if kind.is_polars():
        return _polars
    if isinstance(plan, nw.DataFrame):
        namespace = nw.get_native_namespace(plan)
        return lambda columns: nw.to_native(nw.from_dict(dict(columns), backend=namespace))
    todo = "Give a frame of pandas, polars, pyarrow, DuckDB or PySpark"
    raise InvalidFrame(None, f"is run by {kind.value}, for which there is no way to make small tables here", todo)


def words_for(plan: Plan) -> Callable[[nw.Expr], nw.Expr]:
    """What a frame's columns of few words become: of polars the same as in memory."""
    if plan.implementation.is_polars():
        return lambda column: column.cast(nw.Categorical)
    return lambda column: column


def _polars(columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    import polars as pl

    return pl.DataFrame(
        dict(columns), schema_overrides={n: pl.String for n, values in columns.items() if _empty(values)}
    )


def _empty(values: list[Any]) -> bool:
    return all(value is None for value in values)


def _spark(native: Any) -> Lookup:  # noqa: ANN401
    """Hinted to be sent to every worker, so that the big side stays where it is."""
    session = native.sparkSession

    def made(columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
        from pyspark.sql.functions import broadcast
        from pyspark.sql.types import StructField, StructType

        fields = [StructField(name, _spark_type(values)) for name, values in columns.items()]
        return broadcast(session.createDataFrame(list(zip(*columns.values(), strict=True)), StructType(fields)))

    return made


def _spark_type(values: list[Any]) -> Any:  # noqa: ANN401
    from pyspark.sql import types

    kinds = {"bool": types.BooleanType, "int": types.LongType, "float": types.DoubleType, "date": types.DateType}
    first = next((value for value in values if value is not None), "")
    return kinds.get(type(first).__name__, types.StringType)()


def _duckdb(native: Any) -> Lookup:  # noqa: ANN401
    """In the connection of the relation, which alone can join with it."""

    def made(columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
        rows = ", ".join(f"({', '.join(map(_literal, row))})" for row in zip(*columns.values(), strict=True))
        names = ", ".join(f'"{name}"' for name in columns)
        kinds = ", ".join(f'"{name}"::{_duckdb_type(values)} AS "{name}"' for name, values in columns.items())
        if not rows:
            rows, kinds = f"({', '.join('NULL' for _ in columns)})", f"{kinds}"
            return native.query("caller", f"SELECT {kinds} FROM (VALUES {rows}) small({names}) WHERE false")  # noqa: S608 - our own words
        return native.query("caller", f"SELECT {kinds} FROM (VALUES {rows}) small({names})")  # noqa: S608 - as above

    return made


def _literal(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return repr(value)
    text = str(value).replace("'", "''")
    return f"'{text}'"


def _duckdb_type(values: list[Any]) -> str:
    kinds = {"bool": "BOOLEAN", "int": "BIGINT", "float": "DOUBLE", "date": "DATE"}
    first = next((value for value in values if value is not None), "")
    return kinds.get(type(first).__name__, "VARCHAR")
