"""Which codes a compilation keeps: bodies of the kinds asked for, and every body that their histories name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from nhs_orgs.compiler.kinds import KindSpan, kind_by_pattern
from nhs_orgs.compiler.lives import Life
from nhs_orgs.readers.base import SuccessionRow

__all__ = ["codes_in_scope"]


def codes_in_scope(
    found: Mapping[str, Life], rows: Iterable[SuccessionRow], leave_out: Collection[str]
) -> frozenset[str]:
    """Every code to keep.

    `leave_out` names kinds (``GPPractice``, ...). A code that lists class as one of those goes. One that no
    list classes stays if the succession rows lead to it from a body that stays. With anything left out, so are
    sites that no trust operates.
    """
    kinds = {code: life.spans[-1] for code, life in found.items()}
    unlisted = {code for code, span in kinds.items() if span.inferred}
    out = {code for code, span in kinds.items() if not span.inferred and span.kind in leave_out}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        neighbours[row.predecessor].add(row.successor)
        neighbours[row.successor].add(row.predecessor)
    if not leave_out:
        return frozenset({*found, *neighbours})
    out |= {code for code, life in found.items() if _of_another(life, kinds)}
    by_shape = {code for code in neighbours if kind_by_pattern(code) not in {"Unclassified", *leave_out}}
    return _reach({*found, *by_shape} - out - unlisted, neighbours, out)


def _of_another(life: Life, kinds: Mapping[str, KindSpan]) -> bool:
    """Whether it is a site, and none of those that a source says operate it is a trust."""
    operators = {statement.value for statement in life.record.says("operator")}
    trusts = {code for code in operators if code in kinds and kinds[code].kind == "Trust"}
    return life.kind == "Site" and bool(operators) and not trusts


def _reach(start: set[str], neighbours: Mapping[str, set[str]], out: set[str]) -> frozenset[str]:
    """Everything that succession rows connect with the start, not through what is left out."""
    kept = set(start)
    ahead = list(start)
    while ahead:
        for code in neighbours.get(ahead.pop(), ()):
            if code not in kept and code not in out:
                kept.add(code)
                ahead.append(code)
    return frozenset(kept)
