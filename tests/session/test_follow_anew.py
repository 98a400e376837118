"""Where the reader starts over: from a cache file that was written anew, or from nothing, while the list stays."""

from pathlib import Path

import pytest

from tests.cards.sync.watching import card, put
from tests.session.caches import same_as_fresh, told_of
from tests.session.scripted import Scripted, outlet, outlets
from tui.cards.protocol import Changes, SnapshotWritten
from tui.errors import FolderError
from tui.model import Story, Topic
from tui.session.loading import load_once

pytestmark = pytest.mark.usefixtures("unhurried")
NAMELESS = "---\ntitle: Nameless\nprovider:\n  domain: {domain}\n---\n"


class TestSnapshots:
    def test_what_was_written_takes_the_place_of_what_was_told(self, followed: Scripted) -> None:
        def add() -> Changes:
            put(followed.root / "d.md", card("Card d"))
            return followed.changes(1, ["d.md"])

        followed.follow([*followed.cold(), add, lambda: followed.snapshot(1)])
        assert followed.last.analysis is not None
        assert followed.last.arrived == ()
        same_as_fresh(followed.last.analysis, load_once(followed.root))

    def test_changes_that_came_while_it_was_written_stay(self, followed: Scripted) -> None:
        written: list[SnapshotWritten] = []

        def add(name: str, serial: int) -> Changes:
            put(followed.root / f"{name}.md", card(f"Card {name}"))
            return followed.changes(serial, [f"{name}.md"])

        followed.follow(
            [
                *followed.cold(),
                lambda: add("d", 1),
                lambda: written.append(followed.snapshot(1)),
                lambda: add("e", 2),
                lambda: written[0],
                lambda: add("f", 3),
            ]
        )
        assert [len(state.deck) for state in followed.states] == [3, 4, 5, 5, 6]
        assert followed.titles == [f"Card {name}" for name in "abcdef"]

    def test_one_that_was_replaced_meanwhile_is_left_out(self, followed: Scripted) -> None:
        written: list[SnapshotWritten] = []

        def add(name: str, serial: int) -> Changes:
            put(followed.root / f"{name}.md", card(f"Card {name}"))
            return followed.changes(serial, [f"{name}.md"])

        followed.follow(
            [
                *followed.cold(),
                lambda: add("d", 1),
                lambda: written.append(followed.snapshot(1)),
                lambda: add("e", 2),
                lambda: written.append(followed.snapshot(2)),
                lambda: written[0],
                lambda: written[1],
            ]
        )
        assert [len(state.deck) for state in followed.states] == [3, 4, 5, 5, 5]
        assert followed.last.analysis is not None
        same_as_fresh(followed.last.analysis, load_once(followed.root))

    def test_another_worker_starts_from_the_file_and_what_was_told_since_is_forgotten(self, followed: Scripted) -> None:
        def add(name: str, serial: int, base: str = "") -> Changes:
            put(followed.root / f"{name}.md", card(f"Card {name}"))
            return followed.changes(serial, [f"{name}.md"], fresh=bool(base), base=base)

        def lose_d_and_add_e() -> Changes:
            (followed.root / "d.md").unlink()
            return add("e", 2, token)

        token = followed.write()
        followed.follow([lambda: add("d", 1), lose_d_and_add_e], token=token)
        assert followed.titles == ["Card a", "Card b", "Card c", "Card e"]
        assert followed.last.arrived == ("e.md",)

    def test_the_file_may_be_one_that_was_not_told_of(self, followed: Scripted) -> None:
        def start_over() -> Changes:
            put(followed.root / "d.md", card("Card d"))
            token = followed.write()
            put(followed.root / "e.md", card("Card e"))
            return followed.changes(1, ["e.md"], fresh=True, base=token)

        followed.follow([*followed.cold(), start_over])
        assert followed.titles == [f"Card {name}" for name in "abcde"]
        assert followed.last.arrived == ("e.md",)

    def test_without_such_a_file_everything_is_told_anew(self, followed: Scripted) -> None:
        def start_over() -> Changes:
            (followed.root / "a.md").unlink()
            put(followed.root / "d.md", card("Card d"))
            return followed.changes(2, ["b.md", "c.md", "d.md"], fresh=True, data_changed=True, validated=True)

        followed.follow([start_over], token=followed.write())
        assert followed.titles == ["Card b", "Card c", "Card d"]
        assert followed.last.arrived == ("d.md",)

    def test_where_the_file_is_gone_everything_is_read_anew_while_the_list_stays(self, followed: Scripted) -> None:
        put(followed.root / "d.md", card("Card d"))
        followed.follow([*followed.cold(), Changes(1, fresh=True, base="0" * 32)], followed.cold(1))
        assert [len(state.deck) for state in followed.states] == [4, 4]
        assert [start.token for start in followed.starts] == ["", ""]


class TestTopicsAndOutlets:
    def test_new_topics_show_at_once(self, followed: Scripted) -> None:
        def add() -> Changes:
            put(followed.root / "_data" / "topics" / "ai.yaml", "name: AI\n")
            return followed.changes(1, data_changed=True)

        followed.follow([add], token=followed.write())
        assert followed.last.deck.declared.topics == (Topic("AI"),)
        assert len(followed.starts) == 1

    def test_new_names_of_outlets_have_everything_read_anew_while_the_list_stays(self, followed: Scripted) -> None:
        put(followed.root / "z.md", NAMELESS.format(domain="z.example"))
        outlet(followed.root, "Zed", "z.example")

        def name() -> Changes:
            outlet(followed.root, "Another Zed", "z.example")
            return followed.changes(1, data_changed=True)

        followed.follow([*followed.cold(), followed.snapshot(0), name], followed.cold(1))
        assert outlets(followed.states[0])["z.md"] == "Zed"
        assert outlets(followed.last)["z.md"] == "Another Zed"
        assert [len(state.deck) for state in followed.states] == [4] * len(followed.states)
        assert not any(state.loading for state in followed.states)
        assert followed.starts[1].token == ""
        assert told_of(followed.last.deck) == told_of(load_once(followed.root).deck)

    def test_a_folder_that_vanishes_as_they_are_read_keeps_them_until_it_is_back(
        self, followed: Scripted, tmp_path: Path
    ) -> None:
        put(followed.root / "_data" / "topics" / "ai.yaml", "name: AI\n")

        def vanish() -> Changes:
            change = followed.changes(1, data_changed=True)
            followed.root.rename(tmp_path / "away")
            return change

        def come_back() -> Changes:
            (tmp_path / "away").rename(followed.root)
            put(followed.root / "_data" / "topics" / "ai.yaml", "name: Cloud\n")
            return followed.changes(2)

        followed.follow([*followed.cold(), vanish, come_back])
        assert [state.deck.declared.topics for state in followed.states] == [
            (Topic("AI"),),
            (Topic("AI"),),
            (Topic("Cloud"),),
        ]

    def test_a_folder_that_is_gone_when_everything_is_read_anew_is_waited_for(self, followed: Scripted) -> None:
        def name() -> Changes:
            put(followed.root / "d.md", card("Card d"))
            outlet(followed.root, "Zed", "z.example")
            return followed.changes(1, ["d.md"], data_changed=True)

        gone = [FolderError("It is gone.")]
        followed.follow([*followed.cold(), name], gone, gone, followed.cold)
        assert [state.error for state in followed.states] == ["", "", "It is gone.", "It is gone.", ""]
        assert [len(state.deck) for state in followed.states] == [3, 4, 4, 4, 4]
        assert [state.arrived for state in followed.states[2:]] == [()] * 3


class TestDamage:
    def damaged(self, followed: Scripted, where: bytes) -> str:
        """A file in which the page that holds these bytes is not as it was written; its token."""
        token = followed.write()
        data = bytearray(followed.path.read_bytes())
        data[data.index(where)] ^= 1
        followed.path.write_bytes(data)
        return token

    def test_what_is_found_damaged_is_read_anew(self, followed: Scripted) -> None:
        token = self.damaged(followed, b"Card b")
        shown: list[Story] = []

        def look() -> None:
            shown.extend(followed.last.deck.story(doc) for doc in range(3))

        def never() -> None:
            pytest.fail("a feed goes on though what it builds on is damaged")

        followed.follow([look, never], followed.cold(1), token=token)
        assert not {"Card a", "Card b", "Card c"} & {story.title for story in shown}
        assert followed.titles == ["Card a", "Card b", "Card c"]
        assert [start.token for start in followed.starts] == [token, ""]
        assert not followed.last.loading

    def test_changes_of_it_do_no_harm(self, followed: Scripted) -> None:
        token = self.damaged(followed, b"Card b")

        def add() -> Changes:
            put(followed.root / "d.md", card("Card d"))
            put(followed.root / "b.md", card("Another b"))
            return followed.changes(1, ["b.md", "d.md"], ["a.md"])

        followed.follow([add], followed.cold, token=token)
        assert len(followed.states) == 2
        assert told_of(followed.last.deck) == told_of(load_once(followed.root).deck)

    def test_what_every_use_needs_means_a_cold_start(self, followed: Scripted) -> None:
        token = self.damaged(followed, b"deck.times.seconds")
        followed.follow(followed.cold(1), token=token)
        assert followed.starts[0].token == ""
        assert followed.titles == ["Card a", "Card b", "Card c"]
