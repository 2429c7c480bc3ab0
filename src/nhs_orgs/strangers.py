"""What a value in a column of codes is to a crosswalk: a code that it has, or why it is none and what it may have been.

>>> import nhs_orgs
>>> trusts = nhs_orgs.load().crosswalk(to="2026-04-01", kind=nhs_orgs.Trust)
>>> [trusts.judge(value).reason for value in ("RRE", "ENG", "02Q")]
[None, 'stands for England', '02Q is a sub-ICB location: of another kind than this crosswalk has']
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from nhs_orgs.errors import UnknownOrganisation
from nhs_orgs.judgement import Form, judge
from nhs_orgs.likeness import gss_codes, likenesses
from nhs_orgs.shapes import LEAVES_OUT
from nhs_orgs.statuses import Status
from nhs_orgs.store import Store
from nhs_orgs.telling.wording import an

__all__ = ["Judgement", "judgement", "miss", "suggestions"]

_STATUSES: Final[dict[Form, Status | None]] = {
    Form.CODE: None,
    Form.OTHER_SPELLING: None,
    Form.PSEUDO: Status.PSEUDO,
    Form.DAMAGED: Status.DAMAGED,
    Form.MISSING: Status.DAMAGED,
    Form.UNKNOWN: Status.UNKNOWN,
}
"""How the rows of a value stand that is judged so."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a value in a column of codes is."""

    value: object
    """As it came."""
    code: str | None
    """The code as the register spells it; ``None`` where it is none that this crosswalk has."""
    status: Status | None
    """``PSEUDO``, ``DAMAGED`` or ``UNKNOWN``; ``None`` for a code."""
    reason: str | None = None
    candidates: tuple[str, ...] = ()
    """The codes that a damaged value may have been, known ones first."""


def judgement(store: Store, known: Container[str], value: object) -> Judgement:
    """What a value is to a crosswalk that has the known codes of a register."""
    judged = judge(value, known)
    reason = None if judged.code else judged.reason
    if judged.form is Form.UNKNOWN:
        reason = _why_unknown(store, value) or reason
    return Judgement(value, judged.code, _STATUSES[judged.form], reason, judged.candidates)


def _why_unknown(store: Store, value: object) -> str | None:
    code = value.strip().upper() if isinstance(value, str) else ""
    if code in store.eras:
        return _of_another_kind(store, code)
    return None if store.lists(code) else f"not in this register, which {LEAVES_OUT}"


def _of_another_kind(store: Store, code: str) -> str:
    return f"{code} is {an(store.eras_of(code)[-1].title)}: of another kind than this crosswalk has"


def miss(store: Store, code: str) -> UnknownOrganisation:
    """The error for a code that a crosswalk has not: the register has it of another kind, or not at all."""
    if code not in store.eras:
        return store.unknown(code)
    todo = f"Make one with kind=[..., {store.eras_of(code)[-1].kind.__name__}], or leave kind= out for every code."
    return UnknownOrganisation(code, why=f"{_of_another_kind(store, code)}.", todo=todo)


def suggestions(store: Store, value: object) -> tuple[str, ...]:
    """Codes that a value which is none may have been meant for.

    Of a shape of which the register has no whole lists there is nothing to compare with: only the body of a code that
    ends in 00, and the ODS codes of an ONS code.
    """
    text = str(value)
    if text.strip().upper() in store.eras:
        return ()
    found = likenesses(store, [text], only_suffix=not store.lists(text))
    return found.get(text) or gss_codes(store, [text]).get(text, ())
