"""From the first card to the last: what is shown while a folder loads, and when there is nothing to show."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from tests.ui.cards import piece, write_card, write_story
from tests.ui.reader import NOW, RecordingPrograms, open_reader
from tui.config.settings import Settings
from tui.deck.deck import Deck
from tui.model import Card, Problem, Story
from tui.session import FolderState, Session
from tui.text.blocks import Body
from tui.ui.app import NewsdeckApp
from tui.ui.deck.screen import DeckScreen
from tui.ui.dialogs.help import HelpScreen
from tui.ui.dialogs.problems import ProblemsScreen


class PacedSession(Session):
    """Loads what the test gives it, when the test gives it, until it has `ended` or the reader is closed."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, Settings(read_after=0), RecordingPrograms(), clock=lambda: NOW)
        self.publish: Callable[[FolderState], None] | None = None
        self.ended = threading.Event()

    def follow(self, publish: Callable[[FolderState], None], should_stop: Callable[[], bool] = lambda: False) -> None:
        self.publish = publish
        while not self.ended.wait(0.01) and not should_stop():
            pass


def whole_deck(folder: Path) -> Deck:
    return Session(folder, Settings(), RecordingPrograms()).load_all().deck


def screen_text(app: NewsdeckApp) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    for _attempt in range(400):
        if condition():
            return
        await pilot.pause(0.02)
    pytest.fail("waited in vain")


async def test_stories_show_while_the_rest_is_loading_and_keep_their_place(tmp_path: Path) -> None:
    related = [piece("The old one", "https://example.com/old.md", "2021-08-01T10:00:00Z", "Example", "example.com")]
    write_story(tmp_path, "new.md", related=related, title="A new thing happened")
    write_story(tmp_path, "second.md", publishedDateTime="2021-08-29T10:00:00Z")
    write_story(tmp_path, "old.md", publishedDateTime="2021-08-01T10:00:00Z", title="The old one")
    whole = whole_deck(tmp_path)
    session = PacedSession(tmp_path)
    app = NewsdeckApp(session, session.settings)
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: session.publish)
        assert session.publish is not None
        assert "looking for cards" in screen_text(app)
        assert "Loading." in screen_text(app)
        session.publish(FolderState(Deck(whole.stories[:2]), done=2, files=4, loading=True))
        await until(pilot, lambda: "A new thing happened" in screen_text(app))
        assert "2 of 4 files" in screen_text(app)
        await pilot.press("j")
        await until(pilot, lambda: "2 of 2" in screen_text(app))
        session.publish(FolderState(whole))
        await until(pilot, lambda: "2 of 3" in screen_text(app))
        assert "files" not in screen_text(app)


async def test_coverage_becomes_a_way_to_its_card_once_that_has_been_read(tmp_path: Path) -> None:
    related = [piece("The old one", "https://example.com/old.md", "2021-08-01T10:00:00Z", "Example", "example.com")]
    write_story(tmp_path, "new.md", related=related, title="A new thing happened")
    write_story(tmp_path, "old.md", publishedDateTime="2021-08-01T10:00:00Z", title="The old one")
    whole = whole_deck(tmp_path)
    session = PacedSession(tmp_path)
    app = NewsdeckApp(session, session.settings)
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: session.publish)
        assert session.publish is not None
        session.publish(FolderState(Deck(whole.stories[:1]), done=1, files=2, loading=True))
        await until(pilot, lambda: "A new thing happened" in screen_text(app))
        session.publish(FolderState(whole))
        session.ended.set()
        await until(pilot, lambda: "▸ Background, similar · 1" in screen_text(app))
        await pilot.press("a")
        await until(pilot, lambda: "Example ›" in screen_text(app))


async def test_a_mistake_in_the_background_ends_the_reader_instead_of_leaving_it_waiting(tmp_path: Path) -> None:
    class BrokenSession(PacedSession):
        def follow(
            self, publish: Callable[[FolderState], None], should_stop: Callable[[], bool] = lambda: False
        ) -> None:
            raise RuntimeError("a mistake of ours")

    session = BrokenSession(tmp_path)
    app = NewsdeckApp(session, session.settings)
    with pytest.raises(RuntimeError, match="a mistake of ours"):
        async with app.run_test(size=(130, 40)) as pilot:
            await until(pilot, lambda: app.crash)
    assert app.return_code == 1
    assert isinstance(app.crash, RuntimeError)


async def test_an_empty_folder_says_how_to_get_cards(tmp_path: Path) -> None:
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        assert "No cards here." in reader.text
        assert "newsdeck demo" in reader.text
        for key in ("j", "enter", "o", "c", "i", "m", "f", "x", "D", "escape", "t", "j", "enter"):
            await reader.press(key)
        assert isinstance(reader.app.screen, DeckScreen)


async def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    async with open_reader(tmp_path / "gone", size=(100, 30)) as reader:
        assert "This folder cannot be read." in reader.text
        assert "Press q to quit." in reader.text


async def test_problems_are_counted_and_listed_with_what_to_do(tmp_path: Path) -> None:
    write_story(tmp_path, "good.md")
    write_story(tmp_path, "flawed.md", quality="much")
    (tmp_path / "broken.md").write_text("---\ntitle: One: two\n---\n")
    (tmp_path / "[bold]x[@click=quit].md").write_text("---\ntitle: [\n---\n")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to("/etc/passwd")
    async with open_reader(tmp_path, size=(110, 44)) as reader:
        assert "5 problems (!)" in reader.text
        await reader.press("exclamation_mark")
        for told in (
            "Not shown · 4",
            "broken.md:2",
            "[bold]x[@click=quit].md:",
            "pipe.md",
            "link.md",
            "Shown with a flaw · 1",
        ):
            assert told in reader.text
        assert "flawed.md" in reader.text
        await reader.press("escape")
        assert "of 2" in reader.text


async def test_where_nothing_could_be_read_the_way_to_the_problems_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_text("---\ntitle: One: two\n---\n")
    async with open_reader(tmp_path, size=(100, 30)) as reader:
        assert "No story could be read." in reader.text
        assert "Press ! to see" in reader.text


async def test_a_single_card_can_be_opened(tmp_path: Path) -> None:
    write_story(tmp_path, "one.md", body="What else there is to say.")
    async with open_reader(tmp_path / "one.md", size=(100, 30)) as reader:
        assert "1 of 1" in reader.text
        assert "What else there is to say." in reader.text


async def test_the_inspector_shows_every_field_and_only_the_size_of_what_is_sealed(tmp_path: Path) -> None:
    write_card(tmp_path, "a.md", title="A", secured="c2VjcmV0IHRleHQ=", unknownKey={"deep": ["x", "[/y]"]})
    async with open_reader(tmp_path, size=(100, 40)) as reader:
        await reader.press("i")
        assert "a.md" in reader.text
        assert "unknownKey.deep[1]" in reader.text
        assert "[/y]" in reader.text
        assert "sealed, 16 bytes" in reader.text
        assert "c2VjcmV0" not in reader.text


async def test_a_file_that_vanished_is_told_in_the_inspector(tmp_path: Path) -> None:
    write_story(tmp_path, "a.md")
    async with open_reader(tmp_path, size=(100, 40)) as reader:
        (tmp_path / "a.md").unlink()
        await reader.press("i")
        assert "The file cannot be read any more." in reader.text


def test_problems_without_a_place_are_told_without_one() -> None:
    lines = ProblemsScreen([Problem("a.md", "fifo", "This is a pipe.")]).lines(40)
    said = ["".join(text for text, _style in line.spans) for line in lines]
    assert said[:3] == ["── Not shown · 1 ", " ✗ a.md", "   This is a pipe."]


class KnownSession(PacedSession):
    """Knows the whole folder at once, and tells when it is to read a card."""

    def __init__(self, root: Path, on_read: Callable[[], None]) -> None:
        super().__init__(root)
        self._deck = whole_deck(root)
        self._on_read = on_read

    def known(self, publish: Callable[[FolderState], None]) -> FolderState:
        return FolderState(self._deck)

    def read_body(self, story: Story) -> tuple[Card, Body] | None:
        self._on_read()
        return super().read_body(story)


class WatchedApp(NewsdeckApp):
    """Tells whenever it has painted a story's headline."""

    on_painted: Callable[[], None]

    def post_display_hook(self) -> None:
        if "A new thing happened" in screen_text(self):
            self.on_painted()


async def test_a_card_is_read_once_its_story_is_on_the_screen(tmp_path: Path) -> None:
    write_story(tmp_path, "new.md", body="What happened in full.", title="A new thing happened")
    happened: list[str] = []
    session = KnownSession(tmp_path, lambda: happened.append("read"))
    app = WatchedApp(session, session.settings)
    app.on_painted = lambda: happened.append("painted")
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: "What happened in full." in screen_text(app))
    assert happened.index("painted") < happened.index("read")


class HastyApp(NewsdeckApp):
    """Has keys pressed before there is any screen."""

    keys = ""

    def get_default_screen(self) -> Screen[None]:
        for key in self.keys:
            self.post_message(events.Key({"/": "slash", "?": "question_mark"}.get(key, key), key))
        return super().get_default_screen()


async def test_a_query_that_is_typed_before_the_first_screen_is_there_counts(tmp_path: Path) -> None:
    write_story(tmp_path, "new.md", title="A new thing happened")
    write_story(tmp_path, "other.md", title="Another thing")
    session = KnownSession(tmp_path, lambda: None)
    app = HastyApp(session, session.settings)
    app.keys = "/happened"
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: "1 of 1" in screen_text(app))
        assert " happened" in screen_text(app).splitlines()[-3]
        assert "Another thing" not in screen_text(app)


async def test_help_that_is_asked_for_before_the_first_screen_is_there_looks_as_ever(tmp_path: Path) -> None:
    write_story(tmp_path, "new.md", title="A new thing happened")
    session = KnownSession(tmp_path, lambda: None)
    app = HastyApp(session, session.settings)
    app.keys = "?"
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and "── In the list" in screen_text(app))
        await until(pilot, lambda: "1 story" in screen_text(app))  # the deck comes into sight behind it
        hasty = screen_text(app)
        await pilot.press("escape", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and "── In the list" in screen_text(app))
        assert screen_text(app) == hasty
