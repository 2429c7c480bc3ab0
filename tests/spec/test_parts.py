"""Parts and wholes.

A part that was given never stands for the whole. Ancestors follow whole transfers; asked for parts too, they say which
bodies only a part leads from.
"""

from __future__ import annotations

from spec.specification import Spec


def test_a_part_does_not_propagate(spec: Spec) -> None:
    """R0A took a part of RW6, so what had become RW6 is no whole ancestor of R0A."""
    spec(
        organisations="""
            code | first day  | last day
            REX  | 1994-04-01 | 2002-03-31
            RM2  | 1994-04-01 | 2017-09-30
            RW3  | 2001-04-01 | 2017-09-30
            RW6  | 2002-04-01 | 2021-09-30
            RM3  | 1991-04-01 |
            R0A  | 2017-10-01 |
        """,
        successions="""
            predecessor | successor | day
            REX         | RW6       | 2002-04-01
            RM2         | R0A       | 2017-10-01
            RW3         | R0A       | 2017-10-01
            RW6         | R0A       | 2021-10-01
            RW6         | RM3       | 2021-10-01
        """,
        ancestors="""
            of  | by whole transfers | by any
            R0A | RM2 RW3            | REX RM2 RW3 RW6
            RM3 |                    | REX RW6
        """,
        descendants="""
            of  | by whole transfers | by any
            REX | RW6                | R0A RM3 RW6
        """,
        outcomes="""
            asked | on         | outcome | codes
            REX   | 2022-01-01 | Divided | R0A RM3
        """,
    )


def test_kinds_are_mixed(spec: Spec) -> None:
    """Trusts and primary care trusts stand in one event where one body passed to both; the answer keeps all."""
    spec(
        organisations="""
            code | first day  | last day
            REX  | 1994-04-01 | 2002-03-31
            RW6  | 2002-04-01 |
            RT2  | 2002-04-01 |
        """,
        successions="""
            predecessor | successor | day
            REX         | RW6       | 2002-04-01
            REX         | RT2       | 2002-04-01
            REX         | 5J5       | 2002-04-01
        """,
        events="""
            event | passed
            split | part of REX to 5J5, part of REX to RT2, part of REX to RW6
        """,
        outcomes="""
            asked | on         | outcome | codes
            REX   | 2002-04-01 | Divided | 5J5 RT2 RW6
        """,
    )
