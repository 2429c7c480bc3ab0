"""A whole event in English: the day, what happened, what it was called and was in law, what is doubtful, who says so.

The paragraph is made from the event alone. Numbers in square brackets are its sources: documents stand
behind what they tell, releases and dated lists behind the sentence that says how the event is known.

>>> import nhs_orgs
>>> print(nhs_orgs.load().events(code="RWM")[-1].explain().split(" (")[0])
On 1 October 2009, Cardiff and Vale NHS Trust
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from nhs_orgs.charts import Arrow, flow_chart
from nhs_orgs.dates import PartialDate
from nhs_orgs.events import Basis, ChangeEvent, EventKind, EventStatus, Extent, Fate, Participant
from nhs_orgs.sources import Citation, Confidence, Source
from nhs_orgs.telling.happenings import happened
from nhs_orgs.telling.naming import Naming
from nhs_orgs.telling.plans import planned
from nhs_orgs.telling.scenes import Scene
from nhs_orgs.telling.wording import an, listed, sentence, spelt, when

__all__ = ["References", "drawn", "explained", "tell", "tell_all"]


class References:
    """Sources in the order in which they are first cited, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[Source | Citation, int] = {}

    def cite(self, sources: Iterable[Source | Citation]) -> str:
        """The numbers of some sources, runs of them shortened: ``[1-4, 7]``; nothing for none."""
        numbers = sorted({self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources})
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        told = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
        return f"[{', '.join(told)}]" if told else ""

    @property
    def sources(self) -> tuple[Source | Citation, ...]:
        """Every source cited, in order."""
        return tuple(self._numbers)

    def lines(self) -> tuple[str, ...]:
        """The list of references, a line each."""
        return tuple(f"[{number}] {source}" for source, number in self._numbers.items())


def explained(event: ChangeEvent) -> str:
    """An event in a paragraph, with its sources below."""
    references = References()
    return "\n".join([tell(event, references, Naming()), *references.lines()])


def tell(event: ChangeEvent, references: References, naming: Naming, focus: Collection[str] = ()) -> str:
    """An event in a paragraph of a longer text, which prints the sources and remembers what it called each body.

    `focus` are the keys of the bodies that the text is about: of a long list they are named before others.
    """
    return next(tell_all([event], references, naming, focus))


def tell_all(
    events: Iterable[ChangeEvent], references: References, naming: Naming, focus: Collection[str] = ()
) -> Iterator[str]:
    """Events in order, a paragraph each; those of one day of which one story is told are in one."""
    for _, same in groupby(events, key=_alike):
        scenes = [Scene(event, naming, focus) for event in same]
        cited = references.cite(dict.fromkeys(source for scene in scenes for source in scene.event.citations))
        known = _known([scene.event for scene in scenes], references)
        yield " ".join(part for part in (_story(scenes), cited, _doubts(scenes[0]), known) if part)


def _alike(event: ChangeEvent) -> tuple[object, ...]:
    """What events of one story have in common; an event with no story of its own, or with doubts, is like no other."""
    alone = event.id if event.narrative is None or event.conflicts or _weakest(event) else ""
    return (
        alone,
        event.dated,
        event.kind,
        event.narrative,
        event.mechanism,
        event.basis,
        event.announced_as,
        event.confidence,
    )


def _story(scenes: Sequence[Scene]) -> str:
    event = scenes[0].event
    if event.status is EventStatus.COMPLETED:
        clauses = _together([happened(scene) for scene in scenes])
        clauses[0] = f"{when(event.dated)}, {clauses[0]}"
    else:
        clauses = [clause for scene in scenes for clause in planned(scene)]
    told = " ".join(map(sentence, [*clauses, *_called(event), *_in_law(event)]))
    return " ".join([told, *_adding(event.narrative or "", told)])


def _adding(narrative: str, told: str) -> list[str]:
    """The sentences of a narrative that tell more than the rules have told in other words."""
    known = {*_WORD.findall(told.lower()), *_PLAIN_WORDS}
    parts = [part for part in _SENTENCE_END.split(narrative.strip()) if part]
    return [sentence(part) for part in parts if not known.issuperset(_WORD.findall(part.lower()))]


_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_WORD: Final = re.compile(r"\w+")
_PLAIN_WORDS: Final = frozenset(
    {
        "acquired",
        "acquirer",
        "became",
        "code",
        "followed",
        "form",
        "formed",
        "gave",
        "group",
        "groups",
        "joined",
        "kept",
    }
    | {"merged", "merger", "name", "new", "passed", "renamed", "replaced", "took", "trust", "trusts", "way"}
    | {"a", "an", "and", "are", "as", "by", "for", "from", "had", "in", "into", "is", "it", "its", "of", "on", "one"}
    | {"or", "over", "own", "that", "the", "their", "they", "to", "two", "was", "were", "which", "with"}
)
"""Words that tell of any merger: a sentence of these and of words told before repeats what was said."""


def _together(told: Sequence[list[str]]) -> list[str]:
    """What happened on one day, one event after the other."""
    if all(len(clauses) == 1 for clauses in told):
        return ["; ".join(clauses[0] for clauses in told)]
    return [*told[0], *(clause for first, *rest in told[1:] for clause in (f"the same day, {first}", *rest))]


# --- what it was called, and what it was in law ---------------------------------------------------------------------


def _called(event: ChangeEvent) -> list[str]:
    """As what, and when, it was announced."""
    if event.status is not EventStatus.COMPLETED:
        return []
    was, named = event.kind.value, event.announced_as
    day = f" {when(event.announced)}" if event.announced is not None else ""
    if named is None or named == was or event.kind is EventKind.CLOSURE:
        return [f"it was announced{day}"] if day else []
    told = f"it was announced as {an(named)}{day}"
    if event.kind is not EventKind.ACQUISITION:
        return [told]
    in_law = "acquisition" in (event.mechanism or "").lower()
    return [f"{told}; in law it was an acquisition" if in_law else f"{told}, though the receiver kept its code"]


def _in_law(event: ChangeEvent) -> list[str]:
    means = f": {_inside(event.mechanism)}" if event.mechanism else ""
    if event.legal is not None and event.legal != event.effective:
        return [f"in law it took effect {when(event.legal)}{means}"]
    return [f"the means{means}"] if means else []


def _inside(text: str) -> str:
    """A text as it stands behind a colon: its first word small, unless it begins a proper name."""
    first, second, third, *_ = [*text.split(maxsplit=3), "", "", ""]
    proper = first.isupper() or (second != "by" and (second.istitle() or third.istitle()))
    return text if proper else text[:1].lower() + text[1:]


# --- what is doubtful -----------------------------------------------------------------------------------------------

_SURE: Final = {
    Confidence.LOW: "uncertain: it rests on one weak source or on a reconstruction",
    Confidence.MEDIUM: "fairly sure: it rests on one good source or on a calculation from published tables",
}


def _doubts(scene: Scene) -> str:
    event = scene.event
    said = [sentence(scene.named(conflict)) for conflict in event.conflicts]
    doubts = [f"on the sources: {said[0]}", *said[1:]] if said else []
    if event.confidence in _SURE:
        weak = _weakest(event)
        what = f"what became of {scene.all(weak)}" if weak else "this"
        doubts.append(f"{what} is {_SURE[event.confidence]}")
    return " ".join(map(sentence, doubts))


def _weakest(event: ChangeEvent) -> list[Participant]:
    """The bodies of whose end the documents are least sure, where they are surer of others."""
    ended = [body for body in event.befores if body.fate is Fate.ENDS and body.confidence is not None]
    weak = [body for body in ended if body.confidence is event.confidence]
    return weak if len(weak) < len(ended) else []


# --- how it is known ------------------------------------------------------------------------------------------------


def _known(events: Sequence[ChangeEvent], references: References) -> str:
    """On what events that are alike rest, with the numbers of the releases and lists."""
    first = events[0]
    rows = [source for event in events for row in event.evidence for source in row.sources]
    said = " ".join(map(sentence, [*_basis(first, rows=bool(rows)), *_printed(first)]))
    cited = references.cite([*rows, *(source for event in events for source in _lists(event))])
    return " ".join(part for part in (said, cited) if part)


def _lists(event: ChangeEvent) -> tuple[Source | Citation, ...]:
    """What shows, beside documents about the event, that bodies ended or began."""
    if Basis.LISTED not in event.basis:
        return ()
    everyone = (*event.befores, *event.afters)
    turned = [body for body in everyone if body.fate in {Fate.ENDS, Fate.NEW}] or everyone
    return tuple(dict.fromkeys(s for body in turned for s in body.sources if s not in event.citations))


def _basis(event: ChangeEvent, *, rows: bool) -> list[str]:
    basis = set(event.basis)
    if event.status is not EventStatus.COMPLETED or (event.citations and not basis):
        return []
    if not basis:
        return [_ROWS_ONLY if rows else "it is inferred by rule from the dates in the register"]
    told = _register_only(event, rows=rows) if Basis.REGISTER in basis else _agreement(event, rows=rows)
    untold = Basis.SUPPRESSED in basis and not any("set aside" in conflict for conflict in event.conflicts)
    return [*told, *([_SET_ASIDE] if untold else [])]


_ROWS_ONLY: Final = "only the register's succession rows say so"
_SET_ASIDE: Final = "rows of the register between bodies that passed nothing to each other are set aside"


def _register_only(event: ChangeEvent, *, rows: bool) -> list[str]:
    """Of how many bodies nothing else tells the end, or who took over from them."""
    ended = [body for body in event.befores if body.fate is Fate.ENDS]
    alone = [body for body in ended if not body.sources]
    if len(alone) == len(ended):
        return [_ROWS_ONLY]
    if alone:
        return [f"for {spelt(len(alone))} of the {spelt(len(ended))} bodies that ended, {_ROWS_ONLY}"]
    listed_alone = [body for body in ended if not any(isinstance(source, Citation) for source in body.sources)]
    all_of_them = len(listed_alone) == len(ended)
    of = "" if all_of_them else f"for {spelt(len(listed_alone))} of the {spelt(len(ended))} bodies that ended, "
    return [*_agreement(event, rows=rows), f"{of}{_ROWS_ONLY.replace('say so', 'say who took over')}"]


def _agreement(event: ChangeEvent, *, rows: bool) -> list[str]:
    """Who agrees with whom, and who tells more or otherwise."""
    basis = set(event.basis)
    lists = ["dated lists"] if Basis.LISTED in basis else []
    if Basis.ADDED in basis and not rows:
        missing = [] if any("succession" in said for said in event.conflicts) else [_NO_ROW]
        return [*missing, *(["dated lists agree with the day"] if lists else [])]
    papers = "a document" if len(event.citations) == 1 else "documents"
    who = [*([papers] if Basis.CONFIRMED in basis else []), *lists]
    agreed = f"{listed(who)} {_agree(who, rows=rows)}" if who else ""
    one = len(event.citations) == 1
    beyond = [phrase[one] for each, phrase in _BEYOND.items() if each in basis]
    if not beyond:
        return [agreed] if agreed else []
    again = papers.replace("a document", "the document").replace("documents", "the documents")
    if agreed:
        return [f"{agreed}, and {again if Basis.CONFIRMED in basis else papers} {listed(beyond)}"]
    return [f"{papers} {listed(beyond)}"]


_NO_ROW: Final = "the register has no succession row for it"
_BEYOND: Final = {
    Basis.REFINED: ("tell more than the rows", "tells more than the rows"),
    Basis.CORRECTED: ("give another day", "gives another day"),
}
"""Of several documents, and of one."""


def _agree(who: list[str], *, rows: bool) -> str:
    one = who == ["a document"]
    if rows:
        return f"{'agrees' if one else 'agree'} with the register's succession rows"
    return "agree" if len(who) > 1 else "says so" if one else "say so"


def _printed(event: ChangeEvent) -> list[str]:
    """The days that rows print, where they are not the one told."""
    days = sorted({row.day for row in event.evidence})
    told = event.effective.day if event.effective is not None else None
    if days in ([], [told]) or event.conflicts:
        return []
    return [f"the rows are dated {listed([PartialDate.of_day(day).describe() for day in days])}"]


# --- the chart ------------------------------------------------------------------------------------------------------


def drawn(event: ChangeEvent) -> str:
    """An event as a flow chart."""
    bodies = {body.key: body for body in (*event.befores, *event.afters)}
    boxes = {key: [body.code, body.name] for key, body in bodies.items()}
    day = str(event.dated)
    arrows = [Arrow(t.giver, t.receiver, day, whole=t.extent is Extent.WHOLE) for t in event.transfers]
    return flow_chart(boxes, arrows)
