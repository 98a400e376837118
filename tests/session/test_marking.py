"""Marks belong to the stories of a folder, and become sets for its search."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.columns import rows_of
from tui.session import Marking
from tui.session.marked_folder import MarkedFolder
from tui.state.store import MemoryStore, Store
from tui.state.values import MuteKind

NOW = datetime(2021, 3, 4, tzinfo=UTC)
IDS = [f"{number}.md" for number in range(20)]


@pytest.fixture
def marking() -> Marking:
    return marking_at("folder")


def marking_at(path: str, store: Store | None = None) -> Marking:
    store = store or MemoryStore(lambda: NOW)
    return Marking(store, [MarkedFolder(store, Path(path))])


def test_a_card_that_is_renamed_keeps_its_marks(marking: Marking) -> None:
    before, after = (
        story("old.md", url="https://example.org/a"),
        story("new.md", url="http://www.example.org/a/?utm_source=x"),
    )
    marking.mark_read({before: None})
    assert not marking.is_unread(after, None)


def test_a_story_without_a_link_is_known_by_folder_and_id(marking: Marking) -> None:
    unlinked = story("a.md", url="javascript:alert(1)")
    marking.star([unlinked])
    assert marking.is_starred(unlinked)
    assert not marking_at("other", marking.store).is_starred(unlinked)


@pytest.mark.parametrize("first_known", [False, True])
def test_what_was_marked_in_a_reader_that_died_before_it_knew_its_folder_is_kept(first_known: bool) -> None:
    store = MemoryStore(lambda: NOW)
    if first_known:
        store.enter_folder(Path("/old"), IDS)
    died = MarkedFolder(store, Path("/new"))
    store.star([died.key_of("https://example.org/a", "")])
    again = MarkedFolder(store, Path("/new"))
    again.enter(IDS, set)
    assert store.marks.is_starred(again.key_of("https://example.org/a", ""))


def test_another_folder_at_the_place_of_one_that_moved_has_none_of_its_marks() -> None:
    store = MemoryStore(lambda: NOW)
    first = MarkedFolder(store, Path("/place"))
    store.star([first.key_of("https://example.org/a", "")])
    first.enter(IDS, set)
    moved = MarkedFolder(store, Path("/elsewhere"))
    moved.enter(IDS, set)
    other = MarkedFolder(store, Path("/place"))
    other.enter([f"other-{number}.md" for number in range(20)], set)
    key = "https://example.org/a", ""
    assert [store.marks.is_starred(each.key_of(*key)) for each in (moved, other)] == [True, False]


def test_marks_become_sets_of_stories_for_queries(marking: Marking) -> None:
    deck = deck_of(
        story("a.md", "2021-01-04 10:00", url="https://example.org/same"),
        story("b.md", "2021-01-03 10:00", url="https://example.org/same"),
        story("c.md", "2021-01-02 10:00", url="not a link"),
        story("d.md", "2021-01-01 10:00", outlet="Noise"),
    )
    marking.mark_read({deck.story(0): None})
    marking.star([deck.story(2)])
    marking.store.mute(MuteKind.OUTLET, "noise")
    docs = marking.docs(deck, None)
    assert list(rows_of(docs.read)) == [0, 1], "both cards of one page are read"
    assert list(rows_of(docs.starred)) == [2]
    assert list(rows_of(docs.muted)) == [3]


def test_undo_takes_back_one_action_at_a_time(marking: Marking) -> None:
    one, two = story("a.md"), story("b.md")
    marking.mark_read({one: None, two: None})
    marking.star([one])
    assert marking.store.undo()
    assert not marking.is_starred(one)
    assert not marking.is_unread(one, None)
    assert marking.store.undo()
    assert marking.is_unread(one, None)
    assert marking.is_unread(two, None)
    assert not marking.store.undo()
