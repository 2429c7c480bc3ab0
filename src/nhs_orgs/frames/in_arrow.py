"""Tables of pyarrow as the arithmetic of restating needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, built_in_shares, shared_out
from nhs_orgs.frames.cells import UNDATED_DAY
from nhs_orgs.frames.columns import FEW, Added, Content, encoded_few, no_codes, no_numbers
from nhs_orgs.frames.lent_texts import encoded_short_texts

__all__ = ["ArrowFrame", "by_part", "days_of", "encoded_texts", "made_plain", "plain", "taken"]


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

    def encoded(self, name: str) -> tuple[Ids, Sequence[Any]]:
        """Which distinct value each row has, and these values."""
        column = self._table[name]
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if column.null_count == len(column):
            return np.zeros(len(column), np.int64), [None]
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
            raise no_codes(name, column.type)
        return encoded_texts(column)

    def whole(self, name: str) -> tuple[Ids, Sequence[Any]] | None:
        """The same of a column of whole numbers, as texts."""
        column = self._table[name]
        return encoded_texts(column.cast(pa.string())) if pa.types.is_integer(column.type) else None

    def days(self, name: str) -> tuple[Ids, bool] | None:
        """The day of each row."""
        return days_of(self._table[name])

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        column = self._table[name]
        floats = _floats(name, column)
        return _as_numpy(pc.fill_null(floats, 0.0) if floats.null_count else floats)

    def zeroed(self, name: str) -> int:
        """Those that are null."""
        return int(self._table[name].null_count)

    def built(
        self,
        code: str,
        source: str,
        rows: list[Ids] | None,
        parts: list[Ids],
        added: Sequence[Added],
        scaled: Sequence[str],
    ) -> Any:  # noqa: ANN401
        """A table of pyarrow, each share of its rows by itself."""
        at, kind = self._table.schema.get_field_index(code), self._table.schema.field(code).type
        made = {column.name: _maker(column, kind) for column in added}
        weight = next((one.name for one in added if one.content is Content.NUMBER and not one.whole), None)

        def build(some: slice | Ids, of_parts: Ids) -> Any:  # noqa: ANN401
            table = self._table[some] if isinstance(some, slice) else self._table.take(pa.array(some))
            codes, new = table[code], {name: make(of_parts) for name, make in made.items()}
            table = table.set_column(at, code, new.pop(code)).append_column(source, codes)
            for name, column in new.items():
                table = table.append_column(name, column)
            return _weighed(table, scaled, weight)

        return pa.concat_tables(built_in_shares(rows, parts, build))


def _weighed(table: Any, scaled: Sequence[str], weight: str | None) -> Any:  # noqa: ANN401
    for name in scaled:
        product = _floats(name, table[name])
        if weight is not None:
            product = pc.multiply(product, table[weight])  # pyright: ignore[reportAttributeAccessIssue] - made at run time
        table = table.set_column(table.column_names.index(name), name, product)
    return table


def made_plain(table: Any) -> Any:  # noqa: ANN401
    """With columns of which pyarrow can take rows."""
    for at, field in enumerate(table.schema):
        if (column := plain(table[at])) is not None:
            table = table.set_column(at, field.name, column)
    return table


def plain(column: Any) -> Any | None:  # noqa: ANN401
    """Views as what they show, and a dictionary as one that all chunks share, or as texts; other columns: ``None``."""
    if pa.types.is_string_view(column.type):
        return column.cast(pa.large_string())
    if pa.types.is_binary_view(column.type):
        return column.cast(pa.large_binary())
    return _unified(column) if pa.types.is_dictionary(column.type) else None


def encoded_texts(column: Any) -> tuple[Ids, Sequence[Any]]:  # noqa: ANN401
    """Of a column of texts or of a dictionary: which distinct value each row has, and these values."""
    if len(column) < FEW:
        return encoded_few(column.to_pylist())
    if (short := encoded_short_texts(column)) is not None:
        return short
    chunks = _told_apart(column)
    values = chunks[0].dictionary.to_pylist() if chunks else []
    ids = [chunk.indices for chunk in chunks]
    if any(one.null_count for one in ids):
        ids, values = [pc.fill_null(one.cast(pa.int32()), len(values)) for one in ids], [*values, None]
    return _as_numpy(pa.chunked_array(ids) if ids else pa.array([], pa.int32())), values


def _told_apart(column: Any) -> Sequence[Any]:  # noqa: ANN401
    """Chunks that share a dictionary."""
    whole = _unified(_chunked([column])) if pa.types.is_dictionary(column.type) else column

    def encode(share: slice) -> Any:  # noqa: ANN401
        return pc.dictionary_encode(whole[share])  # pyright: ignore[reportAttributeAccessIssue] - made at run time

    if not pa.types.is_dictionary(whole.type):
        whole = _chunked(shared_out(len(whole), encode)).unify_dictionaries()
    chunks: Sequence[Any] = whole.chunks
    return chunks


def _unified(column: Any) -> Any:  # noqa: ANN401
    """A chunked column with one dictionary for all chunks; its values as they are, where there can be none."""
    if not any(chunk.dictionary.null_count for chunk in column.chunks):
        try:
            return column.unify_dictionaries()
        except pa.ArrowInvalid:  # together they hold more values than their type of numbers can count
            pass
    return column.cast(column.type.value_type)


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


def _maker(column: Added, kind: Any) -> Callable[[Ids], Any]:  # noqa: ANN401
    """How to make a new column: given the parts of some rows, the value of each."""
    values = column.values
    if column.content is Content.WORD and not len(values):
        return lambda parts: pa.nulls(len(parts), pa.dictionary(pa.int8(), pa.string()))
    if column.places is None and column.one:
        return lambda parts: pa.array(np.full(len(parts), values[0]))
    small = by_part(column, kind)
    return lambda parts: small.take(pa.array(parts))


def by_part(column: Added, kind: Any) -> Any:  # noqa: ANN401
    """The values of a new column; of a dictionary with numbers wide enough for them."""
    values = column.values
    if column.places is None:
        return pa.array(values)
    places = pa.array(column.places, mask=column.places < 0)
    if column.content is Content.WORD or pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(places, pa.array(values, pa.string()))
    return pa.array(values, pa.string() if pa.types.is_null(kind) else kind).take(places)
