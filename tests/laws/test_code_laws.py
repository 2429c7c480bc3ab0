"""The laws of codes: one normal form, damage only where there is some, and the true code among the candidates."""

from __future__ import annotations

import string
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from nhs_orgs.codes import OrgCode, damage, normalise
from nhs_orgs.errors import InvalidCode

LAW = settings(deadline=None)

LETTERS = string.ascii_uppercase
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

codes = st.one_of(
    st.text(alphabet=LETTERS + string.digits, min_size=3, max_size=12),
    st.sampled_from(LETTERS),
    st.sampled_from(["02", "03", "12"]),
    st.from_regex(r"\A[0-9]E[0-9]{1,4}\Z"),
    st.sampled_from(MONTHS).map(lambda month: month + "01"),
)
blanks = st.text(alphabet=" \t\n\u00a0\u200b\ufeff\u3000", max_size=3)
anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=14),
    st.text(alphabet="0123456789E+-.#=\"' /MARJUN", max_size=12),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
    codes,
)


@LAW
@given(codes)
def test_a_code_goes_round(code: str) -> None:
    """A code in normal form stays as it is, through every type."""
    assert normalise(code) == code
    assert OrgCode(code) == code == str(OrgCode(code))
    assert OrgCode(OrgCode(code)) == OrgCode(code)


@LAW
@given(codes, blanks, blanks)
def test_normal_form_is_reached_at_once(code: str, before: str, after: str) -> None:
    """Case and blanks are put in order in one step, and a second changes nothing."""
    written = before + code.lower() + after
    assert normalise(written) == code
    assert normalise(normalise(written)) == normalise(written)


@LAW
@given(codes)
def test_damage_never_fires_for_a_code_in_normal_form(code: str) -> None:
    """No code in normal form is taken for damage."""
    assert damage(code) is None


@LAW
@given(anything)
def test_any_value_is_a_code_or_an_error(value: object) -> None:
    """Whatever comes: it is a code in normal form, or an `InvalidCode` with what `damage` says of it."""
    found = damage(value)
    try:
        code = normalise(value)
    except InvalidCode as caught:
        error = caught
    else:
        assert found is None
        assert normalise(code) == code
        return
    assert error.candidates == (() if found is None else found.candidates)


@LAW
@given(anything)
def test_candidates_are_codes(value: object) -> None:
    """Every candidate is a code in normal form, named once."""
    found = damage(value)
    candidates = () if found is None else found.candidates
    assert [normalise(candidate) for candidate in candidates] == list(candidates)
    assert len(set(candidates)) == len(candidates)


def candidates_of(value: object) -> tuple[str, ...]:
    """What a damaged value may have been."""
    found = damage(value)
    assert found is not None
    return found.candidates


@LAW
@given(st.integers(1, 9), st.one_of(st.integers(1, 9).map(str), st.integers(1, 307).map("{:03}".format)))
def test_exponents_are_found_again(digit: int, exponent: str) -> None:
    """A code with an E, read as a number in whatever way, is among the candidates."""
    code = f"{digit}E{exponent}"
    number = float(code)
    for damaged in (f"{number:.2E}", f"{number:.0e}", number, int(f"{digit}{'0' * int(exponent)}")):
        assert code in candidates_of(damaged)


@LAW
@given(st.integers(0, 999))
def test_lost_zeros_are_found_again(number: int) -> None:
    """A code of three digits, read as a number, is among the candidates, first of all."""
    code = f"{number:03}"
    for damaged in (number, float(number), f"{number}.0"):
        assert candidates_of(damaged)[0] == code
    if number < 100 and number != 12:
        assert candidates_of(str(number))[0] == code


@LAW
@given(st.integers(1, 9), st.sampled_from(LETTERS))
def test_a_lost_zero_before_a_letter_is_found_again(digit: int, letter: str) -> None:
    """A commissioner's code without its zero has one candidate."""
    assert candidates_of(f"{digit}{letter}") == (f"0{digit}{letter}",)


@LAW
@given(st.dates(min_value=date(2000, 1, 1)))
def test_months_are_found_again(day: date) -> None:
    """A code of a month and a day, made a date in whatever way, is among the candidates."""
    month = MONTHS[day.month - 1]
    shown = (day, day.isoformat(), f"{day.day}-{month.title()}", f"{day.day:02}/{day.month:02}/{day.year}")
    for damaged in shown:
        assert {f"{month}{day.day:02}", f"{day.day:02}{month}"} <= set(candidates_of(damaged))
