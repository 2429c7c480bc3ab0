"""The effective day.

The effective day is the first day of a new arrangement. Releases of the succession report print a day for each pair of
codes, and do not agree: some print the last day of the old body, some a day too late. One rule gives the day, and every
day that was printed stays with the event.
"""

from __future__ import annotations

from spec.specification import Spec


def test_the_usual_row(spec: Spec) -> None:
    """A last day is included, so the new arrangement begins on the day after it: what most rows print."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 2001-04-01 | 2011-03-31
            RBB  | 1993-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2011-04-01
        """,
        events="""
            event       | from       | rows
            acquisition | 2011-04-01 | RAA RBB 2011-04-01
        """,
        outcomes="""
            asked | on         | outcome   | codes
            RAA   | 2011-03-31 | Current   | RAA
            RAA   | 2011-04-01 | Succeeded | RBB
        """,
    )


def test_a_row_that_prints_the_last_day(spec: Spec) -> None:
    """A row dated on the last day of the old body means the day after."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 2001-04-01 | 2011-03-31
            RBB  | 1993-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2011-03-31
        """,
        events="""
            event       | from       | rows
            acquisition | 2011-04-01 | RAA RBB 2011-03-31
        """,
    )


def test_releases_that_differ_by_a_day(spec: Spec) -> None:
    """Where two days in a row are printed and one is the first of a month, that is the day."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 2001-04-01 | 2018-05-31
            RBB  | 1993-04-01 |
            RCC  | 2001-04-01 | 2014-07-01
            RDD  | 1993-04-01 |
        """,
        successions="""
            predecessor | successor | day        | release
            RAA         | RBB       | 2018-05-31 | succ@2022-10
            RAA         | RBB       | 2018-06-01 | succ@2026-05
            RCC         | RDD       | 2014-07-01 | succ@2022-10
            RCC         | RDD       | 2014-07-02 | succ@2026-05
        """,
        events="""
            event       | from       | rows
            acquisition | 2014-07-01 | RCC RDD 2014-07-01, RCC RDD 2014-07-02
            acquisition | 2018-06-01 | RAA RBB 2018-05-31, RAA RBB 2018-06-01
        """,
    )


def test_a_close_on_the_first_of_a_month(spec: Spec) -> None:
    """A body whose close is printed as the first of a month was over that day: its last was the one before."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 2001-04-01 | 2012-11-01
            RBB  | 1993-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2012-11-02
        """,
        events="""
            event       | from       | rows
            acquisition | 2012-11-01 | RAA RBB 2012-11-02
        """,
        eras="""
            era            | last day
            RAA@2001-04-01 | 2012-10-31
            RBB@1993-04-01 | 2012-10-31
            RBB@2012-11-01 | open
        """,
    )


def test_a_close_that_nobody_gives(spec: Spec) -> None:
    """Where no list gives the old body's last day, the row is taken as printed, and the body ends the day before."""
    spec(
        organisations="""
            code | first day
            RBB  | 1993-04-01
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 1999-04-02
        """,
        events="""
            event       | from
            acquisition | 1999-04-02
        """,
        eras="""
            era            | last day
            RAA@unknown    | 1999-04-01
            RBB@1993-04-01 | 1999-04-01
            RBB@1999-04-02 | open
        """,
    )


def test_a_successor_that_began_the_day_before(spec: Spec) -> None:
    """Where no close decides, a row a day after the first of a month on which the successor began means that first."""
    spec(
        organisations="""
            list         | code | first day  | type
            eccg@2025-12 | 13R  | 2013-04-01 | H
        """,
        successions="""
            predecessor | successor | day
            13D         | 13R       | 2013-04-02
            13F         | 13R       | 2013-04-02
        """,
        events="""
            event  | from       | rows
            merger | 2013-04-01 | 13D 13R 2013-04-02, 13F 13R 2013-04-02
        """,
    )


def test_releases_far_apart(spec: Spec) -> None:
    """Where releases print days far apart and no close decides, the newest release does."""
    spec(
        organisations="""
            code | first day
            RBB  | 1993-04-01
        """,
        successions="""
            predecessor | successor | day        | release
            RAA         | RBB       | 1998-04-01 | succ@2022-10
            RAA         | RBB       | 1999-04-01 | succ@2026-05
        """,
        events="""
            event       | from       | rows
            acquisition | 1999-04-01 | RAA RBB 1998-04-01, RAA RBB 1999-04-01
        """,
    )
