"""Tables that carry their own time, and tables of sites, each in a few lines of its own layout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers import NameRow, OrganisationRow, Reading, RelationshipRow, SuccessionRow, read


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Reading:
    """What a file of this text reads as."""
    file = folder / name
    file.write_text(text, encoding=encoding, newline="")
    return read(file)


NAMES = "code,name,first_seen,last_seen,sources_etr,sources_eric\n"


def test_a_name_is_loose_if_only_estates_returns_print_it(tmp_path: Path) -> None:
    """A name keeps the months in which trust lists print it apart from those in which estates returns do."""
    text = (
        f"{NAMES}RRE,SOUTH STAFFS NHS FT,2015-09,2018-03,2015-09|2018-01,2017-03|2018-03\n"
        "RRE,SOUTH STAFFS,2014-03,2014-03,,2014-03\n"
    )
    reading = written(tmp_path, "trust-names-by-snapshot-2015-2026.csv", text)
    rows = [row for row in reading.records if isinstance(row, NameRow)]
    assert [(row.name, str(row.first_seen), str(row.last_seen), row.loose) for row in rows] == [
        ("SOUTH STAFFS NHS FT", "2015-09", "2018-01", False),
        ("SOUTH STAFFS NHS FT", "2015-09", "2018-03", True),
        ("SOUTH STAFFS", "2014-03", "2014-03", True),
    ]


@pytest.mark.parametrize("listed", ["2015-13", "2015-09|soon"])
def test_months_that_are_none_are_refused(tmp_path: Path, listed: str) -> None:
    """A list of months with one that is none gives no row, and a problem that names the cell."""
    reading = written(tmp_path, "trust-names-by-snapshot-2026.csv", f"{NAMES}RRE,NAME,2015-09,2018-03,{listed},\n")
    assert reading.records == ()
    assert listed in reading.problems[-1].what


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Grand Total,,2016-03,2016-03,,2016-03", "Grand Total"),
        ("RRE,,2016-03,2016-03,,", "name is blank"),
        ("RRE,NAME,2016-13,2016-03,,", "2016-13"),
        ("RRE,NAME,2018-03,2016-03,,", "last_seen"),
    ],
)
def test_a_name_without_its_parts_is_left_out(tmp_path: Path, line: str, what: str) -> None:
    """A sum, a missing name, a month that is none or a span that runs backwards is noted and gives no row."""
    reading = written(tmp_path, "trust-names-by-snapshot-2026.csv", f"{NAMES}{line}\n")
    assert reading.records == ()
    (problem,) = reading.problems
    assert what in problem.what
    assert problem.line == 2


def test_names_of_closed_trusts_stay_as_printed(tmp_path: Path) -> None:
    """Names keep their case; nothing is said about dates."""
    head = "code,name,line1,town,postcode,type\n"
    text = f"{head}RCF,Airedale NHS Foundation Trust,Airedale hospital,Keighley,BD20 6TD,NHS Trust\n"
    (row,) = written(tmp_path, "trust-names-incl-closed-2025-02.csv", text).records
    assert isinstance(row, OrganisationRow)
    assert (row.name, row.town, row.legal, row.sub_type) == ("Airedale NHS Foundation Trust", "Keighley", None, None)


LEGAL = "code,legal_start,legal_end,ft_role_start,name_as_at_2026_10\n"


def test_legal_dates_and_foundation_status(tmp_path: Path) -> None:
    """A trust's legal period, open or closed, and the first day as a foundation trust."""
    text = f"{LEGAL}RRE,2001-04-01,,2006-05-01,MIDLANDS\nR1E,2011-09-01,2018-05-31,,STAFFS\n"
    first, second = written(tmp_path, "trust-legal-dates-2026-10-09.csv", text).records
    assert isinstance(first, OrganisationRow)
    assert isinstance(second, OrganisationRow)
    assert (first.legal, first.foundation_start) == (Period(date(2001, 4, 1), None), date(2006, 5, 1))
    assert (second.legal, second.foundation_start) == (Period(date(2011, 9, 1), date(2018, 5, 31)), None)


RELATED = (
    "OrgId,OrgName,OrgPostCode,OrgStart,OrgEnd,OrgRoleStart,OrgRoleEnd,"
    "RelOrgId,RelType,RelOrgPrimaryRole,RelStart,RelEnd\n"
)
AIREDALE = "RCF,AIREDALE,BD20 6TD,1992-04-01,,1992-04-01,"


def test_dated_relationships(tmp_path: Path) -> None:
    """An organisation is given once, each of its relationships with its own period."""
    text = f"{RELATED}{AIREDALE},Q52,RE5,RO210,2013-04-01,2015-03-31\n{AIREDALE},Q72,RE5,RO210,2015-04-01,2020-03-31\n"
    organisation, *links = written(tmp_path, "trust-to-local-office-2019-12.csv", text).records
    assert isinstance(organisation, OrganisationRow)
    assert organisation.legal == Period(date(1992, 4, 1), None)
    assert [
        (row.other, row.relationship, row.other_kind, str(row.period))
        for row in links
        if isinstance(row, RelationshipRow)
    ] == [
        ("Q52", "RE5", "LOCAL OFFICE", "2013-04-01/2015-03-31"),
        ("Q72", "RE5", "LOCAL OFFICE", "2015-04-01/2020-03-31"),
    ]


def test_an_organisation_without_relationship_is_given_each_time(tmp_path: Path) -> None:
    """A line without a relationship is not lost, though an earlier one has given the same organisation."""
    text = f"{RELATED}{AIREDALE},13T,RE4,RO98,2015-04-01,\n{AIREDALE},,,,,\n"
    reading = written(tmp_path, "gp-to-ccg-2019-12.csv", text)
    assert [row.line for row in reading.records] == [2, 2, 3]


def test_trust_dates(tmp_path: Path) -> None:
    """The shorter table of the same columns is a report of its own."""
    text = f"{RELATED.partition(',RelOrgId')[0]}\n{AIREDALE}\n"
    assert written(tmp_path, "trust-dates-2019-12.csv", text).sources[0].report == "trust-dates"


ERIC = "year,trust_code,trust_name,trust_type,site_code,site_name,site_type,postcode,gross_internal_floor_area_m2\n"


def test_estates_returns_are_a_release_a_year(tmp_path: Path) -> None:
    """Each year of a table of estates returns is a source of its own, known as at the March in which it ends."""
    text = (
        f"{ERIC}2013-14,RJD,MID,ACUTE,RJD01,STAFFORD,GENERAL,,43238.0\n2014-15,RJE,UHNM,ACUTE,RJE09,COUNTY,,ST16 3SA,\n"
    )
    reading = written(tmp_path, "eric-sites-2013-14-to-2023-24.csv", text)
    assert [source.id for source in reading.sources] == ["eric-sites@2014-03", "eric-sites@2015-03"]
    first, second = reading.records
    assert isinstance(first, OrganisationRow)
    assert isinstance(second, OrganisationRow)
    assert (first.code, first.kind, first.parent, first.floor_area) == ("RJD01", "SITE", "RJD", 43238.0)
    assert (second.floor_area, second.postcode) == (None, "ST16 3SA")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("2013-14,NLY,SEQOL,IND,AGGRE,AGGREGATE SITE,,,2243.0", "AGGRE"),
        ("2013-14,R1C,SOLENT,COMM,R1C-51634,A PLACE,,,10.0", "R1C-51634"),
        ("2013-15,R1C,SOLENT,COMM,R1C03,A PLACE,,,10.0", "2013-15"),
        ("2013,R1C,SOLENT,COMM,R1C03,A PLACE,,,10.0", "2013"),
        ("2013-14,R1C,SOLENT,COMM,,A PLACE,,,10.0", "site_code"),
    ],
)
def test_lumps_and_bad_rows_of_estates_returns(tmp_path: Path, line: str, what: str) -> None:
    """A lump of sites, a code that is none or a year that is none gives no site."""
    reading = written(tmp_path, "eric-sites.csv", f"{ERIC}{line}\n")
    assert reading.records == ()
    assert what in reading.problems[-1].what
    assert reading.problems[-1].line == 2


@pytest.mark.parametrize("area", ["-1", "nan", "inf", "many"])
def test_a_bad_floor_area_leaves_the_site(tmp_path: Path, area: str) -> None:
    """A floor area that is no number is noted; the site stays, without one."""
    reading = written(tmp_path, "eric-sites.csv", f"{ERIC}2013-14,R1C,SOLENT,COMM,R1C03,A PLACE,,,{area}\n")
    (row,) = reading.records
    assert isinstance(row, OrganisationRow)
    assert row.floor_area is None
    assert [problem.line for problem in reading.problems] == [2]


TYPES = "trust_code,2013-14,2014-15,2015-16,2016-17,2019-20,2021-22,2023-24\n"


def test_trust_types_by_year(tmp_path: Path) -> None:
    """Each year that says a type gives one row; sums and rows that say nothing are noted."""
    text = f"{TYPES}Grand Total,,,,,,,\nTAJ,CARE TRUST,,,,,,MENTAL HEALTH\nRXX,,,,,,,\n"
    reading = written(tmp_path, "trust-type-by-year.csv", text)
    assert [(row.sub_type, row.source.id) for row in reading.records if isinstance(row, OrganisationRow)] == [
        ("CARE TRUST", "trust-type-by-year@2014-03"),
        ("MENTAL HEALTH", "trust-type-by-year@2024-03"),
    ]
    assert [problem.line for problem in reading.problems] == [2, 4]


HOSPITALS = (
    "OrganisationID¬OrganisationCode¬OrganisationType¬SubType¬OrganisationName¬City¬Postcode¬ParentODSCode¬ParentName\n"
)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_hospitals_with_their_own_separator(tmp_path: Path, encoding: str) -> None:
    """The separator of the hospital list is one byte in the old encoding, two in the new; both read alike."""
    text = f"{HOSPITALS}17¬RRE2I¬Hospital¬Hospital¬Hôpital, Haywood¬Stoke¬ST6 7AG¬RRE¬Midlands Partnership\n"
    reading = written(tmp_path, "nhs-choices-hospitals-2018-01.csv", text, encoding)
    (row,) = reading.records
    assert isinstance(row, OrganisationRow)
    assert (row.code, row.kind, row.name, row.parent, row.town) == ("RRE2I", "SITE", "Hôpital, Haywood", "RRE", "Stoke")
    assert reading.problems == ()


def test_sites_and_their_trusts_as_json(tmp_path: Path) -> None:
    """A map of sites to trusts gives one relationship a member, repeated members included."""
    reading = written(
        tmp_path, "site-to-trust-2026-08.json", '{"A0A1E": "RWR", "A0A1E": "RWG", "A0 A3": "RDY", "A0A4L": ""}'
    )
    assert [
        (row.code, row.other, row.relationship, row.line) for row in reading.records if isinstance(row, RelationshipRow)
    ] == [
        ("A0A1E", "RWR", "RE6", 1),
        ("A0A1E", "RWG", "RE6", 2),
    ]
    assert [problem.line for problem in reading.problems] == [3, 4]
    assert reading.sources[0].as_at == PartialDate.of_month(2026, 8)


def test_recodes_say_how_sure_they_are(tmp_path: Path) -> None:
    """A pair of codes of one place keeps how it was matched, as at the later of the two returns."""
    head = "year_a,trust_a,site_a,name_a,postcode,floor_a,year_b,trust_b,site_b,name_b,floor_b,name_match,code\n"
    text = f"{head}2019-20,R1C,R1C34,ROYAL,SO14,5.0,2021-22,RW1,RW1GE,ANTELOPE HOUSE,6.0,postcode only,recoded\n"
    (row,) = written(tmp_path, "site-moves-on-merger.csv", text).records
    assert isinstance(row, RelationshipRow)
    assert (row.code, row.other, row.relationship, row.note) == ("R1C34", "RW1GE", "recode", "postcode only")
    assert (row.source.as_at, row.period) == (PartialDate.of_month(2022, 3), None)


def test_recodes_without_an_old_code_are_noted(tmp_path: Path) -> None:
    """A dated recode starts on its day, till then the old trust ran the site; without an old code there is no pair."""
    head = "old_trust,old_site,site_name,date_legal,new_trust,new_site\n"
    text = f"{head}RJD,RJD01,COUNTY,2014-11-01,RJE,RJE09\nRYQ,,ORPINGTON,2013-10-01,RJZ,RJZ70\n"
    reading = written(tmp_path, "site-recodes-across-trusts.csv", text)
    rows = [row for row in reading.records if isinstance(row, RelationshipRow)]
    assert [(row.code, row.relationship, row.other, row.period) for row in rows] == [
        ("RJD01", "recode", "RJE09", Period(date(2014, 11, 1), None)),
        ("RJD01", "RE6", "RJD", Period(UNKNOWN, date(2014, 10, 31))),
    ]
    assert [problem.line for problem in reading.problems] == [3]


def record(**members: object) -> str:
    """A file with one record."""
    return json.dumps({"note": "made up", "organisations": {"RJF": {"name": "BURTON", "roles": [], **members}}})


def test_a_whole_record(tmp_path: Path) -> None:
    """A record gives its legal period, its dated roles, its board and its successions in both directions."""
    text = record(
        status="Active",
        start="1993-04-01",
        end="2018-06-30",
        roles=[{"id": "RO197", "primary": True, "start": "1993-04-01", "end": "2018-06-30"}],
        icb="QJ2",
        successors=[{"type": "successor", "code": "RTG", "date": "2018-07-01"}],
        predecessors=[{"type": "predecessor", "code": "MH1", "date": "1993-04-01"}],
    )
    organisation, board, *successions = written(tmp_path, "trimmed-records-2026-10-09.json", text).records
    life = Period(date(1993, 4, 1), date(2018, 6, 30))
    assert isinstance(organisation, OrganisationRow)
    assert (organisation.code, organisation.status, organisation.legal) == ("RJF", "ACTIVE", life)
    assert [(role.id, role.primary, role.period) for role in organisation.roles] == [("RO197", True, life)]
    assert isinstance(board, RelationshipRow)
    assert (board.other, board.other_kind) == ("QJ2", "ICB")
    assert [(row.predecessor, row.successor, row.day) for row in successions if isinstance(row, SuccessionRow)] == [
        ("MH1", "RJF", date(1993, 4, 1)),
        ("RJF", "RTG", date(2018, 7, 1)),
    ]


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"start": "1993-04-31"}, "1993-04-31"),
        ({"start": "2018-01-01", "end": "2017-01-01"}, "2017-01-01"),
        ({"icb": "?"}, "?"),
        ({"successors": [{"code": "RTG", "date": "soon"}]}, "soon"),
        ({"successors": [{"code": None, "date": "2018-07-01"}]}, "None"),
        ({"successors": ["RTG"]}, "None"),
        ({"roles": [{"primary": True}]}, "role"),
        ({"roles": ["RO197"]}, "RO197"),
    ],
)
def test_a_bad_part_of_a_record_leaves_the_rest(tmp_path: Path, members: dict[str, object], what: str) -> None:
    """What is wrong in a record is noted; the organisation itself stays, its doubtful days unknown."""
    reading = written(tmp_path, "trimmed-records-2026.json", record(**members))
    (row,) = reading.records
    assert isinstance(row, OrganisationRow)
    assert row.legal in {Period(UNKNOWN, UNKNOWN), Period(UNKNOWN, None)}
    (problem,) = reading.problems
    assert what in problem.what
