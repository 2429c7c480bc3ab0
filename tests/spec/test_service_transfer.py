"""Service transfer.

Services and sites move between bodies that go on. The register prints such a row no differently from the end of a body;
the dates, and the kinds of the two, tell it.
"""

from __future__ import annotations

from spec.specification import Spec


def test_a_row_before_the_end(spec: Spec) -> None:
    """A row dated long before its predecessor's close is a part that left, and no body ends by it."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2018-03-31
            RBB  | 1994-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2011-04-01
        """,
        events="""
            event            | from       | before               | after     | passed
            service transfer | 2011-04-01 | RAA gives, RBB gains | RBB gains | part of RAA to RBB
            closure          | 2018-04-01 | RAA ends             |           |
        """,
        eras="""
            era            | last day
            RAA@1994-04-01 | 2018-03-31
            RBB@1994-04-01 | open
        """,
        outcomes="""
            asked | on         | outcome | codes
            RAA   | 2012-01-01 | Current | RAA
            RAA   | 2018-04-01 | Unknown |
        """,
    )


def test_a_body_that_a_newer_list_shows_open(spec: Spec) -> None:
    """A row does not end a body that a list shows open afterwards: it gave a part, and lives."""
    spec(
        organisations="""
            list           | code  | first day  | last day
            ets@2023-05    | RN313 | 1994-04-01 |
            ets@2023-05    | RN399 | 2016-07-01 |
        """,
        successions="""
            predecessor | successor | day
            RN313       | RN399     | 2016-07-01
        """,
        events="""
            event            | from       | before      | passed
            service transfer | 2016-07-01 | RN313 gives | part of RN313 to RN399
        """,
        outcomes="""
            asked | on         | outcome | codes
            RN313 | 2020-01-01 | Current | RN313
        """,
    )


def test_a_body_that_an_older_list_shows_open(spec: Spec) -> None:
    """A list from before the row cannot know of the end: the row ends the body."""
    spec(
        organisations="""
            list          | code | first day
            eauth@2017-08 | Y54  | 2012-10-01
            eauth@2026-07 | Y60  | 2019-04-01
        """,
        successions="""
            predecessor | successor | day
            Y54         | Y60       | 2019-04-01
        """,
        events="""
            event       | from       | before
            replacement | 2019-04-01 | Y54 ends
        """,
        outcomes="""
            asked | on         | outcome   | codes
            Y54   | 2019-04-01 | Succeeded | Y60
        """,
    )


def test_a_commissioner_does_not_end_in_a_provider(spec: Spec) -> None:
    """What a primary care trust passes to a trust is its services, whatever the row says."""
    spec(
        organisations="""
            list         | code | first day  | last day
            etr@2026-07  | RBB  | 1994-04-01 |
        """,
        successions="""
            predecessor | successor | day
            5AA         | RBB       | 2011-04-01
        """,
        events="""
            event            | from       | before               | passed
            service transfer | 2011-04-01 | 5AA gives, RBB gains | part of 5AA to RBB
        """,
        ancestors="""
            of  | by whole transfers | by any
            RBB |                    | 5AA
        """,
    )


def test_a_care_trust_can_take_over_a_commissioner(spec: Spec) -> None:
    """Care trusts (``T..``) commission as well as provide, so a primary care trust can end in one."""
    spec(
        organisations="""
            list        | code | first day
            ect@2023-10 | TAA  | 2002-04-01
        """,
        successions="""
            predecessor | successor | day
            5AA         | TAA       | 2002-04-01
        """,
        events="""
            event       | from       | before   | after   | passed
            replacement | 2002-04-01 | 5AA ends | TAA new | all of 5AA to TAA
        """,
    )
