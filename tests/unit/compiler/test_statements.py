"""Rows become statements: what each release says of each code, equal values joined, nothing chosen yet."""

from __future__ import annotations

from datetime import date

from rows import follows, listed, named, related

from nhs_orgs.compiler.statements import Claim, by_ods_code, claims, records
from nhs_orgs.period import Period
from nhs_orgs.readers.base import RelationshipRow, Row, ShareRow
from nhs_orgs.sources import Citation


def said(*rows: Row) -> set[tuple[str, str]]:
    """Property and value of every claim."""
    return {(claim.property, claim.value) for claim in claims(rows)}


def of(name: str, *rows: Row) -> set[str]:
    """The values of one property."""
    return {value for found, value in said(*rows) if found == name}


def test_a_line_of_the_trust_list() -> None:
    """Each column is a statement; an open end is one too."""
    row = listed(
        "RRE", "2001-04-01", name="MIDLANDS", region="Y60", geography="QNC", postcode="ST16 3SR",
        government_region="A", foundation_start=date(2004, 8, 1), gss="E12345678",
        roles=["RO197", "RO57 2004-08-01/.."],
    )  # fmt: skip
    assert said(row) == {
        ("name", "MIDLANDS"),
        ("kind", "Trust"),
        ("legal_start", "2001-04-01"),
        ("legal_end", ".."),
        ("role", "RO197"),
        ("role", "RO57"),
        ("region", "Y60"),
        ("geography", "QNC"),
        ("postcode", "ST16 3SR"),
        ("gss", "E12345678"),
        ("foundation_start", "2004-08-01"),
    }


def test_unknown_bounds_are_not_said() -> None:
    """A bound that a row does not know is no statement."""
    assert of("legal_start", listed("RRE", last="2018-05-31")) == set()
    assert of("legal_end", listed("RRE", last="2018-05-31")) == {"2018-05-31"}
    assert said(listed("RRE", by="something@2020")) == set()


def test_working_dates_are_told_apart() -> None:
    """Operational dates are statements of their own."""
    row = listed("RJD", "1993-04-01", "2017-10-31", operational="1993-04-01/2014-10-31")
    assert of("operational_end", row) == {"2014-10-31"}
    assert of("legal_end", row) == {"2017-10-31"}


def test_a_list_of_current_bodies_says_that_they_are_open() -> None:
    """A list without dates that holds current bodies only says of each that it is open."""
    assert of("legal_end", listed("QNC", by="ons-icb-names@2024-12", kind="ICB")) == {".."}
    assert of("legal_end", listed("RRE", by="trust-names-incl-closed@2025-02")) == set()


def test_parents_of_a_closed_body_are_of_a_later_day() -> None:
    """The geography of a closed row says nothing of the body while it lived."""
    closed = listed("10G", "2013-04-01", "2018-03-31", by="eccg@2025-12", region="Y59", geography="QNQ", parent="QNQ")
    assert of("region", closed) == of("geography", closed) == set()
    ahead = listed("RAA", "2013-04-01", "2026-12-31", by="etr@2026-07-31", region="Y59")
    assert of("region", ahead) == {"Y59"}


def test_what_a_parent_is_depends_on_the_child() -> None:
    """A site's parent operates it, a practice's commissions it, any other's is an area."""
    assert of("operator", listed("RRE01", "2018-04-01", by="ets@2023-05", parent="RRE", region="Y60")) == {"RRE"}
    assert of("region", listed("RRE01", "2018-04-01", by="ets@2023-05", parent="RRE", region="Y60")) == set()
    assert of("commissioner", listed("A81001", "1974-04-01", by="epraccur@2026-02", parent="16C")) == {"16C"}
    assert of("geography", listed("00L", "2013-04-01", by="eccg@2023-10", parent="QHM")) == {"QHM"}
    assert of("geography", listed("RQF", "1994-04-01", geography="Q99")) == set()


def test_a_region_of_wales() -> None:
    """Either region column tells a Welsh body."""
    assert of("nation", listed("RQF", government_region="W")) == {"Wales"}
    assert of("nation", listed("RQF", region="W00")) == {"Wales"}
    assert of("nation", listed("RRE", region="Y60")) == set()


def test_the_sector_of_a_trust() -> None:
    """In the table of trust types, the type is the sector."""
    assert of("sector", listed("RRE", by="trust-type-by-year@2024", sub_type="MENTAL HEALTH")) == {"MENTAL HEALTH"}
    assert of("sector", listed("RRE", sub_type="B")) == set()


def test_names_that_are_printed_loosely() -> None:
    """Lists that shorten names make no new ones."""
    assert of("loose name", listed("RRE", by="eric-sites@2020", name="Midlands")) == {"Midlands"}
    assert of("loose name", listed("00L", by="gp-practice-hierarchy@2022", kind="CCG", name="Northumberland"))
    assert of("name", listed("00L", by="ons-ccg-names@2017", kind="CCG", name="NHS Northumberland CCG"))
    assert of("name", named("RRE", "Midlands", "2015-09", "2018-01")) == {"Midlands"}
    assert of("loose name", named("RRE", "Mid lands", "2015-09", "2018-01", loose=True)) == {"Mid lands"}


def test_a_name_holds_between_its_sightings() -> None:
    """The days of a name are those of the releases that show it, first to last."""
    (claim,) = [c for c in claims([named("RRE", "Midlands", "2015-09", "2018-01")]) if c.property == "name"]
    assert claim.period == Period(date(2015, 9, 1), date(2018, 1, 1))
    (backwards,) = [c for c in claims([named("RRE", "Midlands", "2018-01", "2015-09")]) if c.property == "name"]
    assert backwards.period == Period(date(2018, 1, 1), date(2018, 1, 1))


def test_relationships_are_what_they_relate() -> None:
    """A dated relationship is a statement under its own name; what is above in a lookup goes by the column."""
    assert of("geography", related("RRE", "RE5", "Q76", by="trust-to-local-office@2019-12")) == {"Q76"}
    assert of("operator", related("RRE01", "RE6", "RRE", by="site-to-trust@2026-08")) == {"RRE"}
    assert of("commissioner", related("A81001", "RE4", "16C", by="gp-to-ccg@2019-12")) == {"16C"}
    assert of("partner", related("A81001", "RE8", "U1", by="epcn@2026-03")) == {"U1"}
    assert of("region", related("00L", "parent", "Y63", by="ons-x@2021", other_kind="REGION")) == {"Y63"}
    assert of("network", related("A81001", "parent", "U1", by="x@2022", other_kind="PCN")) == {"U1"}
    assert of("geography", related("00L", "parent", "QHM", by="ons-x@2021", other_kind="STP")) == {"QHM"}
    assert of("recoded as", related("RXH31", "recode", "G4B5Q", by="site-recodes@2026")) == {"G4B5Q"}
    assert said(related("RRE", "RE2", "RAA", by="x@2022")) == set()


def test_what_is_no_statement() -> None:
    """Succession rows and shares are read elsewhere."""
    share = ShareRow(source=listed("RRE").source, line=1, code="RRE", other="RAA", share=0.5, amount=None, basis="beds")
    assert said(follows("RAA", "RBB", "2018-06-01"), share) == set()


def test_equal_values_are_one_statement() -> None:
    """A value that several releases give is one statement with all of them, the oldest first."""
    rows = [listed("RRE", "2001-04-01", by=f"etr@{day}", name="SAME") for day in ("2026-07-31", "2015-09-30")]
    record = records(claims([*rows, *rows]))["RRE"]
    (statement,) = record.says("name")
    assert [source.id for source in statement.sources] == ["etr@2015-09-30", "etr@2026-07-31"]
    assert str(statement.first_seen) == "2015-09-30"
    assert str(statement.last_seen) == "2026-07-31"


def test_values_that_differ_stand_side_by_side() -> None:
    """Releases that disagree make two statements; so does one value over two periods."""
    rows = [
        listed("RRE", "2001-04-01", by="etr@2015-09-30", name="OLD"),
        listed("RRE", "2001-04-01", by="etr@2026-07-31", name="NEW"),
    ]
    assert [statement.value for statement in records(claims(rows))["RRE"].says("name")] == ["OLD", "NEW"]
    spans = [Period(date(2013, 4, 1), None), Period(date(2015, 4, 1), None)]
    document = Citation("a", "A publisher", "A title")
    record = records(Claim("RRE", "geography", "Q76", document, span) for span in spans)["RRE"]
    assert [statement.period for statement in record.says("geography")] == spans


def test_documents_come_after_releases() -> None:
    """Of the sources of one statement a document is last: it has no as-at date."""
    document = Citation("a", "A publisher", "A title")
    release = listed("RRE").source
    record = records([Claim("RRE", "name", "X", document), Claim("RRE", "name", "X", release)])["RRE"]
    assert record.statements[0].sources == (release, document)


def test_bodies_known_by_their_ons_code() -> None:
    """A row under an ONS code is one about the body that another row gives that code; without one it is set aside."""
    lookup = related("E38000130", "parent", "E54000050", by="ons-x@2017", other_kind="STP")
    orphan = listed("E54000001", by="ons-x@2017", kind="STP", name="Somewhere")
    unnamed = related("E54000002", "parent", "Y63", by="ons-x@2017", other_kind="REGION")
    telling = [listed("00L", by="ons-ccg-names@2017", gss="E38000130"), listed("QHM", by="ons-y@2020", gss="E54000050")]
    kept, findings = by_ods_code([lookup, orphan, unnamed, *telling])
    assert [(row.code, row.other) for row in kept if isinstance(row, RelationshipRow)] == [("00L", "QHM")]
    assert [(finding.rule, finding.subject) for finding in findings] == [
        ("no ODS code", "E54000001"),
        ("no ODS code", "E54000002"),
    ]
    assert "Somewhere" in findings[0].what
    assert "no name" in findings[1].what


def test_a_list_under_ons_codes_finds_its_bodies() -> None:
    """A list that prints ONS codes alone is about the bodies that have those."""
    row = listed("E38000130", by="ons-x@2013", kind="CCG", name="NHS Northumberland CCG")
    kept, findings = by_ods_code([row, listed("00L", by="ons-ccg-names@2017", gss="E38000130")])
    assert {getattr(one, "code", None) for one in kept} == {"00L"}
    assert findings == ()
