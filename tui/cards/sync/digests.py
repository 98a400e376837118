"""Digests of stories, by which it is known whether a file that was read again still says the same.

Loads next to nothing, for a worker needs it before its first stories are out.
"""

from typing import Final

import msgspec
from msgspec import structs

from tui.cards.sync.table import DIGEST_BYTES
from tui.hashing import blake2b
from tui.model import Coverage, Story

_MOST_KNOWN: Final = 50_000


def digest_of(encoded: bytes, related: bytes = b"") -> bytes:
    """The digest of a coverage, or of a story without its coverage and the digests of that, as msgpack has it."""
    return blake2b(encoded + related, digest_size=DIGEST_BYTES).digest()


class StoryDigests:
    """Makes digests; equal stories have equal ones, also in another process, and others others.

    Quick for many stories that share coverage, of which it keeps a good deal.
    """

    def __init__(self) -> None:
        self._encode = msgspec.msgpack.Encoder().encode
        # By identity, for hashing a value costs as much as encoding it.
        self._known: dict[int, tuple[bytes, Coverage]] = {}

    def of(self, story: Story) -> bytes:
        """The digest of a story, `DIGEST_BYTES` long."""
        if not story.related:
            return self._digest(story)
        related = [self._related(coverage) for coverage in story.related]
        return self._digest(structs.replace(story, related=()), b"".join(related))

    def _related(self, coverage: Coverage) -> bytes:
        known = self._known.get(id(coverage))
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[id(coverage)] = self._digest(coverage), coverage
        return known[0]

    def _digest(self, value: Story | Coverage, rest: bytes = b"") -> bytes:
        return digest_of(self._encode(value), rest)
