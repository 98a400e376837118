"""Reads entries of `related` that are written as most are, with one regular expression for the whole entry.

That takes a sixth of the time that a tree and its fields take. All other entries go that way.
"""

import re
from datetime import UTC, tzinfo
from typing import Final

from tui.cards.fast.parts import PartReader
from tui.cards.fast.usual import (
    LINK,
    MOMENT,
    NUMBER,
    SIZE,
    SWITCH,
    TEXT,
    WORD,
    UnusualError,
    images_of,
    link_of,
    moment_of,
    score_of,
    text_of,
    word_of,
)
from tui.cards.fast.yaml import MIN_BYTES_A_LINE, plain_entry
from tui.cards.format.fields import Fields
from tui.cards.format.problems import Warnings
from tui.cards.format.story import read_coverage
from tui.errors import UrlRefusedError
from tui.model import Coverage, Outlet
from tui.text.patterns import compiled
from tui.text.sanitize import EXCERPT_LIMIT, TITLE_LIMIT, clean_block, clean_line

_FIRST_WORDS: Final = "  - title: "
# The usual keys in their usual order, the first one cut off, with one image at most.
_USUAL: Final = compiled(
    rf"{TEXT}"
    rf"(?:    excerpt: {TEXT})?+"
    rf"(?:    publishedDateTime: {MOMENT})?+"
    rf"(?:    webUrl: {LINK})?+"
    rf"(?:    ampWebUrl: {LINK})?+"
    rf"(?:    cdnAmpWebUrl: {LINK})?+"
    rf"(?:    type: {WORD})?+"
    r"(?:    provider:\n((?: {6}[^\n]++\n){1,10}+))?+"
    rf"(?:    quality: {NUMBER})?+"
    rf"(?:    heat: {NUMBER})?+"
    rf"(?:    images:\n {{6}}- url: {LINK}"
    rf"(?: {{8}}width: {SIZE})?+(?: {{8}}height: {SIZE})?+(?: {{8}}isCached: {SWITCH})?+)?+"
)
# An entry of more characters cannot have too many lines: 15 of its own, and 10 of its provider.
_LONG: Final = 25 * MIN_BYTES_A_LINE
_NO_OUTLET: Final = Outlet()


def read_entry(text: str, blocks: PartReader, zone: tzinfo = UTC) -> Coverage | None:
    """The entry whose lines follow `  - title: `; None if it is refused or gives a warning.

    Times without a zone are local to `zone`.
    """
    match = _USUAL.fullmatch(text)
    if match is not None:
        try:
            return _usual(match, blocks)
        except (UnusualError, UrlRefusedError):
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
    (
        title, title_token, excerpt, excerpt_token, time, url, bare_url, amp, bare_amp, cdn_amp, bare_cdn_amp, kind,
        provider, quality, heat, *image,
    ) = match.groups()  # fmt: skip
    if match.end() < _LONG and match.string.count("\n") > match.end() // MIN_BYTES_A_LINE:
        raise UnusualError
    headline = text_of(title, title_token, TITLE_LIMIT, clean_line)
    outlet = blocks.outlet(provider) if provider else _NO_OUTLET
    if not headline or outlet is None:
        raise UnusualError
    moment = moment_of(time)
    return Coverage(
        headline,
        link_of(url, bare_url),
        outlet,
        moment.at if moment else None,
        moment.time_known if moment else False,
        text_of(excerpt, excerpt_token, EXCERPT_LIMIT, clean_block),
        word_of(kind),
        score_of(quality),
        score_of(heat),
        link_of(amp, bare_amp) if amp or bare_amp else "",
        link_of(cdn_amp, bare_cdn_amp) if cdn_amp or bare_cdn_amp else "",
        images_of(*image),
    )
