"""Names with their dates, and how a register's capitals read as a name.

ODS overwrites names in place, so most names are known from sightings: a release prints one, a later
release another, and the day between is nobody's. `DatedName` keeps those bounds until a cited day is known.

>>> display("SOUTH STAFFORDSHIRE AND SHROPSHIRE HEALTHCARE NHS FOUNDATION TRUST")
'South Staffordshire and Shropshire Healthcare NHS Foundation Trust'
>>> display("NHS DURHAM DALES, EASINGTON AND SEDGEFIELD CCG")
'NHS Durham Dales, Easington and Sedgefield CCG'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import Period

__all__ = ["LATER_NAME", "NAME_UNKNOWN", "DatedName", "candidates", "display", "name_in", "plain", "within"]

_SMALL: Final = frozenset({"a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "under", "upon", "with"})
_SMALL_INSIDE: Final = _SMALL | {"de", "en", "la", "le"}
"""Small between two hyphens: Chapel-en-le-Frith."""
_CAPITALS: Final = frozenset(
    {"A&E", "ADHD", "AMH", "AMU", "CAMHS", "CIC", "COVID", "CYPMHS", "ECT", "EIP", "EMI", "EU", "GU", "GUM"}
    | {"HIV", "IAPT", "ICATS", "ICB", "ICS", "ICU", "II", "III", "IT", "ITU", "IV", "IX", "LGI", "MIU"}
    | {"MRI", "OOH", "OPD", "OPMH", "OT", "PICU", "RAF", "RVI", "UCC", "UK", "UTC", "VI", "VII", "VIII", "WEL", "YMCA"}
)
"""Abbreviations with a vowel in them; those without one are told by that."""
_NO_CAPITALS: Final = frozenset({"BLVD", "CWM", "DR", "LTD", "MR", "MRS", "MS", "RD", "SGT", "ST"})
"""Words without a vowel that are no abbreviations in capitals."""
_LONGEST: Final = 6
"""Letters of the longest word without a vowel that is taken for an abbreviation."""
_WORD: Final = re.compile(r"[\w&'’]+|[^\w&'’]+")  # noqa: RUF001 - typographic apostrophes occur in names
_VOWEL: Final = re.compile("[AEIOUY]")
_ORDINAL: Final = re.compile(r"[0-9]+(ST|ND|RD|TH)")
_WITH_NUMBER: Final = re.compile(r"[0-9]([A-Z]{4,})")
_OPENS: Final = re.compile(r"[(/\[\"]| - ")
_PLAIN: Final = re.compile(r"[^a-z0-9]+")


NAME_UNKNOWN: Final = "name unknown"
"""The name of an organisation that no source names."""
LATER_NAME: Final = " (a later name)"
"""Behind a name that its body is not known to have borne."""


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name, and when it was in force, as precisely as anyone knows."""

    text: str
    """The name as a reader expects it."""
    published: str
    """The name as its source prints it."""
    since: PartialDate | None
    """When it came in: a day, or the two limits between which; ``None`` where nothing earlier was seen."""
    until: PartialDate | None
    """Its last day, or the two limits; ``None`` for the latest."""
    first_seen: date
    """First day on which a source shows it in force."""
    last_seen: date
    """Last day on which a source shows it in force."""

    def describe(self) -> str:
        """When it was in force, in words."""
        since = _words("since", "came in", self.since) or self._seen()
        until = _words("until", "went out", self.until)
        return f"{since}, {until}" if until else since

    def _seen(self) -> str:
        if self.first_seen == date.min:
            return "on days that no source tells"
        from_ = "seen on" if self.first_seen == self.last_seen and self.until is None else "seen from"
        return f"{from_} {PartialDate.of_day(self.first_seen).describe()}"


def _words(exact: str, between: str, when: PartialDate | None) -> str:
    if when is None:
        return ""
    return f"{exact if when.day else between} {when.describe()}"


def candidates(names: Iterable[DatedName], day: date) -> tuple[str, ...]:
    """Every name that may have been in force on a day, in order; empty before the first was seen."""
    return tuple(name.text for name in names if _may_hold(name, day))


def _may_hold(name: DatedName, day: date) -> bool:
    earliest = name.since.earliest if name.since else name.first_seen
    latest = name.until.latest if name.until else date.max
    return earliest <= day <= latest


def within(names: Iterable[DatedName], period: Period, *, final: bool) -> tuple[DatedName, ...]:
    """Names seen in a period; where none was, those that bounds or an earlier sighting let it bear.

    In the final period of a code, what lists print after its end is its last name.
    """
    first = period.start if isinstance(period.start, date) else date.min
    last = period.end if isinstance(period.end, date) and not final else date.max
    fitting = tuple(name for name in names if _may_overlap(name, first, last))
    seen = tuple(name for name in fitting if _known_from(name) <= last and name.last_seen >= first)
    return seen or fitting


def _known_from(name: DatedName) -> date:
    """From when it is known to have been in force: a document may tell the day before any list prints the name."""
    day = name.since.day if name.since else None
    return min(day, name.first_seen) if day else name.first_seen


def _may_overlap(name: DatedName, first: date, last: date) -> bool:
    """Whether its bounds let it be in force between two days: a list may print a name late, never before it was."""
    earliest = name.since.earliest if name.since else name.first_seen
    latest = name.until.latest if name.until else date.max
    return earliest <= last and latest >= first


def name_in(names: Iterable[DatedName], period: Period, *, final: bool) -> str:
    """The name to give a body of a period: its latest; where none is known of it, a later one, marked as that."""
    known = tuple(names)
    borne = within(known, period, final=final)
    if borne:
        return borne[-1].text
    return f"{known[0].text}{LATER_NAME}" if known else NAME_UNKNOWN


@lru_cache(maxsize=4096)
def display(text: str) -> str:
    """A name printed in capitals, in the letters that readers expect; other names as they are."""
    if text != text.upper() or not any(letter.isalpha() for letter in text):
        return text
    words = ["", *_WORD.findall(text), ""]
    return "".join(
        word if not _is_word(word) else _word(word, before, after)
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
    )


def _is_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _word(word: str, before: str, after: str) -> str:
    """One word, by what stands on either side of it."""
    if before == "-" == after and word.lower() in _SMALL_INSIDE:
        return word.lower()
    starts = not before or _OPENS.search(before) is not None
    if word.lower() in _SMALL and not starts and after and (len(word) > 1 or after == " "):
        return word.lower()
    return "&".join(_part(part, word) for part in word.split("&")) if "&" in word[1:-1] else _part(word, word)


def _part(part: str, whole: str) -> str:
    """A word, or what stands on one side of an ``&``."""
    if _ORDINAL.fullmatch(part) or _WITH_NUMBER.fullmatch(part):
        return part.lower()
    if whole in _CAPITALS or part in _CAPITALS or len(part) == 1 or any(letter.isdigit() for letter in part):
        return part
    if _is_abbreviation(part) or ("&" in whole and all(len(side) <= 2 for side in whole.split("&"))):  # noqa: PLR2004 - P&R, H&J
        return part
    if part[1:2] in {"'", "’"} and len(part) > 3:  # noqa: PLR2004, RUF001 - O'Connell
        return part[:2] + part[2:].capitalize()
    if part.startswith("MC") and len(part) > 3:  # noqa: PLR2004 - McX needs a name behind the Mc
        return "Mc" + part[2:].capitalize()
    return part.capitalize()


def _is_abbreviation(part: str) -> bool:
    return part not in _NO_CAPITALS and part.isalpha() and len(part) <= _LONGEST and not _VOWEL.search(part)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name without case, punctuation or ``&``, to tell whether two spellings are one name."""
    words = _PLAIN.sub(" ", text.lower().replace("&", " and ").replace("'", "").replace("’", "")).split()  # noqa: RUF001
    joined = " ".join(word for word in words if word != "the")
    return joined.replace("national health service", "nhs").replace("health care", "healthcare")
