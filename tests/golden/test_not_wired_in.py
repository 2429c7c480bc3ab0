"""No golden answer is wired in: without the row or the entry that it rests on, each answer is another.

Every question is asked three times: of the bundled register, of one compiled here from the published rows about the
bodies concerned, and of one compiled without some of those rows or entries.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
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


def succession_of(day: str) -> Left:
    """All succession rows of a day."""
    return lambda row: isinstance(row, SuccessionRow) and row.day.isoformat() == day


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
        return {
            f"{found.organisation.code} {'whole' if found.whole else 'part'}"
            for found in register.lineage.predecessors(code)
        }

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


def reports(giver: str, receiver: str) -> Callable[[nhs.Register], object]:
    """Which reports print two successive days for a pair."""

    def ask(register: nhs.Register) -> object:
        (found,) = [one for one in register.lineage.successors(giver) if one.organisation.code == receiver]
        return {source.report for row in found.event.evidence for source in row.sources}

    return ask


def ancestors(code: str) -> Callable[[nhs.Register], object]:
    """Whole ancestors."""
    return lambda register: set(register.lineage.ancestors(code).codes)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question, its answer, what the answer rests on, and the answer without that."""

    about: str
    """Which golden test it belongs to: ``question 1``, ``trap 5``."""
    codes: str
    """The bodies concerned; ``eccg`` stands for all that lists of commissioners name, ``icb`` for every board."""
    ask: Callable[[nhs.Register], object]
    answer: object
    without: Left = nothing
    events: tuple[str, ...] = ()
    """Curated events that are left out."""
    facts: tuple[tuple[str, ...], ...] = ()
    """Curated facts that are left out: a code, and the lists meant."""
    otherwise: object


MANCHESTER = "RM2 RW3 R0A RW6 RM3"
BEFORE_R0A = f"{MANCHESTER} RM4 RQ7 PR5 RBU PM1 PM2 PU1 REX REZ RMK RMN"
PENNINE = ("north-manchester-2021", "northern-care-alliance-2021")
BERKSHIRE = "10G 10T 11C 15D 10C 99M D4U1Y U2G6B 92A D9Y0V"
DUDLEY = ("black-country-healthcare-2020", "dudley-services-2024-08", "dudley-integrated-health-and-care-2024")
STAFFORD = ("mid-staffordshire-2014", "mid-staffordshire-dissolved-2017")
BOARDS = ("east-of-england-icbs-2026", "south-east-icbs-2026", "west-and-north-london-icb-2026")
FRIMLEY = "QNQ S0E4D S9B9J QRL QU9 QNX QXU"
BOARDS_BY_2023 = "ons-sicbl|ons-icb|eccg@2023|eccg@2025|commissioner|trimmed"
SOUTH_STAFFORDSHIRE = "South Staffordshire and Shropshire Healthcare NHS Foundation Trust"
TO_THE_FIRST = ("effective day: releases differ by a day; the first of the month",)

CASES = (
    Case(
        about="question 1: a merger rests on its rows",
        codes=MANCHESTER,
        ask=predecessors("R0A"),
        answer={"RM2 whole", "RW3 whole", "RW6 part"},
        without=rows("RM2 R0A"),
        otherwise={"RW3 whole", "RW6 part"},
    ),
    Case(
        about="question 1: a part rests on its row and entry",
        codes=MANCHESTER,
        ask=predecessors("R0A"),
        answer={"RM2 whole", "RW3 whole", "RW6 part"},
        without=rows("RW6 R0A"),
        events=PENNINE[:1],
        otherwise={"RM2 whole", "RW3 whole"},
    ),
    Case(
        about="question 2: what became of R1E rests on its rows and entry",
        codes="RRE R1E",
        ask=outcome("R1E", "2026-04-01"),
        answer=("Succeeded", "RRE"),
        without=rows("R1E RRE"),
        events=("midlands-partnership-2018",),
        otherwise=("Unknown",),
    ),
    Case(
        about="question 2: what it was announced as rests on the entry",
        codes="RRE R1E",
        ask=lambda register: [(event.kind.value, event.announced_as) for event in register.events("R1E")],
        answer=[("acquisition", "merger")],
        events=("midlands-partnership-2018",),
        otherwise=[("acquisition", None)],
    ),
    Case(
        about="question 3: a name of a day rests on cited names and on the event",
        codes="RRE R1E",
        ask=name("RRE", "2018-05-31", "2018-06-01"),
        answer=(SOUTH_STAFFORDSHIRE, "Midlands Partnership NHS Foundation Trust"),
        without=rows("R1E RRE"),
        events=("midlands-partnership-2018",),
        facts=(("RRE", "names"),),
        otherwise=(SOUTH_STAFFORDSHIRE, SOUTH_STAFFORDSHIRE),
    ),
    Case(
        about="question 4: two successors rest on two rows and entries",
        codes=MANCHESTER,
        ask=outcome("RW6", "2026-04-01"),
        answer=("Divided", "R0A", "RM3"),
        without=rows("RW6 R0A", "RW6 RM3"),
        events=PENNINE,
        otherwise=("Unknown",),
    ),
    Case(
        about="question 5: a chain rests on each of its rows",
        codes=BERKSHIRE,
        ask=outcome("10G", "2021-04-01"),
        answer=("Succeeded", "D4U1Y"),
        without=rows("15D D4U1Y"),
        otherwise=("Unknown",),
    ),
    Case(
        about="question 5: the division of Frimley rests on the entry",
        codes=BERKSHIRE,
        ask=outcome("10G", "2026-04-01"),
        answer=("Divided", "92A", "D9Y0V", "U2G6B"),
        events=("frimley-location-2026",),
        otherwise=("Succeeded", "D4U1Y"),
    ),
    Case(
        about="question 6: a parent rests on lists of its time and entries",
        codes="02Q QF7 QT1",
        ask=system("02Q", "2022-06-30", "2022-07-01"),
        answer=("QF7", "QT1"),
        without=lists("02Q", BOARDS_BY_2023),
        facts=(("02Q", "parents"),),
        otherwise=("QF7", "QF7"),
    ),
    Case(
        about="question 7: a count rests on the list of each group",
        codes="eccg",
        ask=counted(nhs.CCG, "2013-04-01", "2015-04-01", "2017-04-01", "2018-04-01", "2019-04-01", "2021-04-01"),
        answer=(211, 209, 207, 195, 191, 106),
        without=lists("10G"),
        otherwise=(210, 208, 206, 195, 191, 106),
    ),
    Case(
        about="question 7: the mergers of groups rest on their rows",
        codes="eccg",
        ask=lambda register: sum(bool(register.lineage.successors(c).whole) for c in ("10G", "10T", "11C", "15D")),
        answer=4,
        without=rows("10G 15D"),
        otherwise=3,
    ),
    Case(
        about="question 8: 36 boards rest on the rows and entries of April 2026",
        codes="icb",
        ask=counted(nhs.ICB, "2022-07-01", "2026-04-01"),
        answer=(42, 36),
        without=succession_of("2026-04-01"),
        events=BOARDS,
        otherwise=(42, 47),
    ),
    Case(
        about="question 9: that RYK lived on in parts rests on the entries",
        codes="RYK TAJ RNA QUA",
        ask=outcome("RYK", "2026-04-01"),
        answer=("Divided", "QUA", "RNA", "TAJ"),
        events=DUDLEY,
        otherwise=("Unknown",),
    ),
    Case(
        about="question 10: where its hospitals went rests on the entries",
        codes="RJD RJE RL4",
        ask=successors("RJD"),
        answer={"RJE 2014-11-01", "RL4 2014-11-01"},
        events=STAFFORD,
        otherwise=set(),
    ),
    Case(
        about="question 10: when it ended rests on the newer lists and the entry",
        codes="RJD RJE RL4",
        ask=open_of("RJD RJE RL4", "2018-01-01"),
        answer={"RJE", "RL4"},
        without=lists("RJD", "etr@202[2-6]|trust-"),
        events=STAFFORD,
        facts=(("RJD", "periods"),),
        otherwise={"RJD", "RJE", "RL4"},
    ),
    Case(
        about="question 11: a closure rests on the newer lists, on its rows and entry",
        codes="RRE R1E RJD RY1 RW4",
        ask=open_of("RRE R1E RJD RY1", "2018-08-31"),
        answer={"RRE"},
        without=both(rows("R1E RRE"), lists("R1E", "etr@202|trust-")),
        events=("midlands-partnership-2018",),
        otherwise={"RRE", "R1E"},
    ),
    Case(
        about="trap 1: the second body rests on the rows",
        codes="RTG RJF",
        ask=eras("RTG"),
        answer=("RTG@1998-04-01 trust", "RTG@2018-07-01 trust"),
        without=rows("RJF RTG"),
        otherwise=("RTG@1998-04-01 trust",),
    ),
    Case(
        about="trap 2: a day rests on all releases",
        codes="RVL RAL",
        ask=printed("RVL", "RAL"),
        answer=("2014-07-01", {"2014-07-01", "2014-07-02"}, TO_THE_FIRST),
        without=rows("RVL RAL", of="succ-and-succarc@"),
        otherwise=(
            "2014-07-01",
            {"2014-07-02"},
            ("effective day: the predecessor closed on the first of a month; that day",),
        ),
    ),
    Case(
        about="trap 2: a day that a list settles rests on the list",
        codes="RVL RAL",
        ask=printed("RVL", "RAL"),
        answer=("2014-07-01", {"2014-07-01", "2014-07-02"}, TO_THE_FIRST),
        without=both(rows("RVL RAL", of="succ-and-succarc@"), lists("RVL")),
        otherwise=("2014-07-02", {"2014-07-02"}, ("effective day: as printed",)),
    ),
    Case(
        about="trap 3: the rule rests on two releases that differ",
        codes="RGQ RDE",
        ask=printed("RGQ", "RDE"),
        answer=("2018-07-01", {"2018-06-30", "2018-07-01"}, TO_THE_FIRST),
        without=rows("RGQ RDE", of="succ@"),
        otherwise=("2018-07-01", {"2018-06-30"}, ("effective day: the day after the predecessor closed",)),
    ),
    Case(
        about="trap 4: two phases rest on the entries",
        codes=MANCHESTER,
        ask=successors("RW6"),
        answer={"R0A 2021-04-01", "RM3 2021-10-01"},
        events=PENNINE,
        otherwise={"R0A 2021-10-01", "RM3 2021-10-01"},
    ),
    Case(
        about="trap 5: whole ancestors rest on every row of the way",
        codes=BEFORE_R0A,
        ask=ancestors("R0A"),
        answer={"RM2", "RW3", "RM4", "RQ7", "PR5", "RBU", "PM1", "PM2", "PU1"},
        without=rows("RQ7 RW3"),
        otherwise={"RM2", "RW3", "RM4", "RBU", "PM1", "PM2", "PU1"},
    ),
    Case(
        about="trap 5: that RW6 is no whole ancestor rests on its other arm",
        codes=BEFORE_R0A,
        ask=ancestors("R0A"),
        answer={"RM2", "RW3", "RM4", "RQ7", "PR5", "RBU", "PM1", "PM2", "PU1"},
        without=rows("RW6 RM3"),
        events=PENNINE,
        otherwise=set(BEFORE_R0A.split()) - {"RM3"},
    ),
    Case(
        about="trap 6: what no row says rests on the entry",
        codes="RYQ RJ2 RJZ RPG",
        ask=outcome("RYQ", "2014-01-01"),
        answer=("Divided", "RJ2", "RJZ", "RPG"),
        events=("south-london-healthcare-2013",),
        otherwise=("Unknown",),
    ),
    Case(
        about="trap 6: that nothing followed rests on the entry",
        codes="RYH",
        ask=outcome("RYH", "2014-04-01"),
        answer=("Ended",),
        events=("nhs-direct-2014",),
        otherwise=("Unknown",),
    ),
    Case(
        about="trap 6: a row of one release only rests on that",
        codes="RBA RH5",
        ask=outcome("RBA", "2020-04-01"),
        answer=("Succeeded", "RH5"),
        without=rows("RBA RH5", of="succ@2026"),
        otherwise=("Unknown",),
    ),
    Case(
        about="trap 6: what is newer than the report rests on the entry",
        codes="RVJ RA7",
        ask=outcome("RVJ", "2026-07-01"),
        answer=("Succeeded", "RA7"),
        without=rows("RVJ RA7"),
        events=("bristol-2026",),
        otherwise=("Unknown",),
    ),
    Case(
        about="trap 7: the end of work rests on the entry",
        codes="RJD RJE",
        ask=open_of("RJD RJE", "2015-06-01", "operational"),
        answer={"RJE"},
        facts=(("RJD", "periods"),),
        otherwise={"RJD", "RJE"},
    ),
    Case(
        about="trap 8: a new GSS code rests on the lookups of its time",
        codes="QF7",
        ask=lambda register: register["QF7"].gss,
        answer=("E54000009", "E54000061"),
        without=lists("QF7", "ons-sicbl|ons-icb"),
        otherwise=("E54000009",),
    ),
    Case(
        about="trap 9: that a part went to TAJ rests on the entry",
        codes="RYK TAJ RNA QUA",
        ask=predecessors("TAJ"),
        answer={"RYK part", "TAJ whole"},
        events=DUDLEY,
        otherwise=set(),
    ),
    Case(
        about="trap 10: the second kind rests on roles and lookups",
        codes="QNC",
        ask=eras("QNC"),
        answer=(
            "QNC@2017-04-01 sustainability and transformation partnership",
            "QNC@2022-07-01 integrated care board",
        ),
        without=lists("QNC", BOARDS_BY_2023),
        otherwise=("QNC@unknown sustainability and transformation partnership",),
    ),
    Case(
        about="trap 11: that it is a hub rests on the narrower role",
        codes="13Q",
        ask=lambda register: "13Q" in register and [era.title for era in register.eras("13Q")],
        answer=["commissioning hub"],
        without=lists("13Q", "eccg|commissioner"),
        otherwise=False,
    ),
    Case(
        about="trap 12: a new parent rests on lists of its time and entries",
        codes="02Q QF7 QT1",
        ask=system("02Q", "2022-07-01"),
        answer=("QT1",),
        without=lists("02Q", BOARDS_BY_2023),
        facts=(("02Q", "parents"),),
        otherwise=("QF7",),
    ),
    Case(
        about="trap 13: a boundary change rests on the entry",
        codes="01Y 15M",
        ask=lambda register: {e.kind.value for e in register.events("01Y")} - {"split"},  # of the trusts before it
        answer={"conversion", "boundary change"},
        events=("glossop-2022",),
        otherwise={"conversion"},
    ),
    Case(
        about="trap 14: an old board that gains rests on its row and entry",
        codes=FRIMLEY,
        ask=successors("QNQ"),
        answer={"QRL 2026-04-01", "S0E4D 2026-04-01", "S9B9J 2026-04-01"},
        without=rows("QNQ QRL"),
        events=BOARDS[1:2],
        otherwise={"S0E4D 2026-04-01", "S9B9J 2026-04-01"},
    ),
    Case(
        about="trap 15: the way rests on its first row",
        codes=BERKSHIRE,
        ask=lambda register: [str(step.day) for step in register.lineage.trace("10G", to="2026-04-01").steps],
        answer=["2018-04-01", "2021-04-01", "2022-07-01", "2026-04-01", "2026-04-01", "2026-04-01"],
        without=rows("10G 15D"),
        otherwise=[],
    ),
    Case(
        about="trap 16: a shortcut is one by the step that it leaps over",
        codes="12J 12K 13W 14J 14K",
        ask=successors("12J"),
        answer={"13W 2015-04-01"},
        without=rows("13W 14J"),
        otherwise={"13W 2015-04-01", "14J 2016-04-01"},
    ),
    Case(
        about="trap 17: a finding rests on its row",
        codes="4YX78",
        ask=lambda register: ("self-succession", "4YX78") in {(f.rule, f.subject) for f in register.check()},
        answer=True,
        without=rows("4YX78 4YX78"),
        otherwise=False,
    ),
    Case(
        about="trap 18: each kind of successor rests on its row",
        codes="REX RW6 RT2 5J5",
        ask=successors("REX"),
        answer={"5J5 2002-04-01", "RT2 2002-04-01", "RW6 2002-04-01"},
        without=rows("REX 5J5"),
        otherwise={"RT2 2002-04-01", "RW6 2002-04-01"},
    ),
    Case(
        about="trap 19: what several sites became rests on each row",
        codes="RDZ16 RD304 RD300 R0D01",
        ask=predecessors("R0D01"),
        answer={"RDZ16 whole", "RD300 whole", "RD304 whole"},
        without=rows("RDZ16 R0D01"),
        otherwise={"RD300 whole", "RD304 whole"},
    ),
    Case(
        about="trap 19: who runs a site rests on the lists of sites",
        codes="G4B5Q RXH31 RYR",
        ask=lambda register: (
            "G4B5Q" in register.on("2023-06-01") and register.on("2023-06-01").parents("G4B5Q")[0].code
        ),
        answer="RYR",
        without=lists("G4B5Q"),
        otherwise=False,
    ),
    Case(
        about="trap 20: both days of one release rest on its rows",
        codes="RJF RTG",
        ask=reports("RJF", "RTG"),
        answer={"succ", "succ-and-succarc", "trimmed-records"},
        without=rows("RJF RTG", of="trimmed"),
        otherwise={"succ", "succ-and-succarc"},
    ),
    Case(
        about="trap 20: shares rest on the entry",
        codes="RJD RJE RL4",
        ask=lambda register: sorted(
            (share.basis, round(share.share, 2))
            for event in register.events("RJD")
            for transfer in event.transfers
            for share in transfer.shares
        ),
        answer=[("beds", 0.14), ("beds", 0.86), ("floor area", 0.33), ("floor area", 0.67)],
        events=STAFFORD,
        otherwise=[],
    ),
    Case(
        about="trap 20: which of two went into which rests on the row and the entry",
        codes="RNL RNN",
        ask=outcome("RNL", "2019-10-01"),
        answer=("Succeeded", "RNN"),
        without=rows("RNL RNN"),
        events=("north-cumbria-2019",),
        otherwise=("Unknown",),
    ),
    Case(
        about="trap 22: a successor in Wales rests on its row",
        codes="RWM 7A4",
        ask=successors("RWM"),
        answer={"7A4 2009-10-01"},
        without=rows("RWM 7A4"),
        otherwise=set(),
    ),
    Case(
        about="trap 22: that a trust is Welsh rests on its region",
        codes="RQF",
        ask=lambda register: [getattr(era, "nation", None) for era in register.eras("RQF")],
        answer=["Wales"],
        without=lists("RQF", "etr"),
        otherwise=[None],
    ),
)


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
    found = [row for row in published.records if isinstance(row, OrganisationRow)]
    if codes == "eccg":
        return frozenset(row.code for row in found if row.source.report == "eccg")
    if codes == "icb":
        return frozenset(row.code for row in found if row.kind == "ICB" or "RO318" in {role.id for role in row.roles})
    return frozenset(codes.split())


def _concerns(row: Row, wanted: frozenset[str]) -> bool:
    if isinstance(row, SuccessionRow):
        return row.predecessor in wanted and row.successor in wanted
    return isinstance(row, OrganisationRow | NameRow | RelationshipRow) and row.code in wanted


def curation(case: Case) -> Curation:
    """The curated entries without those that the case leaves out."""
    kept = bundled().without_events(*case.events).without_confirmations(*case.codes.split())
    for code, *names in case.facts:
        kept = kept.without_facts(code, *names)
    return kept


NUMBERS = {f"question {number}" for number in range(1, 12)} | {f"trap {number}" for number in (*range(1, 21), 22)}
"""What has a golden answer that rests on data: 21 is about spoilt cells, 23 and 24 about columns of figures."""


def short(case: Case) -> str:
    """A test id."""
    return case.about.replace(" ", "-").replace(":", "")


@pytest.mark.parametrize("case", CASES, ids=short)
def test_the_answer_is_that_of_the_bundled_register(register: nhs.Register, case: Case) -> None:
    """The bundled register answers as it should."""
    assert case.ask(register) == case.answer


@pytest.mark.parametrize("case", CASES, ids=short)
def test_the_answer_comes_from_what_is_published(published: nhs.Reading, case: Case) -> None:
    """A register compiled from the published rows about the bodies concerned gives the same answer."""
    assert case.ask(compiled(published, case, without=False)) == case.answer


@pytest.mark.parametrize("case", CASES, ids=short)
def test_without_its_ground_the_answer_is_another(published: nhs.Reading, case: Case) -> None:
    """Compiled without the rows or entries that the answer rests on, the register gives another."""
    assert case.otherwise != case.answer
    assert case.ask(compiled(published, case, without=True)) == case.otherwise


def test_every_question_and_trap_is_here() -> None:
    """Each question with a known answer, and each trap of the data, has its ground taken away at least once."""
    assert {case.about.partition(":")[0] for case in CASES} == NUMBERS
