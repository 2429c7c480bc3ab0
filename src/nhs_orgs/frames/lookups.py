"""What each engine does in its own way: small tables where it runs, joins with them, and its columns of few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from typing import Any

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.lazy import Engine, Plan, Rule, joined

__all__ = ["engine_of", "lookup_for"]


def engine_of(plan: Plan) -> Engine:
    """How the engine of a frame does it. Raises `InvalidFrame` for one that can make no small tables here."""
    native = plan.implementation.is_duckdb()
    return Engine(lookup_for(plan), _words_for(plan), _early_for(plan), _joined_by_duckdb if native else joined)


def lookup_for(plan: Plan) -> Callable[[Mapping[str, list[Any]]], Any]:
    """How to make a small table of the kind of a frame. Raises `InvalidFrame` for an engine without one."""
    kind, native = plan.implementation, nw.to_native(plan)
    if kind.is_pyspark() or kind.is_pyspark_connect():
        return _spark(native)
    if kind.is_duckdb():
        return partial(_scanned if find_spec("pyarrow") else _written, native)
    if kind.is_polars() and isinstance(plan, nw.LazyFrame):
        return lambda columns: _polars(columns).lazy()
    if kind.is_polars():
        return _polars
    if isinstance(plan, nw.DataFrame):
        namespace = nw.get_native_namespace(plan)
        return lambda columns: nw.to_native(nw.from_dict(dict(columns), backend=namespace))
    todo = "Give a frame of pandas, polars, pyarrow, DuckDB or PySpark"
    raise InvalidFrame(None, f"is run by {kind.value}, for which there is no way to make small tables here", todo)


def _joined_by_duckdb(plan: Plan, small: Plan, keys: tuple[str, str], rule: Rule) -> Plan:
    """With the rule as a condition of the join: of a code's stretches, only the one that holds is ever a row."""
    lines = [" OR ".join(f'"{a}" <= "{b}"' for a, b in line) for line in rule]
    condition = " AND ".join([f'"{keys[0]}" = "{keys[1]}"', *(f"({line})" for line in lines)])
    big, other = (nw.to_native(side).set_alias(name) for side, name in ((plan, "big"), (small, "small")))
    met: Plan = nw.from_native(big.join(other, condition, how="left"))
    return met


def _words_for(plan: Plan) -> Callable[[nw.Expr], nw.Expr]:
    """What a frame's columns of few words become: of polars the same as in memory."""
    if plan.implementation.is_polars():
        return lambda column: column.cast(nw.Categorical)
    return lambda column: column


def _early_for(plan: Plan) -> Callable[[nw.Expr], nw.Expr]:
    """The same, where it is the same to all columns: in polars before 1.32 each has categories of its own."""
    if plan.implementation.is_polars() and not hasattr(nw.get_native_namespace(plan), "Categories"):
        return lambda column: column
    return _words_for(plan)


def _polars(columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    import polars as pl

    return pl.DataFrame(
        dict(columns), schema_overrides={n: pl.String for n, values in columns.items() if _empty(values)}
    )


def _empty(values: list[Any]) -> bool:
    return all(value is None for value in values)


def _spark(native: Any) -> Callable[[Mapping[str, list[Any]]], Any]:  # noqa: ANN401
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


def _scanned(native: Any, columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    """DuckDB finds a table of pyarrow by the name of the variable that holds it."""
    import pyarrow as pa

    nhs_orgs_small = pa.table({name: pa.array(values, _arrow_type(values)) for name, values in columns.items()})
    found = native.query("nhs_orgs_caller", "SELECT * FROM nhs_orgs_small")
    del nhs_orgs_small
    return _swept(native, found)


def _swept(native: Any, found: Any) -> Any:  # noqa: ANN401
    """A relation lends its connection only under a name, and some versions keep that as a view: it is taken away."""
    native.query("nhs_orgs_caller", "DROP VIEW IF EXISTS nhs_orgs_caller")
    return found


def _arrow_type(values: list[Any]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return pa.string() if _empty(values) else None


def _written(native: Any, columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    """Where there is no pyarrow, each column is written into the query as one text, which is taken apart there.

    As rows of literals DuckDB would take seconds to read it.
    """
    parts = ", ".join(f'unnest(string_split({_joined(values)}, chr(31))) AS "{n}"' for n, values in columns.items())
    kinds = ", ".join(f'NULLIF("{n}", chr(30))::{_duckdb_type(values)} AS "{n}"' for n, values in columns.items())
    rows = any(columns.values())
    found = native.query("nhs_orgs_caller", f"SELECT {kinds} FROM (SELECT {parts}) small WHERE {rows}")  # noqa: S608 - our own words
    return _swept(native, found)


def _joined(values: list[Any]) -> str:
    """Values between characters that no text has: one parts them, the other stands for none."""
    text = "\x1f".join("\x1e" if value is None else str(value) for value in values).replace("'", "''")
    return f"'{text}'"


def _duckdb_type(values: list[Any]) -> str:
    kinds = {"bool": "BOOLEAN", "int": "BIGINT", "float": "DOUBLE", "date": "DATE"}
    first = next((value for value in values if value is not None), "")
    return kinds.get(type(first).__name__, "VARCHAR")
