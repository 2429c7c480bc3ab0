"""How a report on a restatement looks: a few lines on a terminal, tables in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import isfinite
from typing import Any, Final

__all__ = ["SHOWN", "as_html", "as_text", "rows_in_words"]

SHOWN: Final = 20
"""Rows of a table; what is more is counted."""

_NONE: Final = "(none)"
"""What stands for a value that is none."""
_TITLES: Final = {
    "unmapped": "No target",
    "ambiguous": "Divided bodies",
    "closed": "Closed on the date of the row",
    "pseudo": "Aggregates",
    "damaged": "Damaged codes",
    "double_counts": "Counted twice",
}


def as_text(report: Mapping[str, Any], many: Mapping[str, int]) -> str:
    """A few lines; `many` tells how long each section really is, of which the report may have only the first lines."""
    return "\n".join(_text_lines(report, many))


def _text_lines(report: Mapping[str, Any], many: Mapping[str, int]) -> Iterator[str]:
    matched = _percent(report["matched"]["rows"])
    yield f"Restated to {report['to']}: {rows_in_words(report['rows'])}, {matched} with a target"
    for name, total in report["totals"].items():
        matched, rough = (_percent(report[part]["totals"][name]) for part in ("matched", "approximate"))
        yield f"{name}: total {_figure(total)}, {matched} with a target, {rough} approximate"
    for line in report["statuses"]:
        number, rows = rows_in_words(line["rows"]).split()
        yield f"  {line['name']:<22}{number:>14} {rows:<5} {_percent(line['share_of_rows']):>7}"
    for line in report["bases"]:
        yield f"  approximate by {line['name']}: {rows_in_words(line['rows'])}"
    for name, title in _TITLES.items():
        if report[name]:
            yield f"  {title}: {_some(report[name], many[name])}"


def rows_in_words(many: float) -> str:
    """A number of rows, of which a part may be meant: ``1 row``, ``2.5 rows``."""
    return f"{_figure(many)} row{'' if many == 1 else 's'}"


def _figure(value: float) -> str:
    """A figure as people write it: never with an exponent, however large, and no more decimals than it needs."""
    if not isfinite(value) or (value and abs(value) < 1):
        return f"{value:.3g}"
    return f"{value:,.1f}".removesuffix(".0")


def _some(lines: Sequence[Mapping[str, Any]], many: int) -> str:
    """The first few codes; a code may have several lines."""
    names = [_name(line) for line in lines]
    shown = list(dict.fromkeys(names))[:8]
    more = many - sum(name in shown for name in names)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _name(line: Mapping[str, Any]) -> str:
    if "other" in line:
        return f"{line['code']} beside {line['other']}"
    value = line.get("value", line["code"])
    return _NONE if value is None or not str(value).strip() else str(value)


def as_html(report: Mapping[str, Any], many: Mapping[str, int]) -> str:
    """Tables; `many` as for `as_text`."""
    return "\n".join(("<div>", *_html_lines(report, many), "</div>"))


def _html_lines(report: Mapping[str, Any], many: Mapping[str, int]) -> Iterator[str]:
    yield f"<h4>Restated to {escape(report['to'])}</h4>"
    matched, rough = report["matched"]["totals"], report["approximate"]["totals"]
    totals = [
        [name, f"{_figure(total)}", _percent(matched[name]), _percent(rough[name])]
        for name, total in report["totals"].items()
    ]
    rows = ["rows", f"{report['rows']:,}", _percent(report["matched"]["rows"]), _percent(report["approximate"]["rows"])]
    yield from _table(["", "total", "with a target", "approximate"], [rows, *totals], 1 + len(totals))
    for part in ("statuses", "bases"):
        head = ["status" if part == "statuses" else "approximate by", "rows", "share", *report["totals"]]
        yield from _table(head, [_line(line) for line in report[part]], many[part])
    for name, title in _TITLES.items():
        if report[name]:
            yield f"<h5>{escape(title)}</h5>"
            yield from _table(*_filled(report[name]), many[name])


def _line(line: Mapping[str, Any]) -> list[str]:
    return [line["name"], f"{_figure(line['rows'])}", _percent(line["share_of_rows"])] + [
        f"{_figure(total)} ({_percent(line['shares'][name])})" for name, total in line["totals"].items()
    ]


def _filled(lines: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Head and cells, without the columns that are empty throughout; a value that is none says so."""
    rows = [{name: _cell(cell) for name, cell in line.items()} for line in lines]
    kept = [name for name in rows[0] if name == "value" or any(row[name] for row in rows)]
    cells = [[row[name] or (_NONE if name == "value" else "") for name in kept] for row in rows]
    return [name.replace("_", " ") for name in kept], cells


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_figure(total)}" for name, total in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value[:6])) + (f" and {len(value) - 6} more" if len(value) > 6 else "")  # noqa: PLR2004 - a cell
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], many: int) -> Iterator[str]:
    if not rows:
        return
    yield "<table><thead><tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr></thead><tbody>"
    for row in rows[:SHOWN]:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>" + (f"<p>and {many - SHOWN:,} more</p>" if many > SHOWN else "")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
