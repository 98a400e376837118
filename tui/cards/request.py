"""What the process that writes the cache file is told on its standard input."""

from typing import BinaryIO

import msgspec

from tui.model import Problem, Story


class SnapshotRequest(msgspec.Struct, frozen=True):
    """What the cache file at `path` shall hold for the folder `root`, both as absolute paths.

    `stories` are whole, and new or changed since the snapshot with the token `base`; `removed` are ids of its stories
    that are gone. Without a `base` they are all there are. `files` is the block of the file table, to be stored as it
    is; `problems` and `not_cards` (files without front matter) are for `encode_problems`.
    """

    root: str
    path: str
    base: str
    files: bytes
    problems: tuple[Problem, ...]
    not_cards: int
    stories: list[Story]
    removed: list[str]


def write_request(stream: BinaryIO, request: SnapshotRequest) -> None:
    """Write a request to a stream and flush it; each different coverage travels once. Raises OSError."""
    raise NotImplementedError


def read_request(stream: BinaryIO) -> SnapshotRequest:
    """Read the request that `write_request` wrote; equal coverage is one object.

    Raises ValueError if the stream ends early or makes no sense.
    """
    raise NotImplementedError


def encode_problems(problems: tuple[Problem, ...], not_cards: int) -> bytes:
    """The block `problems` of a cache file."""
    raise NotImplementedError


def decode_problems(block: bytes | memoryview) -> tuple[tuple[Problem, ...], int]:
    """Problems and the number of files without front matter from such a block. Raises ValueError."""
    raise NotImplementedError
