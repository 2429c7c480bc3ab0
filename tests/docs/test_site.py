"""The documentation builds with no warning, and leaves nothing public out."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import nhs_orgs

ROOT = Path(__file__).parents[2]
PUBLIC = set(nhs_orgs.__all__) - {"__version__"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("mkdocs") is None, reason="the documentation is built with the 'docs' extra"
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built strictly: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def inventory(site: Path) -> set[str]:
    """Every Python object that the site documents, out of the inventory that other sites link by."""
    raw = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return {line.split(" ", 1)[0] for line in zlib.decompress(raw).decode().splitlines()}


def test_the_api_page_lists_the_public_names() -> None:
    """The reference has an entry for every public name, and for nothing else."""
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    entries = re.findall(r"^::: nhs_orgs\.(\w+)$", page, re.MULTILINE)
    assert sorted(entries) == sorted(PUBLIC)


def test_every_public_name_is_documented(site: Path) -> None:
    """Each public name has an anchor of its own in the built site."""
    documented = inventory(site)
    assert {name for name in PUBLIC if f"nhs_orgs.{name}" not in documented} == set()


def test_every_command_is_documented(site: Path) -> None:
    """Each command, and each option that its help lists, is on the command-line page of the built site."""
    from typer.main import get_command

    from nhs_orgs.cli import app

    page = (site / "reference" / "command-line" / "index.html").read_text(encoding="utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert commands
    for name, command in commands.items():
        assert f"nhs-orgs {name}" in page
        assert [
            option
            for parameter in command.params
            if not getattr(parameter, "hidden", False)
            for option in parameter.opts
            if option.startswith("--") and option not in page
        ] == []
