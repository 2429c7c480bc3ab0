"""`show`: everything under one code, or one body, on a day or through its era."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeAlias

import typer
from rich import console

from nhs_orgs.cli.application import AsJson, Asked, Folder, ReadingOption, command, day_of
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import (
    Document,
    event_document,
    name_document,
    organisation_document,
    parent_document,
    period_document,
    sources_document,
    statement_document,
)
from nhs_orgs.cli.phrases import Numbers, basis_of, body_line, event_line, kind_and_period
from nhs_orgs.cli.screen import lines_of, pairs, say, write_json
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import ChangeEvent
from nhs_orgs.explain import label
from nhs_orgs.names import DatedName, plain
from nhs_orgs.organisations import Organisation, Trust
from nhs_orgs.parents import Parent
from nhs_orgs.records import Record, Relationship
from nhs_orgs.register import Register, load
from nhs_orgs.sources import Citation, Source
from nhs_orgs.vocabulary import ROLES

__all__ = ["show"]

_Rows: TypeAlias = list[tuple[str, console.RenderableType]]


@command("show")
def show(
    organisation: Asked,
    *,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="The body of one day, such as 2018-05-31.", show_default=False),
    ] = None,
    reading: ReadingOption = "legal",
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Show what is known of a code: its bodies, names, dates, events and sources; with --on the body of that day.

    Example: nhs-orgs show RRE --on 2018-05-31
    """
    opened = load(register)
    asked = choose(opened, organisation)
    if on is not None:
        view = _on(opened, asked, day_of(on), reading)
    elif asked in opened:
        view = None
    else:
        view = _View(opened, opened.organisation(asked))
    if view is None:
        _show_record(opened, asked, json=json)
    elif json:
        write_json(view.document())
    else:
        view.print()
