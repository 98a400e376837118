"""Holding keys back while what they are meant for is still being opened."""

from collections.abc import Awaitable, Callable

from textual.events import Key


class KeyGate:
    """Lets keys through, or keeps them until it is opened again; `deliver` then gets them in their order."""

    def __init__(self, deliver: Callable[[Key], Awaitable[None]]) -> None:
        self._deliver = deliver
        self._kept: list[Key] | None = None

    def close(self) -> None:
        """Keep keys from now on; whoever closes it sees to it that it is opened, whatever happens."""
        if self._kept is None:
            self._kept = []

    def keeps(self, key: Key) -> bool:
        """Whether a key is kept for later."""
        if self._kept is None:
            return False
        self._kept.append(key)
        return True

    async def open(self) -> None:
        """Deliver what was kept; one of these keys may close it again."""
        kept, self._kept = self._kept or (), None
        for key in kept:
            if not self.keeps(key):
                await self._deliver(key)
