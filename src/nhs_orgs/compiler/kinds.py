"""Which kind of body a code stands for, and when: from dated roles, from lists, else from stated rules.

In this order:

1. a role or a list that is about one kind only: a hub (``RO218``, type ``H``), a reporting entity
   (``RO327``), a sub-ICB location (``RO319``), an STP (``RO262``), an integrated care board (``RO318``),
   a list of trusts, of primary care trusts, of sites, ...;
2. the broad role ``RO98``, which clinical commissioning groups share with hubs and reporting
   entities: a clinical commissioning group only where nothing says otherwise;
3. the shape of the code (`PATTERNS`), for bodies that only succession reports name.

A role that law introduced on a day (``RO318`` and ``RO319``: 1 July 2022) holds from that day, and a
body that had its code before was then of the kind that came before it.

>>> kind_by_pattern("RFK")
'Trust'
>>> kind_by_pattern("MH3")
'Unclassified'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from nhs_orgs.period import Period
from nhs_orgs.readers.base import NameRow, OrganisationRow, RelationshipRow
from nhs_orgs.records import Record
from nhs_orgs.sources import Citation, Statement
from nhs_orgs.vocabulary import ROLES

__all__ = ["PATTERNS", "KindSpan", "kind_by_pattern", "kind_claims", "kind_spans"]

_DAY: Final = timedelta(days=1)

BROAD: Final = "broad RO98"
"""The claim of a bare ``RO98``, weaker than every other."""

_ROLE_KINDS: Final = {
    "RO107": "Trust",
    "RO108": "Site",
    "RO128": "GovernmentOfficeRegion",
    "RO171": "PrimaryCareGroup",
    "RO179": "PrimaryCareTrust",
    "RO197": "Trust",
    "RO198": "Site",
    "RO209": "Region",
    "RO210": "LocalOffice",
    "RO213": "CommissioningSupportUnit",
    "RO218": "CommissioningHub",
    "RO262": "SustainabilityTransformationPartnership",
    "RO272": "PrimaryCareNetwork",
    "RO318": "IntegratedCareBoard",
    "RO319": "SubICBLocation",
    "RO327": "SubICBReportingEntity",
    "RO76": "GPPractice",
    "RO177": "GPPractice",
}

_BEFORE: Final = {
    "SubICBLocation": "ClinicalCommissioningGroup",
    "IntegratedCareBoard": "SustainabilityTransformationPartnership",
}
"""What a code stood for before the role that law introduced."""

PATTERNS: Final = (
    (re.compile(r"R[A-Z0-9]{2}"), "Trust"),
    (re.compile(r"T[A-Z][A-Z0-9]"), "Trust"),
    (re.compile(r"5[A-Z][A-Z0-9]"), "PrimaryCareTrust"),
    (re.compile(r"4[A-Z]{2}[0-9]{2}"), "PrimaryCareGroup"),
    (re.compile(r"Y[0-9]{2}"), "Region"),
    (re.compile(r"Q(0[1-9]|1[0-9]|2[0-8])"), "StrategicHealthAuthority"),
)
"""Shapes of codes that one kind has to itself in the succession reports."""


@dataclass(frozen=True, slots=True)
class KindSpan:
    """A stretch of a code's life in which it stood for one kind."""

    kind: str
    since: date | None
    """First day, ``None`` from the code's start."""
    inferred: bool
    """Whether by the shape of the code alone."""


def kind_by_pattern(code: str) -> str:
    """The kind that codes of this shape have, else ``Unclassified``."""
    return next((kind for pattern, kind in PATTERNS if pattern.fullmatch(code)), "Unclassified")


_COLUMN_KINDS: Final = {
    "AREA TEAM": "AreaTeam",
    "CCG": "ClinicalCommissioningGroup",
    "ICB": "IntegratedCareBoard",
    "LOCAL HEALTH BOARD": "HealthBoard",
    "LOCAL OFFICE": "LocalOffice",
    "PCN": "PrimaryCareNetwork",
    "PCT": "PrimaryCareTrust",
    "REGION": "Region",
    "SHA": "StrategicHealthAuthority",
    "SITE": "Site",
    "STP": "SustainabilityTransformationPartnership",
    "SUB-ICB LOCATION": "SubICBLocation",
}
"""Kinds by what a file's own columns call them."""

_KIND_ROLES: Final = {"IntegratedCareBoard": "RO318", "SubICBLocation": "RO319"}

_REPORT_KINDS: Final = {
    "ect": "Trust",
    "epraccur": "GPPractice",
    "epcn": "GPPractice",
    "etr": "Trust",
    "ets": "Site",
    "care-trust-sites": "Site",
    "gp-list-size": "GPPractice",
    "gp-practice-hierarchy": "GPPractice",
    "gp-to-ccg": "GPPractice",
    "trust-dates": "Trust",
    "trust-legal-dates": "Trust",
    "trust-names-incl-closed": "Trust",
    "trust-to-local-office": "Trust",
}
"""Kind of body for each report that lists one kind."""

_LOCATION_NAME: Final = re.compile(r".* ICB - [A-Z0-9]+")


def kind_claims(row: OrganisationRow | NameRow | RelationshipRow) -> Iterator[tuple[str, Period | None]]:
    """The kinds that one row claims for its code, each with its period where the row dates it."""
    if isinstance(row, RelationshipRow):
        if row.relationship == "RE6":
            yield "Site", None
        return
    if isinstance(row, NameRow):
        # Estates returns have providers that are no trusts; the trust lists have none.
        if not row.loose:
            yield "Trust", None
        return
    by_role = list(_by_roles(row))
    yield from by_role
    if not by_role:
        yield from _by_report(row)


def _by_roles(row: OrganisationRow) -> Iterator[tuple[str, Period | None]]:
    """Kinds by role codes; a bare ``RO98`` is a weak claim, ``RO261`` without more a partnership."""
    ids = {role.id for role in row.roles}
    for role in row.roles:
        if role.id in _ROLE_KINDS:
            yield _ROLE_KINDS[role.id], _in_law(role.id, role.period)
    if not ids & set(_ROLE_KINDS):
        if "RO98" in ids:
            yield BROAD, None
        elif "RO261" in ids:
            yield "Partnership", None


def _in_law(role: str, stated: Period | None) -> Period | None:
    valid_from = ROLES[role].valid_from if role in ROLES else None
    if stated is None and valid_from is not None:
        return Period(valid_from, None)
    return stated


def _by_report(row: OrganisationRow) -> Iterator[tuple[str, Period | None]]:
    """Kinds by the list that the row stands in, and by its one-letter type in lists of commissioners."""
    report = row.source.report
    if row.kind is not None:
        # The list sizes of 2013 put strategic health authorities in the column of area teams too.
        if report != "gp-list-size" or (row.name or "").endswith(" AREA TEAM"):
            yield from _by_column(row.kind)
    elif report == "eccg":
        yield from _commissioner(row)
    elif report == "commissioners":
        yield from _listed_commissioner(row)
    elif report == "eauth":
        yield _authority(row.code), None
    elif report in _REPORT_KINDS:
        yield _REPORT_KINDS[report], None


def _by_column(kind: str) -> Iterator[tuple[str, Period | None]]:
    if kind in _COLUMN_KINDS:
        name = _COLUMN_KINDS[kind]
        yield name, _in_law(_KIND_ROLES.get(name, ""), None)


def _listed_commissioner(row: OrganisationRow) -> Iterator[tuple[str, Period | None]]:
    """The list of April 2026 types nothing; a location's name ends in its board and its own code."""
    name = row.name or ""
    if _LOCATION_NAME.fullmatch(name):
        yield from _by_column("SUB-ICB LOCATION")
    elif name.endswith("COMMISSIONING HUB") or " COMMISSIONING HUB " in name:
        yield "CommissioningHub", None


def _commissioner(row: OrganisationRow) -> Iterator[tuple[str, Period | None]]:
    """Type ``H`` is a hub; ``C`` and a blank type are what commissioning bodies were on the as-at date."""
    if row.sub_type == "H":
        yield "CommissioningHub", None
        return
    began = ROLES["RO319"].valid_from
    is_open = row.legal is not None and row.legal.end is None
    if began is not None and is_open and row.source.as_at.earliest >= began:
        yield "SubICBLocation", Period(began, None)
    else:
        yield "ClinicalCommissioningGroup", None


def _authority(code: str) -> str:
    if code.startswith("Q"):
        return "LocalOffice"
    if code.startswith("Y"):
        return "Region"
    return "GovernmentOfficeRegion" if len(code) == 1 else "Unclassified"


def kind_spans(record: Record) -> tuple[KindSpan, ...]:
    """The kinds of a code in order of time, each from which day."""
    said = record.says("kind")
    certain = [s for s in said if s.value != BROAD]
    if not certain:
        broad = "ClinicalCommissioningGroup" if said else kind_by_pattern(record.code)
        return (KindSpan(broad, None, inferred=not said),)
    undated = [s for s in certain if _since(s) is None]
    dated = sorted({(_since(s) or date.min, s.value) for s in certain if _since(s) is not None})
    spans = [*_first(undated, dated, record), *(KindSpan(kind, since, inferred=False) for since, kind in dated)]
    return _without_repeats(spans, record) if len(spans) > 1 else tuple(spans)


def _since(statement: Statement) -> date | None:
    start = statement.period.start if statement.period else None
    return start if isinstance(start, date) else None


def _first(undated: list[Statement], dated: list[tuple[date, str]], record: Record) -> Iterator[KindSpan]:
    """The kind at the start of the code's life: an undated claim, else what came before the first dated one."""
    later = {kind for _, kind in dated}
    rivals = [s for s in undated if s.value not in later]
    if rivals:
        yield KindSpan(max(rivals, key=_weight).value, None, inferred=False)
    elif dated and dated[0][1] in _BEFORE and _started_before(record, dated[0][0]):
        yield KindSpan(_BEFORE[dated[0][1]], None, inferred=False)
    elif undated:
        yield KindSpan(max(undated, key=_weight).value, None, inferred=False)
    else:
        yield KindSpan(dated[0][1], None, inferred=False)


def _started_before(record: Record, day: date) -> bool:
    """Whether a source starts the code before a day; where none does, nothing is known of it from before."""
    starts = [record.legal.start, record.operational.start if record.operational else None]
    return any(isinstance(start, date) and start < day for start in starts)


def _weight(statement: Statement) -> tuple[bool, bool, str, str]:
    """A cited claim first, then one about a narrower kind, then the newest."""
    cited = any(isinstance(source, Citation) for source in statement.sources)
    newest = statement.last_seen
    return (
        cited,
        statement.value != "ClinicalCommissioningGroup",
        newest.latest.isoformat() if newest else "",
        statement.value,
    )


def _without_repeats(spans: Iterable[KindSpan], record: Record) -> tuple[KindSpan, ...]:
    """Drop a span that begins no later than the code does by being overtaken at once, or repeats the one before."""
    started = record.legal.start if isinstance(record.legal.start, date) else None
    kept: list[KindSpan] = []
    for span in spans:
        if kept and kept[-1].kind == span.kind:
            continue
        if kept and span.since is not None and started is not None and span.since <= started:
            kept.pop()
            kept.append(KindSpan(span.kind, None, span.inferred))
            continue
        kept.append(span)
    return tuple(kept)
