"""When the cache file is written anew, and what its writer is told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cards.sync.watching import card, known_files, put
from tests.cards.worker.asking import Told, received, sent
from tui.cards.protocol import Changes, EventsFound, SnapshotWritten
from tui.cards.sync.tracked import TrackedFiles
from tui.cards.worker.request import Order, SnapshotRequest
from tui.cards.worker.snapshots import LATEST, MOST_DEATHS, QUIET, SPARING, SnapshotSchedule
from tui.cards.worker.start import WorkerStart
from tui.cards.worker.wire import Packer
from tui.model import Problem, Story

STEP = 0.1


def story(id: str, title: str = "A headline") -> Story:
    return Story(id, title)


class Writer:
    """Writes nothing, but notes what it was told; a snapshot takes `takes` seconds of the clock from then on.

    `begun` are the moments at which it was started.
    """

    def __init__(self, takes: float = 0.5) -> None:
        self.now = 100.0
        self.takes = takes
        self.answers = [f"token-{number}" for number in range(1, 20)]
        self.begun: list[float] = []
        self.requests: list[tuple[float, Told]] = []
        self.refuses = self.dies = False
        self.is_killed = self.is_dead = False
        self.found: dict[str, bytes] | None = None
        self._asked: SnapshotRequest | None = None
        self._due = 0.0

    def write(self, command: Sequence[str], request: SnapshotRequest) -> "Writer":
        assert command == ("write", "it")
        if self.refuses:
            raise OSError("no more processes")
        self.begun.append(self.now)
        self.is_dead = self.dies
        self._asked = request
        return self

    def listen(self) -> None:
        """Take in what was asked, if all of it is known now."""
        if self._asked is not None and self._asked.rest.is_known:
            self.requests.append((self.now, received(sent(self._asked))))
            self._asked = None
            self._due = self.now + self.takes

    def token(self) -> str | None:
        if self.is_dead:
            return ""
        return None if self._asked is not None or self.now < self._due else self.answers.pop(0)

    def events(self) -> dict[str, bytes] | None:
        found, self.found = self.found, None
        return found

    def was_killed(self) -> bool:
        return self.is_dead

    def kill(self) -> None:
        self.is_killed = True


class Case:
    """Snapshots of a small folder, on a clock of its own."""

    def __init__(self, root: Path, token: str = "", **writer: float) -> None:
        put(root / "a.md", card("One"))
        self.files: TrackedFiles = known_files(root)
        self.files.settled = 0
        self.writer = Writer(**writer)
        start = WorkerStart(root, root / "x.deck", token, ("write", "it"))
        self.snapshots = SnapshotSchedule(start, self.writer.write, lambda: self.writer.now)
        self._serial = 0

    def change(self, *stories: Story, removed: tuple[str, ...] = (), problems: tuple[Problem, ...] = ()) -> None:
        self._serial += 1
        self.snapshots.take(Changes(self._serial, stories, removed, problems))

    def load(self, *stories: Story, prepared: bool = False) -> None:
        """Load these, of which nothing is known before; with a writer that was `prepared` when the first was read."""
        kept = self.snapshots.kept()
        assert kept is not None
        for number, one in enumerate(stories):
            kept.add(Packer(number + 1).packed([one]))
            if prepared:
                self.snapshots.prepare()
        self.snapshots.begin()

    def wait(self, seconds: float) -> list[tuple[float, EventsFound | SnapshotWritten]]:
        """The snapshots that are told in the next seconds, with their moments."""
        told = []
        for _ in range(round(seconds / STEP)):
            self.writer.now += STEP
            snapshot = self.snapshots.poll(self.files)
            self.writer.listen()
            if snapshot is not None:
                told.append((self.writer.now, snapshot))
        return told

    @property
    def moments(self) -> list[float]:
        """Seconds from the start to each request."""
        return [moment - 100 for moment, _ in self.writer.requests]

    @property
    def last(self) -> Told:
        """The newest request."""
        return self.writer.requests[-1][1]


def test_a_cold_load_is_written_at_once(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.load(story("a.md"))
    [(_, snapshot)] = case.wait(2)
    assert case.moments == [pytest.approx(STEP)]
    assert snapshot == SnapshotWritten("token-1", 0)
    assert case.last.order == Order(str(tmp_path.resolve()), str(tmp_path / "x.deck"))
    assert (case.last.stories, case.last.rest.removed) == ([story("a.md")], [])


def test_a_writer_takes_in_what_is_read_while_the_rest_is(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.load(story("a.md"), story("b.md"), prepared=True)
    case.change(story("c.md"), removed=("a.md",))
    case.writer.found = {"events": b"of what was loaded"}
    told = [message for _, message in case.wait(2)]
    assert told == [EventsFound({"events": b"of what was loaded"}, 0), SnapshotWritten("token-1", 1)]
    assert case.writer.begun == [100.0]
    assert (case.last.loaded, case.last.rest.stories) == ([story("a.md"), story("b.md")], [story("c.md")])


def test_a_writer_that_ends_while_cards_are_read_is_replaced(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.load(story("a.md"), story("b.md"), prepared=True)
    case.writer.is_dead = True
    assert [message for _, message in case.wait(2)] == [SnapshotWritten("token-1", 0)]
    assert case.writer.begun == [100.0, pytest.approx(100 + STEP)]
    assert case.last.stories == [story("a.md"), story("b.md")]


def test_a_writer_that_is_killed_is_replaced_but_not_for_ever(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.load(story("a.md"))
    case.writer.dies = True
    assert [message for _, message in case.wait(20)] == [SnapshotWritten("", 0)]
    assert len(case.writer.begun) == 1 + MOST_DEATHS


def test_the_events_of_a_snapshot_are_told_once_and_before_it_is_written(tmp_path: Path) -> None:
    case = Case(tmp_path, takes=3)
    case.load(story("a.md"))
    case.change(story("b.md"))
    case.wait(1)
    case.writer.found = {"events": b"found"}
    case.change(story("c.md"))
    told = [message for _, message in case.wait(3)]
    assert told == [EventsFound({"events": b"found"}, 0), SnapshotWritten("token-1", 1)]


def test_what_was_loaded_is_sent_again_until_it_is_written(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.writer.answers = ["", "token-1", "token-2"]
    case.load(story("a.md"), story("b.md"), story("c.md"))
    case.change(story("b.md", "Another headline"), removed=("c.md",))
    case.wait(2)
    case.change(story("d.md"))
    case.wait(10)
    case.change(story("e.md"))
    case.wait(10)
    everything = [story("a.md"), story("b.md", "Another headline")]
    assert [request.order.base for _, request in case.writer.requests] == ["", "", "token-1"]
    assert [request.stories for _, request in case.writer.requests] == [
        everything,
        [*everything, story("d.md")],
        [story("e.md")],
    ]


def test_nothing_is_written_while_nothing_changes(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0")
    case.change()
    case.change()
    assert case.wait(100) == []
    assert case.writer.requests == []


def test_changes_are_written_when_they_have_come_to_rest(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0")
    for number in range(5):
        case.change(story(f"{number}.md"))
        case.wait(QUIET / 2)
    [(_, snapshot)] = case.wait(5)
    assert case.moments == [pytest.approx(4 * QUIET / 2 + QUIET, abs=2 * STEP)]
    assert case.last.order.base == "token-0"
    assert [story.id for story in case.last.stories] == [f"{number}.md" for number in range(5)]
    assert snapshot.serial == 5


def test_changes_that_never_cease_are_written_all_the_same(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0")
    for number in range(200):
        case.change(story("a.md", str(number)))
        case.wait(QUIET / 2)
    assert case.moments[0] == pytest.approx(LATEST, abs=1)
    assert len(case.moments) == pytest.approx(100 / LATEST, abs=1)


def test_a_slow_writer_is_not_kept_busy(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0", takes=10)
    for number in range(8):
        case.change(story("a.md", str(number)))
        case.wait(10)
    gaps = [later - earlier for earlier, later in zip(case.moments, case.moments[1:], strict=False)]
    assert gaps
    assert min(gaps) >= 10 + SPARING * 10 - 2 * STEP


def test_each_snapshot_is_told_what_changed_since_the_one_before(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0")
    case.change(story("a.md"), story("b.md"), removed=("c.md",))
    case.wait(10)
    case.change(story("c.md"), removed=("a.md",))
    case.wait(10)
    first, second = (request for _, request in case.writer.requests)
    assert ([story.id for story in first.rest.stories], first.rest.removed) == (["a.md", "b.md"], ["c.md"])
    assert (second.order.base, [story.id for story in second.rest.stories], second.rest.removed) == (
        "token-1",
        ["c.md"],
        ["a.md"],
    )


def test_what_changes_while_a_snapshot_is_written_is_not_in_it_and_in_the_next(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0", takes=3)
    case.change(story("a.md"))
    case.wait(QUIET + 2 * STEP)
    case.change(story("b.md"))
    told = case.wait(30)
    assert [snapshot.serial for _, snapshot in told] == [1, 2]
    assert [[story.id for story in request.stories] for _, request in case.writer.requests] == [["a.md"], ["b.md"]]


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_failure_is_tried_again_with_the_next_changes(tmp_path: Path, is_refused: bool) -> None:
    case = Case(tmp_path, "token-0")
    case.writer.refuses = is_refused
    case.writer.answers.insert(0, "")
    case.change(story("a.md"), story("b.md", "old"), removed=("c.md", "d.md"))
    assert [snapshot for _, snapshot in case.wait(100)] == [SnapshotWritten("", 1)]
    assert len(case.writer.requests) == (0 if is_refused else 1)
    case.writer.refuses = False
    if is_refused:
        case.writer.answers.pop(0)
    case.change(story("b.md", "new"), story("d.md"), removed=("a.md",))
    assert [snapshot.serial for _, snapshot in case.wait(10)] == [2]
    assert case.last.order.base == "token-0"
    assert {(story.id, story.title) for story in case.last.stories} == {("b.md", "new"), ("d.md", "A headline")}
    assert case.last.rest.removed == ["a.md", "c.md"]


def test_many_files_that_were_touched_are_written_down_so_that_they_are_not_read_again(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0")
    case.files.settled = 1000
    assert len(case.wait(5)) == 1
    case.files.settled = 1100
    assert case.wait(100) == []


def test_problems_that_come_and_go_are_written(tmp_path: Path) -> None:
    case = Case(tmp_path, "token-0")
    case.change()
    case.change(problems=(Problem("x.md", "rule", "It is wrong."),))
    assert len(case.wait(5)) == 1


@pytest.mark.parametrize("start", [WorkerStart(Path("x"), Path("y")), WorkerStart(Path("x"), indexer=("a",))])
def test_without_a_writer_or_a_file_nothing_is_written(tmp_path: Path, start: WorkerStart) -> None:
    case = Case(tmp_path)
    snapshots = SnapshotSchedule(start, case.writer.write, lambda: case.writer.now)
    assert snapshots.kept() is None
    snapshots.begin()
    snapshots.take(Changes(1, (story("b.md"),)))
    case.writer.now += 100
    assert snapshots.poll(case.files) is None
    assert case.writer.requests == []


def test_what_is_being_written_can_be_ended(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.snapshots.begin()
    case.wait(STEP)
    assert not case.writer.is_killed
    case.snapshots.close()
    assert case.writer.is_killed


def test_once_closed_nothing_is_begun(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.snapshots.close()
    case.snapshots.begin()
    case.wait(STEP)
    assert case.writer.requests == []
