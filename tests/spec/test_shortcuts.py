"""Shortcuts.

Some rows leap over a body that stood between, and then a body seems to have been split. A row that a path of other rows
already implies is set aside in sight.
"""

from __future__ import annotations

from spec.specification import Spec


def test_a_row_that_leaps_over_a_step(spec: Spec) -> None:
    """12J became 13W and 13W became 14J: a row from 12J to 14J of that later day adds nothing."""
    spec(
        organisations="""
            list         | code | first day  | last day   | type
            eccg@2025-12 | 12J  | 2013-04-01 | 2015-03-31 | H
            eccg@2025-12 | 13W  | 2015-04-01 | 2016-03-31 | H
            eccg@2025-12 | 14J  | 2016-04-01 |            | H
        """,
        successions="""
            predecessor | successor | day
            12J         | 13W       | 2015-04-01
            12J         | 14J       | 2016-04-01
            13W         | 14J       | 2016-04-01
        """,
        events="""
            event       | from       | passed
            replacement | 2015-04-01 | all of 12J to 13W
            replacement | 2016-04-01 | all of 13W to 14J
        """,
        findings="""
            finding  | about   | what
            shortcut | 12J 14J | a row of 2016-04-01 to 14J is implied by the way through 13W; set aside
        """,
        outcomes="""
            asked | on         | outcome   | codes
            12J   | 2015-04-01 | Succeeded | 13W
            12J   | 2016-04-01 | Succeeded | 14J
        """,
    )


def test_a_row_of_the_same_day_is_none(spec: Spec) -> None:
    """A row dated by the predecessor's own close is no shortcut, even where a path leads there too: a true split."""
    spec(
        organisations="""
            code | first day  | last day
            RAA  | 1994-04-01 | 2005-03-31
            RBB  | 2005-04-01 | 2010-03-31
            RCC  | 1994-04-01 |
        """,
        successions="""
            predecessor | successor | day
            RAA         | RBB       | 2005-04-01
            RAA         | RCC       | 2005-04-01
            RBB         | RCC       | 2010-04-01
        """,
        events="""
            event       | from       | passed
            split       | 2005-04-01 | part of RAA to RBB, part of RAA to RCC
            acquisition | 2010-04-01 | all of RBB to RCC
        """,
        findings="""
            finding | about
        """,
    )
