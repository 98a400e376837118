"""What the headless commands that load a folder have in common."""

import argparse
import os
from pathlib import Path

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.errors import FolderError
from tui.model import Story
from tui.session import Loaded, Session, find_story
from tui.text.sanitize import clean_path


def add_path(parser: argparse.ArgumentParser) -> None:
    """Let the command take the folder as its only PATH."""
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help="the folder of cards, or one card file; else the configured folder, else the demo cards",
    )


def load_folder(context: Context) -> tuple[Path, Loaded]:
    """Load the folder that the options name: where it is and what it holds.

    Raises FolderError if it is missing, unreadable or has no cards.
    """
    session = context.session(context.options.path)
    return session.root, _load(session)


def load_story(context: Context) -> tuple[Session, Loaded, Story]:
    """Load the folder and find the story that the options name. Raises FolderError or StoryNotFoundError."""
    wanted: str = context.options.story
    path = context.options.path
    session = context.session(wanted if path is None and os.path.isfile(wanted) else path)
    loaded = _load(session)
    return session, loaded, find_story(loaded.deck, _id_of(session.root, wanted))


def tell_problems(context: Context, loaded: Loaded) -> ExitStatus | None:
    """Say on stderr how many files have no story; STRICT if that was asked for and a card is a problem, else None."""
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    if errors:
        files = "1 file" if errors == 1 else f"{errors:,} files"
        context.output.note(f"{files} could not be read; `newsdeck check` tells why.")
    return ExitStatus.STRICT if context.options.strict and loaded.problems else None


def add_story(parser: argparse.ArgumentParser) -> None:
    """Let the command take a story, and the folder as an option beside it."""
    parser.add_argument("story", metavar="ID-OR-URL", help="a story's id (`newsdeck list` prints them), URL or file")
    parser.add_argument(
        "--path", metavar="PATH", help="the folder of cards; else the configured folder, else the demo cards"
    )


def _load(session: Session) -> Loaded:
    loaded = session.load_all()
    if not loaded.deck and not loaded.problems:
        raise FolderError(f"{clean_path(str(session.root))}: there are no cards in here; `newsdeck demo` shows some.")
    return loaded


def _id_of(root: Path, wanted: str) -> str:
    """The id of the card whose file is `wanted`, if it is one; else what was asked for."""
    if not os.path.isfile(wanted):
        return wanted
    base = root if root.is_dir() else root.parent
    path = os.path.relpath(os.path.realpath(wanted), os.path.realpath(base))
    return wanted if path.startswith(os.pardir) else clean_path(path.replace(os.sep, "/"))
