"""The story that is read stays the one that is read, whatever becomes known or arrives meanwhile."""

import pytest

from tests.ui.reader import Reader, open_reader, text_of


def member_ids(reader: Reader) -> list[str]:
    """The stories of the demo that another one stands for, where events are known."""
    state = reader.deck.state
    assert state.analysis is not None
    events = (state.analysis.event(story.id) for story in state.deck.stories)
    found = {
        story_id for event in events if event is not None for story_id in event.story_ids if story_id != event.lead
    }
    return sorted(found)


async def test_events_that_become_known_leave_the_story_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_reader() as reader:
        folded = member_ids(reader)
    assert len(folded) > 3
    for story_id in folded[:4]:
        with monkeypatch.context() as patched:
            patched.setattr("tui.ui.deck.listing.find_events", lambda *_words: None)
            async with open_reader() as reader:
                stories = reader.deck.panes.stories
                assert stories.select(story_id)
                await reader.settle()
                patched.undo()
                reader.deck._listing.analyse()
                await reader.settle()
                assert reader.content.story.id == story_id
                assert stories.story == reader.content.story
                assert " outlets" in text_of(reader.deck.panes.stories)


async def test_grouping_by_event_and_back_leaves_the_story_that_is_read() -> None:
    async with open_reader() as reader:
        folded = member_ids(reader)
        await reader.press("v")
        for story_id in folded:
            assert reader.deck.panes.stories.select(story_id)
            await reader.press("v")
            assert reader.content.story.id == story_id
            await reader.press("v")
            assert reader.content.story.id == story_id


async def test_a_story_gone_to_while_the_list_is_made_is_not_left_for_the_one_that_leads_its_event() -> None:
    async with open_reader() as reader:
        first, second = member_ids(reader)[:2]
        await reader.press("v")
        stories = reader.deck.panes.stories
        assert stories.select(first)
        reader.deck.controls.commands["group"]()
        assert stories.select(second)
        await reader.settle()
        assert reader.content.story.id == second
