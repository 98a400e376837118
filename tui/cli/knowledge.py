"""What headless commands know beyond the cards: the events of a deck, and what the reader marked."""

import os
from pathlib import Path

from tui.cli.context import Context
from tui.cli.records import Recorder
from tui.deck.deck import Deck
from tui.deck.events import Events, build_events
from tui.session import Marking
from tui.state.store import MemoryStore
from tui.text.sanitize import clean_line

_READY_SECONDS = 5.0


def events_of(deck: Deck) -> Events:
    """The events of a whole deck."""
    events = build_events(deck.stories)
    assert events is not None, "nothing stops it"
    return events


def recorder(context: Context, deck: Deck, root: Path, events: Events | None = None) -> Recorder:
    """Makes records of the stories of `deck`, which was loaded from `root`."""
    return Recorder(events or events_of(deck), read_marks(context, root))


def read_marks(context: Context, root: Path) -> Marking:
    """The marks on the stories of a folder as they stand on disk; asking creates and changes nothing."""
    if context.options.private or not context.state_file.is_file():
        return Marking(MemoryStore(context.environment.clock))
    store = context.open_store(lambda notice: context.output.note(clean_line(notice.said)), lambda keys: None)
    store.wait_ready(_READY_SECONDS)
    known = store.contents()
    path = os.fsencode(root.resolve())
    folder = next((folder.id for folder in known.folders if folder.path == path), "")
    store.close()
    kept = MemoryStore(context.environment.clock)
    kept.merge(known)
    return Marking(kept, folder)
