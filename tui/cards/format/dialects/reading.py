"""Reads the story of a card in any dialect by the rows of the table: the first key whose value fits gives the field."""

from datetime import tzinfo
from typing import Final, NamedTuple

from tui.cards.format.dialects.body import Heading as Heading
from tui.cards.format.dialects.body import (
    beyond,
    first_line,
    first_words,
    line_link,
    page_title,
    plain_block,
    quoted_excerpt,
    titling_heading,
)
from tui.cards.format.dialects.lists import (
    Note,
    authors_in,
    further_links,
    images_in,
    is_sentence,
    note_titles,
    title_of_its_own,
)
from tui.cards.format.dialects.moments import is_naive, parse_any_moment
from tui.cards.format.dialects.places import MAX_COVERAGE, MeaningRows, Place, entries_of
from tui.cards.format.dialects.table import NAMED_BY_FILE, PLAIN, SEED_KEYS, SEED_LINKS, SEED_MARKS, folded
from tui.cards.format.dialects.values import (
    block_of,
    first_text,
    is_odd_link,
    kind_in,
    line_of,
    link_in,
    name_in,
    plain_line,
    switch_in,
    topics_in,
)
from tui.cards.format.fields import Fields
from tui.cards.format.names import moment_in_path, title_in_path
from tui.cards.format.story import (
    MAX_TOPICS,
    read_coverage,
    read_details,
    read_outlet,
    read_topics,
)
from tui.cards.format.times import Moment
from tui.cards.format.wordings import unlinked
from tui.model import Coverage, Details, Outlet, Story
from tui.text.sanitize import NAME_LIMIT, clean_line
from tui.text.urls import host_of

_NO_OUTLET: Final = Outlet()
_NO_DETAILS: Final = Details()
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


def read_any(fields: Fields, id: str, body: str, body_bytes: int, *, head: str = "yaml") -> Reading:
    """The story of the card with this id, whatever tool wrote it in a `head` of this kind."""
    reader = _RowReader(fields, id, body, head=head, is_noting=True)
    story = reader.story(body_bytes)
    return Reading(story, reader.origins, reader.further, reader.heading, reader.naive_time)


def read_any_story(fields: Fields, id: str, body: str, body_bytes: int) -> Story:
    """The same story of a card in YAML or TOML, without an account of what gave it."""
    return _RowReader(fields, id, body).story(body_bytes)


class _RowReader:
    """Reads one card and, if it `is_noting`, keeps which key gave what."""

    def __init__(self, fields: Fields, id: str, body: str, *, head: str = "yaml", is_noting: bool = False) -> None:
        self.origins: dict[str, tuple[str, ...]] = {}
        self.further: tuple[str, ...] = ()
        self.heading: Heading | None = None
        self.naive_time = ""
        self._fields = fields
        self._id = id
        self._body = body
        self._zone = fields.zone
        self._head = head
        self._is_noting = is_noting
        self._has_time = False
        self._said_title = ""
        self._host = ""
        self._link_place: Place | None = None
        self._rows = MeaningRows(fields)
        self._of = self._rows.of
        self._is_seed = fields.has_any(SEED_MARKS)

    def story(self, body_bytes: int) -> Story:
        """The story, with every row of the table read once."""
        title = self._said_title = self._title()
        coverage = self._coverage()
        url = self._link(coverage)
        moment = self._moment()
        self._has_time = moment is not None
        return Story(
            id=self._id,
            title=title,
            url=url,
            outlet=self._outlet(),
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
        rows = self._rows
        titles = (
            plain_line(rows.fields(place).text(place.key))
            for place in self._of("title")
            if isinstance(rows.node(place), str)
        )
        moment = self._moment()
        return Coverage(
            title=next(filter(None, titles), "") or clean_line(url),
            url=url,
            outlet=self._outlet(),
            published_at=moment.at if moment else None,
            time_known=moment.time_known if moment else False,
            excerpt=self._excerpt(),
            kind=self._kind(),
        )

    def _note(self, meaning: str, said: str) -> None:
        if self._is_noting:
            self.origins[meaning] = (*self.origins.get(meaning, ()), said)

    def _title(self) -> str:
        is_empty = False
        for place in self._of("title"):
            written = self._rows.fields(place).text(place.key)
            if text := unlinked(written) if self._is_seed else plain_line(written):
                note_titles(self._rows, place, self._note)
                return text
            is_empty = True
        if titled := title_of_its_own(self._fields, self._note) or self._title_in_body():
            return titled
        named = title_in_path(self._id)
        words = first_words(self._body) if is_empty or not any(map(str.isalpha, named)) else ""
        if words:
            self._note("title", _BODY)
            return words
        keys = self._fields.filled()
        if self._is_seed or (self._head not in NAMED_BY_FILE and all(map(SEED_KEYS.__contains__, keys))):
            self._fields.warn("title", "missing-title", "There is no title; the file name stands in for it.")
        self._note("title", _PATH)
        return named

    def _title_in_body(self) -> str:
        """The title that a body says itself; empty if it says none."""
        self.heading = titling_heading(self._body, self._id)
        if self.heading:
            self._note("title", "a heading")
            return self.heading.title
        title = page_title(self._body)
        if not title and self._head == PLAIN:
            self.heading = first_line(self._body)
            title = self.heading.title if self.heading else ""
        if title:
            self._note("title", _BODY)
        return title

    def _link(self, coverage: tuple[Coverage, ...]) -> str:
        refused = ""
        for place in self._of("link"):
            node = self._rows.node(place)
            is_seed_link = place.folded in _SEED_LINKS
            if is_seed_link:
                url = self._rows.fields(place).url(place.key)
            elif (found := link_in(node)) or (place.folded not in _OTHER_THAN_LINK and is_odd_link(node)):
                url = self._rows.fields(place).link(place.key, found or first_text(node))
            else:
                continue
            self._host = host_of(url)
            if self._host or (url and is_seed_link):
                self._link_place = place
                self._note("link", place.path)
                return url
            refused = refused or url
        url = refused or self._link_beside(coverage)
        self._host = host_of(url) if url else ""
        return url

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
        for place in self._of("time"):
            text = first_text(self._rows.node(place))
            if not text or (place.folded == "published" and switch_in(text) is not None):
                continue
            moment = parse_any_moment(text, self._zone)
            if moment:
                self._note("time", place.path)
                if self._is_noting and moment.time_known and is_naive(text):
                    self.naive_time = text
                self._warn_of_dates([one for one in unread if one.key.endswith("DateTime")])
                return moment
            unread.append(place)
        self._warn_of_dates([place for place in unread if place.folded not in _OTHER_THAN_TIME])
        return self._moment_in_a_path()

    def _warn_of_dates(self, places: list[Place]) -> None:
        for place in places:
            said = clean_line(first_text(self._rows.node(place)), 40)
            example = "write it as 2020-02-26T16:55:00Z"
            message = f"“{said}” is no date from 1970 to 2100; {example}."
            self._rows.fields(place).warn(place.key, "bad-date", message)

    def _moment_in_a_path(self) -> Moment | None:
        """The date in the address of a post on its own site, else in the path of its file."""
        for place in self._of("address"):
            if moment := moment_in_path(first_text(self._rows.node(place))):
                self._note("time", place.path)
                return moment
        moment = moment_in_path(self._id)
        if moment:
            self._note("time", _PATH)
        return moment

    def _outlet(self) -> Outlet:
        outlet = self._named_outlet()
        if self._is_seed or outlet.authors:
            return outlet
        authors = authors_in(self._rows, self._note)
        return Outlet(outlet.name, outlet.domain, outlet.images, authors) if authors else outlet

    def _named_outlet(self) -> Outlet:
        for place in self._of("outlet"):
            if place is self._link_place:
                continue
            node = self._rows.node(place)
            if place.folded == "provider":
                outlet = read_outlet(self._rows.fields(place), place.key)
            elif isinstance(node, list) or link_in(node):
                continue
            else:
                outlet = Outlet(name_in(first_text(node)))
            if outlet.name or outlet.domain:
                self._note("outlet", place.path)
                return outlet
        host = "" if self._is_seed else self._host
        if not host:
            return _NO_OUTLET
        self._note("outlet", "the host of the link")
        return Outlet(host, host)

    def _topics(self) -> tuple[str, ...]:
        if self._is_seed and "topics" in self._fields:
            self._note("topics", "topics")
            return read_topics(self._fields)
        found: dict[str, str] = {}
        for place in self._of("topics"):
            if self._is_seed and place.folded == "category":
                continue
            before = len(found)
            for topic in topics_in(self._rows.node(place)):
                if topic and len(found) < MAX_TOPICS:
                    found.setdefault(topic.lower(), topic)
            if len(found) > before:
                self._note("topics", place.path)
        return tuple(found.values())

    def _excerpt(self) -> str:
        for place in self._of("excerpt"):
            node = self._rows.node(place)
            if place.folded == "teaser" and not is_sentence(first_text(node)):
                continue
            text = self._rows.fields(place).block(place.key) if isinstance(node, str) else block_of(first_text(node))
            whole = text if self._is_seed else plain_block(text)
            text = whole if self._is_seed else beyond(whole, self._said_title)
            if whole:
                self._note("excerpt" if text else "title", place.path)
            if text:
                return text
        quoted = quoted_excerpt(self._body)
        text = block_of(quoted) if quoted else ""
        if text:
            self._note("excerpt", _BODY)
        return text

    def _kind(self) -> str:
        node = self._fields.raw("type")
        if node is None:
            return ""
        kind = self._fields.text("type", NAME_LIMIT) if self._is_seed else kind_in(first_text(node))
        if kind or not self._is_seed:
            self._note("kind", "type")
        return kind

    def _published(self) -> bool:
        for place in self._of("published"):
            switch = switch_in(self._rows.node(place))
            if place.folded == "removed" or switch is None:
                if place.folded == "published" and self._is_seed and not self._has_time:
                    self._rows.fields(place).flag(place.key, default=True)
                continue
            self._note("published", place.path)
            if switch == (place.folded == "draft"):
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
        for place in self._of("coverage"):
            before = len(found)
            fields = self._rows.fields(place)
            if place.folded == "related" and self._is_seed:
                entries = fields.mappings(place.key, MAX_COVERAGE, "title")
                found += [one for entry in entries if (one := read_coverage(entry)) is not None]
            else:
                found += [one for entry in entries_of(place.key, fields) if (one := _covered(entry)) is not None]
            if len(found) > before:
                self._note("coverage", place.path)
        self.further = further_links(self._rows, self._note)
        return tuple(found[:MAX_COVERAGE])

    def _details(self) -> Details:
        if self._is_seed:
            return read_details(self._fields, self._id)
        images = images_in(self._rows, self._note)
        updated = _updated(self._rows, self._zone, self._note)
        category = self._fields.raw("category")
        if not images and updated is None and category is None:
            return _NO_DETAILS
        said = line_of(first_text(category), NAME_LIMIT) if category is not None else ""
        return Details(images=images, category=said, updated_at=updated.at if updated else None)


def _covered(entry: Fields) -> Coverage | None:
    """One entry of coverage as any tool writes it; None if its link is refused."""
    reader = _RowReader(entry, "", "")
    return reader.covered()


def _updated(rows: MeaningRows, zone: tzinfo, note: Note) -> Moment | None:
    for place in rows.of("updated"):
        if moment := parse_any_moment(first_text(rows.node(place)), zone):
            note("updated", place.path)
            return moment
    return None
