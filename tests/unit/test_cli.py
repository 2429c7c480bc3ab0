"""The command line: what each command prints, in words and as JSON, and how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import eras, event, make_store, says
from typer.main import get_command
from typer.testing import CliRunner

from nhs_orgs.cli import app, main
from nhs_orgs.cli.screen import nearest, prepare
from nhs_orgs.organisations import Body
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.register import Register
from nhs_orgs.store import Finding

RUNNER = CliRunner()
WIDTH = 80

BEFORE = "South Staffordshire and Shropshire Healthcare NHS Foundation Trust"
MERGED = "Midlands Partnership NHS Foundation Trust"
NOW = "Midlands Partnership University NHS Foundation Trust"
PARTNERSHIP = "Staffordshire and Stoke on Trent Partnership NHS Trust"

COUNCIL = Body(key="body:a-council", code=None, name="A Council", period=Period(UNKNOWN, UNKNOWN), sort="council")
BODIES = eras(
    f"""
    RXX  1994-04-01  2001-03-31  Trust  Old Staffordshire
    RRE  2001-04-01  2018-05-31  Trust  {BEFORE}
    RRE  2018-06-01  ..          Trust  {NOW}
    R1E  2011-09-01  2018-05-31  Trust  {PARTNERSHIP}
    RW6  2002-04-01  2021-09-30  Trust  Pennine Acute
    R0A  2017-10-01  ..          Trust  Manchester University
    RM3  1994-04-01  ..          Trust  Northern Care Alliance
    RYH  2007-04-01  2014-03-31  Trust  NHS Direct
    RZ1  unknown     1999-03-31  Trust  First Of A Circle
    RZ2  unknown     1999-03-31  Trust  Second Of A Circle
    QNC  2017-04-01  ..          STP    Staffordshire
    RQ1  2001-04-01  ..          Trust  Same Name
    RQ2  2001-04-01  ..          Trust  Same Name | sector=Acute | nation=England
    """
)
STORE = make_store(
    [
        COUNCIL,
        *(replace(body, inferred_kind=True, names=()) if body.code == "RZ1" else body for body in BODIES),
    ],
    event("2001-04-01", "replacement", "RXX => RRE"),
    event(
        "2018-06-01", "acquisition", "R1E => RRE, RRE => RRE",
        id="mpft", cited=("hsj", "mpft"), announced_as="merger", confidence="high", narrative="Planned since 2016.",
    ),
    event("2021-10-01", "split", "RW6 -> R0A 0.4 floor area, RW6 -> RM3 0.6 floor area"),
    event("2014-04-01", "closure", "RYH", cited=("order",), nothing_followed=True),
    event("1999-04-01", "succession", "RZ1 => RZ2, RZ2 => RZ1"),
    event("2019-04-01", "merger", "QNC -> R0A", status="proposed", cited=("plan",)),
    *[says(code, "name", name, "etr@2026-07-31") for code, name in (
        ("RXX", "Old Staffordshire"), ("R1E", PARTNERSHIP), ("RW6", "Pennine Acute"), ("R0A", "Manchester University"),
        ("RM3", "Northern Care Alliance"), ("RYH", "NHS Direct"), ("QNC", "Staffordshire"),
        ("RQ1", "Same Name"), ("RQ2", "Same Name"),
    )],
    says("RRE", "name", BEFORE, "mpft", period="2001-04-01/2018-05-31"),
    says("RRE", "name", MERGED, "mpft", period="2018-06-01/2024-03-31"),
    says("RRE", "name", NOW, "mpft", period="2024-04-01/.."),
    says("RRE", "abbreviation", "MPFT", "mpft", period="2018-06-01/.."),
    says("RRE", "abbreviation", "SSSFT", "mpft", period="unknown/2018-05-31"),
    says("RRE", "role", "RO197", "etr@2026-07-31", period="2001-04-01/.."),
    says("RRE", "gss", "E00000001", "etr@2026-07-31"),
    says("RRE", "postcode", "ST16 3SR", "etr@2026-07-31"),
    says("RRE", "geography", "QNC", "etr@2020-10-31"),
    says("RRE", "region", "Y60", "about", period="2020-04-01/.."),
    says("RYH", "operational_end", "2013-12-31", "order"),
)  # fmt: skip

FINDINGS = (
    Finding("shortcut", "12J 14J", "implied by the way through 13W; set aside", ("succ@2026-05",)),
    Finding("self-succession", "4CG71", "names itself; set aside", ("succ@2026-05",)),
    Finding("self-succession", "4CJ51", "names itself; set aside", ("succ@2026-05",)),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small register, written as `compile` writes one."""
    folder = tmp_path_factory.mktemp("register")
    Register(replace(STORE, findings=FINDINGS)).write(folder, command="nhs-orgs compile FOLDER")
    return str(folder)


@pytest.fixture(autouse=True)
def _a_plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same width everywhere, and no colour asked for."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", str(WIDTH))


def run(*arguments: str, exit_code: int = 0) -> str:
    """What a command prints on standard output."""
    done = RUNNER.invoke(app, arguments)
    assert done.exit_code == exit_code, done.output
    return done.stdout


def document(*arguments: str, exit_code: int = 0) -> Any:  # noqa: ANN401 - JSON
    """The JSON that a command prints."""
    return json.loads(run(*arguments, "--json", exit_code=exit_code))


def error(*arguments: str, exit_code: int) -> str:
    """What a command that fails says on standard error, with nothing on standard output."""
    done = RUNNER.invoke(app, arguments)
    assert (done.exit_code, done.stdout) == (exit_code, ""), done.output
    assert "Traceback" not in done.stderr
    return done.stderr


def folded(text: str) -> str:
    """Text with its line ends and indents taken away."""
    return " ".join(text.replace("│", " ").split())


# --- lineage ----------------------------------------------------------------------------------------------------


def test_lineage_prints_the_tree(register: str) -> None:
    """Each body with its key, its name of the day, its days, how it came about, and numbers of its sources."""
    text = run("lineage", "MPFT", "--register", register)
    assert (
        text
        == f"""\
RRE@2018-06-01  {MERGED}
                trust, since 1 June 2018; later Midlands Partnership University
                NHS Foundation Trust
├── R1E@2011-09-01  {PARTNERSHIP}
│                   trust, 1 September 2011 to 31 May 2018
│                   acquisition, 1 June 2018; announced as a merger; cited, high
│                   confidence [1-2]
└── RRE@2001-04-01  South Staffordshire and Shropshire Healthcare NHS Foundation
                    Trust
                    trust, 1 April 2001 to 31 May 2018
                    acquisition, 1 June 2018; announced as a merger; cited, high
                    confidence [1-2]
    └── RXX@1994-04-01  Old Staffordshire
                        trust, 1 April 1994 to 31 March 2001
                        replacement, 1 April 2001; inferred from register rows
                        [3]

Sources
[1] A publisher, “About hsj”
[2] A publisher, “About mpft”
[3] A publisher, the succ list, as at May 2026
"""
    )


@pytest.mark.parametrize("asked", ["RRE", "rre@2018-06-01", "mpft", NOW, MERGED.upper()])
def test_a_body_can_be_asked_for_in_many_ways(register: str, asked: str) -> None:
    """Code, key, abbreviation and whole names, present or former, mean the same body."""
    assert document("lineage", asked, "--register", register)["root"] == "RRE@2018-06-01"


def test_a_name_need_not_be_quoted(register: str) -> None:
    """Words of a name given one by one are one name."""
    assert document("lineage", *BEFORE.split(), "--register", register)["root"] == "RRE@2001-04-01"


def test_lineage_marks_parts(register: str) -> None:
    """A body that gave a part is marked as one, with the share; whole transfers alone leave it out."""
    text = folded(run("lineage", "R0A", "--register", register))
    assert "split, 1 October 2021, in part: 40.0% by floor area; inferred" in text
    whole = run("lineage", "R0A", "--whole-only", "--register", register)
    assert "RW6" not in whole
    assert "No source in this register says what came before it." in whole


def test_lineage_leads_forward_too(register: str) -> None:
    """Descendants are shown under their names of the day."""
    text = run("lineage", "R1E", "--descendants", "--register", register)
    assert f"└── RRE@2018-06-01  {MERGED}" in text
    nothing = run("lineage", "R0A", "--descendants", "--register", register)
    assert "No source in this register says what followed it." in nothing


def test_lineage_stops_at_a_depth_and_says_so(register: str) -> None:
    """What a limit hides is counted, never left out in silence."""
    text = run("lineage", "MPFT", "--depth", "1", "--register", register)
    assert "RXX" not in text
    assert "(more lies beyond it: 1 transfer)" in text
    assert document("lineage", "MPFT", "--depth", "1", "--register", register)["complete"] is False


def test_lineage_ends_in_a_circle(register: str) -> None:
    """Sources that turn in a circle are shown once, and said to."""
    text = run("lineage", "RZ1", "--register", register)
    assert text.count("RZ1@unknown") == 2
    assert "(stands above, with what lies beyond it)" in text


def test_lineage_as_json_is_a_graph(register: str) -> None:
    """Every body and every event once, and the transfers between them."""
    found = document("lineage", "MPFT", "--register", register)
    assert list(found) == [
        "root", "direction", "parts", "depth", "complete", "organisations", "transfers", "events", "sources"
    ]  # fmt: skip
    assert [body["key"] for body in found["organisations"]] == [
        "RRE@2018-06-01", "R1E@2011-09-01", "RRE@2001-04-01", "RXX@1994-04-01"
    ]  # fmt: skip
    assert found["organisations"][0] == {
        "key": "RRE@2018-06-01",
        "code": "RRE",
        "name": MERGED,
        "kind": "Trust",
        "period": {"start": "2018-06-01", "end": None},
        "operational": None,
        "seen": None,
    }
    assert found["transfers"][0] == {
        "giver": "R1E@2011-09-01",
        "receiver": "RRE@2018-06-01",
        "day": "2018-06-01",
        "whole": True,
        "event": "mpft",
        "shares": [],
    }
    assert [event["id"] for event in found["events"]] == ["mpft", "2001-04-01-RXX-RRE"]
    assert [source["id"] for source in found["sources"]] == ["hsj", "mpft", "succ@2026-05"]


# --- trace and resolve ------------------------------------------------------------------------------------------


def test_trace_tells_the_story(register: str) -> None:
    """The body, what it became, each event, the sources."""
    text = folded(run("trace", "R1E", "--to", "2026-04-01", "--register", register))
    assert f"{PARTNERSHIP} (R1E) existed from 1 September 2011 to 31 May 2018." in text
    assert f"By 1 April 2026 it has been succeeded by {NOW} (RRE)." in text
    assert "Planned since 2016." in text
    assert "[1] A publisher, “About hsj”" in text


def test_trace_as_json_has_the_steps(register: str) -> None:
    """The outcome's keys, and the transfers on the way."""
    found = document("trace", "R1E", "--to", "2026-04-01", "--register", register)
    assert found["outcome"] == "Succeeded"
    assert found["steps"] == [{"giver": "R1E@2011-09-01", "receiver": "RRE@2018-06-01", "event": "mpft"}]


def test_trace_draws_a_chart_that_is_not_wrapped(register: str) -> None:
    """Mermaid's lines stay whole, however narrow the terminal."""
    text = run("trace", "R1E", "--to", "2026-04-01", "--mermaid", "--register", register)
    assert text.startswith("flowchart LR\n")
    assert f'n0["R1E<br/>{PARTNERSHIP}<br/>2011-09-01/2018-05-31"]' in text


@pytest.mark.parametrize(
    ("asked", "on", "outcome", "codes", "words"),
    [
        ("RRE", "2026-04-01", "Current", ["RRE"], "On 1 April 2026 RRE is open"),
        ("R1E", "1 April 2026", "Succeeded", ["RRE"], "By 1 April 2026 R1E has been succeeded by RRE"),
        ("RW6", "01/04/2026", "Divided", ["R0A", "RM3"], "By 1 April 2026 RW6 has been divided among R0A"),
        ("RYH", "2026-04-01", "Ended", [], "By 1 April 2026 RYH has ended, and nothing followed."),
        ("R0A", "2001-04-01", "NotYetOpen", [], "On 1 April 2001 R0A is not open yet."),
        ("RZ1", "2026-04-01", "Unknown", [], "What became of RZ1 by 1 April 2026 is not known."),
    ],
)
def test_resolve_gives_one_of_six_outcomes(
    register: str, asked: str, on: str, outcome: str, codes: list[str], words: str
) -> None:
    """Each outcome in a sentence and in JSON; a day may be written as people write it."""
    assert words in folded(run("resolve", asked, "--on", on, "--register", register))
    found = document("resolve", asked, "--on", on, "--register", register)
    assert (found["outcome"], found["codes"]) == (outcome, codes)
    assert list(found) == [
        "asked", "outcome", "code", "key", "on", "reading", "codes", "organisations", "events", "notes", "sources"
    ]  # fmt: skip


def test_resolve_shows_the_way(register: str) -> None:
    """Each event of the way with its day, its bodies by their names of the day, and what it rests on."""
    text = folded(run("resolve", "R1E", "--on", "2026-04-01", "--register", register))
    assert (
        f"2018-06-01 acquisition: R1E ({PARTNERSHIP}), RRE ({BEFORE}) -> RRE ({MERGED}); "
        "announced as a merger; cited, high confidence"
    ) in text


def test_resolve_by_operational_dates(register: str) -> None:
    """The other reading is asked for by name, and a reading without dates of its own says so."""
    found = document("resolve", "RRE", "--on", "2026-04-01", "--reading", "operational", "--register", register)
    assert found["reading"] == "operational"
    assert "no source gives operational dates" in found["notes"][0]


# --- show -------------------------------------------------------------------------------------------------------


def test_show_prints_a_record(register: str) -> None:
    """A bare code shows its bodies, names, dates, what it belonged to, events and sources."""
    text = run("show", "RRE", "--register", register)
    assert text.startswith(f"RRE  {NOW}\n")
    for part in (
        "code, legal    since 1 April 2001 [1]\n",
        "abbreviations  MPFT, SSSFT\n",
        "roles          RO197 NHS trust, since 1 April 2001\n",
        "ONS codes      E00000001\n",
        "postcode       ST16 3SR\n",
        "Bodies under this code\nRRE@2001-04-01  South",
        f"Names\n  {BEFORE}\n  since 1 April 2001, until 31 May 2018 [2]\n",
        "geography  QNC Staffordshire, as at 31 October 2020 [3]\n",
        "region     Y60, since 1 April 2020 [4]\n",
        "Events\n2001-04-01  replacement: RXX (Old Staffordshire) -> RRE",
        "Sources\n[1] A publisher, the etr list, as at 31 July 2026\n",
    ):
        assert part in text


def test_show_prints_the_body_of_a_day(register: str) -> None:
    """With a day the body of that day, its name then, its form, its era, its parents and events."""
    text = run("show", "RRE", "--on", "2018-05-31", "--register", register)
    assert folded(text).startswith(f"RRE@2001-04-01 {BEFORE} on 31 May 2018 kind trust form NHS foundation trust")
    assert "body         1 April 2001 to 31 May 2018\n" in text
    assert MERGED not in text.partition("Events")[0]
    later = folded(run("show", "RRE", "--on", "2020-10-31", "--register", register))
    assert "system QNC (Staffordshire)" in later
    assert "region Y60 (this register has no organisation Y60)" in later


def test_show_infers_a_parent_and_says_so(register: str) -> None:
    """A parent of the day that no source gives for the day itself is marked, with the days between."""
    text = folded(run("show", "RRE", "--on", "2022-01-01", "--register", register))
    assert "QNC (Staffordshire) (inferred between 31 October 2020 and 1 January 2022)" in text


def test_show_prints_a_body_by_its_key_or_abbreviation(register: str) -> None:
    """A key or an abbreviation shows its era, on no day."""
    for asked in ("RRE@2001-04-01", "SSSFT"):
        text = run("show", asked, "--register", register)
        assert folded(text).startswith(f"RRE@2001-04-01 {BEFORE} kind trust body 1 April 2001 to 31 May 2018")
        assert "form" not in text.partition("Names")[0]


def test_show_prints_what_little_is_known(register: str) -> None:
    """A body outside the register, one that nobody names, and one of which more is told."""
    assert (
        run("show", "body:a-council", "--register", register)
        == """\
body:a-council  A Council
kind  body outside the register
body  start unknown, end unknown
"""
    )
    assert document("show", "A Council", "--on", "2020-01-01", "--register", register)["record"] is None
    unnamed = run("show", "RZ1@unknown", "--register", register)
    assert "by the shape of its code: no source says its kind" in unnamed
    assert "Names" not in unnamed
    more = run("show", "RQ2@2001-04-01", "--register", register)
    assert "sector       Acute\nnation       England\n" in more
    assert "Events" not in more


def test_show_prints_a_record_without_names(register: str) -> None:
    """A code that only succession rows name has a record too."""
    text = run("show", "RZ1", "--register", register)
    assert text.startswith("RZ1  name unknown\n")
    assert "Names" not in text


def test_show_tells_operational_dates(register: str) -> None:
    """Where a source gives operational dates they stand beside the legal ones."""
    text = run("show", "RYH", "--register", register)
    assert "code, operational  start unknown, until 31 December 2013" in text
    assert "closure: RYH (NHS Direct); nothing followed; cited" in folded(text)


def test_show_as_json(register: str) -> None:
    """A record and a body have documented keys."""
    record = document("show", "RRE", "--register", register)
    assert list(record) == [
        "code", "legal", "operational", "abbreviations", "gss", "postcode",
        "organisations", "names", "statements", "facts", "events", "sources",
    ]  # fmt: skip
    assert [name["name"] for name in record["names"]] == [BEFORE, MERGED, NOW]
    assert {"property": "gss", "value": "E00000001", "period": None, "sources": ["etr@2026-07-31"]} in record[
        "statements"
    ]
    body = document("show", "RRE", "--on", "2020-10-31", "--register", register)
    assert list(body) == [
        "key", "code", "name", "kind", "period", "operational", "seen", "on", "title", "inferred_kind", "record",
        "names", "facts", "parents", "events", "form", "sector", "nation", "sources",
    ]  # fmt: skip
    assert (body["name"], body["on"]) == (MERGED, "2020-10-31")
    assert body["parents"][0]["organisation"]["code"] == "QNC"
    assert document("show", "QNC", "--on", "2020-10-31", "--register", register)["title"].startswith("sustainability")


def test_show_refuses_a_day_on_which_the_body_was_not_open(register: str) -> None:
    """A code that was closed, and a key whose code had another body that day, are said to be."""
    assert "R1E was not open on 2020-01-01" in error(
        "show", "R1E", "--on", "2020-01-01", "--register", register, exit_code=1
    )
    said = error("show", "SSSFT", "--on", "2020-01-01", "--register", register, exit_code=1)
    assert "RRE@2001-04-01 was not open on 2020-01-01. RRE@2018-06-01 was" in said


# --- find -------------------------------------------------------------------------------------------------------


def test_find_lists_the_best_first(register: str) -> None:
    """Score, key, latest name, what matched if that is another name, kind and days."""
    text = run("find", "south", "staffordshire", "--register", register)
    assert folded(text).startswith("7")
    assert f"RRE@2001-04-01  {BEFORE}"[: WIDTH - 4] in text.splitlines()[0]
    assert "abbreviation MPFT" in run("find", "mpft", "--register", register)
    assert "initials of" in run("find", "SSSHFT", "--register", register)
    assert f"former name {MERGED}" in run("find", MERGED, "--register", register)


def test_find_as_json(register: str) -> None:
    """The query and every match, with what matched."""
    found = document("find", "MPFT", "--register", register)
    assert found["query"] == "MPFT"
    [match] = found["matches"]
    assert list(match) == ["code", "score", "matched", "text", "former", "exact", "organisation"]
    assert (match["code"], match["matched"], match["text"], match["exact"]) == ("RRE", "abbreviation", "MPFT", True)


def test_find_keeps_to_a_limit(register: str) -> None:
    """No more matches than asked for."""
    assert len(document("find", "trust", "--limit", "2", "--register", register)["matches"]) == 2


def test_find_says_when_nothing_is_found(register: str) -> None:
    """No match is exit code 1 and a sentence; as JSON still a document; a damaged code is recognised."""
    assert "error: nothing found for 'zzzz'. Try fewer words" in error(
        "find", "zzzz", "--register", register, exit_code=1
    )
    assert "try 5E1 or 5E001" in error("find", "5.00E+01", "--register", register, exit_code=1)
    assert document("find", "zzzz", "--register", register, exit_code=1) == {"query": "zzzz", "matches": []}


# --- events, releases, check ------------------------------------------------------------------------------------


def test_events_are_listed_in_order_of_time(register: str) -> None:
    """Day, kind, bodies, parts, story and basis of each; all of them, or one organisation's, or of a kind."""
    text = folded(run("events", "--register", register))
    assert text.index("1999-04-01 succession") < text.index("2018-06-01 acquisition") < text.index("2021-10-01 split")
    assert "RW6@2002-04-01 to R0A@2017-10-01 in part: 40.0% by floor area" in text
    assert "2019-04-01 merger: QNC (Staffordshire) -> R0A (Manchester University)" in text
    assert "proposed; cited" in text
    assert [e["id"] for e in document("events", "--code", "R1E", "--register", register)["events"]] == ["mpft"]
    kinds = {e["kind"] for e in document("events", "--kind", "split", "--register", register)["events"]}
    assert kinds == {"split"}


def test_events_of_a_body_without_any(register: str) -> None:
    """No event is said, not printed as nothing."""
    assert run("events", "--code", "RQ1", "--register", register) == "No event in this register.\n"


def test_events_are_counted(register: str) -> None:
    """A summary by kind and by what they rest on."""
    assert (
        run("events", "--summary", "--register", register)
        == """\
             all  cited  inferred
acquisition    1      1         0
closure        1      1         0
merger         1      1         0
replacement    1      0         1
split          1      0         1
succession     1      0         1
all            6      3         3

to 2000    1: succession 1
2001-2005  1: replacement 1
2006-2010  0
2011-2015  1: closure 1
2016-2020  2: acquisition 1, merger 1
2021 on    1: split 1
"""
    )
    found = document("events", "--summary", "--register", register)
    assert found["total"] == 6
    assert found["kinds"]["split"] == {
        "cited": 0, "inferred": 1,
        "periods": {"to 2000": 0, "2001-2005": 0, "2006-2010": 0, "2011-2015": 0, "2016-2020": 0, "2021 on": 1},
    }  # fmt: skip


def test_ends_are_covered(register: str) -> None:
    """How many bodies of each kind ended since 2001, by what each end is explained, and the rest by name."""
    text = run("events", "--coverage", "--register", register)
    assert folded(text).startswith("ended by document by lists row only explained Trust 4 0 0 4 0%")
    assert "RYH (NHS Direct)" in folded(text.partition("By a succession row only, or by nothing:")[2])
    found = document("events", "--coverage", "--register", register)
    said = error("events", "--coverage", "--kind", "split", "--register", register, exit_code=2)
    assert said.startswith("error: --coverage does not go with --code, --kind or --summary")
    assert found["since"] == "2001-04-01"
    assert found["kinds"]["Trust"]["ended"] == len(found["kinds"]["Trust"]["rest"]) == 4


def test_an_event_as_json_has_every_field(register: str) -> None:
    """All that the event says, sources by id, and those sources beside it."""
    [found] = document("events", "--code", "R1E", "--register", register)["events"]
    assert list(found) == [
        "id", "kind", "status", "effective", "legal", "announced", "announced_as", "mechanism", "befores", "afters",
        "transfers", "narrative", "confidence", "inferred", "basis", "conflicts", "notes", "completes",
        "nothing_followed", "evidence", "sources",
    ]  # fmt: skip
    assert found["befores"][0] == {
        "key": "R1E@2011-09-01",
        "code": "R1E",
        "fate": "ends",
        "confidence": None,
        "sources": [],
    }
    assert found["sources"] == ["hsj", "mpft"]
    [split] = document("events", "--code", "RW6", "--register", register)["events"]
    assert split["transfers"][0]["shares"] == [{"share": 0.4, "basis": "floor area"}]
    assert split["evidence"][0]["sources"] == ["succ@2026-05"]


def test_releases_tell_what_it_was_made_from(register: str) -> None:
    """The command, the counts, and every report at every date."""
    text = run("releases", "--register", register)
    assert "compiled by     nhs-orgs compile FOLDER\n" in text
    assert "etr  the etr list, A publisher\n2020-10-31  etr.csv\n2026-07-31  etr.csv\n" in text
    found = document("releases", "--register", register)
    assert list(found) == ["release", "covers", "command", "counts", "releases"]
    assert {source["id"] for source in found["releases"]} == {"etr@2020-10-31", "etr@2026-07-31", "succ@2026-05"}


def test_check_lists_findings_by_rule(register: str) -> None:
    """Findings of a rule together, those that say the same on one line; or those of one rule."""
    text = run("check", "--register", register)
    assert "self-succession  2 findings\n4CG71, 4CJ51: names itself; set aside (succ@2026-05)\n" in text
    assert text.endswith("3 findings in all.\n")
    assert document("check", "--rule", "shortcut", "--register", register) == {
        "rules": {"shortcut": 1},
        "findings": [
            {
                "rule": "shortcut",
                "subject": "12J 14J",
                "what": "implied by the way through 13W; set aside",
                "sources": ["succ@2026-05"],
            }
        ],
    }


# --- compile ----------------------------------------------------------------------------------------------------


def reports(folder: Path) -> Path:
    """A folder with a small succession report: two rows, one of them no row, and a file that is no report."""
    folder.mkdir()
    (folder / "succ-2026-05.csv").write_text('"R1E","RRE","","20180601","0"\n"RJF","RTG","","20180631","0"\n', "utf-8")
    (folder / "notes.txt").write_text("nothing\n", "utf-8")
    return folder


def test_compile_writes_a_register_that_can_be_asked(tmp_path: Path) -> None:
    """A compiled folder answers with --register; the report counts what was read and what was not taken."""
    output = tmp_path / "out"
    text = run("compile", str(reports(tmp_path / "in")), "--output", str(output))
    assert "1 row of 1 release" in folded(text)
    assert "2 problems; --problems FILE lists them" in folded(text)
    assert document("resolve", "R1E", "--on", "2018-06-01", "--register", str(output))["codes"] == ["RRE"]


def test_compile_records_how_with_no_path_of_this_machine(tmp_path: Path) -> None:
    """The manifest tells the command to repeat, kinds in order, and names no folder."""
    curated = tmp_path / "curated"
    curated.mkdir()
    (curated / "citations.yaml").write_text("citations: []\n", "utf-8")
    arguments = ["--leave-out", "Site", "--leave-out", "GPPractice", "--leave-out", "Site", "--curation", str(curated)]
    output = tmp_path / "out"
    run("compile", str(reports(tmp_path / "in")), "--output", str(output), *arguments)
    manifest = (output / "manifest.json").read_text("utf-8")
    command = "nhs-orgs compile FOLDER --leave-out GPPractice --leave-out Site --curation CURATION"
    assert json.loads(manifest)["command"] == command
    assert str(tmp_path) not in manifest


def test_compile_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """The same reports make the same register."""
    folder = reports(tmp_path / "in")
    for output in ("one", "two"):
        run("compile", str(folder), "--output", str(tmp_path / output))
    made = [{f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert made[0] == made[1]


def test_compile_writes_problems_as_json_lines(tmp_path: Path) -> None:
    """Every row that was not taken, with its file, line, text and reason."""
    problems = tmp_path / "problems.jsonl"
    text = run(
        "compile", str(reports(tmp_path / "in")), "--output", str(tmp_path / "out"), "--problems", str(problems)
    )  # fmt: skip
    assert f"2problems,listedin{problems}" in "".join(text.split())
    lines = [json.loads(line) for line in problems.read_text("utf-8").splitlines()]
    assert [(line["path"], line["line"]) for line in lines] == [("notes.txt", 0), ("succ-2026-05.csv", 2)]


def test_compile_as_json(tmp_path: Path) -> None:
    """Where it is, its release, and counts."""
    output = tmp_path / "out"
    found = document("compile", str(reports(tmp_path / "in")), "--output", str(output))
    assert list(found) == ["output", "release", "counts"]
    assert list(found["counts"]) == ["sources", "rows", "problems", "records", "events", "findings"]
    assert (found["counts"]["rows"], found["counts"]["problems"]) == (1, 2)


def test_compile_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    """An unknown kind, a folder that is not there or holds no report, and a place that cannot be written to."""
    folder, file = reports(tmp_path / "in"), tmp_path / "file"
    file.write_text("", "utf-8")
    (tmp_path / "empty").mkdir()
    output = str(tmp_path / "out")
    assert "'Sites' is not one of: " in error(
        "compile", str(folder), "--output", output, "--leave-out", "Sites", exit_code=2
    )
    assert "error: " in error("compile", str(tmp_path / "nowhere"), "--output", output, exit_code=2)
    assert "error: " in error("compile", str(tmp_path / "empty"), "--output", output, exit_code=2)
    for arguments in (["--output", str(file)], ["--output", output, "--problems", str(file / "below")]):
        assert "Name another place" in error("compile", str(folder), *arguments, exit_code=2)


def test_compile_shows_its_steps_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step that it is at goes to standard error, and only to a terminal."""
    folder = str(reports(tmp_path / "in"))
    quiet = RUNNER.invoke(app, ["compile", folder, "--output", str(tmp_path / "one")])
    assert quiet.stderr == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = RUNNER.invoke(app, ["compile", folder, "--output", str(tmp_path / "two")])
    assert "joining events" in shown.stderr
    assert "joining events" not in shown.stdout


# --- what goes wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (["lineage", "RRX"], 1, "No organisation 'RRX' in this register. Did you mean RXX"),
        (["lineage", "nonsense of no name"], 1, "No organisation 'nonsense of no name'"),
        (["lineage", "RRE@1999-01-01"], 1, "No organisation 'RRE@1999-01-01'"),
        (["events", "--code", "RRX"], 1, "No organisation 'RRX'"),
        (["lineage", "5.00E+01"], 2, "It may have been 5E1 or 5E001"),
        (["resolve", "RRE", "--on", "2030-01-01"], 2, "2030-01-01 is outside what this register covers"),
        (["resolve", "RRE", "--on", "31/06/2018"], 2, "'31/06/2018' is not a date"),
        (["resolve", "RRE", "--on", "June 2018"], 2, "'June 2018' is not a date: expected one day"),
        (["check", "--rule", "none"], 2, "--rule 'none' is not one of: self-succession, shortcut."),
    ],
)
def test_an_error_of_the_library_is_a_sentence(register: str, arguments: list[str], exit_code: int, words: str) -> None:
    """What is wrong goes to standard error after ``error:``, with 1 for not found and 2 for the rest."""
    said = error(*arguments, "--register", register, exit_code=exit_code)
    assert said.startswith("error: ")
    assert words in said


def test_a_name_that_several_share_is_not_guessed(register: str) -> None:
    """Candidates are listed, each with its code, and none is taken."""
    same = error("lineage", "same name", "--register", register, exit_code=2)
    assert "  RQ1  Same Name\n  RQ2  Same Name\n" in same
    like = error("lineage", "staffordshire", "stoke", "--register", register, exit_code=2)
    assert f"  R1E  {PARTNERSHIP}\n" in like


def test_a_folder_that_is_no_register_is_an_error(tmp_path: Path) -> None:
    """A wrong folder is named, with what to do."""
    said = error("lineage", "RRE", "--register", str(tmp_path), exit_code=2)
    assert said.startswith(f"error: {tmp_path}/manifest.json: ") or "manifest.json" in said


def test_days_have_no_default() -> None:
    """A question about a day must say which."""
    assert "--on" in error("resolve", "RRE", exit_code=2)
    assert "--to" in error("trace", "RRE", exit_code=2)


# --- every command ----------------------------------------------------------------------------------------------

QUESTIONS = [
    ["lineage", "MPFT"],
    ["lineage", "RZ1", "--descendants"],
    ["trace", "RW6", "--to", "2026-04-01"],
    ["resolve", "RW6", "--on", "2026-04-01"],
    ["show", "RRE"],
    ["show", "RRE", "--on", "2018-05-31"],
    ["statements", "RRE"],
    ["find", "staffordshire"],
    ["events"],
    ["events", "--summary"],
    ["events", "--coverage"],
    ["releases"],
    ["check"],
    ["changes", "--since", "2020-10-31", "--until", "2026-07-31"],
    ["sites", "RRE", "--on", "2018-06-01"],
    ["place", "RRE"],
    ["crosswalk", "RW6", "--to", "2026-04-01", "--splits", "divide"],
]
OF_FILES = {"compile", "restate"}
"""Commands that need a file of the caller's."""


def test_every_command_is_among_the_questions() -> None:
    """The lists of these tests leave no command out."""
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert commands == {question[0] for question in QUESTIONS} | OF_FILES


@pytest.mark.parametrize("name", sorted({question[0] for question in QUESTIONS} | OF_FILES))
def test_every_command_has_json_and_an_example(name: str) -> None:
    """Each command offers JSON, and its help shows how to call it."""
    text = run(name, "--help")
    assert "--json" in text
    assert f"Example: nhs-orgs {name}" in text
    assert ("--register FOLDER" in text) is (name != "compile")


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_text_is_plain_and_fits(
    register: str, question: list[str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where output is no terminal it is plain text, wrapped to its width, with nothing cut off and no blanks behind."""
    monkeypatch.setenv("COLUMNS", str(width))
    text = run(*question, "--register", register)
    lines = text.splitlines()
    assert "\x1b" not in text
    assert "…" not in text
    assert [line for line in lines if line != line.rstrip()] == []
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_json_is_json_even_in_colour(register: str, question: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that asks for colour still gets JSON that a program can read."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert isinstance(document(*question, "--register", register), dict)


def test_a_terminal_gets_colour(register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal keys stand out."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1mRRE@2018-06-01" in run("lineage", "MPFT", "--register", register)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-8"])
def test_any_stream_takes_the_output(register: str, encoding: str) -> None:
    """A stream that is not in Unicode gets plain guides and the nearest letters, never an error."""
    done = subprocess.run(
        [sys.executable, "-m", "nhs_orgs", "lineage", "MPFT", "--register", register],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    text = done.stdout.decode(encoding)
    assert ("+-- R1E" in text) is (encoding != "utf-8")
    assert ("├── R1E" in text) is (encoding == "utf-8")
    quoted = '"About hsj"' if encoding in {"ascii", "cp437"} else "“About hsj”"
    assert quoted in text
    assert "?" not in text


def test_the_nearest_letters() -> None:
    """Typographic marks become plain ones, anything else a question mark; other faults are none of its business."""
    assert nearest(UnicodeEncodeError("ascii", "a“é”b", 1, 4, "")) == ('"?"', 4)
    with pytest.raises(UnicodeDecodeError):
        nearest(UnicodeDecodeError("ascii", b"", 0, 1, ""))


def test_streams_of_another_sort_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that some program puts in place of standard output need not be reconfigured."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    prepare()
    assert run("check", "--help")


def test_json_on_a_stream_that_is_not_in_unicode_is_escaped(register: str) -> None:
    """JSON says the same in any encoding."""
    done = subprocess.run(
        [sys.executable, "-m", "nhs_orgs", "show", "QNC", "--json", "--register", register],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == document("show", "QNC", "--register", register)


def test_the_command_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`main` runs the command under its own name, and --version tells the code's version and the data's."""
    monkeypatch.setattr(sys, "argv", ["anything", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "Usage: nhs-orgs" in capsys.readouterr().out
    assert run("--version").splitlines()[0].startswith("nhs-orgs ")
    assert "register as at" in run("--version")
