"""The bundled register is what its own record says it is: the same inputs and the same command make the same bytes."""

from __future__ import annotations

import hashlib
import json
import shlex
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import nhs_orgs as nhs
from nhs_orgs.compiler import bundled as curated

BUNDLED = resources.files("nhs_orgs.data").joinpath("register")
FILES = (
    "bodies.jsonl",
    "events.jsonl",
    "facts.jsonl",
    "manifest.json",
    "places.jsonl",
    "records.jsonl",
    "sites.jsonl",
    "sources.json",
)


def bundled(name: str) -> bytes:
    """A file of the bundled register."""
    return BUNDLED.joinpath(name).read_bytes()


def checksum(content: bytes) -> str:
    """As manifests write it."""
    return hashlib.sha256(content).hexdigest()


def differing(folder: Path) -> list[str]:
    """Files of a folder that are not those of the bundled register, byte for byte."""
    assert {file.name for file in folder.iterdir()} == set(FILES)
    return [name for name in FILES if (folder / name).read_bytes() != bundled(name)]


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """How the bundled register was made."""
    found: dict[str, Any] = json.loads(bundled("manifest.json"))
    return found


@pytest.fixture
def inputs(manifest: dict[str, Any], sources_folder: Path) -> nhs.Reading:
    """Everything in the folder of sources; skips if those are not the files that the register was made of."""
    reading = nhs.read(sources_folder)
    here = {source.path: source.sha256 for source in reading.sources}
    then = {source["path"]: source["sha256"] for source in manifest["inputs"]}
    if here != then:
        different = sorted(path for path in {*here, *then} if here.get(path) != then.get(path))
        pytest.skip(f"not the files that the bundled register was made of: {', '.join(different)}")
    return reading


def left_out(command: str) -> list[str]:
    """The kinds that a `nhs-orgs compile` command leaves out."""
    words = shlex.split(command)
    assert words[:2] == ["nhs-orgs", "compile"]
    return [kind for option, kind in pairwise(words) if option == "--leave-out"]


@pytest.mark.slow
@pytest.mark.no_cover  # the compiler has tests of its own; traced, this one takes minutes
def test_the_same_inputs_make_the_same_bytes(manifest: dict[str, Any], inputs: nhs.Reading, tmp_path: Path) -> None:
    """Compiled again by the recorded command from the recorded inputs, every file is the same, byte for byte."""
    command = manifest["command"]
    nhs.compile(inputs, leave_out=left_out(command)).write(tmp_path, command=command)
    assert differing(tmp_path) == []


@pytest.mark.slow
@pytest.mark.no_cover  # the compiler has tests of its own; traced, this one takes minutes
def test_written_back_it_is_the_same(manifest: dict[str, Any], register: nhs.Register, tmp_path: Path) -> None:
    """A register that was opened is written as it was: nothing is lost by reading it."""
    register.write(tmp_path, command=manifest["command"])
    assert differing(tmp_path) == []


def test_the_files_are_those_of_the_manifest(manifest: dict[str, Any]) -> None:
    """The checksum of each file is the recorded one."""
    assert {name: checksum(bundled(name)) for name in FILES if name != "manifest.json"} == manifest["files"]


def test_the_curated_files_are_those_of_the_manifest(manifest: dict[str, Any]) -> None:
    """The register was made with the curated files that come with it: after a change there it is compiled again."""
    assert {name: checksum(text.encode()) for name, text in curated().files} == manifest["curation"]


def test_the_inputs_are_recorded(manifest: dict[str, Any]) -> None:
    """Every input is recorded with its path in the folder, its as-at date and its checksum."""
    assert manifest["inputs"]
    for source in manifest["inputs"]:
        assert not Path(source["path"]).is_absolute()
        assert len(source["sha256"]) == 64
        assert str(nhs.PartialDate.from_text(source["as_at"])) == source["as_at"]
