"""Conversion of kind.

On 1 July 2022 partnerships became boards and commissioning groups became locations, under the codes that they had. The
kind of body comes from roles and their dates, never from the code.
"""

from __future__ import annotations

from spec.specification import Spec


def test_a_partnership_becomes_a_board(spec: Spec) -> None:
    """Two dated roles under one code are two bodies, the first of which became the second."""
    spec(
        organisations="""
            list                    | code | first day  | roles
            trimmed-records@2026-10 | QNC  | 2017-04-01 | RO261, RO262 2017-04-01/2022-06-30, RO318 2022-07-01/..
        """,
        events="""
            event      | from       | before        | after
            conversion | 2022-07-01 | QNC continues | QNC continues
        """,
        eras="""
            era            | kind                                       | last day
            QNC@2017-04-01 | sustainability and transformation partnership | 2022-06-30
            QNC@2022-07-01 | integrated care board                      | open
        """,
        outcomes="""
            asked          | on         | outcome   | codes
            QNC            | 2026-04-01 | Current   | QNC
            QNC@2017-04-01 | 2026-04-01 | Succeeded | QNC
        """,
    )


def test_a_group_becomes_a_location(spec: Spec) -> None:
    """A list of locations says nothing of the time before 1 July 2022; a code that was open then was a group."""
    spec(
        organisations="""
            list         | code | first day  | type
            eccg@2023-10 | 00L  | 2013-04-01 | C
        """,
        eras="""
            era            | kind                         | last day
            00L@2013-04-01 | clinical commissioning group | 2022-06-30
            00L@2022-07-01 | sub-ICB location             | open
        """,
        open_bodies="""
            on         | open
            2022-06-30 | 00L clinical commissioning group
            2022-07-01 | 00L sub-ICB location
        """,
    )


def test_a_board_of_a_new_code(spec: Spec) -> None:
    """A board that opened later under a code of its own was never a partnership."""
    spec(
        organisations="""
            list                    | code  | first day  | roles
            trimmed-records@2026-10 | S0E4D | 2026-04-01 | RO261, RO318 2026-04-01/..
        """,
        eras="""
            era              | kind                  | last day
            S0E4D@2026-04-01 | integrated care board | open
        """,
    )


def test_a_group_that_closed_before(spec: Spec) -> None:
    """A group that merged before 1 July 2022 never became a location."""
    spec(
        organisations="""
            list         | code | first day  | last day   | type
            eccg@2025-12 | 10G  | 2013-04-01 | 2018-03-31 | C
            eccg@2025-12 | 15D  | 2018-04-01 |            | C
        """,
        successions="""
            predecessor | successor | day
            10G         | 15D       | 2018-04-01
        """,
        eras="""
            era            | kind                         | last day
            10G@2013-04-01 | clinical commissioning group | 2018-03-31
            15D@2018-04-01 | clinical commissioning group | 2022-06-30
            15D@2022-07-01 | sub-ICB location             | open
        """,
    )
