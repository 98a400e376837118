"""Keeps the terminal whole: restored after a deadly signal, deaf to invalid bytes."""

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from types import FrameType

from tui.ui.toolkit import strip_controls, tolerate_invalid_input

DEADLY = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)

_RESTORE = (
    b"\x1b[?2026l"  # end a synchronised update
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    b"\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus reports, bracketed paste, in-band resize reports
    b"\x1b[<u"  # kitty keyboard
    b"\x1b[?1049l\x1b[?25h\x1b[0m"  # main screen, cursor, colours
)


@contextlib.contextmanager
def guard_terminal() -> Iterator[None]:
    """While this lasts, a deadly signal restores the terminal and ends the program with 128 + its number.

    The handler does nothing but write and exit, so it works while the event loop is blocked.
    """
    tolerate_invalid_input()
    strip_controls()
    _tolerate_narrow_output()
    before = {number: signal.getsignal(number) for number in DEADLY}
    restore = _restorer()

    def leave(number: int, _frame: FrameType | None) -> None:
        restore()
        os._exit(128 + number)

    for number in DEADLY:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tolerate_narrow_output() -> None:
    """Textual writes to the original stderr; in a locale that is not UTF-8 its lines would be spelled-out escapes."""
    stream = sys.__stderr__
    if stream is not None and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")


def _restorer() -> Callable[[], None]:
    descriptor = next((fd for fd in (0, 1, 2) if os.isatty(fd)), None)
    saved = termios.tcgetattr(descriptor) if descriptor is not None else None

    def restore() -> None:
        if descriptor is None or saved is None:
            return
        with contextlib.suppress(OSError, termios.error):
            os.write(descriptor, _RESTORE)
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, saved)

    return restore
