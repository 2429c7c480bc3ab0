"""The crosswalk: for each code and date of some data, where that data belongs on one other day.

A row holds for a code over a stretch of the *data's* dates, and says which code stands for it on the day
restated to, with what weight, how sure, and why. Nothing is left out: what has no target keeps its row and its
weight, so that totals stay. Rows are worked out code by code when they are asked for.

>>> import nhs_orgs as nhs
>>> crosswalk = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
>>> [(row.target, row.weight, row.status.value) for row in crosswalk.of("R1E", on="2016-03-31")]
[('RRE', 1.0, 'succeeded')]
>>> [(row.target, round(row.weight, 3), row.basis) for row in crosswalk.of("RJD", on="2014-03-31")]
[('RJE', 0.674, 'floor area'), ('RL4', 0.326, 'floor area')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nhs_orgs import __version__
from nhs_orgs.bases import OWN_HISTORY, OWN_TABLE, Choice, OwnShares, Preference, Table
from nhs_orgs.dates import DateLike, to_day
from nhs_orgs.errors import InvalidLevel, KindNotHeld
from nhs_orgs.files import TYPES, as_columns
from nhs_orgs.frames.request import Hows, Several, make_request
from nhs_orgs.halves import related
from nhs_orgs.judgement import judge
from nhs_orgs.levels import levels_of
from nhs_orgs.organisations import KINDS, Organisation
from nhs_orgs.passages import Unshared
from nhs_orgs.pauses import no_collection
from nhs_orgs.statuses import Splits, Status
from nhs_orgs.store import Store
from nhs_orgs.strangers import Judgement, judgement, miss, suggestions
from nhs_orgs.tabulation import CrosswalkRow, Tabulation

if TYPE_CHECKING:
    from nhs_orgs.frames.restated import Restated
    from nhs_orgs.sql import CrosswalkSQL

__all__ = ["COLUMNS", "Crosswalk", "CrosswalkRow", "Splits", "Status", "Unshared", "crosswalk"]

_LOOKED_AT: Final = 2_000
"""Of how many codes of a kind, at most, it is asked whether they reach a level."""
_TOLD_OF: Final = 100
"""Of how many codes of a kind, at most, the levels are told that they reach."""
_SPLITS: Final = tuple(splits.value for splits in Splits)

COLUMNS: Final = tuple(TYPES)
"""Names of the columns: the fields of a row, and whether it is approximate."""


class Crosswalk:
    """Where the data of every code belongs on one day. Immutable."""

    def __init__(
        self,
        store: Store,
        *,
        to: date,
        kinds: tuple[type[Organisation], ...],
        level: type[Organisation] | None,
        preference: Preference,
        splits: Splits,
    ) -> None:
        self.to = to
        """The day restated to."""
        self.kinds = kinds
        """The kinds whose codes it has; none: every code of the register."""
        self.level = level
        """The kind of the targets; ``None``: whatever a body became."""
        self.splits = splits
        self.preference = preference
        """By which measures divided bodies are divided, in order."""
        self._store = store
        self._tabulation = Tabulation(store, to, level=level, preference=preference, splits=splits)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code it has rows for, in order: those that ever stood for a body of its kinds."""
        return self._codes

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        if not self.kinds:
            return tuple(sorted(self._store.eras))
        return tuple(sorted(set().union(*_codes_by_kind(self._store, self.kinds).values())))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.codes)

    @property
    def rows(self) -> tuple[CrosswalkRow, ...]:
        """Every row, by code, then in order of time."""
        return self.rows_of(self.codes)

    def rows_of(self, codes: Iterable[str]) -> tuple[CrosswalkRow, ...]:
        """The rows of these codes, in their order.

        Raises:
            UnknownOrganisation: The crosswalk has no such code.
        """
        with no_collection():
            return tuple(chain.from_iterable(map(self._of, codes)))

    def of(self, code: str, *, on: DateLike | None = None) -> tuple[CrosswalkRow, ...]:
        """The rows of a code, however it is spelt; with a day, those for data of that day.

        Raises:
            UnknownOrganisation: The crosswalk has no such code.
            InvalidDate: `on` is not a day.
        """
        rows = self._of(self._store.folded(code))
        if on is None:
            return rows
        day = to_day(on)
        return tuple(row for row in rows if row.period.may_contain(day))

    def _of(self, code: str) -> tuple[CrosswalkRow, ...]:
        if code not in self._known:
            raise miss(self._store, code)
        return self._tabulation.rows(code)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every code that something belongs to, in order."""
        return tuple(sorted({row.target for row in self.rows if row.target is not None}))

    def columns(self, codes: Iterable[str] | None = None) -> dict[str, list[Any]]:
        """The rows of these codes, or of all, as lists by the name of a column, for a data frame of any kind.

        Dates are dates, ``None`` where there is no bound or nobody says which: neither keeps a date out. Statuses and
        confidences are texts, and so are paths and `among`: their ids and codes with blanks between.

        Raises:
            UnknownOrganisation: The crosswalk has no such code.
        """
        return as_columns(self.rows if codes is None else self.rows_of(codes))

    @property
    def metadata(self) -> dict[str, Any]:
        """What it was made with: day, kinds, level, splits and bases, and the versions of data and code."""
        return {
            "to": self.to.isoformat(),
            "kinds": [kind.__name__ for kind in self.kinds],
            "level": self.level.__name__ if self.level else None,
            "splits": self.splits.value,
            "basis": [one if isinstance(one, str) else one.basis for one in self.preference.order],
            "register": str(self._store.release),
            "version": __version__,
        }

    def to_arrow(self, codes: Iterable[str] | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types of its own
        """The rows of these codes, or of all, as a table of pyarrow: typed, its `metadata` in the schema.

        Raises:
            MissingExtra: pyarrow is not installed.
            UnknownOrganisation: The crosswalk has no such code.
        """
        from nhs_orgs.files import to_arrow

        return to_arrow(self.columns(codes), self.metadata)

    def write(self, path: str | Path) -> None:
        """Write it as a file, by the ending of its name: ``.csv``, ``.parquet``, ``.arrow`` or ``.feather``.

        The columns are those of `columns`, with dates as dates; a file of Parquet or Arrow has its `metadata` under
        ``nhs_orgs``, as JSON. The file is whole or, if anything goes wrong, not there: an older one stays.

        Raises:
            MissingExtra: For all but CSV: pyarrow is not installed.
            WriteError: The name has another ending.
            OSError: The file cannot be written.
        """
        from nhs_orgs.files import write

        write(Path(path), columns=self.columns, table=self.to_arrow)

    def to_sql(self, dialect: str, *, table: str | Sequence[str] = "crosswalk") -> CrosswalkSQL:
        """It as SQL, for a warehouse: the statements that make its table, and the query that restates with it.

        Examples:
            >>> import nhs_orgs as nhs
            >>> sql = nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust).to_sql("postgresql", table="lookups.trusts")
            >>> sql.table.splitlines()[:3]
            ['BEGIN;', 'CREATE TABLE "lookups"."trusts" (', '  "code" text NOT NULL,']
            >>> sql.select("activity", code="org_code", on="day", values="attendances").splitlines()[:2]
            ['SELECT', '  c."target" AS "org_code",']

        Args:
            dialect: ``"duckdb"``, ``"postgresql"`` or ``"spark"``.
            table: what the table is called; a dot stands between schema and table, and the parts may come one by one.

        Raises:
            ValueError: There is no such dialect, or the table can have no such name.
        """
        from nhs_orgs.sql import write_sql

        about = f"{self!r}, nhs-orgs {__version__}, register of {self._store.release}"
        divides, order = self.splits is Splits.DIVIDE, self.preference
        return write_sql(self.columns(), dialect=dialect, table=table, about=about, order=order, divides=divides)

    def unshared(self, codes: Iterable[str] | None = None) -> tuple[Unshared, ...]:
        """The bodies that shares would divide and for which none are in hand, each once, by code and day.

        They are what `with_shares` wants shares for. Backwards every body made of several is one.

        Raises:
            UnknownOrganisation: The crosswalk has no such code.
        """
        asked = self.codes if codes is None else [row[0].code for row in map(self._of, codes)]
        found = {one for code in asked for one in self._tabulation.unshared(code)}
        return tuple(sorted(found, key=lambda one: (one.code, one.day, one.parts)))

    def with_shares(self, table: Table, *, basis: str = OWN_TABLE) -> Crosswalk:
        """One that divides by these shares before all others; `basis` names them on the rows.

        Raises:
            InvalidBasis: A share is no fraction, or those of a code do not add up to 1.
            UnknownOrganisation: The register has no such code.
        """
        return self._with(OwnShares.of(table, self._store.folded, basis=basis))

    def with_history(self, frame: Any, *, code: str, on: str, value: str) -> Crosswalk:  # noqa: ANN401 - any library's
        """One that divides merged bodies, backwards, by the caller's own figures of the last period before.

        A period counts if it ends before the merger and every part has a figure in it. Without one nothing is divided.

        Examples:
            >>> import nhs_orgs as nhs, pandas as pd
            >>> frame = pd.DataFrame({"org": ["RRE", "R1E"], "on": ["2018-04", "2018-04"], "n": [3, 1]})
            >>> back = nhs.load().crosswalk(to="2017-04-01", kind=nhs.Trust, splits="divide")
            >>> own = back.with_history(frame, code="org", on="on", value="n")
            >>> [(row.target, row.weight, row.basis) for row in own.of("RRE", on="2018-06-30")]
            [('R1E', 0.25, 'own history'), ('RRE', 0.75, 'own history')]

        Args:
            frame: data of pandas, polars, pyarrow, DuckDB or PySpark that reaches back before the mergers.
            code: its column of codes.
            on: its column of dates or periods, as for `apply`.
            value: its column of counts.

        Raises:
            InvalidFrame: A column is missing or holds what it cannot.
        """
        from nhs_orgs.frames.history import figures_of, shares_before

        known = frozenset(self._store.eras)
        figures = figures_of(frame, code=code, on=on, value=value, spell=lambda written: judge(written, known).code)
        table = shares_before(figures, self.unshared(), self._store)
        return self._with(OwnShares.of(table, self._store.folded, basis=OWN_HISTORY))

    def _with(self, own: OwnShares) -> Crosswalk:
        return Crosswalk(
            self._store,
            to=self.to,
            kinds=self.kinds,
            level=self.level,
            preference=self.preference.first(own),
            splits=self.splits,
        )

    def judge(self, value: object) -> Judgement:
        """Whether a value of a column is a code that it has, and if not, what it is; it repairs nothing."""
        return judgement(self._store, self._known, value)

    def apply(  # noqa: PLR0913 - what a caller may say
        self,
        frame: Any,  # noqa: ANN401 - a data frame of any library
        *,
        code: str,
        on: str | None = None,
        vintage: DateLike | None = None,
        values: Several = (),
        by: Several | None = None,
        how: Hows = "count",
        denominator: str | Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Restated:
        """Restate a data frame of pandas, polars, pyarrow, DuckDB or PySpark; it is not changed, and no row is lost.

        The target takes the place of the code, which moves to ``<code>_source``; ``status``, ``weight``, ``basis`` and
        ``approximate`` come new. What has no target keeps its row, with an empty code.

        Args:
            frame: the data.
            code: the column of codes.
            on: the column of dates or periods: days, timestamps, texts as ``30/06/2018``, ``Aug-15``, ``Q1 2018/19``,
                or numbers as ``201806``. A period is taken as on its last day on which the code was open.
            vintage: instead of `on`, the one date or period of all rows.
            values: the columns of values.
            by: columns to add up by, beside the target; ``None``: a row for each row and target.
            how: ``"count"``, divided by weight and summed; ``"rate"`` or ``"mean"``, weighed by their `denominator`;
                or ``"category"``. One for all values, or one for each.
            denominator: the column of counts behind a rate or a mean, for all or for each.
            names: other names for the new columns.

        Raises:
            InvalidFrame: A column is missing, would be overwritten, or holds what it cannot; it names column and rows.
        """
        from nhs_orgs.frames.restated import apply

        request = make_request(
            code=code, on=on, vintage=vintage, values=values, by=by, how=how, denominator=denominator, names=names
        )
        return apply(self, frame, request, related=partial(related, self._store))

    def suggest(self, value: object) -> tuple[str, ...]:
        """Codes that a value may be meant for that is none; takes too long to ask for every value of a column."""
        return suggestions(self._store, value)

    def __len__(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    def __repr__(self) -> str:
        """Day, kinds, level and what is done with divided bodies; counting would work out every row."""
        kinds = " | ".join(kind.__name__ for kind in self.kinds) or "every code"
        level = f", level {self.level.__name__}" if self.level else ""
        return f"Crosswalk({kinds} to {self.to}{level}, splits {self.splits.value})"


def crosswalk(
    store: Store,
    *,
    to: DateLike,
    kind: type[Organisation] | Collection[type[Organisation]] | None = None,
    level: type[Organisation] | None = None,
    basis: Choice = None,
    splits: Splits | str = Splits.REFUSE,
) -> Crosswalk:
    """A crosswalk to a day.

    Raises:
        InvalidDate: `to` is not a day.
        OutsideCoverage: The register says nothing of that day.
        InvalidBasis: A name that is no basis, or a table that does not divide what it says.
        UnknownOrganisation: A table names a code that the register does not have.
        KindNotHeld: The register has no code of the kinds.
        InvalidLevel: Nothing that the data of these codes has become by the day belongs to a body of the level.
        TypeError: `kind` or `level` is no class of organisations.
        ValueError: `kind` is empty, or `splits` none of ``refuse``, ``divide`` and ``main``.
    """
    kinds = () if kind is None else (kind,) if isinstance(kind, type | str) else tuple(kind)
    if not kinds and kind is not None:
        raise ValueError("kind=[] names no kind. Give some, such as nhs_orgs.Trust, or leave kind= out for every code.")
    for name, given in (*(("kind", one) for one in kinds), ("level", level or Organisation)):
        _check_kind(name, given)
    if splits not in _SPLITS:
        raise ValueError(f"splits={splits!r} is no way to treat divided bodies. Give one of: {', '.join(_SPLITS)}.")
    preference = Preference.of(basis, store.folded)
    made = Crosswalk(store, to=to_day(to), kinds=kinds, level=level, preference=preference, splits=Splits(splits))
    if kinds and not made.codes:
        raise KindNotHeld(tuple(kind.__name__ for kind in kinds), store.release.describe())
    if level is not None:
        _require_level(store, made, level)
    return made


def _check_kind(name: str, given: object) -> None:
    if not (isinstance(given, type) and issubclass(given, Organisation)):
        raise TypeError(f"{name}={given!r} is no kind of organisation. Give a class, such as nhs_orgs.Trust.")


def _codes_by_kind(store: Store, kinds: tuple[type[Organisation], ...]) -> dict[type[Organisation], set[str]]:
    """The codes that ever stood for a body of each of some kinds."""
    keys = {kind: store.keys_of_kind(name) for name, kind in KINDS.items() if issubclass(kind, kinds)}
    return {
        kind: {key.partition("@")[0] for key in of_kind if not key.startswith("body:")}
        for kind, of_kind in keys.items()
    }


def _require_level(store: Store, made: Crosswalk, level: type[Organisation]) -> None:
    """Look for one code whose data is with a body of the level; of most levels the first is such a one.

    The level's own codes come first, then those to which something happened. The others are below what lists say: of
    tens of thousands a few thousand, spread evenly, speak for all. Where nothing is left on the day no level is wrong.
    """
    own = set().union(*_codes_by_kind(store, (level,)).values())
    surest = [code for first in (own, store.events_of) for code in made.codes if code in first]
    lists = [sorted(codes) for codes in _codes_by_kind(store, made.kinds or (Organisation,)).values()]
    looked = dict.fromkeys(surest + _spread(lists, _LOOKED_AT))
    if any(row.target or row.among for code in looked for row in made.rows_of((code,))):
        return
    plain = Crosswalk(store, to=made.to, kinds=made.kinds, level=None, preference=made.preference, splits=made.splits)
    bodies = {one for row in plain.rows_of(_spread(lists, _TOLD_OF)) for one in (row.target, *row.among) if one}
    if possible := levels_of(store, made.to, bodies):
        raise InvalidLevel(level.__name__, tuple(kind.__name__ for kind in made.kinds), made.to, possible)


def _spread(lists: Iterable[list[str]], most: int) -> list[str]:
    """Of each list some, spread evenly: all of a short one."""
    return [code for codes in lists for code in codes[:: 1 + len(codes) // most]]
