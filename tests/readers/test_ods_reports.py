"""The ODS CSV reports, each in a few lines of its own layout."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers import (
    OrganisationRow,
    Reading,
    RelationshipRow,
    RoleAssignment,
    SuccessionRow,
    read,
)

Written = Callable[[str, str], Reading]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a file and reads it."""

    def write(name: str, text: str) -> Reading:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8", newline="")
        return read(file)

    return write


def listed(**fields: str) -> str:
    """One line of the 27 columns, by the numbers of those that are not blank: ``c1="RRE"``."""
    cells = ['""'] * 27
    for name, value in fields.items():
        cells[int(name[1:]) - 1] = f'"{value}"'
    return ",".join(cells) + "\r\n"


def one(reading: Reading) -> OrganisationRow:
    """The only row."""
    assert reading.problems == ()
    (row,) = reading.records
    assert isinstance(row, OrganisationRow)
    return row


def test_a_trust_has_all_its_columns(written: Written) -> None:
    """Each column of a list of trusts becomes the field of its meaning."""
    row = one(
        written(
            "etr-2018-08-31.csv",
            listed(
                c1="R1E",
                c2="STAFFORDSHIRE  PARTNERSHIP NHS TRUST",
                c3="Y55",
                c4="Q76",
                c8="STAFFORD",
                c10="ST16 3SR",
                c11="20110901",
                c12="20180531",
                c24="F",
            ),
        )
    )
    assert (row.code, row.name, row.region, row.geography) == (
        "R1E",
        "STAFFORDSHIRE PARTNERSHIP NHS TRUST",
        "Y55",
        "Q76",
    )
    assert (row.town, row.postcode, row.government_region) == ("STAFFORD", "ST16 3SR", "F")
    assert row.legal == Period(date(2011, 9, 1), date(2018, 5, 31))
    assert (row.parent, row.parent_period, row.roles, row.sub_type, row.status) == (None, None, (), None, None)
    assert (row.line, row.source.id, row.source.path) == (1, "etr@2018-08-31", "etr-2018-08-31.csv")


def test_a_blank_close_is_open(written: Written) -> None:
    """A trust without a close date is open, one without an open date started on an unknown day."""
    assert one(written("etr-2018.csv", listed(c1="RRE"))).legal == Period(UNKNOWN, None)


def test_the_filler_date_is_unknown(written: Written) -> None:
    """1900-01-01 is what ODS prints where it knows no day: unknown, and no problem."""
    assert one(written("etr-2018.csv", listed(c1="RRE", c11="19000101"))).legal == Period(UNKNOWN, None)


def test_old_copies_have_24_columns(written: Written) -> None:
    """A list of 24 columns, quoted only where needed, is read like one of 27."""
    text = 'RRE,"SOUTH STAFFORDSHIRE, AND SHROPSHIRE",Y55,Q76,,,,STAFFORD,,ST16 3SR,20010401' + "," * 12 + ",F\n"
    row = one(written("etr-2018-08.csv", text))
    assert (row.name, row.government_region) == ("SOUTH STAFFORDSHIRE, AND SHROPSHIRE", "F")


@pytest.mark.parametrize(
    ("text", "sub_type", "roles"),
    [
        ("C", "C", ()),
        ("RO327", None, ("RO327",)),
        ("RO319|RO326", None, ("RO319", "RO326")),
        ("", None, ()),
    ],
)
def test_column_14_is_a_type_or_roles(
    written: Written, text: str, sub_type: str | None, roles: tuple[str, ...]
) -> None:
    """A letter in column 14 is a type; role codes between bars are roles."""
    row = one(written("eccg-2025-12.csv", listed(c1="02Q", c2="NHS BASSETLAW CCG", c14=text)))
    assert row.sub_type == sub_type
    assert row.roles == tuple(RoleAssignment(id=role) for role in roles)


def test_care_trusts_and_authorities(written: Written) -> None:
    """Care trusts, regions and local offices come in the same columns."""
    assert one(written("ect-2023-10.csv", listed(c1="TAJ", c14="T"))).sub_type == "T"
    assert one(written("eauth-2017-08.csv", listed(c1="A"))).code == "A"
    assert one(written("eauth-2017-08.csv", listed(c1="Q76", c3="Y55", c14="S"))).region == "Y55"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("comment", ["", "# Source: https://example.org/sites\n"])
def test_sites_name_their_trust(tmp_path: Path, comment: str, *, packed: bool) -> None:
    """A list of sites is read plain or packed, with or without a comment above it."""
    data = (comment + listed(c1="RRE2I", c2="HAYWOOD HOSPITAL", c11="20180401", c14="X", c15="RRE")).encode()
    file = tmp_path / ("ets-2023-05.csv.gz" if packed else "ets-2023-05.csv")
    file.write_bytes(gzip.compress(data) if packed else data)
    row = one(read(file))
    assert (row.code, row.kind, row.parent, row.parent_period, row.sub_type) == ("RRE2I", "SITE", "RRE", None, "X")
    assert row.line == (2 if comment else 1)


@pytest.mark.parametrize(
    ("status", "setting", "roles"),
    [("A", "4", ()), ("ACTIVE", "RO76|RO80", ("RO76", "RO80")), ("DORMANT", "RO72", ("RO72",))],
)
def test_a_practice_has_a_commissioner(written: Written, status: str, setting: str, roles: tuple[str, ...]) -> None:
    """A practice has a status, a prescribing setting, and its commissioner with join and left dates."""
    line = listed(
        c1="A81003",
        c2="VICTORIA MEDICAL PRACTICE",
        c11="19740401",
        c12="20171031",
        c13=status,
        c14="B",
        c15="00K",
        c16="20130401",
        c17="20171031",
        c24="00K",
        c26=setting,
    )
    row = one(written("epraccur-2018-08-31.csv", line))
    assert (row.status, row.setting, row.sub_type, row.parent) == (status, setting, "B", "00K")
    assert row.parent_period == Period(date(2013, 4, 1), date(2017, 10, 31))
    assert tuple(role.id for role in row.roles) == roles
    assert row.government_region is None


def test_a_membership_is_dated(written: Written) -> None:
    """A practice's membership of a primary care organisation holds from its join to its left date."""
    (row,) = written("epcmem-2019-10.csv", '"A81001","5E1","W","20010401","20130331","0"\r\n').records
    assert isinstance(row, RelationshipRow)
    assert (row.code, row.other, row.relationship) == ("A81001", "5E1", "parent")
    assert row.period == Period(date(2001, 4, 1), date(2013, 3, 31))


def test_a_network_partner(written: Written) -> None:
    """A member's line gives the practice, the network once, and the dated membership."""
    line = '"{}","{} SURGERY","16C","ICB - 16C","U89141","STOCKTON PCN","16C","ICB - 16C","20191001","","TRUE"\r\n'
    reading = written("epcncorepartnerdetails-2026-03.csv", line.format("A81001", "ONE") + line.format("A81002", "TWO"))
    organisations = [row for row in reading.records if isinstance(row, OrganisationRow)]
    partners = [row for row in reading.records if isinstance(row, RelationshipRow)]
    assert [(row.code, row.kind, row.parent) for row in organisations] == [
        ("A81001", None, "16C"),
        ("U89141", "PCN", "16C"),
        ("A81002", None, "16C"),
    ]
    assert [(row.code, row.other, row.relationship, row.other_kind) for row in partners] == [
        ("A81001", "U89141", "RE8", "PCN"),
        ("A81002", "U89141", "RE8", "PCN"),
    ]
    assert partners[0].period == Period(date(2019, 10, 1), None)


def test_both_layouts_of_successions(written: Written) -> None:
    """The report of today and the table with the archive give the same rows, from sources that stay apart."""
    today = written("succ-2026-05.csv", '"RM2","R0A","","20171001","1"\r\n')
    archive = written("succ-and-succarc-2022-10.csv", "old_code,new_code,date\nRM2,R0A,2017-10-01\n")
    rows = today.records + archive.records
    assert all(isinstance(row, SuccessionRow) for row in rows)
    assert {(row.predecessor, row.successor, row.day) for row in rows if isinstance(row, SuccessionRow)} == {
        ("RM2", "R0A", date(2017, 10, 1))
    }
    assert [row.indicator for row in rows if isinstance(row, SuccessionRow)] == ["1", None]
    assert [row.line for row in rows] == [1, 2]
    assert [row.source.id for row in rows] == ["succ@2026-05", "succ-and-succarc@2022-10"]


def test_repeated_rows_are_kept(written: Written) -> None:
    """A row that stands twice in a file is given twice."""
    assert len(written("succ-2026.csv", '"T1201","T1201","","20000101","0"\n' * 2).records) == 2


def test_the_source_is_cited(written: Written) -> None:
    """A row's source says the report, its publisher, its time and the checksum of the file's bytes."""
    source = one(written("etr-2015-09.csv", listed(c1="RRE"))).source
    assert (source.report, source.publisher) == ("etr", "NHS Organisation Data Service")
    assert source.as_at == PartialDate.of_month(2015, 9)
    assert len(source.sha256) == 64
