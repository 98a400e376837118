"""Which rows hold which words: a sorted vocabulary, and for each word its rows.

The rows of rare words lie one word after another in a single array, so that the rows of all words with a common
beginning are one slice of it. Words in more than a 32nd of the rows are bitsets instead. Beginnings whose slice
is long are joined when the table is built, so that no lookup marks more than `costly` rows one by one.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from tui.cache.codec import (
    Blocks,
    Buffer,
    ends_in,
    ends_of,
    named_sets_blocks,
    named_sets_of,
    numbers_block,
    sets_block,
    sets_of,
    texts_block,
    texts_of,
    whole_numbers,
)
from tui.deck.columns import Bits, LatestValues, bits_of, bits_of_flags, rows_of
from tui.text.words import fold, spellings_in

_LAST = "\U0010ffff"
_DENSE_PART = 32
COSTLY_PART = 4
"""A lookup that would mark more than this part of all rows one by one is answered when the table is built."""


class WordRows:
    """The finished table for `size` rows; `build` or `of_blocks` make one."""

    def __init__(
        self,
        size: int,
        words: list[str],
        ends: Sequence[int],
        rows: Sequence[int],
        dense: Mapping[int, Bits],
        joined: Mapping[str, Bits],
    ) -> None:
        self.size = size
        self.words = words
        self._ends = ends
        self._rows = rows
        self._dense = dense
        self._dense_numbers = sorted(dense)
        self._joined = joined

    def range_of(self, beginning: str) -> tuple[int, int]:
        """The numbers of the words that begin so: from the first up to but without the second."""
        return _range(self.words, beginning)

    def number_of(self, word: str) -> int:
        """The number of a whole word, -1 if no row has it."""
        number = bisect_left(self.words, word)
        return number if number < len(self.words) and self.words[number] == word else -1

    def rows_with(self, word: str) -> Bits:
        """The rows that hold the whole word."""
        number = self.number_of(word)
        return 0 if number < 0 else self.rows_between(number, number + 1)

    def rows_beginning(self, beginning: str) -> Bits:
        """The rows that hold a word beginning so."""
        joined = self._joined.get(beginning)
        return self.rows_between(*self.range_of(beginning)) if joined is None else joined

    def rows_between(self, low: int, high: int) -> Bits:
        """The rows that hold one of the words numbered from `low` up to but without `high`."""
        if low >= high:
            return 0
        flags = bytearray(self.size)
        dense = self.mark(low, high, flags)
        return dense if self._ends[low] == self._ends[high] else dense | bits_of_flags(flags)

    def rows_of_word(self, number: int) -> Sequence[int]:
        """The rows that hold the word with this number, ascending."""
        dense = self._dense.get(number)
        return self._rows[self._ends[number] : self._ends[number + 1]] if dense is None else rows_of(dense)

    def mark(self, low: int, high: int, flags: bytearray) -> Bits:
        """Set the flags of the listed rows of the words from `low` up to `high`; the rows kept as bitsets come back."""
        for row in self._rows[self._ends[low] : self._ends[high]]:
            flags[row] = 1
        first, after = (bisect_left(self._dense_numbers, number) for number in (low, high))
        bits = 0
        for number in self._dense_numbers[first:after]:
            bits |= self._dense[number]
        return bits

    def join_costly(self, limit: int) -> None:
        """Keep the rows of every beginning whose slice holds more than `limit` rows."""
        self._joined = join_beginnings(self.words, self._ends, limit, self.size, self.mark)

    def blocks(self, name: str) -> dict[str, bytes]:
        """This table as blocks whose names begin with `name`."""
        return {
            f"{name}.words": texts_block(self.words),
            f"{name}.ends": numbers_block(self._ends),
            f"{name}.rows": numbers_block(self._rows),
            f"{name}.dense": sets_block(self._dense),
            **named_sets_blocks(f"{name}.joined", self._joined),
        }

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks) -> "WordRows":
        """The table that `blocks(name)` wrote."""
        words, rows = texts_of(blocks[f"{name}.words"]), whole_numbers(blocks[f"{name}.rows"])
        return cls(
            size,
            words,
            ends_in(blocks[f"{name}.ends"], len(rows), len(words)),
            rows,
            sets_of(blocks[f"{name}.dense"], size),
            named_sets_of(f"{name}.joined", blocks, size),
        )


def join_beginnings(
    words: Sequence[str], ends: Sequence[int], limit: int, size: int, mark: Callable[[int, int, bytearray], Bits]
) -> dict[str, Bits]:
    """The rows of every beginning of `words` that costs more than `limit`, where word n costs `ends[n + 1] - ends[n]`.

    `mark` works as `WordRows.mark`. Longer beginnings come first and are taken over by the shorter ones, so that
    each row of a word is marked few times.
    """
    joined: dict[str, Bits] = {}
    for beginning in _costly_beginnings(words, ends, limit):
        flags = bytearray(size)
        bits = 0
        low, high = _range(words, beginning)
        while low < high:
            longer = words[low][: len(beginning) + 1]
            if len(longer) > len(beginning) and longer in joined:
                bits |= joined[longer]
                low = _range(words, longer)[1]
            else:
                bits |= mark(low, low + 1, flags)
                low += 1
        joined[beginning] = bits | bits_of_flags(flags)
    return joined


def _range(words: Sequence[str], beginning: str) -> tuple[int, int]:
    return bisect_left(words, beginning), bisect_left(words, beginning + _LAST)


def _costly_beginnings(words: Sequence[str], ends: Sequence[int], limit: int) -> list[str]:
    """The beginnings whose words cost more than `limit` together, longest first."""
    costly: list[str] = []
    level = [(0, len(words))]
    length = 1
    while level:
        deeper = []
        for low, high in level:
            while low < high:
                beginning = words[low][:length]
                after = bisect_left(words, beginning + _LAST, low, high)
                if ends[after] - ends[low] > limit:
                    costly.append(beginning)
                    deeper.append((low + (words[low] == beginning), after))
                low = after
        level = [(low, high) for low, high in deeper if low < high]
        length += 1
    return costly[::-1]


class _Spellings(dict[str, int]):
    """The number of the word that a spelling folds to, -1 if it folds to nothing; learned when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}

    def __missing__(self, spelling: str) -> int:
        word = fold(spelling)
        number = self[spelling] = self.numbers.setdefault(word, len(self.numbers)) if word else -1
        return number


class WordRowsBuilder:
    """Collects the texts of rows one after another."""

    def __init__(self) -> None:
        self._spellings = _Spellings()
        self._rows: list[array[int]] = []
        self._stream: array[int] = array("I")
        self._stream_ends: array[int] = array("I", [0])

    def add(self, text: str) -> None:
        """Add the text of the next row."""
        row = len(self._stream_ends) - 1
        numbers = list(map(self._spellings.__getitem__, spellings_in(text)))
        if -1 in numbers:
            numbers = [number for number in numbers if number >= 0]
        self._stream.extend(numbers)
        self._stream_ends.append(len(self._stream))
        rows = self._rows
        while len(rows) < len(self._spellings.numbers):
            rows.append(array("I"))
        for number in set(numbers):
            rows[number].append(row)

    def finish(self) -> "WordField":
        """The words of all rows added."""
        size = len(self._stream_ends) - 1
        words = sorted(self._spellings.numbers)
        place = array("I", bytes(4 * len(words)))
        dense: dict[int, Bits] = {}
        sparse: list[array[int]] = []
        for number, word in enumerate(words):
            old = self._spellings.numbers[word]
            place[old] = number
            rows = self._rows[old]
            if len(rows) * _DENSE_PART > size:
                dense[number] = bits_of(rows, size)
                rows = array("I")
            sparse.append(rows)
        listed = array("I")
        listed.frombytes(b"".join(sparse))
        table = WordRows(size, words, ends_of(sparse), listed, dense, {})
        table.join_costly(max(size // COSTLY_PART, 1024))
        stream = array("I", map(place.__getitem__, self._stream))
        parts = table, WordStream(stream.tobytes, self._stream_ends)
        return WordField(lambda: parts)


class WordStream:
    """The words of every row in order, as 4-byte numbers of a `WordRows` table."""

    def __init__(self, load: Callable[[], Buffer], ends: Sequence[int]) -> None:
        self._load = load
        self._ends = ends

    @cached_property
    def _bytes(self) -> bytes:
        return bytes(self._load())

    def rows_with(self, head: Sequence[int], last: tuple[int, int], rows: Iterable[int]) -> list[int]:
        """Those of `rows` that hold the words `head`, at least one, directly followed by one of the range `last`."""
        wanted = array("I", head).tobytes()
        numbers = whole_numbers(self._bytes)
        return [row for row in rows if self._holds(wanted, last, row, numbers)]

    def _holds(self, wanted: bytes, last: tuple[int, int], row: int, numbers: Sequence[int]) -> bool:
        low, high = last
        find, end = self._bytes.find, self._ends[row + 1] * 4 - 4
        at = find(wanted, self._ends[row] * 4, max(end, 0))
        while at >= 0:
            if at % 4 == 0 and low <= numbers[(at + len(wanted)) // 4] < high:
                return True
            at = find(wanted, at + 1, end)
        return False

    def blocks(self, name: str) -> dict[str, bytes]:
        """These sequences as blocks whose names begin with `name`."""
        return {f"{name}.stream": self._bytes, f"{name}.stream.ends": numbers_block(self._ends)}

    @classmethod
    def of_blocks(cls, name: str, blocks: Blocks) -> "WordStream":
        """The sequences that `blocks(name)` wrote."""
        return cls(lambda: blocks[f"{name}.stream"], whole_numbers(blocks[f"{name}.stream.ends"]))


_SEQUENCES_KEPT = 32


class WordField:
    """One text of every row, to be asked for words and for sequences of words; nothing is read before."""

    def __init__(self, load: Callable[[], tuple[WordRows, WordStream]]) -> None:
        self._load = load
        self._sequences: LatestValues[Bits] = LatestValues(_SEQUENCES_KEPT)

    @cached_property
    def _parts(self) -> tuple[WordRows, WordStream]:
        return self._load()

    @property
    def table(self) -> WordRows:
        """Which rows hold which words."""
        return self._parts[0]

    @property
    def stream(self) -> WordStream:
        """The words of every row in order."""
        return self._parts[1]

    def rows(self, words: tuple[str, ...], prefix: bool) -> Bits:
        """The rows that hold `words` in sequence; with `prefix` the last may be a beginning. None for no words."""
        if len(words) > 1:
            return self._sequences.get((words, prefix), lambda: self._sequence(words, prefix))
        if not words:
            return 0
        return self.table.rows_beginning(words[0]) if prefix else self.table.rows_with(words[0])

    def _sequence(self, words: tuple[str, ...], prefix: bool) -> Bits:
        table, last = self.table, words[-1]
        head = [table.number_of(word) for word in words[:-1]]
        if -1 in head:
            return 0
        own = table.number_of(last)
        low, high = table.range_of(last) if prefix else (own, own + 1)
        found = table.rows_beginning(last) if prefix else table.rows_with(last)
        for number in head:
            found &= table.rows_between(number, number + 1)
        found &= self._fewer_letters(words, prefix)
        return bits_of(self.stream.rows_with(head, (low, high), rows_of(found)), table.size)

    def _fewer_letters(self, words: tuple[str, ...], prefix: bool) -> Bits:
        """The answer to the same sequence with fewer letters, which holds all rows with this one, if it is known."""
        for length in range(len(words[-1]) - prefix, 0, -1):
            known = self._sequences.peek(((*words[:-1], words[-1][:length]), True))
            if known is not None:
                return known
        return -1

    def blocks(self, name: str) -> dict[str, bytes]:
        """This field as blocks whose names begin with `name`."""
        return self.table.blocks(name) | self.stream.blocks(name)

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks) -> "WordField":
        """The field that `blocks(name)` wrote for `size` rows."""
        return cls(lambda: (WordRows.of_blocks(name, size, blocks), WordStream.of_blocks(name, blocks)))
