"""Each event tells on what it rests, and who confirms the fate of each body in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rows import compiled, follows, listed

from nhs_orgs.compiler import Curation, read_curation
from nhs_orgs.errors import CurationError
from nhs_orgs.events import Basis, ChangeEvent, Fate
from nhs_orgs.readers.base import Row
from nhs_orgs.register import Register

NAMES = "trust-names-incl-closed@2025-02"
DAY = "2018-06-01"
ROW = follows("RAA", "RBB", DAY)
LISTS = (listed("RAA", "2001-04-01", "2018-05-31"), listed("RBB", "2001-04-01"))
UNDATED = (listed("RAA", by=NAMES, name="A"), listed("RBB", by=NAMES, name="B"))


def only(made: Register) -> ChangeEvent:
    """The one event there is."""
    (event,) = made.events()
    return event


def who(event: ChangeEvent) -> dict[str, list[str]]:
    """By code, who confirms its fate."""
    return {p.code or p.key: [s.id for s in p.sources] for p in (*event.befores, *event.afters)}


def told(folder: Path, **entry: Any) -> Curation:  # noqa: ANN401 - any field of an entry
    """A curation of one event, by default an acquisition."""
    return events(folder, entry)


def events(folder: Path, *entries: dict[str, Any]) -> Curation:
    """A curation of events: each an acquisition of the one by the other, but for what it says."""
    usual = {
        "id": "told", "kind": "acquisition", "effective": DAY, "narrative": "So.", "confidence": "high",
        "citations": ["order"],
        "befores": [{"code": "RAA", "fate": "ends"}, {"code": "RBB", "fate": "continues"}],
        "afters": [{"code": "RBB", "fate": "continues", "new_era": True}],
        "transfers": [{"from": "RAA", "to": "RBB", "extent": "whole"}],
    }  # fmt: skip
    cited = [{"id": "order", "publisher": "P", "title": "An order"}]
    text = yaml.safe_dump({"citations": cited, "events": [{**usual, **entry} for entry in entries]})
    (folder / "entries.yaml").write_text(text, encoding="utf-8")
    return read_curation(folder)


# --- who confirms ---------------------------------------------------------------------------------------------------


def test_rows_alone_confirm_nobody() -> None:
    """An event of succession rows without any list is register only."""
    event = only(compiled(*UNDATED, ROW))
    assert event.basis == (Basis.REGISTER,)
    assert who(event) == {"RAA": [], "RBB": []}


def test_lists_that_agree_are_named() -> None:
    """A list that closes the one, and shows the other open before and after, confirms both."""
    event = only(compiled(*LISTS, ROW))
    assert event.basis == (Basis.LISTED,)
    assert who(event) == {"RAA": ["etr@2026-07-31"], "RBB": ["etr@2026-07-31"]}


@pytest.mark.parametrize(
    ("first", "confirmed"),
    [("2018-06-01", True), ("2018-01-01", True), ("2017-11-29", True), ("2018-06-02", True)],
)
def test_a_shell_confirms_one_that_is_new(first: str, confirmed: bool) -> None:  # noqa: FBT001
    """A list that begins the new body on the day, or up to half a year before, confirms it."""
    event = only(compiled(LISTS[0], listed("RBB", first), ROW))
    assert [p.fate for p in event.afters] == [Fate.NEW]
    assert bool(who(event)["RBB"]) is (confirmed and first <= DAY)


def test_an_end_printed_as_a_first_day_confirms() -> None:
    """A list whose last day is the first of a month means the day before."""
    event = only(compiled(listed("RAA", "2001-04-01", "2018-06-01"), LISTS[1], ROW))
    assert str(event.effective) == "2018-06-01"
    assert event.basis == (Basis.LISTED,)


def test_a_list_that_ends_it_on_another_day_confirms_nothing() -> None:
    """A close of another day is no confirmation, whatever the row says."""
    event = only(compiled(listed("RAA", "2001-04-01", "2018-03-31"), LISTS[1], ROW))
    assert who(event)["RAA"] == []
    assert event.basis == (Basis.REGISTER,)


def test_one_end_without_a_list_is_register_only() -> None:
    """All who end must be in the lists."""
    rows: list[Row] = [*LISTS, listed("RCC", by=NAMES, name="C"), ROW, follows("RCC", "RBB", DAY)]
    assert only(compiled(*rows)).basis == (Basis.REGISTER,)


def test_who_took_over_may_be_told_by_a_row_alone() -> None:
    """Where lists end a body and none tells whether its receiver was new, the event is register only as well."""
    event = only(compiled(LISTS[0], UNDATED[1], ROW))
    assert who(event) == {"RAA": ["etr@2026-07-31"], "RBB": []}
    assert event.basis == (Basis.REGISTER, Basis.LISTED)
    assert "Only the register's succession rows say who took over." in event.explain()


def test_of_how_many_a_row_alone_tells_who_took_over(tmp_path: Path) -> None:
    """Of several that end, the story counts those of which no document tells who took over."""
    confirmation = {"ends": ["RAA"], "into": ["RBB"], "effective": DAY, "confidence": "high", "citations": ["order"]}
    cited = [{"id": "order", "publisher": "P", "title": "An order"}]
    text = yaml.safe_dump({"citations": cited, "confirmations": [confirmation]})
    (tmp_path / "entries.yaml").write_text(text, encoding="utf-8")
    rows = (LISTS[0], UNDATED[1], ROW, listed("RCC", "2001-04-01", "2018-05-31"), follows("RCC", "RBB", DAY))
    event = only(compiled(*rows, curation=read_curation(tmp_path)))
    assert Basis.REGISTER in event.basis
    said = "For one of the two bodies that ended, only the register's succession rows say who took over."
    assert said in event.explain()


def test_two_lists_together_show_that_a_body_went_on() -> None:
    """One source may show it open before, another after."""
    rows: list[Row] = [LISTS[0], listed("RBB", "2001-04-01", "2020-03-31", by="trust-dates@2021"), ROW]
    (event, _) = compiled(*rows).events()
    assert who(event)["RBB"] == ["trust-dates@2021"]


def test_what_gives_a_part_is_not_listed() -> None:
    """Lists tell nothing of a part that passes between bodies that go on."""
    event = only(compiled(listed("RAA", "2001-04-01"), LISTS[1], ROW))
    assert event.basis == (Basis.REGISTER,)
    assert who(event) == {"RAA": ["etr@2026-07-31"], "RBB": ["etr@2026-07-31"]}


def test_a_closure_and_a_conversion_rest_on_lists() -> None:
    """What lists alone tell rests on them."""
    assert only(compiled(LISTS[0])).basis == (Basis.LISTED,)
    group = listed("00L", "2013-04-01", by="eccg@2023-10", sub_type="C")
    event = only(compiled(group))
    assert (event.basis, who(event)) == ((Basis.LISTED,), {"00L": ["eccg@2023-10"]})


# --- how documents and rows meet ------------------------------------------------------------------------------------


CASES: list[tuple[str, dict[str, Any], tuple[Row, ...], tuple[Basis, ...]]] = [
    ("the same", {}, (*LISTS, ROW), (Basis.LISTED, Basis.CONFIRMED)),
    ("without lists", {"kind": "succession", "befores": [{"code": "RAA", "fate": "ends"}],
                       "afters": [{"code": "RBB", "fate": "unknown"}]}, (*UNDATED, ROW), (Basis.CONFIRMED,)),
    ("a kind", {}, (*UNDATED, ROW), (Basis.REFINED,)),
    ("no row", {}, LISTS, (Basis.LISTED, Basis.ADDED)),
    ("no row, no list", {}, UNDATED, (Basis.ADDED,)),
    ("another day", {"effective": "2018-07-01"}, (*LISTS, ROW), (Basis.CORRECTED,)),
    ("another day and kind", {"effective": "2018-07-01"}, (*UNDATED, ROW), (Basis.REFINED, Basis.CORRECTED)),
    ("a share", {"transfers": [{"from": "RAA", "to": "RBB", "extent": "whole",
                                "shares": [{"share": 1, "basis": "beds"}]}]},
     (*LISTS, ROW), (Basis.LISTED, Basis.CONFIRMED, Basis.REFINED)),
    ("a month that holds the day", {"effective": "2018-06"}, (*LISTS, ROW), (Basis.LISTED, Basis.CONFIRMED)),
    ("rows set aside", {"replaces_rows": [["RAA", "RCC"]]},
     (*LISTS, listed("RCC", "2001-04-01"), ROW, follows("RAA", "RCC", DAY)),
     (Basis.LISTED, Basis.REFINED, Basis.SUPPRESSED)),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "rows", "basis"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_how_a_curated_event_meets_the_rows(
    tmp_path: Path, entry: dict[str, Any], rows: tuple[Row, ...], basis: tuple[Basis, ...]
) -> None:
    """Confirmed, refined, corrected, added or in place of rows; and whether lists agree."""
    event = compiled(*rows, curation=told(tmp_path, **entry)).event("told")
    assert event.basis == basis
    assert all("order" in sources for sources in who(event).values())


def test_an_entry_that_takes_a_row_in_vain_says_so(tmp_path: Path) -> None:
    """Rows between bodies that passed nothing to each other by a curated event are named among its conflicts."""
    rows = (*LISTS, listed("RCC", "2001-04-01"), ROW, follows("RAA", "RCC", DAY))
    event = compiled(*rows, curation=told(tmp_path, replaces_rows=[["RAA", "RCC"]])).event("told")
    assert event.conflicts == (
        f"a succession row of {DAY} from RAA to RCC is set aside: nothing passed between the two by this",
    )
    assert ("RAA", "RCC") in {(row.predecessor, row.successor) for row in event.evidence}
    assert compiled(*rows[:-1], curation=told(tmp_path)).event("told").conflicts == ()


def test_a_shortcut_is_told_by_the_events_that_it_leaps_over(tmp_path: Path) -> None:
    """Whether inferred or curated, an event says which row it made a shortcut, and rests on rows set aside."""
    rows = (*LISTS, listed("RCC", "2001-04-01"), ROW, follows("RBB", "RCC", "2020-04-01"),
            follows("RAA", "RCC", "2020-04-01"))  # fmt: skip
    words = "a succession row of 2020-04-01 from RAA to RCC is set aside: the way through RBB implies it"
    for curation in (Curation(), told(tmp_path), told(tmp_path, conflicts="Papers differ.")):
        for event in compiled(*rows, curation=curation).events():
            assert event.conflicts[-1] == words
            assert Basis.SUPPRESSED in event.basis
            assert ("RAA", "RCC") not in {(row.predecessor, row.successor) for row in event.evidence}


def test_rows_of_two_days_are_one_event_refined(tmp_path: Path) -> None:
    """An entry that joins rows of two days corrects the one day, and refines the kind."""
    entry = {
        "befores": [{"code": "RAA", "fate": "ends"}, {"code": "RCC", "fate": "ends"},
                    {"code": "RBB", "fate": "continues"}],
        "transfers": [{"from": code, "to": "RBB", "extent": "whole"} for code in ("RAA", "RCC")],
    }  # fmt: skip
    rows: list[Row] = [*UNDATED, listed("RCC", by=NAMES, name="C"), ROW, follows("RCC", "RBB", "2018-09-01")]
    event = compiled(*rows, curation=told(tmp_path, **entry)).event("told")
    assert event.basis == (Basis.REFINED, Basis.CORRECTED)
    assert event.conflicts == ("the register's succession rows give 2018-09-01",)


def test_what_remains_of_a_body_that_an_entry_ends_is_a_part(tmp_path: Path) -> None:
    """Rows that a curated end leaves over do not end the body again."""
    rows: list[Row] = [*LISTS, listed("RCC", "2001-04-01"), ROW, follows("RAA", "RCC", DAY)]
    made = compiled(*rows, curation=told(tmp_path)).events()
    part, whole = sorted(made, key=lambda event: event.id)
    assert whole.id == "told"
    assert [(p.code, p.fate) for p in part.befores] == [("RAA", Fate.GIVES), ("RCC", Fate.GAINS)]
    assert "the body ends by told" in part.notes


def test_a_row_goes_to_one_event(tmp_path: Path) -> None:
    """Of two steps of one change, the row is the evidence of the nearer, or of the one that names it."""
    first: dict[str, Any] = {"id": "first", "kind": "service transfer", "effective": "2017-06-01",
             "befores": [{"code": "RAA", "fate": "gives"}, {"code": "RBB", "fate": "gains"}],
             "afters": [{"code": "RBB", "fate": "gains"}],
             "transfers": [{"from": "RAA", "to": "RBB", "extent": "part"}]}  # fmt: skip
    pairs: list[tuple[dict[str, Any], ...]] = [(first, {}), ({}, first)]
    for entries in pairs:
        made = compiled(*LISTS, ROW, curation=events(tmp_path, *entries))
        assert [event.id for event in made.events() if event.evidence] == ["told"]
    made = compiled(*LISTS, ROW, curation=events(tmp_path, first | {"replaces_rows": [["RAA", "RBB"]]}, {}))
    assert [event.id for event in made.events() if event.evidence] == ["first"]


def test_a_body_cannot_end_twice(tmp_path: Path) -> None:
    """Two entries that end one body stop the compilation, and the error names both."""
    curation = events(tmp_path, {}, {"id": "again"})
    with pytest.raises(CurationError, match="RAA is ended by again already") as caught:
        compiled(*LISTS, ROW, curation=curation)
    assert caught.value.entry == "told"


def test_the_members_of_a_list_end_once(tmp_path: Path) -> None:
    """An event that ends all that a file lists leaves out those that another ends by name."""
    everyone = {"id": "everyone", "kind": "closure", "befores": [], "afters": [], "transfers": [],
                "effective": "2020-04-01", "members": {"kind": "Trust", "listed_in": "etr.csv"}}  # fmt: skip
    made = compiled(*LISTS, curation=events(tmp_path, {}, everyone))
    assert [p.code for p in made.event("everyone").befores] == ["RBB"]
