"""What mkdocs cannot know by itself, written at build time: the command-line reference, and the floors."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "src" / "nhs_orgs"


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put what is written here in place of its mark; called by mkdocs for each page."""
    for mark, write in _WRITTEN.items():
        if mark in markdown:
            markdown = markdown.replace(mark, write())
    return markdown


def _commands() -> str:
    """Typer's own description of the commands, without its title; its list of them with whole sentences, and links."""
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "typer", "nhs_orgs.cli", "utils", "docs", "--name", "nhs-orgs"]
    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, encoding="utf-8")
    page = run.stdout.partition("\n")[2]
    first_lines = dict(re.findall(r"^## `nhs-orgs (\w+)`\n\n(.+)$", page, re.MULTILINE))
    for name, line in first_lines.items():
        listed = f"* [`{name}`](#nhs-orgs-{name}): {line}"
        page = re.sub(rf"^\* `{name}`: .*$", listed, page, count=1, flags=re.MULTILINE)
    return page


def _floors() -> str:
    """A table of the floors that import-linter holds, from the top, each module with its docstring's first line."""
    settings = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contract = re.search(r"^layers = \[\n(.*?)^\]", settings, re.MULTILINE | re.DOTALL)
    if contract is None:
        raise ValueError("pyproject.toml has no list of layers: say in docs/hooks.py where the floors stand now.")
    floors = re.findall(r'^    "([^"]+)"', contract[1], re.MULTILINE)
    written = [found for floor in floors if (found := _floor(re.findall(r"\w+", floor)))]
    rows = [
        f"| `{module}` | {len(written) - place} | {sentence} |"
        for place, floor in enumerate(written)
        for module, sentence in floor.items()
    ]
    return "\n".join(["| module | floor | what it is |", "| --- | --- | --- |", *rows])


def _floor(modules: list[str]) -> dict[str, str]:
    """The modules of one floor with their sentences; one that is not written yet is left out."""
    said = {module: _sentence(module) for module in modules}
    return {module: sentence for module, sentence in said.items() if sentence}


def _sentence(module: str) -> str:
    """The first line of a module's docstring, empty where there is no such module."""
    found = [path for path in (_PACKAGE / f"{module}.py", _PACKAGE / module / "__init__.py") if path.exists()]
    docstring = ast.get_docstring(ast.parse(found[0].read_text(encoding="utf-8"))) if found else None
    return (docstring or "").partition("\n")[0].replace("|", "\\|")


_WRITTEN = {"{{ commands }}": _commands, "{{ floors }}": _floors}
