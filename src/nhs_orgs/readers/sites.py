"""Layouts of tables of sites: estates returns, hospitals, who operates a site, which code followed which.

When hospitals move to another trust their sites get new codes, and the old and the new stand in no common register:
the tables of recodes match them by place, and say how sure the match is. An estates return is about one financial
year, known as at the March in which it ends; a table of several years is as many releases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from nhs_orgs.dates import PartialDate, to_day
from nhs_orgs.period import UNKNOWN, Period
from nhs_orgs.readers.base import OrganisationRow, RelationshipRow, Row
from nhs_orgs.readers.layout import Layout, Line, RowRefused
from nhs_orgs.readers.ods_reports import COMPARED, NHS_ENGLAND, ODS, organisation
from nhs_orgs.readers.tables import Cells, Form

__all__ = ["LAYOUTS"]

_DAY: Final = timedelta(days=1)
_YEARS: Final = ("2013-14", "2014-15", "2015-16", "2016-17", "2019-20", "2021-22", "2023-24")
_FINANCIAL_YEAR: Final = re.compile(r"(20[0-9]{2})-([0-9]{2})")


def _financial_year_end(text: str | None) -> PartialDate | None:
    """March of the year in which a financial year such as ``2013-14`` ends, ``None`` if it is none."""
    found = _FINANCIAL_YEAR.fullmatch(text or "")
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return PartialDate.of_month(int(found[1]) + 1, 3)


def _year_of(name: str) -> Callable[[Line], PartialDate]:
    """How a row tells its time by a column with a financial year."""

    def told(line: Line) -> PartialDate:
        when = _financial_year_end(line.text(name))
        if when is None:
            raise line.refusal(name, "not a financial year such as 2013-14: the row was left out")
        return when

    return told


def _day_of(name: str) -> Callable[[Line], PartialDate]:
    """How a row tells its time by a column with a day."""
    return lambda line: PartialDate.of_day(line.day(name))


def _estate(line: Line) -> Iterator[Row]:
    """A site of an estates return, with its trust; the trust's name is left to lists that spell it out."""
    yield OrganisationRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        kind="SITE",
        name=line.text("name"),
        sub_type=line.upper("type"),
        parent=line.code("parent"),
        postcode=line.upper("postcode"),
        floor_area=line.amount("floor area"),
    )


def _trust_types(line: Line) -> Iterator[Row]:
    """The type of a trust in each year that says one; each year is a release of its own."""
    code = line.code("code")
    kinds = {year: kind for year in _YEARS if (kind := line.upper(year))}
    if not kinds:
        raise RowRefused(f"row of {code}", "no year says a type: nothing to take")
    for year, kind in kinds.items():
        source = line.layout.source(line.release, _financial_year_end(year))
        yield OrganisationRow(source=source, line=line.number, code=code, sub_type=kind)


def _hospital(line: Line) -> Iterator[Row]:
    return organisation(line, "SITE")


def _operated(line: Line) -> Iterator[Row]:
    """A site and the trust that operates it."""
    yield RelationshipRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        other=line.code("other"),
        relationship="RE6",
        other_kind="TRUST",
    )


def _recode(line: Line) -> Iterator[Row]:
    """Two codes of one place: before and after it moved to another trust; where the table says it, the old trust."""
    day = line.day("day") if "day" in line.columns.index else None
    yield RelationshipRow(
        source=line.cited(),
        line=line.number,
        code=line.code("code"),
        other=line.code("other"),
        relationship="recode",
        other_kind="SITE",
        other_name=line.text("other name"),
        period=Period(day, None) if day else None,
        note=line.text("match"),
    )
    if day is not None and line.text("trust"):
        yield RelationshipRow(
            source=line.cited(),
            line=line.number,
            code=line.code("code"),
            other=line.code("trust"),
            relationship="RE6",
            other_kind="TRUST",
            period=Period(UNKNOWN, day - _DAY),
        )


def _fits_site_map(cells: Cells) -> bool:
    return isinstance(cells[1], str)


LAYOUTS: Final = (
    Layout(
        report="eric-sites",
        title="Estates Returns Information Collection, sites",
        publisher=NHS_ENGLAND,
        names=("eric-sites",),
        columns={
            "year": "year",
            "parent": "trust_code",
            "code": "site_code",
            "name": "site_name",
            "type": "site_type",
            "postcode": "postcode",
            "floor area": "gross_internal_floor_area_m2",
        },
        row_as_at=_year_of("year"),
        build=_estate,
    ),
    Layout(
        report="trust-type-by-year",
        title="Estates Returns Information Collection, types of trusts",
        publisher=NHS_ENGLAND,
        names=("trust-type-by-year",),
        columns={"code": "trust_code", **{year: year for year in _YEARS}},
        build=_trust_types,
    ),
    Layout(
        report="nhs-choices-hospitals",
        title="Hospitals listed by NHS Choices",
        publisher=NHS_ENGLAND,
        names=("nhs-choices-hospitals",),
        columns={
            "code": "OrganisationCode",
            "name": "OrganisationName",
            "type": "SubType",
            "town": "City",
            "postcode": "Postcode",
            "parent": "ParentODSCode",
            "parent name": "ParentName",
        },
        build=_hospital,
    ),
    Layout(
        report="site-to-trust",
        title="Sites and the trusts that operate them",
        publisher=ODS,
        names=("site-to-trust",),
        columns={"code": 1, "other": 2},
        widths=(2,),
        fits=_fits_site_map,
        form=Form.JSON,
        build=_operated,
    ),
    Layout(
        report="site-moves-on-merger",
        title="Sites matched across mergers of their trusts, by estates returns before and after",
        publisher=COMPARED,
        names=("site-moves-on-merger",),
        columns={
            "code": "site_a",
            "other": "site_b",
            "other name": "name_b",
            "match": "name_match",
            "year": "year_b",
        },
        row_as_at=_year_of("year"),
        build=_recode,
    ),
    Layout(
        report="site-recodes",
        title="Sites that moved to another trust under a new code",
        publisher=COMPARED,
        names=("site-recodes",),
        columns={
            "code": "old_site",
            "other": "new_site",
            "other name": "site_name",
            "day": "date_legal",
            "trust": "old_trust",
        },
        dates=to_day,
        row_as_at=_day_of("day"),
        build=_recode,
    ),
)
"""Tables of sites, and of the estates returns that list them."""
