"""Moves of population between commissioners, measured from the small areas that changed hands.

The Office for National Statistics lists every year in which commissioner each small area (LSOA) lies. Added up with
the residents of mid-2019, the lists of two years tell what part of a commissioner's people went to another. Where
everybody went, commissioners merged, and successions tell that; what is left is the boundary changes, for which no
succession stands anywhere. The shares that curated events give are these, and a test holds them equal.

The same from a folder of published files, as a table:

    python -m nhs_orgs.compiler.boundaries FOLDER
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nhs_orgs.readers import Row, ShareRow, read

__all__ = ["BASIS", "Move", "main", "moves", "table"]

BASIS: Final = "resident population mid-2019"
"""How curated shares of this measure name it."""

_REPORT: Final = "small-areas-to-ccg"


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A part of one commissioner's people that another has from one year to the next."""

    year: int
    """The year of the later list."""
    giver: str
    receiver: str
    share: float
    """Fraction of 1 of the giver's residents."""
    residents: int
    """Of mid-2019, whatever the year of the move."""


def moves(rows: Iterable[Row]) -> tuple[Move, ...]:
    """Every move of a part, in order of year and codes.

    Where most people of a commissioner went to one other, that is its merger or new code, and no move of a part.
    """
    found: dict[tuple[int, str], list[ShareRow]] = defaultdict(list)
    for row in rows:
        if isinstance(row, ShareRow) and row.source.report == _REPORT and row.share and row.amount:
            found[row.source.as_at.earliest.year, row.code].append(row)
    return tuple(sorted(move for (year, _), group in found.items() for move in _parts(year, group)))


def _parts(year: int, group: list[ShareRow]) -> Iterable[Move]:
    """All but the largest, which is what stayed or what succeeded."""
    largest = max(group, key=lambda row: row.share or 0)
    for row in group:
        if row is not largest and row.share is not None and row.amount is not None:
            yield Move(year, row.code, row.other, row.share, round(row.amount))


def table(found: Iterable[Move]) -> str:
    """One line a move."""
    lines = (f"{m.year}  {m.giver:>5} -> {m.receiver:<5}  {m.share:6.1%}  {m.residents:>9,} residents" for m in found)
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the moves in a file or folder of published lists; 2 where it is not told which, 1 where there is none."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m nhs_orgs.compiler.boundaries FOLDER\n")
        return 2
    found = moves(read(arguments[0]).records)
    sys.stdout.write(f"{table(found)}\n" if found else "no part of any commissioner moved\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
