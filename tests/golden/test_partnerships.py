"""The partnerships of April 2017 and their groups, by ODS code, though lookups had ONS codes alone until 2020."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs
from nhs_orgs.sources import Citation

SUMMERS = ("2017-06-01", "2018-06-01", "2019-06-01")


def system(register: nhs.Register, code: str, day: str) -> str | None:
    """Code of the partnership that a group was in that day."""
    (found,) = (parent for parent in register.on(day).parents(code) if parent.level == "system")
    return found.organisation.code if found.organisation else None


@pytest.mark.parametrize(
    ("day", "number"),
    [("2017-04-01", 44), ("2018-03-31", 44), ("2018-04-01", 42), ("2019-04-01", 42), ("2020-04-01", 42)],
)
def test_how_many_there_were(register: nhs.Register, day: str, number: int) -> None:
    """There were 44 until April 2018, and 42 from then on."""
    assert len(register.on(day).of_kind(nhs.STP)) == number


@pytest.mark.parametrize("code", ["QH8", "QMM", "QOQ"])
def test_open_since_the_first_lookup(register: nhs.Register, code: str) -> None:
    """A record's legal start of 2018 gives way to the lookup that lists the partnership in 2017, and stays in sight."""
    starts = {v.statement.value: v for v in register.statements(code) if v.statement.property == "legal_start"}
    assert {value: verdict.chosen for value, verdict in starts.items()} == {"2017-04-01": True, "2018-04-01": False}
    assert all(isinstance(source, Citation) for source in starts["2017-04-01"].statement.sources)
    assert code in register.on("2017-04-01")


@pytest.mark.parametrize("code", ["00J", "00L", "00N", "00P", "13T", "99C"])
def test_the_one_whose_code_came_later(register: nhs.Register, code: str) -> None:
    """The groups around the Tyne were in the partnership of 2017 whose ODS code is dated to February 2018."""
    days = ("2017-06-01", "2018-03-31", "2018-04-01")
    assert [system(register, code, day) for day in days] == ["QVP", "QVP", "QHM"]


@pytest.mark.parametrize(
    ("group", "partnerships"),
    [
        ("99F", "QH8 QH8 QH8"),
        ("06M", "QMM QMM QMM"),
        ("06Y", "QMM QMM QMM"),
        ("03Q", "QOQ QOQ QOQ"),
        ("03M", "QOQ QOQ QOQ"),
        ("02T", "QWO QWO QWO"),
        ("09L", "QNX QNX QNX"),
        ("09N", "QXU QXU QXU"),
        ("03D", "QMK QHM QHM"),
        ("01H", "QT8 QHM QHM"),
    ],
)
def test_which_one_a_group_was_in(register: nhs.Register, group: str, partnerships: str) -> None:
    """A group has its partnership by ODS code in each year before lookups print it."""
    assert [system(register, group, day) for day in SUMMERS] == partnerships.split()


@pytest.mark.parametrize(("year", "groups"), [(2017, 207), (2018, 195), (2019, 191), (2020, 135), (2021, 106)])
def test_every_group_was_in_one(register: nhs.Register, year: int, groups: int) -> None:
    """Each group of each year was in a partnership."""
    day = f"{year}-04-01"
    known = [system(register, group.code or "", day) for group in register.on(day).of_kind(nhs.CCG)]
    assert (len(known), known.count(None)) == (groups, 0)


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("QOQ", "02Y 03F 03H 03K 03M 03Q"),
        ("QXU", "09N 09Y 99H"),
        ("QNX", "09D 09F 09G 09H 09L 09P 09X 99K"),
        ("QMK", "00C 00D 00K 00M 03D"),
    ],
)
def test_the_groups_of_one(register: nhs.Register, code: str, groups: str) -> None:
    """A partnership that the first lookup names by its ONS code alone has the groups that the lookup gives it."""
    children = register.on("2017-04-01").children(code)
    assert [child.code for child in children if isinstance(child, nhs.CCG)] == groups.split()


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("QWO", "West Yorkshire", "West Yorkshire and Harrogate (Health and Care Partnership)"),
        ("QNX", "Sussex and East Surrey", "Sussex and East Surrey Health and Care Partnership"),
        ("QXU", "Surrey Heartlands", "Surrey Heartlands Health and Care Partnership"),
    ],
)
def test_the_name_of_the_day(register: nhs.Register, code: str, first: str, last: str) -> None:
    """A partnership bears the plain name of the first lookups until a later one gives it a longer one."""
    assert [register.on(day)[code].name for day in ("2017-04-01", "2020-04-01")] == [first, last]
