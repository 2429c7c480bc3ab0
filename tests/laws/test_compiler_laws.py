"""Laws of the compiler: it ends, it loses nothing, it does not care about order, and what it makes can be walked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from rows import follows, listed, store

from nhs_orgs.archive import open_archive, write_archive
from nhs_orgs.events import Basis, Fate
from nhs_orgs.lineage import LineageGraph
from nhs_orgs.organisations import Trust
from nhs_orgs.period import UNKNOWN
from nhs_orgs.readers.base import OrganisationRow, Row, SuccessionRow
from nhs_orgs.register import Register
from nhs_orgs.resolve import Current
from nhs_orgs.store import Store

DAY = timedelta(days=1)

CODES = ("RAA", "RBB", "RCC", "RDD", "TEE", "5FF", "4GG01", "00H", "QJJ", "RAA01", "MH3")
"""One code and more of every kind that has a shape of its own, and one that has none."""

DAYS = (
    "1994-04-01", "2001-03-31", "2001-04-01", "2001-04-02", "2005-06-15", "2013-04-01",
    "2018-05-31", "2018-06-01", "2022-06-30", "2022-07-01", "2026-04-01",
)  # fmt: skip
"""Days round which the rules turn."""

LISTS = {
    "etr@2015-09-30": ("RAA", "RBB", "RCC", "RDD"),
    "etr@2026-07-31": ("RAA", "RBB", "RCC", "RDD"),
    "ect@2023-10": ("TEE",),
    "eccg@2016-02": ("00H",),
    "eccg@2025-12": ("00H",),
    "commissioner-records@2026-01-02": ("00H", "QJJ"),
    "ets@2023-05": ("RAA01",),
}
"""Lists, and which codes they have lines of."""

ROLES = {"00H": ((), ("RO98",), ("RO98", "RO319"), ("RO98", "RO218")), "QJJ": (("RO261", "RO262", "RO318"), ("RO261",))}


@st.composite
def lines(draw: st.DrawFn) -> OrganisationRow:
    """A line of a list."""
    by = draw(st.sampled_from(sorted(LISTS)))
    code = draw(st.sampled_from(LISTS[by]))
    first = draw(st.none() | st.sampled_from(DAYS[:6]))
    last = draw(st.none() | st.sampled_from(DAYS).filter(lambda day: first is None or day >= first))
    roles = draw(st.sampled_from(ROLES.get(code, ((),))))
    return listed(code, first, last, by=by, roles=roles, sub_type="C", name=f"Body {code}")


successions = st.builds(
    follows,
    st.sampled_from(CODES),
    st.sampled_from(CODES),
    st.sampled_from(DAYS),
    by=st.sampled_from(("succ@2026-05", "succ-and-succarc@2022-10")),
)

tables = st.lists(lines() | successions, min_size=1, max_size=14)


def everything(made: Store) -> Iterator[object]:
    """All that a store says, in a form that can be compared."""
    yield dict(made.records)
    yield {
        key: (body.kind, body.period, body.names, body.seen, body.operational)
        for key, body in made.organisations.items()
    }
    yield dict(made.eras)
    yield list(made.events.values())
    yield made.findings, made.covers, dict(made.known_until), made.release


@given(tables)
def test_no_row_is_lost(rows: list[Row]) -> None:
    """Each succession row is the evidence of an event or the subject of a finding; each listed code has a record."""
    made = store(*rows)
    printed = {
        (row.predecessor, row.successor, row.day, source.id)
        for event in made.events.values()
        for row in event.evidence
        for source in row.sources
    }
    shortcuts = {finding.subject for finding in made.findings if finding.rule == "shortcut"}
    selves = {finding.subject for finding in made.findings if finding.rule == "self-succession"}
    for row in rows:
        if isinstance(row, OrganisationRow):
            assert row.source in made.records[row.code].sources
        if isinstance(row, SuccessionRow):
            told = (
                row.predecessor in selves
                if row.predecessor == row.successor
                else f"{row.predecessor} {row.successor}" in shortcuts
            )
            assert told or (row.predecessor, row.successor, row.day, row.source.id) in printed


@given(tables)
def test_no_shortcut_is_set_aside_in_silence(rows: list[Row]) -> None:
    """Each row that a path implies is named by events of that path, which rest on rows set aside, and by no others."""
    made = store(*rows)
    shortcuts = {finding.subject for finding in made.findings if finding.rule == "shortcut"}
    told = [
        (conflict, event)
        for event in made.events.values()
        for conflict in event.conflicts
        if "is set aside: the way through" in conflict
    ]
    for pair in shortcuts:
        giver, receiver = pair.split()
        naming = [event for conflict, event in told if f"from {giver} to {receiver} is set aside" in conflict]
        assert {giver, receiver} <= {code for event in naming for code in event.codes}
    assert all(Basis.SUPPRESSED in event.basis for _, event in told)
    assert bool(told) is bool(shortcuts)


@given(st.data(), tables)
def test_order_does_not_matter(data: st.DataObject, rows: list[Row]) -> None:
    """The same rows in another order make the same register."""
    shuffled = data.draw(st.permutations(rows))
    assert list(everything(store(*shuffled))) == list(everything(store(*rows)))


@given(tables)
def test_every_question_ends(rows: list[Row]) -> None:
    """Every body can be asked for its outcome on any day, its ancestors, its descendants and its family."""
    made = store(*rows)
    register, lineage = Register(made), LineageGraph(made)
    days = [day for text in DAYS if made.covers.contains(day := date.fromisoformat(text))]
    for key, body in made.organisations.items():
        for day in days:
            assert register.resolve(key, on=day).code == body.code
        for parts in (False, True):
            assert key not in lineage.ancestors(key, parts=parts).keys
            assert key not in lineage.descendants(key, parts=parts).keys
        assert key in lineage.family(key).keys


@given(tables)
def test_whole_ancestors_are_ancestors(rows: list[Row]) -> None:
    """Whatever whole transfers lead to, any transfers lead to; and who has an ancestor is its descendant."""
    made = store(*rows)
    lineage = LineageGraph(made)
    for key in made.organisations:
        for parts in (False, True):
            above = set(lineage.ancestors(key, parts=parts).keys)
            assert all(key in lineage.descendants(other, parts=parts).keys for other in above)
        whole, every = lineage.ancestors(key), lineage.ancestors(key, parts=True)
        assert set(whole.keys) <= set(every.keys)
        assert set(every.whole.keys) == set(whole.keys)


@given(tables)
def test_the_eras_of_a_code_follow_each_other(rows: list[Row]) -> None:
    """Each era begins on the day after the one before it ended."""
    made = store(*rows)
    for code, keys in made.eras.items():
        assert keys
        for before, after in pairwise(made.organisations[key] for key in keys):
            assert before.period.meets(after.period), code


@given(tables)
def test_a_body_ends_once(rows: list[Row]) -> None:
    """At most one event ends a code, and after that day it is not open."""
    made = store(*rows)
    ended: dict[str, date] = {}
    for event in made.events.values():
        for participant in event.befores:
            if participant.fate is Fate.ENDS and participant.code:
                assert participant.code not in ended
                ended[participant.code] = event.dated.earliest
    for code, day in ended.items():
        last = made.organisations[made.eras[code][-1]].period.end
        assert isinstance(last, date)
        assert last < day or last == made.organisations[made.eras[code][-1]].period.start


@given(st.lists(successions, max_size=10), st.sampled_from(CODES[:4]))
def test_a_body_that_the_newest_list_shows_open_lives(rows: list[Row], code: str) -> None:
    """Whatever rows say, a body that a later list shows as open is open on the day of that list."""
    made = store(*rows, listed(code, "1994-04-01", by="etr@2026-07-31"))
    outcome = Register(made).resolve(code, on="2026-07-31")
    assert isinstance(outcome, Current)


@given(tables)
def test_all_of_a_body_goes_to_one(rows: list[Row]) -> None:
    """No era passes whole to two, and none passes whole and goes on but as another era of its own."""
    made = store(*rows)
    for edges in made.given.values():
        assert len({edge.receiver for edge in edges if edge.whole}) <= 1


@settings(max_examples=30)
@given(tables)
def test_what_is_written_is_read_back(rows: list[Row]) -> None:
    """A register that was written and opened says the same, and is written again as the same bytes."""
    made = store(*rows)
    with TemporaryDirectory() as folder:
        first, second = Path(folder, "first"), Path(folder, "second")
        write_archive(made, first, command="a test", curation={})
        opened = open_archive(first, verify=True).store
        assert list(everything(opened)) == list(everything(made))
        write_archive(opened, second, command="a test", curation={})
        assert [p.read_bytes() for p in sorted(second.iterdir())] == [p.read_bytes() for p in sorted(first.iterdir())]


@given(tables)
def test_what_is_left_out_is_not_there(rows: list[Row]) -> None:
    """With a kind left out, no body of it is kept, and nothing that is kept leads to one."""
    made = store(*rows, leave_out=("Trust",))
    assert not any(isinstance(body, Trust) for body in made.organisations.values() if not body.inferred_kind)
    assert {key for edge in made.edges for key in (edge.giver, edge.receiver)} <= set(made.organisations)


@given(tables)
def test_unknown_bounds_stay_unknown(rows: list[Row]) -> None:
    """A first day is only what a list or an event gives: where neither does, the key says unknown."""
    made = store(*rows)
    for key, body in made.organisations.items():
        first = body.period.start
        assert key.endswith("@unknown") is (first is UNKNOWN)
        if isinstance(first, date):
            assert key == f"{body.code}@{first.isoformat()}"
