"""A column of values, counted: how often each occurs, alone or beside a column of dates.

Columns come from pandas, polars and pyarrow, and are counted by the library that they come from (through narwhals);
numpy arrays and everything else that can be looped over are counted in plain Python. However long the column is, what
leaves this module is as large as the number of its distinct values. The caller's data is never changed.

>>> dict(tally(["RRE", "R1E", "RRE"]).codes)
{'RRE': 2, 'R1E': 1}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from nhs_orgs.errors import InvalidColumn
from nhs_orgs.judgement import is_missing

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

__all__ = ["AFTER", "BEFORE", "INSIDE", "MAYBE", "Limits", "Span", "Tally", "tally"]

Limits: TypeAlias = tuple[int, int, int, int]
"""Of a code, as ordinals: first day that it may have been open, first and last that it was, last that it may have."""
Span: TypeAlias = tuple[int, int]
"""First and last day that a date means."""

_MUCH_LESS: Final = 3
"""By what factor rows must become fewer for counting them first to pay."""

INSIDE: Final = 0
"""Open on some day of the span."""
BEFORE: Final = 1
"""The whole span lies before it may have been open."""
AFTER: Final = 2
"""The whole span lies after it may have been open."""
MAYBE: Final = 3
"""Nobody says whether it was open."""


class Tally(Protocol):
    """What can be asked of a column of codes, with or without a column of dates beside it. Keys are values as held."""

    codes: Mapping[Any, int]
    """How often each value occurs."""
    dates: Mapping[Any, int]
    """How often each date occurs; none without dates."""

    def without_date(self) -> Mapping[Any, int]:
        """Of each value, how often it occurs without a date."""
        ...

    def placed(self, limits: Mapping[Any, Limits], spans: Mapping[Any, Span]) -> Mapping[tuple[Any, int], int]:
        """Of each value of `limits`, how often its date is `INSIDE`, `BEFORE`, `AFTER` them, or `MAYBE` inside."""
        ...

    def reach(self, values: Iterable[Any], spans: Mapping[Any, Span]) -> Mapping[Any, Span]:
        """Of each of these values, the first and the last day of its dates."""
        ...

    def pairs(self, values: Iterable[Any], spans: Mapping[Any, Span]) -> Mapping[tuple[Any, int, int], int]:
        """How often each of these values occurs with a date of these first and last days."""
        ...


def tally(column: Any, dates: Any = None) -> Tally:  # noqa: ANN401 - any column of any library
    """Count a column, and beside it a column of dates of the same length.

    Raises:
        InvalidColumn: It is no column, or the two are not equally long.
    """
    codes, beside = _column(column, "the column of codes"), None if dates is None else _column(dates, "the dates")
    if beside is not None and len(codes) != len(beside):
        raise InvalidColumn("the dates", f"there are {len(beside):,} of them for {len(codes):,} codes", _SAME_LENGTH)
    if isinstance(codes, list) or isinstance(beside, list):
        return _plain(codes, beside)
    return _Native(codes, beside)


_SAME_LENGTH: Final = "Give one date for each code, or one date for all: on='2018-06-01'."
_GIVE: Final = "Give one column: a list, an array, or a series such as frame['org_code']."


def _column(column: Any, what: str) -> nw.Series[Any] | list[Any]:  # noqa: ANN401
    """A series of narwhals where the column is of a library that it knows, else a list."""
    if isinstance(column, str | bytes | Mapping) or not _can_be_looped_over(column):
        raise InvalidColumn(what, f"it is a {type(column).__name__}, not a column", _GIVE)
    module = type(column).__module__.partition(".")[0]
    if module in {"pandas", "polars", "pyarrow", "narwhals", "modin", "cudf"}:
        return _series(column, what)
    if module == "numpy":
        return _from_numpy(column, what)
    return list(column)


def _can_be_looped_over(column: object) -> bool:
    return isinstance(column, Iterable)


def _series(column: Any, what: str) -> nw.Series[Any] | list[Any]:  # noqa: ANN401
    import narwhals.stable.v2 as nw

    if nw.dependencies.is_pandas_index(column) and getattr(column, "nlevels", 1) == 1:
        column = column.to_series()
    elif type(column).__name__ == "Categorical":
        column = nw.dependencies.get_pandas().Series(column)
    elif hasattr(column, "dictionary_encode") and not hasattr(column, "chunks"):  # an array of pyarrow's, in one piece
        column = nw.dependencies.get_pyarrow().chunked_array([column])
    try:
        series: nw.Series[Any] = nw.from_native(column, series_only=True)
    except TypeError:
        if hasattr(column, "to_numpy") and not hasattr(column, "columns"):  # an extension array of pandas'
            return list(column)
        raise InvalidColumn(what, f"it is a {type(column).__name__}, not a column", _GIVE) from None
    if series.implementation.is_pyarrow() and series.dtype == nw.Categorical:
        series = series.cast(nw.String)  # pyarrow joins no dictionaries
    return nw.maybe_reset_index(series)


def _from_numpy(column: Any, what: str) -> list[Any]:  # noqa: ANN401
    if column.ndim != 1:
        raise InvalidColumn(what, f"it is an array of {column.ndim} dimensions", _GIVE)
    if column.dtype.kind == "M":  # as days: nanoseconds would come as bare numbers
        column = column.astype("datetime64[D]")
    listed: list[Any] = column.tolist()
    return listed


# --- counted by the column's own library ------------------------------------------------------------------------------


class _Native:
    """Counted by the column's own library; only distinct values come to Python."""

    def __init__(self, codes: nw.Series[Any], dates: nw.Series[Any] | None) -> None:
        import narwhals.stable.v2 as nw

        self._nw = nw
        self._codes = _counts(codes.alias("code"))
        self.codes: Mapping[Any, int] = dict(self._codes.rows())
        self.dates: Mapping[Any, int] = {}
        self._frame = codes.alias("code").to_frame()
        self._backend: Any = codes.implementation  # typed as every backend there is, lazy ones too
        if dates is not None:
            beside = _of_same_kind(dates, codes).alias("on")
            self._dates = _counts(beside)
            self.dates = dict(self._dates.rows())
            self._frame = self._frame.with_columns(beside)

    @cached_property
    def _rows(self) -> nw.DataFrame[Any]:
        """Code, date and on how many rows; counted first where that makes much less of them."""
        if len(self.codes) * len(self.dates) * _MUCH_LESS < len(self._frame):
            return _grouped(self._frame, self._nw.len(), "code", "on")
        return self._frame.with_columns(self._nw.lit(1).alias("rows"))

    def without_date(self) -> Mapping[Any, int]:
        if not any(is_missing(day) for day in self.dates):
            return {}
        col = self._nw.col
        missing = self._with(self._dates, "on", {day: (0,) for day in self.dates if is_missing(day)}, ("none",))
        # A missing date equals no other, not even in a join: what joins is a date that is written as missing.
        bare = self._rows.filter(col("on").is_null())
        written = self._rows.join(missing.filter(~col("on").is_null()), on="on", how="inner")
        found: Counter[Any] = Counter()
        for frame in (bare, written):
            found.update(dict(self._summed(frame, "code").rows()))
        return found

    def placed(self, limits: Mapping[Any, Limits], spans: Mapping[Any, Span]) -> Mapping[tuple[Any, int], int]:
        if not limits or not spans:
            return {}
        col, when = self._nw.col, self._nw.when
        frame = self._dated(limits, ("may", "first", "last", "might"), spans)
        if not len(frame):
            return {}  # older narwhals cannot choose among nothing
        inside = (col("until") >= col("first")) & (col("since") <= col("last"))
        outside = when(col("until") < col("may")).then(BEFORE).otherwise(MAYBE)
        outside = when(col("since") > col("might")).then(AFTER).otherwise(outside)
        place = when(inside).then(INSIDE).otherwise(outside)
        summed = self._summed(frame.select("code", "rows", place.alias("place")), "code", "place")
        return {(value, place): rows for value, place, rows in summed.rows()}

    def reach(self, values: Iterable[Any], spans: Mapping[Any, Span]) -> Mapping[Any, Span]:
        wanted = dict.fromkeys(values, (0,))
        if not wanted or not spans:
            return {}
        col = self._nw.col
        found = self._dated(wanted, ("wanted",), spans).group_by("code").agg(col("since").min(), col("until").max())
        return {value: (since, until) for value, since, until in found.rows()}

    def pairs(self, values: Iterable[Any], spans: Mapping[Any, Span]) -> Mapping[tuple[Any, int, int], int]:
        wanted = dict.fromkeys(values, (0,))
        if not wanted or not spans:
            return {}
        # By days as numbers: the dates themselves may be slow to hash.
        summed = self._summed(self._dated(wanted, ("wanted",), spans), "code", "since", "until")
        columns = (summed.get_column(name).to_list() for name in ("code", "since", "until"))
        return dict(zip(zip(*columns, strict=True), summed.get_column("rows").to_list(), strict=True))

    def _summed(self, frame: nw.DataFrame[Any], *by: str) -> nw.DataFrame[Any]:
        return _grouped(frame, self._nw.col("rows").sum(), *by)

    def _dated(
        self, values: Mapping[Any, tuple[int, ...]], names: tuple[str, ...], spans: Mapping[Any, Span]
    ) -> nw.DataFrame[Any]:
        """The rows of some values that have a date, with what is said of both."""
        frame = self._rows.join(self._with(self._codes, "code", values, names), on="code", how="inner")
        return frame.join(self._with(self._dates, "on", spans, ("since", "until")), on="on", how="inner")

    def _with(
        self, counts: nw.DataFrame[Any], name: str, said: Mapping[Any, tuple[int, ...]], names: tuple[str, ...]
    ) -> nw.DataFrame[Any]:
        """Distinct values with what is said of them; only those of which something is."""
        # From the counts themselves, so that both sides of a join hold values of one and the same type.
        values = counts.get_column(name).to_list()
        held = [value in said for value in values]
        kept = counts.select(name).filter(self._series("held", held, self._nw.Boolean))
        listed = [said[value] for value, is_held in zip(values, held, strict=True) if is_held]
        columns = zip(names, zip(*listed, strict=True), strict=True) if listed else ((one, ()) for one in names)
        return kept.with_columns(*[self._series(one, list(column), self._nw.Int64) for one, column in columns])

    def _series(self, name: str, values: list[Any], dtype: Any) -> nw.Series[Any]:  # noqa: ANN401 - a type of narwhals
        return self._nw.new_series(name, values, dtype, backend=self._backend)


def _counts(series: nw.Series[Any]) -> nw.DataFrame[Any]:
    """Each value and how often it occurs; categories that do not occur are none."""
    import narwhals.stable.v2 as nw

    counted = series.value_counts(sort=False, name="rows")
    return nw.maybe_reset_index(counted.filter(nw.col("rows") > 0))


def _of_same_kind(dates: nw.Series[Any], codes: nw.Series[Any]) -> nw.Series[Any]:
    """Dates as a series of the library that the codes are of."""
    import narwhals.stable.v2 as nw

    if dates.implementation is codes.implementation:
        return dates
    # Their texts: not every library takes another's dates.
    return nw.new_series("on", list(map(_as_text, dates.to_list())), nw.String, backend=codes.implementation)


def _as_text(day: Any) -> str | None:  # noqa: ANN401 - a date of any library
    if is_missing(day):
        return None
    return day.isoformat()[:10] if isinstance(day, date) else str(day)


def _grouped(frame: nw.DataFrame[Any], rows: nw.Expr, *by: str) -> nw.DataFrame[Any]:
    return frame.group_by(*by).agg(rows.alias("rows")).select(*by, "rows")


# --- counted in plain Python ------------------------------------------------------------------------------------------


class _Plain:
    """Counted by `collections.Counter`."""

    def __init__(self, codes: list[Any], dates: list[Any] | None) -> None:
        self._pairs = Counter(zip(codes, dates, strict=True)) if dates is not None else Counter()
        self.codes: Mapping[Any, int] = Counter(codes)
        self.dates: Mapping[Any, int] = Counter(dates or ())

    def without_date(self) -> Mapping[Any, int]:
        found: Counter[Any] = Counter()
        for (value, day), rows in self._pairs.items():
            if is_missing(day):
                found[value] += rows
        return found

    def placed(self, limits: Mapping[Any, Limits], spans: Mapping[Any, Span]) -> Mapping[tuple[Any, int], int]:
        found: Counter[tuple[Any, int]] = Counter()
        for (value, since, until), rows in self.pairs(limits, spans).items():
            found[value, _place(limits[value], (since, until))] += rows
        return found

    def reach(self, values: Iterable[Any], spans: Mapping[Any, Span]) -> Mapping[Any, Span]:
        found: dict[Any, Span] = {}
        for value, since, until in self.pairs(values, spans):
            first, last = found.get(value, (since, until))
            found[value] = min(first, since), max(last, until)
        return found

    def pairs(self, values: Iterable[Any], spans: Mapping[Any, Span]) -> Mapping[tuple[Any, int, int], int]:
        wanted = frozenset(values)
        found: Counter[tuple[Any, int, int]] = Counter()
        for (value, day), rows in self._pairs.items():
            if value in wanted and day in spans:
                since, until = spans[day]
                found[value, since, until] += rows
        return found


def _place(limits: Limits, span: Span) -> int:
    may, first, last, might = limits
    since, until = span
    if until >= first and since <= last:
        return INSIDE
    return BEFORE if until < may else AFTER if since > might else MAYBE


def _plain(codes: nw.Series[Any] | list[Any], dates: nw.Series[Any] | list[Any] | None) -> _Plain:
    listed = [column if column is None or isinstance(column, list) else column.to_list() for column in (codes, dates)]
    try:
        return _Plain(listed[0] or [], listed[1])
    except TypeError as error:
        raise InvalidColumn("the column", f"it holds values that cannot be codes or dates ({error})", _GIVE) from None
