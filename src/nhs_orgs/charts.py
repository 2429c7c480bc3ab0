"""Flow charts in the notation of Mermaid: boxes with lines of text, and arrows between them.

Whole transfers are drawn as arrows, parts as dotted ones. Whatever a name holds, it stays text: the
characters that Mermaid or the page around it would read are written as its own entities
(https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).

>>> print(flow_chart({"a": ["RM2", 'The "old" one'], "b": ["R0A"]}, [Arrow("a", "b", "2017-10-01", whole=True)]))
flowchart LR
  n0["RM2<br/>The #quot;old#quot; one"]
  n1["R0A"]
  n0 -->|"2017-10-01"| n1
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["Arrow", "flow_chart"]

_ENTITIES: Final = str.maketrans(
    {"#": "#35;", "&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;", "\n": " "}
)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow from box to box."""

    start: str
    end: str
    text: str
    whole: bool
    """Drawn in full; else dotted."""


def flow_chart(boxes: Mapping[str, Iterable[str | None]], arrows: Iterable[Arrow]) -> str:
    """A chart from left to right. `boxes` are lines of text by key; arrows to a box that is not there are left out."""
    ids = {key: f"n{position}" for position, key in enumerate(boxes)}
    drawn = [
        f'  {ids[key]}["{"<br/>".join(_escaped(line) for line in lines if line)}"]' for key, lines in boxes.items()
    ]
    lines = [_line(arrow, ids) for arrow in arrows if arrow.start in ids and arrow.end in ids]
    return "\n".join(["flowchart LR", *drawn, *lines])


def _line(arrow: Arrow, ids: Mapping[str, str]) -> str:
    line, text = ("-->", arrow.text) if arrow.whole else ("-.->", f"{arrow.text} part")
    return f'  {ids[arrow.start]} {line}|"{_escaped(text)}"| {ids[arrow.end]}'


def _escaped(text: str) -> str:
    return text.translate(_ENTITIES)
