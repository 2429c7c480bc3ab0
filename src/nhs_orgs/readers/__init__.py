r"""Readers: the reports of the NHS Organisation Data Service and related tables, into rows and problems.

`read` takes a file or a folder. Every report has one `Layout` in one registry (`registry.LAYOUTS`); a row that
cannot be taken never stops a file and is never dropped in silence: it becomes a `Problem` that names its line.

>>> import tempfile
>>> from pathlib import Path
>>> from nhs_orgs.readers import read
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder, "succ-2026-05.csv")
...     _ = file.write_text('"R1E","RRE","","20180601","0"\n"RJF","RTG","","20180631","0"\n')
...     reading = read(file)
>>> reading
Reading(1 sources, 1 records, 1 problems)
>>> reading.problems[0].line, reading.problems[0].what
(2, "column 4 (day): '20180631'")
"""

from __future__ import annotations

from nhs_orgs.readers.base import (
    NameRow,
    OrganisationRow,
    Problem,
    Reading,
    RelationshipRow,
    RoleAssignment,
    Row,
    ShareRow,
    SuccessionRow,
)
from nhs_orgs.readers.reading import read

__all__ = [
    "NameRow",
    "OrganisationRow",
    "Problem",
    "Reading",
    "RelationshipRow",
    "RoleAssignment",
    "Row",
    "ShareRow",
    "SuccessionRow",
    "read",
]
