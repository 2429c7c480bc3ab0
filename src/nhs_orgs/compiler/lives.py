"""What is known of each code before events are inferred: its kinds, its dates, its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhs_orgs.compiler.kinds import KindSpan, kind_spans
from nhs_orgs.names import DatedName
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.records import OPEN, Record
from nhs_orgs.sources import Source

__all__ = ["Life", "lives"]


@dataclass(frozen=True, slots=True)
class Life:
    """One code's record, with what is read from it worked out once."""

    record: Record
    spans: tuple[KindSpan, ...]
    """Its kinds in order of time."""
    legal: Period
    """First and last day in law."""
    start: Bound
    """First day: the legal one, the operational where there is none, unknown where neither is given."""
    end: Bound
    """Last day, by the same rule."""
    names: tuple[DatedName, ...] = ()
    """Every name of the record."""

    @property
    def kind(self) -> str:
        """Its latest kind, by class name."""
        return self.spans[-1].kind

    @property
    def shown_open(self) -> date | None:
        """The newest day on which a list shows it open, ``None`` where it has closed or no list does."""
        if self.end is not None:
            return None
        shown = (source for said in self.record.says("legal_end") if said.value == OPEN for source in said.sources)
        return max((source.as_at.earliest for source in shown if isinstance(source, Source)), default=None)


def lives(records: Iterable[Record]) -> dict[str, Life]:
    """Every code's life."""
    return {record.code: _life(record) for record in records}


def _life(record: Record) -> Life:
    legal, operational = record.legal, record.operational
    start, end = legal.start, legal.end
    if operational is not None:
        start = operational.start if start is UNKNOWN else start
        end = operational.end if end is UNKNOWN else end
    return Life(record, kind_spans(record), legal, start, end, record.names)
