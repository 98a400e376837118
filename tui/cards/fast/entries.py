"""Reads entries of `related` that are written as most are, with one regular expression for the whole entry.

That takes a sixth of the time that a tree and its fields take. All other entries go that way.
"""

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import Final

from tui.cards.fast.parts import PartReader
from tui.cards.fast.yaml import MIN_BYTES_A_LINE, VALUE, is_plain_text, plain_entry, scalar
from tui.cards.format.fields import NOT_SCORED, NULLS, Fields
from tui.cards.format.problems import Warnings
from tui.cards.format.story import read_coverage
from tui.cards.format.times import parse_usual_moment
from tui.errors import UrlRefusedError
from tui.model import Coverage, ImageRef, Outlet
from tui.text.markup import plain_text
from tui.text.sanitize import (
    EXCERPT_LIMIT,
    TITLE_LIMIT,
    URL_LIMIT,
    clean_block,
    clean_line,
    is_ordinary,
)
from tui.text.urls import check_url

_FIRST_WORDS: Final = "  - title: "
_NUMBER: Final = r"(-?[0-9]{1,9})"
# Quoted text that stands for itself if it is ordinary, and other values.
_TEXT: Final = rf"(?:\"([^\x00-\x1f\x7f\"\\&<]*+)\"|({VALUE}))"
# A link, in ASCII and with nothing in it that YAML could take for its own.
_LINK: Final = r"(\"[ !#-\[\]-~]*+\"|(?:https?:/)?/[!-9;-~]*+)"

# The usual keys in their usual order, the first one cut off, with one image at most.
_USUAL: Final = re.compile(
    rf"{_TEXT}\n"
    rf"(?:    excerpt: {_TEXT}\n)?+"
    r"(?:    publishedDateTime: ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n)?+"
    rf"(?:    webUrl: {_LINK}\n)?+"
    rf"(?:    ampWebUrl: {_LINK}\n)?+"
    rf"(?:    cdnAmpWebUrl: {_LINK}\n)?+"
    r"(?:    type: ([A-Za-z]{1,50}+)\n)?+"
    r"(?:    provider:\n((?: {6}[^\n]++\n){1,10}+))?+"
    rf"(?:    quality: {_NUMBER}\n)?+"
    rf"(?:    heat: {_NUMBER}\n)?+"
    rf"(?:    images:\n {{6}}- url: {_LINK}\n"
    r"(?: {8}width: ([0-9]{1,9})\n)?+(?: {8}height: ([0-9]{1,9})\n)?+(?: {8}isCached: (true|false)\n)?+)?+"
)
# An entry of more characters cannot have too many lines: 15 of its own, and 10 of its provider.
_LONG: Final = 25 * MIN_BYTES_A_LINE
_NO_OUTLET: Final = Outlet()


class _UnusualError(Exception):
    """An entry that only the fields of its tree can decide."""


def read_entry(text: str, blocks: PartReader, zone: tzinfo = UTC) -> Coverage | None:
    """The entry whose lines follow `  - title: `; None if it is refused or gives a warning.

    Times without a zone are local to `zone`.
    """
    match = _USUAL.fullmatch(text)
    if match is not None:
        try:
            return _usual(match, blocks)
        except (_UnusualError, UrlRefusedError):
            pass
    return _any(text, zone)


def _any(text: str, zone: tzinfo) -> Coverage | None:
    entry = plain_entry(_FIRST_WORDS + text)
    if entry is None:
        return None
    fields = Fields(entry, Warnings(""), zone=zone)
    coverage = read_coverage(fields)
    return None if fields.warned else coverage


def _usual(match: re.Match[str], blocks: PartReader) -> Coverage:
    title, title_token, excerpt, excerpt_token, time, url, amp, cdn_amp, kind, provider, quality, heat, *image = (
        match.groups()
    )
    headline = _text(title, title_token, TITLE_LIMIT, clean_line)
    moment = parse_usual_moment(time) if time else None
    outlet = blocks.outlet(provider) if provider else _NO_OUTLET
    if match.end() < _LONG and match.string.count("\n") > match.end() // MIN_BYTES_A_LINE:
        raise _UnusualError
    if not headline or outlet is None or kind in NULLS or (time and moment is None):
        raise _UnusualError
    return Coverage(
        title=headline,
        url=_url(url) if url else "",
        outlet=outlet,
        published_at=moment.at if moment else None,
        time_known=moment.time_known if moment else False,
        excerpt=_text(excerpt, excerpt_token, EXCERPT_LIMIT, clean_block) if excerpt or excerpt_token else "",
        kind=kind or "",
        quality=_score(quality) if quality else None,
        heat=_score(heat) if heat else None,
        amp_url=_url(amp) if amp else "",
        cdn_amp_url=_url(cdn_amp) if cdn_amp else "",
        images=(_image(*image),) if image[0] else (),
    )


def _text(quoted: str | None, token: str, limit: int, clean: Callable[[str, int], str]) -> str:
    if quoted and len(quoted) <= limit and is_ordinary(quoted):
        return quoted.strip()
    value = scalar(token) if quoted is None else quoted
    if not isinstance(value, str) or len(value) > limit or not is_plain_text(token or value):
        raise _UnusualError
    return clean(plain_text(value), limit)


def _url(link: str) -> str:
    return check_url(link[1:-1] if link[0] == '"' else link)


def _score(token: str) -> int | None:
    number = int(token)
    return None if number == NOT_SCORED else number


def _image(link: str, width: str | None, height: str | None, cached: str | None) -> ImageRef:
    written = link[1:-1] if link[0] == '"' else link
    address = written.strip()
    if not address or len(written) > URL_LIMIT:
        raise _UnusualError
    return ImageRef(address, int(width or 0), int(height or 0), cached=cached == "true")
