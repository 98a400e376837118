"""What the process that writes the cache file is told arrives as it was sent, each part as soon as it is known."""

import errno
import os
from pathlib import Path
from threading import Thread

import pytest

from tests.cards.sync.watching import fresh
from tests.cards.worker.asking import Told, received, sent
from tui.cards.worker.keeping import KeptStories
from tui.cards.worker.request import Awaited, Order, ReceivedRequest, Remainder, SnapshotRequest, write_request
from tui.cards.worker.wire import PackedStories, Packer, each_value
from tui.model import Coverage, Problem, Story


def story(id: str) -> Story:
    return Story(id, "A headline")


def request_for(stories: list[Story], changed: list[Story]) -> SnapshotRequest:
    problem = Problem("x.md", "rule", "It is wrong.", line=3)
    rest = Remainder(b"\x00table", (problem,), 7, changed, ["gone.md"])
    return SnapshotRequest(Order("/cards", "/cache/x.deck", "t", "rules"), [Packer(1).packed(stories)], Awaited(rest))


@pytest.mark.parametrize("count", [0, 1, 1024, 3000])
def test_a_request_arrives_as_it_was_sent(count: int) -> None:
    pieces = [Coverage(f"Piece {number}") for number in range(7)]
    stories = [Story(f"{n}.md", "T", related=(pieces[n % 7], pieces[0], Coverage("own"))) for n in range(count)]
    request = request_for(stories, stories[::-1])
    assert received(sent(request)) == Told(request.order, stories, request.rest.wait())


def test_coverage_arrives_once(real_cards: Path) -> None:
    stories = list(fresh(real_cards / "azure")[0].values())
    told = received(sent(request_for(stories, stories)))
    for arrived in (told.loaded, told.rest.stories):
        assert arrived == stories
        objects = {id(coverage) for story in arrived for coverage in story.related}
        assert len(objects) == len({coverage for story in stories for coverage in story.related})


def test_stories_arrive_before_the_rest_is_known() -> None:
    reading, writing = os.pipe()
    request = request_for([story("a.md")], [])
    waited = SnapshotRequest(request.order, request.loaded, Awaited())
    with open(writing, "wb") as stream, open(reading, "rb") as other:
        thread = Thread(target=write_request, args=(stream, waited))
        thread.start()
        received = ReceivedRequest(other)
        loaded = [each for packed in received.loaded() for each in each_value(packed)]
        assert (received.order, loaded) == (request.order, [story("a.md")])
        waited.rest.give(request.rest.wait())
        assert received.rest() == request.rest.wait()
        thread.join()


def test_a_request_that_ends_early_is_refused() -> None:
    data = sent(request_for([story("0.md")], [story(f"{number}.md") for number in range(1500)]))
    for length in (0, 5, 50, 300, len(data) // 2, len(data) - 1):
        with pytest.raises(ValueError, match=r"."):
            received(data[:length])


@pytest.mark.parametrize("room", [0, 1, 3])
def test_stories_are_kept_where_there_is_no_room_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    written = os.pwrite
    left = [room]

    def write(file: int, data: memoryview, place: int) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "no room")
        return written(file, data, place)

    monkeypatch.setattr(os, "pwrite", write)
    packer, kept = Packer(1), KeptStories(tmp_path / "caches")
    packed = [packer.packed([story(f"{number}.md")]) for number in range(5)]
    for each in packed:
        kept.add(each)
    kept.finish()
    assert [bytes(memoryview(each)) for each in kept.coming()] == [bytes(memoryview(each)) for each in packed]
    kept.close()
    assert (len(kept), list((tmp_path / "caches").iterdir())) == (0, [])


def test_what_is_kept_comes_to_whoever_waits_for_it(tmp_path: Path) -> None:
    kept = KeptStories(tmp_path / "caches")
    packed = [Packer(1).packed([story(f"{number}.md")]) for number in range(20)]
    kept.add(packed[0])
    came: list[PackedStories] = []
    thread = Thread(target=lambda: came.extend(kept.coming()))
    thread.start()
    for each in packed[1:]:
        kept.add(each)
    kept.finish()
    thread.join()
    assert [bytes(memoryview(each)) for each in came] == [bytes(memoryview(each)) for each in packed]


def test_nobody_waits_for_what_is_not_kept_any_more(tmp_path: Path) -> None:
    kept, rest = KeptStories(tmp_path / "caches"), Awaited()
    kept.add(Packer(1).packed([story("a.md")]))
    coming = kept.coming()
    next(coming)
    kept.close()
    rest.give_up()
    with pytest.raises(InterruptedError):
        next(coming)
    with pytest.raises(InterruptedError):
        rest.wait()
