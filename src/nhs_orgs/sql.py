"""A crosswalk as SQL: the table that a warehouse keeps, and the query that restates with it, without Python.

The query says what `Crosswalk.apply` does, by the same rules: codes are cleaned as they are there, a value that is no
code gets the same status, every row is kept, and counts are divided by weight.

>>> import nhs_orgs as nhs
>>> sql = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust).to_sql("duckdb", table="trusts")
>>> sql.table.splitlines()[:3]
['BEGIN TRANSACTION;', 'CREATE TABLE "trusts" (', '  "code" VARCHAR NOT NULL,']
>>> print(sql.select("activity", code="org", on="day", values="beds", by=[]).splitlines()[-1])
GROUP BY "org", "org_source", "status"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeAlias

from nhs_orgs.bases import Preference
from nhs_orgs.dialects import DIALECTS, Dialect
from nhs_orgs.errors import InvalidFrame
from nhs_orgs.files import NEVER_EMPTY, TYPES
from nhs_orgs.frames.periods import from_number
from nhs_orgs.frames.request import Hows, Request, Several, check_columns, make_request
from nhs_orgs.frames.spelling import BLANKS, DAMAGED, MISSING, PSEUDO
from nhs_orgs.statuses import Status

__all__ = ["CrosswalkSQL", "write_sql"]

_ROWS_OF_AN_INSERT: Final = 500
_TOLD: Final = ("from", "until", "target", "weight", "basis", "approximate")
"""Columns of the crosswalk that a query looks at, beside the status."""
_Lines: TypeAlias = list[str]


@dataclass(frozen=True)
class CrosswalkSQL:
    """A crosswalk in one dialect: statements that make its table, and queries that restate with it."""

    dialect: str
    """``"duckdb"``, ``"postgresql"`` or ``"spark"``."""
    name: tuple[str, ...]
    """The table's name, by its parts: a schema, if there is one, and a table."""
    statements: tuple[str, ...] = field(repr=False)
    """What makes the table, one by one, for clients that take no more: it is not replaced where it exists."""
    bases: tuple[str, ...] = field(repr=False)
    """By what bodies are divided, the strongest first."""
    divides: bool = field(repr=False)
    """Whether counts may become fractions."""

    @property
    def table(self) -> str:
        """One script that makes the table, in one transaction where the dialect has them."""
        begin = DIALECTS[self.dialect].begin
        statements = self.statements if begin is None else (begin, *self.statements, "COMMIT")
        return "".join(f"{statement};\n" for statement in statements)

    def select(  # noqa: PLR0913 - what a caller may say of `apply` too
        self,
        source: str | Sequence[str],
        *,
        code: str,
        on: str | None = None,
        vintage: date | str | None = None,
        values: Several = (),
        by: Several | None = None,
        how: Hows = "count",
        denominator: str | Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        keep: Several = (),
    ) -> str:
        """The query that restates a table of the warehouse: what `Crosswalk.apply` says of a frame.

        One SELECT without a semicolon, for a view too. It reads the source twice: first its different codes.

        Args:
            source: the table or view; a dot stands between schema and table, and the parts may come one by one.
            code: the column of codes, of texts.
            on: the column of dates or timestamps, and of nothing else: make dates of texts and numbers in a view, of a
                period its last day.
            vintage: instead of `on`, the one day of all rows.
            values: the columns of values; this and what follows mean what they mean there.
            by: columns to add up by, beside the target; ``None``: a row for each row and target.
            how: ``"count"``, ``"rate"``, ``"mean"`` or ``"category"``.
            denominator: the column of counts behind a rate or a mean.
            names: other names for the new columns.
            keep: further columns to keep, where nothing is added up.

        Raises:
            InvalidFrame: Columns that do not go together, as for `apply`.
            ValueError: Something can be no name in SQL.
        """
        request = make_request(
            code=code, on=on, vintage=vintage, values=values, by=by, how=how, denominator=denominator, names=names
        )
        kept = (keep,) if isinstance(keep, str) else tuple(keep)
        return _Query(self, _parts(source), request, kept).text()

    def __str__(self) -> str:
        """The script that makes the table."""
        return self.table


def write_sql(
    columns: Mapping[str, list[Any]],
    *,
    dialect: str,
    table: str | Sequence[str],
    about: str,
    order: Preference,
    divides: bool,
) -> CrosswalkSQL:
    """The columns of a crosswalk as SQL; `about` describes the table where it lies, `order` is that of the measures.

    Raises:
        ValueError: There is no such dialect, or the table can have no such name.
    """
    if dialect not in DIALECTS:
        raise ValueError(f"{dialect!r} is no dialect that is written here. Give one of: {', '.join(DIALECTS)}.")
    name, says = _parts(table), DIALECTS[dialect]
    made = says.path(name)
    described, comment = says.described(made, about)
    fields = ",\n".join(f"  {says.name(column)} {_type(says, column)}" for column in TYPES)
    create = f"CREATE TABLE {made} (\n{fields}\n){says.stored}{described}"
    statements = (create, *_inserts(columns, says, made), *([comment] if comment else []))
    return CrosswalkSQL(dialect, name, statements, tuple(order.in_order(columns["basis"])), divides)


def _parts(name: str | Sequence[str]) -> tuple[str, ...]:
    return tuple(name.split(".")) if isinstance(name, str) else tuple(name)


def _type(says: Dialect, column: str) -> str:
    kind = says.types[TYPES[column]]
    return f"{kind} NOT NULL" if column in NEVER_EMPTY else kind


def _inserts(columns: Mapping[str, list[Any]], says: Dialect, table: str) -> Iterator[str]:
    """A few hundred rows each: one statement of all of them some engines would take minutes to read."""
    rows = list(zip(*(columns[name] for name in TYPES), strict=True))
    for first in range(0, len(rows), _ROWS_OF_AN_INSERT):
        some = rows[first : first + _ROWS_OF_AN_INSERT]
        values = ",\n".join(f"({', '.join(map(says.value, row))})" for row in some)
        yield f"INSERT INTO {table} VALUES\n{values}"


class _Query:
    """One query, from the inside: the source's columns, those of the crosswalk beside them, and what is added up."""

    def __init__(self, sql: CrosswalkSQL, source: tuple[str, ...], request: Request, keep: tuple[str, ...]) -> None:
        self._says, self._request = DIALECTS[sql.dialect], request
        self._bases, self._divides = sql.bases, sql.divides
        self._table, self._source = self._says.path(sql.name), self._says.path(source)
        self._columns = tuple(dict.fromkeys((*request.asked, *keep)))
        _check(request, self._columns, keep)

    def text(self) -> str:
        """The whole query."""
        by = self._request.by
        return "\n".join(self._row_by_row() if by is None else self._added_up(by))

    # --- row by row -------------------------------------------------------------------------------------------------

    def _row_by_row(self) -> _Lines:
        names, request = self._request.names, self._request
        source, status = self._of_theirs(request.code), self._status()
        if request.by is not None:
            lost = f"CASE WHEN {self._of_ours('target')} IS NULL THEN"
            source, status = f"{lost} {source} END", f"{lost} {status} END"
        items = [
            *(self._as(self._restated(name), name) for name in self._columns),
            *(self._as(product, name) for name, product in self._products()),
            self._as(source, names.source),
            self._as(status, names.status),
            self._as(self._weight(), names.weight),
            self._as(self._of_ours("basis"), names.basis),
            self._as(f"COALESCE({self._of_ours('approximate')}, FALSE)", names.approximate),
        ]
        joined = [f"FROM {self._source} AS r", "LEFT JOIN (", *_indented(self._told()), ") AS c"]
        return [f"SELECT{self._says.hint}", *_listed(items), *joined, *self._holds()]

    def _told(self) -> _Lines:
        """Of each different value of the column of codes, once: the rows of the crosswalk that it has, or why none."""
        says, name = self._says, self._says.name
        found = (self._as(f"t.{name(column)}", column) for column in _TOLD)
        cleaned = self._as(says.trimmed(name("source"), BLANKS), "spelt")
        distinct = self._as(says.cast(name(self._request.code), str), "source")
        spelt = says.upper(f"s.{name('spelt')}")
        return [
            "SELECT",
            *_listed([self._as(f"s.{name('source')}", "source"), *found, "CASE"]),
            *_indented(_indented(self._cases(spelt))),
            f"  {self._as('END', 'status')}",
            "FROM (",
            f"  SELECT {name('source')}, {cleaned}",
            f"  FROM (SELECT DISTINCT {distinct} FROM {self._source}) AS d",  # noqa: S608 - every name is quoted
            ") AS s",
            f"LEFT JOIN {self._table} AS t ON t.{name('code')} = {spelt}",
        ]

    def _cases(self, spelt: str) -> _Lines:
        """The status of the crosswalk's row; of a value that it has not, by the signs that judge a frame's values."""
        says, status = self._says, f"t.{self._says.name('status')}"
        cases = [
            (f"{status} IS NOT NULL", status),
            (says.matches(f"s.{says.name('spelt')}", MISSING), says.value(Status.DAMAGED.value)),
            (says.matches(spelt, PSEUDO), says.value(Status.PSEUDO.value)),
            (says.matches(spelt, DAMAGED), says.value(Status.DAMAGED.value)),
        ]
        return [*(f"WHEN {when} THEN {then}" for when, then in cases), f"ELSE {says.value(Status.UNKNOWN.value)}"]

    def _holds(self) -> _Lines:
        """When a row of the crosswalk is about a row of the source; never of a row without a date."""
        says, vintage = self._says, self._request.vintage
        source = says.cast(self._of_theirs(self._request.code), str)
        day = says.value(from_number(vintage[1])) if vintage else self._day()
        # Not the first and the last day of Python: engines have days beyond, and infinity.
        since, until = (f"COALESCE({self._of_ours(name)}, {day})" for name in ("from", "until"))
        return [f"  ON {self._of_ours('source')} = {source}", f"  AND {day} BETWEEN {since} AND {until}"]

    def _status(self) -> str:
        """What has no row has no date, or no code."""
        says, dated = self._says, self._request.on is not None
        damaged, unknown = says.value(Status.DAMAGED.value), says.value(Status.UNKNOWN.value)
        lost = f"CASE WHEN {self._day()} IS NULL THEN {unknown} ELSE {damaged} END" if dated else damaged
        return f"COALESCE({self._of_ours('status')}, {lost})"

    def _day(self) -> str:
        return self._says.cast(self._of_theirs(self._request.on or ""), date)

    def _restated(self, name: str) -> str:
        if name == self._request.code:
            return self._of_ours("target")
        theirs = self._of_theirs(name)
        return self._weighed(self._float(theirs)) if self._divides and name in self._request.counts else theirs

    def _weighed(self, number: str) -> str:
        """Divided by weight, where anything is."""
        return f"{number} * {self._weight()}" if self._divides else number

    def _weight(self) -> str:
        return f"COALESCE({self._of_ours('weight')}, {self._says.value(1.0)})"

    def _products(self) -> Iterator[tuple[str, str]]:
        """Of each rate its product with its denominator, and the denominators of those that there are."""
        for name, denominator, product, weight in self._request.products if self._request.by is not None else ():
            rate, many = self._of_theirs(name), self._of_theirs(denominator)
            yield product, self._weighed(f"{self._float(rate)} * {self._float(many)}")
            yield weight, f"CASE WHEN {rate} IS NOT NULL THEN {self._weighed(self._float(many))} END"

    # --- added up ---------------------------------------------------------------------------------------------------

    def _added_up(self, by: tuple[str, ...]) -> _Lines:
        """By target and the caller's columns; what has no target stays apart by its own code and status.

        The weakest of some measures is looked for among few rows, after the sums.
        """
        says, names, request = self._says, self._request.names, self._request
        keys = [says.name(name) for name in (request.code, *by)]
        apart = [says.name(names.source), says.name(names.status)]
        basis, approximate = says.name(names.basis), says.name(names.approximate)
        summed = [*request.counts, *(name for _, _, top, under in request.products for name in (top, under))]
        sums = [self._as(f"SUM({says.name(name)})", name) for name in summed]
        few = [*keys, *apart, basis, approximate]
        inside = _grouped([*few, *sums], few, self._row_by_row(), "restated")
        counts = [self._as(f"SUM({says.name(name)})", name) for name in request.counts]
        rates = [self._as(_ratio(says.name(top), says.name(under)), name) for name, _, top, under in request.products]
        most = [
            self._as(self._weakest(basis), names.basis),
            self._as(f"MAX(CASE WHEN {approximate} THEN 1 ELSE 0 END) = 1", names.approximate),
        ]
        return _grouped([*keys, *counts, *rates, *apart, *most], [*keys, *apart], inside, "parts")

    def _weakest(self, basis: str) -> str:
        """Of several measures the last in the crosswalk's order: each by its number, and the largest by its name."""
        says = self._says
        if not self._bases:
            return says.cast("NULL", str)
        numbers = " ".join(f"WHEN {says.value(name)} THEN {at}" for at, name in enumerate(self._bases, 1))
        names = " ".join(f"WHEN {at} THEN {says.value(name)}" for at, name in enumerate(self._bases, 1))
        return f"CASE MAX(CASE {says.plain(basis)} {numbers} END) {names} END"

    # --- words ------------------------------------------------------------------------------------------------------

    def _of_theirs(self, name: str) -> str:
        return f"r.{self._says.name(name)}"

    def _of_ours(self, name: str) -> str:
        return f"c.{self._says.name(name)}"

    def _as(self, expression: str, name: str) -> str:
        return f"{expression} AS {self._says.name(name)}"

    def _float(self, expression: str) -> str:
        return self._says.cast(expression, float)


def _check(request: Request, columns: tuple[str, ...], keep: tuple[str, ...]) -> None:
    """Check the question by itself: the table cannot be looked at. Raises `InvalidFrame`."""
    check_columns(request, columns)
    if keep and request.by is not None:
        raise InvalidFrame(keep[0], "cannot be kept where rows are added up", "Put it into by=, or leave out by=")
    if request.vintage is not None and request.vintage[0] != request.vintage[1]:
        why = f"cannot be of several days in SQL, {from_number(request.vintage[0])} and after"
        raise InvalidFrame(None, why, f"Give one as vintage=, such as the last: {from_number(request.vintage[1])}")
    kept = columns if request.by is None else (request.code, *request.by, *request.counts, *dict(request.weighed))
    taken = {name.casefold() for name in kept}
    for name in request.names.all():
        if name.casefold() in taken:
            todo = "Choose another for the new one in names=: most engines do not tell capitals apart"
            raise InvalidFrame(name, "comes in other capitals already", todo)


def _grouped(items: Iterable[str], keys: Iterable[str], inside: _Lines, alias: str) -> _Lines:
    return ["SELECT", *_listed(items), "FROM (", *_indented(inside), f") AS {alias}", f"GROUP BY {', '.join(keys)}"]


def _ratio(top: str, under: str) -> str:
    return f"CASE WHEN SUM({under}) <> 0 THEN SUM({top}) / SUM({under}) END"


def _listed(items: Iterable[str]) -> _Lines:
    """Expressions with commas between."""
    *before, last = items
    return _indented([*(f"{item}," for item in before), last])


def _indented(lines: Iterable[str]) -> _Lines:
    """Each set in by two; a name that goes over several lines stays as it is."""
    return [f"  {line}" for line in lines]
