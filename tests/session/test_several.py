"""Several folders as one deck: nothing is lost or mixed up, and each stays as it is alone."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path

import pytest

from tests.cards.sync.watching import card, put
from tests.ui.reader import RecordingPrograms
from tui.clock import utc_now
from tui.config.settings import NamedFolder, Settings
from tui.deck.analysis import index_deck
from tui.deck.view import Lister, View
from tui.errors import FolderError
from tui.model import Story
from tui.session import ContentRoot, FolderState, Session, content_roots
from tui.session.loading import Publish
from tui.session.merging import MergedSources
from tui.session.source import SourceFolder
from tui.state.store import MemoryStore
from tui.work import ShouldStop

UNLINKED = "---\ntitle: {}\n---\nA body.\n"


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of the same name; both have a card a.md, and a broken one."""
    one, other = tmp_path / "x" / "clips", tmp_path / "y" / "clips"
    put(one / "a.md", card("One a"))
    put(one / "deep" / "b.md", UNLINKED.format("One b"))
    put(other / "a.md", UNLINKED.format("Other a"))
    put(other / "broken.md", "---\ntitle: [half\n")
    put(one / "list.md", "---\ntitle: List\ntype: collection\nitems:\n  - a\n---\n")
    return one, other


def opened(*paths: Path, settings: Settings | None = None) -> Session:
    settings = settings or Settings()
    roots = content_roots([str(path) for path in paths], settings)
    return Session(roots, settings, RecordingPrograms(), zone=UTC)


def by_id(stories: Sequence[Story]) -> dict[str, str]:
    return {story.id: story.title for story in stories}


def test_ids_begin_with_the_name_of_their_folder_and_are_unique(two: tuple[Path, Path]) -> None:
    loaded = opened(*two).load_all()
    assert by_id(loaded.deck.stories) == {
        "clips/a.md": "One a",
        "clips/deep/b.md": "One b",
        "clips/list.md": "List",
        "clips-2/a.md": "Other a",
    }
    assert [problem.file for problem in loaded.problems] == ["clips-2/broken.md"]
    assert (loaded.files, loaded.not_cards) == (5, 0)


def test_a_single_folder_keeps_its_ids(two: tuple[Path, Path]) -> None:
    for paths in ((two[0],), (two[0], two[0]), (two[0], two[0] / ".")):
        session = opened(*paths)
        assert not session.is_several
        assert set(by_id(session.load_all().deck.stories)) == {"a.md", "deep/b.md", "list.md"}


def test_each_card_is_read_from_its_own_folder(two: tuple[Path, Path]) -> None:
    session = opened(*two)
    for story in session.load_all().deck.stories:
        whole = session.read_card(story)
        assert whole is not None
        assert whole.story.title == story.title


def test_a_collection_finds_the_cards_beside_it(two: tuple[Path, Path]) -> None:
    deck = opened(*two).load_all().deck
    collection = deck.find("clips/list.md")
    assert collection is not None
    assert [story.title for story in deck.listed(collection)] == ["One a"]


def test_names_of_the_configuration_open_folders(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(folders={"work": NamedFolder(two[0]), "home": NamedFolder(two[1])})
    roots = content_roots(["home", "work"], settings)
    assert [(root.name, root.path) for root in roots] == [("home", two[1]), ("work", two[0])]
    (root,) = content_roots(["work"], settings)
    assert (root.shown_name, root.path) == ("work", two[0])
    monkeypatch.chdir(two[0].parent)
    (here,) = content_roots(["./clips"], settings)
    assert here.path.resolve() == two[0]
    with pytest.raises(FolderError, match="no such file or folder"):
        content_roots(["work", "wrok"], settings)


def test_each_folder_has_its_zone_whichever_way_it_is_opened(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        zone="Europe/Berlin",
        folders={
            "east": NamedFolder(two[0], "Asia/Tokyo"),
            "home": NamedFolder(two[1]),
            "utc": NamedFolder(two[1], "UTC"),
        },
    )
    for folder in two:
        (folder / "local.md").write_text("---\ntitle: L\nlink: https://a.example/l\ndate: 2026-01-05 12:00\n---\n")

    def hours(*words: str) -> list[int]:
        deck = Session(content_roots(words, settings), settings, RecordingPrograms(), zone=UTC).load_all().deck
        return [story.published_at.hour for story in deck.stories if story.title == "L" and story.published_at]

    monkeypatch.chdir(two[0].parent)
    assert hours("east") == hours(str(two[0])) == hours("./clips/../clips") == [3]
    assert hours("utc") == [12]
    assert sorted(hours("east", "utc")) == [3, 12]
    session = Session(content_roots(["east"], settings), settings, RecordingPrograms(), zone=UTC)
    story = session.load_all().deck.find("local.md")
    card = session.read_card(story) if story else None
    assert card is not None
    assert dict(card.origins)["zone"].endswith("it is taken as local to Asia/Tokyo")


def test_a_folder_without_a_zone_has_the_one_of_all(two: tuple[Path, Path]) -> None:
    settings = Settings(zone="Europe/Berlin", folders={"east": NamedFolder(two[0], "Asia/Tokyo")})
    assert [root.rules.zone for root in content_roots([str(two[1]), "east"], settings)] == [
        "Europe/Berlin",
        "Asia/Tokyo",
    ]


def test_names_differ_in_more_than_case(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "News", tmp_path / "b" / "news", tmp_path / "c" / "NEWS-2"]
    for path in paths:
        path.mkdir(parents=True)
    roots = content_roots([str(path) for path in paths], Settings())
    assert [root.name for root in roots] == ["News", "news-2", "NEWS-2-2"]


def test_a_query_asks_for_one_of_the_folders_and_counts_them(two: tuple[Path, Path]) -> None:
    deck = opened(*two).load_all().deck
    analysis = index_deck(deck)
    assert analysis is not None
    lister = Lister(utc_now, UTC)
    found = lister.list(analysis, View("source:clips-2"))
    assert [deck.story(doc).title for doc in found.docs] == ["Other a"]
    assert found.facets is not None
    assert found.facets.sources == {"clips": 0, "clips-2": 1}
    rest = lister.list(analysis, View("-source:clips-2"))
    assert rest.stories == 3
    plain = lister.plain(deck, View()).facets
    whole = lister.list(analysis, View("-nothing")).facets
    assert plain is None or plain.sources == {"clips": 3, "clips-2": 1}
    assert whole is not None
    assert whole.sources == {"clips": 3, "clips-2": 1}
    assert dict(lister.values(analysis, "source")) == {"clips": 3, "clips-2": 1}


def test_inside_a_single_folder_a_query_asks_for_the_folders_at_its_top(two: tuple[Path, Path]) -> None:
    deck = opened(two[0]).load_all().deck
    analysis = index_deck(deck)
    assert analysis is not None
    found = Lister(utc_now, UTC).list(analysis, View("source:deep"))
    assert [deck.story(doc).title for doc in found.docs] == ["One b"]
    assert found.facets is not None
    assert not found.facets.sources


def test_a_mark_made_among_several_folders_shows_in_each_alone_and_the_reverse(two: tuple[Path, Path]) -> None:
    store = MemoryStore(utc_now)
    several, alone, other = opened(*two), opened(two[0]), opened(two[1])
    decks = [session.load_all().deck for session in (several, alone, other)]
    together = several.marking_in(store, decks[0])
    for id in ("clips/a.md", "clips/deep/b.md"):
        story = decks[0].find(id)
        assert story is not None
        together.star([story])
    by_itself = alone.marking_in(store, decks[1])
    assert {story.id for story in decks[1].stories if by_itself.is_starred(story)} == {"a.md", "deep/b.md"}
    theirs = other.marking_in(store, decks[2])
    assert not any(map(theirs.is_starred, decks[2].stories))
    theirs.star(decks[2].stories)
    starred = several.marking_in(store, decks[0]).docs(decks[0], None).starred
    assert {decks[0].story(doc).id for doc in range(len(decks[0])) if starred >> doc & 1} == {
        "clips/a.md",
        "clips/deep/b.md",
        "clips-2/a.md",
    }


def test_the_place_in_several_folders_is_not_that_in_one_of_them(two: tuple[Path, Path]) -> None:
    store = MemoryStore(utc_now)
    several = opened(*two)
    marking = several.marking_in(store, several.load_all().deck)
    alone = opened(two[0])
    assert alone.marking_in(store, alone.load_all().deck).folder_id != marking.folder_id
    turned = opened(two[1], two[0])
    assert turned.marking_in(store, turned.load_all().deck).folder_id == marking.folder_id


class Told(SourceFolder):
    """A folder of which is told what the test says."""

    def __init__(self, name: str, *steps: FolderState | Exception) -> None:
        super().__init__(ContentRoot(Path(name), name), None)
        self.steps = steps
        self.asked = 0

    def follow(self, publish: Publish, should_stop: ShouldStop) -> None:
        for step in self.steps:
            if isinstance(step, Exception):
                raise step
            publish(step)
        while not should_stop():
            time.sleep(0)

    def rescan(self) -> bool:
        self.asked += 1
        return True


def follow(*sources: Told, until: Callable[[list[FolderState]], bool]) -> list[FolderState]:
    states: list[FolderState] = []
    MergedSources(sources).follow(states.append, lambda: until(states))
    return states


def state(*ids: str, **more: object) -> FolderState:
    from tests.deck.test_deck import deck_of
    from tests.stories import story

    return FolderState(deck_of(*(story(id) for id in ids)), **more)  # type: ignore[arg-type]


def test_what_each_folder_tells_is_told_together() -> None:
    one = Told("one", state("a.md", loading=True, done=1, files=4), state("a.md", "b.md"))
    two = Told("two", state("a.md", loading=True, done=2, files=3), state("a.md", arrived=("a.md",), not_cards=2))
    last = follow(one, two, until=lambda states: len(states) >= 4)[3]
    assert set(by_id(last.deck.stories)) == {"one/a.md", "one/b.md", "two/a.md"}
    assert not last.loading
    assert last.not_cards == 2


def test_while_one_is_read_all_of_it_is_loading() -> None:
    one = Told("one", state("a.md"))
    two = Told("two", state("a.md", loading=True, done=2, files=3))
    states = follow(one, two, until=lambda states: len(states) >= 2)
    assert [(each.loading, each.done, each.files) for each in states[1:]] == [(True, 2, 3)]


def test_new_stories_are_named_as_they_are_called_here() -> None:
    states = follow(
        Told("one", state("a.md")), Told("two", state("b.md", arrived=("b.md",))), until=lambda told: len(told) >= 2
    )
    assert [each.arrived for each in states if each.arrived] == [("two/b.md",)]


def test_a_folder_that_cannot_be_read_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.merging.AGAIN_AFTER", 0)
    one, gone = Told("one", state("a.md")), Told("gone", FolderError("It is not there."))
    states = follow(one, gone, until=lambda told: len(told) >= 3)
    assert set(by_id(states[-1].deck.stories)) == {"one/a.md"}
    assert "gone: It is not there." in states[-1].error


def test_where_no_folder_can_be_read_that_is_raised() -> None:
    with pytest.raises(FolderError):
        follow(Told("one", FolderError("x")), Told("two", FolderError("y")), until=lambda told: False)


def test_a_mistake_in_one_ends_all() -> None:
    with pytest.raises(RuntimeError):
        follow(Told("one", RuntimeError("x")), Told("two", state("a.md")), until=lambda told: False)


def test_a_call_for_a_rescan_is_answered_once_all_have_answered() -> None:
    answer = state("a.md", answers=True)
    sources = [Told("one", answer), Told("two", answer)]
    merged = MergedSources(sources)
    assert merged.rescan()
    assert [source.asked for source in sources] == [1, 1]
    states: list[FolderState] = []
    merged.follow(states.append, lambda: len(states) >= 2)
    assert [each.answers for each in states[:2]] == [False, True]


def test_folders_are_followed_in_processes_of_their_own(two: tuple[Path, Path]) -> None:
    session = opened(*two)
    session.prefetch()
    states: list[FolderState] = []

    def is_over() -> bool:
        if states and not states[-1].loading and len(states[-1].deck) == 4:
            put(two[1] / "new.md", card("New one"))
        return bool(states) and len(states[-1].deck) == 5

    try:
        session.follow(states.append, is_over)
    finally:
        session.close()
    assert by_id(states[-1].deck.stories)["clips-2/new.md"] == "New one"
