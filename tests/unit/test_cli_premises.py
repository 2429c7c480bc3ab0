"""`sites`, `place` and the facts of `show`: what each prints, in words and as JSON, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from builders import citation, make_store, says, source
from typer.testing import CliRunner

from nhs_orgs.cli import app
from nhs_orgs.dates import PartialDate
from nhs_orgs.facts import Fact
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.records import Record
from nhs_orgs.register import Register
from nhs_orgs.sources import Confidence
from nhs_orgs.store import Store

RUNNER = CliRunner()


def on(text: str) -> PartialDate:
    """A date as precise as its text."""
    return PartialDate.from_text(text)


def store() -> Store:
    """Two trusts, a place that passed between them, a site of neither name, and facts."""
    made = make_store(
        """
        RJD    1993-04-01  2017-10-31  Trust  Mid Staffordshire
        RJE    1993-04-01  2014-10-31  Trust  North Staffordshire
        RJE    2014-11-01  ..          Trust  North Midlands
        RJD01  1994-04-01  ..          Site   Stafford General
        RJE09  2005-04-01  ..          Site   County
        RJE77  2010-04-01  ..          Site   A Clinic
        """,
        says("RJD01", "operator", "RJD", "eric-sites@2014-03"),
        says("RJE09", "operator", "RJE", "eric-sites@2015-03", "ets@2023-05"),
        says("RJE77", "operator", "RJE", "ets@2023-05"),
        says("RJE77", "name", "A Clinic", "ets@2023-05"),
        says("RJD", "name", "Mid Staffordshire", "etr@2026-07-31"),
        says("RJE", "name", "North Staffordshire", "order", period="1993-04-01/2014-10-31"),
        says("RJE", "name", "North Midlands", "order", period="2014-11-01/.."),
    )
    place = Place(
        id="county-hospital", name="County Hospital", kind="hospital", town="Stafford",
        former_names=(PlaceName("Stafford Hospital", on("2014-10-31"), on("1983")),),
        stays=(
            Stay("RJD", "RJD01", "county-hospital", until=on("2014-10-31")),
            Stay("RJE", "RJE09", "county-hospital", since=on("2014-11-01")),
            Stay("RZZ", None, "county-hospital", since=on("2024")),
        ),
        sources=(citation("bbc"),), confidence=Confidence.HIGH, note="A note.",
    )  # fmt: skip
    early, late = (made.organisation(key) for key in ("RJE@1993-04-01", "RJE@2014-11-01"))
    sure: dict[str, Any] = {"citations": (citation("cqc"),), "confidence": Confidence.HIGH}
    facts = (
        Fact(property="cqc_rating", value="Good", organisation=early, aspect="overall", on=on("2014-03"), **sure),
        Fact(
            property="staff", value="8,500", number=8500.0, unit="people", organisation=late, since=on("2016"),
            note="Heads.", contradicted="Another says 8,000.", **sure,
        ),
        Fact(property="cqc_rating", value="Poor", organisation=late, on=on("2019"), **sure),
    )  # fmt: skip
    records = {code: Record(code, r.statements, facts if code == "RJE" else ()) for code, r in made.records.items()}
    sources = {**made.sources, "etr@2026-07-31": source("etr@2026-07-31")}
    return replace(
        made, records=records, places={"county-hospital": place}, facts={"RJE": facts}, sources=sources
    )  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The register, written as `compile` writes one."""
    folder = tmp_path_factory.mktemp("register")
    Register(store()).write(folder, command="nhs-orgs compile FOLDER")
    return str(folder)


@pytest.fixture(autouse=True)
def _a_plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same width everywhere, and no colour asked for."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def run(*arguments: str) -> str:
    """What a command prints on standard output."""
    done = RUNNER.invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def document(*arguments: str) -> Any:  # noqa: ANN401 - JSON
    """The JSON that a command prints."""
    return json.loads(run(*arguments, "--json"))


def error(*arguments: str) -> tuple[int, str]:
    """How a command that fails ends, and what it says, with nothing on standard output."""
    done = RUNNER.invoke(app, arguments)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.exit_code, done.stderr


# --- place ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["county-hospital", "County-Hospital", "rjd01", "RJE09"])
def test_place_prints_the_bodies_in_order(register: str, asked: str) -> None:
    """By id or by any of its codes: names, who ran it under which name and code, when, and who says so."""
    assert (
        run("place", asked, "--register", register)
        == """\
county-hospital  County Hospital, Stafford
kind      hospital
formerly  Stafford Hospital, since 1983 until 31 October 2014
known by  high confidence [1]
note      A note.

Run by
RJD  Mid Staffordshire
     RJD01, since 1 April 1994 until 31 October 2014; in lists of March 2014
     [1-2]
RJE  North Midlands
     RJE09, since 1 November 2014; in lists of March 2015 to May 2023 [1, 3-4]
RZZ  not in this register
     no code, since 2024 [1]

Sources
[1] A publisher, “About bbc”
[2] A publisher, the eric-sites list, as at March 2014
[3] A publisher, the eric-sites list, as at March 2015
[4] A publisher, the ets list, as at May 2023
"""
    )


def test_place_of_a_code_that_belongs_to_none(register: str) -> None:
    """A site is shown alone, with both bodies of its operator's code where it was theirs."""
    text = run("place", "RJE77", "--register", register)
    assert text.startswith("RJE77  A Clinic\n\nRun by\nRJE  North Staffordshire, then North Midlands\n")
    found = document("place", "RJE77", "--register", register)
    assert (found["place"], [stay["site"] for stay in found["stays"]]) == (None, ["RJE77"])


def test_place_of_what_is_no_site(register: str) -> None:
    """A trust is at no place: it is said, not an empty table."""
    assert "No source in hand says." in run("place", "RJE", "--register", register)


def test_place_as_json(register: str) -> None:
    """The place, its stays, and every source that they name."""
    found = document("place", "county-hospital", "--register", register)
    assert found["place"]["former_names"] == [{"name": "Stafford Hospital", "since": "1983", "until": "2014-10-31"}]
    assert [(s["operator"], s["site"], s["since"], s["until"]) for s in found["stays"]] == [
        ("RJD", "RJD01", "1994-04-01", "2014-10-31"),
        ("RJE", "RJE09", "2014-11-01", None),
        ("RZZ", None, "2024", None),
    ]
    named = {source for stay in (found["place"], *found["stays"]) for source in stay["sources"]}
    assert named == {source["id"] for source in found["sources"]}


def test_an_unknown_place_is_not_found(register: str) -> None:
    """Near ones are named; it ends as a search that found nothing does."""
    code, said = error("place", "country-hospital", "--register", register)
    assert code == 1
    assert said.startswith("error: No place 'country-hospital' in this register. Did you mean county-hospital?")
    assert error("place", "RJE99", "--register", register)[0] == 1


# --- sites ------------------------------------------------------------------------------------------------------


def test_sites_prints_each_site_by_its_name_of_that_day(register: str) -> None:
    """The body by its name of the day, its sites with their days."""
    assert (
        run("sites", "rjd", "--on", "31 October 2014", "--register", register)
        == """\
RJD  Mid Staffordshire on 31 October 2014: 1 site
RJD01  Stafford Hospital
       since 1 April 1994 until 31 October 2014; in lists of March 2014 [1-2]

Sources
[1] A publisher, “About bbc”
[2] A publisher, the eric-sites list, as at March 2014
"""
    )
    later = run("sites", "RJE", "--on", "2014-11-01", "--register", register)
    assert later.startswith("RJE  North Midlands on 1 November 2014: 2 sites\nRJE09  County Hospital\n")
    assert "RJE77  A Clinic\n" in later
    assert run("sites", "RJE", "--on", "2014-10-31", "--register", register).startswith(
        "RJE  North Staffordshire on 31 October 2014: 1 site\nRJE77"
    )


def test_sites_of_a_body_that_was_none_that_day(register: str) -> None:
    """A closed body is said to be closed; an open one without sites has none."""
    gone = run("sites", "RJD", "--on", "2018-01-01", "--register", register)
    assert gone == "RJD (Mid Staffordshire) was not open on 1 January 2018.\n"
    empty = run("sites", "RJD", "--on", "2015-01-01", "--register", register)
    assert empty.startswith("RJD  Mid Staffordshire on 1 January 2015: 0 sites")


def test_sites_as_json(register: str) -> None:
    """Code, day, each site with its name of that day."""
    found = document("sites", "RJD", "--on", "2014-10-31", "--register", register)
    assert (found["code"], found["on"]) == ("RJD", "2014-10-31")
    assert [(s["site"], s["name"], s["place"], s["seen"]) for s in found["sites"]] == [
        ("RJD01", "Stafford Hospital", "county-hospital", {"start": "2014-03-01", "end": "2014-03-31"})
    ]
    assert {s["id"] for s in found["sources"]} == {"bbc", "eric-sites@2014-03"}


def test_sites_of_what_is_unknown(register: str) -> None:
    """An unknown code is not found; what is no day, or outside the data, is a wrong question."""
    assert error("sites", "RZZ", "--on", "2014-10-31", "--register", register)[0] == 1
    assert error("sites", "RJD", "--on", "2014", "--register", register)[0] == 2
    assert error("sites", "RJD", "--on", "1960-01-01", "--register", register)[0] == 2


# --- facts ------------------------------------------------------------------------------------------------------


def test_show_of_a_code_groups_its_facts(register: str) -> None:
    """By property; each with its day, the body that it is about, how sure it is, who says so and who says otherwise."""
    text = run("show", "RJE", "--register", register)
    assert (
        """
Facts
cqc rating  overall: Good
            March 2014, RJE@1993-04-01; high confidence [3]
            Poor
            2019, RJE@2014-11-01; high confidence [3]
staff       8,500
            since 2016, RJE@2014-11-01; high confidence [3]
            Heads.
            Against it: Another says 8,000.
"""
        in text
    )
    assert "[3] A publisher, “About cqc”" in text


def test_show_of_a_body_has_its_own_facts_only(register: str) -> None:
    """A predecessor's rating is not shown as its successor's."""
    text = run("show", "RJE@2014-11-01", "--register", register)
    assert "Poor" in text
    assert "Good" not in text
    early = run("show", "RJE", "--on", "2014-10-31", "--register", register)
    assert "Good" in early
    assert "Poor" not in early


def test_show_as_json_has_the_facts(register: str) -> None:
    """Every field, the body by key, documents by id and in the list of sources."""
    found = document("show", "RJE", "--register", register)
    assert found["facts"][1] == {
        "property": "staff", "aspect": None, "value": "8,500", "number": 8500.0, "unit": "people",
        "organisation": "RJE@2014-11-01", "on": None, "since": "2016", "until": None, "confidence": "high",
        "note": "Heads.", "contradicted": "Another says 8,000.", "sources": ["cqc"],
    }  # fmt: skip
    assert "cqc" in {source["id"] for source in found["sources"]}
    one = document("show", "RJE@1993-04-01", "--register", register)
    assert [fact["value"] for fact in one["facts"]] == ["Good"]
    assert "cqc" in {source["id"] for source in one["sources"]}


def test_show_without_facts_has_no_heading(register: str) -> None:
    """Nothing is printed of what there is not."""
    assert "Facts" not in run("show", "RJD", "--register", register)
    assert document("show", "RJD", "--register", register)["facts"] == []
