"""A person's table of figures: the options that speak of it, and its columns as `restate` and `check` want them.

Codes stay the texts that they are. Of CSV only the columns of values become numbers; Parquet, Arrow and spreadsheets
have types of their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import typer

from nhs_orgs.cli.mistakes import NotTogether
from nhs_orgs.cli.tables import columns_of
from nhs_orgs.errors import InvalidFrame, ReadError
from nhs_orgs.files import ARROW_ENDINGS, pyarrow
from nhs_orgs.frames.periods import of_value

__all__ = ["CODE", "On", "Sheet", "Vintage", "as_dates", "dates_of", "read_columns", "read_table", "with_numbers"]

CODE: Final = typer.Option("--code", metavar="COLUMN", help="The column of FILE with the codes.", show_default=False)
On: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="COLUMN",
        help="The column of FILE with the date of each row: days, months, quarters, financial years. "
        "A date instead, such as 2018-06-30, is that of all rows.",
        show_default=False,
    ),
]
Vintage: TypeAlias = Annotated[
    str | None,
    typer.Option("--vintage", metavar="DATE", help="The one date or period of all rows.", show_default=False),
]
Sheet: TypeAlias = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="Which sheet of a spreadsheet that has several.", show_default=False),
]

_NUMBER: Final = re.compile(r"[-+]?(?:(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
"""A number as statistics print it: thousands may be parted by commas, but not by halves; .5 is a half."""
_SHOWN: Final = 5
_EXACT: Final = 2**53
"""Up to here every whole number is one of floating point."""


def dates_of(
    columns: Collection[str], path: Path, *, on: str | None, vintage: str | None
) -> tuple[str | None, str | None]:
    """The column of dates or, where all rows have one, that date. Raises `ReadError`: it is neither."""
    if on is None or on in columns:
        return on, vintage
    if of_value(on) is None:
        listed = ", ".join(columns)
        raise ReadError(path, f"it has no column {on!r}, and that is no date", f"Give one of: {listed}; or a date.")
    return None, on


def read_columns(path: Path, *, code: str, sheet: str | None = None) -> dict[str, Any]:
    """The columns of a table by name, for a look at some of them.

    Raises:
        ReadError: It cannot be read, or has no column of that name.
        MissingExtra: The library that reads it is not installed.
    """
    columns: dict[str, Any] = {}
    if _is_arrow(path):
        table = _read_arrow(path, sheet)
        for name, column in zip(table.column_names, table.columns, strict=True):
            columns.setdefault(name, column)
    else:
        columns.update(columns_of(path, code=code, sheet=sheet))
    if code not in columns:
        raise ReadError(path, f"it has no column {code!r}", f"Give one of: {', '.join(columns)}.")
    return columns


def read_table(path: Path, *, code: str, sheet: str | None = None) -> Any:  # noqa: ANN401 - a table of pyarrow
    """The whole table, as one of pyarrow.

    Raises:
        ReadError: It cannot be read.
        MissingExtra: The library that reads it is not installed.
    """
    pa = pyarrow(what="Restating a file")
    if _is_arrow(path):
        return _read_arrow(path, sheet)
    columns = columns_of(path, code=code, sheet=sheet, whole=True)
    return pa.table({name: _array(cells, code=name == code) for name, cells in columns.items()})


# --- Parquet and Arrow ------------------------------------------------------------------------------------------------


def _is_arrow(path: Path) -> bool:
    return path.suffix.lower() in ARROW_ENDINGS and not path.is_dir()


def _read_arrow(path: Path, sheet: str | None) -> Any:  # noqa: ANN401
    if sheet is not None:
        raise NotTogether("--sheet", f"{path.name}: only a spreadsheet has sheets")
    pa = pyarrow(what=f"Reading {path.name}")
    try:
        if path.suffix.lower() == ".parquet":
            return pyarrow(".parquet").read_table(path)
        with pyarrow(".ipc").open_file(path) as file:
            return file.read_all()
    except FileNotFoundError:
        raise ReadError(path, "there is no such file", "Check the path.") from None
    except pa.ArrowException as error:
        raise ReadError(path, f"it cannot be read ({error})", "Write it again, or give a table as CSV.") from None


# --- cells ------------------------------------------------------------------------------------------------------------


def _array(cells: Iterable[Any], *, code: bool) -> Any:  # noqa: ANN401
    """A column of one type: of texts for codes, and where its cells have several. An empty cell holds nothing."""
    pa = pyarrow()
    held = [None if cell == "" else cell for cell in cells]
    kinds = set() if code else {type(cell) for cell in held} - {type(None)}
    if kinds == {date, datetime}:
        return pa.array([cell if type(cell) is not date else datetime.combine(cell, time()) for cell in held])
    if kinds and kinds <= {int, float}:
        whole = all(cell is None or (cell == cell // 1 and abs(cell) < _EXACT) for cell in held)
        return pa.array([cell if cell is None else int(cell) if whole else float(cell) for cell in held])
    if len(kinds) == 1 and kinds != {str}:
        return pa.array(held)
    return pa.array([cell if cell is None else _written(cell, code=code) for cell in held], pa.string())


def _written(cell: object, *, code: bool) -> str:
    """A cell as a text. A number among codes stays one in its form: 100.0 is no code, and what it was is asked."""
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return str(float(cell)) if code or not float(cell).is_integer() else str(int(cell))
    return str(cell)


def as_dates(column: Any) -> Any:  # noqa: ANN401 - cells, or a column of pyarrow
    """A column of dates with whole numbers as such: a spreadsheet gives the month 201904 as 201904.0."""
    if not isinstance(column, list):
        return column
    return [int(cell) if type(cell) is float and cell.is_integer() else cell for cell in column]


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
            table = table.set_column(place, name, pa.array(_numbers(name, table[place].to_pylist())))
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
