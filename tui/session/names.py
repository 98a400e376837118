"""The blocks that a session adds to the cache file of a folder, and the ids of cards where several are open."""

from collections.abc import Iterable

import msgspec

IDS_BLOCK = "session.ids"
"""The ids of the cards that the folder is known by in the store of marks."""
FILES_BLOCK = "files"
"""What is known of the files."""
PROBLEMS_BLOCK = "problems"
"""The problems of the card files."""
DATA_BLOCK = "problems.data"
"""The problems of the files that name topics and outlets."""


def encode_ids(ids: Iterable[str]) -> bytes:
    """Ids of cards as a block."""
    return msgspec.msgpack.encode(list(ids))


def decode_ids(block: bytes | memoryview) -> tuple[str, ...]:
    """The ids of such a block. Raises ValueError."""
    return msgspec.msgpack.decode(block, type=tuple[str, ...])


def joined_id(name: str, own_id: str) -> str:
    """The id of a card where several folders are open: the name of its folder stands before its own."""
    return f"{name}/{own_id}"


def parted(id: str) -> tuple[str, str]:
    """The name of its folder, and the id in there, of a card where several folders are open."""
    name, _, own_id = id.partition("/")
    return name, own_id
