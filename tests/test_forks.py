"""Work that two processes share: all that one would have done, whatever becomes of the other, and nobody is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui.forks import Shared
from tui.work import ShouldStop

PARTS = 40
PATIENCE = 20.0
EXPECTED = {part: f"part {part}" for part in range(PARTS)}
pytestmark = pytest.mark.usefixtures("leaves_no_process")


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < deadline, f"nobody made {path.name}"


class Work:
    """Gives a text for each part; the first part here takes until the other process has come to its last but `late`.

    There `fate` is done then.
    """

    def __init__(self, folder: Path, fate: Callable[[], object] = lambda: None, late: int = 0) -> None:
        self._here = os.getpid()
        self._sign = folder / "the sign"
        self._fate = fate
        self._late = late
        self.done_here: list[int] = []

    def do(self, part: int, _should_stop: ShouldStop) -> str:
        if os.getpid() == self._here:
            self.done_here.append(part)
            if part == 0:
                wait_for(self._sign)
        elif part == PARTS - 1 - self._late:
            self._sign.touch()
            self._fate()
        return EXPECTED[part]

    @property
    def shared(self) -> Shared[str]:
        return Shared(self.do, str)


@pytest.mark.parametrize("parts", range(6))
@pytest.mark.parametrize("alone", [False, True])
def test_each_part_is_done_once(parts: int, alone: bool) -> None:
    done = Shared(lambda part, _: f"part {part}", str).done(parts, alone=alone)
    assert sorted(done) == [(part, EXPECTED[part]) for part in range(parts)]


def test_what_the_other_process_has_done_is_not_done_here(tmp_path: Path) -> None:
    work = Work(tmp_path, late=9)
    done = list(work.shared.done(PARTS))
    assert sorted(done) == sorted(EXPECTED.items())
    assert set(work.done_here).isdisjoint(range(PARTS - 9, PARTS))


def half_a_word() -> None:
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, b"\x09\0\0")
        except OSError:
            continue
    os._exit(0)


FATES = [
    pytest.param(os.abort, id="abort"),
    pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="kill"),
    pytest.param(lambda: os.kill(os.getpid(), signal.SIGSTOP), id="stopped"),
    pytest.param(lambda: os._exit(0), id="silent-exit"),
    pytest.param(lambda: time.sleep(60), id="hangs"),
    pytest.param(lambda: 1 // 0, id="exception"),
    pytest.param(half_a_word, id="half-a-word"),
]


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("late", [0, 3])
def test_another_process_that_does_not_go_on_costs_nothing(
    tmp_path: Path, fate: Callable[[], object], late: int
) -> None:
    assert sorted(Work(tmp_path, fate, late).shared.done(PARTS)) == sorted(EXPECTED.items())


def test_where_no_process_can_be_made_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    before = len(os.listdir("/dev/fd"))
    monkeypatch.setattr(os, "fork", refuse)
    done = Shared(lambda part, _: f"part {part}", str).done(PARTS)
    assert list(done) == sorted(EXPECTED.items())
    assert len(os.listdir("/dev/fd")) == before


def test_whoever_stops_leaves_no_process(tmp_path: Path) -> None:
    done = dict(Work(tmp_path, lambda: time.sleep(60)).shared.done(PARTS, (tmp_path / "the sign").exists))
    assert done.keys() <= {0}


def test_a_part_that_is_told_to_stop_is_the_last(tmp_path: Path) -> None:
    work = Work(tmp_path, lambda: time.sleep(60))
    shared = Shared(lambda part, should_stop: None if part == 2 else work.do(part, should_stop), str)
    assert dict(shared.done(PARTS)) == {part: EXPECTED[part] for part in range(2)}


def test_whoever_listens_no_more_leaves_no_process(tmp_path: Path) -> None:
    done = Work(tmp_path, lambda: time.sleep(60)).shared.done(PARTS)
    next(done)
    done.close()


_KILLED = """
import os, sys
sys.path.insert(0, {home!r})
from tui.forks import Shared
here = os.getpid()
def do(part, should_stop):
    if os.getpid() != here:
        with open({told!r} + ".new", "w") as file:
            file.write(str(os.getpid()))
        os.rename({told!r} + ".new", {told!r})
    while not should_stop():
        pass
list(Shared(do, int).done(9))
"""


def test_the_other_process_ends_with_the_one_that_was_killed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    process = subprocess.Popen([sys.executable, "-c", _KILLED.format(home=str(ROOT), told=str(told))])
    wait_for(told)
    process.kill()
    process.wait()
    deadline = time.monotonic() + PATIENCE
    while Path("/proc", told.read_text()).is_dir():
        assert time.monotonic() < deadline, "the other goes on"
