"""What restating on Spark costs beside a bare broadcast join: ratios in one run, by rows and by partitions.

    python benchmarks/spark_bench.py --rows 2000000 10000000 --partitions 2 8

Both sides read the same Parquet and write nothing but what Spark throws away. The bare join takes the codes as they
stand and adds the same columns; ours cleans and judges them, and multiplies by weights, besides.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from pyspark.sql import functions as F  # noqa: N812 - its usual name

import nhs_orgs as nhs

sys.path.insert(0, str(Path(__file__).parents[1] / "examples"))

from spark_restate import make_input, started

SCHEMA = (
    "key string, opens date, closes date, target string, status string, weight double, basis string, "
    "approximate boolean"
)


def bare(session: Any, crosswalk: nhs.Crosswalk, source: str) -> Any:  # noqa: ANN401
    """The join that one would type."""
    rows = [
        (
            row.code,
            row.from_ if isinstance(row.from_, date) else date(1900, 1, 1),
            row.until if isinstance(row.until, date) else date(2100, 1, 1),
            row.target,
            row.status.value,
            float(row.weight),
            row.basis,
            row.approximate,
        )
        for row in crosswalk.rows_of(crosswalk.codes)
    ]
    small, big = session.createDataFrame(rows, SCHEMA), session.read.parquet(source)
    on = (big["code"] == small["key"]) & big["day"].between(small["opens"], small["closes"])
    return big.join(F.broadcast(small), on, "left").drop("key", "opens", "closes")


def timed(frame: Any) -> float:  # noqa: ANN401
    """Seconds to run a plan to its end."""
    start = perf_counter()
    frame.write.format("noop").mode("overwrite").save()
    return perf_counter() - start


def compare(mine: Any, theirs: Any, times: int) -> tuple[float, float]:  # noqa: ANN401
    """Both in turns; the medians. Each is run once unmeasured."""
    timed(mine), timed(theirs)
    runs = [(timed(mine), timed(theirs)) for _ in range(times)]
    return median(run[0] for run in runs), median(run[1] for run in runs)


def main() -> None:
    """Every number of rows by every number of partitions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000_000, 10_000_000])
    parser.add_argument("--partitions", type=int, nargs="+", default=[2, 8])
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    session = started()
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
    for rows in asked.rows:
        for partitions in asked.partitions:
            with tempfile.TemporaryDirectory() as folder:
                make_input(session, folder, rows, partitions)
                big = session.read.parquet(folder)
                ours = crosswalk.apply(big, code="code", on="day", values="admissions").frame
                mine, theirs = compare(ours, bare(session, crosswalk, folder), asked.times)
            print(f"{rows:>12,} rows{partitions:>4} partitions{mine:>8.2f} s{theirs:>8.2f} s{mine / theirs:>7.2f}x")
    session.stop()


if __name__ == "__main__":
    main()
