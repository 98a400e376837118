"""Where the cursor goes when the list changes under it."""

from array import array

import pytest

from tests.stories import story
from tui.deck.deck import DeckBuilder
from tui.deck.view import Listing
from tui.ui.widgets.anchor import Anchor


def listing_of(*names: str) -> Listing:
    builder = DeckBuilder()
    builder.add(story(name, f"2020-02-{29 - place} 12:00") for place, name in enumerate(names))
    docs = array("I", range(len(names)))
    return Listing(builder.deck(), docs=docs, depths=bytes(len(docs)), matching=docs)


LISTING = listing_of("new.md", "a.md", "b.md", "c.md")


def test_a_cursor_that_was_never_moved_stays_at_the_newest() -> None:
    assert Anchor().place_in(LISTING, "b.md", 1) == 0


@pytest.mark.parametrize("held", ["was_moved", "is_settled"])
def test_a_held_cursor_stays_on_its_story_and_else_at_its_place(held: str) -> None:
    anchor = Anchor()
    setattr(anchor, held, True)
    assert anchor.place_in(LISTING, "b.md", 1) == 2
    assert anchor.place_in(LISTING, "gone.md", 1) == 1
    assert anchor.place_in(LISTING, "gone.md", 9) == 3
    assert anchor.place_in(LISTING, None, 0) == 0
    assert anchor.place_in(listing_of(), "b.md", 2) == 0


def test_a_wish_waits_for_its_story_and_is_fulfilled_once() -> None:
    anchor = Anchor()
    anchor.wish = "c.md"
    assert anchor.place_in(listing_of("a.md", "b.md"), "a.md", 0) == 0
    assert not anchor.was_moved
    assert anchor.place_in(LISTING, "a.md", 0) == 3
    assert anchor.place_in(LISTING, "a.md", 3) == 1
