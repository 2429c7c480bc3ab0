"""Which organisation a text on the command line means: never a guess."""

from __future__ import annotations

import re
from typing import Final

from nhs_orgs.codes import damage, normalise
from nhs_orgs.errors import InvalidCode, NHSOrgsError
from nhs_orgs.register import Register
from nhs_orgs.search import Match

__all__ = ["Ambiguous", "choose"]

_CANDIDATES: Final = 8
_CODE: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9]{3,6}|[A-Z]{3,5}")


class Ambiguous(NHSOrgsError):
    """A text that several organisations are like, and none is exactly."""

    def __init__(self, text: str, matches: tuple[Match, ...]) -> None:
        self.text = text
        self.matches = matches
        listed = "\n".join(f"  {m.code or m.organisation.key}  {m.name}" for m in matches)
        super().__init__(
            f"{text!r} is not the whole name of one organisation. Give a code, or a name in full, such as one of:"
            f"\n{listed}"
        )


def choose(register: Register, words: list[str]) -> str:
    """The code or era key that a text means: a code or key as it is, else the one exact match.

    Raises:
        UnknownOrganisation: Nothing is like it.
        InvalidCode: It is what a spreadsheet makes of a code.
        Ambiguous: Several organisations are like it.
    """
    text = " ".join(words).strip()
    if "@" in text or text.startswith("body:"):
        return _by_key(register, text)
    try:
        code = normalise(text)
    except InvalidCode:
        code = ""
    if code in register:
        return code
    matches = register.find(text, limit=_CANDIDATES, sites=not _meant_as_code(register, text))
    exact = tuple(match for match in matches if match.exact and match.score == matches[0].score)
    if len(exact) == 1:
        return exact[0].organisation.key
    if matches:
        raise Ambiguous(text, exact or matches)
    if not code and (harm := damage(text)) is not None:
        raise InvalidCode(text, harm.reason, harm.candidates)
    return register[code or text].code  # which raises, with codes that look like it


def _meant_as_code(register: Register, text: str) -> bool:
    """Whether it has the shape of a code, and no name is just that: then names of sites would be no answer."""
    return bool(_CODE.fullmatch(text)) and not register._store.codes_naming(text)  # noqa: SLF001 - as printed


def _by_key(register: Register, text: str) -> str:
    """A key as it is, or with its code in capitals."""
    code, at, day = text.partition("@")
    return register.organisation(f"{code.upper()}{at}{day}" if at else text).key
