"""Registered patients by clinical commissioning group, 2013 to 2021, restated on the integrated care boards of 2026.

Run it with: python examples/commissioners.py
It needs: pip install nhs-orgs polars

The groups of April 2013 merged in 2018, 2020 and 2021, became locations of boards in 2022, and on 1 April 2026 the
boards themselves merged. One of them, Frimley, was divided among three: what came from its groups is approximate.
The figures are in `data/registered_patients.csv`. NHS England publishes them month by month, under "Patients
Registered at a GP Practice", at
https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice
"""

from __future__ import annotations

import polars as pl
from panels import read_extract

import nhs_orgs as nhs

TO = "2026-04-01"

PLACES = {
    ("15D", "S0E4D"): 1.0,
    ("10G", "S0E4D"): 1.0,
    ("10T", "S0E4D"): 1.0,
    ("11C", "S0E4D"): 1.0,
    ("10C", "S9B9J"): 1.0,
    ("99M", "QRL"): 0.8,
    ("99M", "S9B9J"): 0.2,
}
"""What somebody may know who knows the places: of the groups that became Frimley those of Berkshire went to Thames
Valley, Surrey Heath to Surrey, and only North East Hampshire and Farnham was divided. Its shares are in round numbers,
by residents at the Census of 2021 (Office for National Statistics): Hart and Rushmoor had 174,280, and the part of
Waverley that was in Frimley 45,193.
"""


def main() -> None:
    """Restate the patients on boards, by the shares in the register and then by shares of one's own."""
    register = nhs.load()
    frame = pl.DataFrame(read_extract("registered_patients.csv"), schema=["code", "day", "patients"], orient="row")
    crosswalk = register.crosswalk(to=TO, level=nhs.ICB, splits="divide")
    restated = crosswalk.apply(frame, code="code", on="day", values="patients")
    print(restated.report)

    print("\nDivided, each on its own date:")
    for line in restated.report.ambiguous:
        print(f"  {line.value}  {line.totals['patients']:>9,.0f} patients, among {', '.join(line.targets)}")

    print_boards(register, "By the shares in the register", restated.frame)
    own = crosswalk.with_shares(PLACES, basis="places")
    print_boards(register, "By shares of one's own", own.apply(frame, code="code", on="day", values="patients").frame)
    published = frame.group_by("day").agg(pl.sum("patients")).sort("day")["patients"]
    print(f"\n{'All, as published':<44}" + " ".join(f"{figure:>10,.0f}      " for figure in published).rstrip())


def print_boards(register: nhs.Register, title: str, restated: pl.DataFrame) -> None:
    """Print the patients of each board and day, and how much of them is approximate."""
    rough = pl.when("approximate").then("patients").otherwise(0.0)
    sums = restated.group_by("code", "day").agg(pl.sum("patients"), rough.sum().alias("rough")).sort("code", "day")
    days = restated["day"].unique().sort()
    print(f"\n{title:<44}" + " ".join(f"{day:>16}" for day in days))
    boards = register.on(TO)
    for (code,), board in sums.group_by("code", maintain_order=True):
        cells = [f"{row['patients']:>10,.0f}{_marked(row['rough'] / row['patients'])}" for row in board.to_dicts()]
        name = boards[str(code)].name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
        print(f"{code:<6}{name:<38}{' '.join(cells).rstrip()}")
    print("~ so much of it is approximate")


def _marked(share: float) -> str:
    return f" ~{share:>4.0%}" if share else " " * 6


if __name__ == "__main__":
    main()
