"""Finding organisations by what people call them: code, present or former name, abbreviation.

What matches exactly comes first: codes before abbreviations before names. Other names are compared word by
word; a word may be begun only ("Midl"), abridged ("Staffs") or misspelt a little, and a rare one counts for
more. How names are folded before that is in `spellings`.

>>> import nhs_orgs
>>> best = nhs_orgs.load().find("south staffs & shropshire")[0]
>>> best.organisation.key, best.matched, best.name
('RRE@2001-04-01', 'former name', 'South Staffordshire and Shropshire Healthcare NHS Foundation Trust')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from nhs_orgs.codes import normalise
from nhs_orgs.errors import InvalidCode
from nhs_orgs.organisations import Organisation
from nhs_orgs.spellings import Spellings, SpeltEra, letters_of, spellings_of, words
from nhs_orgs.store import Store

__all__ = ["Match", "Matched", "find"]

Matched: TypeAlias = Literal["code", "abbreviation", "name", "former name", "initials"]
"""What a query matched. An abbreviation is one that a source uses; initials are worked out from a name."""

_CODE: Final = 100
_ABBREVIATION: Final = 99
_NAME: Final = 98
_WORDS: Final = 95
"""Most that words can score which are not the whole name."""
_INITIALS: Final = 80
_FORMER: Final = 2
"""How much less a former name scores."""
_CLOSED: Final = 3
"""How much less words of a name score where the body has closed."""
_SITE: Final = 0.85
"""How far a site counts beside the trust whose name it shares."""
_ENOUGH: Final = 0.6
"""Least part of a query, by weight of its words, that a name must hold."""
_NAME_COUNTS: Final = 0.2
"""How much of a score is whether the name holds little else."""


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


def find(store: Store, text: str, *, limit: int = 10, sites: bool = True) -> tuple[Match, ...]:
    """Organisations by code, name, former name or abbreviation, best match first.

    One match for each code: its best. Where two score the same, other bodies come before sites, open ones
    before closed, trusts and commissioners before the rest. Names of sites are looked through unless the text
    is a code or an abbreviation.

    Args:
        store: The register's look-ups.
        text: A code or era key, a name or words of one, an abbreviation. Blank text finds nothing.
        limit: The most matches to return.
        sites: Whether names of sites are looked through: there are twenty times as many as of everything else.
    """
    best: dict[str, _Found] = {}
    for found in _everything(store, text, sites=sites) if text.strip() else ():
        known = best.get(found.era.body)
        if known is None or found.rank < known.rank:
            best[found.era.body] = found
    ranked = sorted(best.values(), key=lambda found: found.rank)[: max(limit, 0)]
    return tuple(_match(store.organisation(found.era.key), found) for found in ranked)


def _match(body: Organisation, found: _Found) -> Match:
    """The name as the body has it, which may not be how a register prints it."""
    texts = (name.text for name in body.names if found.name in {name.published, name.text})
    return Match(body, next(texts, found.name), found.score, found.matched, found.exact)


@dataclass(frozen=True, slots=True)
class _Found:
    era: SpeltEra
    name: str
    score: int
    matched: Matched
    exact: bool

    @property
    def rank(self) -> tuple[int, tuple[bool, bool, int], str]:
        """Sorts the best first."""
        return -self.score, self.era.standing, self.era.body


def _everything(store: Store, text: str, *, sites: bool) -> Iterator[_Found]:
    """All that a text matches, one body perhaps more than once."""
    bodies = spellings_of(store, sites=False)
    certain = [*_by_code(store, text), *_by_abbreviation(text, bodies)]
    yield from certain
    yield from _by_initials(text, bodies)
    asked = words(text)
    yield from _by_name(asked, bodies)
    if sites and not certain:
        yield from _by_name(asked, spellings_of(store, sites=True))


def _by_code(store: Store, text: str) -> Iterator[_Found]:
    key = text.strip()
    if key not in store.organisations:
        try:
            key = store.eras[normalise(text)][-1]
        except (InvalidCode, KeyError):
            return
    body = store.organisation(key)
    # First of all whatever it is: nothing else scores as much.
    era = SpeltEra(key, body.code or key, (False, False, 0))
    yield _Found(era, body.name, _CODE, "code", exact=True)


def _by_abbreviation(text: str, spellings: Spellings) -> Iterator[_Found]:
    for era, abbreviation in spellings.abbreviations.get(letters_of(text), ()):
        yield _Found(era, abbreviation, _ABBREVIATION, "abbreviation", exact=True)


def _by_initials(text: str, spellings: Spellings) -> Iterator[_Found]:
    for spelling in spellings.initials.get(letters_of(text), ()):
        score = _INITIALS - _FORMER * spelling.former
        yield _Found(spelling.era, spelling.name, score, "initials", exact=False)


def _by_name(asked: tuple[str, ...], spellings: Spellings) -> Iterator[_Found]:
    query = _Query(asked, spellings)
    for number in query.candidates():
        spelling = spellings.all[number]
        exact = spelling.words == asked
        likeness = _NAME if exact else query.score(spelling.words)
        if likeness:
            matched: Matched = "former name" if spelling.former else "name"
            score = round(likeness * (_SITE if spelling.era.site else 1)) - _FORMER * spelling.former
            yield _Found(
                spelling.era, spelling.name, score - _CLOSED * (spelling.era.closed and not exact), matched, exact
            )


class _Query:
    """The words asked for, each with the words of names that it may mean."""

    def __init__(self, asked: Iterable[str], spellings: Spellings) -> None:
        self._spellings = spellings
        alike = {word: spellings.alike(word) for word in asked}
        weighed = [(spellings.weight(word, likeness), likeness) for word, likeness in alike.items()]
        self._meant = sorted(weighed, key=lambda pair: -pair[0])
        self._weights = [weight for weight, _ in self._meant]
        self._total = sum(self._weights)
        self._sure: dict[str, list[float]] = {
            word: [likeness.get(word, 0.0) for _, likeness in self._meant]
            for word in {word for _, likeness in self._meant for word in likeness}
        }
        """For each word of a name that may be meant, how surely by each word asked for."""

    def candidates(self) -> set[int]:
        """Every spelling that may hold enough of the query: all of them hold one of its weightier words."""
        found: set[int] = set()
        left = self._total
        for weight, likeness in self._meant:
            if left < _ENOUGH * self._total:
                break
            found.update(*(self._spellings.holding[word] for word in likeness))
            left -= weight
        return found

    def score(self, name: tuple[str, ...]) -> float:
        """How well a name matches: mostly how much of the query it holds; 0 where that is not enough."""
        weights = self._spellings.weights
        said = [(weights[word], self._sure[word]) for word in name if word in self._sure]
        best: Iterable[float] = map(max, zip(*(sure for _, sure in said), strict=True))
        held: float = sum(weight * sure for weight, sure in zip(self._weights, best, strict=True))
        if held < _ENOUGH * self._total:
            return 0.0
        share: float = sum(weight * max(sure) for weight, sure in said) / sum([weights[word] for word in name])
        return _WORDS * ((1 - _NAME_COUNTS) * held / self._total + _NAME_COUNTS * share)
