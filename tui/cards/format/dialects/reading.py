"""Reads the story of a card in any dialect by the rows of the table: the first key whose value fits gives the field."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import structs

from tui.cards.format.dialects.body import Heading as Heading
from tui.cards.format.dialects.body import (
    first_heading,
    first_line,
    first_words,
    line_link,
    page_title,
    plain_block,
    quoted_excerpt,
)
from tui.cards.format.dialects.moments import is_naive, parse_any_moment
from tui.cards.format.dialects.places import MAX_COVERAGE, MeaningRows, Place, block_of, entries_of, line_of
from tui.cards.format.dialects.table import SEED_LINKS, SEED_MARKS, folded, tells_more
from tui.cards.format.dialects.values import (
    address_in,
    first_text,
    is_odd_link,
    leaves,
    link_in,
    switch_in,
    topics_in,
)
from tui.cards.format.fields import Fields
from tui.cards.format.names import moment_in_path, title_in_path
from tui.cards.format.story import (
    MAX_IMAGES,
    MAX_NAMES,
    MAX_TOPICS,
    read_coverage,
    read_details,
    read_images,
    read_outlet,
    read_topics,
)
from tui.cards.format.times import Moment
from tui.cards.format.wordings import unlinked
from tui.model import Coverage, Details, ImageRef, Outlet, Story
from tui.text.sanitize import (
    NAME_LIMIT,
    TOPIC_LIMIT,
    URL_LIMIT,
    clean_line,
)
from tui.text.urls import host_of

_BODY: Final = "the body"
_PATH: Final = "the file name"
_SEED_LINKS: Final = frozenset(map(folded, SEED_LINKS))
# A text in their place that is no link, or no date, says something else.
_OTHER_THAN_LINK: Final = frozenset(("source", "guid"))
_OTHER_THAN_TIME: Final = frozenset(("published", "created"))


class Reading(NamedTuple):
    """What a card gave: the story, its links beside the coverage, and by meaning the key that said it.

    `heading` became the title and is not to be shown twice; `naive_time` is the text of a time without zone.
    """

    story: Story
    origins: dict[str, tuple[str, ...]]
    further: tuple[str, ...] = ()
    heading: Heading | None = None
    naive_time: str = ""


def read_any(fields: Fields, id: str, body: str, body_bytes: int, *, is_headless: bool = False) -> Reading:
    """The story of the card with this id, whatever tool wrote it; of one that is all body, if it `is_headless`."""
    reader = _RowReader(fields, id, body, is_headless=is_headless)
    story = reader.story(body_bytes)
    return Reading(story, reader.origins, reader.further, reader.heading, reader.naive_time)


class _RowReader:
    """Reads one card, and notes which key gave what."""

    def __init__(self, fields: Fields, id: str, body: str, *, is_headless: bool = False) -> None:
        self.origins: dict[str, tuple[str, ...]] = {}
        self.further: tuple[str, ...] = ()
        self.heading: Heading | None = None
        self.naive_time = ""
        self._fields = fields
        self._id = id
        self._body = body
        self._zone = fields.zone
        self._is_headless = is_headless
        self._rows = MeaningRows(fields)
        self._is_seed = fields.has_any(SEED_MARKS)

    def story(self, body_bytes: int) -> Story:
        """The story, with every row of the table read once."""
        title = self._title()
        coverage = self._coverage()
        url = self._link(coverage)
        moment = self._moment()
        return Story(
            id=self._id,
            title=title,
            url=url,
            outlet=self._outlet(url),
            published_at=moment.at if moment else None,
            time_known=moment.time_known if moment else False,
            excerpt=self._excerpt(),
            kind=self._kind(),
            topics=self._topics(),
            quality=self._fields.score("quality") if self._is_seed else None,
            heat=self._fields.score("heat") if self._is_seed else None,
            published=self._published(),
            removed=self._removed(),
            related=coverage,
            details=self._details(),
            body_bytes=body_bytes,
        )

    def covered(self) -> Coverage | None:
        """The card as an entry of coverage; None if its link cannot be opened."""
        url = self._link(())
        if not host_of(url):
            return None
        titles = (unlinked(place.fields.text(place.key)) for place in self._row("title") if isinstance(place.node, str))
        moment = self._moment()
        return Coverage(
            title=next(filter(None, titles), "") or clean_line(url),
            url=url,
            outlet=self._outlet(url),
            published_at=moment.at if moment else None,
            time_known=moment.time_known if moment else False,
            excerpt=self._excerpt(),
            kind=self._kind(),
        )

    def _row(self, meaning: str) -> Sequence[Place]:
        """The values that may have a meaning, in the order of the table."""
        return self._rows.of(meaning)

    def _note(self, meaning: str, *said: str) -> None:
        self.origins[meaning] = (*self.origins.get(meaning, ()), *said)

    def _title(self) -> str:
        is_empty = False
        for place in self._row("title"):
            text = unlinked(place.fields.text(place.key))
            if text:
                self._note("title", place.path)
                return text
            is_empty = True
        if titled := self._title_in_body():
            return titled
        named = title_in_path(self._id)
        words = first_words(self._body) if is_empty or not any(map(str.isalpha, named)) else ""
        if words:
            self._note("title", _BODY)
            return words
        if self._is_seed or not (self._is_headless or any(map(tells_more, self._rows.written))):
            self._fields.warn("title", "missing-title", "There is no title; the file name stands in for it.")
        self._note("title", _PATH)
        return named

    def _title_in_body(self) -> str:
        """The title that a body says itself; empty if it says none."""
        self.heading = first_heading(self._body)
        if self.heading:
            self._note("title", "a heading")
            return self.heading.title
        title = page_title(self._body)
        if not title and self._is_headless:
            self.heading = first_line(self._body)
            title = self.heading.title if self.heading else ""
        if title:
            self._note("title", _BODY)
        return title

    def _link(self, coverage: tuple[Coverage, ...]) -> str:
        refused = ""
        for place in self._row("link"):
            key = folded(place.key)
            found = link_in(place.node)
            if key in _SEED_LINKS:
                url = place.fields.url(place.key)
            elif found or (key not in _OTHER_THAN_LINK and is_odd_link(place.node)):
                url = place.fields.link(place.key, found or first_text(place.node))
            else:
                continue
            if host_of(url) or (url and key in _SEED_LINKS):
                self._note("link", place.path)
                return url
            refused = refused or url
        return refused or self._link_beside(coverage)

    def _link_beside(self, coverage: tuple[Coverage, ...]) -> str:
        """The link of the first action or article, of the heading, or of a line of the body that says so."""
        if "actions" in self._fields and self._is_seed:
            actions = self._details().actions
            return next((action.url for action in actions if action.url), "")
        if "articles" in self._rows.written and coverage:
            self._note("link", "articles")
            return coverage[0].url
        found = (self.heading.url if self.heading else "") or line_link(self._body)
        if not host_of(found):
            return ""
        self._note("link", "a heading" if self.heading and found == self.heading.url else _BODY)
        return self._fields.link("link", found)

    def _moment(self) -> Moment | None:
        unread: list[Place] = []
        for place in self._row("time"):
            text = first_text(place.node)
            if not text or (folded(place.key) == "published" and switch_in(text) is not None):
                continue
            moment = parse_any_moment(text, self._zone)
            if moment:
                self._note("time", place.path)
                self.naive_time = text if moment.time_known and is_naive(text) else ""
                _warn_of_dates([one for one in unread if one.key.endswith("DateTime")])
                return moment
            unread.append(place)
        _warn_of_dates([place for place in unread if folded(place.key) not in _OTHER_THAN_TIME])
        return self._moment_in_a_path()

    def _moment_in_a_path(self) -> Moment | None:
        """The date in the address of a post on its own site, else in the path of its file."""
        for place in self._row("address"):
            if moment := moment_in_path(first_text(place.node)):
                self._note("time", place.path)
                return moment
        moment = moment_in_path(self._id)
        if moment:
            self._note("time", _PATH)
        return moment

    def _outlet(self, url: str) -> Outlet:
        outlet = self._named_outlet(url)
        return outlet if self._is_seed or outlet.authors else structs.replace(outlet, authors=self._authors())

    def _authors(self) -> tuple[str, ...]:
        for place in self._row("authors"):
            names = dict.fromkeys(line_of(unlinked(text), NAME_LIMIT) for text in leaves(place.node))
            names.pop("", None)
            if names:
                self._note("authors", place.path)
                return tuple(names)[:MAX_NAMES]
        return ()

    def _named_outlet(self, url: str) -> Outlet:
        for place in self._row("outlet"):
            node = place.node
            if folded(place.key) == "provider":
                outlet = read_outlet(place.fields, place.key)
            elif link_in(node) or isinstance(node, list):
                continue
            else:
                outlet = Outlet(name=line_of(unlinked(first_text(node)), NAME_LIMIT))
            if outlet.name or outlet.domain:
                self._note("outlet", place.path)
                return outlet
        host = "" if self._is_seed else host_of(url)
        if host:
            self._note("outlet", "the host of the link")
        return Outlet(name=host, domain=host) if host else Outlet()

    def _topics(self) -> tuple[str, ...]:
        if self._is_seed and "topics" in self._fields:
            self._note("topics", "topics")
            return read_topics(self._fields)
        found: dict[str, str] = {}
        # Tools differ in which of them comes first, and so do the people who write them.
        written = {key: number for number, key in enumerate(self._rows.written)}
        for place in sorted(self._row("topics"), key=lambda place: (place.key != "topics", written[folded(place.key)])):
            if self._is_seed and folded(place.key) == "category":
                continue
            before = len(found)
            for topic in topics_in(place.node):
                if len(found) < MAX_TOPICS and (text := line_of(topic, TOPIC_LIMIT)):
                    found.setdefault(text.lower(), text)
            if len(found) > before:
                self._note("topics", place.path)
        return tuple(found.values())

    def _excerpt(self) -> str:
        for place in self._row("excerpt"):
            node = place.node
            text = place.fields.block(place.key) if isinstance(node, str) else block_of(first_text(node))
            text = text if self._is_seed else plain_block(text)
            if text:
                self._note("excerpt", place.path)
                return text
        text = block_of(quoted_excerpt(self._body))
        if text:
            self._note("excerpt", _BODY)
        return text

    def _kind(self) -> str:
        kind = (
            self._fields.text("type", NAME_LIMIT)
            if self._is_seed
            else line_of(first_text(self._fields.raw("type")), NAME_LIMIT)
        )
        if kind:
            self._note("kind", "type")
        return kind

    def _published(self) -> bool:
        for place in self._row("published"):
            key = folded(place.key)
            switch = switch_in(place.node)
            if key == "removed" or switch is None:
                if key == "published" and self._is_seed and "time" not in self.origins:
                    place.fields.flag(place.key, default=True)
                continue
            self._note("published", place.path)
            if switch == (key == "draft"):
                return False
        return True

    def _removed(self) -> bool:
        return (
            self._fields.flag("removed", default=False)
            if self._is_seed
            else switch_in(self._fields.raw("removed")) is True
        )

    def _coverage(self) -> tuple[Coverage, ...]:
        found: list[Coverage] = []
        for place in self._row("coverage"):
            before = len(found)
            if folded(place.key) == "related" and self._is_seed:
                entries = place.fields.mappings(place.key, MAX_COVERAGE, "title")
                found += [one for entry in entries if (one := read_coverage(entry)) is not None]
            else:
                found += [one for entry in entries_of(place) if (one := _covered(entry)) is not None]
            if len(found) > before:
                self._note("coverage", place.path)
        self._further()
        return tuple(found[:MAX_COVERAGE])

    def _further(self) -> None:
        links: list[str] = []
        for place in self._row("further links"):
            urls = [url for text in leaves(place.node, ("url", "href", "link")) if (url := link_in(text))]
            if urls:
                self._note("further links", place.path)
                links += [url for one in urls[:MAX_IMAGES] if host_of(url := place.fields.link(place.key, one))]
        self.further = tuple(dict.fromkeys(links))

    def _details(self) -> Details:
        if self._is_seed:
            return read_details(self._fields, self._id)
        images: dict[str, ImageRef] = {}
        for place in self._row("image"):
            before = len(images)
            if place.key == "images":
                images |= {image.url: image for image in read_images(place.fields, place.key)}
            else:
                nodes = place.node if isinstance(place.node, list) else [place.node]
                addresses = (clean_line(address_in(node)[: URL_LIMIT + 1], URL_LIMIT) for node in nodes[:MAX_IMAGES])
                images |= {address: ImageRef(address) for address in addresses if address}
            if len(images) > before:
                self._note("image", place.path)
        updated = self._updated()
        category = line_of(first_text(self._fields.raw("category")), NAME_LIMIT)
        details = Details(images=tuple(images.values())[:MAX_IMAGES], category=category)
        return structs.replace(details, updated_at=updated.at) if updated else details

    def _updated(self) -> Moment | None:
        for place in self._row("updated"):
            moment = parse_any_moment(first_text(place.node), self._zone)
            if moment:
                self._note("updated", place.path)
                return moment
        return None


def _covered(entry: Fields) -> Coverage | None:
    """One entry of coverage as any tool writes it; None if its link is refused."""
    reader = _RowReader(entry, "", "")
    return reader.covered()


def _warn_of_dates(places: list[Place]) -> None:
    for place in places:
        said = clean_line(first_text(place.node), 40)
        example = "write it as 2020-02-26T16:55:00Z"
        place.fields.warn(place.key, "bad-date", f"“{said}” is no date from 1970 to 2100; {example}.")
