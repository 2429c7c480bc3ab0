"""The public interface as a type checker sees it. Never run: mypy (strict) and pyright (strict) check it.

Each function is something that a user writes; `assert_type` says what must come out.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from typing_extensions import assert_never, assert_type

import nhs_orgs as nhs

if TYPE_CHECKING:
    import networkx as nx


def load_and_look_up() -> None:
    """A register is a mapping of codes to records."""
    register = nhs.load()
    assert_type(register, nhs.Register)
    assert_type(register["RRE"], nhs.Record)
    as_mapping: Mapping[str, nhs.Record] = register
    assert_type(as_mapping.get("RRE"), "nhs.Record | None")
    assert_type(register.release, nhs.PartialDate)
    assert_type(register.releases, tuple[nhs.Source, ...])
    assert_type(register.eras("RRE"), tuple[nhs.Organisation, ...])
    assert_type(register.events(code="R1E"), tuple[nhs.ChangeEvent, ...])
    assert_type(register.check(), tuple[nhs.Finding, ...])
    assert_type(register.lint(), tuple[nhs.Finding, ...])
    assert_type(register.statements("RRE"), tuple[nhs.Verdict, ...])
    assert_type(register.as_known(at="2018-08-31"), nhs.Register)
    assert_type(register.changes(since="2018-08-31", until=date(2020, 10, 31)), tuple[nhs.Change, ...])


def records() -> None:
    """A record keeps names, periods and statements."""
    record = nhs.load()["RRE"]
    assert_type(record.names, tuple[nhs.DatedName, ...])
    assert_type(record.name_on("2018-05-31"), "str | None")
    assert_type(record.legal, nhs.Period)
    assert_type(record.operational, "nhs.Period | None")
    assert_type(record.statements, tuple[nhs.Statement, ...])


def snapshots(day: date) -> None:
    """A snapshot is a mapping of codes to organisations; days are dates or ISO texts."""
    register = nhs.load()
    snapshot = register.on(day)
    assert_type(snapshot, nhs.Snapshot)
    assert_type(register.on("2018-05-31", reading="operational"), nhs.Snapshot)
    assert_type(register.current, nhs.Snapshot)
    assert_type(snapshot["RRE"], nhs.Organisation)
    as_mapping: Mapping[str, nhs.Organisation] = snapshot
    assert_type(len(as_mapping), int)
    assert_type(snapshot.parents("RRE"), tuple[nhs.Parent, ...])


def kinds(organisation: nhs.Organisation) -> str:
    """The kind is the class, and the short names are the same classes."""
    short: type[nhs.ClinicalCommissioningGroup] = nhs.CCG
    assert_type(organisation.kind, type[nhs.Organisation])
    match organisation:
        case nhs.Trust():
            assert_type(organisation.form(on="2018-06-01"), nhs.TrustForm)
            return organisation.form(on="2018-06-01").value
        case nhs.IntegratedCareSystem(statutory_body=body):
            assert_type(body, "str | None")
            return str(body)
        case _:
            return short.title


def outcomes(outcome: nhs.Outcome) -> str:
    """An outcome is a closed union: a match over its six cases is complete."""
    assert_type(outcome.codes, tuple[str, ...])
    assert_type(outcome.organisations, tuple[nhs.Organisation, ...])
    assert_type(outcome.path, tuple[nhs.ChangeEvent, ...])
    match outcome:
        case nhs.Current() | nhs.Succeeded():
            return outcome.codes[0]
        case nhs.Divided():
            return " and ".join(outcome.codes)
        case nhs.Ended():
            return "nothing followed"
        case nhs.NotYetOpen():
            return "not yet"
        case nhs.Unknown():
            return "nobody says"
        case _:
            assert_never(outcome)


def lineage() -> None:
    """Lineage answers in domain types, and its graph is networkx's."""
    graph = nhs.load().lineage
    assert_type(graph, nhs.LineageGraph)
    assert_type(graph.predecessors("R0A"), nhs.Relatives)
    assert_type(graph.ancestors("R0A", parts=True)[0], nhs.Relative)
    assert_type(graph.ancestors("R0A").organisations, tuple[nhs.Organisation, ...])
    assert_type(graph.family("R0A"), nhs.Family)
    assert_type(graph.trace("10G", to="2026-04-01"), nhs.Trace)
    assert_type(graph.trace("10G", to="2026-04-01").explain(), str)
    assert_type(graph.trace("10G", to="2026-04-01").events[0].explain(), str)
    assert_type(graph.trace("10G", to="2026-04-01").events[0].to_mermaid(), str)
    assert_type(graph.trace("10G", to="2026-04-01").events[0].befores[0].name, str)
    in_plain_sight: nx.MultiDiGraph[str] = graph.graph
    assert_type(len(in_plain_sight), int)


def events(event: nhs.ChangeEvent) -> None:
    """An event has kinds, dates, bodies with their fates, and transfers."""
    assert_type(event.kind, nhs.EventKind)
    assert_type(event.status, nhs.EventStatus)
    assert_type(event.effective, "nhs.PartialDate | None")
    assert_type(event.dated, nhs.PartialDate)
    assert_type(event.legal, "nhs.PartialDate | None")
    assert_type(event.befores[0].fate, nhs.Fate)
    assert_type(event.transfers, tuple[nhs.Transfer, ...])
    assert_type(event.transfers[0].extent, nhs.Extent)
    assert_type(event.citations, tuple[nhs.Citation, ...])
    assert_type(event.inferred, bool)


def holdings(register: nhs.Register) -> None:
    """Facts, places, stays and services are typed to their fields."""
    assert_type(register.facts("RRE", "cqc_rating"), tuple[nhs.Fact, ...])
    assert_type(register["RRE"].facts(aspect="overall")[0].organisation, nhs.Organisation)
    assert_type(register.places["county-hospital"], nhs.Place)
    assert_type(register.place("county-hospital").name_on("2014-10-31"), str)
    assert_type(register.stays("RJE09")[0].site, "str | None")
    assert_type(register.sites("RJD", on=date(2014, 10, 31)), tuple[nhs.Stay, ...])
    assert_type(register.services_given("RJD"), tuple[nhs.ServiceTransfer, ...])
    assert_type(register.coverage()[0].share, float)
    assert_type(register.on("2022-07-01").gss("QF7"), "str | None")


def columns() -> None:
    """A report about a column is typed to its fields."""
    report = nhs.check_codes(["RRE"], on=date(2018, 6, 1), register=nhs.load())
    assert_type(report, nhs.ColumnReport)
    assert_type(report.standings, tuple[tuple[nhs.Standing, int], ...])
    assert_type(report.kinds, tuple[nhs.KindCount, ...])
    assert_type(report.finding("closed"), "nhs.ColumnFinding | None")
    assert_type(report.problems[0].flagged, tuple[nhs.Flagged, ...])
    assert_type(nhs.guess_vintage(["RRE"]), nhs.Vintages)
    assert_type(nhs.guess_vintage(["RRE"]).best[0].odd, tuple[nhs.Odd, ...])
    assert_type(report.vintages.best, tuple[nhs.Vintage, ...])


def crosswalks() -> None:
    """A crosswalk is a table of rows; its words are enumerations, its choices texts, tables or several."""
    register = nhs.load()
    crosswalk = register.crosswalk(to="2026-04-01", kind=nhs.Trust, level=nhs.ICB, basis="beds", splits="divide")
    assert_type(crosswalk, nhs.Crosswalk)
    register.crosswalk(to=date(2026, 4, 1), kind=[nhs.CCG, nhs.PCT], basis=[{("RW6", "R0A"): 1.0}, "population"])
    assert_type(crosswalk.rows, tuple[nhs.CrosswalkRow, ...])
    row = crosswalk.of("RW6", on="2020-01-01")[0]
    assert_type(row.target, "str | None")
    assert_type(row.status, nhs.Status)
    assert_type(row.period, nhs.Period)
    assert_type(crosswalk.with_shares({("RW6", "R0A"): 1.0}), nhs.Crosswalk)
    assert_type(crosswalk.with_history(object(), code="org", on="day", value="n"), nhs.Crosswalk)
    assert_type(crosswalk.unshared(), tuple[nhs.Unshared, ...])
    assert_type(crosswalk.judge("NAN").status, "nhs.Status | None")
    report = crosswalk.apply(object(), code="org", on="day", values="n").report
    assert_type(report, nhs.MatchReport)
    assert_type(report.matched_without_pseudo("n"), "float | None")
    assert_type(report.missing, dict[str, int])
    assert_type(report.undated, int)
    sql = crosswalk.to_sql("duckdb", table=("lookups", "trusts"))
    assert_type(sql, nhs.CrosswalkSQL)
    assert_type(sql.statements, tuple[str, ...])
    assert_type(sql.select("activity", code="org", on="day", values=["n"], keep="id"), str)


def time() -> None:
    """A bound of a period is a day, none (still open) or unknown, and a checker holds the three apart."""
    period = nhs.Period(date(2001, 4, 1), date(2018, 5, 31))
    assert_type(period.contains(date(2018, 5, 31)), bool)
    assert_type(period.relation(nhs.Period(start=nhs.UNKNOWN)), nhs.Allen)
    if period.end is not None and period.end is not nhs.UNKNOWN:
        assert_type(period.end, date)
    assert_type(nhs.PartialDate.from_text("2018-06").day, "date | None")
    code: str = nhs.OrgCode("RRE")
    assert_type(len(code), int)


def files(folder: str) -> None:
    """From files to a register."""
    reading = nhs.read(folder)
    assert_type(reading, nhs.Reading)
    assert_type(reading.problems, tuple[nhs.Problem, ...])
    assert_type(nhs.compile([reading]), nhs.Register)


def errors() -> None:
    """A miss is a `KeyError` that carries what was asked and what is near."""
    try:
        _ = nhs.load()["RRX"]
    except nhs.UnknownOrganisation as error:
        assert_type(error.code, str)
        assert_type(error.near, tuple[str, ...])
        assert_type(error.why, str)
        assert_type(error.todo, str)
        both: tuple[KeyError, nhs.NHSOrgsError] = (error, error)
        assert_type(len(both), int)
    try:
        nhs.load().crosswalk(to="2026-04-01", kind=nhs.GPPractice, level=nhs.Trust)
    except nhs.KindNotHeld as missing:
        assert_type(missing.kinds, tuple[str, ...])
    except nhs.InvalidLevel as wrong:
        assert_type(wrong.possible, tuple[str, ...])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nhs.UnusedShares)
        assert_type(nhs.load().crosswalk(to="2026-04-01", basis={("RL4", "RJE"): 1.0}), nhs.Crosswalk)


def misspelt() -> None:
    """A name that the front door does not have is an error for the checker too."""
    nhs.lode()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
