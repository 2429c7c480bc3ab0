"""Laws of bodies that were divided step by step: each step takes its share of what was left by then."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final, NamedTuple

import polars as pl
import pytest
from builders import Happening, event, make_store
from hypothesis import given, settings
from hypothesis import strategies as st

from nhs_orgs.crosswalk import Splits, Status, crosswalk
from nhs_orgs.store import Store

FIRST, LATE = date(2000, 1, 1), date(2001, 6, 1)
DAY = timedelta(days=1)
TAKERS: Final = ("BBB", "CCC", "DDD")
TWENTIETHS = 20
SOME = settings(max_examples=50, deadline=None)

days = st.integers(-3, 45).map(lambda step: FIRST + timedelta(days=step))


class Phase(NamedTuple):
    """One step: on a day a share of all that AAA ever was went to another."""

    day: date
    taker: str
    share: float


@st.composite
def phases(draw: st.DrawFn) -> list[Phase]:
    """Two or three steps on days of their own, in order, that together take all."""
    steps = sorted(draw(st.sets(st.integers(2, 40), min_size=2, max_size=3)))
    takers = draw(st.permutations(TAKERS))
    cuts = sorted(draw(st.sets(st.integers(1, TWENTIETHS - 1), min_size=len(steps) - 1, max_size=len(steps) - 1)))
    shares = [last - first for first, last in zip([0, *cuts], [*cuts, TWENTIETHS], strict=True)]
    return [
        Phase(FIRST + timedelta(days=step), taker, share / TWENTIETHS)
        for step, taker, share in zip(steps, takers, shares, strict=False)
    ]


def registered(steps: list[Phase]) -> Store:
    """A register of these steps: with the last one AAA ends."""
    happenings: list[Happening] = []
    for step in steps:
        kind = "split" if step is steps[-1] else "service transfer"
        flow = f"AAA -> {step.taker} {step.share} beds"
        done = tuple(one.id for one in happenings)
        happenings.append(event(str(step.day), kind, flow, id=f"step-{step.day}", completes=done, cited=("a",)))
    lines = [f"AAA  {FIRST}  {steps[-1].day - DAY}  Trust", *(f"{code}  {FIRST}  ..  Trust" for code in TAKERS)]
    return make_store("\n".join(lines), *happenings, covers="1999-01-01/2001-12-31")


def expected(steps: list[Phase], day: date) -> dict[str | None, float]:
    """Of figures of AAA of a day each taker's share: of those steps that were still to come."""
    if day < FIRST:
        return {None: 1.0}
    left = [step for step in steps if step.day > day] or steps[-1:]
    total = sum(step.share for step in left)
    return {step.taker: step.share / total for step in left}


@SOME
@given(phases(), days)
def test_each_step_takes_its_share_of_what_was_left(steps: list[Phase], day: date) -> None:
    """Data of a day divides among the steps after it alone, and goes whole to the last taker when only that is left."""
    rows = crosswalk(registered(steps), to=LATE, splits="divide").of("AAA", on=day)
    assert {row.target: row.weight for row in rows} == pytest.approx(expected(steps, day))
    stands = {(row.status, row.basis) for row in rows}
    if len(rows) > 1:
        assert stands == {(Status.DIVIDED, "beds")}
    elif day >= FIRST:
        late = day >= steps[-1].day
        assert stands == {(Status.CLOSED_ON_OWN_DATE if late else Status.SUCCEEDED, None)}


@SOME
@given(phases(), st.lists(st.tuples(days, st.integers(-5, 100)), min_size=1, max_size=8))
def test_figures_of_all_steps_keep_their_total(steps: list[Phase], rows: list[tuple[date, int]]) -> None:
    """Restated, each taker has the sum of its shares of the figures of each day, and together they have all."""
    frame = pl.DataFrame([("AAA", *row) for row in rows], schema=["code", "day", "n"], orient="row")
    made = crosswalk(registered(steps), to=LATE, splits="divide")
    restated = made.apply(frame, code="code", on="day", values="n")
    wanted: dict[str | None, float] = defaultdict(float)
    for day, number in rows:
        for taker, share in expected(steps, day).items():
            wanted[taker] += number * share
    found = restated.frame.group_by("code").agg(pl.col("n").sum()).rows()
    assert dict(found) == pytest.approx(dict(wanted))
    assert restated.frame["n"].sum() == pytest.approx(sum(number for _, number in rows))


@SOME
@given(phases(), days, st.integers(0, 2))
def test_between_two_steps_the_body_has_its_figures(steps: list[Phase], day: date, at: int) -> None:
    """Restated on a day on which it was open, all data of its life is its own; a step since then is told."""
    to = steps[at % len(steps)].day - DAY
    rows = crosswalk(registered(steps), to=to, splits="divide").of("AAA", on=max(day, FIRST))
    assert [(row.target, row.weight) for row in rows] == [("AAA", 1.0)]
    if rows[0].status is Status.CURRENT:
        since, until = sorted((max(day, FIRST), to))
        told = [step.taker for step in steps if f"to {step.taker} on {step.day}" in (rows[0].note or "")]
        assert told == [step.taker for step in steps[:-1] if since < step.day <= until]


@SOME
@given(phases(), days)
def test_the_main_part_is_the_largest_of_what_was_left(steps: list[Phase], day: date) -> None:
    """With `main` all goes to the taker of most of what was left; with `refuse` only if all of it is one taker's."""
    parts = expected(steps, day)
    largest = max(parts, key=lambda taker: (parts[taker], [-ord(letter) for letter in taker or ""]))
    rows = {splits: crosswalk(registered(steps), to=LATE, splits=splits).of("AAA", on=day) for splits in Splits}
    assert [(row.target, row.weight) for row in rows[Splits.MAIN]] == [(largest, 1.0)]
    assert [row.target for row in rows[Splits.REFUSE]] == [largest if len(parts) == 1 else None]
