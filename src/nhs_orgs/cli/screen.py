"""Where output goes: answers to standard output, errors to standard error, both readable anywhere.

On a terminal there is colour, and lines end where the terminal does. Elsewhere the same text is plain, as wide as
``COLUMNS`` says or else 80, and nothing is cut off. A stream that cannot encode a character gets the nearest
that it can.
"""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import rich.console
import rich.table

__all__ = ["nearest", "pairs", "prepare", "say", "tell", "working", "write_json", "write_lines"]

_PLAIN: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "*"})  # noqa: RUF001
"""What to print where a stream has only the letters of ASCII."""


def nearest(error: UnicodeError) -> tuple[str, int]:
    """What to print for characters that a stream cannot encode: a handler of encoding errors."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return text.encode("ascii", "replace").decode(), error.end


def prepare() -> None:
    """Make both streams take every character, whatever their encoding."""
    codecs.register_error("nhs_orgs.nearest", nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="nhs_orgs.nearest")


def _console(*, error: bool = False) -> rich.console.Console:
    return rich.console.Console(stderr=error, highlight=False, markup=False, emoji=False)


def say(*parts: rich.console.RenderableType) -> None:
    """Print to standard output, without the blanks that fill up lines."""
    console = _console()
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    sys.stdout.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def tell(message: str) -> None:
    """Print to standard error, unwrapped: other programs read it too."""
    _console(error=True).print(message, soft_wrap=True)


@contextmanager
def working(what: str, *, quiet: bool = False) -> Iterator[None]:
    """While something takes long, say what it is: on standard error, where that is a terminal, and only until then."""
    console = _console(error=True)
    if quiet or not console.is_terminal:
        yield
        return
    with console.status(what, spinner="line"):
        yield


def write_json(document: Any) -> None:  # noqa: ANN401 - JSON
    """Print one JSON document; letters beyond ASCII as escapes where the stream is not in Unicode."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=not unicode) + "\n")


def pairs(rows: Sequence[tuple[str, rich.console.RenderableType]], *, style: str = "dim") -> rich.table.Table:
    """Labels on the left, what they label on the right, wrapped beside them."""
    table = rich.table.Table.grid(padding=(0, 2))
    table.add_column(style=style, no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(label, value)
    return table


def write_lines(text: str) -> None:
    """Print text whose lines must stay as they are: other programs read it."""
    sys.stdout.write(f"{text}\n")
