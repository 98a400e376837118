"""Reads heads that are written as most are, with one regular expression for all their keys.

That takes a third of the time that cutting a head into its keys and looking for each field takes. All other heads go
that way. What stands in `related` is read by itself.
"""

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from tui.cards.fast.parts import PartReader
from tui.cards.fast.sections import without_comments
from tui.cards.fast.usual import (
    FALSE,
    LINK,
    MOMENT,
    NUMBER,
    SEALED,
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
from tui.cards.fast.yaml import QUOTED, plain_mapping, scalar
from tui.cards.format.fields import Fields, Node
from tui.cards.format.names import moment_in_path
from tui.cards.format.problems import Warnings
from tui.cards.format.story import read_actions, read_embedded, read_levels
from tui.cards.format.times import parse_minutes
from tui.errors import UrlRefusedError
from tui.model import Action, Coverage, Details, Outlet, Story
from tui.text.patterns import compiled
from tui.text.sanitize import EXCERPT_LIMIT, TITLE_LIMIT, clean_block, clean_line

_T = TypeVar("_T")

_LINES: Final = r"\n((?: {2}[^\n]++\n)++)\n*+"
# The keys in the order in which nearly all cards have them; videos and courses have their time further down.
_USUAL: Final = compiled(
    rf"(?:category: {WORD})?+"
    rf"title: {TEXT}"
    rf"(?:excerpt: {TEXT})?+"
    rf"(?:publishedDateTime: {MOMENT})?+"
    rf"(?:originalUrl: {LINK})?+"
    rf"(?:webUrl: {LINK})?+"
    rf"(?:ampWebUrl: {LINK})?+"
    rf"(?:cdnAmpWebUrl: {LINK})?+"
    rf"(?:type: {WORD})?+"
    rf"(?:price: {WORD})?+"
    r"(?:length: (P[0-9A-Z]{1,20}+)\n)?+"
    rf"(?:publishedDateTime: {MOMENT})?+"
    r"(?:ratings:\n  count: ([0-9]{1,9})\n  average: ([0-9]{1,9}(?:\.[0-9]{1,18})?+)\n)?+"
    rf"(?:quality: {NUMBER})?+"
    rf"(?:heat: {NUMBER})?+"
    rf"(?:published: {SWITCH})?+\n*+"
    rf"(?:actions:{_LINES})?+"
    rf"(?:featuredContent: ({QUOTED})\n\n*+)?+"
    rf"(?:provider:{_LINES})?+"
    rf"(?:levels:{_LINES})?+"
    rf"(?:topics:{_LINES})?+"
    rf"(?:images:\n  - url: {LINK}(?:    width: {SIZE})?+(?:    height: {SIZE})?+(?:    isCached: {SWITCH})?+"
    rf"(?:    title: {TEXT})?+\n*+)?+"
    rf"(?:secured: {SEALED})?+\n*+"
)
_NO_OUTLET: Final = Outlet()


def read_head(keys: str, id: str, body_bytes: int, related: tuple[Coverage, ...], blocks: PartReader) -> Story | None:
    """The story of the card with this id, from the lines of its head without `related`, a text that `is_plain_text`.

    None for a head that is not as most are, or that something has to be warned about.
    """
    match = _USUAL.fullmatch(keys)
    try:
        return None if match is None else _story(match, id, body_bytes, related, blocks)
    except (UnusualError, UrlRefusedError):
        return None


def _story(match: re.Match[str], id: str, body_bytes: int, related: tuple[Coverage, ...], blocks: PartReader) -> Story:
    said = match.groups()
    _, title, title_token, excerpt, excerpt_token, time, original, bare_original, web, bare_web = said[:10]
    kind, _, _, later_time, _, _, quality, heat, published, actions, _, provider, _, topics = said[14:28]
    headline = text_of(title, title_token, TITLE_LIMIT, clean_line)
    if not headline or (time and later_time):
        raise UnusualError
    original_url = link_of(original, bare_original)
    url = original_url if web and web == original else link_of(web, bare_web) or original_url
    moment = moment_of(time or later_time) or moment_in_path(id)
    found_actions = _actions(actions) if actions else ()
    return Story(
        id,
        headline,
        url or next((action.url for action in found_actions if action.url), ""),
        _known(blocks.outlet(without_comments(provider))) if provider else _NO_OUTLET,
        moment.at if moment else None,
        moment.time_known if moment else False,
        text_of(excerpt, excerpt_token, EXCERPT_LIMIT, clean_block),
        word_of(kind),
        _known(blocks.topics(without_comments(topics))) if topics else (),
        score_of(quality),
        score_of(heat),
        published != FALSE,
        False,
        related,
        _details(said, original_url, found_actions, blocks),
        body_bytes,
    )


def _details(
    said: tuple[str | Any, ...], original_url: str, actions: tuple[Action, ...], blocks: PartReader
) -> Details:
    """The rest of what the groups of `_USUAL` have."""
    amp, bare_amp, cdn_amp, bare_cdn_amp, _, price, length, _, rating_count, rating = said[10:20]
    featured, _, levels, _, image, bare_image, width, height, cached, title, title_token, secured = said[24:]
    image_title = text_of(title, title_token, TITLE_LIMIT, clean_line)
    return Details(
        category=word_of(said[0]),
        original_url=original_url,
        amp_url=link_of(amp, bare_amp),
        cdn_amp_url=link_of(cdn_amp, bare_cdn_amp),
        images=images_of(image, bare_image, width, height, cached, image_title),
        sealed_bytes=len(secured or ""),
        price=word_of(price),
        length_minutes=_known(parse_minutes(length)) if length else None,
        levels=_levels(levels, blocks) if levels else (),
        rating=float(rating) if rating else None,
        rating_count=int(rating_count) if rating_count else None,
        actions=actions,
        embed_url=_embedded(featured) if featured else "",
    )


def _known(found: _T | None) -> _T:
    """What was read, or UnusualError where it could not be."""
    if found is None:
        raise UnusualError
    return found


def _read(key: str, node: Node, read: Callable[[Fields], _T]) -> _T:
    """What `read` makes of a key alone. Raises UnusualError where it has to warn about it."""
    fields = Fields({key: node}, Warnings(""))
    value = read(fields)
    if fields.warned:
        raise UnusualError
    return value


def _actions(block: str) -> tuple[Action, ...]:
    tree = _known(plain_mapping(f"actions:\n{without_comments(block)}"))
    return _read("actions", tree.get("actions"), read_actions)


def _levels(block: str, blocks: PartReader) -> tuple[str, ...]:
    return _read("levels", _known(blocks.values(without_comments(block))), read_levels)


def _embedded(featured: str) -> str:
    return _read("featuredContent", scalar(featured), read_embedded)
