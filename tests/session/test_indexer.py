"""The cache file holds what loading the folder anew would give, whatever it was made from."""

import io
import os
import shutil
import signal
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path

import msgspec
import pytest

from tests.cards.sync.watching import card, fresh, known_files, put
from tests.deck.stored.blocks import analysed
from tests.disks import fill, small_disk
from tests.session.caches import CachedFolder, same_as_fresh, told_of
from tui.cache.blocks import Block
from tui.cache.file import Cache, open_cache
from tui.cache.kept import KeptBytes
from tui.cards.protocol import decode_problems
from tui.cards.sync.tracked import TrackedFiles
from tui.cards.worker.request import Awaited, Order, Remainder, SnapshotRequest, write_request
from tui.cards.worker.wire import Packer
from tui.clock import utc_now
from tui.deck.columns import MarkedDocs
from tui.deck.query.parse import parse
from tui.deck.stored import beside
from tui.deck.stored.early import early_analysis
from tui.errors import FolderError
from tui.model import Problem, Topic
from tui.resources import sample_content_dir
from tui.session import indexer
from tui.session.indexer import serve
from tui.session.loading import load_once
from tui.session.names import DATA_BLOCK, FILES_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK
from tui.state.folders import sketch

BROKEN = "---\ntitle: [half a\n"


@pytest.fixture
def folder(tmp_path: Path) -> CachedFolder:
    """The demo cards, some of which are broken or no cards."""
    root = tmp_path / "cards"
    shutil.copytree(sample_content_dir(), root)
    put(root / "broken.md", BROKEN)
    put(root / "readme.txt", "No card at all.")
    return CachedFolder(root, tmp_path / "shelf")


def opened(folder: CachedFolder, token: str) -> Cache:
    cache = open_cache(folder.path, folder.root, token)
    assert cache is not None
    return cache


def problems(folder: CachedFolder, token: str) -> tuple[set[Problem], int]:
    """The problems that the file tells, and how many files are no cards."""
    cache = opened(folder, token)
    of_cards, not_cards = decode_problems(cache.block(PROBLEMS_BLOCK))
    return {*of_cards, *decode_problems(cache.block(DATA_BLOCK))[0]}, not_cards


def test_what_was_loaded_cold_is_written_with_its_events_and_its_index(folder: CachedFolder) -> None:
    same_as_fresh(folder.opened(folder.write()).analysis, load_once(folder.root))


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch, leaves_no_process: None) -> None:
    """Another process makes the index, however few stories there are."""
    monkeypatch.setattr(indexer, "helpers_for_cores", lambda: 1)
    monkeypatch.setattr(indexer, "_WORTH_HELP", 1)


@pytest.mark.parametrize("dies_at", [None, 0, 1])
def test_what_another_process_makes_of_it_or_not_is_written_all_the_same(
    folder: CachedFolder, helped: None, monkeypatch: pytest.MonkeyPatch, dies_at: int | None
) -> None:
    calls, put, here = count(), beside._put, os.getpid()

    def die(made: KeptBytes, blocks: Iterable[tuple[str, Block]]) -> bytes:
        assert os.getpid() != here, "that is for the other process"
        if next(calls) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return put(made, blocks)

    monkeypatch.setattr(beside, "_put", die)
    same_as_fresh(folder.opened(folder.write()).analysis, load_once(folder.root))


def test_changes_while_another_process_makes_the_index_are_written(folder: CachedFolder, helped: None) -> None:
    stories = list(fresh(folder.root)[0].values())
    told = Remainder(files=known_files(folder.root).block(), removed=[stories[-1].id], stories=stories[:2])
    stream = io.BytesIO()
    loaded = [Packer(1).packed(stories[1:])]
    write_request(stream, SnapshotRequest(Order(str(folder.root), str(folder.path)), loaded, Awaited(told)))
    stream.seek(0)
    written = folder.opened(serve(stream)).analysis
    assert {story.id for story in written.deck.stories} == {story.id for story in stories[:-1]}
    assert written.searcher(MarkedDocs(), utc_now, None).count(parse("").expr) == len(stories) - 1


def test_problems_of_cards_and_of_what_names_outlets_are_kept(folder: CachedFolder) -> None:
    put(folder.root / "_data" / "organizations" / "bad.md", BROKEN)
    loaded = load_once(folder.root)
    assert {problem.file for problem in loaded.problems} == {"broken.md", "_data/organizations/bad.md"}
    assert problems(folder, folder.write()) == (set(loaded.problems), loaded.not_cards)
    assert loaded.not_cards == 1


def test_files_are_known_as_they_were_told(folder: CachedFolder) -> None:
    cache = opened(folder, folder.write())
    known = TrackedFiles.of_blocks(
        folder.root, cache.block(FILES_BLOCK), decode_problems(cache.block(PROBLEMS_BLOCK))[0]
    )
    assert not known.compare_all().candidates
    put(folder.root / "broken.md", card("Mended"))
    assert [candidate.entry.id for candidate in known.compare_all().candidates] == ["broken.md"]


def test_the_marks_recognize_the_folder_by_the_few_ids_that_are_kept(folder: CachedFolder) -> None:
    ids = msgspec.msgpack.decode(opened(folder, folder.write()).block(IDS_BLOCK), type=list[str])
    assert sketch(ids) == sketch(story.id for story in load_once(folder.root).deck.stories)


def change_cards(root: Path) -> None:
    """Add, change, rename and remove cards."""
    put(root / "new.md", card("Amazon buys a newcomer"))
    first, second, third, *_ = sorted((root / "_news").rglob("*.md"))
    put(first, card("An old one told in another way"))
    second.rename(second.with_name("renamed.md"))
    third.unlink()


def test_changes_since_an_earlier_file_give_what_loading_everything_gives(folder: CachedFolder) -> None:
    before = fresh(folder.root)[0]
    base = folder.write()
    change_cards(folder.root)
    put(folder.root / "broken.md", card("Mended"))
    now = fresh(folder.root)[0]
    changed = [story for id, story in now.items() if before.get(id) != story]
    removed = [id for id in before if id not in now]
    assert (len(changed), len(removed)) == (4, 2)
    token = serve(folder.request(changed, removed, base))
    same_as_fresh(folder.opened(token).analysis, load_once(folder.root))
    assert problems(folder, token) == (set(), 1)
    assert open_cache(folder.path, folder.root, base) is None


def test_new_topics_are_written_though_no_story_changed(folder: CachedFolder) -> None:
    base = folder.write()
    put(folder.root / "_data" / "topics" / "zz.yaml", "name: Something new\nparent: AI\n")
    analysis = folder.opened(serve(folder.request([], [], base))).analysis
    assert Topic("Something new", "AI") in analysis.deck.declared.topics
    same_as_fresh(analysis, load_once(folder.root))


def test_a_folder_without_cards_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    folder = CachedFolder(tmp_path / "empty", tmp_path / "shelf")
    assert told_of(folder.opened(folder.write()).analysis.deck) == told_of(load_once(folder.root).deck)


def test_changes_since_a_file_that_another_reader_replaced_are_written_all_the_same(folder: CachedFolder) -> None:
    base = folder.write()
    folder.write()
    put(folder.root / "new.md", card("A new card"))
    token = serve(folder.request([], [], base))
    same_as_fresh(folder.opened(token).analysis, load_once(folder.root))


def test_a_file_that_cannot_be_written_is_told(folder: CachedFolder, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("A file, not a folder.")
    with pytest.raises(OSError, match="in the way"):
        CachedFolder(folder.root, tmp_path / "in the way" / "shelf").write()


def test_where_the_disk_is_full_the_file_before_stays(tmp_path: Path) -> None:
    put(tmp_path / "cards" / "a.md", card("Card a"))
    with small_disk(tmp_path / "disk") as disk:
        folder = CachedFolder(tmp_path / "cards", disk.path)
        token = folder.write()
        fill(disk.path / "filler")
        with pytest.raises(OSError, match="No space"):
            folder.write()
        same_as_fresh(folder.opened(token).analysis, load_once(folder.root))


def test_a_folder_that_is_gone_is_told(folder: CachedFolder) -> None:
    request = folder.request(fresh(folder.root)[0].values())
    shutil.rmtree(folder.root)
    with pytest.raises(FolderError):
        serve(request)
    assert not folder.path.exists()


@pytest.mark.parametrize("length", [0, 5, 300, -1])
def test_a_request_that_is_cut_off_writes_nothing(folder: CachedFolder, length: int) -> None:
    request = folder.request(fresh(folder.root)[0].values()).getvalue()
    with pytest.raises(ValueError, match=r"ends early|truncated"):
        serve(io.BytesIO(request[:length]))
    assert not folder.path.exists()


def test_the_events_of_a_first_load_are_told_before_the_file_is_written(folder: CachedFolder) -> None:
    told: list[tuple[Mapping[str, bytes], bool]] = []
    serve(folder.request(fresh(folder.root)[0].values()), lambda blocks: told.append((blocks, folder.path.exists())))
    [(blocks, is_written)] = told
    assert not is_written
    deck = load_once(folder.root).deck
    early = early_analysis(deck, blocks)
    assert early is not None
    whole = analysed(deck)[0]
    assert [early.event(story.id) for story in deck.stories] == [whole.event(story.id) for story in deck.stories]


def test_who_knows_the_events_of_the_file_before_is_told_none(folder: CachedFolder) -> None:
    token = folder.write()
    told: list[Mapping[str, bytes]] = []
    serve(folder.request([], base=token), told.append)
    assert told == [{}]
