"""Every trust that a succession file names has an event, told by something more or marked as told by the row alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import nhs_orgs as nhs
from nhs_orgs.cli import app
from nhs_orgs.coverage import is_explained
from nhs_orgs.readers.base import SuccessionRow

TRUST = re.compile(r"R[A-Z0-9]{2}|T[A-Z][A-Z0-9]")
"""Codes of trusts and care trusts; longer ones are those of sites, and ``T01`` to ``T12`` no source classes."""


@pytest.fixture(scope="module")
def rows(sources_folder: Path) -> set[tuple[str, str]]:
    """Every pair of codes that a succession file prints."""
    read = nhs.read(sources_folder / "succ").records
    return {(row.predecessor, row.successor) for row in read if isinstance(row, SuccessionRow)}


def ends(register: nhs.Register) -> Iterator[tuple[nhs.ChangeEvent, nhs.Participant]]:
    """Every end of a trust, with its event."""
    for event in register.events():
        for part in event.befores if event.status is nhs.EventStatus.COMPLETED else ():
            if part.fate is nhs.Fate.ENDS and part.code and TRUST.fullmatch(part.code):
                yield event, part


def test_every_trust_on_either_side_of_a_row_takes_part_in_an_event(
    register: nhs.Register, rows: set[tuple[str, str]]
) -> None:
    """Each of the 663 trusts of the succession files is in an event, unless a finding names its only rows."""
    codes = {code for pair in rows for code in pair if TRUST.fullmatch(code)}
    told = {code for finding in register.check() for code in finding.subject.split()}
    assert len(codes) == 663
    assert {code for code in codes if not register.events(code=code)} <= told
    assert not {code for code in codes if not register.events(code=code)}


def test_every_row_of_a_trust_is_evidence_or_a_finding(register: nhs.Register, rows: set[tuple[str, str]]) -> None:
    """No row between trusts is lost: an event rests on it, or a finding says why none does."""
    evidence = {(row.predecessor, row.successor) for event in register.events() for row in event.evidence}
    told = {tuple(finding.subject.split()) for finding in register.check()}
    trusts = {pair for pair in rows if any(map(TRUST.fullmatch, pair))}
    assert len(trusts) == 788
    assert trusts <= evidence | told


def test_every_end_of_a_trust_has_a_kind_and_is_confirmed_or_marked(register: nhs.Register) -> None:
    """An end that nothing confirms but a row is marked as the register's alone, and an event says on what it rests."""
    found = list(ends(register))
    assert len(found) > 400
    for event, part in found:
        assert event.basis
        assert is_explained(event, part) or nhs.Basis.REGISTER in event.basis


def test_a_mark_is_not_given_where_every_end_is_confirmed(register: nhs.Register) -> None:
    """Only events with an end that a row alone tells, or that end nobody, are marked as the register's alone."""
    for event in register.events():
        ended = [part for part in event.befores if part.fate is nhs.Fate.ENDS]
        if ended and nhs.Basis.REGISTER in event.basis:
            assert not all(is_explained(event, part) for part in ended)


def test_the_rest_is_listed_by_name_and_marked(register: nhs.Register) -> None:
    """The 68 of 284 trusts whose end since 2001 no document confirms are named, and each end is marked."""
    (line,) = [line for line in register.coverage() if line.kind == "Trust"]
    assert (line.ended, line.explained, len(line.rest)) == (284, 216, 68)
    by_key = {part.key: (event, part) for event, part in ends(register)}
    for key in line.rest:
        event, part = by_key[key]
        assert nhs.Basis.REGISTER in event.basis
        assert not is_explained(event, part)


def test_the_command_line_lists_the_rest_by_name(register: nhs.Register) -> None:
    """What ``nhs-orgs events --coverage`` prints below its table has each of them, by code and name."""
    (line,) = [line for line in register.coverage() if line.kind == "Trust"]
    done = CliRunner().invoke(app, ["events", "--coverage"])
    below = " ".join(done.stdout.partition("By a succession row only")[2].split())
    for body in map(register.organisation, line.rest):
        assert f"{body.code} ({body.name})" in below
