"""Columns of short texts read as numbers from where pyarrow holds them, or polars, which lends them.

There the texts lie one after another, or at a fixed distance.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nhs_orgs.frames.blocks import Ids, blocks_of, shared_out
from nhs_orgs.frames.distinct import told_apart
from nhs_orgs.frames.short_texts import EMPTY, FILLING, WIDE, ShortTexts

__all__ = ["encoded_short_texts"]

_VIEW: Final = 16
"""The bytes of a view of a text: how long it is, in four, and the text itself where it is short."""

_Read: TypeAlias = Callable[[slice], tuple[NDArray[Any], NDArray[np.uint64]]]
"""Of some rows, how long each text is, and its first eight bytes, or more than it has."""


def encoded_short_texts(column: Any) -> tuple[Ids, ShortTexts] | None:  # noqa: ANN401 - pyarrow has no types of its own
    """Which distinct text each row has, and these; ``None`` if one is too long, or the column holds something else."""
    reader = _reader(column.type)
    if reader is None or not len(column):
        return None
    numbers, start = np.empty(len(column), np.uint64), 0
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        if len(chunk) and not _read_into(numbers[start : start + len(chunk)], chunk, reader(chunk)):
            return None
        start += len(chunk)
    ids, rows = told_apart(numbers)
    return ids, ShortTexts(numbers[rows])


def _reader(kind: Any) -> Callable[[Any], _Read] | None:  # noqa: ANN401
    if sys.byteorder != "little":
        return None
    if pa.types.is_string_view(kind):
        return _in_views
    return _in_a_row if pa.types.is_string(kind) or pa.types.is_large_string(kind) else None


def _read_into(numbers: NDArray[np.uint64], chunk: Any, read: _Read) -> bool:  # noqa: ANN401
    """The texts of a chunk as numbers; whether all are short."""

    def walk(share: slice) -> int:
        longest = 0
        for block in blocks_of(share):
            lengths, texts = read(block)
            longest = max(longest, int(lengths.max()))
            np.bitwise_or(texts, FILLING.take(lengths, mode="clip"), out=numbers[block])
        return longest

    if max(shared_out(len(chunk), walk)) > WIDE:
        return False
    if chunk.null_count:
        numbers[chunk.is_null().to_numpy(zero_copy_only=False)] = EMPTY
    return True


def _in_views(chunk: Any) -> _Read:  # noqa: ANN401
    views, start = chunk.buffers()[1], _VIEW * chunk.offset
    lengths: NDArray[Any] = np.ndarray(len(chunk), np.int32, views, start, (_VIEW,))
    texts: NDArray[np.uint64] = np.ndarray(len(chunk), np.uint64, views, start + 4, (_VIEW,))
    return lambda block: (lengths[block], texts[block])


def _in_a_row(chunk: Any) -> _Read:  # noqa: ANN401
    _, bounds, held = chunk.buffers()
    kind = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    limits: NDArray[Any] = np.frombuffer(bounds, kind, len(chunk) + 1, chunk.offset * np.dtype(kind).itemsize)
    data = held if held is not None and held.size >= WIDE else bytes(held or b"").ljust(WIDE)
    last = len(memoryview(data)) - WIDE
    eights: NDArray[np.uint64] = np.ndarray(last + 1, np.uint64, data, strides=(1,))

    def read(block: slice) -> tuple[NDArray[Any], NDArray[np.uint64]]:
        starts = limits[block]
        texts = eights[np.minimum(starts, last)]
        if starts[-1] > last:  # the last texts begin too near the end for eight bytes
            texts >>= (8 * np.maximum(starts - last, 0)).astype(np.uint64)
        return limits[block.start + 1 : block.stop + 1] - starts, texts

    return read
