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

__all__ = ["DatedName", "candidates", "display", "plain", "within"]

_SMALL: Final = frozenset({"a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "under", "upon", "with"})
_CAPITALS: Final = frozenset(
    {"NHS", "CCG", "ICB", "ICS", "STP", "PCT", "PCN", "SHA", "GP", "UK", "CIC", "SMHPC", "CYPMHS", "MH", "H&J", "GM"}
    | {"WEL", "CAMHS", "COVID", "A&E", "MIU", "DMU", "ENT", "IT", "II", "III", "IV", "CSU", "CMHT"}
)
_WORD: Final = re.compile(r"[\w&'’]+|[^\w&'’]+")  # noqa: RUF001 - typographic apostrophes occur in names
_PLAIN: Final = re.compile(r"[^a-z0-9]+")


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
        since = _words("since", "came in", self.since) or f"seen from {PartialDate.of_day(self.first_seen).describe()}"
        until = _words("until", "went out", self.until)
        return f"{since}, {until}" if until else since


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


def within(names: Iterable[DatedName], period: Period) -> tuple[DatedName, ...]:
    """Names seen in a period; where none was, those that may have been borne in it."""
    first = period.start if isinstance(period.start, date) else date.min
    last = period.end if isinstance(period.end, date) else date.max
    known = tuple(names)
    seen = tuple(name for name in known if name.first_seen <= last and name.last_seen >= first)
    return seen or tuple(name for name in known if _may_overlap(name, first, last))


def _may_overlap(name: DatedName, first: date, last: date) -> bool:
    earliest = name.since.earliest if name.since else date.min
    latest = name.until.latest if name.until else date.max
    return earliest <= last and latest >= first


@lru_cache(maxsize=4096)
def display(text: str) -> str:
    """A name printed in capitals, in the letters that readers expect; other names as they are."""
    if text != text.upper() or not any(letter.isalpha() for letter in text):
        return text
    words = _WORD.findall(text)
    return "".join(_word(word, first=position == 0) for position, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word in _CAPITALS or any(letter.isdigit() for letter in word):
        return word
    if not first and word.lower() in _SMALL:
        return word.lower()
    if word.startswith("MC") and len(word) > 3:  # noqa: PLR2004 - McX needs a name behind the Mc
        return "Mc" + word[2:].capitalize()
    return word.capitalize()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name without case, punctuation or ``&``, to tell whether two spellings are one name."""
    words = _PLAIN.sub(" ", text.lower().replace("&", " and ").replace("'", "").replace("’", "")).split()  # noqa: RUF001
    return " ".join(word for word in words if word != "the")
