"""What a report came to say otherwise, one kind of change at a time."""

from __future__ import annotations

from typing import Any

import pytest
from rows import compiled, follows, listed, named, related

import nhs_orgs as nhs
from nhs_orgs.changes import Change, ChangeKind
from nhs_orgs.readers.base import OrganisationRow, Row

OLD, NEW = "etr@2018-08-31", "etr@2020-10-31"
TIMES = {"since": "2018-08-31", "until": "2020-10-31"}


def told(*rows: Row, since: str = "2018-08-31", until: str = "2020-10-31") -> list[str]:
    """Every change, in words."""
    return [str(change) for change in compiled(*rows).changes(since=since, until=until)]


def line(by: str, *, first: str = "2001-04-01", last: str | None = None, **more: str) -> OrganisationRow:
    """RAA in one release of the list of trusts."""
    columns: dict[str, Any] = dict(more)
    return listed("RAA", first, last, by=by, **columns)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, None),
        ({}, {"last": "2019-03-31"}, "RAA closed: last day 2019-03-31, before: open"),
        ({"last": "2018-03-31"}, {}, "RAA reopened: last day open, before: 2018-03-31"),
        ({"last": "2018-03-31"}, {"last": "2018-04-01"}, "RAA re-dated: last day 2018-04-01, before: 2018-03-31"),
        ({}, {"first": "2001-04-02"}, "RAA re-dated: first day 2001-04-02, before: 2001-04-01"),
        ({"name": "A Trust"}, {"name": "A Better Trust"}, "RAA renamed: A Better Trust, before: A Trust"),
        ({"name": "A & B Trust"}, {"name": "A AND B TRUST"}, None),
        ({}, {"name": "A Trust"}, "RAA renamed: A Trust, before: not given"),
        ({"region": "Y55"}, {"region": "Y60"}, "RAA re-parented: region Y60, before: Y55"),
        ({"geography": "Q76"}, {}, "RAA re-parented: geography not given, before: Q76"),
        ({"region": "Y55"}, {"region": "Y60", "last": "2019-03-31"}, "RAA closed: last day 2019-03-31, before: open"),
        ({"postcode": "ST1 1AA"}, {"postcode": "ST2 2AA"}, None),
    ],
)
def test_what_a_list_says_otherwise(old: dict[str, str], new: dict[str, str], expected: str | None) -> None:
    """A list closes, reopens, renames, re-dates and re-parents; a spelling or an address is no such change."""
    found = told(line(OLD, **old), line(NEW, **new))
    assert found == ([f"{expected} ({OLD} to {NEW})"] if expected else [])


def test_a_body_that_is_to_close_still_has_a_parent() -> None:
    """With an end that lies ahead of the release its parent counts, and both changes are told."""
    assert told(line(OLD, region="Y55"), line(NEW, region="Y60", last="2021-03-31")) == [
        f"RAA closed: last day 2021-03-31, before: open ({OLD} to {NEW})",
        f"RAA re-parented: region Y60, before: Y55 ({OLD} to {NEW})",
    ]


def test_what_a_list_takes_up_and_drops() -> None:
    """A code that is listed anew, and one that is listed no longer, are told with their names."""
    rows = [listed("RAA", by=OLD, name="Old"), listed("RBB", by=OLD), listed("RCC", by=NEW), listed("RDD", by=NEW)]
    found = told(*rows, listed("RBB", by=NEW), listed("RDD", by="ect@2018-01-01"))
    assert found == [
        f"RAA vanished: Old ({OLD} to {NEW})",
        f"RCC new ({OLD} to {NEW})",
        f"RDD new ({OLD} to {NEW})",
    ]


def test_operational_days_are_told_apart() -> None:
    """A close by the working dates is told as one."""
    rows = [
        listed("QAA", by=f"commissioner-records@{day}", operational=period)
        for day, period in (("2018-01-01", "2013-04-01/.."), ("2020-01-01", "2013-04-01/2019-03-31"))
    ]
    releases = "commissioner-records@2018-01-01 to commissioner-records@2020-01-01"
    assert told(*rows) == [f"QAA closed: last working day 2019-03-31, before: open ({releases})"]


def test_several_values_are_one_change() -> None:
    """Where a release gives several parents, all are told, each with its days where it dates them."""
    rows = [
        related("RAA", "RE5", "Q76", by="offices@2018-01-01"),
        related("RAA", "RE5", "Q77", by="offices@2020-01-01", period="2019-04-01/.."),
        related("RAA", "RE5", "Q78", by="offices@2020-01-01"),
    ]
    assert told(*rows) == [
        "RAA re-parented: geography Q77 (2019-04-01/..) and Q78, before: Q76 (offices@2018-01-01 to offices@2020-01-01)"
    ]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2018-08-30", "2020-10-31"),  # the first release was not out yet
        ("2018-08-31", "2020-10-30"),  # the second one not by then
        ("2020-10-31", "2026-01-01"),  # nothing newer than the second one
        ("2018-08-31", "2018-08-31"),
    ],
)
def test_a_report_needs_two_releases(since: str, until: str) -> None:
    """Nothing is told of a report without a release by the first time and a newer one by the second."""
    assert told(line(OLD), line(NEW, last="2019-03-31"), since=since, until=until) == []


def test_only_releases_of_one_report_are_compared() -> None:
    """Another report has another scope: what it lists besides is not new, nor what it leaves out gone."""
    rows = [listed("RAA", by="etr@2018-08-31"), listed("TBB", by="ect@2020-10-31")]
    assert told(*rows) == []


def test_successions_come_go_and_move() -> None:
    """Of one succession report rows are new, gone or dated otherwise, whether an event rests on them or not."""
    old, new = "succ@2018-05", "succ@2020-05"
    rows = [
        follows("RAA", "RBB", "2018-03-31", by=old), follows("RAA", "RBB", "2018-04-01", by=new),
        follows("RCC", "RBB", "2015-04-01", by=old),
        follows("RDD", "RBB", "2019-04-01", by=new),
        follows("REE", "RBB", "2019-04-01", by=old), follows("REE", "RBB", "2019-04-01", by=new),
        follows("RFF", "RFF", "2019-04-01", by=new),
    ]  # fmt: skip
    assert told(*rows) == [
        f"RAA -> RBB re-dated succession: 2018-04-01, before: 2018-03-31 ({old} to {new})",
        f"RCC -> RBB vanished succession: 2015-04-01 ({old} to {new})",
        f"RDD -> RBB new succession: 2019-04-01 ({old} to {new})",
        f"RFF -> RFF new succession: 2019-04-01 ({old} to {new})",
    ]


def test_the_archive_does_not_vanish() -> None:
    """The succession report with its archive stands before the one without: rows of the archive are not gone."""
    old, new = "succ-and-succarc@2022-10", "succ@2026-05"
    rows = [
        follows("RAA", "RBB", "2018-03-31", by=old), follows("RAA", "RBB", "2018-04-01", by=new),
        follows("RCC", "RBB", "1999-04-01", by=old),
        follows("RDD", "RBB", "2024-04-01", by=new),
    ]  # fmt: skip
    assert told(*rows, since="2022-10-31", until="2026-05-31") == [
        f"RAA -> RBB re-dated succession: 2018-04-01, before: 2018-03-31 ({old} to {new})",
        f"RDD -> RBB new succession: 2024-04-01 ({old} to {new})",
    ]


def test_times_that_are_swapped_are_refused() -> None:
    """Nothing changes backwards."""
    with pytest.raises(nhs.InvalidPeriod):
        compiled(line(OLD)).changes(since="2020-10-31", until="2018-08-31")


def test_a_change_has_its_parts() -> None:
    """A change is a value, with the code, the property, both values and both releases."""
    whole = compiled(line(OLD), line(NEW, last="2019-03-31"), named("RAA", "A Name", "2010-01-01", "2012-01-01"))
    (found,) = whole.changes(**TIMES)
    assert found == Change(
        kind=ChangeKind.CLOSED,
        code="RAA",
        report="etr",
        property="legal_end",
        before="..",
        after="2019-03-31",
        sources=(whole.releases[0], whole.releases[1]),
    )
    assert hash(found) == hash(whole.changes(**TIMES)[0])
    assert [source.id for source in found.sources] == [OLD, NEW]
