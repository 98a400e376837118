"""What is typed right behind a choice in the palette is meant for what the choice opens, however fast it comes."""

import pytest
from textual.events import Key
from textual.widgets import Input

from tests.ui.reader import open_reader
from tui.ui.dialogs.questions import AskScreen
from tui.ui.palette.screen import Palette


@pytest.mark.parametrize(
    ("command", "text", "title"),
    [
        ("go to date", "2021-08-30", "Go to a day"),
        ("save view", "7 days", "Save this view"),
        ("open number", "2", "number"),
    ],
)
async def test_what_is_typed_behind_a_choice_in_the_palette_is_for_what_it_opens(
    command: str, text: str, title: str
) -> None:
    async with open_reader() as reader:
        reader.send("ctrl+p")
        for key in [*command, "enter", *text, "x", "backspace"]:
            reader.send(" " if key == " " else key)
        await reader.settle()
        assert isinstance(reader.app.screen, AskScreen)
        assert title in reader.text
        assert reader.app.screen.query_one(Input).value == text
        assert reader.programs.opened == []


async def test_a_query_may_be_typed_behind_a_choice_in_the_palette_and_kept() -> None:
    async with open_reader() as reader:
        for key in [":", *"search", "enter", *"azure", "enter", "j"]:
            reader.send(key)
        await reader.settle()
        assert reader.deck.state.view.query == "azure"
        assert reader.deck.panes.stories.cursor == 1


async def test_a_key_behind_a_choice_of_nothing_is_typed_on() -> None:
    async with open_reader() as reader:
        for key in [":", *"zzzz", "enter", "y"]:
            reader.send(key)
        await reader.settle()
        assert isinstance(reader.app.screen, Palette)
        assert reader.app.screen.query_one(Input).value == "zzzzy"


async def test_the_palette_may_be_chosen_from_twice_in_one_go() -> None:
    async with open_reader() as reader:
        for key in [":", *"star", "enter", ":", *"older day", "enter", "j"]:
            reader.send(key)
        await reader.settle()
        assert len(reader.deck.session.marking.store.marks) == 1
        assert reader.deck.panes.stories.cursor > 1


@pytest.mark.parametrize("opening", ["ctrl+p", "ctrl+o", "D"])
async def test_a_letter_that_is_typed_ahead_does_nothing_to_what_lies_below(opening: str) -> None:
    async with open_reader() as reader:
        await reader.press(opening)
        dialog = reader.app.screen
        dialog.set_focus(None)
        key = Key("e", "e")
        dialog._forward_event(key)
        await reader.until(lambda: dialog.query_one(Input).value == "e", "the letter")
        risen = [message for message in reader.messages if message is key]
        await reader.app.pop_screen()
        await reader.settle()
        assert len(risen) == 1, "the app was asked what the letter is bound to"


async def test_a_palette_that_is_closed_before_its_choice_is_done_lets_all_keys_through() -> None:
    async with open_reader() as reader:
        await reader.press("colon")
        palette = reader.app.screen
        assert isinstance(palette, Palette)
        palette.action_choose()
        await palette.query_one(Input).remove()
        await reader.app.pop_screen()
        await reader.press("j")
        assert reader.deck.panes.stories.cursor == 1
