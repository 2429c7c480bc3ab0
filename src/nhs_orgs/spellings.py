"""How organisations are spelt: every name of a register by its words, every abbreviation, every set of initials.

Two ways to write a name are one when their words are: case, accents and punctuation are folded away, ``&`` and
"and" left out, "Saint" made "St", "Foundation Trust" made "FT". A rare word tells more than a common one.

>>> words("St. George's Hospital & Clinic NHS FT")
('st', 'georges', 'hospital', 'clinic', 'nhs', 'ft')
>>> sorted(initials("Midlands Partnership NHS Foundation Trust"))
['MPFT']
"""

from __future__ import annotations

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
from nhs_orgs.pauses import no_collection
from nhs_orgs.period import Period
from nhs_orgs.store import Named, Store

__all__ = ["Spelling", "Spellings", "SpeltEra", "initials", "letters_of", "spellings_of", "words"]

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
_FOLDED: Final = (
    ("saint", "st"),
    ("nhsft", "nhs ft"),
    ("foundation trust", "ft"),
    ("clinical commissioning group", "ccg"),
    ("integrated care board", "icb"),
    ("primary care trust", "pct"),
)
_MEANT: Final = {"st": ("street",), "rd": ("road",), "trust": ("ft",), "foundation": ("ft",)}
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

_PLACES: Final = {"Trust": 0, "Unclassified": 3} | dict.fromkeys(
    (
        "ClinicalCommissioningGroup",
        "HealthAuthority",
        "IntegratedCareBoard",
        "PrimaryCareTrust",
        "StrategicHealthAuthority",
        "SubICBLocation",
        "SustainabilityTransformationPartnership",
    ),
    1,
)
"""Which kinds come first where nothing else decides: trusts, commissioners, the rest, what nobody classes."""
_ELSEWHERE: Final = 2
_AFTER_EVERY_LETTER: Final = "\x7f"


def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    spelt = f" {' '.join(_WORD.findall(_APOSTROPHES.sub('', plain.lower())))} "
    for long, short in _FOLDED:
        if long in spelt:
            spelt = spelt.replace(f" {long} ", f" {short} ")
    return tuple(word for word in spelt.split() if word not in _UNSAID)


def letters_of(text: str) -> str:
    """An abbreviation however it is punctuated: letters and digits alone, in capitals."""
    return "".join(filter(str.isalnum, text)).upper()


def initials(name: str) -> frozenset[str]:
    """What a name may be shortened to: first letters of its words, some of them left out, and of its legal form."""
    spelt = _WORD.findall(_APOSTROPHES.sub("", name.lower().replace("&", " and ")))
    form = next(((ending, short) for ending, short in _LEGAL_FORMS if tuple(spelt[-len(ending) :]) == ending), None)
    stem = spelt[: -len(form[0])] if form else spelt
    kept = [word for word in stem if word not in _NOT_IN_INITIALS]
    made = set()
    for left_out in ({""}, {"and"}, _OFTEN_LEFT_OUT):
        letters = "".join(word[0] for word in kept if word not in left_out).upper()
        made |= {letters, letters + form[1] if form else letters}
    return frozenset(letters for letters in made if len(letters) >= _SHORTEST)


@dataclass(frozen=True, slots=True)
class SpeltEra:
    """An era as a search sees it."""

    key: str
    body: str
    """The code, or outside the register the key."""
    standing: tuple[bool, bool, int]
    """Whether it is a site, whether it is closed, the place of its kind: the least comes first."""

    @classmethod
    def of(cls, named: Named) -> SpeltEra:
        """The era of a name on the roll."""
        site = named.kind == Site.__name__
        return cls(named.key, named.code or named.key, (site, not named.open, _PLACES.get(named.kind, _ELSEWHERE)))

    @property
    def site(self) -> bool:
        """Whether it is a site."""
        return self.standing[0]

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        return self.standing[1]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of one era, and its words."""

    era: SpeltEra
    name: str
    """As its source prints it."""
    former: bool
    """Whether the code no longer goes by it."""
    words: tuple[str, ...]


class Spellings:
    """Every name of all sites, or of everything else."""

    def __init__(self, store: Store, *, sites: bool) -> None:
        self.all: list[Spelling] = []
        self.holding: dict[str, list[int]] = defaultdict(list)
        """Positions of the spellings that hold a word."""
        self.abbreviations: dict[str, list[tuple[SpeltEra, str]]] = defaultdict(list)
        self.initials: dict[str, list[Spelling]] = defaultdict(list)
        """Of sites none: too many names have the same."""
        for _, group in groupby(store.named(sites=sites), key=lambda named: named.code or named.key):
            self._add(tuple(group), store)
        self.weights = {word: 0.1 - math.log(len(places) / len(self.all)) for word, places in self.holding.items()}
        """How much each word tells: the rarer the more."""
        self._vocabulary = sorted(self.holding)

    def _add(self, eras: tuple[Named, ...], store: Store) -> None:
        """All eras of one code, the newest first, so that a name counts for the last era that bore it."""
        latest: tuple[str, ...] | None = None
        seen: set[tuple[str, ...]] = set()
        for named in reversed(eras):
            era = SpeltEra.of(named)
            for name in reversed(named.names):
                spelt = words(name)
                latest = latest or spelt
                if spelt and spelt not in seen:
                    seen.add(spelt)
                    self._spell(Spelling(era, name, spelt != latest, spelt))
        if eras[-1].abbreviated:
            self._abbreviate(store, eras)

    def _spell(self, spelling: Spelling) -> None:
        for word in dict.fromkeys(spelling.words):
            self.holding[word].append(len(self.all))
        self.all.append(spelling)
        if not spelling.era.site:
            for letters in initials(spelling.name):
                self.initials[letters].append(spelling)

    def _abbreviate(self, store: Store, eras: Sequence[Named]) -> None:
        """Each abbreviation of a code, for the last era of which a source says it."""
        for statement in store.records[eras[-1].code or ""].says("abbreviation"):
            borne = [named for named in eras if _may_hold(store.organisation(named.key), statement.period)]
            era = SpeltEra.of((borne or eras)[-1])
            self.abbreviations[letters_of(statement.value)].append((era, statement.value))

    def weight(self, word: str, likeness: Mapping[str, float]) -> float:
        """How much a word of a query tells: what it does in names, else what the word does that it is likest to."""
        if word in self.weights:
            return self.weights[word]
        if likeness:
            return self.weights[max(likeness, key=likeness.__getitem__)]
        return max(self.weights.values(), default=1.0)

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
        found |= dict.fromkeys((other for other in _MEANT.get(word, ()) if other in self.weights), _LIKE)
        return found | ({word: 1.0} if word in self.weights else {})

    def _beginning(self, stem: str) -> list[str]:
        if len(stem) < _SHORTEST:
            return []
        first = bisect_left(self._vocabulary, stem)
        return self._vocabulary[first : bisect_left(self._vocabulary, stem + _AFTER_EVERY_LETTER, lo=first)]


def _may_hold(body: Organisation, period: Period | None) -> bool:
    return period is None or body.period.may_overlap(period)


_MADE: Final[dict[tuple[int, bool], Spellings]] = {}
"""By the identity of the store, which cannot be hashed; dropped with it. Those of all sites take most of a second."""


def spellings_of(store: Store, *, sites: bool) -> Spellings:
    """The spellings of a store, made once."""
    key = (id(store), sites)
    if key not in _MADE:
        _MADE[key] = _made(store, sites=sites)
        weakref.finalize(store, _MADE.pop, key, None)
    return _MADE[key]


def _made(store: Store, *, sites: bool) -> Spellings:
    """Made while the garbage collector pauses: it would find nothing, and take a third of the time."""
    with no_collection():
        return Spellings(store, sites=sites)
