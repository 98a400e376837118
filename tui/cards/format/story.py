"""Builds the model's stories and coverage from the fields of a card."""

import posixpath
import re
from typing import Final, NamedTuple

from msgspec import structs

from tui.cards.format.fields import Fields, Node, flatten
from tui.cards.format.names import moment_in_path, title_in_path
from tui.cards.format.times import Moment
from tui.model import Action, Coverage, Details, ImageRef, Outlet, Profile, Story
from tui.text.patterns import late
from tui.text.sanitize import NAME_LIMIT, PATH_LIMIT, TOPIC_LIMIT, clean_line, clean_path, decode_entities

MAX_IMAGES: Final = 64
MAX_NAMES: Final = 64
MAX_ACTIONS: Final = 64
MAX_ITEMS: Final = 1000
_MAX_SEALED_PARTS: Final = 1000

_RARE_KEYS: Final = frozenset(
    (
        *("otherNames", "locale", "updatedDateTime", "startDateTime", "endDateTime", "website", "actions", "items"),
        *("price", "length", "levels", "ratings", "members", "location", "affiliation", "twitter", "linkedin"),
        "featuredContent",
    )
)
DETAIL_KEYS: Final = _RARE_KEYS | {"category", "originalUrl", "ampWebUrl", "cdnAmpWebUrl", "images", "secured"}
"""Keys of which each has a place in `Details`."""

_FRAME_SOURCE: Final = late(r"<iframe\b[^<>]*?\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_WEB_ADDRESS: Final = late(r"\s*https?:", re.IGNORECASE)
_NO_OUTLET: Final = Outlet()
_NO_DETAILS: Final = Details()


def read_details(fields: Fields, id: str, images: tuple[ImageRef, ...] | None = None) -> Details:
    """What the card with this id has beyond what every card has. `images` are its own, where known already."""
    if not fields.has_any(DETAIL_KEYS):
        return _NO_DETAILS
    common = Details(
        category=fields.text("category", NAME_LIMIT),
        original_url=fields.url("originalUrl"),
        amp_url=fields.url("ampWebUrl"),
        cdn_amp_url=fields.url("cdnAmpWebUrl"),
        images=read_images(fields, "images") if images is None else images,
        sealed_bytes=sealed_bytes(fields.raw("secured")),
    )
    return _with_rare(common, fields, id) if fields.has_any(_RARE_KEYS) else common


def _with_rare(common: Details, fields: Fields, id: str) -> Details:
    updated, starts, ends = (fields.moment(key) for key in ("updatedDateTime", "startDateTime", "endDateTime"))
    ratings = fields.mapping("ratings")
    return structs.replace(
        common,
        other_names=fields.texts("otherNames", MAX_NAMES),
        locale=fields.text("locale", NAME_LIMIT),
        updated_at=updated.at if updated else None,
        starts_at=starts.at if starts else None,
        ends_at=ends.at if ends else None,
        website=fields.url("website"),
        actions=read_actions(fields),
        items=_items(fields, id),
        price=fields.text("price", NAME_LIMIT),
        length_minutes=fields.minutes("length"),
        levels=read_levels(fields),
        rating=ratings.decimal("average") if ratings else None,
        rating_count=ratings.whole("count") if ratings else None,
        members=fields.whole("members"),
        location=fields.text("location", NAME_LIMIT),
        affiliation=read_outlet(fields, "affiliation") if "affiliation" in fields else None,
        twitter=_profile(fields, "twitter"),
        linkedin=_profile(fields, "linkedin"),
        embed_url=read_embedded(fields),
    )


def read_outlet(fields: Fields, key: str) -> Outlet:
    """The outlet under a key; a plain text in its place is its name."""
    outlet = fields.mapping(key)
    return _NO_OUTLET if outlet is None else outlet_of(outlet)


def outlet_of(fields: Fields) -> Outlet:
    """The outlet that a mapping describes."""
    return Outlet(
        name=fields.outlet_name("name"),
        domain=fields.host("domain"),
        images=read_images(fields, "images"),
        authors=_authors(fields),
    )


def read_images(fields: Fields, key: str) -> tuple[ImageRef, ...]:
    """The images under a key that name an address; plain texts in their place are addresses."""
    if key not in fields:
        return ()
    return tuple(
        ImageRef(
            url=address,
            width=max(0, image.whole("width") or 0),
            height=max(0, image.whole("height") or 0),
            title=image.text("title"),
            attribution=image.text("attribution", NAME_LIMIT),
            cached=image.flag("isCached", default=False),
        )
        for image in fields.mappings(key, MAX_IMAGES, "url")
        if (address := image.address("url"))
    )


def read_actions(fields: Fields) -> tuple[Action, ...]:
    """The actions of a card in their order."""
    return tuple(
        Action(
            url=action.url("url"),
            kind=action.text("type", NAME_LIMIT),
            title=action.text("title"),
            attribution=action.text("attribution", NAME_LIMIT),
        )
        for action in fields.mappings("actions", MAX_ACTIONS, "url")
    )


def read_levels(fields: Fields) -> tuple[str, ...]:
    """For whom a card is, as it says."""
    return fields.texts("levels", MAX_NAMES)


def _authors(outlet: Fields) -> tuple[str, ...]:
    if "authors" not in outlet:
        return ()
    names = (author.text("name", NAME_LIMIT) for author in outlet.mappings("authors", MAX_NAMES, "name"))
    return tuple(dict.fromkeys(name for name in names if name))


def _profile(fields: Fields, key: str) -> Profile | None:
    if key not in fields:
        return None
    profile = fields.mapping(key)
    if profile is None:
        return None
    name = profile.text("username", NAME_LIMIT) or profile.text("name", NAME_LIMIT)
    return Profile(name=name, url=profile.url("url"), followers=profile.whole("followers"))


def _items(fields: Fields, id: str) -> tuple[str, ...]:
    """Ids of the cards a collection lists: its entries are relative to the folder above its own."""
    above = posixpath.dirname(posixpath.dirname(id))
    items: list[str] = []
    for item in fields.texts("items", MAX_ITEMS, PATH_LIMIT):
        path = posixpath.normpath(posixpath.join(above, item.lstrip("/")))
        if path.startswith(".."):
            fields.warn("items", "outside", f"“{item}” lies outside the opened folder; it is left out.")
        else:
            items.append(clean_path(path))
    return tuple(items)


def read_embedded(fields: Fields) -> str:
    """The address of the frame in `featuredContent`, or the address that stands there itself."""
    value = fields.raw("featuredContent")
    if not isinstance(value, str):
        return ""
    match = _FRAME_SOURCE().search(value)
    if match:
        return fields.link("featuredContent", decode_entities(match[1] or match[2] or ""))
    return fields.link("featuredContent", value) if _WEB_ADDRESS().match(value) else ""


def sealed_bytes(node: Node) -> int:
    """The size of the opaque `secured` value; of its content nothing is kept."""
    if node is None or isinstance(node, str):
        return len((node or "").encode("utf-8", "replace"))
    parts = (part for _, part in flatten({"": node}, _MAX_SEALED_PARTS))
    return sum(len(part.encode("utf-8", "replace")) for part in parts if isinstance(part, str))


MAX_TOPICS: Final = 64
MAX_RELATED: Final = 1000

_TIME_KEYS: Final = ("publishedDateTime", "startDateTime", "updatedDateTime")
_URL_KEYS: Final = ("webUrl", "originalUrl", "website")
_EXCERPT_KEYS: Final = ("excerpt", "description", "bio")


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
    return fields.names("topics", MAX_TOPICS, TOPIC_LIMIT)


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
    return title_in_path(id)


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
    return moment_in_path(id)
