"""What a query can go on with is offered in a list, chosen with arrows or mouse, and never in the way of typing."""

from pathlib import Path

import pytest

from tests.ui.cards import write_story
from tests.ui.reader import Reader, open_reader
from tui.deck.query.completion import Completion
from tui.ui.widgets.completion_popup import MOST_ROWS, CompletionPopup

OUTLETS = 30


def popup(reader: Reader) -> CompletionPopup:
    return reader.deck.panes.query.popup


def offered(reader: Reader) -> list[str]:
    """The suggestions in sight."""
    pane = popup(reader)
    return ["".join(text for text, _ink in pane.line_at(y).spans).strip() for y in range(pane.size.height)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty outlets, of which the first has thirty stories, the next one fewer, and so on."""
    number = 0
    for outlet in range(OUTLETS):
        for _story in range(OUTLETS - outlet):
            write_story(tmp_path, f"{number}.md", provider={"name": f"Outlet {outlet:02}"}, heat=number)
            number += 1
    return tmp_path


async def test_all_values_can_be_reached_with_the_arrows_from_either_end(folder: Path) -> None:
    async with open_reader(folder) as reader:
        await reader.press("slash")
        await reader.type("outlet:")
        assert offered(reader)[0].split() == ["Outlet", "00", "30"]
        assert len(offered(reader)) == MOST_ROWS
        seen = []
        for _number in range(OUTLETS):
            await reader.press("down")
            chosen = popup(reader).chosen
            assert chosen is not None
            assert any(chosen.label in line for line in offered(reader))
            seen.append(chosen.label)
        assert seen == [f"Outlet {number:02}" for number in range(OUTLETS)]
        await reader.press("down")
        assert popup(reader).chosen is None
        await reader.press("up", "up")
        await reader.press("enter")
        assert reader.deck.state.view.query == 'outlet:"Outlet 28" '
        assert reader.deck.state.focus == "query"
        assert not popup(reader).display


async def test_a_letter_has_the_suggestions_looked_up_once_and_a_moved_cursor_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader(folder) as reader:
        await reader.press("slash")
        await reader.type("outlet:")
        shown: list[str] = []
        show = CompletionPopup.show

        def counted(pane: CompletionPopup, completion: Completion, column: int) -> None:
            shown.append(reader.deck.panes.query.text)
            show(pane, completion, column)

        monkeypatch.setattr(CompletionPopup, "show", counted)
        await reader.press("o", "u", "left")
        assert shown == ["outlet:o", "outlet:ou", "outlet:ou"]


async def test_an_empty_value_offers_the_choices_with_their_counts_and_is_no_error() -> None:
    async with open_reader() as reader:
        await reader.press("m", "f", "slash")
        await reader.type("is:")
        lines = {line.split()[0]: line.split()[-1] for line in offered(reader)}
        assert (lines["unread"], lines["read"], lines["starred"]) == ("24", "2", "1")
        assert "needs a value" not in reader.text
        assert "^" not in reader.text
        assert len(reader.deck.state.listing.docs) == 15
        await reader.press("enter")
        assert "is: takes unread, read, starred" in reader.text


async def test_a_key_that_takes_any_text_is_explained_while_its_value_is_typed() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("title:")
        assert "title: words in the headline" in reader.text
        assert not popup(reader).display


async def test_escape_leaves_the_choice_first_and_then_the_query() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("has:")
        await reader.press("down", "escape")
        assert reader.deck.panes.query.text == "has:"
        assert not popup(reader).display
        await reader.press("escape")
        assert reader.deck.state.focus == "stories"
        assert reader.deck.state.view.query == ""
        await reader.press("slash")
        await reader.type("has:")
        await reader.press("escape")
        assert reader.deck.state.focus == "stories"


async def test_enter_keeps_what_is_typed_where_nothing_was_chosen() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("azu")
        assert "topic:Azure" in offered(reader)[0]
        await reader.press("enter")
        assert reader.deck.state.view.query == "azu"
        assert not popup(reader).display


async def test_arrows_bring_earlier_queries_back_where_nothing_is_offered() -> None:
    async with open_reader() as reader:
        for query in ("nutanix", "jedi"):
            await reader.press("slash")
            await reader.type(query)
            await reader.press("enter", "escape")
        await reader.press("slash", "up")
        assert reader.deck.panes.query.text == "jedi"
        assert not popup(reader).display
        await reader.press("up")
        assert reader.deck.panes.query.text == "nutanix"


async def test_a_click_takes_a_suggestion_and_the_typing_goes_on() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("is:")
        await reader.pilot.click(popup(reader), offset=(4, 2))
        await reader.settle()
        assert reader.deck.panes.query.text == "is:read "
        await reader.type("azure")
        assert reader.deck.state.view.query == "is:read azure"


async def test_letters_before_tab_are_completed_with_it_also_in_a_burst() -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("outlet:z")
        for key in ("d", "n", "tab", "i", "s", ":"):
            reader.send(key)
        await reader.settle()
        assert reader.deck.panes.query.text == "outlet:ZDNet is:"
        assert "unread" in offered(reader)[0]


@pytest.mark.parametrize("size", [(20, 5), (36, 12), (60, 24), (200, 50)])
async def test_the_list_fits_on_every_screen_and_leaves_the_field_in_sight(folder: Path, size: tuple[int, int]) -> None:
    async with open_reader(folder, size=size) as reader:
        await reader.press("slash")
        await reader.type("outlet:")
        region = popup(reader).region
        assert region.bottom == size[1] - 3
        assert 0 <= region.x < region.right <= size[0]
        assert "outlet:" in reader.text.splitlines()[-3]
        await reader.press("down", "down", "tab")
        assert "Outlet 01" in reader.deck.panes.query.text
