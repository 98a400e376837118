"""`q` closes what is on top, and only with nothing over the list it ends the reader."""

import pytest
from textual.message import Message

from tests.ui.reader import open_reader
from tui.ui.deck.panes import Panes
from tui.ui.messages import ThenDo
from tui.ui.workers import Ticket


async def test_q_goes_back_from_an_opened_card_before_it_ends() -> None:
    async with open_reader(size=(150, 45)) as reader:
        first = reader.content.story
        await reader.press("c", *"jjjjjj", "enter")
        assert reader.content.story != first
        await reader.press("q")
        assert reader.content.story == first
        assert reader.app.return_code is None
        await reader.press("q")
        assert reader.app.return_code == 0


async def test_c_in_an_opened_card_stays_in_that_card() -> None:
    async with open_reader(size=(150, 45)) as reader:
        await reader.press("c", *"jjjjjj", "enter")
        opened = reader.content.story
        await reader.press("c")
        assert reader.content.story == opened
        assert "‹ Found in Azure" in reader.text


@pytest.mark.parametrize(
    ("columns", "keys"),
    [(150, ("z",)), (60, ("z",)), (60, ("enter",)), (60, ("t",)), (100, ("t",))],
    ids=["zen", "zen in one pane", "story in one pane", "topics in one pane", "topics over two panes"],
)
async def test_q_uncovers_the_list_before_it_ends(columns: int, keys: tuple[str, ...]) -> None:
    async with open_reader(size=(columns, 30)) as reader:
        before = reader.text
        await reader.press(*keys)
        assert reader.text != before
        await reader.press("q")
        assert reader.app.return_code is None
        assert reader.text == before
        assert reader.app.focused is reader.deck.panes.stories
        await reader.press("q")
        assert reader.app.return_code == 0


async def test_q_closes_a_dialog_and_leaves_what_lies_below() -> None:
    async with open_reader(size=(60, 30)) as reader:
        await reader.press("enter")
        story = reader.text
        await reader.press("question_mark", "q")
        assert reader.text == story
        assert reader.app.return_code is None


async def test_what_was_to_be_made_soon_is_not_on_a_screen_that_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare, sent = Panes.prepare_typing, list[Message]()
    monkeypatch.setattr(Panes, "prepare_typing", lambda _self, _ticket: None)
    async with open_reader() as reader:
        await reader.press("q")
    monkeypatch.setattr(reader.deck, "post_message", sent.append)
    prepare(reader.deck.panes, Ticket())
    acts = [message.act for message in sent if isinstance(message, ThenDo)]
    assert len(acts) == 2
    for act in acts:
        act()
