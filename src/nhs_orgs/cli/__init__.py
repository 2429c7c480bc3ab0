"""The command line: every question of the register, and `compile`, as commands of `nhs-orgs`.

The commands decide nothing: they ask the register and print the answer, in words or with ``--json`` as one
document whose keys `documents` lists. Answers go to standard output; errors and progress go to standard error,
an error as one ``error: ...`` with what to do next. Exit codes: 0 answered, 1 not found, 2 the question or the
data is wrong.

>>> from typer.testing import CliRunner
>>> print(CliRunner().invoke(app, ["resolve", "R1E", "--on", "2026-04-01"]).output.splitlines()[0])
By 1 April 2026 R1E has been succeeded by RRE (Midlands Partnership University
"""

from __future__ import annotations

from nhs_orgs.cli import (
    changes,
    checking,
    crosswalks,
    lineage,
    premises,
    questions,
    record,
    reports,
    restating,
    statements,
    workshop,
)
from nhs_orgs.cli.application import app
from nhs_orgs.cli.screen import prepare

__all__ = ["app", "main"]

_COMMANDS = (
    changes,
    checking,
    crosswalks,
    lineage,
    premises,
    questions,
    record,
    reports,
    restating,
    statements,
    workshop,
)
"""Imported for the commands that they hold; the help lists these in the order of the imports."""


def main() -> None:
    """Run the command line."""
    prepare()
    app(prog_name="nhs-orgs")
