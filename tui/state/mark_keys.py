"""How stories and their coverage are named in the store."""

from collections.abc import Iterable
from hashlib import blake2b

CARD_SCHEME = "card:"
"""Begins the keys of stories without a link; a canonical URL never begins with it."""
_DIGEST_BYTES = 8


def mark_key(url: str, folder_id: str, story_id: str) -> str:
    """The key under which a story's marks are kept.

    `url` is the canonical form of the story's link: it alone is the key, so that a card that is renamed, or
    lies in another folder, keeps its marks. Without a link the key is made of the folder's identity and the
    card's id.
    """
    return storable(url or f"{CARD_SCHEME}{folder_id}/{story_id}")


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
