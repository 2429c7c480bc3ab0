"""The bodies themselves: one typed `Organisation` for each era under a code.

A code is not a body: ODS keeps one record a code, while the body behind it changes. An era is the
stretch in which identity and kind hold; its class is its kind, so ``match`` and ``isinstance`` work.
Class names are the NHS's own, with the well-known short names beside them.

>>> import nhs_orgs
>>> before, after = nhs_orgs.load().eras("RRE")
>>> after.key, after.kind.__name__
('RRE@2018-06-01', 'Trust')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar, Final

from nhs_orgs.dates import DateLike, to_day
from nhs_orgs.names import NAME_UNKNOWN, DatedName, candidates
from nhs_orgs.period import UNKNOWN, Bound, Period

__all__ = [
    "CCG",
    "ICB",
    "ICS",
    "KINDS",
    "NAME_UNKNOWN",
    "PCN",
    "PCT",
    "SHA",
    "STP",
    "AreaTeam",
    "Body",
    "ClinicalCommissioningGroup",
    "CommissioningHub",
    "CommissioningSupportUnit",
    "DateReading",
    "GPPractice",
    "GovernmentOfficeRegion",
    "HealthAuthority",
    "HealthBoard",
    "IntegratedCareBoard",
    "IntegratedCareSystem",
    "LocalOffice",
    "Organisation",
    "Partnership",
    "PrimaryCareGroup",
    "PrimaryCareNetwork",
    "PrimaryCareTrust",
    "Region",
    "Site",
    "StrategicHealthAuthority",
    "SubICBLocation",
    "SubICBReportingEntity",
    "SustainabilityTransformationPartnership",
    "Trust",
    "TrustForm",
    "Unclassified",
]


class DateReading(str, Enum):
    """Which pair of ODS dates answers a question about a day."""

    LEGAL = "legal"
    """The dates in law."""
    OPERATIONAL = "operational"
    """The dates of working; where no file gives them, the legal ones."""


class TrustForm(Enum):
    """The legal form of a trust on a day."""

    NHS_TRUST = "NHS trust"
    FOUNDATION_TRUST = "NHS foundation trust"
    CARE_TRUST = "Care trust"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Organisation:
    """One body through one era. Equal to another by `key` alone."""

    title: ClassVar[str] = "organisation"
    """The kind in words."""

    key: str
    """Code, ``@``, first day (``RRE@2018-06-01``), ``RBG@unknown``, or ``body:`` and a name."""
    code: str | None
    """ODS code, ``None`` outside the register."""
    name: str
    """Latest name of the era; in a snapshot, the name on its day."""
    period: Period
    """The era by the legal reading: first to last day, both included."""
    operational: Period | None = None
    """The era by the operational reading, ``None`` where no source gives one."""
    names: tuple[DatedName, ...] = ()
    """Every name seen in the era, in order."""
    seen: Period | None = None
    """Between which days releases or events show it in being; for bounds that nobody dates."""
    inferred_kind: bool = False
    """Whether the kind comes from a rule on the code, not from a source that lists it."""

    @property
    def kind(self) -> type[Organisation]:
        """The class: the kind of body."""
        return type(self)

    def names_on(self, day: DateLike) -> tuple[str, ...]:
        """Every name it may have had on a day: one where known, two between two sightings, none where unknown."""
        return candidates(self.names, to_day(day))

    def open_on(self, day: DateLike, *, reading: DateReading | str = DateReading.LEGAL) -> bool:
        """Whether it is known to have been open on a day.

        A bound that nobody dates counts from the first, or to the last, day that it was seen in being.
        """
        when = to_day(day)
        period = self.period_by(reading)
        if period.contains(when):
            return True
        if self.seen is None or not period.may_contain(when):
            return False
        first = self.seen.start if period.start is UNKNOWN else period.start
        last = self.seen.end if period.end is UNKNOWN else period.end
        return _within(first, when, last)

    def period_by(self, reading: DateReading | str) -> Period:
        """The era by that reading; the operational falls back to the legal where there is none."""
        if DateReading(reading) is DateReading.OPERATIONAL and self.operational is not None:
            return self.operational
        return self.period

    def __eq__(self, other: object) -> bool:
        """By key."""
        return isinstance(other, Organisation) and self.key == other.key

    def __hash__(self) -> int:
        """By key."""
        return hash(self.key)

    def __repr__(self) -> str:
        """Class, key and name."""
        return f"{type(self).__name__}({self.key}, {self.name!r})"


def _within(first: Bound, day: date, last: Bound) -> bool:
    """Whether a day lies between two bounds, both included; never where one is unknown."""
    if first is UNKNOWN or last is UNKNOWN:
        return False
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Trust(Organisation):
    """An NHS trust, foundation trust or care trust: `form` tells which on a day."""

    title: ClassVar[str] = "trust"

    care_trust: bool = False
    """Whether it is a care trust in the register (codes ``T..``)."""
    foundation_start: date | None = None
    """First day as a foundation trust, ``None`` where it never was or nobody says."""
    nation: str | None = None
    """``England`` or ``Wales``, ``None`` where unknown."""
    sector: str | None = None
    """Acute, mental health, ..., as its estates returns classed it; ``None`` where unknown."""

    def form(self, *, on: DateLike) -> TrustForm:
        """The legal form on a day; ``UNKNOWN`` where its name says foundation trust and no source says since when."""
        if self.foundation_start is not None:
            return TrustForm.FOUNDATION_TRUST if to_day(on) >= self.foundation_start else self._first_form
        if self._named_otherwise_since(to_day(on)):
            return self._first_form
        borne = [_tells_foundation(name) for name in self.names_on(on)]
        if all(borne) and borne:
            return TrustForm.FOUNDATION_TRUST
        if any(borne) or (not borne and _tells_foundation(self.name)):
            return TrustForm.UNKNOWN
        return self._first_form

    def _named_otherwise_since(self, day: date) -> bool:
        """Whether it bore a name without those words on the day or later: nobody ceases to be a foundation trust."""
        return any(name.last_seen >= day and not _tells_foundation(name.text) for name in self.names)

    @property
    def _first_form(self) -> TrustForm:
        return TrustForm.CARE_TRUST if self.care_trust else TrustForm.NHS_TRUST


def _tells_foundation(name: str) -> bool:
    return "FOUNDATION TRUST" in name.upper()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ClinicalCommissioningGroup(Organisation):
    """A clinical commissioning group, 1 April 2013 to 30 June 2022."""

    title: ClassVar[str] = "clinical commissioning group"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SubICBLocation(Organisation):
    """A place in an integrated care board that kept the code of a clinical commissioning group, from 1 July 2022."""

    title: ClassVar[str] = "sub-ICB location"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SubICBReportingEntity(Organisation):
    """A part of a sub-ICB location that reports separately. Never a clinical commissioning group."""

    title: ClassVar[str] = "sub-ICB reporting entity"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CommissioningHub(Organisation):
    """A hub through which NHS England commissions directly. Never a clinical commissioning group."""

    title: ClassVar[str] = "commissioning hub"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SustainabilityTransformationPartnership(Organisation):
    """A sustainability and transformation partnership, 2017 to 30 June 2022."""

    title: ClassVar[str] = "sustainability and transformation partnership"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class IntegratedCareBoard(Organisation):
    """A statutory integrated care board, from 1 July 2022."""

    title: ClassVar[str] = "integrated care board"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StrategicHealthAuthority(Organisation):
    """A strategic health authority, 2002 to 31 March 2013."""

    title: ClassVar[str] = "strategic health authority"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PrimaryCareTrust(Organisation):
    """A primary care trust, to 31 March 2013; care trusts that were one included."""

    title: ClassVar[str] = "primary care trust"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PrimaryCareGroup(Organisation):
    """A primary care group, forerunner of primary care trusts."""

    title: ClassVar[str] = "primary care group"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HealthAuthority(Organisation):
    """A health authority before the strategic ones."""

    title: ClassVar[str] = "health authority"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Region(Organisation):
    """A region of NHS England, or a region before it."""

    title: ClassVar[str] = "region"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LocalOffice(Organisation):
    """A local office of an NHS England region, 2015 to 2020."""

    title: ClassVar[str] = "local office"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AreaTeam(Organisation):
    """An area team of the NHS Commissioning Board, 2013 to 2015."""

    title: ClassVar[str] = "area team"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CommissioningSupportUnit(Organisation):
    """A commissioning support unit."""

    title: ClassVar[str] = "commissioning support unit"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PrimaryCareNetwork(Organisation):
    """A primary care network, from 2019."""

    title: ClassVar[str] = "primary care network"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class GPPractice(Organisation):
    """A general practice, or another prescribing cost centre."""

    title: ClassVar[str] = "GP practice"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HealthBoard(Organisation):
    """A local health board of Wales."""

    title: ClassVar[str] = "health board"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Site(Organisation):
    """A site of a trust."""

    title: ClassVar[str] = "site"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Partnership(Organisation):
    """A strategic partnership that is neither an STP nor an integrated care board."""

    title: ClassVar[str] = "partnership"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class GovernmentOfficeRegion(Organisation):
    """A region of the former government offices."""

    title: ClassVar[str] = "government office region"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Unclassified(Organisation):
    """A body that a register names and no source classes."""

    title: ClassVar[str] = "organisation of unknown kind"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class IntegratedCareSystem(Organisation):
    """An integrated care system: the partnership of an area, which is not itself a statutory body."""

    title: ClassVar[str] = "integrated care system"

    statutory_body: str | None = None
    """Code of its integrated care board."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Body(Organisation):
    """A body outside the register: a council, a federation of practices, an alliance."""

    title: ClassVar[str] = "body outside the register"

    sort: str = "body"
    """What it is in a word: ``council``, ``federation``, ``alliance``, ..."""


CCG = ClinicalCommissioningGroup
ICB = IntegratedCareBoard
ICS = IntegratedCareSystem
PCN = PrimaryCareNetwork
PCT = PrimaryCareTrust
SHA = StrategicHealthAuthority
STP = SustainabilityTransformationPartnership

KINDS: Final[dict[str, type[Organisation]]] = {kind.__name__: kind for kind in Organisation.__subclasses__()}
"""Every kind by its class name."""
