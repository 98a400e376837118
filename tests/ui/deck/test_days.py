"""Stepping by days, also in an order in which the next one may be far away."""

from pathlib import Path

import pytest

from tests.ui.cards import write_story
from tests.ui.reader import open_reader
from tui.ui.widgets.listed_days import NEAR_ROWS


@pytest.mark.parametrize("others", [3, NEAR_ROWS - 1, NEAR_ROWS, NEAR_ROWS + 40])
async def test_a_day_is_gone_to_however_far_it_is_in_an_order_by_quality(tmp_path: Path, others: int) -> None:
    for number in range(others):
        write_story(tmp_path, f"{number}.md", quality=90, type="talk", title=f"Number {number} of as many")
    write_story(tmp_path, "old.md", quality=10, title="Something else", publishedDateTime="2021-08-29T10:00:00Z")
    async with open_reader(tmp_path) as reader:
        await reader.press("v", "s")
        await reader.type("jjjj")
        await reader.press("enter")
        assert reader.deck.state.listing.sort.name == "quality"
        stories = reader.deck.panes.stories
        await reader.press("L")
        assert (stories.cursor, len(stories.listing.docs)) == (others, others + 1)
        await reader.press("L")
        assert stories.cursor == others
        await reader.press("H")
        assert stories.cursor == others - 1
        await reader.press("g", "H")
        assert stories.cursor == 0
