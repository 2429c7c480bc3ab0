"""Lookup tables: chains from lower to higher bodies, each in a few lines of its own layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers import OrganisationRow, Reading, RelationshipRow, RoleAssignment, ShareRow, read


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Reading:
    """What a file of this text reads as, which has no problems."""
    file = folder / name
    file.write_text(text, encoding=encoding, newline="")
    reading = read(file)
    assert reading.problems == ()
    return reading


def organisations(reading: Reading) -> list[tuple[str, str | None, str | None, str | None]]:
    """Code, kind, name and GSS code of each organisation."""
    return [(row.code, row.kind, row.name, row.gss) for row in reading.records if isinstance(row, OrganisationRow)]


def links(reading: Reading) -> list[tuple[str, str, str | None]]:
    """Lower and higher body and the kind of the higher, of each relationship."""
    rows = [row for row in reading.records if isinstance(row, RelationshipRow)]
    assert {row.relationship for row in rows} <= {"parent"}
    return [(row.code, row.other, row.other_kind) for row in rows]


def test_names_with_codes_of_both_kinds(tmp_path: Path) -> None:
    """A list of names gives ODS code, GSS code and name; its columns tell the year."""
    reading = written(tmp_path, "ccg.csv", "FID,CCG19CD,CCG19CDH,CCG19NM\n1,E38000001,02N,NHS Airedale CCG\n")
    assert organisations(reading) == [("02N", "CCG", "NHS Airedale CCG", "E38000001")]
    assert reading.sources[0].id == "ons-ccg-names@2019"
    assert reading.sources[0].publisher == "Office for National Statistics"


def test_a_chain_says_each_higher_body_once(tmp_path: Path) -> None:
    """Every line gives its own body; what stands above is given when it is first said."""
    text = (
        "CCG21CD,CCG21CDH,CCG21NM,STP21CD,STP21CDH,STP21NM,NHSER21CD,NHSER21CDH,NHSER21NM\r\n"
        "E38000236,18C,NHS H and W CCG,E54000019,QGH,H and W,E40000008,Y60,Midlands\r\n"
        "E38000237,18D,NHS Other CCG,E54000019,QGH,H and W,E40000008,Y60,Midlands\r\n"
    )
    reading = written(tmp_path, "ccg-to-stp-to-region-2021.csv", text, "utf-8-sig")
    assert [code for code, *_ in organisations(reading)] == ["18C", "QGH", "Y60", "18D"]
    assert links(reading) == [("18C", "QGH", "STP"), ("QGH", "Y60", "REGION"), ("18D", "QGH", "STP")]


def test_a_body_without_ods_code_goes_by_its_gss_code(tmp_path: Path) -> None:
    """Where a table has no ODS code the GSS code stands for the body, on both ends of a link."""
    text = "NHSRLO17CD,NHSRLO17NM,NHSER17CD,NHSER17NM,FID\nE39000026,NHS England North (C and M),E40000001,North,1\n"
    reading = written(tmp_path, "local-office-to-region-a.csv", text)
    assert links(reading) == [("E39000026", "E40000001", "REGION")]
    assert organisations(reading)[0] == (
        "E39000026",
        "LOCAL OFFICE",
        "NHS England North (C and M)",
        "E39000026",
    )


def test_the_ods_code_is_preferred_where_there_is_one(tmp_path: Path) -> None:
    """The same report with and without ODS codes of its partnerships is told apart by its columns."""
    bare = written(tmp_path, "a.csv", "CCG19CD,CCG19CDH,CCG19NM,STP19CD,STP19NM\nE38000001,02N,C,E54000005,W\n")
    coded = written(
        tmp_path, "b.csv", "CCG20CD,CCG20CDH,CCG20NM,STP20CD,STP20CDH,STP20NM\nE38000016,00T,C,E54000007,QOP,G\n"
    )
    assert links(bare) == [("02N", "E54000005", "STP")]
    assert links(coded) == [("00T", "QOP", "STP")]
    assert {source.report for source in bare.sources + coded.sources} == {"ons-ccg-to-stp"}


def test_primary_care_trusts_of_2012(tmp_path: Path) -> None:
    """The last primary care trusts and health authorities have their ODS code in a column CDO."""
    head = '"PCO12CD","PCO12CDO","PCO12NM","SHA12CD","SHA12CDO","SHA12NM"\r\n'
    text = f'{head}"E16000001","5A3","S Glos","E18000010","Q39","SW"\r\n'
    reading = written(tmp_path, "PCO12_SHA12_EN_LU.csv", text)
    assert links(reading) == [("5A3", "Q39", "SHA")]
    assert [kind for _, kind, *_ in organisations(reading)] == ["PCT", "SHA"]
    assert reading.sources[0].as_at == PartialDate.of_year(2012)


def test_area_teams_with_carriage_returns(tmp_path: Path) -> None:
    """The table of area teams has no line feeds and no date: it is of the time in which these teams were."""
    reading = written(
        tmp_path, "at.csv", 'ons_code,hscic_code,name\rE39000001,Q44,"Cheshire, Warrington"\rE39000002,Q45,Tees'
    )
    assert organisations(reading) == [
        ("Q44", "AREA TEAM", "Cheshire, Warrington", "E39000001"),
        ("Q45", "AREA TEAM", "Tees", "E39000002"),
    ]
    assert reading.sources[0].as_at == PartialDate.between("2013-04-01", "2015-03-31")


def test_a_name_more_precise_than_the_columns_counts(tmp_path: Path) -> None:
    """The file's name may say the month in the year that the columns say."""
    reading = written(tmp_path, "icb-names-2024-12.csv", "ICB24CD,ICB24CDH,ICB24NM\nE54000008,QYG,NHS Cheshire ICB\n")
    assert reading.sources[0].as_at == PartialDate.of_month(2024, 12)


def test_a_name_that_contradicts_the_columns_does_not_count(tmp_path: Path) -> None:
    """Where name and columns differ in the year the columns are taken, and a problem says so."""
    file = tmp_path / "icb-names-2019.csv"
    file.write_text("ICB24CD,ICB24CDH,ICB24NM\nE54000008,QYG,NHS Cheshire ICB\n")
    reading = read(file)
    assert reading.sources[0].as_at == PartialDate.of_year(2024)
    assert [(problem.line, problem.what) for problem in reading.problems] == [(0, "as-at date 2019")]


COMMISSIONERS = "Commissioner Parent Org Code,Commissioner Parent Name,Commissioner Org Code,Commissioner Org Name\n"


def test_commissioners_of_2026(tmp_path: Path) -> None:
    """A sub-ICB location has its board above it, a hub has none."""
    reading = written(
        tmp_path,
        "commissioners-2026-04.csv",
        COMMISSIONERS
        + "D7T5G,NHS ESSEX INTEGRATED CARE BOARD,06Q,NHS ESSEX ICB - 06Q\n,,13Q,NATIONAL COMMISSIONING HUB 1\n",
    )
    assert [code for code, *_ in organisations(reading)] == ["06Q", "D7T5G", "13Q"]
    assert links(reading) == [("06Q", "D7T5G", "ICB")]


def test_a_code_that_stands_for_nothing_is_no_organisation(tmp_path: Path) -> None:
    """Rows with neither name nor parent, and pseudo codes, are noted and give no organisation."""
    file = tmp_path / "commissioners-2026-04.csv"
    file.write_text(COMMISSIONERS + ",,NONC,\n,,Y56,\n,,NONC,NO COMMISSIONER\n")
    reading = read(file)
    assert reading.records == ()
    assert [problem.line for problem in reading.problems] == [2, 3, 4]


def test_providers_of_2026(tmp_path: Path) -> None:
    """A provider stands under its board."""
    head = "Provider Parent Org Code,Provider Parent Name,Provider Org Code,Provider Org Name\n"
    text = f"{head}QNC,NHS S ICB,RRE,MIDLANDS\n"
    assert links(written(tmp_path, "providers-to-icb-2026-04.csv", text)) == [("RRE", "QNC", "ICB")]


RECORDS = (
    "Commissioner_Code,Commissioner_Name,Status,ODS_Role_Code,Additional_Roles,Operational_Start_Date,Legal_Start_Date,"
    "Transition_Date,Town,Postcode,Successor_Code,Parent_ICB_Code\n"
)


@pytest.mark.parametrize(
    ("status", "successor", "legal_end", "operational_end"),
    [("Active", "", None, None), ("Active", "14L", UNKNOWN, None), ("Inactive", "", UNKNOWN, UNKNOWN)],
)
def test_commissioner_records_have_no_ends(
    tmp_path: Path, status: str, successor: str, legal_end: object, operational_end: object
) -> None:
    """Inactive, or with a successor, a body has ended on an unknown day; the register keeps some such active."""
    line = f"00W,NHS M CCG,{status},RO98,,2011-12-13,2013-04-01,,MANCHESTER,M14 7LU,{successor},\n"
    (row,) = written(tmp_path, "commissioner-records-2026-01-02.csv", RECORDS + line).records
    assert isinstance(row, OrganisationRow)
    assert row.legal is not None
    assert row.operational is not None
    assert (row.legal.start, row.legal.end) == (date(2013, 4, 1), legal_end)
    assert (row.operational.start, row.operational.end) == (date(2011, 12, 13), operational_end)


def test_commissioner_records_date_the_transition(tmp_path: Path) -> None:
    """The role of sub-ICB location starts on the transition date; the other roles are undated."""
    line = '15E,NHS B ICB - 15E,Active,RO98,"RO319,RO326",2017-12-08,2018-04-01,2022-07-01,B,B1 1TT,,QHL\n'
    (row,) = written(tmp_path, "commissioner-records-2026-01-02.csv", RECORDS + line).records
    assert isinstance(row, OrganisationRow)
    assert row.roles == (
        RoleAssignment(id="RO98", primary=True),
        RoleAssignment(id="RO319", primary=False, period=Period(date(2022, 7, 1), None)),
        RoleAssignment(id="RO326", primary=False),
    )
    assert row.parent == "QHL"


def test_commissioner_records_without_legal_start_say_nothing_of_law(tmp_path: Path) -> None:
    """Where there is only an operational start, nothing is said about the legal period."""
    line = 'QHM,NHS N ICB,Active,RO261,"RO262,RO318",2018-04-01,,,S,SR5 3XB,,\n'
    (row,) = written(tmp_path, "commissioner-records-2026-01-02.csv", RECORDS + line).records
    assert isinstance(row, OrganisationRow)
    assert row.legal is None
    assert row.operational == Period(date(2018, 4, 1), None)


def test_a_commissioner_without_roles(tmp_path: Path) -> None:
    """Where the record names no role there is none."""
    line = "Z4P6N,NORTH LONDON,Active,,,2020-10-01,,,L,NW1 3AX,,\n"
    (row,) = written(tmp_path, "commissioner-records-2026-01-02.csv", RECORDS + line).records
    assert isinstance(row, OrganisationRow)
    assert row.roles == ()


PRACTICES = (
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ONS_CCG_CODE,CCG_CODE,"
    "CCG_NAME,ONS_STP_CODE,STP_CODE,STP_NAME,ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME\n"
)
ABOVE = "E38000247,16C,NHS Tees Valley CCG,E54000050,QHM,Cumbria,E40000009,Y63,North East\n"


def test_the_practice_hierarchy_tells_its_day(tmp_path: Path) -> None:
    """Practice, network and the chain above it, as at the day that each line prints; U is no network."""
    text = (
        f"{PRACTICES}GP_PRAC_PAT_LIST,01Jan2022,A81001,DENSHAM,TS18 1HU,U89141,STOCKTON PCN,{ABOVE}"
        f"GP_PRAC_PAT_LIST,01Jan2022,A81002,QUEENS PARK,TS18 2AW,U,Unallocated,{ABOVE}"
    )
    reading = written(tmp_path, "gp-practice-pcn-ccg-stp-region-2022-03.csv", text)
    assert [source.as_at for source in reading.sources] == [PartialDate.of_day("2022-01-01")]
    assert links(reading) == [
        ("A81001", "16C", "CCG"),
        ("16C", "QHM", "STP"),
        ("QHM", "Y63", "REGION"),
        ("A81001", "U89141", "PCN"),
        ("A81002", "16C", "CCG"),
    ]


@pytest.mark.parametrize("day", ["", "2022-01-01", "32Jan2022", "01Foo2022", "31Feb2022"])
def test_a_row_that_does_not_tell_its_day_is_left_out(tmp_path: Path, day: str) -> None:
    """A line of another day than it can say is no row."""
    file = tmp_path / "hierarchy.csv"
    file.write_text(f"{PRACTICES}GP,{day},A81001,DENSHAM,TS18 1HU,U,Unallocated,{ABOVE}")
    reading = read(file)
    assert reading.records == ()
    assert any("EXTRACT_DATE" in problem.what for problem in reading.problems)


def test_list_sizes_add_up(tmp_path: Path) -> None:
    """Registered patients are the sum of all bands, in the body whose code goes without its suffix."""
    bands = [
        f"{sex} {band}"
        for band in ("0-4", "5-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
        for sex in ("Male", "Female")
    ]
    head = "Regional Office Name,Regional Office Code,Area Team Name,Area Team Code,PCO Name,PCO Code,Practice Name"
    line = "LONDON,Y56,NE LONDON,Q61,BARKING CCG,07L00,ABBEY,F82625"
    text = f"{head},Practice Code,{','.join(bands)}\n{line},{','.join(map(str, range(18)))}\n"
    reading = written(tmp_path, "gp-list-size-2016-01-03.csv", text)
    (share,) = (row for row in reading.records if isinstance(row, ShareRow))
    assert (share.code, share.other, share.amount, share.share, share.basis) == (
        "F82625",
        "07L",
        153,
        None,
        "registered patients",
    )
    assert links(reading) == [("F82625", "07L", "PCO"), ("07L", "Q61", "AREA TEAM"), ("Q61", "Y56", "REGION")]
