"""What restating a large frame costs beside the plain native join of the same engine: ratios in one run.

    python benchmarks/crosswalk_bench.py --rows 10000000 --codes 400 9000 300000
    python benchmarks/crosswalk_bench.py --rows 1000
    python benchmarks/crosswalk_bench.py --rows 2000000 --parts linear flat memory

Each pair is run in turns and the medians are compared. The native side is what one would type: a join on the code
with the columns that restating adds, a comparison of dates where dates matter, and the value times the weight where
bodies are divided (in polars and pandas). Ours cleans the codes, judges
the strange ones, and makes the report with all totals, besides. Time of the processor is that of all its cores: what
else runs on the machine disturbs it less.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import nhs_orgs as nhs
from nhs_orgs.crosswalk import Crosswalk

VINTAGE = date(2016, 5, 1)
FIRST, LAST = date(2013, 1, 1), date(2026, 1, 1)
FEW = 600
"""Up to so many codes, those of trusts."""
ADDED = ("target", "status", "weight", "basis", "approximate")

Pair = tuple[str, Callable[[], Any], Callable[[], Any]]


def distinct_codes(crosswalk: Crosswalk, many: int) -> list[str]:
    """Codes of the register, and strangers where it has too few."""
    known = list(crosswalk.codes)[:many]
    return known + [f"X{number:06}" for number in range(many - len(known))]


def table_of(crosswalk: Crosswalk, codes: list[str]) -> pl.DataFrame:
    """The rows of the crosswalk for these codes, as one would join with."""
    known = set(crosswalk.codes)
    rows = crosswalk.rows_of([code for code in codes if code in known])
    return pl.DataFrame(
        {
            "code": [row.code for row in rows],
            "first": [row.from_ if isinstance(row.from_, date) else date(1900, 1, 1) for row in rows],
            "last": [row.until if isinstance(row.until, date) else date(2100, 1, 1) for row in rows],
            "target": [row.target for row in rows],
            "status": [row.status.value for row in rows],
            "weight": [row.weight for row in rows],
            "basis": pl.Series([row.basis for row in rows], dtype=pl.String),
            "approximate": [row.approximate for row in rows],
        }
    )


def frame_of(codes: list[str], rows: int) -> pl.DataFrame:
    """Rows of a code, a date and a value, at random, the same in every run."""
    random = np.random.default_rng(0)
    days = np.datetime64(FIRST) + random.integers(0, (LAST - FIRST).days, rows)
    names = pl.Series("code", codes).gather(pl.Series(random.integers(0, len(codes), rows)))
    return pl.DataFrame({"code": names, "day": pl.Series(days).cast(pl.Date), "value": random.random(rows)})


def restated(crosswalk: Crosswalk, frame: Any, **when: Any) -> Callable[[], Any]:  # noqa: ANN401
    """Ours, with the report."""

    def run() -> Any:  # noqa: ANN401
        done = crosswalk.apply(frame, code="code", values="value", **when)
        report = done.report
        return done.frame, report.statuses, report.matched("value"), report.bases, report.closed[:10]

    return run


def in_polars(crosswalk: Crosswalk, frame: pl.DataFrame, table: pl.DataFrame, label: str) -> Iterator[Pair]:
    """Polars."""
    one = table.filter(pl.col("first") <= VINTAGE, pl.col("last") >= VINTAGE).select("code", *ADDED)
    value = [pl.col("value") * pl.col("weight").fill_null(1.0)] if label else []
    yield (
        f"polars{label}, no dates / join",
        restated(crosswalk, frame, vintage=VINTAGE),
        lambda: frame.join(one, on="code", how="left").with_columns(value),
    )

    def native() -> pl.DataFrame:
        joined = frame.join(table, on="code", how="left")
        held = pl.col("first").is_null() | pl.col("day").is_between("first", "last")
        return joined.filter(held).with_columns(value)

    yield f"polars{label}, dates / join and filter", restated(crosswalk, frame, on="day"), native


def in_pandas(crosswalk: Crosswalk, frame: pl.DataFrame, table: pl.DataFrame, label: str) -> Iterator[Pair]:
    """Pandas, with each type of text."""
    columns = {"code": frame["code"].to_list(), "day": frame["day"].to_numpy(), "value": frame["value"].to_numpy()}
    plain = pd.DataFrame(columns)
    small = table.to_pandas().astype({"basis": object})
    one = small[(small["first"] <= pd.Timestamp(VINTAGE)) & (small["last"] >= pd.Timestamp(VINTAGE))]
    one = one[["code", *ADDED]]
    for name, kind in {
        "str": "str",
        "object": object,
        "category": "category",
        "Arrow": pd.ArrowDtype(pa.string()),
    }.items():
        typed = plain.astype({"code": kind})
        joined = one.astype({"code": typed["code"].dtype if name == "category" else kind})
        yield (
            f"pandas {name}{label}, no dates / merge",
            restated(crosswalk, typed, vintage=VINTAGE),
            partial(typed.merge, joined, on="code", how="left"),
        )
        if name == "str" and not label:
            small = small.astype({"code": kind, "first": typed["day"].dtype}).sort_values("first")

            def native(typed: pd.DataFrame = typed, small: pd.DataFrame = small) -> pd.DataFrame:
                ordered = typed.sort_values("day")
                return pd.merge_asof(ordered, small, left_on="day", right_on="first", by="code")

            yield f"pandas {name}, dates / merge_asof", restated(crosswalk, typed, on="day"), native


def in_arrow(crosswalk: Crosswalk, frame: pl.DataFrame, table: pl.DataFrame, label: str) -> Iterator[Pair]:
    """Pyarrow."""
    big = frame.to_arrow().cast(pa.schema([("code", pa.string()), ("day", pa.date32()), ("value", pa.float64())]))
    one = table.filter(pl.col("first") <= VINTAGE, pl.col("last") >= VINTAGE).select("code", *ADDED).to_arrow()
    kinds = [
        pa.string() if pa.types.is_large_string(f.type) or pa.types.is_string_view(f.type) else f.type
        for f in one.schema
    ]
    small = one.cast(pa.schema(list(zip(one.column_names, kinds, strict=True))))
    yield (
        f"pyarrow{label}, no dates / Table.join",
        restated(crosswalk, big, vintage=VINTAGE),
        lambda: big.join(small, "code"),
    )


def in_duckdb(crosswalk: Crosswalk, frame: pl.DataFrame, table: pl.DataFrame, label: str) -> Iterator[Pair]:
    """DuckDB, on tables of its own."""
    connection = duckdb.connect()
    big = frame.to_arrow()  # noqa: F841 - found by name
    small = table.to_arrow()  # noqa: F841 - found by name
    connection.execute("CREATE TABLE big AS SELECT * FROM big")
    connection.execute("CREATE TABLE small AS SELECT * FROM small")
    columns = ", ".join(ADDED)

    def ours(**when: Any) -> Callable[[], Any]:  # noqa: ANN401
        def run() -> Any:  # noqa: ANN401
            done = crosswalk.apply(connection.table("big"), code="code", values="value", **when)
            done.frame.create("made")
            connection.execute("DROP TABLE made")

        return run

    def native(where: str) -> Callable[[], Any]:
        def run() -> Any:  # noqa: ANN401
            query = f"SELECT big.*, {columns} FROM big LEFT JOIN small ON {where}"  # noqa: S608 - our own words
            connection.execute(f"CREATE TABLE made AS {query}")
            connection.execute("DROP TABLE made")

        return run

    at = f"big.code = small.code AND DATE '{VINTAGE}' BETWEEN first AND last"
    yield f"duckdb{label}, no dates / join (frame only)", ours(vintage=VINTAGE), native(at)
    yield (
        f"duckdb{label}, dates / join (frame only)",
        ours(on="day"),
        native("big.code = small.code AND day BETWEEN first AND last"),
    )


ENGINES: dict[str, Callable[[Crosswalk, pl.DataFrame, pl.DataFrame, str], Iterator[Pair]]] = {
    "polars": in_polars,
    "pandas": in_pandas,
    "pyarrow": in_arrow,
    "duckdb": in_duckdb,
}


def timed(run: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of one run: by the clock, and of the processor."""
    gc.collect()
    start, used = perf_counter(), process_time()
    run()
    return perf_counter() - start, process_time() - used


def compare(pair: Pair, times: int) -> None:
    """Both sides in turns; the ratios of their medians by the clock and of the processor."""
    name, ours, native = pair
    ours()
    runs = [(timed(ours), timed(native)) for _ in range(times)]
    (mine, used), (theirs, spent) = ([median(run[side][clock] for run in runs) for clock in (0, 1)] for side in (0, 1))
    print(
        f"{name:<52}{mine * 1e3:>9.0f} ms{theirs * 1e3:>9.0f} ms{mine / theirs:>8.2f}x"
        f"   processor{used / spent:>8.2f}x",
        flush=True,
    )


def speed(asked: argparse.Namespace, register: nhs.Register) -> None:
    """Every engine, with and without division, at each number of codes."""
    for many in asked.codes:
        kind = nhs.Trust if many <= FEW else None
        for label, splits in (("", "refuse"), (" divided", "divide")):
            crosswalk = register.crosswalk(to="2026-04-01", kind=kind, splits=splits)
            codes = distinct_codes(crosswalk, many)
            frame, table = frame_of(codes, asked.rows), table_of(crosswalk, codes)
            print(f"--- {asked.rows:,} rows, {many:,} codes{label}")
            for engine in asked.engines:
                for pair in ENGINES[engine](crosswalk, frame, table, label):
                    compare(pair, asked.times)


def linear(asked: argparse.Namespace, register: nhs.Register) -> None:
    """Nanoseconds a row, at once, twice, four and eight times as many rows."""
    crosswalk = register.crosswalk(to="2026-04-01", kind=nhs.Trust)
    sizes = [asked.rows * times for times in (1, 2, 4, 8)]
    whole = frame_of(distinct_codes(crosswalk, 400), sizes[-1])
    runs = {rows: restated(crosswalk, whole.head(rows), on="day") for rows in sizes}
    found = [{rows: timed(run)[1] / rows for rows, run in runs.items()} for _ in range(1 + asked.times)][1:]
    for rows in sizes:
        print(f"{rows:>12,} rows{median(one[rows] for one in found) * 1e9:>8.1f} ns of the processor a row", flush=True)


def flat(asked: argparse.Namespace, register: nhs.Register) -> None:
    """The same frame by a crosswalk of which more and more codes are worked out."""
    frame = frame_of(distinct_codes(register.crosswalk(to="2026-04-01", kind=nhs.Trust), 400), asked.rows)
    crosswalks = [register.crosswalk(to="2026-04-01") for _ in range(3)]
    runs: dict[int, Callable[[], Any]] = {}
    for crosswalk, many in zip(crosswalks, (400, 9_000, len(crosswalks[0].codes)), strict=True):
        codes = distinct_codes(crosswalk, many)
        restated(crosswalk, pl.DataFrame({"code": codes, "value": [1.0] * many}), vintage=VINTAGE)()
        runs[len(crosswalk.rows_of(codes))] = restated(crosswalk, frame, on="day")
    found = [{rows: timed(run)[1] for rows, run in runs.items()} for _ in range(1 + asked.times)][1:]
    for rows in runs:
        print(f"{rows:>12,} rows of the crosswalk{median(one[rows] for one in found) * 1e3:>8.0f} ms", flush=True)


def memory(asked: argparse.Namespace, register: nhs.Register) -> None:
    """The most memory that each side needs beside the frame, each in a process of its own."""
    del register  # each opens its own
    for engine in asked.engines:
        for pair in range(2):
            peaks = []
            for side in ("ours", "native"):
                order = [sys.executable, __file__, "--rows", str(asked.rows), "--parts", "peak", "--engines", engine]
                order += ["--pair", str(pair), "--side", side]
                peaks.append(subprocess.run(order, check=True, capture_output=True, text=True).stdout.strip())
            if all(peaks):  # pyarrow has one pair only
                (name, mine), (_, theirs) = (line.rsplit(" ", 1) for line in peaks)
                print(f"{name:<52}{mine:>9} MB{theirs:>9} MB{int(mine) / max(1, int(theirs)):>8.2f}x", flush=True)


def peak(asked: argparse.Namespace, register: nhs.Register) -> None:
    """That of one side of one pair (Linux): from after the frame is made, since making it takes more."""
    crosswalk = register.crosswalk(to="2026-04-01", kind=nhs.Trust)
    codes = distinct_codes(crosswalk, 400)
    sides: list[tuple[str, Callable[[], Any]]] = []
    for rows in (1_000, asked.rows):  # the small one has modules loaded and rows of the crosswalk worked out
        frame = frame_of(codes, rows)
        pairs = list(ENGINES[asked.engines[0]](crosswalk, frame, table_of(crosswalk, codes), ""))
        sides += [(name, ours if asked.side == "ours" else native) for name, ours, native in pairs[asked.pair :][:1]]
    if not sides:
        return
    (_, warm), (name, run) = sides
    warm()
    gc.collect()
    pa.default_memory_pool().release_unused()
    Path("/proc/self/clear_refs").write_text("5")
    before = _high_water()
    kept = run()
    print(name, round((_high_water() - before) / 1024))
    del kept


def _high_water() -> int:
    """The most kilobytes that this process has had in memory since it was last cleared."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


PARTS: dict[str, Callable[[argparse.Namespace, nhs.Register], None]] = {
    "speed": speed,
    "linear": linear,
    "flat": flat,
    "memory": memory,
    "peak": peak,
}


def main() -> None:
    """Every part that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--codes", type=int, nargs="+", default=[400, 9_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--parts", nargs="+", default=["speed"], choices=list(PARTS))
    parser.add_argument("--pair", type=int, default=0, help="which pair of an engine, for peak")
    parser.add_argument("--side", default="ours", choices=["ours", "native"], help="for peak")
    asked = parser.parse_args()
    register = nhs.load()
    for part in asked.parts:
        PARTS[part](asked, register)


if __name__ == "__main__":
    main()
