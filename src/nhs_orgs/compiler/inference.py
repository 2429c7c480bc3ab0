"""Events inferred from dated successions: rows of one day that hang together, and what they amount to.

Successions of one day that share a code are one event, many in and many out. Its kind follows from
who ends and who was there before:

* several end in one new code: a merger; one ends in one new code: a replacement;
* they end in one code that was there before: an acquisition, and the acquirer goes on as a new era;
* one ends in several: a split; a body that gives before its end: a service transfer;
* mergers and splits that hang together: a reconfiguration;
* the register does not tell whether the successor was new: a succession; so is what a commissioner of
  care that was there before takes over from trusts, of which no row tells by what means.

A body that ends in one other passes whole; one that ends in several passes in parts. What a
commissioner of care passes to a provider of care is its services, never the whole body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from nhs_orgs.compiler.drafts import Draft, DraftTransfer
from nhs_orgs.compiler.lives import Life
from nhs_orgs.compiler.succession import Succession
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import Basis, EventKind, Extent, Fate
from nhs_orgs.period import Bound
from nhs_orgs.sources import Citation, Source

__all__ = ["SHELL", "closures", "infer", "starts_inbound"]

_NAMED: Final = 4
"""How many codes an event's id spells out."""
_SITE_LENGTH: Final = 5
SHELL: Final = timedelta(days=184)
"""A trust is often set up in law some months before it takes over from the ones that it is made of."""
_COMMISSIONERS: Final = frozenset({"PrimaryCareTrust", "PrimaryCareGroup", "ClinicalCommissioningGroup"})
_PROVIDERS: Final = frozenset({"Trust", "Site"})


def infer(
    successions: Iterable[Succession], lives: Mapping[str, Life], first_inbound: Mapping[str, date] | None = None
) -> Iterator[Draft]:
    """One draft for each group of successions of one day that share a code, in order.

    `first_inbound` gives the first day on which anything passed to a code, if these are not all the successions.
    """
    all_of_them = tuple(_of_services(each, lives) for each in successions)
    if first_inbound is None:
        first_inbound = starts_inbound((each.successor, each.day) for each in all_of_them)
    by_day: dict[date, list[Succession]] = defaultdict(list)
    for succession in all_of_them:
        by_day[succession.day].append(succession)
    for day in sorted(by_day):
        for group in _components(by_day[day]):
            yield _draft(day, group, lives, first_inbound)


def _of_services(succession: Succession, lives: Mapping[str, Life]) -> Succession:
    """A commissioner does not end in a provider: it gives its services and goes on till something else ends it."""
    if _services_only(succession, lives):
        note = "what a commissioner passes to a provider is its services"
        return replace(succession, ends=False, notes=(*succession.notes, note))
    return succession


def _services_only(succession: Succession, lives: Mapping[str, Life]) -> bool:
    giver, receiver = lives[succession.predecessor].kind, lives[succession.successor].kind
    # A care trust (``T..``) commissions as well as provides, so it can take over all of a commissioner.
    return giver in _COMMISSIONERS and receiver in _PROVIDERS and not succession.successor.startswith("T")


def starts_inbound(passed: Iterable[tuple[str, date]]) -> dict[str, date]:
    """For each receiver the first day on which anything passed to it."""
    first: dict[str, date] = {}
    for receiver, day in passed:
        first[receiver] = min(day, first.get(receiver, day))
    return first


def _components(group: list[Succession]) -> list[list[Succession]]:
    """Successions that share a code, directly or through others, in order."""
    parent: dict[str, str] = {}

    def root(code: str) -> str:
        while parent.setdefault(code, code) != code:
            code = parent[code]
        return code

    for each in group:
        parent[root(each.predecessor)] = root(each.successor)
    found: dict[str, list[Succession]] = defaultdict(list)
    for each in group:
        found[root(each.predecessor)].append(each)
    return sorted(found.values(), key=lambda members: members[0].predecessor)


def _draft(day: date, group: list[Succession], lives: Mapping[str, Life], first_inbound: Mapping[str, date]) -> Draft:
    standing = {s.successor: _standing(lives[s.successor].start, day, first_inbound[s.successor]) for s in group}
    transfers = tuple(_transfer(s, group, lives) for s in group)
    gained_whole = {t.receiver for t in transfers if t.extent is Extent.WHOLE}
    renewed = frozenset(code for code in gained_whole if standing[code] == "existing")
    ending = {s.predecessor for s in group if s.ends}
    return Draft(
        id=_event_id(day, group),
        kind=_kind(group, standing, ending, lives),
        effective=PartialDate.of_day(day),
        befores=tuple(_befores(group, standing, renewed, ending)),
        afters=tuple((code, _fate_after(code, standing, renewed)) for code in sorted(standing)),
        transfers=transfers,
        new_eras=renewed,
        evidence=tuple(row for s in group for row in s.evidence),
        notes=_notes(group, standing),
        conflicts=tuple(dict.fromkeys(words for s in group for words in s.set_aside)),
        basis=(Basis.SUPPRESSED,) if any(s.set_aside for s in group) else (),
    )


def _standing(start: Bound, day: date, first_inbound: date) -> str:
    """Whether a successor was ``new`` on the day, ``existing``, or nobody ``unknown``s."""
    if isinstance(start, date):
        shell = first_inbound == day and day - start <= SHELL
        return "new" if start >= day or shell else "existing"
    return "unknown" if first_inbound == day else "existing"


def _transfer(succession: Succession, group: list[Succession], lives: Mapping[str, Life]) -> DraftTransfer:
    """Whole to the one successor on a body's own level: a trust that also has a row to a site passes to the trust."""
    givers = [s.successor for s in group if s.predecessor == succession.predecessor]
    level = _is_site(succession.predecessor, lives)
    peers = [code for code in givers if _is_site(code, lives) is level] or givers
    whole = succession.ends and peers == [succession.successor]
    return DraftTransfer(
        giver=succession.predecessor,
        receiver=succession.successor,
        extent=Extent.WHOLE if whole else Extent.PART,
    )


def _is_site(code: str, lives: Mapping[str, Life]) -> bool:
    """Whether it is a site; of the bodies that no source classes, those with the five characters of one."""
    return lives[code].kind == "Site" or (lives[code].kind == "Unclassified" and len(code) == _SITE_LENGTH)


def _befores(
    group: list[Succession], standing: Mapping[str, str], renewed: frozenset[str], ending: set[str]
) -> Iterator[tuple[str, Fate]]:
    for code in sorted({s.predecessor for s in group}):
        yield code, Fate.ENDS if code in ending else Fate.GIVES
    for code in sorted(standing):
        if standing[code] == "existing" and code not in ending:
            yield code, Fate.CONTINUES if code in renewed else Fate.GAINS


def _fate_after(code: str, standing: Mapping[str, str], renewed: frozenset[str]) -> Fate:
    if code in renewed:
        return Fate.CONTINUES
    return {"existing": Fate.GAINS, "new": Fate.NEW, "unknown": Fate.UNKNOWN}[standing[code]]


def _kind(
    group: list[Succession], standing: Mapping[str, str], ending: set[str], lives: Mapping[str, Life]
) -> EventKind:
    givers, receivers = {s.predecessor for s in group}, {s.successor for s in group}
    if not givers & ending:
        return EventKind.SERVICE_TRANSFER
    if len(receivers) == 1:
        (receiver,) = receivers
        kind = _kind_of_one(standing[receiver], len(givers))
        provided = {lives[code].kind for code in givers} <= _PROVIDERS and lives[receiver].kind in _COMMISSIONERS
        return EventKind.SUCCESSION if provided and kind is EventKind.ACQUISITION else kind
    return EventKind.SPLIT if len(givers) == 1 else EventKind.RECONFIGURATION


def _kind_of_one(standing: str, givers: int) -> EventKind:
    if standing == "existing":
        return EventKind.ACQUISITION
    if standing == "unknown":
        return EventKind.SUCCESSION
    return EventKind.MERGER if givers > 1 else EventKind.REPLACEMENT


def _event_id(day: date, group: list[Succession]) -> str:
    """Unique, as no two groups of a day share a predecessor; short codes in full, long groups by the first."""
    givers = sorted({s.predecessor for s in group})
    receivers = sorted({s.successor for s in group})
    if len(givers) + len(receivers) <= _NAMED + 1:
        return f"{day.isoformat()}:{'+'.join(givers)}>{'+'.join(receivers)}"
    return f"{day.isoformat()}:{givers[0]}+{len(givers) - 1}>{receivers[0]}+{len(receivers) - 1}"


def _notes(group: list[Succession], standing: Mapping[str, str]) -> tuple[str, ...]:
    rules = sorted({note for s in group for note in s.notes})
    unknown = sorted(code for code, what in standing.items() if what == "unknown")
    hidden = (f"no source tells when {', '.join(unknown)} began",) if unknown else ()
    return (*rules, *hidden)


def _closing_sources(life: Life) -> tuple[Source | Citation, ...]:
    """The sources that give the last day."""
    said = [s for s in life.record.statements if s.property.endswith("_end") and s.value == str(life.end)]
    return tuple(dict.fromkeys(source for statement in said for source in statement.sources))


def closures(lives: Mapping[str, Life], ended: frozenset[str]) -> Iterator[Draft]:
    """Bodies that a list closes and no event ends: what became of them, no source says."""
    for code in sorted(lives):
        life = lives[code]
        if isinstance(life.end, date) and code not in ended and life.kind != "Site":
            yield _closure(code, life, life.end + timedelta(days=1))


def _closure(code: str, life: Life, day: date) -> Draft:
    sources = _closing_sources(life)
    ids = ", ".join(source.id for source in sources)
    return Draft(
        id=f"{day.isoformat()}:{code}>",
        kind=EventKind.CLOSURE,
        effective=PartialDate.of_day(day),
        befores=((code, Fate.ENDS),),
        afters=(),
        citations=tuple(source for source in sources if isinstance(source, Citation)),
        notes=(f"closed in the register ({ids}), which names no successor",),
    )
