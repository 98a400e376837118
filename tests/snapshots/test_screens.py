"""How the screens look, held fast as pictures; look at them before updating with `--snapshot-update`."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.picture import self_contained
from tests.ui.cards import write_story
from tests.ui.reader import LoadedSession, Reader, RecordingPrograms
from tui.config.settings import Settings
from tui.resources import sample_content_dir
from tui.ui.app import NewsdeckApp
from tui.ui.deck.screen import DeckScreen

DRAWN_WITH = {"textual": "8.2.8", "rich": "15.0.0"}
"""Other versions may draw the same screen in other words of SVG."""

Compare = Callable[..., bool]

pytestmark = pytest.mark.skipif(
    {name: version(name) for name in DRAWN_WITH} != DRAWN_WITH,
    reason=f"the pictures were drawn with {DRAWN_WITH}",
)


class PictureApp(NewsdeckApp):
    """The reader, drawn without addresses of fonts."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        return self_contained(super().export_screenshot(title=title, simplify=simplify))


def app_on(root: Path, **chosen: str) -> tuple[PictureApp, RecordingPrograms]:
    settings = Settings(read_after=0, theme=chosen.get("theme", "midnight"))
    programs = RecordingPrograms()
    now = datetime(2021, 9, 1, 12, 0, tzinfo=UTC)
    return PictureApp(LoadedSession(root, settings, programs, clock=lambda: now, zone=UTC), settings), programs


def presses(app: PictureApp, programs: RecordingPrograms, *keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def drive(pilot: Pilot[None]) -> None:
        deck = app.screen
        assert isinstance(deck, DeckScreen)
        reader = Reader(app, pilot, deck, programs)
        await reader.settle()
        if keys:
            await reader.press(*keys)

    return drive


SCREENS = [
    pytest.param((80, 24), (), id="deck-80"),
    pytest.param((120, 36), (), id="deck-120"),
    pytest.param((200, 50), ("c", "full_stop", "full_stop"), id="deck-200"),
    pytest.param((60, 20), ("enter",), id="story-60"),
    pytest.param((80, 24), ("t", "j", "j"), id="topics-80"),
    pytest.param((120, 36), ("question_mark",), id="help-120"),
    pytest.param((100, 30), ("slash", *"outlet:z"), id="query-100"),
    pytest.param((15, 4), (), id="too-small"),
]


@pytest.mark.parametrize(("size", "keys"), SCREENS)
def test_the_demo(snap_compare: Compare, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    app, programs = app_on(sample_content_dir())
    assert snap_compare(app, terminal_size=size, run_before=presses(app, programs, *keys))


def test_the_light_theme(snap_compare: Compare) -> None:
    app, programs = app_on(sample_content_dir(), theme="paper")
    assert snap_compare(app, terminal_size=(120, 36), run_before=presses(app, programs, "m", "j", "f", "enter"))


def test_an_empty_folder(snap_compare: Compare, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    app, programs = app_on(folder)
    assert snap_compare(app, terminal_size=(80, 24), run_before=presses(app, programs))


def test_problems(snap_compare: Compare, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    write_story(folder, "good.md")
    write_story(folder, "flawed.md", quality="much")
    (folder / "broken.md").write_text("---\ntitle: One: two\n---\n")
    (folder / "link.md").symlink_to("/etc/passwd")
    app, programs = app_on(folder)
    assert snap_compare(app, terminal_size=(100, 30), run_before=presses(app, programs, "exclamation_mark"))
