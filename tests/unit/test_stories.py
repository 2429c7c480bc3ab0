"""How a story begins and ends: the body by its own names and days, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import era, event, make_store

from nhs_orgs.dates import PartialDate
from nhs_orgs.lineage import LineageGraph
from nhs_orgs.organisations import Organisation, Trust
from nhs_orgs.stories import opening
from nhs_orgs.telling.naming import Naming


def opened(body: Organisation, asked: str = "2010-01-01") -> str:
    """The first paragraph about a body."""
    return opening(body, date.fromisoformat(asked), Naming())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("AAA  1990-04-01  ..  Trust  Alpha NHS Trust", "Alpha NHS Trust (AAA) has existed since 1 April 1990."),
        ("AAA  1990-04-01  2003-12-31  CCG  NHS Alpha CCG",
         "NHS Alpha CCG (AAA) was a clinical commissioning group from 1 April 1990 to 31 December 2003."),
        ("AAA  unknown  2003-12-31  PCT  Alpha",
         "Alpha (AAA) was a primary care trust until 31 December 2003; no source tells when it began."),
        ("AAA  1990-04-01  unknown  PCT  Alpha",
         "Alpha (AAA) was a primary care trust from 1 April 1990; no source tells when it ended."),
        ("AAA  unknown  unknown  PCT  Alpha",
         "Alpha (AAA) was a primary care trust; no source tells when it began and ended."),
        ("AAA  unknown  ..  PCT  Alpha", "Alpha (AAA) is a primary care trust; no source tells when it began."),
        ("AAA  2011-04-01  ..  PCT  Alpha", "Alpha (AAA), a primary care trust, opened on 1 April 2011."),
        ("AAA  1990-04-01  ..  PCT  name unknown",
         "A primary care trust of unknown name (AAA) has existed since 1 April 1990."),
        ("AAA  1990-04-01  2010-06-30  PCT  Alpha", "Alpha (AAA) has been a primary care trust since 1 April 1990."),
    ],
)  # fmt: skip
def test_a_body_is_introduced_by_name_kind_and_days(line: str, text: str) -> None:
    """What its name tells of its kind is not said again; a bound that nobody dates is said to be so."""
    assert opened(era(line)) == text


def test_former_names_are_told_and_later_ones_are_not() -> None:
    """Names that went before the day asked about are told with their last day, spellings of one name once."""
    body = era("AAA  1990-04-01  ..  Trust  Alpha NHS Trust; 2005-01-01 Beta NHS Trust; 2015-01-01 Gamma NHS Trust")
    assert opened(body) == (
        "Beta NHS Trust (AAA) has existed since 1 April 1990. It was formerly called Alpha NHS Trust "
        "(until 31 December 2004)."
    )
    first, second, _ = body.names
    spelt = replace(body, names=(first, replace(second, text="Alpha NHS Foundation Trust")))
    assert "formerly" not in opened(spelt)
    gap = PartialDate.between(date(2004, 1, 1), date(2005, 1, 1))
    vague = replace(body, names=(replace(first, until=gap), second))
    assert "Alpha NHS Trust (until some day between 1 January 2004 and 1 January 2005)." in opened(vague)


def test_a_name_in_a_gap_is_not_certain() -> None:
    """Between two sightings both names are told."""
    body = era("AAA  1990-04-01  ..  Trust  Alpha NHS Trust; 2005-01-01 Beta NHS Trust")
    first, second = body.names
    gap = PartialDate.between(date(2004, 1, 1), date(2012, 1, 1))
    unsure = replace(body, names=(replace(first, until=gap), replace(second, since=gap)))
    assert "Its name that day is not certain: it may have been Beta NHS Trust." in opened(unsure)


def test_foundation_status_is_told_with_its_day() -> None:
    """A trust that became a foundation trust in its time is a trust that did so on that day, not one from the start."""
    body = Trust(
        key="AAA@1990-04-01",
        code="AAA",
        name="Alpha",
        period=era("AAA  1990-04-01  ..  Trust").period,
        names=era("AAA  1990-04-01  ..  Trust  Alpha").names,
        foundation_start=date(2008, 4, 1),
    )
    assert opened(body) == (
        "Alpha (AAA) has been a trust since 1 April 1990. It became an NHS foundation trust on 1 April 2008."
    )
    assert opened(body, "2008-03-31") == "Alpha (AAA) has been an NHS trust since 1 April 1990."


TABLE = """
    AAA  1990-04-01  2003-12-31  Trust  Alpha NHS Trust
    BBB  1990-04-01  2003-12-31  Trust  Beta NHS Trust
    NEW  2004-01-01  ..          Trust  Delta NHS Trust
    OLD  1990-04-01  2003-12-31  Trust  Old NHS Trust
    OPN  1990-04-01  ..          Trust  Open NHS Trust; 2006-01-01 Opened NHS Trust
    """


def ended(code: str, to: str = "2010-01-01") -> str:
    """The last paragraph of a story but its sources."""
    store = make_store(
        TABLE,
        event("2004-01-01", "split", "AAA -> NEW, AAA -> OPN", cited=("one",)),
        event("2004-01-01", "merger", "BBB => NEW", cited=("one",)),
        event("2004-01-01", "closure", "OLD", cited=("one",), nothing_followed=True),
        event("2005-01-01", "service transfer", "OPN -> NEW", cited=("one",)),
    )
    paragraphs = LineageGraph(store).trace(code, to=to).explain().split("\n\n")
    return [text for text in paragraphs if not text.startswith("Sources:")][-1]


def test_the_outcome_is_told_by_name() -> None:
    """One successor, several, none, or the body itself: each with the names of the day asked about."""
    assert ended("BBB") == "By 1 January 2010 it has been succeeded by Delta NHS Trust (NEW)."
    assert (
        ended("AAA")
        == "By 1 January 2010 it has been divided between Delta NHS Trust (NEW) and Opened NHS Trust (OPN)."
    )
    assert ended("OLD") == "By 1 January 2010 it has ended, and nothing followed."


def test_notes_name_bodies_as_they_were_then() -> None:
    """What else must be known is told with names of its own day, before each code."""
    assert ended("OPN") == (
        "On 1 January 2010 it is open. Open NHS Trust (OPN) gave a part to Delta NHS Trust (NEW) on 1 January 2005."
    )
