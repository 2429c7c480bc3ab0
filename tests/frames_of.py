"""One small table as every kind of data frame, every kind of frame as plain rows again, and questions refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import nhs_orgs as nhs
from nhs_orgs.errors import InvalidFrame

__all__ = ["ASKED", "DAY", "EACH", "KINDS", "TABLE", "Table", "counted", "refused", "rows_of"]

Table = Mapping[str, list[Any]]


def _categorical(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame(dict(table))
    return frame.assign(code=frame["code"].astype("category"))


def _arrow_backed(table: Table) -> pd.DataFrame:
    return pa.table(dict(table)).to_pandas(types_mapper=pd.ArrowDtype)


def _in_chunks(table: Table) -> pa.Table:
    whole = pa.table(dict(table))
    many = len(whole) // 2
    return pa.concat_tables([whole.slice(0, many), whole.slice(many)])


def _as_dictionary(table: Table) -> pa.Table:
    whole = pa.table(dict(table))
    return whole.set_column(0, "code", whole["code"].dictionary_encode())


def _in_duckdb(table: Table) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(pa.table(dict(table)))


KINDS: dict[str, Callable[[Table], Any]] = {
    "pandas": lambda table: pd.DataFrame(dict(table)),
    "pandas objects": lambda table: pd.DataFrame(dict(table), dtype=object).infer_objects().astype({"code": object}),
    "pandas categories": _categorical,
    "pandas Arrow": _arrow_backed,
    "polars": lambda table: pl.DataFrame(dict(table)),
    "polars categories": lambda table: pl.DataFrame(dict(table)).with_columns(pl.col("code").cast(pl.Categorical)),
    "polars lazy": lambda table: pl.LazyFrame(dict(table)),
    "pyarrow": lambda table: pa.table(dict(table)),
    "pyarrow chunks": _in_chunks,
    "pyarrow dictionary": _as_dictionary,
    "duckdb": _in_duckdb,
}
"""How to make each kind; the column of codes is called ``code`` and comes first."""


EACH = ["pandas", "pandas Arrow", "polars", "polars lazy", "pyarrow", "duckdb"]
"""A kind of each library, and of each way in which it holds its columns."""
DAY = date(2016, 5, 1)
TABLE: dict[str, list[Any]] = {"code": ["RM2", "RW6", "XYZ"], "day": [DAY] * 3, "n": [1.0, 2.0, 4.0]}
ASKED: dict[str, Any] = {"code": "code", "on": "day", "values": "n"}


def refused(crosswalk: nhs.Crosswalk, frame: Any, **asked: Any) -> InvalidFrame:  # noqa: ANN401 - of every kind
    """How a crosswalk refuses a frame, asked as usual but for what is said."""
    with pytest.raises(InvalidFrame) as caught:
        crosswalk.apply(frame, **{**ASKED, **asked})
    return caught.value


def rows_of(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of every kind
    """The rows of a frame, an empty value as ``None``, in no order."""
    if isinstance(frame, pd.DataFrame):
        return [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]
    if isinstance(frame, pl.LazyFrame):
        return list(frame.collect().to_dicts())
    if isinstance(frame, pl.DataFrame):
        return list(frame.to_dicts())
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    if isinstance(frame, pa.Table):
        return list(frame.to_pylist())
    return [row.asDict() for row in frame.collect()]


def _plain(value: Any) -> Any:  # noqa: ANN401
    return None if value is None or (not isinstance(value, str) and pd.isna(value)) else value


def counted(rows: Iterable[dict[str, Any]]) -> Counter[str]:
    """Rows to compare, numbers as far as they are sure."""
    return Counter(
        str(sorted((name, f"{value:.9g}" if isinstance(value, float) else str(value)) for name, value in row.items()))
        for row in rows
    )
