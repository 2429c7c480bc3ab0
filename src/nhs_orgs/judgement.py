"""What a value in a column of codes is: a code, another spelling of one, an aggregate's, damaged, missing, unknown.

Statistics print codes of their own on the rows of aggregates, data sets have default codes for "not known", and
tools spoil codes on the way. None of these is an organisation, and none is repaired here: the judgement says what a
value is, and what it may have been. A code that the register has is always that code, whatever it looks like.
Source of the default codes: NHS Data Dictionary, Default Codes Summary.

>>> known = {"RRE", "5E1"}
>>> judge(" rre", known).form.value, judge(" rre", known).code
('other spelling', 'RRE')
>>> judge("5.00E+01", known).candidates
('5E1', '5E001')
>>> judge("ENG", known).reason
'stands for England'
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import Enum
from math import isnan
from numbers import Real
from typing import Final

from nhs_orgs.codes import BLANKS, damage, normalise
from nhs_orgs.errors import InvalidCode

__all__ = ["PSEUDO_CODES", "Form", "Judged", "is_missing", "judge", "pseudo"]

PSEUDO_CODES: Final[Mapping[str, str]] = {
    # Aggregates of published statistics. NAN is England's row in the quarterly bed returns (KH03).
    "NAN": "stands for England",
    "ENG": "stands for England",
    "ENGLAND": "stands for England",
    "TOTAL": "stands for a total",
    "ALL": "stands for a total",
    "AGGRE": "stands for a lump of several sites",  # estates returns (ERIC)
    # Default codes: NHS Data Dictionary, Default Codes Summary.
    "89997": "stands for a provider outside the United Kingdom that has no code",
    "89999": "stands for a provider outside the NHS that has no code",
    "Q99": "stands for a primary care trust that is not known",
    "X98": "stands for a primary care trust where none applies",
    "TDH00": "stands for overseas visitors exempt from charges",
    "VPP00": "stands for private patients and overseas visitors liable for charges",
    "V81998": "stands for a practice where none applies",
    "V81999": "stands for a practice that is not known",
    "X99998": "stands for a referring organisation where none applies",
    "X99999": "stands for a referring organisation that is not known",
}
"""What statistics and data sets print in the place of a code, and what it stands for."""

_PATTERNS: Final = (
    (re.compile(r"[-–—]+"), "stands for a total, or for nothing"),  # noqa: RUF001 - tables are printed with them
    (re.compile(r"(?:GRAND|SUB)?[ -]?TOTALS?"), "stands for a total"),
    (re.compile(r"Z[A-Z0-9]{2}"), "stands for a group that is no organisation"),
)

_EMPTY_TEXTS: Final = frozenset({"nan", "NaN", "NaT", "<NA>", "None", "NA", "N/A", "n/a", "null", "NULL"})
"""What becomes of an empty cell that is turned into text; ``NAN`` in capitals is England's code, and not among them."""


class Form(Enum):
    """How a value stands as a code."""

    CODE = "code"
    """A code of the register, as it is printed."""
    OTHER_SPELLING = "other spelling"
    """A code of the register in lower case or with blanks round it."""
    PSEUDO = "pseudo"
    """A code of an aggregate or a default, such as England or "not known": no organisation."""
    DAMAGED = "damaged"
    """What a spreadsheet or a data frame left of a code."""
    MISSING = "missing"
    """No value."""
    UNKNOWN = "unknown"
    """None of these: the register has no such code."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A value of a column and what it is."""

    value: object
    """As it came."""
    form: Form
    code: str | None = None
    """The register's code that it is or spells; ``None`` for every other form."""
    reason: str | None = None
    """What it stands for, or what happened to it."""
    candidates: tuple[str, ...] = ()
    """The codes that a damaged value may have been, known ones first."""


def judge(value: object, known: Container[str]) -> Judged:
    """What a value is, beside the codes that are known."""
    if is_missing(value):
        return Judged(value, Form.MISSING, reason="there is no value")
    code = _spelt(value)
    if code is not None and code in known:
        return Judged(value, Form.CODE if code == value else Form.OTHER_SPELLING, code)
    stands_for = pseudo(value)
    if stands_for is not None:
        return Judged(value, Form.PSEUDO, reason=stands_for)
    harm = damage(value)
    if harm is not None:
        return Judged(value, Form.DAMAGED, None, harm.reason, _known_first(harm.candidates, known))
    return Judged(value, Form.UNKNOWN, reason="the register has no such code")


def is_missing(value: object) -> bool:
    """Whether it is no value: ``None``, NaN, pandas' NA and NaT, blank text, or what tools write for one of these."""
    if isinstance(value, str):
        text = value.strip(BLANKS)
        return not text or text in _EMPTY_TEXTS
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, Real) and isnan(value)


def pseudo(value: object) -> str | None:
    """What a value stands for where it is no organisation's code but an aggregate's or a default; else ``None``."""
    if not isinstance(value, str):
        return None
    text = value.strip(BLANKS).upper()
    meant = PSEUDO_CODES.get(text)
    return meant or next((words for form, words in _PATTERNS if form.fullmatch(text)), None)


def _spelt(value: object) -> str | None:
    """The code that a value spells, if it is well-formed."""
    try:
        return normalise(value)
    except InvalidCode:
        return None


def _known_first(candidates: tuple[str, ...], known: Container[str]) -> tuple[str, ...]:
    return tuple(sorted(candidates, key=lambda code: code not in known))
