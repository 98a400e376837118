"""What follows the head of a card, of which mostly nothing but the size is asked for."""

from codecs import utf_8_decode
from typing import Final

# A long text is made only where somebody reads it, for that takes most of the time that such a card takes.
_LONG: Final = 8 * 1024
_PART: Final = 32 * 1024
_BLANKS: Final = b" \t\n\x0b\x0c"
_EDGE: Final = 256


class CardBody:
    """The bytes of a card from the place `start` on. Raises UnicodeDecodeError if they are not UTF-8.

    `size` are the bytes that its text has in UTF-8.
    """

    __slots__ = ("_data", "_start", "_text", "size")

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start
        self._text: str | None = None
        size = _size_of_long(data, start) if len(data) - start > _LONG else _size_of_short(data[start:])
        if size < 0:
            text = self.text
            size = len(text) if text.isascii() else len(text.encode())
        self.size = size

    def may_hold(self, word: bytes) -> bool:
        """Whether a word in ASCII comes in it, which needs no text."""
        return self._data.find(word, self._start) >= 0

    @property
    def text(self) -> str:
        """The text, with line feeds as line ends and without blanks around it."""
        if self._text is None:
            text = self._data[self._start :].decode()
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._text = text.strip()
        return self._text


def _size_of_short(data: bytes) -> int:
    """The bytes that the text of a body has; -1 where only the text itself says that."""
    if not data.isascii() or b"\r" in data:
        return -1
    bare = data.strip(_BLANKS)
    return len(bare) if bare[:1] > b" " < bare[-1:] else -1


def _size_of_long(data: bytes, start: int) -> int:
    """The same for what follows `start`, of which as little as possible is copied."""
    if data.find(b"\r", start) >= 0:
        return -1
    first = data[start : start + _EDGE].lstrip(_BLANKS)
    last = data[-_EDGE:].rstrip(_BLANKS)
    # Other blanks than these are beyond ASCII, or below these characters.
    if not first or not last or not b"!" <= first[:1] <= b"~" or not b"!" <= last[-1:] <= b"~":
        return -1
    if not data.isascii():
        _check(memoryview(data)[start:])
    return len(data) - start - (min(_EDGE, len(data) - start) - len(first)) - (_EDGE - len(last))


def _check(data: memoryview) -> None:
    """Raise UnicodeDecodeError for what is not UTF-8, without ever making a long text of it."""
    at = 0
    while at < len(data):
        is_last = at + _PART >= len(data)
        _, taken = utf_8_decode(data[at : at + _PART], "strict", is_last)
        at += taken
