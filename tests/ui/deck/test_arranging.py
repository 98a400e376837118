"""Another way to show the coverage of a story is seen at once, however long the text above it is."""

import pytest

from tests.ui.reader import Reader, open_reader

LONG = ((80, 24), (60, 20), (130, 14))


async def opened(reader: Reader) -> None:
    """A story of several outlets whose coverage lies below what fits."""
    await reader.press("g", "j", "enter")
    assert "headlines" not in reader.text


@pytest.mark.parametrize("size", LONG)
@pytest.mark.parametrize("key", ["C", "d"])
async def test_what_the_key_changes_is_in_sight(size: tuple[int, int], key: str) -> None:
    async with open_reader(size=size) as reader:
        await opened(reader)
        assert "Computer Week" not in reader.text
        await reader.press(key)
        rows = reader.deck.panes.story.coverage
        assert rows
        assert any(row.outlet in reader.text for row in rows)


async def test_what_is_in_sight_already_stays_where_it_is() -> None:
    async with open_reader(size=(130, 45)) as reader:
        await opened(reader)
        top = reader.deck.panes.story.top
        await reader.press("d")
        assert reader.deck.panes.story.top == top
