"""By what a piece, a story or coverage item, is known again."""

from tui.model import Coverage, Story
from tui.text.urls import canonical_url

CARD_KEY = "card:"
"""Begins the key of a card without a link; its id follows."""


def source_key(source: Story | Coverage) -> str:
    """What tells the piece of a story or coverage item from others."""
    return piece_key(source) if isinstance(source, Story) else item_key(source)


def piece_key(story: Story) -> str:
    """What tells a story's piece from others: its canonical URL, else its id."""
    return (canonical_url(story.url) if story.url else "") or f"{CARD_KEY}{story.id}"


def item_key(item: Coverage) -> str:
    """What tells a coverage item's piece from others: its canonical URL, else what is said of it."""
    key = canonical_url(item.url) if item.url else ""
    if key:
        return key
    day = "" if item.published_at is None else item.published_at.date().isoformat()
    return f"item:{day} {item.outlet.domain or item.outlet.name} {item.title}".casefold()
