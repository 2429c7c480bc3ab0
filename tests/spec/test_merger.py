"""Merger.

Bodies that end on one day in one new code are one event: a merger. All of each passes to the new body.
"""

from __future__ import annotations

from spec.specification import Spec


def test_two_become_one_of_a_new_code(spec: Spec) -> None:
    """Two rows of one day with one successor that opens that day are one merger, with two bodies in and one out."""
    spec(
        organisations="""
            code | first day  | last day
            RM2  | 1994-04-01 | 2017-09-30
            RW3  | 2001-04-01 | 2017-09-30
            R0A  | 2017-10-01 |
        """,
        successions="""
            predecessor | successor | day
            RM2         | R0A       | 2017-10-01
            RW3         | R0A       | 2017-10-01
        """,
        events="""
            event  | from       | before             | after   | passed
            merger | 2017-10-01 | RM2 ends, RW3 ends | R0A new | all of RM2 to R0A, all of RW3 to R0A
        """,
        outcomes="""
            asked | on         | outcome    | codes
            RM2   | 2017-09-30 | Current    | RM2
            RM2   | 2017-10-01 | Succeeded  | R0A
            R0A   | 2017-09-30 | NotYetOpen |
        """,
        ancestors="""
            of  | by whole transfers | by any
            R0A | RM2 RW3            | RM2 RW3
        """,
    )


def test_mergers_of_different_days(spec: Spec) -> None:
    """Rows of different days are different events, even into one body: the second is an acquisition."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2000-03-31
            RBB  | 1994-04-01 | 2000-03-31
            RCC  | 1994-04-01 | 2005-03-31
            RDD  | 2000-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RDD       | 2000-04-01
            RBB         | RDD       | 2000-04-01
            RCC         | RDD       | 2005-04-01
        """,
        events="""
            event       | from       | before                  | after
            merger      | 2000-04-01 | RAA ends, RBB ends      | RDD new
            acquisition | 2005-04-01 | RCC ends, RDD continues | RDD continues
        """,
        eras="""
            era            | last day
            RAA@1994-04-01 | 2000-03-31
            RBB@1994-04-01 | 2000-03-31
            RCC@1994-04-01 | 2005-03-31
            RDD@2000-04-01 | 2005-03-31
            RDD@2005-04-01 | open
        """,
    )


def test_a_shell_made_ready_before_the_merger(spec: Spec) -> None:
    """A body set up in law up to half a year before it takes over is new by the merger; it is one era throughout."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 1999-03-31
            RBB  | 1994-04-01 | 1999-03-31
            RCC  | 1998-12-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RCC       | 1999-04-01
            RBB         | RCC       | 1999-04-01
        """,
        events="""
            event  | from       | after
            merger | 1999-04-01 | RCC new
        """,
        eras="""
            era            | last day
            RAA@1994-04-01 | 1999-03-31
            RBB@1994-04-01 | 1999-03-31
            RCC@1998-12-01 | open
        """,
    )


def test_a_successor_that_nobody_dates(spec: Spec) -> None:
    """Where no source tells when the successor began, nobody can tell a merger from an acquisition: a succession."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 1999-03-31
            RBB  | 1994-04-01 | 1999-03-31
        """,
        successions="""
            predecessor | successor | day
            RAA         | RCC       | 1999-04-01
            RBB         | RCC       | 1999-04-01
        """,
        events="""
            event      | from       | before             | passed
            succession | 1999-04-01 | RAA ends, RBB ends | all of RAA to RCC, all of RBB to RCC
        """,
        eras="""
            era            | rests on              | last day
            RAA@1994-04-01 | a list                | 1999-03-31
            RBB@1994-04-01 | a list                | 1999-03-31
            RCC@unknown    | the shape of the code | unknown
        """,
    )
