"""What stories and the items that cover them have in common, as columns: one row for each piece."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tui.cache.codec import Blocks, texts_block, texts_of
from tui.deck.columns import UNKNOWN, Bits, Numbers, Times, bits_of, bits_of_flags
from tui.deck.outlets import called, domain_of
from tui.deck.query.ast import Term
from tui.deck.query.numbers import NumberRange, number_range
from tui.deck.search.name_columns import NameColumns, NameRowsBuilder
from tui.deck.search.postings import WordField, WordRowsBuilder
from tui.model import Coverage, Story
from tui.text.words import fold, words_of


class Texts:
    """One short text a row, to be asked what it contains; read from `load` and folded only when first asked."""

    def __init__(self, load: Callable[[], list[str]]) -> None:
        self._load = load

    @classmethod
    def of_block(cls, name: str, size: int, blocks: Blocks) -> "Texts":
        """The texts of a block, one for each of `size` rows; the block is not looked at before."""
        return cls(lambda: texts_of(blocks[name], size))

    @cached_property
    def texts(self) -> list[str]:
        """The texts as they are."""
        return self._load()

    @cached_property
    def _folded(self) -> list[str]:
        return list(map(fold, self.texts))

    def rows_containing(self, value: str) -> Bits:
        """The rows whose text contains `value`, without regard to case and accents."""
        wanted = fold(value)
        folded = self._folded
        return bits_of((row for row, text in enumerate(folded) if wanted in text), len(folded))


@dataclass(frozen=True)
class PieceColumns:
    """The columns of `size` pieces."""

    size: int
    titles: WordField
    outlets: NameColumns
    domains: NameColumns
    kinds: NameColumns
    times: Times
    quality: Numbers
    heat: Numbers
    urls: Texts

    def rows_for(self, term: Term) -> Bits:
        """The rows for a term that is the same at any time: not a date, not a mark, not an event."""
        match term.key:
            case "outlet":
                return self.outlets.rows_named(term.value, term.whole)
            case "domain":
                return self.domains.rows_of_domain(term.value)
            case "kind":
                return self.kinds.rows_named(term.value, term.whole)
            case "title":
                return self.titles.rows(words_of(term.value), prefix=True)
            case "url":
                return self.urls.rows_containing(plain_link(term.value))
            case "quality":
                return self.quality.rows_in(wanted_numbers(term))
            case _:
                return self.heat.rows_in(wanted_numbers(term))

    def blocks(self, name: str) -> dict[str, bytes]:
        """These columns as blocks whose names begin with `name`."""
        return {
            **self.titles.blocks(f"{name}.title"),
            **self.outlets.blocks(f"{name}.outlet"),
            **self.domains.blocks(f"{name}.domain"),
            **self.kinds.blocks(f"{name}.kind"),
            **self.times.blocks(f"{name}.time"),
            **self.quality.blocks(f"{name}.quality"),
            **self.heat.blocks(f"{name}.heat"),
            f"{name}.url": texts_block(self.urls.texts),
        }

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks) -> "PieceColumns":
        """The columns that `blocks(name)` wrote."""
        return cls(
            size=size,
            titles=WordField.of_blocks(f"{name}.title", size, blocks),
            outlets=NameColumns.of_blocks(f"{name}.outlet", size, blocks),
            domains=NameColumns.of_blocks(f"{name}.domain", size, blocks),
            kinds=NameColumns.of_blocks(f"{name}.kind", size, blocks),
            times=Times.of_blocks(f"{name}.time", size, blocks),
            quality=Numbers.of_blocks(f"{name}.quality", size, blocks),
            heat=Numbers.of_blocks(f"{name}.heat", size, blocks),
            urls=Texts.of_block(f"{name}.url", size, blocks),
        )


class PiecesBuilder:
    """Collects pieces one after another, and holds on to none of them."""

    def __init__(self) -> None:
        self._seconds, self._exact = array("d"), bytearray()
        self._quality, self._heat = array("d"), array("d")
        self._urls: list[str] = []
        self._titles = WordRowsBuilder()
        self._outlets, self._domains, self._kinds = NameRowsBuilder(), NameRowsBuilder(), NameRowsBuilder()

    def add(self, piece: Story | Coverage) -> None:
        """Add the next row."""
        row = len(self._urls)
        published = piece.published_at
        self._seconds.append(UNKNOWN if published is None else published.timestamp())
        self._exact.append(piece.time_known and published is not None)
        self._quality.append(UNKNOWN if piece.quality is None else piece.quality)
        self._heat.append(UNKNOWN if piece.heat is None else piece.heat)
        self._urls.append(piece.url)
        self._titles.add(piece.title)
        self._outlets.add(row, called(piece.outlet, piece.url))
        self._domains.add(row, domain_of(piece.outlet, piece.url))
        self._kinds.add(row, piece.kind)

    def finish(self) -> PieceColumns:
        """The columns of all pieces added."""
        urls, size = self._urls, len(self._urls)
        return PieceColumns(
            size=size,
            titles=self._titles.finish(),
            outlets=self._outlets.finish(size),
            domains=self._domains.finish(size),
            kinds=self._kinds.finish(size),
            times=Times(self._seconds, bits_of_flags(self._exact)),
            quality=Numbers(self._quality),
            heat=Numbers(self._heat),
            urls=Texts(lambda: urls),
        )


def plain_link(value: str) -> str:
    """A link as it may be contained in another form of it: without scheme, `www.` and a slash at the end."""
    for start in ("http://", "https://"):
        if value.lower().startswith(start):
            return value[len(start) :].removeprefix("www.").rstrip("/")
    return value


def wanted_numbers(term: Term) -> NumberRange:
    """The numbers a term asks for; none at all for a term that `keys.checked` would refuse."""
    return number_range(term.value) or NumberRange(1, 0)
