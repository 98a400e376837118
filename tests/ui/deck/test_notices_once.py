"""What is told in passing stands on the screen once, whatever opens over it or closes."""

import pytest

from tests.ui.reader import Reader, open_reader
from tui.ui.deck.notices import shaped

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


@pytest.mark.parametrize("columns", [40, 60, 200])
@pytest.mark.parametrize(
    "text",
    [
        "Nothing was opened, because the browser that the configuration names could not be started: it is not there.",
        "The note could not be kept in /home/somebody/with/a/long/path/that/goes/on/for/ever/newsdeck/state.db today.",
        "https://example.com/" + "a-long-way/" * 12,
    ],
)
async def test_a_notice_fits_the_screen_when_it_gets_another_width(text: str, columns: int) -> None:
    async with open_reader(size=(100, 30), shows_notices=True) as reader:
        reader.deck.say(text, title="Not done", seconds=60)
        await reader.settle()
        assert shaped(text, "Not done", 100).splitlines()[0] in reader.text
        await reader.resize(columns, 20)
        for line in shaped(text, "Not done", columns).splitlines():
            assert line in reader.text
        await reader.resize(100, 30)
        for line in shaped(text, "Not done", 100).splitlines():
            assert line in reader.text
