"""The terminal guard: signal handlers and modes are given back."""

import signal

import pytest

from tui.terminal_modes import RESTORE
from tui.ui.terminal import DEADLY, guard_terminal, shows_links


def test_signal_handlers_are_given_back() -> None:
    before = {number: signal.getsignal(number) for number in DEADLY}
    with guard_terminal():
        assert all(signal.getsignal(number) is not before[number] for number in DEADLY)
    assert {number: signal.getsignal(number) for number in DEADLY} == before


def test_restoring_takes_back_every_mode_the_toolkit_sets() -> None:
    restore = RESTORE.decode()
    for mode in ("1049", "1000", "1002", "1003", "1006", "1004", "2004", "2026", "2048"):
        assert f"\x1b[?{mode}l" in restore
    assert "\x1b[?25h" in restore


@pytest.mark.parametrize(
    ("environ", "can"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7203"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4600", "KONSOLE_VERSION": "1"}, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"}, True),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a", "WT_SESSION": "x"}, False),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts", "KONSOLE_VERSION": "220401"}, False),
        ({"TERM": "linux", "WT_SESSION": "x"}, False),
        ({"TERM": "xterm", "VTE_VERSION": "\u0667\u0662"}, False),
    ],
)
def test_links_are_drawn_for_terminals_that_are_known_to_take_them(environ: dict[str, str], can: bool) -> None:
    assert shows_links(environ) == can
