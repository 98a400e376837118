"""The store on disk: the memory of `Store`, and a thread that writes it to SQLite."""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self

from tui.clock import Clock, utc_now
from tui.state.backlog import Backlog
from tui.state.merge import Contents, additions
from tui.state.store import Store
from tui.state.values import Change, ChangeTaker, Notice, NoticeTaker, Trouble

# A screen that was closed, and raises when something is reported to it, must not keep marks from the disk.
_LISTENERS_MAY_FAIL = suppress(Exception)


class SqliteStore(Store):
    """Keeps what the reader did in the database at `path`, one for all folders.

    `on_notice` and `on_change` are called from the store's own thread and must only pass on what they are given.
    """

    def __init__(self, path: Path, on_notice: NoticeTaker, on_change: ChangeTaker, clock: Clock = utc_now) -> None:
        super().__init__(clock, is_loaded=False)
        self._on_notice = on_notice
        self._on_change = on_change
        self._settled = Event()
        self._backlog = Backlog()
        self._lock = self._backlog.lock
        self._thread = Thread(target=_write, args=(path, self._backlog, self), name="newsdeck-state", daemon=True)

    def start(self) -> Self:
        """Load in the background: the marks are empty until `on_change` names the loaded ones.

        What is done before that is kept and put on top. Returns at once and never raises for the disk.
        """
        self._thread.start()
        return self

    @property
    def pending(self) -> int:
        """How many actions are not on disk yet."""
        return len(self._backlog)

    def wait_ready(self, seconds: float) -> bool:
        """Wait until the marks are loaded, or are known not to be; false if that takes longer."""
        return self._settled.wait(seconds)

    def flush(self, seconds: float, *, patient: bool = True) -> bool:
        """Wait until every action is on disk; false if some are not, which will be tried again.

        Whoever is not `patient` waits no longer once the disk does not take them.
        """
        return self._backlog.flush(seconds, patient=patient)

    def close(self, seconds: float = 1.0) -> int:
        """Write what waits, for at most `seconds`, and end; gives how many actions did not reach the disk."""
        self._backlog.close(seconds)
        self._thread.join(seconds)
        return self.pending

    def absorb(self, found: Contents) -> None:
        """Take over what the writer found on disk, under what is not written yet; for the writer only."""
        with self._lock:
            before = self.marks
            self._backlog.put_anew(self._ledger.absorb(found, self._backlog.all()))
            now = self.marks
        keys = {*before, *now} if found.is_all else set(found.marks)
        changed = frozenset(key for key in keys if before.row(key) != now.row(key))
        if changed:
            with _LISTENERS_MAY_FAIL:
                self._on_change(changed)

    def addition_to(self, found: Contents) -> tuple[Change, tuple[Change, ...]]:
        """What memory holds beyond `found`, and the steps that can be undone; for the writer only."""
        with self._lock:
            mine, stamp = self._ledger.everything(), self._stamp()
        return additions(found, mine, stamp), mine.steps

    def publish(self, notice: Notice) -> None:
        """Pass a notice on; for the writer only."""
        with _LISTENERS_MAY_FAIL:
            self._on_notice(notice)

    def settle(self) -> None:
        """Let go whoever waits for the marks; for the writer only."""
        with self._lock:
            self._ledger.settle()
        self._settled.set()

    def _keep(self, entry: Change) -> None:
        self._backlog.put(entry)


def _write(path: Path, backlog: Backlog, store: SqliteStore) -> None:
    """Write from the store's own thread, which also loads what that needs: whoever starts it may not wait."""
    try:
        from tui.state.writer import Writer
    except ImportError as error:  # there are Pythons without SQLite
        backlog.give_up()
        store.publish(Notice(f"Marks are kept in memory only: {error}.", Trouble.FAULT))
        store.settle()
    else:
        Writer(path, backlog, store).run()
