"""Events of pieces that a judge has put into groups: of a whole deck, or of what has to do with some cards of it."""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from tui.cache.tables import key_hash
from tui.deck.events.events import Event, Events, Relation, assemble, member_of
from tui.deck.events.judge import Judge
from tui.deck.events.pieces import Piece, PieceTable, wording_of
from tui.deck.events.reasons import relation_reason
from tui.deck.events.reprints import fold
from tui.model import Coverage, Story
from tui.text.publishers import publisher_of

_OF_NONE = -1


class JudgedEvents(Events):
    """The events of the pieces of `judge`, by the `groups` of their numbers.

    `all` are the events, the one with the newest piece first. Immutable; `why` remembers what it works out, so ask it
    from one thread.
    """

    def __init__(self, judge: Judge, groups: Sequence[Sequence[int]]) -> None:
        self._judge = judge
        self._table = judge.table
        told = [numbers for numbers in groups if any(number in self._table.stories for number in numbers)]
        grouped = {number for numbers in told for number in numbers}
        alone = ((number,) for number in self._table.stories if number not in grouped)
        made = [
            (_event_of([self._table.pieces[number] for number in numbers], self._table), numbers)
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
        """The pieces behind the events, in events or not."""
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

    def why(self, story: Story, item: Coverage) -> str:
        """Why an item has its relation, in one line, as the judge of these events says it."""
        one, other = self._table.of_story.get(story.id), self._table.number_of(item)
        if one is None or other is None:
            return "not in this folder"
        if one == other:
            return "the same page"
        same = self.relation(story, item) is Relation.SAME_EVENT
        return relation_reason(self._judge, one, other, same)


def _newest(event: Event) -> tuple[float, str]:
    return -(event.last.timestamp() if event.last else 0.0), event.id


def _event_of(pieces: Sequence[Piece], table: PieceTable) -> Event:
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
