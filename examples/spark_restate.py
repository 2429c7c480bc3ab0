"""Restate partitioned Parquet on Spark: nothing is collected, nothing is shuffled, no Python runs for a row.

Run it with: python examples/spark_restate.py --rows 20000000

Needs Java and PySpark (`pip install "nhs-orgs[spark]"`). Makes its own input, a folder of Parquet for each year.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812 - its usual name

import nhs_orgs as nhs

FIRST, YEARS = 2013, 13
SPELLINGS = 1_000
"""One code in so many is written as people do, in lower case with a blank."""


def started(cores: str = "*") -> SparkSession:
    """A session on this machine."""
    builder = SparkSession.builder.master(f"local[{cores}]").appName("nhs-orgs")
    settings = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.driver.memory": "2g"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def make_input(session: SparkSession, folder: str, rows: int, partitions: int) -> None:
    """Made-up admissions by trust and day, the same in every run, a folder for each year."""
    trusts = sorted(nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust).codes)
    known = F.array(*map(F.lit, trusts))
    code = F.element_at(known, (F.pmod(F.xxhash64("id"), F.lit(len(trusts))) + 1).cast("int"))
    day = F.date_add(F.lit(f"{FIRST}-01-01").cast("date"), F.pmod(F.hash("id"), F.lit(YEARS * 365)))
    odd = F.col("id") % SPELLINGS == 0
    made = session.range(0, rows, 1, partitions).select(
        F.when(odd, F.concat(F.lower(code), F.lit(" "))).otherwise(code).alias("code"),
        day.alias("day"),
        (F.col("id") % 100).cast("double").alias("admissions"),
    )
    made.withColumn("year", F.year("day")).write.mode("overwrite").partitionBy("year").parquet(folder)


def restate(session: SparkSession, source: str, target: str) -> nhs.Restated:
    """Read, restate, write; the report is a query of its own, run when it is read."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
    restated = crosswalk.apply(session.read.parquet(source), code="code", on="day", values="admissions")
    frame: Any = restated.frame
    frame.write.mode("overwrite").partitionBy("year").parquet(target)
    return restated


def _total(frame: Any) -> float:  # noqa: ANN401 - of Spark
    return float(frame.agg(F.sum("admissions")).first()[0])


def main() -> None:
    """Make the input, restate it, and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--partitions", type=int, default=8)
    asked = parser.parse_args()
    session = started()
    with tempfile.TemporaryDirectory() as folder:
        source, target = (str(Path(folder) / name) for name in ("admissions", "restated"))
        make_input(session, source, asked.rows, asked.partitions)
        restated = restate(session, source, target)
        before, after = (_total(frame) for frame in (session.read.parquet(source), session.read.parquet(target)))
        print(f"{asked.rows:,} rows restated; admissions before {before:,.0f}, after {after:,.0f}")
        for line in restated.report.statuses:
            print(f"{line.name:<22}{line.rows:>14,.0f} rows")
    session.stop()


if __name__ == "__main__":
    main()
