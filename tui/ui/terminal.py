"""Keeps the terminal whole: restored after a deadly signal, deaf to those that mean nothing."""

import contextlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import FrameType
from typing import NamedTuple

from tui.cards.worker.process import end_workers
from tui.config.themes import Colours
from tui.terminal_modes import TerminalState, restore_own_terminal, terminal_state
from tui.ui.toolkit import steady_widths, strip_controls

DEADLY = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGXCPU)
MEANINGLESS = tuple(
    signal.Signals[name]
    for name in ("SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGPWR", "SIGIO", "SIGSTKFLT")
    if name in signal.Signals.__members__
)
"""Signals that would end a program which asks for none of them, and that say nothing to this one."""


@contextlib.contextmanager
def guard_terminal() -> Iterator[None]:
    """While this lasts, a deadly signal restores the terminal and ends the program with 128 + its number.

    The handler does nothing but write and exit, so it works while the event loop is blocked. A signal without a meaning
    is taken and forgotten. What no handler can take (a crash, signal 9) is left to the worker, which outlives this.
    """
    strip_controls()
    steady_widths()
    _tolerate_narrow_output()
    before = {number: signal.getsignal(number) for number in (*DEADLY, *MEANINGLESS)}
    restore = _restorer(terminal_state())

    def leave(number: int, _frame: FrameType | None) -> None:
        end_workers()
        _fall_silent()
        restore()
        os._exit(128 + number)

    for number in DEADLY:
        signal.signal(number, leave)
    for number in MEANINGLESS:
        # Not SIG_IGN, which the programs that are started from here would inherit.
        signal.signal(number, _forget)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class TerminalKind(NamedTuple):
    """What a terminal can do: how many `colours` it has, and whether it knows `links`."""

    colours: Colours = "all"
    links: bool = False


def terminal_kind(environ: Mapping[str, str]) -> TerminalKind:
    """What the terminal can do, by what it says of itself."""
    return TerminalKind(_colours(environ), shows_links(environ))


def _colours(environ: Mapping[str, str]) -> Colours:
    """How many colours there are, as the toolkit sees it too, which draws with the nearest of them."""
    told: dict[str, Colours] = {"truecolor": "all", "24bit": "all", "256": "256", "standard": "16"}
    for name in ("TEXTUAL_COLOR_SYSTEM", "COLORTERM"):
        colours = told.get(environ.get(name, "").strip().lower())
        if colours is not None:
            return colours
    return "256" if environ.get("TERM", "").strip().lower().endswith(("-256color", "-kitty")) else "16"


_LINKING_PROGRAMS = frozenset({"wezterm", "ghostty", "iterm.app", "hyper", "vscode", "rio", "tabby", "warpterminal"})
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "foot", "alacritty", "contour", "wezterm", "rio")
_LINKING_VARIABLES = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
_FIRST_LINKING_VTE = 5000
_FIRST_LINKING_TMUX = (3, 4)


def shows_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is one of those that are known to understand links (OSC 8), by what it says of itself.

    Others would mostly pass over them, but some have drawn them as text, or ended.
    """
    program, version = environ.get("TERM_PROGRAM", "").lower(), environ.get("TERM_PROGRAM_VERSION", "")
    if program == "tmux":
        numbers = re.match(r"(\d+)\.(\d+)", version)
        return numbers is not None and (int(numbers[1]), int(numbers[2])) >= _FIRST_LINKING_TMUX
    if environ.get("TERM", "").startswith(("dumb", "linux")) or "STY" in environ:
        return False
    vte = environ.get("VTE_VERSION", "")
    if vte.isascii() and vte.isdigit():
        return int(vte) >= _FIRST_LINKING_VTE
    by_name = program in _LINKING_PROGRAMS or environ.get("TERM", "").startswith(_LINKING_TERMS)
    return by_name or any(environ.get(name) for name in _LINKING_VARIABLES)


def has_job_control() -> bool:
    """Whether a shell could bring this program back after it stopped: it gives each of its jobs a group of its own."""
    return os.getpgrp() != os.getsid(0)


def _tolerate_narrow_output() -> None:
    """Textual writes to the original stderr; in a locale that is not UTF-8 its lines would be spelled-out escapes."""
    stream = sys.__stderr__
    if stream is not None and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")


def _forget(_number: int, _frame: FrameType | None) -> None:
    """Take a signal and do nothing."""


def _fall_silent() -> None:
    """Let what other threads are about to write go nowhere: it would come behind what restores the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


def _restorer(saved: TerminalState | None) -> Callable[[], None]:
    descriptor = next((fd for fd in (0, 1, 2) if os.isatty(fd)), None)
    if descriptor is None or saved is None:
        return lambda: None
    try:
        name = os.ttyname(descriptor)
    except OSError:  # in a container whose /dev is not that of the terminal
        name = os.ctermid()
    return partial(restore_own_terminal, name, saved)
