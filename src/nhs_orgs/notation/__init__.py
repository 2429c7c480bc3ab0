"""How statements, eras and events are written as JSON, and read back: each pair of functions an exact inverse."""

from __future__ import annotations

from nhs_orgs.notation.events import decode_event, decode_row, encode_event, encode_row
from nhs_orgs.notation.facts import decode_fact, encode_fact
from nhs_orgs.notation.organisations import decode_body, decode_organisation, encode_body, encode_organisation, era_key
from nhs_orgs.notation.places import decode_place, encode_place
from nhs_orgs.notation.sources import Sources, decode_statement, encode_source, encode_statement

__all__ = [
    "Sources",
    "decode_body",
    "decode_event",
    "decode_fact",
    "decode_organisation",
    "decode_place",
    "decode_row",
    "decode_statement",
    "encode_body",
    "encode_event",
    "encode_fact",
    "encode_organisation",
    "encode_place",
    "encode_row",
    "encode_source",
    "encode_statement",
    "era_key",
]
