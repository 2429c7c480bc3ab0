"""How a report on a restatement looks: a few lines on a terminal, tables in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

__all__ = ["as_html", "as_text"]

_SHOWN: Final = 20
"""Rows of a table; what is more is counted."""

_TITLES: Final = {
    "unmapped": "No target",
    "ambiguous": "Divided bodies",
    "closed": "Closed on the date of the row",
    "pseudo": "Aggregates",
    "damaged": "Damaged codes",
    "double_counts": "Counted twice",
}


def as_text(report: Mapping[str, Any]) -> str:
    """A few lines."""
    return "\n".join(_text_lines(report))


def _text_lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"Restated to {report['to']}: {report['rows']:,} rows, {_percent(report['matched']['rows'])} with a target"
    for name, total in report["totals"].items():
        matched, rough = (_percent(report[part][name]) for part in ("matched", "approximate"))
        yield f"{name}: total {total:,.6g}, {matched} with a target, {rough} approximate"
    for line in report["statuses"]:
        yield f"  {line['name']:<22}{line['rows']:>14,.6g} rows  {_percent(line['share_of_rows']):>7}"
    for line in report["bases"]:
        yield f"  approximate by {line['name']}: {line['rows']:,.6g} rows"
    for name, title in _TITLES.items():
        if report[name]:
            yield f"  {title}: {_some(report[name])}"


def _some(lines: Sequence[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(str(line.get("value", line["code"])) for line in lines))
    return ", ".join(names[:8]) + (f" and {len(names) - 8:,} more" if len(names) > 8 else "")  # noqa: PLR2004 - a line


def as_html(report: Mapping[str, Any]) -> str:
    """Tables."""
    return "\n".join(_html_lines(report))


def _html_lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h4>Restated to {escape(report['to'])}</h4>"
    totals = [
        [name, f"{total:,.6g}", _percent(report["matched"][name]), _percent(report["approximate"][name])]
        for name, total in report["totals"].items()
    ]
    rows = ["rows", f"{report['rows']:,}", _percent(report["matched"]["rows"]), _percent(report["approximate"]["rows"])]
    yield from _table(["", "total", "with a target", "approximate"], [rows, *totals])
    for part in ("statuses", "bases"):
        head = ["status" if part == "statuses" else "approximate by", "rows", "share", *report["totals"]]
        yield from _table(head, [_line(line) for line in report[part]])
    for name, title in _TITLES.items():
        if report[name]:
            yield f"<h5>{escape(title)}</h5>"
            yield from _table(list(report[name][0]), [list(map(_cell, line.values())) for line in report[name]])


def _line(line: Mapping[str, Any]) -> list[str]:
    return [line["name"], f"{line['rows']:,.6g}", _percent(line["share_of_rows"])] + [
        f"{total:,.6g} ({_percent(line['shares'][name])})" for name, total in line["totals"].items()
    ]


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {total:,.6g}" for name, total in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value[:6])) + (f" and {len(value) - 6} more" if len(value) > 6 else "")  # noqa: PLR2004 - a cell
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield "<table><thead><tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr></thead><tbody>"
    for row in rows[:_SHOWN]:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>" + (f"<p>and {len(rows) - _SHOWN:,} more</p>" if len(rows) > _SHOWN else "")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
