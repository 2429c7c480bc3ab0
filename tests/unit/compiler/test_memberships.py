"""Where a commissioner's practices went on the day bears out, or adds to, what the succession rows say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import citation, source

from nhs_orgs.compiler.drafts import Draft, DraftTransfer
from nhs_orgs.compiler.memberships import attest
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import EventKind, EventStatus, Extent, Fate, SuccessionEvidence
from nhs_orgs.readers.base import ShareRow

DAY = date(2006, 10, 1)
MOVES = source("commissioner-moves@2019")


def merger(*befores: str, after: str = "5ZZ") -> Draft:
    """Trusts that pass whole to one of a new code."""
    return Draft(
        id="merger",
        kind=EventKind.MERGER,
        effective=PartialDate.of_day(DAY),
        befores=tuple((code, Fate.ENDS) for code in befores),
        afters=((after, Fate.NEW),),
        transfers=tuple(DraftTransfer(giver=code, receiver=after, extent=Extent.WHOLE) for code in befores),
        evidence=tuple(
            SuccessionEvidence(predecessor=code, successor=after, day=DAY, sources=(source("succ@2026-05"),))
            for code in befores
        ),
        notes=("as printed",),
    )


def moved(code: str, other: str, practices: int, day: date = DAY, basis: str = "practices") -> ShareRow:
    """Practices that changed commissioner."""
    return ShareRow(source=MOVES, line=1, code=code, other=other, share=None, amount=practices, basis=basis, day=day)


def attested(draft: Draft, *rows: ShareRow) -> Draft:
    """The draft afterwards."""
    (found,) = attest([draft], rows)
    return found


def test_practices_confirm_each_trust_that_ended() -> None:
    """A trust is confirmed if its practices went where it passed to; one without practices is not."""
    draft = attested(merger("5AA", "5BB"), moved("5AA", "5ZZ", 20))
    assert dict(draft.confirmed) == {"5AA": (MOVES,)}
    assert draft.notes == ("as printed",)


def test_what_confirmed_it_before_stays() -> None:
    """Practices are one more witness."""
    before = replace(merger("5AA"), confirmed=(("5AA", (citation("order"),)), ("5ZZ", (citation("order"),))))
    draft = attested(before, moved("5AA", "5ZZ", 20))
    assert dict(draft.confirmed) == {"5AA": (citation("order"), MOVES), "5ZZ": (citation("order"),)}


def test_practices_that_went_elsewhere_are_noted() -> None:
    """Where some practices went to a body that the rows do not name, the end is not confirmed, and that is told."""
    draft = attested(merger("5AA"), moved("5AA", "5ZZ", 33), moved("5AA", "5YY", 2))
    assert draft.confirmed == ()
    assert draft.notes == ("as printed", "of the 35 practices that left 5AA that day, 2 to 5YY")


@pytest.mark.parametrize(
    "row",
    [
        moved("5AA", "5YY", 20),
        moved("5AA", "5ZZ", 20, day=date(2007, 10, 1)),
        moved("5AA", "5ZZ", 2000, basis="registered patients"),
        moved("5AA", "5ZZ", 0),
        replace(moved("5AA", "5ZZ", 20), source=source("practice-moves@2019")),
    ],
    ids=["another body", "another day", "another measure", "none", "another table"],
)
def test_what_does_not_match_confirms_nothing(row: ShareRow) -> None:
    """Practices that went to others, or on another day, are no witness."""
    assert attested(merger("5AA"), row) == merger("5AA")


def test_only_what_rows_give_needs_a_witness() -> None:
    """An event that no succession row gives rests on documents, and stays as it is."""
    draft = replace(merger("5AA"), evidence=())
    assert attested(draft, moved("5AA", "5ZZ", 20)) == draft


def test_a_proposal_ends_nobody() -> None:
    """Nothing is confirmed of what has not come about."""
    draft = replace(merger("5AA"), status=EventStatus.PROPOSED)
    assert attested(draft, moved("5AA", "5ZZ", 20)) == draft
    undated = replace(draft, effective=None, announced=PartialDate.of_day(DAY))
    assert attested(undated, moved("5AA", "5ZZ", 20)) == undated
