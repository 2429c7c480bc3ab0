"""Layouts of tables that measure how one body was divided among others: by people, patients, buildings or beds.

Each is one measure, and measures disagree, so every row names its basis. Nothing here is a share unless the file says
what the whole is: a table of those who moved gives amounts, since the movers are not the whole body.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nhs_orgs.dates import PartialDate, to_day
from nhs_orgs.readers.base import RelationshipRow, Row, ShareRow
from nhs_orgs.readers.layout import Builder, Layout, Line, RowRefused
from nhs_orgs.readers.ods_reports import NHS_ENGLAND
from nhs_orgs.readers.release import Release

__all__ = ["LAYOUTS"]

CENSUS: Final = "Calculated from census figures and lookups of the Office for National Statistics"
PRACTICES: Final = (
    "Calculated from practice memberships of the NHS Organisation Data Service and list sizes of NHS England"
)
POSTCODES: Final = "Calculated from postcode directories of the Office for National Statistics"
ESTATES: Final = "Calculated from estates returns of NHS England"

_SMALL_AREA_YEARS: Final = ("2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022")


def _shares(*measures: tuple[str, str | None, str | None], whole: float = 1) -> Builder:
    """A builder of one row a measure: its basis, and the fields of its share of `whole` and of its amount."""

    def build(line: Line) -> Iterator[Row]:
        code, other = line.code("code"), line.code("other")
        day = line.day("day") if "day" in line.columns.index else None
        if not any(line.text(field) for _, *fields in measures for field in fields if field):
            raise RowRefused(f"row of {code} and {other}", "it measures nothing: left out")
        for basis, share, amount in measures:
            part = line.share(share, whole=whole) if share else None
            size = line.amount(amount) if amount else None
            if part is None and size is None:
                continue
            yield ShareRow(
                source=line.cited(),
                line=line.number,
                code=code,
                other=other,
                share=part,
                amount=size,
                basis=basis,
                day=day,
                part=line.text("part"),
            )

    return build


def _frimley(line: Line) -> Iterator[Row]:
    """A district's part of a sub-ICB location, and the integrated care board of the one that it went to."""
    yield from _BY_RESIDENTS(line)
    code, board = line.code("other"), line.code("ICB")
    if line.release.first_time(code, board):
        yield RelationshipRow(
            source=line.cited(), line=line.number, code=code, other=board, relationship="parent", other_kind="ICB"
        )


_BY_RESIDENTS: Final = _shares(("population", "share", "amount"))


def _small_area(line: Line) -> Iterator[Row]:
    """Add a small area's people to what moved, or stayed, from each year to the next."""
    people = line.amount("population")
    if people is None:
        raise line.refusal("population", "no population: the row was left out")
    codes = [line.code(year) for year in _SMALL_AREA_YEARS]
    for year, before, after in zip(_SMALL_AREA_YEARS[1:], codes, codes[1:], strict=False):
        line.release.tally[year, before, after] += people
    return iter(())


def _moved(release: Release, layout: Layout) -> Iterator[Row]:
    """Where the people of each commissioner were in the next year, as shares of those it had; line 0, as sums."""
    totals: dict[tuple[str, str], float] = {}
    for (year, before, _), people in release.tally.items():
        totals[year, before] = totals.get((year, before), 0) + people
    for (year, before, after), people in sorted(release.tally.items()):
        total = totals[year, before]
        yield ShareRow(
            source=layout.source(release, PartialDate.of_year(int(year))),
            line=0,
            code=before,
            other=after,
            share=people / total if total else None,
            amount=people,
            basis="population",
        )


LAYOUTS: Final = (
    Layout(
        report="small-areas-to-ccg",
        title="Small areas to commissioners year by year, with population of mid-2019, summed by commissioner",
        publisher=CENSUS,
        names=("lsoa11-to-ccg",),
        columns={
            "area": "lsoa11_code",
            "population": "total_population",
            **{year: f"ccg{year}" for year in _SMALL_AREA_YEARS[:-1]},
            "2022": "sicbl2022",
        },
        build=_small_area,
        finish=_moved,
    ),
    Layout(
        report="pct-to-ccg-by-registered-patients",
        title="Primary care trust to clinical commissioning group by registered patients",
        publisher=PRACTICES,
        names=("pct-to-ccg-2013-by-registered-patients",),
        columns={
            "code": "pct_code",
            "other": "successor_code",
            "share": "share_of_pct",
            "amount": "patients",
            "practices": "practices",
        },
        build=_shares(("registered patients", "share", "amount"), ("practices", None, "practices")),
    ),
    Layout(
        report="pct-to-ccg-by-postcodes",
        title="Primary care trust to clinical commissioning group by postcodes",
        publisher=POSTCODES,
        names=("pct-to-ccg-2013-postcode-share",),
        columns={"code": "pct_code", "other": "ccg_code", "share": "pct_of_postcodes"},
        build=_shares(("postcodes", "share", None), whole=100),
    ),
    Layout(
        report="commissioner-moves",
        title="Practices that moved between commissioners, with patients of 2013; the movers, not the whole body",
        publisher=PRACTICES,
        names=("commissioner-moves",),
        columns={
            "code": "from",
            "other": "to",
            "day": "date",
            "practices": "practices",
            "patients": r"patients_[0-9]{4}q[1-4]",
        },
        build=_shares(("registered patients", None, "patients"), ("practices", None, "practices")),
    ),
    Layout(
        report="practice-moves",
        title="Practices that moved between commissioners",
        publisher=PRACTICES,
        names=("practice-moves",),
        columns={
            "code": "from_commissioner",
            "other": "to_commissioner",
            "day": "move_date",
            "practices": "n_practices",
        },
        build=_shares(("practices", None, "practices")),
    ),
    Layout(
        report="frimley-split",
        title="Frimley's parts by district and population of the census of 2021, a reconstruction",
        publisher=CENSUS,
        names=("frimley",),
        columns={
            "code": "from_sicbl",
            "other": "to_sicbl",
            "ICB": "to_icb",
            "part": "lad",
            "share": "share",
            "amount": r"residents_census[0-9]{4}",
        },
        build=_frimley,
    ),
    Layout(
        report="icb-population",
        title="Integrated care boards of 2024 to those of 2026 by population of the census of 2021",
        publisher=CENSUS,
        names=("icb-2024-to-2026",),
        columns={
            "code": "from_icb_[0-9]{4}",
            "other": "to_icb_[0-9]{4}",
            "share": "share_of_from",
            "amount": "residents_census[0-9]{4}",
        },
        build=_BY_RESIDENTS,
    ),
    Layout(
        report="trust-split-site-weights",
        title="Parts of divided trusts by floor area and by beds, site by site",
        publisher=ESTATES,
        names=("trust-split",),
        columns={
            "code": "from_trust",
            "other": "to_trust",
            "day": "date",
            "part": "to_site",
            "floor area": "gross_internal_floor_area_m2",
            "floor share": "share_floor",
            "beds": "available_beds",
            "bed share": "share_beds",
        },
        dates=to_day,
        row_as_at=lambda line: PartialDate.of_day(line.day("day")),
        build=_shares(("floor area", "floor share", "floor area"), ("beds", "bed share", "beds")),
    ),
    Layout(
        report="trust-to-icb-patients",
        title="Where the patients of each NHS trust came from, by integrated care board",
        publisher=NHS_ENGLAND,
        names=("trust-to-icb",),
        columns={
            "code": r"nhs_trust([0-9]{2})_code",
            "other": r"icb([0-9]{2})_code",
            "share": "proportion_trust_came_from_icb",
        },
        build=_shares(("patients", "share", None)),
    ),
)
"""Tables of shares, each by one measure."""
