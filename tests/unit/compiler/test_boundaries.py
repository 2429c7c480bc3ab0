"""Small areas of two years tell which part of a commissioner's people went to another."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import source

from nhs_orgs.compiler.boundaries import Move, main, moves, table
from nhs_orgs.readers.base import ShareRow

YEARS = ",".join([f"ccg{year}" for year in range(2015, 2022)])
HEAD = f"lsoa11_code,total_population,{YEARS},sicbl2022\n"


def shares(*texts: str, report: str = "small-areas-to-ccg@2017") -> list[ShareRow]:
    """``01H 01K 0.25 250``: from, to, share, residents."""
    cells = [text.split() for text in texts]
    return [
        ShareRow(source=source(report), line=0, code=a, other=b, share=float(c), amount=float(d), basis="population")
        for a, b, c, d in cells
    ]


def test_a_part_that_moved_is_a_move() -> None:
    """What went elsewhere is a move; what stayed is none."""
    assert moves(shares("01H 01H 0.75 750", "01H 01K 0.25 250")) == (Move(2017, "01H", "01K", 0.25, 250),)


def test_a_merger_is_no_move() -> None:
    """Where most people of a commissioner went to one other, only what did not go with them is a move."""
    rows = shares("09G 70F 0.99 990", "09G 92A 0.01 10", "09H 70F 1 500", report="small-areas-to-ccg@2020")
    assert moves(rows) == (Move(2020, "09G", "92A", 0.01, 10),)


def test_other_measures_are_no_moves_of_residents() -> None:
    """Shares of another table are left alone."""
    assert moves(shares("5AA 01A 0.6 60", "5AA 01B 0.4 40", report="pct-to-ccg-by-registered-patients@2013")) == ()


def test_each_move_is_a_line() -> None:
    """A share is printed as a percentage to one decimal place, the residents with thousands."""
    line = "2017    01H -> 01K     36.9%    186,658 residents"
    assert table([Move(2017, "01H", "01K", 0.36887, 186_658)]) == line


def area(code: str, people: int, before: str, after: str) -> str:
    """A small area that changed hands between 2016 and 2017."""
    return ",".join([code, str(people), before, before, *[after] * 6]) + "\n"


def test_the_command_prints_the_moves_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a folder, it prints what moved there."""
    file = tmp_path / "lsoa11-to-ccg.csv"
    file.write_text(
        HEAD + area("E01000001", 300, "01H", "01H") + area("E01000002", 100, "01H", "01K"), encoding="utf-8"
    )
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "2017    01H -> 01K     25.0%        100 residents\n"


def test_the_command_says_when_nothing_can_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing moved, it says so and leaves with 1."""
    (tmp_path / "lsoa11-to-ccg.csv").write_text(HEAD + area("E01000001", 300, "01H", "01H"), encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out == "no part of any commissioner moved\n"


def test_the_command_asks_for_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a folder it tells how it is called, and leaves with 2."""
    assert main([]) == 2
    assert capsys.readouterr().err == "usage: python -m nhs_orgs.compiler.boundaries FOLDER\n"
