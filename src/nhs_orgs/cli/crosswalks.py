"""`crosswalk`: where the figures of every code belong on one day."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer
from rich import table as tables
from rich import text

from nhs_orgs import organisations
from nhs_orgs.amounts import amount
from nhs_orgs.bases import NAMES
from nhs_orgs.cli.application import AsJson, Folder, command, day_of
from nhs_orgs.cli.documents import crosswalk_document
from nhs_orgs.cli.mistakes import NoSuchChoice, NotTogether
from nhs_orgs.cli.screen import say, working, write_json, write_lines
from nhs_orgs.crosswalk import Crosswalk, CrosswalkRow
from nhs_orgs.dialects import DIALECTS
from nhs_orgs.errors import NHSOrgsError, WriteError
from nhs_orgs.files import ARROW_ENDINGS, ENDINGS, pyarrow, replace
from nhs_orgs.organisations import Organisation
from nhs_orgs.register import load
from nhs_orgs.statuses import Splits

__all__ = ["Basis", "Divide", "Kind", "Level", "To", "crosswalk", "made_crosswalk", "require_output"]

_KINDS: Final = {
    name.casefold(): kind
    for name, kind in vars(organisations).items()
    if isinstance(kind, type) and issubclass(kind, Organisation) and kind is not Organisation
}
"""Every kind, by the names that it has in Python."""

_SQL: Final = ".sql"

To: TypeAlias = Annotated[
    str, typer.Option("--to", metavar="DAY", help="The day to restate on, such as 2026-04-01.", show_default=False)
]
Kind: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar="KIND", help="Of which kind the codes are: Trust, CCG, PCT, ...", show_default=False
    ),
]
Level: TypeAlias = Annotated[
    str | None,
    typer.Option("--level", metavar="KIND", help="Add up to boards (ICB), regions (Region), ...", show_default=False),
]
Basis: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--basis", metavar="NAME", help=f"By what divided bodies are divided: {', '.join(NAMES)}.", show_default=False
    ),
]
Divide: TypeAlias = Annotated[
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
_Table: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help="What the table in the SQL is called; else crosswalk.",
        show_default=False,
    ),
]
_IN_SQL: Final = "crosswalk"
"""What the table is called without --table."""


@command("crosswalk")
def crosswalk(  # noqa: PLR0913 - each option is named where it is used
    codes: _Codes = None,
    *,
    to: To,
    kind: Kind = None,
    level: Level = None,
    basis: Basis = None,
    splits: Divide = Splits.REFUSE,
    output: _File = None,
    dialect: _Dialect = None,
    table: _Table = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Say where the figures of every code belong on one day.

    For each stretch of the figures' own dates: the code that stands for them, with its weight if they are divided.

    Example: nhs-orgs crosswalk RW6 --to 2026-04-01 --kind Trust --splits divide
    """
    if output is not None and (codes or json):
        raise NotTogether("--output", "codes or --json: a file holds the whole crosswalk")
    _check_output(output, dialect, table)
    made = made_crosswalk(register, to, kind, level, basis, splits)
    if output is not None:
        with working(f"working out {amount(len(made.codes), 'code')}"):
            _write(made, output, dialect, table)
            rows = len(made)
        write_lines(f"{amount(rows, 'row')} written to {output}")
        return
    with working(f"working out {amount(len(codes or made.codes), 'code')}", quiet=json):
        found = [row for code in codes for row in made.of(code)] if codes else list(made.rows)
    if json:
        write_json(crosswalk_document(made.metadata, found))
    else:
        _print(found)


def made_crosswalk(
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
    for name in basis or []:
        if name not in NAMES:
            raise NoSuchChoice("--basis", name, NAMES)
    return load(register).crosswalk(to=day_of(to), kind=kinds, level=above, basis=basis or None, splits=splits)


def _kind(option: str, name: str) -> type[Organisation]:
    found = _KINDS.get(name.casefold())
    if found is None:
        raise NoSuchChoice(option, name, {kind.__name__ for kind in _KINDS.values()})
    return found


def _check_output(output: Path | None, dialect: str | None, table: str | None) -> None:
    """Refuse what cannot be written, before anything is worked out."""
    if output is not None and output.suffix.lower() == _SQL:
        _check_sql(output, dialect, table)
        return
    option = "--dialect" if dialect is not None else "--table" if table is not None else None
    if output is None:
        if option is not None:
            raise NHSOrgsError(f"{option} is about a file of SQL: name it with --output, such as --output a.sql.")
        return
    if option is not None:
        raise NotTogether(option, f"{output.name}: only a file that ends in .sql is SQL")
    require_output(output, *ENDINGS, _SQL)


def _check_sql(output: Path, dialect: str | None, table: str | None) -> None:
    if dialect is None:
        raise NHSOrgsError(f"Say for which engine {output.name} is: --dialect {', '.join(DIALECTS)}.")
    if dialect not in DIALECTS:
        raise NoSuchChoice("--dialect", dialect, DIALECTS)
    try:
        DIALECTS[dialect].path(tuple((_IN_SQL if table is None else table).split(".")))
    except ValueError as error:
        raise NHSOrgsError(f"--table: {error}") from None
    require_output(output, _SQL)


def require_output(output: Path, *endings: str) -> None:
    """Refuse a file that cannot be written by its name, its place, or for want of what writes it.

    Raises:
        WriteError: It ends in none of these, or is to lie in no folder.
        MissingExtra: pyarrow is needed, and is not installed.
    """
    ending = output.suffix.lower()
    if ending not in endings:
        raise WriteError(output, "its ending says of no form that is written here", f"End it in {', '.join(endings)}.")
    if not output.parent.is_dir():
        raise WriteError(output, "there is no such folder", "Make it first, or name another.")
    if output.is_dir():
        raise WriteError(output, "it is a folder", "Name a file.")
    if ending in ARROW_ENDINGS:
        pyarrow()


def _write(made: Crosswalk, output: Path, dialect: str | None, table: str | None) -> None:
    if dialect is None:
        made.write(output)
    else:
        replace(output, str(made.to_sql(dialect, table=_IN_SQL if table is None else table)).encode())


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
