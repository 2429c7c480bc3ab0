"""ODS codes and what spreadsheets do to them, one claim a test."""

from __future__ import annotations

import copy
import csv
import math
import pickle
from collections.abc import Iterator
from datetime import date, datetime, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from nhs_orgs.codes import Damage, OrgCode, damage, normalise
from nhs_orgs.errors import InvalidCode


class NAType:
    """As pandas' ``NA``: no number, no text, and no truth value either."""

    def __bool__(self) -> bool:
        """Refuse, as ``NA`` does."""
        raise TypeError("boolean value of NA is ambiguous")


def codes_of(path: Path) -> Iterator[str]:
    """The codes of a succession report, old and new layout."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            yield from row[:2]


# --------------------------------------------------------------------------------------- normalise


@pytest.mark.parametrize("code", ["A", "02", "RRE", "Y60", "02Q", "5E1", "001", "D4U1Y", "8HL99", "A81001", "T290"])
def test_a_code_in_normal_form_stays(code: str) -> None:
    """A code as ODS prints it is its own normal form, and shows no damage."""
    assert normalise(code) == code
    assert damage(code) is None


@pytest.mark.parametrize(
    "written",
    [
        "rre",
        " RRE",
        "RRE\t\r\n",
        "\u00a0RRE\u00a0",
        "\ufeffRRE",
        "Rre\u200b",
        "\u3000rRe\u2060\u200e",
        "RRE\u00ad",
    ],
)
def test_case_and_blanks_do_not_matter(written: str) -> None:
    """Lower case and blanks round a code, seen or unseen, are put in order and are no damage."""
    assert normalise(written) == "RRE"
    assert damage(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "R RE",
        "R\u200bRE",
        "RRE/R1E",
        "RRE@2018-06-01",
        "body:stoke",
        "-",
        "R.E",
        "ABCDEFGHIJKLM",
        "ſ",  # noqa: RUF001 - its capital is an ASCII S
        "straße",
        "ＲＲＥ",  # noqa: RUF001 - full-width letters
        "٣٤٥",
        "5.5",
        "5.00E-01",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    """A text with anything but 1 to 12 ASCII letters and digits is refused, without a guess."""
    with pytest.raises(InvalidCode, match="1 to 12 letters") as caught:
        normalise(text)
    assert caught.value.value == text
    assert caught.value.candidates == ()


@pytest.mark.parametrize("value", [True, b"RRE", ["RRE"], object, 1j, Decimal(50)])
def test_what_is_no_text_is_refused(value: object) -> None:
    """A value of another type is refused, and is no damage that this library knows."""
    assert damage(value) is None
    with pytest.raises(InvalidCode, match="1 to 12 letters"):
        normalise(value)


def test_damage_is_never_repaired_in_silence() -> None:
    """A damaged code is an error that says what happened and what it may have been."""
    with pytest.raises(InvalidCode, match="5E1 or 5E001") as caught:
        normalise("5.00E+01")
    assert caught.value.candidates == ("5E1", "5E001")
    assert "exponent" in caught.value.why


# ----------------------------------------------------------------------------------------- OrgCode


def test_an_org_code_is_a_text() -> None:
    """An `OrgCode` is equal to, hashes as and sorts as the text of its normal form."""
    code = OrgCode(" rre ")
    assert code == "RRE"
    assert isinstance(code, str)
    assert {"RRE": 1}[code] == 1
    assert not hasattr(code, "__dict__")


def test_an_org_code_is_a_value() -> None:
    """An `OrgCode` survives pickling, copying and being made from itself."""
    code = OrgCode("D4U1Y")
    for twin in (OrgCode(code), pickle.loads(pickle.dumps(code)), copy.deepcopy(code)):  # noqa: S301 - our own bytes
        assert twin == code
        assert type(twin) is OrgCode


def test_an_org_code_is_validated() -> None:
    """No `OrgCode` is made of damage."""
    with pytest.raises(InvalidCode):
        OrgCode("1H")


# ------------------------------------------------------------------------------------------ damage


@pytest.mark.parametrize(
    ("value", "candidates"),
    [
        # Excel, opening a CSV file
        ("5.00E+01", ("5E1", "5E001")),
        (" 5.00e+01 ", ("5E1", "5E001")),
        ("5E+01", ("5E1", "5E001")),
        ("5.E+01", ("5E1", "5E001")),
        ("5.00E01", ("5E1", "5E001")),
        ("8.00E+02", ("8E2", "8E002")),
        ("1E+10", ("1E10", "1E010")),
        ("1.00E+10", ("1E10", "1E010")),
        ("5.00E+201", ("5E201",)),
        ("1.20E+02", ()),
        ("0.00E+00", ()),
        ("1", ("001",)),
        ("2", ("002", "02")),
        ("20", ("020", "2E1", "2E001")),
        ("0", ("000",)),
        # other tools that take zeros off
        ("1H", ("01H",)),
        ("2q", ("02Q",)),
        # a data frame that guessed numbers
        (1, ("001",)),
        (3, ("003", "03")),
        (12, ("012", "12")),
        (20, ("020", "2E1", "2E001")),
        (100, ("100", "1E2", "1E002")),
        (123, ("123",)),
        (1234, ()),
        (60190, ("60190",)),
        (600000, ("6E5", "6E005")),
        (5e1, ("050", "5E1", "5E001")),
        (5e201, ("5E201",)),
        (9e307, ("9E307",)),
        (10**10, ("1E10", "1E010")),
        (Fraction(50), ("050", "5E1", "5E001")),
        ("50.0", ("050", "5E1", "5E001")),
        ("1.0", ("001",)),
        ("60190.0", ("60190",)),
        (0, ("000",)),
        (0.0, ("000",)),
        (-0.0, ("000",)),
        # numbers that no code reads as
        (0.5, ()),
        (-50, ()),
        (math.inf, ()),
        (10**400, ()),
        # dates
        ("1-Jan", ("JAN01", "01JAN")),
        ("03-Mar", ("MAR03", "03MAR")),
        ("Mar-03", ("MAR03", "03MAR")),
        ("Mar-45", ("MAR45", "45MAR")),
        ("2-Sep", ("SEP02", "02SEP", "SEPT2", "2SEPT")),
        ("12-Sep", ("SEP12", "12SEP")),
        ("2026-03-03", ("MAR03", "03MAR")),
        ("2026-03-03 00:00:00", ("MAR03", "03MAR")),
        ("2026-03-03T00:00:00.000", ("MAR03", "03MAR")),
        ("03/03/2026", ("MAR03", "03MAR")),
        ("03/03/2026 00:00", ("MAR03", "03MAR")),
        ("2026-06-01", ("JUN01", "01JUN", "JUNE1", "1JUNE", "JUN26", "26JUN")),
        ("2001-01-01", ("JAN01", "01JAN")),
        (date(2026, 3, 3), ("MAR03", "03MAR")),
        (datetime(2026, 3, 3, tzinfo=timezone.utc), ("MAR03", "03MAR")),
        # marks that keep a spreadsheet from taking a code for a number
        ('="01H"', ("01H",)),
        ("'5E1", ("5E1",)),
        ('"rre"', ("RRE",)),
        ("'1H", ("01H",)),
        # nothing left
        ("#N/A", ()),
        ("#REF!", ()),
        ("########", ()),
        ("", ()),
        (" \u00a0\u200b", ()),
        (None, ()),
        (math.nan, ()),
        (NAType(), ()),
    ],
)
def test_damage_says_what_it_may_have_been(value: object, candidates: tuple[str, ...]) -> None:
    """What tools make of a code is recognised, with every code of a real shape that gives it."""
    found = damage(value)
    assert found is not None
    assert found.value is value
    assert found.candidates == candidates
    assert found.reason
    with pytest.raises(InvalidCode) as caught:
        normalise(value)
    assert caught.value.candidates == candidates


@pytest.mark.parametrize(
    "text", ["5E1", "1E10", "5E201", "JAN01", "03MAR", "100", "60190", "05", "12", "UK", "Y6", "NAN"]
)
def test_what_can_be_a_code_is_no_damage(text: str) -> None:
    """A text of a code's shape is taken as it stands, though a spreadsheet would harm it or it be a pseudo code."""
    assert damage(text) is None
    assert normalise(text) == text


@pytest.mark.parametrize("text", ["2026-02-30", "31/02/2026", "2026-03-03 12:30:00", "3-Foo", "2026-06"])
def test_what_is_no_date_of_a_spreadsheet_is_no_damage(text: str) -> None:
    """A day that is not in the calendar, or with a time, did not come from a code."""
    assert damage(text) is None


def test_damage_is_a_value() -> None:
    """Equal findings are equal and hash alike."""
    assert damage("1H") == Damage("1H", "no code has this shape, and leading zeros get lost", ("01H",))
    assert len({damage("1H"), damage("1H")}) == 1


# ----------------------------------------------------------------------------------- the real codes


@pytest.mark.parametrize("name", ["succ-2026-05.csv", "succ-and-succarc-2022-10.csv"])
def test_no_real_code_is_taken_for_damage(sources_folder: Path, name: str) -> None:
    """Every code of the succession reports is in normal form and shows no damage."""
    codes = set(codes_of(sources_folder / "succ" / name)) - {"old_code", "new_code"}
    assert len(codes) > 10_000
    assert [code for code in codes if damage(code) is not None or normalise(code) != code] == []


def test_the_codes_of_two_characters_are_these(sources_folder: Path) -> None:
    """The closed list of two-character codes is exactly those that the succession archive has."""
    codes = set(codes_of(sources_folder / "succ" / "succ-and-succarc-2022-10.csv"))
    assert {code for code in codes if len(code) == 2} == {"02", "03", "12"}
    assert {code for code in codes if len(code) == 2} == {code for code in map(two_digits, range(100)) if spared(code)}


def two_digits(number: int) -> str:
    """A number in two digits."""
    return f"{number:02}"


def spared(code: str) -> bool:
    """Whether a two-digit text is on the closed list: offered for the number that it would be read as."""
    found = damage(int(code))
    return found is not None and code in found.candidates
