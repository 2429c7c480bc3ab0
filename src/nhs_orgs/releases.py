"""Which releases were in hand at a time: of each report the newest dated by then.

The second axis of time. A day says when something was so; a time says when the register said it. A
release that is dated to a month or a year counts from the last day that it may be of.

>>> import nhs_orgs
>>> from datetime import date
>>> releases = nhs_orgs.load().releases
>>> [source.id for source in newest(releases, by=date(2018, 12, 31))["etr"]]
['etr@2018-08-31']
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhs_orgs.sources import Source

__all__ = ["newest"]


def newest(releases: Iterable[Source], *, by: date) -> dict[str, tuple[Source, ...]]:
    """By report the newest release dated by a day, every file of it; a report with none by then is left out."""
    found: dict[str, tuple[Source, ...]] = {}
    in_hand = (source for source in releases if source.as_at.latest <= by)
    for source in sorted(in_hand, key=lambda source: (source.report, source.id)):
        held = found.get(source.report, ())
        if not held or _age(source) > _age(held[0]):
            found[source.report] = (source,)
        elif _age(source) == _age(held[0]):
            found[source.report] = (*held, source)
    return found


def _age(source: Source) -> tuple[date, date]:
    return source.as_at.latest, source.as_at.earliest
