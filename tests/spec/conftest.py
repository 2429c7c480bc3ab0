"""How a specification is run as a test."""

from __future__ import annotations

import pytest
from spec.specification import Spec, check


@pytest.fixture
def spec() -> Spec:
    """Check the specification."""
    return check
