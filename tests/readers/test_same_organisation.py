"""The same organisations in every format: what two formats both say reads as equal fields."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nhs_orgs.period import Period
from nhs_orgs.readers import OrganisationRow, RelationshipRow, SuccessionRow, read

CODE, NAME, POSTCODE = "RJF", "BURTON HOSPITALS NHS FOUNDATION TRUST", "DE13 0RB"
LIFE = Period(date(1993, 4, 1), date(2018, 6, 30))


def ods(quote: str = '"', width: int = 27) -> str:
    """The trust as a line of an ODS list."""
    cells = [CODE, NAME, "Y55", "Q76", "", "", "", "BURTON", "", POSTCODE, "19930401", "20180630"]
    cells += [""] * (width - len(cells))
    return ",".join(f"{quote}{cell}{quote}" for cell in cells)


def attributes() -> str:
    """The trust in the table of legal dates."""
    return (
        f"code,legal_start,legal_end,ft_role_start,name_as_at_2026_10\n{CODE},1993-04-01,2018-06-30,2008-11-01,{NAME}\n"
    )


def dates() -> str:
    """The trust in the table of trust dates."""
    head = "OrgId,OrgName,OrgPostCode,OrgStart,OrgEnd,OrgRoleStart,OrgRoleEnd"
    return f"{head}\n{CODE},{NAME},{POSTCODE},1993-04-01,2018-06-30,1993-04-01,2018-06-30\n"


def related() -> str:
    """The trust in the table of dated relationships."""
    head = "OrgId,OrgName,OrgPostCode,OrgStart,OrgEnd,OrgRoleStart,OrgRoleEnd"
    more = "RelOrgId,RelType,RelOrgPrimaryRole,RelStart,RelEnd"
    return f"{head},{more}\n{CODE},{NAME},{POSTCODE},1993-04-01,2018-06-30,,,Q76,RE5,RO210,2015-04-01,2018-06-30\n"


def record() -> str:
    """The trust as a whole record."""
    body = {
        "name": NAME,
        "status": "Active",
        "start": "1993-04-01",
        "end": "2018-06-30",
        "roles": [],
        "successors": [{"type": "successor", "code": "RTG", "date": "2018-07-01"}],
    }
    return json.dumps({"organisations": {CODE: body}})


FORMATS: dict[str, Callable[[], bytes]] = {
    "etr-2018.csv": lambda: ods().encode(),
    "etr-2018-08.csv": lambda: ods(quote="").encode(),
    "etr-2018-09.csv": lambda: ods(quote="", width=24).encode(),
    "etr-2018-10.csv": lambda: ods().encode("utf-8-sig") + b"\r\n",
    "etr-2018-11.csv": lambda: ods().encode("utf-16"),
    "etr-2018-12.csv.gz": lambda: gzip.compress(ods().encode()),
    "trust-legal-dates-2026.csv": lambda: attributes().encode(),
    "trust-dates-2019.csv": lambda: dates().encode(),
    "trust-to-local-office-2019.csv": lambda: related().encode(),
    "trimmed-records-2026.json": lambda: record().encode(),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_trust_reads_alike_from_every_format(tmp_path: Path, name: str) -> None:
    """Code, name and legal period are equal in all formats; the postcode wherever there is one."""
    file = tmp_path / name
    file.write_bytes(FORMATS[name]())
    reading = read(file)
    (row,) = (row for row in reading.records if isinstance(row, OrganisationRow))
    assert (row.code, row.name, row.legal) == (CODE, NAME, LIFE)
    assert row.postcode in {POSTCODE, None}
    assert (row.postcode is None) == (name.startswith(("trust-legal", "trimmed")))
    assert reading.problems == ()


SUCCESSIONS = {
    "succ-2026.csv": f'"{CODE}","RTG","","20180701","0"\n',
    "succ-and-succarc-2022.csv": f"old_code,new_code,date\n{CODE},RTG,2018-07-01\n",
    "trimmed-records-2026.json": record(),
}


@pytest.mark.parametrize("name", SUCCESSIONS)
def test_a_succession_reads_alike_from_every_format(tmp_path: Path, name: str) -> None:
    """Predecessor, successor and day are equal in both reports and in the record."""
    file = tmp_path / name
    file.write_text(SUCCESSIONS[name])
    (row,) = (row for row in read(file).records if isinstance(row, SuccessionRow))
    assert (row.predecessor, row.successor, row.day) == (CODE, "RTG", date(2018, 7, 1))


MEMBERS = {
    "epcncorepartnerdetails-2026.csv": (
        '"A81001","DENSHAM","16C","ICB - 16C","U89141","STOCKTON PCN","16C","ICB - 16C","20191001","","TRUE"\n'
    ),
    "epcn-2023.csv": (
        "Partner Organisation Code,Partner Name,Practice Parent Sub ICB Loc Code,"
        "PCN Code,PCN Name,PCN Parent Sub ICB Loc Code,"
        "Practice to PCN Relationship Start Date,Practice to PCN Relationship End Date\n"
        "A81001,DENSHAM,16C,U89141,STOCKTON PCN,16C,20191001,\n"
    ),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_network_member_reads_alike_with_and_without_header(tmp_path: Path, name: str) -> None:
    """A practice's membership of a network is equal in the report and in the sheet saved as CSV."""
    file = tmp_path / name
    file.write_text(MEMBERS[name])
    rows = read(file).records
    assert [(row.code, row.name, row.parent) for row in rows if isinstance(row, OrganisationRow)] == [
        ("A81001", "DENSHAM", "16C"),
        ("U89141", "STOCKTON PCN", "16C"),
    ]
    (link,) = (row for row in rows if isinstance(row, RelationshipRow))
    assert (link.code, link.other, link.period) == ("A81001", "U89141", Period(date(2019, 10, 1), None))


def test_a_sites_trust_reads_alike(tmp_path: Path) -> None:
    """The trust of a site is equal in the list of sites, the estates return, the hospital list and the map."""
    cells = ["RRE2I", "HAYWOOD", *[""] * 25]
    cells[14] = "RRE"
    texts = {
        "ets-2023.csv": ",".join(cells),
        "eric-sites.csv": "year,trust_code,site_code,site_name,site_type,postcode,gross_internal_floor_area_m2\n"
        "2019-20,RRE,RRE2I,HAYWOOD,,,\n",
        "nhs-choices-hospitals-2018.csv": "OrganisationCode¬SubType¬OrganisationName¬"
        "City¬Postcode¬ParentODSCode¬ParentName\nRRE2I¬Hospital¬HAYWOOD¬¬¬RRE¬MIDLANDS\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "site-to-trust-2026.json").write_text('{"RRE2I": "RRE"}')
    rows = read(tmp_path).records
    assert {(row.code, row.kind, row.name, row.parent) for row in rows if isinstance(row, OrganisationRow)} == {
        ("RRE2I", "SITE", "HAYWOOD", "RRE")
    }
    assert [(row.code, row.other) for row in rows if isinstance(row, RelationshipRow)] == [("RRE2I", "RRE")]
    assert len(rows) == 4
