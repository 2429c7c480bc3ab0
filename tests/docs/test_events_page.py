"""The page of events is what its script writes from the bundled register."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import nhs_orgs

SCRIPT = Path(__file__).parents[2] / "docs" / "write_events.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that writes the page."""
    found = importlib.util.spec_from_file_location("write_events", SCRIPT)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_page_of_events_is_up_to_date(script: ModuleType) -> None:
    """The page is what ``python docs/write_events.py`` makes of the bundled register, to the letter."""
    assert script.PAGE.read_text(encoding="utf-8") == script.page(nhs_orgs.load()), f"run python docs/{SCRIPT.name}"


def test_the_page_has_every_event_with_documents(script: ModuleType) -> None:
    """Each is there by its id, or counted among those that one document tells in the same words."""
    text = script.PAGE.read_text(encoding="utf-8")
    told = [event for event in nhs_orgs.load().events() if event.citations]
    alone = [event for event in told if f"(`{event.id}`)" in text]
    counted = sum(int(part.rpartition("(")[2]) for part in text.split(" events)")[:-1])
    assert len(alone) + counted == len(told)
    assert len(alone) > 100


def test_every_document_is_listed_once(script: ModuleType) -> None:
    """The list of documents has each number that an entry names, and no two are the same."""
    _, _, listed = script.PAGE.read_text(encoding="utf-8").partition("\n## Documents\n")
    documents = [line.partition("] ")[2] for line in listed.splitlines() if line.startswith("* [")]
    cited = {citation for event in nhs_orgs.load().events() for citation in event.citations}
    assert len(documents) == len(cited)
