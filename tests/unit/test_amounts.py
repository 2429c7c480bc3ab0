"""How many of something, as reports and errors say it."""

from __future__ import annotations

import math

import pytest

from nhs_orgs.amounts import amount, figure


@pytest.mark.parametrize(
    ("many", "told"),
    [
        (0, "0 rows"),
        (1, "1 row"),
        (1.0, "1 row"),
        (2, "2 rows"),
        (0.5, "0.5 rows"),
        (1.25, "1.2 rows"),
        (-1, "-1 rows"),
    ],
)
def test_one_is_one_and_all_else_are_several(many: float, told: str) -> None:
    """Only one whole thing is in the singular; parts of rows are told with one decimal."""
    assert amount(many, "row") == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1_234_567, "1,234,567"),
        (10.0**20, "100,000,000,000,000,000,000"),
        (10_393.94, "10,393.9"),
        (0.000123456, "0.000123"),
        (0, "0"),
        (math.inf, "inf"),
        (math.nan, "nan"),
    ],
)
def test_a_figure_is_written_as_people_write_it(value: float, told: str) -> None:
    """No exponent however large, thousands parted, small ones to three digits."""
    assert figure(value) == told
