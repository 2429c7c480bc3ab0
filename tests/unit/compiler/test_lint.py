"""Curated entries that are odd beside the register are found: each rule finds its fault, and no other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rows import follows, listed, store

from nhs_orgs.compiler import Curation, read_curation
from nhs_orgs.compiler.lint import lint
from nhs_orgs.readers.base import Row
from nhs_orgs.register import load

DAY = "2018-06-01"
PAIR = (listed("RAA", "2001-04-01", "2018-05-31"), listed("RBB", "2001-04-01"))
ROWS: tuple[Row, ...] = (*PAIR, follows("RAA", "RBB", DAY))

EVENT: dict[str, Any] = {
    "id": "told", "kind": "acquisition", "effective": DAY, "narrative": "So.", "confidence": "high",
    "citations": ["order"],
    "befores": [{"code": "RAA", "fate": "ends"}, {"code": "RBB", "fate": "continues"}],
    "afters": [{"code": "RBB", "fate": "continues", "new_era": True}],
    "transfers": [{"from": "RAA", "to": "RBB", "extent": "whole"}],
}  # fmt: skip
SAID: dict[str, Any] = {"ends": ["RAA"], "effective": DAY, "confidence": "high", "citations": ["order"]}
NAME: dict[str, Any] = {"code": "RBB", "confidence": "high", "citations": ["order"]}
FACT: dict[str, Any] = {
    "code": "RBB", "property": "cqc_rating", "value": "Good", "confidence": "high", "citations": ["order"],
}  # fmt: skip


def part(to: str, share: float) -> dict[str, Any]:
    """A part, with its share."""
    return {"from": "RAA", "to": to, "extent": "part", "shares": [{"share": share, "basis": "beds"}]}


def findings(folder: Path, entries: dict[str, Any], rows: Iterable[Row] = ROWS) -> list[tuple[str, str]]:
    """Rule and subject of each finding of some entries."""
    cited = [{"id": "order", "publisher": "P", "title": "An order", "published": "2018"}]
    lists: dict[str, Any] = {"citations": cited, **entries}
    (folder / "entries.yaml").write_text(yaml.safe_dump(lists), encoding="utf-8")
    curation: Curation = read_curation(folder)
    return [(finding.rule, finding.subject) for finding in lint(curation, store(*rows, curation=curation))]


SOUND: dict[str, dict[str, Any]] = {
    "an event": {"events": [EVENT]},
    "a confirmation": {"confirmations": [SAID]},
    "a day that is said to differ": {"confirmations": [SAID | {"effective": "2018-09-01", "conflicts": "A draft."}]},
    "a day in law": {"confirmations": [SAID | {"effective": "2018-06", "legal": "2018-10-01"}]},
    "names that meet": {
        "names": [NAME | {"name": "A", "until": "2010-03-31"}, NAME | {"name": "B", "since": "2010-04-01"}],
    },
    "names that may meet": {"names": [NAME | {"name": "A", "until": "2010"}, NAME | {"name": "B", "since": "2010"}]},
    "a fact in its days": {"facts": [FACT | {"on": "2018"}]},
    "two parts of one file": {
        "events": [EVENT | {"citations": ["order", "other"]}],
        "citations": [{"id": "order", "publisher": "P", "title": "Order 1", "url": "https://x.org/all.zip#1"},
                      {"id": "other", "publisher": "P", "title": "Order 2", "url": "https://x.org/all.zip#2"}],
    },
    "two articles of one day": {
        "events": [EVENT | {"citations": ["order", "other"]}],
        "citations": [{"id": "order", "publisher": "P", "title": "News", "published": "2018", "url": "https://x.org/1"},
                      {"id": "other", "publisher": "P", "title": "News", "published": "2018", "url": "https://x.org/2"}],
    },
    "shares that make one": {"events": [EVENT | {"transfers": [part("RBB", 0.6), part("RCC", 0.395)]}]},
}  # fmt: skip

ODD: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "two events": (
        {"events": [EVENT | {"befores": [{"code": "RAA", "fate": "gives"}], "effective": "2017-12-01", "id": "again",
                             "conflicts": "A first step."},
                    EVENT | {"befores": [{"code": "RAA", "fate": "gives"}]}]},
        [("two entries about one event", "again told")],
    ),
    "an event and a confirmation": (
        {"events": [EVENT], "confirmations": [SAID]}, [("two entries about one event", "RAA")],
    ),
    "the same confirmation twice": (
        {"confirmations": [SAID, SAID | {"effective": "2018-06"}]}, [("two entries about one event", "RAA")],
    ),
    "a row of another day": (
        {"events": [EVENT | {"effective": "2018-09-01"}]},
        [("against the register without saying so", "told")] * 2,
    ),
    "a list of another day": (
        {"confirmations": [SAID | {"effective": "2018-09-01"}]}, [("against the register without saying so", "RAA")],
    ),
    "a day of the confirmation alone": (
        {"confirmations": [SAID | {"effective": "2018-09"}]}, [("against the register without saying so", "RAA")] * 2,
    ),
    "before a life": (
        {"events": [EVENT | {"effective": "1999-01-01", "conflicts": "Old."}]},
        [("outside the life of a body", "told")] * 2,
    ),
    "after a life": (
        {"events": [EVENT | {"befores": [{"code": "RBB", "fate": "ends"}], "effective": "2020-01-01",
                             "afters": [{"code": "RAA", "fate": "gains"}], "transfers": [], "conflicts": "Odd."}]},
        [("outside the life of a body", "told")],
    ),
    "a fact before": ({"facts": [FACT | {"on": "1999"}]}, [("outside the life of a body", "RBB")]),
    "names that overlap": (
        {"names": [NAME | {"name": "A", "until": "2010-03-31"}, NAME | {"name": "B", "since": "2009-04-01"}]},
        [("names that overlap", "RBB")],
    ),
    "a file that is not there": (
        {"releases": [{"path": "x.csv", "as_at": "2018-06-01", "citations": ["order"]}]},
        [("matches nothing", "x.csv")],
    ),
    "members of no file": (
        {"events": [EVENT | {"members": {"kind": "Trust", "listed_in": "x.csv"}}]}, [("matches nothing", "told")],
    ),
    "a row that is not there": (
        {"events": [EVENT | {"replaces_rows": [["RAA", "RCC"]]}]}, [("matches nothing", "told")],
    ),
    "a confirmation of nothing": (
        {"confirmations": [SAID | {"ends": ["RBB"]}]}, [("matches nothing", "RBB")],
    ),
    "shares of less": (
        {"events": [EVENT | {"transfers": [part("RBB", 0.6), part("RCC", 0.3)]}]},
        [("shares that are no whole", "told")],
    ),
    "a document that is a file": (
        {"events": [EVENT],
         "citations": [{"id": "order", "publisher": "P", "title": "T", "published": "2018", "file": "x.csv"}]},
        [("matches nothing", "order")],
    ),
    "a document of nobody": ({}, [("citation never used", "order")]),
    "a document under two ids": (
        {"events": [EVENT | {"citations": ["order", "again"]}],
         "citations": [{"id": "order", "publisher": "P", "title": "An order", "url": "http://www.x.org/order/"},
                       {"id": "again", "publisher": "Q", "title": "A notice", "url": "https://x.org/order"}]},
        [("one document cited as two", "order again")],
    ),
    "a document declared twice": (
        {"events": [EVENT | {"citations": ["order", "again"]}],
         "citations": [{"id": "order", "publisher": "P", "title": "An Order", "published": "2018"},
                       {"id": "again", "publisher": "P", "title": "An order", "published": "2018"}]},
        [("one document cited as two", "order again")],
    ),
    "an entry that cites twice": (
        {"events": [EVENT | {"citations": ["order", "order"]}]}, [("one document cited as two", "order")],
    ),
    "a document that is nowhere": (
        {"events": [EVENT], "citations": [{"id": "order", "publisher": "P", "title": "An order"}]},
        [("citation without address", "order")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("entries", SOUND.values(), ids=SOUND)
def test_what_is_sound(tmp_path: Path, entries: dict[str, Any]) -> None:
    """Sound entries have no finding."""
    rows = (*ROWS, listed("RCC", "2001-04-01"))
    assert findings(tmp_path, entries, rows) == []


@pytest.mark.parametrize(("entries", "found"), ODD.values(), ids=ODD)
def test_what_is_odd(tmp_path: Path, entries: dict[str, Any], found: list[tuple[str, str]]) -> None:
    """Each fault is found under its rule and its subject, and nothing else is."""
    rows = (*ROWS, listed("RCC", "2001-04-01"))
    assert findings(tmp_path, entries, rows) == found


def test_a_body_that_lists_show_open(tmp_path: Path) -> None:
    """An entry that ends a body which a newer list shows open is found."""
    rows = (listed("RAA", "2001-04-01"), ROWS[1])
    assert findings(tmp_path, {"events": [EVENT]}, rows) == [("against the register without saying so", "told")]


def test_the_bundled_entries_are_sound() -> None:
    """The files that come with the library have no finding beside the register that was compiled with them."""
    assert load().lint() == ()
