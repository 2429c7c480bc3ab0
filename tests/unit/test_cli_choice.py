"""Which organisation a text on the command line means, and what is shown while something takes long."""

from __future__ import annotations

import io

import pytest
from builders import make_store, says
from rich.console import Console
from typer.testing import CliRunner

from nhs_orgs import search
from nhs_orgs.cli import app, screen
from nhs_orgs.cli.choice import Ambiguous, choose
from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.register import Register
from nhs_orgs.spellings import Spellings, spellings_of
from nhs_orgs.store import Store

REGISTER = Register(
    make_store(
        """
        RRE    2001-04-01  ..  Trust  Midlands Partnership NHS Foundation Trust
        RQX    2001-04-01  ..  Trust  Made Up NHS Trust
        RRE11  2001-04-01  ..  Site   KOALA
        RRE12  2001-04-01  ..  Site   OK4U
        RRE13  2001-04-01  ..  Site   RRXB1 House
        RRE14  2001-04-01  ..  Site   Oakwood
        RRE15  2001-04-01  ..  Site   Oakwood
        """,
        says("RRE11", "name", "KOALA"),
        says("RRE12", "name", "OK4U"),
    )
)


WHOLE = [("rre", "RRE"), ("KOALA", "RRE11@2001-04-01"), ("OK4U", "RRE12@2001-04-01")]


@pytest.mark.parametrize(("text", "meant"), WHOLE)
def test_a_code_or_a_whole_name_is_meant(text: str, meant: str) -> None:
    """A name is one too that has the shape of a code."""
    assert choose(REGISTER, [text]) == meant


@pytest.mark.parametrize(("text", "near"), [("RRY", "RRE"), ("RRXB1", None), ("rq1", None)])
def test_a_misspelt_code_is_no_name(text: str, near: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has the shape of a code is told with codes like it, or that such are left out; no names are gone through."""
    looked: list[bool] = []

    def noted(store: Store, *, sites: bool) -> Spellings:
        looked.append(sites)
        return spellings_of(store, sites=sites)

    monkeypatch.setattr(search, "spellings_of", noted)
    with pytest.raises(UnknownOrganisation) as error:
        choose(REGISTER, [text])
    assert (near in error.value.near) if near else "leaves out" in str(error.value)
    assert looked == [False]


def test_a_word_is_looked_for_among_sites() -> None:
    """What is no code may be a name that several have."""
    with pytest.raises(Ambiguous) as error:
        choose(REGISTER, ["oakwood"])
    assert [match.code for match in error.value.matches] == ["RRE14", "RRE15"]


# --- while something takes long ---------------------------------------------------------------------------------------


def shown(monkeypatch: pytest.MonkeyPatch, *arguments: str, terminal: bool) -> str:
    """What a command shows on standard error."""
    stream = io.StringIO()
    monkeypatch.setattr(screen, "_console", lambda **_: Console(file=stream, force_terminal=terminal))
    if not terminal:
        monkeypatch.setenv("TERM", "dumb")
    assert CliRunner().invoke(app, arguments).exit_code == 0
    return stream.getvalue()


def test_a_terminal_shows_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what is done, and takes it away again."""
    assert "looking through every name" in shown(monkeypatch, "find", "midlands partnership", terminal=True)


def test_nothing_is_shown_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where another program reads, nor beside a document."""
    assert "looking through" not in shown(monkeypatch, "find", "midlands partnership", terminal=False)
    assert shown(monkeypatch, "find", "midlands partnership", "--json", terminal=True) == ""
