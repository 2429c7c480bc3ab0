"""A crosswalk as a file: every form has every value, typed, and no reader ever sees half of one."""

from __future__ import annotations

import csv
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest

import nhs_orgs as nhs
from nhs_orgs.errors import MissingExtra, WriteError
from nhs_orgs.files import ENDINGS, as_csv, replace

READ = {
    ".parquet": pyarrow.parquet.read_table,
    ".arrow": lambda path: pyarrow.ipc.open_file(path).read_all(),
    ".feather": pyarrow.feather.read_table,
}


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Trusts to boards in 2026, divided by beds or floor area."""
    register = nhs.load()
    return register.crosswalk(
        to="2026-04-01", kind=nhs.Trust, level=nhs.ICB, basis=["beds", "floor area"], splits="divide"
    )


@pytest.mark.parametrize("ending", READ)
def test_arrow_forms_come_back_as_they_were(crosswalk: nhs.Crosswalk, tmp_path: Path, ending: str) -> None:
    """Dates are dates, weights have every digit, what is empty is null, and the metadata is in the schema."""
    path = tmp_path / f"boards{ending.upper()}"
    crosswalk.write(path)
    table = READ[ending](path)
    assert table.to_pydict() == crosswalk.columns()
    kinds = {name: str(kind) for name, kind in zip(table.column_names, table.schema.types, strict=True)}
    assert kinds["from"] == kinds["until"] == "date32[day]"
    assert (kinds["weight"], kinds["approximate"], kinds["basis"]) == ("double", "bool", "string")
    assert json.loads(table.schema.metadata[b"nhs_orgs"]) == crosswalk.metadata


def test_metadata_says_how_it_was_made(crosswalk: nhs.Crosswalk) -> None:
    """Day, kinds, level, splits, bases, and the versions of data and code."""
    assert crosswalk.metadata == {
        "to": "2026-04-01",
        "kinds": ["Trust"],
        "level": "IntegratedCareBoard",
        "splits": "divide",
        "basis": ["beds", "floor area"],
        "register": str(nhs.load().release),
        "version": nhs.__version__,
    }
    own = crosswalk.with_shares({("RW6", "R0A"): 0.5, ("RW6", "RM3"): 0.5}, basis="my beds").metadata["basis"]
    assert own == ["my beds", "beds", "floor area"]


def test_csv_has_every_value(crosswalk: nhs.Crosswalk, tmp_path: Path) -> None:
    """Without any library: texts as they are, dates as ISO has them, and nothing where there is nothing."""
    crosswalk.write(str(tmp_path / "boards.csv"))
    with (tmp_path / "boards.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = crosswalk.columns()
    assert list(rows[0]) == list(columns)
    assert len(rows) == len(crosswalk)
    for name, values in columns.items():
        assert [row[name] for row in rows] == [_written(value) for value in values]


def _written(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_an_engine_reads_the_files(crosswalk: nhs.Crosswalk, tmp_path: Path) -> None:
    """DuckDB sees the same rows in CSV and in Parquet, and dates in both."""
    query = "SELECT count(*), min(\"from\"), max(until), round(sum(weight), 6), count(target) FROM '{}'"
    found = []
    for name in ("a.csv", "a.parquet"):
        crosswalk.write(tmp_path / name)
        found.append(duckdb.execute(query.format(tmp_path / name)).fetchall())
    assert found[0] == found[1]
    assert isinstance(found[0][0][1], date)


def test_the_same_crosswalk_is_the_same_file(crosswalk: nhs.Crosswalk, tmp_path: Path) -> None:
    """Written twice, each form has the same bytes."""
    for ending in ENDINGS:
        first, second = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
        crosswalk.write(first)
        crosswalk.write(second)
        assert first.read_bytes() == second.read_bytes()


def test_some_codes_as_a_table(crosswalk: nhs.Crosswalk) -> None:
    """A table of pyarrow may hold a few codes only; of a code without a target its type is still text."""
    table = crosswalk.to_arrow(["RW6"])
    assert table.to_pydict() == crosswalk.columns(["RW6"])
    assert crosswalk.to_arrow([]).schema == table.schema
    assert crosswalk.to_arrow([]).schema.field("target").type == pa.string()


def test_another_ending_is_refused(crosswalk: nhs.Crosswalk, tmp_path: Path) -> None:
    """The error names the endings that there are, and nothing is written."""
    for name in ("boards.xlsx", "boards", "boards.csv.gz"):
        with pytest.raises(WriteError, match=r"End it in \.csv, \.parquet, \.arrow, \.feather") as caught:
            crosswalk.write(tmp_path / name)
        assert caught.value.path == str(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_the_error_says_what_to_install(
    crosswalk: nhs.Crosswalk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CSV needs nothing; what needs pyarrow names the extra."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    crosswalk.write(tmp_path / "a.csv")
    for ending in READ:
        with pytest.raises(MissingExtra, match=r"pip install 'nhs-orgs\[arrow\]'"):
            crosswalk.write(tmp_path / f"a{ending}")
    with pytest.raises(MissingExtra):
        crosswalk.to_arrow()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_an_older_file_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced at once or not at all, and nothing is left beside it."""
    path = tmp_path / "a.csv"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            replace(path, b"new")
    assert path.read_text() == "old"
    replace(path, b"new")
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_in_no_folder_is_an_error_that_names_it(crosswalk: nhs.Crosswalk, tmp_path: Path) -> None:
    """Folders are not made by the way, and what would lie beside the file for a moment is not named."""
    path = tmp_path / "missing" / "a.csv"
    with pytest.raises(FileNotFoundError) as caught:
        crosswalk.write(path)
    assert str(caught.value).endswith(f"No such file or directory: {str(path)!r}")


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is replaced."""
    (tmp_path / "link.csv").symlink_to(tmp_path / "file.csv")
    replace(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "file.csv").read_bytes() == b"new"


def test_a_text_with_separators_and_quotes_is_one_cell() -> None:
    """As every reader of CSV takes it."""
    text = as_csv({"a": ['x,"y"\nz'], "b": [None]})
    assert list(csv.reader(text.splitlines(keepends=True))) == [["a", "b"], ['x,"y"\nz', ""]]
