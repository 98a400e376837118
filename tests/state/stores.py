"""Stores to try: each kind the same, with a clock that moves on by a second at every look."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Condition

from tui.state.marks import Marks
from tui.state.sqlite import SqliteStore
from tui.state.values import Notice, Trouble

PATIENCE = 20.0
"""Seconds a test waits for the writer before it fails; none should come near."""


def read_keys(marks: Marks) -> frozenset[str]:
    """The keys under which a story is kept as read, in whatever folder."""
    return frozenset(key for key in marks if marks.row(key).read.on)


def starred_keys(marks: Marks) -> frozenset[str]:
    """The keys under which a story is kept as starred, in whatever folder."""
    return frozenset(key for key in marks if marks.row(key).starred.on)


class SteppingClock:
    """Every look at it is a second later."""

    def __init__(self) -> None:
        self.now = datetime(2020, 2, 26, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Ears:
    """Hears what a store tells from its thread, and waits for it."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.changed: set[str] = set()
        self._heard = Condition()

    def on_notice(self, notice: Notice) -> None:
        with self._heard:
            self.notices.append(notice)
            self._heard.notify_all()

    def on_change(self, keys: frozenset[str]) -> None:
        with self._heard:
            self.changed |= keys
            self._heard.notify_all()

    def wait_for(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        with self._heard:
            return self._heard.wait_for(condition, seconds)

    def troubles(self) -> list[Trouble | None]:
        with self._heard:
            return [notice.trouble for notice in self.notices]


class Desk:
    """Opens stores over one database, and closes them at the end of the test."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: list[SqliteStore] = []

    def open(self, ears: Ears | None = None, *, ready: bool = True) -> SqliteStore:
        heard = ears or Ears()
        store = SqliteStore(self.path, heard.on_notice, heard.on_change, SteppingClock()).start()
        self._open.append(store)
        if ready:
            assert store.wait_ready(PATIENCE)
        return store

    def close(self) -> None:
        for store in self._open:
            store.close()
