"""Attendances at accident and emergency departments, 2015 to 2019, restated on the trusts of 1 April 2026.

Run it with: python examples/accident_and_emergency.py
It needs: pip install "nhs-orgs[plot]" pandas

It takes the small extract in `data/attendances.csv`. For the whole series give `--source` a folder of CSV files with
the columns `org_code`, `period` (2015-08) and `total_attendances`. NHS England publishes them month by month, under
"A&E Attendances and Emergency Admissions", at
https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from panels import Panel, Row, draw, in_parts, read_extract, read_folder, save

import nhs_orgs as nhs

TO = "2026-04-01"
FIGURE = "attendances"
PANELS = (
    Panel("RRK", "University Hospitals Birmingham", ("RRK", "RR1"), date(2018, 4, 1)),
    Panel("R0A", "Manchester University", ("R0A", "RW3", "RM2"), date(2017, 10, 1), "share of RW6 by floor area"),
    Panel("RTG", "Derby and Burton", ("RTG", "RJF"), date(2018, 7, 1)),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Restate the attendances, print the report on that, and draw some of them before and after."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, metavar="FOLDER", help="the whole published series, as CSV files")
    parser.add_argument("--output", type=Path, default=Path("accident_and_emergency.png"), help="the plot to write")
    asked = parser.parse_args(arguments)
    rows = read_folder(asked.source, "total_attendances") if asked.source else read_extract("attendances.csv")

    frame = pd.DataFrame(rows, columns=["org_code", "period", FIGURE])
    crosswalk = nhs.load().crosswalk(to=TO, splits="divide")
    restated = crosswalk.apply(frame, code="org_code", on="period", values=FIGURE)
    print(restated.report)
    print_misses(restated.report)
    print(f"\nTotal before {frame[FIGURE].sum():,.0f}, after {restated.frame[FIGURE].sum():,.0f}")

    save(drawing(rows, restated.frame), asked.output)
    print(f"Plot: {asked.output}")


def print_misses(report: nhs.MatchReport) -> None:
    """Print what found no target, and why; of many only the largest."""
    lines = sorted(report.unmapped, key=lambda line: -line.totals[FIGURE])
    print(f"\nNo target: {len(lines)}")
    for line in lines[:5]:
        print(f"  {line.value:<6}{line.totals[FIGURE]:>10,.0f}  {line.reason or line.status}")


def drawing(rows: Sequence[Row], restated: pd.DataFrame) -> Figure:
    """Three trusts before and after."""
    return draw(
        PANELS,
        rows,
        in_parts(restated.dropna(subset="org_code").to_dict("records"), FIGURE),
        title="Attendances at A&E jump when trusts merge; restated, they do not",
        unit=f"Attendances a {'quarter' if 'Q' in rows[0][1] else 'month'}",
        source="NHS England, A&E Attendances and Emergency Admissions. Dashed: the day of the merger.",
    )


if __name__ == "__main__":
    main()
