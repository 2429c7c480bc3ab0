"""What holds for every law: it is not traced."""

from __future__ import annotations

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave laws out of the measure of coverage: tracing doubles their time, and what they run has tests of its own."""
    item.add_marker(pytest.mark.no_cover)
