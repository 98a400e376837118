"""The shapes that the heads of a folder were found to have, each with its expression; learns those that come often."""

import re
from datetime import tzinfo
from typing import Final

from tui.cards.fast.shapes.filling import Filler, UnfilledError
from tui.cards.fast.shapes.leaves import HeadLanguage
from tui.cards.fast.shapes.plan import FieldPlan, shape_of
from tui.cards.fast.toml import MOST_DOTS
from tui.cards.fast.yaml import is_plain_text
from tui.model import Story

_MOST_SHAPES: Final = 12
_MOST_COUNTED: Final = 1000
_MOST_TRIES: Final = 100
# Heads of the same keys after which one of them is looked at.
_OFTEN: Final = frozenset(4 * 2**power for power in range(12))
# So few characters that they hold fewer lines and values than any limit.
_MOST_CHARACTERS: Final = 16 * 1024


class KnownShapes:
    """Reads heads of one language and of shapes that it knows; times without a zone are local to `zone`."""

    def __init__(self, language: HeadLanguage, zone: tzinfo) -> None:
        self._language = language
        self._filler = Filler(language.node, zone)
        self._shapes: list[tuple[re.Pattern[str], FieldPlan]] = []
        self._counts: dict[tuple[str, ...], int] = {}
        self._tries = 0

    def read(self, text: str, id: str) -> Story | None:
        """The story of a card with this text; None if its head is of no known shape, or has to be judged with care."""
        for place, (pattern, plan) in enumerate(self._shapes):
            match = pattern.match(text)
            if match is not None:
                if place:
                    self._shapes[place - 1], self._shapes[place] = self._shapes[place], self._shapes[place - 1]
                return self._story(plan, match, id)
        return None

    def _story(self, plan: FieldPlan, match: re.Match[str], id: str) -> Story | None:
        text, end = match.string, match.end()
        if end > _MOST_CHARACTERS or "\r" in text:
            return None
        if not text.isascii() and not is_plain_text(match[0]):
            return None
        if not self._language.is_shared and text.count(".", 0, end) > MOST_DOTS:
            return None
        body = text[end:].strip()
        size = len(body) if body.isascii() else len(body.encode())
        try:
            return self._filler.story(plan, ("", *match.groups()), id, body, size)
        except UnfilledError:
            return None

    def learn(self, keys: tuple[str, ...], head: str, text: str, id: str, story: Story) -> None:
        """Note a card that was read otherwise: its keys, the lines of its head, and its text, id and story.

        The shape of its head is known from now on if such keys come often.
        """
        count = self._counts[keys] = self._counts.get(keys, 0) + 1
        if len(self._counts) > _MOST_COUNTED:
            self._counts.clear()
        if count not in _OFTEN or self._tries >= _MOST_TRIES:
            return
        self._tries += 1
        leaves = self._language.leaves(head)
        shape = shape_of(leaves, self._language) if leaves else None
        if shape is None:
            return
        known = re.compile(shape.expression), shape.plan
        match = known[0].match(text)
        if match is not None and self._story(known[1], match, id) == story:
            self._shapes = [known, *self._shapes[: _MOST_SHAPES - 1]]
