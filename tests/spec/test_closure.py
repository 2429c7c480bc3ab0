"""Closure.

A body that a list closes and no row follows has ended, and what became of it no source says. That nothing followed is
said only where a source says so, which rows never do.
"""

from __future__ import annotations

from spec.specification import Spec


def test_a_close_without_a_row(spec: Spec) -> None:
    """The body ends by a closure, and what became of it is not known."""
    spec(
        organisations="""
            code | first day  | last day
            RYH  | 2007-04-01 | 2014-03-31
            RBB  | 1994-04-01 |
        """,
        events="""
            event   | from       | before   | after
            closure | 2014-04-01 | RYH ends |
        """,
        outcomes="""
            asked | on         | outcome | codes
            RYH   | 2014-03-31 | Current | RYH
            RYH   | 2014-04-01 | Unknown |
        """,
    )


def test_a_body_that_only_a_row_knows(spec: Spec) -> None:
    """A body without dates was in being on the day before it ended; no source says since when."""
    spec(
        organisations="""
            code | first day
            RRE  | 2001-04-01
            RZZ  | 1991-04-01
        """,
        successions="""
            predecessor | successor | day
            MH3         | RRE       | 2001-04-01
        """,
        eras="""
            era            | last day   | name
            MH3@unknown    | 2001-03-31 | name unknown
            RRE@2001-04-01 | open       | name unknown
            RZZ@1991-04-01 | open       | name unknown
        """,
        outcomes="""
            asked | on         | outcome   | codes
            MH3   | 1995-01-01 | Unknown   |
            MH3   | 2001-03-31 | Current   | MH3
            MH3   | 2001-04-01 | Succeeded | RRE
        """,
    )
