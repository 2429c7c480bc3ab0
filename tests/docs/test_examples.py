"""The examples run on the extracts beside them, print what they should, and are the same as the notebooks."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="the examples draw with the 'plot' extra")
pytest.importorskip("pandas", reason="the examples restate frames of pandas, of the 'test' extra")
pytest.importorskip("polars", reason="the examples restate frames of polars, of the 'test' extra")

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
DRAWN = {"accident_and_emergency": "159 rows", "beds": "153 rows"}
"""Scripts that draw, and how many rows their extract has."""
DOUBTFUL = 80_000
"""Bytes of a picture that would be too large for a page."""


def run(script: str, *arguments: str) -> str:
    """What a script prints, in an interpreter of its own and with every warning an error."""
    command = [sys.executable, "-W", "error", str(EXAMPLES / f"{script}.py"), *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The examples can be imported, as from their own folder; what is drawn goes to no screen."""
    from matplotlib import pyplot as plt

    monkeypatch.syspath_prepend(str(EXAMPLES))
    plt.switch_backend("Agg")
    known = set(sys.modules)
    yield
    plt.close("all")
    for name in set(sys.modules) - known:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(EXAMPLES)):
            del sys.modules[name]


def module(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize("script", DRAWN)
def test_a_series_is_restated_and_drawn(script: str, tmp_path: Path) -> None:
    """The script prints the report and totals that stayed, and writes a picture of a size for a page."""
    picture = tmp_path / "plot.png"
    printed = run(script, "--output", str(picture))
    assert f"Restated to 2026-04-01: {DRAWN[script]}" in printed
    assert "approximate by floor area" in printed
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert 10_000 < picture.stat().st_size < DOUBTFUL


@pytest.mark.slow
@pytest.mark.parametrize("script", DRAWN)
def test_a_whole_series_is_restated_and_drawn(script: str, sources_folder: Path, tmp_path: Path) -> None:
    """With `--source` the script takes every published figure."""
    printed = run(script, "--source", str(sources_folder / "demo"), "--output", str(tmp_path / "plot.png"))
    (rows,) = re.findall(r"^Restated to 2026-04-01: ([\d,]+) rows", printed, re.MULTILINE)
    assert int(rows.replace(",", "")) > 5_000
    assert "NAN" not in printed


def test_a_folder_without_the_series_is_refused(tmp_path: Path) -> None:
    """A folder that holds no such figures ends the script with a line that says which columns it wants."""
    (tmp_path / "other.csv").write_text("code,beds\nRAJ,1\n", encoding="utf-8")
    command = [sys.executable, str(EXAMPLES / "beds.py"), "--source", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("has the columns org_code, period and kh03_avail_ga_avg_beds\n")


@pytest.fixture
def drawn(beside: None) -> tuple[Any, Any]:  # noqa: ARG001 - the examples can be imported
    """Beds by trust, restated, and the drawing of them."""
    import polars as pl

    import nhs_orgs as nhs

    beds, panels = module("beds"), module("panels")
    rows = panels.read_extract("beds.csv")
    frame = pl.DataFrame(rows, schema=["org_code", "period", "beds"], orient="row")
    crosswalk = nhs.load().crosswalk(to=beds.TO, splits="divide")
    restated = crosswalk.apply(frame, code="org_code", on="period", values="beds").frame
    return restated, beds.drawing(rows, restated)


def test_a_plot_has_the_jump_before_and_none_after(drawn: tuple[Any, Any]) -> None:
    """What is drawn of Mid and South Essex triples at the merger as published, and hardly moves restated."""
    restated, figure = drawn
    left, right, *_ = figure.axes
    assert [left.get_ylabel(), right.get_title(loc="left")] == ["Beds", "restated on the trusts of 1 April 2026"]
    assert figure.get_suptitle() == "Beds jump when trusts merge; restated, they do not"
    published, whole = (list(axes.lines[0].get_ydata()) for axes in (left, right))
    merger = 8  # quarters of two years
    assert published[merger] / published[merger - 1] > 3
    assert 0.95 < whole[merger] / whole[merger - 1] < 1.05
    parts = module("panels").in_parts(restated.to_dicts(), "beds")["RM3"]
    exact, rough = zip(*parts.values(), strict=True)
    assert sum(exact) > sum(rough) > 0


def test_no_label_touches_the_axis_at_its_left(drawn: tuple[Any, Any]) -> None:
    """Between each label and the line on its left there is room."""
    _, figure = drawn
    figure.canvas.draw()
    room = [text.get_window_extent().x0 - axes.get_window_extent().x0 for axes in figure.axes for text in axes.texts]
    assert len(room) > len(figure.axes)
    assert min(room) > 5


def test_the_picture_in_the_documentation_is_this_drawing(drawn: tuple[Any, Any]) -> None:
    """The picture of the tutorial says what the example draws today, and is small enough for a page."""
    from PIL import Image

    panels = module("panels")
    path = EXAMPLES.parent / "docs" / "assets" / "beds.png"
    with Image.open(path) as picture:
        assert picture.info[panels.SAYS] == panels.digest(drawn[1])
    assert path.stat().st_size < DOUBTFUL


@pytest.fixture(scope="module")
def printed() -> str:
    """What the example of commissioners prints."""
    return run("commissioners")


def test_groups_are_restated_on_boards(printed: str) -> None:
    """Every patient has a board, the divided groups are named, and what is approximate is marked."""
    assert "patients: total 21,701,408, 100.0% with a target, 10.7% approximate" in printed
    divided = re.findall(r"^  (\w{3}) +[\d,]+ patients, among", printed, re.MULTILINE)
    assert divided == ["10C", "99M", "10G", "10T", "11C", "15D"]
    by_register, by_own = printed.split("By the shares in the register")[1].split("By shares of one's own")
    assert [line.count("~") for line in by_register.splitlines()[1:4]] == [3, 3, 3]
    # By one's own table whole groups go to Thames Valley; that rests on the table, since no event says it.
    assert [line.count("~") for line in by_own.splitlines()[1:4]] == [3, 3, 3]


@pytest.mark.parametrize("by", ["register", "own"])
def test_patients_of_the_boards_are_those_of_the_groups(by: str, printed: str) -> None:
    """The three boards together have as many patients on each day as the groups of that day, up to rounding."""
    title = {"register": "By the shares in the register", "own": "By shares of one's own"}[by]
    boards = printed.split(title)[1].splitlines()[1:4]
    (published,) = re.findall(r"^All, as published(.*)$", printed, re.MULTILINE)
    figures = [[int(one.replace(",", "")) for one in re.findall(r"\d,[\d,]+", line)] for line in boards]
    for whole, parts in zip(re.findall(r"[\d,]+", published), zip(*figures, strict=True), strict=True):
        assert abs(int(whole.replace(",", "")) - sum(parts)) <= 2


@pytest.mark.usefixtures("beside")
def test_what_a_dictionary_loses() -> None:
    """The dictionary loses what it forgot, and divides without a measure or a date; the library does neither."""
    by_hand = module("by_hand")
    beds = {one.question: (one.by_hand, one.library) for one in by_hand.beds()}
    (total,) = (both for question, both in beds.items() if question.startswith("all quarters"))
    assert total[0] < 0.98 * total[1]
    assert total[1] == pytest.approx(by_hand.table("beds.csv")["figure"].sum())
    assert beds["beds of RW6 that Manchester gets, 2021-22 Q1"] == (pytest.approx(377.6), 0)
    half, share = beds["beds of RW6 that Manchester gets, 2018-19 Q1"]
    assert (half, share) == (pytest.approx(539.6), pytest.approx(0.3853 * 1079.2, rel=1e-3))

    attendances = {one.question: one for one in by_hand.attendances()}
    growth = attendances["growth of RRK from 2015-16 Q2 to 2019-20 Q3, per cent"]
    assert growth.by_hand > 290
    assert growth.library < 20
    assert attendances["pairs of codes reported side by side after their merger"].library == 1
    assert attendances["attendances of RTV given to RW4"].library == 0

    everyone, _ = by_hand.patients()
    assert everyone.library == by_hand.table("registered_patients.csv")["figure"].sum()
    assert everyone.by_hand < 0.98 * everyone.library
    assert "9D may have been 09D" in everyone.remark


@pytest.mark.usefixtures("beside")
def test_notebooks_are_those_of_their_scripts() -> None:
    """Each notebook is what its script makes, byte for byte, and has no outputs."""
    writer = module("write_notebooks")
    assert [path.stem for path in NOTEBOOKS] == [script.stem for script in writer.SCRIPTS]
    for path, script in zip(NOTEBOOKS, writer.SCRIPTS, strict=True):
        assert path.read_text(encoding="utf-8") == writer.notebook(script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_follows_the_format(path: Path) -> None:
    """Each cell has what the fourth format of notebooks asks of it, and an id of its own."""
    read = json.loads(path.read_text(encoding="utf-8"))
    assert (read["nbformat"], read["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in read["cells"]]
    assert len(ids) == len(set(ids))
    for cell in read["cells"]:
        wanted = {"cell_type", "id", "metadata", "source"}
        wanted |= {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == wanted


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_first_where_to_run_it(path: Path) -> None:
    """The first cell is a text that names the folder, and what to install for the libraries that the cells import."""
    first, *cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    told, code = "".join(first["source"]), "".join("".join(cell["source"]) for cell in cells)
    assert first["cell_type"] == "markdown"
    assert "in the folder `examples`" in told
    (installed,) = re.findall("`pip install (.*)`", told)
    assert all(name in installed for name in ("pandas", "polars", "nhs-orgs") if f"import {name}" in code)


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    """Every cell of code runs after those before it, and what it shows at its end can be shown."""
    space: dict[str, Any] = {"__name__": "__main__"}
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [shown_by("".join(cell["source"]), space) for cell in cells if cell["cell_type"] == "code"]
    assert len(shown) >= 3
    assert sum(hasattr(one, "_repr_html_") for one in shown) >= 3


def shown_by(source: str, space: dict[str, Any]) -> object:
    """Run a cell as a notebook does: its last line, where that is an expression, is what it shows."""
    lines = ast.parse(source).body
    last = lines.pop() if isinstance(lines[-1], ast.Expr) else None
    exec(compile(ast.Module(lines, []), "cell", "exec"), space)  # noqa: S102 - the cells are this project's own
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space) if isinstance(last, ast.Expr) else None  # noqa: S307
