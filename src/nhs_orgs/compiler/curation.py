"""The curated files: small YAML, hand-kept, each entry with its citations.

Every file may hold the lists `events`, `names`, `periods`, `parents`, `kinds`, `abbreviations`,
`releases`, `bodies` and `citations`. The schema is strict: an unknown key, a code that YAML took for
a number, a citation that nobody declared or shares above one stop the compilation, naming file,
entry and field.

>>> curation = bundled()
>>> [c.id for e in curation.events if e.id == "midlands-partnership-2018" for c in e.citations][:1]
['mpft-trade-union-declaration']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import CurationError, MissingExtra, ReadError
from nhs_orgs.events import EventKind, EventStatus, Extent, Fate
from nhs_orgs.period import Period
from nhs_orgs.sources import Citation, Confidence

if TYPE_CHECKING:
    from importlib.abc import Traversable  # where Python 3.10 has it; deprecated at run time since 3.12

__all__ = [
    "After",
    "Before",
    "BodyEntry",
    "CuratedEvent",
    "CuratedFact",
    "CuratedTransfer",
    "Curation",
    "Members",
    "ReleaseEntry",
    "bundled",
    "read_curation",
]

_LISTS: Final = ("events", "names", "periods", "parents", "kinds", "abbreviations", "releases", "bodies", "citations")
_SHARE_SLACK: Final = 0.002
"""Shares are printed to four places; several may round up together."""


def _partial(value: object) -> object:
    return PartialDate.from_text(value) if isinstance(value, str) else value


def _period(value: object) -> object:
    return Period.from_text(value) if isinstance(value, str) else value


Dated = Annotated[PartialDate, BeforeValidator(_partial)]
Spanned = Annotated[Period, BeforeValidator(_period)]
Cited = Annotated[tuple[str, ...], Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True, coerce_numbers_to_str=False
    )


class _CitationEntry(_Entry):
    id: str
    publisher: str
    title: str
    published: Dated | None = None
    url: str | None = None
    note: str | None = None
    file: str | None = None


class _ShareEntry(_Entry):
    share: float = Field(gt=0, le=1)
    basis: str


class CuratedTransfer(_Entry):
    """What passed, between codes."""

    giver: str = Field(alias="from")
    receiver: str = Field(alias="to")
    extent: Extent
    shares: tuple[_ShareEntry, ...] = ()
    services: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str | None = None


class Before(_Entry):
    """A body that goes in: by code, or by the id of a body outside the register."""

    code: str | None = None
    body: str | None = None
    fate: Fate = Fate.CONTINUES

    @model_validator(mode="after")
    def _checked(self) -> Before:
        _check_side(self.code, self.body, self.fate, not_allowed={Fate.NEW})
        return self


class After(_Entry):
    """A body that comes out."""

    code: str | None = None
    body: str | None = None
    fate: Fate
    new_era: bool = False

    @model_validator(mode="after")
    def _checked(self) -> After:
        _check_side(self.code, self.body, self.fate, not_allowed={Fate.ENDS, Fate.GIVES})
        return self


def _check_side(code: str | None, body: str | None, fate: Fate, not_allowed: set[Fate]) -> None:
    if (code is None) == (body is None):
        raise ValueError("give either code or body")
    if fate in not_allowed:
        raise ValueError(f"fate {fate.value!r} belongs on the other side of the event")


class Members(_Entry):
    """All codes of a kind that one source file lists, in place of a list of befores."""

    kind: str
    listed_in: str


class _Conversion(_Entry):
    was: str = Field(alias="from")
    became: str = Field(alias="to")


class _EventEntry(_Entry):
    id: str
    kind: EventKind
    status: EventStatus = EventStatus.COMPLETED
    announced_as: str | None = None
    mechanism: str | None = None
    announced: Dated | None = None
    effective: Dated
    legal: Dated | None = None
    befores: tuple[Before, ...] = ()
    members: Members | None = None
    afters: tuple[After, ...] = ()
    transfers: tuple[CuratedTransfer, ...] = ()
    completes: tuple[str, ...] = ()
    nothing_followed: bool = False
    replaces_rows: tuple[tuple[str, str], ...] = ()
    confirms_conversion: _Conversion | None = None
    narrative: str
    confidence: Confidence
    citations: Cited
    conflicts: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> _EventEntry:
        _check_shares(self.transfers)
        return self


def _check_shares(transfers: Iterable[CuratedTransfer]) -> None:
    totals: dict[tuple[str, str], float] = {}
    for transfer in transfers:
        for share in transfer.shares:
            key = transfer.giver, share.basis
            totals[key] = totals.get(key, 0.0) + share.share
    for (giver, basis), total in totals.items():
        if total > 1 + _SHARE_SLACK:
            raise ValueError(f"shares of {giver} by {basis} sum to {total:.4f}, more than one")


class _FactEntry(_Entry):
    code: str
    name: str | None = None
    parent: str | None = None
    parent_kind: Literal["ICB", "STP", "REGION"] | None = None
    kind: str | None = None
    text: str | None = None
    legal: Spanned | None = None
    operational: Spanned | None = None
    since: Dated | None = None
    until: Dated | None = None
    citations: Cited
    confidence: Confidence
    note: str | None = None


class _ReleaseEntry(_Entry):
    path: str
    as_at: Dated
    citations: Cited


class _BodyEntry(_Entry):
    id: str
    name: str
    kind: str
    citations: Cited


@dataclass(frozen=True, slots=True)
class CuratedEvent:
    """An event entry, its citations found."""

    id: str
    entry: _EventEntry
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CuratedFact:
    """A name, period, parent, kind or abbreviation, its citations found."""

    list: str
    """Which list it stands in: ``names``, ``periods``, ..."""
    entry: _FactEntry
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """The day that a dated file speaks of, where its name tells less."""

    path: str
    as_at: PartialDate


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A body outside the register."""

    id: str
    name: str
    kind: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Curation:
    """Everything curated, checked."""

    events: tuple[CuratedEvent, ...] = ()
    facts: tuple[CuratedFact, ...] = ()
    releases: tuple[ReleaseEntry, ...] = ()
    bodies: tuple[BodyEntry, ...] = ()
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Name and text of each file read, in order."""

    def without_events(self, *ids: str) -> Curation:
        """A copy without those events. A name that is not there raises `CurationError`."""
        known = {event.id for event in self.events}
        for missing in sorted(set(ids) - known):
            raise CurationError("curation", missing, "id", "no event of that id")
        return replace(self, events=tuple(e for e in self.events if e.id not in ids))

    def without_facts(self, code: str, *lists: str) -> Curation:
        """A copy without what some lists (all, where none is named) say of a code."""
        kept = tuple(f for f in self.facts if f.entry.code != code or (lists and f.list not in lists))
        return replace(self, facts=kept)


@lru_cache(maxsize=1)
def bundled() -> Curation:
    """The curated files that come with the library."""
    return read_curation(resources.files("nhs_orgs.data").joinpath("curated"))


def read_curation(folder: str | Path | Traversable) -> Curation:
    """Read and check a folder of curated YAML files.

    Raises:
        CurationError: an entry breaks the schema; names file, entry and field.
        ReadError: the folder holds no YAML file.
        MissingExtra: PyYAML is not installed.
    """
    place = Path(folder) if isinstance(folder, (str, Path)) else folder
    texts = [(f.name, f.read_text(encoding="utf-8")) for f in _yaml_files(place)]
    if not texts:
        raise ReadError(str(folder), "no curated YAML file", "Name a folder of curated files, or leave it out.")
    lists = _Lists([(name, _parsed(name, text)) for name, text in texts])
    cited = lists.citations()
    return Curation(
        events=tuple(_unique(lists.events(cited))),
        facts=tuple(lists.facts(cited)),
        releases=tuple(lists.releases(cited)),
        bodies=tuple(lists.bodies(cited)),
        files=tuple(texts),
    )


def _yaml_files(folder: Path | Traversable) -> list[Any]:
    if not folder.is_dir():
        raise ReadError(str(folder), "not a folder", "Name a folder of curated YAML files.")
    return sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        import yaml
    except ImportError:
        raise MissingExtra("Reading curated files", "compile") from None
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CurationError(name, "the file", "YAML", str(error).replace("\n", " ")) from None
    if not isinstance(content, dict):
        raise CurationError(name, "the file", "top level", "is not a mapping of lists")
    for key in content:
        if key not in _LISTS:
            raise CurationError(name, "the file", str(key), f"is not one of {', '.join(_LISTS)}")
    return content


class _Lists:
    """The parsed files, list by list."""

    def __init__(self, files: list[tuple[str, dict[str, Any]]]) -> None:
        self._files = files

    def _of(self, wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, content in self._files:
            for entry in content.get(wanted) or ():
                if not isinstance(entry, dict):
                    raise CurationError(name, str(entry), wanted, "is not a mapping")
                yield name, entry

    def citations(self) -> dict[str, Citation]:
        found: dict[str, Citation] = {}
        for name, raw in self._of("citations"):
            entry = _validated(_CitationEntry, name, raw)
            if entry.id in found:
                raise CurationError(name, entry.id, "id", "is declared twice")
            found[entry.id] = Citation(entry.id, entry.publisher, entry.title, entry.published, entry.url, entry.note)
        return found

    def events(self, cited: dict[str, Citation]) -> Iterator[tuple[str, CuratedEvent]]:
        for name, raw in self._of("events"):
            entry = _validated(_EventEntry, name, raw)
            yield name, CuratedEvent(entry.id, entry, _cite(name, entry.id, entry.citations, cited))

    def facts(self, cited: dict[str, Citation]) -> Iterator[CuratedFact]:
        for wanted in ("names", "periods", "parents", "kinds", "abbreviations"):
            for name, raw in self._of(wanted):
                entry = _validated(_FactEntry, name, raw)
                yield CuratedFact(wanted, entry, _cite(name, entry.code, entry.citations, cited))

    def releases(self, cited: dict[str, Citation]) -> Iterator[ReleaseEntry]:
        for name, raw in self._of("releases"):
            entry = _validated(_ReleaseEntry, name, raw)
            _cite(name, entry.path, entry.citations, cited)
            yield ReleaseEntry(entry.path, entry.as_at)

    def bodies(self, cited: dict[str, Citation]) -> Iterator[BodyEntry]:
        for name, raw in self._of("bodies"):
            entry = _validated(_BodyEntry, name, raw)
            yield BodyEntry(entry.id, entry.name, entry.kind, _cite(name, entry.id, entry.citations, cited))


def _validated(model: type[Any], file: str, raw: dict[str, Any]) -> Any:  # noqa: ANN401 - the model's own type
    label = str(raw.get("id") or raw.get("code") or raw.get("path") or "an entry")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise CurationError(file, label, ".".join(map(str, first["loc"])) or "entry", first["msg"]) from None


def _cite(file: str, label: str, ids: Iterable[str], cited: dict[str, Citation]) -> tuple[Citation, ...]:
    found = []
    for each in ids:
        if each not in cited:
            raise CurationError(file, label, "citations", f"{each!r} is not declared in any citations list")
        found.append(cited[each])
    return tuple(found)


def _unique(events: Iterable[tuple[str, CuratedEvent]]) -> Iterator[CuratedEvent]:
    seen: set[str] = set()
    for file, event in events:
        if event.id in seen:
            raise CurationError(file, event.id, "id", "is used twice")
        seen.add(event.id)
        yield event
