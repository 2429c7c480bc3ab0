"""What became of an organisation by a day: one of six outcomes, to ``match``.

A bare code asks for its body as of the day, which is the last era opened by then; a key asks for
that era. What a body passed on is followed event by event to the bodies open on the day. A split is
never one successor in silence, and a part never stands for the whole: where the rest is not known,
the outcome is `Unknown`.

>>> import nhs_orgs
>>> register = nhs_orgs.load()
>>> match register.resolve("RW6", on="2026-04-01"):
...     case Succeeded((successor,)):
...         print(successor)
...     case Divided(codes):
...         print(*codes)
R0A RM3
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from nhs_orgs.dates import DateLike, to_day
from nhs_orgs.endings import edges_from, ending_edges, endings, opened_by, whole_by
from nhs_orgs.events import ChangeEvent
from nhs_orgs.explain import label
from nhs_orgs.organisations import DateReading, Organisation, Site
from nhs_orgs.outcomes import Current, Divided, Ended, NotYetOpen, Outcome, Succeeded, Unknown
from nhs_orgs.period import UNKNOWN
from nhs_orgs.sources import Confidence
from nhs_orgs.store import Edge, Store

__all__ = ["Current", "Divided", "Ended", "NotYetOpen", "Outcome", "Succeeded", "Unknown", "resolve"]


def resolve(
    store: Store, x: str | Organisation, *, on: DateLike, reading: DateReading | str = DateReading.LEGAL
) -> Outcome:
    """What became of `x` by a day.

    Args:
        store: The register's look-ups.
        x: A bare code (its body as of the day), an era key, or an organisation (that era).
        on: The day asked about.
        reading: By ``legal`` dates, or by ``operational`` ones where a source gives them.

    Raises:
        UnknownOrganisation: The register has no such code or key.
        OutsideCoverage: The register says nothing of that day.
        InvalidDate: `on` is not a day.
    """
    day = to_day(on)
    store.require_covered(day)
    return _Question(store, day, DateReading(reading)).answer(x)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the walk from one era came to."""

    open: dict[str, Organisation] = field(default_factory=dict)
    """Bodies open on the day, by code."""
    closed: list[Organisation] = field(default_factory=list)
    """Bodies that a source says nothing followed."""
    lost: list[Organisation] = field(default_factory=list)
    """Bodies of which, or of part of which, no source says what became."""
    events: dict[str, ChangeEvent] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def path(self) -> tuple[ChangeEvent, ...]:
        return tuple(sorted(self.events.values(), key=lambda event: (event.dated.earliest, event.id)))


@dataclass(frozen=True, slots=True)
class _Question:
    store: Store
    day: date
    reading: DateReading

    def answer(self, x: str | Organisation) -> Outcome:
        eras = self._asked(x)
        code = eras[0].code or eras[0].key
        for era in reversed(eras):
            if self._is_open(era):
                return self._current(code, era, bare=len(eras) > 1)
        opened = next((era for era in reversed(eras) if self._opened(era)), None)
        if opened is None:
            return self._unopened(code, eras[0])
        return self._followed(code, opened)

    def _asked(self, x: str | Organisation) -> tuple[Organisation, ...]:
        """The eras that may be meant: one for a key, all under a bare code."""
        if isinstance(x, Organisation):
            return (self.store.organisation(x.key),)
        code = self.store.folded(x)
        if code in self.store.organisations:
            return (self.store.organisation(code),)
        return self.store.eras_of(code)

    # --- how an era stands on the day ---------------------------------------------------------------------------

    def _opened(self, era: Organisation) -> bool:
        first = opened_by(self.store, era, reading=self.reading)
        return first is not None and first <= self.day

    def _is_open(self, era: Organisation) -> bool:
        return era.open_on(self.day, reading=self.reading)

    def _unopened(self, code: str, first: Organisation) -> Outcome:
        if first.period_by(self.reading).start is not UNKNOWN:
            return NotYetOpen(code=code, key=first.key, on=self.day, notes=self._reading_notes(first))
        seen = first.seen.start if first.seen else None
        since = f"; it was first seen in being on {seen}" if isinstance(seen, date) else ""
        note = f"no source says when {label(first)} opened{since}"
        return Unknown(code=code, key=first.key, on=self.day, notes=(*self._reading_notes(first), note))

    # --- an era open on the day ---------------------------------------------------------------------------------

    def _current(self, code: str, era: Organisation, *, bare: bool) -> Current:
        found = _Found()
        eras = [era, *(self._former(era, found) if bare else ())]
        notes = [*self._reading_notes(era), *self._shell_notes(era)]
        for one in eras:
            notes += self._part_notes(one, followed=self._shell_edges(one))
        notes += self._operator_notes(era)
        if era.period_by(self.reading).end is UNKNOWN:
            notes.append(f"no source says whether {label(era)} has ended; it was last seen in being {_last_seen(era)}")
        return Current(
            code=code,
            key=era.key,
            on=self.day,
            codes=(code,),
            organisations=(era,),
            path=found.path,
            notes=(*notes, *found.notes, *_doubts(found.path)),
        )

    def _operator_notes(self, era: Organisation) -> list[str]:
        """That a site is open by the last list that shows it, though every trust that operated it has closed."""
        record = self.store.records.get(era.code) if isinstance(era, Site) and era.code else None
        codes = {s.value for s in record.says("operator")} if record else set()
        eras = {code: self.store.eras_of(code) for code in codes if code in self.store.eras}
        if not eras or any(self._is_open(one) for group in eras.values() for one in group):
            return []
        return [f"{' and '.join(sorted(eras))}, which operated it, had closed by then; its newest list is older"]

    def _former(self, era: Organisation, found: _Found) -> Iterator[Organisation]:
        """The earlier eras of the same body, newest first; the events between them go to `found`."""
        seen = {era.key}
        behind: list[Organisation] = [era]
        for body in behind:
            for edge in self.store.received.get(body.key, ()):
                giver = self.store.organisation(edge.giver)
                if giver.code is None or giver.code != era.code or edge.day > self.day:
                    continue
                found.events[edge.event] = self.store.events[edge.event]
                if giver.key not in seen:
                    seen.add(giver.key)
                    behind.append(giver)
                    if giver.kind is not body.kind:
                        found.notes.append(f"its kind changed on {edge.day}: {giver.title} to {body.title}")
        yield from behind[1:]

    def _shell_edges(self, era: Organisation) -> tuple[Edge, ...]:
        """What left a body whose later closure passes nothing more on: it had all gone by then."""
        endings = [event for event in self._endings(era) if event.completes]
        if not endings or any(t.giver == era.key for event in endings for t in event.transfers):
            return ()
        earlier = {id for event in endings for id in event.completes}
        edges = tuple(edge for edge in self._given(era) if edge.event in earlier)
        return edges if all(edge.day <= self.day for edge in edges) else ()

    def _shell_notes(self, era: Organisation) -> list[str]:
        notes = []
        if edges := self._shell_edges(era):
            days = " and ".join(dict.fromkeys(str(edge.day) for edge in edges))
            notes.append(f"its services had left on {days}, to {self._receivers(edges)}; it stayed in law")
        if self.reading is DateReading.LEGAL and era.operational is not None:
            end = era.operational.end
            if isinstance(end, date) and end < self.day:
                notes.append(f"its operational period ended on {end}")
        return notes

    # --- an era that is over ------------------------------------------------------------------------------------

    def _followed(self, code: str, era: Organisation) -> Outcome:
        found = self._walk(era)
        bodies = tuple(body for _, body in sorted(found.open.items()))
        kind = self._kind(found)
        leads = kind in (Succeeded, Divided)
        notes = [*self._reading_notes(era), *found.notes]
        if bodies and not leads:
            notes.append(f"a part is with {' and '.join(label(body) for body in bodies)}")
        return kind(
            code=code,
            key=era.key,
            on=self.day,
            codes=tuple(sorted(found.open)) if leads else (),
            organisations=bodies if leads else (),
            path=found.path,
            notes=(*notes, *_doubts(found.path)),
        )

    @staticmethod
    def _kind(found: _Found) -> type[Succeeded | Divided | Ended | Unknown]:
        if len(found.open) > 1:
            return Divided
        if found.open:
            return Unknown if found.lost or found.closed else Succeeded
        return Ended if found.closed and not found.lost else Unknown

    def _walk(self, start: Organisation) -> _Found:
        """Follow what each ended body passed on, each body once, so that any circle ends."""
        found, visited, ended = _Found(), {start.key}, [start]
        for body in ended:
            edges = self._ending_edges(body)
            found.events.update({event.id: event for event in self._endings(body) if self._by_now(event)})
            found.events.update({edge.event: self.store.events[edge.event] for edge in edges})
            found.notes.extend(self._part_notes(body, followed=edges))
            self._judge(body, edges, found)
            for edge in edges:
                if edge.receiver not in visited:
                    visited.add(edge.receiver)
                    receiver = self.store.organisation(edge.receiver)
                    self._place(receiver, ended, found)
        if not found.open and not found.closed and not found.lost:
            found.notes.append("the sources turn in a circle: every body leads back to another of them")
        return found

    def _place(self, receiver: Organisation, ended: list[Organisation], found: _Found) -> None:
        start = receiver.period_by(self.reading).start
        late = isinstance(start, date) and start > self.day
        if self._is_open(receiver) or late:
            found.open[receiver.code or receiver.key] = receiver
        else:
            ended.append(receiver)
        if late:
            found.notes.append(f"{label(receiver)} had received it, though its own first day is {start}")

    def _judge(self, body: Organisation, edges: tuple[Edge, ...], found: _Found) -> None:
        """Note a body of which not all is accounted for."""
        if not edges and any(self._nothing_followed(event) for event in self._endings(body)):
            found.closed.append(body)
            found.notes.append(f"{label(body)} {self._end(body)}, and a source says that nothing followed")
        elif not edges:
            found.lost.append(body)
            found.notes.append(f"{label(body)} {self._end(body)}: {self._no_successor(body)}")
        elif measures := whole_by(self.store, edges):
            found.notes.append(f"by {' and '.join(measures)} all of {label(body)} went to {self._receivers(edges)}")
        elif len({edge.receiver for edge in edges}) == 1 and not any(edge.whole for edge in edges):
            found.lost.append(body)
            found.notes.append(f"only a part of {label(body)} is accounted for, which went to {self._receivers(edges)}")

    def _no_successor(self, body: Organisation) -> str:
        record = self.store.records.get(body.code) if body.code else None
        codes = sorted({s.value for s in record.says("recoded as")}) if record else []
        if codes:
            return f"no source names a successor; a comparison of sites matches it with {' and '.join(codes)}"
        return "no source names a successor"

    def _end(self, body: Organisation) -> str:
        end = body.period_by(self.reading).end
        if isinstance(end, date):
            return f"ended on {end}"
        return f"was last seen in being {_last_seen(body)}" if end is UNKNOWN else "is not known to have been open"

    def _nothing_followed(self, event: ChangeEvent) -> bool:
        return event.nothing_followed and self._by_now(event)

    def _by_now(self, event: ChangeEvent) -> bool:
        return event.dated.earliest <= self.day

    def _endings(self, era: Organisation) -> tuple[ChangeEvent, ...]:
        return endings(self.store, era)

    def _given(self, era: Organisation) -> tuple[Edge, ...]:
        return edges_from(self.store, era)

    def _ending_edges(self, era: Organisation) -> tuple[Edge, ...]:
        return ending_edges(self.store, era, on=self.day, reading=self.reading)

    # --- notes --------------------------------------------------------------------------------------------------

    def _part_notes(self, era: Organisation, *, followed: Iterable[Edge]) -> list[str]:
        """Parts given by the day that are no succession."""
        skip = set(followed)
        parts = [e for e in self._given(era) if not e.whole and e.day <= self.day and e not in skip]
        return [f"{era.code or era.name} gave part to {self._receivers([edge])} on {edge.day}" for edge in parts]

    def _receivers(self, edges: Iterable[Edge]) -> str:
        bodies = [self.store.organisation(edge.receiver) for edge in edges]
        return " and ".join(dict.fromkeys(body.code or body.name for body in bodies))

    def _reading_notes(self, era: Organisation) -> tuple[str, ...]:
        if self.reading is DateReading.LEGAL or era.operational is not None:
            return ()
        return (f"no source gives operational dates of {label(era)}: answered by its legal ones",)


def _last_seen(body: Organisation) -> str:
    last = body.seen.end if body.seen else None
    return f"on {last}" if isinstance(last, date) else "on no known day"


def _doubts(path: Iterable[ChangeEvent]) -> list[str]:
    doubtful = [event for event in path if event.confidence is Confidence.LOW]
    return [f"a reconstruction: the {event.kind.value} of {event.dated.describe()}" for event in doubtful]
