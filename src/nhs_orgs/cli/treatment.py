"""What `restate` is told of columns: what each holds, what is behind a rate, how the new ones are called.

Python takes dictionaries for it; here each member is an option, ``--how occupancy=rate``, and one without a column is
for all of them, ``--how rate``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from nhs_orgs.cli.mistakes import NoSuchChoice, NotTogether
from nhs_orgs.errors import NHSOrgsError
from nhs_orgs.frames.request import How, Names

__all__ = ["Treatment", "new_names", "treatment_of"]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done with columns of values."""

    how: Mapping[str, str]
    denominator: Mapping[str, str]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that must hold numbers."""
        counted = [name for name, how in self.how.items() if how != How.CATEGORY]
        return tuple(dict.fromkeys((*counted, *self.denominator.values())))


def treatment_of(values: Sequence[str], how: Sequence[str], denominator: Sequence[str]) -> Treatment:
    """What the options say of each column of values.

    Raises:
        NHSOrgsError: They say it of a column that is none of them, twice, or in a word that is none.
    """
    hows = dict.fromkeys(values, How.COUNT.value) | _each("--how", how, values)
    for word in hows.values():
        if word not in set(How):
            raise NoSuchChoice("--how", word, [known.value for known in How])
    return Treatment(hows, _each("--denominator", denominator, values))


def _each(option: str, given: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """What an option says of each column of values, of single ones before what is for all."""
    for_all: list[str] = []
    said: dict[str, str] = {}
    for text in given:
        name = max((name for name in values if text.startswith(f"{name}=")), key=len, default=None)
        if name is None and "=" in text:
            raise NHSOrgsError(
                f"{option} {text}: {text.partition('=')[0]} is no column of --values. Name it there too."
            )
        if name is None:
            for_all.append(text)
        elif name in said:
            raise NotTogether(f"{option} {name}={said[name]}", f"{option} {text}")
        else:
            said[name] = text[len(name) + 1 :]
    if len(for_all) > 1:
        raise NotTogether(f"{option} {for_all[0]}", f"{option} {for_all[1]}: each is for all --values")
    if given and not values:
        raise NHSOrgsError(f"{option} is about columns of values: name one with --values.")
    return dict.fromkeys(values, for_all[0]) | said if for_all else said


def new_names(given: Sequence[str]) -> dict[str, str]:
    """Other names for the new columns, by the names that they have without.

    Raises:
        NHSOrgsError: One is for no new column, or has no name.
    """
    known = [field.name for field in fields(Names)]
    names: dict[str, str] = {}
    for text in given:
        which, says, name = text.partition("=")
        if which not in known:
            raise NoSuchChoice("--names", which, known)
        if not says or not name:
            raise NHSOrgsError(f"--names {text}: give the other name too, such as --names {which}=new_{which}.")
        names[which] = name
    return names
