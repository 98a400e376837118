"""Which stories a reader's mutes keep out of sight."""

import re
from collections.abc import Iterable

from tui.model import Story
from tui.state.values import Mute, MuteKind


class Muting:
    """The mutes of one moment, made ready to be asked about many stories; truth says whether there are any.

    An outlet is compared with a story's outlet by name and by domain, a topic with its topics, and a phrase
    is looked for in headline and excerpt, as whole words. Case never matters, nor does how words of a phrase
    are set apart.
    """

    def __init__(self, mutes: Iterable[Mute]) -> None:
        self._named: dict[tuple[str, str], Mute] = {}
        phrases: list[Mute] = []
        for mute in mutes:
            if mute.kind is MuteKind.PHRASE:
                phrases.append(mute)
            else:
                self._named[mute.identity] = mute
        self._phrases = phrases
        self._any_phrase = re.compile("|".join(f"({_pattern(mute.value)})" for mute in phrases), re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._named or self._phrases)

    def hides(self, story: Story) -> Mute | None:
        """The mute that keeps `story` out of sight, None if none does."""
        if self._named:
            for name in (story.outlet.name, story.outlet.domain):
                if name and (mute := self._named.get((MuteKind.OUTLET.value, name.casefold()))):
                    return mute
            for topic in story.topics:
                if mute := self._named.get((MuteKind.TOPIC.value, topic.casefold())):
                    return mute
        return self._phrase_in(story) if self._phrases else None

    def _phrase_in(self, story: Story) -> Mute | None:
        found = self._any_phrase.search(story.title) or self._any_phrase.search(story.excerpt)
        if found is None or found.lastindex is None:
            return None
        return self._phrases[found.lastindex - 1]


def _pattern(phrase: str) -> str:
    words = r"[\W_]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", phrase))
    return rf"(?<![^\W_]){words}(?![^\W_])" if words else re.escape(phrase)
