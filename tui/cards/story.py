"""Builds the model's stories and coverage from the fields of a card."""

import os
import re
from typing import Final, NamedTuple

from tui.cards.coerce import Fields
from tui.cards.details import read_actions, read_details, read_images, read_outlet
from tui.cards.times import Moment, moment_in_name
from tui.model import Coverage, ImageRef, Outlet, Story
from tui.text.sanitize import NAME_LIMIT, TOPIC_LIMIT, clean_line

MAX_TOPICS: Final = 64
MAX_RELATED: Final = 1000
UNTITLED: Final = "(untitled)"

_TIME_KEYS: Final = ("publishedDateTime", "startDateTime", "updatedDateTime")
_URL_KEYS: Final = ("webUrl", "originalUrl", "website")
_EXCERPT_KEYS: Final = ("excerpt", "description", "bio")
_DATE_IN_NAME: Final = re.compile(r"\d{4}-\d\d-\d\d-?")


class Known(NamedTuple):
    """Parts of a story that were read before its other fields; None where they were not."""

    outlet: Outlet | None = None
    topics: tuple[str, ...] | None = None
    images: tuple[ImageRef, ...] | None = None
    related: tuple[Coverage, ...] | None = None


_NOTHING_KNOWN: Final = Known()


def read_story(fields: Fields, id: str, body_bytes: int, known: Known = _NOTHING_KNOWN) -> Story:
    """The story of a card with this id; what is known already is not looked for in the fields."""
    moment = _first_moment(fields, id)
    return Story(
        id=id,
        title=_title(fields, id),
        url=_link(fields),
        outlet=read_outlet(fields, "provider") if known.outlet is None else known.outlet,
        published_at=moment.at if moment else None,
        time_known=moment.time_known if moment else False,
        excerpt=_excerpt(fields),
        kind=fields.text("type", NAME_LIMIT),
        topics=read_topics(fields) if known.topics is None else known.topics,
        quality=fields.score("quality"),
        heat=fields.score("heat"),
        published=fields.flag("published", default=True),
        removed=fields.flag("removed", default=False),
        related=read_related(fields) if known.related is None else known.related,
        details=read_details(fields, id, known.images),
        body_bytes=body_bytes,
    )


def read_topics(fields: Fields) -> tuple[str, ...]:
    """The different topics of a card, in their order."""
    return fields.texts("topics", MAX_TOPICS, TOPIC_LIMIT)


def read_related(fields: Fields) -> tuple[Coverage, ...]:
    """The entries of `related` in their order; without title and link they are left out with a warning."""
    entries = (read_coverage(entry) for entry in fields.mappings("related", MAX_RELATED, "title"))
    return tuple(entry for entry in entries if entry is not None)


def read_coverage(entry: Fields) -> Coverage | None:
    """One entry of `related`; None, with a warning, if it has neither title nor link."""
    url = _link(entry)
    title = entry.text("title") or entry.text("name") or clean_line(url)
    if not title:
        entry.warn("title", "empty-entry", "This entry has neither title nor link; it is left out.")
        return None
    moment = entry.moment("publishedDateTime")
    return Coverage(
        title=title,
        url=url,
        outlet=read_outlet(entry, "provider"),
        published_at=moment.at if moment else None,
        time_known=moment.time_known if moment else False,
        excerpt=entry.block("excerpt"),
        kind=entry.text("type", NAME_LIMIT),
        quality=entry.score("quality"),
        heat=entry.score("heat"),
        amp_url=entry.url("ampWebUrl"),
        cdn_amp_url=entry.url("cdnAmpWebUrl"),
        images=read_images(entry, "images"),
    )


def _title(fields: Fields, id: str) -> str:
    title = fields.text("title") or fields.text("name")
    if title:
        return title
    fields.warn("title", "missing-title", "There is no title; the file name stands in for it.")
    stem = os.path.splitext(os.path.basename(id))[0]
    words = _DATE_IN_NAME.sub("", stem, count=1) or stem
    return clean_line(words.replace("-", " ").replace("_", " ")) or UNTITLED


def _link(fields: Fields) -> str:
    for key in _URL_KEYS:
        if url := fields.url(key):
            return url
    actions = read_actions(fields) if "actions" in fields else ()
    return next((action.url for action in actions if action.url), "")


def _excerpt(fields: Fields) -> str:
    for key in _EXCERPT_KEYS:
        if excerpt := fields.block(key):
            return excerpt
    return ""


def _first_moment(fields: Fields, id: str) -> Moment | None:
    for key in _TIME_KEYS:
        if moment := fields.moment(key):
            return moment
    return moment_in_name(os.path.basename(id))
