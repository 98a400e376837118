"""What is told in passing stands on the screen once, whatever opens over it or closes."""

import pytest

from tests.ui.reader import Reader, open_reader

TOLD = "No view is saved yet"


def times_told(reader: Reader) -> int:
    """How often it is to be seen, below what lies on top, too."""
    return reader.app.export_screenshot().replace("&#160;", " ").count(TOLD)


@pytest.mark.parametrize("opener", ["W", "s", "?", "i", ":", "D"])
@pytest.mark.parametrize("row", ["g", "G"])
async def test_a_notice_is_told_once_where_something_opens_over_it(opener: str, row: str) -> None:
    async with open_reader(size=(100, 30), shows_notices=True) as reader:
        await reader.press(row, "w")
        assert times_told(reader) == 1
        await reader.press(opener)
        assert times_told(reader) == 1
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1
        assert times_told(reader) == 1


async def test_a_notice_is_told_once_where_help_opens_over_a_dialog() -> None:
    async with open_reader(size=(100, 30), shows_notices=True) as reader:
        await reader.press("w", "s", "?")
        assert len(reader.app.screen_stack) == 3
        assert times_told(reader) == 1
        await reader.press("escape")
        assert times_told(reader) == 1
