"""`read`: a file or a folder of reports into one `Reading`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from nhs_orgs.errors import MissingExtra, ReadError
from nhs_orgs.readers.as_at import UNDATED, as_at_of
from nhs_orgs.readers.base import Problem, Reading, Row
from nhs_orgs.readers.files import Content, content_of
from nhs_orgs.readers.layout import Line, RowRefused
from nhs_orgs.readers.registry import LAYOUTS, Recognised, UnknownReport, advice, recognise
from nhs_orgs.readers.release import Release
from nhs_orgs.readers.tables import Fault, Table, tables_of
from nhs_orgs.dates import PartialDate

__all__ = ["read"]

_ENDINGS: Final = re.compile(r"(?:\.(?:csv|txt|tsv|xlsx|json|gz))+\Z", re.IGNORECASE)


def read(path: str | Path, *, progress: Callable[[str], None] | None = None) -> Reading:
    """Every row of a report, or of all reports in a folder and the folders below it.

    Files of a folder are read in the order of their paths. What is no known report, or cannot be read, is a
    `Problem` with line 0 there; a single file of that sort is an error.

    Args:
        path: A file, plain or packed with gzip, or a folder.
        progress: Called with each file's path before it is read.

    Raises:
        ReadError: The file is not what it claims to be or of no known report, or the folder holds none that is.
        MissingExtra: The file is a spreadsheet, and the `compile` extra is not installed.
    """
    root = Path(path)
    if not root.is_dir():
        if progress:
            progress(root.name)
        return _read_file(root, root.name, _folders(root), set())
    readings = list(_read_folder(root, progress))
    if not any(reading.sources for reading in readings):
        told = next((reading.problems[0] for reading in readings), None)
        why = f"it holds no report that can be read ({told.path}: {told.why})" if told else "it holds no files"
        raise ReadError(root, why, advice())
    return Reading.join(readings)


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
    """Every file below a folder with its path in it, hidden files and folders left out."""
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                file = Path(folder, name)
                yield file, file.relative_to(root).as_posix()


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
    release = _release(content, path, stem, folders, known)
    for line, why in guessed.items():
        release.problem(line, "bytes of the line", why)
    for table in unknown:
        release.problem(0, f"sheet {table.sheet!r}", "not a known report")
    rows = [row for table, recognised in known for row in _rows(table, recognised, release)]
    return Reading(release.sources, tuple(rows), tuple(release.problems))


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


def _release(
    content: Content, path: str, stem: str, folders: list[str], known: list[tuple[Table, Recognised]]
) -> Release:
    """The release that a file is, by the time that its name or its columns tell."""
    layout, columns = known[0][1].layout, known[0][1].columns
    told = layout.as_at or as_at_of(stem, folders)
    release = Release(path, stem, content.sha256, told or UNDATED, set())
    return release
