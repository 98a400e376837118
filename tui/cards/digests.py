"""Tells whether two stories are the same without keeping both."""

import msgspec
from msgspec import structs

from tui.cards.table import DIGEST_BYTES
from tui.model import Coverage, Story


class StoryDigests:
    """Makes digests; equal stories have equal ones, also in another process, and others others.

    Quick for many stories that share coverage, which it keeps.
    """

    def __init__(self) -> None:
        from hashlib import blake2b  # slow to load, and not needed before the first stories are shown

        self._hash = blake2b
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
            known = self._known[id(coverage)] = self._digest(coverage), coverage
        return known[0]

    def _digest(self, value: Story | Coverage, rest: bytes = b"") -> bytes:
        return self._hash(self._encode(value) + rest, digest_size=DIGEST_BYTES).digest()
