"""Loading a folder once: in this process, or from its cache file and what changed since."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from tui.cache.file import Cache, cache_path, open_cache
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import Changes, decode_problems
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.stored.snapshot import open_snapshot
from tui.errors import DamagedCacheError
from tui.model import Problem
from tui.session.names import DATA_BLOCK, FILES_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK, decode_ids

ANALYSE_HERE_BELOW = 2000
"""Stories of a deck that is analysed sooner than another process can do it."""


class LoadedFolder(msgspec.Struct, frozen=True):
    """A whole folder: its deck, the problems of its files, and how many files were looked at or were no cards.

    `analysis` is what is known of this very deck beyond its stories, if anything is. `telling_ids` are the ids by which
    the store of marks knows the folder; empty where all of them have to be asked.
    """

    deck: Deck
    problems: tuple[Problem, ...]
    files: int
    not_cards: int
    analysis: Analysis | None = None
    telling_ids: tuple[str, ...] = ()


class FolderState(msgspec.Struct, frozen=True):
    """What is known of a folder at a moment.

    `analysis` is what is known beyond the stories of this very deck. `done` of `files` card files have been read while
    `loading`. `awaits_analysis` says that more of it is on its way, so that it need not be worked out here. `arrived`
    are ids of stories that are new since the state before, once the folder was loaded. `error` says, while the
    folder cannot be read, why. `answers` marks the answer to a call for a rescan. `not_cards` is how many text files
    have no head; if there is no story at all, `not_card` says of the first of them why it is none. `token` names the
    cache file that the deck comes from, empty for one that was read, and `changes` are what was laid over it.
    """

    deck: Deck
    analysis: Analysis | None = None
    problems: tuple[Problem, ...] = ()
    done: int = 0
    files: int = 0
    loading: bool = False
    awaits_analysis: bool = False
    arrived: tuple[str, ...] = ()
    error: str = ""
    answers: bool = False
    not_cards: int = 0
    not_card: str = ""
    token: str = ""
    changes: tuple[Changes, ...] = ()


Publish = Callable[[FolderState], None]


def why_no_card(root: Path, rules: ReadingRules = USUAL_RULES) -> str:
    """What is missing in the first text file of a folder that is no card, as a sentence; empty if there is none.

    Raises FolderError if the folder cannot be read.
    """
    from tui.cards.census import first_not_card  # slow to load, and hardly ever needed

    found = first_not_card(root, rules)
    return f"{found.id} {found.why}." if found is not None else ""


def load_once(root: Path, rules: ReadingRules = USUAL_RULES, *, helped: bool = False) -> LoadedFolder:
    """Read a whole folder in this process, or `helped` by others that are forked from it.

    Raises FolderError if it is missing or unreadable.
    """
    from tui.cards.folder.data import load_data
    from tui.cards.folder.scan import scan
    from tui.cards.worker.batches import load
    from tui.cards.worker.sizes import helpers_for_cores

    found = scan(root)
    data = load_data(root, found.content_roots)
    builder = DeckBuilder(data.topics, data.outlets)
    problems = list(data.problems)
    files = not_cards = 0
    for batch in load(root, rules=rules, helpers=helpers_for_cores() if helped else 0, found=found):
        builder.add(batch.stories)
        problems += batch.problems
        not_cards += batch.not_cards
        files = batch.total
    return LoadedFolder(builder.deck(), tuple(problems), files, not_cards)


def load_stored(root: Path, cache_dir: Path, rules: ReadingRules = USUAL_RULES) -> LoadedFolder | None:
    """A whole folder from its cache file in `cache_dir`, and from the cards that changed since.

    None if there is no such file, or any doubt about it. Raises FolderError if the folder is missing or unreadable.
    """
    cache = open_cache(cache_path(cache_dir, root, rules.text), root)
    if cache is None:
        return None
    try:
        # Whoever asks for everything gets no stand-ins: all is checked before any of it is used.
        for name in cache.names():
            cache.block(name)
        return _loaded(root, cache, rules)
    except (DamagedCacheError, KeyError, ValueError):
        return None


def stored_deck(root: Path, cache_dir: Path, rules: ReadingRules = USUAL_RULES) -> Deck | None:
    """The deck in the cache file in `cache_dir`, compared with nothing; None if there is no file that can be used."""
    cache = open_cache(cache_path(cache_dir, root, rules.text), root)
    snapshot = None if cache is None else open_snapshot(cache)
    return None if snapshot is None else snapshot.analysis.deck


def _loaded(root: Path, cache: Cache, rules: ReadingRules) -> LoadedFolder | None:
    from tui.cards.sync.once import compare_since
    from tui.deck.changed import changed_deck

    snapshot = open_snapshot(cache)
    since = compare_since(root, cache.block(FILES_BLOCK), cache.block(PROBLEMS_BLOCK), rules)
    if snapshot is None or since.data_changed:
        return None
    problems = (*decode_problems(cache.block(DATA_BLOCK))[0], *since.problems)
    ids = decode_ids(cache.block(IDS_BLOCK))
    deck, analysis = snapshot.analysis.deck, snapshot.analysis
    if not (since.stories or since.removed):
        return LoadedFolder(deck, problems, since.files, since.not_cards, analysis, ids)
    deck = changed_deck(deck, since.stories, since.removed)
    return LoadedFolder(deck, problems, since.files, since.not_cards, telling_ids=ids)
