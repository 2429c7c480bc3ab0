"""The compiled register on disk: this library's own schema, the same bytes from the same inputs.

A folder of plain text: ``manifest.json`` (schema, command, inputs with checksums, checksums of the
other files), ``records.jsonl`` and ``sites.jsonl`` (one line a code: its statements and its eras),
``events.jsonl`` and ``sources.json``. Lines are found by code and decoded when asked for, so that a
register of tens of thousands of codes opens at the cost of its index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

from nhs_orgs.errors import DataError
from nhs_orgs.notation import (
    Sources,
    decode_event,
    decode_organisation,
    decode_statement,
    encode_event,
    encode_organisation,
    encode_source,
    encode_statement,
)
from nhs_orgs.organisations import Organisation, Site
from nhs_orgs.period import Period
from nhs_orgs.records import Record
from nhs_orgs.store import Finding, Store

__all__ = ["SCHEMA", "Archive", "open_archive", "write_archive"]

SCHEMA: Final = 1
"""Number of the schema; another number is refused."""

_FILES: Final = ("records.jsonl", "sites.jsonl", "events.jsonl", "sources.json")

V = TypeVar("V")


@dataclass(frozen=True)
class Archive:
    """An opened register: its store and its manifest."""

    store: Store
    manifest: Mapping[str, Any]


def write_archive(store: Store, folder: Path, *, command: str) -> None:
    """Write a store as a folder of files, for `open_archive`.

    `command` is how it was made, in words that another can repeat.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources = Sources.of(store)
    texts = {
        "records.jsonl": _codes(store, sources, sites=False),
        "sites.jsonl": _codes(store, sources, sites=True),
        "events.jsonl": "".join(_line(event.id, encode_event(event, sources)) for event in store.events.values()),
        "sources.json": _json(sources.encoded, indent=1) + "\n",
    }
    for name in _FILES:
        (folder / name).write_bytes(texts[name].encode())
    manifest = {
        "schema": SCHEMA,
        "command": command,
        "release": str(store.release),
        "covers": str(store.covers),
        "known_until": {kind: day.isoformat() for kind, day in sorted(store.known_until.items())},
        "counts": _counts(store),
        "inputs": [encode_source(source) for source in store.sources.values()],
        "files": {name: _checksum(texts[name].encode()) for name in _FILES},
        "findings": [[f.rule, f.subject, f.what, list(f.sources)] for f in store.findings],
    }
    (folder / "manifest.json").write_bytes((_json(manifest, indent=1) + "\n").encode())


def _counts(store: Store) -> dict[str, int]:
    return {"records": len(store.records), "organisations": len(store.organisations), "events": len(store.events)}


def _codes(store: Store, sources: Sources, *, sites: bool) -> str:
    return "".join(
        _line(code, _entry(store, code, sources))
        for code in sorted(store.eras)
        if _all_sites(store, code) is sites
    ) + ("" if sites else _bodies(store, sources))


def _bodies(store: Store, sources: Sources) -> str:
    outside = [o for o in store.organisations.values() if o.code is None]
    return "".join(_line(o.key, {"s": [], "e": [encode_organisation(o, sources)]}) for o in outside)


def _all_sites(store: Store, code: str) -> bool:
    return all(isinstance(store.organisations[key], Site) for key in store.eras[code])


def _entry(store: Store, code: str, sources: Sources) -> dict[str, Any]:
    return {
        "s": [encode_statement(s, sources) for s in store.records[code].statements],
        "e": [encode_organisation(store.organisations[key], sources) for key in store.eras[code]],
    }


def _json(value: object, indent: int | None = None) -> str:
    separators = (",", ": ") if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=separators, indent=indent)


def _line(key: str, value: object) -> str:
    return f"{key}\t{_json(value)}\n"


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def open_archive(folder: Path | Traversable, *, verify: bool) -> Archive:
    """Open a folder that `write_archive` wrote.

    `verify` compares every file with the checksum in the manifest: wanted for a folder from elsewhere.

    Raises:
        DataError: the folder is no register, of another schema, or damaged.
    """
    manifest = _manifest(folder)
    contents = {name: _content(folder, name) for name in _FILES}
    if verify:
        for name, content in contents.items():
            if _checksum(content) != manifest["files"].get(name):
                raise DataError(f"{folder}/{name}", "its checksum is not the one in manifest.json")
    try:
        return Archive(_store(manifest, contents), manifest)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise DataError(str(folder), f"cannot be decoded ({error})") from error


def _manifest(folder: Path | Traversable) -> dict[str, Any]:
    try:
        manifest = json.loads(folder.joinpath("manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{folder}/manifest.json", f"cannot be read ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise DataError(f"{folder}/manifest.json", f"is not a register of schema {SCHEMA}")
    return manifest


def _content(folder: Path | Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError as error:
        raise DataError(f"{folder}/{name}", f"cannot be read ({error})") from error


def _store(manifest: dict[str, Any], contents: dict[str, bytes]) -> Store:
    sources = Sources.decoded(json.loads(contents["sources.json"]))
    lines = _Lines(contents["records.jsonl"], contents["sites.jsonl"])
    return Store(
        records=_Decoded(lines.codes, lambda code: _record(code, lines, sources)),
        organisations=_Organisations(lines, sources),
        eras=_Decoded(lines.codes, lines.era_keys),
        events=_events(contents["events.jsonl"], sources),
        sources={source.id: source for source in sources.releases},
        covers=Period.from_text(manifest["covers"]),
        findings=tuple(Finding(rule, subject, what, tuple(ids)) for rule, subject, what, ids in manifest["findings"]),
        known_until={kind: date.fromisoformat(day) for kind, day in manifest["known_until"].items()},
    )


def _record(code: str, lines: _Lines, sources: Sources) -> Record:
    return Record(code, tuple(decode_statement(code, s, sources) for s in lines.entry(code)["s"]))


class _Lines:
    """Lines of ``code<TAB>json``, split once, parsed when asked for."""

    def __init__(self, *files: bytes) -> None:
        self._raw: dict[str, str] = {}
        for content in files:
            for line in content.decode().splitlines():
                key, _, text = line.partition("\t")
                self._raw[key] = text
        self._parsed: dict[str, Any] = {}

    @cached_property
    def codes(self) -> dict[str, None]:
        """Every code, in order; bodies outside the register have none."""
        return {key: None for key in self._raw if not key.startswith("body:")}

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """Keys of bodies outside the register."""
        return tuple(key for key in self._raw if key.startswith("body:"))

    def entry(self, key: str) -> Any:  # noqa: ANN401 - JSON
        """Statements and eras of one code."""
        if key not in self._parsed:
            self._parsed[key] = json.loads(self._raw[key])
        return self._parsed[key]

    def raw(self, key: str) -> str:
        """The text of one line, unparsed."""
        return self._raw[key]

    def era_keys(self, code: str) -> tuple[str, ...]:
        """Keys of the eras of one code."""
        return tuple(era["k"] for era in self.entry(code)["e"])


class _Decoded(Mapping[str, V]):
    """A mapping whose values are made when first asked for."""

    def __init__(self, keys: Mapping[str, None], decode: Callable[[str], V]) -> None:
        self._keys = keys
        self._decode = decode
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._decode(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class _Organisations(Mapping[str, Organisation]):
    """Every era by key, made when asked for from its code's line."""

    def __init__(self, lines: _Lines, sources: Sources) -> None:
        self._lines = lines
        self._sources = sources
        self._made: dict[str, Organisation] = {}

    def __getitem__(self, key: str) -> Organisation:
        if key not in self._made:
            self._make(key)
        return self._made[key]

    def _make(self, key: str) -> None:
        code = key if key.startswith("body:") else key.partition("@")[0]
        if code not in self._lines.codes and code not in self._lines.outside:
            raise KeyError(key)
        for era in self._lines.entry(code)["e"]:
            self._made[era["k"]] = decode_organisation(None if code.startswith("body:") else code, era, self._sources)
        if key not in self._made:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        for code in self._lines.codes:
            yield from self._lines.era_keys(code)
        yield from self._lines.outside

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _events(content: bytes, sources: Sources) -> dict[str, Any]:
    found = {}
    for line in content.decode().splitlines():
        key, _, text = line.partition("\t")
        found[key] = decode_event(key, json.loads(text), sources)
    return found

