"""Loading in a worker process: the same stories, and a worker's death costs one file."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cards.sync.following import ColdLoad, worker_that
from tests.hostile.left import is_cooked
from tests.hostile.pty_reader import run_program
from tui.cards.protocol import BatchRead
from tui.cards.worker import process
from tui.cards.worker.batches import load
from tui.cards.worker.process import HANG_SECONDS, Command, WorkerProcess, start_worker, worker_command
from tui.cards.worker.start import Plan, WorkerStart
from tui.errors import FolderError
from tui.model import Problem, Story
from tui.terminal_modes import TerminalState
from tui.work import NICE, never


def write_cards(folder: Path, count: int) -> None:
    for number in range(count):
        text = f"---\ntitle: Card {number}\nrelated:\n  - title: Shared piece\n  - title: Piece {number % 7}\n---\n"
        (folder / f"{number:04}.md").write_text(text)


def everything(loader: ColdLoad) -> tuple[list[Story], list[Problem]]:
    with loader:
        batches = list(loader.batches())
    assert batches[-1].done == batches[-1].total
    return [s for batch in batches for s in batch.stories], [p for batch in batches for p in batch.problems]


def in_process(folder: Path) -> tuple[list[Story], list[Problem]]:
    batches = list(load(folder))
    return [s for batch in batches for s in batch.stories], [p for batch in batches for p in batch.problems]


def test_a_worker_gives_what_reading_here_gives(tmp_path: Path) -> None:
    write_cards(tmp_path, 700)
    (tmp_path / "broken.md").write_text("---\n[\n---\n")
    (tmp_path / "odd.md").write_text("---\ntitle: x\nquality: soon\n---\n")
    (tmp_path / "readme.txt").write_text("no card")
    os.mkfifo(tmp_path / "fifo.md")
    with ColdLoad(tmp_path) as loader:
        batches = list(loader.batches())
    expected = list(load(tmp_path))
    assert [s for batch in batches for s in batch.stories] == [s for batch in expected for s in batch.stories]
    assert [p for batch in batches for p in batch.problems] == [p for batch in expected for p in batch.problems]
    assert (batches[-1].done, batches[-1].total, sum(batch.not_cards for batch in batches)) == (703, 703, 1)


def test_what_the_folder_says_near_its_top_comes_with_the_first_stories(tmp_path: Path) -> None:
    write_cards(tmp_path, 700)
    for folder, topic in ((tmp_path, "Harbours"), (tmp_path / "news", "Quays"), (tmp_path / "news" / "deep", "Locks")):
        (folder / "_data" / "topics").mkdir(parents=True)
        (folder / "_data" / "topics" / "one.yaml").write_text(f"name: {topic}\n")
    (tmp_path / "_data" / "topics" / "two.yaml").write_text("name: [")
    with ColdLoad(tmp_path) as loader:
        first, *others = loader.batches()
    assert first.data is not None
    assert [topic.name for topic in first.data.topics] == ["Harbours", "Quays"]
    assert [problem.file for problem in first.data.problems] == ["_data/topics/two.yaml"]
    assert [batch.data for batch in others] == [None] * len(others)


def test_covering_pieces_that_are_the_same_arrive_as_one_object(tmp_path: Path) -> None:
    write_cards(tmp_path, 300)
    stories, _ = everything(ColdLoad(tmp_path))
    assert len({id(story.related[0]) for story in stories}) == 1
    assert len({id(story.related[1]) for story in stories}) == 7


@pytest.mark.parametrize("is_on_screen", [False, True])
def test_a_worker_gives_way_once_the_first_stories_are_out_where_somebody_may_press_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_on_screen: bool
) -> None:
    write_cards(tmp_path, 1000)
    monkeypatch.setattr(process, "terminal_state", lambda: TerminalState("[]") if is_on_screen else None)
    others = set(process._RUNNING)
    worker = WorkerProcess(worker_command(), Plan(WorkerStart(tmp_path)), HANG_SECONDS)
    (number,) = process._RUNNING - others
    try:
        messages = worker.messages(never)
        last = next(message for message in messages if isinstance(message, BatchRead) and message.final)
        priority = os.getpriority(os.PRIO_PROCESS, number)
    finally:
        worker.stop()
    assert last.batch.total == 1000
    assert priority - os.getpriority(os.PRIO_PROCESS, 0) == (NICE if is_on_screen else 0)


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with ColdLoad(tmp_path / "gone") as loader, pytest.raises(FolderError, match="Check the path"):
        list(loader.batches())


def test_modules_in_the_folder_the_reader_was_started_in_are_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("msgspec", "queue", "tui"):
        (tmp_path / f"{name}.py").write_text("open('touched', 'w')\nraise SystemExit(3)\n")
    write_cards(tmp_path, 3)
    monkeypatch.chdir(tmp_path)
    stories, problems = everything(ColdLoad(Path()))
    assert len(stories) == 3
    assert problems == []
    assert not (tmp_path / "touched").exists()


DEATHS = [
    pytest.param("if b'0150' in path: os.abort()", id="abort"),
    pytest.param("if b'0150' in path: os.kill(os.getpid(), 9)", id="kill"),
    pytest.param("if b'0150' in path: os._exit(0)", id="silent-exit"),
    pytest.param("if b'0150' in path: os.write(3, b'\\xff' * 99); os._exit(0)", id="garbage"),
]


@pytest.mark.parametrize("action", DEATHS)
def test_the_file_a_worker_dies_of_is_listed_and_all_others_are_read(tmp_path: Path, action: str) -> None:
    write_cards(tmp_path, 400)
    stories, problems = everything(ColdLoad(tmp_path, command=worker_that(action)))
    assert [(problem.file, problem.rule, problem.severity) for problem in problems] == [
        ("0150.md", "worker-died", "error")
    ]
    assert [story.id for story in stories] == [f"{n:04}.md" for n in range(399, -1, -1) if n != 150]


def test_several_deadly_files_are_all_listed(tmp_path: Path) -> None:
    write_cards(tmp_path, 60)
    stories, problems = everything(ColdLoad(tmp_path, command=worker_that("if path[-4:] == b'7.md': os.abort()")))
    assert [problem.file for problem in problems] == ["0057.md", "0047.md", "0037.md", "0027.md", "0017.md", "0007.md"]
    assert len(stories) == 54


def test_a_death_that_does_not_come_again_costs_nothing(tmp_path: Path) -> None:
    write_cards(tmp_path, 300)
    flag = tmp_path / "died"
    action = f"if b'0150' in path and not os.path.exists({str(flag)!r}): open({str(flag)!r}, 'w'); os.abort()"
    stories, problems = everything(ColdLoad(tmp_path, command=worker_that(action)))
    assert len(stories) == 300
    assert problems == []


def test_when_workers_keep_dying_the_rest_is_read_here(tmp_path: Path) -> None:
    write_cards(tmp_path, 40)
    stories, problems = everything(ColdLoad(tmp_path, command=worker_that("os.abort()")))
    assert len(stories) + len(problems) == 40
    assert len(stories) >= 30
    assert {problem.rule for problem in problems} == {"worker-died"}


COMMANDS: list[tuple[str, ...]] = [("/nowhere/python",), ("/bin/sh", "-c", "exit 3"), ("/bin/echo", "no frame")]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_worker_the_folder_is_read_here(tmp_path: Path, command: Command) -> None:
    write_cards(tmp_path, 5)
    assert everything(ColdLoad(tmp_path, command=command)) == in_process(tmp_path)


def test_a_worker_that_hangs_on_a_file_is_replaced(tmp_path: Path) -> None:
    write_cards(tmp_path, 5)
    loader = ColdLoad(tmp_path, command=worker_that("if b'0002' in path: time.sleep(60)"), silence=0.3)
    stories, problems = everything(loader)
    assert [problem.file for problem in problems] == ["0002.md"]
    assert len(stories) == 4


def test_a_worker_that_was_started_early_is_taken_over(tmp_path: Path) -> None:
    write_cards(tmp_path, 5)
    worker = start_worker(WorkerStart(tmp_path))
    assert worker is not None
    (tmp_path / "0005.md").write_text("---\ntitle: written before the worker looked, or after\n---\n")
    stories, problems = everything(ColdLoad(tmp_path, worker, command=("/nowhere/python",)))
    assert [story.title for story in stories][-5:] == [f"Card {number}" for number in range(4, -1, -1)]
    assert problems == []


STOPS: list[Callable[[ColdLoad], object]] = [
    lambda loader: next(loader.batches()),
    lambda loader: list(loader.batches(should_stop=lambda: True)),
    lambda loader: None,
]


@pytest.mark.usefixtures("leaves_no_process")
@pytest.mark.parametrize("use", STOPS)
def test_no_worker_is_left_behind(tmp_path: Path, use: Callable[[ColdLoad], object]) -> None:
    write_cards(tmp_path, 600)
    with ColdLoad(tmp_path, start_worker(WorkerStart(tmp_path))) as loader:
        use(loader)


# A reader that draws on its terminal, and lets go of these ends of its worker as it dies.
_DYING = """
import subprocess, sys, time, tty
from pathlib import Path
from tui.cards.worker.process import worker_command
from tui.cards.worker.start import Plan, WorkerStart
from tui.terminal_modes import terminal_state
plan = Plan(WorkerStart(Path(sys.argv[1])), terminal=terminal_state().text)
tty.setraw(0)
words = [*worker_command(), *plan.arguments()]
worker = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
{let_go}
print("the worker ended with", worker.wait(), flush=True)
time.sleep(60)
"""
LOSSES = [
    pytest.param("worker.stdin.close()", id="nothing is asked any more"),
    pytest.param("worker.stdout.close()", id="nothing is read any more"),
    pytest.param("worker.stdout.close(); worker.stdin.close()", id="both"),
    pytest.param("worker.stdout.read(9); worker.stdout.close(); worker.stdin.close()", id="while it writes"),
    pytest.param("worker.stdout.read(9); worker.stdin.close(); worker.stdout.close()", id="while it is waited for"),
]


@pytest.mark.parametrize("let_go", LOSSES)
def test_a_worker_restores_the_terminal_whichever_way_it_loses_its_reader(tmp_path: Path, let_go: str) -> None:
    write_cards(tmp_path, 2000)
    command = [sys.executable, "-c", _DYING.format(let_go=let_go), str(tmp_path)]
    with run_program(command, (80, 24), {}) as terminal:
        terminal.wait_for("the worker ended")
        assert b"\x1b[?1049l" in terminal.output
        assert is_cooked(terminal.descriptor)
