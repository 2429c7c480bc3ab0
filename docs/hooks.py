"""What mkdocs cannot know by itself: the command-line reference, written from the commands at build time."""

from __future__ import annotations

import os
import subprocess
import sys

_COMMANDS = "{{ commands }}"


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the reference of every command in place of its mark; called by mkdocs for each page."""
    if _COMMANDS not in markdown:
        return markdown
    return markdown.replace(_COMMANDS, _reference())


def _reference() -> str:
    """Typer's own description of the commands, one heading deeper, without its title."""
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "typer", "nhs_orgs.cli", "utils", "docs", "--name", "nhs-orgs"]
    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, encoding="utf-8")
    return run.stdout.partition("\n")[2]
