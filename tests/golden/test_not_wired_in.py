"""No golden answer is wired in: without the row or the entry that it rests on, each answer is another.

Every question is asked three times: of the bundled register, of one compiled here from the published rows about the
bodies concerned, and of one compiled without some of those rows or entries.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import nhs_orgs as nhs
from nhs_orgs.compiler import Curation, bundled
from nhs_orgs.readers.base import NameRow, OrganisationRow, RelationshipRow, Row, SuccessionRow

FILES = (
    "attributes/*",
    "eauth/*",
    "eccg/*",
    "ect/*",
    "etr/*",
    "ets/ets-*",
    "hierarchy/commission*",
    "names/*",
    "ons/*",
    "pct-sha/*",
    "relationships/trust-*",
    "samples/trimmed-*",
    "sites/site-to-trust-*",
    "succ/*",
    "weights/frimley-*",
)
"""The reports that the questions below rest on."""

Left = Callable[[Row], bool]
"""Whether a row is left out."""


# --- what is left out -----------------------------------------------------------------------------------------------


def nothing(_: Row) -> bool:
    """No row."""
    return False


def rows(*pairs: str, of: str = "") -> Left:
    """Succession rows, each pair as ``RM2 R0A``; of one report only, where named."""

    def left(row: Row) -> bool:
        return isinstance(row, SuccessionRow) and f"{row.predecessor} {row.successor}" in pairs and about(row, of)

    return left


def lists(code: str, reports: str = "") -> Left:
    """Everything that lists, name tables and relationships say of a code; of the reports that match, where given."""

    def left(row: Row) -> bool:
        return not isinstance(row, SuccessionRow) and row.code == code and about(row, reports)

    return left


def about(row: Row, reports: str) -> bool:
    """Whether a row stands in a report whose id matches."""
    return not reports or re.match(reports, row.source.id) is not None


def both(*parts: Left) -> Left:
    """All of these."""
    return lambda row: any(part(row) for part in parts)


# --- what is asked --------------------------------------------------------------------------------------------------


def outcome(code: str, day: str) -> Callable[[nhs.Register], object]:
    """What became of a code by a day."""

    def ask(register: nhs.Register) -> object:
        found = register.resolve(code, on=day)
        return type(found).__name__, *found.codes

    return ask


def predecessors(code: str) -> Callable[[nhs.Register], object]:
    """Who came before, whole or in part."""

    def ask(register: nhs.Register) -> object:
        return {f"{found.organisation.code} {'whole' if found.whole else 'part'}" for found in register.lineage.predecessors(code)}

    return ask


def successors(code: str) -> Callable[[nhs.Register], object]:
    """Who came after, and from which day."""

    def ask(register: nhs.Register) -> object:
        return {f"{found.organisation.code} {found.event.effective}" for found in register.lineage.successors(code)}

    return ask


def name(code: str, *days: str) -> Callable[[nhs.Register], object]:
    """The names on some days."""
    return lambda register: tuple(register.on(day)[code].name for day in days)


def system(code: str, *days: str) -> Callable[[nhs.Register], object]:
    """The nearest parents on some days."""
    return lambda register: tuple(register.on(day).parents(code)[0].code for day in days)


def counted(kind: type[nhs.Organisation], *days: str) -> Callable[[nhs.Register], object]:
    """How many of a kind were open on some days."""
    return lambda register: tuple(len(register.on(day).of_kind(kind)) for day in days)


def open_of(codes: str, day: str, reading: str = "legal") -> Callable[[nhs.Register], object]:
    """Which of some codes were open on a day."""
    return lambda register: {code for code in codes.split() if code in register.on(day, reading=reading)}


def eras(code: str) -> Callable[[nhs.Register], object]:
    """The bodies under a code, with their kinds."""
    return lambda register: tuple(f"{era.key} {era.title}" for era in register.eras(code))


def printed(giver: str, receiver: str) -> Callable[[nhs.Register], object]:
    """The day of an event, the days that the register prints, and the rule."""

    def ask(register: nhs.Register) -> object:
        (found,) = [one for one in register.lineage.successors(giver) if one.organisation.code == receiver]
        days = {str(row.day) for row in found.event.evidence if row.predecessor == giver}
        return str(found.event.effective), days, found.event.notes

    return ask


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question, its answer, what the answer rests on, and the answer without that."""

    about: str
    """Which golden test it belongs to: ``question 1``, ``trap 5``."""
    codes: str
    """The bodies concerned; ``eccg`` stands for all that lists of commissioners name."""
    ask: Callable[[nhs.Register], object]
    answer: object
    without: Left = nothing
    events: tuple[str, ...] = ()
    """Curated events that are left out."""
    facts: tuple[tuple[str, ...], ...] = ()
    """Curated facts that are left out: a code, and the lists meant."""
    otherwise: object
    more: dict[str, object] = field(default_factory=dict)


CASES: tuple[Case, ...] = ()


@pytest.fixture(scope="session")
def published(sources_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> nhs.Reading:
    """The published rows, under the paths that curated entries name."""
    folder = tmp_path_factory.mktemp("published")
    for pattern in FILES:
        for file in sorted(sources_folder.glob(pattern)):
            to = folder / file.relative_to(sources_folder)
            to.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, to)
    return nhs.read(folder)


def compiled(published: nhs.Reading, case: Case, *, without: bool) -> nhs.Register:
    """A register of the bodies concerned."""
    left = case.without if without else nothing
    wanted = concerned(published, case.codes)
    kept = tuple(row for row in published.records if _concerns(row, wanted) and not left(row))
    return nhs.compile(nhs.Reading(published.sources, kept, ()), curation(case) if without else bundled())


def concerned(published: nhs.Reading, codes: str) -> frozenset[str]:
    """Codes of the bodies concerned."""
    if codes != "eccg":
        return frozenset(codes.split())
    return frozenset(row.code for row in published.records if row.source.report == "eccg" and isinstance(row, OrganisationRow))


def _concerns(row: Row, wanted: frozenset[str]) -> bool:
    if isinstance(row, SuccessionRow):
        return row.predecessor in wanted and row.successor in wanted
    return isinstance(row, OrganisationRow | NameRow | RelationshipRow) and row.code in wanted


def curation(case: Case) -> Curation:
    """The curated entries without those that the case leaves out."""
    kept = bundled().without_events(*case.events)
    for code, *names in case.facts:
        kept = kept.without_facts(code, *names)
    return kept
