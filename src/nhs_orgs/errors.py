"""Every error and warning this library raises, under one base.

Each carries its data as attributes, names the place, and ends with what to do next.
A miss is an exception or ``None``, never a string in the data.

>>> import nhs_orgs
>>> try:
...     nhs_orgs.load()["RZZ"]
... except nhs_orgs.UnknownOrganisation as error:
...     print(error.code)
RZZ
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from nhs_orgs.amounts import amount

__all__ = [
    "ColumnProblems",
    "CurationError",
    "DataError",
    "InvalidBasis",
    "InvalidCode",
    "InvalidColumn",
    "InvalidDate",
    "InvalidFrame",
    "InvalidLevel",
    "InvalidPeriod",
    "KindNotHeld",
    "MissingExtra",
    "NHSOrgsError",
    "NotOpen",
    "OutsideCoverage",
    "ReadError",
    "UnknownOrganisation",
    "UnknownPlace",
    "UnmappedCodes",
    "UnusedShares",
    "WriteError",
]


class NHSOrgsError(Exception):
    """The base of every error of this library. Each can be copied and pickled, so that it crosses processes."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Made again from its message and its data, not by its constructor's arguments."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[NHSOrgsError], arguments: tuple[object, ...], data: dict[str, object]) -> NHSOrgsError:
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(data)
    return error


class InvalidDate(NHSOrgsError, ValueError):
    """A text that is not a date in the form asked for."""

    def __init__(self, text: object, expected: str) -> None:
        self.text = text
        self.expected = expected
        super().__init__(f"{text!r} is not a date: expected {expected}.")


class InvalidPeriod(NHSOrgsError, ValueError):
    """A period that would end before it starts, or a text that is no period."""


class InvalidCode(NHSOrgsError, ValueError):
    """A value that cannot be an ODS code, with what it may have been before a spreadsheet damaged it."""

    def __init__(self, value: object, why: str, candidates: tuple[str, ...] = ()) -> None:
        self.value = value
        self.why = why
        self.candidates = candidates
        hint = f" It may have been {' or '.join(candidates)}." if candidates else ""
        super().__init__(f"{value!r} is not an ODS code: {why}.{hint} Give the code as ODS prints it, such as 'RRE'.")


class InvalidBasis(NHSOrgsError, ValueError):
    """A basis that is none, or a table of shares that does not divide what it says it divides."""

    def __init__(self, value: object, why: str) -> None:
        self.value = value
        self.why = why
        super().__init__(f"{value!r}: {why}. Give a name such as 'beds', or shares like {{('RW6', 'R0A'): 0.4, ...}}.")


class UnusedShares(UserWarning):
    """Shares in a table of one's own that divide nothing on the day restated to, though they may on another."""

    def __init__(self, code: str, day: date, why: str) -> None:
        self.code = code
        self.day = day
        self.why = why
        super().__init__(
            f"the shares of {code} divide nothing on {day}: {why}. See that {code} is the code you mean, or take them "
            "out if the table is for no other day; `unshared()` of the crosswalk lists the bodies that want shares."
        )


class KindNotHeld(NHSOrgsError, LookupError):
    """A question about kinds of organisations of which the register has no code."""

    def __init__(self, kinds: tuple[str, ...], release: str) -> None:
        self.kinds = kinds
        super().__init__(
            f"kind={' or '.join(kinds)}: this register, as at {release}, has no such code, and a crosswalk of none is "
            f"empty. Compile reports that list some, with `nhs-orgs compile` and without --leave-out {kinds[0]}, and "
            "load that register: the guide 'Compile a register from your own reports' shows how."
        )


class InvalidLevel(NHSOrgsError, ValueError):
    """A level that no data of the kinds asked for reaches on the day; `possible` names those that it does."""

    def __init__(self, level: str, kinds: tuple[str, ...], day: object, possible: tuple[str, ...]) -> None:
        self.level = level
        self.kinds = kinds
        self.possible = possible
        whose = f"data of {' or '.join(kinds)}" if kinds else "data"
        super().__init__(
            f"level={level}: on {day} no {whose} is with a body of that kind, or below one. "
            f"Give one of {', '.join(possible)}, or leave level= out for what each body became."
        )


class InvalidColumn(NHSOrgsError, ValueError):
    """What was given as a column is none, or does not fit the column beside it."""

    def __init__(self, column: str, why: str, todo: str) -> None:
        self.column = column
        self.why = why
        self.todo = todo
        super().__init__(f"{column}: {why}. {todo}")


class ColumnProblems(NHSOrgsError, ValueError):
    """A column of codes with findings that would spoil figures; `report` holds them all."""

    def __init__(self, report: object, told: str) -> None:
        self.report = report
        super().__init__(f"{told} See the report (error.report) for the codes and what to do about each.")


class InvalidFrame(NHSOrgsError, ValueError):
    """A data frame, or what was said about its columns, that cannot be restated; names the column and some rows."""

    def __init__(self, column: str | None, why: str, todo: str, rows: tuple[int, ...] = ()) -> None:
        self.column = column
        self.why = why
        self.todo = todo
        self.rows = rows
        where = f"Column {column!r}" if column is not None else "The frame"
        at = f" (row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows))}, counted from 0)" if rows else ""
        super().__init__(f"{where} {why}{at}. {todo}")


class UnmappedCodes(NHSOrgsError, LookupError):
    """Rows of a data frame whose codes have found no target."""

    def __init__(self, codes: tuple[str, ...], rows: int, why: str) -> None:
        self.codes = codes
        self.rows = rows
        super().__init__(
            f"{amount(rows, 'row')} found no target: {why}. "
            "All are kept in the frame, with the reason in its status. "
            "Mend or drop them, or look at the report's suggestions."
        )


class UnknownOrganisation(NHSOrgsError, KeyError):
    """No organisation of that code or key in the register, with near matches where it lists all such codes."""

    def __init__(self, code: str, near: tuple[str, ...] = (), *, why: str = "", todo: str = "") -> None:
        self.code = code
        self.near = near
        self.why = why or f"No organisation {code!r} in this register."
        self.todo = todo or "Search names and former names with register.find(...) or `nhs-orgs find`."
        super().__init__(code)

    def __str__(self) -> str:
        """The sentences, not ``KeyError``'s bare repr."""
        near = f" Did you mean {', '.join(self.near)}?" if self.near else ""
        return f"{self.why}{near} {self.todo}"


class UnknownPlace(NHSOrgsError, KeyError):
    """No place of that id in the register, with near matches."""

    def __init__(self, id: str, near: tuple[str, ...] = ()) -> None:
        self.id = id
        self.near = near
        super().__init__(id)

    def __str__(self) -> str:
        """The sentence, not ``KeyError``'s bare repr."""
        near = f" Did you mean {', '.join(self.near)}?" if self.near else ""
        return f"No place {self.id!r} in this register.{near} All of them are in register.places."


class NotOpen(UnknownOrganisation):
    """An organisation that the register knows, on a day on which it was not open; not `certain` where nobody says.

    Of an ONS code (`ons`): on a day on which no body had it.
    """

    def __init__(self, code: str, day: object, why: str, *, certain: bool = True, ons: bool = False) -> None:
        self.day = day
        self.certain = certain
        self.ons = ons
        super().__init__(code, why=why)

    def __str__(self) -> str:
        """When it was open, what became of it, and where to look."""
        if self.ons:
            return f"No body had {self.code} on {self.day}. {self.why} Ask about a day on which it was in use."
        was = "was not open" if self.certain else "is not known to have been open"
        return (
            f"{self.code} {was} on {self.day}. {self.why} "
            "Ask about a day on which it was open, or follow it with register.resolve(...) or `nhs-orgs resolve`."
        )


class OutsideCoverage(NHSOrgsError, LookupError):
    """A question about a day that the data does not cover."""

    def __init__(self, day: object, covered: str) -> None:
        self.day = day
        self.covered = covered
        super().__init__(
            f"{day} is outside what this register covers ({covered}). "
            "Ask about a day inside it, or compile newer releases with `nhs-orgs compile`."
        )


class ReadError(NHSOrgsError):
    """A file or folder that is not what it claims to be."""

    def __init__(self, path: str | Path, why: str, todo: str) -> None:
        self.path = str(path)
        self.why = why
        self.todo = todo
        super().__init__(f"{self.path}: {why}. {todo}")


class WriteError(NHSOrgsError):
    """A file that cannot be written as it is called."""

    def __init__(self, path: str | Path, why: str, todo: str) -> None:
        self.path = str(path)
        self.why = why
        self.todo = todo
        super().__init__(f"{self.path}: {why}. {todo}")


class CurationError(NHSOrgsError):
    """A curated entry that breaks the schema or contradicts itself."""

    def __init__(self, path: str | Path, entry: str, field: str, why: str) -> None:
        self.path = str(path)
        self.entry = entry
        self.field = field
        self.why = why
        super().__init__(f"{self.path}: entry {entry!r}, field {field!r}: {why}. Mend the entry and compile again.")


class DataError(NHSOrgsError):
    """A compiled register that is damaged or of another schema."""

    def __init__(self, path: str | Path, why: str) -> None:
        self.path = str(path)
        self.why = why
        super().__init__(f"{self.path}: {why}. Compile the register again with `nhs-orgs compile`.")


class MissingExtra(NHSOrgsError, ImportError):
    """A part of the library whose optional dependencies are not installed."""

    def __init__(self, what: str, extra: str) -> None:
        self.what = what
        self.extra = extra
        super().__init__(f"{what} needs the {extra!r} extra: pip install 'nhs-orgs[{extra}]'")
