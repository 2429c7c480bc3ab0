"""A crosswalk, or any table of columns, as a file: CSV with what Python has, Parquet and Arrow with pyarrow.

The ending of the name says which. A file is written beside its place and then put there, so that nobody ever reads
half of one, and an older one stays where anything goes wrong.

>>> print(as_csv({"code": ["R1E"], "until": [None], "weight": [1.0], "approximate": [False]}), end="")
code,until,weight,approximate
R1E,,1.0,false
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from nhs_orgs.errors import MissingExtra, WriteError
from nhs_orgs.tabulation import CrosswalkRow

__all__ = [
    "ARROW_ENDINGS",
    "ENDINGS",
    "NEVER_EMPTY",
    "TYPES",
    "as_columns",
    "as_csv",
    "pyarrow",
    "replace",
    "to_arrow",
    "write",
]

TYPES: Final[Mapping[str, type]] = {
    "code": str,
    "from": date,
    "until": date,
    "target": str,
    "weight": float,
    "status": str,
    "basis": str,
    "confidence": str,
    "path": str,
    "among": str,
    "note": str,
    "approximate": bool,
}
"""What each column of a crosswalk holds."""
NEVER_EMPTY: Final = frozenset({"code", "weight", "status", "path", "among", "approximate"})
"""Columns of a crosswalk with a value in every row."""

_WRITTEN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "from": lambda bound: bound if isinstance(bound, date) else None,
    "until": lambda bound: bound if isinstance(bound, date) else None,
    "status": lambda status: status.value,
    "confidence": lambda confidence: None if confidence is None else confidence.value,
    "path": " ".join,
    "among": " ".join,
}
"""How a row's values are written in a column, where that is another way."""

ARROW_ENDINGS: Final = (".parquet", ".arrow", ".feather")
"""How the name of a file may end that pyarrow reads and writes."""
ENDINGS: Final = (".csv", *ARROW_ENDINGS)
"""How the name of a file may end."""


def as_columns(rows: Sequence[CrosswalkRow]) -> dict[str, list[Any]]:
    """The rows of a crosswalk as lists by the name of a column."""
    if not rows:
        return {name: [] for name in TYPES}
    fields: list[list[Any]] = [*map(list, zip(*rows, strict=True)), [row.approximate for row in rows]]
    written = dict(zip(TYPES, fields, strict=True))
    return {name: list(map(_WRITTEN[name], made)) if name in _WRITTEN else made for name, made in written.items()}


def write(path: Path, *, columns: Callable[[], Mapping[str, list[Any]]], table: Callable[[], Any]) -> None:
    """Write a table, given how to get its columns or how to get it from pyarrow, whichever the ending needs.

    Raises:
        MissingExtra: pyarrow is needed, and is not installed.
        WriteError: The name has another ending.
        OSError: The file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise WriteError(path, "its ending says of no form that is written here", f"End it in {', '.join(ENDINGS)}.")
    replace(path, as_csv(columns()).encode() if ending == ".csv" else _packed(table(), ending))


def replace(path: Path, content: bytes) -> None:
    """Put a file in its place, whole. Raises `OSError` that names it, not what was written beside it."""
    place = path.resolve()  # where a link leads to, so that the link stays
    beside = place.with_name(f".{place.name}.{uuid4().hex}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def as_csv(columns: Mapping[str, list[Any]]) -> str:
    """Columns as CSV: dates as ISO has them, numbers with all their digits, nothing for an empty value."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(_cell, row) for row in zip(*columns.values(), strict=True))
    return text.getvalue()


def _cell(value: Any) -> Any:  # noqa: ANN401 - of a column of any kind
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value


# --- pyarrow ----------------------------------------------------------------------------------------------------------


def pyarrow(part: str = "", *, what: str = "A table of Arrow or Parquet") -> Any:  # noqa: ANN401 - it has no types
    """A module of pyarrow, and what it is wanted for. Raises `MissingExtra` where it is not installed."""
    try:
        return import_module(f"pyarrow{part}")
    except ImportError:
        raise MissingExtra(what, "arrow") from None


def to_arrow(columns: Mapping[str, list[Any]], metadata: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """The columns of a crosswalk as a table of pyarrow, with metadata as JSON in its schema. Raises `MissingExtra`."""
    pa = pyarrow()
    kinds = {str: pa.string(), date: pa.date32(), float: pa.float64(), bool: pa.bool_()}
    fields = [pa.field(name, kinds[kind], nullable=name not in NEVER_EMPTY) for name, kind in TYPES.items()]
    schema = pa.schema(fields, metadata={"nhs_orgs": json.dumps(metadata)})
    return pa.table({name: columns[name] for name in TYPES}, schema=schema)


def _packed(table: Any, ending: str) -> bytes:  # noqa: ANN401
    """A table of pyarrow as the bytes of a file."""
    into = io.BytesIO()
    if ending == ".parquet":
        pyarrow(".parquet").write_table(table, into)
    else:
        with pyarrow(".ipc").new_file(into, table.schema) as writer:
            writer.write_table(table)
    return into.getvalue()
