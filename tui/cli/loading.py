"""What the headless commands that load a folder have in common."""

import argparse
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.errors import ConfigError, FolderError
from tui.model import Story
from tui.session import LoadedFolder, Marking, Session, find_story
from tui.text.sanitize import clean_line, clean_path

if TYPE_CHECKING:
    from tui.deck.events.events import Events
    from tui.deck.query.ast import Expr
    from tui.deck.query.grammar import QueryError
    from tui.state.values import Notice

_READY_SECONDS = 5.0


def events_of(loaded: LoadedFolder) -> "Events":
    """The events of a whole deck: those that are stored, if it has not changed since, else found anew."""
    if loaded.analysis is not None and loaded.analysis.events is not None:
        return loaded.analysis.events
    from tui.deck.events.build import build_events  # not needed where events are stored

    events = build_events(loaded.deck.stories)
    assert events is not None, "nothing stops it"
    return events


def read_marks(context: Context, loaded: LoadedFolder, session: Session) -> Marking:
    """The marks on the stories that a session has loaded, as they stand on disk; none if private.

    Nothing is made where there are no marks, and nothing remembers that somebody asked: changes to what is returned
    stay in memory.
    """
    from tui.state.store import MemoryStore  # a command that asks for no marks loads none

    kept = MemoryStore(context.environment.clock)
    if session.remembers and context.state_file.is_file():
        notices: list[Notice] = []
        store = context.open_store(notices.append, lambda keys: None)
        try:
            if store.wait_ready(_READY_SECONDS):
                kept.merge(store.contents())
            else:
                context.output.note("the marks cannot be read now; every story counts as unread.")
        finally:
            store.close()
        for notice in notices:
            context.output.note(clean_line(notice.said))
    return session.marking_in(kept, loaded.deck, loaded.telling_ids)


def add_query(parser: argparse.ArgumentParser) -> None:
    """Let the command take a query."""
    from tui.deck.query.keys import KEYS

    keys = " ".join(f"{key}:" for key in KEYS)
    parser.add_argument(
        "-q", "--query", metavar="QUERY", default="", help=f'words, "phrases", -not, OR, ( ), and the keys {keys}'
    )


def understood(context: Context, query: str, called: str = "query") -> "Expr":
    """What a query means.

    Raises ConfigError for one that is not understood, once each part that makes no sense was reported on stderr with
    its position: a script must not take what it did not ask for.
    """
    from tui.deck.query.parse import parse  # the grammar is slow to load

    parsed = parse(clean_line(query, len(query) + 1))
    if parsed.errors:
        _report_errors(context, parsed.errors, called)
        raise ConfigError(f"{called} was not understood.")
    return parsed.expr


def _report_errors(context: Context, errors: "Iterable[QueryError]", called: str = "query") -> None:
    """Say on stderr what of a query was left out."""
    for error in errors:
        context.output.note(f"{called}, character {error.position + 1}: {_worded(error)}")


def _worded(error: "QueryError") -> str:
    """The message with the nearest that could stand there, unless it names it already."""
    message = error.message.rstrip(".")
    return (
        f"{message}." if not error.nearest or error.nearest in message else f"{message}; did you mean {error.nearest}?"
    )


def load_folder(context: Context) -> tuple[Session, LoadedFolder]:
    """Load the folders that the options name: the session on them and what they hold.

    Raises FolderError if one is missing or unreadable, or none has cards.
    """
    session = context.session(context.options.paths)
    return session, _load(session)


def load_story(context: Context) -> tuple[Session, LoadedFolder, Story]:
    """Load the folder and find the story that the options name. Raises FolderError or StoryNotFoundError."""
    wanted: str = context.options.story
    paths = context.options.paths
    session = context.session(paths or ([wanted] if os.path.isfile(wanted) else ()))
    loaded = _load(session)
    return session, loaded, find_story(loaded.deck, id_of(session, wanted))


def report_problems(context: Context, loaded: LoadedFolder) -> ExitStatus | None:
    """Say on stderr how many files have no story; STRICT if that was asked for and a card is a problem, else None."""
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    if errors:
        files = "1 file" if errors == 1 else f"{errors:,} files"
        context.output.note(f"{files} could not be read; `newsdeck check` says why.")
    return ExitStatus.STRICT if context.options.strict and loaded.problems else None


def _load(session: Session) -> LoadedFolder:
    loaded = session.load_all()
    if not loaded.deck and not loaded.problems:
        where = ", ".join(clean_path(str(source.root)) for source in session.sources)
        raise FolderError(f"{where}: {_why_empty(session, loaded.not_cards)}")
    return loaded


def _why_empty(session: Session, not_cards: int) -> str:
    """Why there are no cards in the folders, and what to do."""
    why = session.why_no_card() if not_cards else ""
    if not why:
        return "there are no cards in here; `newsdeck demo` shows some."
    files = f"of {not_cards:,} text files none has" if not_cards > 1 else "the only text file does not have"
    return f"there are no cards in here: {files} a head that can be read; --plain reads them all the same. {why}"


def id_of(session: Session, wanted: str) -> str:
    """The id of the card whose file is `wanted`, if it is one; else what was asked for."""
    if not os.path.isfile(wanted):
        return wanted
    for source in session.sources:
        base = source.root if source.root.is_dir() else source.root.parent
        path = os.path.relpath(os.path.realpath(wanted), os.path.realpath(base))
        if not path.startswith(os.pardir):
            return session.id_in(source, clean_path(path.replace(os.sep, "/")))
    return wanted
