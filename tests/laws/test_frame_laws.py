"""What holds for every crosswalk applied to every frame: against the plainest way to do it, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from math import isclose
from typing import Any

import pandas as pd
import polars as pl
import pytest
from frames_of import KINDS, Table, rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhs_orgs.bases import Preference
from nhs_orgs.frames.request import make_request
from nhs_orgs.frames.restated import Restated, apply
from nhs_orgs.judgement import Form, judge
from nhs_orgs.statuses import Splits, Status
from nhs_orgs.strangers import Judgement
from nhs_orgs.tabulation import CrosswalkRow

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = timedelta(days=1)
CODES = ("RAA", "RBB", "R1C", "5E1", "D4U1Y")
BASES = ("beds", "floor area", "resident population", "zebras")
STRANGERS = ("XYZ", "NAN", "1H", "5.00E+01", "-", "", "rzz")
SPELLINGS = (str, str.lower, lambda code: f" {code}\u00a0")


class Small:
    """A crosswalk of made-up rows."""

    def __init__(self, rows: Iterable[CrosswalkRow], splits: Splits = Splits.DIVIDE) -> None:
        self.to = date(2026, 4, 1)
        self.splits = splits
        self.preference = Preference.of(None)
        self._rows: dict[str, list[CrosswalkRow]] = {}
        for row in rows:
            self._rows.setdefault(row.code, []).append(row)
        self.codes = tuple(sorted(self._rows))

    def rows_of(self, codes: Iterable[str]) -> list[CrosswalkRow]:
        """As a crosswalk's."""
        return [row for code in codes for row in self._rows[code]]

    def judge(self, value: object) -> Judgement:
        """As a crosswalk's."""
        found = judge(value, self._rows)
        statuses = {Form.PSEUDO: Status.PSEUDO, Form.DAMAGED: Status.DAMAGED, Form.MISSING: Status.DAMAGED}
        return Judgement(value, found.code, None if found.code else statuses.get(found.form, Status.UNKNOWN))

    def suggest(self, value: object) -> tuple[str, ...]:  # noqa: ARG002 - as a crosswalk has it
        """Nothing."""
        return ()

    def restate(self, frame: Any, **asked: Any) -> Restated:  # noqa: ANN401
        """Apply to a frame."""
        question = {"on": None, "vintage": None, "values": (), "by": None, "how": "count", "denominator": None}
        return apply(self, frame, make_request(names=None, **{**question, **asked}), related=lambda _: ())


days = st.dates(date(2013, 1, 1), date(2026, 1, 1))


@st.composite
def crosswalks(draw: st.DrawFn) -> Small:
    """A few codes, each with stretches that cover every date."""
    rows: list[CrosswalkRow] = []
    for code in draw(st.lists(st.sampled_from(CODES), unique=True, min_size=1)):
        cuts = sorted(draw(st.sets(days, max_size=3)))
        bounds = list(zip([None, *cuts], [*(cut - DAY for cut in cuts), None], strict=True))
        for at, (first, last) in enumerate(bounds):
            closed = at > 0 and at == len(bounds) - 1 and draw(st.booleans())
            rows += draw(parts(code, first, last, closed=closed))
    return Small(rows)


@st.composite
def parts(draw: st.DrawFn, code: str, first: date | None, last: date | None, *, closed: bool) -> list[CrosswalkRow]:
    """The rows of one stretch."""
    many = draw(st.integers(1, 3))
    if many == 1:
        target = draw(st.sampled_from([*CODES, None]))
        status = Status.CLOSED_ON_OWN_DATE if closed else Status.SUCCEEDED if target else Status.UNKNOWN
        return [CrosswalkRow(code, first, last, target, 1.0, status)]
    numbers = draw(st.lists(st.integers(1, 9), min_size=many, max_size=many))
    status = Status.CLOSED_ON_OWN_DATE if closed else Status.DIVIDED
    return [
        CrosswalkRow(code, first, last, f"T{at}", number / sum(numbers), status, draw(st.sampled_from(BASES)))
        for at, number in enumerate(numbers)
    ]


values = st.one_of(
    st.builds(lambda code, spell: spell(code), st.sampled_from(CODES), st.sampled_from(SPELLINGS)),
    st.sampled_from(STRANGERS),
    st.none(),
)
tables = st.lists(
    st.tuples(values, st.one_of(days, st.none()), st.one_of(st.integers(0, 1000).map(float), st.none())),
    min_size=1,
    max_size=12,
).map(lambda rows: {"code": [r[0] for r in rows], "day": [r[1] for r in rows], "n": [r[2] for r in rows]})


def plainly(crosswalk: Small, table: Table) -> list[dict[str, Any]]:
    """The plainest way to restate."""
    made = []
    for value, day, number in zip(table["code"], table["day"], table["n"], strict=True):
        judged = crosswalk.judge(value)
        found = [CrosswalkRow("", None, None, None, 1.0, judged.status or Status.UNKNOWN)]
        if day is None:
            found = [CrosswalkRow("", None, None, None, 1.0, Status.UNKNOWN)]
        elif judged.code is not None:
            found = [row for row in crosswalk.rows_of([judged.code]) if row.period.contains(day)]
        made += [
            {
                "code": row.target,
                "day": day,
                "n": None if number is None else number * row.weight,
                "code_source": value,
                "status": row.status.value,
                "weight": row.weight,
                "basis": row.basis,
                "approximate": row.approximate,
            }
            for row in found
        ]
    return made


def rounded(number: float | None) -> float | None:
    """A sum, free of the last bits in which engines differ; where there is none, none."""
    return None if number is None else round(number, 6)


def counted(rows: Iterable[dict[str, Any]]) -> Counter[str]:
    """Rows to compare: numbers as far as they are sure, days without a time."""
    return Counter(str({name: _sure(value) for name, value in row.items()}) for row in rows)


def _sure(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    return str(value)[:10] if isinstance(value, date) else value


def dated(kind: str, table: Table) -> Any:  # noqa: ANN401
    """A frame of a kind; all of its columns typed even where all is empty."""
    padded = {"code": [*table["code"], "RAA"], "day": [*table["day"], date(2020, 1, 1)], "n": [*table["n"], 1.0]}
    return KINDS[kind](padded), padded


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(crosswalks(), tables)
def test_every_kind_of_frame_says_what_row_by_row_says(kind: str, crosswalk: Small, table: Table) -> None:
    """Whatever library holds the frame, the rows are those of the plainest way to restate."""
    frame, padded = dated(kind, table)
    restated = crosswalk.restate(frame, code="code", on="day", values="n")
    assert counted(rows_of(restated.frame)) == counted(plainly(crosswalk, padded))


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(crosswalks(), tables)
def test_totals_are_kept_and_the_report_adds_up(kind: str, crosswalk: Small, table: Table) -> None:
    """The restated total is that of the source; statuses and the report's own totals add up to it and to the rows."""
    frame, padded = dated(kind, table)
    restated = crosswalk.restate(frame, code="code", on="day", values="n")
    total = sum(number or 0.0 for number in padded["n"])
    report = restated.report
    rows = rows_of(restated.frame)
    assert isclose(sum(row["n"] or 0.0 for row in rows), total, abs_tol=1e-6)
    assert isclose(report.totals["n"], total, abs_tol=1e-6)
    assert report.rows == len(padded["n"])
    assert report.restated_rows == len(rows)
    assert isclose(sum(line.rows for line in report.statuses), report.rows)
    assert isclose(sum(line.totals["n"] for line in report.statuses), total, abs_tol=1e-6)
    lost = sum(row["n"] or 0.0 for row in rows if row["code"] is None)
    assert isclose((report.matched("n") or 0.0) * total, total - lost, abs_tol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(crosswalks(), tables, st.sampled_from([["day"], []]))
def test_added_up_by_target_says_what_adding_the_rows_up_says(
    kind: str, crosswalk: Small, table: Table, by: list[str]
) -> None:
    """With `by` each target has the sum and the weakest basis of its rows; what has no target stays apart."""
    frame, padded = dated(kind, table)
    restated = crosswalk.restate(frame, code="code", on="day", values="n", by=by)
    sums: dict[tuple[Any, ...], float | None] = {}
    weakest: dict[tuple[Any, ...], str | None] = {}
    for row in plainly(crosswalk, padded):
        lost = (row["code_source"], row["status"]) if row["code"] is None else (None, None)
        key = (row["code"], *(str(row[name]) for name in by), *lost)
        if row["n"] is not None:
            sums[key] = (sums.get(key) or 0.0) + row["n"]
        sums.setdefault(key, None)
        weakest[key] = crosswalk.preference.weaker(weakest.get(key), row["basis"])
    found = {
        (row["code"], *(str(_sure(row[name])) for name in by), row["code_source"], row["status"]): row
        for row in rows_of(restated.frame)
    }
    assert {key: rounded(row["n"]) for key, row in found.items()} == {k: rounded(v) for k, v in sums.items()}
    assert {key: row["basis"] for key, row in found.items()} == weakest
    assert {key: row["approximate"] for key, row in found.items()} == {k: v is not None for k, v in weakest.items()}


@FEW
@given(crosswalks(), tables, st.randoms())
def test_the_order_of_rows_does_not_matter(crosswalk: Small, table: Table, random: Any) -> None:  # noqa: ANN401
    """Shuffled rows are restated to the same rows, and the report is the same."""
    frame = pl.DataFrame(table, schema={"code": pl.String, "day": pl.Date, "n": pl.Float64})
    order = list(range(len(frame)))
    random.shuffle(order)
    one, two = (crosswalk.restate(f, code="code", on="day", values="n") for f in (frame, frame[order]))
    assert counted(rows_of(one.frame)) == counted(rows_of(two.frame))
    assert [(s.name, round(s.rows, 6)) for s in one.report.statuses] == [
        (s.name, round(s.rows, 6)) for s in two.report.statuses
    ]


@FEW
@given(crosswalks(), tables)
def test_the_input_is_not_changed(crosswalk: Small, table: Table) -> None:
    """A frame of pandas, which could be changed, is as it was."""
    frame = pd.DataFrame(table)
    before = frame.copy(deep=True)
    crosswalk.restate(frame, code="code", vintage="2018-05-01", values="n" if frame["n"].dtype == float else ())
    pd.testing.assert_frame_equal(frame, before)


months = st.builds("{}-{:02}".format, st.integers(2013, 2025), st.integers(1, 12))
quarters = st.builds("{} Q{}".format, st.integers(2013, 2025), st.integers(1, 4))
published = st.builds(
    lambda form, day: day.strftime(form).format((day.year + 1) % 100),
    st.sampled_from(["%d/%m/%Y", "%d-%b-%y", "%Y%m%d", "%b-%y", "MSitAE-%B-%Y", "%Y%m", "%Y/{:02}", "q3 %Y-{:02}"]),
    days,
)
texts = st.one_of(months, quarters, published)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(crosswalks(), st.lists(st.tuples(values, texts), min_size=1, max_size=10))
def test_a_period_is_taken_as_on_its_last_day_that_the_code_was_open(
    kind: str, crosswalk: Small, rows: list[tuple[str | None, str]]
) -> None:
    """Of the days of a month or quarter the last one counts on which the code had not closed; else its last day."""
    from nhs_orgs.frames.periods import from_number, of_text

    rows = [*rows, *_across(crosswalk), ("RAA", "2020-01")]
    table: dict[str, list[Any]] = {"code": [row[0] for row in rows], "period": [row[1] for row in rows]}
    wanted = []
    for text in table["period"]:
        span = of_text(text)
        assert span is not None
        wanted.append([from_number(day) for day in range(span[0], span[1] + 1)])
    days_taken = [_taken(crosswalk, code, span) for code, span in zip(table["code"], wanted, strict=True)]
    expected = plainly(crosswalk, {"code": table["code"], "day": days_taken, "n": [1.0] * len(days_taken)})
    found = rows_of(crosswalk.restate(KINDS[kind](table), code="code", on="period").frame)
    names = ("code", "code_source", "status", "weight")
    assert counted({n: row[n] for n in names} for row in found) == counted({n: r[n] for n in names} for r in expected)


def _across(crosswalk: Small) -> list[tuple[str | None, str]]:
    """The month and the quarter in which each stretch of each code begins."""
    begun = [(row.code, row.from_) for row in crosswalk.rows_of(crosswalk.codes) if isinstance(row.from_, date)]
    quarters = [(code, f"{day.year} Q{(day.month + 2) // 3}") for code, day in begun]
    return [*((code, f"{day:%Y-%m}") for code, day in begun), *quarters]


def _taken(crosswalk: Small, value: str | None, span: list[date]) -> date:
    judged = crosswalk.judge(value)
    rows = crosswalk.rows_of([judged.code]) if judged.code else []

    def closed(day: date) -> bool:
        return any(row.period.contains(day) and row.status is Status.CLOSED_ON_OWN_DATE for row in rows)

    opened = [day for day in span if not closed(day)]
    return opened[-1] if opened and closed(span[-1]) else span[-1]
