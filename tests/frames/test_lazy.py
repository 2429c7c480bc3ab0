"""Plans that nobody has run yet: what is refused before they run, and what is kept while they do."""

from __future__ import annotations

import gc

import polars as pl
import pytest
from frames_of import ASKED, TABLE, refused

import nhs_orgs as nhs

NONE: dict[str, list[None]] = {"code": [None] * 3, "day": [None] * 3, "n": [None] * 3}


@pytest.mark.parametrize(
    ("column", "todo"),
    [("code", "Cast it to text"), ("day", "Cast it to a date or to text"), ("n", "Cast it to a number")],
)
def test_a_column_of_no_type_is_to_be_cast(crosswalk: nhs.Crosswalk, column: str, todo: str) -> None:
    """A column that never had a value has no type either, and the error says what to make of it."""
    frame = pl.LazyFrame({**TABLE, column: NONE[column]})
    error = refused(crosswalk, frame, **ASKED)
    assert error.column == column
    assert "without any value" in str(error)
    assert str(error).endswith(todo)


def test_rows_of_the_crosswalk_are_not_kept() -> None:
    """Once the plan is made, no row of the crosswalk is in memory: they are columns of a small table by then."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
    gc.collect()
    before = {id(row) for row in gc.get_objects() if isinstance(row, nhs.CrosswalkRow)}
    restated = crosswalk.apply(pl.LazyFrame(TABLE), **ASKED)
    gc.collect()
    assert not [row for row in gc.get_objects() if isinstance(row, nhs.CrosswalkRow) and id(row) not in before]
    assert restated.report.rows == len(TABLE["code"])
