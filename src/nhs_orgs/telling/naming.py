"""Bodies as one text names them: by the name of the day, with the code in brackets once.

A body that no source names is told by its kind and code; a list too long for a sentence is counted,
with a few of it named.

>>> from nhs_orgs.events import Fate, Participant
>>> trust = Participant(key="RM2@1994-04-01", code="RM2", fate=Fate.ENDS, name="South Manchester", title="NHS trust")
>>> naming = Naming()
>>> naming.one(trust), naming.one(trust)
('South Manchester (RM2)', 'South Manchester')
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from nhs_orgs.names import LATER_NAME, NAME_UNKNOWN
from nhs_orgs.telling.wording import an, counted, listed

if TYPE_CHECKING:
    from nhs_orgs.events import Participant

__all__ = ["Naming", "is_named"]

_NOT_CLASSED: Final = " of unknown kind"
_FORM: Final = re.compile(r"(?<=\w) NHS (?:Foundation )?Trust$")
"""What a name is told without once the text has given it in full."""
_ABBREVIATED: Final = {"Integrated Care Board": "ICB", "Clinical Commissioning Group": "CCG"}
_PLACES: Final = frozenset({"health authority", "primary care trust", "region", "strategic health authority"})
"""Kinds of bodies that lists print under the name of their place alone."""
_TELLS: Final = re.compile(r"\b(NHS|Trust|PCT|Authority|Region|Office|HA|SHA)\b", re.IGNORECASE)
_MOST: Final = 6
"""Bodies that a sentence names one by one."""
_FEW: Final = 3
"""Bodies named of a longer list."""


def is_named(body: Participant) -> bool:
    """Whether a source gives its name on the day."""
    return body.name != NAME_UNKNOWN and not body.name.endswith(LATER_NAME)


def _shorter(name: str) -> str:
    for words, letters in _ABBREVIATED.items():
        name = name.replace(words, letters)
    return _FORM.sub("", name)


def _in_full(body: Participant) -> str:
    """Name and code; of a body that bears the name of its place, its kind too."""
    name = f"{body.name} {body.title}" if body.title in _PLACES and not _TELLS.search(body.name) else body.name
    if body.code is None:
        return f"the {name}" if name.rsplit(maxsplit=1)[-1].islower() else name
    return name if body.code in name else f"{name} ({body.code})"


class Naming:
    """What one text has called its bodies so far."""

    def __init__(self) -> None:
        self._told: dict[str, set[str | None]] = {}
        self._short: dict[str, set[str]] = {}

    def one(self, body: Participant) -> str:
        """One body: its name in full with its code, then shortened, unless two bear that name."""
        if not is_named(body):
            return self._unnamed(body)
        codes = self._told.setdefault(body.name, set())
        new, shared = body.code not in codes, bool(codes - {body.code})
        codes.add(body.code)
        short = _shorter(body.name)
        self._short.setdefault(short, set()).add(body.name)
        if new or shared:
            return _in_full(body)
        return short if len(self._short[short]) == 1 else body.name

    def bare(self, body: Participant) -> str:
        """The full name of a body whose code the sentence tells already."""
        self._told.setdefault(body.name, set()).add(body.code)
        self._short.setdefault(_shorter(body.name), set()).add(body.name)
        return body.name

    def _unnamed(self, body: Participant) -> str:
        code = body.code or body.key
        codes = self._told.setdefault(NAME_UNKNOWN, set())
        later = body.name.removesuffix(LATER_NAME) if body.name.endswith(LATER_NAME) else ""
        if code in codes:
            return _shorter(later) or code
        codes.add(code)
        if later:
            return f"the body later named {later} ({code})"
        return f"{an(body.title)} of unknown name ({code})".replace(_NOT_CLASSED, "")

    def all(self, bodies: Iterable[Participant], *, first: Collection[str] = ()) -> str:
        """Several bodies as a list; a long one counted, those whose keys are in `first` named before others."""
        each = sorted({body.key: body for body in bodies}.values(), key=lambda body: body.key not in first)
        if not each:
            return "bodies that no source names"
        if len(each) > _MOST:
            return self._shortened(each, first)
        named = [self.one(body) for body in each if is_named(body) or body.name.endswith(LATER_NAME)]
        return listed([*named, *self._grouped([body for body in each if body.name == NAME_UNKNOWN])])

    def _grouped(self, unnamed: Sequence[Participant]) -> list[str]:
        """Those that no source names, by kind."""
        groups: dict[str, list[Participant]] = {}
        for body in unnamed:
            groups.setdefault(body.title, []).append(body)
        return [words for title, group in groups.items() for words in self._group(title, group)]

    def _group(self, title: str, group: Sequence[Participant]) -> list[str]:
        """By their codes those that the text has told, the others together."""
        told = self._told.setdefault(NAME_UNKNOWN, set())
        old = [self.one(body) for body in group if (body.code or body.key) in told]
        new = [body for body in group if (body.code or body.key) not in told]
        if len(new) <= 1:
            return [*old, *map(self.one, new)]
        codes = [body.code or body.key for body in new]
        told.update(codes)
        return [*old, f"{counted(len(new), _kind(title))} of unknown name ({listed(codes)})"]

    def _shortened(self, each: Sequence[Participant], first: Collection[str]) -> str:
        kinds: dict[str, int] = {}
        for body in each:
            kinds[_kind(body.title)] = kinds.get(_kind(body.title), 0) + 1
        count = listed([counted(number, kind) for kind, number in kinds.items()])
        asked = [body for body in each if body.key in first][:_FEW]
        others = [body for body in each if is_named(body) and body not in asked]
        return f"{count}, among them {self.all([*asked, *others][:_FEW] or each[:_FEW], first=first)},"


def _kind(title: str) -> str:
    return title.removesuffix(_NOT_CLASSED)
