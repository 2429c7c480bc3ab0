"""Places: one hospital or clinic in the world, under whatever code and whichever body ran it.

The register gives a site a new code when a hospital passes to another trust, and often opens it
before the day. So the code is not what moved: the place is. A `Place` tells the bodies that ran it, in
order, each with the code that the site had then.

>>> import nhs_orgs
>>> [(stay.operator, stay.site) for stay in nhs_orgs.load().place("county-hospital").stays]
[('RJD', 'RJD01'), ('RJE', 'RJE09')]
"""

from __future__ import annotations

from dataclasses import dataclass

from nhs_orgs.dates import DateLike, PartialDate, span_in_words, to_day
from nhs_orgs.period import Period
from nhs_orgs.sources import Citation, Confidence, Source

__all__ = ["Place", "PlaceName", "Stay"]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A former name of a place."""

    text: str
    until: PartialDate
    """Its last day, as precisely as known."""
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One body at a place, and the code of the site while it ran it."""

    operator: str
    """ODS code of the body."""
    site: str | None = None
    """ODS code of the site; ``None`` where no source gives one."""
    place: str | None = None
    """Id of the place, where one is told from its codes."""
    since: PartialDate | None = None
    """First day, ``None`` where no source gives it."""
    until: PartialDate | None = None
    """Last day; ``None`` where no source gives it or it has not come."""
    seen: Period | None = None
    """First and last day on which lists show it so, where lists do."""
    lasting: bool = False
    """Whether the newest list shows the site open."""
    sources: tuple[Source | Citation, ...] = ()
    """Who says so; of a curated place, its own sources do."""

    def may_hold(self, day: DateLike) -> bool:
        """Whether the body may have run the place on a day. Raises `InvalidDate`."""
        when = to_day(day)
        begun = self.since is None or self.since.earliest <= when
        return begun and (self.until is None or when <= self.until.latest)

    @property
    def when(self) -> str:
        """Its time in words; empty where no source gives a first or a last day."""
        return span_in_words(self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One physical place."""

    id: str
    name: str
    kind: str
    """``hospital``, ``clinic``, ..."""
    town: str | None = None
    former_names: tuple[PlaceName, ...] = ()
    stays: tuple[Stay, ...]
    """The bodies that ran it, in order."""
    sources: tuple[Source | Citation, ...]
    confidence: Confidence
    note: str | None = None

    def __repr__(self) -> str:
        """Id, and who ran it in order."""
        return f"Place({self.id!r}, {' -> '.join(self.operators)})"

    @property
    def codes(self) -> frozenset[str]:
        """Every site code that it had."""
        return frozenset(stay.site for stay in self.stays if stay.site is not None)

    @property
    def operators(self) -> tuple[str, ...]:
        """Codes of the bodies that ran it, in order, each once a run."""
        found: list[str] = []
        for stay in self.stays:
            if not found or found[-1] != stay.operator:
                found.append(stay.operator)
        return tuple(found)

    def name_on(self, day: DateLike) -> str:
        """Its name on a day: of the former ones that held until then the first to go, else today's.

        Raises:
            InvalidDate: the text is no ISO date.
        """
        when = to_day(day)
        former = sorted(self.former_names, key=lambda name: name.until.latest)
        borne = (n for n in former if when <= n.until.latest and (n.since is None or n.since.earliest <= when))
        return next((name.text for name in borne), self.name)
