"""Data frames of polars as the arithmetic of restating needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nhs_orgs.frames.cells import UNDATED_DAY, Ids
from nhs_orgs.frames.columns import Added, Content, encoded_objects, no_codes, no_numbers, without_nan

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
            column = column.cast(pl.Categorical)
        if not isinstance(column.dtype, pl.Categorical | pl.Enum):
            raise no_codes(name, column.dtype)
        return _encoded(column)

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
        return without_nan((floats.fill_null(0.0) if floats.null_count() else floats).to_numpy())

    def built(
        self, code: str, source: str, rows: Ids | None, parts: Ids, added: Iterable[Added], scaled: Iterable[str]
    ) -> pl.DataFrame:
        """A frame of polars."""
        frame = self._frame if rows is None else self._frame[rows]
        columns = frame[code]
        new, places = [columns.alias(source)], pl.Series(parts.astype(np.uint32, copy=False))
        weights = None
        for place, column in enumerate(added):
            made = _looked_up(_series(column, columns.dtype), places).alias(code if place == 0 else column.name)
            if column.content is Content.NUMBER:
                weights = made
            if place == 0:
                new.insert(0, made)
            else:
                new.append(made)
        if weights is not None:
            new += [(frame[name].cast(pl.Float64) * weights).alias(name) for name in scaled]
        return frame.with_columns(new)


def _encoded(column: pl.Series) -> tuple[Ids, list[Any]]:
    """Of a categorical column: its own numbers, made to run from 0 without gaps."""
    numbers = column.to_physical().cast(pl.Int64)
    if column.null_count():
        numbers = (numbers + 1).fill_null(0)  # so that the empty value is the first
    ids = numbers.to_numpy()
    if not len(ids):
        return ids, []
    rows = np.zeros(int(ids.max()) + 1, np.int64)
    rows[ids] = np.arange(1, len(ids) + 1)  # some row of each number
    found = np.flatnonzero(rows)
    values = column.gather(pl.Series(rows[found] - 1)).cast(pl.String).to_list()
    if len(found) == len(rows):
        return ids, values
    order = np.zeros(len(rows), np.int64)
    order[found] = np.arange(len(found))
    return order[ids], values


def _looked_up(values: pl.Series, places: pl.Series) -> pl.Series:
    """Each row's value; one that all share need not be looked up."""
    if len(places) and values.n_unique() == 1:
        one: pl.Series = values.head(1).new_from_index(0, len(places))
        return one
    found: pl.Series = values.gather(places)
    return found


def _series(column: Added, kind: pl.DataType) -> pl.Series:
    """The values by part."""
    if column.content is Content.NUMBER:
        return pl.Series(column.values, dtype=pl.Float64)
    if column.content is Content.FLAG:
        return pl.Series(column.values, dtype=pl.Boolean)
    if column.content is Content.WORD or isinstance(kind, pl.Categorical | pl.Enum):
        words: pl.Series = pl.Series(column.values, dtype=pl.String).cast(pl.Categorical)
        return words
    return pl.Series(column.values, dtype=pl.String)
