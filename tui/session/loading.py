"""Loading a folder once: in this process, or from its cache file and what changed since."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tui.cache.file import Cache, cache_path, open_cache
from tui.cache.kept import KeptBytes
from tui.cache.source import Damage
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import Batch, Changes, StoryBytes, decode_problems
from tui.cards.worker.wire import Packer, as_bytes
from tui.deck.analysis import Analysis
from tui.deck.counts import Declared
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.stored.gathered import DeckGatherer
from tui.deck.stored.snapshot import open_snapshot
from tui.errors import DamagedCacheError
from tui.model import Problem
from tui.session.names import DATA_BLOCK, FILES_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK, decode_ids
from tui.state.folders import telling_ids

PUBLISH_SECONDS = 0.25
"""How long it takes at least until the next deck is made while cards are read; at first, for then ever longer."""
PUBLISH_SECONDS_MOST = 2.0
"""And at most, but for decks that take long to make."""
TELL_SECONDS = 0.25
"""How often, at most, it is reported meanwhile how far the reading is."""
_SLOWER = 1.5
ANALYSE_HERE_BELOW = 2000
"""Stories of a deck that is analysed sooner than another process can do it."""
_PUBLISH_SHARE = 0.1


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


def add_packed(gatherer: DeckGatherer, packed: StoryBytes) -> None:
    """Have a gatherer take in stories that were packed. Raises ValueError if they make no sense."""
    gatherer.add(
        packed.stories,
        packed.related,
        packed.coverage,
        pages=packed.pages,
        source=packed.source,
        anew=packed.anew,
    )


class Gathering:
    """Gathers batches of stories and says when it is time to show them.

    Their bytes wait in a file in `folder`, in memory without it. `declared` is what is known so far of topics and
    outlets.
    """

    def __init__(self, declared: Declared, folder: Path | None) -> None:
        self.problems: list[Problem] = []
        self.not_cards = 0
        self._gatherer = DeckGatherer(KeptBytes(folder), declared)
        self._due = self._told = 0.0
        self._pause = PUBLISH_SECONDS

    @property
    def damage(self) -> Damage:
        """Whether something that was gathered cannot be read any more."""
        return self._gatherer.damage

    def take(self, batch: Batch) -> None:
        """Take a batch in. Raises DamagedCacheError if it makes no sense."""
        self.damage.checked(lambda: self._add(batch))
        self.problems += batch.problems
        self.not_cards += batch.not_cards

    def _add(self, batch: Batch) -> None:
        packed = as_bytes(Packer(0).packed(batch.stories)) if batch.packed is None else batch.packed
        add_packed(self._gatherer, packed)

    def is_due(self) -> bool:
        """Whether what was gathered should be shown: at once at first, then now and then."""
        return time.monotonic() >= self._due

    def deck(self, declared: Declared | None = None) -> Deck:
        """The deck of all that was gathered, by what is `declared` if that is other than it was."""
        began = time.monotonic()
        deck = self._gatherer.deck(declared)
        took = time.monotonic() - began
        # What is made for the eye must not take time from the reading.
        self._due = began + max(self._pause, took / _PUBLISH_SHARE)
        self._pause = min(self._pause * _SLOWER, PUBLISH_SECONDS_MOST)
        return deck

    def telling_ids(self) -> tuple[str, ...]:
        """The ids by which the store of marks knows a folder with these stories."""
        return tuple(telling_ids(self._gatherer.ids))

    def is_to_be_told(self) -> bool:
        """Whether it is time to report how far the reading is; then that counts as done."""
        now = time.monotonic()
        if now - self._told < TELL_SECONDS:
            return False
        self._told = now
        return True


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
    from tui.cards.worker.batches import helpers_for_cores, load

    data = load_data(root)
    builder = DeckBuilder(data.topics, data.outlets)
    problems = list(data.problems)
    files = not_cards = 0
    for batch in load(root, rules=rules, helpers=helpers_for_cores() if helped else 0):
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
