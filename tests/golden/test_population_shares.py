"""Shares of population in curated events are those of the published tables, recomputed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from nhs_orgs.compiler import bundled
from nhs_orgs.compiler.boundaries import BASIS, Move, moves
from nhs_orgs.readers import ShareRow, read

TENTH_OF_A_POINT = 0.0005
"""Half of it on either side."""

CENSUS = "resident population 2021"


@pytest.fixture(scope="module")
def recomputed(sources_folder: Path) -> dict[tuple[int, str, str], Move]:
    """Moves of a part, by year, giver and receiver."""
    (file,) = sources_folder.glob("weights/lsoa11-to-ccg-by-year*.csv")
    return {(move.year, move.giver, move.receiver): move for move in moves(read(file).records)}


@pytest.mark.parametrize(
    ("year", "giver", "receiver", "percent"),
    [
        (2017, "01H", "01K", 36.9),
        (2017, "06Y", "06W", 7.1),
        (2018, "01K", "02M", 5.7),
        (2018, "01E", "02M", 0.7),
        (2020, "09G", "92A", 1.3),
        (2022, "01Y", "15M", 12.9),
        (2022, "D2P2L", "15E", 12.9),
        (2022, "06H", "78H", 1.9),
    ],
)
def test_the_share_that_moved(
    recomputed: dict[tuple[int, str, str], Move], year: int, giver: str, receiver: str, percent: float
) -> None:
    """Each known move of population comes out of the small areas to a tenth of a percentage point."""
    assert recomputed[year, giver, receiver].share == pytest.approx(percent / 100, abs=TENTH_OF_A_POINT)


def curated(basis: str) -> dict[tuple[int, str, str], float]:
    """Shares by a basis in the curated events: year, giver, receiver."""
    return {
        (event.entry.effective.earliest.year, transfer.giver, transfer.receiver): share.share
        for event in bundled().events
        if event.entry.effective is not None
        for transfer in event.entry.transfers
        for share in transfer.shares
        if share.basis == basis
    }


def test_every_move_is_curated_with_its_share(recomputed: dict[tuple[int, str, str], Move]) -> None:
    """No move is missing from the curated boundary changes, none is there that did not happen, and shares agree."""
    told = curated(BASIS)
    assert set(told) == set(recomputed)
    for key, share in told.items():
        assert share == pytest.approx(recomputed[key].share, abs=TENTH_OF_A_POINT), key


def test_shares_of_divided_boards_and_locations(sources_folder: Path) -> None:
    """The parts of boards and of Frimley's location in April 2026 are the sums of the census tables."""
    sums: dict[tuple[int, str, str], float] = defaultdict(float)
    for name in ("icb-2024-to-2026-population-census2021.csv", "frimley-d4u1y-split-2026.csv"):
        for row in read(sources_folder / "weights" / name).records:
            if isinstance(row, ShareRow) and row.share:
                sums[2026, row.code, row.other] += row.share
    told = curated(CENSUS)
    assert told
    for key, share in told.items():
        assert share == pytest.approx(sums[key], abs=TENTH_OF_A_POINT), key
    divided = {giver for _, giver, _ in told}
    assert {key for key, share in sums.items() if key[1] in divided and share} == set(told)
