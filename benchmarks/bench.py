"""What the library costs: the import, the load, a question, a walk. Ratios count; seconds depend on the machine.

Run it with: python benchmarks/bench.py
"""

from __future__ import annotations

import subprocess
import sys
import time
import timeit
from collections.abc import Callable

import nhs_orgs as nhs

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


def main() -> None:
    """Print every measure."""
    import_time()
    load_cost()
    register = nhs.load()
    look_ups(register)
    ancestors(register)


if __name__ == "__main__":
    main()
