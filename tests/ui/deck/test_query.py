"""Searching while typing: the list follows, the selection stays, and every step back is one key."""

from typing import Any

import pytest
from textual import events

from tests.ui.reader import Reader, open_reader, text_of
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck
from tui.deck.view import Listing, View
from tui.ui.deck.screen import DeckScreen


def titles(reader: Reader) -> list[str]:
    return [reader.deck.state.deck.story(doc).title for doc in reader.deck.state.listing.docs]


async def test_the_list_follows_what_is_typed_and_enter_keeps_it() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("nutanix")
        assert all("Nutanix" in title for title in titles(reader))
        assert "2 shown" in reader.text
        assert "Nutanix" in reader.content.story.title
        await reader.press("enter")
        assert reader.app.focused is reader.deck.panes.stories
        assert reader.deck.state.view.query == "nutanix"
        await reader.press("escape")
        assert reader.deck.state.view.query == ""
        assert len(titles(reader)) == 15


async def test_escape_gives_the_query_up_and_keeps_the_story() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("metaswitch")
        await reader.press("down", "enter", "k", "slash")
        story = reader.content.story
        await reader.press("escape")
        assert reader.deck.state.view.query == ""
        assert len(titles(reader)) == 15
        assert reader.content.story == story


async def test_nothing_found_says_what_to_do() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("zzz")
        assert "Nothing matches." in reader.text
        assert "Press esc to take the query back" in reader.text
        assert "0 of 0" in reader.text
        for key in ("enter", "o", "c", "m", "i", "enter", "1", "y", "x", "plus", "G", "n"):
            await reader.press(key)
        assert isinstance(reader.app.screen, DeckScreen)
        await reader.press("escape", "escape")
        assert "of 15" in reader.text


@pytest.mark.parametrize("columns", [40, 60, 80, 130])
async def test_why_nothing_is_found_is_told_at_every_width(columns: int) -> None:
    async with open_reader(size=(columns, 24)) as reader:
        await reader.press("slash")
        await reader.type("zzzz")
        assert reader.text.count("Nothing matches.") == 1
        assert "Press esc" in reader.text
        await reader.resize(44, 20)
        assert "Nothing matches." in reader.text
        await reader.press("escape")
        assert "Nothing matches." not in reader.text


async def test_keys_that_come_in_one_burst_are_typed_and_not_done() -> None:
    async with open_reader() as reader:
        for char in "/quoX":
            reader.app.post_message(events.Key("slash" if char == "/" else char, char))
        reader.app.post_message(events.Key("enter", "\r"))
        reader.app.post_message(events.Key("f", "f"))
        await reader.settle()
        assert reader.deck.state.view.query == "quoX"
        assert isinstance(reader.app.screen, DeckScreen)


async def test_a_query_that_makes_no_sense_is_told_at_its_place() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("since:someday")
        assert "^" in reader.text
        assert len(reader.deck.state.listing.docs) == 15


async def test_tab_completes_and_the_arrows_bring_earlier_queries_back() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("outlet:zd")
        await reader.press("tab")
        assert reader.deck.state.view.query.strip() == "outlet:ZDNet"
        await reader.press("enter", "slash")
        await reader.press(*["backspace"] * 20)
        await reader.type("jedi")
        await reader.press("enter", "slash", "up")
        assert "outlet:ZDNet" in reader.deck.state.view.query


async def test_a_query_is_only_text() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        for text in ("[/foo]", "$var", "\\", "((((", '"', "topic:"):
            await reader.type(text)
        assert "newsdeck" in reader.text
        await reader.press("escape")
        assert "of 15" in reader.text


async def test_a_saved_view_is_listed_once_whether_anything_changes_or_not() -> None:
    async with open_reader() as reader:
        await reader.press("s", "j", "enter", "slash")
        await reader.type("azure")
        await reader.press("enter", "W")
        await reader.type("mine")
        await reader.press("enter", "escape", "T")
        listed = count_listings(reader)
        for keys in (("w", "enter"), ("w", "enter"), ("v", "w", "enter")):
            await reader.press(*keys[:-1])
            listed.clear()
            await reader.press(keys[-1])
            assert [view.query for view in listed] == ["azure"]
            assert reader.deck.state.listing.view == listed[0]
            assert "oldest · grouped" in reader.text
            assert reader.deck.panes.query.text == "azure"


async def test_a_mute_lists_once_and_hides_its_stories_at_once() -> None:
    async with open_reader() as reader:
        story = reader.content.story
        await reader.press("X")
        listed = count_listings(reader)
        await reader.press("enter")
        assert len(listed) == 1
        listing = reader.deck.state.listing
        assert story not in [listing.deck.story(doc) for doc in listing.matching]


def count_listings(reader: Reader) -> list[View]:
    """The views listed from now on, as they come."""
    lister, listed = reader.deck.session.lister, list[View]()
    plain, narrowed = lister.plain, lister.list

    def plainly(deck: Deck, view: View, *more: Any) -> Listing:
        listed.append(view)
        return plain(deck, view, *more)

    def narrowly(analysis: Analysis, view: View, *more: Any, **named: Any) -> Listing:
        listed.append(view)
        return narrowed(analysis, view, *more, **named)

    lister.plain, lister.list = plainly, narrowly  # type: ignore[method-assign, assignment]
    return listed


async def test_what_only_a_related_piece_says_stands_below_a_divider_with_the_line_that_says_it() -> None:
    async with open_reader(size=(100, 40)) as reader:
        await reader.press("slash")
        await reader.type("jedi")
        stories = reader.deck.panes.stories
        lines = text_of(stories).splitlines()
        assert not any(line.endswith(("1 r", "1 ro")) for line in lines)
        (divider,) = (number for number, line in enumerate(lines) if "2 more only in related pieces in 1 row" in line)
        assert any("› JEDI dispute" in line for line in lines[divider:])
        assert "4 shown in 3 rows + 2 in related pieces" in reader.text
        assert "1 of 3" in reader.text
        await reader.press("enter", "G")
        assert "1 of 1 related" in reader.text
        assert "Metaswitch" in reader.content.story.title
        await reader.press("A")
        assert "Marked all 4 stories shown read · u undoes" in reader.notices
        marked = reader.deck.session.marking
        assert marked.is_unread(reader.content.story, None)


async def test_where_only_related_pieces_say_it_no_more_is_promised() -> None:
    async with open_reader(size=(100, 40)) as reader:
        await reader.press("slash")
        await reader.type("hololens")
        assert "── 2 only in related pieces" in reader.text
        assert "HoloLens 2 learns 5G" in text_of(reader.deck.panes.stories)
        assert "26 stories · 2 only in related pieces" in reader.text
        assert "1 of 1 related" in reader.text
        await reader.type(" in:coverage")
        assert "only in related pieces" not in reader.text


async def test_n_in_the_story_says_which_match_of_how_many() -> None:
    async with open_reader(size=(130, 24)) as reader:
        await reader.press("slash")
        await reader.type("azure")
        await reader.press("enter", "enter")
        pane = reader.deck.panes.story
        await reader.press("n")
        assert "match 1 of " in reader.text
        count = int(str(pane.border_subtitle).rpartition(" ")[2])
        assert count > 2
        seen = []
        for number in range(2, count + 1):
            await reader.press("n")
            assert f"match {number} of {count}" in reader.text
            seen.append(pane.top)
        assert seen == sorted(seen)
        await reader.press("N")
        assert f"match {count - 1} of {count}" in reader.text
        await reader.press("escape", "j")
        assert "match " not in reader.text
