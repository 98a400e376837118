"""The title says what waits for the reader, until it was seen to."""

from pathlib import Path

import pytest
from textual.message import Message

from tests.ui.reader import Reader, open_reader
from tui.ui.messages import Listed


def title(reader: Reader) -> str:
    return reader.text.splitlines()[0]


async def test_picks_are_counted_until_they_are_used() -> None:
    async with open_reader(size=(130, 24)) as reader:
        await reader.press("x", "x")
        assert "· 2 picked" in title(reader)
        await reader.press("escape")
        assert "picked" not in title(reader)
        await reader.press("x", "m")
        assert "picked" not in title(reader)


async def test_muted_stories_are_counted_where_they_are_left_out() -> None:
    async with open_reader(size=(130, 24)) as reader:
        await reader.press("X", "enter")
        listing = reader.deck.state.listing
        assert len(listing.matching) + listing.muted == 26
        assert listing.muted > 0
        assert f"· {listing.muted} muted · V" in title(reader)
        assert f"{26 - listing.muted} stories in " in title(reader)
        await reader.press("slash")
        await reader.type("azure")
        assert f"· {listing.muted} muted · V" in title(reader)
        await reader.press("escape", "V")
        assert "muted · V" not in title(reader)
        await reader.press("V", "u")
        assert "muted" not in title(reader)


async def test_the_open_view_is_named_while_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    async with open_reader(size=(130, 24)) as reader:
        await reader.press("slash")
        await reader.type("azure")
        await reader.press("enter", "W")
        await reader.type("cloud news")
        await reader.press("enter")
        assert "· cloud news" in title(reader)
        await reader.press("escape")
        assert "cloud news" not in title(reader)
        await reader.press("w", "enter")
        assert "· cloud news" in title(reader)
        await reader.press("S")
        assert "cloud news" not in title(reader)


async def test_a_view_chosen_in_a_burst_is_opened_with_what_is_unread_of_it_told_once_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    async with open_reader(size=(130, 24)) as reader:
        await reader.press("slash")
        await reader.type("azure")
        await reader.press("enter", "W")
        await reader.type("cloud news")
        await reader.press("enter", "escape")
        await reader.press("w")
        assert " unread · azure" in reader.text
        await reader.press("escape")
        for key in ("w", "enter"):
            reader.send(key)
        await reader.settle()
        assert reader.app.screen is reader.deck
        assert "· cloud news" in title(reader)


async def test_on_a_narrow_screen_the_count_of_stories_goes_before_what_waits() -> None:
    async with open_reader(size=(36, 24)) as reader:
        await reader.press("x")
        assert title(reader).strip() == "newsdeck  demo · 26 stories"


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("m",), "24 unread"),
        (("A",), "all read"),
        (("m", "u"), "26 unread"),
        (("m", "j", "m"), "22 unread"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
async def test_what_is_marked_while_rows_are_on_their_way_is_counted(
    monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], left: str
) -> None:
    async with open_reader(size=(130, 24)) as reader:
        on_their_way: list[Listed] = []
        post = reader.deck.post_message

        def keep_rows(message: Message) -> bool:
            if isinstance(message, Listed):
                on_their_way.append(message)
                return True
            return post(message)

        monkeypatch.setattr(reader.deck, "post_message", keep_rows)
        await reader.press("s", "j", "enter")
        await reader.until(lambda: on_their_way, "rows to be on their way")
        await reader.press(*keys)
        for message in on_their_way:
            post(message)
        await reader.settle()
        assert left in title(reader)
