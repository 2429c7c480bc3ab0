"""A register on disk is what was written; anything else is refused, in words that name the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from rows import follows, listed, store

import nhs_orgs as nhs
from nhs_orgs.archive import SCHEMA, open_archive, write_archive
from nhs_orgs.compiler import read_curation
from nhs_orgs.errors import DataError
from nhs_orgs.readers.base import Row
from nhs_orgs.sources import Confidence
from nhs_orgs.store import Store

CURATED = """
citations:
  - {id: order, publisher: The Stationery Office, title: An order, published: "2018-05",
     url: "https://example.org/order", note: What matters.}
  - {id: paper, publisher: A newspaper, title: A report}
bodies:
  - {id: stoke-council, name: Stoke-on-Trent City Council, kind: council, citations: [paper]}
names:
  - {code: RAA, name: A Name, until: "2010-03-31", citations: [paper], confidence: low}
confirmations:
  - {ends: [MH3], effective: "1995-04-01", citations: [paper], confidence: medium}
events:
  - id: an-event
    kind: split
    status: completed
    announced: "2017"
    announced_as: merger
    mechanism: An order
    legal: "2018-06-02"
    effective: "2018-06-01"
    befores: [{code: RAA, fate: ends}, {code: RBB, fate: continues}]
    afters: [{code: RBB, fate: continues, new_era: true}, {body: stoke-council, fate: gains}]
    transfers:
      - {from: RAA, to: RBB, extent: part, shares: [{share: 0.25, basis: beds}],
         services: [beds], sites: [RAA01], note: N}
      - {from: RAA, to: "body:stoke-council", extent: part}
    completes: [another-event]
    narrative: Words.
    confidence: medium
    citations: [order, paper]
    conflicts: Some disagree.
  - id: another-event
    kind: closure
    effective: 2013-10-31/2015-01-01
    befores: [{code: RCC, fate: ends}]
    nothing_followed: true
    narrative: It closed.
    confidence: high
    citations: [order]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small register with something of every sort in it."""
    curated = tmp_path_factory.mktemp("curated")
    (curated / "all.yaml").write_text(CURATED, encoding="utf-8")
    rows: list[Row] = [
        listed("RAA", "1994-04-01", "2018-05-31", name="ALL CAPITALS NHS TRUST", operational="1994-04-01/2014-10-31"),
        listed("RBB", "1994-04-01", region="Y60", government_region="W", foundation_start=date(2004, 8, 1)),
        listed("RCC", by="trust-names-incl-closed@2012-02", name="Someone"),
        listed("RBB01", "2001-04-01", by="ets@2023-05", parent="RBB"),
        listed("QNC", "2017-04-01", by="commissioner-records@2026-01-02", roles=["RO262", "RO318"]),
        follows("RAA", "RBB", "2018-06-01"),
        follows("MH3", "RBB", "1995-04-01"),
        follows("RBB", "RBB", "1995-04-01"),
    ]
    return store(*rows, curation=read_curation(curated))


@pytest.fixture
def folder(made: Store, tmp_path: Path) -> Path:
    """The register, written."""
    write_archive(made, tmp_path / "register", command="made by a test", curation={"all.yaml": "0"})
    return tmp_path / "register"


def test_records_come_back(made: Store, folder: Path) -> None:
    """Every record has every statement with every source."""
    opened = open_archive(folder, verify=True).store
    assert dict(opened.records) == dict(made.records)
    assert dict(opened.sources) == dict(made.sources)


def test_bodies_come_back(made: Store, folder: Path) -> None:
    """Every era has its kind, period, names and what its kind adds; bodies outside the register too."""
    opened = open_archive(folder, verify=True).store
    assert set(opened.organisations) == set(made.organisations)
    for key, body in made.organisations.items():
        assert opened.organisations[key].kind is body.kind
        assert {f.name: getattr(opened.organisations[key], f.name) for f in fields(body)} == {
            f.name: getattr(body, f.name) for f in fields(body)
        }
    assert dict(opened.eras) == dict(made.eras)


def test_events_come_back(made: Store, folder: Path) -> None:
    """Every event says all that it said."""
    opened = open_archive(folder, verify=True).store
    assert list(opened.events.values()) == list(made.events.values())
    sure = {part.code: part.confidence for event in opened.events.values() for part in event.befores}
    assert (sure["MH3"], sure["RCC"]) == (Confidence.MEDIUM, None)
    assert opened.edges == made.edges
    assert dict(opened.events_of) == dict(made.events_of)


def test_the_rest_comes_back(made: Store, folder: Path) -> None:
    """Findings, coverage, release and what was last seen of each kind are kept."""
    archive = open_archive(folder, verify=True)
    opened = archive.store
    assert opened.findings == made.findings
    assert (opened.covers, opened.release, dict(opened.known_until)) == (
        made.covers,
        made.release,
        dict(made.known_until),
    )
    assert archive.manifest["command"] == "made by a test"
    assert archive.manifest["curation"] == {"all.yaml": "0"}
    assert archive.manifest["counts"] == {
        "records": 6,
        "organisations": len(made.organisations),
        "events": len(made.events),
    }


def test_look_ups_agree(made: Store, folder: Path) -> None:
    """Names and kinds found without making every body are those of the bodies."""
    opened = open_archive(folder, verify=True).store
    for sites in (False, True):
        found, expected = ({named.key: named for named in one.named(sites=sites)} for one in (opened, made))
        assert found == expected
        assert found
    for kind in ("Trust", "Site", "Body", "IntegratedCareBoard", "PrimaryCareTrust"):
        assert set(opened.keys_of_kind(kind)) == set(made.keys_of_kind(kind))


def test_it_can_be_loaded(folder: Path) -> None:
    """The front door opens a folder like the bundled register, afresh each time: it may have been written again."""
    register = nhs.load(folder)
    assert register["RAA"].code == "RAA"
    assert register is not nhs.load(folder)
    assert nhs.load() is nhs.load()
    with pytest.raises(KeyError):
        register.event("no-such-event")


def test_a_miss_is_a_key_error(folder: Path) -> None:
    """Mappings of an opened register miss as mappings do."""
    opened = open_archive(folder, verify=True).store
    for mapping in (opened.records, opened.organisations, opened.events, opened.eras):
        assert "XXX" not in mapping
        with pytest.raises(KeyError):
            mapping["XXX"]
    with pytest.raises(KeyError):
        opened.organisations["RAA@1900-01-01"]


def cut(name: str) -> Callable[[Path], None]:
    """Cut a file short."""

    def harm(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes()[:-9])

    return harm


def remove(name: str) -> Callable[[Path], None]:
    """Remove a file."""
    return lambda folder: (folder / name).unlink()


def write(name: str, content: bytes) -> Callable[[Path], None]:
    """Put something else there."""

    def harm(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return harm


def change(key: str, value: object) -> Callable[[Path], None]:
    """Change the manifest."""

    def harm(folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        (folder / "manifest.json").write_text(json.dumps({**manifest, key: value}), encoding="utf-8")

    return harm


@pytest.mark.parametrize(
    ("harm", "place", "why"),
    [
        (cut("records.jsonl"), "records.jsonl", "checksum"),
        (cut("events.jsonl"), "events.jsonl", "checksum"),
        (remove("sites.jsonl"), "sites.jsonl", "cannot be read"),
        (remove("manifest.json"), "manifest.json", "cannot be read"),
        (write("manifest.json", b"\xff\xfe not text"), "manifest.json", "cannot be read"),
        (write("manifest.json", b"[]"), "manifest.json", f"not a register of schema {SCHEMA}"),
        (change("schema", 99), "manifest.json", f"not a register of schema {SCHEMA}"),
        (change("covers", "yesterday"), "register", "cannot be decoded"),
        (change("findings", [["short"]]), "register", "cannot be decoded"),
        (change("known_until", []), "register", "cannot be decoded"),
    ],
)
def test_a_damaged_register_is_refused(folder: Path, harm: Callable[[Path], None], place: str, why: str) -> None:
    """The error names the file that is damaged, and what to do."""
    harm(folder)
    with pytest.raises(DataError) as caught:
        open_archive(folder, verify=True)
    assert place in caught.value.path
    assert why in caught.value.why
    assert "Compile the register again" in str(caught.value)


def test_a_folder_that_is_no_register(tmp_path: Path) -> None:
    """A folder of something else is refused by the front door too."""
    with pytest.raises(DataError, match=r"manifest\.json"):
        nhs.load(tmp_path)


def test_damage_that_is_met_later(folder: Path) -> None:
    """Without checking, a file that is gone is told when it is wanted."""
    opened = open_archive(folder, verify=False).store
    (folder / "records.jsonl").unlink()
    with pytest.raises(DataError, match=r"records\.jsonl"):
        list(opened.records)


def test_the_same_register_is_the_same_bytes(made: Store, folder: Path, tmp_path: Path) -> None:
    """Written twice, and written again after reading, every file is the same."""
    opened = open_archive(folder, verify=True).store
    for name, content in (("again", made), ("back", opened)):
        write_archive(content, tmp_path / name, command="made by a test", curation={"all.yaml": "0"})
        for file in folder.iterdir():
            assert (tmp_path / name / file.name).read_bytes() == file.read_bytes(), file.name
