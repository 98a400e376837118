"""Finding the events of a deck.

`build_events` is a pure function for a worker; what it gives is a snapshot like the deck itself.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from tui.cache.tables import key_hash
from tui.deck.events.events import Event, Events, Relation, assemble, member_of
from tui.deck.events.groups import group
from tui.deck.events.judge import Judge, Model
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import ParsedByTexts, Piece, PieceTable, gather, wording_of
from tui.deck.events.reasons import relation_reason
from tui.deck.events.reprints import fold
from tui.deck.events.telling import CountedTerms, by_rank, count_terms
from tui.model import Coverage, Story
from tui.text.publishers import publisher_of
from tui.work import ShouldStop, never, no_garbage_search

_OF_NONE = -1


class BuiltEvents(Events):
    """The events that were worked out. Immutable; `why` remembers what it works out, so ask it from one thread.

    `all` are the events, the one with the newest piece first. `cards` are all there are, if any may arrive later.
    """

    def __init__(self, judge: Judge, groups: Sequence[Sequence[int]], cards: Sequence[Story] = ()) -> None:
        self.judge = judge
        self._stories = cards
        self._table = judge.table
        told = [numbers for numbers in groups if any(number in self._table.stories for number in numbers)]
        grouped = {number for numbers in told for number in numbers}
        alone = ((number,) for number in self._table.stories if number not in grouped)
        made = [
            (event_of([self._table.pieces[number] for number in numbers], self._table), numbers)
            for numbers in chain(told, alone)
        ]
        made.sort(key=lambda one: _newest(one[0]))
        self.all = tuple(event for event, _ in made)
        self._places = array("i", (_OF_NONE,)) * len(self._table.pieces)
        for place, (_, numbers) in enumerate(made):
            for number in numbers:
                self._places[number] = place

    @property
    def table(self) -> PieceTable:
        """The pieces behind the events; the next `build_events` takes their words from here."""
        return self._table

    def of_story(self, story_id: str) -> Event | None:
        """The event that a story tells; None for a story that was not in the deck."""
        number = self._table.of_story.get(story_id)
        return None if number is None else self.all[self._places[number]]

    def key_of(self, item: Coverage) -> str | None:
        """The `Member.key` of a coverage item in its event; None for one that is in no event."""
        number = self._table.number_of(item)
        return None if number is None or self._places[number] == _OF_NONE else self._table.pieces[number].key

    def is_of_event(self, item: Coverage, story: Story) -> bool:
        """Whether a coverage item is of the event that a story of this deck tells."""
        own, number = self._table.of_story.get(story.id), self._table.number_of(item)
        return own is not None and number is not None and self._places[number] == self._places[own]

    def story_of(self, item: Coverage) -> str | None:
        """The id of the card in this deck that tells a coverage item, None without one."""
        number = self._table.number_of(item)
        ids = () if number is None else self._table.stories.get(number, ())
        return ids[0] if ids else None

    def piece_numbers(self) -> Iterable[int]:
        """All pieces of the deck, each as 64 bits that stand for its key."""
        return map(key_hash, self._table.by_key)

    def event_of_piece(self, number: int) -> int | None:
        """The place in `all` of the event of a piece, by the 64 bits that stand for its key; None without one."""
        return self._events_of_pieces.get(number)

    @cached_property
    def _events_of_pieces(self) -> dict[int, int]:
        return {key_hash(member.key): place for place, event in enumerate(self.all) for member in event.members}

    def with_arrivals(self, arrived: Sequence[Story], gone: Sequence[Story]) -> Events:
        """The events after cards `arrived` and others are `gone`."""
        from tui.deck.events.arrivals import with_arrivals  # which builds events itself

        return with_arrivals(self, _BuiltPieces(self, self._stories), arrived, gone, len(self.all))

    def why(self, story: Story, item: Coverage) -> str:
        """Why an item has its relation, in one line, as the judge of these events says it."""
        one, other = self._table.of_story.get(story.id), self._table.number_of(item)
        if one is None or other is None:
            return "not in this folder"
        if one == other:
            return "the same page"
        same = self.relation(story, item) is Relation.SAME_EVENT
        return relation_reason(self.judge, one, other, same)


class _BuiltPieces:
    """The pieces that events were built of; see `PiecesBefore`."""

    def __init__(self, events: BuiltEvents, cards: Sequence[Story]) -> None:
        counted = events.judge.lexicon.counted
        assert isinstance(counted, CountedTerms), "all pieces of a whole deck are counted"
        self.counted = counted
        self._events = events
        self._by_rank = by_rank(events.table.pieces)
        self._cards = {card.id: card for card in cards}

    def told_at(self, rank: int) -> Story | Coverage:
        """What tells the piece of this rank."""
        source = self._by_rank[rank].source
        return self._cards[source.id] if isinstance(source, Story) else source

    def has_piece(self, key: str) -> bool:
        """Whether there is a piece with this key."""
        return key in self._events.table.by_key

    def told_beside(self, key: str) -> Sequence[Story | Coverage]:
        """What tells the event that the piece with this key is of."""
        place = self._events.event_of_piece(key_hash(key))
        if place is None:
            return ()
        event, table = self._events.all[place], self._events.table
        listed = [table.pieces[table.by_key[member.key]].source for member in event.members if not member.stories]
        return [*map(self._cards.__getitem__, event.story_ids), *listed]


def build_events(
    stories: Sequence[Story],
    previous: BuiltEvents | None = None,
    should_stop: ShouldStop = never,
    model: Model | None = None,
    *,
    parsed: ParsedByTexts | None = None,
    alone: bool = True,
) -> BuiltEvents | None:
    """Finds the events of a deck; None if `should_stop`, asked now and then, said to stop.

    The result depends on `stories` alone (not on their order), and is the same each time; `previous`, the
    events of an earlier state of the folder, only spares reading the words of unchanged pieces again, as `parsed` does,
    where words were read before. `model` replaces the built-in coefficients, for measuring. Unless this process is
    `alone` with it, another is forked from this one to help where there is much to do.
    """
    with no_garbage_search():  # half a million objects are made without cycles, and most are kept
        table = gather(stories, previous.table.parsed if previous else parsed or {})
        if should_stop():
            return None
        counted = count_terms(table.pieces)
        judge = Judge(table, Lexicon(counted), model)
        groups = group(judge, should_stop, counted, alone=alone)
        judge.forget()  # a verdict is seldom asked for again, and all of them take more room than the words
        return None if groups is None else BuiltEvents(judge, groups, stories)


def _newest(event: Event) -> tuple[float, str]:
    return -(event.last.timestamp() if event.last else 0.0), event.id


def event_of(pieces: Sequence[Piece], table: PieceTable) -> Event:
    """The event that pieces of a table make up, of which at least one is a card."""
    ordered = sorted(pieces, key=_by_known_time)
    texts = fold([wording_of(piece) for piece in ordered]) if len(ordered) > 1 else ((0,),)
    firsts = {position: text[0] for text in texts for position in text}
    return assemble(
        tuple(
            member_of(
                piece.source,
                piece.key,
                table.stories.get(piece.number, ()),
                "" if firsts[place] == place else ordered[firsts[place]].key,
                publisher_of(piece.source.outlet.domain.casefold()),
            )
            for place, piece in enumerate(ordered)
        )
    )


def _by_known_time(piece: Piece) -> tuple[bool, float, str]:
    return not piece.time_known or piece.hours is None, piece.hours or 0.0, piece.key
