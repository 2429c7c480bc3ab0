"""The English of explanations: articles, lists, numbers, dates, and where a sentence ends.

>>> an("NHS trust"), an("sub-ICB location"), an("integrated care board")
('an NHS trust', 'a sub-ICB location', 'an integrated care board')
>>> sentence("the trust closed on 2014-11-01")
'The trust closed on 1 November 2014.'
>>> counted(151, "primary care trust"), counted(2, "organisation of unknown kind")
('151 primary care trusts', 'two organisations of unknown kind')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from nhs_orgs.dates import PartialDate, Precision

__all__ = ["GAVE_PART", "among", "an", "counted", "listed", "measure", "percent", "sentence", "spelt", "when"]

GAVE_PART: Final = "gave part to"
"""What a note says of a part that crossed the boundary of a body, and no other note does."""
_SPELT: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ISO: Final = re.compile(r"(?<![\w@/-])\d{4}-\d{2}-\d{2}(?![\w/-])")
_SAID_WITH_A_VOWEL: Final = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel: an NHS trust."""
_NO_VOWEL: Final = re.compile(r"(?i)(uni[^nm]|use|eu|one\b)")
"""Words that begin with one letter and another sound: a unit."""
_HEAD: Final = re.compile(r"^(?P<head>.+?)(?P<rest> (?:of|outside) .+)?$")
_SMALL_SHARE: Final = 0.1
_YEAR: Final = re.compile(r" (?=(?:mid-)?\d{4}$)")


def an(noun: str) -> str:
    """A noun with its indefinite article."""
    first = noun.split(maxsplit=1)[0].partition("-")[0] if noun.strip() else ""
    spelt_out = len(first) > 1 and first.isupper()
    vowel = first[:1] in _SAID_WITH_A_VOWEL if spelt_out else first[:1].lower() in tuple("aeiou")
    return f"{'an' if vowel and not _NO_VOWEL.match(noun) else 'a'} {noun}"


def counted(count: int, noun: str) -> str:
    """How many of something: small numbers in words."""
    return f"{spelt(count)} {noun if count == 1 else _plural(noun)}"


def spelt(count: int) -> str:
    """A number, a small one in words."""
    return _SPELT[count] if count < len(_SPELT) else f"{count:,}"


def _plural(noun: str) -> str:
    found = _HEAD.match(noun)
    head, rest = (found["head"], found["rest"] or "") if found else (noun, "")
    return f"{head[:-1]}ies{rest}" if re.search("[^aeiou]y$", head) else f"{head}s{rest}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def among(count: int) -> str:
    """Between two, among more."""
    return "between" if count == len(("one", "other")) else "among"


def when(day: PartialDate) -> str:
    """When something happened, as the opening of a sentence or at its end."""
    if day.precision is Precision.RANGE:
        return day.describe()
    return f"{'on' if day.day else 'in'} {day.describe()}"


def percent(share: float) -> str:
    """A share as per cent: whole ones, and a tenth where that would say too little."""
    return f"{share:.1%}" if share < _SMALL_SHARE else f"{share:.0%}"


def measure(basis: str) -> str:
    """What was counted, with its year."""
    return _YEAR.sub(" in ", basis)


def sentence(text: str) -> str:
    """A text as a sentence: a capital, British dates, one full stop."""
    bare = re.sub(",(?=[.,;:])", "", _ISO.sub(_british, text.strip()))
    ended = bare if bare.endswith((".", "!", "?", ".”", ".'", '."')) else f"{bare.rstrip(' ;,:')}."
    ended = re.sub(r"\.\.+$", ".", ended)
    return ended[:1].upper() + ended[1:]


def _british(found: re.Match[str]) -> str:
    try:
        return PartialDate.of_day(date.fromisoformat(found[0])).describe()
    except ValueError:
        return found[0]
