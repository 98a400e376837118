"""What the reader has loaded when its first stories are on the screen: nothing that only later actions need."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui.work import module_command

PROBE = """
from tui.lean import lean_libraries
with lean_libraries():
    import os, sys
    from datetime import UTC, datetime
    import tui.cli.context, tui.cli.main, tui.cli.command_line, tui.cli.commands.read
    import asyncio
    from tui.config.settings import Settings
    from tui.deck.deck import DeckBuilder
    from tui.model import Outlet, Story
    from tui.programs import Programs
    from tui.resources import sample_content_dir
    from tui.session import FolderState, Session
    from tui.ui.app import NewsdeckApp

class ReadySession(Session):
    def known(self, publish):
        builder = DeckBuilder()
        at = datetime(2020, 2, 26, 16, 55, tzinfo=UTC)
        outlet = Outlet("Ars Technica", "arstechnica.com")
        builder.add([Story("a.md", "A headline", "https://arstechnica.com/a", outlet, at, True, body_bytes=10)])
        return FolderState(builder.deck(), awaits_analysis=True)

class FirstFrame(NewsdeckApp):
    def post_display_hook(self):
        shown = "\\n".join(strip.text for strip in self.screen._compositor.render_strips())
        if shown.count("A headline") == 2:
            print(*sorted(sys.modules), flush=True)
            os._exit(0)

async def main():
    app = FirstFrame(ReadySession(sample_content_dir(), Settings(), Programs({})), Settings())
    async with app.run_test(size=(130, 40)) as pilot:
        await pilot.pause(10)

asyncio.run(main())
"""
NOT_YET = {
    # libraries
    "frontmatter", "justhtml", "markdown_it", "parsy", "publicsuffixlist", "rich.markdown", "sqlite3", "tomlkit",
    "watchfiles", "webbrowser", "yaml", "textual.widgets._data_table", "textual.widgets._markdown",
    "argparse", "difflib", "json", "pickle", "rich.markup", "rich.table", "bz2", "ssl", "tempfile", "textual.canvas",
    "textual.markup", "uuid",
    "textual.command", "textual.widgets._input", "textual.widgets._tree",
    # reading cards, which the worker does, and bodies
    "tui.cards.fast.reader", "tui.cards.worker.batches", "tui.cards.format.parse", "tui.cards.reader",
    "tui.cards.sync.watcher", "tui.text.html",
    # searching
    "tui.deck.query.completion", "tui.deck.query.grammar", "tui.deck.query.printing", "tui.deck.search.highlights",
    # what keys do
    "tui.config.views", "tui.ui.deck.controls", "tui.ui.deck.filtering", "tui.ui.deck.links", "tui.ui.deck.marking",
    # what is opened over the first screen, or typed into
    "tui.ui.widgets.completion_popup", "tui.ui.widgets.filter_bar", "tui.ui.widgets.find_bar",
    "tui.ui.palette.screen", "tui.ui.dialogs.questions", "tui.ui.dialogs.dialog", "tui.ui.dialogs.help",
    "tui.ui.dialogs.inspector", "tui.ui.dialogs.problems",
    # other commands
    "tui.cli.commands.bench", "tui.cli.commands.list", "tui.export.records",
}  # fmt: skip


def test_the_first_screen_comes_without_what_only_later_actions_need() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"tui.ui.widgets.story_list", "tui.ui.widgets.story_pane", "tui.ui.widgets.facet_pane"} <= loaded
    assert loaded & NOT_YET == set()


def test_what_is_looked_for_exists() -> None:
    assert [name for name in sorted(NOT_YET) if find_spec(name) is None] == []


def test_a_worker_that_only_compares_loads_no_reader_of_cards() -> None:
    probe = "import json, sys, tui.cards.worker.main; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "tui.cards.worker.service" in loaded
    assert not {name for name in loaded if name.startswith(("tui.cards.fast", "tui.cards.reader", "tui.text.html"))}


FIRST_STORIES = """
import json, sys
from pathlib import Path
from tui.cards.worker.service import FolderService
from tui.cards.worker.start import Plan, WorkerStart
from tui.cards.worker.wire import PackedBatch
messages = FolderService(Plan(WorkerStart(Path(sys.argv[1]))), is_own=True).messages(lambda: False)
assert any(isinstance(message, PackedBatch) for message in messages)
print(json.dumps(sorted(sys.modules)))
"""


def test_a_worker_tells_the_first_stories_before_it_loads_what_watches_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A quay opens\n---\n")
    probe = [sys.executable, "-c", FIRST_STORIES, str(tmp_path)]
    done = subprocess.run(probe, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    later = {f"tui.cards.sync.{name}" for name in ("watcher", "updates", "tracked", "comparison", "notify")}
    assert [name for name in sorted(later) if find_spec(name) is None] == []
    assert not loaded & (later | {"tui.cards.worker.helpers"})


def test_a_process_of_ours_loads_nothing_slow_for_what_the_standard_library_has() -> None:
    executable, safely, option, code, *home = module_command("tui.cards.worker.main")
    probe = code.replace("sys.exit(main(sys.argv[1:]))", "print(*sorted(sys.modules)); import typing_extensions")
    done = subprocess.run([executable, safely, option, probe, *home], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "msgspec" in loaded
    assert not loaded & {"typing_extensions", "inspect", "ast", "dis"}


STARTED = """
import json, sys
from tui.lean import lean_libraries
with lean_libraries():
    import tui.cli.context, tui.cli.main, tui.cli.commands.read
    import tui.session.roots, tui.session.starting
print(json.dumps(sorted(sys.modules)))
"""


def test_a_folder_is_begun_with_before_what_shows_it_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    later = {"tui.session.folder", "tui.deck", "tui.state", "tui.cards.protocol", "tui.programs", "tui.ui", "textual"}
    assert "tui.cards.worker.process" in loaded
    assert not loaded & later


FIRST_BATCH = """
import json, sys
from pathlib import Path
from tui.session.starting import ContentRoot, start_folder
started = start_folder(ContentRoot(Path(sys.argv[1])), Path(sys.argv[2]))
from tui.session.source import SourceFolder
source = SourceFolder(ContentRoot(Path(sys.argv[1])), Path(sys.argv[2]), started=started)
try:
    while not started.worker.has_batch:
        pass
    state = source.known(lambda state: None)
    print(json.dumps([[topic.name for topic in state.deck.declared.topics], sorted(sys.modules)]))
finally:
    source.close()
"""


def test_the_first_stories_are_shown_without_loading_what_reads_topics(tmp_path: Path) -> None:
    (tmp_path / "cards" / "_data" / "topics").mkdir(parents=True)
    (tmp_path / "cards" / "_data" / "topics" / "one.yaml").write_text("name: Harbours\n")
    for number in range(300):
        (tmp_path / "cards" / f"{number}.md").write_text("---\ntitle: A quay opens\ntopics: [Harbours]\n---\n")
    probe = [sys.executable, "-c", FIRST_BATCH, str(tmp_path / "cards"), str(tmp_path / "cache")]
    done = subprocess.run(probe, cwd=ROOT, capture_output=True, text=True, check=True)
    topics, loaded = json.loads(done.stdout)
    assert topics == ["Harbours"]
    assert not {"tui.cards.folder.data", "tui.cards.fast.yaml", "tui.cards.format.times"} & set(loaded)


SHOWN = PROBE.replace(
    "            print(*sorted(sys.modules), flush=True)\n            os._exit(0)\n",
    "            self.shown = set(sys.modules)\n",
).replace(
    "        await pilot.pause(10)\n",
    """        while not hasattr(app, "shown"):
            await pilot.pause(0.01)
        deck = app.screen
        deck.jobs.start = lambda name, job: None  # what comes behind the first screen never does
        shown = set(sys.modules)
        DO
        print(*sorted(set(sys.modules) - shown), flush=True)
        os._exit(0)
""",
)
MOVING = {"tui.ui.deck.controls", "tui.ui.deck.entering", "tui.ui.deck.moving"}


def loaded_by(act: str) -> set[str]:
    """What is loaded by something done to the `deck` of an `app` while nothing of what comes later is there yet."""
    probe = SHOWN.replace("DO", act)
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name for name in done.stdout.split() if name.startswith(("tui.", "textual."))}


@pytest.mark.parametrize("move", ["down", "up", "half_down", "bottom", "story_page_down", "next_day"])
def test_the_first_key_loads_nothing_but_what_moves(move: str) -> None:
    assert loaded_by(f"deck.action_do({move!r})") <= MOVING


@pytest.mark.parametrize("key", ["star", "mark_read", "pick"])
def test_the_first_mark_waits_for_nothing_that_other_keys_need(key: str) -> None:
    loaded = loaded_by(f"deck.action_do({key!r})")
    assert "tui.ui.deck.marking" in loaded
    assert not loaded & {"tui.ui.deck.filtering", "tui.ui.deck.links", "tui.ui.deck.opening"}


@pytest.mark.parametrize(
    "place", ["None", "LastPosition('', '', '', {})", "LastPosition('', '', 'a.md', {'story': 5})"]
)
def test_going_back_to_a_place_makes_no_line_to_type_into(place: str) -> None:
    imports = "from tui.state.values import LastPosition; from tui.ui.messages import Entered"
    assert not loaded_by(f"{imports}; deck.on_entered(Entered({place}))") & {
        "tui.ui.widgets.filter_bar",
        "textual.widgets._input",
    }


def test_whoever_opens_a_store_does_not_wait_for_what_writes_it() -> None:
    probe = "import sys, tui.state.sqlite; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "tui.state.backlog" in done.stdout
    assert not {"sqlite3", "tempfile", "tui.state.database"} & set(done.stdout.split())


def test_a_card_that_is_opened_is_read_without_what_reads_many(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A quay opens\n---\nIt is *long*.\n")
    probe = "import sys, pathlib; from tui.cards.reader import read_card; root = pathlib.Path(sys.argv[1])"
    code = f"{probe}; assert read_card(root, 'a.md').card; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "tui.cards.format.parse" in done.stdout.split()
    assert not any(name.startswith(("tui.cards.fast.", "justhtml")) for name in done.stdout.split())


NOTED = """
import sys
from pathlib import Path
from tui.clock import utc_now
from tui.deck.deck import DeckBuilder
from tui.model import Outlet, Story
from tui.session.arrivals import Arrivals
from tui.session.loading import FolderState
from tui.session.marked_folder import MarkedFolder
from tui.state.store import MemoryStore
builder = DeckBuilder()
builder.add([Story("a.md", "A headline", "https://example.org/a", Outlet("A", "example.org"), None, True)])
arrivals, folder = Arrivals(utc_now), MarkedFolder(MemoryStore(), Path("/cards"))
arrivals.take(FolderState(builder.deck()))
folder.enter(["a.md"], frozenset)
arrivals.enter(folder)
assert folder.pieces and folder.is_watched
print(*sys.modules)
"""


def test_what_came_is_noted_without_loading_what_searches() -> None:
    done = subprocess.run([sys.executable, "-c", NOTED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    later = {"tui.deck.changed", "tui.deck.search.index", "tui.deck.search.evaluate"}
    assert [name for name in sorted(later) if find_spec(name) is None] == []
    assert not later & set(done.stdout.split())
