"""Keeps the terminal whole: restored after a deadly signal, deaf to invalid bytes."""

import codecs
import contextlib
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType

import rich.control
import textual.content
from textual.drivers import linux_driver

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


def tolerate_invalid_input() -> None:
    """Let the driver read bytes that are not UTF-8 (a paste in another encoding) as U+FFFD instead of dying."""
    linux_driver.getincrementaldecoder = _lenient_decoder  # type: ignore[attr-defined, assignment]


def strip_controls() -> None:
    """A belt for the braces: Textual and rich drop every control and bidirectional character they are given.

    Texts are clean when they enter; this holds should one slip through. Both tables are private names of their
    libraries, pinned by a test.
    """
    codes = [
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    ]
    table = {code: None for code in codes if code not in (0x09, 0x0A)}
    textual.content._CONTROL_STRIP_TRANSLATE.update(table)
    rich.control._CONTROL_STRIP_TRANSLATE.update(table)


def _lenient_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


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
