"""What is measured in a process of its own is what a reader would see."""

from pathlib import Path

import pytest

from tests.ui.cards import write_story
from tui.bench.probe import FIRST_STORIES, probe_load


@pytest.mark.parametrize("count", [1, FIRST_STORIES, 3 * FIRST_STORIES])
def test_loading_counts_all_stories_and_problems(tmp_path: Path, count: int) -> None:
    for number in range(count):
        write_story(tmp_path, f"{number}.md", title=f"Card {number}")
    (tmp_path / "broken.md").write_text("---\n[\n---\n")
    told = probe_load([str(tmp_path)])
    assert (told["stories"], told["problems"]) == (count, 1)
    assert told["first"] < told["done"]
