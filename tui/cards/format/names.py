"""What the path of a card says where its head does not: a title and a date."""

import os
import re
from typing import Final
from urllib.parse import unquote

from tui.cards.format.times import Moment, moment_in_name, parse_moment
from tui.text.patterns import late
from tui.text.sanitize import clean_line

UNTITLED: Final = "(untitled)"
"""The title of a card of which nothing else is known."""

# The page of a folder, perhaps in one of several languages.
_INDEX: Final = late(r"_?index(?:\.[a-z]{2,3}(?:[-_][a-z]{2,4})?)?", re.IGNORECASE)
_DATE: Final = late(r"(?:\d{4}|\d\d)-\d\d-\d\d(?:[-_ ]+(?=\S)|$)|\d{8}[-_ ]+(?=\D)", re.ASCII)
_SHORT: Final = late(r"(\d\d)-(\d\d)-(\d\d)(?=[-_. ]|$)", re.ASCII)
# Signs that no file name may hold on some systems, as note takers write them; and `___` for a slash.
_CODED: Final = late(r"%(?:22|23|25|2A|2F|3A|3C|3E|3F|5C|7C)", re.IGNORECASE)
_CLOSE: Final = late(r"(\d{4})(_?)(\d\d)\2(\d\d)(?!\d)", re.ASCII)
_FOLDERS: Final = late(r"(?:^|/)(\d{4})/(\d\d?)/(\d\d?)(?=/|[-_])", re.ASCII)


def _naming_parts(id: str) -> list[str]:
    """The names that stand for a card, nearest first: an index is named by its folder."""
    folder, name = os.path.split(id)
    stem = os.path.splitext(name)[0]
    above = os.path.basename(folder)
    if above and _INDEX().fullmatch(stem):
        return [above]
    return [stem, above] if above else [stem]


def title_in_path(id: str) -> str:
    """The file name, of an index its folder's name, made readable: without its date, hyphens as blanks."""
    name = _naming_parts(id)[0]
    words = _DATE().sub("", name, count=1) or name
    words = _CODED().sub(lambda match: unquote(match[0]), words).replace("___", "/")
    spaced = words if " " in words else words.replace("-", " ").replace("_", " ")
    return clean_line(spaced) or UNTITLED


def moment_in_path(id: str) -> Moment | None:
    """The date that the file name or its folder's begins with, or that the folders make up; None without any."""
    for name in _naming_parts(id):
        if moment := moment_in_name(name) or _short(name):
            return moment
    match = _FOLDERS().search(id)
    return parse_moment("-".join(match.groups())) if match else None


def _short(name: str) -> Moment | None:
    if match := _SHORT().match(name):
        return parse_moment(f"20{match[1]}-{match[2]}-{match[3]}")
    match = _CLOSE().match(name)
    return parse_moment(f"{match[1]}-{match[3]}-{match[4]}") if match else None
