"""What restating Parquet to Parquet costs, in a stream, beside the same engine's bare join: ratios and memory.

    python benchmarks/streaming_bench.py --rows 10000000

Each run is a process of its own, so that its peak of memory is its own; both sides are run in turns.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from crosswalk_bench import ADDED, distinct_codes, table_of  # type: ignore[import-not-found]  # beside this script

import nhs_orgs as nhs

CHUNK = 1_000_000


def write_input(path: Path, codes: list[str], rows: int) -> None:
    """Rows of a code, a date and a value, at random, the same in every run, never all in memory."""
    random, names = np.random.default_rng(0), pa.array(codes)
    schema = pa.schema({"code": pa.string(), "day": pa.date32(), "value": pa.float64()})
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, rows, CHUNK):
            many = min(CHUNK, rows - start)
            days = random.integers(15706, 20454, many).astype("int32")
            columns = [names.take(random.integers(0, len(codes), many)), pa.array(days).cast(pa.date32())]
            writer.write_table(pa.table([*columns, random.random(many)], schema=schema))


def restated(frame: Any) -> Any:  # noqa: ANN401
    """Ours."""
    crosswalk = nhs.load().crosswalk(to="2026-04-01", splits="divide")
    return crosswalk.apply(frame, code="code", on="day", values="value").frame


def in_polars(side: str, source: Path, table: Path, target: Path) -> Iterator[None]:
    """A lazy frame, sunk."""
    frame = pl.scan_parquet(source)
    if side == "ours":
        done = restated(frame)
    else:
        joined = frame.join(pl.scan_parquet(table), on="code", how="left")
        held = pl.col("first").is_null() | pl.col("day").is_between("first", "last")
        done = joined.filter(held).drop("first", "last")
    yield
    done.sink_parquet(target)


def in_duckdb(side: str, source: Path, table: Path, target: Path) -> Iterator[None]:
    """A relation, written."""
    connection = duckdb.connect(config={"memory_limit": "800MB", "preserve_insertion_order": "false"})
    frame = connection.read_parquet(str(source))
    if side == "ours":
        done = restated(frame)
    else:
        small = connection.read_parquet(str(table))
        on = "big.code = small.code AND day BETWEEN first AND last"
        done = frame.set_alias("big").join(small.set_alias("small"), on, how="left")
        done = done.project(f"big.code AS code, day, value, {', '.join(ADDED)}")
    yield
    done.write_parquet(str(target))


ENGINES = {"polars": in_polars, "duckdb": in_duckdb}


def run_one(engine: str, side: str, folder: Path) -> None:
    """One side in this process: seconds of the run without the making of its plan, and the peak of memory."""
    steps = ENGINES[engine](side, folder / "big.parquet", folder / "small.parquet", folder / "made.parquet")
    next(steps)
    start = perf_counter()
    next(steps, None)
    seconds = perf_counter() - start
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def measured(engine: str, side: str, folder: Path) -> list[float]:
    """One side in a process of its own."""
    command = [sys.executable, __file__, "--run", engine, side, str(folder)]
    found: list[float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def main() -> None:
    """Both sides of each engine in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--codes", type=int, default=9_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        run_one(asked.run[0], asked.run[1], Path(asked.run[2]))
        return
    crosswalk = nhs.load().crosswalk(to=date(2026, 4, 1), splits="divide")
    codes = distinct_codes(crosswalk, asked.codes)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        table_of(crosswalk, codes).write_parquet(folder / "small.parquet")
        write_input(folder / "big.parquet", codes, asked.rows)
        for engine in asked.engines:
            runs = [(measured(engine, "ours", folder), measured(engine, "bare", folder)) for _ in range(asked.times)]
            mine, theirs = (median(run[side][0] for run in runs) for side in (0, 1))
            peaks = [max(run[side][1] for run in runs) for side in (0, 1)]
            print(
                f"{engine:<8}{asked.rows:>12,} rows{mine:>8.1f} s{theirs:>8.1f} s{mine / theirs:>7.2f}x"
                f"{peaks[0]:>8.0f} MB{peaks[1]:>8.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
