"""The one registry of what a reader can do: bindings, help, palette and the README table come from here."""

from typing import Literal, NamedTuple

Group = Literal["Move", "Read", "Links", "Find", "Mark", "Panes", "newsdeck"]


class ActionSpec(NamedTuple):
    """One action: its stable `id`, the `keys` that start it, a `label` of one or two words, and a sentence of `help`.

    `palette` puts it into the command palette; `hints` says which are in the line at the bottom.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group
    palette: bool = True


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("down", ("j", "down"), "down", "Next row.", "Move", palette=False),
    ActionSpec("up", ("k", "up"), "up", "Previous row.", "Move", palette=False),
    ActionSpec("top", ("g", "home"), "top", "First row.", "Move"),
    ActionSpec("bottom", ("G", "end"), "bottom", "Last row.", "Move"),
    ActionSpec("half_down", ("ctrl+d",), "half page down", "Half a page down.", "Move", palette=False),
    ActionSpec("half_up", ("ctrl+u",), "half page up", "Half a page up.", "Move", palette=False),
    ActionSpec("page_down", ("ctrl+f", "pagedown"), "page down", "A page down.", "Move", palette=False),
    ActionSpec("page_up", ("ctrl+b", "pageup"), "page up", "A page up.", "Move", palette=False),
    ActionSpec("next_day", ("L",), "older day", "To the next, older day in the list.", "Move"),
    ActionSpec("previous_day", ("H",), "newer day", "To the previous, newer day in the list.", "Move"),
    ActionSpec("open", ("enter",), "read", "Go in: from list to story, from a coverage row to its card.", "Read"),
    ActionSpec("back", ("backspace",), "back", "Back to the story or the pane before.", "Read"),
    ActionSpec("forward", ("apostrophe",), "forward", "Forward again after going back.", "Read"),
    ActionSpec(
        "scroll_down",
        ("J",),
        "scroll story",
        "Scroll the story down a line, from any pane.",
        "Read",
        palette=False,
    ),
    ActionSpec(
        "scroll_up",
        ("K",),
        "scroll story up",
        "Scroll the story up a line, from any pane.",
        "Read",
        palette=False,
    ),
    ActionSpec(
        "story_page_down",
        ("space",),
        "page story",
        "Page the story down, from any pane.",
        "Read",
        palette=False,
    ),
    ActionSpec("story_page_up", ("b",), "page story up", "Page the story up, from any pane.", "Read", palette=False),
    ActionSpec("coverage", ("c",), "coverage", "To the first row of coverage.", "Read"),
    ActionSpec("next_coverage", ("full_stop",), "next coverage", "Next row of coverage, from any pane.", "Read"),
    ActionSpec(
        "previous_coverage",
        ("comma",),
        "previous coverage",
        "Previous row of coverage, from any pane.",
        "Read",
    ),
    ActionSpec(
        "coverage_view", ("C",), "coverage view", "Show the event as a timeline, by outlet, or by headlines.", "Read"
    ),
    ActionSpec(
        "headlines", ("d",), "headlines", "Headlines one below the other, with what each adds in bright.", "Read"
    ),
    ActionSpec("everything", ("a",), "all related", "Same event only, or all that is related.", "Read"),
    ActionSpec("inspect", ("i",), "inspect", "Why it stands here, its file, and every field of the card.", "Read"),
    ActionSpec(
        "browse",
        ("o",),
        "open",
        "Open the story, or the chosen coverage row, in the browser.",
        "Links",
    ),
    ActionSpec(
        "browse_all",
        ("O",),
        "all outlets",
        "Open every outlet's piece; asks above five.",
        "Links",
    ),
    ActionSpec(
        "browse_nth",
        ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"),
        "open nth",
        "Open the coverage row, or link of the text, with that number; 0 is the tenth.",
        "Links",
        palette=False,
    ),
    ActionSpec("browse_number", ("semicolon",), "open number", "Type the number of the row or link to open.", "Links"),
    ActionSpec("copy_url", ("y",), "copy link", "Copy the link of the story or of the chosen row.", "Links"),
    ActionSpec("copy_markdown", ("Y",), "copy Markdown", "Copy headline and link as Markdown.", "Links"),
    ActionSpec("filter", ("slash",), "search", "Search; the list follows every letter. In topics, find one.", "Find"),
    ActionSpec(
        "escape",
        ("escape",),
        "step back",
        "One step back: what is open, the pane, the picks, the query.",
        "Find",
        palette=False,
    ),
    ActionSpec("topics", ("t",), "topics", "To topics, outlets and kinds; enter picks one.", "Find"),
    ActionSpec("clear_topic", ("T",), "clear topic", "Show all topics, outlets and kinds again.", "Find"),
    ActionSpec("exclude", ("minus",), "exclude", "In topics: show only what is not of this.", "Find", palette=False),
    ActionSpec("only_outlet", ("asterisk",), "only this outlet", "Only stories of this story's outlet.", "Find"),
    ActionSpec("only_topic", ("number_sign",), "only this topic", "Only stories of a topic of this story.", "Find"),
    ActionSpec("sort", ("s",), "sort", "Choose the order of the list.", "Find"),
    ActionSpec("reverse", ("S",), "reverse", "The same order the other way round.", "Find"),
    ActionSpec("group", ("v",), "group", "One row for each event, or one for each story.", "Find"),
    ActionSpec(
        "expand",
        ("plus",),
        "expand",
        "Show the stories of an event, in a story a text's copies; in topics: must have this too.",
        "Find",
    ),
    ActionSpec("go_to_date", ("D",), "go to date", "To the first story of a date.", "Find"),
    ActionSpec("open_view", ("w",), "views", "Open a saved view.", "Find"),
    ActionSpec("save_view", ("W",), "save view", "Save query, order and grouping under a name.", "Find"),
    ActionSpec("unpublished", ("U",), "unpublished", "Hide unpublished cards, or show them again.", "Find"),
    ActionSpec("mark_read", ("m",), "read", "Mark read, or unread again.", "Mark"),
    ActionSpec("star", ("f",), "star", "Star, or take the star away.", "Mark"),
    ActionSpec("mark_shown", ("A",), "all read", "Mark all shown stories read.", "Mark"),
    ActionSpec("pick", ("x",), "pick", "Pick for m, f and o on several at once.", "Mark"),
    ActionSpec(
        "undo", ("u",), "undo", "Take back the last thing you marked; many steps, marks of looking last.", "Mark"
    ),
    ActionSpec("redo", ("ctrl+r",), "redo", "Do again what was taken back.", "Mark"),
    ActionSpec("next_unread", ("n",), "next unread", "Next unread; in the story, the next match of the query.", "Mark"),
    ActionSpec("previous_unread", ("p", "N"), "previous unread", "Previous unread, or previous match.", "Mark"),
    ActionSpec("only_unread", ("M",), "unread only", "Only unread stories, or all again.", "Mark"),
    ActionSpec("only_starred", ("F",), "starred only", "Only starred stories, or all again.", "Mark"),
    ActionSpec("note", ("e",), "note", "Write a note on the story in $EDITOR.", "Mark"),
    ActionSpec("mute", ("X",), "mute", "Mute this outlet, a topic or a phrase; or list what is muted.", "Mark"),
    ActionSpec("only_muted", ("V",), "muted only", "Only muted stories, or the others again.", "Mark"),
    ActionSpec("pane_left", ("h", "left"), "pane left", "To the pane on the left.", "Panes", palette=False),
    ActionSpec("pane_right", ("l", "right"), "pane right", "To the pane on the right.", "Panes", palette=False),
    ActionSpec("next_pane", ("tab",), "next pane", "To the next pane, round and round.", "Panes", palette=False),
    ActionSpec("previous_pane", ("shift+tab",), "previous pane", "To the previous pane.", "Panes", palette=False),
    ActionSpec("toggle_topics", ("B",), "topics pane", "Show or hide the topics pane.", "Panes"),
    ActionSpec("zen", ("z",), "zen", "The story alone on the screen, and back.", "Panes"),
    ActionSpec("density", ("Z",), "density", "Rows of one line, or of several.", "Panes"),
    ActionSpec("narrower", ("less_than_sign",), "narrower list", "Make the list narrower.", "Panes"),
    ActionSpec("wider", ("greater_than_sign",), "wider list", "Make the list wider.", "Panes"),
    ActionSpec(
        "problems",
        ("exclamation_mark",),
        "problems",
        "List every file that could not be read as it should.",
        "newsdeck",
    ),
    ActionSpec("refresh", ("r",), "new stories", "To the first new story; without any, look for changes.", "newsdeck"),
    ActionSpec("open_folder", ("ctrl+o",), "open folder", "Open another folder, or a recent one.", "newsdeck"),
    ActionSpec("theme", (), "next theme", "Change to the next theme.", "newsdeck"),
    ActionSpec(
        "redraw", ("ctrl+l",), "redraw", "Draw the screen anew, should something have disturbed it.", "newsdeck"
    ),
    ActionSpec("palette", ("ctrl+p", "colon"), "palette", "Search every action by name.", "newsdeck", palette=False),
    ActionSpec("help", ("question_mark", "f1"), "help", "All keys, signs and words of the search.", "newsdeck"),
    ActionSpec("suspend", ("ctrl+z",), "suspend", "Back to the shell for a while; fg returns.", "newsdeck"),
    ActionSpec("quit", ("q", "ctrl+q"), "quit", "Close what is on top, then quit.", "newsdeck"),
)

OPENING_ACTIONS = frozenset({
    "filter", "palette", "go_to_date", "browse_number", "save_view", "open_view", "sort", "only_topic", "mute",
    "inspect", "problems", "open_folder", "help",
})  # fmt: skip
"""Actions that open something over the list: what is pressed next, however soon, is meant for that."""

_KEY_SIGNS = {
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "slash": "/",
    "asterisk": "*",
    "number_sign": "#",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "exclamation_mark": "!",
    "question_mark": "?",
    "colon": ":",
    "apostrophe": "'",
    "plus": "+",
    "minus": "-",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "escape": "esc",
    "f1": "F1",
}


def key_sign(key: str) -> str:
    """How a key is written for people: `slash` is `/`, `pagedown` is `PgDn`."""
    return _KEY_SIGNS.get(key, key)


def key_signs(spec: ActionSpec) -> str:
    """All keys of an action as people write them, apart by blanks; a run of digits is written as `1`-`9` `0`."""
    if spec.id == "browse_nth":
        return "1-9 0"
    return " ".join(key_sign(key) for key in spec.keys)


LETTER_ACTIONS = frozenset(
    spec.id for spec in ACTIONS if spec.id in OPENING_ACTIONS and any(len(key_sign(key)) == 1 for key in spec.keys)
)
"""Those that open something by a key which is a letter or sign like any other where something is typed."""
