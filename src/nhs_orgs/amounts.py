"""How many of something, as reports and errors say it: a figure that people can read, and its noun.

>>> amount(1, "row"), amount(12_345, "row"), amount(2.5, "row")
('1 row', '12,345 rows', '2.5 rows')
"""

from __future__ import annotations

from math import isfinite

__all__ = ["amount", "figure"]


def amount(many: float, noun: str) -> str:
    """A number and its noun, in the plural unless there is one."""
    return f"{figure(many)} {noun}{'' if many == 1 else 's'}"


def figure(value: float) -> str:
    """A figure as people write it: never with an exponent, however large, and no more decimals than it needs."""
    if not isfinite(value) or (value and abs(value) < 1):
        return f"{value:.3g}"
    return f"{value:,.1f}".removesuffix(".0")
