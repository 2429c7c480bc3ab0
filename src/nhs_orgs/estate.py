"""Who ran which site, and when: read from estates returns, lists of sites, recodes and curated places.

The register says of a site hardly more than its operator in each list, and opens a new code for it before
the hospital passes to another trust. So a site's first day here is the day of the recode where one is
known, and its last day the day before the next; the days on which a list shows it are kept beside.

>>> import nhs_orgs
>>> register = nhs_orgs.load()
>>> [(stay.operator, str(stay.since), str(stay.until)) for stay in register.stays("R1E56")]
[('R1E', 'None', '2018-05-31'), ('RRE', '2018-06-01', 'None')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import Period
from nhs_orgs.places import Place, Stay
from nhs_orgs.records import Record
from nhs_orgs.sources import Source, Statement
from nhs_orgs.store import Store

__all__ = ["place_of", "sites_of", "stays_at"]

_DAY = timedelta(days=1)
_RECODE = "recoded as"


def place_of(store: Store, site: str) -> Place | None:
    """The curated place that had a site code."""
    return next((place for place in store.places.values() if site in place.codes), None)


def stays_at(store: Store, x: str) -> tuple[Stay, ...]:
    """Every body that ran a place, in order: of a curated place as its sources have it, else along its recodes.

    `x` is the id of a place, or a site code.

    Raises:
        UnknownOrganisation: there is no such place and no such code.
    """
    if x in store.places:
        return store.places[x].stays
    site = store.folded(x)
    place = place_of(store, site)
    if place is not None:
        return place.stays
    if site not in store.records:
        raise store.unknown(x)
    recodes = _Recodes.of(store)
    return tuple(stay for code in recodes.chain(site) for stay in _stays(store.records[code], recodes))


def sites_of(store: Store, operator: str, day: date) -> tuple[Stay, ...]:
    """The sites that a body may have run on a day, by code, each with the days on which lists show it.

    A site that lists show only after the day, with no first day known, is left out; so is one that they last show
    before it, if newer lists of sites no longer have it.
    """
    recodes, told = _Recodes.of(store), frozenset(code for place in store.places.values() for code in place.codes)
    codes = (code for code in store.codes_naming(operator) if code in store.records and code not in told)
    stays = (stay for code in codes for stay in _stays(store.records[code], recodes) if stay.operator == operator)
    found = {stay.site: stay for stay in (*stays, *_curated(store, operator)) if _holds(stay, day)}
    return tuple(found[site] for site in sorted(found, key=str))


def _curated(store: Store, operator: str) -> Iterator[Stay]:
    """What curated places say of a body, where they name a site code."""
    for place in store.places.values():
        yield from (stay for stay in place.stays if stay.operator == operator and stay.site is not None)


def _holds(stay: Stay, day: date) -> bool:
    if not stay.may_hold(day):
        return False
    if stay.seen is None:
        return True
    first, last = stay.seen.start, stay.seen.end
    begun = stay.since is not None or (isinstance(first, date) and first <= day)
    return begun and (stay.until is not None or stay.lasting or (isinstance(last, date) and day <= last))


@dataclass(frozen=True, slots=True)
class _Recodes:
    """Which site code followed which, and from which day."""

    after: Mapping[str, tuple[str, date | None]]
    before: Mapping[str, tuple[str, date | None]]

    @classmethod
    def of(cls, store: Store) -> _Recodes:
        """Recodes of one code to one: where several became one, or one several, no one place is meant."""
        records = (store.records[code] for code in store.codes_naming(_RECODE) if code in store.records)
        pairs = [(r.code, s.value, _first_day(s)) for r in records for s in r.says(_RECODE) if s.value in store.records]
        givers = Counter(giver for giver, _, _ in pairs)
        receivers = Counter(receiver for _, receiver, _ in pairs)
        return cls(
            after={giver: (receiver, day) for giver, receiver, day in pairs if givers[giver] == 1},
            before={receiver: (giver, day) for giver, receiver, day in pairs if receivers[receiver] == 1},
        )

    def chain(self, site: str) -> tuple[str, ...]:
        """The codes that one place had, oldest first."""
        found = [site]
        while (earlier := self.before.get(found[0], ("",))[0]) and earlier not in found:
            found.insert(0, earlier)
        while (later := self.after.get(found[-1], ("",))[0]) and later not in found:
            found.append(later)
        return tuple(found)

    def come(self, site: str) -> date | None:
        """The day from which a place had this code, where a recode tells it."""
        return self.before[site][1] if site in self.before else None

    def gone(self, site: str) -> date | None:
        """The day from which a place had the next code, likewise."""
        return self.after[site][1] if site in self.after else None


def _first_day(statement: Statement) -> date | None:
    start = statement.period.start if statement.period is not None else None
    return start if isinstance(start, date) else None


def _stays(record: Record, recodes: _Recodes) -> Iterator[Stay]:
    """Who ran a site under one code, in the order in which lists show them."""
    said = sorted(record.says("operator"), key=lambda s: (_seen(s) or (date.max, date.max), s.value))
    for position, statement in enumerate(said):
        seen = _seen(statement)
        yield Stay(
            operator=statement.value,
            site=record.code,
            since=_since(record, recodes.come(record.code)) if position == 0 else None,
            until=_until(record, recodes.gone(record.code)) if position == len(said) - 1 else None,
            seen=Period(*seen) if seen else None,
            lasting=record.legal.end is None,
            sources=statement.sources,
        )


def _since(record: Record, come: date | None) -> PartialDate | None:
    if come is not None:
        return PartialDate.of_day(come)
    start = record.legal.start
    return PartialDate.of_day(start) if isinstance(start, date) else None


def _until(record: Record, recoded: date | None) -> PartialDate | None:
    if recoded is not None:
        return PartialDate.of_day(recoded - _DAY)
    end = record.legal.end
    return PartialDate.of_day(end) if isinstance(end, date) else None


def _seen(statement: Statement) -> tuple[date, date] | None:
    """First and last day on which a list shows it."""
    days = [s.as_at for s in _releases(statement.sources)]
    if not days:
        return None
    return min(day.earliest for day in days), max(day.latest for day in days)


def _releases(sources: Iterable[object]) -> Iterator[Source]:
    return (source for source in sources if isinstance(source, Source))
