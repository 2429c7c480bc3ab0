"""Specifications as readable tables: rows of the register in, what the library makes of them out.

    spec(
        organisations='''
            code | first day  | last day
            RAA  | 2001-04-01 | 2018-05-31
            RBB  | 2001-04-01 |
        ''',
        successions='''
            predecessor | successor | day
            RAA         | RBB       | 2018-06-01
        ''',
        outcomes='''
            asked | on         | outcome   | codes
            RAA   | 2018-06-01 | Succeeded | RBB
        ''',
    )

What goes in are the tables `organisations` and `successions`, each row from a release (by default the newest of
its sort). What comes out are any of the tables of `ANSWERS`; each shows the columns that it names. Nothing is
curated: the rules are all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from rows import TRUSTS, compiled, follows, listed

from nhs_orgs.events import ChangeEvent, Extent, Participant
from nhs_orgs.organisations import Organisation
from nhs_orgs.period import Bound
from nhs_orgs.readers.base import Row
from nhs_orgs.register import Register

__all__ = ["ANSWERS", "Spec", "Table", "check", "table"]

Table = list[dict[str, str]]
"""Rows, each with its cells by column."""


class Spec(Protocol):
    """What a specification calls: to check it, or to print it."""

    def __call__(self, *, organisations: str, successions: str = "", **answers: str) -> None:
        """Two tables in, any of `ANSWERS` out."""


def table(text: str) -> Table:
    """A table with ``|`` between its columns, the first line their names."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    header = lines[0] if text.strip() else []
    return [dict(zip(header, cells, strict=True)) for cells in lines[1:]]


def check(*, organisations: str, successions: str = "", **answers: str) -> None:
    """Compile the rows, and compare what comes out with what the tables say."""
    register = compiled(*_rows(organisations, successions))
    for name, text in answers.items():
        expected = table(text)
        header = text.strip().splitlines()[0]
        columns = [column.strip() for column in header.split("|")]
        found = [{column: row[column] for column in columns} for row in ANSWERS[name](register, expected)]
        assert found == expected, name


def _rows(organisations: str, successions: str) -> Iterator[Row]:
    for row in table(organisations):
        yield listed(
            row["code"],
            row.get("first day") or None,
            row.get("last day") or None,
            by=row.get("list", TRUSTS),
            roles=[role for role in row.get("roles", "").split(", ") if role],
            sub_type=row.get("type") or None,
            name=row.get("name") or None,
        )
    for row in table(successions):
        yield follows(row["predecessor"], row["successor"], row["day"], by=row.get("release", "succ@2026-05"))


# --- what comes out -------------------------------------------------------------------------------------------------


def _events(register: Register, _: Table) -> Iterator[dict[str, str]]:
    """Every event, in order of time."""
    for event in register.events():
        yield {
            "event": event.kind.value,
            "from": str(event.effective),
            "before": ", ".join(map(_part, event.befores)),
            "after": ", ".join(map(_part, event.afters)),
            "passed": ", ".join(sorted(_passed(event))),
            "rows": ", ".join(f"{row.predecessor} {row.successor} {row.day}" for row in event.evidence),
        }


def _part(participant: Participant) -> str:
    return f"{participant.code} {participant.fate.value}"


def _passed(event: ChangeEvent) -> Iterator[str]:
    for transfer in event.transfers:
        giver, receiver = (key.partition("@")[0] for key in (transfer.giver, transfer.receiver))
        if giver != receiver:
            yield f"{'all' if transfer.extent is Extent.WHOLE else 'part'} of {giver} to {receiver}"


def _eras(register: Register, _: Table) -> Iterator[dict[str, str]]:
    """Every era of every code."""
    for era in (era for code in register for era in register.eras(code)):
        yield {
            "era": era.key,
            "kind": era.title,
            "rests on": "the shape of the code" if era.inferred_kind else "a list",
            "last day": _last(era.period.end),
            "name": era.name,
        }


def _last(bound: Bound) -> str:
    if isinstance(bound, date):
        return bound.isoformat()
    return "open" if bound is None else "unknown"


def _outcomes(register: Register, asked: Table) -> Iterator[dict[str, str]]:
    """What became of a code, or of an era, by a day."""
    for question in asked:
        outcome = register.resolve(question["asked"], on=question["on"])
        yield {
            "asked": question["asked"],
            "on": question["on"],
            "outcome": type(outcome).__name__,
            "codes": " ".join(outcome.codes),
            "note": "; ".join(outcome.notes),
        }


def _ancestors(register: Register, asked: Table) -> Iterator[dict[str, str]]:
    """What led to a body, by whole transfers and by any."""
    for question in asked:
        whole = register.lineage.ancestors(question["of"])
        every = register.lineage.ancestors(question["of"], parts=True)
        yield {"of": question["of"], "by whole transfers": _codes(whole.codes), "by any": _codes(every.codes)}


def _descendants(register: Register, asked: Table) -> Iterator[dict[str, str]]:
    """What a body led to, by whole transfers and by any."""
    for question in asked:
        whole = register.lineage.descendants(question["of"])
        every = register.lineage.descendants(question["of"], parts=True)
        yield {"of": question["of"], "by whole transfers": _codes(whole.codes), "by any": _codes(every.codes)}


def _codes(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))


def _open(register: Register, asked: Table) -> Iterator[dict[str, str]]:
    """What is open on a day."""
    for question in asked:
        snapshot = register.on(question["on"])
        bodies: list[Organisation] = [snapshot[code] for code in snapshot]
        yield {"on": question["on"], "open": ", ".join(f"{body.code} {body.title}" for body in bodies)}


def _findings(register: Register, _: Table) -> Iterator[dict[str, str]]:
    """What was seen in the rows and not taken at its word."""
    for finding in register.check():
        yield {"finding": finding.rule, "about": finding.subject, "what": finding.what}


ANSWERS: Mapping[str, Callable[[Register, Table], Iterable[dict[str, str]]]] = {
    "events": _events,
    "eras": _eras,
    "open_bodies": _open,
    "outcomes": _outcomes,
    "ancestors": _ancestors,
    "descendants": _descendants,
    "findings": _findings,
}
"""Tables that can come out."""
