"""How the register's rows, dated lists and documents met in each event: who confirms what, and on what it rests.

The fate of a body is confirmed, beside the succession rows, by

* lists that end it on the day before the event, or on the event's own day where that is the first of a month (some
  lists print the first day on which a body is no more), for one that **ends**;
* lists that begin it on the day of the event or up to 184 days before, as a shell in law, for one that is **new**;
* lists that show it open before the event and after, for one that **continues, gains or gives**; of a change of kind,
  the dated roles that begin on the day;
* documents: the citations of a curated event for every body in it, those of a confirmation for the bodies it names.

What the event rests on, its basis, may be several of these at once:

* **register only**: rows, and nothing beside them for some body that ends, or for who took over from it;
* **dated lists agree**: lists confirm every body that ends, and every new one;
* **confirmed**: a document about a body that ends says the kind and the day that the rules read from the rows;
* **refined**: documents give another kind, bodies or fates that the rows lack, a part, a share, services, sites, or
  make of rows of one event a step of a longer one;
* **corrected**: documents give another day than the rows;
* **added**: the register has no row for it, and no list that tells it;
* **rows set aside**: it takes rows between bodies that passed nothing to each other by it, or rows that repeat it with
  quite another day, or is a step of the path that makes a row a shortcut. Its conflicts name the row and say why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.inference import SHELL, infer, starts_inbound
from nhs_orgs.compiler.lives import Life
from nhs_orgs.compiler.succession import Succession
from nhs_orgs.events import Basis, EventKind, Fate
from nhs_orgs.records import OPEN
from nhs_orgs.sources import Citation, Source, Statement

__all__ = ["reconcile"]

_DAY: Final = timedelta(days=1)
_ORDER: Final = tuple(Basis)

Confirmers = dict[str, tuple[Source | Citation, ...]]
"""By code, who confirms its fate beside the succession rows."""


def reconcile(
    drafts: Iterable[Draft],
    successions: Iterable[Succession],
    lives: Mapping[str, Life],
    disputed: Collection[str] = frozenset(),
) -> Iterator[Draft]:
    """Every event with who confirms each fate, and with what it rests on.

    `successions` and `lives` are those that rows and lists give, before documents changed any day; `disputed` are
    the ids of events for which every document gives another day than the event has.
    """
    rows = {(each.predecessor, each.successor): each for each in successions}
    inbound = starts_inbound((each.successor, each.day) for each in rows.values())
    for draft in drafts:
        listing = dict(_listing(draft, lives))
        listed = _is_listed(draft, listing)
        confirmed = _confirmers(draft, listing)
        told = replace(draft, confirmed=tuple((code, confirmed[code]) for code in sorted(confirmed)))
        printed = _Printed(tuple(rows[pair] for pair in _pairs(draft) if pair in rows), inbound, lives)
        documents = set(_by_documents(told, printed, listed=listed)) if told.citations else set()
        if draft.id in disputed:
            documents.discard(Basis.CONFIRMED)
        basis = {*draft.basis, *documents, *_by_lists(told, documents, listed=listed)}
        conflicts = dict.fromkeys([*told.conflicts, *_moved_by_documents(told, printed), *_set_aside(told, printed)])
        yield replace(told, basis=tuple(each for each in _ORDER if each in basis), conflicts=tuple(conflicts))


def _pairs(draft: Draft) -> list[tuple[str, str]]:
    return list(dict.fromkeys((row.predecessor, row.successor) for row in draft.evidence))


@dataclass(frozen=True, slots=True)
class _Printed:
    """The rows that an event stands for, and what the rules alone make of them."""

    rows: tuple[Succession, ...]
    inbound: Mapping[str, date]
    lives: Mapping[str, Life]

    @property
    def alone(self) -> tuple[Draft, ...]:
        """The events that would be inferred."""
        return tuple(infer(self.rows, self.lives, self.inbound))

    def aside(self, draft: Draft) -> tuple[Succession, ...]:
        """The rows between bodies that passed nothing to each other by the event."""
        passed = {(transfer.giver, transfer.receiver) for transfer in draft.transfers}
        return tuple(row for row in self.rows if (row.predecessor, row.successor) not in passed)


def _moved_by_documents(draft: Draft, printed: _Printed) -> list[str]:
    """Of an event that rows give, the days that they print; a curated one tells for itself."""
    days = sorted({row.day for row in printed.rows if ":" in draft.id and not _on(draft, row.day)})
    return [f"the register's succession rows give {day.isoformat()}" for day in days]


def _set_aside(draft: Draft, printed: _Printed) -> Iterator[str]:
    """Of a curated event, the rows that it takes and that tell of nothing that passed by it."""
    for row in printed.aside(draft) if ":" not in draft.id else ():
        pair = f"{row.predecessor} to {row.successor}"
        yield f"a succession row of {row.day} from {pair} is set aside: nothing passed between the two by this"


def _on(draft: Draft, day: date) -> bool:
    return draft.dated.earliest <= day <= draft.dated.latest


# --- who confirms --------------------------------------------------------------------------------------------------


def _confirmers(draft: Draft, listing: Confirmers) -> Confirmers:
    """Documents first, then lists, each once."""
    found: dict[str, dict[Source | Citation, None]] = {}
    for code, sources in (*draft.confirmed, *listing.items()):
        found.setdefault(code, {}).update(dict.fromkeys(sources))
    return {code: tuple(sorted(sources, key=_documents_first)) for code, sources in found.items() if sources}


def _documents_first(source: Source | Citation) -> tuple[bool, date, str]:
    if isinstance(source, Citation):
        return False, date.min, ""
    return True, source.as_at.earliest, source.id


def _listing(draft: Draft, lives: Mapping[str, Life]) -> Iterator[tuple[str, tuple[Source | Citation, ...]]]:
    """For each body the lists, and curated periods, that show its fate."""
    if not draft.happened:
        return
    for code, fate in dict([*draft.befores, *draft.afters]).items():
        if code in lives:
            yield code, tuple(_of_fate(fate, draft, lives[code]))


def _of_fate(fate: Fate, draft: Draft, life: Life) -> Iterator[Source | Citation]:
    if fate is Fate.ENDS:
        yield from _ending(draft, life)
    elif fate is Fate.NEW:
        yield from _beginning(draft, life)
    elif draft.kind is EventKind.CONVERSION:
        yield from _turning(draft, life)
    elif fate is not Fate.UNKNOWN:
        yield from _staying(draft, life)


def _ending(draft: Draft, life: Life) -> Iterator[Source | Citation]:
    first, last = draft.dated.earliest, draft.dated.latest
    for said, day in _days(life, "end"):
        if first <= day + _DAY <= last or (first <= day <= last and day.day == 1):
            yield from said.sources


def _beginning(draft: Draft, life: Life) -> Iterator[Source | Citation]:
    for said, day in _days(life, "start"):
        if draft.dated.earliest - SHELL <= day <= draft.dated.latest:
            yield from said.sources


def _turning(draft: Draft, life: Life) -> Iterator[Source | Citation]:
    """Who gives a kind, or a role, from the day on."""
    for said in (*life.record.says("kind"), *life.record.says("role")):
        start = said.period.start if said.period else None
        if isinstance(start, date) and _on(draft, start):
            yield from said.sources


def _staying(draft: Draft, life: Life) -> Iterator[Source | Citation]:
    """Who shows it open before the event and after, else who shows the one and who the other."""
    day = draft.dated.earliest
    before = [source for said, start in _days(life, "start") if start < day for source in said.sources]
    after = [source for said, end in _days(life, "end") if end >= day for source in said.sources]
    after += [source for said in _open(life) for source in said.sources if _is_since(source, day)]
    if before and after:
        both = [source for source in before if source in set(after)]
        yield from both or [*before, *after]


def _days(life: Life, side: str) -> Iterator[tuple[Statement, date]]:
    """Every first, or last, day that is stated."""
    for name in (f"legal_{side}", f"operational_{side}"):
        for said in life.record.says(name):
            if said.value != OPEN:
                yield said, date.fromisoformat(said.value)


def _open(life: Life) -> Iterator[Statement]:
    return (said for name in ("legal_end", "operational_end") for said in life.record.says(name) if said.value == OPEN)


def _is_since(source: Source | Citation, day: date) -> bool:
    return isinstance(source, Source) and source.as_at.earliest >= day


# --- what it rests on ----------------------------------------------------------------------------------------------


def _by_lists(draft: Draft, documents: Collection[Basis], *, listed: bool) -> Iterator[Basis]:
    """What an event rests on beside documents."""
    if listed:
        yield Basis.LISTED
    if draft.evidence and (_rests_on_rows(draft) or not (listed or documents)):
        yield Basis.REGISTER


def _rests_on_rows(draft: Draft) -> bool:
    """Whether a body ends by it of which nothing but succession rows tells, or tells who took over."""
    confirmed, fates = dict(draft.confirmed), dict(draft.afters)
    sure = {code for code, fate in fates.items() if confirmed.get(code) and fate is not Fate.UNKNOWN}
    for code in draft.ending:
        sources = confirmed.get(code, ())
        takers = {transfer.receiver for transfer in draft.transfers if transfer.giver == code}
        if not sources or not (takers <= sure or any(isinstance(source, Citation) for source in sources)):
            return True
    return False


def _is_listed(draft: Draft, listing: Confirmers) -> bool:
    """Whether lists confirm every body that ends, and every new one; of a change of kind, the change.

    A curated period counts as a list, but not by a document of the event itself.
    """
    turned = draft.new_eras if draft.kind is EventKind.CONVERSION else frozenset[str]()
    changed = draft.ending | draft.beginning | turned
    return bool(changed) and all(set(listing.get(code, ())) - set(draft.citations) for code in changed)


def _by_documents(draft: Draft, printed: _Printed, *, listed: bool) -> Iterator[Basis]:
    if not printed.rows:
        yield from _without_rows(draft, printed.lives, listed=listed)
        return
    alone = printed.alone
    corrected = not all(_on(draft, row.day) for row in printed.rows)
    same_kind = len(alone) == 1 and alone[0].kind is draft.kind
    if corrected:
        yield Basis.CORRECTED
    elif same_kind and alone[0].ending == draft.ending and _is_documented(draft):
        yield Basis.CONFIRMED
    if not same_kind or _tells_more(draft, alone[0]):
        yield Basis.REFINED
    if printed.aside(draft):
        yield Basis.SUPPRESSED


def _without_rows(draft: Draft, lives: Mapping[str, Life], *, listed: bool) -> Iterator[Basis]:
    """A change that lists tell without rows is confirmed, or corrected; of any other the register has nothing."""
    if ":" in draft.id and listed:
        yield Basis.CONFIRMED
    elif ":" in draft.id and any(_ends_in_a_list(lives[code]) for code in draft.ending):
        yield Basis.CORRECTED
    else:
        yield Basis.ADDED


def _ends_in_a_list(life: Life) -> bool:
    return any(isinstance(source, Source) for said, _ in _days(life, "end") for source in said.sources)


def _is_documented(draft: Draft) -> bool:
    """Whether a document names a body that ends; of an event that ends none, any document does."""
    confirmed = dict(draft.confirmed)
    named = [code for code in draft.ending if any(isinstance(s, Citation) for s in confirmed.get(code, ()))]
    return bool(named) or not draft.ending


def _tells_more(draft: Draft, alone: Draft) -> bool:
    """Whether there is more to it than the rows say: a phase, bodies, fates, a part and what was in it."""
    if draft.completes or any(t.shares or t.services or t.sites for t in draft.transfers):
        return True
    sides = (set(draft.befores), set(draft.afters)) != (set(alone.befores), set(alone.afters))
    passed = {(t.giver, t.receiver, t.extent) for t in draft.transfers}
    return sides or not passed <= {(t.giver, t.receiver, t.extent) for t in alone.transfers}
