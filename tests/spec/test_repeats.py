"""Repeats.

One pair of codes stands in several releases, and sometimes twice in one, with different days. It is one succession.
"""

from __future__ import annotations

from spec.specification import Spec


def test_the_same_row_in_two_releases(spec: Spec) -> None:
    """A pair that two releases print is one event with both as evidence."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2005-03-31
            RBB  | 2005-04-01 |
        """,
        successions="""
            predecessor | successor | day        | release
            RAA         | RBB       | 2005-04-01 | succ@2022-10
            RAA         | RBB       | 2005-04-01 | succ@2026-05
        """,
        events="""
            event       | from       | rows
            replacement | 2005-04-01 | RAA RBB 2005-04-01
        """,
    )


def test_a_pair_printed_with_two_days(spec: Spec) -> None:
    """Of two days in one release the one at the close counts; the other stays readable and makes no second event."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2005-03-31
            RBB  | 1994-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2002-04-01
            RAA         | RBB       | 2005-04-01
        """,
        events="""
            event       | from       | rows
            acquisition | 2005-04-01 | RAA RBB 2002-04-01, RAA RBB 2005-04-01
        """,
    )
