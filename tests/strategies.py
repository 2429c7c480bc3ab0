"""What laws about registers draw from: days, and the eras of a code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

__all__ = ["CODES", "FIRST", "days", "eras_of"]

FIRST: Final = date(2000, 1, 1)
CODES: Final = ("AAA", "BBB", "CCC", "DDD")

days = st.integers(0, 40).map(lambda step: FIRST + timedelta(days=step))


@st.composite
def eras_of(draw: st.DrawFn, code: str) -> list[str]:
    """One or two eras of a code, in order, that may have gaps, unknown bounds, and no end."""
    bounds = sorted(draw(st.sets(days, min_size=2, max_size=4)))
    bounds = bounds[: len(bounds) // 2 * 2]
    lines = [[code, str(first), str(last), "Trust"] for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
    lines[0][1] = draw(st.sampled_from([lines[0][1], "unknown"]))
    lines[-1][2] = draw(st.sampled_from([lines[-1][2], "..", "unknown"]))
    seen = draw(st.sampled_from(["", f" | seen={bounds[0]}/{bounds[-1]}"]))
    return ["  ".join(line) + seen for line in lines]
