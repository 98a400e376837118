"""What becomes of what the reader did before their place in the folder was known."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.state.stores import read_keys, starred_keys
from tests.ui.cards import write_story
from tests.ui.reader import LoadedSession, RecordingPrograms, open_reader
from tui.clock import utc_now
from tui.config.settings import Settings
from tui.deck.view import View
from tui.state.store import MemoryStore, Store
from tui.state.values import LastPosition
from tui.ui.app import NewsdeckApp
from tui.ui.deck.screen import DeckScreen
from tui.ui.deck.state import place_text
from tui.ui.messages import Entered


async def test_a_query_that_is_being_typed_is_not_taken_for_the_one_of_last_time() -> None:
    async with open_reader() as reader:
        await reader.press("/")
        await reader.settle()
        screen = reader.deck
        # The letters are there, and what they mean is on its way.
        screen.panes.query.set_text("vol")
        screen.on_entered(Entered(LastPosition("folder", place_text(View(query="kind:article"), ()), "", {})))
        assert screen.panes.query.text == "vol"
        screen.panes.query.set_text("")
        screen.on_entered(Entered(LastPosition("folder", place_text(View(query="kind:article"), ()), "", {})))
        assert screen.panes.query.text == "kind:article"


@pytest.mark.parametrize("key", ["m", "f"])
async def test_what_the_very_first_key_marks_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    write_story(tmp_path, "a.md", title="A story")
    waiting: list[Callable[[], object]] = []
    stores: list[Store] = []

    def open_store(*_takers: object) -> Store:
        stores.append(MemoryStore(utc_now))
        return stores[-1]

    monkeypatch.setattr(DeckScreen, "call_after_refresh", lambda _self, act: waiting.append(act))
    session = LoadedSession(tmp_path, Settings(read_after=0), RecordingPrograms(), open_store=open_store)
    app = NewsdeckApp(session, session.settings)
    async with app.run_test(size=(130, 40)) as pilot:
        while "A story" not in "".join(strip.text for strip in app.screen._compositor.render_strips()):
            await pilot.pause()
        await pilot.press(key)
        assert waiting, "the first screen has not been left behind"
        for act in waiting:
            act()
        await pilot.press("j")
        assert len(stores) == 1
        marks = stores[0].marks
        assert (len(read_keys(marks)), len(starred_keys(marks))) == ((1, 0) if key == "m" else (0, 1))
