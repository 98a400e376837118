"""Which rows have which names (outlets, topics, kinds, domains), to be picked by name and counted all at once."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter

from tui.cache.codec import (
    Blocks,
    ends_in,
    ends_of,
    numbers_block,
    sets_block,
    sets_of,
    texts_block,
    texts_of,
    whole_numbers,
)
from tui.deck.columns import Bits, bits_of, rows_of
from tui.deck.search.postings import WordField, WordRowsBuilder
from tui.text.words import fold, words_of

_DENSE_PART = 256


class NameColumns:
    """The rows of every name. Names differ in more than case; a name in many rows keeps them as a bitset."""

    def __init__(
        self, size: int, names: list[str], ends: Sequence[int], rows: Sequence[int], dense: dict[int, Bits]
    ) -> None:
        self.size = size
        self.names = names
        self._ends = ends
        self._rows = rows
        self._dense = dense

    def rows_of_names(self, numbers: Iterable[int]) -> Bits:
        """The rows that have one of the names with these numbers."""
        numbers = list(numbers)
        bits = 0
        for number in numbers:
            bits |= self._dense.get(number, 0)
        listed = list(
            chain.from_iterable(self._rows[self._ends[number] : self._ends[number + 1]] for number in numbers)
        )
        return bits | bits_of(listed, self.size) if listed else bits

    def rows_with_words(self, words: tuple[str, ...], prefix: bool) -> Bits:
        """The rows with a name that holds `words` in sequence; with `prefix` the last may be a beginning."""
        return self.rows_of_names(rows_of(self._words.rows(words, prefix)))

    def rows_named(self, value: str, whole: bool | None = None) -> Bits:
        """The rows whose name is `value` but for case, accents and punctuation; if there is no such name, the rows
        with a name that holds the words of `value`, the last of which may be a beginning.

        Whether there is such a name may be said by `whole`, where there are more names than these.
        """
        words = words_of(value)
        same = self._by_words.get(words if words else (fold(value),), [])
        if whole is None:
            whole = bool(same)
        return self.rows_of_names(same) if whole else self.rows_with_words(words, prefix=True)

    def rows_of_domain(self, value: str) -> Bits:
        """The rows whose name, taken as a domain, has `value` beginning at one of its labels."""
        wanted = "." + value.casefold().removeprefix("www.").strip(".")
        return self.rows_of_names(number for number, name in enumerate(self.names) if wanted in f".{name.casefold()}")

    def counts(self, bits: Bits, flags: bytes) -> list[int]:
        """For every name, in the order of `names`, how many of the rows have it; `flags` says the same as `bits`."""
        marked = self._pick(flags)
        ends = self._ends
        counts = [marked.count(1, ends[number], ends[number + 1]) for number in range(len(self.names))]
        for number, rows in self._dense.items():
            counts[number] = (rows & bits).bit_count()
        return counts

    @cached_property
    def _pick(self) -> Callable[[bytes], bytes]:
        """From one flag a row to one flag an entry of `_rows`."""
        if not len(self._rows):
            return lambda flags: b""
        if len(self._rows) == 1:
            row = self._rows[0]
            return lambda flags: flags[row : row + 1]
        pick = itemgetter(*self._rows)
        return lambda flags: bytes(pick(flags))

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for number, name in enumerate(self.names):
            found.setdefault(words_of(name) or (fold(name),), []).append(number)
        return found

    @cached_property
    def _words(self) -> WordField:
        builder = WordRowsBuilder()
        for name in self.names:
            builder.add(name)
        return builder.finish()

    def blocks(self, name: str) -> dict[str, bytes]:
        """This table as blocks whose names begin with `name`."""
        return {
            f"{name}.names": texts_block(self.names),
            f"{name}.ends": numbers_block(self._ends),
            f"{name}.rows": numbers_block(self._rows),
            f"{name}.dense": sets_block(self._dense),
        }

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks) -> "NameColumns":
        """The table that `blocks(name)` wrote for `size` rows."""
        names, rows = texts_of(blocks[f"{name}.names"]), whole_numbers(blocks[f"{name}.rows"])
        return cls(
            size,
            names,
            ends_in(blocks[f"{name}.ends"], len(rows), len(names)),
            rows,
            dict(sets_of(blocks[f"{name}.dense"], size)),
        )


class NameRowsBuilder:
    """Collects the names of rows; of several spellings the most used one is kept."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._rows_of_spelling: dict[str, array[int]] = {}
        self._uses: dict[str, int] = {}

    def add(self, row: int, name: str) -> None:
        """Say that `row`, not below any row before, has `name`; the empty name is none."""
        rows = self._rows_of_spelling.get(name)
        if rows is None:
            if not name:
                return
            rows = self._rows_of_spelling[name] = self._rows.setdefault(name.casefold(), array("I"))
            self._uses[name] = 0
        self._uses[name] += 1
        if not rows or rows[-1] != row:
            rows.append(row)

    def finish(self, size: int) -> NameColumns:
        """The table for `size` rows."""
        dense = {}
        listed = []
        for number, rows in enumerate(self._rows.values()):
            if len(rows) * _DENSE_PART > size:
                dense[number] = bits_of(rows, size)
                rows = array("I")
            listed.append(rows)
        by_use = sorted(self._uses, key=lambda name: (self._uses[name], name))
        names = {name.casefold(): name for name in by_use}
        return NameColumns(
            size, [names[key] for key in self._rows], ends_of(listed), array("I", chain.from_iterable(listed)), dense
        )
