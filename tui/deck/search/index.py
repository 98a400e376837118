"""The search index of a deck: what queries, facets and sort orders are answered from.

The design (bitsets in list order, a sorted vocabulary, short beginnings joined ahead) keeps every answer at 100,000
stories within a few milliseconds. An index is made once, in a worker; it can be written as blocks and read back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated

import msgspec

from tui.cache.codec import Blocks, sets_block, sets_of, texts_block
from tui.deck.columns import Bits, LatestValues, Numbers, bits_of_flags, rows_of, span_bits
from tui.deck.numbering import NumberedStories, numbered
from tui.deck.query.ast import Term
from tui.deck.query.numbers import NumberRange
from tui.deck.search.coverage_columns import CoverageBuilder, CoverageColumns
from tui.deck.search.name_columns import NameColumns, NameRowsBuilder
from tui.deck.search.piece_columns import PieceColumns, PiecesBuilder, Texts, wanted_numbers
from tui.deck.search.postings import WordField, WordRowsBuilder
from tui.deck.topics import TopicTree
from tui.model import Story
from tui.work import ShouldStop, never

_FORMAT = 4
_TRAITS: dict[str, Callable[[Story], bool]] = {
    "published": lambda story: story.published,
    "removed": lambda story: story.removed,
    "image": lambda story: bool(story.details.images),
    "body": lambda story: story.body_bytes > 0,
    "link": lambda story: bool(story.url),
    "amp": lambda story: bool(story.details.amp_url or story.details.cdn_amp_url),
}
_STOP_EVERY = 512
_REMEMBERED = 256


def _memo() -> LatestValues[Bits]:
    return LatestValues(_REMEMBERED)


class _IndexHead(msgspec.Struct, frozen=True):
    """What an index that was written says of itself."""

    format: int
    size: Annotated[int, msgspec.Meta(ge=0)]
    traits: list[str]


class SearchIndex(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The columns of all stories in deck order. `memo` keeps finished sets; use an index from one thread at a time.

    `load_coverage` gives the `coverage`, which is read when it is first asked for.

    `joins` says that the deck is of several folders, so that stories are counted by them.
    """

    stories: PieceColumns
    excerpts: WordField
    topics: NameColumns
    ids: Texts
    traits: dict[str, Bits]
    coverage_counts: Numbers
    load_coverage: Callable[[], CoverageColumns]
    joins: bool = False
    memo: LatestValues[Bits] = msgspec.field(default_factory=_memo)

    @property
    def size(self) -> int:
        """How many stories there are."""
        return self.stories.size

    @cached_property
    def coverage(self) -> CoverageColumns:
        """What covers the stories."""
        return self.load_coverage()

    @cached_property
    def all(self) -> Bits:
        """All stories, removed ones too."""
        return span_bits(0, self.size)

    @cached_property
    def sources(self) -> NameColumns:
        """The folder that each card lies in, by the name that its id begins with."""
        names = NameRowsBuilder()
        for row, story_id in enumerate(self.ids.texts):
            folder, slash, _ = story_id.partition("/")
            if slash:
                names.add(row, folder)
        return names.finish(self.size)

    @cached_property
    def numbers(self) -> list[int]:
        """The number of every story, for `rows_of`."""
        return list(range(self.size))

    def warm(self) -> "SearchIndex":
        """Make now, in a worker, what the first query would wait for; gives the index itself."""
        for numbers in (self.stories.quality, self.stories.heat, self.coverage_counts):
            numbers.rows_in(NumberRange(0, 0))
        self.rows_for(Term("is", "undated"))
        rows_of(self.all, self.numbers)
        self.coverage.stories_of(self.coverage.all_items)
        return self

    def rows_for(self, term: Term) -> Bits:
        """The stories for a term that is the same at any time: not a date, not a mark, not an event."""
        match term.key, term.value:
            case "topic", name:
                return self.topics.rows_named(name, term.whole)
            case "source", name:
                return self.sources.rows_named(name, term.whole)
            case "id", text:
                return self.ids.rows_containing(text)
            case "coverage", _:
                return self.coverage_counts.rows_in(wanted_numbers(term))
            case "has", "coverage":
                return self.rows_for(Term("coverage", ">0"))
            case "has", trait:
                return self.traits[trait]
            case "is", "undated":
                return self.stories.times.undated
            case "is", "unpublished":
                return self.all & ~self.traits["published"]
            case "is", state:
                return self.traits[state]
            case _:
                return self.stories.rows_for(term)

    def rows_of(self, term: Term, of_items: bool) -> Bits:
        """`rows_for`, or the stories that a related piece covers which the term holds for."""
        return self.coverage.stories_of(self.coverage.items.rows_for(term)) if of_items else self.rows_for(term)

    def blocks(self) -> dict[str, bytes]:
        """The whole index as named blocks of bytes in this machine's own order, for a cache file."""
        return {
            **_head_blocks(self.size),
            **self.stories.blocks("search.story"),
            **self.excerpts.blocks("search.excerpt"),
            **self.topics.blocks("search.topic"),
            **_told_blocks(self.ids.texts, self.traits),
            **self.coverage_counts.blocks("search.coverage.counts"),
            **self.coverage.blocks("search.coverage"),
        }

    @classmethod
    def of_blocks(cls, blocks: Blocks) -> "SearchIndex | None":
        """The index that `blocks` wrote; None if another version of newsdeck did. Raises errors of `NO_SENSE`."""
        head = msgspec.msgpack.decode(blocks["search"], type=_IndexHead)
        if head.format != _FORMAT:
            return None
        size = head.size
        traits = zip(head.traits, sets_of(blocks["search.traits"], size).values(), strict=True)
        return cls(
            stories=PieceColumns.of_blocks("search.story", size, blocks),
            excerpts=WordField.of_blocks("search.excerpt", size, blocks),
            topics=NameColumns.of_blocks("search.topic", size, blocks),
            ids=Texts.of_block("search.id", size, blocks),
            traits=dict(traits),
            coverage_counts=Numbers.of_blocks("search.coverage.counts", size, blocks),
            load_coverage=lambda: CoverageColumns.of_blocks("search.coverage", size, blocks),
        )


def build_index(
    stories: Sequence[Story], topics: TopicTree, should_stop: ShouldStop = never, *, joins: bool = False
) -> SearchIndex | None:
    """The index of `stories`, which are in deck order: newest first, undated last (else ValueError).

    `topics` says which topic lies below which, `joins` whether they are of several folders. Takes about 30 s for a
    million stories; None once `should_stop` says so.
    """
    told = numbered(stories)
    heads, excerpts, coverage = _HeadsBuilder(topics), WordRowsBuilder(), CoverageBuilder(told)
    try:
        for row, story in enumerate(_heads(told, should_stop)):
            heads.add(row, story)
            excerpts.add(story.excerpt)
            coverage.add(story.url)
    except InterruptedError:
        return None
    covering, counts = coverage.finish()
    return SearchIndex(
        stories=heads.pieces(),
        excerpts=excerpts.finish(),
        topics=heads.topics(),
        ids=Texts(lambda: heads.ids),
        traits=heads.traits(),
        coverage_counts=counts,
        load_coverage=lambda: covering,
        joins=joins,
    ).warm()


def index_blocks(
    stories: Sequence[Story], topics: TopicTree, should_stop: ShouldStop = never
) -> Iterator[tuple[str, bytes]]:
    """The `SearchIndex.blocks` of an index that nobody asks anything, one after the other, in a third of the memory.

    What is covered is gone through for itself. Raises InterruptedError once `should_stop` says so.
    """
    told = numbered(stories)
    heads, excerpts = _HeadsBuilder(topics), WordRowsBuilder()
    for row, story in enumerate(_heads(told, should_stop)):
        heads.add(row, story)
        excerpts.add(story.excerpt)
    yield from _head_blocks(len(told)).items()
    pieces = heads.pieces()
    urls = pieces.urls.texts
    yield from pieces.blocks("search.story").items()
    del pieces
    yield from excerpts.finish().blocks("search.excerpt").items()
    del excerpts
    yield from heads.topics().blocks("search.topic").items()
    yield from _told_blocks(heads.ids, heads.traits()).items()
    del heads
    coverage = CoverageBuilder(told)
    for row, url in enumerate(urls):
        _check(row, should_stop)
        coverage.add(url)
    covering, counts = coverage.finish()
    del coverage
    yield from counts.blocks("search.coverage.counts").items()
    yield from covering.blocks("search.coverage").items()


def _heads(stories: NumberedStories, should_stop: ShouldStop) -> Iterator[Story]:
    for row, story in enumerate(stories.heads()):
        _check(row, should_stop)
        yield story


def _check(row: int, should_stop: ShouldStop) -> None:
    if row % _STOP_EVERY == 0 and should_stop():
        raise InterruptedError("the index is not needed any more")


def _head_blocks(size: int) -> dict[str, bytes]:
    return {"search": msgspec.msgpack.encode(_IndexHead(_FORMAT, size, list(_TRAITS)))}


def _told_blocks(ids: Sequence[str], traits: Mapping[str, Bits]) -> dict[str, bytes]:
    return {"search.id": texts_block(ids), "search.traits": sets_block(dict(enumerate(traits.values())))}


class _HeadsBuilder:
    """Takes in what stories say themselves, but for their excerpts, one after another; holds on to none of them."""

    def __init__(self, topics: TopicTree) -> None:
        self._tree = topics
        self._pieces, self._names = PiecesBuilder(), NameRowsBuilder()
        self._lineages: dict[tuple[str, ...], list[str]] = {}
        self.ids: list[str] = []
        self._traits = {name: bytearray() for name in _TRAITS}

    def add(self, row: int, story: Story) -> None:
        """Add the next story, which is at `row`."""
        self._pieces.add(story)
        self.ids.append(story.id)
        for name, has in _TRAITS.items():
            self._traits[name].append(has(story))
        if story.topics not in self._lineages:
            keys = dict.fromkeys(key for topic in story.topics for key in self._tree.lineage(topic))
            self._lineages[story.topics] = [self._tree.name(key) for key in keys]
        for name in self._lineages[story.topics]:
            self._names.add(row, name)

    def pieces(self) -> PieceColumns:
        """The columns of all that were added; nothing is added any more. Raises ValueError: see `build_index`."""
        finished, self._pieces = self._pieces.finish(), PiecesBuilder()
        if not finished.times.newest_first:
            raise ValueError("stories are not in deck order")
        return finished

    def topics(self) -> NameColumns:
        """The topics of all, with those above them."""
        return self._names.finish(len(self.ids))

    def traits(self) -> dict[str, Bits]:
        """The stories that have each trait."""
        return {name: bits_of_flags(flags) for name, flags in self._traits.items()}
