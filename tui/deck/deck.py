"""The deck: an immutable in-memory index over all stories, and the builder that makes the next one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol, runtime_checkable

import msgspec

from tui.deck.columns import Times
from tui.deck.counts import Counts, Declared, FacetCount, Tally, ranked
from tui.deck.lookup import Lookup, MemoryLookup
from tui.deck.numbering import NumberedStories
from tui.deck.outlets import Bylines
from tui.deck.topics import TopicNode, TopicTree, topic_key
from tui.model import Coverage, Outlet, Story, Topic
from tui.text.urls import canonical_url


@runtime_checkable
class CanBeBare(Protocol):
    """Stories that are made values anew whenever all of them are gone through."""

    def bare(self) -> Iterable[Story]:
        """All of them, in order, without their coverage."""
        ...


class Deck(msgspec.Struct, frozen=True, eq=False, dict=True):
    """All stories of a folder, newest first and undated last; a *doc* is a position in that order.

    A snapshot: it never changes, and is replaced as a whole when files do. `stories` may read each story only when it
    is asked for. `lookup` finds stories; without it they are looked through. `times` are when stories were published,
    where that is known without reading them. Where it joins several folders `sources` are their names, with which the
    ids of stories begin, and `by_source` how many stories are shown of each, where that is known without reading them.
    """

    stories: Sequence[Story] = ()
    counts: Counts = msgspec.field(default_factory=Counts)
    declared: Declared = msgspec.field(default_factory=Declared)
    lookup: Lookup | None = None
    times: Times | None = None
    sources: tuple[str, ...] = ()
    by_source: Mapping[str, int] | None = None

    def __len__(self) -> int:
        return len(self.stories)

    def story(self, doc: int) -> Story:
        """The story at the position `doc`; IndexError beyond the end."""
        return self.stories[doc]

    def heads(self) -> Iterable[Story]:
        """All stories in order for whoever does not look at their coverage, which may be left out to save time."""
        return self.stories.bare() if isinstance(self.stories, CanBeBare) else self.stories

    def ids(self) -> Iterable[str]:
        """The ids of all stories, in order."""
        stories = self.stories
        return stories.ids() if isinstance(stories, NumberedStories) else (story.id for story in self.heads())

    def doc(self, story_id: str) -> int | None:
        """The position of the story with this id, or None."""
        return self.found_by.doc(story_id)

    def warm(self) -> None:
        """Learn now, in a worker, the ids that the first question for a story would wait for."""
        if self.lookup is None:
            self.doc("")

    def find(self, story_id: str) -> Story | None:
        """The story with this id, or None."""
        doc = self.doc(story_id)
        return None if doc is None else self.stories[doc]

    def find_url(self, url: str) -> Story | None:
        """The story a URL belongs to, by its canonical form, or None; the newest where two cards share it."""
        docs = self.docs_of_url(canonical_url(url)) if url else ()
        return self.stories[docs[0]] if docs else None

    @cached_property
    def all_times(self) -> Times:
        """When the stories were published; where it is not known all of them are read for it, once."""
        return self.times or Times.of((story.published_at, story.time_known) for story in self.stories)

    @cached_property
    def topics(self) -> TopicTree:
        """The topics that are declared or in use."""
        return TopicTree(self.declared.topics, self.counts.spellings)

    @cached_property
    def topic_counts(self) -> Mapping[str, int]:
        """Stories for each topic by its key, those in topics below it among them."""
        return self.counts.topics(self.topics)

    @cached_property
    def topic_nodes(self) -> tuple[TopicNode, ...]:
        """The topic tree with counts, in the order to show it."""
        return self.topics.nodes(self.topic_counts)

    def topics_of(self, story: Story) -> tuple[FacetCount, ...]:
        """The topics of a story with the number of stories each has, the rarest first."""
        named = {topic_key(topic): self.topics.name(topic) for topic in story.topics}
        found = [FacetCount(name, self.topic_counts.get(key, 0)) for key, name in named.items()]
        return tuple(sorted(found, key=lambda topic: topic.count))

    @cached_property
    def outlets(self) -> tuple[FacetCount, ...]:
        """The outlets, the fullest first."""
        return ranked(self.counts.outlets)

    @cached_property
    def kinds(self) -> tuple[FacetCount, ...]:
        """The kinds, the fullest first."""
        return ranked(self.counts.kinds)

    @cached_property
    def bylines(self) -> Bylines:
        """Who the stories are said to be by."""
        return self.counts.bylines

    @cached_property
    def source_counts(self) -> Mapping[str, int]:
        """Stories for each of the folders that it joins."""
        if self.by_source is not None:
            return self.by_source
        removed = frozenset(self.removed)
        counts = dict.fromkeys(self.sources, 0)
        for doc, story in enumerate(self.stories if self.sources else ()):
            if doc not in removed:
                counts[story.id.partition("/")[0]] += 1
        return counts

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """The positions of all stories whose URL has this canonical form."""
        return self.found_by.docs_of_url(canonical) if canonical else ()

    @property
    def shown_count(self) -> int:
        """How many stories there are without the removed ones."""
        return self.counts.shown

    def listed(self, story: Story) -> tuple[Story, ...]:
        """The stories a collection lists under `items`, in its order; those without a card are left out.

        Where two cards differ in their suffix only, the older one is listed.
        """
        found = (self.found_by.docs_of_stem(item) for item in story.details.items)
        return tuple(self.stories[docs[-1]] for docs in found if len(docs))

    def urls_of(self, outlet: str, besides: str = "") -> frozenset[str]:
        """The links of the stories of this outlet, those to the same page as `besides` left out."""
        if not outlet:
            return frozenset()
        own = canonical_url(besides) if besides else ""
        urls = {story.url for doc in self.found_by.docs_of_outlet(outlet) if (story := self.stories[doc]).url}
        return frozenset(url for url in urls if canonical_url(url) != own)

    @cached_property
    def removed(self) -> Sequence[int]:
        """The positions of the removed stories, ascending."""
        return self.found_by.removed_docs()

    @cached_property
    def found_by(self) -> Lookup:
        """What finds the stories."""
        return self.lookup or MemoryLookup(self.stories)


class DeckBuilder:
    """Gathers stories as they load or change and makes the next deck; counts are kept, not recounted.

    `topics` and `outlets` (by domain), or `declared`, are what the folder declares; an outlet without a name gets it
    from there. `sources` are the names of the folders that are joined.
    """

    def __init__(
        self,
        topics: Iterable[Topic] = (),
        outlets: Mapping[str, Outlet] | None = None,
        *,
        declared: Declared | None = None,
        sources: tuple[str, ...] = (),
    ) -> None:
        self._sources = sources
        self._declared = declared or Declared.of(topics, outlets)
        self._stories: dict[str, Story] = {}
        self._order: list[Story] = []
        self._stale: set[str] = set()
        self._tally = Tally()
        self._coverage: dict[str, Coverage] = {}
        self._ours: set[int] = set()
        """The identities of what is in there, which hence stay theirs."""

    def add(self, stories: Iterable[Story]) -> None:
        """Take in `stories`; one with a known id replaces the earlier one."""
        for arrived in stories:
            if arrived.id in self._stories:
                self.remove((arrived.id,))
            story = self._interned(self._declared.named(arrived))
            self._stories[story.id] = story
            self._order.append(story)
            self._tally.count(story, 1)

    def remove(self, story_ids: Iterable[str]) -> None:
        """Take out the stories with these ids; unknown ids are left alone."""
        for story_id in story_ids:
            story = self._stories.pop(story_id, None)
            if story is not None:
                self._stale.add(story_id)
                self._tally.count(story, -1)

    def deck(self) -> Deck:
        """The deck of everything taken in so far."""
        if self._stale:
            self._order = [story for story in self._order if self._stories.get(story.id) is story]
            self._stale.clear()
        self._order.sort(key=story_order)
        return Deck(tuple(self._order), self._tally.counts(), self._declared, sources=self._sources)

    def _interned(self, story: Story) -> Story:
        """The same related piece under many stories is kept once."""
        if self._ours.issuperset(map(id, story.related)):
            return story
        kept = [self._coverage.setdefault(item.url, item) if item.url else item for item in story.related]
        self._ours.update(id(ours) for ours in kept if ours.url)
        changed = any(ours is not theirs for ours, theirs in zip(kept, story.related, strict=True))
        if not changed:
            return story
        same = (ours if ours == theirs else theirs for ours, theirs in zip(kept, story.related, strict=True))
        return msgspec.structs.replace(story, related=tuple(same))


def different_coverage(items: Iterable[Coverage], own_key: str = "") -> dict[str, Coverage]:
    """The items by canonical URL, the first of each, without `own_key`; those with no usable URL keep all."""
    found: dict[str, Coverage] = {}
    for number, item in enumerate(items):
        key = (canonical_url(item.url) if item.url else "") or f"#{number}"
        if key != own_key:
            found.setdefault(key, item)
    return found


def coverage_count(story: Story) -> int:
    """How many different URLs are related to `story`, its own left out."""
    own = canonical_url(story.url) if story.url else ""
    return sum(not key.startswith("#") for key in different_coverage(story.related, own))


def story_order(story: Story) -> tuple[bool, float, str]:
    """The key that puts stories into deck order: newest first, undated last, of one moment by id."""
    if story.published_at is None:
        return (True, 0.0, story.id)
    return (False, -story.published_at.timestamp(), story.id)
