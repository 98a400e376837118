"""Marking, undoing, muting and remembering the place: the same whether the store writes or not."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.state.stores import SteppingClock, read_keys, starred_keys
from tui.state.mark_keys import mark_key
from tui.state.marks import Marks
from tui.state.store import MemoryStore, Store
from tui.state.values import Done, Kind, LastPosition, MuteKind
from tui.text.urls import canonical_url

A, B, C = "https://example.org/a", "https://example.org/b", "https://example.org/c"


def test_a_read_story_is_read_and_others_are_not(store: Store) -> None:
    done = store.mark_read([A], subject="A startup has its list stolen")
    assert store.marks.is_read(A)
    assert not store.marks.is_read(B)
    assert (done.said, done.keys, done.undoable) == ("marked “A startup has its list stolen” read", (A,), True)


def test_a_group_is_one_step(store: Store) -> None:
    store.mark_read([A, B, C])
    assert read_keys(store.marks) == {A, B, C}
    assert store.undo().keys == (A, B, C)
    assert not read_keys(store.marks)
    assert not store.undo()


def test_what_the_reader_did_goes_back_before_what_came_of_looking(store: Store) -> None:
    store.star([A], subject="Stolen list")
    store.mark_read([B], automatic=True)
    store.mark_read([C], automatic=True)
    assert store.undo().said == "undone: starred “Stolen list”"
    assert read_keys(store.marks) == {B, C}
    assert store.undo().said == "undone: marked 2 stories read as they were looked at"
    assert not read_keys(store.marks)
    assert not store.undo()


def test_one_story_read_by_looking_goes_back_as_one(store: Store) -> None:
    store.mark_read([B], automatic=True)
    assert store.undo().said == "undone: marked 1 story read as it was looked at"


def test_redo_does_again_what_was_taken_back_and_can_be_taken_back_again(store: Store) -> None:
    store.star([A], subject="Stolen list")
    store.mark_read([B])
    store.undo()
    store.undo()
    assert store.redo().said == "done again: starred “Stolen list”"
    assert store.redo().said == "done again: marked 1 story read"
    assert starred_keys(store.marks) == {A}
    assert read_keys(store.marks) == {B}
    assert not store.redo()
    assert store.undo().said == "undone: marked 1 story read"


def test_redo_brings_back_a_note_a_mute_and_marks_of_looking(store: Store) -> None:
    store.mark_read([A, B], automatic=True)
    store.write_note(C, "look again")
    store.mute(MuteKind.OUTLET, "Example")
    while store.undo():
        pass
    assert (read_keys(store.marks), store.marks.note(C), store.mutes()) == (frozenset(), "", ())
    while store.redo():
        pass
    assert read_keys(store.marks) == {A, B}
    assert store.marks.note(C) == "look again"
    assert [mute.value for mute in store.mutes()] == ["Example"]


def test_a_new_mark_ends_what_could_be_done_again_but_looking_does_not(store: Store) -> None:
    store.star([A])
    store.undo()
    store.mark_read([B], automatic=True)
    assert store.redo().said == "done again: starred 1 story"
    store.undo()
    store.star([C])
    assert not store.redo()
    assert starred_keys(store.marks) == {C}


def test_a_snapshot_stays_as_it_was(store: Store) -> None:
    before = store.marks
    store.star([A])
    assert not before.is_starred(A)
    assert store.marks.is_starred(A)


ACTIONS: list[tuple[Callable[[Store], object], str]] = [
    (lambda store: store.mark_read([B]), "marked 1 story read"),
    (lambda store: store.mark_read([A], on=False, subject="Old news"), "marked “Old news” unread"),
    (lambda store: store.mark_read([B, C], shown=True), "marked all 2 stories shown read"),
    (lambda store: store.mark_read([B, C]), "marked 2 stories read"),
    (lambda store: store.star([B, C]), "starred 2 stories"),
    (lambda store: store.star([A], on=False), "took the star from 1 story"),
    (lambda store: store.write_note(B, "ask them"), "wrote a note on 1 story"),
    (lambda store: store.write_note(A, "ask again", subject="Old news"), "changed the note on “Old news”"),
    (lambda store: store.write_note(A, ""), "removed the note on 1 story"),
    (lambda store: store.mute(MuteKind.PHRASE, "face matching"), "muted the phrase “face matching”"),
    (lambda store: store.unmute(MuteKind.OUTLET, "cnet"), "lifted the mute of the outlet “CNET”"),
]


@pytest.mark.parametrize(("act", "said"), ACTIONS, ids=[said for _, said in ACTIONS])
def test_undo_takes_any_action_back_and_says_which(store: Store, act: Callable[[Store], object], said: str) -> None:
    store.mark_read([A], coverage={A: ["x", "y"]})
    store.star([A])
    store.write_note(A, "ask")
    store.mute(MuteKind.OUTLET, "CNET")
    before = _meaning(store)
    act(store)
    assert _meaning(store) != before
    done = store.undo()
    assert (done.kind, done.said) == (Kind.UNDO, f"undone: {said}")
    assert _meaning(store) == before


def _meaning(store: Store) -> object:
    marks = store.marks
    told = {key: (marks.is_read(key), marks.is_starred(key), marks.note(key)) for key in marks}
    muted = [(mute.kind, mute.value, mute.until) for mute in store.mutes()]
    return {key: value for key, value in told.items() if value != (False, False, "")}, muted


@pytest.mark.parametrize(
    "nothing",
    [
        lambda store: store.mark_read([A]),
        lambda store: store.mark_read([B], on=False),
        lambda store: store.mark_read([]),
        lambda store: store.star([B], on=False),
        lambda store: store.write_note(B, " \n"),
        lambda store: store.mute(MuteKind.TOPIC, " "),
        lambda store: store.mute(MuteKind.OUTLET, "cnet"),
        lambda store: store.unmute(MuteKind.OUTLET, "ZDNet"),
    ],
)
def test_what_changes_nothing_is_no_step(store: Store, nothing: Callable[[Store], object]) -> None:
    store.mute(MuteKind.OUTLET, "CNET")
    store.mark_read([A])
    assert not nothing(store)
    assert store.undo().said == "undone: marked 1 story read"


def test_news_is_what_came_after_the_last_look_and_was_not_seen_then(store: Store) -> None:
    store.mark_read([A], coverage={A: ["x", "y"]})
    read = store.marks.get(A).read.at
    pieces = [("x", read + 5), ("y", 0), ("late", read + 1), ("found late", read), ("old", read - 1), ("odd", 0)]
    assert store.marks.news(A, pieces) == {"late"}
    store.look({A: ["x", "y", "late"]})
    assert store.marks.news(A, pieces) == frozenset()
    seen = store.marks.get(A).seen
    assert (seen.first_count, seen.count) == (2, 3)
    assert seen.first_at < seen.last_at


def test_there_is_no_news_about_a_story_that_is_not_read(store: Store) -> None:
    store.look({A: ["x"]})
    assert store.marks.news(A, [("z", 2**62)]) == frozenset()
    store.mark_read([A])
    store.mark_read([A], on=False)
    assert store.marks.news(A, [("z", 2**62)]) == frozenset()


def test_undoing_read_also_forgets_that_the_coverage_was_seen(store: Store) -> None:
    store.mark_read([A], coverage={A: ["x"]})
    store.undo()
    assert store.marks.get(A).seen.last_at == 0


def test_a_note_keeps_its_lines_but_nothing_a_terminal_would_obey(store: Store) -> None:
    store.write_note(A, "one\ntwo \x1b]52;c;x\x07 \ud800")
    note = store.marks.note(A)
    assert note.startswith("one\ntwo")
    assert not {"\x1b", "\x07", "\ud800"} & set(note)


def test_a_mute_ends_at_its_time(store: Store) -> None:
    store.mute(MuteKind.TOPIC, "Sport", until=datetime(2020, 2, 26, 17, 0, 4, tzinfo=UTC))
    assert [mute.value for mute in store.mutes()] == ["Sport"]
    store.star([A])
    assert store.mutes() == ()


def test_a_folder_that_moved_is_the_same_folder(store: Store) -> None:
    ids = [f"news/{number}.md" for number in range(50)]
    here = store.enter_folder(Path("/cards/here"), ids)
    store.leave_folder(here.id, LastPosition(here.id, '{"sort":"newest"}', "news/3.md", {"topics": 24, "stories": 60}))
    moved = store.enter_folder(Path("/elsewhere"), ids[:45])
    assert moved.id == here.id
    assert moved.visited > 0
    place = store.place(moved.id)
    assert place is not None
    assert (place.story, place.view, place.panes) == ("news/3.md", '{"sort":"newest"}', {"topics": 24, "stories": 60})


def test_renamed_cards_in_a_moved_folder_keep_their_marks(store: Store) -> None:
    linked = {f"old/{number}.md": f"https://www.example.org/{number}?utm_source=x" for number in range(100)}
    unlinked = [f"plain/{number}.md" for number in range(10)]
    here = store.enter_folder(Path("/cards/here"), [*linked, *unlinked])
    store.mark_read(_keys(here.id, linked, unlinked))
    renamed = {f"new/{url[-20:]}.md": url for url in linked.values()}
    others = [f"other/{number}.md" for number in range(300)]
    store.enter_folder(Path("/cards/here"), [*linked, *unlinked, *others])
    there = store.enter_folder(Path("/cards/there"), [*renamed, *unlinked, *others])
    assert all(store.marks.is_read(key) for key in _keys(there.id, renamed, unlinked))


def _keys(folder_id: str, linked: dict[str, str], unlinked: list[str]) -> list[str]:
    with_link = [mark_key(canonical_url(url), folder_id, card) for card, url in linked.items()]
    return with_link + [mark_key("", folder_id, card) for card in unlinked]


STEPS = st.lists(
    st.tuples(st.sampled_from(["read", "star", "note", "mute"]), st.sets(st.sampled_from([A, B, C])), st.booleans()),
    max_size=12,
)


@given(STEPS)
def test_undoing_everything_leads_back_to_the_start(steps: list[tuple[str, set[str], bool]]) -> None:
    store = MemoryStore(SteppingClock())
    meanings = [_meaning(store)]
    for what, keys, on in steps:
        if _act(store, what, keys, on):
            meanings.append(_meaning(store))
    found = [_meaning(store)]
    while store.undo():
        found.append(_meaning(store))
    assert found == meanings[::-1]


def _act(store: Store, what: str, keys: set[str], on: bool) -> Done:
    if what == "read":
        return store.mark_read(keys, on, coverage={key: [what] for key in keys})
    if what == "star":
        return store.star(keys, on)
    if what == "note":
        return store.write_note(min(keys, default=A), "ask" * len(keys) if on else "")
    return store.mute(MuteKind.TOPIC, "AI") if on else store.unmute(MuteKind.TOPIC, "ai")


def test_keys_that_no_database_could_hold_are_taken_all_the_same(store: Store) -> None:
    store.mark_read(["card:1/\udcff.md"])
    store.leave_folder("1", LastPosition("1", '{"query": "\ud800"}', "\udcff.md"))
    assert store.flush(5)
    assert len(read_keys(store.marks)) == 1


def test_marks_compare_by_what_they_say() -> None:
    assert Marks() == Marks({})
    assert len(Marks()) == 0
