"""Events in sentences: what happened, what it was called, what is uncertain, who says so."""

from __future__ import annotations

from nhs_orgs.telling.paragraphs import References, drawn, explained, tell, tell_all

__all__ = ["References", "drawn", "explained", "tell", "tell_all"]
