"""Real bodies by what people call them, on the bundled register."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs


@pytest.fixture(scope="module")
def register() -> nhs.Register:
    """The register that comes with the library."""
    return nhs.load()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("MPFT", "RRE@2018-06-01"),
        ("mpft", "RRE@2018-06-01"),
        ("SSSFT", "RRE@2001-04-01"),
        ("SSOTP", "R1E@2011-09-01"),
        ("UHNM", "RJE@2014-11-01"),
        ("UHNS", "RJE@1993-04-01"),
        ("NCA", "RM3@2021-10-01"),
    ],
)
def test_an_abbreviation_is_exact_and_first(register: nhs.Register, text: str, key: str) -> None:
    """An abbreviation that a source uses finds the body that bore it, before anything else."""
    first = register.find(text)[0]
    assert (first.organisation.key, first.matched, first.exact) == (key, "abbreviation", True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("st georges", "RJ7@1993-04-01"),
        ("Saint George's University Hospitals NHS FT", "RJ7@1993-04-01"),
        ("guys & saint thomas", "RJ1@2021-02-01"),
        ("Mid Staffs", "RJD@1993-04-01"),
        ("great ormond st", "RP4@1994-04-01"),
        ("midlands partnership", "RRE@2018-06-01"),
        ("BHRUT", "RF4@2001-04-01"),
        ("west midlands ambulance", "RYA@2007-10-01"),
        ("north east london ICB", "QMF@2022-07-01"),
        ("royal wolverhamton", "RL4@1994-04-01"),
    ],
)
def test_words_find_the_body_that_is_meant(register: nhs.Register, text: str, key: str) -> None:
    """Part of a name, abridged or a little misspelt, finds the trust or commissioner before any site."""
    assert register.find(text)[0].organisation.key == key


@pytest.mark.parametrize(
    ("text", "code", "latest"),
    [
        (
            "South Staffordshire and Shropshire Healthcare",
            "RRE",
            "Midlands Partnership University NHS Foundation Trust",
        ),
        ("Salford Royal NHS Foundation Trust", "RM3", "Northern Care Alliance NHS Foundation Trust"),
        ("University Hospital of North Staffordshire", "RJE", "University Hospitals of North Midlands NHS Trust"),
        ("NHS Bassetlaw CCG", "02Q", "NHS Nottingham and Nottinghamshire ICB - 02Q"),
    ],
)
def test_a_former_name_finds_the_code_that_is_still_in_use(
    register: nhs.Register, text: str, code: str, latest: str
) -> None:
    """A name that a code once had leads to the era that bore it, and by its code to the body of today."""
    match = register.find(text)[0]
    assert (match.code, match.former) == (code, True)
    assert register.eras(code)[-1].name == latest


def test_a_hospital_is_found_under_every_trust_that_has_had_it(register: nhs.Register) -> None:
    """A building that moved has several codes, one a trust, and a search shows them side by side."""
    found = {match.code: match for match in register.find("frimley park hospital")}
    assert {"RA245", "RDU01"} <= found.keys()
    assert all(match.exact for code, match in found.items() if code in {"RA245", "RDU01"})


@pytest.mark.parametrize("text", ["", " ", "5.00E+01", "qqqqqq"])
def test_nothing_is_made_up(register: nhs.Register, text: str) -> None:
    """Blank text, a damaged code and nonsense find nothing."""
    assert register.find(text) == ()
