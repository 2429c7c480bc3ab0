"""Left out of test_register_is_silent.py until names-settled.patch (or its like) is in: each fails today."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs


@pytest.mark.parametrize(
    ("code", "last", "before", "after"),
    [
        ("RA9", "2015-09-30", "South Devon Healthcare", "Torbay and South Devon"),
        ("RHU", "2020-07-28", "Portsmouth Hospitals NHS Trust", "Portsmouth Hospitals University NHS Trust"),
    ],
)
def test_a_documents_day_outweighs_a_list(
    register: nhs.Register, code: str, last: str, before: str, after: str
) -> None:
    """A list that shows a name before a document lets it begin does not cut the name before it short."""
    assert register.on(last)[code].name.startswith(before)
    assert register[code].names[-1].text.startswith(after)
    assert register[code].names[-2].text.startswith(before)


def test_no_name_begins_after_it_ended(register: nhs.Register) -> None:
    """Of every name of every body the first day is no later than the last."""
    dated = [name for code in register for name in register[code].names if name.since and name.until]
    assert len(dated) > 100
    assert [name.text for name in dated if name.since and name.until and name.since.earliest > name.until.latest] == []


@pytest.mark.parametrize("code", ["RNC", "RKK", "7A2", "7A4", "7A6"])
def test_a_name_without_days_is_a_name(register: nhs.Register, code: str) -> None:
    """A name that a document gives without any day is shown, not dropped."""
    assert register[code].names
    assert register.eras(code)[-1].name != "name unknown"
