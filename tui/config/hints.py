"""Which keys the line at the bottom shows, for each place that the keys can go to; the most useful first."""

from typing import Final, Literal, NamedTuple

from tui.config.actions import ACTIONS, key_sign

KeyPlace = Literal[
    "stories", "story", "topics", "find", "query", "text", "help", "choice", "views", "question", "line", "folders"
]
"""What takes the keys: a pane, a field, or a kind of dialog."""


class Hint(NamedTuple):
    """A `key` by the toolkit's name, the `sign` people know it by, a `label` of one or two words, and what it does."""

    key: str
    sign: str
    label: str
    help: str


_SPECS: Final = {spec.id: spec for spec in ACTIONS}


def _of(action: str, label: str = "", help: str = "") -> Hint:
    spec = _SPECS[action]
    return Hint(spec.keys[0], key_sign(spec.keys[0]), label or spec.label, help or spec.help)


def _key(key: str, label: str, help: str, sign: str = "") -> Hint:
    return Hint(key, sign or key_sign(key), label, help)


_UP_DOWN: Final = _key("down", "move", "To the next, or with ↑ to the one before.", "↑ ↓")
_SCROLL: Final = _key("down", "scroll", "Scroll.", "↑ ↓")
_CLOSE: Final = _key("escape", "close", "Close.")
HELP: Final = _of("help")
"""Stands in the line everywhere."""
TYPED_HELP: Final = _key("f1", "help", HELP.help)
"""Stands there where a question mark is a letter."""

HINTS: Final[dict[KeyPlace, tuple[Hint, ...]]] = {
    "stories": (
        _of("open", "read", "Read the story under the cursor."),
        _of("filter"),
        _of("browse"),
        _of("mark_read", "read/unread"),
        _of("star"),
        _of("coverage"),
        _of("topics"),
        _of("sort"),
        _of("refresh", "", "To the first new story."),
        _of("escape", "all again", "Take the query back that nothing matches."),
        _of("open_folder", "folder", "Open another folder, where this one has no cards."),
    ),
    "story": (
        _of("open", "open row", "Read the card of the chosen row here, else open its link."),
        _of("escape", "list", "Back to the list."),
        _of("browse"),
        _of("coverage"),
        _of("coverage_view", "view"),
        _of("next_unread", "next", "The next match of the query, else the next unread story."),
        _of("browse_all"),
        _of("mark_read", "read/unread"),
        _of("star"),
        _of("zen"),
    ),
    "topics": (
        _of("open", "pick", "Pick this, beside others that are picked; again takes it back."),
        _of("expand", "and", "Must have this too."),
        _of("exclude", "not", "Must not have this."),
        _of("filter", "find", "Find a topic, outlet, kind or month by a part of its name."),
        _of("clear_topic", "all again", "Take every pick back."),
        _of("escape", "list", "Back to the list."),
    ),
    "find": (
        _key("enter", "keep", "Keep what is found, and go to it."),
        _key("escape", "all again", "Show all topics, outlets and kinds again."),
        _UP_DOWN,
    ),
    "query": (
        _key("enter", "keep", "Keep the query, or take the chosen suggestion."),
        _key("escape", "give up", "Give the change up, and be where you were."),
        _key("tab", "complete", "Take the chosen suggestion, else the first one."),
        _key("down", "choose", "Choose a suggestion; where there is none, bring earlier queries back.", "↑ ↓"),
    ),
    "text": (
        _CLOSE,
        _SCROLL,
        _key("space", "page", "Scroll a page."),
    ),
    "help": (
        _key("slash", "find", "Show only what holds some letters."),
        _CLOSE,
        _SCROLL,
        _of("palette", "every action", "Search every action by name."),
    ),
    "choice": (
        _key("enter", "choose", "Choose what the cursor is on."),
        _key("escape", "close", "Choose nothing."),
        _UP_DOWN,
    ),
    "views": (
        _key("enter", "open", "Show the view under the cursor."),
        _key("x", "forget", "Take the view under the cursor out of the file, or bring it back."),
        _key("escape", "close", "Choose nothing."),
        _UP_DOWN,
    ),
    "question": (
        _key("y", "yes", "Agree; enter does too."),
        _key("n", "no", "Leave it; esc does too."),
    ),
    "line": (
        _key("enter", "done", "Answer."),
        _key("escape", "give up", "Give no answer."),
    ),
    "folders": (
        _key("enter", "open", "Open the folder under the cursor."),
        _key("escape", "close", "Open nothing."),
        _UP_DOWN,
        _key("tab", "complete", "Complete a path."),
    ),
}

TITLES: Final[dict[KeyPlace, str]] = {
    "stories": "In the list",
    "story": "In the story",
    "topics": "In topics, outlets and kinds",
    "find": "While a topic is looked for",
    "query": "While a query is typed",
    "text": "Here",
    "help": "Here",
    "choice": "In a list to choose from",
    "views": "Among saved views",
    "question": "At a question",
    "line": "While a line is typed",
    "folders": "While a folder is chosen",
}

_TYPED: Final = frozenset({"find", "query", "line", "folders"})


def help_of(place: KeyPlace) -> Hint:
    """The key for help there."""
    return TYPED_HELP if place in _TYPED else HELP
