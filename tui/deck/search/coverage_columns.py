"""The different pieces that cover stories, and which stories each belongs to."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from tui.cache.codec import (
    Blocks,
    ends_in,
    ends_of,
    named_sets_blocks,
    named_sets_of,
    numbers_block,
    sets_block,
    sets_of,
    whole_numbers,
)
from tui.deck.columns import Bits, Numbers, bits_of, bits_of_flags, rows_of, span_bits
from tui.deck.numbering import NumberedStories, Renumbering
from tui.deck.search.piece_columns import PieceColumns, PiecesBuilder
from tui.deck.search.postings import COSTLY_PART, join_beginnings
from tui.text.urls import canonical_url


class CoverageColumns:
    """The covering pieces as `items`, each once, and the stories (of `size`) they cover; all `covered`, where known."""

    def __init__(
        self,
        size: int,
        items: PieceColumns,
        ends: Sequence[int],
        stories: Sequence[int],
        joined: Mapping[str, Bits],
        covered: Bits | None = None,
    ) -> None:
        self.size = size
        self.items = items
        self._ends = ends
        self._stories = stories
        self._joined = joined
        self._covered = covered

    @cached_property
    def all_items(self) -> Bits:
        """Every item."""
        return span_bits(0, self.items.size)

    @cached_property
    def covered(self) -> Bits:
        """The stories that have coverage."""
        return bits_of(self._stories, self.size) if self._covered is None else self._covered

    def stories_of(self, items: Bits) -> Bits:
        """The stories that one of `items` covers."""
        if not items or items == self.all_items:
            return self.covered if items else 0
        flags = bytearray(self.size)
        self._mark(rows_of(items), flags)
        return bits_of_flags(flags)

    def stories_with(self, words: tuple[str, ...], prefix: bool) -> Bits:
        """The stories covered by a piece whose headline holds `words` in sequence, the last perhaps a beginning."""
        if prefix and len(words) == 1 and words[0] in self._joined:
            return self._joined[words[0]]
        return self.stories_of(self.items.titles.rows(words, prefix))

    def _mark(self, items: Iterable[int], flags: bytearray) -> None:
        ends, stories = self._ends, self._stories
        for item in items:
            for story in stories[ends[item] : ends[item + 1]]:
                flags[story] = 1

    def join_costly(self) -> None:
        """Keep the stories of every beginning of a headline word that would take long to collect."""
        table, ends = self.items.titles.table, self._ends
        costs = array("I", [0])
        for word in range(len(table.words)):
            costs.append(costs[-1] + sum(ends[item + 1] - ends[item] for item in table.rows_of_word(word)))

        def mark(low: int, high: int, flags: bytearray) -> Bits:
            for word in range(low, high):
                self._mark(table.rows_of_word(word), flags)
            return 0

        limit = max(self.size // COSTLY_PART, 1024)
        self._joined = join_beginnings(table.words, costs, limit, self.size, mark)

    def blocks(self, name: str) -> dict[str, bytes]:
        """This table as blocks whose names begin with `name`."""
        return {
            **self.items.blocks(f"{name}.item"),
            f"{name}.ends": numbers_block(self._ends),
            f"{name}.stories": numbers_block(self._stories),
            **named_sets_blocks(f"{name}.joined", self._joined),
            f"{name}.covered": sets_block({0: self.covered}),
        }

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks) -> "CoverageColumns":
        """The table that `blocks(name)` wrote for `size` stories."""
        stories = whole_numbers(blocks[f"{name}.stories"])
        ends = ends_in(blocks[f"{name}.ends"], len(stories))
        return cls(
            size,
            PieceColumns.of_blocks(f"{name}.item", len(ends) - 1, blocks),
            ends,
            stories,
            named_sets_of(f"{name}.joined", blocks, size),
            sets_of(blocks[f"{name}.covered"], size)[0],
        )


class CoverageBuilder:
    """Collects what each of `stories` lists, one after another; equal pieces are one item."""

    def __init__(self, stories: NumberedStories) -> None:
        self._told_by = stories
        self._items = PiecesBuilder()
        self._stories: list[array[int]] = []
        self._numbering = Renumbering()
        self._links: list[int] = []
        self._link_numbers: dict[str, int] = {"": 0}
        self._counts: array[float] = array("d")

    def add(self, url: str) -> None:
        """Add what the next story lists; its own link, as `url` has it, is left out."""
        row = len(self._counts)
        items = self._items_of(self._told_by.listed(row))
        own = self._link_numbers.get(canonical_url(url), 0) if items and url else 0
        if own:
            items = {item for item in items if self._links[item] != own}
        for item in items:
            self._stories[item].append(row)
        links = set(map(self._links.__getitem__, items))
        self._counts.append(len(links) - (0 in links))

    def _items_of(self, listed: Sequence[int]) -> set[int]:
        """The items with these numbers among what the stories list, which are new ones where they come first."""
        items = set(self._numbering.of(listed))
        for number in self._numbering.order[len(self._stories) :]:
            piece = self._told_by.item(number)
            self._stories.append(array("I"))
            self._items.add(piece)
            link = canonical_url(piece.url) if piece.url else ""
            self._links.append(self._link_numbers.setdefault(link, len(self._link_numbers)))
        return items

    def finish(self) -> tuple[CoverageColumns, Numbers]:
        """The table, and how many different links are related to each story."""
        listed: Iterable[int] = chain.from_iterable(self._stories)
        rows = CoverageColumns(len(self._counts), self._items.finish(), ends_of(self._stories), array("I", listed), {})
        rows.join_costly()
        return rows, Numbers(self._counts)
