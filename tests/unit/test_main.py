"""How the command starts, with and without what it needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nhs_orgs.__main__ import main


@pytest.mark.parametrize("lacking", ["typer", "rich"])
def test_without_the_extra_it_says_how_to_install_it(
    lacking: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the `cli` extra is not installed, the command ends with a sentence that says how, and status 2."""
    for module in [name for name in sys.modules if name.startswith("nhs_orgs.cli")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.delattr("nhs_orgs.cli", raising=False)
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "pip install 'nhs-orgs[cli]'" in capsys.readouterr().err


def test_another_missing_module_is_not_blamed_on_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation shows its own error, not advice that would not help."""
    for module in [name for name in sys.modules if name.startswith("nhs_orgs.cli")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.delattr("nhs_orgs.cli", raising=False)
    monkeypatch.setitem(sys.modules, "nhs_orgs.cli", None)
    with pytest.raises(ImportError, match="cli"):
        main()


def test_the_command_answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the extra installed, the entry point runs the command line."""
    monkeypatch.setattr(sys, "argv", ["nhs-orgs", "resolve", "R1E", "--on", "2026-04-01"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "RRE" in capsys.readouterr().out


def test_the_package_runs_as_the_command() -> None:
    """``python -m nhs_orgs`` is the command `nhs-orgs`."""
    run = subprocess.run([sys.executable, "-m", "nhs_orgs", "--help"], capture_output=True, text=True, check=True)
    assert "lineage" in run.stdout
