"""Reading in several processes: what one would have read, in its order, whatever becomes of the others."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cards.sync.following import HOME
from tui.cards.folder.order import FileEntry
from tui.cards.format.problems import ParsedStory
from tui.cards.protocol import Batch, BatchRead, Reader
from tui.cards.reader import StoryReader
from tui.cards.worker import helpers
from tui.cards.worker.batches import load
from tui.cards.worker.first_reading import FirstReading
from tui.cards.worker.sizes import FIRST_BATCH, MOST_HELPERS, WORTH_HELP, helpers_for_cores
from tui.cards.worker.start import Plan, WorkerStart
from tui.cards.worker.wire import received
from tui.model import Problem, Story

FILES = FIRST_BATCH + WORTH_HELP + 300
pytestmark = pytest.mark.usefixtures("leaves_no_process")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough cards for others to help, with related pieces that they share, and some that are not as they should be."""
    folder = tmp_path_factory.mktemp("cards")
    for number in range(FILES):
        related = f"related:\n  - title: A piece that many share\n  - title: The piece with number {number % 97}\n"
        (folder / f"{number:05}.md").write_text(f"---\ntitle: Card {number}\n{related}---\n")
    (folder / "00100.md").write_text("---\n[\n---\n")
    (folder / "00200.md").write_text("---\ntitle: x\nquality: soon\n---\n")
    (folder / "00300.md").write_text("No card at all.")
    os.mkfifo(folder / "fifo.md")
    return folder


def batches_of(root: Path, count: int, reader: Reader | None = None, last: bytes = b"") -> Iterator[Batch]:
    """What whoever listens gets to know of a folder that so many helpers read."""
    for message in received(FirstReading(Plan(WorkerStart(root), last), count, reader).messages(lambda: False)):
        assert isinstance(message, BatchRead)
        yield message.batch


def told(batches: Iterator[Batch]) -> tuple[list[Story], list[Problem], int, int]:
    """Stories and problems in order, and how many files are no cards, and are read."""
    stories: list[Story] = []
    problems: list[Problem] = []
    not_cards = done = 0
    for batch in batches:
        stories += batch.stories
        problems += batch.problems
        not_cards += batch.not_cards
        done = batch.done
    return stories, problems, not_cards, done


class Doomed:
    """Reads, but in a process other than this one does something else before certain files."""

    def __init__(self, action: Callable[[], object], which: str = "00150") -> None:
        self._reader = StoryReader()
        self._here = os.getpid()
        self._action = action
        self._which = which

    def read(self, entry: FileEntry) -> ParsedStory:
        if os.getpid() != self._here and self._which in entry.id:
            self._action()
        return self._reader.read(entry)


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_any_number_of_processes_gives_what_one_gives(root: Path, count: int) -> None:
    assert told(batches_of(root, count)) == told(load(root)) == told(load(root, helpers=count))


class Signing:
    """Reads, and says in place of each title which process did."""

    def __init__(self) -> None:
        self._reader = StoryReader()

    def read(self, entry: FileEntry) -> ParsedStory:
        read = self._reader.read(entry)
        return replace(read, story=replace(read.story, title=str(os.getpid()))) if read.story else read


@pytest.mark.parametrize(("count", "spared", "readers"), [(2, True, 2), (2, False, 2), (1, True, 2)])
def test_a_core_that_is_spared_has_nothing_to_read(root: Path, count: int, spared: bool, readers: int) -> None:
    reading = FirstReading(Plan(WorkerStart(root)), count, Signing(), spares_core=lambda: spared)
    batches = [message.batch for message in received(reading.messages(lambda: False)) if isinstance(message, BatchRead)]
    titles = [story.title for batch in batches for story in batch.stories]
    assert len(set(titles)) == readers
    assert (titles[0] == str(os.getpid())) == spared, "the first are read here, with nobody to wait for"
    assert sum(batch.count for batch in batches) == len(told(load(root))[0])


def test_pieces_that_several_processes_read_are_one_object(root: Path) -> None:
    stories, *_ = told(batches_of(root, 2))
    assert len({id(story.related[0]) for story in stories if story.related}) == 1


def test_few_files_are_read_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(FIRST_BATCH + WORTH_HELP - 1):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: Card {number}\n---\n")
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("nobody else is needed"))
    assert len(told(batches_of(tmp_path, 4))[0]) == FIRST_BATCH + WORTH_HELP - 1


def test_a_reading_that_goes_on_behind_a_file_tells_only_what_comes_then(root: Path) -> None:
    stories, *_ = told(load(root))
    last = os.fsencode(root / "00400.md")
    assert [story.id for story in told(batches_of(root, 2, last=last))[0]] == [
        story.id for story in stories if story.id < "00400.md"
    ]


def garbage() -> None:
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, b"\x03\0\0\0abc" * 9)
        except OSError:
            continue
    os._exit(0)


DEATHS = [
    pytest.param(os.abort, id="abort"),
    pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="kill"),
    pytest.param(lambda: os._exit(0), id="silent-exit"),
    pytest.param(garbage, id="garbage"),
    pytest.param(lambda: 1 // 0, id="exception"),
]


@pytest.mark.parametrize("action", DEATHS)
@pytest.mark.parametrize("which", ["00150", "7.md", ".md"])
def test_helpers_that_die_cost_nothing(root: Path, action: Callable[[], object], which: str) -> None:
    assert told(batches_of(root, 3, Doomed(action, which))) == told(load(root))


def test_a_helper_that_does_not_come_back_from_a_file_ends(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "HANG_SECONDS", 1)
    assert told(batches_of(root, 2, Doomed(lambda: time.sleep(60)))) == told(load(root))


def test_a_helper_that_never_begins_ends(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "HANG_SECONDS", 1)
    monkeypatch.setattr(os, "closerange", lambda *_: time.sleep(60))  # one of the first things that it does
    assert told(batches_of(root, 2)) == told(load(root))


@pytest.mark.parametrize("pipes", [1, 2, 3])
def test_where_there_are_too_few_descriptors_none_is_left_open(
    root: Path, monkeypatch: pytest.MonkeyPatch, pipes: int
) -> None:
    make = os.pipe
    left = iter(range(pipes))

    def pipe() -> tuple[int, int]:
        if next(left, None) is None:
            raise OSError(errno.EMFILE, "too many open files")
        return make()

    expected = told(load(root))
    monkeypatch.setattr(os, "pipe", pipe)
    before = len(os.listdir("/dev/fd"))
    assert told(batches_of(root, 2)) == expected
    assert len(os.listdir("/dev/fd")) == before


def test_where_the_system_does_not_go_on_well_in_a_fork_there_are_no_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert helpers_for_cores() == MOST_HELPERS
    monkeypatch.setattr(sys, "platform", "darwin")
    assert helpers_for_cores() == 0


def test_where_no_process_can_be_made_all_is_read_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert told(batches_of(root, 2)) == told(load(root))


def test_whoever_stops_listening_leaves_no_helper(root: Path) -> None:
    batches = batches_of(root, 2)
    while next(batches).done <= FIRST_BATCH:
        pass
    batches.close()  # type: ignore[attr-defined]


_ASKED_TO_SAY_WHO = """
import os, sys, time
sys.path.insert(0, {home!r})
from tui.cards import reader
from tui.cards.worker import main, sizes
sizes.helpers_for_cores = lambda: 2
read, here = reader.read_card_file, os.getpid()
def read_card_file(path):
    if os.getpid() != here:
        open({folder!r} + f"/{{os.getpid()}}", "w").close()
        time.sleep(0.1)
    return read(path)
reader.read_card_file = read_card_file
sys.exit(main.main(sys.argv[1:]))
"""


def test_helpers_end_with_the_worker_whatever_it_ends_of(root: Path, tmp_path: Path) -> None:
    code = _ASKED_TO_SAY_WHO.format(home=HOME, folder=str(tmp_path))
    worker = subprocess.Popen(
        [sys.executable, "-c", code, *Plan(WorkerStart(root)).arguments()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    deadline = time.monotonic() + 20
    while len(pids := os.listdir(tmp_path)) < 2:
        assert time.monotonic() < deadline
    worker.kill()
    worker.wait()
    while any(os.path.isdir(f"/proc/{pid}") for pid in pids):
        assert time.monotonic() < deadline, "a helper goes on"
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.close()
    worker.stdout.close()
