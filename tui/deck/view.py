"""What is shown of a deck: a pure value, and the stories it picks."""

import unicodedata
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tui.deck.deck import Deck
from tui.deck.topics import topic_key
from tui.model import Story

FacetKind = Literal["topic", "outlet", "kind"]
REMOVED_WORD = "is:removed"


@dataclass(frozen=True, slots=True)
class Facet:
    """One topic (with those below it), outlet or kind to narrow the list to."""

    kind: FacetKind
    name: str


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: stories holding all `words` (in headline, excerpt, outlet or topics) and of the `facet`.

    Removed stories are hidden unless `is:removed` is one of the words.
    """

    words: str = ""
    facet: Facet | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered out by the reader's own wish."""
        return bool(self.words.strip()) or self.facet is not None


def pick(deck: Deck, view: View, should_stop: Callable[[], bool] = lambda: False) -> "array[int]":
    """The docs of `deck` that `view` shows, in deck order. Ends early, incomplete, once `should_stop` says so."""
    words = fold(view.words).split()
    removed = REMOVED_WORD in words
    words = [word for word in words if word != REMOVED_WORD]
    found = array("I")
    for doc, story in enumerate(deck.stories):
        if doc % 1024 == 0 and should_stop():
            break
        if story.removed == removed and _in_facet(deck, story, view.facet) and _has_words(story, words):
            found.append(doc)
    return found


def fold(text: str) -> str:
    """The text without regard to case and accents, for comparing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _in_facet(deck: Deck, story: Story, facet: Facet | None) -> bool:
    if facet is None:
        return True
    if facet.kind == "topic":
        return deck.topics.covers(story.topics, topic_key(facet.name))
    return facet.name == (story.outlet.name if facet.kind == "outlet" else story.kind)


def _has_words(story: Story, words: list[str]) -> bool:
    if not words:
        return True
    text = fold("\n".join((story.title, story.excerpt, story.outlet.name, *story.topics)))
    return all(word in text for word in words)
