"""Caches for tests: a folder, cards that it is about, and blocks that span several pages."""

import random
from array import array
from collections.abc import Mapping
from pathlib import Path

from tui.cache.file import Cache, cache_path, open_cache, write_cache
from tui.cache.header import PAGE
from tui.errors import DamagedCacheError

_DRAW = random.Random(7)
BLOCKS: Mapping[str, bytes] = {
    "rows": _DRAW.randbytes(2 * PAGE + 4321),
    "empty": b"",
    "one page": _DRAW.randbytes(PAGE),
    "numbers": array("d", [1.5, -2.25, 1e300]).tobytes(),
    "a byte": b"\xff",
}


class Shelf:
    """A cache folder, and the cache of one folder of cards in it."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "cache"
        self.root = home / "cards"
        self.root.mkdir(parents=True)
        self.path = cache_path(self.folder, self.root)

    def write(self, blocks: Mapping[str, bytes] = BLOCKS) -> str:
        return write_cache(self.path, self.root, blocks)

    def open(self, token: str | None = None) -> Cache | None:
        return open_cache(self.path, self.root, token)

    def names(self) -> list[str]:
        """What lies in the cache folder."""
        return sorted(file.name for file in self.folder.iterdir())

    def written(self) -> bytes:
        """The file as it was written."""
        self.write()
        return self.path.read_bytes()

    def survives(self) -> int:
        """Read all there is: how many blocks were found to be damaged, all of them if the file is not opened.

        Fails if any block is read that is not as it was written.
        """
        cache = self.open()
        if cache is None:
            return len(BLOCKS)
        damaged = 0
        with cache:
            assert cache.names() == tuple(BLOCKS)
            for name, block in BLOCKS.items():
                try:
                    assert cache.block(name) == block
                except DamagedCacheError:
                    damaged += 1
        return damaged
