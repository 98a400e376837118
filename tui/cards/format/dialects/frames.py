"""Files that have a head and are no cards: templates that are filled in elsewhere, and pages of a folder."""

import os
import re
from collections.abc import Mapping
from typing import Final

from tui.cards.format.dialects.table import FOLDED, folded
from tui.cards.format.fields import Node
from tui.cards.format.wordings import PLACES
from tui.model import Story

_PLACE: Final = r"(?:\{\{(?![<%])[^\n]{1,300}\}\}|<%[^\n]{1,300}%>)"
_IS_PLACE: Final = re.compile(rf"\s*{_PLACE}\s*")
# A place without quotes, behind a key or as an entry of a list: no YAML, TOML or JSON has such a value.
_BARE_PLACE: Final = re.compile(rf"(?m)^[ \t]*(?:-[ \t]+)?(?:[\w.-]{{1,60}}[ \t]*[:=][ \t]*)?{_PLACE}[ \t]*,?[ \t]*$")
_TELLING: Final = frozenset((*FOLDED["title"], *FOLDED["time"]))
_OF_FOLDER: Final = re.compile(r"_index(?:\.[a-z]{2,3}(?:[-_][a-z]{2,4})?)?\.[a-z]{2,8}", re.IGNORECASE)


def is_template(mapping: Mapping[str, Node]) -> bool:
    """Whether the title or the time of a head is a place that is filled in when a note is made of it."""
    return any(isinstance(node, str) and has_place(node) and folded(key) in _TELLING for key, node in mapping.items())


def has_place(text: str) -> bool:
    """Whether a text is nothing but such a place, as in `{{title}}` or `<% tp.file.title %>`."""
    return text.lstrip()[:2] in PLACES and _IS_PLACE.fullmatch(text) is not None


def has_bare_place(text: str) -> bool:
    """Whether a head that cannot be read has such a place for a value."""
    return any(mark in text for mark in PLACES) and _BARE_PLACE.search(text) is not None


def may_stand_for_folder(id: str) -> bool:
    """Whether a file has the name that pages of a folder have, in any language."""
    return "_index." in id and _OF_FOLDER.fullmatch(os.path.basename(id)) is not None


def stands_for_folder(story: Story, body: str) -> bool:
    """Whether a page of such a name only names its folder, and has nothing to read."""
    says_more = story.published_at or story.url or story.topics or story.related or body.strip()
    return may_stand_for_folder(story.id) and not says_more
