"""Beds of hospitals by trust and quarter, 2018 to 2025, restated on the trusts of 1 April 2026.

Run it with: python examples/beds.py
It needs: pip install "nhs-orgs[plot]" polars

It takes the small extract in `data/beds.csv`. For the whole series give `--source` a folder of CSV files with the
columns `org_code`, `period` (2018-19 Q1) and `kh03_avail_ga_avg_beds`: general and acute beds, the average of each
day. NHS England publishes them quarter by quarter, under "Bed Availability and Occupancy (KH03)", at
https://www.england.nhs.uk/statistics/statistical-work-areas/bed-availability-and-occupancy/
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
from matplotlib.figure import Figure
from panels import Panel, Row, draw, in_parts, read_extract, read_folder, save

import nhs_orgs as nhs

TO = "2026-04-01"
PUBLISHED = "kh03_avail_ga_avg_beds"
ENGLAND = "NAN"
"""The code of the rows for England as a whole: they count all others again."""
PANELS = (
    Panel("RAJ", "Mid and South Essex", ("RAJ", "RDD", "RQ8"), date(2020, 4, 1)),
    Panel("RYR", "University Hospitals Sussex", ("RYR", "RXH"), date(2021, 4, 1)),
    Panel("RM3", "Northern Care Alliance", ("RM3", "RW6"), date(2021, 10, 1), "share of RW6 by floor area"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Restate the beds, print the report on that, and draw some of them before and after."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, metavar="FOLDER", help="the whole published series, as CSV files")
    parser.add_argument("--output", type=Path, default=Path("beds.png"), help="the plot to write")
    asked = parser.parse_args(arguments)
    rows = read_folder(asked.source, PUBLISHED) if asked.source else read_extract("beds.csv")

    rows = [row for row in rows if row[0] != ENGLAND]
    frame = pl.DataFrame(rows, schema=["org_code", "period", "beds"], orient="row")
    crosswalk = nhs.load().crosswalk(to=TO, splits="divide")
    restated = crosswalk.apply(frame, code="org_code", on="period", values="beds")
    print(restated.report)
    print_totals(frame, restated.frame)

    save(drawing(rows, restated.frame), asked.output)
    print(f"\nPlot: {asked.output}")


def print_totals(before: pl.DataFrame, after: pl.DataFrame) -> None:
    """Print the total of the first and the last quarter and the largest difference of any, before and after."""
    sums = [frame.group_by("period").agg(pl.col("beds").sum()).sort("period") for frame in (before, after)]
    both = sums[0].join(sums[1], on="period", suffix=" after").sort("period")
    print("\nTotal of a quarter    before     after")
    for row in (both.row(0, named=True), both.row(-1, named=True)):
        print(f"{row['period']:<16}{row['beds']:>12,.1f}{row['beds after']:>10,.1f}")
    largest = (both["beds"] - both["beds after"]).abs().max()
    print(f"Largest difference in any of {both.height} quarters: {largest:.6f}")


def drawing(rows: Sequence[Row], restated: pl.DataFrame) -> Figure:
    """Three trusts before and after."""
    return draw(
        PANELS,
        rows,
        in_parts(restated.drop_nulls("org_code").to_dicts(), "beds"),
        title="Beds jump when trusts merge; restated, they do not",
        unit="Beds",
        source="NHS England, Bed Availability and Occupancy (KH03): general and acute beds open overnight, "
        "average of each day. Dashed: the day of the merger.",
    )


if __name__ == "__main__":
    main()
