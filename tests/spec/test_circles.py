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


def test_what_went_out_and_came_back(spec: Spec) -> None:
    """A body that a list shows open gave a part, and took in what had held it; all of that is with it now."""
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
        events="""
            event            | from       | before                  | passed
            service transfer | 2001-04-01 | RAA gives               | part of RAA to RBB
            acquisition      | 2005-04-01 | RBB ends, RAA continues | all of RBB to RAA
        """,
        outcomes="""
            asked | on         | outcome   | codes
            RAA   | 2010-01-01 | Current   | RAA
            RBB   | 2010-01-01 | Succeeded | RAA
        """,
    )
