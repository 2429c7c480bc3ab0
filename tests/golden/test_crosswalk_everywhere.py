"""Every code of the bundled register, restated on several days: what no row may break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest

import nhs_orgs as nhs
from nhs_orgs import Splits, Status
from nhs_orgs.errors import InvalidLevel
from nhs_orgs.organisations import KINDS
from nhs_orgs.statuses import WITHOUT_TARGET

pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_cover,  # traced, it takes many minutes; what it runs has tests of its own
]

DAYS = ("2013-04-01", "2018-06-01", "2022-07-01", "2026-04-01")
BODIES = tuple(kind for kind in KINDS.values() if not issubclass(kind, nhs.Site))
RANKS = {None: 0, nhs.Confidence.HIGH: 1, nhs.Confidence.MEDIUM: 2, nhs.Confidence.LOW: 3}


Dates = tuple[object, object]


def stretches(rows: Iterable[nhs.CrosswalkRow]) -> dict[Dates, list[nhs.CrosswalkRow]]:
    """The rows of one code by the dates for which they hold."""
    found: dict[Dates, list[nhs.CrosswalkRow]] = {}
    for row in rows:
        found.setdefault((row.from_, row.until), []).append(row)
    return found


def wrong_dates(dates: Iterable[Dates]) -> bool:
    """Whether there is a gap between the stretches, or two overlap, or a date is before or after them all."""
    listed = list(dates)
    if isinstance(listed[0][0], date) or isinstance(listed[-1][1], date):
        return True
    ends = ((last, first) for (_, last), (first, _) in pairwise(listed))
    return any(
        not (isinstance(last, date) and isinstance(first, date) and first - last == timedelta(days=1))
        for last, first in ends
    )


def faults(register: nhs.Register, crosswalk: nhs.Crosswalk) -> Iterator[tuple[str, object]]:
    """Everything that is wrong with any row."""
    events = {event.id: event for event in register.events()}
    for code in crosswalk.codes:
        by_dates = stretches(crosswalk.of(code))
        if wrong_dates(by_dates):
            yield "dates", code
        for rows in by_dates.values():
            targets = [row.target for row in rows if row.target is not None]
            if abs(sum(row.weight for row in rows) - 1) > 1e-9 or len(targets) != len(set(targets)):
                yield "weights", rows
            yield from ((what, row) for row in rows for what in faults_of(row, events))


def faults_of(row: nhs.CrosswalkRow, events: Mapping[str, nhs.ChangeEvent]) -> Iterator[str]:
    """What is wrong with one row by itself."""
    path = [events.get(id) for id in row.path]
    known = [event for event in path if event is not None]
    if len(known) != len(path):
        yield "path"
    # A site that goes the way of its operator is no surer than the lists that show it there.
    by_operator = "is followed by its operator" in (row.note or "")
    least = [RANKS[nhs.Confidence.MEDIUM], RANKS[nhs.Confidence.LOW]] if by_operator else [0]
    lowest = max((RANKS[event.confidence] for event in known), default=0)
    if RANKS[row.confidence] not in {max(lowest, rank) for rank in least}:
        yield "confidence"
    bases = {share.basis for event in known for t in event.transfers for share in t.shares}
    if row.basis is not None and row.basis not in bases:
        yield "basis"
    if row.status is not Status.CLOSED_ON_OWN_DATE and (row.target is None) != (row.status in WITHOUT_TARGET):
        yield "status"
    if row.target is None and row.status in {Status.UNKNOWN, Status.NOT_YET_OPEN} and not row.note:
        yield "note"


def closed_targets(register: nhs.Register, crosswalk: nhs.Crosswalk) -> set[str]:
    """The targets that are not known to stand on the day restated to, and of which no row says so."""
    snapshot = register.on(crosswalk.to)
    return {row.target for row in crosswalk.rows if row.target and row.target not in snapshot and not row.note}


@pytest.mark.parametrize("splits", list(Splits))
@pytest.mark.parametrize("to", DAYS)
def test_every_code(register: nhs.Register, to: str, splits: Splits) -> None:
    """Rows of a code add up to 1 on every date, and say how they come about; targets stand on the day restated to."""
    crosswalk = register.crosswalk(to=to, kind=BODIES, splits=splits)
    assert len(crosswalk.codes) > 6_000
    assert list(islice(faults(register, crosswalk), 5)) == []
    assert closed_targets(register, crosswalk) == set()


LEVELS = [(to, level) for to in DAYS for level in (nhs.ICB, nhs.Region, nhs.Trust)]
BEFORE_BOARDS = ("2013-04-01", nhs.ICB)


@pytest.mark.parametrize(("to", "level"), [pair for pair in LEVELS if pair != BEFORE_BOARDS])
def test_every_code_by_level(register: nhs.Register, to: str, level: type[nhs.Organisation]) -> None:
    """The same holds of every code that is rolled up, and every target is of the level that was asked for."""
    crosswalk = register.crosswalk(to=to, kind=BODIES, level=level, splits="divide")
    assert list(islice(faults(register, crosswalk), 5)) == []
    assert wrong_level(register, crosswalk) == set()


def test_before_there_were_boards_nothing_rolls_up_to_one(register: nhs.Register) -> None:
    """In 2013 no body was with a board: that is an error, which tells the levels of that day."""
    to, level = BEFORE_BOARDS
    assert BEFORE_BOARDS in LEVELS
    with pytest.raises(InvalidLevel) as caught:
        register.crosswalk(to=to, kind=BODIES, level=level)
    assert "Region" in caught.value.possible
    assert not {"IntegratedCareBoard", "SustainabilityTransformationPartnership"} & set(caught.value.possible)


@pytest.mark.parametrize("level", [None, nhs.Trust])
def test_every_site(register: nhs.Register, level: type[nhs.Organisation] | None) -> None:
    """The same holds of every site, by itself and rolled up to its trust."""
    crosswalk = register.crosswalk(to=DAYS[-1], kind=nhs.Site, level=level, splits="divide")
    assert len(crosswalk.codes) > 38_000
    assert list(islice(faults(register, crosswalk), 5)) == []
    assert level is None or wrong_level(register, crosswalk) == set()


def wrong_level(register: nhs.Register, crosswalk: nhs.Crosswalk) -> set[str]:
    """The targets that are of another kind than the level."""
    kinds = (nhs.ICB, nhs.STP) if crosswalk.level is nhs.ICB else (crosswalk.level or nhs.Organisation)
    snapshot = register.on(crosswalk.to)
    return {code for code in crosswalk.targets if not isinstance(snapshot[code], kinds)}
