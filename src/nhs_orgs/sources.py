"""Where a fact comes from: a `Source` in hand, a `Citation` of a document, a `Statement` that says it.

Every value in the register is a statement by one or more sources. Statements that disagree stand
side by side; one written rule chooses, and the others stay readable.

>>> import nhs_orgs
>>> register = nhs_orgs.load()
>>> [s.value for s in register["R1E"].statements if s.property == "legal_end"]
['..', '2018-05-31']

``..`` is open: so the releases to August 2018 have it, three months late.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from enum import Enum

from nhs_orgs.dates import PartialDate, Precision
from nhs_orgs.period import Period

__all__ = ["Citation", "Confidence", "Source", "Statement"]


class Confidence(Enum):
    """How far a curated fact can be relied on."""

    HIGH = "high"
    """An official document, or two independent sources that agree."""
    MEDIUM = "medium"
    """One good source, or a calculation from published tables."""
    LOW = "low"
    """One weak source, or a reconstruction."""


@dataclass(frozen=True, slots=True)
class Source:
    """One release of one report: a file that was read."""

    id: str
    """Unique in a register: report and as-at date, such as ``etr@2018-08-31``."""
    report: str
    """Which report or table: ``etr``, ``succ``, ``ons-ccg-names``, ..."""
    title: str
    """What the report is, in words."""
    publisher: str
    """Who published it."""
    as_at: PartialDate
    """The day (or month) that the release speaks of."""
    path: str
    """The file, relative to the folder that was read, with forward slashes."""
    sha256: str
    """Checksum of the file's bytes, hexadecimal."""

    def __repr__(self) -> str:
        """Its id."""
        return f"Source({self.id!r})"

    def __hash__(self) -> int:
        """By id, which is unique in a register: sources are joined by the hundred thousand."""
        return hash(self.id)

    def __str__(self) -> str:
        """Publisher, title and as-at date, as a reader would cite it."""
        day = "a day " if self.as_at.precision is Precision.RANGE else ""
        return f"{self.publisher}, {self.title}, as at {day}{self.as_at.describe()}"


@dataclass(frozen=True, slots=True)
class Citation:
    """One document, cited: who said it, where, when."""

    id: str
    """Unique among the curated citations."""
    publisher: str
    title: str
    published: PartialDate | None = None
    """When it was published, as precisely as known."""
    url: str | None = None
    """Its public address, where known."""
    note: str | None = None
    """What in it matters here, in our own words."""

    def __repr__(self) -> str:
        """Its id."""
        return f"Citation({self.id!r})"

    def __hash__(self) -> int:
        """By id."""
        return hash(self.id)

    def __str__(self) -> str:
        """One line, as in a list of references."""
        parts = [self.publisher, f"“{self.title}”"]
        if self.published is not None:
            parts.append(self.published.describe())
        if self.url is not None:
            parts.append(self.url)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Statement:
    """One value about one subject, and every source that says it."""

    subject: str
    """The ODS code that it is about."""
    property: str
    """Which property: ``name``, ``legal_start``, ``legal_end``, ``role``, ``region``, ..."""
    value: str
    """The value, as text in this library's own notation."""
    sources: tuple[Source | Citation, ...]
    """Who says so, oldest release first."""
    period: Period | None = None
    """When the value held, where the source dates it; ``None``: on the sources' as-at dates."""

    @builtins.property  # the field above has that name
    def first_seen(self) -> PartialDate | None:
        """As-at date of the first release that says so, ``None`` where only documents do."""
        dates = [s.as_at for s in self.sources if isinstance(s, Source)]
        return min(dates, key=lambda d: d.earliest, default=None)

    @builtins.property  # the field above has that name
    def last_seen(self) -> PartialDate | None:
        """As-at date of the last release that says so, ``None`` where only documents do."""
        dates = [s.as_at for s in self.sources if isinstance(s, Source)]
        return max(dates, key=lambda d: d.latest, default=None)
