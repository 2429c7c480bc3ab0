"""What several tests share: where the published source files lie, which are no part of this project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.register_profile("quick", max_examples=25, deadline=None)

VARIABLE = "NHS_ORGS_SOURCES"
BESIDE = Path(__file__).parents[2] / "shared" / "ods"
"""Where the files lie if nothing else is said: in a folder beside the checkout."""


@pytest.fixture(scope="session")
def sources_folder() -> Path:
    """The folder of published reports that the bundled register is compiled from; skips where there is none."""
    folder = Path(os.environ.get(VARIABLE) or BESIDE)
    if not folder.is_dir():
        pytest.skip(f"no source files: set {VARIABLE} to the folder that holds succ/, etr/, ons/, ...")
    return folder
