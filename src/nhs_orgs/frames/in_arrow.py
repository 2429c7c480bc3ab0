"""Tables of pyarrow as the arithmetic of restating needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nhs_orgs.frames.cells import UNDATED_DAY, Ids
from nhs_orgs.frames.columns import Added, Content, no_codes, no_numbers, without_nan

__all__ = ["ArrowFrame", "days_of"]


class ArrowFrame:
    """A table of pyarrow."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401 - pyarrow has no types of its own
        self._table = table

    @property
    def columns(self) -> Sequence[str]:
        """Its names."""
        return list(self._table.column_names)

    def __len__(self) -> int:
        """How many rows."""
        return int(self._table.num_rows)

    def encoded(self, name: str) -> tuple[Ids, list[Any]]:
        """Which distinct value each row has, and these values."""
        column = self._table[name]
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if column.null_count == len(column):
            return np.zeros(len(column), np.int64), [None]
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
            raise no_codes(name, column.type)
        encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)  # pyright: ignore[reportAttributeAccessIssue] - made at run time
        whole = encoded.unify_dictionaries().combine_chunks()
        if isinstance(whole, pa.ChunkedArray):
            whole = pa.concat_arrays(whole.chunks)
        values = whole.dictionary.to_pylist()
        ids = whole.indices
        if ids.null_count:
            ids, values = pc.fill_null(ids.cast(pa.int64()), len(values)), [*values, None]
        return ids.to_numpy(zero_copy_only=False), values

    def days(self, name: str) -> tuple[Ids, bool] | None:
        """The day of each row."""
        return days_of(self._table[name])

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        column = self._table[name]
        found: NDArray[np.float64] = pc.fill_null(_floats(name, column), 0.0).to_numpy()
        return without_nan(found)

    def built(
        self, code: str, source: str, rows: Ids | None, parts: Ids, added: Iterable[Added], scaled: Iterable[str]
    ) -> Any:  # noqa: ANN401
        """A table of pyarrow."""
        table = self._table if rows is None else self._table.take(pa.array(rows))
        codes, weights = table[code], None
        for place, column in enumerate(added):
            made = _looked_up(_array(column, codes.type), parts)
            if column.content is Content.NUMBER:
                weights = made
            if place == 0:
                table = table.set_column(table.column_names.index(code), code, made).append_column(source, codes)
            else:
                table = table.append_column(column.name, made)
        for name in scaled:
            product = pc.multiply(_floats(name, table[name]), weights)  # pyright: ignore[reportAttributeAccessIssue] - made at run time
            table = table.set_column(table.column_names.index(name), name, product)
        return table


def days_of(column: Any) -> tuple[Ids, bool] | None:  # noqa: ANN401
    """The day of each value of a column, and whether one is empty; ``None`` if it holds no dates."""
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        # the day by the clock of the column's own zone
        column = pc.local_timestamp(column)  # pyright: ignore[reportAttributeAccessIssue] - made at run time
    if not (pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)):
        return None
    numbers = column.cast(pa.date32(), safe=False).cast(pa.int32())
    empty = numbers.null_count > 0
    if empty:
        numbers = pc.fill_null(numbers, pa.scalar(UNDATED_DAY, pa.int32()))
    return numbers.to_numpy(), empty


def _floats(name: str, column: Any) -> Any:  # noqa: ANN401
    kind = column.type
    known = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
    if not any(is_one(kind) for is_one in known):
        raise no_numbers(name, kind)
    return column.cast(pa.float64(), safe=False)


def _looked_up(values: Any, places: Ids) -> Any:  # noqa: ANN401
    """Each row's value; numpy looks whole numbers and floats up faster."""
    if pa.types.is_dictionary(values.type) and not values.null_count:
        indices = values.indices.to_numpy()[places]
        return pa.DictionaryArray.from_arrays(pa.array(indices), values.dictionary)
    if pa.types.is_floating(values.type):
        return pa.array(values.to_numpy()[places])
    if len(values) and len(places) and values.null_count == len(values):
        return pa.nulls(len(places), values.type)
    return values.take(pa.array(places))


def _array(column: Added, kind: Any) -> Any:  # noqa: ANN401
    """The values by part."""
    if column.content is Content.NUMBER:
        return pa.array(column.values, pa.float64())
    if column.content is Content.FLAG:
        return pa.array(column.values, pa.bool_())
    if column.content is Content.WORD or pa.types.is_dictionary(kind):
        return pa.array(column.values, pa.string()).dictionary_encode()
    return pa.array(column.values, pa.string() if pa.types.is_null(kind) else kind)
