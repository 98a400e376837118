"""What is told in passing of a folder that changes, and where r leads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.cards import piece, write_story
from tests.ui.deck.test_loading import PacedSession, until, whole_deck
from tui.session import FolderState
from tui.ui.app import NewsdeckApp
from tui.ui.deck.screen import DeckScreen


class AskedSession(PacedSession):
    """A session that is followed, and counts how often the folder is to be looked through."""

    asked = 0

    def rescan(self) -> bool:
        self.asked += 1
        return True


@dataclass
class Open:
    """A reader that is told what the test says."""

    root: Path
    session: AskedSession
    app: NewsdeckApp
    pilot: Pilot[None]

    async def publish(self, **more: object) -> None:
        """Tell what lies in the folder now, and see it listed."""
        deck, screen, publish = whole_deck(self.root), self.app.screen, self.session.publish
        assert isinstance(screen, DeckScreen)
        assert publish is not None
        publish(FolderState(deck, **more))  # type: ignore[arg-type]
        await until(self.pilot, lambda: screen.state.listing.deck is deck)

    @property
    def notices(self) -> list[str]:
        """What was told in passing so far."""
        return [notice.message for notice in self.app._notifications]


@asynccontextmanager
async def open_reader(root: Path) -> AsyncIterator[Open]:
    write_story(root, "old.md", title="An old one")
    session = AskedSession(root)
    app = NewsdeckApp(session, session.settings)
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: session.publish)
        reader = Open(root, session, app, pilot)
        await reader.publish()
        yield reader


@pytest.mark.parametrize("count", [1, 2])
async def test_new_stories_are_counted(tmp_path: Path, count: int) -> None:
    async with open_reader(tmp_path) as reader:
        for number in range(count):
            write_story(tmp_path, f"{number}.md")
        await reader.publish(arrived=tuple(f"{number}.md" for number in range(count)))
        assert reader.notices == [f"{count} new {'story' if count == 1 else 'stories'} · r goes there"]


async def test_with_new_stories_r_looks_for_nothing_and_once_there_it_does(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        write_story(tmp_path, "new.md", publishedDateTime="2021-08-29T10:00:00Z")
        await reader.publish(arrived=("new.md",))
        await reader.pilot.press("r")
        screen = reader.app.screen
        assert isinstance(screen, DeckScreen)
        assert screen.panes.stories.story is not None
        assert screen.panes.stories.story.id == "new.md"
        assert reader.session.asked == 0
        await reader.pilot.press("r")
        assert reader.session.asked == 1


async def test_new_stories_that_are_gone_again_are_forgotten(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        write_story(tmp_path, "new.md")
        await reader.publish(arrived=("new.md",))
        (tmp_path / "new.md").unlink()
        await reader.publish()
        await reader.pilot.press("r")
        assert reader.session.asked == 1


async def test_new_stories_that_a_query_hides_are_told_and_kept(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        await reader.pilot.press("slash", *"old", "enter")
        write_story(tmp_path, "new.md")
        await reader.publish(arrived=("new.md",))
        await reader.pilot.press("r")
        assert "not in this list" in reader.notices[-1]
        assert reader.session.asked == 0


async def test_looking_in_vain_is_told(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        await reader.publish(answers=True)
        assert reader.notices == ["Nothing new."]


async def test_a_folder_that_is_gone_is_told_once_and_again_to_who_asks(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        gone = "It is gone. What was read stays here."
        await reader.publish(error="It is gone.")
        await reader.publish(error="It is gone.")
        assert reader.notices == [gone]
        reader.app.clear_notifications()
        await reader.publish(error="It is gone.")
        assert reader.notices == []
        await reader.publish(error="It is gone.", answers=True)
        assert reader.notices == [gone]
        await reader.publish()
        assert reader.notices == [gone, "The folder is back."]


async def test_a_reader_who_went_on_to_another_card_stays_there(tmp_path: Path) -> None:
    link = piece("An old one", "https://example.com/old.md", "2021-08-30T10:00:00Z", "Example", "example.com")
    write_story(tmp_path, "lead.md", title="A newer one", related=[link], publishedDateTime="2021-08-31T10:00:00Z")
    async with open_reader(tmp_path) as reader:
        screen = reader.app.screen
        assert isinstance(screen, DeckScreen)
        # That the cursor is there is told by a message; only once it was taken is nothing more to follow.
        await until(reader.pilot, lambda: screen.state.story_id == "lead.md" and not screen.reading.is_following)
        old = screen.state.deck.find("old.md")
        assert old is not None
        screen.reading.show(old)
        write_story(tmp_path, "new.md", title="A new one", publishedDateTime="2021-08-29T10:00:00Z")
        await reader.publish(arrived=("new.md",))
        await until(reader.pilot, lambda: not screen.reading.is_following)
        content = screen.panes.story.content
        assert content is not None
        assert content.story.id == "old.md"


async def test_a_story_that_is_told_anew_is_shown_anew(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        screen = reader.app.screen
        assert isinstance(screen, DeckScreen)
        await until(reader.pilot, lambda: screen.panes.story.content is not None)
        write_story(tmp_path, "old.md", title="Told anew", body="And there is more.")
        await reader.publish()
        content = screen.panes.story.content
        assert content is not None
        assert content.story.title == "Told anew"
        await until(reader.pilot, lambda: screen.panes.story.content and screen.panes.story.content.body is not None)


async def test_new_stories_stay_announced_in_the_title_until_they_are_gone_to(tmp_path: Path) -> None:
    async with open_reader(tmp_path) as reader:
        for number in range(3):
            write_story(tmp_path, f"{number}.md", publishedDateTime="2021-08-29T10:00:00Z")
        await reader.publish(arrived=("0.md", "1.md", "2.md"))
        screen = reader.app.screen
        assert isinstance(screen, DeckScreen)
        for key in ("j", "k", "enter", "escape"):
            await reader.pilot.press(key)
            assert screen.panes.announced == ("3 new · r",)
        await reader.publish()
        assert screen.panes.announced == ("3 new · r",)
        await reader.pilot.press("r")
        assert not screen.panes.announced
