"""Following a folder through worker processes: cold, warm and while it changes; and what becomes of workers."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cards.sync.following import Follower, worker_that
from tests.cards.sync.watching import card, fresh, put
from tui.cache.file import open_cache
from tui.cards.protocol import Batch, SnapshotWritten
from tui.cards.worker.process import start_worker, worker_command
from tui.cards.worker.start import Plan, WorkerStart
from tui.errors import FolderError
from tui.model import Story

TORN = "---\ntitle: [half a\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    for number in range(20):
        put(folder / f"{number:02}.md", card(f"Card {number}"))
    return folder


@pytest.fixture
def caches(tmp_path: Path) -> Path:
    folder = tmp_path / "caches"
    folder.mkdir(mode=0o700)
    return folder


def snapshot(root: Path, caches: Path) -> tuple[str, dict[str, Story]]:
    """Have the cache file of a folder written; its token and what is shown then."""
    with Follower(root, caches) as reader:
        reader.until(lambda reader: bool(reader.snapshots))
        return reader.snapshots[-1].token, reader.stories


def stored_ids(reader: Follower) -> set[str]:
    """The ids of the stories in the cache file that a reader was told of last."""
    assert reader.start.cache is not None
    cache = open_cache(reader.start.cache, reader.start.root, reader.snapshots[-1].token)
    assert cache is not None
    with cache:
        return set(bytes(cache.block("ids")).decode().split())


def test_a_cold_load_is_followed_by_a_snapshot_of_everything(root: Path, caches: Path) -> None:
    with Follower(root, caches) as reader:
        reader.until(lambda reader: bool(reader.snapshots))
        assert reader.stories == fresh(root)[0]
        assert stored_ids(reader) == set(reader.stories)
        assert reader.snapshots == [SnapshotWritten(reader.snapshots[0].token, 0)]


def test_a_warm_start_without_changes_says_that_everything_is_as_it_was(root: Path, caches: Path) -> None:
    token, shown = snapshot(root, caches)
    with Follower(root, caches, token=token, shown=shown, worker=start_worker) as reader:
        reader.loaded()
        [change] = reader.changes
        assert reader.batches == []
        assert (change.stories, change.removed, change.files, change.validated) == ((), (), 20, True)
        assert not change.fresh


def test_a_warm_start_tells_what_changed_meanwhile(root: Path, caches: Path) -> None:
    token, shown = snapshot(root, caches)
    put(root / "20.md", card("Card 20"))
    put(root / "07.md", card("Seven"))
    (root / "08.md").unlink()
    with Follower(root, caches, token=token, shown=shown) as reader:
        reader.loaded()
        assert reader.stories == fresh(root)[0]
        assert {story.id for change in reader.changes for story in change.stories} == {"20.md", "07.md"}
        reader.until(lambda reader: bool(reader.snapshots))
        assert stored_ids(reader) == set(fresh(root)[0])


@pytest.mark.parametrize("token", ["0" * 32, "x"])
def test_with_another_cache_file_everything_is_read(root: Path, caches: Path, token: str) -> None:
    snapshot(root, caches)
    with Follower(root, caches, token=token) as reader:
        reader.loaded()
        assert reader.batches
        assert reader.stories == fresh(root)[0]


def test_cards_that_come_change_and_go_are_told(root: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        put(root / "new" / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles)
        put(root / "03.md", card("Three"))
        reader.until(lambda reader: "Three" in reader.titles)
        assert "Card 3" not in reader.titles
        (root / "04.md").unlink()
        (root / "05.md").rename(root / "new" / "21.md")
        reader.until(lambda reader: {"04.md", "05.md"}.isdisjoint(reader.stories) and "new/21.md" in reader.stories)
        assert reader.stories == fresh(root)[0]
        assert len(reader.batches) == 1


def test_live_changes_reach_the_next_snapshot(root: Path, caches: Path) -> None:
    with Follower(root, caches) as reader:
        reader.until(lambda reader: len(reader.snapshots) == 1)
        put(root / "20.md", card("Card 20"))
        (root / "04.md").unlink()
        reader.until(lambda reader: "Card 20" in reader.titles and "04.md" not in reader.stories)
        reader.until(lambda reader: reader.snapshots[-1].serial == reader.changes[-1].serial > 0)
        assert stored_ids(reader) == set(fresh(root)[0])


def test_a_torn_card_keeps_its_story_until_it_is_whole(root: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        put(root / "03.md", TORN)
        put(root / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles)
        assert "Card 3" in reader.titles
        put(root / "03.md", card("Three"))
        reader.until(lambda reader: "Three" in reader.titles)
        assert all("03.md" not in change.removed for change in reader.changes)


def test_a_folder_that_goes_and_comes_back_is_told(root: Path, tmp_path: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        root.rename(tmp_path / "away")
        reader.until(lambda reader: bool(reader.changes) and bool(reader.changes[-1].folder_error))
        assert len(reader.stories) == 20
        put(tmp_path / "away" / "20.md", card("Card 20"))
        (tmp_path / "away").rename(root)
        reader.until(lambda reader: "Card 20" in reader.titles)
        assert reader.changes[-1].folder_error == ""


def test_a_checkout_of_another_state_is_one_change(root: Path, tmp_path: Path) -> None:
    other = shutil.copytree(root, tmp_path / "other")
    for number in range(5, 15):
        put(other / f"{number:02}.md", card(f"Other {number}"))
    (other / "19.md").unlink()
    with Follower(root) as reader:
        reader.loaded()
        shutil.copytree(other, root, dirs_exist_ok=True)
        (root / "19.md").unlink()
        reader.until(lambda reader: "Other 14" in reader.titles and "19.md" not in reader.stories)
        assert reader.stories == fresh(other)[0]


def test_a_rescan_is_answered_even_if_nothing_changed(root: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        reader.feed.rescan()
        reader.until(lambda reader: any(change.asked for change in reader.changes))
        assert [(change.stories, change.removed) for change in reader.changes] == [((), ())]


def test_ten_thousand_touched_files_tell_nothing_and_hold_up_nothing(root: Path) -> None:
    for number in range(10_000):
        put(root / "many" / f"{number}.md", "---\ntitle: x\n---\n")
    with Follower(root) as reader:
        reader.loaded()
        for number in range(10_000):
            os.utime(root / "many" / f"{number}.md")
        put(root / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles, 60)
        assert {story.id for change in reader.changes for story in change.stories} == {"20.md"}


def worker_pid(reader: Follower) -> int:
    worker = reader.feed._worker
    assert worker is not None
    return worker._process.pid


def test_a_worker_killed_while_it_watches_is_replaced_from_the_snapshot(root: Path, caches: Path) -> None:
    with Follower(root, caches) as reader:
        reader.until(lambda reader: bool(reader.snapshots))
        put(root / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles)
        os.kill(worker_pid(reader), signal.SIGKILL)
        put(root / "21.md", card("Card 21"))
        (root / "04.md").unlink()
        reader.until(lambda reader: reader.changes[-1].fresh or "Card 21" in reader.titles)
        reader.until(lambda reader: reader.stories == fresh(root)[0])
        assert any(change.fresh and change.base for change in reader.changes)
        assert len(reader.batches) == 1


def test_a_worker_killed_before_there_is_a_snapshot_is_replaced_by_one_that_tells_everything(root: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        os.kill(worker_pid(reader), signal.SIGKILL)
        (root / "04.md").unlink()
        reader.until(lambda reader: bool(reader.changes))
        reader.until(lambda reader: reader.stories == fresh(root)[0])
        put(root / "21.md", card("Card 21"))
        reader.until(lambda reader: "Card 21" in reader.titles)
        assert reader.stories == fresh(root)[0]
        assert [change.base for change in reader.changes if change.fresh] == [""]


def test_a_killed_worker_is_replaced_though_the_folder_is_gone(root: Path, tmp_path: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        root.rename(tmp_path / "away")
        os.kill(worker_pid(reader), signal.SIGKILL)
        reader.until(lambda reader: bool(reader.changes) and bool(reader.changes[-1].folder_error))
        (tmp_path / "away").rename(root)
        reader.until(lambda reader: not reader.changes[-1].folder_error)
        assert len(reader.stories) == 20


def test_a_file_that_kills_while_watching_is_listed_and_the_rest_goes_on(root: Path, caches: Path) -> None:
    token, shown = snapshot(root, caches)
    command = worker_that("if b'deadly' in path: os.abort()")
    with Follower(root, caches, token=token, shown=shown, command=command) as reader:
        reader.loaded()
        put(root / "deadly.md", card("Deadly"))
        reader.until(lambda reader: any(problem.rule == "worker-died" for problem in reader.problems))
        assert [problem.file for problem in reader.problems] == ["deadly.md"]
        put(root / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles)
        assert reader.stories.keys() == fresh(root)[0].keys() - {"deadly.md"}


def test_a_file_that_hangs_while_watching_is_listed(root: Path) -> None:
    command = worker_that("if b'slow' in path: time.sleep(60)")
    with Follower(root, command=command, silence=0.5) as reader:
        reader.loaded()
        put(root / "slow.md", card("Slow"))
        reader.until(lambda reader: any(problem.rule == "worker-died" for problem in reader.problems))
        assert len(reader.stories) == 20


@pytest.mark.parametrize("command", [("/nowhere/python",), ("/bin/sh", "-c", "exit 3")])
def test_without_a_worker_the_folder_is_followed_here(root: Path, command: tuple[str, ...]) -> None:
    with Follower(root, command=command) as reader:
        reader.loaded()
        assert reader.stories == fresh(root)[0]
        put(root / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles)
        reader.feed.rescan()
        reader.until(lambda reader: reader.changes[-1].asked)


def test_a_folder_that_is_missing_at_a_cold_start_is_told(tmp_path: Path) -> None:
    with Follower(tmp_path / "gone") as reader, pytest.raises(FolderError, match="Check the path"):
        reader.loaded()


def test_a_folder_that_is_missing_at_a_warm_start_keeps_what_is_shown(root: Path, caches: Path, tmp_path: Path) -> None:
    token, shown = snapshot(root, caches)
    root.rename(tmp_path / "away")
    with Follower(root, caches, token=token, shown=shown) as reader:
        reader.until(lambda reader: bool(reader.changes))
        assert reader.changes[-1].folder_error
        (tmp_path / "away").rename(root)
        reader.loaded()
        assert reader.stories == shown
        assert reader.batches == []


WRITERS = [
    ("/nowhere/python",),
    ("/bin/false",),
    ("/bin/sh", "-c", "cat >/dev/null"),
    ("/bin/sh", "-c", "echo x; exit 1"),
]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_cache_file_that_cannot_be_written_is_told_and_harms_nothing_else(
    root: Path, caches: Path, writer: tuple[str, ...]
) -> None:
    with Follower(root, caches, writer=writer) as reader:
        reader.loaded()
        put(root / "20.md", card("Card 20"))
        reader.until(lambda reader: "Card 20" in reader.titles)
        put(root / "21.md", card("Card 21"))
        reader.until(lambda reader: "Card 21" in reader.titles and bool(reader.snapshots))
        assert {snapshot.token for snapshot in reader.snapshots} == {""}


def test_a_worker_ends_when_its_reader_is_gone(root: Path) -> None:
    worker = subprocess.Popen(
        [*worker_command(), *Plan(WorkerStart(root)).arguments()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    assert worker.stdout.read(4)
    worker.stdin.close()
    assert worker.wait(20) == 0
    worker.stdout.close()


def test_the_writer_of_the_cache_ends_with_the_worker(root: Path, caches: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alive")
    script = f"exec 3>{tmp_path / 'alive'}; echo started >&3; sleep 60"
    with Follower(root, caches, writer=("/bin/sh", "-c", script)) as reader:
        reader.loaded()
        descriptor = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
        with open(descriptor, "rb", buffering=0) as alive:
            os.set_blocking(descriptor, False)
            said: list[bytes | None] = []

            def has_started(reader: Follower) -> bool:
                said.append(alive.read(7))
                return b"started" in said

            put(root / "20.md", card("Card 20"))
            reader.until(lambda reader: "Card 20" in reader.titles)
            while not has_started(reader):
                reader.feed.rescan()
                asked = len(reader.changes)
                reader.until(lambda reader, asked=asked: len(reader.changes) > asked)  # type: ignore[misc]
            reader.feed.close()
            os.set_blocking(descriptor, True)
            assert alive.read() in (b"", b"\n")


@pytest.mark.usefixtures("leaves_no_process")
def test_a_feed_can_be_closed_from_anywhere_and_more_than_once(root: Path) -> None:
    with Follower(root) as reader:
        reader.loaded()
        reader.feed.close()
        assert next(reader._news, None) is None
        reader.feed.close()
        reader.feed.rescan()


@pytest.mark.usefixtures("leaves_no_process")
def test_a_feed_that_nobody_listens_to_leaves_no_worker_behind(root: Path) -> None:
    Follower(root, worker=start_worker).feed.close()


def test_the_first_batch_is_what_is_newest(tmp_path: Path) -> None:
    for number in range(600):
        put(tmp_path / f"2020-{1 + number % 12:02}-{number:03}.md", card(str(number)))
    with Follower(tmp_path) as reader:
        reader.loaded()
        assert isinstance(reader.batches[0], Batch)
        first = [story.id for story in reader.batches[0].stories]
        assert first == sorted(reader.stories, reverse=True)[: len(first)]
