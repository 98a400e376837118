"""The topic tree: what the folder declares, joined with what its cards use."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tui.model import Topic


class TopicNode(msgspec.Struct, frozen=True):
    """One topic in tree order: `depth` counts from 0, `count` is the stories in it and in all below it."""

    name: str
    depth: int
    count: int


class TopicTree:
    """Which topic lies below which, with one spelling for each: names differ in case only by accident.

    Built from the declared `topics` and from every spelling in use with its number of uses. A declared spelling wins,
    else the most used one. A parent that is nowhere declared, or a ring of parents, makes a topic a root.
    """

    def __init__(self, topics: Iterable[Topic] = (), spellings: Mapping[str, int] | None = None) -> None:
        self._names: dict[str, str] = {}
        parents: dict[str, str] = {}
        for topic in topics:
            self._names.setdefault(topic_key(topic.name), topic.name)
            if topic.parent:
                parents[topic_key(topic.name)] = topic_key(topic.parent)
        for spelling, _uses in sorted((spellings or {}).items(), key=lambda item: (-item[1], item[0])):
            self._names.setdefault(topic_key(spelling), spelling)
        self._parents = {key: up for key, up in parents.items() if up in self._names}
        self._cut_rings()

    def name(self, topic: str) -> str:
        """The one spelling of `topic`, or the text itself where it is unknown."""
        return self._names.get(topic_key(topic), topic)

    def lineage(self, topic: str) -> tuple[str, ...]:
        """The keys of `topic` and of every broader one, nearest first."""
        key: str | None = topic_key(topic)
        found = []
        while key is not None:
            found.append(key)
            key = self._parents.get(key)
        return tuple(found)

    def nodes(self, counts: Mapping[str, int]) -> tuple[TopicNode, ...]:
        """The topics with stories, in tree order, the fullest first on each level; `counts` is by key."""
        children: dict[str | None, list[str]] = {}
        for key in self._names:
            if counts.get(key):
                children.setdefault(self._parents.get(key), []).append(key)
        return tuple(self._walk(children, counts))

    def _walk(self, children: Mapping[str | None, list[str]], counts: Mapping[str, int]) -> Iterator[TopicNode]:
        stack: list[tuple[str, int]] = []

        def push(parent: str | None, depth: int) -> None:
            by_name = sorted(children.get(parent, ()), reverse=True)
            stack.extend((key, depth) for key in sorted(by_name, key=lambda key: counts[key]))

        push(None, 0)
        while stack:
            key, depth = stack.pop()
            yield TopicNode(self._names[key], depth, counts[key])
            push(key, depth + 1)

    def _cut_rings(self) -> None:
        for key in list(self._parents):
            seen = {key}
            up = self._parents.get(key)
            while up is not None and up not in seen:
                seen.add(up)
                up = self._parents.get(up)
            if up is not None:
                del self._parents[key]


def topic_key(name: str) -> str:
    """The identity of a topic: its name without regard to case."""
    return name.casefold()
