"""What a value is to a crosswalk that has no such code, and when a register can say that there never was one."""

from __future__ import annotations

import re

import pytest
from builders import make_store, says

from nhs_orgs.crosswalk import crosswalk
from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.organisations import Trust
from nhs_orgs.statuses import Status

STORE = make_store(
    """
    RAA    2000-01-01  ..  Trust
    R1A    2000-01-01  ..  Trust
    RAA01  2000-01-01  ..  Site
    A00001 2000-01-01  ..  GPPractice
    02Q    2013-04-01  ..  CCG
    XY9    2000-01-01  ..  Unclassified
    """,
    says("02Q", "gss", "E38000008"),
)
TRUSTS = crosswalk(STORE, to="2020-01-01", kind=Trust)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("RZZ", True),
        (" rzz ", True),
        ("R9Z", True),
        ("RZ9", False),
        ("09A", True),
        ("XY8", False),
        ("A00002", False),
        ("RAA02", False),
        ("", False),
    ],
)
def test_shapes_of_which_there_are_whole_lists(text: str, listed: bool) -> None:  # noqa: FBT001 - a parameter
    """Short codes of trusts and commissioners have such a shape; sites, practices and unclassified bodies have none."""
    assert STORE.lists(text) is listed


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("RZZ", "the register has no such code"),
        ("A00002", "not in this register, which leaves out kinds with codes of this shape, or has them only in part"),
        ("NL7", "not in this register, which leaves out kinds with codes of this shape, or has them only in part"),
        ("02q", "02Q is a clinical commissioning group: of another kind than this crosswalk has"),
        ("XY9", "XY9 is an organisation of unknown kind: of another kind than this crosswalk has"),
        ("<b>", "not in this register"),
    ],
)
def test_why_a_value_is_unknown(value: object, reason: str) -> None:
    """A code of another kind is told as that; else it is said whether the register would have it, if there were one."""
    judged = TRUSTS.judge(value)
    assert (judged.code, judged.status) == (None, Status.UNKNOWN)
    assert (judged.reason or "").startswith(reason)


@pytest.mark.parametrize(
    ("value", "suggested"),
    [("RIA", ("R1A",)), ("RZZ", ()), ("A00002", ()), ("RAA99", ()), ("RAA00", ("RAA",)), ("02Q", ()), (3, ())],
)
def test_what_is_suggested(value: object, suggested: tuple[str, ...]) -> None:
    """Only where there are whole lists to compare with, codes one slip away; for a site's 00, the body itself."""
    assert TRUSTS.suggest(value)[:1] == suggested


@pytest.mark.parametrize("code", ["A00002", "a00002", "RAA02", "NL7", "A00002@1999-01-01"])
def test_a_miss_among_codes_that_are_left_out_is_told_so(code: str) -> None:
    """Where a register has no whole lists nothing is guessed: the error says what is left out, and how to have it."""
    for ask in (STORE.eras_of, STORE.key_of, TRUSTS.of):
        with pytest.raises(UnknownOrganisation) as caught:
            ask(code)
        assert caught.value.near == ()
        told = str(caught.value)
        assert re.match(f"(?i)No organisation '{code}' in this register, which leaves out kinds with codes of", told)
        assert "`nhs-orgs compile` and without --leave-out" in told
        assert told.endswith("register.find(...) or `nhs-orgs find`.")
        assert "Did you mean" not in told


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("RAB", ("RAA", "R1A")),
        ("RAA00", ("RAA",)),
        ("E38000008", ("02Q",)),
        ("2Q", ("02Q",)),
        ("RAA@1999-01-01", ("RAA", "RAA@2000-01-01")),
        ("hello world", ()),
        ("", ()),
        (5.0, ()),
        (None, ()),
    ],
)
def test_a_miss_names_what_may_be_meant(code: object, near: tuple[str, ...]) -> None:
    """Of shapes that are listed codes like it; of others only what was surely meant; of what is no code nothing."""
    error = STORE.unknown(code)
    assert error.near == near
    assert "leaves out" not in str(error)
    assert ("Did you mean" in str(error)) is bool(near)


def test_a_miss_by_kind_is_told_as_that() -> None:
    """A code that the register has, but not the crosswalk, is not like itself: it is of another kind."""
    with pytest.raises(UnknownOrganisation) as caught:
        TRUSTS.of("02q")
    assert (caught.value.code, caught.value.near) == ("02Q", ())
    assert str(caught.value) == (
        "02Q is a clinical commissioning group: of another kind than this crosswalk has. "
        "Make one with kind=[..., ClinicalCommissioningGroup], or leave kind= out for every code."
    )
