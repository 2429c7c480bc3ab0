"""What the library costs: the import, the load, a question, a walk. Ratios count; seconds depend on the machine.

Run it with: python benchmarks/bench.py [FOLDER]

The bundled register has no practices. A FOLDER with one that was compiled with them adds the crosswalk of every
practice, trust and group: nhs-orgs compile SOURCES --output FOLDER
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import polars as pl

import nhs_orgs as nhs
from nhs_orgs.bases import Preference
from nhs_orgs.endings import ending_edges

ROUNDS = 9

_MEMORY = """
import tracemalloc
tracemalloc.start()
import nhs_orgs
register = nhs_orgs.load()
{question}
print(tracemalloc.get_traced_memory()[1])
"""


def process_seconds(code: str) -> float:
    """How long an interpreter of its own takes from start to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def fastest(*jobs: Callable[[], float]) -> list[float]:
    """The fastest of several runs of each job, taken in turn so that a busy moment hits all alike."""
    runs = [[job() for job in jobs] for _ in range(ROUNDS)]
    return [min(column) for column in zip(*runs, strict=True)]


def medians(*jobs: Callable[[], float]) -> list[float]:
    """The median of five runs of each job, taken in turn."""
    runs = [[job() for job in jobs] for _ in range(5)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """A job that times one run of `work`."""
    return lambda: timeit.timeit(work, number=1)


def import_time() -> None:
    """The front door against a bare interpreter, whole processes."""
    bare, ours = fastest(lambda: process_seconds("pass"), lambda: process_seconds("import nhs_orgs"))
    print(f"import nhs_orgs       {ours / bare:6.2f} x a bare interpreter ({1000 * bare:.1f} ms)")


def load_cost() -> None:
    """Time and peak memory of opening the bundled register, and of the first questions."""
    imported = "from nhs_orgs import Register"
    bare, opened, asked = fastest(
        lambda: process_seconds(imported),
        lambda: process_seconds("import nhs_orgs; nhs_orgs.load()"),
        lambda: process_seconds("import nhs_orgs; nhs_orgs.load().on('2018-06-01')['RRE']"),
    )
    print(f"load()                {1000 * (opened - bare):6.0f} ms after its modules ({1000 * bare:.0f} ms)")
    print(f"first snapshot        {1000 * (asked - opened):6.0f} ms more")
    for name, question in (("load()", ""), ("load(), one snapshot", "register.on('2018-06-01')['RRE']")):
        run = [sys.executable, "-c", _MEMORY.format(question=question)]
        peak = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        print(f"memory peak           {peak / 2**20:6.1f} MiB ({name})")


def look_ups(register: nhs.Register) -> None:
    """Single questions, warm."""
    snapshot = register.on("2018-06-01")
    questions: dict[str, Callable[[], object]] = {
        'register["RRE"]': lambda: register["RRE"],
        'register.on(day)["RRE"]': lambda: register.on("2018-06-01")["RRE"],
        'snapshot["RRE"]': lambda: snapshot["RRE"],
        "resolve": lambda: register.resolve("R1E", on="2026-04-01"),
        "predecessors": lambda: register.lineage.predecessors("RRE@2018-06-01").keys,
        "find": lambda: register.find("midlands partnership"),
    }
    for name, question in questions.items():
        question()
        timer = timeit.Timer(question)
        number, _ = timer.autorange()
        print(f"{name:<21} {1e6 * min(timer.repeat(3, number)) / number:10,.1f} µs")


def plain_ancestors(givers: dict[str, list[str]], eras: list[str]) -> tuple[str, ...]:
    """The same walk over nothing but a dictionary: what the library is measured against."""
    found: dict[str, None] = {}
    for start in eras:
        for key in (waiting := [start]):
            for giver in givers.get(key, ()):
                if giver not in found and giver != eras[0]:
                    found[giver] = None
                    waiting.append(giver)
    return tuple(found)


def ancestors(register: nhs.Register) -> None:
    """Ancestors of every trust, against a plain-dictionary traversal of the same edges."""
    lineage = register.lineage
    givers: dict[str, list[str]] = {}
    for giver, receiver, data in lineage.graph.edges(data=True):
        if data["whole"] and giver != receiver and giver not in givers.setdefault(receiver, []):
            givers[receiver].append(giver)
    eras = {code: register.eras(code)[::-1] for code in register}
    trusts = {code: [era.key for era in of] for code, of in eras.items() if any(isinstance(e, nhs.Trust) for e in of)}
    for code, keys in trusts.items():
        assert set(plain_ancestors(givers, keys)) == set(lineage.ancestors(code).keys), code
    plain, ours = fastest(
        timed(lambda: [plain_ancestors(givers, trusts[code]) for code in trusts]),
        timed(lambda: [lineage.ancestors(code).keys for code in trusts]),
    )
    print(
        f"ancestors             {ours / plain:6.2f} x a plain dictionary ({len(trusts)} trusts, {1000 * ours:.1f} ms)"
    )


Given: TypeAlias = dict[str, list[tuple[date, str, float | None, str, str | None]]]
"""By the key of an era: day, receiver, share, event and basis of each edge by which it ended."""
Lived: TypeAlias = dict[str, tuple[str, date | None, date | None]]
"""By the key of an era: its code, its first and its last day."""
Part: TypeAlias = tuple[float | None, str | None, tuple[str, ...]]
"""Weight (``None`` where there is no share), basis and events on the way."""


def plain_edges(register: nhs.Register, codes: Iterable[str]) -> tuple[Lived, Given]:
    """The eras of these codes and of all that they led to, in nothing but dictionaries."""
    lived: Lived = {}
    given: Given = {}
    measure = Preference.of(None)
    waiting = [era.key for code in codes for era in register.eras(code)]
    for key in waiting:
        if key in lived:
            continue
        era = register.organisation(key)
        start, end = (bound if isinstance(bound, date) else None for bound in (era.period.start, era.period.end))
        edges = ending_edges(register._store, era, on=date.max)
        divided = measure.shares([register._store.transfer(edge).shares for edge in edges])
        alone = 1.0 if len({edge.receiver for edge in edges}) == 1 else None
        shares: list[float | None] = [alone] * len(edges) if divided is None else [*divided[0]]
        lived[key] = era.code or key, start, end
        given[key] = [
            (edge.day, edge.receiver, share, edge.event, divided and divided[1])
            for edge, share in zip(edges, shares, strict=True)
        ]
        waiting += [edge.receiver for edge in edges]
    return lived, given


def plain_parts(
    lived: Lived, given: Given, key: str, since: date, to: date, made: dict[tuple[str, int], dict[str, Part]]
) -> dict[str, Part]:
    """Where a body's parts are, by a walk over nothing but dictionaries."""
    code, start, end = lived[key]
    left = [edge for edge in given[key] if edge[0] > since] or given[key]
    question = key, len(left)
    if question in made:
        return made[question]
    found: dict[str, Part] = {}
    made[question] = found
    if (start is None or start <= to) and (end is None or to <= end):
        found[code] = 1.0, None, ()
        return found
    whole = sum(share or 0 for _, _, share, _, _ in left) or 1.0
    for day, receiver, share, event, basis in left:
        for target, (part, weaker, path) in plain_parts(lived, given, receiver, day, to, made).items():
            before = found.get(target, (0.0, None, ()))
            both = None if share is None or part is None or before[0] is None else before[0] + part * share / whole
            found[target] = both, max(filter(None, (basis, weaker, before[1])), default=None), (event, *path)
    if len(found) == 1:
        found.update({target: (1.0, basis, path) for target, (_, basis, path) in found.items()})
    return found


def plain_rows(
    lived: Lived, given: Given, eras: dict[str, list[str]], confidence: dict[str, int], to: date
) -> list[tuple[object, ...]]:
    """The same table, less its notes: what the library is measured against."""
    made: dict[tuple[str, int], dict[str, Part]] = {}
    rows: list[tuple[object, ...]] = []
    day = timedelta(days=1)
    for code, keys in eras.items():
        first, last = lived[keys[0]][1], lived[keys[-1]][2]
        if first is not None:
            rows.append((code, None, first - day, None, 1.0, "not-yet-open", None, None, (), ()))
        for key in keys:
            _, start, end = lived[key]
            cuts = [e[0] for e in given[key] if (start is None or e[0] > start) and (end is None or e[0] <= end)]
            for cut in (*cuts, None):
                until = end if cut is None else cut - day
                parts = plain_parts(lived, given, key, start or until or to, to, made)
                rows += plain_cells(code, start, until, parts, confidence)
                start = cut
        if last is not None:
            parts = plain_parts(lived, given, keys[-1], last, to, made)
            rows += plain_cells(code, last + day, None, parts, confidence, closed="closed-on-own-date")
    return rows


def plain_cells(
    code: str,
    start: date | None,
    until: date | None,
    parts: dict[str, Part],
    confidence: dict[str, int],
    closed: str | None = None,
) -> list[tuple[object, ...]]:
    """A row for each part, or one for all where there is no share."""
    among = tuple(sorted(parts))
    if not parts or any(weight is None for weight, _, _ in parts.values()):
        path = tuple(dict.fromkeys(event for _, _, way in parts.values() for event in way))
        surest = max((confidence[event] for event in path), default=None)
        return [(code, start, until, None, 1.0, closed or "unapportioned", None, surest, path, among)]
    rows: list[tuple[object, ...]] = []
    for target, (weight, basis, path) in parts.items():
        status = closed or ("divided" if len(parts) > 1 else "current" if target == code else "succeeded")
        surest = max((confidence[event] for event in path), default=None)
        rows.append((code, start, until, target, weight, status, basis if len(parts) > 1 else None, surest, path, ()))
    return rows


def crosswalks(register: nhs.Register, *kinds: type[nhs.Organisation]) -> None:
    """A crosswalk of every code of these kinds, against a plain-dictionary traversal of the same edges."""
    to = date(2026, 4, 1)
    first = register.crosswalk(to=to, kind=kinds, splits="divide")
    lived, given = plain_edges(register, first.codes)
    eras = {code: [era.key for era in register.eras(code)] for code in first.codes}
    grades = {None: 0, nhs.Confidence.HIGH: 1, nhs.Confidence.MEDIUM: 2, nhs.Confidence.LOW: 3}
    confidence = {event.id: grades[event.confidence] for event in register.events()}
    plainly = {row[:1] + row[3:4] for row in plain_rows(lived, given, eras, confidence, to) if row[3] is not None}
    assert plainly >= {(row.code, row.target) for row in first.rows if row.target is not None}
    plain, ours = fastest(
        timed(lambda: plain_rows(lived, given, eras, confidence, to)),
        timed(lambda: register.crosswalk(to=to, kind=kinds, splits="divide").rows),
    )
    what = f"{len(first.codes):,} codes, {len(first.rows):,} rows, {1000 * ours:.1f} ms"
    print(f"crosswalk             {ours / plain:6.2f} x a plain dictionary ({what})")


def long_columns(register: nhs.Register, many: int) -> tuple[pl.Series, pl.Series]:
    """So many random codes of trusts, each with a random day of 2013 to 2026 on which it was open."""
    window = nhs.Period(date(2013, 4, 1), date(2026, 4, 1))
    lives = [(code, era.period.intersect(window)) for code in register for era in register.eras(code)[:1]
             if isinstance(era, nhs.Trust)]  # fmt: skip
    held = [(code, life.start, life.end) for code, life in lives
            if life and isinstance(life.start, date) and isinstance(life.end, date)]  # fmt: skip
    drawn = np.random.default_rng(0)
    place = drawn.integers(0, len(held), many)
    first, last = (np.array([bounds[side] for bounds in held], dtype="datetime64[D]")[place] for side in (1, 2))
    days = first + (drawn.random(many) * ((last - first).astype(int) + 1)).astype(int)
    return pl.Series("code", [code for code, _, _ in held]).gather(pl.Series(place)), pl.Series("on", days)


def columns(register: nhs.Register, many: int = 10_000_000) -> None:
    """Checking a column, alone and with dates, against the bare counting of its own library."""
    codes, days = long_columns(register, many)
    frame = pl.DataFrame({"code": codes, "on": days})
    pandas = pd.DataFrame({"code": codes.to_pandas(), "on": days.to_pandas()})
    arrow = frame.to_arrow()
    by = ["code", "on"]
    engines: dict[str, tuple[Any, Any, Callable[[], object], Callable[[], object]]] = {
        "polars": (codes, days, codes.value_counts, lambda: frame.group_by(by).len()),
        "pandas": (pandas["code"], pandas["on"], pandas["code"].value_counts, lambda: pandas.groupby(by).size()),
        "pyarrow": (arrow["code"], arrow["on"], arrow["code"].value_counts, lambda: arrow.group_by(by).aggregate([])),
    }
    for name, (column, on, counted, grouped) in engines.items():
        assert nhs.check_codes(column, on=on, register=register).count("open") == many
        bare, ours, pairs, dated = medians(
            timed(counted),
            timed(lambda column=column: nhs.check_codes(column, register=register)),  # type: ignore[misc]
            timed(grouped),
            timed(lambda column=column, on=on: nhs.check_codes(column, on=on, register=register)),  # type: ignore[misc]
        )
        print(f"check_codes, {name:<8} {ours / bare:6.2f} x value_counts ({many:,} values, {ours:.2f} s)")
        print(f"  with dates          {dated / pairs:6.2f} x group_by code and date ({dated:.2f} s)")


def main(folder: str | None = None) -> None:
    """Print every measure; of practices too, where `folder` has a register with them."""
    import_time()
    load_cost()
    register = nhs.load()
    look_ups(register)
    ancestors(register)
    crosswalks(register, nhs.Trust, nhs.CCG)
    crosswalks(register, nhs.Trust, nhs.CCG, nhs.PCT, nhs.CommissioningHub)
    if folder is not None:
        crosswalks(nhs.load(folder), nhs.Trust, nhs.CCG, nhs.GPPractice)
    columns(register)


if __name__ == "__main__":
    main(*sys.argv[1:2])
