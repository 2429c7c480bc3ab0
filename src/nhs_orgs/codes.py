"""ODS codes: one normal form, and spreadsheet damage that is recognised and never repaired in silence.

A code is one to twelve letters and digits, such as ``RRE``, ``02Q``, ``5E1``, ``Y60`` or ``D4U1Y``. Lower case and
blanks round it are only put in order. A spreadsheet that takes a code for a number or a date destroys it: what is
left can often have been several codes, so `damage` lists them and `normalise` refuses.
Source of the shapes: the codes of the ODS reports that the bundled register is compiled from.

>>> from nhs_orgs.codes import OrgCode, damage
>>> OrgCode(" rre ")
'RRE'
>>> damage("5.00E+01").candidates
('5E1', '5E001')
>>> damage("1H").candidates
('01H',)
>>> damage("RRE") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import isnan
from numbers import Integral, Real
from sys import float_info
from typing import Final

from nhs_orgs.errors import InvalidCode

__all__ = ["BLANKS", "Damage", "OrgCode", "damage", "normalise"]

_BLANK = r"[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]"
"""White space, non-breaking or not, and the marks that take no room on the screen."""
BLANKS: Final = "".join(
    map(
        chr,
        (
            *(*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0xAD, 0x1680, 0x180E, *range(0x2000, 0x2010)),
            *(0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF),
        ),
    )
)
"""The same, one by one."""
_CODE = re.compile(rf"{_BLANK}*([A-Za-z0-9]{{1,12}}){_BLANK}*")
_EDGES = re.compile(rf"\A{_BLANK}+|{_BLANK}+\Z")

_TWO_DIGITS = ("02", "03", "12")
"""The only codes of two characters in the reports: 02 and 03 into 12 on 1999-04-01 (succession archive)."""
_SHORTEST_CERTAIN = 3
"""A code of this many characters or more can be a code; a shorter one may be what is left of another."""

_LENGTH = 5
"""Codes of five digits, or with a month in them, have five characters."""

_MONTHS = (
    ("JAN",),
    ("FEB",),
    ("MAR",),
    ("APR",),
    ("MAY",),
    ("JUN", "JUNE"),
    ("JUL", "JULY"),
    ("AUG",),
    ("SEP", "SEPT"),
    ("OCT",),
    ("NOV",),
    ("DEC",),
)
"""What can stand for a month in a code, first as a spreadsheet prints it: JAN01 is one (succession archive)."""
_MONTH = "|".join(names[0] for names in _MONTHS)
_SHORT_DATES = (
    re.compile(rf"(?P<number>[0-9]{{1,2}})-(?P<month>{_MONTH})"),
    re.compile(rf"(?P<month>{_MONTH})-(?P<number>[0-9]{{2}})"),
)
_FULL_DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T]00:00:00(?:\.0+)?)?"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?: 00:00(?::00)?)?"),
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A value that is no ODS code, but looks like what a tool makes of one."""

    value: object
    """The value as it came."""
    reason: str
    """What happened to it, in words."""
    candidates: tuple[str, ...] = ()
    """The codes that it may have been, likeliest first; empty where that cannot be told."""


class OrgCode(str):
    """An ODS code in normal form: a plain ``str`` that is known to be well-formed.

    Well-formed is not known: whether the register has such a code is the register's to say.

    Raises:
        InvalidCode: The value is not a code; damage names what it may have been.
    """

    __slots__ = ()

    def __new__(cls, value: object) -> OrgCode:  # noqa: PYI034 - `Self` came with Python 3.11
        """The code that a value spells."""
        return super().__new__(cls, normalise(value))


def normalise(value: object) -> str:
    r"""The code that a value spells, in capitals and without blanks round it.

    >>> normalise(" d4u1y\u00a0")
    'D4U1Y'

    Raises:
        InvalidCode: The value is not a code; for damage, with the codes that it may have been.
    """
    found = _CODE.fullmatch(value) if isinstance(value, str) else None
    if found and len(found[1]) >= _SHORTEST_CERTAIN:
        return found[1].upper()
    harm = damage(value)
    if harm is not None:
        raise InvalidCode(value, harm.reason, harm.candidates)
    if found is None:
        raise InvalidCode(value, "a code is a text of 1 to 12 letters A to Z and digits")
    return found[1].upper()


def damage(value: object) -> Damage | None:
    """What happened to a value, if it looks like a code that a spreadsheet or data frame has spoilt.

    Never true of a code in normal form, and never a repair: the candidates are what it may have been, in the shapes
    that ODS codes have.

    >>> damage(20.0).candidates
    ('020', '2E1', '2E001')
    """
    if value is None or _is_missing(value):
        return Damage(value, _NOTHING)
    if isinstance(value, str):
        return _damaged_text(value, _EDGES.sub("", value).upper())
    if isinstance(value, Real) and not isinstance(value, bool):
        return _damaged_number(value)
    if isinstance(value, date):
        return Damage(value, _DATE, _from_day(value))
    return None


_NOTHING = "there is no value"
_DATE = "a spreadsheet makes a date of a code with a month in it"
_NUMBER = "as a number it has lost leading zeros, or an E was taken for an exponent"
_EXPONENT = "its E was taken for an exponent"


def _is_missing(value: object) -> bool:
    """Whether it is an empty value of data frames: NaN, or pandas' NA and NaT (known by name, without pandas)."""
    if isinstance(value, Real) and not isinstance(value, Integral):
        return isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def _damaged_number(value: Real) -> Damage:
    """A number where a code should be."""
    number = int(value) if isinstance(value, Integral) else float(value)
    if not 0 <= number <= float_info.max:
        return Damage(value, _NUMBER)
    return Damage(value, _NUMBER, _from_number(str(number) if isinstance(number, int) else f"{abs(number):.14E}"))


def _damaged_text(value: str, text: str) -> Damage | None:
    """A text that shows what a tool did; `text` is the value in capitals without blanks round it."""
    if text in _TWO_DIGITS:
        return None
    for form, reason, candidates in _TEXTS:
        if form.fullmatch(text):
            return Damage(value, reason, candidates(text))
    dated = _from_date_text(text)
    return Damage(value, _DATE, dated) if dated else None


def _from_number(text: str) -> tuple[str, ...]:
    """The codes that a whole number may have been."""
    digits, zeros = _scale(text)
    return (*_with_zeros(digits, zeros), *_with_exponent(digits, zeros))


def _scale(text: str) -> tuple[str, int]:
    """A number as its digits and how many zeros follow them: ``50``, ``50.0`` and ``5.00E+01`` are 5 and one zero."""
    mantissa, _, exponent = text.partition("E")
    whole, _, decimals = mantissa.partition(".")
    digits = (whole + decimals).rstrip("0")
    return digits, int(exponent or 0) + len(whole) - len(digits)


def _with_zeros(digits: str, zeros: int) -> tuple[str, ...]:
    """The codes all of digits: of three with the lost zeros in front, of five, and the few of two."""
    text = digits + "0" * zeros
    if zeros < 0 or len(text) not in {1, 2, 3, _LENGTH}:
        return ()
    return (text.zfill(3), *(code for code in _TWO_DIGITS if code == text.zfill(2)))


def _with_exponent(digits: str, zeros: int) -> tuple[str, ...]:
    """The codes that read as this number: a digit, an E, and one or three digits (``5E1``, ``8E002``)."""
    if len(digits) != 1 or zeros < 1:
        return ()
    return tuple(dict.fromkeys((f"{digits}E{zeros}", f"{digits}E{zeros:03}")))


def _from_date_text(text: str) -> tuple[str, ...]:
    """The codes that a date may have been, in one of the forms in which spreadsheets show it."""
    for form in _SHORT_DATES:
        if found := form.fullmatch(text):
            names = next(names for names in _MONTHS if names[0] == found["month"])
            return _with_month(names, int(found["number"]))
    for form in _FULL_DATES:
        if found := form.fullmatch(text):
            return _from_full_date(int(found["year"]), int(found["month"]), int(found["day"]))
    return ()


def _from_full_date(year: int, month: int, day: int) -> tuple[str, ...]:
    """The codes that a date may have been; none where there is no such day."""
    try:
        return _from_day(date(year, month, day))
    except ValueError:
        return ()


def _from_day(day: date) -> tuple[str, ...]:
    """The codes that a day may have been: its number with the month, the year with it on the first of a month."""
    names = _MONTHS[day.month - 1]
    by_year = _with_month(names, day.year % 100) if day.day == 1 else ()
    return tuple(dict.fromkeys((*_with_month(names, day.day), *by_year)))


def _with_month(names: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The codes of five characters made of a month and a number, in either order."""
    widths = [(name, _LENGTH - len(name)) for name in names]
    spelt = [(name, f"{number:0{width}}") for name, width in widths if number < 10**width]
    return tuple(code for name, digits in spelt for code in (name + digits, digits + name))


def _unwrapped(text: str) -> tuple[str, ...]:
    """The code inside quotation marks, or what that may have been."""
    inner = text.strip("=\"'")
    harm = _damaged_text(inner, inner)
    return (inner,) if harm is None else harm.candidates


_TEXTS: tuple[tuple[re.Pattern[str], str, Callable[[str], tuple[str, ...]]], ...] = (
    (re.compile(r""), _NOTHING, lambda _: ()),
    (re.compile(r"#.*"), "it is a spreadsheet's error mark", lambda _: ()),
    (re.compile(r"""=?["']+[A-Z0-9]{1,12}["']*"""), "quotation marks are left round it", _unwrapped),
    (re.compile(r"[1-9][A-Z]"), "no code has this shape, and leading zeros get lost", lambda text: (f"0{text}",)),
    (re.compile(r"0|[1-9][0-9]?|[0-9]+\.0*"), _NUMBER, _from_number),
    (re.compile(r"[0-9]+(?:\.[0-9]*E\+?|E\+)[0-9]{1,3}"), _EXPONENT, lambda text: _with_exponent(*_scale(text))),
)
"""Signs of damage in a text in capitals, without blanks round it: the sign, what happened, what it may have been."""
