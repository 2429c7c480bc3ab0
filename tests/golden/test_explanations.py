"""The stories of real bodies, word for word as a person read them, and what every explanation owes its reader."""

from __future__ import annotations

import re

import pytest
from golden.explanations import FOLDER, TEXTS, told

import nhs_orgs
from nhs_orgs import Register

AGAIN = "; if the new text is right, write it with: python tests/golden/explanations.py"


@pytest.mark.parametrize("name", TEXTS)
def test_a_story_is_told_as_it_was_read(name: str, register: Register) -> None:
    """The text is the one that a person read and kept."""
    kept = FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8")
    assert told(name, register) == kept, f"{name} is told otherwise{AGAIN}"


def test_every_kept_text_is_still_told() -> None:
    """No file is left of a story that nobody tells."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(TEXTS)


def test_every_event_of_the_register_can_be_explained(register: Register) -> None:
    """Each explanation opens with a capital, ends with a full stop or a source, and lists each source once."""
    for event in register.events():
        text, *sources = event.explain().split("\n")
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith((".", "]"))
        assert len(sources) == len(set(sources)) >= len(event.sources)
        assert not re.search(r"\.\.|\. \.|  |,\.|passed whole to|\bNone\b|name unknown", text), text


def test_an_explanation_is_the_same_without_a_register() -> None:
    """An event taken out of its register, even through pickle, is explained by itself."""
    import pickle

    event = nhs_orgs.load().events("R1E")[-1]
    assert pickle.loads(pickle.dumps(event)).explain() == event.explain()  # noqa: S301 - what was just pickled
