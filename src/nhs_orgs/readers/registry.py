"""The one registry of report layouts, and which of them a table is of.

A report is known by its file's name and by its shape, and the two must not contradict each other. Tables with a
header say what they are; the ODS reports have none and many share one shape, so there the name decides and the rows
confirm it. Where the name says nothing, the shape has to fit exactly one report; of headers that hold one another,
the longest.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nhs_orgs.errors import ReadError
from nhs_orgs.readers import histories, lookups, ods_reports, shares, sites
from nhs_orgs.readers.layout import Columns, Layout
from nhs_orgs.readers.tables import Table

__all__ = ["LAYOUTS", "Recognised", "UnknownReport", "recognise"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    *ods_reports.LAYOUTS,
    *lookups.LAYOUTS,
    *histories.LAYOUTS,
    *sites.LAYOUTS,
    *shares.LAYOUTS,
)
"""Every report that can be read."""

_CLAIMED: Final = 0.5
"""Part of the first rows that must fit the report that the file's name claims."""
_UNCLAIMED: Final = 0.9
"""Part of the first rows that must fit where the name claims nothing."""
_EXCERPT: Final = 60


class UnknownReport(ReadError):
    """A file that is of no report known here: an error by itself, a note in a folder."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table's layout, and where it has which field."""

    layout: Layout
    columns: Columns


def recognise(table: Table, stem: str, path: Path) -> Recognised:
    """The layout of a table.

    Args:
        table: The table.
        stem: The file's name without its endings, in lower case.
        path: The file, for messages.

    Raises:
        UnknownReport: It is of no known layout.
        ReadError: Its name claims one report and its rows are not of it, or fit several.
    """
    head = table.head()
    claims = [layout for layout in LAYOUTS if layout.claimed_by(stem)]
    found = [
        Recognised(layout, columns)
        for layout in LAYOUTS
        if (columns := layout.found_in(table, head, least=_CLAIMED if layout in claims else _UNCLAIMED))
    ]
    headed = [known for known in found if not known.layout.widths]
    claimed = [known for known in headed or found if known.layout in claims]
    open_to_any = not any(layout.widths for layout in claims)
    best = claimed or (headed or ([] if claims else found) if open_to_any else [])
    first = str(head[0])[:_EXCERPT] if head else "nothing"
    if not best and claims:
        reports = " or ".join(sorted({layout.report for layout in claims}))
        raise ReadError(
            path,
            f"its name says {reports}, but its rows are not of that report (the first is {first}...)",
            "Fetch the report again, or give the file the name of the report that it is.",
        )
    if not best:
        raise UnknownReport(path, f"it is not a known report (its first row is {first}...)", advice())
    most = max(len(known.columns.index) for known in best)
    top = [known for known in best if known.layout.widths or len(known.columns.index) == most]
    if len(top) > 1:
        reports = " or ".join(known.layout.report for known in top)
        raise ReadError(path, f"its rows may be of {reports}", "Name the file after its report, as in etr-2026-07.csv.")
    return top[0]


def advice() -> str:
    """What to do about a file that nothing recognises."""
    reports = dict.fromkeys(layout.report for layout in LAYOUTS)
    return f"Give a file of one of these reports, named after it as in etr-2026-07.csv: {', '.join(reports)}."
