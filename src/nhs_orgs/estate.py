"""Who ran which site, and when: read from estates returns, lists of sites, and places.

The register says of a site hardly more than its operator in each list, and opens a new code for it before
the hospital passes to another trust. So the days at a site that has its place go by the place; of another, its
first day here is that of its code, and the days on which lists show it are kept beside. No body runs a
site on a day on which it is not open in law.

>>> import nhs_orgs
>>> register = nhs_orgs.load()
>>> [(stay.operator, stay.site, stay.when) for stay in register.stays("R1E56")]
[('R1E', 'R1E56', 'until 31 May 2018'), ('RRE', 'RRE2I', 'since 1 June 2018')]
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import UnknownPlace
from nhs_orgs.period import Period
from nhs_orgs.places import Place, Stay
from nhs_orgs.records import Record
from nhs_orgs.sources import Source
from nhs_orgs.store import Store

__all__ = ["place", "place_of", "seen_by", "sites_of", "stays_at"]

_DAY = timedelta(days=1)


def place(store: Store, x: str) -> Place:
    """The place of an id, or of a site code that it had.

    Raises:
        UnknownPlace: there is none; a ``KeyError``, with near matches.
    """
    wanted = x.strip().lower()
    if wanted in store.places:
        return store.places[wanted]
    found = place_of(store, wanted.upper())
    if found is None:
        raise UnknownPlace(x, tuple(get_close_matches(wanted, store.places, n=5, cutoff=0.5)))
    return found


def place_of(store: Store, site: str) -> Place | None:
    """The place that had a site code."""
    return next((place for place in store.places.values() if site in place.codes), None)


def stays_at(store: Store, x: str) -> tuple[Stay, ...]:
    """Every body that ran a place, in order: as its sources have it, and where they are silent as lists do.

    `x` is the id of a place, or a site code.

    Raises:
        UnknownOrganisation: there is no such place and no such code.
    """
    if x in store.places:
        return _at_place(store, store.places[x])
    site = store.folded(x)
    place = place_of(store, site)
    if place is not None:
        return _at_place(store, place)
    if site not in store.records:
        raise store.unknown(x)
    return _at_site(store, store.records[site])


def sites_of(store: Store, operator: str, day: date) -> tuple[Stay, ...]:
    """The sites that a body may have run on a day, by code, each with the days on which lists show it.

    None on a day on which it was not open. A site that lists show only after the day, with no first day known, is left
    out; so is one that they last show before it, if its body lives and newer lists of sites no longer have it.
    """
    if not any(store.organisations[key].open_on(day) for key in store.eras[operator]):
        return ()
    places = tuple(store.places.values())
    told = frozenset(code for place in places for code in place.codes)
    codes = (code for code in store.codes_naming(operator) if code in store.records and code not in told)
    listed = (stay for code in codes for stay in _at_site(store, store.records[code]))
    placed = (stay for place in places if operator in place.operators for stay in _at_place(store, place))
    held = (stay for stay in (*listed, *placed) if stay.operator == operator and _holds(stay, day))
    found = {stay.site or stay.place or "": stay for stay in held}
    return tuple(found[name] for name in sorted(found))


def _holds(stay: Stay, day: date) -> bool:
    if not stay.may_hold(day):
        return False
    if stay.seen is None:
        return True
    first, last = stay.seen.start, stay.seen.end
    begun = stay.since is not None or (isinstance(first, date) and first <= day)
    return begun and (stay.until is not None or stay.lasting or (isinstance(last, date) and day <= last))


def _at_place(store: Store, place: Place) -> tuple[Stay, ...]:
    """The stays of a place, with the days on which lists show each.

    The day on which a code was opened is no first day of a body that took the place over from another.
    """
    found: list[Stay] = []
    for stay in place.stays:
        listed = _listed(store, stay)
        first = all(earlier.operator == stay.operator for earlier in found)
        since = stay.since or (listed.since if first else None)
        until = stay.until or listed.until
        found.append(
            _lived(
                store,
                replace(
                    stay,
                    since=since,
                    until=until,
                    seen=listed.seen,
                    lasting=listed.lasting,
                    sources=tuple(dict.fromkeys([*place.sources, *listed.sources])),
                ),
            )
        )
    return tuple(found)


def _listed(store: Store, stay: Stay) -> Stay:
    """What lists say of a stay; if none shows who ran the site, the days of its code."""
    record = store.records.get(stay.site) if stay.site is not None else None
    if record is None:
        return Stay(stay.operator)
    if not record.says("operator"):
        return Stay(stay.operator, since=_day(record.legal.start), until=_day(record.legal.end))
    return next((one for one in _at_site(store, record) if one.operator == stay.operator), Stay(stay.operator))


def _at_site(store: Store, record: Record) -> tuple[Stay, ...]:
    """Who ran a site under one code, in the order in which lists show them.

    Where they show two bodies, the first passed it on on some day between the two lists. A body that was gone before
    the code was opened ran nothing under it, though a list may still say so.
    """
    operators = {s.value for s in record.says("operator")}
    order = sorted(operators, key=lambda code: (seen_by(record, code) or (date.min, date.min), code))
    if not order:
        return ()
    passed = [_passed(record, before, after) for before, after in pairwise(order)]
    sinces = [_day(record.legal.start) if len(order) == 1 else None, *(later for _, later in passed)]
    untils = [*(earlier for earlier, _ in passed), _day(record.legal.end)]
    made = (
        _lived(store, _said(record, code, since, until, lasting=record.legal.end is None and code == order[-1]))
        for code, since, until in zip(order, sinces, untils, strict=True)
    )
    return tuple(s for s in made if s.since is None or s.until is None or s.since.earliest <= s.until.latest)


def _said(
    record: Record, operator: str, since: PartialDate | None, until: PartialDate | None, *, lasting: bool
) -> Stay:
    """One body at a site; days that a source gives go before days that lists leave to be worked out."""
    said = tuple(s for s in record.says("operator") if s.value == operator)
    periods = [s.period for s in said if s.period is not None]
    given = [(_day(p.start), _day(p.end)) for p in periods]
    seen = seen_by(record, operator)
    return Stay(
        operator=operator,
        site=record.code,
        since=next((first for first, _ in given if first), since),
        until=next((last for _, last in given if last), until),
        seen=Period(*seen) if seen else None,
        lasting=lasting,
        sources=tuple(dict.fromkeys(source for s in said for source in s.sources)),
    )


def _day(bound: object) -> PartialDate | None:
    return PartialDate.of_day(bound) if isinstance(bound, date) else None


def _passed(record: Record, giver: str, taker: str) -> tuple[PartialDate | None, PartialDate | None]:
    """Last day of one body and first day of the next, by the lists that show them; none where those overlap."""
    before, after = _sightings(record, giver), _sightings(record, taker)
    if not before or not after or max(day.latest for day in before) >= min(day.earliest for day in after):
        return None, None
    # Either list may be of any day of its month.
    first, last = max(day.earliest for day in before), min(day.latest for day in after)
    return PartialDate.between(first, last - _DAY), PartialDate.between(first + _DAY, last)


def _lived(store: Store, stay: Stay) -> Stay:
    """A stay inside the life of its operator: no body runs a site before it is, or when it is no more."""
    eras = [store.organisations[key] for key in store.eras.get(stay.operator, ())]
    if not eras:
        return stay
    first, last = eras[0].period.start, eras[-1].period.end
    since, until, seen = stay.since, stay.until, stay.seen
    if since is not None and isinstance(first, date) and since.earliest < first:
        since = PartialDate.between(first, max(first, since.latest))
    if isinstance(last, date):
        if until is None or until.latest > last:
            until = PartialDate.between(min(last, until.earliest) if until else last, last)
        seen = seen and seen.intersect(Period(None, last))
    return replace(stay, since=since, until=until, seen=seen, lasting=stay.lasting and eras[-1].period.end is None)


def seen_by(record: Record, operator: str) -> tuple[date, date] | None:
    """First and last day on which a list shows a site under an operator."""
    days = _sightings(record, operator)
    return (min(day.earliest for day in days), max(day.latest for day in days)) if days else None


def _sightings(record: Record, operator: str) -> list[PartialDate]:
    undated = (s for s in record.says("operator") if s.value == operator and s.period is None)
    return [source.as_at for said in undated for source in said.sources if isinstance(source, Source)]
