"""What a terminal was like before the reader drew on it, and how to make it so again, from any process.

Loads next to nothing, for the worker process does this for a reader that died without a word.
"""

import contextlib
import os
import signal
from typing import Any, Final, NamedTuple

RESTORE: Final = (
    b"\x1b[?2026l"  # end a synchronised update
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    b"\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus reports, bracketed paste, in-band resize reports
    b"\x1b[<u"  # kitty keyboard
    b"\x1b[?7h"  # lines wrap
    b"\x1b[?1049l\x1b[?25h\x1b[0m"  # main screen, cursor, colours
)
"""Takes back every mode that the reader sets."""
CLAIMED_SIZES: Final = ("COLUMNS", "LINES")
"""Variables that claim what size the terminal has; toolkits and programs believe them before they ask the terminal."""
_TERMINAL: Final = "/dev/tty"
_SLOW_SECONDS: Final = 1.0
_MOMENT_SECONDS: Final = 0.05
_TRIES: Final = 4
_LOCAL_FLAGS: Final = 3
_CONTROLS: Final = 6


class TerminalState(NamedTuple):
    """The modes of a terminal, as `termios` gives them, written as JSON."""

    text: str

    @staticmethod
    def of(attributes: list[Any]) -> "TerminalState":
        """The state as `termios.tcgetattr` gives it."""
        from msgspec import json  # a worker needs it only for a reader that died

        controls = [each if isinstance(each, int) else list(each) for each in attributes[_CONTROLS]]
        return TerminalState(json.encode([*attributes[:_CONTROLS], controls]).decode())

    def attributes(self) -> list[Any]:
        """The state as `termios.tcsetattr` takes it. Raises ValueError for a text that is none."""
        import json

        *flags, controls = json.loads(self.text)
        return [*flags, [each if isinstance(each, int) else bytes(each) for each in controls]]


_states: list[TerminalState | None] = []


def terminal_state() -> TerminalState | None:
    """What the terminal was like when this was asked for first, which is before it is drawn on; None without one."""
    if not _states:
        _states.append(_state_now())
    return _states[0]


def _state_now() -> TerminalState | None:
    import termios

    for descriptor in (0, 1, 2):
        if os.isatty(descriptor):
            with contextlib.suppress(termios.error):
                return TerminalState.of(termios.tcgetattr(descriptor))
    return None


def restore_left_terminal(state: TerminalState) -> None:
    """Make the terminal of this session as it was in `state`, if whoever drew on it left it as only a reader would.

    That is: no key sends a signal and none is shown. A shell that has taken the terminal back by now, or a reader that
    ended as it should, has set it otherwise. Nothing is raised: there may be no terminal any more.
    """
    import termios

    with contextlib.suppress(OSError, ValueError, termios.error):
        # A process of the background may set modes only where it does not heed this signal; this may be any thread.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        descriptor = _opened(_TERMINAL)
        try:
            if not termios.tcgetattr(descriptor)[_LOCAL_FLAGS] & (termios.ISIG | termios.ICANON | termios.ECHO):
                _restore(descriptor, state, _SLOW_SECONDS)
        finally:
            os.close(descriptor)


def restore_own_terminal(name: str, state: TerminalState) -> None:
    """Make the terminal with this name as it was in `state`; takes no longer than a moment, and raises nothing."""
    import termios

    with contextlib.suppress(OSError, ValueError, termios.error):
        descriptor = _opened(name)
        try:
            _restore(descriptor, state, _MOMENT_SECONDS)
        finally:
            os.close(descriptor)


def _opened(name: str) -> int:
    return os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)


def _restore(descriptor: int, state: TerminalState, seconds: float) -> None:
    """Restore a terminal that takes what is written to it within some seconds, or else what waits in front of that."""
    import termios

    termios.tcsetattr(descriptor, termios.TCSANOW, state.attributes())
    rest = RESTORE
    for _ in range(_TRIES):
        if not _takes_more(descriptor, seconds):
            # Stopped with ctrl+s, or behind a line that is down.
            termios.tcflush(descriptor, termios.TCOFLUSH)
        with contextlib.suppress(BlockingIOError):
            rest = rest[os.write(descriptor, rest) :]
        if not rest:
            return


def _takes_more(descriptor: int, seconds: float) -> bool:
    import select

    return bool(select.select([], [descriptor], [], seconds)[1])
