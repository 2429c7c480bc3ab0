"""Codes whose figures would be counted twice: an old code and the one that took it over, both in one period.

A code with rows after it had closed is late, one with rows before it had opened is early. Either is harmless alone:
a series may be kept under the codes of one time. It is not where the rows of the other code, which holds the same
figures then, are there too. Who took over from whom is read off the events between: what follows a body passes
through the events that come after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nhs_orgs.frames.stretches import Restating, Stretch, book_of
from nhs_orgs.frames.tally import Counted, Pair, Tally
from nhs_orgs.statuses import Status

__all__ = ["DoubleCount", "double_counts"]


@dataclass(frozen=True, slots=True)
class DoubleCount:
    """Two codes in one period of which one holds the other's figures."""

    code: str
    """The one that was not open then."""
    other: str
    """The one that had its figures."""
    periods: tuple[str, ...]
    """In which both have rows: as the data names its periods; of days, the months."""
    rows: int
    """Rows of the code that was not open, in those periods."""
    other_rows: int


def double_counts(tally: Tally, counted: Sequence[Counted], plain: Restating) -> tuple[DoubleCount, ...]:
    """Every such pair; `plain` is the crosswalk between bodies, whatever level the restatement is on."""
    by_code: dict[str, list[Counted]] = {}
    for one in counted:
        if one.stretch.code is not None:
            by_code.setdefault(one.stretch.code, []).append(one)
    pairs = {(code, other): _pair(by_code[code], by_code[other], code) for code, other in _suspects(by_code, plain)}
    real = {codes: pair for codes, pair in pairs.items() if pair.late and pair.other}
    overlaps = zip(real, tally.overlaps(list(real.values())), strict=True)
    return tuple(
        DoubleCount(code, other, overlap.periods, overlap.late_rows, overlap.other_rows)
        for (code, other), overlap in overlaps
        if overlap.periods
    )


def _pair(mine: Iterable[Counted], others: Iterable[Counted], _: str) -> Pair:
    return Pair(
        frozenset(one.cell for one in mine if _not_open(one.stretch)),
        frozenset(one.cell for one in others if not _early(one.stretch)),
    )


def _not_open(stretch: Stretch) -> bool:
    return stretch.closed or _early(stretch)


def _early(stretch: Stretch) -> bool:
    return stretch.parts[0].status == Status.NOT_YET_OPEN.value and len(stretch.parts) == 1


def _suspects(by_code: dict[str, list[Counted]], plain: Restating) -> Iterator[tuple[str, str]]:
    """A code that has rows while not open, with each other code that may hold its figures then."""
    ways = {code: set(_ways(code, plain)) for code in by_code}
    ends: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    starts: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for code, found in ways.items():
        for target, path in found:
            starts.setdefault((target, path), set()).add(code)
            for at in range(1, len(path) + 1):
                ends.setdefault((target, path[at:]), set()).add(code)
    for code in sorted(by_code):
        late = any(one.stretch.closed for one in by_code[code])
        early = any(_early(one.stretch) for one in by_code[code])
        others: set[str] = set()
        for target, path in ways[code]:
            for at in range(1, len(path) + 1) if late else ():
                others |= starts.get((target, path[at:]), set())
            others |= ends.get((target, path), set()) if early else set()
        yield from ((code, other) for other in sorted(others - {code}))


def _ways(code: str, plain: Restating) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where the figures of a code go from the days on which it was open, and by which events."""
    for stretch in book_of(plain).of_code(plain, code):
        for part in stretch.parts if not _not_open(stretch) else ():
            if part.target is not None:
                yield part.target, part.path
