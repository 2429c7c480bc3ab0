r"""How three kinds of SQL write a name, a value, a type and the few functions that a crosswalk needs.

Names and texts come from anywhere, so each is quoted by the rules of its dialect, whatever it holds. What cannot be
seen, such as a blank that does not break, is written by its number.

>>> DIALECTS["postgresql"].name('a "table"; --'), DIALECTS["spark"].name("a `table`")
('"a ""table""; --"', '`a ``table```')
>>> for dialect in DIALECTS.values():
...     print(dialect.value("it's\u00a05"))
'it''s' || chr(160) || '5'
E'it\'s\u00a05'
'it\'s\u00a05'
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from itertools import groupby
from math import isfinite
from typing import ClassVar, Final

__all__ = ["DIALECTS", "Dialect"]


class Dialect(ABC):
    """One kind of SQL."""

    title: ClassVar[str]
    """What it is called."""
    types: ClassVar[dict[type, str]]
    """Its name for each type of a column."""
    mark: ClassVar[str] = '"'
    """What stands round a name."""
    stored: ClassVar[str] = ""
    """What a new table's statement says of its storage."""
    begin: ClassVar[str | None] = "BEGIN"
    """What begins a transaction; ``None`` where there are none."""
    hint: ClassVar[str] = ""
    """What tells the engine that the table behind the alias ``c`` is small."""

    def name(self, name: str) -> str:
        """A name of one part, as it is.

        Raises:
            ValueError: It is empty, or has a character that no name can have.
        """
        if not name or "\0" in name:
            raise ValueError(f"{name!r} can be no name in SQL. Give another.")
        return f"{self.mark}{name.replace(self.mark, 2 * self.mark)}{self.mark}"

    def path(self, parts: tuple[str, ...]) -> str:
        """A name of several parts, as a schema and a table."""
        return ".".join(map(self.name, parts))

    def value(self, value: object) -> str:
        """A value as a literal.

        Raises:
            TypeError: It is of no type that a crosswalk has.
        """
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, float) and isfinite(value):
            # With an exponent, so that it is no decimal, which would be rounded otherwise.
            return repr(value) if "e" in repr(value) else f"{value!r}e0"
        if type(value) is date:
            return f"DATE '{value.isoformat()}'"
        if isinstance(value, str):
            return self.text(value)
        raise TypeError(f"{value!r} is no text, date, float or truth value.")

    @abstractmethod
    def text(self, text: str) -> str:
        """A text as a literal."""

    @abstractmethod
    def trimmed(self, column: str, characters: str) -> str:
        """A column without any of some characters at its ends."""

    def upper(self, column: str) -> str:
        """A column in capitals."""
        return f"UPPER({self.plain(column)})"

    def plain(self, column: str) -> str:
        """A column of texts without the rules of any language."""
        return column

    @abstractmethod
    def matches(self, column: str, pattern: str) -> str:
        """Whether a column holds what a regular expression says."""

    def cast(self, column: str, kind: type) -> str:
        """A column as another type."""
        return f"CAST({column} AS {self.types[kind]})"

    def described(self, table: str, text: str) -> tuple[str, str]:
        """How a table gets a description: what is added to the statement that makes it, and one of its own."""
        return "", f"COMMENT ON TABLE {table} IS {self.text(text)}"


class _DuckDB(Dialect):
    title = "DuckDB"
    types: ClassVar = {str: "VARCHAR", date: "DATE", float: "DOUBLE", bool: "BOOLEAN"}
    begin = "BEGIN TRANSACTION"

    def text(self, text: str) -> str:
        """With what cannot be seen by its number: there are no escapes for it."""
        runs = [(seen, "".join(run)) for seen, run in groupby(text, str.isprintable)]
        return " || ".join(_doubled(run) if seen else " || ".join(map(_by_number, run)) for seen, run in runs) or "''"

    def trimmed(self, column: str, characters: str) -> str:
        """As DuckDB says it."""
        return f"TRIM({column}, {self.text(characters)})"

    def matches(self, column: str, pattern: str) -> str:
        """As DuckDB says it."""
        return f"regexp_matches({column}, {self.text(pattern)})"

    def described(self, table: str, text: str) -> tuple[str, str]:
        """A description is one literal here."""
        return "", f"COMMENT ON TABLE {table} IS {_doubled(text)}"


class _PostgreSQL(Dialect):
    title = "PostgreSQL"
    types: ClassVar = {str: "text", date: "date", float: "double precision", bool: "boolean"}

    def text(self, text: str) -> str:
        """With escapes where it has a backslash or what is beyond ASCII, whatever the server's settings."""
        return _doubled(text) if text.isascii() and text.isprintable() and "\\" not in text else f"E{_escaped(text)}"

    def trimmed(self, column: str, characters: str) -> str:
        """As PostgreSQL says it."""
        return f"btrim({column}, {self.text(characters)})"

    def plain(self, column: str) -> str:
        """As PostgreSQL says it: in Turkish the capital of an i would be another letter."""
        return f'{column} COLLATE "C"'

    def matches(self, column: str, pattern: str) -> str:
        """As PostgreSQL says it."""
        return f"{column} ~ {self.text(pattern)}"


class _Spark(Dialect):
    title = "Spark SQL"
    types: ClassVar = {str: "STRING", date: "DATE", float: "DOUBLE", bool: "BOOLEAN"}
    mark = "`"
    stored = " USING PARQUET"
    begin = None
    hint = " /*+ BROADCAST(c) */"

    def text(self, text: str) -> str:
        """With escapes: two quotation marks would be two texts, one after the other."""
        return _escaped(text)

    def trimmed(self, column: str, characters: str) -> str:
        """As Spark says it."""
        return f"TRIM(BOTH {self.text(characters)} FROM {column})"

    def matches(self, column: str, pattern: str) -> str:
        """As Spark says it."""
        return f"{column} RLIKE {self.text(pattern)}"

    def described(self, table: str, text: str) -> tuple[str, str]:  # noqa: ARG002 - others need the table
        """Spark's is part of the statement that makes the table."""
        return f" COMMENT {self.text(text)}", ""


def _doubled(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _by_number(character: str) -> str:
    return f"chr({ord(character)})"


def _escaped(text: str) -> str:
    """With a backslash before marks and backslashes, and what is beyond ASCII by its number."""
    return "'" + "".join(map(_escape, text)) + "'"


def _escape(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if character.isascii() and character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number <= _SHORT else f"\\U{number:08x}"


_SHORT: Final = 0xFFFF
"""The last character that has a number of four digits."""

DIALECTS: Final[dict[str, Dialect]] = {"duckdb": _DuckDB(), "postgresql": _PostgreSQL(), "spark": _Spark()}
"""Every dialect, by the name that a caller gives."""
