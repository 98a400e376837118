"""The cache of a folder of cards: one file of named blocks, mapped into memory and checked page by page.

What is in the blocks is the affair of those who write them; a block that comes out of here is the block that went in.
The file can be made again at any time, so that any doubt about it is a reason not to use it.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from zlib import crc32

import tui
from tui.cache.blocks import Block, BlocksOnDisk
from tui.cache.folder import DAY, SUFFIX, new_file, opened, read_header, tidy
from tui.cache.header import PAGE, TOKEN_BYTES, BlockSpan, Header
from tui.errors import DamagedCacheError, UnusableCacheError
from tui.hashing import blake2b


def cache_path(folder: Path, root: Path, variant: str = "") -> Path:
    """The file in the cache folder `folder` for the cards at `root`, whatever way leads to them; it need not exist.

    The same cards have a file of its own for each `variant`, which says how they are read.
    """
    # No path holds a NUL.
    named = _real(root) + (b"\0" + variant.encode() if variant else b"")
    return folder / f"{blake2b(named, digest_size=16).hexdigest()}{SUFFIX}"


def write_cache(path: Path, root: Path, blocks: Mapping[str, Block] | Iterable[tuple[str, Block]]) -> str:
    """Write the cache of the cards at `root`; gives its new token, 32 hexadecimal digits.

    Blocks, and parts of blocks, may be made while they are asked for: each is written at once, and nothing holds on to
    it. What was at `path`
    stays until the new file is whole, and for those who have it open also afterwards. Caches in the same folder that
    nobody needs any more are removed. Raises OSError (the disk is full, say, or the folder somebody else's), and what
    making a block raises, and then leaves everything as it was.
    """
    with new_file(path) as file:
        written = BlocksOnDisk(file)
        for name, block in blocks.items() if isinstance(blocks, Mapping) else blocks:
            written.add(name, block)
            del block  # before the next is made
        now = time.time()
        token = os.urandom(TOKEN_BYTES).hex()
        written.finish(_real(root), token, int(now * 1000))
    tidy(path.parent, path, now)
    return token


def open_cache(path: Path, root: Path, token: str | None = None) -> "Cache | None":
    """The cache of the cards at `root`, if the file at `path` can be used as it is; None on any doubt.

    With a `token` only the very file that has it is opened. To open it counts as using it.
    """
    try:
        cache = read_cache(path, root, token)
    except UnusableCacheError:
        return None
    if abs(time.time() - cache.used_at) > DAY:
        with suppress(OSError):
            os.utime(path, follow_symlinks=False)
    return cache


def read_cache(path: Path, root: Path | None = None, token: str | None = None) -> "Cache":
    """Like `open_cache`, but looks only: it does not count as using it, and it raises UnusableCacheError.

    Without a `root` the cache may be that of any cards.
    """
    with opened(path) as (file, found):
        header = read_header(file, found)
        if header.version != tui.__version__:
            raise UnusableCacheError(f"it was written by newsdeck {header.version}, not {tui.__version__}")
        if root is not None and header.root != _real(root):
            raise UnusableCacheError("it is of other cards")
        if token is not None and header.token != token:
            raise UnusableCacheError("it was written anew meanwhile")
        try:
            return Cache(path, header, mmap(file, header.size, access=ACCESS_READ), found.st_mtime)
        except ValueError as error:
            raise UnusableCacheError("it is cut off") from error


class Cache:
    """An opened cache file; a context manager. Any thread may use it.

    `token` identifies this file, `size` is its length in bytes, `root` the real path of the cards,
    `written_at` the moment of writing in milliseconds since 1970 in UTC, `used_at` when it was opened before, to a
    day, in seconds since 1970. Views stay good after `close`, and when the file is replaced or removed.
    """

    def __init__(self, path: Path, header: Header, mapped: mmap, used_at: float) -> None:
        self.path = path
        self.token = header.token
        self.size = header.size
        self.root = Path(os.fsdecode(header.root))
        self.version = header.version
        self.written_at = header.written_at
        self.used_at = used_at
        self._mapped = mapped
        whole = memoryview(mapped)
        self._blocks = {name: _Block(name, whole, span) for name, span in header.places.items()}

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __contains__(self, name: object) -> bool:
        return name in self._blocks

    def names(self) -> tuple[str, ...]:
        """The names of the blocks, in the order they were written; nothing is checked for it."""
        return tuple(self._blocks)

    def length(self, name: str) -> int:
        """How many bytes a block has; nothing is checked for it. Raises KeyError."""
        return len(self._blocks[name].view)

    def block(self, name: str) -> memoryview:
        """A whole block, as bytes that cannot be written and begin at a multiple of 64.

        Its pages are checked when it is first asked for. Raises DamagedCacheError, or KeyError if there is
        no such block.
        """
        block = self._blocks[name]
        return block.part(0, len(block.view))

    def part(self, name: str, start: int, stop: int) -> memoryview:
        """The bytes of a block from `start` up to `stop`; only the pages they lie in are checked, and only once.

        Raises DamagedCacheError, also where the block has no such bytes, or KeyError if there is no such block.
        """
        return self._blocks[name].part(start, stop)

    def blocks(self) -> Mapping[str, memoryview]:
        """All blocks by name, each checked when it is first asked for, as `block` does it."""
        return _BlocksByName(self)

    def close(self) -> None:
        """Let go of the file, which then has no blocks; the memory is given back when the last view is closed."""
        self._blocks = {}
        with suppress(BufferError):
            self._mapped.close()


class _Block:
    """One block, and which of its pages were found to be as they were written."""

    __slots__ = ("_checked", "_name", "_sums", "view")

    def __init__(self, name: str, whole: memoryview, span: BlockSpan) -> None:
        self.view = whole[span.offset : span.offset + span.length]
        self._name = name
        self._sums = span.sums
        self._checked = bytearray(len(span.sums))

    def part(self, start: int, stop: int) -> memoryview:
        if not 0 <= start <= stop <= len(self.view):
            raise DamagedCacheError(f"The cache is damaged: its block {self._name} has no bytes {start} to {stop}.")
        end = -(-stop // PAGE)
        page = self._checked.find(0, start // PAGE, end)
        while page >= 0:
            if crc32(self.view[page * PAGE : (page + 1) * PAGE]) != self._sums[page]:
                raise DamagedCacheError(f"The cache is damaged: page {page} of its block {self._name} has changed.")
            self._checked[page] = 1
            page = self._checked.find(0, page + 1, end)
        return self.view[start:stop]


class _BlocksByName(Mapping[str, memoryview]):
    """The blocks of a cache as a mapping."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def __getitem__(self, name: str) -> memoryview:
        return self._cache.block(name)

    def __contains__(self, name: object) -> bool:
        return name in self._cache

    def __iter__(self) -> Iterator[str]:
        return iter(self._cache.names())

    def __len__(self) -> int:
        return len(self._cache.names())


def _real(root: Path) -> bytes:
    return os.fsencode(os.path.realpath(root))
