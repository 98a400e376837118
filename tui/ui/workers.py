"""Work off the event loop: threads that only post messages, can be cancelled, and never keep the program alive."""

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Ticket:
    """Says to a running job whether its result is still wanted."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Say that the result is not wanted any more."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether the job should end."""
        return self._cancelled.is_set()


class _Starter:
    """Starts threads in one of its own: whoever starts one waits until it runs, which may be long."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[threading.Thread] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, thread: threading.Thread) -> None:
        """Have a thread started soon; for one thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="starter", daemon=True)
            self._thread.start()
        self._waiting.put(thread)

    def _serve(self) -> None:
        while True:
            self._waiting.get().start()


class Jobs:
    """Runs jobs by name, one at a time for each: a new job of the same name cancels the one before.

    A job gets its `Ticket` and runs in a daemon thread, so that one stuck in a system call cannot hold up quitting. An
    exception in a job that is still wanted goes to `on_error`, called in the job's thread.
    """

    def __init__(self, on_error: Callable[[Exception], object]) -> None:
        self._tickets: dict[str, Ticket] = {}
        self._ended: dict[str, threading.Event] = {}
        self._on_error = on_error
        self._starter = _Starter()

    def start(self, name: str, job: Callable[[Ticket], None]) -> Ticket:
        """Start `job`, without waiting until it runs, and return its ticket."""
        self.cancel(name)
        ticket, ended = Ticket(), threading.Event()
        self._tickets[name], self._ended[name] = ticket, ended
        arguments = job, ticket, ended
        self._starter.start(threading.Thread(target=self._run, args=arguments, name=f"newsdeck-{name}", daemon=True))
        return ticket

    @property
    def is_busy(self) -> bool:
        """Whether the newest job of any name has not ended yet."""
        return not all(ended.is_set() for ended in self._ended.values())

    def has_run(self, name: str) -> bool:
        """Whether a job of this name was ever started."""
        return name in self._ended

    def finish(self, name: str, seconds: float) -> None:
        """Wait until the newest job of this name has ended, `seconds` at most."""
        if (ended := self._ended.get(name)) is not None:
            ended.wait(seconds)

    def _run(self, job: Callable[[Ticket], None], ticket: Ticket, ended: threading.Event) -> None:
        try:
            job(ticket)
        except Exception as error:
            if not ticket.is_cancelled():
                self._on_error(error)
        finally:
            ended.set()

    def cancel(self, name: str) -> None:
        """Cancel the job of this name, if one is running."""
        if (ticket := self._tickets.pop(name, None)) is not None:
            ticket.cancel()

    def cancel_all(self) -> None:
        """Cancel every job."""
        for name in list(self._tickets):
            self.cancel(name)
