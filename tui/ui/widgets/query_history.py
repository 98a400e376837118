"""The queries that were used, to step through."""

import msgspec

LIMIT = 100
"""Queries that are kept."""


class History(msgspec.Struct, frozen=True):
    """Used queries, oldest first, and the place of the one being looked at.

    `place` is the length of `texts` while the reader types a query of their own, which is `draft`.
    """

    texts: tuple[str, ...] = ()
    place: int = 0
    draft: str = ""

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> "History":
        """A history of `texts`, oldest first, at its end."""
        kept = texts[-LIMIT:]
        return cls(kept, len(kept))

    def used(self, text: str) -> "History":
        """With `text` as the latest query, and only there; an empty one is not kept."""
        text = text.strip()
        others = tuple(other for other in self.texts if other != text)
        return History.of((*others, text) if text else self.texts)

    def earlier(self, typed: str) -> "History":
        """One query back; `typed` is what stands in the field now, kept as the draft when it was the reader's own."""
        draft = typed if self.place == len(self.texts) else self.draft
        return msgspec.structs.replace(self, place=max(self.place - 1, 0), draft=draft)

    def later(self) -> "History":
        """One query forward, at the end to the draft."""
        return msgspec.structs.replace(self, place=min(self.place + 1, len(self.texts)))

    @property
    def text(self) -> str:
        """The query at the place: what the field shows after a step."""
        return self.texts[self.place] if self.place < len(self.texts) else self.draft
