"""The register as it was known at a time: what the releases in hand said, and no more."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from rows import compiled, follows, listed, reading, related

import nhs_orgs as nhs
from nhs_orgs.compiler import Curation, read_curation
from nhs_orgs.readers.base import Row

EARLY, LATE = "etr@2018-08-31", "etr@2020-10-31"
REGISTER = compiled(
    listed("RRE", "2001-04-01", by=EARLY, name="South Staffordshire", region="Y55"),
    listed("R1E", "2011-09-01", by=EARLY, name="Staffordshire Partnership"),
    listed("RRE", "2001-04-01", by=LATE, name="Midlands Partnership", region="Y60"),
    listed("R1E", "2011-09-01", "2018-05-31", by=LATE, name="Staffordshire Partnership"),
    listed("R0D", "2020-10-01", by=LATE, name="Dorset"),
    follows("R1E", "RRE", "2018-05-31", by="succ-and-succarc@2022-10"),
    follows("RFK", "RRE", "2001-04-01", by="succ-and-succarc@2022-10"),
    follows("R1E", "RRE", "2018-06-01", by="succ@2026-05"),
)


def compiled_with(curation: Curation, *rows: Row) -> nhs.Register:
    """The rows compiled by the front door, which keeps the curation with the register."""
    return nhs.compile(reading(rows), curation)


CURATED = """
citations:
  - {id: a-paper, publisher: A publisher, title: About it, url: "https://example.org/paper"}
names:
  - {code: RRE, name: A Cited Name, since: "2001-04-01", until: "2005-03-31", confidence: high, citations: [a-paper]}
  - {code: R0D, name: Cited Dorset, since: "2020-10-01", confidence: high, citations: [a-paper]}
"""


def test_a_body_that_no_list_had_closed_was_open() -> None:
    """What is learnt later does not close a body: it is open in what was known, and closed in what is."""
    known = REGISTER.as_known(at="2018-12-31")
    assert "R1E" in known.on("2018-08-31")
    assert known["R1E"].legal.end is None
    assert "R1E" not in REGISTER.on("2018-08-31")


def test_what_was_not_listed_is_not_known() -> None:
    """A code that only later releases list is unknown, which is not closed and not yet to open."""
    known = REGISTER.as_known(at="2018-08-31")
    with pytest.raises(nhs.UnknownOrganisation) as miss:
        known.on("2018-08-31")["R0D"]
    assert not isinstance(miss.value, nhs.NotOpen)
    assert "R0D" in REGISTER.as_known(at="2020-10-31")


def test_names_and_parents_are_those_of_the_release() -> None:
    """A later name and a later parent are not known, and an earlier name is overwritten."""
    before, after = REGISTER.as_known(at="2018-08-31"), REGISTER.as_known(at="2020-10-31")
    assert [name.text for name in before["RRE"].names] == ["South Staffordshire"]
    assert [name.text for name in after["RRE"].names] == ["Midlands Partnership"]
    assert [r.other for r in before["RRE"].relationships] == ["Y55"]


def test_what_became_of_a_body_is_unknown_till_a_release_tells() -> None:
    """With no succession report in hand a closed body's outcome is unknown; with one it has succeeded."""
    closed, told = REGISTER.as_known(at="2020-10-31"), REGISTER.as_known(at="2022-10-31")
    assert isinstance(closed.resolve("R1E", on="2020-10-31"), nhs.Unknown)
    assert told.resolve("R1E", on="2020-10-31").codes == ("RRE",)
    assert len(told.eras("RRE")) > len(closed.eras("RRE")) == 1


def test_succession_days_are_those_in_hand() -> None:
    """A day that only a later report prints is no evidence yet."""
    event = REGISTER.as_known(at="2022-10-31").events(code="R1E")[-1]
    assert [(str(row.day), [s.id for s in row.sources]) for row in event.evidence] == [
        ("2018-05-31", ["succ-and-succarc@2022-10"])
    ]


def test_a_code_of_succession_rows_alone_is_known_with_them() -> None:
    """A body that only the succession report names is known from the day of that report."""
    assert "RFK" not in REGISTER.as_known(at="2020-10-31")
    assert REGISTER.as_known(at="2022-10-31").resolve("RFK", on="2018-01-01").codes == ("RRE",)


def test_releases_are_those_in_hand() -> None:
    """It lists its releases, the newest of each report, and speaks of no day after them."""
    known = REGISTER.as_known(at="2022-12-31")
    assert [source.id for source in known.releases] == [LATE, "succ-and-succarc@2022-10"]
    assert known.covers.end == date(2022, 10, 31)
    with pytest.raises(nhs.OutsideCoverage):
        known.on("2023-01-01")


def test_before_the_first_release_there_is_no_answer() -> None:
    """A time before every release is refused, with the day from which there are some."""
    with pytest.raises(nhs.OutsideCoverage, match="releases from 2018-08-31"):
        REGISTER.as_known(at="2018-08-30")


def test_statements_stand_in_the_order_of_what_is_in_hand() -> None:
    """A value that an overwritten release gave first comes after one of an older release that still speaks."""
    whole = compiled(
        listed("RAA", by="etr@2015-09-30", name="One Name"),
        listed("RAA", by="trust-dates@2016-09-30", name="Another Name"),
        listed("RAA", by="etr@2018-08-31", name="One Name"),
    )
    assert [said.value for said in whole["RAA"].says("name")] == ["One Name", "Another Name"]
    assert [said.value for said in whole.as_known(at="2020-01-01")["RAA"].says("name")] == ["Another Name", "One Name"]


def test_rows_that_were_set_aside_are_judged_again() -> None:
    """A row that later rows make a shortcut counts where those rows are not in hand, and none of itself ever does."""
    whole = compiled(
        listed("RAA", "1994-04-01", by="etr@2015-09-30"),
        follows("RAA", "RCC", "2016-04-01", by="succ-and-succarc@2022-10"),
        follows("RBB", "RBB", "2010-04-01", by="succ-and-succarc@2022-10"),
        follows("RAA", "RBB", "2015-04-01"),
        follows("RBB", "RCC", "2016-04-01"),
    )
    assert {finding.rule for finding in whole.check()} == {"shortcut", "self-succession"}
    known = whole.as_known(at="2022-12-31")
    assert [finding.rule for finding in known.check()] == ["self-succession"]
    assert [event.codes for event in known.events()] == [{"RAA", "RCC"}]


def test_what_a_source_names_by_its_ons_code_alone_is_told_by_its_release() -> None:
    """The finding about a body without ODS code is there once its release is in hand."""
    whole = compiled(
        listed("RRE", "2001-04-01", by=EARLY),
        related("E54000099", "parent", "Y60", by="ons-stp@2019-04-01", other_kind="REGION"),
    )
    assert not whole.as_known(at="2018-08-31").check()
    assert [finding.subject for finding in whole.as_known(at="2019-04-01").check()] == ["E54000099"]


def test_curation_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    """What documents say counts only where it is wanted, and only of codes that are known then."""
    tmp_path.joinpath("names.yaml").write_text(CURATED, encoding="utf-8")
    rows = [listed("RRE", "2001-04-01", by=EARLY, name="South Staffordshire"), listed("R0D", "2020-10-01", by=LATE)]
    whole = compiled_with(read_curation(tmp_path), *rows)
    plain, cited = whole.as_known(at="2018-08-31"), whole.as_known(at="2018-08-31", curated=True)
    assert [name.text for name in plain["RRE"].names] == ["South Staffordshire"]
    assert [name.text for name in cited["RRE"].names] == ["A Cited Name", "South Staffordshire"]
    assert cited["RRE"] == whole["RRE"]
    assert [finding.subject for finding in cited.check()] == ["R0D"]
    assert not any(isinstance(source, nhs.Citation) for record in plain.values() for source in record.sources)


def test_another_curation_is_not_passed_off_as_its_own(tmp_path: Path) -> None:
    """A register opened from files has its curation only where that of the library is the same, by checksum."""
    whole = compiled_with(Curation(files=(("a.yaml", "events: []"),)), listed("RRE", "2001-04-01", by=EARLY))
    whole.write(tmp_path, command="a test")
    opened = nhs.load(tmp_path)
    assert opened.manifest["curation"] == {"a.yaml": sha256(b"events: []").hexdigest()}
    with pytest.raises(nhs.DataError, match="other curated files"):
        opened.as_known(at="2018-08-31", curated=True)
    assert "RRE" in opened.as_known(at="2018-08-31")


def test_a_written_register_remembers_as_well(tmp_path: Path) -> None:
    """What was known is the same of a register in memory and of one that was written and opened."""
    REGISTER.write(tmp_path, command="a test")
    for at in ("2018-08-31", "2020-10-31", "2022-10-31", "2026-05-31"):
        again, once = nhs.load(tmp_path).as_known(at=at), REGISTER.as_known(at=at)
        assert dict(again) == dict(once)
        assert again.events() == once.events()
        assert again.check() == once.check()
