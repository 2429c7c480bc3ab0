"""The lines of a compiled register, found by code and decoded when asked for.

Three files hold one line a thing: ``key<TAB>json``. A file is read when something in it is first wanted, split
once, and each line is parsed when its own code is; questions about trusts and commissioners never read the sites.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from nhs_orgs.errors import DataError
from nhs_orgs.events import ChangeEvent
from nhs_orgs.facts import Fact
from nhs_orgs.notation import (
    Sources,
    decode_body,
    decode_event,
    decode_fact,
    decode_organisation,
    decode_place,
    decode_statement,
    era_key,
)
from nhs_orgs.organisations import NAME_UNKNOWN, Organisation
from nhs_orgs.period import Period
from nhs_orgs.places import Place
from nhs_orgs.records import CITED_SIGHTING, LOOSE_NAME, SHORT_NAME, Record
from nhs_orgs.store import Edge, Links, Lived, Named, in_order

if TYPE_CHECKING:
    from importlib.abc import Traversable  # where Python 3.10 has it; deprecated at run time since 3.12

__all__ = ["Decoded", "Lines", "Organisations"]

V = TypeVar("V")

_FIRST_VALUE = json.JSONDecoder().raw_decode
_NAMES = frozenset({"name", CITED_SIGHTING, LOOSE_NAME, SHORT_NAME})


class Lines:
    """Every line by its key; an index of the register that makes nothing it need not."""

    def __init__(self, folder: Path | Traversable, sources: Sources, contents: Mapping[str, bytes]) -> None:
        """`contents` holds files that were read already; others are read from the folder when first wanted."""
        self._folder = folder
        self._sources = sources
        self._contents = contents

    def _split(self, name: str) -> dict[str, str]:
        try:
            content = self._contents[name] if name in self._contents else self._folder.joinpath(name).read_bytes()
            # Not splitlines(): a name may hold one of the other characters at which that would cut.
            return dict(line.split("\t", 1) for line in content.decode().split("\n") if line)
        except (OSError, ValueError) as error:
            raise DataError(f"{self._folder}/{name}", f"cannot be read ({error})") from error

    @cached_property
    def _records(self) -> dict[str, str]:
        return self._split("records.jsonl")

    @cached_property
    def _sites(self) -> dict[str, str]:
        return self._split("sites.jsonl")

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Bodies outside the register, by key."""
        return self._split("bodies.jsonl")

    @cached_property
    def _events(self) -> dict[str, str]:
        return self._split("events.jsonl")

    @cached_property
    def _facts(self) -> dict[str, str]:
        return self._split("facts.jsonl")

    @cached_property
    def _places(self) -> dict[str, str]:
        return self._split("places.jsonl")

    def __contains__(self, code: object) -> bool:
        """Whether there is a line for a code."""
        return code in self._records or code in self._sites

    def __iter__(self) -> Iterator[str]:
        """Every code, in order."""
        return iter(sorted((*self._records, *self._sites)))

    def __len__(self) -> int:
        """How many codes."""
        return len(self._records) + len(self._sites)

    def _line(self, code: str) -> str:
        return self._records[code] if code in self._records else self._sites[code]

    def _eras(self, code: str) -> list[list[Any]]:
        """The eras of a code as written: of its line only they are parsed, the first part."""
        eras: list[list[Any]] = _FIRST_VALUE(self._line(code), 1)[0]
        return eras

    def record(self, code: str) -> Record:
        """The record of a code. Raises `KeyError`."""
        bare = self._bare(code)
        return replace(bare, held=self.facts[code]) if code in self._facts else bare

    def _bare(self, code: str) -> Record:
        """The record without the facts, which name its eras."""
        _, statements = json.loads(self._line(code))
        return self._said(code, statements)

    def _said(self, code: str, statements: list[list[Any]]) -> Record:
        return Record(code, tuple(decode_statement(code, s, self._sources) for s in statements))

    def era_keys(self, code: str) -> tuple[str, ...]:
        """Keys of the eras of one code. Raises `KeyError`."""
        return tuple(era_key(code, era[1]) for era in self._eras(code))

    def eras(self, code: str) -> tuple[Organisation, ...]:
        """The eras of one code. Raises `KeyError`."""
        eras, statements = json.loads(self._line(code))
        # Half of those that take part in events have no name at all: their records need not be made.
        names = self._said(code, statements).names if any(s[0] in _NAMES for s in statements) else ()
        return tuple(decode_organisation(code, era, names, final=era is eras[-1]) for era in eras)

    def named(self, *, sites: bool) -> Iterator[Named]:
        """Eras under their names, as printed; a code of one era and one name is not made for it."""
        for code, text in (self._sites if sites else self._records).items():
            eras, statements = json.loads(text)
            printed = _names(statements)
            abbreviated = any(s[0] == "abbreviation" for s in statements)
            if len(eras) == 1 and len(printed) <= 1:
                yield _named(era_key(code, eras[0][1]), code, eras[0], printed, abbreviated=abbreviated)
                continue
            for era, raw in zip(self.eras(code), eras, strict=True):
                names = tuple(name.text for name in era.names)
                yield _named(era.key, code, raw, names, abbreviated=abbreviated)
        for key, text in () if sites else self.bodies.items():
            body = decode_body(key, json.loads(text))
            yield Named(key, None, "Body", open=False, name=body.name, names=(body.name,), abbreviated=False)

    def keys_of_kind(self, kind: str) -> tuple[str, ...]:
        """Era keys of one kind; only a question about sites reads the sites."""
        return (*self._keys_by_kind.get(kind, ()), *(self._site_keys if kind == "Site" else ()))

    @cached_property
    def _keys_by_kind(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"Body": list(self.bodies)}
        for key, kind in self._kinds(self._records):
            found.setdefault(kind, []).append(key)
        return found

    @cached_property
    def _site_keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self._kinds(self._sites))

    def lived(self, code: str) -> tuple[Lived, ...]:
        """The eras of one code by their dates. Raises `KeyError`."""
        return tuple([Lived(era_key(code, era[1]), era[0], *_dates(era)) for era in self._eras(code)])

    def _kinds(self, lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Key and kind of each era."""
        for code in lines:
            for era in self._eras(code):
                yield era_key(code, era[1]), era[0]

    @cached_property
    def organisations(self) -> Mapping[str, Organisation]:
        """Every era by key, made when asked for."""
        return Organisations(self)

    @cached_property
    def events(self) -> Mapping[str, ChangeEvent]:
        """Every event by id, made when asked for."""
        return Decoded(self._events, self._event)

    def _event(self, event_id: str) -> ChangeEvent:
        _, text = self._events[event_id].split("\t")
        return decode_event(event_id, json.loads(text), self._sources, self.organisations)

    @cached_property
    def facts(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts about each code or body, made when asked for."""
        return Decoded(self._facts, self._held)

    def _held(self, subject: str) -> tuple[Fact, ...]:
        eras = (decode_body(subject, json.loads(self.bodies[subject])),) if subject in self.bodies else ()
        bodies = {body.key: body for body in (eras or self.eras(subject))}
        return tuple(decode_fact(raw, self._sources, bodies) for raw in json.loads(self._facts[subject]))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every place by id, made when asked for."""
        return Decoded(self._places, lambda id_: decode_place(id_, json.loads(self._places[id_]), self._sources))

    def codes_naming(self, value: str) -> tuple[str, ...]:
        """Codes whose lines hold a value, unparsed; some may hold it as something else."""
        wanted = f'"{value}"'
        return tuple(code for lines in (self._records, self._sites) for code, text in lines.items() if wanted in text)

    def links(self) -> Links:
        """Edges, and the events of each code, from the short part of each event's line."""
        edges: list[Edge] = []
        found: dict[str, list[str]] = {}
        for event_id, text in self._events.items():
            codes, raw = json.loads(text[: text.index("\t")])
            for giver, receiver, day, whole, position in raw:
                edges.append(Edge(giver, receiver, date.fromisoformat(day), bool(whole), event_id, position))
            for code in codes:
                found.setdefault(code, []).append(event_id)
        return in_order(edges), {code: tuple(ids) for code, ids in found.items()}


def _dates(era: list[Any]) -> tuple[Period, Period | None]:
    """Period and days seen of an era as it is written."""
    seen = era[2] if len(era) > 2 else ""  # noqa: PLR2004 - what is empty at the end is not written
    return Period.from_text(era[1]), Period.from_text(seen) if seen else None


def _names(statements: list[list[Any]]) -> tuple[str, ...]:
    """Names as printed, of whatever sort, without the days on which each was borne."""
    return tuple(dict.fromkeys(s[1] for s in statements if s[0] in _NAMES))


def _named(key: str, code: str, era: list[Any], names: tuple[str, ...], *, abbreviated: bool) -> Named:
    latest = names[-1] if names else NAME_UNKNOWN
    still_open = era[1].endswith("/..")
    return Named(key, code, era[0], open=still_open, name=latest, names=names, abbreviated=abbreviated)


class Decoded(Mapping[str, V]):
    """A mapping whose values are made when first asked for."""

    def __init__(self, keys: Mapping[str, str] | Lines, decode: Callable[[str], V]) -> None:
        self._keys = keys
        self._decode = decode
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        """The value of a key, made once. Raises `KeyError`."""
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._decode(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        """Every key, in order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)


class Organisations(Mapping[str, Organisation]):
    """Every era by key, made when asked for from its code's line."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._made: dict[str, Organisation] = {}

    def __getitem__(self, key: str) -> Organisation:
        """The era of a key, made once with the others of its code. Raises `KeyError`."""
        if key not in self._made:
            self._make(key)
        return self._made[key]

    def _make(self, key: str) -> None:
        code = key.partition("@")[0]
        if key in self._lines.bodies:
            self._made[key] = decode_body(key, json.loads(self._lines.bodies[key]))
        elif code in self._lines:
            self._made.update({era.key: era for era in self._lines.eras(code)})
        if key not in self._made:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Every key, by code and time; bodies outside the register last."""
        for code in self._lines:
            yield from self._lines.era_keys(code)
        yield from self._lines.bodies

    def __len__(self) -> int:
        """How many eras there are."""
        return sum(1 for _ in self)
