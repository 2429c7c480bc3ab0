"""What a value is to a crosswalk that has no such code, and when a register can say that there never was one."""

from __future__ import annotations

import pytest
from builders import make_store

from nhs_orgs.crosswalk import crosswalk
from nhs_orgs.organisations import Trust
from nhs_orgs.shapes import is_listed_shape
from nhs_orgs.statuses import Status

STORE = make_store(
    """
    RAA    2000-01-01  ..  Trust
    R1A    2000-01-01  ..  Trust
    RAA01  2000-01-01  ..  Site
    A00001 2000-01-01  ..  GPPractice
    02Q    2013-04-01  ..  CCG
    XY9    2000-01-01  ..  Unclassified
    """
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
    assert is_listed_shape(STORE, text) is listed


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
