"""Laws of restating figures twice: on their own day, halfway and on, there and back; with frames, on any register."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from builders import event, make_store
from hypothesis import given, settings
from hypothesis import strategies as st

from nhs_orgs.crosswalk import Crosswalk, crosswalk
from nhs_orgs.store import Store

FIRST = date(2000, 1, 1)
NEW = ("code_source", "status", "weight", "basis", "approximate")
SOME = settings(max_examples=50, deadline=None)

days = st.integers(0, 40).map(lambda step: FIRST + timedelta(days=step))


@st.composite
def registers(draw: st.DrawFn) -> Store:
    """Four bodies: two merge, perhaps one is split, and what came of it may be taken over by a fifth that stays."""
    steps = sorted(draw(st.sets(st.integers(3, 36), min_size=3, max_size=3)))
    one, two, three = (FIRST + timedelta(days=step) for step in steps)
    split = draw(st.booleans())
    table = f"""
    AAA  2000-01-01  {one - timedelta(days=1)}    Trust
    BBB  2000-01-01  {one - timedelta(days=1)}    Trust
    CCC  {one}       {three - timedelta(days=1)}  Trust
    DDD  2000-01-01  {two - timedelta(days=1) if split else ".."}  Trust
    EEE  2000-01-01  ..                           Trust
    FFF  {three}     ..                           Trust
    """
    events = [event(str(one), "merger", "AAA => CCC, BBB => CCC"), event(str(three), "merger", "CCC => FFF")]
    if split:
        events.append(event(str(two), "split", "DDD -> CCC 0.25 beds, DDD -> EEE 0.75 beds"))
    return make_store(table, *events, covers="1999-01-01/2001-12-31")


tables = st.lists(
    st.tuples(st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]), days, st.integers(-50, 1000)),
    min_size=1,
    max_size=12,
).map(lambda rows: pl.DataFrame(rows, schema={"code": pl.String, "day": pl.Date, "n": pl.Float64}, orient="row"))


def open_on(store: Store, code: str, day: date) -> bool:
    """Whether a body of that code was in being."""
    return any(era.open_on(day) for era in store.eras_of(code))


def in_being(store: Store, table: pl.DataFrame, day: date) -> pl.DataFrame:
    """The rows of codes that are open on a day, as figures of that day."""
    kept = [open_on(store, code, day) for code in table["code"]]
    return table.filter(pl.Series(kept, dtype=pl.Boolean)).with_columns(day=pl.lit(day))


def restated(made: Crosswalk, frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """Figures of a day, restated, in the columns that they came in; what has no target keeps its code."""
    found: pl.DataFrame = made.apply(frame, code="code", vintage=on, values="n").frame
    return found.with_columns(pl.coalesce("code", "code_source").alias("code")).drop(NEW)


def sums(frame: pl.DataFrame) -> dict[str, float]:
    """By code, those of nothing left out: a divided zero and no row are the same figures."""
    totals = frame.group_by("code").agg(pl.col("n").sum()).rows()
    return {code: total for code, total in totals if abs(total) > 1e-9}


@SOME
@given(registers(), tables, days)
def test_on_their_own_day_figures_stay_as_they_are(store: Store, table: pl.DataFrame, to: date) -> None:
    """Rows of codes that are open on the day restated to, dated so, come back row by row as they were."""
    frame = in_being(store, table, to)
    made = crosswalk(store, to=to, splits="divide").apply(frame, code="code", on="day", values="n")
    assert made.frame.drop(NEW).equals(frame)
    assert made.frame["code_source"].equals(frame["code"])
    assert {line.name for line in made.report.statuses} <= {"current"}
    assert made.report.double_counts == ()


@SOME
@given(registers(), tables, st.lists(days, min_size=3, max_size=3).map(sorted), st.sampled_from(["divide", "refuse"]))
def test_halfway_and_on_is_at_once(store: Store, table: pl.DataFrame, in_order: list[date], splits: str) -> None:
    """Figures of one day, restated on a later one and from there on the last, are where one step puts them."""
    data, between, to = in_order
    frame = in_being(store, table, data)
    halfway = restated(crosswalk(store, to=between, splits=splits), frame, data)
    last = crosswalk(store, to=to, splits=splits)
    twice = restated(last, halfway, between)
    assert sums(twice) == pytest.approx(sums(restated(last, frame, data)))


@SOME
@given(registers(), tables, days, days, st.sampled_from(["divide", "refuse", "main"]))
def test_whatever_is_done_the_total_stays(
    store: Store, table: pl.DataFrame, one: date, other: date, splits: str
) -> None:
    """Forwards or backwards, twice over, late rows and early ones included, nothing is added and nothing lost."""
    total = table["n"].sum()
    there = crosswalk(store, to=one, splits=splits).apply(table, code="code", on="day", values="n")
    assert there.frame["n"].sum() == pytest.approx(total)
    assert there.report.totals == {"n": pytest.approx(total)}
    again = restated(crosswalk(store, to=other, splits=splits), there.frame.drop(NEW).drop_nulls("code"), one)
    assert again["n"].sum() == pytest.approx(there.frame.drop_nulls("code")["n"].sum())


@SOME
@given(registers(), tables, st.floats(0.01, 0.99))
def test_there_and_back_keeps_the_merged_total(store: Store, table: pl.DataFrame, share: float) -> None:
    """Figures of AAA and BBB, merged and divided again by any shares, have the same sum; others are untouched."""
    frame = in_being(store, table, FIRST)
    (merged,) = [found for found in store.events.values() if len(found.befores) == 2]
    day = merged.dated.earliest
    there = restated(crosswalk(store, to=day), frame, FIRST)
    back = crosswalk(store, to=FIRST, basis={("CCC", "AAA"): share, ("CCC", "BBB"): 1 - share}, splits="divide")
    before, again = sums(frame), sums(restated(back, there, day))
    both = sum(before.pop(code, 0.0) for code in ("AAA", "BBB"))
    assert sum(again.pop(code, 0.0) for code in ("AAA", "BBB")) == pytest.approx(both)
    assert again == pytest.approx(before)


@SOME
@given(registers(), tables, days, st.data())
def test_order_and_pieces_do_not_matter(store: Store, table: pl.DataFrame, to: date, data: st.DataObject) -> None:
    """Rows shuffled and restated in two pieces are the same figures, row for row, and the pieces' reports add up."""
    made = crosswalk(store, to=to, splits="divide")
    whole = made.apply(table, code="code", on="day", values="n")
    order = data.draw(st.permutations(range(table.height)))
    cut = data.draw(st.integers(0, table.height))
    pieces = [made.apply(table[part], code="code", on="day", values="n") for part in (order[:cut], order[cut:])]
    joined = pl.concat([piece.frame.cast({"status": pl.String, "basis": pl.String}) for piece in pieces])
    assert sorted(map(str, joined.rows())) == sorted(map(str, whole.frame.rows()))
    assert sum(piece.report.rows for piece in pieces) == whole.report.rows
    assert sum(piece.report.totals["n"] for piece in pieces) == pytest.approx(whole.report.totals["n"])
