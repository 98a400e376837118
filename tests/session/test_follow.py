"""What the reader is told of a folder from the first cards on, whatever its cache file and its worker do."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.cards.sync.watching import card, put
from tests.deck.stored.blocks import analysed
from tests.session.caches import same_as_fresh, told_of
from tests.session.scripted import Scripted, outlet, outlets
from tui.cards.protocol import Changes, EventsFound, SnapshotWritten
from tui.cards.worker.process import WorkerProcess, WorkerStart, start_worker
from tui.errors import FolderError
from tui.model import Problem, Topic
from tui.session import follow
from tui.session.follow import Follower
from tui.session.indexer import serve
from tui.session.loading import FolderState, load_once

pytestmark = pytest.mark.usefixtures("unhurried")
TORN = "---\ntitle: [half a\n"
NAMELESS = "---\ntitle: Nameless\nprovider:\n  domain: {domain}\n---\n"


def ids(state: FolderState) -> list[str]:
    return [story.id for story in state.deck.stories]


class TestColdStart:
    def test_stories_show_while_the_rest_is_read(self, followed: Scripted) -> None:
        followed.follow(followed.cold(1))
        assert [len(state.deck) for state in followed.states] == [1, 2, 3]
        assert [(state.done, state.files, state.loading) for state in followed.states] == [
            (1, 3, True),
            (2, 3, True),
            (3, 3, False),
        ]
        assert told_of(followed.last.deck) == told_of(load_once(followed.root).deck)

    def test_problems_show_from_the_beginning(self, followed: Scripted) -> None:
        put(followed.root / "broken.md", TORN)
        put(followed.root / "_data" / "topics" / "broken.yaml", "name: [")
        followed.follow(followed.cold(1))
        told = {problem.file for problem in load_once(followed.root).problems}
        assert told == {"broken.md", "_data/topics/broken.yaml"}
        assert [{problem.file for problem in state.problems} for state in followed.states] == [told] * 3

    def test_names_of_outlets_and_topics_count_from_the_first_story_on(self, followed: Scripted) -> None:
        put(followed.root / "z.md", NAMELESS.format(domain="z.example"))
        outlet(followed.root, "Zed", "z.example")
        put(followed.root / "_data" / "topics" / "ai.yaml", "name: AI\n")
        followed.follow(followed.cold(1))
        assert [outlets(state)["z.md"] for state in followed.states] == ["Zed"] * 4
        assert followed.states[0].deck.declared.topics == (Topic("AI"),)

    def test_those_from_far_below_count_once_everything_is_read(self, followed: Scripted) -> None:
        put(followed.root / "deep" / "er" / "z.md", NAMELESS.format(domain="z.example"))
        outlet(followed.root / "deep" / "er", "Zed", "z.example")
        followed.follow(followed.cold(1))
        assert outlets(followed.last)["deep/er/z.md"] == "Zed"
        assert told_of(followed.last.deck) == told_of(load_once(followed.root).deck)

    def test_of_two_names_of_an_outlet_the_same_counts_as_ever(self, followed: Scripted) -> None:
        put(followed.root / "z.md", NAMELESS.format(domain="z.example"))
        outlet(followed.root / "a" / "x", "From far below", "z.example")
        outlet(followed.root / "b", "From near the top", "z.example")
        followed.follow(*[followed.cold(1)] * 2)
        assert told_of(followed.last.deck) == told_of(load_once(followed.root).deck)

    def test_a_folder_without_cards_is_whole_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        followed = Scripted(tmp_path / "empty", tmp_path / "shelf")
        followed.follow(followed.cold())
        assert [(len(state.deck), state.loading) for state in followed.states] == [(0, False)]

    def test_a_folder_that_cannot_be_read_is_told_as_an_error(self, followed: Scripted) -> None:
        with pytest.raises(FolderError, match="it is gone"):
            followed.follow([FolderError("it is gone")])
        assert followed.states == []

    def test_stories_that_were_loaded_are_not_new(self, followed: Scripted) -> None:
        followed.follow(followed.cold(1))
        assert [state.arrived for state in followed.states] == [()] * 3

    def test_the_analysis_of_a_large_folder_is_awaited_from_the_process_that_makes_it(
        self, followed: Scripted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        followed.follow(followed.cold())
        monkeypatch.setattr(follow, "ANALYSE_HERE_BELOW", 2)
        followed.follow(followed.cold())
        followed.follow(followed.cold(), indexer=())
        assert [state.awaits_analysis for state in followed.states] == [False, True, False]

    def test_it_is_not_awaited_any_more_once_it_could_not_be_written(
        self, followed: Scripted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(follow, "ANALYSE_HERE_BELOW", 2)
        followed.follow([*followed.cold(), SnapshotWritten("", 0)])
        assert [state.awaits_analysis for state in followed.states] == [True, False]
        assert len(followed.last.deck) == 3

    def test_events_show_before_the_cache_file_is_there(self, followed: Scripted) -> None:
        found: list[EventsFound] = []
        serve(followed.request(followed.stories().values()), lambda blocks: found.append(EventsFound(dict(blocks), 0)))
        followed.follow([*followed.cold(), *found])
        before, after = (state.analysis for state in followed.states)
        assert before is None
        assert after is not None
        assert (after.is_whole, after.can_search, followed.last.awaits_analysis) == (False, False, False)
        whole = analysed(load_once(followed.root).deck)[0]
        for story in followed.last.deck.stories:
            assert after.event(story.id) == whole.event(story.id)

    def test_what_changed_meanwhile_lies_over_events_that_were_found_without_it(self, followed: Scripted) -> None:
        found: list[EventsFound] = []
        cold = followed.cold()
        serve(followed.request(followed.stories().values()), lambda blocks: found.append(EventsFound(dict(blocks), 1)))
        known = ids(FolderState(load_once(followed.root).deck))

        def later() -> Changes:
            put(followed.root / "later.md", card("Later"))
            return followed.changes(2, ["later.md"])

        followed.follow([*cold, Changes(1), later, *found])
        assert sorted(ids(followed.last)) == sorted([*known, "later.md"])
        assert followed.last.analysis is not None
        assert all(followed.last.analysis.event(id) for id in known)


class TestWarmStart:
    def test_what_was_stored_is_told_first_with_all_that_is_known_of_it(self, followed: Scripted) -> None:
        put(followed.root / "broken.md", TORN)
        put(followed.root / "_data" / "topics" / "broken.yaml", "name: [")
        token = followed.write()
        seen: list[FolderState] = []
        followed.follow([lambda: seen.append(followed.last)], token=token)
        assert not seen[0].loading
        assert {problem.file for problem in seen[0].problems} == {"broken.md", "_data/topics/broken.yaml"}
        assert seen[0].analysis is not None
        assert seen[0].analysis.deck is seen[0].deck
        same_as_fresh(seen[0].analysis, load_once(followed.root))
        assert followed.starts[0].token == token

    def test_nothing_changes_when_everything_was_compared_and_found_the_same(self, followed: Scripted) -> None:
        followed.follow([followed.changes(1, validated=True)], token=followed.write())
        first, last = followed.states
        assert last.deck is first.deck
        assert last.analysis is first.analysis
        assert last.arrived == ()

    def test_what_came_since_is_new(self, followed: Scripted) -> None:
        token = followed.write()
        put(followed.root / "d.md", card("Card d"))
        put(followed.root / "a.md", card("Another a"))
        followed.follow([followed.changes(1, ["a.md", "d.md"], validated=True)], token=token)
        assert followed.last.arrived == ("d.md",)
        assert told_of(followed.last.deck)["stories"] == told_of(load_once(followed.root).deck)["stories"]

    def test_the_marks_know_the_folder_without_its_stories(self, followed: Scripted) -> None:
        token = followed.write()
        followed.follow([], token=token)
        assert followed.follower is not None
        assert sorted(followed.follower.telling_ids) == ["a.md", "b.md", "c.md"]

    def test_a_file_that_is_gone_means_a_cold_start(self, followed: Scripted) -> None:
        token = followed.write()
        followed.path.unlink()
        followed.follow(followed.cold(), token=token)
        assert followed.starts[0].token == ""
        assert followed.titles == ["Card a", "Card b", "Card c"]

    def test_a_worker_that_cannot_use_the_file_reads_everything_while_the_list_stays(self, followed: Scripted) -> None:
        token = followed.write()
        put(followed.root / "d.md", card("Card d"))
        (followed.root / "a.md").unlink()
        followed.follow(followed.cold(1), token=token)
        assert [(ids(state), state.loading) for state in followed.states] == [
            (["a.md", "b.md", "c.md"], False),
            (["b.md", "c.md", "d.md"], False),
        ]


class TestChanges:
    def test_cards_come_change_and_go(self, followed: Scripted) -> None:
        def write() -> Changes:
            put(followed.root / "d.md", card("Card d"))
            put(followed.root / "a.md", card("Another a"))
            (followed.root / "b.md").unlink()
            return followed.changes(1, ["a.md", "d.md"], ["b.md"])

        followed.follow([*followed.cold(), write])
        assert followed.titles == ["Another a", "Card c", "Card d"]
        assert followed.last.arrived == ("d.md",)
        assert followed.last.deck.counts == load_once(followed.root).deck.counts

    def test_they_add_up_until_they_are_in_a_file(self, followed: Scripted) -> None:
        def add(name: str, serial: int) -> Changes:
            put(followed.root / f"{name}.md", card(f"Card {name}"))
            return followed.changes(serial, [f"{name}.md"])

        def remove(serial: int) -> Changes:
            (followed.root / "d.md").unlink()
            return followed.changes(serial, [], ["d.md"])

        followed.follow(
            [*followed.cold(), lambda: add("d", 1), lambda: add("e", 2), lambda: remove(3), lambda: add("d", 4)]
        )
        assert [len(state.deck) for state in followed.states] == [3, 4, 5, 4, 5]
        assert told_of(followed.last.deck)["stories"] == told_of(load_once(followed.root).deck)["stories"]

    def test_a_renamed_card_is_not_new(self, followed: Scripted) -> None:
        def rename() -> Changes:
            (followed.root / "a.md").rename(followed.root / "z.md")
            put(followed.root / "d.md", card("Card d"))
            return followed.changes(1, ["z.md", "d.md"], ["a.md"])

        followed.follow([*followed.cold(), rename])
        assert followed.last.arrived == ("d.md",)
        assert followed.last.deck.doc("a.md") is None

    def test_a_moved_folder_that_is_told_in_parts_is_not_new(self, followed: Scripted) -> None:
        before = followed.cold()

        def move() -> None:
            for name in ("a", "b", "c"):
                put(followed.root / "moved" / f"{name}.md", (followed.root / f"{name}.md").read_text())
                (followed.root / f"{name}.md").unlink()
            put(followed.root / "moved" / "a copy.md", card("Card a"))

        def told(serial: int, *stories: str, removed: tuple[str, ...] = ()) -> Changes:
            return followed.changes(serial, [f"moved/{name}.md" for name in stories], removed)

        followed.follow(
            [
                *before,
                move,
                lambda: told(1, "a", removed=("a.md", "b.md", "c.md")),
                lambda: told(2, "b"),
                lambda: told(3, "c", "a copy"),
            ]
        )
        assert [state.arrived for state in followed.states[-3:]] == [(), (), ("moved/a copy.md",)]

    def test_problems_are_those_of_now(self, followed: Scripted) -> None:
        put(followed.root / "_data" / "topics" / "broken.yaml", "name: [")
        torn = Problem("a.md", "yaml-syntax", "It is torn.")
        followed.follow([*followed.cold(), Changes(1, problems=(torn,)), Changes(2)])
        assert [[problem.file for problem in state.problems] for state in followed.states] == [
            ["_data/topics/broken.yaml"],
            ["_data/topics/broken.yaml", "a.md"],
            ["_data/topics/broken.yaml"],
        ]

    def test_an_answer_is_marked_as_one_though_nothing_changed(self, followed: Scripted) -> None:
        def ask() -> None:
            assert followed.follower is not None
            followed.follower.rescan()

        followed.follow([*followed.cold(), ask, Changes(1, asked=True)])
        assert followed.asked == 1
        assert [state.answers for state in followed.states] == [False, True]
        assert followed.last.deck is followed.states[0].deck

    def test_what_came_is_laid_over_the_deck_once_however_often_the_reader_asks(self, followed: Scripted) -> None:
        def come() -> Changes:
            put(followed.root / "late.md", card("Late"))
            return followed.changes(1, ["late.md"])

        token = followed.write()
        followed.follow([come, Changes(2, asked=True)], token=token)
        came, answer = followed.states[-2:]
        assert answer.answers
        assert (answer.deck is came.deck, answer.analysis is came.analysis) == (True, True)

    def test_a_folder_that_cannot_be_read_keeps_its_stories_and_problems(self, followed: Scripted) -> None:
        torn = Problem("a.md", "yaml-syntax", "It is torn.")
        told = [Changes(1, problems=(torn,)), Changes(2, folder_error="It is gone."), Changes(3, problems=(torn,))]
        followed.follow([*followed.cold(), *told])
        assert [state.error for state in followed.states] == ["", "", "It is gone.", ""]
        assert [len(state.deck) for state in followed.states] == [3] * 4
        assert [len(state.problems) for state in followed.states] == [0, 1, 1, 1]


class TestWhatIsThereAtOnce:
    """The newest cards, if the worker has read them before anybody looks."""

    def follower(self, root: Path, states: list[FolderState]) -> tuple[Follower, WorkerProcess]:
        start = WorkerStart(root)
        worker = start_worker(start)
        assert worker is not None
        return Follower(start, worker, None, states.append), worker

    def wait_for(self, worker: WorkerProcess) -> None:
        deadline = time.monotonic() + 20
        while not worker.has_batch:
            assert time.monotonic() < deadline, "the worker says nothing"

    def test_is_told_at_once_and_again_by_whoever_follows(self, tmp_path: Path) -> None:
        for number in range(300):
            put(tmp_path / f"2026-01-01-{number:03}.md", card(f"Card {number}"))
        states: list[FolderState] = []
        follower, worker = self.follower(tmp_path, states)
        self.wait_for(worker)
        first = follower.begin()
        assert first is not None
        assert (ids(first)[-1], first.files, first.loading, states) == ("2026-01-01-299.md", 300, True, [])
        follower.run(lambda: bool(states) and not states[-1].loading)
        assert states[0] is first
        assert told_of(states[-1].deck) == told_of(load_once(tmp_path).deck)

    def test_a_whole_small_folder_is_there(self, tmp_path: Path) -> None:
        put(tmp_path / "a.md", card("Alone"))
        states: list[FolderState] = []
        follower, worker = self.follower(tmp_path, states)
        self.wait_for(worker)
        first = follower.begin()
        assert first is not None
        assert (ids(first), first.loading) == (["a.md"], False)
        follower.run(lambda: bool(states))
        assert states == [first]
        follower.close()

    def test_what_is_wrong_with_the_folder_is_told_by_whoever_follows(self, tmp_path: Path) -> None:
        follower, worker = self.follower(tmp_path / "gone", [])
        self.wait_for(worker)
        assert follower.begin() is None
        with pytest.raises(FolderError, match="Check the path"):
            follower.run(lambda: False)

    def test_nothing_is_waited_for(self, tmp_path: Path) -> None:
        put(tmp_path / "a.md", card("Alone"))
        states: list[FolderState] = []
        follower, worker = self.follower(tmp_path, states)
        os.kill(worker._process.pid, signal.SIGSTOP)
        if not worker.has_batch:  # it may have been quicker than the signal
            assert follower.begin() is None
        os.kill(worker._process.pid, signal.SIGCONT)
        follower.run(lambda: bool(states))
        assert ids(states[0]) == ["a.md"]

    def test_what_was_begun_can_be_left(self, tmp_path: Path) -> None:
        put(tmp_path / "a.md", card("Alone"))
        states: list[FolderState] = []
        follower, worker = self.follower(tmp_path, states)
        self.wait_for(worker)
        assert follower.begin() is not None
        follower.close()
        follower.run(lambda: False)
        assert worker._process.returncode is not None
