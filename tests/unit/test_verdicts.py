"""Every statement is there with a verdict, and what was chosen is what the record answers."""

from __future__ import annotations

import pytest
from builders import era, says
from hypothesis import given
from hypothesis import strategies as st

import nhs_orgs
from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.period import UNKNOWN
from nhs_orgs.records import OPEN, Record
from nhs_orgs.sources import Statement
from nhs_orgs.verdicts import SINGLE, Verdict, verdicts

SOURCES = ("etr@2015-09-30", "etr@2018-08-31", "etr@2026-07-31", "order", "paper")
DAYS = ("2001-04-01", "2010-03-31", "2018-05-31")
NAMES = ("SOUTH VALE NHS TRUST", "South Vale NHS Trust", "North Vale NHS Trust", "Vale Health")


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A statement about one code."""
    name = draw(st.sampled_from((*sorted(SINGLE), "name", "loose name", "name seen", "region", "gss", "role")))
    values = {"name": NAMES, "loose name": NAMES, "name seen": NAMES, "region": ("Y54", "Y60")}.get(name, DAYS)
    value = draw(st.sampled_from((*values, OPEN) if name.endswith("_end") else values))
    sources = draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=2, unique=True))
    dated = name in {"name seen", "region"} or (name == "name" and draw(st.booleans()))
    period = draw(st.sampled_from(("2001-04-01/2010-03-31", "2005-01-01/..", "unknown/2009-12-31"))) if dated else None
    return says("RAA", name, value, *sources, period="2001-04-01/2010-03-31" if name == "name seen" else period)


records = st.lists(statements(), max_size=10).map(lambda said: Record("RAA", tuple(dict.fromkeys(said))))


def told(record: Record, name: str) -> list[Verdict]:
    """The verdicts on what is said of one property."""
    return [verdict for verdict in verdicts(record) if verdict.statement.property == name]


@given(records)
def test_every_statement_has_one_verdict(record: Record) -> None:
    """Nothing is left out, nothing twice, in the record's order; each says why."""
    found = verdicts(record)
    assert tuple(verdict.statement for verdict in found) == record.statements
    assert all(verdict.rule for verdict in found)


@given(records)
def test_what_is_chosen_is_what_the_record_answers(record: Record) -> None:
    """Bounds, postcode and names are those of the chosen statements, and of no others."""
    for name in SINGLE:
        assert len([verdict for verdict in told(record, name) if verdict.chosen]) <= 1
    for which, period in (("legal", record.legal), ("operational", record.operational)):
        for side in ("start", "end"):
            chosen = [v.statement.value for v in told(record, f"{which}_{side}") if v.chosen]
            bound = UNKNOWN if period is None else getattr(period, side)
            assert chosen == ([] if bound is UNKNOWN else [OPEN if bound is None else bound.isoformat()])
    assert [v.statement.value for v in told(record, "postcode") if v.chosen] == [record.postcode] * bool(
        record.postcode
    )
    named = {v.statement.value for kind in ("name", "loose name", "name seen") for v in told(record, kind) if v.chosen}
    assert named == {name.published for name in record.names}


@given(records)
def test_a_conflict_goes_both_ways(record: Record) -> None:
    """Where one statement speaks against another, that one speaks against it; none speaks against its own value."""
    found = {verdict.statement: verdict for verdict in verdicts(record)}
    for verdict in found.values():
        for other in verdict.conflicts_with:
            assert other.value != verdict.statement.value
            assert verdict.statement in found[other].conflicts_with


def test_the_rules_in_words() -> None:
    """A document goes before a release, a newer release before an older, and each verdict says so."""
    old, new, cited = (
        says("RAA", "legal_end", value, source)
        for value, source in ((OPEN, "etr@2018-08-31"), ("2018-05-31", "etr@2026-07-31"), ("2018-06-30", "order"))
    )
    assert [v.rule for v in verdicts(Record("RAA", (old,)))] == ["the only value"]
    assert [(v.chosen, v.rule) for v in verdicts(Record("RAA", (old, new)))] == [
        (False, "a newer release says otherwise"), (True, "the newest release"),
    ]  # fmt: skip
    assert [(v.chosen, v.rule) for v in verdicts(Record("RAA", (old, cited)))] == [
        (False, "a document says otherwise"), (True, "a document"),
    ]  # fmt: skip
    assert verdicts(Record("RAA", (old, new)))[0].conflicts_with == (new,)


def test_bounds_that_contradict_each_other() -> None:
    """A life that would end before it began has no chosen bound."""
    record = Record("RAA", (says("RAA", "legal_start", "2018-01-01", "order"),
                            says("RAA", "legal_end", "2001-01-01", "order")))  # fmt: skip
    assert [v.chosen for v in verdicts(record)] == [False, False]
    assert "contradict" in verdicts(record)[0].rule


def test_kinds_and_sectors_are_chosen_by_body() -> None:
    """A kind that a body of the code has is chosen, another is not; a sector by the releases in a body's days."""
    body = era("RAA 2001-04-01 .. Trust A trust | sector=Acute")
    said = (
        says("RAA", "kind", "Trust", "etr@2018-08-31"), says("RAA", "kind", "Site", "ets@2018-08-31"),
        says("RAA", "sector", "ACUTE", "trusts@2020"), says("RAA", "sector", "MIXED", "trusts@2015"),
    )  # fmt: skip
    assert [v.chosen for v in verdicts(Record("RAA", said), [body])] == [True, False, True, False]
    assert [v.chosen for v in verdicts(Record("RAA", said))] == [True, True, True, True]


def test_names_seen_and_spelt() -> None:
    """Of two spellings one is used; a loose one is not, once a proper name is known."""
    said = (
        says("RAA", "name", "SOUTH VALE NHS TRUST", "etr@2018-08-31"),
        says("RAA", "name", "South Vale NHS Trust", "order", period="2010-04-01/.."),
        says("RAA", "loose name", "South Vale", "eric@2019-03"),
        says("RAA", "name", "Nowhere", "paper"),
    )
    found = verdicts(Record("RAA", said))
    assert [v.chosen for v in found] == [False, True, False, False]
    assert "another spelling; South Vale NHS Trust is used" in found[0].rule
    assert found[3].rule == "no source gives its days"


def test_the_register_tells_all_that_is_said() -> None:
    """By code, however it is spelt, or by the key of a body; a code that is not there is an error."""
    register = nhs_orgs.load()
    found = register.statements("r1e")
    assert tuple(v.statement for v in found) == register["R1E"].statements
    assert register.statements("R1E@2011-09-01") == found
    closes = {v.statement.value: v.chosen for v in found if v.statement.property == "legal_end"}
    assert closes == {OPEN: False, "2018-05-31": True}
    with pytest.raises(UnknownOrganisation):
        register.statements("ZZZ")
    with pytest.raises(UnknownOrganisation):
        register.statements("body:nobody")
