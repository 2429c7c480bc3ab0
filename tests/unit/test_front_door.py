"""The front door: every public name, nothing loaded before it is used."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import pkgutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import nhs_orgs
from nhs_orgs import errors, organisations

HEAVY = {
    "pydantic",
    "networkx",
    "numpy",
    "narwhals",
    "pandas",
    "polars",
    "rapidfuzz",
    "typer",
    "rich",
    "yaml",
    "dateutil",
}


def fresh(code: str) -> str:
    """What an interpreter of its own prints when it runs `code`."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def seconds(code: str) -> float:
    """How long an interpreter of its own takes from start to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def test_import_loads_nothing_heavy() -> None:
    """Importing the package loads none of its rooms and none of its dependencies."""
    loaded = fresh("import sys, nhs_orgs; print(*sys.modules)").split()
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert [name for name in loaded if name.startswith("nhs_orgs")] == ["nhs_orgs"]


def test_the_list_of_heavy_modules_is_alive() -> None:
    """What the package must not load is what its rooms do load, so the test above can fail."""
    loaded = fresh(
        "import sys, nhs_orgs; nhs_orgs.load().find('x'); nhs_orgs.load().lineage.graph; print(*sys.modules)"
    ).split()
    assert {"networkx", "rapidfuzz"} <= set(loaded)


def test_import_costs_at_most_twice_a_bare_interpreter() -> None:
    """The whole process that imports the package takes at most twice as long as one that does nothing."""
    bare, ours = [], []
    for _ in range(9):  # in turn, so that a busy moment of the machine slows both; the fastest of each counts
        bare.append(seconds("pass"))
        ours.append(seconds("import nhs_orgs"))
    assert min(ours) <= 2 * min(bare)


@pytest.mark.parametrize("name", nhs_orgs.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name of ``__all__`` can be had, and is then kept in the package."""
    value = getattr(nhs_orgs, name)
    assert vars(nhs_orgs)[name] is value


def test_completion_offers_the_public_names_alone() -> None:
    """``dir`` gives ``__all__``: no room, no private name."""
    assert dir(nhs_orgs) == sorted(nhs_orgs.__all__)


def test_checkers_and_interpreter_see_the_same_names() -> None:
    """What type checkers import is what the rooms give at run time, and both are ``__all__``."""
    tree = ast.parse(Path(nhs_orgs.__file__).read_text(encoding="utf-8"))
    declared = {
        alias.name: (node.module or "").removeprefix("nhs_orgs.")
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert declared == nhs_orgs._ROOM_OF
    assert {*declared, "__version__"} == set(nhs_orgs.__all__)


def test_every_error_and_every_kind_is_public() -> None:
    """Whatever can be raised can be caught, and whatever kind is asked for can be named, by the front door."""
    assert set(errors.__all__) <= set(nhs_orgs.__all__)
    assert set(organisations.KINDS) <= set(nhs_orgs.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """A misspelt name gives Python's usual error, with the name in it."""
    with pytest.raises(AttributeError, match=r"module 'nhs_orgs' has no attribute 'lode'"):
        _ = nhs_orgs.lode  # type: ignore[attr-defined]


def test_no_room_hides_a_public_name() -> None:
    """Importing every module leaves the public names what they were: no module is called as one of them."""
    before = {name: getattr(nhs_orgs, name) for name in nhs_orgs.__all__}
    rooms = [room.name for room in pkgutil.walk_packages(nhs_orgs.__path__, "nhs_orgs.") if "__main__" not in room.name]
    for room in rooms:
        importlib.import_module(room)
    assert {name: getattr(nhs_orgs, name) for name in nhs_orgs.__all__} == before
    assert callable(nhs_orgs.compile)


def test_the_version_is_the_installed_one() -> None:
    """``__version__`` is what the package index would call this release."""
    assert nhs_orgs.__version__ == importlib.metadata.version("nhs-orgs")
