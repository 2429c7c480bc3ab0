"""Curated facts and places are checked as they are read, and belong to the bodies of their days."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rows import compiled, follows, listed

from nhs_orgs.archive import open_archive, write_archive
from nhs_orgs.compiler import Curation, read_curation
from nhs_orgs.errors import CurationError
from nhs_orgs.facts import Fact
from nhs_orgs.register import Register
from nhs_orgs.store import Finding

HEAD = "citations: [{id: paper, publisher: A paper, title: A report}, {id: order, publisher: TSO, title: An order}]\n"
BODY = "bodies: [{id: a-council, name: A Council, kind: council, citations: [paper]}]\n"
SURE = "citations: [paper], confidence: high"
MERGER = (listed("RAA", "2001-04-01", "2018-05-31"), listed("RBB", "2001-04-01"), follows("RAA", "RBB", "2018-06-01"))
"""RBB takes in RAA on 1 June 2018, and is another body from then on."""

Reads = Callable[[str], Curation]


@pytest.fixture
def curated(tmp_path: Path) -> Reads:
    """Reads curated entries."""

    def read(text: str) -> Curation:
        folder = tmp_path / "curated"
        folder.mkdir(exist_ok=True)
        (folder / "all.yaml").write_text(HEAD + text, encoding="utf-8")
        return read_curation(folder)

    return read


def fact(rest: str, code: str = "code: RBB", name: str = "staff", value: str = "many") -> str:
    """A list of one fact."""
    return f"facts: [{{{code}, property: {name}, value: {value}, {rest}, {SURE}}}]"


def place(sites: str, rest: str = "kind: hospital", id_: str = "a-hospital") -> str:
    """A list of one place."""
    return f"places: [{{id: {id_}, name: A Hospital, {rest}, sites: [{sites}], {SURE}}}]"


def findings(register: Register) -> list[Finding]:
    """What was curated and left out."""
    return [finding for finding in register.check() if finding.rule.startswith("curated")]


# --- facts and eras -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "key"),
    [
        ('"on": "2018-05-31"', "RBB@2001-04-01"),
        ('"on": "2018-06-01"', "RBB@2018-06-01"),
        ('"on": "2018-05"', "RBB@2001-04-01"),
        ('"on": "2018-06"', "RBB@2018-06-01"),
        ('"on": "1990"', "RBB@2001-04-01"),
        ('since: "2018-06-01"', "RBB@2018-06-01"),
        ('until: "2018-05-31"', "RBB@2001-04-01"),
        ('since: "2016", until: "2020"', "RBB@2001-04-01"),
        ('"on": "2018", era: RBB@2018-06-01', "RBB@2018-06-01"),
        ('since: "2018", era: RBB@2001-04-01', "RBB@2001-04-01"),
    ],
)
def test_a_fact_is_about_the_body_of_its_day(curated: Reads, when: str, key: str) -> None:
    """The last day of one body and the first of the next are told apart; an era that is named is that one."""
    register = compiled(*MERGER, curation=curated(fact(when)))
    (found,) = register.facts("RBB")
    assert found.organisation.key == key
    assert register.facts(key) == (found,)
    assert register["RBB"].facts() == (found,)
    assert findings(register) == []


@pytest.mark.parametrize("when", ['"on": "2018"', 'since: "2018"', 'until: "2018"', '"on": 2018-05-31/2018-06-01'])
def test_a_fact_that_may_be_of_two_bodies_is_left_out_in_sight(curated: Reads, when: str) -> None:
    """A date that falls in two eras is nobody's fact, and the register's own check says so."""
    register = compiled(*MERGER, curation=curated(fact(when)))
    assert register.facts("RBB") == ()
    (finding,) = findings(register)
    assert (finding.rule, finding.subject) == ("curated fact of unclear era", "RBB staff")


def test_facts_about_codes_that_nobody_lists_are_left_out_in_sight(curated: Reads) -> None:
    """Neither lost in silence nor made a body of."""
    register = compiled(*MERGER, curation=curated(fact('"on": "2018"', code="code: RZZ")))
    assert [(f.rule, f.subject) for f in findings(register)] == [("curated fact without record", "RZZ")]
    assert "RZZ" not in register


def test_a_body_outside_the_register_has_facts(curated: Reads) -> None:
    """It is asked for by its key."""
    register = compiled(*MERGER, curation=curated(BODY + fact('"on": "2017"', code="body: a-council")))
    (found,) = register.facts("body:a-council")
    assert (found.organisation.key, found.organisation.name) == ("body:a-council", "A Council")
    assert register.facts("RBB") == ()


def test_facts_are_in_order_of_time(curated: Reads) -> None:
    """By first day, then by property, side and value."""
    said = [("chair", "since", "2016"), ("staff", "on", "2015-03"), ("staff", "until", "2014"), ("chair", "on", "2016")]
    entries = ", ".join(f'{{code: RBB, property: {p}, value: v, "{k}": "{d}", {SURE}}}' for p, k, d in said)
    register = compiled(*MERGER, curation=curated(f"facts: [{entries}]"))
    assert [(f.property, f.when) for f in register.facts("RBB")] == [
        ("staff", "until 2014"),
        ("staff", "March 2015"),
        ("chair", "since 2016"),
        ("chair", "2016"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (fact('"on": "2018", era: RCC@2018-06-01'), "RCC@2018-06-01 is no era of RBB"),
        (fact('"on": "2018", era: RBB'), "should match pattern"),
        (fact('since: "2019", until: "2018"'), "since 2019 is after until 2018"),
        (fact('"on": "2018", since: "2018"'), "give either on, or since and until"),
        (fact("aspect: size"), "a fact has a time"),
        (fact('"on": "2018"', code="code: rbb"), "should match pattern"),
        (fact('"on": "2018"', code="code: RBB, body: a-council"), "give either code or body"),
        (fact('"on": "2018"', code="body: another"), "'another' is not declared"),
        (fact('"on": "2018"', value='""'), "at least 1 character"),
        (fact('"on": "2018", aspect: ""'), "at least 1 character"),
        (fact('"on": "2018", number: .nan'), "finite number"),
        (fact('"on": "2018"', value="15"), "valid string"),
        (fact('"on": "2018"', name="Staff"), "should match pattern"),
        (place("{code: rbb01, operator: RBB}"), "should match pattern"),
        (place('{code: RBB01, operator: RBB, since: "2019", until: "2018"}'), "since 2019 is after until 2018"),
        (place('{operator: RBB, since: "2019"}, {operator: RAA, since: "2018"}'), "stand in the order"),
        (place(""), "at least 1 item"),
        (place("{operator: RBB}", "kind: x, former_names: [{name: Old}]"), "Field required"),
        (place("{operator: RBB}", 'kind: x, former_names: [{name: Old, since: "2019", until: "2018"}]'), "is after"),
        (place("{operator: RBB}", id_="A Hospital"), "should match pattern"),
        (f"{place('{operator: RBB}')[:-1]}, {place('{operator: RAA}')[9:]}", "is the id of two places"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_stops_the_compilation(curated: Reads, text: str, why: str) -> None:
    """An entry that could not be read back, or that cannot be true, is an error that says what is wrong."""
    with pytest.raises(CurationError, match="Mend the entry") as caught:
        curated(BODY + text)
    assert why in caught.value.why


# --- places ---------------------------------------------------------------------------------------------------------


def test_a_place_keeps_what_was_curated(curated: Reads) -> None:
    """Names, kind, stays in order, sources."""
    text = place(
        '{code: RAA01, operator: RAA, until: "2018-05-31"}, {operator: RBB, since: "2018-06"}',
        'kind: hospital, town: Leek, note: N, former_names: [{name: Old, until: "2014-10-31"}]',
    )
    found = compiled(*MERGER, curation=curated(text)).place("a-hospital")
    assert (found.name, found.kind, found.town, found.note) == ("A Hospital", "hospital", "Leek", "N")
    assert [(s.operator, s.site, s.place, s.when) for s in found.stays] == [
        ("RAA", "RAA01", "a-hospital", "until 31 May 2018"),
        ("RBB", None, "a-hospital", "since June 2018"),
    ]
    assert [(n.text, str(n.until)) for n in found.former_names] == [("Old", "2014-10-31")]
    assert [source.id for source in found.sources] == ["paper"]


def test_a_place_that_nobody_here_ran_is_left_out_in_sight(curated: Reads) -> None:
    """In a register of other bodies it would lead nowhere; with one body that is known it stays."""
    register = compiled(*MERGER, curation=curated(place("{operator: RZZ}")))
    assert dict(register.places) == {}
    assert [(f.rule, f.subject) for f in findings(register)] == [("curated place without record", "a-hospital")]
    known = compiled(*MERGER, curation=curated(place("{operator: RZZ}, {operator: RBB}")))
    assert known.place("a-hospital").operators == ("RZZ", "RBB")
    assert findings(known) == []


# --- written and read back ------------------------------------------------------------------------------------------

EVERYTHING = f"""{BODY}
facts:
  - {{code: RBB, property: breaches, value: none, number: 0, unit: breaches, "on": "2019-02-19", {SURE}}}
  - {{code: RBB, property: staff, aspect: whole time, value: "8,5", number: 8.5, since: "2016",
     until: 2018-01-01/2018-02-01, citations: [paper, order], confidence: low, note: "Tab\\there, line\\nthere",
     contradicts: "“no”, says another\\u2028"}}
  - {{code: RAA, property: chair, value: "Zoë O'Brien \\U0001F3E5", until: "2018-05", {SURE}}}
  - {{body: a-council, property: member_of, value: An alliance, "on": 2016-01-01/2017-03-03, {SURE}}}
places:
  - {{id: ysbyty-1, name: "Ysbyty Môn", kind: hospital, town: "Llanfair P.G.", note: "A\\tb", {SURE},
     former_names: [{{name: Old, since: "1983", until: 1990-01-01/1993-12-31}}, {{name: Older, until: "1983"}}],
     sites: [{{code: RAA01, operator: RAA, until: "2018-05-31"}}, {{operator: RBB, since: "2018-06"}}]}}
  - {{id: b, name: B, kind: unit, sites: [{{operator: RBB}}], citations: [order], confidence: medium}}
"""


def test_facts_and_places_come_back(curated: Reads, tmp_path: Path) -> None:
    """Nought, imprecise dates, odd letters, a place without a site code: what was written is what is read."""
    made = compiled(*MERGER, curation=curated(EVERYTHING))._store
    write_archive(made, tmp_path / "register", command="a test", curation={})
    opened = open_archive(tmp_path / "register", verify=True).store
    assert dict(opened.facts) == dict(made.facts)
    assert dict(opened.places) == dict(made.places)
    assert dict(opened.records) == dict(made.records)
    assert sorted(opened.facts) == ["RAA", "RBB", "body:a-council"]
    assert [type(f.number) for f in opened.facts["RBB"]] == [float, float]
    assert opened.facts["RBB"][1].number == 0
    assert {s.id for s in opened.places["b"].sources} == {"order"}
    write_archive(opened, tmp_path / "again", command="a test", curation={})
    for file in (tmp_path / "register").iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_facts_can_be_hashed(curated: Reads) -> None:
    """Facts and places go into sets."""
    register = compiled(*MERGER, curation=curated(EVERYTHING))
    facts: set[Fact] = {fact for code in ("RAA", "RBB") for fact in register.facts(code)}
    assert len(facts) == 3
    assert len(set(register.places.values())) == 2
