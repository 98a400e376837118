"""What comes out of reading one file."""

import msgspec

from tui.model import Card, Problem, Story


class ParsedStory(msgspec.Struct, frozen=True):
    """A story, if the file gives one, and what is wrong. Neither of them: the file is not a card."""

    story: Story | None = None
    problems: tuple[Problem, ...] = ()


class ParsedCard(msgspec.Struct, frozen=True):
    """A whole card, if the file gives one, and what is wrong. Neither of them: the file is not a card."""

    card: Card | None = None
    problems: tuple[Problem, ...] = ()
