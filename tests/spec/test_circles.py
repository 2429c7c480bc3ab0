"""Circles.

Rows can lead back to where they began. Every question ends all the same.
"""

from __future__ import annotations

from spec.specification import Spec


def test_two_that_succeed_each_other(spec: Spec) -> None:
    """Where two bodies each end in the other, nobody can tell what became of either, and the answer says so."""
    spec(
        organisations="""
            code | first day
            RZZ  | 1990-04-01
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2001-04-01
            RBB         | RAA       | 2001-04-01
        """,
        outcomes="""
            asked | on         | outcome | codes
            RAA   | 2010-01-01 | Unknown |
        """,
        ancestors="""
            of  | by whole transfers | by any
            RAA | RBB                | RBB
        """,
    )


def test_a_code_that_comes_back(spec: Spec) -> None:
    """A body whose code a later row brings back is another era of that code, and the question ends there."""
    spec(
        organisations="""
            code | first day
            RAA  | 1994-04-01
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2001-04-01
            RBB         | RAA       | 2005-04-01
        """,
        outcomes="""
            asked          | on         | outcome
            RBB            | 2010-01-01 | Succeeded
        """,
    )
