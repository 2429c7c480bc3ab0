"""The rules by which a column of codes is checked: each looks at what was counted, and finds something or nothing.

A finding says what is the matter, on how many rows, and what to do next. Serious are those that make figures wrong:
rows that a join would lose, or count twice. What to do never includes guessing: candidates are told, not taken.

>>> import nhs_orgs
>>> from nhs_orgs.column_facts import gather
>>> facts = gather(nhs_orgs.load()._store, ["R0A", "RM2", "NAN", "5.00E+01"])
>>> [finding.rule for finding in findings(facts)]
['damaged', 'double-count', 'mixture', 'pseudo']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

from nhs_orgs.column_facts import Facts
from nhs_orgs.column_report import ColumnFinding, Flagged, Standing
from nhs_orgs.columns import Span
from nhs_orgs.halves import Halves, related
from nhs_orgs.judgement import Judged
from nhs_orgs.likeness import gss_codes, likenesses
from nhs_orgs.organisations import Organisation
from nhs_orgs.shapes import LEAVES_OUT
from nhs_orgs.telling.wording import an
from nhs_orgs.vintages import ALWAYS, Life, layers

__all__ = ["findings"]

_OFF: Final = (Standing.CLOSED, Standing.NOT_YET_OPEN)


def findings(facts: Facts) -> tuple[ColumnFinding, ...]:
    """What every rule finds, serious findings first, else by the name of the rule."""
    found = (rule(facts) for rule in _RULES)
    made = (finding for finding in found if finding is not None and finding.flagged)
    return tuple(sorted(made, key=lambda finding: (not finding.serious, finding.rule)))


# --- values that are no codes of the register -----------------------------------------------------------------------


def _damaged(facts: Facts) -> ColumnFinding:
    return ColumnFinding(
        "damaged",
        serious=True,
        what="A spreadsheet or a data frame has spoilt these codes.",
        todo="Read the column as text from where it came; choose among the candidates only by what the rows are about.",
        flagged=_flagged((j, rows, j.reason or "", j.candidates) for j, rows in facts.standing_as(Standing.DAMAGED)),
    )


def _unknown(facts: Facts) -> ColumnFinding:
    found = facts.standing_as(Standing.UNKNOWN)
    like = likenesses(facts.store, _texts(found))
    return ColumnFinding(
        "unknown",
        serious=True,
        what="These have the shape of codes that the register lists, and no source in hand has ever had them.",
        todo="Compare with the source of the column; register.find(...) or `nhs-orgs find` looks for a name.",
        flagged=_flagged((j, rows, "no such code", like.get(_text(j), ())) for j, rows in found),
    )


def _not_held(facts: Facts) -> ColumnFinding:
    found = facts.standing_as(Standing.NOT_HELD)
    ons = gss_codes(facts.store, _texts(found))
    like = likenesses(facts.store, (text for text in _texts(found) if text not in ons), only_suffix=True)
    notes = ((j, rows, _why_not_held(_text(j), ons), ons.get(_text(j)) or like.get(_text(j), ())) for j, rows in found)
    return ColumnFinding(
        "not-held",
        serious=False,
        what=f"The register {LEAVES_OUT}.",
        todo="Nothing, if that is what they are; a register compiled with their lists checks them too.",
        flagged=_flagged(notes),
    )


def _why_not_held(text: str, ons: dict[str, tuple[str, ...]]) -> str:
    return "a code of the Office for National Statistics" if text in ons else "not in this register"


def _pseudo(facts: Facts) -> ColumnFinding:
    return ColumnFinding(
        "pseudo",
        serious=True,
        what="These stand for aggregates or defaults, not for organisations.",
        todo="Leave their rows out before anything is added up: a total beside its parts counts everything twice.",
        flagged=_flagged((j, rows, j.reason or "", ()) for j, rows in facts.standing_as(Standing.PSEUDO)),
    )


def _missing(facts: Facts) -> ColumnFinding:
    rows = sum(rows for _, rows in facts.standing_as(Standing.MISSING))
    return ColumnFinding(
        "missing",
        serious=True,
        what="Rows have no code.",
        todo="Find out what they are about, or count them apart: a join drops them.",
        flagged=(Flagged("", rows, "there is no value"),) if rows else (),
    )


def _spelling(facts: Facts) -> ColumnFinding:
    other = ((j, facts.tally.codes[v]) for v, j in facts.judged.items() if j.code is not None and j.code != v)
    return ColumnFinding(
        "spelling",
        serious=True,
        what="These are codes in lower case or with blanks round them.",
        todo="Write them in capitals, without the blanks: an exact join drops these rows.",
        flagged=_flagged((j, rows, f"is {j.code}", ()) for j, rows in other),
    )


# --- dates ----------------------------------------------------------------------------------------------------------


def _closed(facts: Facts) -> ColumnFinding:
    return ColumnFinding(
        "closed",
        serious=True,
        what="These had closed by their date.",
        todo="Check the date; if it is right the code is out of date, and register.resolve(code, on=...) or "
        "`nhs-orgs resolve` tells what became of it.",
        flagged=_flagged((j, rows, _closing(facts, j), ()) for j, rows in facts.standing_as(Standing.CLOSED)),
    )


def _closing(facts: Facts, judged: Judged) -> str:
    """On which day a code closed, by the first closure that its dates meet."""
    ends = [end for _, end in facts.lives[judged.code or ""].certain]
    first = facts.span[0] if facts.span else ALWAYS[0]
    met = [end for end in ends if end >= first] or ends[-1:]
    return f"closed on {date.fromordinal(met[0])}" if met else "closed"


def _not_yet_open(facts: Facts) -> ColumnFinding:
    return ColumnFinding(
        "not-yet-open",
        serious=True,
        what="These had not opened by their date.",
        todo="Ask whether the figures were restated on later organisations: then they are not as published.",
        flagged=_flagged((j, rows, _opening(facts, j), ()) for j, rows in facts.standing_as(Standing.NOT_YET_OPEN)),
    )


def _opening(facts: Facts, judged: Judged) -> str:
    return f"opened on {date.fromordinal(facts.lives[judged.code or ''].possible[0][0])}"


def _no_date(facts: Facts) -> ColumnFinding:
    return ColumnFinding(
        "no-date",
        serious=True,
        what="Rows have a code and no date.",
        todo="Give each row its date: without one nobody can tell which body is meant.",
        flagged=_flagged((j, rows, "no date", ()) for j, rows in facts.standing_as(Standing.NO_DATE)),
    )


def _undated(facts: Facts) -> ColumnFinding:
    found = facts.standing_as(Standing.UNDATED)
    if facts.span is None:
        bare = (code for code, life in facts.lives.items() if not life.certain)
        found = [(facts.judged[v], facts.tally.codes[v]) for code in bare for v in facts.values_of[code]]
    return ColumnFinding(
        "undated",
        serious=False,
        what="No source says whether these were open then.",
        todo="Look at register.eras(code) or `nhs-orgs show` for what is known of them.",
        flagged=_flagged((j, rows, _last_known(facts, j), ()) for j, rows in found),
    )


def _last_known(facts: Facts, judged: Judged) -> str:
    known = facts.lives[judged.code or ""].certain
    if not known:
        return "no source says when it was open"
    return "known to have been open " + " and ".join(_in_words(first, last) for first, last in known)


def _in_words(first: int, last: int) -> str:
    start = "" if first <= ALWAYS[0] else f"from {date.fromordinal(first)} "
    return f"{start}on" if last >= ALWAYS[1] else f"{start}to {date.fromordinal(last)}"


# --- time as a whole ------------------------------------------------------------------------------------------------


def _mixture(facts: Facts) -> ColumnFinding | None:
    """Codes that no one day has together; of rows with dates each date speaks for itself."""
    if facts.span is not None or facts.vintages.fits_all:
        return None
    parts = layers(facts.lives)
    if len(parts) < 2:  # noqa: PLR2004 - one is no mixture
        return None
    period, main = parts[0]
    day = period.start if isinstance(period.start, date) else period.end
    when = day.toordinal() if isinstance(day, date) else ALWAYS[0]
    odd = ((code, life.odd_on(when)) for code, life in facts.lives.items() if life.certain and code not in set(main))
    rest = ", ".join(f"{len(codes):,} of {other.describe()}" for other, codes in parts[1:])
    return ColumnFinding(
        "mixture",
        serious=True,
        what=f"No day has all of these codes: {len(main):,} are of {period.describe()}, {rest}.",
        todo="Check the codes with the dates of their rows, or find out whether the column was put together from "
        "several.",
        flagged=_of_codes(facts, odd),
    )


def _body_changed(facts: Facts) -> ColumnFinding:
    """Codes behind which there is another body, or a body of another kind, in the course of the dates."""
    several = {code: life for code, life in facts.lives.items() if len(life.eras) > 1}
    reach = _reach(facts, several)
    notes = ((code, note) for code in sorted(reach) for note in [_turns(facts, code, reach[code])] if note)
    return ColumnFinding(
        "body-changed",
        serious=False,
        what="Behind these codes there are several bodies, or one that changed its kind, in the course of the dates.",
        todo="Do not compare the figures before with those after as if one body had made them.",
        flagged=_of_codes(facts, notes),
    )


def _reach(facts: Facts, codes: Iterable[str]) -> dict[str, Span]:
    """From when to when a column of dates speaks of codes."""
    values = {value: code for code in codes for value in facts.values_of[code]} if facts.dated else {}
    found: dict[str, Span] = {}
    for value, (first, last) in facts.tally.reach(values, facts.spans).items():
        before = found.get(values[value], (first, last))
        found[values[value]] = min(before[0], first), max(before[1], last)
    return found


def _turns(facts: Facts, code: str, reach: Span) -> str:
    """The changes of body inside a span."""
    told = []
    for before, after in pairwise(facts.lives[code].eras):
        start = after.period.start
        if isinstance(start, date) and reach[0] < start.toordinal() <= reach[1]:
            former, latter = facts.store.organisation(before.key), facts.store.organisation(after.key)
            told.append(f"from {start} {_turn(former, latter)}")
    return "; ".join(told)


def _turn(former: Organisation, latter: Organisation) -> str:
    """What is another than before: the kind, else the name, else only the body."""
    if former.kind is not latter.kind:
        return f"{an(latter.title)}, before that {an(former.title)}"
    return f"{latter.name}, before that {'a body of the same name' if former.name == latter.name else former.name}"


def _double_count(facts: Facts) -> ColumnFinding:
    """Old and new code of one succession, where figures of both may be added up."""
    found = list(_by_pair(facts, related(facts.store, facts.lives.keys())))
    if facts.span is not None:
        what = "The old code and the one that it has gone to both have rows for one date, on which not both were open."
    else:
        what = "The old code and the one that it has gone to are both here, and no best vintage has both."
    return ColumnFinding(
        "double-count",
        serious=True,
        what=what,
        todo="Find out whether the new code's figures include the old one's, and then leave one of the two out.",
        flagged=tuple(sorted(found, key=lambda flagged: (-flagged.rows, flagged.value, flagged.note))),
    )


def _by_pair(facts: Facts, pairs: tuple[Halves, ...]) -> Iterator[Flagged]:
    if facts.dated:
        yield from _on_one_date(facts, [pair for pair in pairs if _either_off(facts, pair)])
        return
    for pair in pairs:
        if facts.one is not None:
            together = not _either_off(facts, pair)
        else:
            odd = [{odd.code for odd in vintage.odd} for vintage in facts.vintages.best]
            together = any(pair.old not in codes and pair.new not in codes for codes in odd)
        if not together:
            yield Flagged(pair.old, facts.rows_of(pair.old) + facts.rows_of(pair.new), _gone(pair))


def _either_off(facts: Facts, pair: Halves) -> bool:
    return any(facts.rows_of(code, *_OFF) for code in (pair.old, pair.new))


def _on_one_date(facts: Facts, pairs: list[Halves]) -> Iterator[Flagged]:
    on = _dates_of(facts, {code for pair in pairs for code in (pair.old, pair.new)})
    off = {code: _off(facts.lives[code], spans) for code, spans in on.items()}
    for pair in pairs:
        both = sorted(on[pair.old].keys() & on[pair.new].keys() & (off[pair.old] | off[pair.new]))
        if both:
            rows = sum(on[code][span] for code in (pair.old, pair.new) for span in both)
            more = f", and on {len(both) - 1:,} more" if len(both) > 1 else ""
            dates = f"both have rows on {date.fromordinal(both[0][0])}{more}"
            yield Flagged(pair.old, rows, f"{_gone(pair)}; {dates}")


def _dates_of(facts: Facts, codes: Iterable[str]) -> dict[str, dict[Span, int]]:
    """On how many rows each code has each date."""
    on: dict[str, dict[Span, int]] = {code: {} for code in codes}
    values = {value: code for code in on for value in facts.values_of[code]}
    for (value, since, until), rows in facts.tally.pairs(values, facts.spans).items():
        dates = on[values[value]]
        dates[since, until] = dates.get((since, until), 0) + rows
    return on


def _off(life: Life, spans: Iterable[Span]) -> set[Span]:
    """The dates on which a code was certainly not open."""
    first, last = life.possible[0][0], life.possible[-1][1]
    found = {span for span in spans if span[1] < first or span[0] > last}
    if len(life.possible) > 1:
        found |= {span for span in spans if not life.may_be_open_in(*span)}
    return found


def _gone(pair: Halves) -> str:
    return f"{'went' if pair.whole else 'in part went'} to {pair.new} on {pair.day}"


# --- flagging -------------------------------------------------------------------------------------------------------


def _flagged(found: Iterable[tuple[Judged, int, str, tuple[str, ...]]]) -> tuple[Flagged, ...]:
    """One for each text; two values that print alike, such as 50 and "50", are one."""
    rows: Counter[str] = Counter()
    said: dict[str, tuple[str, tuple[str, ...]]] = {}
    for judged, count, note, candidates in found:
        text = _text(judged)
        rows[text] += count
        said.setdefault(text, (note, candidates))
    made = (Flagged(text, count, *said[text]) for text, count in rows.items())
    return tuple(sorted(made, key=lambda flagged: (-flagged.rows, flagged.value)))


def _of_codes(facts: Facts, found: Iterable[tuple[str, str]]) -> tuple[Flagged, ...]:
    """One for each code, with all of its rows."""
    made = (Flagged(code, facts.rows_of(code), note) for code, note in found)
    return tuple(sorted(made, key=lambda flagged: (-flagged.rows, flagged.value)))


def _text(judged: Judged) -> str:
    return str(judged.value)


def _texts(found: list[tuple[Judged, int]]) -> list[str]:
    """The texts of the values, those of most rows first."""
    rows: Counter[Any] = Counter()
    for judged, count in found:
        rows[_text(judged)] += count
    return sorted(rows, key=lambda text: (-rows[text], text))


_RULES: Final[tuple[Callable[[Facts], ColumnFinding | None], ...]] = (
    _damaged,
    _unknown,
    _not_held,
    _pseudo,
    _missing,
    _spelling,
    _closed,
    _not_yet_open,
    _no_date,
    _undated,
    _mixture,
    _body_changed,
    _double_count,
)
