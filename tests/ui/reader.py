"""The reader under test: the real application on a folder, with programs that only write down what they are given."""

import asyncio
import threading
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from tui.config.settings import Settings
from tui.errors import ProgramError
from tui.programs import Programs
from tui.resources import sample_content_dir
from tui.session import FolderState, Session
from tui.session.loading import Publish
from tui.ui.app import NewsdeckApp
from tui.ui.deck.screen import DeckScreen
from tui.ui.widgets.story_content import StoryContent
from tui.work import ShouldStop, never

NOW = datetime(2021, 9, 1, 12, 0, tzinfo=UTC)
WAIT_SECONDS = 20.0


class RecordingPrograms(Programs):
    """Opens and copies nothing; writes down what it was to open and copy. With a `failure` it cannot open."""

    def __init__(self, failure: str = "") -> None:
        super().__init__({})
        self.failure = failure
        self.opened: list[str] = []
        self.copied: list[str] = []

    def open_url(self, url: str) -> str:
        if self.failure:
            raise ProgramError(self.failure)
        self.opened.append(url)
        return "recorder"

    def console_browser(self, url: str) -> Sequence[str] | None:
        return None

    def copy_text(self, text: str) -> bool:
        self.copied.append(text)
        return True


class LoadedSession(Session):
    """A folder that is read once, in this process, and not followed."""

    def follow(self, publish: Publish, should_stop: ShouldStop = never) -> None:
        loaded = self.load_all()
        if not should_stop():
            publish(FolderState(loaded.deck, None, loaded.problems, loaded.files, loaded.files))


@dataclass
class Reader:
    """A running reader: its application, how to drive it, and what came of it."""

    app: NewsdeckApp
    pilot: Pilot[None]
    deck: DeckScreen
    programs: RecordingPrograms
    messages: list[Message] = field(default_factory=list)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other and let their work be done."""
        for key in keys:
            self.send(key)
            await self._breathe()
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text in one go, and let its work be done."""
        for char in text:
            self.send(char)
        await self.settle()

    def send(self, key: str) -> None:
        """Press a key without waiting for anything."""
        named = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
        try:
            character: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(named, named)))
        except KeyError:
            character = key if len(key) == 1 else None
        self.app.post_message(events.Key(named, character))

    async def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(columns, lines)
        await self.settle()

    async def settle(self) -> None:
        """Wait until what was begun is done: the folder loaded, the view picked, the story followed, all laid out."""
        quiet = 0
        deadline = time.monotonic() + WAIT_SECONDS
        while quiet < 3:  # a job that ends posts a message, which may begin another
            if time.monotonic() > deadline:
                pytest.fail(f"the reader does not settle; the screen was:\n{self.text}")
            await self._breathe()
            running = any(thread.name.startswith("newsdeck-") for thread in threading.enumerate())
            jobs = running or self.deck.jobs.is_busy
            quiet = 0 if jobs or self.deck.reading.is_following or self._waits_for_layout() else quiet + 1

    def _waits_for_layout(self) -> bool:
        screen = self.app.screen
        return screen._layout_required or any(widget._layout_required for widget in screen.walk_children(Widget))

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"waited in vain for {what}; the screen was:\n{self.text}")
            await self._breathe()

    async def _breathe(self) -> None:
        """Let every message that waits be handled; much sooner back than `pilot.pause`."""
        await asyncio.sleep(0.01)
        await self.pilot._wait_for_screen()

    @property
    def text(self) -> str:
        """All that is to be seen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def content(self) -> StoryContent:
        """The story that is shown."""
        content = self.deck.panes.story.content
        assert content is not None
        return content

    @property
    def notices(self) -> list[str]:
        """What was told in passing."""
        return [notice.message for notice in self.app._notifications]


def text_of(widget: Widget) -> str:
    """What a pane shows, inside its border."""
    lines = widget.render_lines(widget.size.region)
    return "\n".join(line.text.rstrip() for line in lines)


@asynccontextmanager
async def open_reader(
    root: Path | None = None,
    *,
    size: tuple[int, int] = (130, 40),
    settings: Settings | None = None,
    failure: str = "",
    shows_notices: bool = False,
) -> AsyncIterator[Reader]:
    """The reader on a folder (the demo by default), loaded and settled, at a fixed moment in UTC."""
    settings = settings or Settings(read_after=0)
    programs = RecordingPrograms(failure)
    session = LoadedSession(root or sample_content_dir(), settings, programs, clock=lambda: NOW, zone=UTC)
    app = NewsdeckApp(session, settings)
    messages: list[Message] = []
    try:
        async with app.run_test(size=size, notifications=shows_notices, message_hook=messages.append) as pilot:
            deck = app.screen
            assert isinstance(deck, DeckScreen)
            reader = Reader(app, pilot, deck, programs, messages)
            await reader.settle()
            yield reader
    finally:
        app.session.close()  # another one, where another folder was opened
