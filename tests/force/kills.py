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
from tui.state.sqlite import SqliteStore

DEFAULT = 100
SHORT = 2
_ROW = re.compile(r"(.) 10:00 \w+ number(\d+)\b")
_STARRED, _READ = "★", " "
_LONGEST = 0.4


def run(rounds: int, _watch: Watch) -> Found:
    """What was lost or damaged; a round is the seed of the marks and of the moment of the kill."""
    if shutil.which("tmux") is None:
        return Found("not run: there is no tmux", [])
    shown = 0
    faults: list[str] = []
    for seed in range(rounds):
        with TemporaryDirectory() as home, open_terminal() as terminal:
            signs = _killed(terminal, Path(home), random.Random(seed))
            shown += len(signs)
            faults += [f"seed {seed}: {fault}" for fault in _lost(Path(home), signs)]
    return Found(f"{rounds} kills, {shown} marks on the screen, {len(faults)} lost or damaged", faults)


def _killed(terminal: Terminal, home: Path, chance: random.Random) -> dict[int, str]:
    """The signs that were on the screen when the reader was killed, by the number of their card."""
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
    return {int(number): sign for sign, number in _ROW.findall(seen) if sign in (_STARRED, _READ)}


def _lost(home: Path, signs: dict[int, str]) -> list[str]:
    path = home / "XDG_STATE_HOME" / "newsdeck" / "state.db"
    store = SqliteStore(path, lambda notice: None, lambda keys: None).start()
    assert store.wait_ready(PATIENCE)
    kept = {
        number: store.marks.is_starred(key) if sign == _STARRED else store.marks.is_read(key)
        for number, sign in signs.items()
        for key in [f"https://example.com/{number:02}.md"]
    }
    store.close(PATIENCE)
    faults = [
        f"the {signs[number]!r} of card {number} is not on disk" for number, is_kept in kept.items() if not is_kept
    ]
    return faults if is_sound(path) else [*faults, "the database is corrupt"]
