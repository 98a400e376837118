"""Reads one whole card again from its file, for the story pane, the inspector and `show`."""

from pathlib import Path

from tui.cards.files import read_file
from tui.cards.parsed import ParsedCard
from tui.cards.problems import CardError
from tui.cards.scan import FileEntry, find_entry
from tui.errors import StoryNotFoundError
from tui.text.sanitize import clean_path


def read_card(root: Path, which: str | FileEntry) -> ParsedCard:
    """The whole card with this id below `root`, as its file is now.

    A file that cannot be read gives a problem. Raises StoryNotFoundError if no file has the id, and FolderError as
    `scan` does.
    """
    from tui.cards.parse import parse_card  # loads PyYAML, which a list of stories does not need

    entry = which if isinstance(which, FileEntry) else find_entry(root, which)
    if entry is None:
        raise StoryNotFoundError(f"There is no card {clean_path(str(which))} in this folder.")
    try:
        data, _ = read_file(entry.path)
    except CardError as error:
        return ParsedCard(problems=(error.problem(entry.id),))
    return parse_card(data, entry.id)
