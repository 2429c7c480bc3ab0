"""`restate`: a table of figures put on the organisations of one day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from nhs_orgs.amounts import amount
from nhs_orgs.cli.application import AsJson, Folder, command
from nhs_orgs.cli.crosswalks import Basis, Divide, Kind, Level, To, made_crosswalk, require_output
from nhs_orgs.cli.figures import CODE, On, Sheet, Vintage, dates_of, read_table, with_numbers
from nhs_orgs.cli.screen import working, write_json, write_lines
from nhs_orgs.cli.treatment import Treatment, new_names, treatment_of
from nhs_orgs.errors import NHSOrgsError
from nhs_orgs.files import ENDINGS, write
from nhs_orgs.statuses import Splits

if TYPE_CHECKING:
    from nhs_orgs.crosswalk import Crosswalk
    from nhs_orgs.frames.restated import Restated

__all__ = ["restate"]

_File: TypeAlias = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="The table: CSV, a spreadsheet (.xlsx, .xls, .ods), Parquet or Arrow.", show_default=False
    ),
]
_Values: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--values", metavar="COLUMN", help="A column of values; may be repeated.", show_default=False),
]
_How: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--how",
        metavar="COLUMN=WORD",
        help="What a column of values holds: count, rate, mean or category; without it counts. Without COLUMN= all of "
        "them. May be repeated.",
        show_default=False,
    ),
]
_Denominator: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--denominator",
        metavar="COLUMN=COUNTS",
        help="The column of counts behind a rate or a mean. Without COLUMN= it is behind all. May be repeated.",
        show_default=False,
    ),
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
_Names: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--names",
        metavar="OLD=NEW",
        help="Another name for a new column: source, status, weight, basis or approximate. May be repeated.",
        show_default=False,
    ),
]
_Output: TypeAlias = Annotated[
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
    file: _File,
    *,
    code: Annotated[str, CODE],
    on: On = None,
    vintage: Vintage = None,
    sheet: Sheet = None,
    values: _Values = None,
    how: _How = None,
    denominator: _Denominator = None,
    by: _By = None,
    names: _Names = None,
    to: To,
    kind: Kind = None,
    level: Level = None,
    basis: Basis = None,
    splits: Divide = Splits.REFUSE,
    output: _Output = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Restate a table of figures on the organisations of one day.

    No row is lost: what has no target keeps its row, with the reason in its status. The report tells what was matched.

    Example: nhs-orgs restate beds.csv --code org --on period --values beds --to 2026-04-01 --output restated.csv
    """
    if (on is None) == (vintage is None):
        raise NHSOrgsError("Say of when the figures are: --on the column of dates, or --vintage their one date.")
    if output is not None:
        require_output(output, *ENDINGS)
    columns = treatment_of(values or [], how or [], denominator or [])
    question = _Question(file, sheet, code, on, vintage, values or [], by or None, columns, new_names(names or []))
    with working(f"restating {file.name}", quiet=json):
        restated = question.asked_of(made_crosswalk(register, to, kind, level, basis, splits))
    if output is not None:
        write(output, columns=restated.frame.to_pydict, table=lambda: restated.frame)
    _report(restated, output, json=json)


def _report(restated: Restated, output: Path | None, *, json: bool) -> None:
    if json:
        write_json(restated.report.to_dict())
        return
    write_lines(str(restated.report))
    if output is not None:
        write_lines(f"{amount(restated.frame.num_rows, 'row')} written to {output}")


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of a table in a file."""

    file: Path
    sheet: str | None
    code: str
    on: str | None
    """The column of dates, or the date of all rows."""
    vintage: str | None
    values: list[str]
    by: list[str] | None
    columns: Treatment
    names: dict[str, str]

    def asked_of(self, crosswalk: Crosswalk) -> Restated:
        """The table restated."""
        table = with_numbers(read_table(self.file, code=self.code, sheet=self.sheet), self.columns.numbers)
        column, day = dates_of(table.column_names, self.file, on=self.on, vintage=self.vintage)
        return crosswalk.apply(
            table,
            code=self.code,
            on=column,
            vintage=day,
            values=self.values,
            by=self.by,
            how=self.columns.how,
            denominator=self.columns.denominator,
            names=self.names,
        )
