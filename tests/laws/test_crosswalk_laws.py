"""Laws of the crosswalk, on registers of any shape: circles, gaps, parts without shares and unknown days included."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
import pytest
from builders import event, make_store
from hypothesis import given
from hypothesis import strategies as st
from strategies import CODES, DIVISIONS, FIRST, FLOWS, days, stores_of

from nhs_orgs.crosswalk import Crosswalk, CrosswalkRow, Splits, Status, crosswalk
from nhs_orgs.endings import ending_edges
from nhs_orgs.passages import Passages
from nhs_orgs.period import UNKNOWN
from nhs_orgs.statuses import WITHOUT_TARGET
from nhs_orgs.store import Store

data_days = st.integers(-5, 45).map(lambda step: FIRST + timedelta(days=step))
ways = st.sampled_from(list(Splits))


stores = stores_of(
    ["merger", "acquisition", "split", "service transfer", "boundary change", "conversion"], FLOWS | DIVISIONS
)
"""Any register of four codes, with any transfers between any of their eras on any day."""


@st.composite
def mergers(draw: st.DrawFn) -> Store:
    """Bodies that merge, and whose merged body may merge again: nothing else happens."""
    one, two = sorted(draw(st.sets(st.integers(5, 30), min_size=2, max_size=2)))
    first, second = FIRST + timedelta(days=one), FIRST + timedelta(days=two)
    before, last = first - timedelta(days=1), second - timedelta(days=1)
    table = f"""
    AAA  2000-01-01  {before}  Trust
    BBB  2000-01-01  {before}  Trust
    CCC  {first}     {last}    Trust
    DDD  2000-01-01  {last}    Trust
    EEE  {second}    ..        Trust
    """
    merger = event(str(first), "merger", "AAA => CCC, BBB => CCC")
    return make_store(
        table, merger, event(str(second), "merger", "CCC => EEE, DDD => EEE"), covers="1999-01-01/2001-12-31"
    )


def on(made: Crosswalk, code: str, day: date) -> tuple[CrosswalkRow, ...]:
    """The rows for data of a day."""
    return made.of(code, on=day)


def restated(made: Crosswalk, figures: dict[str, float], day: date) -> dict[str, float]:
    """Figures of a day by the codes where they belong; those without a target stay with their own."""
    found: dict[str, float] = defaultdict(float)
    for code, figure in figures.items():
        for row in on(made, code, day):
            found[row.target or code] += figure * row.weight
    return dict(found)


@given(stores, days, data_days, ways)
def test_the_rows_of_one_code_and_day_are_one_whole(store: Store, to: date, day: date, splits: Splits) -> None:
    """Every code has rows for every day; they add up to 1, and no target comes twice."""
    made = crosswalk(store, to=to, splits=splits)
    for code in store.eras:
        rows = on(made, code, day)
        assert rows
        assert sum(row.weight for row in rows) == pytest.approx(1)
        targets = [row.target for row in rows if row.target is not None]
        assert len(targets) == len(set(targets))


@given(stores, days, ways)
def test_stretches_follow_each_other(store: Store, to: date, splits: Splits) -> None:
    """The stretches of a code cover all dates, each once, without a gap."""
    made = crosswalk(store, to=to, splits=splits)
    for code in store.eras:
        stretches = list(dict.fromkeys((row.from_, row.until) for row in made.of(code)))
        assert not isinstance(stretches[0][0], date)
        assert not isinstance(stretches[-1][1], date)
        for (_, last), (first, _) in pairwise(stretches):
            assert isinstance(last, date)
            assert isinstance(first, date)
            assert first - last == timedelta(days=1)


@given(stores, days, ways)
def test_a_status_says_whether_there_is_a_target(store: Store, to: date, splits: Splits) -> None:
    """Rows of some statuses have no target and all of the weight that is left; of the others all but one have one."""
    for row in crosswalk(store, to=to, splits=splits).rows:
        if row.status is not Status.CLOSED_ON_OWN_DATE:
            assert (row.target is None) == (row.status in WITHOUT_TARGET)
        assert 0 < row.weight <= 1 + 1e-9
        assert row.target is not None or not row.approximate
        assert (row.status is Status.DIVIDED) <= row.approximate


@given(stores, days, ways)
def test_on_its_own_day_data_stays(store: Store, to: date, splits: Splits) -> None:
    """A body that was open on the day restated to keeps its data of that day."""
    made = crosswalk(store, to=to, splits=splits)
    for code in store.eras:
        if any(body.open_on(to) for body in store.eras_of(code)):
            assert [(row.target, row.weight, row.status) for row in on(made, code, to)] == [(code, 1.0, Status.CURRENT)]


@given(stores, days, ways)
def test_the_same_question_has_the_same_answer(store: Store, to: date, splits: Splits) -> None:
    """The order in which codes are asked for makes no difference, and asking again neither."""
    forth, back = crosswalk(store, to=to, splits=splits), crosswalk(store, to=to, splits=splits)
    backwards = {code: back.of(code) for code in reversed(CODES)}
    assert {code: forth.of(code) for code in CODES} == backwards
    assert forth.rows == forth.rows == back.rows


@given(stores, days)
def test_refused_data_is_that_which_would_be_divided(store: Store, to: date) -> None:
    """What `divide` gives one target whole, `refuse` gives the same; what it divides, `refuse` leaves where it is."""
    divided, refused = crosswalk(store, to=to, splits="divide"), crosswalk(store, to=to)
    for code in store.eras:
        for day in (FIRST + timedelta(days=step) for step in range(-1, 42, 3)):
            parts, (row,) = on(divided, code, day), on(refused, code, day)
            if len(parts) == 1 and parts[0].status is not Status.DIVIDED and parts[0].basis is None:
                assert (row.target, row.status) == (parts[0].target, parts[0].status)
            elif len(parts) > 1:
                assert row.target is None


@given(stores, data_days)
def test_a_passage_stands_where_its_era_is_open(store: Store, day: date) -> None:
    """The look-ups that crosswalks share tell of every era and day what the era itself tells."""
    passages = Passages.of(store)
    for key, body in store.organisations.items():
        assert passages[key].stands(day) == body.open_on(day)
        expected = () if body.open_on(day) else ending_edges(store, body, on=day)
        assert passages[key].ending(day) == expected


@given(stores, days)
def test_columns_are_rows(store: Store, to: date) -> None:
    """The columns have a value for every row; a date is a date or is not there."""
    made = crosswalk(store, to=to, splits="divide")
    columns = made.columns()
    assert {len(column) for column in columns.values()} == {len(made.rows)}
    for row, first, status in zip(made.rows, columns["from"], columns["status"], strict=True):
        assert first == (None if row.from_ is UNKNOWN else row.from_)
        assert Status(status) is row.status


@given(stores, days, ways)
def test_only_circles_are_called_circles(store: Store, to: date, splits: Splits) -> None:
    """Where no body leads back to itself, and each has a first day, no row says that the sources turn in a circle."""
    graph = nx.DiGraph((edge.giver, edge.receiver) for edge in store.edges)
    dated = all(body.period.start is not UNKNOWN for body in store.organisations.values())
    if dated and nx.is_directed_acyclic_graph(graph):
        assert not [row for row in crosswalk(store, to=to, splits=splits).rows if "circle" in (row.note or "")]


@given(mergers(), st.lists(days, min_size=3, max_size=3).map(sorted))
def test_chains(store: Store, in_order: list[date]) -> None:
    """Restated on a day between and then on a later one, figures are where they are if restated at once."""
    data, between, to = in_order
    figures = {code: 10.0**at for at, code in enumerate(store.eras) if store.eras_of(code)[0].open_on(data)}
    halfway = restated(crosswalk(store, to=between), figures, data)
    at_once = restated(crosswalk(store, to=to), figures, data)
    assert restated(crosswalk(store, to=to), halfway, between) == pytest.approx(at_once)


@given(mergers(), st.floats(0, 1))
def test_forward_then_back_keeps_the_total(store: Store, share: float) -> None:
    """Figures merged, and divided again by any shares, add up to what they were."""
    figures = {"AAA": 3.0, "BBB": 4.0, "DDD": 5.0}
    merged = restated(crosswalk(store, to="2000-02-15"), figures, FIRST)
    assert merged == pytest.approx({"EEE": 12.0})
    table = {("EEE", "CCC"): share, ("EEE", "DDD"): 1 - share, ("CCC", "AAA"): 0.5, ("CCC", "BBB"): 0.5}
    back = crosswalk(store, to=FIRST, basis=table, splits="divide")
    undone = restated(back, merged, date(2000, 2, 15))
    assert sum(undone.values()) == pytest.approx(12)
    assert set(undone) <= set(figures)
    unknown = crosswalk(store, to=FIRST, splits="divide")
    assert restated(unknown, merged, date(2000, 2, 15)) == pytest.approx({"EEE": 12.0})


@given(stores, days, ways)
def test_a_proposal_moves_nothing(store: Store, to: date, splits: Splits) -> None:
    """Codes that no event names have the rows that they have where something was proposed for them."""
    bodies = list(store.organisations.values())
    proposal = event("2000-01-15", "closure", ", ".join(body.key for body in bodies), status="proposed")
    untouched, named = (make_store(bodies, *more, covers="1999-01-01/2001-12-31") for more in ((), (proposal,)))
    assert crosswalk(untouched, to=to, splits=splits).rows == crosswalk(named, to=to, splits=splits).rows
