"""Data frames of pandas as the arithmetic of restating needs them, with every type of column that they may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nhs_orgs.frames.cells import UNDATED_DAY, Ids
from nhs_orgs.frames.columns import Added, Content, encoded_objects, no_codes, no_numbers, some_rows, without_nan

__all__ = ["PandasFrame"]

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

    def encoded(self, name: str) -> tuple[Ids, list[Any]]:
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
        return _with_none(*pd.factorize(column))

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
        days = column.to_numpy().astype("datetime64[D]").view(np.int64)
        empty = column.isna().to_numpy()
        return (np.where(empty, UNDATED_DAY, days), True) if empty.any() else (days, False)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        column = self._frame[name]
        if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            self._require_numbers(name, column)
        return without_nan(_floats(column))

    def _require_numbers(self, name: str, column: Any) -> None:  # noqa: ANN401
        if "decimal" in str(column.dtype):
            return
        if not _is_objects(column.dtype):
            raise no_numbers(name, column.dtype)
        if pd.api.types.infer_dtype(column, skipna=True) not in _NUMBERS:
            wrong = [isinstance(one, bool | str) or not (hasattr(one, "__float__") or pd.isna(one)) for one in column]
            raise no_numbers(name, "objects that are no numbers", some_rows(np.array(wrong, np.bool_)))

    def built(
        self, code: str, source: str, rows: Ids | None, parts: Ids, added: Iterable[Added], scaled: Iterable[str]
    ) -> Any:  # noqa: ANN401
        """A frame of pandas."""
        frame = self._frame.copy(deep=False) if rows is None else self._frame.take(rows)
        kind = frame[code].dtype
        codes, weights = frame[code], np.ones(0)
        for place, column in enumerate(added):
            made = _array(column, kind).take(parts)
            kept = {"dtype": object} if place == 0 and _is_objects(kind) else {}
            frame[code if place == 0 else column.name] = pd.Series(made, index=frame.index, copy=False, **kept)
            if place == 0:
                frame[source] = codes
            if column.content is Content.NUMBER:
                weights = made
        for name in scaled:
            frame[name] = _floats(frame[name]) * weights
        return frame


def _with_none(ids: NDArray[Any], values: Any) -> tuple[Ids, list[Any]]:  # noqa: ANN401
    """With an empty value for -1."""
    listed = list(values)
    missing = ids < 0
    if not missing.any():
        return ids, listed
    return np.where(missing, len(listed), ids), [*listed, None]


def _is_objects(kind: Any) -> bool:  # noqa: ANN401
    return bool(kind == np.dtype(object))


def _floats(column: Any) -> NDArray[np.float64]:  # noqa: ANN401
    found: NDArray[np.float64] = column.to_numpy(np.float64, na_value=np.nan)
    return found


def _array(column: Added, kind: Any) -> Any:  # noqa: ANN401
    """The values by part, as an array of pandas or numpy."""
    if column.content is Content.NUMBER:
        return np.array(column.values, np.float64)
    if column.content is Content.FLAG:
        return np.array(column.values, np.bool_)
    if column.content is Content.WORD or isinstance(kind, pd.CategoricalDtype):
        return pd.Categorical(column.values)
    if _is_objects(kind) or pd.api.types.is_numeric_dtype(kind):
        return np.array(column.values, object)
    return pd.array(column.values, dtype=kind)
