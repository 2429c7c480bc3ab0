"""A person's table of figures, read for `restate`: codes stay the texts that they are.

CSV is read as text, in whatever encoding it is, and only the columns of values become numbers: a reader that guesses
would make a number of 5E1. Parquet and Arrow have types of their own. All become one table of pyarrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from nhs_orgs.cli.tables import every_column_of
from nhs_orgs.errors import InvalidFrame, ReadError
from nhs_orgs.files import ARROW_ENDINGS, pyarrow

__all__ = ["read_table", "with_numbers"]

_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
"""A number as statistics print it: thousands may be parted by commas, but not by halves."""
_SHOWN: Final = 5


def read_table(path: Path) -> Any:  # noqa: ANN401 - a table of pyarrow, which has no types of its own
    """A table out of a file.

    Raises:
        ReadError: It cannot be read.
        MissingExtra: pyarrow is not installed.
    """
    pa, ending = pyarrow(what="Restating a file"), path.suffix.lower()
    if path.is_dir():
        raise ReadError(path, "it is a folder", "Name one file of CSV, Parquet or Arrow.")
    if ending not in ARROW_ENDINGS:
        return pa.table({name: _texts(column) for name, column in every_column_of(path).items()})
    try:
        if ending == ".parquet":
            return pyarrow(".parquet").read_table(path)
        with pyarrow(".ipc").open_file(path) as file:
            return file.read_all()
    except FileNotFoundError:
        raise ReadError(path, "there is no such file", "Check the path.") from None
    except pa.ArrowException as error:
        raise ReadError(path, f"it cannot be read ({error})", "Write it again, or give a table as CSV.") from None


def _texts(column: Iterable[str]) -> Any:  # noqa: ANN401
    """A column of texts; an empty cell holds none."""
    return pyarrow().array([text or None for text in column], pyarrow().string())


def with_numbers(table: Any, names: Iterable[str]) -> Any:  # noqa: ANN401
    """With the texts of these columns as numbers; what is no text stays.

    Raises:
        InvalidFrame: A text is no number.
    """
    pa = pyarrow()
    for name in names:
        if name not in table.column_names:
            continue  # which `apply` says better
        place = table.column_names.index(name)
        if pa.types.is_string(table.schema.types[place]):
            table = table.set_column(place, name, pa.array(_numbers(name, table[name].to_pylist())))
    return table


def _numbers(name: str, texts: Iterable[str | None]) -> list[float | int | None]:
    """Whole numbers where all are; nothing for an empty text."""
    found: list[float | int | None] = []
    wrong: dict[int, str] = {}
    for row, text in enumerate(texts):
        bare = (text or "").strip()
        if bare and not _NUMBER.fullmatch(bare):
            wrong[row] = bare
        else:
            plain = bare.replace(",", "")
            found.append(None if not plain else int(plain) if plain.lstrip("+-").isdigit() else float(plain))
    if wrong:
        todo = "Leave the cell empty where there is no number, or leave the column out of --values"
        rows, one = tuple(wrong)[:_SHOWN], next(iter(wrong.values()))
        raise InvalidFrame(name, f"holds {one!r}, which is no number", todo, rows)
    return found if all(isinstance(one, int) for one in found) else [None if x is None else float(x) for x in found]
