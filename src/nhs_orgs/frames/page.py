"""How a report on a restatement looks: a few lines on a terminal, tables in a notebook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from math import isfinite
from typing import Any, Final

from nhs_orgs.amounts import amount, figure

__all__ = ["SHOWN", "as_html", "as_text"]

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
    "parts_moved": "Gained or lost a part",
}


def as_text(report: Mapping[str, Any], many: Mapping[str, int]) -> str:
    """A few lines; `many` tells how long each section really is, of which the report may have only the first lines."""
    return "\n".join(_text_lines(report, many))


def _text_lines(report: Mapping[str, Any], many: Mapping[str, int]) -> Iterator[str]:
    yield f"Restated to {report['to']}: {amount(report['rows'], 'row')}, {_matched(report)} with a target"
    for name, total in report["totals"].items():
        if not isfinite(total):
            continue
        rough = _percent(report["approximate"]["totals"][name])
        yield f"{name}: total {figure(total)}, {_matched(report, name)} with a target, {rough} approximate"
    yield from _gaps(report)
    for line in report["statuses"]:
        number, rows = amount(line["rows"], "row").split()
        yield f"  {line['name']:<22}{number:>14} {rows:<5} {_percent(line['share_of_rows']):>7}"
    if report["undated"]:
        yield f"  unknown for want of a date: {amount(report['undated'], 'row')}"
    for line in report["bases"]:
        yield f"  approximate by {line['name']}: {amount(line['rows'], 'row')}"
    for name, title in _TITLES.items():
        if report[name]:
            yield f"  {title}: {_some(report[name], many[name])}"


def _matched(report: Mapping[str, Any], column: str | None = None) -> str:
    """The share that found a target, and that of all but pseudo codes where there are others and it is another."""
    shares = (report[name] for name in ("matched", "matched_without_pseudo"))
    plain, rest = (_percent(each["rows"] if column is None else each["totals"][column]) for each in shares)
    return plain if rest in {plain, _percent(None)} else f"{plain} ({rest} without pseudo codes)"


def _gaps(report: Mapping[str, Any]) -> Iterator[str]:
    """Columns of values that have gaps, or no total."""
    for name, total in report["totals"].items():
        if not isfinite(total):
            yield f"{name}: no total, since a figure is infinite or the sum too large"
    for name, many in report["missing"].items():
        if many:
            yield f"{name}: {amount(many, 'row')} without a figure; sums are of the others"


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
    rough = report["approximate"]
    totals = [
        [name, figure(total), _matched(report, name), _percent(rough["totals"][name])]
        for name, total in report["totals"].items()
    ]
    rows = ["rows", f"{report['rows']:,}", _matched(report), _percent(rough["rows"])]
    yield from _table(["", "total", "with a target", "approximate"], [rows, *totals], 1 + len(totals), range(1, 4))
    for part in ("statuses", "bases"):
        head = ["status" if part == "statuses" else "approximate by", "rows", "share", *report["totals"]]
        yield from _table(head, [_line(line) for line in report[part]], many[part], range(1, len(head)))
    yield from (f"<p>{escape(line)}</p>" for line in _gaps(report))
    if report["undated"]:
        yield f"<p>unknown for want of a date: {amount(report['undated'], 'row')}</p>"
    for name, title in _TITLES.items():
        if report[name]:
            yield f"<h5>{escape(title)}</h5>"
            head, cells = _filled(report[name])
            yield from _table(head, cells, many[name], [at for at, one in enumerate(head) if one.endswith("rows")])


def _line(line: Mapping[str, Any]) -> list[str]:
    return [line["name"], f"{figure(line['rows'])}", _percent(line["share_of_rows"])] + [
        f"{figure(total)} ({_percent(line['shares'][name])})" for name, total in line["totals"].items()
    ]


def _filled(lines: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Head and cells, without the columns that are empty throughout; a value that is none says so."""
    rows = [{name: _cell(cell) for name, cell in line.items()} for line in lines]
    kept = [name for name in rows[0] if name == "value" or any(row[name] for row in rows)]
    cells = [[row[name] or (_NONE if name == "value" else "") for name in kept] for row in rows]
    return [name.replace("_", " ") for name in kept], cells


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {figure(total)}" for name, total in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value[:6])) + (f" and {len(value) - 6} more" if len(value) > 6 else "")  # noqa: PLR2004 - a cell
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], many: int, numbers: Collection[int]) -> Iterator[str]:
    """The columns at `numbers` end below one another, the others begin so: notebooks have ideas of their own."""
    if not rows:
        return
    sides = ["right" if at in numbers else "left" for at in range(len(head))]
    yield f"<table><thead>{_row('th', head, sides)}</thead><tbody>"
    for row in rows[:SHOWN]:
        yield _row("td", row, sides)
    yield "</tbody></table>" + (f"<p>and {many - SHOWN:,} more</p>" if many > SHOWN else "")


def _row(tag: str, cells: Sequence[str], sides: Sequence[str]) -> str:
    made = (
        f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>' for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{''.join(made)}</tr>"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
