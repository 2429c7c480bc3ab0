"""Self-successions.

Some rows name a code as its own successor. They say nothing, and are set aside in sight.
"""

from __future__ import annotations

from spec.specification import Spec


def test_a_code_that_succeeds_itself(spec: Spec) -> None:
    """The row makes no event, and a finding tells of it."""
    spec(
        organisations="""
            code | first day
            RAA  | 1994-04-01
        """,
        successions="""
            predecessor | successor | day
            RAA         | RAA       | 2005-04-01
        """,
        events="""
            event | from
        """,
        findings="""
            finding         | about
            self-succession | RAA
        """,
        outcomes="""
            asked | on         | outcome | codes
            RAA   | 2010-01-01 | Current | RAA
        """,
    )


def test_beside_a_true_row(spec: Spec) -> None:
    """The true rows of the same code count."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2005-03-31
            RBB  | 2005-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RAA       | 2005-04-01
            RAA         | RBB       | 2005-04-01
        """,
        events="""
            event       | before   | after
            replacement | RAA ends | RBB new
        """,
    )
