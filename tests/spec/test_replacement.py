"""Replacement.

One body that ends in one of a new code has been replaced: the register does not tell a new body from a new code for the
old one.
"""

from __future__ import annotations

from spec.specification import Spec


def test_one_becomes_one_of_a_new_code(spec: Spec) -> None:
    """All of the old one passes to the new one, on the new one's first day."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1993-04-01 | 1999-03-31
            RBB  | 1999-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 1999-04-01
        """,
        events="""
            event       | from       | before   | after   | passed
            replacement | 1999-04-01 | RAA ends | RBB new | all of RAA to RBB
        """,
        outcomes="""
            asked | on         | outcome   | codes
            RAA   | 1999-04-01 | Succeeded | RBB
        """,
    )


def test_replaced_more_than_once(spec: Spec) -> None:
    """A chain is followed to the body that is open on the day asked about."""
    spec(
        organisations="""
            list         | code  | first day  | last day   | type
            eccg@2025-12 | 10G   | 2013-04-01 | 2018-03-31 | C
            eccg@2025-12 | 15D   | 2018-04-01 | 2021-03-31 | C
            eccg@2025-12 | D4U1Y | 2021-04-01 |            | C
        """,
        successions="""
            predecessor | successor | day
            10G         | 15D       | 2018-04-01
            15D         | D4U1Y     | 2021-04-01
        """,
        outcomes="""
            asked | on         | outcome   | codes
            10G   | 2018-03-31 | Current   | 10G
            10G   | 2018-04-01 | Succeeded | 15D
            10G   | 2021-04-01 | Succeeded | D4U1Y
        """,
        ancestors="""
            of    | by whole transfers | by any
            D4U1Y | 10G 15D D4U1Y      | 10G 15D D4U1Y
        """,
    )
