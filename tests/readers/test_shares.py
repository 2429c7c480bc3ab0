"""Tables of shares: what each measures, and of what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhs_orgs.readers import Reading, RelationshipRow, ShareRow, read


def written(folder: Path, name: str, text: str) -> Reading:
    """What a file of this text reads as."""
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return read(file)


def shares(reading: Reading) -> list[tuple[str, str, float | None, float | None, str]]:
    """From, to, share, amount and basis of each share."""
    rows = [row for row in reading.records if isinstance(row, ShareRow)]
    return [(row.code, row.other, row.share, row.amount, row.basis) for row in rows]


def test_shares_by_registered_patients(tmp_path: Path) -> None:
    """A share by patients keeps their number; the number of practices is another measure, without a share."""
    head = "pct_code,pct_name,successor_code,successor_name,patients,share_of_pct,practices\n"
    reading = written(
        tmp_path, "pct-to-ccg-2013-by-registered-patients.csv", f"{head}5A3,S Glos,12A,NHS S Glos,259332,0.75,32\n"
    )
    assert shares(reading) == [
        ("5A3", "12A", 0.75, 259332, "registered patients"),
        ("5A3", "12A", None, 32, "practices"),
    ]


def test_shares_by_postcodes_are_percentages(tmp_path: Path) -> None:
    """A percentage becomes a fraction of 1."""
    head = "pct_code,pct_ons,pct_name,ccg_code,ccg_ons,ccg_name,pct_of_postcodes\n"
    reading = written(
        tmp_path, "pct-to-ccg-2013-postcode-share.csv", f"{head}5A3,E16000001,S Glos,12A,E38000155,NHS,37.5\n"
    )
    assert shares(reading) == [("5A3", "12A", 0.375, None, "postcodes")]


def test_movers_are_no_share_of_the_whole(tmp_path: Path) -> None:
    """A table of movers gives amounts only: its share is of those who moved, not of the body."""
    head = "date,from,to,practices,patients_2013q2,share_of_movers_by_patients\n"
    reading = written(
        tmp_path, "commissioner-moves-2000-2019-weighted.csv", f"{head}20000401,4CN32,5AN,37,160573,1.0\n"
    )
    assert shares(reading) == [
        ("4CN32", "5AN", None, 160573, "registered patients"),
        ("4CN32", "5AN", None, 37, "practices"),
    ]
    assert {row.day for row in reading.records if isinstance(row, ShareRow)} == {date(2000, 4, 1)}


def test_moves_of_practices(tmp_path: Path) -> None:
    """A move of practices is dated to the day."""
    text = "from_commissioner,to_commissioner,move_date,n_practices\n01H,01K,20170401,32\n"
    reading = written(tmp_path, "practice-moves-between-commissioners-1999-2019.csv", text)
    assert shares(reading) == [("01H", "01K", None, 32, "practices")]


def test_frimley_by_district(tmp_path: Path) -> None:
    """Parts below the organisation keep their name, and the board of each taker is said once."""
    head = "from_sicbl,to_icb,to_sicbl,lad,residents_census2021,lsoas,share\n"
    text = f"{head}D4U1Y,QRL,D9Y0V,Hart,74527.0,45,0.0975\nD4U1Y,QRL,D9Y0V,Rushmoor,99753.0,60,0.1305\n"
    reading = written(tmp_path, "frimley-d4u1y-split-2026.csv", text)
    assert [row.part for row in reading.records if isinstance(row, ShareRow)] == ["Hart", "Rushmoor"]
    links = [row for row in reading.records if isinstance(row, RelationshipRow)]
    assert [(row.code, row.other, row.other_kind) for row in links] == [("D9Y0V", "QRL", "ICB")]


def test_boards_by_census(tmp_path: Path) -> None:
    """A board's share of population that went to another."""
    text = "from_icb_2024,to_icb_2026,residents_census2021,lsoas,share_of_from\nQNQ,QRL,174280.0,105,0.228\n"
    assert shares(written(tmp_path, "icb-2024-to-2026-population-census2021.csv", text)) == [
        ("QNQ", "QRL", 0.228, 174280, "population")
    ]


def test_a_divided_trust_by_two_measures(tmp_path: Path) -> None:
    """Floor area and beds are two rows where both are known, one where one is."""
    head = "from_trust,date,to_trust,to_site,gross_internal_floor_area_m2,available_beds,share_floor,share_beds\n"
    text = f"{head}RJD,2014-11-01,RJE,RJE09,43238,324,0.6743,0.8594\nRW6,2021-10-01,R0A,R0A66,97993,,0.3853,\n"
    reading = written(tmp_path, "trust-split-site-weights.csv", text)
    assert shares(reading) == [
        ("RJD", "RJE", 0.6743, 43238, "floor area"),
        ("RJD", "RJE", 0.8594, 324, "beds"),
        ("RW6", "R0A", 0.3853, 97993, "floor area"),
    ]
    assert [source.id for source in reading.sources] == [
        "trust-split-site-weights@2014-11-01",
        "trust-split-site-weights@2021-10-01",
    ]


def test_patients_of_a_trust_by_board(tmp_path: Path) -> None:
    """The board is known by its GSS code only."""
    text = "nhs_trust22_code,icb22_code,proportion_trust_came_from_icb\nR0A,E54000013,2.15e-06\n"
    assert shares(written(tmp_path, "trust-to-icb-patient-share-2022.csv", text)) == [
        ("R0A", "E54000013", 2.15e-06, None, "patients")
    ]


@pytest.mark.parametrize(
    ("row", "kept", "why"),
    [
        ("5A3,S,12A,N,100,1.5,3", [None, None], "more than the whole"),
        ("5A3,S,12A,N,,,", [], "measures nothing"),
        ("5A3,S,,N,100,0.5,3", [], "no code"),
        ("5A3,S,12A,N,100,half,3", [None, None], "not a number"),
    ],
)
def test_bad_shares_are_noted(tmp_path: Path, row: str, kept: list[float | None], why: str) -> None:
    """A share above one or no number at all is never taken; what else the row measures stays."""
    head = "pct_code,pct_name,successor_code,successor_name,patients,share_of_pct,practices\n"
    reading = written(tmp_path, "pct-to-ccg-2013-by-registered-patients.csv", f"{head}{row}\n")
    assert [share for _, _, share, *_ in shares(reading)] == kept
    (problem,) = reading.problems
    assert why in problem.why


AREAS = (
    "lsoa11_code,total_population,ccg2015,ccg2016,ccg2017,ccg2018,ccg2019,ccg2020,ccg21_code,ccg2021,"
    "sicbl2022,icb2022\n"
)


def test_small_areas_add_up_to_shares(tmp_path: Path) -> None:
    """Where the people of a commissioner were a year later, as shares that add up to one, in a source a year."""
    text = (
        f"{AREAS}E01000001,300,01H,01H,01K,01K,01K,01K,E38000001,01K,01K,QE1\n"
        "E01000002,700,01H,01H,01H,01H,01H,01H,E38000002,01H,01H,QHM\n"
        "E01000003,,01H,01H,01H,01H,01H,01H,E38000002,01H,01H,QHM\n"
    )
    reading = written(tmp_path, "lsoa11-to-ccg-by-year.csv", text)
    moved = {
        (row.source.id, row.code, row.other): (row.share, row.amount)
        for row in reading.records
        if isinstance(row, ShareRow) and row.code == "01H" and row.source.as_at.earliest.year <= 2017
    }
    assert moved == {
        ("small-areas-to-ccg@2016", "01H", "01H"): (1.0, 1000),
        ("small-areas-to-ccg@2017", "01H", "01H"): (0.7, 700),
        ("small-areas-to-ccg@2017", "01H", "01K"): (0.3, 300),
    }
    assert [problem.line for problem in reading.problems] == [4]


def test_nobody_is_no_share(tmp_path: Path) -> None:
    """A commissioner without people has no shares, only amounts of nought."""
    reading = written(tmp_path, "lsoa11.csv", f"{AREAS}E01000001,0,01H,01H,01H,01H,01H,01H,E38000001,01H,01H,QE1\n")
    assert {(share, amount) for _, _, share, amount, _ in shares(reading)} == {(None, 0)}
