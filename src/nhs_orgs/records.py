"""The register's `Record`: everything known under one ODS code, for its whole life.

A record is its code and its statements. Names, dates, roles and parents are read from those by one
rule each: a curated statement before a release, a newer release before an older. What was not
chosen stays in `Record.statements`.

>>> import nhs_orgs
>>> record = nhs_orgs.load()["RRE"]
>>> str(record.legal)
'2001-04-01/..'
>>> record.name_on("2018-05-31")
'South Staffordshire and Shropshire Healthcare NHS Foundation Trust'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nhs_orgs.dates import DateLike, PartialDate, to_day
from nhs_orgs.facts import Fact
from nhs_orgs.names import DatedName, candidates, display, plain
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.sources import Citation, Source, Statement

__all__ = ["CITED_SIGHTING", "LOOSE_NAME", "OPEN", "SHORT_NAME", "Record", "Relationship", "choose", "said_in"]

OPEN = ".."
"""The value of an end that a source leaves open."""

CITED_SIGHTING = "name seen"
"""Property of a name that a document shows in use between two days, without saying when it came in or went."""

LOOSE_NAME = "loose name"
"""Property of a name from a list that spells or cuts names loosely: used where there is no other, and no renaming."""

SHORT_NAME = "short name"
"""Property of a name from a list that abbreviates: used only where no other source names the body."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One other organisation that this one belonged to, as one statement has it."""

    property: str
    """``region``, ``geography``, ``operator``, ``commissioner`` or ``integrated care board``."""
    other: str
    """ODS code, or the GSS code where only that is given."""
    period: Period | None
    """When it held, where dated."""
    sources: tuple[Source | Citation, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known under one ODS code."""

    code: str
    statements: tuple[Statement, ...]
    held: tuple[Fact, ...] = field(default=(), repr=False)
    """Every dated fact about a body of this code."""

    def facts(self, name: str | None = None, *, aspect: str | None = None) -> tuple[Fact, ...]:
        """Dated facts about the bodies of this code, in order of time, each with the body that it is about.

        Args:
            name: only those of one property, such as ``cqc_rating``.
            aspect: only those of one side of it, such as ``overall``.
        """
        wanted = (fact for fact in self.held if name in (None, fact.property))
        return tuple(fact for fact in wanted if aspect in (None, fact.aspect))

    def says(self, name: str) -> tuple[Statement, ...]:
        """Every statement of one property."""
        return tuple(s for s in self.statements if s.property == name)

    @property
    def legal(self) -> Period:
        """First and last day in law. A bound that no source gives is unknown."""
        return self._period("legal")

    @property
    def operational(self) -> Period | None:
        """First and last day of working, ``None`` where no source gives either."""
        if not self.says("operational_start") and not self.says("operational_end"):
            return None
        return self._period("operational")

    def _period(self, which: str) -> Period:
        """Each bound by its own authority; neither is known where the two contradict each other."""
        start, end = self._bound(f"{which}_start"), self._bound(f"{which}_end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            return Period(UNKNOWN, UNKNOWN)
        return Period(start, end)

    def _bound(self, name: str) -> Bound:
        chosen = choose(self.says(name))
        if chosen is None:
            return UNKNOWN
        return None if chosen.value == OPEN else date.fromisoformat(chosen.value)

    @property
    def names(self) -> tuple[DatedName, ...]:
        """Every name it had, in order, each with its days as precisely as known."""
        return dated_names(self.named_by, self.legal)

    @property
    def named_by(self) -> tuple[Statement, ...]:
        """The statements that `names` are read from: every proper name, and loose ones from before any of those."""
        proper = [*self.says("name"), *self.says(CITED_SIGHTING)]
        return (*proper, *_before_any(self.says(LOOSE_NAME), proper)) or self.says(SHORT_NAME)

    def names_on(self, day: DateLike) -> tuple[str, ...]:
        """Every name that may have been in force on a day: one where known, two between two sightings."""
        return candidates(self.names, to_day(day))

    def name_on(self, day: DateLike) -> str | None:
        """The name on a day.

        Where the day falls between the last sighting of one name and the first of the next it is the
        earlier one (`names_on` gives both); ``None`` before any was seen.
        """
        return next(iter(self.names_on(day)), None)

    @property
    def roles(self) -> tuple[tuple[str, Period | None], ...]:
        """ODS role codes, each with its period where dated."""
        return tuple(dict.fromkeys((s.value, s.period) for s in self.says("role")))

    @property
    def relationships(self) -> tuple[Relationship, ...]:
        """Every statement about what it belonged to."""
        wanted = {"region", "geography", "operator", "commissioner", "integrated care board"}
        return tuple(
            Relationship(s.property, s.value, s.period, s.sources) for s in self.statements if s.property in wanted
        )

    @property
    def gss(self) -> tuple[str, ...]:
        """ONS codes that it had, in the order seen."""
        return tuple(dict.fromkeys(s.value for s in self.says("gss")))

    @property
    def gss_periods(self) -> tuple[tuple[str, Period], ...]:
        """ONS codes, each with its days: from the lookup that first prints it until the next code's.

        ONS codes come into force with the version of the lookup that brings them. The first is taken to hold from
        the record's own first day, and the last to its last: a lookup made after that brings no other.
        """
        first = {s.value: _first_day(s) for s in self.says("gss")}
        end = self.legal.end
        known = sorted((day, code) for code, day in first.items() if day is not None)
        seen = [(day, code) for day, code in known if not isinstance(end, date) or day <= end] or known[:1]
        starts = [self.legal.start if isinstance(self.legal.start, date) else UNKNOWN, *(day for day, _ in seen[1:])]
        ends = [*(day - _DAY for day, _ in seen[1:]), end]
        return tuple(
            (code, Period(start, end))
            for (_, code), start, end in zip(seen, starts, ends, strict=False)
            if not (isinstance(start, date) and isinstance(end, date) and end < start)
        )

    def gss_on(self, day: DateLike) -> str | None:
        """The ONS code on a day, ``None`` where no lookup gives one."""
        when = to_day(day)
        return next((code for code, period in self.gss_periods if period.may_contain(when)), None)

    @property
    def abbreviations(self) -> tuple[str, ...]:
        """Short names that a source uses."""
        return tuple(dict.fromkeys(s.value for s in self.says("abbreviation")))

    @property
    def postcode(self) -> str | None:
        """The latest postcode."""
        chosen = choose(self.says("postcode"))
        return chosen.value if chosen else None

    @property
    def sources(self) -> tuple[Source | Citation, ...]:
        """Every source that says anything of it, each once."""
        return tuple(dict.fromkeys(source for s in self.statements for source in s.sources))

    def __repr__(self) -> str:
        """Code, latest name, legal period."""
        names = self.names
        return f"Record({self.code}, {names[-1].text if names else 'name unknown'!r}, {self.legal})"


def _before_any(loose: tuple[Statement, ...], proper: list[Statement]) -> list[Statement]:
    """Loosely spelt names that were seen before any proper one, or all where there is none."""
    days = [day for statement in proper if (day := _first_day(statement)) is not None]
    if not days:
        return list(loose)
    return [s for s in loose if (day := _last_day(s)) is not None and day < min(days)]


def _first_day(statement: Statement) -> date | None:
    if statement.period is not None:
        bounds = [b for b in (statement.period.start, statement.period.end) if isinstance(b, date)]
        return min(bounds, default=None)
    return statement.first_seen.earliest if statement.first_seen else None


def _last_day(statement: Statement) -> date | None:
    if statement.period is not None:
        return statement.period.end if isinstance(statement.period.end, date) else None
    return statement.last_seen.latest if statement.last_seen else None


def said_in(statement: Statement, period: Period) -> bool:
    """Whether a release whose day may lie in the period says it."""
    return any(isinstance(s, Source) and period.may_contain(s.as_at.earliest) for s in statement.sources)


def choose(statements: Iterable[Statement]) -> Statement | None:
    """The statement to go by: a curated one, else the one that the newest release makes."""
    return max(statements, key=_authority, default=None)


def _authority(statement: Statement) -> tuple[bool, date, str]:
    curated = any(isinstance(source, Citation) for source in statement.sources)
    newest = max((s.as_at.latest for s in statement.sources if isinstance(s, Source)), default=date.min)
    return curated, newest, statement.value


def dated_names(statements: Iterable[Statement], life: Period) -> tuple[DatedName, ...]:
    """Join sightings of a name into runs, and leave the days between two runs open.

    A name printed after a body's end is its last one, so such a sighting counts for its last day. A document that
    gives the last day of a name outweighs a list that shows another by then: the other begins the day after. A
    document that gives no day counts where nothing else names the body.
    """
    runs: list[_Run] = []
    held = tuple(statements)
    found = tuple(_sightings(held, life)) or tuple(_undated(held, life))
    for sighting in sorted(_settled(found), key=lambda s: (s.first, s.last, s.text)):
        if runs and plain(runs[-1].text) == plain(sighting.text):
            runs[-1] = runs[-1].joined(sighting)
        else:
            runs.append(sighting)
    return tuple(_dated(runs, position) for position in range(len(runs)))


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    first: date
    last: date
    since: PartialDate | None
    until: PartialDate | None
    curated: bool = False
    loose: bool = False

    def joined(self, later: _Run) -> _Run:
        return _Run(
            text=self.text if (self.curated, not self.loose) > (later.curated, not later.loose) else later.text,
            first=min(self.first, later.first),
            last=max(self.last, later.last),
            since=self.since or later.since,
            until=later.until or self.until,
            curated=self.curated or later.curated,
            loose=self.loose and later.loose,
        )


def _settled(found: tuple[_Run, ...]) -> Iterator[_Run]:
    """What was seen, without the days of another name whose last day a document gives."""
    ends = [(plain(run.text), run.until.latest) for run in found if run.curated and run.until is not None]
    for run in found:
        over = [day for text, day in ends if run.first <= day < run.last and text != plain(run.text)]
        yield replace(run, first=max(over) + _DAY) if over and not run.curated else run


def _undated(statements: Iterable[Statement], life: Period) -> Iterator[_Run]:
    """Names that documents give without any day: borne while the body was, as far as that is known."""
    known = [bound for bound in (life.start, life.end) if isinstance(bound, date)] or [date.min]
    for statement in statements:
        yield _Run(statement.value, known[0], known[-1], None, None, curated=True)


def _sightings(statements: Iterable[Statement], life: Period) -> Iterable[_Run]:
    for statement in statements:
        cited = any(isinstance(source, Citation) for source in statement.sources)
        if cited and statement.property != CITED_SIGHTING:
            yield from _curated(statement, life)
        elif statement.period is not None:
            yield _seen(statement, statement.period.start, statement.period.end, life)
        else:
            for source in statement.sources:
                if isinstance(source, Source):
                    yield _seen(statement, source.as_at.earliest, source.as_at.earliest, life)


def _seen(statement: Statement, first: Bound, last: Bound, life: Period) -> _Run:
    start = first if isinstance(first, date) else date.min
    end = last if isinstance(last, date) else start
    loose = statement.property in {LOOSE_NAME, SHORT_NAME}
    return _Run(statement.value, _clip(start, life), _clip(end, life), None, None, loose=loose)


def _clip(day: date, life: Period) -> date:
    if isinstance(life.end, date) and day > life.end:
        return life.end
    return max(day, life.start) if isinstance(life.start, date) else day


def _curated(statement: Statement, life: Period) -> Iterable[_Run]:
    """A cited name holds for the days that its source gives; without any it says only that the name was borne."""
    period = statement.period or Period()
    since = period.start if isinstance(period.start, date) else None
    until = period.end if isinstance(period.end, date) else None
    first, last = since or until, until or since
    if first is not None and last is not None:
        yield _Run(
            statement.value,
            _clip(first, life),
            _clip(last, life),
            PartialDate.of_day(since) if since else None,
            PartialDate.of_day(until) if until else None,
            curated=True,
        )


def _dated(runs: list[_Run], position: int) -> DatedName:
    run = runs[position]
    before = runs[position - 1] if position else None
    after = runs[position + 1] if position + 1 < len(runs) else None
    return DatedName(
        text=run.text if run.curated else display(run.text.upper() if run.loose else run.text),
        published=run.text,
        since=run.since or (_after(before, run) if before and run.first != date.min else None),
        until=run.until or (_before(run, after) if after and after.first != date.min else None),
        first_seen=max(run.first, run.since.earliest) if run.since else run.first,
        last_seen=min(run.last, run.until.latest) if run.until else run.last,
    )


def _after(before: _Run, run: _Run) -> PartialDate:
    """First day of a name: the day after a cited last day, else some day between two sightings."""
    if before.until is not None:
        return PartialDate.of_day(before.until.latest + _DAY)
    return _between(before.last + _DAY, run.first)


def _before(run: _Run, after: _Run) -> PartialDate:
    if after.since is not None:
        return PartialDate.of_day(after.since.earliest - _DAY)
    return _between(run.last, after.first - _DAY)


def _between(first: date, last: date) -> PartialDate:
    return PartialDate.between(first, last) if first < last else PartialDate.of_day(max(first, last))
