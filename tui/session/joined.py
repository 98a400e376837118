"""The cache file of several folders as one deck: opened if it is of their own files as they are, else written anew."""

import subprocess  # noqa: TID251  it runs this package, not a program of the reader's
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

import msgspec

from tui.cache.file import cache_path, open_cache, read_cache
from tui.cache.folder import Kept, kept_files
from tui.deck.stored.snapshot import StoredAnalysis, open_snapshot
from tui.errors import DamagedCacheError, UnusableCacheError
from tui.session.source import SourceFolder
from tui.work import module_command

JOINED_BLOCK: Final = "joined"
"""Holds a Joined."""

_TOKEN_BYTES: Final = 256
_END_SECONDS: Final = 2.0


class JoinRequest(msgspec.Struct, frozen=True):
    """What the process that joins folders is sent: the file to write, and of each folder, in order, its name, its
    path, its cache file and the token of that. All paths are absolute.
    """

    path: str
    names: tuple[str, ...]
    roots: tuple[str, ...]
    caches: tuple[str, ...]
    tokens: tuple[str, ...]


class Joined(msgspec.Struct, frozen=True, array_like=True):
    """What a file was made of: the real paths of the folders, the tokens of their files, and the number of stories that
    are shown of each, by their names.
    """

    roots: tuple[str, ...]
    tokens: tuple[str, ...]
    shown: dict[str, int]


def joined_with(cache_dir: Path, roots: Collection[str]) -> list[Kept]:
    """The files in the folder `cache_dir` that hold one of the folders with these real paths beside others."""
    found = []
    for kept in kept_files(cache_dir):
        if kept.header is not None and JOINED_BLOCK in kept.header.places:
            with suppress(UnusableCacheError, DamagedCacheError, ValueError), read_cache(kept.path) as cache:
                made = msgspec.msgpack.decode(cache.block(JOINED_BLOCK), type=Joined)
                found += [kept] if not set(made.roots).isdisjoint(roots) else []
    return found


class JoinedCache:
    """The file in the folder `cache_dir` for these folders together, at `path`.

    For one thread at a time, but for `close`.
    """

    def __init__(self, sources: Sequence[SourceFolder], cache_dir: Path) -> None:
        contents = [source.content for source in sources]
        roots = [source.real_path for source in sources]
        variant = "\0".join(
            f"{content.name}\0{root}\0{content.rules.text}" for content, root in zip(contents, roots, strict=True)
        )
        self._root = roots[0]
        self.path = cache_path(cache_dir, self._root, f"joined\0{variant}")
        self._names = tuple(content.name for content in contents)
        self._roots = tuple(map(str, roots))
        self._caches = tuple(str(cache_path(cache_dir, source.root, source.content.rules.text)) for source in sources)
        self._process: subprocess.Popen[bytes] | None = None
        self._tried: tuple[str, ...] = ()

    def opened(self, tokens: Sequence[str]) -> StoredAnalysis | None:
        """The joined deck with all that is known of it, if it was made of the files with these tokens."""
        cache = open_cache(self.path, self._root)
        if cache is None:
            return None
        with suppress(DamagedCacheError, KeyError, ValueError):
            made = msgspec.msgpack.decode(cache.block(JOINED_BLOCK), type=Joined)
            if made.tokens == tuple(tokens):
                return open_snapshot(cache, made.shown)
        return None

    @property
    def is_writing(self) -> bool:
        """Whether a process writes the file now."""
        return self._process is not None

    def write(self, tokens: tuple[str, ...], done: Callable[[], None]) -> None:
        """Have the file written from those with these tokens, once; `done` is called in the end, from any thread."""
        if self.is_writing or tokens == self._tried:
            return
        self._tried = tokens
        request = JoinRequest(str(self.path), self._names, self._roots, self._caches, tokens)
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603  no shell, and the command is our own
                module_command("tui.session.joiner"),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            Thread(target=self._attend, args=(self._process, request, done), daemon=True).start()

    def close(self) -> None:
        """End what runs."""
        process = self._process
        if process is not None:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_END_SECONDS)

    def _attend(self, process: subprocess.Popen[bytes], request: JoinRequest, done: Callable[[], None]) -> None:
        with suppress(OSError):
            process.communicate(msgspec.msgpack.encode(request))
        process.wait()
        self._process = None
        done()
