"""The public face: a `Register` of records, and everything that can be asked of it.

A register is a mapping of ODS codes to records. `load` opens the library's own, without network; `compile` makes one.

>>> import nhs_orgs
>>> register = nhs_orgs.load()
>>> register.resolve("R1E", on="2026-04-01").codes
('RRE',)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhs_orgs import archive
from nhs_orgs.changes import Change, changes
from nhs_orgs.data import bundled_archive
from nhs_orgs.dates import DateLike, PartialDate, to_day
from nhs_orgs.errors import DataError, UnknownOrganisation
from nhs_orgs.estate import place, sites_of, stays_at
from nhs_orgs.events import ChangeEvent
from nhs_orgs.facts import Fact
from nhs_orgs.lineage import LineageGraph
from nhs_orgs.organisations import DateReading, Organisation
from nhs_orgs.period import Period
from nhs_orgs.places import Place, Stay
from nhs_orgs.records import Record
from nhs_orgs.resolve import Outcome, resolve
from nhs_orgs.services import ServiceTransfer, given, received
from nhs_orgs.snapshot import Snapshot
from nhs_orgs.sources import Source
from nhs_orgs.statuses import Splits
from nhs_orgs.store import Finding, Store
from nhs_orgs.verdicts import Verdict, verdicts

if TYPE_CHECKING:
    from nhs_orgs.bases import Choice
    from nhs_orgs.compiler import Curation
    from nhs_orgs.coverage import EndsOfKind
    from nhs_orgs.crosswalk import Crosswalk
    from nhs_orgs.readers.base import Reading
    from nhs_orgs.search import Match

__all__ = ["Register", "compile", "load"]


class Register(Mapping[str, Record]):
    """Every record by its ODS code, the bodies behind them, and what happened to them. Immutable."""

    def __init__(
        self, store: Store, manifest: Mapping[str, Any] | None = None, *, curation: Curation | None = None
    ) -> None:
        self._store = store
        self._curation = curation
        self._manifest = dict(manifest or {})

    def __getitem__(self, code: str) -> Record:
        """The record of a code. Raises `UnknownOrganisation`, a ``KeyError``, with near matches."""
        try:
            return self._store.records[self._store.folded(code)]
        except UnknownOrganisation:
            raise
        except KeyError:
            raise self._store.unknown(code) from None

    def __contains__(self, code: object) -> bool:
        """Whether the register holds that code, however it is spelt."""
        try:
            return isinstance(code, str) and self._store.folded(code) in self._store.records
        except UnknownOrganisation:
            return False

    def __iter__(self) -> Iterator[str]:
        """Every code, in order."""
        return iter(self._store.records)

    def __len__(self) -> int:
        """How many codes."""
        return len(self._store.records)

    def __repr__(self) -> str:
        """How much it holds, and as at when."""
        return f"Register({len(self):,} records, {len(self._store.events):,} events, release {self.release})"

    @property
    def release(self) -> PartialDate:
        """As-at date of the newest release compiled; never today's."""
        return self._store.release

    @property
    def releases(self) -> tuple[Source, ...]:
        """Every release compiled, by report and as-at date."""
        return tuple(self._store.sources.values())

    @property
    def covers(self) -> Period:
        """The days that questions may ask about."""
        return self._store.covers

    def check(self) -> tuple[Finding, ...]:
        """What the sources say that was not taken at its word, and why."""
        return self._store.findings

    def lint(self, curation: Curation | None = None) -> tuple[Finding, ...]:
        """What is odd about curated entries beside this register, which was compiled with them.

        `None` is for those that come with the library. Raises `MissingExtra`: they want the ``compile`` extra.
        """
        from nhs_orgs.compiler import bundled
        from nhs_orgs.compiler.lint import lint

        return lint(bundled() if curation is None else curation, self._store)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How it was compiled: command, inputs, checksums; of a register compiled in memory, the curated files'."""
        return deepcopy(self._manifest)

    def on(self, day: DateLike, *, reading: DateReading | str = DateReading.LEGAL) -> Snapshot:
        """Every organisation open on a day.

        `reading` says by which pair of dates: ``legal`` (the default) or ``operational``.

        Raises:
            InvalidDate: the text is no ISO date.
            OutsideCoverage: the data says nothing of that day.
        """
        return Snapshot(self._store, to_day(day), DateReading(reading))

    @property
    def current(self) -> Snapshot:
        """Every organisation open on the release date."""
        return self.on(self.release.latest)

    def eras(self, code: str) -> tuple[Organisation, ...]:
        """The bodies under one code, in order of time. Raises `UnknownOrganisation`."""
        return self._store.eras_of(self[code].code)

    def organisation(self, key: str) -> Organisation:
        """The body of an era key, such as ``RRE@2018-06-01``. Raises `UnknownOrganisation`."""
        return self._store.organisation(key)

    def events(self, code: str | None = None) -> tuple[ChangeEvent, ...]:
        """Every event, or those in which a code takes part, in order of time. Raises `UnknownOrganisation`."""
        if code is None:
            return tuple(self._store.events.values())
        return tuple(self._store.events[i] for i in self._store.events_of.get(self[code].code, ()))

    def statements(self, subject: str) -> tuple[Verdict, ...]:
        """Every statement about a code, or the code of a body, with its sources: chosen or not, and by which rule.

        Raises:
            UnknownOrganisation: there is no such code or key.
        """
        code = self._store.folded(subject).partition("@")[0]
        if code not in self._store.eras:
            raise self._store.unknown(subject)
        return verdicts(self[code], self.eras(code))

    def event(self, event_id: str) -> ChangeEvent:
        """The event of an id. Raises `KeyError`."""
        return self._store.events[event_id]

    def facts(self, subject: str, name: str | None = None, *, aspect: str | None = None) -> tuple[Fact, ...]:
        """Dated facts about a body, in order of time.

        `subject` is a code (every body that bore it), or a key: then of that body alone, so that a predecessor's
        rating is not taken for its successor's.

        Raises:
            UnknownOrganisation: there is no such code or key.
        """
        about = self._store.facts_about(subject)
        return tuple(f for f in about if name in (None, f.property) and aspect in (None, f.aspect))

    @property
    def places(self) -> Mapping[str, Place]:
        """Hospitals and clinics by id, each with the bodies that ran it."""
        return self._store.places

    def place(self, id: str) -> Place:
        """The place of an id, such as ``county-hospital``, or of a site code that it had.

        Raises:
            UnknownPlace: there is none; a ``KeyError``, with near matches.
        """
        return place(self._store, id)

    def stays(self, x: str) -> tuple[Stay, ...]:
        """The bodies that ran a place, in order, each with its days and site code.

        `x` is the id of a place, or any site code that it had.

        Raises:
            UnknownPlace: it has the shape of an id, and no place has it.
            UnknownOrganisation: there is no such code.
        """
        return stays_at(self._store, self.place(x).id if "-" in x else x)

    def sites(self, code: str, *, on: DateLike) -> tuple[Stay, ...]:
        """The sites that a body may have run on a day, by code, each with the days on which lists show it.

        None where the body was not open that day.

        Raises:
            UnknownOrganisation: there is no such code.
            OutsideCoverage: the data says nothing of that day.
        """
        day = to_day(on)
        self._store.require_covered(day)
        return sites_of(self._store, self[code].code, day)

    def services_received(self, x: str) -> tuple[ServiceTransfer, ...]:
        """Services, sites and parts that a body was given, in order of time. Of a code: every body that bore it."""
        return received(self._store, x)

    def services_given(self, x: str) -> tuple[ServiceTransfer, ...]:
        """Services, sites and parts that a body gave, in order of time. Of a code: every body that bore it."""
        return given(self._store, x)

    def resolve(
        self, x: str | Organisation, *, on: DateLike, reading: DateReading | str = DateReading.LEGAL
    ) -> Outcome:
        """What a code or a body is, or has become, on a day: a union to ``match``.

        Raises:
            UnknownOrganisation: no such code or key.
            OutsideCoverage: the data says nothing of that day.
        """
        return resolve(self._store, x, on=to_day(on), reading=DateReading(reading))

    @cached_property
    def lineage(self) -> LineageGraph:
        """Who became whom: predecessors, successors, ancestors, descendants, and the graph itself."""
        return LineageGraph(self._store)

    def as_known(self, *, at: DateLike, curated: bool = False) -> Register:
        """What the register said at a time: of each report only its newest release by then speaks.

        A body that no release had closed yet is open in it, and what was not yet listed is not known to it. With
        `curated`, documents speak too, whenever they were published. Tables of shares do not: no register keeps them,
        so events have those shares alone that documents give, and its crosswalks leave more figures where they are.

        Raises:
            InvalidDate: the text is no ISO date.
            OutsideCoverage: no report had a release by then.
            DataError: curation is asked for, and is not that from which this register was compiled.
            MissingExtra: the curated files want the ``compile`` extra.
        """
        from nhs_orgs.compiler import Curation
        from nhs_orgs.hindsight import known_at

        time, curation = to_day(at), self._own_curation() if curated else Curation()
        return Register(known_at(self._store, time, curation), {"known_at": time.isoformat()}, curation=curation)

    def _own_curation(self) -> Curation:
        """That from which it was compiled; of a register opened from files, the library's own if it is the same."""
        from nhs_orgs.compiler import bundled

        if self._curation is not None:
            return self._curation
        if bundled().checksums != self._manifest.get("curation"):
            raise DataError("the register", "was compiled from other curated files than those of this library")
        return bundled()

    def changes(self, *, since: DateLike, until: DateLike) -> tuple[Change, ...]:
        """What the register itself changed between two times, report by report: listed, closed, renamed, re-dated.

        Only of a report that had a release by `since` and a newer one by `until`.

        Raises:
            InvalidDate: a text is no ISO date.
            InvalidPeriod: `until` is before `since`.
        """
        return changes(self._store, since=to_day(since), until=to_day(until))

    def crosswalk(
        self,
        *,
        to: DateLike,
        kind: type[Organisation] | Collection[type[Organisation]] | None = None,
        level: type[Organisation] | None = None,
        basis: Choice = None,
        splits: Splits | str = Splits.REFUSE,
    ) -> Crosswalk:
        """Where the data of every code (or of those of a `kind`), of whatever date, belongs on one day.

        Args:
            to: the day to restate on.
            kind: of which kinds the codes are; ``None``: every code.
            level: the kind of the targets, such as `ICB`, by the parents of the day; ``None``: what bodies became.
            basis: by what divided bodies divide: ``"beds"``, ``{("RW6", "R0A"): 0.4, ...}``, or several, best first;
                ``None``: population, registered patients, practices, postcodes, floor area, beds, activity, staff.
            splits: the data of divided bodies: ``"refuse"`` to move it, ``"divide"`` it, or all to the ``"main"`` part.

        Raises:
            OutsideCoverage: the data says nothing of that day.
            KindNotHeld, InvalidLevel: it has no code of the kinds, or none whose data reaches the level.
            InvalidBasis: a name that is no basis, or a table that does not divide what it says.
        """
        from nhs_orgs.crosswalk import crosswalk

        return crosswalk(self._store, to=to, kind=kind, level=level, basis=basis, splits=splits)

    def find(self, text: str, *, limit: int = 10, sites: bool = True) -> tuple[Match, ...]:
        """Organisations by code, present or former name or abbreviation, best match first; `sites` by name too."""
        from nhs_orgs.search import find

        return find(self._store, text, limit=limit, sites=sites)

    def coverage(self) -> tuple[EndsOfKind, ...]:
        """Of how many bodies of each kind the end is explained by more than a succession row; the rest by key."""
        from nhs_orgs.coverage import coverage

        return coverage(self._store)

    def write(self, folder: str | Path, *, command: str) -> None:
        """Write as a folder that `load` opens; `command` tells how it was made."""
        archive.write_archive(self._store, Path(folder), command=command, curation=self._manifest.get("curation", {}))


def load(folder: str | Path | None = None) -> Register:
    """The register that comes with the library, or one that was compiled into a folder. No network.

    The bundled one is opened once, then shared: a register cannot be changed.

    Raises:
        DataError: the folder is no register, of another schema, or damaged.
    """
    return _bundled() if folder is None else _opened(Path(folder).resolve())


@lru_cache(maxsize=1)
def _bundled() -> Register:
    return _opened(None)


def _opened(folder: Path | None) -> Register:
    opened = bundled_archive(folder)
    return Register(opened.store, opened.manifest)


def compile(
    readings: Reading | Iterable[Reading],
    curation: Curation | None = None,
    *,
    leave_out: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
) -> Register:
    """Make a register from what was read and what is curated.

    Args:
        readings: one reading, or several.
        curation: curated entries; ``None`` for those that come with the library.
        leave_out: class names of kinds whose records are not kept, such as ``GPPractice``.
        progress: called with the name of each step.

    Raises:
        MissingExtra: the curated files want the ``compile`` extra.
        CurationError: a curated entry breaks the schema.
    """
    from nhs_orgs.compiler import assemble, bundled
    from nhs_orgs.readers.base import Reading

    whole = readings if isinstance(readings, Reading) else Reading.join(readings)
    curated = bundled() if curation is None else curation
    store = assemble(whole, curated, leave_out=leave_out, progress=progress or _silent)
    return Register(store, {"curation": curated.checksums}, curation=curated)


def _silent(_: str) -> None:
    """Tell nobody."""
