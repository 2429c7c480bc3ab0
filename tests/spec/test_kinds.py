"""Kinds that share a role.

The role RO98 means clinical commissioning group, and commissioning hubs, sub-ICB locations and reporting entities carry
it too. Only what has no narrower role is a group.
"""

from __future__ import annotations

from spec.specification import Spec


def test_hubs_and_entities_are_no_groups(spec: Spec) -> None:
    """A narrower role tells a hub (RO218) and a reporting entity (RO327) from a group."""
    spec(
        organisations="""
            list                            | code | first day  | roles
            commissioner-records@2020-01-02 | 00L  | 2013-04-01 | RO98
            commissioner-records@2020-01-02 | 13Q  | 2013-04-01 | RO98, RO218
            commissioner-records@2023-01-02 | 14Z  | 2020-04-01 | RO98, RO327
        """,
        open_bodies="""
            on         | open
            2021-01-01 | 00L clinical commissioning group, 13Q commissioning hub, 14Z sub-ICB reporting entity
        """,
    )


def test_hubs_by_type(spec: Spec) -> None:
    """Lists without roles print a type: ``H`` is a hub, ``C`` whatever commissioned on that day."""
    spec(
        organisations="""
            list         | code | first day  | type
            eccg@2016-02 | 00L  | 2013-04-01 | C
            eccg@2016-02 | 13Q  | 2013-04-01 | H
        """,
        eras="""
            era            | kind
            00L@2013-04-01 | clinical commissioning group
            13Q@2013-04-01 | commissioning hub
        """,
    )


def test_bodies_that_only_successions_name(spec: Spec) -> None:
    """Where no list has a code, its shape tells the kind if only one kind has that shape; no shape, no kind."""
    spec(
        organisations="""
            code | first day
            RRE  | 2001-04-01
        """,
        successions="""
            predecessor | successor | day
            REJ         | RRE       | 2001-04-01
            MH3         | RRE       | 2001-04-01
            5EC         | 5EM       | 2001-04-01
        """,
        eras="""
            era            | kind                         | rests on
            5EC@unknown    | primary care trust           | the shape of the code
            5EM@unknown    | primary care trust           | the shape of the code
            MH3@unknown    | organisation of unknown kind | the shape of the code
            REJ@unknown    | trust                        | the shape of the code
            RRE@2001-04-01 | trust                        | a list
        """,
    )
