"""A dictionary of codes typed by hand, and the library, on the same tables: what the dictionary loses.

Run it with: python examples/by_hand.py
It needs: pip install nhs-orgs pandas

The figures are those of `data`. In each table a few codes are spoilt in the ways in which spreadsheets and people spoil
them; nothing else is made up. The dictionaries are such as analysts write: what became of each code, without dates,
without shares, and with one code forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from panels import read_extract

import nhs_orgs as nhs

TO = "2026-04-01"

TRUSTS = {
    "RAJ": "RAJ", "RDD": "RAJ",  # Mid and South Essex; RQ8 is forgotten
    "RYR": "RYR", "RXH": "RYR",
    "R0A": "R0A", "RM3": "RM3", "RW6": "RM3",  # RW6 was divided; most of it went to RM3
    "RRK": "RRK", "RR1": "RRK",
}  # fmt: skip
HALVES = {"RW6": ("R0A", "RM3")}
"""The other way to put a divided trust into a dictionary: so many parts, so many equal shares."""

GROUPS = """
S9B9J 09D 09F 09G 09H 09L 09N 09P 09X 09Y 99H 99K 70F 92A 97R 10C
S0E4D 10G 10T 11C 15D 10H 10M 10N 10Q 10W 10Y 11D 14Y 15A
QRL 10J 10K 10L 10R 10V 10X 11A 99M
"""
BOARDS = {code: board for board, *codes in map(str.split, GROUPS.strip().splitlines()) for code in codes}
"""Boards of groups: those of Frimley each with the board that got most of it."""

SPOILT = {
    ("RDD", "2019-20 Q1"): "RDD ",
    ("RXH", "2019-20 Q1"): "rxh",
    ("09D", "2013-04-06"): "9D",
    ("09Y", "2016-01-03"): "9Y",
}
"""A blank behind, small letters, and zeros that a spreadsheet or a clean-up took away."""


class Comparison(NamedTuple):
    """One question about a table, answered twice."""

    question: str
    by_hand: float
    library: float
    remark: str


def main() -> None:
    """Print every question with both answers."""
    print(f"{'':<62}{'by hand':>14}{'nhs-orgs':>14}")
    for title, comparisons in (("Beds", beds()), ("Attendances", attendances()), ("Registered patients", patients())):
        print(title)
        for one in comparisons:
            print(f"  {one.question:<60}{one.by_hand:>14,.1f}{one.library:>14,.1f}\n      {one.remark}")


def table(name: str) -> pd.DataFrame:
    """An extract, with the codes that are spoilt."""
    rows = [(SPOILT.get((code, period), code), period, figure) for code, period, figure in read_extract(name)]
    return pd.DataFrame(rows, columns=["code", "period", "figure"])


def mapped(frame: pd.DataFrame, codes: dict[str, str]) -> pd.DataFrame:
    """What is usually done: look the code up, then add up. Whatever is not in the dictionary is gone."""
    return frame.assign(code=frame["code"].map(codes)).groupby(["code", "period"], as_index=False)["figure"].sum()


def at(frame: pd.DataFrame, code: str, period: str) -> float:
    """The sum of a code in a period."""
    return float(frame.loc[(frame["code"] == code) & (frame["period"] == period), "figure"].sum())


def restate(frame: pd.DataFrame) -> tuple[pd.DataFrame, nhs.MatchReport]:
    """The library's way."""
    crosswalk = nhs.load().crosswalk(to=TO, splits="divide")
    restated = crosswalk.apply(frame, code="code", on="period", values="figure")
    return restated.frame, restated.report


def beds() -> Iterator[Comparison]:
    """What the dictionary makes of beds."""
    frame = table("beds.csv")
    hand, (library, report) = mapped(frame, TRUSTS), restate(frame)
    published = frame["figure"].sum()
    yield Comparison(
        f"all quarters added up; published {published:,.1f}",
        hand["figure"].sum(),
        library["figure"].sum(),
        "RQ8 was forgotten and two codes are spelt in other ways: the dictionary drops them and says nothing",
    )
    yield Comparison(
        "Mid and South Essex, 2018-19 Q1",
        at(hand, "RAJ", "2018-19 Q1"),
        at(library, "RAJ", "2018-19 Q1"),
        "without RQ8 the merger looks like 500 new beds",
    )
    (line,) = report.bases
    yield Comparison(
        "Northern Care Alliance, 2018-19 Q1",
        at(hand, "RM3", "2018-19 Q1"),
        at(library, "RM3", "2018-19 Q1"),
        f"RW6 was divided: the library divides it by {line.name}, and marks {report.approximate('figure'):.1%} of all",
    )
    yield from halves(frame, library)


def halves(frame: pd.DataFrame, library: pd.DataFrame) -> Iterator[Comparison]:
    """What equal shares make of a divided trust."""
    pennine = frame[frame["code"] == "RW6"]
    parts = len(HALVES["RW6"])
    for period, remark in (
        ("2018-19 Q1", "half of RW6 is no share of anything"),
        ("2021-22 Q1", "Manchester's part had gone on 1 April 2021; what RW6 still reported was all RM3's"),
    ):
        given = library[library["code_source"] == "RW6"]
        yield Comparison(
            f"beds of RW6 that Manchester gets, {period}",
            at(pennine, "RW6", period) / parts,
            at(given, "R0A", period),
            remark,
        )


def attendances() -> Iterator[Comparison]:
    """What the dictionary makes of attendances."""
    frame = table("attendances.csv")
    frame = frame[frame["code"].isin(["RRK", "RR1", "RTV"])]
    hand, (library, report) = mapped(frame, {**TRUSTS, "RTV": "RW4"}), restate(frame)
    (pair,) = {(one.code, one.other) for one in report.double_counts}
    yield Comparison(
        "pairs of codes reported side by side after their merger",
        0,
        1,
        f"{' and '.join(pair)}: the dictionary adds them, the report asks you to look",
    )
    before, after = (
        at(one, "RRK", "2019-20 Q3") / at(one, "RRK", "2015-16 Q2") * 100 - 100 for one in (frame, library)
    )
    yield Comparison(
        "growth of RRK from 2015-16 Q2 to 2019-20 Q3, per cent",
        before,
        after,
        "by its code alone: the code stayed, the body behind it did not",
    )
    yield Comparison(
        "attendances of RTV given to RW4",
        hand.loc[hand["code"] == "RW4", "figure"].sum(),
        library.loc[library["code"] == "RW4", "figure"].sum(),
        next(line.reason or "" for line in report.unmapped),
    )


def patients() -> Iterator[Comparison]:
    """What the dictionary makes of registered patients."""
    frame = table("registered_patients.csv")
    crosswalk = nhs.load().crosswalk(to=TO, level=nhs.ICB, splits="divide")
    restated = crosswalk.apply(frame, code="code", on="period", values="figure")
    hand, library, report = mapped(frame, BOARDS), restated.frame, restated.report
    damaged = [f"{line.value} may have been {' or '.join(line.suggestions)}" for line in report.damaged]
    yield Comparison(
        f"all days added up; published {frame['figure'].sum():,.0f}",
        hand["figure"].sum(),
        library["figure"].sum(),
        f"the library keeps what it cannot place, and says: {'; '.join(damaged)}",
    )
    yield Comparison(
        "Hampshire and Isle of Wight, 1 January 2021",
        at(hand, "QRL", "2021-01-01"),
        at(library, "QRL", "2021-01-01"),
        "the groups of Frimley: each whole with one board, or divided by residents and marked as approximate",
    )


if __name__ == "__main__":
    main()
