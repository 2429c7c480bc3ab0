"""What is asked of a restatement: which columns, what is done with each, and how the new ones are called.

Everything that can be wrong with the question is found here, before any row is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.periods import Span, expected, of_value

__all__ = ["How", "Hows", "Names", "Request", "Several", "check_columns", "make_request"]

_OWN: Final = "nhs_orgs "
"""What the names of columns begin with that live only inside a restatement."""

Several: TypeAlias = str | Iterable[str]
"""The name of a column, or several."""


class How(str, Enum):
    """What a column of values holds, and so what may be done with it where a body is divided or several are joined."""

    COUNT = "count"
    """Something counted: divided by weight, and summed."""
    RATE = "rate"
    """So many for each of something: neither divided nor summed, but weighed by what it is a rate of."""
    MEAN = "mean"
    """An average: weighed by the number that it is an average of."""
    CATEGORY = "category"
    """A word: never divided; it stands beside every target."""


Hows: TypeAlias = How | str | Mapping[str, How | str]
"""One for all columns of values, or one for each."""

_WEIGHED: Final = (How.RATE, How.MEAN)


@dataclass(frozen=True, slots=True)
class Names:
    """How the columns that come new are called."""

    source: str
    status: str = "status"
    weight: str = "weight"
    basis: str = "basis"
    approximate: str = "approximate"

    def all(self) -> tuple[str, ...]:
        """Every name, in the order of the columns."""
        return tuple(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class Request:
    """A checked question."""

    code: str
    on: str | None
    vintage: Span | None
    """The days of all rows, where no column says it."""
    counts: tuple[str, ...]
    """Columns that are divided by weight and summed, denominators included."""
    weighed: tuple[tuple[str, str], ...]
    """Rates and means, each with its denominator."""
    categories: tuple[str, ...]
    by: tuple[str, ...] | None
    """What to add up by, beside the target; ``None``: each row for itself."""
    names: Names
    beside: tuple[str, ...] = ()
    """Columns that are divided by weight too, but are of no interest to a report."""

    @property
    def scaled(self) -> tuple[str, ...]:
        """Every column that is divided by weight."""
        return (*self.counts, *self.beside)

    @property
    def products(self) -> tuple[tuple[str, str, str, str], ...]:
        """Of each rate or mean: its name, its denominator, and what their product and its weight are called."""
        names = enumerate(self.weighed)
        return tuple((name, other, f"nhs_orgs product {at}", f"nhs_orgs weight {at}") for at, (name, other) in names)

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """Of each column that is summed: its name, and what tells whether anything is known of it is called."""
        return tuple((name, f"nhs_orgs known {at}") for at, name in enumerate(self.counts))

    def with_products(self) -> Request:
        """The question row by row, with the products of rates and their denominators in the frame."""
        beside = tuple(name for *_, product, weight in self.products for name in (product, weight))
        return replace(self, by=None, beside=beside)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every column that must hold numbers."""
        return (*self.counts, *(name for name, _ in self.weighed))

    @property
    def asked(self) -> tuple[str, ...]:
        """Every column of the frame that is spoken of."""
        dates = () if self.on is None else (self.on,)
        return tuple(dict.fromkeys((self.code, *dates, *self.numbers, *self.categories, *(self.by or ()))))


def make_request(  # noqa: PLR0913 - what a caller may say
    *,
    code: str,
    on: str | None,
    vintage: date | str | None,
    values: Several,
    by: Several | None,
    how: Hows,
    denominator: str | Mapping[str, str] | None,
    names: Mapping[str, str] | None,
) -> Request:
    """Check a question by itself. Raises `InvalidFrame`."""
    _require_name("code", code)
    if on is not None:
        _require_name("on", on)
    listed = _listed("values", values)
    wanted = {name: _how(name, how) for name in listed}
    weighed = tuple((name, _denominator(name, denominator)) for name in listed if wanted[name] in _WEIGHED)
    counts = [name for name in listed if wanted[name] is How.COUNT]
    categories = tuple(name for name in listed if wanted[name] is How.CATEGORY)
    beside = None if by is None else _listed("by", by)
    for name in categories:
        if beside is not None and name not in beside:
            why = "holds a category, which cannot be added up"
            raise InvalidFrame(
                name, why, f"Put it into by=, so that each of its values keeps a row: by=[..., {name!r}]"
            )
    return Request(
        code=code,
        on=on,
        vintage=_vintage(on, vintage),
        counts=tuple(dict.fromkeys([*counts, *(other for _, other in weighed)])),
        weighed=weighed,
        categories=categories,
        by=beside,
        names=_names(code, names),
    )


def check_columns(request: Request, columns: Collection[object], *, folded: bool = False) -> None:
    """Check a question against the columns of a frame; `folded` where its engine sees no capitals in names.

    Raises:
        InvalidFrame: It cannot be asked of them.
    """
    for name in request.asked:
        if name not in columns:
            raise InvalidFrame(name, "is not in the frame", f"It has {_words(columns)}")
    for column in columns:
        if isinstance(column, str) and column.lower().startswith(_OWN):
            raise InvalidFrame(column, "begins like columns that live only inside a restatement", "Rename it")
    _check_new(request, columns, str.lower if folded else str)
    for name in request.by or ():
        if name == request.code or name in request.numbers:
            raise InvalidFrame(name, "cannot be added up and be added up by", "Leave it out of by= or of values=")
    if request.code in request.numbers or request.code in request.categories or request.code == request.on:
        raise InvalidFrame(request.code, "is the column of codes, and something else too", "Name another column")


def _check_new(request: Request, columns: Collection[object], spelt: Callable[[str], str]) -> None:
    """Whether the new columns have names that are free."""
    few = (request.code, *(request.by or ()), *request.counts, *dict(request.weighed))
    stays: Iterable[object] = columns if request.by is None else few
    kept = {spelt(name): name for name in stays if isinstance(name, str)}
    new = {field.name: getattr(request.names, field.name) for field in fields(request.names)}
    for which, name in new.items():
        if spelt(name) in kept:
            todo = f"Choose another for the new one: names={{{which!r}: ...}}"
            raise InvalidFrame(kept[spelt(name)], "is in the frame already, and nothing is overwritten", todo)
    written = [spelt(name) for name in new.values()]
    twice = [name for name in new.values() if written.count(spelt(name)) > 1]
    if twice:
        raise InvalidFrame(twice[0], "would come twice", "Give each new column a name of its own in names=")


def _listed(asked: str, names: Several) -> tuple[str, ...]:
    listed = [names] if isinstance(names, str) or not isinstance(names, Iterable) else list(names)
    for name in listed:
        _require_name(asked, name)
    return tuple(dict.fromkeys(listed))


def _require_name(asked: str, name: object) -> None:
    if not isinstance(name, str):
        todo = "Columns are named by texts; frame.columns = frame.columns.map(str) makes texts of other names"
        raise InvalidFrame(None, f"has no column {name!r}, said in {asked}=", todo)


def _how(name: str, how: Hows) -> How:
    said = how.get(name, How.COUNT) if isinstance(how, Mapping) else how
    try:
        return How(said)
    except ValueError:
        known = ", ".join(repr(one.value) for one in How)
        raise InvalidFrame(name, f"has how={said!r}, which is no way to restate", f"There are {known}") from None


def _denominator(name: str, denominator: str | Mapping[str, str] | None) -> str:
    found = denominator.get(name) if isinstance(denominator, Mapping) else denominator
    if found is None or found == name:
        why = "is a rate or a mean: it can neither be divided nor added up without what it is a rate or mean of"
        raise InvalidFrame(
            name, why, f"Name that column: denominator={{{name!r}: ...}}; or restate the counts behind it"
        )
    _require_name("denominator", found)
    return found


def _vintage(on: str | None, vintage: date | str | None) -> Span | None:
    if (on is None) == (vintage is None):
        why = "needs to have one date for each row or one for all"
        raise InvalidFrame(None, why, "Give on= the column of dates, or vintage= the date that all rows speak of")
    if vintage is None:
        return None
    span = of_value(vintage)
    if span is None:
        raise InvalidFrame(None, f"cannot be of vintage={vintage!r}", f"Give {expected([vintage])}")
    return span


def _names(code: str, names: Mapping[str, str] | None) -> Names:
    known = [field.name for field in fields(Names)]
    if not isinstance(names, Mapping | None):
        raise InvalidFrame(None, f"has no new columns {names!r}", "Give names={'status': ...}, new names by old ones")
    chosen = dict(names or {})
    for which, name in chosen.items():
        if which not in known:
            raise InvalidFrame(None, f"gets no new column {which!r}", f"names= can rename {_words(known)}")
        if not _may_be_named(name):
            raise InvalidFrame(None, f"cannot have a column {name!r}", f"Give another text: names={{{which!r}: ...}}")
    return Names(**{"source": f"{code}_source", **chosen})


def _may_be_named(name: object) -> bool:
    return isinstance(name, str) and bool(name) and not name.lower().startswith(_OWN)


def _words(names: Iterable[object]) -> str:
    return ", ".join(map(repr, names)) or "no columns"
