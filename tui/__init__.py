"""newsdeck: a terminal reader for aggregated news cards.

Three processes work on an open folder:

- the *reader* (`tui.ui`) shows a deck and never reads a card: `tui.session.follow` hands it one deck after the other;
- the *worker* (`tui.cards.worker.main`) reads the cards, then watches the folder and sends what changes;
- the *indexer* (`tui.session.indexer`) works out events and search, and writes both into the cache file.

A deck is the cache file, mapped into memory, with what changed since laid over it (`tui.deck.changed`).

Imports point down, and the contracts in pyproject.toml keep it so:

    cli         the command line; `cli/commands` has one file a command
    bench       measures speed, and how well events are found; returns values that cli prints
    ui          the only room that knows Textual: app > deck > dialogs > palette, widgets
    session     what the reader and the command line both do with a folder
    export      stories as records and Markdown
    cards       files to stories: format < fast < folder < reader, protocol < sync < worker
    deck        the index in memory: query language, search, events, facets, orders, what is shown
    state       what the reader marked, in SQLite           config   settings, keys, themes, saved views
    cache       the cache file; knows nothing of cards      programs the only starter of other programs
    text        the one sanitizer, the one policy for links, bodies, wording       model  stories as frozen values
    paths, resources, errors, clock, terminal_modes, work

CONTRIBUTING.md follows a card to the screen, a mark to the disk and a key to the repaint: begin there.
"""

__version__ = "0.1.0"
