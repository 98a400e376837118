"""A real terminal to run the real program in: one tmux server for each journey."""

import os
import shutil
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 20.0
_POLL = 0.03
# The shell says under which number the program runs, how it ended, and then waits, so that the terminal stays.
_SCRIPT = 'sh -c \'echo $$ >"$0"; exec "$@"\' "$@"; echo "ended with $?."; exec sleep 600'


class Terminal:
    """A terminal of a size, with a program in it."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "tmux"
        self.pid_file = folder / "pid"

    def start(self, *command: str, size: tuple[int, int], environ: Mapping[str, str] | None = None) -> None:
        """Run `command` in a new terminal of `size` (columns, lines)."""
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "TMUX")}
        subprocess.run(
            [
                *("tmux", "-u", "-f", "/dev/null", "-S", str(self._socket), "new-session", "-d", "-c", str(ROOT)),
                *("-x", str(size[0]), "-y", str(size[1]), "sh", "-c", _SCRIPT, "sh", str(self.pid_file)),
                *command,
            ],
            env={**inherited, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **(environ or {})},
            check=True,
        )
        self._tmux("set-option", "-s", "set-clipboard", "on")

    def shell(self, environ: Mapping[str, str] | None = None) -> None:
        """Run a shell with job control, and wait until it is ready."""
        self.start("bash", "--norc", "-i", size=(120, 36), environ={"PS1": "ready> ", **(environ or {})})
        self.wait_for("ready>")

    def newsdeck(self, *arguments: str, size: tuple[int, int], environ: Mapping[str, str] | None = None) -> None:
        """Run newsdeck with these arguments."""
        self.start(sys.executable, "-m", "tui", *arguments, size=size, environ=environ)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._tmux("send-keys", "-l", text)

    def send_bytes(self, data: bytes) -> None:
        """Send bytes that no key sends."""
        self._tmux("send-keys", "-H", *(f"{byte:02x}" for byte in data))

    def mouse(self, what: str, column: int, line: int) -> None:
        """Press, drag or release the left button of the mouse at a cell of the screen, counted from 1."""
        button, end = {"press": (0, "M"), "drag": (32, "M"), "release": (0, "m")}[what]
        self.send_bytes(f"\x1b[<{button};{column};{line}{end}".encode())

    def click(self, column: int, line: int) -> None:
        """Click on a cell of the screen, counted from 1."""
        self.mouse("press", column, line)
        self.mouse("release", column, line)

    def clipboard(self) -> str:
        """What the program has put into the clipboard of the terminal; empty without anything."""
        words = ("tmux", "-u", "-S", str(self._socket), "save-buffer", "-")
        return subprocess.run(words, check=False, capture_output=True).stdout.decode()

    def record(self) -> Path:
        """A file that gets all that the program writes to the terminal from here on."""
        file = self._socket.with_name("written")
        file.touch()
        self._tmux("pipe-pane", f"cat >'{file}'")
        return file

    def pause(self, seconds: float) -> None:
        """Let time pass between two keys, as a slow line or hand does; nothing else may be waited for so."""
        time.sleep(seconds)

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def screen(self) -> str:
        """What is to be seen."""
        return self._tmux("capture-pane", "-p")

    def painted(self) -> str:
        """What is to be seen, with the sequences that say how it looks."""
        return self._tmux("capture-pane", "-p", "-e")

    def is_given_back(self) -> bool:
        """Whether the terminal is as programs that are no longer there should leave it."""
        return (
            self._tmux("display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}").strip() == "0 0 1"
        )

    def is_cooked(self) -> bool:
        """Whether the terminal shows keys as they are pressed, and hands on whole lines."""
        device = os.open(self._tmux("display-message", "-p", "#{pane_tty}").strip(), os.O_RDWR | os.O_NOCTTY)
        try:
            flags: int = termios.tcgetattr(device)[3]
        finally:
            os.close(device)
        wanted = termios.ECHO | termios.ICANON | termios.ISIG
        return flags & wanted == wanted

    def kill(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(int(self.pid_file.read_text()), number)

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until something is so; fails with the screen if it does not become so in good time."""
        deadline = time.monotonic() + DEADLINE
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"waited in vain for {what}; the screen was:\n{self.screen()}")
            time.sleep(_POLL)

    def wait_for(self, *texts: str) -> str:
        """Wait until all these texts are on the screen; what is on it then."""
        seen = ""

        def there() -> bool:
            nonlocal seen
            seen = self.screen()
            return all(text in seen for text in texts)

        self.wait_until(there, f"{texts}")
        return seen

    def wait_without(self, text: str) -> str:
        """Wait until a text is gone from the screen; what is on it then."""
        self.wait_until(lambda: text not in self.screen(), f"{text!r} to go")
        return self.screen()

    def close(self) -> None:
        """End the terminal and everything in it."""
        subprocess.run(("tmux", "-S", str(self._socket), "kill-server"), check=False, capture_output=True)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(("tmux", "-u", "-S", str(self._socket), *words), check=True, capture_output=True)
        return done.stdout.decode()


@contextmanager
def open_terminal() -> Iterator[Terminal]:
    """A terminal while this lasts; the test is skipped where there is no tmux."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux, which journeys run in, is not installed")
    # Not below pytest's own folder: the name of a socket may have about a hundred characters only.
    with tempfile.TemporaryDirectory(prefix="nd-") as folder:
        terminal = Terminal(Path(folder))
        try:
            yield terminal
        finally:
            terminal.close()


def python_file(folder: Path, lines: Sequence[str]) -> Path:
    """A program that changes newsdeck before it runs it, for what cannot be brought about from outside."""
    file = folder / "program.py"
    file.write_text("\n".join((*lines, "import sys", "from tui.cli.main import run", "sys.exit(run(sys.argv[1:]))")))
    return file
