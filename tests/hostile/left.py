"""What a program has left of a terminal: modes of its screen, modes of its line, and children."""

import re
import termios
from pathlib import Path

_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_SHOWN = {b"7": b"h", b"25": b"h"}
"""Modes that are on where nobody has touched them; all others are off."""
_LOCAL_FLAGS = 3


def modes_left(output: bytes) -> set[str]:
    """The modes of a screen that are not as they were before `output` was written to it."""
    last = dict(_MODE.findall(output))
    left = {mode.decode() for mode, state in last.items() if state != _SHOWN.get(mode, b"l")}
    return left | ({"keyboard"} if output.rfind(b"\x1b[>") > output.rfind(b"\x1b[<u") else set())


def is_cooked(descriptor: int) -> bool:
    """Whether a terminal shows keys as they are pressed, and hands on whole lines."""
    wanted = termios.ECHO | termios.ICANON | termios.ISIG
    return bool(termios.tcgetattr(descriptor)[_LOCAL_FLAGS] & wanted == wanted)


def descendants(process: int) -> set[int]:
    """All processes that were started by a process, or by those."""
    found: set[int] = set()
    waiting = [process]
    while waiting:
        try:
            tasks = list(Path(f"/proc/{waiting.pop()}/task").iterdir())
            children = {int(word) for task in tasks for word in (task / "children").read_text().split()}
        except OSError:
            continue
        waiting += children - found
        found |= children
    return found


def runs(process: int) -> bool:
    """Whether a process is at work, or could be."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
