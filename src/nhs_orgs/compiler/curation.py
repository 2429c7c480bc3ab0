"""The curated files: small YAML, hand-kept, each entry with its citations.

Every file may hold the lists `events`, `confirmations`, `names`, `periods`, `parents`, `kinds`,
`abbreviations`, `gss`, `facts`, `places`, `releases`, `bodies` and `citations`. The schema is strict: an
unknown key, a code that YAML took for a number, a citation that nobody declared or shares above one
stop the compilation, naming file, entry and field.

>>> curation = bundled()
>>> [c.id for e in curation.events if e.id == "midlands-partnership-2018" for c in e.citations][:1]
['mpft-trade-union-declaration']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from nhs_orgs.compiler.entries import (
    BodyFields,
    CitationEntry,
    ConfirmationFields,
    EventEntry,
    FactEntry,
    FactFields,
    PlaceFields,
    ReleaseFields,
)
from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import CurationError, MissingExtra, ReadError
from nhs_orgs.sources import Citation

if TYPE_CHECKING:
    from importlib.abc import Traversable  # where Python 3.10 has it; deprecated at run time since 3.12

__all__ = [
    "BodyEntry",
    "Confirmation",
    "CuratedEvent",
    "CuratedFact",
    "Curation",
    "DatedFact",
    "PlaceEntry",
    "ReleaseEntry",
    "bundled",
    "read_curation",
]

_LISTS: Final = (
    "events",
    "confirmations",
    "names",
    "periods",
    "parents",
    "kinds",
    "abbreviations",
    "gss",
    "facts",
    "places",
    "releases",
    "bodies",
    "citations",
)


_SAYS: Final = {
    "names": "name",
    "periods": "legal",
    "parents": "parent",
    "kinds": "kind",
    "abbreviations": "text",
    "gss": "text",
}
"""What an entry of each list must say; a period may be the operational one."""


@dataclass(frozen=True, slots=True)
class CuratedEvent:
    """An event entry, its citations found."""

    id: str
    entry: EventEntry
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CuratedFact:
    """A name, period, parent, kind or abbreviation, its citations found."""

    list: str
    """Which list it stands in: ``names``, ``periods``, ..."""
    entry: FactEntry
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What documents say of an event that succession rows give."""

    entry: ConfirmationFields
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A dated fact, its citations found."""

    entry: FactFields
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place, its citations found."""

    entry: PlaceFields
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """The day that a dated file speaks of, where its name tells less."""

    path: str
    as_at: PartialDate
    citations: tuple[Citation, ...] = ()


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
    confirmations: tuple[Confirmation, ...] = ()
    dated: tuple[DatedFact, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    citations: tuple[Citation, ...] = ()
    """Every document declared."""
    citation_files: tuple[tuple[str, str], ...] = ()
    """The path of each document that is a report, by the id of its citation."""
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Name and text of each file read, in order."""

    @property
    def checksums(self) -> dict[str, str]:
        """The SHA-256 of each file read, by its name."""
        return {name: sha256(text.encode()).hexdigest() for name, text in self.files}

    def without_events(self, *ids: str) -> Curation:
        """A copy without those events. A name that is not there raises `CurationError`."""
        known = {event.id for event in self.events}
        for missing in sorted(set(ids) - known):
            raise CurationError("curation", missing, "id", "no event of that id")
        return replace(self, events=tuple(e for e in self.events if e.id not in ids))

    def without_confirmations(self, *codes: str) -> Curation:
        """A copy without what confirms the end of any of those codes."""
        return replace(self, confirmations=tuple(c for c in self.confirmations if not set(codes) & set(c.entry.ends)))

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
    texts = [(f.name, _text(f)) for f in _yaml_files(place)]
    if not texts:
        raise ReadError(str(folder), "no curated YAML file", "Name a folder of curated files, or leave it out.")
    lists = _Lists([(name, _parsed(name, text)) for name, text in texts])
    cited = lists.citations()
    return _consistent(
        Curation(
            events=tuple(_unique(lists.events(cited))),
            facts=tuple(lists.facts(cited)),
            releases=tuple(lists.releases(cited)),
            bodies=tuple(lists.bodies(cited)),
            confirmations=tuple(lists.confirmations(cited)),
            dated=tuple(lists.dated(cited)),
            places=tuple(lists.places(cited)),
            citations=tuple(cited.values()),
            citation_files=tuple(lists.citation_files()),
            files=tuple(texts),
        )
    )


def _consistent(curation: Curation) -> Curation:
    """The curation, if what its events refer to is there."""
    bodies = _once([body.id for body in curation.bodies], "bodies")
    _once([place.entry.id for place in curation.places], "places")
    for fact in curation.dated:
        if fact.entry.body is not None and fact.entry.body not in bodies:
            raise CurationError("curation", fact.entry.property, "body", f"{fact.entry.body!r} is not declared")
    events = {event.id for event in curation.events}
    for event in curation.events:
        sides = [side.body for side in event.entry.befores] + [side.body for side in event.entry.afters]
        for body in sides:
            if body is not None and body not in bodies:
                raise CurationError("curation", event.id, "body", f"{body!r} is not declared in any bodies list")
        for other in event.entry.completes:
            if other not in events or other == event.id:
                raise CurationError("curation", event.id, "completes", f"{other!r} is no other event")
    return curation


def _once(ids: list[str], what: str) -> list[str]:
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        raise CurationError("curation", twice, "id", f"is the id of two {what}")
    return ids


def _text(file: Any) -> str:  # noqa: ANN401 - a path, or a file inside a package
    try:
        return str(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(file.name, f"cannot be read ({error})", "Curated files are YAML in UTF-8.") from None


def _yaml_files(folder: Path | Traversable) -> list[Any]:
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        raise ReadError(str(folder), "not a folder", "Name a folder of curated YAML files.")
    return sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        import yaml
    except ImportError:
        raise MissingExtra("Reading curated files", "compile") from None
    try:
        content = yaml.load(text, _strict(yaml.SafeLoader))  # noqa: S506 - a safe loader, made stricter
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CurationError(name, "the file", "YAML", str(error).replace("\n", " ")) from None
    if not isinstance(content, dict):
        raise CurationError(name, "the file", "top level", "is not a mapping of lists")
    for key in content:
        if key not in _LISTS:
            raise CurationError(name, "the file", str(key), f"is not one of {', '.join(_LISTS)}")
        if not isinstance(content[key], list):
            raise CurationError(name, "the file", str(key), "is not a list of entries")
    return content


def _strict(safe: type[Any]) -> type[Any]:
    """A safe loader that refuses a key that stands twice: YAML would drop the first without a word."""

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:  # noqa: ANN401 - PyYAML's own
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:bool":
                key.tag = "tag:yaml.org,2002:str"  # `on` is the name of a field here
        keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"the key {key!r} stands twice{node.start_mark}")
        found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
        return found

    strict: type[Any] = type("Strict", (safe,), {})
    strict.add_constructor("tag:yaml.org,2002:map", mapping)
    return strict


class _Lists:
    """The parsed files, list by list."""

    def __init__(self, files: list[tuple[str, dict[str, Any]]]) -> None:
        self._files = files

    def _of(self, wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, content in self._files:
            for entry in content.get(wanted, ()):
                if not isinstance(entry, dict):
                    raise CurationError(name, str(entry), wanted, "is not a mapping")
                yield name, entry

    def citations(self) -> dict[str, Citation]:
        found: dict[str, Citation] = {}
        for name, raw in self._of("citations"):
            entry = _validated(CitationEntry, name, raw)
            if entry.id in found:
                raise CurationError(name, entry.id, "id", "is declared twice")
            found[entry.id] = Citation(entry.id, entry.publisher, entry.title, entry.published, entry.url, entry.note)
        return found

    def citation_files(self) -> Iterator[tuple[str, str]]:
        for _, raw in self._of("citations"):
            if raw.get("file"):
                yield raw["id"], raw["file"]

    def events(self, cited: dict[str, Citation]) -> Iterator[tuple[str, CuratedEvent]]:
        for name, raw in self._of("events"):
            entry = _validated(EventEntry, name, raw)
            yield name, CuratedEvent(entry.id, entry, _cite(name, entry.id, entry.citations, cited))

    def facts(self, cited: dict[str, Citation]) -> Iterator[CuratedFact]:
        for wanted in ("names", "periods", "parents", "kinds", "abbreviations", "gss"):
            for name, raw in self._of(wanted):
                entry = _validated(FactEntry, name, raw)
                if getattr(entry, _SAYS[wanted]) is None and not (wanted == "periods" and entry.operational):
                    raise CurationError(name, entry.code, _SAYS[wanted], f"is missing from an entry of {wanted}")
                yield CuratedFact(wanted, entry, _cite(name, entry.code, entry.citations, cited))

    def releases(self, cited: dict[str, Citation]) -> Iterator[ReleaseEntry]:
        for name, raw in self._of("releases"):
            entry = _validated(ReleaseFields, name, raw)
            yield ReleaseEntry(entry.path, entry.as_at, _cite(name, entry.path, entry.citations, cited))

    def bodies(self, cited: dict[str, Citation]) -> Iterator[BodyEntry]:
        for name, raw in self._of("bodies"):
            entry = _validated(BodyFields, name, raw)
            yield BodyEntry(entry.id, entry.name, entry.kind, _cite(name, entry.id, entry.citations, cited))

    def confirmations(self, cited: dict[str, Citation]) -> Iterator[Confirmation]:
        for name, raw in self._of("confirmations"):
            entry = _validated(ConfirmationFields, name, raw)
            yield Confirmation(entry, _cite(name, " ".join(entry.ends), entry.citations, cited))

    def dated(self, cited: dict[str, Citation]) -> Iterator[DatedFact]:
        for name, raw in self._of("facts"):
            entry = _validated(FactFields, name, raw)
            yield DatedFact(entry, _cite(name, entry.code or entry.body, entry.citations, cited))

    def places(self, cited: dict[str, Citation]) -> Iterator[PlaceEntry]:
        for name, raw in self._of("places"):
            entry = _validated(PlaceFields, name, raw)
            yield PlaceEntry(entry, _cite(name, entry.id, entry.citations, cited))


def _validated(model: type[Any], file: str, raw: dict[str, Any]) -> Any:  # noqa: ANN401 - the model's own type
    label = str(next((raw[key] for key in ("id", "code", "body", "path", "ends") if raw.get(key)), "an entry"))
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
