"""Work on whole columns: numbers told apart, rows repeated, and texts of many kinds in a frame of polars."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhs_orgs.frames import in_polars
from nhs_orgs.frames.blocks import repeated
from nhs_orgs.frames.distinct import told_apart
from nhs_orgs.frames.unhurried import Unhurried

_HASHES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9), max_size=60)
_MANY = 100_000


@given(_HASHES)
def test_equal_numbers_and_only_these_have_one_id(numbers: list[int]) -> None:
    """Rows have one id if and only if their numbers are equal, mixed or not, and each id has a row of its own."""
    hashes = np.array(numbers, np.uint64)
    ids, rows = told_apart(hashes)
    assert hashes[rows][ids].tolist() == numbers
    assert len(rows) == len(set(numbers))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.lists(st.integers(1, 4), min_size=4, max_size=4))
def test_rows_come_as_often_as_they_have_parts(numbers: list[int], sizes: list[int]) -> None:
    """Each row comes once for each part of its number, in order, and the parts are counted on."""
    first = np.cumsum(sizes) - sizes
    rows, places = map(np.concatenate, repeated(np.array(numbers), np.array(sizes), first))
    expected = [(row, first[one] + part) for row, one in enumerate(numbers) for part in range(sizes[one])]
    assert list(zip(rows.tolist(), places.tolist(), strict=True)) == expected


def _many_texts() -> pl.DataFrame:
    texts: list[str | None] = [f"X{number % (_MANY * 2 // 3):05}" for number in range(_MANY)]
    texts[7] = texts[-7] = None
    return pl.DataFrame({"code": texts})


def test_many_texts_are_told_apart() -> None:
    """Each row of a column of many texts has the id of its own text; an empty one is a value like others."""
    frame = _many_texts()
    ids, values = in_polars.PolarsFrame(frame).encoded("code")
    assert [values[one] for one in ids.tolist()] == frame["code"].to_list()
    assert len(values) == len(set(values)) == frame["code"].n_unique()


def test_members_are_made_when_looked_at() -> None:
    """Of a long sequence only the members that were looked at are made, and each of them once."""
    made: list[int] = []

    def make(at: int) -> int:
        made.append(at)
        return at

    many = Unhurried(1_000_000, make)
    assert (many[2], many[:3], many[-1], len(many)) == (2, (0, 1, 2), 999_999, 1_000_000)
    assert made == [2, 0, 1, 999_999]
    with pytest.raises(IndexError):
        many[1_000_000]


def test_it_equals_the_tuple_of_its_members() -> None:
    """It is equal to a tuple of the same, has its hash and its looks, and is not equal to a list."""
    few = Unhurried(2, str)
    assert few == ("0", "1") == Unhurried(2, str)
    assert (hash(few), repr(few)) == (hash(("0", "1")), "('0', '1')")
    assert few not in [("0", "2"), ["0", "1"], ()]
