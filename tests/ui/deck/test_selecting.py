"""What is selected with the mouse stays selected until the reader selects something else, types, or it is gone."""

from collections.abc import Awaitable, Callable

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from tests.ui.reader import Reader, open_reader
from tui.ui.toolkit_field import SteadyField

_ALL_STORIES = Selection(Offset(3, 0), Offset(14, 0))


async def _a_field_is_made(reader: Reader) -> None:
    await reader.deck.mount(SteadyField())
    await reader.settle()


async def _a_field_is_made_with_a_text(reader: Reader) -> None:
    await reader.deck.mount(SteadyField("azure"))
    await reader.settle()


async def _the_query_gets_a_text(reader: Reader) -> None:
    reader.deck.panes.query.field.value = "azure"
    await reader.settle()


async def _the_topics_are_looked_through_by_another_text(reader: Reader) -> None:
    reader.deck.panes.find.field.value = "azure"
    reader.deck.panes.find.field.value = ""
    await reader.settle()


async def _the_cursor_goes_to_another_story(reader: Reader) -> None:
    await reader.press("j")


@pytest.mark.parametrize(
    "happens",
    [
        _a_field_is_made,
        _a_field_is_made_with_a_text,
        _the_query_gets_a_text,
        _the_topics_are_looked_through_by_another_text,
        _the_cursor_goes_to_another_story,
    ],
)
async def test_what_is_selected_is_not_taken_away_by(happens: Callable[[Reader], Awaitable[None]]) -> None:
    async with open_reader() as reader:
        pane = reader.deck.panes.topics
        reader.deck.selections = {pane: _ALL_STORIES}
        await reader.settle()
        selected = reader.deck.get_selected_text()
        assert selected == "All stories"
        await happens(reader)
        assert reader.deck.get_selected_text() == selected
        assert pane.hand.selected == _ALL_STORIES
        await reader.press("ctrl+c")
        assert reader.programs.copied == [selected]


@pytest.mark.parametrize("keys", [("/", "a"), ("/", "a", "home"), ("escape",)], ids=" ".join)
async def test_what_is_selected_is_let_go_where_the_reader_goes_on(keys: tuple[str, ...]) -> None:
    async with open_reader() as reader:
        reader.deck.selections = {reader.deck.panes.topics: _ALL_STORIES}
        await reader.settle()
        await reader.press(*keys)
        assert reader.deck.get_selected_text() is None
