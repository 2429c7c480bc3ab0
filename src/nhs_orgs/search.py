"""Finding organisations by what people call them: code, present or former name, abbreviation.

Names are compared word by word, after folding away what does not tell bodies apart: case, accents and
punctuation, ``&`` or "and", "Saint" or "St", "FT" or "Foundation Trust". A rare word counts for more than
a common one; a word may be begun only ("Midl") or misspelt a little. What matches exactly comes first,
codes before abbreviations before names.

>>> import nhs_orgs
>>> best = nhs_orgs.load().find("south staffs & shropshire")[0]
>>> best.code, best.matched, best.name
('RRE', 'former name', 'South Staffordshire and Shropshire Healthcare NHS Foundation Trust')
"""

from __future__ import annotations

import gc
import math
import re
import unicodedata
import weakref
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias

from nhs_orgs.codes import normalise
from nhs_orgs.errors import InvalidCode
from nhs_orgs.names import display
from nhs_orgs.organisations import Organisation
from nhs_orgs.period import Period
from nhs_orgs.store import Named, Store

__all__ = ["Match", "Matched", "find"]

Matched: TypeAlias = Literal["code", "abbreviation", "name", "former name", "initials"]
"""What a query matched. An abbreviation is one that a source uses; initials are worked out from a name."""

_CODE: Final = 100
_ABBREVIATION: Final = 99
_NAME: Final = 98
_INITIALS: Final = 80
_WORDS: Final = 95
"""Most that words can score which are not the whole name."""
_FORMER: Final = 2
"""How much less a former name scores."""
_SITE: Final = 0.85
"""How far a site counts beside the trust whose name it shares."""
_ENOUGH: Final = 0.6
"""Least part of a query, by weight of its words, that a name must hold."""
_NAME_COUNTS: Final = 0.2
"""How much of a score is whether the name holds little else."""

_BEGUN: Final = 0.85
"""How surely a word means one that begins with it."""
_ABRIDGED: Final = 0.8
"""How surely a word in ``s`` means one that begins with what is before that: ``Staffs``, ``Notts``."""
_LIKE: Final = 0.9
"""How surely a word means one that is spelt alike."""
_MISSPELT: Final = 80
"""Least likeness, in percent, of two spellings of one word."""
_SHORTEST: Final = 3
"""Fewest letters of initials, and of the beginning of a word."""

_WORD: Final = re.compile(r"[a-z0-9]+")
_APOSTROPHES: Final = re.compile("['’‘`]")  # noqa: RUF001 - names are printed with all of them
_UNSAID: Final = frozenset({"and", "the"})
_NOT_IN_INITIALS: Final = frozenset({"nhs", "the", "of", "for", "in", "on", "at"})
_OFTEN_LEFT_OUT: Final = frozenset({"and", "hospital", "hospitals", "healthcare", "health", "care", "services"})
"""Words without which initials are formed too: SSSFT has no H of "Healthcare"."""
_FOLDED: Final = {"saint": ("st",), "ft": ("foundation", "trust"), "nhsft": ("nhs", "foundation", "trust")}
_MEANT: Final = {"st": ("street",), "rd": ("road",)}
"""What a word of a query may stand for, beside itself."""
_LEGAL_FORMS: Final = (
    (("nhs", "foundation", "trust"), "FT"),
    (("nhs", "trust"), "T"),
    (("ccg",), "CCG"),
    (("integrated", "care", "board"), "ICB"),
    (("icb",), "ICB"),
    (("pct",), "PCT"),
)
"""How names end in law, and how abbreviations do."""

_COMMISSIONERS: Final = frozenset(
    {"ClinicalCommissioningGroup", "SubICBLocation", "IntegratedCareBoard", "SustainabilityTransformationPartnership"}
    | {"StrategicHealthAuthority", "PrimaryCareTrust", "HealthAuthority"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """One organisation found, and by what."""

    organisation: Organisation
    """The era that bore the name; of a code its latest."""
    name: str
    """What matched: the name or the abbreviation; of a code the latest name, of initials the name they are of."""
    score: int
    """From 0 to 100: 100 is the code itself."""
    matched: Matched
    exact: bool
    """Whether the text is the code, the abbreviation or the whole name, not only like it."""

    @property
    def code(self) -> str | None:
        """The ODS code, ``None`` outside the register."""
        return self.organisation.code

    @property
    def former(self) -> bool:
        """Whether it matched by a name that its code no longer goes by."""
        return self.matched == "former name"


def find(store: Store, text: str, *, limit: int = 10) -> tuple[Match, ...]:
    """Organisations by code, name, former name or abbreviation, best match first.

    One match for each code: its best. Where two score the same, other bodies come before sites, open ones
    before closed, trusts and commissioners before the rest.

    Args:
        store: The register's look-ups.
        text: A code or era key, a name or words of one, an abbreviation. Blank text finds nothing.
        limit: The most matches to return.
    """
    best: dict[str, _Found] = {}
    for found in _everything(store, text) if text.strip() else ():
        known = best.get(found.era.body)
        if known is None or found.rank < known.rank:
            best[found.era.body] = found
    ranked = sorted(best.values(), key=lambda found: found.rank)[: max(limit, 0)]
    return tuple(Match(store.organisation(f.era.key), f.as_read, f.score, f.matched, f.exact) for f in ranked)


@dataclass(frozen=True, slots=True)
class _Era:
    """An era as the index holds it."""

    key: str
    body: str
    """The code, or outside the register the key."""
    standing: tuple[bool, bool, int]
    """Whether it is a site, whether it is closed, the place of its kind: the least comes first."""

    @property
    def site(self) -> bool:
        return self.standing[0]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One name of one era, and its words."""

    era: _Era
    name: str
    former: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    era: _Era
    name: str
    score: int
    matched: Matched
    exact: bool

    @property
    def rank(self) -> tuple[int, tuple[bool, bool, int], str]:
        """Sorts the best first."""
        return -self.score, self.era.standing, self.era.body

    @property
    def as_read(self) -> str:
        return self.name if self.matched == "abbreviation" else display(self.name)


def _everything(store: Store, text: str) -> Iterator[_Found]:
    """All that a text matches, one body perhaps more than once."""
    index = _index(store)
    yield from _by_code(store, text, index)
    letters = "".join(filter(str.isalnum, text)).upper()
    for era, abbreviation in index.abbreviations.get(letters, ()):
        yield _Found(era, abbreviation, _ABBREVIATION, "abbreviation", exact=True)
    for spelling in index.initials.get(letters, ()):
        yield _Found(spelling.era, spelling.name, _INITIALS - _FORMER * spelling.former, "initials", exact=False)
    yield from _by_name(words(text), index)


def _by_code(store: Store, text: str, index: _Index) -> Iterator[_Found]:
    key = text.strip()
    if key not in store.organisations:
        try:
            key = store.eras[normalise(text)][-1]
        except (InvalidCode, KeyError):
            return
    body = store.organisation(key)
    yield _Found(index.eras[key], body.name, _CODE, "code", exact=True)


def _by_name(asked: tuple[str, ...], index: _Index) -> Iterator[_Found]:
    query = _Query(asked, index)
    for number in query.candidates():
        spelling = index.spellings[number]
        exact = spelling.words == asked
        score = (_NAME if exact else query.score(spelling.words)) * (_SITE if spelling.era.site else 1)
        if score:
            former = spelling.former
            matched: Matched = "former name" if former else "name"
            yield _Found(spelling.era, spelling.name, round(score) - _FORMER * former, matched, exact)


class _Query:
    """The words asked for, each with the words of names that it may mean."""

    def __init__(self, asked: Iterable[str], index: _Index) -> None:
        self._index = index
        alike = {word: index.alike(word) for word in asked}
        weighed = [(index.weight(word, likeness), likeness) for word, likeness in alike.items()]
        self._meant = sorted(weighed, key=lambda pair: -pair[0])
        self._total = sum(weight for weight, _ in self._meant)

    def candidates(self) -> set[int]:
        """Every spelling that may hold enough of the query: all of them hold one of its weightier words."""
        found: set[int] = set()
        left = self._total
        for weight, likeness in self._meant:
            if left < _ENOUGH * self._total:
                break
            found.update(*(self._index.holding[word] for word in likeness))
            left -= weight
        return found

    def score(self, name: tuple[str, ...]) -> float:
        """How well a name matches: mostly how much of the query it holds; 0 where that is not enough."""
        held = sum(weight * max(likeness.get(word, 0.0) for word in name) for weight, likeness in self._meant)
        if held < _ENOUGH * self._total:
            return 0.0
        weights = self._index.weights
        asked = sum(weights[word] * max(likeness.get(word, 0.0) for _, likeness in self._meant) for word in name)
        share = asked / sum(weights[word] for word in name)
        return _WORDS * ((1 - _NAME_COUNTS) * held / self._total + _NAME_COUNTS * share)


# --- words ------------------------------------------------------------------------------------------------------


def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded so that two ways to write it are one.

    >>> words("St. George's Hospital NHS FT") == words("SAINT GEORGES HOSPITAL NHS FOUNDATION TRUST")
    True
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    found = _WORD.findall(_APOSTROPHES.sub("", plain.lower()))
    return tuple(part for word in found if word not in _UNSAID for part in _FOLDED.get(word, (word,)))


def initials(name: str) -> frozenset[str]:
    """What a name may be shortened to: first letters of its words, some of them left out, and of its legal form.

    >>> sorted(initials("Midlands Partnership NHS Foundation Trust"))
    ['MPFT']
    """
    spelt = _WORD.findall(_APOSTROPHES.sub("", name.lower().replace("&", " and ")))
    form = next(((ending, short) for ending, short in _LEGAL_FORMS if tuple(spelt[-len(ending) :]) == ending), None)
    stem = spelt[: -len(form[0])] if form else spelt
    kept = [word for word in stem if word not in _NOT_IN_INITIALS]
    made = set()
    for left_out in ({""}, {"and"}, _OFTEN_LEFT_OUT):
        chosen = [word for word in kept if word not in left_out]
        letters = "".join(word[0] for word in chosen).upper()
        made |= {letters, letters + form[1] if form else letters}
    return frozenset(letters for letters in made if len(letters) >= _SHORTEST)


# --- the index --------------------------------------------------------------------------------------------------


class _Index:
    """Every name of a register by its words, and every abbreviation."""

    def __init__(self, store: Store) -> None:
        self.eras: dict[str, _Era] = {}
        self.spellings: list[_Spelling] = []
        self.holding: dict[str, list[int]] = defaultdict(list)
        """Positions of the spellings that hold a word."""
        self.abbreviations: dict[str, list[tuple[_Era, str]]] = defaultdict(list)
        self.initials: dict[str, list[_Spelling]] = defaultdict(list)
        for _, group in groupby(store.named(), key=lambda named: named.code or named.key):
            self._add(tuple(group), store)
        self.weights = self._weights()
        self._vocabulary = sorted(self.holding)

    def _add(self, eras: tuple[Named, ...], store: Store) -> None:
        """All eras of one code, the newest first, so that a name counts for the last era that bore it."""
        latest: tuple[str, ...] | None = None
        seen: set[tuple[str, ...]] = set()
        for named in reversed(eras):
            era = _Era(named.key, named.code or named.key, _standing(named))
            self.eras[named.key] = era
            for name in reversed(named.names):
                spelt = words(name)
                latest = latest or spelt
                if spelt and spelt not in seen:
                    seen.add(spelt)
                    self._spell(_Spelling(era, name, spelt != latest, spelt))
        if eras[-1].abbreviated and eras[-1].code:
            self._abbreviate(store, eras)

    def _spell(self, spelling: _Spelling) -> None:
        for word in dict.fromkeys(spelling.words):
            self.holding[word].append(len(self.spellings))
        self.spellings.append(spelling)
        if not spelling.era.site:
            for letters in initials(spelling.name):
                self.initials[letters].append(spelling)

    def _abbreviate(self, store: Store, eras: Sequence[Named]) -> None:
        for statement in store.records[eras[-1].code or ""].says("abbreviation"):
            borne = [e.key for e in eras if _may_bear(store.organisation(e.key).period, statement.period)]
            era = self.eras[borne[-1] if borne else eras[-1].key]
            letters = "".join(filter(str.isalnum, statement.value)).upper()
            self.abbreviations[letters].append((era, statement.value))

    def _weights(self) -> dict[str, float]:
        """How much each word tells: the rarer, among all names or among those of bodies alone, the more."""
        sites = [spelling.era.site for spelling in self.spellings]
        bodies = max(1, len(sites) - sum(sites))
        weights = {}
        for word, places in self.holding.items():
            often = max(len(places) / len(sites), sum(not sites[place] for place in places) / bodies)
            weights[word] = 0.1 - math.log(often)
        return weights

    def weight(self, word: str, likeness: Mapping[str, float]) -> float:
        """How much a word of a query tells; one that no name holds as much as the likest that one does."""
        if word in self.weights or not likeness:
            return self.weights.get(word, max(self.weights.values(), default=1.0))
        return self.weights[max(likeness, key=likeness.__getitem__)]

    def alike(self, word: str) -> dict[str, float]:
        """The words of names that a word may mean, each with how surely, up to 1."""
        from rapidfuzz import fuzz, process

        found: dict[str, float] = {}
        if len(word) > _SHORTEST and not word.isdigit():
            near = process.extract(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_MISSPELT, limit=None)
            found = {other: _LIKE * likeness / 100 for other, likeness, _ in near}
        if word.endswith("s"):
            found |= dict.fromkeys(self._beginning(word[:-1]), _ABRIDGED)
        found |= dict.fromkeys(self._beginning(word), _BEGUN)
        found |= dict.fromkeys((other for other in _MEANT.get(word, ()) if other in self.holding), _LIKE)
        return found | ({word: 1.0} if word in self.holding else {})

    def _beginning(self, stem: str) -> list[str]:
        if len(stem) < _SHORTEST:
            return []
        first = bisect_left(self._vocabulary, stem)
        return self._vocabulary[first : bisect_left(self._vocabulary, stem + "\x7f", lo=first)]


def _may_bear(era: Period, since: Period | None) -> bool:
    return since is None or era.may_overlap(since)


def _standing(named: Named) -> tuple[bool, bool, int]:
    place = (
        0 if named.kind == "Trust" else 1 if named.kind in _COMMISSIONERS else 3 if named.kind == "Unclassified" else 2
    )
    return named.kind == "Site", not named.open, place


_INDEXES: Final[dict[int, _Index]] = {}
"""By the identity of the store, which cannot be hashed; dropped with it. To build one takes most of a second."""


def _index(store: Store) -> _Index:
    if id(store) not in _INDEXES:
        _INDEXES[id(store)] = _without_collector(store)
        weakref.finalize(store, _INDEXES.pop, id(store), None)
    return _INDEXES[id(store)]


def _without_collector(store: Store) -> _Index:
    """An index, built while the garbage collector pauses: it finds nothing there, and takes a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        return _Index(store)
    finally:
        if running:
            gc.enable()
