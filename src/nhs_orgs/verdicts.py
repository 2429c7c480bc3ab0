"""What became of each statement about a code: whether it was chosen, by which rule, and what speaks against it.

A `Record` answers with what was chosen and keeps the rest. `verdicts` sets them side by side. A property of one value,
such as the last legal day, has one chosen statement: a document before a release, a newer release before an older.
Of names, kinds and what holds for its days, every statement that an answer is made of is chosen.

>>> import nhs_orgs
>>> for verdict in nhs_orgs.load().statements("R1E"):
...     if verdict.statement.property == "legal_end":
...         print(verdict.statement.value, verdict.chosen, verdict.rule)
.. False a newer release says otherwise
2018-05-31 True the newest release
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from nhs_orgs.names import plain
from nhs_orgs.organisations import Organisation, Trust
from nhs_orgs.period import UNKNOWN
from nhs_orgs.records import CITED_SIGHTING, LOOSE_NAME, SHORT_NAME, Record, choose, said_in
from nhs_orgs.sources import Citation, Source, Statement

__all__ = ["SINGLE", "Verdict", "verdicts"]

SINGLE: Final = frozenset(
    {"legal_start", "legal_end", "operational_start", "operational_end", "postcode", "foundation_start"}
)
"""Properties that have one value, whatever the day."""
_NAMES: Final = frozenset({"name", CITED_SIGHTING, LOOSE_NAME, SHORT_NAME})
_ONE_A_DAY: Final = frozenset({*_NAMES, "region", "operator", "commissioner", "integrated care board"})
"""Properties of which two values do not hold on one day."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One statement, and what became of it."""

    statement: Statement
    chosen: bool
    """Whether an answer is made of it."""
    rule: str
    """Why, or why not, in words."""
    conflicts_with: tuple[Statement, ...] = ()
    """Statements of another value for the same days."""


def verdicts(record: Record, bodies: Iterable[Organisation] = ()) -> tuple[Verdict, ...]:
    """A verdict on every statement of a record, in the record's order.

    `bodies` are those of its code: what kind each is, and a trust's sector, is chosen for each.
    """
    judge = _Judge(record, tuple(bodies))
    return tuple(judge.verdict(statement) for statement in record.statements)


@dataclass(frozen=True, slots=True)
class _Judge:
    """One record, and the bodies of its code."""

    record: Record
    bodies: tuple[Organisation, ...]

    def verdict(self, statement: Statement) -> Verdict:
        chosen, rule = self._rule_for(statement.property)(statement)
        against = tuple(other for other in self.record.says(statement.property) if _contradict(statement, other))
        if statement.property in _NAMES:
            against = tuple(s for s in self.record.statements if s.property in _NAMES and _contradict(statement, s))
        return Verdict(statement, chosen, rule, against)

    def _rule_for(self, name: str) -> Callable[[Statement], tuple[bool, str]]:
        if name in SINGLE:
            return self._single
        if name in _NAMES:
            return self._named
        if name == "kind" and self.bodies:
            return self._kind
        if name == "sector" and self.bodies:
            return self._sector
        return _kept

    def _single(self, statement: Statement) -> tuple[bool, str]:
        said = self.record.says(statement.property)
        chosen = choose(said)
        if statement is chosen and self._undone(statement.property):
            return False, "the first and the last day contradict each other; neither is used"
        return _by_authority(statement, chosen, alone=len(said) == 1)

    def _undone(self, name: str) -> bool:
        """Whether a period begins after its end, so that neither bound is used."""
        which, _, side = name.partition("_")
        if side not in {"start", "end"} or which == "foundation":
            return False
        period = self.record.legal if which == "legal" else self.record.operational
        return period is not None and getattr(period, side) is UNKNOWN

    def _named(self, statement: Statement) -> tuple[bool, str]:
        if statement not in self.record.named_by:
            return False, "a list that spells names loosely; a proper name is known from then on"
        alike = [name for name in self.record.names if plain(name.published) == plain(statement.value)]
        if any(name.published == statement.value for name in alike):
            cited = any(isinstance(source, Citation) for source in statement.sources)
            return True, "a document gives its days" if cited else "the name on the days on which it was seen"
        if alike:
            return False, f"the same name in another spelling; {alike[0].published} is used"
        return False, "no source gives its days"

    def _kind(self, statement: Statement) -> tuple[bool, str]:
        if any(body.kind.__name__ == statement.value for body in self.bodies):
            return True, "the kind of a body of the code"
        return False, "a surer claim, or one of a narrower kind, says otherwise"

    def _sector(self, statement: Statement) -> tuple[bool, str]:
        for body in self.bodies:
            said = [s for s in self.record.says("sector") if isinstance(body, Trust) and said_in(s, body.period)]
            if choose(said) is statement:
                return True, "the newest release in the days of a body of the code"
        return False, "a newer release says otherwise"


def _by_authority(statement: Statement, chosen: Statement | None, *, alone: bool) -> tuple[bool, str]:
    """The rule of `choose` in words."""
    cited = [each for each in (statement, chosen) if each is not None and _is_cited(each)]
    if statement is chosen:
        return True, "the only value" if alone else "a document" if cited else "the newest release"
    if len(cited) == 1:
        return False, "a document says otherwise"
    return False, "another document is newer, or has the later value" if cited else "a newer release says otherwise"


def _is_cited(statement: Statement) -> bool:
    return any(isinstance(source, Citation) for source in statement.sources)


def _kept(statement: Statement) -> tuple[bool, str]:
    if statement.period is not None:
        return True, "holds for its days"
    return True, "holds on the days of its releases" if statement.property in _ONE_A_DAY else "every value is kept"


# --- what speaks against what --------------------------------------------------------------------------------------


def _contradict(one: Statement, other: Statement) -> bool:
    """Whether two statements give different values for the same days."""
    if one.property in SINGLE:
        return one.value != other.value
    if one.property not in _ONE_A_DAY:
        return False
    same = plain(one.value) == plain(other.value) if one.property in _NAMES else one.value == other.value
    return not same and _share_a_day(one, other)


def _share_a_day(one: Statement, other: Statement) -> bool:
    first, second = _days(one), _days(other)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def _days(statement: Statement) -> tuple[date, date] | None:
    """The days that it surely speaks of: its period, or from its first release to its last."""
    if statement.period is not None:
        start, end = statement.period.start, statement.period.end
        if start is UNKNOWN or end is UNKNOWN:
            known = [bound for bound in (start, end) if isinstance(bound, date)]
            return (known[0], known[0]) if known else None
        first = start if isinstance(start, date) else date.min
        # A name that its document leaves open holds until the next is seen.
        last = end if isinstance(end, date) else first if statement.property in _NAMES else date.max
        return first, last
    days = [source.as_at.earliest for source in statement.sources if isinstance(source, Source)]
    return (min(days), max(days)) if days else None
