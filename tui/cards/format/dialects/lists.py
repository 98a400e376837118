"""What heads list, in the rows of the table: who wrote it, what is to be seen, where else it leads."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tui.cards.format.dialects.places import MeaningRows, Place
from tui.cards.format.dialects.table import is_title_of_its_own
from tui.cards.format.dialects.values import address_in, leaves, link_in, name_in, plain_line
from tui.cards.format.fields import Fields, Node
from tui.cards.format.story import MAX_IMAGES, MAX_NAMES, read_images
from tui.model import ImageRef
from tui.text.sanitize import URL_LIMIT, clean_line
from tui.text.urls import host_of

_ADDRESS: Final = re.compile(r"https?://|\.{0,2}/|data:", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|heic)$", re.IGNORECASE)

Note = Callable[[str, str], None]
"""Takes a meaning and the key that gave it."""


def title_of_its_own(fields: Fields, note: Note) -> str:
    """The title under a key of a site's own, such as one for its news; empty without one."""
    for key in fields.filled():
        if is_title_of_its_own(key) and isinstance(fields.raw(key), str) and (text := plain_line(fields.text(key))):
            note("title", key)
            return text
    return ""


def note_titles(rows: MeaningRows, place: Place, note: Note) -> None:
    """Note the key that gave the title; beside a full one, its short form is no key that nobody read."""
    note("title", place.path)
    for other in rows.of("title") if place.folded == "fulltitle" else ():
        if other.folded == "title":
            note("title", other.path)


def authors_in(rows: MeaningRows, note: Note) -> tuple[str, ...]:
    """The different names of the first key that has any."""
    for place in rows.of("authors"):
        names = dict.fromkeys(map(name_in, leaves(rows.node(place))))
        names.pop("", None)
        if names:
            note("authors", place.path)
            return tuple(names)[:MAX_NAMES]
    return ()


def images_in(rows: MeaningRows, note: Note) -> tuple[ImageRef, ...]:
    """The images of all keys, with different addresses."""
    images: dict[str, ImageRef] = {}
    for place in rows.of("image"):
        before = len(images)
        node = rows.node(place)
        if place.key == "images":
            images |= {image.url: image for image in read_images(rows.fields(place), place.key)}
        else:
            images |= {address: ImageRef(address) for address in addresses_in(node)}
        if len(images) > before:
            note("image", place.path)
    return tuple(images.values())[:MAX_IMAGES]


def addresses_in(node: Node) -> Iterator[str]:
    """The addresses of images in a value: of a list one each."""
    for one in (node if isinstance(node, list) else [node])[:MAX_IMAGES]:
        address = clean_line(address_in(one)[: URL_LIMIT + 1], URL_LIMIT)
        if address and not is_sentence(address):
            yield address


def is_sentence(text: str) -> bool:
    """Whether a text under a key for an image, or a teaser of some kind, is words: none of a file or an address."""
    return " " in text and not _ADDRESS.match(text) and not _PICTURE.search(text)


def _links_in(node: Node) -> list[str]:
    """The web links of a value: of a list one each, of a mapping that under the key for it."""
    return [url for text in leaves(node, ("url", "href", "link")) if (url := link_in(text))]


def further_links(rows: MeaningRows, note: Note) -> tuple[str, ...]:
    """The links beside the coverage, such as where a story is discussed; one that is refused is warned about."""
    links: list[str] = []
    for place in rows.of("further links"):
        fields = rows.fields(place)
        node = rows.node(place)
        urls = _links_in(node) or (_links_in(list(node.values())) if isinstance(node, dict) else [])
        if urls:
            note("further links", place.path)
            links += [url for one in urls[:MAX_IMAGES] if host_of(url := fields.link(place.key, one))]
    return tuple(dict.fromkeys(links))
