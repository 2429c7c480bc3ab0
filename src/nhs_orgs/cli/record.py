"""`show`: everything under one code, or one body, on a day or through its era."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

import typer
from rich import console, text

from nhs_orgs.cli.application import AsJson, Asked, AsKnown, ByDates, Folder, command, day_of, opened
from nhs_orgs.cli.choice import choose
from nhs_orgs.cli.documents import (
    Document,
    event_document,
    fact_document,
    name_document,
    named_in,
    organisation_document,
    parent_document,
    period_document,
    sources_document,
    statement_document,
)
from nhs_orgs.cli.facts import fact_rows
from nhs_orgs.cli.phrases import Numbers, basis_of, body_line, event_line, kind_and_period
from nhs_orgs.cli.screen import pairs, say, write_json
from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import NotOpen
from nhs_orgs.events import ChangeEvent
from nhs_orgs.explain import label
from nhs_orgs.facts import Fact
from nhs_orgs.names import DatedName, plain
from nhs_orgs.organisations import DateReading, Organisation, Trust
from nhs_orgs.parents import Parent
from nhs_orgs.period import Period
from nhs_orgs.records import Record, Relationship
from nhs_orgs.register import Register
from nhs_orgs.sources import Citation, Source
from nhs_orgs.vocabulary import ROLES

__all__ = ["show"]

_Rows: TypeAlias = list[tuple[str, console.RenderableType]]


@command("show")
def show(
    organisation: Asked,
    *,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="The body of one day, such as 2018-05-31.", show_default=False),
    ] = None,
    reading: ByDates = DateReading.LEGAL,
    known_at: AsKnown = None,
    json: AsJson = False,
    register: Folder = None,
) -> None:
    """Show what is known of a code, or of the body of one day.

    A bare code shows its record: its bodies, names, dates, what it belonged to, events and sources. With --on, or
    for a key, an abbreviation or a name, one body.

    Example: nhs-orgs show RRE --on 2018-05-31
    """
    whole = opened(register, known_at)
    asked = choose(whole, organisation)
    if on is None and asked in whole:
        record = whole[asked]
        if json:
            write_json(_record_document(whole, record))
        else:
            _print_record(whole, record)
        return
    view = _view(whole, asked, None if on is None else day_of(on), reading)
    if json:
        write_json(view.document())
    else:
        view.print()


# --- one body ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """One body, and what is known of it on the day asked about or through its era."""

    register: Register
    body: Organisation
    day: date | None = None
    parents: tuple[Parent, ...] = ()

    @property
    def record(self) -> Record | None:
        return None if self.body.code is None else self.register[self.body.code]

    @property
    def events(self) -> tuple[ChangeEvent, ...]:
        """The events by which it began, changed or ended."""
        events = self.register.events() if self.body.code is None else self.register.events(self.body.code)
        return tuple(e for e in events if self.body.key in {p.key for p in (*e.befores, *e.afters)})

    @property
    def sources(self) -> tuple[Source | Citation, ...]:
        named = self.record.sources if self.record else ()
        return tuple(dict.fromkeys([*named, *_citing(self.held), *named_in(self.events)]))

    @property
    def held(self) -> tuple[Fact, ...]:
        """Every fact about this body, of whatever day of its era."""
        return self.register.facts(self.body.key)

    def print(self) -> None:
        numbers = Numbers()
        heading = body_line(self.body)
        say(heading if self.day is None else heading.append(f" on {_words(self.day)}"))
        say(pairs([*self._facts(), *self._dates(numbers), *self._parents(numbers)]))
        if self.body.names and self.record:
            say("", "Names", pairs(_names(self.record, self.body.names, numbers)))
        _print_facts(self.held, numbers)
        _print_events(self.register, self.events, numbers)
        _print_sources(numbers)

    def _facts(self) -> _Rows:
        body = self.body
        rows: _Rows = [("kind", body.title)]
        if isinstance(body, Trust):
            rows += [("form", body.form(on=self.day).value)] if self.day else []
            rows += [(name, value) for name, value in (("sector", body.sector), ("nation", body.nation)) if value]
        if body.inferred_kind:
            rows.append(("", "by the shape of its code: no source says its kind"))
        return rows

    def _dates(self, numbers: Numbers) -> _Rows:
        rows: _Rows = [("body", self.body.period.describe())]
        if self.record is not None:
            rows += _record_dates(self.record, numbers)
        return rows

    def _parents(self, numbers: Numbers) -> _Rows:
        return [(parent.level, _parent(parent, numbers)) for parent in self.parents]

    def document(self) -> Document:
        made = organisation_document(self.body) | {
            "on": self.day and self.day.isoformat(),
            "title": self.body.title,
            "inferred_kind": self.body.inferred_kind,
            "record": self.record
            and {"legal": period_document(self.record.legal), "operational": period_document(self.record.operational)},
            "names": [name_document(name) for name in self.body.names],
            "facts": [fact_document(fact) for fact in self.held],
            "parents": [parent_document(parent) for parent in self.parents],
            "events": [event_document(event) for event in self.events],
        }
        if isinstance(self.body, Trust):
            made["form"] = self.body.form(on=self.day).value if self.day else None
            made |= {"sector": self.body.sector, "nation": self.body.nation}
        return made | {"sources": sources_document(self.sources)}


def _view(register: Register, asked: str, on: str | None, reading: DateReading) -> _View:
    """The body asked about: of a day where one is given, else the era of a key."""
    if on is None or asked.startswith("body:"):
        return _View(register, register.organisation(asked))
    snapshot = register.on(on, reading=reading)
    code = asked.partition("@")[0]
    body = snapshot[code]
    if asked not in {code, body.key}:
        raise NotOpen(asked, on, f"{body.key} was: the code stayed and the body changed.")
    return _View(register, body, snapshot.day, snapshot.parents(code))


def _parent(parent: Parent, numbers: Numbers) -> str:
    """Code and name; how far it is known; who says so."""
    known = label(parent.organisation) if parent.organisation else parent.code or "unknown"
    doubts = [parent.reason] if parent.reason else []
    if parent.inferred:
        between = f" between {_words(parent.between[0])} and {_words(parent.between[1])}" if parent.between else ""
        doubts.append(f"inferred{between}")
    doubt = f" ({'; '.join(doubts)})" if doubts else ""
    return f"{known}{doubt} {numbers.cite(parent.sources)}"


# --- the whole record -------------------------------------------------------------------------------------------


def _print_record(register: Register, record: Record) -> None:
    numbers = Numbers()
    eras = register.eras(record.code)
    say(text.Text.assemble((record.code, "bold"), "  ", eras[-1].name))
    say(pairs([*_record_dates(record, numbers), *_record_facts(record)]))
    say("", "Bodies under this code")
    say(pairs([(era.key, f"{era.name}\n{kind_and_period(era)}") for era in eras]))
    if record.names:
        say("", "Names", pairs(_names(record, record.names, numbers)))
    if record.relationships:
        say("", "Belonged to, as sources say", pairs(_belonged(register, record, numbers)))
    _print_facts(record.facts(), numbers)
    _print_events(register, register.events(record.code), numbers)
    _print_sources(numbers)


def _record_dates(record: Record, numbers: Numbers) -> _Rows:
    says = [s for name in ("legal_start", "legal_end") for s in record.says(name)]
    cited = numbers.cite(source for statement in says for source in statement.sources)
    rows: _Rows = [("code, legal", f"{record.legal.describe()} {cited}")]
    if record.operational is not None:
        says = [s for name in ("operational_start", "operational_end") for s in record.says(name)]
        cited = numbers.cite(source for statement in says for source in statement.sources)
        rows.append(("code, operational", f"{record.operational.describe()} {cited}"))
    return rows


def _record_facts(record: Record) -> _Rows:
    roles = [f"{role} {ROLES[role].name if role in ROLES else ''}{_during(period)}" for role, period in record.roles]
    rows = [
        ("abbreviations", ", ".join(record.abbreviations)),
        ("roles", "\n".join(role.strip() for role in roles)),
        ("ONS codes", ", ".join(record.gss)),
        ("postcode", record.postcode or ""),
    ]
    return [(name, value) for name, value in rows if value]


def _during(period: Period | None) -> str:
    return f", {period.describe()}" if period else ""


def _names(record: Record, names: Iterable[DatedName], numbers: Numbers) -> _Rows:
    """Each name, its days, and who prints it."""
    said = [*record.says("name"), *record.says("loose name")]
    rows: _Rows = []
    for name in names:
        sources = [s for statement in said if plain(statement.value) == plain(name.text) for s in statement.sources]
        rows.append(("", f"{name.text}\n{name.describe()} {numbers.cite(sources)}"))
    return rows


def _belonged(register: Register, record: Record, numbers: Numbers) -> _Rows:
    return [(r.property, _relationship(register, r, numbers)) for r in record.relationships]


def _relationship(register: Register, relationship: Relationship, numbers: Numbers) -> str:
    """The other, and the days: dated, or those of the releases that show it."""
    other = register.eras(relationship.other)[-1].name if relationship.other in register else ""
    if relationship.period is not None:
        days = relationship.period.describe()
    else:
        days = f"as at {_releases(relationship.sources)}"
    return f"{relationship.other} {other}, {days} {numbers.cite(relationship.sources)}".replace(" ,", ",")


def _releases(sources: Iterable[Source | Citation]) -> str:
    """The first and the last release of some."""
    dates = sorted((s.as_at for s in sources if isinstance(s, Source)), key=lambda date: date.earliest)
    ends = dict.fromkeys(date.describe() for date in (*dates[:1], *dates[-1:]))
    return " to ".join(ends) or "no dated release"


def _record_document(register: Register, record: Record) -> Document:
    events = register.events(record.code)
    return {
        "code": record.code,
        "legal": period_document(record.legal),
        "operational": period_document(record.operational),
        "abbreviations": list(record.abbreviations),
        "gss": list(record.gss),
        "postcode": record.postcode,
        "organisations": [organisation_document(era) for era in register.eras(record.code)],
        "names": [name_document(name) for name in record.names],
        "statements": [statement_document(statement) for statement in record.statements],
        "facts": [fact_document(fact) for fact in record.facts()],
        "events": [event_document(event) for event in events],
        "sources": sources_document([*record.sources, *_citing(record.facts()), *named_in(events)]),
    }


# --- what both have ---------------------------------------------------------------------------------------------


def _print_events(register: Register, events: Iterable[ChangeEvent], numbers: Numbers) -> None:
    rows: _Rows = [
        (str(e.dated), f"{e.kind.value}: {event_line(e, register)}; {basis_of(e)} {numbers.cite(e.sources)}")
        for e in events
    ]
    if rows:
        say("", "Events", pairs(rows))


def _print_facts(held: Iterable[Fact], numbers: Numbers) -> None:
    if rows := fact_rows(held, numbers):
        say("", "Facts", pairs(rows))


def _citing(held: Iterable[Fact]) -> list[Citation]:
    return [citation for fact in held for citation in fact.citations]


def _print_sources(numbers: Numbers) -> None:
    if numbers.sources:
        say("", "Sources", numbers.listed())


def _words(day: date) -> str:
    return PartialDate.of_day(day).describe()
