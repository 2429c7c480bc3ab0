"""Split.

A body that ends in several on one day has been divided. Nothing says how large the parts are, and there is no one
successor.
"""

from __future__ import annotations

from spec.specification import Spec


def test_one_becomes_several(spec: Spec) -> None:
    """Each successor gets a part; asked for what became of it, the answer is several, never one of them."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2021-09-30
            RBB  | 1994-04-01 |
            RCC  | 2017-10-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2021-10-01
            RAA         | RCC       | 2021-10-01
        """,
        events="""
            event | from       | before                         | passed
            split | 2021-10-01 | RAA ends, RBB gains, RCC gains | part of RAA to RBB, part of RAA to RCC
        """,
        eras="""
            era            | last day
            RAA@1994-04-01 | 2021-09-30
            RBB@1994-04-01 | open
            RCC@2017-10-01 | open
        """,
        outcomes="""
            asked | on         | outcome | codes
            RAA   | 2021-10-01 | Divided | RBB RCC
        """,
    )


def test_parts_that_meet_again(spec: Spec) -> None:
    """Parts that have come together in one body by the day asked about are one again."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2000-03-31
            RBB  | 2000-04-01 | 2010-03-31
            RCC  | 2000-04-01 | 2010-03-31
            RDD  | 2010-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2000-04-01
            RAA         | RCC       | 2000-04-01
            RBB         | RDD       | 2010-04-01
            RCC         | RDD       | 2010-04-01
        """,
        outcomes="""
            asked | on         | outcome   | codes
            RAA   | 2005-01-01 | Divided   | RBB RCC
            RAA   | 2015-01-01 | Succeeded | RDD
        """,
    )


def test_mergers_and_splits_that_hang_together(spec: Spec) -> None:
    """Several that end in several on one day, sharing some, are one reconfiguration; the whole ones pass whole."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2001-03-31
            RBB  | 1994-04-01 | 2001-03-31
            RCC  | 2001-04-01 |
            RDD  | 2001-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RCC       | 2001-04-01
            RAA         | RDD       | 2001-04-01
            RBB         | RDD       | 2001-04-01
        """,
        events="""
            event           | after            | passed
            reconfiguration | RCC new, RDD new | all of RBB to RDD, part of RAA to RCC, part of RAA to RDD
        """,
        outcomes="""
            asked | on         | outcome   | codes
            RAA   | 2001-04-01 | Divided   | RCC RDD
            RBB   | 2001-04-01 | Succeeded | RDD
        """,
    )


def test_rows_of_two_dates_are_no_split(spec: Spec) -> None:
    """What passed before the end was a part, and its receiver no successor: the body ended in the last row's."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2010-03-31
            RBB  | 1994-04-01 |
            RCC  | 1994-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2005-04-01
            RAA         | RCC       | 2010-04-01
        """,
        events="""
            event            | from       | before                  | after
            service transfer | 2005-04-01 | RAA gives, RBB gains    | RBB gains
            acquisition      | 2010-04-01 | RAA ends, RCC continues | RCC continues
        """,
        outcomes="""
            asked | on         | outcome   | codes | note
            RAA   | 2007-01-01 | Current   | RAA   | RAA gave part to RBB on 2005-04-01
            RAA   | 2010-04-01 | Succeeded | RCC   | RAA gave part to RBB on 2005-04-01
        """,
    )
