"""The house rules that a machine can hold: sizes, doors, and who may know what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import nhs_orgs

PACKAGE = Path(nhs_orgs.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 40

OPTIONAL = {
    "filelock": (),
    "httpx": (),
    "matplotlib": ("plot.py",),
    "platformdirs": (),
    "python_calamine": ("readers", "compiler"),
    "rich": ("cli",),
    "stamina": (),
    "typer": ("cli",),
    "yaml": ("compiler",),
}
"""What the extras bring, and the rooms that may use it."""

LAZY = {"networkx", "rapidfuzz", "dateutil"}
"""Core dependencies that are imported where they are used, never with their module."""


def tree(module: Path) -> ast.Module:
    """The module, parsed."""
    return ast.parse(module.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> Iterator[str]:
    """Top-level names of the packages that an import statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        yield (node.module or "").partition(".")[0]


def module_level(module: ast.Module) -> Iterator[ast.AST]:
    """Every statement that runs when the module is imported: not those in functions, nor those for checkers."""
    waiting: list[ast.AST] = list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def named(module: Path) -> str:
    """The module's path inside the package, as a test id."""
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_modules_and_functions_stay_small(module: Path) -> None:
    """No module passes 400 lines, and no function 40."""
    assert len(module.read_text(encoding="utf-8").splitlines()) < MOST_LINES_OF_A_MODULE
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_modules_open_with_a_sentence_and_name_what_they_offer(module: Path) -> None:
    """Each module has a docstring and an ``__all__``."""
    parsed = tree(module)
    assert ast.get_docstring(parsed)
    assigned = {ast.unparse(target) for node in parsed.body if isinstance(node, ast.Assign) for target in node.targets}
    assert "__all__" in assigned


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_extras_are_used_only_in_their_rooms(module: Path) -> None:
    """What an extra brings is imported only in the rooms that the extra is for."""
    room = module.relative_to(PACKAGE).parts[0]
    used = {name for node in ast.walk(tree(module)) for name in imported(node)}
    assert {name for name in used & OPTIONAL.keys() if room not in OPTIONAL[name]} == set()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_slow_dependencies_are_imported_where_they_are_used(module: Path) -> None:
    """The graph, the name matcher and the lenient dates load when a question needs them."""
    used = {name for node in module_level(tree(module)) for name in imported(node)}
    assert used & LAZY == set()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_no_module_goes_in_by_the_front_door(module: Path) -> None:
    """Modules import from the rooms below them, never from the package itself, which is above all of them."""
    through_the_door = {
        alias.name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom) and node.module == "nhs_orgs"
        for alias in node.names
        if alias.name in set(nhs_orgs.__all__) - {"__version__"}
    }
    assert through_the_door == set()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_nothing_reads_the_clock(module: Path) -> None:
    """No module asks for today's date: a question about a day says which."""
    asked = {ast.unparse(node.func) for node in ast.walk(tree(module)) if isinstance(node, ast.Call)}
    assert {call for call in asked if call.endswith((".today", ".now", ".utcnow", "time.time"))} == set()
