"""Where the values of a head stand, by the folded keys that the table knows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tui.cards.format.dialects.table import KNOWN, NESTED, ROLES, folded
from tui.cards.format.dialects.values import link_in
from tui.cards.format.fields import Fields, Node
from tui.text.markup import plain_text
from tui.text.sanitize import EXCERPT_LIMIT, clean_block, clean_line

MAX_COVERAGE: Final = 1000
"""Entries of a list of coverage that are read."""


class Place(NamedTuple):
    """Where a value stands: its key as written, with dots, and the mapping that holds it."""

    path: str
    fields: Fields
    key: str

    @property
    def node(self) -> Node:
        """The value itself."""
        return self.fields.raw(self.key)


def places_of(fields: Fields) -> dict[str, Place]:
    """Every key that may have a meaning, folded; those of the mappings that count, too, come last."""
    places: dict[str, Place] = {}
    for key in fields.written():
        if (one := folded(key)) in KNOWN and fields.raw(key) is not None:
            places.setdefault(one, Place(key, fields, key))
    for outer in NESTED:
        inner = fields.mapping(outer) if isinstance(fields.raw(outer), dict) else None
        for key in inner.written() if inner else ():
            assert inner is not None
            if (one := folded(key)) in KNOWN and inner.raw(key) is not None:
                places.setdefault(one, Place(f"{outer}.{key}", inner, key))
    return places


def rows_of(places: Mapping[str, Place]) -> dict[str, Sequence[Place]]:
    """The places that may have each meaning, in the order of the table."""
    ranked: dict[str, list[tuple[int, Place]]] = {}
    for key, place in places.items():
        for meaning, rank in ROLES[key]:
            ranked.setdefault(meaning, []).append((rank, place))
    return {
        meaning: [row[0][1]] if len(row) == 1 else [place for _, place in sorted(row, key=_rank)]
        for meaning, row in ranked.items()
    }


def _rank(ranked: tuple[int, Place]) -> int:
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
