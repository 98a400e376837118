"""Exports: what comes out goes in elsewhere, once or twice, and whatever a line says nothing breaks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.state.stores import SteppingClock
from tui.state.entries import Stamp
from tui.state.json_lines import LINE_LIMIT, export_lines, import_lines
from tui.state.mark_keys import digest_all, mark_key
from tui.state.marks import joined
from tui.state.merge import Contents, additions
from tui.state.store import MemoryStore, Store
from tui.state.times import millis
from tui.state.values import Flag, Folder, LastPosition, Mark, MuteKind, Note, Seen

A, B = "https://example.org/a", "https://example.org/b"
NOW = 1_600_000_000_000

TIMES = st.integers(1, NOW)
TEXTS = st.text("ab1é漢.'\"", min_size=1, max_size=8)
FLAGS = st.builds(Flag, st.booleans(), TIMES) | st.just(Flag())
NOTES = st.builds(Note, TEXTS, TIMES) | st.just(Note())
SEEN = st.builds(Seen, TIMES, st.integers(0, 9), TIMES, st.lists(TEXTS, max_size=4).map(digest_all)) | st.just(Seen())
MARKS = st.builds(Mark, FLAGS, FLAGS, NOTES, SEEN)
STATES = st.builds(Contents, st.dictionaries(TEXTS, MARKS, max_size=3))


def _over(contents: Contents, *more: Contents) -> Store:
    store = MemoryStore(SteppingClock())
    for each in (contents, *more):
        store.merge(each)
    return store


def _round_trip(contents: Contents) -> Contents:
    imported = import_lines(export_lines(contents, NOW), (), NOW)
    assert imported.skipped == ()
    return imported.contents


@given(STATES)
def test_an_export_says_all_that_there_is(state: Contents) -> None:
    assert _round_trip(state).marks == state.marks


@given(STATES, STATES)
def test_merging_is_the_same_in_any_order_and_any_number_of_times(one: Contents, other: Contents) -> None:
    once = _over(one, _round_trip(other))
    assert _over(one, other, _round_trip(other), one).marks == once.marks
    assert _over(other, one).marks == once.marks
    assert additions(once.contents(), other, Stamp("", 0)).is_empty


@given(MARKS, MARKS, MARKS)
def test_marks_merge_in_any_grouping(one: Mark, two: Mark, three: Mark) -> None:
    assert joined(joined(one, two), three) == joined(one, joined(two, three))


def test_everything_but_undo_travels() -> None:
    store = MemoryStore(SteppingClock())
    store.mark_read([A], coverage={A: ["x", "y"]})
    store.star([B])
    store.write_note(B, "two\nlines")
    store.mute(MuteKind.OUTLET, "CNET")
    store.mute(MuteKind.TOPIC, "Sport")
    store.unmute(MuteKind.TOPIC, "Sport")
    folder = store.enter_folder(Path("/cards/caf\udce9"), ["a.md"])
    store.leave_folder(folder.id, LastPosition(folder.id, '{"sort": "newest"}', "a.md", {"topics": 20}))
    other = _over(_round_trip(store.contents()))
    theirs, ours = other.contents(), store.contents()
    assert theirs.marks == ours.marks
    assert (theirs.mutes, theirs.folders, theirs.places) == (ours.mutes, ours.folders, ours.places)
    assert not other.undo()


def test_a_mute_lifted_here_is_not_brought_back_by_an_older_export() -> None:
    store = MemoryStore(SteppingClock())
    store.mute(MuteKind.OUTLET, "CNET")
    older = _round_trip(store.contents())
    store.unmute(MuteKind.OUTLET, "cnet")
    store.merge(older)
    assert store.mutes() == ()


def test_cards_without_a_link_are_found_in_the_same_folder_of_another_machine() -> None:
    ids = [f"{number}.md" for number in range(20)]
    there, here = MemoryStore(SteppingClock()), MemoryStore(SteppingClock())
    folder_there = there.enter_folder(Path("/there"), ids)
    there.mark_read([mark_key("", folder_there.id, "3.md")])
    there.leave_folder(folder_there.id, LastPosition(folder_there.id, story="3.md"))
    folder_here = here.enter_folder(Path("/here"), ids[1:])
    contents = here.contents()
    imported = import_lines(export_lines(there.contents(), NOW), contents.folders, NOW * 2)
    here.merge(imported.contents)
    assert here.marks.is_read(mark_key("", folder_here.id, "3.md"))
    assert [folder.path for folder in here.contents().folders] == [b"/here"]
    place = here.place(folder_here.id)
    assert place is not None
    assert place.story == "3.md"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Input data was truncated"),
        ("[1]", "Expected `object`, got `array`"),
        ('{"mark": 3}', "Expected `str`, got `int` - at `$.mark`"),
        ('{"mark": "k", "read": [true, "yesterday"]}', "Invalid isoformat string: 'yesterday'"),
        ('{"mark": "k", "read": [true, "2020-02-26T16:55:00"]}', "'2020-02-26T16:55:00' has no time zone"),
        ('{"mute": "planet", "value": "x"}', "Invalid enum value 'planet' - at `$.mute`"),
        ('{"mute": "topic", "value": "\\u200b"}', "a mute of nothing"),
        ('{"mark": "' + "k" * LINE_LIMIT + '"}', "longer than a line may be"),
    ],
)
def test_a_line_that_makes_no_sense_is_passed_over_and_told(line: str, reason: str) -> None:
    good = '{"mark": "https://example.org/a", "read": [true, "2020-02-26T16:55:00Z"]}'
    imported = import_lines([line, good], (), NOW)
    assert [(each.line, each.reason) for each in imported.skipped] == [(1, reason)]
    assert imported.contents.marks[A].read.on


def test_unknown_lines_and_keys_are_passed_over() -> None:
    lines = ['{"mood": "good"}', "", '{"mark": "k", "colour": 3, "starred": [true, "2020-02-26T16:55:00.000Z"]}']
    imported = import_lines(lines, (), NOW)
    assert imported.skipped == ()
    assert imported.contents.marks["k"].starred.on


def test_a_newer_format_is_refused_whole() -> None:
    lines = ['{"newsdeck": "state", "version": 2}', '{"mark": "k", "read": [true, "2020-02-26T16:55:00Z"]}']
    imported = import_lines(lines, (), NOW)
    assert [each.reason for each in imported.skipped] == ["written by a newer newsdeck (format 2, not 1)"]
    assert not imported.contents.marks


def test_a_time_in_the_future_does_not_win_for_ever() -> None:
    store = MemoryStore(SteppingClock())
    now = millis(SteppingClock()())
    imported = import_lines(['{"mark": "k", "read": [true, "9999-01-01T00:00:00Z"]}'], (), now)
    store.merge(imported.contents)
    store.mark_read(["k"], on=False)
    store.merge(imported.contents)
    assert not store.marks.is_read("k")


def test_imported_texts_are_clean() -> None:
    line = '{"mark": "k\\u001b", "note": ["\\u001b]52;c;x\\u0007", "2020-02-26T16:55:00Z"]}'
    ((key, imported),) = import_lines([line], (), NOW).contents.marks.items()
    assert "\x1b" not in key + imported.note.text


@given(
    st.lists(st.text() | st.sampled_from(['{"mark":"k","seen":{"digests":"zz"}}', '{"place":"p","panes":{"a":-1}}']))
)
def test_no_line_raises(lines: list[str]) -> None:
    store = MemoryStore(SteppingClock())
    store.merge(import_lines(lines, (), NOW).contents)
    assert list(export_lines(store.contents(), NOW))


@given(st.binary(max_size=20), st.integers(0, NOW))
def test_a_folder_keeps_its_path_whatever_its_bytes(path: bytes, at: int) -> None:
    folder = Folder("f", path.replace(b"\0", b""), b"", at, at)
    assert _round_trip(Contents(folders=(folder,))).folders == (folder,)


def test_a_byte_order_mark_before_an_export_is_no_part_of_it() -> None:
    store = MemoryStore(SteppingClock())
    store.star([B])
    first, *rest = export_lines(store.contents(), NOW)
    imported = import_lines([f"\ufeff{first}", *rest], (), NOW)
    assert imported.skipped == ()
    assert imported.contents.marks == store.contents().marks
