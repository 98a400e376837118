"""The cache file of several folders: what it holds is shown at once, kept up with, and never out of date."""

import io
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.cards.sync.watching import fresh, put
from tests.session.caches import CachedFolder, known_of, same_as_fresh
from tests.ui.reader import RecordingPrograms
from tui.cache.file import cache_path
from tui.cards.protocol import Changes
from tui.config.settings import Settings
from tui.deck.analysis import Analysis
from tui.deck.changed import changed_deck
from tui.deck.deck import Deck
from tui.errors import DamagedCacheError
from tui.session import FolderState, Session, content_roots
from tui.session.joined import JoinedCache, JoinRequest, joined_with
from tui.session.joiner import join
from tui.session.merging import DeckJoiner
from tui.session.overlay import JoinedBase
from tui.state.folders import sketch


def told(title: str, day: int, url: str = "") -> str:
    link = url or f"https://a.example/{title.replace(' ', '-')}"
    return f"---\ntitle: {title}\nlink: {link}\ndate: 2026-01-{day:02d}T10:00:00Z\ntags: [AI]\n---\nA body.\n"


class Pair:
    """Two folders with cache files, and the file of both."""

    def __init__(self, top: Path) -> None:
        self.shelf = top / "shelf"
        self.folders = [CachedFolder(top / name, self.shelf) for name in ("one", "two")]
        for folder in self.folders:
            put(folder.root / "same.md", told("Harbour bridge shut for a while", 5, "https://a.example/bridge"))
            put(folder.root / f"{folder.root.name}.md", told(f"Only {folder.root.name} tells this", 7))
        self.tokens = [folder.write() for folder in self.folders]

    def session(self) -> Session:
        roots = content_roots([str(folder.root) for folder in self.folders], Settings())
        return Session(roots, Settings(), RecordingPrograms(), cache_dir=self.shelf, zone=UTC)

    def join(self) -> None:
        names = tuple(folder.root.name for folder in self.folders)
        roots = tuple(str(folder.root.resolve()) for folder in self.folders)
        caches = tuple(str(folder.path) for folder in self.folders)
        path = JoinedCache(self.session().sources, self.shelf).path
        request = JoinRequest(str(path), names, roots, caches, tuple(self.tokens))
        join(io.BytesIO(msgspec.msgpack.encode(request)))

    def known(self) -> FolderState | None:
        session = self.session()
        session.prefetch()
        try:
            return session.known(lambda _state: None)
        finally:
            session.close()

    def state(self, number: int, *log: Changes) -> FolderState:
        """What the follower of a folder publishes with these changes laid over a cache file."""
        deck = self.folders[number].opened(self.tokens[number]).analysis.deck
        for changes in log:
            deck = changed_deck(deck, changes.stories, changes.removed)
        return FolderState(deck, token=self.tokens[number], changes=log)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_without_a_file_of_both_nothing_is_known_at_once(pair: Pair) -> None:
    assert pair.known() is None


def test_what_was_kept_is_known_at_once_and_says_what_joining_says(pair: Pair) -> None:
    pair.join()
    known = pair.known()
    assert known is not None
    assert known.analysis is not None
    assert known.analysis.is_whole
    assert known.deck is known.analysis.deck
    same_as_fresh(known.analysis, pair.session().load_all())
    assert known.deck.sources == ("one", "two")
    assert known.deck.source_counts == {"one": 2, "two": 2}
    event = known.analysis.event("one/same.md")
    assert event is not None
    assert set(event.story_ids) == {"one/same.md", "two/same.md"}


@pytest.mark.parametrize("number", [0, 1])
def test_a_file_of_older_ones_is_not_used(pair: Pair, number: int) -> None:
    pair.join()
    put(pair.folders[number].root / "new.md", told("New", 9))
    pair.folders[number].write()
    assert pair.known() is None


def test_a_damaged_file_is_not_used(pair: Pair) -> None:
    pair.join()
    path = JoinedCache(pair.session().sources, pair.shelf).path
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    known = pair.known()
    if known is not None:
        with pytest.raises(DamagedCacheError):
            list(known.deck.stories)


def test_a_file_is_not_made_of_files_that_changed_meanwhile(pair: Pair) -> None:
    pair.folders[1].write()
    with pytest.raises(DamagedCacheError):
        pair.join()


def read(pair: Pair, number: int, name: str, text: str) -> Changes:
    root = pair.folders[number].root
    put(root / name, text)
    return Changes(1, (fresh(root)[0][name],))


def base_of(pair: Pair) -> JoinedBase:
    pair.join()
    base = JoinedBase(("one", "two"), JoinedCache(pair.session().sources, pair.shelf))
    assert base.opens([pair.state(0), pair.state(1)])
    return base


def now(base: JoinedBase, states: list[FolderState]) -> Analysis | None:
    decks = [state.deck for state in states]
    shown = {name: deck.shown_count for name, deck in zip(("one", "two"), decks, strict=True)}
    return base.analysis(DeckJoiner(("one", "two")).declared(decks), shown)


@pytest.mark.parametrize("number", [0, 1])
def test_what_changes_is_laid_over_it(pair: Pair, number: int) -> None:
    base = base_of(pair)
    name = pair.folders[number].root.name
    log = (
        read(pair, number, "new.md", told("New quay", 9)),
        read(pair, number, f"{name}.md", told("Changed quay", 2)),
        Changes(3, (), ("same.md",)),
    )
    states = [pair.state(0), pair.state(1)]
    for count in range(1, len(log) + 1):
        states[number] = pair.state(number, *log[:count])
        base.take(number, states)
        analysis = now(base, states)
        assert analysis is not None
        assert list(analysis.deck.stories) == list(DeckJoiner(("one", "two")).joined([s.deck for s in states]).stories)
        assert now(base, states) is analysis, "what has not changed is not laid over it again"
        assert analysis.deck.source_counts == replace(analysis.deck, by_source=None).source_counts
        assert analysis.can_search
        assert not analysis.is_whole
        assert "events" in known_of(analysis)


def test_what_went_into_the_file_of_a_folder_stays_until_that_of_both_is_new(pair: Pair) -> None:
    base = base_of(pair)
    first, second = read(pair, 1, "new.md", told("New", 9)), read(pair, 1, "newer.md", told("Newer", 10))
    states = [pair.state(0), pair.state(1, first, second)]
    base.take(1, states)
    whole = [story.id for story in states[1].deck.stories]
    states[1] = FolderState(states[1].deck, token="next", changes=(second,))
    base.take(1, states)
    analysis = now(base, states)
    assert analysis is not None
    assert [story.id for story in analysis.deck.stories if story.id.startswith("two/")] == [f"two/{id}" for id in whole]


def again(state: FolderState) -> FolderState:
    return FolderState(state.deck, loading=True)


def elsewhere(state: FolderState) -> FolderState:
    return FolderState(state.deck, token="other", changes=(Changes(1, fresh=True, base="other"),))


def gone(_state: FolderState) -> FolderState:
    return FolderState(Deck(), error="It is not there.")


@pytest.mark.parametrize("turned", [again, elsewhere, gone])
def test_where_it_cannot_be_told_what_changed_all_is_joined_anew(
    pair: Pair, turned: Callable[[FolderState], FolderState]
) -> None:
    base = base_of(pair)
    states = [pair.state(0), turned(pair.state(1))]
    base.take(1, states)
    assert now(base, states) is None


def test_a_reader_of_two_folders_has_their_file_written_and_keeps_up(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.session.overlay.ANALYSE_HERE_BELOW", 0)
    session = pair.session()
    session.prefetch()
    states: list[FolderState] = []
    added = False

    def is_over() -> bool:
        nonlocal added
        last = states[-1] if states else None
        if last is None or last.analysis is None:
            return False
        if not added and last.analysis.is_whole:
            added = True
            put(pair.folders[0].root / "late.md", told("Late quay", 11))
        return added and last.deck.find("one/late.md") is not None

    try:
        session.follow(states.append, is_over)
    finally:
        session.close()
    last = states[-1]
    assert last.analysis is not None
    assert last.analysis.can_search
    assert len(last.deck) == 5
    assert cache_path(pair.shelf, pair.folders[0].root) != JoinedCache(session.sources, pair.shelf).path


def test_which_folders_these_are_is_known_without_going_through_their_cards(pair: Pair) -> None:
    pair.join()
    session = pair.session()
    session.prefetch()
    try:
        assert session.known(lambda _state: None) is not None
        session.enter(Deck())
    finally:
        session.close()
    found = {folder.sketch for folder in session.marking.store.folders() if folder.sketch}
    assert found == {sketch(["same.md", f"{folder.root.name}.md"]) for folder in pair.folders}


def test_a_file_of_several_is_found_by_each_of_them(pair: Pair, tmp_path: Path) -> None:
    assert joined_with(pair.shelf, [str(pair.folders[0].root.resolve())]) == []
    pair.join()
    path = JoinedCache(pair.session().sources, pair.shelf).path
    for folder in pair.folders:
        assert [kept.path for kept in joined_with(pair.shelf, [str(folder.root.resolve())])] == [path]
    assert joined_with(pair.shelf, [str(tmp_path)]) == []
