"""Notices, dialogs, help and the topics that lie over the others: as large as needed, and beside what is in use."""

import threading
from typing import Any

import pytest

from tests.ui.reader import open_reader
from tui.config.actions import ACTIONS
from tui.config.hints import HINTS, TITLES, KeyPlace
from tui.deck.query.keys import KEYS
from tui.ui.deck.notices import MOST_LINES, belongs_on_top, shaped
from tui.ui.dialogs.dialog import Dialog
from tui.ui.dialogs.help_text import TWO_COLUMNS_FROM, help_lines, help_sections
from tui.ui.widgets.lines import cell_width, cut_front
from tui.ui.widgets.signs import LEGEND


def help_text(where: KeyPlace, width: int, needle: str = "") -> list[str]:
    return ["".join(text for text, _ink in line.spans) for line in help_lines(help_sections(where, needle), width)]


@pytest.mark.parametrize("where", HINTS)
@pytest.mark.parametrize("width", [20, 60, TWO_COLUMNS_FROM, 160])
def test_the_help_explains_everything_and_begins_with_what_has_the_keys(where: KeyPlace, width: int) -> None:
    lines = help_text(where, width)
    assert all(cell_width(line) <= width for line in lines)
    if width >= 60:
        assert TITLES[where] in lines[0]
        whole = "\n".join(lines)
        for sign in LEGEND:
            assert sign.drawn in whole
        assert all(f"{name}:" in whole for name in KEYS)
        assert all(spec.help.split()[-1] in whole for spec in ACTIONS if spec.keys)
        assert "wheel" in whole


def test_two_columns_are_of_about_one_length_and_share_the_lines() -> None:
    one, two = help_text("stories", TWO_COLUMNS_FROM - 1), help_text("stories", TWO_COLUMNS_FROM)
    assert len(two) < len(one) * 0.85


def test_the_help_is_searched_in_signs_keys_and_what_they_do() -> None:
    for needle, found in (("STARRED", "★"), ("ctrl+o", "Open another folder"), ("published on this", "since:")):
        lines = help_text("stories", 80, needle)
        assert any(found in line for line in lines)
        assert len(lines) < 16
    assert "Nothing in the help holds that." in help_text("stories", 80, "zzzz")[-1]


@pytest.mark.parametrize("columns", [20, 60, 80, 200])
def test_a_notice_has_two_lines_at_most_and_fits(columns: int) -> None:
    for text in ("Done.", "word " * 100, "https://example.com/" + "x" * 300, "one\ntwo\nthree\nfour"):
        for title in ("", "Not opened"):
            lines = shaped(text, title, columns).split("\n")
            assert len(lines) <= MOST_LINES
            assert all(cell_width(line) <= columns - 4 for line in lines)
            assert lines[0].startswith(title or text.split()[0][:10])


LONG = "/home/somebody/Documents/archive/2020/spring/a folder with a long name of its own/clippings/of newspapers"


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        (f"There is no folder or file {LONG}/cards. Check the path. What was read stays here.", "", "cards. Check the"),
        (f"{LONG}/cards: there is no such file or folder.", "Not opened", "/cards: there is no such file or folder."),
        (f"~{LONG}/views.toml: cannot be written: No space left on device", "Not saved", "/views.toml: cannot be"),
        (f"{LONG * 20}/views.toml cannot be read.", "Saved views", "/views.toml cannot be read."),
    ],
)
def test_of_a_long_path_a_notice_keeps_the_end_and_all_that_is_said_of_it(
    text: str, title: str, kept: str, columns: int
) -> None:
    lines = shaped(text, title, columns).split("\n")
    assert len(lines) <= MOST_LINES
    assert all(cell_width(line) <= columns - 4 for line in lines)
    said = " ".join(lines)
    assert said.endswith(text[-24:])
    assert kept in said.replace("… ", "…")
    assert said.startswith(title or "There is no folder or file ")
    assert "…" in said or columns == 200


def test_what_fits_and_links_are_told_in_full() -> None:
    assert shaped("/home/somebody/cards is gone.", "", 80) == "/home/somebody/cards is gone."
    link = "The browser is gone. https://example.com/" + "a/" * 60
    assert shaped(link, "Not opened", 60).startswith("Not opened: The browser is gone.\nhttps://exa")


@pytest.mark.parametrize("columns", [100, 120, 160])
def test_of_a_link_behind_a_sentence_as_much_is_told_as_there_is_room_for(columns: int) -> None:
    told = "The browser could not be started on this machine, which has none. https://example.com/" + "a" * 120
    first, last = shaped(told, "Not opened", columns).split("\n")
    assert "https://example" in last
    assert last.endswith("…")
    assert cell_width(last) > cell_width(first) - 8


@pytest.mark.parametrize(
    ("path", "width", "shown"),
    [
        ("/home/me/cards", 14, "/home/me/cards"),
        ("/home/me/cards", 13, "…/me/cards"),
        ("/home/me/cards", 7, "…/cards"),
        ("/home/me/cards", 6, "…cards"),
        ("/home/me/cards/", 9, "…/cards/"),
        ("/新聞/切り抜き", 9, "…切り抜き"),
        ("/home", 1, "…"),
        ("/home", 0, ""),
    ],
)
def test_a_path_that_is_too_long_is_cut_at_its_front(path: str, width: int, shown: str) -> None:
    assert cut_front(path, width) == shown


@pytest.mark.parametrize(
    ("used", "rows", "on_top"),
    [(range(3, 6), 24, False), (range(20, 23), 24, True), (range(11, 14), 24, True), (range(0), 24, False)],
)
def test_notices_are_where_the_row_in_use_is_not(used: range, rows: int, on_top: bool) -> None:
    assert belongs_on_top(used, rows) is on_top


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (20, 5)])
@pytest.mark.parametrize("keys", ["s", "question_mark", "i", "exclamation_mark", "X", "t question_mark"])
async def test_a_dialog_is_as_large_as_what_it_says_and_never_larger_than_the_screen(
    keys: str, size: tuple[int, int]
) -> None:
    async with open_reader(size=size) as reader:
        await reader.press(*keys.split())
        dialog = reader.app.screen
        assert isinstance(dialog, Dialog)
        box, pane = dialog.query_one("#box").region, dialog.pane
        assert 0 <= box.x < box.right <= size[0]
        assert 0 <= box.y < box.bottom <= size[1]
        blanks = pane.size.height - len(pane.text.lines)
        assert blanks <= 0 or size[1] < 8
        assert pane.bar() is None or box.height >= size[1] - 4
        await reader.press("escape")
        assert reader.app.screen is reader.deck


async def test_help_opens_over_a_dialog_with_its_keys_and_its_key_closes_it_again() -> None:
    async with open_reader(size=(100, 40)) as reader:
        await reader.press("s", "question_mark")
        assert TITLES["choice"] in reader.text
        await reader.press("question_mark")
        assert "Sort" in reader.text
        await reader.press("escape")
        assert reader.app.screen is reader.deck


async def test_topics_are_found_while_they_are_typed_and_all_come_back() -> None:
    async with open_reader(size=(130, 40)) as reader:
        topics = reader.deck.panes.topics
        await reader.press("t", "slash")
        await reader.type("sat")
        assert topics.needle == "sat"
        assert topics.chosen is not None
        assert topics.chosen.value == "Satellites"
        await reader.press("enter", "enter")
        assert reader.deck.state.view.query == "topic:Satellites"
        assert "2 shown" in str(topics.border_subtitle)
        await reader.press("slash", "escape")
        assert topics.needle == ""
        assert topics.has_focus
        await reader.press("slash")
        await reader.type("zzz")
        await reader.press("escape", "escape")
        assert reader.deck.panes.stories.has_focus
        assert "Cloud" in reader.text


async def test_marking_many_stories_shows_that_it_goes_on_only_where_it_takes_long() -> None:
    async with open_reader() as reader:
        await reader.press("A")
        assert [notice for notice in reader.notices if notice.startswith("Marking")] == []
        await reader.press("u")
        marking, may_end = reader.deck.session.marking, threading.Event()
        mark_all_read = marking.mark_all_read

        def slowly(*arguments: Any) -> Any:
            may_end.wait(10)
            return mark_all_read(*arguments)

        marking.mark_all_read = slowly  # type: ignore[method-assign, assignment]
        reader.send("A")
        await reader.until(lambda: "Marking 26 stories read…" in reader.notices, "a sign that it goes on")
        may_end.set()
        await reader.until(lambda: reader.notices[-1].startswith("Marked all"), "the end of it")


async def test_where_topics_lie_over_the_others_the_list_stays_in_sight() -> None:
    async with open_reader(size=(90, 30)) as reader:
        await reader.press("t")
        assert not reader.deck.panes.topics.region.overlaps(reader.deck.panes.stories.region)
