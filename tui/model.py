"""What a card says, as frozen values without behaviour.

Every text in here has already been through `tui.text.sanitize`: it holds no control characters, no bidirectional
overrides and no invisible characters, and is cut to its limit. URLs are *texts*: only `tui.text.urls` decides
whether one may be opened. All times are aware and in UTC. Encoded they are lists without keys, which is half the work;
only `Details`, of which nearly everything is missing mostly, has keys. No value can hold itself, so the search for
garbage need not look at any (`gc=False`).
"""

from datetime import datetime

import msgspec


class ImageRef(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An image a card names; it is never fetched. Sizes are in pixels, 0 where unknown."""

    url: str
    width: int = 0
    height: int = 0
    title: str = ""
    attribution: str = ""
    cached: bool = False


class Outlet(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Who published something: `provider` in the front matter. Empty texts where unknown."""

    name: str = ""
    domain: str = ""
    images: tuple[ImageRef, ...] = ()
    authors: tuple[str, ...] = ()


class Action(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Something a card offers to fetch, such as the download of a sample."""

    url: str
    kind: str = ""
    title: str = ""
    attribution: str = ""


class Coverage(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One entry of `related`: another outlet's, or an older, piece.

    `time_known` is false where the card gives a date only, or midnight UTC, which stands for "time unknown".
    `quality` and `heat` are None where absent or -1.
    """

    title: str
    url: str = ""
    outlet: Outlet = Outlet()
    published_at: datetime | None = None
    time_known: bool = False
    excerpt: str = ""
    kind: str = ""
    quality: int | None = None
    heat: int | None = None
    amp_url: str = ""
    cdn_amp_url: str = ""
    images: tuple[ImageRef, ...] = ()


class Profile(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An account of a person on another site."""

    name: str = ""
    url: str = ""
    followers: int | None = None


class Details(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What only some kinds of cards carry; a plain news card has none of it but images and the sealed size.

    `length_minutes` comes from an ISO 8601 duration. `items` are the ids, without suffix and relative to the opened
    folder, of the cards a collection lists. `embed_url` is the source of the frame in `featuredContent`.
    `sealed_bytes` is the size of the opaque `secured` value, whose content is never kept.
    """

    category: str = ""
    other_names: tuple[str, ...] = ()
    locale: str = ""
    updated_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    original_url: str = ""
    website: str = ""
    amp_url: str = ""
    cdn_amp_url: str = ""
    actions: tuple[Action, ...] = ()
    items: tuple[str, ...] = ()
    price: str = ""
    length_minutes: int | None = None
    levels: tuple[str, ...] = ()
    rating: float | None = None
    rating_count: int | None = None
    members: int | None = None
    location: str = ""
    affiliation: Outlet | None = None
    twitter: Profile | None = None
    linkedin: Profile | None = None
    embed_url: str = ""
    images: tuple[ImageRef, ...] = ()
    sealed_bytes: int = 0


class Story(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a card says.

    `id` is the path of the card relative to the folder that was opened, with `/` and suffix, and shown form of it
    (undecodable bytes replaced). `url` is the link to open: webUrl, else originalUrl, else website, else the first
    action; empty if there is none. `quality` and `heat` are None where absent or -1 (not scored). `published` is the
    card's own flag, true where absent. `related` keeps the order of the file. `body_bytes` is the size of what
    follows the front matter; the body itself stays in the file.
    """

    id: str
    title: str
    url: str = ""
    outlet: Outlet = Outlet()
    published_at: datetime | None = None
    time_known: bool = False
    excerpt: str = ""
    kind: str = ""
    topics: tuple[str, ...] = ()
    quality: int | None = None
    heat: int | None = None
    published: bool = True
    removed: bool = False
    related: tuple[Coverage, ...] = ()
    details: Details = Details()
    body_bytes: int = 0


class Card(msgspec.Struct, frozen=True):
    """A whole card file: its story, its body and every key as written, for the inspector.

    `body` is cleaned source text of the `body_format` "markdown" or "html", at most 256 KiB. `fields` are (key, value)
    rows in file order with nested keys joined by dots (`provider.name`, `related[0].title`); `secured` appears
    as its size only.

    `tool` is what usually writes such cards. `origins` are rows of a meaning (link, time, outlet) and what gave it: a
    key, the body, the file name. `unread` are the keys that hold something and gave nothing. `links` belong to the
    story beside its coverage, such as where it is discussed.
    """

    story: Story
    body: str = ""
    body_format: str = "markdown"
    fields: tuple[tuple[str, str], ...] = ()
    tool: str = ""
    origins: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class Topic(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A topic as `_data/topics` names it; `parent` is the name of the broader topic, or empty."""

    name: str
    parent: str = ""


class Problem(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Something wrong with a file of the content folder.

    `severity` is "error" where the file gives no story and "warning" where a story came out all the same. `line` and
    `column` count from 1 and are 0 where they do not apply. `rule` is a short stable name such as `yaml-syntax`;
    `message` says what is wrong and what to do.
    """

    file: str
    rule: str
    message: str
    severity: str = "error"
    line: int = 0
    column: int = 0
    field: str = ""
