"""Commissioners are one connected history, from primary care groups to integrated care boards."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs
from nhs_orgs.sources import Citation

ABOLISHED = "2013-04-01"


def ending(register: nhs.Register, *kinds: type[nhs.Organisation], since: str = "0001-01-01") -> list[tuple[str, bool]]:
    """Codes of bodies of these kinds that ended, or went on as another kind; and whether a document confirms it."""
    return [
        (before.code or before.key, any(isinstance(source, Citation) for source in before.sources))
        for event in register.events()
        if event.effective is not None and str(event.effective) >= since
        for before in event.befores
        if before.fate.value in {"ends", "continues"} and isinstance(register._store.organisation(before.key), kinds)
    ]


def test_every_last_trust_was_divided(register: nhs.Register) -> None:
    """Each of the 151 last primary care trusts ends by a split of its own."""
    events = [event for event in register.events() if event.id.startswith("primary-care-trusts-2013-")]
    assert len(events) == 151
    assert {event.kind.value for event in events} == {"split"}
    assert {transfer.extent.value for event in events for transfer in event.transfers} == {"part"}


def test_every_first_group_has_a_trust_before_it(register: nhs.Register) -> None:
    """Each of the 211 groups of April 2013 received a part of some primary care trust."""
    groups = register.on(ABOLISHED).of_kind(nhs.CCG)
    assert len(groups) == 211
    assert [group.code for group in groups if not register.lineage.predecessors(group.key).of_kind(nhs.PCT)] == []


def test_shares_of_each_trust_add_up(register: nhs.Register) -> None:
    """By either measure, the parts of a trust are all of it, but for what hubs hold and what is below a thousandth."""
    for event in register.events():
        if event.id.startswith("primary-care-trusts-2013-"):
            for basis in ("registered patients", "postcodes"):
                total = sum(s.share for t in event.transfers for s in t.shares if s.basis == basis)
                merged_later = basis == "postcodes" and event.id.endswith(("-5d7", "-5kf"))
                assert total == (0 if merged_later else pytest.approx(1, abs=0.002)), event.id


def test_a_hub_received_nothing(register: nhs.Register) -> None:
    """A commissioning hub that the tables count practices with is no successor of a trust."""
    assert len(register.lineage.predecessors("12W")) == 0
    assert any("12W, a commissioning hub" in note for note in register.event("primary-care-trusts-2013-5qv").notes)


def test_one_group_for_one_trust(register: nhs.Register) -> None:
    """Where all that was measured went to one group, that succeeded, and the outcome says by which measure."""
    outcome = register.resolve("5M8", on="2026-04-01")
    assert (type(outcome), outcome.codes) == (nhs.Succeeded, ("15C",))
    told = "by registered patients and postcodes all of 5M8 (North Somerset) went to 11T"
    assert told in outcome.notes


def test_a_trust_of_several_groups_is_divided(register: nhs.Register) -> None:
    """Hertfordshire went to three groups, and stays divided."""
    assert register.resolve("5QV", on="2026-04-01").codes == ("06H", "06K", "06N")


def test_from_a_group_of_practices_to_a_location(register: nhs.Register) -> None:
    """Stafford and Surrounds leads back to South Staffordshire's trust, its four trusts and their groups, in part."""
    before = register.lineage.ancestors("05V", parts=True).codes
    assert {"5PK", "5DQ", "5ML", "5MM", "5MN", "4RG54"} <= set(before)


@pytest.mark.parametrize(("code", "parts"), [("5AG", "5PD 5PN 5PP"), ("5HD", "5NG 5NH"), ("5KV", "5QM 5QN")])
def test_trusts_that_the_order_of_2006_divided(register: nhs.Register, code: str, parts: str) -> None:
    """South Peterborough, Preston and Poole were divided, though the rows pass them whole."""
    assert sorted(register.lineage.successors(code).codes) == parts.split()


def test_the_numbers_of_trusts_before_and_after_october_2006(register: nhs.Register) -> None:
    """73 new trusts in place of 224, with 79 that stayed: 303 became 152."""
    day = [event for event in register.events() if str(event.effective) == "2006-10-01"]
    kept = [e for e in day if any(len(p.code or "") == 3 and (p.code or "")[0] in "5T" for p in e.befores)]
    ended = {p.code for e in kept for p in e.befores if p.fate.value == "ends" and p.code != "RR2"}
    assert len(ended) == 224
    assert len({p.code for e in kept for p in e.afters}) == 73


@pytest.mark.parametrize(
    ("kinds", "since"),
    [
        ((nhs.CCG,), "2013-04-01"),
        ((nhs.STP, nhs.ICB), "2016-01-01"),
        ((nhs.SHA,), "2002-01-01"),
        ((nhs.PCT,), "2006-10-01"),
        ((nhs.LocalOffice,), "2013-04-01"),
        ((nhs.Region,), "2013-04-01"),
    ],
    ids=["CCG", "STP and ICB", "SHA", "PCT", "local office", "region"],
)
def test_documents_confirm_every_end(
    register: nhs.Register, kinds: tuple[type[nhs.Organisation], ...], since: str
) -> None:
    """Every commissioner's end since then is confirmed by a document beside the succession rows."""
    found = ending(register, *kinds, since=since)
    assert found
    assert [code for code, confirmed in found if not confirmed] == []


def test_offices_of_the_south(register: nhs.Register) -> None:
    """In April 2018 the four offices of the South became four others, each in two parts."""
    assert sorted(register.lineage.successors("Q80").codes) == ["Q85", "Q86"]
    assert sorted(register.lineage.predecessors("Q87").codes) == ["Q70", "Q81", "Q82"]


def test_three_partnerships_became_one(register: nhs.Register) -> None:
    """The short-lived partnerships of the North East and Cumbria merged in 2018."""
    assert sorted(register.lineage.predecessors("QHM@2018-04-01").whole.codes) == ["QMK", "QT8", "QVP"]
