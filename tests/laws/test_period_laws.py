"""The laws of periods, against a model that has no cleverness: the set of days.

In the model a world is twelve days. No bound reaches the world's edge, a known bound lies inside, and an unknown one
is tried on every day between: what holds for all of them is certain, what holds for some is possible.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from nhs_orgs.errors import InvalidPeriod
from nhs_orgs.period import UNKNOWN, Allen, Bound, Period

DAY_ONE = date(2018, 6, 1)
KNOWN = range(5)
"""Where known bounds lie, as numbers of days."""
BETWEEN = range(-2, 7)
"""Where an unknown bound may lie: round every known one, with room to be apart."""
EDGES = (-3, 7)
"""What stands for no bound: beyond everything else."""
ASKED = range(-1, 6)
"""The days that are asked about: those that an unknown bound can pass on both sides."""

LAW = settings(deadline=None)

bounds = st.one_of(st.none(), st.just(UNKNOWN), st.sampled_from(KNOWN))
known_bounds = st.one_of(st.none(), st.sampled_from(KNOWN))


def day(number: int) -> date:
    """A day of the world."""
    return DAY_ONE + timedelta(number)


def bound(value: object) -> Bound:
    """A bound of the world."""
    return day(value) if isinstance(value, int) else UNKNOWN if value is UNKNOWN else None


def is_period(pair: tuple[object, object]) -> bool:
    """Whether a start and an end are in order."""
    start, end = pair
    return not (isinstance(start, int) and isinstance(end, int)) or start <= end


def to_period(pair: tuple[object, object]) -> Period:
    """The period of a start and an end."""
    return Period(bound(pair[0]), bound(pair[1]))


periods = st.tuples(bounds, bounds).filter(is_period).map(to_period)
known_periods = st.tuples(known_bounds, known_bounds).filter(is_period).map(to_period)
any_day = st.dates()
any_bound = st.one_of(st.none(), st.just(UNKNOWN), any_day)


def instances(period: Period) -> list[frozenset[int]]:
    """Every set of days that a period can stand for."""
    starts = possible(period.start, EDGES[0])
    ends = possible(period.end, EDGES[1])
    return [frozenset(range(start, end + 1)) for start, end in product(starts, ends) if start <= end]


def possible(value: Bound, edge: int) -> list[int]:
    """Every day that a bound can be."""
    if value is None:
        return [edge]
    return [(value - DAY_ONE).days] if isinstance(value, date) else list(BETWEEN)


def days(period: Period | None) -> frozenset[int]:
    """The days of a known period, none of no period."""
    return frozenset() if period is None else instances(period)[0]


def related(one: frozenset[int], other: frozenset[int]) -> Allen:
    """Allen's relation, from two sets of days."""
    if one == other:
        return Allen.EQUALS
    if not one & other:
        if min(one) > max(other):
            return related(other, one).inverse
        return Allen.MEETS if max(one) + 1 == min(other) else Allen.BEFORE
    if one < other:
        return Allen.STARTS if min(one) == min(other) else Allen.FINISHES if max(one) == max(other) else Allen.DURING
    if one > other:
        return related(other, one).inverse
    return Allen.OVERLAPS if min(one) < min(other) else Allen.OVERLAPPED_BY


def touch(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two sets of days overlap or lie side by side."""
    return min(one) <= max(other) + 1 and min(other) <= max(one) + 1


# --------------------------------------------------------------------------------- days and certainty


@LAW
@given(periods, st.sampled_from(ASKED))
def test_contains_is_what_all_instances_say(period: Period, number: int) -> None:
    """A day is contained for certain where every instance has it, and possibly where some has it."""
    said = [number in instance for instance in instances(period)]
    assert period.contains(day(number)) is all(said)
    assert period.may_contain(day(number)) is any(said)


@LAW
@given(periods, periods)
def test_overlaps_is_what_all_instances_say(one: Period, other: Period) -> None:
    """Two periods overlap for certain where all their instances do, and possibly where some do."""
    said = [bool(a & b) for a, b in product(instances(one), instances(other))]
    assert one.overlaps(other) is all(said)
    assert one.may_overlap(other) is any(said)


@LAW
@given(periods, periods)
def test_meets_is_what_all_instances_say(one: Period, other: Period) -> None:
    """Two periods meet where the one's last day is the day before the other's first, in all their instances."""
    said = [max(a) + 1 == min(b) and max(a) in BETWEEN for a, b in product(instances(one), instances(other))]
    assert one.meets(other) is all(said)


@LAW
@given(periods, periods)
def test_relation_is_what_all_instances_say(one: Period, other: Period) -> None:
    """The relation is the one of all instances, and undecided exactly where they differ."""
    said = {related(a, b) for a, b in product(instances(one), instances(other))}
    assert one.relation(other) is (said.pop() if len(said) == 1 else Allen.UNDECIDED)


@LAW
@given(periods, periods)
def test_the_relation_has_an_inverse(one: Period, other: Period) -> None:
    """Asked the other way round, the relation is the inverse."""
    assert other.relation(one) is one.relation(other).inverse


@LAW
@given(known_periods, known_periods)
def test_known_bounds_have_one_of_thirteen_relations(one: Period, other: Period) -> None:
    """Between known bounds nothing is undecided, and the plain questions agree with the relation."""
    relation = one.relation(other)
    apart = {Allen.BEFORE, Allen.MEETS, Allen.MET_BY, Allen.AFTER}
    assert relation is not Allen.UNDECIDED
    assert one.overlaps(other) is (relation not in apart)
    assert one.meets(other) is (relation is Allen.MEETS)
    assert (one == other) is (relation is Allen.EQUALS)


# -------------------------------------------------------------------------------------------- intersect


@LAW
@given(known_periods, known_periods)
def test_intersect_has_the_common_days(one: Period, other: Period) -> None:
    """The intersection has exactly the days of both."""
    assert days(one.intersect(other)) == days(one) & days(other)


@LAW
@given(periods, periods)
def test_intersect_commutes(one: Period, other: Period) -> None:
    """The order does not matter, whatever is unknown."""
    assert one.intersect(other) == other.intersect(one)


@LAW
@given(known_periods, known_periods, known_periods)
def test_intersect_associates(one: Period, two: Period, three: Period) -> None:
    """Nor does the grouping, where all is known."""
    left, right = one.intersect(two), two.intersect(three)
    assert (left and left.intersect(three)) == (right and one.intersect(right))


@LAW
@given(periods)
def test_intersect_with_itself_and_with_always(period: Period) -> None:
    """With itself, or with all days, a period is as it was."""
    assert period.intersect(period) == period
    assert period.intersect(Period()) == period


@LAW
@given(periods, periods)
def test_intersect_claims_only_what_all_instances_have(one: Period, other: Period) -> None:
    """A certain day is in every instance's intersection, a day of any is possible, and known bounds are theirs."""
    common = one.intersect(other)
    for a, b in product(instances(one), instances(other)):
        assert agrees(() if common is None else (common,), a & b)
        assert common is None or bounds_hold(common, a & b)


# ------------------------------------------------------------------------------------------------ union


@LAW
@given(known_periods, known_periods)
def test_union_has_the_days_of_both(one: Period, other: Period) -> None:
    """The union of periods that touch has exactly the days of either; of others there is none."""
    union = one.union(other)
    assert (union is not None) is touch(days(one), days(other))
    assert union is None or days(union) == days(one) | days(other)


@LAW
@given(periods, periods)
def test_union_commutes(one: Period, other: Period) -> None:
    """The order does not matter, whatever is unknown."""
    assert one.union(other) == other.union(one)


@LAW
@given(known_periods, known_periods, known_periods)
def test_union_associates(one: Period, two: Period, three: Period) -> None:
    """Nor does the grouping, where both ways give one period."""
    left, right = one.union(two), two.union(three)
    ways = {left and left.union(three), right and one.union(right)} - {None}
    assert len(ways) <= 1


@LAW
@given(known_periods)
def test_union_with_itself(period: Period) -> None:
    """With itself a period is as it was."""
    assert period.union(period) == period
    assert period.union(Period()) == Period()


@LAW
@given(known_periods, known_periods)
def test_union_and_intersect_absorb(one: Period, other: Period) -> None:
    """What both have adds nothing to the one, and what either has takes nothing from it."""
    union, common = one.union(other), one.intersect(other)
    assert union is None or one.intersect(union) == one
    assert common is None or one.union(common) == one


@LAW
@given(periods, periods)
def test_union_claims_only_what_all_instances_have(one: Period, other: Period) -> None:
    """There is a union exactly where all instances touch; its certain days, possible days and bounds are theirs."""
    union = one.union(other)
    pairs = list(product(instances(one), instances(other)))
    assert (union is not None) is all(touch(a, b) for a, b in pairs)
    for a, b in pairs:
        assert union is None or (agrees((union,), a | b) and bounds_hold(union, a | b))


# --------------------------------------------------------------------------------------------- subtract


@LAW
@given(known_periods, known_periods)
def test_subtract_leaves_the_other_days(one: Period, other: Period) -> None:
    """What is left has exactly the days of the one that the other has not, in order and in separate pieces."""
    pieces = one.subtract(other)
    assert frozenset().union(*map(days, pieces)) == days(one) - days(other)
    assert all(max(days(a)) + 1 < min(days(b)) for a, b in pairwise(pieces))


@LAW
@given(known_periods, known_periods)
def test_what_was_subtracted_restores(one: Period, other: Period) -> None:
    """The pieces and the common part together are the period again."""
    whole = one.intersect(other)
    for piece in one.subtract(other):
        whole = piece if whole is None else whole.union(piece)
    assert whole == one


@LAW
@given(periods, known_periods)
def test_subtracting_all_or_nothing(period: Period, known: Period) -> None:
    """All days less leaves nothing, and so does a known period less itself."""
    assert period.subtract(Period()) == ()
    assert known.subtract(known) == ()


@LAW
@given(periods, periods)
def test_subtract_claims_only_what_all_instances_have(one: Period, other: Period) -> None:
    """A certain day is left in every instance, and a day that is left in any is possible."""
    pieces = one.subtract(other)
    for a, b in product(instances(one), instances(other)):
        assert agrees(pieces, a - b)


@LAW
@given(periods, periods)
def test_subtracting_what_is_surely_apart_changes_nothing(one: Period, other: Period) -> None:
    """Where no instance has a common day, the period is left as it was written."""
    if not one.may_overlap(other):
        assert one.subtract(other) == (one,)


def agrees(pieces: tuple[Period, ...], true: frozenset[int]) -> bool:
    """Whether pieces claim no day that is not there, and rule out none that is."""
    return all(
        (number in true or not any(piece.contains(day(number)) for piece in pieces))
        and (number not in true or any(piece.may_contain(day(number)) for piece in pieces))
        for number in ASKED
    )


def bounds_hold(period: Period, true: frozenset[int]) -> bool:
    """Whether the known bounds of a period are those of the true days."""
    start, end = possible(period.start, EDGES[0]), possible(period.end, EDGES[1])
    if not true:
        return period == Period(UNKNOWN, UNKNOWN)
    return min(true) in start and max(true) in end


# ------------------------------------------------------------------------------ text, order, canonical form


@LAW
@given(any_bound, any_bound)
def test_text_goes_round(start: Bound, end: Bound) -> None:
    """A period is what its text says, and its words never show a Python value."""
    try:
        period = Period(start, end)
    except InvalidPeriod:
        assert isinstance(start, date)
        assert isinstance(end, date)
        assert end < start
        return
    assert Period.from_text(str(period)) == period
    assert not any(word in period.describe() for word in ("None", "Unknown", "datetime"))


@LAW
@given(st.text(alphabet="0123456789-/.unkow ", max_size=25))
def test_only_texts_of_periods_are_taken(text: str) -> None:
    """Any text is a period's, and its very own, or an `InvalidPeriod`."""
    try:
        period = Period.from_text(text)
    except InvalidPeriod:
        return
    assert str(period) == text


@LAW
@given(periods, periods)
def test_equal_is_one_form(one: Period, other: Period) -> None:
    """Periods are equal exactly where text and sort key are; then they hash alike."""
    assert (one == other) is (str(one) == str(other)) is (one.sort_key == other.sort_key)
    assert one != other or hash(one) == hash(other)


@LAW
@given(known_periods, known_periods)
def test_sorting_follows_the_days(one: Period, other: Period) -> None:
    """Known periods sort by their first day, then by their last."""
    a, b = days(one), days(other)
    assert (one.sort_key < other.sort_key) is ((min(a), max(a)) < (min(b), max(b)))


@LAW
@given(periods)
def test_days_counts_the_days(period: Period) -> None:
    """The number of days is that of the set, where both bounds are days."""
    bounded = isinstance(period.start, date) and isinstance(period.end, date)
    assert period.days == (len(days(period)) if bounded else None)
    assert period.is_known is (UNKNOWN not in (period.start, period.end))
