"""The terminal guard: signal handlers and modes are given back."""

import signal

from tui.terminal_modes import RESTORE
from tui.ui.terminal import DEADLY, guard_terminal


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
