"""A memory of what was read, of bounded size."""

from typing import TypeVar

_Key = TypeVar("_Key", str, bytes)
_Value = TypeVar("_Value")


class Memo(dict[_Key, _Value]):
    """What texts were found to say; all is forgotten when the texts kept have more than `limit` characters or bytes.

    A folder that repeats little gains little from being remembered.
    """

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._size = 0

    def keep(self, text: _Key, value: _Value) -> None:
        """Remember what a text says that is not known yet."""
        self._size += len(text)
        if self._size > self._limit:
            self.clear()
            self._size = len(text)
        self[text] = value
