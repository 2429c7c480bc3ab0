"""What a reader yields: rows of a few plain shapes, and a `Problem` for every row it could not take.

A reader keeps to what its file says. What the rows mean together is decided later, by the compiler.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from nhs_orgs.dates import PartialDate
from nhs_orgs.period import Period
from nhs_orgs.sources import Source

__all__ = [
    "NameRow",
    "OrganisationRow",
    "Problem",
    "Reading",
    "RelationshipRow",
    "RoleAssignment",
    "Row",
    "ShareRow",
    "SuccessionRow",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a part of one, that could not be taken as it stands."""

    path: str
    """The file, relative to the folder that was read."""
    line: int
    """The line in the file, from 1; for spreadsheets the row, for JSON the member; 0 for the whole file."""
    what: str
    """The field or row, and its text."""
    why: str
    """Why it was not taken, and what was done instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssignment:
    """A role that a row states, with its period where the file dates it."""

    id: str
    """ODS role code, such as ``RO197``."""
    primary: bool | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One line about one organisation in a list of organisations."""

    source: Source
    line: int
    code: str
    """ODS code, or the GSS code where the file gives no other."""
    kind: str | None = None
    """The kind that the file's columns name, in the words of `RelationshipRow.other_kind`, where they do."""
    name: str | None = None
    """As printed, white space folded."""
    legal: Period | None = None
    """Open and close dates as the file gives them; a blank close in a list of open bodies is open (``None``)."""
    operational: Period | None = None
    status: str | None = None
    """Upper case word or letter as printed: ``A``, ``ACTIVE``, ``INACTIVE``, ..."""
    sub_type: str | None = None
    """Column 14 as printed: ``C``, ``H``, ``T``, ``B``, ..., never a role list (those become `roles`)."""
    roles: tuple[RoleAssignment, ...] = ()
    region: str | None = None
    """National grouping code, ``Y..`` (``W00`` for Wales)."""
    geography: str | None = None
    """High-level health geography code: area team, local office, STP or ICB, by the time of the file."""
    parent: str | None = None
    """Parent organisation code (commissioner of a practice, trust of a site, ICB of a sub-ICB location)."""
    parent_period: Period | None = None
    """Join and left dates of that parent, where given."""
    town: str | None = None
    postcode: str | None = None
    government_region: str | None = None
    """Column 24: ``A`` to ``K``, ``W`` for Wales."""
    gss: str | None = None
    """ONS GSS code, such as ``E38000001``."""
    setting: str | None = None
    """Prescribing setting or role code (practices)."""
    foundation_start: date | None = None
    """First day as a foundation trust, where the file says."""
    floor_area: float | None = None
    """Gross internal floor area in square metres (estates returns)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionRow:
    """One line of a succession report, or one predecessor or successor in a record."""

    source: Source
    line: int
    predecessor: str
    successor: str
    day: date
    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipRow:
    """One line that relates two organisations."""

    source: Source
    line: int
    code: str
    other: str
    """ODS code where the file gives one, else the GSS code."""
    relationship: str
    """ODS relationship code (``RE4``, ``RE5``, ``RE6``, ``RE8``), or ``parent`` from a lookup table, or ``recode``."""
    other_kind: str | None = None
    """The column's kind, such as ``STP``, ``ICB``, ``REGION``, ``LOCAL OFFICE``, ``AREA TEAM``, ``SHA``, ``PCN``."""
    other_name: str | None = None
    period: Period | None = None
    """When it held, where dated; ``None``: on the release's as-at date. Of a recode: since when the new code stands."""
    note: str | None = None
    """How sure the file is of it, in its own words (``postcode only``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name, and the releases between which it was seen."""

    source: Source
    line: int
    code: str
    name: str
    first_seen: PartialDate
    last_seen: PartialDate
    loose: bool = False
    """Whether the name was seen only where names are spelt loosely (estates returns)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """A measured part of one organisation that went to, or lies in, another."""

    source: Source
    line: int
    code: str
    other: str
    share: float | None
    """Fraction of 1 of `code`."""
    amount: float | None
    basis: str
    """``registered patients``, ``practices``, ``postcodes``, ``population``, ``floor area``, ``beds``, ..."""
    day: date | None = None
    """The day of the move; ``None``: between the dates of the release, or where things lay on its as-at date."""
    part: str | None = None
    """The site or district that is measured, where the file goes below the organisation; parts add up."""


Row: TypeAlias = OrganisationRow | SuccessionRow | RelationshipRow | NameRow | ShareRow


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a file, or from all files of a folder."""

    sources: tuple[Source, ...]
    records: tuple[Row, ...]
    problems: tuple[Problem, ...]

    def __add__(self, other: Reading) -> Reading:
        """Both readings together, in order."""
        return Reading.join((self, other))

    def __repr__(self) -> str:
        """Counts, not contents."""
        return f"Reading({len(self.sources):,} sources, {len(self.records):,} records, {len(self.problems):,} problems)"

    @staticmethod
    def join(readings: Iterable[Reading]) -> Reading:
        """All readings as one, in the order given."""
        whole = tuple(readings)
        return Reading(
            sources=tuple(s for r in whole for s in r.sources),
            records=tuple(s for r in whole for s in r.records),
            problems=tuple(s for r in whole for s in r.problems),
        )
