"""Pieces: every different story and coverage item of a deck, once, with its words.

160,000 entries of `related` are only some thousand different pieces; all work on events is done on these.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec
from msgspec import structs

from tui.deck.events.keys import item_key, piece_key, source_key
from tui.deck.events.reprints import Wording, wording
from tui.deck.events.words import Parsed, parse
from tui.deck.numbering import NumberedStories, numbered
from tui.model import Coverage, Details, Outlet, Story

_LANGUAGE = re.compile(r"[a-z]{2}[-_][a-z]{2}|\d+", re.IGNORECASE)
HOUR_SECONDS = 3600.0
DAY_HOURS = 24.0
_NO_DETAILS: Final = Details()


class Piece(msgspec.Struct, frozen=True, gc=False, eq=False):
    """One story or coverage item as the judge sees it.

    `number` is its place in the table, `key` its canonical URL, or `card:` and the story's id, or its texts,
    where it has none. `hours` counts from the Unix epoch, None without a date; `time_known` is false for a
    date only. `outlet` is the domain, else the name, case folded. `source` is what the deck says, the card's
    own text before what another card's `related` says of it; in a table that `gather` made it has no more than what
    events are found and told by.
    """

    number: int
    key: str
    outlet: str
    hours: float | None
    time_known: bool
    words: Parsed
    source: Story | Coverage

    @property
    def desk(self) -> str:
        """The section of the outlet: the first folder of the page's address that is no language or number."""
        folders = self.key.partition("://")[2].split("/")[1:-1]
        return next((folder for folder in folders if len(folder) > 2 and _LANGUAGE.fullmatch(folder) is None), "")


ParsedByTexts = Mapping[tuple[str, str], Parsed]
"""Parsed pieces by headline and excerpt."""


class PieceTable(NamedTuple):
    """The pieces of a deck in a fixed order, those that cards tell first, and who lists whom.

    `of_story` gives a story's own piece by story id; `stories` the ids of the cards that tell a piece, sorted.
    `by_key` knows all keys, `by_url` each URL as written that is another. `ends` tell where what the cards of a piece
    list ends in `all_listed`, from 0 on. `told` is, of each piece that the stories have, the doc of the story that
    tells it first, or the complement of the number of a coverage item (-1 is number 0); see `NumberedStories`.
    """

    pieces: Sequence[Piece]
    of_story: Mapping[str, int]
    stories: Mapping[int, tuple[str, ...]]
    by_url: Mapping[str, int]
    by_key: Mapping[str, int]
    ends: Sequence[int] = (0,)
    all_listed: Sequence[int] = ()
    told: Sequence[int] = ()

    @property
    def parsed(self) -> ParsedByTexts:
        """The words of all pieces, for the next reading."""
        return {piece.words.texts: piece.words for piece in self.pieces}

    def listed(self, number: int) -> Sequence[int]:
        """The pieces in the `related` of the cards of a piece, each once and without its own."""
        if number + 1 >= len(self.ends):
            return ()
        return self.all_listed[self.ends[number] : self.ends[number + 1]]

    def pair(self, one: int, other: int) -> int:
        """Two pieces as one number, the same whichever is first; `unpair` undoes it."""
        return one * len(self.pieces) + other if one < other else other * len(self.pieces) + one

    def unpair(self, pair: int) -> tuple[int, int]:
        """The two pieces of a `pair`, the smaller number first."""
        return divmod(pair, len(self.pieces))

    def number_of(self, item: Coverage) -> int | None:
        """The number of the piece that a coverage item tells, None if the table has not met it."""
        number = self.by_url.get(item.url)
        return self.by_key.get(item_key(item)) if number is None else number


class _CardIds(Mapping[int, tuple[str, ...]]):
    """The ids of the cards of each piece that has any: of the first `size` pieces, mostly one."""

    def __init__(self, pieces: Sequence[Piece], size: int, others: Mapping[int, Sequence[str]]) -> None:
        self._pieces = pieces
        self._size = size
        self._others = others

    def __getitem__(self, number: int) -> tuple[str, ...]:
        if number >= self._size:
            raise KeyError(number)
        first = self._pieces[number].source
        assert isinstance(first, Story), "cards come first"
        return first.id, *self._others.get(number, ())

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._size))

    def __len__(self) -> int:
        return self._size


def piece_of(number: int, key: str, source: Story | Coverage, words: Parsed) -> Piece:
    """A story or coverage item as a piece of a table, with its words."""
    published = source.published_at
    return Piece(
        number=number,
        key=key,
        outlet=_folded(source.outlet.domain or source.outlet.name),
        hours=None if published is None else published.timestamp() / HOUR_SECONDS,
        time_known=source.time_known,
        words=words,
        source=source,
    )


@lru_cache(maxsize=4096)
def _folded(outlet: str) -> str:
    """The name of an outlet, one and the same object for most of its pieces."""
    return outlet.casefold()


def hours_apart(one: Piece, other: Piece) -> float | None:
    """Hours between two pieces; the least possible where a time of day is unknown; None without a date."""
    if one.hours is None or other.hours is None:
        return None
    gap = abs(one.hours - other.hours)
    early = one if one.hours <= other.hours else other
    return gap if early.time_known else max(0.0, gap - DAY_HOURS)


def wording_of(piece: Piece) -> Wording:
    """What tells whether a piece is a reprint."""
    return wording(*piece.words.texts, piece.outlet)


def side_by_side(sources: Iterable[Story | Coverage]) -> PieceTable:
    """A table of pieces to be judged by themselves, one for each source and numbered so; nobody lists any of them."""
    told = ((source_key(source), source, parse(source.title, source.excerpt)) for source in sources)
    return PieceTable([piece_of(number, *each) for number, each in enumerate(told)], {}, {}, {}, {})


def gather(stories: Sequence[Story], reuse: ParsedByTexts, more: Iterable[Coverage] = ()) -> PieceTable:
    """Interns the stories and their coverage, and `more` that none of these lists.

    `reuse` is `PieceTable.parsed` of an earlier reading, or empty: it saves time, and the result depends
    neither on it nor on the order of `stories`.
    """
    gathering = _Gathering(numbered(stories), reuse)
    gathering.add_stories()
    gathering.add_coverage()
    for item in more:
        gathering.add_item(item)
    return gathering.table()


class _Gathering:
    """The table while it is being filled."""

    def __init__(self, stories: NumberedStories, reuse: ParsedByTexts) -> None:
        self._stories = stories
        self._reuse = reuse
        self._pieces: list[Piece] = []
        self._by_key: dict[str, int] = {}
        self._by_url: dict[str, int] = {}
        self._of_story: dict[str, int] = {}
        self._others: dict[int, list[str]] = {}
        self._firsts, self._more = array("I"), dict[int, list[int]]()
        """The doc of the first card of each piece, and those of further ones, where there are any."""
        self._told = array("i")
        self._ends = array("I", (0,))
        self._listed = array("I")
        self._outlets: dict[tuple[str, str], Outlet] = {}

    def add_stories(self) -> None:
        """Adds each card's own piece, or puts the card with the piece that another card tells already."""
        ids = list(self._stories.ids())
        for doc in sorted(range(len(ids)), key=ids.__getitem__):
            story = self._stories.head(doc)
            number = self._of_story[story.id] = self._intern(piece_key(story), story, doc)
            if number == len(self._firsts):
                self._firsts.append(doc)
            else:
                self._others.setdefault(number, []).append(story.id)
                self._more.setdefault(number, []).append(doc)

    def add_coverage(self) -> None:
        """Adds what cards list; all stories must be in."""
        numbers = _NumberOfItem(self._number)
        for number, first in enumerate(self._firsts):
            listed = dict.fromkeys(map(numbers.__getitem__, self._stories.listed(first)))
            for doc in self._more.get(number, ()):
                listed.update(dict.fromkeys(map(numbers.__getitem__, self._stories.listed(doc))))
            listed.pop(number, None)
            self._listed.extend(listed)
            self._ends.append(len(self._listed))

    def add_item(self, item: Coverage) -> None:
        """Adds what no card lists."""
        self._intern(item_key(item), item)

    def table(self) -> PieceTable:
        """What was gathered."""
        return PieceTable(
            pieces=self._pieces,
            of_story=self._of_story,
            stories=_CardIds(self._pieces, len(self._firsts), self._others),
            by_url=self._by_url,
            by_key=self._by_key,
            ends=self._ends,
            all_listed=self._listed,
            told=self._told,
        )

    def _number(self, listed: int) -> int:
        item = self._stories.item(listed)
        number = self._by_key.get(item.url)
        if number is None:
            number = self._by_url.get(item.url)
        return self._intern(item_key(item), item, ~listed) if number is None else number

    def _intern(self, key: str, source: Story | Coverage, told: int | None = None) -> int:
        number = self._by_key.get(key)
        if number is None:
            number = self._by_key[key] = len(self._pieces)
            texts = (source.title, source.excerpt)
            words = self._reuse.get(texts) or parse(*texts)
            self._pieces.append(piece_of(number, key, self._bare(source, key, words), words))
            if told is not None:
                self._told.append(told)
        if source.url and source.url != key:
            self._by_url[source.url] = number
        return number

    def _bare(self, source: Story | Coverage, key: str, words: Parsed) -> Story | Coverage:
        """What a story or item says, without anything that events are not found or told by.

        Texts that are equal are one object.
        """
        title, excerpt = words.texts
        named = source.outlet.name, source.outlet.domain
        outlet, url = self._outlets.setdefault(named, Outlet(*named)), key if source.url == key else source.url
        if isinstance(source, Story):
            bare = structs.replace(source, topics=(), related=(), details=_NO_DETAILS)
            return structs.replace(bare, url=url, title=title, excerpt=excerpt, outlet=outlet)
        item = structs.replace(source, amp_url="", cdn_amp_url="", images=())
        return structs.replace(item, url=url, title=title, excerpt=excerpt, outlet=outlet)


class _NumberOfItem(dict[int, int]):
    """The piece of each item, found when it is first asked for."""

    def __init__(self, find: Callable[[int], int]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, item: int) -> int:
        number = self[item] = self._find(item)
        return number
