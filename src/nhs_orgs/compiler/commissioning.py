"""Abolished primary care trusts, and the groups that took over their commissioning, by tables of shares.

The Health and Social Care Act 2012 abolished every primary care trust on one day and named no successor of any one of
them: commissioning went to clinical commissioning groups and to NHS England, public health to councils. A curated
closure says that much, with its documents. Tables count where the registered patients, and the postcodes, of each
trust came to lie. `divide` joins the two, one event a trust:

* its kind is a split whatever the number of groups, as no trust passed whole;
* each transfer is a part, with one share for each measure. A share of 1 is all that was measured, not the whole body;
* who receives must be a clinical commissioning group that began on the day: a commissioning hub is none, and a group
  that came later received from other groups;
* a part below one in a thousand by every measure is left out.

What the tables count elsewhere stands in the event's notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from nhs_orgs.compiler.drafts import Draft, DraftTransfer
from nhs_orgs.compiler.lives import Life
from nhs_orgs.events import EventKind, Extent, Fate, Share
from nhs_orgs.organisations import KINDS
from nhs_orgs.readers.base import ShareRow
from nhs_orgs.sources import Confidence, Source

__all__ = ["divide"]

_REPORTS: Final = ("pct-to-ccg-by-registered-patients", "pct-to-ccg-by-postcodes")
"""The tables that measure this, the better measure first: a commissioner is responsible for registered patients."""
_RECEIVER: Final = "ClinicalCommissioningGroup"
_TRACE: Final = 0.001
"""Below this a part is a handful of patients of a practice on the border, or of one about to close."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What the tables count of one trust with one other body."""

    other: str
    rows: tuple[ShareRow, ...]

    @property
    def shares(self) -> tuple[Share, ...]:
        return tuple(Share(row.share, row.basis) for row in self.rows if row.share)

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(dict.fromkeys(row.source for row in self.rows if row.share))

    @property
    def counted(self) -> str:
        """Its amounts, in words."""
        return ", ".join(f"{row.amount:,.0f} {row.basis}" for row in self.rows if row.amount)

    @property
    def measured(self) -> str:
        """Its shares, in words."""
        return ", ".join(f"{row.share:.3%} of {row.basis}" for row in self.rows if row.share is not None)

    @property
    def is_trace(self) -> bool:
        return all(share.share < _TRACE for share in self.shares)


def divide(drafts: Iterable[Draft], rows: Iterable[ShareRow], lives: Mapping[str, Life]) -> Iterator[Draft]:
    """The drafts, each closure of bodies that the tables divide as one split a body.

    What remains of such a closure, the bodies that no table divides, stays one event under its own id.
    """
    parts = _parts(rows)
    for draft in drafts:
        taken = {code for code in _closing(draft) if any(_receives(part, draft, lives) for part in parts.get(code, ()))}
        for code in sorted(taken):
            yield _split(draft, code, parts[code], lives)
        left = tuple((code, fate) for code, fate in draft.befores if code not in taken)
        if left or not taken:
            yield replace(draft, befores=left)


def _parts(rows: Iterable[ShareRow]) -> dict[str, tuple[_Part, ...]]:
    """By trust, in order of code."""
    found: dict[str, dict[str, list[ShareRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.source.report in _REPORTS:
            found[row.code][row.other].append(row)
    return {
        code: tuple(_Part(other, tuple(sorted(others[other], key=_order))) for other in sorted(others))
        for code, others in found.items()
    }


def _order(row: ShareRow) -> tuple[int, str]:
    return _REPORTS.index(row.source.report), row.basis


def _closing(draft: Draft) -> frozenset[str]:
    """The bodies that end by a closure of which documents tell, and which names no receiver itself."""
    closes = draft.kind is EventKind.CLOSURE and not draft.afters and not draft.transfers and draft.citations
    return draft.ending if closes and _day(draft) else frozenset()


def _day(draft: Draft) -> date | None:
    return draft.effective.day if draft.effective is not None else None


def _receives(part: _Part, draft: Draft, lives: Mapping[str, Life]) -> bool:
    return _hindrance(part, draft, lives) is None


def _hindrance(part: _Part, draft: Draft, lives: Mapping[str, Life]) -> str | None:
    """Why what is counted with another body is no part that it received, if it is not."""
    life, day = lives.get(part.other), _day(draft)
    if life is None or day is None:
        return "of which no list read here tells"
    if (kind := _kind_on(life, day)) != _RECEIVER:
        return f"a {KINDS[kind].title}"
    if life.start != day:
        return f"which began on {life.start}" if isinstance(life.start, date) else "whose first day no list gives"
    return f"less than {_TRACE:.1%}" if part.is_trace else None


def _kind_on(life: Life, day: date) -> str:
    held = [span for span in life.spans if span.since is None or span.since <= day]
    return (held or list(life.spans))[-1].kind


def _split(draft: Draft, code: str, parts: tuple[_Part, ...], lives: Mapping[str, Life]) -> Draft:
    """The end of one trust, its parts by share."""
    received = [part for part in parts if _receives(part, draft, lives)]
    sources = {part.other: part.sources for part in received}
    giver = tuple(dict.fromkeys(source for part in received for source in part.sources))
    return replace(
        draft,
        id=f"{draft.id}-{code.lower()}",
        kind=EventKind.SPLIT,
        befores=((code, Fate.ENDS),),
        afters=tuple((part.other, Fate.NEW) for part in received),
        transfers=tuple(_transfer(code, part) for part in received),
        confidence=Confidence.MEDIUM,
        confirmed=((code, (*draft.citations, *giver)), *sources.items()),
        notes=(*draft.notes, *_notes(received, parts, draft, lives)),
    )


def _transfer(code: str, part: _Part) -> DraftTransfer:
    return DraftTransfer(
        giver=code, receiver=part.other, extent=Extent.PART, shares=part.shares, note=part.counted or None
    )


def _notes(received: list[_Part], parts: tuple[_Part, ...], draft: Draft, lives: Mapping[str, Life]) -> Iterator[str]:
    """What was measured, and what the tables count with bodies that are not taken to have received it."""
    measures = dict.fromkeys(share.basis for part in received for share in part.shares)
    yield f"parts by shares of {' and of '.join(measures)}; other functions of the trust are not measured"
    for part in parts:
        if (why := _hindrance(part, draft, lives)) is not None:
            yield f"no part: {part.measured or 'nothing measured'} counted with {part.other}, {why}"
