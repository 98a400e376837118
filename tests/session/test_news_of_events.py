"""A read story is news again when a piece comes into its event, and for no other reason."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.deck.test_deck import deck_of
from tests.deck.test_view import analysed, event_deck
from tests.stories import story
from tui.deck.analysis import Analysis, index_deck
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.columns import rows_of
from tui.deck.deck import Deck
from tui.deck.events.events import Event, Member, assemble, member_of
from tui.deck.events.keys import piece_key
from tui.model import Coverage, Story
from tui.session import FolderState, Marking
from tui.session.arrivals import Arrivals, pieces_of
from tui.session.marked_folder import MarkedFolder
from tui.state.pieces import piece_number
from tui.state.store import MemoryStore, Store
from tui.state.times import millis


class Watch:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = datetime(2021, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self) -> None:
        self.now += timedelta(minutes=1)


class Desk:
    """A folder that is watched by a clock of the test, and the marks in it."""

    def __init__(self, path: str = "/cards", before: "Desk | None" = None) -> None:
        self.clock: Watch = before.clock if before is not None else Watch()
        self.store: Store = before.store if before is not None else MemoryStore(self.clock)
        self.base = Deck()
        self.folder = MarkedFolder(self.store, Path(path))
        self.marking = Marking(self.store, [self.folder])
        self.arrivals = Arrivals(self.clock)
        self.clock.tick()

    def begin(self, *stories: Story) -> None:
        """All that is in the folder."""
        self.base = deck_of(*stories)
        self.publish(self.base)

    def come(self, *stories: Story) -> None:
        """More is in the folder than at the beginning."""
        self.publish(changed_deck(self.base, stories))

    def publish(self, deck: Deck, analysis: Analysis | None = None) -> None:
        self.arrivals.take(FolderState(deck, analysis))
        if not self.marking.has_entered:
            self.marking.enter(deck)
            self.arrivals.enter(self.folder)
        self.clock.tick()

    def read(self, one: Story, event: Event | None = None) -> None:
        self.marking.mark_read({one: event})
        self.clock.tick()


def piece(number: int) -> Story:
    return story(f"{number}.md", "2021-08-01 10:00", url=f"https://example.org/{number}")


def event_of(*stories: Story) -> Event:
    return assemble(tuple(member_of(each, piece_key(each), (each.id,)) for each in stories))


A, B, C = piece(1), piece(2), piece(3)


def test_a_piece_that_comes_after_reading_is_news_until_it_was_looked_at() -> None:
    desk = Desk()
    desk.begin(A, B)
    desk.read(A, event_of(A, B))
    desk.come(C)
    event = event_of(A, B, C)
    assert desk.marking.fresh(A, event) == {piece_key(C)}
    assert desk.marking.is_unread(A, event)
    desk.read(A, event)
    assert not desk.marking.is_unread(A, event)


def test_a_large_event_is_not_gone_through_where_nothing_came_since_reading() -> None:
    """It would be, whenever a row is painted."""

    class Untouched(tuple[Member, ...]):
        def __iter__(self) -> Iterator[Member]:
            assert not self, "the pieces were gone through"
            yield from ()

    desk = Desk()
    desk.begin(A, B)
    desk.come(C)
    event = event_of(A, B, C)
    desk.read(A, event)
    assert not desk.marking.is_unread(A, structs.replace(event, members=Untouched(event.members)))


def test_an_event_that_is_found_after_reading_is_no_news() -> None:
    desk = Desk()
    desk.publish(deck_of(A, B, C))
    desk.read(A)
    assert not desk.marking.fresh(A, event_of(A, B, C))
    desk.read(A, event_of(A, B))
    assert not desk.marking.fresh(A, event_of(A, B, C))


def test_what_another_folder_had_is_no_news_in_this_one() -> None:
    here = Desk()
    here.publish(deck_of(A))
    here.read(A, event_of(A))
    other = Desk("/other", here)
    other.publish(deck_of(piece(7), A, B, C))
    assert other.marking.is_unread(A, event_of(A, B, C)), "it was read in the other folder only"
    other.read(A)
    assert not other.marking.fresh(A, event_of(A, B, C))


def test_what_came_while_the_reader_was_closed_is_news_even_if_it_is_of_an_older_date() -> None:
    desk = Desk()
    desk.publish(deck_of(A, B))
    desk.read(A, event_of(A, B))
    again = Desk(before=desk)
    again.publish(deck_of(A, B, C))
    assert again.marking.fresh(A, event_of(A, B, C)) == {piece_key(C)}


def test_what_came_before_the_folder_was_first_noted_is_news_if_it_was_published_after_reading() -> None:
    desk = Desk()
    desk.clock.now = datetime(2021, 8, 1, 12, tzinfo=UTC)
    desk.marking.mark_read({A: None})
    later = story("4.md", "2021-08-02 10:00", url="https://example.org/4")
    desk.clock.now = datetime(2021, 9, 1, 12, tzinfo=UTC)
    desk.publish(deck_of(later, A, B))
    assert desk.marking.fresh(A, event_of(A, B, later)) == {piece_key(later)}


def test_related_pieces_without_a_card_are_known_by_their_links() -> None:
    listed = Coverage("Elsewhere", "https://example.org/elsewhere")
    desk = Desk()
    lead = story("1.md", "2021-08-01 10:00", url="https://example.org/1")
    desk.begin(lead)
    desk.read(lead)
    grown = story("1.md", "2021-08-01 10:00", url="https://example.org/1", related=(listed,))
    desk.come(grown)
    event = assemble((member_of(grown, piece_key(grown), ("1.md",)), member_of(listed, listed.url)))
    assert desk.marking.fresh(grown, event) == {listed.url}


def test_nothing_is_noted_twice_and_what_goes_and_comes_again_keeps_its_time() -> None:
    desk = Desk()
    desk.publish(deck_of(A, B))
    desk.read(A)
    desk.publish(deck_of(A))
    desk.publish(deck_of(A, B))
    assert not desk.marking.fresh(A, event_of(A, B))
    assert desk.folder.pieces.batches == 1


@pytest.mark.parametrize("size", [0, 3, 1000])
def test_a_few_arrivals_cost_no_more_than_themselves(size: int) -> None:
    """Of what is written, for whoever reads in a large folder."""
    desk = Desk()
    desk.begin(*(piece(number + 10) for number in range(size)))
    before = len(desk.store.contents().pieces)
    desk.come(A)
    batches = desk.store.contents().pieces[before:]
    assert [len(batch.numbers) for batch in batches] == [8]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.integers(1, 6)),
        st.tuples(st.just("read"), st.sets(st.integers(1, 6))),
        st.tuples(st.just("close"), st.just(0)),
    ),
    max_size=10,
)


@given(st.sets(st.integers(1, 6)), STEPS, st.sets(st.integers(1, 6)))
def test_the_news_is_what_came_after_reading_whatever_was_known_of_the_event(
    first: set[int], steps: list[tuple[str, object]], found_at_last: set[int]
) -> None:
    lead, desk = piece(0), Desk()
    here = {0, *first}
    came_since: set[int] = set()
    seen: set[int] = set()
    is_read = False
    desk.begin(*map(piece, here))
    for what, value in steps:
        if what == "come":
            assert isinstance(value, int)
            came_since |= {value} - here
            here |= {value}
            desk.come(*map(piece, here))
        elif what == "read":
            assert isinstance(value, set)
            event = event_of(lead, *map(piece, sorted(value & here)))  # as far as it is found by now
            desk.read(lead, event)
            # Reading counts where it changes anything: what is read with nothing new in it stays as it is.
            if not is_read or not value & here <= seen:
                came_since = set()
            seen |= value & here
            is_read = True
        else:
            desk = Desk(before=desk)
            desk.begin(*map(piece, here))
    event = event_of(lead, *map(piece, sorted(found_at_last & here)))
    fresh = desk.marking.fresh(lead, event)
    known = {piece_key(piece(number)) for number in came_since - seen}
    assert fresh <= known, "what was there before reading is no news"
    assert fresh == (known & {member.key for member in event.members} if is_read else set())


DECK = event_deck()
ANALYSIS = analysed(DECK)
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["read", "unread", "star", "come", "undo", "look"]), st.integers(0, len(DECK) - 1)),
    max_size=12,
)


@given(ACTIONS, st.booleans())
def test_the_sets_say_the_same_as_each_story_by_itself(actions: list[tuple[str, int]], at_once: bool) -> None:
    desk = Desk()
    desk.publish(deck_of(DECK.story(0)))
    for what, doc in actions:
        one = DECK.story(doc)
        event = ANALYSIS.event(one.id)
        if what == "come":
            desk.folder.meet(pieces_of([one]), millis(desk.clock()))
        elif what == "star":
            desk.marking.star([one])
        elif what == "undo":
            desk.store.undo()
        else:
            desk.marking.mark_read({one: None if what == "look" else event}, what != "unread")
        desk.clock.tick()
        if not at_once:
            desk.marking.docs(DECK, ANALYSIS)
    docs = desk.marking.docs(DECK, ANALYSIS)
    marking = desk.marking
    read = [doc for doc, one in enumerate(DECK.stories) if not marking.is_unread(one, ANALYSIS.event(one.id))]
    assert list(rows_of(docs.read)) == read
    assert list(rows_of(docs.starred)) == [doc for doc, one in enumerate(DECK.stories) if marking.is_starred(one)]


def test_a_story_that_came_since_the_analysis_has_no_news_of_itself() -> None:
    indexed = index_deck(deck_of(A, B))
    assert indexed is not None
    deck = changed_deck(indexed.deck, [C])
    desk = Desk()
    desk.publish(indexed.deck)
    desk.publish(deck, changed_analysis(indexed, deck))
    desk.read(C)
    assert list(rows_of(desk.marking.docs(deck, changed_analysis(indexed, deck)).read)) == [deck.doc(C.id)]


def test_numbers_of_pieces_are_those_of_stored_events() -> None:
    assert ANALYSIS.events is not None
    numbers = set(ANALYSIS.events.piece_numbers())
    assert numbers == set(pieces_of(DECK.stories))
    event = ANALYSIS.event("b.md")
    assert event is not None
    places = {ANALYSIS.events.event_of_piece(piece_number(member.key)) for member in event.members}
    assert ANALYSIS.grouping is not None
    doc = DECK.doc("b.md")
    assert doc is not None
    assert places == {ANALYSIS.grouping.numbers[doc]}
