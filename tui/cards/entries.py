"""Reads entries of `related` that are written as most are, with one regular expression for the whole entry.

That takes a sixth of the time that a tree and its fields take. All other entries go that way.
"""

import re
from typing import Final

from tui.cards.blocks import BlockReader
from tui.cards.coerce import Fields
from tui.cards.plain import MIN_BYTES_A_LINE, VALUE, is_plain_text, plain_entry, scalar
from tui.cards.problems import Warnings
from tui.cards.story import read_coverage
from tui.cards.times import parse_moment
from tui.errors import UrlRefusedError
from tui.model import Coverage, Outlet
from tui.text.sanitize import EXCERPT_LIMIT, NAME_LIMIT, TITLE_LIMIT, clean_block, clean_line, decode_entities
from tui.text.urls import check_url

_FIRST_WORDS: Final = "  - title: "
_NUMBER: Final = r"-?[0-9]{1,9}"
_BLOCK: Final = r"((?: {6}[^\n]++\n)++)"

# The usual keys in their usual order; the first one is cut off.
_USUAL: Final = re.compile(
    rf"({VALUE})\n"
    rf"(?:    excerpt: ({VALUE})\n)?+"
    r"(?:    publishedDateTime: ([0-9:TZ-]{20})\n)?+"
    rf"(?:    webUrl: ({VALUE})\n)?+"
    rf"(?:    ampWebUrl: ({VALUE})\n)?+"
    rf"(?:    cdnAmpWebUrl: ({VALUE})\n)?+"
    rf"(?:    type: ({VALUE})\n)?+"
    rf"(?:    provider:\n{_BLOCK})?+"
    rf"(?:    quality: ({_NUMBER})\n)?+"
    rf"(?:    heat: ({_NUMBER})\n)?+"
    rf"(?:    images:\n{_BLOCK})?+"
)


class _UnusualError(Exception):
    """An entry that only the fields of its tree can tell."""


def read_entry(text: str, blocks: BlockReader) -> Coverage | None:
    """The entry whose lines follow `  - title: `; None if it is refused or gives a warning."""
    size = len(_FIRST_WORDS) + len(text)
    if text.count("\n") > size // MIN_BYTES_A_LINE or not is_plain_text(text):
        return None
    try:
        return _usual(text, blocks) or _any(text)
    except (_UnusualError, UrlRefusedError):
        return _any(text)


def _any(text: str) -> Coverage | None:
    entry = plain_entry(_FIRST_WORDS + text)
    if entry is None:
        return None
    fields = Fields(entry, Warnings(""))
    coverage = read_coverage(fields)
    return None if fields.warned else coverage


def _usual(text: str, blocks: BlockReader) -> Coverage | None:
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    title, excerpt, time, url, amp, cdn_amp, kind, provider, quality, heat, images = match.groups()
    headline = clean_line(_text(title, TITLE_LIMIT))
    moment = parse_moment(time) if time else None
    outlet = blocks.outlet(provider) if provider else Outlet()
    pictures = blocks.images(images) if images else ()
    if not headline or (time and moment is None) or outlet is None or pictures is None:
        return None
    return Coverage(
        title=headline,
        url=_url(url) if url else "",
        outlet=outlet,
        published_at=moment.at if moment else None,
        time_known=moment.time_known if moment else False,
        excerpt=clean_block(_text(excerpt, EXCERPT_LIMIT), EXCERPT_LIMIT) if excerpt else "",
        kind=clean_line(_text(kind, NAME_LIMIT), NAME_LIMIT) if kind else "",
        quality=_score(quality) if quality else None,
        heat=_score(heat) if heat else None,
        amp_url=_url(amp) if amp else "",
        cdn_amp_url=_url(cdn_amp) if cdn_amp else "",
        images=pictures,
    )


def _text(token: str, limit: int) -> str:
    value = scalar(token)
    if not isinstance(value, str) or len(value) > limit:
        raise _UnusualError
    return decode_entities(value)


def _url(token: str) -> str:
    value = scalar(token)
    if not isinstance(value, str) or not value:
        raise _UnusualError
    return check_url(value)


def _score(token: str) -> int | None:
    return None if int(token) == -1 else int(token)
