"""The page of specifications is what the specifications say."""

from __future__ import annotations

from pathlib import Path

from spec.render import PAGE, THEMES, render


def test_the_page_is_up_to_date() -> None:
    """The page in the documentation is the one that these tests make: `python tests/spec/render.py` writes it."""
    assert PAGE.read_text(encoding="utf-8") == render()


def test_every_theme_is_on_the_page() -> None:
    """Each module of specifications is a section."""
    modules = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert modules - {"page"} == set(THEMES)
