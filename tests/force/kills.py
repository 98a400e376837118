"""The real reader, killed by signal 9 at random moments: every mark whose sign was on the screen is on disk."""

import random
import re
import shutil
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.force import Found, Watch
from tests.hostile.shell import HOMES
from tests.journeys.folders import WORDS, Cards
from tests.journeys.terminal import Terminal, open_terminal
from tests.state.kill_nine import PATIENCE, is_sound
from tui.session.marked_folder import MarkedFolder
from tui.state.sqlite import SqliteStore

DEFAULT = 100
SHORT = 2
_ROW = re.compile(r"([● ])([★ ])[◆ ] +10:00 \w+ number(\d+)\b")
_LONGEST = 0.4


def run(rounds: int, _watch: Watch) -> Found:
    """What was lost or damaged; a round is the seed of the marks and of the moment of the kill."""
    if shutil.which("tmux") is None:
        return Found("not run: there is no tmux", [])
    shown = 0
    faults: list[str] = []
    for seed in range(rounds):
        with TemporaryDirectory() as home, open_terminal() as terminal:
            marked = _killed(terminal, Path(home), random.Random(seed))
            shown += len(marked)
            faults += [f"seed {seed}: {fault}" for fault in _lost(Path(home), marked)]
    return Found(f"{rounds} kills, {shown} marks on the screen, {len(faults)} lost or damaged", faults)


def _killed(terminal: Terminal, home: Path, chance: random.Random) -> list[tuple[int, str]]:
    """The numbers of the cards that were marked on the screen when the reader was killed, with how."""
    environ = {name: str(home / name) for name in HOMES}
    terminal.newsdeck(str(Cards(home / "cards").root), size=(150, 60), environ=environ)
    terminal.wait_for("1 of 12")
    for _ in WORDS:
        terminal.press(chance.choice("fm"), "j")
        if chance.random() < 0.2:
            terminal.pause(chance.uniform(0, 0.05))
    terminal.pause(chance.uniform(0, _LONGEST))
    seen = terminal.screen()
    terminal.kill(signal.SIGKILL)
    rows = [(int(number), unread, starred) for unread, starred, number in _ROW.findall(seen)]
    assert rows, f"the rows of the list look otherwise:\n{seen}"
    read = [(number, "read") for number, unread, _ in rows if unread.isspace()]
    return read + [(number, "starred") for number, _, starred in rows if not starred.isspace()]


def _lost(home: Path, marked: list[tuple[int, str]]) -> list[str]:
    path = home / "XDG_STATE_HOME" / "newsdeck" / "state.db"
    store = SqliteStore(path, lambda notice: None, lambda keys: None).start()
    assert store.wait_ready(PATIENCE)
    folder = MarkedFolder(store, (home / "cards").resolve())
    folder.enter([f"{number:02}.md" for number in range(len(WORDS))], set)
    faults = []
    for number, sign in marked:
        key = folder.key_of(f"https://example.com/{number:02}.md", "")
        if not (store.marks.is_starred(key) if sign == "starred" else store.marks.is_read(key)):
            faults.append(f"that card {number} was {sign} is not on disk")
    store.close(PATIENCE)
    return faults if is_sound(path) else [*faults, "the database is corrupt"]
