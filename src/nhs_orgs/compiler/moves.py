"""Places that changed hands, made from sites that got a new code when another body took them over.

Two tables match such sites: one by hand, one by estates returns before and after. A pair is taken only where it is
certain: names agree, one code became one, the body of the old passed to the body of the new in one event (or the
table gives the day), and no list shows the new code under its body before that day. Two codes that only share a
postcode, or a hospital that both bodies had been using, make no place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.estate import seen_by
from nhs_orgs.events import ChangeEvent, EventStatus
from nhs_orgs.names import display, plain
from nhs_orgs.places import Place, Stay
from nhs_orgs.records import LOOSE_NAME, Record
from nhs_orgs.sources import Citation, Confidence, Source, Statement

__all__ = ["moved"]

_DAY: Final = timedelta(days=1)
_WORDS: Final = re.compile(r"[a-z0-9]+")
_HOSPITAL: Final = re.compile(r"\b(hospitals?|infirmary)\b", re.IGNORECASE)


def moved(records: Mapping[str, Record], events: Iterable[ChangeEvent], taken: Mapping[str, Place]) -> dict[str, Place]:
    """Places by id, none of which shares a code with a place that is `taken` already."""
    told = frozenset(code for place in taken.values() for code in place.codes)
    moves = tuple(_certain(_moves(records, _days(events)), records, told))
    after = {move.old: move for move in moves}
    starts = sorted(set(after) - {move.new for move in moves})
    made = [_place(chain, _name(chain, records)) for chain in (tuple(_chain(after, start)) for start in starts)]
    return {place.id: place for place in sorted(made, key=lambda place: place.id)}


@dataclass(frozen=True, slots=True)
class _Move:
    """One place under two codes, and the first day of the second."""

    old: str
    new: str
    giver: str
    receiver: str
    day: date
    sources: tuple[Source | Citation, ...]


def _days(events: Iterable[ChangeEvent]) -> dict[tuple[str, str], set[date]]:
    """On which days one code passed anything to another."""
    found: dict[tuple[str, str], set[date]] = {}
    for event in events:
        if event.status is EventStatus.COMPLETED and event.dated.day is not None:
            for transfer in event.transfers:
                pair = transfer.giver.partition("@")[0], transfer.receiver.partition("@")[0]
                found.setdefault(pair, set()).add(event.dated.day)
    return found


def _moves(records: Mapping[str, Record], days: Mapping[tuple[str, str], set[date]]) -> Iterator[_Move]:
    """Every pair of codes with one body each, and a day on which the place passed between those."""
    for old, record in records.items():
        said = record.says("recoded as")
        for new in dict.fromkeys(s.value for s in said):
            giver, receiver = _operator(record), _operator(records.get(new))
            if giver is None or receiver is None:
                continue
            pair = [s for s in said if s.value == new]
            printed = {s.period.start for s in pair if s.period is not None and isinstance(s.period.start, date)}
            passed = days.get((giver, receiver), set())
            # By the table's own day a hospital may have passed by another event than the last of several.
            which = passed if len(passed) == 1 else printed
            if len(which) == 1:
                sources = tuple(dict.fromkeys(source for s in pair for source in s.sources))
                yield _Move(old, new, giver, receiver, next(iter(which)), sources)


def _operator(record: Record | None) -> str | None:
    """The one body that ran a site under a code."""
    operators = {s.value for s in record.says("operator")} if record is not None else set()
    return operators.pop() if len(operators) == 1 else None


def _certain(found: Iterable[_Move], records: Mapping[str, Record], told: Collection[str]) -> Iterator[_Move]:
    """Those of one code that became one other, which its body had not had before."""
    fresh = [move for move in found if _is_fresh(move, records)]
    givers, receivers = Counter(move.old for move in fresh), Counter(move.new for move in fresh)
    for move in fresh:
        alone = givers[move.old] == 1 and receivers[move.new] == 1
        if alone and not {move.old, move.new} & set(told):
            yield move


def _is_fresh(move: _Move, records: Mapping[str, Record]) -> bool:
    """Whether lists show the new code after the move only, and the pair itself was seen after it."""
    seen = seen_by(records[move.new], move.receiver)
    printed = max((s.as_at.latest for s in move.sources if isinstance(s, Source)), default=date.max)
    return move.giver != move.receiver and move.day <= printed and (seen is None or seen[0] >= move.day)


def _chain(after: Mapping[str, _Move], start: str) -> Iterator[_Move]:
    code = start
    while code in after:
        yield after[code]
        code = after[code].new


def _name(chain: tuple[_Move, ...], records: Mapping[str, Record]) -> str:
    """The name that most lists print for the newest code and some list for the one before it, else the newest's own."""
    newest, before = records[chain[-1].new], {plain(said.value) for said in _named(records[chain[-1].old])}
    shared = [said for said in _named(newest) if plain(said.value) in before]
    if shared:
        return display(max(shared, key=lambda said: (len(said.sources), said.value)).value.upper())
    return newest.names[-1].text if newest.names else newest.code


def _named(record: Record) -> tuple[Statement, ...]:
    return (*record.says("name"), *record.says(LOOSE_NAME))


def _place(chain: tuple[_Move, ...], name: str) -> Place:
    """One place; many have the same name, so that the newest code is in its id."""
    id_ = "-".join(_WORDS.findall(f"{plain(name)} {chain[-1].new.lower()}"))
    untils = [PartialDate.of_day(move.day - _DAY) for move in chain]
    sinces = [PartialDate.of_day(move.day) for move in chain]
    first = Stay(chain[0].giver, chain[0].old, id_, until=untils[0])
    rest = [
        Stay(move.receiver, move.new, id_, since, until)
        for move, since, until in zip(chain, sinces, [*untils[1:], None], strict=True)
    ]
    return Place(
        id=id_,
        name=name,
        kind="hospital" if _HOSPITAL.search(name) else "site",
        stays=(first, *rest),
        sources=tuple(dict.fromkeys(source for move in chain for source in move.sources)),
        confidence=Confidence.MEDIUM,
        note="Made from sites that lists show under another code before and after their body passed to another.",
    )
