"""Where the values of a head stand, by the folded keys that the table knows."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.cards.format.dialects.table import KNOWN, NESTED, ROLES, folded
from tui.cards.format.dialects.values import link_in
from tui.cards.format.fields import Fields, Node
from tui.text.markup import plain_text
from tui.text.sanitize import EXCERPT_LIMIT, clean_block, clean_line

MAX_COVERAGE: Final = 1000
"""Entries of a list of coverage that are read."""


_NESTED: Final = frozenset(NESTED)
_KEPT: Final = 2000


class Place(NamedTuple):
    """Where a value stands: its key as written, with dots, and the mapping that holds it."""

    path: str
    fields: Fields
    key: str

    @property
    def node(self) -> Node:
        """The value itself."""
        return self.fields.raw(self.key)


class MeaningRows:
    """The values of a head by what they may mean, those of the mappings that count, too, behind those at the top."""

    __slots__ = ("_arranged", "_holders")

    def __init__(self, fields: Fields) -> None:
        keys = _filled(fields)
        self._holders = [fields]
        nested: list[tuple[str, tuple[str, ...]]] = []
        for outer in NESTED if not _NESTED.isdisjoint(keys) else ():
            inner = fields.mapping(outer) if isinstance(fields.raw(outer), dict) else None
            if inner is not None:
                self._holders.append(inner)
                nested.append((outer, _filled(inner)))
        # Keys of any length must not be kept; those of all cards of a folder are mostly the same.
        is_short = sum(map(len, keys)) + sum(len(key) for _, inner_keys in nested for key in inner_keys) < _KEPT
        arrange = _arranged if is_short else _arranged.__wrapped__
        self._arranged: _Arranged = arrange(keys, tuple(nested))

    @property
    def written(self) -> Sequence[str]:
        """The folded keys that may have a meaning, in their order."""
        return self._arranged.written

    def of(self, meaning: str) -> Sequence[Place]:
        """The values that may have a meaning, in the order of the table."""
        found = self._arranged.rows.get(meaning)
        return [Place(path, self._holders[holder], key) for path, holder, key in found] if found else ()


class _Arranged(NamedTuple):
    """Where the values of all heads with the same keys stand: path, number of the mapping, and key in there."""

    written: tuple[str, ...]
    rows: Mapping[str, Sequence[tuple[str, int, str]]]


def _filled(fields: Fields) -> tuple[str, ...]:
    return tuple([key for key in fields.written() if fields.raw(key) is not None])


@lru_cache(maxsize=1024)
def _arranged(keys: tuple[str, ...], nested: tuple[tuple[str, tuple[str, ...]], ...]) -> _Arranged:
    found: dict[str, tuple[str, int, str]] = {}
    for key in keys:
        if (one := folded(key)) in KNOWN:
            found.setdefault(one, (key, 0, key))
    for number, (outer, inner) in enumerate(nested, 1):
        for key in inner:
            if (one := folded(key)) in KNOWN:
                found.setdefault(one, (f"{outer}.{key}", number, key))
    ranked: dict[str, list[tuple[int, tuple[str, int, str]]]] = {}
    for one, place in found.items():
        for meaning, rank in ROLES[one]:
            ranked.setdefault(meaning, []).append((rank, place))
    rows = {meaning: [place for _, place in sorted(row, key=_rank)] for meaning, row in ranked.items()}
    return _Arranged(tuple(found), rows)


def _rank(ranked: tuple[int, tuple[str, int, str]]) -> int:
    return ranked[0]


def entries_of(place: Place) -> Iterator[Fields]:
    """The entries of a value that hold a link, each as a mapping."""
    nodes = place.node if isinstance(place.node, list) else [place.node]
    for index, node in enumerate(nodes[:MAX_COVERAGE]):
        if link_in(node):
            yield place.fields.below(place.key, index, node if isinstance(node, dict) else {"url": node})


def line_of(text: str, limit: int) -> str:
    """A text of the head as one clean line, without markup."""
    return clean_line(plain_text(text), limit)


def block_of(text: str) -> str:
    """A text of the head as clean text of several lines, without markup."""
    return clean_block(plain_text(text[: EXCERPT_LIMIT * 4]), EXCERPT_LIMIT)
