"""Fills the fields of a story with the values of a head whose shape is known.

What a value says is worked out by the functions that read any card. What few say, or say again and again, is kept.
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final, Protocol

from tui.cards.fast.body import CardBody
from tui.cards.fast.parts import TextMemo
from tui.cards.fast.shapes.plan import FieldPlan
from tui.cards.format.dialects.body import beyond, line_link, plain_block, titling_heading
from tui.cards.format.dialects.lists import addresses_in, is_sentence
from tui.cards.format.dialects.moments import parse_any_moment
from tui.cards.format.dialects.values import (
    first_text,
    kind_in,
    leaves,
    line_of,
    name_in,
    plain_line,
    switch_in,
    topics_in,
)
from tui.cards.format.fields import Node
from tui.cards.format.names import moment_in_path, title_in_path
from tui.cards.format.story import MAX_IMAGES, MAX_NAMES, MAX_TOPICS
from tui.cards.format.times import Moment
from tui.model import Details, ImageRef, Outlet, Story
from tui.text.markup import plain_text
from tui.text.sanitize import EXCERPT_LIMIT, NAME_LIMIT, TITLE_LIMIT, clean_block
from tui.text.urls import plain_host

_KEPT: Final = 1024 * 1024
_NO_OUTLET: Final = Outlet()
_NO_DETAILS: Final = Details()
_TRUE: Final = "true"


class UnfilledError(Exception):
    """A value that only the careful way can judge."""


class Heads(Protocol):
    """A language of heads; where it `is_shared`, the dialect that defines the format is written in it, too."""

    @property
    def is_shared(self) -> bool:
        """Whether it is."""

    def node(self, written: str) -> Node:
        """What is written in a leaf; None for nothing that there is."""


class Filler:
    """Makes stories by plans of what is written in `heads`; times without a zone are local to `zone`."""

    def __init__(self, heads: Heads, zone: tzinfo) -> None:
        self._node = heads.node
        self._zone = zone
        self._moments: TextMemo[str, Moment] = TextMemo(_KEPT)
        self._hosts: TextMemo[str, Outlet] = TextMemo(_KEPT)
        self._names: TextMemo[str, str] = TextMemo(_KEPT)
        self._authors: TextMemo[str, tuple[str, ...]] = TextMemo(_KEPT)
        self._topics: TextMemo[str, tuple[str, ...]] = TextMemo(_KEPT)

    def story(self, plan: FieldPlan, said: Sequence[str], id: str, body: CardBody) -> Story:
        """The story of the card with this id; `said` has the values by the numbers of the plan.

        Raises UnfilledError where one of them has to be judged with care.
        """
        for number in plan.days:
            if said[number] not in self._moments and self._node(said[number]) is None:
                raise UnfilledError
        title, heading_link = (
            (self._title(said[plan.title]), "") if plan.title else self._title_beside(plan, id, body.text)
        )
        url = self._text(said[plan.link]) if plan.link else ""
        if not url and (heading_link or line_link(body.text)):
            raise UnfilledError
        host = self._host(plan.links, said)
        moment = self._moment(said[plan.time]) if plan.time else self._moment_beside(plan, said, id)
        return Story(
            id,
            title,
            url,
            self._outlet(plan, said, host if url else ""),
            moment.at if moment else None,
            moment.time_known if moment else False,
            self._excerpt(said[plan.excerpt], title) if self._has_excerpt(plan, said) else _no_excerpt(body),
            kind_in(first_text(self._node(said[plan.kind]))) if plan.kind else "",
            self._all_topics(plan.topics, said),
            None,
            None,
            not (plan.published and said[plan.published] != _TRUE) and not (plan.draft and said[plan.draft] == _TRUE),
            bool(plan.removed) and said[plan.removed] == _TRUE,
            (),
            self._details(plan, said) if plan.images or plan.updated or plan.category else _NO_DETAILS,
            body.size,
        )

    def _text(self, token: str) -> str:
        if token[0] == '"' and "\\" not in token:  # as most are, in any of these languages
            return token[1:-1]
        node = self._node(token)
        if not isinstance(node, str):
            raise UnfilledError
        return node

    def _title(self, token: str) -> str:
        text = self._text(token)
        title = plain_line(line_of(text, TITLE_LIMIT)) if len(text) <= TITLE_LIMIT else ""
        if not title:
            raise UnfilledError
        return title

    def _title_beside(self, plan: FieldPlan, id: str, body: str) -> tuple[str, str]:
        """The title that a body says, or else the name of the file, and the link in the heading that says it."""
        heading = titling_heading(body, id)
        if heading:
            return heading.title, heading.url
        named = title_in_path(id)
        if plan.is_blank or body[:1] == "<" or not any(map(str.isalpha, named)):
            raise UnfilledError
        return named, ""

    def _host(self, links: tuple[int, ...], said: Sequence[str]) -> str:
        """The host of the first of these links, all of which must be plain ones."""
        host = ""
        for number in links:
            one = plain_host(self._text(said[number]))
            if not one:
                raise UnfilledError
            host = host or one
        return host

    def _moment(self, token: str) -> Moment:
        moment = self._moments.get(token)
        if moment is None:
            text = self._text(token)
            moment = None if switch_in(text) is not None else parse_any_moment(text, self._zone)
            if moment is None:
                raise UnfilledError
            self._moments.keep(token, moment)
        return moment

    def _moment_beside(self, plan: FieldPlan, said: Sequence[str], id: str) -> Moment | None:
        found = (moment_in_path(first_text(self._node(said[number]))) for number in plan.addresses)
        return next((moment for moment in found if moment), None) or moment_in_path(id)

    def _outlet(self, plan: FieldPlan, said: Sequence[str], host: str) -> Outlet:
        if not plan.outlet and not plan.authors:
            return self._outlet_of(host) if host else _NO_OUTLET
        name = self._name(said[plan.outlet]) if plan.outlet else host
        if plan.outlet and not name:
            raise UnfilledError
        authors = self._all_authors(said[plan.authors]) if plan.authors else ()
        return Outlet(name, "" if plan.outlet else host, (), authors)

    def _outlet_of(self, host: str) -> Outlet:
        outlet = self._hosts.get(host)
        if outlet is None:
            outlet = Outlet(host, host)
            self._hosts.keep(host, outlet)
        return outlet

    def _name(self, token: str) -> str:
        name = self._names.get(token)
        if name is None:
            name = name_in(first_text(self._node(token)))
            self._names.keep(token, name)
        return name

    def _all_authors(self, token: str) -> tuple[str, ...]:
        authors = self._authors.get(token)
        if authors is None:
            names = dict.fromkeys(map(name_in, leaves(self._node(token))))
            names.pop("", None)
            if not names:
                raise UnfilledError
            authors = tuple(names)[:MAX_NAMES]
            self._authors.keep(token, authors)
        return authors

    def _all_topics(self, numbers: tuple[int, ...], said: Sequence[str]) -> tuple[str, ...]:
        if not numbers:
            return ()
        if len(numbers) == 1:
            return self._topics_of(said[numbers[0]])
        found: dict[str, str] = {}
        for number in numbers:
            for topic in self._topics_of(said[number]):
                found.setdefault(topic.lower(), topic)
        return tuple(found.values())[:MAX_TOPICS]

    def _topics_of(self, token: str) -> tuple[str, ...]:
        topics = self._topics.get(token)
        if topics is None:
            found: dict[str, str] = {}
            for topic in topics_in(self._node(token)):
                if topic:
                    found.setdefault(topic.lower(), topic)
            topics = tuple(found.values())[:MAX_TOPICS]
            self._topics.keep(token, topics)
        return topics

    def _has_excerpt(self, plan: FieldPlan, said: Sequence[str]) -> bool:
        if not plan.is_teaser:
            return bool(plan.excerpt)
        return is_sentence(first_text(self._node(said[plan.excerpt])))

    def _excerpt(self, token: str, title: str) -> str:
        text = self._text(token)
        whole = plain_block(clean_block(plain_text(text), EXCERPT_LIMIT)) if len(text) <= EXCERPT_LIMIT else ""
        excerpt = beyond(whole, title)
        if not excerpt:
            raise UnfilledError
        return excerpt

    def _details(self, plan: FieldPlan, said: Sequence[str]) -> Details:
        images = dict.fromkeys(address for number in plan.images for address in addresses_in(self._node(said[number])))
        updated = self._moment(said[plan.updated]).at if plan.updated else None
        category = line_of(first_text(self._node(said[plan.category])), NAME_LIMIT) if plan.category else ""
        return Details(
            images=tuple(map(ImageRef, images))[:MAX_IMAGES] if images else (),
            category=category,
            updated_at=updated,
        )


def _no_excerpt(body: CardBody) -> str:
    if body.may_hold(b"Excerpt"):
        raise UnfilledError
    return ""
