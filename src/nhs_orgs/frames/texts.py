"""Dates written as texts, read by an engine that cannot call Python: the rules of `grammar` as a plan.

A day as ISO 8601 writes it is taken as it stands. What is left is folded, where it is not, and joined with the small
table of every month, quarter and financial year; of a day of another form, its month is. What meets nothing is no date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import narwhals.stable.v2 as nw

from nhs_orgs.codes import BLANKS
from nhs_orgs.frames.grammar import A_DAY, ASIDE, DAYS, GAPS, PLAIN, UNFOLDED, periods

__all__ = ["OWN", "SINCE", "UNTIL", "with_days"]

OWN: Final = "nhs_orgs "
"""What the names of columns begin with that live only inside a plan."""
SINCE, UNTIL = f"{OWN}first", f"{OWN}last"
"""The columns of the first and the last day of each row."""
_LEFT, _KEY, _DAY, _PERIOD, _ISO = (f"{OWN}{what}" for what in ("no day yet", "folded", "day", "period", "ISO 8601"))


def with_days(plan: Any, name: str, lookup: Callable[[Mapping[str, list[Any]]], Any]) -> Any:  # noqa: ANN401 - a plan
    """With the first and the last day of each row, as texts, which compare as days do; empty where there is no date."""
    raw, left, key, day, iso = nw.col(name).cast(nw.String), *map(nw.col, (_LEFT, _KEY, _DAY, _ISO))
    # Each step is empty but for what the one before has left, so that engines have no work with the others.
    steps = (
        {_LEFT: nw.when(~raw.str.contains(A_DAY)).then(raw)},
        {_KEY: _folded(nw.when(~left.str.contains(PLAIN)).then(left))},
        {_DAY: nw.when(key.str.contains(DAYS)).then(key)},
        {_PERIOD: nw.coalesce(nw.when(_named(day)).then(_month(day)), key, left)},
    )
    for step in steps:
        plan = plan.with_columns(**step)
    plan = plan.join(nw.from_native(lookup(_table())), on=_PERIOD, how="left")
    plan = plan.with_columns(_iso(day, nw.col(SINCE)).alias(_ISO))
    plan = plan.with_columns(nw.when(iso.str.contains(A_DAY)).then(iso).alias(_ISO))
    days = nw.coalesce(iso, nw.when(left.is_null()).then(raw))
    period = {side: nw.when(day.is_null()).then(nw.col(side)) for side in (SINCE, UNTIL)}
    return plan.with_columns(*(nw.coalesce(found, days).alias(side) for side, found in period.items()))


@cache
def _table() -> Mapping[str, list[Any]]:
    """Every period with its first and last day."""
    listed = [(text, since.isoformat(), until.isoformat()) for text, (since, until) in periods().items()]
    return dict(zip((_PERIOD, SINCE, UNTIL), map(list, zip(*listed, strict=True)), strict=True))


def _folded(text: nw.Expr) -> nw.Expr:
    nearly = text.str.to_uppercase().str.replace_all(" ", "-", literal=True)
    odd = nw.when(nearly.str.contains(UNFOLDED)).then(text)
    wholly = odd.str.strip_chars(BLANKS).str.replace_all(GAPS, "-").str.to_uppercase().str.replace_all(ASIDE, "")
    return nw.coalesce(wholly, nearly)


# Which form of a day a text is in is told by single characters, which cost engines less than patterns.


def _named(day: nw.Expr) -> nw.Expr:
    return day.str.slice(3, 1) >= "A"


def _month(day: nw.Expr) -> nw.Expr:
    """What follows the number of a day before the name of its month."""
    return nw.when(_short(day)).then(day.str.slice(2)).otherwise(day.str.slice(3))


def _short(day: nw.Expr) -> nw.Expr:
    return day.str.slice(1, 1) == "-"


def _iso(day: nw.Expr, since: nw.Expr) -> nw.Expr:
    """A day in one of the forms as ISO 8601 writes it; `since` is the first day of its month, if that has a name."""

    def joined(*parts: nw.Expr) -> nw.Expr:
        return nw.concat_str(*parts, separator="-")

    number = nw.when(_short(day)).then(nw.concat_str(nw.lit("0"), day.str.slice(0, 1))).otherwise(day.str.slice(0, 2))
    in_month = joined(since.str.slice(0, 7), number)
    british = joined(day.str.slice(6, 4), day.str.slice(3, 2), day.str.slice(0, 2))
    compact = joined(day.str.slice(0, 4), day.str.slice(4, 2), day.str.slice(6, 2))
    otherwise = nw.when(day.str.slice(4, 1) != "-").then(compact).otherwise(day)
    otherwise = nw.when(day.str.slice(2, 1).is_in(["-", "/"])).then(british).otherwise(otherwise)
    return nw.when(_named(day)).then(in_month).otherwise(otherwise)
