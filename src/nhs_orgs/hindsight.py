"""The register as it was known at a time: a store made again from the releases that were in hand then.

Of each report only its newest release by that time speaks, as ODS overwrites what it said before.
What those releases say goes through the compiler's own steps, so that one set of rules holds: a
body that no release had closed yet is open, and what only later releases list is not known at all.

A store keeps no tables of shares, so by what was known an event has no shares but those that a curated entry gives, and
nothing of what such tables confirm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from nhs_orgs.compiler.assemble import Ground, store_of
from nhs_orgs.compiler.curated import curated_claims, unlisted_facts
from nhs_orgs.compiler.curation import Curation
from nhs_orgs.compiler.lives import lives
from nhs_orgs.compiler.statements import UNCODED, Claim, in_order, records
from nhs_orgs.errors import OutsideCoverage
from nhs_orgs.pauses import no_collection
from nhs_orgs.readers.base import SuccessionRow
from nhs_orgs.records import Record
from nhs_orgs.releases import newest
from nhs_orgs.sources import Source, Statement
from nhs_orgs.store import Store

__all__ = ["known_at"]


def known_at(store: Store, at: date, curation: Curation) -> Store:
    """What the releases in hand at a time say, and what `curation` adds to them.

    The codes that the store leaves out stay left out.

    Raises:
        OutsideCoverage: no report had a release by then.
    """
    in_hand = newest(store.sources.values(), by=at)
    if not in_hand:
        first = min((source.as_at.latest for source in store.sources.values()), default=None)
        raise OutsideCoverage(at.isoformat(), f"releases from {first}" if first else "no release")
    return _made(store, frozenset(chain.from_iterable(in_hand.values())), curation)


def _made(store: Store, in_hand: frozenset[Source], curation: Curation) -> Store:
    """Made while the garbage collector pauses: it would find nothing, and take a third of the time."""
    with no_collection():
        return store_of(_ground(store, in_hand, curation), curation)


def _ground(store: Store, in_hand: frozenset[Source], curation: Curation) -> Ground:
    """What the releases in hand say, before anything is inferred."""
    rows = list(_rows(store, in_hand))
    found = {record.code: record for record in _records(store, in_hand)}
    listed = {*found, *(code for row in rows for code in (row.predecessor, row.successor))}
    found |= _with_claims(found, curated_claims(curation, listed))
    found |= {code: Record(code, ()) for code in listed - found.keys()}
    ids = {source.id for source in in_hand}
    uncoded = (f for f in store.findings if f.rule == UNCODED and ids.issuperset(f.sources))
    return Ground(
        known=lives(found[code] for code in sorted(found)),
        rows=rows,
        sources={source.id: source for source in in_hand},
        findings=(*uncoded, *unlisted_facts(curation, listed)),
    )


def _records(store: Store, in_hand: frozenset[Source]) -> Iterator[Record]:
    """Every code about which a release in hand says something, with that and no more."""
    for record in store.records.values():
        kept = [_said_by(statement, in_hand) for statement in record.statements]
        statements = in_order(statement for statement in kept if statement.sources)
        if statements:
            yield Record(record.code, statements)


def _said_by(statement: Statement, in_hand: frozenset[Source]) -> Statement:
    sources = tuple(source for source in statement.sources if source in in_hand)
    return statement if len(sources) == len(statement.sources) else replace(statement, sources=sources)


def _with_claims(found: Mapping[str, Record], claims: Iterable[Claim]) -> dict[str, Record]:
    """The records to which claims add something, equal statements joined."""
    added = list(claims)
    codes = {claim.subject for claim in added}
    said = (claim for code in codes if code in found for claim in _claims(found[code]))
    return records(chain(said, added))


def _claims(record: Record) -> Iterator[Claim]:
    for said in record.statements:
        for source in said.sources:
            yield Claim(record.code, said.property, said.value, source, said.period)


def _rows(store: Store, in_hand: frozenset[Source]) -> Iterator[SuccessionRow]:
    """The succession rows of releases in hand: those that events rest on, and those that were set aside."""
    for row in store.succession_rows:
        for source in row.sources:
            if source in in_hand:
                yield SuccessionRow(
                    source=source, line=0, predecessor=row.predecessor, successor=row.successor, day=row.day
                )
