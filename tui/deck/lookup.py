"""Finding stories of a deck by what they are known by."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from tui.model import Story
from tui.text.urls import canonical_url


class Lookup(Protocol):
    """Positions of stories in a deck, in its order."""

    def doc(self, story_id: str) -> int | None:
        """The story with this id, or None."""
        ...

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """All stories whose URL has this canonical form."""
        ...

    def docs_of_stem(self, stem: str) -> Sequence[int]:
        """All stories whose id without its suffix is `stem`, ascending."""
        ...

    def docs_of_outlet(self, name: str) -> Sequence[int]:
        """All stories of the outlet with exactly this name."""
        ...

    def removed_docs(self) -> Sequence[int]:
        """All stories that are removed, ascending."""
        ...


def stem_of(story_id: str) -> str:
    """An id without its suffix, as collections list it."""
    return story_id.rpartition(".")[0]


def url_key(story: Story) -> str:
    """The canonical form of a story's URL, empty where it has none."""
    return canonical_url(story.url) if story.url else ""


class MemoryLookup:
    """Looks through all stories, as often as need be; each kind of key is learnt when it is first asked for."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._stories = stories

    def doc(self, story_id: str) -> int | None:
        """The story with this id, or None."""
        return self._docs.get(story_id)

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """All stories whose URL has this canonical form."""
        return self._by_url.get(canonical, ())

    def docs_of_stem(self, stem: str) -> Sequence[int]:
        """All stories whose id without its suffix is `stem`, ascending."""
        return self._by_stem.get(stem, ())

    def docs_of_outlet(self, name: str) -> Sequence[int]:
        """All stories of the outlet with exactly this name."""
        return self._by_outlet.get(name, ())

    def removed_docs(self) -> Sequence[int]:
        """All stories that are removed, ascending."""
        return [doc for doc, story in enumerate(self._stories) if story.removed]

    @cached_property
    def _docs(self) -> dict[str, int]:
        return {story.id: doc for doc, story in enumerate(self._stories)}

    @cached_property
    def _by_stem(self) -> dict[str, list[int]]:
        docs: dict[str, list[int]] = {}
        for doc, story in enumerate(self._stories):
            docs.setdefault(stem_of(story.id), []).append(doc)
        return docs

    @cached_property
    def _by_url(self) -> dict[str, tuple[int, ...]]:
        docs: dict[str, tuple[int, ...]] = {}
        for doc, story in enumerate(self._stories):
            if key := url_key(story):
                docs[key] = (*docs.get(key, ()), doc)
        return docs

    @cached_property
    def _by_outlet(self) -> dict[str, list[int]]:
        docs: dict[str, list[int]] = {}
        for doc, story in enumerate(self._stories):
            docs.setdefault(story.outlet.name, []).append(doc)
        return docs
