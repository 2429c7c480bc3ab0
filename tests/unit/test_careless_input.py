"""Careless and hostile input through the front door: the library's error or the right answer, and nothing changed."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest
from rows import compiled, listed

import nhs_orgs as nhs
from nhs_orgs.compiler import read_curation
from nhs_orgs.errors import CurationError, DataError, NHSOrgsError, ReadError

REGISTER = nhs.load()
BODY = "{id: a, name: A, kind: b, citations: [order]}"
CITATION = "citations: [{id: order, publisher: The Stationery Office, title: An order}]\n"


@pytest.mark.parametrize("code", [None, float("nan"), 0, 50.0, b"RRE", ["RRE"]])
def test_what_is_no_text_is_an_unknown_organisation(code: str) -> None:
    """An empty cell or a number gives the library's error, and `get` its default."""
    for ask in (REGISTER.__getitem__, REGISTER.eras, REGISTER.on("2018-06-01").__getitem__):
        with pytest.raises(nhs.UnknownOrganisation):
            ask(code)
    with pytest.raises(nhs.UnknownOrganisation):
        REGISTER.resolve(code, on="2018-06-01")
    assert REGISTER.get(code) is None


@pytest.mark.parametrize("code", ["rre", " RRE ", "RRE\u200b", "\u00a0rre"])
def test_a_code_may_be_spelt_carelessly(code: str) -> None:
    """Blanks, invisible ones too, and small letters do not matter at any door."""
    assert code in REGISTER
    assert REGISTER[code].code == "RRE"
    assert REGISTER.resolve(code, on="2026-04-01").codes == ("RRE",)
    snapshot = REGISTER.on("2026-04-01")
    assert code in snapshot
    assert snapshot[code].code == "RRE"


def test_a_key_may_be_spelt_carelessly() -> None:
    """So may the code of an era's key."""
    assert REGISTER.resolve("rre@2001-04-01", on="2026-04-01").codes == ("RRE",)
    assert REGISTER.lineage.successors(" rre@2001-04-01").codes == ("RRE",)


@pytest.mark.parametrize(("damaged", "before"), [("1H", "01H"), ("5.00E+01", "5E1"), ("2Q", "02Q")])
def test_a_damaged_code_is_told_what_it_may_have_been(damaged: str, before: str) -> None:
    """A miss that a spreadsheet may have made names the code first."""
    with pytest.raises(nhs.UnknownOrganisation) as caught:
        REGISTER[damaged]
    assert caught.value.near[:1] == (before,)


def test_a_long_text_is_not_repeated_in_full() -> None:
    """An error stays readable."""
    with pytest.raises(nhs.UnknownOrganisation) as caught:
        REGISTER["R" * 100_000]
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "error",
    [
        nhs.UnknownOrganisation("RZZ", ("RRE",)),
        nhs.InvalidDate("soon", "a day"),
        nhs.InvalidCode(5.0, "a number", ("5E1",)),
        nhs.OutsideCoverage("1900-01-01", "since 1991"),
        nhs.KindNotHeld(("GPPractice",), "2026"),
        nhs.InvalidLevel("Site", ("Trust",), "2026-04-01", ("Region",)),
        ReadError("etr.csv", "empty", "Fetch it again."),
        CurationError("a.yaml", "x", "id", "is used twice"),
        DataError("register", "damaged"),
    ],
)
def test_every_error_crosses_processes(error: NHSOrgsError) -> None:
    """Copied or pickled, an error keeps its kind, its sentence and its data."""
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own bytes
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert again.__dict__ == error.__dict__


def test_answers_can_be_kept() -> None:
    """Outcomes and traces are hashable; a register that was asked can be pickled."""
    trace = REGISTER.lineage.trace("R1E", to="2026-04-01")
    assert len({trace, REGISTER.lineage.trace("R1E", to="2026-04-01")}) == 1
    assert hash(REGISTER.resolve("RW6", on="2026-04-01"))
    again = pickle.loads(pickle.dumps(REGISTER.resolve("RW6", on="2026-04-01")))  # noqa: S301 - our own bytes
    assert again.codes == ("R0A", "RM3")


def test_what_is_handed_out_changes_nothing() -> None:
    """Neither a changed manifest nor a changed snapshot reaches the register."""
    REGISTER.manifest["counts"]["records"] = 0
    assert REGISTER.manifest["counts"]["records"] == len(REGISTER)
    REGISTER.current.day = nhs.load().release.earliest.replace(year=1999)
    assert REGISTER.current.day == REGISTER.release.latest


def test_a_register_is_what_was_verified(tmp_path: Path) -> None:
    """Files that change after a folder was opened do not reach it."""
    folder = tmp_path / "register"
    compiled(listed("RRE", "2018-06-01", by="etr@2026-07-31")).write(folder, command="a test")
    opened = nhs.load(folder)
    for file in folder.iterdir():
        file.write_bytes(b"")
    assert opened["RRE"].code == "RRE"
    with pytest.raises(DataError):
        nhs.load(folder)


@pytest.mark.parametrize("manifest", [b'{"schema":1}', b'{"schema":1,"files":[]}', b"[" * 100_000, b"\xff"])
def test_a_damaged_manifest_is_told(tmp_path: Path, manifest: bytes) -> None:
    """Whatever is wrong with it, the folder is named."""
    for name in ("records.jsonl", "sites.jsonl", "bodies.jsonl", "events.jsonl", "sources.json"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "manifest.json").write_bytes(manifest)
    with pytest.raises(DataError):
        nhs.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("names: []\nnames: []\n", "twice"),
        ("names: [{code: RAA, code: RBB, name: A, citations: [order], confidence: low}]\n", "twice"),
        ("events: 5\n", "list"),
        ("names: [{code: RAA, since: 2018-02-30}]\n", "day"),
        ("names: [{code: RAA, name: A, since: '2019', until: '2018', citations: [order], confidence: low}]\n", "after"),
        ("bodies: [{id: 'a\tb', name: A, kind: council, citations: [order]}]\n", "pattern"),
        (
            "bodies: [{id: a, name: A, kind: b, citations: [order]}, {id: a, name: A, kind: b, citations: [order]}]",
            "two",
        ),
        (f"events: {'[' * 600}\n", "YAML"),
    ],
)
def test_a_curated_file_that_would_lose_something_is_refused(tmp_path: Path, text: str, what: str) -> None:
    """Keys that stand twice, lists that are none, impossible days, ids that break a line: each is named."""
    (tmp_path / "a.yaml").write_text(CITATION + text, encoding="utf-8")
    with pytest.raises(CurationError, match=what):
        read_curation(tmp_path)


EVENT = (
    "{id: e, kind: closure, effective: '2018-04-01', narrative: It closed., confidence: low, citations: [order], %s}"
)


@pytest.mark.parametrize("field", ["befores: [{body: nobody, fate: ends}]", "completes: [nothing]", "completes: [e]"])
def test_a_reference_to_nothing_is_refused(tmp_path: Path, field: str) -> None:
    """A body that nobody declared, or an event that is not there, stops the compilation."""
    (tmp_path / "a.yaml").write_text(f"{CITATION}events: [{EVENT % field}]\n", encoding="utf-8")
    with pytest.raises(CurationError):
        read_curation(tmp_path)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A folder of that name, other encodings and a name that is too long are errors of the library."""
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(ReadError):
        read_curation(tmp_path)
    (tmp_path / "a.yaml").rmdir()
    (tmp_path / "a.yaml").write_bytes("names: []".encode("utf-16"))
    with pytest.raises(ReadError):
        read_curation(tmp_path)
    for read in (read_curation, nhs.read):
        with pytest.raises(ReadError):
            read("x" * 5000)
