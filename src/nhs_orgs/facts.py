"""Dated facts about a body: who led it, how many it employed, how it was rated, by whom that is said.

A fact belongs to the body of its day, not to the code: what was found of South Staffordshire and
Shropshire Healthcare in 2016 stays a fact about that trust, though Midlands Partnership has its code.

>>> import nhs_orgs
>>> for fact in nhs_orgs.load()["RRE"].facts("cqc_rating", aspect="overall"):
...     print(fact.value, "|", fact.organisation.key)
Good | RRE@2001-04-01
Good | RRE@2018-06-01
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from nhs_orgs.dates import PartialDate, span_in_words
from nhs_orgs.organisations import Organisation
from nhs_orgs.sources import Citation, Confidence
from nhs_orgs.styles import name_on

__all__ = ["Fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing said of one body, at a time, by a document."""

    property: str
    """What sort of fact: ``cqc_rating``, ``chief_executive``, ``staff``, ``population_served``, ``turnover``, ..."""
    value: str
    """In words."""
    organisation: Organisation
    """The body that it is about, through its era: a former body of the same code is another."""
    aspect: str | None = None
    """Which part or side of it: ``overall``, ``effective``, ``patient record system``, ..."""
    number: float | None = None
    """The value as a number, where it is one."""
    unit: str | None = None
    """What the number counts: ``people``, ``GBP``, ..."""
    on: PartialDate | None = None
    """The day that it speaks of, as precisely as known."""
    since: PartialDate | None = None
    until: PartialDate | None = None
    citations: tuple[Citation, ...]
    confidence: Confidence
    note: str | None = None
    contradicted: str | None = None
    """What another source says against it, in words."""

    def __str__(self) -> str:
        """What is said, when, and of which body by its name of that day."""
        what = f"{self.property.replace('_', ' ')}{f' ({self.aspect})' if self.aspect else ''}: {self.value}"
        day = next((told.latest for told in (self.on, self.until, self.since) if told is not None), None)
        name = self.organisation.name if day is None else name_on(self.organisation, day)
        return ", ".join(part for part in (what, self.when, f"of {name}") if part)

    @builtins.property  # the field above has that name
    def when(self) -> str:
        """Its time in words; empty where no source gives one."""
        return self.on.describe() if self.on is not None else span_in_words(self.since, self.until)
