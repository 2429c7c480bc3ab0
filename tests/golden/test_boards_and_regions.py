"""The regions of the boards of 2026, against the two lists of trusts that they were read from."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import nhs_orgs as nhs

TRUSTS = {"D7T5G": 4, "S1Y5D": 11, "T6Y0W": 6, "S0E4D": 6, "S9B9J": 11, "Z9B2Z": 15}
"""Of each new board the open trusts that both lists have, as the citation says."""

WELSH = ["RQF", "RT4", "RYT"]
"""Trusts of Wales, which has no region of England."""


@pytest.mark.parametrize("name", ["etr-2026-04-09.csv", "etr-2026-07.csv"])
def test_every_board_has_the_region_of_all_its_trusts(register: nhs.Register, sources_folder: Path, name: str) -> None:
    """In each list all open trusts of a board have one region, and the register has it since the reconfiguration."""
    with (sources_folder / "etr" / name).open(encoding="utf-8") as file:
        pairs = Counter((row[3], row[2]) for row in csv.reader(file) if not row[11] and row[3])
    regions = dict(pairs)
    assert len({board for board, _ in regions}) == len(regions) == 36
    assert {board: many for (board, _), many in pairs.items() if board in TRUSTS} == TRUSTS
    for board, region in regions:
        assert [p.code for p in register.on("2026-04-01").parents(board) if p.level == "region"] == [region]


@pytest.mark.parametrize("day", ["2026-04-01", "2026-07-31", "2026-10-09"])
def test_nobody_is_without_a_region(register: nhs.Register, day: str) -> None:
    """The newest lists name no regions; still every English board, trust and location has the region of its board."""
    snapshot = register.on(day)
    kinds = nhs.ICB | nhs.Trust | nhs.SubICBLocation
    codes = [code for code, body in snapshot.items() if isinstance(body, kinds)]
    assert len(codes) > 300
    above = {code: {p.level: p.code for p in snapshot.parents(code) if p.organisation} for code in codes}
    assert [code for code, parents in above.items() if "region" not in parents] == WELSH
    boards = {code: board for code, parents in above.items() if (board := parents.get("system"))}
    assert [code for code, board in boards.items() if above[code]["region"] != above[board]["region"]] == []
