"""Pieces: every different story and coverage item of a deck, once, with its words.

160,000 entries of `related` are only some thousand different pieces; all work on events is done on these.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.deck.events.keys import item_key, piece_key, source_key
from tui.deck.events.kinds import happenings_in, is_digest, part_of
from tui.deck.events.reprints import Wording, plain_headline, wording
from tui.deck.events.terms import pairs_of, prose_of, terms_of
from tui.model import Coverage, Story

_LANGUAGE = re.compile(r"[a-z]{2}[-_][a-z]{2}|\d+", re.IGNORECASE)
HOUR_SECONDS = 3600.0
DAY_HOURS = 24.0


class Parsed(NamedTuple):
    """What depends on a piece's texts alone, and so is kept from one reading of the folder to the next.

    `title` and `text` (headline and excerpt) are sets of single terms, `title_pairs` of neighbours in the
    headline; `headline` has the headline's terms in order. `named` and `plain` are the terms that the
    excerpt writes with and without a capital letter inside a sentence.
    """

    title: frozenset[str]
    text: frozenset[str]
    title_pairs: frozenset[str]
    headline: tuple[str, ...]
    named: frozenset[str]
    plain: frozenset[str]
    happenings: frozenset[str]
    told: frozenset[str]
    digest: bool
    part: str


class Piece(NamedTuple):
    """One story or coverage item as the judge sees it.

    `number` is its place in the table, `key` its canonical URL, or `card:` and the story's id, or its texts,
    where it has none. `hours` counts from the Unix epoch, None without a date; `time_known` is false for a
    date only. `outlet` is the domain, else the name, case folded. `source` is what the deck says, the card's
    own text before what another card's `related` says of it.
    """

    number: int
    key: str
    outlet: str
    desk: str
    hours: float | None
    time_known: bool
    words: Parsed
    source: Story | Coverage


ParsedByTexts = Mapping[tuple[str, str], Parsed]
"""Parsed pieces by headline and excerpt."""


class PieceTable(NamedTuple):
    """The pieces of a deck in a fixed order, and who lists whom.

    `of_story` gives a story's own piece by story id; `listed` the pieces in its `related`, each once and
    without its own; `stories` the ids of the cards that tell a piece, sorted. `by_url` knows each URL as
    written.
    """

    pieces: tuple[Piece, ...]
    of_story: Mapping[str, int]
    listed: Mapping[str, tuple[int, ...]]
    stories: Mapping[int, tuple[str, ...]]
    by_url: Mapping[str, int]
    by_key: Mapping[str, int]
    parsed: ParsedByTexts

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


def parse(title: str, excerpt: str) -> Parsed:
    """The words of a piece."""
    headline = terms_of(plain_headline(title))
    told = frozenset(headline)
    body = prose_of(excerpt)
    return Parsed(
        title=told,
        text=told | body.terms,
        title_pairs=pairs_of(headline),
        headline=headline,
        named=body.named,
        plain=body.plain,
        happenings=happenings_in(told),
        told=happenings_in(told | body.terms),
        digest=is_digest(title),
        part=part_of(title),
    )


def piece_of(number: int, key: str, source: Story | Coverage, words: Parsed) -> Piece:
    """A story or coverage item as a piece of a table, with its words."""
    published = source.published_at
    outlet = (source.outlet.domain or source.outlet.name).casefold()
    return Piece(
        number=number,
        key=key,
        outlet=outlet,
        desk=f"{outlet}/{_section(key)}",
        hours=None if published is None else published.timestamp() / HOUR_SECONDS,
        time_known=source.time_known,
        words=words,
        source=source,
    )


def _section(key: str) -> str:
    """The section of an outlet that a page's address names: its first folder that is no language or number."""
    folders = key.partition("://")[2].split("/")[1:-1]
    return next((folder for folder in folders if len(folder) > 2 and _LANGUAGE.fullmatch(folder) is None), "")


def hours_apart(one: Piece, other: Piece) -> float | None:
    """Hours between two pieces; the least possible where a time of day is unknown; None without a date."""
    if one.hours is None or other.hours is None:
        return None
    gap = abs(one.hours - other.hours)
    early = one if one.hours <= other.hours else other
    return gap if early.time_known else max(0.0, gap - DAY_HOURS)


def wording_of(piece: Piece) -> Wording:
    """What tells whether a piece is a reprint."""
    return wording(piece.source.title, piece.source.excerpt, piece.outlet)


def side_by_side(sources: Iterable[Story | Coverage]) -> PieceTable:
    """A table of pieces to be judged by themselves, one for each source and numbered so; nobody lists any of them."""
    told = ((source_key(source), source, parse(source.title, source.excerpt)) for source in sources)
    return PieceTable(tuple(piece_of(number, *each) for number, each in enumerate(told)), {}, {}, {}, {}, {}, {})


def gather(stories: Sequence[Story], reuse: ParsedByTexts, more: Iterable[Coverage] = ()) -> PieceTable:
    """Interns the stories and their coverage, and `more` that none of these lists.

    `reuse` is `PieceTable.parsed` of an earlier reading, or empty: it saves time, and the result depends
    neither on it nor on the order of `stories`.
    """
    gathering = _Gathering(reuse)
    ordered = sorted(stories, key=lambda story: story.id)
    for story in ordered:
        gathering.add_story(story)
    for story in ordered:
        gathering.add_coverage(story)
    for item in more:
        gathering.add_item(item)
    return gathering.table()


class _Gathering:
    """The table while it is being filled."""

    def __init__(self, reuse: ParsedByTexts) -> None:
        self._reuse = reuse
        self._parsed: dict[tuple[str, str], Parsed] = {}
        self._pieces: list[Piece] = []
        self._by_key: dict[str, int] = {}
        self._by_url: dict[str, int] = {}
        self._of_story: dict[str, int] = {}
        self._stories: dict[int, list[str]] = {}
        self._listed: dict[str, tuple[int, ...]] = {}

    def add_story(self, story: Story) -> None:
        """Adds a card's own piece, or puts the card with the piece that another card tells already."""
        number = self._intern(piece_key(story), story)
        self._of_story[story.id] = number
        self._stories.setdefault(number, []).append(story.id)

    def add_coverage(self, story: Story) -> None:
        """Adds what a card lists; all stories must be in."""
        own = self._of_story[story.id]
        known = self._by_url
        listed: dict[int, None] = {}
        for item in story.related:
            number = known.get(item.url)
            if number is None:
                number = self._intern(item_key(item), item)
            listed[number] = None
        listed.pop(own, None)
        self._listed[story.id] = tuple(listed)

    def add_item(self, item: Coverage) -> None:
        """Adds what no card lists."""
        self._intern(item_key(item), item)

    def table(self) -> PieceTable:
        """What was gathered."""
        return PieceTable(
            pieces=tuple(self._pieces),
            of_story=self._of_story,
            listed=self._listed,
            stories={number: tuple(ids) for number, ids in self._stories.items()},
            by_url=self._by_url,
            by_key=self._by_key,
            parsed=self._parsed,
        )

    def _intern(self, key: str, source: Story | Coverage) -> int:
        number = self._by_key.get(key)
        if number is None:
            number = self._by_key[key] = len(self._pieces)
            texts = (source.title, source.excerpt)
            words = self._parsed[texts] = self._reuse.get(texts) or parse(*texts)
            self._pieces.append(piece_of(number, key, source, words))
        if source.url:
            self._by_url[source.url] = number
        return number
