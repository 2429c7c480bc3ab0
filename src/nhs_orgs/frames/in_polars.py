"""Data frames of polars as the arithmetic of restating needs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, a_row_of_each, looked_up, shared_out
from nhs_orgs.frames.cells import UNDATED_DAY
from nhs_orgs.frames.columns import Added, Content, encoded_objects, no_codes, no_numbers

__all__ = ["PolarsFrame"]


class PolarsFrame:
    """A data frame of polars."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    @property
    def columns(self) -> Sequence[str]:
        """Its names."""
        return self._frame.columns

    def __len__(self) -> int:
        """How many rows."""
        return self._frame.height

    def encoded(self, name: str) -> tuple[Ids, list[Any]]:
        """Which distinct value each row has, and these values."""
        column = self._frame[name]
        if column.dtype == pl.Null or (column.dtype.is_numeric() and column.null_count() == len(column)):
            return np.zeros(len(column), np.int64), [None]
        if column.dtype == pl.Object:
            return encoded_objects(column.to_list(), name)
        if column.dtype == pl.String:
            return _of_texts(column)
        if not isinstance(column.dtype, pl.Categorical | pl.Enum):
            raise no_codes(name, column.dtype)
        return _encoded(column, column.to_physical())

    def days(self, name: str) -> tuple[Ids, bool] | None:
        """The day of each row."""
        column = self._frame[name]
        if column.dtype == pl.Datetime:
            column = column.dt.date()  # by the clock of the column's own zone
        if column.dtype != pl.Date:
            return None
        empty = column.null_count() > 0
        numbers = column.to_physical()
        return (numbers.fill_null(UNDATED_DAY) if empty else numbers).to_numpy(), empty

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        column = self._frame[name]
        if column.dtype != pl.Null and not column.dtype.is_numeric():
            raise no_numbers(name, column.dtype)
        floats = column.cast(pl.Float64)
        found: NDArray[np.float64] = (floats.fill_null(0.0) if floats.null_count() else floats).to_numpy()
        return found

    def built(
        self, code: str, source: str, rows: Ids | None, parts: Ids, added: Sequence[Added], scaled: Sequence[str]
    ) -> pl.DataFrame:
        """A frame of polars."""
        frame = self._frame if rows is None else self._frame[pl.Series(rows)]
        made = _looked_up(added, frame.schema[code], pl.Series(parts))
        products = [
            pl.col(name).cast(pl.Float64) * series
            for column, series in zip(added, made, strict=True)
            for name in scaled
            if column.content is Content.NUMBER and not (column.whole and frame.schema[name] == pl.Float64)
        ]
        return frame.with_columns(made[0].alias(code), frame[code].alias(source), *made[1:], *products)


def _of_texts(column: pl.Series) -> tuple[Ids, list[Any]]:
    """Of texts: each share of the rows by itself, into one set of categories of their own."""
    if not hasattr(pl, "Categories"):  # polars before 1.32
        return _encoded(column, column.cast(pl.Categorical).to_physical())
    kind = pl.Categorical(pl.Categories.random())
    shares = shared_out(len(column), lambda share: column[share].cast(kind).to_physical())
    return _encoded(column, pl.concat(shares))


def _encoded(column: pl.Series, numbers: pl.Series) -> tuple[Ids, list[Any]]:
    """Which distinct value each row has, and these values; the numbers of a categorical column may have gaps."""
    if column.null_count():
        numbers = (numbers.cast(pl.Int64) + 1).fill_null(0)  # so that the empty value is the first
    ids = numbers.to_numpy()
    if not len(ids):
        return ids, []
    rows = a_row_of_each(ids, int(ids.max()) + 1)
    found = np.flatnonzero(rows >= 0)
    values = column.gather(pl.Series(rows[found])).cast(pl.String).to_list()
    if len(found) == len(rows):
        return ids, values
    order = np.zeros(len(rows), np.int32)
    order[found] = np.arange(len(found))
    return looked_up(order, ids), values


def _looked_up(added: Sequence[Added], kind: pl.DataType, places: pl.Series) -> list[pl.Series]:
    """Each row's values, all columns at once; one that all parts share need not be looked up."""
    small = [_series(column, kind).alias(column.name) for column in added]
    many = [series for series, column in zip(small, added, strict=True) if not column.one]
    found = pl.DataFrame(many)[places] if many else pl.DataFrame()
    return [
        found[column.name] if column.name in found.columns else series.new_from_index(0, len(places))
        for series, column in zip(small, added, strict=True)
    ]


def _series(column: Added, kind: pl.DataType) -> pl.Series:
    """The values by part."""
    values: pl.Series
    if column.places is not None:
        words = pl.Series([*column.values, None], dtype=pl.String).cast(pl.Categorical)
        values = words.gather(pl.Series(np.where(column.places < 0, len(words) - 1, column.places)))
    elif isinstance(column.values, np.ndarray):
        values = pl.Series(column.values)
    else:
        values = pl.Series(column.values, dtype=pl.String)
        values = values.cast(pl.Categorical) if isinstance(kind, pl.Categorical | pl.Enum) else values
    return values
