"""Laws of the linter: every value counted once, the vintage the best there is, all kinds of column alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from builders import make_store
from hypothesis import given, settings
from hypothesis import strategies as st

from nhs_orgs.checks import check_codes, guess_vintage
from nhs_orgs.columns import tally
from nhs_orgs.organisations import Organisation
from nhs_orgs.register import Register
from nhs_orgs.store import Lived
from nhs_orgs.vintages import life_of

FIRST = date(2000, 1, 1)
DAYS = 40
"""Every bound lies within so many days, so that brute force can try each."""

CODES = ["RAA", "RAB", "RAC", "RAD", "RAE"]
STRANGERS = ["raa", " RAB", "RZZ", "ENG", "5.00E+01", "A81001", None, ""]

numbers = st.integers(0, DAYS - 1)


def day(number: int) -> date:
    """The day of a number."""
    return FIRST + timedelta(days=number)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """One era, or two apart, for each code."""
    lines = []
    for code in CODES:
        bounds = sorted(draw(st.sets(numbers, min_size=4, max_size=4)))
        last = draw(st.sampled_from([day(bounds[1]).isoformat(), "..", "unknown"]))
        lines.append(f"{code}  {draw(st.sampled_from([day(bounds[0]).isoformat(), 'unknown']))}  {last}  Trust")
        if last not in {"..", "unknown"} and draw(st.booleans()):
            lines.append(f"{code}  {day(bounds[2])}  {day(bounds[3])}  Trust")
    return "\n".join(lines)


registers = tables().map(lambda table: Register(make_store(table)))
columns = st.lists(st.sampled_from([*CODES, *STRANGERS]), max_size=25)
dates = st.one_of(numbers.map(day), st.none())


@settings(max_examples=60)
@given(registers, st.lists(st.sampled_from(CODES), max_size=8))
def test_the_vintage_found_is_the_best(register: Register, codes: list[str]) -> None:
    """No day has more of the codes open than a best vintage, and every day that has as many lies in one."""
    found = guess_vintage(codes, register=register)
    eras = {code: register.eras(code) for code in set(codes)}

    def open_on(when: date) -> set[str]:
        return {code for code, of_code in eras.items() if any(era.open_on(when) for era in of_code)}

    days = [FIRST + timedelta(days=number) for number in range(-2, DAYS + 2)]
    most = max((len(open_on(when)) for when in days), default=0)
    assert [vintage.codes for vintage in found.best] == [most] * len(found.best)
    for when in days:
        fitting = [vintage for vintage in found.best if vintage.period.contains(when)]
        assert len(fitting) == (most > 0 and len(open_on(when)) == most)
        for vintage in fitting:
            assert {odd.code for odd in vintage.odd} == set(eras) - open_on(when)


@settings(max_examples=60)
@given(registers, st.sampled_from(CODES), numbers)
def test_lives_and_eras_agree(register: Register, code: str, number: int) -> None:
    """A life is open on the days on which one of its eras is, and may be on those on which one may be."""
    eras: tuple[Organisation, ...] = register.eras(code)
    life = life_of([Lived(era.key, era.kind.__name__, era.period, era.seen) for era in eras])
    when = day(number)
    assert life.open_in(when.toordinal(), when.toordinal()) == any(era.open_on(when) for era in eras)
    may = any(era.period.may_contain(when) for era in eras)
    assert life.may_be_open_in(when.toordinal(), when.toordinal()) == may


@settings(max_examples=60)
@given(registers, st.lists(st.tuples(st.sampled_from([*CODES, *STRANGERS]), dates), max_size=25), st.randoms())
def test_every_value_is_counted_once_in_whatever_order(
    register: Register,
    rows: list[tuple[str | None, date | None]],
    random: Any,  # noqa: ANN401 - hypothesis' own
) -> None:
    """The standings add up to the column, without dates, with one and with many, and order does not matter."""
    shuffled = list(rows)
    random.shuffle(shuffled)
    for on in (None, FIRST, [when for _, when in rows]):
        report = check_codes([code for code, _ in rows], on=on, register=register)
        assert sum(count for _, count in report.standings) == report.rows == len(rows)
        again = [when for _, when in shuffled] if isinstance(on, list) else on
        assert check_codes([code for code, _ in shuffled], on=again, register=register) == report


@settings(max_examples=60)
@given(registers, st.lists(st.tuples(st.sampled_from(CODES), numbers), min_size=1, max_size=12))
def test_rows_stand_as_if_each_were_asked_alone(register: Register, rows: list[tuple[str, int]]) -> None:
    """What is said of a column of dates is what is said of each row by itself."""
    codes = [code for code, _ in rows]
    report = check_codes(codes, on=[day(number) for _, number in rows], register=register)
    alone = [check_codes([code], on=day(number), register=register).standings[0][0] for code, number in rows]
    assert {standing: alone.count(standing) for standing in alone} == dict(report.standings)


# --- kinds of column ----------------------------------------------------------------------------------------------

MAKERS: dict[str, Callable[[list[str | None]], Any]] = {
    "generator": iter,
    "tuple": tuple,
    "numpy": lambda values: np.array(values, dtype=object),
    "pandas object": lambda values: pd.Series(values, dtype=object),
    "pandas string": lambda values: pd.Series(values, dtype="string"),
    "pandas arrow": lambda values: pd.Series(values, dtype=pd.ArrowDtype(pa.string())),
    "pandas category": lambda values: pd.Series(values, dtype="category"),
    "pandas odd index": lambda values: pd.Series(values, dtype=object, index=[7] * len(values), name="rows"),
    "pandas index": lambda values: pd.Index(values, dtype=object),
    "pandas array": lambda values: pd.array(values, dtype="string"),
    "pandas categorical": pd.Categorical,
    "polars": lambda values: pl.Series(values, dtype=pl.String),
    "polars category": lambda values: pl.Series("rows", values, dtype=pl.Categorical),
    "pyarrow array": lambda values: pa.array(values, pa.string()),
    "pyarrow chunked": lambda values: pa.chunked_array([values[:3], values[3:]], pa.string()),
    "pyarrow large": lambda values: pa.chunked_array([values], pa.large_string()),
    "pyarrow dictionary": lambda values: pa.array(values, pa.string()).dictionary_encode(),
}
DATE_MAKERS: dict[str, Callable[[list[date | None]], Any]] = {
    "list": list,
    "numpy": lambda values: np.array(values, dtype="datetime64[ns]"),
    "pandas timestamps": lambda values: pd.Series(pd.to_datetime(values)),
    "pandas with a zone": lambda values: pd.Series(pd.to_datetime(values)).dt.tz_localize("Europe/London"),
    "pandas objects": lambda values: pd.Series(values, dtype=object),
    "pandas texts": lambda values: pd.Series([value and value.isoformat() for value in values], dtype=object),
    "pandas periods": lambda values: pd.PeriodIndex(values, freq="D"),
    "polars": lambda values: pl.Series(values, dtype=pl.Date),
    "polars texts": lambda values: pl.Series([value and value.isoformat() for value in values], dtype=pl.String),
    "pyarrow": lambda values: pa.array(values, pa.date32()),
}

REGISTER = Register(
    make_store(
        """
        RAA  2000-01-01  2000-01-10  Trust
        RAB  2000-01-05  ..          Trust
        RAC  unknown     2000-01-20  Trust
        RAD  2000-01-03  2000-01-06  Trust
        RAD  2000-01-09  2000-01-15  Trust
        """
    )
)
VALUES: list[str | None] = [
    "RAA", "RAB", None, "RAA", "raa", "RAC", "RAD", "RAD", "RAD", "ENG", "RZZ", "5E+01", "RAB", "RAC", "RAA", "RAA",
]  # fmt: skip
NUMBERS = [0, 3, 4, 12, 14, 30, 7, 8, 0, 1, 2, 3, None, 19, 11, 9]
WHEN = [None if number is None else day(number) for number in NUMBERS]


@pytest.mark.parametrize("maker", MAKERS)
def test_all_kinds_of_column_give_equal_reports(maker: str) -> None:
    """Whatever library holds the codes, the report is the same, and the column is as it was."""
    expected = check_codes(VALUES, register=REGISTER)
    assert expected.count("missing") == 1
    assert check_codes(MAKERS[maker](VALUES), register=REGISTER) == expected
    on_a_day = check_codes(MAKERS[maker](VALUES), on="2000-01-12", register=REGISTER)
    assert on_a_day == check_codes(VALUES, on="2000-01-12", register=REGISTER)


@pytest.mark.parametrize("of_dates", DATE_MAKERS)
@pytest.mark.parametrize("of_codes", MAKERS)
def test_all_kinds_of_dates_beside_all_kinds_of_codes(of_codes: str, of_dates: str) -> None:
    """Codes and dates may come from different libraries, with gaps in both."""
    expected = check_codes(VALUES, on=WHEN, register=REGISTER)
    assert dict(expected.standings).keys() >= {s for s, _ in expected.standings}
    assert expected.count("no date") == 1
    assert check_codes(MAKERS[of_codes](VALUES), on=DATE_MAKERS[of_dates](WHEN), register=REGISTER) == expected


@pytest.mark.parametrize("maker", MAKERS)
def test_counting_first_changes_nothing(maker: str) -> None:
    """A long column, whose rows are counted by code and date before all else, is reported like a short one."""
    times = 40
    expected = check_codes(VALUES * times, on=WHEN * times, register=REGISTER)
    once = check_codes(VALUES, on=WHEN, register=REGISTER)
    assert expected.standings == tuple((standing, rows * times) for standing, rows in once.standings)
    assert check_codes(MAKERS[maker](VALUES * times), on=pl.Series(WHEN * times), register=REGISTER) == expected


def test_the_caller_s_data_is_left_alone() -> None:
    """A frame whose columns were checked is as it was."""
    frame = pd.DataFrame({"code": VALUES, "on": pd.to_datetime(WHEN)})
    before = frame.copy(deep=True)
    check_codes(frame["code"], on=frame["on"], register=REGISTER)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    "column",
    [pd.DataFrame({"code": ["RAA"]}), pl.DataFrame({"code": ["R"]}), pa.table({"code": ["R"]}), np.array([["RAA"]])],
    ids=["pandas", "polars", "pyarrow", "numpy"],
)
def test_a_frame_is_no_column(column: Any) -> None:  # noqa: ANN401 - frames of several libraries
    """A whole frame, or an array of two dimensions, is refused."""
    with pytest.raises(ValueError, match=r"frame\['org_code'\]"):
        check_codes(column, register=REGISTER)


def test_series_are_counted_by_their_own_library() -> None:
    """No row of a series is looped over in Python: what is counted is distinct."""

    class Watched(list[object]):
        """A list that may not be made of rows."""

    assert type(tally(pl.Series(["RAA"] * 5))).__name__ == type(tally(pd.Series(["RAA"] * 5))).__name__ == "_Native"
    assert type(tally(Watched(["RAA"]))).__name__ == "_Plain"
