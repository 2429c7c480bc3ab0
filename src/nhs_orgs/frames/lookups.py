"""Small tables for an engine to join with, made where it runs, and the type of its columns of few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from typing import Any

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.lazy import Lookup, Plan

__all__ = ["is_spark", "lookup_for", "words_for"]


def lookup_for(plan: Plan) -> Lookup:
    """How to make a small table of the kind of a frame. Raises `InvalidFrame` for an engine without one."""
    kind, native = plan.implementation, nw.to_native(plan)
    if is_spark(plan):
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


def is_spark(plan: Plan) -> bool:
    """Whether it may run on many machines, among which no data should be moved."""
    return plan.implementation.is_pyspark() or plan.implementation.is_pyspark_connect()


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
        from pyspark.sql.functions import broadcast  # pyright: ignore[reportMissingImports] - its extra is large
        from pyspark.sql.types import StructField, StructType  # pyright: ignore[reportMissingImports] - its extra is large

        fields = [StructField(name, _spark_type(values)) for name, values in columns.items()]
        return broadcast(session.createDataFrame(list(zip(*columns.values(), strict=True)), StructType(fields)))

    return made


def _spark_type(values: list[Any]) -> Any:  # noqa: ANN401
    from pyspark.sql import types  # pyright: ignore[reportMissingImports] - its extra is large

    kinds = {"bool": types.BooleanType, "int": types.LongType, "float": types.DoubleType, "date": types.DateType}
    first = next((value for value in values if value is not None), "")
    return kinds.get(type(first).__name__, types.StringType)()


def _duckdb(native: Any) -> Lookup:  # noqa: ANN401
    """In the connection of the relation, which alone can join with it."""
    return partial(_scanned if find_spec("pyarrow") else _written, native)


def _scanned(native: Any, columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    """DuckDB finds a table of pyarrow by the name of the variable that holds it."""
    import pyarrow as pa

    nhs_orgs_small = pa.table({name: pa.array(values, _arrow_type(values)) for name, values in columns.items()})
    found = native.query("nhs_orgs_caller", "SELECT * FROM nhs_orgs_small")
    del nhs_orgs_small
    return found


def _arrow_type(values: list[Any]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return pa.string() if _empty(values) else None


def _written(native: Any, columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    """Where there is no pyarrow, the rows are written into the query."""
    rows = ", ".join(f"({', '.join(map(_literal, row))})" for row in zip(*columns.values(), strict=True))
    names = ", ".join(f'"{name}"' for name in columns)
    kinds = ", ".join(f'"{name}"::{_duckdb_type(values)} AS "{name}"' for name, values in columns.items())
    if not rows:
        none = ", ".join("NULL" for _ in columns)
        return native.query("nhs_orgs_caller", f"SELECT {kinds} FROM (VALUES ({none})) small({names}) WHERE false")  # noqa: S608 - our own words
    return native.query("nhs_orgs_caller", f"SELECT {kinds} FROM (VALUES {rows}) small({names})")  # noqa: S608 - as above


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
