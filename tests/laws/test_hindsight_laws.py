"""Laws of the second axis of time: what was known then, and what changed between two times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rows import compiled, follows, listed, reading

from nhs_orgs.changes import Change
from nhs_orgs.compiler import Curation, assemble
from nhs_orgs.errors import OutsideCoverage
from nhs_orgs.readers.base import OrganisationRow, Row
from nhs_orgs.register import Register
from nhs_orgs.sources import Source
from nhs_orgs.store import Store

TRUSTS = ("etr@2015-09-30", "etr@2018-08-31", "etr@2020-10-31", "etr@2026-07")
OTHERS = {
    "trust-dates@2019-06-30": "RAA",
    "ect@2023-10": "TEE",
    "eccg@2016-02": "00H",
    "eccg@2025-12": "00H",
    "ets@2023": "RAA01",
}
SUCCESSIONS = ("succ-and-succarc@2022-10", "succ@2024-05", "succ@2026-05")
CODES = ("RAA", "RBB", "RCC", "RDD", "TEE", "00H", "RAA01", "MH3")
DAYS = ("1994-04-01", "2001-04-01", "2013-04-01", "2018-05-31", "2018-06-01", "2022-07-01")
TIMES = (
    "2015-09-29", "2015-09-30", "2016-02-29", "2018-08-31", "2019-01-01", "2020-10-31",
    "2022-10-31", "2023-12-31", "2024-05-31", "2025-12-31", "2026-05-31", "2026-07-31", "2030-01-01",
)  # fmt: skip
"""Days round which releases turn."""


@st.composite
def trust_lines(draw: st.DrawFn, by: str, code: str) -> OrganisationRow:
    """A line of a list, with a name and two parents."""
    first = draw(st.sampled_from(DAYS[:3]))
    return listed(
        code,
        first,
        draw(st.none() | st.sampled_from(DAYS[3:])),
        by=by,
        name=draw(st.sampled_from(("A Trust", "A TRUST", "Another Trust"))),
        region=draw(st.sampled_from(("Y55", "Y60"))),
        geography=draw(st.none() | st.sampled_from(("Q76", "QNC"))),
        sub_type="C",
    )


@st.composite
def tables(draw: st.DrawFn, *, releases: tuple[str, ...] = TRUSTS) -> list[Row]:
    """Each release with at most one line a code, and succession rows."""
    rows: list[Row] = []
    for by in releases:
        rows += [draw(trust_lines(by, code)) for code in sorted(draw(st.sets(st.sampled_from(CODES[:4]))))]
    rows += [draw(trust_lines(by, code)) for by, code in OTHERS.items() if draw(st.booleans())]
    pairs = st.tuples(*map(st.sampled_from, (CODES, CODES, DAYS, SUCCESSIONS)))
    rows += [
        follows(giver, receiver, day, by=by) for giver, receiver, day, by in sorted(draw(st.sets(pairs, max_size=8)))
    ]
    return rows


def in_hand(rows: Iterable[Row], at: str) -> list[Row]:
    """The rows of each report's newest release by a time: the rule once more, in its plainest form."""
    by_then = [row for row in rows if row.source.as_at.latest <= date.fromisoformat(at)]
    newest: dict[str, date] = {}
    for row in by_then:
        newest[row.source.report] = max(row.source.as_at.latest, newest.get(row.source.report, date.min))
    return [row for row in by_then if row.source.as_at.latest == newest[row.source.report]]


def everything(made: Store) -> Iterator[object]:
    """All that a store says, in a form that can be compared."""
    yield dict(made.records)
    yield {key: (o.kind, o.name, o.period, o.names, o.seen, o.operational) for key, o in made.organisations.items()}
    yield dict(made.eras)
    yield list(made.events.values())
    yield made.findings, made.covers, dict(made.known_until), made.release, dict(made.sources)


@given(tables(), st.sampled_from(TIMES))
def test_what_was_known_is_what_the_releases_in_hand_compile_to(rows: list[Row], at: str) -> None:
    """A register as known at a time says what one compiled from the releases in hand says; with none it refuses."""
    then = in_hand(rows, at)
    if not then:
        try:
            compiled(*rows).as_known(at=at)
        except OutsideCoverage:
            return
        raise AssertionError("no release was in hand")
    known = compiled(*rows).as_known(at=at)
    assert list(everything(known._store)) == list(everything(assemble(reading(then), Curation())))


@given(tables(releases=TRUSTS[:1]))
def test_the_newest_is_the_register_itself(rows: list[Row]) -> None:
    """Of a register with one release of each report, what is known at the end is the register."""
    once = [row for row in rows if row.source.id not in {"eccg@2016-02", *SUCCESSIONS[1:2]}]
    if once:
        whole = compiled(*once)
        assert list(everything(whole.as_known(at="2030-01-01")._store)) == list(everything(whole._store))


@given(tables(), st.sampled_from(TIMES), st.sampled_from(TIMES))
def test_later_no_report_is_lost(rows: list[Row], one: str, other: str) -> None:
    """Whatever report is in hand stays in hand, in that release or a newer one."""
    earlier, later = (_releases(rows, at) for at in sorted((one, other)))
    assert earlier.keys() <= later.keys()
    assert all(earlier[report] <= later[report] for report in earlier)


def _releases(rows: list[Row], at: str) -> dict[str, date]:
    if not in_hand(rows, at):
        return {}
    return {source.report: source.as_at.latest for source in compiled(*rows).as_known(at=at).releases}


@given(tables(), st.sampled_from(TIMES))
def test_no_later_source_speaks(rows: list[Row], at: str) -> None:
    """Nothing that is known at a time rests on a release of after it."""
    if not in_hand(rows, at):
        return
    known = compiled(*rows).as_known(at=at)
    used = {s for record in known.values() for s in record.sources} | {s for e in known.events() for s in e.sources}
    assert {source for source in used if not isinstance(source, Source)} == set()
    assert all(source.as_at.latest <= date.fromisoformat(at) for source in used if isinstance(source, Source))
    assert used <= set(known.releases)


def _what(change: Change) -> tuple[str, str, str | None]:
    return change.report, change.code, change.successor


@given(tables(), st.lists(st.sampled_from(TIMES), min_size=3, max_size=3).map(sorted))
def test_a_change_happens_on_the_way(rows: list[Row], times: list[str]) -> None:
    """What changed between two times changed before or after any time between them."""
    whole = compiled(*rows)
    first, middle, last = times
    over_all = {_what(change) for change in whole.changes(since=first, until=last)}
    before = {_what(change) for change in whole.changes(since=first, until=middle)}
    after = {_what(change) for change in whole.changes(since=middle, until=last)}
    assert over_all <= before | after


@given(tables(), st.sampled_from(TIMES), st.sampled_from(TIMES))
def test_changes_tell_both_values(rows: list[Row], one: str, other: str) -> None:
    """Each change compares a release in hand at the first time with a newer one in hand at the second, in order."""
    since, until = sorted((one, other))
    whole = compiled(*rows)
    found = whole.changes(since=since, until=until)
    assert len(set(found)) == len(found)
    assert [_what(change)[:2] for change in found] == sorted(_what(change)[:2] for change in found)
    for change in found:
        older, newer = change.sources
        assert older.as_at.latest <= date.fromisoformat(since) < newer.as_at.latest <= date.fromisoformat(until)
        assert change.before != change.after or (change.before is change.after is None)
        assert str(change).endswith(f"({older.id} to {newer.id})")


@given(tables(), st.sampled_from(TIMES))
def test_nothing_changes_at_once(rows: list[Row], at: str) -> None:
    """Between a time and itself nothing changed."""
    assert Register(compiled(*rows)._store).changes(since=at, until=at) == ()
