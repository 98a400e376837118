"""Cards that arrive in a deck whose events are known: each is judged against its neighbours alone.

The cards that may be of one event with what arrived are taken with their events, and these are grouped anew in the
way of a whole deck; all other events stay as they were found. Words count as in the deck before and in what arrived
together; what was removed is not taken off, which makes as little difference as any single card does.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from tui.deck.events.candidates import MOST_TELLINGS, NEXT_IN_TIME, REPRINT_TERMS, UNLISTED_HOURS, UNLISTED_TERMS
from tui.deck.events.events import Event, Events
from tui.deck.events.groups import Link, joined_by, links_between
from tui.deck.events.judge import LONGEST_HOURS, UNLISTED_MARGIN, Judge
from tui.deck.events.judged import JudgedEvents
from tui.deck.events.keys import item_key, piece_key, source_key
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import Piece, PieceTable, gather, side_by_side
from tui.deck.events.telling import CountedTerms, MergedTerms, count_terms
from tui.model import Coverage, Story

MOST_ARRIVALS = 48
"""The newest cards of those that arrived which are judged at once; the others wait until all events are found anew."""
_MOST_CARDS = 400
"""How many cards are grouped anew at most; what arrives beside an event that is larger waits, too."""
_MOST_ASKED = 400
"""Of how many pieces it is asked at most what has to do with them."""


class PiecesBefore(Protocol):
    """What is known of the pieces of a deck, to be asked for a few of them; may raise DamagedCacheError."""

    @property
    def counted(self) -> CountedTerms:
        """How often its terms are told, and by which of its pieces."""
        ...

    def told_at(self, rank: int) -> Story | Coverage:
        """What tells the piece of this rank."""
        ...

    def has_piece(self, key: str) -> bool:
        """Whether there is a piece with this key."""
        ...

    def told_beside(self, key: str) -> Sequence[Story | Coverage]:
        """What tells the event that the piece with this key is of, all its cards and what else; nothing if it is of
        none.
        """
        ...


class EventsWithArrivals(Events):
    """The events of a deck in which some cards changed: `found` for those and their neighbours, `base` for all others.

    The stories `gone` are not there any more, or not as they were. There were `size` events.
    """

    def __init__(self, base: Events, found: JudgedEvents, gone: Collection[str], size: int) -> None:
        self.base = base
        self.found = found
        self._gone = gone
        self._size = size

    @property
    def regrouped(self) -> Sequence[Event]:
        """The events of what changed, and of its neighbours."""
        return self.found.all

    def piece_numbers(self) -> Iterator[int]:
        """All pieces of the deck before and of what changed, each as 64 bits that stand for its key."""
        return chain(self.base.piece_numbers(), self.found.piece_numbers())

    def event_of_piece(self, number: int) -> int | None:
        """The number that `Grouping` gives the event of a piece; None without one."""
        place = self.found.event_of_piece(number)
        return self.base.event_of_piece(number) if place is None else self._size + place

    def of_story(self, story_id: str) -> Event | None:
        """The event that a story tells; None for one that is gone, or came and is not judged yet."""
        event = self.found.of_story(story_id)
        return event if event is not None or story_id in self._gone else self.base.of_story(story_id)

    def key_of(self, item: Coverage) -> str | None:
        """The `Member.key` of a coverage item in its event; None for one that is in no event."""
        return self.found.key_of(item) or self.base.key_of(item)

    def is_of_event(self, item: Coverage, story: Story) -> bool:
        """Whether a coverage item is of the event that a story of this deck tells."""
        return self._asked(story).is_of_event(item, story)

    def story_of(self, item: Coverage) -> str | None:
        """The id of the card in this deck that tells a coverage item, None without one."""
        told = self.found.story_of(item) or self.base.story_of(item)
        return None if told is None or self.of_story(told) is None else told

    def why(self, story: Story, item: Coverage) -> str:
        """Why an item has its relation, in one line."""
        return self._asked(story).why(story, item)

    def _asked(self, story: Story) -> Events:
        return self.found if self.found.of_story(story.id) is not None else self.base


def with_arrivals(
    base: Events, known: PiecesBefore, arrived: Sequence[Story], gone: Sequence[Story], size: int
) -> Events:
    """The events of `base`, `size` of them, after cards `arrived` and others are `gone`; its pieces are `known`.

    A card that was read again is in both, as it is and as it was.
    """
    newest = sorted(arrived, key=lambda story: (story.published_at is not None and story.published_at.timestamp()) or 0)
    joining = _Joining(known, newest[-MOST_ARRIVALS:], gone)
    return EventsWithArrivals(base, joining.found(), joining.gone, size)


class _Joining:
    """The pieces that are grouped anew, while they are gathered.

    Links between pieces make up islands, and no island has a say in how another falls into groups. So whatever has to
    do with what arrived is gathered until the islands are whole, and grouped as in a full build.
    """

    def __init__(self, known: PiecesBefore, arrived: Sequence[Story], gone: Sequence[Story]) -> None:
        self.gone = frozenset(story.id for story in gone)
        self._known = known
        self._cards = {story.id: story for story in arrived}
        self._alone: dict[str, Coverage] = {}
        self._events: list[frozenset[str]] = []
        self._has_left_out = False
        self._asked: set[str] = set()
        self._met: set[str] = set()
        table = gather(arrived, {})
        self._parsed = table.parsed
        new = [piece for piece in table.pieces if not known.has_piece(piece.key)]
        self._lexicon = Lexicon(MergedTerms(known.counted, count_terms(new)))
        fresh = {piece.number for piece in new}
        told_before = [table.pieces[number] for number in table.stories if number not in fresh]
        self._roots = {piece.key for piece in (*new, *told_before)}
        for story in gone:
            self._roots.update(self._take_beside(piece_key(story)))

    def found(self) -> JudgedEvents:
        """The events of what arrived and of all that has to do with it."""
        while True:
            table = gather(tuple(self._cards.values()), self._parsed, self._alone.values())
            self._parsed = table.parsed
            judge = self._judge(table)
            links = links_between(judge) or []
            roots = [table.by_key[key] for key in self._roots if key in table.by_key]
            around = [table.pieces[number] for number in _island(links, roots)]
            new = [piece for piece in around if piece.key not in self._asked]
            if not new or len(self._asked) >= _MOST_ASKED:
                # Of an island that is not whole, what was found together stays together.
                whole = not new and not self._has_left_out
                before = () if whole else [[table.by_key[key] for key in keys] for keys in self._events]
                return JudgedEvents(judge, joined_by(links, judge, before=before) or ())
            for piece in new[: _MOST_ASKED - len(self._asked)]:
                self._ask(piece)

    def _ask(self, piece: Piece) -> None:
        """Take the event of a piece, and all that is so like it that it may be of one event with it."""
        self._asked.add(piece.key)
        self._take_beside(piece.key)
        table = side_by_side([piece.source, *map(self._known.told_at, self._near(piece))])
        judge = self._judge(table)
        wanted = judge.model.threshold
        for other in table.pieces[1:]:
            chance = judge.probability(0, other.number)
            listed = _lists(other.source, piece)
            if chance >= (wanted if listed else wanted + UNLISTED_MARGIN) and (listed or _may_be_one(piece, other)):
                self._take([other.source])
                self._take_beside(other.key)

    def _take_beside(self, key: str) -> Iterable[str]:
        """Take the event that the piece with this key is of; the keys of what was taken now."""
        if key in self._met:
            return ()
        told = self._known.told_beside(key)
        self._met.update((key, *map(source_key, told)))
        taken = frozenset(self._take(told))
        if taken:
            self._events.append(taken)
        return taken

    def _take(self, told: Sequence[Story | Coverage]) -> Sequence[str]:
        """Take what belongs together, or nothing where that would be too much; the keys of what was taken."""
        cards = [source for source in told if isinstance(source, Story) and source.id not in self.gone]
        if len(self._cards) + len(cards) > _MOST_CARDS:
            self._has_left_out = True
            return ()
        listed = [source for source in told if isinstance(source, Coverage)]
        self._cards.update((card.id, card) for card in cards if card.id not in self._cards)
        self._alone.update((item_key(item), item) for item in listed)
        return [*map(piece_key, cards), *map(item_key, listed)]

    def _judge(self, table: PieceTable) -> Judge:
        """A judge of these pieces; the one before is done with."""
        self._lexicon.forget()
        return Judge(table, self._lexicon)

    def _near(self, piece: Piece) -> list[int]:
        """The ranks of pieces of the same days with rare terms in common, as `Candidates.unlisted` finds them."""
        if piece.hours is None:
            return []
        counted, hours = self._known.counted, piece.hours
        shared: Counter[int] = Counter()
        low, high = counted.span(hours - LONGEST_HOURS, hours + LONGEST_HOURS)
        middle = counted.span(hours, hours)[0]
        for terms in (piece.words.text, piece.words.title_pairs):
            for term in self._lexicon.counted.repeated(terms, MOST_TELLINGS):
                shared.update(_nearest(counted.ranks.get(term, ()), low, middle, high))
        first, end = counted.span(hours - UNLISTED_HOURS, hours + UNLISTED_HOURS)
        return sorted(
            rank
            for rank, count in shared.items()
            if count >= (UNLISTED_TERMS if first <= rank < end else REPRINT_TERMS)
        )


def _nearest(ranks: Sequence[int], low: int, middle: int, high: int) -> Iterator[int]:
    """The few ranks before and from `middle` on that lie from `low` to below `high`."""
    earlier = [rank for rank in ranks if low <= rank < middle]
    later = [rank for rank in ranks if middle <= rank < high]
    yield from earlier[-NEXT_IN_TIME:]
    yield from later[:NEXT_IN_TIME]


def _island(links: Iterable[Link], numbers: Iterable[int]) -> list[int]:
    """The pieces that links lead to from those with these numbers, through any number of steps, ascending."""
    beside: dict[int, list[int]] = {}
    for _, one, other in links:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    left = list(numbers)
    found = set(left)
    while left:
        new = [number for number in beside.get(left.pop(), ()) if number not in found]
        found.update(new)
        left.extend(new)
    return sorted(found)


def _may_be_one(one: Piece, other: Piece) -> bool:
    """Whether a full build asks about pieces with rare terms in common: of the same days, or of one headline."""
    apart = abs((one.hours or 0.0) - (other.hours or 0.0))
    return apart <= UNLISTED_HOURS or one.words.headline == other.words.headline


def _lists(source: Story | Coverage, piece: Piece) -> bool:
    return isinstance(source, Story) and any(item_key(item) == piece.key for item in source.related)
