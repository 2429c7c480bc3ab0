"""The compiled register on disk: this library's own schema, the same bytes from the same inputs.

A folder of plain text: ``manifest.json`` (schema, command, inputs with checksums, checksums of the
other files), ``records.jsonl`` and ``sites.jsonl`` (one line a code: its eras and its statements),
``bodies.jsonl`` (bodies outside the register), ``events.jsonl``, ``facts.jsonl`` (dated facts, one line
a code or body), ``places.jsonl`` and ``sources.json``. Lines are found
by code and decoded when asked for, so that a register of tens of thousands of codes opens at the
cost of its index, and sites at none till one is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import DataError
from nhs_orgs.events import ChangeEvent
from nhs_orgs.lines import Decoded, Lines
from nhs_orgs.notation import (
    Sources,
    decode_row,
    encode_body,
    encode_event,
    encode_fact,
    encode_organisation,
    encode_place,
    encode_row,
    encode_source,
    encode_statement,
)
from nhs_orgs.organisations import Body, Site
from nhs_orgs.period import Period
from nhs_orgs.store import Finding, Store, edges_of

if TYPE_CHECKING:
    from importlib.abc import Traversable  # where Python 3.10 has it; deprecated at run time since 3.12

__all__ = ["SCHEMA", "Archive", "open_archive", "write_archive"]

SCHEMA: Final = 2
"""Number of the schema; another number is refused."""

_FILES: Final = (
    "records.jsonl",
    "sites.jsonl",
    "bodies.jsonl",
    "events.jsonl",
    "facts.jsonl",
    "places.jsonl",
    "sources.json",
)


@dataclass(frozen=True)
class Archive:
    """An opened register: its store and its manifest."""

    store: Store
    manifest: Mapping[str, Any]


def write_archive(store: Store, folder: Path, *, command: str, curation: Mapping[str, str]) -> None:
    """Write a store as a folder of files, for `open_archive`.

    `command` is how it was made, in words that another can repeat; `curation` gives the checksums of the curated
    files, by name.
    """
    sources = Sources.of(store)
    texts = {
        "records.jsonl": _codes(store, sources, sites=False),
        "sites.jsonl": _codes(store, sources, sites=True),
        "bodies.jsonl": _bodies(store),
        "events.jsonl": "".join(_event_line(event, sources) for event in store.events.values()),
        "facts.jsonl": _facts(store, sources),
        "places.jsonl": "".join(_line(p.id, encode_place(p, sources)) for p in store.places.values()),
        "sources.json": _json(sources.encoded, indent=1) + "\n",
    }
    contents = {name: _encoded(texts[name]) for name in _FILES}
    manifest = {
        "schema": SCHEMA,
        "command": command,
        "curation": dict(sorted(curation.items())),
        "release": str(store.release),
        "covers": str(store.covers),
        "known_until": {kind: day.isoformat() for kind, day in sorted(store.known_until.items())},
        "counts": _counts(store),
        "inputs": [encode_source(source) for source in store.sources.values()],
        "files": {name: _checksum(contents[name]) for name in _FILES},
        "findings": [_encode_finding(finding, sources) for finding in store.findings],
    }
    contents["manifest.json"] = _encoded(_json(manifest, indent=1) + "\n")
    # Everything is made before anything is written, the manifest last: an older register is not half overwritten.
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def _encode_finding(finding: Finding, sources: Sources) -> list[Any]:
    """Rule, subject, words, source ids, and the rows set aside where there are any."""
    made: list[Any] = [finding.rule, finding.subject, finding.what, list(finding.sources)]
    return [*made, [encode_row(row, sources) for row in finding.rows]] if finding.rows else made


def _decode_finding(raw: list[Any], sources: Sources) -> Finding:
    rule, subject, what, ids, *more = raw
    rows = more[0] if more else ()
    return Finding(rule, subject, what, tuple(ids), tuple(decode_row(row, sources) for row in rows))


def _encoded(text: str) -> bytes:
    """As UTF-8; a file name that is none keeps its odd bytes as escapes."""
    return text.encode(errors="backslashreplace")


def _counts(store: Store) -> dict[str, int]:
    return {"records": len(store.records), "organisations": len(store.organisations), "events": len(store.events)}


def _codes(store: Store, sources: Sources, *, sites: bool) -> str:
    lines = [
        _line(code, _entry(store, code, sources)) for code in sorted(store.eras) if _all_sites(store, code) is sites
    ]
    return "".join(lines)


def _bodies(store: Store) -> str:
    outside = [o for o in store.organisations.values() if isinstance(o, Body)]
    return "".join(_line(body.key, encode_body(body)) for body in outside)


def _facts(store: Store, sources: Sources) -> str:
    return "".join(_line(of, [encode_fact(fact, sources) for fact in held]) for of, held in store.facts.items())


def _all_sites(store: Store, code: str) -> bool:
    return all(isinstance(store.organisations[key], Site) for key in store.eras[code])


def _entry(store: Store, code: str, sources: Sources) -> list[Any]:
    """Eras, then statements."""
    eras = [encode_organisation(store.organisations[key]) for key in store.eras[code]]
    return [eras, [encode_statement(s, sources) for s in store.records[code].statements]]


def _event_line(event: ChangeEvent, sources: Sources) -> str:
    """Id; codes and edges, for look-ups that need no more; the event."""
    edges = [[e.giver, e.receiver, e.day.isoformat(), int(e.whole), e.position] for e in edges_of(event)]
    return f"{event.id}\t{_json([sorted(event.codes), edges])}\t{_json(encode_event(event, sources))}\n"


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
    # What was verified is what is used: the files may change before they are wanted.
    contents = _verified(folder, manifest) if verify else {}
    try:
        return Archive(_store(manifest, folder, contents), manifest)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise DataError(str(folder), f"cannot be decoded ({error})") from error


def _verified(folder: Path | Traversable, manifest: dict[str, Any]) -> dict[str, bytes]:
    checksums = manifest.get("files")
    contents = {name: _content(folder, name) for name in _FILES}
    for name, content in contents.items():
        if not isinstance(checksums, dict) or _checksum(content) != checksums.get(name):
            raise DataError(f"{folder}/{name}", "its checksum is not the one in manifest.json")
    return contents


def _manifest(folder: Path | Traversable) -> dict[str, Any]:
    try:
        manifest = json.loads(folder.joinpath("manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{folder}/manifest.json", f"cannot be read ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise DataError(f"{folder}/manifest.json", f"is not a register of schema {SCHEMA}")
    return manifest


def _content(folder: Path | Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError as error:
        raise DataError(f"{folder}/{name}", f"cannot be read ({error})") from error


def _store(manifest: dict[str, Any], folder: Path | Traversable, contents: Mapping[str, bytes]) -> Store:
    listed = contents["sources.json"] if contents else _content(folder, "sources.json")
    lines = Lines(folder, sources := Sources.decoded(json.loads(listed)), contents)
    return Store(
        records=Decoded(lines, lines.record),
        organisations=lines.organisations,
        eras=Decoded(lines, lines.era_keys),
        events=lines.events,
        facts=lines.facts,
        places=lines.places,
        sources={source.id: source for source in sources.releases},
        covers=Period.from_text(manifest["covers"]),
        findings=tuple(_decode_finding(raw, sources) for raw in manifest["findings"]),
        newest=PartialDate.from_text(manifest["release"]),
        known_until={kind: date.fromisoformat(day) for kind, day in manifest["known_until"].items()},
        index=lines,
    )
