"""Values that are written as most are, each recognised at a glance; what is not like that has to be read with care.

A value is found by the one character that ends it, for that is the quickest search there is. Whether it holds anything
that means something else is then asked of the whole value and not of each character.
"""

import re
from collections.abc import Callable
from typing import Final

from tui.cards.fast.yaml import CONTROL, VALUE, is_plain_text, scalar
from tui.cards.format.fields import NOT_SCORED, NULLS
from tui.cards.format.times import Moment, parse_usual_moment
from tui.model import ImageRef
from tui.text.markup import plain_text
from tui.text.patterns import late
from tui.text.sanitize import URL_LIMIT
from tui.text.urls import check_url

TEXT: Final = r"(?:\"([^\"]*+)\"|([^\n]++))\n"
"""An expression for a text in quotes or as it is written, to the end of its line: two groups.

Whether the second is a `VALUE` is asked by `text_of`, for to have that in here would take longer to compile.
"""
LINK: Final = r"(?:\"([^\"]*+)\"|((?:https?:/)?/[!-9;-~]*+))\n"
"""An expression for a link in quotes, or without them and with nothing that YAML takes for its own: two groups."""
MOMENT: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
"""An expression for a date and time."""
WORD: Final = r"([A-Za-z]{1,50}+)\n"
"""An expression for a word; what stands for nothing looks like one, too."""
NUMBER: Final = r"(-?[0-9]{1,9})\n"
"""An expression for a whole number."""
SIZE: Final = r"([0-9]{1,9})\n"
"""An expression for a whole number that is not negative."""
SWITCH: Final = r"(true|false)\n"
"""An expression for true or false."""
SEALED: Final = r"\"([!#-\[\]-~]*+)\"\n"
"""An expression for a value in quotes without blanks, of which nothing but the size is asked for."""
TRUE: Final = "true"
FALSE: Final = "false"

# Letters and signs that most texts are made of, of which nothing has to be cleaned away, without and with those that
# may stand for others.
_is_simple: Final = re.compile(r"[ !#-%'-;=-\[\]-~\xa0-\xac\xae-\u02ff\u2010-\u2027]*+").fullmatch
_is_common: Final = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027]*+").fullmatch
# With the end of the line, for it decides about a colon before it.
_is_value_line: Final = late(rf"(?:{VALUE})\n")
_has_control: Final = re.compile(f"[{CONTROL}]").search


class UnusualError(Exception):
    """A value that has to be read with care."""


def text_of(quoted: str | None, token: str | None, limit: int, clean: Callable[[str, int], str]) -> str:
    """The text that the groups of a `TEXT` stand for, made fit to be shown by `clean`; empty without any.

    Raises UnusualError.
    """
    if quoted is not None and len(quoted) <= limit and _is_simple(quoted):
        return quoted.strip()
    if quoted is not None and "\\" in quoted:
        quoted, token = None, f'"{quoted}"'
    if quoted is None:
        if token is None:
            return ""
        value = scalar(token) if _is_value_line().fullmatch(f"{token}\n") else None
        if not isinstance(value, str) or len(value) > limit or not is_plain_text(token):
            raise UnusualError
        return clean(plain_text(value), limit)
    if len(quoted) > limit:
        raise UnusualError
    if _is_common(quoted):
        return clean(plain_text(quoted), limit) if "&" in quoted or "<" in quoted else quoted.strip()
    if _has_control(quoted) or not is_plain_text(quoted):
        raise UnusualError
    return clean(plain_text(quoted), limit)


def link_of(quoted: str | None, bare: str | None) -> str:
    """The link that the groups of a `LINK` stand for; empty without any.

    Raises UnusualError, or UrlRefusedError where the link may not be opened.
    """
    written = quoted or bare
    if not written:
        return ""
    link = check_url(written)
    if link != written and not _is_verbatim(written):
        raise UnusualError
    return link


def moment_of(written: str | None) -> Moment | None:
    """The moment that a `MOMENT` stands for; None without one. Raises UnusualError for one not to be believed."""
    if not written:
        return None
    moment = parse_usual_moment(written)
    if moment is None:
        raise UnusualError
    return moment


def word_of(written: str | None) -> str:
    """The word of a `WORD`; empty without one. Raises UnusualError for one that stands for nothing."""
    if written in NULLS:
        raise UnusualError
    return written or ""


def score_of(written: str | None) -> int | None:
    """The score that a `NUMBER` stands for; None without one."""
    number = int(written) if written else NOT_SCORED
    return None if number == NOT_SCORED else number


def images_of(
    quoted: str | None, bare: str | None, width: str | None, height: str | None, cached: str | None, title: str = ""
) -> tuple[ImageRef, ...]:
    """The image with this title and the address in the groups of a `LINK`; none without one. Raises UnusualError."""
    written = quoted or bare
    if not written:
        return ()
    address = written.strip()
    if not address or len(written) > URL_LIMIT or not _is_verbatim(written):
        raise UnusualError
    return (ImageRef(address, int(width or 0), int(height or 0), title, cached=cached == TRUE),)


def _is_verbatim(written: str) -> bool:
    """Whether what stands in quotes is what it says, and nothing in it has to be cleaned away."""
    return written.isascii() and written.isprintable() and "\\" not in written
