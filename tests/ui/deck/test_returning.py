"""Out of a search the reader is where they were before it; within one, on the best match."""

from collections.abc import Sequence

import pytest

from tests.ui.reader import Reader, open_reader


def place(reader: Reader) -> tuple[object, ...]:
    """Row, scroll and pane, and what is read and how far."""
    panes = reader.deck.panes
    story = panes.stories.story
    return (
        story.id if story is not None else "",
        panes.stories.top,
        reader.deck.state.focus,
        reader.content.story.id,
        panes.story.top,
        panes.story.cursor,
        reader.deck.state.trail,
        panes.query.text,
    )


STARTS = [
    pytest.param(("j", "j", "j", "j", "j", "j", "j", "k"), id="in the list"),
    pytest.param(("j", "j", "j", "enter", "J", "J", "J"), id="in a story"),
    pytest.param(("c", "j", "j", "enter", "J"), id="in a card that was opened from another"),
    pytest.param(("G", "k"), id="at the end of the list"),
    pytest.param((), id="where the reader came in"),
]
SEARCHES: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    ((), ("escape",)),
    (("type:azure",), ("escape",)),
    (("type:nothing-says-this",), ("escape",)),
    (("type:azure", "enter", "j", "j", "m"), ("escape",)),
    (("type:nothing-says-this", "enter"), ("escape",)),
    (("type:az", "backspace", "backspace"), ("escape",)),
    (("type:azure", "enter", "slash", "type: zzz"), ("escape", "escape")),
]
"""What is done in a search, and how it is left."""


async def act(reader: Reader, keys: Sequence[str]) -> None:
    for key in keys:
        if key.startswith("type:"):
            await reader.type(key.removeprefix("type:"))
        else:
            await reader.press(key)


@pytest.mark.parametrize("columns", [130, 60])
@pytest.mark.parametrize("start", STARTS)
async def test_esc_out_of_a_search_gives_back_the_place(start: tuple[str, ...], columns: int) -> None:
    async with open_reader(size=(columns, 20)) as reader:
        await act(reader, start)
        before = place(reader)
        for search, out in SEARCHES:
            await act(reader, ("slash", *search, *out))
            assert place(reader) == before, search


@pytest.mark.parametrize("key", ["F", "V"])
async def test_esc_after_a_key_that_finds_nothing_gives_back_the_place(key: str) -> None:
    async with open_reader(size=(130, 20)) as reader:
        await act(reader, ("j", "j", "j", "j", "j", "j", "k"))
        before = place(reader)
        await reader.press(key)
        assert "Nothing matches" in reader.text
        await reader.press("escape")
        assert place(reader) == before
        await reader.press(key, key)
        assert place(reader) == before


async def test_esc_after_unread_only_on_nothing_gives_back_the_place() -> None:
    async with open_reader(size=(130, 20)) as reader:
        await act(reader, ("A", "j", "j", "j", "j", "j", "k"))
        before = place(reader)
        await reader.press("M")
        assert "Nothing matches" in reader.text
        await reader.press("escape")
        assert place(reader) == before


async def test_esc_while_a_kept_query_is_edited_gives_back_that_query_and_the_place_in_it() -> None:
    async with open_reader(size=(130, 20)) as reader:
        await act(reader, ("slash", "type:azure", "enter", "j", "j", "j"))
        before = place(reader)
        await act(reader, ("slash", "type: cosmos"))
        assert place(reader) != before
        await reader.press("escape")
        assert place(reader) == before


async def test_typing_selects_the_best_match_and_shows_it() -> None:
    async with open_reader(size=(130, 20)) as reader:
        await reader.press("G")
        for letters in ("a", "zure", " cosmos"):
            await (reader.press("slash") if letters == "a" else reader.press())
            await reader.type(letters)
            listing = reader.deck.state.listing
            best = listing.deck.story(listing.docs[0])
            assert reader.deck.panes.stories.story == best
            assert reader.content.story == best


async def test_a_whole_headline_typed_and_kept_in_one_go_is_selected() -> None:
    async with open_reader(size=(130, 20)) as reader:
        await reader.press("j", "j", "slash")
        for char in "begin with azure":
            reader.send(char)
        reader.send("enter")
        await reader.settle()
        assert reader.content.story.title.startswith("Begin with Azure")
        assert reader.deck.state.focus == "stories"


async def test_who_moves_while_a_query_is_typed_stays_there() -> None:
    async with open_reader(size=(130, 30)) as reader:
        await reader.press("slash")
        await reader.type("azure")
        reader.deck.panes.stories.put_cursor(2)
        await reader.settle()
        chosen = reader.content.story
        reader.deck._listing.relist()
        await reader.settle()
        assert reader.content.story == chosen
        await reader.press("enter")
        assert reader.content.story == chosen


@pytest.mark.parametrize("keys", [("s", "j", "enter"), ("S",), ("s", "G", "enter")])
async def test_choosing_an_order_goes_to_its_top(keys: tuple[str, ...]) -> None:
    async with open_reader(size=(130, 20)) as reader:
        await reader.press("G", *keys)
        listing = reader.deck.state.listing
        assert (reader.deck.panes.stories.cursor, reader.deck.panes.stories.top) == (0, 0)
        assert reader.content.story == listing.deck.story(listing.docs[0])
