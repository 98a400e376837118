"""Which keys of the line at the bottom would do nothing now, so that it does not name them; pure."""

from typing import Final

from tui.ui.deck.state import DeckState
from tui.ui.widgets.story_content import StoryContent

_OF_A_STORY: Final = frozenset({"enter", "o", "m", "f", "c", "s"})
_OF_AN_EVENT: Final = frozenset({"C", "O"})
_OF_A_DECK: Final = frozenset({"slash", "t"})
_OF_PICKS: Final = frozenset({"m", "f", "o"})


def idle_keys(state: DeckState, content: StoryContent | None) -> frozenset[str]:
    """The keys that would do nothing in the pane that has the focus; the story pane shows `content`."""
    if state.focus == "story":
        return _in_story(content)
    return _in_list(state) if state.focus in ("stories", "") else frozenset()


def _in_list(state: DeckState) -> frozenset[str]:
    idle = set() if state.arrived else {"r"}
    is_empty = not state.listing.docs and not state.loading
    if is_empty:
        idle |= _OF_A_STORY - (_OF_PICKS if state.picked else frozenset())
    has_stories = len(state.deck) > 0
    if is_empty and not has_stories:
        idle |= _OF_A_DECK
    if not (is_empty and has_stories and state.listing.narrowed):
        idle.add("escape")
    if not is_empty or has_stories:
        idle.add("ctrl+o")
    return frozenset(idle)


def _in_story(content: StoryContent | None) -> frozenset[str]:
    if content is None:
        return _OF_A_STORY | _OF_AN_EVENT | {"n", "z"}
    if not content.sections:
        return _OF_AN_EVENT | {"c"}
    return frozenset() if any(section.name == "event" for section in content.sections) else _OF_AN_EVENT
