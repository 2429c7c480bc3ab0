"""What golden tests ask: the register that comes with the library. They are not traced."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave real answers out of the measure of coverage: tracing doubles their time, and the units have tests."""
    item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def register() -> nhs.Register:
    """The bundled register."""
    return nhs.load()
