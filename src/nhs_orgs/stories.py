"""How the story of a body begins and ends: what it was, for how long and under which names; what became of it.

Only what belongs to its own era is told of a body: the names and the standing of another era under the same
code are told of that one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from nhs_orgs.dates import PartialDate
from nhs_orgs.events import Fate, Participant
from nhs_orgs.names import NAME_UNKNOWN, DatedName, plain
from nhs_orgs.organisations import Organisation, Trust
from nhs_orgs.outcomes import Current, Ended, Outcome
from nhs_orgs.period import UNKNOWN
from nhs_orgs.styles import title_on
from nhs_orgs.telling.naming import Naming, is_named
from nhs_orgs.telling.wording import among, an, listed, sentence

__all__ = ["closing", "opening"]


def opening(body: Organisation, asked: date, naming: Naming) -> str:
    """What a body was, by its name on the day asked about or, of one that was over by then, on its last."""
    day = _last_of(body, asked)
    called = Participant.of(body, on=day, fate=Fate.UNKNOWN)
    sentences = [
        _life(body, called, asked, naming),
        *_foundation(body, day),
        *_earlier_names(body, called, day),
    ]
    return " ".join(map(sentence, sentences))


def _last_of(body: Organisation, asked: date) -> date:
    end = body.period.end
    return end if isinstance(end, date) and end < asked else asked


def _life(body: Organisation, called: Participant, asked: date, naming: Naming) -> str:
    kind = _kind(body, called)
    bare = kind and is_named(called) and called.code and called.code not in called.name
    name = f"{naming.bare(called)} ({called.code})" if bare else naming.one(called)
    period, over = body.period, body.period.end is not None and _last_of(body, asked) != asked
    start, end = _bound(period.start), _bound(period.end)
    if isinstance(period.start, date) and period.start > asked:
        return f"{name}, {kind}, opened on {start}"
    if not over and period.end is not UNKNOWN:
        been = f"has been {kind}" if kind else "has existed"
        return f"{name} {been} since {start}" if start else f"{name} {f'is {kind}' if kind else 'exists'}; {_BEGAN}"
    was = f"was {kind}" if kind else "existed"
    if start and end:
        return f"{name} {was} from {start} to {end}"
    if not start and not end:
        return f"{name} {was}; no source tells when it began and ended"
    return f"{name} {was} from {start}; {_ENDED}" if start else f"{name} {was} until {end}; {_BEGAN}"


_BEGAN: Final = "no source tells when it began"
_ENDED: Final = "no source tells when it ended"


def _kind(body: Organisation, called: Participant) -> str:
    """What it was all its time, where its name does not tell that already; a trust that changed its form is a trust."""
    if plain(called.title) in plain(called.name) or not is_named(called):
        return ""
    start = body.period.start
    began = title_on(body, start) if isinstance(start, date) else called.title
    return an(called.title if began == called.title else body.title)


def _bound(bound: object) -> str:
    return PartialDate.of_day(bound).describe() if isinstance(bound, date) else ""


def _foundation(body: Organisation, day: date) -> list[str]:
    """Since when it was a foundation trust, where that came in its time."""
    since = body.foundation_start if isinstance(body, Trust) else None
    start = body.period.start
    if since is None or since > day or (isinstance(start, date) and since <= start):
        return []
    return [f"it became an NHS foundation trust on {_bound(since)}"]


def _earlier_names(body: Organisation, called: Participant, day: date) -> list[str]:
    """The names it bore before, and those that it may have borne on the day."""
    now = _essence(called.name)
    on_day = [name for name in body.names_on(day) if _essence(name) != now]
    doubt = [f"its name that day is not certain: it may have been {listed(on_day)}"] if on_day else []
    earlier = [name for name in body.names if name.first_seen <= day and _essence(name.text) != now]
    earlier = [name for name in earlier if name.text not in on_day]
    return [*doubt, *([f"it was formerly called {listed(list(map(_with_days, _once(earlier))))}"] if earlier else [])]


def _once(names: Iterable[DatedName]) -> list[DatedName]:
    """One of each name, however it was spelt."""
    return list({_essence(name.text): name for name in names}.values())


def _essence(name: str) -> str:
    """A name without what it says of the kind of body: with or without that it is one name."""
    return " ".join(word for word in plain(name).split() if word not in _OF_THE_KIND)


_OF_THE_KIND: Final = frozenset({"ccg", "foundation", "icb", "nhs", "pct", "stp", "trust"})


def _with_days(name: DatedName) -> str:
    if name.until is None:
        return name.text
    return f"{name.text} (until {'' if name.until.day else 'some day '}{name.until.describe()})"


def closing(outcome: Outcome, names: Callable[[str, date], str | None]) -> str:
    """What became of it by the day, and what else must be known; `names` knows the names behind codes."""
    notes = [_by_name(note, outcome.on, names) for note in outcome.notes if not _is_told(note, outcome)]
    return " ".join(map(sentence, [_became(outcome), *notes]))


def _became(outcome: Outcome) -> str:
    if isinstance(outcome, Current):
        return f"on {_bound(outcome.on)} it is open"
    bodies = [Participant.of(body, on=outcome.on, fate=Fate.UNKNOWN) for body in outcome.organisations]
    return outcome.sentence("it", Naming().all(bodies)).replace("among", among(len(bodies)))


def _is_told(note: str, outcome: Outcome) -> bool:
    """Whether the events on the way, or the outcome itself, have told it."""
    if " gave part to " in note:
        return note[-len("2021-04-01") :] in {event.dated.earliest.isoformat() for event in outcome.path}
    ended = isinstance(outcome, Ended) and note.endswith("and a source says that nothing followed")
    measured = note.startswith("by ") and " all of " in note
    return ended or measured or note.startswith(("a reconstruction: ", "its kind changed on "))


def _by_name(note: str, asked: date, names: Callable[[str, date], str | None]) -> str:
    """A note with each body by its name, on the day that the note tells of, and its code."""
    days = [date.fromisoformat(found) for found in _DAYS.findall(note)]
    day = min([asked, *days])

    def named(found: re.Match[str]) -> str:
        name = names(found[0], day)
        return found[0] if name is None else name if found[0] in name else f"{name} ({found[0]})"

    turned = _LABEL.sub(lambda found: found[1] if found[2] == NAME_UNKNOWN else f"{found[2]} ({found[1]})", note)
    return _CODE.sub(named, turned).replace(" gave part to ", " gave a part to ")


_DAYS: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_LABEL: Final = re.compile(r"(?<![\w(])([A-Z0-9]{3,6}) \(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_CODE: Final = re.compile(r"(?<![\w(])(?=[A-Z0-9]*[A-Z])[A-Z0-9]{3,6}(?![\w)])")
