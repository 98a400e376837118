"""Work off the event loop: threads that only post messages, can be cancelled, and never keep the program alive."""

import threading
from collections.abc import Callable


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


class Jobs:
    """Runs jobs by name, one at a time for each: a new job of the same name cancels the one before.

    A job gets its `Ticket` and runs in a daemon thread, so that one stuck in a system call cannot hold up quitting. An
    exception in a job that is still wanted goes to `on_error`, called in the job's thread.
    """

    def __init__(self, on_error: Callable[[Exception], None]) -> None:
        self._tickets: dict[str, Ticket] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._on_error = on_error

    def start(self, name: str, job: Callable[[Ticket], None]) -> Ticket:
        """Start `job` and return its ticket."""
        self.cancel(name)
        ticket = Ticket()
        self._tickets[name] = ticket
        thread = threading.Thread(target=self._run, args=(job, ticket), name=f"newsdeck-{name}", daemon=True)
        self._threads[name] = thread
        thread.start()
        return ticket

    def has_run(self, name: str) -> bool:
        """Whether a job of this name was ever started."""
        return name in self._threads

    def finish(self, name: str, seconds: float) -> None:
        """Wait until the newest job of this name has ended, `seconds` at most."""
        if (thread := self._threads.get(name)) is not None:
            thread.join(seconds)

    def _run(self, job: Callable[[Ticket], None], ticket: Ticket) -> None:
        try:
            job(ticket)
        except Exception as error:
            if not ticket.is_cancelled():
                self._on_error(error)

    def cancel(self, name: str) -> None:
        """Cancel the job of this name, if one is running."""
        if (ticket := self._tickets.pop(name, None)) is not None:
            ticket.cancel()

    def cancel_all(self) -> None:
        """Cancel every job."""
        for name in list(self._tickets):
            self.cancel(name)
