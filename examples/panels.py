"""What the examples share: their small extracts of published figures, and plots of figures before and after.

The files in `data` are in a layout of their own: a row for each period and a column for each code, or the other way
round, and what was published where in the lines that begin with `#`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["DATA", "SAYS", "Panel", "digest", "draw", "first_day", "in_parts", "read_extract", "read_folder", "save"]

DATA = Path(__file__).parent / "data"
SAYS = "Says"
"""Of a picture: what holds the digest of the drawing."""

BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#666666"
"""Colours that people with any kind of colour vision can tell apart (Okabe and Ito)."""
COLOURS = (BLUE, ORANGE, GREEN)

Row = tuple[str, str, float]
"""A code, a period, a figure."""


@dataclass(frozen=True)
class Panel:
    """One row of a plot: the organisation of today, the codes that led to it, and the day of their merger."""

    code: str
    title: str
    codes: tuple[str, ...]
    merger: date
    shared: str = ""
    """Where part of the figures is approximate: whose share that is."""


def read_extract(name: str) -> list[Row]:
    """A file of `data`, a row for each figure."""
    with (DATA / name).open(encoding="utf-8", newline="") as opened:
        head, *lines = csv.reader(line for line in opened if not line.startswith("#"))
    cells = [(line[0], other, figure) for line in lines for other, figure in zip(head[1:], line[1:], strict=True)]
    if head[0] == "code":
        return [(code, period, float(figure)) for code, period, figure in cells if figure]
    return [(code, period, float(figure)) for period, code, figure in cells if figure]


def read_folder(folder: Path, column: str) -> list[Row]:
    """Every CSV file of a folder that has the columns `org_code` and `period` and the one of the figures."""
    rows: list[Row] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as opened:
            lines = csv.DictReader(opened)
            if {"org_code", "period", column} <= set(lines.fieldnames or ()):
                rows += [(line["org_code"], line["period"], float(line[column])) for line in lines if line[column]]
    if not rows:
        message = f"no CSV file in {folder} has the columns org_code, period and {column}"
        raise SystemExit(message)
    return rows


def first_day(period: str) -> date:
    """The first day of a month such as 2015-08 or of a quarter of a financial year such as 2018-19 Q1."""
    year, month = int(period[:4]), period[5:7]
    if "Q" not in period:
        return date(year, int(month), 1)
    quarter = int(period[-1])
    return date(year + quarter // 4, (1, 4, 7, 10)[quarter % 4], 1)


def in_parts(rows: Iterable[Mapping[str, Any]], figure: str) -> dict[str, dict[str, tuple[float, float]]]:
    """Of each target and period of a restated frame: how much is exact, and how much approximate."""
    sums: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for row in rows:
        exact, rough = sums[row["org_code"]].get(row["period"], (0.0, 0.0))
        if row["approximate"]:
            rough += row[figure]
        else:
            exact += row[figure]
        sums[row["org_code"]][row["period"]] = exact, rough
    return sums


def save(figure: Figure, output: Path) -> None:
    """Save a drawing as a picture, in a palette of colours: plenty for lines, and a third of the bytes."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    information = PngInfo()
    information.add_text(SAYS, digest(figure))
    with BytesIO() as drawn:
        figure.savefig(drawn, format="png", dpi=100)
        picture = Image.open(drawn).convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE)
        picture.save(output, format="png", optimize=True, pnginfo=information)


def digest(figure: Figure) -> str:
    """A short text that is another if the drawing says anything else: by it a picture is told from an old one."""
    said = [str(figure.get_suptitle())]
    for axes in figure.axes:
        said += [axes.get_title(loc="left"), axes.get_ylabel(), *(text.get_text() for text in axes.texts)]
        for line in axes.lines:
            data: Any = line.get_data()
            said += [f"{day} {amount:.4g}" for day, amount in zip(*data, strict=True)]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def draw(
    panels: Sequence[Panel],
    before: Iterable[Row],
    after: Mapping[str, Mapping[str, tuple[float, float]]],
    *,
    title: str,
    unit: str,
    source: str,
) -> Figure:
    """Draw each organisation under the codes of the day, and beside that as restated."""
    from matplotlib import pyplot as plt

    published: dict[str, dict[str, float]] = defaultdict(dict)
    for code, period, amount in before:
        published[code][period] = published[code].get(period, 0.0) + amount
    figure, axes = plt.subplots(
        len(panels), 2, figsize=(9.6, 2.5 * len(panels) + 1.2), sharex=True, sharey="row", squeeze=False
    )
    for (left, right), panel in zip(axes, panels, strict=True):
        _before(left, panel, published)
        _after(right, panel, after[panel.code])
        left.set_ylabel(unit)
        left.set_title(f"{panel.title}, as published", loc="left", fontsize=10)
        right.set_title("restated on the trusts of 1 April 2026", loc="left", fontsize=10)
        for one in (left, right):
            _dressed(one, panel)
    figure.suptitle(title, x=0.01, ha="left", fontsize=13.5, fontweight="bold")
    figure.text(0.01, 0.008, source, fontsize=8, color=GREY)
    figure.tight_layout(rect=(0, 0.02, 1, 0.99), h_pad=1.6, w_pad=2)
    return figure


def _line(figures: Mapping[str, float]) -> tuple[list[Any], list[float]]:
    periods = sorted(figures, key=first_day)
    return [first_day(period) for period in periods], [figures[period] for period in periods]


def _before(axes: Axes, panel: Panel, published: Mapping[str, Mapping[str, float]]) -> None:
    lines = {code: _line(published[code]) for code in panel.codes}
    _, heights = lines[panel.code]
    for (code, (days, figures)), colour in zip(lines.items(), COLOURS, strict=False):
        axes.plot(days, figures, color=colour, linewidth=2)
        if code == panel.code:
            _label(axes, code, (days[-1], figures[-1]), (5, 0), colour)
        else:  # away from the line of the other trust
            _label(axes, code, (days[0], figures[0]), (0, 9 if figures[0] > heights[0] else -10), colour)


def _after(axes: Axes, panel: Panel, parts: Mapping[str, tuple[float, float]]) -> None:
    days, whole = _line({period: exact + rough for period, (exact, rough) in parts.items()})
    _, exact = _line({period: exact for period, (exact, _) in parts.items()})
    axes.plot(days, whole, color=BLUE, linewidth=2)
    _label(axes, panel.code, (days[-1], whole[-1]), (5, 0), BLUE)
    if panel.shared and exact != whole:
        axes.fill_between(days, exact, whole, color=BLUE, alpha=0.18, linewidth=0)
        _label(axes, f"shaded: approximate, {panel.shared}", (days[0], min(exact)), (0, -9), GREY, "normal")


def _label(
    axes: Axes, text: str, at: tuple[Any, float], away: tuple[int, int], colour: str, weight: str = "bold"
) -> None:
    axes.annotate(
        text, at, xytext=away, textcoords="offset points", va="center", color=colour, fontweight=weight, fontsize=9
    )


def _dressed(axes: Axes, panel: Panel) -> None:
    axes.set_ylim(0, axes.dataLim.ymax * 1.22)
    axes.margins(x=0.09)
    axes.axvline(panel.merger, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)  # type: ignore[arg-type] # matplotlib takes dates
    axes.annotate(
        f" merged {panel.merger.day} {panel.merger:%B %Y}",
        (panel.merger, 1),
        xycoords=axes.get_xaxis_transform(),
        ha="left",
        va="top",
        fontsize=8.5,
        color=GREY,
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(labelsize=9)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
