"""The rest of a key sequence that a slow line tore apart: it must not spell keys that the reader never pressed.

A cursor or function key is sent as ESC and a few characters more, such as `ESC [ A` or `ESC O P`. Where these come late
the toolkit has already reported the ESC as a key of its own, and the rest would act as `[`, `A`, `O`.
"""

from typing import Final

WINDOW_SECONDS: Final = 0.25
"""How long after a lone ESC, and after each character that follows it, the rest of a sequence may come."""
_PARAMETERS: Final = frozenset("0123456789:;<=>?")
_ENDS: Final = {"O": frozenset("ABCDEFHMPQRS")}
"""What ends a sequence after `O`: cursor keys, Home, End, Enter of the keypad and F1 to F4. After `[` most do."""
_LONGEST: Final = 24


class SplitKeys:
    """Decides which keys reach the reader. Times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._escaped_at = float("-inf")
        self._last_at = float("-inf")
        self._tail = ""

    @property
    def holds(self) -> bool:
        """Whether an `O` is held back, which is the reader's own if nothing follows it in time."""
        return self._tail.startswith("O")

    def let_go(self) -> bool:
        """Time is up: whether an `O` was held back, which is to be delivered now."""
        held, self._tail = self.holds, ""
        return held

    def swallows(self, key: str, character: str | None, now: float) -> bool:
        """Whether a key is, or may be, the rest of a torn sequence, and is not to be delivered."""
        if self._tail:
            if now - self._last_at <= WINDOW_SECONDS and character and len(self._tail) < _LONGEST:
                return self._continue(character, now)
            self._tail = ""
        since, self._escaped_at = now - self._escaped_at, float("-inf")
        if key == "escape":
            self._escaped_at = now
        elif character in ("[", "O") and since <= WINDOW_SECONDS:
            self._tail, self._last_at = character, now
            return True
        return False

    def _continue(self, character: str, now: float) -> bool:
        if self._tail == "[" and character == "[":  # the Linux console sends ESC [ [ A for F1
            self._tail, self._last_at = "[[", now
            return True
        if character in _PARAMETERS:
            self._tail, self._last_at = self._tail + character, now
            return True
        ends, self._tail = _ENDS.get(self._tail[0]), ""
        return character in ends if ends is not None else "@" <= character <= "~"
