"""How laws are run: the profiles of hypothesis that are registered."""

from __future__ import annotations

import pytest
from hypothesis import settings


@pytest.mark.parametrize("profile", ["default", "quick"])
def test_no_law_fails_for_being_slow(profile: str) -> None:
    """No profile has a deadline: how long one example takes says nothing of whether the law holds."""
    assert settings.get_profile(profile).deadline is None


def test_the_profile_in_force_has_no_deadline() -> None:
    """Whichever profile these tests run under has none either."""
    assert settings().deadline is None
