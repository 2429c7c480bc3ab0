"""Small registers in memory, in a few lines: tables of eras, events and statements in, a `Store` out.

    store = make_store(
        '''
        RM2  1994-04-01  2017-09-30  Trust  South Manchester
        RW3  2001-04-01  2017-09-30  Trust  Central Manchester
        R0A  2017-10-01  ..          Trust  Manchester University
        ''',
        event("2017-10-01", "merger", "RM2 => R0A, RW3 => R0A"),
        says("R0A", "region", "Y54", "etr@2018-08-31"),
    )

An era is ``code first last Kind Name``, the kind a class name or its short one (``CCG``): ``..`` is an open end,
``unknown`` a bound that nobody dates. Its key is made from code and first day. More on an era goes behind ``|``:
``| operational=1993-04-01/2014-10-31``, ``| seen=2005-04-01/2010-03-31``. Several names of one era are written
``First Name; 2015-01-01 Second Name``, each later one with its first day.

In the flows of an event ``A => B`` passes A whole, ``A -> B 0.4 floor area`` a part, with its share where given;
a code stands for its era of the day before on the left, of the day itself on the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from nhs_orgs import organisations
from nhs_orgs.dates import PartialDate, to_day
from nhs_orgs.events import (
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
from nhs_orgs.names import DatedName
from nhs_orgs.organisations import Organisation
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.records import Record
from nhs_orgs.sources import Citation, Confidence, Source, Statement
from nhs_orgs.store import Store

__all__ = ["Happening", "citation", "era", "eras", "event", "make_store", "says", "source"]

_DAY = timedelta(days=1)
_FLOW = re.compile(r"(?P<giver>\S+) (?P<arrow>=>|->) (?P<receiver>\S+)(?: (?P<share>[\d.]+) (?P<basis>.+))?")


def source(text: str) -> Source:
    """A release by its id, such as ``etr@2018-08-31``."""
    report, _, as_at = text.partition("@")
    return Source(text, report, f"the {report} list", "A publisher", PartialDate.from_text(as_at), f"{report}.csv", "0")


def citation(id: str) -> Citation:
    """A document by its id."""
    return Citation(id, "A publisher", f"About {id}")


def _evidence(text: str) -> Source | Citation:
    return source(text) if "@" in text else citation(text)


def says(code: str, name: str, value: str, *sources: str, period: str | None = None) -> Statement:
    """A statement; a source with ``@`` is a release, one without a document."""
    when = Period.from_text(period) if period else None
    return Statement(code, name, value, tuple(map(_evidence, sources)), when)


# --- eras -----------------------------------------------------------------------------------------------------------


def era(line: str) -> Organisation:
    """One era from one line of the table."""
    text, *options = (part.strip() for part in line.split("|"))
    code, first, last, kind, *words = text.split(maxsplit=4)
    period = Period.from_text(f"{first}/{last}")
    names = tuple(_names(words[0] if words else f"Name of {code}", period))
    built: Organisation = getattr(organisations, kind)(
        key=f"{code}@{first}", code=code, name=names[-1].text, period=period, names=names
    )
    return replace(built, **dict(map(_option, options)))


def eras(table: str) -> list[Organisation]:
    """Every era of a table, a line each."""
    return [era(line) for line in table.strip().splitlines() if line.strip()]


def _names(text: str, period: Period) -> Iterable[DatedName]:
    first = period.start if isinstance(period.start, date) else date(1900, 1, 1)
    texts = [part.strip() for part in text.split(";")]
    starts = [first, *(to_day(part.split(maxsplit=1)[0]) for part in texts[1:])]
    words = [texts[0], *(part.split(maxsplit=1)[1] for part in texts[1:])]
    for position, word in enumerate(words):
        last = starts[position + 1] - _DAY if position + 1 < len(starts) else None
        yield DatedName(
            text=word,
            published=word,
            since=PartialDate.of_day(starts[position]) if position else None,
            until=PartialDate.of_day(last) if last else None,
            first_seen=starts[position],
            last_seen=last or starts[position],
        )


def _option(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    periods = {"operational", "seen"}
    return name.strip(), Period.from_text(value.strip()) if name.strip() in periods else value.strip()


# --- events ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happening:
    """An event as a test writes it: its codes become era keys when the store is made."""

    day: PartialDate
    kind: EventKind
    flows: tuple[str, ...]
    id: str
    fates: dict[str, str]
    more: dict[str, Any] = field(default_factory=dict)


def event(day: str, kind: str, flows: str = "", *, id: str = "", **more: Any) -> Happening:  # noqa: ANN401 - fields of many types
    """An event.

    `flows` are transfers separated by commas, or the bare codes of those that take part in one without any.
    `fates` overrides what is worked out from the eras (``{"RYK": "gives"}``). ``cited=("hsj",)`` makes it curated,
    without it rests on succession rows. ``status``, ``confidence``, ``completes``, ``announced_as``, ``narrative``,
    ``conflicts``, ``mechanism`` as in `ChangeEvent`, by their values.
    """
    parts = tuple(part.strip() for part in flows.split(",") if part.strip())
    fates = more.pop("fates", {})
    name = id or "-".join([day, *re.findall(r"[\w@]+", flows)])
    return Happening(PartialDate.from_text(day), EventKind(kind), parts, name, fates, more)


def _made(happening: Happening, bodies: dict[str, list[Organisation]]) -> ChangeEvent:
    day = happening.day.earliest
    transfers = tuple(_transfer(flow, day, bodies) for flow in happening.flows if "=>" in flow or "->" in flow)
    alone = [flow for flow in happening.flows if "=>" not in flow and "->" not in flow]
    more = dict(happening.more)
    cited = tuple(map(citation, more.pop("cited", ())))
    confidence = more.pop("confidence", None)
    befores = dict.fromkeys([t.giver for t in transfers])
    afters = dict.fromkeys([t.receiver for t in transfers])
    if happening.kind in {EventKind.CREATION, EventKind.RENAME}:
        afters.update({_key(code, day, bodies): None for code in alone})
    else:
        befores.update({_key(code, day - _DAY, bodies): None for code in alone})
    return ChangeEvent(
        id=happening.id,
        kind=happening.kind,
        status=EventStatus(more.pop("status", "completed")),
        effective=happening.day,
        befores=tuple(
            _called(_participant(key, day, befores, afters, bodies, happening.fates), day - _DAY, bodies)
            for key in befores
        ),
        afters=tuple(
            _called(_participant(key, day, befores, afters, bodies, happening.fates), day, bodies) for key in afters
        ),
        transfers=transfers,
        confidence=Confidence(confidence) if confidence else None,
        citations=cited,
        evidence=() if cited else _rows(transfers, day),
        **more,
    )


def _rows(transfers: Iterable[Transfer], day: date) -> tuple[SuccessionEvidence, ...]:
    release = source("succ@2026-05")
    codes = ((t.giver.partition("@")[0], t.receiver.partition("@")[0]) for t in transfers)
    return tuple(
        SuccessionEvidence(predecessor=giver, successor=receiver, day=day, sources=(release,))
        for giver, receiver in codes
        if giver != receiver
    )


def _transfer(flow: str, day: date, bodies: dict[str, list[Organisation]]) -> Transfer:
    found = _FLOW.fullmatch(flow)
    if found is None:
        raise ValueError(f"not a flow: {flow!r}")
    shares = (Share(float(found["share"]), found["basis"]),) if found["share"] else ()
    return Transfer(
        giver=_key(found["giver"], day - _DAY, bodies),
        receiver=_key(found["receiver"], day, bodies),
        extent=Extent.WHOLE if found["arrow"] == "=>" else Extent.PART,
        shares=shares,
    )


def _key(text: str, day: date, bodies: dict[str, list[Organisation]]) -> str:
    """The era of a code on a day; a key, or a code with one era, as it is."""
    if "@" in text or text not in bodies:
        return text
    on_day = [body for body in bodies[text] if body.period.may_contain(day)]
    return (on_day or bodies[text])[-1].key


def _participant(
    key: str,
    day: date,
    befores: Iterable[str],
    afters: Iterable[str],
    bodies: dict[str, list[Organisation]],
    fates: dict[str, str],
) -> Participant:
    code = key.partition("@")[0]
    ends = any(body.key == key and body.period.end == day - _DAY for body in bodies.get(code, ()))
    goes_on = code in {other.partition("@")[0] for other in (*befores, *afters) if other != key}
    if goes_on:
        fate = Fate.CONTINUES
    elif key in set(befores):
        fate = Fate.ENDS if ends else Fate.GIVES
    else:
        starts = any(body.key == key and body.period.start == day for body in bodies.get(code, ()))
        fate = Fate.NEW if starts else Fate.GAINS
    return Participant(key=key, code=code, fate=Fate(fates.get(code, fate)))


def _called(made: Participant, day: date, bodies: dict[str, list[Organisation]]) -> Participant:
    """One who takes part, by the name and kind of that day."""
    same = [body for body in bodies.get(made.code or "", ()) if body.key == made.key]
    return Participant.of(same[0], on=day, fate=made.fate) if same else made


# --- the store ------------------------------------------------------------------------------------------------------


def make_store(
    table: str | Iterable[Organisation],
    *rest: Happening | ChangeEvent | Statement,
    covers: str = "1990-01-01/2026-12-31",
    known_until: dict[str, str] | None = None,
) -> Store:
    """A store of these eras, events and statements; every era's code has a record with its legal dates."""
    bodies = eras(table) if isinstance(table, str) else list(table)
    by_code: dict[str, list[Organisation]] = {}
    for body in sorted(bodies, key=lambda body: body.period.sort_key):
        if body.code is not None:
            by_code.setdefault(body.code, []).append(body)
    statements = [item for item in rest if isinstance(item, Statement)]
    events = [item for item in rest if isinstance(item, ChangeEvent)]
    events += [_made(item, by_code) for item in rest if isinstance(item, Happening)]
    events.sort(key=lambda made: (made.dated.earliest, made.id))
    releases = {s.id: s for said in statements for s in said.sources if isinstance(s, Source)}
    releases |= {s.id: s for made in events for s in made.sources if isinstance(s, Source)}
    return Store(
        records={code: _record(code, found, statements) for code, found in sorted(by_code.items())},
        organisations={body.key: body for found in [*by_code.values(), _outside(bodies)] for body in found},
        eras={code: tuple(body.key for body in found) for code, found in sorted(by_code.items())},
        events={made.id: made for made in events},
        sources=releases or {"etr@2026-07-31": source("etr@2026-07-31")},
        covers=Period.from_text(covers),
        known_until={kind: to_day(day) for kind, day in (known_until or {}).items()},
    )


def _outside(bodies: Iterable[Organisation]) -> list[Organisation]:
    return [body for body in bodies if body.code is None]


def _record(code: str, bodies: list[Organisation], statements: Iterable[Statement]) -> Record:
    start, end = bodies[0].period.start, bodies[-1].period.end
    life = [
        *([] if start is UNKNOWN else [says(code, "legal_start", str(start or ".."), "etr@2026-07-31")]),
        *([] if end is UNKNOWN else [says(code, "legal_end", str(end or ".."), "etr@2026-07-31")]),
    ]
    return Record(code, (*life, *(said for said in statements if said.subject == code)))
