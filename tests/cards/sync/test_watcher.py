"""What a reader sees of a folder while it changes."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cards.sync.watching import WatchedFolder, card, fresh, move, put, remove
from tui.cards.sync import watcher as watch
from tui.cards.sync.comparison import Difference
from tui.cards.sync.schedule import QUIET, RETRIES
from tui.cards.sync.tracked import TrackedFiles

TORN = "---\ntitle: [half a\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    for name in ("a", "b", "sub/c"):
        put(folder / f"{name}.md", card(f"Card {name}"))
    return folder


def test_a_folder_in_which_nothing_happens_is_validated_once_and_then_silent(root: Path) -> None:
    folder = WatchedFolder(root)
    assert folder.run({}) == []
    assert folder.first is not None
    assert (folder.first.stories, folder.first.removed, folder.first.files) == ((), (), 3)
    assert folder.read == []


def test_what_changed_before_the_start_is_told_when_everything_is_validated(root: Path) -> None:
    folder = WatchedFolder(root)
    put(root / "a.md", card("Another a"))
    put(root / "d.md", card("Card d"))
    (root / "b.md").unlink()
    assert folder.run({}) == []
    assert folder.first is not None
    assert {story.title for story in folder.first.stories} == {"Another a", "Card d"}
    assert folder.first.removed == ("b.md",)
    assert folder.shown == fresh(root)[0]


def test_an_added_card_appears_soon_after_it_came_to_rest(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(root / "d.md", card("Card d"))})
    assert [story.title for story in change.stories] == ["Card d"]
    assert change.files == 4
    assert folder.told[0][0] == pytest.approx(1 + QUIET, abs=0.11)


def test_a_changed_card_is_told_anew(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(root / "sub" / "c.md", card("Another c"))})
    assert [(story.id, story.title) for story in change.stories] == [("sub/c.md", "Another c")]
    assert change.removed == ()


def test_a_removed_card_goes(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: remove(root / "a.md")})
    assert (change.stories, change.removed, change.files) == ((), ("a.md",), 2)


def test_a_renamed_card_goes_and_comes_in_one_message(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: move(root / "a.md", root / "z.md")})
    assert [story.id for story in change.stories] == ["z.md"]
    assert change.removed == ("a.md",)


def test_a_renamed_folder_takes_its_cards_with_it(root: Path) -> None:
    folder = WatchedFolder(root)
    folder.run({1: lambda: move(root / "sub", root / "other")})
    assert set(folder.shown) == {"a.md", "b.md", "other/c.md"}


def test_a_new_folder_is_watched_as_well(root: Path) -> None:
    folder = WatchedFolder(root)

    def make() -> Iterable[Path]:
        put(root / "new" / "d.md", card("Card d"))
        return [root / "new"]

    folder.run({1: make, 4: lambda: put(root / "new" / "e.md", card("Card e"))})
    assert folder.titles == {"Card a", "Card b", "Card sub/c", "Card d", "Card e"}
    assert folder.opened == 2


def test_a_folder_that_was_made_while_the_notifier_was_opened_is_watched_all_the_same(root: Path) -> None:
    folder = WatchedFolder(root)
    folder.missed = [bytes(root / "sub")]
    folder.run({})
    assert folder.opened == 2


def touch(file: Path) -> list[Path]:
    os.utime(file)
    return [file]


def test_a_card_that_is_touched_without_a_change_is_not_told(root: Path) -> None:
    folder = WatchedFolder(root)
    assert folder.run({1: lambda: touch(root / "a.md"), 3: lambda: put(root / "b.md", card("Card b"))}) == []
    assert [id for _, id in folder.read] == ["a.md", "b.md"]


def test_events_for_what_is_no_card_are_ignored(root: Path) -> None:
    folder = WatchedFolder(root)
    names = ("picture.png", ".git/index.md", "node_modules/x.md", "a.md.swp")
    assert folder.run({number: lambda name=name: put(root / name, "x") for number, name in enumerate(names, 1)}) == []  # type: ignore[misc]
    assert folder.read == []


def test_a_torn_card_keeps_its_last_good_version_until_it_is_whole(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(root / "a.md", TORN), 2: lambda: put(root / "a.md", card("Whole"))})
    assert [story.title for story in change.stories] == ["Whole"]
    assert change.problems == ()


def test_a_torn_card_becomes_whole_without_another_event(root: Path) -> None:
    folder = WatchedFolder(root)

    def mend() -> list[Path]:
        put(root / "a.md", card("Whole"))
        return []

    [change] = folder.run({1: lambda: put(root / "a.md", TORN), 1.2: mend})
    assert [story.title for story in change.stories] == ["Whole"]
    assert folder.told[0][0] == pytest.approx(1 + QUIET + RETRIES[0], abs=0.15)


def test_a_card_that_stays_broken_is_a_problem_after_three_more_tries_and_is_still_shown(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(root / "a.md", TORN)}, until=20)
    assert (change.stories, change.removed) == ((), ())
    assert [problem.file for problem in change.problems] == ["a.md"]
    assert len(folder.read) == 1 + len(RETRIES)
    assert folder.told[0][0] == pytest.approx(1 + QUIET + sum(RETRIES), abs=0.5)
    assert "Card a" in folder.titles


def test_a_broken_card_that_is_mended_is_no_problem_any_more(root: Path) -> None:
    folder = WatchedFolder(root)
    changes = folder.run({1: lambda: put(root / "a.md", TORN), 12: lambda: put(root / "a.md", card("Card a"))}, 20)
    assert [len(change.problems) for change in changes] == [1, 0]
    assert [change.stories for change in changes] == [(), ()]


def test_a_new_file_that_is_broken_for_long_is_a_problem_at_the_start(root: Path) -> None:
    folder = WatchedFolder(root, racy=False)
    put(root / "d.md", TORN)
    put(root / "a.md", TORN)
    assert folder.run({}) == []
    assert folder.first is not None
    assert {problem.file for problem in folder.first.problems} == {"a.md", "d.md"}
    assert folder.first.removed == ("a.md",)


def test_a_card_that_loses_its_front_matter_goes_once_it_is_clear_that_it_stays_so(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(root / "a.md", "no card")}, until=20)
    assert (change.removed, change.not_cards) == (("a.md",), 1)
    assert folder.told[0][0] > sum(RETRIES)


def test_a_torn_card_that_is_removed_goes_at_once(root: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(root / "a.md", TORN), 1.5: lambda: remove(root / "a.md")}, until=20)
    assert change.removed == ("a.md",)
    assert change.problems == ()
    assert folder.told[0][0] < 2


def test_many_touched_files_become_one_comparison(root: Path) -> None:
    folder = WatchedFolder(root)
    files = [root / f"{number:04}.md" for number in range(1500)]

    def write() -> list[Path]:
        for file in files:
            put(file, card(file.stem))
        return files

    folder.run({1: write})
    assert len(folder.shown) == 1503
    assert folder.opened == 2


def test_what_takes_long_is_told_in_parts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", -1)
    folder = WatchedFolder(root)
    for number in range(5):
        put(root / f"{number}.md", card(str(number)))
    parts = folder.run({})
    assert max(len(part.stories) for part in parts) == 1
    assert sum(len(part.stories) for part in parts) == 4
    assert folder.first is not None
    assert len(folder.first.stories) == 1
    assert len(folder.shown) == 8


def test_a_folder_that_vanishes_is_told_and_keeps_its_stories(root: Path, tmp_path: Path) -> None:
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: move(root, tmp_path / "away")})
    assert change.folder_error
    assert len(folder.shown) == 3


@pytest.mark.parametrize("missing", [("a.md",), ("a.md", "b.md"), ("a.md", "b.md", "sub/c.md")])
def test_files_that_are_missing_with_their_folder_are_not_reported_as_removed(
    root: Path, tmp_path: Path, missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder goes while it is compared: some of its files are not there any more when their turn comes."""
    away = tmp_path / "away"
    compare = TrackedFiles.compare

    def compare_while_it_goes(files: TrackedFiles, paths: Iterable[bytes]) -> tuple[Difference, bool] | None:
        found = compare(files, paths)
        root.rename(away)
        monkeypatch.setattr(TrackedFiles, "compare", compare)
        return found

    def go() -> list[Path]:
        monkeypatch.setattr(TrackedFiles, "compare", compare_while_it_goes)
        return [path for name in missing for path in remove(root / name)]

    def back() -> list[Path]:
        put(away / "a.md", card("Another a"))
        away.rename(root)
        return []

    folder = WatchedFolder(root)
    gone, again = folder.run({1: go, 4: back})
    assert (bool(gone.folder_error), gone.removed) == (True, ())
    assert (again.folder_error, set(again.removed)) == ("", {*missing} - {"a.md"})
    assert folder.shown == fresh(root)[0]


def test_a_folder_that_comes_back_is_told_with_what_changed_meanwhile(root: Path, tmp_path: Path) -> None:
    folder = WatchedFolder(root)

    def back() -> list[Path]:
        put(tmp_path / "away" / "d.md", card("Card d"))
        (tmp_path / "away").rename(root)
        return []

    gone, again = folder.run({1: lambda: move(root, tmp_path / "away"), 3: back})
    assert (bool(gone.folder_error), again.folder_error) == (True, "")
    assert [story.title for story in again.stories] == ["Card d"]
    assert folder.told[1][0] < 4.5


def test_another_folder_under_the_same_name_is_noticed(root: Path, tmp_path: Path) -> None:
    folder = WatchedFolder(root)
    put(tmp_path / "other" / "x.md", card("Card x"))

    def swap() -> list[Path]:
        shutil.rmtree(root)
        (tmp_path / "other").rename(root)
        return []

    folder.run({1: swap})
    assert folder.titles == {"Card x"}


def lost() -> None:
    return None


def test_what_a_lost_notifier_missed_is_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = WatchedFolder(root)
    monkeypatch.setattr(watch, "PollingOnly", folder.silence)

    def write_unheard() -> list[Path]:
        put(root / "d.md", card("Card d"))
        return []

    [change] = folder.run({1: lost, 1.2: write_unheard})
    assert [story.title for story in change.stories] == ["Card d"]


def test_a_silent_file_system_is_compared_again_and_again(root: Path) -> None:
    folder = WatchedFolder(root, hears=False)
    [change] = folder.run({3: lambda: put(root / "d.md", card("Card d"))})
    assert [story.title for story in change.stories] == ["Card d"]
    assert folder.told[0][0] < 3 + 1.5


def test_a_broken_card_on_a_silent_file_system_becomes_a_problem_all_the_same(root: Path) -> None:
    folder = WatchedFolder(root, hears=False)
    [change] = folder.run({3: lambda: put(root / "a.md", TORN)}, until=20)
    assert [problem.file for problem in change.problems] == ["a.md"]


def test_changed_topics_are_told(root: Path) -> None:
    topic = root / "_data" / "topics" / "ai.yaml"
    put(topic, "name: AI\n")
    folder = WatchedFolder(root)
    [change] = folder.run({1: lambda: put(topic, "name: AI\nparent: All\n")})
    assert change.data_changed
    assert change.stories == ()


def test_topics_that_come_for_the_first_time_are_told(root: Path) -> None:
    folder = WatchedFolder(root)

    def make() -> Iterable[Path]:
        put(root / "_data" / "topics" / "ai.yaml", "name: AI\n")
        return [root / "_data"]

    [change] = folder.run({1: make})
    assert change.data_changed


def test_a_scan_problem_comes_and_goes(root: Path) -> None:
    folder = WatchedFolder(root)

    def pipe() -> list[Path]:
        os.mkfifo(root / "pipe.md")
        return [root / "pipe.md"]

    changes = folder.run({1: pipe, 3: lambda: remove(root / "pipe.md")})
    assert [[problem.file for problem in change.problems] for change in changes] == [["pipe.md"], []]


def test_a_single_card_file_is_watched(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    put(file, card("Alone"))
    folder = WatchedFolder(file)
    changes = folder.run(
        {1: lambda: put(file, card("Changed")), 3: lambda: put(tmp_path / "b.md", card("Beside"))}, until=6
    )
    assert [[story.title for story in change.stories] for change in changes] == [["Changed"]]
