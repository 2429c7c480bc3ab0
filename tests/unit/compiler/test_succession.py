"""Succession rows become dated successions by written rules; what is set aside is told."""

from __future__ import annotations

from datetime import date

import pytest
from builders import source
from rows import follows

from nhs_orgs.compiler.succession import Succession, effective_day, successions
from nhs_orgs.period import UNKNOWN, Bound
from nhs_orgs.sources import Source
from nhs_orgs.store import Finding

FIRST = "releases differ by a day; the first of the month"
NEWER, OLDER = source("succ@2026-05"), source("succ-and-succarc@2022-10")


def printed(*days: str) -> dict[date, list[Source]]:
    """Days printed for a pair: the first by the older release, the others by the newer."""
    return {date.fromisoformat(day): [NEWER if position else OLDER] for position, day in enumerate(days)}


def made(
    *rows: str, closes: dict[str, str] | None = None, shown_open: dict[str, str] | None = None
) -> tuple[tuple[Succession, ...], tuple[Finding, ...]]:
    """Successions from rows written ``RAA RBB 2018-06-01``."""
    bounds: dict[str, Bound] = {code: date.fromisoformat(day) for code, day in (closes or {}).items()}
    shown = {code: date.fromisoformat(day) for code, day in (shown_open or {}).items()}
    return successions([follows(*row.split()) for row in rows], bounds, shown)


def ending(found: tuple[Succession, ...]) -> set[str]:
    """The pairs whose predecessor ends by it."""
    return {f"{one.predecessor} {one.successor}" for one in found if one.ends}


@pytest.mark.parametrize(
    ("days", "close", "day", "rule"),
    [
        (("2018-06-01",), None, "2018-06-01", "as printed"),
        (("2018-06-01",), UNKNOWN, "2018-06-01", "as printed"),
        (("2018-05-31", "2018-06-01"), None, "2018-06-01", FIRST),
        (("2014-07-01", "2014-07-02"), "2014-07-01", "2014-07-01", FIRST),
        (("2001-04-01", "2018-05-31", "2018-06-01"), None, "2018-06-01", FIRST),
        (("2018-06-14", "2018-06-15"), "2018-06-14", "2018-06-15", "the day after the predecessor closed"),
        (("2018-05-31",), "2018-05-31", "2018-06-01", "the day after the predecessor closed"),
        (("2018-06-01",), "2018-05-31", "2018-06-01", "the day after the predecessor closed"),
        (("2012-11-02",), "2012-11-01", "2012-11-01", "the predecessor closed on the first of a month; that day"),
        (("2011-04-01",), "2018-03-31", "2011-04-01", "as printed"),
        (
            ("1999-04-01", "1998-04-01"), None, "1998-04-01",
            "as the newest release prints it; other days are printed too",
        ),
    ],
)  # fmt: skip
def test_the_effective_day(days: tuple[str, ...], close: Bound | str, day: str, rule: str) -> None:
    """The rules apply in their order, and the one that decided is told."""
    bound = date.fromisoformat(close) if isinstance(close, str) else close
    assert effective_day(printed(*days), bound) == (date.fromisoformat(day), rule)


@pytest.mark.parametrize(
    ("days", "close", "start", "day"),
    [
        (("2013-04-02",), None, "2013-04-01", "2013-04-01"),
        (("2013-04-02",), "2013-04-01", "2013-04-01", "2013-04-01"),
        (("2013-04-02",), "2013-04-02", "2013-04-01", "2013-04-03"),
        (("2013-04-03",), None, "2013-04-01", "2013-04-03"),
        (("2013-04-03",), None, "2013-04-02", "2013-04-03"),
        (("2013-04-01",), None, "2013-04-02", "2013-04-01"),
    ],
)
def test_the_day_on_which_the_successor_began(days: tuple[str, ...], close: str | None, start: str, day: str) -> None:
    """A row a day late means the first of the month on which the successor began, if no close says otherwise."""
    bound = date.fromisoformat(close) if close else None
    found, rule = effective_day(printed(*days), bound, date.fromisoformat(start))
    assert found == date.fromisoformat(day)
    assert rule.startswith("the successor began") is (close is None and day == "2013-04-01" != days[0])


def test_the_start_of_a_successor_is_looked_up() -> None:
    """Each pair goes by the first day of its own successor."""
    rows = [follows("13D", "13R", "2013-04-02"), follows("13D", "13S", "2013-04-02")]
    found, _ = successions(rows, {}, {}, {"13R": date(2013, 4, 1), "13D": date(2013, 4, 1)})
    assert [(one.successor, str(one.day)) for one in found] == [("13R", "2013-04-01"), ("13S", "2013-04-02")]


def test_within_one_release_the_earliest_day() -> None:
    """Where one release prints two days far apart, the later repeats the same change."""
    both = {date(1998, 4, 1): [NEWER], date(1999, 4, 1): [NEWER]}
    assert effective_day(both, None)[0] == date(1998, 4, 1)


def test_a_pair_of_codes_is_one_succession() -> None:
    """However many rows print a pair, it is one succession, with each day and each release as evidence."""
    rows = [
        follows("RAA", "RBB", "2018-06-01"),
        follows("RAA", "RBB", "2018-05-31", by="succ-and-succarc@2022-10"),
        follows("RAA", "RBB", "2018-06-01", by="succ-and-succarc@2022-10"),
        follows("RAA", "RBB", "2018-06-01"),
    ]
    (one,), findings = successions(rows, {}, {})
    assert [(str(row.day), [s.id for s in row.sources]) for row in one.evidence] == [
        ("2018-05-31", ["succ-and-succarc@2022-10"]),
        ("2018-06-01", ["succ-and-succarc@2022-10", "succ@2026-05"]),
    ]
    assert findings == ()


def test_a_code_that_succeeds_itself_is_a_finding() -> None:
    """The row makes no succession, and the finding names its releases."""
    found, findings = made("T12 T12 2005-04-01", "T12 T12 2006-04-01")
    assert found == ()
    assert [(f.rule, f.subject, f.sources) for f in findings] == [("self-succession", "T12", ("succ@2026-05",))]


def test_a_row_that_a_path_implies_is_a_finding() -> None:
    """The row is set aside, and the finding names what lies between."""
    found, findings = made("12J 13W 2015-04-01", "13W 14J 2016-04-01", "12J 14J 2016-04-01")
    assert [(one.predecessor, one.successor) for one in found] == [("12J", "13W"), ("13W", "14J")]
    (finding,) = findings
    assert (finding.rule, finding.subject) == ("shortcut", "12J 14J")
    assert "through 13W" in finding.what


def test_the_steps_that_a_row_leaps_over_tell_of_it() -> None:
    """The first and the last step of the path say which row was set aside, and why; no other succession does."""
    found, _ = made(
        "RAA RBB 2000-04-01", "RBB RCC 2001-04-01", "RCC RDD 2002-04-01", "RAA RDD 2003-04-01", "REE RBB 2000-04-01"
    )
    words = "a succession row of 2003-04-01 from RAA to RDD is set aside: the way through RBB, RCC implies it"
    assert {f"{one.predecessor} {one.successor}": one.set_aside for one in found} == {
        "RAA RBB": (words,), "RBB RCC": (), "RCC RDD": (words,), "REE RBB": (),
    }  # fmt: skip


def test_a_repeat_with_quite_another_day_is_told() -> None:
    """A row that repeats a pair with another day is set aside in words; one a day away is not."""
    (far,), _ = made("RAA RBB 1998-04-01", "RAA RBB 1999-04-01")
    assert far.set_aside == (
        "a succession row of 1999-04-01 from RAA to RBB is set aside: another tells the same change, of 1998-04-01",
    )
    (near,), _ = made("RAA RBB 2018-05-31", "RAA RBB 2018-06-01")
    assert near.set_aside == ()


def test_a_long_path_implies_too() -> None:
    """A path of several steps implies a row as one of two does, a circle on the way or not."""
    found, findings = made(
        "RAA RBB 2000-04-01", "RBB RCC 2001-04-01", "RCC RBB 2001-04-01", "RCC RDD 2002-04-01", "RAA RDD 2003-04-01"
    )
    assert "RAA RDD" not in {f"{one.predecessor} {one.successor}" for one in found}
    assert [f.subject for f in findings] == ["RAA RDD"]


@pytest.mark.parametrize(
    "rows",
    [
        ("RAA RBB 2000-04-01", "RBB RCC 2005-04-01", "RAA RCC 2002-04-01"),
        ("RAA RBB 2003-04-01", "RBB RCC 2002-04-01", "RAA RCC 2004-04-01"),
        ("RAA RBB 2000-04-01", "RAA RCC 2000-04-01"),
    ],
)
def test_a_path_that_came_later_implies_nothing(rows: tuple[str, ...]) -> None:
    """A path counts only if each of its steps is dated no later than the row, and in order."""
    found, findings = made(*rows)
    assert len(found) == len(rows)
    assert findings == ()


def test_a_row_at_the_close_is_no_shortcut() -> None:
    """A row dated by the predecessor's own close stands, whatever path there is."""
    found, findings = made(
        "RAA RBB 2005-04-01", "RBB RCC 2005-04-01", "RAA RCC 2005-04-01", closes={"RAA": "2005-03-31"}
    )
    assert len(found) == 3
    assert findings == ()


def test_rows_at_the_close_end_a_body() -> None:
    """With a close, rows before it are parts and the rows at it end the body."""
    found, _ = made("RAA RBB 2005-04-01", "RAA RCC 2010-04-01", closes={"RAA": "2010-03-31"})
    assert ending(found) == {"RAA RCC"}


def test_a_row_before_the_close_ends_nothing() -> None:
    """A body with one row, dated years before its close, gave a part."""
    found, _ = made("RAA RBB 2005-04-01", closes={"RAA": "2010-03-31"})
    assert ending(found) == set()


def test_a_body_ends_once() -> None:
    """Rows after the ones at the close do not end it again."""
    found, _ = made("RAA RBB 2005-04-01", "RAA RCC 2010-04-01", closes={"RAA": "2005-03-31"})
    assert ending(found) == {"RAA RBB"}


def test_without_a_close_the_latest_rows_end_a_body() -> None:
    """Where nobody gives the close, the rows of the latest day end it, all of them."""
    found, _ = made("RAA RBB 2005-04-01", "RAA RCC 2010-04-01", "RAA RDD 2010-04-01")
    assert ending(found) == {"RAA RCC", "RAA RDD"}


@pytest.mark.parametrize(
    ("day", "ends"), [("2023-05-01", set()), ("2016-07-01", {"RAA RBB"}), ("2012-01-01", {"RAA RBB"})]
)
def test_a_list_that_shows_it_open_keeps_it_open(day: str, ends: set[str]) -> None:
    """A row ends no body that a list of a later day shows open; one of the same day or earlier does not tell."""
    found, _ = made("RAA RBB 2016-07-01", shown_open={"RAA": day})
    assert ending(found) == ends
