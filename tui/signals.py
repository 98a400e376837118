"""Signals while another program has the terminal: none is missed, and what ends this program ends that one first.

All of it does nothing in a thread that is not the main one, which alone may say what becomes of signals.
"""

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

Handler = Callable[[int, FrameType | None], None]
_READ_BYTES = 4096


class Child(Protocol):
    """A program that was started."""

    def send_signal(self, sig: int, /) -> None:
        """Send it a signal."""

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""

    def wait(self) -> int:
        """Its exit status, once it has ended."""


@contextmanager
def taken(*numbers: signal.Signals) -> Iterator[None]:
    """Take these signals and do nothing; a program that is started meanwhile takes them as usual.

    What is ignored (SIG_IGN), and not taken, would be ignored by that program too.
    """
    with _handled(dict.fromkeys(numbers, _do_nothing)):
        yield


@contextmanager
def watched_ends() -> Iterator[Callable[[Child], int]]:
    """What waits for the end of a program and returns its exit status, to be there before the program is started.

    A call of the system that waits for a process is not ended by a signal that came the moment before it began, and
    what that signal asks for would not be done until the other program ends. So signals are written to a pipe (D. J.
    Bernstein's self-pipe), the end of a program among them, and that is what is waited for.
    """
    if not _is_main_thread():
        yield lambda child: child.wait()
        return
    woken, waker = os.pipe()
    for end in (woken, waker):
        os.set_blocking(end, False)

    def wait_for_end(child: Child) -> int:
        while (status := child.poll()) is None:
            select.select([woken], [], [])
            os.read(woken, _READ_BYTES)
        return status

    try:
        with taken(signal.SIGCHLD):
            before = signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
            try:
                yield wait_for_end
            finally:
                signal.set_wakeup_fd(before)
    finally:
        os.close(woken)
        os.close(waker)


@contextmanager
def passed_on(*numbers: signal.Signals) -> Iterator[Callable[[Child], None]]:
    """What ends this program ends another one first, which may save what it has, and what stops this one stops both.

    The other program is what is given to the function that comes of this. No two share a terminal. Told once more to
    end, this program does not wait for the other.
    """
    before = {number: signal.getsignal(number) for number in numbers}
    children: list[Child] = []
    waiting: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    def pass_on(number: int, frame: FrameType | None) -> None:
        for child in children:
            child.send_signal(number)
        if number == signal.SIGTSTP or waiting:
            end(number, frame)
        else:
            waiting.append(number)

    def take(child: Child) -> None:
        children.append(child)
        for number in waiting:
            child.send_signal(number)

    try:
        with _handled({number: pass_on for number in numbers if callable(before[number])}):
            yield take
    finally:
        if waiting:
            end(waiting[0], None)


@contextmanager
def _handled(handlers: Mapping[signal.Signals, Handler]) -> Iterator[None]:
    if not _is_main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Take a signal."""
