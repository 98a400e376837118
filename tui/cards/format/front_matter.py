"""From bytes to text, and where the front matter lies in it."""

import re
from typing import Final, NamedTuple

from tui.cards.format.problems import CardError, CardSyntaxError

FILE_LIMIT: Final = 1024 * 1024
"""Bytes a card file may have."""
FRONT_MATTER_LIMIT: Final = 256 * 1024
"""Characters its front matter may have."""
TOML_LIMIT: Final = 64 * 1024
"""Characters that a TOML or JSON head may have: reading long dotted keys takes time by their square."""
DELIMITER: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
"""The line before and behind the front matter."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class Parts(NamedTuple):
    """A card's text, cut at its two delimiter lines."""

    front_matter: str
    body: str


def decode(data: bytes) -> str:
    """The text of a file, with line feeds as line ends and no byte order mark; CardError if not UTF-8."""
    if len(data) > FILE_LIMIT:
        raise CardError("file-size", f"This file is larger than {FILE_LIMIT // 1024} KiB. Make it smaller.")
    if data.startswith(_UTF_16_MARKS):
        raise CardSyntaxError("encoding", "This file is UTF-16; save it as UTF-8.", line=1, column=1)
    try:
        text = data.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = "This is not UTF-8 text; save the file as UTF-8."
        raise CardSyntaxError("encoding", message, line, column) from error
    return _with_line_feeds(text)


def decode_leniently(data: bytes) -> tuple[str, int]:
    """The text of a file that is not UTF-8, with U+FFFD for what cannot be read, and the place of the first such.

    The place is an index into the text, its length if all of it is UTF-8.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    text = _with_line_feeds(data.decode("utf-8", "replace"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return text, len(_with_line_feeds(data[: error.start].decode("utf-8")))
    return text, len(text)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split(text: str) -> Parts | None:
    """Front matter and body of a text with line feeds as line ends; None if its first line is not `---`.

    Raises CardSyntaxError if no other line is `---`, or if what lies between is too long.
    """
    opening = DELIMITER.match(text)
    if opening is None:
        return None
    closing = DELIMITER.search(text, opening.end())
    if closing is None:
        message = "The front matter is never closed; put a line with only --- behind its last key."
        raise CardSyntaxError("front-matter-open", message, line=1, column=1)
    if closing.start() - opening.end() > FRONT_MATTER_LIMIT:
        message = f"The front matter is longer than {FRONT_MATTER_LIMIT // 1024} KiB; make it shorter."
        raise CardSyntaxError("front-matter-size", message, line=1, column=1)
    return Parts(text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :])
