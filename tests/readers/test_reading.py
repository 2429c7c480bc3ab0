"""Files and folders: what is recognised, what is only noted, which time and which source each file is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nhs_orgs.dates import PartialDate
from nhs_orgs.errors import ReadError
from nhs_orgs.readers import read
from nhs_orgs.readers.as_at import UNDATED, as_at_of
from nhs_orgs.readers.registry import LAYOUTS

SUCC = '"R1E","RRE","","20180601","0"\r\n'


def listed(code: str, **fields: str) -> str:
    """One line of the 27 columns."""
    cells = [code, *[""] * 26]
    for name, value in fields.items():
        cells[int(name[1:]) - 1] = value
    return ",".join(f'"{cell}"' for cell in cells) + "\r\n"


def put(folder: Path, name: str, text: str) -> Path:
    """A file in a folder, with the folders between."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """All files of a folder are read, whatever their depth, in the order of their paths."""
    put(tmp_path, "b/succ-2022.csv", SUCC)
    put(tmp_path, "a.d/succ-2026.csv", SUCC)
    put(tmp_path, "a/succ-2024.csv", SUCC)
    told: list[str] = []
    reading = read(tmp_path, progress=told.append)
    assert told == ["a.d/succ-2026.csv", "a/succ-2024.csv", "b/succ-2022.csv"]
    assert [source.path for source in reading.sources] == told
    assert [row.source.path for row in reading.records] == told
    assert reading == read(str(tmp_path))


def test_what_is_no_report_is_noted_in_a_folder(tmp_path: Path) -> None:
    """In a folder unknown, empty and false files are problems of the whole file; hidden files are left alone."""
    put(tmp_path, "succ-2026.csv", SUCC)
    put(tmp_path, "README.md", "# Notes\n")
    put(tmp_path, "empty.csv", "")
    put(tmp_path, "etr-2026.csv", SUCC)
    put(tmp_path, ".hidden.csv", SUCC)
    put(tmp_path, ".git/succ-2025.csv", SUCC)
    reading = read(tmp_path)
    assert len(reading.records) == 1
    assert {(problem.path, problem.line) for problem in reading.problems} == {
        ("README.md", 0),
        ("empty.csv", 0),
        ("etr-2026.csv", 0),
    }
    assert {problem.why for problem in reading.problems if problem.path == "README.md"} == {"not a known report"}


def test_links_to_folders_are_noted(tmp_path: Path) -> None:
    """A link to a folder is not followed, so that reading ends, and a problem says so."""
    put(tmp_path, "succ-2026.csv", SUCC)
    try:
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets no ordinary user make links")
    reading = read(tmp_path)
    assert [(problem.path, problem.line) for problem in reading.problems] == [("again", 0)]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in a folder that may not be read is not passed over in silence."""
    put(tmp_path, "locked/succ-2026.csv", SUCC)
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ReadError, match="cannot be listed"):
        read(tmp_path)


@pytest.mark.parametrize("content", [None, "nothing known\n"])
def test_a_folder_without_reports_is_an_error(tmp_path: Path, content: str | None) -> None:
    """An empty folder, or one without any known report, is an error that says what is known."""
    if content:
        put(tmp_path, "notes.txt", content)
    with pytest.raises(ReadError) as caught:
        read(tmp_path)
    assert "etr" in caught.value.todo
    assert caught.value.path == str(tmp_path)


def test_an_unknown_file_is_an_error(tmp_path: Path) -> None:
    """A single file of no known report is an error that names what is recognised and how to name it."""
    with pytest.raises(ReadError) as caught:
        read(put(tmp_path, "notes.csv", "a,b\n1,2\n"))
    assert "not a known report" in caught.value.why
    assert all(report in caught.value.todo for report in ("etr", "succ", "epraccur", "etr-2026-07.csv"))


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A path that leads nowhere says so."""
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "etr.csv")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("etr.csv", SUCC),
        ("etr-2026.csv", listed("A81001", c13="ACTIVE")),
        ("etr.csv", "<!DOCTYPE html>\n<html>\n"),
        ("succ.csv", listed("RRE")),
        ("ets.csv", listed("RRE2I")),
        ("epraccur.csv", listed("RRE")),
        ("eccg.csv", "FID,CCG19CD,CCG19CDH,CCG19NM\n1,E38000001,02N,NHS Airedale CCG\n"),
        ("ccg-names-2019.csv", listed("RRE")),
        ("site-to-trust-2026.json", "[1, 2]"),
        ("trimmed-records-2026.json", '{"organisations": {"RRE": []}}'),
    ],
)
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, name: str, text: str) -> None:
    """A name that claims one report over rows of another is an error, never a guess."""
    with pytest.raises(ReadError, match="its name says"):
        read(put(tmp_path, name, text))


def test_a_claim_holds_if_half_of_the_rows_bear_it_out(tmp_path: Path) -> None:
    """A report with as many good rows as bad ones is still that report; with fewer it is something else."""
    good, other = listed("RRE"), listed("A81001", c13="ACTIVE")
    assert len(read(put(tmp_path, "etr-2026.csv", good + other)).records) == 2
    with pytest.raises(ReadError, match="its name says etr"):
        read(put(tmp_path, "etr-2026.csv", good + other * 2))


@pytest.mark.parametrize(
    ("name", "text", "report"),
    [
        ("etr.csv", listed("RRE", c11="20010401"), "etr"),
        ("ETR-August-2018.CSV", listed("RRE", c11="20010401"), "etr"),
        ("etr-2018.txt", listed("RRE", c11="20010401"), "etr"),
        ("download (3).csv", listed("RRE", c11="20010401"), "etr"),
        ("care.csv", listed("TAJ", c11="20010401"), "ect"),
        ("ccgs.csv", listed("02Q", c11="20130401", c14="C"), "eccg"),
        ("sites.csv", listed("RRE2I", c15="RRE"), "ets"),
        ("practices.csv", listed("A81001", c13="A"), "epraccur"),
        ("members.csv", '"A81001","5E1","W","20010401","20130331","0"\n', "epcmem"),
        ("changes.csv", SUCC, "succ"),
        ("whatever.csv", "old_code,new_code,date\nRM2,R0A,2017-10-01\n", "succ-and-succarc"),
        (
            "table.csv",
            "from_commissioner,to_commissioner,move_date,n_practices\n01H,01K,20170401,32\n",
            "practice-moves",
        ),
        ("sites.json", '{"A0A1E": "RWR"}', "site-to-trust"),
        ("records.json", '{"organisations": {"RRE": {"name": "X", "roles": []}}}', "trimmed-records"),
    ],
)
def test_a_report_is_known_by_its_shape(tmp_path: Path, name: str, text: str, report: str) -> None:
    """A file whose name says nothing is known by its shape, where only one report has it."""
    assert read(put(tmp_path, name, text)).sources[0].report == report


def test_a_shape_of_several_reports_is_not_guessed(tmp_path: Path) -> None:
    """Codes that may be of two lists are an error that says how to name the file."""
    with pytest.raises(ReadError, match="may be of etr or eccg") as caught:
        read(put(tmp_path, "list.csv", listed("G6V2S", c11="20241101")))
    assert "Name the file after its report" in caught.value.todo


def test_a_header_of_several_reports_is_not_guessed(tmp_path: Path) -> None:
    """Two reports with one header are told apart by the file's name only."""
    text = (
        "OrgId,OrgName,OrgPostCode,OrgStart,OrgEnd,OrgRoleStart,OrgRoleEnd,RelOrgId,RelType,RelOrgPrimaryRole,"
        "RelStart,RelEnd\nRCF,AIREDALE,BD20 6TD,1992-04-01,,1992-04-01,,Q52,RE5,RO210,2013-04-01,2015-03-31\n"
    )
    with pytest.raises(ReadError, match="may be of trust-to-local-office or gp-to-ccg"):
        read(put(tmp_path, "relationships.csv", text))
    assert read(put(tmp_path, "gp-to-ccg.csv", text)).sources[0].report == "gp-to-ccg"


@pytest.mark.parametrize(
    ("stem", "folders", "when"),
    [
        ("etr-2018-08-31", [], PartialDate.of_day("2018-08-31")),
        ("etr20180831", [], None),
        ("etr_20180831", [], PartialDate.of_day("2018-08-31")),
        ("etr-2015-09", ["2018"], PartialDate.of_month(2015, 9)),
        ("CCG_APR_2013", [], PartialDate.of_month(2013, 4)),
        ("etr-August-2018", [], PartialDate.of_month(2018, 8)),
        ("PCO_2012", [], PartialDate.of_year(2012)),
        ("moves-2000-2019-weighted", [], PartialDate.of_year(2019)),
        ("etr-2018-02-31", [], None),
        ("etr-1234", [], None),
        ("etr", ["data", "2018-08-31"], PartialDate.of_day("2018-08-31")),
        ("etr", ["2026-07", "2018-08-31"], PartialDate.of_month(2026, 7)),
        ("etr", ["my project 2023"], None),
        ("population-census2021", ["mid2019"], None),
    ],
)
def test_names_tell_the_time(stem: str, folders: list[str], when: PartialDate | None) -> None:
    """The last date in a file's name counts, else the nearest folder whose whole name is a date."""
    assert as_at_of(stem, folders) == when


def test_a_folder_tells_the_time(tmp_path: Path) -> None:
    """A report that its folder dates is as at that date, read by itself or with its folder."""
    file = put(tmp_path, "2018-08-31/etr.csv", listed("RRE"))
    for path in (tmp_path, file.parent, file):
        assert read(path).sources[0].as_at == PartialDate.of_day("2018-08-31")


def test_a_file_that_does_not_tell_its_time_is_undated(tmp_path: Path) -> None:
    """Without any date a file is of some day since 1948, and a problem says how to name it."""
    reading = read(put(tmp_path, "etr.csv", listed("RRE")))
    assert reading.sources[0].as_at == UNDATED
    (problem,) = reading.problems
    assert (problem.line, problem.what) == (0, "as-at date")
    assert "etr-2026-07.csv" in problem.why


def test_sources_of_a_folder_have_names_of_their_own(tmp_path: Path) -> None:
    """Two files of one report and time are told apart by their names, then by their paths."""
    for name in ("a/etr-2018.csv", "b/etr-2018.csv", "c/etr-2018.csv"):
        put(tmp_path, name, listed("RRE"))
    assert [source.id for source in read(tmp_path).sources] == [
        "etr@2018",
        "etr@2018:etr-2018",
        "etr@2018:c/etr-2018.csv",
    ]


def test_a_report_without_rows_is_still_a_source(tmp_path: Path) -> None:
    """A header without rows under it gives no record, no problem, and its source."""
    told: list[str] = []
    reading = read(put(tmp_path, "succ-2022.csv", "old_code,new_code,date\n"), progress=told.append)
    assert told == ["succ-2022.csv"]
    assert (len(reading.sources), reading.records, reading.problems) == (1, (), ())


def test_readings_add_up(tmp_path: Path) -> None:
    """Two readings together hold the sources, records and problems of both, in order."""
    one = read(put(tmp_path, "succ-2022.csv", SUCC))
    two = read(put(tmp_path, "succ-2026.csv", SUCC + "x\n"))
    both = one + two
    assert both.sources == one.sources + two.sources
    assert both.records == one.records + two.records
    assert both.problems == two.problems
    assert repr(both) == "Reading(2 sources, 2 records, 1 problems)"


def test_every_layout_says_what_it_is() -> None:
    """Each layout has a title, a publisher, and names by which files claim it, in lower case."""
    assert all(layout.title and layout.publisher and layout.names for layout in LAYOUTS)
    assert all(name == name.lower() for layout in LAYOUTS for name in layout.names)


def test_a_report_has_one_publisher() -> None:
    """Layouts of one report do not contradict each other about its publisher."""
    publishers = {(layout.report, layout.publisher) for layout in LAYOUTS}
    assert len(publishers) == len({layout.report for layout in LAYOUTS})
