"""What restating on Spark costs beside a bare broadcast join: ratios in one run, by rows and by partitions.

    python benchmarks/spark_bench.py --rows 10000000 20000000 40000000 --partitions 8 2 32

Every number of rows is run at the first number of partitions, and every other number of partitions at the first number
of rows. Both sides read the same Parquet, in turns, and write nothing but what Spark throws away. The bare join takes
the codes as they stand and adds the same columns; ours cleans and judges them, and multiplies by weights, besides.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
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
HEAD = (
    "| rows | partitions | bare join, s | ours, s | ratio | of the processor | report, s |\n"
    "|--:|--:|--:|--:|--:|--:|--:|"
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


def split(session: Any, folder: str, partitions: int) -> None:  # noqa: ANN401
    """Have Spark read a folder in about so many partitions, however many files it has."""
    size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    session.conf.set("spark.sql.files.openCostInBytes", "0")
    session.conf.set("spark.sql.files.maxPartitionBytes", str(size // partitions + 1))


def timed(session: Any, work: Callable[[], object]) -> tuple[float, float]:  # noqa: ANN401
    """Seconds that Spark takes for something, by the clock, and of the processor, of which others take none."""
    process = session.sparkContext._jvm.java.lang.ProcessHandle.current()
    start, before = perf_counter(), process.info().totalCpuDuration().get().toNanos()
    work()
    return perf_counter() - start, float(process.info().totalCpuDuration().get().toNanos() - before) / 1e9


def compared(session: Any, crosswalk: nhs.Crosswalk, rows: int, partitions: int, times: int) -> str:  # noqa: ANN401
    """A line of the table: medians of runs in turns, after one of each that is not measured."""
    with tempfile.TemporaryDirectory() as folder:
        make_input(session, folder, rows, session.sparkContext.defaultParallelism)
        split(session, folder, partitions)
        big = session.read.parquet(folder)
        restated = crosswalk.apply(big, code="code", on="day", values="admissions")
        plans = restated.frame, bare(session, crosswalk, folder)
        runs = [plan.write.format("noop").mode("overwrite").save for plan in plans]
        pairs = [[timed(session, run) for run in runs] for _ in range(times + 1)][1:]
        report = timed(session, lambda: restated.report.rows)[0]
        met = big.rdd.getNumPartitions()
    mine, theirs = (median(side[0] for side in sides) for sides in zip(*pairs, strict=True))
    ratio, used = (median(ours[clock] / join[clock] for ours, join in pairs) for clock in (0, 1))
    cells = f"{rows:,}", met, f"{theirs:.1f}", f"{mine:.1f}", f"{ratio:.2f}", f"{used:.2f}", f"{report:.1f}"
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Print the table, line by line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000_000, 10_000_000])
    parser.add_argument("--partitions", type=int, nargs="+", default=[8, 2])
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    session = started()
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
    compared(session, crosswalk, asked.rows[0], asked.partitions[0], 1)  # Spark works itself warm
    print(HEAD, flush=True)
    pairs = [(rows, asked.partitions[0]) for rows in asked.rows]
    pairs += [(asked.rows[0], partitions) for partitions in asked.partitions[1:]]
    for rows, partitions in pairs:
        print(compared(session, crosswalk, rows, partitions, asked.times), flush=True)
    session.stop()


if __name__ == "__main__":
    main()
