"""Applying a crosswalk to a data frame of any kind, and what comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.util import find_spec
from typing import Any, Final

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.doubles import Related
from nhs_orgs.frames.lazy import Plan, restate_lazily
from nhs_orgs.frames.lookups import engine_of, lookup_for
from nhs_orgs.frames.report import MatchReport
from nhs_orgs.frames.request import Request, check_columns
from nhs_orgs.frames.stretches import Restating
from nhs_orgs.frames.sums import added_up, bases_of, with_products
from nhs_orgs.frames.tally import Tally

__all__ = ["Restated", "apply", "opened"]

_IN_MEMORY: Final = {nw.Implementation.PANDAS, nw.Implementation.POLARS, nw.Implementation.PYARROW}
_FOLDED: Final = {nw.Implementation.DUCKDB, nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}
"""Engines to which ``Status`` and ``status`` are one name."""


@dataclass(frozen=True)
class Restated:
    """A frame on the organisations of one day, and the report on how it got there."""

    frame: Any
    """Of the caller's own kind."""
    _report: Callable[[], MatchReport] = field(repr=False)

    @cached_property
    def report(self) -> MatchReport:
        """Rows and totals by status, what found no target, what is approximate.

        Of a frame in memory all is counted already; of a lazy one the report runs one aggregate query when it is
        first read, and another for what is counted twice.
        """
        return self._report()


def apply(crosswalk: Restating, frame: Any, request: Request, *, related: Related) -> Restated:  # noqa: ANN401
    """Restate a frame; `related` tells which of its codes hold the figures of others.

    Raises:
        InvalidFrame: It is no data frame, or a column is missing or cannot be what it is said to be.
    """
    plan = opened(frame)
    schema = plan.collect_schema()
    check_columns(request, schema.names(), folded=plan.implementation in _FOLDED)
    _check_groups(schema, request)
    if isinstance(plan, nw.DataFrame) and plan.implementation in _IN_MEMORY and find_spec("numpy"):
        made, tally = _in_memory(plan, crosswalk, request)
    else:
        made, tally = _by_plan(plan, crosswalk, request)
    as_frame = partial(_small, plan)
    return Restated(made, lambda: MatchReport(tally, crosswalk, related, as_frame))


def opened(frame: Any) -> Plan:  # noqa: ANN401
    """A data frame of any kind, through narwhals. Raises `InvalidFrame`."""
    try:
        plan: Plan = nw.from_native(nw.to_native(frame, pass_through=True))
    except TypeError:
        what = type(frame).__name__
        todo = "Give one of pandas, polars, pyarrow, DuckDB or PySpark"
        raise InvalidFrame(None, f"is a {what}, and no data frame that is known here", todo) from None
    except ValueError:  # of pandas and pyarrow, columns of one name
        _check_names(getattr(frame, "column_names", None) or frame.columns)
        raise
    if plan.implementation.is_pyarrow():
        from nhs_orgs.frames.in_arrow import made_plain

        plan = nw.from_native(made_plain(nw.to_native(plan)))
    if plan.implementation.is_pandas():
        from nhs_orgs.frames import in_pandas

        plan = nw.from_native(in_pandas.made_plain(nw.to_native(plan)))
    if plan.implementation in _FOLDED:
        _check_names(nw.to_native(plan).columns)
    return plan


def _check_names(names: Iterable[object]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise InvalidFrame(str(twice[0]), "comes twice", "Give each column a name of its own")


def _check_groups(schema: Mapping[str, Any], request: Request) -> None:
    for name in request.by or ():
        if schema[name].is_nested():
            raise InvalidFrame(name, f"holds {schema[name]}, which cannot be added up by", "Take single values of it")


def _in_memory(plan: nw.DataFrame[Any], crosswalk: Restating, request: Request) -> tuple[Any, Tally]:
    # Here, since a frame of polars may come where there is no numpy.
    from nhs_orgs.frames.eager import add_up, restate
    from nhs_orgs.frames.in_memory import frame_of

    if request.by is None:
        return restate(frame_of(plan), crosswalk, request)
    if plan.implementation.is_pandas():
        from nhs_orgs.frames.in_pandas import to_group_by

        plan = nw.from_native(to_group_by(nw.to_native(plan), (request.code, *request.by)), eager_only=True)
    try:
        return add_up(plan, crosswalk, request)
    except TypeError:
        _require_single(plan, request)
        raise


def _require_single(plan: nw.DataFrame[Any], request: Request) -> None:
    """Whether columns of objects hold what can be compared: only looked at where adding up has failed."""
    for name in request.by or ():
        wrong = tuple(row for row, one in enumerate(plan[name].to_list()) if not isinstance(one, Hashable))
        if wrong:
            raise InvalidFrame(
                name, "holds what cannot be added up by", "Take single values of it", wrong[:5]
            ) from None


def _by_plan(plan: Plan, crosswalk: Restating, request: Request) -> tuple[Any, Tally]:
    engine = engine_of(plan)
    if request.by is None:
        done, tally = restate_lazily(plan, crosswalk, request, engine)
        return nw.to_native(done), tally
    weighed = with_products(plan, request)
    wider = request.with_products()
    done, tally = restate_lazily(weighed, crosswalk, wider, engine)
    return nw.to_native(added_up(done, request, bases_of(crosswalk, tally.table.bases))), tally


def _small(plan: Plan, columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    """A small frame of the same kind."""
    return lookup_for(plan)(columns)
