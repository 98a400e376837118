"""The one table of what tools write: a row a meaning with its keys in order, and the tools by the keys they leave.

Keys are compared without case, hyphens and underscores: `bookmark-of`, `bookmark_of` and `bookmarkOf` are one. A key
only proposes a meaning; whether it has it is decided by its value (`source` is a link or an outlet).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from tui.cards.format.fields import Node

_SEED_TIMES: Final = ("publishedDateTime", "startDateTime", "updatedDateTime")
SEED_LINKS: Final = ("webUrl", "originalUrl", "website")
"""Keys of links that are reported when they are refused, and shown all the same."""

TITLE: Final = ("full_title", "title", "name", "headline")
LINK: Final = (
    *("url", "link", "external_url", "source_url", "original_url", "original_link", "bookmark_of", "like_of"),
    *(
        "repost_of",
        "in_reply_to",
        "link_to",
        "canonical_url",
        "canonical",
        "source",
        "guid",
        "omnivore_url",
        "permalink",
        "redirect_to",
        "redirect_url",
    ),
)
TIME: Final = (
    *("publishedDateTime", "date", "published", "publish_date", "pub_date", "pub_datetime", "date_published"),
    *("published_at", "published_on", "post_date", "created_at", "created", "date_created", "date_saved"),
    *("saved_at", "first_synced", "startDateTime", "updatedDateTime"),
)
PATH: Final = ("path", "permalink", "url", "slug", "redirect_from", "aliases")
"""Keys of the address a post has on its own site, which may begin with its date."""
UPDATED: Final = (
    *("updated", "updated_at", "lastmod", "last_modified", "last_modified_at", "last_updated", "modified"),
    *("mod_datetime", "updated_date", "date_modified", "modified_date"),
)
OUTLET: Final = ("provider", "site_name", "source", "feed_title", "feed", "publisher", "domain_name", "package")
AUTHORS: Final = ("author", "authors", "by", "creator", "byline")
TOPICS: Final = (*("topics", "tags", "tag", "categories", "category", "keywords", "companies", "models", "people"),)
EXCERPT: Final = (
    *("excerpt", "description", "summary", "deck", "short_summary", "dek", "subtitle", "note", "bio", "abstract"),
    *("spoiler", "blurb", "lede", "standfirst", "teaser"),
)
IMAGE: Final = (
    *("images", "image", "cover", "og_image", "hero_image", "featured_image", "feature_image", "photo", "photos"),
    *("primary_image", "teaser", "thumbnail", "cover_image", "media", "banner_image", "banner", "header_image"),
)
COVERAGE: Final = ("related", "articles", "also_in")
FURTHER: Final = ("syndication", "discussion_url", "discuss_urls", "discussions", "comments", "comments_url", "via")
KIND: Final = ("type",)
FLAGS: Final = ("published", "draft", "removed")
NESTED: Final = ("extra", "params", "taxonomies", "header", "advisory", "metadata")
"""Mappings whose keys count like those beside them, after these."""

MEANINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": TITLE,
    "link": (*SEED_LINKS, *LINK),
    "time": TIME,
    "outlet": OUTLET,
    "authors": AUTHORS,
    "topics": TOPICS,
    "excerpt": EXCERPT,
    "image": IMAGE,
    "address": PATH,
    "coverage": COVERAGE,
    "further links": FURTHER,
    "updated": UPDATED,
    "kind": KIND,
    "published": FLAGS,
}
"""Every meaning with the keys that may have it, the first that fits first."""

SEED_KEYS: Final = frozenset(
    (
        *("title", "name", "excerpt", "description", "bio", "type", "quality", "heat", "published", "removed"),
        *("provider", "topics", "related", "images", "actions", "items", "price", "length", "levels", "ratings"),
        *("members", "location", "affiliation", "twitter", "linkedin", "featuredContent", "secured", "category"),
        *("otherNames", "locale", "endDateTime", "ampWebUrl", "cdnAmpWebUrl", *SEED_LINKS, *_SEED_TIMES),
    )
)
"""All keys of the dialect that defines the format. A card with no others is read by them alone."""
SEED_MARKS: Final = frozenset(
    (
        *("webUrl", "originalUrl", "publishedDateTime", "startDateTime", "updatedDateTime", "provider", "ampWebUrl"),
        *("heat", "quality", "secured", "featuredContent", "actions"),
    )
)
"""Keys by which a card is known to be of that dialect, whatever else it holds."""


PLAIN: Final = "plain"
"""The kind of head of a text that has none."""
NAMED_BY_FILE: Final = frozenset((PLAIN, "outline"))
"""Kinds of head of texts whose name is that of their file, unless they say another."""


class Tool(NamedTuple):
    """A tool and what its cards have: all keys of `needs`, and one of `hints` where there are any.

    `head` is the kind of head it writes, empty where any will do.
    """

    name: str
    needs: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    head: str = ""


TOOLS: Final = (
    Tool("Omnivore", ("omnivore_url",)),
    Tool("Karakeep", ("bookmark_id",)),
    Tool("Raindrop", ("raindrop_id",)),
    Tool("Wallabag", ("domain_name",)),
    Tool("Micro.blog", ("microblog",)),
    Tool("RSS Dashboard", ("feed_title",)),
    Tool("bulletty", ("seen", "last_updated")),
    Tool("RustSec", ("advisory",)),
    Tool("digital.gov", ("deck", "summary")),
    Tool("digital.gov", ("topics",), ("source_url", "kicker")),
    Tool("Readwise", (), ("full_title", "readwise_url")),
    Tool("AstroPaper", ("pub_datetime",)),
    Tool("Astro", ("pub_date",)),
    Tool("Indiekit", (), ("bookmark_of", "like_of", "repost_of", "in_reply_to")),
    Tool("Hugo", ("external_url",)),
    Tool("everyday-cc", (), tuple(sorted(SEED_MARKS))),
    Tool("Obsidian clippings", ("source",), ("published", "clipped")),
    Tool("Obsidian clippings", ("source", "created", "description")),
    Tool("MarkDownload", ("source", "created", "author"), (), "yaml"),
    Tool("Obsidian clippings", ("source", "created")),
    Tool("Planet", ("original_link",)),
    Tool("Planet", ("created_at", "guid")),
    Tool("Kagi News", ("articles",)),
    Tool("Pelican", (), (), "lines"),
    Tool("Logseq", (), (), "outline"),
    Tool("Nikola", (), (), "dotted"),
    Tool("Readwise", (), (), "metadata"),
    Tool("plain text", (), (), PLAIN),
    Tool("Zola", (), ("taxonomies", "extra", "path"), "toml"),
    Tool("Hugo (TOML)", (), (), "toml"),
    Tool("Hugo (JSON)", (), (), "json"),
    Tool("Hexo", (), (), "unopened"),
    Tool("obsidian-rss", ("link", "published")),
    Tool("Jekyll links", ("link", "date")),
    Tool("Docusaurus", ("slug", "authors", "tags")),
    Tool("Jekyll", ("layout",)),
    Tool("Hugo", (), ("draft", "publish_date", "lastmod")),
    Tool("posts", (), ("date", "tags", "categories", "created", "published", "url", "link")),
)
"""The tools, in the order in which a card is compared with them."""
OTHER: Final = "other cards"
"""What a card of no known tool is called."""


@lru_cache(maxsize=4096)  # the same few keys stand in all cards of a folder
def folded(key: str) -> str:
    """A key as keys are compared: without case, hyphens and underscores."""
    return key.replace("_", "").replace("-", "").lower()


def _folded_all(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(folded, keys)))


FOLDED: Final = {meaning: _folded_all(keys) for meaning, keys in MEANINGS.items()}
"""The rows with their keys folded."""
KNOWN: Final = frozenset(key for keys in FOLDED.values() for key in keys) | {folded(key) for key in NESTED}
"""Every folded key that may have a meaning, or holds some that may."""
ROLES: Final = {
    key: tuple((meaning, row.index(key)) for meaning, row in FOLDED.items() if key in row) for key in sorted(KNOWN)
}
"""What each folded key may mean, with its rank in the row of that meaning."""
_FOLDED_SEED: Final = frozenset(map(folded, SEED_KEYS))
_TOOLS: Final = tuple(
    (tool.name, frozenset(_folded_all(tool.needs)), frozenset(_folded_all(tool.hints)), tool.head) for tool in TOOLS
)


@lru_cache(maxsize=4096)  # the same few keys stand in all cards of a folder
def tells_more(key: str) -> bool:
    """Whether a key has a meaning beyond the dialect that defines the format."""
    one = folded(key)
    return one in KNOWN and one not in _FOLDED_SEED


@lru_cache(maxsize=4096)  # the same few keys stand in all cards of a folder
def is_title_of_its_own(key: str) -> bool:
    """Whether a key of no meaning here is a site's own for titles, such as `newsTitle`."""
    one = folded(key)
    return one.endswith("title") and one not in KNOWN


def is_usual(mapping: Mapping[str, Node]) -> bool:
    """Whether a card says all that it says in the dialect that defines the format, and has a title.

    One with other keys that have a meaning, or that says a time where a switch belongs, is read by the table.
    """
    if not mapping.keys() <= SEED_KEYS and any(map(tells_more, mapping)):
        return False
    published = mapping.get("published")
    is_switch = published is None or (isinstance(published, str) and not published[:1].isdigit())
    return is_switch and bool(mapping.get("title") or mapping.get("name"))


def unread_keys(mapping: Mapping[str, Node], used: frozenset[str], *, is_usual: bool) -> tuple[str, ...]:
    """The keys of a card that hold something and gave nothing, as they are written, in their order.

    `used` are the paths of those that did. A card of the usual dialect is read by all of its keys.
    """
    tops = {path.partition(".")[0] for path in used}
    known = SEED_KEYS if is_usual else frozenset[str]()
    return tuple(key for key, node in mapping.items() if node and key not in tops and key not in known)


def tool_of(written: Iterable[str], head: str) -> str:
    """The tool whose cards have such keys and this kind of head."""
    keys = frozenset(map(folded, written))
    for name, needs, hints, kind in _TOOLS:
        if needs <= keys and (not hints or not hints.isdisjoint(keys)) and kind in ("", head):
            return name
    return OTHER
