"""What golden tests ask: the register that comes with the library."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs


@pytest.fixture(scope="session")
def register() -> nhs.Register:
    """The bundled register."""
    return nhs.load()
