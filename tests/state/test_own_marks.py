"""Marks belong to a folder: which one that is, what was marked before folders counted, and what travels."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.state.stores import PATIENCE, Desk, SteppingClock
from tests.state.test_json_lines import MARKS, NOW
from tui.state import rows
from tui.state.folders import sketch
from tui.state.json_lines import export_lines, import_lines
from tui.state.mark_keys import mark_key
from tui.state.marks import Marks, joined
from tui.state.store import MemoryStore, Store
from tui.state.values import ANY_FOLDER, Folder, Mark

PAGE = "https://example.org/page"
IDS = [f"{number}.md" for number in range(20)]


def database_of_before(path: Path, *folders: tuple[str, bytes, list[str]], version: int = 3) -> None:
    """A database as the schema before marks belonged to folders made it: a starred and noted page, and a step."""
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        rows.migrate(database, upto=version)
        database.execute("UPDATE counter SET value = 2 WHERE name = 'revision'")
        database.execute(
            "INSERT INTO mark (key, starred, starred_at, note, note_at, revision) VALUES (?, 1, 1000, 'ask', 1000, 1)",
            (PAGE,),
        )
        database.execute("INSERT INTO mark (key, read, read_at, revision) VALUES ('card:old/a.md', 1, 1000, 2)")
        if version >= 3:
            for folder_id, place, ids in folders:
                values = (folder_id, place, sketch(ids), 1000, 1000)
                database.execute("INSERT INTO folder (id, path, sketch, visited, at) VALUES (?, ?, ?, ?, ?)", values)
        if version >= 2:
            step = {"id": "s", "at": 1000, "kind": "star", "said": "starred 1 story", "undoable": True}
            step["marks"] = [{"key": PAGE, "starred": [[False, 0], [True, 1000]]}]
            database.execute("INSERT INTO step (id, changes, body) VALUES ('s', 1, ?)", (json.dumps(step).encode(),))


def test_marks_of_before_count_in_the_folders_that_were_known_then_and_in_no_later_one(desk: Desk) -> None:
    database_of_before(desk.path, ("one", b"/one", IDS), ("two", b"/two", []))
    store = desk.open()
    later = store.enter_folder(Path("/three"), ["x.md"])
    assert [store.marks.is_starred(mark_key(PAGE, id, "")) for id in ("one", "two", later.id)] == [True, True, False]
    assert store.marks.note(mark_key(PAGE, "one", "")) == "ask"
    assert store.enter_folder(Path("/moved"), IDS).id == "one", "a folder that moved since is the same one"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_where_no_folder_was_known_marks_of_before_count_in_all(desk: Desk, version: int) -> None:
    database_of_before(desk.path, version=version)
    store = desk.open()
    one, two = store.enter_folder(Path("/one"), ["a.md"]), store.enter_folder(Path("/two"), ["b.md"])
    assert all(store.marks.is_starred(mark_key(PAGE, folder.id, "")) for folder in (one, two))


def test_what_is_done_in_a_folder_counts_there_and_leaves_the_others_as_they_were(desk: Desk) -> None:
    database_of_before(desk.path, ("one", b"/one", IDS), ("two", b"/two", []))
    here, there = mark_key(PAGE, "one", ""), mark_key(PAGE, "two", "")
    store = desk.open()
    assert store.star([here], on=False), "what another time starred can be taken back here"
    store.mark_read([there])
    assert store.flush(PATIENCE)
    store.close()
    again = desk.open()
    assert (again.marks.is_starred(here), again.marks.is_read(here), again.marks.note(here)) == (False, False, "ask")
    assert (again.marks.is_starred(there), again.marks.is_read(there)) == (True, True)
    again.undo()
    again.undo()
    assert (again.marks.is_starred(here), again.marks.is_read(there)) == (True, False)
    assert again.undo().said == "undone: starred 1 story", "steps of before go back, too"
    assert not again.marks.is_starred(there)


def test_nothing_of_a_database_of_before_is_lost(desk: Desk) -> None:
    database_of_before(desk.path, ("old", b"/one", IDS))
    contents = desk.open().contents()
    assert contents.marks.keys() == {PAGE, "card:old/a.md"}
    assert (contents.marks[PAGE].note.text, contents.marks["card:old/a.md"].read.on) == ("ask", True)
    assert [(folder.id, folder.path, folder.visited) for folder in contents.folders] == [("old", b"/one", 1000)]


@given(st.dictionaries(st.sampled_from(["one", "two"]), MARKS), MARKS, st.booleans())
def test_of_each_part_the_newer_statement_counts_in_a_folder(own: dict[str, Mark], bare: Mark, inherits: bool) -> None:
    marks = Marks({mark_key(PAGE, id, ""): each for id, each in own.items()} | {PAGE: bare}).among(
        [Folder("one", inherits=inherits), Folder("other", inherits=True)]
    )
    for folder_id in ("one", "two"):
        there = own.get(folder_id, Mark())
        expected = joined(bare, there) if inherits and folder_id == "one" else there
        assert marks.get(mark_key(PAGE, folder_id, "")) == expected


def lines_of_before(*folders: str) -> list[str]:
    """An export of the time before marks belonged to folders."""
    at = "2020-02-26T16:55:00.000Z"
    told = [{"folder": id, "path": f"/{id}", "sketch": sketch(IDS).hex(), "visited": at, "at": at} for id in folders]
    head = {"newsdeck": "state", "version": 1, "exported_at": at}
    return [json.dumps(line) for line in (head, *told, {"mark": PAGE, "starred": [True, at]})]


def test_an_export_of_before_counts_in_the_folders_that_it_names() -> None:
    store = MemoryStore(SteppingClock())
    mine = store.enter_folder(Path("/mine"), IDS)
    other = store.enter_folder(Path("/other"), ["x.md"])
    store.merge(import_lines(lines_of_before("theirs"), store.folders(), NOW).contents)
    assert store.marks.is_starred(mark_key(PAGE, mine.id, ""))
    assert not store.marks.is_starred(mark_key(PAGE, other.id, ""))


def test_an_export_of_before_that_names_no_folder_counts_in_all() -> None:
    store = MemoryStore(SteppingClock())
    mine = store.enter_folder(Path("/mine"), IDS)
    imported = import_lines(lines_of_before(), store.folders(), NOW)
    assert imported.contents.folders == (ANY_FOLDER,)
    store.merge(imported.contents)
    assert store.marks.is_starred(mark_key(PAGE, mine.id, ""))


def test_an_export_of_today_is_read_by_a_newsdeck_of_before_as_marks_on_pages() -> None:
    store = MemoryStore(SteppingClock())
    folder = store.enter_folder(Path("/mine"), IDS)
    store.star([mark_key(PAGE, folder.id, "a.md")])
    store.mark_read([mark_key("", folder.id, "b.md")])
    lines = [json.loads(line) for line in export_lines(store.contents(), NOW)]
    assert lines[0]["version"] == 1
    marks = {line["mark"]: line for line in lines if "mark" in line}
    assert marks.keys() == {PAGE, f"card:{folder.id}/b.md"}
    assert marks[PAGE]["in"] == folder.id
    takers = {"mark", "mute", "folder", "place", "newsdeck"}
    assert all(len(takers & line.keys()) == 1 for line in lines), "each line is of one kind for it"


def test_todays_export_of_two_folders_comes_back_as_it_was() -> None:
    store = MemoryStore(SteppingClock())
    keys = [mark_key(PAGE, store.enter_folder(Path(f"/{name}"), [f"{name}.md"]).id, "") for name in "ab"]
    store.star(keys[:1])
    store.write_note(keys[1], "only here")
    found = import_lines(export_lines(store.contents(), NOW), (), NOW * 2).contents
    other = MemoryStore(SteppingClock())
    other.merge(found)
    assert other.contents().marks == store.contents().marks
    assert set(other.contents().folders) == set(store.contents().folders)


def test_marks_made_before_the_folder_is_known_become_its_own(store: Store) -> None:
    known = store.enter_folder(Path("/gone"), IDS)
    store.write_note(mark_key(PAGE, known.id, ""), "mine")
    store.star([mark_key(PAGE, "early", ""), mark_key("", "early", "b.md")])
    assert store.enter_folder(Path("/moved"), IDS, provisional="early").id == known.id
    key = mark_key(PAGE, known.id, "")
    assert (store.marks.is_starred(key), store.marks.note(key)) == (True, "mine")
    assert store.marks.is_starred(mark_key("", known.id, "b.md"))
    store.undo()
    assert (store.marks.is_starred(key), store.marks.note(key)) == (False, "mine")


def test_they_do_even_if_nothing_of_them_is_new_there(store: Store) -> None:
    early = mark_key(PAGE, "early", "")
    store.star([early])
    known = store.enter_folder(Path("/gone"), IDS)
    store.star([mark_key(PAGE, known.id, "")])
    store.enter_folder(Path("/moved"), IDS, provisional="early")
    assert not store.marks.is_starred(early), "they would be those of the next folder at that place"


def test_that_they_do_outlives_a_restart(desk: Desk) -> None:
    first = desk.open()
    known = first.enter_folder(Path("/gone"), IDS)
    first.star([mark_key(PAGE, "early", "")])
    first.enter_folder(Path("/moved"), IDS, provisional="early")
    assert first.flush(PATIENCE)
    first.close()
    again = desk.open()
    assert again.contents().marks.keys() == {mark_key(PAGE, known.id, "")}
    again.undo()
    assert not again.marks.is_starred(mark_key(PAGE, known.id, ""))


def _copy(root: Path) -> None:
    for name in IDS:
        (root / name).touch()


def _change(root: Path) -> None:
    """Another folder lies there by now."""
    (root / "index.md").touch()


@pytest.mark.parametrize(("leave", "same"), [(_copy, False), (_change, True), (Path.rmdir, True)])
def test_a_copy_is_another_folder_and_what_was_moved_is_the_same(
    store: Store, tmp_path: Path, leave: Callable[[Path], None], same: bool
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    known = store.enter_folder(before, IDS)
    leave(before)
    assert (store.enter_folder(after, IDS).id == known.id) == same


def test_another_way_to_the_same_folder_is_no_copy(store: Store, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    _copy(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    known = store.enter_folder(tmp_path / "real", IDS)
    assert store.enter_folder(tmp_path / "link", IDS).id == known.id


@pytest.mark.parametrize(("pieces", "same"), [(range(20, 125), True), (range(110, 220), False), (range(0), False)])
def test_a_moved_folder_in_which_all_cards_were_renamed_is_known_by_its_pieces(
    store: Store, pieces: range, same: bool
) -> None:
    known = store.enter_folder(Path("/gone"), IDS)
    store.meet_pieces(known.id, range(100), 1000)
    store.meet_pieces(known.id, range(90, 120), 2000)
    moved = store.enter_folder(Path("/moved"), [f"new-{name}" for name in IDS], pieces=lambda: set(pieces))
    assert (moved.id == known.id) == same


@pytest.mark.parametrize("other", ["/gone", "."])
def test_marks_can_be_made_while_a_folder_is_looked_at(store: Store, other: str) -> None:
    """And its pieces are only asked for where a folder is missing that had some."""
    known = store.enter_folder(Path(other), IDS)
    store.meet_pieces(known.id, range(100), 1000)
    key, asked = mark_key(PAGE, known.id, ""), []

    def pieces() -> set[int]:
        thread = Thread(target=store.star, args=([key],), daemon=True)
        thread.start()
        thread.join(PATIENCE)
        asked.append(store.marks.is_starred(key))
        return set()

    store.enter_folder(Path("/new"), ["x.md"], pieces=pieces)
    assert asked == ([True] if other == "/gone" else [])


def test_when_pieces_came_is_there_after_a_restart_and_in_a_copy_of_the_marks(desk: Desk) -> None:
    first = desk.open()
    folder = first.enter_folder(Path("/cards"), IDS)
    first.meet_pieces(folder.id, [3, 2**64 - 1], 1000)
    first.meet_pieces(folder.id, [3, 4], 2000)
    first.meet_pieces(folder.id, [4], 3000)
    first.close()
    copy = MemoryStore(SteppingClock())
    copy.merge(desk.open().contents())
    for store in (desk.open(), copy):
        known = store.known_pieces(folder.id)
        assert (known.since, known.later) == (1000, {4: 2000})
        assert [known.first_seen(number, 500) for number in (3, 2**64 - 1, 4)] == [500, 500, 2000]
        assert known.unknown([3, 4, 5]) == {5}
