"""The dated, cited, typed history of NHS organisations, offline.

This is the front door: every public name, and nothing loaded until one is used (the manner of
Scientific Python's SPEC 1, https://scientific-python.org/specs/spec-0001/). So `import nhs_orgs`
costs a few milliseconds, and neither pydantic nor networkx is imported before it is needed.

>>> import nhs_orgs as nhs
>>> register = nhs.load()
>>> register.on("2018-05-31")["RRE"].name
'South Staffordshire and Shropshire Healthcare NHS Foundation Trust'
>>> register.on("2018-06-01")["RRE"].name
'Midlands Partnership NHS Foundation Trust'
"""

from __future__ import annotations

# Type checkers take this name for true; `typing` itself would double the time that the import takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from nhs_orgs.changes import Change, ChangeKind
    from nhs_orgs.checks import check_codes, guess_vintage
    from nhs_orgs.codes import OrgCode
    from nhs_orgs.column_report import ColumnFinding, ColumnReport, Flagged, KindCount, Standing
    from nhs_orgs.coverage import EndsOfKind
    from nhs_orgs.crosswalk import Crosswalk, CrosswalkRow, Splits, Status, Unshared
    from nhs_orgs.dates import PartialDate
    from nhs_orgs.errors import (
        ColumnProblems,
        CurationError,
        DataError,
        InvalidBasis,
        InvalidCode,
        InvalidColumn,
        InvalidDate,
        InvalidFrame,
        InvalidLevel,
        InvalidPeriod,
        KindNotHeld,
        MissingExtra,
        NHSOrgsError,
        NotOpen,
        OutsideCoverage,
        ReadError,
        UnknownOrganisation,
        UnknownPlace,
        UnmappedCodes,
        UnusedShares,
        WriteError,
    )
    from nhs_orgs.events import (
        Basis,
        ChangeEvent,
        EventKind,
        EventStatus,
        Extent,
        Fate,
        Participant,
        Share,
        SuccessionEvidence,
        Transfer,
    )
    from nhs_orgs.facts import Fact
    from nhs_orgs.frames.report import CodeLine, Line, MatchReport
    from nhs_orgs.frames.restated import Restated
    from nhs_orgs.lineage import LineageGraph
    from nhs_orgs.names import DatedName
    from nhs_orgs.organisations import (
        CCG,
        ICB,
        ICS,
        PCN,
        PCT,
        SHA,
        STP,
        AreaTeam,
        Body,
        ClinicalCommissioningGroup,
        CommissioningHub,
        CommissioningSupportUnit,
        DateReading,
        GovernmentOfficeRegion,
        GPPractice,
        HealthAuthority,
        HealthBoard,
        IntegratedCareBoard,
        IntegratedCareSystem,
        LocalOffice,
        Organisation,
        Partnership,
        PrimaryCareGroup,
        PrimaryCareNetwork,
        PrimaryCareTrust,
        Region,
        Site,
        StrategicHealthAuthority,
        SubICBLocation,
        SubICBReportingEntity,
        SustainabilityTransformationPartnership,
        Trust,
        TrustForm,
        Unclassified,
    )
    from nhs_orgs.parents import Parent
    from nhs_orgs.period import UNKNOWN, Allen, Period
    from nhs_orgs.places import Place, PlaceName, Stay
    from nhs_orgs.readers import Problem, Reading, read
    from nhs_orgs.records import Record, Relationship
    from nhs_orgs.register import Register, compile, load
    from nhs_orgs.relatives import Family, Relative, Relatives
    from nhs_orgs.resolve import Current, Divided, Ended, NotYetOpen, Outcome, Succeeded, Unknown
    from nhs_orgs.search import Match, Matched
    from nhs_orgs.services import ServiceTransfer
    from nhs_orgs.snapshot import Snapshot
    from nhs_orgs.sources import Citation, Confidence, Source, Statement
    from nhs_orgs.sql import CrosswalkSQL
    from nhs_orgs.store import Edge, Finding
    from nhs_orgs.strangers import Judgement
    from nhs_orgs.trace import Trace
    from nhs_orgs.verdicts import Verdict
    from nhs_orgs.vintages import Odd, Vintage, Vintages

__version__ = "0.1.0"

_ROOMS = {
    "changes": "Change ChangeKind",
    "checks": "check_codes guess_vintage",
    "codes": "OrgCode",
    "column_report": "ColumnFinding ColumnReport Flagged KindCount Standing",
    "coverage": "EndsOfKind",
    "crosswalk": "Crosswalk CrosswalkRow Splits Status Unshared",
    "dates": "PartialDate",
    "errors": (
        "ColumnProblems CurationError DataError InvalidBasis InvalidCode InvalidColumn InvalidDate InvalidFrame "
        "InvalidLevel InvalidPeriod KindNotHeld MissingExtra NHSOrgsError NotOpen OutsideCoverage ReadError "
        "UnknownOrganisation UnknownPlace UnmappedCodes UnusedShares WriteError"
    ),
    "events": "Basis ChangeEvent EventKind EventStatus Extent Fate Participant Share SuccessionEvidence Transfer",
    "facts": "Fact",
    "frames.report": "CodeLine Line MatchReport",
    "frames.restated": "Restated",
    "lineage": "LineageGraph",
    "names": "DatedName",
    "organisations": (
        "AreaTeam Body CCG ClinicalCommissioningGroup CommissioningHub CommissioningSupportUnit DateReading "
        "GPPractice GovernmentOfficeRegion HealthAuthority HealthBoard ICB ICS IntegratedCareBoard "
        "IntegratedCareSystem LocalOffice Organisation PCN PCT Partnership PrimaryCareGroup PrimaryCareNetwork "
        "PrimaryCareTrust Region SHA STP Site StrategicHealthAuthority SubICBLocation SubICBReportingEntity "
        "SustainabilityTransformationPartnership Trust TrustForm Unclassified"
    ),
    "parents": "Parent",
    "period": "Allen Period UNKNOWN",
    "places": "Place PlaceName Stay",
    "readers": "Problem Reading read",
    "records": "Record Relationship",
    "register": "Register compile load",
    "relatives": "Family Relative Relatives",
    "resolve": "Current Divided Ended NotYetOpen Outcome Succeeded Unknown",
    "search": "Match Matched",
    "services": "ServiceTransfer",
    "snapshot": "Snapshot",
    "sources": "Citation Confidence Source Statement",
    "sql": "CrosswalkSQL",
    "store": "Edge Finding",
    "strangers": "Judgement",
    "trace": "Trace",
    "verdicts": "Verdict",
    "vintages": "Odd Vintage Vintages",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = [
    "CCG",
    "ICB",
    "ICS",
    "PCN",
    "PCT",
    "SHA",
    "STP",
    "UNKNOWN",
    "Allen",
    "AreaTeam",
    "Basis",
    "Body",
    "Change",
    "ChangeEvent",
    "ChangeKind",
    "Citation",
    "ClinicalCommissioningGroup",
    "CodeLine",
    "ColumnFinding",
    "ColumnProblems",
    "ColumnReport",
    "CommissioningHub",
    "CommissioningSupportUnit",
    "Confidence",
    "Crosswalk",
    "CrosswalkRow",
    "CrosswalkSQL",
    "CurationError",
    "Current",
    "DataError",
    "DateReading",
    "DatedName",
    "Divided",
    "Edge",
    "Ended",
    "EndsOfKind",
    "EventKind",
    "EventStatus",
    "Extent",
    "Fact",
    "Family",
    "Fate",
    "Finding",
    "Flagged",
    "GPPractice",
    "GovernmentOfficeRegion",
    "HealthAuthority",
    "HealthBoard",
    "IntegratedCareBoard",
    "IntegratedCareSystem",
    "InvalidBasis",
    "InvalidCode",
    "InvalidColumn",
    "InvalidDate",
    "InvalidFrame",
    "InvalidLevel",
    "InvalidPeriod",
    "Judgement",
    "KindCount",
    "KindNotHeld",
    "Line",
    "LineageGraph",
    "LocalOffice",
    "Match",
    "MatchReport",
    "Matched",
    "MissingExtra",
    "NHSOrgsError",
    "NotOpen",
    "NotYetOpen",
    "Odd",
    "OrgCode",
    "Organisation",
    "Outcome",
    "OutsideCoverage",
    "Parent",
    "PartialDate",
    "Participant",
    "Partnership",
    "Period",
    "Place",
    "PlaceName",
    "PrimaryCareGroup",
    "PrimaryCareNetwork",
    "PrimaryCareTrust",
    "Problem",
    "ReadError",
    "Reading",
    "Record",
    "Region",
    "Register",
    "Relationship",
    "Relative",
    "Relatives",
    "Restated",
    "ServiceTransfer",
    "Share",
    "Site",
    "Snapshot",
    "Source",
    "Splits",
    "Standing",
    "Statement",
    "Status",
    "Stay",
    "StrategicHealthAuthority",
    "SubICBLocation",
    "SubICBReportingEntity",
    "Succeeded",
    "SuccessionEvidence",
    "SustainabilityTransformationPartnership",
    "Trace",
    "Transfer",
    "Trust",
    "TrustForm",
    "Unclassified",
    "Unknown",
    "UnknownOrganisation",
    "UnknownPlace",
    "UnmappedCodes",
    "Unshared",
    "UnusedShares",
    "Verdict",
    "Vintage",
    "Vintages",
    "WriteError",
    "__version__",
    "check_codes",
    "compile",
    "guess_vintage",
    "load",
    "read",
]


if not TYPE_CHECKING:  # hidden from checkers, who would otherwise take any misspelt name for an object

    def __getattr__(name: str) -> object:
        """Load the room that `name` lives in, and keep the name: the next look-up is a plain one."""
        room = _ROOM_OF.get(name)
        if room is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{room}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """The public names, and only those: what a notebook's tab key offers."""
    return __all__
