"""Where the values of a head stand, by the folded keys that the table knows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.cards.format.dialects.table import KNOWN, MEANINGS, NESTED, ROLES, folded
from tui.cards.format.dialects.values import link_in
from tui.cards.format.fields import Fields, Node

MAX_COVERAGE: Final = 1000
"""Entries of a list of coverage that are read."""


_NESTED: Final = frozenset(NESTED)
_KEPT: Final = 2000


class Place(NamedTuple):
    """Where a value stands: its key as written, with dots and without, and the number of the mapping that holds it.

    `folded` is the key as keys are compared.
    """

    path: str
    holder: int
    key: str
    folded: str


class MeaningRows:
    """The values of a head by what they may mean, those of the mappings that count, too, behind those at the top."""

    __slots__ = ("_arranged", "_holders", "of")

    of: Callable[[str], Sequence[Place]]
    """The values that may have a meaning, in the order of the table; topics in the order of the head."""

    def __init__(self, fields: Fields) -> None:
        keys = fields.filled()
        self._holders = [fields]
        nested: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if not _NESTED.isdisjoint(keys):
            nested = tuple(self._nested(fields))
        # Keys of any length must not be kept; those of all cards of a folder are mostly the same.
        is_short = len("".join(keys)) + sum(len(key) for _, inner_keys in nested for key in inner_keys) < _KEPT
        arrange = arranged if is_short else arranged.__wrapped__
        self._arranged: Arrangement = arrange(keys, nested)
        self.of = self._arranged.rows.__getitem__

    def _nested(self, fields: Fields) -> Iterator[tuple[str, tuple[str, ...]]]:
        for outer in NESTED:
            inner = fields.mapping(outer) if isinstance(fields.raw(outer), dict) else None
            if inner is not None:
                self._holders.append(inner)
                yield outer, inner.filled()

    @property
    def written(self) -> Sequence[str]:
        """The folded keys that may have a meaning, in their order."""
        return self._arranged.written

    def node(self, place: Place) -> Node:
        """The value in a place."""
        return self._holders[place.holder].raw(place.key)

    def fields(self, place: Place) -> Fields:
        """The mapping that holds the value in a place."""
        return self._holders[place.holder]


class Arrangement(NamedTuple):
    """Where the values of all heads with the same keys stand.

    `written` are the folded keys that may have a meaning, in their order; `rows` are the places a meaning.
    """

    written: tuple[str, ...]
    rows: Mapping[str, Sequence[Place]]


@lru_cache(maxsize=1024)
def arranged(keys: tuple[str, ...], nested: tuple[tuple[str, tuple[str, ...]], ...]) -> Arrangement:
    """Where the values stand whose keys at the top are `keys`, and those in the mappings `nested`, each with its name.

    Of both only keys that hold something.
    """
    found: dict[str, Place] = {}
    for key in keys:
        if (one := folded(key)) in KNOWN:
            found.setdefault(one, Place(key, 0, key, one))
    for number, (outer, inner) in enumerate(nested, 1):
        for key in inner:
            if (one := folded(key)) in KNOWN:
                found.setdefault(one, Place(f"{outer}.{key}", number, key, one))
    ranked: dict[str, list[tuple[int, Place]]] = {}
    for one, place in found.items():
        for meaning, rank in ROLES[one]:
            ranked.setdefault(meaning, []).append((rank, place))
    rows = {meaning: [place for _, place in sorted(ranked.get(meaning, ()), key=_rank)] for meaning in MEANINGS}
    # Tools differ in which of them comes first, and so do the people who write them.
    order = list(found)
    rows["topics"].sort(key=lambda place: (place.key != "topics", order.index(place.folded)))
    return Arrangement(tuple(found), rows)


def _rank(ranked: tuple[int, Place]) -> int:
    return ranked[0]


def entries_of(key: str, fields: Fields) -> Iterator[Fields]:
    """The entries of the value under a key that hold a link, each as a mapping."""
    value = fields.raw(key)
    nodes = value if isinstance(value, list) else [value]
    for index, node in enumerate(nodes[:MAX_COVERAGE]):
        if link_in(node):
            yield fields.below(key, index, node if isinstance(node, dict) else {"url": node})
