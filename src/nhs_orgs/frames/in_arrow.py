"""Tables of pyarrow as the arithmetic of restating needs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, looked_up, shared_out
from nhs_orgs.frames.cells import UNDATED_DAY
from nhs_orgs.frames.columns import Added, Content, no_codes, no_numbers

__all__ = ["ArrowFrame", "days_of", "encoded_texts", "taken", "without_views"]


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
        return encoded_texts(column)

    def days(self, name: str) -> tuple[Ids, bool] | None:
        """The day of each row."""
        return days_of(self._table[name])

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        column = self._table[name]
        floats = _floats(name, column)
        return _as_numpy(pc.fill_null(floats, 0.0) if floats.null_count else floats)

    def built(
        self, code: str, source: str, rows: Ids | None, parts: Ids, added: Sequence[Added], scaled: Sequence[str]
    ) -> Any:  # noqa: ANN401
        """A table of pyarrow."""
        table = self._table if rows is None else _rows_of(self._table, rows)
        codes, weights = table[code], None
        for place, column in enumerate(added):
            made = _column(column, codes.type, parts)
            if column.content is Content.NUMBER and not column.whole:
                weights = made
            if place == 0:
                table = table.set_column(table.column_names.index(code), code, made).append_column(source, codes)
            else:
                table = table.append_column(column.name, made)
        for name in scaled:
            product = _floats(name, table[name])
            if weights is not None:
                product = pc.multiply(product, weights)  # pyright: ignore[reportAttributeAccessIssue] - made at run time
            table = table.set_column(table.column_names.index(name), name, product)
        return table


def without_views(table: Any) -> Any:  # noqa: ANN401
    """With texts for views of texts, of which pyarrow can take no rows."""
    for at, field in enumerate(table.schema):
        if pa.types.is_string_view(field.type):
            table = table.set_column(at, field.name, table[at].cast(pa.large_string()))
    return table


def encoded_texts(column: Any) -> tuple[Ids, list[Any]]:  # noqa: ANN401
    """Of a column of texts or of a dictionary: which distinct value each row has, and these values."""

    def encode(share: slice) -> Any:  # noqa: ANN401
        return pc.dictionary_encode(column[share])  # pyright: ignore[reportAttributeAccessIssue] - made at run time

    whole = column if pa.types.is_dictionary(column.type) else _chunked(shared_out(len(column), encode))
    chunks = _chunked([whole]).unify_dictionaries().chunks
    values = chunks[0].dictionary.to_pylist() if chunks else []
    ids = [chunk.indices for chunk in chunks]
    if any(one.null_count for one in ids):
        ids, values = [pc.fill_null(one.cast(pa.int32()), len(values)) for one in ids], [*values, None]
    return _as_numpy(pa.chunked_array(ids) if ids else pa.array([], pa.int32())), values


def _chunked(columns: Sequence[Any]) -> Any:  # noqa: ANN401
    """One column of the chunks of several."""
    chunks = [chunk for one in columns for chunk in (one.chunks if isinstance(one, pa.ChunkedArray) else [one])]
    return pa.chunked_array(chunks, type=columns[0].type)


def _as_numpy(column: Any) -> NDArray[Any]:  # noqa: ANN401
    """Numbers, of which none is empty; of one chunk without a copy."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    found = [chunk.to_numpy(zero_copy_only=False) for chunk in chunks]
    return found[0] if len(found) == 1 else np.concatenate(found) if found else np.zeros(0)


def taken(values: Any, places: Ids) -> Any:  # noqa: ANN401
    """Each row's text, in a chunk for each share of the rows."""
    return _chunked(shared_out(len(places), lambda share: values.take(pa.array(places[share]))))


def _rows_of(table: Any, rows: Ids) -> Any:  # noqa: ANN401
    return pa.concat_tables(shared_out(len(rows), lambda share: table.take(pa.array(rows[share]))))


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
    return _as_numpy(numbers), empty


def _floats(name: str, column: Any) -> Any:  # noqa: ANN401
    kind = column.type
    known = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
    if not any(is_one(kind) for is_one in known):
        raise no_numbers(name, kind)
    return column.cast(pa.float64(), safe=False)


def _column(column: Added, kind: Any, parts: Ids) -> Any:  # noqa: ANN401
    """A new column: of each row, the value of its part."""
    rows, values = len(parts), column.values
    if column.places is not None:
        return _words(list(values), column.places, parts, one=column.one)
    if isinstance(values, np.ndarray):
        return pa.array(np.full(rows, values[:1]) if column.one and rows else looked_up(values, parts))
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode().take(pa.array(parts))
    return taken(pa.array(values, pa.string() if pa.types.is_null(kind) else kind), parts)


def _words(words: Sequence[str], places: Ids, parts: Ids, *, one: bool) -> Any:  # noqa: ANN401
    """A dictionary column: its words are few enough for the narrowest numbers."""
    values = pa.array(words, pa.string())
    if not words:
        return pa.DictionaryArray.from_arrays(pa.nulls(len(parts), pa.int8()), values)
    ids = np.zeros(len(parts), np.int8) if one else looked_up(places, parts)
    return pa.DictionaryArray.from_arrays(pa.array(ids, mask=ids < 0 if (places < 0).any() else None), values)
