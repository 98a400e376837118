"""What is remembered on disk: over restarts, beside other readers, whatever happens to the file."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.state.stores import PATIENCE, Desk, Ears
from tui.state import rows
from tui.state.ledger import STEPS_KEPT
from tui.state.values import LastPosition, MuteKind, Notice, Trouble

A, B, C = "https://example.org/a", "https://example.org/b", "https://example.org/c"


def test_everything_is_there_after_a_restart(desk: Desk) -> None:
    first = desk.open()
    first.mark_read([A], coverage={A: ["x"]})
    first.star([B])
    first.write_note(A, "ask")
    first.mute(MuteKind.OUTLET, "CNET")
    folder = first.enter_folder(Path("/cards"), ["a.md"])
    first.leave_folder(folder.id, LastPosition(folder.id, "{}", "a.md", {"topics": 20}))
    before = first.contents()
    assert first.close() == 0
    second = desk.open()
    assert second.contents() == before
    assert second.contents().marks[A].seen.count == 1


def test_undo_goes_back_over_restarts(desk: Desk) -> None:
    first = desk.open()
    first.mark_read([A])
    first.star([B])
    first.close()
    second = desk.open()
    second.write_note(C, "ask")
    said = [second.undo().said for _ in range(4)]
    assert said == ["undone: wrote a note on 1 story", "undone: starred 1 story", "undone: marked 1 story read", ""]
    second.close()
    third = desk.open()
    assert not third.marks.is_read(A)
    assert not third.undo()


def test_what_is_done_before_the_marks_are_loaded_lies_on_top(desk: Desk) -> None:
    first = desk.open()
    first.mark_read([A, B])
    first.close()
    early = desk.open(ready=False)
    early.mark_read([A], on=False)
    early.star([A])
    assert early.wait_ready(PATIENCE)
    assert early.flush(PATIENCE)
    assert (early.marks.is_read(A), early.marks.is_read(B), early.marks.is_starred(A)) == (False, True, True)


def test_two_readers_see_each_others_marks_and_undo_their_own(desk: Desk) -> None:
    ears = Ears()
    mine = desk.open(ears)
    theirs = desk.open()
    mine.star([C])
    assert mine.flush(PATIENCE)
    theirs.mark_read([A])
    theirs.mute(MuteKind.TOPIC, "Sport")
    assert ears.wait_for(lambda: A in ears.changed, seconds=PATIENCE)
    assert mine.marks.is_read(A)
    assert mine.undo().said == "undone: starred 1 story"
    assert mine.marks.is_read(A)


def test_the_files_are_for_their_owner_only(desk: Desk) -> None:
    store = desk.open()
    store.star([A])
    assert store.flush(PATIENCE)
    assert stat.S_IMODE(desk.path.parent.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in desk.path.parent.iterdir()}
    assert {"state.db", "state.db-wal"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_file_that_others_may_write_is_closed_to_them(desk: Desk) -> None:
    desk.open().close()
    desk.path.chmod(0o666)
    desk.path.parent.chmod(0o777)
    desk.open()
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600
    assert not desk.path.parent.stat().st_mode & 0o022


def test_a_link_in_place_of_the_database_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"not yours")
    desk.path.parent.mkdir(mode=0o700)
    desk.path.symlink_to(target)
    ears = Ears()
    store = desk.open(ears)
    store.mark_read([A])
    assert not store.flush(PATIENCE)
    assert store.marks.is_read(A)
    assert ears.troubles() == [Trouble.REFUSED]
    assert target.read_bytes() == b"not yours"


def test_a_folder_of_somebody_else_is_left_alone(desk: Desk) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    desk.path.parent.mkdir()
    os.chown(desk.path.parent, 65534, 65534)
    ears = Ears()
    desk.open(ears).star([A])
    assert ears.troubles() == [Trouble.REFUSED]
    assert not list(desk.path.parent.iterdir())


def test_a_newer_schema_is_left_as_it_is(desk: Desk) -> None:
    desk.open().close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute(f"PRAGMA user_version = {rows.VERSION + 1}")
    before = desk.path.read_bytes()
    ears = Ears()
    store = desk.open(ears)
    store.mark_read([A])
    assert not store.flush(PATIENCE)
    assert store.marks.is_read(A)
    assert ears.troubles() == [Trouble.NEWER]
    store.close()
    assert desk.path.read_bytes() == before


@pytest.mark.parametrize("version", range(1, rows.VERSION))
def test_an_older_schema_is_brought_up_to_date_with_its_marks(desk: Desk, version: int) -> None:
    desk.path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(desk.path)) as connection:
        rows.migrate(connection, version)
        connection.execute("INSERT INTO mark (key, read, read_at, revision) VALUES (?, 1, 5, 1)", (A,))
        connection.commit()
    ears = Ears()
    store = desk.open(ears)
    assert store.marks.is_read(A)
    assert [notice.said for notice in ears.notices] == [
        f"The reading state was brought from version {version} to {rows.VERSION}."
    ]
    store.star([A])
    store.mute(MuteKind.OUTLET, "CNET")
    assert store.flush(PATIENCE)


class Gone(Ears):
    """A screen that is closed already."""

    def on_notice(self, notice: Notice) -> None:
        raise RuntimeError("the screen is closed")

    def on_change(self, keys: frozenset[str]) -> None:
        raise RuntimeError("the screen is closed")


def test_a_listener_that_is_gone_does_not_keep_marks_from_the_disk(desk: Desk) -> None:
    desk.open().close()
    store = desk.open(Gone())
    desk.path.unlink()
    store.star([A])
    assert store.flush(PATIENCE)
    store.close()
    assert desk.open().marks.is_starred(A)


def test_closing_twice_is_closing_once(desk: Desk) -> None:
    store = desk.open()
    store.star([A])
    assert (store.close(PATIENCE), store.close(PATIENCE)) == (0, 0)


def test_only_so_many_steps_are_kept_and_the_newest_always(desk: Desk) -> None:
    first = desk.open()
    for number in range(STEPS_KEPT + 5):
        first.star([f"https://example.org/{number}"])
    assert first.flush(PATIENCE)
    first.close(PATIENCE)
    second = desk.open()
    assert len(second.contents().steps) == STEPS_KEPT
    assert second.undo().keys == (f"https://example.org/{STEPS_KEPT + 4}",)
