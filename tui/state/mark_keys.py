"""How stories and their coverage are named in the store."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.hashing import blake2b

PAGE_SCHEME = "in:"
"""Begins the keys of stories with a link: the folder's id follows, a slash, and the canonical URL."""
CARD_SCHEME = "card:"
"""Begins the keys of stories without a link: the folder's id follows, a slash, and the card's id."""
_DIGEST_BYTES = 8


class MarkedStory(NamedTuple):
    """What a key says: the `folder` (its id, empty if none is named), and the canonical `url` or else the `card`."""

    folder: str
    url: str = ""
    card: str = ""

    @property
    def key(self) -> str:
        """The key that says this."""
        if self.url:
            return storable(f"{PAGE_SCHEME}{self.folder}/{self.url}" if self.folder else self.url)
        return storable(f"{CARD_SCHEME}{self.folder}/{self.card}")


def mark_key(url: str, folder_id: str, story_id: str) -> str:
    """The key under which a story's marks are kept in the folder with the id `folder_id`.

    `url` is the canonical form of the story's link: a card that is renamed within its folder keeps its marks, and so
    does every card if the folder moves, for that keeps its id. Without a link the card's id stands for the story.
    """
    return MarkedStory(folder_id, url, story_id).key


def parted_key(key: str) -> MarkedStory:
    """What a key says. A bare URL names no folder: so keys were before marks belonged to folders."""
    if key.startswith(PAGE_SCHEME):
        folder, _, url = key.removeprefix(PAGE_SCHEME).partition("/")
        return MarkedStory(folder, url)
    if key.startswith(CARD_SCHEME):
        folder, _, card = key.removeprefix(CARD_SCHEME).partition("/")
        return MarkedStory(folder, "", card)
    return MarkedStory("", key)


def beginnings(folder_id: str) -> tuple[str, str]:
    """How the keys of marks in a folder begin: of stories with a link, and of those without one."""
    return f"{PAGE_SCHEME}{folder_id}/", f"{CARD_SCHEME}{folder_id}/"


def provisional_id(path: bytes) -> str:
    """What stands for the id of the folder at `path` until it is known; the same in a reader that is started anew."""
    return f"at-{blake2b(path, digest_size=_DIGEST_BYTES).hexdigest()}"


def storable(text: str) -> str:
    """`text` as UTF-8 can hold it: lone surrogates become U+FFFD's stand-in `?`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def digest_of(text: str) -> bytes:
    """Eight bytes that stand for a text: 10,000 items collide with a chance of one in 10^11."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).digest()


def digest_all(texts: Iterable[str]) -> bytes:
    """The digests of all different texts, sorted and joined: the order of coverage does not matter."""
    return join_digests({digest_of(text) for text in texts})


def join_digests(digests: Iterable[bytes]) -> bytes:
    """Different digests as one value; `digests_in` takes it apart."""
    return b"".join(sorted(set(digests)))


def digests_in(joined: bytes) -> frozenset[bytes]:
    """The digests that `digest_all` joined; a torn rest is left out."""
    return frozenset(joined[at : at + _DIGEST_BYTES] for at in range(0, len(joined) - _DIGEST_BYTES + 1, _DIGEST_BYTES))
