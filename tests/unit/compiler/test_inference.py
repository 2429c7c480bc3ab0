"""Groups of successions of one day become one event, and who ended and who was there before tells what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import source

from nhs_orgs.compiler.drafts import Draft
from nhs_orgs.compiler.inference import closures, infer
from nhs_orgs.compiler.kinds import KindSpan
from nhs_orgs.compiler.lives import Life
from nhs_orgs.compiler.succession import Succession
from nhs_orgs.events import Basis, EventKind, Extent, Fate, SuccessionEvidence
from nhs_orgs.period import UNKNOWN, Bound, Period
from nhs_orgs.records import Record


def life(code: str, kind: str = "Trust", start: Bound | str = UNKNOWN, end: Bound | str = UNKNOWN) -> Life:
    """What is known of a code."""
    first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (start, end))
    return Life(Record(code, ()), (KindSpan(kind, None, inferred=False),), Period(first, last), first, last)


def lives(*told: Life) -> dict[str, Life]:
    """The codes told of, and plain trusts since 1994 under all others."""
    others = {code: life(code, start="1994-04-01") for code in ("RAA", "RBB", "RCC", "RDD", "REE", "RFF", "5AA", "TAA")}
    return others | {one.record.code: one for one in told}


def succession(text: str, *, ends: bool = True) -> Succession:
    """``RAA RBB 2018-06-01``; with ``ends=False`` a part given by a body that goes on."""
    giver, receiver, day = text.split()
    when = date.fromisoformat(day)
    row = SuccessionEvidence(predecessor=giver, successor=receiver, day=when, sources=(source("succ@2026-05"),))
    return Succession(giver, receiver, when, ends=ends, evidence=(row,), notes=("as printed",))


def one(*texts: str, told: tuple[Life, ...] = (), ends: bool = True) -> Draft:
    """The one event of these successions."""
    (draft,) = infer([succession(text, ends=ends) for text in texts], lives(*told))
    return draft


def passed(draft: Draft) -> set[str]:
    """What passed: ``RAA => RBB`` whole, ``RAA -> RBB`` in part."""
    return {f"{t.giver} {'=>' if t.extent is Extent.WHOLE else '->'} {t.receiver}" for t in draft.transfers}


def test_an_acquisition_renews_the_acquirer() -> None:
    """The acquirer goes on as a new era; the other ends."""
    draft = one("RAA RBB 2018-06-01")
    assert draft.kind is EventKind.ACQUISITION
    assert draft.befores == (("RAA", Fate.ENDS), ("RBB", Fate.CONTINUES))
    assert draft.afters == (("RBB", Fate.CONTINUES),)
    assert draft.new_eras == {"RBB"}
    assert passed(draft) == {"RAA => RBB"}


def test_a_merger_makes_a_new_body() -> None:
    """Several that end in one that begins that day are a merger."""
    draft = one("RAA RCC 2017-10-01", "RBB RCC 2017-10-01", told=(life("RCC", start="2017-10-01"),))
    assert draft.kind is EventKind.MERGER
    assert draft.afters == (("RCC", Fate.NEW),)
    assert draft.new_eras == frozenset()
    assert draft.beginning == {"RCC"}


def test_a_replacement_makes_a_new_body() -> None:
    """One that ends in one that begins that day is replaced."""
    assert one("RAA RCC 2017-10-01", told=(life("RCC", start="2017-10-01"),)).kind is EventKind.REPLACEMENT


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("2017-04-01", EventKind.REPLACEMENT),
        ("2017-03-30", EventKind.ACQUISITION),
        ("2018-01-01", EventKind.REPLACEMENT),
        (UNKNOWN, EventKind.SUCCESSION),
    ],
)
def test_how_new_a_successor_is(start: Bound | str, kind: EventKind) -> None:
    """A body set up within half a year before its first succession is new by it; one without a first day may be."""
    assert one("RAA RCC 2017-10-01", told=(life("RCC", start=start),)).kind is kind


def test_a_shell_is_new_once() -> None:
    """A body young enough to be a shell is one only for the first that it takes over."""
    first, second = infer(
        [succession("RAA RCC 2017-10-01"), succession("RBB RCC 2017-12-01")], lives(life("RCC", start="2017-09-01"))
    )
    assert (first.kind, second.kind) == (EventKind.REPLACEMENT, EventKind.ACQUISITION)


def test_an_undated_successor_has_begun_by_its_first_succession() -> None:
    """A body that nobody dates was there by its second succession."""
    first, second = infer([succession("RAA RCC 2001-04-01"), succession("RBB RCC 2005-04-01")], lives(life("RCC")))
    assert (first.kind, second.kind) == (EventKind.SUCCESSION, EventKind.ACQUISITION)
    assert first.afters == (("RCC", Fate.UNKNOWN),)
    assert "no source tells when RCC began" in first.notes


def test_a_split_passes_parts() -> None:
    """One that ends in several passes no whole, and renews none of them."""
    draft = one("RAA RBB 2021-10-01", "RAA RCC 2021-10-01")
    assert draft.kind is EventKind.SPLIT
    assert passed(draft) == {"RAA -> RBB", "RAA -> RCC"}
    assert draft.new_eras == frozenset()
    assert draft.befores == (("RAA", Fate.ENDS), ("RBB", Fate.GAINS), ("RCC", Fate.GAINS))


def test_mergers_and_splits_that_hang_together_are_one() -> None:
    """What shares a code on one day is one event; what does not is another."""
    drafts = list(
        infer(
            [succession(f"{pair} 2001-04-01") for pair in ("RAA RCC", "RAA RDD", "RBB RDD", "REE RFF")],
            lives(),
        )
    )
    assert [draft.kind for draft in drafts] == [EventKind.RECONFIGURATION, EventKind.ACQUISITION]
    assert passed(drafts[0]) == {"RAA -> RCC", "RAA -> RDD", "RBB => RDD"}
    assert drafts[0].new_eras == {"RDD"}


def test_a_part_that_left_is_a_service_transfer() -> None:
    """Where nobody ends, services moved."""
    draft = one("RAA RBB 2011-04-01", ends=False)
    assert draft.kind is EventKind.SERVICE_TRANSFER
    assert draft.befores == (("RAA", Fate.GIVES), ("RBB", Fate.GAINS))
    assert draft.afters == (("RBB", Fate.GAINS),)
    assert passed(draft) == {"RAA -> RBB"}
    assert draft.ending == frozenset()


def test_a_successor_that_ends_the_same_day_is_no_new_era() -> None:
    """A body that takes over and ends on one day only ends."""
    draft = one("RAA RBB 2001-04-01", "RBB RCC 2001-04-01")
    assert ("RBB", Fate.ENDS) in draft.befores
    assert ("RBB", Fate.GAINS) not in draft.befores
    assert ("RBB", Fate.CONTINUES) not in draft.befores


@pytest.mark.parametrize("kind", ["PrimaryCareTrust", "PrimaryCareGroup", "ClinicalCommissioningGroup"])
def test_a_commissioner_gives_a_provider_its_services(kind: str) -> None:
    """A commissioner does not end in a trust or a site, whatever the row says."""
    draft = one("5AA RBB 2011-04-01", told=(life("5AA", kind),))
    assert draft.kind is EventKind.SERVICE_TRANSFER
    assert "what a commissioner passes to a provider is its services" in draft.notes


@pytest.mark.parametrize("kind", ["PrimaryCareTrust", "ClinicalCommissioningGroup"])
def test_a_commissioner_that_takes_over_a_trust_acquires_nobody(kind: str) -> None:
    """What a commissioner that was there before takes over from a trust is a succession; it goes on as a new era."""
    draft = one("RAA 5AA 2003-04-01", told=(life("5AA", kind, start="2002-04-01"),))
    assert draft.kind is EventKind.SUCCESSION
    assert draft.afters == (("5AA", Fate.CONTINUES),)
    assert passed(draft) == {"RAA => 5AA"}


def test_a_commissioner_acquires_another() -> None:
    """A commissioner that takes over one of its own sort acquires it, whether or not a trust ends with it."""
    told = (life("5AA", "PrimaryCareTrust", start="2002-04-01"), life("RAA", "PrimaryCareTrust", start="2001-04-01"))
    assert one("RAA 5AA 2003-04-01", told=told).kind is EventKind.ACQUISITION
    assert one("RAA 5AA 2003-04-01", "RBB 5AA 2003-04-01", told=told).kind is EventKind.ACQUISITION


def test_a_trust_that_ends_in_a_new_commissioner_is_replaced() -> None:
    """Where the commissioner is new, the rows alone say so."""
    draft = one("RAA 5AA 2003-04-01", told=(life("5AA", "PrimaryCareTrust", start="2003-04-01"),))
    assert draft.kind is EventKind.REPLACEMENT


def test_an_event_tells_which_rows_were_set_aside() -> None:
    """What its successions set aside is among its conflicts, each once, and in its basis."""
    words = "a succession row of 2016-04-01 from RAA to RDD is set aside: the way through RBB implies it"
    rows = [succession("RAA RBB 2015-04-01"), succession("RCC RBB 2015-04-01")]
    (plain,) = infer(rows, lives())
    (told,) = infer([replace(row, set_aside=(words,)) for row in rows], lives())
    assert (plain.conflicts, plain.basis) == ((), ())
    assert (told.conflicts, told.basis) == ((words,), (Basis.SUPPRESSED,))


def test_a_care_trust_can_take_over_a_commissioner() -> None:
    """A care trust commissions too."""
    assert passed(one("5AA TAA 2002-04-01", told=(life("5AA", "PrimaryCareTrust"),))) == {"5AA => TAA"}


def test_ids_say_who_and_when() -> None:
    """Up to five codes stand in the id; of more only the first on each side, with how many others."""
    assert one("RAA RCC 2001-04-01", "RBB RCC 2001-04-01").id == "2001-04-01:RAA+RBB>RCC"
    many = one(*(f"{code} RFF 2001-04-01" for code in ("RAA", "RBB", "RCC", "RDD", "REE")))
    assert many.id == "2001-04-01:RAA+4>RFF+0"


def test_events_come_in_order_of_time() -> None:
    """Whatever the order of the rows."""
    days = ["2010-04-01", "1999-04-01", "2005-04-01"]
    rows = [succession(f"{pair} {day}") for pair, day in zip(("RAA RBB", "RCC RDD", "REE RFF"), days, strict=True)]
    assert [str(draft.effective) for draft in infer(rows, lives())] == sorted(days)


def test_a_close_without_an_event_is_a_closure() -> None:
    """A body that a list closes and no event ends is closed; what became of it is not said."""
    known = {
        "RAA": life("RAA", end="2014-03-31"),
        "RBB": life("RBB", end="2014-03-31"),
        "RCC": life("RCC", end=None),
        "RDD": life("RDD"),
        "RAA01": life("RAA01", "Site", end="2014-03-31"),
    }
    (draft,) = closures(known, frozenset({"RBB"}))
    assert (draft.kind, draft.befores, draft.afters) == (EventKind.CLOSURE, (("RAA", Fate.ENDS),), ())
    assert str(draft.effective) == "2014-04-01"
    assert not draft.nothing_followed
