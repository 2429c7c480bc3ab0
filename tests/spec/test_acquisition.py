"""Acquisition.

A body that takes in another whole and keeps its code is another body from that day: one code, two eras.
"""

from __future__ import annotations

from spec.specification import Spec


def test_the_acquirer_keeps_its_code(spec: Spec) -> None:
    """The one taken in ends, the acquirer goes on under its code as a new era, and both lead to that."""
    spec(
        organisations="""
            code | first day  | last day
            RRE  | 2001-04-01 |
            R1E  | 2011-09-01 | 2018-05-31
        """,
        successions="""
            predecessor | successor | day
            R1E         | RRE       | 2018-06-01
        """,
        events="""
            event       | from       | before                  | after         | passed
            acquisition | 2018-06-01 | R1E ends, RRE continues | RRE continues | all of R1E to RRE
        """,
        eras="""
            era            | last day
            R1E@2011-09-01 | 2018-05-31
            RRE@2001-04-01 | 2018-05-31
            RRE@2018-06-01 | open
        """,
        outcomes="""
            asked          | on         | outcome   | codes
            RRE            | 2018-06-01 | Current   | RRE
            RRE@2001-04-01 | 2018-06-01 | Succeeded | RRE
            R1E            | 2018-06-01 | Succeeded | RRE
            RRE@2018-06-01 | 2018-05-31 | NotYetOpen |
        """,
        ancestors="""
            of             | by whole transfers | by any
            RRE@2018-06-01 | R1E RRE            | R1E RRE
            RRE@2001-04-01 |                    |
        """,
    )


def test_several_taken_in_on_one_day(spec: Spec) -> None:
    """Two bodies taken in on one day are one acquisition, and one new era."""
    spec(
        organisations="""
            code | first day  | last day
            RAJ  | 1991-04-01 |
            RDD  | 1992-04-01 | 2020-03-31
            RQ8  | 1992-11-01 | 2020-03-31
        """,
        successions="""
            predecessor | successor | day
            RDD         | RAJ       | 2020-04-01
            RQ8         | RAJ       | 2020-04-01
        """,
        events="""
            event       | from       | before                            | after
            acquisition | 2020-04-01 | RDD ends, RQ8 ends, RAJ continues | RAJ continues
        """,
        eras="""
            era            | last day
            RAJ@1991-04-01 | 2020-03-31
            RAJ@2020-04-01 | open
            RDD@1992-04-01 | 2020-03-31
            RQ8@1992-11-01 | 2020-03-31
        """,
    )


def test_an_acquirer_that_is_taken_in_later(spec: Spec) -> None:
    """What an acquirer took in goes with it when it is taken in itself."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2007-04-07
            RBB  | 1994-04-01 | 2018-03-31
            RCC  | 1994-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2007-04-08
            RBB         | RCC       | 2018-04-01
        """,
        outcomes="""
            asked          | on         | outcome   | codes
            RAA            | 2010-01-01 | Succeeded | RBB
            RAA            | 2020-01-01 | Succeeded | RCC
            RBB@1994-04-01 | 2020-01-01 | Succeeded | RCC
        """,
        descendants="""
            of  | by whole transfers | by any
            RAA | RBB RCC            | RBB RCC
        """,
    )
