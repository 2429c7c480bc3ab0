"""Write the golden explanations anew from the bundled register: ``python tests/golden/explanations.py``.

Each file of ``tests/golden/explanations`` is the story of one body or the explanations of some events, as
the public interface gives them. Read what changed (``git diff tests/golden/explanations``) before it is kept:
a person answers for the sense of every text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import nhs_orgs

__all__ = ["FOLDER", "TEXTS", "told"]

FOLDER: Final = Path(__file__).parent / "explanations"

Telling = Callable[[nhs_orgs.Register], str]


def trace(x: str, to: str = "2026-04-01", *, reading: str = "legal") -> Telling:
    """The story of a body up to a day."""
    return lambda register: register.lineage.trace(x, to=to, reading=reading).explain()


def event(id_: str) -> Telling:
    """One event."""
    return lambda register: register.event(id_).explain()


def ending(code: str) -> Telling:
    """The last event of a code."""
    return lambda register: register.events(code)[-1].explain()


def origin(key: str) -> Telling:
    """The events that passed something to a body."""

    def tell(register: nhs_orgs.Register) -> str:
        found = register.lineage.predecessors(key)
        return "\n\n".join(dict.fromkeys(relative.event.explain() for relative in found))

    return tell


TEXTS: Final[dict[str, Telling]] = {
    # Trusts.
    "R1E": trace("R1E"),
    "RRE@2001-04-01": trace("RRE@2001-04-01"),
    "RJD": trace("RJD"),
    "RJD in 2015, legal": trace("RJD", "2015-01-01"),
    "RJD in 2015, operational": trace("RJD", "2015-01-01", reading="operational"),
    "RYQ": trace("RYQ"),
    "RYK@2008-10-01": trace("RYK@2008-10-01"),
    "RYK": trace("RYK"),
    "RW6": trace("RW6"),
    "RW6 in June 2021": trace("RW6", "2021-06-01"),
    "origin of R0A": origin("R0A"),
    "RVJ": trace("RVJ", "2026-07-01"),
    "RYH": trace("RYH"),
    "R0C": trace("R0C"),
    "RNL": trace("RNL"),
    "RVL": trace("RVL"),
    "origin of RXF": origin("RXF"),
    "origin of RRE in 2001": origin("RRE@2001-04-01"),
    "RWM": trace("RWM"),
    "TAE": trace("TAE"),
    "R1C": trace("R1C"),
    "RCT": trace("RCT"),
    "REJ": trace("REJ"),
    # Commissioners.
    "10G": trace("10G"),
    "02Q": trace("02Q"),
    "00L": trace("00L"),
    "D4U1Y": trace("D4U1Y"),
    "15E": trace("15E"),
    "West Birmingham 2022": event("west-birmingham-2022"),
    "origin of 15E": origin("15E@2018-04-01"),
    "01H in 2018": trace("01H", "2018-04-01"),
    "Morecambe Bay 2017": event("morecambe-bay-2017"),
    "12J": trace("12J"),
    "5PK": trace("5PK"),
    "4AF68": trace("4AF68"),
    # Systems, authorities, regions.
    "QRL": trace("QRL"),
    "QNQ": trace("QNQ"),
    "Q34": trace("Q34"),
    "abolition of the strategic health authorities": ending("Q34"),
    "Y57": trace("Y57"),
    # What stayed a plan.
    "North Staffordshire MCP": event("north-staffordshire-mcp-2017"),
}
"""By the name of its file."""


def told(name: str, register: nhs_orgs.Register) -> str:
    """One of the texts, as its file has it."""
    return TEXTS[name](register) + "\n"


def main() -> None:
    """Write every text, and take away files that no text has."""
    register = nhs_orgs.load()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        if path.stem not in TEXTS:
            path.unlink()
    for name in TEXTS:
        FOLDER.joinpath(f"{name}.txt").write_text(told(name, register), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(TEXTS)} texts written to {FOLDER.name}; read what changed before you keep it\n")


if __name__ == "__main__":
    main()
