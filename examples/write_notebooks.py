"""Write the notebooks beside this file, from the scripts in `notebooks`: ``python examples/write_notebooks.py``.

A test compares each notebook with what this makes, and runs its cells. The notebooks have no outputs: run them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SCRIPTS = sorted((FOLDER / "notebooks").glob("*.py"))
TEXT = "[markdown]"


def notebook(script: str) -> str:
    """The notebook of a script whose cells begin with `# %%`, as the fourth format of notebooks has it."""
    written: dict[str, Any] = {
        "cells": [_cell(number, cell) for number, cell in enumerate(_cells(script))],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _cells(script: str) -> Iterator[tuple[bool, str]]:
    """Whether each cell is text, and what it says."""
    for part in f"\n{script}".split("\n# %%")[1:]:
        mark, _, body = part.partition("\n")
        text = mark.strip() == TEXT
        lines = body.strip("\n").splitlines()
        yield text, "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines) if text else "\n".join(lines)


def _cell(number: int, cell: tuple[bool, str]) -> dict[str, Any]:
    text, body = cell
    source = {"id": f"cell-{number}", "metadata": {}, "source": body.splitlines(keepends=True)}
    if text:
        return {"cell_type": "markdown", **source}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **source}


def main() -> None:
    """Write every notebook."""
    for script in SCRIPTS:
        path = FOLDER / f"{script.stem}.ipynb"
        path.write_text(notebook(script.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
