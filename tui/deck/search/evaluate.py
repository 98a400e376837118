"""From an expression to the set of stories that match it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import IntEnum
from functools import cached_property

from tui.deck.columns import Bits, MarkedDocs, Numbers, bits_of
from tui.deck.query.ast import And, Expr, Not, Or, Phrase, Term, Word, all_of, leaves
from tui.deck.query.dates import interval
from tui.deck.query.keys import KEYS
from tui.deck.query.numbers import NumberRange
from tui.deck.search.index import SearchIndex
from tui.deck.search.piece_columns import wanted_numbers
from tui.text.words import words_of

IN_COVERAGE = Term("in", "coverage")
_EVENT_STATES = ("first", "exclusive", "reprint")


class Depth(IntEnum):
    """How far into a story a word is looked for; each depth takes in the ones before.

    What a story says itself ends with its excerpt; beyond that are the headlines of related pieces.
    """

    WHOLE_TITLE_WORDS = 0
    TITLE = 1
    NAMES = 2
    EXCERPT = 3
    COVERAGE = 4


@dataclass(frozen=True)
class EventColumns:
    """What is known of the event of each story, one value a story in deck order, and sets of stories.

    `first_seen` is the time of the event's first piece in seconds since 1970 UTC, NaN where unknown; `burst` grows
    with the pieces per time, and is NaN where no two pieces have a known time. A story is `exclusive` if no other
    outlet has its event, `first` if its outlet had it first, a `reprint` if its text is another outlet's.
    """

    outlets: Sequence[float]
    first_seen: Sequence[float]
    burst: Sequence[float]
    first: Bits = 0
    exclusive: Bits = 0
    reprint: Bits = 0

    @cached_property
    def outlet_numbers(self) -> Numbers:
        """`outlets` as a column."""
        return Numbers(self.outlets)

    def warm(self) -> "EventColumns":
        """Make now, in a worker, what the first query would wait for; gives the columns themselves."""
        self.outlet_numbers.rows_in(NumberRange(0, 0))
        return self

    def state(self, name: str) -> Bits:
        """The stories that are `first`, `exclusive` or a `reprint`."""
        return {"first": self.first, "exclusive": self.exclusive, "reprint": self.reprint}[name]


@dataclass(frozen=True)
class Evaluator:
    """Evaluates expressions at one moment: `now` is the wall-clock time in `zone` (None: the system's), without a zone.

    While `events` is None, terms about events match nothing.
    """

    index: SearchIndex
    now: datetime
    zone: tzinfo | None = None
    marks: MarkedDocs = field(default_factory=MarkedDocs)
    events: EventColumns | None = None

    def matching(self, expr: Expr, depth: Depth = Depth.EXCERPT) -> Bits:
        """The stories that match `expr` by themselves; those removed or muted only if it asks about that.

        With another `depth`, those whose words match so far in; what is negated is always what a story says itself.
        """
        bits = self._bits(expr, depth)
        asked = {leaf.value for leaf in leaves(expr) if isinstance(leaf, Term) and leaf.key == "is"}
        if "removed" not in asked:
            bits &= ~self.index.traits["removed"]
        return bits if "muted" in asked else bits & ~self.marks.muted

    def _bits(self, expr: Expr, depth: Depth) -> Bits:
        match expr:
            case And(parts):
                return self._all(parts, depth)
            case Or(parts):
                bits = 0
                for part in parts:
                    bits |= self._bits(part, depth)
                return bits
            case Not(part):
                return self.index.all & ~self._bits(part, Depth.EXCERPT)
            case Word(text):
                return self._words(words_of(text), True, depth)
            case Phrase(text, prefix):
                return self._words(words_of(text), prefix, depth)
        return self._term(expr)

    def _all(self, parts: tuple[Expr, ...], depth: Depth) -> Bits:
        if IN_COVERAGE in parts:
            return self._covered([part for part in parts if part != IN_COVERAGE], depth)
        bits = self.index.all
        for part in parts:
            bits &= self._bits(part, depth)
        return bits

    def _covered(self, parts: list[Expr], depth: Depth) -> Bits:
        """`in:coverage` beside `parts`: those that can be asked of an item must hold for one item together.

        What is negated must hold for no item; what is only asked of stories is asked of the story.
        """
        coverage = self.index.coverage
        bits, asked = self.index.all, []
        for part in parts:
            positive = part.part if isinstance(part, Not) else part
            if not of_item(positive):
                bits &= self._bits(part, depth)
            elif isinstance(part, Not):
                bits &= ~coverage.stories_of(self._items(positive))
            else:
                asked.append(part)
        if len(asked) == 1 and isinstance(asked[0], Word):
            return bits & coverage.stories_with(words_of(asked[0].text), prefix=True)
        return bits & coverage.stories_of(self._items(all_of(*asked)))

    def _items(self, expr: Expr) -> Bits:
        """The coverage items that match an expression for which `of_item` holds."""
        match expr:
            case And(parts):
                bits = self.index.coverage.all_items
                for part in parts:
                    bits &= self._items(part)
                return bits
            case Or(parts):
                bits = 0
                for part in parts:
                    bits |= self._items(part)
                return bits
            case Not(part):
                return self.index.coverage.all_items & ~self._items(part)
            case Word() | Phrase():
                prefix = expr.prefix if isinstance(expr, Phrase) else True
                return self.index.coverage.items.titles.rows(words_of(expr.text), prefix)
        items = self.index.coverage.items
        when = interval(expr.value, self.now) if expr.key in ("since", "until", "on") else None
        return items.rows_for(expr) if when is None else items.times.rows_for(expr.key, when, self.zone)

    def _words(self, words: tuple[str, ...], prefix: bool, depth: Depth) -> Bits:
        key = (words, prefix, depth)
        return self.index.memo.get(key, lambda: self._found(words, prefix, depth))

    def _found(self, words: tuple[str, ...], prefix: bool, depth: Depth) -> Bits:
        index = self.index
        if depth is Depth.WHOLE_TITLE_WORDS:
            return index.stories.titles.rows(words, False)
        nearer = self._words(words, prefix, Depth(depth - 1))
        match depth:
            case Depth.TITLE:
                return nearer | index.stories.titles.rows(words, prefix)
            case Depth.NAMES:
                names = index.stories.outlets.rows_with_words(words, prefix)
                return nearer | names | index.topics.rows_with_words(words, prefix)
            case Depth.EXCERPT:
                return nearer | index.excerpts.rows(words, prefix)
            case _:
                return nearer | index.coverage.stories_with(words, prefix)

    def _term(self, term: Term) -> Bits:
        index = self.index
        match term.key, term.value:
            case "in", _:
                return index.coverage.stories_of(self.index.coverage.all_items)
            case "is", "read":
                return self.marks.read & index.all
            case "is", "unread":
                return index.all & ~self.marks.read
            case "is", "starred":
                return self.marks.starred & index.all
            case ("has", "note") | ("note", _):
                wanted = words_of(term.value) if term.key == "note" else ()
                docs = (doc for doc, text in self.marks.notes if has_words_in(text, wanted))
                return bits_of(docs, index.size) & index.all
            case "is", "muted":
                return self.marks.muted & index.all
            case "is", state if state in _EVENT_STATES:
                return self.events.state(state) if self.events else 0
            case "outlets", _:
                return self.events.outlet_numbers.rows_in(wanted_numbers(term)) if self.events else 0
        if term.key in ("since", "until", "on"):
            when = interval(term.value, self.now)
            return 0 if when is None else index.stories.times.rows_for(term.key, when, self.zone)
        return index.memo.get(term, lambda: index.rows_for(term))


def has_words_in(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether `text` has the folded words `wanted` in sequence, of the last one at least the beginning."""
    if not wanted:
        return True
    words, last = words_of(text), len(wanted) - 1
    starts = range(len(words) - last)
    return any(words[at : at + last] == wanted[:-1] and words[at + last].startswith(wanted[-1]) for at in starts)


def about_events(expr: Expr) -> bool:
    """Whether the answer to `expr` depends on events."""
    return any(
        isinstance(leaf, Term) and (leaf.key == "outlets" or (leaf.key == "is" and leaf.value in _EVENT_STATES))
        for leaf in leaves(expr)
    )


def of_item(expr: Expr) -> bool:
    """Whether all of `expr` can be asked of a coverage item."""
    return all(not isinstance(leaf, Term) or KEYS[leaf.key].of_item for leaf in leaves(expr))
