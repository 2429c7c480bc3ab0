"""What the entries of curated files may hold: strict models, one for each list.

An unknown key, a code that YAML took for a number, shares above one: each is an error of its entry and field.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import EventKind, EventStatus, Extent, Fate
from nhs_orgs.organisations import KINDS
from nhs_orgs.period import Period
from nhs_orgs.sources import Confidence

__all__ = [
    "After",
    "Before",
    "BodyFields",
    "CitationEntry",
    "ConfirmationFields",
    "CuratedTransfer",
    "EventEntry",
    "FactEntry",
    "FactFields",
    "Members",
    "NameFields",
    "PlaceFields",
    "ReleaseFields",
    "ShareEntry",
    "StayFields",
]

_SHARE_SLACK: Final = 0.002
"""Shares are printed to four places; several may round up together."""


_FIRST, _LAST = date(1800, 1, 1), date(2199, 12, 31)
"""A day of another century is a slip of the pen, and leaves no room for the day before or after."""


def _partial(value: object) -> object:
    if not isinstance(value, str):
        return value
    when = PartialDate.from_text(value)
    _check_century(value, when.earliest, when.latest)
    return when


def _period(value: object) -> object:
    if not isinstance(value, str):
        return value
    period = Period.from_text(value)
    _check_century(value, *(bound for bound in (period.start, period.end) if isinstance(bound, date)))
    return period


def _check_century(text: str, *days: date) -> None:
    if any(not _FIRST <= day <= _LAST for day in days):
        raise ValueError(f"{text!r} is not between {_FIRST.year} and {_LAST.year}")


Dated = Annotated[PartialDate, BeforeValidator(_partial)]
Spanned = Annotated[Period, BeforeValidator(_period)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Words in small letters and hyphens: ids stand in files of their own and in keys."""
Cited = Annotated[tuple[str, ...], Field(min_length=1)]
Words = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,12}$")]
"""An ODS code as the register spells it; in small letters it would match nothing."""


class _Entry(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True, coerce_numbers_to_str=False
    )


class CitationEntry(_Entry):
    """One document."""

    id: Id
    publisher: str
    title: str
    published: Dated | None = None
    url: str | None = None
    note: str | None = None
    file: str | None = None


class ShareEntry(_Entry):
    """How large a part was, by one measure; a fraction of 1."""

    share: float = Field(gt=0, le=1)
    basis: str


class CuratedTransfer(_Entry):
    """What passed, between codes."""

    giver: str = Field(alias="from")
    receiver: str = Field(alias="to")
    extent: Extent
    shares: tuple[ShareEntry, ...] = ()
    services: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str | None = None


class Before(_Entry):
    """A body that goes in: by code, or by the id of a body outside the register."""

    code: str | None = None
    body: str | None = None
    fate: Fate = Fate.CONTINUES

    @model_validator(mode="after")
    def _checked(self) -> Before:
        _check_side(self.code, self.body, self.fate, not_allowed={Fate.NEW})
        return self


class After(_Entry):
    """A body that comes out."""

    code: str | None = None
    body: str | None = None
    fate: Fate
    new_era: bool = False

    @model_validator(mode="after")
    def _checked(self) -> After:
        _check_side(self.code, self.body, self.fate, not_allowed={Fate.ENDS, Fate.GIVES})
        return self


def _check_side(code: str | None, body: str | None, fate: Fate, not_allowed: set[Fate]) -> None:
    if (code is None) == (body is None):
        raise ValueError("give either code or body")
    if fate in not_allowed:
        raise ValueError(f"fate {fate.value!r} belongs on the other side of the event")


class Members(_Entry):
    """All codes of a kind that one source file lists, in place of a list of befores."""

    kind: str
    listed_in: str


class _Conversion(_Entry):
    was: str = Field(alias="from")
    became: str = Field(alias="to")


class EventEntry(_Entry):
    """One change: who went in and came out, what passed, when, and who says so."""

    id: Id
    kind: EventKind
    status: EventStatus = EventStatus.COMPLETED
    announced_as: str | None = None
    mechanism: str | None = None
    announced: Dated | None = None
    effective: Dated | None = None
    legal: Dated | None = None
    befores: tuple[Before, ...] = ()
    members: Members | None = None
    afters: tuple[After, ...] = ()
    transfers: tuple[CuratedTransfer, ...] = ()
    completes: tuple[str, ...] = ()
    nothing_followed: bool = False
    replaces_rows: tuple[tuple[str, str], ...] = ()
    confirms_conversion: _Conversion | None = None
    narrative: str
    confidence: Confidence
    citations: Cited
    conflicts: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> EventEntry:
        _check_shares(self.transfers)
        if self.effective is None and self.status is EventStatus.COMPLETED:
            raise ValueError("a completed event needs the day on which it took effect")
        if self.effective is None and self.announced is None:
            raise ValueError("give the day on which it was announced, or was to take effect")
        return self


def _check_shares(transfers: Iterable[CuratedTransfer]) -> None:
    totals: dict[tuple[str, str], float] = {}
    for transfer in transfers:
        for share in transfer.shares:
            key = transfer.giver, share.basis
            totals[key] = totals.get(key, 0.0) + share.share
    for (giver, basis), total in totals.items():
        if total > 1 + _SHARE_SLACK:
            raise ValueError(f"shares of {giver} by {basis} sum to {total:.4f}, more than one")


class FactEntry(_Entry):
    """One name, period, parent, kind, abbreviation or ONS code of one code."""

    code: str
    name: str | None = None
    parent: str | None = None
    parent_kind: Literal["ICB", "STP", "REGION"] | None = None
    kind: str | None = None
    text: str | None = None
    legal: Spanned | None = None
    operational: Spanned | None = None
    since: Dated | None = None
    until: Dated | None = None
    citations: Cited
    confidence: Confidence
    note: str | None = None

    @model_validator(mode="after")
    def _known_kind(self) -> FactEntry:
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of organisation")
        _check_order(self.since, self.until)
        return self


class ReleaseFields(_Entry):
    """The day that a dated file speaks of."""

    path: str
    as_at: Dated
    citations: Cited


class BodyFields(_Entry):
    """A body outside the register."""

    id: Id
    name: str
    kind: str
    citations: Cited


class ConfirmationFields(_Entry):
    """What a document says of an event that succession rows already give: the rows supply who passed to whom."""

    ends: Annotated[tuple[str, ...], Field(min_length=1)]
    effective: Dated
    legal: Dated | None = None
    into: tuple[str, ...] = ()
    kind: EventKind | None = None
    mechanism: str | None = None
    announced_as: str | None = None
    announced: Dated | None = None
    narrative: str | None = None
    confidence: Confidence
    citations: Cited
    conflicts: str | None = None


class FactFields(_Entry):
    """One dated fact about a code, or about a body outside the register."""

    code: Code | None = None
    body: str | None = None
    era: Annotated[str, Field(pattern=r"^[A-Z0-9]+@([0-9]{4}-[0-9]{2}-[0-9]{2}|unknown)$")] | None = None
    """Key of the era, where the dates leave a choice."""
    property: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    aspect: Words | None = None
    value: Words
    number: Annotated[float, Field(allow_inf_nan=False)] | None = None
    unit: Words | None = None
    on: Dated | None = None
    since: Dated | None = None
    until: Dated | None = None
    citations: Cited
    confidence: Confidence
    note: Words | None = None
    contradicts: Words | None = None

    @model_validator(mode="after")
    def _whole(self) -> FactFields:
        if (self.code is None) == (self.body is None):
            raise ValueError("give either code or body")
        if self.on is None and self.since is None and self.until is None:
            raise ValueError("a fact has a time: give on, since or until")
        if self.on is not None and (self.since is not None or self.until is not None):
            raise ValueError("give either on, or since and until")
        if self.era is not None and self.era.partition("@")[0] != self.code:
            raise ValueError(f"{self.era} is no era of {self.code or self.body}")
        _check_order(self.since, self.until)
        return self


def _check_order(since: PartialDate | None, until: PartialDate | None) -> None:
    if since is not None and until is not None and since.earliest > until.latest:
        raise ValueError(f"since {since} is after until {until}")


class NameFields(_Entry):
    """A former name of a place, with its last day."""

    name: Words
    since: Dated | None = None
    until: Dated

    @model_validator(mode="after")
    def _in_order(self) -> NameFields:
        _check_order(self.since, self.until)
        return self


class StayFields(_Entry):
    """Who ran a place, and under which site code."""

    operator: Code
    code: Code | None = None
    since: Dated | None = None
    until: Dated | None = None

    @model_validator(mode="after")
    def _in_order(self) -> StayFields:
        _check_order(self.since, self.until)
        return self


class PlaceFields(_Entry):
    """One physical place across codes and bodies."""

    id: Id
    name: Words
    kind: Words
    town: Words | None = None
    former_names: tuple[NameFields, ...] = ()
    sites: Annotated[tuple[StayFields, ...], Field(min_length=1)]
    citations: Cited
    confidence: Confidence
    note: Words | None = None

    @model_validator(mode="after")
    def _one_after_another(self) -> PlaceFields:
        firsts = [stay.since.latest for stay in self.sites if stay.since is not None]
        if firsts != sorted(firsts):
            raise ValueError("sites stand in the order in which bodies ran the place, the first one first")
        return self
