"""Laws of lineage, outcomes and snapshots, on registers of any shape: circles, self-successions and gaps included."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
from builders import make_store
from hypothesis import given
from hypothesis import strategies as st
from strategies import FIRST, FLOWS, stores_of

from nhs_orgs.lineage import LineageGraph
from nhs_orgs.period import UNKNOWN
from nhs_orgs.resolve import Current, Divided, Ended, NotYetOpen, Outcome, Succeeded, Unknown, resolve
from nhs_orgs.snapshot import Snapshot
from nhs_orgs.store import Store

stores = stores_of(
    ["merger", "acquisition", "split", "service transfer", "closure"],
    st.one_of(FLOWS.map(lambda flows: flows[:1]), FLOWS),
)
"""Any register of four codes, with any transfers between any of their eras on any day."""


@given(stores)
def test_predecessors_and_successors_are_converse(store: Store) -> None:
    """One body is a predecessor of another exactly where the other is its successor."""
    lineage = LineageGraph(store)
    for key in store.organisations:
        assert all(key in lineage.successors(giver).keys for giver in lineage.predecessors(key).keys)
        assert all(key in lineage.predecessors(receiver).keys for receiver in lineage.successors(key).keys)


@given(stores)
def test_ancestors_and_descendants_are_converse(store: Store) -> None:
    """One body is an ancestor of another exactly where the other is its descendant, with parts and without."""
    lineage = LineageGraph(store)
    for parts in (False, True):
        up = {(a, x) for x in store.organisations for a in lineage.ancestors(x, parts=parts).keys}
        down = {(x, d) for x in store.organisations for d in lineage.descendants(x, parts=parts).keys}
        assert up == down


@given(stores)
def test_ancestors_are_those_of_networkx(store: Store) -> None:
    """Traversal of the library's own dictionaries finds what networkx finds in the graph, and in its whole edges."""
    lineage = LineageGraph(store)
    whole: nx.DiGraph[str] = nx.DiGraph([(edge.giver, edge.receiver) for edge in store.edges if edge.whole])
    for key in store.organisations:
        assert set(lineage.ancestors(key, parts=True).keys) == nx.ancestors(lineage.graph, key)
        assert set(lineage.ancestors(key).keys) == (nx.ancestors(whole, key) if key in whole else set())


@given(stores)
def test_parts_only_add_and_what_they_add_is_marked(store: Store) -> None:
    """With parts every whole ancestor is still there and whole; all others are marked. The start never is."""
    lineage = LineageGraph(store)
    for key in store.organisations:
        whole, found = lineage.ancestors(key), lineage.ancestors(key, parts=True)
        assert set(found.whole.keys) == set(whole.keys)
        assert len(set(found.keys)) == len(found)
        assert key not in found.keys


@given(stores)
def test_the_edge_of_a_relative_is_its_own(store: Store) -> None:
    """Every ancestor gave by the edge shown with it, every descendant received by it; whole where it is whole."""
    lineage = LineageGraph(store)
    for key in store.organisations:
        for parts in (False, True):
            for relative in lineage.ancestors(key, parts=parts):
                assert relative.edge.giver == relative.organisation.key
                assert relative.edge.whole or not relative.whole
            for relative in lineage.descendants(key, parts=parts):
                assert relative.edge.receiver == relative.organisation.key
                assert relative.event.id == relative.edge.event


@given(stores)
def test_a_family_is_the_same_for_each_member(store: Store) -> None:
    """Families divide the register: each member has the same one, and relatives are inside it."""
    lineage = LineageGraph(store)
    for key in store.organisations:
        family = set(lineage.family(key).keys)
        assert key in family
        assert all(set(lineage.family(member).keys) == family for member in family)
        assert set(lineage.descendants(key, parts=True).keys) <= family


@given(stores)
def test_paths_exist_exactly_to_descendants(store: Store) -> None:
    """There is a path to every descendant and to nothing else; each is joined, and passes no body twice."""
    lineage = LineageGraph(store)
    for start in store.organisations:
        reached = set(lineage.descendants(start, parts=True).keys)
        for goal in store.organisations:
            paths = lineage.paths(start, goal, limit=20)
            assert bool(paths) == (goal in reached)
            for path in paths:
                assert (path[0].giver, path[-1].receiver) == (start, goal)
                assert all(one.receiver == two.giver for one, two in pairwise(path))
                assert len({edge.receiver for edge in path} | {start}) == len(path) + 1


def asked(store: Store) -> list[tuple[str, date]]:
    """Every code and key, on days before, within and after everything."""
    return [
        (x, FIRST + timedelta(days=step)) for x in (*store.eras, *store.organisations) for step in (-1, 0, 9, 20, 41)
    ]


@given(stores)
def test_every_question_has_one_of_six_outcomes(store: Store) -> None:
    """Whatever the register holds, the answer is an outcome whose codes are as many as its kind says."""
    for x, day in asked(store):
        outcome: Outcome = resolve(store, x, on=day)
        count = len(outcome.codes)
        match outcome:
            case Current() | Succeeded():
                assert count == 1
            case Divided():
                assert count > 1
            case Ended() | NotYetOpen() | Unknown():
                assert count == 0
        assert outcome.codes == tuple(body.code for body in outcome.organisations)
        assert len(set(outcome.codes)) == count


@given(stores)
def test_a_path_is_in_order_and_not_of_later_days(store: Store) -> None:
    """No outcome rests on what happened after the day asked about."""
    for x, day in asked(store):
        days_of_path = [made.dated.earliest for made in resolve(store, x, on=day).path]
        assert days_of_path == sorted(days_of_path)
        assert all(happened <= day for happened in days_of_path)


@given(stores)
def test_later_events_do_not_change_the_outcome(store: Store) -> None:
    """What a day's answer is does not hang on transfers of later days."""
    for x, day in asked(store):
        earlier = [made for made in store.events.values() if made.dated.earliest <= day]
        known = make_store(store.organisations.values(), *earlier, covers="1999-01-01/2001-12-31")
        now, then = resolve(store, x, on=day), resolve(known, x, on=day)
        assert (type(now), now.codes) == (type(then), then.codes)


@given(stores)
def test_a_code_is_current_exactly_where_the_snapshot_has_it(store: Store) -> None:
    """Resolving and looking up agree on who is open, and on the body."""
    for step in (-1, 0, 9, 20, 41):
        snapshot = Snapshot(store, FIRST + timedelta(days=step))
        for code in store.eras:
            outcome = resolve(store, code, on=snapshot.day)
            assert isinstance(outcome, Current) == (code in snapshot)
            if isinstance(outcome, Current):
                assert outcome.organisations == (snapshot[code],)


@given(stores)
def test_where_it_leads_was_open_or_only_later_dated(store: Store) -> None:
    """No outcome leads to a body that had closed by the day, or that nothing shows in being then."""
    for x, day in asked(store):
        outcome = resolve(store, x, on=day)
        for body in outcome.organisations:
            start = body.period.start
            late = start is not UNKNOWN and start is not None and start > day
            assert body.open_on(day) or late


@given(stores)
def test_every_trace_can_be_told_and_drawn(store: Store) -> None:
    """The story and the chart of any question are made, and name the body asked about."""
    lineage = LineageGraph(store)
    for x in store.eras:
        trace = lineage.trace(x, to="2000-02-10")
        assert x in trace.explain().splitlines()[0]
        assert f'n0["{x}<br/>' in trace.to_mermaid()
        assert all(edge.event in {made.id for made in trace.events} for edge in trace.steps)
