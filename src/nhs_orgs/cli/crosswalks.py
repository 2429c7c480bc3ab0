"""`crosswalk` and `restate`: where the figures of every code belong on one day, and a table of figures put there."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer
from rich import table as tables
from rich import text

from nhs_orgs import organisations
from nhs_orgs.bases import NAMES
from nhs_orgs.cli.application import AsJson, Folder, command, day_of
from nhs_orgs.cli.documents import crosswalk_document
from nhs_orgs.cli.phrases import plural
from nhs_orgs.cli.reports import NoSuchChoice, NotTogether
from nhs_orgs.cli.restating import read_table, with_numbers
from nhs_orgs.cli.screen import say, write_json, write_lines
from nhs_orgs.crosswalk import Crosswalk, CrosswalkRow
from nhs_orgs.dialects import DIALECTS
from nhs_orgs.errors import NHSOrgsError
from nhs_orgs.files import replace, write
from nhs_orgs.organisations import Organisation
from nhs_orgs.register import load
from nhs_orgs.statuses import Splits

__all__ = ["crosswalk", "restate"]

_KINDS: Final = {
    name.casefold(): kind
    for name, kind in vars(organisations).items()
    if isinstance(kind, type) and issubclass(kind, Organisation) and kind is not Organisation
}
"""Every kind, by the names that it has in Python."""

_To: TypeAlias = Annotated[
    str, typer.Option("--to", metavar="DAY", help="The day to restate on, such as 2026-04-01.", show_default=False)
]
_Kind: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar="KIND", help="Of which kind the codes are: Trust, CCG, PCT, ...", show_default=False
    ),
]
_Level: TypeAlias = Annotated[
    str | None,
    typer.Option("--level", metavar="KIND", help="Add up to boards (ICB), regions (Region), ...", show_default=False),
]
_Basis: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--basis", metavar="NAME", help=f"By what divided bodies are divided: {', '.join(NAMES)}.", show_default=False
    ),
]
_Splits: TypeAlias = Annotated[
    Splits, typer.Option("--splits", help="What to do with the figures of a body that was divided.")
]


_Codes: TypeAlias = Annotated[
    list[str] | None, typer.Argument(metavar="CODE", help="Only these codes.", show_default=False)
]
_File: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FILE", help="Write all of it as .csv, .parquet, .arrow or .sql.", show_default=False
    ),
]
_Dialect: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--dialect", metavar="NAME", help=f"For which engine the SQL is: {', '.join(DIALECTS)}.", show_default=False
    ),
]
_Table: TypeAlias = Annotated[str, typer.Option("--table", metavar="NAME", help="What the table of the SQL is called.")]


@command("crosswalk")
def crosswalk(  # noqa: PLR0913 - each option is named where it is used
    codes: _Codes = None,
    *,
    to: _To,
    kind: _Kind = None,
    level: _Level = None,
    basis: _Basis = None,
    splits: _Splits = Splits.REFUSE,
    output: _File = None,
    dialect: _Dialect = None,
    table: _Table = "crosswalk",
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Say where the figures of every code belong on one day.

    For each stretch of the figures' own dates: the code that stands for them, with its weight if they are divided.

    Example: nhs-orgs crosswalk RW6 --to 2026-04-01 --kind Trust --splits divide
    """
    made = _made(register, to, kind, level, basis, splits)
    if output is not None:
        if codes or json:
            raise NotTogether("--output", "codes or --json: a file holds the whole crosswalk")
        _write(made, output, dialect, table)
        write_lines(f"{plural(len(made), 'row')} written to {output}")
        return
    if dialect is not None:
        raise NHSOrgsError("--dialect is about a file of SQL: name it with --output, such as --output crosswalk.sql.")
    rows = [row for code in codes for row in made.of(code)] if codes else list(made.rows)
    if json:
        write_json(crosswalk_document(made.metadata, rows))
    else:
        _print(rows)


_Figures: TypeAlias = Annotated[
    Path, typer.Argument(metavar="FILE", help="The table: CSV, Parquet or Arrow.", show_default=False)
]
_Code: TypeAlias = Annotated[
    str, typer.Option("--code", metavar="COLUMN", help="The column of codes.", show_default=False)
]
_On: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="COLUMN",
        help="The column of dates: days, months, quarters, financial years.",
        show_default=False,
    ),
]
_Vintage: TypeAlias = Annotated[
    str | None,
    typer.Option("--vintage", metavar="DATE", help="The one date or period of all rows instead.", show_default=False),
]
_Values: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--values", metavar="COLUMN", help="A column of counts; may be repeated.", show_default=False),
]
_By: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="COLUMN",
        help="Add up by target and this column; may be repeated. Without it every row stays.",
        show_default=False,
    ),
]
_Restated: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        metavar="FILE",
        help="Write the table as .csv, .parquet or .arrow. Without it there is only the report.",
        show_default=False,
    ),
]


@command("restate")
def restate(  # noqa: PLR0913 - each option is named where it is used
    file: _Figures,
    *,
    code: _Code,
    on: _On = None,
    vintage: _Vintage = None,
    values: _Values = None,
    by: _By = None,
    to: _To,
    kind: _Kind = None,
    level: _Level = None,
    basis: _Basis = None,
    splits: _Splits = Splits.REFUSE,
    output: _Restated = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Restate a table of figures on the organisations of one day.

    No row is lost: what has no target keeps its row, with the reason in its status. The report tells what was matched.

    Example: nhs-orgs restate beds.csv --code org --on period --values beds --to 2026-04-01 --output restated.csv
    """
    if (on is None) == (vintage is None):
        raise NHSOrgsError("Say of when the figures are: --on the column of dates, or --vintage their one date.")
    made = _made(register, to, kind, level, basis, splits)
    frame = with_numbers(read_table(file), values or [])
    restated = made.apply(frame, code=code, on=on, vintage=vintage, values=values or [], by=by or None)
    if output is not None:
        write(output, columns=restated.frame.to_pydict, table=lambda: restated.frame)
    if json:
        write_json(restated.report.to_dict())
    else:
        write_lines(str(restated.report))
        if output is not None:
            write_lines(f"{plural(restated.frame.num_rows, 'row')} written to {output}")


def _made(
    register: Path | None,
    to: str,
    kind: list[str] | None,
    level: str | None,
    basis: list[str] | None,
    splits: Splits,
) -> Crosswalk:
    """The crosswalk that the options describe."""
    kinds = [_kind("--kind", name) for name in kind or []] or None
    above = None if level is None else _kind("--level", level)
    return load(register).crosswalk(to=day_of(to), kind=kinds, level=above, basis=basis or None, splits=splits)


def _kind(option: str, name: str) -> type[Organisation]:
    found = _KINDS.get(name.casefold())
    if found is None:
        raise NoSuchChoice(option, name, {kind.__name__ for kind in _KINDS.values()})
    return found


def _write(made: Crosswalk, output: Path, dialect: str | None, table: str) -> None:
    if output.suffix.lower() != ".sql":
        if dialect is not None:
            raise NotTogether("--dialect", f"{output.name}: only a file that ends in .sql is SQL")
        made.write(output)
        return
    if dialect is None:
        raise NHSOrgsError(f"Say for which engine {output.name} is: --dialect {', '.join(DIALECTS)}.")
    if dialect not in DIALECTS:
        raise NoSuchChoice("--dialect", dialect, DIALECTS)
    try:
        sql = made.to_sql(dialect, table=table)
    except ValueError as error:
        raise NHSOrgsError(f"--table: {error}") from None
    replace(output, str(sql).encode())


def _print(rows: list[CrosswalkRow]) -> None:
    """By code, a line for each stretch of dates and target."""
    targets = max((len(row.target or "-") for row in rows), default=0)
    shares = max((len(_share(row)) for row in rows), default=0)
    for at, (code, of_code) in enumerate(groupby(rows, key=lambda row: row.code)):
        lines = tables.Table.grid(padding=(0, 2))
        lines.add_column(style="dim")
        lines.add_column(no_wrap=True, min_width=targets)
        lines.add_column(no_wrap=True, justify="right", min_width=shares)
        lines.add_column(overflow="fold")
        for period, parts in groupby(of_code, key=lambda row: row.period):
            dates, told = period.describe(), None
            for row in parts:
                lines.add_row(dates, row.target or "-", _share(row), _words(row, told))
                dates, told = "", row.note
        say(*([""] if at else []), text.Text(code, "bold"), lines)


def _share(row: CrosswalkRow) -> str:
    return "" if row.weight == 1 else f"{row.weight:.1%}"


def _words(row: CrosswalkRow, told: str | None) -> str:
    """How it stands; not again what was told of the part before it."""
    by = f", by {row.basis}" if row.basis else ""
    among = f" among {', '.join(row.among)}" if row.among else ""
    note = f"; {row.note}" if row.note and row.note != told else ""
    return f"{row.status.value}{by}{among}{note}"
