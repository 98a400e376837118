"""Damaged files, full and read-only disks, other readers that hold the lock: told, and nothing is lost."""

import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.disks import Mount, fill, small_disk
from tests.state.stores import PATIENCE, Desk, Ears, read_keys, starred_keys
from tui.state.merge import Contents
from tui.state.sqlite import SqliteStore
from tui.state.values import Trouble

A, B = "https://example.org/a", "https://example.org/b"
MANY = [f"https://example.org/{number}" for number in range(2000)]


def _garble(path: Path) -> None:
    path.write_bytes(b"\x00garbage" * 5000)


def _truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 7)


def _scramble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 20] = bytes(reversed(data[4096 * 3 : 4096 * 20]))
    path.write_bytes(data)


def _make_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (thing)")


DAMAGES = [_garble, _truncate, _scramble, _make_directory, _make_pipe, _make_foreign]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_put_aside_and_its_marks_come_back(desk: Desk, damage: Callable[[Path], None]) -> None:
    first = desk.open()
    first.mark_read(MANY)
    first.star([A])
    assert first.close(PATIENCE) == 0
    damage(desk.path)
    ears = Ears()
    store = desk.open(ears)
    assert ears.troubles() == [Trouble.CORRUPT]
    assert "state.db.corrupt-1" in ears.notices[0].said
    assert desk.path.with_name("state.db.corrupt-1").exists()
    assert read_keys(store.marks) == set(MANY)
    assert store.marks.is_starred(A)
    assert store.undo().said == "undone: starred 1 story"
    store.mark_read([B])
    assert store.flush(PATIENCE)


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_copy_the_reader_begins_anew(desk: Desk, damage: Callable[[Path], None]) -> None:
    desk.open().close()
    desk.path.with_name("state.db.backup").unlink(missing_ok=True)
    damage(desk.path)
    store = desk.open()
    store.mark_read([B])
    assert store.flush(PATIENCE)
    assert read_keys(store.marks) == {B}


def test_the_log_of_a_database_that_is_put_aside_goes_with_it(desk: Desk) -> None:
    first = desk.open()
    first.star([A])
    assert first.flush(PATIENCE)
    log = desk.path.with_name("state.db-wal")
    crashed = log.read_bytes()
    first.close()
    log.write_bytes(crashed)
    _make_directory(desk.path)
    desk.open()
    assert desk.path.with_name("state.db.corrupt-1-wal").read_bytes() == crashed


def test_without_a_copy_what_can_still_be_read_is_saved(desk: Desk) -> None:
    first = desk.open()
    first.star(MANY)
    first.close(PATIENCE)
    desk.path.with_name("state.db.backup").unlink()
    data = bytearray(desk.path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    desk.path.write_bytes(data)
    store = desk.open()
    assert 0 < len(starred_keys(store.marks)) < len(MANY)


def test_a_database_removed_under_the_reader_is_written_again(desk: Desk) -> None:
    ears = Ears()
    store = desk.open(ears)
    store.mark_read([A])
    assert store.flush(PATIENCE)
    desk.path.rename(desk.path.with_name("taken-away"))
    store.star([B])
    assert store.flush(PATIENCE)
    assert ears.wait_for(lambda: Trouble.REPLACED in ears.troubles())
    store.close()
    again = desk.open()
    assert again.marks.is_read(A)
    assert again.marks.is_starred(B)
    assert again.undo().said == "undone: starred 1 story"
    assert again.undo().said == "undone: marked 1 story read"


def test_another_reader_holding_the_lock_delays_the_disk_only(desk: Desk) -> None:
    ears = Ears()
    store = desk.open(ears)
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for key in MANY[:200]:
            store.mark_read([key])
        assert store.pending == 200
        assert ears.wait_for(lambda: Trouble.BUSY in ears.troubles())
        other.execute("ROLLBACK")
    assert store.flush(PATIENCE)
    assert ears.wait_for(lambda: ears.troubles()[-1] is None)
    assert read_keys(desk.open().marks) == set(MANY[:200])


def test_marks_made_while_the_database_is_locked_for_opening_arrive(desk: Desk) -> None:
    desk.open().close()
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        store = desk.open(ready=False)
        store.mark_read([A])
        assert not store.flush(0.1)
        other.execute("ROLLBACK")
    assert store.flush(PATIENCE)
    assert desk.open().marks.is_read(A)


class Stumbling(SqliteStore):
    """A store whose disk fails once, in the middle of loading."""

    stumbles = 1

    def absorb(self, found: Contents) -> None:
        if self.stumbles:
            self.stumbles -= 1
            raise OSError(errno.ENOSPC, "no space left")
        super().absorb(found)


def test_a_load_that_fails_half_way_is_done_again(desk: Desk) -> None:
    first = desk.open()
    first.star([A])
    first.close(PATIENCE)
    ears = Ears()
    store = Stumbling(desk.path, ears.on_notice, ears.on_change).start()
    assert ears.wait_for(lambda: A in ears.changed)
    assert store.close(PATIENCE) == 0


@pytest.fixture
def mount(tmp_path: Path, desk: Desk) -> Iterator[Mount]:
    with small_disk(tmp_path / "small") as mount:
        yield mount
        desk.close()


def test_a_full_disk_is_survived_and_written_when_there_is_room(mount: Mount, desk: Desk) -> None:
    desk.path = mount.path / "state" / "state.db"
    ears = Ears()
    store = desk.open(ears)
    store.mark_read([A])
    assert store.flush(PATIENCE)
    filler = mount.path / "filler"
    fill(filler)
    store.mark_read(MANY)
    store.star([B])
    assert ears.wait_for(lambda: Trouble.FULL in ears.troubles())
    assert store.pending == 2
    assert store.marks.is_starred(B)
    filler.unlink()
    store.star([A])
    assert store.flush(PATIENCE), ears.notices
    assert ears.wait_for(lambda: ears.troubles()[-1] is None)
    assert ears.troubles().count(Trouble.FULL) == 1
    store.close()
    again = desk.open()
    assert read_keys(again.marks) == {A, *MANY}
    assert starred_keys(again.marks) == {A, B}


def test_a_disk_that_is_full_from_the_start_still_shows_the_marks(mount: Mount, desk: Desk) -> None:
    desk.path = mount.path / "state" / "state.db"
    first = desk.open()
    first.star([A])
    first.close(PATIENCE)
    filler = mount.path / "filler"
    fill(filler)
    store = desk.open()
    store.star([B])
    assert starred_keys(store.marks) == {A, B}
    assert not store.flush(0.2)
    filler.unlink()
    store.mark_read([B])
    assert store.flush(PATIENCE)


def test_a_read_only_home_shows_the_marks_and_keeps_new_ones_in_memory(mount: Mount, desk: Desk) -> None:
    desk.path = mount.path / "state" / "state.db"
    first = desk.open()
    first.star([A])
    # As a crash leaves it: with a log that was not folded in.
    assert first.flush(PATIENCE)
    crashed = {name: (desk.path.parent / name).read_bytes() for name in ("state.db", "state.db-wal")}
    first.close()
    for name, data in crashed.items():
        (desk.path.parent / name).write_bytes(data)
    assert mount.read_only(True)
    ears = Ears()
    store = desk.open(ears)
    assert store.marks.is_starred(A)
    store.star([B])
    assert ears.troubles() == [Trouble.READ_ONLY]
    assert not store.flush(0.1)
    assert mount.read_only(False)
    store.mark_read([A])
    assert store.flush(PATIENCE)
    store.close()
    assert starred_keys(desk.open().marks) == {A, B}


def test_a_home_that_cannot_be_made_is_survived(mount: Mount, desk: Desk) -> None:
    desk.path = mount.path / "state" / "state.db"
    assert mount.read_only(True)
    ears = Ears()
    store = desk.open(ears)
    store.star([A])
    assert ears.troubles() == [Trouble.READ_ONLY]
    assert store.marks.is_starred(A)
    assert store.close() == 1
    assert not desk.path.parent.exists()


@pytest.mark.parametrize("missing", ["sqlite3", "tui.state.database", "tempfile"])
def test_where_python_has_no_sqlite_marks_are_kept_in_memory_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delitem(sys.modules, "tui.state.writer", raising=False)
    monkeypatch.delitem(sys.modules, "tui.state.database", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    ears = Ears()
    store = SqliteStore(tmp_path / "state.db", ears.on_notice, ears.on_change).start()
    store.star([A])
    assert store.wait_ready(PATIENCE)
    assert not store.flush(PATIENCE)
    assert [notice.said.startswith("Marks are kept in memory only") for notice in ears.notices] == [True]
    assert starred_keys(store.marks) == {A}
    assert store.close() == 1
