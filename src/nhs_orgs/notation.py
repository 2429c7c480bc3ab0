"""How statements, eras and events are written as JSON, and read back: each pair of functions an exact inverse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import (
    Basis,
    ChangeEvent,
    EventKind,
    EventStatus,
    Extent,
    Fate,
    Participant,
    Share,
    SuccessionEvidence,
    Transfer,
)
from nhs_orgs.facts import Fact
from nhs_orgs.names import DatedName, name_in, within
from nhs_orgs.organisations import KINDS, Body, Organisation
from nhs_orgs.period import Period
from nhs_orgs.places import Place, PlaceName, Stay
from nhs_orgs.sources import Citation, Confidence, Source, Statement
from nhs_orgs.store import Store

__all__ = [
    "Sources",
    "decode_body",
    "decode_event",
    "decode_fact",
    "decode_organisation",
    "decode_place",
    "decode_row",
    "decode_statement",
    "encode_body",
    "encode_event",
    "encode_fact",
    "encode_organisation",
    "encode_place",
    "encode_row",
    "encode_source",
    "encode_statement",
    "era_key",
]


_DAY: Final = timedelta(days=1)
_NEVER: Final = PartialDate.of_day(date.max)
"""For an event of no day, which no event is."""


@dataclass(frozen=True)
class Sources:
    """Every release and citation of a register, by position: statements name their sources by number."""

    all: tuple[Source | Citation, ...]

    @classmethod
    def of(cls, store: Store) -> Sources:
        """Releases first, then every citation that a statement or an event makes, in order of id."""
        cited: dict[str, Citation] = {}
        for record in store.records.values():
            cited.update({s.id: s for s in record.sources if isinstance(s, Citation)})
        for event in store.events.values():
            cited.update({citation.id: citation for citation in event.citations})
            confirming = (source for p in (*event.befores, *event.afters) for source in p.sources)
            cited.update({source.id: source for source in confirming if isinstance(source, Citation)})
        for fact in (fact for held in store.facts.values() for fact in held):
            cited.update({citation.id: citation for citation in fact.citations})
        for place in store.places.values():
            cited.update({source.id: source for source in place.sources if isinstance(source, Citation)})
        return cls((*store.sources.values(), *(cited[key] for key in sorted(cited))))

    @property
    def releases(self) -> tuple[Source, ...]:
        """The files read."""
        return tuple(s for s in self.all if isinstance(s, Source))

    @property
    def encoded(self) -> list[dict[str, Any]]:
        """As JSON, in order."""
        return [encode_source(source) for source in self.all]

    @classmethod
    def decoded(cls, raw: list[dict[str, Any]]) -> Sources:
        """Back from JSON."""
        return cls(tuple(_decode_source(entry) for entry in raw))

    def numbers(self, sources: Iterable[Source | Citation]) -> list[int]:
        """Positions of some sources."""
        return [self._positions()[source.id] for source in sources]

    def at(self, numbers: Iterable[int]) -> tuple[Source | Citation, ...]:
        """Sources at some positions."""
        return tuple(self.all[number] for number in numbers)

    def _positions(self) -> dict[str, int]:
        found: dict[str, int] | None = self.__dict__.get("_index")
        if found is None:
            found = {source.id: position for position, source in enumerate(self.all)}
            object.__setattr__(self, "_index", found)
        return found


def _present(**values: object) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not False and value not in (None, (), [], "")}


def encode_source(source: Source | Citation) -> dict[str, Any]:
    """A release or a citation; a release is told by its checksum."""
    if isinstance(source, Source):
        return {f.name: str(getattr(source, f.name)) for f in fields(source)}
    published = str(source.published) if source.published else None
    return _present(
        id=source.id,
        publisher=source.publisher,
        title=source.title,
        published=published,
        url=source.url,
        note=source.note,
    )


def _decode_source(raw: dict[str, Any]) -> Source | Citation:
    if "sha256" in raw:
        return Source(**{**raw, "as_at": PartialDate.from_text(raw["as_at"])})
    published = PartialDate.from_text(raw["published"]) if "published" in raw else None
    return Citation(**{**raw, "published": published})


def encode_statement(statement: Statement, sources: Sources) -> list[Any]:
    """Property, value, source numbers, and the period where there is one."""
    made: list[Any] = [statement.property, statement.value, sources.numbers(statement.sources)]
    return [*made, str(statement.period)] if statement.period is not None else made


def decode_statement(subject: str, raw: list[Any], sources: Sources) -> Statement:
    """Back from `encode_statement`."""
    period = Period.from_text(raw[3]) if len(raw) > 3 else None  # noqa: PLR2004 - three parts, and perhaps a period
    return Statement(subject, raw[0], raw[1], sources.at(raw[2]), period)


_EXTRAS = ("care_trust", "nation", "sector", "statutory_body")
"""Fields of single kinds that are plain JSON already."""


def encode_organisation(organisation: Organisation) -> list[Any]:
    """One era of a record: its kind, period, days seen, working period, and what its kind adds.

    Key and names are not written: they follow from the period and the record's statements.
    """
    foundation = getattr(organisation, "foundation_start", None)
    extras = _present(
        inferred_kind=organisation.inferred_kind,
        foundation_start=foundation.isoformat() if foundation else None,
        **{name: getattr(organisation, name, None) for name in _EXTRAS},
    )
    made: list[Any] = [
        organisation.kind.__name__,
        str(organisation.period),
        str(organisation.seen or ""),
        str(organisation.operational or ""),
        extras,
    ]
    while made[-1] in ("", {}):
        made.pop()
    return made


def era_key(code: str, period: str) -> str:
    """The key of the era of a code with that period, as written."""
    return f"{code}@{period.partition('/')[0]}"


def decode_organisation(code: str, raw: list[Any], names: tuple[DatedName, ...], *, final: bool) -> Organisation:
    """Back from `encode_organisation`, with the names of its record; `final` for the last era of its code."""
    whole: list[Any] = [*raw, *["", "", {}][len(raw) - 2 :]]
    kind, written, seen, operational, extras = whole
    period = Period.from_text(written)
    borne = within(names, period, final=final)
    if "foundation_start" in extras:
        extras = {**extras, "foundation_start": date.fromisoformat(extras["foundation_start"])}
    return KINDS[kind](
        key=era_key(code, written),
        code=code,
        name=name_in(names, period, final=final),
        period=period,
        operational=Period.from_text(operational) if operational else None,
        names=borne,
        seen=Period.from_text(seen) if seen else None,
        **extras,
    )


def encode_body(body: Body) -> list[Any]:
    """A body outside the register."""
    return [body.name, body.sort, str(body.period)]


def decode_body(key: str, raw: list[Any]) -> Body:
    """Back from `encode_body`."""
    return Body(key=key, code=None, name=raw[0], sort=raw[1], period=Period.from_text(raw[2]))


def encode_event(event: ChangeEvent, sources: Sources) -> dict[str, Any]:
    """One event, without its id."""
    return _present(
        kind=event.kind.value,
        status=event.status.value,
        effective=str(event.effective) if event.effective else None,
        legal=str(event.legal) if event.legal else None,
        announced=str(event.announced) if event.announced else None,
        announced_as=event.announced_as,
        mechanism=event.mechanism,
        befores=[_encode_participant(p, sources) for p in event.befores],
        afters=[_encode_participant(p, sources) for p in event.afters],
        transfers=[_encode_transfer(t) for t in event.transfers],
        narrative=event.narrative,
        confidence=event.confidence.value if event.confidence else None,
        citations=sources.numbers(event.citations),
        evidence=[encode_row(row, sources) for row in event.evidence],
        basis=[basis.value for basis in event.basis],
        completes=list(event.completes),
        nothing_followed=event.nothing_followed,
        conflicts=list(event.conflicts),
        notes=list(event.notes),
    )


def _encode_participant(participant: Participant, sources: Sources) -> list[Any]:
    made: list[Any] = [participant.key, participant.code, participant.fate.value]
    sure = [participant.confidence.value] if participant.confidence else []
    return [*made, sources.numbers(participant.sources), *sure] if participant.sources else made


def _encode_transfer(transfer: Transfer) -> dict[str, Any]:
    return _present(
        g=transfer.giver,
        r=transfer.receiver,
        whole=transfer.extent is Extent.WHOLE,
        shares=[[share.share, share.basis] for share in transfer.shares],
        services=list(transfer.services),
        sites=list(transfer.sites),
        note=transfer.note,
    )


def encode_row(row: SuccessionEvidence, sources: Sources) -> list[Any]:
    """One succession row, and the numbers of the releases that print it."""
    return [row.predecessor, row.successor, row.day.isoformat(), sources.numbers(row.sources)]


def decode_event(
    id_: str, raw: dict[str, Any], sources: Sources, organisations: Mapping[str, Organisation]
) -> ChangeEvent:
    """Back from `encode_event`; the names of those that take part are not written: their eras have them."""
    effective, announced = _date(raw, "effective"), _date(raw, "announced")
    known = _Known(sources, organisations, (effective or announced or _NEVER).earliest)
    return ChangeEvent(
        id=id_,
        kind=EventKind(raw["kind"]),
        status=EventStatus(raw["status"]),
        effective=effective,
        legal=_date(raw, "legal"),
        announced=announced,
        announced_as=raw.get("announced_as"),
        mechanism=raw.get("mechanism"),
        befores=tuple(known.participant(p, known.day - _DAY) for p in raw.get("befores", ())),
        afters=tuple(known.participant(p, known.day) for p in raw.get("afters", ())),
        transfers=tuple(_decode_transfer(t) for t in raw.get("transfers", ())),
        narrative=raw.get("narrative"),
        confidence=Confidence(raw["confidence"]) if "confidence" in raw else None,
        citations=tuple(s for s in sources.at(raw.get("citations", ())) if isinstance(s, Citation)),
        evidence=tuple(decode_row(row, sources) for row in raw.get("evidence", ())),
        basis=tuple(Basis(value) for value in raw.get("basis", ())),
        completes=tuple(raw.get("completes", ())),
        nothing_followed=raw.get("nothing_followed", False),
        conflicts=tuple(raw.get("conflicts", ())),
        notes=tuple(raw.get("notes", ())),
    )


def _date(raw: Mapping[str, Any], name: str) -> PartialDate | None:
    return PartialDate.from_text(raw[name]) if name in raw else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What an event is decoded with."""

    sources: Sources
    organisations: Mapping[str, Organisation]
    day: date

    def participant(self, raw: list[Any], day: date) -> Participant:
        """A body by its name of a day; a register that lacks it keeps the code."""
        key, code, fate, *more = raw
        confirming = self.sources.at(more[0]) if more else ()
        sure = Confidence(more[1]) if more[1:] else None
        body = self.organisations.get(key)
        if body is not None:
            return Participant.of(body, on=day, fate=Fate(fate), sources=confirming, confidence=sure)
        return Participant(key=key, code=code, fate=Fate(fate), sources=confirming, confidence=sure)


def _decode_transfer(raw: dict[str, Any]) -> Transfer:
    return Transfer(
        giver=raw["g"],
        receiver=raw["r"],
        extent=Extent.WHOLE if raw.get("whole") else Extent.PART,
        shares=tuple(Share(share, basis) for share, basis in raw.get("shares", ())),
        services=tuple(raw.get("services", ())),
        sites=tuple(raw.get("sites", ())),
        note=raw.get("note"),
    )


def decode_row(raw: list[Any], sources: Sources) -> SuccessionEvidence:
    """Back from `encode_row`."""
    releases = tuple(s for s in sources.at(raw[3]) if isinstance(s, Source))
    return SuccessionEvidence(predecessor=raw[0], successor=raw[1], day=date.fromisoformat(raw[2]), sources=releases)


_WORDS = ("property", "value", "aspect", "number", "unit", "note", "contradicted")
"""Fields of a fact that are plain JSON already."""
_DATES = ("on", "since", "until")


def _dated(thing: object) -> dict[str, str]:
    return {name: str(day) for name in _DATES if (day := getattr(thing, name, None)) is not None}


def encode_fact(fact: Fact, sources: Sources) -> dict[str, Any]:
    """One fact, the body that it is about by its era key."""
    return _present(
        of=fact.organisation.key,
        citations=sources.numbers(fact.citations),
        confidence=fact.confidence.value,
        **{name: getattr(fact, name) for name in _WORDS},
        **_dated(fact),
    )


def decode_fact(raw: dict[str, Any], sources: Sources, organisations: Mapping[str, Organisation]) -> Fact:
    """Back from `encode_fact`."""
    return Fact(
        organisation=organisations[raw["of"]],
        citations=tuple(s for s in sources.at(raw["citations"]) if isinstance(s, Citation)),
        confidence=Confidence(raw["confidence"]),
        **{name: raw[name] for name in _WORDS if name in raw},
        on=_date(raw, "on"),
        since=_date(raw, "since"),
        until=_date(raw, "until"),
    )


def encode_place(place: Place, sources: Sources) -> dict[str, Any]:
    """One place, without its id."""
    return _present(
        name=place.name,
        kind=place.kind,
        town=place.town,
        former_names=[[former.text, _dated(former)] for former in place.former_names],
        stays=[[stay.operator, stay.site, _dated(stay)] for stay in place.stays],
        sources=sources.numbers(place.sources),
        confidence=place.confidence.value,
        note=place.note,
    )


def decode_place(id_: str, raw: dict[str, Any], sources: Sources) -> Place:
    """Back from `encode_place`."""
    return Place(
        id=id_,
        name=raw["name"],
        kind=raw["kind"],
        town=raw.get("town"),
        former_names=tuple(
            PlaceName(text, PartialDate.from_text(days["until"]), _date(days, "since"))
            for text, days in raw.get("former_names", ())
        ),
        stays=tuple(
            Stay(operator, site, id_, _date(days, "since"), _date(days, "until"))
            for operator, site, days in raw["stays"]
        ),
        sources=sources.at(raw["sources"]),
        confidence=Confidence(raw["confidence"]),
        note=raw.get("note"),
    )
