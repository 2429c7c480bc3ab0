"""Data frames of polars as the arithmetic of restating needs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, a_row_of_each, built_in_shares, looked_up, shared_out
from nhs_orgs.frames.cells import UNDATED_DAY
from nhs_orgs.frames.columns import FEW, Added, Content, encoded_few, encoded_objects, no_codes, no_numbers

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

    def encoded(self, name: str) -> tuple[Ids, Sequence[Any]]:
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

    def whole(self, name: str) -> tuple[Ids, Sequence[Any]] | None:
        """The same of a column of whole numbers, as texts."""
        column = self._frame[name]
        return _of_texts(column.cast(pl.String)) if column.dtype.is_integer() else None

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

    def zeroed(self, name: str) -> int:
        """Those that are null."""
        return self._frame[name].null_count()

    def built(
        self,
        code: str,
        source: str,
        rows: list[Ids] | None,
        parts: list[Ids],
        added: Sequence[Added],
        scaled: Sequence[str],
    ) -> pl.DataFrame:
        """A frame of polars, each share of its rows by itself."""
        kind = self._frame.schema[code]
        small = [_series(column, kind).alias(column.name) for column in added]
        weight = next(at for at, column in enumerate(added) if column.content is Content.NUMBER)

        def build(some: slice | Ids, of_parts: Ids) -> pl.DataFrame:
            frame = self._frame[some if isinstance(some, slice) else pl.Series(some)]
            places = pl.Series(of_parts)
            made = [
                series.new_from_index(0, len(places)) if column.one else series[places]
                for series, column in zip(small, added, strict=True)
            ]
            for name in scaled:
                if not (added[weight].whole and frame.schema[name] == pl.Float64):
                    product = frame[name].cast(pl.Float64) * made[weight]
                    frame.replace_column(frame.get_column_index(name), product)
            codes = frame[code].alias(source)
            frame.replace_column(frame.get_column_index(code), made[0].alias(code))
            return frame.hstack([codes, *made[1:]])

        return pl.concat(built_in_shares(rows, parts, build), rechunk=False)


def _of_texts(column: pl.Series) -> tuple[Ids, Sequence[Any]]:
    """Of texts: short ones as numbers, others each share of the rows by itself, into categories of their own."""
    if len(column) < FEW:
        return encoded_few(column.to_list())
    if (short := _short(column)) is not None:
        return short
    if not hasattr(pl, "Categories"):  # polars before 1.32
        return _encoded(column, column.cast(pl.Categorical).to_physical())
    kind = pl.Categorical(pl.Categories.random())
    # Not yet as numbers: polars forgets categories that no column has, and a later share would number them anew.
    shares = shared_out(len(column), lambda share: column[share].cast(kind))
    return _encoded(column, pl.concat(shares).to_physical())


def _short(column: pl.Series) -> tuple[Ids, Sequence[Any]] | None:
    """Of short texts, where pyarrow is there to lend them."""
    try:
        from nhs_orgs.frames.lent_texts import encoded_short_texts
    except ImportError:
        return None
    return encoded_short_texts(column.to_arrow(compat_level=pl.CompatLevel.newest()))


def _encoded(column: pl.Series, numbers: pl.Series) -> tuple[Ids, list[Any]]:
    """Which distinct value each row has, and these values; the numbers of a categorical column may have gaps."""
    if column.null_count():
        numbers = (numbers.cast(pl.Int64) + 1).fill_null(0)  # so that the empty value is the first
    ids = numbers.to_numpy()
    if not len(ids):
        return ids, []
    rows = a_row_of_each(ids, int(ids.max()) + 1)
    found = np.flatnonzero(rows >= 0)
    values = column[pl.Series(rows[found])].cast(pl.String).to_list()
    if len(found) == len(rows):
        return ids, values
    order = np.zeros(len(rows), np.int32)
    order[found] = np.arange(len(found))
    return looked_up(order, ids), values


def _series(column: Added, kind: pl.DataType) -> pl.Series:
    """The values by part."""
    if column.places is not None:
        texts = pl.Series([*column.values, None], dtype=pl.String)
        if column.content is Content.WORD or isinstance(kind, pl.Categorical | pl.Enum):
            texts = texts.cast(pl.Categorical)
        return texts[pl.Series(np.where(column.places < 0, len(texts) - 1, column.places).astype(np.uint32))]
    return pl.Series(column.values)
