"""The built wheel works by itself, with the checkout out of reach."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="the wheel is built with hatchling, of the 'test' extra"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the contents of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_wheel_answers_from_its_own_data(installed: Path) -> None:
    """The bundled register is in the wheel and answers, with no file of the checkout in sight."""
    code = "import nhs_orgs; print(nhs_orgs.__file__); print(nhs_orgs.load().on('2018-06-01')['RRE'].name)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    file, name = run.stdout.splitlines()
    assert Path(file).is_relative_to(installed)
    assert name == "Midlands Partnership NHS Foundation Trust"


def test_the_wheel_has_its_types_and_licences_and_nothing_else(installed: Path) -> None:
    """The wheel carries the marker of its types and both licences, and no tests."""
    files = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert "nhs_orgs/py.typed" in files
    assert {"LICENSE", "LICENCE-DATA.md"} <= {Path(file).name for file in files if "/licenses/" in file}
    assert {file.partition("/")[0].partition("-")[0] for file in files} == {"nhs_orgs"}


def test_the_wheel_carries_the_whole_package(installed: Path) -> None:
    """Every file of the package in the checkout is in the wheel, byte for byte."""
    source = ROOT / "src" / "nhs_orgs"
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert (installed / "nhs_orgs" / path.relative_to(source)).read_bytes() == path.read_bytes()
