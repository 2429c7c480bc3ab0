"""Applying a crosswalk to a data frame of any kind, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.util import find_spec
from typing import Any, Final

import narwhals.stable.v2 as nw

from nhs_orgs.errors import InvalidFrame
from nhs_orgs.frames.lazy import Lookup, Plan, restate_lazily
from nhs_orgs.frames.lookups import is_spark, lookup_for, words_for
from nhs_orgs.frames.report import MatchReport
from nhs_orgs.frames.request import Request, check_columns
from nhs_orgs.frames.stretches import Restating
from nhs_orgs.frames.sums import added_up, with_products
from nhs_orgs.frames.tally import Tally

__all__ = ["Restated", "apply"]

_IN_MEMORY: Final = {nw.Implementation.PANDAS, nw.Implementation.POLARS, nw.Implementation.PYARROW}


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


def apply(crosswalk: Restating, frame: Any, request: Request, *, plain: Callable[[], Restating]) -> Restated:  # noqa: ANN401
    """Restate a frame; `plain` makes the crosswalk between bodies, whatever level this one is on.

    Raises:
        InvalidFrame: It is no data frame, or a column is missing or cannot be what it is said to be.
    """
    plan = _opened(frame)
    check_columns(request, plan.collect_schema().names())
    if isinstance(plan, nw.DataFrame) and plan.implementation in _IN_MEMORY and find_spec("numpy"):
        made, tally = _in_memory(plan, crosswalk, request)
    else:
        made, tally = _by_plan(plan, crosswalk, request)
    as_frame = partial(_small, plan)
    return Restated(made, lambda: MatchReport(tally, crosswalk, plain, as_frame))


def _opened(frame: Any) -> Plan:  # noqa: ANN401
    try:
        opened: Plan = nw.from_native(frame)
    except TypeError:
        what = type(frame).__name__
        todo = "Give one of pandas, polars, pyarrow, DuckDB or PySpark"
        raise InvalidFrame(None, f"is a {what}, and no data frame that is known here", todo) from None
    except ValueError as error:  # of pandas, columns of one name
        raise InvalidFrame(None, f"cannot be read: {error}", "Give each column a name of its own") from None
    return opened


def _in_memory(plan: nw.DataFrame[Any], crosswalk: Restating, request: Request) -> tuple[Any, Tally]:
    # Here, since a frame of polars may come where there is no numpy.
    from nhs_orgs.frames.eager import add_up, restate
    from nhs_orgs.frames.in_memory import frame_of

    if request.by is None:
        return restate(frame_of(plan), crosswalk, request)
    return add_up(plan, crosswalk, request)


def _by_plan(plan: Plan, crosswalk: Restating, request: Request) -> tuple[Any, Tally]:
    lookup: Lookup = lookup_for(plan)
    ways: dict[str, Any] = {"words": words_for(plan), "distinct": not is_spark(plan)}
    if request.by is None:
        done, tally = restate_lazily(plan, crosswalk, request, lookup, **ways)
        return nw.to_native(done), tally
    weighed = with_products(plan, request)
    wider = request.with_products()
    done, tally = restate_lazily(weighed, crosswalk, wider, lookup, **ways)
    return nw.to_native(added_up(done, request)), tally


def _small(plan: Plan, columns: Mapping[str, list[Any]]) -> Any:  # noqa: ANN401
    """A small frame of the same kind."""
    return lookup_for(plan)(columns)
