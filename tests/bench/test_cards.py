"""Folders made to measure on hold cards like those they were made from, as many as wanted."""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.harness import write_card
from tui.bench.cards import make_cards, make_different_cards, related_entries
from tui.bench.other_cards import make_other_cards
from tui.cards.worker.batches import load
from tui.errors import FolderError
from tui.model import Story
from tui.resources import sample_content_dir


def stories_of(folder: Path) -> list[Story]:
    """All stories of a folder in which nothing is wrong."""
    batches = list(load(folder))
    assert [problem for batch in batches for problem in batch.problems] == []
    return [story for batch in batches for story in batch.stories]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def made(folder: Path, count: int) -> Path:
    folder.mkdir()
    make_cards(sample_content_dir(), folder, count)
    return folder


def test_as_many_cards_are_made_as_are_wanted_and_all_are_good(tmp_path: Path) -> None:
    stories = stories_of(made(tmp_path / "many", 100))
    assert len(stories) == 100
    assert len({story.url for story in stories if story.url}) == len([story for story in stories if story.url])


def test_few_cards_are_the_newest_as_they_are(tmp_path: Path) -> None:
    assert stories_of(made(tmp_path / "few", 5)) == stories_of(sample_content_dir())[:5]


def test_words_vary_but_not_the_shape(tmp_path: Path) -> None:
    given = stories_of(sample_content_dir())
    stories = stories_of(made(tmp_path / "many", 3 * len(given)))
    assert len({story.title for story in stories}) > 2 * len(given)
    assert sum(len(story.related) for story in stories) == 3 * sum(len(story.related) for story in given)
    assert {story.outlet.name for story in stories} == {story.outlet.name for story in given}


@pytest.mark.parametrize("days_apart", [0, 5])
def test_editions_lie_so_many_days_apart(tmp_path: Path, days_apart: int) -> None:
    given = stories_of(sample_content_dir())
    make_cards(sample_content_dir(), tmp_path, 2 * len(given), days_apart=days_apart)
    earlier = Counter(
        story.published_at - timedelta(days=days) for story in given for days in (0, days_apart) if story.published_at
    )
    assert Counter(story.published_at for story in stories_of(tmp_path) if story.published_at) == earlier


def test_topics_and_outlets_come_along(tmp_path: Path) -> None:
    given, folder = sample_content_dir() / "_data", made(tmp_path / "many", 30)
    assert contents(folder / "_data") == contents(given)


def test_the_same_folder_is_made_each_time(tmp_path: Path) -> None:
    assert contents(made(tmp_path / "one", 60)) == contents(made(tmp_path / "two", 60))


def test_what_was_made_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make_cards(sample_content_dir(), tmp_path, 30, lambda done, count: told.append((done, count)))
    assert told
    assert all(done < count == 30 for done, count in told)


def test_cards_without_repetition_have_no_related_page_twice(tmp_path: Path) -> None:
    count = make_different_cards(sample_content_dir(), tmp_path, 1000)
    stories = stories_of(tmp_path)
    pages = [item.url for story in stories for item in story.related]
    assert count == len(stories) == len(stories_of(sample_content_dir()))
    assert len(pages) == len(set(pages)) > 0


def test_few_cards_without_repetition_come_from_all_over_the_folder(tmp_path: Path) -> None:
    given = [story.id for story in stories_of(sample_content_dir())]
    assert make_different_cards(sample_content_dir(), tmp_path, 5) == 5
    places = [given.index(story.id) for story in stories_of(tmp_path)]
    assert max(places) > len(given) / 2
    assert min(places) < len(given) / 2


def test_related_entries_are_counted(tmp_path: Path) -> None:
    stories = {story.id: story for story in stories_of(sample_content_dir())}
    for id, story in stories.items():
        assert related_entries((sample_content_dir() / id).read_bytes()) == len(story.related)


def test_a_folder_without_cards_cannot_be_made_more_of(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no cards in here"):
        make_cards(tmp_path, tmp_path, 10)


def test_a_disk_without_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    card = write_card(tmp_path / "cards", title="Large")
    with card.open("ab") as stream:
        os.truncate(stream.fileno(), 32 * 1024 * 1024)  # a hole, which takes no room itself
    with pytest.raises(FolderError, match="GiB of disk"):
        make_cards(card.parent, target, 1_000_000_000)
    assert list(target.iterdir()) == []


def test_cards_of_other_tools_are_cards_of_their_own_with_link_and_time(tmp_path: Path) -> None:
    make_other_cards(tmp_path, 60)
    stories = stories_of(tmp_path)
    assert len({story.url for story in stories if story.published_at and story.outlet.name}) == 60
