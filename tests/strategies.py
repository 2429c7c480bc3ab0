"""What laws about registers draw from: days, the eras of a code, and whole registers of four codes.

Every strategy is made once: hypothesis looks at a new one at length before it draws from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, TypeAlias

from builders import era, event, make_store
from hypothesis import strategies as st

from nhs_orgs.store import Store

__all__ = ["CODES", "DIVISIONS", "FIRST", "FLOWS", "days", "stores_of"]

FIRST: Final = date(2000, 1, 1)
CODES: Final = ("AAA", "BBB", "CCC", "DDD")

days = st.integers(0, 40).map(lambda step: FIRST + timedelta(days=step))

Flow: TypeAlias = tuple[int, str, int, str]
"""From which era to which, by their places among the register's, counted round; whole or in part; of what share."""
Happening: TypeAlias = tuple[date, str, list[Flow], Mapping[str, str], tuple[str, ...], tuple[str, ...]]

_places = st.integers(0, 2 * len(CODES) - 1)
_flow = st.tuples(_places, st.sampled_from(["=>", "->"]), _places, st.just(""))
FLOWS: Final = st.lists(_flow, min_size=1, max_size=4)
"""Anything, whole or in part."""


def _divided(giver: int, first: int, parts: list[int]) -> list[Flow]:
    shares = [0.25, 0.75] if len(parts) == 2 else [0.5, 0.25, 0.25]
    return [(giver, "->", first + part, f" {share} beds") for part, share in zip(parts, shares, strict=True)]


DIVISIONS: Final = st.builds(
    # As many places as there are eras at the least, so that no part comes twice.
    _divided,
    _places,
    _places,
    st.lists(st.integers(0, len(CODES) - 1), min_size=2, max_size=3, unique=True),
)
"""One body divided by shares that add up."""


def _eras(code: str, drawn: set[date], start_known: bool, end: str | None, seen: bool) -> list[str]:  # noqa: FBT001
    bounds = sorted(drawn)
    bounds = bounds[: len(bounds) // 2 * 2]
    lines = [[code, str(first), str(last), "Trust"] for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
    lines[0][1] = lines[0][1] if start_known else "unknown"
    lines[-1][2] = end or lines[-1][2]
    return ["  ".join(line) + (f" | seen={bounds[0]}/{bounds[-1]}" if seen else "") for line in lines]


_bounds = st.sets(days, min_size=2, max_size=4)
_ends = st.sampled_from([None, "..", "unknown"])
_lines = st.tuples(*(st.builds(_eras, st.just(code), _bounds, st.booleans(), _ends, st.booleans()) for code in CODES))
"""One or two eras of each code, in order, that may have gaps, unknown bounds, and no end."""

_fates = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["ends", "continues", "gives"]))
_cited = st.sampled_from([(), ("a document",)])
_completes = st.sampled_from([(), ("event-0",), ("event-1", "event-0")])


def _store(lines: tuple[list[str], ...], happenings: list[Happening]) -> Store:
    eras = [era(line) for of_code in lines for line in of_code]
    keys = sorted(each.key for each in eras)
    events = [
        event(
            str(day), kind, _written(flows, keys), id=f"event-{number}", fates=fates, cited=cited, completes=completes
        )
        for number, (day, kind, flows, fates, cited, completes) in enumerate(happenings)
    ]
    return make_store(eras, *events, covers="1999-01-01/2001-12-31")


def _written(flows: list[Flow], keys: list[str]) -> str:
    return ", ".join(
        f"{keys[giver % len(keys)]} {sign} {keys[receiver % len(keys)]}{share}"
        for giver, sign, receiver, share in flows
    )


def stores_of(kinds: list[str], flows: st.SearchStrategy[list[Flow]]) -> st.SearchStrategy[Store]:
    """Any register of four codes, with up to six events of these kinds and flows, between any of their eras."""
    happening = st.tuples(days, st.sampled_from(kinds), flows, _fates, _cited, _completes)
    return st.builds(_store, _lines, st.lists(happening, max_size=6))
