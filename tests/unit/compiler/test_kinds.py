"""Kinds come from roles and lists, from their dates, and from the shape of the code only where nothing else tells."""

from __future__ import annotations

import pytest
from rows import compiled, listed, named, related

from nhs_orgs.compiler.kinds import BROAD, kind_by_pattern, kind_claims, kind_spans
from nhs_orgs.compiler.statements import claims, records
from nhs_orgs.readers.base import OrganisationRow, Row


def spans(*rows: Row) -> list[str]:
    """The kinds of the one code that rows are about, each with its first day."""
    (record,) = records(claims(rows)).values()
    return [f"{span.kind} {span.since or ''}".strip() for span in kind_spans(record)]


def claimed(row: OrganisationRow) -> list[str]:
    """The kinds that a row claims, each with its first day."""
    return [f"{kind} {period.start if period else ''}".strip() for kind, period in kind_claims(row)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("RFK", "Trust"),
        ("TAF", "Trust"),
        ("5EC", "PrimaryCareTrust"),
        ("4CC42", "PrimaryCareGroup"),
        ("Q28", "StrategicHealthAuthority"),
        ("Q01", "StrategicHealthAuthority"),
        ("Q29", "Unclassified"),
        ("QNC", "Unclassified"),
        ("MH3", "Unclassified"),
        ("RFK01", "Unclassified"),
        ("00L", "Unclassified"),
    ],
)
def test_the_shape_of_a_code(code: str, kind: str) -> None:
    """A shape tells a kind only where that kind has it to itself."""
    assert kind_by_pattern(code) == kind


@pytest.mark.parametrize(
    ("roles", "kinds"),
    [
        (["RO197"], ["Trust"]),
        (["RO197", "RO57"], ["Trust"]),
        (["RO98"], [BROAD]),
        (["RO98", "RO218"], ["CommissioningHub"]),
        (["RO98", "RO327"], ["SubICBReportingEntity"]),
        (["RO98", "RO319"], ["SubICBLocation 2022-07-01"]),
        (["RO261"], ["Partnership"]),
        (["RO261", "RO262"], ["SustainabilityTransformationPartnership"]),
        (["RO261", "RO318"], ["IntegratedCareBoard 2022-07-01"]),
        (["RO261", "RO318 2026-04-01/.."], ["IntegratedCareBoard 2026-04-01"]),
        (["RO261", "RO262 2017-04-01/2022-06-30"], ["SustainabilityTransformationPartnership 2017-04-01"]),
        (["RO198"], ["Site"]),
        (["RO999"], []),
    ],
)
def test_roles_claim_kinds(roles: list[str], kinds: list[str]) -> None:
    """A role claims the kind that is its own, from the day that the row or the law gives."""
    assert claimed(listed("X01", by="commissioner-records@2026-01-02", roles=roles)) == kinds


@pytest.mark.parametrize(
    ("by", "code", "more", "kinds"),
    [
        ("etr@2026-07-31", "RRE", {}, ["Trust"]),
        ("ect@2023-10", "TAF", {}, ["Trust"]),
        ("ets@2023-05", "RRE01", {}, ["Site"]),
        ("epraccur@2026-02", "A81001", {}, ["GPPractice"]),
        ("eauth@2017-08", "Q71", {}, ["LocalOffice"]),
        ("eauth@2017-08", "Y54", {}, ["Region"]),
        ("eauth@2017-08", "A", {}, ["GovernmentOfficeRegion"]),
        ("eauth@2017-08", "X24", {}, ["Unclassified"]),
        ("eccg@2016-02", "13Q", {"sub_type": "H"}, ["CommissioningHub"]),
        ("eccg@2016-02", "00L", {"sub_type": "C"}, ["ClinicalCommissioningGroup"]),
        ("commissioners@2026-04", "00L", {"name": "NHS NORTH EAST ICB - 00L"}, ["SubICBLocation 2022-07-01"]),
        ("commissioners@2026-04", "13Q", {"name": "NATIONAL COMMISSIONING HUB 1"}, ["CommissioningHub"]),
        ("commissioners@2026-04", "27T", {"name": "NORTH WEST COMMISSIONING HUB"}, ["CommissioningHub"]),
        ("commissioners@2026-04", "X99", {"name": "ARMED FORCES"}, []),
        ("commissioners@2026-04", "X99", {}, []),
        ("ons-stp-names@2020", "QNC", {"kind": "STP"}, ["SustainabilityTransformationPartnership"]),
        ("ons-icb-names@2024-12", "QNC", {"kind": "ICB"}, ["IntegratedCareBoard 2022-07-01"]),
        ("gp-list-size@2013-04-06", "Q34", {"kind": "AREA TEAM"}, []),
        ("something@2020", "Q34", {"kind": "COUNCIL"}, []),
        ("something@2020", "Q34", {}, []),
    ],
)
def test_lists_claim_kinds(by: str, code: str, more: dict[str, str], kinds: list[str]) -> None:
    """A list of one kind claims that kind; one of several goes by its column, its type or the name."""
    assert claimed(listed(code, by=by, **more)) == kinds


def test_a_list_of_locations_says_nothing_of_the_time_before() -> None:
    """A list of commissioners after July 2022 holds locations, from that day on; what closed before was a group."""
    assert claimed(listed("00L", "2013-04-01", by="eccg@2023-10", sub_type="C")) == ["SubICBLocation 2022-07-01"]
    closed = listed("10G", "2013-04-01", "2018-03-31", by="eccg@2025-12", sub_type="C")
    assert claimed(closed) == ["ClinicalCommissioningGroup"]


def test_names_and_relationships_claim_kinds() -> None:
    """A name in the trust lists is a trust's, one spelt loosely is anybody's; what is operated is a site."""
    assert [kind for kind, _ in kind_claims(named("RRE", "A", "2015-09", "2018-01"))] == ["Trust"]
    assert list(kind_claims(named("NTX", "B", "2015-09", "2018-01", loose=True))) == []
    site = related("RRE01", "RE6", "RRE", by="site-to-trust@2026-08")
    assert [kind for kind, _ in kind_claims(site)] == ["Site"]
    assert list(kind_claims(related("RRE", "RE5", "Q71", by="trust-to-local-office@2019-12"))) == []


def test_a_partnership_that_became_a_board() -> None:
    """A dated role starts a span; before it was what the roles before it say."""
    roles = ["RO261", "RO262 2017-04-01/2022-06-30", "RO318 2022-07-01/.."]
    assert spans(listed("QNC", "2017-04-01", by="trimmed-records@2026-10", roles=roles)) == [
        "SustainabilityTransformationPartnership",
        "IntegratedCareBoard 2022-07-01",
    ]


def test_a_code_older_than_its_role() -> None:
    """A code that had begun before a role existed stood for the kind that came before it."""
    assert spans(listed("00L", "2013-04-01", by="eccg@2023-10", sub_type="C")) == [
        "ClinicalCommissioningGroup",
        "SubICBLocation 2022-07-01",
    ]
    assert spans(listed("QNC", by="commissioner-records@2026-01-02", roles=["RO318"], operational="2017-04-01/..")) == [
        "SustainabilityTransformationPartnership",
        "IntegratedCareBoard 2022-07-01",
    ]


def test_a_code_that_nobody_dates() -> None:
    """Where no source says that a code began before the role, nothing is known of it from before."""
    assert spans(listed("QNC", by="ons-icb-names@2024-12", kind="ICB")) == ["IntegratedCareBoard"]


def test_a_code_younger_than_its_role() -> None:
    """A board that began after the role was one from its first day."""
    row = listed("S0E4D", "2026-04-01", by="trimmed-records@2026-10", roles=["RO318"])
    assert spans(row) == ["IntegratedCareBoard"]


def test_a_role_that_was_over_before_the_code_began() -> None:
    """A body that began after partnerships had become boards was never one, whatever roles it has."""
    row = listed("Q99", "2023-04-01", by="commissioner-records@2026-01-02", roles=["RO262", "RO318"])
    assert spans(row) == ["IntegratedCareBoard"]


def test_a_bare_role_is_weak() -> None:
    """RO98 alone makes a group, unless any list says otherwise."""
    bare = listed("13Q", by="commissioner-records@2026-01-02", roles=["RO98"])
    assert spans(bare) == ["ClinicalCommissioningGroup"]
    assert spans(bare, listed("13Q", by="eccg@2016-02", sub_type="H")) == ["CommissioningHub"]


def test_a_narrower_claim_beats_a_group() -> None:
    """Where one list has a hub for a group, it is a hub."""
    group = listed("13Q", by="eccg@2025-12", sub_type="C", last="2016-03-31")
    assert spans(group, listed("13Q", by="eccg@2016-02", sub_type="H")) == ["CommissioningHub"]


def test_nothing_but_a_shape() -> None:
    """A code without any claim is of the kind of its shape, and marked."""
    (record,) = records(claims([listed("RFK", "1994-04-01", by="something@2020")])).values()
    (span,) = kind_spans(record)
    assert (span.kind, span.since, span.inferred) == ("Trust", None, True)


def test_a_kind_repeated_is_one_span() -> None:
    """Two sources that date one kind differently make one span, from the earlier day."""
    rows = [
        listed("00L", "2013-04-01", by="eccg@2023-10", sub_type="C"),
        listed("00L", by="trimmed-records@2026-10", roles=["RO98", "RO319 2022-07-02/.."]),
    ]
    assert spans(*rows) == ["ClinicalCommissioningGroup", "SubICBLocation 2022-07-01"]


def test_the_kind_of_an_era_is_its_class() -> None:
    """Each era is of the class of its kind on its first day."""
    register = compiled(listed("00L", "2013-04-01", by="eccg@2023-10", sub_type="C"))
    assert [era.kind.__name__ for era in register.eras("00L")] == ["ClinicalCommissioningGroup", "SubICBLocation"]
