"""What can be wrong with options, and errors of the library in the words of the command line.

The library names its arguments (``kind=``, ``names={'status': ...}``); whoever types a command gave options.

>>> in_options("Leave it out of by= or of values=, or give names={'status': ...}", {"by", "values", "names"})
"Leave it out of --by or of --values, or give --names 'status'=..."
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from nhs_orgs.errors import NHSOrgsError, ReadError, WriteError

__all__ = ["NoSuchChoice", "NotTogether", "in_options", "told"]

_ARGUMENT: Final = re.compile(
    r"""
    \b(?P<name>[a-z_]+)=
    (?: \{(?P<key>[^{}:]+):[ ](?P<value>[^{}]+)\}
      | \[\.\.\.,[ ](?P<item>[^][]+)\]
      | (?P<bare>[^\s,.;)]?) )
    """,
    re.VERBOSE,
)
"""An argument as messages write it: with a member of a dictionary or of a list, with a value, or bare."""
_ROWS: Final = re.compile(r"(?P<word>\(rows?) (?P<rows>[0-9]+(?:, [0-9]+)*), counted from 0\)")
"""Where rows stand, as messages write it."""


class NoSuchChoice(NHSOrgsError):
    """A word that an option does not know."""

    def __init__(self, option: str, word: str, known: Iterable[str]) -> None:
        super().__init__(f"{option} {word!r} is not one of: {', '.join(sorted(known))}.")


class NotTogether(NHSOrgsError):
    """Options that do not go together."""

    def __init__(self, option: str, why: str) -> None:
        super().__init__(f"{option} does not go with {why}. Leave one of them out.")


def told(error: NHSOrgsError, arguments: Collection[str]) -> str:
    """What an error says, for whoever typed a command that has these arguments; paths of files stay as they are."""
    if isinstance(error, ReadError | WriteError):
        return str(error)
    return in_options(_ROWS.sub(_below_the_names, str(error)), arguments)


def _below_the_names(found: re.Match[str]) -> str:
    """Rows of a frame as a person counts those of a table."""
    numbers = ", ".join(str(int(row) + 1) for row in found["rows"].split(", "))
    return f"{found['word']} {numbers} below the names, empty ones not counted)"


def in_options(message: str, arguments: Collection[str]) -> str:
    """A message with these arguments of Python's as the options that they are on the command line."""

    def option(found: re.Match[str]) -> str:
        if found["name"] not in arguments:
            return found[0]
        value = f"{found['key']}={found['value']}" if found["key"] else found["item"] or found["bare"]
        return f"--{found['name'].replace('_', '-')}{f' {value}' if value else ''}"

    return _ARGUMENT.sub(option, message).replace("the frame", "the table").replace("The frame", "The table")
