"""What headless commands know beyond the cards: the events of a deck, and what the reader marked."""

from pathlib import Path

from tui.cli.context import Context
from tui.deck.event_builder import build_events
from tui.deck.events import Events
from tui.session import Loaded, Marking
from tui.state.store import MemoryStore
from tui.state.values import Notice
from tui.text.sanitize import clean_line

_READY_SECONDS = 5.0


def events_of(loaded: Loaded) -> Events:
    """The events of a whole deck: those that are stored, if it has not changed since, else found anew."""
    if loaded.analysis is not None and loaded.analysis.events is not None:
        return loaded.analysis.events
    events = build_events(loaded.deck.stories)
    assert events is not None, "nothing stops it"
    return events


def read_marks(context: Context, loaded: Loaded, root: Path) -> Marking:
    """The marks on the stories of a folder, loaded from `root`, as they stand on disk; none if private.

    Nothing is made where there are no marks, and nothing remembers that somebody asked: changes to what is returned
    stay in memory.
    """
    kept = MemoryStore(context.environment.clock)
    if not context.options.private and context.state_file.is_file():
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
    folder = kept.enter_folder(root.resolve(), loaded.telling_ids or (story.id for story in loaded.deck.stories))
    return Marking(kept, folder.id)
