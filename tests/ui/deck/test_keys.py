"""Every key does what the help says about it."""

import re
from collections.abc import Callable

import pytest
from textual.screen import Screen
from textual.widgets import Input

from tests.ui.reader import Reader, open_reader
from tui.config.actions import ACTIONS, key_signs
from tui.config.themes import theme_names
from tui.ui.deck.port import joined
from tui.ui.deck.screen import DeckScreen
from tui.ui.deck.state import TYPING_COMMANDS
from tui.ui.dialogs.folder_choice import FolderScreen
from tui.ui.dialogs.help import HelpScreen
from tui.ui.palette.screen import Palette

Step = tuple[str, Callable[[Reader], object]]


async def test_what_the_screen_can_do_is_what_the_registry_lists() -> None:
    async with open_reader() as reader:
        assert set(reader.deck.controls.commands) == {spec.id for spec in ACTIONS} | TYPING_COMMANDS


def test_no_two_controllers_can_claim_one_command() -> None:
    with pytest.raises(AssertionError, match="star"):
        joined({"star": print, "note": print}, {"star": print})


def test_every_key_has_one_meaning_and_every_action_a_way_to_it() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert [spec.id for spec in ACTIONS if not spec.keys and not spec.palette] == []


async def walk(reader: Reader, steps: list[Step]) -> None:
    for keys, holds in steps:
        await reader.press(*keys.split())
        assert holds(reader), f"after {keys}:\n{reader.text}"


def cursor(reader: Reader) -> int:
    return reader.deck.panes.stories.cursor


def focus(reader: Reader) -> str | None:
    return reader.app.focused.id if reader.app.focused is not None else None


MOVES: list[Step] = [
    ("j", lambda r: cursor(r) == 1 and "2 of 15" in r.text),
    ("down", lambda r: cursor(r) == 2),
    ("k", lambda r: cursor(r) == 1),
    ("up", lambda r: cursor(r) == 0),
    ("G", lambda r: "15 of 15" in r.text),
    ("home", lambda r: cursor(r) == 0),
    ("end", lambda r: cursor(r) == 14),
    ("g", lambda r: cursor(r) == 0),
    ("ctrl+f", lambda r: cursor(r) > 5),
    ("ctrl+b", lambda r: cursor(r) == 0),
    ("pagedown", lambda r: cursor(r) > 5),
    ("pageup", lambda r: cursor(r) == 0),
    ("ctrl+d", lambda r: 1 < cursor(r) < 8),
    ("ctrl+u", lambda r: cursor(r) == 0),
    ("L", lambda r: cursor(r) == 1),
    ("H", lambda r: cursor(r) == 0),
    ("D", lambda r: "Go to" in r.text),
    ("2 0 2 0 minus 0 5 enter", lambda r: "May 2020" in r.text and cursor(r) == 7),
]
PANES: list[Step] = [
    ("Z", lambda r: r.deck.panes.stories.listed.is_compact and "27 Aug Found in Azure" in r.text),
    ("Z", lambda r: not r.deck.panes.stories.listed.is_compact and "8 outlets in 1 d 5 h" in r.text),
    ("l", lambda r: focus(r) == "story"),
    ("h", lambda r: focus(r) == "stories"),
    ("left", lambda r: focus(r) == "topics"),
    ("right", lambda r: focus(r) == "stories"),
    ("tab", lambda r: focus(r) == "story"),
    ("tab", lambda r: focus(r) == "topics"),
    ("shift+tab", lambda r: focus(r) == "story"),
    ("escape", lambda r: focus(r) == "stories"),
    ("t", lambda r: focus(r) == "topics"),
    ("t", lambda r: focus(r) == "stories"),
    ("B", lambda r: not r.deck.panes.topics.display),
    ("B", lambda r: r.deck.panes.topics.display),
    ("z", lambda r: focus(r) == "story" and not r.deck.panes.stories.is_on_screen),
    ("j z", lambda r: focus(r) == "stories" and r.deck.panes.stories.is_on_screen),
    ("z backspace", lambda r: focus(r) == "stories" and r.deck.panes.stories.is_on_screen),
    ("less_than_sign", lambda r: r.deck.panes.stories.size.width < r.deck.panes.story.size.width - 12),
    ("greater_than_sign greater_than_sign", lambda r: r.deck.panes.stories.size.width > r.deck.panes.story.size.width),
    ("ctrl+l", lambda r: "Stories" in r.text),
]
READS: list[Step] = [
    ("enter", lambda r: focus(r) == "story"),
    ("backspace", lambda r: focus(r) == "stories"),
    ("c", lambda r: focus(r) == "story" and "▌1  06:31 first     India Times" in r.text),
    ("full_stop", lambda r: "▌2  11:15" in r.text),
    ("comma", lambda r: "▌1  06:31" in r.text),
    ("h full_stop", lambda r: focus(r) == "stories" and "▌2  11:15" in r.text),
    ("C", lambda r: "1 piece " in r.text and " · by outlet " in r.text),
    ("C", lambda r: " · headlines " in r.text and "06:31 first     India Times" in r.text and "1 piece " not in r.text),
    ("C", lambda r: " · timeline " in r.text and "06:31 first     India Times" in r.text),
    ("d", lambda r: " · headlines " in r.text and "11:15 +4:44     The Verge" in r.text),
    ("d", lambda r: " · timeline " in r.text),
    ("a", lambda r: "▾ Background, similar · 2" in r.text),
    ("a", lambda r: "▸ Background, similar · 2" in r.text),
    ("a space", lambda r: r.deck.panes.story.top > 0),
    ("b", lambda r: r.deck.panes.story.top == 0),
    ("J", lambda r: r.deck.panes.story.top == 1),
    ("K", lambda r: r.deck.panes.story.top == 0),
    ("i", lambda r: "publishedDateTime" in r.text and "2021-08-27T21:00:00Z" in r.text),
    ("q", lambda r: isinstance(r.app.screen, DeckScreen)),
]
FINDS: list[Step] = [
    ("asterisk", lambda r: "outlet:" in r.deck.state.view.query and "Ars Technica" in r.deck.state.view.query),
    ("T", lambda r: r.deck.state.view.query == "" and "1 of 15" in r.text),
    ("number_sign", lambda r: "Only this topic" in r.text),
    ("enter", lambda r: r.deck.state.view.query == "topic:Vulnerabilities"),
    ("escape", lambda r: r.deck.state.view.query == ""),
    ("t j enter", lambda r: r.deck.state.view.query == "topic:Cloud" and focus(r) == "topics"),
    ("enter", lambda r: r.deck.state.view.query == ""),
    ("minus", lambda r: r.deck.state.view.query == "-topic:Cloud"),
    ("T escape", lambda r: r.deck.state.view.query == "" and focus(r) == "stories"),
    ("g v", lambda r: " of 26" in r.text and "flat" in r.text),
    ("v", lambda r: " of 15" in r.text and "grouped" in r.text),
    ("g plus", lambda r: "of 16" in r.text and "  11:50 More than" in r.text),
    ("plus", lambda r: "of 15" in r.text),
    ("S", lambda r: "newest, reversed" in r.text),
    ("S", lambda r: "reversed" not in r.text),
    ("s j enter", lambda r: "oldest · grouped" in r.text),
    ("s k enter", lambda r: "newest · grouped" in r.text),
    ("U", lambda r: r.deck.state.view.query == "-is:unpublished"),
    ("U", lambda r: r.deck.state.view.query == ""),
    ("W n e w enter", lambda r: "Saved view new" in r.notices[-1]),
    ("w", lambda r: "Views" in r.text),
    ("escape", lambda r: isinstance(r.app.screen, DeckScreen)),
]
MARKS: list[Step] = [
    ("m", lambda r: "●" not in r.text.splitlines()[3] and "read" in r.notices[-1]),
    ("m", lambda r: "▌●   21:00" in r.text),
    ("f", lambda r: "▌●★  21:00" in r.text),
    ("F", lambda r: "1 of 1" in r.text and r.deck.state.view.query == "is:starred"),
    ("F", lambda r: "1 of 15" in r.text),
    ("u", lambda r: "★" not in r.text and r.notices[-1].startswith("Undone")),
    ("x", lambda r: " ● ◆ 21:00" in r.text and cursor(r) == 1),
    ("m", lambda r: "◆" not in r.text and "     21:00" in r.text),
    ("p", lambda r: cursor(r) == 1),
    ("g n", lambda r: cursor(r) == 1),
    ("M", lambda r: "of 14" in r.text),
    ("M", lambda r: "of 15" in r.text),
    ("A", lambda r: "24 stories" in r.notices[-1]),
    ("n", lambda r: r.notices[-1] == "No more unread stories this way."),
    ("X", lambda r: "Mute outlet" in r.text),
    ("enter", lambda r: "Datacenter Dynamics · 4 outlets" not in r.text),
    ("V", lambda r: "1 of 1" in r.text and "Datacenter Dynamics" in r.text),
    ("V", lambda r: "of 15" in r.text),
]


@pytest.mark.parametrize("steps", [MOVES, PANES, READS, FINDS, MARKS], ids=["move", "panes", "read", "find", "mark"])
async def test_keys_do_what_their_help_says(steps: list[Step]) -> None:
    async with open_reader(size=(150, 45)) as reader:
        await walk(reader, steps)


async def test_the_help_lists_every_key_and_closes() -> None:
    async with open_reader(size=(120, 200)) as reader:
        for key in ("question_mark", "f1"):
            await reader.press(key)
            assert isinstance(reader.app.screen, HelpScreen)
            for spec in ACTIONS:
                if spec.keys:
                    assert key_signs(spec) in reader.text
                    assert spec.help.split()[-1] in reader.text
            await reader.press("escape")
            assert not reader.app.screen.is_modal


@pytest.mark.parametrize("key", ["ctrl+p", "colon"])
async def test_the_palette_offers_every_action(key: str) -> None:
    async with open_reader(size=(100, 180)) as reader:
        await reader.press(key)
        assert isinstance(reader.app.screen, Palette)
        for spec in ACTIONS:
            if spec.palette:
                assert f"  {spec.label} " in reader.text.replace("▌", " ")
                assert f" {key_signs(spec)}" in reader.text


async def test_what_is_chosen_in_the_palette_is_done_also_over_a_dialog() -> None:
    async with open_reader() as reader:
        await reader.press("question_mark", "ctrl+p")
        await reader.type("zen")
        assert "The story alone on the screen" in reader.text
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.deck, "the deck")
        await reader.settle()
        assert focus(reader) == "story"
        assert not reader.deck.panes.stories.is_on_screen


async def test_page_keys_in_the_palette_do_no_harm_however_little_it_holds() -> None:
    async with open_reader() as reader:
        await reader.press("colon", "pagedown", "pageup")
        await reader.type("zzz")
        await reader.press("pagedown", "pageup")
        assert isinstance(reader.app.screen, Palette)
        await reader.press("escape", "colon", "down", "pagedown")
        palette = reader.app.screen
        assert isinstance(palette, Palette)
        assert palette.actions.cursor is not None
        assert palette.actions.cursor >= 8
        await reader.press("pageup", "pageup", "pageup", "up")
        assert palette.actions.cursor == 0


@pytest.mark.parametrize(
    "keys",
    [
        ("colon", "t", "o", "p", "down", "enter", "enter", "enter"),
        ("colon", "x", "escape", "escape"),
        ("colon", "escape", "colon", "z", "escape"),
        ("s", "enter", "enter", "escape", "escape"),
        ("D", "7", "d", "enter", "enter", "enter"),
        ("question_mark", "escape", "escape", "question_mark"),
        ("O", "y", "y", "enter"),
    ],
)
async def test_keys_in_a_burst_close_only_what_they_were_meant_for(keys: tuple[str, ...]) -> None:
    async with open_reader() as reader:
        for _round in range(3):
            for key in keys:
                reader.send(key)
            await reader.settle()
            await reader.press("escape", "escape")
            assert reader.app.screen is reader.deck


@pytest.mark.parametrize("opening", ["colon", "D", "semicolon", "W", "ctrl+o"])
async def test_letters_typed_before_a_field_is_there_are_typed_into_it(opening: str) -> None:
    async with open_reader() as reader:
        await reader.press("j")
        for key in (opening, "z", "m", "3", "f"):
            reader.send(key)
        await reader.settle()
        assert reader.app.screen.query_one(Input).value == "zm3f"
        await reader.press("escape")
        assert reader.app.screen is reader.deck
        assert reader.deck.panes.stories.is_on_screen


@pytest.mark.parametrize("opening", ["s", "i", "exclamation_mark", "colon", "ctrl+o", "ctrl+p"])
async def test_the_help_opens_over_whatever_is_open_and_leaves_it_there(opening: str) -> None:
    async with open_reader() as reader:
        await reader.press(opening)
        below = reader.app.screen
        assert below is not reader.deck
        for key in ("f1", "slash", "z", "m"):
            reader.send(key)
        await reader.settle()
        assert isinstance(reader.app.screen, HelpScreen)
        assert reader.app.screen.needle.value == "zm"
        await reader.press("escape", "escape")
        assert reader.app.screen is below


@pytest.mark.parametrize("typed", ["", "outlet:"])
@pytest.mark.parametrize(
    ("opening", "shown"),
    [("ctrl+o", FolderScreen), ("f1", HelpScreen), ("ctrl+p", Palette), ("question_mark", HelpScreen)],
)
async def test_keys_behind_one_that_opens_something_are_for_that_also_where_a_query_is_typed(
    opening: str, shown: type[Screen[object]], typed: str
) -> None:
    async with open_reader() as reader:
        if typed:
            await reader.press("slash")
            await reader.type(typed)
        for key in (opening, *(["slash"] if shown is HelpScreen else []), "z", "m", "3", "f"):
            reader.send(key)
        await reader.settle()
        if typed and opening == "question_mark":
            assert reader.app.screen is reader.deck
            assert reader.deck.state.view.query == f"{typed}?/zm3f"
            return
        assert isinstance(reader.app.screen, shown)
        assert reader.app.screen.query_one(Input).value == "zm3f"
        assert reader.deck.state.view.query == typed


@pytest.mark.parametrize(
    ("opening", "keys", "holds"),
    [
        ("s", "jenter", lambda r: r.deck.state.listing.sort.name == "oldest"),
        ("X", "Gqm", lambda r: not r.deck.session.marking.store.mutes() and "Marked" in r.notices[-1]),
        ("number_sign", "enter", lambda r: r.deck.state.view.query.startswith("topic:")),
        ("i", "jjq", lambda r: r.app.screen is r.deck),
        ("exclamation_mark", "q", lambda r: r.app.screen is r.deck),
        ("question_mark", "Gq", lambda r: r.app.screen is r.deck),
    ],
)
async def test_a_burst_opens_does_and_closes_what_it_says(
    opening: str, keys: str, holds: Callable[[Reader], object]
) -> None:
    async with open_reader() as reader:
        await reader.press("j")
        for key in (opening, *(re.findall("enter|.", keys))):
            reader.send(key)
        await reader.settle()
        assert holds(reader), reader.text
        assert reader.deck.panes.stories.cursor == (0 if opening in ("s", "number_sign") else 1)


@pytest.mark.parametrize(
    ("keys", "holds"),
    [
        ("G s j enter", lambda r: r.deck.state.listing.sort.name == "oldest"),
        ("j j i q", lambda r: cursor(r) == 2),
        ("G question_mark q", lambda r: cursor(r) == 14),
        ("l i q", lambda r: focus(r) == "story"),
        ("j j m X q", lambda r: cursor(r) == 2 and "24 unread" in r.text),
        ("j colon u escape", lambda r: cursor(r) == 1),
        ("enter G number_sign q", lambda r: focus(r) == "story" and r.deck.panes.story.top > 0),
        ("t j s q", lambda r: focus(r) == "topics" and r.deck.panes.topics.cursor == 1),
    ],
)
async def test_keys_in_front_of_one_that_opens_something_are_done_before_it(
    keys: str, holds: Callable[[Reader], object]
) -> None:
    async with open_reader() as reader:
        for key in keys.split():
            reader.send(key)
        await reader.settle()
        assert reader.app.screen is reader.deck, reader.text
        assert holds(reader), reader.text


@pytest.mark.parametrize("opening", ["colon", "D", "semicolon", "W", "ctrl+o"])
async def test_keys_in_a_burst_change_what_is_typed_in_their_order(opening: str) -> None:
    async with open_reader() as reader:
        await reader.press("j", opening)
        for key in ("1", "3", "backspace", "2", "home", "0"):
            reader.send(key)
        await reader.settle()
        assert reader.app.screen.query_one(Input).value == "012"


async def test_an_action_typed_in_a_burst_is_done() -> None:
    async with open_reader() as reader:
        for key in ("colon", *"star", "enter"):
            reader.send(key)
        await reader.settle()
        assert reader.app.screen is reader.deck
        assert any("Starred" in notice for notice in reader.notices)


async def test_themes_follow_each_other_round() -> None:
    async with open_reader() as reader:
        names = list(theme_names())
        seen = []
        for _name in names:
            await reader.deck.run_action("do('theme')")
            await reader.settle()
            seen.append(reader.app.theme)
        assert sorted(seen) == sorted(names)
        assert seen[-1] == names[0]


async def test_quitting_closes_what_is_on_top_and_then_ends() -> None:
    async with open_reader() as reader:
        await reader.press("question_mark", "q")
        assert reader.app.screen is reader.deck
        await reader.pilot.press("q")
        await reader.until(lambda: not reader.app.is_running or reader.app._exit, "the end")
        assert reader.app.return_code == 0
