"""What the reader is told of a folder from the first cards on, whatever its cache file and its worker do."""

from pathlib import Path

import pytest

from tests.cards.watching import card, put
from tests.session.caches import same_as_fresh, told_of
from tests.session.scripted import Scripted
from tui.cards.changes import Changes, Snapshot
from tui.errors import FolderError
from tui.model import Problem, Story, Topic
from tui.session import follow, loading
from tui.session.loading import FolderState, load_once

TORN = "---\ntitle: [half a\n"
NAMELESS = "---\ntitle: Nameless\nprovider:\n  domain: {domain}\n---\n"


@pytest.fixture
def folder(tmp_path: Path) -> Scripted:
    root = tmp_path / "cards"
    for name in ("a", "b", "c"):
        put(root / f"{name}.md", card(f"Card {name}"))
    return Scripted(root, tmp_path / "shelf")


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch is shown, and a folder that is gone is looked for at once."""
    monkeypatch.setattr(loading, "PUBLISH_SECONDS", 0)
    monkeypatch.setattr(loading, "_PUBLISH_SHARE", 1e9)
    monkeypatch.setattr(follow, "AGAIN_AFTER", 0)


def outlet(root: Path, name: str, domain: str) -> None:
    put(root / "_data" / "organizations" / f"{domain}.md", f"---\nname: {name}\ndomain: {domain}\n---\n")


def outlets(state: FolderState) -> dict[str, str]:
    """The names of the outlets by the ids of their stories."""
    return {story.id: story.outlet.name for story in state.deck.stories}


def ids(state: FolderState) -> list[str]:
    return [story.id for story in state.deck.stories]


class TestColdStart:
    def test_stories_show_while_the_rest_is_read(self, folder: Scripted) -> None:
        folder.follow(folder.cold(1))
        assert [len(state.deck) for state in folder.states] == [1, 2, 3]
        assert [(state.done, state.files, state.loading) for state in folder.states] == [
            (1, 3, True),
            (2, 3, True),
            (3, 3, False),
        ]
        assert told_of(folder.last.deck) == told_of(load_once(folder.root).deck)

    def test_problems_show_from_the_beginning(self, folder: Scripted) -> None:
        put(folder.root / "broken.md", TORN)
        put(folder.root / "_data" / "topics" / "broken.yaml", "name: [")
        folder.follow(folder.cold(1))
        told = {problem.file for problem in load_once(folder.root).problems}
        assert told == {"broken.md", "_data/topics/broken.yaml"}
        assert [{problem.file for problem in state.problems} for state in folder.states] == [told] * 3

    def test_names_of_outlets_and_topics_count_from_the_first_story_on(self, folder: Scripted) -> None:
        put(folder.root / "z.md", NAMELESS.format(domain="z.example"))
        outlet(folder.root, "Zed", "z.example")
        put(folder.root / "_data" / "topics" / "ai.yaml", "name: AI\n")
        folder.follow(folder.cold(1))
        assert [outlets(state)["z.md"] for state in folder.states] == ["Zed"] * 4
        assert folder.states[0].deck.declared.topics == (Topic("AI"),)

    def test_those_from_far_below_count_once_everything_is_read(self, folder: Scripted) -> None:
        put(folder.root / "deep" / "er" / "z.md", NAMELESS.format(domain="z.example"))
        outlet(folder.root / "deep" / "er", "Zed", "z.example")
        folder.follow(folder.cold(1))
        assert outlets(folder.last)["deep/er/z.md"] == "Zed"
        assert told_of(folder.last.deck) == told_of(load_once(folder.root).deck)

    def test_of_two_names_of_an_outlet_the_same_counts_as_ever(self, folder: Scripted) -> None:
        put(folder.root / "z.md", NAMELESS.format(domain="z.example"))
        outlet(folder.root / "a" / "x", "From far below", "z.example")
        outlet(folder.root / "b", "From near the top", "z.example")
        folder.follow(*[folder.cold(1)] * 2)
        assert told_of(folder.last.deck) == told_of(load_once(folder.root).deck)

    def test_a_folder_without_cards_is_whole_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        folder = Scripted(tmp_path / "empty", tmp_path / "shelf")
        folder.follow(folder.cold())
        assert [(len(state.deck), state.loading) for state in folder.states] == [(0, False)]

    def test_a_folder_that_cannot_be_read_is_told_as_an_error(self, folder: Scripted) -> None:
        with pytest.raises(FolderError, match="it is gone"):
            folder.follow([FolderError("it is gone")])
        assert folder.states == []

    def test_stories_that_were_loaded_are_not_new(self, folder: Scripted) -> None:
        folder.follow(folder.cold(1))
        assert [state.arrived for state in folder.states] == [()] * 3

    def test_the_analysis_of_a_large_folder_is_awaited_from_the_process_that_makes_it(
        self, folder: Scripted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder.follow(folder.cold())
        monkeypatch.setattr(follow, "SMALL_DECK", 2)
        folder.follow(folder.cold())
        folder.follow(folder.cold(), indexer=())
        assert [state.awaits_analysis for state in folder.states] == [False, True, False]

    def test_it_is_not_awaited_any_more_once_it_could_not_be_written(
        self, folder: Scripted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(follow, "SMALL_DECK", 2)
        folder.follow([*folder.cold(), Snapshot("", 0)])
        assert [state.awaits_analysis for state in folder.states] == [True, False]
        assert len(folder.last.deck) == 3


class TestWarmStart:
    def test_what_was_stored_is_told_first_with_all_that_is_known_of_it(self, folder: Scripted) -> None:
        put(folder.root / "broken.md", TORN)
        put(folder.root / "_data" / "topics" / "broken.yaml", "name: [")
        token = folder.write()
        seen: list[FolderState] = []
        folder.follow([lambda: seen.append(folder.last)], token=token)
        assert not seen[0].loading
        assert {problem.file for problem in seen[0].problems} == {"broken.md", "_data/topics/broken.yaml"}
        assert seen[0].analysis is not None
        assert seen[0].analysis.deck is seen[0].deck
        same_as_fresh(seen[0].analysis, load_once(folder.root))
        assert folder.starts[0].token == token

    def test_nothing_changes_when_everything_was_compared_and_found_the_same(self, folder: Scripted) -> None:
        folder.follow([folder.changes(1, validated=True)], token=folder.write())
        first, last = folder.states
        assert last.deck is first.deck
        assert last.analysis is first.analysis
        assert last.arrived == ()

    def test_what_came_since_is_new(self, folder: Scripted) -> None:
        token = folder.write()
        put(folder.root / "d.md", card("Card d"))
        put(folder.root / "a.md", card("Another a"))
        folder.follow([folder.changes(1, ["a.md", "d.md"], validated=True)], token=token)
        assert folder.last.arrived == ("d.md",)
        assert told_of(folder.last.deck)["stories"] == told_of(load_once(folder.root).deck)["stories"]

    def test_the_marks_know_the_folder_without_its_stories(self, folder: Scripted) -> None:
        token = folder.write()
        folder.follow([], token=token)
        assert folder.follower is not None
        assert sorted(folder.follower.telling_ids) == ["a.md", "b.md", "c.md"]

    def test_a_file_that_is_gone_means_a_cold_start(self, folder: Scripted) -> None:
        token = folder.write()
        folder.path.unlink()
        folder.follow(folder.cold(), token=token)
        assert folder.starts[0].token == ""
        assert folder.titles == ["Card a", "Card b", "Card c"]

    def test_a_worker_that_cannot_use_the_file_reads_everything_while_the_list_stays(self, folder: Scripted) -> None:
        token = folder.write()
        put(folder.root / "d.md", card("Card d"))
        (folder.root / "a.md").unlink()
        folder.follow(folder.cold(1), token=token)
        assert [(ids(state), state.loading) for state in folder.states] == [
            (["a.md", "b.md", "c.md"], False),
            (["b.md", "c.md", "d.md"], False),
        ]


class TestChanges:
    def test_cards_come_change_and_go(self, folder: Scripted) -> None:
        def write() -> Changes:
            put(folder.root / "d.md", card("Card d"))
            put(folder.root / "a.md", card("Another a"))
            (folder.root / "b.md").unlink()
            return folder.changes(1, ["a.md", "d.md"], ["b.md"])

        folder.follow([*folder.cold(), write])
        assert folder.titles == ["Another a", "Card c", "Card d"]
        assert folder.last.arrived == ("d.md",)
        assert folder.last.deck.counts == load_once(folder.root).deck.counts

    def test_they_add_up_until_they_are_in_a_file(self, folder: Scripted) -> None:
        def add(name: str, serial: int) -> Changes:
            put(folder.root / f"{name}.md", card(f"Card {name}"))
            return folder.changes(serial, [f"{name}.md"])

        def remove(serial: int) -> Changes:
            (folder.root / "d.md").unlink()
            return folder.changes(serial, [], ["d.md"])

        folder.follow(
            [*folder.cold(), lambda: add("d", 1), lambda: add("e", 2), lambda: remove(3), lambda: add("d", 4)]
        )
        assert [len(state.deck) for state in folder.states] == [3, 4, 5, 4, 5]
        assert told_of(folder.last.deck)["stories"] == told_of(load_once(folder.root).deck)["stories"]

    def test_a_renamed_card_is_not_new(self, folder: Scripted) -> None:
        def rename() -> Changes:
            (folder.root / "a.md").rename(folder.root / "z.md")
            put(folder.root / "d.md", card("Card d"))
            return folder.changes(1, ["z.md", "d.md"], ["a.md"])

        folder.follow([*folder.cold(), rename])
        assert folder.last.arrived == ("d.md",)
        assert folder.last.deck.doc("a.md") is None

    def test_a_moved_folder_that_is_told_in_parts_is_not_new(self, folder: Scripted) -> None:
        before = folder.cold()

        def move() -> None:
            for name in ("a", "b", "c"):
                put(folder.root / "moved" / f"{name}.md", (folder.root / f"{name}.md").read_text())
                (folder.root / f"{name}.md").unlink()
            put(folder.root / "moved" / "a copy.md", card("Card a"))

        def told(serial: int, *stories: str, removed: tuple[str, ...] = ()) -> Changes:
            return folder.changes(serial, [f"moved/{name}.md" for name in stories], removed)

        folder.follow(
            [
                *before,
                move,
                lambda: told(1, "a", removed=("a.md", "b.md", "c.md")),
                lambda: told(2, "b"),
                lambda: told(3, "c", "a copy"),
            ]
        )
        assert [state.arrived for state in folder.states[-3:]] == [(), (), ("moved/a copy.md",)]

    def test_problems_are_those_of_now(self, folder: Scripted) -> None:
        put(folder.root / "_data" / "topics" / "broken.yaml", "name: [")
        torn = Problem("a.md", "yaml-syntax", "It is torn.")
        folder.follow([*folder.cold(), Changes(1, problems=(torn,)), Changes(2)])
        assert [[problem.file for problem in state.problems] for state in folder.states] == [
            ["_data/topics/broken.yaml"],
            ["_data/topics/broken.yaml", "a.md"],
            ["_data/topics/broken.yaml"],
        ]

    def test_an_answer_is_marked_as_one_though_nothing_changed(self, folder: Scripted) -> None:
        def ask() -> None:
            assert folder.follower is not None
            folder.follower.rescan()

        folder.follow([*folder.cold(), ask, Changes(1, asked=True)])
        assert folder.asked == 1
        assert [state.answers for state in folder.states] == [False, True]
        assert folder.last.deck is folder.states[0].deck

    def test_a_folder_that_cannot_be_read_keeps_its_stories_and_problems(self, folder: Scripted) -> None:
        torn = Problem("a.md", "yaml-syntax", "It is torn.")
        told = [Changes(1, problems=(torn,)), Changes(2, folder_error="It is gone."), Changes(3, problems=(torn,))]
        folder.follow([*folder.cold(), *told])
        assert [state.error for state in folder.states] == ["", "", "It is gone.", ""]
        assert [len(state.deck) for state in folder.states] == [3] * 4
        assert [len(state.problems) for state in folder.states] == [0, 1, 1, 1]


class TestSnapshots:
    def test_what_was_written_takes_the_place_of_what_was_told(self, folder: Scripted) -> None:
        def add() -> Changes:
            put(folder.root / "d.md", card("Card d"))
            return folder.changes(1, ["d.md"])

        folder.follow([*folder.cold(), add, lambda: folder.snapshot(1)])
        assert folder.last.analysis is not None
        assert folder.last.arrived == ()
        same_as_fresh(folder.last.analysis, load_once(folder.root))

    def test_changes_that_came_while_it_was_written_stay(self, folder: Scripted) -> None:
        written: list[Snapshot] = []

        def add(name: str, serial: int) -> Changes:
            put(folder.root / f"{name}.md", card(f"Card {name}"))
            return folder.changes(serial, [f"{name}.md"])

        folder.follow(
            [
                *folder.cold(),
                lambda: add("d", 1),
                lambda: written.append(folder.snapshot(1)),
                lambda: add("e", 2),
                lambda: written[0],
                lambda: add("f", 3),
            ]
        )
        assert [len(state.deck) for state in folder.states] == [3, 4, 5, 5, 6]
        assert folder.titles == [f"Card {name}" for name in "abcdef"]

    def test_one_that_was_replaced_meanwhile_is_left_out(self, folder: Scripted) -> None:
        written: list[Snapshot] = []

        def add(name: str, serial: int) -> Changes:
            put(folder.root / f"{name}.md", card(f"Card {name}"))
            return folder.changes(serial, [f"{name}.md"])

        folder.follow(
            [
                *folder.cold(),
                lambda: add("d", 1),
                lambda: written.append(folder.snapshot(1)),
                lambda: add("e", 2),
                lambda: written.append(folder.snapshot(2)),
                lambda: written[0],
                lambda: written[1],
            ]
        )
        assert [len(state.deck) for state in folder.states] == [3, 4, 5, 5, 5]
        assert folder.last.analysis is not None
        same_as_fresh(folder.last.analysis, load_once(folder.root))

    def test_another_worker_starts_from_the_file_and_what_was_told_since_is_forgotten(self, folder: Scripted) -> None:
        def add(name: str, serial: int, base: str = "") -> Changes:
            put(folder.root / f"{name}.md", card(f"Card {name}"))
            return folder.changes(serial, [f"{name}.md"], fresh=bool(base), base=base)

        def lose_d_and_add_e() -> Changes:
            (folder.root / "d.md").unlink()
            return add("e", 2, token)

        token = folder.write()
        folder.follow([lambda: add("d", 1), lose_d_and_add_e], token=token)
        assert folder.titles == ["Card a", "Card b", "Card c", "Card e"]
        assert folder.last.arrived == ("e.md",)

    def test_the_file_may_be_one_that_was_not_told_of(self, folder: Scripted) -> None:
        def start_over() -> Changes:
            put(folder.root / "d.md", card("Card d"))
            token = folder.write()
            put(folder.root / "e.md", card("Card e"))
            return folder.changes(1, ["e.md"], fresh=True, base=token)

        folder.follow([*folder.cold(), start_over])
        assert folder.titles == [f"Card {name}" for name in "abcde"]
        assert folder.last.arrived == ("e.md",)

    def test_without_such_a_file_everything_is_told_anew(self, folder: Scripted) -> None:
        def start_over() -> Changes:
            (folder.root / "a.md").unlink()
            put(folder.root / "d.md", card("Card d"))
            return folder.changes(2, ["b.md", "c.md", "d.md"], fresh=True, data_changed=True, validated=True)

        folder.follow([start_over], token=folder.write())
        assert folder.titles == ["Card b", "Card c", "Card d"]
        assert folder.last.arrived == ("d.md",)

    def test_where_the_file_is_gone_everything_is_read_anew_while_the_list_stays(self, folder: Scripted) -> None:
        put(folder.root / "d.md", card("Card d"))
        folder.follow([*folder.cold(), Changes(1, fresh=True, base="0" * 32)], folder.cold(1))
        assert [len(state.deck) for state in folder.states] == [4, 4]
        assert [start.token for start in folder.starts] == ["", ""]


class TestTopicsAndOutlets:
    def test_new_topics_show_at_once(self, folder: Scripted) -> None:
        def add() -> Changes:
            put(folder.root / "_data" / "topics" / "ai.yaml", "name: AI\n")
            return folder.changes(1, data_changed=True)

        folder.follow([add], token=folder.write())
        assert folder.last.deck.declared.topics == (Topic("AI"),)
        assert len(folder.starts) == 1

    def test_new_names_of_outlets_have_everything_read_anew_while_the_list_stays(self, folder: Scripted) -> None:
        put(folder.root / "z.md", NAMELESS.format(domain="z.example"))
        outlet(folder.root, "Zed", "z.example")

        def name() -> Changes:
            outlet(folder.root, "Another Zed", "z.example")
            return folder.changes(1, data_changed=True)

        folder.follow([*folder.cold(), folder.snapshot(0), name], folder.cold(1))
        assert outlets(folder.states[0])["z.md"] == "Zed"
        assert outlets(folder.last)["z.md"] == "Another Zed"
        assert [len(state.deck) for state in folder.states] == [4] * len(folder.states)
        assert not any(state.loading for state in folder.states)
        assert folder.starts[1].token == ""
        assert told_of(folder.last.deck) == told_of(load_once(folder.root).deck)

    def test_a_folder_that_vanishes_as_they_are_read_keeps_them_until_it_is_back(
        self, folder: Scripted, tmp_path: Path
    ) -> None:
        put(folder.root / "_data" / "topics" / "ai.yaml", "name: AI\n")

        def vanish() -> Changes:
            change = folder.changes(1, data_changed=True)
            folder.root.rename(tmp_path / "away")
            return change

        def come_back() -> Changes:
            (tmp_path / "away").rename(folder.root)
            put(folder.root / "_data" / "topics" / "ai.yaml", "name: Cloud\n")
            return folder.changes(2)

        folder.follow([*folder.cold(), vanish, come_back])
        assert [state.deck.declared.topics for state in folder.states] == [
            (Topic("AI"),),
            (Topic("AI"),),
            (Topic("Cloud"),),
        ]

    def test_a_folder_that_is_gone_when_everything_is_read_anew_is_waited_for(self, folder: Scripted) -> None:
        def name() -> Changes:
            put(folder.root / "d.md", card("Card d"))
            outlet(folder.root, "Zed", "z.example")
            return folder.changes(1, ["d.md"], data_changed=True)

        gone = [FolderError("It is gone.")]
        folder.follow([*folder.cold(), name], gone, gone, folder.cold)
        assert [state.error for state in folder.states] == ["", "", "It is gone.", "It is gone.", ""]
        assert [len(state.deck) for state in folder.states] == [3, 4, 4, 4, 4]
        assert [state.arrived for state in folder.states[2:]] == [()] * 3


class TestDamage:
    def damaged(self, folder: Scripted, where: bytes) -> str:
        """A file in which the page that holds these bytes is not as it was written; its token."""
        token = folder.write()
        data = bytearray(folder.path.read_bytes())
        data[data.index(where)] ^= 1
        folder.path.write_bytes(data)
        return token

    def test_what_is_found_damaged_is_read_anew(self, folder: Scripted) -> None:
        token = self.damaged(folder, b"Card b")
        shown: list[Story] = []

        def look() -> None:
            shown.extend(folder.last.deck.story(doc) for doc in range(3))

        def never() -> None:
            pytest.fail("a feed goes on though what it builds on is damaged")

        folder.follow([look, never], folder.cold(1), token=token)
        assert not {"Card a", "Card b", "Card c"} & {story.title for story in shown}
        assert folder.titles == ["Card a", "Card b", "Card c"]
        assert [start.token for start in folder.starts] == [token, ""]
        assert not folder.last.loading

    def test_changes_of_it_do_no_harm(self, folder: Scripted) -> None:
        token = self.damaged(folder, b"Card b")

        def add() -> Changes:
            put(folder.root / "d.md", card("Card d"))
            put(folder.root / "b.md", card("Another b"))
            return folder.changes(1, ["b.md", "d.md"], ["a.md"])

        folder.follow([add], folder.cold, token=token)
        assert len(folder.states) == 2
        assert told_of(folder.last.deck) == told_of(load_once(folder.root).deck)

    def test_what_every_use_needs_means_a_cold_start(self, folder: Scripted) -> None:
        token = self.damaged(folder, b"deck.times.seconds")
        folder.follow(folder.cold(1), token=token)
        assert folder.starts[0].token == ""
        assert folder.titles == ["Card a", "Card b", "Card c"]
