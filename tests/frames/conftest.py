"""What the tests of frames share."""

from __future__ import annotations

import pytest

import nhs_orgs as nhs


@pytest.fixture(scope="module")
def crosswalk() -> nhs.Crosswalk:
    """Trusts to 2026, divided."""
    return nhs.load().crosswalk(to="2026-04-01", kind=nhs.Trust, splits="divide")
