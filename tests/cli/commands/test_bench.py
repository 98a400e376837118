"""`newsdeck bench`: figures about events and searches on a folder of the reader's own."""

import json
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck
from tests.conftest import SHARED


def test_a_search_is_measured_by_keystroke() -> None:
    (figures,) = json.loads(newsdeck("bench", "--query", "sample_content", "--json").out)
    assert figures["stories"] == 26
    assert figures["keystrokes"] > 100
    assert 0 < figures["median"] <= figures["p95"] <= figures["longest"]


def test_more_stories_are_made_from_those_there() -> None:
    here, more = json.loads(newsdeck("bench", "--query", "sample_content", "--stories", "60", "--json").out)
    assert (here["stories"], more["stories"]) == (26, 60)


def test_labels_that_are_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text("[1]", encoding="utf-8")
    result = newsdeck("bench", "--events", tmp_path / "labels.json", "sample_content")
    assert result.status != 0
    assert "labels cannot be read" in result.err


def test_events_are_precise_before_they_are_complete(real_cards: Path) -> None:
    labels = SHARED / "labels" / "same_event_dev.json"
    if not labels.is_file():
        pytest.skip("the labels are not beside this checkout")
    found = json.loads(newsdeck("bench", "--events", labels, real_cards, "--json").out)
    assert found["pairs"] == 683
    assert found["left_out"]["precision"] >= 0.9
    assert found["left_out"]["recall"] >= 0.75
