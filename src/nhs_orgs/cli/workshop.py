"""`compile`: a register of one's own, from a folder of reports."""

from __future__ import annotations

import json as notation
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import console, progress

from nhs_orgs.amounts import amount
from nhs_orgs.cli.application import AsJson, command
from nhs_orgs.cli.mistakes import NoSuchChoice
from nhs_orgs.cli.screen import pairs, say, write_json
from nhs_orgs.errors import NHSOrgsError
from nhs_orgs.organisations import KINDS
from nhs_orgs.register import Register
from nhs_orgs.register import compile as compile_register

if TYPE_CHECKING:
    from nhs_orgs.readers.base import Reading

__all__ = ["compile_folder"]


class NotWritable(NHSOrgsError):
    """A place that cannot be written to."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{path}: {error.strerror or error}. Name another place, or make this one writable.")


@command("compile")
def compile_folder(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The reports: a folder, or one file.")],
    *,
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER", help="Where to write the register.")],
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out", metavar="KIND", help="Keep no records of this kind; repeat for more.", show_default=False
        ),
    ] = None,
    curation: Annotated[
        Path | None,
        typer.Option(
            "--curation", metavar="FOLDER", help="Curated files, not those of the library.", show_default=False
        ),
    ] = None,
    problems: Annotated[
        Path | None,
        typer.Option(
            "--problems", metavar="FILE", help="Write every row that was not taken, as JSON lines.", show_default=False
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Compile a register from ODS and ONS reports.

    The folder that it writes is for --register, and in Python for nhs_orgs.load(FOLDER). The same reports and
    curated files make the same bytes.

    Example: nhs-orgs compile reports --output register --leave-out GPPractice
    """
    kinds = sorted(set(leave_out or ()))
    for kind in kinds:
        if kind not in KINDS:
            raise NoSuchChoice("--leave-out", kind, KINDS)
    reading, made = _compiled(folder, curation, kinds)
    _written(made, output, _command(kinds, curated=curation is not None))
    if problems is not None:
        _noted(reading, problems)
    _report(reading, made, output, problems, json=json)


def _compiled(folder: Path, curation: Path | None, leave_out: list[str]) -> tuple[Reading, Register]:
    """Read and compile, with the step on standard error."""
    from nhs_orgs.compiler import read_curation
    from nhs_orgs.readers import read

    columns = (
        progress.SpinnerColumn("line"),
        progress.TextColumn("{task.description}", markup=False),
        progress.TimeElapsedColumn(),
    )
    screen = console.Console(stderr=True)
    with progress.Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as shown:
        task = shown.add_task("reading")
        curated = None if curation is None else read_curation(curation)
        reading = read(folder, progress=lambda name: shown.update(task, description=f"reading {name}"))
        made = compile_register(
            reading, curated, leave_out=leave_out, progress=lambda step: shown.update(task, description=step)
        )
    return reading, made


def _command(leave_out: list[str], *, curated: bool) -> str:
    """How to make it again, with no path of this machine."""
    words = ["nhs-orgs", "compile", "FOLDER"]
    for kind in leave_out:
        words += ["--leave-out", kind]
    return shlex.join([*words, *(["--curation", "CURATION"] if curated else [])])


def _written(made: Register, output: Path, command: str) -> None:
    try:
        made.write(output, command=command)
    except OSError as error:
        raise NotWritable(output, error) from error


def _noted(reading: Reading, path: Path) -> None:
    lines = [
        notation.dumps({"path": p.path, "line": p.line, "what": p.what, "why": p.why}, ensure_ascii=False)
        for p in reading.problems
    ]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise NotWritable(path, error) from error


def _report(reading: Reading, made: Register, output: Path, problems: Path | None, *, json: bool) -> None:
    counts = {
        "sources": len(reading.sources),
        "rows": len(reading.records),
        "problems": len(reading.problems),
        "records": len(made),
        "events": len(made.events()),
        "findings": len(made.check()),
    }
    if json:
        write_json({"output": str(output), "release": str(made.release), "counts": counts})
        return
    where = f", listed in {problems}" if problems else "; --problems FILE lists them"
    say(
        pairs(
            [
                ("read", f"{amount(counts['rows'], 'row')} of {amount(counts['sources'], 'release')}"),
                ("not taken", amount(counts["problems"], "problem") + (where if counts["problems"] else "")),
                ("compiled", f"{amount(counts['records'], 'record')}, {amount(counts['events'], 'event')}"),
                ("not believed", f"{amount(counts['findings'], 'finding')}; nhs-orgs check --register {output}"),
                ("newest release", made.release.describe()),
                ("written to", str(output)),
            ]
        )
    )
