"""Three layouts by width: the pane with the keys is always in sight, and a resize loses nothing."""

import pytest

from tests.ui.reader import Reader, open_reader
from tui.config.settings import Settings


def seen(reader: Reader) -> set[str]:
    panes = (reader.deck.panes.topics, reader.deck.panes.stories, reader.deck.panes.story)
    return {str(pane.id) for pane in panes if pane.is_on_screen and pane.region.area}


def focus(reader: Reader) -> str | None:
    return reader.app.focused.id if reader.app.focused is not None else None


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((200, 50), {"topics", "stories", "story"}),
        ((120, 30), {"topics", "stories", "story"}),
        ((119, 30), {"stories", "story"}),
        ((80, 24), {"stories", "story"}),
        ((79, 24), {"stories"}),
        ((20, 5), {"stories"}),
    ],
)
async def test_as_many_panes_as_there_is_room_for(size: tuple[int, int], panes: set[str]) -> None:
    async with open_reader(size=size) as reader:
        assert seen(reader) == panes


async def test_on_a_narrow_screen_enter_goes_in_and_escape_comes_back() -> None:
    async with open_reader(size=(60, 20)) as reader:
        await reader.press("j", "enter")
        assert seen(reader) == {"story"}
        assert "Azure Government Top Secret" in reader.text
        await reader.press("escape")
        assert seen(reader) == {"stories"}
        assert "2 of 15" in reader.text


async def test_topics_lie_over_the_others_where_there_is_no_room_beside_them() -> None:
    async with open_reader(size=(80, 24)) as reader:
        await reader.press("t")
        assert "topics" in seen(reader)
        assert focus(reader) == "topics"
        await reader.press("j", "enter", "escape")
        assert seen(reader) == {"stories", "story"}
        assert reader.deck.state.view.query == "topic:Cloud"
        await reader.press("t", "t")
        assert seen(reader) == {"stories", "story"}


@pytest.mark.parametrize("keys", [("l",), ("h",), ()], ids=["story", "topics", "stories"])
async def test_the_focus_survives_every_size(keys: tuple[str, ...]) -> None:
    async with open_reader(size=(150, 40)) as reader:
        await reader.press("j", *keys)
        before = focus(reader)
        for size in ((100, 30), (60, 20), (15, 4), (20, 5), (15, 40), (150, 3), (60, 20), (100, 30), (150, 40)):
            await reader.resize(*size)
            assert focus(reader) == before
            assert before in seen(reader)
        assert "2 of 15" in reader.text


async def test_a_pane_that_was_clicked_stays_in_sight_when_the_screen_shrinks() -> None:
    async with open_reader(size=(150, 40)) as reader:
        await reader.pilot.click("#story", offset=(5, 12))
        await reader.resize(60, 20)
        assert seen(reader) == {"story"}
        assert focus(reader) == "story"


@pytest.mark.parametrize("size", [(19, 30), (100, 4), (15, 4), (10, 1)])
async def test_a_screen_too_small_says_so(size: tuple[int, int]) -> None:
    async with open_reader(size=(100, 30)) as reader:
        await reader.resize(*size)
        assert "newsdeck" in reader.text or "20 x" in reader.text
        assert "Stories" not in reader.text
        await reader.resize(100, 30)
        assert "1 of 15" in reader.text
        assert "Stories" in reader.text


@pytest.mark.parametrize("size", [(20, 5), (24, 6), (33, 9)])
async def test_the_smallest_screens_show_the_story_under_the_cursor(size: tuple[int, int]) -> None:
    async with open_reader(size=size) as reader:
        assert "Found" in reader.text
        await reader.press("j")
        assert "Azure" in reader.text
        await reader.press("enter", "c")
        assert "▌" in reader.text
        for key in ("question_mark", "i", "s", "exclamation_mark"):
            await reader.press(key)
            await reader.press("escape")
        assert reader.app.screen is reader.deck


async def test_colours_are_not_all_that_tells_the_cursor_and_plain_ascii_will_do() -> None:
    async with open_reader(size=(130, 40), settings=Settings(ascii=True, read_after=0)) as reader:
        await reader.press("c")
        assert reader.text.isascii()
        assert "|>1  06:31" in reader.text


@pytest.mark.parametrize(
    ("columns", "list_is_wider"), [(80, True), (90, True), (119, True), (120, False), (200, False)]
)
async def test_the_list_has_the_more_room_where_its_headlines_need_it_and_keys_change_that(
    columns: int, list_is_wider: bool
) -> None:
    async with open_reader(size=(columns, 30)) as reader:
        stories, story = reader.deck.panes.stories, reader.deck.panes.story
        usual = stories.size.width
        assert (usual > story.size.width) is list_is_wider
        await reader.press("greater_than_sign")
        wider = stories.size.width
        assert usual < wider < usual + (usual + story.size.width) // 8
        await reader.press("less_than_sign", "less_than_sign")
        assert stories.size.width < usual
        await reader.press(*["less_than_sign"] * 6)
        assert stories.size.width > columns // 5
        await reader.press(*["greater_than_sign"] * 9)
        assert story.size.width > columns // 6


async def test_keys_for_the_width_of_the_list_leave_it_alone_where_it_fills_the_screen() -> None:
    async with open_reader(size=(60, 20)) as reader:
        await reader.press("greater_than_sign", "greater_than_sign")
        await reader.resize(90, 30)
        usual = reader.deck.panes.stories.size.width
    async with open_reader(size=(90, 30)) as reader:
        assert reader.deck.panes.stories.size.width == usual
