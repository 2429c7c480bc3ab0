"""Data frames of pandas as the arithmetic of restating needs them, with every type of column that they may have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.blocks import Ids, blocks_of, looked_up, shared_out
from nhs_orgs.frames.cells import UNDATED_DAY
from nhs_orgs.frames.columns import Added, Content, encoded_objects, no_codes, no_numbers, some_rows
from nhs_orgs.frames.periods import FIRST, LAST

__all__ = ["PandasFrame", "made_plain", "to_group_by"]

_NUMBERS: Final = {"integer", "floating", "decimal", "mixed-integer-float", "empty"}


class PandasFrame:
    """A data frame of pandas."""

    def __init__(self, frame: Any) -> None:  # noqa: ANN401 - pandas has no types of its own
        self._frame = frame

    @property
    def columns(self) -> Sequence[str]:
        """Its names."""
        return list(self._frame.columns)

    def __len__(self) -> int:
        """How many rows."""
        return len(self._frame)

    def encoded(self, name: str) -> tuple[Ids, Sequence[Any]]:
        """Which distinct value each row has, and these values."""
        column = self._frame[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            return _with_none(column.cat.codes.to_numpy(), column.cat.categories)
        if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
            if column.isna().all():
                return np.zeros(len(column), np.int64), [None]
            raise no_codes(name, column.dtype)
        if _is_objects(column.dtype) and pd.api.types.infer_dtype(column, skipna=True) not in {"string", "empty"}:
            missing = column.isna().to_numpy()
            return encoded_objects((None if gone else one for one, gone in zip(column, missing, strict=True)), name)
        if isinstance(column.dtype, pd.ArrowDtype) and column.dtype.type in {list, dict}:
            raise no_codes(name, column.dtype)
        if _is_arrow(column.array):
            from nhs_orgs.frames.in_arrow import encoded_texts

            return encoded_texts(column.array.__arrow_array__())
        return _told_apart(column)

    def whole(self, name: str) -> tuple[Ids, Sequence[Any]] | None:
        """The same of a column of whole numbers."""
        column = self._frame[name]
        return _with_none(*pd.factorize(column)) if pd.api.types.is_integer_dtype(column) else None

    def days(self, name: str) -> tuple[Ids, bool] | None:
        """The day of each row."""
        column = self._frame[name]
        if isinstance(column.dtype, pd.ArrowDtype):
            from nhs_orgs.frames.in_arrow import days_of

            return days_of(column.array.__arrow_array__())
        if not pd.api.types.is_datetime64_any_dtype(column):
            return None
        if column.dt.tz is not None:
            column = column.dt.tz_localize(None)  # the day by the clock of the column's own zone
        return _days(column.to_numpy())

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        column = self._frame[name]
        types = pd.api.types
        if not types.is_numeric_dtype(column) or types.is_bool_dtype(column) or types.is_complex_dtype(column):
            self._require_numbers(name, column)
        try:
            return _floats(column)
        except OverflowError:
            raise InvalidFrame(name, "holds a number of more than 300 digits", "Take it out, or mend it") from None

    def zeroed(self, name: str) -> int:  # noqa: ARG002 - as other frames have it
        """None: they come as NaN."""
        return 0

    def _require_numbers(self, name: str, column: Any) -> None:  # noqa: ANN401
        if "decimal" in str(column.dtype) or str(column.dtype) == "null[pyarrow]":
            return
        if not _is_objects(column.dtype):
            raise no_numbers(name, column.dtype)
        if pd.api.types.infer_dtype(column, skipna=True) not in _NUMBERS:
            missing = column.isna().to_numpy()
            wrong = [not (gone or _is_number(one)) for one, gone in zip(column, missing, strict=True)]
            if any(wrong):
                raise no_numbers(name, "objects that are no numbers", some_rows(np.array(wrong, np.bool_)))

    def built(
        self,
        code: str,
        source: str,
        rows: list[Ids] | None,
        parts: list[Ids],
        added: Sequence[Added],
        scaled: Sequence[str],
    ) -> Any:  # noqa: ANN401
        """A frame of pandas."""
        frame = self._frame.copy(deep=False) if rows is None else self._frame.take(np.concatenate(rows))
        every = parts[0] if len(parts) == 1 else np.concatenate(parts)
        kind = frame[code].dtype
        codes, weights = frame[code], None
        for place, column in enumerate(added):
            made = _column(column, kind, every)
            kept = {"dtype": object} if place == 0 and _is_objects(kind) else {}
            frame[code if place == 0 else column.name] = pd.Series(made, index=frame.index, copy=False, **kept)
            if place == 0:
                frame[source] = codes
            if column.content is Content.NUMBER and not column.whole:
                weights = made
        for name in scaled:
            if weights is not None:
                frame[name] = _floats(frame[name]) * weights
            elif frame[name].dtype != np.float64:
                frame[name] = _floats(frame[name])
        return frame


def made_plain(frame: Any) -> Any:  # noqa: ANN401
    """With columns of Arrow of which pandas can take rows; the frame itself is not changed."""
    odd = [name for name, kind in zip(frame.columns, frame.dtypes, strict=True) if isinstance(kind, pd.ArrowDtype)]
    if not odd:
        return frame
    from nhs_orgs.frames.in_arrow import plain

    frame = frame.copy(deep=False)
    for name in odd:
        if (column := plain(frame[name].array.__arrow_array__())) is not None:
            frame[name] = pd.Series(pd.arrays.ArrowExtensionArray(column), index=frame.index)
    return frame


def to_group_by(frame: Any, names: Sequence[str]) -> Any:  # noqa: ANN401
    """With these columns as texts where they are dictionaries of Arrow: by those older pandas loses what is empty."""
    kinds = {name: frame[name].dtype for name in names}
    arrow = {name: kind.pyarrow_dtype for name, kind in kinds.items() if isinstance(kind, pd.ArrowDtype)}
    texts = {name: pd.ArrowDtype(kind.value_type) for name, kind in arrow.items() if hasattr(kind, "index_type")}
    return frame.astype(texts) if texts else frame


def _told_apart(column: Any) -> tuple[Ids, Sequence[Any]]:  # noqa: ANN401
    """Of objects: many distinct texts are told apart faster by pyarrow, where it is there and can hold them."""
    try:
        import pyarrow as pa

        from nhs_orgs.frames.in_arrow import encoded_texts

        texts = pa.array(column.to_numpy(object), pa.large_string(), from_pandas=True)
    except (ImportError, TypeError, ValueError):
        return _with_none(*pd.factorize(column))
    return encoded_texts(texts)


def _days(stamps: NDArray[Any]) -> tuple[Ids, bool]:
    """The day of each time stamp, and whether one is empty."""
    ticks = int(np.timedelta64(1, "D") / np.ones(1, stamps.dtype.str.replace("M8", "m8"))[0])
    numbers, days = stamps.view(np.int64), np.empty(len(stamps), np.int32)
    nat = int(np.iinfo(np.int64).min) // ticks  # of nanoseconds it is a day like others, in the year 1677
    low = max(FIRST, nat + 1)

    def divide(share: slice) -> bool:
        empty = False
        for block in blocks_of(share):
            some = numbers[block] // ticks
            if some.min() < low or some.max() > LAST:
                gone = np.isnat(stamps[block])
                some = np.where(gone, UNDATED_DAY, np.clip(some, FIRST, LAST))
                empty = empty or bool(gone.any())
            days[block] = some
        return empty

    return days, any(shared_out(len(stamps), divide))


def _with_none(ids: NDArray[Any], values: Any) -> tuple[Ids, list[Any]]:  # noqa: ANN401
    """With an empty value for -1."""
    listed: list[Any] = np.asarray(values, object).tolist()  # an index of texts takes its time to list itself
    missing = ids < 0
    if not missing.any():
        return ids, listed
    return np.where(missing, len(listed), ids), [*listed, None]


def _is_arrow(array: Any) -> bool:  # noqa: ANN401
    """Whether it is held by pyarrow; only then it can be had from there without a copy."""
    return isinstance(array, pd.arrays.ArrowStringArray | pd.arrays.ArrowExtensionArray)


def _is_number(value: object) -> bool:
    return isinstance(value, Real | Decimal) and not isinstance(value, bool)


def _is_objects(kind: Any) -> bool:  # noqa: ANN401
    return bool(kind == np.dtype(object))


def _floats(column: Any) -> NDArray[np.float64]:  # noqa: ANN401
    found: NDArray[np.float64] = column.to_numpy(np.float64, na_value=np.nan)
    return found


def _column(column: Added, kind: Any, parts: Ids) -> Any:  # noqa: ANN401
    """A new column: of each row, the value of its part."""
    values, rows, places = column.values, len(parts), column.places
    if places is None:
        return np.full(rows, values[:1]) if column.one and rows else looked_up(np.asarray(values), parts)
    if column.content is Content.WORD or isinstance(kind, pd.CategoricalDtype):
        ids = np.full(rows, places[:1], places.dtype) if column.one and rows else looked_up(places, parts)
        categories = pd.Index(values, dtype=object if column.content is Content.WORD else None)
        return pd.Categorical.from_codes(ids, categories=categories)
    if _is_objects(kind) or pd.api.types.is_numeric_dtype(kind):
        return np.array([*values, None], object).take(places).take(parts)
    if isinstance(kind, pd.ArrowDtype):
        from nhs_orgs.frames.in_arrow import by_part, taken

        return pd.arrays.ArrowExtensionArray(taken(by_part(column, kind.pyarrow_dtype), parts))
    texts: Any = pd.array([*values, None], dtype=kind).take(places)
    if not _is_arrow(texts):
        return texts.take(parts)
    from nhs_orgs.frames.in_arrow import taken

    return pd.array(taken(texts.__arrow_array__(), parts), dtype=kind)
