"""An event as of the kind that documents give it, where those who took over are as many and as new as it takes.

A receiver of which no source tells whether it was new becomes new by a merger or a replacement that names it; so does
one that a list begins up to a year before, and to which nothing had passed. By an acquisition it goes on as another
era.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.lives import Life
from nhs_orgs.events import EventKind, Extent, Fate

__all__ = ["of_kind"]

_YEAR: Final = timedelta(days=366)
_FROM_NOTHING: Final = frozenset({EventKind.MERGER, EventKind.REPLACEMENT})
"""Kinds whose receiver is new."""


def of_kind(
    draft: Draft, kind: EventKind, into: frozenset[str], lives: Mapping[str, Life], inbound: Mapping[str, date]
) -> Draft:
    """The event as of that kind, or as it was where its receivers do not allow it."""
    day = draft.dated.earliest
    if kind in _FROM_NOTHING:
        begun = {code for code, fate in draft.afters if code in into and _may_be_new(fate, lives[code], day)}
        made = _with_new(draft, {c for c in begun if _is_unknown(draft, c) or inbound.get(c) == day})
    elif kind is EventKind.ACQUISITION:
        made = _with_renewed(draft, {code for code in into if _is_unknown(draft, code)})
    else:
        made = draft
    return replace(made, kind=kind) if _fits(made, kind) else draft


def _is_unknown(draft: Draft, code: str) -> bool:
    return (code, Fate.UNKNOWN) in draft.afters


def _may_be_new(fate: Fate, life: Life, day: date) -> bool:
    if fate in {Fate.UNKNOWN, Fate.NEW}:
        return True
    return isinstance(life.start, date) and day - life.start <= _YEAR


def _with_new(draft: Draft, codes: set[str]) -> Draft:
    return replace(
        draft,
        befores=tuple(side for side in draft.befores if side[0] not in codes),
        afters=tuple((code, Fate.NEW if code in codes else fate) for code, fate in draft.afters),
        new_eras=draft.new_eras - codes,
    )


def _with_renewed(draft: Draft, codes: set[str]) -> Draft:
    """Receivers that were there before: those of a whole body go on as another era, the others gain."""
    taken_in = {t.receiver for t in draft.transfers if t.extent is Extent.WHOLE}
    fates = {code: Fate.CONTINUES if code in taken_in else Fate.GAINS for code in codes}
    return replace(
        draft,
        befores=(*draft.befores, *((code, fates[code]) for code in sorted(codes))),
        afters=tuple((code, fates.get(code, fate)) for code, fate in draft.afters),
        new_eras=draft.new_eras | (codes & taken_in),
    )


def _fits(draft: Draft, kind: EventKind) -> bool:
    """Whether those who took over are as many, and as new, as the kind has them."""
    passed = [t for t in draft.transfers if t.giver in draft.ending]
    takers = {t.receiver for t in passed if t.extent is Extent.WHOLE} or {t.receiver for t in passed}
    fates = {fate for code, fate in draft.afters if code in takers}
    if kind is EventKind.SPLIT:
        return len({t.receiver for t in passed}) > 1 and len(draft.ending) == 1
    if kind is EventKind.ACQUISITION:
        return len(takers) == 1 and Fate.NEW not in fates
    if kind is EventKind.REPLACEMENT:
        return len(takers) == 1 and len(draft.ending) == 1 and fates <= {Fate.NEW, Fate.UNKNOWN}
    if kind is EventKind.MERGER:
        return len(takers) == 1 and fates <= {Fate.NEW, Fate.UNKNOWN}
    return kind is draft.kind
