"""How many stories of a deck have each topic, outlet and kind, kept while stories come and go."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from tui.deck.outlets import Bylines, called, folder_of, signed
from tui.deck.topics import TopicTree
from tui.model import Outlet, Story, Topic


class FacetCount(msgspec.Struct, frozen=True):
    """One value to filter by and the number of stories that have it."""

    name: str
    count: int


class Declared(msgspec.Struct, frozen=True):
    """What a folder says of its topics and outlets: topics in order, names of outlets by domain."""

    topics: tuple[Topic, ...] = ()
    names: dict[str, str] = {}

    @classmethod
    def of(cls, topics: Iterable[Topic] = (), outlets: Mapping[str, Outlet] | None = None) -> "Declared":
        """From topics in order, and outlets by their domain."""
        return cls(tuple(topics), {domain: outlet.name for domain, outlet in (outlets or {}).items()})

    def named(self, story: Story) -> Story:
        """The story, with the declared name of its outlet where its card gives only the domain."""
        name = "" if story.outlet.name else self.names.get(story.outlet.domain, "")
        if not name:
            return story
        return msgspec.structs.replace(story, outlet=msgspec.structs.replace(story.outlet, name=name))


class Counts(msgspec.Struct, frozen=True):
    """Counts over the stories of a deck, those that are removed left out.

    `spellings` counts each topic as it is written, `topic_sets` each different list of topics. `covered` stories list
    what others published. `folders` are those in which stories lie that tell neither an outlet nor an author; `authors`
    sign those that tell no outlet. The time of day is known of `timed` stories.
    """

    shown: int = 0
    spellings: dict[str, int] = {}
    topic_sets: dict[tuple[str, ...], int] = {}
    outlets: dict[str, int] = {}
    kinds: dict[str, int] = {}
    covered: int = 0
    folders: dict[str, int] = {}
    authors: dict[str, int] = {}
    timed: int = 0

    @property
    def bylines(self) -> Bylines:
        """Who the stories are said to be by."""
        return Bylines.of(sum(self.outlets.values()), self.shown, self.folders, self.authors)

    def topics(self, tree: TopicTree) -> dict[str, int]:
        """Stories for each topic of `tree` by its key, those in the topics below it among them."""
        counts: Counter[str] = Counter()
        for topics, number in self.topic_sets.items():
            for key in {key for topic in topics for key in tree.lineage(topic)}:
                counts[key] += number
        return counts


class Tally:
    """Counts while they change; begins with those of an earlier deck, if given."""

    def __init__(self, before: Counts | None = None) -> None:
        before = before or Counts()
        self._shown = before.shown
        self._spellings = Counter(before.spellings)
        self._topic_sets = Counter(before.topic_sets)
        self._outlets = Counter(before.outlets)
        self._kinds = Counter(before.kinds)
        self._covered = before.covered
        self._folders = Counter(before.folders)
        self._authors = Counter(before.authors)
        self._timed = before.timed

    def count(self, story: Story, step: int, *, covered: bool | None = None) -> None:
        """Count a story in (1) or out (-1); `covered` says whether it lists anything, where it comes without that."""
        if story.removed:
            return
        self._shown += step
        self._timed += step if story.time_known else 0
        self._covered += step if (bool(story.related) if covered is None else covered) else 0
        for topic in story.topics:
            self._spellings[topic] += step
        self._topic_sets[story.topics] += step
        if outlet := called(story.outlet, story.url):
            self._outlets[outlet] += step
        elif author := signed(story.outlet, ""):
            self._authors[author] += step
        else:
            self._folders[folder_of(story.id)] += step
        if story.kind:
            self._kinds[story.kind] += step

    def counts(self) -> Counts:
        """The counts of this moment."""
        return Counts(
            self._shown,
            dict(+self._spellings),
            dict(+self._topic_sets),
            dict(+self._outlets),
            dict(+self._kinds),
            self._covered,
            dict(+self._folders),
            dict(+self._authors),
            self._timed,
        )


def ranked(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Values with their counts, the fullest first, those with as many by name."""
    by_count = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
    return tuple(FacetCount(name, count) for name, count in by_count)
