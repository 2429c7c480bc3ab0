"""Lineage: one step and all steps, whole and in part, on any graph."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import networkx as nx
import pytest
from builders import event, make_store

from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.lineage import LineageGraph
from nhs_orgs.organisations import PCT, Trust
from nhs_orgs.store import Store

MANCHESTER = make_store(
    """
    PM1  unknown     unknown     PCT    An old one
    RM4  1991-04-01  2001-03-31  Trust  Trafford
    RM2  1994-04-01  2017-09-30  Trust  South Manchester
    RW3  2001-04-01  2017-09-30  Trust  Central Manchester
    REX  1995-04-01  2002-03-31  Trust  Rochdale
    RW6  2002-04-01  2021-09-30  Trust  Pennine Acute
    R0A  2017-10-01  ..          Trust  Manchester University
    RM3  1991-04-01  2021-09-30  Trust  Salford Royal
    RM3  2021-10-01  ..          Trust  Northern Care Alliance
    """,
    event("1999-04-01", "succession", "PM1 => RM2"),
    event("2001-04-01", "replacement", "RM4 => RW3"),
    event("2002-04-01", "replacement", "REX => RW6"),
    event("2017-10-01", "merger", "RM2 => R0A, RW3 => R0A", id="merger"),
    event("2021-04-01", "service transfer", "RW6 -> R0A 0.4 floor area", id="first", cited=("pat",)),
    event("2021-10-01", "acquisition", "RW6 -> RM3, RM3 => RM3", id="second", completes=("first",), cited=("nca",)),
)
"""Pennine Acute went in part to one trust, in part to another (DOMAIN trap 5, made small)."""


@pytest.fixture
def lineage() -> LineageGraph:
    """The lineage of Manchester's trusts."""
    return LineageGraph(MANCHESTER)


def test_predecessors_include_partial_givers_and_say_so(lineage: LineageGraph) -> None:
    """Who gave only a part is a predecessor, marked as one in part."""
    found = lineage.predecessors("R0A")
    assert {relative.organisation.code: relative.whole for relative in found} == {
        "RM2": True,
        "RW3": True,
        "RW6": False,
    }
    assert found.codes == ("RM2", "RW3", "RW6")
    assert found.whole.codes == ("RM2", "RW3")
    assert [relative.event.id for relative in found] == ["merger", "merger", "first"]
    assert MANCHESTER.transfer(found[2].edge).shares[0].share == 0.4


def test_the_former_era_of_the_same_body_is_a_predecessor(lineage: LineageGraph) -> None:
    """An acquirer that kept its code has its own former era among its predecessors."""
    assert lineage.predecessors("RM3").keys == ("RM3@1991-04-01", "RW6@2002-04-01")
    assert lineage.successors("RM3@1991-04-01").keys == ("RM3@2021-10-01",)


def test_successors_include_partial_receivers(lineage: LineageGraph) -> None:
    """A divided body has every receiver as a successor."""
    assert lineage.successors("RW6").codes == ("R0A", "RM3")
    assert lineage.successors("RW6").whole.codes == ()


def test_a_bare_code_is_its_latest_era_for_one_step(lineage: LineageGraph) -> None:
    """The latest era of a code has no successor, though its former era has."""
    assert lineage.successors("RM3").keys == ()
    assert lineage.successors(" rm3 ").keys == ()


def test_ancestors_follow_whole_transfers_only(lineage: LineageGraph) -> None:
    """What hangs on a partial edge is no whole ancestor."""
    assert set(lineage.ancestors("R0A").codes) == {"RM2", "RW3", "PM1", "RM4"}
    assert all(relative.whole for relative in lineage.ancestors("R0A"))


def test_ancestors_with_parts_are_marked(lineage: LineageGraph) -> None:
    """Asked for parts too, everything behind a partial edge is there and marked."""
    found = lineage.ancestors("R0A", parts=True)
    assert {relative.organisation.code: relative.whole for relative in found} == {
        "RM2": True, "RW3": True, "PM1": True, "RM4": True, "RW6": False, "REX": False,
    }  # fmt: skip
    assert set(found.whole.keys) == set(lineage.ancestors("R0A").keys)


def test_descendants_mirror_ancestors(lineage: LineageGraph) -> None:
    """Whole descendants stop at a divided body; parts lead on."""
    assert lineage.descendants("REX").codes == ("RW6",)
    assert lineage.descendants("REX", parts=True).codes == ("RW6", "R0A", "RM3")
    assert [relative.whole for relative in lineage.descendants("REX", parts=True)] == [True, False, False]


def test_a_relative_further_off_shows_its_own_side_of_the_way(lineage: LineageGraph) -> None:
    """The edge of a distant ancestor is the one that it gave by; of a descendant, the one it received by."""
    far = {relative.organisation.code: relative for relative in lineage.ancestors("R0A", parts=True)}
    assert (far["REX"].edge.giver, far["REX"].edge.receiver) == ("REX@1995-04-01", "RW6@2002-04-01")
    down = {relative.organisation.code: relative for relative in lineage.descendants("REX", parts=True)}
    assert (down["RM3"].edge.giver, down["RM3"].event.id) == ("RW6@2002-04-01", "second")


def test_all_steps_of_a_bare_code_take_in_all_its_eras() -> None:
    """A body that became part of a code's former era is an ancestor of the code, even where no edge joins its eras."""
    store = make_store(
        """
        AAA  1990-04-01  1999-03-31  Trust
        BBB  1995-04-01  2004-03-31  Trust
        BBB  2010-04-01  ..          Trust
        """,
        event("1999-04-01", "acquisition", "AAA => BBB"),
    )
    lineage = LineageGraph(store)
    assert lineage.ancestors("BBB").codes == ("AAA",)
    assert lineage.ancestors("BBB@2010-04-01").codes == ()
    assert lineage.ancestors(store.eras_of("BBB")[0]).codes == ("AAA",)


def test_relatives_can_be_taken_by_kind(lineage: LineageGraph) -> None:
    """Kinds are chosen after traversal, so a body behind another kind is still found."""
    assert lineage.ancestors("R0A").of_kind(PCT).codes == ("PM1",)
    assert lineage.ancestors("R0A").of_kind(Trust, PCT).codes == lineage.ancestors("R0A").codes


def test_chosen_relatives_keep_what_they_gave(lineage: LineageGraph) -> None:
    """Those taken by kind or for being whole are the same relatives, with their events."""
    found = lineage.ancestors("R0A", parts=True)
    assert list(found.of_kind(Trust)) == [relative for relative in found if relative.organisation.kind is Trust]
    assert list(found.whole) == [relative for relative in found if relative.whole]
    assert found.of_kind(Trust).whole.keys == found.whole.of_kind(Trust).keys


def test_relatives_are_a_sequence(lineage: LineageGraph) -> None:
    """They are counted, indexed from both ends, sliced, and printed as a count."""
    found = lineage.predecessors("R0A")
    assert len(found) == 3
    assert found[-1].organisation.code == "RW6"
    assert [relative.organisation.code for relative in found[1:]] == ["RW3", "RW6"]
    assert repr(found) == "Relatives(3, 1 of them in part)"
    assert [body.code for body in found.organisations] == ["RM2", "RW3", "RW6"]
    with pytest.raises(IndexError):
        found[3]


def test_a_family_is_the_connected_whole(lineage: LineageGraph) -> None:
    """Every body that any transfer connects is in the family, whichever member is asked."""
    assert set(lineage.family("PM1")) == set(lineage.family("REX")) == set(MANCHESTER.organisations.values())
    family = lineage.family("REX@1995-04-01")
    assert family[0].code == "REX"
    assert set(family.codes) == {"PM1", "RM4", "RM2", "RW3", "REX", "RW6", "R0A", "RM3"}
    assert [body.code for body in family.of_kind(PCT)] == ["PM1"]
    assert (repr(family), len(family), len(family[:2])) == ("Family(9)", 9, 2)


def test_paths_lead_forward(lineage: LineageGraph) -> None:
    """A path is the edges from one organisation to another; without parts there may be none."""
    (path,) = lineage.paths("REX", "RM3")
    assert [edge.receiver for edge in path] == ["RW6@2002-04-01", "RM3@2021-10-01"]
    assert lineage.paths("REX", "RM3", parts=False) == ()
    assert lineage.paths("RM3", "REX") == ()


def test_paths_lead_from_one_era_of_a_code_to_another(lineage: LineageGraph) -> None:
    """From a former era to its own code the way is the event between; a code has no way to itself."""
    (path,) = lineage.paths("RM3@1991-04-01", "RM3")
    assert [edge.event for edge in path] == ["second"]
    assert lineage.paths("RM3", "RM3@2021-10-01") == (path,)
    assert lineage.paths("RM3", "RM3") == ()


def test_paths_are_bounded() -> None:
    """No more ways than the limit come back, however many there are."""
    codes = [f"{letter}{step}A" for step in range(8) for letter in "XY"]
    table = "\n".join(f"{code}  1990-04-01  ..  Trust" for code in codes)
    flows = ", ".join(f"{a}{step}A -> {b}{step + 1}A" for step in range(7) for a in "XY" for b in "XY")
    lineage = LineageGraph(make_store(table, event("2000-04-01", "reconfiguration", flows, id="all")))
    assert len(lineage.paths("X0A", "X7A", limit=1000)) == 64
    assert len(lineage.paths("X0A", "X7A", limit=10)) == 10


def circle() -> Store:
    """Two bodies that became each other, and one that became itself."""
    return make_store(
        """
        AAA  1990-04-01  1999-03-31  Trust
        BBB  1990-04-01  2000-03-31  Trust
        CCC  1990-04-01  2000-03-31  Trust
        """,
        event("1999-04-01", "succession", "AAA => BBB"),
        event("2000-04-01", "succession", "BBB => AAA"),
        event("2000-04-01", "succession", "CCC => CCC", id="itself"),
    )


def test_traversal_of_a_circle_ends() -> None:
    """A circle yields each of its other bodies once and never the start."""
    lineage = LineageGraph(circle())
    assert lineage.ancestors("AAA").codes == lineage.descendants("AAA", parts=True).codes == ("BBB",)
    assert len(lineage.paths("AAA", "BBB")) == 1
    assert set(lineage.family("BBB").codes) == {"AAA", "BBB"}


def test_a_body_that_became_itself_has_no_relatives() -> None:
    """A self-succession makes nobody its own predecessor or ancestor."""
    lineage = LineageGraph(circle())
    assert [
        len(found) for found in (lineage.predecessors("CCC"), lineage.ancestors("CCC"), lineage.successors("CCC"))
    ] == [0, 0, 0]


def test_a_former_era_that_became_itself_is_no_ancestor_of_its_code() -> None:
    """A self-succession of a former era adds nothing to what is asked of the bare code."""
    store = make_store(
        "AAA  1990-04-01  1999-03-31  Trust\nAAA  2005-04-01  ..  Trust",
        event("1999-04-01", "succession", "AAA@1990-04-01 => AAA@1990-04-01", id="itself"),
    )
    assert LineageGraph(store).ancestors("AAA").keys == ()


def test_paths_pass_a_circle_once() -> None:
    """A circle on the way is not walked round, and a path starts at the last era of the code that it starts from."""
    store = make_store(
        """
        AAA  1990-04-01  1999-03-31  Trust
        AAA  1999-04-01  ..          Trust
        BBB  1990-04-01  ..          Trust
        CCC  1990-04-01  ..          Trust
        DDD  1990-04-01  ..          Trust
        """,
        event("1999-04-01", "acquisition", "AAA => AAA"),
        event("2000-04-01", "service transfer", "AAA -> BBB"),
        event("2001-04-01", "service transfer", "BBB -> CCC"),
        event("2002-04-01", "service transfer", "CCC -> BBB, CCC -> DDD"),
    )
    (path,) = LineageGraph(store).paths("AAA", "DDD")
    assert [edge.receiver[:3] for edge in path] == ["BBB", "CCC", "DDD"]


def test_a_whole_relative_shows_a_whole_way() -> None:
    """Where a shorter way in part and a longer one of whole transfers lead to a body, the whole one is shown."""
    store = make_store(
        """
        AAA  1990-04-01  2001-03-31  Trust
        BBB  1990-04-01  2003-03-31  Trust
        CCC  1990-04-01  ..          Trust
        """,
        event("2000-04-01", "service transfer", "AAA -> CCC", id="short"),
        event("2001-04-01", "acquisition", "AAA => BBB", id="long"),
        event("2003-04-01", "acquisition", "BBB => CCC"),
    )
    far = {relative.organisation.code: relative for relative in LineageGraph(store).ancestors("CCC", parts=True)}["AAA"]
    assert (far.whole, far.event.id) == (True, "long")


def test_a_chain_longer_than_the_stack_ends() -> None:
    """Neither traversal nor paths recurse."""
    length = sys.getrecursionlimit() + 500
    codes = [f"A{number:05}" for number in range(length)]
    table = "\n".join(f"{code}  1990-04-01  ..  Trust" for code in codes)
    flows = ", ".join(f"{a} => {b}" for a, b in pairwise(codes))
    lineage = LineageGraph(make_store(table, event("2000-04-01", "reconfiguration", flows, id="chain")))
    assert len(lineage.ancestors(codes[-1])) == length - 1
    assert len(lineage.paths(codes[0], codes[-1])[0]) == length - 1


def test_unknown_organisations_are_an_error(lineage: LineageGraph) -> None:
    """Every question about a code that the register lacks raises, with near matches."""
    for ask in (lineage.predecessors, lineage.successors, lineage.ancestors, lineage.descendants, lineage.family):
        with pytest.raises(UnknownOrganisation) as caught:
            ask("R0B")
        assert "R0A" in caught.value.near


def test_the_graph_is_networkx_with_eras_and_transfers(lineage: LineageGraph) -> None:
    """Any networkx function takes the graph; nodes carry the organisation, edges the transfer."""
    graph = lineage.graph
    assert set(graph) == set(MANCHESTER.organisations)
    assert graph.number_of_edges() == len(MANCHESTER.edges) == 8
    node = graph.nodes["RM3@2021-10-01"]
    assert (node["code"], node["name"], node["kind"]) == ("RM3", "Northern Care Alliance", Trust)
    assert node["organisation"] == MANCHESTER.organisation("RM3@2021-10-01")
    edge = graph.edges["RW6@2002-04-01", "R0A@2017-10-01", "first"]
    assert (edge["whole"], str(edge["day"]), edge["event"].id) == (False, "2021-04-01", "first")
    assert edge["shares"] == edge["transfer"].shares
    assert set(nx.ancestors(graph, "R0A@2017-10-01")) == set(lineage.ancestors("R0A", parts=True).keys)


def test_the_graph_is_kept_and_cannot_be_changed(lineage: LineageGraph) -> None:
    """It is built once, and frozen; a copy can be changed."""
    assert lineage.graph is lineage.graph
    with pytest.raises(nx.NetworkXError):
        lineage.graph.add_node("ZZZ")
    assert "ZZZ" not in lineage.graph
    copied = lineage.graph.copy()
    copied.add_node("ZZZ")
    assert "ZZZ" in copied


def test_two_transfers_of_one_event_between_the_same_bodies_are_two_edges() -> None:
    """The graph loses no transfer to an event id used twice."""
    store = make_store(
        "AAA  1990-04-01  ..  Trust\nBBB  1990-04-01  ..  Trust",
        event("2000-04-01", "service transfer", "AAA -> BBB 0.1 beds, AAA -> BBB 0.2 staff", id="twice"),
    )
    graph = LineageGraph(store).graph
    assert sorted(key for *_, key in graph.edges(keys=True)) == ["twice", "twice#2"]


def test_proposals_are_no_edges() -> None:
    """What was only proposed makes nobody a successor."""
    store = make_store(
        "AAA  1990-04-01  ..  Trust\nBBB  1990-04-01  ..  Trust",
        event("2017-04-01", "merger", "AAA => BBB", status="proposed", cited=("plan",)),
    )
    assert LineageGraph(store).successors("AAA").codes == ()


def test_networkx_loads_with_the_graph_and_not_before() -> None:
    """Importing the lineage, or asking it in the library's own terms, loads no networkx."""
    code = "import sys, nhs_orgs.lineage; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_lineage_prints_its_counts(lineage: LineageGraph) -> None:
    """Its repr tells how much it holds."""
    assert repr(lineage) == "LineageGraph(9 eras, 8 transfers, 2 of them in part)"


# --- traces ---------------------------------------------------------------------------------------------------------


def test_a_trace_has_the_outcome_and_the_steps(lineage: LineageGraph) -> None:
    """The steps are the transfers that the body's own substance went through, in order."""
    trace = lineage.trace("REX", to="2026-01-01")
    assert repr(trace) == "Trace(REX to 2026-01-01: Divided R0A RM3, 3 events)"
    assert trace.start.key == "REX@1995-04-01"
    assert [(edge.giver[:3], edge.receiver[:3]) for edge in trace.steps] == [
        ("REX", "RW6"),
        ("RW6", "R0A"),
        ("RW6", "RM3"),
    ]
    assert [body.code for body in trace.organisations] == ["REX", "RW6", "R0A", "RM3"]
    assert [made.id for made in trace.events] == [edge.event for edge in trace.steps]


def test_the_trace_of_a_current_code_begins_with_its_first_era(lineage: LineageGraph) -> None:
    """A code that is still current tells how its own eras followed each other, and nothing of other bodies."""
    trace = lineage.trace("RM3", to="2026-01-01")
    assert [(edge.giver, edge.receiver) for edge in trace.steps] == [("RM3@1991-04-01", "RM3@2021-10-01")]
    assert repr(trace) == "Trace(RM3 to 2026-01-01: Current RM3, 1 event)"


def test_a_trace_explains_itself(lineage: LineageGraph) -> None:
    """The story names the body, the outcome, each event and the sources."""
    text = lineage.trace("RM2", to="2026-01-01").explain()
    assert text.startswith("South Manchester (RM2) was an NHS trust from 1 April 1994 to 30 September 2017.")
    assert "By 1 January 2026 it has been succeeded by Manchester University (R0A)." in text
    assert (
        "On 1 October 2017, South Manchester and Central Manchester (RW3) merged to form Manchester University" in text
    )
    assert "[1] A publisher, the succ list, as at May 2026" in text


def test_a_trace_draws_itself(lineage: LineageGraph) -> None:
    """The flow chart has a box for each body, whole arrows and dotted ones."""
    chart = lineage.trace("REX", to="2026-01-01").to_mermaid().splitlines()
    assert chart[0] == "flowchart LR"
    assert chart[1] == '  n0["REX<br/>Rochdale<br/>1995-04-01/2002-03-31"]'
    assert '  n0 -->|"2002-04-01"| n1' in chart
    assert '  n1 -.->|"2021-04-01 part"| n2' in chart
