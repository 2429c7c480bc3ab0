"""`read`: a file or a folder of reports into one `Reading`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from nhs_orgs.dates import PartialDate, Precision
from nhs_orgs.errors import MissingExtra, ReadError
from nhs_orgs.readers.as_at import UNDATED, as_at_of, from_name
from nhs_orgs.readers.base import Problem, Reading, Row
from nhs_orgs.readers.files import content_of
from nhs_orgs.readers.layout import Line, RowRefused
from nhs_orgs.readers.registry import Recognised, UnknownReport, advice, recognise
from nhs_orgs.readers.release import Release
from nhs_orgs.readers.tables import Fault, Table, tables_of

__all__ = ["read"]

_ENDINGS: Final = re.compile(r"(?:\.(?:csv|txt|tsv|xlsx|json|gz))+\Z", re.IGNORECASE)
_EXCERPT: Final = 60


def read(path: str | Path, *, progress: Callable[[str], None] | None = None) -> Reading:
    """Every row of a report, or of all reports in a folder and the folders below it.

    Files of a folder are read in the order of their paths, hidden ones left out. What is no known report there, or
    cannot be read, is a `Problem` with line 0; a single file of that sort is an error.

    Args:
        path: A file, plain or packed with gzip, or a folder.
        progress: Called with each file's path before it is read.

    Raises:
        ReadError: The file is not what it claims to be or of no known report, or the folder holds none that is.
        MissingExtra: The file is a spreadsheet, and the `compile` extra is not installed.
    """
    root = Path(path)
    if not _is_folder(root):
        if progress:
            progress(root.name)
        return _read_file(root, root.name, _folders(root), set())
    readings = list(_read_folder(root, progress))
    if not any(reading.sources for reading in readings):
        told = next((reading.problems[0] for reading in readings), None)
        why = f"it holds no report that can be read ({told.path}: {told.why})" if told else "it holds no files"
        raise ReadError(root, why, advice())
    return Reading.join(readings)


def _is_folder(root: Path) -> bool:
    try:
        return root.is_dir()
    except OSError as error:
        raise ReadError(str(root)[:100], f"is no place to read from ({error.strerror})", advice()) from None


def _read_folder(root: Path, progress: Callable[[str], None] | None) -> Iterator[Reading]:
    """Each file of a folder; what cannot be read as a reading that only notes it."""
    taken: set[str] = set()
    for file, name in sorted(_files(root), key=lambda pair: pair[1]):
        if progress:
            progress(name)
        try:
            yield _read_file(file, name, _folders(file, below=root), taken)
        except UnknownReport:
            yield _noted(name, "file", "not a known report")
        except ReadError as error:
            yield _noted(name, "file", f"{error.why}. {error.todo}")
        except MissingExtra as error:
            yield _noted(name, "file", str(error))


def _noted(path: str, what: str, why: str) -> Reading:
    return Reading((), (), (Problem(path, 0, what, why),))


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder with its path in it; links to folders too, which are noted but not followed."""
    for folder, below, names in os.walk(root, onerror=_refuse_folder):
        links = [name for name in below if Path(folder, name).is_symlink()]
        below[:] = [name for name in below if not name.startswith(".")]
        for name in (*names, *links):
            if not name.startswith("."):
                file = Path(folder, name)
                yield file, file.relative_to(root).as_posix()


def _refuse_folder(error: OSError) -> None:
    why = f"it cannot be listed ({error.strerror})"
    raise ReadError(str(error.filename), why, "Check that the folder may be read.") from error


def _folders(file: Path, below: Path | None = None) -> list[str]:
    """Names of the folders that hold a file, nearest first, up to the one that was given."""
    whole = file.absolute()
    if below is None:
        return [whole.parent.name]
    return [parent.name for parent in whole.parents if parent.is_relative_to(below.absolute())]


def _read_file(file: Path, path: str, folders: list[str], taken: set[str]) -> Reading:
    """All tables of a file."""
    content = content_of(file)
    stem = _ENDINGS.sub("", file.name)
    tables, guessed = tables_of(content.data, file)
    known, unknown = _recognised(tables, stem.lower(), file)
    release = Release(path, stem, content.sha256, _as_at(stem, folders, known[0][1]), taken)
    for line, why in guessed.items():
        release.problem(line, "bytes of the line", why)
    for table in unknown:
        release.problem(0, f"sheet {table.sheet!r}", "not a known report")
    rows = [row for table, recognised in known for row in _rows(table, recognised, release)]
    if not release.sources:
        known[0][1].layout.source(release)
    _check_times(release, known[0][1])
    return Reading(release.sources, tuple(rows), tuple(sorted(release.problems, key=lambda problem: problem.line)))


def _recognised(tables: list[Table], stem: str, file: Path) -> tuple[list[tuple[Table, Recognised]], list[Table]]:
    """The tables of a file with their layouts, and those that have none; at least one has.

    Raises:
        ReadError: None has.
    """
    known: list[tuple[Table, Recognised]] = []
    unknown: list[Table] = []
    refused: ReadError | None = None
    for table in tables:
        try:
            known.append((table, recognise(table, stem, file)))
        except ReadError as error:
            refused = refused or error
            unknown.append(table)
    if not known:
        raise refused or UnknownReport(file, "it holds no sheet", advice())
    return known, unknown


def _as_at(stem: str, folders: list[str], recognised: Recognised) -> PartialDate:
    """The time that a file speaks of: its columns' year, which its name may make more precise."""
    layout, year = recognised.layout, recognised.columns.year
    told = layout.as_at or as_at_of(stem, folders)
    if year and (told is None or not told.earliest.year <= year <= told.latest.year):
        return PartialDate.of_year(year)
    return told or UNDATED


def _check_times(release: Release, recognised: Recognised) -> None:
    """Note a file that does not say its time, and a name that contradicts the columns."""
    told = from_name(release.stem)
    if any(source.as_at == UNDATED for source in release.sources):
        why = "neither the name nor the rows tell the day: name the file as in etr-2026-07.csv"
        release.problem(0, "as-at date", why)
    elif recognised.columns.year and told and release.as_at.precision is Precision.YEAR and told != release.as_at:
        release.problem(0, f"as-at date {told}", f"the columns are of {release.as_at}, which was taken")


def _rows(table: Table, recognised: Recognised, release: Release) -> Iterator[Row]:
    """The rows of a table; whatever gives none is noted in the release."""
    layout, columns = recognised.layout, recognised.columns
    header = not layout.widths
    for item in table.cut(frozenset({columns.width})):
        if isinstance(item, Fault):
            release.problem(item.line, item.what, item.why)
            continue
        if header:
            header = False
            continue
        number, cells = item
        if len(cells) != columns.width and (len(cells) < columns.width or any(cells[columns.width :])):
            why = f"it has {len(cells)} columns instead of {columns.width}: the row was left out"
            release.problem(number, f"row {' '.join(map(str, cells))[:_EXCERPT]!r}", why)
            continue
        try:
            yield from layout.build(Line(number, cells, columns, layout, release))
        except RowRefused as refusal:
            release.problem(number, refusal.what, refusal.why)
    if layout.finish:
        yield from layout.finish(release, layout)
