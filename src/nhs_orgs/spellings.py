"""How organisations are spelt: every name of a register by its words, every abbreviation, every set of initials.

Two ways to write a name are one when their words are: case, accents and punctuation are folded away, ``&`` and
"and" left out, "Saint" made "St", "FT" made "Foundation Trust". A rare word tells more than a common one.

>>> words("St. George's Hospital & Clinic NHS FT")
('st', 'georges', 'hospital', 'clinic', 'nhs', 'foundation', 'trust')
>>> sorted(initials("Midlands Partnership NHS Foundation Trust"))
['MPFT']
"""

from __future__ import annotations

import gc
import math
import re
import unicodedata
import weakref
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from nhs_orgs.organisations import Organisation, Site
from nhs_orgs.period import Period
from nhs_orgs.store import Named, Store

__all__ = ["Spelling", "SpeltEra", "Spellings", "initials", "letters_of", "spellings_of", "words"]

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
