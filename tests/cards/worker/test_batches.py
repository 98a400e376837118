"""Loading a folder: what comes, in which order, and what happens when it is stopped."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.cards.folder.order import FileEntry
from tui.cards.folder.scan import scan
from tui.cards.format.problems import ParsedStory
from tui.cards.reader import StoryReader
from tui.cards.worker import batches as reading
from tui.cards.worker import packing
from tui.cards.worker.batches import load
from tui.errors import FolderError
from tui.model import Story


def write_cards(folder: Path, count: int) -> None:
    for number in range(count):
        related = "related:\n  - title: The same piece\n    webUrl: https://gazette.example/same\n"
        text = f"---\ntitle: Card {number}\n{related}---\n"
        (folder / f"2020-{1 + number // 28 % 12:02}-{1 + number % 28:02}-{number:04}.md").write_text(text)


def stories_of(folder: Path) -> list[Story]:
    return [story for batch in load(folder) for story in batch.stories]


def test_the_newest_come_first_and_undated_ones_last(tmp_path: Path) -> None:
    for name in ("b/2019-12-31-x.md", "a/2020-01-02-x.md", "a/about.md", "2020-01-03-y.md", "z/2020-01-01-x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("---\ntitle: x\n---\n")
    assert [story.id for story in stories_of(tmp_path)] == [
        *("2020-01-03-y.md", "a/2020-01-02-x.md", "z/2020-01-01-x.md", "b/2019-12-31-x.md", "a/about.md")
    ]


def test_batches_count_up_to_the_whole_and_lose_nothing(tmp_path: Path) -> None:
    write_cards(tmp_path, 600)
    (tmp_path / "readme.txt").write_text("no card")
    (tmp_path / "broken.md").write_text("---\n[\n---\n")
    batches = list(load(tmp_path))
    assert batches[0].done <= 256
    assert len(batches) > 1
    assert [batch.done for batch in batches] == sorted(batch.done for batch in batches)
    assert (batches[-1].done, batches[-1].total, sum(batch.not_cards for batch in batches)) == (602, 602, 1)
    assert len({story.id for batch in batches for story in batch.stories}) == 600
    assert [problem.file for batch in batches for problem in batch.problems] == ["broken.md"]


def test_an_empty_folder_gives_one_empty_batch(tmp_path: Path) -> None:
    batches = list(load(tmp_path))
    assert [(batch.stories, batch.problems, batch.done, batch.total) for batch in batches] == [((), (), 0, 0)]


def test_a_single_file_can_be_opened_even_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Alone\n---\n")
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    assert [(story.id, story.title) for story in stories_of(tmp_path / "a.md")] == [("a.md", "Alone")]
    assert [(story.id, story.title) for story in stories_of(tmp_path / "link.md")] == [("a.md", "Alone")]


def test_loading_stops_when_asked_to(tmp_path: Path) -> None:
    write_cards(tmp_path, 600)
    first = next(load(tmp_path))
    assert first.done < first.total
    assert list(load(tmp_path, should_stop=lambda: True)) == []


def test_a_missing_folder_is_told_when_the_first_batch_is_asked_for(tmp_path: Path) -> None:
    batches = load(tmp_path / "gone")
    with pytest.raises(FolderError):
        next(batches)


def test_covering_pieces_that_are_the_same_are_one_object_whichever_way_they_are_read(tmp_path: Path) -> None:
    write_cards(tmp_path, 2)
    first, second = stories_of(tmp_path)
    assert first.related[0] is second.related[0]
    for path in tmp_path.iterdir():
        path.write_text(path.read_text().replace("title: Card", "extra: [flow]\ntitle: Card"))
    first, second = stories_of(tmp_path)
    assert first.title == "Card 1"
    assert first.related[0] is second.related[0]


SLOW = [
    pytest.param({0}, [6], id="the first, which has much to load"),
    pytest.param({1}, [2, 4], id="the second"),
    pytest.param({2, 3}, [3, 3], id="two, one after the other"),
    pytest.param({5}, [6], id="the last"),
]
"""Which of six files are slow to read, and how many come together."""


@pytest.mark.parametrize(("slow", "together"), SLOW)
def test_no_file_that_was_read_waits_long_for_slow_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: set[int], together: list[int]
) -> None:
    seconds, read = 0.0, 0
    read_story = StoryReader.read

    def read_slowly(self: StoryReader, entry: FileEntry) -> ParsedStory:
        nonlocal seconds, read
        seconds, read = seconds + (read in slow), read + 1
        return read_story(self, entry)

    monkeypatch.setattr(StoryReader, "read", read_slowly)
    for module in (reading, packing):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: seconds))
    write_cards(tmp_path, 6)
    assert [len(batch.stories) for batch in load(tmp_path)] == together

    read = 0
    entries = scan(tmp_path).entries
    parts = packing.PackingReader(StoryReader(), (), 0).read(entries, 0, 6, lambda: False)
    assert [len(part.marks) for part in parts] == together
