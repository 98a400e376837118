"""Finding the events of a deck.

`build_events` is a pure function for a worker; what it gives is a snapshot like the deck itself.
"""

from collections.abc import Sequence

from tui.cache.tables import key_hash
from tui.deck.events.arrivals import with_arrivals
from tui.deck.events.events import Events
from tui.deck.events.groups import group
from tui.deck.events.judge import Judge, Model
from tui.deck.events.judged import JudgedEvents
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import ParsedByTexts, gather
from tui.deck.events.telling import CountedTerms, by_rank, count_terms
from tui.model import Coverage, Story
from tui.work import ShouldStop, never, no_garbage_search


class BuiltEvents(JudgedEvents):
    """The events of a whole deck: `cards` are all its stories, and `counted` says how often their terms are told."""

    def __init__(
        self, judge: Judge, groups: Sequence[Sequence[int]], cards: Sequence[Story], counted: CountedTerms
    ) -> None:
        super().__init__(judge, groups)
        self.counted = counted
        self._cards = cards

    def with_arrivals(self, arrived: Sequence[Story], gone: Sequence[Story]) -> Events:
        """The events after cards `arrived` and others are `gone`."""
        return with_arrivals(self, _BuiltPieces(self, self._cards), arrived, gone, len(self.all))


class _BuiltPieces:
    """The pieces that events were built of; see `PiecesBefore`."""

    def __init__(self, events: BuiltEvents, cards: Sequence[Story]) -> None:
        self.counted = events.counted
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
        return None if groups is None else BuiltEvents(judge, groups, stories, counted)
